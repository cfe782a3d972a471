/* SPDX-License-Identifier: MIT */
/*
 * Selections: a buffer that is cut back to the k least whenever it is full.
 *
 * The k-th key, which is the new limit, is found in a copy of the keys by Hoare's selection
 * (1961): O(k), for keys in no special order. So entries stay in the order in which they came.
 */
#include "selection.h"

#include <math.h>
#include <string.h>

/* Entry n is (keys[n], items[n]); scratch has room for as many keys. */
struct _ConsetSelection
{
  gsize k;
  gsize n;
  gsize capacity;
  double limit;
  double *keys;
  guint64 *items;
  double *scratch;
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
  g_free (selection->keys);
  g_free (selection->items);
  g_free (selection->scratch);
  g_free (selection);
}

void
conset_selection_start (ConsetSelection *selection, gsize k, double limit)
{
  selection->k = k;
  selection->n = 0;
  selection->limit = limit;
}

double
conset_selection_limit (const ConsetSelection *selection)
{
  return selection->limit;
}

static void
swap (double *a, double *b)
{
  double c = *a;

  *a = *b;
  *b = c;
}

/* Puts the median of the first, the middle and the last key first. */
static void
choose_pivot (double *keys, gsize n)
{
  double *first = keys, *middle = keys + n / 2, *last = keys + n - 1;

  if (*middle < *first)
    swap (middle, first);
  if (*last < *first)
    swap (last, first);
  if (*last < *middle)
    swap (last, middle);
  swap (first, middle);
}

/* The pivot, which is first, gets its place: no key before it is greater, none behind it less.
 * Returns the place. */
static gsize
partition (double *keys, gsize n)
{
  double pivot = keys[0];
  gsize below = 0, above = n;

  for (;;)
    {
      do
        below++;
      while (below < n && keys[below] < pivot);
      do
        above--;
      while (keys[above] > pivot);
      if (below >= above)
        break;
      swap (&keys[below], &keys[above]);
    }
  swap (&keys[0], &keys[above]);
  return above;
}

/* The k-th least of n keys, 1 <= k <= n; reorders them. */
static double
find_key (double *keys, gsize n, gsize k)
{
  while (n > 1)
    {
      gsize place;

      choose_pivot (keys, n);
      place = partition (keys, n);
      if (k == place + 1)
        return keys[place];
      if (k <= place)
        n = place;
      else
        {
          keys += place + 1;
          n -= place + 1;
          k -= place + 1;
        }
    }
  return keys[0];
}

/* Of those that have the k-th key, the first stay. */
static void
cut_back (ConsetSelection *self)
{
  gsize n_less = 0, n_equal, kept = 0;

  memcpy (self->scratch, self->keys, self->n * sizeof *self->keys);
  self->limit = find_key (self->scratch, self->n, self->k);
  for (gsize at = 0; at < self->n; at++)
    n_less += self->keys[at] < self->limit;
  n_equal = self->k - n_less;
  for (gsize at = 0; at < self->n; at++)
    {
      double key = self->keys[at];
      gsize equal = (key == self->limit) & (n_equal > 0);

      self->keys[kept] = key;
      self->items[kept] = self->items[at];
      kept += (key < self->limit) | equal;
      n_equal -= equal;
    }
  self->n = kept;
}

void
conset_selection_add (ConsetSelection *selection, double key, guint64 item)
{
  if (key >= selection->limit)
    return;
  if (selection->n == selection->capacity)
    {
      selection->capacity = 2 * selection->capacity + SLACK;
      selection->keys = g_renew (double, selection->keys, selection->capacity);
      selection->items = g_renew (guint64, selection->items, selection->capacity);
      selection->scratch = g_renew (double, selection->scratch, selection->capacity);
    }
  selection->keys[selection->n] = key;
  selection->items[selection->n++] = item;
  if (selection->n >= 2 * selection->k + SLACK)
    cut_back (selection);
}

double
conset_selection_end (ConsetSelection *selection, GArray *items)
{
  double greatest = -INFINITY;

  if (selection->n > selection->k)
    cut_back (selection);
  g_array_append_vals (items, selection->items, (guint) selection->n);
  if (selection->n < selection->k)
    return INFINITY;
  for (gsize at = 0; at < selection->n; at++)
    greatest = MAX (greatest, selection->keys[at]);
  return greatest;
}
