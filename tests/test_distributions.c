/* SPDX-License-Identifier: MIT */
/*
 * That drawn values have the distributions that they say: distribution functions, moments, far
 * tails, and independence of pairs, copies, seeds, kinds and random sets.
 *
 * Seeds are fixed. Every statistic alarms wrongly with probability 1e-6 (statistics.h); there are
 * about 450 of them: 0.05 %.
 */
#include "statistics.h"
#include "support.h"

#include "value.h"

#include <math.h>

/* Short names for what the tests compose. */
#define NUMBER(x) conset_value_constant (x)

enum
{
  N_SOURCES = 500,
  N_TARGETS = 400,
  N = N_SOURCES * N_TARGETS,
};

/* The values of the first @n_targets targets; consumes @value. */
static double *
draw_window (ConsetValue *value, guint64 n_sources, guint64 n_targets)
{
  double *numbers = g_new (double, n_sources *n_targets);
  ConsetValuePlan *plan;

  ck_assert (conset_value_check (value, NULL));
  plan = conset_value_plan_new (value, CONSET_TARGET_MAJOR);
  for (guint64 target = 0; target < n_targets; target++)
    {
      ConsetPlaces places = { CONSET_TARGET_MAJOR, target, 0, NULL, n_sources, NULL };

      ck_assert (conset_value_plan_fill (plan, &places, numbers + target * n_sources));
    }
  conset_value_plan_free (plan);
  conset_value_unref (value);
  return numbers;
}

static double *
draw (ConsetValue *value)
{
  return draw_window (value, N_SOURCES, N_TARGETS);
}

/* {{{ kinds */

typedef struct
{
  const char *name;
  ConsetValue *(*make) (const double *p, guint64 seed);
  /* The chance of what is below x. */
  double (*below) (double x, const double *p);
  double (*mean) (const double *p);
  double (*variance) (const double *p);
} Kind;

static ConsetValue *
uniform_make (const double *p, guint64 seed)
{
  return conset_value_uniform (NUMBER (p[0]), NUMBER (p[1]), seed);
}

static double
uniform_below (double x, const double *p)
{
  return p[1] > p[0] ? (x - p[0]) / (p[1] - p[0]) : 0.5;
}

static double
uniform_mean (const double *p)
{
  return 0.5 * (p[0] + p[1]);
}

static double
uniform_variance (const double *p)
{
  return (p[1] - p[0]) * (p[1] - p[0]) / 12.0;
}

static ConsetValue *
normal_make (const double *p, guint64 seed)
{
  return conset_value_normal (NUMBER (p[0]), NUMBER (p[1]), seed);
}

static double
normal_cdf (double x, const double *p)
{
  return normal_below ((x - p[0]) / p[1]);
}

static double
normal_mean (const double *p)
{
  return p[0];
}

static double
normal_variance (const double *p)
{
  return p[1] * p[1];
}

static ConsetValue *
lognormal_make (const double *p, guint64 seed)
{
  return conset_value_lognormal (NUMBER (p[0]), NUMBER (p[1]), seed);
}

static double
lognormal_below (double x, const double *p)
{
  double ratio = p[1] / p[0], variance = log (1.0 + ratio * ratio);

  return normal_below ((log (x) - log (p[0]) + 0.5 * variance) / sqrt (variance));
}

static ConsetValue *
lognormal_mu_make (const double *p, guint64 seed)
{
  return conset_value_lognormal_mu_sigma (NUMBER (p[0]), NUMBER (p[1]), seed);
}

static double
lognormal_mu_below (double x, const double *p)
{
  return normal_below ((log (x) - p[0]) / p[1]);
}

static double
lognormal_mu_mean (const double *p)
{
  return exp (p[0] + 0.5 * p[1] * p[1]);
}

static double
lognormal_mu_variance (const double *p)
{
  return expm1 (p[1] * p[1]) * exp (2.0 * p[0] + p[1] * p[1]);
}

static ConsetValue *
exponential_make (const double *p, guint64 seed)
{
  return conset_value_exponential (NUMBER (p[0]), seed);
}

static double
exponential_below (double x, const double *p)
{
  return -expm1 (-x / p[0]);
}

static double
exponential_variance (const double *p)
{
  return p[0] * p[0];
}

static ConsetValue *
weibull_make (const double *p, guint64 seed)
{
  return conset_value_weibull (NUMBER (p[0]), NUMBER (p[1]), seed);
}

static double
weibull_below (double x, const double *p)
{
  return -expm1 (-pow (x / p[1], p[0]));
}

static double
weibull_mean (const double *p)
{
  return p[1] * tgamma (1.0 + 1.0 / p[0]);
}

