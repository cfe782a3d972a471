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
  CONSET_UNARY_EXPM1,
  CONSET_UNARY_LOG1P,
  CONSET_UNARY_LOG2,
  CONSET_UNARY_LOG10,
  CONSET_UNARY_TAN,
  CONSET_UNARY_ASIN,
  CONSET_UNARY_ACOS,
  CONSET_UNARY_ATAN,
  CONSET_UNARY_SINH,
  CONSET_UNARY_COSH,
  CONSET_UNARY_ERF,
  CONSET_UNARY_ROUND,
  CONSET_UNARY_SIGN,
  CONSET_UNARY_NOT,
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
  CONSET_BINARY_MOD,
  CONSET_BINARY_ATAN2,
  CONSET_BINARY_HYPOT,
  CONSET_BINARY_LESS,
  CONSET_BINARY_LESS_EQUAL,
  CONSET_BINARY_GREATER,
  CONSET_BINARY_GREATER_EQUAL,
  CONSET_BINARY_EQUAL,
  CONSET_BINARY_NOT_EQUAL,
  CONSET_BINARY_AND,
  CONSET_BINARY_OR,
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

  /* x = a where x is not 0, b where it is; x stays where it is NaN. a is one number for all, or
   * not, by the first subscript, b by the second. */
  void (*choose[2][2])                (double *x, const double *a, const double *b, gsize n);
  /* x comes to lie between low and high, NaN where one of the three is. Returns FALSE if a low is
   * above its high. Subscripts as in choose. */
  gboolean (*between[2][2])           (double *x, const double *low, const double *high, gsize n);

  /* x = array[offsets[k]] */
  void (*pick)                        (double *x, const double *array, const guint32 *offsets,
                                       gsize n);
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
conset_number_round (double x)
{
  double rounded = copysign ((fabs (x) + 0x1p52) - 0x1p52, x);

  return fabs (x) < 0x1p52 ? rounded : x;
}

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

/* A zero of either sign gives 0. */
static inline double
conset_number_sign (double x)
{
  double below = x < 0.0 ? -1.0 : x + 0.0;

  return x > 0.0 ? 1.0 : below;
}

/* What `not` says of a number: 1 for 0, 0 for all others but NaN. */
static inline double
conset_number_is_zero (double x)
{
  double zero = x == 0.0 ? 1.0 : 0.0;

  return x != x ? x : zero;
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

/* 1 where it holds, 0 elsewhere; only != holds of NaN. */
static inline double
conset_number_less (double x, double y)
{
  return x < y ? 1.0 : 0.0;
}

static inline double
conset_number_less_equal (double x, double y)
{
  return x <= y ? 1.0 : 0.0;
}

static inline double
conset_number_greater (double x, double y)
{
  return x > y ? 1.0 : 0.0;
}

static inline double
conset_number_greater_equal (double x, double y)
{
  return x >= y ? 1.0 : 0.0;
}

static inline double
conset_number_equal (double x, double y)
{
  return x == y ? 1.0 : 0.0;
}

static inline double
conset_number_not_equal (double x, double y)
{
  return x != y ? 1.0 : 0.0;
}

/* NaN where one of them is, else 1 or 0. */
static inline double
conset_number_both (double x, double y)
{
  double both = x == 0.0 || y == 0.0 ? 0.0 : 1.0;

  return x != x || y != y ? x + y : both;
}

static inline double
conset_number_either (double x, double y)
{
  double any = x != 0.0 || y != 0.0 ? 1.0 : 0.0;

  return x != x || y != y ? x + y : any;
}

static inline double
conset_number_choose (double x, double a, double b)
{
  double chosen = x != 0.0 ? a : b;

  return x != x ? x : chosen;
}

/* NaN where one of them is. */
static inline double
conset_number_between (double x, double low, double high)
{
  double above = x < low ? low : x, inside = above > high ? high : above;

  return low != low || high != high ? low + high : inside;
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
