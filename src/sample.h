/* SPDX-License-Identifier: MIT */
/*
 * Samples: k of the ranks 0, 1, ..., n - 1, drawn with or without repetition, of which any
 * part can be found alone.
 *
 * A range of ranks that holds k members is halved: how many of them lie in its lower half
 * follows the binomial law where ranks repeat, else the hypergeometric one, and is drawn with a
 * key of the range (Sanders et al. 2018). A range of few members, or, without repetition,
 * of few that are no members, is a leaf (leaf.h), which draws whichever are fewer.
 *
 * A sample is a cursor: it remembers the way to the last leaf, so that ascending questions
 * cost O(members), and others O(log n) more.
 */
#pragma once

#include "random.h"
#include "tile.h"

typedef struct _ConsetSample ConsetSample;

ConsetSample *conset_sample_new  (guint64 seed, ConsetRule rule, gboolean repeated);
void          conset_sample_free (ConsetSample *sample);

/**
 * Lines [@first_line, @end_line) of about @k members will be turned to in turn, over and over, each
 * with numbers of its own that stay the same: the way to where a line was left is remembered, in
 * at most 32 MiB.
 */
void    conset_sample_remember (ConsetSample *sample,
                                guint64       first_line,
                                guint64       end_line,
                                double        k);

/** Turns to sample number @line: @k of @n < 2^63 ranks, @k <= @n unless they repeat. */
void    conset_sample_aim  (ConsetSample *sample, guint64 line, guint64 n, guint64 k);

/** The number of members, with repetition, and of ranks. */
guint64 conset_sample_size  (const ConsetSample *sample);
guint64 conset_sample_range (const ConsetSample *sample);

/** Makes @tile hold the members from rank @first on, as offsets from it. */
void    conset_sample_fill (ConsetSample *sample, guint64 first, ConsetTile *tile);

/** How often @rank is a member. */
guint64 conset_sample_times (ConsetSample *sample, guint64 rank);

/** The least member that is not below @rank; @n if there is none. */
guint64 conset_sample_next (ConsetSample *sample, guint64 rank);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetSample, conset_sample_free)
