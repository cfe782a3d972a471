/* SPDX-License-Identifier: MIT */
/*
 * The iterator: tiles decoded into batches, batches handed out whole or one by one.
 *
 * A batch lies in buffers that stay in the nearest caches; its size has no influence on
 * the connections, their values or their order. The values of a batch are found when it has been
 * decoded.
 */
#include "evaluation.h"

#include "columns.h"
#include "kernels.h"

#include <conset/cset.h>

#include <math.h>

#define BATCH_MOST CONSET_PLACES_MOST
/* Kernels write up to this many entries beyond the last. */
#define BATCH_SLACK 8

/* Where the connections of a batch are, as values want it; the values, and those of them that have
 * not been handed out. */
typedef struct
{
  guint32 offsets[BATCH_MOST];
  guint32 copies[BATCH_MOST];
  double **values;
  const double **rest;
} Carried;

/* (line, next, end) is what is left of the decoded indices. What comes next is of @lines, from
 * entry
 * @entry of line @behind on, or else of @tile; entries of lines before @decoded have been decoded.
 * @carried is there for a set with columns; @last and @n_last are the last index of the batch
 * before, and how often it came. An iterator that is aimed @again keeps its evaluation at the end
 * of a part. */
struct _ConsetIter
{
  guint64 line;
  const guint64 *next;
  const guint64 *end;
  ConsetOrder order;
  Conset *set;
  ConsetEval *eval;
  ConsetTile *tile;
  guint64 cursor;
  ConsetLines lines;
  guint behind;
  guint32 entry;
  guint32 decoded;
  Carried *carried;
  gboolean again;
  guint64 last;
  guint32 n_last;
  GError *error;
  guint64 indices[BATCH_MOST + BATCH_SLACK];
};

gboolean
conset_resolve_window (const Conset *set,
                       const ConsetWindow *window,
                       ConsetWindow *resolved,
                       GError **error)
{
  if (!conset_check (set, error))
    return FALSE;
  if (window == NULL && !conset_is_finite (set))
    {
      g_autofree char *text = conset_describe (set);

      g_set_error (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED,
                   "the set '%s' is unbounded; give a window, or intersect it with cross(...)",
                   text);
      return FALSE;
    }
  if (window != NULL
      && (window->source_end > CONSET_INDEX_END || window->target_end > CONSET_INDEX_END))
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_WINDOW,
                   "the window [%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ") x [%" G_GUINT64_FORMAT
                   ", %" G_GUINT64_FORMAT ") reaches beyond the universe; an end is at most 2^63",
                   window->source_first, window->source_end, window->target_first,
                   window->target_end);
      return FALSE;
    }
  *resolved =
    window != NULL ? conset_window_intersect (window, &set->facts.bounds) : set->facts.bounds;
  return TRUE;
}

/* {{{ values */

static Carried *
carried_new (guint n_columns)
{
  Carried *carried = g_new (Carried, 1);

  carried->values = g_new (double *, n_columns);
  carried->rest = g_new (const double *, n_columns);
  for (guint k = 0; k < n_columns; k++)
    carried->values[k] = g_new (double, BATCH_MOST);
  return carried;
}

static void
carried_free (Carried *carried, guint n_columns)
{
  for (guint k = 0; k < n_columns; k++)
    g_free (carried->values[k]);
  g_free (carried->values);
  g_free (carried->rest);
  g_free (carried);
}

/* Numbers the copies of each index; FALSE if there is no second one. */
static gboolean
iter_number_copies (ConsetIter *iter, gsize n)
{
  gboolean repeated = FALSE;

  for (gsize k = 0; k < n; k++)
    {
      if (iter->n_last == 0 || iter->indices[k] != iter->last)
        iter->n_last = 0;
      iter->last = iter->indices[k];
      iter->carried->copies[k] = iter->n_last++;
      repeated |= iter->carried->copies[k] > 0;
    }
  return repeated;
}

