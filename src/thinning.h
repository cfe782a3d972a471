/* SPDX-License-Identifier: MIT */
/*
 * Thinnings: a part of a line where every pair of a set without randomness is a member with
 * the same chance, independently of all others.
 *
 * Much of what is random is that, seen from one line: random(p) * cross(...) - oneToOne, or
 * two independent draws met. The number of members is then binomial. What set operators make
 * of two independent thinnings often is one again.
 */
#pragma once

#include "node.h"

/** Places [first, end) of a line. */
typedef struct _ConsetStretch
{
  ConsetOrder order;
  guint64     line;
  guint64     first;
  guint64     end;
} ConsetStretch;

/** @candidates has no randomness; it matters in the stretch only. */
typedef struct _ConsetThinning
{
  Conset *candidates;
  double  chance;
} ConsetThinning;

#define CONSET_DRAWN_MOST 64

/** The seeds met so far: a thinning needs independent draws, so that none may occur twice. */
typedef struct _ConsetDrawn
{
  guint   n;
  guint64 seeds[CONSET_DRAWN_MOST];
} ConsetDrawn;

/** Notes that @seed draws; FALSE if it has drawn before, or too many have. */
gboolean conset_drawn_add (ConsetDrawn *drawn, guint64 seed);

void     conset_thinning_clear (ConsetThinning *thinning);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConsetThinning, conset_thinning_clear)

/** Whether @set can have members in @stretch: whether its bounds meet it. */
gboolean conset_stretch_meets (const ConsetStretch *stretch, const Conset *set);

/**
 * The pairs of @set in @stretch, each counted once, as a thinning; FALSE where they are none
 * or that is not known. Draws are noted in @drawn in any case.
 */
gboolean conset_node_thin (const Conset        *set,
                           const ConsetStretch *stretch,
                           ConsetDrawn         *drawn,
                           ConsetThinning      *thinning);

/** The children of @set as thinnings, combined from left to right. */
gboolean conset_children_thin (const Conset        *set,
                               ConsetCombine        op,
                               const ConsetStretch *stretch,
                               ConsetDrawn         *drawn,
                               ConsetThinning      *thinning);

/** @a becomes @a op @b; FALSE, and cleared, where that is no thinning. */
gboolean conset_thinning_combine (ConsetThinning       *a,
                                  const ConsetThinning *b,
                                  ConsetCombine         op,
                                  const ConsetStretch  *stretch);

/** The number of candidates; FALSE where there is no closed form. */
gboolean conset_thinning_count (const ConsetThinning *thinning,
                                const ConsetStretch  *stretch,
                                ConsetCount          *count);

/**
 * Narrows @stretch to the places where @mask, without randomness or multiplicity, has
 * members; FALSE if there is a gap between them, or no closed form.
 */
gboolean conset_stretch_narrow (ConsetStretch *stretch, const Conset *mask);
