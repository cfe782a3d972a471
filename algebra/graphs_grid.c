/* SPDX-License-Identifier: MIT */
/*
 * Grid neighbours: cells of a grid, numbered row by row, that lie within a radius of one
 * another, in the city block distance (von Neumann) or the maximum distance (Moore), on a
 * plane or a torus.
 *
 * Members come out ascending, once each, as at most three runs for each row that is near. The
 * relation is symmetric, so that both orders are the same.
 */
#include <conset/graphs.h>

#include "graphs_arcs.h"

typedef struct
{
  Conset base;
  guint64 rows;
  guint64 columns;
  guint64 radius;
  gboolean moore;
  gboolean periodic;
} GridNode;

static void
grid_print (const Conset *set, GString *out)
{
  const GridNode *self = (const GridNode *) set;

  g_string_append_printf (out, "gridNeighbours(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT,
                          self->rows, self->columns);
  if (self->radius != 1)
    g_string_append_printf (out, ", radius=%" G_GUINT64_FORMAT, self->radius);
  if (self->moore)
    g_string_append (out, ", moore=True");
  if (self->periodic)
    g_string_append (out, ", periodic=True");
  g_string_append_c (out, ')');
}

static guint64
axis_distance (const GridNode *self, guint64 n, guint64 a, guint64 b)
{
  guint64 distance = a > b ? a - b : b - a;

  return self->periodic ? MIN (distance, n - distance) : distance;
}

/* How far columns may lie apart in rows that lie @rows apart, which is at most the radius. */
static guint64
column_radius (const GridNode *self, guint64 rows)
{
  return self->moore ? self->radius : self->radius - rows;
}

static guint64
grid_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const GridNode *self = (const GridNode *) set;
  guint64 n = self->columns;
  guint64 rows = axis_distance (self, self->rows, source / n, target / n);

  return source != target && rows <= self->radius
         && axis_distance (self, n, source % n, target % n) <= column_radius (self, rows);
}

/* Counting: all rows that lie so far apart have as many neighbours. */

#define ROWS_COUNTED 65536

/* How many ordered pairs of @n places lie within @radius of one another. */
static ConsetCount
pairs_within (guint64 n, guint64 radius, gboolean ring)
{
  guint64 reach = MIN (radius, n - 1);

  if (ring)
    return (ConsetCount) n * MIN (n, 2 * (ConsetCount) radius + 1);
  return (ConsetCount) n * (2 * (ConsetCount) reach + 1) - (ConsetCount) reach * (reach + 1);
}

/* The same, of those exactly @distance apart. */
static ConsetCount
pairs_at (guint64 n, guint64 distance, gboolean ring)
{
  return pairs_within (n, distance, ring)
         - (distance > 0 ? pairs_within (n, distance - 1, ring) : 0);
}

/* Of all of the grid; FALSE where it would take long. */
static gboolean
grid_count_all (const GridNode *self, ConsetCount *count)
{
  guint64 farthest = MIN (self->radius, self->rows - 1);

  *count = 0;
  if (self->moore)
    *count = pairs_within (self->rows, self->radius, self->periodic)
             * pairs_within (self->columns, self->radius, self->periodic);
  else if (farthest > ROWS_COUNTED)
    return FALSE;
  else
    for (guint64 rows = 0; rows <= farthest; rows++)
      *count += pairs_at (self->rows, rows, self->periodic)
                * pairs_within (self->columns, self->radius - rows, self->periodic);
  *count -= (ConsetCount) self->rows * self->columns;
  return TRUE;
}

static gboolean
grid_count (const Conset *set,
            const ConsetWindow *window,
            ConsetCensus *census G_GNUC_UNUSED,
            ConsetCount *count)
{
  return conset_window_area (window) == conset_window_area (&set->facts.bounds)
         && grid_count_all ((const GridNode *) set, count);
}

/* Evaluation */

