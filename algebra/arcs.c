/* SPDX-License-Identifier: MIT */
/*
 * Arcs: an arc across the place where a ring begins is two.
 */
#include "arcs.h"

guint
conset_arcs_of_ring (guint64 n, guint64 first, guint64 length, ConsetArc arcs[2])
{
  if (length == 0)
    return 0;
  if (length <= n - first)
    {
      arcs[0] = (ConsetArc){ first, first + length };
      return 1;
    }
  arcs[0] = (ConsetArc){ 0, length - (n - first) };
  arcs[1] = (ConsetArc){ first, n };
  return 2;
}

guint
conset_arcs_around (guint64 n, guint64 centre, guint64 radius, gboolean ring, ConsetArc arcs[2])
{
  if (radius >= n || (ring && radius >= n - radius))
    {
      arcs[0] = (ConsetArc){ 0, n };
      return 1;
    }
  if (ring)
    return conset_arcs_of_ring (n, centre >= radius ? centre - radius : centre + n - radius,
                                2 * radius + 1, arcs);
  arcs[0] = (ConsetArc){ centre - MIN (centre, radius), MIN (n, centre + radius + 1) };
  return 1;
}

void
conset_arcs_append (ConsetTile *tile, guint64 first, guint64 end, gsize *n_runs)
{
  ConsetRun *runs;
  ConsetRun run;

  first = MAX (first, tile->first);
  end = MIN (end, tile->first + tile->width);
  if (first >= end)
    return;
  run = (ConsetRun){ (guint32) (first - tile->first), (guint32) (end - tile->first) };
  runs = conset_tile_reserve_runs (tile, *n_runs + 1);
  if (*n_runs > 0 && runs[*n_runs - 1].end == run.first)
    runs[*n_runs - 1].end = run.end;
  else
    runs[(*n_runs)++] = run;
}
