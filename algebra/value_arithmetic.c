/* SPDX-License-Identifier: MIT */
/*
 * Arithmetic and elementary functions of values, each an entry of one of two tables: operators
 * of one operand and of two.
 *
 * An operand that is the same all along a line enters a loop as a number, not as a block.
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
    return conset_value_constant (result);
  text = conset_value_describe (unfolded);
  return conset_value_error_new ("%s: the result is %s; use numbers for which it is finite", text,
                                 isnan (result) ? "not a number" : "infinite");
}

/* A node of constants becomes a constant itself. */
static ConsetValue *
finish (ConsetValue *value)
{
  ConsetValue *folded;

  if (value->by_source || value->by_target)
    return conset_value_finish (value);
  folded = fold (conset_value_at (value, 0, 0), value);
  conset_value_unref (value);
  return folded;
}

/* {{{ one operand */

typedef struct
{
  const char *name;
  double (*number) (double x);
} UnaryOperator;

/* -x is written as such, all others as functions. */
static const UnaryOperator unary_operators[CONSET_N_UNARY] = {
  [CONSET_UNARY_NEGATE] = { "negate", conset_number_negate },
  [CONSET_UNARY_ABS] = { "abs", conset_number_abs },
  [CONSET_UNARY_SQRT] = { "sqrt", conset_number_sqrt },
  [CONSET_UNARY_FLOOR] = { "floor", conset_number_floor },
  [CONSET_UNARY_CEIL] = { "ceil", conset_number_ceil },
  [CONSET_UNARY_EXP] = { "exp", conset_pinned_exp },
  [CONSET_UNARY_LOG] = { "log", conset_pinned_log },
  [CONSET_UNARY_SIN] = { "sin", conset_pinned_sin },
  [CONSET_UNARY_COS] = { "cos", conset_pinned_cos },
  [CONSET_UNARY_TANH] = { "tanh", conset_pinned_tanh },
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
  return finish (&self->base);
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
} BinaryOperator;

static const BinaryOperator binary_operators[CONSET_N_BINARY] = {
  [CONSET_BINARY_ADD] = { "add", conset_number_add, " + ", CONSET_VALUE_PREC_SUM,
                          CONSET_VALUE_PREC_SUM, CONSET_VALUE_PREC_PRODUCT },
  [CONSET_BINARY_SUBTRACT] = { "subtract", conset_number_subtract, " - ", CONSET_VALUE_PREC_SUM,
                               CONSET_VALUE_PREC_SUM, CONSET_VALUE_PREC_PRODUCT },
  [CONSET_BINARY_MULTIPLY] = { "multiply", conset_number_multiply, " * ", CONSET_VALUE_PREC_PRODUCT,
                               CONSET_VALUE_PREC_PRODUCT, CONSET_VALUE_PREC_UNARY },
  [CONSET_BINARY_DIVIDE] = { "divide", conset_number_divide, " / ", CONSET_VALUE_PREC_PRODUCT,
                             CONSET_VALUE_PREC_PRODUCT, CONSET_VALUE_PREC_UNARY },
  [CONSET_BINARY_POWER] = { "power", conset_number_power, " ** ", CONSET_VALUE_PREC_POWER,
                            CONSET_VALUE_PREC_ATOM, CONSET_VALUE_PREC_UNARY },
  [CONSET_BINARY_MIN] = { "min", conset_number_min, NULL, CONSET_VALUE_PREC_ATOM,
                          CONSET_VALUE_PREC_SUM, CONSET_VALUE_PREC_SUM },
  [CONSET_BINARY_MAX] = { "max", conset_number_max, NULL, CONSET_VALUE_PREC_ATOM,
                          CONSET_VALUE_PREC_SUM, CONSET_VALUE_PREC_SUM },
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

static ConsetValue *
binary_new (ConsetBinary op, ConsetValue *a, ConsetValue *b)
{
  ConsetValue *value = conset_value_absorb (binary_operators[op].name, &a, &b);
  BinaryValue *self;

  if (value != NULL)
    return value;
  self = conset_value_new (&conset_value_binary_class);
  self->op = op;
  self->base.precedence = binary_operators[op].precedence;
  conset_value_adopt (self, a);
  conset_value_adopt (self, b);
  return finish (&self->base);
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
