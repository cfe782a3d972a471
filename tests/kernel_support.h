/* SPDX-License-Identifier: MIT */
/*
 * What tests of kernels by themselves have in common.
 */
#pragma once

#include "isas.h"
#include "kernels.h"

#include <conset/eval.h>

/* Returns: the kernels of isas[@k]; NULL if the machine lacks them */
static inline const ConsetKernels *
kernels_choose (int k)
{
  return conset_set_isa (isas[k]) ? conset_kernels () : NULL;
}

/* Ascending offsets with random gaps, some of them 0. */
static inline void
random_list (GRand *rand, guint32 *list, gsize n, guint longest_gap)
{
  guint32 offset = 0;

  for (gsize k = 0; k < n; k++)
    list[k] = offset += g_rand_int_range (rand, 0, longest_gap + 1);
}
