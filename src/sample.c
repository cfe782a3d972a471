/* SPDX-License-Identifier: MIT */
/*
 * Samples: the way down to a leaf, ways that are remembered, and tiles.
 *
 * The range that begins at rank f and lies in 2^s ranks, f being a multiple of 2^s, draws at
 * place (2f + 2^s, line), of which no other range has the first number.
 */
#include "sample.h"

#include "draw_numbers.h"
#include "kernels.h"
#include "leaf.h"

#include <math.h>
#include <string.h>

#define MOST_RANGES 65

/* [first, first + size) with k members, lower of them in its lower half if that is drawn. */
typedef struct
{
  guint64 first;
  guint64 size;
  guint64 k;
  guint64 lower;
  gboolean drawn;
} Range;

/* What is remembered of a line is the range it was left at, by its first rank, and of the ranges
 * on the way there how many are in their lower halves, or NOT_DRAWN. */
#define NOT_DRAWN G_MAXUINT32

/* path leads from all ranks to the range that was last looked at. places are those of the
 * leaf whose first rank is leaf, relative to it: members, or, where these are more, the others. */
struct _ConsetSample
{
  ConsetKey key;
  gboolean repeated;
  guint64 line;
  guint64 n;
  guint64 k;
  guint depth;
  Range path[MOST_RANGES];
  guint64 leaf;
  guint n_places;
  guint64 places[CONSET_LEAF_MOST];
  ConsetLeafMarks *marks;
  ConsetTile *stretch;
  guint64 *left_at;
  guint32 *lowers;
  guint64 first_trail;
  guint64 n_trails;
  guint levels;
};

#define NO_LEAF G_MAXUINT64

ConsetSample *
conset_sample_new (guint64 seed, ConsetRule rule, gboolean repeated)
{
  ConsetSample *self = g_new0 (ConsetSample, 1);

  self->key = conset_key (seed, rule, 0);
  self->repeated = repeated;
  self->leaf = NO_LEAF;
  return self;
}

void
conset_sample_free (ConsetSample *sample)
{
  g_clear_pointer (&sample->stretch, conset_tile_free);
  conset_leaf_marks_free (sample->marks);
  g_free (sample->left_at);
  g_free (sample->lowers);
  g_free (sample);
}

guint64
conset_sample_size (const ConsetSample *sample)
{
  return sample->k;
}

guint64
conset_sample_range (const ConsetSample *sample)
{
  return sample->n;
}

/* {{{ ranges */

static guint64
range_end (const Range *range)
{
  return range->first + range->size;
}

/* The least power of two that is not below the size. */
static guint64
range_span (const Range *range)
{
  if (range->size <= 1)
    return 1;
  return G_GUINT64_CONSTANT (2) << (63 - __builtin_clzll (range->size - 1));
}

/* Whether the leaf draws those of its ranks that are no members. */
static gboolean
range_draws_others (const ConsetSample *self, const Range *range)
{
  return !self->repeated && range->k > range->size / 2;
}

static guint64
range_draws (const ConsetSample *self, const Range *range)
{
  return range_draws_others (self, range) ? range->size - range->k : range->k;
}

static gboolean
range_is_leaf (const ConsetSample *self, const Range *range)
{
  if (range->size == 1)
    return TRUE;
  return range_draws (self, range) <= CONSET_LEAF_MOST
         && (!self->repeated
             || (range->k + CONSET_LEAF_DRAWS_A_PLACE - 1) / CONSET_LEAF_DRAWS_A_PLACE
                  <= range->size);
}

static void
range_split (const ConsetSample *self, Range *range)
{
  guint64 span = range_span (range);
  ConsetWell well = { self->key, 2 * range->first + span, self->line };

  range->lower = self->repeated
                   ? conset_draw_binomial (&well, range->k, span / 2, range->size)
                   : conset_draw_hypergeometric (&well, range->k, span / 2, range->size);
  range->drawn = TRUE;
}

/* The half of a range whose draw is known that has @rank. */
static Range
range_half (const Range *range, guint64 rank)
{
  guint64 half = range_span (range) / 2;

  if (rank < range->first + half)
    return (Range){ .first = range->first, .size = half, .k = range->lower };
  return (Range){ .first = range->first + half,
                  .size = range->size - half,
                  .k = range->k - range->lower };
}

