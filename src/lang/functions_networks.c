/* SPDX-License-Identifier: MIT */
/*
 * Names of networks of populations: the constructors of networks.h, with the keywords of
 * braintools.conn.
 */
#include "functions.h"

/* Places of the parameters. */
enum
{
  N,
  EXC_RATIO,
  EXC_PROB,
  INH_PROB,
  EXC_WEIGHT,
  INH_WEIGHT,
  EXC_DELAY,
  INH_DELAY,
  POST_SIZE,
  DALE,
  SEED,
};

static double
call_get_share (const ConsetCall *call, gsize index, double otherwise)
{
  return conset_call_has (call, index) ? call->values[index].real : otherwise;
}

/* Moves a value out of @call; NULL where it is left out. */
static ConsetValue *
call_take_value (ConsetCall *call, gsize index)
{
  if (!conset_call_has (call, index))
    return NULL;
  call->values[index].kind = CONSET_LANG_NONE;
  return call->values[index].value;
}

static gboolean
excitatory_inhibitory_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  const guint64 n = conset_call_get_count (call, N);
  ConsetExcitatoryInhibitory network = CONSET_EXCITATORY_INHIBITORY_INIT (n);

  network.n_targets = conset_call_get_count_or (call, POST_SIZE, n);
  network.exc_ratio = call_get_share (call, EXC_RATIO, network.exc_ratio);
  network.exc_prob = call_get_share (call, EXC_PROB, network.exc_prob);
  network.inh_prob = call_get_share (call, INH_PROB, network.inh_prob);
  network.exc_weight = call_take_value (call, EXC_WEIGHT);
  network.inh_weight = call_take_value (call, INH_WEIGHT);
  network.exc_delay = call_take_value (call, EXC_DELAY);
  network.inh_delay = call_take_value (call, INH_DELAY);
  network.dale = conset_call_get_flag (call, DALE, TRUE);
  network.seed = conset_call_take_seed (call, SEED);
  return conset_result_take_set (result, conset_excitatory_inhibitory (&network));
}

static const ConsetFunction functions[] = {
  {
    .name = "ExcitatoryInhibitory",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "ExcitatoryInhibitory(n, exc_ratio=0.8, exc_prob=0.1, inh_prob=0.2, "
                 "exc_weight=..., inh_weight=..., exc_delay=..., inh_delay=..., post_size=n, "
                 "dale=True, seed=...)",
    .help = "n neurons, the first of them excitatory, the others inhibitory, "
            "with a probability, weights and delays for each kind",
    .make = excitatory_inhibitory_make,
    .parameters = { { "n", CONSET_PARAMETER_COUNT, 0 },
                    { "exc_ratio", CONSET_PARAMETER_REAL, OPTIONAL_KEYWORD },
                    { "exc_prob", CONSET_PARAMETER_REAL, OPTIONAL_KEYWORD },
                    { "inh_prob", CONSET_PARAMETER_REAL, OPTIONAL_KEYWORD },
                    { "exc_weight", CONSET_PARAMETER_VALUE, OPTIONAL_KEYWORD },
                    { "inh_weight", CONSET_PARAMETER_VALUE, OPTIONAL_KEYWORD },
                    { "exc_delay", CONSET_PARAMETER_VALUE, OPTIONAL_KEYWORD },
                    { "inh_delay", CONSET_PARAMETER_VALUE, OPTIONAL_KEYWORD },
                    { "post_size", CONSET_PARAMETER_COUNT, OPTIONAL_KEYWORD },
                    { "dale", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD },
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
};

const ConsetFunctionTable conset_functions_networks = { functions, G_N_ELEMENTS (functions) };
