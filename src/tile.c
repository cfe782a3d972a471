/* SPDX-License-Identifier: MIT */
/*
 * Tiles: their buffers, and the passage from one container to another.
 *
 * Every container may be turned into a list; sets (no offset repeated) also into runs and,
 * up to CONSET_TILE_BITMAP_WIDTH, into a bitmap. Each costs O(width / 64 + members).
 */
#include "tile.h"

#include "kernels.h"

#include <string.h>

ConsetTile *
conset_tile_new (void)
{
  return g_new0 (ConsetTile, 1);
}

void
conset_tile_free (ConsetTile *tile)
{
  g_free (tile->list);
  g_free (tile->runs);
  g_free (tile->bits);
  g_free (tile);
}

void
conset_tile_aim (ConsetTile *tile, guint64 line, guint64 first, guint32 width)
{
  tile->line = line;
  tile->first = first;
  tile->width = width;
  tile->kind = CONSET_TILE_EMPTY;
  tile->repeated = FALSE;
  tile->n = 0;
}

/* Buffers grow by half and never shrink, so that they settle after a few tiles. Kernels
 * write up to eight entries beyond the last. */
static gsize
grown_capacity (gsize capacity, gsize n)
{
  return MAX (n + 8, capacity + capacity / 2);
}

guint32 *
conset_tile_reserve_list (ConsetTile *tile, gsize n)
{
  if (n + 8 > tile->list_capacity)
    {
      tile->list_capacity = grown_capacity (tile->list_capacity, n);
      tile->list = g_renew (guint32, tile->list, tile->list_capacity);
    }
  return tile->list;
}

ConsetRun *
conset_tile_reserve_runs (ConsetTile *tile, gsize n)
{
  if (n > tile->runs_capacity)
    {
      tile->runs_capacity = grown_capacity (tile->runs_capacity, n);
      tile->runs = g_renew (ConsetRun, tile->runs, tile->runs_capacity);
    }
  return tile->runs;
}

guint64 *
conset_tile_make_bitmap (ConsetTile *tile)
{
  gsize n = conset_bits_words (tile->width) + 1;

  g_assert (tile->width <= CONSET_TILE_BITMAP_WIDTH);
  if (n > tile->bits_capacity)
    {
      tile->bits_capacity = grown_capacity (tile->bits_capacity, n);
      tile->bits = g_renew (guint64, tile->bits, tile->bits_capacity);
    }
  tile->kind = CONSET_TILE_BITMAP;
  tile->repeated = FALSE;
  tile->n = 0;
  return tile->bits;
}

void
conset_tile_set_list (ConsetTile *tile, gsize n, gboolean repeated)
{
  tile->kind = n > 0 ? CONSET_TILE_LIST : CONSET_TILE_EMPTY;
  tile->repeated = repeated && n > 1;
  tile->n = n;
}

void
conset_tile_set_runs (ConsetTile *tile, gsize n)
{
  gboolean full = n == 1 && tile->runs[0].first == 0 && tile->runs[0].end == tile->width;

  tile->kind = n == 0 ? CONSET_TILE_EMPTY : full ? CONSET_TILE_FULL : CONSET_TILE_RUNS;
  tile->repeated = FALSE;
  tile->n = n;
}

/* Bits */

void
conset_bits_set_range (guint64 *bits, guint32 first, guint32 end)
{
  guint64 head = G_MAXUINT64 << (first & 63);
  guint64 tail = G_MAXUINT64 >> (-end & 63);
  gsize word = first >> 6, last = (end - 1) >> 6;

  if (first >= end)
    return;
  if (word == last)
    bits[word] |= head & tail;
  else
    {
      bits[word++] |= head;
      while (word < last)
        bits[word++] = G_MAXUINT64;
      bits[last] |= tail;
    }
}

void
conset_bits_clear_range (guint64 *bits, guint32 first, guint32 end)
{
  guint64 head = G_MAXUINT64 << (first & 63);
  guint64 tail = G_MAXUINT64 >> (-end & 63);
  gsize word = first >> 6, last = (end - 1) >> 6;

  if (first >= end)
    return;
  if (word == last)
    bits[word] &= ~(head & tail);
  else
    {
      bits[word++] &= ~head;
      while (word < last)
        bits[word++] = 0;
      bits[last] &= ~tail;
    }
}

static void
bits_clear_beyond (guint64 *bits, guint32 width)
{
  if (width % 64 != 0)
    bits[width / 64] &= G_MAXUINT64 >> (64 - width % 64);
}

/* Conversions */