static double
weibull_variance (const double *p)
{
  return p[1] * p[1] * tgamma (1.0 + 2.0 / p[0]) - weibull_mean (p) * weibull_mean (p);
}

static ConsetValue *
gamma_make (const double *p, guint64 seed)
{
  return conset_value_gamma (NUMBER (p[0]), NUMBER (p[1]), seed);
}

static double
gamma_cdf (double x, const double *p)
{
  return gamma_below (p[0], x / p[1]);
}

static double
gamma_mean (const double *p)
{
  return p[0] * p[1];
}

static double
gamma_variance (const double *p)
{
  return p[0] * p[1] * p[1];
}

static ConsetValue *
beta_make (const double *p, guint64 seed)
{
  return conset_value_beta (NUMBER (p[0]), NUMBER (p[1]), NUMBER (p[2]), NUMBER (p[3]), seed);
}

static double
beta_cdf (double x, const double *p)
{
  return beta_below (p[0], p[1], (x - p[2]) / (p[3] - p[2]));
}

static double
beta_mean (const double *p)
{
  return p[2] + (p[3] - p[2]) * p[0] / (p[0] + p[1]);
}

static double
beta_variance (const double *p)
{
  double sum = p[0] + p[1], width = p[3] - p[2];

  return width * width * p[0] * p[1] / (sum * sum * (sum + 1.0));
}

static const Kind uniform = { "uniform", uniform_make, uniform_below, uniform_mean,
                              uniform_variance };
static const Kind normal = { "normal", normal_make, normal_cdf, normal_mean, normal_variance };
static const Kind lognormal = { "lognormal", lognormal_make, lognormal_below, normal_mean,
                                normal_variance };
static const Kind lognormal_mu = { "lognormal(mu, sigma)", lognormal_mu_make, lognormal_mu_below,
                                   lognormal_mu_mean, lognormal_mu_variance };
static const Kind exponential = { "exponential", exponential_make, exponential_below, normal_mean,
                                  exponential_variance };
static const Kind weibull = { "weibull", weibull_make, weibull_below, weibull_mean,
                              weibull_variance };
static const Kind gamma_kind = { "gamma", gamma_make, gamma_cdf, gamma_mean, gamma_variance };
static const Kind beta = { "beta", beta_make, beta_cdf, beta_mean, beta_variance };

/* }}} */

/* {{{ distribution functions and moments */

/* @least, @most: the shares between which the distribution function is looked at, where what is
 * beyond is too small, or too near an end, for doubles. @light: whether the fourth moment is
 * one that a sample shows. */
typedef struct
{
  const Kind *kind;
  double p[4];
  double least;
  double most;
  gboolean light;
} Case;

static const Case cases[] = {
  { &uniform, { 0, 1 }, 0, 1, TRUE },
  { &uniform, { -3, 2 }, 0, 1, TRUE },
  { &uniform, { 1e-300, 3e-300 }, 0, 1, FALSE },
  { &uniform, { -8e307, 8e307 }, 0, 1, FALSE },
  { &normal, { 0, 1 }, 0, 1, TRUE },
  { &normal, { 5, 0.01 }, 0, 1, TRUE },
  { &normal, { -1e6, 1e3 }, 0, 1, TRUE },
  { &lognormal, { 1, 0.1 }, 0, 1, TRUE },
  { &lognormal, { 3, 1.5 }, 0, 1, FALSE },
  { &lognormal, { 1e-3, 1 }, 0, 1, FALSE },
  { &lognormal_mu, { 0, 1 }, 0, 1, FALSE },
  { &lognormal_mu, { -20, 0.25 }, 0, 1, TRUE },
  { &exponential, { 1 }, 0, 1, TRUE },
  { &exponential, { 1e-9 }, 0, 1, TRUE },
  { &weibull, { 0.5, 2 }, 0, 1, FALSE },
  { &weibull, { 1, 3 }, 0, 1, TRUE },
  { &weibull, { 1.5, 1 }, 0, 1, TRUE },
  { &weibull, { 30, 10 }, 0, 1, TRUE },
  { &gamma_kind, { 0.001, 1 }, 0.49, 1, FALSE },
  { &gamma_kind, { 0.01, 1e300 }, 0, 1, FALSE },
  { &gamma_kind, { 0.1, 1 }, 0, 1, FALSE },
  { &gamma_kind, { 0.5, 2 }, 0, 1, FALSE },
  { &gamma_kind, { 0.999, 1 }, 0, 1, TRUE },
  { &gamma_kind, { 1, 1 }, 0, 1, TRUE },
  { &gamma_kind, { 1.2, 1e-12 }, 0, 1, TRUE },
  { &gamma_kind, { 2.5, 4 }, 0, 1, TRUE },
  { &gamma_kind, { 10, 1 }, 0, 1, TRUE },
  { &gamma_kind, { 1000, 0.1 }, 0, 1, TRUE },
  { &beta, { 0.001, 0.001, 0, 1 }, 0.25, 0.51, FALSE },
  { &beta, { 0.01, 3, 0, 1 }, 0.001, 1, FALSE },
  { &beta, { 0.5, 0.5, 0, 1 }, 0, 1, TRUE },
  { &beta, { 0.3, 4, 0, 1 }, 0, 1, TRUE },
  { &beta, { 1, 1, 2, 6 }, 0, 1, TRUE },
  { &beta, { 2, 3, -1, 1 }, 0, 1, TRUE },
  { &beta, { 2, 0.2, -1, 1 }, 0, 1, TRUE },
  { &beta, { 100, 200, 0, 1 }, 0, 1, TRUE },
};

