/* SPDX-License-Identifier: MIT */
/*
 * where(condition, a, b): a where the condition is not 0, b where it is; NaN where it is NaN.
 *
 * Of arithmetic of indices both sides are evaluated for a block, and a vector loop chooses. Else a
 * side is asked for the places alone where it is chosen, as at() does: an attribute may end where
 * the condition does, and nothing is evaluated in vain. Such a side has a plan of its own, for it
 * may also be wrong all along a line on which nobody chooses it.
 */
#include "value.h"

#include <conset/set.h>

#include "kernels.h"

#include <math.h>

enum
{
  CONDITION,
  CHOSEN,
  OTHERWISE,
  N_PARTS,
};

static void
choice_print (const ConsetValue *value, GString *out)
{
  for (guint k = 0; k < N_PARTS; k++)
    {
      g_string_append (out, k == 0 ? "where(" : ", ");
      conset_value_print (value->children[k], CONSET_VALUE_PREC_LEAST, out);
    }
  g_string_append_c (out, ')');
}

static double
choice_at (const ConsetValue *value, const ConsetPlace *place)
{
  double condition = conset_value_child_at (value, CONDITION, place);

  if (isnan (condition))
    return condition;
  return conset_value_child_at (value, condition != 0.0 ? CHOSEN : OTHERWISE, place);
}

static gboolean
is_zero (const ConsetValue *side)
{
  double number;

  return conset_value_is_fixed (side, &number) && number == 0.0;
}

/* Of where(c, v, 0) that of c and v; of where(c, 0, w) that of w; else those of both sides. */
static Conset *
choice_support (const ConsetValue *value)
{
  const ConsetValue *a = value->children[CHOSEN], *b = value->children[OTHERWISE];
  Conset *left = is_zero (a) ? NULL : conset_value_support (a), *right;

  if (is_zero (a))
    return conset_value_support (b);
  right = conset_value_support (is_zero (b) ? value->children[CONDITION] : b);
  if (left != NULL && right != NULL)
    return is_zero (b) ? conset_intersect (left, right) : conset_union (left, right);
  if (is_zero (b))
    return left != NULL ? left : right;
  g_clear_pointer (&left, conset_unref);
  g_clear_pointer (&right, conset_unref);
  return NULL;
}

/* {{{ both sides at once */

/* All along the line it is one side, if it is any. */
static void
fill_one_side (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  double condition = step->children[CONDITION]->number;

  if (!isnan (condition))
    conset_value_step_spread (step->children[condition != 0.0 ? CHOSEN : OTHERWISE], places, out);
  else
    for (gsize k = 0; k < places->n; k++)
      out[k] = condition;
}

static void
choice_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  ConsetValueStep *a = step->children[CHOSEN], *b = step->children[OTHERWISE];
  double *left, *right;

  if (step->children[CONDITION]->uniform)
    {
      fill_one_side (step, places, out);
      return;
    }
  conset_value_step_fill (step->children[CONDITION], places, out);
  left = conset_value_step_borrow (a, places);
  right = conset_value_step_borrow (b, places);
  conset_arithmetic ()->choose[a->uniform][b->uniform](out, left, right, places->n);
  conset_value_step_give_back (b, right);
  conset_value_step_give_back (a, left);
}

static const ConsetValueClass conset_value_choice_class = {
  .name = "where",
  .struct_size = sizeof (ConsetValue),
  .print = choice_print,
  .at = choice_at,
  .fill = choice_fill,
  .support = choice_support,
};

/* }}} */

/* {{{ each side where it is chosen */

/* @numbers are which places of the block a side is asked for, @offsets and @copies are of those. */
typedef struct
{
  ConsetValuePlan *sides[N_PARTS];
  double conditions[CONSET_VALUE_BLOCK];
  double values[CONSET_VALUE_BLOCK];
  guint32 numbers[CONSET_VALUE_BLOCK];
  guint32 offsets[CONSET_VALUE_BLOCK];
  guint32 copies[CONSET_VALUE_BLOCK];
} LazyState;

static void
lazy_start (ConsetValueStep *step)
{
  LazyState *state = g_new (LazyState, 1);
  ConsetOrder order = conset_value_step_order (step);

  for (guint side = CHOSEN; side <= OTHERWISE; side++)
    state->sides[side] = conset_value_plan_new (step->value->children[side], order);
  step->state = state;
}