/* The leaf of @rank, which is below n. */
static const Range *
sample_descend (ConsetSample *self, guint64 rank)
{
  Range *range = &self->path[self->depth - 1];

  while (rank < range->first || rank >= range_end (range))
    range = &self->path[--self->depth - 1];
  while (!range_is_leaf (self, range))
    {
      if (!range->drawn)
        range_split (self, range);
      range[1] = range_half (range, rank);
      range++;
      self->depth++;
    }
  return range;
}

/* }}} */
/* {{{ trails */

/* Memory for what is remembered of lines, and the greatest depth to which that is done. */
#define TRAILS_MEMORY (32 << 20)
#define TRAIL_LEVELS 16

void
conset_sample_remember (ConsetSample *sample, guint64 first_line, guint64 end_line, double k)
{
  guint64 n = end_line - first_line, room;
  guint levels = 0;

  while (levels < TRAIL_LEVELS && ldexp (CONSET_LEAF_MOST / 2, (int) levels) < k)
    levels++;
  if (n == 0 || levels == 0)
    return;
  room = TRAILS_MEMORY / n;
  if (room < sizeof *sample->left_at + sizeof *sample->lowers)
    return;
  levels = (guint) MIN (levels, (room - sizeof *sample->left_at) / sizeof *sample->lowers);
  sample->left_at = g_new0 (guint64, n);
  sample->lowers = g_new (guint32, n * levels);
  memset (sample->lowers, 0xff, n * levels * sizeof *sample->lowers);
  sample->first_trail = first_line;
  sample->n_trails = n;
  sample->levels = levels;
}

static gboolean
line_has_trail (const ConsetSample *self, guint64 line)
{
  return line >= self->first_trail && line - self->first_trail < self->n_trails;
}

static guint32 *
lowers_of_line (const ConsetSample *self, guint64 line)
{
  return self->lowers + (line - self->first_trail) * self->levels;
}

static void
sample_leave_line (ConsetSample *self)
{
  guint32 *lowers;

  if (self->depth == 0 || !line_has_trail (self, self->line))
    return;
  lowers = lowers_of_line (self, self->line);
  self->left_at[self->line - self->first_trail] = self->path[self->depth - 1].first;
  for (guint level = 0; level < self->levels; level++)
    {
      const Range *range = &self->path[level];
      gboolean known = level < self->depth && range->drawn && range->lower < NOT_DRAWN;

      lowers[level] = known ? (guint32) range->lower : NOT_DRAWN;
    }
}

static void
sample_take_up_line (ConsetSample *self)
{
  Range *range = self->path;
  const guint32 *lowers;

  if (!line_has_trail (self, self->line))
    return;
  lowers = lowers_of_line (self, self->line);
  for (guint level = 0; level < self->levels; level++, range++)
    {
      if (lowers[level] == NOT_DRAWN || range_is_leaf (self, range))
        break;
      range->lower = lowers[level];
      range->drawn = TRUE;
      range[1] = range_half (range, self->left_at[self->line - self->first_trail]);
      self->depth++;
    }
}

/* }}} */

void
conset_sample_aim (ConsetSample *sample, guint64 line, guint64 n, guint64 k)
{
  g_return_if_fail (sample->repeated ? n > 0 || k == 0 : k <= n);

  if (sample->depth > 0 && sample->line == line && sample->n == n && sample->k == k)
    return;
  sample_leave_line (sample);
  sample->line = line;
  sample->n = n;
  sample->k = k;
  sample->depth = 1;
  sample->path[0] = (Range){ .first = 0, .size = n, .k = k };
  sample->leaf = NO_LEAF;
  sample_take_up_line (sample);
}

/* {{{ leaves */

static guint
leaf_draw (const ConsetSample *self, const Range *leaf, guint64 places[CONSET_LEAF_MOST])
{
  guint n = (guint) range_draws (self, leaf);

  conset_leaf_draw (&self->key, self->line, leaf->first, leaf->size, self->repeated, n, places);
  return n;
}

