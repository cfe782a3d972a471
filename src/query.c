/* SPDX-License-Identifier: MIT */
/*
 * Questions about a set in a window: how many, which, and their fingerprint.
 */
#include "evaluation.h"

#include "node.h"
#include "task.h"

#include <conset/cset.h>

#include <math.h>
#include <string.h>

/* Lines */

typedef struct
{
  guint64 *indices;
  gsize n;
  gsize capacity;
} Members;

static gboolean
members_add (Members *members, const ConsetBatch *batch, GError **error)
{
  gsize n = members->n + batch->n;

  if (n > members->capacity)
    {
      gsize capacity = MAX (n, members->capacity + members->capacity / 2);
      guint64 *grown = g_try_renew (guint64, members->indices, capacity);

      if (grown == NULL)
        {
          g_set_error (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
                       "the members of the line, %" G_GSIZE_FORMAT " and more, do not fit the "
                       "memory; ask for a smaller range, or iterate over them",
                       n);
          return FALSE;
        }
      members->indices = grown;
      members->capacity = capacity;
    }
  memcpy (members->indices + members->n, batch->indices, batch->n * sizeof *batch->indices);
  members->n = n;
  return TRUE;
}

/* All members of one line, without their values; the window is one line wide. A line without any is
 * no failure, so that there is always an array. */
static guint64 *
collect_line (
  const Conset *set, const ConsetWindow *window, ConsetOrder order, gsize *n, GError **error)
{
  g_autoptr (Conset) mask = conset_mask (conset_ref (set));
  g_autoptr (ConsetIter) iter = conset_iter_new (mask, window, order);
  Members members = { g_new (guint64, 1), 0, 1 };
  gboolean good = TRUE;
  ConsetBatch batch;

  while (good && conset_iter_next_batch (iter, &batch))
    good = members_add (&members, &batch, error);
  if (!good || !conset_iter_finish (iter, error))
    {
      g_free (members.indices);
      return NULL;
    }
  *n = members.n;
  return members.indices;
}

static gboolean
check_line (const Conset *set, guint64 bound, guint64 end, const char *axis, GError **error)
{
  if (!conset_check (set, error))
    return FALSE;
  if (bound < CONSET_INDEX_END || end < CONSET_INDEX_END)
    return TRUE;
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED,
               "the set has unbounded %s; give the end of a range of them", axis);
  return FALSE;
}

guint64 *
conset_sources_of (
  const Conset *set, guint64 target, guint64 first, guint64 end, gsize *n, GError **error)
{
  ConsetWindow window = { first, end, target, MAX (target, target + 1) };

  g_return_val_if_fail (set != NULL && n != NULL, NULL);

  *n = 0;
  if (!check_line (set, set->facts.bounds.source_end, end, "sources", error))
    return NULL;
  return collect_line (set, &window, CONSET_TARGET_MAJOR, n, error);
}

guint64 *
conset_targets_of (
  const Conset *set, guint64 source, guint64 first, guint64 end, gsize *n, GError **error)
{
  ConsetWindow window = { source, MAX (source, source + 1), first, end };

  g_return_val_if_fail (set != NULL && n != NULL, NULL);

  *n = 0;
  if (!check_line (set, set->facts.bounds.target_end, end, "targets", error))
    return NULL;
  return collect_line (set, &window, CONSET_SOURCE_MAJOR, n, error);
}

/* Counting */

gboolean
conset_count_overflow (GError **error)
{
  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
                       "there are more than 2^64 - 1 connections; count them in a smaller window");
  return FALSE;
}

static gboolean
count_tiles (const Conset *set, const ConsetWindow *window, guint64 *count, GError **error)
{
  ConsetEval *eval = conset_eval_new (set, window, CONSET_TARGET_MAJOR);
  ConsetTile *tile = conset_tile_new ();
  gboolean overflow = FALSE, failed;

  *count = 0;
  while (!overflow && conset_eval_next (eval, tile))
    overflow = __builtin_add_overflow (*count, conset_tile_count (tile), count);
  failed = eval->error != NULL;
  if (failed)
    g_propagate_error (error, g_steal_pointer (&eval->error));
  conset_tile_free (tile);
  conset_eval_free (eval);
  return overflow ? conset_count_overflow (error) : !failed;
}

