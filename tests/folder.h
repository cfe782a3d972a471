/* SPDX-License-Identifier: MIT */
/*
 * A folder of its own for each test that writes files: fixtures, and what is in it.
 */
#pragma once

#include <glib.h>

/** Its path, while a test runs. */
extern char *test_folder;

/** test_folder_make: makes it; a fixture */
void  test_folder_make   (void);

/** test_folder_empty: removes the files in it. Returns: how many there were */
guint test_folder_empty  (void);

/** test_folder_remove: removes it with what is in it; a fixture */
void  test_folder_remove (void);
