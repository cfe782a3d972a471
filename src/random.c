/* SPDX-License-Identifier: MIT */
/*
 * Keys and single draws.
 *
 * What the vector kernels do for many places is done here for one. The cost of a single
 * draw is one evaluation of Threefry, about 30 ns.
 */
#include "random.h"

#include <Random123/threefry.h>

ConsetKey
conset_key (guint64 seed, ConsetRule rule, guint32 lane)
{
  ConsetKey key = { { (guint32) seed, (guint32) (seed >> 32), rule, lane } };

  return key;
}

/* The lane has 25 bits of the copy; the others stand above the rule, of which there are few. */
ConsetKey
conset_copy_key (guint64 seed, ConsetRule rule, guint64 copy)
{
  ConsetKey key = conset_key (seed, rule, (guint32) copy * CONSET_COPY_LANES);

  key.word[2] |= (guint32) (copy >> 25) << 8;
  return key;
}

void
conset_draw (const ConsetKey *key, guint64 a, guint64 b, guint32 out[4])
{
  threefry4x32_ctr_t place = { { (guint32) a, (guint32) (a >> 32), (guint32) b,
                                 (guint32) (b >> 32) } };
  threefry4x32_key_t k = { { key->word[0], key->word[1], key->word[2], key->word[3] } };
  threefry4x32_ctr_t drawn = threefry4x32_R (20, place, k);

  for (guint i = 0; i < 4; i++)
    out[i] = drawn.v[i];
}

guint64
conset_draw_64 (const ConsetKey *key, guint64 a, guint64 b)
{
  guint32 drawn[4];

  conset_draw (key, a, b, drawn);
  return drawn[0] | (guint64) drawn[1] << 32;
}

void
conset_sheets_init (ConsetSheets *sheets, const ConsetKey *key)
{
  guint64 first = conset_draw_64 (key, 0, 0);

  sheets->key = *key;
  sheets->first[0] = (guint32) first;
  sheets->first[1] = (guint32) (first >> 32);
}

void
conset_sheets_key (const ConsetSheets *sheets, guint64 a, guint64 b, guint32 key[2])
{
  guint64 drawn;

  if (G_LIKELY ((a | b) >> 32 == 0))
    {
      key[0] = sheets->first[0];
      key[1] = sheets->first[1];
      return;
    }
  drawn = conset_draw_64 (&sheets->key, a >> 32, b >> 32);
  key[0] = (guint32) drawn;
  key[1] = (guint32) (drawn >> 32);
}

guint64
conset_sheets_draw (const ConsetSheets *sheets, guint64 a, guint64 b)
{
  threefry2x32_ctr_t place = { { (guint32) a, (guint32) b } }, drawn;
  threefry2x32_key_t key;

  conset_sheets_key (sheets, a, b, key.v);
  drawn = threefry2x32_R (20, place, key);
  return drawn.v[0] | (guint64) drawn.v[1] << 32;
}

guint64
conset_draw_below (const ConsetKey *key, guint64 a, guint64 b, guint64 n)
{
  guint32 drawn[4];
  guint64 high, low;

  conset_draw (key, a, b, drawn);
  high = drawn[0] | (guint64) drawn[1] << 32;
  low = drawn[2] | (guint64) drawn[3] << 32;
  return (guint64) (((unsigned __int128) high * n + (((unsigned __int128) low * n) >> 64)) >> 64);
}

guint64
conset_fraction_64 (double p)
{
  double scaled = p * 0x1p64;

  return scaled >= 0x1p64 ? G_MAXUINT64 : (guint64) scaled;
}
