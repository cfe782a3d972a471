/* SPDX-License-Identifier: MIT */
/*
 * Quantities as text, and in the units that they are shown in.
 *
 * A constant prints as a number times its unit, "5 * nS", such that reading it gives the same
 * number of base units; where no number of that unit does, as "convert(5 * nS, pS)".
 */
#include "value.h"

#include "text.h"

#include <math.h>
#include <string.h>

/* More digits than this need not survive several moves of the point. */
#define SAFE_DIGITS 15

/* {{{ units */

static gboolean
unit_has_positive_power (const ConsetUnit *unit)
{
  return unit->terms[0].power > 0;
}

static ConsetValuePrecedence
unit_precedence (const ConsetUnit *unit)
{
  if (!unit->is_written)
    return CONSET_VALUE_PREC_ATOM;
  if (unit->n_terms > 1 || unit->terms[0].power < 0)
    return CONSET_VALUE_PREC_PRODUCT;
  return unit->terms[0].power == 1 ? CONSET_VALUE_PREC_ATOM : CONSET_VALUE_PREC_POWER;
}

/* " * um / ms ** 2" */
static void
print_factors (const ConsetUnit *unit, GString *out)
{
  for (guint k = 0; k < unit->n_terms; k++)
    {
      int power = unit->terms[k].power;

      g_string_append_printf (out, " %c %s", power > 0 ? '*' : '/', unit->terms[k].symbol);
      if (ABS (power) != 1)
        g_string_append_printf (out, " ** %d", ABS (power));
    }
}

void
conset_unit_print (const ConsetUnit *unit, ConsetValuePrecedence least, GString *out)
{
  gboolean parentheses = unit_precedence (unit) < least;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!unit->is_written)
    {
      g_string_append_printf (out, "unit(\"%s\")", unit->name);
      return;
    }
  print_factors (unit, text);
  g_string_append_printf (
    out, "%s%s%s%s", parentheses ? "(" : "", unit_has_positive_power (unit) ? "" : "1",
    text->str + (unit_has_positive_power (unit) ? strlen (" * ") : 0), parentheses ? ")" : "");
}

void
conset_unit_print_behind (const ConsetUnit *unit, GString *out)
{
  if (unit->is_written)
    {
      print_factors (unit, out);
      return;
    }
  g_string_append (out, " * ");
  conset_unit_print (unit, CONSET_VALUE_PREC_UNARY, out);
}

/* }}} */

/* {{{ constants */

/* Finds the number of @unit that is @base of base units. */
static gboolean
find_number (double base, const ConsetUnit *unit, double *number)
{
  *number = conset_unit_from_base (unit, base);
  return conset_unit_to_base (unit, *number) == base;
}

static gboolean
is_one (double base, const ConsetUnit *unit)
{
  return base == conset_unit_to_base (unit, 1.0);
}

gboolean
conset_value_is_fixed (const ConsetValue *value, double *number)
{
  const ConsetPlace anywhere = { 0 };

  if (!conset_value_is_constant (value, NULL))
    return FALSE;
  *number = value->klass->at (value, &anywhere);
  return TRUE;
}

gboolean
conset_value_is_unit (const ConsetValue *value)
{
  double number;

  return value->unit != NULL && conset_value_is_fixed (value, &number)
         && is_one (number, value->unit);
}

ConsetValuePrecedence
conset_quantity_precedence (double number, const ConsetUnit *unit)
{
  double shown;

  if (unit == NULL)
    return signbit (number) ? CONSET_VALUE_PREC_UNARY : CONSET_VALUE_PREC_ATOM;
  if (is_one (number, unit))
    return unit_precedence (unit);
  return find_number (number, unit, &shown) ? CONSET_VALUE_PREC_PRODUCT : CONSET_VALUE_PREC_ATOM;
}

static gsize
count_digits (const char *number)
{
  gsize n = 0;

  for (const char *p = number; *p != '\0' && *p != 'e'; p++)
    n += g_ascii_isdigit (*p);
  return n;
}

void
conset_quantity_print (double number, const ConsetUnit *unit, GString *out)
{
  gsize start = out->len;
  double shown;

  if (unit == NULL)
    conset_append_double (out, number);
  else if (is_one (number, unit))
    conset_unit_print (unit, CONSET_VALUE_PREC_SUM, out);
  else if (!find_number (number, unit, &shown))
    {
      g_string_append (out, "convert(");
      conset_quantity_print (number, conset_unit_base (unit), out);
      g_string_append (out, ", ");
      conset_unit_print (unit, CONSET_VALUE_PREC_SUM, out);
      g_string_append_c (out, ')');
    }
  else
    {
      conset_append_double (out, shown);
      if (unit->n_terms == 1 || count_digits (out->str + start) <= SAFE_DIGITS)
        conset_unit_print_behind (unit, out);
      else
        {
          g_string_append (out, " * ");
          conset_unit_print (unit, CONSET_VALUE_PREC_UNARY, out);
        }
    }
}

/* }}} */

/* {{{ shown in a unit */

ConsetShown
conset_value_shown (const ConsetValue *value)
{
  const ConsetValue *count = value->klass->count != NULL ? value->klass->count (value) : NULL;
  ConsetShown shown = { count != NULL ? count : value, CONSET_SCALE_ONE, NULL };

  if (count != NULL || value->unit == NULL)
    return shown;
  if (value->by_source || value->by_target)
    shown.scale = conset_scale_invert (conset_unit_scale (value->unit));
  else
    shown.unit = value->unit;
  return shown;
}

double
conset_shown_number (const ConsetShown *shown, double number)
{
  if (shown->unit != NULL)
    return conset_unit_from_base (shown->unit, number);
  return conset_scale_apply (shown->scale, number);
}

char *
conset_value_show_number (const ConsetValue *value, double number)
{
  const ConsetUnit *unit = value != NULL ? value->unit : NULL;
  GString *out = g_string_new (NULL);

  if (unit != NULL)
    number = conset_scale_apply (conset_scale_invert (conset_unit_scale (unit)), number);
  conset_append_double (out, number);
  if (unit != NULL)
    g_string_append_printf (out, " %s", conset_unit_name (unit));
  return g_string_free (out, FALSE);
}

/* }}} */
