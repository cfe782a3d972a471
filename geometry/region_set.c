/* SPDX-License-Identifier: MIT */
/*
 * Sets of near pairs: discs, boxes and all other regions.
 *
 * A line is searched once, through the cells of the other side, and its members, ascending, are
 * kept until the next line: tiles are parts of them. Candidates that are fewer than what a search
 * looks at are tested one by one instead.
 *
 * Members come out once each. Cells are those of the geometry, or, where it has no end, or too
 * many positions, cells of the part in the window, which go with the evaluation.
 */
#include "region_set.h"

#include "grid.h"
#include "node.h"
#include "region_batch.h"

#include <math.h>
#include <string.h>

#define BLOCK CONSET_VALUE_BLOCK

/* Positions of lines are found so many at a time, where lines follow one another. */
#define LINES 64

/* @shape: what is printed before the operand
 * @metric: (nullable): what is printed as the operand
 * @share: about the part of all positions that are near one of them */
typedef struct
{
  Conset base;
  ConsetRegion region;
  char *shape;
  ConsetValue *metric;
  ConsetGeometry *sources;
  ConsetGeometry *targets;
  double share;
} RegionNode;

/* @search: its cells are NULL until a line is searched; of the positions from @base on
 * @own: its cells, if they are the step's
 * @ahead: what the line @ahead_line looks at, where that is known
 * @batch: members of some lines, those alone that a sieve has kept if there is one
 * @sifted: whether what was found are those members alone that a sieve keeps
 * @line: of which members were found, and @next the first of them that no tile has had
 * @first_line, @n_lines: lines of which @positions are known */
typedef struct
{
  const ConsetGeometry *across;
  const ConsetGeometry *along;
  ConsetRegionSearch search;
  ConsetCells *own;
  guint64 base;
  ConsetFound found;
  ConsetFound ahead;
  gboolean has_ahead;
  guint64 ahead_line;
  ConsetRegionBatch batch;
  gboolean has_line;
  gboolean sifted;
  guint64 line;
  guint64 first_line;
  gsize n_lines;
  double positions[CONSET_MAX_DIMENSIONS][LINES];
  char how[160];
} RegionState;

static const ConsetGeometry *
region_geometry (const Conset *set, ConsetOrder order, G_GNUC_UNUSED GPtrArray *values)
{
  const RegionNode *self = (const RegionNode *) set;

  return order == CONSET_SOURCE_MAJOR ? self->sources : self->targets;
}

static void
region_finalize (Conset *set)
{
  RegionNode *self = (RegionNode *) set;

  g_free (self->shape);
  g_clear_pointer (&self->metric, conset_value_unref);
  conset_geometry_unref (self->sources);
  conset_geometry_unref (self->targets);
}

static void
region_print (const Conset *set, GString *out)
{
  const RegionNode *self = (const RegionNode *) set;

  g_string_append_printf (out, "%s * ", self->shape);
  if (self->metric != NULL)
    conset_value_print (self->metric, CONSET_VALUE_PREC_UNARY, out);
  else if (self->sources == self->targets)
    conset_geometry_print (self->sources, CONSET_GEOMETRY_PREC_ATOM, out);
  else
    {
      g_string_append_c (out, '(');
      conset_geometry_print (self->sources, CONSET_GEOMETRY_PREC_PRODUCT, out);
      g_string_append (out, ", ");
      conset_geometry_print (self->targets, CONSET_GEOMETRY_PREC_PRODUCT, out);
      g_string_append_c (out, ')');
    }
}

static guint64
region_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const RegionNode *self = (const RegionNode *) set;
  double at[2][CONSET_MAX_DIMENSIONS];

  return conset_geometry_at (self->sources, source, at[0])
         && conset_geometry_at (self->targets, target, at[1])
         && conset_region_has (&self->region, at[0], at[1]);
}

/* {{{ expectation */

#define SAMPLE 64

/* Every position of a sample, of those that count as the geometry's if any of them does; the same
 * one twice if there are fewer. */
static guint64
sample_index (const ConsetGeometry *geometry, guint64 first, guint64 end, guint k)
{
  guint64 last = MIN (end, first < geometry->size ? geometry->size : geometry->end);

  if (first >= last)
    return first;

  return first + (guint64) ((double) (last - first) * ((k + 0.5) / SAMPLE));
}

