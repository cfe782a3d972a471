/* SPDX-License-Identifier: MIT */
/*
 * Bytes that are read: those of a regular file, or, for tests, of memory.
 *
 * Files are read and not mapped: a file that is cut off while it is mapped ends the process, and one
 * that is written to changes what was made of it. What happens to a file while it is read is found
 * out by conset_bytes_check().
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConsetBytes ConsetBytes;

/** conset_bytes_open: Returns: (transfer full): the bytes of the file @name; NULL with @error set if
 * it cannot be read, or is no regular file */
ConsetBytes *conset_bytes_open  (const char    *name,
                                 GError       **error);

/** conset_bytes_new: Returns: (transfer full): @n bytes that stay where they are; @name is that of
 * errors */
ConsetBytes *conset_bytes_new   (const char    *name,
                                 const void    *bytes,
                                 gsize          n);

void         conset_bytes_free  (ConsetBytes   *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetBytes, conset_bytes_free)

const char  *conset_bytes_name  (const ConsetBytes *bytes);
guint64      conset_bytes_size  (const ConsetBytes *bytes);

/** conset_bytes_read: @n bytes from @offset on. Returns: FALSE with @error set unless all could be
 * read */
gboolean     conset_bytes_read  (ConsetBytes   *bytes,
                                 guint64        offset,
                                 gsize          n,
                                 void          *to,
                                 GError       **error);

/** conset_bytes_check: for when all has been read. Returns: FALSE with @error set if the file was
 * written to since it was opened */
gboolean     conset_bytes_check (ConsetBytes   *bytes,
                                 GError       **error);

G_END_DECLS
