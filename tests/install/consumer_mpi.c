/* SPDX-License-Identifier: MIT */
/*
 * A program of ranks that knows conset as installed: as many as MPI is started with, so one here.
 */
#include <conset/mpi.h>

int
main (int argc, char **argv)
{
  g_autoptr (Conset) set = conset_intersect (conset_cross_n (10, 10), conset_one_to_one ());
  guint64 count;
  gboolean good;

  MPI_Init (&argc, &argv);
  good = conset_mpi_count (MPI_COMM_WORLD, set, NULL, NULL, &count, NULL) && count == 10;
  MPI_Finalize ();
  return good ? 0 : 1;
}
