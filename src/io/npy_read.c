/* SPDX-License-Identifier: MIT */
/*
 * Numbers of .npy files: a piece of the file at a time is read and converted.
 */
#include "npy_read.h"

#include <conset/types.h>

#include <string.h>

#define PIECE 65536

int
conset_npy_find (const ConsetNpy *npy, const char *name)
{
  for (guint k = 0; npy->is_record && k < npy->n_fields; k++)
    if (strcmp (npy->fields[k].name, name) == 0)
      return (int) k;
  return -1;
}

/* The bits of a number of @field, from its least significant byte on. */
static inline guint64
load_bits (const ConsetNpyField *field, const guint8 *at)
{
  guint8 one;
  guint16 two;
  guint32 four;
  guint64 eight;

  switch (field->size)
    {
    case 1:
      memcpy (&one, at, sizeof one);
      return one;
    case 2:
      memcpy (&two, at, sizeof two);
      return field->swapped ? GUINT16_SWAP_LE_BE (two) : two;
    case 4:
      memcpy (&four, at, sizeof four);
      return field->swapped ? GUINT32_SWAP_LE_BE (four) : four;
    default:
      memcpy (&eight, at, sizeof eight);
      return field->swapped ? GUINT64_SWAP_LE_BE (eight) : eight;
    }
}

/* The integer of so many bytes with a sign. */
static inline gint64
extend_sign (guint64 bits, guint size)
{
  guint unused = 64 - 8 * size;

  return (gint64) (bits << unused) >> unused;
}

static inline double
load_real (const ConsetNpyField *field, const guint8 *at)
{
  guint64 bits = load_bits (field, at);
  guint32 half = (guint32) bits;
  double number;
  float small;

  if (field->kind == 'u')
    return (double) bits;
  if (field->kind == 'i')
    return (double) extend_sign (bits, field->size);
  if (field->size == 4)
    {
      memcpy (&small, &half, sizeof small);
      return (double) small;
    }
  memcpy (&number, &bits, sizeof number);
  return number;
}

/* Calls that are made for the items of a piece. FALSE ends it. */
typedef gboolean (*ItemFunc) (const ConsetNpyField *field, const guint8 *at, gpointer to);

static gboolean
item_to_real (const ConsetNpyField *field, const guint8 *at, gpointer to)
{
  *(double *) to = load_real (field, at);
  return TRUE;
}

/* Of a signed integer below 0 the highest bit is set. */
static gboolean
item_to_index (const ConsetNpyField *field, const guint8 *at, gpointer to)
{
  guint64 bits = load_bits (field, at);

  *(guint64 *) to = field->kind == 'i' ? (guint64) extend_sign (bits, field->size) : bits;
  return *(guint64 *) to < CONSET_INDEX_END;
}

/* Numbers here are all of eight bytes. FALSE with @error set if the file cannot be read, or with
 * the item of which @each did not want to know more in @wrong. */
static gboolean
read_items (const ConsetNpy *npy,
            ConsetBytes *bytes,
            guint field,
            guint64 first,
            gsize n,
            ItemFunc each,
            guint8 *to,
            gsize stride,
            guint64 *wrong,
            GError **error)
{
  gsize most = MAX (1, PIECE / npy->item_size);
  g_autofree guint8 *piece = g_malloc (MIN (most, n) * npy->item_size + 1);
  const ConsetNpyField *numbers = &npy->fields[field];

  for (gsize from = 0, some; from < n; from += some)
    {
      some = MIN (most, n - from);
      if (!conset_bytes_read (bytes, npy->data + (first + from) * npy->item_size,
                              some * npy->item_size, piece, error))
        return FALSE;
      for (gsize k = 0; k < some; k++)
        if (!each (numbers, piece + k * npy->item_size + numbers->offset,
                   to + (from + k) * stride * sizeof (double)))
          {
            *wrong = first + from + k;
            return FALSE;
          }
    }
  return TRUE;
}

gboolean
conset_npy_read_reals (const ConsetNpy *npy,
                       ConsetBytes *bytes,
                       guint field,
                       guint64 first,
                       gsize n,
                       double *numbers,
                       gsize stride,
                       GError **error)
{
  return read_items (npy, bytes, field, first, n, item_to_real, (guint8 *) numbers, stride, NULL,
                     error);
}

gboolean
conset_npy_read_indices (const ConsetNpy *npy,
                         ConsetBytes *bytes,
                         guint field,
                         guint64 first,
                         gsize n,
                         guint64 *indices,
                         gsize stride,
                         GError **error)
{
  guint64 wrong = G_MAXUINT64;

  if (npy->fields[field].kind == 'f')
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
                   "%s: the numbers are reals, where integers are needed; save them as integers",
                   conset_bytes_name (bytes));
      return FALSE;
    }
  if (read_items (npy, bytes, field, first, n, item_to_index, (guint8 *) indices, stride, &wrong,
                  error))
    return TRUE;
  if (wrong != G_MAXUINT64)
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
                 "%s: element %" G_GUINT64_FORMAT " is no index from 0 to 2^63 - 1",
                 conset_bytes_name (bytes), wrong);
  return FALSE;
}
