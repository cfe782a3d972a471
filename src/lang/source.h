/* SPDX-License-Identifier: MIT */
/*
 * A text of the language, and errors that point into it.
 *
 * A position is a byte offset into the text; line and column are found from it when an
 * error needs them.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/**
 * ConsetSource:
 * @name: (nullable): what errors call the text, such as a file name; NULL for an expression
 * @text: the text; the functions below stand any bytes, valid UTF-8 or not
 * @length: its length in bytes
 */
typedef struct
{
  const char *name;
  const char *text;
  gsize       length;
} ConsetSource;

/**
 * conset_source_locate:
 * @line: (out): the line of @position, counted from 1
 * @column: (out): its column, counted from 1 in characters
 */
void  conset_source_locate    (const ConsetSource  *source,
                               gsize                position,
                               gsize               *line,
                               gsize               *column);

/**
 * conset_source_set_error:
 *
 * Sets @error with the place, the message, the line at @position and a caret below it.
 */
void  conset_source_set_error (const ConsetSource  *source,
                               gsize                position,
                               ConsetError          code,
                               GError             **error,
                               const char          *format,
                               ...) G_GNUC_PRINTF (5, 6);

/**
 * conset_source_propagate:
 * @cause: (transfer full): an error
 *
 * As conset_source_set_error(), with the message, domain and code of @cause, unless that has a
 * place already.
 */
void  conset_source_propagate (const ConsetSource  *source,
                               gsize                position,
                               GError             **error,
                               GError              *cause);

/** conset_source_is_placed: Returns: whether @error tells its place */
gboolean conset_source_is_placed (const GError *error);

/* Parts of a text in errors */

/** conset_shorten: cuts @text, if it is longer than @n_bytes, and puts "..." behind it */
void  conset_shorten          (GString             *text,
                               gsize                n_bytes);

/** conset_quote: Returns: (transfer full): @text in quotes, shortened */
char *conset_quote            (const char          *text,
                               gsize                length);

G_END_DECLS
