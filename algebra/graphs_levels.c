/* SPDX-License-Identifier: MIT */
/*
 * Levels: { (i, j) : i != j, the levels of i and j lie so far apart }.
 *
 * Members come out ascending, once each, as at most three runs a line, found in O(log levels), or
 * O(1) where levels are equally long.
 */
#include "graphs_levels.h"

#include "graphs_arcs.h"

/* Levels */

void
conset_levels_init_equal (ConsetLevels *levels, guint64 n, guint64 n_levels)
{
  *levels = (ConsetLevels){ n, n_levels, NULL };
}

gboolean
conset_levels_init_sizes (ConsetLevels *levels, const guint64 *sizes, gsize n_levels)
{
  guint64 *starts = g_new (guint64, n_levels + 1);

  starts[0] = 0;
  *levels = (ConsetLevels){ 0, n_levels, starts };
  for (gsize k = 0; k < n_levels; k++)
    {
      if (sizes[k] == 0 || sizes[k] >= CONSET_INDEX_END - starts[k])
        {
          conset_levels_clear (levels);
          return FALSE;
        }
      starts[k + 1] = starts[k] + sizes[k];
    }
  levels->n = starts[n_levels];
  return TRUE;
}

void
conset_levels_clear (ConsetLevels *levels)
{
  g_clear_pointer (&levels->starts, g_free);
}

/* The first node of @level, which may be one past the last. */
static guint64
level_start (const ConsetLevels *levels, guint64 level)
{
  guint64 n_longer = levels->n % levels->n_levels;

  if (levels->starts != NULL)
    return levels->starts[level];
  return level * (levels->n / levels->n_levels) + MIN (level, n_longer);
}

static guint64
level_of (const ConsetLevels *levels, guint64 node)
{
  guint64 size = levels->n / levels->n_levels, n_longer = levels->n % levels->n_levels;
  guint64 first = 0, end = levels->n_levels;

  if (levels->starts == NULL)
    return node < n_longer * (size + 1) ? node / (size + 1) : (node - n_longer) / size;
  while (end - first > 1)
    {
      guint64 middle = first + (end - first) / 2;

      if (levels->starts[middle] <= node)
        first = middle;
      else
        end = middle;
    }
  return first;
}

/* {{{ pairs */

/* Levels apart by least[k] to most[k], ascending. */
typedef struct
{
  Conset base;
  ConsetLevels levels;
  guint n_ranges;
  gint64 least[2];
  gint64 most[2];
} PairsNode;

static void
pairs_finalize (Conset *set)
{
  conset_levels_clear (&((PairsNode *) set)->levels);
}

/* No text of the language, which has no name for it: it is seen where a plan is explained. */
static void
pairs_print (const Conset *set, GString *out)
{
  const PairsNode *self = (const PairsNode *) set;

  if (self->n_ranges == 2)
    g_string_append (out, "<different levels>");
  else if (self->most[0] == CONSET_LEVELS_ABOVE)
    g_string_append_printf (out, "<levels %" G_GINT64_FORMAT " or more apart>", self->least[0]);
  else
    g_string_append_printf (out, "<levels %" G_GINT64_FORMAT " apart>", self->least[0]);
}

static guint64
pairs_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const PairsNode *self = (const PairsNode *) set;
  gint64 apart = (gint64) (level_of (&self->levels, target) - level_of (&self->levels, source));
  gboolean has = FALSE;

  for (guint k = 0; k < self->n_ranges; k++)
    has |= self->least[k] <= apart && apart <= self->most[k];
  return has && source != target;
}

/* The nodes of the levels that lie @least to @most behind @level. */
static ConsetArc
nodes_apart (const ConsetLevels *levels, guint64 level, gint64 least, gint64 most)
{
  __int128 n = levels->n_levels;
  __int128 first = CLAMP ((__int128) level + least, 0, n);
  __int128 last = CLAMP ((__int128) level + most, -1, n - 1);

  if (first > last)
    return (ConsetArc){ 0, 0 };
  return (ConsetArc){ level_start (levels, (guint64) first),
                      level_start (levels, (guint64) last + 1) };
}

/* More levels than this are not counted one by one. */
#define LEVELS_COUNTED 65536

