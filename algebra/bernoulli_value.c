/* SPDX-License-Identifier: MIT */
/*
 * Bernoulli with a value set: pair (i, j) is a member with probability p(i, j), independently; a
 * function of the seed, i, j and p(i, j) alone.
 *
 * Pair (i, j) owns 32 random bits, word i mod 2 at place (i div 2, j) of the sheets of lane 0. It
 * is a member where they, as a number, are below 2^32 p. If that bound lies between the number and
 * the next one, 64 further bits, at place (i, j) of lane 1, are compared with what is left of it.
 * So the probability is right to 2^-96, and a greater p has all members of a lesser one.
 *
 * Where p knows a set that it is 0 outside of (conset_value_support()), that is the only child:
 * its members alone are tried. Else tiles are bitmaps, at the cost of a trial for each of their
 * pairs. To filter, candidates alone are tried, or judged: what p is elsewhere does not matter,
 * not even whether it is a probability. Members come out ascending, once each.
 */
#include <conset/random.h>
#include <conset/value.h>

#include "node.h"

#include "kernels.h"
#include "sampled.h"
#include "text.h"
#include "value.h"

#include <math.h>
#include <string.h>

#define BLOCK CONSET_VALUE_BLOCK
#define BLOCK_WORDS (BLOCK / 64)

enum
{
  LANE_BITS,
  LANE_MORE_BITS,
};

typedef struct
{
  Conset base;
  ConsetValue *p;
  gboolean clip;
  guint64 seed;
  ConsetSheets sheets;
} ByValueNode;

/* Of a probability that falls with the distance: neighbours are judged as they are found, by 16 of
 * their bits and the @steps of their distances. See ConsetDraws.sheet_sieve. */
typedef enum
{
  SIEVE_UNKNOWN,
  SIEVE_READY,
  SIEVE_USELESS,
} SieveStatus;

typedef struct
{
  SieveStatus status;
  guint32 steps[CONSET_SIEVE_STEPS + 1];
} Sieve;

/* Buffers for the places of a block; @ramp is 0, 1, 2, ... */
typedef struct
{
  Sieve *sieve;
  ConsetValuePlan *plan;
  double p[BLOCK];
  guint32 bits[BLOCK];
  guint32 ramp[BLOCK];
} ByValueState;

static const ConsetGeometry *
by_value_geometry (const Conset *set, G_GNUC_UNUSED ConsetOrder order, GPtrArray *values)
{
  g_ptr_array_add (values, ((const ByValueNode *) set)->p);
  return NULL;
}

static void
by_value_finalize (Conset *set)
{
  conset_value_unref (((ByValueNode *) set)->p);
}

static void
by_value_print (const Conset *set, GString *out)
{
  const ByValueNode *self = (const ByValueNode *) set;

  g_string_append_printf (out, "random(%sseed=%" G_GUINT64_FORMAT ") * ",
                          self->clip ? "clip=True, " : "", self->seed);
  conset_value_print (self->p, CONSET_VALUE_PREC_UNARY, out);
}

/* {{{ one pair */

static gboolean
is_probability (double p)
{
  return p >= 0.0 && p <= 1.0;
}

/* As the loop that clips: NaN stays. */
static double
clipped (double p)
{
  double above = p < 0.0 ? 0.0 : p;

  return above > 1.0 ? 1.0 : above;
}

/* The trial of which the first 32 bits are known. */
static gboolean
decide (guint64 seed, guint64 source, guint64 target, double p, guint32 bits)
{
  double bound = p * 0x1p32, drawn = (double) bits;
  ConsetKey key;

  if (drawn >= bound)
    return FALSE;
  if (drawn + 1.0 <= bound)
    return TRUE;
  key = conset_key (seed, CONSET_RULE_BERNOULLI_VALUE, LANE_MORE_BITS);
  return conset_draw_64 (&key, source, target) < conset_fraction_64 (bound - drawn);
}

static guint32
pair_bits (const ByValueNode *self, guint64 source, guint64 target)
{
  return (guint32) (conset_sheets_draw (&self->sheets, source >> 1, target) >> 32 * (source & 1));
}

static guint64
by_value_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const ByValueNode *self = (const ByValueNode *) set;
  double p;

  if (set->n_children > 0 && conset_multiplicity (set->children[0], source, target) == 0)
    return 0;
  p = conset_value_at (self->p, source, target);
  if (self->clip)
    p = clipped (p);
  if (!is_probability (p))
    return 0;
  return decide (self->seed, source, target, p, pair_bits (self, source, target));
}

