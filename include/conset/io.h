/* SPDX-License-Identifier: MIT */
/*
 * Files of connections: writing them, reading them, holding them against what made them.
 *
 *   g_autoptr (ConsetExport) export = conset_export_new ("network.h5");
 *
 *   conset_export_add (export, net, &CONSET_WINDOW (800, 200), "ee");
 *   if (!conset_export_write (export, &error)) ...
 *
 * A file appears under its name when it is whole: what fails, is cancelled or killed leaves the old
 * file as it was, and nothing else behind. The same sets give the same bytes, on every machine and
 * with any number of threads. Memory does not depend on the number of connections.
 *
 * In matrices the sources are the rows: W[source, target]. Indices count from 0, in Matrix Market
 * files from 1. Connections are written in target-major order, but for CSR.
 *
 * Every file tells what made it: the version of conset, the expression with all its seeds, the
 * window, and the digest of small ones; so conset_verify() can hold it against that. HDF5 files
 * have attributes for it at the population (conset_version, conset_expression, conset_seed,
 * conset_window, conset_digest); text files lines of comment at the top; .npy a second array behind
 * the first, .npz an array "conset", of bytes, with the same lines.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/parallel.h>
#include <conset/types.h>

G_BEGIN_DECLS

/* Formats */

/**
 * ConsetFormat:
 * @CONSET_FORMAT_AUTO: by the extension of the file name: .h5, .hdf5, .sonata; .mtx; .npy; .npz;
 *   .csv; .tsv
 * @CONSET_FORMAT_SONATA: edges as SONATA has them, in HDF5. The columns weight and delay are the
 *   datasets syn_weight and delay of group 0, the latter in ms if it is a time; all others have their
 *   own names. Numbers of a column with a unit have an attribute "units".
 * @CONSET_FORMAT_MATRIX_MARKET: Matrix Market, coordinates: pattern for a mask, integer with the
 *   multiplicities for one with multapses, real for the values of one column
 * @CONSET_FORMAT_NPY: a NumPy array: n x 2 integers for a mask; structured with fields source,
 *   target and one a column for a connection set
 * @CONSET_FORMAT_COO: a NumPy archive .npz as scipy.sparse.load_npz() reads it, with row, col, data
 * @CONSET_FORMAT_CSR: the same with indices, indptr, data by rows, which are the sources
 * @CONSET_FORMAT_CSC: the same by columns; what .npz stands for
 * @CONSET_FORMAT_CSV: text: a line with the names of the columns, then one a connection
 * @CONSET_FORMAT_TSV: the same with tabs
 *
 * The data of a .npz are 1.0 for a mask, or the values of one column, the first if none is
 * chosen; further columns are arrays of their own names. Units of .npy and .npz stand among what the
 * file tells, a line "conset_unit: weight (nS)" a column, and come back with them.
 */
typedef enum
{
  CONSET_FORMAT_AUTO,
  CONSET_FORMAT_SONATA,
  CONSET_FORMAT_MATRIX_MARKET,
  CONSET_FORMAT_NPY,
  CONSET_FORMAT_COO,
  CONSET_FORMAT_CSR,
  CONSET_FORMAT_CSC,
  CONSET_FORMAT_CSV,
  CONSET_FORMAT_TSV,
} ConsetFormat;

/** conset_format_of_name: Returns: the format of files called @name; CONSET_FORMAT_AUTO with @error set
 * if the extension tells none */
CONSET_PUBLIC ConsetFormat conset_format_of_name (const char  *name,
                                                  GError     **error);

/** conset_has_hdf5: Returns: whether this build writes and reads HDF5 */
CONSET_PUBLIC gboolean conset_has_hdf5 (void);

/* Writing */

typedef struct _ConsetExport ConsetExport;

/**
 * ConsetIndexing:
 * @CONSET_INDEX_TARGETS: SONATA's target_to_source; free
 * @CONSET_INDEX_SOURCES: source_to_target: the set is evaluated a second time, by sources, and takes
 *   up to 16 bytes a connection of the file
 *
 * Indices of a SONATA file, flags; 16 bytes a node each.
 */