/* Bounds of the positions [first, end): those of all, or of a sample. FALSE if there is none. */
static gboolean
guess_extent (const ConsetGeometry *geometry, guint64 first, guint64 end, ConsetBox *box)
{
  gboolean any = FALSE;
  double at[CONSET_MAX_DIMENSIONS];

  if (geometry->klass->extent != NULL && first < geometry->size)
    {
      geometry->klass->extent (geometry, box);
      return TRUE;
    }
  for (guint k = 0; k < SAMPLE; k++)
    {
      if (!conset_geometry_at (geometry, sample_index (geometry, first, end, k), at))
        continue;
      for (guint d = 0; d < geometry->n_dimensions; d++)
        {
          box->low[d] = any ? MIN (box->low[d], at[d]) : at[d];
          box->high[d] = any ? MAX (box->high[d], at[d]) : at[d];
        }
      any = TRUE;
    }
  return any;
}

/* The mean share of the sources of @window that are members of one of its targets. */
static double
guess_share (const RegionNode *self, const ConsetWindow *window)
{
  double sum = 0.0, at[CONSET_MAX_DIMENSIONS];
  ConsetBox extent;
  guint n = 0;

  if (!guess_extent (self->sources, window->source_first, window->source_end, &extent))
    return 0.0;
  for (guint k = 0; k < SAMPLE; k++)
    if (conset_geometry_at (
          self->targets, sample_index (self->targets, window->target_first, window->target_end, k),
          at))
      {
        sum += conset_region_share (&self->region, &extent, at, TRUE);
        n++;
      }
  return n > 0 ? sum / n : 0.0;
}

/* A few pairs are counted. */
#define FEW_PAIRS 256.0

static double
region_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census G_GNUC_UNUSED)
{
  const RegionNode *self = (const RegionNode *) set;
  double area = (double) conset_window_area (window), n = 0.0;

  if (area > FEW_PAIRS)
    return area * guess_share (self, window);
  for (guint64 target = window->target_first; target < window->target_end; target++)
    for (guint64 source = window->source_first; source < window->source_end; source++)
      n += (double) region_multiplicity (set, source, target);
  return n;
}

/* }}} */

/* {{{ lines */

static void
region_start (ConsetStep *step)
{
  const RegionNode *self = (const RegionNode *) step->set;
  gboolean target_major = step->order == CONSET_TARGET_MAJOR;
  RegionState *state = g_new0 (RegionState, 1);

  state->across = target_major ? self->targets : self->sources;
  state->along = target_major ? self->sources : self->targets;
  step->state = state;
}

static void
region_stop (ConsetStep *step)
{
  RegionState *state = step->state;

  conset_region_search_clear (&state->search);
  g_clear_pointer (&state->own, conset_cells_free);
  conset_found_clear (&state->found);
  conset_found_clear (&state->ahead);
  conset_region_batch_clear (&state->batch);
  g_free (state);
}

static void
fail_at (ConsetStep *step, const ConsetGeometry *geometry, guint64 index)
{
  g_autofree char *problem = conset_geometry_problem (geometry, index);

  conset_eval_fail (step->eval, CONSET_ERROR_VALUE, "%s: %s",
                    ((const RegionNode *) step->set)->shape, problem);
}

static gboolean
find_cells (ConsetStep *step)
{
  const RegionNode *self = (const RegionNode *) step->set;
  RegionState *state = step->state;
  const ConsetCells *cells;
  g_autoptr (ConsetGeometry) part = NULL;
  g_autoptr (GError) error = NULL;
  guint64 lines[2], along[2];

  conset_window_axes (&step->window, step->order, lines, along);
  if (state->along->size <= CONSET_CELLS_MOST && along[1] <= state->along->size)
    cells = conset_geometry_cells (state->along, &error);
  else
    {
      part = conset_geometry_part (along[0], along[1], conset_geometry_ref (state->along));
      if (conset_geometry_check (part, &error))
        state->own = conset_cells_new (part, &error);
      cells = state->own;
      state->base = along[0];
    }
  if (cells == NULL)
    {
      conset_eval_fail (step->eval, (ConsetError) error->code, "%s: %s", self->shape,
                        error->message);
      return FALSE;
    }
  conset_region_search_init (&state->search, &self->region, cells,
                             step->order == CONSET_TARGET_MAJOR);
  return TRUE;
}

/* The position of a line, found with those that follow where lines do so. */
static gboolean
find_position (ConsetStep *step, guint64 line, double at[CONSET_MAX_DIMENSIONS])
{
  RegionState *state = step->state;
  guint64 lines[2], along[2], wrong;
  ConsetIndices indices = { line, NULL, 1 };

  if (line < state->first_line || line - state->first_line >= state->n_lines)
    {
      double *const xyz[] = { state->positions[0], state->positions[1], state->positions[2] };

      conset_window_axes (&step->window, step->order, lines, along);
      if (state->n_lines > 0 && line == state->first_line + state->n_lines)
        indices.n = MIN (LINES, lines[1] - line);
      if (!conset_geometry_fill (state->across, &indices, xyz, &wrong))
        {
          indices.n = 1;
          if (!conset_geometry_fill (state->across, &indices, xyz, &wrong))
            {
              fail_at (step, state->across, line);
              return FALSE;
            }
        }
      state->first_line = line;
      state->n_lines = indices.n;
    }
  for (guint d = 0; d < state->across->n_dimensions; d++)
    at[d] = state->positions[d][line - state->first_line];
  return TRUE;
}

