/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text, the same in every locale, and words; and how much of a text is wanted.
 */
#pragma once

#include <glib.h>

/** Whether a word of @length characters means something in Python, so that it can name nothing. */
gboolean conset_is_reserved_word (const char *word, gsize length);

/** Appends what conset_write_double() writes. */
void conset_append_double (GString *out, double number);

/** The same so that the language reads it back bit for bit: a zero below zero is no integer. */
void conset_append_real (GString *out, double number);

/** The double next to the decimal above, its point moved by @places to the right. Of a finite
 * number; infinite where the result is too large. */
double conset_shift_decimal (double number, int places);

/** Whether @text can stand in quotes in the text language: UTF-8 without backslashes, line ends and
 * other control characters, and one kind of quotes in it at most. */
gboolean conset_is_string     (const char *text);
/** Appends such a @text in quotes. */
void     conset_append_string (GString *out, const char *text);

/** About as many characters of an expression stand in a message. */
#define CONSET_DESCRIPTION_MOST 60

/** @text (transfer full), cut to so many. (transfer full) */
char    *conset_abridge       (char *text);
/** Whether no more need be printed, for printers of many parts. */
gboolean conset_print_is_full (const GString *out);
/** Printers of this thread may stop behind @most bytes. Returns: where they might before */
gsize    conset_print_limit   (gsize most);
