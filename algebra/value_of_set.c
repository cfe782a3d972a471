/* SPDX-License-Identifier: MIT */
/*
 * Values of sets: v(i, j, c) = what the copy c of (i, j) of a connection set has in a column; NaN
 * where the set has no such connection.
 *
 * Places are shared out into connections and others by a filter of the set, and the values of
 * the connections are found as an iterator finds them.
 */
#include <conset/cset.h>

#include "value.h"

#include "choice.h"
#include "columns.h"
#include "cset.h"

#include <math.h>
#include <string.h>

/* Sets carry values in their units; @scale is that to base units. */
typedef struct
{
  ConsetValue base;
  Conset *set;
  guint column;
  ConsetScale scale;
} ValueOfSet;

static void
of_set_finalize (ConsetValue *value)
{
  conset_unref (((ValueOfSet *) value)->set);
}

static void
of_set_print (const ConsetValue *value, GString *out)
{
  const ValueOfSet *self = (const ValueOfSet *) value;

  g_string_append (out, "value(");
  conset_print (self->set, CONSET_PREC_UNION, out);
  g_string_append_printf (out, ", %u)", self->column);
}

static double
of_set_at (const ConsetValue *value, const ConsetPlace *place)
{
  const ValueOfSet *self = (const ValueOfSet *) value;

  if (place->copy >= conset_multiplicity (self->set, place->source, place->target))
    return NAN;
  return conset_scale_apply (self->scale, conset_node_value (self->set, self->column, place));
}

static void
of_set_start (ConsetValueStep *step)
{
  const Conset *set = ((const ValueOfSet *) step->value)->set;

  step->state = conset_eval_new (set, &set->facts.bounds, conset_value_step_order (step));
}

static void
of_set_stop (ConsetValueStep *step)
{
  conset_eval_free (step->state);
}

static void
of_set_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  const ValueOfSet *self = (const ValueOfSet *) step->value;
  ConsetEval *eval = step->state;
  ConsetChoice *rest = conset_choice_borrow (eval->root);
  ConsetChoice *share = conset_choice_borrow (eval->root);

  conset_choice_take_all (rest, places);
  conset_choice_share (rest, share, places, eval->root, FALSE);
  for (gsize k = 0; k < places->n; k++)
    out[k] = NAN;
  if (share->n > 0)
    {
      ConsetPlaces chosen = conset_choice_places (share, places);

      conset_step_fill_values (eval->root, &chosen, share->values);
      for (gsize k = 0; k < share->n; k++)
        out[share->numbers[k]] = share->values[self->column][k];
      conset_scale_loop (self->scale, out, places->n);
    }
  conset_choice_give_back (eval->root, share);
  conset_choice_give_back (eval->root, rest);
  if (eval->error != NULL)
    {
      ConsetPlace place = conset_value_plan_place (step->plan, places, 0);

      conset_place_fail (&place, (ConsetError) eval->error->code, "%s", eval->error->message);
    }
}

static const ConsetValueClass conset_value_of_set_class = {
  .name = "value",
  .struct_size = sizeof (ValueOfSet),
  .finalize = of_set_finalize,
  .print = of_set_print,
  .at = of_set_at,
  .start = of_set_start,
  .stop = of_set_stop,
  .fill = of_set_fill,
};

static ConsetValue *
no_such_column (const Conset *set, guint column)
{
  g_autofree char *text = conset_describe (set);
  guint arity = conset_arity (set);

  if (arity == 0)
    return conset_value_error_new ("value(%u): the set '%s' has no values; give it some with "
                                   "cset(...)",
                                   column, text);
  return conset_value_error_new (
    "value(%u): the set '%s' has %u %s, numbered from 0; ask for one of "
    "them",
    column, text, arity, arity == 1 ? "value" : "values");
}

static ConsetValue *
value_new (Conset *set, guint column)
{
  ValueOfSet *self = conset_value_new (&conset_value_of_set_class);

  self->set = conset_ref (set);
  self->column = column;
  self->base.by_source = TRUE;
  self->base.by_target = TRUE;
  self->base.depth = MAX (self->base.depth, set->facts.height + 1);
  self->base.size += set->facts.size;
  self->base.unit = set->facts.columns->units[column];
  self->scale = (ConsetScale) CONSET_SCALE_ONE;
  if (self->base.unit != NULL)
    self->scale = conset_unit_scale (self->base.unit);
  return conset_value_finish_as (self, CONSET_UNITS_OWN);
}

/* Reducer: of a set that conset_cset() has made, the value itself. */
ConsetValue *
conset_value_of (Conset *set, guint column)
{
  Conset *error = conset_absorb ("value", &set, NULL);
  const ConsetValue *own;
  ConsetValue *value;

  if (error != NULL)
    {
      value = conset_value_error_new ("%s", conset_error_message (error));
      conset_unref (error);
      return value;
    }
  if (column >= conset_arity (set))
    value = no_such_column (set, column);
  else if ((own = conset_cset_value (set, column)) != NULL)
    value = conset_value_ref (own);
  else
    value = value_new (set, column);
  conset_unref (set);
  return value;
}
