/* SPDX-License-Identifier: MIT */
/*
 * Bernoulli: each pair (i, j) is a member with probability p, independently; a function of
 * p, the seed, i and j alone.
 *
 * Where p is 1/32 or more, (i, j) is a trial of a coin (random.h): tiles are bitmaps, at the
 * cost of their pairs, 64 at a time. Where it is less, members are found in groups
 * (groups.h): tiles are lists, at the cost of their members.
 *
 * Members come out ascending, once each. Both schemes draw along the sources of a target, so
 * lines of sources are made many at a time, and kept for the lines that follow.
 */
#include <math.h>

#include "node.h"

#include "kernels.h"
#include "text.h"

#include <string.h>

#define LEAST_DENSE (1.0 / 32)

/* The coin where dense, else the groups. */
typedef struct
{
  Conset       base;
  double       p;
  guint64      seed;
  gboolean     dense;
  union
  {
    ConsetCoin   coin;
    ConsetGroups groups;
  };
} BernoulliNode;

/* {{{ dense lines of sources: bitmaps of 64 sources by 512 targets, made by transposing words */

#define PATCH_TARGETS 512
#define PATCH_WORDS (PATCH_TARGETS / 64)
#define PATCHES_MOST 1024

/* Row k holds source 64 block + k at targets PATCH_TARGETS column and up. */
typedef struct
{
  gboolean filled;
  guint64  block;
  guint64  column;
  guint64  rows[64][PATCH_WORDS];
} Patch;

static void
patch_fill (const ConsetCoin *coin, Patch *patch, guint64 block, guint64 column)
{
  guint64 words[PATCH_TARGETS];

  conset_draws ()->coin_words (coin, block, column * PATCH_TARGETS, 0, 1, PATCH_TARGETS, words);
  for (guint w = 0; w < PATCH_WORDS; w++)
    {
      conset_kernels ()->transpose_64 (words + 64 * w);
      for (guint k = 0; k < 64; k++)
        patch->rows[k][w] = words[64 * w + k];
    }
  patch->filled = TRUE;
  patch->block = block;
  patch->column = column;
}

/* }}} */

/* {{{ sparse lines of sources: a band of them at once, sorted by source */

#define BAND_MEMBERS (1 << 20)

/* Line k of the band is source first_line + k; its members are starts[k] up to starts[k + 1]. */
typedef struct
{
  guint64  first_line;
  guint32  n_lines;
  guint64  first;
  guint32  width;
  guint32 *starts;
  guint32 *members;
  gsize    capacity;
  GArray  *places;
} Band;

typedef struct
{
  guint32 line;
  guint32 offset;
} BandPlace;

/* As many lines as are expected to fit, starting with the one asked for. */
static guint32
band_height (const ConsetStep *step, const ConsetTile *tile)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;
  double fit = BAND_MEMBERS / (self->p * tile->width + 1.0);
  guint64 left = step->window.source_end > tile->line ? step->window.source_end - tile->line : 1;

  return (guint32) CLAMP (MIN (fit, (double) left), 1.0, 65536.0);
}

/* Places stand by target; counting them by source sorts them by (source, target). */
static void
band_sort (Band *band)
{
  const BandPlace *places = (const BandPlace *) (gpointer) band->places->data;
  guint n = band->places->len;

  band->starts = g_renew (guint32, band->starts, band->n_lines + 2);
  memset (band->starts, 0, (band->n_lines + 2) * sizeof *band->starts);
  if (n > band->capacity)
    {
      band->capacity = n + n / 2;
      band->members = g_renew (guint32, band->members, band->capacity);
    }
  for (guint k = 0; k < n; k++)
    band->starts[places[k].line + 2]++;
  for (guint32 line = 0; line < band->n_lines; line++)
    band->starts[line + 2] += band->starts[line + 1];
  for (guint k = 0; k < n; k++)
    band->members[band->starts[places[k].line + 1]++] = places[k].offset;
}

static gsize list_members (const ConsetGroups *groups, guint64 line, guint64 first, ConsetTile *tile);

