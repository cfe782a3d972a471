/* SPDX-License-Identifier: MIT */
/*
 * Batches of lines. See region_batch.h.
 */
#include "region_batch.h"

#include <string.h>

void
conset_region_batch_clear (ConsetRegionBatch *batch)
{
  for (guint k = 0; k < CONSET_LINES_MOST; k++)
    conset_found_clear (&batch->looks[k]);
  conset_found_clear (&batch->found);
  conset_found_clear (&batch->kept);
  batch->n_lines = 0;
}

static void
batch_look (ConsetRegionBatch *batch,
            const ConsetRegionSearch *search,
            const double *const xyz[CONSET_MAX_DIMENSIONS],
            gsize n)
{
  gsize n_looked_at = 0;

  for (batch->n_lines = 0; batch->n_lines < n; batch->n_lines++)
    {
      ConsetFound *look = &batch->looks[batch->n_lines];
      double at[CONSET_MAX_DIMENSIONS];

      for (guint d = 0; d < search->region->n_dimensions; d++)
        at[d] = xyz[d][batch->n_lines];
      conset_region_search_look (search, at, look);
      n_looked_at += look->n_looked_at;
      if (batch->n_lines > 0 && n_looked_at > CONSET_BATCH_MOST)
        break;
      conset_cells_prefetch (search->cells, look);
    }
}

/* Adds the members of line @line, in no order, to @found. */
static void
batch_gather (ConsetRegionBatch *batch,
              const ConsetRegionSearch *search,
              const double *const xyz[CONSET_MAX_DIMENSIONS],
              guint line,
              ConsetFound *found)
{
  double at[CONSET_MAX_DIMENSIONS];

  for (guint d = 0; d < search->region->n_dimensions; d++)
    at[d] = xyz[d][line];
  conset_region_search_gather (search, at, &batch->looks[line], found);
  batch->ends[line] = (guint32) found->n;
}

static void
batch_keep_all (ConsetRegionBatch *batch,
                const ConsetRegionSearch *search,
                const double *const xyz[CONSET_MAX_DIMENSIONS])
{
  ConsetFound *kept = &batch->kept;

  kept->n = 0;
  for (guint line = 0; line < batch->n_lines; line++)
    {
      gsize first = kept->n;

      batch_gather (batch, search, xyz, line, kept);
      conset_found_sort_from (kept, first);
    }
}

static void
batch_keep_some (ConsetRegionBatch *batch,
                 const ConsetRegionSearch *search,
                 const ConsetSieve *sieve,
                 guint64 base,
                 const double *const xyz[CONSET_MAX_DIMENSIONS])
{
  ConsetFound *found = &batch->found, *kept = &batch->kept;

  found->n = 0;
  for (guint line = 0; line < batch->n_lines; line++)
    batch_gather (batch, search, xyz, line, found);
  sieve->toss (sieve->data, batch->line, batch->ends, batch->n_lines, base, found->indices);
  kept->n = 0;
  for (guint line = 0; line < batch->n_lines; line++)
    conset_found_add_sorted (kept, found->indices + kept->n, batch->ends[line] - kept->n);
}

void
conset_region_batch_find (ConsetRegionBatch *batch,
                          const ConsetRegionSearch *search,
                          const ConsetSieve *sieve,
                          guint64 base,
                          guint64 line,
                          const double *const xyz[CONSET_MAX_DIMENSIONS],
                          gsize n)
{
  batch->line = line;
  batch_look (batch, search, xyz, n);
  if (sieve != NULL)
    batch_keep_some (batch, search, sieve, base, xyz);
  else
    batch_keep_all (batch, search, xyz);
}

void
conset_region_batch_lines (const ConsetRegionBatch *batch, guint64 base, ConsetLines *lines)
{
  lines->line = batch->line;
  lines->base = base;
  lines->n = batch->n_lines;
  memcpy (lines->ends, batch->ends, sizeof lines->ends);
  lines->indices = batch->kept.indices;
}

void
conset_region_batch_tile (const ConsetRegionBatch *batch, guint64 base, ConsetTile *tile)
{
  gsize line = tile->line - batch->line, first = line > 0 ? batch->ends[line - 1] : 0;

  conset_indices_to_tile (batch->kept.indices + first, batch->ends[line] - first, base, tile);
}
