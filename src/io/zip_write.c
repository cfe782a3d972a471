/* SPDX-License-Identifier: MIT */
/*
 * ZIP archives: see zip.h. As sizes are known beforehand, each member has its place in the file
 * from the start; its checksum is put into its header at the end.
 */
#include "zip.h"

#include <string.h>

#define LOCAL_SIZE 30
#define CENTRAL_SIZE 46
#define EXTRA_SIZE 20
#define CRC_OFFSET 14
#define BUFFER_SIZE (256 * 1024)

/* The first of January 1980, in the format of MS-DOS. */
#define DATE 0x21

struct _ConsetZipMember
{
  ConsetFile *file;
  char *name;
  guint64 header;
  guint64 size;
  guint64 at;
  guint32 crc;
  gsize used;
  char *buffer;
};

struct _ConsetZip
{
  ConsetFile *file;
  guint64 end;
  GPtrArray *members;
};

/* {{{ checksum */

/* tables[k][b]: the CRC of byte b with k bytes of 0 behind it, for eight bytes at a time (Kounavis
 * and Berry 2005, A systematic approach to building high performance software-based CRC
 * generators). */
static guint32 tables[8][256];

static gpointer
tables_fill (gpointer data G_GNUC_UNUSED)
{
  for (guint32 byte = 0; byte < 256; byte++)
    {
      guint32 crc = byte;

      for (guint bit = 0; bit < 8; bit++)
        crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
      tables[0][byte] = crc;
    }
  for (guint k = 1; k < 8; k++)
    for (guint byte = 0; byte < 256; byte++)
      tables[k][byte] = tables[k - 1][byte] >> 8 ^ tables[0][tables[k - 1][byte] & 0xff];
  return tables;
}

guint32
conset_crc32 (guint32 crc, const void *bytes, gsize n)
{
  static GOnce once = G_ONCE_INIT;
  const guchar *at = bytes;

  g_once (&once, tables_fill, NULL);
  crc = ~crc;
  for (; n >= 8; n -= 8, at += 8)
    {
      guint32 low, high;

      memcpy (&low, at, sizeof low);
      memcpy (&high, at + 4, sizeof high);
      low = GUINT32_FROM_LE (low) ^ crc;
      high = GUINT32_FROM_LE (high);
      crc = tables[7][low & 0xff] ^ tables[6][low >> 8 & 0xff] ^ tables[5][low >> 16 & 0xff]
            ^ tables[4][low >> 24] ^ tables[3][high & 0xff] ^ tables[2][high >> 8 & 0xff]
            ^ tables[1][high >> 16 & 0xff] ^ tables[0][high >> 24];
    }
  for (; n > 0; n--, at++)
    crc = crc >> 8 ^ tables[0][(crc ^ *at) & 0xff];
  return ~crc;
}

/* }}} */
/* {{{ members */

static void
member_free (gpointer data)
{
  ConsetZipMember *member = data;

  g_free (member->name);
  g_free (member->buffer);
  g_free (member);
}

ConsetZip *
conset_zip_new (ConsetFile *file)
{
  ConsetZip *zip = g_new0 (ConsetZip, 1);

  zip->file = file;
  zip->members = g_ptr_array_new_with_free_func (member_free);
  return zip;
}

void
conset_zip_free (ConsetZip *zip)
{
  if (zip == NULL)
    return;
  g_ptr_array_unref (zip->members);
  g_free (zip);
}

ConsetZipMember *
conset_zip_add (ConsetZip *zip, const char *name, guint64 size)
{
  ConsetZipMember *member = g_new0 (ConsetZipMember, 1);

  member->file = zip->file;
  member->name = g_strdup (name);
  member->header = zip->end;
  member->size = size;
  member->at = zip->end + LOCAL_SIZE + strlen (name) + EXTRA_SIZE;
  member->buffer = g_malloc (BUFFER_SIZE);
  zip->end = member->at + size;
  g_ptr_array_add (zip->members, member);
  return member;
}

