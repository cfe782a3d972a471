/* SPDX-License-Identifier: MIT */
/*
 * Reading ZIP archives (APPNOTE 6.3.9 of PKWARE): the directory at the end, 32 or 64 bits.
 *
 * Sizes are held against the size of the file before anything is allocated: deflate makes at most
 * 1032 bytes out of one.
 */
#include "zip_read.h"

#include "reader.h"
#include "zip.h"

#include <string.h>

#ifdef CONSET_HAVE_ZLIB
#include <zlib.h>
#endif

#define END_SIZE 22
#define LOCATOR_SIZE 20
#define END64_SIZE 56
#define CENTRAL_SIZE 46
#define LOCAL_SIZE 30
#define COMMENT_MOST 65535

/* Directories beyond that are none of NumPy's. */
#define DIRECTORY_MOST (1 << 24)

#define DEFLATE_MOST 1032

#define PIECE 65536

static guint64
get (const guint8 *at, guint n_bytes)
{
  guint64 number = 0;

  for (guint k = 0; k < n_bytes; k++)
    number |= (guint64) at[k] << 8 * k;
  return number;
}

static gboolean
zip_fail (ConsetBytes *bytes, GError **error, const char *problem)
{
  return conset_reader_fail (conset_bytes_name (bytes), error,
                             "%s; it is damaged, or no archive of NumPy", problem);
}

/* {{{ the directory */

static void
entry_free (gpointer data)
{
  ConsetZipEntry *entry = data;

  g_free (entry->name);
  g_free (entry);
}

/* Where the directory is. */
static gboolean
find_directory (ConsetBytes *bytes, guint64 *start, guint64 *size, GError **error)
{
  guint64 length = conset_bytes_size (bytes);
  gsize n = (gsize) MIN (length, END_SIZE + COMMENT_MOST);
  g_autofree guint8 *tail = g_malloc (n + 1);
  guint8 locator[LOCATOR_SIZE], end64[END64_SIZE];
  gsize at;

  if (!conset_bytes_read (bytes, length - n, n, tail, error))
    return FALSE;
  for (at = n; at >= END_SIZE && memcmp (tail + at - END_SIZE, "PK\005\006", 4) != 0;)
    at--;
  if (at < END_SIZE)
    return zip_fail (bytes, error, "there is no directory of an archive");
  at -= END_SIZE;
  *size = get (tail + at + 12, 4);
  *start = get (tail + at + 16, 4);
  if (*size != 0xffffffff && *start != 0xffffffff)
    return TRUE;
  if (length - n + at < LOCATOR_SIZE
      || !conset_bytes_read (bytes, length - n + at - LOCATOR_SIZE, LOCATOR_SIZE, locator, NULL)
      || memcmp (locator, "PK\006\007", 4) != 0
      || !conset_bytes_read (bytes, get (locator + 8, 8), END64_SIZE, end64, NULL)
      || memcmp (end64, "PK\006\006", 4) != 0)
    return zip_fail (bytes, error, "the directory of the archive is wrong");
  *size = get (end64 + 40, 8);
  *start = get (end64 + 48, 8);
  return TRUE;
}

/* Sizes of 64 bits, in the order in which 32 were too few. */
static gboolean
entry_read_extra (ConsetZipEntry *entry, const guint8 *extra, gsize n)
{
  guint64 *const wide[] = { &entry->size, &entry->packed, &entry->header };

  while (n >= 4)
    {
      gsize size = get (extra + 2, 2), at = 4;

      if (size > n - 4)
        return FALSE;
      for (guint k = 0; get (extra, 2) == 1 && k < G_N_ELEMENTS (wide); k++)
        if (*wide[k] == 0xffffffff)
          {
            if (at + 8 > size + 4)
              return FALSE;
            *wide[k] = get (extra + at, 8);
            at += 8;
          }
      extra += size + 4;
      n -= size + 4;
    }
  return TRUE;
}

/* Reads an entry at @at; returns how many bytes it has, 0 if it is wrong. */
static gsize
entry_read (ConsetZipEntry *entry, const guint8 *at, gsize n)
{
  gsize n_name, n_extra, n_comment;

  if (n < CENTRAL_SIZE || memcmp (at, "PK\001\002", 4) != 0)
    return 0;
  n_name = get (at + 28, 2);
  n_extra = get (at + 30, 2);
  n_comment = get (at + 32, 2);
  if (CENTRAL_SIZE + n_name + n_extra + n_comment > n)
    return 0;
  entry->method = (guint) get (at + 10, 2);
  entry->crc = (guint32) get (at + 16, 4);
  entry->packed = get (at + 20, 4);
  entry->size = get (at + 24, 4);
  entry->header = get (at + 42, 4);
  entry->name = g_strndup ((const char *) at + CENTRAL_SIZE, n_name);
  if (!entry_read_extra (entry, at + CENTRAL_SIZE + n_name, n_extra))
    return 0;
  return CENTRAL_SIZE + n_name + n_extra + n_comment;
}

