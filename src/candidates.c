/* SPDX-License-Identifier: MIT */
/*
 * Candidates: counting along a line, numbering lines, and finding ranks in a tile.
 */
#include "candidates.h"

#include "intervals.h"
#include "plan.h"

/* What is tried for a closed form. */
#define COUNT_BUDGET 200

/* Lines whose counts are remembered at most; 24 bytes each. */
#define NOTES_MOST (1 << 19)

/* Counting goes on in stretches of so many places. */
#define STRETCH CONSET_TILE_BITMAP_WIDTH

/* Of a line, or of all lines of a product: below members lie below at; all is their number on the
 * whole line, if known. */
typedef struct
{
  guint64 at;
  guint64 below;
  guint64 all;
} Note;

#define NOT_KNOWN G_MAXUINT64

/* part is what was last looked at, spare is for counting. Of a product, across are its lines. */
struct _ConsetCandidates
{
  const Conset *set;
  ConsetOrder order;
  ConsetEval *eval;
  ConsetTile *part;
  guint64 n_part;
  ConsetTile *spare;
  guint64 along[2];
  const ConsetIntervals *across;
  gboolean closed;
  Note *notes;
  guint64 first_line;
  guint64 n_notes;
  guint64 noted_line;
};

gboolean
conset_count_part (const Conset *set,
                   ConsetOrder order,
                   const guint64 lines[2],
                   const guint64 along[2],
                   guint64 *count)
{
  ConsetCensus census = { COUNT_BUDGET, FALSE };
  gboolean target_major = order == CONSET_TARGET_MAJOR;
  const guint64 *sources = target_major ? along : lines, *targets = target_major ? lines : along;
  ConsetWindow window = { sources[0], sources[1], targets[0], targets[1] };
  ConsetCount n;

  if (!conset_node_count (set, &window, &census, &n) || n >= CONSET_INDEX_END)
    return FALSE;
  *count = (guint64) n;
  return TRUE;
}

gboolean
conset_count_lines (
  const Conset *set, ConsetOrder order, guint64 first, guint64 end, guint64 *count)
{
  guint64 lines[2], along[2];

  conset_window_axes (&set->facts.bounds, order, lines, along);
  lines[0] = MAX (lines[0], first);
  lines[1] = MIN (lines[1], end);
  return conset_count_part (set, order, lines, along, count);
}

/* {{{ along a line */

static void
note_clear_way (ConsetCandidates *self, Note *note)
{
  note->at = self->along[0];
  note->below = 0;
}

static void
note_clear (ConsetCandidates *self, Note *note)
{
  note_clear_way (self, note);
  note->all = NOT_KNOWN;
}

static const ConsetIntervals *
lines_of_product (const Conset *set, ConsetOrder order)
{
  const ConsetIntervals *sources, *targets;

  if (set->klass->sides == NULL)
    return NULL;
  set->klass->sides (set, &sources, &targets);
  return order == CONSET_TARGET_MAJOR ? targets : sources;
}

ConsetCandidates *
conset_candidates_new (const Conset *set, ConsetOrder order, guint64 first, guint64 end)
{
  ConsetCandidates *self = g_new0 (ConsetCandidates, 1);
  guint64 lines[2], count;

  self->set = set;
  self->order = order;
  self->eval = conset_eval_new (set, &set->facts.bounds, order);
  self->part = conset_tile_new ();
  self->spare = conset_tile_new ();
  self->across = lines_of_product (set, order);
  conset_window_axes (&set->facts.bounds, order, lines, self->along);
  lines[1] = MIN (lines[1], lines[0] + 1);
  self->closed = conset_count_part (set, order, lines, self->along, &count);
  self->first_line = first;
  self->n_notes = !self->closed && end - first <= NOTES_MOST ? end - first : 1;
  self->notes = g_new (Note, self->n_notes);
  self->noted_line = CONSET_INDEX_END;
  for (guint64 k = 0; k < self->n_notes; k++)
    note_clear (self, &self->notes[k]);
  return self;
}

void
conset_candidates_free (ConsetCandidates *candidates)
{
  conset_tile_free (candidates->part);
  conset_tile_free (candidates->spare);
  conset_eval_free (candidates->eval);
  g_free (candidates->notes);
  g_free (candidates);
}