static void
member_drain (ConsetZipMember *member)
{
  member->crc = conset_crc32 (member->crc, member->buffer, member->used);
  conset_file_write_at (member->file, member->at, member->buffer, member->used);
  member->at += member->used;
  member->used = 0;
}

void
conset_zip_write (ConsetZipMember *member, const void *bytes, gsize n)
{
  const char *from = bytes;

  while (n > 0)
    {
      gsize part = MIN (n, BUFFER_SIZE - member->used);

      memcpy (member->buffer + member->used, from, part);
      member->used += part;
      from += part;
      n -= part;
      if (member->used == BUFFER_SIZE)
        member_drain (member);
    }
}

/* }}} */
/* {{{ headers */

static void
put (GString *out, guint64 number, guint n_bytes)
{
  for (guint k = 0; k < n_bytes; k++)
    g_string_append_c (out, (char) (number >> 8 * k & 0xff));
}

/* What the local header and the directory have in common: from the version needed on. */
static void
put_member (GString *out, const ConsetZipMember *member, guint n_extra)
{
  put (out, 45, 2);
  put (out, 0, 2);
  put (out, 0, 2);
  put (out, 0, 2);
  put (out, DATE, 2);
  put (out, member->crc, 4);
  put (out, 0xffffffff, 4);
  put (out, 0xffffffff, 4);
  put (out, strlen (member->name), 2);
  put (out, n_extra, 2);
}

static void
member_write_header (ConsetZipMember *member)
{
  GString *header = g_string_new ("PK\003\004");

  put_member (header, member, EXTRA_SIZE);
  g_string_append (header, member->name);
  put (header, 1, 2);
  put (header, 16, 2);
  put (header, member->size, 8);
  put (header, member->size, 8);
  conset_file_write_at (member->file, member->header, header->str, header->len);
  g_string_free (header, TRUE);
}

static void
put_central (GString *out, const ConsetZipMember *member)
{
  g_string_append (out, "PK\001\002");
  put (out, 3 << 8 | 45, 2);
  put_member (out, member, EXTRA_SIZE + 8);
  put (out, 0, 2);
  put (out, 0, 2);
  put (out, 0, 2);
  put (out, (guint64) 0100644 << 16, 4);
  put (out, 0xffffffff, 4);
  g_string_append (out, member->name);
  put (out, 1, 2);
  put (out, 24, 2);
  put (out, member->size, 8);
  put (out, member->size, 8);
  put (out, member->header, 8);
}

/* The end of the directory, in 64 bits, where that is, and the end in 32 bits that points there. */
static void
put_end (GString *out, guint64 n, guint64 start)
{
  guint64 size = out->len;

  g_string_append (out, "PK\006\006");
  put (out, 44, 8);
  put (out, 3 << 8 | 45, 2);
  put (out, 45, 2);
  put (out, 0, 4);
  put (out, 0, 4);
  put (out, n, 8);
  put (out, n, 8);
  put (out, size, 8);
  put (out, start, 8);
  g_string_append (out, "PK\006\007");
  put (out, 0, 4);
  put (out, start + size, 8);
  put (out, 1, 4);
  g_string_append (out, "PK\005\006");
  put (out, 0, 4);
  put (out, 0xffff, 2);
  put (out, 0xffff, 2);
  put (out, 0xffffffff, 4);
  put (out, 0xffffffff, 4);
  put (out, 0, 2);
}

void
conset_zip_finish (ConsetZip *zip)
{
  GString *directory = g_string_new (NULL);

  for (guint k = 0; k < zip->members->len; k++)
    {
      ConsetZipMember *member = g_ptr_array_index (zip->members, k);

      member_drain (member);
      member_write_header (member);
      put_central (directory, member);
    }
  put_end (directory, zip->members->len, zip->end);
  conset_file_write_at (zip->file, zip->end, directory->str, directory->len);
  g_string_free (directory, TRUE);
}

/* }}} */
