/* SPDX-License-Identifier: MIT */
/*
 * Spatial sets: masks of the pairs that are near each other.
 *
 * Source i has position i of one geometry, target j position j of another, or of the same one. Who
 * is near whom is found through an index of the positions, or through the arithmetic of a grid, so
 * that a line costs about as much as it has members: no pair that is far apart is looked at. The
 * same holds for both orders, and for geometries that are projected.
 *
 *   g_autoptr (Conset) near =
 *     conset_disc (conset_value_constant (0.1),
 *                  conset_metric_euclid (conset_geometry_grid2d (30, 30, NULL, NULL), NULL));
 *
 * The index of a finite geometry is made when it is needed first, kept with the geometry and shared
 * by threads. Of one without end, the positions below the end of the window are indexed for the
 * time of an evaluation. Where a position is missing or not finite, evaluation ends with
 * CONSET_ERROR_VALUE, which names the geometry and the index.
 *
 * Functions consume their values and geometries and never return NULL; a wrong argument gives an
 * error set. A radius or another size is a value that is the same for all pairs, not negative, of
 * the unit that distances have.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/geometry.h>
#include <conset/value.h>

G_BEGIN_DECLS

/* By distance. @metric may be any value set: those of metric.h that have a form, such as
 * conset_metric_euclid(), go through the index; of others, such as callbacks and arithmetic, every
 * pair is looked at. Where such a value is not a number, evaluation fails. */

/** conset_disc: the pairs with @metric (i, j) < @radius, which in three dimensions are a ball */
CONSET_PUBLIC Conset *conset_disc    (ConsetValue *radius,
                                      ConsetValue *metric)
                                      G_GNUC_WARN_UNUSED_RESULT;

/** conset_within: the pairs with @metric (i, j) <= @distance: a disc with its rim */
CONSET_PUBLIC Conset *conset_within  (ConsetValue *distance,
                                      ConsetValue *metric)
                                      G_GNUC_WARN_UNUSED_RESULT;

/** conset_annulus: the pairs with @inner <= @metric (i, j) < @outer: disc (@outer) - disc (@inner) */
CONSET_PUBLIC Conset *conset_annulus (ConsetValue *inner,
                                      ConsetValue *outer,
                                      ConsetValue *metric)
                                      G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
