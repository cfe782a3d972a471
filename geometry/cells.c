/* SPDX-License-Identifier: MIT */
/*
 * Cells: a counting sort of positions into boxes, and queries of it.
 *
 * Cells are numbered along x first, so that those of a row are one run of the sorted positions.
 * The cell of a coordinate is floor ((x - low) * inverse), cut to what there is. Each step of that
 * is monotonic, also when rounded: what lies between two coordinates lies between their cells. So
 * a query is wrong nowhere if its bounds are; they are widened by more than rounding can make out.
 *
 * A disc asks, in each row that it touches, for the cells that its chord touches there.
 */
#include "cells.h"

#include "grid.h"
#include "kernels.h"
#include "pinned.h"

#include <math.h>
#include <string.h>

#define POSITIONS_PER_CELL 3.0

/* What rounding makes out is below this part of the numbers that take part in it. */
#define SLACK 0x1p-48

/* @n: cells, or places of a grid, along each dimension; 1 beyond the last
 * @starts: where in the sorted arrays each cell begins, and where the last one ends
 * For a grid there are no arrays, and a row of places is a row of cells with one position each. */
struct _ConsetCells
{
  guint n_dimensions;
  guint64 n_positions;
  const ConsetGrid *grid;
  ConsetBox extent;
  guint64 n[CONSET_MAX_DIMENSIONS];
  double inverse[CONSET_MAX_DIMENSIONS];
  double slack;
  guint32 *starts;
  double *coordinates[CONSET_MAX_DIMENSIONS];
  guint32 *indices;
};

void
conset_found_clear (ConsetFound *found)
{
  g_free (found->indices);
  g_free (found->scratch);
  *found = (ConsetFound){ 0 };
}

static void
found_reserve (ConsetFound *found, gsize more)
{
  if (found->n + more <= found->room)
    return;
  found->room = MAX (found->n + more, 2 * found->room);
  found->indices = g_renew (guint32, found->indices, found->room);
  found->scratch = g_renew (guint32, found->scratch, found->room);
}

/* Sorting */

static void
sort_few (guint32 *x, gsize n)
{
  for (gsize k = 1; k < n; k++)
    {
      guint32 moved = x[k];
      gsize to = k;

      for (; to > 0 && x[to - 1] > moved; to--)
        x[to] = x[to - 1];
      x[to] = moved;
    }
}

/* A pass for each digit of @bits bits, from the lowest one. */
static void
sort_by_digits (ConsetFound *found, guint bits, guint32 greatest)
{
  guint32 counts[1 << 11], mask = (1u << bits) - 1;

  for (guint shift = 0; shift < 32 && greatest >> shift > 0; shift += bits)
    {
      guint32 sum = 0, *swap = found->indices;

      memset (counts, 0, sizeof *counts << bits);
      for (gsize k = 0; k < found->n; k++)
        counts[found->indices[k] >> shift & mask]++;
      for (guint32 digit = 0; digit <= mask; digit++)
        {
          guint32 count = counts[digit];

          counts[digit] = sum;
          sum += count;
        }
      for (gsize k = 0; k < found->n; k++)
        found->scratch[counts[found->indices[k] >> shift & mask]++] = found->indices[k];
      found->indices = found->scratch;
      found->scratch = swap;
    }
}

static void
found_sort (ConsetFound *found)
{
  guint32 greatest = 0;

  if (found->n <= 24)
    {
      sort_few (found->indices, found->n);
      return;
    }
  for (gsize k = 0; k < found->n; k++)
    greatest = MAX (greatest, found->indices[k]);
  sort_by_digits (found, found->n < 2000 ? 8 : 11, greatest);
}

/* Cells */

static guint64
cell_along (const ConsetCells *cells, guint d, double x)
{
  double cell = (x - cells->extent.low[d]) * cells->inverse[d];

  if (!(cell > 0.0))
    return 0;
  return cell < (double) cells->n[d] ? (guint64) cell : cells->n[d] - 1;
}

static guint64
cell_of (const ConsetCells *cells, double *const xyz[CONSET_MAX_DIMENSIONS], gsize k)
{
  guint64 cell = 0;

  for (guint d = cells->n_dimensions; d > 0; d--)
    cell = cell * cells->n[d - 1] + cell_along (cells, d - 1, xyz[d - 1][k]);
  return cell;
}

