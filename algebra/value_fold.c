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
    return conset_value_constant (result);
  text = conset_value_describe (unfolded);
  return conset_value_error_new ("%s: the result is %s; use numbers for which it is finite", text,
                                 isnan (result) ? "not a number" : "infinite");
}

ConsetValue *
conset_value_fold (gpointer node)
{
  ConsetValue *value = node, *folded;

  if (value->by_source || value->by_target)
    return conset_value_finish (value);
  folded = constant_of_result (conset_value_at (value, 0, 0), value);
  conset_value_unref (value);
  return folded;
}
