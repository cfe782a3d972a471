/* SPDX-License-Identifier: MIT */
/*
 * Grids, for those who find neighbours on one without looking at positions.
 */
#pragma once

#include "geometry.h"

/** Index i has place (i mod size[0], i div size[0] mod size[1], ...), which is at origin + step *
 * place in each dimension, but the last place of all along it, which is at last. */
typedef struct
{
  guint64 size[CONSET_MAX_DIMENSIONS];
  double  step[CONSET_MAX_DIMENSIONS];
  double  origin[CONSET_MAX_DIMENSIONS];
  double  last[CONSET_MAX_DIMENSIONS];
} ConsetGrid;

/** The coordinate of a place along an axis. */
static inline double
conset_grid_coordinate (const ConsetGrid *grid, guint d, guint64 place)
{
  return place + 1 == grid->size[d] ? grid->last[d]
                                    : grid->origin[d] + grid->step[d] * (double) place;
}

/** The grid that @geometry is; NULL if it is none. */
const ConsetGrid *conset_geometry_grid (const ConsetGeometry *geometry);

/** Positions of grids, exact in a double. */
#define CONSET_GRID_MOST (G_GUINT64_CONSTANT (1) << 50)

/** For constructors: what is wrong with a grid of so many positions; NULL for nothing. */
ConsetGeometry *conset_grid_size_error  (const char *function, const guint64 *size,
                                         guint n_dimensions);

/** Where along an axis of @n places, at origin + step * place, the one nearest to @x is; of two the
 * first. */
guint64         conset_grid_nearest_place (double origin, double step, guint64 n, double x);
