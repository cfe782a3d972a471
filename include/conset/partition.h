/* SPDX-License-Identifier: MIT */
/*
 * Parts of a set: by masks, as in Python CSA, and by rank.
 *
 * Each rank, thread or file of a larger whole takes one part. The parts of a set are disjoint
 * and their conset_sum() is the set, exactly, whatever rule it is made by: a part is the
 * restriction of the same set, drawn no differently.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

/**
 * conset_partition:
 * @masks: (array length=n_masks) (transfer full): where each part lies; the array stays the
 *   caller's, the sets in it are consumed
 * @n_masks: number of masks
 * @selected: which part is wanted
 * @set: (transfer full): the whole
 *
 * m'(i, j) = m(i, j) where the selected mask has (i, j), else 0: multapses stay whole, where an
 * intersection would cut them down to the multiplicity of the mask. A mask of higher
 * multiplicity counts as a set.
 *
 * The parts are disjoint if the masks are, and sum to @set if these cover it. Masks that are
 * seen to overlap within the bounds of @set give an error set that names both. That is looked
 * for where a closed form counts what two masks share: in every pair with the selected mask, and
 * in up to 4,096 others; masks that overlap unseen (random ones, say) give parts that share
 * connections. @selected beyond the masks is an error set, too.
 *
 * Evaluation costs that of @set, in a window no larger than its own, and a filter by the mask.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_partition                 (Conset **masks,
                                                        guint    n_masks,
                                                        guint    selected,
                                                        Conset  *set) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_split_targets_round_robin:
 * @set: (transfer full): the whole
 * @rank: which part, below @n_ranks
 * @n_ranks: number of parts, at least 1
 *
 * Returns: (transfer full): the connections of @set to targets j with j mod @n_ranks = @rank
 */
CONSET_PUBLIC Conset *conset_split_targets_round_robin (Conset  *set,
                                                        guint64  rank,
                                                        guint64  n_ranks) G_GNUC_WARN_UNUSED_RESULT;

/** conset_split_sources_round_robin: as conset_split_targets_round_robin(), by sources. */
CONSET_PUBLIC Conset *conset_split_sources_round_robin (Conset  *set,
                                                        guint64  rank,
                                                        guint64  n_ranks) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_split_targets_block:
 * @set: (transfer full): the whole, of bounded targets
 * @rank: which part, below @n_ranks
 * @n_ranks: number of parts, at least 1
 *
 * The range of targets that conset_get_bounds() gives is cut into @n_ranks contiguous ranges;
 * their lengths differ by at most 1, the longer ones come first. Unbounded targets give an
 * error set.
 *
 * Returns: (transfer full): the connections of @set to targets in range @rank
 */
CONSET_PUBLIC Conset *conset_split_targets_block       (Conset  *set,
                                                        guint64  rank,
                                                        guint64  n_ranks) G_GNUC_WARN_UNUSED_RESULT;

/** conset_split_sources_block: as conset_split_targets_block(), by sources. */
CONSET_PUBLIC Conset *conset_split_sources_block       (Conset  *set,
                                                        guint64  rank,
                                                        guint64  n_ranks) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_partition_for_rank:
 * @set: (transfer full): the whole, of bounded targets
 * @rank: which part, below @n_ranks
 * @n_ranks: number of parts, at least 1
 *
 * As conset_split_targets_block(), but the ranges are cut so that about the same work is expected of
 * each, most of which is connections: targets of high in-degree have fewer neighbours in their
 * range. Each rank finds its range alone, by some 64 log2 (@n_ranks) questions of O(operators) at
 * most; nothing is sent.
 *
 * Returns: (transfer full): the connections of @set to the targets of @rank
 */
CONSET_PUBLIC Conset *conset_partition_for_rank        (Conset  *set,
                                                        guint64  rank,
                                                        guint64  n_ranks) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_rank_window:
 * @set: (transfer none): the whole
 * @window: (nullable): where to look
 * @order: CONSET_TARGET_MAJOR to cut the range of targets, CONSET_SOURCE_MAJOR that of sources
 * @rank: which part, below @n_ranks
 * @n_ranks: number of parts, at least 1
 * @part: (out): the part of @window that is for @rank; perhaps empty
 *
 * What conset_partition_for_rank() gives, as a window of the same set: parts of a window follow
 * each other, and evaluated one after the other in @order they give all of it.
 *
 * Returns: FALSE with @error set if @set or @window is wrong, or @set is unbounded without one
 */
CONSET_PUBLIC gboolean conset_rank_window              (const Conset        *set,
                                                        const ConsetWindow  *window,
                                                        ConsetOrder          order,
                                                        guint64              rank,
                                                        guint64              n_ranks,
                                                        ConsetWindow        *part,
                                                        GError             **error);

G_END_DECLS
