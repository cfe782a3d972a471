/* SPDX-License-Identifier: MIT */
/*
 * Names of degrees: laws of how many connections each line of a random set gets. They also are
 * value sets that are drawn for each connection: where one is wanted, the law draws as such, with a
 * seed that it got when it was named. With a seed of its own, or with parameters that degrees
 * cannot have, it is a value set from the start.
 */
#include "functions.h"

#include "sequence.h"

/* The law, and a seed with which it draws as a value set. */
static gboolean
result_take_law (ConsetCall *call, ConsetLangValue *result, ConsetDegrees *degrees)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_DEGREES,
                               .degrees = degrees,
                               .law_seed = conset_seeds_next_value (call->seeds) };
  return TRUE;
}

static gboolean
call_has_number (const ConsetCall *call, gsize index)
{
  return conset_lang_value_is_number (&call->values[index]);
}

static double
call_get_number (const ConsetCall *call, gsize index)
{
  ConsetLangValue number = call->values[index];

  conset_lang_value_to_real (&number, NULL);
  return number.real;
}

/* Whether the argument is a number of connections. */
static gboolean
call_get_degree (const ConsetCall *call, gsize index, guint64 *degree)
{
  ConsetLangValue number = call->values[index];

  if (!call_has_number (call, index) || !conset_lang_value_to_integer (&number, NULL))
    return FALSE;
  *degree = number.integer.magnitude;
  return !number.integer.negative;
}

/* Laws of a mean */
static gboolean
mean_make (ConsetCall *call,
           ConsetLangValue *result,
           ConsetDegrees *(*law) (double),
           ConsetValue *(*value) (ConsetValue *, guint64))
{
  guint64 seed;

  if (!conset_call_has (call, 1) && call_has_number (call, 0))
    return result_take_law (call, result, law (call_get_number (call, 0)));
  seed = conset_call_take_value_seed (call, 1);
  return conset_result_take_value (result, value (conset_call_steal_value (call, 0), seed));
}

static gboolean
poisson_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return mean_make (call, result, conset_degrees_poisson, conset_value_poisson);
}

static gboolean
geometric_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return mean_make (call, result, conset_degrees_geometric, conset_value_geometric);
}

static gboolean
call_make_2 (ConsetCall *call,
             ConsetLangValue *result,
             ConsetValue *(*value) (ConsetValue *, ConsetValue *, guint64))
{
  guint64 seed = conset_call_take_value_seed (call, 2);
  ConsetValue *a = conset_call_steal_value (call, 0);

  return conset_result_take_value (result, value (a, conset_call_steal_value (call, 1), seed));
}

static gboolean
binomial_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 n;

  if (conset_call_has (call, 2) || !call_get_degree (call, 0, &n) || !call_has_number (call, 1))
    return call_make_2 (call, result, conset_value_binomial);
  return result_take_law (call, result, conset_degrees_binomial (n, call_get_number (call, 1)));
}

static gboolean
uniform_int_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 low, high;

  if (conset_call_has (call, 2) || !call_get_degree (call, 0, &low)
      || !call_get_degree (call, 1, &high))
    return call_make_2 (call, result, conset_value_uniform_int);
  return result_take_law (call, result, conset_degrees_uniform (low, high));
}

static gboolean
degree_table_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  const ConsetSequence *list = call->values[0].sequence;
  gsize n = conset_sequence_length (list);
  g_autofree double *weights = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    weights[i] = conset_sequence_get (list, i)->real;
  return result_take_law (call, result, conset_degrees_table (weights, n));
}

#define SEED                                                                                       \
  {                                                                                                \
    "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD                                                \
  }

static const ConsetFunction functions[] = {
  {
    .name = "poisson",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "poisson(mean, seed=...)",
    .help = "degrees or value set: drawn from a Poisson distribution",
    .make = poisson_make,
    .parameters = { { "mean", CONSET_PARAMETER_NUMERIC, 0 }, SEED },
  },
  {
    .name = "binomial",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "binomial(n, p, seed=...)",
    .help = "degrees or value set: successes among n trials, each with probability p",
    .make = binomial_make,
    .parameters = { { "n", CONSET_PARAMETER_NUMERIC, 0 },
                    { "p", CONSET_PARAMETER_NUMERIC, 0 },
                    SEED },
  },
  {
    .name = "geometric",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "geometric(mean, seed=...)",
    .help = "degrees or value set: failures before the first success, from 0",
    .make = geometric_make,
    .parameters = { { "mean", CONSET_PARAMETER_NUMERIC, 0 }, SEED },
  },
  {
    .name = "uniformInt",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "uniformInt(low, high, seed=...)",
    .help = "degrees or value set: each integer from low to high equally likely",
    .make = uniform_int_make,
    .parameters = { { "low", CONSET_PARAMETER_NUMERIC, 0 },
                    { "high", CONSET_PARAMETER_NUMERIC, 0 },
                    SEED },
  },
  {
    .name = "degreeTable",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "degreeTable([w0, w1, ...])",
    .help = "degrees or value set: k with a probability in proportion to the weight wk",
    .make = degree_table_make,
    .parameters = { { "weights", CONSET_PARAMETER_REALS, 0 } },
  },
};

const ConsetFunctionTable conset_functions_degrees = { functions, G_N_ELEMENTS (functions) };
