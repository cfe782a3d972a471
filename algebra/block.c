/* SPDX-License-Identifier: MIT */
/*
 * Block: m'(i, j) = m(i div M, j div N).
 *
 * Every member of the operand becomes M x N members; multiplicity is kept, and they come out
 * ascending. A tile is made by widening a tile of the operand; since N neighbouring lines
 * are the same, the last one made is kept. A short list of candidates is filtered by
 * filtering the list of their blocks.
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
} BlockNode;

/* @made is the line of blocks at @made->line, a line of the operand. */
typedef struct
{
  ConsetTile *operand;
  ConsetTile *made;
} BlockState;

static guint64
block_size (const Conset *set, ConsetOrder order, gboolean along)
{
  const BlockNode *self = (const BlockNode *) set;

  return (order == CONSET_TARGET_MAJOR) == along ? self->m : self->n;
}

static void
block_print_operator (const Conset *set, GString *out)
{
  const BlockNode *self = (const BlockNode *) set;

  g_string_append_printf (out, "block(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")", self->m,
                          self->n);
}

static void
block_print (const Conset *set, GString *out)
{
  block_print_operator (set, out);
  g_string_append (out, " * ");
  conset_print (set->children[0], CONSET_PREC_PRODUCT + 1, out);
}

static guint64
block_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const BlockNode *self = (const BlockNode *) set;

  return conset_multiplicity (set->children[0], source / self->m, target / self->n);
}

static double
block_value (const Conset *set, guint column, const ConsetPlace *place)
{
  const BlockNode *self = (const BlockNode *) set;
  ConsetPlace child = *place;

  child.source /= self->m;
  child.target /= self->n;
  return conset_node_value (set->children[0], column, &child);
}

static void
block_child_window (const Conset *set, const ConsetWindow *window, ConsetWindow *child)
{
  const BlockNode *self = (const BlockNode *) set;

  *child = (ConsetWindow){
    window->source_first / self->m,
    (window->source_end - 1) / self->m + 1,
    window->target_first / self->n,
    (window->target_end - 1) / self->n + 1,
  };
}

static void
block_spans (const Conset *set, const ConsetWindow *window, ConsetSpans spans[2])
{
  const BlockNode *self = (const BlockNode *) set;

  conset_spans_of_blocks (&spans[0], window->source_first, window->source_end, self->m);
  conset_spans_of_blocks (&spans[1], window->target_first, window->target_end, self->n);
}

static double
block_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetSpans spans[2];

  block_spans (set, window, spans);
  return conset_spans_expected (spans, set->children[0], census);
}

static double
block_share (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetSpans spans[2];

  block_spans (set, window, spans);
  return conset_spans_share (spans, set->children[0], census)
         / (double) conset_window_area (window);
}

static gboolean
block_count (const Conset *set,
             const ConsetWindow *window,
             ConsetCensus *census,
             ConsetCount *count)
{
  ConsetSpans spans[2];

  block_spans (set, window, spans);
  return conset_spans_count (spans, set->children[0], census, count);
}

/* No two places of the window are in one block. */
static gboolean
block_is_fine (const BlockNode *self, const ConsetWindow *window)
{
  return (self->m == 1 || window->source_end - window->source_first == 1)
         && (self->n == 1 || window->target_end - window->target_first == 1);
}

static gboolean
block_thin (const Conset *set,
            const ConsetWindow *window,
            ConsetDrawn *drawn,
            ConsetThinning *thinning)
{
  const BlockNode *self = (const BlockNode *) set;
  ConsetWindow child;

  block_child_window (set, window, &child);
  if (!block_is_fine (self, window)
      || !conset_node_thin (set->children[0], &child, drawn, thinning))
    return FALSE;
  thinning->candidates = conset_block (self->m, self->n, thinning->candidates);
  return TRUE;
}

