/* SPDX-License-Identifier: MIT */
/*
 * Thinnings: what set operators make of two of them.
 *
 * Of candidates A with chance p and candidates B with chance q, drawn independently, a pair
 * of both, of A alone or of B alone is a member of the result with a chance that depends on
 * the operator. Where all places that can have members have the same chance, the result is
 * a thinning. Closed counts tell which of the three places there are.
 */
#include "thinning.h"

#include <conset/cset.h>

gboolean
conset_drawn_add (ConsetDrawn *drawn, guint64 seed)
{
  for (guint k = 0; k < drawn->n; k++)
    if (drawn->seeds[k] == seed)
      return FALSE;
  if (drawn->n == CONSET_DRAWN_MOST)
    return FALSE;
  drawn->seeds[drawn->n++] = seed;
  return TRUE;
}

void
conset_thinning_clear (ConsetThinning *thinning)
{
  g_clear_pointer (&thinning->candidates, conset_unref);
}

gboolean
conset_window_meets (const ConsetWindow *window, const Conset *set)
{
  ConsetWindow both = conset_window_intersect (window, &set->facts.bounds);

  return !conset_window_is_empty (&both);
}

static gboolean
count_in (const Conset *set, const ConsetWindow *window, ConsetCount *count)
{
  ConsetCensus census = CONSET_CENSUS_INIT;

  return conset_node_count (set, window, &census, count);
}

/* {{{ Two thinnings */

/* Places by which of the candidates have them. */
enum
{
  BOTH = 1,
  LEFT = 2,
  RIGHT = 4,
};

/* The chance of a pair that is a member with chance @p of the one, @q of the other. Exactly
 * p, resp. q, where the other is 0, if it is not 0 or 1. */
static double
combined_chance (ConsetCombine op, double p, double q)
{
  switch (op)
    {
    case CONSET_COMBINE_MIN:
      return p * q;
    case CONSET_COMBINE_MONUS:
      return p * (1.0 - q);
    case CONSET_COMBINE_DISTANCE:
      return p * (1.0 - q) + q * (1.0 - p);
    default:
      return p + q * (1.0 - p);
    }
}

/* Those of @places where there are pairs; all of them where that is not known. */
static guint
inhabited (guint places, const Conset *a, const Conset *b, const ConsetWindow *window)
{
  g_autoptr (Conset) both = conset_intersect (conset_ref (a), conset_ref (b));
  ConsetCount n_a, n_b, n_both;

  if (!conset_check (both, NULL) || !count_in (both, window, &n_both) || !count_in (a, window, &n_a)
      || !count_in (b, window, &n_b))
    return places;
  return places
         & ((n_both > 0 ? BOTH : 0) | (n_a > n_both ? LEFT : 0) | (n_b > n_both ? RIGHT : 0));
}

/* The pairs of @places as a set; consumes @a and @b. */
static Conset *
pairs_at (guint places, Conset *a, Conset *b)
{
  switch (places)
    {
    case BOTH | LEFT | RIGHT:
      return conset_union (a, b);
    case LEFT | RIGHT:
      return conset_symmetric_difference (a, b);
    case BOTH:
      return conset_intersect (a, b);
    case LEFT:
      return conset_difference (a, b);
    case RIGHT:
      return conset_difference (b, a);
    default:
      break;
    }
  conset_unref (places == (BOTH | LEFT) ? b : a);
  if (places == (BOTH | LEFT))
    return a;
  if (places == (BOTH | RIGHT))
    return b;
  conset_unref (b);
  return conset_empty ();
}

/* Whether all @places that there are have one chance; *chance becomes that. */
static gboolean
same_chance (guint places, const double chances[3], double *chance)
{
  *chance = 0.0;
  for (guint k = 0; k < 3; k++)
    if (places & 1u << k)
      {
        if (*chance != 0.0 && *chance != chances[k])
          return FALSE;
        *chance = chances[k];
      }
  return TRUE;
}

