/* SPDX-License-Identifier: MIT */
/*
 * conset stats: what was drawn, against what is to be expected.
 *
 * One pass over the connections counts them for every target and every source; then the set
 * is asked for the law of each of these numbers. Memory is 8 bytes a target and a source. Values
 * of connections are summed up.
 */
#include <math.h>
#include <string.h>

#include "cli.h"
#include "degree_stats.h"
#include "histogram.h"
#include "input.h"
#include "options.h"
#include "ranks.h"
#include "value_stats.h"
#include "work.h"

/* Laws that are named where lines have different ones. */
#define MOST_LAWS_SHOWN 4

/*
 * Counts:
 * @in: in-degrees
 * @out: out-degrees
 * @connections: all connections
 * @autapses: those from an index to itself
 * @multapses: pairs with more than one connection
 * @surplus: connections of these beyond the first
 * @values: what the connections carry
 */
typedef struct
{
  CliDegrees in;
  CliDegrees out;
  guint64 connections;
  guint64 autapses;
  guint64 multapses;
  guint64 surplus;
  CliValueStats *values;
} Counts;

/* {{{ The pass */

/* The pair that came last, and whether it is known to be a multapse. */
typedef struct
{
  Counts *counts;
  gboolean any;
  gboolean repeated;
  guint64 source;
  guint64 target;
} LastPair;

static gboolean
batch_add (const ConsetBatch *batch, gpointer data, G_GNUC_UNUSED GError **error)
{
  LastPair *last = data;
  Counts *counts = last->counts;

  cli_value_stats_add (counts->values, batch);
  counts->connections += batch->n;
  counts->in.degrees[batch->line - counts->in.first] += batch->n;
  for (gsize k = 0; k < batch->n; k++)
    {
      guint64 source = batch->indices[k];

      counts->out.degrees[source - counts->out.first]++;
      counts->autapses += source == batch->line;
      if (last->source != source || last->target != batch->line || !last->any)
        {
          *last = (LastPair){ counts, TRUE, FALSE, source, batch->line };
          continue;
        }
      counts->surplus++;
      counts->multapses += !last->repeated;
      last->repeated = TRUE;
    }
  return TRUE;
}

static gboolean
counts_fill (Counts *counts, const Conset *set, const ConsetWindow *window, GError **error)
{
  LastPair last = { counts, FALSE, FALSE, 0, 0 };
  ConsetWindow part;
  gboolean good;
  CliWork work;

  cli_work_begin (&work, TRUE);
  good =
    conset_rank_window (set, window, CONSET_TARGET_MAJOR, cli_rank (), cli_n_ranks (), &part, error)
    && conset_parallel_foreach (set, &part, CONSET_TARGET_MAJOR, work.task, batch_add, &last,
                                error);
  cli_work_end (&work);
  return cli_ranks_agree (good, error);
}

/* The first rank gets what all have counted. */
static void
counts_gather (Counts *counts)
{
  guint64 numbers[] = { counts->connections, counts->autapses, counts->multapses, counts->surplus };

  cli_ranks_sum (numbers, G_N_ELEMENTS (numbers));
  counts->connections = numbers[0];
  counts->autapses = numbers[1];
  counts->multapses = numbers[2];
  counts->surplus = numbers[3];
  cli_ranks_sum (counts->in.degrees, counts->in.n);
  cli_ranks_sum (counts->out.degrees, counts->out.n);
  cli_value_stats_gather (counts->values);
}

/* }}} */
/* {{{ The number of connections */

/* What is known of a number; NaN stands for what is not. */
typedef struct
{
  double expected;
  gboolean estimated;
  double sd;
  double p;
} Expectation;

/* How likely a number is that lies as far on its side as @k, or on the other. */
static double
two_sided (const ConsetLaw *law, guint64 k)
{
  double below = conset_law_cumulative (law, k);
  double above = 1.0 - (k > 0 ? conset_law_cumulative (law, k - 1) : 0.0);

  return MIN (1.0, 2.0 * MIN (below, above));
}

/* What @law says, where @count was observed; a set without randomness is held against itself. */
static Expectation
expectation_of (const Conset *set, const ConsetLaw *law, guint64 count)
{
  Expectation expectation = { law->mean, FALSE, NAN, NAN };

  if (conset_is_random (set))
    expectation.sd = sqrt (law->variance);
  if (conset_is_random (set) && law->kind != CONSET_LAW_UNKNOWN)
    expectation.p = two_sided (law, count);
  return expectation;
}

