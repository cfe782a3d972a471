/* SPDX-License-Identifier: MIT */
/*
 * Arithmetic and elementary functions of values, each an entry of one of two tables: operators
 * of one operand and of two.
 *
 * An operand that is the same all along a line enters a loop as a number, not as a block.
 *
 * Reducers: operations between constants are done at once; to multiply or divide by one of a unit
 * attaches the unit (value_unit.c), to the number that stands beside it if there is one: i * 0.07 *
 * mm is i * (0.07 * mm), and 2 * (i * mm) is 2 * mm * i.
 */
#include "value.h"

#include "kernels.h"

#include <math.h>

/* What a fold gives where the result is a number; else an error that names the operation. */
static ConsetValue *
fold (double result, const ConsetValue *unfolded)
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

/* A node of constants becomes a constant itself. */
static ConsetValue *
finish (ConsetValue *node, ConsetUnitRule rule)
{
  ConsetValue *value = conset_value_finish_as (node, rule), *folded;

  if (value->by_source || value->by_target || conset_value_error_message (value) != NULL)
    return value;
  folded = fold (find_number (value, rule), value);
  conset_value_unref (value);
  return folded;
}

/* {{{ one operand */

typedef struct
{
  const char *name;
  double (*number) (double x);
  ConsetUnitRule units;
} UnaryOperator;

/* -x is written as such, all others as functions. */
static const UnaryOperator unary_operators[CONSET_N_UNARY] = {
  [CONSET_UNARY_NEGATE] = { "negate", conset_number_negate, CONSET_UNITS_SAME },
  [CONSET_UNARY_ABS] = { "abs", conset_number_abs, CONSET_UNITS_SAME },
  [CONSET_UNARY_SQRT] = { "sqrt", conset_number_sqrt, CONSET_UNITS_ROOT },
  [CONSET_UNARY_FLOOR] = { "floor", conset_number_floor, CONSET_UNITS_COUNT },
  [CONSET_UNARY_CEIL] = { "ceil", conset_number_ceil, CONSET_UNITS_COUNT },
  [CONSET_UNARY_EXP] = { "exp", conset_pinned_exp, CONSET_UNITS_PURE },
  [CONSET_UNARY_LOG] = { "log", conset_pinned_log, CONSET_UNITS_PURE },
  [CONSET_UNARY_SIN] = { "sin", conset_pinned_sin, CONSET_UNITS_PURE },
  [CONSET_UNARY_COS] = { "cos", conset_pinned_cos, CONSET_UNITS_PURE },
  [CONSET_UNARY_TANH] = { "tanh", conset_pinned_tanh, CONSET_UNITS_PURE },
};

typedef struct
{
  ConsetValue base;
  ConsetUnary op;
} UnaryValue;

static void
unary_print (const ConsetValue *value, GString *out)
{
  ConsetUnary op = ((const UnaryValue *) value)->op;

  if (op == CONSET_UNARY_NEGATE)
    {
      g_string_append_c (out, '-');
      conset_value_print (value->children[0], CONSET_VALUE_PREC_POWER, out);
      return;
    }
  g_string_append_printf (out, "%s(", unary_operators[op].name);
  conset_value_print (value->children[0], CONSET_VALUE_PREC_SUM, out);
  g_string_append_c (out, ')');
}

static double
unary_at (const ConsetValue *value, const ConsetPlace *place)
{
  return unary_operators[((const UnaryValue *) value)->op].number (
    conset_value_child_at (value, 0, place));
}

static void
unary_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  conset_value_step_fill (step->children[0], places, out);
  conset_arithmetic ()->unary[((const UnaryValue *) step->value)->op](out, places->n);
}

static const ConsetValueClass conset_value_unary_class = {
  .name = "function",
  .struct_size = sizeof (UnaryValue),
  .print = unary_print,
  .at = unary_at,
  .fill = unary_fill,
};

static ConsetValue *
unary_new (ConsetUnary op, ConsetValue *a)
{
  ConsetValue *value = conset_value_absorb (unary_operators[op].name, &a, NULL);
  UnaryValue *self;

  if (value != NULL)
    return value;
  self = conset_value_new (&conset_value_unary_class);
  self->op = op;
  if (op == CONSET_UNARY_NEGATE)
    self->base.precedence = CONSET_VALUE_PREC_UNARY;
  conset_value_adopt (self, a);
  return finish (&self->base, unary_operators[op].units);
}

ConsetValue *
conset_value_negate (ConsetValue *a)
{
  return unary_new (CONSET_UNARY_NEGATE, a);
}

ConsetValue *
conset_value_abs (ConsetValue *a)
{
  return unary_new (CONSET_UNARY_ABS, a);
}

