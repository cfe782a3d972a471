/* SPDX-License-Identifier: MIT */
/*
 * The table of names, and how each makes its value: the sets and operators of set.h, the
 * index sets of intervals.h, and the statements of scripts.
 */
#include "registry.h"

#define SHOWN_INDICES 30

static gboolean
result_take_set (ConsetLangValue *result, Conset *set)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_SET, .set = set };
  return TRUE;
}

/* NULL says that an error is set. */
static gboolean
result_take_intervals (ConsetLangValue *result, ConsetIntervals *intervals)
{
  if (intervals == NULL)
    return FALSE;
  *result = (ConsetLangValue){ .kind = CONSET_LANG_INTERVALS, .intervals = intervals };
  return TRUE;
}

static gboolean
result_take_operator (ConsetLangValue *result, const ConsetOperatorStep *step)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_OPERATOR, .op = conset_operator_new (step) };
  return TRUE;
}

static gboolean
call_has (const ConsetCall *call, gsize index)
{
  return call->values[index].kind != CONSET_LANG_NONE;
}

static ConsetIntervals *
call_steal_intervals (ConsetCall *call, gsize index)
{
  call->values[index].kind = CONSET_LANG_NONE;
  return call->values[index].intervals;
}

/* Sets */

static gboolean
empty_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_set (result, conset_empty ());
}

static gboolean
full_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_set (result, conset_full ());
}

static gboolean
one_to_one_make (ConsetCall *call G_GNUC_UNUSED,
                 ConsetLangValue *result,
                 GError **error G_GNUC_UNUSED)
{
  return result_take_set (result, conset_one_to_one ());
}

static gboolean
cross_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  ConsetIntervals *sources = call_steal_intervals (call, 0);

  return result_take_set (result, conset_cross (sources, call_steal_intervals (call, 1)));
}

static gboolean
random_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 seed = conset_seeds_next (call->seeds);

  if (call_has (call, 1))
    seed = call->values[1].integer.magnitude;
  return result_take_set (result, conset_random (call->values[0].real, seed));
}

/* Index sets */

static gboolean
all_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_intervals (result, conset_intervals_all ());
}

/* As in Python, the first of several arguments is the start, one alone is the end. */
static gboolean
range_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 start = call->values[0].integer.magnitude;
  guint64 end = call->values[1].integer.magnitude;
  guint64 step = call_has (call, 2) ? call->values[2].integer.magnitude : 1;

  if (!call_has (call, 1))
    {
      end = start;
      start = 0;
    }
  return result_take_intervals (result, conset_intervals_range (start, end, step));
}

static gboolean
ival_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  return result_take_intervals (result,
                                conset_interval_new (call->values[0].integer.magnitude,
                                                     call->values[1].integer.magnitude, error));
}

/* Operators */

/* A step with the arguments M and N, N being M where it is left out. */
static ConsetOperatorStep
step_new (const char *name,
          const ConsetCall *call,
          Conset *(*apply) (const ConsetOperatorStep *, Conset *) )
{
  return (ConsetOperatorStep){
    .name = name,
    .n_arguments = 2,
    .arguments = { call->values[0].integer, call->values[call_has (call, 1) ? 1 : 0].integer },
    .apply = apply,
  };
}

static Conset *
block_apply (const ConsetOperatorStep *step, Conset *set)
{
  return conset_block (step->arguments[0].magnitude, step->arguments[1].magnitude, set);
}

static gboolean
block_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  ConsetOperatorStep step = step_new ("block", call, block_apply);

  return result_take_operator (result, &step);
}

static Conset *
repeat_apply (const ConsetOperatorStep *step, Conset *set)
{
  return conset_repeat (step->arguments[0].magnitude, step->arguments[1].magnitude, set);
}

static gboolean
repeat_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  ConsetOperatorStep step = step_new ("repeat", call, repeat_apply);

  return result_take_operator (result, &step);
}

static Conset *
shift_apply (const ConsetOperatorStep *step, Conset *set)
{
  gint64 m = 0, n = 0;

  conset_integer_to_int64 (step->arguments[0], &m);
  conset_integer_to_int64 (step->arguments[1], &n);
  return conset_shift (m, n, set);
}

static gboolean
shift_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  ConsetOperatorStep step = step_new ("shift", call, shift_apply);

  return result_take_operator (result, &step);
}

static Conset *
transpose_apply (const ConsetOperatorStep *step G_GNUC_UNUSED, Conset *set)
{
  return conset_transpose (set);
}

static gboolean
transpose_make (ConsetCall *call G_GNUC_UNUSED,
                ConsetLangValue *result,
                GError **error G_GNUC_UNUSED)
{
  return result_take_operator (
    result, &(ConsetOperatorStep){ .name = "transpose", .apply = transpose_apply });
}

static Conset *
fix_apply (const ConsetOperatorStep *step G_GNUC_UNUSED, Conset *set)
{
  return conset_fix (set);
}

