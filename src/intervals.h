/* SPDX-License-Identifier: MIT */
/*
 * What the engine asks of index sets, beyond <conset/intervals.h>.
 *
 * All of it only looks. An error value answers as the empty set does, so callers that
 * must tell them apart ask conset_intervals_error() first.
 */
#pragma once

#include <conset/intervals.h>

G_BEGIN_DECLS

/** conset_intervals_error: Returns: (nullable): the first error of the composition */
const char *conset_intervals_error     (const ConsetIntervals *set);

gboolean    conset_intervals_is_empty  (const ConsetIntervals *set);
gboolean    conset_intervals_is_all    (const ConsetIntervals *set);

/** conset_intervals_first: Returns: the least member, CONSET_INDEX_END for the empty set */
guint64     conset_intervals_first     (const ConsetIntervals *set);

/** One past the greatest member; 0 if empty, CONSET_INDEX_END if it or a pattern reaches that. */
guint64     conset_intervals_end       (const ConsetIntervals *set);

/**
 * conset_intervals_density:
 *
 * Returns: the greatest local density: 1 where whole intervals are members, else members
 *   by period of the densest pattern; 0 for the empty set
 */
double      conset_intervals_density   (const ConsetIntervals *set);

/**
 * conset_intervals_next_runs:
 * @from: (inout): where to begin; moved past the last run written, to @end when no more follow
 * @end: where to stop
 * @runs: (out) (array length=capacity): the maximal intervals [a, b) of members, cut to
 *   [@from, @end), ascending
 * @capacity: room in @runs
 *
 * O(log of the number of pieces + runs written), nothing is allocated.
 *
 * Returns: the number of runs written; less than @capacity means that @end was reached
 */
gsize       conset_intervals_next_runs (const ConsetIntervals *set,
                                        guint64               *from,
                                        guint64                end,
                                        guint64              (*runs)[2],
                                        gsize                  capacity);

/** Appends the text of conset_intervals_to_string(), which has no outer parentheses. */
void        conset_intervals_print     (const ConsetIntervals *set,
                                        GString               *out);

/**
 * The first thing an operator does with its operands: NULL for go on; else the error value to
 * return, both being consumed: the first operand that is one, or a new one for a NULL operand.
 * One reference given twice is noted and mended.
 */
ConsetIntervals *conset_intervals_absorb (ConsetIntervals *a,
                                          ConsetIntervals *b,
                                          const char      *operator);

G_END_DECLS
