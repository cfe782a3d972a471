/* SPDX-License-Identifier: MIT */
/*
 * Names of connection sets: the functions of cset.h.
 */
#include "functions.h"

static gboolean
cset_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  gsize n = call->n_rest;
  g_autofree ConsetValue **values = g_new (ConsetValue *, n);
  g_autofree const char **names = g_new (const char *, n);

  for (gsize k = 0; k < n; k++)
    {
      values[k] = call->rest[k].value.value;
      names[k] = call->rest[k].keyword;
      call->rest[k].value.kind = CONSET_LANG_NONE;
    }
  return conset_result_take_set (
    result, conset_cset (conset_call_steal_set (call, 0), (guint) n, values, names));
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
    .parameters = { { "mask", CONSET_PARAMETER_SET, 0 },
                    { "value", CONSET_PARAMETER_VALUE,
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
