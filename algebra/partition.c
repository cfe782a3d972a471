/* SPDX-License-Identifier: MIT */
/*
 * Parts: m'(i, j) = m(i, j) where a mask has (i, j), else 0; and the masks of ranks.
 *
 * The set is filled, and its members are kept where the mask has them, with all their
 * repetitions. Members come out ascending, with multiplicity. A set without multapses needs
 * no node of this kind: its part is an intersection.
 */
#include <conset/intervals.h>
#include <conset/partition.h>

#include "columns.h"
#include "thinning.h"

/* {{{ restriction */

static void
restriction_print (const Conset *set, GString *out)
{
  g_string_append (out, "partition(");
  conset_print (set->children[0], CONSET_PREC_UNION, out);
  g_string_append (out, ", [");
  conset_print (set->children[1], CONSET_PREC_UNION, out);
  g_string_append (out, "], 0)");
}

static guint64
restriction_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  if (!conset_contains (set->children[1], source, target))
    return 0;
  return conset_multiplicity (set->children[0], source, target);
}

static double
restriction_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  return conset_node_expected (set->children[0], window, census)
         * conset_node_share (set->children[1], window, census);
}

/* Closed where the mask has all of the window, or nothing. */
static gboolean
restriction_count (const Conset *set,
                   const ConsetWindow *window,
                   ConsetCensus *census,
                   ConsetCount *count)
{
  const Conset *mask = set->children[1];

  if (mask->facts.max_multiplicity > 1 || !conset_node_count (mask, window, census, count))
    return FALSE;
  if (*count == conset_window_area (window))
    return conset_node_count (set->children[0], window, census, count);
  return *count == 0;
}

/* The law of the set, where the mask leaves a stretch of the line. */
static gboolean
restriction_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  const Conset *mask = set->children[1];

  if (mask->facts.random || mask->facts.max_multiplicity > 1
      || !conset_mask_narrow (mask, order, line, &first, &end))
    return FALSE;
  *law = conset_node_degree_law (set->children[0], order, line, first, end);
  return TRUE;
}

static guint64
restriction_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  line = conset_node_next_line (set->children[1], order, line);
  return line < CONSET_INDEX_END ? conset_node_next_line (set->children[0], order, line) : line;
}

static guint64
restriction_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  from = conset_node_next_along (set->children[1], order, line, from);
  return from < CONSET_INDEX_END ? conset_node_next_along (set->children[0], order, line, from)
                                 : from;
}

/* Keeps of a list with repetitions what @kept, a list without any, has. */
static void
keep_repeated (ConsetTile *tile, const ConsetTile *kept)
{
  gsize n = 0, at = 0;
  gboolean repeated = FALSE;

  for (gsize k = 0; k < tile->n && at < kept->n; k++)
    {
      guint32 offset = tile->list[k];

      while (at < kept->n && kept->list[at] < offset)
        at++;
      if (at == kept->n || kept->list[at] != offset)
        continue;
      repeated |= n > 0 && tile->list[n - 1] == offset;
      tile->list[n++] = offset;
    }
  conset_tile_set_list (tile, n, repeated);
}

static void
restriction_start (ConsetStep *step)
{
  step->cost = conset_step_cost (step->children[0]);
}

static double
restriction_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  return conset_step_load (step->children[0], line, first, width);
}

static void
restriction_fill (ConsetStep *step, ConsetTile *tile)
{
  ConsetTile *kept;

  conset_step_fill (step->children[0], tile);
  if (!tile->repeated)
    {
      conset_step_filter (step->children[1], tile, CONSET_FILTER_KEEP);
      return;
    }
  kept = conset_eval_borrow (step->eval);
  conset_tile_copy (kept, tile);
  conset_tile_to_set (kept);
  conset_step_filter (step->children[1], kept, CONSET_FILTER_KEEP);
  conset_tile_to_list (kept);
  keep_repeated (tile, kept);
  conset_eval_give_back (step->eval, kept);
}

/* Candidates stand once each, so that what is left of them does too. */
static void
restriction_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  if (mode == CONSET_FILTER_DROP)
    conset_step_filter_by_fill (step, tile, mode);
  else
    {
      conset_step_filter (step->children[1], tile, mode);
      conset_step_filter (step->children[0], tile, mode);
    }
}

static const ConsetClass conset_restriction_class = {
  .name = "partition",
  .struct_size = sizeof (Conset),
  .roles = CONSET_ROLES_INTERSECTION,
  .precedence = CONSET_PREC_ATOM,
  .print = restriction_print,
  .multiplicity = restriction_multiplicity,
  .expected = restriction_expected,
  .count = restriction_count,
  .degree_law = restriction_degree_law,
  .dependence = conset_children_dependence,
  .next_line = restriction_next_line,
  .next_along = restriction_next_along,
  .start = restriction_start,
  .load = restriction_load,
  .fill = restriction_fill,
  .filter = restriction_filter,
};

/*
 * Reducers: of a set without multapses it is the intersection; two restrictions are one, by
 * what both masks have; where the bounds do not meet, it is empty. Consumes both.
 */
