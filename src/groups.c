/* SPDX-License-Identifier: MIT */
/*
 * Groups: the tables, the members of one group, and those of a stretch of a line.
 *
 * The laws are computed with additions, multiplications, divisions and fma() alone, which
 * IEEE 754 defines to the last bit, so that every machine makes the same tables.
 */
#include "groups.h"

#include "chances.h"
#include "few.h"
#include "kernels.h"
#include "tile.h"

#include <math.h>
#include <string.h>

/* B(size, p) for k = 0, 1, 2, ... by the ratio of neighbours. */
static void
tabulate_numbers (ConsetGroups *groups, double p)
{
  double size = ldexp (1.0, (int) groups->shift), odds = p / (1.0 - p);
  double probability = conset_chance_of_none (p, groups->shift), sum = 0.0;

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

/* A group has a mean number of [most / 2, most), where bits suffice; most is 3 or 4. */
static guint
shift_of (double p, double most)
{
  int exponent, shift;
  double fraction = frexp (p, &exponent);

  shift = 2 - exponent - (4.0 * fraction >= most);
  shift = MIN (shift, MAX (16, -exponent));
  return (guint) MIN (shift, MAX_SHIFT);
}

void
conset_groups_init (ConsetGroups *groups, double p, guint64 seed)
{
  groups->key = conset_key (seed, CONSET_RULE_BERNOULLI_GROUPS, 0);
  groups->shift = shift_of (p, 4.0);
  groups->distinct = G_MAXUINT32;
  tabulate_numbers (groups, p);
}

void
conset_groups_init_poisson (ConsetGroups *groups, double mean, guint64 seed)
{
  g_autofree ConsetChances *chances = NULL;

  groups->key = conset_key (seed, CONSET_RULE_POISSON, 0);
  groups->shift = shift_of (mean, 3.0);
  groups->distinct = 0;
  chances = conset_chances_poisson (ldexp (mean, (int) groups->shift));
  /* At such means the table begins at 0, and is shorter than the one here. */
  g_assert (chances->least == 0 && chances->n < CONSET_GROUP_MOST);
  for (guint k = 0; k < CONSET_GROUP_MOST; k++)
    groups->at_most[k] = k < chances->n ? chances->at_most[k] : G_MAXUINT64;
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
      if (groups->distinct != 0 && conset_few_have (places, k, places[k]))
        return FALSE;
    }
  return TRUE;
}

static void
places_of_numbers (
  const ConsetGroups *groups, guint64 group, guint64 line, guint n, guint64 *places)
{
  guint64 size = G_GUINT64_CONSTANT (1) << groups->shift;
  ConsetKey key = groups->key;
  guint32 words[4];

  for (guint k = 0; k < n; k++)
    {
      guint64 choices = groups->distinct != 0 ? size - n + k + 1 : size, bits, place;

      if (k % 2 == 0)
        {
          key.word[3] = 2 + k / 2;
          conset_draw (&key, group, line, words);
        }
      bits = words[k % 2 * 2] | (guint64) words[k % 2 * 2 + 1] << 32;
      place = (guint64) (((unsigned __int128) bits * choices) >> 64);
      if (groups->distinct != 0 && conset_few_have (places, k, place))
        place = choices - 1;
      places[k] = place;
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
    places_of_numbers (groups, group, line, n, places);
  conset_few_sort (places, n);
  return n;
}

guint
conset_groups_multiplicity (const ConsetGroups *groups, guint64 index, guint64 line)
{
  guint64 places[CONSET_GROUP_MOST];
  guint64 place = index & ((G_GUINT64_CONSTANT (1) << groups->shift) - 1);
  guint n = conset_groups_members (groups, index >> groups->shift, line, places), times = 0;

  for (guint k = 0; k < n; k++)
    times += places[k] == place;
  return times;
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

static gboolean
has_repetition (const guint32 *list, gsize n)
{
  guint32 any = 0;

  for (gsize k = 1; k < n; k++)
    any |= list[k] == list[k - 1];
  return any != 0;
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
      if (groups->shift <= CONSET_GROUP_DRAWS_SHIFT)
        n += conset_group_draws ()->members (groups, line, first_group, begin, begin + some, skip,
                                             tile->list + n);
      else
        n += list_wide_groups (groups, line, group, group + some, tile, first, tile->list + n);
      group += some;
    }
  conset_tile_reserve_list (tile, n);
  n = cut_rim (tile->list, n, tile->width);
  conset_tile_set_list (tile, n, groups->distinct == 0 && has_repetition (tile->list, n));
}

void
conset_groups_fill (gpointer groups, ConsetTile *tile)
{
  conset_groups_list (groups, tile);
}

void
conset_groups_trials (const ConsetGroups *groups,
                      gboolean along,
                      const ConsetTile *tile,
                      gsize from,
                      gsize n,
                      guint8 *success)
{
  if (groups->shift <= CONSET_GROUP_DRAWS_SHIFT)
    {
      conset_group_draws ()->trials (groups, along, tile->line, tile->first, tile->list + from, n,
                                     success);
      return;
    }
  for (gsize k = 0; k < n; k++)
    {
      guint64 index = tile->first + tile->list[from + k];

      success[k] = along ? conset_groups_have (groups, index, tile->line)
                         : conset_groups_have (groups, tile->line, index);
    }
}
