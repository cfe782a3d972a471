/* SPDX-License-Identifier: MIT */
/*
 * Distributions by inversion: uniform, normal, lognormal, exponential, Weibull, and uniform among
 * whole numbers. A standard number, made of 64 random bits (quantile.h), is stretched and moved.
 *
 * A block is drawn by vector loops alone, whatever the parameters.
 */
#include <conset/distribution.h>

#include "distribution.h"

#include "pinned.h"
#include "quantile_inline.h"

#include <math.h>

/* {{{ uniform */

enum
{
  LOW,
  HIGH,
  WIDTH,
};

static const char *
uniform_prepare (const double *given, double *ready, guint *culprit)
{
  *culprit = HIGH;
  ready[LOW] = given[LOW];
  ready[HIGH] = given[HIGH];
  ready[WIDTH] = given[HIGH] - given[LOW];
  if (!(ready[WIDTH] >= 0.0))
    return "at least low";
  return isfinite (ready[WIDTH]) ? NULL : "less than 1.8e+308 above low";
}

/* Rounding must not lead beyond the end. */
static double
uniform_number (const ConsetWell *well, const double *ready)
{
  double u = quantile_uniform (distribution_well_bits (well, 0, NULL));

  return conset_number_min (u * ready[WIDTH] + ready[LOW], ready[HIGH]);
}

static void
uniform_fill (DistributionBlock *block, double *out)
{
  gsize n = block->places->n;

  distribution_draw_bits (block, 0, FALSE);
  conset_quantiles ()->uniform (block->bits, n, out);
  distribution_apply (CONSET_BINARY_MULTIPLY, out, &block->ready[WIDTH], n);
  distribution_apply (CONSET_BINARY_ADD, out, &block->ready[LOW], n);
  distribution_apply (CONSET_BINARY_MIN, out, &block->ready[HIGH], n);
}

static const Distribution uniform = {
  .name = "uniform",
  .rule = CONSET_RULE_UNIFORM,
  .units = CONSET_UNITS_SAME,
  .n_parameters = 2,
  .parameters = { { "low", RANGE_FINITE, FALSE, 0.0 }, { "high", RANGE_FINITE, FALSE, 0.0 } },
  .n_ready = 3,
  .prepare = uniform_prepare,
  .number = uniform_number,
  .fill_uneven = uniform_fill,
};

ConsetValue *
conset_value_uniform (ConsetValue *low, ConsetValue *high, guint64 seed)
{
  return distribution_new (&uniform, seed, (ConsetValue *[]){ low, high });
}

/* }}} */

/* {{{ normal */

/* Also of a logarithm: mu and sigma. */
enum
{
  MEAN,
  SD,
};

static double
normal_number (const ConsetWell *well, const double *ready)
{
  double z = conset_quantile_normal (distribution_well_bits (well, 0, NULL));

  return z * ready[SD] + ready[MEAN];
}

static void
normal_fill (DistributionBlock *block, double *out)
{
  gsize n = block->places->n;

  distribution_draw_bits (block, 0, FALSE);
  conset_quantiles ()->normal (block->bits, n, out);
  distribution_apply (CONSET_BINARY_MULTIPLY, out, &block->ready[SD], n);
  distribution_apply (CONSET_BINARY_ADD, out, &block->ready[MEAN], n);
}

static const Distribution normal = {
  .name = "normal",
  .rule = CONSET_RULE_NORMAL,
  .units = CONSET_UNITS_SAME,
  .n_parameters = 2,
  .parameters = { { "mean", RANGE_FINITE, FALSE, 0.0 }, { "sd", RANGE_NOT_NEGATIVE, FALSE, 0.0 } },
  .n_ready = 2,
  .number = normal_number,
  .fill_uneven = normal_fill,
};

ConsetValue *
conset_value_normal (ConsetValue *mean, ConsetValue *sd, guint64 seed)
{
  return distribution_new (&normal, seed, (ConsetValue *[]){ mean, sd });
}

/* }}} */

/* {{{ lognormal */

/* log (1 + (sd / mean)^2), the square of which might exceed all doubles. */
static const char *
lognormal_prepare (const double *given, double *ready, guint *culprit G_GNUC_UNUSED)
{
  double ratio = given[SD] / given[MEAN], variance;

  if (ratio > 0x1p30)
    variance = 2.0 * (conset_pinned_log (given[SD]) - conset_pinned_log (given[MEAN]));
  else
    variance = conset_pinned_log1p (ratio * ratio);
  ready[MEAN] = conset_pinned_log (given[MEAN]) - 0.5 * variance;
  ready[SD] = sqrt (variance);
  return NULL;
}

static double
lognormal_number (const ConsetWell *well, const double *ready)
{
  return conset_pinned_exp (normal_number (well, ready));
}

