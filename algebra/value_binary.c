/* SPDX-License-Identifier: MIT */
/*
 * Operations on two values: arithmetic, comparisons, `and` and `or`, min and max, remainders,
 * angles and distances. Each is an entry of a table and a public function.
 *
 * An operand that is the same all along a line enters a loop as a number, not as a block.
 *
 * Reducers: to multiply or divide by one of a unit attaches the unit (value_unit.c), to the number
 * that stands beside it if there is one: i * 0.07 * mm is i * (0.07 * mm), 2 * (i * mm) is 2 * mm *
 * i.
 */
#include "value_fold.h"

#include <conset/set.h>

#include "kernels.h"

#include <math.h>

/* @sign stands between the operands, which bind at least as strongly as @left and @right; an
 * operator without one is written as a function. */
typedef struct
{
  const char *name;
  double (*number) (double x, double y);
  const char *sign;
  ConsetValuePrecedence precedence;
  ConsetValuePrecedence left;
  ConsetValuePrecedence right;
  ConsetUnitRule units;
} BinaryOperator;

#define SIGNED(name, number, sign, own, left, right, units)                                        \
  {                                                                                                \
    name, number, sign, CONSET_VALUE_PREC_##own, CONSET_VALUE_PREC_##left,                         \
      CONSET_VALUE_PREC_##right, CONSET_UNITS_##units                                              \
  }
#define FUNCTION(name, number, units) SIGNED (name, number, NULL, ATOM, LEAST, LEAST, units)
#define COMPARISON(name, number, sign) SIGNED (name, number, sign, COMPARISON, SUM, SUM, COMPARED)

static const BinaryOperator binary_operators[CONSET_N_BINARY] = {
  [CONSET_BINARY_ADD] = SIGNED ("add", conset_number_add, " + ", SUM, SUM, PRODUCT, SAME),
  [CONSET_BINARY_SUBTRACT] =
    SIGNED ("subtract", conset_number_subtract, " - ", SUM, SUM, PRODUCT, SAME),
  [CONSET_BINARY_MULTIPLY] =
    SIGNED ("multiply", conset_number_multiply, " * ", PRODUCT, PRODUCT, UNARY, PRODUCT),
  [CONSET_BINARY_DIVIDE] =
    SIGNED ("divide", conset_number_divide, " / ", PRODUCT, PRODUCT, UNARY, QUOTIENT),
  [CONSET_BINARY_MOD] = SIGNED ("mod", conset_pinned_mod, " % ", PRODUCT, PRODUCT, UNARY, SAME),
  [CONSET_BINARY_POWER] = SIGNED ("power", conset_number_power, " ** ", POWER, ATOM, UNARY, POWER),
  [CONSET_BINARY_MIN] = FUNCTION ("min", conset_number_min, SAME),
  [CONSET_BINARY_MAX] = FUNCTION ("max", conset_number_max, SAME),
  [CONSET_BINARY_ATAN2] = FUNCTION ("atan2", conset_pinned_atan2, COMPARED),
  [CONSET_BINARY_HYPOT] = FUNCTION ("hypot", conset_pinned_hypot, SAME),
  [CONSET_BINARY_LESS] = COMPARISON ("less", conset_number_less, " < "),
  [CONSET_BINARY_LESS_EQUAL] = COMPARISON ("less_equal", conset_number_less_equal, " <= "),
  [CONSET_BINARY_GREATER] = COMPARISON ("greater", conset_number_greater, " > "),
  [CONSET_BINARY_GREATER_EQUAL] = COMPARISON ("greater_equal", conset_number_greater_equal, " >= "),
  [CONSET_BINARY_EQUAL] = COMPARISON ("equal", conset_number_equal, " == "),
  [CONSET_BINARY_NOT_EQUAL] = COMPARISON ("not_equal", conset_number_not_equal, " != "),
  [CONSET_BINARY_AND] = SIGNED ("and", conset_number_both, " and ", AND, AND, NOT, PURE),
  [CONSET_BINARY_OR] = SIGNED ("or", conset_number_either, " or ", OR, OR, AND, PURE),
};

typedef struct
{
  ConsetValue base;
  ConsetBinary op;
} BinaryValue;

static void
binary_print (const ConsetValue *value, GString *out)
{
  const BinaryOperator *op = &binary_operators[((const BinaryValue *) value)->op];

  if (op->sign == NULL)
    g_string_append_printf (out, "%s(", op->name);
  conset_value_print (value->children[0], op->left, out);
  g_string_append (out, op->sign != NULL ? op->sign : ", ");
  conset_value_print (value->children[1], op->right, out);
  if (op->sign == NULL)
    g_string_append_c (out, ')');
}

static double
binary_at (const ConsetValue *value, const ConsetPlace *place)
{
  return binary_operators[((const BinaryValue *) value)->op].number (
    conset_value_child_at (value, 0, place), conset_value_child_at (value, 1, place));
}

