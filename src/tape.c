/* SPDX-License-Identifier: MIT */
/*
 * Tapes: writing, and running by the loops of arithmetic.
 *
 * An operation is known by its operands, and is looked up before it is written. When a tape is
 * finished, operations that no result needs are dropped, and each other one gets a slot: that of
 * an operand which nobody needs any more, since loops work in place, or a free one.
 */
#include "tape.h"

#include "kernels.h"

#include <string.h>

/* Doubles in all slots, and the fewest that a slot has. */
#define ROOM 8192
#define CHUNK_LEAST 16
#define CHUNK_MOST 512

/* Also the number of operands. */
typedef enum
{
  TAPE_INPUT,
  TAPE_UNARY,
  TAPE_BINARY,
  TAPE_CHOOSE,
} TapeKind;

/* @op: the axis of an input
 * @last: the last operation that needs it
 * @slot: where its result goes; inputs are where they are
 * What tells operations apart comes before @last. */
typedef struct
{
  guint kind;
  guint op;
  ConsetOperand operands[3];
  guint last;
  guint slot;
} TapeStep;

struct _ConsetTape
{
  GArray *steps;
  GHashTable *known; /* index + 1 of a step, by its bytes */
  guint n_outputs;
  ConsetOperand outputs[CONSET_TAPE_INPUTS];
  guint n_slots;
};

/* Writing */

static guint
step_hash (gconstpointer key)
{
  const guint8 *bytes = key;
  guint hash = 5381;

  for (gsize k = 0; k < G_STRUCT_OFFSET (TapeStep, last); k++)
    hash = hash * 33 + bytes[k];
  return hash;
}

static gboolean
step_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, G_STRUCT_OFFSET (TapeStep, last)) == 0;
}

ConsetTape *
conset_tape_new (void)
{
  ConsetTape *tape = g_new0 (ConsetTape, 1);

  tape->steps = g_array_new (FALSE, FALSE, sizeof (TapeStep));
  tape->known = g_hash_table_new_full (step_hash, step_equal, g_free, NULL);
  return tape;
}

void
conset_tape_free (ConsetTape *tape)
{
  g_array_unref (tape->steps);
  g_clear_pointer (&tape->known, g_hash_table_unref);
  g_free (tape);
}

static TapeStep *
tape_step (const ConsetTape *tape, guint index)
{
  return &g_array_index (tape->steps, TapeStep, index);
}

/* Copies members alone, so that what lies between them is zero. */
static void
set_operand (ConsetOperand *to, ConsetOperand operand)
{
  to->is_number = operand.is_number;
  if (operand.is_number)
    to->number = operand.number;
  else
    to->at = operand.at;
}

static ConsetOperand
tape_write (ConsetTape *tape, TapeKind kind, guint op, const ConsetOperand *operands, guint n)
{
  TapeStep step;
  gpointer found;

  memset (&step, 0, sizeof step);
  step.kind = kind;
  step.op = op;
  for (guint k = 0; k < n; k++)
    set_operand (&step.operands[k], operands[k]);
  found = g_hash_table_lookup (tape->known, &step);
  if (found == NULL)
    {
      g_array_append_val (tape->steps, step);
      found = GUINT_TO_POINTER (tape->steps->len);
      g_hash_table_insert (tape->known, g_memdup2 (&step, sizeof step), found);
    }
  return (ConsetOperand){ .at = GPOINTER_TO_UINT (found) - 1 };
}

ConsetOperand
conset_tape_input (ConsetTape *tape, guint axis)
{
  return tape_write (tape, TAPE_INPUT, axis, NULL, 0);
}

ConsetOperand
conset_tape_unary (ConsetTape *tape, ConsetUnary op, ConsetOperand a)
{
  if (!a.is_number)
    return tape_write (tape, TAPE_UNARY, op, &a, 1);
  conset_arithmetic ()->unary[op](&a.number, 1);
  return a;
}

