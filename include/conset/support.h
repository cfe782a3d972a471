/* SPDX-License-Identifier: MIT */
/*
 * Supports: where a value is not 0, as a mask.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

/**
 * conset_support:
 * @value: (transfer full): any value, of any unit; the first copy of a pair decides
 *
 * { (i, j) : @value (i, j) is not 0 }. A comparison, which is 1 where it holds, is the mask of where
 * it does: the support of v > 0.1. Printed as "support(v)".
 *
 * Where @value is NaN, evaluation ends with CONSET_ERROR_VALUE; conset_contains() is FALSE there.
 *
 * A kernel (kernel.h) with a cutoff, and what is made of such by products, sums with others of that
 * kind, comparisons, conditions and functions that leave 0 at 0, is 0 beyond a distance that is
 * known. Only pairs within it are looked at then: O(neighbours) a line, some nanoseconds each
 * beside those of @value; it does not matter what a factor is where another one is 0 in this way.
 * Of other values every pair is looked at.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_support (ConsetValue *value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
