/* SPDX-License-Identifier: MIT */
/*
 * Readers: the connections of a file, block by block, in the order in which they stand there.
 *
 * Each format is a file, with a function that opens and a class. Nothing that a file says is
 * trusted: what is wrong is an error that names the file, and tells what.
 */
#pragma once

#include <conset/io.h>

#include "bytes.h"
#include "notes.h"

G_BEGIN_DECLS

/** Connections of a block. */
#define CONSET_READER_BLOCK 8192

typedef struct _ConsetReader ConsetReader;

typedef struct
{
  /* Reads up to @most connections. Returns: how many, fewer than @most only at the end; -1 with
   * @error set */
  gssize (*read) (ConsetReader   *reader,
                  gsize           most,
                  guint64        *sources,
                  guint64        *targets,
                  double *const  *values,
                  GError        **error);
  void   (*free) (ConsetReader   *reader);
  /* Reads what the file tells of itself; NULL where that is known when it is open. */
  void   (*tell) (ConsetReader   *reader);
} ConsetReaderClass;

/**
 * @format: never CONSET_FORMAT_AUTO
 * @population, @sources, @targets: of SONATA, each nullable, and owned
 * @n_sources, @n_targets: the rows and columns of a matrix; else 0
 * @order: in which what conset has written stands
 * @names, @units: of the columns, each nullable, and owned
 * @sonata: whether the units are those of SONATA
 */
struct _ConsetReader
{
  const ConsetReaderClass *klass;
  char                    *name;
  ConsetFormat             format;
  char                    *population;
  char                    *sources;
  char                    *targets;
  guint64                  n_sources;
  guint64                  n_targets;
  ConsetOrder              order;
  guint                    n_columns;
  char                   **names;
  char                   **units;
  gboolean                 sonata;
  ConsetNotes              notes;
};

/** Opens @file; NULL with @error set. */
ConsetReader *conset_reader_open (const char *file, ConsetFormat format, const char *population,
                                  GError **error);
void          conset_reader_free (ConsetReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetReader, conset_reader_free)

/** Has the notes read, and the populations of nodes: only for those who ask, for libhdf5 may not
 * survive a damaged text. */
void          conset_reader_tell (ConsetReader *reader);

gssize        conset_reader_read (ConsetReader *reader, gsize most, guint64 *sources,
                                  guint64 *targets, double *const *values, GError **error);

/** The names of the populations of edges (transfer full); NULL with @error set. */
char        **conset_sonata_populations (const char *file, GError **error);

/* For the formats. They take @bytes over, also on failure. */

ConsetReader *conset_read_sonata        (const char *file, const char *population, GError **error);
ConsetReader *conset_read_matrix_market (ConsetBytes *bytes, GError **error);
ConsetReader *conset_read_npy           (ConsetBytes *bytes, GError **error);
ConsetReader *conset_read_npz           (ConsetBytes *bytes, GError **error);
ConsetReader *conset_read_table         (ConsetBytes *bytes, char separator, GError **error);

/** What all have in common; @size is that of the struct that begins with it. */
gpointer      conset_reader_new        (const ConsetReaderClass *klass, gsize size,
                                        const char *name);

/** Adds a column; both may be NULL, and are copied. */
void          conset_reader_add_column (ConsetReader *reader, const char *name, const char *unit);

/** Adds the column that @text names: "weight (nS)", "weight". */
void          conset_reader_add_named  (ConsetReader *reader, const char *text);

/** Gives the columns the units that the notes tell. */
void          conset_reader_add_units  (ConsetReader *reader);

/** An error about the file. Returns: FALSE */
gboolean      conset_reader_fail       (const char *name, GError **error, const char *format, ...)
                                        G_GNUC_PRINTF (3, 4);

G_END_DECLS
