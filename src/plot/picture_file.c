/* SPDX-License-Identifier: MIT */
/*
 * Files of pictures, which appear under their names when they are whole.
 */
#include "picture_file.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
fail (const char *file, int error_number, GError **error)
{
  g_autofree char *shown = g_filename_display_name (file);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (error_number), "cannot write %s: %s",
               shown, g_strerror (error_number));
  return FALSE;
}

gboolean
conset_picture_format_of (const char *file, ConsetPictureFormat *format, GError **error)
{
  static const char *const endings[] = { ".png", ".svg", ".pdf" };
  g_autofree char *lower = g_ascii_strdown (file, -1);
  g_autofree char *shown = g_filename_display_name (file);

  for (guint k = 0; k < G_N_ELEMENTS (endings); k++)
    if (g_str_has_suffix (lower, endings[k]))
      {
        *format = k;
        return TRUE;
      }
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_PICTURE,
               "cannot write %s: the format is not known; end the name in .png, .svg or .pdf",
               shown);
  return FALSE;
}

/* What the name leads to; the name itself if there is nothing yet. */
static char *
resolved (const char *file)
{
  char *real = realpath (file, NULL);
  char *name = g_strdup (real != NULL ? real : file);

  free (real);
  return name;
}

gboolean
conset_picture_file_check (const char *file, GError **error)
{
  g_autofree char *name = resolved (file);
  g_autofree char *folder = g_path_get_dirname (name);
  struct stat status;

  if (stat (name, &status) != 0)
    return (errno == ENOENT && access (folder, W_OK) == 0) || fail (file, errno, error);
  if (S_ISDIR (status.st_mode))
    return fail (file, EISDIR, error);
  if (!S_ISREG (status.st_mode))
    {
      g_autofree char *shown = g_filename_display_name (file);

      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                   "cannot write %s: it is no regular file, which could be replaced", shown);
      return FALSE;
    }
  if (access (name, W_OK) != 0 || access (folder, W_OK) != 0)
    return fail (file, errno, error);
  return TRUE;
}

gboolean
conset_picture_file_write (const char *file, GBytes *bytes, GError **error)
{
  g_autofree char *name = resolved (file);
  g_autofree char *shown = g_filename_display_name (file);
  struct stat status;
  int mode = 0666;
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);
  GError *cause = NULL;

  if (!conset_picture_file_check (file, error))
    return FALSE;
  if (stat (name, &status) == 0)
    mode = status.st_mode & 0777;
  if (g_file_set_contents_full (name, data, (gssize) n, G_FILE_SET_CONTENTS_CONSISTENT, mode,
                                &cause))
    return TRUE;
  g_propagate_prefixed_error (error, cause, "cannot write %s: ", shown);
  return FALSE;
}
