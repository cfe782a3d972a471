/* SPDX-License-Identifier: MIT */
/*
 * Projections: maps from positions to positions, such as from the visual field to the cortex.
 *
 * A ConsetProjection applied to a geometry is a geometry; its positions are found as they are asked
 * for. In the text language a projection may also be a formula with complex numbers.
 *
 *   static const double turn[] = { 0, -1, 1, 0 };   // row by row
 *
 *   g_autoptr (ConsetGeometry) turned =
 *     conset_project (conset_projection_affine (2, 2, turn, NULL),
 *                     conset_geometry_grid2d (30, 30, NULL, NULL));
 *
 * Ownership and errors are those of geometries: operators consume what is not const, constructors
 * never return NULL, and a wrong argument gives an error projection.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/geometry.h>

G_BEGIN_DECLS

/* Life */

/** conset_projection_ref: Returns: (transfer full): @projection, with one more reference */
CONSET_PUBLIC ConsetProjection *conset_projection_ref   (const ConsetProjection *projection);

/** conset_projection_unref: gives a reference back; the last one frees @projection. */
CONSET_PUBLIC void              conset_projection_unref (ConsetProjection       *projection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetProjection, conset_projection_unref)

/* Questions */

/** conset_projection_check: Returns: FALSE with the first error of the composition in @error, if
 * any */
CONSET_PUBLIC gboolean conset_projection_check        (const ConsetProjection  *projection,
                                                       GError                 **error);

/** conset_projection_to_string: Returns: (transfer full): @projection in the text language */
CONSET_PUBLIC char    *conset_projection_to_string    (const ConsetProjection  *projection);

/** conset_projection_n_dimensions: Returns: of how many dimensions its results are, 2 or 3; 0 for an
 * error */
CONSET_PUBLIC guint    conset_projection_n_dimensions (const ConsetProjection  *projection);

/**
 * conset_projection_apply:
 * @n_dimensions: 2 or 3
 * @position: (array length=n_dimensions): where from
 * @result: (out) (array): where to; as many numbers as results have dimensions
 *
 * Numbers count the unit of the offset, if @projection has one with a unit.
 *
 * Returns: FALSE with @error set if @projection does not take positions of so many dimensions, or
 *   the result is not finite
 */
CONSET_PUBLIC gboolean conset_projection_apply        (const ConsetProjection  *projection,
                                                       guint                    n_dimensions,
                                                       const double            *position,
                                                       double                  *result,
                                                       GError                 **error);

/* Projections */

/**
 * conset_projection_affine:
 * @n_from: dimensions of what it is applied to, 2 or 3
 * @n_to: dimensions of the result, 2 or 3
 * @matrix: (array): @n_to rows of @n_from numbers
 * @offset: (nullable) (array length=n_to): added to the product; NULL for 0
 *
 * Coordinate r is matrix[r][0] * x + matrix[r][1] * y (+ matrix[r][2] * z) + offset[r], added in
 * this order.
 */
CONSET_PUBLIC ConsetProjection *conset_projection_affine   (guint                 n_from,
                                                            guint                 n_to,
                                                            const double         *matrix,
                                                            const double         *offset)
                                                            G_GNUC_WARN_UNUSED_RESULT;

/**
 * ConsetProjectionFunc:
 * @position: (array): where from
 * @result: (out) (array): where to
 *
 * Must be a pure function of @position, and may be called from any thread.
 */
typedef void (*ConsetProjectionFunc) (const double *position,
                                      double       *result,
                                      gpointer      user_data);

/**
 * conset_projection_callback:
 * @name: what conset_projection_to_string() prints, as "<name>"; copied
 * @n_from: dimensions of what it is applied to, 2 or 3
 * @n_to: dimensions of the result, 2 or 3
 * @function: finds a result
 * @user_data: (closure): passed to it
 * @destroy: (nullable): called on @user_data when the projection is freed, or is an error
 */
CONSET_PUBLIC ConsetProjection *conset_projection_callback (const char           *name,
                                                            guint                 n_from,
                                                            guint                 n_to,
                                                            ConsetProjectionFunc  function,
                                                            gpointer              user_data,
                                                            GDestroyNotify        destroy)
                                                            G_GNUC_WARN_UNUSED_RESULT;

/** conset_projection_compose: first @b, then @a: a * b. */
CONSET_PUBLIC ConsetProjection *conset_projection_compose  (ConsetProjection     *a,
                                                            ConsetProjection     *b)
                                                            G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_projection_in_unit:
 * @unit: a unit as udunits2 reads it, such as "mm"
 * @projection: an affine map, or a composition of such
 *
 * The same map, of which the offset counts @unit; it takes positions in units of this kind.
 */
CONSET_PUBLIC ConsetProjection *conset_projection_in_unit  (const char           *unit,
                                                            ConsetProjection     *projection)
                                                            G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_project: position i of the result is @projection of position i of @geometry.
 *
 * Affine maps keep the unit of positions: without an offset they take any, with one that which
 * conset_projection_in_unit() gives the offset, or pure numbers. All other projections take pure
 * numbers alone: P applied to a geometry g in mm is
 *
 *   conset_geometry_in_unit ("mm", conset_project (P, conset_geometry_magnitude ("mm", g)))
 */
CONSET_PUBLIC ConsetGeometry   *conset_project             (ConsetProjection     *projection,
                                                            ConsetGeometry       *geometry)
                                                            G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