gboolean
conset_count_closed (
  const Conset *set, const ConsetWindow *window, guint64 *count, gboolean *good, GError **error)
{
  ConsetCensus census = conset_census_of (set);
  ConsetWindow resolved;
  ConsetCount total;

  *good = FALSE;
  if (!conset_resolve_window (set, window, &resolved, error))
    return TRUE;
  if (!conset_node_count (set, &resolved, &census, &total))
    return census.overflow && !conset_count_overflow (error);
  if (total > G_MAXUINT64)
    return !conset_count_overflow (error);
  *count = (guint64) total;
  *good = TRUE;
  return TRUE;
}

gboolean
conset_count (const Conset *set, const ConsetWindow *window, guint64 *count, GError **error)
{
  ConsetWindow resolved;
  gboolean good;

  g_return_val_if_fail (set != NULL && count != NULL, FALSE);

  if (conset_count_closed (set, window, count, &good, error))
    return good;
  return conset_resolve_window (set, window, &resolved, error)
         && count_tiles (set, &resolved, count, error);
}

double
conset_expected_count (const Conset *set, const ConsetWindow *window)
{
  ConsetCensus census;

  g_return_val_if_fail (set != NULL, 0.0);

  census = conset_census_of (set);
  if (window == NULL && !conset_is_finite (set))
    return G_MAXDOUBLE * 2.0;
  return conset_node_expected (set, window != NULL ? window : &set->facts.bounds, &census);
}

/* Digest */

/* Decimal digits of @number before @end; returns where they begin. */
static char *
write_digits (char *end, guint64 number)
{
  do
    *--end = (char) ('0' + number % 10);
  while ((number /= 10) > 0);
  return end;
}

#define NUMBER_MOST 20
#define LINES_AT_ONCE 1024

/* Values as nine digits, which machines and other programs agree about; a NaN has no sign. */
static void
list_valued_batch (const ConsetBatch *batch, GByteArray *bytes)
{
  GString *text = g_string_new (NULL);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  for (gsize k = 0; k < batch->n; k++)
    {
      g_string_append_printf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, batch->indices[k],
                              batch->line);
      for (guint c = 0; c < batch->n_values; c++)
        {
          double value = batch->values[c][k];

          g_ascii_formatd (number, sizeof number, "%.9g", isnan (value) ? (double) NAN : value);
          g_string_append_printf (text, " %s", number);
        }
      g_string_append_c (text, '\n');
    }
  g_byte_array_append (bytes, (const guint8 *) text->str, (guint) text->len);
  g_string_free (text, TRUE);
}

static void
list_batch (const ConsetBatch *batch, GByteArray *bytes)
{
  char tail[NUMBER_MOST + 2], text[LINES_AT_ONCE * (2 * NUMBER_MOST + 2)];
  char *tail_end = tail + sizeof tail, *from = tail_end, *to = text;

  *--from = '\n';
  from = write_digits (from, batch->line);
  *--from = ' ';
  for (gsize k = 0; k < batch->n; k++)
    {
      char digits[NUMBER_MOST], *first = write_digits (digits + sizeof digits, batch->indices[k]);

      while (first < digits + sizeof digits)
        *to++ = *first++;
      for (char *c = from; c < tail_end; c++)
        *to++ = *c;
    }
  g_byte_array_append (bytes, (const guint8 *) text, (guint) (to - text));
}

void
conset_listing_append (const ConsetBatch *batch,
                       GByteArray *bytes,
                       gpointer user_data G_GNUC_UNUSED)
{
  if (batch->n_values > 0)
    list_valued_batch (batch, bytes);
  else
    list_batch (batch, bytes);
}

static gboolean
digest_take (const guint8 *bytes, gsize n, gpointer checksum, GError **error G_GNUC_UNUSED)
{
  g_checksum_update (checksum, bytes, (gssize) n);
  return TRUE;
}

char *
conset_parallel_digest (const Conset *set,
                        const ConsetWindow *window,
                        ConsetTask *task,
                        GError **error)
{
  g_autoptr (GChecksum) checksum = NULL;

  g_return_val_if_fail (set != NULL, NULL);

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  if (!conset_parallel_format (set, window, CONSET_TARGET_MAJOR, task, conset_listing_append,
                               digest_take, checksum, error))
    return NULL;
  return g_strdup (g_checksum_get_string (checksum));
}

char *
conset_digest (const Conset *set, const ConsetWindow *window, GError **error)
{
  ConsetTask alone = { .n_threads = 1 };

  return conset_parallel_digest (set, window, &alone, error);
}
