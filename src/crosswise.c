/* SPDX-License-Identifier: MIT */
/*
 * Crosswise: patches by transposing words, bands by counting.
 *
 * Patches take 4 KiB each, a band at most some 25 megabytes, whatever the window.
 */
#include "crosswise.h"

#include "kernels.h"
#include "node.h"

#include <string.h>

/* {{{ patches */

#define PATCH_TARGETS 512
#define PATCH_WORDS (PATCH_TARGETS / 64)
#define PATCHES_MOST 1024

/* Row k holds source 64 block + k at targets PATCH_TARGETS column and up. */
typedef struct
{
  guint64 block;
  guint64 column;
  guint64 rows[64][PATCH_WORDS];
} Patch;

/* A column has its place by its number; NULL until it is first asked for. */
struct _ConsetPatches
{
  const ConsetCoin *coin;
  gsize n;
  Patch **patches;
};

ConsetPatches *
conset_patches_new (const ConsetCoin *coin, guint64 n_targets)
{
  ConsetPatches *self = g_new (ConsetPatches, 1);

  self->coin = coin;
  self->n = MIN (n_targets / PATCH_TARGETS + 2, PATCHES_MOST);
  self->patches = g_new0 (Patch *, self->n);
  return self;
}

void
conset_patches_free (ConsetPatches *patches)
{
  for (gsize k = 0; k < patches->n; k++)
    g_free (patches->patches[k]);
  g_free (patches->patches);
  g_free (patches);
}

static void
patch_draw (const ConsetCoin *coin, Patch *patch, guint64 block, guint64 column)
{
  guint64 words[PATCH_TARGETS];

  conset_coins ()->words (coin, block, column * PATCH_TARGETS, 0, 1, PATCH_TARGETS, words);
  for (guint w = 0; w < PATCH_WORDS; w++)
    {
      conset_kernels ()->transpose_64 (words + 64 * w);
      for (guint k = 0; k < 64; k++)
        patch->rows[k][w] = words[64 * w + k];
    }
  patch->block = block;
  patch->column = column;
}

static const Patch *
patches_get (ConsetPatches *self, guint64 block, guint64 column)
{
  Patch **slot = &self->patches[column % self->n];

  if (*slot == NULL)
    {
      *slot = g_new (Patch, 1);
      patch_draw (self->coin, *slot, block, column);
    }
  else if ((*slot)->block != block || (*slot)->column != column)
    patch_draw (self->coin, *slot, block, column);
  return *slot;
}

void
conset_patches_words (ConsetPatches *patches, guint64 source, guint64 word, gsize n, guint64 *words)
{
  for (gsize k = 0; k < n;)
    {
      guint64 skip = (word + k) % PATCH_WORDS;
      gsize some = MIN (PATCH_WORDS - skip, n - k);
      const Patch *patch = patches_get (patches, source >> 6, (word + k) / PATCH_WORDS);

      memcpy (words + k, patch->rows[source & 63] + skip, some * sizeof *words);
      k += some;
    }
}

/* }}} */

/* {{{ band */

#define BAND_MEMBERS (1 << 22)
#define BAND_LINES (1 << 16)

/* Line k of the band is first_line + k; its members are starts[k] up to starts[k + 1]. A
 * column is a part of a line of the draws: what was drawn has the lines of one column after the
 * other, those of column k up to ends[k]. lines_of says where a column may have any; NULL for
 * everywhere. Draws are halved from line origin on. */
struct _ConsetBand
{
  ConsetBandFill fill;
  gpointer data;
  double density;
  const ConsetStep *step;
  guint64 along[2];
  guint64 first_line;
  guint32 n_lines;
  guint64 first;
  guint32 width;
  guint32 *starts;
  guint32 *members;
  gsize members_room;
  guint16 *drawn;
  gsize drawn_room;
  gsize *ends;
  const Conset *lines_of;
  guint64 origin;
  ConsetTile *column;
};

/* So many lines are expected to fit that have @width places. */
static guint64
band_fit (double density, double width)
{
  return (guint64) CLAMP (BAND_MEMBERS / (density * width + 1.0), 1.0, BAND_LINES);
}

ConsetBand *
conset_band_new (ConsetBandFill fill, gpointer data, double density, ConsetStep *step)
{
  ConsetBand *self = g_new0 (ConsetBand, 1);
  guint64 lines[2];

  self->fill = fill;
  self->data = data;
  self->density = density;
  self->step = step;
  conset_window_axes (&step->window, step->order, lines, self->along);
  step->grain = band_fit (density, (double) (self->along[1] - self->along[0]));
  self->column = conset_tile_new ();
  return self;
}

void
conset_band_set_lines (ConsetBand *band, const Conset *set)
{
  guint64 lines[2], along[2];

  conset_window_axes (&set->facts.bounds, band->step->order, lines, along);
  band->lines_of = set;
  band->origin = lines[0];
}

void
conset_band_free (ConsetBand *band)
{
  g_free (band->starts);
  g_free (band->members);
  g_free (band->drawn);
  g_free (band->ends);
  conset_tile_free (band->column);
  g_free (band);
}

/* A band whose lines would have more members does not grow, only a tile may be longer. */
#define BAND_LONGEST (BAND_MEMBERS / 8)

/* A band is as long as the tile, but next to one that was just drawn, for tiles of other
 * lengths, it grows to hold both and some more: so a filter that asks for a little more or
 * less the next time soon finds what it needs, and no line is drawn far beyond what it is asked
 * for. */