/* The mean number by what is known of all lines of an axis. */
static void
connections_expect_mean (Expectation *total,
                         const Counts *counts,
                         const Conset *set,
                         const ConsetWindow *window)
{
  if (isnan (total->expected))
    total->expected = counts->in.expected_total;
  if (isnan (total->expected))
    total->expected = counts->out.expected_total;
  if (isnan (total->expected))
    {
      total->expected = conset_expected_count (set, window);
      total->estimated = TRUE;
    }
}

/* Without a law, that many independent lines add up to a normal number is the next best. */
static gboolean
connections_expect (Expectation *total,
                    const Counts *counts,
                    const Conset *set,
                    const ConsetWindow *window,
                    GError **error)
{
  const CliDegrees *lines = &counts->in;
  ConsetLaw law;

  if (!conset_count_law (set, window, &law, error))
    return FALSE;
  *total = expectation_of (set, &law, counts->connections);
  connections_expect_mean (total, counts, set, window);
  if (lines->dependence != CONSET_DEPENDENCE_NONE || isnan (lines->total_variance))
    lines = &counts->out;
  if (law.kind != CONSET_LAW_UNKNOWN || lines->dependence != CONSET_DEPENDENCE_NONE)
    return TRUE;
  total->sd = sqrt (lines->total_variance);
  if (total->sd > 0.0)
    total->p =
      erfc (fabs ((double) counts->connections - total->expected) / total->sd / sqrt (2.0));
  return TRUE;
}

/* The mean of a sum is the sum of means, whatever depends on what. */
static double
diagonal_mean (const Conset *set, const ConsetWindow *window)
{
  guint64 end = MIN (window->source_end, window->target_end);
  double sum = 0.0;

  for (guint64 k = MAX (window->source_first, window->target_first); k < end && !isnan (sum); k++)
    {
      ConsetLaw law;

      if (!conset_count_law (set, &(ConsetWindow){ k, k + 1, k, k + 1 }, &law, NULL))
        return NAN;
      sum += law.mean;
    }
  return sum;
}

/* The part of a set on the diagonal has a law, unless there are multapses, which it would have
 * once only. */
static Expectation
autapses_expect (const Counts *counts, const Conset *set, const ConsetWindow *window)
{
  g_autoptr (Conset) diagonal = conset_intersect (conset_ref (set), conset_one_to_one ());
  ConsetLaw law = conset_law_unknown (NAN, NAN);

  if (conset_max_multiplicity (set) <= 1)
    conset_count_law (diagonal, window, &law, NULL);
  if (law.kind == CONSET_LAW_UNKNOWN)
    law = conset_law_unknown (diagonal_mean (set, window), NAN);
  return expectation_of (set, &law, counts->autapses);
}

/* }}} */
/* {{{ Report */

static void
cell_append (GString *text, int width, const char *format, double number)
{
  g_autofree char *cell = isnan (number) ? g_strdup ("") : g_strdup_printf (format, number);

  g_string_append_printf (text, " %*s", width, cell);
}

