/* SPDX-License-Identifier: MIT */
/*
 * Searches for discs. See disc_search.h.
 */
#include "disc_search.h"

#include "cells_parts.h"
#include "kernels.h"

#include <math.h>

/* A row is cut into so many stripes: the more there are, the less is looked at in vain. */
#define STRIPES 64

/* Rows that a disc touches, at most. Of larger ones what is found takes most of the time. */
#define ROWS_MOST 32

/* Discs that reach farther along x than so many cells are looked for in another way. */
#define REACH_MOST 0x1p30

/* Numbers of cells are wrong by less than this part of one, if they are below REACH_MOST and a few
 * more; distances of which the squares vanish are below the other. */
#define SLACK 0x1p-10
#define VANISHING 1e-150

/* Distances between rough positions are wrong by less than the diagonal of a step, and a little for
 * what was rounded. */
#define ROUGH 1.415

/* Of distances along x and y, in steps. */
#define ROUGH_REACH 0x1p15

/* @size: in cells and rows
 * @reach: the radius, in the same
 * @first, @n_rows: the rows that discs may touch, counted from that of their centers
 * @has_rough: whether rough positions tell what is within
 * @reaches: for each stripe how far each of the rows is touched, in cells; far below 0 for those
 * that are not, which is faster than to leave them out */
struct _ConsetDiscSearch
{
  const ConsetCells *cells;
  double low;
  double below;
  double size[2];
  double reach[2];
  gint64 first;
  gint64 n_rows;
  gboolean has_rough;
  gint32 sure;
  gint32 maybe;
  double reaches[STRIPES * ROWS_MOST];
};

/* How far row @row is, at least, in rows, from a center between @from and @to in row 0. */
static double
least_distance (gint64 row, double from, double to)
{
  double distance = row > 0 ? (double) row - to : row < 0 ? from - (double) (row + 1) : 0.0;

  return MAX (distance - SLACK, 0.0);
}

static void
find_reaches (ConsetDiscSearch *search, double radius)
{
  const ConsetCells *cells = search->cells;
  double *reach = search->reaches;

  for (guint place = 0; place < STRIPES; place++)
    for (gint64 row = 0; row < search->n_rows; row++, reach++)
      {
        double from = (double) place / STRIPES, to = (double) (place + 1) / STRIPES;
        double distance = least_distance (search->first + row, from, to) * cells->side[1];

        if (distance < radius)
          *reach = sqrt (radius * radius - distance * distance) * cells->inverse[0] + SLACK;
        else
          *reach = -(search->size[0] + search->reach[0] + 1.0);
      }
}

static void
choose_rough (ConsetDiscSearch *search, double radius)
{
  const ConsetCells *cells = search->cells;
  double steps = radius * cells->per_length;
  double cell = MAX (cells->side[0], cells->side[1]) * cells->per_length;

  search->has_rough =
    cells->rough != NULL && !(search->low > 0.0) && steps + cell + 8.0 < ROUGH_REACH;
  if (!search->has_rough)
    return;
  search->sure = steps > ROUGH ? (gint32) ((steps - ROUGH) * (steps - ROUGH)) : 0;
  search->maybe = (gint32) ((steps + ROUGH) * (steps + ROUGH)) + 1;
}

ConsetDiscSearch *
conset_disc_search_new (const ConsetCells *cells, double low, double below)
{
  double radius = sqrt (below) * (1.0 + 0x1p-40) + VANISHING, reach[2];
  ConsetDiscSearch *search;

  if (cells->grid != NULL || cells->n_dimensions != 2 || cells->n_positions == 0)
    return NULL;
  for (guint d = 0; d < 2; d++)
    reach[d] = radius * cells->inverse[d] + SLACK;
  if (!(isfinite (radius * radius) && cells->side[0] > 0.0 && cells->side[1] > 0.0
        && reach[0] < REACH_MOST && reach[1] < ROWS_MOST / 2 - 1))
    return NULL;
  search = g_new (ConsetDiscSearch, 1);
  search->cells = cells;
  search->low = low;
  search->below = below;
  for (guint d = 0; d < 2; d++)
    {
      search->size[d] = (double) cells->n[d];
      search->reach[d] = reach[d];
    }
  search->first = -(gint64) ceil (reach[1]);
  search->n_rows = 1 - 2 * search->first;
  choose_rough (search, sqrt (below));
  find_reaches (search, radius);
  return search;
}

void
conset_disc_search_free (ConsetDiscSearch *search)
{
  g_free (search);
}

/* In rows that are touched no more is asked for than which cells: what is to the side of all of
 * them is near none. */
void
conset_disc_search_look (const ConsetDiscSearch *search, const double *at, ConsetFound *found)
{
  const ConsetCells *cells = search->cells;
  const double x = (at[0] - cells->extent.low[0]) * cells->inverse[0];
  const double y = (at[1] - cells->extent.low[1]) * cells->inverse[1] + ROWS_MOST;
  const gint64 last = (gint64) cells->n[0] - 1;
  const double *reaches;
  const guint32 *starts;
  ConsetRun *runs;
  gint64 row, first, end;
  gsize n = 0, sum = 0;

  found->n_runs = 0;
  found->n_looked_at = 0;
  if (!(x > -search->reach[0] && x < search->size[0] + search->reach[0]
        && y > ROWS_MOST - search->reach[1] && y < ROWS_MOST + search->size[1] + search->reach[1]))
    return;
  row = (gint64) y;
  reaches = search->reaches + (gint64) ((y - (double) row) * STRIPES) * search->n_rows;
  first = row - ROWS_MOST + search->first;
  end = MIN (first + search->n_rows, (gint64) cells->n[1]);
  conset_found_reserve_runs (found, ROWS_MOST);
  runs = found->runs;
  row = MAX (first, 0);
  starts = cells->starts + row * (gint64) cells->n[0];
  for (; row < end; row++, starts += cells->n[0])
    {
      double reach = reaches[row - first];
      gint64 from = (gint64) (x - reach), to = (gint64) (x + reach);
      guint32 begin = starts[CLAMP (from, 0, last)], behind = starts[CLAMP (to, 0, last) + 1];

      runs[n] = (ConsetRun){ begin, behind };
      n += begin < behind;
      sum += begin < behind ? behind - begin : 0;
    }
  found->n_runs = n;
  found->n_looked_at = sum;
}

void
conset_disc_search_gather (const ConsetDiscSearch *search,
                           const double *at,
                           const ConsetFound *looked,
                           ConsetFound *found)
{
  const ConsetCells *cells = search->cells;
  const guint32 (*runs)[2] = (const guint32 (*)[2]) (gpointer) looked->runs;
  ConsetRoughDisc disc = { 0, search->sure, search->maybe };

  if (!search->has_rough)
    {
      conset_cells_keep_within (cells, at, search->low, search->below, looked, found);
      return;
    }
  if (looked->n_runs == 0)
    return;
  disc.center = conset_cells_rough (cells, at[0], at[1]);
  conset_found_reserve (found, looked->n_looked_at);
  found->n += conset_spatial ()->within_rough (
    &disc, cells->rough, (const double *const *) cells->coordinates, cells->indices, runs,
    looked->n_runs, at, search->below, found->indices + found->n);
}