static void
runs_to_list (ConsetTile *tile, const ConsetRun *runs, gsize n_runs)
{
  gsize n = 0;
  guint32 *list;

  for (gsize k = 0; k < n_runs; k++)
    n += runs[k].end - runs[k].first;
  list = conset_tile_reserve_list (tile, n);
  for (gsize k = 0; k < n_runs; k++)
    for (guint32 offset = runs[k].first; offset < runs[k].end; offset++)
      *list++ = offset;
  conset_tile_set_list (tile, n, FALSE);
}

void
conset_tile_to_list (ConsetTile *tile)
{
  ConsetRun all = { 0, tile->width };
  gsize words = conset_bits_words (tile->width);

  switch (tile->kind)
    {
    case CONSET_TILE_EMPTY:
    case CONSET_TILE_LIST:
      break;
    case CONSET_TILE_FULL:
      runs_to_list (tile, &all, 1);
      break;
    case CONSET_TILE_RUNS:
      runs_to_list (tile, tile->runs, tile->n);
      break;
    case CONSET_TILE_BITMAP:
      conset_tile_reserve_list (tile, conset_kernels ()->words_count (tile->bits, words));
      conset_tile_set_list (tile, conset_kernels ()->list_words (tile->bits, words, 0, tile->list),
                            FALSE);
      break;
    }
}

/* The first offset at or after @from whose bit is @value; @width if there is none. */
static guint32
bits_find (const guint64 *bits, guint32 width, guint32 from, gboolean value)
{
  guint64 flip = value ? 0 : G_MAXUINT64;
  gsize word = from >> 6, n = conset_bits_words (width);
  guint64 rest;

  if (from >= width)
    return width;
  rest = (bits[word] ^ flip) & (G_MAXUINT64 << (from & 63));
  while (rest == 0)
    {
      if (++word >= n)
        return width;
      rest = bits[word] ^ flip;
    }
  return MIN (width, (guint32) (64 * word) + (guint32) __builtin_ctzll (rest));
}

static void
bitmap_to_runs (ConsetTile *tile)
{
  gsize n = 0;
  guint32 first = bits_find (tile->bits, tile->width, 0, TRUE);

  while (first < tile->width)
    {
      guint32 end = bits_find (tile->bits, tile->width, first, FALSE);

      conset_tile_reserve_runs (tile, n + 1);
      tile->runs[n++] = (ConsetRun){ first, end };
      first = bits_find (tile->bits, tile->width, end, TRUE);
    }
  conset_tile_set_runs (tile, n);
}

static void
list_to_runs (ConsetTile *tile)
{
  ConsetRun *runs = conset_tile_reserve_runs (tile, tile->n);
  gsize n = 0;

  for (gsize k = 0; k < tile->n; k++)
    if (n > 0 && runs[n - 1].end == tile->list[k])
      runs[n - 1].end++;
    else
      runs[n++] = (ConsetRun){ tile->list[k], tile->list[k] + 1 };
  conset_tile_set_runs (tile, n);
}

void
conset_tile_to_runs (ConsetTile *tile)
{
  g_return_if_fail (!tile->repeated);

  switch (tile->kind)
    {
    case CONSET_TILE_EMPTY:
    case CONSET_TILE_RUNS:
      break;
    case CONSET_TILE_FULL:
      *conset_tile_reserve_runs (tile, 1) = (ConsetRun){ 0, tile->width };
      tile->kind = CONSET_TILE_RUNS;
      tile->n = 1;
      break;
    case CONSET_TILE_LIST:
      list_to_runs (tile);
      break;
    case CONSET_TILE_BITMAP:
      bitmap_to_runs (tile);
      break;
    }
}

void
conset_tile_to_bitmap (ConsetTile *tile)
{
  ConsetTileKind kind = tile->kind;
  gsize n = tile->n;
  guint64 *bits;

  g_return_if_fail (!tile->repeated);
  if (kind == CONSET_TILE_BITMAP)
    return;

  bits = conset_tile_make_bitmap (tile);
  memset (bits, 0, conset_bits_words (tile->width) * sizeof *bits);
  if (kind == CONSET_TILE_FULL)
    conset_bits_set_range (bits, 0, tile->width);
  else if (kind == CONSET_TILE_LIST)
    for (gsize k = 0; k < n; k++)
      bits[tile->list[k] >> 6] |= G_GUINT64_CONSTANT (1) << (tile->list[k] & 63);
  else if (kind == CONSET_TILE_RUNS)
    for (gsize k = 0; k < n; k++)
      conset_bits_set_range (bits, tile->runs[k].first, tile->runs[k].end);
}

/* Operations on one tile */

