/* SPDX-License-Identifier: MIT */
/*
 * Groups: the tables, and the members of one group.
 *
 * The laws are computed with additions, multiplications, divisions and fma() alone, which
 * IEEE 754 defines to the last bit, so that every machine makes the same tables.
 */
#include "groups.h"

#include <math.h>

/* A sum of two doubles, for powers that need more than one. */
typedef struct
{
  double high;
  double low;
} Pair;

static Pair
pair_square (Pair x)
{
  double high = x.high * x.high;
  double low = fma (x.high, x.high, -high) + 2.0 * x.high * x.low;
  double sum = high + low;

  return (Pair) { sum, low - (sum - high) };
}

/* (1 - p)^(2^shift), correct to the last digits however small p is. */
static double
probability_of_none (double p, guint shift)
{
  double high = 1.0 - p;
  Pair q = { high, (1.0 - high) - p };

  while (shift-- > 0)
    q = pair_square (q);
  return q.high + q.low;
}

/* B(size, p), k = 1, 2, ..., from k = 0 by the ratio of neighbours, given k >= 1. */
static void
tabulate_numbers (ConsetGroups *groups, double p, double none)
{
  double size = ldexp (1.0, (int) groups->shift), odds = p / (1.0 - p);
  double probability = none, below = 0.0;

  for (guint k = 0; k < CONSET_GROUP_MOST; k++)
    {
      probability *= (size - k) / (k + 1.0) * odds;
      below += probability;
      groups->at_most[k] = conset_fraction_64 (below / (1.0 - none));
    }
  groups->at_most[CONSET_GROUP_MOST - 1] = G_MAXUINT64;
}

/* A group never leaves the universe: below p = 2^-63 it is all of it. */
#define MAX_SHIFT 62

void
conset_groups_init (ConsetGroups *groups, double p, guint64 seed)
{
  int exponent;
  double none;

  frexp (p, &exponent);
  groups->shift = (guint) MIN (-exponent, MAX_SHIFT);
  groups->key = conset_key (seed, CONSET_RULE_BERNOULLI_MEMBERS, 0);
  none = probability_of_none (p, groups->shift);
  if (-exponent <= MAX_SHIFT)
    conset_coin_init (&groups->occupied, 1.0 - none, seed, CONSET_RULE_BERNOULLI_GROUPS);
  else
    conset_coin_init (&groups->occupied, ldexp (p, MAX_SHIFT), seed, CONSET_RULE_BERNOULLI_GROUPS);
  tabulate_numbers (groups, p, MIN (none, 1.0 - 0x1p-53));
}

static guint64
draw_lane (const ConsetGroups *groups, guint lane, guint64 group, guint64 line)
{
  ConsetKey key = groups->key;

  key.word[3] = lane;
  return conset_draw_64 (&key, group, line);
}

static guint
draw_number (const ConsetGroups *groups, guint32 word, guint64 group, guint64 line)
{
  guint64 fraction = (guint64) word << 32;
  guint n = 1;

  for (guint k = 0; k < CONSET_GROUP_MOST; k++)
    if (word == groups->at_most[k] >> 32)
      {
        fraction |= draw_lane (groups, 1, group, line) >> 32;
        break;
      }
  while (n < CONSET_GROUP_MOST && fraction >= groups->at_most[n - 1])
    n++;
  return n;
}

static gboolean
has_place (const guint64 *places, guint n, guint64 place)
{
  for (guint k = 0; k < n; k++)
    if (places[k] == place)
      return TRUE;
  return FALSE;
}

/* The places in the high bits of three words; FALSE where they do not serve. */
static gboolean
places_of_words (const ConsetGroups *groups, const guint32 words[3], guint n, guint64 *places)
{
  if (n > 3 || groups->shift > 32)
    return FALSE;
  for (guint k = 0; k < n; k++)
    {
      places[k] = words[k] >> (32 - groups->shift);
      if (has_place (places, k, places[k]))
        return FALSE;
    }
  return TRUE;
}

static void
places_of_floyd (const ConsetGroups *groups, guint64 group, guint64 line, guint n, guint64 *places)
{
  guint64 size = G_GUINT64_CONSTANT (1) << groups->shift;

  for (guint k = 0; k < n; k++)
    {
      guint64 last = size - n + k;
      guint64 bits = draw_lane (groups, 2 + k, group, line);
      guint64 place = (guint64) (((unsigned __int128) bits * (last + 1)) >> 64);

      places[k] = has_place (places, k, place) ? last : place;
    }
}

static void
places_sort (guint64 *places, guint n)
{
  for (guint k = 1; k < n; k++)
    for (guint j = k; j > 0 && places[j - 1] > places[j]; j--)
      {
        guint64 swap = places[j];

        places[j] = places[j - 1];
        places[j - 1] = swap;
      }
}

guint
conset_groups_members (const ConsetGroups *groups,
                       guint64             group,
                       guint64             line,
                       guint64             places[CONSET_GROUP_MOST])
{
  guint32 words[4];
  guint n;

  conset_draw (&groups->key, group, line, words);
  n = draw_number (groups, words[0], group, line);
  if (!places_of_words (groups, words + 1, n, places))
    places_of_floyd (groups, group, line, n, places);
  places_sort (places, n);
  return n;
}

gboolean
conset_groups_have (const ConsetGroups *groups, guint64 index, guint64 line)
{
  guint64 places[CONSET_GROUP_MOST];
  guint64 group = index >> groups->shift;
  guint n = conset_groups_members (groups, group, line, places);

  return has_place (places, n, index & ((G_GUINT64_CONSTANT (1) << groups->shift) - 1));
}
