/* SPDX-License-Identifier: MIT */
/*
 * Leaves: draws of places, and their order.
 *
 * The leaf draws at place (2 first, line) of the key, and as many of the following numbers as it
 * needs, which belong to its places: no other leaf has them. A draw of m equally likely places
 * is the product of m and a fraction, rounded down: a fraction of 32 bits, with 64 more where
 * these leave it open, where the leaf has at most 2^24 places; else of 128 bits.
 */
#include "leaf.h"

#include "few.h"
#include "kernels.h"

#include <string.h>

/* The lanes of the key from which leaves draw; those below belong to the laws. */
#define LEAF_LANE (1u << 20)
#define TIE_LANE (LEAF_LANE + 1)

/* Greatest size of a leaf for fractions of 32 bits. */
#define SMALL_LEAF (G_GUINT64_CONSTANT (1) << 24)

/* A set of places below MARKS_SIZE: a bit for each, for each word that has one, and for each word
 * of those; empty between uses. */
#define MARKS_WORDS 4096
#define MARKS_SIZE (G_GUINT64_CONSTANT (64) * MARKS_WORDS)

struct _ConsetLeafMarks
{
  guint64 top;
  guint64 middle[MARKS_WORDS / 64];
  guint64 words[MARKS_WORDS];
};

/* step is 1 for Floyd's method, which draws from one place more each time, else 0. */
typedef struct
{
  const ConsetKey *key;
  guint64 line;
  guint64 first;
  guint64 size;
  guint64 step;
} Leaf;

static void
draw_small (const Leaf *leaf, guint n, guint64 *ranks)
{
  ConsetKey key = *leaf->key;
  guint32 words[CONSET_LEAF_MOST / 4 + 1][4];
  const guint32 *word = words[0];
  guint32 least = (guint32) (leaf->size - leaf->step * (n - 1));
  guint32 open = 0;

  key.word[3] += LEAF_LANE;
  conset_draws ()->threefry (&key, 2 * leaf->first, leaf->line, 1, 0, (n + 3) / 4, words);
  for (guint k = 0; k < n; k++)
    {
      guint32 m = least + k * (guint32) leaf->step;
      guint64 product = (guint64) word[k] * m;

      ranks[k] = product >> 32;
      open |= (guint32) product > -m;
    }
  if (G_LIKELY (open == 0))
    return;
  for (guint k = 0; k < n; k++)
    {
      guint32 m = least + k * (guint32) leaf->step;
      guint64 more;

      if ((guint32) ((guint64) word[k] * m) <= -m)
        continue;
      key.word[3] = leaf->key->word[3] + TIE_LANE + k;
      more = conset_draw_64 (&key, 2 * leaf->first, leaf->line);
      ranks[k] = (guint64) (((((unsigned __int128) word[k] * m) << 32)
                             + (((unsigned __int128) more * m) >> 32))
                            >> 64);
    }
}

static void
draw_wide (const Leaf *leaf, guint n, guint64 *ranks)
{
  ConsetKey key = *leaf->key;
  guint64 least = leaf->size - leaf->step * (n - 1);

  key.word[3] += LEAF_LANE;
  for (guint k = 0; k < n; k++)
    ranks[k] = conset_draw_below (&key, 2 * leaf->first + k, leaf->line, least + k * leaf->step);
}

void
conset_leaf_draw (const ConsetKey *key,
                  guint64 line,
                  guint64 first,
                  guint64 size,
                  gboolean repeated,
                  guint n,
                  guint64 places[CONSET_LEAF_MOST])
{
  Leaf leaf = { key, line, first, size, repeated ? 0 : 1 };

  if (n == 0)
    return;
  if (size <= SMALL_LEAF)
    draw_small (&leaf, n, places);
  else
    draw_wide (&leaf, n, places);
}

/* Few enough to be compared with each other one by one. */
#define FEW 16

/* A hash table of at most CONSET_LEAF_MOST places, by their number from 1 on. */
#define SLOTS 512

static gboolean
slots_take (guint8 slots[SLOTS], const guint64 *places, guint64 place, guint number)
{
  guint slot = (guint) (place * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 55);

  for (; slots[slot] != 0; slot = (slot + 1) % SLOTS)
    if (places[slots[slot] - 1] == place)
      return FALSE;
  slots[slot] = (guint8) number;
  return TRUE;
}

