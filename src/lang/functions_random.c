/* SPDX-License-Identifier: MIT */
/*
 * Names of random sets.
 */
#include "functions.h"

static gboolean
random_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 seed = conset_seeds_next (call->seeds);

  if (conset_call_has (call, 1))
    seed = call->values[1].integer.magnitude;
  return conset_result_take_set (result, conset_random (call->values[0].real, seed));
}

static const ConsetFunction functions[] = {
  {
    .name = "random",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "random(p, seed=...)",
    .help = "each pair with probability p, independently",
    .make = random_make,
    .parameters = { { "p", CONSET_PARAMETER_REAL, 0 },
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
};

const ConsetFunctionTable conset_functions_random = { functions, G_N_ELEMENTS (functions) };
