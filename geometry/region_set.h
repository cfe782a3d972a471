/* SPDX-License-Identifier: MIT */
/*
 * The set of all pairs of which the source is in a region about the target.
 */
#pragma once

#include <conset/set.h>

#include "region.h"

/**
 * conset_region_set_new:
 * @shape: (transfer full): what is printed before " * ", such as "disc(0.1)"
 * @metric: (nullable) (transfer full): what is printed behind it; NULL for the geometries
 * @sources: (transfer full): no error
 * @targets: (transfer full): no error; may be the same as @sources, with a reference of its own
 */
Conset *conset_region_set_new (const ConsetRegion *region,
                               char               *shape,
                               ConsetValue        *metric,
                               ConsetGeometry     *sources,
                               ConsetGeometry     *targets);

/** The pairs at which @metric (transfer full) is in [low, below), looked at one by one. @shape as
 * above. */
Conset *conset_threshold_new  (double       low,
                               double       below,
                               char        *shape,
                               ConsetValue *metric);
