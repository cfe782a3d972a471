/* SPDX-License-Identifier: MIT */
/*
 * Reading ZIP archives: what NumPy's .npz are. Members are stored, or deflated if this build has zlib.
 */
#pragma once

#include "bytes.h"

G_BEGIN_DECLS

/** @method is 0 for stored, 8 for deflated. */
typedef struct
{
  char   *name;
  guint   method;
  guint32 crc;
  guint64 packed;
  guint64 size;
  guint64 header;
} ConsetZipEntry;

/** The bytes of a member: @size from @start on, in @bytes, which are those of the archive or @own,
 * which are in @memory. */
typedef struct
{
  ConsetBytes *bytes;
  ConsetBytes *own;
  guint8      *memory;
  guint64      start;
  guint64      size;
} ConsetZipPart;

/** The members (transfer full), of ConsetZipEntry; NULL with @error set if @bytes are no archive. */
GPtrArray *conset_zip_list       (ConsetBytes          *bytes,
                                  GError              **error);

/** Finds out where a member is, or inflates it, and holds it against its checksum. @part is to be
 * cleared, also on failure. */
gboolean   conset_zip_open       (ConsetBytes          *bytes,
                                  const ConsetZipEntry *entry,
                                  ConsetZipPart        *part,
                                  GError              **error);
void       conset_zip_part_clear (ConsetZipPart        *part);

G_END_DECLS
