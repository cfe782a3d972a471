/* SPDX-License-Identifier: MIT */
/*
 * The header of a .npy file: a dictionary of Python with 'descr', 'fortran_order' and 'shape', in
 * any order, and nothing else.
 *
 * It is read from left to right; the first thing that is unexpected is kept as the problem.
 */
#include "npy_read.h"

#include <conset/types.h>

#include <string.h>

/* What numpy.save() writes for an array of some hundred fields. */
#define LONGEST_HEADER (1u << 20)

/* @at: what is to be read; the text ends with a 0
 * @problem: (nullable): what is wrong; nothing is read from then on */
typedef struct
{
  const char *at;
  char *problem;
} Reader;

static gboolean reader_fail (Reader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
reader_fail (Reader *reader, const char *format, ...)
{
  va_list args;

  if (reader->problem != NULL)
    return FALSE;
  va_start (args, format);
  reader->problem = g_strdup_vprintf (format, args);
  va_end (args);
  return FALSE;
}

/* Whether @token comes next, behind blanks; it is then skipped. */
static gboolean
reader_accept (Reader *reader, const char *token)
{
  reader->at += strspn (reader->at, " \t\n");
  if (reader->problem != NULL || !g_str_has_prefix (reader->at, token))
    return FALSE;
  reader->at += strlen (token);
  return TRUE;
}

static gboolean
reader_expect (Reader *reader, const char *token)
{
  return reader_accept (reader, token)
         || reader_fail (reader, "'%s' is missing in its header", token);
}

/* A string in quotes, without escapes; NULL if there is none. (transfer full) */
static char *
reader_string (Reader *reader)
{
  const char *quote = reader_accept (reader, "'")    ? "'"
                      : reader_accept (reader, "\"") ? "\""
                                                     : NULL;
  const char *start = reader->at, *end = quote != NULL ? strchr (start, *quote) : NULL;

  if (end == NULL || memchr (start, '\\', (gsize) (end - start)) != NULL
      || !g_utf8_validate (start, end - start, NULL))
    {
      reader_fail (reader, "a string is missing in its header");
      return NULL;
    }
  reader->at = end + 1;
  return g_strndup (start, (gsize) (end - start));
}

static gboolean
reader_count (Reader *reader, guint64 *count)
{
  char *end;

  reader_accept (reader, "");
  if (!g_ascii_isdigit (*reader->at))
    return reader_fail (reader, "a size is missing in its header");
  *count = g_ascii_strtoull (reader->at, &end, 10);
  if (*count > G_MAXINT64)
    return reader_fail (reader, "a size in its header is too large");
  reader->at = end;
  return TRUE;
}

/* A type such as '<f8' of a number. */
static gboolean
read_type (Reader *reader, ConsetNpyField *field)
{
  g_autofree char *type = reader_string (reader);
  gboolean sized;

  if (type == NULL)
    return FALSE;
  sized = strlen (type) == 3 && strchr ("<>|=", type[0]) != NULL
          && (type[1] == 'f'   ? strchr ("48", type[2]) != NULL
              : type[1] == 'b' ? type[2] == '1'
                               : strchr ("iu", type[1]) != NULL && strchr ("1248", type[2]) != NULL)
          && (type[0] != '|' || type[2] == '1');
  if (!sized)
    return reader_fail (reader,
                        "elements are of type '%.20s'; save them as float64 or as integers, with "
                        "a.astype(float)",
                        type);
  /* True and False are 1 and 0. */
  field->kind = type[1] == 'b' ? 'u' : type[1];
  field->size = (guint) (type[2] - '0');
  field->swapped = field->size > 1 && type[0] == (G_BYTE_ORDER == G_LITTLE_ENDIAN ? '>' : '<');
  return TRUE;
}

/* ('name', '<f8') */
static gboolean
read_field (Reader *reader, ConsetNpy *npy)
{
  ConsetNpyField *field;

  if (npy->n_fields == CONSET_NPY_MAX_FIELDS)
    return reader_fail (reader, "its records have more than %d fields", CONSET_NPY_MAX_FIELDS);
  npy->fields = g_renew (ConsetNpyField, npy->fields, npy->n_fields + 1);
  field = &npy->fields[npy->n_fields++];
  *field = (ConsetNpyField){ .offset = npy->item_size };
  if (!reader_expect (reader, "("))
    return FALSE;
  field->name = reader_string (reader);
  if (field->name == NULL || !reader_expect (reader, ",") || !read_type (reader, field))
    return FALSE;
  npy->item_size += field->size;
  return reader_expect (reader, ")");
}

static gboolean
read_descr (Reader *reader, ConsetNpy *npy)
{
  if (!reader_accept (reader, "["))
    {
      npy->fields = g_new0 (ConsetNpyField, 1);
      npy->n_fields = 1;
      if (!read_type (reader, npy->fields))
        return FALSE;
      npy->item_size = npy->fields->size;
      return TRUE;
    }
  npy->is_record = TRUE;
  while (!reader_accept (reader, "]"))
    if (!read_field (reader, npy)
        || (!reader_accept (reader, ",") && *reader->at != ']' && !reader_expect (reader, "]")))
      return FALSE;
  return npy->n_fields > 0 || reader_fail (reader, "its records have no fields");
}

static gboolean
read_order (Reader *reader, ConsetNpy *npy)
{
  npy->fortran_order = reader_accept (reader, "True");
  return npy->fortran_order || reader_accept (reader, "False")
         || reader_fail (reader, "its order is neither True nor False");
}

/* (3, 2), (3,) or () */
static gboolean
read_shape (Reader *reader, ConsetNpy *npy)
{
  if (!reader_expect (reader, "("))
    return FALSE;
  while (!reader_accept (reader, ")"))
    {
      if (npy->n_shape == CONSET_NPY_MAX_SHAPE)
        return reader_fail (reader, "it has more than %d dimensions", CONSET_NPY_MAX_SHAPE);
      if (!reader_count (reader, &npy->shape[npy->n_shape]))
        return FALSE;
      npy->n_shape++;
      if (!reader_accept (reader, ",") && *reader->at != ')' && !reader_expect (reader, ")"))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_dictionary (Reader *reader, ConsetNpy *npy)
{
  static const struct
  {
    const char *key;
    gboolean (*read) (Reader *reader, ConsetNpy *npy);
  } keys[] = { { "descr", read_descr }, { "fortran_order", read_order }, { "shape", read_shape } };
  gboolean found[G_N_ELEMENTS (keys)] = { FALSE };

  if (!reader_expect (reader, "{"))
    return FALSE;
  while (!reader_accept (reader, "}"))
    {
      g_autofree char *key = reader_string (reader);
      guint k = 0;

      while (key != NULL && k < G_N_ELEMENTS (keys) && strcmp (keys[k].key, key) != 0)
        k++;
      if (key == NULL || k == G_N_ELEMENTS (keys) || found[k])
        return reader_fail (reader, "its header has the key '%.20s'", key != NULL ? key : "");
      found[k] = TRUE;
      if (!reader_expect (reader, ":") || !keys[k].read (reader, npy)
          || (!reader_accept (reader, ",") && *reader->at != '}' && !reader_expect (reader, "}")))
        return FALSE;
    }
  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    if (!found[k])
      return reader_fail (reader, "'%s' is missing in its header", keys[k].key);
  reader_accept (reader, "");
  return *reader->at == '\0' || reader_fail (reader, "something follows its header");
}

static gboolean
npy_fail (const ConsetBytes *bytes, const char *problem, GError **error)
{
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
               "%s is no array of NumPy that can be read: %s", conset_bytes_name (bytes), problem);
  return FALSE;
}

/* The text of the header, which ends with a 0; NULL with @error set if there is none. */
static char *
load_header (ConsetBytes *bytes, guint64 offset, ConsetNpy *npy, GError **error)
{
  static const char magic[] = "\x93NUMPY";
  guint8 start[12] = { 0 };
  guint64 left = conset_bytes_size (bytes) - MIN (offset, conset_bytes_size (bytes));
  guint64 length = 0;
  g_autofree char *text = NULL;
  guint n_length;

  if (left < 10 || !conset_bytes_read (bytes, offset, MIN (left, sizeof start), start, error))
    {
      if (error == NULL || *error == NULL)
        npy_fail (bytes, left == 0 ? "it is empty" : "it ends in its header", error);
      return NULL;
    }
  n_length = start[6] == 1 ? 2 : 4;
  if (memcmp (start, magic, 6) != 0 || start[6] < 1 || start[6] > 3 || start[7] != 0)
    {
      npy_fail (bytes,
                memcmp (start, magic, 6) != 0 ? "it does not begin as one"
                                              : "it is of a version that is unknown",
                error);
      return NULL;
    }
  for (guint k = 0; k < n_length; k++)
    length |= (guint64) start[8 + k] << 8 * k;
  if (length > LONGEST_HEADER || length + 8 + n_length > left)
    {
      npy_fail (bytes, length > LONGEST_HEADER ? "its header is too long" : "it ends in its header",
                error);
      return NULL;
    }
  text = g_malloc0 (length + 1);
  npy->data = offset + 8 + n_length + length;
  if (!conset_bytes_read (bytes, offset + 8 + n_length, length, text, error))
    return NULL;
  if (strlen (text) < length)
    {
      npy_fail (bytes, "its header has a byte of 0", error);
      return NULL;
    }
  return g_steal_pointer (&text);
}

/* Holds the sizes against that of the file. */
static char *
size_problem (const ConsetBytes *bytes, ConsetNpy *npy)
{
  unsigned __int128 n = 1;
  guint64 left = conset_bytes_size (bytes) - npy->data;
  gboolean is_empty = FALSE;

  for (guint d = 0; d < npy->n_shape; d++)
    is_empty |= npy->shape[d] == 0;
  for (guint d = 0; d < npy->n_shape && !is_empty && n <= left; d++)
    n *= npy->shape[d];
  npy->n_items = is_empty ? 0 : (guint64) n;
  if (is_empty || n * npy->item_size <= left)
    return NULL;
  return g_strdup_printf ("it ends too early: %" G_GUINT64_FORMAT
                          " bytes are left for its elements, of %" G_GSIZE_FORMAT " bytes each",
                          left, npy->item_size);
}

gboolean
conset_npy_open (ConsetBytes *bytes, guint64 offset, ConsetNpy *npy, GError **error)
{
  g_autofree char *text = NULL;
  Reader reader = { NULL, NULL };

  *npy = (ConsetNpy){ 0 };
  text = load_header (bytes, offset, npy, error);
  if (text == NULL)
    return FALSE;
  reader.at = text;
  if (read_dictionary (&reader, npy))
    reader.problem = size_problem (bytes, npy);
  if (reader.problem == NULL)
    return TRUE;
  npy_fail (bytes, reader.problem, error);
  g_free (reader.problem);
  return FALSE;
}

void
conset_npy_clear (ConsetNpy *npy)
{
  for (guint k = 0; k < npy->n_fields; k++)
    g_free (npy->fields[k].name);
  g_clear_pointer (&npy->fields, g_free);
  npy->n_fields = 0;
}
