/* SPDX-License-Identifier: MIT */
/*
 * Crosswise: lines of one axis from draws that run along those of the other.
 *
 * A random rule draws line by line, the members of a target among its sources, say. One line
 * of a source then needs a bit of every target's draw, which costs nearly as much as many of
 * them do. So many lines are made at once and kept for the lines that follow: of a coin as
 * patches, bitmaps of 64 sources by 512 targets; of all others as a band, lists of the
 * members of as many lines as fit a bounded memory.
 */
#pragma once

#include "plan.h"
#include "coin.h"
#include "tile.h"

typedef struct _ConsetPatches ConsetPatches;
typedef struct _ConsetBand    ConsetBand;

/** @coin (transfer none) outlives the patches; @n_targets is how many are looked at. */
ConsetPatches *conset_patches_new   (const ConsetCoin *coin, guint64 n_targets);
void           conset_patches_free  (ConsetPatches *patches);
/** Words [@word, @word + @n) of the line of @source: target j is bit j mod 64 of word j div 64. */
void           conset_patches_words (ConsetPatches *patches,
                                     guint64        source,
                                     guint64        word,
                                     gsize          n,
                                     guint64       *words);

/**
 * Makes @tile, which is aimed at a part of a line of the draws, its members in any container.
 * Lines are asked for in ascending order, over and over, always the same part of each for a while.
 */
typedef void (*ConsetBandFill) (gpointer data, ConsetTile *tile);

/**
 * A band for @step (transfer none), in whose order @fill cannot draw; its grain is set. @density is
 * the expected number of members to a pair. @data (transfer none) is passed to @fill.
 */
ConsetBand *conset_band_new  (ConsetBandFill  fill,
                              gpointer        data,
                              double          density,
                              ConsetStep     *step);
void        conset_band_free (ConsetBand *band);
/** Lines of the draws without a member of @set (transfer none, outlives the band) are not drawn;
 * ranges of the draws begin where its bounds do. */
void        conset_band_set_lines (ConsetBand *band, const Conset *set);
/** Makes @tile, whose line is one of the evaluation, the list of its members. */
void        conset_band_line (ConsetBand *band, ConsetTile *tile);