ConsetOperand
conset_tape_binary (ConsetTape *tape, ConsetBinary op, ConsetOperand a, ConsetOperand b)
{
  if (!a.is_number || !b.is_number)
    return tape_write (tape, TAPE_BINARY, op, (ConsetOperand[]){ a, b }, 2);
  conset_arithmetic ()->binary[op](&a.number, &b.number, 1);
  return a;
}

ConsetOperand
conset_tape_choose (ConsetTape *tape, ConsetOperand condition, ConsetOperand a, ConsetOperand b)
{
  if (!condition.is_number)
    return tape_write (tape, TAPE_CHOOSE, 0, (ConsetOperand[]){ condition, a, b }, 3);
  if (condition.number != condition.number)
    return condition;
  return condition.number != 0.0 ? a : b;
}

/* Slots */

static TapeStep *
operand_step (const ConsetTape *tape, const ConsetOperand *operand)
{
  return operand->is_number ? NULL : tape_step (tape, operand->at);
}

static guint
n_operands (const TapeStep *step)
{
  return step->kind;
}

/* Finds who needs each step last; those that nobody needs have 0, which needs no step. */
static void
find_last_uses (ConsetTape *tape)
{
  for (guint k = 0; k < tape->steps->len; k++)
    tape_step (tape, k)->last = 0;
  for (guint d = 0; d < tape->n_outputs; d++)
    if (!tape->outputs[d].is_number)
      operand_step (tape, &tape->outputs[d])->last = G_MAXUINT;
  for (guint k = tape->steps->len; k > 0; k--)
    {
      TapeStep *step = tape_step (tape, k - 1);

      for (guint o = 0; step->last > 0 && o < n_operands (step); o++)
        {
          TapeStep *operand = operand_step (tape, &step->operands[o]);

          if (operand != NULL && operand->last == 0)
            operand->last = k - 1;
        }
    }
}

static gboolean
is_same_operand (const ConsetOperand *a, const ConsetOperand *b)
{
  return !a->is_number && !b->is_number && a->at == b->at;
}

/* Whether step @k can put its result where operand @o is: nobody needs that any more, also not as
 * another operand. */
static gboolean
can_replace (const ConsetTape *tape, guint k, guint o)
{
  const TapeStep *step = tape_step (tape, k), *operand = operand_step (tape, &step->operands[o]);

  if (operand == NULL || operand->kind == TAPE_INPUT || operand->last != k)
    return FALSE;
  for (guint other = 0; other < n_operands (step); other++)
    if (other != o && is_same_operand (&step->operands[o], &step->operands[other]))
      return FALSE;
  return TRUE;
}

static guint
take_slot (ConsetTape *tape, GArray *free_slots)
{
  guint slot;

  if (free_slots->len == 0)
    return tape->n_slots++;
  slot = g_array_index (free_slots, guint, free_slots->len - 1);
  g_array_set_size (free_slots, free_slots->len - 1);
  return slot;
}

static void
give_slots_back (const ConsetTape *tape, guint k, GArray *free_slots)
{
  const TapeStep *step = tape_step (tape, k);

  for (guint o = 0; o < n_operands (step); o++)
    {
      const TapeStep *operand = operand_step (tape, &step->operands[o]);
      gboolean again = FALSE;

      for (guint before = 0; before < o; before++)
        again |= is_same_operand (&step->operands[before], &step->operands[o]);
      if (operand != NULL && operand->kind != TAPE_INPUT && operand->last == k && !again
          && operand->slot != step->slot)
        g_array_append_val (free_slots, operand->slot);
    }
}

static void
assign_slots (ConsetTape *tape)
{
  g_autoptr (GArray) free_slots = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint k = 0; k < tape->steps->len; k++)
    {
      TapeStep *step = tape_step (tape, k);

      if (step->last == 0 || step->kind == TAPE_INPUT)
        continue;
      if (can_replace (tape, k, 0))
        step->slot = operand_step (tape, &step->operands[0])->slot;
      else if (step->kind == TAPE_BINARY && can_replace (tape, k, 1))
        step->slot = operand_step (tape, &step->operands[1])->slot;
      else
        step->slot = take_slot (tape, free_slots);
      give_slots_back (tape, k, free_slots);
    }
}

