/* SPDX-License-Identifier: MIT */
/*
 * What a file tells beside its connections: whose they are, and what made them.
 *
 * A reader has all of that when it is open, so that no connection is looked at. The numbers of
 * nodes are those of a matrix, or else the ends of the window that was written.
 */
#include "export.h"
#include "reader.h"

static void
info_set_window (ConsetFileInfo *info, const ConsetReader *reader)
{
  ConsetWindow window;
  gboolean all;

  info->whole = !conset_notes_read_window (&reader->notes, &window, &all) || all;
  info->window = info->whole ? CONSET_WINDOW_ALL : window;
  info->n_sources = reader->n_sources;
  info->n_targets = reader->n_targets;
  if (info->whole || info->n_sources > 0 || info->n_targets > 0
      || window.source_end == CONSET_INDEX_END || window.target_end == CONSET_INDEX_END)
    return;
  info->n_sources = window.source_end;
  info->n_targets = window.target_end;
}

ConsetFileInfo *
conset_file_info_read (const char *file,
                       ConsetFormat format,
                       const char *population,
                       GError **error)
{
  g_autoptr (ConsetReader) reader = NULL;
  ConsetFileInfo *info;

  g_return_val_if_fail (file != NULL && format <= CONSET_FORMAT_TSV, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  reader = conset_reader_open (file, format, population, error);
  if (reader == NULL)
    return NULL;
  conset_reader_tell (reader);
  info = g_new0 (ConsetFileInfo, 1);
  info->format = reader->format;
  info->population = g_steal_pointer (&reader->population);
  info->sources = g_steal_pointer (&reader->sources);
  info->targets = g_steal_pointer (&reader->targets);
  info_set_window (info, reader);
  info->version = g_steal_pointer (&reader->notes.version);
  info->expression = g_steal_pointer (&reader->notes.expression);
  info->seed = g_steal_pointer (&reader->notes.seed);
  info->digest = g_steal_pointer (&reader->notes.digest);
  return info;
}

void
conset_file_info_free (ConsetFileInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->population);
  g_free (info->sources);
  g_free (info->targets);
  g_free (info->version);
  g_free (info->expression);
  g_free (info->seed);
  g_free (info->digest);
  g_free (info);
}

char **
conset_file_populations (const char *file, ConsetFormat format, GError **error)
{
  g_return_val_if_fail (file != NULL && format <= CONSET_FORMAT_TSV, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (format == CONSET_FORMAT_AUTO)
    format = conset_format_of_name (file, error);
  if (format == CONSET_FORMAT_AUTO)
    return NULL;
  if (format != CONSET_FORMAT_SONATA)
    return g_new0 (char *, 1);
#ifdef CONSET_HAVE_HDF5
  return conset_sonata_populations (file, error);
#else
  conset_reader_fail (file, error,
                      "this build of conset has no HDF5; configure it with CONSET_HDF5=ON");
  return NULL;
#endif
}
