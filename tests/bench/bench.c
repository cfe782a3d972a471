/* SPDX-License-Identifier: MIT */
/*
 * conset-bench: how fast sets are streamed, one core, to a consumer that adds up sources and
 * targets.
 *
 *   conset-bench [NAME...] [--seconds S] [--isa portable|avx2]
 *
 * The workloads bear the names of the design's table. Each runs in a process of its own, so
 * that its peak memory is its own, pass after pass until S seconds are over, and prints one
 * JSON line with the median pass; pairs are all that the window has, members or not. Below one
 * second the windows have fewer targets in proportion. Without --isa all kernels of this machine
 * take turns, and their checksums must agree. "skip-loop" is the peer that everybody would write: a
 * plain C loop that skips from member to member with log().
 */
#include <conset/conset.h>

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PASSES_MOST 1000

typedef struct
{
  guint64 connections;
  guint64 checksum;
} Total;

typedef struct
{
  const char *name;
  const char *expression;
  guint64 n_sources;
  guint64 n_targets;
  void (*pass) (const Conset *set, const ConsetWindow *window, Total *total);
} Workload;

typedef struct
{
  Total total;
  double pairs;
  double seconds;
} Result;

/* Consumers */

static void
check_iter (const ConsetIter *iter)
{
  g_autoptr (GError) error = NULL;

  if (!conset_iter_finish (iter, &error))
    g_error ("%s", error->message);
}

static void
pass_batches (const Conset *set, const ConsetWindow *window, Total *total)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, CONSET_TARGET_MAJOR);
  guint64 sources = 0, targets = 0;
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    {
      for (gsize k = 0; k < batch.n; k++)
        sources += batch.indices[k];
      targets += batch.line * batch.n;
      total->connections += batch.n;
    }
  total->checksum += sources + 3 * targets;
  check_iter (iter);
}

static void
pass_connections (const Conset *set, const ConsetWindow *window, Total *total)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, CONSET_TARGET_MAJOR);
  guint64 sources = 0, targets = 0, n = 0, source, target;

  while (conset_iter_next (iter, &source, &target))
    {
      sources += source;
      targets += target;
      n++;
    }
  total->connections += n;
  total->checksum += sources + 3 * targets;
  check_iter (iter);
}

static void
pass_sources (const Conset *set, const ConsetWindow *window, Total *total)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, CONSET_SOURCE_MAJOR);
  guint64 sources = 0, targets = 0;
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    {
      for (gsize k = 0; k < batch.n; k++)
        targets += batch.indices[k];
      sources += batch.line * batch.n;
      total->connections += batch.n;
    }
  total->checksum += sources + 3 * targets;
  check_iter (iter);
}