typedef enum
{
  CONSET_INDEX_NONE = 0,
  CONSET_INDEX_TARGETS = 1 << 0,
  CONSET_INDEX_SOURCES = 1 << 1,
} ConsetIndexing;

/**
 * conset_export_new:
 * @file: name of a file, which is replaced if there is one
 *
 * Returns: (transfer full): a file to be written, never NULL; nothing happens to it before
 *   conset_export_write()
 */
CONSET_PUBLIC ConsetExport *conset_export_new (const char *file) G_GNUC_WARN_UNUSED_RESULT;

CONSET_PUBLIC void conset_export_free (ConsetExport *export);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetExport, conset_export_free)

/**
 * conset_export_add:
 * @set: (transfer none): what to write
 * @window: (nullable): which part of it
 * @population: (nullable): name of the edge population, for SONATA; NULL for SOURCES_to_TARGETS
 *
 * SONATA files may have several populations; all others have one set. The ends of @window, or the
 * bounds of @set where it is unbounded or NULL, are the numbers of nodes, of rows and columns.
 */
CONSET_PUBLIC void conset_export_add (ConsetExport       *export,
                                      const Conset       *set,
                                      const ConsetWindow *window,
                                      const char         *population);

/**
 * conset_export_set_nodes:
 * @sources: name of the node population of the sources
 * @targets: that of the targets, which may be the same
 *
 * For the sets that are added from now on; without, "nodes" is both.
 */
CONSET_PUBLIC void conset_export_set_nodes       (ConsetExport       *export,
                                                  const char         *sources,
                                                  const char         *targets);

CONSET_PUBLIC void conset_export_set_format      (ConsetExport       *export,
                                                  ConsetFormat        format);

/** conset_export_set_seed: the model seed that the sets were made with, for the record. */
CONSET_PUBLIC void conset_export_set_seed        (ConsetExport       *export,
                                                  guint64             seed);

/** conset_export_set_compression: @level is that of deflate, 0 (the default) to 9; SONATA only. */
CONSET_PUBLIC void conset_export_set_compression (ConsetExport       *export,
                                                  guint               level);

/** conset_export_set_indexing: flags of ConsetIndexing, CONSET_INDEX_TARGETS without; SONATA only. */
CONSET_PUBLIC void conset_export_set_indexing    (ConsetExport       *export,
                                                  ConsetIndexing      indexing);

/** conset_export_set_value: the @column, by its name, that is the data of a matrix. */
CONSET_PUBLIC void conset_export_set_value       (ConsetExport       *export,
                                                  const char         *column);

/** conset_export_set_digest: whether to store the digest, which takes a second evaluation and longer
 * than writing; without, up to some million expected connections. */
CONSET_PUBLIC void conset_export_set_digest      (ConsetExport       *export,
                                                  gboolean            digest);

/** conset_export_set_comments: FALSE for files that do not tell what made them. */
CONSET_PUBLIC void conset_export_set_comments    (ConsetExport       *export,
                                                  gboolean            comments);

/** conset_export_set_append: TRUE to keep the populations that a SONATA file has already. */
CONSET_PUBLIC void conset_export_set_append      (ConsetExport       *export,
                                                  gboolean            append);

/**
 * conset_export_set_network:
 * @neuron: (nullable): the neuron model of nodes that receive connections, such as "iaf_psc_alpha"
 * @synapse: (nullable): the synapse model, such as "static_synapse"
 *
 * Writes beside a SONATA file NAME.h5 all that makes a network of it: NAME_nodes.h5,
 * NAME_node_types.csv, NAME_edge_types.csv and NAME_circuit.json, which NEST's SonataNetwork and
 * BMTK load. Existing ones are replaced.
 */
CONSET_PUBLIC void conset_export_set_network     (ConsetExport       *export,
                                                  const char         *neuron,
                                                  const char         *synapse);

/** conset_export_set_task: how the sets are evaluated: threads, progress, which goes from 0 to 1 once
 * more for an index by sources, and cancelling. @task (nullable) stays the caller's, and must live as
 * long. */
CONSET_PUBLIC void conset_export_set_task        (ConsetExport       *export,
                                                  ConsetTask         *task);

/**
 * conset_export_write:
 *
 * Writes the file. Once.
 *
 * Returns: FALSE with @error set on failure: the file is as it was before
 */
