/* SPDX-License-Identifier: MIT */
/*
 * Files of connections, written: what is to be written and how, and the stream of connections.
 *
 * All that can be found wrong before a file is begun is found here; the writers of the formats are
 * files of their own.
 */
#include "export.h"

#include "notes.h"
#include "sonata.h"

#include <string.h>

/* Up to so many expected connections a digest is stored without being asked for: about a second. */
#define DIGEST_MOST 2e6

/* {{{ options */

static void
part_free (gpointer data)
{
  ConsetExportPart *part = data;

  for (guint k = 0; k < part->n_columns; k++)
    g_free (part->columns[k].name);
  g_free (part->columns);
  g_free (part->population);
  g_free (part->sources);
  g_free (part->targets);
  g_free (part->digest);
  conset_unref (part->set);
  g_clear_pointer (&part->shown, conset_unref);
  g_free (part);
}

ConsetExport *
conset_export_new (const char *file)
{
  ConsetExport *export;

  g_return_val_if_fail (file != NULL, NULL);

  export = g_new0 (ConsetExport, 1);
  export->name = g_strdup (file);
  export->parts = g_ptr_array_new_with_free_func (part_free);
  export->sources = g_strdup ("nodes");
  export->targets = g_strdup ("nodes");
  export->indexing = CONSET_INDEX_TARGETS;
  return export;
}

void
conset_export_free (ConsetExport *export)
{
  if (export == NULL)
    return;
  g_free (export->name);
  g_ptr_array_unref (export->parts);
  g_free (export->sources);
  g_free (export->targets);
  g_free (export->value);
  g_free (export->neuron);
  g_free (export->synapse);
  g_free (export);
}

static void
replace_string (char **string, const char *text)
{
  g_free (*string);
  *string = g_strdup (text);
}

void
conset_export_set_nodes (ConsetExport *export, const char *sources, const char *targets)
{
  g_return_if_fail (export != NULL && sources != NULL && targets != NULL);

  replace_string (&export->sources, sources);
  replace_string (&export->targets, targets);
}

void
conset_export_set_format (ConsetExport *export, ConsetFormat format)
{
  g_return_if_fail (export != NULL && format <= CONSET_FORMAT_TSV);

  export->format = format;
}

void
conset_export_set_seed (ConsetExport *export, guint64 seed)
{
  g_return_if_fail (export != NULL);

  export->seed = seed;
  export->has_seed = TRUE;
}

void
conset_export_set_compression (ConsetExport *export, guint level)
{
  g_return_if_fail (export != NULL && level <= 9);

  export->compression = level;
}

void
conset_export_set_indexing (ConsetExport *export, ConsetIndexing indexing)
{
  g_return_if_fail (export != NULL);

  export->indexing = indexing;
}

void
conset_export_set_value (ConsetExport *export, const char *column)
{
  g_return_if_fail (export != NULL);

  replace_string (&export->value, column);
}

void
conset_export_set_digest (ConsetExport *export, gboolean digest)
{
  g_return_if_fail (export != NULL);

  export->digest = digest;
}

void
conset_export_set_comments (ConsetExport *export, gboolean comments)
{
  g_return_if_fail (export != NULL);

  export->no_comments = !comments;
}

void
conset_export_set_append (ConsetExport *export, gboolean append)
{
  g_return_if_fail (export != NULL);

  export->append = append;
}

void
conset_export_set_network (ConsetExport *export, const char *neuron, const char *synapse)
{
  g_return_if_fail (export != NULL);

  export->network = TRUE;
  replace_string (&export->neuron, neuron != NULL ? neuron : "iaf_psc_alpha");
  replace_string (&export->synapse, synapse != NULL ? synapse : "static_synapse");
}

void
conset_export_set_task (ConsetExport *export, ConsetTask *task)
{
  g_return_if_fail (export != NULL);

  export->task = task;
}

void
conset_export_add (ConsetExport *export,
                   const Conset *set,
                   const ConsetWindow *window,
                   const char *population)
{
  ConsetExportPart *part;

  g_return_if_fail (export != NULL && set != NULL);

  part = g_new0 (ConsetExportPart, 1);
  part->set = conset_ref (set);
  part->whole = window == NULL;
  if (window != NULL)
    part->wanted = *window;
  part->population = g_strdup (population);
  part->sources = g_strdup (export->sources);
  part->targets = g_strdup (export->targets);
  g_ptr_array_add (export->parts, part);
}

