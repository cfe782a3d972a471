/* SPDX-License-Identifier: MIT */
/*
 * Functions of values: roots, powers of e, angles, rounding, comparisons, conditions.
 *
 * Everything that value.h says of operators is true of these: they consume their operands, are
 * done at once between constants, where the result must be finite, and print as in the text
 * language. A function of a number for which it is not defined is NaN, and so is a function of NaN.
 *
 * Elementary functions are those of conset itself, not of the system's mathematics library, so
 * that all machines agree to the last bit; they are within one unit in the last place.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/value.h>

G_BEGIN_DECLS

/* Signs and rounding */

/** conset_value_abs: |a|. */
CONSET_PUBLIC ConsetValue *conset_value_abs (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_sign: 1, 0 or -1 as a is above, at or below 0. */
CONSET_PUBLIC ConsetValue *conset_value_sign (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_floor: the greatest whole number that is not above a. */
CONSET_PUBLIC ConsetValue *conset_value_floor (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_ceil: the least whole number that is not below a. */
CONSET_PUBLIC ConsetValue *conset_value_ceil (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_round: the nearest whole number, of two the even one. */
CONSET_PUBLIC ConsetValue *conset_value_round (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_mod: the remainder a % b of Python, which has the sign of b: a - b floor (a / b),
 * without its rounding errors. NaN where b is 0.
 */
CONSET_PUBLIC ConsetValue *conset_value_mod (ConsetValue *a,
                                             ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/* Roots, exponentials, logarithms */

/** conset_value_sqrt: the square root; NaN below 0. */
CONSET_PUBLIC ConsetValue *conset_value_sqrt (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_exp: e ** a. */
CONSET_PUBLIC ConsetValue *conset_value_exp (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_expm1: e ** a - 1, to the last digit also near 0. */
CONSET_PUBLIC ConsetValue *conset_value_expm1 (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_log: the natural logarithm; NaN below 0. */
CONSET_PUBLIC ConsetValue *conset_value_log (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_log1p: the natural logarithm of 1 + a, to the last digit also near 0. */
CONSET_PUBLIC ConsetValue *conset_value_log1p (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_log2: the logarithm to base 2. */
CONSET_PUBLIC ConsetValue *conset_value_log2 (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_log10: the logarithm to base 10. */
CONSET_PUBLIC ConsetValue *conset_value_log10 (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/* Angles, in radians */

/** conset_value_sin: the sine. */
CONSET_PUBLIC ConsetValue *conset_value_sin (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_cos: the cosine. */
CONSET_PUBLIC ConsetValue *conset_value_cos (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_tan: the tangent. */
CONSET_PUBLIC ConsetValue *conset_value_tan (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_asin: the angle from -pi / 2 to pi / 2 of which a is the sine; NaN beyond 1. */
CONSET_PUBLIC ConsetValue *conset_value_asin (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_acos: the angle from 0 to pi of which a is the cosine; NaN beyond 1. */
CONSET_PUBLIC ConsetValue *conset_value_acos (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_atan: the angle from -pi / 2 to pi / 2 of which a is the tangent. */
CONSET_PUBLIC ConsetValue *conset_value_atan (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_atan2: the angle of the point (@x, @y), from -pi to pi, as C's atan2. */
CONSET_PUBLIC ConsetValue *conset_value_atan2 (ConsetValue *y,
                                               ConsetValue *x) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_hypot: sqrt (x^2 + y^2), which overflows only where the result does. */
CONSET_PUBLIC ConsetValue *conset_value_hypot (ConsetValue *x,
                                               ConsetValue *y) G_GNUC_WARN_UNUSED_RESULT;

/* Hyperbolic functions, and the error function */

/** conset_value_sinh: the hyperbolic sine. */
CONSET_PUBLIC ConsetValue *conset_value_sinh (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_cosh: the hyperbolic cosine. */
CONSET_PUBLIC ConsetValue *conset_value_cosh (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_tanh: the hyperbolic tangent. */
CONSET_PUBLIC ConsetValue *conset_value_tanh (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_erf: 2 / sqrt (pi) times the integral of exp (-t^2) from 0 to a. */
CONSET_PUBLIC ConsetValue *conset_value_erf (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/* Comparisons: 1 where they hold, 0 elsewhere. Of NaN only != holds. */

/** conset_value_less: a < b. */
CONSET_PUBLIC ConsetValue *conset_value_less (ConsetValue *a,
                                              ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_less_equal: a <= b. */
CONSET_PUBLIC ConsetValue *conset_value_less_equal (ConsetValue *a,
                                                    ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_greater: a > b. */
CONSET_PUBLIC ConsetValue *conset_value_greater (ConsetValue *a,
                                                 ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_greater_equal: a >= b. */
CONSET_PUBLIC ConsetValue *conset_value_greater_equal (ConsetValue *a,
                                                       ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_equal: a == b. */
CONSET_PUBLIC ConsetValue *conset_value_equal (ConsetValue *a,
                                               ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_not_equal: a != b. */
CONSET_PUBLIC ConsetValue *conset_value_not_equal (ConsetValue *a,
                                                   ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/* Conditions: a number is true unless it is 0, and NaN gives NaN. Both operands of `and` and `or`
 * are evaluated; conset_value_where() asks for one of two values. */

/** conset_value_not: 1 where a is 0, 0 elsewhere. */
CONSET_PUBLIC ConsetValue *conset_value_not (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_and: 1 where neither a nor b is 0, else 0. */
CONSET_PUBLIC ConsetValue *conset_value_and (ConsetValue *a,
                                             ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_or: 0 where both a and b are 0, else 1. */
CONSET_PUBLIC ConsetValue *conset_value_or (ConsetValue *a,
                                            ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_where: @a where @condition is not 0, @b where it is 0, NaN where it is NaN.
 *
 * A pair asks for the value that is chosen there, not for the other one: an attribute may be
 * shorter than the line, if the condition says where it ends.
 */
CONSET_PUBLIC ConsetValue *conset_value_where (ConsetValue *condition,
                                               ConsetValue *a,
                                               ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_clip: @low where @v is less, @high where it is greater, @v between them; NaN where
 * one of the three is. A pair where @low is above @high has no value: CONSET_ERROR_VALUE.
 */
CONSET_PUBLIC ConsetValue *conset_value_clip  (ConsetValue *v,
                                               ConsetValue *low,
                                               ConsetValue *high) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
