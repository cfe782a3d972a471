/* SPDX-License-Identifier: MIT */
/*
 * Storage for libhdf5 of a file as it would be: see hdf5_image.h.
 *
 * The pages of the file are shared with all that read it until they are written, those behind it
 * take memory when they are written. What lies beyond the room is dropped, and read as zeros.
 */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif

#include "hdf5_image.h"

#include "hdf5_driver.h"

#include <string.h>
#include <sys/mman.h>

/* Bytes of numbers in one piece that are read at once: few, as they are near. */
#define SIEVE 4096

/* How many of @n bytes at @at there are. */
static gsize
image_has (const ConsetHdf5Image *image, guint64 at, gsize n)
{
  return at < image->room ? (gsize) MIN (n, image->room - at) : 0;
}

static void
image_read (gpointer data, guint64 at, gpointer to, gsize n)
{
  const ConsetHdf5Image *image = data;
  gsize some = image_has (image, at, n);

  if (some > 0)
    memcpy (to, image->bytes + at, some);
  if (some < n)
    memset ((char *) to + some, 0, n - some);
}

static gboolean
image_write (gpointer data, guint64 at, gconstpointer from, gsize n)
{
  const ConsetHdf5Image *image = data;
  gsize some = image_has (image, at, n);

  if (image->room == image->size)
    return FALSE;
  if (some > 0)
    memcpy (image->bytes + at, from, some);
  return TRUE;
}

gboolean
conset_hdf5_image_map (ConsetHdf5Image *image, int fd, guint64 size, guint64 more)
{
  int access = more > 0 ? PROT_READ | PROT_WRITE : PROT_READ;
  int flags = MAP_PRIVATE;
  void *at = NULL;

  if (size > G_MAXSIZE || more > G_MAXSIZE - size)
    return FALSE;
  if (more > 0)
    {
      at = mmap (NULL, size + more, access, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
      flags |= MAP_FIXED;
    }
  if (at != MAP_FAILED)
    at = mmap (at, size, access, flags, fd, 0);
  *image = (ConsetHdf5Image){ .bytes = at, .size = size, .room = size + more };
  return at != MAP_FAILED;
}

hid_t
conset_hdf5_image_open (ConsetHdf5Image *image)
{
  const ConsetHdf5Storage storage = { "image", image, image->size, image_read, image_write, NULL };
  g_auto (ConsetH5List) list = conset_hdf5_access_list ();

  if (H5Pset_sieve_buf_size (list, SIEVE) < 0)
    return H5I_INVALID_HID;
  return conset_hdf5_open_storage (&storage, list,
                                   image->room > image->size ? H5F_ACC_RDWR : H5F_ACC_RDONLY);
}
