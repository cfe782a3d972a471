/* SPDX-License-Identifier: MIT */
/*
 * Distributions of whole numbers: uniform, Poisson, binomial and geometric.
 *
 * Numbers are drawn one by one from the place's own blocks of random bits (draw_numbers.h); uniform
 * ones are 128 bits times how many there are, over 2^128.
 */
#include <conset/distribution.h>

#include "distribution.h"

/* {{{ uniform */

enum
{
  LOW,
  HIGH,
};

static const char *
uniform_int_prepare (const double *given, double *ready, guint *culprit)
{
  *culprit = HIGH;
  ready[LOW] = given[LOW];
  ready[HIGH] = given[HIGH];
  return given[LOW] <= given[HIGH] ? NULL : "at least low";
}

/* A number of 64 bits less than n, of 128 random ones. */
static inline double
pick (double low, double high, guint64 bits, guint64 more)
{
  gint64 first = (gint64) low;
  guint64 n = (guint64) ((gint64) high - first) + 1;
  unsigned __int128 below = ((unsigned __int128) more * n) >> 64;

  return (double) (first + (gint64) (((unsigned __int128) bits * n + below) >> 64));
}

static double
uniform_int_number (const ConsetWell *well, const double *ready)
{
  guint64 more, bits = distribution_well_bits (well, 0, &more);

  return pick (ready[LOW], ready[HIGH], bits, more);
}

static void
uniform_int_fill (DistributionBlock *block, double *out)
{
  distribution_draw_bits (block, 0, TRUE);
  for (gsize k = 0; k < block->places->n; k++)
    out[k] =
      pick (distribution_operand_at (&block->ready[LOW], k),
            distribution_operand_at (&block->ready[HIGH], k), block->bits[k], block->more[k]);
}

static const Distribution uniform_int = {
  .name = "uniformInt",
  .rule = CONSET_RULE_UNIFORM_INT,
  .n_parameters = 2,
  .parameters = { { "low", RANGE_WHOLE, FALSE, 0.0 }, { "high", RANGE_WHOLE, FALSE, 0.0 } },
  .n_ready = 2,
  .prepare = uniform_int_prepare,
  .number = uniform_int_number,
  .fill_uneven = uniform_int_fill,
};

ConsetValue *
conset_value_uniform_int (ConsetValue *low, ConsetValue *high, guint64 seed)
{
  return distribution_new (&uniform_int, seed, (ConsetValue *[]){ low, high });
}

/* }}} */

/* {{{ Poisson, binomial, geometric */

static double
poisson_number (const ConsetWell *well, const double *ready)
{
  return (double) conset_draw_poisson (well, ready[0]);
}

static const Distribution poisson = {
  .name = "poisson",
  .rule = CONSET_RULE_POISSON_VALUE,
  .n_parameters = 1,
  .parameters = { { "mean", RANGE_POISSON_MEAN, FALSE, 0.0 } },
  .n_ready = 1,
  .number = poisson_number,
};

ConsetValue *
conset_value_poisson (ConsetValue *mean, guint64 seed)
{
  return distribution_new (&poisson, seed, (ConsetValue *[]){ mean });
}

static double
binomial_number (const ConsetWell *well, const double *ready)
{
  return (double) conset_draw_binomial_p (well, (guint64) ready[0], ready[1]);
}

static const Distribution binomial = {
  .name = "binomial",
  .rule = CONSET_RULE_BINOMIAL_VALUE,
  .n_parameters = 2,
  .parameters = { { "n", RANGE_COUNT, FALSE, 0.0 }, { "p", RANGE_CHANCE, FALSE, 0.0 } },
  .n_ready = 2,
  .number = binomial_number,
};

ConsetValue *
conset_value_binomial (ConsetValue *n, ConsetValue *p, guint64 seed)
{
  return distribution_new (&binomial, seed, (ConsetValue *[]){ n, p });
}

static double
geometric_number (const ConsetWell *well, const double *ready)
{
  return ready[0] == 0.0 ? 0.0 : (double) conset_draw_geometric (well, ready[0]);
}

static const Distribution geometric = {
  .name = "geometric",
  .rule = CONSET_RULE_GEOMETRIC_VALUE,
  .n_parameters = 1,
  .parameters = { { "mean", RANGE_GEOMETRIC_MEAN, FALSE, 0.0 } },
  .n_ready = 1,
  .number = geometric_number,
};

ConsetValue *
conset_value_geometric (ConsetValue *mean, guint64 seed)
{
  return distribution_new (&geometric, seed, (ConsetValue *[]){ mean });
}

/* }}} */
