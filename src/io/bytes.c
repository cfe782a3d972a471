/* SPDX-License-Identifier: MIT */
/*
 * Bytes of files, by pread: no position is kept, nothing is buffered here.
 */
#include "bytes.h"

#include <conset/types.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* @file: -1 for bytes of memory
 * @modified: when it was written to last, in nanoseconds */
struct _ConsetBytes
{
  char *name;
  int file;
  guint64 size;
  gint64 modified;
  const guint8 *memory;
};

static gint64
status_time (const struct stat *status)
{
  return (gint64) status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec;
}

static gboolean
system_fail (const char *name, const char *what, int number, GError **error)
{
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE, "%s: the file cannot be %s: %s", name, what,
               g_strerror (number));
  return FALSE;
}

ConsetBytes *
conset_bytes_open (const char *name, GError **error)
{
  g_autoptr (ConsetBytes) bytes = g_new0 (ConsetBytes, 1);
  struct stat status;

  bytes->name = g_filename_display_name (name);
  /* Else a pipe without a writer would wait for one. */
  bytes->file = open (name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (bytes->file < 0 || fstat (bytes->file, &status) != 0)
    {
      system_fail (bytes->name, "opened", errno, error);
      return NULL;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE, "%s is %s; give the name of a file",
                   bytes->name, S_ISDIR (status.st_mode) ? "a folder" : "a pipe or a device");
      return NULL;
    }
  bytes->size = (guint64) status.st_size;
  bytes->modified = status_time (&status);
  return g_steal_pointer (&bytes);
}

ConsetBytes *
conset_bytes_new (const char *name, const void *memory, gsize n)
{
  ConsetBytes *bytes = g_new0 (ConsetBytes, 1);

  *bytes = (ConsetBytes){ .name = g_strdup (name), .file = -1, .size = n, .memory = memory };
  return bytes;
}

void
conset_bytes_free (ConsetBytes *bytes)
{
  if (bytes->file >= 0)
    close (bytes->file);
  g_free (bytes->name);
  g_free (bytes);
}

const char *
conset_bytes_name (const ConsetBytes *bytes)
{
  return bytes->name;
}

guint64
conset_bytes_size (const ConsetBytes *bytes)
{
  return bytes->size;
}

static gboolean
change_fail (const ConsetBytes *bytes, GError **error)
{
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
               "%s: the file was written to while it was read; try again when it is whole",
               bytes->name);
  return FALSE;
}

gboolean
conset_bytes_read (ConsetBytes *bytes, guint64 offset, gsize n, void *to, GError **error)
{
  gsize n_read = 0;

  if (offset > bytes->size || n > bytes->size - offset)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
                   "%s: the file ends too early; it has %" G_GUINT64_FORMAT " bytes", bytes->name,
                   bytes->size);
      return FALSE;
    }
  if (bytes->file < 0)
    {
      if (n > 0)
        memcpy (to, bytes->memory + offset, n);
      return TRUE;
    }
  while (n_read < n)
    {
      /* Some systems read no more than 2^31 bytes at once. */
      gssize some = pread (bytes->file, (guint8 *) to + n_read, MIN (n - n_read, 1u << 30),
                           (off_t) (offset + n_read));

      if (some < 0 && errno == EINTR)
        continue;
      if (some < 0)
        return system_fail (bytes->name, "read", errno, error);
      if (some == 0)
        return change_fail (bytes, error);
      n_read += (gsize) some;
    }
  return TRUE;
}

gboolean
conset_bytes_check (ConsetBytes *bytes, GError **error)
{
  struct stat status;

  if (bytes->file < 0)
    return TRUE;
  if (fstat (bytes->file, &status) != 0)
    return system_fail (bytes->name, "read", errno, error);
  return ((guint64) status.st_size == bytes->size && status_time (&status) == bytes->modified)
         || change_fail (bytes, error);
}
