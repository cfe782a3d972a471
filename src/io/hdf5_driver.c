/* SPDX-License-Identifier: MIT */
/*
 * A driver of libhdf5 (its "virtual file layer") for a ConsetFile.
 *
 * That of libhdf5 wants a name, and a file that it cannot close, as the disk is full, stays in its
 * tables although it was freed: the process crashes at its end. Here every write succeeds; what
 * has failed is kept by the ConsetFile, which is then thrown away.
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
  ConsetFile *file;
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
  ConsetFile *const *file = H5Pget_driver_info (list);
  Driver *driver;

  if (file == NULL)
    return NULL;
  driver = g_new0 (Driver, 1);
  driver->file = *file;
  driver->eof = conset_file_tell (*file);
  return &driver->base;
}

static herr_t
driver_close (H5FD_t *base)
{
  g_free (base);
  return 0;
}

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
  conset_file_read_at (((Driver *) base)->file, address, to, n);
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

  conset_file_write_at (driver->file, address, from, n);
  driver->eof = MAX (driver->eof, address + n);
  return 0;
}

/* The file ends where what was allocated does. */
static herr_t
driver_truncate (H5FD_t *base, hid_t list G_GNUC_UNUSED, hbool_t closing G_GNUC_UNUSED)
{
  Driver *driver = (Driver *) base;

  if (driver->eof != driver->eoa)
    conset_file_truncate (driver->file, driver->eoa);
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
  .fapl_size = sizeof (ConsetFile *),
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
conset_hdf5_write_to (ConsetFile *file)
{
  static const char name[] = "conset";
  g_auto (ConsetH5List) list = conset_hdf5_access_list ();
  hid_t driver = H5FDregister (&driver_class), opened = H5I_INVALID_HID;

  if (H5Pset_driver (list, driver, &file) >= 0)
    opened = conset_file_tell (file) > 0 ? H5Fopen (name, H5F_ACC_RDWR, list)
                                         : H5Fcreate (name, H5F_ACC_TRUNC, H5P_DEFAULT, list);
  H5FDunregister (driver);
  return opened;
}
