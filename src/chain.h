/* SPDX-License-Identifier: MIT */
/*
 * Chains: operators of any number of operands, which come one by one.
 *
 * a op b op c is one node where op is associative, or where (a - b) - c = a - (b + c). To go on
 * with a chain changes the node itself if nobody else holds it, and else makes another one
 * with the same operands.
 *
 * A network of many populations is a long sum of sets that lie apart. So that a line does
 * not cost a look at each of them, nor another sum a copy of them all, the operands of a bundled
 * chain stand in bundles of a few, and those in larger ones, each with the facts of what is
 * in it. Bundles are nodes of the same class that only the chain sees.
 */
#pragma once

#include "node.h"

/** Level 0 holds operands, level k bundles of level k - 1. */
typedef struct
{
  Conset base;
  guint  level;
} ConsetChain;

/** Bounds, multiplicity and density of a chain with some more operands. */
typedef void (*ConsetChainMerge) (ConsetFacts *facts, const ConsetFacts *more);

/**
 * @a as a node of @klass that further operands may be adopted by: itself, a copy, or a new one
 * with @a for its first operand. Its facts are those of @a. Costs O(1) on the average.
 */
Conset *conset_chain_open (const ConsetClass *klass, Conset *a);

/**
 * @a op @b as a bundled chain, finished; op is associative, and its operands stay in order. Where
 * both are chains, the shorter goes into the longer. Costs O(log operands) on the average.
 */
Conset *conset_chain_join (const ConsetClass *klass, Conset *a, Conset *b, ConsetChainMerge merge);

/** Appends the operands in order to @operands, which holds no references. */
void     conset_chain_operands  (const Conset *set, GPtrArray *operands);
/** The operands with @sign between them; bundles do not show. */
void     conset_chain_print     (const Conset *set, const char *sign, GString *out);
/** Whether @child is a bundle of its parent @set, hence no operand. */
gboolean conset_chain_is_bundle (const Conset *set, const Conset *child);
