/* SPDX-License-Identifier: MIT */
/*
 * Names of distributions: value sets that are drawn. What also is a law of degrees is in
 * functions_degrees.c.
 */
#include "functions.h"

#include "sequence.h"

/* A parameter that is @otherwise if it is left out. */
static ConsetValue *
call_steal_value_or (ConsetCall *call, gsize index, double otherwise)
{
  ConsetValue *value = conset_call_steal_value (call, index);

  return value != NULL ? value : conset_value_constant (otherwise);
}

/* Of one or two parameters, before the seed. */

static gboolean
call_make_1 (ConsetCall *call,
             ConsetLangValue *result,
             ConsetValue *(*distribution) (ConsetValue *, guint64))
{
  guint64 seed = conset_call_take_value_seed (call, 1);

  return conset_result_take_value (result, distribution (conset_call_steal_value (call, 0), seed));
}

static gboolean
call_make_2 (ConsetCall *call,
             ConsetLangValue *result,
             ConsetValue *(*distribution) (ConsetValue *, ConsetValue *, guint64))
{
  guint64 seed = conset_call_take_value_seed (call, 2);
  ConsetValue *a = conset_call_steal_value (call, 0);

  return conset_result_take_value (result,
                                   distribution (a, conset_call_steal_value (call, 1), seed));
}

static gboolean
uniform_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return call_make_2 (call, result, conset_value_uniform);
}

static gboolean
normal_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return call_make_2 (call, result, conset_value_normal);
}

static gboolean
exponential_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return call_make_1 (call, result, conset_value_exponential);
}

static gboolean
gamma_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return call_make_2 (call, result, conset_value_gamma);
}

static gboolean
weibull_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return call_make_2 (call, result, conset_value_weibull);
}

/* Others */

enum
{
  TRUNCATED_MEAN,
  TRUNCATED_SD,
  TRUNCATED_LOW,
  TRUNCATED_HIGH,
  TRUNCATED_SEED,
};

static gboolean
truncated_normal_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 seed = conset_call_take_value_seed (call, TRUNCATED_SEED);
  ConsetValue *mean = conset_call_steal_value (call, TRUNCATED_MEAN);
  ConsetValue *sd = conset_call_steal_value (call, TRUNCATED_SD);
  ConsetValue *low = conset_call_steal_value (call, TRUNCATED_LOW);
  ConsetValue *high = conset_call_steal_value (call, TRUNCATED_HIGH);

  return conset_result_take_value (result,
                                   conset_value_truncated_normal (mean, sd, low, high, seed));
}

enum
{
  BETA_A,
  BETA_B,
  BETA_LOW,
  BETA_HIGH,
  BETA_SEED,
};

static gboolean
beta_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 seed = conset_call_take_value_seed (call, BETA_SEED);
  ConsetValue *a = conset_call_steal_value (call, BETA_A);
  ConsetValue *b = conset_call_steal_value (call, BETA_B);
  ConsetValue *low = call_steal_value_or (call, BETA_LOW, 0.0);
  ConsetValue *high = call_steal_value_or (call, BETA_HIGH, 1.0);

  return conset_result_take_value (result, conset_value_beta (a, b, low, high, seed));
}

enum
{
  LOGNORMAL_MEAN,
  LOGNORMAL_SD,
  LOGNORMAL_MU,
  LOGNORMAL_SIGMA,
  LOGNORMAL_SEED,
};

/* By one pair of parameters or by the other. */
static gboolean
lognormal_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  gboolean by_mean = conset_call_has (call, LOGNORMAL_MEAN) && conset_call_has (call, LOGNORMAL_SD);
  gboolean by_mu = conset_call_has (call, LOGNORMAL_MU) && conset_call_has (call, LOGNORMAL_SIGMA);
  guint n_given = 0;
  guint64 seed;
  ConsetValue *centre, *width;

  for (gsize i = 0; i < LOGNORMAL_SEED; i++)
    n_given += conset_call_has (call, i);
  if (n_given != 2 || !(by_mean || by_mu))
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "give mean and sd of the numbers, or mu and sigma of their logarithms; it is %s",
                   call->function->signature);
      return FALSE;
    }
  seed = conset_call_take_value_seed (call, LOGNORMAL_SEED);
  centre = conset_call_steal_value (call, by_mean ? LOGNORMAL_MEAN : LOGNORMAL_MU);
  width = conset_call_steal_value (call, by_mean ? LOGNORMAL_SD : LOGNORMAL_SIGMA);
  return conset_result_take_value (
    result,
    (by_mean ? conset_value_lognormal : conset_value_lognormal_mu_sigma) (centre, width, seed));
}

