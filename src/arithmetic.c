/* SPDX-License-Identifier: MIT */
/*
 * The loops of arithmetic, compiled once for every instruction set under the name
 * CONSET_ARITHMETIC. Plain loops, which the compiler turns into vector code.
 */
#include "arithmetic.h"

#include "kernels.h"
#include "pinned_inline_angles.h"
#include "pinned_inline_more.h"
#include "value.h"

#include <string.h>

#ifdef __AVX2__
#include <immintrin.h>
#endif

#define UNARY_LOOP(name)                                                                           \
  static void name##_loop (double *x, gsize n)                                                     \
  {                                                                                                \
    for (gsize k = 0; k < n; k++)                                                                  \
      x[k] = conset_number_##name (x[k]);                                                          \
  }

#define PINNED_LOOP(name)                                                                          \
  static void name##_loop (double *x, gsize n)                                                     \
  {                                                                                                \
    for (gsize k = 0; k < n; k++)                                                                  \
      x[k] = pinned_##name (x[k]);                                                                 \
  }

/* The vector code is for angles that are near zero; a block with others is done one by one. */
#define ANGLE_LOOP(name)                                                                           \
  static void name##_loop (double *x, gsize n)                                                     \
  {                                                                                                \
    if (all_are_near (x, n))                                                                       \
      for (gsize k = 0; k < n; k++)                                                                \
        x[k] = pinned_##name##_near (x[k]);                                                        \
    else                                                                                           \
      for (gsize k = 0; k < n; k++)                                                                \
        x[k] = conset_pinned_##name (x[k]);                                                        \
  }

#define BINARY_LOOPS(name)                                                                         \
  static void name##_loop (double *restrict x, const double *restrict y, gsize n)                  \
  {                                                                                                \
    for (gsize k = 0; k < n; k++)                                                                  \
      x[k] = conset_number_##name (x[k], y[k]);                                                    \
  }                                                                                                \
                                                                                                   \
  static void name##_reversed (double *restrict x, const double *restrict y, gsize n)              \
  {                                                                                                \
    for (gsize k = 0; k < n; k++)                                                                  \
      x[k] = conset_number_##name (y[k], x[k]);                                                    \
  }                                                                                                \
                                                                                                   \
  static void name##_number_by (double *x, double number, gsize n)                                 \
  {                                                                                                \
    for (gsize k = 0; k < n; k++)                                                                  \
      x[k] = conset_number_##name (number, x[k]);                                                  \
  }

#define BY_NUMBER_LOOP(name)                                                                       \
  static void name##_by_number (double *x, double number, gsize n)                                 \
  {                                                                                                \
    for (gsize k = 0; k < n; k++)                                                                  \
      x[k] = conset_number_##name (x[k], number);                                                  \
  }

UNARY_LOOP (negate)
UNARY_LOOP (abs)
UNARY_LOOP (sqrt)
UNARY_LOOP (floor)
UNARY_LOOP (ceil)
UNARY_LOOP (round)
UNARY_LOOP (sign)
UNARY_LOOP (is_zero)
PINNED_LOOP (exp)
PINNED_LOOP (expm1)
PINNED_LOOP (log)
PINNED_LOOP (log1p)
PINNED_LOOP (log2)
PINNED_LOOP (log10)
PINNED_LOOP (asin)
PINNED_LOOP (acos)
PINNED_LOOP (atan)
PINNED_LOOP (sinh)
PINNED_LOOP (cosh)
PINNED_LOOP (tanh)
PINNED_LOOP (erf)

static gboolean
all_are_near (const double *x, gsize n)
{
  gsize near = 0;

  for (gsize k = 0; k < n; k++)
    near += fabs (x[k]) <= PINNED_NEAR;
  return near == n;
}

ANGLE_LOOP (sin)
ANGLE_LOOP (cos)
ANGLE_LOOP (tan)

static inline double
conset_number_atan2 (double y, double x)
{
  return pinned_atan2 (y, x);
}