/* Lines are searched in two steps, so that what the next one needs can be brought near while there
 * is other work with this one: positions that are neighbours stand far apart in memory. */

static void
look_at_line (ConsetStep *step, guint64 line, const double *at)
{
  RegionState *state = step->state;

  if (state->has_ahead && state->ahead_line == line)
    conset_found_swap_runs (&state->found, &state->ahead);
  else
    conset_region_search_look (&state->search, at, &state->found);
  state->has_ahead = FALSE;
}

/* Of a line that is likely to come next. */
static void
look_ahead (ConsetStep *step, guint64 line)
{
  RegionState *state = step->state;
  double at[CONSET_MAX_DIMENSIONS];

  if (line - state->first_line >= state->n_lines || !conset_cells_are_stored (state->search.cells))
    return;
  for (guint d = 0; d < state->across->n_dimensions; d++)
    at[d] = state->positions[d][line - state->first_line];
  conset_region_search_look (&state->search, at, &state->ahead);
  conset_cells_prefetch (state->search.cells, &state->ahead);
  state->has_ahead = TRUE;
  state->ahead_line = line;
}

static void
sort_found (RegionState *state)
{
  conset_found_order_often (&state->found, conset_cells_size (state->search.cells));
  conset_found_sort (&state->found);
}

/* Finds all members of @line. */
static gboolean
search_line (ConsetStep *step, guint64 line)
{
  RegionState *state = step->state;
  double at[CONSET_MAX_DIMENSIONS];

  if (state->has_line && !state->sifted && state->line == line)
    return TRUE;
  state->has_line = FALSE;
  state->sifted = FALSE;
  if ((state->search.cells == NULL && !find_cells (step)) || !find_position (step, line, at))
    return FALSE;
  look_at_line (step, line, at);
  state->found.n = 0;
  conset_region_search_gather (&state->search, at, &state->found, &state->found);
  look_ahead (step, line + 1);
  if (conset_cells_are_stored (state->search.cells))
    sort_found (state);
  state->has_line = TRUE;
  state->line = line;
  return TRUE;
}

/* }}} */

/* {{{ evaluation */

static void
region_fill (ConsetStep *step, ConsetTile *tile)
{
  const RegionState *state = step->state;

  if (search_line (step, tile->line))
    conset_found_to_tile (&state->found, state->base, tile);
}

/* {{{ through a sieve */

/* So many positions are looked at before the sieve has those that are members, in parts of so many
 * runs. */
#define SIFTED 2048
#define SIFTED_RUNS 64

/* What looks at members of a line. */
typedef struct
{
  const ConsetSieve *sieve;
  guint64 line;
  double at[CONSET_MAX_DIMENSIONS];
} Sifting;

/* Moves what is to be looked at next, SIFTED positions at most, from @runs to @part. Returns: of
 * how many runs */
static gsize
take_runs (ConsetRun **runs, const ConsetRun *end, ConsetRun part[SIFTED_RUNS])
{
  guint32 left = SIFTED;
  gsize n = 0;

  for (; *runs < end && left > 0 && n < SIFTED_RUNS; n++)
    {
      guint32 some = MIN (left, (*runs)->end - (*runs)->first);

      part[n] = (ConsetRun){ (*runs)->first, (*runs)->first + some };
      (*runs)->first += some;
      *runs += (*runs)->first == (*runs)->end;
      left -= some;
    }
  return n;
}

/* With the squares of their distances, as many as the nearest cache holds at a time. */
static void
sift_by_steps (RegionState *state, const ConsetRegion *region, const Sifting *sifting)
{
  const ConsetSieve *sieve = sifting->sieve;
  ConsetFound *found = &state->found;
  ConsetRun part[SIFTED_RUNS], *runs = found->runs, *end = runs + found->n_runs;
  guint32 indices[SIFTED + CONSET_WITHIN_SLACK], steps[SIFTED + CONSET_WITHIN_SLACK];

  conset_found_reserve (found, found->n_looked_at + CONSET_WITHIN_SLACK);
  while (runs < end)
    {
      gsize n_runs = take_runs (&runs, end, part);
      gsize n = conset_cells_measure (state->search.cells, part, n_runs, sifting->at,
                                      region->square_low, region->square_below, indices,
                                      CONSET_SIEVE_STEPS / region->square_below, steps);

      found->n += sieve->keep (sieve->data, sifting->line, state->base, indices, steps,
                               region->square_below, n, found->indices + found->n);
    }
}

