/* SPDX-License-Identifier: MIT */
/*
 * Samples: fixed total number, fixed in-degree and fixed out-degree, with and without
 * multapses, out of the pairs of any set.
 *
 * The rules differ in what is numbered: all candidates by target and source for a fixed total,
 * those of each target for a fixed in-degree, those of each source for a fixed out-degree. Of
 * these ranks a sample is drawn (sample.h), and candidates.h finds the pairs of ranks. So a rule
 * has an order of its own, in which it draws; in the other a band draws many lines at once.
 */
#include <conset/random.h>

#include "fixed.h"

#include "columns.h"
#include "plan.h"

static void
sample_finalize (Conset *set)
{
  ConsetFixed *self = (ConsetFixed *) set;

  g_clear_pointer (&self->degrees, conset_degrees_unref);
  conset_tally_clear (&self->tally);
}

static void
sample_print_operator (const Conset *set, GString *out)
{
  const ConsetFixed *self = (const ConsetFixed *) set;

  conset_fixed_print_rule (self, out);
  g_string_append_printf (out, ", seed=%" G_GUINT64_FORMAT ")", self->seed);
}

static void
sample_print (const Conset *set, GString *out)
{
  const ConsetFixed *self = (const ConsetFixed *) set;

  sample_print_operator (set, out);
  g_string_append (out, " * ");
  conset_print (conset_fixed_candidates (self), CONSET_PREC_UNARY, out);
}

/* {{{ evaluation */

static void
sample_start (ConsetStep *step)
{
  const ConsetFixed *self = (const ConsetFixed *) step->set;
  ConsetFixedState *state = g_new (ConsetFixedState, 1);
  guint64 lines[2], along[2];

  conset_window_axes (&step->window, conset_fixed_order (self), lines, along);
  conset_fixed_state_init (state, self, lines[0], lines[1]);
  state->eval = step->eval;
  if (step->order != conset_fixed_order (self))
    {
      state->band = conset_band_new (conset_fixed_draw, state, step->set->facts.density, step);
      conset_band_set_lines (state->band, step->set);
      if (self->degrees != NULL)
        conset_sample_remember (state->sample, lines[0], lines[1],
                                conset_degrees_mean (self->degrees));
    }
  step->state = state;
}

static void
sample_stop (ConsetStep *step)
{
  conset_fixed_state_clear (step->state);
  g_free (step->state);
}

static void
sample_fill (ConsetStep *step, ConsetTile *tile)
{
  ConsetFixedState *state = step->state;

  if (state->band != NULL)
    conset_band_line (state->band, tile);
  else
    conset_fixed_draw (state, tile);
}

static const char *
sample_how (const ConsetStep *step)
{
  const ConsetFixedState *state = step->state;

  return state->band != NULL ? "drawn across, many lines at once" : "drawn line by line";
}

/* }}} */
/* {{{ questions */

static guint64
sample_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const ConsetFixed *self = (const ConsetFixed *) set;
  gboolean target_major = conset_fixed_order (self) == CONSET_TARGET_MAJOR;
  guint64 line = target_major ? target : source, along = target_major ? source : target;
  guint64 rank, times = 0;
  ConsetFixedState state;

  if (!conset_contains (conset_fixed_candidates (self), source, target))
    return 0;
  conset_fixed_state_init (&state, self, line, line + 1);
  if (conset_fixed_state_find (&state, line, along, 1, &rank, NULL))
    times = conset_sample_times (state.sample, rank);
  if (conset_candidates_error (state.candidates) != NULL)
    times = 0;
  conset_fixed_state_clear (&state);
  return times;
}

/* Lines to a connection from which on empty lines are passed over by a search. */
#define SPARSE_LINES 64

static gboolean
total_is_known (const ConsetFixed *self)
{
  return conset_tally_is_known ((ConsetTally *) &self->tally, conset_fixed_candidates (self),
                                CONSET_TARGET_MAJOR);
}

/* Whether a total perhaps cannot be drawn. What passes over places without candidates must not
 * pass over that: the error is met in filling a tile, which also counts the candidates, so that
 * all is known thereafter. */
static gboolean
total_is_doubtful (const ConsetFixed *self)
{
  guint64 n;

  return self->degrees == NULL && !self->checked
         && (!total_is_known (self)
             || !conset_tally_below ((ConsetTally *) &self->tally, conset_fixed_candidates (self),
                                     CONSET_TARGET_MAJOR, CONSET_INDEX_END, &n, NULL)
             || !conset_fixed_check (self, 0, n, self->total, NULL));
}