const GError *
conset_candidates_error (const ConsetCandidates *candidates)
{
  return candidates->eval->error;
}

/* What is remembered of @line. */
static Note *
candidates_note (ConsetCandidates *self, guint64 line)
{
  if (self->across != NULL)
    return &self->notes[0];
  if (self->n_notes > 1 && line >= self->first_line && line - self->first_line < self->n_notes)
    return &self->notes[line - self->first_line];
  if (self->noted_line != line)
    note_clear (self, &self->notes[0]);
  self->noted_line = line;
  return &self->notes[0];
}

static guint64
count_stretches (ConsetCandidates *self, guint64 line, guint64 from, guint64 to)
{
  guint64 n = 0;

  while (from < to)
    {
      guint64 width = MIN (STRETCH, to - from);

      conset_tile_aim (self->spare, line, from, (guint32) width);
      conset_step_fill (self->eval->root, self->spare);
      n += conset_tile_count (self->spare);
      from += width;
    }
  return n;
}

/* The number on @line below @along, counted on from where it was last asked for. */
static guint64
note_count (ConsetCandidates *self, Note *note, guint64 line, guint64 along)
{
  guint64 lines[2] = { line, line + 1 }, range[2] = { self->along[0], along };
  guint64 n;

  if (self->closed && conset_count_part (self->set, self->order, lines, range, &n))
    return n;
  if (along < note->at)
    note_clear_way (self, note);
  return note->below + count_stretches (self, line, note->at, along);
}

guint64
conset_candidates_all (ConsetCandidates *candidates, guint64 line)
{
  Note *note = candidates_note (candidates, line);

  if (note->all == NOT_KNOWN)
    note->all = note_count (candidates, note, line, candidates->along[1]);
  return note->all;
}

guint64
conset_candidates_below (ConsetCandidates *candidates, guint64 line, guint64 along)
{
  Note *note = candidates_note (candidates, line);

  if (along >= candidates->along[1])
    return conset_candidates_all (candidates, line);
  along = MAX (along, candidates->along[0]);
  if (along != note->at)
    {
      note->below = note_count (candidates, note, line, along);
      note->at = along;
    }
  return note->below;
}

guint64
conset_candidates_look (ConsetCandidates *candidates, guint64 line, guint64 first, guint32 width)
{
  ConsetTile *part = candidates->part;

  if (candidates->across != NULL)
    {
      if (!conset_intervals_contains (candidates->across, line))
        return 0;
      if (part->first == first && part->width == width)
        return candidates->n_part;
    }
  conset_tile_aim (part, line, first, width);
  conset_step_fill (candidates->eval->root, part);
  candidates->n_part = conset_tile_count (part);
  return candidates->n_part;
}

/* }}} */
/* {{{ ranks in a tile */

static void
place_in_runs (const ConsetTile *candidates, ConsetTile *sample)
{
  const ConsetRun *run = candidates->runs;
  guint32 before = 0;

  for (gsize k = 0; k < sample->n; k++)
    {
      guint32 rank = sample->list[k];

      for (; rank - before >= run->end - run->first; run++)
        before += run->end - run->first;
      sample->list[k] = run->first + (rank - before);
    }
}

void
conset_candidates_place (ConsetCandidates *candidates, ConsetTile *tile)
{
  ConsetTile *part = candidates->part;
  gboolean repeated = tile->repeated;

  if (part->kind != CONSET_TILE_FULL)
    {
      conset_tile_to_list (tile);
      if (part->kind == CONSET_TILE_RUNS)
        place_in_runs (part, tile);
      else
        {
          conset_tile_to_list (part);
          for (gsize k = 0; k < tile->n; k++)
            tile->list[k] = part->list[tile->list[k]];
        }
      conset_tile_set_list (tile, tile->n, repeated);
    }
  tile->width = part->width;
}

/* }}} */
/* {{{ numbers of lines */

void
conset_tally_init (ConsetTally *tally)
{
  g_mutex_init (&tally->lock);
  tally->counted = 0;
  tally->below = NULL;
  tally->even = 0;
}

void
conset_tally_clear (ConsetTally *tally)
{
  g_mutex_clear (&tally->lock);
  g_free (tally->below);
}

