/* SPDX-License-Identifier: MIT */
/*
 * Selections: a buffer that is cut back to the k least whenever it is full.
 *
 * Cutting back is Hoare's selection (1961): O(k), for keys in no special order, and the k-th
 * key is the new limit.
 */
#include "selection.h"

#include <math.h>
#include <stdlib.h>

typedef struct
{
  double key;
  guint64 item;
} Entry;

struct _ConsetSelection
{
  gsize k;
  gsize n;
  gsize capacity;
  double limit;
  Entry *entries;
};

/* Room for some more than 2k, so that a small selection is seldom cut back. */
#define SLACK 64

ConsetSelection *
conset_selection_new (void)
{
  return g_new0 (ConsetSelection, 1);
}

void
conset_selection_free (ConsetSelection *selection)
{
  g_free (selection->entries);
  g_free (selection);
}

void
conset_selection_start (ConsetSelection *selection, gsize k)
{
  selection->k = k;
  selection->n = 0;
  selection->limit = INFINITY;
}

double
conset_selection_limit (const ConsetSelection *selection)
{
  return selection->limit;
}

static gboolean
entry_is_less (const Entry *a, const Entry *b)
{
  return a->key != b->key ? a->key < b->key : a->item < b->item;
}

static void
entry_swap (Entry *a, Entry *b)
{
  Entry swap = *a;

  *a = *b;
  *b = swap;
}

/* Puts the median of the first, the middle and the last entry first. */
static void
choose_pivot (Entry *entries, gsize n)
{
  Entry *first = entries, *middle = entries + n / 2, *last = entries + n - 1;

  if (entry_is_less (middle, first))
    entry_swap (middle, first);
  if (entry_is_less (last, first))
    entry_swap (last, first);
  if (entry_is_less (last, middle))
    entry_swap (last, middle);
  entry_swap (first, middle);
}

/* The pivot, which is first, gets its place, entries before it are less. Returns the place. */
static gsize
partition (Entry *entries, gsize n)
{
  gsize below = 0, above = n;

  for (;;)
    {
      do
        below++;
      while (below < n && entry_is_less (&entries[below], &entries[0]));
      do
        above--;
      while (entry_is_less (&entries[0], &entries[above]));
      if (below >= above)
        break;
      entry_swap (&entries[below], &entries[above]);
    }
  entry_swap (&entries[0], &entries[above]);
  return above;
}

/* The k least entries, k <= n, become the first. */
static void
select_least (Entry *entries, gsize n, gsize k)
{
  while (k > 0 && k < n)
    {
      gsize place;

      choose_pivot (entries, n);
      place = partition (entries, n);
      if (k <= place)
        {
          n = place;
          continue;
        }
      entries += place + 1;
      n -= place + 1;
      k -= place + 1;
    }
}

static void
cut_back (ConsetSelection *self)
{
  double greatest = -INFINITY;

  select_least (self->entries, self->n, self->k);
  self->n = self->k;
  for (gsize at = 0; at < self->n; at++)
    greatest = MAX (greatest, self->entries[at].key);
  self->limit = greatest;
}

void
conset_selection_add (ConsetSelection *selection, double key, guint64 item)
{
  if (key >= selection->limit)
    return;
  if (selection->n == selection->capacity)
    {
      selection->capacity = 2 * selection->capacity + SLACK;
      selection->entries = g_renew (Entry, selection->entries, selection->capacity);
    }
  selection->entries[selection->n++] = (Entry){ key, item };
  if (selection->n >= 2 * selection->k + SLACK)
    cut_back (selection);
}

static int
compare_items (const void *a, const void *b)
{
  guint64 left = *(const guint64 *) a, right = *(const guint64 *) b;

  return (left > right) - (left < right);
}

void
conset_selection_end (ConsetSelection *selection, GArray *items)
{
  guint first = items->len;

  if (selection->n > selection->k)
    cut_back (selection);
  for (gsize at = 0; at < selection->n; at++)
    g_array_append_val (items, selection->entries[at].item);
  qsort (items->data + first * sizeof (guint64), items->len - first, sizeof (guint64),
         compare_items);
}
