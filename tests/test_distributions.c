/* SPDX-License-Identifier: MIT */
/*
 * That drawn values have the distributions that they say: distribution functions, moments and far
 * tails.
 *
 * Seeds are fixed. Every statistic alarms wrongly with probability 1e-6 (statistics.h); there are
 * about 160 of them: 0.02 %.
 */
#include "drawn.h"
#include "statistics.h"

#include <math.h>

/* Short names for what the tests compose. */
#define NUMBER(x) conset_value_constant (x)

enum
{
  N_SOURCES = 400,
  N_TARGETS = 300,
  N = N_SOURCES * N_TARGETS,
};

static double *
draw (ConsetValue *value)
{
  return draw_values (value, N_SOURCES, N_TARGETS);
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
  return suite;
}

int
main (void)
{
  return test_run (distributions_suite ());
}
