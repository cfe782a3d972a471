/* SPDX-License-Identifier: MIT */
/*
 * The nearest position: discs that grow until one has some.
 */
#include "cells_parts.h"
#include "region.h"

#include <math.h>

static double
distance_to_extent (const ConsetCells *cells, const double *position)
{
  double square = 0.0;

  for (guint d = 0; d < cells->n_dimensions; d++)
    {
      double way = MAX (cells->extent.low[d] - position[d], position[d] - cells->extent.high[d]);

      square += MAX (way, 0.0) * MAX (way, 0.0);
    }
  return sqrt (square);
}

/* About the side of a cell: a disc of this size has some positions. */
static double
first_radius (const ConsetCells *cells)
{
  double side = 0.0;

  for (guint d = 0; d < cells->n_dimensions; d++)
    side = MAX (side, conset_cells_length (cells, d) / (double) cells->n[d]);
  return MAX (side, 1e-300);
}

static double
squared_distance (const ConsetCells *cells,
                  const ConsetGeometry *geometry,
                  guint64 index,
                  const double *from)
{
  double at[CONSET_MAX_DIMENSIONS], square = 0.0;

  conset_geometry_at (geometry, index, at);
  for (guint d = 0; d < cells->n_dimensions; d++)
    square += (at[d] - from[d]) * (at[d] - from[d]);
  return square;
}

guint64
conset_cells_nearest (const ConsetCells *cells,
                      const ConsetGeometry *geometry,
                      const double *position)
{
  g_auto (ConsetFound) found = { 0 };
  double radius = distance_to_extent (cells, position) * (1.0 + 0x1p-20) + first_radius (cells);
  double least = INFINITY;
  guint64 best;

  do
    {
      conset_cells_find_disc (cells, position, radius, &found);
      radius *= 2.0;
    }
  while (found.n == 0 && radius < INFINITY);
  best = found.n > 0 ? found.indices[0] : 0;
  for (gsize k = 0; k < found.n; k++)
    {
      double square = squared_distance (cells, geometry, found.indices[k], position);

      if (square < least)
        {
          least = square;
          best = found.indices[k];
        }
    }
  return best;
}
