/* SPDX-License-Identifier: MIT */
/*
 * The seed of a random set is a hash of the model seed and of its ordinal in the text:
 * Threefry4x32-20 (Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3), keyed
 * by the model seed. Its 53 bits are exact in any double, and hardly ever one of the small
 * numbers that people write themselves.
 */
#include "seeds.h"

#include <Random123/threefry.h>

/* Keeps these draws apart from all others that are keyed by the same seed: "seed". */
#define PURPOSE 0x73656564u

guint64
conset_seeds_next (ConsetSeeds *seeds)
{
  threefry4x32_key_t key = { { (guint32) seeds->model, (guint32) (seeds->model >> 32), PURPOSE,
                               0 } };
  threefry4x32_ctr_t counter = { { (guint32) seeds->ordinal, (guint32) (seeds->ordinal >> 32), 0,
                                   0 } };
  threefry4x32_ctr_t hash = threefry4x32 (counter, key);

  seeds->ordinal++;
  return ((guint64) hash.v[1] << 32 | hash.v[0]) >> 11;
}