CONSET_PUBLIC gboolean conset_export_write       (ConsetExport       *export,
                                                  GError            **error);

/* Reading */

/**
 * conset_import:
 * @file: name of a file: SONATA edges, Matrix Market, NumPy .npy or .npz, CSV or TSV
 * @format: its format; that of a .npz is found in it
 * @population: (nullable): which edge population of a SONATA file; NULL for its only one
 *
 * The connections of @file as an explicit set, with the values they have. SONATA's syn_weight is the
 * column weight. Takes some ten bytes a connection and 8 a value.
 *
 * Such a set prints as fromFile("..."), and is read by conset_parse_with() only where files are
 * allowed.
 *
 * Returns: (transfer full): a set; NULL with @error set if @file cannot be read, or is damaged
 */
CONSET_PUBLIC Conset  *conset_import (const char    *file,
                                      ConsetFormat   format,
                                      const char    *population,
                                      GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ConsetFileInfo:
 * @format: that of the file, never CONSET_FORMAT_AUTO
 * @population: (nullable): the edge population, of SONATA
 * @sources: (nullable): its node population of the sources
 * @targets: (nullable): that of the targets
 * @n_sources: how many sources there are, with or without connections: the rows of a matrix, or the
 *   end of the window that was written; 0 if the file does not tell
 * @n_targets: the same of the targets
 * @whole: whether the whole set was written, or nothing is known of a window
 * @window: what was written of the set; all if @whole
 * @version: (nullable): the version of conset that wrote the file
 * @expression: (nullable): what is written, with all its seeds
 * @seed: (nullable): the model seed, for the record
 * @digest: (nullable): that of the set
 *
 * What a file tells beside its connections. Nothing of it is more than a claim of the file, which
 * conset_verify() looks into.
 */
typedef struct
{
  ConsetFormat  format;
  char         *population;
  char         *sources;
  char         *targets;
  guint64       n_sources;
  guint64       n_targets;
  gboolean      whole;
  ConsetWindow  window;
  char         *version;
  char         *expression;
  char         *seed;
  char         *digest;
} ConsetFileInfo;

/**
 * conset_file_info_read:
 * @file: name of a file
 * @format: its format
 * @population: (nullable): which edge population of a SONATA file; NULL for its only one
 *
 * Looks at no connection, but at all bytes of a compressed .npz.
 *
 * Returns: (transfer full): what @file tells; NULL with @error set if it cannot be read
 */
CONSET_PUBLIC ConsetFileInfo *conset_file_info_read   (const char      *file,
                                                       ConsetFormat     format,
                                                       const char      *population,
                                                       GError         **error)
                                                       G_GNUC_WARN_UNUSED_RESULT;

CONSET_PUBLIC void            conset_file_info_free   (ConsetFileInfo  *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetFileInfo, conset_file_info_free)

/**
 * conset_file_populations:
 * @file: name of a file
 * @format: its format
 *
 * Returns: (transfer full): the names of the edge populations of a SONATA file, sorted, ended by
 *   NULL; none for other formats; NULL with @error set if @file cannot be read
 */
CONSET_PUBLIC char          **conset_file_populations (const char      *file,
                                                       ConsetFormat     format,
                                                       GError         **error)
                                                       G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_verify:
 * @file: a file that conset_export_write() has written
 * @format: its format
 * @population: (nullable): which edge population of a SONATA file; NULL for its only one
 * @set: (nullable) (transfer none): what it should hold; NULL for the expression that @file tells
 * @window: (nullable): which part of @set; not looked at if @set is NULL
 * @count: (out) (optional): the number of connections compared
 *
 * Evaluates what made @file once more, and compares connection by connection and value by value, to
 * the last bit. Memory does not depend on the number of connections, but for compressed .npz.
 *
 * Returns: FALSE with @error set: CONSET_ERROR_DIFFERENT tells the first difference
 */
CONSET_PUBLIC gboolean conset_verify (const char          *file,
                                      ConsetFormat         format,
                                      const char          *population,
                                      const Conset        *set,
                                      const ConsetWindow  *window,
                                      guint64             *count,
                                      GError             **error);

G_END_DECLS
