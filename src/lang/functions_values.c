/* SPDX-License-Identifier: MIT */
/*
 * Names of value sets: the indices, attributes, what is chosen, rounded or bounded, and vset. A
 * function of numbers is a number, and of integers an integer where no digit of it need be lost.
 */
#include "functions.h"

#include "comparisons.h"
#include "lambda.h"
#include "sequence.h"

static gboolean
source_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return conset_result_take_value (result, conset_value_source ());
}

static gboolean
target_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return conset_result_take_value (result, conset_value_target ());
}

/* Attributes */

static gboolean
attribute_make (
  ConsetCall *call,
  ConsetValue *(*make) (const double *, gsize, const char *, gpointer, GDestroyNotify),
  ConsetLangValue *result)
{
  const ConsetSequence *list = call->values[0].sequence;
  gsize n = conset_sequence_length (list);
  double *array = g_new (double, n);

  for (gsize k = 0; k < n; k++)
    array[k] = conset_sequence_get (list, k)->real;
  return conset_result_take_value (
    result,
    make (array, n, conset_call_has (call, 1) ? call->values[1].string : NULL, array, g_free));
}

static gboolean
source_attribute_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return attribute_make (call, conset_value_source_attribute_take, result);
}

static gboolean
target_attribute_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return attribute_make (call, conset_value_target_attribute_take, result);
}

/* Functions of one value, which leave integers whole */

static gboolean
call_has_integer (const ConsetCall *call, gsize index)
{
  return call->values[index].kind == CONSET_LANG_INTEGER;
}

static gboolean
abs_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  if (call_has_integer (call, 0))
    return conset_result_take_integer (result,
                                       (ConsetInteger){ FALSE, call->values[0].integer.magnitude });
  return conset_result_take_value (result, conset_value_abs (conset_call_steal_value (call, 0)));
}

static gboolean
sign_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  ConsetInteger a = call->values[0].integer;

  if (call_has_integer (call, 0))
    return conset_result_take_integer (result,
                                       (ConsetInteger){ a.negative, a.magnitude > 0 ? 1 : 0 });
  return conset_result_take_value (result, conset_value_sign (conset_call_steal_value (call, 0)));
}

/* An integer is round already. */
static gboolean
rounded_make (ConsetCall *call, ConsetValue *(*make) (ConsetValue *), ConsetLangValue *result)
{
  if (call_has_integer (call, 0))
    return conset_result_take_integer (result, call->values[0].integer);
  return conset_result_take_value (result, make (conset_call_steal_value (call, 0)));
}

static gboolean
floor_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return rounded_make (call, conset_value_floor, result);
}

static gboolean
ceil_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return rounded_make (call, conset_value_ceil, result);
}

static gboolean
round_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return rounded_make (call, conset_value_round, result);
}

/* The least and the greatest of any number */

/* Makes @result the lesser of it and @next, which is consumed, or the greater one, by the sign of
 * @which. */
static void
result_choose (ConsetLangValue *result, ConsetLangValue *next, int which)
{
  ConsetValue *a;

  if (result->kind == CONSET_LANG_INTEGER && next->kind == CONSET_LANG_INTEGER)
    {
      if (conset_integer_compare (next->integer, result->integer) * which > 0)
        result->integer = next->integer;
      return;
    }
  conset_lang_value_to_value (result, NULL);
  conset_lang_value_to_value (next, NULL);
  a = result->value;
  conset_lang_value_take_value (result, which < 0 ? conset_value_min (a, next->value)
                                                  : conset_value_max (a, next->value));
  next->kind = CONSET_LANG_NONE;
}

/* Of the elements of a list. */
static gboolean
extreme_of_list (ConsetCall *call, int which, ConsetLangValue *result, GError **error)
{
  const ConsetSequence *list = call->values[0].sequence;
  gsize n = conset_sequence_length (list);

  if (n == 0 || conset_call_has (call, 1) || call->n_rest > 0)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   n == 0 ? "the list is empty; give it numbers or value sets"
                          : "a list stands alone; give the others in it");
      return FALSE;
    }
  *result = conset_lang_value_copy (conset_sequence_get (list, 0));
  for (gsize k = 1; k < n; k++)
    {
      ConsetLangValue next = conset_lang_value_copy (conset_sequence_get (list, k));

      result_choose (result, &next, which);
    }
  return TRUE;
}

static gboolean
extreme_make (ConsetCall *call, int which, ConsetLangValue *result, GError **error)
{
  if (call->values[0].kind == CONSET_LANG_LIST)
    return extreme_of_list (call, which, result, error);
  *result = call->values[0];
  call->values[0].kind = CONSET_LANG_NONE;
  if (!conset_call_has (call, 1))
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "there is nothing to compare with; give two, or a list");
      return FALSE;
    }
  result_choose (result, &call->values[1], which);
  for (gsize k = 0; k < call->n_rest; k++)
    {
      if (call->rest[k].keyword != NULL)
        {
          g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                       "there is no keyword '%s'; it is %s", call->rest[k].keyword,
                       call->function->signature);
          return FALSE;
        }
      result_choose (result, &call->rest[k].value, which);
    }
  return TRUE;
}

