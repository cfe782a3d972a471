/* SPDX-License-Identifier: MIT */
/*
 * Asking cells: which positions are near a point.
 *
 * The cell of a coordinate is floor ((x - low) * inverse), cut to what there is. Each step of that
 * is monotonic, also when rounded: what lies between two coordinates lies between their cells. So
 * a query is wrong nowhere if its bounds are; they are widened by more than rounding can make out.
 *
 * Along each dimension a query touches a range of cells, on a torus perhaps several, which are
 * merged where they meet, so that no position is looked at twice. A disc asks, in each row that it
 * touches, for the cells that its chord touches there.
 */
#include "cells_parts.h"

#include "kernels.h"

#include <math.h>
#include <string.h>

/* What a metric or a shape makes out by rounding is below this part of its numbers, and distances
 * of which the squares vanish are below that. */
#define SLACK 0x1p-44
#define VANISHING 1e-150

/* Of numbers below this the squares are finite. */
#define GREATEST 1e150

/* So many images of a torus are looked at one by one; of more, the whole extent is. */
#define MOST_IMAGES 8

#define DIGIT 8
#define DIGIT_MASK ((1u << DIGIT) - 1)

void
conset_found_clear (ConsetFound *found)
{
  g_free (found->indices);
  g_free (found->scratch);
  g_free (found->runs);
  g_free (found->words);
  g_free (found->marks);
  *found = (ConsetFound){ 0 };
}

void
conset_found_reserve (ConsetFound *found, gsize more)
{
  gsize room = found->n + more + CONSET_WITHIN_SLACK;

  if (room <= found->room)
    return;
  found->room = MAX (room, 2 * found->room);
  found->indices = g_renew (guint32, found->indices, found->room);
}

void
conset_found_reserve_runs (ConsetFound *found, gsize n)
{
  if (n <= found->runs_room)
    return;
  found->runs_room = MAX (n, 2 * found->runs_room);
  found->runs = g_renew (ConsetRun, found->runs, found->runs_room);
}

/* Short lists are copied by blocks of so many: as many as can be read and written behind a list. */
#define BLOCK CONSET_WITHIN_SLACK

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

/* A pass for each digit, from the lowest one. */
static void
sort_by_digits (ConsetFound *found, guint32 *indices, gsize n, guint32 greatest)
{
  guint32 counts[1 << DIGIT];

  if (found->scratch_room < n)
    {
      found->scratch_room = found->room;
      found->scratch = g_renew (guint32, found->scratch, found->scratch_room);
    }
  for (guint shift = 0; shift < 32 && greatest >> shift > 0; shift += DIGIT)
    {
      guint32 sum = 0;

      memset (counts, 0, sizeof counts);
      for (gsize k = 0; k < n; k++)
        counts[indices[k] >> shift & DIGIT_MASK]++;
      for (guint32 digit = 0; digit <= DIGIT_MASK; digit++)
        {
          guint32 count = counts[digit];

          counts[digit] = sum;
          sum += count;
        }
      for (gsize k = 0; k < n; k++)
        found->scratch[counts[indices[k] >> shift & DIGIT_MASK]++] = indices[k];
      memcpy (indices, found->scratch, n * sizeof *indices);
    }
}

void
conset_found_order_often (ConsetFound *found, gsize n_positions)
{
  if (found->words != NULL)
    return;
  found->n_marks = n_positions / 4096 + 1;
  found->words = g_new0 (guint64, 64 * found->n_marks);
  found->marks = g_new0 (guint64, found->n_marks);
}

void
conset_found_sort_from (ConsetFound *found, gsize first)
{
  const ConsetSpatial *spatial = conset_spatial ();
  gsize n = found->n - first;
  guint32 *indices = found->indices + first, greatest = 0;

  if (n <= (spatial->order_few != NULL ? 3 : 8))
    sort_few (indices, n);
  else if (n <= CONSET_ORDER_FEW && spatial->order_few != NULL)
    {
      conset_found_reserve (found, CONSET_ORDER_FEW);
      spatial->order_few (found->indices + first, n, found->indices + first);
    }
  /* A walk over the marks must not cost more than what is sorted. */
  else if (found->words != NULL && n >= found->n_marks / 8)
    spatial->order (indices, n, found->words, found->marks, found->n_marks);
  else
    {
      for (gsize k = 0; k < n; k++)
        greatest = MAX (greatest, indices[k]);
      sort_by_digits (found, indices, n, greatest);
    }
}

