/* SPDX-License-Identifier: MIT */
/*
 * A file held against what made it: both are gone through side by side, in the order of the file.
 *
 * Numbers must be the same to the last bit, but for NaN, of which any is as good as any other.
 */
#include "reader.h"

#include "sonata.h"

#include <conset/cset.h>
#include <conset/eval.h>
#include <conset/lang.h>
#include <conset/set.h>

#include <math.h>
#include <string.h>

/* What is compared: the reader's block, of which [@at, @n) is left; @columns are those of the set
 * that the reader's are. */
typedef struct
{
  ConsetReader *reader;
  ConsetOrder order;
  guint *columns;
  guint64 *sources;
  guint64 *targets;
  double **values;
  gsize n;
  gsize at;
  guint64 count;
} Comparison;

static void
comparison_clear (Comparison *self)
{
  for (guint c = 0; self->values != NULL && c < self->reader->n_columns; c++)
    g_free (self->values[c]);
  g_free (self->values);
  g_free (self->columns);
  g_free (self->sources);
  g_free (self->targets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Comparison, comparison_clear)

static gboolean G_GNUC_PRINTF (3, 4)
  different (const Comparison *self, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL, *shown = g_filename_display_name (self->reader->name);
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_DIFFERENT,
               "%s: connection %" G_GUINT64_FORMAT " differs: %s", shown, self->count + 1, what);
  return FALSE;
}

/* Reads on; FALSE with @error set if that fails. At the end, there is nothing left. */
static gboolean
comparison_refill (Comparison *self, GError **error)
{
  gssize n;

  if (self->at < self->n)
    return TRUE;
  n = conset_reader_read (self->reader, CONSET_READER_BLOCK, self->sources, self->targets,
                          self->values, error);
  self->n = (gsize) MAX (n, 0);
  self->at = 0;
  return n >= 0;
}

static gboolean
same_number (double a, double b)
{
  return memcmp (&a, &b, sizeof a) == 0 || (isnan (a) && isnan (b));
}

static gboolean
compare_connection (Comparison *self,
                    guint64 source,
                    guint64 target,
                    const ConsetBatch *batch,
                    gsize k,
                    GError **error)
{
  gsize at = self->at;

  if (self->sources[at] != source || self->targets[at] != target)
    return different (self, error,
                      "the file has (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                      "), it should be (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")",
                      self->sources[at], self->targets[at], source, target);
  for (guint c = 0; c < self->reader->n_columns; c++)
    if (!same_number (self->values[c][at], batch->values[self->columns[c]][k]))
      {
        char found[CONSET_DOUBLE_SIZE], wanted[CONSET_DOUBLE_SIZE];

        conset_write_double (found, self->values[c][at]);
        conset_write_double (wanted, batch->values[self->columns[c]][k]);
        return different (self, error,
                          "%s of (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                          ") is %s in the file, it should be %s",
                          self->reader->names[c] != NULL ? self->reader->names[c] : "the value",
                          source, target, found, wanted);
      }
  return TRUE;
}

static gboolean
compare_batch (Comparison *self, const ConsetBatch *batch, GError **error)
{
  gboolean by_target = self->order == CONSET_TARGET_MAJOR;

  for (gsize k = 0; k < batch->n; k++)
    {
      guint64 source = by_target ? batch->indices[k] : batch->line;
      guint64 target = by_target ? batch->line : batch->indices[k];

      if (!comparison_refill (self, error))
        return FALSE;
      if (self->at == self->n)
        return different (
          self, error, "the file ends, it should be (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")",
          source, target);
      if (!compare_connection (self, source, target, batch, k, error))
        return FALSE;
      self->at++;
      self->count++;
    }
  return TRUE;
}

static gboolean
compare_all (Comparison *self, const Conset *set, const ConsetWindow *window, GError **error)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, self->order);
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    if (!compare_batch (self, &batch, error))
      return FALSE;
  if (!conset_iter_finish (iter, error) || !comparison_refill (self, error))
    return FALSE;
  return self->at == self->n
         || different (self, error,
                       "the file has (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                       "), it should have ended",
                       self->sources[self->at], self->targets[self->at]);
}

