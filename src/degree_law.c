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

/* Operators ask their operands in more than one way; of deeper trees no law is known, rather
 * than to take the square of their depth. */
#define DEEPEST 256

/* Laws of the number of members in a window within the bounds. */

static gboolean
law_of_closed (const Conset *set, const ConsetWindow *window, ConsetLaw *law)
{
  ConsetCensus census = CONSET_CENSUS_INIT;
  ConsetCount count;

  if (!conset_node_count (set, window, &census, &count))
    return FALSE;
  *law = conset_law_delta ((double) count);
  return TRUE;
}

static gboolean
law_of_thinning (const Conset *set, const ConsetWindow *window, ConsetLaw *law)
{
  g_auto (ConsetThinning) thinning = { NULL, 0.0 };
  ConsetDrawn drawn = { 0 };

  if (!set->facts.random || set->facts.depth > DEEPEST || set->facts.max_multiplicity > 1
      || !conset_node_thin (set, window, &drawn, &thinning)
      || !law_of_closed (thinning.candidates, window, law))
    return FALSE;
  *law = conset_law_binomial (law->mean, thinning.chance);
  return TRUE;
}

static gboolean
law_of_class (const Conset *set, ConsetOrder order, const ConsetWindow *window, ConsetLaw *law)
{
  guint64 lines[2], along[2];

  conset_window_axes (window, order, lines, along);
  return set->facts.random && set->facts.depth <= DEEPEST && set->klass->degree_law != NULL
         && set->klass->degree_law (set, order, lines[0], along[0], along[1], law);
}

ConsetLaw
conset_node_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end)
{
  ConsetWindow window = conset_window_of_line (order, line, first, end);
  ConsetLaw law;

  window = conset_window_intersect (&window, &set->facts.bounds);
  if (conset_window_is_empty (&window))
    return conset_law_delta (0.0);
  if (law_of_closed (set, &window, &law) || law_of_thinning (set, &window, &law)
      || law_of_class (set, order, &window, &law))
    return law;
  return conset_law_unknown (NAN, NAN);
}

/* {{{ Dependence */

ConsetDependence
conset_node_dependence (const Conset *set,
                        const ConsetWindow *window,
                        ConsetOrder order,
                        ConsetDrawn *drawn)
{
  if (!set->facts.random || !conset_window_meets (window, set))
    return CONSET_DEPENDENCE_NONE;
  if (set->klass->dependence == NULL)
    return CONSET_DEPENDENCE_UNKNOWN;
  return set->klass->dependence (set, window, order, drawn);
}

/* What draws apart is independent: a line depends on another only where one operand's do. */
ConsetDependence
conset_children_dependence (const Conset *set,
                            const ConsetWindow *window,
                            ConsetOrder order,
                            ConsetDrawn *drawn)
{
  ConsetDependence most = CONSET_DEPENDENCE_NONE;

  for (guint k = 0; k < set->n_children && most != CONSET_DEPENDENCE_UNKNOWN; k++)
    {
      ConsetDependence dependence = conset_node_dependence (set->children[k], window, order, drawn);

      most = MIN (most, dependence);
    }
  return most;
}

/* }}} */

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

gboolean
conset_count_law (const Conset *set, const ConsetWindow *window, ConsetLaw *law, GError **error)
{
  ConsetWindow part;

  g_return_val_if_fail (set != NULL && law != NULL, FALSE);

  if (!conset_resolve_window (set, window, &part, error))
    return FALSE;
  if (conset_window_is_empty (&part))
    *law = conset_law_delta (0.0);
  else if (part.target_end - part.target_first == 1)
    *law = conset_node_degree_law (set, CONSET_TARGET_MAJOR, part.target_first, part.source_first,
                                   part.source_end);
  else if (part.source_end - part.source_first == 1)
    *law = conset_node_degree_law (set, CONSET_SOURCE_MAJOR, part.source_first, part.target_first,
                                   part.target_end);
  else if (!law_of_closed (set, &part, law) && !law_of_thinning (set, &part, law))
    *law = conset_law_unknown (NAN, NAN);
  return TRUE;
}

ConsetDependence
conset_degree_dependence (const Conset *set, const ConsetWindow *window, ConsetOrder order)
{
  ConsetDrawn drawn = { 0 };

  g_return_val_if_fail (set != NULL, CONSET_DEPENDENCE_UNKNOWN);

  return conset_node_dependence (set, window != NULL ? window : &set->facts.bounds, order, &drawn);
}
