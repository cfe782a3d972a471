/* SPDX-License-Identifier: MIT */
/*
 * Plans: building the steps, walking over a window tile by tile, and what every step's fill
 * and filter have in common.
 *
 * The width of a tile follows from the density of what is filled: wide enough for a few
 * thousand members, at least what a bitmap holds. Where offsets may repeat, each tile is cut
 * until no more members are expected in it than a list should have. No result depends on it.
 */
#include "plan.h"

#include "choice.h"
#include "columns.h"
#include "kernels.h"
#include "node.h"

/* So many members are worth the trouble with a tile, and so many are its most, 1 MiB. */
#define TILE_MEMBERS 16384.0
#define TILE_MOST 262144.0

/* Widths */

static guint64
density_width (double density)
{
  double wanted = TILE_MEMBERS / MAX (density, 1e-12);
  guint64 width = CONSET_TILE_BITMAP_WIDTH;

  while (width < CONSET_TILE_MAX_WIDTH && (double) width < wanted)
    width *= 2;
  return width;
}

gboolean
conset_step_fills (const ConsetStep *step, guint k)
{
  switch (step->klass->roles)
    {
    case CONSET_ROLES_FILL:
    case CONSET_ROLES_CHAIN:
      return TRUE;
    case CONSET_ROLES_COMPLEMENT:
      return FALSE;
    default:
      return k == 0;
    }
}

/* What a node says of its density, unless more than that is expected on the average. */
static double
step_density (const ConsetStep *step)
{
  const ConsetFacts *facts = &step->set->facts;
  ConsetCensus census = CONSET_CENSUS_BRIEF;
  double expected;

  if (facts->max_multiplicity <= 1 || step->klass->load != NULL
      || conset_window_is_empty (&step->window))
    return facts->density;
  expected = conset_node_expected (step->set, &step->window, &census);
  return MAX (facts->density, expected / (double) conset_window_area (&step->window));
}

/* Narrow enough for the set itself and all that is filled on the way to it. */
static void
step_choose_width (ConsetStep *step)
{
  step->density = step_density (step);
  step->width = density_width (step->density);
  step->repeats = step->set->facts.max_multiplicity > 1;
  for (guint k = 0; k < step->n_children; k++)
    if (conset_step_fills (step, k))
      {
        step->width = MIN (step->width, step->children[k]->width);
        step->repeats |= step->children[k]->repeats;
      }
}

double
conset_step_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  guint64 lines[2], along[2];

  conset_window_axes (&step->set->facts.bounds, step->order, lines, along);
  along[0] = MAX (along[0], first);
  along[1] = MIN (along[1], first + width);
  if (line < lines[0] || line >= lines[1] || along[0] >= along[1])
    return 0.0;
  width = along[1] - along[0];
  if (step->klass->load != NULL)
    return step->klass->load (step, line, along[0], width);
  return (double) width * step->density;
}

static gboolean
range_fits (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  return width <= step->width
         && (!step->repeats || conset_step_load (step, line, first, width) <= TILE_MOST);
}

/* Where a tile from @first on had better end, at @end at the latest: a power of two or a multiple
 * of it behind @origin. */
static guint64
tile_end (const ConsetStep *step, guint64 line, guint64 first, guint64 end, guint64 origin)
{
  guint64 width = step->width, to;

  for (;; width /= 2)
    {
      to = MIN (end, first - ((first - origin) & (width - 1)) + width);
      if (width == 1 || range_fits (step, line, first, to - first))
        return to;
    }
}

/* Steps */

