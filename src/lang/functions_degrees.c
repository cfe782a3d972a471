/* SPDX-License-Identifier: MIT */
/*
 * Names of degrees: laws of how many connections each line of a random set gets.
 */
#include "functions.h"

#include "sequence.h"

static gboolean
result_take_degrees (ConsetLangValue *result, ConsetDegrees *degrees)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_DEGREES, .degrees = degrees };
  return TRUE;
}

static gboolean
poisson_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_degrees (result, conset_degrees_poisson (call->values[0].real));
}

static gboolean
geometric_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_degrees (result, conset_degrees_geometric (call->values[0].real));
}

static gboolean
binomial_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_degrees (
    result, conset_degrees_binomial (conset_call_get_count (call, 0), call->values[1].real));
}

static gboolean
uniform_int_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_degrees (result, conset_degrees_uniform (conset_call_get_count (call, 0),
                                                              conset_call_get_count (call, 1)));
}

static gboolean
degree_table_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  const ConsetSequence *list = call->values[0].sequence;
  gsize n = conset_sequence_length (list);
  g_autofree double *weights = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    weights[i] = conset_sequence_get (list, i)->real;
  return result_take_degrees (result, conset_degrees_table (weights, n));
}

static const ConsetFunction functions[] = {
  {
    .name = "poisson",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "poisson(mean)",
    .help = "degrees: drawn from a Poisson distribution",
    .make = poisson_make,
    .parameters = { { "mean", CONSET_PARAMETER_REAL, 0 } },
  },
  {
    .name = "binomial",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "binomial(n, p)",
    .help = "degrees: successes among n trials, each with probability p",
    .make = binomial_make,
    .parameters = { { "n", CONSET_PARAMETER_COUNT, 0 }, { "p", CONSET_PARAMETER_REAL, 0 } },
  },
  {
    .name = "geometric",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "geometric(mean)",
    .help = "degrees: failures before the first success, from 0",
    .make = geometric_make,
    .parameters = { { "mean", CONSET_PARAMETER_REAL, 0 } },
  },
  {
    .name = "uniformInt",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "uniformInt(least, most)",
    .help = "degrees: each integer from least to most equally likely",
    .make = uniform_int_make,
    .parameters = { { "least", CONSET_PARAMETER_COUNT, 0 }, { "most", CONSET_PARAMETER_COUNT, 0 } },
  },
  {
    .name = "degreeTable",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "degreeTable([w0, w1, ...])",
    .help = "degrees: k with a probability in proportion to the weight wk",
    .make = degree_table_make,
    .parameters = { { "weights", CONSET_PARAMETER_REALS, 0 } },
  },
};

const ConsetFunctionTable conset_functions_degrees = { functions, G_N_ELEMENTS (functions) };
