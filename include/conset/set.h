/* SPDX-License-Identifier: MIT */
/*
 * Sets of connections and the operators that compose them.
 *
 * A Conset is an immutable expression: a multiset of pairs (source i, target j), given by
 * the multiplicity m(i,j) >= 0 of each pair. It may be infinite; it is cut to a window
 * only when it is evaluated (eval.h). Its members are a pure function of the expression
 * and its seeds.
 *
 * Ownership: operators consume every Conset that is not const in their prototype; keep a
 * set with conset_ref() at the call. They never return NULL. A wrong argument gives an
 * error set: it absorbs what it is combined with, keeps the first message, and surfaces at
 * conset_check() and wherever the set is evaluated.
 *
 * Sets may be shared by threads: reference counts are atomic, nothing else ever changes.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

/* Life */

/** conset_ref: Returns: (transfer full): @set, with one more reference */
CONSET_PUBLIC Conset *conset_ref   (const Conset *set);

/** conset_unref: gives a reference back; the last one frees @set, in O(operators), O(1) stack. */
CONSET_PUBLIC void    conset_unref (Conset       *set);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Conset, conset_unref)

/* What is known of a set without evaluating it, each O(1) */

/** conset_check: Returns: FALSE with the first error of the composition in @error, if any */
CONSET_PUBLIC gboolean conset_check            (const Conset  *set,
                                                GError       **error);

/**
 * conset_get_bounds:
 * @bounds: (out): a window that holds every member; ends at CONSET_INDEX_END where
 *   the set is unbounded, and is all zero where the set is known to be empty
 */
CONSET_PUBLIC void     conset_get_bounds       (const Conset  *set,
                                                ConsetWindow  *bounds);

/** conset_is_finite: Returns: whether the bounds of @set are finite on both axes */
CONSET_PUBLIC gboolean conset_is_finite        (const Conset  *set);

/** conset_max_multiplicity: Returns: an upper bound of m(i,j): 0 if known to be empty, 1 without
 * multapses */
CONSET_PUBLIC guint64  conset_max_multiplicity (const Conset  *set);

/** conset_is_random: Returns: whether the set has a random part */
CONSET_PUBLIC gboolean conset_is_random        (const Conset  *set);

/**
 * conset_to_string:
 *
 * Prints @set in the text language, fully and with every seed. conset_parse() reads it
 * back as the same set, unless it holds a predicate (printed by name) or an error.
 *
 * Returns: (transfer full): the text
 */
CONSET_PUBLIC char    *conset_to_string        (const Conset  *set);

/* Elementary sets */

/** conset_empty: m = 0. */
CONSET_PUBLIC Conset *conset_empty      (void) G_GNUC_WARN_UNUSED_RESULT;

/** conset_full: m = 1. */
CONSET_PUBLIC Conset *conset_full       (void) G_GNUC_WARN_UNUSED_RESULT;

/** conset_one_to_one: { (i, i) }. */
CONSET_PUBLIC Conset *conset_one_to_one (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_cross:
 * @sources: (transfer full): an index set
 * @targets: (transfer full): an index set
 *
 * Returns: (transfer full): the Cartesian product { (i, j) : i in @sources, j in @targets }
 */
CONSET_PUBLIC Conset *conset_cross      (ConsetIntervals *sources,
                                         ConsetIntervals *targets) G_GNUC_WARN_UNUSED_RESULT;

/** conset_cross_n: conset_cross() of [0, @n_sources) and [0, @n_targets). */
CONSET_PUBLIC Conset *conset_cross_n    (guint64          n_sources,
                                         guint64          n_targets) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_explicit:
 * @sources: (array length=n): source of each connection, in any order; copied
 * @targets: (array length=n): target of each connection; copied
 * @n: number of connections
 *
 * The listed connections; m(i,j) is how often (i,j) is listed. An index above 2^63 - 2
 * gives an error set. O(n log n) once. Takes 8 bytes a connection and 16 a target that has
 * one, the same for the sources once it is looked at in source-major order, and up to 56 bytes
 * a connection more while either is made.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_explicit   (const guint64   *sources,
                                         const guint64   *targets,
                                         gsize            n) G_GNUC_WARN_UNUSED_RESULT;

/* Set operators; m of the result from the multiplicities a and b of the operands */

/** conset_union: max (a, b). */
CONSET_PUBLIC Conset *conset_union                (Conset *a,
                                                   Conset *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_sum: a + b, the + of Python CSA; an error if it could exceed CONSET_MAX_MULTIPLICITY. */
CONSET_PUBLIC Conset *conset_sum                  (Conset *a,
                                                   Conset *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_intersect: min (a, b). */
CONSET_PUBLIC Conset *conset_intersect            (Conset *a,
                                                   Conset *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_difference: max (0, a - b). */
CONSET_PUBLIC Conset *conset_difference           (Conset *a,
                                                   Conset *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_symmetric_difference: |a - b|. */
CONSET_PUBLIC Conset *conset_symmetric_difference (Conset *a,
                                                   Conset *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_complement: 1 where a is 0, else 0. */
CONSET_PUBLIC Conset *conset_complement           (Conset *a) G_GNUC_WARN_UNUSED_RESULT;

/* Reshaping operators */

/**
 * conset_block:
 * @m: sources per block, at least 1
 * @n: targets per block, at least 1
 * @set: (transfer full): the template; consumed, use conset_ref() to keep it
 *
 * m'(i, j) = m(i div @m, j div @n). A zero size, or a finite @set whose blocks would reach
 * beyond the universe, gives an error set. O(1); evaluation costs O(connections produced).
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_block     (guint64  m,
                                        guint64  n,
                                        Conset  *set) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_repeat:
 * @m: period along the sources, at least 1
 * @n: period along the targets, at least 1
 * @set: (transfer full): what is repeated, of it [0,@m) x [0,@n)
 *
 * m'(i, j) = m(i mod @m, j mod @n). Infinite unless the repeated part is empty.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_repeat    (guint64  m,
                                        guint64  n,
                                        Conset  *set) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_shift:
 * @m: added to every source, may be negative
 * @n: added to every target, may be negative
 * @set: (transfer full): the set to move
 *
 * m'(i, j) = m(i - @m, j - @n), 0 where an argument is negative. A finite @set that would
 * be moved beyond the universe gives an error set.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_shift     (gint64   m,
                                        gint64   n,
                                        Conset  *set) G_GNUC_WARN_UNUSED_RESULT;

/** conset_transpose: m'(i, j) = m(j, i); consumes @set. */
CONSET_PUBLIC Conset *conset_transpose (Conset  *set) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_fix:
 * @set: (transfer full): a finite set
 *
 * The same set with its connections stored, evaluated here and now; later evaluations
 * read the store. An unbounded @set, or one too large for the memory, gives an error set.
 * O(connections); takes the memory of conset_explicit().
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_fix       (Conset  *set) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