static void
lazy_stop (ConsetValueStep *step)
{
  LazyState *state = step->state;

  for (guint side = CHOSEN; side <= OTHERWISE; side++)
    conset_value_plan_free (state->sides[side]);
  g_free (state);
}

/* Whether @condition is there, and says @side. */
static inline gboolean
says (double condition, guint side)
{
  return side == CHOSEN ? fabs (condition) > 0.0 : condition == 0.0;
}

/* Whether @side is chosen for all @n places of a block. */
static gboolean
all_say (const LazyState *state, guint side, gsize n)
{
  gsize count = 0;

  for (gsize k = 0; k < n; k++)
    count += says (state->conditions[k], side);
  return count == n;
}

/* Those of @places that @side is chosen for. */
static ConsetPlaces
chosen_places (LazyState *state, guint side, const ConsetPlaces *places)
{
  ConsetPlaces some = *places;

  some.n = 0;
  for (guint32 k = 0; k < places->n; k++)
    {
      state->numbers[some.n] = k;
      some.n += says (state->conditions[k], side);
    }
  some.offsets = state->offsets;
  for (gsize k = 0; k < some.n; k++)
    state->offsets[k] =
      places->offsets != NULL ? places->offsets[state->numbers[k]] : state->numbers[k];
  if (places->copies == NULL)
    return some;
  some.copies = state->copies;
  for (gsize k = 0; k < some.n; k++)
    state->copies[k] = places->copies[state->numbers[k]];
  return some;
}

static void
ask_side (ConsetValueStep *step, guint side, const ConsetPlaces *places, double *out)
{
  LazyState *state = step->state;

  if (places->n > 0 && !conset_value_plan_fill (state->sides[side], places, out))
    conset_value_plan_fail_as (step->plan, state->sides[side]);
}

static void
lazy_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  LazyState *state = step->state;

  conset_value_step_spread (step->children[CONDITION], places, state->conditions);
  for (guint side = CHOSEN; side <= OTHERWISE; side++)
    if (all_say (state, side, places->n))
      {
        ask_side (step, side, places, out);
        return;
      }
  for (gsize k = 0; k < places->n; k++)
    out[k] = NAN;
  for (guint side = CHOSEN; side <= OTHERWISE; side++)
    {
      ConsetPlaces some = chosen_places (state, side, places);

      ask_side (step, side, &some, state->values);
      for (gsize k = 0; k < some.n; k++)
        out[state->numbers[k]] = state->values[k];
    }
}

static const ConsetValueClass conset_value_lazy_choice_class = {
  .name = "where",
  .struct_size = sizeof (ConsetValue),
  .print = choice_print,
  .at = choice_at,
  .start = lazy_start,
  .stop = lazy_stop,
  .fill = lazy_fill,
  .support = choice_support,
  .lazy = TRUE,
  .n_eager = 1,
};

/* }}} */

/* Reducer: where the condition is the same for all pairs, it is one side, in the unit of the first.
 */
static ConsetValue *
choose_now (ConsetValue *value)
{
  const ConsetUnit *unit = value->unit;
  ConsetValue *side;
  double condition;

  if (conset_value_error_message (value) != NULL
      || !conset_value_is_fixed (value->children[CONDITION], &condition))
    return value;
  side = conset_value_ref (value->children[condition != 0.0 ? CHOSEN : OTHERWISE]);
  conset_value_unref (value);
  return conset_value_show_in (side, unit);
}

ConsetValue *
conset_value_where (ConsetValue *condition, ConsetValue *a, ConsetValue *b)
{
  ConsetValue *value = conset_value_absorb_three ("where", &condition, &a, &b);
  gboolean total;

  if (value != NULL)
    return value;
  total = a->total && b->total;
  value = conset_value_new (total ? &conset_value_choice_class : &conset_value_lazy_choice_class);
  value->total = total && condition->total;
  conset_value_adopt (value, condition);
  conset_value_adopt (value, a);
  conset_value_adopt (value, b);
  return choose_now (conset_value_finish_as (value, CONSET_UNITS_SAME_BUT_FIRST));
}