void
conset_found_add_sorted (ConsetFound *found, const guint32 *indices, gsize n)
{
  const ConsetSpatial *spatial = conset_spatial ();
  gsize first = found->n;

  if (n == 0)
    return;
  conset_found_reserve (found, MAX (n, CONSET_ORDER_FEW));
  found->n += n;
  if (n <= CONSET_ORDER_FEW && spatial->order_few != NULL)
    {
      spatial->order_few (indices, n, found->indices + first);
      return;
    }
  memcpy (found->indices + first, indices, n * sizeof *indices);
  conset_found_sort_from (found, first);
}

void
conset_found_sort (ConsetFound *found)
{
  conset_found_sort_from (found, 0);
}

/* The first of the ascending @indices that is not below @least. */
static gsize
lower_bound (const guint32 *indices, gsize n, guint64 least)
{
  gsize low = 0, high = n;

  if (n == 0 || indices[0] >= least)
    return 0;
  if (indices[n - 1] < least)
    return n;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (indices[middle] < least)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
conset_indices_to_tile (const guint32 *indices, gsize n, guint64 base, ConsetTile *tile)
{
  guint64 from = tile->first - base;
  gsize first = lower_bound (indices, n, from);
  guint32 *list;

  n = lower_bound (indices + first, n - first, from + tile->width);
  list = conset_tile_reserve_list (tile, n + BLOCK);
  indices += first;
  for (gsize k = 0; k < n; k += BLOCK)
    for (guint j = 0; j < BLOCK; j++)
      list[k + j] = indices[k + j] - (guint32) from;
  conset_tile_set_list (tile, n, FALSE);
}

void
conset_found_to_tile (const ConsetFound *found, guint64 base, ConsetTile *tile)
{
  conset_indices_to_tile (found->indices, found->n, base, tile);
}

/* {{{ ranges */

/* Cells, or places, from @first to @last. */
typedef struct
{
  guint64 first;
  guint64 last;
} Range;

typedef struct
{
  Range ranges[MOST_IMAGES];
  guint n;
} Ranges;

/* @reach: with slack; @slack: of coordinates that are compared */
typedef struct
{
  const ConsetCells *cells;
  const ConsetLook *look;
  double reach[CONSET_MAX_DIMENSIONS];
  double slack;
  double radius;
  ConsetFound *found;
} Query;

/* FALSE if nothing lies from @low to @high. */
static gboolean
find_range (const ConsetCells *cells, guint d, double low, double high, Range *range)
{
  double from, to, most = (double) (cells->n[d] - 1);

  if (high < cells->extent.low[d] || low > cells->extent.high[d])
    return FALSE;
  if (cells->grid == NULL)
    {
      *range = (Range){ conset_cells_along (cells, d, low), conset_cells_along (cells, d, high) };
      return TRUE;
    }
  from = (low - cells->grid->origin[d]) / cells->grid->step[d];
  to = (high - cells->grid->origin[d]) / cells->grid->step[d];
  /* Quotients are wrong by less than 1/2. */
  range->first = (guint64) CLAMP (floor (MIN (from, to)) - 1.0, 0.0, most);
  range->last = (guint64) CLAMP (ceil (MAX (from, to)) + 1.0, 0.0, most);
  return TRUE;
}

/* Ranges come in ascending order, or, on a grid that runs backwards, in descending order. */
static void
ranges_add (Ranges *ranges, Range range)
{
  Range *last = ranges->n > 0 ? &ranges->ranges[ranges->n - 1] : NULL;

  if (last != NULL && range.first <= last->last && last->first <= range.last)
    *last = (Range){ MIN (last->first, range.first), MAX (last->last, range.last) };
  else
    ranges->ranges[ranges->n++] = range;
}

static void
ranges_reverse (Ranges *ranges)
{
  for (guint k = 0; k < ranges->n / 2; k++)
    {
      Range swap = ranges->ranges[k];

      ranges->ranges[k] = ranges->ranges[ranges->n - 1 - k];
      ranges->ranges[ranges->n - 1 - k] = swap;
    }
}

static void
find_ranges (const Query *query, guint d, Ranges *ranges)
{
  const ConsetCells *cells = query->cells;
  double box = query->look->torus[d], center = query->look->center[d], reach = query->reach[d];
  double first = 0.0, last = 0.0;
  Range range;

  ranges->n = 0;
  if (box > 0.0)
    {
      first = ceil ((cells->extent.low[d] - reach - center) / box - 0.25);
      last = floor ((cells->extent.high[d] + reach - center) / box + 0.25);
    }
  if (box > 0.0 && !(2.0 * reach < box && last - first < MOST_IMAGES))
    ranges_add (ranges, (Range){ 0, cells->n[d] - 1 });
  else
    for (double image = first; image <= last; image += 1.0)
      {
        double from = center + image * box;

        if (find_range (cells, d, from - reach, from + reach, &range))
          ranges_add (ranges, range);
      }
  if (ranges->n > 1 && ranges->ranges[0].first > ranges->ranges[1].first)
    ranges_reverse (ranges);
}

/* }}} */

/* {{{ rows */

/* How far from the center the nearest coordinate of a row of cells, or of a place, is at least. */
static double
least_distance (const Query *query, guint d, guint64 place)
{
  const ConsetCells *cells = query->cells;
  double center = query->look->center[d], low, high;

  if (cells->grid != NULL)
    return fabs (conset_grid_coordinate (cells->grid, d, place) - center);
  if (cells->n[d] == 1)
    return 0.0;
  low = cells->extent.low[d] + (double) place * cells->side[d] - query->slack;
  high = cells->extent.low[d] + (double) (place + 1) * cells->side[d] + query->slack;
  return MAX (0.0, MAX (low - center, center - high));
}

/* The range along x of a disc in a row: that of its chord. FALSE if it does not touch the row. */
static gboolean
find_chord (const Query *query, guint64 y, guint64 z, Range *range)
{
  const guint64 place[] = { 0, y, z };
  double left = query->radius * query->radius, half, center = query->look->center[0];

  for (guint d = 1; d < query->cells->n_dimensions; d++)
    {
      double distance = least_distance (query, d, place[d]);

      left -= distance * distance;
    }
  if (left < 0.0)
    return FALSE;
  /* Numbers that are too large to be squared leave it at that. */
  if (!isfinite (left))
    return TRUE;
  half = sqrt (left) * (1.0 + SLACK) + query->slack;
  return find_range (query->cells, 0, center - half, center + half, range);
}

static void
add_run (Query *query, guint64 y, guint64 z, Range range)
{
  const ConsetCells *cells = query->cells;
  ConsetFound *found = query->found;
  guint64 row = (z * cells->n[1] + y) * cells->n[0];
  ConsetRun run = { (guint32) (row + range.first), (guint32) (row + range.last + 1) };

  if (cells->grid == NULL)
    run = (ConsetRun){ cells->starts[run.first], cells->starts[run.end] };
  if (run.first == run.end)
    return;
  conset_found_reserve_runs (found, found->n_runs + 1);
  found->runs[found->n_runs++] = run;
  found->n_looked_at += run.end - run.first;
}

static void
walk_rows (Query *query, const Ranges ranges[CONSET_MAX_DIMENSIONS])
{
  gboolean disc = query->look->radius > 0.0;

  for (guint kz = 0; kz < ranges[2].n; kz++)
    for (guint64 z = ranges[2].ranges[kz].first; z <= ranges[2].ranges[kz].last; z++)
      for (guint ky = 0; ky < ranges[1].n; ky++)
        for (guint64 y = ranges[1].ranges[ky].first; y <= ranges[1].ranges[ky].last; y++)
          for (guint kx = 0; kx < ranges[0].n; kx++)
            {
              Range range = ranges[0].ranges[kx];

              if (!disc || find_chord (query, y, z, &range))
                add_run (query, y, z, range);
            }
}

/* The same for a disc among stored positions, in two dimensions or for one layer of cells: by far
 * the most frequent query. The chord is found as half a length along x from the center. */
static void
walk_disc (Query *query, const Range *ys, guint64 z)
{
  const ConsetCells *cells = query->cells;
  const double *center = query->look->center;
  const double from_low = center[0] - cells->extent.low[0], inverse = cells->inverse[0];
  const double most = (double) (cells->n[0] - 1), side = cells->side[1];
  const double above = cells->extent.low[1] - center[1] - query->slack;
  const double below = center[1] - cells->extent.low[1] - side - query->slack;
  const guint32 *starts = cells->starts + (z * cells->n[1] + ys->first) * cells->n[0];
  double square = query->radius * query->radius;
  ConsetFound *found = query->found;
  gsize n_rows = ys->last - ys->first + 1, n = found->n_runs, sum = 0;

  if (cells->n_dimensions > 2)
    square -= least_distance (query, 2, z) * least_distance (query, 2, z);
  conset_found_reserve_runs (found, n + n_rows);
  for (gsize row = 0; row < n_rows; row++, starts += cells->n[0])
    {
      double y = (double) (gint64) (ys->first + row) * side, distance = MAX (above + y, below - y);
      double half, from, to;

      distance = cells->n[1] > 1 ? MAX (distance, 0.0) : 0.0;
      half = sqrt (MAX (square - distance * distance, 0.0)) + query->slack;
      from = CLAMP ((from_low - half) * inverse, 0.0, most);
      to = MIN ((from_low + half) * inverse, most);
      if (!(square >= distance * distance) || to < 0.0)
        continue;
      found->runs[n] = (ConsetRun){ starts[(gint64) from], starts[(gint64) to + 1] };
      sum += found->runs[n].end - found->runs[n].first;
      n += found->runs[n].first < found->runs[n].end;
    }
  found->n_runs = n;
  found->n_looked_at += sum;
}

/* }}} */

/* In two dimensions the rows of a disc are all that there is to ask for. FALSE if it is too large
 * to be squared. */
static gboolean
look_for_disc (const ConsetCells *cells, const ConsetLook *look, ConsetFound *found)
{
  Query query;
  Range rows;

  query.cells = cells;
  query.look = look;
  query.found = found;
  query.slack = VANISHING;
  for (guint d = 0; d < 2; d++)
    query.slack += SLACK
                   * (fabs (cells->extent.low[d]) + fabs (cells->extent.high[d])
                      + fabs (look->center[d]) + look->reach[d]);
  query.radius = look->radius + query.slack;
  if (!(query.radius < GREATEST))
    return FALSE;
  if (find_range (cells, 1, look->center[1] - query.radius, look->center[1] + query.radius, &rows))
    walk_disc (&query, &rows, 0);
  return TRUE;
}

static void
look_for_any (const ConsetCells *cells, const ConsetLook *look, ConsetFound *found)
{
  Query query = { .cells = cells, .look = look, .slack = VANISHING, .found = found };
  Ranges ranges[CONSET_MAX_DIMENSIONS] = { { { { 0, 0 } }, 1 },
                                           { { { 0, 0 } }, 1 },
                                           { { { 0, 0 } }, 1 } };

  for (guint d = 0; d < cells->n_dimensions; d++)
    query.slack += SLACK
                   * (fabs (cells->extent.low[d]) + fabs (cells->extent.high[d])
                      + fabs (look->center[d]) + look->reach[d] + look->torus[d]);
  query.radius = look->radius + query.slack;
  for (guint d = 0; d < cells->n_dimensions; d++)
    {
      query.reach[d] = look->reach[d] + query.slack;
      find_ranges (&query, d, &ranges[d]);
    }
  if (look->radius > 0.0 && cells->grid == NULL && query.radius < GREATEST && ranges[1].n == 1)
    for (guint64 z = ranges[2].ranges[0].first; ranges[2].n > 0 && z <= ranges[2].ranges[0].last;
         z++)
      walk_disc (&query, &ranges[1].ranges[0], z);
  else
    walk_rows (&query, ranges);
}

void
conset_cells_look (const ConsetCells *cells, const ConsetLook *look, ConsetFound *found)
{
  found->n_runs = 0;
  found->n_looked_at = 0;
  if (cells->n_positions == 0)
    return;
  if (!(look->radius > 0.0 && cells->n_dimensions == 2 && cells->grid == NULL
        && look_for_disc (cells, look, found)))
    look_for_any (cells, look, found);
}

const ConsetBox *
conset_cells_extent (const ConsetCells *cells)
{
  return &cells->extent;
}

gsize
conset_cells_size (const ConsetCells *cells)
{
  return cells->n_positions;
}

void
conset_found_swap_runs (ConsetFound *a, ConsetFound *b)
{
  ConsetFound old = *a;

  a->runs = b->runs;
  a->n_runs = b->n_runs;
  a->runs_room = b->runs_room;
  a->n_looked_at = b->n_looked_at;
  b->runs = old.runs;
  b->n_runs = old.n_runs;
  b->runs_room = old.runs_room;
  b->n_looked_at = old.n_looked_at;
}

gboolean
conset_cells_are_stored (const ConsetCells *cells)
{
  return cells->grid == NULL;
}

guint
conset_cells_n_dimensions (const ConsetCells *cells)
{
  return cells->n_dimensions;
}
