/* SPDX-License-Identifier: MIT */
/*
 * Files written by the ranks of MPI: the functions of a ConsetRanks.
 *
 * Numbers go into the datasets of the file by MPI-IO, to where rank 0, which alone calls libhdf5,
 * has made room for them: so any libhdf5 does. Parallel HDF5 would write them by the same calls.
 *
 * Each rank writes when it has a MiB. Collective writes, which would bring small pieces together,
 * have no small ones to find here; and those of Open MPI never return on some ranks when they fail
 * on others, as on a full disk.
 */
#include <conset/mpi.h>

#include <string.h>

/* Numbers and bytes that one message has. */
#define PIECE (1 << 20)

/* @file is open on all ranks between open() and close(), and errors call it @name. While @looking,
 * @state is on its way to the other ranks, and @least comes. */
typedef struct
{
  MPI_Comm comm;
  MPI_File file;
  const char *name;
  gboolean looking;
  int state;
  int least;
  MPI_Request request;
} Team;

static gboolean
fail (const Team *team, int code, GError **error)
{
  char text[MPI_MAX_ERROR_STRING + 1] = "";
  int length = 0;

  MPI_Error_string (code, text, &length);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE, "cannot write %s: MPI says: %s", team->name,
               text);
  return FALSE;
}

/* {{{ messages */

static gboolean
team_agree (gboolean good, gpointer user_data, GError **error)
{
  return conset_mpi_agree (((const Team *) user_data)->comm, good, error);
}

/* All ranks have the same exchanges, each when it comes to them; so all learn in the same one that
 * none works any more, or that one has failed. */
static ConsetRanksState
team_look (ConsetRanksState state, gboolean wait, gpointer user_data)
{
  Team *team = user_data;
  int done = 1;

  if (!team->looking)
    {
      team->state = (int) state;
      team->looking = TRUE;
      MPI_Iallreduce (&team->state, &team->least, 1, MPI_INT, MPI_MIN, team->comm, &team->request);
    }
  if (wait)
    MPI_Wait (&team->request, MPI_STATUS_IGNORE);
  else
    MPI_Test (&team->request, &done, MPI_STATUS_IGNORE);
  if (!done)
    return CONSET_RANKS_WORKING;
  team->looking = FALSE;
  return (ConsetRanksState) team->least;
}

static void
team_share (gpointer bytes, gsize n, gpointer user_data)
{
  for (gsize k = 0; k < n; k += PIECE)
    MPI_Bcast ((char *) bytes + k, (int) MIN (PIECE, n - k), MPI_BYTE, 0,
               ((const Team *) user_data)->comm);
}

/* The sum of all is that of the ranks before the last, and of the last. */
static void
team_sum (guint64 *numbers, guint64 *all, gsize n, gpointer user_data)
{
  MPI_Comm comm = ((const Team *) user_data)->comm;
  int rank;

  MPI_Comm_rank (comm, &rank);
  for (gsize k = 0; k < n; k += PIECE)
    {
      int some = (int) MIN (PIECE, n - k);

      MPI_Allreduce (numbers + k, all + k, some, MPI_UINT64_T, MPI_SUM, comm);
      MPI_Exscan (MPI_IN_PLACE, numbers + k, some, MPI_UINT64_T, MPI_SUM, comm);
    }
  if (rank == 0)
    memset (numbers, 0, n * sizeof *numbers);
}

static char *
team_digest (const Conset *set,
             const ConsetWindow *window,
             ConsetTask *task,
             gpointer user_data,
             GError **error)
{
  return conset_mpi_digest (((const Team *) user_data)->comm, set, window, task, error);
}

/* }}} */
/* {{{ the file */

/* What some have opened and others not cannot be closed, as all would have to. */
static gboolean
team_open (const char *path, const char *name, gpointer user_data, GError **error)
{
  Team *team = user_data;
  int code = MPI_File_open (team->comm, path, MPI_MODE_WRONLY, MPI_INFO_NULL, &team->file);

  team->name = name;
  return conset_mpi_agree (team->comm, code == MPI_SUCCESS || fail (team, code, error), error);
}

/* Some systems call it a success to write less. */
static gboolean
write_span (const Team *team, guint64 address, const guint64 *numbers, guint64 n, GError **error)
{
  MPI_Status status;
  int written = 0, code = MPI_File_write_at (team->file, (MPI_Offset) address, numbers, (int) n,
                                             MPI_UINT64_T, &status);

  if (code != MPI_SUCCESS)
    return fail (team, code, error);
  MPI_Get_count (&status, MPI_UINT64_T, &written);
  if (written == (int) n)
    return TRUE;
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
               "cannot write %s: not all bytes could be written; the disk may be full", team->name);
  return FALSE;
}

static gboolean
team_write (const ConsetRanksData *data,
            const ConsetRanksSpan *spans,
            gsize n_spans,
            const guint64 *numbers,
            gpointer user_data,
            GError **error)
{
  for (gsize k = 0; k < n_spans; numbers += spans[k++].n)
    if (!write_span (user_data, data->address + spans[k].first * sizeof *numbers, numbers,
                     spans[k].n, error))
      return FALSE;
  return TRUE;
}

static gboolean
team_close (gpointer user_data, GError **error)
{
  Team *team = user_data;
  int code = MPI_File_sync (team->file), closed = MPI_File_close (&team->file);

  if (code == MPI_SUCCESS)
    code = closed;
  return conset_mpi_agree (team->comm, code == MPI_SUCCESS || fail (team, code, error), error);
}

/* }}} */

gboolean
conset_mpi_export (MPI_Comm comm, ConsetExport *export, GError **error)
{
  Team team = { .comm = comm };
  ConsetRanks ranks = { 0,        0,           &team,     team_agree, team_look, team_share,
                        team_sum, team_digest, team_open, team_write, team_close };
  int rank, n_ranks;

  g_return_val_if_fail (export != NULL, FALSE);

  MPI_Comm_rank (comm, &rank);
  MPI_Comm_size (comm, &n_ranks);
  ranks.rank = (guint64) rank;
  ranks.n_ranks = (guint64) n_ranks;
  return conset_export_write_on_ranks (export, &ranks, error);
}
