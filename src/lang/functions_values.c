/* SPDX-License-Identifier: MIT */
/*
 * Names of value sets: the indices, and the functions of values. A function of numbers is a
 * number, and of integers an integer where no digit of it need be lost.
 */
#include "functions.h"

static gboolean
result_take_value (ConsetLangValue *result, ConsetValue *value)
{
  conset_lang_value_take_value (result, value);
  return TRUE;
}

static gboolean
source_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_value (result, conset_value_source ());
}

static gboolean
target_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_value (result, conset_value_target ());
}

/* Moves the argument out of @call, as a value set. */
static ConsetValue *
call_steal_value (ConsetCall *call, gsize index)
{
  conset_lang_value_to_value (&call->values[index], NULL);
  call->values[index].kind = CONSET_LANG_NONE;
  return call->values[index].value;
}

static gboolean
exp_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_value (result, conset_value_exp (call_steal_value (call, 0)));
}

static gboolean
log_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_value (result, conset_value_log (call_steal_value (call, 0)));
}

static gboolean
sqrt_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_value (result, conset_value_sqrt (call_steal_value (call, 0)));
}

static gboolean
sin_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_value (result, conset_value_sin (call_steal_value (call, 0)));
}

static gboolean
cos_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_value (result, conset_value_cos (call_steal_value (call, 0)));
}

static gboolean
tanh_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_value (result, conset_value_tanh (call_steal_value (call, 0)));
}

/* Of integers */

static gboolean
call_has_integer (const ConsetCall *call, gsize index)
{
  return call->values[index].kind == CONSET_LANG_INTEGER;
}

static gboolean
result_take_integer (ConsetLangValue *result, ConsetInteger integer)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_INTEGER, .integer = integer };
  return TRUE;
}

static gboolean
abs_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  if (call_has_integer (call, 0))
    return result_take_integer (result,
                                (ConsetInteger){ FALSE, call->values[0].integer.magnitude });
  return result_take_value (result, conset_value_abs (call_steal_value (call, 0)));
}

static gboolean
floor_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  if (call_has_integer (call, 0))
    return result_take_integer (result, call->values[0].integer);
  return result_take_value (result, conset_value_floor (call_steal_value (call, 0)));
}

static gboolean
ceil_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  if (call_has_integer (call, 0))
    return result_take_integer (result, call->values[0].integer);
  return result_take_value (result, conset_value_ceil (call_steal_value (call, 0)));
}

/* The lesser of the two integer arguments, or the greater one, by the sign of @which. */
static ConsetInteger
call_choose_integer (const ConsetCall *call, int which)
{
  ConsetInteger a = call->values[0].integer, b = call->values[1].integer;

  return conset_integer_compare (a, b) * which > 0 ? a : b;
}

static gboolean
min_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  ConsetValue *a;

  if (call_has_integer (call, 0) && call_has_integer (call, 1))
    return result_take_integer (result, call_choose_integer (call, -1));
  a = call_steal_value (call, 0);
  return result_take_value (result, conset_value_min (a, call_steal_value (call, 1)));
}

static gboolean
max_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  ConsetValue *a;

  if (call_has_integer (call, 0) && call_has_integer (call, 1))
    return result_take_integer (result, call_choose_integer (call, 1));
  a = call_steal_value (call, 0);
  return result_take_value (result, conset_value_max (a, call_steal_value (call, 1)));
}

static const ConsetFunction functions[] = {
  {
    .name = "i",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "i",
    .help = "value set: the source of a pair",
    .make = source_make,
  },
  {
    .name = "j",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "j",
    .help = "value set: the target of a pair",
    .make = target_make,
  },
  {
    .name = "exp",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "exp(v)",
    .help = "e to the power of v, a number or a value set",
    .make = exp_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "log",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "log(v)",
    .help = "the natural logarithm of v, a number or a value set",
    .make = log_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "sqrt",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "sqrt(v)",
    .help = "the square root of v, a number or a value set",
    .make = sqrt_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "sin",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "sin(v)",
    .help = "the sine of v, in radians, a number or a value set",
    .make = sin_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "cos",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "cos(v)",
    .help = "the cosine of v, in radians, a number or a value set",
    .make = cos_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "tanh",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "tanh(v)",
    .help = "the hyperbolic tangent of v, a number or a value set",
    .make = tanh_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "abs",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "abs(v)",
    .help = "v without its sign, a number or a value set",
    .make = abs_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "floor",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "floor(v)",
    .help = "the greatest integer that is not above v, a number or a value set",
    .make = floor_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "ceil",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "ceil(v)",
    .help = "the least integer that is not below v, a number or a value set",
    .make = ceil_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "min",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "min(v, w)",
    .help = "the lesser of two numbers or value sets",
    .make = min_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 }, { "w", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "max",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "max(v, w)",
    .help = "the greater of two numbers or value sets",
    .make = max_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 }, { "w", CONSET_PARAMETER_NUMERIC, 0 } },
  },
};

const ConsetFunctionTable conset_functions_values = { functions, G_N_ELEMENTS (functions) };