/* Mean and variance, by the moments of the sample itself. */
static void
assert_moments (const double *numbers,
                gsize n,
                double mean,
                double variance,
                gboolean light,
                const char *what,
                double parameter)
{
  double sum = 0.0, squares = 0.0, fourths = 0.0;

  for (gsize k = 0; k < n; k++)
    {
      double z = (numbers[k] - mean) / sqrt (variance);

      sum += z;
      squares += z * z;
      fourths += z * z * z * z;
    }
  assert_z (sum / sqrt ((double) n), what, parameter);
  if (light)
    assert_z ((squares - (double) n) / sqrt (fourths - squares * squares / (double) n), what,
              parameter);
}

/* Three statistics at most. */
START_TEST (distributions_are_right)
{
  const Case *c = &cases[_i];
  g_autofree double *numbers = draw (c->kind->make (c->p, 100 + _i));

  if (c->light)
    assert_moments (numbers, N, c->kind->mean (c->p), c->kind->variance (c->p), TRUE, c->kind->name,
                    c->p[0]);
  for (gsize k = 0; k < N; k++)
    numbers[k] = c->kind->below (numbers[k], c->p);
  assert_uniform (numbers, N, c->least, c->most, c->kind->name, c->p[0]);
}
END_TEST

/* Shapes that few doubles tell apart from one number: by the standard deviation. */
START_TEST (large_shapes_are_normal)
{
  static const double shapes[] = { 1e6, 1e10, 1e14, 1e20 };
  double shape = shapes[_i];
  g_autofree double *numbers = draw (conset_value_gamma (NUMBER (shape), NUMBER (1), 9));
  g_autofree double *between =
    draw (conset_value_beta (NUMBER (shape), NUMBER (3.0 * shape), NUMBER (0), NUMBER (1), 9));

  for (gsize k = 0; k < N; k++)
    {
      /* Wilson and Hilferty: the cube root is normal up to a term of 1 / shape. */
      numbers[k] = normal_below (3.0 * sqrt (shape)
                                 * (cbrt (numbers[k] / shape) - (1.0 - 1.0 / (9.0 * shape))));
      between[k] = normal_below ((between[k] - 0.25) / sqrt (3.0 / 64.0 / shape));
    }
  assert_uniform (numbers, N, 0, 1, "gamma", shape);
  assert_uniform (between, N, 0, 1, "beta", shape);
}
END_TEST

START_TEST (without_width_there_is_one_number)
{
  ConsetValue *values[] = {
    conset_value_normal (NUMBER (3), NUMBER (0), 1),
    conset_value_uniform (NUMBER (3), NUMBER (3), 1),
    conset_value_truncated_normal (NUMBER (3), NUMBER (0), NUMBER (1), NUMBER (4), 1),
    conset_value_truncated_normal (NUMBER (0), NUMBER (1), NUMBER (3), NUMBER (3), 1),
    conset_value_truncated_normal (NUMBER (-30), NUMBER (1), NUMBER (3), NUMBER (3), 1),
    conset_value_truncated_normal (NUMBER (50), NUMBER (1), NUMBER (3), NUMBER (3), 1),
    conset_value_beta (NUMBER (0.1), NUMBER (2), NUMBER (3), NUMBER (3), 1),
    conset_value_uniform_int (NUMBER (3), NUMBER (3), 1),
    conset_value_binomial (NUMBER (3), NUMBER (1), 1),
  };

  for (guint v = 0; v < G_N_ELEMENTS (values); v++)
    {
      g_autofree double *numbers = draw (values[v]);

      for (gsize k = 0; k < N; k++)
        if (numbers[k] != 3.0)
          ck_abort_msg ("value %u is %g", v, numbers[k]);
    }
}
END_TEST

