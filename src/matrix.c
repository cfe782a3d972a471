/* SPDX-License-Identifier: MIT */
/*
 * Sparse matrices: batches appended as they come.
 *
 * Room is made for what is expected and a bit more, and by half of what there is when that is not
 * enough: large blocks are moved by the system's page tables, not byte by byte. At the end they are
 * cut to what they hold.
 */
#include <conset/matrix.h>

#include "evaluation.h"
#include "node.h"

#include <conset/cset.h>

#include <math.h>
#include <string.h>

/* Entries that are made room for at least, and at most before any has come. */
#define LEAST_ROOM 1024.0
#define MOST_EXPECTED 1e15

/* @line is the last that has entries; places along it count from @first. */
typedef struct
{
  ConsetMatrix *matrix;
  guint64 room;
  guint64 first_line;
  guint64 first;
  guint64 line;
} Builder;

static gboolean
no_memory (guint64 n, const char *things, GError **error)
{
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
               "the matrix, of %" G_GUINT64_FORMAT " %s and more, does not fit the memory; take a "
               "smaller window, or iterate over the set",
               n, things);
  return FALSE;
}

/* Makes the block as large as @n numbers of 8 bytes; what does not fit stays as it was. */
static gboolean
block_resize (gpointer block, guint64 n)
{
  gpointer *at = block, resized;

  if (n > G_MAXSIZE / sizeof (guint64) - 1)
    return FALSE;
  resized = g_try_realloc_n (*at, (gsize) n + 1, sizeof (guint64));
  if (resized == NULL)
    return FALSE;
  *at = resized;
  return TRUE;
}

static gboolean
builder_resize (Builder *builder, guint64 room)
{
  ConsetMatrix *matrix = builder->matrix;

  if (!block_resize (&matrix->indices, room))
    return FALSE;
  for (guint k = 0; k < matrix->n_values; k++)
    if (!block_resize (&matrix->values[k], room))
      return FALSE;
  builder->room = room;
  return TRUE;
}

/* Lines up to that of the next batch end where it begins. */
static void
builder_turn_to (Builder *builder, guint64 line)
{
  while (builder->line < line)
    builder->matrix->indptr[++builder->line] = builder->matrix->n;
}

static gboolean
builder_add (const ConsetBatch *batch, gpointer data, GError **error)
{
  Builder *builder = data;
  ConsetMatrix *matrix = builder->matrix;
  guint64 n = matrix->n + batch->n;

  if (n > builder->room && !builder_resize (builder, MAX (n, builder->room + builder->room / 2))
      && !builder_resize (builder, n))
    return no_memory (n, "connections", error);
  builder_turn_to (builder, batch->line - builder->first_line);
  for (gsize k = 0; k < batch->n; k++)
    matrix->indices[matrix->n + k] = batch->indices[k] - builder->first;
  for (guint k = 0; k < batch->n_values; k++)
    memcpy (matrix->values[k] + matrix->n, batch->values[k], batch->n * sizeof (double));
  matrix->n = n;
  return TRUE;
}

static gboolean
builder_fill (
  Builder *builder, const Conset *set, const ConsetWindow *window, ConsetTask *task, GError **error)
{
  ConsetMatrix *matrix = builder->matrix;
  double expected = conset_expected_count (set, window);
  double slack = 4.0 * sqrt (MAX (expected, 1.0)) + LEAST_ROOM;

  if (!block_resize (&matrix->indptr, matrix->n_lines))
    return no_memory (matrix->n_lines, "lines", error);
  matrix->indptr[0] = 0;
  /* Where so much is not to be had, it may not be needed. */
  if (!(expected < MOST_EXPECTED) || !builder_resize (builder, (guint64) (expected + slack)))
    builder->room = 0;
  if (!conset_parallel_foreach (set, window, matrix->order, task, builder_add, builder, error))
    return FALSE;
  builder_turn_to (builder, matrix->n_lines);
  return builder_resize (builder, matrix->n) || no_memory (matrix->n, "connections", error);
}

/* The window that is shown: that which was given, or the bounds. */
static gboolean
choose_window (const Conset *set, const ConsetWindow *given, ConsetWindow *window, GError **error)
{
  ConsetWindow resolved;

  if (!conset_resolve_window (set, given, &resolved, error))
    return FALSE;
  *window = given != NULL ? *given : resolved;
  if (conset_window_is_empty (window))
    *window = CONSET_WINDOW (0, 0);
  return TRUE;
}

ConsetMatrix *
conset_matrix_new (const Conset *set,
                   const ConsetWindow *window,
                   ConsetOrder order,
                   ConsetTask *task,
                   GError **error)
{
  g_autoptr (ConsetMatrix) matrix = NULL;
  ConsetWindow shown;
  Builder builder;
  guint64 lines[2], along[2];

  g_return_val_if_fail (set != NULL, NULL);

  if (!choose_window (set, window, &shown, error))
    return NULL;
  conset_window_axes (&shown, order, lines, along);
  matrix = g_new0 (ConsetMatrix, 1);
  matrix->window = shown;
  matrix->order = order;
  matrix->n_lines = lines[1] - lines[0];
  matrix->n_values = conset_arity (set);
  matrix->values = g_new0 (double *, matrix->n_values);
  builder = (Builder){ matrix, 0, lines[0], along[0], 0 };
  return builder_fill (&builder, set, &shown, task, error) ? g_steal_pointer (&matrix) : NULL;
}

void
conset_matrix_free (ConsetMatrix *matrix)
{
  if (matrix == NULL)
    return;
  for (guint k = 0; k < matrix->n_values; k++)
    g_free (matrix->values[k]);
  g_free (matrix->values);
  g_free (matrix->indices);
  g_free (matrix->indptr);
  g_free (matrix);
}
