/* SPDX-License-Identifier: MIT */
/*
 * The ranks of MPI_COMM_WORLD, or one alone.
 */
#include "ranks.h"

#include <conset/mpi.h>
#include <string.h>

#define TAG 1
/* Numbers and bytes that one message takes. */
#define PIECE (1 << 20)

static MPI_Comm communicator = MPI_COMM_WORLD;

gboolean
cli_ranks_begin (char **argv G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
  int provided;

  MPI_Init_thread (NULL, NULL, MPI_THREAD_FUNNELED, &provided);
  return TRUE;
}

int
cli_ranks_end (int code)
{
  int worst;

  MPI_Allreduce (&code, &worst, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  MPI_Finalize ();
  return worst;
}

void
cli_ranks_leave_to_first (void)
{
  if (cli_rank () == 0)
    communicator = MPI_COMM_SELF;
}

guint
cli_rank (void)
{
  int rank;

  MPI_Comm_rank (communicator, &rank);
  return (guint) rank;
}

guint
cli_n_ranks (void)
{
  int n;

  MPI_Comm_size (communicator, &n);
  return (guint) n;
}

gboolean
cli_ranks_agree (gboolean good, GError **error)
{
  return conset_mpi_agree (communicator, good, error);
}

char *
cli_ranks_share_text (char *text)
{
  guint64 length = text != NULL ? strlen (text) : G_MAXUINT64;

  MPI_Bcast (&length, 1, MPI_UINT64_T, 0, communicator);
  if (length == G_MAXUINT64)
    return NULL;
  if (cli_rank () > 0)
    text = g_new0 (char, length + 1);
  for (guint64 k = 0; k < length; k += PIECE)
    MPI_Bcast (text + k, (int) MIN (PIECE, length - k), MPI_CHAR, 0, communicator);
  return text;
}

gboolean
cli_ranks_count (
  const Conset *set, const ConsetWindow *window, ConsetTask *task, guint64 *count, GError **error)
{
  return conset_mpi_count (communicator, set, window, task, count, error);
}

char *
cli_ranks_digest (const Conset *set, const ConsetWindow *window, ConsetTask *task, GError **error)
{
  return conset_mpi_digest (communicator, set, window, task, error);
}

gboolean
cli_ranks_export (ConsetExport *export, GError **error)
{
  return conset_mpi_export (communicator, export, error);
}

void
cli_ranks_sum (guint64 *numbers, gsize n)
{
  for (gsize k = 0; k < n; k += PIECE)
    {
      int some = (int) MIN (PIECE, n - k);

      if (cli_rank () == 0)
        MPI_Reduce (MPI_IN_PLACE, numbers + k, some, MPI_UINT64_T, MPI_SUM, 0, communicator);
      else
        MPI_Reduce (numbers + k, NULL, some, MPI_UINT64_T, MPI_SUM, 0, communicator);
    }
}

static void
send_bytes (const guint8 *bytes, guint64 n)
{
  MPI_Send (&n, 1, MPI_UINT64_T, 0, TAG, communicator);
  for (guint64 k = 0; k < n; k += PIECE)
    MPI_Send (bytes + k, (int) MIN (PIECE, n - k), MPI_BYTE, 0, TAG, communicator);
}

static guint8 *
receive_bytes (int rank, guint64 *n)
{
  guint8 *bytes;

  MPI_Recv (n, 1, MPI_UINT64_T, rank, TAG, communicator, MPI_STATUS_IGNORE);
  bytes = g_malloc (*n + 1);
  for (guint64 k = 0; k < *n; k += PIECE)
    MPI_Recv (bytes + k, (int) MIN (PIECE, *n - k), MPI_BYTE, rank, TAG, communicator,
              MPI_STATUS_IGNORE);
  return bytes;
}

void
cli_ranks_in_turn (gconstpointer bytes,
                   gsize n,
                   void (*take) (gconstpointer bytes, gsize n, gpointer data),
                   gpointer data)
{
  if (cli_rank () > 0)
    {
      send_bytes (bytes, n);
      return;
    }
  take (bytes, n, data);
  for (guint rank = 1; rank < cli_n_ranks (); rank++)
    {
      guint64 length;
      g_autofree guint8 *received = receive_bytes ((int) rank, &length);

      take (received, length, data);
    }
}
