/* SPDX-License-Identifier: MIT */
/*
 * Ranks of MPI: each evaluates its window; sums, states of hashes and errors are sent.
 *
 * A rank that fails still takes part in what the others wait for, so that none hangs.
 */
#include <conset/mpi.h>

#include "sha256.h"

#include <string.h>

/* Messages of this library among others, in case the communicator is shared. */
#define TAG 0x636f

static int
comm_rank (MPI_Comm comm)
{
  int rank;

  MPI_Comm_rank (comm, &rank);
  return rank;
}

static int
comm_size (MPI_Comm comm)
{
  int size;

  MPI_Comm_size (comm, &size);
  return size;
}

gboolean
conset_mpi_window (MPI_Comm comm,
                   const Conset *set,
                   const ConsetWindow *window,
                   ConsetOrder order,
                   ConsetWindow *part,
                   GError **error)
{
  return conset_rank_window (set, window, order, (guint64) comm_rank (comm),
                             (guint64) comm_size (comm), part, error);
}

/* {{{ errors */

/* The text that rank @from has; others give NULL. (transfer full) */
static char *
share_text (MPI_Comm comm, int from, const char *text)
{
  int length = text != NULL ? (int) strlen (text) : 0;
  char *shared;

  MPI_Bcast (&length, 1, MPI_INT, from, comm);
  shared = g_new0 (char, length + 1);
  if (text != NULL)
    memcpy (shared, text, (gsize) length);
  MPI_Bcast (shared, length, MPI_CHAR, from, comm);
  return shared;
}

gboolean
conset_mpi_agree (MPI_Comm comm, gboolean good, GError **error)
{
  int rank = comm_rank (comm), mine = good ? comm_size (comm) : rank, first, code = 0;
  gboolean is_mine;
  g_autofree char *domain = NULL, *message = NULL;

  MPI_Allreduce (&mine, &first, 1, MPI_INT, MPI_MIN, comm);
  if (first == comm_size (comm))
    return TRUE;
  is_mine = first == rank && error != NULL && *error != NULL;
  if (is_mine)
    code = (*error)->code;
  MPI_Bcast (&code, 1, MPI_INT, first, comm);
  domain = share_text (comm, first, is_mine ? g_quark_to_string ((*error)->domain) : NULL);
  message = share_text (comm, first, is_mine ? (*error)->message : NULL);
  if (first == rank)
    return FALSE;
  g_clear_error (error);
  g_set_error_literal (error, g_quark_from_string (domain), code, message);
  return FALSE;
}

/* }}} */
/* {{{ counting */

/* Adds up what ranks have found; all learn whether it exceeds 64 bits. */
static gboolean
sum_counts (MPI_Comm comm, guint64 *count)
{
  guint64 halves[2] = { *count >> 32, *count & G_MAXUINT32 }, sums[2];

  MPI_Allreduce (halves, sums, 2, MPI_UINT64_T, MPI_SUM, comm);
  sums[0] += sums[1] >> 32;
  *count = sums[0] << 32 | (sums[1] & G_MAXUINT32);
  return sums[0] <= G_MAXUINT32;
}

gboolean
conset_mpi_count (MPI_Comm comm,
                  const Conset *set,
                  const ConsetWindow *window,
                  ConsetTask *task,
                  guint64 *count,
                  GError **error)
{
  ConsetWindow part;
  GError *own = NULL;
  gboolean good;

  g_return_val_if_fail (set != NULL && count != NULL, FALSE);

  *count = 0;
  good = conset_mpi_window (comm, set, window, CONSET_TARGET_MAJOR, &part, &own)
         && conset_parallel_count (set, &part, task, count, &own);
  if (!conset_mpi_agree (comm, good, &own))
    {
      g_propagate_error (error, own);
      return FALSE;
    }
  if (sum_counts (comm, count))
    return TRUE;
  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
                       "there are more than 2^64 - 1 connections; count them in a smaller window");
  return FALSE;
}

/* }}} */
/* {{{ digest */

typedef struct
{
  MPI_Comm comm;
  int rank;
  gboolean begun;
  ConsetSha256 hash;
} Chain;

/* Goes on from where the rank before has ended; waits for it. */
static void
chain_begin (Chain *chain)
{
  if (chain->begun)
    return;
  chain->begun = TRUE;
  conset_sha256_init (&chain->hash);
  if (chain->rank > 0)
    MPI_Recv (&chain->hash, sizeof chain->hash, MPI_BYTE, chain->rank - 1, TAG, chain->comm,
              MPI_STATUS_IGNORE);
}

static void
chain_end (Chain *chain)
{
  chain_begin (chain);
  if (chain->rank + 1 < comm_size (chain->comm))
    MPI_Send (&chain->hash, sizeof chain->hash, MPI_BYTE, chain->rank + 1, TAG, chain->comm);
}

static gboolean
chain_take (const guint8 *bytes, gsize n, gpointer data, GError **error G_GNUC_UNUSED)
{
  Chain *chain = data;

  chain_begin (chain);
  conset_sha256_update (&chain->hash, bytes, n);
  return TRUE;
}

char *
conset_mpi_digest (
  MPI_Comm comm, const Conset *set, const ConsetWindow *window, ConsetTask *task, GError **error)
{
  Chain chain = { .comm = comm, .rank = comm_rank (comm) };
  int last = comm_size (comm) - 1;
  ConsetWindow part;
  GError *own = NULL;
  char *digest = NULL, *shared;
  gboolean good;

  g_return_val_if_fail (set != NULL, NULL);

  good = conset_mpi_window (comm, set, window, CONSET_TARGET_MAJOR, &part, &own)
         && conset_parallel_format (set, &part, CONSET_TARGET_MAJOR, task, conset_listing_append,
                                    chain_take, &chain, &own);
  chain_end (&chain);
  if (!conset_mpi_agree (comm, good, &own))
    {
      g_propagate_error (error, own);
      return NULL;
    }
  if (chain.rank == last)
    digest = conset_sha256_finish (&chain.hash);
  shared = share_text (comm, last, digest);
  g_free (digest);
  return shared;
}

/* }}} */
