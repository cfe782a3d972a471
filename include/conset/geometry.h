/* SPDX-License-Identifier: MIT */
/*
 * Geometries: a position in two or three dimensions for each index 0, 1, ...
 *
 * A ConsetGeometry says where neurons are. Metrics (metric.h) make values of pairs out of one or
 * two of them: the distance between source i and target j, for example. Projections (projection.h)
 * carry positions over into another space.
 *
 *   g_autoptr (ConsetGeometry) g = conset_geometry_grid2d (30, 30, NULL, NULL);
 *
 * Coordinates are pure numbers, or count a unit such as um: conset_geometry_in_unit() multiplies a
 * geometry of pure numbers by one. Numbers go in and out in this unit; inside all are in um, so that
 * a model in mm is, to the last bit, the same as one in um. What is made of several geometries takes
 * those whose units convert into each other, or pure numbers alone.
 *
 * Ownership: operators consume every ConsetGeometry that is not const in their prototype; keep one
 * with conset_geometry_ref() at the call. Constructors never return NULL. A wrong argument gives
 * an error geometry: it absorbs what it is combined with, keeps the first message, and surfaces at
 * conset_geometry_check() and in every value that is made of it.
 *
 * Coordinates are finite IEEE doubles, the same bits on every machine. Geometries may be shared by
 * threads: reference counts are atomic, nothing else that can be seen ever changes.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

/** Greatest number of dimensions. */
#define CONSET_MAX_DIMENSIONS 3

/* Life */

/** conset_geometry_ref: Returns: (transfer full): @geometry, with one more reference */
CONSET_PUBLIC ConsetGeometry *conset_geometry_ref   (const ConsetGeometry *geometry);

/** conset_geometry_unref: gives a reference back; the last one frees @geometry. */
CONSET_PUBLIC void            conset_geometry_unref (ConsetGeometry       *geometry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetGeometry, conset_geometry_unref)

/* Questions */

/** conset_geometry_check: Returns: FALSE with the first error of the composition in @error, if any */
CONSET_PUBLIC gboolean    conset_geometry_check        (const ConsetGeometry  *geometry,
                                                        GError               **error);

/**
 * conset_geometry_to_string:
 *
 * Prints @geometry in the text language, such as "grid2d(30, x0=-7)"; a callback by its name in
 * angle brackets, an error by its message.
 *
 * Returns: (transfer full): the text
 */
CONSET_PUBLIC char       *conset_geometry_to_string    (const ConsetGeometry  *geometry);

/** conset_geometry_n_dimensions: Returns: 2 or 3; 0 for an error geometry */
CONSET_PUBLIC guint       conset_geometry_n_dimensions (const ConsetGeometry  *geometry);

/** conset_geometry_unit: Returns: (transfer none) (nullable): what coordinates count, such as "um", for
 * as long as the program runs; NULL for pure numbers, or an error geometry */
CONSET_PUBLIC const char *conset_geometry_unit         (const ConsetGeometry  *geometry);

/** conset_geometry_size: Returns: how many positions there are; CONSET_INDEX_END for a geometry that
 * has one for every index. Extent and nearest position are those of so many. */
CONSET_PUBLIC guint64     conset_geometry_size         (const ConsetGeometry  *geometry);

/** conset_geometry_end: Returns: one past the last index that has a position: the size, but for
 * grids whose rows go on */
CONSET_PUBLIC guint64     conset_geometry_end          (const ConsetGeometry  *geometry);

/**
 * conset_geometry_position:
 * @position: (out) (array): as many numbers as there are dimensions, in the unit of @geometry
 *
 * Returns: FALSE with @error set if there is no position @index, or it is not finite; O(operators)
 */
CONSET_PUBLIC gboolean    conset_geometry_position     (const ConsetGeometry  *geometry,
                                                        guint64                index,
                                                        double                *position,
                                                        GError               **error);

