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

#include "node.h"

#include "candidates.h"
#include "crosswise.h"
#include "degrees.h"
#include "plan.h"
#include "sample.h"
#include "thinning.h"

/* More connections to a candidate than this are refused, for a tile could not hold them. */
#define MOST_A_CANDIDATE 65536

/* Either degrees, of the lines, or total, and then degrees is NULL; checked tells that a total is
 * known to be possible. */
typedef struct
{
  Conset base;
  ConsetRule rule;
  ConsetDegrees *degrees;
  guint64 total;
  gboolean checked;
  gboolean multapses;
  guint64 seed;
  ConsetTally tally;
} SampleNode;

typedef struct
{
  const SampleNode *self;
  ConsetEval *eval;
  ConsetCandidates *candidates;
  ConsetSample *sample;
  ConsetBand *band;
  ConsetKey degrees_key;
  ConsetTally *tally;
  gboolean aimed;
} SampleState;

static const Conset *
node_candidates (const SampleNode *self)
{
  return self->base.children[0];
}

static ConsetOrder
node_order (const SampleNode *self)
{
  return self->rule == CONSET_RULE_FAN_OUT ? CONSET_SOURCE_MAJOR : CONSET_TARGET_MAJOR;
}

static const char *
node_line_name (const SampleNode *self)
{
  return self->rule == CONSET_RULE_FAN_OUT ? "source" : "target";
}

static void
sample_finalize (Conset *set)
{
  SampleNode *self = (SampleNode *) set;

  g_clear_pointer (&self->degrees, conset_degrees_unref);
  conset_tally_clear (&self->tally);
}

/* The rule without its operand, and without the end of the parentheses. */
static void
print_rule (const SampleNode *self, GString *out)
{
  if (self->degrees == NULL)
    g_string_append_printf (out, "random(N=%" G_GUINT64_FORMAT, self->total);
  else
    {
      g_string_append (out, self->rule == CONSET_RULE_FAN_IN ? "random(fanIn=" : "random(fanOut=");
      conset_degrees_print (self->degrees, out);
    }
  if (!self->multapses)
    g_string_append (out, ", multapses=False");
}

static void
sample_print_operator (const Conset *set, GString *out)
{
  const SampleNode *self = (const SampleNode *) set;

  print_rule (self, out);
  g_string_append_printf (out, ", seed=%" G_GUINT64_FORMAT ")", self->seed);
}

static void
sample_print (const Conset *set, GString *out)
{
  const SampleNode *self = (const SampleNode *) set;

  sample_print_operator (set, out);
  g_string_append (out, " * ");
  conset_print (node_candidates (self), CONSET_PREC_UNARY, out);
}

static char *
rule_to_string (const SampleNode *self)
{
  GString *out = g_string_new (NULL);

  print_rule (self, out);
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

/* {{{ drawing */

static void
state_init (SampleState *state, const SampleNode *self, guint64 first_line, guint64 end_line)
{
  *state = (SampleState){ .self = self, .tally = (ConsetTally *) &self->tally };
  state->candidates =
    conset_candidates_new (node_candidates (self), node_order (self), first_line, end_line);
  state->sample = conset_sample_new (self->seed, self->rule, self->multapses);
  state->degrees_key = conset_key (
    self->seed, self->rule == CONSET_RULE_FAN_IN ? CONSET_RULE_DEGREES_IN : CONSET_RULE_DEGREES_OUT,
    0);
}

static void
state_clear (SampleState *state)
{
  g_clear_pointer (&state->band, conset_band_free);
  conset_sample_free (state->sample);
  conset_candidates_free (state->candidates);
}

/* Whether @k of @n candidates can be drawn; no candidates at all have no connection. */
static gboolean
check_number (const SampleNode *self, guint64 line, guint64 n, guint64 k, GError **error)
{
  g_autofree char *rule = NULL;
  g_autofree char *of = NULL;

  if (self->multapses ? n > 0 && k / MOST_A_CANDIDATE <= n : k <= n)
    return TRUE;
  rule = rule_to_string (self);
  of = self->degrees == NULL
         ? g_strdup ("the operand")
         : g_strdup_printf ("%s %" G_GUINT64_FORMAT, node_line_name (self), line);
  if (self->multapses && n > 0)
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                 "%s: %s has %" G_GUINT64_FORMAT " candidates for %" G_GUINT64_FORMAT
                 " connections, more than %d to a candidate; draw fewer",
                 rule, of, n, k, MOST_A_CANDIDATE);
  else
    g_set_error (
      error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
      "%s: %s has %" G_GUINT64_FORMAT " candidates for %" G_GUINT64_FORMAT " connections; %s", rule,
      of, n, k,
      self->multapses || n == 0 ? "give more candidates" : "draw fewer, or allow multapses");
  return FALSE;
}