/* Ends a row without trailing spaces. */
static void
row_end (GString *text)
{
  while (text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  g_string_append_c (text, '\n');
}

static void
count_row (GString *text, const char *label, guint64 count)
{
  g_string_append_printf (text, "%-12s %12" G_GUINT64_FORMAT, label, count);
}

static void
expectation_append (GString *text, const Expectation *expectation)
{
  cell_append (text, 12, expectation->estimated ? "~%.8g" : "%.10g", expectation->expected);
  cell_append (text, 12, "%.6g", expectation->sd);
  cell_append (text, 10, "%.2g", expectation->p);
  row_end (text);
}

static void
total_append (GString *text,
              const Counts *counts,
              const Expectation *connections,
              const Expectation *autapses)
{
  double pairs = (double) counts->in.n * (double) counts->out.n;

  g_string_append_printf (text, "%-12s %12s %12s %12s %10s\n", "", "observed", "expected", "sd",
                          "p-value");
  count_row (text, "connections", counts->connections);
  expectation_append (text, connections);
  g_string_append_printf (text, "%-12s", "density");
  cell_append (text, 12, "%.6g", (double) counts->connections / pairs);
  cell_append (text, 12, connections->estimated ? "~%.6g" : "%.6g", connections->expected / pairs);
  row_end (text);
  count_row (text, "autapses", counts->autapses);
  expectation_append (text, autapses);
  count_row (text, "multapses", counts->multapses);
  if (counts->surplus > 0)
    g_string_append_printf (text, "  with %" G_GUINT64_FORMAT " surplus connection%s",
                            counts->surplus, counts->surplus == 1 ? "" : "s");
  row_end (text);
}

static void
laws_append (GString *text, const CliDegrees *degrees, const char *lines)
{
  guint n = degrees->laws->len;

  if (n == 1)
    {
      g_autofree char *law =
        conset_law_to_string (&g_array_index (degrees->laws, CliLawShare, 0).law);

      g_string_append_printf (text, ": %s\n", law);
      return;
    }
  g_string_append_c (text, '\n');
  for (guint k = 0; k < MIN (n, MOST_LAWS_SHOWN); k++)
    {
      const CliLawShare *share = &g_array_index (degrees->laws, CliLawShare, k);
      g_autofree char *law = conset_law_to_string (&share->law);

      /* "1 target", without the s. */
      g_string_append_printf (text, "  %s: %" G_GUINT64_FORMAT " %.*s\n", law, share->n,
                              (int) strlen (lines) - (share->n == 1), lines);
    }
  if (n > MOST_LAWS_SHOWN)
    g_string_append_printf (text, "  and %u more laws\n", n - MOST_LAWS_SHOWN);
}

/* @format is that of what is expected. */
static void
moment_row (GString *text, const char *label, double observed, const char *format, double expected)
{
  g_string_append_printf (text, "  %-10s", label);
  cell_append (text, 12, observed == floor (observed) ? "%.0f" : "%.6g", observed);
  cell_append (text, 12, format, expected);
  row_end (text);
}

static void
certain_append (GString *text, const CliDegrees *degrees, const char *lines)
{
  if (degrees->n_wrong == 0)
    g_string_append_printf (
      text, "  all %" G_GUINT64_FORMAT " %s%s have exactly the degree that they must have\n",
      degrees->n_certain, lines, degrees->n_certain < degrees->n ? " with a fixed degree" : "");
  else
    g_string_append_printf (text,
                            "  %" G_GUINT64_FORMAT " %s do not have the degree that they must "
                            "have; the first is %" G_GUINT64_FORMAT "\n",
                            degrees->n_wrong, lines, degrees->wrong);
}

static void
test_append (GString *text, const CliDegrees *degrees, const char *lines)
{
  CliDegreeTest test = cli_degrees_test (degrees);

  if (test.obstacle != NULL)
    g_string_append_printf (text, "  no p-value: %s\n", test.obstacle);
  else
    g_string_append_printf (text, "  chi-square %.6g, %u degree%s of freedom, p-value %.2g\n",
                            test.chi_square, test.df, test.df == 1 ? "" : "s", test.p);
  if (test.obstacle == NULL && degrees->dependence == CONSET_DEPENDENCE_WEAK)
    g_string_append_printf (text, "  p-value approximate: degrees of %s are not independent\n",
                            lines);
}

static void
degrees_append (GString *text,
                const CliDegrees *degrees,
                const Expectation *connections,
                gboolean random)
{
  gboolean targets = degrees->order == CONSET_TARGET_MAJOR;
  const char *lines = targets ? "targets" : "sources";

  g_string_append (text, targets ? "\nin-degree" : "\nout-degree");
  if (degrees->laws != NULL)
    laws_append (text, degrees, lines);
  else
    g_string_append (text, random ? ": law not known\n" : "\n");
  moment_row (text, "least", (double) degrees->least, "", NAN);
  moment_row (text, "most", (double) degrees->most, "", NAN);
  moment_row (text, "mean", degrees->mean, connections->estimated ? "~%.6g" : "%.6g",
              connections->expected / (double) degrees->n);
  moment_row (text, "sd", degrees->deviation, "%.6g", degrees->expected_deviation);
  if (random && degrees->n_certain > 0)
    certain_append (text, degrees, lines);
  if (random && degrees->laws != NULL && degrees->n_certain < degrees->n)
    test_append (text, degrees, lines);
  cli_histogram_append (degrees, lines, text);
}

/* }}} */
/* {{{ Command */

static gboolean
lines_check (guint64 first, guint64 end, const char *lines, GError **error)
{
  if (end <= first || end - first <= CLI_DEGREES_MOST_LINES)
    return TRUE;
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
               "the window has %" G_GUINT64_FORMAT " %s, and at most %u are looked at; give a "
               "smaller window with -n and -m",
               end - first, lines, CLI_DEGREES_MOST_LINES);
  return FALSE;
}

