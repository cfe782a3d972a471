/* SPDX-License-Identifier: MIT */
/*
 * Bernoulli: each pair (i, j) is a member with probability p, independently; a function of
 * p, the seed, i and j alone.
 *
 * Where p is 1/32 or more, (i, j) is a trial of a coin (random.h): tiles are bitmaps, at the
 * cost of their pairs, 64 at a time. Where it is less, members are found in groups
 * (groups.h): tiles are lists, at the cost of their members.
 *
 * Members come out ascending, once each. Both schemes draw along the sources of a target, so
 * lines of sources are made many at a time, and kept for the lines that follow.
 */
#include <conset/random.h>

#include "node.h"

#include "crosswise.h"
#include "groups.h"
#include "kernels.h"
#include "text.h"
#include "thinning.h"

#define LEAST_DENSE (1.0 / 32)

/* The coin where dense, else the groups. */
typedef struct
{
  Conset base;
  double p;
  guint64 seed;
  gboolean dense;
  union
  {
    ConsetCoin coin;
    ConsetGroups groups;
  };
} BernoulliNode;

/* What source-major order needs: the one or the other. */
typedef struct
{
  ConsetPatches *patches;
  ConsetBand *band;
} BernoulliState;

static void
bernoulli_print (const Conset *set, GString *out)
{
  const BernoulliNode *self = (const BernoulliNode *) set;

  g_string_append (out, "random(");
  conset_append_double (out, self->p);
  g_string_append_printf (out, ", seed=%" G_GUINT64_FORMAT ")", self->seed);
}

static guint64
bernoulli_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const BernoulliNode *self = (const BernoulliNode *) set;

  if (!self->dense)
    return conset_groups_have (&self->groups, source, target);
  return conset_coin_trial (&self->coin, source, target);
}

static double
bernoulli_expected (const Conset *set,
                    const ConsetWindow *window,
                    ConsetCensus *census G_GNUC_UNUSED)
{
  return (double) conset_window_area (window) * ((const BernoulliNode *) set)->p;
}

static gboolean
bernoulli_thin (const Conset *set,
                const ConsetWindow *window G_GNUC_UNUSED,
                ConsetDrawn *drawn,
                ConsetThinning *thinning)
{
  const BernoulliNode *self = (const BernoulliNode *) set;

  thinning->chance = self->p;
  if (!conset_drawn_add (drawn, self->seed))
    return FALSE;
  thinning->candidates = conset_full ();
  return TRUE;
}

static ConsetDependence
bernoulli_dependence (const Conset *set,
                      const ConsetWindow *window G_GNUC_UNUSED,
                      ConsetOrder order G_GNUC_UNUSED,
                      ConsetDrawn *drawn)
{
  return conset_drawn_add (drawn, ((const BernoulliNode *) set)->seed) ? CONSET_DEPENDENCE_NONE
                                                                       : CONSET_DEPENDENCE_UNKNOWN;
}

/* Below this shift a tile holds groups enough to have members. */
#define LEAST_SKIPPED_SHIFT 25

static gboolean
bernoulli_gapless (const Conset *set)
{
  const BernoulliNode *self = (const BernoulliNode *) set;

  return self->dense || self->groups.shift < LEAST_SKIPPED_SHIFT;
}

/* Where members are so far apart that most tiles would be empty, the next one is looked for; a
 * line of sources would have to ask every target. */
static guint64
bernoulli_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  const BernoulliNode *self = (const BernoulliNode *) set;

  if (bernoulli_gapless (set) || order != CONSET_TARGET_MAJOR)
    return from;
  return conset_groups_next (&self->groups, line, from);
}

/* Evaluation */

static void
bernoulli_start (ConsetStep *step)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;
  BernoulliState *state;

  if (step->order == CONSET_TARGET_MAJOR)
    return;
  state = g_new0 (BernoulliState, 1);
  if (self->dense)
    {
      state->patches =
        conset_patches_new (&self->coin, step->window.target_end - step->window.target_first);
      step->grain = 64;
    }
  else
    state->band = conset_band_new (conset_groups_fill, (gpointer) &self->groups, self->p, step);
  step->state = state;
}

static void
bernoulli_stop (ConsetStep *step)
{
  BernoulliState *state = step->state;

  if (state == NULL)
    return;
  g_clear_pointer (&state->patches, conset_patches_free);
  g_clear_pointer (&state->band, conset_band_free);
  g_free (state);
}

static void
line_words (ConsetStep *step, guint64 line, guint64 word, gsize n, guint64 *words)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;

  if (step->order == CONSET_TARGET_MAJOR)
    conset_coins ()->words (&self->coin, word, line, 1, 0, n, words);
  else
    conset_patches_words (((BernoulliState *) step->state)->patches, line, word, n, words);
}

/* Words begin at multiples of 64; a tile that does not has them moved down by its phase. */
static void
dense_bits (ConsetStep *step, ConsetTile *tile)
{
  guint phase = tile->first & 63;
  gsize n = conset_bits_words (tile->width);
  guint64 *bits = conset_tile_make_bitmap (tile);

  line_words (step, tile->line, tile->first >> 6, n + (phase != 0), bits);
  if (phase != 0)
    for (gsize k = 0; k < n; k++)
      bits[k] = bits[k] >> phase | bits[k + 1] << (64 - phase);
  if (tile->width % 64 != 0)
    bits[n - 1] &= G_MAXUINT64 >> (64 - tile->width % 64);
}

