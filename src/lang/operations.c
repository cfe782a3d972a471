/* SPDX-License-Identifier: MIT */
/*
 * The signs of the language, by the kinds of their operands:
 *
 *   number and number        arithmetic, exact between integers except for /
 *   operator * operator      composition
 *   operator * operand       application
 *   value set and value set  arithmetic, for each pair of indices
 *   numbers and values with a connection set of one value
 *                            arithmetic, for each connection
 *   index set and index set  the algebra of index sets
 *   list + list              both lists, one behind the other, as in Python
 *   projection * geometry    application; projection * projection, composition
 *   geometry * unit          positions in a unit; geometry / unit, how many of it they are
 *   formulas and numbers     arithmetic, for each position
 *   all other                the algebra of sets
 *
 * A number beside a value set is one that is the same everywhere, and so are degrees a value set
 * that is drawn beside one, or beside a number; a list beside a set is one of pairs, a list or a
 * pair beside an index set an index set.
 */
#include "operations.h"

#include "comparisons.h"
#include "formulas.h"
#include "operator.h"
#include "sequence.h"

#include <math.h>

static const char *
sign_text (char sign)
{
  static const struct
  {
    char sign;
    const char *text;
  } signs[] = {
    { '+', "+" },
    { '-', "-" },
    { '*', "*" },
    { '/', "/" },
    { '%', "%" },
    { '|', "|" },
    { '^', "^" },
    { '~', "~" },
    { '<', "<" },
    { '>', ">" },
    { CONSET_SIGN_POWER, "**" },
    { CONSET_SIGN_LESS_EQUAL, "<=" },
    { CONSET_SIGN_GREATER_EQUAL, ">=" },
    { CONSET_SIGN_EQUAL, "==" },
    { CONSET_SIGN_NOT_EQUAL, "!=" },
    { CONSET_SIGN_AND, "and" },
    { CONSET_SIGN_OR, "or" },
    { CONSET_SIGN_NOT, "not " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (signs[i].sign == sign)
      return signs[i].text;
  g_return_val_if_reached ("");
}

gboolean
conset_operation_fail (char sign,
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
  g_prefix_error (error, "%s%s%s%s%s: ", a, blank, sign_text (sign), blank, b);
  return FALSE;
}

/* Converts an operand in place; a failure names the operation. */
gboolean
conset_operand_convert (char sign,
                        ConsetLangValue *left,
                        ConsetLangValue *right,
                        ConsetLangValue *operand,
                        gboolean (*convert) (ConsetLangValue *, GError **),
                        GError **error)
{
  g_autoptr (GError) cause = NULL;

  return convert (operand, &cause)
         || conset_operation_fail (sign, left, right, error, "%s", cause->message);
}

/* Numbers and value sets */

static gboolean
integers_fail (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  return conset_operation_fail (sign, left, right, error,
                                "the result does not fit 64 bits; "
                                "write one operand as a real, such as 1.0");
}

static gboolean
integers_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  ConsetInteger a = left->integer;
  ConsetInteger b = sign == '-' ? conset_integer_negate (right->integer) : right->integer;
  gboolean fits = sign == '*' ? conset_integer_multiply (a, b, &left->integer)
                              : conset_integer_add (a, b, &left->integer);

  return fits || integers_fail (sign, left, right, error);
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
    return conset_operation_fail (sign, left, right, error, "division by zero");

  result = sign == '+'   ? a.real + b.real
           : sign == '-' ? a.real - b.real
           : sign == '*' ? a.real * b.real
                         : a.real / b.real;
  if (!isfinite (result))
    return conset_operation_fail (sign, left, right, error, "the result is too large for a real");
  left->kind = CONSET_LANG_REAL;
  left->real = result;
  return TRUE;
}

static ConsetValue *
values_operate (char sign, ConsetValue *a, ConsetValue *b)
{
  switch (sign)
    {
    case '+':
      return conset_value_add (a, b);
    case '-':
      return conset_value_subtract (a, b);
    case '*':
      return conset_value_multiply (a, b);
    case '/':
      return conset_value_divide (a, b);
    case '%':
      return conset_value_mod (a, b);
    default:
      return conset_value_power (a, b);
    }
}

static gboolean
is_connection_set (const ConsetLangValue *value)
{
  return value->kind == CONSET_LANG_SET && conset_arity (value->set) > 0;
}

static gboolean
is_numeric (const ConsetLangValue *value)
{
  return conset_lang_value_is_number (value) || value->kind == CONSET_LANG_VALUE;
}

/* The only value of a connection set, in place of the set; NULL where there are more. */
static ConsetValue *
only_value (
  char sign, ConsetLangValue *left, ConsetLangValue *right, const Conset *set, GError **error)
{
  if (conset_arity (set) == 1)
    return conset_value_of (conset_ref (set), 0);
  conset_operation_fail (sign, left, right, error,
                         "the connections have %u values, and only a single one takes '%s'; "
                         "take one out with value(set, k)",
                         conset_arity (set), sign_text (sign));
  return NULL;
}

/* A number or a value set, and a connection set, whose value is changed. */
static gboolean
connection_values_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  gboolean set_first = left->kind == CONSET_LANG_SET;
  ConsetLangValue *other = set_first ? right : left;
  g_autoptr (Conset) set = conset_ref (set_first ? left->set : right->set);
  const char *name = conset_column_name (set, 0);
  ConsetValue *own, *changed;

  if (sign == '|' || sign == '^')
    return conset_operation_fail (sign, left, right, error, "'%c' joins sets", sign);
  if (!conset_operand_convert (sign, left, right, other, conset_lang_value_to_value, error))
    return FALSE;
  own = only_value (sign, left, right, set, error);
  if (own == NULL)
    return FALSE;
  changed = set_first ? values_operate (sign, own, conset_value_ref (other->value))
                      : values_operate (sign, conset_value_ref (other->value), own);
  conset_lang_value_clear (left);
  conset_lang_value_clear (right);
  *left =
    (ConsetLangValue){ .kind = CONSET_LANG_SET,
                       .set = conset_cset (conset_mask (conset_ref (set)), 1, &changed, &name) };
  return conset_check (left->set, error);
}

