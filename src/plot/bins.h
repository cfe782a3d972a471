/* SPDX-License-Identifier: MIT */
/*
 * A window divided into cells, with the connections and the values of each.
 */
#pragma once

#include "panel.h"

/**
 * ConsetBins:
 * @source_step: sources of a cell, at least 1; the last row may have fewer
 * @target_step: targets of a cell, at least 1; the last column may have fewer
 * @n_sources: number of cells from the first to the last source
 * @n_targets: number of cells from the first to the last target
 * @column: which value is summed up, -1 for none
 * @counts: (array length=n_sources*n_targets): connections of each cell, source after source
 * @sums: (nullable): sums of their values, those that are finite
 * @n_finite: (nullable): number of these
 * @total: connections of all cells, G_MAXUINT64 if there are more; meaningless if they are sampled
 * @sampled_pairs: pairs of a cell that were looked at, if not all were
 * @sampled_targets: targets of a cell that were looked at, all sources of each, if not all were
 * @run: how many targets that follow each other of these
 */
typedef struct
{
  ConsetWindow window;
  guint64      source_step;
  guint64      target_step;
  gsize        n_sources;
  gsize        n_targets;
  int          column;
  guint64     *counts;
  double      *sums;
  guint64     *n_finite;
  guint64      total;
  guint64      sampled_pairs;
  guint64      sampled_targets;
  guint64      run;
} ConsetBins;

/**
 * conset_bins_fill:
 * @bins: (out): cleared by the caller
 * @window: not empty
 * @column: -1, or one of @set
 * @most: greatest number of cells along an axis
 * @most_sampled: the same where cells are sampled
 *
 * Divides @window and looks at @set. O(cells) memory.
 *
 * Returns: FALSE with @error set on failure
 */
gboolean conset_bins_fill    (ConsetBins          *bins,
                              const Conset        *set,
                              const ConsetWindow  *window,
                              int                  column,
                              gsize                most,
                              gsize                most_sampled,
                              ConsetPlotWork      *work,
                              GError             **error);

void     conset_bins_clear   (ConsetBins          *bins);

/** conset_bins_is_exact: Returns: whether each cell is a pair */
gboolean conset_bins_is_exact (const ConsetBins   *bins);

/** conset_bins_density: Returns: connections for each pair of a cell */
double   conset_bins_density (const ConsetBins    *bins,
                              gsize                source,
                              gsize                target);

/** conset_bins_mean: Returns: the mean of the values of a cell; NaN if there is none */
double   conset_bins_mean    (const ConsetBins    *bins,
                              gsize                source,
                              gsize                target);
