/* SPDX-License-Identifier: MIT */
/*
 * Regions: where a source may be, as seen from its target.
 *
 * A region is a range of distances of a metric, or a shape: a box or an ellipsoid of displacements
 * source - target, which may be turned, anchored elsewhere, and lie on a torus. It tests pairs of
 * positions, and finds all that are in it through the cells of one side.
 */
#pragma once

#include "disc_search.h"
#include "metric.h"

typedef enum
{
  CONSET_REGION_DISTANCE,
  CONSET_REGION_BOX,
  CONSET_REGION_ELLIPSOID,
} ConsetRegionKind;

/**
 * @metric: of a CONSET_REGION_DISTANCE: low <= distance < below
 * @square_low, @square_below: the same of its square, exactly, where it is the root of one
 * @torus: 0, or its size in each dimension
 * @anchor: what is subtracted from displacements
 * @turned: whether these are multiplied by @turn, the rows of which are the axes of the shape
 * @half: half the sizes of the shape along its axes
 * @reach: how far members are from the anchor in each dimension
 */
typedef struct
{
  ConsetRegionKind kind;
  guint            n_dimensions;
  ConsetMetricKind metric;
  double           low;
  double           below;
  double           square_low;
  double           square_below;
  double           torus[CONSET_MAX_DIMENSIONS];
  double           anchor[CONSET_MAX_DIMENSIONS];
  gboolean         turned;
  double           turn[CONSET_MAX_DIMENSIONS][CONSET_MAX_DIMENSIONS];
  double           half[CONSET_MAX_DIMENSIONS];
  double           reach[CONSET_MAX_DIMENSIONS];
} ConsetRegion;

/** Distances of @metric in [low, below); a radius may be infinite. */
void     conset_region_init_distance (ConsetRegion *region, ConsetMetricKind metric,
                                      guint n_dimensions, const double *box, double low,
                                      double below);

/** Whether a source and a target at these positions are a pair of it. */
gboolean conset_region_has           (const ConsetRegion *region, const double *source,
                                      const double *target);
/** Keeps those of at most CONSET_VALUE_BLOCK @indices of which the positions, which are lost, are in
 * @region as seen from @at. @along_sources: positions are of sources, and @at is of the target. */
gsize    conset_region_keep          (const ConsetRegion *region, double *const xyz[],
                                      const double *at, gboolean along_sources,
                                      const guint32 *indices, gsize n, guint32 *kept);
/** About the share of positions in @extent that are in @region as seen from @at. */
double   conset_region_share         (const ConsetRegion *region, const ConsetBox *extent,
                                      const double *at, gboolean along_sources);

/**
 * A search for the members of @region among positions of one side.
 *
 * @cells: of the positions
 * @along_sources: they are of sources, and the place that is searched from is of a target
 * @disc: (nullable): what makes the search faster from many places
 */
typedef struct
{
  const ConsetRegion *region;
  const ConsetCells  *cells;
  gboolean            along_sources;
  ConsetDiscSearch   *disc;
} ConsetRegionSearch;

/** From many places, so that some work goes ahead. @region and @cells stay alive. */
void     conset_region_search_init   (ConsetRegionSearch *search, const ConsetRegion *region,
                                      const ConsetCells *cells, gboolean along_sources);
void     conset_region_search_clear  (ConsetRegionSearch *search);
/** Finds the runs in which all members are. */
void     conset_region_search_look   (const ConsetRegionSearch *search, const double *at,
                                      ConsetFound *found);
/** Adds the indices of members in the runs of @looked, which may be @found; they ascend only where
 * the cells are those of a grid. */
void     conset_region_search_gather (const ConsetRegionSearch *search, const double *at,
                                      const ConsetFound *looked, ConsetFound *found);
/** All members, ascending. */
void     conset_region_search_find   (const ConsetRegionSearch *search, const double *at,
                                      ConsetFound *found);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConsetRegionSearch, conset_region_search_clear)

/** The indices with Euclidean distance below @radius, ascending: a search from one place. */
void     conset_cells_find_disc      (const ConsetCells *cells, const double *center,
                                      double radius, ConsetFound *found);
