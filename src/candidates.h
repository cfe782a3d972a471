/* SPDX-License-Identifier: MIT */
/*
 * Candidates: the pairs of a set that a random rule draws from, as ranks.
 *
 * A rule draws along the lines of one order, whatever the order it is evaluated in. The
 * candidates of a line have the ranks 0, 1, ... from its beginning on. What is below a
 * place is counted by a closed form where the set has one, else by evaluating the set, and
 * remembered for the next question about the line, so that ascending questions count each
 * candidate once. All lines of a product of sources and targets are alike, and looked at once.
 */
#pragma once

#include "node.h"

typedef struct _ConsetCandidates ConsetCandidates;

/**
 * Candidates from @set (transfer none, outlives them), no error and of multiplicity 1, on lines
 * of @order. Lines [@first, @end) are those that may be asked for over and over.
 */
ConsetCandidates *conset_candidates_new  (const Conset     *set,
                                          ConsetOrder       order,
                                          guint64           first,
                                          guint64           end);
void              conset_candidates_free (ConsetCandidates *candidates);

/** Looks at [@first, @first + @width) of @line of the order; how many candidates are there. */
guint64 conset_candidates_look  (ConsetCandidates *candidates,
                                 guint64           line,
                                 guint64           first,
                                 guint32           width);

/**
 * Makes @tile, which holds offsets into the candidates of the part last looked at, one of that
 * part.
 */
void    conset_candidates_place (ConsetCandidates *candidates, ConsetTile *tile);

/** How many there are on @line, which has some. */
guint64 conset_candidates_all   (ConsetCandidates *candidates, guint64 line);
/** How many of them lie below @along. */
guint64 conset_candidates_below (ConsetCandidates *candidates, guint64 line, guint64 along);

/** (nullable): what went wrong, such as a callback of the set. */
const GError *conset_candidates_error (const ConsetCandidates *candidates);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetCandidates, conset_candidates_free)

/**
 * Numbers all pairs of a finite set line by line, each line being counted at most once.
 * Counted when it is first needed; any thread may ask.
 */
typedef struct
{
  GMutex   lock;
  gint     counted; /* read atomically */
  guint64 *below;
  gint     even;    /* 1: yes, 2: no */
} ConsetTally;

void     conset_tally_init  (ConsetTally *tally);
void     conset_tally_clear (ConsetTally *tally);

/**
 * conset_tally_below:
 * @order: of the lines
 * @line: a line, CONSET_INDEX_END for behind all
 * @below: (out): how many pairs of @set there are on lines below @line
 *
 * O(operators) where @set has a closed form; else O(1), after one evaluation of @set for the first
 * call ever.
 *
 * Returns: FALSE with @error set if @set cannot be evaluated
 */
gboolean conset_tally_below (ConsetTally   *tally,
                             const Conset  *set,
                             ConsetOrder    order,
                             guint64        line,
                             guint64       *below,
                             GError       **error);

/** Whether conset_tally_below() will answer without an evaluation of @set. */
gboolean conset_tally_is_known (ConsetTally  *tally,
                                const Conset *set,
                                ConsetOrder   order);

/** The line from @line on that has the pair of number @number. */
guint64  conset_tally_line (ConsetTally  *tally,
                            const Conset *set,
                            ConsetOrder   order,
                            guint64       line,
                            guint64       number);

/**
 * Whether all lines of @order that have members have equally many, by closed forms for at most
 * 2^20 lines; asked for once.
 */
gboolean conset_tally_is_even (ConsetTally  *tally,
                               const Conset *set,
                               ConsetOrder   order);

/** The number of members of @set on [@lines[0], @lines[1]) of @order, at [@along[0], @along[1]) of
 * each; FALSE without closed form. */
gboolean conset_count_part (const Conset  *set,
                            ConsetOrder    order,
                            const guint64  lines[2],
                            const guint64  along[2],
                            guint64       *count);
/** The same for whole lines [@first, @end). */
gboolean conset_count_lines (const Conset *set,
                             ConsetOrder   order,
                             guint64       first,
                             guint64       end,
                             guint64      *count);
