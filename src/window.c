/* SPDX-License-Identifier: MIT */
/*
 * Windows: half-open rectangles of pairs.
 */
#include "node.h"

gboolean
conset_window_is_empty (const ConsetWindow *window)
{
  return window->source_first >= window->source_end || window->target_first >= window->target_end;
}

ConsetWindow
conset_window_intersect (const ConsetWindow *a, const ConsetWindow *b)
{
  ConsetWindow both = {
    MAX (a->source_first, b->source_first),
    MIN (a->source_end, b->source_end),
    MAX (a->target_first, b->target_first),
    MIN (a->target_end, b->target_end),
  };

  return conset_window_is_empty (&both) ? CONSET_WINDOW (0, 0) : both;
}

ConsetWindow
conset_window_hull (const ConsetWindow *a, const ConsetWindow *b)
{
  if (conset_window_is_empty (a))
    return *b;
  if (conset_window_is_empty (b))
    return *a;
  return (ConsetWindow){
    MIN (a->source_first, b->source_first),
    MAX (a->source_end, b->source_end),
    MIN (a->target_first, b->target_first),
    MAX (a->target_end, b->target_end),
  };
}

ConsetWindow
conset_window_transpose (const ConsetWindow *window)
{
  return (ConsetWindow){
    window->target_first,
    window->target_end,
    window->source_first,
    window->source_end,
  };
}

ConsetCount
conset_window_area (const ConsetWindow *window)
{
  if (conset_window_is_empty (window))
    return 0;
  return (ConsetCount) (window->source_end - window->source_first)
         * (window->target_end - window->target_first);
}

ConsetWindow
conset_window_of_line (ConsetOrder order, guint64 line, guint64 first, guint64 end)
{
  return order == CONSET_TARGET_MAJOR ? (ConsetWindow){ first, end, line, line + 1 }
                                      : (ConsetWindow){ line, line + 1, first, end };
}
