/* SPDX-License-Identifier: MIT */
/*
 * Random sets: the rules of Senk et al. 2022 (PLoS Comput Biol 18(9): e1010086).
 *
 * Every rule defines a set, whose members are a function of its arguments and its seed alone.
 * Sets of different seeds are independent; so are different rules of the same seed.
 * Whatever window, order or thread looks at a set sees that part of the same set.
 *
 * Rules with a fixed number of connections draw from candidates: any set, whose pairs each
 * count once. What is no candidate is excluded before the draw, so that numbers stay exact:
 * every target of random(fanIn=10) * (cross(a, a) - oneToOne) has ten sources, none of them
 * itself.
 *
 * Multapses are pairs that are drawn more than once. With them, a rule draws each connection
 * anew from all candidates; without, every choice of different candidates is equally likely.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/degrees.h>
#include <conset/types.h>

G_BEGIN_DECLS

/**
 * conset_random:
 * @p: probability, in [0, 1]
 * @seed: names the draw; sets of different seeds are independent
 *
 * Pairwise Bernoulli: each pair is a member with probability @p, independently. Membership
 * of (i,j) is a function of (@p, @seed, i, j) alone. Sets of one seed with different @p use the
 * same random numbers: they are neither independent nor subsets of each other. Evaluation costs
 * O(connections) where @p is small, O(pairs) with a small factor where it is not.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_random         (double         p,
                                             guint64        seed) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_random_by_value:
 * @p: (transfer full): the probability of each pair, in [0, 1]
 * @clip: whether probabilities below 0 count as 0 and those above 1 as 1
 * @seed: names the draw; sets of different seeds are independent
 *
 * Bernoulli trials with a probability of their own: pair (i, j) is a member with probability
 * p(i,j), independently, exact to 2^-64. Membership is a function of (@seed, i, j, p(i,j))
 * alone, and a greater @p gives a superset.
 *
 * A probability outside [0, 1] stops the evaluation with CONSET_ERROR_PROBABILITY, or, where @p
 * is constant, gives an error set; so does NaN, also with @clip. In an intersection only pairs
 * that all other operands have are looked at: `full - one_to_one` as one of them lets @p be
 * anything at i = j. conset_contains() is FALSE where the probability is none.
 *
 * Evaluation costs O(pairs), some nanoseconds each beside those of @p.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_random_by_value (ConsetValue *p,
                                              gboolean     clip,
                                              guint64      seed) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_random_symmetric:
 * @p: probability, in [0, 1]
 * @seed: names the draw
 *
 * Symmetric Bernoulli: (i, j) and (j, i) are members together with probability @p,
 * independently for every two indices, and so is each (i, i); take conset_one_to_one() away
 * for a graph without autapses. Unbounded. Independent of conset_random() of the same seed. Any
 * part costs what it costs of conset_random(), in either order.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_random_symmetric (double  p,
                                               guint64 seed) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_random_poisson:
 * @mean: mean multiplicity, in [0, 65536]
 * @seed: names the draw
 *
 * Pairwise Poisson: m(i,j) is a Poisson number of mean @mean for each pair, independently: a
 * function of (@mean, @seed, i, j) alone. Evaluation costs O(connections) where @mean is
 * small, O(pairs + connections) where it is not.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_random_poisson (double         mean,
                                             guint64        seed) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_random_total:
 * @n: number of connections
 * @multapses: whether a pair may be drawn more than once
 * @seed: names the draw
 * @candidates: (transfer full): a finite set, of at most 2^63 - 1 pairs
 *
 * Fixed total number: @n connections out of @candidates. The in-degrees follow a multinomial
 * law with @multapses, a multivariate hypergeometric one without. An unbounded set, and more
 * connections than candidates without @multapses, are errors; so are more than 65,536 to a
 * candidate with them.
 *
 * The candidates are numbered by target and source, and ranges of numbers are halved, each
 * half getting its share by one draw. So a window finds its connections in O(connections there +
 * log candidates), where @candidates have a closed count, such as a cross product; else their
 * number on each target is counted once, when it is first needed, and kept: 8 bytes a target.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_random_total   (guint64        n,
                                             gboolean       multapses,
                                             guint64        seed,
                                             Conset        *candidates) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_random_fan_in:
 * @degrees: (transfer full): how many connections each target gets
 * @multapses: whether a pair may be drawn more than once
 * @seed: names the draw, of the degrees too
 * @candidates: (transfer full): a set with bounded sources
 *
 * Fixed in-degree: each target that has candidates gets as many sources as @degrees say, out
 * of its candidates. Fewer candidates than that without @multapses are an error: at once
 * where the first target with candidates shows it, else when the target is evaluated.
 *
 * A target costs O(connections) where its candidates have a closed count, else O(candidates);
 * in source-major order many sources are drawn at a time, in bounded memory.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_random_fan_in  (ConsetDegrees *degrees,
                                             gboolean       multapses,
                                             guint64        seed,
                                             Conset        *candidates) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_random_fan_out:
 * @candidates: (transfer full): a set with bounded targets
 *
 * Fixed out-degree: as conset_random_fan_in(), sources and targets exchanged.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_random_fan_out (ConsetDegrees *degrees,
                                             gboolean       multapses,
                                             guint64        seed,
                                             Conset        *candidates) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_random_fan_in_preferring:
 * @degrees: (transfer full): how many connections each target gets
 * @weight: (transfer full): how much each pair is preferred: finite, not negative
 * @multapses: whether a pair may be drawn more than once
 * @seed: names the draw, of the degrees too
 * @candidates: (transfer full): a set with bounded sources
 *
 * Fixed in-degree with preferred sources: each target draws its sources out of its candidates
 * one after the other, each with a probability in proportion to its @weight; with @multapses
 * among all candidates, without among those that are not yet drawn. Only the proportions of
 * the weights of one target matter, those of pairs that are no candidates do not. Candidates of
 * weight 0 are never drawn; a target that has no others gets no source.
 *
 * A weight that is negative, infinite or NaN stops the evaluation with an error that names the
 * pair; so do fewer candidates of a weight above 0 than connections, without @multapses. With
 * them, probabilities are right to 2^-50; without, to 2^-40.
 *
 * A target costs O(candidates), some nanoseconds each beside those of @weight, and about 60 bytes
 * for each of its connections, of which there may be 2^26; conset_contains() costs as much. In
 * source-major order many sources are drawn at a time, for each lot all targets as wholes.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_random_fan_in_preferring  (ConsetDegrees *degrees,
                                                        ConsetValue   *weight,
                                                        gboolean       multapses,
                                                        guint64        seed,
                                                        Conset        *candidates)
                                                        G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_random_fan_out_preferring:
 * @candidates: (transfer full): a set with bounded targets
 *
 * Fixed out-degree with preferred targets: as conset_random_fan_in_preferring(), sources and
 * targets exchanged.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_random_fan_out_preferring (ConsetDegrees *degrees,
                                                        ConsetValue   *weight,
                                                        gboolean       multapses,
                                                        guint64        seed,
                                                        Conset        *candidates)
                                                        G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