gboolean
conset_thinning_combine (ConsetThinning *a,
                         const ConsetThinning *b,
                         ConsetCombine op,
                         const ConsetWindow *window)
{
  const double chances[] = { combined_chance (op, a->chance, b->chance),
                             combined_chance (op, a->chance, 0.0),
                             combined_chance (op, 0.0, b->chance) };
  guint places = 0;

  for (guint k = 0; k < G_N_ELEMENTS (chances); k++)
    if (chances[k] > 0.0)
      places |= 1u << k;
  if (!same_chance (places, chances, &a->chance))
    {
      places = inhabited (places, a->candidates, b->candidates, window);
      if (!same_chance (places, chances, &a->chance))
        {
          conset_thinning_clear (a);
          return FALSE;
        }
    }
  a->candidates = pairs_at (places, a->candidates, conset_ref (b->candidates));
  return TRUE;
}

/* }}} */
/* {{{ Nodes */

/* A set proper without randomness: every pair of it, with certainty. */
static gboolean
thin_with_certainty (ConsetThinning *thinning, Conset *candidates)
{
  thinning->candidates = candidates;
  thinning->chance = 1.0;
  return TRUE;
}

gboolean
conset_node_thin (const Conset *set,
                  const ConsetWindow *window,
                  ConsetDrawn *drawn,
                  ConsetThinning *thinning)
{
  if (!conset_window_meets (window, set))
    return thin_with_certainty (thinning, conset_empty ());
  if (!set->facts.random && set->facts.max_multiplicity <= 1)
    return thin_with_certainty (thinning, conset_mask (conset_ref (set)));

  thinning->candidates = NULL;
  if (set->klass->thin == NULL || !set->klass->thin (set, window, drawn, thinning))
    return FALSE;
  if (conset_error_message (thinning->candidates) == NULL)
    return TRUE;
  conset_thinning_clear (thinning);
  return FALSE;
}

gboolean
conset_children_thin (const Conset *set,
                      ConsetCombine op,
                      const ConsetWindow *window,
                      ConsetDrawn *drawn,
                      ConsetThinning *thinning)
{
  if (!conset_node_thin (set->children[0], window, drawn, thinning))
    return FALSE;
  for (guint k = 1; k < set->n_children; k++)
    {
      g_auto (ConsetThinning) more = { NULL, 0.0 };

      if (!conset_node_thin (set->children[k], window, drawn, &more))
        {
          conset_thinning_clear (thinning);
          return FALSE;
        }
      if (!conset_thinning_combine (thinning, &more, op, window))
        return FALSE;
    }
  return TRUE;
}

/* }}} */
/* {{{ Masks */

/* The least place up to @end with at least one member before it; there is one before @end. */
static gboolean
first_place (
  const Conset *mask, ConsetOrder order, guint64 line, guint64 first, guint64 end, guint64 *place)
{
  guint64 low = first, high = end;

  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;
      ConsetWindow window = conset_window_of_line (order, line, first, middle);
      ConsetCount count;

      if (!count_in (mask, &window, &count))
        return FALSE;
      if (count > 0)
        high = middle;
      else
        low = middle + 1;
    }
  *place = low;
  return TRUE;
}

gboolean
conset_mask_narrow (
  const Conset *mask, ConsetOrder order, guint64 line, guint64 *first, guint64 *end)
{
  ConsetWindow window = conset_window_of_line (order, line, *first, *end);
  ConsetCount count, within;
  guint64 place;

  if (conset_error_message (mask) != NULL || !count_in (mask, &window, &count))
    return FALSE;
  if (count == 0)
    *end = *first;
  if (count == *end - *first)
    return TRUE;
  if (!first_place (mask, order, line, *first, *end, &place) || count > *end - (place - 1))
    return FALSE;
  *first = place - 1;
  *end = *first + (guint64) count;
  window = conset_window_of_line (order, line, *first, *end);
  return count_in (mask, &window, &within) && within == count;
}

/* }}} */
