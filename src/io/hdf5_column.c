/* SPDX-License-Identifier: MIT */
/*
 * Datasets of HDF5 that grow: see hdf5_column.h.
 *
 * What fits one block is written in one piece. Else chunks are blocks: they go to the file as they
 * are, past the filters and buffers of libhdf5, unless they are to be compressed: by deflate, with
 * the bytes of equal rank brought together before (shuffle), as is best for numbers that change
 * little.
 *
 * Datasets do not tell when they were made, and no byte of them is left to chance.
 */
#include "hdf5_column.h"

#include <string.h>

ConsetHdf5Column *
conset_hdf5_column_new (hid_t group, const char *name, guint width, gboolean is_real, guint level)
{
  ConsetHdf5Column *column = g_new0 (ConsetHdf5Column, 1);

  column->group = group;
  column->name = g_strdup (name);
  column->width = width;
  column->is_real = is_real;
  column->level = level;
  column->dataset = H5I_INVALID_HID;
  column->block = g_new (guint64, CONSET_HDF5_BLOCK);
  return column;
}

void
conset_hdf5_column_free (ConsetHdf5Column *column)
{
  if (column == NULL)
    return;
  if (column->dataset >= 0)
    H5Dclose (column->dataset);
  g_free (column->name);
  g_free (column->block);
  g_free (column);
}

/* How a dataset is made: in chunks of @n_rows, or in one piece for 0. */
static hid_t
creation_list (const ConsetHdf5Column *column, hsize_t n_rows)
{
  hid_t list = H5Pcreate (H5P_DATASET_CREATE);
  hsize_t chunk[2] = { n_rows, column->width };
  gboolean ok =
    H5Pset_obj_track_times (list, 0) >= 0 && H5Pset_fill_time (list, H5D_FILL_TIME_ALLOC) >= 0;

  if (n_rows > 0)
    ok = ok && H5Pset_chunk (list, (int) column->width, chunk) >= 0;
  if (n_rows > 0 && column->level > 0)
    ok = ok && H5Pset_shuffle (list) >= 0 && H5Pset_deflate (list, column->level) >= 0;
  if (ok)
    return list;
  H5Pclose (list);
  return H5I_INVALID_HID;
}

/* Makes the dataset, of @n_rows rows, or of more and more. */
static gboolean
column_create (ConsetHdf5Column *column, gboolean grows)
{
  hsize_t n_rows = column->n / column->width;
  hsize_t size[2] = { n_rows, column->width };
  hsize_t most[2] = { grows ? H5S_UNLIMITED : n_rows, column->width };
  hsize_t chunk = grows ? CONSET_HDF5_BLOCK / column->width : n_rows;
  g_auto (ConsetH5List) list = creation_list (column, grows || column->level > 0 ? chunk : 0);
  g_auto (ConsetH5Space) space = H5Screate_simple ((int) column->width, size, most);

  if (list >= 0)
    column->dataset =
      H5Dcreate2 (column->group, column->name, column->is_real ? H5T_IEEE_F64LE : H5T_STD_U64LE,
                  space, H5P_DEFAULT, list, H5P_DEFAULT);
  return column->dataset >= 0;
}

/* The block as a part of the dataset, through libhdf5's own ways. */
static gboolean
column_write_part (ConsetHdf5Column *column, const hsize_t *start)
{
  hsize_t size[2] = { column->used / column->width, column->width };
  g_auto (ConsetH5Space) space = H5Dget_space (column->dataset);
  g_auto (ConsetH5Space) memory = H5Screate_simple ((int) column->width, size, NULL);

  return H5Sselect_hyperslab (space, H5S_SELECT_SET, start, NULL, size, NULL) >= 0
         && H5Dwrite (column->dataset, column->is_real ? H5T_NATIVE_DOUBLE : H5T_NATIVE_UINT64,
                      memory, space, H5P_DEFAULT, column->block)
              >= 0;
}

/* The block as a chunk; the last one has zeros at its end. */
static gboolean
column_write_chunk (ConsetHdf5Column *column)
{
  hsize_t size[2] = { column->n / column->width, column->width };
  hsize_t start[2] = { (column->n - column->used) / column->width, 0 };

  if (H5Dset_extent (column->dataset, size) < 0)
    return FALSE;
  if (column->level > 0 || G_BYTE_ORDER != G_LITTLE_ENDIAN)
    return column_write_part (column, start);
  memset (column->block + column->used, 0,
          (CONSET_HDF5_BLOCK - column->used) * sizeof *column->block);
  return H5Dwrite_chunk (column->dataset, H5P_DEFAULT, 0, start,
                         CONSET_HDF5_BLOCK * sizeof *column->block, column->block)
         >= 0;
}

void
conset_hdf5_column_flush (ConsetHdf5Column *column)
{
  if (column->used == 0 || column->failed)
    {
      column->used = 0;
      return;
    }
  column->failed =
    (column->dataset < 0 && !column_create (column, TRUE)) || !column_write_chunk (column);
  column->used = 0;
}

gboolean
conset_hdf5_column_finish (ConsetHdf5Column *column)
{
  const hsize_t start[2] = { 0, 0 };

  if (column->dataset >= 0 || column->failed)
    conset_hdf5_column_flush (column);
  else if (!column_create (column, FALSE) || (column->n > 0 && !column_write_part (column, start)))
    column->failed = TRUE;
  return !column->failed;
}

gboolean
conset_hdf5_write_same (hid_t group, const char *name, guint64 n, guint32 number)
{
  g_auto (ConsetH5List) list = H5Pcreate (H5P_DATASET_CREATE);
  hsize_t size = n;
  g_auto (ConsetH5Space) space = H5Screate_simple (1, &size, NULL);
  g_auto (ConsetH5Dataset) dataset = H5I_INVALID_HID;

  if (H5Pset_obj_track_times (list, 0) < 0
      || H5Pset_fill_value (list, H5T_NATIVE_UINT32, &number) < 0
      || H5Pset_alloc_time (list, H5D_ALLOC_TIME_LATE) < 0)
    return FALSE;
  dataset = H5Dcreate2 (group, name, H5T_STD_U32LE, space, H5P_DEFAULT, list, H5P_DEFAULT);
  return dataset >= 0;
}
