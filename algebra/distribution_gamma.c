/* SPDX-License-Identifier: MIT */
/*
 * Gamma and beta distributions.
 *
 * A gamma number of shape d + 1/3 >= 1 is d (1 + c z)^3 for a normal number z and
 * c = 1 / sqrt (9 d), accepted with a probability of at least 0.95 (Marsaglia and Tsang 2000, ACM
 * Transactions on Mathematical Software 26: 363). An attempt takes the 128 bits of a lane: z is the
 * quantile of the first 64, the others decide. The chance that none of 32 attempts is accepted is
 * below 1e-41; then the number is d.
 *
 * Of a shape below 1 it is a number of shape + 1 times exp (-e / shape), e being exponential, from
 * a lane of its own (the same authors). The factor is applied in two halves, so that it may be
 * far below what a double holds while the scale is large.
 *
 * A beta number is x / (x + y) of two gamma numbers, and is made of the ratio y / x: its factors
 * exp (e / a - f / b) are joined before they are applied, so that it is right where x and y are
 * both too small for doubles.
 */
#include <conset/distribution.h>

#include "distribution.h"

#include "pinned.h"
#include "quantile_inline.h"

#include <math.h>

#define ATTEMPTS 32

/* Lanes of a gamma number, from its first one on: attempts, and the factor of small shapes. */
#define LANE_FACTOR ATTEMPTS
/* Where the second number of a beta begins. */
#define LANES_EACH 64

/* What is ready of a shape. RATE is 1 / shape if that is below 1, else 0. */
enum
{
  D,
  C,
  RATE,
  N_SHAPE,
};

static const char *
prepare_shape (double shape, double *ready)
{
  double used = shape < 1.0 ? shape + 1.0 : shape;

  ready[D] = used - 1.0 / 3.0;
  ready[C] = 1.0 / (3.0 * sqrt (ready[D]));
  ready[RATE] = shape < 1.0 ? 1.0 / shape : 0.0;
  return isfinite (ready[RATE]) ? NULL : "above 1e-308";
}

/* Without the factor, by attempts from @attempt on. */
static double
draw_attempts (const ConsetWell *well, guint32 lane, const double *shape, guint32 attempt)
{
  const ConsetGamma gamma = { shape[D], shape[C] };

  for (; attempt < ATTEMPTS; attempt++)
    {
      guint64 more, bits = distribution_well_bits (well, lane + attempt, &more);
      double x;

      if (conset_gamma_accepts (&gamma, conset_quantile_normal (bits), more, &x))
        return gamma.d * x;
    }
  return gamma.d;
}

static double
draw_large (const ConsetWell *well, guint32 lane, const double *shape)
{
  return draw_attempts (well, lane, shape, 0);
}

/* Minus the logarithm of the factor. */
static double
draw_fall (const ConsetWell *well, guint32 lane, const double *shape)
{
  if (shape[RATE] == 0.0)
    return 0.0;
  return conset_quantile_exponential (distribution_well_bits (well, lane + LANE_FACTOR, NULL))
         * shape[RATE];
}

/* The same for a block, in which all have one shape. */
static void
fill_large (DistributionBlock *block, guint32 lane, const DistributionOperand *shape, double *out)
{
  const ConsetGamma gamma = { shape[D].number, shape[C].number };
  const double numbers[N_SHAPE] = { gamma.d, gamma.c, 0.0 };
  guint32 left[CONSET_VALUE_BLOCK + 1];
  gsize n_left;

  distribution_draw_bits (block, lane, TRUE);
  n_left =
    conset_quantiles ()->gamma (&gamma, block->bits, block->more, block->places->n, out, left);
  for (gsize l = 0; l < n_left; l++)
    {
      const ConsetWell well = distribution_well (block, left[l]);
      double z = conset_quantile_normal (block->bits[left[l]]), x;

      if (conset_gamma_accepts (&gamma, z, block->more[left[l]], &x))
        out[left[l]] = gamma.d * x;
      else
        out[left[l]] = draw_attempts (&well, lane, numbers, 1);
    }
}

static void
fill_fall (DistributionBlock *block, guint32 lane, const DistributionOperand *shape, double *out)
{
  distribution_draw_bits (block, lane + LANE_FACTOR, FALSE);
  conset_quantiles ()->exponential (block->bits, block->places->n, out);
  distribution_apply (CONSET_BINARY_MULTIPLY, out, &shape[RATE], block->places->n);
}

/* {{{ gamma */

enum
{
  SCALE = N_SHAPE,
  GAMMA_READY,
};

static const char *
gamma_prepare (const double *given, double *ready, guint *culprit)
{
  *culprit = 0;
  ready[SCALE] = given[1];
  return prepare_shape (given[0], ready);
}

static double
gamma_number (const ConsetWell *well, const double *ready)
{
  double x = draw_large (well, 0, ready) * ready[SCALE], half;

  if (ready[RATE] == 0.0)
    return x;
  half = conset_pinned_exp (draw_fall (well, 0, ready) * -0.5);
  return x * half * half;
}

