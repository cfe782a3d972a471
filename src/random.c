/* SPDX-License-Identifier: MIT */
/*
 * Keys, single draws and the tables of coins.
 *
 * What the vector kernels do for many places is done here for one. The cost of a single
 * draw is one evaluation of Threefry, about 30 ns.
 */
#include "random.h"

#include <math.h>

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

/* p^k (1-p)^(8-k) for the byte with k bits set, times 256. */
static void
coin_weights (double p, double weights[256])
{
  double by_bits[9];

  for (guint k = 0; k <= 8; k++)
    {
      by_bits[k] = 256.0;
      for (guint bit = 0; bit < 8; bit++)
        by_bits[k] *= bit < k ? p : 1.0 - p;
    }
  for (guint byte = 0; byte < 256; byte++)
    weights[byte] = by_bits[__builtin_popcount (byte)];
}

static void
coin_set_column (ConsetCoin *coin, guint column, double threshold, guint alias)
{
  double steps = threshold * 256.0;
  guint whole = (guint) steps;

  coin->columns[column] = whole << 8 | alias;
  coin->tails[column] = (guint64) ((steps - whole) * 0x1p56);
}

/* Vose's construction: each column is filled up by a byte that has more than its share. */
static void
coin_build_columns (ConsetCoin *coin, double p)
{
  double weights[256];
  guint small[256], large[256];
  guint n_small = 0, n_large = 0;

  coin_weights (p, weights);
  for (guint byte = 0; byte < 256; byte++)
    if (weights[byte] < 1.0)
      small[n_small++] = byte;
    else
      large[n_large++] = byte;

  while (n_small > 0 && n_large > 0)
    {
      guint column = small[--n_small];
      guint alias = large[n_large - 1];

      coin_set_column (coin, column, weights[column], alias);
      weights[alias] = (weights[alias] + weights[column]) - 1.0;
      if (weights[alias] < 1.0)
        {
          n_large--;
          small[n_small++] = alias;
        }
    }
  /* What is left differs from its share by rounding alone. */
  while (n_large > 0)
    coin_set_column (coin, large[n_large - 1], 1.0, large[n_large - 1]), n_large--;
  while (n_small > 0)
    coin_set_column (coin, small[n_small - 1], 1.0, small[n_small - 1]), n_small--;
}

void
conset_coin_init (ConsetCoin *coin, double p, guint64 seed, ConsetRule rule)
{
  double sixteenths = p * 16.0;

  coin->key = conset_key (seed, rule, 0);
  coin->planes = 0;
  coin->digits = 0;
  if (sixteenths == floor (sixteenths))
    {
      coin->planes = 4;
      coin->digits = (guint) sixteenths;
      for (; coin->digits % 2 == 0; coin->digits /= 2)
        coin->planes--;
    }
  else
    coin_build_columns (coin, p);
}

guint8
conset_coin_tie (const ConsetCoin *coin, guint column, guint64 block, guint64 line, guint place)
{
  ConsetKey key = coin->key;
  guint64 tail;

  key.word[3] = 1 + place;
  tail = conset_draw_64 (&key, block, line) >> 8;
  return tail < coin->tails[column] ? column : coin->columns[column] & 0xff;
}

static guint64
coin_alias_word (const ConsetCoin *coin, guint64 block, guint64 line)
{
  guint32 drawn[4];
  guint64 word = 0;

  conset_draw (&coin->key, block, line, drawn);
  for (guint place = 0; place < 8; place++)
    {
      guint bits = drawn[place / 2] >> (place % 2 ? 16 : 0) & 0xffff;
      guint column = bits & 0xff;
      guint threshold = coin->columns[column] >> 8;
      guint64 byte;

      if (bits >> 8 == threshold)
        byte = conset_coin_tie (coin, column, block, line, place);
      else
        byte = bits >> 8 < threshold ? column : coin->columns[column] & 0xff;
      word |= byte << (8 * place);
    }
  return word;
}

/* u < p, compared from the last binary digit of p to the first. */
static guint64
coin_plane_word (const ConsetCoin *coin, guint64 block, guint64 line)
{
  ConsetKey key = coin->key;
  guint64 word = 0;

  for (guint plane = 0; plane < coin->planes; plane++)
    {
      guint32 drawn[4];
      guint64 bits;

      key.word[3] = plane;
      conset_draw (&key, block >> 1, line, drawn);
      bits = drawn[2 * (block & 1)] | (guint64) drawn[2 * (block & 1) + 1] << 32;
      word = coin->digits >> plane & 1 ? word | bits : word & bits;
    }
  return word;
}

guint64
conset_coin_word (const ConsetCoin *coin, guint64 block, guint64 line)
{
  return coin->planes > 0 ? coin_plane_word (coin, block, line)
                          : coin_alias_word (coin, block, line);
}