/* Of two blocks the one that occupies more is filled first, see value_plan.c. */
static void
fill_from_blocks (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  const ConsetArithmetic *loops = conset_arithmetic ();
  ConsetBinary op = ((const BinaryValue *) step->value)->op;
  guint first = step->children[1]->blocks > step->children[0]->blocks;
  double *other;

  conset_value_step_fill (step->children[first], places, out);
  other = conset_value_plan_borrow (step->plan);
  conset_value_step_fill (step->children[1 - first], places, other);
  (first == 0 ? loops->binary[op] : loops->reversed[op]) (out, other, places->n);
  conset_value_plan_give_back (step->plan, other);
}

static void
binary_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  const ConsetArithmetic *loops = conset_arithmetic ();
  ConsetBinary op = ((const BinaryValue *) step->value)->op;
  ConsetValueStep *a = step->children[0], *b = step->children[1];

  if (a->uniform)
    {
      conset_value_step_fill (b, places, out);
      loops->number_by[op](out, a->number, places->n);
    }
  else if (b->uniform)
    {
      conset_value_step_fill (a, places, out);
      loops->by_number[op](out, b->number, places->n);
    }
  else
    fill_from_blocks (step, places, out);
}

/* {{{ where it is not 0 */

/* The sets of both operands, either of which may be NULL for all pairs; consumes both. */
static Conset *
meet_supports (Conset *a, Conset *b)
{
  if (a == NULL || b == NULL)
    return a != NULL ? a : b;
  return conset_intersect (a, b);
}

static Conset *
join_supports (Conset *a, Conset *b)
{
  if (a != NULL && b != NULL)
    return conset_union (a, b);
  g_clear_pointer (&a, conset_unref);
  g_clear_pointer (&b, conset_unref);
  return NULL;
}

/* Whether @op makes 0 of zeros, of whatever sign. */
static gboolean
keeps_zeros (ConsetBinary op)
{
  double (*number) (double, double) = binary_operators[op].number;

  return fabs (number (0.0, 0.0)) + fabs (number (0.0, -0.0)) + fabs (number (-0.0, 0.0))
           + fabs (number (-0.0, -0.0))
         == 0.0;
}

/* Of a comparison with a number it is often an index that tells. @sign is how @value stands to
 * @number. */
static Conset *
compared_support (ConsetBinary sign, const ConsetValue *value, double number)
{
  if (sign != CONSET_BINARY_LESS && sign != CONSET_BINARY_LESS_EQUAL)
    return NULL;
  return conset_value_below (value, number, sign == CONSET_BINARY_LESS_EQUAL);
}

/* a < b is b > a. */
static ConsetBinary
sign_reversed (ConsetBinary op)
{
  return op == CONSET_BINARY_GREATER         ? CONSET_BINARY_LESS
         : op == CONSET_BINARY_GREATER_EQUAL ? CONSET_BINARY_LESS_EQUAL
                                             : CONSET_N_BINARY;
}

static Conset *
binary_support (const ConsetValue *value)
{
  const ConsetValue *a = value->children[0], *b = value->children[1];
  ConsetBinary op = ((const BinaryValue *) value)->op;
  double (*number) (double, double) = binary_operators[op].number;
  Conset *support = NULL;
  double x = 0.0, y = 0.0;

  if (conset_value_is_fixed (b, &y))
    {
      support = compared_support (op, a, y);
      if (support == NULL && fabs (number (0.0, y)) + fabs (number (-0.0, y)) == 0.0)
        support = conset_value_support (a);
    }
  else if (conset_value_is_fixed (a, &x))
    {
      support = compared_support (sign_reversed (op), b, x);
      if (support == NULL && fabs (number (x, 0.0)) + fabs (number (x, -0.0)) == 0.0)
        support = conset_value_support (b);
    }
  else if (op == CONSET_BINARY_DIVIDE)
    support = conset_value_support (a);
  else if (op == CONSET_BINARY_MULTIPLY || op == CONSET_BINARY_AND)
    support = meet_supports (conset_value_support (a), conset_value_support (b));
  else if (keeps_zeros (op))
    support = join_supports (conset_value_support (a), conset_value_support (b));
  return support;
}

/* A multiple of what only falls or rises does so, too. */
static gboolean
binary_by_distance (const ConsetValue *value, double distance, double *number)
{
  const ConsetValue *a = value->children[0], *b = value->children[1];
  ConsetBinary op = ((const BinaryValue *) value)->op;
  double factor;

  if (op == CONSET_BINARY_MULTIPLY && conset_value_is_fixed (a, &factor))
    {
      if (!conset_value_by_distance (b, distance, number))
        return FALSE;
      *number = factor * *number;
      return TRUE;
    }
  if ((op != CONSET_BINARY_MULTIPLY && op != CONSET_BINARY_DIVIDE)
      || !conset_value_is_fixed (b, &factor) || !conset_value_by_distance (a, distance, number))
    return FALSE;
  *number = op == CONSET_BINARY_MULTIPLY ? *number * factor : *number / factor;
  return TRUE;
}

/* }}} */

