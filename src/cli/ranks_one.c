/* SPDX-License-Identifier: MIT */
/*
 * One process. If mpirun has started several, it becomes conset-mpi, which lies beside it, before
 * it has done anything: so this program starts as fast as if there were no MPI.
 */
#include "ranks.h"

#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "numbers.h"

/* What the launchers of OpenMPI and of MPICH, and Slurm's, tell the processes that they start. */
static const char *const size_variables[] = { "OMPI_COMM_WORLD_SIZE", "PMI_SIZE",
                                              "MPI_LOCALNRANKS" };

static guint64
ranks_started (void)
{
  guint64 n;

  for (gsize k = 0; k < G_N_ELEMENTS (size_variables); k++)
    {
      const char *text = g_getenv (size_variables[k]);

      if (text != NULL && cli_number_parse (text, G_MAXINT, &n))
        return n;
    }
  return 1;
}

gboolean
cli_ranks_begin (char **argv, GError **error)
{
  guint64 n = ranks_started ();
  g_autofree char *self = NULL, *folder = NULL, *program = NULL;

  if (n <= 1)
    return TRUE;
  self = g_file_read_link ("/proc/self/exe", NULL);
  if (self != NULL)
    {
      folder = g_path_get_dirname (self);
      program = g_build_filename (folder, "conset-mpi", NULL);
      execv (program, argv);
    }
  g_set_error (error, CLI_ERROR, CLI_ERROR_INPUT,
               "started on %" G_GUINT64_FORMAT " ranks, but conset-mpi does not lie beside this "
               "program; build it with MPI (CONSET_MPI), or start one process",
               n);
  return FALSE;
}

int
cli_ranks_end (int code)
{
  return code;
}

void
cli_ranks_leave_to_first (void)
{
}

guint
cli_rank (void)
{
  return 0;
}

guint
cli_n_ranks (void)
{
  return 1;
}

gboolean
cli_ranks_agree (gboolean good, GError **error G_GNUC_UNUSED)
{
  return good;
}

char *
cli_ranks_share_text (char *text)
{
  return text;
}

gboolean
cli_ranks_count (
  const Conset *set, const ConsetWindow *window, ConsetTask *task, guint64 *count, GError **error)
{
  return conset_parallel_count (set, window, task, count, error);
}

char *
cli_ranks_digest (const Conset *set, const ConsetWindow *window, ConsetTask *task, GError **error)
{
  return conset_parallel_digest (set, window, task, error);
}

gboolean
cli_ranks_export (ConsetExport *export, GError **error)
{
  return conset_export_write (export, error);
}

void
cli_ranks_sum (guint64 *numbers G_GNUC_UNUSED, gsize n G_GNUC_UNUSED)
{
}

void
cli_ranks_in_turn (gconstpointer bytes,
                   gsize n,
                   void (*take) (gconstpointer bytes, gsize n, gpointer data),
                   gpointer data)
{
  take (bytes, n, data);
}