/* Turns the sample to what @line draws from, which of degrees has candidates; @rank is the first
 * of their ranks. FALSE with @error set if it cannot be drawn. */
static gboolean
state_aim (SampleState *state, guint64 line, guint64 *rank, GError **error)
{
  const SampleNode *self = state->self;
  guint64 n, k;

  if (self->degrees == NULL)
    {
      if (!conset_tally_below (state->tally, node_candidates (self), CONSET_TARGET_MAJOR,
                               CONSET_INDEX_END, &n, error)
          || !conset_tally_below (state->tally, node_candidates (self), CONSET_TARGET_MAJOR, line,
                                  rank, error)
          || !check_number (self, line, n, self->total, error))
        return FALSE;
      conset_sample_aim (state->sample, 0, n, self->total);
      state->aimed = TRUE;
      return TRUE;
    }

  *rank = 0;
  n = conset_candidates_all (state->candidates, line);
  if (line >= conset_degrees_n_lines (self->degrees))
    {
      g_autofree char *rule = rule_to_string (self);
      g_autofree char *missing =
        conset_degrees_missing (self->degrees, node_line_name (self), line);

      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION, "%s: %s", rule, missing);
      return FALSE;
    }
  k = conset_degrees_draw (self->degrees, &state->degrees_key, line);
  if (!check_number (self, line, n, k, error))
    return FALSE;
  conset_sample_aim (state->sample, line, n, k);
  return TRUE;
}

/* The rank of the candidate from @along on of @line, of which there are @n that are looked at.
 * FALSE with @error set where they cannot be drawn from, also for candidates that are counted
 * as fewer than that: they broke off, or a callback does not give the same ones twice. */
static gboolean
state_find (
  SampleState *state, guint64 line, guint64 along, guint64 n, guint64 *rank, GError **error)
{
  guint64 range;

  if (!state_aim (state, line, rank, error))
    return FALSE;
  *rank += conset_candidates_below (state->candidates, line, along);
  range = conset_sample_range (state->sample);
  if (*rank <= range && n <= range - *rank)
    return TRUE;
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_CALLBACK,
               "%s: the operand has other candidates each time they are looked at; callbacks must "
               "be functions of source and target alone",
               state->self->base.klass->name);
  return FALSE;
}

/* Fills a tile of a line of the rule's own order. A total is checked once even where there are no
 * candidates: perhaps there are none at all. */
static void
draw_tile (gpointer data, ConsetTile *tile)
{
  SampleState *state = data;
  const GError *failure;
  GError *error = NULL;
  guint32 width = tile->width;
  guint64 n = conset_candidates_look (state->candidates, tile->line, tile->first, width);
  guint64 rank;

  if ((n > 0 || (state->self->degrees == NULL && !state->aimed))
      && state_find (state, tile->line, tile->first, n, &rank, &error) && n > 0)
    {
      tile->width = (guint32) n;
      conset_sample_fill (state->sample, rank, tile);
      conset_candidates_place (state->candidates, tile);
    }

  /* What broke off the candidates comes before what is wrong with their number. */
  failure = conset_candidates_error (state->candidates);
  if (failure == NULL)
    failure = error;
  if (failure != NULL)
    {
      conset_eval_fail (state->eval, failure->code, "%s", failure->message);
      conset_tile_aim (tile, tile->line, tile->first, width);
    }
  g_clear_error (&error);
}