/* Finds the values of the @n indices of a batch. FALSE on an error. */
static gboolean
iter_carry (ConsetIter *iter, gsize n)
{
  Carried *carried = iter->carried;
  const ConsetTile *tile = iter->tile;
  ConsetPlaces places = { iter->order, tile->line, tile->first, carried->offsets, n, NULL };

  for (gsize k = 0; k < n; k++)
    carried->offsets[k] = (guint32) (iter->indices[k] - tile->first);
  if (tile->repeated && iter_number_copies (iter, n))
    places.copies = carried->copies;
  conset_step_fill_values (iter->eval->root, &places, carried->values);
  return iter->eval->error == NULL;
}

static const double *const *
iter_values_left (const ConsetIter *iter)
{
  const Carried *carried = iter->carried;

  if (carried == NULL)
    return NULL;
  for (guint k = 0; k < iter->set->facts.columns->n; k++)
    carried->rest[k] = carried->values[k] + (iter->next - iter->indices);
  return carried->rest;
}

/* }}} */

ConsetIter *
conset_iter_new (const Conset *set, const ConsetWindow *window, ConsetOrder order)
{
  ConsetIter *iter;
  ConsetWindow resolved;

  g_return_val_if_fail (set != NULL, NULL);

  iter = g_new (ConsetIter, 1);
  iter->line = 0;
  iter->next = iter->end = iter->indices;
  iter->order = order;
  iter->set = conset_ref (set);
  iter->eval = NULL;
  iter->tile = conset_tile_new ();
  iter->cursor = 0;
  iter->lines.n = 0;
  iter->behind = 0;
  iter->carried = NULL;
  iter->again = FALSE;
  iter->n_last = 0;
  iter->error = NULL;
  if (!conset_resolve_window (set, window, &resolved, &iter->error))
    return iter;
  iter->eval = conset_eval_new (set, &resolved, order);
  if (set->facts.columns != NULL)
    iter->carried = carried_new (set->facts.columns->n);
  return iter;
}

void
conset_iter_free (ConsetIter *iter)
{
  if (iter == NULL)
    return;
  g_clear_pointer (&iter->eval, conset_eval_free);
  if (iter->carried != NULL)
    carried_free (iter->carried, iter->set->facts.columns->n);
  conset_tile_free (iter->tile);
  conset_unref (iter->set);
  g_clear_error (&iter->error);
  g_free (iter);
}

static gboolean
iter_end (ConsetIter *iter)
{
  iter->tile->kind = CONSET_TILE_EMPTY;
  if (iter->again && iter->eval->error == NULL)
    return FALSE;
  if (iter->eval->error != NULL)
    iter->next = iter->end = iter->indices;
  iter->error = g_steal_pointer (&iter->eval->error);
  g_clear_pointer (&iter->eval, conset_eval_free);
  return FALSE;
}

/* Decodes whole lines, as many as there is room for, or else a part of one. */
static void
iter_decode_lines (ConsetIter *iter)
{
  const ConsetLines *lines = &iter->lines;
  guint32 end = MIN (lines->ends[iter->behind], iter->entry + BATCH_MOST);

  for (guint line = iter->behind + 1;
       line < lines->n && lines->ends[line] - iter->entry <= BATCH_MOST; line++)
    end = lines->ends[line];
  conset_kernels ()->decode_list (lines->indices + iter->entry, end - iter->entry, lines->base,
                                  iter->indices);
  iter->end = iter->indices;
  iter->decoded = end;
}

/* The next batch of the lines that were found together; FALSE if there is none. */
static gboolean
iter_refill_from_lines (ConsetIter *iter)
{
  const ConsetLines *lines = &iter->lines;

  for (; iter->behind < lines->n; iter->behind++)
    {
      guint32 end = lines->ends[iter->behind];

      if (iter->entry == end)
        continue;
      if (iter->entry == iter->decoded)
        iter_decode_lines (iter);
      end = MIN (end, iter->decoded);
      iter->line = lines->line + iter->behind;
      iter->next = iter->end;
      iter->end += end - iter->entry;
      iter->entry = end;
      return TRUE;
    }
  return FALSE;
}

/* The values of connections are found tile by tile. */
static gboolean
iter_find_lines (ConsetIter *iter)
{
  if (iter->carried != NULL || !conset_eval_next_lines (iter->eval, &iter->lines))
    return FALSE;
  iter->behind = 0;
  iter->entry = iter->decoded = 0;
  return TRUE;
}