/* Lines of one block are the same. */
static ConsetDependence
block_dependence (const Conset *set,
                  const ConsetWindow *window,
                  ConsetOrder order,
                  ConsetDrawn *drawn)
{
  ConsetWindow child;

  if (block_size (set, order, FALSE) > 1)
    return CONSET_DEPENDENCE_UNKNOWN;
  block_child_window (set, window, &child);
  return conset_node_dependence (set->children[0], &child, order, drawn);
}

static gboolean
block_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  ConsetSpans along;

  conset_spans_of_blocks (&along, first, end, block_size (set, order, TRUE));
  return conset_spans_degree_law (&along, set->children[0], order,
                                  line / block_size (set, order, FALSE), law);
}

/* Where the block of the operand's next place begins; a place within a block is its own. */
static guint64
block_next (guint64 size, guint64 at, guint64 operand_next)
{
  if (operand_next == at / size)
    return at;
  return operand_next <= (CONSET_INDEX_END - 1) / size ? operand_next * size : CONSET_INDEX_END;
}

static guint64
block_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  guint64 size = block_size (set, order, FALSE);

  return block_next (size, line, conset_node_next_line (set->children[0], order, line / size));
}

static guint64
block_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  guint64 size = block_size (set, order, TRUE);
  guint64 operand_line = line / block_size (set, order, FALSE);

  return block_next (size, from,
                     conset_node_next_along (set->children[0], order, operand_line, from / size));
}

/* Evaluation */

static void
block_start (ConsetStep *step)
{
  BlockState *state = g_new (BlockState, 1);

  state->operand = conset_tile_new ();
  state->made = conset_tile_new ();
  step->state = state;
}

static void
block_stop (ConsetStep *step)
{
  BlockState *state = step->state;

  conset_tile_free (state->operand);
  conset_tile_free (state->made);
  g_free (state);
}

/* Offsets of @tile that the block of operand place @first + @offset covers. */
static ConsetRun
block_run (const ConsetTile *tile, guint64 size, guint64 first, guint32 offset, guint32 end)
{
  guint64 from = (first + offset) * size, to = (first + end) * size;
  guint64 tile_end = tile->first + tile->width;

  return (ConsetRun){ (guint32) (MAX (from, tile->first) - tile->first),
                      (guint32) (MIN (to, tile_end) - tile->first) };
}

static void
widen_list (const ConsetTile *operand, ConsetTile *tile, guint64 size)
{
  gsize n = 0;

  for (gsize k = 0, next; k < operand->n; k = next)
    {
      guint32 offset = operand->list[k];
      ConsetRun run = block_run (tile, size, operand->first, offset, offset + 1);

      for (next = k; next < operand->n && operand->list[next] == offset; next++)
        ;
      conset_tile_reserve_list (tile, n + (run.end - run.first) * (next - k));
      for (guint32 at = run.first; at < run.end; at++)
        for (gsize copy = k; copy < next; copy++)
          tile->list[n++] = at;
    }
  conset_tile_set_list (tile, n, operand->repeated);
}

static void
widen_runs (ConsetTile *operand, ConsetTile *tile, guint64 size)
{
  conset_tile_to_runs (operand);
  if (tile->width <= CONSET_TILE_BITMAP_WIDTH && operand->n > 64)
    {
      guint64 *bits = conset_tile_make_bitmap (tile);

      memset (bits, 0, conset_bits_words (tile->width) * sizeof *bits);
      for (gsize k = 0; k < operand->n; k++)
        {
          ConsetRun run =
            block_run (tile, size, operand->first, operand->runs[k].first, operand->runs[k].end);

          conset_bits_set_range (bits, run.first, run.end);
        }
      return;
    }
  conset_tile_reserve_runs (tile, operand->n);
  for (gsize k = 0; k < operand->n; k++)
    tile->runs[k] =
      block_run (tile, size, operand->first, operand->runs[k].first, operand->runs[k].end);
  conset_tile_set_runs (tile, operand->n);
}

