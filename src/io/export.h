/* SPDX-License-Identifier: MIT */
/*
 * What the writers of files share: the sets to write, the columns of each by the names that the
 * file gives them, the notes that tell what made it, and the stream of connections.
 */
#pragma once

#include <conset/cset.h>
#include <conset/eval.h>
#include <conset/io.h>
#include <conset/parallel.h>
#include <conset/ranks.h>
#include <conset/set.h>

#include "file.h"

G_BEGIN_DECLS

/** A column as it is written: @name is never NULL; @unit is what the numbers count, or NULL. */
typedef struct
{
  char       *name;
  const char *unit;
} ConsetExportColumn;

/**
 * A set to be written: its members in @window, which is bounded and within its bounds, are those of
 * @n_sources x @n_targets nodes. @shown is what is written, @set in the units of the format.
 */
typedef struct
{
  Conset             *set;
  Conset             *shown;
  gboolean            whole;
  ConsetWindow        wanted;
  ConsetWindow        window;
  guint64             n_sources;
  guint64             n_targets;
  char               *population;
  char               *sources;
  char               *targets;
  guint               n_columns;
  ConsetExportColumn *columns;
  char               *digest;
} ConsetExportPart;

struct _ConsetExport
{
  char              *name;
  ConsetFormat       format;
  GPtrArray         *parts;
  char              *sources;
  char              *targets;
  gboolean           has_seed;
  guint64            seed;
  guint              compression;
  ConsetIndexing     indexing;
  char              *value;
  gboolean           digest;
  gboolean           no_comments;
  gboolean           append;
  gboolean           network;
  char              *neuron;
  char              *synapse;
  ConsetTask        *task;
  const ConsetRanks *ranks;
  gboolean           done;
};

/** Writes the parts of @export into @file. With @export->ranks, that of SONATA is called by all of
 * them, and @file is NULL for those beyond the first; the others are called by the first alone. */
typedef gboolean (*ConsetWriter) (const ConsetExport *export, ConsetFile *file, GError **error);

gboolean conset_write_sonata        (const ConsetExport *export, ConsetFile *file, GError **error);
gboolean conset_write_matrix_market (const ConsetExport *export, ConsetFile *file, GError **error);
gboolean conset_write_npy           (const ConsetExport *export, ConsetFile *file, GError **error);
gboolean conset_write_npz           (const ConsetExport *export, ConsetFile *file, GError **error);
gboolean conset_write_table         (const ConsetExport *export, ConsetFile *file, GError **error);

/** Writes what makes a network of a SONATA file that is there. */
gboolean conset_write_network       (const ConsetExport *export, GError **error);

/** The one part of formats that have one. */
static inline const ConsetExportPart *
conset_export_part (const ConsetExport *export)
{
  return g_ptr_array_index (export->parts, 0);
}

/** The column that is the data of a matrix; -1 for a mask. FALSE with @error set if @must_choose and
 * there are several, or if there is none of the name asked for. */
gboolean conset_export_data_column (const ConsetExport *export, gboolean must_choose, int *column,
                                    GError **error);

/** Column names must be none of @taken, ended by NULL. */
gboolean conset_export_check_names (const ConsetExportPart *part, const char *const *taken,
                                    GError **error);

/** The notes, a line each with @prefix in front; empty if there shall be none. */
char    *conset_export_notes       (const ConsetExport     *export,
                                    const ConsetExportPart *part,
                                    const char             *prefix);

/** The units of all columns, a line each: for formats whose names of columns have none. */
char    *conset_export_unit_notes  (const ConsetExportPart *part);

/** The one place where connections come from: all of @part in @order, batch by batch. */
gboolean conset_export_stream      (const ConsetExport     *export,
                                    const ConsetExportPart *part,
                                    ConsetOrder             order,
                                    ConsetBatchTaker        take,
                                    gpointer                user_data,
                                    GError                **error);

/** The same, target-major, for what several threads turn into text. */
gboolean conset_export_format      (const ConsetExport     *export,
                                    const ConsetExportPart *part,
                                    ConsetBatchFormat       format,
                                    ConsetBytesTaker        take,
                                    gpointer                user_data,
                                    GError                **error);

G_END_DECLS
