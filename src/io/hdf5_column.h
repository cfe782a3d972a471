/* SPDX-License-Identifier: MIT */
/*
 * Datasets of HDF5 that grow: rows of one or two numbers of eight bytes, whose end is not known
 * before.
 */
#pragma once

#include "hdf5.h"

G_BEGIN_DECLS

/** Numbers of a block, which is what is written at once, and a chunk of the file: 1 MiB. */
#define CONSET_HDF5_BLOCK (1 << 17)

/**
 * @width: numbers of a row, 1 or 2
 * @is_real: doubles; else unsigned integers
 * @level: of compression
 * @n: numbers so far, of which @used are in @block
 * @dataset: none yet, as long as one block holds all
 */
typedef struct
{
  hid_t    group;
  char    *name;
  guint    width;
  gboolean is_real;
  guint    level;
  guint64  n;
  gsize    used;
  guint64 *block;
  hid_t    dataset;
  gboolean failed;
} ConsetHdf5Column;

ConsetHdf5Column *conset_hdf5_column_new    (hid_t             group,
                                             const char       *name,
                                             guint             width,
                                             gboolean          is_real,
                                             guint             level);
void              conset_hdf5_column_free   (ConsetHdf5Column *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetHdf5Column, conset_hdf5_column_free)

/** Writes the block; failures are remembered. */
void              conset_hdf5_column_flush  (ConsetHdf5Column *column);

/** Writes the rest; FALSE if anything has failed. The dataset is there then, and open. */
gboolean          conset_hdf5_column_finish (ConsetHdf5Column *column);

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
  column->n += n;
  if (column->used == CONSET_HDF5_BLOCK)
    conset_hdf5_column_flush (column);
}

static inline void
conset_hdf5_column_put (ConsetHdf5Column *column, guint64 number)
{
  *conset_hdf5_column_end (column) = number;
  conset_hdf5_column_grow (column, 1);
}

/** A dataset of @n integers of 32 bits that are all @number, and take no room in the file. */
gboolean          conset_hdf5_write_same    (hid_t             group,
                                             const char       *name,
                                             guint64           n,
                                             guint32           number);

G_END_DECLS
