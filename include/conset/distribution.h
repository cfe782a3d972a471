/* SPDX-License-Identifier: MIT */
/*
 * Distributions: values that are drawn for each connection.
 *
 *   conset_value_normal (conset_value_constant (0.5), conset_value_constant (0.1), 7)
 *
 * is a weight that is normal with mean 0.5 and standard deviation 0.1. Parameters are values
 * themselves, so that a delay may have a mean that grows with the distance; numbers are
 * constants. Constructors consume them, and never return NULL.
 *
 * A drawn value is a function of its seed, the pair and the copy, and of its parameters there:
 * looking at it again, elsewhere, or in another order changes nothing, and neither does adding
 * another value or a set. The copies of a multapse have draws of their own. A distribution never
 * shares random numbers with another kind of distribution, nor with a random set, whatever the
 * seeds. Two of one kind with one seed, however, draw the same random numbers, as random sets of
 * one seed do: give seeds that differ to make them independent. Those drawn by inversion then
 * rise and fall together: each is the quantile of its distribution for the same uniform number.
 *
 * Each comes from its exact distribution, not from a sum or a table; the functions are conset's
 * own, so that all machines draw the same to the last bit. Each number is rounded a few times on
 * the way, for a relative error of some 1e-15. What exceeds the range of doubles is infinite,
 * what is too small is 0.
 *
 * A parameter that is wrong everywhere, such as a standard deviation of -1, gives an error
 * value. One that is wrong at a pair makes the evaluation fail there, with a message that
 * names the source, the target, the parameter and the number. All must be finite if nothing
 * else is said.
 *
 * A draw costs 5 to 10 ns in batches, Weibull 30 ns, gamma and beta 20 to 80 ns, whole numbers but
 * uniform ones 100 ns, and far out in a truncated tail 400 ns. Where parameters change from pair to
 * pair, it costs 5 ns more for simple ones, and 100 ns more for truncated ones, gamma and beta.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/degrees.h>
#include <conset/types.h>
#include <conset/value.h>

G_BEGIN_DECLS

/* By inversion of the distribution function */

/**
 * conset_value_uniform:
 * @low, @high: (transfer full): the ends, @low <= @high, less than the greatest double apart
 *
 * Returns: (transfer full): uniform between @low and @high; rounding may give an end itself
 */
