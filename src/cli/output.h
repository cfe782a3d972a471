/* SPDX-License-Identifier: MIT */
/*
 * Standard output, buffered.
 *
 * The first failed write is kept and later writes are dropped, so that a writer may look
 * only where it can stop early; cli_output_flush() and cli_output_close() report it.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

typedef struct _CliOutput CliOutput;

CliOutput *cli_output_new (void);
void cli_output_free (CliOutput *output);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliOutput, cli_output_free)

/** cli_output_silence: what is written goes nowhere. */
void cli_output_silence (CliOutput *output);

/** cli_output_text: writes @text as it is. */
void cli_output_text (CliOutput *output, const char *text);

void cli_output_printf (CliOutput *output, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** cli_output_bytes: writes @n bytes. */
void cli_output_bytes (CliOutput *output, const char *bytes, gsize n);

/** cli_lines_append: appends "source<TAB>target<NEWLINE>" a connection to @bytes, and values before
 * the end of the line; @order is that of the connections. */
void cli_lines_append (const ConsetBatch *batch, ConsetOrder order, GByteArray *bytes);

/** cli_output_flush: Returns: FALSE with @error set if a write has failed; CLI_ERROR_CLOSED_PIPE
 * for a closed pipe */
gboolean cli_output_flush (CliOutput *output, GError **error);

/** cli_output_close: cli_output_flush(), and closes standard output, where some file systems report
 * their errors. */
gboolean cli_output_close (CliOutput *output, GError **error);

G_END_DECLS
