/* SPDX-License-Identifier: MIT */
/*
 * Complex numbers, for formulas of positions: complex(x, y), and the functions of Python's module
 * cmath. Of numbers and value sets those are the functions of the same names in math, as long as
 * the result is real.
 */
#include "functions.h"

#include "formula.h"
#include "formulas.h"

#include <math.h>
#include <string.h>

static gboolean
result_take_formula (ConsetLangValue *result, ConsetFormula *formula)
{
  if (formula == NULL)
    return FALSE;
  conset_lang_value_take_formula (result, formula);
  return TRUE;
}

static gboolean
complex_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  if (!conset_call_has (call, 1))
    call->values[1] = (ConsetLangValue){ .kind = CONSET_LANG_REAL, .real = 0.0 };
  return conset_lang_value_to_formula (&call->values[0], error)
         && conset_lang_value_to_formula (&call->values[1], error)
         && result_take_formula (result, conset_formula_complex (call->values[0].formula,
                                                                 call->values[1].formula, error));
}

static gboolean
phase_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  return conset_lang_value_to_formula (&call->values[0], error)
         && result_take_formula (
           result, conset_formula_part (CONSET_PART_PHASE, call->values[0].formula, error));
}

/* The function of a complex number. A real one is made complex first: roots and logarithms of
 * negative numbers are. */
static gboolean
complex_function (ConsetUnary op,
                  ConsetLangValue *argument,
                  ConsetLangValue *result,
                  GError **error)
{
  g_autoptr (ConsetFormula) zero = conset_formula_number (0.0);
  g_autoptr (ConsetFormula) operand = NULL;

  if (!conset_lang_value_to_formula (argument, error))
    return FALSE;
  operand = conset_formula_is_complex (argument->formula)
              ? conset_formula_ref (argument->formula)
              : conset_formula_complex (argument->formula, zero, error);
  return operand != NULL && result_take_formula (result, conset_formula_unary (op, operand, error));
}

/* What a constant complex number is if it is real. */
static void
result_make_real (ConsetLangValue *result)
{
  g_auto (ConsetLangValue) imaginary = CONSET_LANG_VALUE_INIT;
  ConsetLangValue real = CONSET_LANG_VALUE_INIT;

  conset_formula_attribute (result, "imag", &imaginary);
  if (imaginary.kind != CONSET_LANG_REAL || imaginary.real != 0.0)
    return;
  conset_formula_attribute (result, "real", &real);
  conset_lang_value_clear (result);
  *result = real;
}

static gboolean
function_make (ConsetUnary op,
               ConsetValue *(*of_value) (ConsetValue *),
               ConsetCall *call,
               ConsetLangValue *result,
               GError **error)
{
  ConsetLangValue *argument = &call->values[0];
  gboolean is_number = conset_lang_value_is_number (argument);

  if (!is_number && !conset_lang_value_is_formula (argument))
    {
      if (!conset_lang_value_to_value (argument, error))
        return FALSE;
      return conset_result_take_value (result, of_value (conset_call_steal_value (call, 0)));
    }
  if (!complex_function (op, argument, result, error))
    return FALSE;
  if (is_number)
    result_make_real (result);
  return TRUE;
}

#define MAKE(NAME, name)                                                                           \
  static gboolean name##_make (ConsetCall *call, ConsetLangValue *result, GError **error)          \
  {                                                                                                \
    return function_make (CONSET_UNARY_##NAME, conset_value_##name, call, result, error);          \
  }

MAKE (EXP, exp)
MAKE (LOG, log)
MAKE (LOG10, log10)
MAKE (SQRT, sqrt)
MAKE (SIN, sin)
MAKE (COS, cos)
MAKE (TAN, tan)
MAKE (SINH, sinh)
MAKE (COSH, cosh)
MAKE (TANH, tanh)

#define ROW(function, text)                                                                        \
  {                                                                                                \
    .name = "cmath." #function, .kind = CONSET_FUNCTION_CONSTRUCTOR,                               \
    .signature = "cmath." #function "(z)", .help = text " of a complex number",                    \
    .make = function##_make, .parameters = { { "z", CONSET_PARAMETER_ANY, 0 } },                   \
  }

static const ConsetFunction functions[] = {
  {
    .name = "complex",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "complex(x, y=0)",
    .help = "the complex number x + y i, for projections; its parts are its .real and its .imag",
    .make = complex_make,
    .parameters = { { "x", CONSET_PARAMETER_ANY, 0 }, { "y", CONSET_PARAMETER_ANY, OPTIONAL } },
  },
  ROW (exp, "the exponential"),
  ROW (log, "the natural logarithm"),
  ROW (log10, "the logarithm to base 10"),
  ROW (sqrt, "the square root"),
  ROW (sin, "the sine"),
  ROW (cos, "the cosine"),
  ROW (tan, "the tangent"),
  ROW (sinh, "the hyperbolic sine"),
  ROW (cosh, "the hyperbolic cosine"),
  ROW (tanh, "the hyperbolic tangent"),
  {
    .name = "cmath.phase",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "cmath.phase(z)",
    .help = "the angle of a complex number, from -pi to pi",
    .make = phase_make,
    .parameters = { { "z", CONSET_PARAMETER_ANY, 0 } },
  },
};

const ConsetFunctionTable conset_functions_complex = { functions, G_N_ELEMENTS (functions) };
