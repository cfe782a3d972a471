/* SPDX-License-Identifier: MIT */
/*
 * Making cells: a counting sort of positions into boxes.
 *
 * Cells are numbered along x first, so that those of a row are one run of the sorted positions. To
 * begin and to end a run takes longer than to look at a position, so rows are few and high: cells
 * are shorter along x.
 */
#include "cells_parts.h"

#include "kernels.h"
#include "pinned.h"

#include <math.h>
#include <string.h>

#define POSITIONS_PER_CELL 2.5

/* How many cells along x are as long as one is high. */
#define CELLS_PER_HEIGHT 4.0

/* Numbers of steps below this are known to far better than a step. */
#define ROUGH_MOST 0x1p40

/* Of more positions only what cannot be done without is stored. */
#define ROUGH_POSITIONS (1 << 22)

static guint64
cell_of (const ConsetCells *cells, double *const xyz[CONSET_MAX_DIMENSIONS], gsize k)
{
  guint64 cell = 0;

  for (guint d = cells->n_dimensions; d > 0; d--)
    cell = cell * cells->n[d - 1] + conset_cells_along (cells, d - 1, xyz[d - 1][k]);
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
      if (cells->rough != NULL)
        cells->rough[to] = conset_cells_rough (cells, xyz[0][k], xyz[1][k]);
    }
}

/* The length along @d, for which cells would be as long as they are high. */
static double
cells_length (const ConsetCells *cells, guint d)
{
  return conset_cells_length (cells, d) / (d == 0 ? 1.0 : CELLS_PER_HEIGHT);
}

/* The dimensions in which the positions differ, by length. */
static guint
order_dimensions (const ConsetCells *cells, guint order[CONSET_MAX_DIMENSIONS])
{
  guint n = 0;

  for (guint d = 0; d < cells->n_dimensions; d++)
    {
      guint to = n;

      if (!(cells_length (cells, d) > 0.0))
        continue;
      for (; to > 0 && cells_length (cells, order[to - 1]) > cells_length (cells, d); to--)
        order[to] = order[to - 1];
      order[to] = d;
      n++;
    }
  return n;
}

/* Sides as wanted, as far as can be. A dimension that is too short for two cells leaves more to the
 * others, so the shortest comes first. Any sides would be right. */
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
      double length = conset_cells_length (cells, order[k]), along = wanted;

      for (guint other = k + 1; other < n; other++)
        along *= cells_length (cells, order[k]) / cells_length (cells, order[other]);
      along = MAX (1.0, floor (conset_pinned_pow (along, 1.0 / (n - k))));
      wanted = MAX (1.0, wanted / along);
      cells->n[order[k]] = (guint64) along;
      cells->side[order[k]] = length / along;
      cells->inverse[order[k]] = along / length;
      n_cells *= cells->n[order[k]];
    }
  return n_cells;
}

/* FALSE if there are to be no rough positions, or steps would be so many that they could not be
 * counted. */
static gboolean
choose_steps (ConsetCells *cells)
{
  double longest = MAX (conset_cells_length (cells, 0), conset_cells_length (cells, 1));

  if (cells->n_dimensions != 2 || cells->n[1] == 1 || cells->n_positions > ROUGH_POSITIONS)
    return FALSE;
  cells->per_length = CONSET_ROUGH_STEPS * cells->inverse[1];
  return isfinite (cells->per_length) && longest * cells->per_length < ROUGH_MOST;
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
    cells->coordinates[d] = g_new0 (double, geometry->size + CONSET_CELLS_PADDING);
  cells->indices = g_new0 (guint32, geometry->size + CONSET_CELLS_PADDING);
  if (choose_steps (cells))
    cells->rough = g_new0 (guint32, geometry->size + CONSET_CELLS_PADDING);
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
  return g_steal_pointer (&cells);
}

void
conset_cells_free (ConsetCells *cells)
{
  g_free (cells->starts);
  for (guint d = 0; d < CONSET_MAX_DIMENSIONS; d++)
    g_free (cells->coordinates[d]);
  g_free (cells->indices);
  g_free (cells->rough);
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
  cells = g_atomic_pointer_get (&self->cells);
  if (cells == NULL)
    {
      cells = conset_cells_new (geometry, error);
      g_atomic_pointer_set (&self->cells, cells);
    }
  g_mutex_unlock (&lock);
  return cells;
}
