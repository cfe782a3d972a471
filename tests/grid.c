/* SPDX-License-Identifier: MIT */
/*
 * Grids: filled by iterating in either order, and compared as wholes, for an assertion costs more
 * than a pair.
 */
#include "grid.h"

#include <check.h>
#include <string.h>

void
grid_free (Grid *grid)
{
  g_free (grid->m);
  g_free (grid);
}

Grid *
grid_new (const ConsetWindow *window)
{
  Grid *grid = g_new (Grid, 1);

  grid->window = *window;
  grid->n_sources = window->source_end - window->source_first;
  grid->n_targets = window->target_end - window->target_first;
  grid->m = g_new0 (guint32, grid->n_sources * grid->n_targets);
  return grid;
}

guint32 *
grid_at (const Grid *grid, guint64 source, guint64 target)
{
  return &grid->m[(target - grid->window.target_first) * grid->n_sources
                  + (source - grid->window.source_first)];
}

Grid *
grid_of_set (const Conset *set, const ConsetWindow *window, ConsetOrder order)
{
  Grid *grid = grid_new (window);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, order);
  guint64 line = 0, last = 0;
  gboolean ascends = TRUE;
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    for (gsize k = 0; k < batch.n; k++)
      {
        guint64 other = batch.indices[k];

        ascends &= batch.line > line || (batch.line == line && other >= last);
        line = batch.line;
        last = other;
        if (order == CONSET_TARGET_MAJOR)
          ++*grid_at (grid, other, line);
        else
          ++*grid_at (grid, line, other);
      }
  ck_assert (ascends);
  ck_assert (conset_iter_finish (iter, NULL));
  return grid;
}

void
grid_assert_equal (const Grid *a, const Grid *b)
{
  ck_assert_uint_eq (a->n_sources, b->n_sources);
  ck_assert_uint_eq (a->n_targets, b->n_targets);
  ck_assert (memcmp (a->m, b->m, a->n_sources * a->n_targets * sizeof *a->m) == 0);
}

guint64
grid_count (const Conset *set, const ConsetWindow *window)
{
  guint64 count = 0;

  ck_assert (conset_count (set, window, &count, NULL));
  return count;
}

void
grid_assert_restriction (const Conset *set, const Grid *whole, const ConsetWindow *window)
{
  g_autoptr (Grid) expected = grid_new (window);
  guint64 count = 0;

  for (guint64 j = window->target_first; j < window->target_end; j++)
    for (guint64 i = window->source_first; i < window->source_end; i++)
      count += *grid_at (expected, i, j) = *grid_at (whole, i, j);
  for (guint order = 0; order < 2; order++)
    {
      g_autoptr (Grid) got = grid_of_set (set, window, order);

      grid_assert_equal (got, expected);
    }
  ck_assert_uint_eq (grid_count (set, window), count);
}