ConsetValue *
conset_value_sqrt (ConsetValue *a)
{
  return unary_new (CONSET_UNARY_SQRT, a);
}

ConsetValue *
conset_value_floor (ConsetValue *a)
{
  return unary_new (CONSET_UNARY_FLOOR, a);
}

ConsetValue *
conset_value_ceil (ConsetValue *a)
{
  return unary_new (CONSET_UNARY_CEIL, a);
}

ConsetValue *
conset_value_exp (ConsetValue *a)
{
  return unary_new (CONSET_UNARY_EXP, a);
}

ConsetValue *
conset_value_log (ConsetValue *a)
{
  return unary_new (CONSET_UNARY_LOG, a);
}

ConsetValue *
conset_value_sin (ConsetValue *a)
{
  return unary_new (CONSET_UNARY_SIN, a);
}

ConsetValue *
conset_value_cos (ConsetValue *a)
{
  return unary_new (CONSET_UNARY_COS, a);
}

ConsetValue *
conset_value_tanh (ConsetValue *a)
{
  return unary_new (CONSET_UNARY_TANH, a);
}

/* }}} */

/* {{{ two operands */

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

static const BinaryOperator binary_operators[CONSET_N_BINARY] = {
  [CONSET_BINARY_ADD] = { "add", conset_number_add, " + ", CONSET_VALUE_PREC_SUM,
                          CONSET_VALUE_PREC_SUM, CONSET_VALUE_PREC_PRODUCT, CONSET_UNITS_SAME },
  [CONSET_BINARY_SUBTRACT] = { "subtract", conset_number_subtract, " - ", CONSET_VALUE_PREC_SUM,
                               CONSET_VALUE_PREC_SUM, CONSET_VALUE_PREC_PRODUCT,
                               CONSET_UNITS_SAME },
  [CONSET_BINARY_MULTIPLY] = { "multiply", conset_number_multiply, " * ", CONSET_VALUE_PREC_PRODUCT,
                               CONSET_VALUE_PREC_PRODUCT, CONSET_VALUE_PREC_UNARY,
                               CONSET_UNITS_PRODUCT },
  [CONSET_BINARY_DIVIDE] = { "divide", conset_number_divide, " / ", CONSET_VALUE_PREC_PRODUCT,
                             CONSET_VALUE_PREC_PRODUCT, CONSET_VALUE_PREC_UNARY,
                             CONSET_UNITS_QUOTIENT },
  [CONSET_BINARY_POWER] = { "power", conset_number_power, " ** ", CONSET_VALUE_PREC_POWER,
                            CONSET_VALUE_PREC_ATOM, CONSET_VALUE_PREC_UNARY, CONSET_UNITS_POWER },
  [CONSET_BINARY_MIN] = { "min", conset_number_min, NULL, CONSET_VALUE_PREC_ATOM,
                          CONSET_VALUE_PREC_SUM, CONSET_VALUE_PREC_SUM, CONSET_UNITS_SAME },
  [CONSET_BINARY_MAX] = { "max", conset_number_max, NULL, CONSET_VALUE_PREC_ATOM,
                          CONSET_VALUE_PREC_SUM, CONSET_VALUE_PREC_SUM, CONSET_UNITS_SAME },
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

static const ConsetValueClass conset_value_binary_class = {
  .name = "arithmetic",
  .struct_size = sizeof (BinaryValue),
  .print = binary_print,
  .at = binary_at,
  .fill = binary_fill,
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
  conset_value_adopt (self, a);
  conset_value_adopt (self, b);
  return finish (&self->base, binary_operators[op].units);
}

ConsetValue *
conset_value_add (ConsetValue *a, ConsetValue *b)
{
  return binary_new (CONSET_BINARY_ADD, a, b);
}

ConsetValue *
conset_value_subtract (ConsetValue *a, ConsetValue *b)
{
  return binary_new (CONSET_BINARY_SUBTRACT, a, b);
}

ConsetValue *
conset_value_multiply (ConsetValue *a, ConsetValue *b)
{
  return binary_new (CONSET_BINARY_MULTIPLY, a, b);
}

ConsetValue *
conset_value_divide (ConsetValue *a, ConsetValue *b)
{
  return binary_new (CONSET_BINARY_DIVIDE, a, b);
}

ConsetValue *
conset_value_power (ConsetValue *a, ConsetValue *b)
{
  return binary_new (CONSET_BINARY_POWER, a, b);
}

ConsetValue *
conset_value_min (ConsetValue *a, ConsetValue *b)
{
  return binary_new (CONSET_BINARY_MIN, a, b);
}

ConsetValue *
conset_value_max (ConsetValue *a, ConsetValue *b)
{
  return binary_new (CONSET_BINARY_MAX, a, b);
}

/* }}} */
