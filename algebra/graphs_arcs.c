/* SPDX-License-Identifier: MIT */
/*
 * Arcs: an arc across the place where a ring begins is two.
 */
#include "graphs_arcs.h"

#include <string.h>

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

guint
conset_arcs_without (ConsetArc arcs[], guint n, guint64 line)
{
  guint kept = 0;

  while (kept < n && arcs[kept].end <= line)
    kept++;
  if (kept == n || arcs[kept].first > line)
    return n;
  memmove (arcs + kept + 1, arcs + kept, (n - kept) * sizeof *arcs);
  arcs[kept].end = line;
  arcs[kept + 1].first = line + 1;
  return n + 1;
}

guint64
conset_arcs_next (const ConsetArc arcs[], guint n, guint64 from)
{
  for (guint k = 0; k < n; k++)
    if (arcs[k].first < arcs[k].end && from < arcs[k].end)
      return MAX (from, arcs[k].first);
  return CONSET_INDEX_END;
}

void
conset_arcs_append (ConsetTile *tile, const ConsetArc arcs[], guint n, gsize *n_runs)
{
  ConsetRun *runs = conset_tile_reserve_runs (tile, *n_runs + n);

  for (guint k = 0; k < n; k++)
    {
      guint64 first = MAX (arcs[k].first, tile->first);
      guint64 end = MIN (arcs[k].end, tile->first + tile->width);
      ConsetRun run = { (guint32) (first - tile->first), (guint32) (end - tile->first) };

      if (first >= end)
        continue;
      if (*n_runs > 0 && runs[*n_runs - 1].end == run.first)
        runs[*n_runs - 1].end = run.end;
      else
        runs[(*n_runs)++] = run;
    }
}
