/* SPDX-License-Identifier: MIT */
/*
 * Functions of one value: signs, roots, rounding, elementary functions, `not`. Each is an entry of
 * a table and a public function; the loops are those of arithmetic.c.
 */
#include "value_fold.h"

#include "kernels.h"

#include <math.h>

/* @sign stands before the operand, which binds at least as strongly as @operand; an operator
 * without one is written as a function. */
typedef struct
{
  const char *name;
  double (*number) (double x);
  const char *sign;
  ConsetValuePrecedence precedence;
  ConsetValuePrecedence operand;
  ConsetUnitRule units;
} UnaryOperator;

#define FUNCTION(name, number, units)                                                              \
  {                                                                                                \
    name, number, NULL, CONSET_VALUE_PREC_ATOM, CONSET_VALUE_PREC_LEAST, CONSET_UNITS_##units      \
  }

static const UnaryOperator unary_operators[CONSET_N_UNARY] = {
  [CONSET_UNARY_NEGATE] = { "negate", conset_number_negate, "-", CONSET_VALUE_PREC_UNARY,
                            CONSET_VALUE_PREC_POWER, CONSET_UNITS_SAME },
  [CONSET_UNARY_ABS] = FUNCTION ("abs", conset_number_abs, SAME),
  [CONSET_UNARY_SQRT] = FUNCTION ("sqrt", conset_number_sqrt, ROOT),
  [CONSET_UNARY_FLOOR] = FUNCTION ("floor", conset_number_floor, COUNT),
  [CONSET_UNARY_CEIL] = FUNCTION ("ceil", conset_number_ceil, COUNT),
  [CONSET_UNARY_EXP] = FUNCTION ("exp", conset_pinned_exp, PURE),
  [CONSET_UNARY_LOG] = FUNCTION ("log", conset_pinned_log, PURE),
  [CONSET_UNARY_SIN] = FUNCTION ("sin", conset_pinned_sin, PURE),
  [CONSET_UNARY_COS] = FUNCTION ("cos", conset_pinned_cos, PURE),
  [CONSET_UNARY_TANH] = FUNCTION ("tanh", conset_pinned_tanh, PURE),
  [CONSET_UNARY_EXPM1] = FUNCTION ("expm1", conset_pinned_expm1, PURE),
  [CONSET_UNARY_LOG1P] = FUNCTION ("log1p", conset_pinned_log1p, PURE),
  [CONSET_UNARY_LOG2] = FUNCTION ("log2", conset_pinned_log2, PURE),
  [CONSET_UNARY_LOG10] = FUNCTION ("log10", conset_pinned_log10, PURE),
  [CONSET_UNARY_TAN] = FUNCTION ("tan", conset_pinned_tan, PURE),
  [CONSET_UNARY_ASIN] = FUNCTION ("asin", conset_pinned_asin, PURE),
  [CONSET_UNARY_ACOS] = FUNCTION ("acos", conset_pinned_acos, PURE),
  [CONSET_UNARY_ATAN] = FUNCTION ("atan", conset_pinned_atan, PURE),
  [CONSET_UNARY_SINH] = FUNCTION ("sinh", conset_pinned_sinh, PURE),
  [CONSET_UNARY_COSH] = FUNCTION ("cosh", conset_pinned_cosh, PURE),
  [CONSET_UNARY_ERF] = FUNCTION ("erf", conset_pinned_erf, PURE),
  [CONSET_UNARY_ROUND] = FUNCTION ("round", conset_number_round, COUNT),
  [CONSET_UNARY_SIGN] = FUNCTION ("sign", conset_number_sign, IGNORED),
  [CONSET_UNARY_NOT] = { "not", conset_number_is_zero, "not ", CONSET_VALUE_PREC_NOT,
                         CONSET_VALUE_PREC_NOT, CONSET_UNITS_PURE },
};

typedef struct
{
  ConsetValue base;
  ConsetUnary op;
} UnaryValue;

static void
unary_print (const ConsetValue *value, GString *out)
{
  const UnaryOperator *op = &unary_operators[((const UnaryValue *) value)->op];

  if (op->sign != NULL)
    g_string_append (out, op->sign);
  else
    g_string_append_printf (out, "%s(", op->name);
  conset_value_print (value->children[0], op->operand, out);
  if (op->sign == NULL)
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

/* Where the operand is 0, so is what makes 0 of it. */
static Conset *
unary_support (const ConsetValue *value)
{
  double (*number) (double) = unary_operators[((const UnaryValue *) value)->op].number;
  gboolean keeps_zero = fabs (number (0.0)) + fabs (number (-0.0)) == 0.0;

  return keeps_zero ? conset_value_support (value->children[0]) : NULL;
}

static const ConsetValueClass conset_value_unary_class = {
  .name = "function",
  .struct_size = sizeof (UnaryValue),
  .print = unary_print,
  .at = unary_at,
  .fill = unary_fill,
  .support = unary_support,
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
  self->base.precedence = unary_operators[op].precedence;
  self->base.total = a->total;
  conset_value_adopt (self, a);
  return conset_value_fold (self, unary_operators[op].units);
}

#define UNARY_FUNCTION(NAME, name)                                                                 \
  ConsetValue *conset_value_##name (ConsetValue *a)                                                \
  {                                                                                                \
    return unary_new (CONSET_UNARY_##NAME, a);                                                     \
  }

UNARY_FUNCTION (NEGATE, negate)
UNARY_FUNCTION (ABS, abs)
UNARY_FUNCTION (SQRT, sqrt)
UNARY_FUNCTION (FLOOR, floor)
UNARY_FUNCTION (CEIL, ceil)
UNARY_FUNCTION (EXP, exp)
UNARY_FUNCTION (LOG, log)
UNARY_FUNCTION (SIN, sin)
UNARY_FUNCTION (COS, cos)
UNARY_FUNCTION (TANH, tanh)
UNARY_FUNCTION (EXPM1, expm1)
UNARY_FUNCTION (LOG1P, log1p)
UNARY_FUNCTION (LOG2, log2)
UNARY_FUNCTION (LOG10, log10)
UNARY_FUNCTION (TAN, tan)
UNARY_FUNCTION (ASIN, asin)
UNARY_FUNCTION (ACOS, acos)
UNARY_FUNCTION (ATAN, atan)
UNARY_FUNCTION (SINH, sinh)
UNARY_FUNCTION (COSH, cosh)
UNARY_FUNCTION (ERF, erf)
UNARY_FUNCTION (ROUND, round)
UNARY_FUNCTION (SIGN, sign)

ConsetValue *
conset_value_not (ConsetValue *a)
{
  return unary_new (CONSET_UNARY_NOT, a);
}
