/* SPDX-License-Identifier: MIT */
/*
 * Symmetric Bernoulli: (i, j) and (j, i) are members together, with probability p, for every
 * pair of indices independently; so are the pairs (i, i).
 *
 * Pairs i <= j are those of a Bernoulli set of the same p, the others are these transposed. Its
 * seed is drawn from the one given, so that the result and random(p, seed) of the same seed
 * have nothing in common. Members come out ascending, once each, at the cost of
 * the Bernoulli set: of each line one half as it is drawn, the other half crosswise.
 */
#include <conset/random.h>

#include "node.h"

#include "random.h"
#include "text.h"
#include "thinning.h"

/* Child 0 is the Bernoulli set, child 1 its transpose. */
typedef struct
{
  Conset base;
  double p;
  guint64 seed;
} SymmetricNode;

static void
symmetric_print (const Conset *set, GString *out)
{
  const SymmetricNode *self = (const SymmetricNode *) set;

  g_string_append (out, "random(");
  conset_append_double (out, self->p);
  g_string_append_printf (out, ", symmetric=True, seed=%" G_GUINT64_FORMAT ")", self->seed);
}

static guint64
symmetric_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  return conset_multiplicity (set->children[0], MIN (source, target), MAX (source, target));
}

static double
symmetric_expected (const Conset *set,
                    const ConsetWindow *window,
                    ConsetCensus *census G_GNUC_UNUSED)
{
  return (double) conset_window_area (window) * ((const SymmetricNode *) set)->p;
}

/* How many indices are both sources and targets of @window. */
static guint64
count_both (const ConsetWindow *window)
{
  guint64 first = MAX (window->source_first, window->target_first);
  guint64 end = MIN (window->source_end, window->target_end);

  return first < end ? end - first : 0;
}

/* Pairs are independent where no other is the same one turned round. */
static gboolean
symmetric_thin (const Conset *set,
                const ConsetWindow *window,
                ConsetDrawn *drawn,
                ConsetThinning *thinning)
{
  return count_both (window) <= 1 && conset_node_thin (set->children[0], window, drawn, thinning);
}

/* Any two lines that cross the diagonal have one draw in common. */
static ConsetDependence
symmetric_dependence (const Conset *set,
                      const ConsetWindow *window,
                      ConsetOrder order,
                      ConsetDrawn *drawn)
{
  ConsetDependence dependence = conset_node_dependence (set->children[0], window, order, drawn);

  return count_both (window) <= 1 ? dependence : MIN (dependence, CONSET_DEPENDENCE_WEAK);
}

/* Evaluation */

/* Where on a line the pairs i <= j end, or else begin: what is before this comes from the
 * child before(), what follows from the other. */
static guint64
line_cut (const ConsetStep *step, guint64 line)
{
  return step->order == CONSET_TARGET_MAJOR ? line + 1 : line;
}

static ConsetStep *
child_before (const ConsetStep *step)
{
  return step->children[step->order == CONSET_TARGET_MAJOR ? 0 : 1];
}

static ConsetStep *
child_behind (const ConsetStep *step)
{
  return step->children[step->order == CONSET_TARGET_MAJOR ? 1 : 0];
}

/* The child that has all of the tile, NULL if the line's cut lies within it. */
static ConsetStep *
child_of_tile (const ConsetStep *step, const ConsetTile *tile)
{
  guint64 cut = line_cut (step, tile->line);

  if (cut <= tile->first)
    return child_behind (step);
  return cut >= tile->first + tile->width ? child_before (step) : NULL;
}

/* Puts two tiles, @tile and the one that follows it, @behind, together in @tile. */
static void
join (ConsetTile *tile, ConsetTile *behind)
{
  guint32 width = tile->width + behind->width;

  conset_tile_widen (tile, tile->first, width);
  conset_tile_widen (behind, tile->first, width);
  conset_combine (tile, behind, CONSET_COMBINE_MAX);
}

static void
symmetric_fill (ConsetStep *step, ConsetTile *tile)
{
  ConsetStep *child = child_of_tile (step, tile);
  guint32 width = (guint32) (line_cut (step, tile->line) - tile->first);
  ConsetTile *behind;

  if (child != NULL)
    {
      conset_step_fill (child, tile);
      return;
    }
  behind = conset_eval_borrow (step->eval);
  conset_tile_aim (behind, tile->line, tile->first + width, tile->width - width);
  conset_tile_aim (tile, tile->line, tile->first, width);
  conset_step_fill (child_before (step), tile);
  conset_step_fill (child_behind (step), behind);
  join (tile, behind);
  conset_eval_give_back (step->eval, behind);
}

/* Cuts a list: @tile keeps its first @width offsets' members, @behind gets the others. */
static void
cut_list (ConsetTile *tile, guint32 width, ConsetTile *behind)
{
  gsize kept = 0, n = tile->n;

  while (kept < n && tile->list[kept] < width)
    kept++;
  conset_tile_aim (behind, tile->line, tile->first + width, tile->width - width);
  conset_tile_reserve_list (behind, n - kept);
  for (gsize k = kept; k < n; k++)
    behind->list[k - kept] = tile->list[k] - width;
  conset_tile_set_list (behind, n - kept, FALSE);
  tile->width = width;
  conset_tile_set_list (tile, kept, FALSE);
}

static void
symmetric_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  ConsetStep *child = child_of_tile (step, tile);
  ConsetTile *behind;

  if (child != NULL)
    conset_step_filter (child, tile, mode);
  else if (tile->kind != CONSET_TILE_LIST)
    conset_step_filter_by_fill (step, tile, mode);
  else
    {
      behind = conset_eval_borrow (step->eval);
      cut_list (tile, (guint32) (line_cut (step, tile->line) - tile->first), behind);
      conset_step_filter (child_before (step), tile, mode);
      conset_step_filter (child_behind (step), behind, mode);
      join (tile, behind);
      conset_eval_give_back (step->eval, behind);
    }
}

static const char *
symmetric_how (const ConsetStep *step G_GNUC_UNUSED)
{
  return "i <= j from the first, i > j from the second";
}

static const ConsetClass conset_symmetric_class = {
  .name = "random symmetric",
  .struct_size = sizeof (SymmetricNode),
  .precedence = CONSET_PREC_ATOM,
  .prints_itself = TRUE,
  .print = symmetric_print,
  .multiplicity = symmetric_multiplicity,
  .expected = symmetric_expected,
  .thin = symmetric_thin,
  .dependence = symmetric_dependence,
  .fill = symmetric_fill,
  .filter = symmetric_filter,
  .how = symmetric_how,
};

/* Reducers: p = 0 is empty, p = 1 is full; so says the Bernoulli set. */
Conset *
conset_random_symmetric (double p, guint64 seed)
{
  ConsetKey key = conset_key (seed, CONSET_RULE_SYMMETRIC, 0);
  Conset *trials = conset_random (p, conset_draw_64 (&key, 0, 0));
  SymmetricNode *self;

  if (!(p > 0.0 && p < 1.0))
    return trials;
  self = conset_node_new (&conset_symmetric_class);
  self->p = p;
  self->seed = seed;
  self->base.facts.density = p;
  conset_node_adopt (self, conset_ref (trials));
  conset_node_adopt (self, conset_transpose (trials));
  return conset_node_finish (self);
}