static void
band_fill (ConsetStep *step, Band *band, const ConsetTile *tile)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;
  ConsetTile *column = conset_eval_borrow (step->eval);

  band->first_line = tile->line;
  band->n_lines = band_height (step, tile);
  band->first = tile->first;
  band->width = tile->width;
  g_array_set_size (band->places, 0);
  for (guint32 offset = 0; offset < tile->width; offset++)
    {
      gsize n;

      conset_tile_aim (column, tile->first + offset, band->first_line, band->n_lines);
      n = list_members (&self->groups, column->line, column->first, column);
      for (gsize k = 0; k < n; k++)
        {
          BandPlace place = { column->list[k], offset };

          g_array_append_val (band->places, place);
        }
    }
  band_sort (band);
  conset_eval_give_back (step->eval, column);
}

/* }}} */

/* The state serves source-major order only. Patches are kept by the column they are of. */
typedef struct
{
  Patch  **patches;
  gsize    n_patches;
  Band     band;
} BernoulliState;

static void
bernoulli_print (const Conset *set, GString *out)
{
  const BernoulliNode *self = (const BernoulliNode *) set;

  g_string_append (out, "random(");
  conset_append_double (out, self->p);
  g_string_append_printf (out, ", seed=%" G_GUINT64_FORMAT ")", self->seed);
}

static guint64
bernoulli_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const BernoulliNode *self = (const BernoulliNode *) set;

  if (!self->dense)
    return conset_groups_have (&self->groups, source, target);
  return conset_coin_word (&self->coin, source >> 6, target) >> (source & 63) & 1;
}

static double
bernoulli_expected (const Conset       *set,
                    const ConsetWindow *window,
                    ConsetCensus       *census G_GNUC_UNUSED)
{
  return (double) conset_window_area (window) * ((const BernoulliNode *) set)->p;
}

/* Evaluation */

static void
bernoulli_start (ConsetStep *step)
{
  BernoulliState *state;
  guint64 targets = step->window.target_end - step->window.target_first;

  if (step->order == CONSET_TARGET_MAJOR)
    return;
  state = g_new0 (BernoulliState, 1);
  state->n_patches = MIN (targets / PATCH_TARGETS + 2, PATCHES_MOST);
  state->patches = g_new0 (Patch *, state->n_patches);
  state->band.places = g_array_new (FALSE, FALSE, sizeof (BandPlace));
  step->state = state;
}

static void
bernoulli_stop (ConsetStep *step)
{
  BernoulliState *state = step->state;

  if (state == NULL)
    return;
  for (gsize k = 0; k < state->n_patches; k++)
    g_free (state->patches[k]);
  g_free (state->patches);
  g_free (state->band.starts);
  g_free (state->band.members);
  g_array_unref (state->band.places);
  g_free (state);
}

/* Words [word, word + n) of a line of sources. */
static void
source_words (ConsetStep *step, guint64 source, guint64 word, gsize n, guint64 *words)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;
  BernoulliState *state = step->state;

  for (gsize k = 0; k < n;)
    {
      guint64 column = (word + k) / PATCH_WORDS, skip = (word + k) % PATCH_WORDS;
      gsize some = MIN (PATCH_WORDS - skip, n - k);
      Patch **slot = &state->patches[column % state->n_patches];

      if (*slot == NULL)
        *slot = g_new0 (Patch, 1);
      if (!(*slot)->filled || (*slot)->block != source >> 6 || (*slot)->column != column)
        patch_fill (&self->coin, *slot, source >> 6, column);
      memcpy (words + k, (*slot)->rows[source & 63] + skip, some * sizeof *words);
      k += some;
    }
}

static void
line_words (ConsetStep *step, guint64 line, guint64 word, gsize n, guint64 *words)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;

  if (step->order == CONSET_TARGET_MAJOR)
    conset_draws ()->coin_words (&self->coin, word, line, 1, 0, n, words);
  else
    source_words (step, line, word, n, words);
}

/* Words begin at multiples of 64; a tile that does not has them moved down by its phase. */
static void
dense_bits (ConsetStep *step, ConsetTile *tile)
{
  guint phase = tile->first & 63;
  gsize n = conset_bits_words (tile->width);
  guint64 *bits = conset_tile_make_bitmap (tile);

  line_words (step, tile->line, tile->first >> 6, n + (phase != 0), bits);
  if (phase != 0)
    for (gsize k = 0; k < n; k++)
      bits[k] = bits[k] >> phase | bits[k + 1] << (64 - phase);
  if (tile->width % 64 != 0)
    bits[n - 1] &= G_MAXUINT64 >> (64 - tile->width % 64);
}

