/* SPDX-License-Identifier: MIT */
/*
 * Preferring: fixed in-degree and fixed out-degree where some candidates are more likely than
 * others, by a weight w(i,j), with and without multapses.
 *
 * A line draws k of its candidates: the sources of a target for a fixed in-degree, the targets of
 * a source for a fixed out-degree.
 * Lines are drawn as wholes (lottery.h), in an order of their own; in the other one a band draws
 * many lines at once.
 *
 * Where the weight knows a set that it is 0 outside of (conset_value_support()), only candidates in
 * it are looked at. The only child are the candidates that were given.
 */
#include <conset/random.h>

#include "node.h"

#include "candidates.h"
#include "columns.h"
#include "crosswise.h"
#include "lottery.h"
#include "plan.h"
#include "thinning.h"
#include "value.h"

/* The preference owns its degrees, its weight, and its candidates: those that it looks at. */
typedef struct
{
  Conset base;
  ConsetPreference preference;
} PreferringNode;

typedef struct
{
  ConsetEval *eval;
  ConsetLottery *lottery;
  ConsetBand *band;
} PreferringState;

static const ConsetPreference *
preference_of (const Conset *set)
{
  return &((const PreferringNode *) set)->preference;
}

static const ConsetGeometry *
preferring_geometry (const Conset *set, G_GNUC_UNUSED ConsetOrder order, GPtrArray *values)
{
  g_ptr_array_add (values, preference_of (set)->weight);
  return NULL;
}

static void
preferring_finalize (Conset *set)
{
  const ConsetPreference *preference = preference_of (set);

  conset_degrees_unref (preference->degrees);
  conset_value_unref (preference->weight);
  conset_unref ((Conset *) preference->candidates);
}

static void
preferring_print (const Conset *set, GString *out)
{
  conset_preference_print (preference_of (set), out);
  g_string_append_printf (out, ", seed=%" G_GUINT64_FORMAT ") * ", preference_of (set)->seed);
  conset_print (set->children[0], CONSET_PREC_UNARY, out);
}

/* {{{ evaluation */

/* The first member that is not below @along. */
static guint
members_find (const GArray *members, guint64 along)
{
  guint first = 0, end = members->len;

  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (g_array_index (members, guint64, middle) < along)
        first = middle + 1;
      else
        end = middle;
    }
  return first;
}

/* Fills a tile of a line of the rule's own order. */
static void
draw_tile (gpointer data, ConsetTile *tile)
{
  PreferringState *state = data;
  const GArray *members = conset_lottery_draw (state->lottery, tile->line);
  const GError *error = conset_lottery_error (state->lottery);
  guint first = members_find (members, tile->first);
  guint end = members_find (members, tile->first + tile->width);
  gboolean repeated = FALSE;

  if (error != NULL)
    {
      conset_eval_fail (state->eval, error->code, "%s", error->message);
      return;
    }
  conset_tile_reserve_list (tile, end - first);
  for (guint k = first; k < end; k++)
    {
      guint32 offset = (guint32) (g_array_index (members, guint64, k) - tile->first);

      repeated |= k > first && tile->list[k - first - 1] == offset;
      tile->list[k - first] = offset;
    }
  conset_tile_set_list (tile, end - first, repeated);
}

static void
preferring_start (ConsetStep *step)
{
  const ConsetPreference *preference = preference_of (step->set);
  PreferringState *state = g_new0 (PreferringState, 1);
  guint64 lines[2], along[2];

  state->eval = step->eval;
  step->whole_lines = step->order == conset_preference_order (preference);
  state->lottery = conset_lottery_new (preference);
  if (step->order != conset_preference_order (preference))
    {
      conset_window_axes (&step->window, conset_preference_order (preference), lines, along);
      conset_lottery_remember (state->lottery, lines[0], lines[1]);
      state->band = conset_band_new (draw_tile, state, step->set->facts.density, step);
    }
  step->state = state;
}

static void
preferring_stop (ConsetStep *step)
{
  PreferringState *state = step->state;

  g_clear_pointer (&state->band, conset_band_free);
  conset_lottery_free (state->lottery);
  g_free (state);
}

static void
preferring_fill (ConsetStep *step, ConsetTile *tile)
{
  PreferringState *state = step->state;

  if (state->band != NULL)
    conset_band_line (state->band, tile);
  else
    draw_tile (state, tile);
}

static const char *
preferring_how (const ConsetStep *step)
{
  const PreferringState *state = step->state;

  return state->band != NULL ? "drawn across, many lines at once" : "drawn line by line";
}

/* }}} */
/* {{{ questions */