/* }}} */
/* {{{ formats */

static const struct
{
  const char *extension;
  ConsetFormat format;
} extensions[] = {
  { ".h5", CONSET_FORMAT_SONATA },     { ".hdf5", CONSET_FORMAT_SONATA },
  { ".sonata", CONSET_FORMAT_SONATA }, { ".mtx", CONSET_FORMAT_MATRIX_MARKET },
  { ".npy", CONSET_FORMAT_NPY },       { ".npz", CONSET_FORMAT_CSC },
  { ".csv", CONSET_FORMAT_CSV },       { ".tsv", CONSET_FORMAT_TSV },
};

/* In the order of ConsetFormat. */
static const struct
{
  const char *name;
  ConsetWriter write;
} formats[] = {
  { "auto", NULL },
#ifdef CONSET_HAVE_HDF5
  { "sonata", conset_write_sonata },
#else
  { "sonata", NULL },
#endif
  { "mtx", conset_write_matrix_market },
  { "npy", conset_write_npy },
  { "coo", conset_write_npz },
  { "csr", conset_write_npz },
  { "csc", conset_write_npz },
  { "csv", conset_write_table },
  { "tsv", conset_write_table },
};

G_STATIC_ASSERT (G_N_ELEMENTS (formats) == CONSET_FORMAT_TSV + 1);

ConsetFormat
conset_format_of_name (const char *name, GError **error)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);
  g_autofree char *shown = NULL;

  for (gsize k = 0; k < G_N_ELEMENTS (extensions); k++)
    if (g_str_has_suffix (folded, extensions[k].extension))
      return extensions[k].format;
  shown = g_filename_display_name (name);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
               "%s: the extension names no format; use .h5, .mtx, .npy, .npz, .csv or .tsv, or "
               "choose a format",
               shown);
  return CONSET_FORMAT_AUTO;
}

gboolean
conset_has_hdf5 (void)
{
  return formats[CONSET_FORMAT_SONATA].write != NULL;
}

/* }}} */
/* {{{ checks */

static gboolean G_GNUC_PRINTF (2, 3) export_fail (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error,
                     g_error_new_valist (CONSET_ERROR, CONSET_ERROR_FILE, format, arguments));
  va_end (arguments);
  return FALSE;
}

/* What the members are among: the ends of a window where it has such, else of the set. */
static gboolean
part_resolve (ConsetExportPart *part, GError **error)
{
  ConsetWindow bounds, wanted = part->wanted;

  if (!conset_check (part->set, error))
    return FALSE;
  conset_get_bounds (part->set, &bounds);
  if (part->whole)
    wanted = CONSET_WINDOW_ALL;
  if (wanted.source_end > CONSET_INDEX_END || wanted.target_end > CONSET_INDEX_END)
    {
      g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_WINDOW,
                           "the window reaches beyond the universe; an end is at most 2^63");
      return FALSE;
    }
  part->n_sources = wanted.source_end < CONSET_INDEX_END ? wanted.source_end : bounds.source_end;
  part->n_targets = wanted.target_end < CONSET_INDEX_END ? wanted.target_end : bounds.target_end;
  part->window = (ConsetWindow){ MAX (wanted.source_first, bounds.source_first),
                                 MIN (wanted.source_end, bounds.source_end),
                                 MAX (wanted.target_first, bounds.target_first),
                                 MIN (wanted.target_end, bounds.target_end) };
  if (part->window.source_end < CONSET_INDEX_END && part->window.target_end < CONSET_INDEX_END)
    return TRUE;
  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED,
                       "the set is infinite; give a window, or intersect it with cross(...)");
  return FALSE;
}

/* The columns in the units of the @format. A column without a name is called after its number. */
static void
part_show (ConsetExportPart *part, ConsetFormat format)
{
  part->shown = conset_ref (part->set);
  if (format == CONSET_FORMAT_SONATA)
    part->shown = conset_sonata_set_units (part->shown);
  part->n_columns = conset_arity (part->set);
  part->columns = g_new0 (ConsetExportColumn, part->n_columns);
  for (guint k = 0; k < part->n_columns; k++)
    {
      const char *name = conset_column_name (part->set, k);

      part->columns[k].name = name != NULL ? g_strdup (name) : g_strdup_printf ("value%u", k);
      part->columns[k].unit = conset_column_unit (part->shown, k);
    }
}

