/* SPDX-License-Identifier: MIT */
/*
 * A file that appears under its name when it is whole: see file.h.
 *
 * A file without a name gets one by linkat(), which replaces nothing; so it is linked beside the
 * final name first, and renamed from there at once.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER_SIZE (256 * 1024)

/* Names that are tried for the time before the renaming. */
#define ATTEMPTS 100

/* @temporary is NULL while the file has no name, and @link leads to it; @mode is that of the file
 * which it replaces. */
struct _ConsetFile
{
  char *name;
  char *folder;
  char *temporary;
  char *link;
  int fd;
  gboolean replaces;
  mode_t mode;
  int error_number;
  gsize used;
  guint64 drained;
  char *buffer;
};

gboolean
conset_file_fail (GError **error, const char *what, const char *name, int error_number)
{
  g_autofree char *shown = g_filename_display_name (name);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (error_number), "cannot %s %s: %s",
               what, shown, g_strerror (error_number));
  return FALSE;
}

/* {{{ beginning */

static char *
file_temporary_name (const ConsetFile *file)
{
  g_autofree char *base = g_path_get_basename (file->name);
  g_autofree char *hidden = g_strdup_printf (".%.200s.%08x", base, g_random_int ());

  return g_build_filename (file->folder, hidden, NULL);
}

/* Follows symbolic links, and refuses what a rename would destroy: devices, pipes, folders. */
static gboolean
file_resolve (ConsetFile *file, const char *name, GError **error)
{
  struct stat status;
  char *real = realpath (name, NULL);

  file->name = g_strdup (real != NULL ? real : name);
  free (real);
  file->folder = g_path_get_dirname (file->name);
  if (stat (file->name, &status) != 0)
    return errno == ENOENT || conset_file_fail (error, "write", name, errno);
  if (S_ISDIR (status.st_mode))
    return conset_file_fail (error, "write", name, EISDIR);
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   "cannot write %s: it is no regular file, which could be replaced", name);
      return FALSE;
    }
  file->replaces = TRUE;
  file->mode = status.st_mode & 0777;
  /* The folder decides about renaming; the file's own mode is respected, too. */
  return access (file->name, W_OK) == 0 || conset_file_fail (error, "write", name, errno);
}

/* A file with a name of its own. */
static gboolean
file_open_named (ConsetFile *file)
{
  for (guint k = 0; k < ATTEMPTS; k++)
    {
      file->temporary = file_temporary_name (file);
      file->fd = open (file->temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (file->fd >= 0)
        return TRUE;
      g_clear_pointer (&file->temporary, g_free);
      if (errno != EEXIST)
        return FALSE;
    }
  return FALSE;
}

static gboolean
file_open (ConsetFile *file)
{
#ifdef O_TMPFILE
  g_autofree char *proc = NULL;

  file->fd = open (file->folder, O_RDWR | O_TMPFILE | O_CLOEXEC, 0666);
  if (file->fd >= 0)
    {
      proc = g_strdup_printf ("/proc/self/fd/%d", file->fd);
      if (access (proc, R_OK | W_OK) == 0)
        {
          file->link = g_steal_pointer (&proc);
          return TRUE;
        }
      close (file->fd);
    }
#endif
  return file_open_named (file);
}

ConsetFile *
conset_file_new (const char *name, GError **error)
{
  g_autoptr (ConsetFile) file = g_new0 (ConsetFile, 1);

  file->fd = -1;
  if (!file_resolve (file, name, error))
    return NULL;
  if (!file_open (file) || (file->replaces && fchmod (file->fd, file->mode) != 0))
    {
      conset_file_fail (error, "write", name, errno);
      return NULL;
    }
  file->buffer = g_malloc (BUFFER_SIZE);
  return g_steal_pointer (&file);
}

void
conset_file_free (ConsetFile *file)
{
  if (file == NULL)
    return;
  if (file->fd >= 0)
    close (file->fd);
  if (file->temporary != NULL)
    g_unlink (file->temporary);
  g_free (file->name);
  g_free (file->folder);
  g_free (file->temporary);
  g_free (file->link);
  g_free (file->buffer);
  g_free (file);
}

/* }}} */
/* {{{ writing */

void
conset_file_write_at (ConsetFile *file, guint64 offset, const void *bytes, gsize n)
{
  const char *from = bytes;

  while (n > 0 && file->error_number == 0)
    {
      gssize written = pwrite (file->fd, from, n, (off_t) offset);

      if (written > 0)
        {
          from += written;
          offset += (guint64) written;
          n -= (gsize) written;
        }
      else if (written == 0 || errno != EINTR)
        file->error_number = written == 0 ? ENOSPC : errno;
    }
}

void
conset_file_read_at (ConsetFile *file, guint64 offset, void *bytes, gsize n)
{
  char *to = bytes;

  while (n > 0)
    {
      gssize done = pread (file->fd, to, n, (off_t) offset);

      if (done < 0 && errno == EINTR)
        continue;
      if (done < 0 && file->error_number == 0)
        file->error_number = errno;
      if (done <= 0)
        break;
      to += done;
      offset += (guint64) done;
      n -= (gsize) done;
    }
  memset (to, 0, n);
}

int
conset_file_descriptor (const ConsetFile *file)
{
  return file->fd;
}

void
conset_file_truncate (ConsetFile *file, guint64 n)
{
  if (file->error_number == 0 && ftruncate (file->fd, (off_t) n) != 0)
    file->error_number = errno;
}

void
conset_file_reserve (ConsetFile *file)
{
#ifdef __linux__
  struct stat status;

  if (file->error_number != 0 || fstat (file->fd, &status) != 0 || status.st_size == 0)
    return;
  if (fallocate (file->fd, FALLOC_FL_KEEP_SIZE, 0, status.st_size) != 0
      && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG))
    file->error_number = errno;
#else
  (void) file;
#endif
}

