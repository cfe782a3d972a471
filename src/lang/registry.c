/* SPDX-License-Identifier: MIT */
/*
 * From arguments as they are written to the values that a function of the registry takes:
 * by position, by keyword, converted to the type of the parameter. Everything that can be
 * wrong with the arguments of any function is found, and said, here.
 */
#include "registry.h"

#include "comparisons.h"
#include "formulas.h"
#include "operator.h"
#include "source.h"
#include "suggest.h"

#include <string.h>

#define SHOWN_BYTES 100

void
conset_call_clear (ConsetCall *call)
{
  for (gsize i = 0; i < CONSET_MAX_PARAMETERS; i++)
    conset_lang_value_clear (&call->values[i]);
  for (gsize i = 0; i < call->n_rest; i++)
    conset_lang_value_clear (&call->rest[i].value);
  g_free (call->rest);
}

void
conset_call_print (const ConsetCall *call, GString *out)
{
  gboolean by_position = TRUE, any = FALSE;

  g_string_append (out, call->function->name);
  for (gsize i = 0; i < CONSET_MAX_PARAMETERS; i++)
    {
      const ConsetParameter *parameter = &call->function->parameters[i];
      g_autofree char *value = NULL;

      by_position = by_position && call->values[i].kind != CONSET_LANG_NONE
                    && !(parameter->flags & CONSET_PARAMETER_KEYWORD);
      if (call->values[i].kind == CONSET_LANG_NONE || call->taken & 1u << i)
        continue;
      g_string_append (out, any ? ", " : "(");
      if (!by_position)
        g_string_append_printf (out, "%s=", parameter->name);
      value = conset_lang_value_to_string (&call->values[i]);
      g_string_append (out, value);
      any = TRUE;
    }
  g_string_append (out, any ? ")" : "");
}

const ConsetFunction *
conset_function_find (const char *name)
{
  const ConsetFunction *function;

  for (gsize i = 0; (function = conset_function_get (i)) != NULL; i++)
    if (strcmp (function->name, name) == 0)
      return function;
  return NULL;
}

const ConsetFunction *
conset_function_find_member (const ConsetFunction *module, const char *name)
{
  g_autofree char *qualified = g_strconcat (module->name, ".", name, NULL);
  const ConsetFunction *own = conset_function_find (qualified);

  if (own != NULL)
    return own;
  return g_strv_contains (module->members, name) ? conset_function_find (name) : NULL;
}

static gsize
function_count_parameters (const ConsetFunction *function)
{
  gsize n = 0;

  while (n < CONSET_MAX_PARAMETERS && function->parameters[n].name != NULL)
    n++;
  return n;
}