/* }}} */

/* {{{ expectation */

/* Up to SIDE^2 pairs are added up. Of more the mean is taken at a grid of as many: evenly spaced
 * targets, and for each of them one source in each of evenly long stretches, which moves from
 * target to target by the golden ratio, lest a diagonal meet all of the grid or nothing. */

#define SIDE_FINE 128
#define SIDE_COARSE 32
/* What one pair and operator cost of a walk's budget. */
#define BUDGET_PER_PAIR (1.0 / 16)

typedef struct
{
  guint64 n_sources;
  guint64 n_targets;
} Grid;

static Grid
grid_for (const ConsetWindow *window, guint64 side)
{
  guint64 n_sources = window->source_end - window->source_first;
  guint64 n_targets = window->target_end - window->target_first;
  Grid grid;

  grid.n_sources = MIN (n_sources, side);
  grid.n_targets = MIN (n_targets, side * side / grid.n_sources);
  grid.n_sources = MIN (n_sources, side * side / grid.n_targets);
  return grid;
}

/* first + (k + fraction) * n / parts, with a fraction of 2^32. */
static guint64
grid_place (guint64 first, guint64 n, guint64 parts, guint64 k, guint32 fraction)
{
  return first + (guint64) ((k << 32 | fraction) * (ConsetCount) n / parts >> 32);
}

static guint64
side_for (const ByValueNode *self, ConsetCensus *census)
{
  double cost = SIDE_FINE * SIDE_FINE * (double) self->p->size * BUDGET_PER_PAIR;

  if (cost > census->budget)
    return SIDE_COARSE;
  census->budget -= (guint) cost;
  return SIDE_FINE;
}

/* What is no probability counts for nothing. */
static double
chance_of (double p, gconstpointer data G_GNUC_UNUSED)
{
  return p > 0.0 ? clipped (p) : 0.0;
}

static double
expected_of_all (const ByValueNode *self, const ConsetWindow *window, ConsetCensus *census)
{
  const guint32 golden = 0x9e3779b9, middle = 0x80000000;
  Grid grid = grid_for (window, side_for (self, census));
  double sum = 0.0;

  for (guint64 t = 0; t < grid.n_targets; t++)
    {
      guint64 target = grid_place (window->target_first, window->target_end - window->target_first,
                                   grid.n_targets, t, middle);

      for (guint64 s = 0; s < grid.n_sources; s++)
        {
          guint64 source =
            grid_place (window->source_first, window->source_end - window->source_first,
                        grid.n_sources, s, (guint32) t * golden);
          sum += chance_of (conset_value_at (self->p, source, target), NULL);
        }
    }
  return sum / (double) (grid.n_sources * grid.n_targets) * (double) conset_window_area (window);
}

static double
by_value_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  const ByValueNode *self = (const ByValueNode *) set;

  if (set->n_children == 0)
    return expected_of_all (self, window, census);
  return conset_sampled_expected (set->children[0], self->p, chance_of, NULL, window, census);
}

static guint64
by_value_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  return set->n_children > 0 ? conset_node_next_line (set->children[0], order, line) : line;
}

static guint64
by_value_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  return set->n_children > 0 ? conset_node_next_along (set->children[0], order, line, from) : from;
}

/* }}} */

/* {{{ trials in blocks */

static void
by_value_start (ConsetStep *step)
{
  const ByValueNode *self = (const ByValueNode *) step->set;
  ByValueState *state = g_new (ByValueState, 1);
  double p;

  state->plan = conset_value_plan_new (self->p, step->order);
  for (guint32 k = 0; k < BLOCK; k++)
    state->ramp[k] = k;
  state->sieve = NULL;
  if (step->n_children > 0 && !self->clip && conset_value_by_distance (self->p, 0.0, &p))
    state->sieve = g_new0 (Sieve, 1);
  step->state = state;
}

static void
by_value_stop (ConsetStep *step)
{
  ByValueState *state = step->state;

  conset_value_plan_free (state->plan);
  g_free (state->sieve);
  g_free (state);
}

/* The 32 bits of each place. */
static const guint32 *
block_bits (const ByValueNode *self, ByValueState *state, const ConsetPlaces *places)
{
  gboolean along = places->order == CONSET_TARGET_MAJOR;
  const guint32 *offsets = places->offsets;

  /* Neighbouring sources share draws, neighbouring targets do not. */
  if (offsets == NULL && along)
    conset_draws ()->sheet_run (&self->sheets, places->line, places->first, places->n, state->bits);
  else
    conset_draws ()->sheet_list (&self->sheets, along, places->line, places->first,
                                 offsets != NULL ? offsets : state->ramp, places->n, state->bits);
  return state->bits;
}