static ConsetStep *
step_new (ConsetEval *eval, const Conset *set, ConsetOrder order, const ConsetWindow *window)
{
  const ConsetClass *klass = set->klass;
  ConsetStep *step = g_new0 (ConsetStep, 1);
  ConsetOrder child_order = klass->transposes ? conset_order_flip (order) : order;
  ConsetWindow child_window;

  step->set = set;
  step->klass = klass;
  step->eval = eval;
  step->order = order;
  step->window = conset_window_intersect (window, &set->facts.bounds);
  step->n_children = klass->draws ? 0 : set->n_children;
  step->children = g_new (ConsetStep *, step->n_children);
  step->part = child_window = step->window;
  if (klass->child_window != NULL && !conset_window_is_empty (&step->window))
    klass->child_window (set, &step->window, &child_window);
  for (guint k = 0; k < step->n_children; k++)
    step->children[k] = step_new (eval, set->children[k], child_order, &child_window);
  if (klass->start != NULL)
    klass->start (step);
  step_choose_width (step);
  return step;
}

/* Tells the step and those below it which part of its window matters at present. */
static void
step_aim (ConsetStep *step, const ConsetWindow *part)
{
  const ConsetClass *klass = step->klass;
  ConsetWindow child;

  step->part = conset_window_intersect (part, &step->window);
  child = step->part;
  if (klass->child_window != NULL && !conset_window_is_empty (&child))
    klass->child_window (step->set, &step->part, &child);
  for (guint k = 0; k < step->n_children; k++)
    step_aim (step->children[k], &child);
}

static void
step_free (ConsetStep *step)
{
  if (step->klass->stop != NULL)
    step->klass->stop (step);
  if (step->klass->draws && step->carrier != NULL)
    step_free (step->carrier);
  for (guint k = 0; k < step->n_children; k++)
    step_free (step->children[k]);
  g_free (step->children);
  g_free (step);
}

double
conset_step_cost (const ConsetStep *step)
{
  ConsetCensus census = CONSET_CENSUS_BRIEF;
  ConsetWindow child = step->window;
  double cost = 0.0;

  if (conset_window_is_empty (&step->window))
    return 0.0;
  if (step->n_children == 0)
    return conset_node_expected (step->set, &step->window, &census);
  if (step->klass->roles == CONSET_ROLES_INTERSECTION)
    return step->cost;
  for (guint k = 0; k < step->n_children; k++)
    if (conset_step_fills (step, k) || step->klass->roles == CONSET_ROLES_COMPLEMENT)
      cost += conset_step_cost (step->children[k]);
  if (step->klass->child_window != NULL)
    step->klass->child_window (step->set, &step->window, &child);
  return cost * (double) conset_window_area (&step->window) / (double) conset_window_area (&child);
}

/* A class that gives no fill is asked pair by pair. */
static void
step_fill_by_question (ConsetStep *step, ConsetTile *tile)
{
  gsize n = 0;
  gboolean repeated = FALSE;

  for (guint32 offset = 0; offset < tile->width; offset++)
    {
      guint64 times =
        conset_node_multiplicity (step->set, step->order, tile->line, tile->first + offset);

      repeated |= times > 1;
      conset_tile_reserve_list (tile, n + times);
      while (times-- > 0)
        tile->list[n++] = offset;
    }
  conset_tile_set_list (tile, n, repeated);
}

/* Aims @tile at what the bounds leave of its range, which is not empty; FALSE, with the tile empty,
 * if nothing is left. */
static gboolean
aim_within_bounds (const ConsetStep *step, ConsetTile *tile)
{
  guint64 lines[2], along[2], first = tile->first;
  guint32 width = tile->width;

  conset_window_axes (&step->set->facts.bounds, step->order, lines, along);
  along[0] = MAX (along[0], first);
  along[1] = MIN (along[1], first + width);
  conset_tile_aim (tile, tile->line, first, width);
  if (tile->line < lines[0] || tile->line >= lines[1] || along[0] >= along[1])
    return FALSE;

  tile->first = along[0];
  tile->width = (guint32) (along[1] - along[0]);
  return TRUE;
}

