/* SPDX-License-Identifier: MIT */
/*
 * Statistics of values: running means and squared deviations, which stay exact enough over any
 * number of connections (Welford 1962).
 */
#include "value_stats.h"

#include <math.h>

CliValueStats *
cli_value_stats_new (const Conset *set)
{
  guint n = conset_arity (set);
  CliValueStats *stats = g_new0 (CliValueStats, n);

  for (guint k = 0; k < n; k++)
    {
      stats[k].least = HUGE_VAL;
      stats[k].most = -HUGE_VAL;
    }
  return stats;
}

static void
column_add (CliValueStats *stats, const double *values, gsize n)
{
  for (gsize k = 0; k < n; k++)
    {
      double difference = values[k] - stats->mean;

      if (!isfinite (values[k]))
        {
          stats->n_nan += isnan (values[k]) != 0;
          stats->n_infinite += isnan (values[k]) == 0;
          continue;
        }
      stats->mean += difference / (double) ++stats->n;
      stats->squares += difference * (values[k] - stats->mean);
      stats->least = MIN (stats->least, values[k]);
      stats->most = MAX (stats->most, values[k]);
    }
}

void
cli_value_stats_add (CliValueStats *stats, const ConsetBatch *batch)
{
  for (guint k = 0; k < batch->n_values; k++)
    column_add (&stats[k], batch->values[k], batch->n);
}

static void
row_append (GString *text, const char *label, const CliValueStats *stats)
{
  double deviation = stats->n > 1 ? sqrt (stats->squares / (double) (stats->n - 1)) : 0.0;

  g_string_append_printf (text, "%-12s", label);
  if (stats->n > 0)
    g_string_append_printf (text, " %12.6g %12.6g %12.6g %12.6g", stats->mean, deviation,
                            stats->least, stats->most);
  if (stats->n_infinite > 0)
    g_string_append_printf (text, "  %" G_GUINT64_FORMAT " infinite", stats->n_infinite);
  if (stats->n_nan > 0)
    g_string_append_printf (text, "  %" G_GUINT64_FORMAT " not a number", stats->n_nan);
  g_string_append_c (text, '\n');
}

void
cli_value_stats_append (const CliValueStats *stats, const Conset *set, GString *text)
{
  guint n = conset_arity (set);

  if (n > 0)
    g_string_append_printf (text, "\n%-12s %12s %12s %12s %12s\n", "values", "mean", "sd", "least",
                            "most");
  for (guint k = 0; k < n; k++)
    {
      const char *name = conset_column_name (set, k), *unit = conset_column_unit (set, k);
      g_autofree char *word = name != NULL ? g_strdup (name) : g_strdup_printf ("value %u", k);
      g_autofree char *label =
        unit != NULL ? g_strdup_printf ("%s [%s]", word, unit) : g_strdup (word);

      row_append (text, label, &stats[k]);
    }
}
