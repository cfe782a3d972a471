/* SPDX-License-Identifier: MIT */
/*
 * Building index sets.
 *
 * A new set is built from left to right, by runs and by patterns, and sealed. What is added
 * joins what it touches or continues, and equal intervals at equal distances become a
 * pattern, so that the pieces stay few however a set was cut up on the way.
 */
#include "segments.h"

ConsetIntervals *
conset_intervals_new (void)
{
  ConsetIntervals *set = g_new0 (ConsetIntervals, 1);

  g_atomic_ref_count_init (&set->refs);
  set->segments = g_array_new (FALSE, FALSE, sizeof (ConsetSegment));
  set->runs = g_array_new (FALSE, FALSE, sizeof (ConsetIndexRun));
  return set;
}

void
conset_intervals_fail (ConsetIntervals *set)
{
  if (set->error == NULL)
    set->error = g_strdup_printf ("intervals: the combination needs more than %d pieces; "
                                  "use fewer or simpler steps",
                                  CONSET_MAX_PIECES);
}

static void
set_drop_last (ConsetIntervals *set)
{
  g_array_set_size (set->runs, conset_intervals_last (set)->run);
  g_array_set_size (set->segments, set->segments->len - 1);
}

void
conset_intervals_push (
  ConsetIntervals *set, const ConsetPattern *pattern, guint i, guint64 first, guint64 end)
{
  ConsetSegment segment = { .first = first,
                            .end = end,
                            .period = pattern->period,
                            .run = set->runs->len,
                            .n_runs = pattern->n };
  guint64 offset = 0;

  for (guint k = 0; k < pattern->n; k++)
    {
      guint next = (i + 1) % pattern->n;
      ConsetIndexRun run = { .first = offset,
                             .end = offset + conset_index_run_width (&pattern->runs[i]) };

      g_array_append_val (set->runs, run);
      offset += conset_pattern_distance (pattern, i, next);
      i = next;
    }
  g_array_append_val (set->segments, segment);
}

static void
set_push_interval (ConsetIntervals *set, guint64 first, guint64 end)
{
  ConsetIndexRun run = { .first = 0, .end = end - first };

  conset_intervals_push (set, &(ConsetPattern){ &run, 1, CONSET_NO_REPEAT }, 0, first, end);
}

/* Makes intervals of the runs of the last segment. */
static void
set_unfold_last (ConsetIntervals *set)
{
  ConsetSegment last = *conset_intervals_last (set);
  g_autofree ConsetIndexRun *runs =
    g_memdup2 (conset_segment_runs (set, &last), last.n_runs * sizeof (ConsetIndexRun));
  guint64 base = last.first;

  set_drop_last (set);
  for (; base < last.end; base += last.period)
    for (guint i = 0; i < last.n_runs && base + runs[i].first < last.end; i++)
      set_push_interval (set, base + runs[i].first, MIN (base + runs[i].end, last.end));
}

/* Takes the last run away, as if it had never been added. Returns: where it began */
static guint64
set_pop_run (ConsetIntervals *set)
{
  ConsetSegment *last = conset_intervals_last (set);
  guint64 start, length;

  conset_segment_last_run (set, last, &start);
  if (start == last->first)
    {
      set_drop_last (set);
      return start;
    }
  last->end = start;
  last->end = conset_segment_trimmed_end (set, last);
  length = last->end - last->first;
  if (length <= last->period || (last->n_runs == 1 && length - last->period <= last->period))
    set_unfold_last (set);
  return start;
}

/* Where the last segment would go on; FALSE if it ends within a run, or is none. */
static gboolean
set_next_run (const ConsetIntervals *set, guint *i, guint64 *first)
{
  const ConsetSegment *last = conset_intervals_last (set);
  ConsetPattern pattern;
  guint64 start;
  guint run;

  if (last == NULL)
    return FALSE;
  pattern = conset_segment_pattern (set, last);
  run = conset_segment_last_run (set, last, &start);
  *i = (run + 1) % pattern.n;
  *first = start + conset_pattern_distance (&pattern, run, *i);
  return start + conset_index_run_width (&pattern.runs[run]) == last->end;
}

/* Makes the last segment longer by a run, if that is how it goes on. */
static gboolean
set_extend_last (ConsetIntervals *set, guint64 first, guint64 end)
{
  guint i;
  guint64 next;

  if (!set_next_run (set, &i, &next) || next != first
      || conset_index_run_width (&conset_segment_runs (set, conset_intervals_last (set))[i])
           != end - first)
    return FALSE;
  conset_intervals_last (set)->end = end;
  return TRUE;
}