guint64
conset_tile_count (const ConsetTile *tile)
{
  guint64 count = 0;

  switch (tile->kind)
    {
    case CONSET_TILE_EMPTY:
      return 0;
    case CONSET_TILE_FULL:
      return tile->width;
    case CONSET_TILE_LIST:
      return tile->n;
    case CONSET_TILE_BITMAP:
      return conset_kernels ()->words_count (tile->bits, conset_bits_words (tile->width));
    case CONSET_TILE_RUNS:
      for (gsize k = 0; k < tile->n; k++)
        count += tile->runs[k].end - tile->runs[k].first;
      return count;
    }
  g_return_val_if_reached (0);
}

static void
complement_runs (ConsetTile *tile)
{
  gsize n = tile->n, kept = 0;
  guint32 from = 0;
  ConsetRun *runs = conset_tile_reserve_runs (tile, n + 1);

  for (gsize k = 0; k <= n; k++)
    {
      ConsetRun gap = { from, k < n ? runs[k].first : tile->width };

      if (k < n)
        from = runs[k].end;
      if (gap.first < gap.end)
        runs[kept++] = gap;
    }
  conset_tile_set_runs (tile, kept);
}

void
conset_tile_complement (ConsetTile *tile)
{
  gsize words = conset_bits_words (tile->width);

  conset_tile_to_set (tile);
  switch (tile->kind)
    {
    case CONSET_TILE_EMPTY:
      tile->kind = CONSET_TILE_FULL;
      break;
    case CONSET_TILE_FULL:
      conset_tile_aim (tile, tile->line, tile->first, tile->width);
      break;
    case CONSET_TILE_LIST:
      list_to_runs (tile);
      conset_tile_complement (tile);
      break;
    case CONSET_TILE_RUNS:
      complement_runs (tile);
      break;
    case CONSET_TILE_BITMAP:
      for (gsize k = 0; k < words; k++)
        tile->bits[k] = ~tile->bits[k];
      bits_clear_beyond (tile->bits, tile->width);
      break;
    }
}

void
conset_tile_to_set (ConsetTile *tile)
{
  gsize kept = 0;

  if (!tile->repeated)
    return;
  for (gsize k = 0; k < tile->n; k++)
    if (k == 0 || tile->list[k] != tile->list[k - 1])
      tile->list[kept++] = tile->list[k];
  conset_tile_set_list (tile, kept, FALSE);
}

/* Moves all bits up by @by; the words beyond the old width are cleared. */
static void
bits_shift_up (guint64 *bits, gsize old_words, gsize words, guint32 by)
{
  gsize skip = by / 64;
  guint turn = by % 64;

  for (gsize k = words; k-- > 0;)
    {
      guint64 high = k >= skip && k - skip < old_words ? bits[k - skip] : 0;
      guint64 low = k >= skip + 1 && k - skip - 1 < old_words ? bits[k - skip - 1] : 0;

      bits[k] = turn == 0 ? high : high << turn | low >> (64 - turn);
    }
}

void
conset_tile_widen (ConsetTile *tile, guint64 first, guint32 width)
{
  guint32 by = (guint32) (tile->first - first);
  gsize old_words = conset_bits_words (tile->width);

  g_return_if_fail (tile->first >= first && (guint64) by + tile->width <= width);
  if (tile->kind == CONSET_TILE_FULL && tile->width < width)
    conset_tile_to_runs (tile);
  else if (tile->kind == CONSET_TILE_BITMAP && width > CONSET_TILE_BITMAP_WIDTH)
    conset_tile_to_list (tile);
  tile->first = first;
  tile->width = width;

  if (tile->kind == CONSET_TILE_LIST && by > 0)
    for (gsize k = 0; k < tile->n; k++)
      tile->list[k] += by;
  else if (tile->kind == CONSET_TILE_RUNS && by > 0)
    for (gsize k = 0; k < tile->n; k++)
      {
        tile->runs[k].first += by;
        tile->runs[k].end += by;
      }
  else if (tile->kind == CONSET_TILE_BITMAP)
    bits_shift_up (conset_tile_make_bitmap (tile), old_words, conset_bits_words (width), by);
}

void
conset_tile_copy (ConsetTile *tile, const ConsetTile *from)
{
  conset_tile_aim (tile, from->line, from->first, from->width);
  if (from->kind == CONSET_TILE_LIST)
    memcpy (conset_tile_reserve_list (tile, from->n), from->list, from->n * sizeof *from->list);
  else if (from->kind == CONSET_TILE_RUNS)
    memcpy (conset_tile_reserve_runs (tile, from->n), from->runs, from->n * sizeof *from->runs);
  else if (from->kind == CONSET_TILE_BITMAP)
    memcpy (conset_tile_make_bitmap (tile), from->bits,
            conset_bits_words (from->width) * sizeof *from->bits);
  tile->kind = from->kind;
  tile->repeated = from->repeated;
  tile->n = from->n;
}

