/* SPDX-License-Identifier: MIT */
/*
 * Comparisons and conditions, by the kinds of their operands: between numbers they are True or
 * False, exact between integers; as soon as a value set takes part they are a value set, which is 1
 * or 0. All else does not compare.
 */
#include "comparisons.h"

#include "formulas.h"
#include "operations.h"

#include <math.h>

ConsetTruth
conset_lang_value_truth (const ConsetLangValue *value)
{
  switch (value->kind)
    {
    case CONSET_LANG_BOOLEAN:
      return value->boolean ? CONSET_TRUTH_YES : CONSET_TRUTH_NO;
    case CONSET_LANG_INTEGER:
      return value->integer.magnitude != 0 ? CONSET_TRUTH_YES : CONSET_TRUTH_NO;
    case CONSET_LANG_REAL:
      return value->real != 0.0 ? CONSET_TRUTH_YES : CONSET_TRUTH_NO;
    case CONSET_LANG_VALUE:
    case CONSET_LANG_FORMULA:
      return CONSET_TRUTH_VARIES;
    default:
      return CONSET_TRUTH_NONE;
    }
}

static void
become_boolean (ConsetLangValue *value, gboolean boolean)
{
  conset_lang_value_clear (value);
  *value = (ConsetLangValue){ .kind = CONSET_LANG_BOOLEAN, .boolean = boolean };
}

/* Comparisons */

/* What nan is to any number. */
#define UNORDERED 2

/* Whether @sign holds where the left operand is less than (-1), equal to (0), greater than (1) or
 * none of them (UNORDERED) as against the right one. */
static gboolean
sign_holds (char sign, int order)
{
  if (order == UNORDERED)
    return sign == CONSET_SIGN_NOT_EQUAL;
  switch (sign)
    {
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case CONSET_SIGN_LESS_EQUAL:
      return order <= 0;
    case CONSET_SIGN_GREATER_EQUAL:
      return order >= 0;
    case CONSET_SIGN_EQUAL:
      return order == 0;
    default:
      return order != 0;
    }
}

static int
numbers_order (const ConsetLangValue *left, const ConsetLangValue *right)
{
  ConsetLangValue a = *left, b = *right;

  if (conset_lang_value_to_integer (&a, NULL) && conset_lang_value_to_integer (&b, NULL))
    return conset_integer_compare (a.integer, b.integer);
  a = *left;
  b = *right;
  conset_lang_value_to_double (&a, NULL);
  conset_lang_value_to_double (&b, NULL);
  if (isnan (a.real) || isnan (b.real))
    return UNORDERED;
  return (a.real > b.real) - (a.real < b.real);
}

static ConsetValue *
values_compare (char sign, ConsetValue *a, ConsetValue *b)
{
  switch (sign)
    {
    case '<':
      return conset_value_less (a, b);
    case '>':
      return conset_value_greater (a, b);
    case CONSET_SIGN_LESS_EQUAL:
      return conset_value_less_equal (a, b);
    case CONSET_SIGN_GREATER_EQUAL:
      return conset_value_greater_equal (a, b);
    case CONSET_SIGN_EQUAL:
      return conset_value_equal (a, b);
    default:
      return conset_value_not_equal (a, b);
    }
}

/* Moves the value set that @operand is or converts to out of it. */
static ConsetValue *
steal_value (ConsetLangValue *operand)
{
  operand->kind = CONSET_LANG_NONE;
  return operand->value;
}

gboolean
conset_lang_value_compare (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  ConsetValue *a;

  if (conset_lang_value_is_formula (left) || conset_lang_value_is_formula (right))
    return conset_formulas_combine (sign, left, right, error);
  if (conset_lang_value_is_number (left) && conset_lang_value_is_number (right))
    {
      become_boolean (left, sign_holds (sign, numbers_order (left, right)));
      return TRUE;
    }
  if (!conset_operand_convert (sign, left, right, left, conset_lang_value_to_value, error)
      || !conset_operand_convert (sign, left, right, right, conset_lang_value_to_value, error))
    return FALSE;
  a = steal_value (left);
  conset_lang_value_take_value (left, values_compare (sign, a, steal_value (right)));
  return conset_lang_value_check (left, error);
}

