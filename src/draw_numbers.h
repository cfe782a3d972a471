/* SPDX-License-Identifier: MIT */
/*
 * Numbers drawn from discrete laws, each a pure function of a well and the law's parameters.
 *
 * They divide totals: how many of n draws fall into the left part of a range. So they take
 * numbers up to 2^62, and cost the same however large these are: 60 ns up to n = 16, else 85 to
 * 170 ns, of which 20 are for each block of random bits. They use no function of the system's
 * libm but sqrt, which IEEE 754 defines to the last bit.
 *
 * Every probability P comes out with an error below 1e-12 P + 1e-15; that of a geometric number
 * k is off by k 2^-52 of itself, too. What path a draw takes depends on the parameters alone.
 */
#pragma once

#include "random.h"

/** Where random bits come from: the n-th block of 128 is that of the key, its lane increased by
 * n, at place (a, b). A draw takes at most CONSET_WELL_BLOCKS, most take one. */
typedef struct
{
  ConsetKey key;
  guint64   a;
  guint64   b;
} ConsetWell;

#define CONSET_WELL_BLOCKS 64

/** Up to this variance a number is found by walking outwards from the mean, above by
 * rejection. */
#define CONSET_LAW_NEAR 1024.0

/** Successes in @n <= 2^62 trials of probability @left / @total, @left <= @total < 2^63,
 * @total > 0. */
guint64 conset_draw_binomial       (const ConsetWell *well, guint64 n, guint64 left, guint64 total);
/** The same for a probability @p in [0, 1]. */
guint64 conset_draw_binomial_p     (const ConsetWell *well, guint64 n, double p);
/** How many of @draws distinct ones of @total < 2^63 are among the first @left, if all choices
 * are equally likely; @draws <= @total, @left <= @total. */
guint64 conset_draw_hypergeometric (const ConsetWell *well, guint64 draws, guint64 left,
                                    guint64 total);
/** 0 <= @mean <= 2^62. */
guint64 conset_draw_poisson        (const ConsetWell *well, double mean);
/** Failures before a success; 0 <= @mean <= 2^57. */
guint64 conset_draw_geometric      (const ConsetWell *well, double mean);
