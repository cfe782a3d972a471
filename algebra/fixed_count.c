/* SPDX-License-Identifier: MIT */
/*
 * Fixed numbers of connections: how many there are in a window, exactly or on the average, and the
 * laws of the degrees.
 */
#include "fixed.h"

#include "thinning.h"

/* Of a total: its share of the candidates. Of degrees: their mean for as many lines as the
 * candidates would make whose lines are as full as the first. */
double
conset_fixed_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  const ConsetFixed *self = (const ConsetFixed *) set;
  const Conset *candidates = conset_fixed_candidates (self);
  double here = conset_node_expected (candidates, window, census);
  double mean = self->degrees != NULL ? conset_degrees_mean (self->degrees) : (double) self->total;
  ConsetWindow whole = set->facts.bounds;
  guint64 lines[2], along[2];
  double each;

  if (self->degrees != NULL)
    {
      conset_window_axes (window, conset_fixed_order (self), lines, along);
      lines[0] = conset_node_next_line (candidates, conset_fixed_order (self), lines[0]);
      if (lines[0] >= lines[1])
        return 0.0;
      whole = conset_window_of_line (conset_fixed_order (self), lines[0], 0, CONSET_INDEX_END);
    }
  each = conset_node_expected (candidates, &whole, census);
  return each > 0.0 ? mean * (here / each) : 0.0;
}

/* A total that was checked, on the whole. */
static gboolean
count_total (const ConsetFixed *self, const ConsetWindow *window, ConsetCount *count)
{
  const ConsetWindow *bounds = &self->base.facts.bounds;
  guint64 n;

  if (window->source_first > bounds->source_first || window->source_end < bounds->source_end
      || window->target_first > bounds->target_first || window->target_end < bounds->target_end
      || !conset_count_lines (conset_fixed_candidates (self), CONSET_TARGET_MAJOR, 0,
                              CONSET_INDEX_END, &n)
      || !conset_fixed_check (self, 0, n, self->total, NULL))
    return FALSE;
  *count = self->total;
  return TRUE;
}

static gboolean
degrees_are_drawn (const ConsetFixed *self)
{
  guint64 k;

  return conset_degrees_n_lines (self->degrees) == CONSET_INDEX_END
         && !conset_degrees_constant_value (self->degrees, &k);
}

/* In a window of whole lines: one degree on all that have candidates, equally many of them. */
static gboolean
count_even_lines (const ConsetFixed *self,
                  const ConsetWindow *window,
                  const guint64 lines[2],
                  ConsetCensus *census,
                  ConsetCount *count)
{
  const Conset *candidates = conset_fixed_candidates (self);
  ConsetOrder order = conset_fixed_order (self);
  guint64 line = conset_node_next_line (candidates, order, lines[0]), each, k;
  ConsetCount all;

  if (line >= lines[1] || !conset_degrees_constant_value (self->degrees, &k)
      || !conset_tally_is_even ((ConsetTally *) &self->tally, candidates, order)
      || !conset_count_lines (candidates, order, line, line + 1, &each) || each == 0
      || !conset_node_count (candidates, window, census, &all)
      || !conset_fixed_check (self, line, each, k, NULL))
    return FALSE;
  *count = all / each * k;
  return TRUE;
}

/* Degrees of whole lines, each of which costs a bit of the budget; but none that are drawn, or of
 * lines that may or may not have candidates, for a closed count does not depend on the seed. */
static gboolean
count_degrees (const ConsetFixed *self,
               const ConsetWindow *window,
               ConsetCensus *census,
               ConsetCount *count)
{
  const Conset *candidates = conset_fixed_candidates (self);
  guint64 lines[2], along[2], bounds_lines[2], bounds_along[2], rank, n;
  ConsetOrder order = conset_fixed_order (self);
  ConsetFixedState state;
  gboolean ok;

  conset_window_axes (window, order, lines, along);
  conset_window_axes (&self->base.facts.bounds, order, bounds_lines, bounds_along);
  if (degrees_are_drawn (self) || along[0] > bounds_along[0] || along[1] < bounds_along[1])
    return FALSE;
  if ((candidates->klass->sides != NULL || lines[1] - lines[0] > census->budget)
      && count_even_lines (self, window, lines, census, count))
    return TRUE;
  if (lines[1] - lines[0] > census->budget
      || !conset_count_lines (candidates, order, lines[0], lines[0] + 1, &rank))
    return FALSE;
  census->budget -= (guint) (lines[1] - lines[0]);
  conset_fixed_state_init (&state, self, lines[0], lines[1]);
  ok = TRUE;
  for (guint64 line = conset_node_next_line (candidates, order, lines[0]); ok && line < lines[1];
       line = conset_node_next_line (candidates, order, line + 1))
    {
      g_autoptr (GError) error = NULL;

      ok = conset_count_lines (candidates, order, line, line + 1, &n);
      if (!ok || n == 0)
        continue;
      if (conset_fixed_state_aim (&state, line, &rank, &error))
        *count += conset_sample_size (state.sample);
      ok = error == NULL;
    }
  conset_fixed_state_clear (&state);
  return ok;
}

