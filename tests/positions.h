/* SPDX-License-Identifier: MIT */
/*
 * What the suites of geometries share: positions one by one.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/** look_up: the position of @index, which has to be there; z is 0 in the plane */
void look_up           (const ConsetGeometry *geometry,
                        guint64               index,
                        double                position[3]);

void assert_at         (const ConsetGeometry *geometry,
                        guint64               index,
                        double                x,
                        double                y,
                        double                z);

/** assert_consistent: each of many positions, however it is asked for, is what it is alone */
void assert_consistent (const ConsetGeometry *geometry);

G_END_DECLS
