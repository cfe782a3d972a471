/* SPDX-License-Identifier: MIT */
/*
 * The plan: a tree of steps, one for each operator of the expression, that evaluates one
 * window in one order, tile by tile. A plan belongs to one thread; the set under it may be
 * shared.
 *
 * The contract of a class's evaluation slots: start makes the step's state, stop frees it;
 * fill writes the members of the tile's range; filter thins the candidates that the tile
 * holds. Neither allocates once buffers have grown, takes a lock, or touches anything but
 * its own step and tile.
 */
#pragma once

#include "tile.h"

typedef struct _ConsetClass ConsetClass;
typedef struct _ConsetStep  ConsetStep;
typedef struct _ConsetEval  ConsetEval;

/**
 * ConsetFilter:
 * @CONSET_FILTER_KEEP: candidates become min (candidates, set)
 * @CONSET_FILTER_DROP: candidates become max (0, candidates - set)
 */
typedef enum
{
  CONSET_FILTER_KEEP,
  CONSET_FILTER_DROP,
} ConsetFilter;

struct _ConsetStep
{
  const Conset      *set;
  const ConsetClass *klass;
  ConsetEval        *eval;
  ConsetOrder        order;
  ConsetWindow       window;
  double             expected;
  guint              n_children;
  ConsetStep       **children;
  gpointer           state;
};

/**
 * One evaluation of a window. (@line, @at) is where it stands. Spare tiles are lent to steps
 * and taken back, so that a deep tree needs few.
 */
struct _ConsetEval
{
  ConsetOrder  order;
  ConsetWindow window;
  guint64      width;
  guint64      line;
  guint64      at;
  ConsetStep  *root;
  GPtrArray   *spare;
  GError      *error;
};

/** @set is no error and stays alive; @window lies within the universe. */
ConsetEval *conset_eval_new       (const Conset       *set,
                                   const ConsetWindow *window,
                                   ConsetOrder         order);
void        conset_eval_free      (ConsetEval *eval);
/** Fills @tile with the next stretch that has members; FALSE at the end or after an error. */
gboolean    conset_eval_next      (ConsetEval *eval, ConsetTile *tile);
ConsetTile *conset_eval_borrow    (ConsetEval *eval);
void        conset_eval_give_back (ConsetEval *eval, ConsetTile *tile);
/** Stops the evaluation with an error; the first one stays. The step leaves its tile empty. */
void        conset_eval_fail      (ConsetEval *eval, ConsetError code, const char *format, ...)
                                   G_GNUC_PRINTF (3, 4);

/** Writes the members in the range that @tile is aimed at. */
void conset_step_fill   (ConsetStep *step, ConsetTile *tile);
/** Thins the candidates in @tile. */
void conset_step_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode);
/** The filter of a class without one: fill where candidates are, and combine. */
void conset_step_filter_by_fill (ConsetStep *step, ConsetTile *tile, ConsetFilter mode);