static gboolean
pairs_count (const Conset *set,
             const ConsetWindow *window,
             ConsetCensus *census G_GNUC_UNUSED,
             ConsetCount *count)
{
  const PairsNode *self = (const PairsNode *) set;
  const ConsetLevels *levels = &self->levels;
  guint64 first = MAX (window->source_first, window->target_first);
  guint64 end = MIN (window->source_end, window->target_end);
  guint64 level = level_of (levels, window->source_first);
  guint64 last = level_of (levels, window->source_end - 1);

  *count = 0;
  if (last - level > LEVELS_COUNTED)
    return FALSE;
  for (; level <= last; level++)
    for (guint k = 0; k < self->n_ranges; k++)
      {
        ConsetArc nodes = nodes_apart (levels, level, self->least[k], self->most[k]);
        ConsetWindow part = { level_start (levels, level), level_start (levels, level + 1),
                              nodes.first, nodes.end };

        part = conset_window_intersect (window, &part);
        *count += conset_window_area (&part);
      }
  if (self->n_ranges == 1 && self->least[0] <= 0 && self->most[0] >= 0 && first < end)
    *count -= end - first;
  return TRUE;
}

/* The nodes that @line has pairs with: from a source, targets of levels that lie so far apart, from
 * a target, sources the other way. */
static guint
pairs_arcs (const PairsNode *self, ConsetOrder order, guint64 line, ConsetArc arcs[3])
{
  guint64 level = level_of (&self->levels, line);
  guint n = self->n_ranges;

  for (guint k = 0; k < n; k++)
    if (order == CONSET_SOURCE_MAJOR)
      arcs[k] = nodes_apart (&self->levels, level, self->least[k], self->most[k]);
    else
      arcs[n - 1 - k] = nodes_apart (&self->levels, level, -self->most[k], -self->least[k]);
  return conset_arcs_without (arcs, n, line);
}

static guint64
pairs_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  ConsetArc arcs[3];
  guint n = pairs_arcs ((const PairsNode *) set, order, line, arcs);

  return conset_arcs_next (arcs, n, from);
}

static void
pairs_fill (ConsetStep *step, ConsetTile *tile)
{
  ConsetArc arcs[3];
  guint n = pairs_arcs ((const PairsNode *) step->set, step->order, tile->line, arcs);
  gsize n_runs = 0;

  conset_arcs_append (tile, arcs, n, &n_runs);
  conset_tile_set_runs (tile, n_runs);
}

static const ConsetClass conset_pairs_class = {
  .name = "levels",
  .struct_size = sizeof (PairsNode),
  .precedence = CONSET_PREC_ATOM,
  .finalize = pairs_finalize,
  .print = pairs_print,
  .multiplicity = pairs_multiplicity,
  .count = pairs_count,
  .next_along = pairs_next_along,
  .fill = pairs_fill,
};

static PairsNode *
pairs_new (const ConsetLevels *levels)
{
  PairsNode *self = conset_node_new (&conset_pairs_class);

  self->levels = *levels;
  if (levels->starts != NULL)
    self->levels.starts =
      g_memdup2 (levels->starts, (levels->n_levels + 1) * sizeof *levels->starts);
  self->base.facts.bounds = CONSET_WINDOW (levels->n, levels->n);
  return self;
}

/* The density is that of all of it. Reducer: without pairs it is empty. */
static Conset *
pairs_finish (PairsNode *self)
{
  Conset *set = &self->base;
  ConsetCensus census = CONSET_CENSUS_BRIEF;
  ConsetCount count;

  if (!conset_node_count (set, &set->facts.bounds, &census, &count))
    set->facts.density = self->n_ranges == 1 ? 1.0 / (double) self->levels.n_levels : 1.0;
  else
    set->facts.density = (double) count / (double) conset_window_area (&set->facts.bounds);
  if (set->facts.density > 0.0)
    return conset_node_finish (set);
  conset_unref (set);
  return conset_empty ();
}

Conset *
conset_levels_apart (const ConsetLevels *levels, gint64 least, gint64 most)
{
  PairsNode *self = pairs_new (levels);

  self->n_ranges = 1;
  self->least[0] = least;
  self->most[0] = most;
  return pairs_finish (self);
}

Conset *
conset_levels_other (const ConsetLevels *levels)
{
  PairsNode *self = pairs_new (levels);

  self->n_ranges = 2;
  self->least[0] = CONSET_LEVELS_BELOW;
  self->most[0] = -1;
  self->least[1] = 1;
  self->most[1] = CONSET_LEVELS_ABOVE;
  return pairs_finish (self);
}

/* }}} */
