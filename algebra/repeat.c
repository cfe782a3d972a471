/* SPDX-License-Identifier: MIT */
/*
 * Repeat: m'(i, j) = m(i mod M, j mod N).
 *
 * The part [0,M) x [0,N) of the operand tiles the plane, multiplicity kept; members come out
 * ascending. A period that fits a bitmap is filled once a line and copied; a longer one is
 * filled in the pieces that the tile cuts from it.
 */
#include "node.h"

#include "choice.h"
#include "columns.h"
#include "spans.h"
#include "thinning.h"

#include <string.h>

typedef struct
{
  Conset base;
  guint64 m;
  guint64 n;
} RepeatNode;

static guint64
repeat_period (const Conset *set, ConsetOrder order, gboolean along)
{
  const RepeatNode *self = (const RepeatNode *) set;

  return (order == CONSET_TARGET_MAJOR) == along ? self->m : self->n;
}

static void
repeat_print_operator (const Conset *set, GString *out)
{
  const RepeatNode *self = (const RepeatNode *) set;

  g_string_append_printf (out, "repeat(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")", self->m,
                          self->n);
}

static void
repeat_print (const Conset *set, GString *out)
{
  repeat_print_operator (set, out);
  g_string_append (out, " * ");
  conset_print (set->children[0], CONSET_PREC_PRODUCT + 1, out);
}

static guint64
repeat_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const RepeatNode *self = (const RepeatNode *) set;

  return conset_multiplicity (set->children[0], source % self->m, target % self->n);
}

static double
repeat_value (const Conset *set, guint column, const ConsetPlace *place)
{
  const RepeatNode *self = (const RepeatNode *) set;
  ConsetPlace child = *place;

  child.source %= self->m;
  child.target %= self->n;
  return conset_node_value (set->children[0], column, &child);
}

static void
repeat_child_window (const Conset *set,
                     const ConsetWindow *window G_GNUC_UNUSED,
                     ConsetWindow *child)
{
  const RepeatNode *self = (const RepeatNode *) set;

  *child = CONSET_WINDOW (self->m, self->n);
}

static void
repeat_spans (const Conset *set, const ConsetWindow *window, ConsetSpans spans[2])
{
  const RepeatNode *self = (const RepeatNode *) set;

  conset_spans_of_periods (&spans[0], window->source_first, window->source_end, self->m);
  conset_spans_of_periods (&spans[1], window->target_first, window->target_end, self->n);
}

static double
repeat_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetSpans spans[2];

  repeat_spans (set, window, spans);
  return conset_spans_expected (spans, set->children[0], census);
}

static double
repeat_share (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetSpans spans[2];

  repeat_spans (set, window, spans);
  return conset_spans_share (spans, set->children[0], census)
         / (double) conset_window_area (window);
}

static gboolean
repeat_count (const Conset *set,
              const ConsetWindow *window,
              ConsetCensus *census,
              ConsetCount *count)
{
  ConsetSpans spans[2];

  repeat_spans (set, window, spans);
  return conset_spans_count (spans, set->children[0], census, count);
}

/* [*first, *end) of an axis moved into the first period; FALSE if it reaches into the next. */
static gboolean
within_period (guint64 period, guint64 *first, guint64 *end)
{
  guint64 phase = *first % period, n = *end - *first;

  *first = phase;
  *end = phase + n;
  return n <= period - phase;
}

/* Places in two periods could be the same draw. */
static gboolean
repeat_thin (const Conset *set,
             const ConsetWindow *window,
             ConsetDrawn *drawn,
             ConsetThinning *thinning)
{
  const RepeatNode *self = (const RepeatNode *) set;
  ConsetWindow child = *window;

  if (!within_period (self->m, &child.source_first, &child.source_end)
      || !within_period (self->n, &child.target_first, &child.target_end)
      || !conset_node_thin (set->children[0], &child, drawn, thinning))
    return FALSE;
  thinning->candidates = conset_repeat (self->m, self->n, thinning->candidates);
  return TRUE;
}

/* Lines a period apart are the same. */
static ConsetDependence
repeat_dependence (const Conset *set,
                   const ConsetWindow *window,
                   ConsetOrder order,
                   ConsetDrawn *drawn)
{
  guint64 lines[2], along[2];
  ConsetWindow child;

  conset_window_axes (window, order, lines, along);
  if (!within_period (repeat_period (set, order, FALSE), &lines[0], &lines[1]))
    return CONSET_DEPENDENCE_UNKNOWN;
  repeat_child_window (set, window, &child);
  return conset_node_dependence (set->children[0], &child, order, drawn);
}