static const ConsetValueClass conset_value_binary_class = {
  .name = "arithmetic",
  .struct_size = sizeof (BinaryValue),
  .print = binary_print,
  .at = binary_at,
  .fill = binary_fill,
  .support = binary_support,
  .by_distance = binary_by_distance,
};

/* Reducers of units */

static gboolean
is_pure_number (const ConsetValue *value)
{
  return value->unit == NULL && conset_value_is_constant (value, NULL);
}

/* a * (number * unit) or (number * unit) * b in place of @value, which is consumed, times @unit. */
static ConsetValue *
attach_to_factor (ConsetValue *value, guint which, const ConsetUnit *unit, int power)
{
  ConsetValue *factors[] = { conset_value_ref (value->children[0]),
                             conset_value_ref (value->children[1]) };

  conset_value_unref (value);
  factors[which] = conset_value_attach (factors[which], unit, power);
  return conset_value_multiply (factors[0], factors[1]);
}

static ConsetValue *
attach_beside_number (ConsetValue *value, const ConsetUnit *unit, int power)
{
  gboolean is_product = value->klass == &conset_value_binary_class && value->unit == NULL
                        && ((BinaryValue *) value)->op == CONSET_BINARY_MULTIPLY;

  for (guint which = 2; is_product && which-- > 0;)
    if (is_pure_number (value->children[which]))
      return attach_to_factor (value, which, unit, power);
  return conset_value_attach (value, unit, power);
}

/* @number times @attached, which is x * unit. Consumes both. */
static ConsetValue *
attach_to_number (ConsetValue *number, ConsetValue *attached, const ConsetUnit *unit, guint which)
{
  ConsetValue *x = conset_value_ref (attached->children[0]);

  conset_value_unref (attached);
  number = conset_value_attach (number, unit, 1);
  return which == 0 ? conset_value_multiply (number, x) : conset_value_multiply (x, number);
}

/* NULL if the operands stay as they are. */
static ConsetValue *
reduce_units (ConsetBinary op, ConsetValue *a, ConsetValue *b)
{
  gboolean multiplies = op == CONSET_BINARY_MULTIPLY;
  const ConsetUnit *unit;

  if (!multiplies && op != CONSET_BINARY_DIVIDE)
    return NULL;
  if (conset_value_is_unit (b) || (multiplies && conset_value_is_unit (a)))
    {
      ConsetValue *one = conset_value_is_unit (b) ? b : a, *other = one == b ? a : b;

      unit = one->unit;
      conset_value_unref (one);
      return attach_beside_number (other, unit, multiplies ? 1 : -1);
    }
  if (multiplies && is_pure_number (a) && conset_value_is_attached (b, &unit))
    return attach_to_number (a, b, unit, 0);
  if (multiplies && is_pure_number (b) && conset_value_is_attached (a, &unit))
    return attach_to_number (b, a, unit, 1);
  return NULL;
}

static ConsetValue *
binary_new (ConsetBinary op, ConsetValue *a, ConsetValue *b)
{
  ConsetValue *value = conset_value_absorb (binary_operators[op].name, &a, &b);
  BinaryValue *self;

  if (value == NULL)
    value = reduce_units (op, a, b);
  if (value != NULL)
    return value;
  self = conset_value_new (&conset_value_binary_class);
  self->op = op;
  self->base.precedence = binary_operators[op].precedence;
  self->base.total = a->total && b->total;
  conset_value_adopt (self, a);
  conset_value_adopt (self, b);
  return conset_value_fold (self, binary_operators[op].units);
}

#define BINARY_FUNCTION(NAME, name)                                                                \
  ConsetValue *conset_value_##name (ConsetValue *a, ConsetValue *b)                                \
  {                                                                                                \
    return binary_new (CONSET_BINARY_##NAME, a, b);                                                \
  }

BINARY_FUNCTION (ADD, add)
BINARY_FUNCTION (SUBTRACT, subtract)
BINARY_FUNCTION (MULTIPLY, multiply)
BINARY_FUNCTION (DIVIDE, divide)
BINARY_FUNCTION (MOD, mod)
BINARY_FUNCTION (POWER, power)
BINARY_FUNCTION (MIN, min)
BINARY_FUNCTION (MAX, max)
BINARY_FUNCTION (ATAN2, atan2)
BINARY_FUNCTION (HYPOT, hypot)
BINARY_FUNCTION (LESS, less)
BINARY_FUNCTION (LESS_EQUAL, less_equal)
BINARY_FUNCTION (GREATER, greater)
BINARY_FUNCTION (GREATER_EQUAL, greater_equal)
BINARY_FUNCTION (EQUAL, equal)
BINARY_FUNCTION (NOT_EQUAL, not_equal)

ConsetValue *
conset_value_and (ConsetValue *a, ConsetValue *b)
{
  return binary_new (CONSET_BINARY_AND, a, b);
}

ConsetValue *
conset_value_or (ConsetValue *a, ConsetValue *b)
{
  return binary_new (CONSET_BINARY_OR, a, b);
}