static gboolean
mixture_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  const ConsetSequence *weights = call->values[0].sequence, *values = call->values[1].sequence;
  gsize n = conset_sequence_length (weights), n_values = conset_sequence_length (values);
  g_autofree double *numbers = g_new (double, n);
  g_autofree ConsetValue **parts = g_new (ConsetValue *, n);
  guint64 seed = conset_call_take_value_seed (call, 2);

  if (n != n_values)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "give as many weights as values, not %" G_GSIZE_FORMAT " and %" G_GSIZE_FORMAT,
                   n, n_values);
      return FALSE;
    }
  for (gsize k = 0; k < n; k++)
    {
      numbers[k] = conset_sequence_get (weights, k)->real;
      parts[k] = conset_value_ref (conset_sequence_get (values, k)->value);
    }
  return conset_result_take_value (result, conset_value_mixture (n, numbers, parts, seed));
}

#define SEED                                                                                       \
  {                                                                                                \
    "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD                                                \
  }

static const ConsetFunction functions[] = {
  {
    .name = "uniform",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "uniform(low, high, seed=...)",
    .help = "value set: drawn uniformly between two numbers",
    .make = uniform_make,
    .parameters = {
      { "low", CONSET_PARAMETER_VALUE, 0 },
      { "high", CONSET_PARAMETER_VALUE, 0 },
      SEED,
    },
  },
  {
    .name = "normal",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "normal(mean, sd, seed=...)",
    .help = "value set: drawn from a normal distribution",
    .make = normal_make,
    .parameters = {
      { "mean", CONSET_PARAMETER_VALUE, 0 },
      { "sd", CONSET_PARAMETER_VALUE, 0 },
      SEED,
    },
  },
  {
    .name = "truncatedNormal",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "truncatedNormal(mean, sd, low=..., high=..., seed=...)",
    .help = "value set: normal, given that it is not below low, nor above high; either may be left "
            "out",
    .make = truncated_normal_make,
    .parameters = {
      [TRUNCATED_MEAN] = { "mean", CONSET_PARAMETER_VALUE, 0 },
      [TRUNCATED_SD] = { "sd", CONSET_PARAMETER_VALUE, 0 },
      [TRUNCATED_LOW] = { "low", CONSET_PARAMETER_VALUE, OPTIONAL },
      [TRUNCATED_HIGH] = { "high", CONSET_PARAMETER_VALUE, OPTIONAL },
      [TRUNCATED_SEED] = SEED,
    },
  },
  {
    .name = "lognormal",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "lognormal(mean, sd, seed=...) or lognormal(mu=m, sigma=s, seed=...)",
    .help = "value set: lognormal, by the moments of the numbers or of their logarithms",
    .make = lognormal_make,
    .parameters = {
      [LOGNORMAL_MEAN] = { "mean", CONSET_PARAMETER_VALUE, OPTIONAL },
      [LOGNORMAL_SD] = { "sd", CONSET_PARAMETER_VALUE, OPTIONAL },
      [LOGNORMAL_MU] = { "mu", CONSET_PARAMETER_VALUE, OPTIONAL_KEYWORD },
      [LOGNORMAL_SIGMA] = { "sigma", CONSET_PARAMETER_VALUE, OPTIONAL_KEYWORD },
      [LOGNORMAL_SEED] = SEED,
    },
  },
  {
    .name = "exponential",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "exponential(mean, seed=...)",
    .help = "value set: drawn from an exponential distribution",
    .make = exponential_make,
    .parameters = {
      { "mean", CONSET_PARAMETER_VALUE, 0 },
      SEED,
    },
  },
  {
    .name = "gamma",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "gamma(shape, scale, seed=...)",
    .help = "value set: drawn from a gamma distribution, with mean shape * scale",
    .make = gamma_make,
    .parameters = {
      { "shape", CONSET_PARAMETER_VALUE, 0 },
      { "scale", CONSET_PARAMETER_VALUE, 0 },
      SEED,
    },
  },
  {
    .name = "beta",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "beta(a, b, low=0, high=1, seed=...)",
    .help = "value set: drawn from a beta distribution, between low and high",
    .make = beta_make,
    .parameters = {
      [BETA_A] = { "a", CONSET_PARAMETER_VALUE, 0 },
      [BETA_B] = { "b", CONSET_PARAMETER_VALUE, 0 },
      [BETA_LOW] = { "low", CONSET_PARAMETER_VALUE, OPTIONAL },
      [BETA_HIGH] = { "high", CONSET_PARAMETER_VALUE, OPTIONAL },
      [BETA_SEED] = SEED,
    },
  },
  {
    .name = "weibull",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "weibull(shape, scale, seed=...)",
    .help = "value set: drawn from a Weibull distribution",
    .make = weibull_make,
    .parameters = {
      { "shape", CONSET_PARAMETER_VALUE, 0 },
      { "scale", CONSET_PARAMETER_VALUE, 0 },
      SEED,
    },
  },
  {
    .name = "mixture",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "mixture([w0, w1, ...], [v0, v1, ...], seed=...)",
    .help = "value set: one of the values vk, with a probability in proportion to the weight wk",
    .make = mixture_make,
    .parameters = {
      { "weights", CONSET_PARAMETER_REALS, 0 },
      { "values", CONSET_PARAMETER_VALUES, 0 },
      SEED,
    },
  },
};

const ConsetFunctionTable conset_functions_distributions = { functions, G_N_ELEMENTS (functions) };
