/* SPDX-License-Identifier: MIT */
/*
 * Named sets: m = the sum of the parts' m, of which at most one is not 0.
 *
 * Members come out ascending, with the multiplicity of their part. Every part whose bounds meet the
 * tile is filled; a set of one part hands everything on.
 */
#include "named.h"

#include "choice.h"
#include "thinning.h"

typedef struct
{
  Conset base;
  char *text;
} NamedNode;

static void
named_finalize (Conset *set)
{
  g_free (((NamedNode *) set)->text);
}

static void
named_print (const Conset *set, GString *out)
{
  g_string_append (out, ((const NamedNode *) set)->text);
}

static guint64
named_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  guint64 times = 0;

  for (guint k = 0; k < set->n_children && times == 0; k++)
    times = conset_multiplicity (set->children[k], source, target);
  return times;
}

static double
named_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  double expected = 0.0;

  for (guint k = 0; k < set->n_children; k++)
    expected += conset_node_expected (set->children[k], window, census);
  return expected;
}

static gboolean
named_count (const Conset *set,
             const ConsetWindow *window,
             ConsetCensus *census,
             ConsetCount *count)
{
  *count = 0;
  for (guint k = 0; k < set->n_children; k++)
    {
      ConsetCount n;

      if (!conset_node_count (set->children[k], window, census, &n)
          || !conset_census_add (census, count, n, 1))
        return FALSE;
    }
  return TRUE;
}

static gboolean
named_thin (const Conset *set,
            const ConsetWindow *window,
            ConsetDrawn *drawn,
            ConsetThinning *thinning)
{
  return conset_children_thin (set, CONSET_COMBINE_MAX, window, drawn, thinning);
}

/* The law of the only part that can have members there. */
static gboolean
named_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  ConsetWindow window = conset_window_of_line (order, line, first, end);
  const Conset *part = NULL;

  for (guint k = 0; k < set->n_children; k++)
    {
      if (!conset_window_meets (&window, set->children[k]))
        continue;
      if (part != NULL)
        return FALSE;
      part = set->children[k];
    }
  if (part == NULL)
    return FALSE;
  *law = conset_node_degree_law (part, order, line, first, end);
  return TRUE;
}

static guint64
named_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  guint64 next = CONSET_INDEX_END;

  for (guint k = 0; k < set->n_children && next > line; k++)
    next = conset_lesser (next, conset_node_next_line (set->children[k], order, line));
  return next;
}

static guint64
named_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  guint64 next = CONSET_INDEX_END;

  for (guint k = 0; k < set->n_children && next > from; k++)
    next = conset_lesser (next, conset_node_next_along (set->children[k], order, line, from));
  return next;
}

static void
named_fill (ConsetStep *step, ConsetTile *tile)
{
  ConsetTile *more;

  conset_step_fill (step->children[0], tile);
  if (step->n_children == 1)
    return;
  more = conset_eval_borrow (step->eval);
  for (guint k = 1; k < step->n_children; k++)
    {
      conset_tile_aim (more, tile->line, tile->first, tile->width);
      conset_step_fill (step->children[k], more);
      conset_combine (tile, more, CONSET_COMBINE_MAX);
    }
  conset_eval_give_back (step->eval, more);
}

/* Candidates are kept by the one part or the other. */
static void
keep_by_parts (ConsetStep *step, ConsetTile *tile)
{
  ConsetTile *candidates = conset_eval_borrow (step->eval);
  ConsetTile *more = conset_eval_borrow (step->eval);

  conset_tile_copy (candidates, tile);
  conset_step_filter (step->children[0], tile, CONSET_FILTER_KEEP);
  for (guint k = 1; k < step->n_children; k++)
    {
      conset_tile_copy (more, candidates);
      conset_step_filter (step->children[k], more, CONSET_FILTER_KEEP);
      conset_combine (tile, more, CONSET_COMBINE_MAX);
    }
  conset_eval_give_back (step->eval, more);
  conset_eval_give_back (step->eval, candidates);
}

/* t - (a + b) = (t - a) - b. */
static void
named_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  if (mode == CONSET_FILTER_KEEP && step->n_children > 1)
    keep_by_parts (step, tile);
  else
    for (guint k = 0; k < step->n_children; k++)
      conset_step_filter (step->children[k], tile, mode);
}

static double
named_value (const Conset *set, guint column, const ConsetPlace *place)
{
  return conset_children_value (set, column, place, FALSE);
}

static void
named_fill_values (ConsetStep *step, const ConsetPlaces *places, double *const *values)
{
  conset_children_fill_values (step, places, values, FALSE);
}

static const ConsetClass conset_named_class = {
  .name = "named",
  .struct_size = sizeof (NamedNode),
  .precedence = CONSET_PREC_ATOM,
  .prints_itself = TRUE,
  .finalize = named_finalize,
  .print = named_print,
  .multiplicity = named_multiplicity,
  .expected = named_expected,
  .count = named_count,
  .degree_law = named_degree_law,
  .thin = named_thin,
  .dependence = conset_children_dependence,
  .next_line = named_next_line,
  .next_along = named_next_along,
  .fill = named_fill,
  .filter = named_filter,
  .value = named_value,
  .fill_values = named_fill_values,
};

static void
named_take (NamedNode *self, Conset *part)
{
  ConsetFacts *facts = &self->base.facts;

  facts->bounds = conset_window_hull (&facts->bounds, &part->facts.bounds);
  facts->max_multiplicity = MAX (facts->max_multiplicity, part->facts.max_multiplicity);
  facts->density += part->facts.density;
  conset_node_adopt (self, part);
}

Conset *
conset_named_new (char *text, Conset **parts, guint n)
{
  NamedNode *self = conset_node_new (&conset_named_class);
  Conset *error = NULL;

  self->text = text;
  self->base.facts.bounds = CONSET_WINDOW (0, 0);
  self->base.facts.max_multiplicity = 0;
  self->base.facts.density = 0.0;
  for (guint k = 0; k < n; k++)
    if (error == NULL && conset_error_message (parts[k]) != NULL)
      error = parts[k];
    else if (error != NULL || conset_is_empty_node (parts[k]))
      conset_unref (parts[k]);
    else
      named_take (self, parts[k]);
  if (error == NULL && self->base.n_children > 0)
    return conset_node_finish (self);
  conset_unref (&self->base);
  return error != NULL ? error : conset_empty ();
}
