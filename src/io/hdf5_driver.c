/* SPDX-License-Identifier: MIT */
/*
 * A driver of libhdf5 (its "virtual file layer") for any storage, and that of a ConsetFile.
 *
 * That of libhdf5 wants a name, and a file that it cannot close, as the disk is full, stays in its
 * tables although it was freed: the process crashes at its end. Into a ConsetFile every write
 * succeeds; what has failed is kept by it, which is then thrown away.
 */
#include "hdf5_driver.h"

#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

#include <string.h>

/* Registered drivers have numbers of their own; those from 512 on are for experiments, by one
 * program each. */
#define DRIVER_VALUE 593

typedef struct
{
  H5FD_t base;
  ConsetHdf5Storage storage;
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
  const ConsetHdf5Storage *storage = H5Pget_driver_info (list);
  Driver *driver = storage != NULL ? g_try_new0 (Driver, 1) : NULL;

  if (driver == NULL)
    return NULL;
  driver->storage = *storage;
  driver->eof = storage->size;
  return &driver->base;
}

static herr_t
driver_close (H5FD_t *base)
{
  g_free (base);
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

static herr_t
driver_read (H5FD_t *base,
             H5FD_mem_t type G_GNUC_UNUSED,
             hid_t list G_GNUC_UNUSED,
             haddr_t address,
             size_t n,
             void *to)
{
  const ConsetHdf5Storage *storage = &((Driver *) base)->storage;

  storage->read (storage->data, address, to, n);
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

  if (!driver->storage.write (driver->storage.data, address, from, n))
    return -1;
  driver->eof = MAX (driver->eof, address + n);
  return 0;
}

/* The file ends where what was allocated does. */
static herr_t
driver_truncate (H5FD_t *base, hid_t list G_GNUC_UNUSED, hbool_t closing G_GNUC_UNUSED)
{
  Driver *driver = (Driver *) base;

  if (driver->eof != driver->eoa && driver->storage.truncate != NULL)
    driver->storage.truncate (driver->storage.data, driver->eoa);
  driver->eof = driver->eoa;
  return 0;
}

static const H5FD_class_t driver_class = {
#ifdef H5FD_CLASS_VERSION
  .version = H5FD_CLASS_VERSION,
  .value = DRIVER_VALUE,
#endif
  .name = "conset",
  .maxaddr = G_MAXINT64,
  .fc_degree = H5F_CLOSE_WEAK,
  .fapl_size = sizeof (ConsetHdf5Storage),
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

hid_t
conset_hdf5_open_storage (const ConsetHdf5Storage *storage, hid_t list, unsigned flags)
{
  hid_t driver = H5FDregister (&driver_class), opened = H5I_INVALID_HID;

  if (H5Pset_driver (list, driver, storage) >= 0)
    opened = storage->size > 0 ? H5Fopen (storage->name, flags, list)
                               : H5Fcreate (storage->name, H5F_ACC_TRUNC, H5P_DEFAULT, list);
  H5FDunregister (driver);
  return opened;
}

/* {{{ files */

static void
read_file (gpointer data, guint64 at, gpointer to, gsize n)
{
  conset_file_read_at (data, at, to, n);
}

static gboolean
write_file (gpointer data, guint64 at, gconstpointer from, gsize n)
{
  conset_file_write_at (data, at, from, n);
  return TRUE;
}

static void
truncate_file (gpointer data, guint64 size)
{
  conset_file_truncate (data, size);
}

hid_t
conset_hdf5_write_to (ConsetFile *file)
{
  const ConsetHdf5Storage storage = { "conset",  file,       conset_file_tell (file),
                                      read_file, write_file, truncate_file };
  g_auto (ConsetH5List) list = conset_hdf5_access_list ();

  return conset_hdf5_open_storage (&storage, list, H5F_ACC_RDWR);
}

/* }}} */
