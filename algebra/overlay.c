/* SPDX-License-Identifier: MIT */
/*
 * The two operations on index sets that all others are made of: complement and intersection.
 *
 * The intersection overlays the segments of two sets. Where an interval meets a pattern, it
 * cuts it; where two patterns meet, their common runs within the least common multiple of the
 * periods are found, by a walk over both or by number theory, whatever is less work. O(pieces
 * in and out), apart from such meetings.
 */
#include "segments.h"

/* Runs that an intersection may look at: some tenths of a second. */
#define MAX_WORK 1.6e7

/* Signed numbers that hold the product of two indices. */
typedef __int128 Wide;

/* {{{ Patterns that meet */

typedef struct
{
  ConsetIntervals *result;
  const ConsetIntervals *set[2];
  GArray *runs; /* of ConsetIndexRun, what is found, relative to first */
  double work;  /* done so far */

  /* The place: both sets have one segment in [first, end). */
  const ConsetSegment *segment[2];
  guint64 first;
  guint64 end;
  guint64 gcd;
  Wide lcm;
} Overlay;

static inline guint64
overlay_span (const Overlay *overlay)
{
  return overlay->end - overlay->first;
}

static inline gboolean
overlay_repeats (const Overlay *overlay)
{
  return overlay->lcm <= overlay_span (overlay);
}

static void
overlay_found (Overlay *overlay, guint64 first, guint64 end)
{
  ConsetIndexRun run = { .first = first, .end = end };

  if (overlay->runs->len == CONSET_MAX_PIECES_UNDERWAY)
    conset_intervals_fail (overlay->result);
  else
    g_array_append_val (overlay->runs, run);
}

/* Whether nothing failed so far; too much work is a failure. */
static gboolean
overlay_go_on (Overlay *overlay)
{
  if (overlay->work > MAX_WORK)
    conset_intervals_fail (overlay->result);
  return overlay->result->error == NULL;
}

/* Finds the common runs of one period by walking over the runs of both. */
static void
overlay_merge (Overlay *overlay)
{
  guint64 first = overlay->first;
  guint64 end = overlay_repeats (overlay) ? first + (guint64) overlay->lcm : overlay->end;
  ConsetIndexCursor x = conset_index_cursor_at (overlay->set[0], first),
                    y = conset_index_cursor_at (overlay->set[1], first);
  guint64 x_first, x_end, y_first, y_end;

  for (; conset_index_cursor_get (&x, &x_first, &x_end) && x_first < end
         && conset_index_cursor_get (&y, &y_first, &y_end) && y_first < end
         && overlay_go_on (overlay);
       overlay->work++)
    {
      guint64 common = MAX (MAX (x_first, y_first), first);
      guint64 common_end = MIN (MIN (x_end, y_end), end);

      if (common < common_end)
        overlay_found (overlay, common - first, common_end - first);
      conset_index_cursor_next (x_end <= y_end ? &x : &y);
    }
}

/* A run that goes on in the next period is found in two parts; make it one. */
static void
overlay_join_ends (Overlay *overlay)
{
  ConsetIndexRun *runs = (ConsetIndexRun *) (void *) overlay->runs->data;
  guint n = overlay->runs->len;

  if (n > 1 && runs[0].first == 0 && runs[n - 1].end == overlay->lcm)
    {
      runs[n - 1].end += runs[0].end;
      g_array_remove_index (overlay->runs, 0);
    }
}

/* Whether the runs recur after @n of them, and so with @period. */
static gboolean
pattern_recurs (const ConsetPattern *pattern, guint n, guint64 period)
{
  for (guint i = 0; i + n < pattern->n; i++)
    {
      const ConsetIndexRun *run = &pattern->runs[i], *other = &pattern->runs[i + n];

      if (other->first - run->first != period || other->end - run->end != period)
        return FALSE;
    }
  return TRUE;
}

/* Gives @pattern its least period. */
static void
pattern_reduce (ConsetPattern *pattern)
{
  for (guint n = 1; n <= pattern->n / 2; n++)
    if (pattern->n % n == 0 && pattern->period % (pattern->n / n) == 0
        && pattern_recurs (pattern, n, pattern->period / (pattern->n / n)))
      {
        pattern->period /= pattern->n / n;
        pattern->n = n;
        return;
      }
}

