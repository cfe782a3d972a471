/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text, the same in every locale, and words.
 */
#pragma once

#include <glib.h>

/** Whether a word of @length characters means something in Python, so that it can name nothing. */
gboolean conset_is_reserved_word (const char *word, gsize length);

/** Appends what conset_write_double() writes. */
void conset_append_double (GString *out, double number);
