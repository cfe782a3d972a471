/* SPDX-License-Identifier: MIT */
/*
 * Cells: which positions of a finite geometry are near a point, without a look at all of them.
 *
 * The extent is cut into equal boxes, some two to four positions each, and the positions are sorted
 * by their box, which is called a cell. A query looks at the cells that it touches, row by row. Of
 * a grid nothing is stored: what is near is found by arithmetic.
 *
 * Cells take the memory of the coordinates, four bytes a position for the indices, and one or two
 * for the cells. They are made in two walks over the positions, three where the extent is not known. Positions that crowd in a small part of the extent fall into few cells, which makes
 * queries there slow, but never wrong.
 */
#pragma once

#include "geometry.h"

/** Greatest number of positions. */
#define CONSET_CELLS_MOST (G_GUINT64_CONSTANT (0xffffffff))

/** Indices that a query has found, ascending; and its scratch, for one thread. Zeroed at first. */
typedef struct
{
  guint32 *indices;
  gsize    n;
  gsize    room;
  guint32 *scratch;
} ConsetFound;

void conset_found_clear (ConsetFound *found);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConsetFound, conset_found_clear)

/** NULL with @error set for a geometry without end, with too many positions, or with one that is not
 * finite. @geometry stays alive. */
ConsetCells       *conset_cells_new       (const ConsetGeometry *geometry, GError **error);
void               conset_cells_free      (ConsetCells *cells);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetCells, conset_cells_free)

/** Those of @geometry, which are made when they are asked for first and go with it. Any thread may
 * ask. */
const ConsetCells *conset_geometry_cells  (const ConsetGeometry *geometry, GError **error);

/** Those with sqrt (dx * dx + dy * dy) < radius, or dz too; in just this form, dx being x - center. */
void               conset_cells_find_disc (const ConsetCells *cells, const double *center,
                                           double radius, ConsetFound *found);
/** Those with low <= coordinate <= high in each dimension. */
void               conset_cells_find_box  (const ConsetCells *cells, const ConsetBox *box,
                                           ConsetFound *found);
/** The one nearest to @position, the least of several. There is at least one. @geometry is that of
 * which the cells are. */
guint64            conset_cells_nearest   (const ConsetCells *cells,
                                           const ConsetGeometry *geometry,
                                           const double *position);

/** How many positions a query of this disc looks at. */
gsize              conset_cells_candidates (const ConsetCells *cells, const double *center,
                                            double radius);