static gboolean
stats_append (GString *text, const Conset *set, const ConsetWindow *window, GError **error)
{
  Counts counts = { .values = cli_value_stats_new (set) };
  gboolean random = conset_is_random (set);
  Expectation connections;
  Expectation autapses;
  gboolean ok;

  cli_degrees_init (&counts.in, window, CONSET_TARGET_MAJOR);
  cli_degrees_init (&counts.out, window, CONSET_SOURCE_MAJOR);
  ok = counts_fill (&counts, set, window, error);
  if (ok)
    counts_gather (&counts);
  ok = ok && cli_rank () == 0;
  ok = ok && cli_degrees_compare (&counts.in, set, window, error)
       && cli_degrees_compare (&counts.out, set, window, error)
       && connections_expect (&connections, &counts, set, window, error);
  if (ok)
    {
      autapses = autapses_expect (&counts, set, window);
      total_append (text, &counts, &connections, &autapses);
      cli_value_stats_append (counts.values, set, text);
      degrees_append (text, &counts.in, &connections, random);
      degrees_append (text, &counts.out, &connections, random);
    }
  cli_degrees_clear (&counts.in);
  cli_degrees_clear (&counts.out);
  cli_value_stats_free (counts.values);
  return ok || (cli_rank () > 0 && *error == NULL);
}

static gboolean
stats_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (Conset) set = cli_take_set (&arguments, error);
  g_autoptr (GString) text = g_string_new (NULL);
  const ConsetWindow *given;
  ConsetWindow window;

  if (!cli_ranks_agree (set != NULL && cli_get_window (set, &given, error), error))
    return FALSE;
  conset_get_bounds (set, &window);
  if (given != NULL)
    window = *given;
  if (!lines_check (window.source_first, window.source_end, "sources", error)
      || !lines_check (window.target_first, window.target_end, "targets", error))
    return FALSE;
  g_string_append_printf (text,
                          "window: [%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                          ") x [%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")\n",
                          window.source_first, window.source_end, window.target_first,
                          window.target_end);
  if (window.source_first >= window.source_end || window.target_first >= window.target_end)
    g_string_append (text, "empty\n");
  else if (!stats_append (text, set, &window, error))
    return FALSE;
  cli_output_text (output, text->str);
  return TRUE;
}

const CliCommand cli_stats_command = {
  .name = "stats",
  .arguments = "EXPR",
  .summary = "hold degrees against what is to be expected",
  .description =
    "Counts the connections, the autapses (from an index to itself) and the multapses (pairs "
    "with more than one connection), and the in-degrees of targets and out-degrees of sources; "
    "and prints them beside what the expression lets expect over all seeds. Laws are stated "
    "where they are known exactly; a p-value is the probability of numbers that lie as far off "
    "as the observed ones, or farther. The number of connections is tested against its law, "
    "degrees by a chi-square test in cells of at least 5 expected lines. A tilde stands before "
    "an estimate. Of values, mean, standard deviation and extremes are told.\n\n"
    "The bars of a histogram show how many lines have a degree; the mark stands where the bar "
    "is expected to end.\n\n"
    "A finite set is looked at as a whole, or in the window of -n and -m. An infinite set needs "
    "a window. Up to 16777216 sources and targets are possible.",
  .options = { cli_expression_options, cli_window_options, cli_thread_options },
  .example = "conset stats 'random(0.1, seed=1) - oneToOne' -n 1000",
  .example_output = "window: [0, 1000) x [0, 1000)\n"
                    "                 observed     expected           sd    p-value\n"
                    "connections         99742        99900       299.85        0.6\n"
                    "density          0.099742       0.0999\n"
                    "autapses                0            0\n"
                    "multapses               0\n"
                    "...\n"
                    "in-degree: binomial(n=999, p=0.1)\n"
                    "  least                72\n"
                    "  most                128\n"
                    "  mean             99.742         99.9\n"
                    "  sd              9.70698      9.48209\n"
                    "  chi-square 40.5107, 43 degrees of freedom, p-value 0.58\n"
                    "...\n",
  .run = stats_run,
  .on_ranks = TRUE,
};

/* }}} */
