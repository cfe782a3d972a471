/* SPDX-License-Identifier: MIT */
/*
 * Sets of indices, possibly infinite: { first + k step } below end, and what union,
 * intersection, difference and complement make of it.
 *
 * Members come out ascending, as maximal intervals. Queries cost O(log of the number of
 * pieces); segments.h says what the pieces are. Of the operators only complement and
 * intersection are worked out (overlay.c), the others follow from them.
 */
#include "segments.h"

/* {{{ Life */

/* Touching the fields before the count shows a use after the last unref to AddressSanitizer,
 * which does not see into GLib. */
static gboolean
set_is_sound (const ConsetIntervals *set)
{
  return set->segments->len <= set->runs->len;
}

ConsetIntervals *
conset_intervals_ref (const ConsetIntervals *intervals)
{
  ConsetIntervals *set = (ConsetIntervals *) intervals;

  g_return_val_if_fail (set != NULL && set_is_sound (set), NULL);

  g_atomic_ref_count_inc (&set->refs);
  return set;
}

void
conset_intervals_unref (ConsetIntervals *intervals)
{
  g_return_if_fail (intervals != NULL && set_is_sound (intervals));

  if (!g_atomic_ref_count_dec (&intervals->refs))
    return;
  g_array_unref (intervals->segments);
  g_array_unref (intervals->runs);
  g_free (intervals->error);
  g_free (intervals);
}

/* }}} */
/* {{{ Queries */

gboolean
conset_intervals_check (const ConsetIntervals *intervals, GError **error)
{
  g_return_val_if_fail (intervals != NULL, FALSE);

  if (intervals->error == NULL)
    return TRUE;
  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION, intervals->error);
  return FALSE;
}

const char *
conset_intervals_error (const ConsetIntervals *set)
{
  return set->error;
}

gboolean
conset_intervals_is_empty (const ConsetIntervals *set)
{
  return set->segments->len == 0;
}

gboolean
conset_intervals_is_all (const ConsetIntervals *set)
{
  const ConsetSegment *last = conset_intervals_last (set);

  return last != NULL && last->period == CONSET_NO_REPEAT && last->first == 0
         && last->end == CONSET_INDEX_END;
}

guint64
conset_intervals_first (const ConsetIntervals *set)
{
  return set->segments->len > 0 ? conset_intervals_segment (set, 0)->first : CONSET_INDEX_END;
}

/* A pattern is without end if there are enough of it and only the end of the universe cuts it,
 * whether it was made with an end there or not: so this depends on the members alone. */
#define ENDLESS_PERIODS 8
#define ENDLESS_LENGTH G_MAXUINT32

guint64
conset_intervals_end (const ConsetIntervals *set)
{
  const ConsetSegment *last = conset_intervals_last (set);
  guint64 start, end, length;
  ConsetPattern pattern;
  guint i;

  if (last == NULL)
    return 0;
  pattern = conset_segment_pattern (set, last);
  i = conset_segment_last_run (set, last, &start);
  end = MIN (last->end, start + conset_index_run_width (&pattern.runs[i]));
  length = end - last->first;
  if (pattern.period != CONSET_NO_REPEAT && length > ENDLESS_LENGTH
      && length / pattern.period >= ENDLESS_PERIODS
      && start + conset_pattern_distance (&pattern, i, (i + 1) % pattern.n) >= CONSET_INDEX_END)
    return CONSET_INDEX_END;
  return end;
}

double
conset_intervals_density (const ConsetIntervals *set)
{
  double density = 0;

  for (guint i = 0; i < set->segments->len; i++)
    {
      const ConsetSegment *segment = conset_intervals_segment (set, i);

      if (segment->period == CONSET_NO_REPEAT)
        return 1;
      density = MAX (density, (double) segment->members / (double) segment->period);
    }
  return density;
}

guint64
conset_intervals_next (const ConsetIntervals *intervals, guint64 index)
{
  ConsetIndexCursor cursor;
  guint64 first, end;

  g_return_val_if_fail (intervals != NULL, CONSET_INDEX_END);

  cursor = conset_index_cursor_at (intervals, index);
  return conset_index_cursor_get (&cursor, &first, &end) ? MAX (first, index) : CONSET_INDEX_END;
}