static void
sift_line (ConsetStep *step, const Sifting *sifting)
{
  const ConsetRegion *region = &((const RegionNode *) step->set)->region;
  RegionState *state = step->state;

  state->found.n = 0;
  look_at_line (step, sifting->line, sifting->at);
  sift_by_steps (state, region, sifting);
  sort_found (state);
}

/* Finds members of @line, and of some of the @n - 1 lines that follow; FALSE on an error. */
static gboolean
find_batch (ConsetStep *step, guint64 line, guint64 n, const ConsetSieve *sieve)
{
  RegionState *state = step->state;
  const double *xyz[CONSET_MAX_DIMENSIONS];
  double at[CONSET_MAX_DIMENSIONS];

  if (!find_position (step, line, at))
    return FALSE;
  conset_found_order_often (&state->batch.kept, conset_cells_size (state->search.cells));
  n = MIN (n, state->first_line + state->n_lines - line);
  for (guint d = 0; d < CONSET_MAX_DIMENSIONS; d++)
    xyz[d] = state->positions[d] + (line - state->first_line);
  conset_region_batch_find (&state->batch, &state->search, sieve, state->base, line, xyz,
                            MIN (n, CONSET_LINES_MOST));
  return TRUE;
}

/* Lines that follow one another are sifted together. */
static void
sift_batch (ConsetStep *step, ConsetTile *tile, const ConsetSieve *sieve)
{
  RegionState *state = step->state;
  ConsetRegionBatch *batch = &state->batch;

  if (!conset_region_batch_has (batch, tile->line))
    {
      guint64 lines[2], along[2], n = 1;

      conset_window_axes (&step->part, step->order, lines, along);
      if (tile->line == batch->line + batch->n_lines && tile->line < lines[1])
        n = lines[1] - tile->line;
      if (!find_batch (step, tile->line, n, sieve))
        return;
    }
  conset_region_batch_tile (batch, state->base, tile);
}

/* Whether what is near is told by the squares of distances. */
static gboolean
region_has_squares (const ConsetRegion *region)
{
  return region->kind == CONSET_REGION_DISTANCE && region->metric == CONSET_METRIC_EUCLID
         && region->square_below < INFINITY;
}

/* Of stored positions. */
static gboolean
region_sift (ConsetStep *step, ConsetTile *tile, const ConsetSieve *sieve)
{
  const RegionNode *self = (const RegionNode *) step->set;
  RegionState *state = step->state;
  Sifting sifting;

  if (!region_has_squares (&self->region))
    return FALSE;
  if (state->search.cells == NULL && !find_cells (step))
    return TRUE;
  if (!conset_cells_are_stored (state->search.cells))
    return FALSE;
  if (sieve->toss != NULL)
    {
      sift_batch (step, tile, sieve);
      return TRUE;
    }
  if (!state->has_line || !state->sifted || state->line != tile->line)
    {
      state->has_line = FALSE;
      sifting.sieve = sieve;
      sifting.line = tile->line;
      if (!find_position (step, tile->line, sifting.at))
        return TRUE;
      sift_line (step, &sifting);
      state->has_line = TRUE;
      state->sifted = TRUE;
      state->line = tile->line;
    }
  conset_found_to_tile (&state->found, state->base, tile);
  return TRUE;
}

/* Members of a line are few if they are so on the average. */
#define FEW 128.0

/* Of stored positions. */
static gboolean
region_fill_lines (
  ConsetStep *step, guint64 line, guint n, const ConsetSieve *sieve, ConsetLines *lines)
{
  const RegionNode *self = (const RegionNode *) step->set;
  RegionState *state = step->state;

  if (sieve != NULL ? !region_has_squares (&self->region)
                    : self->share * (double) MIN (state->along->size, 1e18) > FEW)
    return FALSE;
  if (state->search.cells == NULL && !find_cells (step))
    return TRUE;
  if (!conset_cells_are_stored (state->search.cells))
    return FALSE;
  if (find_batch (step, line, n, sieve))
    conset_region_batch_lines (&state->batch, state->base, lines);
  return TRUE;
}

/* }}} */

/* Which of a block of candidates are members, in @kept; returns how many. Candidates may be more
 * than there are positions. */
