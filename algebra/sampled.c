/* SPDX-License-Identifier: MIT */
/*
 * Sampled expectations. Lines are evenly spaced targets; the walk's budget says how many.
 */
#include "sampled.h"

#define LINES_FINE 64
#define LINES_COARSE 8
/* Tiles looked at of a line, and pairs of a tile: every so many-th, so that there are not more. */
#define TILES_MOST 16
#define PAIRS_MOST 64

typedef struct
{
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
      ConsetPlace place = { tile->first + tile->list[k], tile->line, 0, NULL };

      sample->sum +=
        sample->chance (sample->value->klass->at (sample->value, &place), sample->data);
      sample->n++;
    }
}

static void
sample_line (Sample *sample, const Conset *candidates, const ConsetWindow *line)
{
  ConsetEval *eval = conset_eval_new (candidates, line, CONSET_TARGET_MAJOR);
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
  Sample sample = { value, chance, data, 0.0, 0 };
  guint64 height, n_lines = census->budget > LINES_FINE * PAIRS_MOST ? LINES_FINE : LINES_COARSE;

  if (conset_window_is_empty (&inside) || !(expected > 0.0))
    return 0.0;
  height = inside.target_end - inside.target_first;
  n_lines = MIN (n_lines, height);
  for (guint64 k = 0; k < n_lines; k++)
    {
      guint64 target = inside.target_first + (guint64) ((ConsetCount) height * k / n_lines);
      ConsetWindow line = { inside.source_first, inside.source_end, target, target + 1 };

      sample_line (&sample, candidates, &line);
    }
  census->budget -= MIN (census->budget, (guint) (sample.n * value->size));
  return sample.n > 0 ? expected * (sample.sum / (double) sample.n) : 0.0;
}
