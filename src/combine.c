/* SPDX-License-Identifier: MIT */
/*
 * Set operations on two tiles of the same range: the only file that sees every pair of
 * containers.
 *
 * Empty and full operands are settled first. Sets then go to the kernel of their pair of
 * containers; a sum that is no set, and whatever repeats offsets, goes to the merge of two
 * lists, which knows every operation. The result stands in the first tile.
 */
#include "tile.h"

#include "kernels.h"

#include <string.h>

static void
tile_swap (ConsetTile *a, ConsetTile *b)
{
  ConsetTile c = *a;

  *a = *b;
  *b = c;
}

static void
tile_clear (ConsetTile *tile)
{
  conset_tile_aim (tile, tile->line, tile->first, tile->width);
}

/* Lists */

static guint64
multiplicity_of (ConsetCombine op, guint64 a, guint64 b)
{
  switch (op)
    {
    case CONSET_COMBINE_MIN:
      return MIN (a, b);
    case CONSET_COMBINE_MONUS:
      return a > b ? a - b : 0;
    case CONSET_COMBINE_MAX:
      return MAX (a, b);
    case CONSET_COMBINE_SUM:
      return a + b;
    case CONSET_COMBINE_DISTANCE:
      return a > b ? a - b : b - a;
    }
  g_return_val_if_reached (0);
}

/* How often the last of list[0..n) stands there. */
static gsize
tail_length (const guint32 *list, gsize n)
{
  gsize length = n > 0;

  while (length < n && list[n - 1 - length] == list[n - 1])
    length++;
  return length;
}

/*
 * The merge runs from the back, so that the result, never longer than both lists, can grow
 * in the room behind a's own entries without touching those that are still to be read.
 */
static void
lists_merge (ConsetTile *a, ConsetTile *b, ConsetCombine op)
{
  gsize n_a = a->n, n_b = b->n, capacity = n_a + n_b, at = capacity;
  guint32 *list = conset_tile_reserve_list (a, capacity);
  gboolean repeated = FALSE;

  while (n_a > 0 || n_b > 0)
    {
      guint32 last_a = n_a > 0 ? list[n_a - 1] : 0, last_b = n_b > 0 ? b->list[n_b - 1] : 0;
      gboolean from_a = n_a > 0 && (n_b == 0 || last_a >= last_b);
      gboolean from_b = n_b > 0 && (n_a == 0 || last_b >= last_a);
      guint32 offset = from_a ? last_a : last_b;
      gsize times_a = from_a ? tail_length (list, n_a) : 0;
      gsize times_b = from_b ? tail_length (b->list, n_b) : 0;
      guint64 times = multiplicity_of (op, times_a, times_b);

      n_a -= times_a;
      n_b -= times_b;
      repeated |= times > 1;
      while (times-- > 0)
        list[--at] = offset;
    }
  memmove (list, list + at, (capacity - at) * sizeof *list);
  conset_tile_set_list (a, capacity - at, repeated);
}

static void
lists_combine_any (ConsetTile *a, ConsetTile *b, ConsetCombine op)
{
  conset_tile_to_list (a);
  conset_tile_to_list (b);
  lists_merge (a, b, op);
}

/* Keeps the entries of a that b has (wanted) or has not, both sets. */
static void
list_filter_list (ConsetTile *a, const ConsetTile *b, gboolean wanted)
{
  gsize kept = 0, j = 0;

  for (gsize k = 0; k < a->n; k++)
    {
      while (j < b->n && b->list[j] < a->list[k])
        j++;
      if ((j < b->n && b->list[j] == a->list[k]) == wanted)
        a->list[kept++] = a->list[k];
    }
  conset_tile_set_list (a, kept, FALSE);
}

static void
list_filter_runs (ConsetTile *a, const ConsetTile *b, gboolean wanted)
{
  gsize kept = 0, j = 0;

  for (gsize k = 0; k < a->n; k++)
    {
      while (j < b->n && b->runs[j].end <= a->list[k])
        j++;
      if ((j < b->n && b->runs[j].first <= a->list[k]) == wanted)
        a->list[kept++] = a->list[k];
    }
  conset_tile_set_list (a, kept, FALSE);
}

static void
list_filter_bitmap (ConsetTile *a, const ConsetTile *b, gboolean wanted)
{
  gsize kept = conset_kernels ()->list_test (a->list, a->n, b->bits, wanted ? 0 : G_MAXUINT64);

  conset_tile_set_list (a, kept, FALSE);
}

static void
list_combine_list (ConsetTile *a, ConsetTile *b, ConsetCombine op)
{
  if (op == CONSET_COMBINE_MIN || op == CONSET_COMBINE_MONUS)
    list_filter_list (a, b, op == CONSET_COMBINE_MIN);
  else
    lists_merge (a, b, op);
}

/* Runs */

static void
runs_append (ConsetTile *tile, gsize *n, guint32 first, guint32 end)
{
  if (*n > 0 && tile->runs[*n - 1].end == first)
    tile->runs[*n - 1].end = end;
  else
    tile->runs[(*n)++] = (ConsetRun){ first, end };
}

