/* SPDX-License-Identifier: MIT */
/*
 * Regions: tests of pairs of positions, and searches.
 *
 * A test is the same arithmetic wherever it is made: for one pair, for a block along sources and
 * along targets. x - y is the same as -(y - x), to the last bit.
 */
#include "region.h"

#include "kernels.h"

#include <math.h>
#include <string.h>

void
conset_region_init_distance (ConsetRegion *region,
                             ConsetMetricKind metric,
                             guint n_dimensions,
                             const double *box,
                             double low,
                             double below)
{
  *region = (ConsetRegion){ .kind = CONSET_REGION_DISTANCE,
                            .n_dimensions = n_dimensions,
                            .metric = metric,
                            .low = low,
                            .below = below };
  region->square_low = low > 0.0 ? conset_square_bound (low) : 0.0;
  region->square_below = below > 0.0 ? conset_square_bound (below) : 0.0;
  for (guint d = 0; d < n_dimensions; d++)
    {
      region->torus[d] = metric == CONSET_METRIC_TOROID ? box[d] : 0.0;
      region->reach[d] = below;
    }
}

/* {{{ tests */

/* The shorter way around a ring, from -box / 2 to box / 2. */
static double
around (double way, double box)
{
  double size = fabs (way), rest = size - box * floor (size / box);

  rest = rest <= box - rest ? rest : rest - box;
  return way < 0.0 ? -rest : rest;
}

/* Positions become displacements from target to source, on the torus, minus the anchor. */
static void
shape_displace (const ConsetRegion *region,
                double *const xyz[],
                const double *at,
                gboolean along_sources,
                gsize n)
{
  for (guint d = 0; d < region->n_dimensions; d++)
    {
      double *x = xyz[d], from = at[d], anchor = region->anchor[d], box = region->torus[d];

      if (along_sources)
        for (gsize k = 0; k < n; k++)
          x[k] = x[k] - from - anchor;
      else
        for (gsize k = 0; k < n; k++)
          x[k] = from - x[k] - anchor;
      for (gsize k = 0; k < n && box > 0.0; k++)
        x[k] = around (x[k], box);
    }
}

/* How far displacements go along an axis of the shape. */
static void
shape_turn (const ConsetRegion *region, double *const xyz[], guint axis, double *along, gsize n)
{
  const double *turn = region->turn[axis], *x = xyz[0], *y = xyz[1], *z = xyz[2];

  if (!region->turned)
    memcpy (along, xyz[axis], n * sizeof *along);
  else if (region->n_dimensions == 2)
    for (gsize k = 0; k < n; k++)
      along[k] = turn[0] * x[k] + turn[1] * y[k];
  else
    for (gsize k = 0; k < n; k++)
      along[k] = turn[0] * x[k] + turn[1] * y[k] + turn[2] * z[k];
}

static gsize
shape_keep (const ConsetRegion *region,
            double *const xyz[],
            const double *at,
            gboolean along_sources,
            const guint32 *indices,
            gsize n,
            guint32 *kept)
{
  double along[CONSET_VALUE_BLOCK], sums[CONSET_VALUE_BLOCK];
  guint8 inside[CONSET_VALUE_BLOCK];
  gsize n_kept = 0;

  memset (inside, 1, n);
  memset (sums, 0, n * sizeof *sums);
  shape_displace (region, xyz, at, along_sources, n);
  for (guint axis = 0; axis < region->n_dimensions; axis++)
    {
      const double half = region->half[axis];

      shape_turn (region, xyz, axis, along, n);
      if (region->kind == CONSET_REGION_BOX)
        for (gsize k = 0; k < n; k++)
          inside[k] &= fabs (along[k]) < half;
      else
        for (gsize k = 0; k < n; k++)
          sums[k] += (along[k] / half) * (along[k] / half);
    }
  for (gsize k = 0; k < n && region->kind == CONSET_REGION_ELLIPSOID; k++)
    inside[k] = sums[k] < 1.0;
  for (gsize k = 0; k < n; k++)
    {
      kept[n_kept] = indices[k];
      n_kept += inside[k];
    }
  return n_kept;
}

