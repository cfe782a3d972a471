/* SPDX-License-Identifier: MIT */
/*
 * A file for libhdf5 as it would be: its bytes are read from a private mapping, and what
 * is written changes the mapping alone.
 *
 * It is for a process that tries a file (see hdf5_trial.h): neither the file, nor what this process
 * inherits of it, is touched.
 */
#pragma once

#include "hdf5.h"

G_BEGIN_DECLS

/** @bytes: @size of the file, and @room - @size more, which are zeros until they are written */
typedef struct
{
  char   *bytes;
  guint64 size;
  guint64 room;
} ConsetHdf5Image;

/** conset_hdf5_image_map: maps the file @fd of @size bytes; @more: how many may be written behind
 * them, or 0 if none shall be written. FALSE if it cannot be mapped. */
gboolean conset_hdf5_image_map  (ConsetHdf5Image *image,
                                 int              fd,
                                 guint64          size,
                                 guint64          more);

/** conset_hdf5_image_open: what @image shows, for writing if it was mapped so. */
hid_t    conset_hdf5_image_open (ConsetHdf5Image *image);

G_END_DECLS