/*
 * A sweep over the bounds of both. The result has at most n_a + n_b runs, so a's own are
 * moved behind that much room first.
 */
static void
runs_combine_runs (ConsetTile *a, const ConsetTile *b, ConsetCombine op)
{
  gsize n_a = a->n, n_b = b->n, i = 0, j = 0, n = 0;
  ConsetRun *from = conset_tile_reserve_runs (a, n_a + n_b + n_a) + n_a + n_b;
  guint32 at = 0;

  memmove (from, a->runs, n_a * sizeof *from);
  while (at < a->width)
    {
      ConsetRun run_a = i < n_a ? from[i] : (ConsetRun){ a->width, a->width };
      ConsetRun run_b = j < n_b ? b->runs[j] : (ConsetRun){ a->width, a->width };
      gboolean in_a = run_a.first <= at && i < n_a, in_b = run_b.first <= at && j < n_b;
      guint32 next = MIN (in_a ? run_a.end : run_a.first, in_b ? run_b.end : run_b.first);

      if (multiplicity_of (op, in_a, in_b) > 0)
        runs_append (a, &n, at, next);
      i += in_a && run_a.end == next;
      j += in_b && run_b.end == next;
      at = next;
    }
  conset_tile_set_runs (a, n);
}

/* Bitmaps */

static void
bitmap_combine_bitmap (ConsetTile *a, const ConsetTile *b, ConsetCombine op)
{
  const ConsetKernels *kernels = conset_kernels ();
  gsize words = conset_bits_words (a->width);

  switch (op)
    {
    case CONSET_COMBINE_MIN:
      kernels->words_and (a->bits, b->bits, words);
      break;
    case CONSET_COMBINE_MONUS:
      kernels->words_andnot (a->bits, b->bits, words);
      break;
    case CONSET_COMBINE_MAX:
    case CONSET_COMBINE_SUM:
      kernels->words_or (a->bits, b->bits, words);
      break;
    case CONSET_COMBINE_DISTANCE:
      kernels->words_xor (a->bits, b->bits, words);
      break;
    }
}

static void
bitmap_combine_list (ConsetTile *a, ConsetTile *b, ConsetCombine op)
{
  if (op == CONSET_COMBINE_MIN)
    {
      list_filter_bitmap (b, a, TRUE);
      tile_swap (a, b);
      return;
    }
  for (gsize k = 0; k < b->n; k++)
    {
      guint64 *word = &a->bits[b->list[k] >> 6];
      guint64 bit = G_GUINT64_CONSTANT (1) << (b->list[k] & 63);

      if (op == CONSET_COMBINE_MONUS)
        *word &= ~bit;
      else if (op == CONSET_COMBINE_MAX)
        *word |= bit;
      else
        *word ^= bit;
    }
}

static void
bitmap_keep_runs (ConsetTile *a, const ConsetTile *b)
{
  guint32 from = 0;

  for (gsize k = 0; k < b->n; k++)
    {
      conset_bits_clear_range (a->bits, from, b->runs[k].first);
      from = b->runs[k].end;
    }
  conset_bits_clear_range (a->bits, from, a->width);
}

static void
bitmap_combine_runs (ConsetTile *a, ConsetTile *b, ConsetCombine op)
{
  switch (op)
    {
    case CONSET_COMBINE_MIN:
      bitmap_keep_runs (a, b);
      break;
    case CONSET_COMBINE_MONUS:
      for (gsize k = 0; k < b->n; k++)
        conset_bits_clear_range (a->bits, b->runs[k].first, b->runs[k].end);
      break;
    case CONSET_COMBINE_MAX:
      for (gsize k = 0; k < b->n; k++)
        conset_bits_set_range (a->bits, b->runs[k].first, b->runs[k].end);
      break;
    case CONSET_COMBINE_SUM:
    case CONSET_COMBINE_DISTANCE:
      conset_tile_to_bitmap (b);
      bitmap_combine_bitmap (a, b, op);
      break;
    }
}

/* Every pair */

#define PAIR(a, b) ((a) *8 + (b))