/* Makes the draws different by Floyd's method: one that was taken gives way to the last of the
 * ranks it was drawn from. */
static void
places_make_distinct (guint64 *places, guint n, guint64 size)
{
  guint8 slots[SLOTS];

  if (n > FEW)
    memset (slots, 0, sizeof slots);
  for (guint k = 0; k < n; k++)
    if (n <= FEW)
      {
        if (conset_few_have (places, k, places[k]))
          places[k] = size - n + k;
      }
    else if (!slots_take (slots, places, places[k], k + 1))
      {
        places[k] = size - n + k;
        slots_take (slots, places, places[k], k + 1);
      }
}

/* Places spread evenly, so that their high bits all but sort them. */
static void
places_sort (guint64 *places, guint n, guint64 size)
{
  guint64 sorted[CONSET_LEAF_MOST];
  guint8 starts[CONSET_LEAF_MOST + 1] = { 0 };
  guint shift = 0;

  if (n > FEW)
    {
      while ((size - 1) >> shift >= CONSET_LEAF_MOST)
        shift++;
      for (guint k = 0; k < n; k++)
        starts[(places[k] >> shift) + 1]++;
      for (guint k = 0; k < CONSET_LEAF_MOST; k++)
        starts[k + 1] += starts[k];
      for (guint k = 0; k < n; k++)
        sorted[starts[places[k] >> shift]++] = places[k];
      memcpy (places, sorted, n * sizeof *places);
    }
  conset_few_sort (places, n);
}

ConsetLeafMarks *
conset_leaf_marks_new (void)
{
  return g_new0 (ConsetLeafMarks, 1);
}

void
conset_leaf_marks_free (ConsetLeafMarks *marks)
{
  g_free (marks);
}

/* FALSE if it has @place. */
static inline gboolean
marks_take (ConsetLeafMarks *marks, guint64 place)
{
  guint64 *word = &marks->words[place >> 6], bit = G_GUINT64_CONSTANT (1) << (place & 63);

  if (*word & bit)
    return FALSE;
  *word |= bit;
  marks->middle[place >> 12] |= G_GUINT64_CONSTANT (1) << (place >> 6 & 63);
  marks->top |= G_GUINT64_CONSTANT (1) << (place >> 12);
  return TRUE;
}

/* Moves the places, ascending, out of the marks; returns how many. */
static guint
marks_drain (ConsetLeafMarks *marks, guint64 *places)
{
  guint n = 0;

  for (; marks->top != 0; marks->top &= marks->top - 1)
    {
      guint64 high = (guint64) __builtin_ctzll (marks->top);

      for (guint64 *middle = &marks->middle[high]; *middle != 0; *middle &= *middle - 1)
        {
          guint64 at = high << 6 | (guint64) __builtin_ctzll (*middle);

          for (guint64 *word = &marks->words[at]; *word != 0; *word &= *word - 1)
            places[n++] = at << 6 | (guint64) __builtin_ctzll (*word);
        }
    }
  return n;
}

/* Where there are no more places than there are marks. */
static void
marks_sort (ConsetLeafMarks *marks, guint64 size, gboolean repeated, guint n, guint64 *places)
{
  guint64 again[CONSET_LEAF_MOST];
  guint n_again = 0;

  for (guint k = 0; k < n; k++)
    if (!marks_take (marks, places[k]))
      {
        if (repeated)
          again[n_again++] = places[k];
        else
          marks_take (marks, size - n + k);
      }
  n = marks_drain (marks, places);
  if (n_again > 0)
    {
      memcpy (places + n, again, n_again * sizeof *again);
      conset_few_sort (places, n + n_again);
    }
}

void
conset_leaf_sort (ConsetLeafMarks *marks,
                  guint64 size,
                  gboolean repeated,
                  guint n,
                  guint64 places[CONSET_LEAF_MOST])
{
  if (size <= MARKS_SIZE)
    {
      marks_sort (marks, size, repeated, n, places);
      return;
    }
  if (!repeated)
    places_make_distinct (places, n, size);
  places_sort (places, n, size);
}
