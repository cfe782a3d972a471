/* SPDX-License-Identifier: MIT */
/*
 * A window divided into cells, with the connections and the values of each.
 *
 * Usually the connections stream past once, and each is added to its cell. Where many are expected,
 * cells are counted one by one, which lists nothing. Where that would take too long, too, cells are
 * estimated, at places that are a function of the cell alone, so that a picture never changes: of
 * sets with few connections a target, from all sources of some targets of each column of cells; of
 * dense ones, from RUNS runs of RUN sources of a target in each cell.
 */
#include "bins.h"

#include "node.h"

#include <conset/cset.h>
#include <conset/eval.h>
#include <conset/set.h>

#include <math.h>

/* Expected number of connections above which cells are counted one by one, and sampled. */
#define MANY_TO_LIST 1e8
#define MANY_TO_COUNT 2e9
#define MANY_VALUES 2e8

/* The least pairs of cells that are counted by themselves, and that are sampled. */
#define LARGE_CELL 4096.0
#define SAMPLED_CELL 65536.0

/* Cells of more pairs are sampled, for their connections might not be counted in 64 bits. */
#define COUNTED_CELL 1e18

#define RUNS 16
#define RUN 256

/* Targets of a column of cells that are looked at: so many runs of so many, or of one alone where
 * that would be more than MANY_OF_LINES connections. */
#define LINE_RUNS 64
#define LINE_RUN 16
#define MANY_OF_LINES 1e8

/* {{{ Cells */

static gsize
cells_of (guint64 n, guint64 step)
{
  return n / step + (n % step != 0);
}

/* The least of 1, 2, 5, 10, ... that divides @n into at most @most parts. */
static guint64
step_for (guint64 n, guint64 most)
{
  static const guint8 mantissas[] = { 1, 2, 5 };
  guint64 least = n / most + (n % most != 0);

  for (guint64 power = 1;; power *= 10)
    for (gsize k = 0; k < G_N_ELEMENTS (mantissas); k++)
      if (mantissas[k] * power >= least)
        return mantissas[k] * power;
}

/* Cells whose sides differ less than four times are made square. */
static void
bins_divide (ConsetBins *bins, gsize most)
{
  guint64 n_sources = bins->window.source_end - bins->window.source_first;
  guint64 n_targets = bins->window.target_end - bins->window.target_first;
  guint64 s = step_for (n_sources, most), t = step_for (n_targets, most);

  if (MAX (s, t) / 4 < MIN (s, t))
    s = t = MAX (s, t);
  bins->source_step = s;
  bins->target_step = t;
  bins->n_sources = cells_of (n_sources, s);
  bins->n_targets = cells_of (n_targets, t);
}

static ConsetWindow
bins_cell (const ConsetBins *bins, gsize source, gsize target)
{
  guint64 s = source * bins->source_step, t = target * bins->target_step;
  guint64 s_left = bins->window.source_end - bins->window.source_first - s;
  guint64 t_left = bins->window.target_end - bins->window.target_first - t;

  s += bins->window.source_first;
  t += bins->window.target_first;
  return (ConsetWindow){ s, s + MIN (bins->source_step, s_left), t,
                         t + MIN (bins->target_step, t_left) };
}

static double
pairs_of (const ConsetWindow *window)
{
  return (double) (window->source_end - window->source_first)
         * (double) (window->target_end - window->target_first);
}

gboolean
conset_bins_is_exact (const ConsetBins *bins)
{
  return bins->source_step == 1 && bins->target_step == 1;
}

/* Pairs of a cell that were looked at. */
static double
bins_looked_at (const ConsetBins *bins, gsize source, gsize target)
{
  ConsetWindow cell = bins_cell (bins, source, target);
  guint64 n_sources = cell.source_end - cell.source_first;
  guint64 n_targets = cell.target_end - cell.target_first;

  if (bins->sampled_targets > 0)
    return (double) n_sources * (double) (LINE_RUNS * MIN (bins->run, n_targets));
  return bins->sampled_pairs > 0 ? (double) (RUNS * MIN (RUN, n_sources)) : pairs_of (&cell);
}

double
conset_bins_density (const ConsetBins *bins, gsize source, gsize target)
{
  double pairs = bins_looked_at (bins, source, target);

  return (double) bins->counts[source * bins->n_targets + target] / pairs;
}

