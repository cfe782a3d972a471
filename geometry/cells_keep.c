/* SPDX-License-Identifier: MIT */
/*
 * What a search has found: runs of positions are copied, brought near, or looked at for those that
 * are within a distance.
 */
#include "cells_parts.h"

#include "kernels.h"

#include <math.h>
#include <string.h>

/* A row of a grid, of which coordinates but the first are the same. */
static void
grid_positions (const ConsetCells *cells,
                gsize first,
                gsize n,
                double *const xyz[CONSET_MAX_DIMENSIONS],
                guint32 *indices)
{
  const ConsetGrid *grid = cells->grid;
  guint64 row = first / cells->n[0], place = first % cells->n[0];
  const guint64 places[] = { place, row % cells->n[1], row / cells->n[1] };

  for (gsize k = 0; k < n; k++)
    {
      indices[k] = (guint32) (first + k);
      xyz[0][k] = grid->origin[0] + grid->step[0] * (double) (place + k);
    }
  if (n > 0 && place + n == cells->n[0])
    xyz[0][n - 1] = grid->last[0];
  for (guint d = 1; d < cells->n_dimensions; d++)
    {
      double x = conset_grid_coordinate (grid, d, places[d]);

      for (gsize k = 0; k < n; k++)
        xyz[d][k] = x;
    }
}

void
conset_cells_copy (const ConsetCells *cells,
                   gsize first,
                   gsize n,
                   double *const xyz[CONSET_MAX_DIMENSIONS],
                   guint32 *indices)
{
  if (cells->grid != NULL)
    {
      grid_positions (cells, first, n, xyz, indices);
      return;
    }
  for (guint d = 0; d < cells->n_dimensions; d++)
    memcpy (xyz[d], cells->coordinates[d] + first, n * sizeof (double));
  memcpy (indices, cells->indices + first, n * sizeof *indices);
}

static inline const double *const *
stored_positions (const ConsetCells *cells)
{
  return (const double *const *) cells->coordinates;
}

void
conset_cells_keep_within (const ConsetCells *cells,
                          const double *at,
                          double low,
                          double below,
                          const ConsetFound *looked,
                          ConsetFound *found)
{
  const guint32 (*runs)[2] = (const guint32 (*)[2]) (gpointer) looked->runs;

  conset_found_reserve (found, looked->n_looked_at);
  found->n +=
    conset_spatial ()->within (stored_positions (cells), cells->indices, runs, looked->n_runs, at,
                               low, below, found->indices + found->n, 0.0, NULL);
}

gsize
conset_cells_measure (const ConsetCells *cells,
                      const ConsetRun *runs,
                      gsize n_runs,
                      const double *at,
                      double low,
                      double below,
                      guint32 *kept,
                      double per_square,
                      guint32 *steps)
{
  return conset_spatial ()->within (stored_positions (cells), cells->indices,
                                    (const guint32 (*)[2]) (gpointer) runs, n_runs, at, low, below,
                                    kept, per_square, steps);
}

/* As a disc adds it up: along x first. */
static inline double
row_square (double way, const double others[2])
{
  return way * way + others[0] + others[1];
}

/* Squared distances along a row fall towards the center and rise behind it, also when rounded, so
 * that those below a bound are one stretch: what does not belong to it is cut off at both ends. */
static void
keep_row (const ConsetGrid *grid,
          ConsetRun run,
          guint64 row,
          const double *at,
          double others[2],
          double low,
          double below,
          ConsetFound *found)
{
  guint32 first = (guint32) (run.first - row), end = (guint32) (run.end - row);
  guint32 *out = found->indices + found->n;

#define SQUARE(place) row_square (conset_grid_coordinate (grid, 0, place) - at[0], others)
  while (first < end && !(SQUARE (first) < below))
    first++;
  while (first < end && !(SQUARE (end - 1) < below))
    end--;
  for (guint32 place = first; place < end; place++)
    *out++ = (guint32) row + place;
  found->n += end - first;
  if (!(low > 0.0))
    return;
  found->n -= end - first;
  out = found->indices + found->n;
  for (guint32 place = first; place < end; place++)
    {
      *out = (guint32) row + place;
      out += SQUARE (place) >= low;
    }
  found->n = (gsize) (out - found->indices);
#undef SQUARE
}

void
conset_cells_keep_on_grid (const ConsetCells *cells,
                           const double *at,
                           double low,
                           double below,
                           const ConsetFound *looked,
                           ConsetFound *found)
{
  const ConsetGrid *grid = cells->grid;

  conset_found_reserve (found, looked->n_looked_at);
  for (gsize k = 0; k < looked->n_runs; k++)
    {
      ConsetRun run = looked->runs[k];
      guint64 row = run.first / cells->n[0];
      double others[2] = { 0.0, 0.0 };

      for (guint d = 1; d < cells->n_dimensions; d++)
        {
          guint64 place = d == 1 ? row % cells->n[1] : row / cells->n[1];
          double way = conset_grid_coordinate (grid, d, place) - at[d];

          others[d - 1] = way * way;
        }
      keep_row (grid, run, row * cells->n[0], at, others, low, below, found);
    }
}

#define CACHE_LINE 64

static inline void
prefetch (const void *first, guint lines)
{
  for (guint line = 0; line < lines; line++)
    __builtin_prefetch ((const char *) first + line * CACHE_LINE);
}

/* Most runs have two lines of an array and begin a third one, which the machine foresees; to ask
 * for no more than they have would take longer. What is behind the end of an array is not looked
 * at. Where there are rough positions they are looked at first, and then few others. */
#define RUN_LINES 2

void
conset_cells_prefetch (const ConsetCells *cells, const ConsetFound *found)
{
  for (gsize k = 0; k < found->n_runs; k++)
    {
      guint32 first = found->runs[k].first;

      prefetch (cells->indices + first, RUN_LINES);
      if (cells->rough != NULL)
        prefetch (cells->rough + first, RUN_LINES);
      else
        for (guint d = 0; d < cells->n_dimensions; d++)
          prefetch (cells->coordinates[d] + first, RUN_LINES + 1);
    }
}