static guint64
preferring_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const ConsetPreference *preference = preference_of (set);
  gboolean target_major = conset_preference_order (preference) == CONSET_TARGET_MAJOR;
  guint64 along = target_major ? source : target, times;
  ConsetLottery *lottery;
  const GArray *members;

  if (!conset_contains (preference->candidates, source, target))
    return 0;
  lottery = conset_lottery_new (preference);
  members = conset_lottery_draw (lottery, target_major ? target : source);
  times = members_find (members, along + 1) - members_find (members, along);
  conset_lottery_free (lottery);
  return times;
}

/* As many lines as the candidates would make if all had as many as the first. */
static double
preferring_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  const ConsetPreference *self = preference_of (set);
  const Conset *candidates = self->candidates;
  ConsetOrder order = conset_preference_order (self);
  double here = conset_node_expected (candidates, window, census), each;
  ConsetWindow first;
  guint64 lines[2], along[2], line;

  conset_window_axes (window, order, lines, along);
  line = conset_node_next_line (candidates, order, lines[0]);
  if (line >= lines[1])
    return 0.0;
  first = conset_window_of_line (order, line, 0, CONSET_INDEX_END);
  each = conset_node_expected (candidates, &first, census);
  return each > 0.0 ? conset_degrees_mean (self->degrees) * (here / each) : 0.0;
}

/* Of whole lines, along which the rule draws. */
static gboolean
preferring_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  const ConsetPreference *self = preference_of (set);
  guint64 lines[2], along[2];
  ConsetLottery *lottery;
  gboolean can_draw;

  conset_window_axes (&set->facts.bounds, order, lines, along);
  if (order != conset_preference_order (self) || first > along[0] || end < along[1]
      || self->candidates->facts.random)
    return FALSE;
  lottery = conset_lottery_new (self);
  can_draw = conset_lottery_can_draw (lottery, line);
  conset_lottery_free (lottery);
  if (can_draw)
    *law = conset_degrees_law (self->degrees, line);
  return can_draw;
}

static ConsetDependence
preferring_dependence (const Conset *set,
                       const ConsetWindow *window G_GNUC_UNUSED,
                       ConsetOrder order,
                       ConsetDrawn *drawn)
{
  const ConsetPreference *self = preference_of (set);

  if (self->candidates->facts.random || !conset_drawn_add (drawn, self->seed))
    return CONSET_DEPENDENCE_UNKNOWN;
  return order == conset_preference_order (self) ? CONSET_DEPENDENCE_NONE : CONSET_DEPENDENCE_WEAK;
}

static guint64
preferring_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  return conset_node_next_line (preference_of (set)->candidates, order, line);
}

static guint64
preferring_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  return conset_node_next_along (preference_of (set)->candidates, order, line, from);
}

/* }}} */

#define PREFERRING_CLASS(NAME)                                                                     \
  {                                                                                                \
    .name = NAME, .struct_size = sizeof (PreferringNode), .precedence = CONSET_PREC_PRODUCT,       \
    .draws = TRUE, .finalize = preferring_finalize, .geometry = preferring_geometry, .print = preferring_print,                     \
    .multiplicity = preferring_multiplicity, .expected = preferring_expected,                      \
    .degree_law = preferring_degree_law, .dependence = preferring_dependence,                      \
    .next_line = preferring_next_line, .next_along = preferring_next_along,                        \
    .start = preferring_start, .stop = preferring_stop, .fill = preferring_fill,                   \
    .how = preferring_how,                                                                         \
  }

static const ConsetClass conset_preferring_in_class = PREFERRING_CLASS ("preferring in-degree");
static const ConsetClass conset_preferring_out_class = PREFERRING_CLASS ("preferring out-degree");

/* {{{ composition */

/* Candidates count once each. */
static Conset *
make_proper (Conset *candidates)
{
  if (candidates->facts.max_multiplicity <= 1)
    return candidates;
  return conset_intersect (candidates, conset_full ());
}

/* Those of @candidates that can be drawn, as far as @weight tells. (transfer full) */
static Conset *
candidates_near (const Conset *candidates, const ConsetValue *weight)
{
  Conset *support = conset_value_support (weight);

  if (support == NULL)
    return conset_ref (candidates);
  return conset_intersect (conset_ref (candidates), support);
}

/* The error that one of the operands is, or NULL; all operands are released with it. */
static Conset *
absorb_operands (const char *name, ConsetDegrees *degrees, ConsetValue *weight, Conset **candidates)
{
  Conset *error = conset_absorb (name, candidates, NULL);

  if (error == NULL && conset_degrees_error (degrees) != NULL)
    error = conset_error_new ("%s", conset_degrees_error (degrees));
  else if (error == NULL && conset_value_error_message (weight) != NULL)
    error = conset_error_new ("%s", conset_value_error_message (weight));
  else if (error == NULL)
    return NULL;
  else
    *candidates = NULL;
  g_clear_pointer (candidates, conset_unref);
  conset_degrees_unref (degrees);
  conset_value_unref (weight);
  return error;
}

