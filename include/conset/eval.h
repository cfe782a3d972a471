/* SPDX-License-Identifier: MIT */
/*
 * Evaluating a set: iterate, count, ask, explain.
 *
 * Everything here looks at a set through a window. Where a window may be NULL, the bounds
 * of the set stand for it; a set that is unbounded then gives CONSET_ERROR_UNBOUNDED.
 * Evaluating a window gives exactly the restriction of the set to that window. Memory does
 * not depend on the number of connections.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

/* Iteration */

/**
 * ConsetBatch:
 * @line: the index that the connections share: their target in CONSET_TARGET_MAJOR
 *   order, their source in CONSET_SOURCE_MAJOR order
 * @n: number of connections, at least 1
 * @indices: (array length=n): the other index of each, ascending; a connection of
 *   multiplicity k stands k times in a row
 * @n_values: how many values a connection has, conset_arity()
 * @values: (array length=n_values): for each value an array of @n, that of each connection
 *
 * Connections of one line. The arrays belong to the iterator and hold until its next call.
 */
typedef struct
{
  guint64              line;
  gsize                n;
  const guint64       *indices;
  guint                n_values;
  const double *const *values;
} ConsetBatch;

/**
 * conset_iter_new:
 * @set: (transfer none): what to iterate; the iterator keeps a reference
 * @window: (nullable): where to look
 * @order: the order of the connections
 *
 * An iterator is for one thread at a time; any number of them may share a set.
 *
 * Returns: (transfer full): an iterator, never NULL; what is wrong with @set or @window is
 *   told by conset_iter_finish()
 */
CONSET_PUBLIC ConsetIter *conset_iter_new        (const Conset        *set,
                                                  const ConsetWindow  *window,
                                                  ConsetOrder          order)
                                                  G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_iter_next:
 * @source: (out): source of the next connection
 * @target: (out): its target
 *
 * Returns: TRUE with a connection; FALSE, from then on for ever and with @source and
 *   @target untouched, at the end or after an error
 */
CONSET_PUBLIC gboolean    conset_iter_next       (ConsetIter          *iter,
                                                  guint64             *source,
                                                  guint64             *target);

/**
 * conset_iter_get_value:
 * @column: which value, below conset_arity()
 *
 * Returns: the value of the connection that conset_iter_next() has given last
 */
CONSET_PUBLIC double      conset_iter_get_value  (const ConsetIter    *iter,
                                                  guint                column);

/**
 * conset_iter_next_batch:
 * @batch: (out caller-allocates): the next connections, at most 1,024
 *
 * May be mixed with conset_iter_next(): each hands out what the other has not.
 *
 * Returns: TRUE with a batch; FALSE, from then on for ever, at the end or after an error
 */
CONSET_PUBLIC gboolean    conset_iter_next_batch (ConsetIter          *iter,
                                                  ConsetBatch         *batch);

/**
 * conset_iter_finish:
 *
 * The one place to ask how an iteration went.
 *
 * Returns: TRUE if all connections so far are good; FALSE with @error set if the set or the
 *   window was wrong, or a callback failed
 */
CONSET_PUBLIC gboolean    conset_iter_finish     (const ConsetIter    *iter,
                                                  GError             **error);

/** conset_iter_free: frees @iter, at its end or before. */
CONSET_PUBLIC void        conset_iter_free       (ConsetIter          *iter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetIter, conset_iter_free)

/** ConsetBatchFunc: Returns: FALSE to stop, an error CONSET_ERROR_CANCELLED of conset_foreach() */
typedef gboolean (*ConsetBatchFunc) (const ConsetBatch *batch,
                                     gpointer           user_data);

/**
 * conset_foreach:
 * @set: (transfer none): a set
 * @window: (nullable): where to look
 * @order: the order of the connections
 * @func: (scope call): called with batch after batch, in order
 * @user_data: (closure): passed to @func
 *
 * Returns: TRUE if @func has seen every connection, else FALSE with @error set
 */
CONSET_PUBLIC gboolean conset_foreach (const Conset        *set,
                                       const ConsetWindow  *window,
                                       ConsetOrder          order,
                                       ConsetBatchFunc      func,
                                       gpointer             user_data,
                                       GError             **error);

/* Questions */