static Conset *
restrict_to (Conset *mask, Conset *set)
{
  ConsetWindow bounds = conset_window_intersect (&set->facts.bounds, &mask->facts.bounds);
  Conset *self;

  if (set->facts.max_multiplicity <= 1 || conset_error_message (mask) != NULL)
    return conset_intersect (set, mask);
  if (set->klass == &conset_restriction_class)
    {
      self = restrict_to (conset_intersect (conset_ref (set->children[1]), mask),
                          conset_ref (set->children[0]));
      conset_unref (set);
      return self;
    }
  if (conset_is_empty_node (mask) || conset_window_is_empty (&bounds))
    {
      self = conset_columns_empty (set->facts.columns);
      conset_unref (mask);
      conset_unref (set);
      return self;
    }

  self = conset_node_new (&conset_restriction_class);
  self->facts.bounds = bounds;
  self->facts.max_multiplicity = set->facts.max_multiplicity;
  self->facts.density = MIN (set->facts.density, mask->facts.density);
  conset_node_adopt (self, set);
  conset_node_adopt (self, mask);
  return conset_node_finish (self);
}

/* }}} */

/* {{{ masks */

#define OTHER_PAIRS 4096

static void
masks_unref (Conset **masks, guint n_masks, guint except)
{
  for (guint k = 0; k < n_masks; k++)
    if (k != except)
      conset_unref (masks[k]);
}

/* The error to return where an operand is NULL or an error; all others are then released. Of
 * one reference given for two masks there is one too few, which conset_absorb() mends. */
static Conset *
masks_absorb (Conset **masks, guint n_masks, Conset *set)
{
  Conset *error = conset_absorb ("partition", &set, NULL);

  if (error != NULL)
    {
      for (guint k = 0; k < n_masks; k++)
        if (masks[k] != NULL)
          conset_unref (masks[k]);
      return error;
    }
  for (guint k = 0; k < n_masks; k++)
    {
      error = conset_absorb ("partition", &set, &masks[k]);
      if (error == NULL)
        continue;
      for (guint l = 0; l < n_masks; l++)
        if (l != k && masks[l] != NULL)
          conset_unref (masks[l]);
      return error;
    }
  for (guint k = 0; k < n_masks; k++)
    for (guint l = k + 1; l < n_masks; l++)
      if (masks[k] == masks[l])
        conset_absorb ("partition", &masks[k], &masks[l]);
  return NULL;
}

/* Whether a closed form says that two masks share a pair of @window. */
static gboolean
masks_overlap (const Conset *a, const Conset *b, const ConsetWindow *window)
{
  ConsetCensus census = CONSET_CENSUS_BRIEF;
  ConsetWindow bounds = conset_window_intersect (&a->facts.bounds, &b->facts.bounds);
  g_autoptr (Conset) both = NULL;
  ConsetCount count;

  bounds = conset_window_intersect (&bounds, window);
  if (conset_window_is_empty (&bounds))
    return FALSE;
  both = conset_intersect (conset_ref (a), conset_ref (b));
  return conset_check (both, NULL) && conset_node_count (both, &bounds, &census, &count)
         && count > 0;
}

static Conset *
overlap_error (Conset **masks, guint k, guint l, guint selected)
{
  g_autofree char *one = conset_describe (masks[k]);
  g_autofree char *other = conset_describe (masks[l]);

  return conset_error_new ("partition(selected=%u): masks %u, '%s', and %u, '%s', overlap; "
                           "take the one from the other",
                           selected, k, one, l, other);
}

/* An error if masks are seen to overlap in the bounds of @set, else NULL. */
static Conset *
masks_check (Conset **masks, guint n_masks, guint selected, const Conset *set)
{
  const ConsetWindow *window = &set->facts.bounds;
  guint left = OTHER_PAIRS;

  for (guint k = 0; k < n_masks; k++)
    if (masks[k]->facts.columns != NULL)
      return conset_columns_refuse ("partition", masks[k]);
  for (guint k = 0; k < n_masks; k++)
    if (k != selected && masks_overlap (masks[selected], masks[k], window))
      return overlap_error (masks, MIN (k, selected), MAX (k, selected), selected);
  for (guint k = 0; k < n_masks; k++)
    for (guint l = k + 1; l < n_masks && left > 0; l++, left--)
      if (k != selected && l != selected && masks_overlap (masks[k], masks[l], window))
        return overlap_error (masks, k, l, selected);
  return NULL;
}

Conset *
conset_partition (Conset **masks, guint n_masks, guint selected, Conset *set)
{
  Conset *error;

  g_return_val_if_fail (n_masks == 0 || masks != NULL, set);

  error = masks_absorb (masks, n_masks, set);
  if (error != NULL)
    return error;
  if (selected >= n_masks)
    error = conset_error_new ("partition(selected=%u): of %u masks there is none of this number; "
                              "give a mask for each part, and count them from 0",
                              selected, n_masks);
  else
    error = masks_check (masks, n_masks, selected, set);
  masks_unref (masks, n_masks, error == NULL ? selected : n_masks);
  if (error == NULL)
    return restrict_to (masks[selected], set);
  conset_unref (set);
  return error;
}