/* {{{ preparations */

/* The column of @set that the file calls @name; a column without a name is called after its number.
 */
static gboolean
column_find (const Conset *set, const char *name, guint *column)
{
  for (*column = 0; *column < conset_arity (set); ++*column)
    {
      const char *own = conset_column_name (set, *column);
      g_autofree char *number = g_strdup_printf ("value%u", *column);

      if (g_strcmp0 (own != NULL ? own : number, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
comparison_begin (Comparison *self, ConsetReader *reader, const Conset *set, GError **error)
{
  guint n = reader->n_columns;

  self->reader = reader;
  self->order = reader->order;
  self->columns = g_new (guint, n);
  self->sources = g_new (guint64, CONSET_READER_BLOCK);
  self->targets = g_new (guint64, CONSET_READER_BLOCK);
  self->values = g_new (double *, n);
  for (guint c = 0; c < n; c++)
    self->values[c] = g_new (double, CONSET_READER_BLOCK);
  for (guint c = 0; c < n; c++)
    if (!column_find (set, reader->names[c], &self->columns[c]))
      {
        g_set_error (error, CONSET_ERROR, CONSET_ERROR_DIFFERENT,
                     "%s: the file has values '%s', which the set has not", reader->name,
                     reader->names[c] != NULL ? reader->names[c] : "without a name");
        return FALSE;
      }
  return TRUE;
}

/* The set that the file tells (transfer full); NULL with @error set. */
static Conset *
reader_parse (const ConsetReader *reader, ConsetWindow *window, gboolean *all, GError **error)
{
  Conset *set;

  if (reader->notes.expression == NULL)
    {
      conset_reader_fail (reader->name, error,
                          "the file does not tell what made it; give the expression");
      return NULL;
    }
  if (!conset_notes_read_window (&reader->notes, window, all))
    {
      conset_reader_fail (reader->name, error, "the window that the file tells is none");
      return NULL;
    }
  set = conset_parse (reader->notes.expression, CONSET_DEFAULT_SEED, error);
  if (set == NULL)
    g_prefix_error (error, "%s: the expression that the file tells: ", reader->name);
  return set;
}

static gboolean
check_digest (const ConsetReader *reader,
              const Conset *set,
              const ConsetWindow *window,
              GError **error)
{
  g_autofree char *digest =
    reader->notes.digest != NULL ? conset_digest (set, window, error) : NULL;

  if (reader->notes.digest == NULL)
    return TRUE;
  if (digest == NULL)
    return FALSE;
  if (strcmp (digest, reader->notes.digest) == 0)
    return TRUE;
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_DIFFERENT,
               "%s: the digest that the file tells is %s, it should be %s", reader->name,
               reader->notes.digest, digest);
  return FALSE;
}

/* }}} */

gboolean
conset_verify (const char *file,
               ConsetFormat format,
               const char *population,
               const Conset *set,
               const ConsetWindow *window,
               guint64 *count,
               GError **error)
{
  g_autoptr (ConsetReader) reader = NULL;
  g_autoptr (Conset) told = NULL, shown = NULL;
  g_auto (Comparison) comparison = { NULL };
  ConsetWindow told_window;
  gboolean all = FALSE;

  g_return_val_if_fail (file != NULL && format <= CONSET_FORMAT_TSV, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  reader = conset_reader_open (file, format, population, error);
  if (reader == NULL)
    return FALSE;
  if (set == NULL)
    {
      conset_reader_tell (reader);
      told = reader_parse (reader, &told_window, &all, error);
      if (told == NULL)
        return FALSE;
      window = all ? NULL : &told_window;
    }
  shown = conset_ref (told != NULL ? told : set);
  if (reader->sonata)
    shown = conset_sonata_set_units (shown);
  if (!comparison_begin (&comparison, reader, shown, error)
      || !compare_all (&comparison, shown, window, error)
      || (told != NULL && !check_digest (reader, told, window, error)))
    return FALSE;
  if (count != NULL)
    *count = comparison.count;
  return TRUE;
}