static guint64
sample_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  const ConsetFixed *self = (const ConsetFixed *) set;
  const ConsetWindow *bounds = &set->facts.bounds;
  ConsetFixedState state;
  guint64 rank, from = line;

  line = conset_node_next_line (conset_fixed_candidates (self), order, line);
  if (line != from && total_is_doubtful (self))
    return from;
  if (self->degrees != NULL || order == CONSET_SOURCE_MAJOR || line >= bounds->target_end
      || (bounds->target_end - bounds->target_first) / SPARSE_LINES <= self->total
      || !total_is_known (self))
    return line;
  conset_fixed_state_init (&state, self, line, line + 1);
  if (conset_fixed_state_aim (&state, line, &rank, NULL))
    {
      rank = conset_sample_next (state.sample, rank);
      line = rank < conset_sample_range (state.sample)
               ? conset_tally_line (state.tally, conset_fixed_candidates (self), order, line, rank)
               : CONSET_INDEX_END;
    }
  conset_fixed_state_clear (&state);
  return line;
}

static guint64
sample_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  guint64 next = conset_node_next_along (set->children[0], order, line, from);

  return next != from && total_is_doubtful ((const ConsetFixed *) set) ? from : next;
}

/* }}} */

#define SAMPLE_CLASS(NAME)                                                                         \
  {                                                                                                \
    .name = NAME, .struct_size = sizeof (ConsetFixed), .precedence = CONSET_PREC_PRODUCT,          \
    .draws = TRUE, .finalize = sample_finalize, .print = sample_print,                             \
    .print_operator = sample_print_operator, .multiplicity = sample_multiplicity,                  \
    .expected = conset_fixed_expected, .count = conset_fixed_count,                                \
    .degree_law = conset_fixed_degree_law, .dependence = conset_fixed_dependence,                  \
    .next_line = sample_next_line, .next_along = sample_next_along, .start = sample_start,         \
    .stop = sample_stop, .fill = sample_fill, .how = sample_how,                                   \
  }

static const ConsetClass conset_total_class = SAMPLE_CLASS ("fixed total");
static const ConsetClass conset_fan_in_class = SAMPLE_CLASS ("fixed in-degree");
static const ConsetClass conset_fan_out_class = SAMPLE_CLASS ("fixed out-degree");

/* {{{ composition */

/* Candidates count once each. */
static Conset *
make_proper (Conset *candidates)
{
  if (candidates->facts.max_multiplicity <= 1)
    return candidates;
  return conset_intersect (candidates, conset_full ());
}

static Conset *
node_error_operand (ConsetFixed *self, const char *what)
{
  g_autofree char *rule = conset_fixed_rule_to_string (self);
  g_autofree char *operand = conset_describe (conset_fixed_candidates (self));
  Conset *error = conset_error_new ("%s: operand '%s' %s; intersect it with cross(...) first", rule,
                                    operand, what);

  conset_unref (&self->base);
  return error;
}

/* The number of candidates that shows at once: of all, or of the first line that has any. */
static gboolean
node_first_number (const ConsetFixed *self, guint64 *line, guint64 *n)
{
  const Conset *candidates = conset_fixed_candidates (self);

  *line = 0;
  if (self->degrees == NULL)
    return conset_count_lines (candidates, CONSET_TARGET_MAJOR, 0, CONSET_INDEX_END, n);
  *line = conset_node_next_line (candidates, conset_fixed_order (self), 0);
  return *line < CONSET_INDEX_END
         && conset_count_lines (candidates, conset_fixed_order (self), *line, *line + 1, n)
         && *n > 0;
}