static guint64
xorshift (guint64 *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* The peer: p = 0.1, neither a set nor reproducible in windows. */
static void
pass_skip_loop (const Conset *set G_GNUC_UNUSED, const ConsetWindow *window, Total *total)
{
  guint64 state = 88172645463325252u, sources = 0, targets = 0;
  double scale = 1.0 / log (1.0 - 0.1);

  for (guint64 target = window->target_first; target < window->target_end; target++)
    for (guint64 source = window->source_first;; source++)
      {
        source += (guint64) (log (((double) (xorshift (&state) >> 11) + 1.0) * 0x1p-53) * scale);
        if (source >= window->source_end)
          break;
        sources += source;
        targets += target;
        total->connections++;
      }
  total->checksum += sources + 3 * targets;
}

/* Bernoulli with a value set, which is composed here. */

static ConsetValue *
distance (void)
{
  return conset_value_abs (conset_value_subtract (conset_value_source (), conset_value_target ()));
}

static Conset *
tenth_of (ConsetValue *value)
{
  return conset_random_by_value (conset_value_multiply (conset_value_constant (0.1), value), FALSE,
                                 1);
}

/* 0.1 exp (-|i - j| / 1000) */
static Conset *
kernel_set (void)
{
  return tenth_of (conset_value_exp (
    conset_value_divide (conset_value_negate (distance ()), conset_value_constant (1000.0))));
}

static void
pass_kernel (const Conset *set G_GNUC_UNUSED, const ConsetWindow *window, Total *total)
{
  g_autoptr (Conset) kernel = kernel_set ();

  pass_batches (kernel, window, total);
}

static void
pass_kernel_sources (const Conset *set G_GNUC_UNUSED, const ConsetWindow *window, Total *total)
{
  g_autoptr (Conset) kernel = kernel_set ();

  pass_sources (kernel, window, total);
}

/* 0.1 |i - j| / (i + j + 1) */
static void
pass_ratio (const Conset *set G_GNUC_UNUSED, const ConsetWindow *window, Total *total)
{
  ConsetValue *sum = conset_value_add (
    conset_value_source (), conset_value_add (conset_value_target (), conset_value_constant (1.0)));
  g_autoptr (Conset) ratio = tenth_of (conset_value_divide (distance (), sum));

  pass_batches (ratio, window, total);
}

static const Workload workloads[] = {
  { "W1", "random(0.1, seed=1)", 20000, 20000, pass_batches },
  { "W1-next", "random(0.1, seed=1)", 20000, 20000, pass_connections },
  { "W1-source-major", "random(0.1, seed=1)", 20000, 20000, pass_sources },
  { "W2", "random(0.001, seed=1)", 100000, 100000, pass_batches },
  { "W2-source-major", "random(0.001, seed=1)", 100000, 100000, pass_sources },
  { "W3", "random(0.5, seed=1)", 20000, 20000, pass_batches },
  { "W3b", "random(0.4999, seed=1)", 20000, 20000, pass_batches },
  { "W4", "block(10)*random(0.7, seed=1)*random(0.5, seed=2) - oneToOne", 10000, 10000,
    pass_batches },
  { "WP", "random(poisson=0.1, seed=1)", 20000, 20000, pass_batches },
  { "W7", "full - oneToOne", 100000, 100000, pass_batches },
  { "BV", "empty", 20000, 5000, pass_kernel },
  { "BV-arithmetic", "empty", 20000, 5000, pass_ratio },
  { "BV-source-major", "empty", 20000, 5000, pass_kernel_sources },
  { "skip-loop", "empty", 20000, 20000, pass_skip_loop },
};

/* Measuring */

static int
by_seconds (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static Result
measure (const Workload *work, double seconds)
{
  g_autoptr (Conset) set = conset_parse (work->expression, CONSET_DEFAULT_SEED, NULL);
  guint64 n_targets = (guint64) (work->n_targets * MIN (1.0, seconds));
  ConsetWindow window = CONSET_WINDOW (work->n_sources, MAX (1, n_targets));
  double passes[PASSES_MOST], spent = 0.0;
  guint n = 0;
  Result result;

  result.pairs = (double) work->n_sources * (double) window.target_end;
  do
    {
      gint64 start = g_get_monotonic_time ();

      memset (&result.total, 0, sizeof result.total);
      work->pass (set, &window, &result.total);
      passes[n] = (double) (g_get_monotonic_time () - start) * 1e-6;
      spent += passes[n++];
    }
  while (spent < seconds && n < PASSES_MOST);
  qsort (passes, n, sizeof *passes, by_seconds);
  result.seconds = passes[n / 2];
  return result;
}

static void
print_result (const Workload *work, const char *isa, const Result *result, long peak)
{
  double rate = (double) result->total.connections / result->seconds;

  printf ("{\"name\": \"%s\", \"connections\": %" G_GUINT64_FORMAT
          ", \"seconds\": %.6f, \"connections_per_second\": %.4g, \"ns_per_connection\": %.4g, "
          "\"pairs_per_second\": %.4g, \"peak_rss_kib\": %ld, \"isa\": \"%s\", \"checksum\": "
          "\"%016" G_GINT64_MODIFIER "x\"}\n",
          work->name, result->total.connections, result->seconds, rate, 1e9 / rate,
          result->pairs / result->seconds, peak, isa, result->total.checksum);
  fflush (stdout);
}

/* One workload in a child; its checksum comes back through a pipe. */
static guint64
run_apart (const Workload *work, const char *isa, double seconds)
{
  int ends[2], status;
  guint64 checksum = 0;
  struct rusage usage;
  Result result;
  pid_t child;

  if (pipe (ends) != 0)
    g_error ("pipe: %s", g_strerror (errno));
  child = fork ();
  if (child == 0)
    {
      conset_set_isa (isa);
      result = measure (work, seconds);
      getrusage (RUSAGE_SELF, &usage);
      print_result (work, isa, &result, usage.ru_maxrss);
      if (write (ends[1], &result.total.checksum, sizeof checksum) != sizeof checksum)
        _exit (EXIT_FAILURE);
      _exit (EXIT_SUCCESS);
    }
  close (ends[1]);
  if (child < 0 || read (ends[0], &checksum, sizeof checksum) != sizeof checksum
      || waitpid (child, &status, 0) != child || status != 0)
    g_error ("%s: the measuring process failed", work->name);
  close (ends[0]);
  return checksum;
}

/* Returns whether all kernels agree. */
static gboolean
run_workload (const Workload *work, const char *only, double seconds)
{
  static const char *const names[] = { "avx2", "portable" };
  guint64 checksum = 0;
  gboolean first = TRUE, agree = TRUE;

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    if (only != NULL ? strcmp (only, names[k]) == 0 : conset_set_isa (names[k]))
      {
        guint64 sum = run_apart (work, names[k], seconds);

        agree &= first || sum == checksum;
        checksum = sum;
        first = FALSE;
      }
  if (!agree)
    fprintf (stderr, "conset-bench: %s: the kernels do not agree\n", work->name);
  return agree;
}

static gboolean
is_named (const char *name, char **names)
{
  return names == NULL || g_strv_contains ((const char *const *) names, name);
}

static gboolean
names_are_known (char **names)
{
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      gboolean known = FALSE;

      for (guint k = 0; k < G_N_ELEMENTS (workloads); k++)
        known |= strcmp (*name, workloads[k].name) == 0;
      if (!known)
        {
          fprintf (stderr, "conset-bench: there is no workload '%s'; known are:", *name);
          for (guint k = 0; k < G_N_ELEMENTS (workloads); k++)
            fprintf (stderr, " %s", workloads[k].name);
          fputc ('\n', stderr);
          return FALSE;
        }
    }
  return TRUE;
}

int
main (int argc, char **argv)
{
  double seconds = 1.0;
  g_autofree char *isa = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context =
    g_option_context_new ("[NAME...] - streams sets and times it");
  const GOptionEntry entries[] = {
    { "seconds", 's', 0, G_OPTION_ARG_DOUBLE, &seconds, "How long each workload runs, default 1",
      "S" },
    { "isa", 0, 0, G_OPTION_ARG_STRING, &isa, "Kernels to use: portable or avx2, default both",
      "NAME" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, NULL, NULL },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  gboolean agree = TRUE;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !(seconds > 0.0))
    {
      fprintf (stderr, "conset-bench: %s\n",
               error != NULL ? error->message : "--seconds must be above 0");
      return 2;
    }
  if (isa != NULL && !conset_set_isa (isa))
    {
      fprintf (stderr, "conset-bench: this machine has no kernels '%s'; try portable or avx2\n",
               isa);
      return 2;
    }
  if (!names_are_known (names))
    return 2;

  for (guint k = 0; k < G_N_ELEMENTS (workloads); k++)
    if (is_named (workloads[k].name, names))
      agree &= run_workload (&workloads[k], isa, seconds);
  return agree ? EXIT_SUCCESS : EXIT_FAILURE;
}