static void
sample_start (ConsetStep *step)
{
  const SampleNode *self = (const SampleNode *) step->set;
  SampleState *state = g_new (SampleState, 1);
  guint64 lines[2], along[2];

  conset_window_axes (&step->window, node_order (self), lines, along);
  state_init (state, self, lines[0], lines[1]);
  state->eval = step->eval;
  if (step->order != node_order (self))
    {
      state->band =
        conset_band_new (draw_tile, state, step->set->facts.density, &step->window, step->order);
      if (self->degrees != NULL)
        conset_sample_remember (state->sample, lines[0], lines[1],
                                conset_degrees_mean (self->degrees));
    }
  step->state = state;
}

static void
sample_stop (ConsetStep *step)
{
  state_clear (step->state);
  g_free (step->state);
}

static void
sample_fill (ConsetStep *step, ConsetTile *tile)
{
  SampleState *state = step->state;

  if (state->band != NULL)
    conset_band_line (state->band, tile);
  else
    draw_tile (state, tile);
}

static const char *
sample_how (const ConsetStep *step)
{
  const SampleState *state = step->state;

  return state->band != NULL ? "drawn across, many lines at once" : "drawn line by line";
}

/* }}} */
/* {{{ questions */

static guint64
sample_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const SampleNode *self = (const SampleNode *) set;
  gboolean target_major = node_order (self) == CONSET_TARGET_MAJOR;
  guint64 line = target_major ? target : source, along = target_major ? source : target;
  guint64 rank, times = 0;
  SampleState state;

  if (!conset_contains (node_candidates (self), source, target))
    return 0;
  state_init (&state, self, line, line + 1);
  if (state_find (&state, line, along, 1, &rank, NULL))
    times = conset_sample_times (state.sample, rank);
  if (conset_candidates_error (state.candidates) != NULL)
    times = 0;
  state_clear (&state);
  return times;
}

/* Of a total: its share of the candidates. Of degrees: their mean for as many lines as the
 * candidates would make whose lines are as full as the first. */
static double
sample_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  const SampleNode *self = (const SampleNode *) set;
  const Conset *candidates = node_candidates (self);
  double here = conset_node_expected (candidates, window, census);
  double mean = self->degrees != NULL ? conset_degrees_mean (self->degrees) : (double) self->total;
  ConsetWindow whole = set->facts.bounds;
  guint64 lines[2], along[2];
  double each;

  if (self->degrees != NULL)
    {
      conset_window_axes (window, node_order (self), lines, along);
      lines[0] = conset_node_next_line (candidates, node_order (self), lines[0]);
      if (lines[0] >= lines[1])
        return 0.0;
      whole = conset_window_of_line (node_order (self), lines[0], 0, CONSET_INDEX_END);
    }
  each = conset_node_expected (candidates, &whole, census);
  return each > 0.0 ? mean * (here / each) : 0.0;
}

/* A total that was checked, on the whole. */
static gboolean
count_total (const SampleNode *self, const ConsetWindow *window, ConsetCount *count)
{
  const ConsetWindow *bounds = &self->base.facts.bounds;
  guint64 n;

  if (window->source_first > bounds->source_first || window->source_end < bounds->source_end
      || window->target_first > bounds->target_first || window->target_end < bounds->target_end
      || !conset_count_lines (node_candidates (self), CONSET_TARGET_MAJOR, 0, CONSET_INDEX_END, &n)
      || !check_number (self, 0, n, self->total, NULL))
    return FALSE;
  *count = self->total;
  return TRUE;
}