START_TEST (lognormal_forms_agree)
{
  g_autofree double *one = draw (conset_value_lognormal (NUMBER (2), NUMBER (3), 5));
  double variance = log (1.0 + 2.25);
  g_autofree double *other = draw (conset_value_lognormal_mu_sigma (
    NUMBER (log (2.0) - 0.5 * variance), NUMBER (sqrt (variance)), 5));

  for (gsize k = 0; k < N; k++)
    if (fabs (one[k] - other[k]) > 1e-13 * one[k])
      ck_abort_msg ("%g, not %g", one[k], other[k]);
}
END_TEST

/* }}} */

/* {{{ the truncated normal distribution */

/* In standard deviations from the mean, the ends, and where the mean is. */
typedef struct
{
  double low;
  double high;
  double mean;
} TruncatedCase;

static const TruncatedCase truncated_cases[] = {
  { -1, 2, 0 },
  { -0.001, 0.001, 0 },
  { -1e-14, 2e-14, 0 },
  { 0.3, 0.4, 7 },
  { -INFINITY, 3, 0 },
  { -2, INFINITY, -5 },
  { 1, INFINITY, 0 },
  { -INFINITY, -4, 3 },
  { 5, 6, 0 },
  { -6.5, -5, 0 },
  { -60, 60, 0 },
  { 7.999, INFINITY, 0 },
  { 8, INFINITY, 0 },
  { 8.001, 8.002, -8.001 },
  { 30, INFINITY, -30 },
  { -INFINITY, -30, 30 },
  { 30, 31, -30 },
  { -40, -39.99, 39.99 },
  { 38, 45, -38 },
  { 1e6, INFINITY, -1e6 },
  { 1e6, 1e6 + 1e-6, -1e6 },
  { 1e100, INFINITY, -1e100 },
};

/* Mills' ratio from its continued fraction (Laplace), for x >= 5. */
static double
mills (double x)
{
  double sum = 0.0;

  for (guint k = 20 + (guint) (1000.0 / (x * x)); k > 0; k--)
    sum = k / (x + sum);
  return 1.0 / (x + sum);
}

/* The part of what is above a >= 5 that is not above a + t; @at_a is mills (a). */
static double
fallen (double a, double at_a, double t)
{
  return t < INFINITY ? -expm1 (-t * (a + 0.5 * t) + log (mills (a + t) / at_a)) : 1.0;
}

/* The shares below of numbers that are all far out, from the end that is nearer to the mean. */
static void
far_shares (const TruncatedCase *c, double *numbers)
{
  gboolean above = c->low > 0.0;
  double a = above ? c->low : -c->high, at_a = mills (a);
  double end = c->mean + (above ? c->low : c->high), all = fallen (a, at_a, c->high - c->low);

  for (gsize k = 0; k < N; k++)
    {
      double share = fallen (a, at_a, fabs (numbers[k] - end)) / all;

      numbers[k] = above ? share : 1.0 - share;
    }
}

static double
near_share (const TruncatedCase *c, double x)
{
  double z = x - c->mean;

  /* Small parts, by the density, which is flat there. */
  if (c->high - c->low < 0.01)
    return (z - c->low) / (c->high - c->low);
  if (c->low > 0.0)
    return (normal_below (-c->low) - normal_below (-z))
           / (normal_below (-c->low) - normal_below (-c->high));
  return (normal_below (z) - normal_below (c->low))
         / (normal_below (c->high) - normal_below (c->low));
}

static ConsetValue *
end_of (double mean, double end)
{
  return isfinite (end) ? NUMBER (mean + end) : NULL;
}

/* One statistic, and all numbers between the ends. */
START_TEST (truncated_distributions_are_right)
{
  const TruncatedCase *c = &truncated_cases[_i];
  g_autofree double *numbers = draw (conset_value_truncated_normal (
    NUMBER (c->mean), NUMBER (1), end_of (c->mean, c->low), end_of (c->mean, c->high), 300 + _i));

  for (gsize k = 0; k < N; k++)
    if (numbers[k] < c->mean + c->low || numbers[k] > c->mean + c->high)
      ck_abort_msg ("%g is not in [%g, %g]", numbers[k], c->mean + c->low, c->mean + c->high);
  if (c->low >= 5.0 || c->high <= -5.0)
    far_shares (c, numbers);
  else
    for (gsize k = 0; k < N; k++)
      numbers[k] = near_share (c, numbers[k]);
  for (gsize k = 0; k < N; k++)
    numbers[k] = CLAMP (numbers[k], 0.0, 1.0);
  assert_uniform (numbers, N, 0, 1, "truncatedNormal", c->low);
}
END_TEST

static double
test_infinity (guint64 source G_GNUC_UNUSED,
               guint64 target G_GNUC_UNUSED,
               gpointer data G_GNUC_UNUSED)
{
  return INFINITY;
}

