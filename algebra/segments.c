/* SPDX-License-Identifier: MIT */
/*
 * Finding one's way in the segments of an index set, each in O(log of the number of pieces).
 */
#include "segments.h"

/* Index of the last run that begins at @offset or below; the first one begins at 0. */
static guint
runs_search (const ConsetIndexRun *runs, guint n, guint64 offset)
{
  guint low = 0, high = n;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (runs[middle].first <= offset)
        low = middle;
      else
        high = middle;
    }
  return low;
}

guint
conset_intervals_search (const ConsetIntervals *set, guint64 index)
{
  guint low = 0, high = set->segments->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (conset_intervals_segment (set, middle)->end > index)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

guint64
conset_segment_rank (const ConsetIntervals *set, const ConsetSegment *segment, guint64 index)
{
  const ConsetIndexRun *runs = conset_segment_runs (set, segment);
  guint64 offset = index - segment->first;
  guint64 within = offset % segment->period;
  const ConsetIndexRun *run = &runs[runs_search (runs, segment->n_runs, within)];

  return offset / segment->period * segment->members + run->before
         + MIN (within - run->first, conset_index_run_width (run));
}

guint
conset_segment_last_run (const ConsetIntervals *set, const ConsetSegment *segment, guint64 *start)
{
  const ConsetIndexRun *runs = conset_segment_runs (set, segment);
  guint64 offset = segment->end - 1 - segment->first;
  guint64 within = offset % segment->period;
  guint i = runs_search (runs, segment->n_runs, within);

  *start = segment->first + (offset - within) + runs[i].first;
  return i;
}

guint64
conset_segment_trimmed_end (const ConsetIntervals *set, const ConsetSegment *segment)
{
  guint64 start;
  guint i = conset_segment_last_run (set, segment, &start);

  if (segment->end == CONSET_INDEX_END)
    return CONSET_INDEX_END;
  return MIN (segment->end,
              start + conset_index_run_width (&conset_segment_runs (set, segment)[i]));
}

ConsetIndexCursor
conset_index_cursor_in (const ConsetIntervals *set, guint segment, guint64 index)
{
  const ConsetSegment *s = conset_intervals_segment (set, segment);
  const ConsetIndexRun *runs = conset_segment_runs (set, s);
  ConsetIndexCursor cursor = { set, segment, 0, s->first };
  guint64 within;

  if (index <= s->first)
    return cursor;
  within = (index - s->first) % s->period;
  cursor.base = index - within;
  cursor.run = runs_search (runs, s->n_runs, within);
  if (runs[cursor.run].end <= within)
    conset_index_cursor_next (&cursor);
  return cursor;
}

ConsetIndexCursor
conset_index_cursor_at (const ConsetIntervals *set, guint64 index)
{
  guint segment = conset_intervals_search (set, index);

  if (segment == set->segments->len)
    return (ConsetIndexCursor){ set, segment, 0, 0 };
  return conset_index_cursor_in (set, segment, index);
}

gboolean
conset_pattern_equal (const ConsetPattern *a, guint i, const ConsetPattern *b, guint j)
{
  if (a->period != b->period || a->n != b->n)
    return FALSE;
  for (guint k = 0; k < a->n; k++)
    {
      guint next_i = (i + 1) % a->n, next_j = (j + 1) % a->n;

      if (conset_index_run_width (&a->runs[i]) != conset_index_run_width (&b->runs[j])
          || conset_pattern_distance (a, i, next_i) != conset_pattern_distance (b, j, next_j))
        return FALSE;
      i = next_i;
      j = next_j;
    }
  return TRUE;
}