static void
block_make (ConsetStep *step, ConsetTile *tile, guint64 operand_line)
{
  ConsetTile *operand = ((BlockState *) step->state)->operand;
  guint64 size = block_size (step->set, step->order, TRUE);
  guint64 first = tile->first / size, last = (tile->first + tile->width - 1) / size;

  conset_tile_aim (operand, operand_line, first, (guint32) (last - first + 1));
  conset_step_fill (step->children[0], operand);
  if (operand->kind == CONSET_TILE_FULL)
    tile->kind = CONSET_TILE_FULL;
  else if (operand->repeated)
    widen_list (operand, tile, size);
  else if (operand->kind != CONSET_TILE_EMPTY)
    widen_runs (operand, tile, size);
}

static void
block_fill (ConsetStep *step, ConsetTile *tile)
{
  ConsetTile *made = ((BlockState *) step->state)->made;
  guint64 size = block_size (step->set, step->order, FALSE);
  guint64 operand_line = tile->line / size, line = tile->line;

  if (size == 1)
    {
      block_make (step, tile, operand_line);
      return;
    }
  if (made->width != tile->width || made->first != tile->first || made->line != operand_line)
    {
      conset_tile_aim (made, operand_line, tile->first, tile->width);
      block_make (step, made, operand_line);
    }
  conset_tile_copy (tile, made);
  tile->line = line;
}

/* Keeps the candidates whose block is in the list @blocks, or those whose is not. */
static void
keep_blocks (ConsetTile *tile, const ConsetTile *blocks, guint64 size, gboolean wanted)
{
  gsize kept = 0, j = 0;

  for (gsize k = 0; k < tile->n; k++)
    {
      guint32 block = (guint32) ((tile->first + tile->list[k]) / size - blocks->first);

      while (j < blocks->n && blocks->list[j] < block)
        j++;
      if ((j < blocks->n && blocks->list[j] == block) == wanted)
        tile->list[kept++] = tile->list[k];
    }
  conset_tile_set_list (tile, kept, FALSE);
}

static void
block_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  ConsetTile *blocks = ((BlockState *) step->state)->operand;
  guint64 size = block_size (step->set, step->order, TRUE);
  guint64 first = tile->first / size, last = (tile->first + tile->width - 1) / size;
  gsize n = 0;

  if (tile->kind != CONSET_TILE_LIST || tile->n > tile->width / 32)
    {
      conset_step_filter_by_fill (step, tile, mode);
      return;
    }
  conset_tile_aim (blocks, tile->line / block_size (step->set, step->order, FALSE), first,
                   (guint32) (last - first + 1));
  conset_tile_reserve_list (blocks, tile->n);
  for (gsize k = 0; k < tile->n; k++)
    {
      guint32 block = (guint32) ((tile->first + tile->list[k]) / size - first);

      if (n == 0 || blocks->list[n - 1] != block)
        blocks->list[n++] = block;
    }
  conset_tile_set_list (blocks, n, FALSE);
  conset_step_filter (step->children[0], blocks, CONSET_FILTER_KEEP);
  conset_tile_to_list (blocks);
  keep_blocks (tile, blocks, size, mode == CONSET_FILTER_KEEP);
}

/* What is in a block is there as often as the block is wide, or the range if it is less. */
static double
block_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  guint64 size = block_size (step->set, step->order, TRUE);
  guint64 first_block = first / size, last_block = (first + width - 1) / size;

  return conset_step_load (step->children[0], line / block_size (step->set, step->order, FALSE),
                           first_block, last_block - first_block + 1)
         * (double) MIN (size, width);
}

/* Neighbours of a block have the values of one place. */
static void
block_fill_values (ConsetStep *step, const ConsetPlaces *places, double *const *values)
{
  guint64 size = block_size (step->set, step->order, TRUE);
  ConsetChoice *choice = conset_choice_borrow (step);
  ConsetPlaces child;

  conset_choice_take_all (choice, places);
  child = conset_choice_places (choice, places);
  child.line /= block_size (step->set, step->order, FALSE);
  child.first = conset_places_along (places, 0) / size;
  for (gsize k = 0; k < choice->n; k++)
    choice->offsets[k] = (guint32) (conset_places_along (places, k) / size - child.first);
  conset_step_fill_values (step->children[0], &child, values);
  conset_choice_give_back (step, choice);
}

