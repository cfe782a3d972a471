/* SPDX-License-Identifier: MIT */
/*
 * What all distributions but mixtures have in common: a value of one class, whose kind is a
 * table.
 *
 * A kind gives its parameters names and ranges, makes the parameters of a place ready for drawing
 * (once for all, where they are constants), and draws: a number at a place, or a block of them,
 * with the same bits.
 */
#pragma once

#include "value.h"

#include "draw_numbers.h"
#include "kernels.h"

#define DISTRIBUTION_MOST_PARAMETERS 4
#define DISTRIBUTION_MOST_READY 9

/** What a parameter may be; see distribution.c. An end may be infinite. */
typedef enum
{
  RANGE_FINITE,
  RANGE_NOT_NEGATIVE,
  RANGE_POSITIVE,
  RANGE_END,
  RANGE_WHOLE,
  RANGE_COUNT,
  RANGE_CHANCE,
  RANGE_POISSON_MEAN,
  RANGE_GEOMETRIC_MEAN,
} DistributionRange;

/** @otherwise: what a parameter is that is left out, for those that are optional. */
typedef struct
{
  const char        *name;
  DistributionRange  range;
  gboolean           optional;
  double             otherwise;
} DistributionParameter;

/** A number all along the line or, unless @block is NULL, one for each place of a block. */
typedef struct
{
  double        number;
  const double *block;
} DistributionOperand;

typedef struct _Distribution Distribution;

/** What a kind draws a block from. */
typedef struct
{
  const Distribution  *kind;
  const ConsetPlaces  *places;
  guint64              seed;
  DistributionOperand  ready[DISTRIBUTION_MOST_READY];
  guint64              bits[CONSET_VALUE_BLOCK];
  guint64              more[CONSET_VALUE_BLOCK];
} DistributionBlock;

/**
 * @by_keyword: whether all parameters are printed with their names
 * @units: which units the parameters may have, which are drawn from in base units
 * @prepare: (nullable): makes @ready of parameters that are in their ranges; NULL where none is
 *   optional and they are ready as they are. Returns: NULL, or what parameter number @culprit
 *   "must be"
 * @number: draws one; the blocks of @well are the place's
 * @fill: (nullable): draws for all places of a block, where all that is ready is numbers
 * @fill_uneven: (nullable): the same for any parameters
 *
 * What neither draws is drawn one by one.
 */
struct _Distribution
{
  const char            *name;
  ConsetRule             rule;
  gboolean               by_keyword;
  ConsetUnitRule         units;
  guint                  n_parameters;
  DistributionParameter  parameters[DISTRIBUTION_MOST_PARAMETERS];
  guint                  n_ready;
  const char            *(*prepare) (const double *given, double *ready, guint *culprit);
  double                 (*number)  (const ConsetWell *well, const double *ready);
  void                   (*fill)        (DistributionBlock *block, double *out);
  void                   (*fill_uneven) (DistributionBlock *block, double *out);
};

/** Consumes the parameters, as many as the kind has; NULL for optional ones that are left out. */
ConsetValue *distribution_new (const Distribution *kind,
                               guint64             seed,
                               ConsetValue *const *parameters);

/** For fill: the random bits of lane @lane at all places, 64, or 128 with @more. */
void distribution_draw_bits (DistributionBlock *block, guint32 lane, gboolean more);

/** For fill: where place @k takes its random bits from. */
ConsetWell distribution_well (const DistributionBlock *block, gsize k);

/** For fill: draws for all places one by one. */
void distribution_fill_singly (DistributionBlock *block, double *out);

/** The first 64 bits of lane @lane, all 128 with @more (nullable). */
static inline guint64
distribution_well_bits (const ConsetWell *well, guint32 lane, guint64 *more)
{
  ConsetKey key = well->key;
  guint32 words[4];

  key.word[3] += lane;
  conset_draw (&key, well->a, well->b, words);
  if (more != NULL)
    *more = words[2] | (guint64) words[3] << 32;
  return words[0] | (guint64) words[1] << 32;
}

static inline double
distribution_operand_at (const DistributionOperand *operand, gsize k)
{
  return operand->block != NULL ? operand->block[k] : operand->number;
}

/** x = x op y, for each place. */
static inline void
distribution_apply (ConsetBinary op, double *x, const DistributionOperand *y, gsize n)
{
  if (y->block != NULL)
    conset_arithmetic ()->binary[op](x, y->block, n);
  else
    conset_arithmetic ()->by_number[op](x, y->number, n);
}
