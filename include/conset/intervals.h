/* SPDX-License-Identifier: MIT */
/*
 * Sets of indices: the operands of conset_cross().
 *
 * Intervals with steps, their unions, intersections, differences and complements,
 * all of them possibly infinite. Immutable and reference counted like Conset, with
 * the same rules: operators consume their operands, a failed operation gives an
 * error value that later operators absorb.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

/* Life: conset_intervals_ref() takes a reference (transfer full), conset_intervals_unref() gives
 * one back. */

CONSET_PUBLIC ConsetIntervals *conset_intervals_ref   (const ConsetIntervals *intervals);
CONSET_PUBLIC void             conset_intervals_unref (ConsetIntervals       *intervals);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetIntervals, conset_intervals_unref)

/* Queries */

/**
 * conset_intervals_check:
 *
 * Returns: FALSE with the first error of the composition in @error, if there is one
 */
CONSET_PUBLIC gboolean conset_intervals_check     (const ConsetIntervals  *intervals,
                                                   GError                **error);

/** conset_intervals_to_string: Returns: (transfer full): text that the language reads back */
CONSET_PUBLIC char    *conset_intervals_to_string (const ConsetIntervals  *intervals);

/** conset_intervals_contains: O(log of the number of pieces). */
CONSET_PUBLIC gboolean conset_intervals_contains  (const ConsetIntervals  *intervals,
                                                   guint64                 index);

/** conset_intervals_next: Returns: the least member from @index on, CONSET_INDEX_END if none is */
CONSET_PUBLIC guint64  conset_intervals_next      (const ConsetIntervals  *intervals,
                                                   guint64                 index);

/** conset_intervals_count: Returns: the number of members in [@first, @end) */
CONSET_PUBLIC guint64  conset_intervals_count     (const ConsetIntervals  *intervals,
                                                   guint64                 first,
                                                   guint64                 end);

/** conset_intervals_equal: Returns: whether both have the same members; FALSE if one is an error */
CONSET_PUBLIC gboolean conset_intervals_equal     (const ConsetIntervals  *a,
                                                   const ConsetIntervals  *b);

/* Constructors */

/** conset_intervals_all: every index, the N of CSA. */
CONSET_PUBLIC ConsetIntervals *conset_intervals_all        (void) G_GNUC_WARN_UNUSED_RESULT;

/** conset_intervals_empty: no index. */
CONSET_PUBLIC ConsetIntervals *conset_intervals_empty      (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_intervals_range:
 * @first: the first member
 * @end: members are below it; CONSET_INDEX_END for no bound
 * @step: distance of neighbours, at least 1
 *
 * { first + k step : k >= 0 } below @end; empty where @end is not above @first.
 *
 * A zero @step, or an @end beyond CONSET_INDEX_END, gives an error value. O(1).
 *
 * Returns: (transfer full): new index set, never NULL
 */
CONSET_PUBLIC ConsetIntervals *conset_intervals_range      (guint64          first,
                                                            guint64          end,
                                                            guint64          step)
                                                            G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_intervals_union:
 * @a: (transfer full): an index set
 * @b: (transfer full): an index set
 *
 * This, the intersection and the difference cost O(pieces of @a + pieces of @b). Where
 * steps meet, pieces become patterns whose period is the least common multiple of the
 * steps; a result that needs more than 65,536 pieces is an error value.
 *
 * Returns: (transfer full): the members of @a or @b
 */
CONSET_PUBLIC ConsetIntervals *conset_intervals_union      (ConsetIntervals *a,
                                                            ConsetIntervals *b)
                                                            G_GNUC_WARN_UNUSED_RESULT;

/** conset_intervals_intersect: Returns: (transfer full): the members of both; consumes @a and @b */
CONSET_PUBLIC ConsetIntervals *conset_intervals_intersect  (ConsetIntervals *a,
                                                            ConsetIntervals *b)
                                                            G_GNUC_WARN_UNUSED_RESULT;

/** conset_intervals_difference: Returns: (transfer full): @a without @b's members; consumes both */
CONSET_PUBLIC ConsetIntervals *conset_intervals_difference (ConsetIntervals *a,
                                                            ConsetIntervals *b)
                                                            G_GNUC_WARN_UNUSED_RESULT;

/** conset_intervals_complement: Returns: (transfer full): every index not in @a; consumes @a */
CONSET_PUBLIC ConsetIntervals *conset_intervals_complement (ConsetIntervals *a)
                                                            G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
