/* SPDX-License-Identifier: MIT */
/*
 * The loops of geometry: positions from indices and from random bits, and distances, for many
 * positions at once. Each element is computed by itself: one alone gives the same bits.
 *
 * Only + - * / sqrt and moves of bits are used, in the order that is written down here.
 */
#pragma once

#include <glib.h>

#include <math.h>
#include <string.h>

/** How far a search for neighbours may read and write beyond the end. */
#define CONSET_WITHIN_SLACK 16

/** What the distance between two positions is. */
typedef enum
{
  CONSET_METRIC_EUCLID,
  CONSET_METRIC_TOROID,
  CONSET_METRIC_CITY_BLOCK,
  CONSET_METRIC_MAXIMUM,
  CONSET_N_METRICS,
} ConsetMetricKind;

/** A disc among rough positions, which are in whole steps modulo 2^16: x in the lower half of a word,
 * y in the upper one. Squares of distances in steps tell which positions are within: those below
 * @sure are, those not below @maybe are not. No distance along x or y is above 2^15 steps. */
typedef struct
{
  guint32 center;
  gint32  sure;
  gint32  maybe;
} ConsetRoughDisc;

/** Loops over n numbers. Arrays are apart. */
typedef struct
{
  /* Of whole numbers below 2^50, for a whole divisor: quotient = x div divisor, x = x mod divisor. */
  void  (*divide)   (double *x, double *quotient, double divisor, gsize n);
  /* x = origin + step * x */
  void  (*place)    (double *x, double origin, double step, gsize n);
  /* x = origin + scale * u, where u in [0, 1) has the upper 52 bits of its word */
  void  (*uniform)  (double *x, const guint64 *bits, double origin, double scale, gsize n);
  /* x = the distance between (x, y, z) and the position at, with z or without. box is the size of
   * the torus, which other metrics have no use for. */
  void  (*distance[CONSET_N_METRICS][2]) (double *x, const double *y, const double *z,
                                          const double *at, const double *box, gsize n);
  /* x = the way from at to x, the shorter one around a ring of size box. */
  void  (*around)   (double *x, double at, double box, gsize n);
  /* Keeps the indices of those positions of n_runs runs [first, end) whose squared distance to at is
   * in [low, below); xyz[2] may be NULL. Arrays of positions and indices can be read up to
   * CONSET_WITHIN_SLACK entries behind their last, and kept has room for as many more, and so has
   * steps (nullable), which becomes, for each that is kept, per_square times the squared distance,
   * rounded down. Returns: how many it keeps */
  gsize (*within)   (const double *const xyz[3], const guint32 *indices, const guint32 (*runs)[2],
                     gsize n_runs, const double *at, double low, double below, guint32 *kept,
                     double per_square, guint32 *steps);
  /* The same, with low = 0, of positions in two dimensions that have rough ones beside them. */
  gsize (*within_rough) (const ConsetRoughDisc *disc, const guint32 *rough,
                         const double *const xyz[3], const guint32 *indices,
                         const guint32 (*runs)[2], gsize n_runs, const double *at, double below,
                         guint32 *kept);
  /* Puts n different numbers, below 4096 * n_marks, in ascending order. words are 64 times as many
   * as marks; all are 0, and become so again. */
  void  (*order)    (guint32 *numbers, gsize n, guint64 *words, guint64 *marks, gsize n_marks);
  /* The same of at most CONSET_ORDER_FEW numbers, of which CONSET_WITHIN_SLACK can be read, to
   * ordered, which may be numbers, and has room for CONSET_ORDER_FEW; NULL where that is not
   * faster. */
  void  (*order_few) (const guint32 *numbers, gsize n, guint32 *ordered);
} ConsetSpatial;

#define CONSET_ORDER_FEW 256

/** The least number whose square root is not below @r > 0: sqrt (s) < r if and only if s < that, also
 * in the last digit. Numbers above 0 are ordered as their bits are. */
static inline double
conset_square_bound (double r)
{
  double square = r * r;
  guint64 bits;

  memcpy (&bits, &square, sizeof bits);
  while (bits > 0 && sqrt (square) >= r)
    {
      bits--;
      memcpy (&square, &bits, sizeof square);
    }
  while (sqrt (square) < r)
    {
      bits++;
      memcpy (&square, &bits, sizeof square);
    }
  return square;
}
