/* SPDX-License-Identifier: MIT */
/*
 * Groups: the members of a Bernoulli set of small probability p, or of a pairwise Poisson set of
 * small mean p, found without looking at every pair.
 *
 * The indices of a line are cut into groups of 2^shift. The number of members of a group
 * follows the binomial law B(2^shift, p), and that many different places are drawn; or it is
 * Poisson of mean 2^shift p, and the places are independent. At (group, line),
 *
 *   lane 0 of the key gives four words: the first decides the number by comparison with
 *   at_most, the others hold the high bits of the places, six in halves where 16 bits are
 *   enough for one, else three, which serve if they are enough and, where they must, differ;
 *   lane 1 gives 32 further bits of the number where the first word ties;
 *   lanes 2 and up give, for the other cases, two numbers of 64 bits each: each scaled to a
 *   place, or, where places must differ, taken by Floyd's method (Bentley and Floyd 1987), which
 *   needs no second try.
 *
 * 2^shift p lies in [2, 4), of a Poisson set in [1.5, 3), or as near below as 16 bits for a place
 * allow, and in [1/2, 1) where they are too few at all, so that the words seldom fail to serve.
 */
#pragma once

#include "random.h"
#include "tile.h"

/** More members than this has a probability below 2^-64. */
#define CONSET_GROUP_MOST 40

/** Places that the words of lane 0 hold, as halves and as wholes. */
#define CONSET_GROUP_HALVES 6
#define CONSET_GROUP_WHOLES 3

/**
 * @at_most: 2^64 times the probability that a group has at most k members
 * @distinct: all bits where places must differ, else 0
 */
typedef struct
{
  ConsetKey key;
  guint     shift;
  guint32   distinct;
  guint64   at_most[CONSET_GROUP_MOST];
} ConsetGroups;

/** @p in (0, 1/32). */
void  conset_groups_init         (ConsetGroups *groups, double p, guint64 seed);
/** @mean in (0, 1.5). */
void  conset_groups_init_poisson (ConsetGroups *groups, double mean, guint64 seed);
/** The members of a group as places in it, ascending; returns how many. */
guint conset_groups_members      (const ConsetGroups *groups,
                                  guint64             group,
                                  guint64             line,
                                  guint64             places[CONSET_GROUP_MOST]);
guint conset_groups_multiplicity (const ConsetGroups *groups, guint64 index, guint64 line);

/** No member of @line lies in [@from, result); a member is likely there. A few groups are drawn. */
guint64 conset_groups_next (const ConsetGroups *groups, guint64 line, guint64 from);

/** Makes @tile, whose line is that of a target, the list of the members in its range. */
void conset_groups_list (const ConsetGroups *groups, ConsetTile *tile);
/** The same, as a ConsetBandFill. */
void conset_groups_fill (gpointer groups, ConsetTile *tile);

/**
 * success[k] is whether the set has list entry @from + k of @tile, k < @n, whose line is that of
 * a target if @along, else that of a source.
 */
void conset_groups_trials (const ConsetGroups *groups,
                           gboolean            along,
                           const ConsetTile   *tile,
                           gsize               from,
                           gsize               n,
                           guint8             *success);

static inline gboolean
conset_groups_are_halves (const ConsetGroups *groups)
{
  return groups->shift <= 16;
}

static inline gboolean
conset_groups_have (const ConsetGroups *groups, guint64 index, guint64 line)
{
  return conset_groups_multiplicity (groups, index, line) > 0;
}
