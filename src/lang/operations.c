/* SPDX-License-Identifier: MIT */
/*
 * The signs of the language, by the kinds of their operands:
 *
 *   number and number        arithmetic, exact between integers except for /
 *   operator * operator      composition
 *   operator * set           application
 *   index set and index set  the algebra of index sets
 *   list + list              both lists, one behind the other, as in Python
 *   all other                the algebra of sets
 *
 * A list beside a set is one of pairs, a list or a pair beside an index set an index set.
 */
#include "operations.h"

#include "operator.h"
#include "sequence.h"

#include <math.h>

static gboolean G_GNUC_PRINTF (5, 6) operation_fail (char sign,
                                                     const ConsetLangValue *left,
                                                     const ConsetLangValue *right,
                                                     GError **error,
                                                     const char *format,
                                                     ...)
{
  g_autofree char *a = left != NULL ? conset_lang_value_to_string (left) : g_strdup ("");
  g_autofree char *b = conset_lang_value_to_string (right);
  const char *blank = left != NULL ? " " : "";
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (
    error, g_error_new_valist (CONSET_ERROR, CONSET_ERROR_COMPOSITION, format, arguments));
  va_end (arguments);
  g_prefix_error (error, "%s%s%c%s%s: ", a, blank, sign, blank, b);
  return FALSE;
}

/* Converts an operand in place; a failure names the operation. */
static gboolean
operand_convert (char sign,
                 ConsetLangValue *left,
                 ConsetLangValue *right,
                 ConsetLangValue *operand,
                 gboolean (*convert) (ConsetLangValue *, GError **),
                 GError **error)
{
  g_autoptr (GError) cause = NULL;

  return convert (operand, &cause)
         || operation_fail (sign, left, right, error, "%s", cause->message);
}

/* Numbers */

static gboolean
integers_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  ConsetInteger a = left->integer;
  ConsetInteger b = sign == '-' ? conset_integer_negate (right->integer) : right->integer;
  gboolean fits = sign == '*' ? conset_integer_multiply (a, b, &left->integer)
                              : conset_integer_add (a, b, &left->integer);

  return fits
         || operation_fail (sign, left, right, error,
                            "the result does not fit 64 bits; "
                            "write one operand as a real, such as 1.0");
}

static gboolean
reals_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  ConsetLangValue a = *left;
  ConsetLangValue b = *right;
  double result;

  if (!conset_lang_value_to_real (&a, error) || !conset_lang_value_to_real (&b, error))
    return FALSE;
  if (sign == '/' && b.real == 0)
    return operation_fail (sign, left, right, error, "division by zero");

  result = sign == '+'   ? a.real + b.real
           : sign == '-' ? a.real - b.real
           : sign == '*' ? a.real * b.real
                         : a.real / b.real;
  if (!isfinite (result))
    return operation_fail (sign, left, right, error, "the result is too large for a real");
  left->kind = CONSET_LANG_REAL;
  left->real = result;
  return TRUE;
}

static gboolean
numbers_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  if (sign == '|' || sign == '^')
    return operation_fail (sign, left, right, error, "'%c' joins sets, not numbers", sign);
  if (sign != '/' && left->kind == CONSET_LANG_INTEGER && right->kind == CONSET_LANG_INTEGER)
    return integers_combine (sign, left, right, error);
  return reals_combine (sign, left, right, error);
}

/* Operators */

static gboolean
operator_compose (ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  left->op = conset_operator_compose (left->op, right->op, error);
  right->kind = CONSET_LANG_NONE;
  if (left->op != NULL)
    return TRUE;
  left->kind = CONSET_LANG_NONE;
  return FALSE;
}

static gboolean
operator_apply (ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  g_auto (ConsetLangValue) op = *left;

  *left = *right;
  right->kind = CONSET_LANG_NONE;
  return conset_operator_apply (op.op, left, error);
}

static gboolean
operator_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  if (left->kind != CONSET_LANG_OPERATOR)
    return operation_fail (sign, left, right, error,
                           "an operator stands to the left of its set; "
                           "put the operator and its set in parentheses");
  if (sign != '*')
    return operation_fail (sign, left, right, error,
                           "an operator is applied to a set with '*', not with '%c'", sign);
  if (right->kind == CONSET_LANG_OPERATOR)
    return operator_compose (left, right, error);
  return operator_apply (left, right, error);
}

/* Index sets */