gsize
conset_region_keep (const ConsetRegion *region,
                    double *const xyz[],
                    const double *at,
                    gboolean along_sources,
                    const guint32 *indices,
                    gsize n,
                    guint32 *kept)
{
  gsize n_kept = 0;

  if (region->kind != CONSET_REGION_DISTANCE)
    return shape_keep (region, xyz, at, along_sources, indices, n, kept);
  conset_spatial ()->distance[region->metric][region->n_dimensions == 3](xyz[0], xyz[1], xyz[2], at,
                                                                         region->torus, n);
  for (gsize k = 0; k < n; k++)
    {
      kept[n_kept] = indices[k];
      n_kept += xyz[0][k] >= region->low && xyz[0][k] < region->below;
    }
  return n_kept;
}

gboolean
conset_region_has (const ConsetRegion *region, const double *source, const double *target)
{
  double x = source[0], y = source[1], z = region->n_dimensions > 2 ? source[2] : 0.0;
  const guint32 first = 0;
  guint32 kept;

  return conset_region_keep (region, (double *[]){ &x, &y, &z }, target, TRUE, &first, 1, &kept)
         > 0;
}

/* }}} */

/* {{{ searches */

static inline gboolean
region_is_disc (const ConsetRegion *region)
{
  return region->kind == CONSET_REGION_DISTANCE && region->metric == CONSET_METRIC_EUCLID;
}

static ConsetLook
region_aim (const ConsetRegion *region, const double *at, gboolean along_sources)
{
  ConsetLook look;

  for (guint d = 0; d < region->n_dimensions; d++)
    look.center[d] = along_sources ? at[d] + region->anchor[d] : at[d] - region->anchor[d];
  look.reach = region->reach;
  look.radius = region_is_disc (region) ? region->below : 0.0;
  look.torus = region->torus;
  return look;
}

void
conset_region_search_init (ConsetRegionSearch *search,
                           const ConsetRegion *region,
                           const ConsetCells *cells,
                           gboolean along_sources)
{
  *search = (ConsetRegionSearch){ region, cells, along_sources, NULL };
  if (region_is_disc (region) && region->below > 0.0)
    search->disc = conset_disc_search_new (cells, region->square_low, region->square_below);
}

void
conset_region_search_clear (ConsetRegionSearch *search)
{
  g_clear_pointer (&search->disc, conset_disc_search_free);
}

void
conset_region_search_look (const ConsetRegionSearch *search, const double *at, ConsetFound *found)
{
  ConsetLook look;

  if (search->disc != NULL)
    {
      conset_disc_search_look (search->disc, at, found);
      return;
    }
  look = region_aim (search->region, at, search->along_sources);
  conset_cells_look (search->cells, &look, found);
}

/* Positions of several runs, which are tested together. */
typedef struct
{
  double x[CONSET_VALUE_BLOCK];
  double y[CONSET_VALUE_BLOCK];
  double z[CONSET_VALUE_BLOCK];
  guint32 indices[CONSET_VALUE_BLOCK];
  gsize n;
} Gathered;

static void
gathered_keep (Gathered *gathered,
               const ConsetRegion *region,
               const double *at,
               gboolean along_sources,
               ConsetFound *found)
{
  double *const xyz[] = { gathered->x, gathered->y, gathered->z };

  found->n += conset_region_keep (region, xyz, at, along_sources, gathered->indices, gathered->n,
                                  found->indices + found->n);
  gathered->n = 0;
}

static void
keep_runs (const ConsetRegionSearch *search,
           const double *at,
           const ConsetFound *looked,
           ConsetFound *found)
{
  Gathered gathered;

  conset_found_reserve (found, looked->n_looked_at);
  gathered.n = 0;
  for (gsize k = 0; k < looked->n_runs; k++)
    for (gsize first = looked->runs[k].first; first < looked->runs[k].end;)
      {
        gsize n = MIN (CONSET_VALUE_BLOCK - gathered.n, looked->runs[k].end - first);

        conset_cells_copy (
          search->cells, first, n,
          (double *[]){ gathered.x + gathered.n, gathered.y + gathered.n, gathered.z + gathered.n },
          gathered.indices + gathered.n);
        gathered.n += n;
        first += n;
        if (gathered.n == CONSET_VALUE_BLOCK)
          gathered_keep (&gathered, search->region, at, search->along_sources, found);
      }
  gathered_keep (&gathered, search->region, at, search->along_sources, found);
}

