/* SPDX-License-Identifier: MIT */
/*
 * Images for SVG: PNG (ISO/IEC 15948) with a palette, whose data stand in stored blocks of deflate
 * (RFC 1951), uncompressed: nothing but the cells decides about the bytes, no library does.
 */
#include "canvas.h"

#include <string.h>

#define MOST_STORED 65535

/* {{{ Checks */

static guint32
crc_of (const guint8 *bytes, gsize n)
{
  guint32 crc = 0xffffffff;

  for (gsize k = 0; k < n; k++)
    {
      crc ^= bytes[k];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  return ~crc;
}

static guint32
adler_of (const guint8 *bytes, gsize n)
{
  guint32 a = 1, b = 0;

  for (gsize k = 0; k < n; k++)
    {
      a = (a + bytes[k]) % 65521;
      b = (b + a) % 65521;
    }
  return b << 16 | a;
}

/* }}} */
/* {{{ Chunks */

static void
append_word (GByteArray *out, guint32 word)
{
  guint8 bytes[] = { word >> 24, word >> 16, word >> 8, word };

  g_byte_array_append (out, bytes, sizeof bytes);
}

static void
append_chunk (GByteArray *out, const char *type, const guint8 *data, gsize n)
{
  gsize start = out->len + 4;

  append_word (out, n);
  g_byte_array_append (out, (const guint8 *) type, 4);
  if (n > 0)
    g_byte_array_append (out, data, n);
  append_word (out, crc_of (out->data + start, n + 4));
}

/* The stream of zlib (RFC 1950) that holds @raw. */
static GByteArray *
stored (const GByteArray *raw)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, (const guint8[]){ 0x78, 0x01 }, 2);
  for (gsize done = 0; done < raw->len;)
    {
      guint n = MIN (raw->len - done, MOST_STORED);
      guint8 head[] = { done + n == raw->len, n, n >> 8, ~n, ~n >> 8 };

      g_byte_array_append (out, head, sizeof head);
      g_byte_array_append (out, raw->data + done, n);
      done += n;
    }
  append_word (out, adler_of (raw->data, raw->len));
  return out;
}

/* }}} */

static void
append_palette (GByteArray *out, const ConsetColour *palette)
{
  guint8 colours[CONSET_PALETTE_SIZE * 3], opaque[CONSET_LEVEL_BLANK + 1] = { 0 };

  for (guint k = 0; k < CONSET_PALETTE_SIZE; k++)
    for (guint c = 0; c < 3; c++)
      colours[3 * k + c] = palette[k] >> (16 - 8 * c);
  append_chunk (out, "PLTE", colours, sizeof colours);
  append_chunk (out, "tRNS", opaque, sizeof opaque);
}

void
conset_png_encode (GByteArray *out, const ConsetCells *cells)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GByteArray) raw = g_byte_array_new ();
  g_autoptr (GByteArray) data = NULL;

  append_word (head, cells->columns);
  append_word (head, cells->rows);
  /* 8 bits, a palette, the only compression and filters, no interlacing. */
  g_byte_array_append (head, (const guint8[]){ 8, 3, 0, 0, 0 }, 5);
  for (gsize row = 0; row < cells->rows; row++)
    {
      g_byte_array_append (raw, (const guint8[]){ 0 }, 1);
      g_byte_array_append (raw, cells->levels + row * cells->columns, cells->columns);
    }
  data = stored (raw);

  g_byte_array_append (out, signature, sizeof signature);
  append_chunk (out, "IHDR", head->data, head->len);
  append_palette (out, cells->palette);
  append_chunk (out, "IDAT", data->data, data->len);
  append_chunk (out, "IEND", NULL, 0);
}
