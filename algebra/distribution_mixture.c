/* SPDX-License-Identifier: MIT */
/*
 * Mixtures: one of several values for each connection, chosen by 64 random bits from a table of
 * chances (chances.h).
 *
 * In a block the places of each value are listed, and those alone are filled, by a plan of that
 * value, at the cost of what was chosen and 10 ns. So a value may be wrong where it is not chosen.
 */
#include <conset/distribution.h>

#include "value.h"

#include "chances.h"
#include "kernels.h"
#include "text.h"

#include <math.h>

typedef struct
{
  ConsetValue base;
  guint64 seed;
  double *weights;
  ConsetChances *chances;
} MixtureValue;

#define NONE G_MAXUINT16

/* What a value of a mixture is evaluated by: a number if @plan is NULL. @head: the first place of
 * the block that has chosen it; NONE for no place. */
typedef struct
{
  ConsetValuePlan *plan;
  double number;
  guint16 head;
} Part;

/* @next: the place after one that has chosen the same part. Those of one part are gathered in
 * @offsets and @copies. */
typedef struct
{
  Part *parts;
  guint16 next[CONSET_VALUE_BLOCK];
  guint32 offsets[CONSET_VALUE_BLOCK];
  guint32 copies[CONSET_VALUE_BLOCK];
  guint64 bits[CONSET_VALUE_BLOCK];
  guint32 choices[CONSET_VALUE_BLOCK];
  double values[CONSET_VALUE_BLOCK];
} MixtureState;

static void
mixture_finalize (ConsetValue *value)
{
  MixtureValue *self = (MixtureValue *) value;

  g_free (self->weights);
  g_free (self->chances);
}

static void
mixture_print (const ConsetValue *value, GString *out)
{
  const MixtureValue *self = (const MixtureValue *) value;

  g_string_append (out, "mixture([");
  for (guint k = 0; k < value->n_children && !conset_print_is_full (out); k++)
    {
      g_string_append (out, k > 0 ? ", " : "");
      conset_append_double (out, self->weights[k]);
    }
  g_string_append (out, "], [");
  for (guint k = 0; k < value->n_children && !conset_print_is_full (out); k++)
    {
      g_string_append (out, k > 0 ? ", " : "");
      conset_value_print (value->children[k], CONSET_VALUE_PREC_LEAST, out);
    }
  g_string_append_printf (out, "], seed=%" G_GUINT64_FORMAT ")", self->seed);
}

static guint64
bits_at (const MixtureValue *self, guint64 source, guint64 target, guint64 copy)
{
  const ConsetKey key = conset_copy_key (self->seed, CONSET_RULE_MIXTURE, copy);

  return conset_draw_64 (&key, source, target);
}

static double
mixture_at (const ConsetValue *value, const ConsetPlace *place)
{
  const MixtureValue *self = (const MixtureValue *) value;
  guint64 bits = bits_at (self, place->source, place->target, place->copy);

  return conset_value_child_at (value, (guint) conset_chances_pick (self->chances, bits), place);
}

static void
mixture_start (ConsetValueStep *step)
{
  const ConsetValue *value = step->value;
  MixtureState *state = g_new (MixtureState, 1);

  state->parts = g_new0 (Part, value->n_children);
  for (guint c = 0; c < value->n_children; c++)
    {
      Part *part = &state->parts[c];

      part->head = NONE;
      if (!conset_value_is_fixed (value->children[c], &part->number))
        part->plan = conset_value_plan_new (value->children[c], conset_value_step_order (step));
    }
  step->state = state;
}

static void
mixture_stop (ConsetValueStep *step)
{
  MixtureState *state = step->state;

  for (guint c = 0; c < step->value->n_children; c++)
    g_clear_pointer (&state->parts[c].plan, conset_value_plan_free);
  g_free (state->parts);
  g_free (state);
}

/* Which part each place chooses. */
static void
choose (const MixtureValue *self, const ConsetPlaces *places, MixtureState *state)
{
  const ConsetKey key = conset_key (self->seed, CONSET_RULE_MIXTURE, 0);

  conset_draws ()->pair_draws (&key, places->order == CONSET_TARGET_MAJOR, places->line,
                               places->first, places->offsets, places->n, state->bits, NULL);
  for (gsize k = 0; places->copies != NULL && k < places->n; k++)
    if (places->copies[k] != 0)
      state->bits[k] = bits_at (self, conset_places_source (places, k),
                                conset_places_target (places, k), places->copies[k]);
  for (gsize k = 0; k < places->n; k++)
    state->choices[k] = (guint32) conset_chances_pick (self->chances, state->bits[k]);
}

