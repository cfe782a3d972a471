/* SPDX-License-Identifier: MIT */
/*
 * Coins: their tables, and single tosses.
 */
#include "coin.h"

#include <math.h>

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
  guint whole = MIN ((guint) steps, 255);

  coin->thresholds[column] = (guint8) whole;
  coin->aliases[column] = (guint8) alias;
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

  ConsetKey key = conset_key (seed, rule, 0);

  conset_sheets_init (&coin->sheets, &key);
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
conset_coin_byte (const ConsetCoin *coin, guint64 block, guint64 line, guint place, guint bits)
{
  guint column = bits & 0xff, height = bits >> 8, threshold = coin->thresholds[column];
  gboolean below = height < threshold;

  if (height == threshold)
    {
      ConsetKey key = coin->sheets.key;

      key.word[3] = 1 + place;
      below = conset_draw_64 (&key, block, line) >> 8 < coin->tails[column];
    }
  return below ? (guint8) column : coin->aliases[column];
}

static guint64
coin_alias_word (const ConsetCoin *coin, guint64 block, guint64 line)
{
  guint64 word = 0;

  for (guint half = 0; half < 2; half++)
    {
      guint64 drawn = conset_sheets_draw (&coin->sheets, 2 * block + half, line);

      for (guint place = 4 * half; place < 4 * half + 4; place++, drawn >>= 16)
        word |= (guint64) conset_coin_byte (coin, block, line, place, drawn & 0xffff)
                << (8 * place);
    }
  return word;
}

/* u < p, compared from the last binary digit of p to the first. */
static guint64
coin_plane_word (const ConsetCoin *coin, guint64 block, guint64 line)
{
  ConsetKey key = coin->sheets.key;
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

gboolean
conset_coin_trial (const ConsetCoin *coin, guint64 i, guint64 j)
{
  guint place = (guint) (i >> 3 & 7);
  guint64 drawn;

  if (coin->planes > 0)
    return coin_plane_word (coin, i >> 6, j) >> (i & 63) & 1;
  drawn = conset_sheets_draw (&coin->sheets, i >> 5, j) >> 16 * (place & 3) & 0xffff;
  return conset_coin_byte (coin, i >> 6, j, place, (guint) drawn) >> (i & 7) & 1;
}