gboolean
conset_intervals_contains (const ConsetIntervals *intervals, guint64 index)
{
  g_return_val_if_fail (intervals != NULL, FALSE);

  return index < CONSET_INDEX_END && conset_intervals_next (intervals, index) == index;
}

/* Members below @index. */
static guint64
set_rank (const ConsetIntervals *set, guint64 index)
{
  guint i = conset_intervals_search (set, index);
  const ConsetSegment *segment;

  if (i < set->segments->len)
    {
      segment = conset_intervals_segment (set, i);
      return segment->before
             + (index > segment->first ? conset_segment_rank (set, segment, index) : 0);
    }
  segment = conset_intervals_last (set);
  return segment != NULL ? segment->before + conset_segment_rank (set, segment, segment->end) : 0;
}

guint64
conset_intervals_count (const ConsetIntervals *intervals, guint64 first, guint64 end)
{
  g_return_val_if_fail (intervals != NULL, 0);

  return first < end ? set_rank (intervals, end) - set_rank (intervals, first) : 0;
}

gsize
conset_intervals_next_runs (
  const ConsetIntervals *set, guint64 *from, guint64 end, guint64 (*runs)[2], gsize capacity)
{
  gsize n = 0;
  guint64 first, run_end;

  for (ConsetIndexCursor cursor = conset_index_cursor_at (set, *from);
       n < capacity && conset_index_cursor_get (&cursor, &first, &run_end) && first < end;
       conset_index_cursor_next (&cursor))
    {
      runs[n][0] = MAX (first, *from);
      runs[n][1] = MIN (run_end, end);
      n++;
    }
  if (n < capacity)
    *from = MAX (*from, end);
  else if (n > 0)
    *from = runs[n - 1][1];
  return n;
}

/*
 * Compares run by run. Two patterns that agree for as long as their periods together agree
 * for ever (Fine and Wilf), so the rest of what their segments share is skipped.
 */
gboolean
conset_intervals_equal (const ConsetIntervals *a, const ConsetIntervals *b)
{
  ConsetIndexCursor x, y;
  guint64 first, end, y_first, y_end, since = 0;
  guint i = G_MAXUINT, j = G_MAXUINT;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->error != NULL || b->error != NULL)
    return FALSE;
  x = conset_index_cursor_at (a, 0);
  y = conset_index_cursor_at (b, 0);
  while (conset_index_cursor_get (&x, &first, &end))
    {
      const ConsetSegment *s = conset_intervals_segment (a, x.segment), *t;

      if (!conset_index_cursor_get (&y, &y_first, &y_end) || first != y_first || end != y_end)
        return FALSE;
      t = conset_intervals_segment (b, y.segment);
      if (x.segment != i || y.segment != j)
        since = first;
      i = x.segment;
      j = y.segment;
      if (end < MIN (s->end, t->end) && end - since >= s->period
          && end - since - s->period >= t->period)
        {
          x = conset_index_cursor_at (a, MIN (s->end, t->end) - 1);
          y = conset_index_cursor_at (b, MIN (s->end, t->end) - 1);
        }
      else
        {
          conset_index_cursor_next (&x);
          conset_index_cursor_next (&y);
        }
    }
  return !conset_index_cursor_get (&y, &y_first, &y_end);
}

/* }}} */
/* {{{ Constructors */

static ConsetIntervals *error_new (const char *format, ...) G_GNUC_PRINTF (1, 2);

static ConsetIntervals *
error_new (const char *format, ...)
{
  ConsetIntervals *set = conset_intervals_new ();
  va_list arguments;

  va_start (arguments, format);
  set->error = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return set;
}

ConsetIntervals *
conset_intervals_empty (void)
{
  return conset_intervals_seal (conset_intervals_new ());
}

ConsetIntervals *
conset_intervals_all (void)
{
  return conset_intervals_range (0, CONSET_INDEX_END, 1);
}

