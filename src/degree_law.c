/* SPDX-License-Identifier: MIT */
/*
 * Laws of degrees: what a node is asked, and what is known of any node.
 *
 * A set without randomness has as many members in a line as its closed count says. The law
 * of any other is known by its class. A law is stated only where it is exact.
 */
#include "evaluation.h"

#include "node.h"

#include <math.h>

/* The part of [*first, *end) of @line that lies within the bounds; FALSE if nothing does. */
static gboolean
cut_to_bounds (const Conset *set, ConsetOrder order, guint64 line, guint64 *first, guint64 *end)
{
  guint64 lines[2], along[2];

  conset_window_axes (&set->facts.bounds, order, lines, along);
  *first = MAX (*first, along[0]);
  *end = MIN (*end, along[1]);
  return line >= lines[0] && line < lines[1] && *first < *end;
}

ConsetLaw
conset_node_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end)
{
  ConsetLaw law;

  if (!cut_to_bounds (set, order, line, &first, &end))
    return conset_law_delta (0.0);
  if (!set->facts.random)
    {
      ConsetWindow window = conset_window_of_line (order, line, first, end);
      ConsetCensus census = CONSET_CENSUS_INIT;
      ConsetCount count;

      if (conset_node_count (set, &window, &census, &count))
        return conset_law_delta ((double) count);
    }
  else if (set->klass->degree_law != NULL
           && set->klass->degree_law (set, order, line, first, end, &law))
    return law;
  return conset_law_unknown (NAN, NAN);
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
