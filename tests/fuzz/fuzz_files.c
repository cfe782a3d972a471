/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer target for readers of files: any bytes give either finite positions or an error. The
 * first byte says what the rest is: a table and its separator, an array of NumPy, or the header of
 * one, which ends with a byte of 0, and its numbers.
 */
#include "io/npy_read.h"
#include "io/positions.h"
#include "io/table_read.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
positions_check (gboolean is_array, char separator, ConsetBytes *bytes)
{
  static const ConsetPositionsOptions options = { 0 };
  ConsetPositions positions = { .options = &options };
  g_autoptr (GError) error = NULL;
  gboolean ok = is_array ? conset_positions_read_npy (&positions, bytes, &error)
                         : conset_positions_read_table (&positions, bytes, separator, &error);

  ok = ok && conset_positions_finish (&positions, bytes, &error);
  g_assert_true (ok == (error == NULL));
  if (error != NULL)
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  for (gsize k = 0; ok && k < positions.n * positions.n_dimensions; k++)
    g_assert_true (isfinite (positions.numbers[k]));
  g_free (positions.numbers);
}

/* Integers of all fields, which edges are made of. */
static void
indices_check (ConsetBytes *bytes)
{
  g_auto (ConsetNpy) npy = { 0 };
  guint64 indices[16];

  if (!conset_npy_open (bytes, 0, &npy, NULL))
    return;
  for (guint k = 0; k < npy.n_fields; k++)
    conset_npy_read_indices (&npy, bytes, k, 0, MIN (npy.n_items, G_N_ELEMENTS (indices)), indices,
                             1, NULL);
}

/* An array with the header that @data begins with. */
static GString *
array_new (const uint8_t *data, size_t size)
{
  const uint8_t *end = size > 0 ? memchr (data, 0, size) : NULL;
  gsize length = end != NULL ? (gsize) (end - data) : size;
  GString *file = g_string_new (NULL);

  g_string_append_len (file, "\x93NUMPY\2", 7);
  g_string_append_c (file, 0);
  for (guint k = 0; k < 4; k++)
    g_string_append_c (file, (char) (length >> 8 * k & 0xff));
  g_string_append_len (file, (const char *) data, (gssize) length);
  if (end != NULL)
    g_string_append_len (file, (const char *) end + 1, (gssize) (size - length - 1));
  return file;
}

static void
array_check (const void *data, gsize size)
{
  g_autoptr (ConsetBytes) bytes = conset_bytes_new ("fuzz", data, size);

  positions_check (TRUE, '\0', bytes);
  indices_check (bytes);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char separators[] = { 0, ',', ';', '\t', ' ', ':', '|' };
  guint choice = size > 0 ? data[0] % (2 * G_N_ELEMENTS (separators)) : 0;
  g_autoptr (ConsetBytes) bytes = NULL;
  g_autoptr (GString) array = NULL;

  if (size == 0)
    return 0;
  if (choice < G_N_ELEMENTS (separators))
    {
      bytes = conset_bytes_new ("fuzz", data + 1, size - 1);
      positions_check (FALSE, separators[choice], bytes);
      return 0;
    }
  if (choice == G_N_ELEMENTS (separators))
    {
      array_check (data + 1, size - 1);
      return 0;
    }
  array = array_new (data + 1, size - 1);
  array_check (array->str, array->len);
  return 0;
}