double
conset_bins_mean (const ConsetBins *bins, gsize source, gsize target)
{
  gsize k = source * bins->n_targets + target;

  return bins->n_finite[k] > 0 ? bins->sums[k] / (double) bins->n_finite[k] : NAN;
}

void
conset_bins_clear (ConsetBins *bins)
{
  g_clear_pointer (&bins->counts, g_free);
  g_clear_pointer (&bins->sums, g_free);
  g_clear_pointer (&bins->n_finite, g_free);
}

/* }}} */
/* {{{ All connections */

static void
bins_add_value (ConsetBins *bins, gsize cell, double value)
{
  if (!isfinite (value))
    return;
  bins->sums[cell] += value;
  bins->n_finite[cell]++;
}

/* Adds a batch of one target; its sources ascend, so a row is looked up once it is left. */
static void
bins_add (const ConsetBatch *batch, gpointer data)
{
  ConsetBins *bins = data;
  gsize target = (batch->line - bins->window.target_first) / bins->target_step;
  guint64 first = 0, size = 0;
  gsize cell = 0;

  for (gsize k = 0; k < batch->n; k++)
    {
      guint64 source = batch->indices[k] - bins->window.source_first;

      if (source - first >= size)
        {
          gsize row = source / bins->source_step;

          first = row * bins->source_step;
          size = bins->source_step;
          cell = row * bins->n_targets + target;
        }
      bins->counts[cell]++;
      if (bins->column >= 0)
        bins_add_value (bins, cell, batch->values[bins->column][k]);
    }
  bins->total += batch->n;
}

/* Adds the connections of @window, whose targets are of one column of cells or all there are. */
static gboolean
bins_stream (ConsetBins *bins,
             const Conset *set,
             const ConsetWindow *window,
             ConsetPlotWork *work,
             GError **error)
{
  return conset_plot_work_stream (work, set, window, &bins->window, CONSET_TARGET_MAJOR, bins_add,
                                  bins, error);
}

static gboolean
bins_count (ConsetBins *bins, const Conset *set, ConsetPlotWork *work, GError **error)
{
  gsize n = bins->n_sources * bins->n_targets;

  for (gsize k = 0; k < n; k++)
    {
      ConsetWindow cell = bins_cell (bins, k / bins->n_targets, k % bins->n_targets);

      if (!conset_count (set, &cell, &bins->counts[k], error))
        return FALSE;
      bins->total += MIN (bins->counts[k], G_MAXUINT64 - bins->total);
      if (!conset_plot_work_tick (work, (double) k / n, bins->counts[k], error))
        return FALSE;
    }
  return TRUE;
}

/* }}} */
/* {{{ Samples */

