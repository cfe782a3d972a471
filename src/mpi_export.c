/* SPDX-License-Identifier: MIT */
/*
 * Files written by the ranks of MPI: the functions of a ConsetRanks.
 *
 * Numbers go into the datasets of the file by collective writes of MPI-IO. They are where rank 0,
 * which alone calls libhdf5, has made room for them, so that any libhdf5 does; parallel HDF5 would
 * write them by the same calls, into a file that it cannot give up when the disk is full.
 */
#include <conset/mpi.h>

#include <string.h>

/* Numbers and bytes that one message has. */
#define PIECE (1 << 20)

/* @file is open on all ranks between open() and close(), and errors call it @name. */
typedef struct
{
  MPI_Comm comm;
  MPI_File file;
  const char *name;
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

static int
team_least (int number, gpointer user_data)
{
  MPI_Allreduce (MPI_IN_PLACE, &number, 1, MPI_INT, MPI_MIN, ((const Team *) user_data)->comm);
  return number;
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

/* How many numbers were written, for systems that call it a success to write less. */
static gboolean
check_written (const Team *team, int code, MPI_Status *status, int n, GError **error)
{
  int written = 0;

  if (code != MPI_SUCCESS)
    return fail (team, code, error);
  MPI_Get_count (status, MPI_UINT64_T, &written);
  if (n == 0 || written == n)
    return TRUE;
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
               "cannot write %s: only %d of %d bytes were written; the disk may be full",
               team->name, written * 8, n * 8);
  return FALSE;
}

/* Spans among those of other ranks: the file is seen as these alone. */
static int
write_scattered (const Team *team,
                 const ConsetRanksData *data,
                 const ConsetRanksSpan *spans,
                 gsize n_spans,
                 const guint64 *numbers,
                 int n,
                 MPI_Status *status)
{
  g_autofree int *lengths = g_new (int, n_spans + 1);
  g_autofree MPI_Aint *places = g_new (MPI_Aint, n_spans + 1);
  MPI_Datatype view;
  int code;

  for (gsize k = 0; k < n_spans; k++)
    {
      lengths[k] = (int) spans[k].n;
      places[k] = (MPI_Aint) (spans[k].first * sizeof *numbers);
    }
  MPI_Type_create_hindexed ((int) n_spans, lengths, places, MPI_UINT64_T, &view);
  MPI_Type_commit (&view);
  code = MPI_File_set_view (team->file, (MPI_Offset) data->address, MPI_UINT64_T,
                            n_spans > 0 ? view : MPI_UINT64_T, "native", MPI_INFO_NULL);
  if (code == MPI_SUCCESS)
    code = MPI_File_write_at_all (team->file, 0, numbers, n, MPI_UINT64_T, status);
  MPI_Type_free (&view);
  MPI_File_set_view (team->file, 0, MPI_BYTE, MPI_BYTE, "native", MPI_INFO_NULL);
  return code;
}

static gboolean
team_write (const ConsetRanksData *data,
            const ConsetRanksSpan *spans,
            gsize n_spans,
            const guint64 *numbers,
            gpointer user_data,
            GError **error)
{
  const Team *team = user_data;
  guint64 first = n_spans > 0 ? spans[0].first : 0;
  MPI_Status status;
  int n = 0, code;

  for (gsize k = 0; k < n_spans; k++)
    n += (int) spans[k].n;
  if (data->is_scattered)
    code = write_scattered (team, data, spans, n_spans, numbers, n, &status);
  else
    code =
      MPI_File_write_at_all (team->file, (MPI_Offset) (data->address + first * sizeof *numbers),
                             numbers, n, MPI_UINT64_T, &status);
  return check_written (team, code, &status, n, error);
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
  ConsetRanks ranks = { 0,        0,           &team,     team_agree, team_least, team_share,
                        team_sum, team_digest, team_open, team_write, team_close };
  int rank, n_ranks;

  g_return_val_if_fail (export != NULL, FALSE);

  MPI_Comm_rank (comm, &rank);
  MPI_Comm_size (comm, &n_ranks);
  ranks.rank = (guint64) rank;
  ranks.n_ranks = (guint64) n_ranks;
  return conset_export_write_on_ranks (export, &ranks, error);
}
