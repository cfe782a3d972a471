/* SPDX-License-Identifier: MIT */
/*
 * Arithmetic of constants is done as it is composed.
 */
#include "value_fold.h"

#include <math.h>

/* A constant where the result is a number; else an error that names the operation. */
static ConsetValue *
constant_of_result (double result, const ConsetValue *unfolded)
{
  g_autofree char *text = NULL;

  if (isfinite (result))
    return conset_value_quantity (result, unfolded->unit);
  text = conset_value_describe (unfolded);
  return conset_value_error_new ("%s: the result is %s; use numbers for which it is finite", text,
                                 isnan (result) ? "not a number" : "infinite");
}

/* What @value, of constants, is in base units. A power of a unit is a unit, with no digit lost. */
static double
find_number (const ConsetValue *value, ConsetUnitRule rule)
{
  const ConsetPlace anywhere = { 0 };
  gboolean is_power = rule == CONSET_UNITS_POWER || rule == CONSET_UNITS_ROOT;

  if (is_power && value->unit != NULL && conset_value_is_unit (value->children[0]))
    return conset_unit_to_base (value->unit, 1.0);
  return value->klass->at (value, &anywhere);
}

ConsetValue *
conset_value_fold (gpointer node, ConsetUnitRule rule)
{
  ConsetValue *value = conset_value_finish_as (node, rule), *folded;

  if (value->by_source || value->by_target || conset_value_error_message (value) != NULL)
    return value;
  folded = constant_of_result (find_number (value, rule), value);
  conset_value_unref (value);
  return folded;
}