/**
 * conset_geometry_positions:
 * @first: where offsets count from
 * @offsets: (nullable) (array length=n): offsets, ascending; NULL for 0, 1, ...
 * @n: how many
 * @positions: (out) (array): @n times as many numbers as there are dimensions, position by position
 *
 * As conset_geometry_position() of each @first + @offsets[k]; some nanoseconds each.
 *
 * Returns: FALSE with @error set if one is missing or not finite
 */
CONSET_PUBLIC gboolean    conset_geometry_positions    (const ConsetGeometry  *geometry,
                                                        guint64                first,
                                                        const guint32         *offsets,
                                                        gsize                  n,
                                                        double                *positions,
                                                        GError               **error);

/**
 * conset_geometry_extent:
 * @low: (out) (array): the least coordinate in each dimension, in the unit of @geometry
 * @high: (out) (array): the greatest one
 *
 * The smallest box that holds all positions; of random positions, the box that they are drawn in.
 * O(1) for grids and random positions; else O(size) once.
 *
 * Returns: FALSE with @error set if there is none: for no positions, or for endlessly many
 */
CONSET_PUBLIC gboolean    conset_geometry_extent       (const ConsetGeometry  *geometry,
                                                        double                *low,
                                                        double                *high,
                                                        GError               **error);

/**
 * conset_geometry_nearest:
 * @position: (array): finite, as many numbers as there are dimensions, in the unit of @geometry
 * @index: (out): the index of the position that is nearest to it by Euclidean distance; of several
 *   the least
 *
 * The inverse. O(1) for grids; for others an index of all positions is built once, see
 * conset_geometry_n_dimensions() for what they have.
 *
 * Returns: FALSE with @error set if there are no positions, or endlessly many
 */
CONSET_PUBLIC gboolean    conset_geometry_nearest      (const ConsetGeometry  *geometry,
                                                        const double          *position,
                                                        guint64               *index,
                                                        GError               **error);

/* Grids. @scale (nullable): the size of the grid in each dimension, not 0; NULL for 1.
 * @origin (nullable): the position of index 0; NULL for 0. At most 2^50 positions. */

/**
 * conset_geometry_grid2d:
 * @width: positions in a row, at least 1
 * @height: number of rows; CONSET_INDEX_END for a square whose rows go on, see below
 *
 * Row by row: index i is at (x0 + (i mod width) * (xScale / width), y0 + (i div width) * (yScale /
 * height)), as in Python CSA. There the height is the width, and indices beyond the square have
 * positions as well, in further rows; so they have here if the height is left open. Sets of such a
 * grid have no bounds.
 *
 * Returns: (transfer full): a new geometry, never NULL
 */
CONSET_PUBLIC ConsetGeometry *conset_geometry_grid2d (guint64       width,
                                                      guint64       height,
                                                      const double *scale,
                                                      const double *origin)
                                                      G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_geometry_grid2d_between:
 * @first: (nullable): the position of index 0; NULL for 0
 * @last: that of the last index; in no dimension that of the first, unless there is one place alone
 *
 * Row by row, the last position in each dimension included: coordinates are those of
 * numpy.linspace (first, last, n), bit for bit, which are first + k * ((last - first) / (n - 1)), and
 * just last for the last one. One place alone is first.
 *
 * Returns: (transfer full): a new geometry, never NULL
 */
CONSET_PUBLIC ConsetGeometry *conset_geometry_grid2d_between (guint64       width,
                                                              guint64       height,
                                                              const double *first,
                                                              const double *last)
                                                              G_GNUC_WARN_UNUSED_RESULT;

/** conset_geometry_grid3d_between: the same in space. */
CONSET_PUBLIC ConsetGeometry *conset_geometry_grid3d_between (guint64       width,
                                                              guint64       height,
                                                              guint64       depth,
                                                              const double *first,
                                                              const double *last)
                                                              G_GNUC_WARN_UNUSED_RESULT;