/* Decodes more; FALSE at the end. */
static gboolean
iter_refill (ConsetIter *iter)
{
  if (iter_refill_from_lines (iter))
    return TRUE;
  if (iter->eval == NULL)
    return FALSE;
  for (;;)
    {
      gsize n = conset_tile_decode (iter->tile, &iter->cursor, iter->indices, BATCH_MOST);

      if (n > 0)
        {
          if (iter->carried != NULL && !iter_carry (iter, n))
            return iter_end (iter);
          iter->line = iter->tile->line;
          iter->next = iter->indices;
          iter->end = iter->indices + n;
          return TRUE;
        }
      while (iter_find_lines (iter))
        if (iter_refill_from_lines (iter))
          return TRUE;
      iter->cursor = 0;
      iter->n_last = 0;
      if (!conset_eval_next (iter->eval, iter->tile))
        return iter_end (iter);
    }
}

gboolean
conset_iter_next (ConsetIter *iter, guint64 *source, guint64 *target)
{
  g_return_val_if_fail (iter != NULL, FALSE);

  if (G_UNLIKELY (iter->next == iter->end) && !iter_refill (iter))
    return FALSE;
  if (iter->order == CONSET_TARGET_MAJOR)
    {
      *source = *iter->next++;
      *target = iter->line;
    }
  else
    {
      *source = iter->line;
      *target = *iter->next++;
    }
  return TRUE;
}

double
conset_iter_get_value (const ConsetIter *iter, guint column)
{
  g_return_val_if_fail (
    iter != NULL && iter->next != iter->indices && column < conset_arity (iter->set), NAN);

  return iter->carried->values[column][iter->next - 1 - iter->indices];
}

gboolean
conset_iter_next_batch (ConsetIter *iter, ConsetBatch *batch)
{
  g_return_val_if_fail (iter != NULL, FALSE);

  if (iter->next == iter->end && !iter_refill (iter))
    return FALSE;
  batch->line = iter->line;
  batch->n = (gsize) (iter->end - iter->next);
  batch->indices = iter->next;
  batch->n_values = conset_arity (iter->set);
  batch->values = iter_values_left (iter);
  iter->next = iter->end;
  return TRUE;
}

gboolean
conset_iter_finish (const ConsetIter *iter, GError **error)
{
  g_return_val_if_fail (iter != NULL, FALSE);

  if (iter->error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (iter->error));
  return FALSE;
}

/* {{{ parts */

ConsetEval *
conset_iter_get_eval (const ConsetIter *iter)
{
  return iter->eval;
}

void
conset_iter_aim (ConsetIter *iter, guint64 line, guint64 at, guint64 end_line, guint64 end_at)
{
  iter->again = TRUE;
  iter->lines.n = 0;
  iter->cursor = 0;
  iter->n_last = 0;
  iter->tile->kind = CONSET_TILE_EMPTY;
  if (iter->eval != NULL)
    conset_eval_aim (iter->eval, line, at, end_line, end_at);
}

gboolean
conset_iter_next_tile (ConsetIter *iter, guint64 *n)
{
  if (iter->eval == NULL)
    return FALSE;
  if (!conset_eval_next (iter->eval, iter->tile))
    return iter_end (iter);
  *n = conset_tile_count (iter->tile);
  return TRUE;
}

/* }}} */

gboolean
conset_foreach (const Conset *set,
                const ConsetWindow *window,
                ConsetOrder order,
                ConsetBatchFunc func,
                gpointer user_data,
                GError **error)
{
  g_autoptr (ConsetIter) iter = NULL;
  ConsetBatch batch;

  g_return_val_if_fail (set != NULL && func != NULL, FALSE);

  iter = conset_iter_new (set, window, order);
  while (conset_iter_next_batch (iter, &batch))
    if (!func (&batch, user_data))
      {
        g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_CANCELLED,
                             "stopped by the function called for each batch");
        return FALSE;
      }
  return conset_iter_finish (iter, error);
}