static ConsetIntervals *
intervals_symmetric_difference (ConsetIntervals *a, ConsetIntervals *b)
{
  ConsetIntervals *only_a =
    conset_intervals_difference (conset_intervals_ref (a), conset_intervals_ref (b));

  return conset_intervals_union (only_a, conset_intervals_difference (b, a));
}

static ConsetIntervals *
intervals_operate (char sign, ConsetIntervals *a, ConsetIntervals *b)
{
  switch (sign)
    {
    case '-':
      return conset_intervals_difference (a, b);
    case '*':
      return conset_intervals_intersect (a, b);
    case '^':
      return intervals_symmetric_difference (a, b);
    default:
      return conset_intervals_union (a, b);
    }
}

static gboolean
intervals_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  const ConsetLangValue *other = left->kind == CONSET_LANG_INTERVALS ? right : left;

  if (other->kind == CONSET_LANG_SET)
    return operation_fail (sign, left, right, error,
                           "an index set and a set of connections do not mix; "
                           "make a set of index sets with cross(sources, targets)");
  if (conset_lang_value_is_number (other))
    return operation_fail (sign, left, right, error,
                           "an index set and a number do not mix; write ival(i, i) for one index");
  if (!operand_convert (sign, left, right, left, conset_lang_value_to_intervals, error)
      || !operand_convert (sign, left, right, right, conset_lang_value_to_intervals, error))
    return FALSE;

  left->intervals = intervals_operate (sign, left->intervals, right->intervals);
  right->kind = CONSET_LANG_NONE;
  return conset_intervals_check (left->intervals, error);
}

/* Lists and sets */

static gboolean
lists_append (ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  left->sequence = conset_sequence_append (left->sequence, right->sequence, error);
  if (left->sequence != NULL)
    return TRUE;
  left->kind = CONSET_LANG_NONE;
  return FALSE;
}

static Conset *
sets_operate (char sign, Conset *a, Conset *b)
{
  switch (sign)
    {
    case '+':
      return conset_sum (a, b);
    case '-':
      return conset_difference (a, b);
    case '*':
      return conset_intersect (a, b);
    case '^':
      return conset_symmetric_difference (a, b);
    default:
      return conset_union (a, b);
    }
}

static gboolean
sets_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  if (!operand_convert (sign, left, right, left, conset_lang_value_to_set, error)
      || !operand_convert (sign, left, right, right, conset_lang_value_to_set, error))
    return FALSE;
  left->set = sets_operate (sign, left->set, right->set);
  right->kind = CONSET_LANG_NONE;
  return conset_check (left->set, error);
}

gboolean
conset_lang_value_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  if (conset_lang_value_is_number (left) && conset_lang_value_is_number (right))
    return numbers_combine (sign, left, right, error);
  if (sign == '/')
    return operation_fail (sign, left, right, error, "'/' divides numbers only");
  if (left->kind == CONSET_LANG_OPERATOR || right->kind == CONSET_LANG_OPERATOR)
    return operator_combine (sign, left, right, error);
  if (left->kind == CONSET_LANG_INTERVALS || right->kind == CONSET_LANG_INTERVALS)
    return intervals_combine (sign, left, right, error);
  if (sign == '+' && left->kind == CONSET_LANG_LIST && right->kind == CONSET_LANG_LIST)
    return lists_append (left, right, error);
  return sets_combine (sign, left, right, error);
}

static gboolean
value_complement (ConsetLangValue *operand, GError **error)
{
  if (operand->kind == CONSET_LANG_INTERVALS)
    operand->intervals = conset_intervals_complement (operand->intervals);
  else if (operand_convert ('~', NULL, operand, operand, conset_lang_value_to_set, error))
    operand->set = conset_complement (operand->set);
  else
    return FALSE;
  return conset_lang_value_check (operand, error);
}

gboolean
conset_lang_value_negate (char sign, ConsetLangValue *operand, GError **error)
{
  if (sign == '~')
    return value_complement (operand, error);
  if (!conset_lang_value_is_number (operand))
    return operation_fail (sign, NULL, operand, error,
                           "the sign '%c' goes before numbers; "
                           "the complement of a set is written '~'",
                           sign);
  if (sign == '-' && operand->kind == CONSET_LANG_REAL)
    operand->real = -operand->real;
  else if (sign == '-')
    operand->integer = conset_integer_negate (operand->integer);
  return TRUE;
}