/* A scale other than 1, and ends that only a value set has. */
START_TEST (truncated_scales)
{
  ConsetValue *never = conset_value_callback ("infinite", test_infinity, NULL, NULL, NULL);
  g_autofree double *one = draw (conset_value_truncated_normal (
    NUMBER (0.3), NUMBER (0.2), NUMBER (0), conset_value_ref (never), 4));
  g_autofree double *other =
    draw (conset_value_truncated_normal (NUMBER (0.3), NUMBER (0.2), NUMBER (0), NULL, 4));

  conset_value_unref (never);
  for (gsize k = 0; k < N; k++)
    {
      if (one[k] != other[k])
        ck_abort_msg ("%g, not %g", one[k], other[k]);
      one[k] = 1.0 - normal_below ((0.3 - one[k]) / 0.2) / normal_below (1.5);
    }
  assert_uniform (one, N, 0, 1, "truncatedNormal", 0.3);
}
END_TEST

/* }}} */

/* {{{ far tails */

/* How many of many draws are below or above what is exceeded rarely. 6 statistics a kind. */
static void
assert_tails (ConsetValue *value, const double ends[3], const double chances[3], double sign)
{
  const guint64 n_sources = 100000, n_targets = test_sanitized () ? 10 : 400;
  guint64 found[3] = { 0 };
  ConsetValuePlan *plan = conset_value_plan_new (value, CONSET_TARGET_MAJOR);
  g_autofree double *numbers = g_new (double, n_sources);
  g_autofree char *text = conset_value_to_string (value);

  for (guint64 target = 0; target < n_targets; target++)
    {
      ConsetPlaces places = { CONSET_TARGET_MAJOR, target, 0, NULL, n_sources, NULL };

      ck_assert (conset_value_plan_fill (plan, &places, numbers));
      for (guint64 k = 0; k < n_sources; k++)
        for (guint e = 0; e < 3; e++)
          found[e] += sign * numbers[k] > ends[e];
    }
  for (guint e = 0; e < 3; e++)
    assert_count (found[e], chances[e] * (double) (n_sources * n_targets), text, ends[e]);
  conset_value_plan_free (plan);
}

START_TEST (far_tails_are_right)
{
  static const double ends[3] = { 4, 4.5, 5 };
  static const double chances[3] = { 3.167124183312e-5, 3.397673124731e-6, 2.866515718792e-7 };
  static const double falls[3] = { 10, 13, 15 };
  static const double fall_chances[3] = { 4.539992976248e-5, 2.260329406981e-6, 3.059023205018e-7 };
  static const double rims[3] = { -1e-4, -1e-5, -1e-6 }, rim_chances[3] = { 1e-4, 1e-5, 1e-6 };
  g_autoptr (ConsetValue) z = conset_value_normal (NUMBER (0), NUMBER (1), 77);
  g_autoptr (ConsetValue) part =
    conset_value_truncated_normal (NUMBER (0), NUMBER (1), NUMBER (-50), NULL, 77);
  g_autoptr (ConsetValue) e = conset_value_exponential (NUMBER (1), 77);
  g_autoptr (ConsetValue) x = conset_value_gamma (NUMBER (1), NUMBER (1), 77);

  assert_tails (z, ends, chances, 1.0);
  assert_tails (z, ends, chances, -1.0);
  assert_tails (part, ends, chances, 1.0);
  assert_tails (part, ends, chances, -1.0);
  assert_tails (e, falls, fall_chances, 1.0);
  assert_tails (e, rims, rim_chances, -1.0);
  assert_tails (x, falls, fall_chances, 1.0);
  assert_tails (x, rims, rim_chances, -1.0);
}
END_TEST

/* }}} */

/* {{{ whole numbers */

/* Counts how often each of the numbers from @least on comes. */
static guint64 *
count_numbers (ConsetValue *value, double least, guint n)
{
  g_autofree double *numbers = draw (value);
  guint64 *found = g_new0 (guint64, n);

  for (gsize k = 0; k < N; k++)
    {
      if (numbers[k] != floor (numbers[k]) || numbers[k] < least || numbers[k] >= least + n)
        ck_abort_msg ("%g is no number from %g on", numbers[k], least);
      found[(guint) (numbers[k] - least)]++;
    }
  return found;
}

START_TEST (uniform_integers_are_even)
{
  static const double ends[][2] = { { 0, 1 }, { -3, 3 }, { 1, 10 }, { -0x1p53, -0x1p53 + 99 } };

  for (guint e = 0; e < G_N_ELEMENTS (ends); e++)
    {
      guint n = (guint) (ends[e][1] - ends[e][0]) + 1;
      g_autofree guint64 *found = count_numbers (
        conset_value_uniform_int (NUMBER (ends[e][0]), NUMBER (ends[e][1]), 5), ends[e][0], n);
      ChiSquare chi = { 0 };

      for (guint k = 0; k < n; k++)
        chi_square_add (&chi, (double) N / n, (double) found[k]);
      chi_square_assert (&chi, "uniformInt", ends[e][0]);
    }
}
END_TEST

