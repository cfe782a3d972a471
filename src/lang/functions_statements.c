/* SPDX-License-Identifier: MIT */
/*
 * Statements of scripts, which the host of the script carries out.
 */
#include "functions.h"

#define SHOWN_INDICES 30

static gboolean
show_run (const ConsetCall *call, const ConsetScriptHost *host, gpointer user_data, GError **error)
{
  guint64 n = conset_call_get_count_or (call, 1, SHOWN_INDICES);
  guint64 m = conset_call_get_count_or (call, 2, n);

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

static const ConsetFunction functions[] = {
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

const ConsetFunctionTable conset_functions_statements = { functions, G_N_ELEMENTS (functions) };
