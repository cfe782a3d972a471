/* SPDX-License-Identifier: MIT */
/*
 * Thinnings: windows where every pair of a set without randomness is a member with the same
 * chance, independently of all others.
 *
 * Much of what is random is that, at least in one line: random(p) * cross(...) - oneToOne, or
 * two independent draws met. The number of members is then binomial. What set operators make
 * of two independent thinnings often is one again.
 */
#pragma once

#include "node.h"

/** @candidates has no randomness; it matters in the window only. */
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

/**
 * The pairs of @set in @window, each counted once, as a thinning; FALSE where they are none
 * or that is not known. Draws are noted in @drawn where it is TRUE.
 */
gboolean conset_node_thin (const Conset       *set,
                           const ConsetWindow *window,
                           ConsetDrawn        *drawn,
                           ConsetThinning     *thinning);

/** The children of @set as thinnings, combined from left to right. */
gboolean conset_children_thin (const Conset       *set,
                               ConsetCombine       op,
                               const ConsetWindow *window,
                               ConsetDrawn        *drawn,
                               ConsetThinning     *thinning);

/** @a becomes @a op @b; FALSE, and cleared, where that is no thinning. */
gboolean conset_thinning_combine (ConsetThinning       *a,
                                  const ConsetThinning *b,
                                  ConsetCombine         op,
                                  const ConsetWindow   *window);

/** Whether @set can have members in @window: whether its bounds meet it. */
gboolean conset_window_meets (const ConsetWindow *window, const Conset *set);

/**
 * Narrows the places [*first, *end) of @line to those where @mask, without randomness or
 * multiplicity, has members; FALSE if there is a gap between them, or no closed form.
 */
gboolean conset_mask_narrow (const Conset *mask,
                             ConsetOrder   order,
                             guint64       line,
                             guint64      *first,
                             guint64      *end);
