/* SPDX-License-Identifier: MIT */
/*
 * What everything that evaluates a set begins with.
 */
#pragma once

#include <conset/eval.h>

#include "plan.h"

/**
 * The part of @window (nullable: the bounds) that @set can have members in; FALSE with an
 * error if @set is one, the window leaves the universe, or there is none for an unbounded set.
 */
gboolean conset_resolve_window (const Conset        *set,
                                const ConsetWindow  *window,
                                ConsetWindow        *resolved,
                                GError             **error);

/** FALSE, with the error of a count beyond 64 bits. */
gboolean conset_count_overflow (GError **error);
/** TRUE if there is a closed form, or an error: @good is then what conset_count() returns. */
gboolean conset_count_closed   (const Conset        *set,
                                const ConsetWindow  *window,
                                guint64             *count,
                                gboolean            *good,
                                GError             **error);

/* Iterators for a part of their window after the other. */

/** (nullable): the evaluation; NULL after an error. */
ConsetEval *conset_iter_get_eval  (const ConsetIter *iter);
/** Goes on with the part from (@line, @at) up to (@end_line, @end_at), as conset_eval_aim(). */
void        conset_iter_aim       (ConsetIter       *iter,
                                   guint64           line,
                                   guint64           at,
                                   guint64           end_line,
                                   guint64           end_at);
/** The number of connections of the next tile, in place of its batches. */
gboolean    conset_iter_next_tile (ConsetIter       *iter,
                                   guint64          *n);
