/* SPDX-License-Identifier: MIT */
/*
 * Stretches: parts of an evaluation, of about the same expected work, that follow each other.
 *
 * A stretch has whole lines, as a rule, or a part of one line that is long. It ends where the tiles
 * of one evaluation of everything end, so that these, and the batches made of them, are the same
 * for any cuts.
 */
#pragma once

#include "node.h"

/** From (@line, @at) on, up to but without (@end_line, @end_at); @work is what is expected. */
typedef struct
{
  guint64 line;
  guint64 at;
  guint64 end_line;
  guint64 end_at;
  double  work;
} ConsetStretch;

/**
 * What is left to be cut. @grain lines are made at once, at some cost; @tile is the widest tile;
 * lines are not cut if they are @whole.
 */
typedef struct
{
  const Conset *set;
  ConsetOrder   order;
  ConsetWindow  window;
  guint64       line;
  guint64       at;
  guint64       n_lines;
  double        goal;
  double        work_of_pair;
  guint64       grain;
  guint64       tile;
  gboolean      whole;
} ConsetCutter;

/** About how much work @window is, in connections. */
double   conset_expected_work (const Conset       *set,
                               ConsetOrder         order,
                               const ConsetWindow *window);

/** @eval is an evaluation of all that is to be cut, for @n_threads; the goal is left to the caller.
 * Returns: the work that is expected, in connections. */
double   conset_cutter_init (ConsetCutter     *cutter,
                             const ConsetEval *eval,
                             guint             n_threads);
/** FALSE at the end. */
gboolean conset_cutter_next (ConsetCutter *cutter, ConsetStretch *stretch);