/* Calls @each for blocks of positions. FALSE with @error set if one is wrong. */
static gboolean
walk (ConsetCells *cells,
      const ConsetGeometry *geometry,
      void (*each) (ConsetCells *cells, double *const xyz[], guint64 first, gsize n),
      GError **error)
{
  double x[CONSET_VALUE_BLOCK], y[CONSET_VALUE_BLOCK], z[CONSET_VALUE_BLOCK];
  double *const xyz[] = { x, y, z };
  guint64 wrong;

  for (guint64 from = 0; from < geometry->size; from += CONSET_VALUE_BLOCK)
    {
      ConsetIndices block = { from, NULL, MIN (CONSET_VALUE_BLOCK, geometry->size - from) };

      if (!conset_geometry_fill (geometry, &block, xyz, &wrong))
        {
          g_autofree char *problem = conset_geometry_problem (geometry, wrong);

          g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_VALUE, problem);
          return FALSE;
        }
      each (cells, xyz, from, block.n);
    }
  return TRUE;
}

/* Counts stand two entries behind their cell, so that, added up, the entry behind a cell is where
 * it begins; when its positions are in place it has become where it ends, and the cell's own entry
 * is where it begins. */
static void
count_positions (ConsetCells *cells, double *const xyz[], guint64 first G_GNUC_UNUSED, gsize n)
{
  for (gsize k = 0; k < n; k++)
    cells->starts[cell_of (cells, xyz, k) + 2]++;
}

static void
place_positions (ConsetCells *cells, double *const xyz[], guint64 first, gsize n)
{
  for (gsize k = 0; k < n; k++)
    {
      guint32 to = cells->starts[cell_of (cells, xyz, k) + 1]++;

      for (guint d = 0; d < cells->n_dimensions; d++)
        cells->coordinates[d][to] = xyz[d][k];
      cells->indices[to] = (guint32) (first + k);
    }
}

static double
length_along (const ConsetCells *cells, guint d)
{
  return cells->extent.high[d] - cells->extent.low[d];
}

/* The dimensions in which the positions differ, by length. */
static guint
order_dimensions (const ConsetCells *cells, guint order[CONSET_MAX_DIMENSIONS])
{
  guint n = 0;

  for (guint d = 0; d < cells->n_dimensions; d++)
    {
      guint to = n;

      if (!(length_along (cells, d) > 0.0))
        continue;
      for (; to > 0 && length_along (cells, order[to - 1]) > length_along (cells, d); to--)
        order[to] = order[to - 1];
      order[to] = d;
      n++;
    }
  return n;
}

/* Sides as equal as can be. A dimension that is too short for two cells leaves more to the others,
 * so the shortest comes first. Any sides would be right. */
static gsize
choose_sides (ConsetCells *cells)
{
  double wanted = MAX (1.0, (double) cells->n_positions / POSITIONS_PER_CELL);
  guint order[CONSET_MAX_DIMENSIONS], n = order_dimensions (cells, order);
  gsize n_cells = 1;

  for (guint d = 0; d < CONSET_MAX_DIMENSIONS; d++)
    cells->n[d] = 1;
  for (guint k = 0; k < n; k++)
    {
      double length = length_along (cells, order[k]), along = wanted;

      for (guint other = k + 1; other < n; other++)
        along *= length / length_along (cells, order[other]);
      along = MAX (1.0, floor (conset_pinned_pow (along, 1.0 / (n - k))));
      wanted = MAX (1.0, wanted / along);
      cells->n[order[k]] = (guint64) along;
      cells->inverse[order[k]] = along / length;
      n_cells *= cells->n[order[k]];
    }
  return n_cells;
}

static gboolean
sort_positions (ConsetCells *cells, const ConsetGeometry *geometry, GError **error)
{
  gsize n_cells;

  if (geometry->size > 0 && !conset_geometry_find_box (geometry, &cells->extent, error))
    return FALSE;
  n_cells = choose_sides (cells);
  cells->starts = g_new0 (guint32, n_cells + 2);
  if (!walk (cells, geometry, count_positions, error))
    return FALSE;
  for (gsize cell = 0; cell <= n_cells; cell++)
    cells->starts[cell + 1] += cells->starts[cell];
  for (guint d = 0; d < geometry->n_dimensions; d++)
    cells->coordinates[d] = g_new (double, geometry->size);
  cells->indices = g_new (guint32, geometry->size);
  return walk (cells, geometry, place_positions, error);
}