/* Makes a pattern of the last three intervals, if they are as wide and as far apart. */
static void
set_fold_last (ConsetIntervals *set)
{
  guint n = set->segments->len;
  ConsetSegment *s = n >= 3 ? conset_intervals_segment (set, n - 3) : NULL;
  guint64 width, end;

  if (s == NULL || s[0].period != CONSET_NO_REPEAT || s[1].period != CONSET_NO_REPEAT)
    return;
  width = s[0].end - s[0].first;
  end = s[2].end;
  if (s[1].end - s[1].first != width || end - s[2].first != width
      || s[1].first - s[0].first != s[2].first - s[1].first)
    return;
  s[0].period = s[1].first - s[0].first;
  s[0].end = end;
  set_drop_last (set);
  set_drop_last (set);
}

void
conset_intervals_add_run (ConsetIntervals *set, guint64 first, guint64 end)
{
  const ConsetSegment *last = conset_intervals_last (set);

  if (first >= end)
    return;
  if (last != NULL && last->end == first)
    first = set_pop_run (set);
  if (set_extend_last (set, first, end))
    return;
  set_push_interval (set, first, end);
  set_fold_last (set);
}

/* Lets the pattern that is to begin with run @i at @first begin earlier, where intervals
 * before it are as it would have them. */
static void
set_absorb_intervals (ConsetIntervals *set, const ConsetPattern *pattern, guint *i, guint64 *first)
{
  for (;;)
    {
      const ConsetSegment *last = conset_intervals_last (set);
      guint previous = (*i + pattern->n - 1) % pattern->n;

      if (last == NULL || last->period != CONSET_NO_REPEAT
          || last->end - last->first != conset_index_run_width (&pattern->runs[previous])
          || *first - last->first != conset_pattern_distance (pattern, previous, *i))
        return;
      *i = previous;
      *first = last->first;
      set_drop_last (set);
    }
}

/* Whether the last segment would go on with run @i of @pattern at @first. */
static gboolean
set_continues (const ConsetIntervals *set, const ConsetPattern *pattern, guint i, guint64 first)
{
  guint next;
  guint64 next_first;
  ConsetPattern last;

  if (!set_next_run (set, &next, &next_first) || next_first != first)
    return FALSE;
  last = conset_segment_pattern (set, conset_intervals_last (set));
  return conset_pattern_equal (&last, next, pattern, i);
}

/* Ends the last segment at @end; a run that is cut becomes an interval. */
static void
set_end_last (ConsetIntervals *set, guint64 end)
{
  ConsetSegment *last = conset_intervals_last (set);
  guint64 start;
  guint i;

  last->end = end;
  last->end = end = conset_segment_trimmed_end (set, last);
  i = conset_segment_last_run (set, last, &start);
  if (end < CONSET_INDEX_END
      && end - start < conset_index_run_width (&conset_segment_runs (set, last)[i]))
    {
      start = set_pop_run (set);
      conset_intervals_add_run (set, start, end);
    }
}

/*
 * A pattern of one run is added run by run until these make a pattern, so that what comes out
 * depends on the members alone.
 */
void
conset_intervals_add_pattern (
  ConsetIntervals *set, const ConsetPattern *pattern, guint i, guint64 first, guint64 end)
{
  guint next;

  for (; first < end; i = next)
    {
      const ConsetSegment *last = conset_intervals_last (set);

      if (pattern->n == 1 && set_continues (set, pattern, i, first))
        break;
      if (pattern->n > 1 && end - first > pattern->period && (last == NULL || last->end != first))
        {
          set_absorb_intervals (set, pattern, &i, &first);
          if (!set_continues (set, pattern, i, first))
            conset_intervals_push (set, pattern, i, first, end);
          break;
        }
      conset_intervals_add_run (set, first,
                                MIN (first + conset_index_run_width (&pattern->runs[i]), end));
      next = (i + 1) % pattern->n;
      first += conset_pattern_distance (pattern, i, next);
    }
  if (first < end)
    set_end_last (set, end);
}

ConsetIntervals *
conset_intervals_seal (ConsetIntervals *set)
{
  guint64 before = 0;

  if (set->error != NULL)
    {
      g_array_set_size (set->segments, 0);
      g_array_set_size (set->runs, 0);
    }
  for (guint i = 0; i < set->segments->len; i++)
    {
      ConsetSegment *segment = conset_intervals_segment (set, i);
      ConsetIndexRun *runs = &g_array_index (set->runs, ConsetIndexRun, segment->run);

      segment->members = 0;
      for (guint k = 0; k < segment->n_runs; k++)
        {
          runs[k].before = segment->members;
          segment->members += conset_index_run_width (&runs[k]);
        }
      segment->before = before;
      before += conset_segment_rank (set, segment, segment->end);
    }
  return set;
}
