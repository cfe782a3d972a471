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

/**
 * conset_geometry_of:
 * @set: (transfer none): a set
 * @order: CONSET_SOURCE_MAJOR for its sources, CONSET_TARGET_MAJOR for its targets
 *
 * Where its indices are, as far as @set speaks of that: the geometry of the first spatial set in it,
 * or of the first metric in its values. Parts that are moved, repeated or made blocks of do not
 * count. O(size of the expression).
 *
 * Returns: (transfer none) (nullable): lives as long as @set; NULL if nothing in it tells
 */
CONSET_PUBLIC const ConsetGeometry *conset_geometry_of (const Conset *set, ConsetOrder order);

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

/**
 * conset_nearest:
 * @k: how many neighbours
 * @autapses: whether an index may be its own neighbour; FALSE leaves (i, i) out before counting
 * @owner: CONSET_TARGET_MAJOR for the @k nearest sources of each target, CONSET_SOURCE_MAJOR for the
 *   @k nearest targets of each source
 * @metric: one of metric.h that is no callback, of geometries that have an end
 *
 * Of those at the same distance, the ones of the least indices are nearer; where there are fewer
 * than @k, all are neighbours. A line of an owner costs about as much as it has members, whatever
 * the window is. The first line of the other order costs a search of every owner, which is kept
 * with the set: some 20 bytes an owner, and the memory of an index.
 */
CONSET_PUBLIC Conset *conset_nearest (guint64      k,
                                      gboolean     autapses,
                                      ConsetOrder  owner,
                                      ConsetValue *metric)
                                      G_GNUC_WARN_UNUSED_RESULT;

/* By displacement: the position of the source minus that of the target. */

/**
 * ConsetPlacement:
 * @anchor: (array) (nullable elements): what the center of the shape is displaced by from the target
 *   in each dimension, of the unit of positions; NULL for 0
 * @torus: (array) (nullable elements): the size of the torus in each dimension, in which the shorter
 *   way around counts; NULL for none
 * @azimuth: by how many degrees the shape is turned about the z axis, from x to y
 * @polar: by how many degrees it is tilted before that about the y axis, from z to x; 0 in two
 *   dimensions
 *
 * How a shape lies. Turned by @polar and @azimuth, the axis that was z points where these are its
 * spherical coordinates. Multiples of 90 degrees are exact. Functions consume the values.
 */
typedef struct
{
  ConsetValue *anchor[CONSET_MAX_DIMENSIONS];
  ConsetValue *torus[CONSET_MAX_DIMENSIONS];
  double       azimuth;
  double       polar;
} ConsetPlacement;

/**
 * conset_rectangle:
 * @placement: (nullable): NULL for about the target, not turned, and no torus
 * @sources: positions of sources, in two dimensions
 * @targets: (nullable): those of targets; NULL for @sources
 *
 * The pairs with |dx| < @width / 2 and |dy| < @height / 2.
 */
CONSET_PUBLIC Conset *conset_rectangle (ConsetValue           *width,
                                        ConsetValue           *height,
                                        const ConsetPlacement *placement,
                                        ConsetGeometry        *sources,
                                        ConsetGeometry        *targets)
                                        G_GNUC_WARN_UNUSED_RESULT;

/** conset_box: the same in three dimensions, with |dz| < @depth / 2 */
CONSET_PUBLIC Conset *conset_box       (ConsetValue           *width,
                                        ConsetValue           *height,
                                        ConsetValue           *depth,
                                        const ConsetPlacement *placement,
                                        ConsetGeometry        *sources,
                                        ConsetGeometry        *targets)
                                        G_GNUC_WARN_UNUSED_RESULT;

/** conset_ellipse: the pairs with u * u + v * v < 1, where u = dx / (@width / 2) and v = dy /
 * (@height / 2): @width and @height are whole axes, and may be equal */
CONSET_PUBLIC Conset *conset_ellipse   (ConsetValue           *width,
                                        ConsetValue           *height,
                                        const ConsetPlacement *placement,
                                        ConsetGeometry        *sources,
                                        ConsetGeometry        *targets)
                                        G_GNUC_WARN_UNUSED_RESULT;

/** conset_ellipsoid: the same in three dimensions */
CONSET_PUBLIC Conset *conset_ellipsoid (ConsetValue           *width,
                                        ConsetValue           *height,
                                        ConsetValue           *depth,
                                        const ConsetPlacement *placement,
                                        ConsetGeometry        *sources,
                                        ConsetGeometry        *targets)
                                        G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
