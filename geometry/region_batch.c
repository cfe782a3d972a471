/* SPDX-License-Identifier: MIT */
/*
 * Batches of lines. See region_batch.h.
 */
#include "region_batch.h"

void
conset_region_batch_clear (ConsetRegionBatch *batch)
{
  for (guint k = 0; k < CONSET_BATCH_LINES; k++)
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

static void
batch_gather (ConsetRegionBatch *batch,
              const ConsetRegionSearch *search,
              const double *const xyz[CONSET_MAX_DIMENSIONS])
{
  ConsetFound *found = &batch->found;

  found->n = 0;
  for (guint line = 0; line < batch->n_lines; line++)
    {
      double at[CONSET_MAX_DIMENSIONS];

      for (guint d = 0; d < search->region->n_dimensions; d++)
        at[d] = xyz[d][line];
      conset_region_search_gather (search, at, &batch->looks[line], found);
      batch->ends[line] = (guint32) found->n;
    }
}

/* Puts what stays of each line in order. */
static void
batch_order (ConsetRegionBatch *batch)
{
  const guint32 *found = batch->found.indices;
  ConsetFound *kept = &batch->kept;

  kept->n = 0;
  for (guint line = 0; line < batch->n_lines; line++)
    {
      gsize first = kept->n, n = batch->ends[line] - first;

      conset_found_add (kept, found + first, n);
      conset_found_sort_from (kept, first);
    }
}

void
conset_region_batch_sift (ConsetRegionBatch *batch,
                          const ConsetRegionSearch *search,
                          const ConsetSieve *sieve,
                          guint64 base,
                          guint64 line,
                          const double *const xyz[CONSET_MAX_DIMENSIONS],
                          gsize n)
{
  batch->line = line;
  batch_look (batch, search, xyz, n);
  batch_gather (batch, search, xyz);
  sieve->toss (sieve->data, line, batch->ends, batch->n_lines, base, batch->found.indices);
  batch_order (batch);
}

void
conset_region_batch_tile (const ConsetRegionBatch *batch, guint64 base, ConsetTile *tile)
{
  gsize line = tile->line - batch->line, first = line > 0 ? batch->ends[line - 1] : 0;

  conset_indices_to_tile (batch->kept.indices + first, batch->ends[line] - first, base, tile);
}
