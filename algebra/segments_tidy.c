/* SPDX-License-Identifier: MIT */
/*
 * Tidying an index set, so that its text depends on the members alone and stays the same when
 * it is read back.
 *
 * Patterns of several runs are made as long as the members allow, and taken apart where listing
 * their runs is as short. What lies between is added anew run by run.
 */
#include "segments.h"

/* Fewer periods than this are not worth a pattern of several runs. */
#define MIN_PERIODS 8

/* Where a pattern holds. */
typedef struct
{
  ConsetPattern pattern;

  /* Whole runs: from the run first_run, which begins at first, to last_run, from last to end. */
  guint first_run;
  guint last_run;
  guint64 first;
  guint64 last;
  guint64 end;

  /* All indices that recur, members or not; the same for a set and its complement. */
  guint64 low;
  guint64 high;
} Stretch;

/* Finds the last run that begins below @index. */
static gboolean
set_run_below (const ConsetIntervals *set, guint64 index, guint64 *first, guint64 *end)
{
  guint i = conset_intervals_search (set, index);
  ConsetSegment segment;
  guint run;

  if (i == set->segments->len || conset_intervals_segment (set, i)->first >= index)
    {
      if (i == 0)
        return FALSE;
      i--;
    }
  segment = *conset_intervals_segment (set, i);
  *end = segment.end;
  segment.end = MIN (segment.end, index);
  run = conset_segment_last_run (set, &segment, first);
  *end = MIN (*end, *first + conset_index_run_width (&conset_segment_runs (set, &segment)[run]));
  return TRUE;
}

/* Extends @stretch down, by whole runs not below @least. */
static void
stretch_extend_down (Stretch *stretch, const ConsetIntervals *set, guint64 least)
{
  const ConsetPattern *pattern = &stretch->pattern;

  for (;;)
    {
      guint i = (stretch->first_run + pattern->n - 1) % pattern->n;
      guint64 width = conset_index_run_width (&pattern->runs[i]);
      guint64 gap = conset_pattern_distance (pattern, i, stretch->first_run) - width;
      guint64 expected_end = stretch->first > gap ? stretch->first - gap : 0;
      guint64 first, end;

      if (!set_run_below (set, stretch->first, &first, &end))
        first = end = 0;
      stretch->low = MAX (end, expected_end);
      if (end != expected_end)
        return;
      stretch->low = MAX (first, end > width ? end - width : 0);
      if (end - first != width || first < least)
        return;
      stretch->first_run = i;
      stretch->first = first;
    }
}

/* Extends @stretch by the run under @cursor, or by the segment if that has the same pattern; the
 * pattern expects its run @i there. Moves @cursor on. */
static void
stretch_append (Stretch *stretch, guint i, ConsetIndexCursor *cursor)
{
  const ConsetIntervals *set = cursor->set;
  const ConsetSegment *segment = conset_intervals_segment (set, cursor->segment);
  ConsetPattern pattern = conset_segment_pattern (set, segment);

  if (conset_pattern_equal (&pattern, cursor->run, &stretch->pattern, i))
    {
      guint run = conset_segment_last_run (set, segment, &stretch->last);

      stretch->last_run = (i + run + pattern.n - cursor->run) % pattern.n;
      stretch->end = segment->end;
      *cursor = conset_index_cursor_at (set, segment->end);
    }
  else
    {
      stretch->last_run = i;
      conset_index_cursor_get (cursor, &stretch->last, &stretch->end);
      conset_index_cursor_next (cursor);
    }
}

/* Extends @stretch up. */
static void
stretch_extend_up (Stretch *stretch, const ConsetIntervals *set)
{
  const ConsetPattern *pattern = &stretch->pattern;
  ConsetIndexCursor cursor = conset_index_cursor_at (set, stretch->end);

  for (;;)
    {
      guint i = (stretch->last_run + 1) % pattern->n;
      guint64 width = conset_index_run_width (&pattern->runs[i]);
      guint64 expected = stretch->last + conset_pattern_distance (pattern, stretch->last_run, i);
      guint64 first, end;

      if (!conset_index_cursor_get (&cursor, &first, &end))
        first = end = CONSET_INDEX_END;
      stretch->high = MIN (first, expected);
      if (first != expected || first == CONSET_INDEX_END)
        return;
      stretch->high = MIN (end, expected + width);
      if (end - first != width)
        return;
      stretch_append (stretch, i, &cursor);
    }
}