static gboolean
min_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  return extreme_make (call, -1, result, error);
}

static gboolean
max_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  return extreme_make (call, 1, result, error);
}

static gboolean
clip_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  ConsetValue *v = conset_call_steal_value (call, 0), *low = conset_call_steal_value (call, 1);

  return conset_result_take_value (result,
                                   conset_value_clip (v, low, conset_call_steal_value (call, 2)));
}

/* Conditions */

static gboolean
where_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  if (!conset_lang_value_choose (&call->values[0], &call->values[1], &call->values[2], error))
    return FALSE;
  *result = call->values[1];
  call->values[1].kind = CONSET_LANG_NONE;
  return TRUE;
}

/* vset(v) is v; of a function it is what that gives for the source and the target of a pair. */
static gboolean
vset_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  ConsetLangValue *v = &call->values[0];
  ConsetLangValue indices[] = { { .kind = CONSET_LANG_VALUE }, { .kind = CONSET_LANG_VALUE } };
  gboolean ok;

  if (v->kind != CONSET_LANG_LAMBDA)
    {
      *result = *v;
      v->kind = CONSET_LANG_NONE;
      return TRUE;
    }
  indices[0].value = conset_value_source ();
  indices[1].value = conset_value_target ();
  ok = conset_lambda_apply (v->lambda, indices, 2, result, error)
       && conset_lang_value_to_type (result, CONSET_PARAMETER_NUMERIC, error);
  conset_value_unref (indices[0].value);
  conset_value_unref (indices[1].value);
  return ok;
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
    .name = "sourceAttribute",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "sourceAttribute([v0, v1, ...], name=\"...\")",
    .help = "value set: the number of the list at the source of a pair; errors tell the name",
    .make = source_attribute_make,
    .parameters = { { "values", CONSET_PARAMETER_REALS, 0 },
                    { "name", CONSET_PARAMETER_STRING, OPTIONAL_KEYWORD } },
  },
  {
    .name = "targetAttribute",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "targetAttribute([v0, v1, ...], name=\"...\")",
    .help = "value set: the number of the list at the target of a pair; errors tell the name",
    .make = target_attribute_make,
    .parameters = { { "values", CONSET_PARAMETER_REALS, 0 },
                    { "name", CONSET_PARAMETER_STRING, OPTIONAL_KEYWORD } },
  },
  {
    .name = "vset",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "vset(v) or vset(lambda i, j: v)",
    .help = "v as a value set; of a function, what it gives for the source and the target",
    .make = vset_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC_OR_LAMBDA, 0 } },
  },
  {
    .name = "where",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "where(condition, v, w)",
    .help = "v where the condition holds, w elsewhere, numbers or value sets",
    .make = where_make,
    .parameters = { { "condition", CONSET_PARAMETER_TRUTH, 0 },
                    { "v", CONSET_PARAMETER_NUMERIC, 0 },
                    { "w", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "clip",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "clip(v, low, high)",
    .help = "v, or the bound that it lies beyond, of numbers or value sets",
    .make = clip_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 },
                    { "low", CONSET_PARAMETER_NUMERIC, 0 },
                    { "high", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "min",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "min(v, w, ...) or min([v, w, ...])",
    .help = "the least of numbers and value sets",
    .make = min_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC_OR_LIST, 0 },
                    { "w", CONSET_PARAMETER_NUMERIC, OPTIONAL },
                    { "x", CONSET_PARAMETER_NUMERIC,
                      CONSET_PARAMETER_OPTIONAL | CONSET_PARAMETER_REST } },
  },
  {
    .name = "max",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "max(v, w, ...) or max([v, w, ...])",
    .help = "the greatest of numbers and value sets",
    .make = max_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC_OR_LIST, 0 },
                    { "w", CONSET_PARAMETER_NUMERIC, OPTIONAL },
                    { "x", CONSET_PARAMETER_NUMERIC,
                      CONSET_PARAMETER_OPTIONAL | CONSET_PARAMETER_REST } },
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
    .name = "round",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "round(v)",
    .help = "the integer nearest to v, of two the even one, a number or a value set",
    .make = round_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 } },
  },
  {
    .name = "sign",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "sign(v)",
    .help = "1, 0 or -1 as v is above, at or below 0, a number or a value set",
    .make = sign_make,
    .parameters = { { "v", CONSET_PARAMETER_NUMERIC, 0 } },
  },
};

const ConsetFunctionTable conset_functions_values = { functions, G_N_ELEMENTS (functions) };
