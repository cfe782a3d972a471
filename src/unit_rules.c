/* SPDX-License-Identifier: MIT */
/*
 * Which units the children of a value may have, and what its own is then.
 *
 * Since quantities are computed in base units, the rules look at units alone, never at numbers,
 * but for the exponent of a power.
 */
#include "value.h"

/* Ends a sentence about @value. */
static char *
what_it_is_in (const ConsetValue *value)
{
  g_autofree char *text = conset_value_describe (value);

  if (value->unit == NULL)
    return g_strdup_printf ("%s is a pure number", text);
  return g_strdup_printf ("%s is in %s", text, conset_unit_name (value->unit));
}

static char *
text_of_unit (const ConsetUnit *unit, ConsetValuePrecedence least)
{
  GString *out = g_string_new (NULL);

  conset_unit_print (unit, least, out);
  return g_string_free (out, FALSE);
}

char *
conset_value_impurity (const ConsetValue *value)
{
  g_autofree char *what = NULL, *unit = NULL;

  if (value->unit == NULL)
    return NULL;
  what = what_it_is_in (value);
  unit = text_of_unit (value->unit, CONSET_VALUE_PREC_SUM);
  return g_strdup_printf ("%s, but a pure number is needed; divide it by a quantity of the same "
                          "kind, such as %s",
                          what, unit);
}

static char *
find_impurity (const ConsetValue *value, guint first, guint end)
{
  char *problem = NULL;

  for (guint k = first; problem == NULL && k < end; k++)
    problem = conset_value_impurity (value->children[k]);
  return problem;
}

static char *
find_uncounted (const ConsetValue *value)
{
  for (guint k = 0; k < value->n_children; k++)
    if (value->children[k]->unit != NULL)
      {
        GString *text = g_string_new (NULL);
        g_autofree char *unit = text_of_unit (value->children[k]->unit, CONSET_VALUE_PREC_UNARY);

        conset_value_print (value->children[k], CONSET_VALUE_PREC_PRODUCT, text);
        g_string_append_printf (text, " / %s", unit);
        g_string_prepend (text, "what is whole depends on the unit; divide by the unit to count "
                                "in, as in ");
        return g_string_free (text, FALSE);
      }
  return NULL;
}

/* What is wrong between two children that should be of one kind. */
static char *
unlike (const ConsetValue *a, const ConsetValue *b)
{
  g_autofree char *of_a = what_it_is_in (a), *of_b = what_it_is_in (b), *unit = NULL;

  if (a->unit != NULL && b->unit != NULL)
    return g_strdup_printf ("%s, but %s, and neither converts into the other; "
                            "give both the same kind of unit",
                            of_a, of_b);
  unit = text_of_unit (a->unit != NULL ? a->unit : b->unit, CONSET_VALUE_PREC_UNARY);
  return g_strdup_printf ("%s, but %s; multiply the number by a unit such as %s, "
                          "or divide the quantity by one",
                          of_a, of_b, unit);
}

static char *
find_unlike (const ConsetValue *value, guint first)
{
  for (guint k = first + 1; k < value->n_children; k++)
    if (!conset_unit_is_alike (value->children[first]->unit, value->children[k]->unit))
      return unlike (value->children[first], value->children[k]);
  return NULL;
}

static char *
find_product (ConsetValue *value, int power)
{
  char *problem = NULL;

  if (conset_unit_multiply (value->children[0]->unit, value->children[1]->unit, power, &value->unit,
                            &problem))
    value->unit = conset_unit_strip (value->unit);
  return problem;
}

static char *
root_problem (const ConsetValue *base, const char *exponent)
{
  g_autofree char *what = what_it_is_in (base);
  g_autofree char *unit = text_of_unit (base->unit, CONSET_VALUE_PREC_SUM);

  return g_strdup_printf ("%s, and there is no unit that is %s ** %s; "
                          "divide by a quantity of the same kind before, such as %s",
                          what, conset_unit_name (base->unit), exponent, unit);
}

static char *
find_root (ConsetValue *value)
{
  const ConsetUnit *unit = value->children[0]->unit;

  if (unit == NULL || conset_unit_root (unit, &value->unit))
    return NULL;
  return root_problem (value->children[0], "0.5");
}

static gboolean
is_within (double number, double bound)
{
  return number >= -bound && number <= bound;
}

/* A whole power, or one of the square root. */
static char *
find_power (ConsetValue *value)
{
  const ConsetValue *base = value->children[0], *exponent = value->children[1];
  g_autofree char *text = conset_value_describe (exponent);
  g_autofree char *what = what_it_is_in (base);
  const ConsetUnit *unit = base->unit;
  char *problem = find_impurity (value, 1, 2);
  double number;
  int power;

  if (problem != NULL || unit == NULL)
    return problem;
  if (!conset_value_is_constant (exponent, &number))
    return g_strdup_printf ("%s, so that the exponent must be the same for all pairs, which %s is "
                            "not; divide the base by a quantity of the same kind before",
                            what, text);
  if (!is_within (number, G_MAXINT16) || 2.0 * number != (int) (2.0 * number))
    return root_problem (base, text);
  power = (int) (2.0 * number);
  if (power % 2 != 0 && !conset_unit_root (unit, &unit))
    return root_problem (base, text);
  if (conset_unit_multiply (NULL, unit, power % 2 != 0 ? power : power / 2, &value->unit, &problem))
    value->unit = conset_unit_strip (value->unit);
  return problem;
}

char *
conset_value_apply_rule (ConsetValue *value, ConsetUnitRule rule)
{
  char *problem = NULL;
  guint n_pure;

  switch (rule)
    {
    case CONSET_UNITS_PURE:
      return find_impurity (value, 0, value->n_children);
    case CONSET_UNITS_COUNT:
      return find_uncounted (value);
    case CONSET_UNITS_SAME:
      value->unit = value->children[0]->unit;
      return find_unlike (value, 0);
    case CONSET_UNITS_SAME_BUT_FIRST:
    case CONSET_UNITS_SAME_BUT_TWO:
      n_pure = rule == CONSET_UNITS_SAME_BUT_FIRST ? 1 : 2;
      problem = find_impurity (value, 0, n_pure);
      value->unit = value->children[n_pure]->unit;
      return problem != NULL ? problem : find_unlike (value, n_pure);
    case CONSET_UNITS_COMPARED:
      return find_unlike (value, 0);
    case CONSET_UNITS_PRODUCT:
      return find_product (value, 1);
    case CONSET_UNITS_QUOTIENT:
      return find_product (value, -1);
    case CONSET_UNITS_POWER:
      return find_power (value);
    case CONSET_UNITS_ROOT:
      return find_root (value);
    case CONSET_UNITS_IGNORED:
    case CONSET_UNITS_OWN:
      return NULL;
    }
  g_return_val_if_reached (NULL);
}