static void
lognormal_fill (DistributionBlock *block, double *out)
{
  normal_fill (block, out);
  conset_arithmetic ()->unary[CONSET_UNARY_EXP](out, block->places->n);
}

static const Distribution lognormal = {
  .name = "lognormal",
  .rule = CONSET_RULE_LOGNORMAL,
  .units = CONSET_UNITS_SAME,
  .n_parameters = 2,
  .parameters = { { "mean", RANGE_POSITIVE, FALSE, 0.0 },
                  { "sd", RANGE_NOT_NEGATIVE, FALSE, 0.0 } },
  .n_ready = 2,
  .prepare = lognormal_prepare,
  .number = lognormal_number,
  .fill_uneven = lognormal_fill,
};

static const Distribution lognormal_mu_sigma = {
  .name = "lognormal",
  .rule = CONSET_RULE_LOGNORMAL,
  .by_keyword = TRUE,
  .n_parameters = 2,
  .parameters = { { "mu", RANGE_FINITE, FALSE, 0.0 }, { "sigma", RANGE_NOT_NEGATIVE, FALSE, 0.0 } },
  .n_ready = 2,
  .number = lognormal_number,
  .fill_uneven = lognormal_fill,
};

ConsetValue *
conset_value_lognormal (ConsetValue *mean, ConsetValue *sd, guint64 seed)
{
  return distribution_new (&lognormal, seed, (ConsetValue *[]){ mean, sd });
}

ConsetValue *
conset_value_lognormal_mu_sigma (ConsetValue *mu, ConsetValue *sigma, guint64 seed)
{
  return distribution_new (&lognormal_mu_sigma, seed, (ConsetValue *[]){ mu, sigma });
}

/* }}} */

/* {{{ exponential */

static double
exponential_number (const ConsetWell *well, const double *ready)
{
  return conset_quantile_exponential (distribution_well_bits (well, 0, NULL)) * ready[MEAN];
}

static void
exponential_fill (DistributionBlock *block, double *out)
{
  gsize n = block->places->n;

  distribution_draw_bits (block, 0, FALSE);
  conset_quantiles ()->exponential (block->bits, n, out);
  distribution_apply (CONSET_BINARY_MULTIPLY, out, &block->ready[MEAN], n);
}

static const Distribution exponential = {
  .name = "exponential",
  .rule = CONSET_RULE_EXPONENTIAL,
  .units = CONSET_UNITS_SAME,
  .n_parameters = 1,
  .parameters = { { "mean", RANGE_NOT_NEGATIVE, FALSE, 0.0 } },
  .n_ready = 1,
  .number = exponential_number,
  .fill_uneven = exponential_fill,
};

ConsetValue *
conset_value_exponential (ConsetValue *mean, guint64 seed)
{
  return distribution_new (&exponential, seed, (ConsetValue *[]){ mean });
}

/* }}} */

/* {{{ Weibull */

enum
{
  SHAPE,
  SCALE,
};

/* What the exponential number is raised to. */
static const char *
weibull_prepare (const double *given, double *ready, guint *culprit)
{
  *culprit = SHAPE;
  ready[SHAPE] = 1.0 / given[SHAPE];
  ready[SCALE] = given[SCALE];
  return isfinite (ready[SHAPE]) ? NULL : "above 1e-308";
}

static double
weibull_number (const ConsetWell *well, const double *ready)
{
  double e = conset_quantile_exponential (distribution_well_bits (well, 0, NULL));

  return conset_number_power (e, ready[SHAPE]) * ready[SCALE];
}

static void
weibull_fill (DistributionBlock *block, double *out)
{
  gsize n = block->places->n;

  distribution_draw_bits (block, 0, FALSE);
  conset_quantiles ()->exponential (block->bits, n, out);
  distribution_apply (CONSET_BINARY_POWER, out, &block->ready[SHAPE], n);
  distribution_apply (CONSET_BINARY_MULTIPLY, out, &block->ready[SCALE], n);
}

static const Distribution weibull = {
  .name = "weibull",
  .rule = CONSET_RULE_WEIBULL,
  .units = CONSET_UNITS_SAME_BUT_FIRST,
  .n_parameters = 2,
  .parameters = { { "shape", RANGE_POSITIVE, FALSE, 0.0 },
                  { "scale", RANGE_NOT_NEGATIVE, FALSE, 0.0 } },
  .n_ready = 2,
  .prepare = weibull_prepare,
  .number = weibull_number,
  .fill_uneven = weibull_fill,
};

ConsetValue *
conset_value_weibull (ConsetValue *shape, ConsetValue *scale, guint64 seed)
{
  return distribution_new (&weibull, seed, (ConsetValue *[]){ shape, scale });
}

/* }}} */