START_TEST (uniform_integers_fill_all_doubles)
{
  g_autofree double *numbers =
    draw (conset_value_uniform_int (NUMBER (-0x1p53), NUMBER (0x1p53), 5));
  guint64 n_odd = 0;

  for (gsize k = 0; k < N; k++)
    {
      n_odd += fmod (numbers[k], 2.0) != 0.0;
      numbers[k] = (numbers[k] + 0x1p53) / 0x1p54;
    }
  assert_z (((double) n_odd - 0.5 * N) / sqrt (0.25 * N), "odd", 0.0);
  assert_uniform (numbers, N, 0, 1, "uniformInt", 0x1p53);
}
END_TEST

START_TEST (counts_are_right)
{
  g_autofree guint64 *p = count_numbers (conset_value_poisson (NUMBER (10), 5), 0, 100);
  g_autofree guint64 *b =
    count_numbers (conset_value_binomial (NUMBER (20), NUMBER (0.3), 5), 0, 21);
  g_autofree guint64 *g = count_numbers (conset_value_geometric (NUMBER (2), 5), 0, 100);
  g_autofree double *large = draw (conset_value_poisson (NUMBER (1e12), 5));
  g_autofree double *trials = draw (conset_value_binomial (NUMBER (0x1p53), NUMBER (0.25), 5));
  ChiSquare chi_p = { 0 }, chi_b = { 0 }, chi_g = { 0 };

  for (guint k = 0; k < 100; k++)
    {
      chi_square_add (&chi_p, N * poisson_chance (k, 10), (double) p[k]);
      chi_square_add (&chi_g, N * geometric_chance (k, 2), (double) g[k]);
      if (k <= 20)
        chi_square_add (&chi_b, N * binomial_chance (20, k, 0.3), (double) b[k]);
    }
  chi_square_assert (&chi_p, "poisson", 10);
  chi_square_assert (&chi_b, "binomial", 20);
  chi_square_assert (&chi_g, "geometric", 2);
  assert_moments (large, N, 1e12, 1e12, TRUE, "poisson", 1e12);
  assert_moments (trials, N, 0x1p51, 0x1p51 * 0.75, TRUE, "binomial", 0.25);
}
END_TEST

START_TEST (laws_of_degrees_are_values)
{
  static const double weights[] = { 1, 0, 3, 6 };
  g_autofree guint64 *table =
    count_numbers (conset_value_degrees (conset_degrees_table (weights, 4), 5), 0, 4);
  g_autofree double *law = draw (conset_value_degrees (conset_degrees_poisson (10), 5));
  g_autofree double *value = draw (conset_value_poisson (NUMBER (10), 5));
  g_autofree double *three = draw (conset_value_degrees (conset_degrees_constant (3), 5));
  ChiSquare chi = { 0 };

  for (gsize k = 0; k < N; k++)
    if (law[k] != value[k] || three[k] != 3.0)
      ck_abort_msg ("%g, not %g; %g", law[k], value[k], three[k]);
  for (guint k = 0; k < 4; k++)
    chi_square_add (&chi, N * weights[k] / 10.0, (double) table[k]);
  chi_square_assert (&chi, "degreeTable", 0);
  ck_assert_uint_eq (table[1], 0);
}
END_TEST

/* }}} */

/* {{{ mixtures */

START_TEST (mixtures_choose_by_weight)
{
  static const double weights[] = { 2, 0, 1, 5 };
  ConsetValue *const values[] = { NUMBER (-1), NUMBER (-2),
                                  conset_value_normal (NUMBER (10), NUMBER (1), 5),
                                  conset_value_uniform (NUMBER (100), NUMBER (200), 5) };
  g_autofree double *numbers = draw (conset_value_mixture (4, weights, values, 5));
  guint64 found[4] = { 0 };
  ChiSquare chi = { 0 };

  for (gsize k = 0; k < N; k++)
    {
      guint which = numbers[k] >= 100.0 ? 3 : numbers[k] > 0.0 ? 2 : numbers[k] == -1.0 ? 0 : 1;

      numbers[found[3]] = (numbers[k] - 100.0) / 100.0;
      found[which]++;
    }
  for (guint k = 0; k < 4; k++)
    chi_square_add (&chi, N * weights[k] / 8.0, (double) found[k]);
  chi_square_assert (&chi, "mixture", 0);
  ck_assert_uint_eq (found[1], 0);
  assert_uniform (numbers, found[3], 0, 1, "part of a mixture", 3);
}
END_TEST