/* A tile too wide for a bitmap is a list, made from bitmaps stretch by stretch. */
static void
dense_list (ConsetStep *step, ConsetTile *tile)
{
  ConsetTile *part = conset_eval_borrow (step->eval);
  gsize n = 0;

  for (guint32 at = 0; at < tile->width; at += part->width)
    {
      gsize words;

      conset_tile_aim (part,
                       tile->line,
                       tile->first + at,
                       MIN (CONSET_TILE_BITMAP_WIDTH, tile->width - at));
      dense_bits (step, part);
      words = conset_bits_words (part->width);
      conset_tile_reserve_list (tile, n + conset_kernels ()->words_count (part->bits, words));
      n += conset_kernels ()->list_words (part->bits, words, at, tile->list + n);
    }
  conset_tile_set_list (tile, n, FALSE);
  conset_eval_give_back (step->eval, part);
}

#define GROUPS_AT_ONCE 512

/* Group by group, where a group is wider than the vector kernel takes. */
static gsize
list_wide_groups (const ConsetGroups *groups,
                  guint64             line,
                  guint64             group,
                  guint64             end_group,
                  const ConsetTile   *tile,
                  guint64             first,
                  guint32            *out)
{
  gsize written = 0;

  for (; group < end_group; group++)
    {
      guint64 places[CONSET_GROUP_MOST];
      guint n = conset_groups_members (groups, group, line, places);

      for (guint k = 0; k < n; k++)
        {
          guint64 index = (group << groups->shift) + places[k];

          if (index >= first && index - first < tile->width)
            out[written++] = (guint32) (index - first);
        }
    }
  return written;
}

/* Cuts what groups on the rim have outside of [0, width); what lies before 0 has wrapped. */
static gsize
cut_rim (guint32 *list, gsize n, guint32 width)
{
  gsize before = 0;

  while (before < n && list[before] >= 1u << 31)
    before++;
  while (n > before && list[n - 1] >= width)
    n--;
  memmove (list, list + before, (n - before) * sizeof *list);
  return n - before;
}

/* The members of the line of a target in [first, first + the width of the tile), as its list. */
static gsize
list_members (const ConsetGroups *groups, guint64 line, guint64 first, ConsetTile *tile)
{
  guint64 first_group = first >> groups->shift;
  guint64 end_group = ((first + tile->width - 1) >> groups->shift) + 1;
  guint32 skip = (guint32) (first - (first_group << groups->shift));
  gsize n = 0;

  for (guint64 group = first_group; group < end_group;)
    {
      guint32 some = (guint32) MIN (GROUPS_AT_ONCE, end_group - group);
      guint32 begin = (guint32) (group - first_group);

      conset_tile_reserve_list (tile, n + some * CONSET_GROUP_MOST);
      if (groups->shift <= 24)
        n += conset_draws ()->group_members (groups, line, first_group, begin, begin + some, skip,
                                             tile->list + n);
      else
        n += list_wide_groups (groups, line, group, group + some, tile, first, tile->list + n);
      group += some;
    }
  return cut_rim (tile->list, n, tile->width);
}

static void
sparse_list (ConsetStep *step, ConsetTile *tile)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;
  Band *band;
  guint32 from, n;

  if (step->order == CONSET_TARGET_MAJOR)
    {
      conset_tile_reserve_list (tile, 0);
      conset_tile_set_list (tile, list_members (&self->groups, tile->line, tile->first, tile), FALSE);
      return;
    }
  band = &((BernoulliState *) step->state)->band;
  if (tile->line < band->first_line || tile->line - band->first_line >= band->n_lines
      || tile->first != band->first || tile->width != band->width)
    band_fill (step, band, tile);
  from = band->starts[tile->line - band->first_line];
  n = band->starts[tile->line - band->first_line + 1] - from;
  conset_tile_reserve_list (tile, n);
  for (guint32 k = 0; k < n; k++)
    tile->list[k] = band->members[from + k];
  conset_tile_set_list (tile, n, FALSE);
}

static void
bernoulli_fill (ConsetStep *step, ConsetTile *tile)
{
  if (!((const BernoulliNode *) step->set)->dense)
    sparse_list (step, tile);
  else if (tile->width <= CONSET_TILE_BITMAP_WIDTH)
    dense_bits (step, tile);
  else
    dense_list (step, tile);
}

