/* SPDX-License-Identifier: MIT */
/*
 * Inclusion and exclusion: a sweep over the targets at which the sets begin. Each set is met by
 * those before it that have not ended yet, and what they have in common with it is counted the
 * same way, whatever values they have.
 */
#include "inclusion.h"

#include <conset/cset.h>

/* Comparisons of bounds for the price of one node. */
#define COMPARISONS_AT_ONCE 16

static gboolean
census_take (ConsetCensus *census, gsize n)
{
  if (census->budget < n)
    return FALSE;
  census->budget -= (guint) n;
  return TRUE;
}

static int
by_first_target (gconstpointer a, gconstpointer b)
{
  const ConsetWindow *left = &(*(Conset *const *) a)->facts.bounds;
  const ConsetWindow *right = &(*(Conset *const *) b)->facts.bounds;

  return (left->target_first > right->target_first) - (left->target_first < right->target_first);
}

static gboolean
meet_in (const Conset *a, const Conset *b, const ConsetWindow *window)
{
  ConsetWindow both = conset_window_intersect (&a->facts.bounds, &b->facts.bounds);

  both = conset_window_intersect (&both, window);
  return !conset_window_is_empty (&both);
}

/* Adds to @common what @set has in common with each of @active, and drops from those the ones
 * that end before it begins. */
static gboolean
meet_active (GPtrArray *active,
             Conset *set,
             const ConsetWindow *window,
             ConsetCensus *census,
             GPtrArray *common)
{
  guint kept = 0;

  if (!census_take (census, active->len / COMPARISONS_AT_ONCE))
    return FALSE;
  for (guint k = 0; k < active->len; k++)
    {
      Conset *other = active->pdata[k], *both;

      if (other->facts.bounds.target_end <= set->facts.bounds.target_first)
        continue;
      active->pdata[kept++] = other;
      if (!meet_in (other, set, window))
        continue;
      both = conset_intersect (conset_mask (conset_ref (other)), conset_mask (conset_ref (set)));
      g_ptr_array_add (common, both);
      if (!conset_check (both, NULL) || !census_take (census, 1))
        return FALSE;
      if (conset_is_empty_node (both))
        g_ptr_array_remove_index_fast (common, common->len - 1);
    }
  g_ptr_array_set_size (active, (gint) kept);
  return TRUE;
}

/* The members of @set that none of @active has, added to @count. */
static gboolean
count_new (GPtrArray *active,
           Conset *set,
           const ConsetWindow *window,
           ConsetCensus *census,
           ConsetCount *count)
{
  g_autoptr (GPtrArray) common = g_ptr_array_new_with_free_func ((GDestroyNotify) conset_unref);
  ConsetCount n, n_common;

  if (!conset_node_count (set, window, census, &n)
      || !meet_active (active, set, window, census, common)
      || !conset_count_union ((Conset **) common->pdata, common->len, window, census, &n_common))
    return FALSE;
  return conset_census_add (census, count, n - n_common, 1);
}

gboolean
conset_count_union (Conset *const *sets,
                    gsize n,
                    const ConsetWindow *window,
                    ConsetCensus *census,
                    ConsetCount *count)
{
  g_autoptr (GPtrArray) sorted = NULL, active = NULL;
  gboolean closed = n <= census->budget;

  *count = 0;
  if (n == 0 || !closed)
    return closed;
  if (n == 1)
    return conset_node_count (sets[0], window, census, count);
  sorted = g_ptr_array_sized_new ((guint) n);
  for (gsize k = 0; k < n; k++)
    g_ptr_array_add (sorted, sets[k]);
  g_ptr_array_sort (sorted, by_first_target);
  active = g_ptr_array_new ();
  for (guint k = 0; k < sorted->len && closed; k++)
    {
      closed = count_new (active, sorted->pdata[k], window, census, count);
      g_ptr_array_add (active, sorted->pdata[k]);
    }
  return closed;
}
