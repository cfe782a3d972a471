/* SPDX-License-Identifier: MIT */
/*
 * Groups: the tables, the members of one group, and those of a stretch of a line.
 *
 * The laws are computed with additions, multiplications, divisions and fma() alone, which
 * IEEE 754 defines to the last bit, so that every machine makes the same tables.
 */
#include "groups.h"

#include "kernels.h"
#include "tile.h"

#include <math.h>
#include <string.h>

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

  return (Pair){ sum, low - (sum - high) };
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

/* B(size, p) for k = 0, 1, 2, ... by the ratio of neighbours. */
static void
tabulate_numbers (ConsetGroups *groups, double p)
{
  double size = ldexp (1.0, (int) groups->shift), odds = p / (1.0 - p);
  double probability = probability_of_none (p, groups->shift), sum = 0.0;

  for (guint k = 0; k < CONSET_GROUP_MOST; k++)
    {
      sum += probability;
      groups->at_most[k] = conset_fraction_64 (sum);
      probability *= (size - k) / (k + 1.0) * odds;
    }
  groups->at_most[CONSET_GROUP_MOST - 1] = G_MAXUINT64;
}

/* A group never leaves the universe: below p = 2^-63 it is half of it. */
#define MAX_SHIFT 62

void
conset_groups_init (ConsetGroups *groups, double p, guint64 seed)
{
  int exponent;

  frexp (p, &exponent);
  groups->shift = (guint) MIN (2 - exponent, MAX (16, -exponent));
  groups->shift = MIN (groups->shift, MAX_SHIFT);
  groups->key = conset_key (seed, CONSET_RULE_BERNOULLI_GROUPS, 0);
  tabulate_numbers (groups, p);
}

static guint
draw_number (const ConsetGroups *groups, guint32 word, guint64 group, guint64 line)
{
  guint64 fraction = (guint64) word << 32;
  guint n = 0;

  for (guint k = 0; k < CONSET_GROUP_MOST; k++)
    if (word == groups->at_most[k] >> 32)
      {
        ConsetKey key = groups->key;

        key.word[3] = 1;
        fraction |= conset_draw_64 (&key, group, line) >> 32;
        break;
      }
  while (n < CONSET_GROUP_MOST - 1 && fraction >= groups->at_most[n])
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

/* The places in the high bits of the words; FALSE where they do not serve. */
static gboolean
places_of_words (const ConsetGroups *groups, const guint32 words[3], guint n, guint64 *places)
{
  gboolean halves = conset_groups_are_halves (groups);

  if (n > (halves ? CONSET_GROUP_HALVES : CONSET_GROUP_WHOLES) || groups->shift > 32)
    return FALSE;
  for (guint k = 0; k < n; k++)
    {
      if (halves)
        places[k] = (words[k / 2] >> (k % 2 * 16) & 0xffff) >> (16 - groups->shift);
      else
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
  ConsetKey key = groups->key;
  guint32 words[4];

  for (guint k = 0; k < n; k++)
    {
      guint64 last = size - n + k, bits, place;

      if (k % 2 == 0)
        {
          key.word[3] = 2 + k / 2;
          conset_draw (&key, group, line, words);
        }
      bits = words[k % 2 * 2] | (guint64) words[k % 2 * 2 + 1] << 32;
      place = (guint64) (((unsigned __int128) bits * (last + 1)) >> 64);
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
                       guint64 group,
                       guint64 line,
                       guint64 places[CONSET_GROUP_MOST])
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

/* Most groups have members, so that one of a few is sure to. */
#define GROUPS_TRIED 64

guint64
conset_groups_next (const ConsetGroups *groups, guint64 line, guint64 from)
{
  guint64 group = from >> groups->shift, end_group = CONSET_INDEX_END >> groups->shift;

  end_group = MIN (end_group, group + GROUPS_TRIED);
  for (; group < end_group; group++)
    {
      guint64 places[CONSET_GROUP_MOST];
      guint n = conset_groups_members (groups, group, line, places);

      for (guint k = 0; k < n; k++)
        if ((group << groups->shift) + places[k] >= from)
          return (group << groups->shift) + places[k];
    }
  return end_group << groups->shift;
}

/* Tiles */

#define GROUPS_AT_ONCE 512

/* Group by group, where a group is wider than the vector kernel takes. */
static gsize
list_wide_groups (const ConsetGroups *groups,
                  guint64 line,
                  guint64 group,
                  guint64 end_group,
                  const ConsetTile *tile,
                  guint64 first,
                  guint32 *out)
{
  gsize written = 0;

  for (; group < end_group; group++)
    {
      guint64 places[CONSET_GROUP_MOST];
      guint n = conset_groups_members (groups, group, line, places);

      for (guint k = 0; k < n; k++)
        {
          guint64 index = (group << groups->shift) + places[k];

          if (index >= first && index - first < tile->width)
            out[written++] = (guint32) (index - first);
        }
    }
  return written;
}

/* Cuts what groups on the rim have outside of [0, width); what lies before 0 has wrapped. */
static gsize
cut_rim (guint32 *list, gsize n, guint32 width)
{
  gsize before = 0;

  while (before < n && list[before] >= 1u << 31)
    before++;
  while (n > before && list[n - 1] >= width)
    n--;
  memmove (list, list + before, (n - before) * sizeof *list);
  return n - before;
}

void
conset_groups_list (const ConsetGroups *groups, ConsetTile *tile)
{
  guint64 line = tile->line, first = tile->first;
  guint64 first_group = first >> groups->shift;
  guint64 end_group = ((first + tile->width - 1) >> groups->shift) + 1;
  guint32 skip = (guint32) (first - (first_group << groups->shift));
  gsize n = 0;

  for (guint64 group = first_group; group < end_group;)
    {
      guint32 some = (guint32) MIN (GROUPS_AT_ONCE, end_group - group);
      guint32 begin = (guint32) (group - first_group);

      conset_tile_reserve_list (tile, n + some * CONSET_GROUP_MOST);
      if (groups->shift <= 24)
        n += conset_draws ()->group_members (groups, line, first_group, begin, begin + some, skip,
                                             tile->list + n);
      else
        n += list_wide_groups (groups, line, group, group + some, tile, first, tile->list + n);
      group += some;
    }
  conset_tile_reserve_list (tile, n);
  conset_tile_set_list (tile, cut_rim (tile->list, n, tile->width), FALSE);
}
