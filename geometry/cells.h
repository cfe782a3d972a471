/* SPDX-License-Identifier: MIT */
/*
 * Cells: which positions of a finite geometry are near a point, without a look at all of them.
 *
 * The extent is cut into equal boxes, some two to four positions each, and the positions are sorted
 * by their box, which is called a cell. A query looks at the cells that it touches, row by row. Of
 * a grid nothing is stored: what is near is found by arithmetic.
 *
 * Cells take the memory of the coordinates, four bytes a position for the indices, and one or two
 * for the cells. They are made in two walks over the positions, three where the extent is not
 * known. Positions that crowd in a small part of the extent fall into few cells, which makes
 * queries there slow, but never wrong.
 */
#pragma once

#include "geometry.h"
#include "tile.h"

/** Greatest number of positions. */
#define CONSET_CELLS_MOST (G_GUINT64_CONSTANT (0xffffffff))

/**
 * What a query looks at and finds; its scratch, for one thread. Zeroed at first.
 *
 * @indices: found, ascending once they are sorted
 * @runs: ranges of stored positions, or of places of a grid, each of one row
 * @n_looked_at: how many positions the runs have
 * @words, @marks: all 0; see conset_found_order_often()
 */
typedef struct
{
  guint32   *indices;
  gsize      n;
  gsize      room;
  guint32   *scratch;
  gsize      scratch_room;
  ConsetRun *runs;
  gsize      n_runs;
  gsize      runs_room;
  gsize      n_looked_at;
  guint64   *words;
  guint64   *marks;
  gsize      n_marks;
} ConsetFound;

void conset_found_clear       (ConsetFound *found);
/** Room for @more indices. */
void conset_found_reserve     (ConsetFound *found, gsize more);
/** Room for so many runs. */
void conset_found_reserve_runs (ConsetFound *found, gsize n);
/** Adds @n indices in ascending order. If there are any, CONSET_WITHIN_SLACK can be read. */
void conset_found_add_sorted  (ConsetFound *found, const guint32 *indices, gsize n);
/** Sets up a bit for each position, once, so that many searches sort what they find faster. */
void conset_found_order_often (ConsetFound *found, gsize n_positions);
void conset_found_sort        (ConsetFound *found);
/** Of those from @first on alone. */
void conset_found_sort_from   (ConsetFound *found, gsize first);
/** Fills a tile of those that are in its range: indices count from @base. */
void conset_found_to_tile     (const ConsetFound *found, guint64 base, ConsetTile *tile);
/** The same of @n indices, which ascend; CONSET_WITHIN_SLACK more can be read. */
void conset_indices_to_tile   (const guint32 *indices, gsize n, guint64 base, ConsetTile *tile);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConsetFound, conset_found_clear)

/** NULL with @error set for a geometry without end, with too many positions, or with one that is
 * not finite. @geometry stays alive. */
ConsetCells       *conset_cells_new       (const ConsetGeometry *geometry, GError **error);
void               conset_cells_free      (ConsetCells *cells);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetCells, conset_cells_free)

/** Those of @geometry, which are made when they are asked for first and go with it. Any thread may
 * ask. */
const ConsetCells *conset_geometry_cells  (const ConsetGeometry *geometry, GError **error);

/**
 * Where members may be.
 *
 * @reach: how far from the @center, in each dimension
 * @radius: if above 0, how far from it by Euclidean distance
 * @torus: for each dimension 0, or the size of the torus: members may be whole sizes away
 */
typedef struct
{
  double        center[CONSET_MAX_DIMENSIONS];
  const double *reach;
  double        radius;
  const double *torus;
} ConsetLook;

/** Finds the runs of all positions that members may have; of a grid, ascending. Bounds are widened
 * by more than what rounding can make out. No position is in two runs. */
void      conset_cells_look        (const ConsetCells *cells, const ConsetLook *look,
                                    ConsetFound *found);
/** Of a run: coordinates and indices of the @n positions from @first on. */
void      conset_cells_copy        (const ConsetCells *cells, gsize first, gsize n,
                                    double *const xyz[CONSET_MAX_DIMENSIONS], guint32 *indices);
/** Of stored positions: asks for most of what the runs hold to be brought near, for a search to
 * come. */
void      conset_cells_prefetch    (const ConsetCells *cells, const ConsetFound *found);
/** Trades what one has looked at for what the other has. */
void      conset_found_swap_runs   (ConsetFound *a, ConsetFound *b);
/** Whether coordinates are stored, rather than those of a grid. */
gboolean  conset_cells_are_stored  (const ConsetCells *cells);
/** Of stored positions: adds the indices of those in the runs of @looked, which may be @found,
 * whose squared distance to @at is in [low, below), in no order. */
void      conset_cells_keep_within (const ConsetCells *cells, const double *at, double low,
                                    double below, const ConsetFound *looked, ConsetFound *found);
/** The same of some of the runs, to @kept, and, in @steps, @per_square times the squared distances,
 * rounded down. Both have room for all, and CONSET_WITHIN_SLACK more. Returns: how many it keeps */
gsize     conset_cells_measure     (const ConsetCells *cells, const ConsetRun *runs, gsize n_runs,
                                    const double *at, double low, double below, guint32 *kept,
                                    double per_square, guint32 *steps);
/** As conset_cells_keep_within() for a grid, in ascending order. */
void      conset_cells_keep_on_grid (const ConsetCells *cells, const double *at, double low,
                                    double below, const ConsetFound *looked, ConsetFound *found);
/** Bounds of all positions; nothing is known if there are none. */
const ConsetBox *conset_cells_extent (const ConsetCells *cells);
gsize     conset_cells_size        (const ConsetCells *cells);
guint     conset_cells_n_dimensions (const ConsetCells *cells);

/** The one nearest to @position, the least of several. There is at least one. @geometry is that of
 * which the cells are. */
guint64   conset_cells_nearest     (const ConsetCells *cells, const ConsetGeometry *geometry,
                                    const double *position);