static void
take_grid (ConsetCells *cells, const ConsetGeometry *geometry, const ConsetGrid *grid)
{
  cells->grid = grid;
  geometry->klass->extent (geometry, &cells->extent);
  for (guint d = 0; d < CONSET_MAX_DIMENSIONS; d++)
    cells->n[d] = d < geometry->n_dimensions ? grid->size[d] : 1;
}

ConsetCells *
conset_cells_new (const ConsetGeometry *geometry, GError **error)
{
  g_autoptr (ConsetCells) cells = NULL;
  g_autofree char *text = NULL;

  if (geometry->size > CONSET_CELLS_MOST)
    {
      text = conset_geometry_describe (geometry);
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED,
                   "%s has %s positions, of which no index can be made; give it a size below 2^32",
                   text, conset_geometry_is_endless (geometry) ? "endlessly many" : "2^32 or more");
      return NULL;
    }
  cells = g_new0 (ConsetCells, 1);
  cells->n_dimensions = geometry->n_dimensions;
  cells->n_positions = geometry->size;
  if (conset_geometry_grid (geometry) != NULL)
    take_grid (cells, geometry, conset_geometry_grid (geometry));
  else if (!sort_positions (cells, geometry, error))
    return NULL;
  for (guint d = 0; d < cells->n_dimensions; d++)
    cells->slack += SLACK * (fabs (cells->extent.low[d]) + fabs (cells->extent.high[d]));
  return g_steal_pointer (&cells);
}

void
conset_cells_free (ConsetCells *cells)
{
  g_free (cells->starts);
  for (guint d = 0; d < CONSET_MAX_DIMENSIONS; d++)
    g_free (cells->coordinates[d]);
  g_free (cells->indices);
  g_free (cells);
}

/* One lock for all geometries: to make cells is rare, and what it calls makes none. */
const ConsetCells *
conset_geometry_cells (const ConsetGeometry *geometry, GError **error)
{
  static GMutex lock;
  ConsetGeometry *self = (ConsetGeometry *) geometry;
  ConsetCells *cells = g_atomic_pointer_get (&self->cells);

  if (cells != NULL)
    return cells;
  g_mutex_lock (&lock);
  cells = self->cells;
  if (cells == NULL)
    {
      cells = conset_cells_new (geometry, error);
      g_atomic_pointer_set (&self->cells, cells);
    }
  g_mutex_unlock (&lock);
  return cells;
}

/* Queries */

/* A row of cells, or of places: those from @first to @last along x, and where it is else. */
typedef struct
{
  guint64 first;
  guint64 last;
  guint64 place[CONSET_MAX_DIMENSIONS];
} Row;

/* @bounds: where positions may be, with slack; @box: where they are to be, NULL for a disc
 * @reach: of a disc: its radius with slack
 * @square: squared distances are below it */
typedef struct
{
  const ConsetCells *cells;
  ConsetBox bounds;
  double slack;
  const ConsetBox *box;
  double center[CONSET_MAX_DIMENSIONS];
  double reach;
  double square;
  ConsetFound *found;
  gsize n_candidates;
} Query;

/* Cells, or places, that hold all positions from @low to @high. FALSE if there are none. */
static gboolean
range_along (
  const ConsetCells *cells, guint d, double low, double high, guint64 *first, guint64 *last)
{
  double from, to, most = (double) (cells->n[d] - 1);

  if (high < cells->extent.low[d] || low > cells->extent.high[d])
    return FALSE;
  if (cells->grid == NULL)
    {
      *first = cell_along (cells, d, low);
      *last = cell_along (cells, d, high);
      return TRUE;
    }
  from = (low - cells->grid->origin[d]) / cells->grid->step[d];
  to = (high - cells->grid->origin[d]) / cells->grid->step[d];
  /* Quotients are wrong by less than 1/2. */
  *first = (guint64) CLAMP (floor (MIN (from, to)) - 1.0, 0.0, most);
  *last = (guint64) CLAMP (ceil (MAX (from, to)) + 1.0, 0.0, most);
  return TRUE;
}

