/* SPDX-License-Identifier: MIT */
/*
 * Groups: the members of a Bernoulli set of small probability p, found without looking at
 * every pair.
 *
 * The indices of a line are cut into groups of 2^shift, with 2^shift p in [1/2, 1). A coin
 * says which groups have members. The number of members of such a group follows the binomial
 * law given that it is not 0, and that many different places of the group are drawn:
 *
 *   lane 0 of the key gives four words at (group, line): the first decides the number by
 *   comparison with at_most; the high bits of the others are the places, if they are at
 *   most three and differ;
 *   lane 1 gives 32 further bits of the number where the first word ties;
 *   lanes 2 and up give, for the other cases, 64 bits for each place, taken by Floyd's
 *   method (Bentley and Floyd 1987), which needs no second try.
 */
#pragma once

#include "random.h"

/** More members than this has a probability below 2^-64. */
#define CONSET_GROUP_MOST 24

/** @at_most: 2^64 times the probability that an occupied group has at most k + 1 members. */
typedef struct
{
  ConsetCoin occupied;
  ConsetKey  key;
  guint      shift;
  guint64    at_most[CONSET_GROUP_MOST];
} ConsetGroups;

/** @p in (0, 1/32). */
void  conset_groups_init    (ConsetGroups *groups, double p, guint64 seed);
/** The members of an occupied group as places in it, ascending; returns how many. */
guint conset_groups_members (const ConsetGroups *groups,
                             guint64             group,
                             guint64             line,
                             guint64             places[CONSET_GROUP_MOST]);
/** Whether @index, in a group known to be occupied, is a member. */
gboolean conset_groups_have (const ConsetGroups *groups, guint64 index, guint64 line);
