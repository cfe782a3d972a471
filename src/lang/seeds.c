/* SPDX-License-Identifier: MIT */
/*
 * The seed of a random set, or of a drawn value, is a hash of the model seed and of its ordinal in
 * the text: Threefry4x32-20 (Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3),
 * keyed by the model seed. Its 53 bits are exact in any double, and hardly ever one of the
 * small numbers that people write themselves.
 */
#include "seeds.h"

#include <Random123/threefry.h>

/* Keep these draws apart from all others that are keyed by the same seed: "seed", "valu", "posi".
 */
#define PURPOSE 0x73656564u
#define PURPOSE_VALUE 0x76616c75u
#define PURPOSE_POSITION 0x706f7369u

static guint64
seed_of (guint64 model, guint32 purpose, guint64 ordinal)
{
  threefry4x32_key_t key = { { (guint32) model, (guint32) (model >> 32), purpose, 0 } };
  threefry4x32_ctr_t counter = { { (guint32) ordinal, (guint32) (ordinal >> 32), 0, 0 } };
  threefry4x32_ctr_t hash = threefry4x32 (counter, key);

  return ((guint64) hash.v[1] << 32 | hash.v[0]) >> 11;
}

guint64
conset_seeds_next (ConsetSeeds *seeds)
{
  return seed_of (seeds->model, PURPOSE, seeds->ordinal++);
}

guint64
conset_seeds_next_value (ConsetSeeds *seeds)
{
  return seed_of (seeds->model, PURPOSE_VALUE, seeds->value_ordinal++);
}

guint64
conset_seeds_next_position (ConsetSeeds *seeds)
{
  return seed_of (seeds->model, PURPOSE_POSITION, seeds->position_ordinal++);
}
