/* SPDX-License-Identifier: MIT */
/*
 * Leaves: the members of a range of which only a few are drawn.
 *
 * Places of a leaf are drawn all at once, either each from all of them, or different ones by
 * Floyd's method (Bentley and Floyd 1987): draw k of n takes one of the first size - n + k + 1
 * places, and where that was taken before, the last of these.
 */
#pragma once

#include "random.h"

/** A leaf draws at most so many places. */
#define CONSET_LEAF_MOST 64

/** A leaf whose places may repeat draws at most so many for each of its places. */
#define CONSET_LEAF_DRAWS_A_PLACE 8

/** What sorts the places of leaves. */
typedef struct _ConsetLeafMarks ConsetLeafMarks;

ConsetLeafMarks *conset_leaf_marks_new  (void);
void             conset_leaf_marks_free (ConsetLeafMarks *marks);

/**
 * The draws of the leaf of the places @first, ..., @first + @size - 1 of @line, less @first, as
 * they come: @n draws, each from all places if @repeated, else as Floyd's method takes them.
 */
void  conset_leaf_draw (const ConsetKey *key,
                        guint64          line,
                        guint64          first,
                        guint64          size,
                        gboolean         repeated,
                        guint            n,
                        guint64          places[CONSET_LEAF_MOST]);

/** Sorts the draws; unless @repeated, makes them different by Floyd's method. */
void  conset_leaf_sort (ConsetLeafMarks *marks,
                        guint64          size,
                        gboolean         repeated,
                        guint            n,
                        guint64          places[CONSET_LEAF_MOST]);