static void
fail_at (ConsetStep *step, guint64 source, guint64 target, double p)
{
  const ByValueNode *self = (const ByValueNode *) step->set;
  g_autofree char *text = conset_describe (step->set);
  g_autoptr (GString) number = g_string_new (NULL);

  /* The sign of NaN differs between machines. */
  conset_append_double (number, isnan (p) ? fabs (p) : p);
  conset_eval_fail (step->eval, CONSET_ERROR_PROBABILITY,
                    "%s: the probability of source %" G_GUINT64_FORMAT ", target %" G_GUINT64_FORMAT
                    " is %s, which is not in [0, 1]; %s",
                    text, source, target, number->str,
                    self->clip || isnan (p)
                      ? "take these pairs away from the candidates, or change the value"
                      : "change the value, or clip it to [0, 1] with clip=True");
}

/* The members among the places of a block, a bit each. Only those whose bit is in @wanted
 * (nullable: all) need be right. */
static void
block_members (ConsetStep *step,
               const ConsetPlaces *places,
               const guint64 *wanted,
               guint64 members[BLOCK_WORDS])
{
  const ByValueNode *self = (const ByValueNode *) step->set;
  ByValueState *state = step->state;
  const guint32 *bits = block_bits (self, state, places);
  guint64 open[BLOCK_WORDS];

  if (!conset_value_plan_fill (state->plan, places, state->p))
    {
      const GError *error = conset_value_plan_error (state->plan);

      conset_eval_fail (step->eval, (ConsetError) error->code, "%s", error->message);
      return;
    }
  if (self->clip)
    conset_arithmetic ()->clip (state->p, places->n);
  conset_arithmetic ()->trials (state->p, bits, places->n, members, open);
  for (gsize word = 0; word < (places->n + 63) / 64; word++)
    for (guint64 left = wanted != NULL ? open[word] & wanted[word] : open[word]; left != 0;
         left &= left - 1)
      {
        gsize k = 64 * word + (gsize) __builtin_ctzll (left);
        guint64 source = conset_places_source (places, k);
        guint64 target = conset_places_target (places, k);

        if (!is_probability (state->p[k]))
          {
            fail_at (step, source, target, state->p[k]);
            return;
          }
        members[word] |= (guint64) decide (self->seed, source, target, state->p[k], bits[k])
                         << (k % 64);
      }
}

/* Places @from and up of a tile, without a list. */
static ConsetPlaces
tile_places (const ConsetStep *step, const ConsetTile *tile, guint32 from)
{
  return (ConsetPlaces){
    step->order, tile->line, tile->first + from, NULL, MIN (BLOCK, tile->width - from), NULL
  };
}

/* }}} */

/* {{{ fill */

static void
fill_bits (ConsetStep *step, ConsetTile *tile)
{
  guint64 *bits = conset_tile_make_bitmap (tile);

  for (guint32 from = 0; from < tile->width && step->eval->error == NULL; from += BLOCK)
    {
      ConsetPlaces places = tile_places (step, tile, from);

      block_members (step, &places, NULL, bits + from / 64);
    }
  if (step->eval->error != NULL)
    conset_tile_aim (tile, tile->line, tile->first, tile->width);
}

/* }}} */

/* {{{ filter */

/* Where candidates are fewer than this part of the pairs around them, each gets a draw of its
 * own; otherwise all pairs of a block that has any are drawn together. Not so if the value may be
 * wrong at some pair: nobody asked for those that are no candidates. */
#define FEW (1.0 / 4)

static void
filter_list (ConsetStep *step, ConsetTile *tile, guint64 flip)
{
  gsize kept = 0;

  conset_tile_to_list (tile);
  for (gsize from = 0; from < tile->n && step->eval->error == NULL; from += BLOCK)
    {
      ConsetPlaces places = {
        step->order, tile->line, tile->first, tile->list + from, MIN (BLOCK, tile->n - from), NULL
      };
      guint64 members[BLOCK_WORDS];

      block_members (step, &places, NULL, members);
      for (gsize k = 0; k < places.n; k++)
        {
          tile->list[kept] = places.offsets[k];
          kept += ((members[k / 64] ^ flip) >> (k % 64)) & 1;
        }
    }
  conset_tile_set_list (tile, step->eval->error == NULL ? kept : 0, FALSE);
}