/* }}} */

/* {{{ independence */

#define N_CLASSES 8

/* Into eighths of the distribution. */
static guint8 *
classify (const double *numbers, const Kind *kind, const double *p)
{
  guint8 *classes = g_new (guint8, N);

  for (gsize k = 0; k < N; k++)
    classes[k] = (guint8) MIN (kind->below (numbers[k], p) * N_CLASSES, N_CLASSES - 1);
  return classes;
}

/* Of 11 kinds with one seed; whole numbers into as many classes. */
static guint8 *
draw_classes (guint k, guint64 seed)
{
  static const Kind *const kinds[] = { &uniform, &normal, &lognormal, &exponential,
                                       &weibull, &beta,   &gamma_kind };
  static const double p[][4] = { { 0, 1 },   { 0, 1 },       { 1, 1 },  { 1 },
                                 { 1.5, 1 }, { 2, 3, 0, 1 }, { 2.5, 1 } };
  g_autofree double *numbers = NULL;
  ConsetValue *eight[8];
  const double weights[8] = { 1, 1, 1, 1, 1, 1, 1, 1 };
  guint8 *classes;

  if (k < G_N_ELEMENTS (kinds))
    {
      numbers = draw (kinds[k]->make (p[k], seed));
      return classify (numbers, kinds[k], p[k]);
    }
  for (guint e = 0; e < 8; e++)
    eight[e] = NUMBER (e);
  if (k == 7)
    numbers = draw (conset_value_mixture (8, weights, eight, seed));
  else
    for (guint e = 0; e < 8; e++)
      conset_value_unref (eight[e]);
  if (k == 8)
    numbers = draw (conset_value_uniform_int (NUMBER (0), NUMBER (7), seed));
  if (k == 9)
    numbers = draw (conset_value_poisson (NUMBER (3), seed));
  if (k == 10)
    numbers = draw (
      conset_value_truncated_normal (NUMBER (3.5), NUMBER (4), NUMBER (0), NUMBER (7.999), seed));
  classes = g_new (guint8, N);
  for (gsize n = 0; n < N; n++)
    classes[n] = (guint8) MIN (numbers[n], 7.0);
  return classes;
}

#define N_KINDS 11

/* 55 pairs of kinds */
START_TEST (kinds_of_one_seed_are_independent)
{
  guint8 *classes[N_KINDS];

  for (guint a = 0; a < N_KINDS; a++)
    {
      classes[a] = draw_classes (a, 5);
      for (guint b = 0; b < a; b++)
        assert_independent (classes[a], classes[b], N, N_CLASSES, "kinds", a * 100.0 + b);
    }
  for (guint a = 0; a < N_KINDS; a++)
    g_free (classes[a]);
}
END_TEST

/* Two seeds, and pairs that lie at all distances of one bit: along, across, and transposed. 7
 * statistics a kind. */
START_TEST (seeds_and_pairs_are_independent)
{
  static const guint shifts[] = { 1, 2, 64, N_SOURCES, 2 * N_SOURCES };
  g_autofree guint8 *one = draw_classes (_i, 5), *other = draw_classes (_i, 6);
  g_autofree guint8 *turned = g_new (guint8, N_TARGETS * N_TARGETS);
  g_autofree guint8 *straight = g_new (guint8, N_TARGETS * N_TARGETS);
  gsize n = 0;

  assert_independent (one, other, N, N_CLASSES, "seeds", _i);
  for (guint s = 0; s < G_N_ELEMENTS (shifts); s++)
    assert_independent (one, one + shifts[s], N - shifts[s], N_CLASSES, "pairs", shifts[s]);
  for (guint j = 0; j < N_TARGETS; j++)
    for (guint i = 0; i < j; i++)
      {
        straight[n] = one[j * N_SOURCES + i];
        turned[n++] = one[i * N_SOURCES + j];
      }
  assert_independent (straight, turned, n, N_CLASSES, "transposed", _i);
}
END_TEST

