/* SPDX-License-Identifier: MIT */
/*
 * conset-bench-ranks: how evenly many ranks would share the work, and what each spends before it
 * begins. No MPI: one process is a sample of the ranks, one after the other.
 *
 *   conset-bench-ranks [--ranks N] [--sample K] [NAME...]
 *
 * For K of N ranks, evenly spaced: how long it takes to find the own targets, and from there to the
 * first connections (the first time, so that what a set keeps is made, is in neither; it is told on
 * its own); how many connections there are, and how long they take, to a consumer that adds up
 * sources. Times are those of the processor, the least of some tries. "spread" is the most of all
 * ranks over their mean: the time that all take over what each would take if work were shared with
 * perfection.
 */
#include <conset/conset.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TRIES 3

typedef struct
{
  const char *name;
  const char *text;
  guint64 n_sources;
  guint64 n_targets;
} Network;

static const Network networks[] = {
  { "even", "random(1e-5)", 100000000, 100000000 },
  { "fan-in", "random(fanIn=1000, multapses=False) * cross(range(100000000), N)", 100000000,
    100000000 },
  { "steps",
    "random(4e-5) * cross(N, range(20000000)) + random(2e-6) * cross(N, range(20000000, "
    "100000000))",
    100000000, 100000000 },
  { "slope", "random * (0.2 * (1 - j / 1e8))", 2000, 100000000 },
  { "hubs", "random(0.5) * cross(N, range(0, 100000000, 1000)) | random(1e-3)", 100000, 100000000 },
  { "grid", "disc(0.0018) * euclidMetric2d(grid2d(10000))", 100000000, 100000000 },
  { "points", "disc(0.0178) * euclidMetric2d(random2d(1000000))", 1000000, 1000000 },
};

/* What was found of all ranks. */
typedef struct
{
  guint n;
  double *finding;
  double *beginning;
  double *working;
  double *connections;
} Sample;

static double
seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

static void
fail (const Network *network, const GError *error)
{
  fprintf (stderr, "%s: %s\n", network->name, error->message);
  exit (EXIT_FAILURE);
}

/* Streams @part: the connections, and when the first came. */
static guint64
stream (const Network *network, const Conset *set, const ConsetWindow *part, double *first)
{
  static volatile guint64 sink;
  g_autoptr (ConsetIter) iter = conset_iter_new (set, part, CONSET_TARGET_MAJOR);
  g_autoptr (GError) error = NULL;
  ConsetBatch batch;
  guint64 n = 0, sum = 0;

  while (conset_iter_next_batch (iter, &batch))
    {
      if (n == 0)
        *first = seconds ();
      for (gsize k = 0; k < batch.n; k++)
        sum += batch.indices[k];
      n += batch.n;
    }
  if (!conset_iter_finish (iter, &error))
    fail (network, error);
  sink = sum;
  (void) sink;
  return n;
}

/* What the rank @k of @sample does, which is rank @rank of @n_ranks. */
static void
sample_rank (
  Sample *sample, guint k, const Network *network, const Conset *set, guint64 rank, guint64 n_ranks)
{
  const ConsetWindow window = CONSET_WINDOW (network->n_sources, network->n_targets);

  sample->finding[k] = sample->beginning[k] = sample->working[k] = INFINITY;
  for (guint try = 0; try < TRIES; try++)
    {
      g_autoptr (GError) error = NULL;
      double begin = seconds (), found, first, end;
      ConsetWindow part;

      if (!conset_rank_window (set, &window, CONSET_TARGET_MAJOR, rank, n_ranks, &part, &error))
        fail (network, error);
      first = found = seconds ();
      sample->connections[k] = (double) stream (network, set, &part, &first);
      end = seconds ();
      sample->finding[k] = MIN (sample->finding[k], found - begin);
      sample->beginning[k] = MIN (sample->beginning[k], first - found);
      sample->working[k] = MIN (sample->working[k], end - found);
    }
}

static double
mean (const double *numbers, guint n)
{
  double sum = 0.0;

  for (guint k = 0; k < n; k++)
    sum += numbers[k];
  return sum / n;
}

static double
most (const double *numbers, guint n)
{
  double found = numbers[0];

  for (guint k = 1; k < n; k++)
    found = MAX (found, numbers[k]);
  return found;
}

static void
network_measure (const Network *network, guint64 n_ranks, guint n_sampled)
{
  g_autofree double *numbers = g_new0 (double, 4 * n_sampled);
  Sample sample = { n_sampled, numbers, numbers + n_sampled, numbers + 2 * n_sampled,
                    numbers + 3 * n_sampled };
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = NULL;
  double begin = seconds (), once;

  set = conset_parse (network->text, 1, &error);
  if (set == NULL)
    fail (network, error);
  stream (network, set, &CONSET_WINDOW (network->n_sources, 1), &once);
  once = seconds () - begin;
  for (guint k = 0; k < n_sampled; k++)
    sample_rank (&sample, k, network, set, (guint64) ((k + 0.5) * (double) n_ranks / n_sampled),
                 n_ranks);
  printf ("%-8s %12.3f %12.1f %12.1f %13.0f %10.3f %10.3f %10.3f\n", network->name, 1e3 * once,
          1e6 * mean (sample.finding, n_sampled), 1e6 * mean (sample.beginning, n_sampled),
          mean (sample.connections, n_sampled),
          most (sample.connections, n_sampled) / mean (sample.connections, n_sampled),
          1e3 * mean (sample.working, n_sampled),
          most (sample.working, n_sampled) / mean (sample.working, n_sampled));
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  guint64 n_ranks = 100000;
  guint64 n_sampled = 100;
  int k = 1;

  for (; k + 1 < argc && argv[k][0] == '-'; k += 2)
    if (strcmp (argv[k], "--ranks") == 0)
      n_ranks = g_ascii_strtoull (argv[k + 1], NULL, 10);
    else if (strcmp (argv[k], "--sample") == 0)
      n_sampled = g_ascii_strtoull (argv[k + 1], NULL, 10);
    else
      break;
  if ((k < argc && argv[k][0] == '-') || n_ranks == 0 || n_sampled == 0 || n_sampled > n_ranks)
    {
      fprintf (stderr, "Usage: conset-bench-ranks [--ranks N] [--sample K] [NAME...]\n");
      return 2;
    }
  printf ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " ranks\n", n_sampled, n_ranks);
  printf ("%-8s %12s %12s %12s %13s %10s %10s %10s\n", "network", "once [ms]", "find [us]",
          "begin [us]", "connections", "spread", "work [ms]", "spread");
  for (gsize n = 0; n < G_N_ELEMENTS (networks); n++)
    if (k == argc || g_strv_contains ((const char *const *) argv + k, networks[n].name))
      network_measure (&networks[n], n_ranks, (guint) n_sampled);
  return 0;
}
