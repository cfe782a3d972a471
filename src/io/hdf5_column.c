/* SPDX-License-Identifier: MIT */
/*
 * Datasets of HDF5 that processes fill together: see hdf5_column.h.
 *
 * Ranks write their blocks when these are full, and wait for nobody; but with each of them they
 * look whether another rank has failed, so that none works in vain. At the end they wait for each
 * other.
 *
 * Compression is deflate, with the bytes of equal rank brought together before (shuffle), as is
 * best for numbers that change little. Datasets do not tell when they were made, and no byte of
 * them is left to chance.
 */
#include "hdf5_column.h"

#include <string.h>

/* Spans of a block, at most. */
#define SPANS_MOST (1 << 14)

/* {{{ datasets */

static void
column_free (gpointer data)
{
  ConsetHdf5Column *column = data;

  conset_hdf5_clear_ConsetH5Dataset (&column->dataset);
  g_clear_pointer (&column->spans, g_array_unref);
  g_free (column->path);
  g_free (column->block);
  g_free (column);
}

ConsetHdf5Column *
conset_hdf5_column_add (
  ConsetHdf5Writer *writer, char *path, guint width, gboolean is_real, guint64 n_rows)
{
  ConsetHdf5Column *column = g_new0 (ConsetHdf5Column, 1);

  column->writer = writer;
  column->path = path;
  column->width = width;
  column->n = n_rows * width;
  column->data = (ConsetRanksData){ .dataset = path, .is_real = is_real, .width = width };
  column->dataset = H5I_INVALID_HID;
  g_ptr_array_add (writer->columns, column);
  return column;
}

/* In one piece, for which there is room at once, or in chunks. */
static hid_t
creation_list (const ConsetHdf5Column *column, gboolean compressed)
{
  hid_t list = H5Pcreate (H5P_DATASET_CREATE);
  hsize_t n_rows = MIN (column->n, CONSET_HDF5_BLOCK) / column->width;
  hsize_t chunk[2] = { n_rows, column->width };
  gboolean ok = H5Pset_obj_track_times (list, 0) >= 0;

  if (compressed)
    ok = ok && H5Pset_chunk (list, (int) column->width, chunk) >= 0 && H5Pset_shuffle (list) >= 0
         && H5Pset_deflate (list, column->writer->level) >= 0;
  else
    ok = ok && H5Pset_alloc_time (list, H5D_ALLOC_TIME_EARLY) >= 0
         && H5Pset_fill_time (list, H5D_FILL_TIME_NEVER) >= 0;
  if (ok)
    return list;
  H5Pclose (list);
  return H5I_INVALID_HID;
}

gboolean
conset_hdf5_column_create (ConsetHdf5Column *column, hid_t file)
{
  hsize_t size[2] = { column->n / column->width, column->width };
  gboolean compressed = column->writer->level > 0 && column->n > 0;
  g_auto (ConsetH5List) list = creation_list (column, compressed);
  g_auto (ConsetH5Space) space = H5Screate_simple ((int) column->width, size, NULL);
  g_auto (ConsetH5Dataset) dataset = H5I_INVALID_HID;

  if (list >= 0)
    dataset = H5Dcreate2 (file, column->path, column->data.is_real ? H5T_IEEE_F64LE : H5T_STD_U64LE,
                          space, H5P_DEFAULT, list, H5P_DEFAULT);
  if (dataset < 0)
    return FALSE;
  if (compressed)
    {
      column->dataset = dataset;
      dataset = H5I_INVALID_HID;
    }
  else
    column->data.address = column->n > 0 ? H5Dget_offset (dataset) : 0;
  return column->data.address != HADDR_UNDEF;
}

