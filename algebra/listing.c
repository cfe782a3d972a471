/* SPDX-License-Identifier: MIT */
/*
 * Listings: sorting, turning and searching.
 *
 * What comes in order is not sorted; the rest costs O(n log n). A search costs O(log n).
 */
#include "listing.h"

#include <string.h>

/* {{{ making */

static int
listed_compare (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const ConsetListed *left = a, *right = b;

  if (left->line != right->line)
    return left->line < right->line ? -1 : 1;
  return (left->member > right->member) - (left->member < right->member);
}

static gboolean
listed_ascend (const ConsetListed *listed, gsize n)
{
  for (gsize k = 1; k < n; k++)
    if (listed_compare (&listed[k - 1], &listed[k], NULL) > 0)
      return FALSE;
  return TRUE;
}

/* g_qsort_with_data(), which is stable, counts with int, so longer lists are sorted in halves and
 * merged. FALSE without memory. */
static gboolean
listed_sort (ConsetListed *listed, gsize n)
{
  gsize half = n / 2, i = 0, j = 0;
  ConsetListed *left;

  if (listed_ascend (listed, n))
    return TRUE;
  if (n <= G_MAXINT)
    {
      g_qsort_with_data (listed, (int) n, sizeof *listed, listed_compare, NULL);
      return TRUE;
    }
  left = g_try_new (ConsetListed, half);
  if (left == NULL || !listed_sort (listed, half) || !listed_sort (listed + half, n - half))
    {
      g_free (left);
      return FALSE;
    }
  memcpy (left, listed, half * sizeof *left);
  for (gsize k = 0; i < half; k++)
    listed[k] = half + j < n && listed_compare (&listed[half + j], &left[i], NULL) < 0
                  ? listed[half + j++]
                  : left[i++];
  g_free (left);
  return TRUE;
}

void
conset_listing_free (ConsetListing *listing)
{
  g_free (listing->lines);
  g_free (listing->starts);
  g_free (listing->members);
  g_free (listing->numbers);
  g_free (listing);
}

/* Room for @n members of listing->n_lines lines. */
static gboolean
listing_reserve (ConsetListing *listing, gsize n, gboolean numbered)
{
  listing->lines = g_try_new (guint64, listing->n_lines);
  listing->starts = g_try_new (gsize, listing->n_lines + 1);
  listing->members = g_try_new (guint64, n);
  listing->numbers = numbered ? g_try_new (gsize, n) : NULL;
  return listing->lines != NULL && listing->starts != NULL && listing->members != NULL
         && (listing->numbers != NULL || !numbered);
}

ConsetListing *
conset_listing_new (ConsetListed *listed, gsize n, gboolean numbered)
{
  ConsetListing *listing = g_new0 (ConsetListing, 1);
  gboolean sorted = listed_sort (listed, n);
  gsize line = 0;

  for (gsize k = 0; k < n; k++)
    listing->n_lines += k == 0 || listed[k].line != listed[k - 1].line;
  if (!sorted || !listing_reserve (listing, n, numbered))
    {
      conset_listing_free (listing);
      return NULL;
    }
  for (gsize k = 0; k < n; k++)
    {
      if (k == 0 || listed[k].line != listed[k - 1].line)
        {
          listing->starts[line] = k;
          listing->lines[line++] = listed[k].line;
        }
      listing->members[k] = listed[k].member;
      if (numbered)
        listing->numbers[k] = listed[k].number;
    }
  listing->starts[listing->n_lines] = n;
  return listing;
}

/* It is called while a set is looked at, where there is nobody to tell that the memory is
 * exhausted: GLib then ends the process, as it does for every small allocation. */
ConsetListing *
conset_listing_turn (const ConsetListing *listing, gboolean numbered)
{
  gsize n = listing->starts[listing->n_lines];
  ConsetListed *listed = g_new (ConsetListed, n);
  ConsetListing *turned;

  for (gsize line = 0; line < listing->n_lines; line++)
    for (gsize k = listing->starts[line]; k < listing->starts[line + 1]; k++)
      listed[k] = (ConsetListed){ listing->members[k], listing->lines[line], k };
  turned = conset_listing_new (listed, n, numbered);
  g_free (listed);
  if (turned == NULL)
    g_error ("explicit: no memory for the source-major order of %" G_GSIZE_FORMAT " connections",
             n);
  return turned;
}

/* }}} */
/* {{{ searching */

/* The position of the first number that is @least or above. */
static gsize
lower_bound (const guint64 *numbers, gsize n, guint64 least)
{
  gsize first = 0;

  while (n > 0)
    {
      gsize half = n / 2;

      if (numbers[first + half] < least)
        {
          first += half + 1;
          n -= half + 1;
        }
      else
        n = half;
    }
  return first;
}

gsize
conset_listing_find_line (const ConsetListing *listing, guint64 line)
{
  return lower_bound (listing->lines, listing->n_lines, line);
}

gsize
conset_listing_find (
  const ConsetListing *listing, guint64 line, guint64 first, guint64 end, gsize *position)
{
  gsize k = conset_listing_find_line (listing, line), start, n, from;

  *position = 0;
  if (k == listing->n_lines || listing->lines[k] != line)
    return 0;
  start = listing->starts[k];
  n = listing->starts[k + 1] - start;
  from = lower_bound (listing->members + start, n, first);
  *position = start + from;
  return lower_bound (listing->members + *position, n - from, end);
}

/* }}} */