/* below[k] becomes the number of members on the first k lines. */
static gboolean
tally_evaluate (
  guint64 *below, const Conset *set, ConsetOrder order, const guint64 lines[2], GError **error)
{
  ConsetEval *eval = conset_eval_new (set, &set->facts.bounds, order);
  ConsetTile *tile = conset_tile_new ();
  gboolean ok;

  while (conset_eval_next (eval, tile))
    below[tile->line - lines[0] + 1] += conset_tile_count (tile);
  for (guint64 k = 0; k < lines[1] - lines[0]; k++)
    below[k + 1] += below[k];
  ok = eval->error == NULL;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&eval->error));
  conset_tile_free (tile);
  conset_eval_free (eval);
  return ok;
}

static gboolean
tally_count (
  ConsetTally *tally, const Conset *set, ConsetOrder order, const guint64 lines[2], GError **error)
{
  guint64 n = lines[1] - lines[0] + 1;
  g_autofree guint64 *below = n <= G_MAXSIZE ? g_try_new0 (guint64, n) : NULL;

  if (below == NULL)
    {
      g_autofree char *text = conset_describe (set);

      g_set_error (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
                   "the set '%s' has too many lines to be numbered, %" G_GUINT64_FORMAT
                   "; intersect it with a smaller cross(...)",
                   text, n - 1);
      return FALSE;
    }
  if (!tally_evaluate (below, set, order, lines, error))
    return FALSE;
  tally->below = g_steal_pointer (&below);
  g_atomic_int_set (&tally->counted, 1);
  return TRUE;
}

gboolean
conset_tally_below (ConsetTally *tally,
                    const Conset *set,
                    ConsetOrder order,
                    guint64 line,
                    guint64 *below,
                    GError **error)
{
  guint64 lines[2], along[2];
  gboolean ok = TRUE;

  conset_window_axes (&set->facts.bounds, order, lines, along);
  line = CLAMP (line, lines[0], lines[1]);
  if (!g_atomic_int_get (&tally->counted) && conset_count_lines (set, order, 0, line, below))
    return TRUE;
  g_mutex_lock (&tally->lock);
  if (!g_atomic_int_get (&tally->counted))
    ok = tally_count (tally, set, order, lines, error);
  g_mutex_unlock (&tally->lock);
  if (ok)
    *below = tally->below[line - lines[0]];
  return ok;
}

gboolean
conset_tally_is_known (ConsetTally *tally, const Conset *set, ConsetOrder order)
{
  guint64 lines[2], along[2], n;

  conset_window_axes (&set->facts.bounds, order, lines, along);
  return g_atomic_int_get (&tally->counted)
         || (conset_count_lines (set, order, 0, CONSET_INDEX_END, &n)
             && conset_count_lines (set, order, 0, lines[0] + 1, &n));
}

guint64
conset_tally_line (
  ConsetTally *tally, const Conset *set, ConsetOrder order, guint64 line, guint64 number)
{
  guint64 lines[2], along[2];

  conset_window_axes (&set->facts.bounds, order, lines, along);
  while (lines[1] - line > 1)
    {
      guint64 middle = line + (lines[1] - line) / 2, below;

      if (!conset_tally_below (tally, set, order, middle, &below, NULL))
        return line;
      if (below <= number)
        line = middle;
      else
        lines[1] = middle;
    }
  return line;
}

#define LINES_COMPARED (1 << 20)

static gboolean
lines_are_even (const Conset *set, ConsetOrder order)
{
  guint64 first = conset_node_next_line (set, order, 0), each, n = 0;

  if (!conset_count_lines (set, order, first, first + 1, &each))
    return FALSE;
  if (set->klass->sides != NULL)
    return TRUE;
  for (guint64 line = first; line < CONSET_INDEX_END;
       line = conset_node_next_line (set, order, line + 1))
    {
      guint64 count;

      if (n++ == LINES_COMPARED || !conset_count_lines (set, order, line, line + 1, &count)
          || (count != each && count != 0))
        return FALSE;
    }
  return TRUE;
}

gboolean
conset_tally_is_even (ConsetTally *tally, const Conset *set, ConsetOrder order)
{
  gint even = g_atomic_int_get (&tally->even);

  if (even == 0)
    {
      even = lines_are_even (set, order) ? 1 : 2;
      g_atomic_int_set (&tally->even, even);
    }
  return even == 1;
}

/* }}} */