void
conset_region_search_gather (const ConsetRegionSearch *search,
                             const double *at,
                             const ConsetFound *looked,
                             ConsetFound *found)
{
  const ConsetRegion *region = search->region;

  if (search->disc != NULL)
    conset_disc_search_gather (search->disc, at, looked, found);
  else if (!region_is_disc (region))
    keep_runs (search, at, looked, found);
  else if (conset_cells_are_stored (search->cells))
    conset_cells_keep_within (search->cells, at, region->square_low, region->square_below, looked,
                              found);
  else
    conset_cells_keep_on_grid (search->cells, at, region->square_low, region->square_below, looked,
                               found);
}

void
conset_region_search_find (const ConsetRegionSearch *search, const double *at, ConsetFound *found)
{
  conset_region_search_look (search, at, found);
  found->n = 0;
  conset_region_search_gather (search, at, found, found);
  if (conset_cells_are_stored (search->cells))
    conset_found_sort (found);
}

void
conset_cells_find_disc (const ConsetCells *cells,
                        const double *center,
                        double radius,
                        ConsetFound *found)
{
  ConsetRegion region;
  const ConsetRegionSearch search = { &region, cells, TRUE, NULL };

  found->n = 0;
  if (!(radius > 0.0))
    return;
  conset_region_init_distance (&region, CONSET_METRIC_EUCLID, conset_cells_n_dimensions (cells),
                               NULL, 0.0, radius);
  conset_region_search_find (&search, center, found);
}

/* }}} */

/* The share of the box about the region that it fills. */
static double
region_fullness (const ConsetRegion *region)
{
  gboolean solid = region->n_dimensions == 3;
  double volume = 1.0, box = 1.0, hole;

  if (region->kind == CONSET_REGION_DISTANCE)
    {
      hole = region->below > 0.0 ? MAX (region->low, 0.0) / region->below : 0.0;
      hole = solid ? hole * hole * hole : hole * hole;
      volume = region->metric == CONSET_METRIC_MAXIMUM      ? 1.0
               : region->metric == CONSET_METRIC_CITY_BLOCK ? (solid ? 1.0 / 6.0 : 0.5)
                                                            : (solid ? G_PI / 6.0 : G_PI / 4.0);
      return volume * (1.0 - hole);
    }
  for (guint d = 0; d < region->n_dimensions; d++)
    {
      volume *= region->half[d];
      box *= region->reach[d];
    }
  if (region->kind == CONSET_REGION_ELLIPSOID)
    volume *= solid ? G_PI / 6.0 : G_PI / 4.0;
  return box > 0.0 ? volume / box : 1.0;
}

double
conset_region_share (const ConsetRegion *region,
                     const ConsetBox *extent,
                     const double *at,
                     gboolean along_sources)
{
  const ConsetLook look = region_aim (region, at, along_sources);
  double share = 1.0;

  for (guint d = 0; d < region->n_dimensions; d++)
    {
      double length = extent->high[d] - extent->low[d];
      double low = look.center[d] - look.reach[d], high = look.center[d] + look.reach[d];
      double common = MIN (high, extent->high[d]) - MAX (low, extent->low[d]);

      if (region->torus[d] > 0.0)
        common = MIN (length, 2.0 * look.reach[d] * MAX (1.0, length / region->torus[d]));
      if (common < 0.0)
        return 0.0;
      if (length > 0.0)
        share *= MIN (common / length, 1.0);
    }
  /* A region that holds the extent is as large as that. */
  return share >= 1.0 ? 1.0 : share * region_fullness (region);
}