void
conset_step_fill (ConsetStep *step, ConsetTile *tile)
{
  guint64 first = tile->first;
  guint32 width = tile->width;

  if (!aim_within_bounds (step, tile))
    return;
  if (step->klass->fill != NULL)
    step->klass->fill (step, tile);
  else
    step_fill_by_question (step, tile);
  if (tile->width != width)
    conset_tile_widen (tile, first, width);
}

gboolean
conset_step_sift (ConsetStep *step, ConsetTile *tile, const ConsetSieve *sieve)
{
  guint64 first = tile->first;
  guint32 width = tile->width;
  gboolean done;

  if (step->klass->sift == NULL)
    return FALSE;
  if (!aim_within_bounds (step, tile))
    return TRUE;
  done = step->klass->sift (step, tile, sieve);
  if (!done)
    conset_tile_aim (tile, tile->line, first, width);
  else if (tile->width != width)
    conset_tile_widen (tile, first, width);
  return done;
}

/* Whether lines of the step are as long as the bounds of its set. */
static gboolean
step_has_whole_lines (const ConsetStep *step)
{
  guint64 lines[2], along[2], lines_of_all[2], all[2];

  conset_window_axes (&step->window, step->order, lines, along);
  conset_window_axes (&step->set->facts.bounds, step->order, lines_of_all, all);
  return along[0] == all[0] && along[1] == all[1];
}

gboolean
conset_step_fill_lines (
  ConsetStep *step, guint64 line, guint n, const ConsetSieve *sieve, ConsetLines *lines)
{
  return step->klass->fill_lines != NULL && step_has_whole_lines (step)
         && step->klass->fill_lines (step, line, n, sieve, lines);
}

/* Fills the hull of the candidates and combines. */
static void
filter_in_one (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  ConsetTile *members = conset_eval_borrow (step->eval);
  guint32 first, end;

  conset_tile_hull (tile, &first, &end);
  conset_tile_aim (members, tile->line, tile->first + first, end - first);
  conset_step_fill (step, members);
  conset_tile_widen (members, tile->first, tile->width);
  conset_combine (tile, members,
                  mode == CONSET_FILTER_KEEP ? CONSET_COMBINE_MIN : CONSET_COMBINE_MONUS);
  conset_eval_give_back (step->eval, members);
}

/* A dense set must not be filled over a tile as wide as sparse candidates may have: their
 * list is cut into stretches. */
static void
filter_in_stretches (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  ConsetTile *part = conset_eval_borrow (step->eval);
  gsize kept = 0, n;
  gboolean repeated = tile->repeated;

  conset_tile_to_list (tile);
  n = tile->n;
  for (gsize from = 0, to; from < n; from = to)
    {
      guint32 base = tile->list[from];
      guint64 first = tile->first + base;
      guint64 end = tile_end (step, tile->line, first, tile->first + tile->width, first);

      for (to = from; to < n && tile->first + tile->list[to] < end; to++)
        ;
      conset_tile_aim (part, tile->line, first, (guint32) (end - first));
      conset_tile_reserve_list (part, to - from);
      for (gsize k = from; k < to; k++)
        part->list[k - from] = tile->list[k] - base;
      conset_tile_set_list (part, to - from, repeated);
      filter_in_one (step, part, mode);
      conset_tile_to_list (part);
      for (gsize k = 0; k < part->n; k++)
        tile->list[kept++] = part->list[k] + base;
    }
  conset_tile_set_list (tile, kept, repeated);
  conset_eval_give_back (step->eval, part);
}

void
conset_step_fill_by_bitmaps (ConsetStep *step,
                             ConsetTile *tile,
                             void (*fill_bits) (ConsetStep *step, ConsetTile *tile))
{
  ConsetTile *part;
  gsize n = 0;

  if (tile->width <= CONSET_TILE_BITMAP_WIDTH)
    {
      fill_bits (step, tile);
      return;
    }
  part = conset_eval_borrow (step->eval);
  for (guint32 at = 0; at < tile->width && step->eval->error == NULL; at += part->width)
    {
      conset_tile_aim (part, tile->line, tile->first + at,
                       MIN (CONSET_TILE_BITMAP_WIDTH, tile->width - at));
      fill_bits (step, part);
      if (part->kind == CONSET_TILE_BITMAP)
        {
          gsize words = conset_bits_words (part->width);

          conset_tile_reserve_list (tile, n + conset_kernels ()->words_count (part->bits, words));
          n += conset_kernels ()->list_words (part->bits, words, at, tile->list + n);
        }
    }
  conset_tile_set_list (tile, step->eval->error == NULL ? n : 0, FALSE);
  conset_eval_give_back (step->eval, part);
}