/* What shows at once to be wrong, or NULL. (transfer full) */
static char *
wrong_with (const ConsetPreference *preference)
{
  gboolean target_major = conset_preference_order (preference) == CONSET_TARGET_MAJOR;
  const ConsetWindow *bounds = &preference->candidates->facts.bounds;
  g_autofree char *rule = conset_preference_to_string (preference);
  g_autofree char *impurity = conset_value_impurity (preference->weight);
  g_autofree char *operand = NULL;
  double w;

  if (impurity != NULL)
    return g_strdup_printf ("%s: weights tell how likely candidates are; %s", rule, impurity);

  if (conset_value_is_constant (preference->weight, &w) && !conset_is_weight (w))
    return g_strdup_printf ("%s: weights must be finite and not negative", rule);
  if ((target_major ? bounds->source_end : bounds->target_end) < CONSET_INDEX_END)
    return NULL;
  operand = conset_describe (preference->candidates);
  return g_strdup_printf ("%s: operand '%s' has %s that are unbounded; intersect it with "
                          "cross(...) first",
                          rule, operand, target_major ? "sources" : "targets");
}

static void
node_set_facts (PreferringNode *self)
{
  const ConsetPreference *preference = &self->preference;
  const Conset *candidates = preference->candidates;
  ConsetOrder order = conset_preference_order (preference);
  ConsetFacts *facts = &self->base.facts;
  guint64 line = conset_node_next_line (candidates, order, 0), n;

  facts->bounds = candidates->facts.bounds;
  facts->density = candidates->facts.density;
  facts->max_multiplicity = preference->multapses
                              ? MIN (conset_degrees_most (preference->degrees), CONSET_LOTTERY_MOST)
                              : 1;
  facts->random = TRUE;
  if (line < CONSET_INDEX_END && conset_count_lines (candidates, order, line, line + 1, &n)
      && n > 0)
    facts->density *= conset_degrees_mean (preference->degrees) / (double) n;
  if (!preference->multapses)
    facts->density = MIN (facts->density, candidates->facts.density);
}

static gboolean
draws_nothing (const ConsetPreference *preference)
{
  guint64 k;
  double w;

  return conset_is_empty_node (preference->candidates)
         || (conset_degrees_constant_value (preference->degrees, &k) && k == 0)
         || (conset_value_is_constant (preference->weight, &w) && w == 0.0);
}

/* Reducers: no connections, no candidates for any line, or none that can be drawn are the empty
 * set. @preference has no candidates yet. */
static Conset *
random_preferring (const ConsetClass *klass, ConsetPreference preference, Conset *candidates)
{
  g_autofree char *wrong = NULL;
  PreferringNode *self;
  Conset *error;

  g_return_val_if_fail (preference.degrees != NULL && preference.weight != NULL,
                        conset_error_new ("%s: degrees or weights are NULL", klass->name));

  error = absorb_operands (klass->name, preference.degrees, preference.weight, &candidates);
  if (error != NULL)
    return error;
  candidates = make_proper (candidates);
  preference.candidates = candidates_near (candidates, preference.weight);
  self = conset_node_new (klass);
  self->preference = preference;
  conset_node_adopt (self, candidates);
  if (conset_error_message (preference.candidates) != NULL)
    wrong = g_strdup (conset_error_message (preference.candidates));
  else
    wrong = wrong_with (&preference);
  if (wrong != NULL || draws_nothing (&preference))
    {
      error = wrong != NULL ? conset_error_new ("%s", wrong)
                            : conset_columns_empty (self->base.facts.columns);
      conset_unref (&self->base);
      return error;
    }
  node_set_facts (self);
  conset_node_note_value (self, preference.weight);
  return conset_node_finish (self);
}

Conset *
conset_random_fan_in_preferring (
  ConsetDegrees *degrees, ConsetValue *weight, gboolean multapses, guint64 seed, Conset *candidates)
{
  ConsetPreference preference = {
    CONSET_RULE_PREFERENCE_IN, degrees, weight, multapses, seed, NULL,
  };

  return random_preferring (&conset_preferring_in_class, preference, candidates);
}

Conset *
conset_random_fan_out_preferring (
  ConsetDegrees *degrees, ConsetValue *weight, gboolean multapses, guint64 seed, Conset *candidates)
{
  ConsetPreference preference = {
    CONSET_RULE_PREFERENCE_OUT, degrees, weight, multapses, seed, NULL,
  };

  return random_preferring (&conset_preferring_out_class, preference, candidates);
}

/* }}} */
