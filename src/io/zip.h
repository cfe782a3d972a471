/* SPDX-License-Identifier: MIT */
/*
 * ZIP archives (APPNOTE 6.3.9 of PKWARE) as NumPy writes its .npz: members that are stored as they
 * are, 64-bit sizes, and no time but the first of 1980.
 */
#pragma once

#include "file.h"

G_BEGIN_DECLS

typedef struct _ConsetZip       ConsetZip;
typedef struct _ConsetZipMember ConsetZipMember;

ConsetZip       *conset_zip_new    (ConsetFile *file);
void             conset_zip_free   (ConsetZip  *zip);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetZip, conset_zip_free)

/** conset_zip_add: a member of @size bytes. Members may be written side by side, each from its first
 * byte to its last. */
ConsetZipMember *conset_zip_add    (ConsetZip       *zip,
                                    const char      *name,
                                    guint64          size);
void             conset_zip_write  (ConsetZipMember *member,
                                    const void      *bytes,
                                    gsize            n);

/** conset_zip_finish: writes the directory, when all members are whole. */
void             conset_zip_finish (ConsetZip       *zip);

/** conset_crc32: the CRC-32 of ISO 3309 of @n more bytes; begins with 0. */
guint32          conset_crc32      (guint32          crc,
                                    const void      *bytes,
                                    gsize            n);

G_END_DECLS