static gboolean
part_make_digest (const ConsetExport *export, ConsetExportPart *part, GError **error)
{
  const ConsetRanks *ranks = export->ranks;

  if (export->no_comments
      || (!export->digest && !(conset_expected_count (part->set, &part->window) <= DIGEST_MOST)))
    return TRUE;
  part->digest = ranks != NULL
                   ? ranks->digest (part->set, &part->window, export->task, ranks->user_data, error)
                   : conset_parallel_digest (part->set, &part->window, export->task, error);
  return part->digest != NULL;
}

/* What only some formats can do. */
static gboolean
export_check_options (const ConsetExport *export, ConsetFormat format, GError **error)
{
  const char *name = formats[format].name;

  if (formats[format].write == NULL)
    return export_fail (error,
                        "this build of conset has no HDF5; configure it with CONSET_HDF5=ON");
  if (format == CONSET_FORMAT_SONATA)
    return export->value == NULL
           || export_fail (error, "a SONATA file has all values; leave the choice of '%s' out",
                           export->value);
  if (export->parts->len > 1)
    return export_fail (error, "a file of format %s holds one set; use SONATA for %u", name,
                        export->parts->len);
  if (export->compression > 0)
    return export_fail (error, "files of format %s are not compressed; SONATA files are", name);
  if (export->append)
    return export_fail (error, "nothing can be appended to a file of format %s; use SONATA", name);
  return !export->network
         || export_fail (error, "a network is made of a SONATA file, not of format %s", name);
}

gboolean
conset_export_data_column (const ConsetExport *export,
                           gboolean must_choose,
                           int *column,
                           GError **error)
{
  const ConsetExportPart *part = conset_export_part (export);
  GString *names;

  *column = part->n_columns > 0 ? 0 : -1;
  if (export->value == NULL && (part->n_columns < 2 || !must_choose))
    return TRUE;
  names = g_string_new (NULL);
  for (guint k = 0; k < part->n_columns; k++)
    {
      g_string_append_printf (names, "%s%s", k > 0 ? ", " : "", part->columns[k].name);
      *column = (int) k;
      if (g_strcmp0 (export->value, part->columns[k].name) == 0)
        {
          g_string_free (names, TRUE);
          return TRUE;
        }
    }
  if (export->value != NULL)
    export_fail (error, "there is no value '%s'; the connections have %s", export->value,
                 part->n_columns > 0 ? names->str : "none");
  else
    export_fail (error, "this format has one number for each connection; choose one of %s",
                 names->str);
  g_string_free (names, TRUE);
  return FALSE;
}

gboolean
conset_export_check_names (const ConsetExportPart *part, const char *const *taken, GError **error)
{
  for (guint k = 0; k < part->n_columns; k++)
    {
      const char *name = part->columns[k].name;

      if (g_strv_contains (taken, name))
        return export_fail (error,
                            "the values '%s' have a name that this format needs itself; give "
                            "them another",
                            name);
      for (guint j = 0; j < k; j++)
        if (strcmp (part->columns[j].name, name) == 0)
          return export_fail (error, "two columns would be named '%s'; give the values names",
                              name);
    }
  return TRUE;
}

/* }}} */
/* {{{ notes */

char *
conset_export_notes (const ConsetExport *export, const ConsetExportPart *part, const char *prefix)
{
  GString *notes = g_string_new (NULL);
  g_autofree char *expression = conset_to_string (part->set);
  g_autofree char *window = conset_notes_write_window (part->whole ? NULL : &part->wanted);

  if (export->no_comments)
    return g_string_free (notes, FALSE);
  g_string_append_printf (notes, "%s%s: %s\n", prefix, CONSET_NOTE_VERSION, conset_version ());
  g_string_append_printf (notes, "%s%s: %s\n", prefix, CONSET_NOTE_EXPRESSION, expression);
  g_string_append_printf (notes, "%s%s: %s\n", prefix, CONSET_NOTE_WINDOW, window);
  if (export->has_seed)
    g_string_append_printf (notes, "%s%s: %" G_GUINT64_FORMAT "\n", prefix, CONSET_NOTE_SEED,
                            export->seed);
  if (part->digest != NULL)
    g_string_append_printf (notes, "%s%s: %s\n", prefix, CONSET_NOTE_DIGEST, part->digest);
  return g_string_free (notes, FALSE);
}

