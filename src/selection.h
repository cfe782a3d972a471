/* SPDX-License-Identifier: MIT */
/*
 * Selections: of items that come by with a key each, the k of the least keys.
 *
 * Memory is for 2k items, 24 bytes each, and grows as they come. An item costs O(1) on average,
 * and most are refused at once, by a limit that falls.
 */
#pragma once

#include <glib.h>

typedef struct _ConsetSelection ConsetSelection;

ConsetSelection *conset_selection_new  (void);
void             conset_selection_free (ConsetSelection *selection);

/** Begins anew, for the @k least of the keys below @limit; @k is at least 1. */
void    conset_selection_start (ConsetSelection *selection, gsize k, double limit);

/** Adds @item, which is greater than all before. Of equal keys the first item's is the lesser. */
void    conset_selection_add   (ConsetSelection *selection, double key, guint64 item);

/** Items with this key or a greater one are refused. */
double  conset_selection_limit (const ConsetSelection *selection);

/** Appends the selected items to @items, an array of guint64, ascending. Returns the greatest
 * key of k items, infinity if there are fewer. */
double  conset_selection_end   (ConsetSelection *selection, GArray *items);
