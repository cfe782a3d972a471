/* SPDX-License-Identifier: MIT */
/*
 * Notes: what a file tells of what made it, as lines "key: value".
 *
 * They stand in comments of text files and in an array of NumPy's; HDF5 files have an attribute a
 * note, by the names of the keys.
 */
#pragma once

#include <conset/types.h>

G_BEGIN_DECLS

#define CONSET_NOTE_VERSION "conset_version"
#define CONSET_NOTE_EXPRESSION "conset_expression"
#define CONSET_NOTE_SEED "conset_seed"
#define CONSET_NOTE_WINDOW "conset_window"
#define CONSET_NOTE_DIGEST "conset_digest"
#define CONSET_NOTE_ENTRIES "conset_entries"
#define CONSET_NOTE_UNIT "conset_unit"
#define CONSET_NOTE_COLUMNS "conset_columns"

/** What was told, all nullable, and owned. @units has a line "column (unit)" for each that is told. */
typedef struct
{
  char *version;
  char *expression;
  char *seed;
  char *window;
  char *digest;
  char *entries;
  char *units;
} ConsetNotes;

void     conset_notes_clear (ConsetNotes *notes);

/** Takes @value (transfer full) for @key, and drops it if @key is no note. */
void     conset_notes_set   (ConsetNotes *notes, const char *key, char *value);

/** Reads a line of @n bytes; what is no note is passed over. */
void     conset_notes_read  (ConsetNotes *notes, const char *line, gsize n);

/** "all", or the four numbers of a window; @window is NULL for all. */
char    *conset_notes_write_window (const ConsetWindow *window);
gboolean conset_notes_read_window  (const ConsetNotes *notes, ConsetWindow *window, gboolean *all);

G_END_DECLS