/**
 * conset_multiplicity:
 *
 * O(operators).
 *
 * Returns: m(@source, @target); 0 outside the universe and for an error set
 */
CONSET_PUBLIC guint64  conset_multiplicity (const Conset *set,
                                            guint64       source,
                                            guint64       target);

/** conset_contains: Returns: whether m(@source, @target) > 0 */
CONSET_PUBLIC gboolean conset_contains     (const Conset *set,
                                            guint64       source,
                                            guint64       target);

/**
 * conset_sources_of:
 * @target: a target
 * @first: first source to look at
 * @end: one past the last source, CONSET_INDEX_END for all of a set with bounded sources
 * @n: (out): number of sources
 *
 * Takes 8 bytes a source; more than there is memory for is a CONSET_ERROR_OVERFLOW.
 *
 * Returns: (transfer full) (array length=n): the sources of @target in [@first, @end),
 *   ascending and with multiplicity, to be freed with g_free(); NULL with @error set on failure
 */
CONSET_PUBLIC guint64 *conset_sources_of   (const Conset  *set,
                                            guint64        target,
                                            guint64        first,
                                            guint64        end,
                                            gsize         *n,
                                            GError       **error);

/** conset_targets_of: as conset_sources_of(): the targets of @source in [@first, @end). */
CONSET_PUBLIC guint64 *conset_targets_of   (const Conset  *set,
                                            guint64        source,
                                            guint64        first,
                                            guint64        end,
                                            gsize         *n,
                                            GError       **error);

/**
 * conset_count:
 * @window: (nullable): where to count
 * @count: (out): the number of connections, with multiplicity
 *
 * Exact. O(operators) for sets with a closed form (cross products, one-to-one, explicit
 * lists, and what set and reshaping operators make of them); otherwise the set is
 * evaluated without listing its connections.
 *
 * Returns: FALSE with @error set on failure, or if the number exceeds 2^64 - 1
 */
CONSET_PUBLIC gboolean conset_count          (const Conset        *set,
                                              const ConsetWindow  *window,
                                              guint64             *count,
                                              GError             **error);

/**
 * conset_expected_count:
 * @window: (nullable): where to count
 *
 * The mean of conset_count() over all seeds, O(operators). Exact for sums, and where of
 * operands that meet all but one are spread evenly, independently and each with one
 * multiplicity; otherwise an estimate. 0 for an error set.
 *
 * Returns: the expected number of connections, infinite for an unbounded set without window
 */
CONSET_PUBLIC double   conset_expected_count (const Conset        *set,
                                              const ConsetWindow  *window);

/**
 * conset_digest:
 * @window: (nullable): what to hash
 *
 * A fingerprint of the members that does not depend on how they were computed: SHA-256
 * of a listing with a line "source target\n" a connection in target-major order, and the values
 * of a connection set between the target and the end of the line, each after a blank and by
 * printf's "%.9g".
 *
 * Returns: (transfer full): 64 hexadecimal digits; NULL with @error set on failure
 */
CONSET_PUBLIC char    *conset_digest         (const Conset        *set,
                                              const ConsetWindow  *window,
                                              GError             **error);

/**
 * conset_explain:
 * @window: (nullable): where the set would be evaluated
 * @order: in which order
 *
 * Describes @set: the tree with what is known of each part, and how it would be evaluated:
 * which operand leads, which thin its members, the tile width, the expected count, and the
 * laws of the degrees of the first, a middle and the last target and source.
 *
 * Returns: (transfer full): lines of text; NULL with @error set on failure
 */
CONSET_PUBLIC char    *conset_explain        (const Conset        *set,
                                              const ConsetWindow  *window,
                                              ConsetOrder          order,
                                              GError             **error);

/* Kernels */

/**
 * conset_isa:
 *
 * Returns: the name of the kernels in use, "avx2" or "portable". The fastest that the
 *   machine has are chosen at first use; all give the same bits.
 */
CONSET_PUBLIC const char *conset_isa     (void);

/**
 * conset_set_isa:
 * @name: "avx2", "portable", or "auto"
 *
 * Chooses the kernels, for tests and benches. Call it before any evaluation begins.
 *
 * Returns: FALSE if the machine cannot run them, or there are none of that name
 */
CONSET_PUBLIC gboolean    conset_set_isa (const char *name);

G_END_DECLS
