/* SPDX-License-Identifier: MIT */
/*
 * A network of random blocks, streamed in batches into its degree statistics.
 *
 * The expression is block(10)*random(0.7)*random(0.5) - oneToOne over 10,000 x 10,000: each
 * block of 10 x 10 pairs is there with probability 0.7, a pair of it with probability 0.5, and
 * no neuron connects to itself. Nothing is stored but the degrees.
 */
#include <math.h>
#include <stdlib.h>

#include <conset/conset.h>

#define N 10000
#define BLOCK 10
#define P_BLOCK 0.7
#define P_PAIR 0.5

typedef struct
{
  guint64 n_connections;
  guint64 in[N];
  guint64 out[N];
} Degrees;

typedef struct
{
  guint64 min;
  guint64 max;
  double mean;
  double deviation;
} Summary;

static Conset *
network (void)
{
  return conset_difference (
    conset_intersect (conset_block (BLOCK, BLOCK, conset_random (P_BLOCK, 1)),
                      conset_random (P_PAIR, 2)),
    conset_one_to_one ());
}

static gboolean
degrees_collect (Degrees *degrees, const Conset *net, GError **error)
{
  ConsetIter *iter = conset_iter_new (net, &CONSET_WINDOW (N, N), CONSET_TARGET_MAJOR);
  ConsetBatch batch;
  gboolean good;

  while (conset_iter_next_batch (iter, &batch))
    {
      degrees->n_connections += batch.n;
      degrees->in[batch.line] += batch.n;
      for (gsize k = 0; k < batch.n; k++)
        degrees->out[batch.indices[k]]++;
    }
  good = conset_iter_finish (iter, error);
  conset_iter_free (iter);
  return good;
}

static Summary
summarize (const guint64 *degree)
{
  Summary summary = { G_MAXUINT64, 0, 0.0, 0.0 };

  for (guint i = 0; i < N; i++)
    {
      summary.min = MIN (summary.min, degree[i]);
      summary.max = MAX (summary.max, degree[i]);
      summary.mean += (double) degree[i] / N;
    }
  for (guint i = 0; i < N; i++)
    {
      double delta = (double) degree[i] - summary.mean;
      summary.deviation += delta * delta / (N - 1);
    }
  summary.deviation = sqrt (summary.deviation);
  return summary;
}

/* Variance of the number of connections among @n_pairs pairs of one block. */
static double
block_variance (double n_pairs)
{
  double mean = P_PAIR * n_pairs;
  double square = mean * mean + n_pairs * P_PAIR * (1 - P_PAIR);

  return P_BLOCK * square - P_BLOCK * P_BLOCK * mean * mean;
}

static void
print_row (const char *name, const Summary *summary)
{
  /* A neuron meets N/BLOCK blocks in BLOCK pairs each, one of them without the self-connection. */
  double mean = P_BLOCK * P_PAIR * (N - 1);
  double variance = (N / BLOCK - 1) * block_variance (BLOCK) + block_variance (BLOCK - 1);

  g_print ("%-10s %6" G_GUINT64_FORMAT " %6" G_GUINT64_FORMAT " %10.2f %10.2f %10.2f %10.2f\n",
           name, summary->min, summary->max, summary->mean, mean, summary->deviation,
           sqrt (variance));
}

static void
report (const Degrees *degrees, double seconds)
{
  const double n_blocks = N / BLOCK;
  double expected = P_BLOCK * P_PAIR * N * (N - 1.0);
  double deviation = sqrt (n_blocks * (n_blocks - 1) * block_variance (BLOCK * BLOCK)
                           + n_blocks * block_variance (BLOCK * (BLOCK - 1)));
  Summary in = summarize (degrees->in);
  Summary out = summarize (degrees->out);

  g_print ("%" G_GUINT64_FORMAT " connections in %d x %d, expected %.0f +- %.0f\n\n",
           degrees->n_connections, N, N, expected, deviation);
  g_print ("%-10s %6s %6s %10s %10s %10s %10s\n", "", "min", "max", "mean", "expected", "std dev",
           "expected");
  print_row ("in-degree", &in);
  print_row ("out-degree", &out);
  g_print ("\nstreamed in %.3f s: %.0f million connections/s\n", seconds,
           (double) degrees->n_connections / seconds / 1e6);
}

int
main (void)
{
  g_autoptr (Conset) net = network ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = conset_to_string (net);
  g_autofree Degrees *degrees = g_new0 (Degrees, 1);
  gint64 start = g_get_monotonic_time ();

  if (!degrees_collect (degrees, net, &error))
    {
      g_printerr ("block_random: %s\n", error->message);
      return EXIT_FAILURE;
    }
  g_print ("%s\n", text);
  report (degrees, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  return EXIT_SUCCESS;
}