/** conset_geometry_grid3d: layer by layer, each row by row; as conset_geometry_grid2d() with z0 +
 * (i div (width * height)) * (zScale / depth). A @height of
 * CONSET_INDEX_END is the @width, and so is such a @depth, but layers go on. */
CONSET_PUBLIC ConsetGeometry *conset_geometry_grid3d (guint64       width,
                                                      guint64       height,
                                                      guint64       depth,
                                                      const double *scale,
                                                      const double *origin)
                                                      G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_geometry_hexagonal:
 * @spacing: the distance of neighbours, above 0
 *
 * Row by row; odd rows are shifted by half a @spacing, and rows are sqrt (3) / 2 of it apart, so
 * that each position has six neighbours.
 */
CONSET_PUBLIC ConsetGeometry *conset_geometry_hexagonal (guint64       width,
                                                         guint64       height,
                                                         double        spacing,
                                                         const double *origin)
                                                         G_GNUC_WARN_UNUSED_RESULT;

/* Random positions */

/**
 * conset_geometry_random2d:
 * @size: how many; CONSET_INDEX_END for one for every index
 *
 * Uniform in the rectangle from the origin to origin + scale. Position i is a function of @seed and
 * i alone.
 */
CONSET_PUBLIC ConsetGeometry *conset_geometry_random2d (guint64       size,
                                                        const double *scale,
                                                        const double *origin,
                                                        guint64       seed)
                                                        G_GNUC_WARN_UNUSED_RESULT;

/** conset_geometry_random3d: the same in a box. */
CONSET_PUBLIC ConsetGeometry *conset_geometry_random3d (guint64       size,
                                                        const double *scale,
                                                        const double *origin,
                                                        guint64       seed)
                                                        G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_geometry_jitter:
 * @offset: (array): the greatest offset in each dimension, 0 or more, in the unit of @geometry
 * @geometry: (transfer full): what is shifted, of any kind
 *
 * Each position plus an offset that is uniform in [-@offset, @offset) in each dimension, a function
 * of @seed and the index alone.
 */
CONSET_PUBLIC ConsetGeometry *conset_geometry_jitter   (const double   *offset,
                                                        guint64         seed,
                                                        ConsetGeometry *geometry)
                                                        G_GNUC_WARN_UNUSED_RESULT;

/* Positions of your own */

/**
 * conset_geometry_array:
 * @n_dimensions: 2 or 3
 * @positions: (array): @n times as many finite numbers, position by position; copied
 *
 * Printed as positions([(x, y), ...]). O(@n).
 */
CONSET_PUBLIC ConsetGeometry *conset_geometry_array      (guint           n_dimensions,
                                                          const double   *positions,
                                                          gsize           n)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_geometry_array_take:
 * @positions: (array): stays as it is until @destroy is called
 * @user_data: (closure): what owns @positions, such as @positions itself
 * @destroy: (nullable): called on @user_data when the geometry is freed, or is an error
 *
 * As conset_geometry_array(), without a copy.
 */
CONSET_PUBLIC ConsetGeometry *conset_geometry_array_take (guint           n_dimensions,
                                                          const double   *positions,
                                                          gsize           n,
                                                          gpointer        user_data,
                                                          GDestroyNotify  destroy)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * ConsetPositionFunc:
 * @position: (out) (array): as many numbers as there are dimensions
 *
 * Writes the position of @index. Must be a pure function of its arguments, and may be called from
 * any thread.
 */
typedef void (*ConsetPositionFunc) (guint64   index,
                                    double   *position,
                                    gpointer  user_data);

/**
 * conset_geometry_callback:
 * @name: what conset_geometry_to_string() prints, as "<name>"; copied
 * @n_dimensions: 2 or 3
 * @size: how many positions; CONSET_INDEX_END for one for every index
 * @position: finds a position
 * @user_data: (closure): passed to it
 * @destroy: (nullable): called on @user_data when the geometry is freed, or is an error
 */
