/* SPDX-License-Identifier: MIT */
/*
 * Sampled expectations. Lines are evenly spaced targets, or sources where there are more of those
 * in the window; the walk's budget says how many.
 */
#include "sampled.h"

#define LINES_FINE 64
#define LINES_COARSE 8
/* Tiles looked at of a line, and pairs of a tile: every so many-th, so that there are not more. */
#define TILES_MOST 16
#define PAIRS_MOST 64

typedef struct
{
  ConsetOrder order;
  const ConsetValue *value;
  ConsetChanceFunc chance;
  gconstpointer data;
  double sum;
  guint64 n;
} Sample;

static void
sample_tile (Sample *sample, ConsetTile *tile)
{
  gsize step;

  conset_tile_to_list (tile);
  step = tile->n / PAIRS_MOST + 1;
  for (gsize k = 0; k < tile->n; k += step)
    {
      guint64 along = tile->first + tile->list[k];
      ConsetPlace place = { along, tile->line, 0, NULL };

      if (sample->order == CONSET_SOURCE_MAJOR)
        place = (ConsetPlace){ tile->line, along, 0, NULL };

      sample->sum +=
        sample->chance (sample->value->klass->at (sample->value, &place), sample->data);
      sample->n++;
    }
}

static void
sample_line (Sample *sample, const Conset *candidates, const ConsetWindow *line)
{
  ConsetEval *eval = conset_eval_new (candidates, line, sample->order);
  ConsetTile *tile = conset_tile_new ();

  for (guint k = 0; k < TILES_MOST && conset_eval_next (eval, tile); k++)
    sample_tile (sample, tile);
  conset_tile_free (tile);
  conset_eval_free (eval);
}

double
conset_sampled_expected (const Conset *candidates,
                         const ConsetValue *value,
                         ConsetChanceFunc chance,
                         gconstpointer data,
                         const ConsetWindow *window,
                         ConsetCensus *census)
{
  ConsetWindow inside = conset_window_intersect (window, &candidates->facts.bounds);
  double expected = conset_node_expected (candidates, &inside, census);
  Sample sample = { CONSET_TARGET_MAJOR, value, chance, data, 0.0, 0 };
  guint64 lines[2], along[2], n,
    n_lines = census->budget > LINES_FINE * PAIRS_MOST ? LINES_FINE : LINES_COARSE;

  if (conset_window_is_empty (&inside) || !(expected > 0.0))
    return 0.0;
  if (inside.target_end - inside.target_first > inside.source_end - inside.source_first)
    sample.order = CONSET_SOURCE_MAJOR;
  conset_window_axes (&inside, sample.order, lines, along);
  n = lines[1] - lines[0];
  n_lines = MIN (n_lines, n);
  for (guint64 k = 0; k < n_lines; k++)
    {
      guint64 at = lines[0] + (guint64) ((ConsetCount) n * k / n_lines);
      ConsetWindow line = conset_window_of_line (sample.order, at, along[0], along[1]);

      sample_line (&sample, candidates, &line);
    }
  census->budget -= MIN (census->budget, (guint) (sample.n * value->size));
  return sample.n > 0 ? expected * (sample.sum / (double) sample.n) : 0.0;
}