void
conset_step_filter_by_fill (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  guint32 first, end;

  if (tile->kind == CONSET_TILE_EMPTY)
    return;
  conset_tile_hull (tile, &first, &end);
  if (range_fits (step, tile->line, tile->first + first, end - first))
    filter_in_one (step, tile, mode);
  else
    filter_in_stretches (step, tile, mode);
}

void
conset_step_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  guint64 lines[2], along[2];

  if (tile->kind == CONSET_TILE_EMPTY)
    return;
  conset_window_axes (&step->set->facts.bounds, step->order, lines, along);
  if (tile->line < lines[0] || tile->line >= lines[1])
    {
      if (mode == CONSET_FILTER_KEEP)
        conset_tile_aim (tile, tile->line, tile->first, tile->width);
    }
  else if (step->klass->filter != NULL && !tile->repeated)
    step->klass->filter (step, tile, mode);
  else
    conset_step_filter_by_fill (step, tile, mode);
}

/* Values */

/* The step of the first child with columns; a class that draws has no steps of its children, so
 * that it is made for the purpose. */
static ConsetStep *
step_find_carrier (const ConsetStep *step)
{
  const Conset *set = step->set;
  guint k = 0;

  if (!step->klass->draws)
    {
      /* A step may have its children in an order of its own. */
      while (step->children[k]->set->facts.columns == NULL)
        k++;
      return step->children[k];
    }
  while (set->children[k]->facts.columns == NULL)
    k++;
  return step_new (step->eval, set->children[k], step->order, &step->window);
}

void
conset_step_fill_values (ConsetStep *step, const ConsetPlaces *places, double *const *values)
{
  if (step->klass->fill_values != NULL)
    {
      step->klass->fill_values (step, places, values);
      return;
    }
  if (step->carrier == NULL)
    step->carrier = step_find_carrier (step);
  conset_step_fill_values (step->carrier, places, values);
}

/* Evaluations */

ConsetEval *
conset_eval_new (const Conset *set, const ConsetWindow *window, ConsetOrder order)
{
  ConsetEval *eval = g_new0 (ConsetEval, 1);
  guint64 lines[2], along[2];

  eval->order = order;
  eval->window = conset_window_intersect (window, &set->facts.bounds);
  eval->spare = g_ptr_array_new_with_free_func ((GDestroyNotify) conset_tile_free);
  eval->spare_choices = g_ptr_array_new_with_free_func ((GDestroyNotify) conset_choice_free);
  eval->gapless = conset_node_gapless (set);
  eval->by_lines = eval->gapless;
  eval->root = step_new (eval, set, order, &eval->window);
  conset_window_axes (&eval->window, order, lines, along);
  eval->line = conset_node_next_line (set, order, lines[0]);
  eval->at = along[0];
  eval->end_line = lines[1];
  eval->end_at = along[0];
  return eval;
}

void
conset_eval_free (ConsetEval *eval)
{
  step_free (eval->root);
  g_ptr_array_unref (eval->spare);
  g_ptr_array_unref (eval->spare_choices);
  g_clear_error (&eval->error);
  g_free (eval);
}

ConsetTile *
conset_eval_borrow (ConsetEval *eval)
{
  if (eval->spare->len == 0)
    return conset_tile_new ();
  return g_ptr_array_steal_index_fast (eval->spare, eval->spare->len - 1);
}