CONSET_PUBLIC ConsetGeometry *conset_geometry_callback (const char         *name,
                                                        guint               n_dimensions,
                                                        guint64             size,
                                                        ConsetPositionFunc  position,
                                                        gpointer            user_data,
                                                        GDestroyNotify      destroy)
                                                        G_GNUC_WARN_UNUSED_RESULT;

/* Units */

/**
 * conset_geometry_in_unit:
 * @unit: a unit as udunits2 reads it, such as "mm"
 * @geometry: (transfer full): of pure numbers
 *
 * @geometry times @unit. The numbers of grids, random positions, jitter, arrays and affine maps are
 * converted as decimals, 0.07 mm being 70 um, so that positions written in mm and in um are the same
 * bits. An array is copied for that, some ten nanoseconds a number, and ten times as much for
 * numbers of more than 15 digits. Positions of callbacks, of other projections and of files are
 * multiplied as they are found.
 *
 *   conset_geometry_in_unit ("mm", conset_geometry_grid2d (20, 20, NULL, NULL))   // 1 mm wide
 *
 * Returns: (transfer full): a new geometry; an error if udunits2 does not know @unit, or @geometry
 *   has one already
 */
CONSET_PUBLIC ConsetGeometry *conset_geometry_in_unit   (const char     *unit,
                                                         ConsetGeometry *geometry)
                                                         G_GNUC_WARN_UNUSED_RESULT;

/** conset_geometry_to_unit: the same positions, which are shown in another @unit of the same kind. */
CONSET_PUBLIC ConsetGeometry *conset_geometry_to_unit   (const char     *unit,
                                                         ConsetGeometry *geometry)
                                                         G_GNUC_WARN_UNUSED_RESULT;

/** conset_geometry_magnitude: @geometry / @unit, which is of the same kind as that of @geometry: pure
 * numbers, such as a projection takes. */
CONSET_PUBLIC ConsetGeometry *conset_geometry_magnitude (const char     *unit,
                                                         ConsetGeometry *geometry)
                                                         G_GNUC_WARN_UNUSED_RESULT;

/* Populations: ranges of the indices of a geometry */

/**
 * conset_geometry_layers:
 * @n: how many, at least 1
 * @geometries: (array length=n) (transfer full): of the same number of dimensions, and in units that
 *   convert into each other; all but the last have an end
 * @names: (nullable) (array length=n): their names, no two the same, of ASCII letters, digits and _,
 *   a letter first; copied
 *
 * The positions of the first geometry, then those of the second, and so on, in the unit of the first.
 */
CONSET_PUBLIC ConsetGeometry *conset_geometry_layers (guint                  n,
                                                      ConsetGeometry *const *geometries,
                                                      const char *const     *names)
                                                      G_GNUC_WARN_UNUSED_RESULT;

/** conset_geometry_part: positions @first to @end - 1 of @geometry, which become 0, 1, ... */
CONSET_PUBLIC ConsetGeometry *conset_geometry_part   (guint64         first,
                                                      guint64         end,
                                                      ConsetGeometry *geometry)
                                                      G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_geometry_find_layer:
 * @first: (out): the first index of the layer
 * @end: (out): one past its last index
 *
 * Returns: whether a layer of @geometry, at any depth, has this name; of several, the first
 */
CONSET_PUBLIC gboolean        conset_geometry_find_layer (const ConsetGeometry *geometry,
                                                          const char           *name,
                                                          guint64              *first,
                                                          guint64              *end);

/** conset_geometry_layer_of: Returns: (nullable): the name of the innermost layer with a name that
 * holds @index; NULL if there is none. Belongs to @geometry. */
CONSET_PUBLIC const char     *conset_geometry_layer_of   (const ConsetGeometry *geometry,
                                                          guint64               index);

G_END_DECLS