/* A trial for each candidate, some at a time. */

#define CANDIDATES_AT_ONCE 256

static void
dense_trials (const ConsetStep *step, const ConsetTile *tile, gsize from, gsize n, guint8 *success)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;

  conset_draws ()->coin_trials (&self->coin,
                                  step->order == CONSET_TARGET_MAJOR,
                                  tile->line,
                                  tile->first,
                                  tile->list + from,
                                  n,
                                  success);
}

static void
sparse_trials (const ConsetStep *step, const ConsetTile *tile, gsize from, gsize n, guint8 *success)
{
  const ConsetGroups *groups = &((const BernoulliNode *) step->set)->groups;
  gboolean along = step->order == CONSET_TARGET_MAJOR;

  if (groups->shift <= 24)
    {
      conset_draws ()->group_trials (groups, along, tile->line, tile->first, tile->list + from, n,
                                     success);
      return;
    }
  for (gsize k = 0; k < n; k++)
    {
      guint64 index = tile->first + tile->list[from + k];

      success[k] = along ? conset_groups_have (groups, index, tile->line)
                         : conset_groups_have (groups, tile->line, index);
    }
}

/* Whether a trial for each candidate costs less than all members among them. */
static gboolean
trials_are_cheaper (const BernoulliNode *self, const ConsetTile *tile)
{
  guint32 first, end;

  if (tile->kind != CONSET_TILE_LIST)
    return FALSE;
  conset_tile_hull (tile, &first, &end);
  return self->dense ? tile->n < (end - first) / 16 : (double) tile->n < self->p * (end - first);
}

static void
bernoulli_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;
  guint8 success[CANDIDATES_AT_ONCE], wanted = mode == CONSET_FILTER_KEEP;
  gsize kept = 0;

  if (!trials_are_cheaper (self, tile))
    {
      conset_step_filter_by_fill (step, tile, mode);
      return;
    }
  for (gsize from = 0; from < tile->n; from += CANDIDATES_AT_ONCE)
    {
      gsize some = MIN (CANDIDATES_AT_ONCE, tile->n - from);

      if (self->dense)
        dense_trials (step, tile, from, some, success);
      else
        sparse_trials (step, tile, from, some, success);
      for (gsize k = 0; k < some; k++)
        {
          tile->list[kept] = tile->list[from + k];
          kept += success[k] == wanted;
        }
    }
  conset_tile_set_list (tile, kept, FALSE);
}

static const char *
bernoulli_how (const ConsetStep *step)
{
  const BernoulliNode *self = (const BernoulliNode *) step->set;

  if (!self->dense)
    return "members of groups, as a list";
  return self->coin.planes > 0 ? "bit planes, as a bitmap" : "bytes by the alias method, as a bitmap";
}

static const ConsetClass conset_bernoulli_class = {
  .name = "random",
  .struct_size = sizeof (BernoulliNode),
  .precedence = CONSET_PREC_ATOM,
  .print = bernoulli_print,
  .multiplicity = bernoulli_multiplicity,
  .expected = bernoulli_expected,
  .start = bernoulli_start,
  .stop = bernoulli_stop,
  .fill = bernoulli_fill,
  .filter = bernoulli_filter,
  .how = bernoulli_how,
};

static Conset *
probability_error (double p)
{
  GString *message = g_string_new ("random(");
  Conset *error;

  conset_append_double (message, p);
  error = conset_error_new ("%s): probability must lie in [0, 1]", message->str);
  g_string_free (message, TRUE);
  return error;
}

/* Reducers: p = 0 is empty, p = 1 is full. */
Conset *
conset_random (double p, guint64 seed)
{
  BernoulliNode *self;

  if (!(p >= 0.0 && p <= 1.0))
    return probability_error (p);
  if (p == 0.0)
    return conset_empty ();
  if (p == 1.0)
    return conset_full ();

  self = conset_node_new (&conset_bernoulli_class);
  self->p = p;
  self->seed = seed;
  self->dense = p >= LEAST_DENSE;
  if (self->dense)
    conset_coin_init (&self->coin, p, seed, CONSET_RULE_BERNOULLI);
  else
    conset_groups_init (&self->groups, p, seed);
  self->base.facts.density = p;
  self->base.facts.random = TRUE;
  return conset_node_finish (self);
}
