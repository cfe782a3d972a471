/* SPDX-License-Identifier: MIT */
/*
 * A file that appears under its name when it is whole.
 *
 * Until then its bytes are in a file without a name (Linux's O_TMPFILE), which vanishes with the
 * process whatever ends it; where the file system has none such, in one beside it with a name of
 * its own. What had the name before stays as it was until conset_file_commit() has brought all bytes
 * to the disk and renames. A symbolic link is followed, so that it stays one; the mode of a file
 * that is replaced is kept.
 *
 * Writes are buffered. The first that fails is kept, later ones are dropped, and
 * conset_file_check() and conset_file_commit() tell of it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ConsetFile ConsetFile;

/** conset_file_new: Returns: (transfer full): a file to be called @name; NULL with @error set if
 * there can be none */
ConsetFile *conset_file_new       (const char    *name,
                                   GError       **error);

/** conset_file_free: @file with all that it has left; without conset_file_commit() as if it had never been. */
void        conset_file_free      (ConsetFile    *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetFile, conset_file_free)

void        conset_file_write     (ConsetFile    *file,
                                   const void    *bytes,
                                   gsize          n);
void        conset_file_text      (ConsetFile    *file,
                                   const char    *text);
void        conset_file_printf    (ConsetFile    *file,
                                   const char    *format,
                                   ...) G_GNUC_PRINTF (2, 3);

/** conset_file_tell: Returns: how many bytes conset_file_write() has been given */
guint64     conset_file_tell      (const ConsetFile *file);

/** conset_file_patch: writes over what conset_file_write() has written at @offset. */
void        conset_file_patch     (ConsetFile    *file,
                                   guint64        offset,
                                   const void    *bytes,
                                   gsize          n);

/** conset_file_write_at: writes at @offset, past the buffer, which knows nothing of it. */
void        conset_file_write_at  (ConsetFile    *file,
                                   guint64        offset,
                                   const void    *bytes,
                                   gsize          n);

/** conset_file_read_at: reads what was written at @offset; zeros beyond the end, and on failure, which
 * is kept like that of a write. */
void        conset_file_read_at   (ConsetFile    *file,
                                   guint64        offset,
                                   void          *bytes,
                                   gsize          n);

/** conset_file_descriptor: Returns: that of what was written at offsets, and of what was copied */
int         conset_file_descriptor (const ConsetFile *file);

/** conset_file_truncate: makes the file @n bytes long. */
void        conset_file_truncate  (ConsetFile    *file,
                                   guint64        n);

/** conset_file_reserve: makes sure of room on the disk for all the bytes that the file has by its
 * length, where the file system can; a full disk is found now. */
void        conset_file_reserve   (ConsetFile    *file);

/** conset_file_copy: begins with what the file of that name holds, if there is one. */
gboolean    conset_file_copy      (ConsetFile    *file,
                                   GError       **error);

/**
 * conset_file_locate:
 * @by_name: TRUE for a name beside the final one, which the file then has until it is done with;
 *   else by way of this process, which only others of the same machine can
 * @identity: (out): tells it from other files
 *
 * Returns: (transfer full) (nullable): the path where another process finds the file; NULL if there
 *   is none
 */
char       *conset_file_locate    (ConsetFile    *file,
                                   gboolean       by_name,
                                   guint64        identity[2]);

/** conset_file_is_at: Returns: whether the file of this @identity is at @path */
gboolean    conset_file_is_at     (const char    *path,
                                   const guint64  identity[2]);

/** conset_file_check: Returns: FALSE with @error set if a write has failed */
gboolean    conset_file_check     (ConsetFile    *file,
                                   GError       **error);

/** conset_file_commit: Returns: FALSE with @error set if the file could not be brought under its name */
gboolean    conset_file_commit    (ConsetFile    *file,
                                   GError       **error);

/** conset_file_fail: the error of a failed call of the system on the file @name. Returns: FALSE */
gboolean    conset_file_fail      (GError       **error,
                                   const char    *what,
                                   const char    *name,
                                   int            error_number);

G_END_DECLS
