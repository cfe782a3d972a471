/* SPDX-License-Identifier: MIT */
/*
 * Shift: m'(i, j) = m(i - M, j - N), 0 where an argument is negative.
 * Transpose: m'(i, j) = m(j, i).
 *
 * Both hand their tiles on to the operand, aimed at another place, or at a line of the other
 * axis. Order and multiplicity are kept; neither costs more than its operand.
 */
#include "node.h"

#include "choice.h"
#include "columns.h"

#include "thinning.h"

/* {{{ shift */

typedef struct
{
  Conset base;
  gint64 m;
  gint64 n;
} ShiftNode;

static gint64
shift_by (const Conset *set, ConsetOrder order, gboolean along)
{
  const ShiftNode *self = (const ShiftNode *) set;

  return (order == CONSET_TARGET_MAJOR) == along ? self->m : self->n;
}

/* @place moved back by @by: into the operand's axis; ends of the universe stay there. */
static guint64
moved_back (guint64 place, gint64 by)
{
  if (by >= 0)
    return place > (guint64) by ? place - (guint64) by : 0;
  return MIN (place + (0 - (guint64) by), CONSET_INDEX_END);
}

static guint64
moved_on (guint64 place, gint64 by)
{
  if (place >= CONSET_INDEX_END)
    return CONSET_INDEX_END;
  if (by < 0)
    return place > 0 - (guint64) by ? place - (0 - (guint64) by) : 0;
  return MIN (place + (guint64) by, CONSET_INDEX_END);
}

static void
shift_print_operator (const Conset *set, GString *out)
{
  const ShiftNode *self = (const ShiftNode *) set;

  g_string_append_printf (out, "shift(%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")", self->m,
                          self->n);
}

static void
shift_print (const Conset *set, GString *out)
{
  shift_print_operator (set, out);
  g_string_append (out, " * ");
  conset_print (set->children[0], CONSET_PREC_PRODUCT + 1, out);
}

static guint64
shift_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const ShiftNode *self = (const ShiftNode *) set;

  if ((self->m > 0 && source < (guint64) self->m) || (self->n > 0 && target < (guint64) self->n))
    return 0;
  return conset_multiplicity (set->children[0], moved_back (source, self->m),
                              moved_back (target, self->n));
}

static double
shift_value (const Conset *set, guint column, const ConsetPlace *place)
{
  const ShiftNode *self = (const ShiftNode *) set;
  ConsetPlace child = *place;

  child.source = moved_back (place->source, self->m);
  child.target = moved_back (place->target, self->n);
  return conset_node_value (set->children[0], column, &child);
}

static void
shift_child_window (const Conset *set, const ConsetWindow *window, ConsetWindow *child)
{
  const ShiftNode *self = (const ShiftNode *) set;

  *child = (ConsetWindow){
    moved_back (window->source_first, self->m),
    moved_back (window->source_end, self->m),
    moved_back (window->target_first, self->n),
    moved_back (window->target_end, self->n),
  };
}

static double
shift_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetWindow child;

  shift_child_window (set, window, &child);
  return conset_node_expected (set->children[0], &child, census);
}

static double
shift_share (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetWindow child;

  shift_child_window (set, window, &child);
  return conset_node_share (set->children[0], &child, census);
}

static gboolean
shift_count (const Conset *set,
             const ConsetWindow *window,
             ConsetCensus *census,
             ConsetCount *count)
{
  ConsetWindow child;

  shift_child_window (set, window, &child);
  return conset_node_count (set->children[0], &child, census, count);
}

static gboolean
shift_thin (const Conset *set,
            const ConsetWindow *window,
            ConsetDrawn *drawn,
            ConsetThinning *thinning)
{
  const ShiftNode *self = (const ShiftNode *) set;
  ConsetWindow child;

  shift_child_window (set, window, &child);
  if (!conset_node_thin (set->children[0], &child, drawn, thinning))
    return FALSE;
  thinning->candidates = conset_shift (self->m, self->n, thinning->candidates);
  return TRUE;
}

static ConsetDependence
shift_dependence (const Conset *set,
                  const ConsetWindow *window,
                  ConsetOrder order,
                  ConsetDrawn *drawn)
{
  ConsetWindow child;

  shift_child_window (set, window, &child);
  return conset_node_dependence (set->children[0], &child, order, drawn);
}

static gboolean
shift_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  gint64 by = shift_by (set, order, TRUE);

  *law = conset_node_degree_law (set->children[0], order,
                                 moved_back (line, shift_by (set, order, FALSE)),
                                 moved_back (first, by), moved_back (end, by));
  return TRUE;
}

static guint64
shift_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  gint64 by = shift_by (set, order, FALSE);

  return moved_on (conset_node_next_line (set->children[0], order, moved_back (line, by)), by);
}

static guint64
shift_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  gint64 by = shift_by (set, order, TRUE);
  guint64 inner = moved_back (line, shift_by (set, order, FALSE));

  return moved_on (conset_node_next_along (set->children[0], order, inner, moved_back (from, by)),
                   by);
}

