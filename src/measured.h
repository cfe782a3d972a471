/* SPDX-License-Identifier: MIT */
/*
 * Geometries, metrics and projections of numbers in base units: what the text language, which knows
 * the unit of each number that is written, makes, and readers of files.
 *
 * The functions of geometry.h, metric.h and projection.h take numbers of pure positions, or in the
 * unit of a geometry; these are the same but for that. @unit is that which positions are shown in,
 * NULL for pure numbers.
 */
#pragma once

#include <conset/metric.h>
#include <conset/projection.h>

#include "unit.h"

/** What the coordinates of @geometry are shown in. */
const ConsetUnit *conset_geometry_measure   (const ConsetGeometry *geometry);

/** @geometry, new and nobody else's, of numbers that were base units already. */
ConsetGeometry   *conset_geometry_measured  (ConsetGeometry *geometry, const ConsetUnit *unit);

/** An array that is printed as @text (copied), which makes the same again. */
ConsetGeometry   *conset_geometry_told      (guint n_dimensions, const double *positions, gsize n,
                                             const ConsetUnit *unit, const char *text,
                                             gpointer user_data, GDestroyNotify destroy);

ConsetGeometry   *conset_jitter_measured    (const double *offset, guint64 seed,
                                             ConsetGeometry *geometry);
ConsetValue      *conset_toroid_measured    (const double *box, ConsetGeometry *sources,
                                             ConsetGeometry *targets);
ConsetValue      *conset_displacement_measured (guint axis, double box, ConsetGeometry *sources,
                                                ConsetGeometry *targets);
ConsetProjection *conset_affine_measured    (guint n_from, guint n_to, const double *matrix,
                                             const double *offset, const ConsetUnit *unit);

/** Whether @value is the same for all pairs; in base units it is @number, shown in @unit. */
gboolean          conset_value_look_fixed   (const ConsetValue *value, double *number,
                                             const ConsetUnit **unit);