static gboolean
degrees_are_drawn (const SampleNode *self)
{
  guint64 k;

  return conset_degrees_n_lines (self->degrees) == CONSET_INDEX_END
         && !conset_degrees_constant_value (self->degrees, &k);
}

/* In a window of whole lines: one degree on all that have candidates, equally many of them. */
static gboolean
count_even_lines (const SampleNode *self,
                  const ConsetWindow *window,
                  const guint64 lines[2],
                  ConsetCensus *census,
                  ConsetCount *count)
{
  const Conset *candidates = node_candidates (self);
  ConsetOrder order = node_order (self);
  guint64 line = conset_node_next_line (candidates, order, lines[0]), each, k;
  ConsetCount all;

  if (line >= lines[1] || !conset_degrees_constant_value (self->degrees, &k)
      || !conset_tally_is_even ((ConsetTally *) &self->tally, candidates, order)
      || !conset_count_lines (candidates, order, line, line + 1, &each) || each == 0
      || !conset_node_count (candidates, window, census, &all)
      || !check_number (self, line, each, k, NULL))
    return FALSE;
  *count = all / each * k;
  return TRUE;
}

/* Degrees of whole lines, each of which costs a bit of the budget; but none that are drawn, or of
 * lines that may or may not have candidates, for a closed count does not depend on the seed. */
static gboolean
count_degrees (const SampleNode *self,
               const ConsetWindow *window,
               ConsetCensus *census,
               ConsetCount *count)
{
  const Conset *candidates = node_candidates (self);
  guint64 lines[2], along[2], bounds_lines[2], bounds_along[2], rank, n;
  ConsetOrder order = node_order (self);
  SampleState state;
  gboolean ok;

  conset_window_axes (window, order, lines, along);
  conset_window_axes (&self->base.facts.bounds, order, bounds_lines, bounds_along);
  if (degrees_are_drawn (self) || along[0] > bounds_along[0] || along[1] < bounds_along[1])
    return FALSE;
  if ((candidates->klass->sides != NULL || lines[1] - lines[0] > census->budget)
      && count_even_lines (self, window, lines, census, count))
    return TRUE;
  if (lines[1] - lines[0] > census->budget
      || !conset_count_lines (candidates, order, lines[0], lines[0] + 1, &rank))
    return FALSE;
  census->budget -= (guint) (lines[1] - lines[0]);
  state_init (&state, self, lines[0], lines[1]);
  ok = TRUE;
  for (guint64 line = conset_node_next_line (candidates, order, lines[0]); ok && line < lines[1];
       line = conset_node_next_line (candidates, order, line + 1))
    {
      g_autoptr (GError) error = NULL;

      ok = conset_count_lines (candidates, order, line, line + 1, &n);
      if (!ok || n == 0)
        continue;
      if (state_aim (&state, line, &rank, &error))
        *count += conset_sample_size (state.sample);
      ok = error == NULL;
    }
  state_clear (&state);
  return ok;
}

static gboolean
sample_count (const Conset *set,
              const ConsetWindow *window,
              ConsetCensus *census,
              ConsetCount *count)
{
  const SampleNode *self = (const SampleNode *) set;

  return self->degrees == NULL ? count_total (self, window, count)
                               : count_degrees (self, window, census, count);
}

/* The number of candidates in a part of @line of @order; FALSE without a closed form that is
 * the same for all seeds. */
static gboolean
count_candidates (
  const SampleNode *self, ConsetOrder order, guint64 line, guint64 first, guint64 end, double *n)
{
  const guint64 lines[2] = { line, line + 1 }, along[2] = { first, end };
  guint64 count;

  if (node_candidates (self)->facts.random
      || !conset_count_part (node_candidates (self), order, lines, along, &count))
    return FALSE;
  *n = (double) count;
  return TRUE;
}