static gboolean
fix_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_operator (result, &(ConsetOperatorStep){ .name = "fix", .apply = fix_apply });
}

/* Statements */

static gboolean
show_run (const ConsetCall *call, const ConsetScriptHost *host, gpointer user_data, GError **error)
{
  guint64 n = call_has (call, 1) ? call->values[1].integer.magnitude : SHOWN_INDICES;
  guint64 m = call_has (call, 2) ? call->values[2].integer.magnitude : n;

  return host->show (call->values[0].set, n, m, user_data, error);
}

static gboolean
tabulate_run (const ConsetCall *call,
              const ConsetScriptHost *host,
              gpointer user_data,
              GError **error)
{
  return host->tabulate (call->values[0].set, user_data, error);
}

#define OPTIONAL CONSET_PARAMETER_OPTIONAL
#define OPTIONAL_KEYWORD (CONSET_PARAMETER_OPTIONAL | CONSET_PARAMETER_KEYWORD)

static const ConsetFunction functions[] = {
  {
    .name = "empty",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "empty",
    .help = "the set without connections",
    .make = empty_make,
  },
  {
    .name = "full",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "full",
    .help = "every source to every target",
    .make = full_make,
  },
  {
    .name = "oneToOne",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "oneToOne",
    .help = "each source to the target of the same number",
    .make = one_to_one_make,
  },
  {
    .name = "cross",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "cross(sources, targets)",
    .help = "every one of the sources to every one of the targets",
    .make = cross_make,
    .parameters = { { "sources", CONSET_PARAMETER_INTERVALS, 0 },
                    { "targets", CONSET_PARAMETER_INTERVALS, 0 } },
  },
  {
    .name = "random",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "random(p, seed=...)",
    .help = "each pair with probability p, independently",
    .make = random_make,
    .parameters = { { "p", CONSET_PARAMETER_REAL, 0 },
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
  {
    .name = "N",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "N",
    .help = "all indices",
    .make = all_make,
  },
  {
    .name = "range",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "range(end) or range(start, end, step=1)",
    .help = "the indices from start, 0 by default, up to but without end",
    .make = range_make,
    .parameters = { { "start", CONSET_PARAMETER_COUNT, 0 },
                    { "end", CONSET_PARAMETER_COUNT, OPTIONAL },
                    { "step", CONSET_PARAMETER_COUNT, OPTIONAL } },
  },
  {
    .name = "ival",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "ival(first, last)",
    .help = "the indices from first to last, both included",
    .make = ival_make,
    .parameters = { { "first", CONSET_PARAMETER_COUNT, 0 }, { "last", CONSET_PARAMETER_COUNT, 0 } },
  },
  {
    .name = "block",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "block(M, N=M)",
    .help = "operator: each connection becomes a block of M sources by N targets",
    .make = block_make,
    .parameters = { { "M", CONSET_PARAMETER_COUNT, 0 }, { "N", CONSET_PARAMETER_COUNT, OPTIONAL } },
  },
  {
    .name = "block1",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "block1(N)",
    .help = "operator: block(N, N)",
    .make = block_make,
    .parameters = { { "N", CONSET_PARAMETER_COUNT, 0 } },
  },
  {
    .name = "repeat",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "repeat(M, N=M)",
    .help = "operator: what is in the first M sources by N targets, again and again",
    .make = repeat_make,
    .parameters = { { "M", CONSET_PARAMETER_COUNT, 0 }, { "N", CONSET_PARAMETER_COUNT, OPTIONAL } },
  },
  {
    .name = "shift",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "shift(M, N)",
    .help = "operator: M is added to every source, N to every target",
    .make = shift_make,
    .parameters = { { "M", CONSET_PARAMETER_OFFSET, 0 }, { "N", CONSET_PARAMETER_OFFSET, 0 } },
  },
  {
    .name = "transpose",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "transpose",
    .help = "operator: sources become targets, targets sources",
    .make = transpose_make,
  },
  {
    .name = "fix",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "fix",
    .help = "operator: the connections of a finite set are drawn now, and stored",
    .make = fix_make,
  },
  {
    .name = "show",
    .kind = CONSET_FUNCTION_STATEMENT,
    .signature = "show(set, n=30, m=n)",
    .help = "statement of a script: draws n sources by m targets",
    .run = show_run,
    .parameters = { { "set", CONSET_PARAMETER_SET, 0 },
                    { "n", CONSET_PARAMETER_COUNT, OPTIONAL },
                    { "m", CONSET_PARAMETER_COUNT, OPTIONAL } },
  },
  {
    .name = "tabulate",
    .kind = CONSET_FUNCTION_STATEMENT,
    .signature = "tabulate(set)",
    .help = "statement of a script: lists the connections of a finite set",
    .run = tabulate_run,
    .parameters = { { "set", CONSET_PARAMETER_SET, 0 } },
  },
};

const ConsetFunction *
conset_functions (gsize *n)
{
  *n = G_N_ELEMENTS (functions);
  return functions;
}
