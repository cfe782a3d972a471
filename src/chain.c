/* SPDX-License-Identifier: MIT */
/*
 * Chains: making, growing and printing them.
 *
 * A bundled chain is a tree of nodes of at most CHAIN_MOST children with its operands at the
 * leaves, all at one level. It grows at either end. A node that others hold too is copied
 * first, which takes references to its children and no more of them, so that a chain of n
 * operands that is held while it grows costs O(log n) an operand.
 */
#include "chain.h"

#define CHAIN_MOST 16

/* A flat chain that others hold is copied up to here; a longer one is an operand. */
#define COPIED_MOST 64

static guint
chain_level (const Conset *set)
{
  return ((const ConsetChain *) set)->level;
}

static gboolean
is_shared (Conset *set)
{
  return !g_atomic_ref_count_compare (&set->refs, 1);
}

/* A chain whose first operand, or bundle, is @first, and whose facts are those of it. */
static Conset *
chain_new (const ConsetClass *klass, guint level, Conset *first)
{
  Conset *chain = conset_node_new (klass);

  ((ConsetChain *) chain)->level = level;
  chain->facts.bounds = first->facts.bounds;
  chain->facts.max_multiplicity = first->facts.max_multiplicity;
  chain->facts.density = first->facts.density;
  conset_node_adopt (chain, first);
  if (level > 0)
    {
      chain->facts.size = first->facts.size;
      chain->facts.depth = first->facts.depth;
    }
  return chain;
}

/* The chain itself, or one like it that nobody else sees. */
static Conset *
chain_own (Conset *chain)
{
  Conset *copy;

  if (!is_shared (chain))
    return chain;
  copy = conset_node_new (chain->klass);
  ((ConsetChain *) copy)->level = chain_level (chain);
  for (guint k = 0; k < chain->n_children; k++)
    conset_node_adopt (copy, conset_ref (chain->children[k]));
  copy->facts = chain->facts;
  conset_unref (chain);
  return copy;
}

/* {{{ flat */

Conset *
conset_chain_open (const ConsetClass *klass, Conset *a)
{
  if (a->klass == klass && (a->n_children <= COPIED_MOST || !is_shared (a)))
    return chain_own (a);
  return chain_new (klass, 0, a);
}

/* }}} */

/* {{{ bundled */

/* @set as the only operand of nested bundles, the outermost of @level. */
static Conset *
chain_wrap (const ConsetClass *klass, guint level, Conset *set)
{
  for (guint k = 0; k <= level; k++)
    set = chain_new (klass, k, set);
  return set;
}

static guint
chain_edge (const Conset *chain, gboolean front)
{
  return front ? 0 : chain->n_children - 1;
}

static gboolean
chain_has_room (const Conset *chain, gboolean front)
{
  if (chain->n_children < CHAIN_MOST)
    return TRUE;
  return chain_level (chain) > 0
         && chain_has_room (chain->children[chain_edge (chain, front)], front);
}

/* A bundle is no operator: neither size nor depth count it. */
static void
chain_adopt_bundle (Conset *chain, Conset *bundle)
{
  ConsetFacts *facts = &chain->facts;
  guint depth = MAX (facts->depth, bundle->facts.depth);
  guint64 size = facts->size + bundle->facts.size - 1;

  conset_node_adopt (chain, bundle);
  facts->depth = depth;
  facts->size = size;
}

static void
chain_move_to_front (Conset *chain)
{
  Conset *last = chain->children[chain->n_children - 1];

  for (guint k = chain->n_children - 1; k > 0; k--)
    chain->children[k] = chain->children[k - 1];
  chain->children[0] = last;
}