static inline double
conset_number_hypot (double x, double y)
{
  return pinned_hypot (x, y);
}

BINARY_LOOPS (add)
BY_NUMBER_LOOP (add)
BINARY_LOOPS (subtract)
BY_NUMBER_LOOP (subtract)
BINARY_LOOPS (multiply)
BY_NUMBER_LOOP (multiply)
BINARY_LOOPS (divide)
BY_NUMBER_LOOP (divide)
BINARY_LOOPS (min)
BY_NUMBER_LOOP (min)
BINARY_LOOPS (max)
BY_NUMBER_LOOP (max)
BINARY_LOOPS (power)
BINARY_LOOPS (atan2)
BY_NUMBER_LOOP (atan2)
BINARY_LOOPS (hypot)
BY_NUMBER_LOOP (hypot)
BINARY_LOOPS (less)
BY_NUMBER_LOOP (less)
BINARY_LOOPS (less_equal)
BY_NUMBER_LOOP (less_equal)
BINARY_LOOPS (greater)
BY_NUMBER_LOOP (greater)
BINARY_LOOPS (greater_equal)
BY_NUMBER_LOOP (greater_equal)
BINARY_LOOPS (equal)
BY_NUMBER_LOOP (equal)
BINARY_LOOPS (not_equal)
BY_NUMBER_LOOP (not_equal)
BINARY_LOOPS (both)
BY_NUMBER_LOOP (both)
BINARY_LOOPS (either)
BY_NUMBER_LOOP (either)

/* As with angles, a block with operands of extreme sizes is done one by one. */
#define MOD_LOOP(suffix, other, a, b)                                                              \
  static void mod_##suffix (double *restrict x, other, gsize n)                                    \
  {                                                                                                \
    guint64 near = 1;                                                                              \
                                                                                                   \
    for (gsize k = 0; k < n; k++)                                                                  \
      near &= pinned_mod_is_near (a, b);                                                           \
    if (near)                                                                                      \
      for (gsize k = 0; k < n; k++)                                                                \
        x[k] = pinned_mod_near (a, b);                                                             \
    else                                                                                           \
      for (gsize k = 0; k < n; k++)                                                                \
        x[k] = conset_pinned_mod (a, b);                                                           \
  }

MOD_LOOP (loop, const double *restrict y, x[k], y[k])
MOD_LOOP (reversed, const double *restrict y, y[k], x[k])
MOD_LOOP (by_number, double number, x[k], number)
MOD_LOOP (number_by, double number, number, x[k])

/* Of three operands. Each of the last two is a block, or the number that it points to. */
#define CHOOSE_LOOP(suffix, a_k, b_k)                                                              \
  static void choose_##suffix (double *restrict x, const double *restrict a,                       \
                               const double *restrict b, gsize n)                                  \
  {                                                                                                \
    for (gsize k = 0; k < n; k++)                                                                  \
      x[k] = conset_number_choose (x[k], a[a_k], b[b_k]);                                          \
  }

#define BETWEEN_LOOP(suffix, low_k, high_k)                                                        \
  static gboolean between_##suffix (double *restrict x, const double *restrict low,                \
                                    const double *restrict high, gsize n)                          \
  {                                                                                                \
    guint64 wrong = 0;                                                                             \
                                                                                                   \
    for (gsize k = 0; k < n; k++)                                                                  \
      {                                                                                            \
        wrong |= low[low_k] > high[high_k];                                                        \
        x[k] = conset_number_between (x[k], low[low_k], high[high_k]);                             \
      }                                                                                            \
    return wrong == 0;                                                                             \
  }

CHOOSE_LOOP (blocks, k, k)
CHOOSE_LOOP (block_number, k, 0)
CHOOSE_LOOP (number_block, 0, k)
CHOOSE_LOOP (numbers, 0, 0)
BETWEEN_LOOP (blocks, k, k)
BETWEEN_LOOP (block_number, k, 0)
BETWEEN_LOOP (number_block, 0, k)
BETWEEN_LOOP (numbers, 0, 0)

