/* SPDX-License-Identifier: MIT */
/*
 * Statements of scripts, which the host of the script carries out.
 */
#include "functions.h"

#include "sequence.h"

#define SHOWN_INDICES 30
#define SHOWN_POSITIONS 900

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

static gboolean
host_plot (const ConsetCall *call,
           const ConsetScriptHost *host,
           guint64 n,
           const ConsetScriptSelection *selection,
           gpointer user_data,
           GError **error)
{
  if (host->plot != NULL)
    return host->plot (call->values[0].geometry, n, selection, user_data, error);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "%s: who runs this script draws no positions", call->function->name);
  return FALSE;
}

static gboolean
gplot2d_run (const ConsetCall *call,
             const ConsetScriptHost *host,
             gpointer user_data,
             GError **error)
{
  return host_plot (call, host, conset_call_get_count (call, 1), NULL, user_data, error);
}

/* The arguments of gplotsel2d(). */
enum
{
  SELECTION_SET = 1,
  SELECTION_SOURCE,
  SELECTION_TARGET,
  SELECTION_N0,
  SELECTION_N1,
  SELECTION_VALUE,
  SELECTION_RANGE,
  SELECTION_LINES,
};

/* Two numbers, or none. */
static gboolean
selection_take_range (const ConsetCall *call, ConsetScriptSelection *selection, GError **error)
{
  const ConsetSequence *range =
    conset_call_has (call, SELECTION_RANGE) ? call->values[SELECTION_RANGE].sequence : NULL;
  gsize n = range != NULL ? conset_sequence_length (range) : 0;

  if (n == 2)
    {
      selection->has_range = TRUE;
      selection->low = conset_sequence_get (range, 0)->real;
      selection->high = conset_sequence_get (range, 1)->real;
    }
  if (n == 0 || (n == 2 && selection->low < selection->high))
    return TRUE;
  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                       "gplotsel2d: the range must be two numbers, the lower one first");
  return FALSE;
}

static gboolean
gplotsel2d_run (const ConsetCall *call,
                const ConsetScriptHost *host,
                gpointer user_data,
                GError **error)
{
  gboolean of_source = conset_call_has (call, SELECTION_SOURCE);
  guint64 n0 = conset_call_get_count_or (call, SELECTION_N0, SHOWN_POSITIONS);
  ConsetScriptSelection selection = {
    .set = call->values[SELECTION_SET].set,
    .order = of_source ? CONSET_SOURCE_MAJOR : CONSET_TARGET_MAJOR,
    .index = conset_call_get_count_or (call, of_source ? SELECTION_SOURCE : SELECTION_TARGET, 0),
    .column = -1,
    .lines = conset_call_get_flag (call, SELECTION_LINES, TRUE),
  };

  if (of_source == conset_call_has (call, SELECTION_TARGET))
    {
      g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                           "gplotsel2d: give a source, to see its targets, or target=..., to see "
                           "its sources");
      return FALSE;
    }
  if (conset_call_has (call, SELECTION_VALUE))
    selection.column = (int) MIN (conset_call_get_count (call, SELECTION_VALUE), CONSET_MAX_ARITY);
  return selection_take_range (call, &selection, error)
         && host_plot (call, host, conset_call_get_count_or (call, SELECTION_N1, n0), &selection,
                       user_data, error);
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
  {
    .name = "gplot2d",
    .kind = CONSET_FUNCTION_STATEMENT,
    .signature = "gplot2d(geometry, n)",
    .help = "statement of a script: draws the first n positions of a geometry",
    .run = gplot2d_run,
    .parameters = { { "geometry", CONSET_PARAMETER_GEOMETRY, 0 },
                    { "n", CONSET_PARAMETER_COUNT, 0 } },
  },
  {
    .name = "gplotsel2d",
    .kind = CONSET_FUNCTION_STATEMENT,
    .signature = "gplotsel2d(geometry, set, source, target=..., N0=900, N1=N0, value=..., "
                 "range=[...], lines=True)",
    .help = "statement of a script: draws the targets of a source, or the sources of a target",
    .run = gplotsel2d_run,
    .parameters = { { "geometry", CONSET_PARAMETER_GEOMETRY, 0 },
                    { "set", CONSET_PARAMETER_SET, 0 },
                    { "source", CONSET_PARAMETER_COUNT, OPTIONAL },
                    { "target", CONSET_PARAMETER_COUNT, OPTIONAL },
                    { "N0", CONSET_PARAMETER_COUNT, OPTIONAL },
                    { "N1", CONSET_PARAMETER_COUNT, OPTIONAL },
                    { "value", CONSET_PARAMETER_COUNT, OPTIONAL },
                    { "range", CONSET_PARAMETER_REALS, OPTIONAL },
                    { "lines", CONSET_PARAMETER_BOOLEAN, OPTIONAL } },
  },
};

const ConsetFunctionTable conset_functions_statements = { functions, G_N_ELEMENTS (functions) };
