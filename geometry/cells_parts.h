/* SPDX-License-Identifier: MIT */
/*
 * What cells are made of, for the files that make them and that ask them.
 */
#pragma once

#include "cells.h"
#include "grid.h"

#include <math.h>

/* Entries behind the last that may be read. */
#define CONSET_CELLS_PADDING CONSET_WITHIN_SLACK

/**
 * @n: cells, or places of a grid, along each dimension; 1 beyond the last
 * @side, @inverse: the length of a cell, and one by it
 * @rough: (nullable): in two dimensions, positions in steps of a row's height by ROUGH_STEPS, see
 * ConsetRoughDisc; @per_length: steps in a unit of length
 * @starts: where in the sorted arrays each cell begins, and where the last one ends
 *
 * For a grid there are no arrays, and a row of places is a row of cells with one position each.
 */
struct _ConsetCells
{
  guint n_dimensions;
  guint64 n_positions;
  const ConsetGrid *grid;
  ConsetBox extent;
  guint64 n[CONSET_MAX_DIMENSIONS];
  double side[CONSET_MAX_DIMENSIONS];
  double inverse[CONSET_MAX_DIMENSIONS];
  guint32 *starts;
  double *coordinates[CONSET_MAX_DIMENSIONS];
  guint32 *indices;
  guint32 *rough;
  double per_length;
};

/** Steps of rough positions in the height of a row. */
#define CONSET_ROUGH_STEPS 4096.0

/** The whole number at or below @x, which is below 2^62 in size. */
static inline gint64
conset_cells_floor (double x)
{
  gint64 whole = (gint64) x;

  return whole - ((double) whole > x);
}

/** The rough position of one within the extent, or a few rows off it. */
static inline guint32
conset_cells_rough (const ConsetCells *cells, double x, double y)
{
  gint64 steps[] = { conset_cells_floor ((x - cells->extent.low[0]) * cells->per_length),
                     conset_cells_floor ((y - cells->extent.low[1]) * cells->per_length) };

  return ((guint32) steps[0] & 0xffff) | (guint32) steps[1] << 16;
}

/** The cell, or column of cells, of a coordinate: monotonic. */
static inline guint64
conset_cells_along (const ConsetCells *cells, guint d, double x)
{
  double cell = (x - cells->extent.low[d]) * cells->inverse[d];

  if (!(cell > 0.0))
    return 0;
  return cell < (double) (gint64) cells->n[d] ? (guint64) (gint64) cell : cells->n[d] - 1;
}

static inline double
conset_cells_length (const ConsetCells *cells, guint d)
{
  return cells->extent.high[d] - cells->extent.low[d];
}
