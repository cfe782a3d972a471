/* SPDX-License-Identifier: MIT */
/*
 * libhdf5 reading from and writing to what need not be a file with a name.
 */
#pragma once

#include "file.h"
#include "hdf5.h"

/**
 * Bytes that can be read and written at any place.
 *
 * @name: for messages of libhdf5
 * @size: of what is there at first
 * @read: @n bytes at @at; zeros where nothing was written
 * @write: FALSE if libhdf5 shall know of a failure
 * @truncate: (nullable): nothing is kept from @size on
 */
typedef struct
{
  const char *name;
  gpointer    data;
  guint64     size;
  void      (*read)     (gpointer data, guint64 at, gpointer to, gsize n);
  gboolean  (*write)    (gpointer data, guint64 at, gconstpointer from, gsize n);
  void      (*truncate) (gpointer data, guint64 size);
} ConsetHdf5Storage;

/** Opens it as @flags of H5Fopen() say, or, of an empty one, makes a new file; @list is one of
 * conset_hdf5_access_list(). The storage stays until the file is closed. Below 0 on failure. */
hid_t conset_hdf5_open_storage (const ConsetHdf5Storage *storage, hid_t list, unsigned flags);

/**
 * A new file of HDF5 in @file, or, if that has bytes already, the one that they are; below 0 on
 * failure. So that the same calls give the same bytes by any version of libhdf5.
 *
 * Failed writes are no errors of libhdf5, which would never get rid of the file again: ask
 * conset_file_check().
 */
hid_t conset_hdf5_write_to (ConsetFile *file);