static void
filter_bits (ConsetStep *step, ConsetTile *tile, guint64 flip)
{
  conset_tile_to_bitmap (tile);
  for (guint32 from = 0; from < tile->width && step->eval->error == NULL; from += BLOCK)
    {
      ConsetPlaces places = tile_places (step, tile, from);
      guint64 *wanted = tile->bits + from / 64, members[BLOCK_WORDS], any = 0;

      for (gsize word = 0; word < (places.n + 63) / 64; word++)
        any |= wanted[word];
      if (any == 0)
        continue;
      block_members (step, &places, wanted, members);
      for (gsize word = 0; word < (places.n + 63) / 64; word++)
        wanted[word] &= members[word] ^ flip;
    }
  if (step->eval->error != NULL)
    conset_tile_aim (tile, tile->line, tile->first, tile->width);
}

/* {{{ the sieve */

/* Rounding changes less than this of a probability, and of a distance. */
#define SLACK 1e-9

/* Makes the table; FALSE if the value is no falling probability. */
static gboolean
sieve_prepare (Sieve *sieve, const ConsetValue *value, double limit)
{
  double before = 1.0, p = 0.0;

  for (guint k = 0; k <= CONSET_SIEVE_STEPS; k++)
    {
      double distance = sqrt ((k + 1) * (limit / CONSET_SIEVE_STEPS));
      guint32 sure, last;

      if (k == 0)
        conset_value_by_distance (value, 0.0, &before);
      if (!conset_value_by_distance (value, distance * (1.0 + SLACK), &p) || !is_probability (p)
          || !is_probability (before) || p > before * (1.0 + SLACK))
        return FALSE;
      sure = (guint32) (p * (1.0 - SLACK) * 0x1p16);
      last = (guint32) (before * (1.0 + SLACK) * 0x1p16);
      sieve->steps[k] = sure << 16 | MIN (last, G_MAXUINT16);
      conset_value_by_distance (value, distance * (1.0 - SLACK), &before);
    }
  return TRUE;
}

static gboolean
judge (const ConsetStep *step, guint64 line, guint64 along)
{
  const ByValueNode *self = (const ByValueNode *) step->set;
  gboolean target_major = step->order == CONSET_TARGET_MAJOR;
  ConsetPlace place = { target_major ? along : line, target_major ? line : along, 0, NULL };
  double p = self->p->klass->at (self->p, &place);

  return is_probability (p)
         && decide (self->seed, place.source, place.target, p,
                    pair_bits (self, place.source, place.target));
}

/* Those that the table leaves open are few. */
static gsize
sieve_keep (gpointer data,
            guint64 line,
            guint64 first,
            const guint32 *offsets,
            const guint32 *steps,
            double limit,
            gsize n,
            guint32 *kept)
{
  ConsetStep *step = data;
  const ByValueNode *self = (const ByValueNode *) step->set;
  ByValueState *state = step->state;
  Sieve *sieve = state->sieve;
  guint32 open[BLOCK + CONSET_SIEVE_SLACK];
  gsize n_kept = 0, n_open;

  if (sieve->status == SIEVE_UNKNOWN)
    sieve->status = sieve_prepare (sieve, self->p, limit) ? SIEVE_READY : SIEVE_USELESS;
  if (sieve->status == SIEVE_USELESS)
    {
      memcpy (kept, offsets, n * sizeof *kept);
      return n;
    }
  for (gsize from = 0; from < n; from += BLOCK)
    {
      n_kept += conset_draws ()->sheet_sieve (
        &self->sheets, step->order == CONSET_TARGET_MAJOR, line, first, offsets + from,
        steps + from, MIN (BLOCK, n - from), sieve->steps, kept + n_kept, open, &n_open);
      for (gsize k = 0; k < n_open; k++)
        if (judge (step, line, first + open[k]))
          kept[n_kept++] = open[k];
    }
  return n_kept;
}

/* Whether @tile is filled in this way. */
static gboolean
fill_through_sieve (ConsetStep *step, ConsetTile *tile)
{
  const ByValueState *state = step->state;
  const ConsetSieve sieve = { .data = step, .keep = sieve_keep };

  return state->sieve != NULL && state->sieve->status != SIEVE_USELESS
         && conset_step_sift (step->children[0], tile, &sieve)
         && state->sieve->status != SIEVE_USELESS;
}

/* }}} */

