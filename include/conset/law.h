/* SPDX-License-Identifier: MIT */
/*
 * Laws: how a number of connections is distributed over all seeds.
 *
 * A law is a plain value, a name with parameters. Asked for the degree of a line of a set,
 * the library states one only where it is exact. Numbers that come from a law are statistics:
 * they decide nothing about members and may differ in the last digits between machines.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

/**
 * ConsetLawKind:
 * @CONSET_LAW_UNKNOWN: no law is known; mean and variance are NaN where they are not either
 * @CONSET_LAW_DELTA: always k; parameters k
 * @CONSET_LAW_BINOMIAL: successes of n trials with probability p; parameters n, p
 * @CONSET_LAW_HYPERGEOMETRIC: successes among what is drawn without replacement; parameters
 *   population, successes (how many of the population), draws
 * @CONSET_LAW_POISSON: parameters mean
 * @CONSET_LAW_GEOMETRIC: failures before the first success, p (1 - p)^k; parameters p
 * @CONSET_LAW_UNIFORM: every whole number from least to most; parameters least, most
 */
typedef enum
{
  CONSET_LAW_UNKNOWN,
  CONSET_LAW_DELTA,
  CONSET_LAW_BINOMIAL,
  CONSET_LAW_HYPERGEOMETRIC,
  CONSET_LAW_POISSON,
  CONSET_LAW_GEOMETRIC,
  CONSET_LAW_UNIFORM,
} ConsetLawKind;

/**
 * ConsetLaw:
 * @kind: the name
 * @parameters: as the kind has them, the others 0; numbers of things are exact up to 2^53
 * @mean: of the number
 * @variance: of the number
 */
typedef struct
{
  ConsetLawKind kind;
  double        parameters[3];
  double        mean;
  double        variance;
} ConsetLaw;

/*
 * The laws. A law that leaves nothing to chance comes out as CONSET_LAW_DELTA, such as a
 * binomial one with p = 1; parameters that make no sense as CONSET_LAW_UNKNOWN.
 */

CONSET_PUBLIC ConsetLaw conset_law_unknown        (double mean,
                                                   double variance);
CONSET_PUBLIC ConsetLaw conset_law_delta          (double k);
CONSET_PUBLIC ConsetLaw conset_law_binomial       (double n,
                                                   double p);
CONSET_PUBLIC ConsetLaw conset_law_hypergeometric (double population,
                                                   double successes,
                                                   double draws);
CONSET_PUBLIC ConsetLaw conset_law_poisson        (double mean);
CONSET_PUBLIC ConsetLaw conset_law_geometric      (double p);
CONSET_PUBLIC ConsetLaw conset_law_uniform        (double least,
                                                   double most);

/** conset_law_equal: Returns: whether both are the same law with the same parameters, and known */
CONSET_PUBLIC gboolean  conset_law_equal          (const ConsetLaw *a,
                                                   const ConsetLaw *b);

/**
 * conset_law_to_string:
 *
 * Returns: (transfer full): such as "binomial(n=1000, p=0.1)", with probabilities and means
 *   rounded to six digits, or "unknown"
 */
CONSET_PUBLIC char     *conset_law_to_string      (const ConsetLaw *law);

/**
 * conset_law_probability:
 *
 * O(1), with a relative error of about 1e-12 for numbers up to 1e9.
 *
 * Returns: the probability of @k, NaN for an unknown law
 */
CONSET_PUBLIC double    conset_law_probability    (const ConsetLaw *law,
                                                   guint64          k);

/**
 * conset_law_cumulative:
 *
 * O(standard deviation); one above 10^6 is approximated by a normal law.
 *
 * Returns: the probability of at most @k, NaN for an unknown law
 */
CONSET_PUBLIC double    conset_law_cumulative     (const ConsetLaw *law,
                                                   guint64          k);

/**
 * conset_degree_law:
 * @set: (transfer none): a set
 * @window: (nullable): where to look
 * @order: CONSET_TARGET_MAJOR for the in-degree of a target, CONSET_SOURCE_MAJOR for the
 *   out-degree of a source
 * @line: the target or source
 * @law: (out caller-allocates): the law
 *
 * How many members line @line has within the window, with multiplicity, as a random number
 * over all seeds. A set without randomness has CONSET_LAW_DELTA, if it has a closed count.
 * Where the law is not known exactly, it comes out as CONSET_LAW_UNKNOWN; so does that of a
 * random set nested more than 256 operators deep. Degrees of several lines need not be
 * independent, see conset_degree_dependence(). O(operators).
 *
 * Returns: FALSE with @error set if @set or @window is wrong; TRUE with a law else
 */
CONSET_PUBLIC gboolean  conset_degree_law         (const Conset        *set,
                                                   const ConsetWindow  *window,
                                                   ConsetOrder          order,
                                                   guint64              line,
                                                   ConsetLaw           *law,
                                                   GError             **error);

/**
 * conset_count_law:
 * @set: (transfer none): a set
 * @window: (nullable): where to look
 * @law: (out caller-allocates): the law
 *
 * As conset_degree_law(), for the number of members in the whole window. O(operators).
 *
 * Returns: FALSE with @error set if @set or @window is wrong; TRUE with a law else
 */
CONSET_PUBLIC gboolean  conset_count_law          (const Conset        *set,
                                                   const ConsetWindow  *window,
                                                   ConsetLaw           *law,
                                                   GError             **error);

/**
 * ConsetDependence:
 * @CONSET_DEPENDENCE_UNKNOWN: perhaps strongly, as where block() makes equal lines
 * @CONSET_DEPENDENCE_WEAK: as shares of a sum that is fixed, or as lines that have a few draws
 *   in common: little, if there are many lines
 * @CONSET_DEPENDENCE_NONE: not at all
 *
 * How the degrees of different lines depend on each other.
 */
typedef enum
{
  CONSET_DEPENDENCE_UNKNOWN,
  CONSET_DEPENDENCE_WEAK,
  CONSET_DEPENDENCE_NONE,
} ConsetDependence;

/**
 * conset_degree_dependence:
 * @set: (transfer none): a set
 * @window: (nullable): where to look
 * @order: CONSET_TARGET_MAJOR for in-degrees of targets, CONSET_SOURCE_MAJOR for out-degrees
 *
 * O(operators).
 *
 * Returns: the strongest dependence that is not excluded
 */
CONSET_PUBLIC ConsetDependence conset_degree_dependence (const Conset       *set,
                                                         const ConsetWindow *window,
                                                         ConsetOrder         order);

G_END_DECLS
