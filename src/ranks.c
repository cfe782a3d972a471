/* SPDX-License-Identifier: MIT */
/*
 * Ranks: which lines of a window are whose.
 *
 * Ranks are halved, and lines with them, where the expected work of the two parts is as the number
 * of their ranks. So ranges follow each other without gaps whatever the set says of its work, and
 * each rank needs to look at those only that it is in: O(log ranks) cuts of O(log lines) questions.
 */
#include "evaluation.h"
#include "stretch.h"

#include <conset/partition.h>

/* @window with lines [@first, @end). */
static ConsetWindow
window_of_lines (const ConsetWindow *window, ConsetOrder order, guint64 first, guint64 end)
{
  ConsetWindow part = *window;

  if (order == CONSET_TARGET_MAJOR)
    {
      part.target_first = first;
      part.target_end = end;
    }
  else
    {
      part.source_first = first;
      part.source_end = end;
    }
  return part;
}

static double
work_of_lines (
  const Conset *set, ConsetOrder order, const ConsetWindow *window, guint64 first, guint64 end)
{
  ConsetWindow part = window_of_lines (window, order, first, end);

  return conset_expected_work (set, order, &part);
}

/* The least line so that those of @lines before it have @share of the work. */
static guint64
cut_lines (const Conset *set,
           ConsetOrder order,
           const ConsetWindow *window,
           const guint64 lines[2],
           double share)
{
  double wanted = share * work_of_lines (set, order, window, lines[0], lines[1]);
  guint64 low = lines[0], high = lines[1];

  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;

      if (work_of_lines (set, order, window, lines[0], middle) < wanted)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gboolean
conset_rank_window (const Conset *set,
                    const ConsetWindow *window,
                    ConsetOrder order,
                    guint64 rank,
                    guint64 n_ranks,
                    ConsetWindow *part,
                    GError **error)
{
  ConsetWindow whole;
  guint64 lines[2], along[2];

  g_return_val_if_fail (set != NULL && part != NULL && rank < n_ranks, FALSE);

  if (!conset_resolve_window (set, window, &whole, error))
    return FALSE;
  conset_window_axes (&whole, order, lines, along);
  while (n_ranks > 1)
    {
      guint64 lower = n_ranks / 2;
      guint64 middle = cut_lines (set, order, &whole, lines, (double) lower / (double) n_ranks);

      if (rank < lower)
        {
          lines[1] = middle;
          n_ranks = lower;
        }
      else
        {
          lines[0] = middle;
          rank -= lower;
          n_ranks -= lower;
        }
    }
  *part = window_of_lines (&whole, order, lines[0], lines[1]);
  return TRUE;
}