/*
 * The bounds of a shift begin where its operand's 0 goes, so that a tile never lies before
 * it; beyond the operand's last index a tile is cut.
 */
static void
shift_fill (ConsetStep *step, ConsetTile *tile)
{
  guint64 line = tile->line, first = tile->first;
  guint64 inner_line = moved_back (line, shift_by (step->set, step->order, FALSE));
  guint64 inner_first = moved_back (first, shift_by (step->set, step->order, TRUE));
  guint32 width = tile->width;

  if (inner_line >= CONSET_INDEX_END || inner_first >= CONSET_INDEX_END)
    return;
  conset_tile_aim (tile, inner_line, inner_first,
                   (guint32) MIN (width, CONSET_INDEX_END - inner_first));
  conset_step_fill (step->children[0], tile);
  tile->line = line;
  tile->first = first;
  conset_tile_widen (tile, first, width);
}

static void
shift_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  gint64 by = shift_by (step->set, step->order, TRUE);
  guint64 line = tile->line, first = tile->first;
  guint64 inner_line = moved_back (line, shift_by (step->set, step->order, FALSE));
  guint64 inner_first = moved_back (first, by);

  if ((by > 0 && first < (guint64) by) || inner_first + tile->width > CONSET_INDEX_END
      || inner_line >= CONSET_INDEX_END)
    {
      conset_step_filter_by_fill (step, tile, mode);
      return;
    }
  tile->line = inner_line;
  tile->first = inner_first;
  conset_step_filter (step->children[0], tile, mode);
  tile->line = line;
  tile->first = first;
}

static double
shift_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  return conset_step_load (step->children[0],
                           moved_back (line, shift_by (step->set, step->order, FALSE)),
                           moved_back (first, shift_by (step->set, step->order, TRUE)), width);
}

/* Places count from the first of them: where those of the parent begin may be below the shift. */
static void
shift_fill_values (ConsetStep *step, const ConsetPlaces *places, double *const *values)
{
  ConsetChoice *choice = conset_choice_borrow (step);
  ConsetPlaces child;
  guint32 least;

  conset_choice_take_all (choice, places);
  child = conset_choice_places (choice, places);
  least = choice->offsets[0];
  child.line = moved_back (places->line, shift_by (step->set, step->order, FALSE));
  child.first = moved_back (places->first + least, shift_by (step->set, step->order, TRUE));
  for (gsize k = 0; k < choice->n; k++)
    choice->offsets[k] -= least;
  conset_step_fill_values (step->children[0], &child, values);
  conset_choice_give_back (step, choice);
}

static const ConsetClass conset_shift_class = {
  .name = "shift",
  .struct_size = sizeof (ShiftNode),
  .precedence = CONSET_PREC_PRODUCT,
  .print = shift_print,
  .print_operator = shift_print_operator,
  .multiplicity = shift_multiplicity,
  .child_window = shift_child_window,
  .expected = shift_expected,
  .share = shift_share,
  .count = shift_count,
  .degree_law = shift_degree_law,
  .thin = shift_thin,
  .dependence = shift_dependence,
  .next_line = shift_next_line,
  .next_along = shift_next_along,
  .fill = shift_fill,
  .filter = shift_filter,
  .load = shift_load,
  .value = shift_value,
  .fill_values = shift_fill_values,
};

static Conset *
shift_beyond (gint64 m, gint64 n, Conset *set)
{
  g_autofree char *operand = conset_describe (set);

  conset_unref (set);
  return conset_error_new ("shift(%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
                           "): operand '%s' would be moved beyond the largest index, 2^63 - 1; "
                           "use a smaller shift",
                           m, n, operand);
}

/* One shift for two that go the same way on both axes; 0 if they do not, or leave the range. */
static gboolean
shifts_add (gint64 a, gint64 b, gint64 *sum)
{
  return (a >= 0) == (b >= 0) && !__builtin_add_overflow (a, b, sum) && *sum != G_MININT64;
}

/* Reducers: a shift by nothing is the set itself; two shifts the same way are one; what is all
 * moved below 0, as everything is by 2^63, is empty. */
Conset *
conset_shift (gint64 m, gint64 n, Conset *set)
{
  Conset *result = conset_absorb ("shift", &set, NULL);
  const ConsetWindow *bounds;
  ConsetWindow moved;
  ShiftNode *self;
  gint64 both_m, both_n;

  if (result != NULL)
    return result;
  if (conset_is_empty_node (set) || (m == 0 && n == 0))
    return set;
  if (set->klass == &conset_shift_class && shifts_add (m, ((const ShiftNode *) set)->m, &both_m)
      && shifts_add (n, ((const ShiftNode *) set)->n, &both_n))
    {
      result = conset_shift (both_m, both_n, conset_ref (set->children[0]));
      conset_unref (set);
      return result;
    }

  bounds = &set->facts.bounds;
  moved = (ConsetWindow){ moved_on (bounds->source_first, m), moved_on (bounds->source_end, m),
                          moved_on (bounds->target_first, n), moved_on (bounds->target_end, n) };
  if ((bounds->source_end < CONSET_INDEX_END && moved.source_end == CONSET_INDEX_END)
      || (bounds->target_end < CONSET_INDEX_END && moved.target_end == CONSET_INDEX_END))
    return shift_beyond (m, n, set);
  if (conset_window_is_empty (&moved) || m == G_MININT64 || n == G_MININT64)
    {
      result = conset_columns_empty (set->facts.columns);
      conset_unref (set);
      return result;
    }
  self = conset_node_new (&conset_shift_class);
  self->m = m;
  self->n = n;
  self->base.facts.bounds = moved;
  self->base.facts.max_multiplicity = set->facts.max_multiplicity;
  self->base.facts.density = set->facts.density;
  conset_node_adopt (self, set);
  return conset_node_finish (self);
}