void
conset_tile_hull (const ConsetTile *tile, guint32 *first, guint32 *end)
{
  *first = 0;
  *end = tile->width;
  if (tile->kind == CONSET_TILE_LIST)
    {
      *first = tile->list[0];
      *end = tile->list[tile->n - 1] + 1;
    }
  else if (tile->kind == CONSET_TILE_RUNS)
    {
      *first = tile->runs[0].first;
      *end = tile->runs[tile->n - 1].end;
    }
}

/* Decoding */

static gsize
decode_runs (const ConsetTile *tile, guint64 *cursor, guint64 *indices, gsize capacity)
{
  gsize run = *cursor >> 32, n = 0;
  guint32 done = (guint32) *cursor;

  while (run < tile->n && n < capacity)
    {
      guint32 first = tile->runs[run].first + done;
      gsize length = MIN (tile->runs[run].end - first, capacity - n);

      conset_kernels ()->decode_run (tile->first + first, length, indices + n);
      n += length;
      done += (guint32) length;
      if (first + length == tile->runs[run].end)
        {
          run++;
          done = 0;
        }
    }
  *cursor = (guint64) run << 32 | done;
  return n;
}

/* A few words at a time, as many as are sure to fit. */
static gsize
decode_bitmap (const ConsetTile *tile, guint64 *cursor, guint64 *indices, gsize capacity)
{
  gsize word = *cursor, words = conset_bits_words (tile->width), n = 0;

  while (word < words && capacity - n >= 64)
    {
      gsize step = MIN ((capacity - n) / 64, words - word);

      n += conset_kernels ()->decode_words (tile->bits + word, step, tile->first + 64 * word,
                                            indices + n);
      word += step;
    }
  *cursor = word;
  return n;
}

gsize
conset_tile_decode (const ConsetTile *tile, guint64 *cursor, guint64 *indices, gsize capacity)
{
  gsize n = 0;

  switch (tile->kind)
    {
    case CONSET_TILE_EMPTY:
      break;
    case CONSET_TILE_FULL:
      n = MIN (tile->width - *cursor, capacity);
      conset_kernels ()->decode_run (tile->first + *cursor, n, indices);
      *cursor += n;
      break;
    case CONSET_TILE_LIST:
      n = MIN (tile->n - *cursor, capacity);
      conset_kernels ()->decode_list (tile->list + *cursor, n, tile->first, indices);
      *cursor += n;
      break;
    case CONSET_TILE_RUNS:
      n = decode_runs (tile, cursor, indices, capacity);
      break;
    case CONSET_TILE_BITMAP:
      n = decode_bitmap (tile, cursor, indices, capacity);
      break;
    }
  return n;
}

/* Validation */

static const char *
list_fault (const ConsetTile *tile)
{
  for (gsize k = 0; k < tile->n; k++)
    {
      if (tile->list[k] >= tile->width)
        return "list: an offset beyond the width";
      if (k > 0 && tile->list[k] < tile->list[k - 1])
        return "list: offsets do not ascend";
      if (k > 0 && tile->list[k] == tile->list[k - 1] && !tile->repeated)
        return "list: a repeated offset in a set";
    }
  return tile->n == 0 ? "list: empty" : NULL;
}

static const char *
runs_fault (const ConsetTile *tile)
{
  for (gsize k = 0; k < tile->n; k++)
    {
      if (tile->runs[k].first >= tile->runs[k].end || tile->runs[k].end > tile->width)
        return "runs: an empty run, or one beyond the width";
      if (k > 0 && tile->runs[k].first < tile->runs[k - 1].end)
        return "runs: runs overlap or do not ascend";
    }
  return tile->n == 0 ? "runs: empty" : NULL;
}

gboolean
conset_tile_validate (const ConsetTile *tile, const char **reason)
{
  const char *fault = NULL;

  if (tile->repeated && tile->kind != CONSET_TILE_LIST)
    fault = "only a list can repeat offsets";
  else if (tile->kind == CONSET_TILE_EMPTY && tile->n != 0)
    fault = "empty: the count is not 0";
  else if (tile->kind == CONSET_TILE_LIST)
    fault = list_fault (tile);
  else if (tile->kind == CONSET_TILE_RUNS)
    fault = runs_fault (tile);
  else if (tile->kind == CONSET_TILE_BITMAP && tile->width % 64 != 0
           && tile->bits[tile->width / 64] >> (tile->width % 64) != 0)
    fault = "bitmap: bits beyond the width";
  if (reason != NULL)
    *reason = fault;
  return fault == NULL;
}
