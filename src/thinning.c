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
conset_stretch_meets (const ConsetStretch *stretch, const Conset *set)
{
  guint64 lines[2], along[2];

  conset_window_axes (&set->facts.bounds, stretch->order, lines, along);
  return stretch->line >= lines[0] && stretch->line < lines[1] && stretch->first < along[1]
         && stretch->end > along[0];
}

/* The number of members of @set in @stretch. */
static gboolean
stretch_count (const ConsetStretch *stretch, const Conset *set, ConsetCount *count)
{
  ConsetWindow window =
    conset_window_of_line (stretch->order, stretch->line, stretch->first, stretch->end);
  ConsetCensus census = CONSET_CENSUS_INIT;

  return conset_node_count (set, &window, &census, count);
}

gboolean
conset_thinning_count (const ConsetThinning *thinning,
                       const ConsetStretch *stretch,
                       ConsetCount *count)
{
  return stretch_count (stretch, thinning->candidates, count);
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
inhabited (guint places, const Conset *a, const Conset *b, const ConsetStretch *stretch)
{
  g_autoptr (Conset) both = conset_intersect (conset_ref (a), conset_ref (b));
  ConsetCount n_a, n_b, n_both;

  if (!conset_check (both, NULL) || !stretch_count (stretch, both, &n_both)
      || !stretch_count (stretch, a, &n_a) || !stretch_count (stretch, b, &n_b))
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
                         const ConsetStretch *stretch)
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
      places = inhabited (places, a->candidates, b->candidates, stretch);
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
                  const ConsetStretch *stretch,
                  ConsetDrawn *drawn,
                  ConsetThinning *thinning)
{
  if (!conset_stretch_meets (stretch, set))
    return thin_with_certainty (thinning, conset_empty ());
  if (!set->facts.random && set->facts.max_multiplicity <= 1)
    return thin_with_certainty (thinning, conset_ref (set));

  thinning->candidates = NULL;
  if (set->klass->thin == NULL || !set->klass->thin (set, stretch, drawn, thinning))
    return FALSE;
  if (conset_error_message (thinning->candidates) == NULL)
    return TRUE;
  conset_thinning_clear (thinning);
  return FALSE;
}

gboolean
conset_children_thin (const Conset *set,
                      ConsetCombine op,
                      const ConsetStretch *stretch,
                      ConsetDrawn *drawn,
                      ConsetThinning *thinning)
{
  if (!conset_node_thin (set->children[0], stretch, drawn, thinning))
    return FALSE;
  for (guint k = 1; k < set->n_children; k++)
    {
      g_auto (ConsetThinning) more = { NULL, 0.0 };

      if (!conset_node_thin (set->children[k], stretch, drawn, &more))
        {
          conset_thinning_clear (thinning);
          return FALSE;
        }
      if (!conset_thinning_combine (thinning, &more, op, stretch))
        return FALSE;
    }
  return TRUE;
}

/* }}} */
/* {{{ Stretches */

/* The first place of [first, end) before which @mask has @n members or more, up to @end. */
static gboolean
place_after (const ConsetStretch *stretch, const Conset *mask, ConsetCount n, guint64 *place)
{
  ConsetStretch part = *stretch;
  guint64 low = stretch->first, high = stretch->end;

  while (low < high)
    {
      ConsetCount count;

      part.end = low + (high - low) / 2;
      if (!stretch_count (&part, mask, &count))
        return FALSE;
      if (count >= n)
        high = part.end;
      else
        low = part.end + 1;
    }
  *place = low;
  return TRUE;
}

gboolean
conset_stretch_narrow (ConsetStretch *stretch, const Conset *mask)
{
  ConsetCount count;
  guint64 place;

  if (conset_error_message (mask) != NULL || !stretch_count (stretch, mask, &count))
    return FALSE;
  if (count == 0 || count == stretch->end - stretch->first)
    {
      stretch->end = count > 0 ? stretch->end : stretch->first;
      return TRUE;
    }
  if (!place_after (stretch, mask, 1, &place))
    return FALSE;
  /* The first member is the one just before that place. */
  stretch->first = place - 1;
  if (count > stretch->end - stretch->first)
    return FALSE;
  stretch->end = stretch->first + (guint64) count;
  return stretch_count (stretch, mask, &count) && count == stretch->end - stretch->first;
}

/* }}} */
