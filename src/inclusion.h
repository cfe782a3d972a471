/* SPDX-License-Identifier: MIT */
/*
 * Inclusion and exclusion: how many members sets have together, where those of intersections
 * are known.
 *
 * max (a, b, c) = a + b + c - min (a, b) - min (a, c) - min (b, c) + min (a, b, c), and so on,
 * for numbers as for sets. Only sets whose bounds meet are intersected, and of those only
 * what is left goes on, so that sets which lie apart cost little more than their own counts.
 */
#pragma once

#include "node.h"

/**
 * The number of members of the union of @n sets in @window. FALSE where there is no closed form
 * or @census has no budget for it; each intersection, and each few comparisons of bounds, take
 * from it.
 */
gboolean conset_count_union (Conset *const      *sets,
                             gsize               n,
                             const ConsetWindow *window,
                             ConsetCensus       *census,
                             ConsetCount        *count);
