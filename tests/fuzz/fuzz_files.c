/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer target for readers of files: any bytes give either finite positions or an error. The
 * first byte says what the rest is: an array of NumPy, or a table and its separator.
 */
#include "io/npy_read.h"
#include "io/positions.h"
#include "io/table_read.h"

#include <math.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
positions_check (gboolean is_array, char separator, ConsetBytes *bytes)
{
  static const ConsetPositionsOptions options = { 0 };
  ConsetPositions positions = { .options = &options };
  g_autoptr (GError) error = NULL;
  gboolean ok = is_array
                  ? conset_positions_read_npy (&positions, bytes, &error)
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

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char separators[] = { 0, ',', ';', '\t', ' ', ':', '|' };
  g_autoptr (ConsetBytes) bytes = NULL;
  guint choice = size > 0 ? data[0] % (G_N_ELEMENTS (separators) + 1) : 0;

  if (size == 0)
    return 0;
  bytes = conset_bytes_new ("fuzz", data + 1, size - 1);
  positions_check (choice == G_N_ELEMENTS (separators), separators[choice % 7], bytes);
  if (choice == G_N_ELEMENTS (separators))
    indices_check (bytes);
  return 0;
}