/* The values of all places that have chosen @part; its list is then empty again. */
static void
fill_part (ConsetValueStep *step, const ConsetPlaces *places, Part *part, double *out)
{
  MixtureState *state = step->state;
  ConsetPlaces some = *places;
  gsize n = 0;

  for (guint16 k = part->head; k != NONE; k = state->next[k])
    {
      state->offsets[n] = places->offsets != NULL ? places->offsets[k] : k;
      state->copies[n++] = places->copies != NULL ? places->copies[k] : 0;
    }
  some.offsets = state->offsets;
  some.copies = places->copies != NULL ? state->copies : NULL;
  some.n = n;
  if (!conset_value_plan_fill (part->plan, &some, state->values))
    conset_value_plan_fail_as (step->plan, part->plan);
  n = 0;
  for (guint16 k = part->head; k != NONE; k = state->next[k])
    out[k] = state->values[n++];
  part->head = NONE;
}

static void
mixture_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  MixtureState *state = step->state;

  choose ((const MixtureValue *) step->value, places, state);
  /* From the last on, so that lists ascend. */
  for (gsize k = places->n; k-- > 0;)
    {
      Part *part = &state->parts[state->choices[k]];

      out[k] = part->number;
      if (part->plan != NULL)
        {
          state->next[k] = part->head;
          part->head = (guint16) k;
        }
    }
  for (gsize k = 0; k < places->n; k++)
    if (state->parts[state->choices[k]].head == k)
      fill_part (step, places, &state->parts[state->choices[k]], out);
}

static const ConsetValueClass conset_value_mixture_class = {
  .name = "mixture",
  .struct_size = sizeof (MixtureValue),
  .finalize = mixture_finalize,
  .print = mixture_print,
  .at = mixture_at,
  .start = mixture_start,
  .stop = mixture_stop,
  .fill = mixture_fill,
  .lazy = TRUE,
};

/* {{{ composition */

static ConsetValue *
check_weights (gsize n, const double *weights)
{
  g_autoptr (GString) number = g_string_new (NULL);
  double sum = 0.0;

  if (n == 0)
    return conset_value_error_new ("mixture([], []): there is nothing to choose from; "
                                   "give a value and a weight at least");
  for (gsize k = 0; k < n; k++)
    {
      if (!(weights[k] >= 0.0 && isfinite (weights[k])))
        {
          conset_append_double (number, isnan (weights[k]) ? fabs (weights[k]) : weights[k]);
          return conset_value_error_new ("mixture: weight %" G_GSIZE_FORMAT
                                         " is %s; weights must be finite and not negative",
                                         k, number->str);
        }
      sum += weights[k];
    }
  if (sum == 0.0)
    return conset_value_error_new ("mixture: no weight is above 0; give one that is");
  if (isfinite (sum))
    return NULL;
  return conset_value_error_new ("mixture: the sum of the weights is infinite; scale them down");
}

/* As conset_value_absorb(), for any number of values. */
static ConsetValue *
absorb_all (gsize n, ConsetValue *const *values)
{
  ConsetValue *wrong = NULL;

  for (gsize k = 0; k < n && wrong == NULL; k++)
    if (values[k] == NULL)
      {
        g_critical ("mixture: a value is NULL");
        wrong = conset_value_error_new ("mixture: a value is NULL; pass one");
      }
    else if (conset_value_error_message (values[k]) != NULL)
      wrong = conset_value_ref (values[k]);
  return wrong;
}

ConsetValue *
conset_value_mixture (gsize n, const double *weights, ConsetValue *const *values, guint64 seed)
{
  ConsetValue *wrong = absorb_all (n, values);
  MixtureValue *self;

  if (wrong == NULL)
    wrong = check_weights (n, weights);
  if (wrong != NULL)
    {
      for (gsize k = 0; k < n; k++)
        if (values[k] != NULL)
          conset_value_unref (values[k]);
      return wrong;
    }
  self = conset_value_new (&conset_value_mixture_class);
  self->seed = seed;
  self->weights = g_memdup2 (weights, n * sizeof *weights);
  self->chances = conset_chances_new (0, weights, n);
  for (gsize k = 0; k < n; k++)
    conset_value_adopt (self, values[k]);
  self->base.by_source = self->base.by_target = self->base.random = TRUE;
  return conset_value_finish_as (self, CONSET_UNITS_SAME);
}

/* }}} */
