/* SPDX-License-Identifier: MIT */
/*
 * Sets of your own: a mask given by a callback, which takes part in the algebra like
 * any other.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

/**
 * ConsetContainsFunc:
 *
 * Returns: whether (@source, @target) is a member. Must be a pure function of its
 *   arguments, and may be called from any thread.
 */
typedef gboolean (*ConsetContainsFunc) (guint64  source,
                                        guint64  target,
                                        gpointer user_data);

/**
 * ConsetFillFunc:
 * @target: a target
 * @first: first source asked for
 * @end: one past the last, at most @first + 65,536
 * @sources: (out) (array): room for @end - @first sources
 *
 * Writes the sources of @target in [@first, @end), strictly ascending, in agreement with
 * the ConsetContainsFunc beside it. May be called from any thread.
 *
 * Returns: how many were written
 */
typedef gsize (*ConsetFillFunc) (guint64  target,
                                 guint64  first,
                                 guint64  end,
                                 guint64 *sources,
                                 gpointer user_data);

/**
 * conset_predicate:
 * @name: what conset_to_string() prints, as "<name>"; copied
 * @contains: the membership test
 * @fill: (nullable): lists the sources of a target; makes target-major evaluation fast
 * @user_data: (closure): passed to both
 * @destroy: (nullable): called on @user_data when the set is freed
 *
 * { (i, j) : @contains (i, j) }, unbounded: intersect it with conset_cross() for a finite
 * one. A @fill that writes what it must not stops the evaluation with
 * CONSET_ERROR_CALLBACK. Without @fill evaluation costs one call a pair.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_predicate (const char         *name,
                                        ConsetContainsFunc  contains,
                                        ConsetFillFunc      fill,
                                        gpointer            user_data,
                                        GDestroyNotify      destroy) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
