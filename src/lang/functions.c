/* SPDX-License-Identifier: MIT */
/*
 * The tables of names, joined, and what the functions in them share.
 */
#include "functions.h"

static const ConsetFunctionTable *const tables[] = {
  &conset_functions_sets,     &conset_functions_random,        &conset_functions_graphs,
  &conset_functions_networks, &conset_functions_kernel_sets,   &conset_functions_degrees,
  &conset_functions_values,   &conset_functions_kernels,       &conset_functions_math,
  &conset_functions_units,    &conset_functions_distributions, &conset_functions_csets,
  &conset_functions_geometry, &conset_functions_files,         &conset_functions_metrics,
  &conset_functions_complex,  &conset_functions_spatial,       &conset_functions_operators,
  &conset_functions_parts,    &conset_functions_statements,
};

const ConsetFunction *
conset_function_get (gsize index)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      if (index < tables[i]->n)
        return &tables[i]->rows[index];
      index -= tables[i]->n;
    }
  return NULL;
}

static guint64
call_take_seed (ConsetCall *call, gsize index, guint64 seed)
{
  if (!conset_call_has (call, index))
    {
      call->values[index] =
        (ConsetLangValue){ .kind = CONSET_LANG_INTEGER, .integer = { FALSE, seed } };
      call->taken |= 1u << index;
    }
  return call->values[index].integer.magnitude;
}

guint64
conset_call_take_seed (ConsetCall *call, gsize index)
{
  return call_take_seed (call, index, conset_seeds_next (call->seeds));
}

guint64
conset_call_take_value_seed (ConsetCall *call, gsize index)
{
  return call_take_seed (call, index, conset_seeds_next_value (call->seeds));
}

guint64
conset_call_take_position_seed (ConsetCall *call, gsize index)
{
  return call_take_seed (call, index, conset_seeds_next_position (call->seeds));
}