/* }}} */

/* {{{ ranks */

/* How a set is split: as the text language writes it. */
typedef struct
{
  const char *name;
  gboolean targets;
  gboolean contiguous;
} Split;

static Conset *
split_error (const Split *split, guint64 rank, guint64 n_ranks, const char *fault)
{
  return conset_error_new ("%s(rank=%" G_GUINT64_FORMAT ", parts=%" G_GUINT64_FORMAT "%s): %s",
                           split->name, rank, n_ranks, split->contiguous ? ", contiguous=True" : "",
                           fault);
}

/* NULL if there is such a rank, else the error to return; @set is then released. */
static Conset *
rank_absorb (const Split *split, Conset **set, guint64 rank, guint64 n_ranks)
{
  Conset *error = conset_absorb (split->name, set, NULL);

  if (error != NULL || rank < n_ranks)
    return error;
  conset_unref (*set);
  return split_error (split, rank, n_ranks,
                      "rank must be below the number of parts; the first one is 0");
}

/* The part of @set whose targets, or else sources, are in @indices. */
static Conset *
restrict_axis (Conset *set, gboolean targets, ConsetIntervals *indices)
{
  ConsetIntervals *all = conset_intervals_all ();

  return restrict_to (targets ? conset_cross (all, indices) : conset_cross (indices, all), set);
}

static Conset *
split_round_robin (const char *name, Conset *set, gboolean targets, guint64 rank, guint64 n_ranks)
{
  const Split split = { name, targets, FALSE };
  Conset *error = rank_absorb (&split, &set, rank, n_ranks);

  if (error != NULL || n_ranks == 1)
    return error != NULL ? error : set;
  return restrict_axis (set, targets, conset_intervals_range (rank, CONSET_INDEX_END, n_ranks));
}

/* The first @rank of @n_ranks ranges of @length have so many indices. */
static guint64
block_start (guint64 length, guint64 rank, guint64 n_ranks)
{
  return rank * (length / n_ranks) + MIN (rank, length % n_ranks);
}

/* Consumes @set. */
static Conset *
unbounded_error (const Split *split, Conset *set, guint64 rank, guint64 n_ranks)
{
  g_autofree char *operand = conset_describe (set);
  g_autofree char *fault =
    g_strdup_printf ("operand '%s' has unbounded %s; intersect it with cross(...) first", operand,
                     split->targets ? "targets" : "sources");

  conset_unref (set);
  return split_error (split, rank, n_ranks, fault);
}

static Conset *
split_block (const char *name, Conset *set, gboolean targets, guint64 rank, guint64 n_ranks)
{
  const Split split = { name, targets, TRUE };
  Conset *error = rank_absorb (&split, &set, rank, n_ranks);
  guint64 lines[2], along[2], length;

  if (error != NULL || conset_is_empty_node (set))
    return error != NULL ? error : set;
  conset_window_axes (&set->facts.bounds, targets ? CONSET_TARGET_MAJOR : CONSET_SOURCE_MAJOR,
                      lines, along);
  if (lines[1] >= CONSET_INDEX_END)
    return unbounded_error (&split, set, rank, n_ranks);
  length = lines[1] - lines[0];
  return restrict_axis (set, targets,
                        conset_intervals_range (lines[0] + block_start (length, rank, n_ranks),
                                                lines[0] + block_start (length, rank + 1, n_ranks),
                                                1));
}

Conset *
conset_split_targets_round_robin (Conset *set, guint64 rank, guint64 n_ranks)
{
  return split_round_robin ("splitTargets", set, TRUE, rank, n_ranks);
}

Conset *
conset_split_sources_round_robin (Conset *set, guint64 rank, guint64 n_ranks)
{
  return split_round_robin ("splitSources", set, FALSE, rank, n_ranks);
}

Conset *
conset_split_targets_block (Conset *set, guint64 rank, guint64 n_ranks)
{
  return split_block ("splitTargets", set, TRUE, rank, n_ranks);
}

Conset *
conset_split_sources_block (Conset *set, guint64 rank, guint64 n_ranks)
{
  return split_block ("splitSources", set, FALSE, rank, n_ranks);
}

Conset *
conset_partition_for_rank (Conset *set, guint64 rank, guint64 n_ranks)
{
  const Split split = { "partitionForRank", TRUE, FALSE };
  Conset *error = rank_absorb (&split, &set, rank, n_ranks);
  ConsetWindow part, bounds;

  if (error != NULL || n_ranks == 1 || conset_is_empty_node (set))
    return error != NULL ? error : set;
  if (set->facts.bounds.target_end >= CONSET_INDEX_END)
    return unbounded_error (&split, set, rank, n_ranks);
  bounds = set->facts.bounds;
  conset_rank_window (set, &bounds, CONSET_TARGET_MAJOR, rank, n_ranks, &part, NULL);
  return restrict_axis (set, TRUE, conset_intervals_range (part.target_first, part.target_end, 1));
}

/* }}} */
