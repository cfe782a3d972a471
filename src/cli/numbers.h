/* SPDX-License-Identifier: MIT */
/*
 * Numbers as users type them and as pictures and progress bars print them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * cli_number_parse:
 * @text: decimal digits, also with a point and an exponent, such as 1e6 or 2.5e3
 * @max: the greatest number that is good
 * @number: (out): the number
 *
 * Exact, and the same in every locale.
 *
 * Returns: FALSE if @text is no integer in [0, @max]
 */
gboolean cli_number_parse (const char *text, guint64 max, guint64 *number);

/** cli_number_short: Returns: (transfer full): @number, with its zeros as an exponent from a
 * million on */
char *cli_number_short (guint64 number);

/** cli_number_scaled: Returns: (transfer full): @number to three digits with k, M, G, T, P or E */
char *cli_number_scaled (double number);

G_END_DECLS