CONSET_PUBLIC ConsetValue *conset_value_uniform          (ConsetValue *low,
                                                          ConsetValue *high,
                                                          guint64      seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_normal:
 * @sd: (transfer full): the standard deviation, 0 or more; 0 gives the mean
 *
 * Inverts the distribution function (Wichura 1988).
 *
 * Returns: (transfer full): normal
 */
CONSET_PUBLIC ConsetValue *conset_value_normal           (ConsetValue *mean,
                                                          ConsetValue *sd,
                                                          guint64      seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_truncated_normal:
 * @mean, @sd: (transfer full): of the normal distribution before it is truncated; @sd is 0 or
 *   more, and 0 gives the mean, which then must lie between the ends
 * @low, @high: (transfer full) (nullable): the ends, @low <= @high; NULL for none. A value that
 *   is infinite at a pair is none there, either
 *
 * By inversion too, nothing is rejected: it costs the same however little of the normal
 * distribution lies between the ends, and is right as far out in a tail as doubles go.
 *
 * Returns: (transfer full): normal, given that it lies in [@low, @high]
 */
CONSET_PUBLIC ConsetValue *conset_value_truncated_normal (ConsetValue *mean,
                                                          ConsetValue *sd,
                                                          ConsetValue *low,
                                                          ConsetValue *high,
                                                          guint64      seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_lognormal:
 * @mean, @sd: (transfer full): of the variable itself, not of its logarithm: @mean above 0,
 *   @sd 0 or more
 *
 * That of conset_value_lognormal_mu_sigma() with sigma^2 = log (1 + (@sd / @mean)^2) and
 * mu = log (@mean) - sigma^2 / 2.
 *
 * Returns: (transfer full): lognormal
 */
CONSET_PUBLIC ConsetValue *conset_value_lognormal        (ConsetValue *mean,
                                                          ConsetValue *sd,
                                                          guint64      seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_lognormal_mu_sigma:
 * @mu, @sigma: (transfer full): mean and standard deviation of the logarithm; @sigma is 0 or more
 *
 * Returns: (transfer full): lognormal
 */
CONSET_PUBLIC ConsetValue *conset_value_lognormal_mu_sigma (ConsetValue *mu,
                                                          ConsetValue *sigma,
                                                          guint64      seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_exponential: exponential with this mean, which is 0 or more. */
CONSET_PUBLIC ConsetValue *conset_value_exponential      (ConsetValue *mean,
                                                          guint64      seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_weibull:
 * @shape: (transfer full): above 0; 1 makes it exponential
 * @scale: (transfer full): 0 or more; a share of 1 / e lies above it
 *
 * Returns: (transfer full): Weibull, with the chance exp (-(x / @scale)^@shape) to exceed x
 */
CONSET_PUBLIC ConsetValue *conset_value_weibull          (ConsetValue *shape,
                                                          ConsetValue *scale,
                                                          guint64      seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/* By attempts, keyed like all draws; their number is bounded */

/**
 * conset_value_gamma:
 * @shape: (transfer full): above 0
 * @scale: (transfer full): 0 or more; the mean is @shape times @scale
 *
 * Returns: (transfer full): gamma (Marsaglia and Tsang 2000)
 */
CONSET_PUBLIC ConsetValue *conset_value_gamma            (ConsetValue *shape,
                                                          ConsetValue *scale,
                                                          guint64      seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_beta:
 * @a, @b: (transfer full): the shapes, above 0
 * @low, @high: (transfer full): the ends, @low <= @high; 0 and 1 for the beta distribution proper
 *
 * Returns: (transfer full): beta on [@low, @high], of mean @low + (@high - @low) @a / (@a + @b)
 */
CONSET_PUBLIC ConsetValue *conset_value_beta             (ConsetValue *a,
                                                          ConsetValue *b,
                                                          ConsetValue *low,
                                                          ConsetValue *high,
                                                          guint64      seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/* Whole numbers */

/**
 * conset_value_uniform_int:
 * @low, @high: (transfer full): whole numbers from -2^53 to 2^53, @low <= @high
 *
 * Returns: (transfer full): one of @low, @low + 1, ..., @high, each as likely to within 2^-64
 */
CONSET_PUBLIC ConsetValue *conset_value_uniform_int      (ConsetValue *low,
                                                          ConsetValue *high,
                                                          guint64      seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_poisson: Poisson with this mean, from 0 to 2^62. */
CONSET_PUBLIC ConsetValue *conset_value_poisson          (ConsetValue *mean,
                                                          guint64      seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_binomial:
 * @n: (transfer full): how many trials, a whole number from 0 to 2^53
 * @p: (transfer full): the chance of a success, in [0, 1]
 *
 * Returns: (transfer full): the number of successes
 */
CONSET_PUBLIC ConsetValue *conset_value_binomial         (ConsetValue *n,
                                                          ConsetValue *p,
                                                          guint64      seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_geometric: failures before a success, with this mean, from 0 to 2^57. */
CONSET_PUBLIC ConsetValue *conset_value_geometric        (ConsetValue *mean,
                                                          guint64      seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_degrees:
 * @degrees: (transfer full): a law, or one number; no list, which has no number for a pair
 *
 * Returns: (transfer full): a number for each connection, by the law of @degrees: that of the
 *   functions above, or a mixture of the numbers of a table
 */
CONSET_PUBLIC ConsetValue *conset_value_degrees          (ConsetDegrees *degrees,
                                                          guint64        seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/* Of others */

/**
 * conset_value_mixture:
 * @n: how many values there are, at least 1
 * @weights: (array length=n): finite, none negative, not all 0
 * @values: (array length=n) (transfer full): the values; the array stays the caller's
 *
 * One of the values for each connection, with a probability in proportion to its weight. Those
 * that are not chosen are not looked at there. What @values draw is independent of the choice.
 *
 * Returns: (transfer full): the mixture
 */
CONSET_PUBLIC ConsetValue *conset_value_mixture          (gsize               n,
                                                          const double       *weights,
                                                          ConsetValue *const *values,
                                                          guint64             seed)
                                                          G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