static void
band_aim (ConsetBand *band, const ConsetTile *tile)
{
  guint64 from = tile->first, end = tile->first + tile->width;
  guint64 last_end = band->first + band->width;
  gboolean near_line =
    tile->line >= band->first_line && tile->line - band->first_line < 2 * (guint64) band->n_lines;

  if (near_line && from <= last_end && end >= band->first)
    {
      gboolean grows = from < band->first || end > last_end;
      guint64 slack = grows ? band->width / 2 : 0;

      from = MIN (from, band->first);
      end = MAX (end, last_end);
      from = MIN (from, MAX (from - MIN (from, slack), band->along[0]));
      end = MAX (end, MIN (end + slack, band->along[1]));
    }
  if (end - from > CONSET_TILE_MAX_WIDTH || band->density * (double) (end - from) > BAND_LONGEST)
    {
      from = tile->first;
      end = tile->first + tile->width;
    }
  band->first = from;
  band->width = (guint32) (end - from);
}

/* As many lines as are expected to fit, from the one of the tile on; but the band ends where large
 * ranges of the draws do, so that few of these are drawn for two bands. */
static guint32
band_height (const ConsetBand *band, guint64 line)
{
  guint64 most = band_fit (band->density, band->width), lines[2], along[2], left, span = 1;

  conset_window_axes (&band->step->part, band->step->order, lines, along);
  left = lines[1] > line ? lines[1] - line : 1;
  if (most >= left)
    return (guint32) left;
  while (span <= most / 2)
    span *= 2;
  return (guint32) (most - (line - band->origin + most) % span);
}

/* The least column of the band from @offset on that may have members; its width if none. */
static guint32
band_next_column (const ConsetBand *band, guint32 offset)
{
  guint64 next;

  if (band->lines_of == NULL || offset >= band->width)
    return offset;
  next = conset_node_next_line (band->lines_of, conset_order_flip (band->step->order),
                                band->first + offset);
  return (guint32) MIN (next - band->first, band->width);
}

static void
band_keep_column (ConsetBand *band, const ConsetTile *column, gsize n)
{
  guint32 *counts = band->starts + 2;

  if (n + column->n > band->drawn_room)
    {
      band->drawn_room = n + n / 8 + column->n;
      band->drawn = g_renew (guint16, band->drawn, band->drawn_room);
    }
  for (gsize k = 0; k < column->n; k++)
    {
      band->drawn[n + k] = (guint16) column->list[k];
      counts[column->list[k]]++;
    }
}

/* Draws the columns, and counts the members of each line behind the place of its start. */
static void
band_draw_columns (ConsetBand *band)
{
  ConsetTile *column = band->column;
  gsize n = 0;
  guint32 offset = 0, next;

  band->starts = g_renew (guint32, band->starts, (gsize) band->n_lines + 2);
  memset (band->starts, 0, ((gsize) band->n_lines + 2) * sizeof *band->starts);
  band->ends = g_renew (gsize, band->ends, band->width);
  for (; offset < band->width; band->ends[offset++] = n)
    {
      for (next = band_next_column (band, offset); offset < next; offset++)
        band->ends[offset] = n;
      if (offset == band->width)
        break;
      conset_tile_aim (column, band->first + offset, band->first_line, band->n_lines);
      band->fill (band->data, column);
      conset_tile_to_list (column);
      band_keep_column (band, column, n);
      n += column->n;
    }
}

/* Members stand by the line they were drawn on; counts of the other sort them by that. */
static void
band_sort (ConsetBand *band)
{
  guint32 *starts = band->starts;
  gsize k = 0;

  for (guint32 line = 0; line < band->n_lines; line++)
    starts[line + 2] += starts[line + 1];
  if (starts[band->n_lines + 1] > band->members_room)
    {
      band->members_room = starts[band->n_lines + 1];
      g_free (band->members);
      band->members = g_new (guint32, band->members_room);
    }
  for (guint32 offset = 0; offset < band->width; offset++)
    for (; k < band->ends[offset]; k++)
      band->members[starts[band->drawn[k] + 1]++] = offset;
}

static void
band_draw (ConsetBand *band, const ConsetTile *tile)
{
  band_aim (band, tile);
  band->first_line = tile->line;
  band->n_lines = band_height (band, tile->line);
  band_draw_columns (band);
  band_sort (band);
}

static gboolean
band_has (const ConsetBand *band, const ConsetTile *tile)
{
  return tile->line >= band->first_line && tile->line - band->first_line < band->n_lines
         && tile->first >= band->first && tile->first + tile->width <= band->first + band->width;
}

void
conset_band_line (ConsetBand *band, ConsetTile *tile)
{
  gboolean repeated = FALSE;
  guint32 line, k, end, skip;
  gsize n = 0;

  if (!band_has (band, tile))
    band_draw (band, tile);
  line = (guint32) (tile->line - band->first_line);
  skip = (guint32) (tile->first - band->first);
  k = band->starts[line];
  end = band->starts[line + 1];
  conset_tile_reserve_list (tile, end - k);
  while (k < end && band->members[k] < skip)
    k++;
  for (; k < end && band->members[k] - skip < tile->width; k++)
    {
      guint32 offset = band->members[k] - skip;

      repeated |= n > 0 && tile->list[n - 1] == offset;
      tile->list[n++] = offset;
    }
  conset_tile_set_list (tile, n, repeated);
}

/* }}} */
