/* SPDX-License-Identifier: MIT */
/*
 * Values for tests: one that differs between all copies of all pairs, and one that fails.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/** tag_number: Returns: a whole number below 2^50 that hardly any other @tag or place has */
double       tag_number      (guint64 tag,
                              guint64 source,
                              guint64 target,
                              guint64 copy);

/** tag_value_new: Returns: (transfer full): what tag_number() gives everywhere; it prints as
 * "<tag 7>" */
ConsetValue *tag_value_new   (guint64 tag);

/** tag_value_count: Returns: how many values made by tag_value_new() there are */
int          tag_value_count (void);

/** failing_value_new: Returns: (transfer full): i, but at (@source, @target) it fails and says
 * "no value at (@source, @target)" */
ConsetValue *failing_value_new (guint64 source,
                                guint64 target);

G_END_DECLS
