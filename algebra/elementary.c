/* SPDX-License-Identifier: MIT */
/*
 * Elementary sets: { }, every pair, { (i, j) : i in S, j in T }, and the diagonal
 * { (i, i) : i in S }.
 *
 * Members come out ascending, once each. A tile costs O(runs in it) for a cross product and
 * O(1) for the others. Intersections among these fold into one of them.
 */
#include "node.h"

#include "columns.h"
#include "intervals.h"
#include "value.h"

#include <string.h>

/* {{{ empty */

/* What values an empty set has does not matter, but how many there are does. */
static void
empty_print (const Conset *set, GString *out)
{
  const ConsetColumns *columns = set->facts.columns;

  if (columns == NULL)
    {
      g_string_append (out, "empty");
      return;
    }
  g_string_append (out, "cset(empty");
  for (guint k = 0; k < columns->n; k++)
    {
      g_string_append_printf (out, ", %s%s", columns->names[k] != NULL ? columns->names[k] : "",
                              columns->names[k] != NULL ? "=" : "");
      conset_quantity_print (0.0, columns->units[k], out);
    }
  g_string_append_c (out, ')');
}

static guint64
empty_multiplicity (const Conset *set G_GNUC_UNUSED,
                    guint64 source G_GNUC_UNUSED,
                    guint64 target G_GNUC_UNUSED)
{
  return 0;
}

static const ConsetClass conset_empty_class = {
  .name = "empty",
  .struct_size = sizeof (Conset),
  .precedence = CONSET_PREC_ATOM,
  .print = empty_print,
  .multiplicity = empty_multiplicity,
};

Conset *
conset_empty (void)
{
  Conset *set = conset_node_new (&conset_empty_class);

  set->facts.bounds = CONSET_WINDOW (0, 0);
  set->facts.max_multiplicity = 0;
  set->facts.density = 0.0;
  return set;
}

/* }}} */

/* {{{ full */

static void
full_print (const Conset *set G_GNUC_UNUSED, GString *out)
{
  g_string_append (out, "full");
}

static guint64
full_multiplicity (const Conset *set G_GNUC_UNUSED,
                   guint64 source G_GNUC_UNUSED,
                   guint64 target G_GNUC_UNUSED)
{
  return 1;
}

static gboolean
full_count (const Conset *set G_GNUC_UNUSED,
            const ConsetWindow *window,
            ConsetCensus *census G_GNUC_UNUSED,
            ConsetCount *count)
{
  *count = conset_window_area (window);
  return TRUE;
}

static Conset *
full_meet (const Conset *a G_GNUC_UNUSED, const Conset *b)
{
  return b->facts.max_multiplicity == 1 ? conset_ref (b) : NULL;
}

static void
full_fill (ConsetStep *step G_GNUC_UNUSED, ConsetTile *tile)
{
  tile->kind = CONSET_TILE_FULL;
}

static void
full_filter (ConsetStep *step G_GNUC_UNUSED, ConsetTile *tile, ConsetFilter mode)
{
  if (mode == CONSET_FILTER_DROP)
    conset_tile_aim (tile, tile->line, tile->first, tile->width);
}

static const ConsetClass conset_full_class = {
  .name = "full",
  .struct_size = sizeof (Conset),
  .precedence = CONSET_PREC_ATOM,
  .print = full_print,
  .multiplicity = full_multiplicity,
  .count = full_count,
  .meet = full_meet,
  .fill = full_fill,
  .filter = full_filter,
};

Conset *
conset_full (void)
{
  return conset_node_new (&conset_full_class);
}

/* }}} */

/* {{{ cross product */

typedef struct
{
  Conset base;
  ConsetIntervals *sources;
  ConsetIntervals *targets;
} CrossNode;

static Conset *cross_meet (const Conset *a, const Conset *b);

static void
cross_finalize (Conset *set)
{
  CrossNode *self = (CrossNode *) set;

  conset_intervals_unref (self->sources);
  conset_intervals_unref (self->targets);
}

static void
cross_print (const Conset *set, GString *out)
{
  const CrossNode *self = (const CrossNode *) set;

  g_string_append (out, "cross(");
  conset_intervals_print (self->sources, out);
  g_string_append (out, ", ");
  conset_intervals_print (self->targets, out);
  g_string_append_c (out, ')');
}

static guint64
cross_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const CrossNode *self = (const CrossNode *) set;

  return conset_intervals_contains (self->sources, source)
         && conset_intervals_contains (self->targets, target);
}

static gboolean
cross_count (const Conset *set,
             const ConsetWindow *window,
             ConsetCensus *census G_GNUC_UNUSED,
             ConsetCount *count)
{
  const CrossNode *self = (const CrossNode *) set;

  *count =
    (ConsetCount) conset_intervals_count (self->sources, window->source_first, window->source_end)
    * conset_intervals_count (self->targets, window->target_first, window->target_end);
  return TRUE;
}

