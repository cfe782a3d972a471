/* SPDX-License-Identifier: MIT */
/*
 * A window divided into cells, with the number of connections in each.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/**
 * CliGrid:
 * @n_sources: the window is [0, @n_sources)
 * @n_targets: x [0, @n_targets)
 * @source_step: sources of a cell, at least 1; the last row may have fewer
 * @target_step: targets of a cell, at least 1; the last column may have fewer
 * @rows: number of cells from the first to the last source
 * @columns: number of cells from the first to the last target
 * @counts: (array length=rows*columns): connections of each cell, row after row
 * @total: connections of all cells
 */
typedef struct
{
  guint64 n_sources;
  guint64 n_targets;
  guint64 source_step;
  guint64 target_step;
  gsize rows;
  gsize columns;
  guint64 *counts;
  guint64 total;
} CliGrid;

/** cli_grid_init: sets everything but the counts, which are 0. */
void cli_grid_init (CliGrid *grid,
                    guint64 n_sources,
                    guint64 n_targets,
                    guint64 source_step,
                    guint64 target_step);

void cli_grid_clear (CliGrid *grid);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliGrid, cli_grid_clear)

/** cli_grid_count: counts the connections of @set, exactly; FALSE with @error set on failure. */
gboolean cli_grid_count (CliGrid *grid, const Conset *set, GError **error);

/** cli_grid_density: Returns: connections for each pair of a cell; 0 for cells outside of @grid */
double cli_grid_density (const CliGrid *grid, gsize row, gsize column);

/** cli_grid_get: Returns: connections of a cell; 0 for cells outside of @grid */
guint64 cli_grid_get (const CliGrid *grid, gsize row, gsize column);

G_END_DECLS