static const ConsetClass conset_block_class = {
  .name = "block",
  .struct_size = sizeof (BlockNode),
  .precedence = CONSET_PREC_PRODUCT,
  .print = block_print,
  .print_operator = block_print_operator,
  .multiplicity = block_multiplicity,
  .child_window = block_child_window,
  .expected = block_expected,
  .share = block_share,
  .count = block_count,
  .degree_law = block_degree_law,
  .thin = block_thin,
  .dependence = block_dependence,
  .next_line = block_next_line,
  .next_along = block_next_along,
  .start = block_start,
  .stop = block_stop,
  .fill = block_fill,
  .filter = block_filter,
  .load = block_load,
  .value = block_value,
  .fill_values = block_fill_values,
};

static Conset *
block_error (Conset *set, guint64 m, guint64 n, const char *fault)
{
  conset_unref (set);
  return conset_error_new ("block(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT "): %s", m, n, fault);
}

/* An end in blocks; 0 where a finite one leaves the universe. */
static guint64
block_end (guint64 end, guint64 size)
{
  if (end == CONSET_INDEX_END)
    return end;
  return end <= (CONSET_INDEX_END - 1) / size ? end * size : 0;
}

/* A first place in blocks; beyond the universe there is none. */
static guint64
block_first (guint64 first, guint64 size)
{
  return first <= (CONSET_INDEX_END - 1) / size ? first * size : CONSET_INDEX_END;
}

/* Reducers: blocks of one pair are the set itself; blocks of blocks are larger blocks; an
 * operand whose blocks all lie beyond the universe leaves nothing. */
Conset *
conset_block (guint64 m, guint64 n, Conset *set)
{
  Conset *result = conset_absorb ("block", &set, NULL);
  const ConsetWindow *bounds;
  ConsetWindow blocks;
  BlockNode *self;

  if (result != NULL)
    return result;
  if (m == 0 || n == 0)
    return block_error (set, m, n, "both sizes must be at least 1");
  if (conset_is_empty_node (set) || (m == 1 && n == 1))
    return set;
  if (set->klass == &conset_block_class)
    {
      const BlockNode *inner = (const BlockNode *) set;

      if (inner->m <= CONSET_INDEX_END / m && inner->n <= CONSET_INDEX_END / n)
        {
          result = conset_block (m * inner->m, n * inner->n, conset_ref (set->children[0]));
          conset_unref (set);
          return result;
        }
    }

  bounds = &set->facts.bounds;
  blocks =
    (ConsetWindow){ block_first (bounds->source_first, m), block_end (bounds->source_end, m),
                    block_first (bounds->target_first, n), block_end (bounds->target_end, n) };
  if (blocks.source_end == 0 || blocks.target_end == 0)
    return block_error (set, m, n,
                        "the blocks of a finite operand reach beyond the largest index, 2^63 - 1; "
                        "use smaller blocks");
  if (conset_window_is_empty (&blocks))
    {
      result = conset_columns_empty (set->facts.columns);
      conset_unref (set);
      return result;
    }
  self = conset_node_new (&conset_block_class);
  self->m = m;
  self->n = n;
  self->base.facts.bounds = blocks;
  self->base.facts.max_multiplicity = set->facts.max_multiplicity;
  /* What is a point of the operand, or a block wider than a tile, is dense here. */
  if (set->facts.density >= 1.0
      || (set->facts.density > 0.0 && MAX (m, n) < CONSET_TILE_BITMAP_WIDTH))
    self->base.facts.density = set->facts.density;
  conset_node_adopt (self, set);
  return conset_node_finish (self);
}
