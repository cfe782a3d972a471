/* SPDX-License-Identifier: MIT */
/*
 * Writing a file by several processes, whatever it is that passes messages between them.
 *
 * conset_mpi_export() of <conset/mpi.h> does it by MPI; this is for libraries of other kinds, which
 * fill in a ConsetRanks. Its functions are called by the thread that has called
 * conset_export_write_on_ranks(). Most are collective: all ranks call the same ones in the same
 * order. Those that can fail always have a place for the error.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/io.h>

G_BEGIN_DECLS

/**
 * ConsetRanksData:
 * @dataset: the path of a dataset of HDF5
 * @address: where its numbers begin in the file, of 8 bytes each and without gaps
 * @is_real: IEEE doubles; else unsigned integers; both little-endian
 * @width: numbers of a row
 */
typedef struct
{
  const char *dataset;
  guint64     address;
  gboolean    is_real;
  guint       width;
} ConsetRanksData;

/** ConsetRanksSpan: @n numbers of a dataset from @first on. */
typedef struct
{
  guint64 first;
  guint64 n;
} ConsetRanksSpan;

/**
 * ConsetRanksState: how far a rank is with its work
 * @CONSET_RANKS_FAILED: it has failed, and does no more
 * @CONSET_RANKS_WORKING: it goes on
 * @CONSET_RANKS_DONE: it has nothing more to do
 */
typedef enum
{
  CONSET_RANKS_FAILED,
  CONSET_RANKS_WORKING,
  CONSET_RANKS_DONE,
} ConsetRanksState;

/**
 * ConsetRanks:
 * @rank: which one this is, from 0
 * @n_ranks: how many there are
 * @user_data: passed to the functions
 * @agree: TRUE on all if all are @good; otherwise FALSE on all, with the error of the least rank that
 *   is not
 * @look: tells the state of this rank, and returns the least of all. Without @wait it waits for
 *   nobody, and returns CONSET_RANKS_WORKING if not all have told theirs since the last time. Not
 *   collective: each rank calls it as often as it likes, and with @wait until what is returned is
 *   not CONSET_RANKS_WORKING, which then is the same on all.
 * @share: the @n bytes of rank 0, on all
 * @sum: adds up each of @n numbers: @all gets that of all ranks, @numbers that of the ranks before
 *   this one
 * @digest: as conset_digest()
 * @open: opens the file at @path, which is there, for writing; @name is what it shall be called, for
 *   messages; fails on all if it does on one
 * @write: writes @n_spans spans, ascending, without overlaps and none of them empty, whose numbers
 *   follow each other in @numbers and are some 2^17 at most. Not collective; fails where it does.
 * @close: closes the file when all has been brought to the disk
 */
typedef struct
{
  guint64    rank;
  guint64    n_ranks;
  gpointer   user_data;
  gboolean (*agree)  (gboolean good, gpointer user_data, GError **error);
  ConsetRanksState (*look) (ConsetRanksState state, gboolean wait, gpointer user_data);
  void     (*share)  (gpointer bytes, gsize n, gpointer user_data);
  void     (*sum)    (guint64 *numbers, guint64 *all, gsize n, gpointer user_data);
  char    *(*digest) (const Conset *set, const ConsetWindow *window, ConsetTask *task,
                      gpointer user_data, GError **error);
  gboolean (*open)   (const char *path, const char *name, gpointer user_data, GError **error);
  gboolean (*write)  (const ConsetRanksData *data, const ConsetRanksSpan *spans, gsize n_spans,
                      const guint64 *numbers, gpointer user_data, GError **error);
  gboolean (*close)  (gpointer user_data, GError **error);
} ConsetRanks;

/**
 * conset_export_write_on_ranks:
 * @export: the same on all ranks, but for what conset_export_set_task() gives
 * @ranks: (nullable): NULL for one process
 *
 * conset_export_write() by several processes, with the same bytes as by one. Each evaluates its own
 * targets, and its share of a SONATA file; files of other formats, what is appended to and what
 * describes a network are the work of rank 0. A SONATA file that ranks write is not compressed.
 *
 * Returns: FALSE on all ranks, with the same @error, if any has failed
 */
CONSET_PUBLIC gboolean conset_export_write_on_ranks (ConsetExport       *export,
                                                     const ConsetRanks  *ranks,
                                                     GError            **error);

G_END_DECLS