static void
gamma_fill (DistributionBlock *block, double *out)
{
  const ConsetArithmetic *loops = conset_arithmetic ();
  double halves[CONSET_VALUE_BLOCK];
  gsize n = block->places->n;

  fill_large (block, 0, block->ready, out);
  distribution_apply (CONSET_BINARY_MULTIPLY, out, &block->ready[SCALE], n);
  if (block->ready[RATE].number == 0.0)
    return;
  fill_fall (block, 0, block->ready, halves);
  loops->by_number[CONSET_BINARY_MULTIPLY](halves, -0.5, n);
  loops->unary[CONSET_UNARY_EXP](halves, n);
  loops->binary[CONSET_BINARY_MULTIPLY](out, halves, n);
  loops->binary[CONSET_BINARY_MULTIPLY](out, halves, n);
}

static const Distribution gamma_distribution = {
  .name = "gamma",
  .rule = CONSET_RULE_GAMMA,
  .units = CONSET_UNITS_SAME_BUT_FIRST,
  .n_parameters = 2,
  .parameters = { { "shape", RANGE_POSITIVE, FALSE, 0.0 },
                  { "scale", RANGE_NOT_NEGATIVE, FALSE, 0.0 } },
  .n_ready = GAMMA_READY,
  .prepare = gamma_prepare,
  .number = gamma_number,
  .fill = gamma_fill,
};

ConsetValue *
conset_value_gamma (ConsetValue *shape, ConsetValue *scale, guint64 seed)
{
  return distribution_new (&gamma_distribution, seed, (ConsetValue *[]){ shape, scale });
}

/* }}} */

/* {{{ beta */

enum
{
  A = 0,
  B = N_SHAPE,
  LOW = 2 * N_SHAPE,
  HIGH,
  WIDTH,
  BETA_READY,
};

static const char *
beta_prepare (const double *given, double *ready, guint *culprit)
{
  const char *must;

  for (*culprit = 0; *culprit < 2; ++*culprit)
    {
      must = prepare_shape (given[*culprit], ready + (*culprit == 0 ? A : B));
      if (must != NULL)
        return must;
    }
  *culprit = 3;
  ready[LOW] = given[2];
  ready[HIGH] = given[3];
  ready[WIDTH] = given[3] - given[2];
  if (!(ready[WIDTH] >= 0.0))
    return "at least low";
  return isfinite (ready[WIDTH]) ? NULL : "less than 1.8e+308 above low";
}

static double
beta_number (const ConsetWell *well, const double *ready)
{
  double x = draw_large (well, 0, ready + A), y = draw_large (well, LANES_EACH, ready + B);
  double fall = draw_fall (well, 0, ready + A) - draw_fall (well, LANES_EACH, ready + B);
  double ratio = conset_pinned_exp (fall) * (y / x);

  return conset_number_min (1.0 / (1.0 + ratio) * ready[WIDTH] + ready[LOW], ready[HIGH]);
}

/* exp of the falls; FALSE where that is 1 because no shape is below 1. */
static gboolean
fill_factor (DistributionBlock *block, double *out)
{
  const ConsetArithmetic *loops = conset_arithmetic ();
  const DistributionOperand *ready = block->ready;
  double other[CONSET_VALUE_BLOCK];
  gsize n = block->places->n;

  if (ready[A + RATE].number == 0.0 && ready[B + RATE].number == 0.0)
    return FALSE;
  fill_fall (block, 0, ready + A, out);
  fill_fall (block, LANES_EACH, ready + B, other);
  loops->binary[CONSET_BINARY_SUBTRACT](out, other, n);
  loops->unary[CONSET_UNARY_EXP](out, n);
  return TRUE;
}

static void
beta_fill (DistributionBlock *block, double *out)
{
  const ConsetArithmetic *loops = conset_arithmetic ();
  const DistributionOperand *ready = block->ready;
  double other[CONSET_VALUE_BLOCK];
  gsize n = block->places->n;

  fill_large (block, LANES_EACH, ready + B, out);
  fill_large (block, 0, ready + A, other);
  loops->binary[CONSET_BINARY_DIVIDE](out, other, n);
  if (fill_factor (block, other))
    loops->binary[CONSET_BINARY_MULTIPLY](out, other, n);
  loops->by_number[CONSET_BINARY_ADD](out, 1.0, n);
  loops->number_by[CONSET_BINARY_DIVIDE](out, 1.0, n);
  distribution_apply (CONSET_BINARY_MULTIPLY, out, &ready[WIDTH], n);
  distribution_apply (CONSET_BINARY_ADD, out, &ready[LOW], n);
  distribution_apply (CONSET_BINARY_MIN, out, &ready[HIGH], n);
}

static const Distribution beta = {
  .name = "beta",
  .rule = CONSET_RULE_BETA,
  .units = CONSET_UNITS_SAME_BUT_TWO,
  .n_parameters = 4,
  .parameters = { { "a", RANGE_POSITIVE, FALSE, 0.0 },
                  { "b", RANGE_POSITIVE, FALSE, 0.0 },
                  { "low", RANGE_FINITE, FALSE, 0.0 },
                  { "high", RANGE_FINITE, FALSE, 0.0 } },
  .n_ready = BETA_READY,
  .prepare = beta_prepare,
  .number = beta_number,
  .fill = beta_fill,
};

ConsetValue *
conset_value_beta (
  ConsetValue *a, ConsetValue *b, ConsetValue *low, ConsetValue *high, guint64 seed)
{
  return distribution_new (&beta, seed, (ConsetValue *[]){ a, b, low, high });
}

/* }}} */