/* The steps of conset_number_small_power(), each for all numbers. */
static void
small_power_by_number (double *x, double number, gsize n)
{
  double power[CONSET_VALUE_BLOCK];

  for (gsize k = 0; k < n; k++)
    power[k] = 1.0;
  for (guint left = (guint) fabs (number); left > 0; left >>= 1)
    {
      if (left & 1)
        multiply_loop (power, x, n);
      for (gsize k = 0; k < n; k++)
        x[k] *= x[k];
    }
  for (gsize k = 0; k < n; k++)
    x[k] = number < 0.0 ? 1.0 / power[k] : power[k];
}

static void
power_by_number (double *x, double number, gsize n)
{
  if (conset_is_small_power (number))
    small_power_by_number (x, number, n);
  else
    for (gsize k = 0; k < n; k++)
      x[k] = pinned_pow (x[k], number);
}

static void
pick (double *restrict x, const double *array, const guint32 *offsets, gsize n)
{
  for (gsize k = 0; k < n; k++)
    x[k] = array[offsets[k]];
}

/* Below 2^53 sums of indices are exact; above, each is rounded once. */
static void
indices (double *x, guint64 first, const guint32 *offsets, gsize n)
{
  double base = (double) first;

  if (first > (G_GUINT64_CONSTANT (1) << 53) - (G_GUINT64_CONSTANT (1) << 31))
    for (gsize k = 0; k < n; k++)
      x[k] = (double) (first + (offsets != NULL ? offsets[k] : k));
  else if (offsets != NULL)
    for (gsize k = 0; k < n; k++)
      x[k] = base + (double) (gint32) offsets[k];
  else
    for (gint32 k = 0; k < (gint32) n; k++)
      x[k] = base + (double) k;
}

static void
clip (double *x, gsize n)
{
  for (gsize k = 0; k < n; k++)
    {
      double above = x[k] < 0.0 ? 0.0 : x[k];

      x[k] = above > 1.0 ? 1.0 : above;
    }
}

/* Trials. Comparison with NaN is never true, so it leaves a trial open. */

static inline void
one_trial (double p, guint32 bits, guint k, guint64 *below, guint64 *open)
{
  double drawn = (double) bits, bound = p * 0x1p32;
  guint64 success = (drawn + 1.0 <= bound) & (p <= 1.0);
  guint64 failure = (drawn >= bound) & (p >= 0.0);

  *below |= success << k;
  *open |= (1 - (success | failure)) << k;
}

#ifdef __AVX2__
typedef double Four __attribute__ ((vector_size (32)));
typedef gint64 FourLong __attribute__ ((vector_size (32)));
typedef gint32 FourShort __attribute__ ((vector_size (16)));

/* There is no conversion of numbers without a sign, so it is one of numbers with, moved. */
static inline void
four_trials (const double *p, const guint32 *bits, guint k, guint64 *below, guint64 *open)
{
  Four four, drawn, bound;
  FourShort word;
  FourLong success, failure;

  memcpy (&four, p + k, sizeof four);
  memcpy (&word, bits + k, sizeof word);
  drawn = __builtin_convertvector(word ^ G_MININT32, Four) + 0x1p31;
  bound = four * 0x1p32;
  success = (drawn + 1.0 <= bound) & (four <= 1.0);
  failure = (drawn >= bound) & (four >= 0.0);
  *below |= (guint64) _mm256_movemask_pd ((__m256d) success) << k;
  *open |= (guint64) _mm256_movemask_pd ((__m256d) ~(success | failure)) << k;
}
#endif