/* The index set along the lines of @order, or across them. */
static const ConsetIntervals *
cross_axis (const Conset *set, ConsetOrder order, gboolean along)
{
  const CrossNode *self = (const CrossNode *) set;

  return (order == CONSET_TARGET_MAJOR) == along ? self->sources : self->targets;
}

static guint64
cross_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  return conset_intervals_next (cross_axis (set, order, FALSE), line);
}

static guint64
cross_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  if (!conset_intervals_contains (cross_axis (set, order, FALSE), line))
    return CONSET_INDEX_END;
  return conset_intervals_next (cross_axis (set, order, TRUE), from);
}

#define RUNS_AT_ONCE 256

/* Runs as long as there are few of them, else a bitmap where the tile can be one. */
static void
cross_fill (ConsetStep *step, ConsetTile *tile)
{
  const ConsetIntervals *along = cross_axis (step->set, step->order, TRUE);
  guint64 from = tile->first, end = tile->first + tile->width;
  gsize n = 0;

  if (!conset_intervals_contains (cross_axis (step->set, step->order, FALSE), tile->line))
    return;
  while (from < end)
    {
      guint64 runs[RUNS_AT_ONCE][2];
      gsize some = conset_intervals_next_runs (along, &from, end, runs, RUNS_AT_ONCE);
      ConsetRun *to = conset_tile_reserve_runs (tile, n + some) + n;

      for (gsize k = 0; k < some; k++)
        to[k] =
          (ConsetRun){ (guint32) (runs[k][0] - tile->first), (guint32) (runs[k][1] - tile->first) };
      n += some;
    }
  conset_tile_set_runs (tile, n);
  if (n > RUNS_AT_ONCE && tile->width <= CONSET_TILE_BITMAP_WIDTH)
    conset_tile_to_bitmap (tile);
}

static void
cross_sides (const Conset *set, const ConsetIntervals **sources, const ConsetIntervals **targets)
{
  *sources = ((const CrossNode *) set)->sources;
  *targets = ((const CrossNode *) set)->targets;
}

static const ConsetClass conset_cross_class = {
  .name = "cross",
  .struct_size = sizeof (CrossNode),
  .precedence = CONSET_PREC_ATOM,
  .finalize = cross_finalize,
  .print = cross_print,
  .multiplicity = cross_multiplicity,
  .count = cross_count,
  .sides = cross_sides,
  .meet = cross_meet,
  .next_line = cross_next_line,
  .next_along = cross_next_along,
  .fill = cross_fill,
};

static Conset *
cross_error (ConsetIntervals *sources, ConsetIntervals *targets)
{
  g_autoptr (ConsetIntervals) fault = conset_intervals_absorb (sources, targets, "cross");
  const char *message = fault != NULL ? conset_intervals_error (fault) : NULL;

  if (message == NULL)
    return NULL;
  if (g_str_has_prefix (message, "cross: "))
    return conset_error_new ("%s", message);
  return conset_error_new ("cross: %s", message);
}

/* Reducers: an empty side makes it empty; all by all is full. */
Conset *
conset_cross (ConsetIntervals *sources, ConsetIntervals *targets)
{
  Conset *error = cross_error (sources, targets);
  gboolean empty, full;
  CrossNode *self;

  if (error != NULL)
    return error;
  empty = conset_intervals_is_empty (sources) || conset_intervals_is_empty (targets);
  full = conset_intervals_is_all (sources) && conset_intervals_is_all (targets);
  if (empty || full)
    {
      conset_intervals_unref (sources);
      conset_intervals_unref (targets);
      return empty ? conset_empty () : conset_full ();
    }

  self = conset_node_new (&conset_cross_class);
  self->sources = sources;
  self->targets = targets;
  self->base.facts.bounds = (ConsetWindow){
    conset_intervals_first (sources),
    conset_intervals_end (sources),
    conset_intervals_first (targets),
    conset_intervals_end (targets),
  };
  return conset_node_finish (self);
}

Conset *
conset_cross_n (guint64 n_sources, guint64 n_targets)
{
  return conset_cross (conset_intervals_range (0, n_sources, 1),
                       conset_intervals_range (0, n_targets, 1));
}

/* }}} */

/* {{{ diagonal: one-to-one, and what cross products leave of it */

typedef struct
{
  Conset base;
  ConsetIntervals *indices;
} DiagonalNode;

static Conset *diagonal_meet (const Conset *a, const Conset *b);

static void
diagonal_finalize (Conset *set)
{
  conset_intervals_unref (((DiagonalNode *) set)->indices);
}

/* Without limits it is oneToOne; otherwise the text folds into the same node when read. */
static void
diagonal_print (const Conset *set, GString *out)
{
  const DiagonalNode *self = (const DiagonalNode *) set;

  g_string_append (out, "cross(");
  conset_intervals_print (self->indices, out);
  g_string_append (out, ", N) * oneToOne");
}

static void
one_to_one_print (const Conset *set G_GNUC_UNUSED, GString *out)
{
  g_string_append (out, "oneToOne");
}

static guint64
diagonal_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  return source == target
         && conset_intervals_contains (((const DiagonalNode *) set)->indices, source);
}