/* Copies 0, 1, 2, and some of which more bits are set: 6 statistics a kind. */
START_TEST (copies_are_independent)
{
  static const guint32 copies[] = { 0, 1, 2, 1 << 25, 0x7ffffffe };
  static const Kind *const kinds[] = { &normal, &gamma_kind };
  static const double p[4] = { 0.5, 1 };
  enum
  {
    N_COPIES = G_N_ELEMENTS (copies),
    N_PAIRS = 20000,
  };
  const Kind *kind = kinds[_i];
  g_autoptr (ConsetValue) value = kind->make (p, 5);
  ConsetValuePlan *plan = conset_value_plan_new (value, CONSET_TARGET_MAJOR);
  g_autofree guint8 *classes = g_new (guint8, N_COPIES * N_PAIRS);

  for (guint j = 0; j < N_PAIRS / 100; j++)
    for (guint c = 0; c < N_COPIES; c++)
      {
        guint32 same[100];
        double numbers[100];
        ConsetPlaces places = { CONSET_TARGET_MAJOR, j, 0, NULL, 100, same };

        for (guint i = 0; i < 100; i++)
          same[i] = copies[c];
        conset_value_plan_fill (plan, &places, numbers);
        for (guint i = 0; i < 100; i++)
          classes[c * N_PAIRS + j * 100 + i] =
            (guint8) MIN (kind->below (numbers[i], p) * N_CLASSES, N_CLASSES - 1);
      }
  for (guint a = 0; a < N_COPIES; a++)
    for (guint b = 0; b < a; b++)
      assert_independent (classes + a * N_PAIRS, classes + b * N_PAIRS, N_PAIRS, N_CLASSES,
                          "copies", a * 10.0 + b);
  conset_value_plan_free (plan);
}
END_TEST

/* Which pairs of the window are members; consumes @set. */
static guint8 *
find_members (Conset *set)
{
  const ConsetWindow window = CONSET_WINDOW (N_SOURCES, N_TARGETS);
  ConsetIter *iter = conset_iter_new (set, &window, CONSET_TARGET_MAJOR);
  guint8 *member = g_new0 (guint8, N);
  guint64 source, target;

  while (conset_iter_next (iter, &source, &target))
    member[target * N_SOURCES + source] = 1;
  ck_assert (conset_iter_finish (iter, NULL));
  conset_iter_free (iter);
  conset_unref (set);
  return member;
}

/* Sets of the same seed: whether a pair is a member says nothing about its value. */
START_TEST (sets_and_values_are_independent)
{
  ConsetValue *p = conset_value_uniform (NUMBER (0), NUMBER (1), 5);
  Conset *sets[] = {
    conset_random (0.5, 5),
    conset_random (0.3, 5),
    conset_random (0.01, 5),
    conset_random_by_value (p, FALSE, 5),
    conset_random_symmetric (0.4, 5),
    conset_random_total (N / 4, FALSE, 5, conset_cross_n (N_SOURCES, N_TARGETS)),
    conset_random_fan_in (conset_degrees_constant (100), FALSE, 5,
                          conset_cross_n (N_SOURCES, N_TARGETS)),
    conset_random_poisson (0.5, 5),
  };
  guint8 *classes[N_KINDS];

  for (guint k = 0; k < N_KINDS; k++)
    classes[k] = draw_classes (k, 5);
  for (guint s = 0; s < G_N_ELEMENTS (sets); s++)
    {
      g_autofree guint8 *member = find_members (sets[s]);

      /* Set 3 is drawn by value 0. */
      for (guint k = 0; k < N_KINDS; k++)
        if (!(s == 3 && k == 0))
          assert_independent (member, classes[k], N, N_CLASSES, "set and value", s * 100.0 + k);
    }
  for (guint k = 0; k < N_KINDS; k++)
    g_free (classes[k]);
}
END_TEST

/* }}} */

static Suite *
distributions_suite (void)
{
  Suite *suite = suite_create ("distributions");
  TCase *tcase = test_case_add (suite, "distributions");

  tcase_add_loop_test (tcase, distributions_are_right, 0, G_N_ELEMENTS (cases));
  tcase_add_loop_test (tcase, large_shapes_are_normal, 0, 4);
  tcase_add_test (tcase, without_width_there_is_one_number);
  tcase_add_test (tcase, lognormal_forms_agree);
  tcase_add_loop_test (tcase, truncated_distributions_are_right, 0, G_N_ELEMENTS (truncated_cases));
  tcase_add_test (tcase, truncated_scales);
  tcase_add_test (tcase, far_tails_are_right);
  tcase_add_test (tcase, uniform_integers_are_even);
  tcase_add_test (tcase, uniform_integers_fill_all_doubles);
  tcase_add_test (tcase, counts_are_right);
  tcase_add_test (tcase, laws_of_degrees_are_values);
  tcase_add_test (tcase, mixtures_choose_by_weight);
  tcase = test_case_add (suite, "independence");
  tcase_add_test (tcase, kinds_of_one_seed_are_independent);
  tcase_add_loop_test (tcase, seeds_and_pairs_are_independent, 0, N_KINDS);
  tcase_add_loop_test (tcase, copies_are_independent, 0, 2);
  tcase_add_test (tcase, sets_and_values_are_independent);
  return suite;
}

int
main (void)
{
  return test_run (distributions_suite ());
}