static void
by_value_fill (ConsetStep *step, ConsetTile *tile)
{
  if (step->n_children > 0 && fill_through_sieve (step, tile))
    return;
  if (step->n_children == 0)
    {
      conset_step_fill_by_bitmaps (step, tile, fill_bits);
      return;
    }
  conset_step_fill (step->children[0], tile);
  if (tile->kind != CONSET_TILE_EMPTY)
    filter_list (step, tile, 0);
}

static void
by_value_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  const ByValueNode *self = (const ByValueNode *) step->set;
  guint64 flip = mode == CONSET_FILTER_KEEP ? 0 : G_MAXUINT64;
  guint32 first, end;
  gboolean few;

  if (step->n_children > 0 && mode == CONSET_FILTER_DROP)
    {
      conset_step_filter_by_fill (step, tile, mode);
      return;
    }
  if (step->n_children > 0)
    conset_step_filter (step->children[0], tile, CONSET_FILTER_KEEP);
  if (tile->kind == CONSET_TILE_EMPTY)
    return;
  conset_tile_hull (tile, &first, &end);
  few = (double) conset_tile_count (tile) < FEW * (end - first);
  if (few || !self->p->total || tile->width > CONSET_TILE_BITMAP_WIDTH)
    filter_list (step, tile, flip);
  else
    filter_bits (step, tile, flip);
}

/* }}} */

static const char *
by_value_how (const ConsetStep *step)
{
  return step->n_children > 0 ? "a trial for each neighbour" : "a trial for each pair, in blocks";
}

static const ConsetClass conset_bernoulli_value_class = {
  .name = "random",
  .struct_size = sizeof (ByValueNode),
  .precedence = CONSET_PREC_PRODUCT,
  .prints_itself = TRUE,
  .finalize = by_value_finalize,
  .geometry = by_value_geometry,
  .print = by_value_print,
  .multiplicity = by_value_multiplicity,
  .expected = by_value_expected,
  .next_line = by_value_next_line,
  .next_along = by_value_next_along,
  .gapless = conset_children_gapless,
  .start = by_value_start,
  .stop = by_value_stop,
  .fill = by_value_fill,
  .filter = by_value_filter,
  .how = by_value_how,
};

static Conset *
probability_error (double p)
{
  g_autoptr (GString) number = g_string_new (NULL);

  conset_append_double (number, p);
  return conset_error_new ("random * %s: probability must lie in [0, 1]; change it, or clip it "
                           "with clip=True",
                           number->str);
}

/* What a value that cannot be a probability gives; NULL if it can. */
static Conset *
value_error (const ConsetValue *p, gboolean clip)
{
  g_autofree char *impurity = NULL;
  g_autoptr (GString) text = NULL;
  double number;

  if (p == NULL)
    {
      g_critical ("random_by_value: the value is NULL");
      return conset_error_new ("random * value: the value is NULL; pass one");
    }
  if (conset_value_error_message (p) != NULL)
    return conset_error_new ("%s", conset_value_error_message (p));
  impurity = conset_value_impurity (p);
  if (impurity != NULL)
    {
      text = g_string_new (NULL);
      conset_value_print (p, CONSET_VALUE_PREC_UNARY, text);
      return conset_error_new ("random * %s: the value is a probability; %s", text->str, impurity);
    }
  if (!conset_value_is_constant (p, &number) || clip || is_probability (number))
    return NULL;
  return probability_error (number);
}

/* Reducers: where p is 0 everywhere, empty; where it is 1 everywhere, full. */
Conset *
conset_random_by_value (ConsetValue *p, gboolean clip, guint64 seed)
{
  Conset *set = value_error (p, clip), *candidates;
  double number;
  ConsetKey key = conset_key (seed, CONSET_RULE_BERNOULLI_VALUE, LANE_BITS);
  ByValueNode *self;

  if (set == NULL && conset_value_is_constant (p, &number))
    {
      if (clipped (number) == 0.0)
        set = conset_empty ();
      else if (clipped (number) == 1.0)
        set = conset_full ();
    }
  if (set != NULL)
    {
      g_clear_pointer (&p, conset_value_unref);
      return set;
    }
  self = conset_node_new (&conset_bernoulli_value_class);
  self->p = p;
  self->clip = clip;
  self->seed = seed;
  conset_sheets_init (&self->sheets, &key);
  self->base.facts.random = TRUE;
  candidates = conset_value_support (p);
  self->base.facts.laborious = candidates == NULL;
  conset_node_note_value (self, p);
  if (candidates != NULL)
    {
      self->base.facts.bounds = candidates->facts.bounds;
      self->base.facts.density = candidates->facts.density;
      conset_node_adopt (self, candidates);
    }
  return conset_node_finish (self);
}