/* Sees to it that the places of @leaf are at hand. A single rank has none: its number of
 * members says all. */
static void
sample_open_leaf (ConsetSample *self, const Range *leaf)
{
  if (self->leaf == leaf->first)
    return;
  self->leaf = leaf->first;
  self->n_places = 0;
  if (leaf->size == 1)
    return;
  if (self->marks == NULL)
    self->marks = conset_leaf_marks_new ();
  self->n_places = leaf_draw (self, leaf, self->places);
  conset_leaf_sort (self->marks, leaf->size, self->repeated, self->n_places, self->places);
}

/* }}} */
/* {{{ tiles */

/* The part of a leaf that a tile has, [from, to) in ranks, and the rank that its offset 0 is. */
typedef struct
{
  guint64 from;
  guint64 to;
  guint64 base;
} Part;

/* Floyd's method on the bits of a tile that holds the whole of @leaf. */
static void
bits_draw_leaf (const ConsetSample *self, const Range *leaf, guint32 offset, guint64 *bits)
{
  guint64 ranks[CONSET_LEAF_MOST];
  guint n = leaf_draw (self, leaf, ranks);
  guint64 others = range_draws_others (self, leaf);

  if (others)
    conset_bits_set_range (bits, offset, offset + (guint32) leaf->size);
  for (guint k = 0; k < n; k++)
    {
      guint32 at = offset + (guint32) ranks[k];

      if ((bits[at >> 6] >> (at & 63) & 1) != others)
        at = offset + (guint32) (leaf->size - n + k);
      bits[at >> 6] ^= G_GUINT64_CONSTANT (1) << (at & 63);
    }
}

static void
bits_add_part (const ConsetSample *self, const Range *leaf, const Part *part, guint64 *bits)
{
  gboolean others = range_draws_others (self, leaf);

  if (others)
    conset_bits_set_range (bits, (guint32) (part->from - part->base),
                           (guint32) (part->to - part->base));
  for (guint k = 0; k < self->n_places; k++)
    {
      guint64 rank = leaf->first + self->places[k];

      if (rank >= part->from && rank < part->to)
        bits[(rank - part->base) >> 6] ^= G_GUINT64_CONSTANT (1) << ((rank - part->base) & 63);
    }
}

/* Adds the ranks of a leaf that are not among its places to the list. */
static gsize
list_add_others (
  const ConsetSample *self, const Range *leaf, const Part *part, ConsetTile *tile, gsize n)
{
  guint64 rank = part->from;
  guint32 *list = conset_tile_reserve_list (tile, n + (part->to - part->from));

  for (guint k = 0; k <= self->n_places; k++)
    {
      guint64 stop = k < self->n_places ? leaf->first + self->places[k] : part->to;

      for (; rank < MIN (stop, part->to); rank++)
        list[n++] = (guint32) (rank - part->base);
      rank = MAX (rank, stop + 1);
    }
  return n;
}

static gsize
list_add_part (
  const ConsetSample *self, const Range *leaf, const Part *part, ConsetTile *tile, gsize n)
{
  guint32 *list;

  if (range_draws_others (self, leaf))
    return list_add_others (self, leaf, part, tile, n);
  if (leaf->size == 1)
    {
      list = conset_tile_reserve_list (tile, n + leaf->k);
      for (guint64 k = 0; k < leaf->k; k++)
        list[n++] = (guint32) (leaf->first - part->base);
      return n;
    }
  list = conset_tile_reserve_list (tile, n + self->n_places);
  for (guint k = 0; k < self->n_places; k++)
    {
      guint64 rank = leaf->first + self->places[k];

      list[n] = (guint32) (rank - part->base);
      n += rank >= part->from && rank < part->to;
    }
  return n;
}

static void
sample_fill_bits (ConsetSample *self, guint64 first, ConsetTile *tile)
{
  guint64 end = first + tile->width;
  guint64 *bits = conset_tile_make_bitmap (tile);

  memset (bits, 0, conset_bits_words (tile->width) * sizeof *bits);
  for (guint64 rank = first; rank < end;)
    {
      const Range *leaf = sample_descend (self, rank);
      Part part = { rank, MIN (end, range_end (leaf)), first };

      if (leaf->first >= first && range_end (leaf) <= end && leaf->size > 1)
        bits_draw_leaf (self, leaf, (guint32) (leaf->first - first), bits);
      else
        {
          sample_open_leaf (self, leaf);
          bits_add_part (self, leaf, &part, bits);
        }
      rank = part.to;
    }
}

