/* SPDX-License-Identifier: MIT */
/*
 * Lengths as arguments: what their units are, and what does not go together.
 */
#include "lengths.h"

#include "functions.h"
#include "measured.h"
#include "text.h"

static gboolean
lengths_fail (const ConsetLengths *lengths, GError **error)
{
  g_autoptr (GString) number = g_string_new (NULL);

  conset_append_double (number, lengths->number);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "%s is in %s, and %s is the pure number %s; multiply it by a unit", lengths->named,
               conset_unit_name (lengths->unit), lengths->pure, number->str);
  return FALSE;
}

ConsetLengths
conset_lengths_begin (const ConsetUnit *unit, const char *name)
{
  return (ConsetLengths){ .unit = unit, .named = name };
}

static gboolean
lengths_add_number (ConsetLengths *lengths, const char *name, double number, GError **error)
{
  if (number != 0.0 && lengths->pure == NULL)
    {
      lengths->pure = name;
      lengths->number = number;
    }
  return lengths->unit == NULL || lengths->pure == NULL || lengths_fail (lengths, error);
}

static gboolean
lengths_add_quantity (ConsetLengths *lengths,
                      const char *name,
                      const ConsetUnit *unit,
                      GError **error)
{
  if (lengths->unit == NULL && lengths->named != NULL)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "%s is in %s, and %s is of pure numbers; divide the one by a unit, or multiply "
                   "the other by one",
                   name, conset_unit_name (unit), lengths->named);
      return FALSE;
    }
  if (lengths->unit == NULL)
    {
      lengths->unit = unit;
      lengths->named = name;
    }
  if (lengths->pure != NULL)
    return lengths_fail (lengths, error);
  if (conset_unit_is_alike (lengths->unit, unit))
    return TRUE;
  g_set_error (
    error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
    "%s is in %s, and %s is in %s, which does not convert into it; use units of one kind",
    lengths->named, conset_unit_name (lengths->unit), name, conset_unit_name (unit));
  return FALSE;
}

gboolean
conset_lengths_add (ConsetLengths *lengths,
                    const char *name,
                    const ConsetLangValue *value,
                    double *number,
                    GError **error)
{
  ConsetLangValue copy = *value;
  const ConsetUnit *unit;

  if (value->kind == CONSET_LANG_VALUE && conset_value_look_fixed (value->value, number, &unit)
      && unit != NULL)
    return lengths_add_quantity (lengths, name, unit, error);
  if (!conset_lang_value_to_real (&copy, error))
    return FALSE;
  *number = copy.real;
  return lengths_add_number (lengths, name, *number, error);
}

gboolean
conset_lengths_get (ConsetLengths *lengths,
                    const ConsetCall *call,
                    gsize index,
                    guint n,
                    double otherwise,
                    double *numbers,
                    GError **error)
{
  for (guint d = 0; d < n; d++)
    {
      const char *name = call->function->parameters[index + d].name;

      numbers[d] = otherwise;
      if (conset_call_has (call, index + d)
            ? !conset_lengths_add (lengths, name, &call->values[index + d], &numbers[d], error)
            : !lengths_add_number (lengths, name, otherwise, error))
        return FALSE;
    }
  return TRUE;
}