/* Keeps @end as it is, so that the range is printed as it was written. */
ConsetIntervals *
conset_intervals_range (guint64 first, guint64 end, guint64 step)
{
  ConsetIntervals *set;
  ConsetIndexRun run = { .first = 0, .end = 1 };

  if (step == 0)
    return error_new ("range(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", 0): "
                      "the step must be at least 1; leave it out to take every index",
                      first, end);
  if (end > CONSET_INDEX_END)
    return error_new ("range(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                      "): the end lies beyond the universe; "
                      "use at most %" G_GUINT64_FORMAT ", which means no bound",
                      first, end, step, CONSET_INDEX_END);
  set = conset_intervals_new ();
  if (first >= end)
    return conset_intervals_seal (set);
  if (step == 1)
    conset_intervals_add_run (set, first, end);
  else if (step >= end - first)
    conset_intervals_add_run (set, first, first + 1);
  else
    conset_intervals_push (set, &(ConsetPattern){ &run, 1, step }, 0, first, end);
  return conset_intervals_seal (set);
}

ConsetIntervals *
conset_intervals_absorb (ConsetIntervals *a, ConsetIntervals *b, const char *operator)
{
  ConsetIntervals *result = NULL;

  if (a != NULL && a == b && g_atomic_ref_count_compare (&a->refs, 1))
    {
      g_critical ("%s: both operands are the same index set with a single reference; "
                  "use conset_intervals_ref() for one of them",
                  operator);
      conset_intervals_ref (a);
    }
  if (a == NULL || b == NULL)
    g_critical ("%s: an operand is NULL", operator);

  if (a != NULL && a->error != NULL)
    result = conset_intervals_ref (a);
  else if (b != NULL && b->error != NULL)
    result = conset_intervals_ref (b);
  else if (a == NULL || b == NULL)
    result = error_new ("%s: an operand is NULL; pass an index set", operator);
  if (result != NULL)
    {
      g_clear_pointer (&a, conset_intervals_unref);
      g_clear_pointer (&b, conset_intervals_unref);
    }
  return result;
}

/* Consumes @a; errors pass. */
static ConsetIntervals *
take_complement (ConsetIntervals *a)
{
  ConsetIntervals *result;

  if (a->error != NULL)
    return a;
  result = conset_intervals_invert (a);
  conset_intervals_unref (a);
  return result;
}

/* Consumes both. All drops out. */
static ConsetIntervals *
take_intersection (ConsetIntervals *a, ConsetIntervals *b)
{
  ConsetIntervals *result;

  if (conset_intervals_is_all (a))
    result = conset_intervals_ref (b);
  else if (conset_intervals_is_all (b))
    result = conset_intervals_ref (a);
  else
    result = conset_intervals_overlay (a, b);
  conset_intervals_unref (a);
  conset_intervals_unref (b);
  return result;
}

/* What an operator returns: @set, or an error value if it is too large. */
static ConsetIntervals *
take_result (ConsetIntervals *set)
{
  ConsetIntervals *error;

  if (set->runs->len <= CONSET_MAX_PIECES)
    return set;
  error = conset_intervals_new ();
  conset_intervals_fail (error);
  conset_intervals_unref (set);
  return error;
}

ConsetIntervals *
conset_intervals_union (ConsetIntervals *a, ConsetIntervals *b)
{
  ConsetIntervals *error = conset_intervals_absorb (a, b, G_STRFUNC);

  if (error != NULL)
    return error;
  return take_result (
    take_complement (take_intersection (take_complement (a), take_complement (b))));
}

ConsetIntervals *
conset_intervals_intersect (ConsetIntervals *a, ConsetIntervals *b)
{
  ConsetIntervals *error = conset_intervals_absorb (a, b, G_STRFUNC);

  if (error != NULL)
    return error;
  return take_result (take_intersection (a, b));
}

ConsetIntervals *
conset_intervals_difference (ConsetIntervals *a, ConsetIntervals *b)
{
  ConsetIntervals *error = conset_intervals_absorb (a, b, G_STRFUNC);

  if (error != NULL)
    return error;
  return take_result (take_intersection (a, take_complement (b)));
}

ConsetIntervals *
conset_intervals_complement (ConsetIntervals *a)
{
  if (a == NULL)
    {
      g_critical ("%s: the operand is NULL", G_STRFUNC);
      return error_new ("%s: the operand is NULL; pass an index set", G_STRFUNC);
    }
  return take_result (take_complement (a));
}

/* }}} */
