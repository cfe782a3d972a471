/* SPDX-License-Identifier: MIT */
/*
 * The connections of a file as an explicit set.
 *
 * Blocks are read into arrays that grow by a half whenever they are full; the set takes them over.
 */
#include "columns.h"
#include "cset.h"
#include "reader.h"

#include <conset/cset.h>
#include <conset/unit.h>

#include <string.h>

typedef struct
{
  guint n_columns;
  gsize n;
  gsize room;
  guint64 *sources;
  guint64 *targets;
  double **values;
} Arrays;

static void
arrays_clear (Arrays *arrays)
{
  g_free (arrays->sources);
  g_free (arrays->targets);
  for (guint k = 0; arrays->values != NULL && k < arrays->n_columns; k++)
    g_free (arrays->values[k]);
  g_free (arrays->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arrays, arrays_clear)

static gboolean
array_grow (gpointer array, gsize room)
{
  gpointer *at = array;
  gpointer grown = g_try_realloc_n (*at, room, 8);

  if (grown != NULL)
    *at = grown;
  return grown != NULL;
}

/* Room for a block more. */
static gboolean
arrays_grow (Arrays *arrays, const char *name, GError **error)
{
  gsize room = arrays->room + arrays->room / 2 + CONSET_READER_BLOCK;
  gboolean ok = array_grow (&arrays->sources, room) && array_grow (&arrays->targets, room);

  for (guint k = 0; ok && k < arrays->n_columns; k++)
    ok = array_grow (&arrays->values[k], room);
  arrays->room = room;
  return ok
         || conset_reader_fail (name, error,
                                "there is no memory for more than %" G_GSIZE_FORMAT " connections",
                                arrays->n);
}

static gboolean
arrays_read (Arrays *arrays, ConsetReader *reader, GError **error)
{
  g_autofree double **ends = g_new (double *, reader->n_columns);
  gssize n;

  arrays->n_columns = reader->n_columns;
  arrays->values = g_new0 (double *, reader->n_columns);
  do
    {
      if (arrays->room - arrays->n < CONSET_READER_BLOCK
          && !arrays_grow (arrays, reader->name, error))
        return FALSE;
      for (guint k = 0; k < reader->n_columns; k++)
        ends[k] = arrays->values[k] + arrays->n;
      n = conset_reader_read (reader, CONSET_READER_BLOCK, arrays->sources + arrays->n,
                              arrays->targets + arrays->n, ends, error);
      arrays->n += (gsize) MAX (n, 0);
    }
  while (n > 0);
  return n == 0;
}

/* {{{ columns */

/* The columns of @reader; FALSE with @error set if a name or a unit is none. */
static gboolean
columns_make (const ConsetReader *reader, const ConsetColumns **columns, GError **error)
{
  const char *const *names = (const char *const *) reader->names;
  Conset *wrong = conset_columns_check_names ("fromFile", reader->n_columns, names);
  g_autofree const ConsetUnit **units = g_new0 (const ConsetUnit *, reader->n_columns);

  if (wrong != NULL)
    {
      conset_check (wrong, error);
      g_prefix_error (error, "%s: ", reader->name);
      conset_unref (wrong);
      return FALSE;
    }
  for (guint k = 0; k < reader->n_columns; k++)
    {
      g_autofree char *problem = NULL;

      if (reader->units[k] == NULL || !conset_has_units ())
        continue;
      units[k] = conset_unit_parse (reader->units[k], &problem);
      if (units[k] == NULL || problem != NULL)
        return conset_reader_fail (reader->name, error, "the unit of '%s': %s", names[k], problem);
    }
  *columns = conset_columns_get (reader->n_columns, names, units);
  return TRUE;
}

/* }}} */

/* fromFile("x.h5", population="e"), or NULL if a name cannot stand in quotes. */
static char *
call_text (const char *file, ConsetFormat format, const char *population)
{
  static const char *const names[] = { "auto", "sonata", "mtx", "npy", "coo",
                                       "csr",  "csc",    "csv", "tsv" };
  GString *text = g_string_new ("fromFile(");

  if (!conset_is_string (file) || (population != NULL && !conset_is_string (population)))
    {
      g_string_free (text, TRUE);
      return NULL;
    }
  conset_append_string (text, file);
  if (population != NULL)
    {
      g_string_append (text, ", population=");
      conset_append_string (text, population);
    }
  if (format != CONSET_FORMAT_AUTO)
    {
      g_string_append (text, ", format=");
      conset_append_string (text, names[format]);
    }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

/* Errors show what stands in a file, which need not be text. */
static void
error_make_valid (GError **error)
{
  char *valid;

  if (error == NULL || *error == NULL)
    return;
  valid = g_utf8_make_valid ((*error)->message, -1);
  g_free ((*error)->message);
  (*error)->message = valid;
}

Conset *
conset_import (const char *file, ConsetFormat format, const char *population, GError **error)
{
  g_autoptr (ConsetReader) reader = NULL;
  g_auto (Arrays) arrays = { 0 };
  const ConsetColumns *columns = NULL;
  g_autofree char *text = NULL;
  g_autoptr (Conset) set = NULL;

  g_return_val_if_fail (file != NULL && format <= CONSET_FORMAT_TSV, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  text = call_text (file, format, population);
  if (text == NULL)
    {
      conset_reader_fail (file, error,
                          "such a name cannot stand in an expression; use one without backslashes "
                          "and control characters");
      return NULL;
    }
  reader = conset_reader_open (file, format, population, error);
  if (reader == NULL || !columns_make (reader, &columns, error)
      || !arrays_read (&arrays, reader, error))
    {
      error_make_valid (error);
      return NULL;
    }
  set = conset_explicit_of_file (g_steal_pointer (&text), g_steal_pointer (&arrays.sources),
                                 g_steal_pointer (&arrays.targets), arrays.n, columns,
                                 g_steal_pointer (&arrays.values));
  return conset_check (set, error) ? g_steal_pointer (&set) : NULL;
}
