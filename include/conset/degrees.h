/* SPDX-License-Identifier: MIT */
/*
 * Degrees: how many connections each line of a random set gets, a line being a target for a
 * rule of fixed in-degree, a source for one of fixed out-degree.
 *
 * The degree of a line is a pure function of the degrees, the seed of the set that uses
 * them, and the line; lines are independent. Immutable and reference counted like Conset: a set
 * that is made with degrees consumes them, a wrong argument gives an error value, which such
 * a set absorbs.
 *
 * Of the laws, numbers of a total probability below 2^-64 at either end never occur.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

typedef struct _ConsetDegrees ConsetDegrees;

/* Life: conset_degrees_ref() takes a reference (transfer full), conset_degrees_unref() gives one
 * back. */

CONSET_PUBLIC ConsetDegrees *conset_degrees_ref   (const ConsetDegrees *degrees);
CONSET_PUBLIC void           conset_degrees_unref (ConsetDegrees       *degrees);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetDegrees, conset_degrees_unref)

/* Queries */

/** conset_degrees_check: Returns: FALSE with what is wrong in @error, if anything is */
CONSET_PUBLIC gboolean conset_degrees_check     (const ConsetDegrees  *degrees,
                                                 GError              **error);

/** conset_degrees_to_string: Returns: (transfer full): text that the language reads back */
CONSET_PUBLIC char    *conset_degrees_to_string (const ConsetDegrees  *degrees);

/** conset_degrees_mean: Returns: the mean; of a list, that of its entries; 0 for an error value */
CONSET_PUBLIC double   conset_degrees_mean      (const ConsetDegrees  *degrees);

/** conset_degrees_variance: Returns: the variance, otherwise as conset_degrees_mean() */
CONSET_PUBLIC double   conset_degrees_variance  (const ConsetDegrees  *degrees);

/** conset_degrees_least: Returns: no degree is less */
CONSET_PUBLIC guint64  conset_degrees_least     (const ConsetDegrees  *degrees);

/** conset_degrees_most: Returns: no degree is greater */
CONSET_PUBLIC guint64  conset_degrees_most      (const ConsetDegrees  *degrees);

/* Constructors; each returns (transfer full) new degrees, never NULL */

/** conset_degrees_constant: @k each, below 2^63. Printed as the number. */
CONSET_PUBLIC ConsetDegrees *conset_degrees_constant  (guint64        k) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_degrees_uniform:
 * @least: the least degree
 * @most: the greatest one, not below @least and below 2^63
 *
 * All of [@least, @most] equally likely; `uniformInt(least, most)`.
 */
CONSET_PUBLIC ConsetDegrees *conset_degrees_uniform   (guint64        least,
                                                       guint64        most)
                                                       G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_degrees_binomial:
 * @n: number of trials, below 2^63
 * @p: probability of success, in [0, 1]
 *
 * `binomial(n, p)`. The variance may be up to 2^32. A table of about 19 standard deviations
 * is made: 150 bytes for each.
 */
CONSET_PUBLIC ConsetDegrees *conset_degrees_binomial  (guint64        n,
                                                       double         p) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_degrees_poisson:
 * @mean: the mean, in [0, 2^32]
 *
 * `poisson(mean)`. A table as of conset_degrees_binomial() is made.
 */
CONSET_PUBLIC ConsetDegrees *conset_degrees_poisson   (double         mean)
                                                       G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_degrees_geometric:
 * @mean: the mean, in [0, 2^48]
 *
 * The number of failures before the first success, 0, 1, 2, ..., where a trial succeeds with
 * probability 1 / (1 + @mean); `geometric(mean)`.
 */
CONSET_PUBLIC ConsetDegrees *conset_degrees_geometric (double         mean)
                                                       G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_degrees_table:
 * @weights: (array length=n): how likely the degrees 0, 1, ..., @n - 1 are, up to a common
 *   factor: finite, none negative, not all 0; copied
 * @n: number of weights, at least 1
 *
 * Any law of your own; `degreeTable([w0, w1, ...])`.
 */
CONSET_PUBLIC ConsetDegrees *conset_degrees_table     (const double  *weights,
                                                       gsize          n) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_degrees_list:
 * @degrees: (array length=n): the degree of line 0, 1, ..., @n - 1, each below 2^63; copied
 * @n: number of lines, at least 1
 *
 * Nothing random; `[k0, k1, ...]`. A set that has a line beyond the list is an error.
 */
CONSET_PUBLIC ConsetDegrees *conset_degrees_list      (const guint64 *degrees,
                                                       gsize          n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
