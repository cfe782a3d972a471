/* SPDX-License-Identifier: MIT */
/*
 * A driver of libhdf5 for a file as it would be: see hdf5_image.h.
 *
 * The pages of the file are shared with all that read it until they are written, those behind it
 * take memory when they are written. What lies beyond the room is dropped, and read as zeros.
 */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif

#include "hdf5_image.h"

#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Of the numbers for experiments, as in hdf5_driver.c. */
#define DRIVER_VALUE 594

/* Bytes of numbers in one piece that are read at once: few, as they are near. */
#define SIEVE 4096

typedef struct
{
  H5FD_t base;
  ConsetHdf5Image *image;
  haddr_t eoa;
  haddr_t eof;
} Driver;

/* {{{ the driver */

static H5FD_t *
driver_open (const char *name G_GNUC_UNUSED,
             unsigned flags G_GNUC_UNUSED,
             hid_t list,
             haddr_t most G_GNUC_UNUSED)
{
  ConsetHdf5Image *const *image = H5Pget_driver_info (list);
  Driver *driver = image != NULL ? calloc (1, sizeof *driver) : NULL;

  if (driver == NULL)
    return NULL;
  driver->image = *image;
  driver->eof = (*image)->size;
  return &driver->base;
}

static herr_t
driver_close (H5FD_t *base)
{
  free (base);
  return 0;
}

/* As those of the usual driver, so that libhdf5 takes the same ways. */
static herr_t
driver_query (const H5FD_t *base G_GNUC_UNUSED, unsigned long *flags)
{
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE
           | H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

static haddr_t
driver_get_eoa (const H5FD_t *base, H5FD_mem_t type G_GNUC_UNUSED)
{
  return ((const Driver *) base)->eoa;
}

static herr_t
driver_set_eoa (H5FD_t *base, H5FD_mem_t type G_GNUC_UNUSED, haddr_t address)
{
  ((Driver *) base)->eoa = address;
  return 0;
}

static haddr_t
driver_get_eof (const H5FD_t *base, H5FD_mem_t type G_GNUC_UNUSED)
{
  return ((const Driver *) base)->eof;
}

/* How many of @n bytes at @address there are. */
static size_t
image_has (const ConsetHdf5Image *image, haddr_t address, size_t n)
{
  return address < image->room ? (size_t) MIN (n, image->room - address) : 0;
}

static herr_t
driver_read (H5FD_t *base,
             H5FD_mem_t type G_GNUC_UNUSED,
             hid_t list G_GNUC_UNUSED,
             haddr_t address,
             size_t n,
             void *to)
{
  const ConsetHdf5Image *image = ((Driver *) base)->image;
  size_t some = image_has (image, address, n);

  if (some > 0)
    memcpy (to, image->bytes + address, some);
  if (some < n)
    memset ((char *) to + some, 0, n - some);
  return 0;
}

static herr_t
driver_write (H5FD_t *base,
              H5FD_mem_t type G_GNUC_UNUSED,
              hid_t list G_GNUC_UNUSED,
              haddr_t address,
              size_t n,
              const void *from)
{
  Driver *driver = (Driver *) base;
  size_t some = image_has (driver->image, address, n);

  if (driver->image->room == driver->image->size)
    return -1;
  if (some > 0)
    memcpy (driver->image->bytes + address, from, some);
  driver->eof = MAX (driver->eof, address + n);
  return 0;
}

static herr_t
driver_truncate (H5FD_t *base, hid_t list G_GNUC_UNUSED, hbool_t closing G_GNUC_UNUSED)
{
  Driver *driver = (Driver *) base;

  driver->eof = driver->eoa;
  return 0;
}

static const H5FD_class_t driver_class = {
#ifdef H5FD_CLASS_VERSION
  .version = H5FD_CLASS_VERSION,
  .value = DRIVER_VALUE,
#endif
  .name = "conset-image",
  .maxaddr = G_MAXINT64,
  .fc_degree = H5F_CLOSE_WEAK,
  .fapl_size = sizeof (ConsetHdf5Image *),
  .open = driver_open,
  .close = driver_close,
  .query = driver_query,
  .get_eoa = driver_get_eoa,
  .set_eoa = driver_set_eoa,
  .get_eof = driver_get_eof,
  .read = driver_read,
  .write = driver_write,
  .truncate = driver_truncate,
  .fl_map = H5FD_FLMAP_DICHOTOMY,
};

/* }}} */

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
  g_auto (ConsetH5List) list = conset_hdf5_access_list ();
  hid_t driver = H5FDregister (&driver_class), file = H5I_INVALID_HID;

  if (H5Pset_driver (list, driver, &image) >= 0 && H5Pset_sieve_buf_size (list, SIEVE) >= 0)
    file = H5Fopen ("image", image->room > image->size ? H5F_ACC_RDWR : H5F_ACC_RDONLY, list);
  H5FDunregister (driver);
  return file;
}
