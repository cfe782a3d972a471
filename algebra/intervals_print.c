/* SPDX-License-Identifier: MIT */
/*
 * Index sets as text of the language, which reads them back as the same set.
 *
 * A set is a sum of intervals and of ranges with a step, or what is left of N without such a
 * sum. Of the ways to write a part, the one with the fewest terms is taken.
 */
#include "segments.h"

typedef struct
{
  GString *out;
  gsize start; /* where the sum begins */
} Sum;

static void sum_add (Sum *sum, char sign, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
sum_add (Sum *sum, char sign, const char *format, ...)
{
  va_list arguments;

  if (sum->out->len > sum->start)
    g_string_append_printf (sum->out, " %c ", sign);
  va_start (arguments, format);
  g_string_append_vprintf (sum->out, format, arguments);
  va_end (arguments);
}

static void
sum_add_interval (Sum *sum, guint64 first, guint64 end)
{
  if (end == CONSET_INDEX_END)
    sum_add (sum, '+', "range(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")", first, end);
  else
    sum_add (sum, '+', "ival(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")", first, end - 1);
}

/* Adds the indices [@from, @end) of the period of @segment, each as a range with a step. */
static void
sum_add_ranges (Sum *sum, char sign, const ConsetSegment *segment, guint64 from, guint64 end)
{
  for (guint64 i = from; i < end && i < segment->end - segment->first; i++)
    sum_add (sum, sign,
             "range(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")",
             segment->first + i, segment->end, segment->period);
}

/* How a segment is written: the runs, or a range for each member of the period, or one
 * interval less a range for each other index of the period. Cost is the number of terms. */
typedef struct
{
  double runs;
  double members;
  double others;
} Cost;

static Cost
segment_cost (const ConsetIntervals *set, const ConsetSegment *segment)
{
  guint64 start;
  guint last = conset_segment_last_run (set, segment, &start);
  Cost cost = { .members = (double) segment->members,
                .others = 1 + (double) (segment->period - segment->members) };

  cost.runs = (double) ((start - segment->first) / segment->period) * segment->n_runs + last + 1;
  return cost;
}

static double
set_cost (const ConsetIntervals *set)
{
  double cost = 0;

  for (guint i = 0; i < set->segments->len; i++)
    {
      Cost c = segment_cost (set, conset_intervals_segment (set, i));

      cost += MIN (c.runs, MIN (c.members, c.others));
    }
  return cost;
}

static void
sum_add_segment (Sum *sum, const ConsetIntervals *set, guint i)
{
  const ConsetSegment *segment = conset_intervals_segment (set, i);
  const ConsetIndexRun *runs = conset_segment_runs (set, segment);
  Cost cost = segment_cost (set, segment);
  guint64 first, end;

  if (segment->period != CONSET_NO_REPEAT && cost.members <= MIN (cost.runs, cost.others))
    for (guint k = 0; k < segment->n_runs; k++)
      sum_add_ranges (sum, '+', segment, runs[k].first, runs[k].end);
  else if (cost.runs <= cost.others)
    for (ConsetIndexCursor cursor = conset_index_cursor_in (set, i, 0);
         cursor.segment == i && conset_index_cursor_get (&cursor, &first, &end);
         conset_index_cursor_next (&cursor))
      sum_add_interval (sum, first, end);
  else
    {
      sum_add_interval (sum, segment->first, segment->end);
      for (guint k = 0; k < segment->n_runs; k++)
        sum_add_ranges (sum, '-', segment, runs[k].end,
                        k + 1 < segment->n_runs ? runs[k + 1].first : segment->period);
    }
}

static void
set_print_sum (const ConsetIntervals *set, GString *out)
{
  Sum sum = { out, out->len };

  for (guint i = 0; i < set->segments->len; i++)
    sum_add_segment (&sum, set, i);
}

/* Whether @set ends with an interval that reaches to the end of the universe, and not only
 * nearly so. */
static gboolean
set_has_tail (const ConsetIntervals *set)
{
  ConsetIndexCursor cursor = conset_index_cursor_at (set, CONSET_INDEX_END - 1);
  guint64 first, end;

  return conset_index_cursor_get (&cursor, &first, &end) && end - first > G_MAXUINT32;
}

/* Prints what @set has, or what it lacks if that has no tail and is shorter, or if @set has a
 * tail. */
static void
set_print_tidy (const ConsetIntervals *set, GString *out)
{
  ConsetIntervals *others = conset_intervals_invert (set);
  ConsetIntervals *tidy = conset_intervals_tidy (set),
                  *tidy_others = conset_intervals_tidy (others);
  double cost = set_cost (tidy_others);

  if (set_has_tail (others) || (!set_has_tail (set) && set_cost (tidy) <= cost))
    set_print_sum (tidy, out);
  else
    {
      g_string_append (out, cost > 1 ? "~(" : "~");
      set_print_sum (tidy_others, out);
      if (cost > 1)
        g_string_append_c (out, ')');
    }
  conset_intervals_unref (tidy);
  conset_intervals_unref (tidy_others);
  conset_intervals_unref (others);
}

/* Prints a set of one range as it was written, as far as that is known. */
static void
range_print (const ConsetSegment *range, GString *out)
{
  if (range->period != CONSET_NO_REPEAT)
    g_string_append_printf (
      out, "range(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")",
      range->first, range->end, range->period);
  else if (range->first == 0)
    g_string_append_printf (out, "range(%" G_GUINT64_FORMAT ")", range->end);
  else
    g_string_append_printf (out, "range(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")",
                            range->first, range->end);
}

void
conset_intervals_print (const ConsetIntervals *set, GString *out)
{
  const ConsetSegment *last;

  g_return_if_fail (set != NULL && out != NULL);

  last = conset_intervals_last (set);
  if (set->error != NULL)
    g_string_append_printf (out, "<error: %s>", set->error);
  else if (last == NULL)
    g_string_append (out, "[]");
  else if (conset_intervals_is_all (set))
    g_string_append_c (out, 'N');
  else if (set->segments->len == 1 && !set_has_tail (set)
           && (last->period == CONSET_NO_REPEAT || last->members == 1))
    range_print (last, out);
  else
    set_print_tidy (set, out);
}

char *
conset_intervals_to_string (const ConsetIntervals *intervals)
{
  GString *out;

  g_return_val_if_fail (intervals != NULL, NULL);

  out = g_string_new (NULL);
  conset_intervals_print (intervals, out);
  return g_string_free (out, FALSE);
}