gboolean
conset_tape_finish (ConsetTape *tape, const ConsetOperand *outputs, guint n_outputs)
{
  memcpy (tape->outputs, outputs, n_outputs * sizeof *outputs);
  tape->n_outputs = n_outputs;
  g_clear_pointer (&tape->known, g_hash_table_unref);
  find_last_uses (tape);
  assign_slots (tape);
  return tape->n_slots + CONSET_TAPE_INPUTS <= ROOM / CHUNK_LEAST;
}

/* Running */

/* A chunk of @n points in slots of @room. */
typedef struct
{
  const ConsetTape *tape;
  double *inputs[CONSET_TAPE_INPUTS];
  double *slots;
  gsize room;
  gsize n;
} Run;

static const double *
run_operand (const Run *run, const ConsetOperand *operand)
{
  const TapeStep *step = operand_step (run->tape, operand);

  if (step == NULL)
    return &operand->number;
  return step->kind == TAPE_INPUT ? run->inputs[step->op] : run->slots + step->slot * run->room;
}

static void
run_binary (const Run *run, const TapeStep *step, double *x)
{
  const ConsetArithmetic *loops = conset_arithmetic ();
  const ConsetOperand *a = &step->operands[0], *b = &step->operands[1];
  const double *from_a = run_operand (run, a), *from_b = run_operand (run, b);

  if (!b->is_number && x == from_b && !a->is_number)
    {
      loops->reversed[step->op](x, from_a, run->n);
      return;
    }
  if (a->is_number)
    {
      if (x != from_b)
        memcpy (x, from_b, run->n * sizeof *x);
      loops->number_by[step->op](x, a->number, run->n);
      return;
    }
  if (x != from_a)
    memcpy (x, from_a, run->n * sizeof *x);
  if (b->is_number)
    loops->by_number[step->op](x, b->number, run->n);
  else
    loops->binary[step->op](x, from_b, run->n);
}

static void
run_step (const Run *run, const TapeStep *step)
{
  const ConsetArithmetic *loops = conset_arithmetic ();
  const ConsetOperand *operands = step->operands;
  double *x = run->slots + step->slot * run->room;
  const double *first = run_operand (run, &operands[0]);

  if (step->kind == TAPE_BINARY)
    {
      run_binary (run, step, x);
      return;
    }
  if (x != first)
    memcpy (x, first, run->n * sizeof *x);
  if (step->kind == TAPE_UNARY)
    loops->unary[step->op](x, run->n);
  else
    loops->choose[operands[1].is_number][operands[2].is_number](
      x, run_operand (run, &operands[1]), run_operand (run, &operands[2]), run->n);
}

/* Results may be inputs of others, so all are taken before one is put there. */
static void
run_outputs (const Run *run)
{
  const ConsetTape *tape = run->tape;
  double *results = run->slots + tape->n_slots * run->room;

  for (guint d = 0; d < tape->n_outputs; d++)
    {
      const double *from = run_operand (run, &tape->outputs[d]);

      for (gsize k = 0; k < run->n; k++)
        results[d * run->room + k] = tape->outputs[d].is_number ? *from : from[k];
    }
  for (guint d = 0; d < tape->n_outputs; d++)
    memcpy (run->inputs[d], results + d * run->room, run->n * sizeof *results);
}

void
conset_tape_run (const ConsetTape *tape, double *const xyz[CONSET_TAPE_INPUTS], gsize n)
{
  double slots[ROOM];
  gsize room = MIN (CHUNK_MOST, ROOM / (tape->n_slots + CONSET_TAPE_INPUTS));
  Run run = { .tape = tape, .slots = slots, .room = room };

  for (gsize from = 0; from < n; from += room)
    {
      run.n = MIN (room, n - from);
      for (guint d = 0; d < CONSET_TAPE_INPUTS; d++)
        run.inputs[d] = xyz[d] + from;
      for (guint k = 0; k < tape->steps->len; k++)
        {
          const TapeStep *step = tape_step (tape, k);

          if (step->last > 0 && step->kind != TAPE_INPUT)
            run_step (&run, step);
        }
      run_outputs (&run);
    }
}