static Conset *
node_finish (ConsetFixed *self)
{
  ConsetFacts *facts = &self->base.facts;
  const Conset *candidates = conset_fixed_candidates (self);
  guint64 line, n, k, most = self->total;
  double mean = (double) self->total;
  g_autoptr (GError) error = NULL;

  if (self->degrees != NULL)
    {
      mean = conset_degrees_mean (self->degrees);
      most = conset_degrees_most (self->degrees);
    }
  facts->bounds = candidates->facts.bounds;
  facts->density = candidates->facts.density;
  facts->max_multiplicity = self->multapses ? MIN (most, CONSET_MAX_MULTIPLICITY) : 1;
  facts->random = TRUE;
  if (node_first_number (self, &line, &n))
    {
      if (self->degrees == NULL)
        {
          k = self->total;
          self->checked = TRUE;
        }
      else if (!conset_degrees_constant_value (self->degrees, &k))
        k = 0;
      if (k > 0 && !conset_fixed_check (self, line, n, k, &error))
        {
          conset_unref (&self->base);
          return conset_error_new ("%s", error->message);
        }
      if (n > 0)
        facts->density *= mean / (double) n;
      if (!self->multapses)
        facts->density = MIN (facts->density, candidates->facts.density);
    }
  return conset_node_finish (self);
}

/* Whether there are more candidates than can be numbered. */
static gboolean
is_beyond_numbers (const Conset *candidates)
{
  ConsetCensus census = CONSET_CENSUS_BRIEF;
  ConsetCount n;

  return conset_node_count (candidates, &candidates->facts.bounds, &census, &n)
         && n >= CONSET_INDEX_END;
}

static ConsetFixed *
node_new (
  const ConsetClass *klass, ConsetRule rule, gboolean multapses, guint64 seed, Conset *candidates)
{
  ConsetFixed *self = conset_node_new (klass);

  self->rule = rule;
  self->multapses = multapses;
  self->seed = seed;
  conset_tally_init (&self->tally);
  conset_node_adopt (self, candidates);
  return self;
}

/* Reducers: no connections, or no candidates for any line, are the empty set. */
Conset *
conset_random_total (guint64 n, gboolean multapses, guint64 seed, Conset *candidates)
{
  Conset *error = conset_absorb ("random(N)", &candidates, NULL);
  ConsetFixed *self;

  if (error != NULL)
    return error;
  self =
    node_new (&conset_total_class, CONSET_RULE_TOTAL, multapses, seed, make_proper (candidates));
  self->total = n;
  if (!conset_is_finite (conset_fixed_candidates (self)))
    return node_error_operand (self, "is unbounded");
  if (is_beyond_numbers (conset_fixed_candidates (self)))
    return node_error_operand (self, "has 2^63 pairs or more");
  if (n == 0)
    {
      error = conset_columns_empty (self->base.facts.columns);
      conset_unref (&self->base);
      return error;
    }
  return node_finish (self);
}

static Conset *
random_fan (const ConsetClass *klass,
            ConsetRule rule,
            ConsetDegrees *degrees,
            gboolean multapses,
            guint64 seed,
            Conset *candidates)
{
  Conset *error = conset_absorb (klass->name, &candidates, NULL);
  const ConsetWindow *bounds;
  ConsetFixed *self;
  guint64 k;

  if (error == NULL && conset_degrees_error (degrees) != NULL)
    {
      error = conset_error_new ("%s", conset_degrees_error (degrees));
      conset_unref (candidates);
    }
  if (error != NULL)
    {
      conset_degrees_unref (degrees);
      return error;
    }
  self = node_new (klass, rule, multapses, seed, make_proper (candidates));
  self->degrees = degrees;
  bounds = &conset_fixed_candidates (self)->facts.bounds;
  if (rule == CONSET_RULE_FAN_IN && bounds->source_end >= CONSET_INDEX_END)
    return node_error_operand (self, "has unbounded sources");
  if (rule == CONSET_RULE_FAN_OUT && bounds->target_end >= CONSET_INDEX_END)
    return node_error_operand (self, "has unbounded targets");
  if (conset_is_empty_node (conset_fixed_candidates (self))
      || (conset_degrees_constant_value (degrees, &k) && k == 0))
    {
      error = conset_columns_empty (self->base.facts.columns);
      conset_unref (&self->base);
      return error;
    }
  return node_finish (self);
}

Conset *
conset_random_fan_in (ConsetDegrees *degrees, gboolean multapses, guint64 seed, Conset *candidates)
{
  return random_fan (&conset_fan_in_class, CONSET_RULE_FAN_IN, degrees, multapses, seed,
                     candidates);
}

Conset *
conset_random_fan_out (ConsetDegrees *degrees, gboolean multapses, guint64 seed, Conset *candidates)
{
  return random_fan (&conset_fan_out_class, CONSET_RULE_FAN_OUT, degrees, multapses, seed,
                     candidates);
}

/* }}} */