static guint64
gcd (guint64 a, guint64 b)
{
  while (b != 0)
    {
      guint64 rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

/* The remainder that is not negative. */
static inline Wide
modulo (Wide a, Wide m)
{
  Wide rest = a % m;

  return rest < 0 ? rest + m : rest;
}

/* The x for which @a x = 1 modulo @m, where @a and @m have no common divisor. */
static Wide
inverse (Wide a, Wide m)
{
  Wide r0 = m, r1 = a % m, t0 = 0, t1 = 1;

  while (r1 != 0)
    {
      Wide quotient = r0 / r1, r2 = r0 - quotient * r1, t2 = t0 - quotient * t1;

      r0 = r1;
      r1 = r2;
      t0 = t1;
      t1 = t2;
    }
  return modulo (t0, m);
}

/*
 * Finds where occurrences of two runs overlap, by the Chinese remainder theorem.
 *
 * An occurrence at x + kP overlaps one at y + lQ if their distance d = x + kP - y - lQ lies
 * in (-width of the former, width of the latter). Distances are congruent to x - y modulo
 * g = gcd (P, Q); each of them belongs to one k modulo Q/g, by kP = d - (x - y) modulo Q.
 */
static void
overlay_solve_pair (Overlay *overlay,
                    const ConsetIndexRun *run_x,
                    const ConsetIndexRun *run_y,
                    Wide p_inverse)
{
  Wide x = (Wide) overlay->segment[0]->first + run_x->first - overlay->first;
  Wide y = (Wide) overlay->segment[1]->first + run_y->first - overlay->first;
  Wide width_x = conset_index_run_width (run_x), width_y = conset_index_run_width (run_y);
  Wide g = overlay->gcd, p = overlay->segment[0]->period, q = overlay->segment[1]->period / g;
  Wide span = overlay_span (overlay), lcm = overlay->lcm;

  for (Wide d = modulo (x - y + width_x - 1, g) + 1 - width_x;
       d < width_y && overlay_go_on (overlay); d += g)
    {
      Wide k = modulo ((d - (x - y)) / g, q) * p_inverse % q;
      Wide first = modulo (x + k * p + MAX (0, -d), lcm);
      Wide end = first + MIN (width_x, width_y - d) - MAX (0, -d);

      if (overlay_repeats (overlay))
        overlay_found (overlay, (guint64) first, (guint64) end);
      else
        {
          if (first < span)
            overlay_found (overlay, (guint64) first, (guint64) MIN (end, span));
          if (end > lcm)
            overlay_found (overlay, 0, (guint64) MIN (end - lcm, span));
        }
    }
}

static int
run_compare (gconstpointer a, gconstpointer b)
{
  const ConsetIndexRun *x = a, *y = b;

  return x->first < y->first ? -1 : x->first > y->first;
}

/* Finds the common runs of one period from the pairs of runs; good for long periods. */
static void
overlay_solve (Overlay *overlay)
{
  const ConsetIndexRun *x = conset_segment_runs (overlay->set[0], overlay->segment[0]);
  const ConsetIndexRun *y = conset_segment_runs (overlay->set[1], overlay->segment[1]);
  guint64 q = overlay->segment[1]->period / overlay->gcd;
  Wide p_inverse = inverse (overlay->segment[0]->period / overlay->gcd, q);

  for (guint i = 0; i < overlay->segment[0]->n_runs; i++)
    for (guint j = 0; j < overlay->segment[1]->n_runs; j++)
      overlay_solve_pair (overlay, &x[i], &y[j], p_inverse);
  g_array_sort (overlay->runs, run_compare);
}

/* About how many runs overlay_merge() would look at. */
static double
overlay_merge_work (const Overlay *overlay)
{
  double span = overlay_repeats (overlay) ? (double) overlay->lcm : (double) overlay_span (overlay);
  double work = 0;

  for (guint i = 0; i < 2; i++)
    work += span / (double) overlay->segment[i]->period * overlay->segment[i]->n_runs;
  return work;
}

/* The same for overlay_solve(); a pair and an overlap cost as much as a few steps of the walk. */
static double
overlay_solve_work (const Overlay *overlay)
{
  const ConsetSegment *a = overlay->segment[0], *b = overlay->segment[1];
  double distances =
    (double) a->n_runs * (double) b->members + (double) b->n_runs * (double) a->members;

  return 16 * ((double) a->n_runs * b->n_runs + distances / (double) overlay->gcd);
}

/* Adds what was found to the result. */
static void
overlay_add_found (Overlay *overlay)
{
  ConsetPattern found = { (const ConsetIndexRun *) (void *) overlay->runs->data, overlay->runs->len,
                          0 };
  const ConsetIndexRun *last;
  guint64 first = overlay->first;

  if (found.n == 0)
    return;
  if (!overlay_repeats (overlay))
    {
      for (guint i = 0; i < found.n; i++)
        conset_intervals_add_run (overlay->result, first + found.runs[i].first,
                                  first + found.runs[i].end);
      return;
    }
  found.period = (guint64) overlay->lcm;
  pattern_reduce (&found);
  last = &found.runs[found.n - 1];
  if (last->end > found.period)
    conset_intervals_add_run (overlay->result, first, first + last->end - found.period);
  conset_intervals_add_pattern (overlay->result, &found, 0, first + found.runs[0].first,
                                overlay->end);
}

/* Adds the intersection at the place where two patterns meet. */
static void
overlay_combine (Overlay *overlay)
{
  guint64 p = overlay->segment[0]->period, q = overlay->segment[1]->period;
  double merge_work, solve_work;

  overlay->gcd = gcd (p, q);
  overlay->lcm = (Wide) (p / overlay->gcd) * q;
  g_array_set_size (overlay->runs, 0);

  merge_work = overlay_merge_work (overlay);
  solve_work = overlay_solve_work (overlay);
  if (overlay->work + MIN (merge_work, solve_work) > MAX_WORK)
    conset_intervals_fail (overlay->result);
  else if (solve_work < merge_work)
    {
      overlay->work += solve_work;
      overlay_solve (overlay);
    }
  else
    {
      overlay_merge (overlay);
      if (overlay_repeats (overlay))
        overlay_join_ends (overlay);
    }
  if (overlay->result->error == NULL)
    overlay_add_found (overlay);
}

/* }}} */
/* {{{ The two operations */

/* Adds the members of @segment of @from in [@first, @end), an interval within it. */
static void
set_add_part (
  ConsetIntervals *set, const ConsetIntervals *from, guint segment, guint64 first, guint64 end)
{
  ConsetPattern pattern = conset_segment_pattern (from, conset_intervals_segment (from, segment));
  ConsetIndexCursor cursor = conset_index_cursor_in (from, segment, first);
  guint64 run_first, run_end;

  while (cursor.segment == segment && conset_index_cursor_get (&cursor, &run_first, &run_end))
    {
      if (run_first >= first)
        {
          conset_intervals_add_pattern (set, &pattern, cursor.run, run_first, end);
          return;
        }
      conset_intervals_add_run (set, first, MIN (run_end, end));
      conset_index_cursor_next (&cursor);
    }
}

static void
overlay_add_place (Overlay *overlay, guint i, guint j)
{
  if (overlay->segment[1]->period == CONSET_NO_REPEAT)
    set_add_part (overlay->result, overlay->set[0], i, overlay->first, overlay->end);
  else if (overlay->segment[0]->period == CONSET_NO_REPEAT)
    set_add_part (overlay->result, overlay->set[1], j, overlay->first, overlay->end);
  else
    overlay_combine (overlay);
  if (overlay->result->runs->len > CONSET_MAX_PIECES_UNDERWAY)
    conset_intervals_fail (overlay->result);
}

ConsetIntervals *
conset_intervals_overlay (const ConsetIntervals *a, const ConsetIntervals *b)
{
  Overlay overlay = { .result = conset_intervals_new (),
                      .set = { a, b },
                      .runs = g_array_new (FALSE, FALSE, sizeof (ConsetIndexRun)) };
  guint i = 0, j = 0;

  while (i < a->segments->len && j < b->segments->len && overlay_go_on (&overlay))
    {
      const ConsetSegment *x = conset_intervals_segment (a, i),
                          *y = conset_intervals_segment (b, j);

      overlay.segment[0] = x;
      overlay.segment[1] = y;
      overlay.first = MAX (x->first, y->first);
      overlay.end = MIN (x->end, y->end);
      if (overlay.first < overlay.end)
        overlay_add_place (&overlay, i, j);
      if (x->end <= y->end)
        i++;
      else
        j++;
    }
  g_array_unref (overlay.runs);
  return conset_intervals_seal (overlay.result);
}

/* Adds the gaps between the runs of @segment. */
static void
set_add_gaps (ConsetIntervals *set, const ConsetIntervals *from, const ConsetSegment *segment)
{
  const ConsetIndexRun *runs = conset_segment_runs (from, segment);
  guint n = segment->n_runs;
  g_autofree ConsetIndexRun *gaps = g_new0 (ConsetIndexRun, n);
  ConsetPattern pattern = { gaps, n, segment->period };

  for (guint i = 0; i < n; i++)
    {
      gaps[i].first = runs[i].end;
      gaps[i].end = i + 1 < n ? runs[i + 1].first : segment->period;
    }
  conset_intervals_add_pattern (set, &pattern, 0, segment->first + gaps[0].first, segment->end);
}

ConsetIntervals *
conset_intervals_invert (const ConsetIntervals *set)
{
  ConsetIntervals *result = conset_intervals_new ();
  guint64 end = 0;

  for (guint i = 0; i < set->segments->len; i++)
    {
      const ConsetSegment *segment = conset_intervals_segment (set, i);

      conset_intervals_add_run (result, end, segment->first);
      set_add_gaps (result, set, segment);
      end = segment->end;
    }
  conset_intervals_add_run (result, end, CONSET_INDEX_END);
  return conset_intervals_seal (result);
}

/* }}} */
