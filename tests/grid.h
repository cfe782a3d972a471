/* SPDX-License-Identifier: MIT */
/*
 * Grids: the multiplicities of a set in a window, for suites that look at every pair.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/** Source by source of target after target. */
typedef struct
{
  ConsetWindow window;
  guint64      n_sources;
  guint64      n_targets;
  guint32     *m;
} Grid;

Grid    *grid_new     (const ConsetWindow *window);
void     grid_free    (Grid               *grid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Grid, grid_free)

guint32 *grid_at      (const Grid         *grid,
                       guint64             source,
                       guint64             target);

/** grid_of_set: what iterating gives, which must be in order and without error. */
Grid    *grid_of_set  (const Conset       *set,
                       const ConsetWindow *window,
                       ConsetOrder         order);

void     grid_assert_equal       (const Grid         *a,
                                  const Grid         *b);

/** grid_assert_restriction: @window shows the part of @whole that it covers, in both orders, and
 * counts as much. */
void     grid_assert_restriction (const Conset       *set,
                                  const Grid         *whole,
                                  const ConsetWindow *window);

/** grid_count: Returns: conset_count(), which must succeed */
guint64  grid_count              (const Conset       *set,
                                  const ConsetWindow *window);

G_END_DECLS
