/* SPDX-License-Identifier: MIT */
/*
 * What is known of the terminal: its size from the kernel, and what its character set is
 * from the locale.
 */
#include "terminal.h"

#include <sys/ioctl.h>

#include "numbers.h"

#define DEFAULT_COLUMNS 80
#define MAX_COLUMNS 100000

guint
cli_terminal_columns (int fd)
{
  struct winsize size;
  const char *text = g_getenv ("COLUMNS");
  guint64 columns;

  if (ioctl (fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  if (text != NULL && cli_number_parse (text, MAX_COLUMNS, &columns) && columns > 0)
    return columns;
  return DEFAULT_COLUMNS;
}

guint
cli_terminal_lines (int fd)
{
  struct winsize size;

  return ioctl (fd, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

gboolean
cli_locale_is_utf8 (void)
{
  return g_get_charset (NULL);
}
