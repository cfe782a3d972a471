/* SPDX-License-Identifier: MIT */
/*
 * Arcs: stretches of a ring of n places, as runs of a tile.
 */
#pragma once

#include "node.h"

/** Places [first, end). */
typedef struct
{
  guint64 first;
  guint64 end;
} ConsetArc;

/** The places @first, @first + 1, ... modulo @n, @length <= @n of them, ascending; returns how many
 * arcs these are. @first < @n. */
guint conset_arcs_of_ring (guint64 n, guint64 first, guint64 length, ConsetArc arcs[2]);

/** The places no further than @radius from @centre on a ring of @n places, or else on a line. */
guint conset_arcs_around  (guint64   n,
                           guint64   centre,
                           guint64   radius,
                           gboolean  ring,
                           ConsetArc arcs[2]);

/** Takes the place @line out of @n ascending arcs, for which @arcs has room; returns how many are
 * left. */
guint conset_arcs_without (ConsetArc arcs[], guint n, guint64 line);

/** The first place of @n ascending arcs that is not below @from; CONSET_INDEX_END without any. */
guint64 conset_arcs_next (const ConsetArc arcs[], guint n, guint64 from);

/** Appends what @tile, of @n_runs runs so far, has of @n ascending arcs, which follow them. */
void  conset_arcs_append (ConsetTile *tile, const ConsetArc arcs[], guint n, gsize *n_runs);
