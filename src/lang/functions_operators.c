/* SPDX-License-Identifier: MIT */
/*
 * Names of the operators that reshape a set.
 */
#include "functions.h"

static gboolean
result_take_operator (ConsetLangValue *result, const ConsetOperatorStep *step)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_OPERATOR, .op = conset_operator_new (step) };
  return TRUE;
}

/* A step with the arguments M and N, N being M where it is left out. */
static ConsetOperatorStep
step_new (const char *name,
          const ConsetCall *call,
          Conset *(*apply) (const ConsetOperatorStep *, Conset *) )
{
  return (ConsetOperatorStep){
    .name = name,
    .n_arguments = 2,
    .arguments = { call->values[0].integer,
                   call->values[conset_call_has (call, 1) ? 1 : 0].integer },
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

static const ConsetFunction functions[] = {
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
};

const ConsetFunctionTable conset_functions_operators = { functions, G_N_ELEMENTS (functions) };
