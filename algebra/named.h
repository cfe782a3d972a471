/* SPDX-License-Identifier: MIT */
/*
 * Named sets: what a generator composes of other sets, with a text of its own.
 *
 * smallWorld(1000, 10, 0.1, seed=3) or modular(...) prints as the user wrote it and not as
 * what it is made of. A named set is the sum of parts that have no pair in common, which its
 * maker knows and nobody else could see; so expectation and count are the sums of the parts', and
 * a pair of it is as often a member as in the one part that has it.
 */
#pragma once

#include "node.h"

/**
 * conset_named_new:
 * @text: (transfer full): how the set is written, in the text language; a primary expression
 * @parts: (array length=n) (transfer full): disjoint sets; the array stays the caller's
 * @n: number of parts, at least 1
 *
 * Empty parts drop out; nothing but those makes it conset_empty(). The first error among the
 * parts is the result, if there is one.
 *
 * Returns: (transfer full): a set that prints as @text
 */
Conset *conset_named_new (char *text, Conset **parts, guint n);
