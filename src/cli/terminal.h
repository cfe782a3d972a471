/* SPDX-License-Identifier: MIT */
/*
 * What is known of the terminal.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** cli_terminal_columns: Returns: the width of the terminal @fd is; else $COLUMNS, else 80 */
guint cli_terminal_columns (int fd);

/** cli_terminal_lines: Returns: the height of the terminal @fd is, 0 if it is none */
guint cli_terminal_lines (int fd);

/** cli_locale_is_utf8: Returns: whether the locale can show block and braille characters */
gboolean cli_locale_is_utf8 (void);

G_END_DECLS
