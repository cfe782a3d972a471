/* SPDX-License-Identifier: MIT */
/*
 * Laws of degrees: what a node is asked, and what is known of any node.
 *
 * A set without randomness has as many members in a line as its closed count says. Of what
 * is a thinning of such a set, the number is binomial. The law of any other is known by its
 * class. A law is stated only where it is exact.
 */
#include "evaluation.h"

#include "thinning.h"

#include <math.h>

/* FALSE if nothing of @stretch lies within the bounds. */
static gboolean
cut_to_bounds (const Conset *set, ConsetStretch *stretch)
{
  guint64 lines[2], along[2];

  conset_window_axes (&set->facts.bounds, stretch->order, lines, along);
  stretch->first = MAX (stretch->first, along[0]);
  stretch->end = MIN (stretch->end, along[1]);
  return stretch->line >= lines[0] && stretch->line < lines[1] && stretch->first < stretch->end;
}

static gboolean
law_of_certain (const Conset *set, const ConsetStretch *stretch, ConsetLaw *law)
{
  ConsetWindow window =
    conset_window_of_line (stretch->order, stretch->line, stretch->first, stretch->end);
  ConsetCensus census = CONSET_CENSUS_INIT;
  ConsetCount count;

  if (!conset_node_count (set, &window, &census, &count))
    return FALSE;
  *law = conset_law_delta ((double) count);
  return TRUE;
}

static gboolean
law_of_thinning (const Conset *set, const ConsetStretch *stretch, ConsetLaw *law)
{
  g_auto (ConsetThinning) thinning = { NULL, 0.0 };
  ConsetDrawn drawn = { 0 };
  ConsetCount count;

  if (set->facts.max_multiplicity > 1 || !conset_node_thin (set, stretch, &drawn, &thinning)
      || !conset_thinning_count (&thinning, stretch, &count))
    return FALSE;
  *law = conset_law_binomial ((double) count, thinning.chance);
  return TRUE;
}

ConsetLaw
conset_node_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end)
{
  ConsetStretch stretch = { order, line, first, end };
  ConsetLaw law;
  gboolean known;

  if (!cut_to_bounds (set, &stretch))
    return conset_law_delta (0.0);
  if (!set->facts.random)
    known = law_of_certain (set, &stretch, &law);
  else
    known = law_of_thinning (set, &stretch, &law)
            || (set->klass->degree_law != NULL
                && set->klass->degree_law (set, order, line, stretch.first, stretch.end, &law));
  return known ? law : conset_law_unknown (NAN, NAN);
}

gboolean
conset_degree_law (const Conset *set,
                   const ConsetWindow *window,
                   ConsetOrder order,
                   guint64 line,
                   ConsetLaw *law,
                   GError **error)
{
  ConsetWindow resolved;
  guint64 lines[2], along[2];

  g_return_val_if_fail (set != NULL && law != NULL, FALSE);

  if (!conset_resolve_window (set, window, &resolved, error))
    return FALSE;
  conset_window_axes (&resolved, order, lines, along);
  if (line >= lines[0] && line < lines[1])
    *law = conset_node_degree_law (set, order, line, along[0], along[1]);
  else
    *law = conset_law_delta (0.0);
  return TRUE;
}
