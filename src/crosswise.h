/* SPDX-License-Identifier: MIT */
/*
 * Crosswise: lines of sources from draws that run along the sources of each target.
 *
 * One line of a source needs one trial of every target's draw, which costs nearly as much as
 * many of them do. So many lines are made at once and kept for the lines that follow: of a
 * coin as patches, bitmaps of 64 sources by 512 targets; of groups as a band, lists of the
 * members of as many sources as fit a bounded memory.
 */
#pragma once

#include "groups.h"
#include "random.h"
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

/** @groups (transfer none) outlives the band; @p is their probability. */
ConsetBand *conset_band_new  (const ConsetGroups *groups, double p);
void        conset_band_free (ConsetBand *band);
/** Makes @tile, whose line is a source, the list of its members. @window is where more may be asked. */
void        conset_band_line (ConsetBand *band, const ConsetWindow *window, ConsetTile *tile);
