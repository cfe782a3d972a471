/* SPDX-License-Identifier: MIT */
/*
 * The iterator: tiles decoded into batches, batches handed out whole or one by one.
 *
 * A batch lies in a buffer that stays in the nearest cache; its size has no influence on
 * the connections or their order.
 */
#include "evaluation.h"

#include "node.h"

#define BATCH_MOST 1024
/* Kernels write up to this many entries beyond the last. */
#define BATCH_SLACK 8

/* (line, next, end) is what is left of the decoded indices. */
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
  iter->error = NULL;
  if (conset_resolve_window (set, window, &resolved, &iter->error))
    iter->eval = conset_eval_new (set, &resolved, order);
  return iter;
}

void
conset_iter_free (ConsetIter *iter)
{
  if (iter == NULL)
    return;
  g_clear_pointer (&iter->eval, conset_eval_free);
  conset_tile_free (iter->tile);
  conset_unref (iter->set);
  g_clear_error (&iter->error);
  g_free (iter);
}

/* Decodes more; FALSE at the end. */
static gboolean
iter_refill (ConsetIter *iter)
{
  if (iter->eval == NULL)
    return FALSE;
  for (;;)
    {
      gsize n = conset_tile_decode (iter->tile, &iter->cursor, iter->indices, BATCH_MOST);

      if (n > 0)
        {
          iter->line = iter->tile->line;
          iter->next = iter->indices;
          iter->end = iter->indices + n;
          return TRUE;
        }
      iter->cursor = 0;
      if (!conset_eval_next (iter->eval, iter->tile))
        {
          iter->tile->kind = CONSET_TILE_EMPTY;
          iter->error = g_steal_pointer (&iter->eval->error);
          g_clear_pointer (&iter->eval, conset_eval_free);
          return FALSE;
        }
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

gboolean
conset_iter_next_batch (ConsetIter *iter, ConsetBatch *batch)
{
  g_return_val_if_fail (iter != NULL, FALSE);

  if (iter->next == iter->end && !iter_refill (iter))
    return FALSE;
  batch->line = iter->line;
  batch->n = (gsize) (iter->end - iter->next);
  batch->indices = iter->next;
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
