/* SPDX-License-Identifier: MIT */
/*
 * Batches of lines. See region_batch.h.
 */
#include "region_batch.h"

#include "kernels.h"

void
conset_region_batch_clear (ConsetRegionBatch *batch)
{
  for (guint k = 0; k < CONSET_BATCH_LINES; k++)
    conset_found_clear (&batch->looks[k]);
  conset_found_clear (&batch->found);
  conset_found_clear (&batch->kept);
  g_clear_pointer (&batch->bits, g_free);
  batch->room = 0;
  batch->n_lines = 0;
}

static void
batch_look (ConsetRegionBatch *batch,
            const ConsetRegion *region,
            const ConsetCells *cells,
            gboolean along_sources,
            const double *const xyz[CONSET_MAX_DIMENSIONS],
            gsize n)
{
  gsize n_looked_at = 0;

  for (batch->n_lines = 0; batch->n_lines < n; batch->n_lines++)
    {
      ConsetFound *look = &batch->looks[batch->n_lines];
      double at[CONSET_MAX_DIMENSIONS];

      for (guint d = 0; d < region->n_dimensions; d++)
        at[d] = xyz[d][batch->n_lines];
      conset_region_look (region, cells, at, along_sources, look);
      n_looked_at += look->n_looked_at;
      if (batch->n_lines > 0 && n_looked_at > CONSET_BATCH_MOST)
        break;
      conset_cells_prefetch (cells, look);
    }
}

static void
batch_gather (ConsetRegionBatch *batch,
              const ConsetRegion *region,
              const ConsetCells *cells,
              const double *const xyz[CONSET_MAX_DIMENSIONS])
{
  ConsetFound *found = &batch->found;

  found->n = 0;
  for (guint line = 0; line < batch->n_lines; line++)
    {
      double at[CONSET_MAX_DIMENSIONS];

      for (guint d = 0; d < region->n_dimensions; d++)
        at[d] = xyz[d][line];
      conset_found_swap_runs (found, &batch->looks[line]);
      conset_cells_keep_within (cells, at, region->square_low, region->square_below, found);
      conset_found_swap_runs (found, &batch->looks[line]);
      batch->ends[line] = (guint32) found->n;
    }
}

static void
batch_toss (ConsetRegionBatch *batch, const ConsetSieve *sieve, guint64 base)
{
  gsize n = batch->found.n;

  if (n > batch->room)
    {
      batch->room = MAX (n, 2 * batch->room);
      batch->bits = g_renew (guint32, batch->bits, batch->room / 32 + 2);
    }
  sieve->toss (sieve->data, batch->line, batch->ends, batch->n_lines, base, batch->found.indices,
               batch->bits);
}

static void
batch_keep (ConsetRegionBatch *batch)
{
  ConsetFound *kept = &batch->kept;
  guint32 first = 0;

  kept->n = 0;
  for (guint line = 0; line < batch->n_lines; line++)
    {
      guint32 end = batch->ends[line];

      batch->begins[line] = kept->n;
      conset_found_reserve (kept, end - first);
      kept->n += conset_kernels ()->list_pick (batch->found.indices, first, end, batch->bits,
                                               kept->indices + kept->n);
      conset_found_sort_from (kept, batch->begins[line]);
      first = end;
    }
  batch->begins[batch->n_lines] = kept->n;
}

void
conset_region_batch_sift (ConsetRegionBatch *batch,
                          const ConsetRegion *region,
                          const ConsetCells *cells,
                          const ConsetSieve *sieve,
                          gboolean along_sources,
                          guint64 base,
                          guint64 line,
                          const double *const xyz[CONSET_MAX_DIMENSIONS],
                          gsize n)
{
  batch->line = line;
  batch_look (batch, region, cells, along_sources, xyz, n);
  batch_gather (batch, region, cells, xyz);
  batch_toss (batch, sieve, base);
  batch_keep (batch);
}

void
conset_region_batch_tile (const ConsetRegionBatch *batch, guint64 base, ConsetTile *tile)
{
  gsize k = tile->line - batch->line;

  conset_indices_to_tile (batch->kept.indices + batch->begins[k],
                          batch->begins[k + 1] - batch->begins[k], base, tile);
}