/* The finalizer of SplitMix64 (Steele, Lea and Flood 2014): where to look, not what is drawn. */
static guint64
scrambled (guint64 x)
{
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

/* A run of sources of one target, somewhere in @cell. */
static ConsetWindow
sample_window (const ConsetWindow *cell, guint64 key)
{
  guint64 n_sources = cell->source_end - cell->source_first;
  guint64 n_targets = cell->target_end - cell->target_first;
  guint64 run = MIN (RUN, n_sources);
  guint64 target = cell->target_first + scrambled (2 * key + 1) % n_targets;
  guint64 source = cell->source_first + scrambled (2 * key + 2) % (n_sources - run + 1);

  return (ConsetWindow){ source, source + run, target, target + 1 };
}

static gboolean
sample_add (
  ConsetBins *bins, gsize cell, const Conset *set, const ConsetWindow *window, GError **error)
{
  g_autoptr (ConsetIter) iter = NULL;
  ConsetBatch batch;
  guint64 count;

  if (bins->column < 0)
    {
      if (!conset_count (set, window, &count, error))
        return FALSE;
      bins->counts[cell] += count;
      return TRUE;
    }
  iter = conset_iter_new (set, window, CONSET_TARGET_MAJOR);
  while (conset_iter_next_batch (iter, &batch))
    for (gsize k = 0; k < batch.n; k++)
      {
        bins->counts[cell]++;
        bins_add_value (bins, cell, batch.values[bins->column][k]);
      }
  return conset_iter_finish (iter, error);
}

static gboolean
bins_sample_pairs (ConsetBins *bins, const Conset *set, ConsetPlotWork *work, GError **error)
{
  gsize n = bins->n_sources * bins->n_targets;

  bins->sampled_pairs = RUNS * MIN (RUN, bins->source_step);
  for (gsize k = 0; k < n; k++)
    {
      ConsetWindow cell = bins_cell (bins, k / bins->n_targets, k % bins->n_targets);

      for (guint run = 0; run < RUNS; run++)
        {
          ConsetWindow window = sample_window (&cell, k * RUNS + run);

          if (!sample_add (bins, k, set, &window, error))
            return FALSE;
        }
      if (!conset_plot_work_tick (work, (double) k / n, bins->counts[k], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
bins_sample_targets (ConsetBins *bins, const Conset *set, ConsetPlotWork *work, GError **error)
{
  bins->sampled_targets = LINE_RUNS * MIN (bins->run, bins->target_step);
  for (gsize column = 0; column < bins->n_targets; column++)
    for (guint run = 0; run < LINE_RUNS; run++)
      {
        ConsetWindow window = bins_cell (bins, 0, column);
        guint64 n = window.target_end - window.target_first, width = MIN (bins->run, n);

        window.source_end = bins->window.source_end;
        window.target_first += scrambled (column * LINE_RUNS + run + 1) % (n - width + 1);
        window.target_end = window.target_first + width;
        if (!bins_stream (bins, set, &window, work, error))
          return FALSE;
      }
  return TRUE;
}

/* }}} */

/* Whether cells are counted by a formula, as the one in the middle is. */
static gboolean
has_formula (const ConsetBins *bins, const Conset *set)
{
  ConsetWindow cell = bins_cell (bins, bins->n_sources / 2, bins->n_targets / 2);
  ConsetCensus census = conset_census_of (set);
  ConsetCount count;

  return conset_node_count (set, &cell, &census, &count);
}

/* Whether to estimate what is in cells, by what @set is expected to have. */
static gboolean
is_too_much (const ConsetBins *bins, const Conset *set, double expected)
{
  double pairs = (double) bins->source_step * (double) bins->target_step;

  if (pairs < SAMPLED_CELL || pairs > COUNTED_CELL)
    return pairs > COUNTED_CELL;
  return bins->column >= 0 ? expected > MANY_VALUES
                           : expected > MANY_TO_COUNT && !has_formula (bins, set);
}

static gboolean
bins_sample (
  ConsetBins *bins, const Conset *set, double expected, ConsetPlotWork *work, GError **error)
{
  double n_targets = (double) (bins->window.target_end - bins->window.target_first);
  double runs = expected / n_targets * (double) bins->n_targets * LINE_RUNS;

  bins->run = runs * LINE_RUN <= MANY_OF_LINES ? LINE_RUN : 1;
  return runs <= MANY_OF_LINES ? bins_sample_targets (bins, set, work, error)
                               : bins_sample_pairs (bins, set, work, error);
}

gboolean
conset_bins_fill (ConsetBins *bins,
                  const Conset *set,
                  const ConsetWindow *window,
                  int column,
                  gsize most,
                  gsize most_sampled,
                  ConsetPlotWork *work,
                  GError **error)
{
  g_autoptr (Conset) looked_at = column >= 0 ? conset_ref (set) : conset_mask (conset_ref (set));
  double expected = conset_expected_count (set, window);
  gboolean sample;
  gsize n;

  *bins = (ConsetBins){ .window = *window, .column = column };
  bins_divide (bins, most);
  sample = is_too_much (bins, set, expected);
  if (sample)
    bins_divide (bins, most_sampled);
  n = bins->n_sources * bins->n_targets;
  bins->counts = g_new0 (guint64, n);
  if (column >= 0)
    {
      bins->sums = g_new0 (double, n);
      bins->n_finite = g_new0 (guint64, n);
    }
  if (sample)
    return bins_sample (bins, looked_at, expected, work, error);
  if (column < 0 && expected > MANY_TO_LIST
      && (double) bins->source_step * (double) bins->target_step >= LARGE_CELL)
    return bins_count (bins, looked_at, work, error);
  return bins_stream (bins, looked_at, &bins->window, work, error);
}
