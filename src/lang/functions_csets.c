/* SPDX-License-Identifier: MIT */
/*
 * Names of connection sets: the functions of cset.h.
 */
#include "functions.h"

#include "sequence.h"

/* The mask is wrong: names it and tells where it is. */
static gboolean
mask_fail (ConsetCall *call, GError **error)
{
  call->culprit = &call->positions[0];
  g_prefix_error (error, "mask: ");
  return FALSE;
}

/* So is value @k. */
static gboolean
value_fail (ConsetCall *call, gsize k, GError **error)
{
  call->culprit = &call->rest[k].position;
  g_prefix_error (error, "%s: ", call->rest[k].keyword != NULL ? call->rest[k].keyword : "value");
  return FALSE;
}

/* Value sets for the connections of any mask. */
static gboolean
cset_make_of_values (ConsetCall *call,
                     const char *const *names,
                     ConsetLangValue *result,
                     GError **error)
{
  gsize n = call->n_rest;
  g_autofree ConsetValue **values = g_new (ConsetValue *, n);

  if (!conset_lang_value_to_set (&call->values[0], error))
    return mask_fail (call, error);
  for (gsize k = 0; k < n; k++)
    if (!conset_lang_value_to_value (&call->rest[k].value, error))
      return value_fail (call, k, error);
  for (gsize k = 0; k < n; k++)
    {
      values[k] = call->rest[k].value.value;
      call->rest[k].value.kind = CONSET_LANG_NONE;
    }
  return conset_result_take_set (
    result, conset_cset (conset_call_steal_set (call, 0), (guint) n, values, names));
}

/* A list of numbers, one for each of @n connections, or a number for all of them: any doubles, as
 * files have them. */
static gboolean
listed_values (const ConsetLangValue *value, double *numbers, gsize n, GError **error)
{
  gboolean is_list = value->kind == CONSET_LANG_LIST;

  if (is_list && conset_sequence_length (value->sequence) != n)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "a list of %" G_GSIZE_FORMAT " numbers for %" G_GSIZE_FORMAT
                   " connections; give one for each",
                   conset_sequence_length (value->sequence), n);
      return FALSE;
    }
  for (gsize k = 0; k < n; k++)
    {
      ConsetLangValue number = is_list ? *conset_sequence_get (value->sequence, k) : *value;

      if (!conset_lang_value_to_double (&number, error))
        return FALSE;
      numbers[k] = number.real;
    }
  return TRUE;
}

/* Lists of numbers for the connections of a list of pairs. */
static gboolean
cset_make_of_lists (ConsetCall *call,
                    const char *const *names,
                    ConsetLangValue *result,
                    GError **error)
{
  g_autofree guint64 *sources = NULL, *targets = NULL;
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  gsize n;

  if (!conset_lang_value_get_pairs (&call->values[0], &sources, &targets, &n, error))
    return mask_fail (call, error);
  for (gsize k = 0; k < call->n_rest; k++)
    {
      double *numbers = g_new (double, n);

      g_ptr_array_add (values, numbers);
      if (!listed_values (&call->rest[k].value, numbers, n, error))
        return value_fail (call, k, error);
    }
  return conset_result_take_set (
    result, conset_explicit_with_values (sources, targets, n, values->len,
                                         (const double *const *) values->pdata, names));
}

static gboolean
cset_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  g_autofree const char **names = g_new (const char *, call->n_rest);
  gboolean lists = FALSE;

  for (gsize k = 0; k < call->n_rest; k++)
    {
      names[k] = call->rest[k].keyword;
      lists |= call->rest[k].value.kind == CONSET_LANG_LIST;
    }
  return (lists ? cset_make_of_lists : cset_make_of_values) (call, names, result, error);
}

static gboolean
mask_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return conset_result_take_set (result, conset_mask (conset_call_steal_set (call, 0)));
}

static gboolean
value_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 column = MIN (conset_call_get_count (call, 1), G_MAXUINT);

  conset_lang_value_take_value (result,
                                conset_value_of (conset_call_steal_set (call, 0), (guint) column));
  return TRUE;
}

static gboolean
arity_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_INTEGER,
                               .integer = { FALSE, conset_arity (call->values[0].set) } };
  return TRUE;
}

static const ConsetFunction functions[] = {
  {
    .name = "cset",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "cset(mask, v1, v2, ..., name=v, ...)",
    .help = "the connections of the mask with a value each of every value set, named or not",
    .make = cset_make,
    .parameters = { { "mask", CONSET_PARAMETER_ANY, 0 },
                    { "value", CONSET_PARAMETER_ANY,
                      CONSET_PARAMETER_OPTIONAL | CONSET_PARAMETER_REST } },
  },
  {
    .name = "mask",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "mask(set)",
    .help = "the connections of a set without their values",
    .make = mask_make,
    .parameters = { { "set", CONSET_PARAMETER_SET, 0 } },
  },
  {
    .name = "value",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "value(set, k)",
    .help = "value set: value k of the connections of a set; the first is 0",
    .make = value_make,
    .parameters = { { "set", CONSET_PARAMETER_SET, 0 }, { "k", CONSET_PARAMETER_COUNT, 0 } },
  },
  {
    .name = "arity",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "arity(set)",
    .help = "how many values each connection of a set has",
    .make = arity_make,
    .parameters = { { "set", CONSET_PARAMETER_SET, 0 } },
  },
};

const ConsetFunctionTable conset_functions_csets = { functions, G_N_ELEMENTS (functions) };