/* How many of @k connections out of @all candidates fall on @here of them. */
static ConsetLaw
law_of_share (const SampleNode *self, double all, double here, double k)
{
  return self->multapses ? conset_law_binomial (k, here / all)
                         : conset_law_hypergeometric (all, here, k);
}

/* A line along which the rule draws. */
static gboolean
own_degree_law (const SampleNode *self, guint64 line, double here, ConsetLaw *law)
{
  double all;
  guint64 k;

  if (!count_candidates (self, node_order (self), line, 0, CONSET_INDEX_END, &all))
    return FALSE;
  *law = all == 0.0 ? conset_law_delta (0.0) : conset_degrees_law (self->degrees, line);
  if (here == all)
    return TRUE;
  if (!conset_degrees_constant_value (self->degrees, &k))
    return FALSE;
  *law = law_of_share (self, all, here, (double) k);
  return TRUE;
}

/* A line that @here lines cross, all of which have as many candidates. */
static gboolean
other_degree_law (const SampleNode *self, double here, ConsetLaw *law)
{
  const Conset *candidates = node_candidates (self);
  ConsetOrder order = node_order (self);
  guint64 line = conset_node_next_line (candidates, order, 0), k;
  double all;

  if (!conset_degrees_constant_value (self->degrees, &k)
      || !conset_tally_is_even ((ConsetTally *) &self->tally, candidates, order)
      || !count_candidates (self, order, line, 0, CONSET_INDEX_END, &all))
    return FALSE;
  *law = self->multapses ? conset_law_binomial (here * (double) k, 1.0 / all)
                         : conset_law_binomial (here, (double) k / all);
  return TRUE;
}

static gboolean
sample_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  const SampleNode *self = (const SampleNode *) set;
  guint64 all;
  double here;

  if (!count_candidates (self, order, line, first, end, &here))
    return FALSE;
  if (here == 0.0)
    {
      *law = conset_law_delta (0.0);
      return TRUE;
    }
  if (self->degrees != NULL)
    return order == node_order (self) ? own_degree_law (self, line, here, law)
                                      : other_degree_law (self, here, law);
  if (!conset_count_lines (node_candidates (self), order, 0, CONSET_INDEX_END, &all))
    return FALSE;
  *law = law_of_share (self, (double) all, here, (double) self->total);
  return TRUE;
}

static ConsetDependence
sample_dependence (const Conset *set,
                   const ConsetWindow *window G_GNUC_UNUSED,
                   ConsetOrder order,
                   ConsetDrawn *drawn)
{
  const SampleNode *self = (const SampleNode *) set;

  if (node_candidates (self)->facts.random || !conset_drawn_add (drawn, self->seed))
    return CONSET_DEPENDENCE_UNKNOWN;
  return self->degrees != NULL && order == node_order (self) ? CONSET_DEPENDENCE_NONE
                                                             : CONSET_DEPENDENCE_WEAK;
}

/* Lines to a connection from which on empty lines are passed over by a search. */
#define SPARSE_LINES 64

/* Whether a total cannot be drawn. What passes over places without candidates must not pass over
 * that: the error is met in filling a tile. */
static gboolean
total_is_wrong (const SampleNode *self)
{
  guint64 n;

  return self->degrees == NULL && !self->checked
         && (!conset_tally_below ((ConsetTally *) &self->tally, node_candidates (self),
                                  CONSET_TARGET_MAJOR, CONSET_INDEX_END, &n, NULL)
             || !check_number (self, 0, n, self->total, NULL));
}

static guint64
sample_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  const SampleNode *self = (const SampleNode *) set;
  const ConsetWindow *bounds = &set->facts.bounds;
  SampleState state;
  guint64 rank, from = line;

  line = conset_node_next_line (node_candidates (self), order, line);
  if (line != from && total_is_wrong (self))
    return from;
  if (self->degrees != NULL || order == CONSET_SOURCE_MAJOR || line >= bounds->target_end
      || (bounds->target_end - bounds->target_first) / SPARSE_LINES <= self->total)
    return line;
  state_init (&state, self, line, line + 1);
  if (state_aim (&state, line, &rank, NULL))
    {
      rank = conset_sample_next (state.sample, rank);
      line = rank < conset_sample_range (state.sample)
               ? conset_tally_line (state.tally, node_candidates (self), order, line, rank)
               : CONSET_INDEX_END;
    }
  state_clear (&state);
  return line;
}