/* A tile too wide for a bitmap is a list, made from bitmaps stretch by stretch. */
static void
sample_fill_stretches (ConsetSample *self, guint64 first, ConsetTile *tile)
{
  gsize n = 0;

  if (self->stretch == NULL)
    self->stretch = conset_tile_new ();
  for (guint32 at = 0; at < tile->width; at += self->stretch->width)
    {
      gsize words;

      conset_tile_aim (self->stretch, tile->line, tile->first,
                       MIN (CONSET_TILE_BITMAP_WIDTH, tile->width - at));
      sample_fill_bits (self, first + at, self->stretch);
      words = conset_bits_words (self->stretch->width);
      conset_tile_reserve_list (tile,
                                n + conset_kernels ()->words_count (self->stretch->bits, words));
      n += conset_kernels ()->list_words (self->stretch->bits, words, at, tile->list + n);
    }
  conset_tile_set_list (tile, n, FALSE);
}

static gboolean
list_repeats (const guint32 *list, gsize n)
{
  gboolean repeats = FALSE;

  for (gsize k = 1; k < n; k++)
    repeats |= list[k - 1] == list[k];
  return repeats;
}

static void
sample_fill_list (ConsetSample *self, guint64 first, ConsetTile *tile)
{
  guint64 end = first + tile->width;
  gsize n = 0;

  for (guint64 rank = first; rank < end;)
    {
      const Range *leaf = sample_descend (self, rank);
      Part part = { rank, MIN (end, range_end (leaf)), first };

      if (leaf->k > 0)
        {
          sample_open_leaf (self, leaf);
          n = list_add_part (self, leaf, &part, tile, n);
        }
      rank = part.to;
    }
  conset_tile_set_list (tile, n, self->repeated && list_repeats (tile->list, n));
}

/* A bitmap pays from one member in so many ranks on, for a tile of some leaves. */
#define RANKS_A_MEMBER 256

static gboolean
bits_pay (const ConsetSample *self, const ConsetTile *tile)
{
  double density = (double) self->k / (double) self->n;

  return !self->repeated && density * RANKS_A_MEMBER >= 1.0
         && (density > 0.25 || density * tile->width > 2 * CONSET_LEAF_MOST);
}

void
conset_sample_fill (ConsetSample *sample, guint64 first, ConsetTile *tile)
{
  if (!bits_pay (sample, tile))
    sample_fill_list (sample, first, tile);
  else if (tile->width <= CONSET_TILE_BITMAP_WIDTH)
    sample_fill_bits (sample, first, tile);
  else
    sample_fill_stretches (sample, first, tile);
}

/* }}} */

guint64
conset_sample_times (ConsetSample *sample, guint64 rank)
{
  const Range *leaf = sample_descend (sample, rank);
  guint64 times = 0;

  if (leaf->size == 1 || leaf->k == 0)
    return leaf->k;
  sample_open_leaf (sample, leaf);
  for (guint k = 0; k < sample->n_places; k++)
    times += leaf->first + sample->places[k] == rank;
  return range_draws_others (sample, leaf) ? 1 - times : times;
}

guint64
conset_sample_next (ConsetSample *sample, guint64 rank)
{
  while (rank < sample->n)
    {
      const Range *leaf = sample_descend (sample, rank);

      if (leaf->k > 0)
        for (; rank < range_end (leaf); rank++)
          {
            if (range_draws_others (sample, leaf) || leaf->size == 1)
              {
                if (conset_sample_times (sample, rank) > 0)
                  return rank;
                continue;
              }
            sample_open_leaf (sample, leaf);
            for (guint k = 0; k < sample->n_places; k++)
              if (leaf->first + sample->places[k] >= rank)
                return leaf->first + sample->places[k];
            break;
          }
      rank = range_end (leaf);
    }
  return sample->n;
}