static void
file_drain (ConsetFile *file)
{
  conset_file_write_at (file, file->drained, file->buffer, file->used);
  file->drained += file->used;
  file->used = 0;
}

void
conset_file_write (ConsetFile *file, const void *bytes, gsize n)
{
  const char *from = bytes;

  while (n > 0)
    {
      gsize part = MIN (n, BUFFER_SIZE - file->used);

      memcpy (file->buffer + file->used, from, part);
      file->used += part;
      from += part;
      n -= part;
      if (file->used == BUFFER_SIZE)
        file_drain (file);
    }
}

void
conset_file_patch (ConsetFile *file, guint64 offset, const void *bytes, gsize n)
{
  file_drain (file);
  conset_file_write_at (file, offset, bytes, n);
}

void
conset_file_text (ConsetFile *file, const char *text)
{
  conset_file_write (file, text, strlen (text));
}

void
conset_file_printf (ConsetFile *file, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  conset_file_text (file, text);
}

guint64
conset_file_tell (const ConsetFile *file)
{
  return file->drained + file->used;
}

gboolean
conset_file_copy (ConsetFile *file, GError **error)
{
  int from = open (file->name, O_RDONLY | O_CLOEXEC);
  gssize n = 0;

  if (from < 0)
    return errno == ENOENT || conset_file_fail (error, "read", file->name, errno);
  do
    {
      n = read (from, file->buffer, BUFFER_SIZE);
      file->used = (gsize) MAX (n, 0);
      if (n > 0)
        file_drain (file);
      else if (n < 0 && errno != EINTR)
        file->error_number = errno;
    }
  while (n != 0 && file->error_number == 0);
  close (from);
  return conset_file_check (file, error);
}

/* }}} */
/* {{{ ending */

gboolean
conset_file_check (ConsetFile *file, GError **error)
{
  return file->error_number == 0
         || conset_file_fail (error, "write", file->name, file->error_number);
}

/* Gives a file without a name one. */
static gboolean
file_link (ConsetFile *file)
{
  for (guint k = 0; k < ATTEMPTS; k++)
    {
      file->temporary = file_temporary_name (file);
      if (linkat (AT_FDCWD, file->link, AT_FDCWD, file->temporary, AT_SYMLINK_FOLLOW) == 0)
        return TRUE;
      g_clear_pointer (&file->temporary, g_free);
      if (errno != EEXIST)
        return FALSE;
    }
  return FALSE;
}

char *
conset_file_locate (ConsetFile *file, gboolean by_name, guint64 identity[2])
{
  struct stat status;

  if (fstat (file->fd, &status) != 0)
    return NULL;
  identity[0] = status.st_dev;
  identity[1] = status.st_ino;
  if (by_name)
    return file->temporary != NULL || file_link (file) ? g_strdup (file->temporary) : NULL;
  return g_strdup_printf ("/proc/%d/fd/%d", (int) getpid (), file->fd);
}

gboolean
conset_file_is_at (const char *path, const guint64 identity[2])
{
  struct stat status;

  return stat (path, &status) == 0 && status.st_dev == identity[0] && status.st_ino == identity[1];
}

/* So that the new name outlives a power failure, too; not every file system can. */
static void
folder_sync (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

gboolean
conset_file_commit (ConsetFile *file, GError **error)
{
  int error_number = 0;

  file_drain (file);
  if (!conset_file_check (file, error))
    return FALSE;
  if (fsync (file->fd) != 0)
    return conset_file_fail (error, "write", file->name, errno);
  if ((file->temporary == NULL && !file_link (file)) || rename (file->temporary, file->name) != 0)
    return conset_file_fail (error, "write", file->name, errno);
  g_clear_pointer (&file->temporary, g_free);
  folder_sync (file->folder);
  if (close (file->fd) != 0)
    error_number = errno;
  file->fd = -1;
  return error_number == 0 || conset_file_fail (error, "write", file->name, error_number);
}

/* }}} */