/* Puts @operand before or behind the others of a chain that nobody else sees and has room. */
static void
chain_take (Conset *chain, Conset *operand, gboolean front, ConsetChainMerge merge)
{
  guint level = chain_level (chain);
  Conset **edge = &chain->children[chain_edge (chain, front)];

  merge (&chain->facts, &operand->facts);
  if (level > 0 && chain_has_room (*edge, front))
    {
      chain->facts.size -= (*edge)->facts.size;
      *edge = chain_own (*edge);
      chain_take (*edge, operand, front, merge);
      chain->facts.size += (*edge)->facts.size;
      chain->facts.depth = MAX (chain->facts.depth, (*edge)->facts.depth);
      chain->facts.height = MAX (chain->facts.height, (*edge)->facts.height + 1);
      chain->facts.random |= (*edge)->facts.random;
      return;
    }
  if (level > 0)
    chain_adopt_bundle (chain, chain_wrap (chain->klass, level - 1, operand));
  else
    conset_node_adopt (chain, operand);
  if (front)
    chain_move_to_front (chain);
}

static Conset *
chain_add (Conset *chain, Conset *operand, gboolean front, ConsetChainMerge merge)
{
  if (chain_has_room (chain, front))
    chain = chain_own (chain);
  else
    chain = chain_new (chain->klass, chain_level (chain) + 1, chain);
  chain_take (chain, operand, front, merge);
  return chain;
}

/* Puts the operands of @more, all of them, before or behind those of @chain. */
static Conset *
chain_add_all (Conset *chain, const Conset *more, gboolean front, ConsetChainMerge merge)
{
  for (guint k = 0; k < more->n_children; k++)
    {
      Conset *child = more->children[front ? more->n_children - 1 - k : k];

      if (chain_level (more) > 0)
        chain = chain_add_all (chain, child, front, merge);
      else
        chain = chain_add (chain, conset_ref (child), front, merge);
    }
  return chain;
}

/* A long chain that others hold stays one operand, or sums of sums would not share it. */
static gboolean
may_be_taken_apart (const ConsetClass *klass, Conset *set)
{
  return set->klass == klass && (chain_level (set) == 0 || !is_shared (set));
}

Conset *
conset_chain_join (const ConsetClass *klass, Conset *a, Conset *b, ConsetChainMerge merge)
{
  gboolean front = b->klass == klass && (a->klass != klass || b->facts.size > a->facts.size);
  Conset *chain = front ? b : a, *more = front ? a : b;
  ConsetFacts facts = a->facts;

  merge (&facts, &b->facts);
  if (chain->klass != klass)
    chain = chain_new (klass, 0, chain);
  if (may_be_taken_apart (klass, more))
    {
      chain = chain_add_all (chain, more, front, merge);
      conset_unref (more);
    }
  else
    chain = chain_add (chain, more, front, merge);

  /* One by one the operands may seem to overlap where the whole chains do not. */
  chain->facts.bounds = facts.bounds;
  chain->facts.max_multiplicity = facts.max_multiplicity;
  chain->facts.density = facts.density;
  return conset_node_finish (chain);
}

/* }}} */

gboolean
conset_chain_is_bundle (const Conset *set, const Conset *child)
{
  return set->klass->bundles && set->klass == child->klass && chain_level (set) > 0;
}

void
conset_chain_operands (const Conset *set, GPtrArray *operands)
{
  for (guint k = 0; k < set->n_children; k++)
    if (chain_level (set) > 0)
      conset_chain_operands (set->children[k], operands);
    else
      g_ptr_array_add (operands, set->children[k]);
}

/* Of all operands only the very first goes without a sign before it. */
static void
chain_print_on (const Conset *set, const char *sign, gboolean first, GString *out)
{
  for (guint k = 0; k < set->n_children && !conset_print_is_full (out); k++, first = FALSE)
    if (chain_level (set) > 0)
      chain_print_on (set->children[k], sign, first, out);
    else
      {
        if (!first)
          g_string_append (out, sign);
        conset_print (set->children[k], set->klass->precedence + !first, out);
      }
}

void
conset_chain_print (const Conset *set, const char *sign, GString *out)
{
  chain_print_on (set, sign, TRUE, out);
}