/* How far from the center the nearest coordinate of a row of cells, or of a place, is at least. */
static double
least_distance (const Query *query, guint d, guint64 place)
{
  const ConsetCells *cells = query->cells;
  double center = query->center[d], low, high;

  if (cells->grid != NULL)
    return fabs (conset_grid_coordinate (cells->grid, d, place) - center);
  if (cells->n[d] == 1)
    return 0.0;
  low = cells->extent.low[d] + (double) place / cells->inverse[d] - query->slack;
  high = cells->extent.low[d] + (double) (place + 1) / cells->inverse[d] + query->slack;
  return MAX (0.0, MAX (low - center, center - high));
}

/* The bounds along x in a row: those of the chord. FALSE if the disc does not touch the row. */
static gboolean
chord (const Query *query, const Row *row, double *low, double *high)
{
  double left = query->reach * query->reach, half;

  *low = query->bounds.low[0];
  *high = query->bounds.high[0];
  if (query->box != NULL)
    return TRUE;
  for (guint d = 1; d < query->cells->n_dimensions; d++)
    {
      double distance = least_distance (query, d, row->place[d]);

      left -= distance * distance;
    }
  if (left < 0.0)
    return FALSE;
  /* Numbers that are too large to be squared leave it at that. */
  if (!isfinite (left))
    return TRUE;
  half = sqrt (left) * (1.0 + SLACK) + query->slack;
  *low = query->center[0] - half;
  *high = query->center[0] + half;
  return TRUE;
}

/* Calls @each for all rows that the query touches. */
static void
walk_rows (Query *query, void (*each) (Query *query, const Row *row))
{
  const ConsetCells *cells = query->cells;
  guint64 first[CONSET_MAX_DIMENSIONS] = { 0 }, last[CONSET_MAX_DIMENSIONS] = { 0 };
  double low, high;

  for (guint d = 0; d < cells->n_dimensions; d++)
    if (cells->n_positions == 0
        || !range_along (cells, d, query->bounds.low[d], query->bounds.high[d], &first[d],
                         &last[d]))
      return;
  for (guint64 z = first[2]; z <= last[2]; z++)
    for (guint64 y = first[1]; y <= last[1]; y++)
      {
        Row row = { first[0], last[0], { 0, y, z } };

        if (chord (query, &row, &low, &high)
            && range_along (cells, 0, low, high, &row.first, &row.last))
          each (query, &row);
      }
}

/* The positions of a row of cells: from @first to below @end in the sorted arrays. */
static void
row_run (const ConsetCells *cells, const Row *row, gsize *first, gsize *end)
{
  guint64 cell = (row->place[2] * cells->n[1] + row->place[1]) * cells->n[0];

  *first = cells->starts[cell + row->first];
  *end = cells->starts[cell + row->last + 1];
}

static void
count_row (Query *query, const Row *row)
{
  gsize first = row->first, end = row->last + 1;

  if (query->cells->grid == NULL)
    row_run (query->cells, row, &first, &end);
  query->n_candidates += end - first;
}

static gboolean
is_within (const Query *query, const double position[CONSET_MAX_DIMENSIONS])
{
  double square = 0.0;

  for (guint d = 0; d < query->cells->n_dimensions; d++)
    {
      double way = position[d] - query->center[d];

      square += way * way;
      if (query->box != NULL
          && !(position[d] >= query->box->low[d] && position[d] <= query->box->high[d]))
        return FALSE;
    }
  return query->box != NULL || square < query->square;
}

/* Places of a grid, one by one; they are found in order. */
static void
find_in_grid (Query *query, const Row *row)
{
  const ConsetGrid *grid = query->cells->grid;
  guint64 index = (row->place[2] * query->cells->n[1] + row->place[1]) * query->cells->n[0];
  ConsetFound *found = query->found;
  double position[CONSET_MAX_DIMENSIONS] = { 0 };

  for (guint d = 1; d < query->cells->n_dimensions; d++)
    position[d] = conset_grid_coordinate (grid, d, row->place[d]);
  found_reserve (found, row->last - row->first + 1);
  for (guint64 place = row->first; place <= row->last; place++)
    {
      position[0] = conset_grid_coordinate (grid, 0, place);
      found->indices[found->n] = (guint32) (index + place);
      found->n += is_within (query, position);
    }
}

