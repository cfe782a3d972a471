/* SPDX-License-Identifier: MIT */
/*
 * Spans: how a stretch of an axis looks to the operand of a reshaping operator.
 *
 * A stretch is at most three spans of the operand's axis, each with how many places of the
 * stretch every place of the span stands for. A window is the product of two such lists,
 * so that a question about it is at most nine about the operand.
 */
#pragma once

#include "node.h"

typedef struct
{
  guint n;
  struct
  {
    guint64 first;
    guint64 end;
    guint64 weight;
  } span[3];
} ConsetSpans;

/** [@first, @end) as blocks of @size: a cut one, whole ones, a cut one. */
void conset_spans_of_blocks  (ConsetSpans *spans, guint64 first, guint64 end, guint64 size);
/** [@first, @end) as repetitions of [0, @period). */
void conset_spans_of_periods (ConsetSpans *spans, guint64 first, guint64 end, guint64 period);

/** The expected number of members of @set in sources @spans[0] by targets @spans[1]. */
double   conset_spans_expected (const ConsetSpans  spans[2],
                                const Conset      *set,
                                ConsetCensus      *census);
/** The law of the degree that a line made of @along, a stretch of @line of @set, has. */
gboolean conset_spans_degree_law (const ConsetSpans *along,
                                  const Conset      *set,
                                  ConsetOrder        order,
                                  guint64            line,
                                  ConsetLaw         *law);
/** The mean number of pairs there that are members at least once. */
double   conset_spans_share    (const ConsetSpans  spans[2],
                                const Conset      *set,
                                ConsetCensus      *census);
gboolean conset_spans_count    (const ConsetSpans  spans[2],
                                const Conset      *set,
                                ConsetCensus      *census,
                                ConsetCount       *count);
