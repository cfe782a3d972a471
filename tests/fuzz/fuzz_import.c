/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer target for the readers of files: any bytes give either a set or an error.
 *
 * The first byte chooses the format; the rest is the file, which is in memory alone. HDF5 is left
 * out: libhdf5 itself is not safe against any bytes.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <conset/conset.h>

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const ConsetFormat formats[] = { CONSET_FORMAT_MATRIX_MARKET, CONSET_FORMAT_NPY,
                                          CONSET_FORMAT_CSC, CONSET_FORMAT_CSV, CONSET_FORMAT_TSV };
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = NULL;
  g_autofree char *path = NULL;
  int fd;

  if (size == 0)
    return 0;
  fd = memfd_create ("conset", 0);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data + 1, size - 1), ==, (gssize) size - 1);
  path = g_strdup_printf ("/proc/self/fd/%d", fd);
  set = conset_import (path, formats[data[0] % G_N_ELEMENTS (formats)], NULL, &error);
  g_assert_true ((set != NULL) != (error != NULL));
  if (error != NULL)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  close (fd);
  return 0;
}