gboolean
conset_hdf5_column_note (const ConsetHdf5Column *column,
                         hid_t file,
                         const char *key,
                         const char *text)
{
  g_auto (ConsetH5Dataset) dataset = H5Dopen2 (file, column->path, H5P_DEFAULT);

  return dataset >= 0 && conset_hdf5_write_text (dataset, key, text);
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

/* }}} */
/* {{{ blocks */

static gboolean
is_good (const ConsetHdf5Writer *writer)
{
  return writer->error == NULL && !writer->stopped
         && (writer->file == NULL || conset_file_check (writer->file, NULL));
}

/* The block as a part of the dataset, through the filters of libhdf5. */
static void
column_compress (ConsetHdf5Column *column)
{
  hsize_t start[2] = { (column->next - column->used) / column->width, 0 };
  hsize_t size[2] = { column->used / column->width, column->width };
  g_auto (ConsetH5Space) space = H5Dget_space (column->dataset);
  g_auto (ConsetH5Space) memory = H5Screate_simple ((int) column->width, size, NULL);

  if (H5Sselect_hyperslab (space, H5S_SELECT_SET, start, NULL, size, NULL) < 0
      || H5Dwrite (column->dataset, column->data.is_real ? H5T_NATIVE_DOUBLE : H5T_NATIVE_UINT64,
                   memory, space, H5P_DEFAULT, column->block)
           < 0)
    conset_hdf5_fail (&column->writer->error, "cannot write", column->path);
}

/* The spans of the block, none of them empty: @one for a block without gaps. */
static const ConsetRanksSpan *
column_spans (ConsetHdf5Column *column, ConsetRanksSpan *one, gsize *n_spans)
{
  const ConsetRanksSpan *spans = one;

  *one = (ConsetRanksSpan){ column->next - column->used, column->used };
  *n_spans = 1;
  if (column->spans != NULL)
    {
      spans = (const ConsetRanksSpan *) (const void *) column->spans->data;
      *n_spans = column->spans->len;
    }
  if (spans[*n_spans - 1].n == 0)
    --*n_spans;
  return spans;
}

static void
column_write (ConsetHdf5Column *column)
{
  const ConsetHdf5Writer *writer = column->writer;
  const guint64 *numbers = column->block;
  ConsetRanksSpan one;
  gsize n_spans;
  const ConsetRanksSpan *spans = column_spans (column, &one, &n_spans);

#if G_BYTE_ORDER != G_LITTLE_ENDIAN
  for (gsize k = 0; k < column->used; k++)
    column->block[k] = GUINT64_TO_LE (column->block[k]);
#endif
  if (writer->ranks != NULL)
    {
      GError *error = NULL;

      if (!writer->ranks->write (&column->data, spans, n_spans, numbers, writer->ranks->user_data,
                                 &error))
        {
          g_clear_error (&column->writer->error);
          column->writer->error = error;
        }
      return;
    }
  for (gsize k = 0; k < n_spans; numbers += spans[k++].n)
    conset_file_write_at (writer->file, column->data.address + spans[k].first * sizeof *numbers,
                          numbers, spans[k].n * sizeof *numbers);
}

/* Tells the other ranks how this one is, and learns whether one of them has failed. */
static ConsetRanksState
writer_look (ConsetHdf5Writer *writer, ConsetRanksState state, gboolean wait)
{
  ConsetRanksState least = writer->ranks->look (state, wait, writer->ranks->user_data);

  writer->stopped = least == CONSET_RANKS_FAILED && state != CONSET_RANKS_FAILED;
  return least;
}

void
conset_hdf5_column_flush (ConsetHdf5Column *column)
{
  ConsetHdf5Writer *writer = column->writer;

  if (column->used > 0 && is_good (writer))
    {
      if (column->dataset >= 0)
        column_compress (column);
      else
        column_write (column);
      if (writer->ranks != NULL && is_good (writer))
        writer_look (writer, CONSET_RANKS_WORKING, FALSE);
    }
  column->used = 0;
  if (column->spans == NULL)
    return;
  g_array_set_size (column->spans, 1);
  g_array_index (column->spans, ConsetRanksSpan, 0) = (ConsetRanksSpan){ column->next, 0 };
}

void
conset_hdf5_column_aim (ConsetHdf5Column *column, guint64 number)
{
  ConsetRanksSpan *last;

  if (number == column->next)
    return;
  if (column->spans == NULL && column->used == 0)
    {
      column->next = number;
      return;
    }
  if (column->spans->len == SPANS_MOST)
    conset_hdf5_column_flush (column);
  column->next = number;
  last = &g_array_index (column->spans, ConsetRanksSpan, column->spans->len - 1);
  if (last->n == 0)
    last->first = number;
  else
    g_array_append_vals (column->spans, &(ConsetRanksSpan){ number, 0 }, 1);
}

void
conset_hdf5_column_fill (ConsetHdf5Column *column, guint64 number, guint64 n)
{
  while (n > 0)
    {
      gsize part = (gsize) MIN (n, conset_hdf5_column_room (column));
      guint64 *at = conset_hdf5_column_end (column);

      for (gsize k = 0; k < part; k++)
        at[k] = number;
      conset_hdf5_column_grow (column, part);
      n -= part;
    }
}

void
conset_hdf5_column_number (ConsetHdf5Column *column, guint64 number, guint64 n)
{
  while (n > 0)
    {
      gsize part = (gsize) MIN (n, conset_hdf5_column_room (column));
      guint64 *at = conset_hdf5_column_end (column);

      for (gsize k = 0; k < part; k++)
        at[k] = number + k;
      conset_hdf5_column_grow (column, part);
      number += part;
      n -= part;
    }
}

void
conset_hdf5_column_copy (ConsetHdf5Column *column, const void *numbers, gsize n)
{
  const char *from = numbers;

  while (n > 0)
    {
      gsize part = MIN (n, conset_hdf5_column_room (column));

      memcpy (conset_hdf5_column_end (column), from, part * sizeof (guint64));
      conset_hdf5_column_grow (column, part);
      from += part * sizeof (guint64);
      n -= part;
    }
}

/* }}} */
/* {{{ writers */

void
conset_hdf5_writer_init (ConsetHdf5Writer *writer,
                         ConsetFile *file,
                         const ConsetRanks *ranks,
                         guint level)
{
  *writer = (ConsetHdf5Writer){ .file = file, .ranks = ranks, .level = level };
  writer->columns = g_ptr_array_new_with_free_func (column_free);
}

void
conset_hdf5_writer_clear (ConsetHdf5Writer *writer)
{
  g_clear_pointer (&writer->columns, g_ptr_array_unref);
  g_clear_error (&writer->error);
}

void
conset_hdf5_writer_begin (ConsetHdf5Writer *writer, guint first, guint end)
{
  writer->first = first;
  writer->end = end;
  for (guint k = first; k < end; k++)
    {
      ConsetHdf5Column *column = g_ptr_array_index (writer->columns, k);

      column->block = g_new (guint64, CONSET_HDF5_BLOCK);
      if (!column->is_scattered)
        continue;
      column->spans = g_array_new (FALSE, FALSE, sizeof (ConsetRanksSpan));
      g_array_append_vals (column->spans, &(ConsetRanksSpan){ 0, 0 }, 1);
    }
}

gboolean
conset_hdf5_writer_check (const ConsetHdf5Writer *writer, GError **error)
{
  if (writer->stopped || (writer->file != NULL && !conset_file_check (writer->file, error)))
    return FALSE;
  if (writer->error == NULL)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (writer->error);
  return FALSE;
}

/* Waits for the other ranks, unless one is known to have failed. FALSE if one has. */
static gboolean
writer_wait (ConsetHdf5Writer *writer, gboolean good)
{
  ConsetRanksState state = good ? CONSET_RANKS_DONE : CONSET_RANKS_FAILED;

  while (!writer->stopped && writer_look (writer, state, TRUE) == CONSET_RANKS_WORKING)
    continue;
  return good && !writer->stopped;
}

gboolean
conset_hdf5_writer_finish (ConsetHdf5Writer *writer, gboolean good, GError **error)
{
  const ConsetRanks *ranks = writer->ranks;

  for (guint k = writer->first; k < writer->end; k++)
    {
      ConsetHdf5Column *column = g_ptr_array_index (writer->columns, k);

      if (good)
        conset_hdf5_column_flush (column);
      g_clear_pointer (&column->block, g_free);
      g_clear_pointer (&column->spans, g_array_unref);
    }
  good = good && conset_hdf5_writer_check (writer, error);
  if (ranks == NULL || writer_wait (writer, good))
    return good;
  if (writer->stopped)
    g_clear_error (error);
  return ranks->agree (writer->stopped, ranks->user_data, error);
}

/* }}} */