char *
conset_export_unit_notes (const ConsetExportPart *part)
{
  GString *notes = g_string_new (NULL);

  for (guint k = 0; k < part->n_columns; k++)
    if (part->columns[k].unit != NULL)
      g_string_append_printf (notes, "%s: %s (%s)\n", CONSET_NOTE_UNIT, part->columns[k].name,
                              part->columns[k].unit);
  return g_string_free (notes, FALSE);
}

/* }}} */
/* {{{ the stream */

gboolean
conset_export_stream (const ConsetExport *export,
                      const ConsetExportPart *part,
                      ConsetOrder order,
                      ConsetBatchTaker take,
                      gpointer user_data,
                      GError **error)
{
  return conset_parallel_foreach (part->shown, &part->window, order, export->task, take, user_data,
                                  error);
}

gboolean
conset_export_format (const ConsetExport *export,
                      const ConsetExportPart *part,
                      ConsetBatchFormat format,
                      ConsetBytesTaker take,
                      gpointer user_data,
                      GError **error)
{
  return conset_parallel_format (part->shown, &part->window, CONSET_TARGET_MAJOR, export->task,
                                 format, take, user_data, error);
}

/* }}} */

static gboolean
write_network (const ConsetExport *export, GError **error)
{
#ifdef CONSET_HAVE_HDF5
  return conset_write_network (export, error);
#else
  (void) export;
  (void) error;
  g_return_val_if_reached (FALSE);
#endif
}

/* TRUE on all ranks if all are @good; FALSE with @error otherwise. */
static gboolean
export_agree (const ConsetExport *export, gboolean good, GError **error)
{
  const ConsetRanks *ranks = export->ranks;

  return ranks != NULL ? ranks->agree (good, ranks->user_data, error) : good;
}

/* All that can be found wrong before anything is written. */
static gboolean
export_check (ConsetExport *export, GError **error)
{
  if (export->format == CONSET_FORMAT_AUTO)
    export->format = conset_format_of_name (export->name, error);
  if (export->format == CONSET_FORMAT_AUTO || !export_check_options (export, export->format, error))
    return FALSE;
  if (export->ranks != NULL && export->compression > 0)
    return export_fail (error, "ranks write files that are not compressed; leave the compression "
                               "out, and have h5repack do it, or start one process");
  for (guint k = 0; k < export->parts->len; k++)
    if (!part_resolve (g_ptr_array_index (export->parts, k), error))
      return FALSE;
  return TRUE;
}

static gboolean
export_write (ConsetExport *export, GError **error)
{
  gboolean leads = export->ranks == NULL || export->ranks->rank == 0, good = TRUE;
  g_autoptr (ConsetFile) file = NULL;

  if (!export_agree (export, export_check (export, error), error))
    return FALSE;
  for (guint k = 0; k < export->parts->len; k++)
    {
      ConsetExportPart *part = g_ptr_array_index (export->parts, k);

      if (!part_make_digest (export, part, error))
        return FALSE;
      part_show (part, export->format);
    }
  if (leads)
    file = conset_file_new (export->name, error);
  if (!export_agree (export, file != NULL || !leads, error))
    return FALSE;
  if (leads || export->format == CONSET_FORMAT_SONATA)
    good = formats[export->format].write (export, file, error);
  if (good && leads)
    good = conset_file_commit (file, error) && (!export->network || write_network (export, error));
  return export_agree (export, good, error);
}

gboolean
conset_export_write_on_ranks (ConsetExport *export, const ConsetRanks *ranks, GError **error)
{
  GError *own = NULL;
  gboolean good;

  g_return_val_if_fail (export != NULL && export->parts->len > 0 && !export->done, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  export->done = TRUE;
  export->ranks = ranks != NULL && ranks->n_ranks > 1 ? ranks : NULL;
  good = export_write (export, &own);
  export->ranks = NULL;
  if (!good)
    g_propagate_error (error, own);
  return good;
}

gboolean
conset_export_write (ConsetExport *export, GError **error)
{
  return conset_export_write_on_ranks (export, NULL, error);
}