/* The neighbours of the cell @line in @row. */
static guint
row_arcs (const GridNode *self, guint64 line, guint64 row, ConsetArc arcs[3])
{
  guint64 n = self->columns;
  guint64 rows = axis_distance (self, self->rows, row, line / n);
  guint n_arcs = conset_arcs_around (n, line % n, column_radius (self, rows), self->periodic, arcs);

  for (guint a = 0; a < n_arcs; a++)
    {
      arcs[a].first += row * n;
      arcs[a].end += row * n;
    }
  return conset_arcs_without (arcs, n_arcs, line);
}

/* The rows that have neighbours of @line. */
static guint
near_rows (const GridNode *self, guint64 line, ConsetArc arcs[2])
{
  return conset_arcs_around (self->rows, line / self->columns, self->radius, self->periodic, arcs);
}

static guint64
grid_next_along (const Conset *set, ConsetOrder order G_GNUC_UNUSED, guint64 line, guint64 from)
{
  const GridNode *self = (const GridNode *) set;
  ConsetArc rows[2], arcs[3];
  guint n = near_rows (self, line, rows);
  guint64 row = conset_arcs_next (rows, n, from / self->columns), next = CONSET_INDEX_END;

  while (row < CONSET_INDEX_END && next == CONSET_INDEX_END)
    {
      next = conset_arcs_next (arcs, row_arcs (self, line, row, arcs), from);
      row = conset_arcs_next (rows, n, row + 1);
    }
  return next;
}

static void
grid_fill (ConsetStep *step, ConsetTile *tile)
{
  const GridNode *self = (const GridNode *) step->set;
  guint64 end_row = (tile->first + tile->width - 1) / self->columns + 1;
  ConsetArc rows[2], arcs[3];
  guint n = near_rows (self, tile->line, rows);
  gsize n_runs = 0;

  for (guint64 row = conset_arcs_next (rows, n, tile->first / self->columns); row < end_row;
       row = conset_arcs_next (rows, n, row + 1))
    conset_arcs_append (tile, arcs, row_arcs (self, tile->line, row, arcs), &n_runs);
  conset_tile_set_runs (tile, n_runs);
}

static const ConsetClass conset_grid_class = {
  .name = "gridNeighbours",
  .struct_size = sizeof (GridNode),
  .precedence = CONSET_PREC_ATOM,
  .print = grid_print,
  .multiplicity = grid_multiplicity,
  .count = grid_count,
  .next_along = grid_next_along,
  .fill = grid_fill,
};

/* The share of members among all pairs, or somewhat more. */
static double
grid_density (const GridNode *self)
{
  double n = (double) self->rows * (double) self->columns;
  double side = 2.0 * (double) self->radius + 1.0;
  ConsetCount count;

  if (grid_count_all (self, &count))
    return (double) count / n / n;
  return MIN (side, (double) self->rows) * MIN (side, (double) self->columns) / n;
}

/* Reducers: without neighbours it is empty. */
Conset *
conset_grid_neighbours (guint64 rows,
                        guint64 columns,
                        guint64 radius,
                        ConsetNeighbourhood neighbourhood,
                        gboolean periodic)
{
  GridNode *self;
  guint64 n;

  if (rows == 0 || columns == 0 || __builtin_mul_overflow (rows, columns, &n)
      || n >= CONSET_INDEX_END)
    return conset_error_new ("gridNeighbours(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                             "): a grid has at least one row and one column, "
                             "and less than 2^63 cells",
                             rows, columns);
  if (radius == 0 || n == 1)
    return conset_empty ();
  self = conset_node_new (&conset_grid_class);
  self->rows = rows;
  self->columns = columns;
  self->radius = radius;
  self->moore = neighbourhood == CONSET_MOORE;
  self->periodic = periodic;
  self->base.facts.bounds = CONSET_WINDOW (n, n);
  self->base.facts.density = grid_density (self);
  return conset_node_finish (self);
}
