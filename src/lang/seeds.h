/* SPDX-License-Identifier: MIT */
/*
 * Seeds for the random sets and the drawn values of a text that have none.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/**
 * ConsetSeeds:
 * @model: the model seed
 * @ordinal: how many random sets have been made, those with a seed of their own included:
 *   giving one set a seed leaves the others as they were
 * @value_ordinal: the same of drawn values, which are counted apart, so that adding a delay
 *   leaves all sets as they were
 * @position_ordinal: the same of geometries with drawn positions
 * @flags: what the text is allowed, which goes to the same functions
 */
typedef struct
{
  guint64 model;
  guint64 ordinal;
  guint64 value_ordinal;
  guint64 position_ordinal;
  ConsetParseFlags flags;
} ConsetSeeds;

/** conset_seeds_next: Returns: the seed of the next random set, below 2^53 */
guint64 conset_seeds_next       (ConsetSeeds *seeds);

/** conset_seeds_next_value: Returns: the seed of the next drawn value, below 2^53 */
guint64 conset_seeds_next_value (ConsetSeeds *seeds);

/** conset_seeds_next_position: Returns: the seed of the next drawn positions, below 2^53 */
guint64 conset_seeds_next_position (ConsetSeeds *seeds);

G_END_DECLS
