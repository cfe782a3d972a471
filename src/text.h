/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text, the same in every locale; and how much of a text is wanted.
 */
#pragma once

#include <glib.h>

/** Appends the shortest decimal that reads back as @number. */
void conset_append_double (GString *out, double number);

/** Whether @text is UTF-8 without line ends and other control characters. */
gboolean conset_is_line       (const char *text);
/** Appends such a @text as a string of the text language. */
void     conset_append_quoted (GString *out, const char *text);

/** About as many characters of an expression stand in a message. */
#define CONSET_DESCRIPTION_MOST 60

/** @text (transfer full), cut to so many. (transfer full) */
char    *conset_abridge       (char *text);
/** Whether no more need be printed, for printers of many parts. */
gboolean conset_print_is_full (const GString *out);
/** Printers of this thread may stop behind @most bytes. Returns: where they might before */
gsize    conset_print_limit   (gsize most);