/* The call as it was written, for errors; cut if it is long. */
static char *
call_to_string (const ConsetFunction *function, const ConsetArgument *arguments, gsize n)
{
  GString *out = g_string_new (function->name);

  g_string_append_c (out, '(');
  for (gsize i = 0; i < n && out->len <= SHOWN_BYTES; i++)
    {
      g_autofree char *value = conset_lang_value_to_string (&arguments[i].value);

      g_string_append (out, i > 0 ? ", " : "");
      if (arguments[i].keyword != NULL)
        g_string_append_printf (out, "%s=", arguments[i].keyword);
      g_string_append (out, value);
    }
  conset_shorten (out, SHOWN_BYTES);
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

/* Puts the call in front of @error, which is set, unless it tells its place, inside of a lambda. */
static void
error_name_call (GError **error,
                 const ConsetFunction *function,
                 const ConsetArgument *arguments,
                 gsize n)
{
  g_autofree char *call = NULL;

  if (conset_source_is_placed (*error))
    return;
  call = call_to_string (function, arguments, n);
  g_prefix_error (error, "%s: ", call);
}

static gboolean G_GNUC_PRINTF (2, 3) binding_fail (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (
    error, g_error_new_valist (CONSET_ERROR, CONSET_ERROR_COMPOSITION, format, arguments));
  va_end (arguments);
  return FALSE;
}

/* Where the parameter is that takes what no other one does; the number of parameters for none. */
static gsize
function_find_rest (const ConsetFunction *function)
{
  gsize n = function_count_parameters (function);

  return n > 0 && (function->parameters[n - 1].flags & CONSET_PARAMETER_REST) ? n - 1 : n;
}

static gboolean
find_keyword (const ConsetFunction *function, const char *keyword, gsize *index, GError **error)
{
  gsize n = function_find_rest (function);
  ConsetSuggestion suggestion;
  g_autofree char *quoted = conset_quote (keyword, strlen (keyword));
  g_autofree char *hint = NULL;

  conset_suggestion_init (&suggestion, keyword);
  for (*index = 0; *index < n; ++*index)
    {
      if (strcmp (function->parameters[*index].name, keyword) == 0)
        return TRUE;
      conset_suggestion_consider (&suggestion, function->parameters[*index].name);
    }
  if (n < function_count_parameters (function))
    return TRUE;
  if (suggestion.best == NULL)
    return binding_fail (error, "there is no keyword %s; it is %s", quoted, function->signature);
  hint = conset_suggestion_to_string (&suggestion);
  return binding_fail (error, "there is no keyword %s%s", quoted, hint);
}

/* Argument @i lacks the keyword that it needs. */
static gboolean
fail_by_position (const ConsetFunction *function, gsize i, GError **error)
{
  if (i + 1 == function_count_parameters (function))
    return binding_fail (error, "%s is given by keyword; write %s=...",
                         function->parameters[i].name, function->parameters[i].name);
  return binding_fail (error, "argument %" G_GSIZE_FORMAT " is given by keyword; it is %s", i + 1,
                       function->signature);
}

/* Finds the parameter of argument @i. */
static gboolean
find_parameter (const ConsetFunction *function,
                const ConsetArgument *argument,
                gsize i,
                gsize *index,
                GError **error)
{
  *index = MIN (i, function_find_rest (function));
  if (argument->keyword != NULL)
    return find_keyword (function, argument->keyword, index, error);
  if (*index >= function_count_parameters (function))
    return binding_fail (error, "too many arguments; it is %s", function->signature);
  if (function->parameters[*index].flags & CONSET_PARAMETER_KEYWORD)
    return fail_by_position (function, i, error);
  return TRUE;
}

static gboolean
value_to_integer_type (ConsetLangValue *value, ConsetParameterType type, GError **error)
{
  ConsetInteger integer;
  gint64 offset;

  if (!conset_lang_value_to_integer (value, error))
    return FALSE;

  integer = value->integer;
  if (type == CONSET_PARAMETER_OFFSET)
    return conset_integer_to_int64 (integer, &offset)
           || binding_fail (error, "an offset is at least -2^63 and below 2^63");
  if (integer.negative)
    return binding_fail (error, "-%" G_GUINT64_FORMAT " is negative; give 0 or more",
                         integer.magnitude);
  return type == CONSET_PARAMETER_SEED || integer.magnitude <= CONSET_INDEX_END
         || binding_fail (error, "%" G_GUINT64_FORMAT " is too large; give at most 2^63",
                          integer.magnitude);
}

static gboolean
value_to_count (ConsetLangValue *value, GError **error)
{
  return value_to_integer_type (value, CONSET_PARAMETER_COUNT, error);
}

static gboolean
value_to_numeric (ConsetLangValue *value, GError **error)
{
  return conset_lang_value_is_number (value) || conset_lang_value_to_value (value, error);
}

static gboolean
value_to_length (ConsetLangValue *value, GError **error)
{
  g_autofree char *found = NULL;

  if (value->kind != CONSET_LANG_VALUE || conset_value_get_unit (value->value) == NULL)
    return conset_lang_value_to_real (value, error);
  if (conset_value_is_constant (value->value, NULL))
    return TRUE;
  found = conset_lang_value_describe (value);
  return binding_fail (error, "a length, the same for all pairs, is needed, not %s", found);
}

gboolean
conset_lang_value_to_type (ConsetLangValue *value, ConsetParameterType type, GError **error)
{
  switch (type)
    {
    case CONSET_PARAMETER_COUNT:
    case CONSET_PARAMETER_OFFSET:
    case CONSET_PARAMETER_SEED:
      return value_to_integer_type (value, type, error);
    case CONSET_PARAMETER_COUNT_OR_COUNTS:
      return value->kind == CONSET_LANG_LIST
               ? conset_lang_value_to_list (value, value_to_count, error)
               : value_to_count (value, error);
    case CONSET_PARAMETER_REAL:
      return conset_lang_value_to_real (value, error);
    case CONSET_PARAMETER_LENGTH:
      return value_to_length (value, error);
    case CONSET_PARAMETER_STRING:
      return conset_lang_value_to_text (value, error);
    case CONSET_PARAMETER_BOOLEAN:
      return conset_lang_value_to_boolean (value, error);
    case CONSET_PARAMETER_INTERVALS:
      return conset_lang_value_to_intervals (value, error);
    case CONSET_PARAMETER_SET:
      return conset_lang_value_to_set (value, error);
    case CONSET_PARAMETER_SETS:
      return conset_lang_value_to_list (value, conset_lang_value_to_set, error);
    case CONSET_PARAMETER_NUMERIC:
      return value_to_numeric (value, error);
    case CONSET_PARAMETER_NUMERIC_OR_LIST:
      return value->kind == CONSET_LANG_LIST
               ? conset_lang_value_to_list (value, value_to_numeric, error)
               : value_to_numeric (value, error);
    case CONSET_PARAMETER_NUMERIC_OR_LAMBDA:
      return value->kind == CONSET_LANG_LAMBDA || value_to_numeric (value, error);
    case CONSET_PARAMETER_TRUTH:
      return conset_lang_value_to_truth (value, error);
    case CONSET_PARAMETER_VALUE:
      return conset_lang_value_to_value (value, error);
    case CONSET_PARAMETER_VALUES:
      return conset_lang_value_to_list (value, conset_lang_value_to_value, error);
    case CONSET_PARAMETER_DEGREES:
      return conset_lang_value_to_degrees (value, error);
    case CONSET_PARAMETER_GEOMETRY:
      return conset_lang_value_to_geometry (value, error);
    case CONSET_PARAMETER_REALS:
      return conset_lang_value_to_list (value, conset_lang_value_to_real, error);
    case CONSET_PARAMETER_ANY:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
bind_rest (ConsetCall *call,
           const ConsetArgument *argument,
           const ConsetParameter *parameter,
           GError **error)
{
  ConsetArgument *rest;

  /* The room doubles whenever it is full. */
  if ((call->n_rest & (call->n_rest - 1)) == 0)
    call->rest = g_renew (ConsetArgument, call->rest, MAX (1, 2 * call->n_rest));
  rest = &call->rest[call->n_rest++];
  *rest = (ConsetArgument){ argument->keyword, argument->position,
                            conset_lang_value_copy (&argument->value) };
  if (conset_lang_value_to_type (&rest->value, parameter->type, error))
    return TRUE;
  g_prefix_error (error, "%s: ", argument->keyword != NULL ? argument->keyword : parameter->name);
  return FALSE;
}

static gboolean
bind_argument (const ConsetFunction *function,
               const ConsetArgument *arguments,
               gsize n,
               gsize i,
               ConsetCall *call,
               GError **error)
{
  const ConsetParameter *parameter;
  gsize index;

  if (!find_parameter (function, &arguments[i], i, &index, error))
    return FALSE;
  parameter = &function->parameters[index];
  if (parameter->flags & CONSET_PARAMETER_REST)
    return bind_rest (call, &arguments[i], parameter, error);
  if (call->values[index].kind != CONSET_LANG_NONE)
    return binding_fail (error, "%s is given twice", parameter->name);

  call->values[index] = conset_lang_value_copy (&arguments[i].value);
  call->positions[index] = arguments[i].position;
  if (conset_lang_value_to_type (&call->values[index], parameter->type, error))
    return TRUE;
  if (n > 1)
    g_prefix_error (error, "%s: ", parameter->name);
  return FALSE;
}

static gboolean
bind_check_complete (const ConsetFunction *function, const ConsetCall *call, GError **error)
{
  gsize n = function_count_parameters (function);

  for (gsize i = 0; i < n; i++)
    if (call->values[i].kind == CONSET_LANG_NONE
        && !(function->parameters[i].flags & CONSET_PARAMETER_OPTIONAL))
      return binding_fail (error, "%s is missing; it is %s", function->parameters[i].name,
                           function->signature);
  return TRUE;
}

gboolean
conset_function_bind (const ConsetFunction *function,
                      const ConsetArgument *arguments,
                      gsize n,
                      ConsetCall *call,
                      gsize *position,
                      GError **error)
{
  call->function = function;
  for (gsize i = 0; i < n; i++)
    if (!bind_argument (function, arguments, n, i, call, error))
      {
        *position = arguments[i].position;
        error_name_call (error, function, arguments, n);
        return FALSE;
      }
  if (bind_check_complete (function, call, error))
    return TRUE;
  error_name_call (error, function, arguments, n);
  return FALSE;
}

gboolean
conset_function_call (const ConsetFunction *function,
                      const ConsetArgument *arguments,
                      gsize n,
                      ConsetSeeds *seeds,
                      ConsetLangValue *result,
                      gsize *position,
                      GError **error)
{
  g_auto (ConsetCall) call = { .seeds = seeds };
  gboolean handled;

  if (!conset_formula_call (function, arguments, n, &handled, result, error))
    {
      error_name_call (error, function, arguments, n);
      return FALSE;
    }
  if (handled)
    return TRUE;
  if (!conset_function_bind (function, arguments, n, &call, position, error))
    return FALSE;
  if (function->make == NULL)
    *result = (ConsetLangValue){
      .kind = CONSET_LANG_OPERATOR,
      .op = conset_operator_new (&call, function->takes, function->apply),
    };
  if (function->make == NULL || function->make (&call, result, error))
    return conset_lang_value_check (result, error);
  if (call.culprit != NULL)
    *position = *call.culprit;
  error_name_call (error, function, arguments, n);
  return FALSE;
}

gboolean
conset_function_call_bare (const ConsetFunction *function,
                           ConsetSeeds *seeds,
                           ConsetLangValue *result,
                           GError **error)
{
  g_auto (ConsetCall) call = { .function = function, .seeds = seeds };

  return function->bare (&call, result, error) && conset_lang_value_check (result, error);
}