static void
sparse_list (ConsetStep *step, ConsetTile *tile)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;

  if (step->order == CONSET_TARGET_MAJOR)
    conset_groups_list (&self->groups, tile);
  else
    conset_band_line (((BernoulliState *) step->state)->band, tile);
}

static void
bernoulli_fill (ConsetStep *step, ConsetTile *tile)
{
  if (!((const BernoulliNode *) step->set)->dense)
    sparse_list (step, tile);
  else
    conset_step_fill_by_bitmaps (step, tile, dense_bits);
}

/* A trial for each candidate, some at a time. */

#define CANDIDATES_AT_ONCE 256

static void
dense_trials (const ConsetStep *step, const ConsetTile *tile, gsize from, gsize n, guint8 *success)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;

  conset_coins ()->trials (&self->coin, step->order == CONSET_TARGET_MAJOR, tile->line, tile->first,
                           tile->list + from, n, success);
}

/* Whether a trial for each candidate costs less than all members among them. */
static gboolean
trials_are_cheaper (const BernoulliNode *self, const ConsetTile *tile)
{
  guint32 first, end;

  if (tile->kind != CONSET_TILE_LIST)
    return FALSE;
  conset_tile_hull (tile, &first, &end);
  return self->dense ? tile->n < (end - first) / 16 : (double) tile->n < self->p * (end - first);
}

static void
bernoulli_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;
  guint8 success[CANDIDATES_AT_ONCE], wanted = mode == CONSET_FILTER_KEEP;
  gsize kept = 0;

  if (!trials_are_cheaper (self, tile))
    {
      conset_step_filter_by_fill (step, tile, mode);
      return;
    }
  for (gsize from = 0; from < tile->n; from += CANDIDATES_AT_ONCE)
    {
      gsize some = MIN (CANDIDATES_AT_ONCE, tile->n - from);

      if (self->dense)
        dense_trials (step, tile, from, some, success);
      else
        conset_groups_trials (&self->groups, step->order == CONSET_TARGET_MAJOR, tile, from, some,
                              success);
      kept = conset_tile_select (tile, kept, from, some, success, wanted);
    }
  conset_tile_set_list (tile, kept, FALSE);
}

static void
sieve_toss (
  gpointer data, guint64 line, guint32 *ends, guint n_lines, guint64 first, guint32 *offsets)
{
  const ConsetStep *step = data;
  const BernoulliNode *self = (const BernoulliNode *) step->set;

  conset_coins ()->keep (&self->coin, step->order == CONSET_TARGET_MAJOR, line, ends, n_lines,
                         first, offsets);
}

/* A trial for each candidate; the groups would have to be drawn whole. */
static gboolean
bernoulli_sieve (ConsetStep *step, ConsetSieve *sieve)
{
  if (!((const BernoulliNode *) step->set)->dense)
    return FALSE;
  *sieve = (ConsetSieve){ .data = step, .toss = sieve_toss };
  return TRUE;
}

static const char *
bernoulli_how (const ConsetStep *step)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;

  if (!self->dense)
    return "members of groups, as a list";
  return self->coin.planes > 0 ? "bit planes, as a bitmap"
                               : "bytes by the alias method, as a bitmap";
}

static const ConsetClass conset_bernoulli_class = {
  .name = "random",
  .struct_size = sizeof (BernoulliNode),
  .precedence = CONSET_PREC_ATOM,
  .print = bernoulli_print,
  .multiplicity = bernoulli_multiplicity,
  .expected = bernoulli_expected,
  .thin = bernoulli_thin,
  .dependence = bernoulli_dependence,
  .next_along = bernoulli_next_along,
  .gapless = bernoulli_gapless,
  .start = bernoulli_start,
  .stop = bernoulli_stop,
  .fill = bernoulli_fill,
  .filter = bernoulli_filter,
  .sieve = bernoulli_sieve,
  .how = bernoulli_how,
};

static Conset *
probability_error (double p)
{
  GString *message = g_string_new ("random(");
  Conset *error;

  conset_append_double (message, p);
  error = conset_error_new ("%s): probability must lie in [0, 1]", message->str);
  g_string_free (message, TRUE);
  return error;
}

/* Reducers: p = 0 is empty, p = 1 is full. */
Conset *
conset_random (double p, guint64 seed)
{
  BernoulliNode *self;

  if (!(p >= 0.0 && p <= 1.0))
    return probability_error (p);
  if (p == 0.0)
    return conset_empty ();
  if (p == 1.0)
    return conset_full ();

  self = conset_node_new (&conset_bernoulli_class);
  self->p = p;
  self->seed = seed;
  self->dense = p >= LEAST_DENSE;
  if (self->dense)
    conset_coin_init (&self->coin, p, seed, CONSET_RULE_BERNOULLI);
  else
    conset_groups_init (&self->groups, p, seed);
  self->base.facts.density = p;
  self->base.facts.random = TRUE;
  return conset_node_finish (self);
}
