/* SPDX-License-Identifier: MIT */
/*
 * Names of mathematics: the elementary functions of values, and the modules of Python that have
 * them. A function of a number is a number.
 */
#include "functions.h"

#include <math.h>

static gboolean
pi_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_REAL, .real = G_PI };
  return TRUE;
}

static gboolean
inf_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_REAL, .real = (double) INFINITY };
  return TRUE;
}

static gboolean
nan_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_REAL, .real = (double) NAN };
  return TRUE;
}

#define MAKE(name)                                                                                 \
  static gboolean name##_make (ConsetCall *call, ConsetLangValue *result,                          \
                               GError **error G_GNUC_UNUSED)                                       \
  {                                                                                                \
    return conset_result_take_value (result,                                                       \
                                     conset_value_##name (conset_call_steal_value (call, 0)));     \
  }

MAKE (exp)
MAKE (expm1)
MAKE (log)
MAKE (log1p)
MAKE (log2)
MAKE (log10)
MAKE (sqrt)
MAKE (sin)
MAKE (cos)
MAKE (tan)
MAKE (asin)
MAKE (acos)
MAKE (atan)
MAKE (sinh)
MAKE (cosh)
MAKE (tanh)
MAKE (erf)

static gboolean
atan2_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  ConsetValue *y = conset_call_steal_value (call, 0);

  return conset_result_take_value (result,
                                   conset_value_atan2 (y, conset_call_steal_value (call, 1)));
}

static gboolean
hypot_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  ConsetValue *x = conset_call_steal_value (call, 0);

  return conset_result_take_value (result,
                                   conset_value_hypot (x, conset_call_steal_value (call, 1)));
}

static const char *const math_members[] = { "pi",    "exp",   "expm1", "log",  "log1p",
                                            "log2",  "log10", "sqrt",  "sin",  "cos",
                                            "tan",   "asin",  "acos",  "atan", "atan2",
                                            "hypot", "sinh",  "cosh",  "tanh", "erf",
                                            "floor", "ceil",  "inf",   "nan",  NULL };

/* Beside functions_complex.c; these are of real numbers alone. */
static const char *const cmath_members[] = { "pi", "inf", "nan", "asin", "acos", "atan", NULL };

#define ROW(function, text)                                                                        \
  {                                                                                                \
    .name = #function, .kind = CONSET_FUNCTION_CONSTRUCTOR, .signature = #function "(v)",          \
    .help = text ", a number or a value set", .make = function##_make,                             \
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 } },                                        \
  }

static const ConsetFunction functions[] = {
  {
    .name = "pi",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "pi",
    .help = "the number 3.14159...",
    .make = pi_make,
  },
  {
    .name = "inf",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "inf",
    .help = "infinity, for the lists of values of connections: cset([(0, 1)], weight=[-inf])",
    .make = inf_make,
  },
  {
    .name = "nan",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "nan",
    .help = "no number at all, for the lists of values of connections",
    .make = nan_make,
  },
  ROW (exp, "e to the power of v"),
  ROW (expm1, "exp(v) - 1, to the last digit also near 0"),
  ROW (log, "the natural logarithm of v"),
  ROW (log1p, "log(1 + v), to the last digit also near 0"),
  ROW (log2, "the logarithm of v to base 2"),
  ROW (log10, "the logarithm of v to base 10"),
  ROW (sqrt, "the square root of v"),
  ROW (sin, "the sine of v, in radians"),
  ROW (cos, "the cosine of v, in radians"),
  ROW (tan, "the tangent of v, in radians"),
  ROW (asin, "the angle from -pi / 2 to pi / 2 of which v is the sine"),
  ROW (acos, "the angle from 0 to pi of which v is the cosine"),
  ROW (atan, "the angle from -pi / 2 to pi / 2 of which v is the tangent"),
  {
    .name = "atan2",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "atan2(y, x)",
    .help = "the angle of the point (x, y), from -pi to pi, of numbers or value sets",
    .make = atan2_make,
    .parameters = { { "y", CONSET_PARAMETER_NUMERIC, 0 }, { "x", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "hypot",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "hypot(x, y)",
    .help = "sqrt(x ** 2 + y ** 2), of numbers or value sets",
    .make = hypot_make,
    .parameters = { { "x", CONSET_PARAMETER_NUMERIC, 0 }, { "y", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  ROW (sinh, "the hyperbolic sine of v"),
  ROW (cosh, "the hyperbolic cosine of v"),
  ROW (tanh, "the hyperbolic tangent of v"),
  ROW (erf, "the error function of v"),
  {
    .name = "math",
    .kind = CONSET_FUNCTION_MODULE,
    .signature = "math.pi, math.exp(v), ...",
    .help = "the same names as in Python's module math",
    .members = math_members,
  },
  {
    .name = "cmath",
    .kind = CONSET_FUNCTION_MODULE,
    .signature = "cmath.pi, cmath.exp(v), ...",
    .help = "the same names as in Python's module cmath",
    .members = cmath_members,
  },
};

const ConsetFunctionTable conset_functions_math = { functions, G_N_ELEMENTS (functions) };