gboolean
conset_fixed_count (const Conset *set,
                    const ConsetWindow *window,
                    ConsetCensus *census,
                    ConsetCount *count)
{
  const ConsetFixed *self = (const ConsetFixed *) set;

  return self->degrees == NULL ? count_total (self, window, count)
                               : count_degrees (self, window, census, count);
}

/* The number of candidates in a part of @line of @order; FALSE without a closed form that is
 * the same for all seeds. */
static gboolean
count_candidates (
  const ConsetFixed *self, ConsetOrder order, guint64 line, guint64 first, guint64 end, double *n)
{
  const guint64 lines[2] = { line, line + 1 }, along[2] = { first, end };
  guint64 count;

  if (conset_fixed_candidates (self)->facts.random
      || !conset_count_part (conset_fixed_candidates (self), order, lines, along, &count))
    return FALSE;
  *n = (double) count;
  return TRUE;
}

/* How many of @k connections out of @all candidates fall on @here of them. */
static ConsetLaw
law_of_share (const ConsetFixed *self, double all, double here, double k)
{
  return self->multapses ? conset_law_binomial (k, here / all)
                         : conset_law_hypergeometric (all, here, k);
}

/* A line along which the rule draws. */
static gboolean
own_degree_law (const ConsetFixed *self, guint64 line, double here, ConsetLaw *law)
{
  double all;
  guint64 k;

  if (!count_candidates (self, conset_fixed_order (self), line, 0, CONSET_INDEX_END, &all))
    return FALSE;
  *law = all == 0.0 ? conset_law_delta (0.0) : conset_degrees_law (self->degrees, line);
  if (here == all)
    return TRUE;
  if (!conset_degrees_constant_value (self->degrees, &k))
    return FALSE;
  *law = law_of_share (self, all, here, (double) k);
  return TRUE;
}

/* A line that @here lines cross, all of which have as many candidates. */
static gboolean
other_degree_law (const ConsetFixed *self, double here, ConsetLaw *law)
{
  const Conset *candidates = conset_fixed_candidates (self);
  ConsetOrder order = conset_fixed_order (self);
  guint64 line = conset_node_next_line (candidates, order, 0), k;
  double all;

  if (!conset_degrees_constant_value (self->degrees, &k)
      || !conset_tally_is_even ((ConsetTally *) &self->tally, candidates, order)
      || !count_candidates (self, order, line, 0, CONSET_INDEX_END, &all))
    return FALSE;
  *law = self->multapses ? conset_law_binomial (here * (double) k, 1.0 / all)
                         : conset_law_binomial (here, (double) k / all);
  return TRUE;
}

gboolean
conset_fixed_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  const ConsetFixed *self = (const ConsetFixed *) set;
  guint64 all;
  double here;

  if (!count_candidates (self, order, line, first, end, &here))
    return FALSE;
  if (here == 0.0)
    {
      *law = conset_law_delta (0.0);
      return TRUE;
    }
  if (self->degrees != NULL)
    return order == conset_fixed_order (self) ? own_degree_law (self, line, here, law)
                                              : other_degree_law (self, here, law);
  if (!conset_count_lines (conset_fixed_candidates (self), order, 0, CONSET_INDEX_END, &all))
    return FALSE;
  *law = law_of_share (self, (double) all, here, (double) self->total);
  return TRUE;
}

ConsetDependence
conset_fixed_dependence (const Conset *set,
                         const ConsetWindow *window G_GNUC_UNUSED,
                         ConsetOrder order,
                         ConsetDrawn *drawn)
{
  const ConsetFixed *self = (const ConsetFixed *) set;

  if (conset_fixed_candidates (self)->facts.random || !conset_drawn_add (drawn, self->seed))
    return CONSET_DEPENDENCE_UNKNOWN;
  return self->degrees != NULL && order == conset_fixed_order (self) ? CONSET_DEPENDENCE_NONE
                                                                     : CONSET_DEPENDENCE_WEAK;
}