static void
trials (const double *p, const guint32 *bits, gsize n, guint64 *below, guint64 *open)
{
  for (gsize word = 0; 64 * word < n; word++)
    {
      guint some = (guint) MIN (64, n - 64 * word), k = 0;
      guint64 success = 0, left = 0;

#ifdef __AVX2__
      for (; k + 4 <= some; k += 4)
        four_trials (p + 64 * word, bits + 64 * word, k, &success, &left);
#endif
      for (; k < some; k++)
        one_trial (p[64 * word + k], bits[64 * word + k], k, &success, &left);
      below[word] = success;
      open[word] = left;
    }
}

#define UNARY_ENTRY(NAME, name) [CONSET_UNARY_##NAME] = name##_loop
#define BINARY_ENTRIES(suffix)                                                                     \
  {                                                                                                \
    [CONSET_BINARY_ADD] = add_##suffix, [CONSET_BINARY_SUBTRACT] = subtract_##suffix,              \
    [CONSET_BINARY_MULTIPLY] = multiply_##suffix, [CONSET_BINARY_DIVIDE] = divide_##suffix,        \
    [CONSET_BINARY_POWER] = power_##suffix, [CONSET_BINARY_MIN] = min_##suffix,                    \
    [CONSET_BINARY_MAX] = max_##suffix, [CONSET_BINARY_MOD] = mod_##suffix,                        \
    [CONSET_BINARY_ATAN2] = atan2_##suffix, [CONSET_BINARY_HYPOT] = hypot_##suffix,                \
    [CONSET_BINARY_LESS] = less_##suffix, [CONSET_BINARY_LESS_EQUAL] = less_equal_##suffix,        \
    [CONSET_BINARY_GREATER] = greater_##suffix,                                                    \
    [CONSET_BINARY_GREATER_EQUAL] = greater_equal_##suffix,                                        \
    [CONSET_BINARY_EQUAL] = equal_##suffix, [CONSET_BINARY_NOT_EQUAL] = not_equal_##suffix,        \
    [CONSET_BINARY_AND] = both_##suffix, [CONSET_BINARY_OR] = either_##suffix,                     \
  }
#define THREE_ENTRIES(name)                                                                        \
  {                                                                                                \
    { name##_blocks, name##_block_number }, { name##_number_block, name##_numbers },               \
  }

const ConsetArithmetic CONSET_ARITHMETIC = {
  .unary = {
    UNARY_ENTRY (NEGATE, negate),
    UNARY_ENTRY (ABS, abs),
    UNARY_ENTRY (SQRT, sqrt),
    UNARY_ENTRY (FLOOR, floor),
    UNARY_ENTRY (CEIL, ceil),
    UNARY_ENTRY (EXP, exp),
    UNARY_ENTRY (LOG, log),
    UNARY_ENTRY (SIN, sin),
    UNARY_ENTRY (COS, cos),
    UNARY_ENTRY (TANH, tanh),
    UNARY_ENTRY (EXPM1, expm1),
    UNARY_ENTRY (LOG1P, log1p),
    UNARY_ENTRY (LOG2, log2),
    UNARY_ENTRY (LOG10, log10),
    UNARY_ENTRY (TAN, tan),
    UNARY_ENTRY (ASIN, asin),
    UNARY_ENTRY (ACOS, acos),
    UNARY_ENTRY (ATAN, atan),
    UNARY_ENTRY (SINH, sinh),
    UNARY_ENTRY (COSH, cosh),
    UNARY_ENTRY (ERF, erf),
    UNARY_ENTRY (ROUND, round),
    UNARY_ENTRY (SIGN, sign),
    UNARY_ENTRY (NOT, is_zero),
  },
  .binary = BINARY_ENTRIES (loop),
  .reversed = BINARY_ENTRIES (reversed),
  .by_number = BINARY_ENTRIES (by_number),
  .number_by = BINARY_ENTRIES (number_by),
  .choose = THREE_ENTRIES (choose),
  .between = THREE_ENTRIES (between),
  .pick = pick,
  .indices = indices,
  .clip = clip,
  .trials = trials,
};