GPtrArray *
conset_zip_list (ConsetBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  g_autofree guint8 *directory = NULL;
  guint64 start = 0, size = 0;

  if (!find_directory (bytes, &start, &size, error))
    return NULL;
  if (size > DIRECTORY_MOST || size > conset_bytes_size (bytes)
      || start > conset_bytes_size (bytes) - size)
    {
      zip_fail (bytes, error, "the directory of the archive is wrong");
      return NULL;
    }
  directory = g_malloc (size + 1);
  if (!conset_bytes_read (bytes, start, size, directory, error))
    return NULL;
  for (gsize at = 0, n; at < size; at += n)
    {
      ConsetZipEntry *entry = g_new0 (ConsetZipEntry, 1);

      g_ptr_array_add (entries, entry);
      n = entry_read (entry, directory + at, size - at);
      if (n == 0)
        {
          zip_fail (bytes, error, "the directory of the archive is wrong");
          return NULL;
        }
    }
  return g_steal_pointer (&entries);
}

/* }}} */
/* {{{ members */

void
conset_zip_part_clear (ConsetZipPart *part)
{
  g_clear_pointer (&part->own, conset_bytes_free);
  g_clear_pointer (&part->memory, g_free);
}

static gboolean
part_check_stored (ConsetZipPart *part, guint32 crc, GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  guint32 found = 0;

  for (guint64 done = 0; done < part->size;)
    {
      gsize n = (gsize) MIN (part->size - done, PIECE);

      if (!conset_bytes_read (part->bytes, part->start + done, n, piece, error))
        return FALSE;
      found = conset_crc32 (found, piece, n);
      done += n;
    }
  return found == crc || zip_fail (part->bytes, error, "the checksum of a member is wrong");
}

#ifdef CONSET_HAVE_ZLIB

/* Inflates @entry from @start on into the memory of @part. */
static gboolean
inflate_into (ConsetZipPart *part, ConsetBytes *bytes, guint64 start, guint64 packed)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  z_stream stream = { 0 };
  guint64 done = 0;
  int result = inflateInit2 (&stream, -MAX_WBITS);

  if (result != Z_OK)
    return FALSE;
  stream.next_out = part->memory;
  while (result == Z_OK && (done < packed || stream.avail_in > 0))
    {
      guint64 room = part->size - (guint64) (stream.next_out - part->memory);

      if (stream.avail_in == 0)
        {
          gsize n = (gsize) MIN (packed - done, PIECE);

          if (!conset_bytes_read (bytes, start + done, n, piece, NULL))
            break;
          stream.next_in = piece;
          stream.avail_in = (uInt) n;
          done += n;
        }
      stream.avail_out = (uInt) MIN (room, G_MAXINT32);
      result = inflate (&stream, Z_NO_FLUSH);
    }
  done = (guint64) (stream.next_out - part->memory);
  inflateEnd (&stream);
  return result == Z_STREAM_END && done == part->size;
}

static gboolean
part_inflate (ConsetZipPart *part,
              ConsetBytes *bytes,
              const ConsetZipEntry *entry,
              guint64 start,
              GError **error)
{
  if (entry->size / DEFLATE_MOST > entry->packed)
    return zip_fail (bytes, error, "a member of the archive has a wrong size");
  part->memory = g_try_malloc (entry->size + 1);
  if (part->memory == NULL)
    return conset_reader_fail (conset_bytes_name (bytes), error,
                               "the archive does not fit the memory");
  if (!inflate_into (part, bytes, start, entry->packed)
      || conset_crc32 (0, part->memory, entry->size) != entry->crc)
    return zip_fail (bytes, error, "a compressed member of the archive is wrong");
  part->bytes = part->own = conset_bytes_new (conset_bytes_name (bytes), part->memory, entry->size);
  part->start = 0;
  return TRUE;
}

#else

static gboolean
part_inflate (ConsetZipPart *part G_GNUC_UNUSED,
              ConsetBytes *bytes,
              const ConsetZipEntry *entry G_GNUC_UNUSED,
              guint64 start G_GNUC_UNUSED,
              GError **error)
{
  return conset_reader_fail (
    conset_bytes_name (bytes), error,
    "the archive is compressed, and this build of conset has no zlib; save "
    "it without compression");
}

#endif

gboolean
conset_zip_open (ConsetBytes *bytes,
                 const ConsetZipEntry *entry,
                 ConsetZipPart *part,
                 GError **error)
{
  guint64 length = conset_bytes_size (bytes), start;
  guint8 header[LOCAL_SIZE];

  *part = (ConsetZipPart){ .bytes = bytes, .size = entry->size };
  if (entry->header > length || length - entry->header < LOCAL_SIZE
      || !conset_bytes_read (bytes, entry->header, LOCAL_SIZE, header, NULL)
      || memcmp (header, "PK\003\004", 4) != 0)
    return zip_fail (bytes, error, "a member of the archive is not where it should be");
  start = entry->header + LOCAL_SIZE + get (header + 26, 2) + get (header + 28, 2);
  if (start > length || entry->packed > length - start)
    return zip_fail (bytes, error, "a member of the archive is cut off");
  if (entry->method == 8)
    return part_inflate (part, bytes, entry, start, error);
  if (entry->method != 0 || entry->packed != entry->size)
    return zip_fail (bytes, error, "a member of the archive is packed in an unknown way");
  part->start = start;
  return part_check_stored (part, entry->crc, error);
}

/* }}} */
