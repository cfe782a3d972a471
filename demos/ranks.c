/* SPDX-License-Identifier: MIT */
/*
 * A network over the ranks of MPI: each builds the synapses of its own neurons, from an expression
 * that all have, and without a message. What is printed to standard output is the same for any
 * number of ranks; how the work is shared goes to standard error.
 *
 *   mpirun -n 4 ranks
 */
#include <stdlib.h>

#include <conset/mpi.h>

#define N_NEURONS 4000

/* Near neighbours on a ring of neurons, ever fewer inputs along it, and long connections at
 * random: an uneven network. */
static Conset *
network_new (GError **error)
{
  return conset_parse ("near = random(seed=1) * (exp(-abs(i - j) / 100) * (1 - j / 5000))\n"
                       "all = cross(range(4000), range(4000))\n"
                       "far = random(fanIn=20, multapses=False, seed=2) * all\n"
                       "(near * all | far) - oneToOne",
                       1, error);
}

/* In place of a simulator: it would make its synapses here. */
static gboolean
connect_batch (const ConsetBatch *batch, gpointer data)
{
  guint64 *in_degrees = data;

  in_degrees[batch->line] += batch->n;
  return TRUE;
}

static gboolean
ranks_run (int rank, int n_ranks, GError **error)
{
  const ConsetWindow window = CONSET_WINDOW (N_NEURONS, N_NEURONS);
  g_autoptr (Conset) network = network_new (error);
  g_autoptr (Conset) part = NULL;
  g_autofree guint64 *in_degrees = g_new0 (guint64, N_NEURONS);
  g_autofree char *digest = NULL;
  guint64 own, total = 0, most = 0;

  if (network == NULL)
    return FALSE;
  part = conset_partition_for_rank (conset_ref (network), (guint64) rank, (guint64) n_ranks);
  if (!conset_mpi_agree (
        MPI_COMM_WORLD,
        conset_foreach (part, &window, CONSET_TARGET_MAJOR, connect_batch, in_degrees, error)
          && conset_count (part, &window, &own, error),
        error))
    return FALSE;
  g_printerr ("rank %d of %d: %" G_GUINT64_FORMAT " connections\n", rank, n_ranks, own);

  MPI_Reduce (&own, &total, 1, MPI_UINT64_T, MPI_SUM, 0, MPI_COMM_WORLD);
  if (rank == 0)
    MPI_Reduce (MPI_IN_PLACE, in_degrees, N_NEURONS, MPI_UINT64_T, MPI_SUM, 0, MPI_COMM_WORLD);
  else
    MPI_Reduce (in_degrees, NULL, N_NEURONS, MPI_UINT64_T, MPI_SUM, 0, MPI_COMM_WORLD);
  digest = conset_mpi_digest (MPI_COMM_WORLD, network, &window, NULL, error);
  if (digest == NULL)
    return FALSE;
  if (rank > 0)
    return TRUE;
  for (guint k = 0; k < N_NEURONS; k++)
    most = MAX (most, in_degrees[k]);
  g_print ("%" G_GUINT64_FORMAT " connections, at most %" G_GUINT64_FORMAT " to a neuron\n%s\n",
           total, most, digest);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int rank, n_ranks;
  gboolean good;

  MPI_Init (&argc, &argv);
  MPI_Comm_rank (MPI_COMM_WORLD, &rank);
  MPI_Comm_size (MPI_COMM_WORLD, &n_ranks);
  good = ranks_run (rank, n_ranks, &error);
  if (!good && rank == 0)
    g_printerr ("%s\n", error->message);
  MPI_Finalize ();
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
