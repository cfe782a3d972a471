/* SPDX-License-Identifier: MIT */
/*
 * Levels: nodes in contiguous ranges, numbered from 0 on, and the pairs whose levels lie so far
 * apart. The masks of modules and hierarchies.
 */
#pragma once

#include "node.h"

/** Below and above all distances. */
#define CONSET_LEVELS_BELOW (-G_MAXINT64)
#define CONSET_LEVELS_ABOVE G_MAXINT64

/** @starts is NULL where sizes differ by at most 1: the first n mod n_levels are longer. */
typedef struct
{
  guint64  n;
  guint64  n_levels;
  guint64 *starts;
} ConsetLevels;

/** @n_levels of @n nodes, in [1, n]. */
void conset_levels_init_equal (ConsetLevels  *levels,
                               guint64        n,
                               guint64        n_levels);
/** FALSE if a size is 0, or all are 2^63 or more. */
gboolean conset_levels_init_sizes (ConsetLevels  *levels,
                                   const guint64 *sizes,
                                   gsize          n_levels);
void conset_levels_clear      (ConsetLevels  *levels);

/** Pairs of different nodes with @least <= level of the target - level of the source <= @most. */
Conset *conset_levels_apart (const ConsetLevels *levels,
                             gint64              least,
                             gint64              most);
/** Pairs of nodes of different levels. */
Conset *conset_levels_other (const ConsetLevels *levels);
