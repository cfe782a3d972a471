/* SPDX-License-Identifier: MIT */
/*
 * Evaluating a set by the ranks of an MPI communicator, each its own targets.
 *
 * A library of its own, conset-mpi, which links with that of MPI; <conset/conset.h> does not
 * include this header. All ranks of the communicator call a function together, with the same set
 * and window, from one thread each (MPI_THREAD_FUNNELED is enough), and all get the same result or
 * the same error. Generating needs no communication; what is sent is results.
 */
#pragma once

#include <conset/conset.h>

#include <mpi.h>

G_BEGIN_DECLS

/**
 * conset_mpi_window:
 * @part: (out): the part of @window for this rank
 *
 * conset_rank_window() with the numbers of @comm. Not collective.
 */
CONSET_PUBLIC gboolean conset_mpi_window (MPI_Comm             comm,
                                          const Conset        *set,
                                          const ConsetWindow  *window,
                                          ConsetOrder          order,
                                          ConsetWindow        *part,
                                          GError             **error);

/**
 * conset_mpi_agree:
 * @good: whether this rank has succeeded; @error is set if not
 *
 * Returns: TRUE on all ranks if all are good; otherwise FALSE on all, with the error of the least
 *   rank that has one
 */
CONSET_PUBLIC gboolean conset_mpi_agree  (MPI_Comm   comm,
                                          gboolean   good,
                                          GError   **error);

/** conset_mpi_count: as conset_count(). */
CONSET_PUBLIC gboolean conset_mpi_count  (MPI_Comm             comm,
                                          const Conset        *set,
                                          const ConsetWindow  *window,
                                          ConsetTask          *task,
                                          guint64             *count,
                                          GError             **error);

/**
 * conset_mpi_digest: as conset_digest(), the same digits for any number of ranks.
 *
 * A digest is a chain: each rank goes on hashing from where the one before it has ended, and is
 * told that by 100 bytes. It finds and lists its first connections, some megabytes, while it waits.
 * So this takes as long as hashing everything by one process; only generating is shared.
 */
CONSET_PUBLIC char    *conset_mpi_digest (MPI_Comm             comm,
                                          const Conset        *set,
                                          const ConsetWindow  *window,
                                          ConsetTask          *task,
                                          GError             **error);

/**
 * conset_mpi_export: as conset_export_write(), the same bytes for any number of ranks.
 *
 * See conset_export_write_on_ranks() for what of it ranks share. Messages are few: sums of counts, a
 * word for each MiB that a rank writes, and what MPI-IO makes of collective writes; the file system
 * must be one that all ranks see.
 */
CONSET_PUBLIC gboolean conset_mpi_export (MPI_Comm             comm,
                                          ConsetExport        *export,
                                          GError             **error);

G_END_DECLS