void
conset_eval_give_back (ConsetEval *eval, ConsetTile *tile)
{
  g_ptr_array_add (eval->spare, tile);
}

void
conset_eval_fail (ConsetEval *eval, ConsetError code, const char *format, ...)
{
  va_list args;

  if (eval->error != NULL)
    return;
  va_start (args, format);
  eval->error = g_error_new_valist (CONSET_ERROR, code, format, args);
  va_end (args);
}

void
conset_eval_aim (ConsetEval *eval, guint64 line, guint64 at, guint64 end_line, guint64 end_at)
{
  guint64 lines[2], along[2], last;
  ConsetWindow part;

  conset_window_axes (&eval->window, eval->order, lines, along);
  eval->line = conset_node_next_line (eval->root->set, eval->order, line);
  eval->at = eval->line == line ? MAX (at, along[0]) : along[0];
  eval->end_line = end_line;
  eval->end_at = end_at;
  last = end_line + (end_at > along[0]);
  if (line + 1 == last)
    {
      along[0] = at;
      along[1] = end_at > at ? end_at : along[1];
    }
  part = conset_window_of_line (eval->order, line, along[0], along[1]);
  *(eval->order == CONSET_TARGET_MAJOR ? &part.target_end : &part.source_end) = last;
  step_aim (eval->root, &part);
}

GError *
conset_eval_cancelled (void)
{
  return g_error_new_literal (CONSET_ERROR, CONSET_ERROR_CANCELLED, "cancelled");
}

static gboolean
eval_is_stopped (ConsetEval *eval)
{
  for (guint k = 0; k < G_N_ELEMENTS (eval->stops); k++)
    if (eval->stops[k] != NULL && g_atomic_int_get (eval->stops[k]))
      {
        eval->error = conset_eval_cancelled ();
        return TRUE;
      }
  return FALSE;
}

gboolean
conset_eval_next_lines (ConsetEval *eval, ConsetLines *lines)
{
  guint64 axis[2], along[2];

  if (!eval->by_lines || eval->error != NULL)
    return FALSE;
  conset_window_axes (&eval->window, eval->order, axis, along);
  if (eval->at >= along[1] && eval->line < eval->end_line)
    {
      eval->line++;
      eval->at = along[0];
    }
  if (eval->at != along[0] || eval->line >= eval->end_line || eval_is_stopped (eval))
    return FALSE;
  eval->by_lines = conset_step_fill_lines (
    eval->root, eval->line, (guint) MIN (eval->end_line - eval->line, CONSET_LINES_MOST), NULL,
    lines);
  if (!eval->by_lines || eval->error != NULL)
    return FALSE;
  eval->line += lines->n;
  return TRUE;
}

gboolean
conset_eval_next (ConsetEval *eval, ConsetTile *tile)
{
  const Conset *set = eval->root->set;
  guint64 lines[2], along[2];

  conset_window_axes (&eval->window, eval->order, lines, along);
  while (eval->error == NULL && eval->line <= eval->end_line && !eval_is_stopped (eval))
    {
      guint64 end = eval->line < eval->end_line ? along[1] : eval->end_at;
      guint64 from = MIN (end, eval->at);

      if (from < end && !eval->gapless)
        from = conset_node_next_along (set, eval->order, eval->line, from);
      if (from >= end)
        {
          if (eval->line == eval->end_line)
            return FALSE;
          eval->line++;
          if (!eval->gapless)
            eval->line = conset_node_next_line (set, eval->order, eval->line);
          eval->at = along[0];
          continue;
        }
      /* So that the next tile begins with whole words. */
      eval->at = tile_end (eval->root, eval->line, from, end, 0);
      conset_tile_aim (tile, eval->line, from, (guint32) (eval->at - from));
      conset_step_fill (eval->root, tile);
      if (tile->kind != CONSET_TILE_EMPTY && eval->error == NULL)
        return TRUE;
    }
  return FALSE;
}