static gboolean
values_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  const ConsetLangValue *other = left->kind == CONSET_LANG_VALUE ? right : left;

  if (other->kind == CONSET_LANG_SET)
    return conset_operation_fail (sign, left, right, error,
                                  "a value set and a set of connections do not mix; "
                                  "random * (value set) draws a set");
  if (sign == '|' || sign == '^')
    return conset_operation_fail (sign, left, right, error, "'%c' joins sets, not value sets",
                                  sign);
  if (!conset_operand_convert (sign, left, right, left, conset_lang_value_to_value, error)
      || !conset_operand_convert (sign, left, right, right, conset_lang_value_to_value, error))
    return FALSE;

  conset_lang_value_take_value (left, values_operate (sign, left->value, right->value));
  right->kind = CONSET_LANG_NONE;
  return conset_lang_value_check (left, error);
}

/* Exact between integers where the result is one; else as value sets have it. */
static gboolean
numbers_power (ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  gboolean exact = left->kind == CONSET_LANG_INTEGER && right->kind == CONSET_LANG_INTEGER
                   && !right->integer.negative;
  ConsetInteger power;

  if (!exact)
    return values_combine (CONSET_SIGN_POWER, left, right, error);
  if (!conset_integer_power (left->integer, right->integer.magnitude, &power))
    return integers_fail (CONSET_SIGN_POWER, left, right, error);
  left->integer = power;
  return TRUE;
}

/* The remainder has the sign of the divisor, as in Python. */
static gboolean
numbers_mod (ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  if (conset_lang_value_truth (right) == CONSET_TRUTH_NO)
    return conset_operation_fail ('%', left, right, error, "division by zero");
  if (left->kind != CONSET_LANG_INTEGER || right->kind != CONSET_LANG_INTEGER)
    return values_combine ('%', left, right, error);
  left->integer = conset_integer_mod (left->integer, right->integer);
  return TRUE;
}

static gboolean
numbers_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  if (sign == CONSET_SIGN_POWER)
    return numbers_power (left, right, error);
  if (sign == '%')
    return numbers_mod (left, right, error);
  if (sign == '|' || sign == '^')
    return conset_operation_fail (sign, left, right, error, "'%c' joins sets, not numbers", sign);
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
    return conset_operation_fail (sign, left, right, error,
                                  "an operator stands to the left of what it applies to; "
                                  "put the two in parentheses");
  if (sign != '*')
    return conset_operation_fail (
      sign, left, right, error, "an operator is applied with '*', not with '%s'", sign_text (sign));
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
    return conset_operation_fail (sign, left, right, error,
                                  "an index set and a set of connections do not mix; "
                                  "make a set of index sets with cross(sources, targets)");
  if (conset_lang_value_is_number (other))
    return conset_operation_fail (
      sign, left, right, error,
      "an index set and a number do not mix; write ival(i, i) for one index");
  if (!conset_operand_convert (sign, left, right, left, conset_lang_value_to_intervals, error)
      || !conset_operand_convert (sign, left, right, right, conset_lang_value_to_intervals, error))
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
  if (!conset_operand_convert (sign, left, right, left, conset_lang_value_to_set, error)
      || !conset_operand_convert (sign, left, right, right, conset_lang_value_to_set, error))
    return FALSE;
  left->set = sets_operate (sign, left->set, right->set);
  right->kind = CONSET_LANG_NONE;
  return conset_check (left->set, error);
}

/* Geometries and projections */