/* Whether @stretch is long, and takes fewer terms to write than its runs. */
static gboolean
stretch_is_worth_it (const Stretch *stretch, guint64 members)
{
  guint64 period = stretch->pattern.period;
  guint64 periods = (stretch->high - stretch->low) / period;

  return periods >= MIN_PERIODS
         && (double) MIN (members, period - members) + 1
              < (double) periods * (double) stretch->pattern.n;
}

/* Finds how far the pattern of @segment holds, from @least on. */
static gboolean
stretch_find (Stretch *stretch, const ConsetIntervals *set, guint segment, guint64 least)
{
  const ConsetSegment *s = conset_intervals_segment (set, segment);
  ConsetIndexCursor cursor;

  if (s->n_runs == 1 || s->end <= least)
    return FALSE;
  cursor = conset_index_cursor_in (set, segment, least);
  if (cursor.segment != segment)
    return FALSE;
  stretch->pattern = conset_segment_pattern (set, s);
  stretch->first_run = cursor.run;
  conset_index_cursor_get (&cursor, &stretch->first, &stretch->end);
  stretch->last_run = conset_segment_last_run (set, s, &stretch->last);
  stretch->end = s->end;
  stretch_extend_down (stretch, set, least);
  stretch_extend_up (stretch, set);
  return stretch_is_worth_it (stretch, s->members);
}

/* Adds the runs of @from in [@first, @end) one by one, as far as they form no progression. */
static void
set_add_runs (ConsetIntervals *set, const ConsetIntervals *from, guint64 first, guint64 end)
{
  ConsetIndexCursor cursor = conset_index_cursor_at (from, first);
  guint64 run_first, run_end;

  while (conset_index_cursor_get (&cursor, &run_first, &run_end) && run_first < end)
    {
      const ConsetSegment *segment = conset_intervals_segment (from, cursor.segment);

      if (segment->n_runs == 1)
        {
          ConsetPattern pattern = conset_segment_pattern (from, segment);

          run_end = MIN (segment->end, end);
          conset_intervals_add_pattern (set, &pattern, 0, run_first, run_end);
          cursor = conset_index_cursor_at (from, run_end);
        }
      else
        {
          conset_intervals_add_run (set, run_first, run_end);
          conset_index_cursor_next (&cursor);
        }
    }
}

/* Where and how wide the next run of @segment would be. */
static guint64
segment_next_run (const ConsetIntervals *set, const ConsetSegment *segment, guint64 *width)
{
  ConsetPattern pattern = conset_segment_pattern (set, segment);
  guint64 start;
  guint run = conset_segment_last_run (set, segment, &start), next = (run + 1) % pattern.n;

  *width = conset_index_run_width (&pattern.runs[next]);
  return start + conset_pattern_distance (&pattern, run, next);
}

/* Lets a pattern go on for ever that only the end of the universe cuts, be it within a run. */
static void
set_open_end (ConsetIntervals *set)
{
  ConsetSegment *last = conset_intervals_last (set);
  guint64 width, cut = CONSET_INDEX_END;

  if (set->segments->len > 1 && last->period == CONSET_NO_REPEAT && last->end == CONSET_INDEX_END)
    cut = (last--)->first;
  if (last == NULL || last->period == CONSET_NO_REPEAT)
    return;
  if (cut == CONSET_INDEX_END && segment_next_run (set, last, &width) >= cut)
    last->end = CONSET_INDEX_END;
  else if (segment_next_run (set, last, &width) == cut && width > CONSET_INDEX_END - cut)
    {
      g_array_set_size (set->runs, last[1].run);
      g_array_set_size (set->segments, set->segments->len - 1);
      last->end = CONSET_INDEX_END;
    }
}

ConsetIntervals *
conset_intervals_tidy (const ConsetIntervals *set)
{
  ConsetIntervals *result = conset_intervals_new ();
  guint64 end = 0;

  for (guint i = 0; i < set->segments->len; i++)
    {
      Stretch stretch;

      if (!stretch_find (&stretch, set, i, end))
        continue;
      set_add_runs (result, set, end, stretch.first);
      conset_intervals_push (result, &stretch.pattern, stretch.first_run, stretch.first,
                             stretch.end);
      end = stretch.end;
    }
  set_add_runs (result, set, end, CONSET_INDEX_END);
  set_open_end (result);
  return conset_intervals_seal (result);
}
