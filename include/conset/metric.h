/* SPDX-License-Identifier: MIT */
/*
 * Metrics: values of pairs (source i, target j) that depend on where the two are.
 *
 * Source i has position i of one geometry, target j position j of another, or of the same one.
 * Where a geometry has no such position, or one that is not finite, the value is an error of
 * CONSET_ERROR_VALUE, which names the geometry and the index.
 *
 *   g_autoptr (ConsetValue) d =
 *     conset_metric_euclid (conset_geometry_grid2d (30, 30, NULL, NULL), NULL);
 *
 * A metric or a displacement of positions with a unit is a quantity in the unit of those of
 * sources; both units are of one kind, or both geometries are of pure numbers. Sizes that are given
 * beside geometries count the unit of sources, too. They are converted as decimals, so that a model
 * in mm is, to the last bit, the same as one in um.
 *
 * All functions consume their geometries; @targets may be NULL for those of @sources. Both have the
 * same number of dimensions. They never return NULL; a wrong argument gives an error value.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/geometry.h>
#include <conset/value.h>

G_BEGIN_DECLS

/** conset_metric_euclid: sqrt (dx * dx + dy * dy), or sqrt (dx * dx + dy * dy + dz * dz), rounded in
 * just that order. About a nanosecond, beside what the positions cost. */
CONSET_PUBLIC ConsetValue *conset_metric_euclid     (ConsetGeometry *sources,
                                                     ConsetGeometry *targets)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_metric_toroid:
 * @box: (array): the size of the torus in each dimension, above 0
 *
 * The Euclidean distance on a torus: the least one to any of the copies of a position that are
 * whole boxes away. The box is given; it is never guessed from the positions.
 */
CONSET_PUBLIC ConsetValue *conset_metric_toroid     (const double   *box,
                                                     ConsetGeometry *sources,
                                                     ConsetGeometry *targets)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/** conset_metric_city_block: |dx| + |dy|, or |dx| + |dy| + |dz|. */
CONSET_PUBLIC ConsetValue *conset_metric_city_block (ConsetGeometry *sources,
                                                     ConsetGeometry *targets)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/** conset_metric_maximum: the greatest of |dx|, |dy| and |dz|. */
CONSET_PUBLIC ConsetValue *conset_metric_maximum    (ConsetGeometry *sources,
                                                     ConsetGeometry *targets)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/**
 * ConsetMetricFunc:
 * @source: (array): the position of the source
 * @target: (array): that of the target
 * @n_dimensions: how many numbers each has
 *
 * Of geometries with a unit all numbers are in that of sources: those of the two positions, and what
 * is returned.
 *
 * Returns: a distance, or any other number. Must be a pure function of its arguments, and may be
 *   called from any thread.
 */
typedef double (*ConsetMetricFunc) (const double *source,
                                    const double *target,
                                    guint         n_dimensions,
                                    gpointer      user_data);

/**
 * conset_metric_callback:
 * @name: what conset_value_to_string() prints, as "<name>"; copied
 * @metric: finds a distance
 * @user_data: (closure): passed to it
 * @destroy: (nullable): called on @user_data when the value is freed, or is an error
 */
CONSET_PUBLIC ConsetValue *conset_metric_callback   (const char       *name,
                                                     ConsetMetricFunc  metric,
                                                     gpointer          user_data,
                                                     GDestroyNotify    destroy,
                                                     ConsetGeometry   *sources,
                                                     ConsetGeometry   *targets)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_displacement:
 * @axis: 0, 1 or 2 for x, y or z; below the number of dimensions
 * @box: 0, or the size of the torus in this dimension
 *
 * The coordinate of the source minus that of the target: dx, dy or dz. On a torus it is that of the
 * nearest copy of the source, from -@box / 2 to @box / 2.
 */
CONSET_PUBLIC ConsetValue *conset_displacement      (guint           axis,
                                                     double          box,
                                                     ConsetGeometry *sources,
                                                     ConsetGeometry *targets)
                                                     G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