/* Conditions */

gboolean
conset_lang_value_to_truth (ConsetLangValue *value, GError **error)
{
  g_autofree char *found = NULL;

  if (conset_lang_value_truth (value) != CONSET_TRUTH_NONE
      || conset_lang_value_to_value (value, NULL))
    return TRUE;
  found = conset_lang_value_describe (value);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "a condition, such as i < j, is needed, not %s", found);
  return FALSE;
}

/* A condition as a value set. */
static ConsetValue *
steal_condition (ConsetLangValue *operand)
{
  if (operand->kind == CONSET_LANG_BOOLEAN)
    *operand = (ConsetLangValue){ .kind = CONSET_LANG_INTEGER,
                                  .integer = { FALSE, operand->boolean ? 1 : 0 } };
  conset_lang_value_to_value (operand, NULL);
  return steal_value (operand);
}

gboolean
conset_lang_value_join (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  gboolean is_and = sign == CONSET_SIGN_AND;
  ConsetTruth a, b;
  ConsetValue *value;

  if (conset_lang_value_is_formula (left) || conset_lang_value_is_formula (right))
    return conset_formulas_combine (sign, left, right, error);
  if (!conset_operand_convert (sign, left, right, left, conset_lang_value_to_truth, error)
      || !conset_operand_convert (sign, left, right, right, conset_lang_value_to_truth, error))
    return FALSE;
  a = conset_lang_value_truth (left);
  b = conset_lang_value_truth (right);
  if (a != CONSET_TRUTH_VARIES && b != CONSET_TRUTH_VARIES)
    {
      become_boolean (left, is_and ? a == CONSET_TRUTH_YES && b == CONSET_TRUTH_YES
                                   : a == CONSET_TRUTH_YES || b == CONSET_TRUTH_YES);
      return TRUE;
    }
  value = steal_condition (left);
  conset_lang_value_take_value (left, is_and ? conset_value_and (value, steal_condition (right))
                                             : conset_value_or (value, steal_condition (right)));
  return conset_lang_value_check (left, error);
}

gboolean
conset_lang_value_not (ConsetLangValue *operand, GError **error)
{
  ConsetTruth truth;

  if (conset_lang_value_is_formula (operand))
    return conset_formula_negate (CONSET_SIGN_NOT, operand, error);
  if (!conset_operand_convert (CONSET_SIGN_NOT, NULL, operand, operand, conset_lang_value_to_truth,
                               error))
    return FALSE;
  truth = conset_lang_value_truth (operand);
  if (truth == CONSET_TRUTH_VARIES)
    conset_lang_value_take_value (operand, conset_value_not (steal_value (operand)));
  else
    become_boolean (operand, truth == CONSET_TRUTH_NO);
  return conset_lang_value_check (operand, error);
}

gboolean
conset_lang_value_choose (ConsetLangValue *condition,
                          ConsetLangValue *a,
                          ConsetLangValue *b,
                          GError **error)
{
  ConsetTruth truth = conset_lang_value_truth (condition);
  ConsetValue *value;

  if (conset_lang_value_is_formula (condition))
    return conset_formulas_choose (condition, a, b, error);
  if (truth != CONSET_TRUTH_VARIES)
    {
      ConsetLangValue *dropped = truth == CONSET_TRUTH_YES ? b : a;

      conset_lang_value_clear (condition);
      conset_lang_value_clear (dropped);
      if (dropped == b)
        return TRUE;
      *a = *b;
      b->kind = CONSET_LANG_NONE;
      return TRUE;
    }
  if (!conset_lang_value_to_value (a, error) || !conset_lang_value_to_value (b, error))
    return FALSE;
  value = steal_value (a);
  conset_lang_value_take_value (
    a, conset_value_where (steal_value (condition), value, steal_value (b)));
  return conset_lang_value_check (a, error);
}