/* }}} */

/* {{{ transpose */

static void
transpose_print (const Conset *set, GString *out)
{
  g_string_append (out, "transpose * ");
  conset_print (set->children[0], CONSET_PREC_PRODUCT + 1, out);
}

static guint64
transpose_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  return conset_multiplicity (set->children[0], target, source);
}

static double
transpose_value (const Conset *set, guint column, const ConsetPlace *place)
{
  ConsetPlace child = *place;

  child.source = place->target;
  child.target = place->source;
  return conset_node_value (set->children[0], column, &child);
}

static void
transpose_child_window (const Conset *set G_GNUC_UNUSED,
                        const ConsetWindow *window,
                        ConsetWindow *child)
{
  *child = conset_window_transpose (window);
}

static double
transpose_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetWindow child = conset_window_transpose (window);

  return conset_node_expected (set->children[0], &child, census);
}

static double
transpose_share (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetWindow child = conset_window_transpose (window);

  return conset_node_share (set->children[0], &child, census);
}

static gboolean
transpose_count (const Conset *set,
                 const ConsetWindow *window,
                 ConsetCensus *census,
                 ConsetCount *count)
{
  ConsetWindow child = conset_window_transpose (window);

  return conset_node_count (set->children[0], &child, census, count);
}

static gboolean
transpose_thin (const Conset *set,
                const ConsetWindow *window,
                ConsetDrawn *drawn,
                ConsetThinning *thinning)
{
  ConsetWindow child = conset_window_transpose (window);

  if (!conset_node_thin (set->children[0], &child, drawn, thinning))
    return FALSE;
  thinning->candidates = conset_transpose (thinning->candidates);
  return TRUE;
}

static ConsetDependence
transpose_dependence (const Conset *set,
                      const ConsetWindow *window,
                      ConsetOrder order,
                      ConsetDrawn *drawn)
{
  ConsetWindow child = conset_window_transpose (window);

  return conset_node_dependence (set->children[0], &child, conset_order_flip (order), drawn);
}

static gboolean
transpose_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  *law = conset_node_degree_law (set->children[0], conset_order_flip (order), line, first, end);
  return TRUE;
}

static guint64
transpose_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  return conset_node_next_line (set->children[0], conset_order_flip (order), line);
}

static guint64
transpose_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  return conset_node_next_along (set->children[0], conset_order_flip (order), line, from);
}

static void
transpose_fill (ConsetStep *step, ConsetTile *tile)
{
  conset_step_fill (step->children[0], tile);
}

static void
transpose_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  conset_step_filter (step->children[0], tile, mode);
}

static double
transpose_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  return conset_step_load (step->children[0], line, first, width);
}

static void
transpose_fill_values (ConsetStep *step, const ConsetPlaces *places, double *const *values)
{
  ConsetPlaces child = *places;

  child.order = conset_order_flip (places->order);
  conset_step_fill_values (step->children[0], &child, values);
}

static const ConsetClass conset_transpose_class = {
  .name = "transpose",
  .struct_size = sizeof (Conset),
  .precedence = CONSET_PREC_PRODUCT,
  .transposes = TRUE,
  .print = transpose_print,
  .multiplicity = transpose_multiplicity,
  .child_window = transpose_child_window,
  .expected = transpose_expected,
  .share = transpose_share,
  .count = transpose_count,
  .degree_law = transpose_degree_law,
  .thin = transpose_thin,
  .dependence = transpose_dependence,
  .next_line = transpose_next_line,
  .next_along = transpose_next_along,
  .fill = transpose_fill,
  .filter = transpose_filter,
  .load = transpose_load,
  .value = transpose_value,
  .fill_values = transpose_fill_values,
};

/* Reducer: the transpose of a transpose is the set itself. */
Conset *
conset_transpose (Conset *set)
{
  Conset *result = conset_absorb ("transpose", &set, NULL);

  if (result != NULL)
    return result;
  if (conset_is_empty_node (set))
    return set;
  if (set->klass == &conset_transpose_class)
    {
      result = conset_ref (set->children[0]);
      conset_unref (set);
      return result;
    }

  result = conset_node_new (&conset_transpose_class);
  result->facts.bounds = conset_window_transpose (&set->facts.bounds);
  result->facts.max_multiplicity = set->facts.max_multiplicity;
  result->facts.density = set->facts.density;
  conset_node_adopt (result, set);
  return conset_node_finish (result);
}

/* }}} */