static gboolean
repeat_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  ConsetSpans along;

  conset_spans_of_periods (&along, first, end, repeat_period (set, order, TRUE));
  return conset_spans_degree_law (&along, set->children[0], order,
                                  line % repeat_period (set, order, FALSE), law);
}

/* The place in this period that the operand's next place stands for, else the next period. */
static guint64
repeat_next (guint64 period, guint64 at, guint64 operand_next)
{
  guint64 start = at - at % period;

  return start + MIN (operand_next, period);
}

static guint64
repeat_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  guint64 period = repeat_period (set, order, FALSE);

  return repeat_next (period, line, conset_node_next_line (set->children[0], order, line % period));
}

static guint64
repeat_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  guint64 period = repeat_period (set, order, TRUE);
  guint64 inner = line % repeat_period (set, order, FALSE);

  return repeat_next (period, from,
                      conset_node_next_along (set->children[0], order, inner, from % period));
}

/* Evaluation. The state is a tile for a piece of the operand. */

static void
repeat_start (ConsetStep *step)
{
  step->state = conset_tile_new ();
}

static void
repeat_stop (ConsetStep *step)
{
  conset_tile_free (step->state);
}

/* Adds the members of @piece, a part of a period, from @at on: to the bitmap of @tile, or to
 * its list, which may repeat offsets. */
static void
append_bits (ConsetTile *tile, ConsetTile *piece, guint32 at, guint32 width)
{
  conset_tile_to_runs (piece);
  for (gsize k = 0; k < piece->n && piece->runs[k].first < width; k++)
    conset_bits_set_range (tile->bits, at + piece->runs[k].first,
                           at + MIN (piece->runs[k].end, width));
}

static gsize
append_list (ConsetTile *tile, ConsetTile *piece, guint32 at, guint32 width, gsize n)
{
  conset_tile_to_list (piece);
  conset_tile_reserve_list (tile, n + piece->n);
  for (gsize k = 0; k < piece->n && piece->list[k] < width; k++)
    tile->list[n++] = at + piece->list[k];
  return n;
}

/* Calls for the parts of periods that make up [0, @width) of the tile, one by one; returns
 * the next part's place. The operand's part is in @piece, filled anew only if it is another. */
static guint32
repeat_part (ConsetStep *step, const ConsetTile *tile, ConsetTile *piece, guint32 at, guint32 width)
{
  guint64 period = repeat_period (step->set, step->order, TRUE);
  guint64 inner = tile->line % repeat_period (step->set, step->order, FALSE);
  guint64 phase = (tile->first + at) % period;
  guint32 part = (guint32) MIN (period - phase, width - at);
  guint32 filled = phase == 0 && period <= width ? (guint32) period : part;

  if (piece->width != filled || piece->first != phase || piece->line != inner || at == 0)
    {
      conset_tile_aim (piece, inner, phase, filled);
      conset_step_fill (step->children[0], piece);
    }
  return part;
}

static void
repeat_fill_list (ConsetStep *step, ConsetTile *tile)
{
  ConsetTile *piece = step->state;
  gboolean repeated = FALSE;
  gsize n = 0;

  for (guint32 at = 0, part; at < tile->width; at += part)
    {
      part = repeat_part (step, tile, piece, at, tile->width);
      repeated |= piece->repeated;
      n = append_list (tile, piece, at, part, n);
    }
  conset_tile_set_list (tile, n, repeated);
}

/* 64 periods are whole words, which then repeat. */
static void
repeat_fill_bitmap (ConsetStep *step, ConsetTile *tile)
{
  ConsetTile *piece = step->state;
  guint64 period = repeat_period (step->set, step->order, TRUE);
  gsize words = conset_bits_words (tile->width);
  guint32 width = (guint32) (period < tile->width / 64 ? 64 * period : tile->width);
  guint64 *bits = conset_tile_make_bitmap (tile);

  memset (bits, 0, words * sizeof *bits);
  for (guint32 at = 0, part; at < width; at += part)
    {
      part = repeat_part (step, tile, piece, at, width);
      append_bits (tile, piece, at, part);
    }
  if (width < tile->width)
    {
      for (gsize k = period; k < words; k++)
        bits[k] = bits[k - period];
      conset_bits_clear_range (bits, tile->width, (guint32) (64 * words));
    }
}