static void
find_in_cells (Query *query, const Row *row)
{
  const ConsetCells *cells = query->cells;
  double *const *xyz = cells->coordinates;
  ConsetFound *found = query->found;
  gsize first, end;

  row_run (cells, row, &first, &end);
  found_reserve (found, end - first);
  if (query->box == NULL)
    {
      found->n += conset_spatial ()->within (xyz[0] + first, xyz[1] + first,
                                             xyz[2] != NULL ? xyz[2] + first : NULL,
                                             cells->indices + first, end - first, query->center,
                                             query->square, found->indices + found->n);
      return;
    }
  for (gsize k = first; k < end; k++)
    {
      double position[] = { xyz[0][k], xyz[1][k], xyz[2] != NULL ? xyz[2][k] : 0.0 };

      found->indices[found->n] = cells->indices[k];
      found->n += is_within (query, position);
    }
}

static void
query_find (Query *query, ConsetFound *found)
{
  query->found = found;
  found->n = 0;
  walk_rows (query, query->cells->grid != NULL ? find_in_grid : find_in_cells);
  if (query->cells->grid == NULL)
    found_sort (found);
}

static Query
query_disc (const ConsetCells *cells, const double *center, double radius)
{
  Query query = { .cells = cells, .slack = cells->slack };

  for (guint d = 0; d < cells->n_dimensions; d++)
    {
      query.center[d] = center[d];
      query.slack += SLACK * (fabs (center[d]) + radius);
    }
  query.reach = radius + query.slack;
  query.square = conset_square_bound (radius);
  for (guint d = 0; d < cells->n_dimensions; d++)
    {
      query.bounds.low[d] = center[d] - query.reach;
      query.bounds.high[d] = center[d] + query.reach;
    }
  return query;
}

void
conset_cells_find_disc (const ConsetCells *cells,
                        const double *center,
                        double radius,
                        ConsetFound *found)
{
  Query query;

  found->n = 0;
  if (!(radius > 0.0))
    return;
  query = query_disc (cells, center, radius);
  query_find (&query, found);
}

gsize
conset_cells_candidates (const ConsetCells *cells, const double *center, double radius)
{
  Query query = query_disc (cells, center, radius);

  walk_rows (&query, count_row);
  return query.n_candidates;
}

void
conset_cells_find_box (const ConsetCells *cells, const ConsetBox *box, ConsetFound *found)
{
  Query query = { .cells = cells, .box = box, .bounds = *box };

  found->n = 0;
  for (guint d = 0; d < cells->n_dimensions; d++)
    if (!(box->low[d] <= box->high[d]))
      return;
  query_find (&query, found);
}

/* The nearest one */

static double
distance_to_extent (const ConsetCells *cells, const double *position)
{
  double square = 0.0;

  for (guint d = 0; d < cells->n_dimensions; d++)
    {
      double way = MAX (cells->extent.low[d] - position[d], position[d] - cells->extent.high[d]);

      square += MAX (way, 0.0) * MAX (way, 0.0);
    }
  return sqrt (square);
}

/* About the side of a cell: a disc of this size has some positions. */
static double
first_radius (const ConsetCells *cells)
{
  double side = 0.0;

  for (guint d = 0; d < cells->n_dimensions; d++)
    side = MAX (side, length_along (cells, d) / (double) cells->n[d]);
  return MAX (side, 1e-300);
}

static double
squared_distance (const ConsetCells *cells,
                  const ConsetGeometry *geometry,
                  guint64 index,
                  const double *from)
{
  double at[CONSET_MAX_DIMENSIONS], square = 0.0;

  conset_geometry_at (geometry, index, at);
  for (guint d = 0; d < cells->n_dimensions; d++)
    square += (at[d] - from[d]) * (at[d] - from[d]);
  return square;
}

guint64
conset_cells_nearest (const ConsetCells *cells,
                      const ConsetGeometry *geometry,
                      const double *position)
{
  g_auto (ConsetFound) found = { 0 };
  double radius = distance_to_extent (cells, position) * (1.0 + 0x1p-20) + first_radius (cells);
  double least = INFINITY;
  guint64 best;

  do
    {
      conset_cells_find_disc (cells, position, radius, &found);
      radius *= 2.0;
    }
  while (found.n == 0 && radius < INFINITY);
  best = found.n > 0 ? found.indices[0] : 0;
  for (gsize k = 0; k < found.n; k++)
    {
      double square = squared_distance (cells, geometry, found.indices[k], position);

      if (square < least)
        {
          least = square;
          best = found.indices[k];
        }
    }
  return best;
}
