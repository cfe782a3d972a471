/* SPDX-License-Identifier: MIT */
/*
 * Statistics of values: running means and squared deviations, which stay exact enough over any
 * number of connections (Welford 1962), line by line, and lines put together (Chan, Golub and
 * LeVeque 1983). Lines are never shared between ranks, and come one after the other: so the numbers
 * are the same to the last bit, however many ranks there are.
 */
#include "value_stats.h"

#include <math.h>

#include "ranks.h"

/* Of one column: @n finite numbers, and how many there are beside them. */
typedef struct
{
  guint64 n;
  guint64 n_infinite;
  guint64 n_nan;
  double mean;
  double squares;
  double least;
  double most;
} Moments;

/* By columns: those of all lines before @line, and of that line. Ranks but the first keep those of
 * all lines, to be sent. */
struct _CliValueStats
{
  guint n_columns;
  guint64 line;
  Moments *all;
  Moments *current;
  GArray *kept;
};

static const Moments moments_none = { .least = HUGE_VAL, .most = -HUGE_VAL };

CliValueStats *
cli_value_stats_new (const Conset *set)
{
  CliValueStats *stats = g_new0 (CliValueStats, 1);

  stats->n_columns = conset_arity (set);
  stats->all = g_new (Moments, stats->n_columns);
  stats->current = g_new (Moments, stats->n_columns);
  stats->kept = g_array_new (FALSE, FALSE, sizeof (Moments));
  for (guint k = 0; k < stats->n_columns; k++)
    stats->all[k] = stats->current[k] = moments_none;
  return stats;
}

void
cli_value_stats_free (CliValueStats *stats)
{
  g_free (stats->all);
  g_free (stats->current);
  g_array_unref (stats->kept);
  g_free (stats);
}

static void
moments_add (Moments *moments, const double *values, gsize n)
{
  for (gsize k = 0; k < n; k++)
    {
      double difference = values[k] - moments->mean;

      if (!isfinite (values[k]))
        {
          moments->n_nan += isnan (values[k]) != 0;
          moments->n_infinite += isnan (values[k]) == 0;
          continue;
        }
      moments->mean += difference / (double) ++moments->n;
      moments->squares += difference * (values[k] - moments->mean);
      moments->least = MIN (moments->least, values[k]);
      moments->most = MAX (moments->most, values[k]);
    }
}

static void
moments_merge (Moments *moments, const Moments *more)
{
  double difference = more->mean - moments->mean;
  double n = (double) moments->n, m = (double) more->n;

  moments->n_infinite += more->n_infinite;
  moments->n_nan += more->n_nan;
  if (more->n == 0)
    return;
  moments->n += more->n;
  moments->mean += difference * m / (n + m);
  moments->squares += more->squares + difference * difference * n * m / (n + m);
  moments->least = MIN (moments->least, more->least);
  moments->most = MAX (moments->most, more->most);
}

/* The current line has come to its end. */
static void
line_end (CliValueStats *stats)
{
  for (guint k = 0; k < stats->n_columns; k++)
    {
      if (cli_rank () > 0)
        g_array_append_val (stats->kept, stats->current[k]);
      else
        moments_merge (&stats->all[k], &stats->current[k]);
      stats->current[k] = moments_none;
    }
}

void
cli_value_stats_add (CliValueStats *stats, const ConsetBatch *batch)
{
  if (batch->n_values > 0 && batch->line != stats->line)
    line_end (stats);
  stats->line = batch->line;
  for (guint k = 0; k < batch->n_values; k++)
    moments_add (&stats->current[k], batch->values[k], batch->n);
}

static void
lines_take (gconstpointer bytes, gsize n, gpointer data)
{
  CliValueStats *stats = data;
  const Moments *lines = bytes;

  for (gsize k = 0; k < n / sizeof *lines; k++)
    moments_merge (&stats->all[k % stats->n_columns], &lines[k]);
}

void
cli_value_stats_gather (CliValueStats *stats)
{
  line_end (stats);
  cli_ranks_in_turn (stats->kept->data, stats->kept->len * sizeof (Moments), lines_take, stats);
}

static void
row_append (GString *text, const char *label, const Moments *moments)
{
  double deviation = moments->n > 1 ? sqrt (moments->squares / (double) (moments->n - 1)) : 0.0;

  g_string_append_printf (text, "%-12s", label);
  if (moments->n > 0)
    g_string_append_printf (text, " %12.6g %12.6g %12.6g %12.6g", moments->mean, deviation,
                            moments->least, moments->most);
  if (moments->n_infinite > 0)
    g_string_append_printf (text, "  %" G_GUINT64_FORMAT " infinite", moments->n_infinite);
  if (moments->n_nan > 0)
    g_string_append_printf (text, "  %" G_GUINT64_FORMAT " not a number", moments->n_nan);
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

      row_append (text, label, &stats->all[k]);
    }
}
