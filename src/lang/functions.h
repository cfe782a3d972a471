/* SPDX-License-Identifier: MIT */
/*
 * The tables of the registry, one a theme, and what the functions in them have in common.
 */
#pragma once

#include "registry.h"

G_BEGIN_DECLS

#define OPTIONAL CONSET_PARAMETER_OPTIONAL
#define OPTIONAL_KEYWORD (CONSET_PARAMETER_OPTIONAL | CONSET_PARAMETER_KEYWORD)

typedef struct
{
  const ConsetFunction *rows;
  gsize                 n;
} ConsetFunctionTable;

extern const ConsetFunctionTable conset_functions_sets;
extern const ConsetFunctionTable conset_functions_random;
extern const ConsetFunctionTable conset_functions_geometry;
extern const ConsetFunctionTable conset_functions_files;
extern const ConsetFunctionTable conset_functions_graphs;
extern const ConsetFunctionTable conset_functions_kernels;
extern const ConsetFunctionTable conset_functions_kernel_sets;
extern const ConsetFunctionTable conset_functions_metrics;
extern const ConsetFunctionTable conset_functions_spatial;
extern const ConsetFunctionTable conset_functions_complex;
extern const ConsetFunctionTable conset_functions_csets;
extern const ConsetFunctionTable conset_functions_networks;
extern const ConsetFunctionTable conset_functions_degrees;
extern const ConsetFunctionTable conset_functions_distributions;
extern const ConsetFunctionTable conset_functions_values;
extern const ConsetFunctionTable conset_functions_units;
extern const ConsetFunctionTable conset_functions_math;
extern const ConsetFunctionTable conset_functions_operators;
extern const ConsetFunctionTable conset_functions_parts;
extern const ConsetFunctionTable conset_functions_statements;

static inline gboolean
conset_call_has (const ConsetCall *call, gsize index)
{
  return call->values[index].kind != CONSET_LANG_NONE;
}

/** What a call is given for a parameter of type CONSET_PARAMETER_COUNT. */
static inline guint64
conset_call_get_count (const ConsetCall *call, gsize index)
{
  return call->values[index].integer.magnitude;
}

/** Takes the set that a call is given out of it. */
static inline Conset *
conset_call_steal_set (ConsetCall *call, gsize index)
{
  call->values[index].kind = CONSET_LANG_NONE;
  return call->values[index].set;
}

/** @otherwise is what a flag is, and a count, where it is left out. */
static inline gboolean
conset_call_get_flag (const ConsetCall *call, gsize index, gboolean otherwise)
{
  return conset_call_has (call, index) ? call->values[index].boolean : otherwise;
}

static inline guint64
conset_call_get_count_or (const ConsetCall *call, gsize index, guint64 otherwise)
{
  return conset_call_has (call, index) ? conset_call_get_count (call, index) : otherwise;
}

/**
 * Gives @call a seed, in argument @index, if it has none. One is taken in any case, so that
 * giving one set a seed leaves the others as they were. Returns: the seed of the call
 */
guint64 conset_call_take_seed (ConsetCall *call,
                               gsize       index);

/** The same for a drawn value. */
guint64 conset_call_take_value_seed (ConsetCall *call,
                                     gsize       index);

/** The same for drawn positions. */
guint64 conset_call_take_position_seed (ConsetCall *call,
                                        gsize       index);

/** Takes argument @index out of @call, as a value set; NULL if it is left out. */
static inline ConsetValue *
conset_call_steal_value (ConsetCall *call, gsize index)
{
  if (!conset_call_has (call, index))
    return NULL;
  conset_lang_value_to_value (&call->values[index], NULL);
  call->values[index].kind = CONSET_LANG_NONE;
  return call->values[index].value;
}

/** A copy of argument @index as a value set; NULL if it is left out. (transfer full) */
ConsetValue *conset_call_copy_value (const ConsetCall *call,
                                     gsize             index);

/** What the lambda of a kernel gives for the displacements dx and dy, or dx, dy and dz; or for p, which
 * has all of them. (transfer full) NULL with @error set if it is no number. */
ConsetFormula *conset_lambda_kernel (const ConsetLambda *lambda,
                                     GError            **error);

/** A list of rows of as many numbers each, row by row. (transfer full) NULL with @error set if it is
 * something else. */
double *conset_lang_value_get_matrix (const ConsetLangValue *value,
                                      guint                 *n_rows,
                                      guint                 *n_columns,
                                      GError               **error);

/** The place of the string in @names, ended by NULL; FALSE with @error set if it is none of them. */
gboolean conset_call_get_choice (const ConsetCall  *call,
                                 gsize              index,
                                 const char *const *names,
                                 guint             *choice,
                                 GError           **error);

/** Puts @set (transfer full) into @result; TRUE, for who makes the call finds errors of sets. */
static inline gboolean
conset_result_take_set (ConsetLangValue *result, Conset *set)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_SET, .set = set };
  return TRUE;
}

static inline gboolean
conset_result_take_value (ConsetLangValue *result, ConsetValue *value)
{
  conset_lang_value_take_value (result, value);
  return TRUE;
}

static inline gboolean
conset_result_take_integer (ConsetLangValue *result, ConsetInteger integer)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_INTEGER, .integer = integer };
  return TRUE;
}

static inline gboolean
conset_result_take_operator (ConsetLangValue *result, ConsetOperator *op)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_OPERATOR, .op = op };
  return TRUE;
}

G_END_DECLS
