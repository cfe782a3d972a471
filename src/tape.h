/* SPDX-License-Identifier: MIT */
/*
 * Tapes: functions from one, two or three numbers to as many, as lists of operations that are
 * carried out for many points at once.
 *
 * What is written to a tape twice is computed once. A tape that is finished is never changed, and
 * may be run by several threads.
 */
#pragma once

#include "arithmetic.h"

#define CONSET_TAPE_INPUTS 3

typedef struct _ConsetTape ConsetTape;

/** A number, or the result of an operation of a tape. */
typedef struct
{
  gboolean is_number;
  double   number;
  guint    at;
} ConsetOperand;

ConsetTape   *conset_tape_new    (void);
void          conset_tape_free   (ConsetTape *tape);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetTape, conset_tape_free)

static inline ConsetOperand
conset_operand_number (double number)
{
  return (ConsetOperand){ .is_number = TRUE, .number = number };
}

/* Writing. Operations between numbers are carried out at once. */

/** Coordinate @axis, below CONSET_TAPE_INPUTS, of a point. */
ConsetOperand conset_tape_input  (ConsetTape *tape, guint axis);
ConsetOperand conset_tape_unary  (ConsetTape *tape, ConsetUnary op, ConsetOperand a);
ConsetOperand conset_tape_binary (ConsetTape *tape, ConsetBinary op, ConsetOperand a,
                                  ConsetOperand b);
/** @a where @condition is not 0, @b where it is. */
ConsetOperand conset_tape_choose (ConsetTape *tape, ConsetOperand condition, ConsetOperand a,
                                  ConsetOperand b);

/** Ends the tape, which gives @n_outputs results, at most CONSET_TAPE_INPUTS. FALSE if more results
 * have to be kept at once than there is room for: some hundreds. */
gboolean      conset_tape_finish (ConsetTape *tape, const ConsetOperand *outputs, guint n_outputs);

/** Coordinate d of @n points is in xyz[d], and result d of each goes there. Has 64 KiB of the stack;
 * allocates nothing. */
void          conset_tape_run    (const ConsetTape *tape, double *const xyz[CONSET_TAPE_INPUTS],
                                  gsize n);
