/* SPDX-License-Identifier: MIT */
/*
 * Arithmetic on doubles: each operation on one number, and the table of loops that do it for
 * a block.
 *
 * All are made of + - * / sqrt, comparisons and the pinned functions (pinned.h), in an order
 * that is written down here: the same bits from every loop, compiler and machine.
 */
#pragma once

#include "pinned.h"

#include <glib.h>

#include <math.h>

typedef enum
{
  CONSET_UNARY_NEGATE,
  CONSET_UNARY_ABS,
  CONSET_UNARY_SQRT,
  CONSET_UNARY_FLOOR,
  CONSET_UNARY_CEIL,
  CONSET_UNARY_EXP,
  CONSET_UNARY_LOG,
  CONSET_UNARY_SIN,
  CONSET_UNARY_COS,
  CONSET_UNARY_TANH,
  CONSET_N_UNARY,
} ConsetUnary;

typedef enum
{
  CONSET_BINARY_ADD,
  CONSET_BINARY_SUBTRACT,
  CONSET_BINARY_MULTIPLY,
  CONSET_BINARY_DIVIDE,
  CONSET_BINARY_POWER,
  CONSET_BINARY_MIN,
  CONSET_BINARY_MAX,
  CONSET_N_BINARY,
} ConsetBinary;

/** Loops over n numbers, at most CONSET_VALUE_BLOCK. x and y are apart. */
typedef struct
{
  /* x = op x */
  void (*unary[CONSET_N_UNARY])       (double *x, gsize n);
  /* x = x op y */
  void (*binary[CONSET_N_BINARY])     (double *x, const double *y, gsize n);
  /* x = y op x */
  void (*reversed[CONSET_N_BINARY])   (double *x, const double *y, gsize n);
  void (*by_number[CONSET_N_BINARY])  (double *x, double number, gsize n);
  void (*number_by[CONSET_N_BINARY])  (double *x, double number, gsize n);

  /* The indices first + offsets[k], or first + k; offsets are below 2^31. */
  void (*indices)                     (double *x, guint64 first, const guint32 *offsets, gsize n);
  /* Numbers below 0 become 0, those above 1 become 1. */
  void (*clip)                        (double *x, gsize n);
  /* For trials with 32 random bits each: a bit of @below where the bits fall below 2^32 p by one
   * or more, a bit of @open where they do not tell: because more bits are needed, or p is no
   * number in [0, 1]. (n + 63) / 64 words each. */
  void (*trials)                      (const double *p, const guint32 *bits, gsize n,
                                       guint64 *below, guint64 *open);
} ConsetArithmetic;

/* On one number */

static inline double
conset_number_negate (double x)
{
  return -x;
}

static inline double
conset_number_abs (double x)
{
  return fabs (x);
}

static inline double
conset_number_sqrt (double x)
{
  return sqrt (x);
}

/* Below 2^52 in size, adding and taking away 2^52 rounds to a whole number. Vector code has no
 * instruction for it on every machine; this is one. */
static inline double
conset_number_floor (double x)
{
  double rounded = copysign ((fabs (x) + 0x1p52) - 0x1p52, x);

  rounded = rounded > x ? rounded - 1.0 : rounded;
  return fabs (x) < 0x1p52 ? rounded : x;
}

static inline double
conset_number_ceil (double x)
{
  return -conset_number_floor (-x);
}

static inline double
conset_number_add (double x, double y)
{
  return x + y;
}

static inline double
conset_number_subtract (double x, double y)
{
  return x - y;
}

static inline double
conset_number_multiply (double x, double y)
{
  return x * y;
}

static inline double
conset_number_divide (double x, double y)
{
  return x / y;
}

/* NaN where one of them is. */
static inline double
conset_number_min (double x, double y)
{
  return x < y || x != x ? x : y;
}

static inline double
conset_number_max (double x, double y)
{
  return x > y || x != x ? x : y;
}

/* Whether x ** y is found by multiplication, as everybody expects it of squares and cubes. */
static inline gboolean
conset_is_small_power (double y)
{
  return fabs (y) <= 4.0 && conset_number_floor (y) == y;
}

/* For a small power. */
static inline double
conset_number_small_power (double x, double y)
{
  double power = 1.0;

  for (guint n = (guint) fabs (y); n > 0; n >>= 1)
    {
      power = n & 1 ? power * x : power;
      x *= x;
    }
  return y < 0.0 ? 1.0 / power : power;
}

static inline double
conset_number_power (double x, double y)
{
  return conset_is_small_power (y) ? conset_number_small_power (x, y) : conset_pinned_pow (x, y);
}
