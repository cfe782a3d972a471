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

#include <conset/value.h>

typedef struct _ConsetClass ConsetClass;
typedef struct _ConsetStep  ConsetStep;
typedef struct _ConsetEval  ConsetEval;
typedef struct _ConsetChoice ConsetChoice;

/** Values are found for at most so many places at once. */
#define CONSET_PLACES_MOST 1024

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

/**
 * @expected: mean number of members in the window, where the parent has asked for it
 * @cost: the same of what an intersection fills, which need not be its members
 * @density: that of the set, or what is expected on the average if it is more
 * @width: the widest tile that suits what is filled, by density; a power of two
 * @repeats: whether what is filled may repeat offsets, so that the width is not enough
 * @part: where in the window members are asked for at present, seldom any elsewhere
 * @grain: lines that are made at once, which a part had better have
 * @whole_lines: whether a part of a line costs as much as all of it
 * @carrier: the step that values come from, once they have been asked for; a child, or else owned
 */
struct _ConsetStep
{
  const Conset      *set;
  const ConsetClass *klass;
  ConsetEval        *eval;
  ConsetOrder        order;
  ConsetWindow       window;
  double             expected;
  double             cost;
  double             density;
  guint64            width;
  gboolean           repeats;
  ConsetWindow       part;
  guint64            grain;
  gboolean           whole_lines;
  guint              n_children;
  ConsetStep       **children;
  ConsetStep        *carrier;
  gpointer           state;
};

/**
 * One evaluation of a window. (@line, @at) is where it stands, (@end_line, @end_at) where it ends.
 * Spare tiles are lent to steps and taken back, so that a deep tree needs few. It fails as
 * cancelled when one of @stops (nullable) is not 0, which other threads may change. @gapless: no
 * line or place of the window is known to have no members. @by_lines: whether the root may find
 * several lines at once.
 */
struct _ConsetEval
{
  ConsetOrder  order;
  ConsetWindow window;
  guint64      line;
  guint64      at;
  guint64      end_line;
  guint64      end_at;
  const gint  *stops[2];
  gboolean     gapless;
  gboolean     by_lines;
  ConsetStep  *root;
  GPtrArray   *spare;
  GPtrArray   *spare_choices;
  GError      *error;
};

/** So many lines are found at once, at most. */
#define CONSET_LINES_MOST 16

/**
 * All members of @n lines that follow one another, @line being the first. On line @line + l they
 * are @base + @indices[k], ascending, from k = @ends[l - 1], or 0, up to @ends[l]. The indices are
 * the step's, and stay until it is asked again.
 */
typedef struct
{
  guint64        line;
  guint64        base;
  guint          n;
  guint32        ends[CONSET_LINES_MOST];
  const guint32 *indices;
} ConsetLines;

/** @set is no error and stays alive; @window lies within the universe. */
ConsetEval *conset_eval_new       (const Conset       *set,
                                   const ConsetWindow *window,
                                   ConsetOrder         order);
void        conset_eval_free      (ConsetEval *eval);
/** What it fails with when it is stopped. (transfer full) */
GError     *conset_eval_cancelled (void);
/** Goes on with the part of the window from (@line, @at) up to (@end_line, @end_at). Parts that
 * ascend cost no more than all of the window. */
void        conset_eval_aim       (ConsetEval         *eval,
                                   guint64             line,
                                   guint64             at,
                                   guint64             end_line,
                                   guint64             end_at);
/** Fills @tile with the next stretch that has members; FALSE at the end or after an error. */
gboolean    conset_eval_next      (ConsetEval *eval, ConsetTile *tile);
/** Finds the members of the next lines, all at once, where that is faster than tile by tile; FALSE
 * where it is not, at the end and after an error. */
gboolean    conset_eval_next_lines (ConsetEval *eval, ConsetLines *lines);
ConsetTile *conset_eval_borrow    (ConsetEval *eval);
void        conset_eval_give_back (ConsetEval *eval, ConsetTile *tile);
/** Stops the evaluation with an error; the first one stays. The step leaves its tile empty. */
void        conset_eval_fail      (ConsetEval *eval, ConsetError code, const char *format, ...)
                                   G_GNUC_PRINTF (3, 4);

/** Distances of sieves come in so many steps. */
#define CONSET_SIEVE_STEPS 1024

/**
 * What thins the members of lines as they are found: one of two functions.
 *
 * @toss: of members of @n_lines lines, in any order on each, of which those of line @line + l end
 * before @ends[l], keeps those of which the places, at @first + @offsets[k] along their lines,
 * stay: one after the other, in the same order, so that @ends become where those of each line end
 * then. @offsets has room for 8 more
 * @keep: for @n places of one line, in any order, at @first + @offsets[k] along @line, writes the
 * offsets of those that stay to @kept, in any order, and returns how many they are. @kept has room
 * for @n and 16 more. The squares of their distances are @steps, with CONSET_SIEVE_STEPS steps up to
 * @limit, rounded down; @limit is always the same.
 */
typedef struct
{
  gpointer data;
  void   (*toss) (gpointer data, guint64 line, guint32 *ends, guint n_lines, guint64 first,
                  guint32 *offsets);
  gsize  (*keep) (gpointer data, guint64 line, guint64 first, const guint32 *offsets,
                  const guint32 *steps, double limit, gsize n, guint32 *kept);
} ConsetSieve;

/** As conset_step_fill(), of those members alone that @sieve keeps. FALSE, with nothing done, where
 * the step does not find members by their distance. One step has one sieve. */
gboolean conset_step_sift (ConsetStep *step, ConsetTile *tile, const ConsetSieve *sieve);
/** Finds all members of the first few of @n lines from @line on, in the window of @step: of one at
 * least, unless the evaluation fails; those alone that @sieve (nullable) tosses for. FALSE, with
 * nothing done, where lines had better be filled as tiles. */
gboolean conset_step_fill_lines (ConsetStep *step, guint64 line, guint n,
                                 const ConsetSieve *sieve, ConsetLines *lines);
/** Writes the members in the range that @tile is aimed at. */
void conset_step_fill   (ConsetStep *step, ConsetTile *tile);
/** Thins the candidates in @tile. */
void conset_step_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode);
/**
 * Fills by @fill_bits, which makes a tile a bitmap, or leaves it empty where the evaluation has
 * failed; a tile too wide for that becomes a list, stretch by stretch.
 */
void conset_step_fill_by_bitmaps (ConsetStep *step,
                                  ConsetTile *tile,
                                  void      (*fill_bits) (ConsetStep *step, ConsetTile *tile));
/** The filter of a class without one: fill where candidates are, and combine. */
void conset_step_filter_by_fill (ConsetStep *step, ConsetTile *tile, ConsetFilter mode);

/** The values of a set with columns, for at most CONSET_PLACES_MOST places in the step's order
 * where it has connections. */
void conset_step_fill_values (ConsetStep         *step,
                              const ConsetPlaces *places,
                              double *const      *values);

/** Whether child @k is filled when @step is; else it filters. */
gboolean conset_step_fills (const ConsetStep *step, guint k);
/** About how many members are held, one after the other, in filling the window of @step. */
double   conset_step_cost  (const ConsetStep *step);
/** About how many members are held at a time in filling that range, with multiplicity, at most. */
double   conset_step_load  (const ConsetStep *step, guint64 line, guint64 first, guint64 width);
