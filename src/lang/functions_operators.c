/* SPDX-License-Identifier: MIT */
/*
 * Names of the operators that reshape a set.
 */
#include "functions.h"

#include "operator.h"

/* The operator of sets that @call makes. Its arguments are wrong if they are for the empty
 * set; then the error set is the result, for who made the call to find. */
static gboolean
reshaping_make (ConsetCall *call, ConsetOperatorApply apply, ConsetLangValue *result)
{
  ConsetLangValue probe = { .kind = CONSET_LANG_SET, .set = conset_empty () };

  if (apply (call, &probe, NULL) && !conset_check (probe.set, NULL))
    return conset_result_take_set (result, probe.set);
  conset_lang_value_clear (&probe);
  return conset_result_take_operator (result,
                                      conset_operator_new (call, CONSET_PARAMETER_SET, apply));
}

/* M and N, N being M where it is left out. */
static guint64
call_get_size (const ConsetCall *call, gsize index)
{
  return conset_call_get_count_or (call, index, conset_call_get_count (call, 0));
}

static gboolean
block_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error G_GNUC_UNUSED)
{
  operand->set = conset_block (call_get_size (call, 0), call_get_size (call, 1), operand->set);
  return TRUE;
}

static gboolean
block_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return reshaping_make (call, block_apply, result);
}

static gboolean
repeat_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error G_GNUC_UNUSED)
{
  operand->set = conset_repeat (call_get_size (call, 0), call_get_size (call, 1), operand->set);
  return TRUE;
}

static gboolean
repeat_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return reshaping_make (call, repeat_apply, result);
}

static gboolean
shift_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error G_GNUC_UNUSED)
{
  gint64 m = 0, n = 0;

  conset_integer_to_int64 (call->values[0].integer, &m);
  conset_integer_to_int64 (call->values[1].integer, &n);
  operand->set = conset_shift (m, n, operand->set);
  return TRUE;
}

static gboolean
shift_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return reshaping_make (call, shift_apply, result);
}

static gboolean
transpose_apply (const ConsetCall *call G_GNUC_UNUSED,
                 ConsetLangValue *operand,
                 GError **error G_GNUC_UNUSED)
{
  operand->set = conset_transpose (operand->set);
  return TRUE;
}

static gboolean
transpose_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return reshaping_make (call, transpose_apply, result);
}

static gboolean
fix_apply (const ConsetCall *call G_GNUC_UNUSED,
           ConsetLangValue *operand,
           GError **error G_GNUC_UNUSED)
{
  operand->set = conset_fix (operand->set);
  return TRUE;
}

static gboolean
fix_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return reshaping_make (call, fix_apply, result);
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