static void
sets_combine (ConsetTile *a, ConsetTile *b, ConsetCombine op)
{
  gboolean wanted = op == CONSET_COMBINE_MIN;
  gboolean thins = op == CONSET_COMBINE_MIN || op == CONSET_COMBINE_MONUS;

  switch (PAIR (a->kind, b->kind))
    {
    case PAIR (CONSET_TILE_BITMAP, CONSET_TILE_BITMAP):
      bitmap_combine_bitmap (a, b, op);
      break;
    case PAIR (CONSET_TILE_BITMAP, CONSET_TILE_LIST):
      bitmap_combine_list (a, b, op);
      break;
    case PAIR (CONSET_TILE_BITMAP, CONSET_TILE_RUNS):
      bitmap_combine_runs (a, b, op);
      break;
    case PAIR (CONSET_TILE_LIST, CONSET_TILE_LIST):
      list_combine_list (a, b, op);
      break;
    case PAIR (CONSET_TILE_LIST, CONSET_TILE_BITMAP):
      if (thins)
        list_filter_bitmap (a, b, wanted);
      else
        {
          tile_swap (a, b);
          bitmap_combine_list (a, b, op);
        }
      break;
    case PAIR (CONSET_TILE_LIST, CONSET_TILE_RUNS):
      if (thins)
        list_filter_runs (a, b, wanted);
      else
        {
          conset_tile_to_runs (a);
          runs_combine_runs (a, b, op);
        }
      break;
    case PAIR (CONSET_TILE_RUNS, CONSET_TILE_RUNS):
      runs_combine_runs (a, b, op);
      break;
    case PAIR (CONSET_TILE_RUNS, CONSET_TILE_LIST):
      if (wanted)
        {
          tile_swap (a, b);
          list_filter_runs (a, b, TRUE);
        }
      else
        {
          conset_tile_to_runs (b);
          runs_combine_runs (a, b, op);
        }
      break;
    case PAIR (CONSET_TILE_RUNS, CONSET_TILE_BITMAP):
      if (op == CONSET_COMBINE_MONUS)
        {
          conset_tile_to_bitmap (a);
          bitmap_combine_bitmap (a, b, op);
        }
      else
        {
          tile_swap (a, b);
          bitmap_combine_runs (a, b, op);
        }
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
bitmaps_disjoint (const ConsetTile *a, const ConsetTile *b)
{
  guint64 common = 0;

  for (gsize k = 0; k < conset_bits_words (a->width); k++)
    common |= a->bits[k] & b->bits[k];
  return common == 0;
}

static gboolean
runs_disjoint (const ConsetTile *a, const ConsetTile *b)
{
  for (gsize i = 0, j = 0; i < a->n && j < b->n;)
    if (a->runs[i].end <= b->runs[j].first)
      i++;
    else if (b->runs[j].end <= a->runs[i].first)
      j++;
    else
      return FALSE;
  return TRUE;
}

/* The sum of two sets is a set again where they are disjoint, which containers other than
 * lists can then express. */
static void
sets_sum (ConsetTile *a, ConsetTile *b)
{
  gboolean runs = a->kind == CONSET_TILE_RUNS && b->kind == CONSET_TILE_RUNS;
  gboolean bits = a->kind == CONSET_TILE_BITMAP || b->kind == CONSET_TILE_BITMAP;

  if (runs && runs_disjoint (a, b))
    {
      runs_combine_runs (a, b, CONSET_COMBINE_SUM);
      return;
    }
  if (bits)
    {
      conset_tile_to_bitmap (a);
      conset_tile_to_bitmap (b);
      if (bitmaps_disjoint (a, b))
        {
          bitmap_combine_bitmap (a, b, CONSET_COMBINE_SUM);
          return;
        }
    }
  lists_combine_any (a, b, CONSET_COMBINE_SUM);
}

/* TRUE if an empty or a full operand has settled it. */
static gboolean
combine_trivial (ConsetTile *a, ConsetTile *b, ConsetCombine op)
{
  gboolean thins = op == CONSET_COMBINE_MIN || op == CONSET_COMBINE_MONUS;
  gboolean full_a = a->kind == CONSET_TILE_FULL, full_b = b->kind == CONSET_TILE_FULL;

  if (b->kind == CONSET_TILE_EMPTY)
    {
      if (op == CONSET_COMBINE_MIN)
        tile_clear (a);
      return TRUE;
    }
  if (a->kind == CONSET_TILE_EMPTY)
    {
      if (!thins)
        tile_swap (a, b);
      return TRUE;
    }
  if (op == CONSET_COMBINE_MIN && (full_a || full_b))
    {
      if (full_a)
        tile_swap (a, b);
      conset_tile_to_set (a);
      return TRUE;
    }
  if (full_a && (op == CONSET_COMBINE_MONUS || (op == CONSET_COMBINE_DISTANCE && !b->repeated)))
    {
      tile_swap (a, b);
      conset_tile_complement (a);
      return TRUE;
    }
  if (full_b && !a->repeated && op != CONSET_COMBINE_SUM)
    {
      if (op == CONSET_COMBINE_DISTANCE)
        conset_tile_complement (a);
      else if (op == CONSET_COMBINE_MAX)
        tile_swap (a, b);
      else
        tile_clear (a);
      return TRUE;
    }
  return full_a && !b->repeated && op == CONSET_COMBINE_MAX;
}

void
conset_combine (ConsetTile *a, ConsetTile *b, ConsetCombine op)
{
  g_return_if_fail (a->first == b->first && a->width == b->width);

  if (combine_trivial (a, b, op))
    return;
  if (a->repeated || b->repeated)
    {
      lists_combine_any (a, b, op);
      return;
    }
  if (a->kind == CONSET_TILE_FULL)
    conset_tile_to_runs (a);
  if (b->kind == CONSET_TILE_FULL)
    conset_tile_to_runs (b);
  if (op == CONSET_COMBINE_SUM)
    sets_sum (a, b);
  else
    sets_combine (a, b, op);
}
