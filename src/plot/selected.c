/* SPDX-License-Identifier: MIT */
/*
 * What one source or target is connected with: one line of the matrix.
 */
#include "selected.h"

#include <conset/cset.h>
#include <conset/eval.h>
#include <conset/set.h>

#include <math.h>

static void
selected_add (
  GArray *indices, GArray *values, guint64 *copies, const ConsetBatch *batch, int column)
{
  for (gsize k = 0; k < batch->n; k++)
    {
      double value = column >= 0 ? batch->values[column][k] : 1.0;
      guint n = indices->len;

      if (n == 0 || g_array_index (indices, guint64, n - 1) != batch->indices[k])
        {
          g_array_append_val (indices, batch->indices[k]);
          g_array_append_val (values, value);
          *copies = 1;
          continue;
        }
      ++*copies;
      if (column < 0)
        g_array_index (values, double, n - 1) += 1.0;
      else
        g_array_index (values, double, n - 1) +=
          (value - g_array_index (values, double, n - 1)) / (double) *copies;
    }
}

gboolean
conset_selected_init (ConsetSelected *selected,
                      const Conset *set,
                      ConsetOrder order,
                      guint64 index,
                      guint64 end,
                      int column,
                      GError **error)
{
  ConsetWindow line = order == CONSET_SOURCE_MAJOR ? (ConsetWindow){ index, index + 1, 0, end }
                                                   : (ConsetWindow){ 0, end, index, index + 1 };
  GArray *indices, *values;
  guint64 copies = 0;
  g_autoptr (ConsetIter) iter = NULL;
  ConsetBatch batch;

  *selected = (ConsetSelected){ 0 };
  if (!conset_check (set, error)
      || (column >= 0 && !conset_column_check (set, (guint) column, error)))
    return FALSE;
  indices = g_array_new (FALSE, FALSE, sizeof (guint64));
  values = g_array_new (FALSE, FALSE, sizeof (double));
  iter = conset_iter_new (set, &line, order);
  while (conset_iter_next_batch (iter, &batch))
    selected_add (indices, values, &copies, &batch, column);
  selected->n = indices->len;
  selected->indices = (guint64 *) (gpointer) g_array_free (indices, FALSE);
  selected->values = (double *) (gpointer) g_array_free (values, FALSE);
  return conset_iter_finish (iter, error);
}

void
conset_selected_clear (ConsetSelected *selected)
{
  g_clear_pointer (&selected->indices, g_free);
  g_clear_pointer (&selected->values, g_free);
}

void
conset_selected_range (const ConsetSelected *selected, double *low, double *high)
{
  gboolean any = FALSE;

  *low = *high = 0.0;
  for (gsize k = 0; k < selected->n; k++)
    {
      double value = selected->values[k];

      if (!isfinite (value))
        continue;
      *low = any ? MIN (*low, value) : value;
      *high = any ? MAX (*high, value) : value;
      any = TRUE;
    }
}
