/* SPDX-License-Identifier: MIT */
/*
 * Datasets of HDF5 whose size is known when they are made, rows of one or two numbers of eight
 * bytes, and the writer that fills them: for one process, or for its rank of several.
 *
 * libhdf5 makes the datasets, with room for their numbers in one piece, and tells where that is.
 * The numbers go there past libhdf5, so that ranks need not know more of the file than that; and
 * the bytes of the file do not depend on who has written which of them. Compressed datasets, whose
 * places come of what they hold, are for one process.
 */
#pragma once

#include <conset/ranks.h>

#include "file.h"
#include "hdf5.h"

G_BEGIN_DECLS

/** Numbers of a block, which is what is written at once, and a chunk of compressed datasets: 1 MiB. */
#define CONSET_HDF5_BLOCK (1 << 17)

typedef struct _ConsetHdf5Writer ConsetHdf5Writer;

/**
 * @data: what ranks know of the dataset
 * @n: its numbers
 * @next: which of them the next one put is
 * @used: those in @block, which is there while the dataset is being filled
 * @is_scattered: whether what is put has gaps; @spans: which numbers of the dataset they are then
 * @dataset: open if it is compressed
 */
typedef struct
{
  ConsetHdf5Writer *writer;
  ConsetRanksData   data;
  char             *path;
  guint             width;
  gboolean          is_scattered;
  guint64           n;
  guint64           next;
  gsize             used;
  guint64          *block;
  GArray           *spans;
  hid_t             dataset;
} ConsetHdf5Column;

/**
 * @file: what is written into; NULL on ranks beyond the first
 * @ranks: (nullable): those that write together
 * @level: of compression
 * @columns: all datasets of the file
 * @first, @end: those that are being filled
 * @error: what has failed on this rank
 * @stopped: another rank has failed
 */
struct _ConsetHdf5Writer
{
  ConsetFile        *file;
  const ConsetRanks *ranks;
  guint              level;
  GPtrArray         *columns;
  guint              first;
  guint              end;
  GError            *error;
  gboolean           stopped;
};

void              conset_hdf5_writer_init   (ConsetHdf5Writer  *writer,
                                             ConsetFile        *file,
                                             const ConsetRanks *ranks,
                                             guint              level);
void              conset_hdf5_writer_clear  (ConsetHdf5Writer  *writer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConsetHdf5Writer, conset_hdf5_writer_clear)

/** A dataset to be: all ranks add the same ones. @path (transfer full) begins in the root. */
ConsetHdf5Column *conset_hdf5_column_add    (ConsetHdf5Writer  *writer,
                                             char              *path,
                                             guint              width,
                                             gboolean           is_real,
                                             guint64            n_rows);

/** Makes the dataset; its groups must be there. */
gboolean          conset_hdf5_column_create (ConsetHdf5Column  *column,
                                             hid_t              file);

/** An attribute of text of a dataset that is there. */
gboolean          conset_hdf5_column_note   (const ConsetHdf5Column *column,
                                             hid_t              file,
                                             const char        *key,
                                             const char        *text);

/** Begins filling the columns from @first on and before @end. */
void              conset_hdf5_writer_begin  (ConsetHdf5Writer  *writer,
                                             guint              first,
                                             guint              end);

/** Writes the rest, and waits until all ranks have done so. @good: whether this rank has put all
 * that it had to put. FALSE, on all ranks, if any has failed. */
gboolean          conset_hdf5_writer_finish (ConsetHdf5Writer  *writer,
                                             gboolean           good,
                                             GError           **error);

/** FALSE if something has failed: with @error, unless another rank has. */
gboolean          conset_hdf5_writer_check  (const ConsetHdf5Writer *writer,
                                             GError           **error);

/** Writes the block, if nothing has failed, and empties it. */
void              conset_hdf5_column_flush  (ConsetHdf5Column  *column);

/** The next number put is @number of the dataset. */
void              conset_hdf5_column_aim    (ConsetHdf5Column  *column,
                                             guint64            number);

/** How many numbers may be put behind conset_hdf5_column_end() before the next conset_hdf5_column_grow(). */
static inline gsize
conset_hdf5_column_room (const ConsetHdf5Column *column)
{
  return CONSET_HDF5_BLOCK - column->used;
}

static inline guint64 *
conset_hdf5_column_end (ConsetHdf5Column *column)
{
  return column->block + column->used;
}

static inline void
conset_hdf5_column_grow (ConsetHdf5Column *column, gsize n)
{
  column->used += n;
  column->next += n;
  if (column->spans != NULL)
    g_array_index (column->spans, ConsetRanksSpan, column->spans->len - 1).n += n;
  if (column->used == CONSET_HDF5_BLOCK)
    conset_hdf5_column_flush (column);
}

static inline void
conset_hdf5_column_put (ConsetHdf5Column *column, guint64 number)
{
  *conset_hdf5_column_end (column) = number;
  conset_hdf5_column_grow (column, 1);
}

/** Puts @n times @number, @number and those that follow it, or @numbers. */
void              conset_hdf5_column_fill   (ConsetHdf5Column  *column,
                                             guint64            number,
                                             guint64            n);
void              conset_hdf5_column_number (ConsetHdf5Column  *column,
                                             guint64            number,
                                             guint64            n);
void              conset_hdf5_column_copy   (ConsetHdf5Column  *column,
                                             const void        *numbers,
                                             gsize              n);

/** A dataset of @n integers of 32 bits that are all @number, and take no room in the file. */
gboolean          conset_hdf5_write_same    (hid_t              group,
                                             const char        *name,
                                             guint64            n,
                                             guint32            number);

G_END_DECLS
