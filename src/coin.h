/* SPDX-License-Identifier: MIT */
/*
 * A coin decides trials (i, j) with one probability, 64 neighbouring i of one j at a time.
 * Trial (i, j) is bit i mod 64 of the word at (i div 64, j).
 */
#pragma once

#include "random.h"

/**
 * A probability made ready. Where p is a multiple of 1/16, the coin combines `planes` random
 * words by the binary digits of p. Otherwise the outcomes of 8 trials, a byte, are drawn
 * by the alias method (Walker 1974, Vose 1991): the low 8 of 16 random bits choose a column,
 * the high 8 are compared with its threshold, and where they tie 56 further bits decide. The
 * outcome is the column below the threshold, and its alias above. The 64 bits at place
 * (i div 32, j) of the sheets are four times sixteen.
 *
 * @thresholds: the first 8 bits of those of the columns
 * @tails: the 56 bits that follow; 2^56 of a column that is its own alias
 */
typedef struct
{
  ConsetSheets sheets;
  guint        planes;
  guint        digits;
  guint8       thresholds[256];
  guint8       aliases[256];
  guint64      tails[256];
} ConsetCoin;

/** @p in (0, 1). Uses no function of the system's libm: the same table on every machine. */
void     conset_coin_init  (ConsetCoin *coin, double p, guint64 seed, ConsetRule rule);
/** The trials (64 @block .. 64 @block + 63, @line). */
guint64  conset_coin_word  (const ConsetCoin *coin, guint64 block, guint64 line);
/** Trial (i, j). */
gboolean conset_coin_trial (const ConsetCoin *coin, guint64 i, guint64 j);
/** The byte at @place of an alias coin's word, which is decided by 16 random bits or by more. */
guint8   conset_coin_byte  (const ConsetCoin *coin,
                            guint64           block,
                            guint64           line,
                            guint             place,
                            guint             bits);