static guint64
sample_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  guint64 next = conset_node_next_along (set->children[0], order, line, from);

  return next != from && total_is_wrong ((const SampleNode *) set) ? from : next;
}

/* }}} */

#define SAMPLE_CLASS(NAME)                                                                         \
  {                                                                                                \
    .name = NAME, .struct_size = sizeof (SampleNode), .precedence = CONSET_PREC_PRODUCT,           \
    .draws = TRUE, .finalize = sample_finalize, .print = sample_print,                             \
    .print_operator = sample_print_operator, .multiplicity = sample_multiplicity,                  \
    .expected = sample_expected, .count = sample_count, .degree_law = sample_degree_law,           \
    .dependence = sample_dependence, .next_line = sample_next_line,                                \
    .next_along = sample_next_along, .start = sample_start, .stop = sample_stop,                   \
    .fill = sample_fill, .how = sample_how,                                                        \
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
node_error_operand (SampleNode *self, const char *what)
{
  g_autofree char *rule = rule_to_string (self);
  g_autofree char *operand = conset_describe (node_candidates (self));
  Conset *error = conset_error_new ("%s: operand '%s' %s; intersect it with cross(...) first", rule,
                                    operand, what);

  conset_unref (&self->base);
  return error;
}

/* The number of candidates that shows at once: of all, or of the first line that has any. */
static gboolean
node_first_number (const SampleNode *self, guint64 *line, guint64 *n)
{
  const Conset *candidates = node_candidates (self);

  *line = 0;
  if (self->degrees == NULL)
    return conset_count_lines (candidates, CONSET_TARGET_MAJOR, 0, CONSET_INDEX_END, n);
  *line = conset_node_next_line (candidates, node_order (self), 0);
  return *line < CONSET_INDEX_END
         && conset_count_lines (candidates, node_order (self), *line, *line + 1, n) && *n > 0;
}

static Conset *
node_finish (SampleNode *self)
{
  ConsetFacts *facts = &self->base.facts;
  const Conset *candidates = node_candidates (self);
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
      if (k > 0 && !check_number (self, line, n, k, &error))
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

static SampleNode *
node_new (
  const ConsetClass *klass, ConsetRule rule, gboolean multapses, guint64 seed, Conset *candidates)
{
  SampleNode *self = conset_node_new (klass);

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
  SampleNode *self;

  if (error != NULL)
    return error;
  self =
    node_new (&conset_total_class, CONSET_RULE_TOTAL, multapses, seed, make_proper (candidates));
  self->total = n;
  if (!conset_is_finite (node_candidates (self)))
    return node_error_operand (self, "is unbounded");
  if (is_beyond_numbers (node_candidates (self)))
    return node_error_operand (self, "has 2^63 pairs or more");
  if (n == 0)
    {
      conset_unref (&self->base);
      return conset_empty ();
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
  SampleNode *self;
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
  bounds = &node_candidates (self)->facts.bounds;
  if (rule == CONSET_RULE_FAN_IN && bounds->source_end >= CONSET_INDEX_END)
    return node_error_operand (self, "has unbounded sources");
  if (rule == CONSET_RULE_FAN_OUT && bounds->target_end >= CONSET_INDEX_END)
    return node_error_operand (self, "has unbounded targets");
  if (conset_is_empty_node (node_candidates (self))
      || (conset_degrees_constant_value (degrees, &k) && k == 0))
    {
      conset_unref (&self->base);
      return conset_empty ();
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
