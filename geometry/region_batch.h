/* SPDX-License-Identifier: MIT */
/*
 * The members of some lines in a row, found together, and sifted if they are to be.
 *
 * A line by itself is a chain of steps that wait for one another. Here each step is made for all
 * lines before the next one, so that the processor has others to go on with; and trials are as many
 * at a time as suits the vectors, wherever lines end.
 */
#pragma once

#include "plan.h"
#include "region.h"

/** CONSET_LINES_MOST lines at most, as long as no more positions are looked at than this, or it is
 * one line. */
#define CONSET_BATCH_MOST 4096

/**
 * @line, @n_lines: the lines that it has
 * @looks: what each of them looks at
 * @found: members of all lines, then those that stay; @ends: where those of each line end
 * @kept: the latter, ascending on each line
 */
typedef struct
{
  guint64     line;
  guint       n_lines;
  ConsetFound looks[CONSET_LINES_MOST];
  ConsetFound found;
  guint32     ends[CONSET_LINES_MOST];
  ConsetFound kept;
} ConsetRegionBatch;

void     conset_region_batch_clear (ConsetRegionBatch *batch);

static inline gboolean
conset_region_batch_has (const ConsetRegionBatch *batch, guint64 line)
{
  return line >= batch->line && line - batch->line < batch->n_lines;
}

/** Of @n lines from @line on, at most CONSET_LINES_MOST, whose positions are @xyz: takes the first
 * few, one at least, and keeps their members, those alone that @sieve (nullable) tosses for.
 * Positions along them are those of the search, stored, from @base on. */
void     conset_region_batch_find  (ConsetRegionBatch        *batch,
                                    const ConsetRegionSearch *search,
                                    const ConsetSieve        *sieve,
                                    guint64                   base,
                                    guint64                   line,
                                    const double *const       xyz[CONSET_MAX_DIMENSIONS],
                                    gsize                     n);
/** All that it has. */
void     conset_region_batch_lines (const ConsetRegionBatch  *batch,
                                    guint64                   base,
                                    ConsetLines              *lines);
/** The members that @tile has of its line, which is one of the batch. */
void     conset_region_batch_tile  (const ConsetRegionBatch  *batch,
                                    guint64                   base,
                                    ConsetTile               *tile);
