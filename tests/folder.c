/* SPDX-License-Identifier: MIT */
/*
 * A folder of its own for each test that writes files.
 */
#include "folder.h"

#include <check.h>
#include <glib/gstdio.h>

char *test_folder;

void
test_folder_make (void)
{
  test_folder = g_dir_make_tmp ("conset-test-XXXXXX", NULL);
  ck_assert_ptr_nonnull (test_folder);
}

guint
test_folder_empty (void)
{
  GDir *dir = g_dir_open (test_folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (test_folder, name, NULL);

      g_remove (path);
      n++;
    }
  g_dir_close (dir);
  return n;
}

void
test_folder_remove (void)
{
  test_folder_empty ();
  g_rmdir (test_folder);
  g_clear_pointer (&test_folder, g_free);
}