static gsize
test_candidates (ConsetStep *step,
                 const ConsetTile *tile,
                 const double *at,
                 gsize from,
                 gsize n,
                 guint32 kept[BLOCK])
{
  const RegionNode *self = (const RegionNode *) step->set;
  const RegionState *state = step->state;
  double x[BLOCK], y[BLOCK], z[BLOCK];
  double *const xyz[] = { x, y, z };
  ConsetIndices indices = { tile->first, tile->list + from, n };
  guint64 wrong;

  while (indices.n > 0 && conset_indices_get (&indices, indices.n - 1) >= state->along->end)
    indices.n--;
  if (!conset_geometry_fill (state->along, &indices, xyz, &wrong))
    {
      fail_at (step, state->along, wrong);
      return 0;
    }
  return conset_region_keep (&self->region, xyz, at, step->order == CONSET_TARGET_MAJOR,
                             indices.offsets, indices.n, kept);
}

static void
filter_one_by_one (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  double at[CONSET_MAX_DIMENSIONS];
  guint32 members[BLOCK];
  gsize kept = 0;

  if (!find_position (step, tile->line, at))
    {
      conset_tile_aim (tile, tile->line, tile->first, tile->width);
      return;
    }
  for (gsize from = 0; from < tile->n && step->eval->error == NULL; from += BLOCK)
    {
      gsize n = MIN (BLOCK, tile->n - from), next = 0;
      gsize n_members = test_candidates (step, tile, at, from, n, members);

      for (gsize k = 0; k < n; k++)
        {
          guint32 offset = tile->list[from + k];
          gboolean is_member = next < n_members && members[next] == offset;

          next += is_member;
          tile->list[kept] = offset;
          kept += is_member == (mode == CONSET_FILTER_KEEP);
        }
    }
  conset_tile_set_list (tile, step->eval->error == NULL ? kept : 0, FALSE);
}

/* A search looks at some more positions than it finds. */
static gboolean
tests_are_cheaper (const ConsetStep *step, const ConsetTile *tile)
{
  const RegionNode *self = (const RegionNode *) step->set;
  const RegionState *state = step->state;

  if (tile->kind != CONSET_TILE_LIST
      || (state->has_line && !state->sifted && state->line == tile->line))
    return FALSE;
  return (double) tile->n <= 16.0 + self->share * (double) MIN (state->along->size, 1e18);
}

static void
region_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  if (tests_are_cheaper (step, tile))
    filter_one_by_one (step, tile, mode);
  else
    conset_step_filter_by_fill (step, tile, mode);
}

/* }}} */

static const char *
region_how (const ConsetStep *step)
{
  const RegionNode *self = (const RegionNode *) step->set;
  RegionState *state = step->state;
  const char *line = step->order == CONSET_TARGET_MAJOR ? "target" : "source";
  const char *others = step->order == CONSET_TARGET_MAJOR ? "sources" : "targets";
  guint64 lines[2], along[2];
  double mean;

  conset_window_axes (&step->window, step->order, lines, along);
  mean = self->share * (double) MIN (state->along->size, along[1]);
  g_snprintf (state->how, sizeof state->how,
              "%s near each %s, found through %s of them; about %.0f", others, line,
              conset_geometry_grid (state->along) != NULL ? "the grid" : "cells", mean);
  return state->how;
}

static const ConsetClass conset_region_class = {
  .name = "region",
  .struct_size = sizeof (RegionNode),
  .precedence = CONSET_PREC_PRODUCT,
  .finalize = region_finalize,
  .geometry = region_geometry,
  .print = region_print,
  .multiplicity = region_multiplicity,
  .expected = region_expected,
  .start = region_start,
  .stop = region_stop,
  .fill = region_fill,
  .fill_lines = region_fill_lines,
  .sift = region_sift,
  .filter = region_filter,
  .how = region_how,
};

Conset *
conset_region_set_new (const ConsetRegion *region,
                       char *shape,
                       ConsetValue *metric,
                       ConsetGeometry *sources,
                       ConsetGeometry *targets)
{
  RegionNode *self = conset_node_new (&conset_region_class);

  self->region = *region;
  self->shape = shape;
  self->metric = metric;
  self->sources = sources;
  self->targets = targets;
  self->base.facts.bounds =
    (ConsetWindow){ 0, conset_geometry_bound (sources), 0, conset_geometry_bound (targets) };
  if (metric != NULL)
    conset_node_note_value (self, metric);
  if (sources->size > 0 && targets->size > 0)
    self->share = guess_share (self, &self->base.facts.bounds);
  self->base.facts.density = CLAMP (self->share, 1e-9, 1.0);
  return conset_node_finish (self);
}