static void
repeat_fill (ConsetStep *step, ConsetTile *tile)
{
  if (tile->width <= CONSET_TILE_BITMAP_WIDTH && step->set->facts.max_multiplicity == 1)
    repeat_fill_bitmap (step, tile);
  else
    repeat_fill_list (step, tile);
}

/* A range across the border of two periods has no more than whole ones: the operand is asked
 * once, so that nested repetitions do not multiply the questions. */
static double
repeat_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  guint64 period = repeat_period (step->set, step->order, TRUE);
  guint64 inner = line % repeat_period (step->set, step->order, FALSE);
  guint64 n = (first + width - 1) / period - first / period + 1;

  if (n == 1)
    return conset_step_load (step->children[0], inner, first % period, width);
  return conset_step_load (step->children[0], inner, 0, period) * (double) n;
}

/* Period by period: so many of the places from @first on lie in one. */
static gsize
places_of_period (const ConsetPlaces *places, gsize first, guint64 period)
{
  guint64 number = conset_places_along (places, first) / period;
  gsize k = first + 1;

  while (k < places->n && conset_places_along (places, k) / period == number)
    k++;
  return k - first;
}

static void
repeat_fill_values (ConsetStep *step, const ConsetPlaces *places, double *const *values)
{
  const RepeatNode *self = (const RepeatNode *) step->set;
  gboolean target_major = step->order == CONSET_TARGET_MAJOR;
  guint64 period = target_major ? self->m : self->n;
  guint n_columns = step->set->facts.columns->n;
  ConsetChoice *choice = conset_choice_borrow (step);
  ConsetPlaces child;

  conset_choice_take_all (choice, places);
  child = conset_choice_places (choice, places);
  child.line %= target_major ? self->n : self->m;
  for (gsize from = 0; from < places->n; from += child.n)
    {
      child.n = places_of_period (places, from, period);
      child.offsets = choice->offsets + from;
      child.copies = choice->copies + from;
      child.first = conset_places_along (places, from) % period;
      for (gsize k = from; k < from + child.n; k++)
        choice->offsets[k] = (guint32) (conset_places_along (places, k) % period - child.first);
      conset_step_fill_values (step->children[0], &child, choice->values);
      for (guint c = 0; c < n_columns; c++)
        memcpy (values[c] + from, choice->values[c], child.n * sizeof *values[c]);
    }
  conset_choice_give_back (step, choice);
}

static const ConsetClass conset_repeat_class = {
  .name = "repeat",
  .struct_size = sizeof (RepeatNode),
  .precedence = CONSET_PREC_PRODUCT,
  .print = repeat_print,
  .print_operator = repeat_print_operator,
  .multiplicity = repeat_multiplicity,
  .child_window = repeat_child_window,
  .expected = repeat_expected,
  .share = repeat_share,
  .count = repeat_count,
  .degree_law = repeat_degree_law,
  .thin = repeat_thin,
  .dependence = repeat_dependence,
  .next_line = repeat_next_line,
  .next_along = repeat_next_along,
  .start = repeat_start,
  .stop = repeat_stop,
  .fill = repeat_fill,
  .load = repeat_load,
  .value = repeat_value,
  .fill_values = repeat_fill_values,
};

/* Reducer: if the repeated part lies outside the bounds of the operand, nothing is repeated. */
Conset *
conset_repeat (guint64 m, guint64 n, Conset *set)
{
  Conset *result = conset_absorb ("repeat", &set, NULL);
  ConsetWindow period;
  RepeatNode *self;

  if (result != NULL)
    return result;
  if (m == 0 || n == 0)
    {
      conset_unref (set);
      return conset_error_new ("repeat(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                               "): both periods must be at least 1",
                               m, n);
    }
  if (m > CONSET_INDEX_END || n > CONSET_INDEX_END)
    {
      conset_unref (set);
      return conset_error_new ("repeat(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                               "): a period reaches beyond the largest index, 2^63 - 1; "
                               "use smaller periods",
                               m, n);
    }
  period = conset_window_intersect (&set->facts.bounds, &CONSET_WINDOW (m, n));
  if (conset_is_empty_node (set) || conset_window_is_empty (&period))
    {
      result = conset_columns_empty (set->facts.columns);
      conset_unref (set);
      return result;
    }

  self = conset_node_new (&conset_repeat_class);
  self->m = m;
  self->n = n;
  self->base.facts.max_multiplicity = set->facts.max_multiplicity;
  self->base.facts.density = MAX (1.0, set->facts.density);
  conset_node_adopt (self, set);
  return conset_node_finish (self);
}
