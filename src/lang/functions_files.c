/* SPDX-License-Identifier: MIT */
/*
 * Names of what is read from files, where the caller of the language allows it.
 */
#include "functions.h"

#include "sequence.h"

#include <string.h>

/* FALSE with @error set unless files may be read. */
static gboolean
check_files (const ConsetCall *call, GError **error)
{
  if (call->seeds->flags & CONSET_PARSE_FILES)
    return TRUE;
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "this text may read no files; parse it with CONSET_PARSE_FILES");
  return FALSE;
}

/* The text of argument @index; NULL if it is left out. */
static const char *
call_get_string (const ConsetCall *call, gsize index)
{
  return conset_call_has (call, index) ? call->values[index].string : NULL;
}

/* A list of names and numbers, as names. FALSE with @error set for anything else. */
static gboolean
list_get_columns (const ConsetLangValue *list, char ***columns, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean is_list = list->kind == CONSET_LANG_LIST || list->kind == CONSET_LANG_TUPLE;
  gsize n = is_list ? conset_sequence_length (list->sequence) : 0;
  g_autofree char *found = NULL;

  for (gsize k = 0; k < n; k++)
    {
      const ConsetLangValue *column = conset_sequence_get (list->sequence, k);

      if (column->kind == CONSET_LANG_STRING)
        g_ptr_array_add (names, g_strdup (column->string));
      else if (column->kind == CONSET_LANG_INTEGER && !column->integer.negative)
        g_ptr_array_add (names, g_strdup_printf ("%" G_GUINT64_FORMAT, column->integer.magnitude));
      else
        is_list = FALSE;
    }
  if (!is_list)
    {
      found = conset_lang_value_describe (list);
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "columns: a list of names or numbers, such as [\"x\", \"y\"] or [0, 1], is "
                   "needed, not %s",
                   found);
      return FALSE;
    }
  g_ptr_array_add (names, NULL);
  *columns = (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
  return TRUE;
}

/* One character, or "tab". */
static gboolean
call_get_separator (const ConsetCall *call, gsize index, char *separator, GError **error)
{
  const char *text = call_get_string (call, index);

  *separator = text == NULL ? '\0' : strcmp (text, "tab") == 0 ? '\t' : *text;
  if (text == NULL || *separator == '\t' || strlen (text) == 1)
    return TRUE;
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "separator: one character is needed, such as \";\" or \" \", or \"tab\"");
  return FALSE;
}

static gboolean
positions_from_file_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  ConsetPositionsOptions options = { .population = call_get_string (call, 4) };
  g_auto (GStrv) columns = NULL;

  if (!check_files (call, error)
      || (conset_call_has (call, 1) && !list_get_columns (&call->values[1], &columns, error))
      || !call_get_separator (call, 3, &options.separator, error))
    return FALSE;
  options.columns = (const char *const *) columns;
  if (conset_call_has (call, 2))
    {
      options.unit = conset_lang_value_get_unit (&call->values[2]);
      if (options.unit == NULL)
        {
          g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                       "unit: one of a unit is needed, such as um");
          return FALSE;
        }
    }
  *result = (ConsetLangValue){
    .kind = CONSET_LANG_GEOMETRY,
    .geometry = conset_geometry_from_file (call->values[0].string, &options, error),
  };
  if (result->geometry == NULL)
    result->kind = CONSET_LANG_NONE;
  return result->geometry != NULL;
}

/* The names of formats, in the order of ConsetFormat. */
static const char *const formats[] = { "auto", "sonata", "mtx", "npy", "coo",
                                       "csr",  "csc",    "csv", "tsv" };

static gboolean
from_file_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  const char *name = call_get_string (call, 2);
  guint format = 0;
  Conset *set;

  if (!check_files (call, error))
    return FALSE;
  while (name != NULL && format < G_N_ELEMENTS (formats) && strcmp (formats[format], name) != 0)
    format++;
  if (format == G_N_ELEMENTS (formats))
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "format: '%s' is none; use sonata, mtx, npy, csc, csr, coo, csv or tsv", name);
      return FALSE;
    }
  set =
    conset_import (call->values[0].string, (ConsetFormat) format, call_get_string (call, 1), error);
  return set != NULL && conset_result_take_set (result, set);
}

static const ConsetFunction functions[] = {
  {
    .name = "fromFile",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "fromFile(\"name\", population=..., format=...)",
    .help =
      "the connections of a file, with their values: SONATA (.h5), Matrix Market (.mtx), NumPy "
      "(.npy, .npz), CSV and TSV",
    .make = from_file_make,
    .parameters = { { "name", CONSET_PARAMETER_STRING, 0 },
                    { "population", CONSET_PARAMETER_STRING, OPTIONAL_KEYWORD },
                    { "format", CONSET_PARAMETER_STRING, OPTIONAL_KEYWORD } },
  },
  {
    .name = "positionsFromFile",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "positionsFromFile(\"name\", columns=[\"x\", \"y\"], unit=..., separator=..., "
                 "population=...)",
    .help =
      "geometry: the positions of a table (.csv, .tsv, .txt), an array of NumPy (.npy), or of "
      "nodes of SONATA (.h5)",
    .make = positions_from_file_make,
    .parameters = { { "name", CONSET_PARAMETER_STRING, 0 },
                    { "columns", CONSET_PARAMETER_ANY, OPTIONAL_KEYWORD },
                    { "unit", CONSET_PARAMETER_ANY, OPTIONAL_KEYWORD },
                    { "separator", CONSET_PARAMETER_STRING, OPTIONAL_KEYWORD },
                    { "population", CONSET_PARAMETER_STRING, OPTIONAL_KEYWORD } },
  },
};

const ConsetFunctionTable conset_functions_files = { functions, G_N_ELEMENTS (functions) };
