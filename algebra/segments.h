/* SPDX-License-Identifier: MIT */
/*
 * How index sets are stored: the type behind ConsetIntervals, for the files that implement it.
 *
 * A set is an ascending list of segments. A segment holds the members of [first, end): the runs
 * (intervals) of a pattern, relative to first and repeated with a period. An interval is a
 * segment of one run and the period CONSET_NO_REPEAT. Runs never touch, neither in a segment nor
 * across segments, so each is a maximal interval of members.
 */
#pragma once

#include "intervals.h"

/* The period of a segment whose runs occur once; no index is that far from another. */
#define CONSET_NO_REPEAT CONSET_INDEX_END

/* Runs that a set may have, and those that an operand or a part may have on the way to it. */
#define CONSET_MAX_PIECES 65536
#define CONSET_MAX_PIECES_UNDERWAY (4 * CONSET_MAX_PIECES)

typedef struct
{
  guint64 first;
  guint64 end;
  guint64 before; /* members of the period below first */
} ConsetIndexRun;

typedef struct
{
  guint64 first;   /* where the first run begins */
  guint64 end;     /* members are below it */
  guint64 period;  /* greater than the end of the last run */
  guint64 members; /* in a whole period */
  guint64 before;  /* members of the set below first */
  guint run;       /* the first of its runs among those of the set */
  guint n_runs;
} ConsetSegment;

struct _ConsetIntervals
{
  gatomicrefcount refs;
  GArray *segments; /* of ConsetSegment */
  GArray *runs;     /* of ConsetIndexRun, those of each segment in turn */
  char *error;      /* if not NULL, there are no segments */
};

/* Runs that recur: ascending, not touching, the first not necessarily at 0; the last may reach
 * beyond the period. */
typedef struct
{
  const ConsetIndexRun *runs;
  guint n;
  guint64 period;
} ConsetPattern;

/* {{{ Segments, and finding one's way in them in O(log of the number of pieces) */

static inline ConsetSegment *
conset_intervals_segment (const ConsetIntervals *set, guint i)
{
  return &g_array_index (set->segments, ConsetSegment, i);
}

static inline const ConsetIndexRun *
conset_segment_runs (const ConsetIntervals *set, const ConsetSegment *segment)
{
  return &g_array_index (set->runs, ConsetIndexRun, segment->run);
}

static inline ConsetPattern
conset_segment_pattern (const ConsetIntervals *set, const ConsetSegment *segment)
{
  return (ConsetPattern){ conset_segment_runs (set, segment), segment->n_runs, segment->period };
}

static inline guint64
conset_index_run_width (const ConsetIndexRun *run)
{
  return run->end - run->first;
}

/* How far the next occurrence of run @to begins behind an occurrence of run @from. */
static inline guint64
conset_pattern_distance (const ConsetPattern *pattern, guint from, guint to)
{
  guint64 distance = pattern->runs[to].first - pattern->runs[from].first;

  return to > from ? distance : distance + pattern->period;
}

static inline ConsetSegment *
conset_intervals_last (const ConsetIntervals *set)
{
  return set->segments->len > 0 ? conset_intervals_segment (set, set->segments->len - 1) : NULL;
}

/* Returns: the first segment that ends above @index; the number of segments if none does */
guint conset_intervals_search (const ConsetIntervals *set, guint64 index);

/* Returns: the members of @segment below @index, which lies in [first, end] */
guint64
conset_segment_rank (const ConsetIntervals *set, const ConsetSegment *segment, guint64 index);

/* Returns: the run that occurs last in @segment; @start is where that begins */
guint
conset_segment_last_run (const ConsetIntervals *set, const ConsetSegment *segment, guint64 *start);

/* Returns: one past the last member of @segment; CONSET_INDEX_END if it goes on up to there */
guint64 conset_segment_trimmed_end (const ConsetIntervals *set, const ConsetSegment *segment);

/* Returns: whether @a from its run @i on is the same as @b from its run @j on */
gboolean conset_pattern_equal (const ConsetPattern *a, guint i, const ConsetPattern *b, guint j);

/* }}} */
/* {{{ A walk over the runs of a set */

typedef struct
{
  const ConsetIntervals *set;
  guint segment; /* the number of segments at the end of the walk */
  guint run;     /* of the segment */
  guint64 base;  /* where its period begins */
} ConsetIndexCursor;

/* Moves on from the place behind the last run of a period or of a segment. */
static inline void
conset_index_cursor_settle (ConsetIndexCursor *cursor)
{
  const ConsetSegment *segment = conset_intervals_segment (cursor->set, cursor->segment);

  if (cursor->run == segment->n_runs)
    {
      cursor->run = 0;
      cursor->base += segment->period;
    }
  if (cursor->base + conset_segment_runs (cursor->set, segment)[cursor->run].first >= segment->end)
    {
      cursor->run = 0;
      if (++cursor->segment < cursor->set->segments->len)
        cursor->base = segment[1].first;
    }
}

static inline void
conset_index_cursor_next (ConsetIndexCursor *cursor)
{
  cursor->run++;
  conset_index_cursor_settle (cursor);
}

/* Tells the run under @cursor; FALSE at the end of the walk. */
static inline gboolean
conset_index_cursor_get (const ConsetIndexCursor *cursor, guint64 *first, guint64 *end)
{
  const ConsetSegment *segment;
  const ConsetIndexRun *run;

  if (cursor->segment >= cursor->set->segments->len)
    return FALSE;
  segment = conset_intervals_segment (cursor->set, cursor->segment);
  run = &conset_segment_runs (cursor->set, segment)[cursor->run];
  *first = cursor->base + run->first;
  *end = MIN (cursor->base + run->end, segment->end);
  return TRUE;
}

/* Returns: a cursor on the first run that ends above @index */
ConsetIndexCursor conset_index_cursor_at (const ConsetIntervals *set, guint64 index);

/* Returns: a cursor on the first run of @segment that ends above @index, or behind @segment */
ConsetIndexCursor conset_index_cursor_in (const ConsetIntervals *set, guint segment, guint64 index);

/* }}} */
/* {{{ Building from left to right */

ConsetIntervals *conset_intervals_new (void);

/* Adds the interval [@first, @end), which is not below the members so far. */
void conset_intervals_add_run (ConsetIntervals *set, guint64 first, guint64 end);

/* Adds, up to @end, the pattern that begins with its run @i at @first; not below the members so
 * far. Runs that touch those, and what is no longer than the period, become intervals. */
void conset_intervals_add_pattern (
  ConsetIntervals *set, const ConsetPattern *pattern, guint i, guint64 first, guint64 end);

/* Adds a segment as it stands: @pattern, beginning with its run @i at @first, longer than a
 * period and touching nothing. */
void conset_intervals_push (
  ConsetIntervals *set, const ConsetPattern *pattern, guint i, guint64 first, guint64 end);

/* Makes an error value of @set, when it is sealed: too many pieces. */
void conset_intervals_fail (ConsetIntervals *set);

/* Ends the building. Returns: @set */
ConsetIntervals *conset_intervals_seal (ConsetIntervals *set);

/* }}} */
/* {{{ Operations; each gives a new set, the first two perhaps an error value */

ConsetIntervals *conset_intervals_invert (const ConsetIntervals *set);
ConsetIntervals *conset_intervals_overlay (const ConsetIntervals *a, const ConsetIntervals *b);

/* The same set with pieces that do not depend on how it was made. */
ConsetIntervals *conset_intervals_tidy (const ConsetIntervals *set);

/* }}} */
