/* SPDX-License-Identifier: MIT */
/*
 * A window divided into cells, with the number of connections in each.
 *
 * Usually the connections stream past once and each is added to its cell. Where many are
 * expected, cells are counted one by one instead, which lists nothing: a set with a closed
 * form then takes the same time in a window of any size.
 */
#include "grid.h"

#include "work.h"

/* Expected number of connections above which cells are counted one by one. */
#define MANY_CONNECTIONS 1e8

/* Above, never for cells of fewer pairs: each is a question of its own. */
#define PAIRS_OF_A_LARGE_CELL 4096

static gsize
cells_of (guint64 n, guint64 step)
{
  return n / step + (n % step != 0);
}

void
cli_grid_init (
  CliGrid *grid, guint64 n_sources, guint64 n_targets, guint64 source_step, guint64 target_step)
{
  *grid = (CliGrid){
    .n_sources = n_sources,
    .n_targets = n_targets,
    .source_step = source_step,
    .target_step = target_step,
    .rows = cells_of (n_sources, source_step),
    .columns = cells_of (n_targets, target_step),
  };
  grid->counts = g_new0 (guint64, grid->rows * grid->columns);
}

void
cli_grid_clear (CliGrid *grid)
{
  g_clear_pointer (&grid->counts, g_free);
}

guint64
cli_grid_get (const CliGrid *grid, gsize row, gsize column)
{
  return row < grid->rows && column < grid->columns ? grid->counts[row * grid->columns + column]
                                                    : 0;
}

static ConsetWindow
cell_window (const CliGrid *grid, gsize row, gsize column)
{
  guint64 source = row * grid->source_step;
  guint64 target = column * grid->target_step;

  return (ConsetWindow){
    .source_first = source,
    .source_end = source + MIN (grid->source_step, grid->n_sources - source),
    .target_first = target,
    .target_end = target + MIN (grid->target_step, grid->n_targets - target),
  };
}

double
cli_grid_density (const CliGrid *grid, gsize row, gsize column)
{
  guint64 count = cli_grid_get (grid, row, column);
  ConsetWindow cell;

  if (count == 0)
    return 0;
  cell = cell_window (grid, row, column);
  return (double) count / (double) (cell.source_end - cell.source_first)
         / (double) (cell.target_end - cell.target_first);
}

/* Adds a batch of one target; its sources ascend, so a row is looked up once it is left. */
static gboolean
batch_add (const ConsetBatch *batch, gpointer data, G_GNUC_UNUSED GError **error)
{
  CliGrid *grid = data;
  gsize column = batch->line / grid->target_step;
  guint64 row_first = 0;
  guint64 row_size = 0;
  gsize row = 0;

  for (gsize k = 0; k < batch->n; k++)
    {
      if (batch->indices[k] - row_first >= row_size)
        {
          row = batch->indices[k] / grid->source_step;
          row_first = row * grid->source_step;
          row_size = grid->source_step;
        }
      grid->counts[row * grid->columns + column]++;
    }
  grid->total += batch->n;
  return TRUE;
}

static gboolean
stream_count (CliGrid *grid, const Conset *set, GError **error)
{
  ConsetWindow window = CONSET_WINDOW (grid->n_sources, grid->n_targets);
  g_autoptr (Conset) mask = conset_mask (conset_ref (set));
  gboolean good;
  CliWork work;

  cli_work_begin (&work, TRUE);
  good =
    conset_parallel_foreach (mask, &window, CONSET_TARGET_MAJOR, work.task, batch_add, grid, error);
  cli_work_end (&work);
  return good;
}

static gboolean
cell_count (CliGrid *grid, const Conset *set, gsize row, gsize column, GError **error)
{
  ConsetWindow window = cell_window (grid, row, column);
  guint64 count;

  if (!conset_count (set, &window, &count, error))
    return FALSE;
  if (!g_uint64_checked_add (&grid->total, grid->total, count))
    {
      g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
                           "more than 2^64 - 1 connections; give a smaller window with -n and -m");
      return FALSE;
    }
  grid->counts[row * grid->columns + column] = count;
  return TRUE;
}

static gboolean
cells_count (CliGrid *grid, const Conset *set, GError **error)
{
  gsize n = grid->rows * grid->columns;
  gboolean ok = TRUE;
  CliProgress progress;

  cli_progress_begin (&progress, TRUE);
  for (gsize k = 0; ok && k < n; k++)
    {
      ok = cell_count (grid, set, k % grid->rows, k / grid->rows, error);
      if (cli_progress_due (&progress))
        cli_progress_draw (&progress, (double) (k + 1) / (double) n, grid->total);
    }
  cli_progress_end (&progress);
  return ok;
}

gboolean
cli_grid_count (CliGrid *grid, const Conset *set, GError **error)
{
  ConsetWindow window = CONSET_WINDOW (grid->n_sources, grid->n_targets);
  double pairs = (double) grid->source_step * (double) grid->target_step;

  if (pairs >= PAIRS_OF_A_LARGE_CELL && conset_expected_count (set, &window) > MANY_CONNECTIONS)
    return cells_count (grid, set, error);
  return stream_count (grid, set, error);
}