static gboolean
diagonal_count (const Conset *set,
                const ConsetWindow *window,
                ConsetCensus *census G_GNUC_UNUSED,
                ConsetCount *count)
{
  guint64 first = MAX (window->source_first, window->target_first);
  guint64 end = MIN (window->source_end, window->target_end);

  *count =
    first < end ? conset_intervals_count (((const DiagonalNode *) set)->indices, first, end) : 0;
  return TRUE;
}

static guint64
diagonal_next_line (const Conset *set, ConsetOrder order G_GNUC_UNUSED, guint64 line)
{
  return conset_intervals_next (((const DiagonalNode *) set)->indices, line);
}

static guint64
diagonal_next_along (const Conset *set, ConsetOrder order G_GNUC_UNUSED, guint64 line, guint64 from)
{
  return from <= line && diagonal_multiplicity (set, line, line) ? line : CONSET_INDEX_END;
}

static void
diagonal_fill (ConsetStep *step, ConsetTile *tile)
{
  if (tile->line < tile->first || tile->line - tile->first >= tile->width
      || !diagonal_multiplicity (step->set, tile->line, tile->line))
    return;
  *conset_tile_reserve_list (tile, 1) = (guint32) (tile->line - tile->first);
  conset_tile_set_list (tile, 1, FALSE);
}

static const ConsetClass conset_one_to_one_class = {
  .name = "oneToOne",
  .struct_size = sizeof (DiagonalNode),
  .precedence = CONSET_PREC_ATOM,
  .finalize = diagonal_finalize,
  .print = one_to_one_print,
  .multiplicity = diagonal_multiplicity,
  .count = diagonal_count,
  .meet = diagonal_meet,
  .next_line = diagonal_next_line,
  .next_along = diagonal_next_along,
  .fill = diagonal_fill,
};

static const ConsetClass conset_diagonal_class = {
  .name = "diagonal",
  .struct_size = sizeof (DiagonalNode),
  .precedence = CONSET_PREC_PRODUCT,
  .finalize = diagonal_finalize,
  .print = diagonal_print,
  .multiplicity = diagonal_multiplicity,
  .count = diagonal_count,
  .meet = diagonal_meet,
  .next_line = diagonal_next_line,
  .next_along = diagonal_next_along,
  .fill = diagonal_fill,
};

static Conset *
diagonal_new (ConsetIntervals *indices)
{
  const char *fault = conset_intervals_error (indices);
  gboolean all = conset_intervals_is_all (indices);
  DiagonalNode *self;
  guint64 first, end;

  if (fault != NULL || conset_intervals_is_empty (indices))
    {
      Conset *set = fault != NULL ? conset_error_new ("intersect: %s", fault) : conset_empty ();

      conset_intervals_unref (indices);
      return set;
    }
  first = conset_intervals_first (indices);
  end = conset_intervals_end (indices);
  self = conset_node_new (all ? &conset_one_to_one_class : &conset_diagonal_class);
  self->indices = indices;
  self->base.facts.bounds = (ConsetWindow){ first, end, first, end };
  self->base.facts.density = 0.0;
  return conset_node_finish (self);
}

Conset *
conset_one_to_one (void)
{
  return diagonal_new (conset_intervals_all ());
}

/* }}} */

/* {{{ meetings */

static gboolean
is_diagonal (const Conset *set)
{
  return set->klass == &conset_one_to_one_class || set->klass == &conset_diagonal_class;
}

static ConsetIntervals *
common (const ConsetIntervals *a, const ConsetIntervals *b)
{
  return conset_intervals_intersect (conset_intervals_ref (a), conset_intervals_ref (b));
}

/* Patterns of steps may be too many to fold, though they can still be evaluated apart. */
static Conset *
unless_error (Conset *set)
{
  if (conset_check (set, NULL))
    return set;
  conset_unref (set);
  return NULL;
}

/* (S x T) * (S' x T') = (S * S') x (T * T'). */
static Conset *
cross_meet (const Conset *a, const Conset *b)
{
  const CrossNode *left = (const CrossNode *) a, *right = (const CrossNode *) b;

  if (b->klass != &conset_cross_class)
    return NULL;
  return unless_error (
    conset_cross (common (left->sources, right->sources), common (left->targets, right->targets)));
}

/* The diagonal of D meets S x T in that of D * S * T, and the diagonal of D' in that of D * D'. */
static Conset *
diagonal_meet (const Conset *a, const Conset *b)
{
  const ConsetIntervals *indices = ((const DiagonalNode *) a)->indices;

  if (is_diagonal (b))
    return unless_error (diagonal_new (common (indices, ((const DiagonalNode *) b)->indices)));
  if (b->klass == &conset_cross_class)
    {
      const CrossNode *cross = (const CrossNode *) b;
      ConsetIntervals *both = common (cross->sources, cross->targets);

      both = conset_intervals_intersect (both, conset_intervals_ref (indices));
      return unless_error (diagonal_new (both));
    }
  return NULL;
}

/* }}} */