/* geometry * unit, unit * geometry, geometry / unit */
static gboolean
geometry_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  gboolean is_first = left->kind == CONSET_LANG_GEOMETRY;
  const char *unit = conset_lang_value_get_unit (is_first ? right : left);
  ConsetGeometry *geometry = is_first ? left->geometry : right->geometry;

  if (unit == NULL || (sign != '*' && (sign != '/' || !is_first)))
    return conset_operation_fail (sign, left, right, error,
                                  "a geometry is multiplied by a unit such as mm, or divided by "
                                  "one, or a projection is applied to it; for numbers write "
                                  "affine([(2, 0), (0, 2)]) * geometry");
  (is_first ? left : right)->kind = CONSET_LANG_NONE;
  geometry = sign == '*' ? conset_geometry_in_unit (unit, geometry)
                         : conset_geometry_magnitude (unit, geometry);
  conset_lang_value_clear (left);
  conset_lang_value_clear (right);
  *left = (ConsetLangValue){ .kind = CONSET_LANG_GEOMETRY, .geometry = geometry };
  return conset_lang_value_check (left, error);
}

/* Takes what @left and @right hold; they hold nothing afterwards. */
static gboolean
projection_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  if (left->kind != CONSET_LANG_PROJECTION || sign != '*'
      || (right->kind != CONSET_LANG_PROJECTION && right->kind != CONSET_LANG_GEOMETRY))
    return conset_operation_fail (sign, left, right, error,
                                  "a projection is applied to a geometry, or another projection, "
                                  "on its right, with '*'");
  if (right->kind == CONSET_LANG_GEOMETRY)
    *left = (ConsetLangValue){ .kind = CONSET_LANG_GEOMETRY,
                               .geometry = conset_project (left->projection, right->geometry) };
  else
    left->projection = conset_projection_compose (left->projection, right->projection);
  right->kind = CONSET_LANG_NONE;
  return conset_lang_value_check (left, error);
}

/* Whether a value set stands beside @other, or something that would be one. */
static gboolean
is_valued (const ConsetLangValue *value, const ConsetLangValue *other)
{
  if (value->kind != CONSET_LANG_DEGREES)
    return value->kind == CONSET_LANG_VALUE;
  return other->kind == CONSET_LANG_DEGREES || conset_lang_value_is_number (other);
}

gboolean
conset_lang_value_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  if (conset_lang_value_is_number (left) && conset_lang_value_is_number (right))
    return numbers_combine (sign, left, right, error);
  if (left->kind == CONSET_LANG_OPERATOR || right->kind == CONSET_LANG_OPERATOR)
    return operator_combine (sign, left, right, error);
  if (left->kind == CONSET_LANG_PROJECTION || right->kind == CONSET_LANG_PROJECTION)
    return projection_combine (sign, left, right, error);
  if ((left->kind == CONSET_LANG_GEOMETRY && is_numeric (right))
      || (is_numeric (left) && right->kind == CONSET_LANG_GEOMETRY))
    return geometry_combine (sign, left, right, error);
  if (conset_lang_value_is_formula (left) || conset_lang_value_is_formula (right))
    return conset_formulas_combine (sign, left, right, error);
  if ((is_connection_set (left) && is_numeric (right))
      || (is_numeric (left) && is_connection_set (right)))
    return connection_values_combine (sign, left, right, error);
  if (is_valued (left, right) || is_valued (right, left))
    return values_combine (sign, left, right, error);
  if (sign == '/' || sign == '%' || sign == CONSET_SIGN_POWER)
    return conset_operation_fail (sign, left, right, error,
                                  "'%s' is for numbers and value sets only", sign_text (sign));
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
  else if (conset_operand_convert ('~', NULL, operand, operand, conset_lang_value_to_set, error))
    operand->set = conset_complement (operand->set);
  else
    return FALSE;
  return conset_lang_value_check (operand, error);
}

static gboolean
value_set_negate (char sign, ConsetLangValue *operand, GError **error)
{
  if (sign == '-')
    conset_lang_value_take_value (operand, conset_value_negate (operand->value));
  return conset_lang_value_check (operand, error);
}

gboolean
conset_lang_value_negate (char sign, ConsetLangValue *operand, GError **error)
{
  if (sign == '~')
    return value_complement (operand, error);
  if (conset_lang_value_is_formula (operand))
    return conset_formula_negate (sign, operand, error);
  if (operand->kind == CONSET_LANG_DEGREES && !conset_lang_value_to_value (operand, error))
    return FALSE;
  if (operand->kind == CONSET_LANG_VALUE)
    return value_set_negate (sign, operand, error);
  if (!conset_lang_value_is_number (operand))
    return conset_operation_fail (sign, NULL, operand, error,
                                  "the sign '%c' goes before numbers and value sets; "
                                  "the complement of a set is written '~'",
                                  sign);
  if (sign == '-' && operand->kind == CONSET_LANG_REAL)
    operand->real = -operand->real;
  else if (sign == '-')
    operand->integer = conset_integer_negate (operand->integer);
  return TRUE;
}
