/* SPDX-License-Identifier: MIT */
/*
 * The Arrow C stream interface over an iterator.
 *
 * A batch is a struct array of columns, each of which owns one block of memory: a consumer may move
 * columns out of their batch and release both in any order, as it may the fields of a schema. The
 * blocks are filled from the batches of the iterator, whose rest waits for the next one. O(1) a
 * connection and value, three copies of memory apart.
 */
#include <conset/arrow.h>
#include <conset/cset.h>
#include <conset/eval.h>
#include <conset/set.h>

#include <errno.h>
#include <string.h>

/* Columns before the values. */
enum
{
  SOURCE,
  TARGET,
  N_INDICES,
};

/*
 * @batch: of the iterator, of which @n_taken connections have been handed out
 * @window: what the metadata tell; NULL for all
 * @status: what get_next() returns from now on, if it is not 0
 * @message: (nullable): of the last error
 */
typedef struct
{
  Conset *set;
  ConsetIter *iter;
  ConsetOrder order;
  ConsetBatch batch;
  gsize n_taken;
  gsize batch_size;
  gboolean unsigned_indices;
  gboolean ended;
  char *window;
  char *seed;
  int status;
  char *message;
} Stream;

static int
stream_fail (Stream *self, int status, const char *message)
{
  g_free (self->message);
  self->message = g_strdup (message);
  return status;
}

/* The number of errno.h that is nearest to what happened. */
static int
error_status (const GError *error)
{
  if (error->domain != CONSET_ERROR)
    return EIO;
  switch (error->code)
    {
    case CONSET_ERROR_COMPOSITION:
    case CONSET_ERROR_UNBOUNDED:
    case CONSET_ERROR_WINDOW:
      return EINVAL;
    case CONSET_ERROR_OVERFLOW:
      return ENOMEM;
    case CONSET_ERROR_CANCELLED:
      return ECANCELED;
    default:
      return EIO;
    }
}

/* Whether the iterator is well; else the status of its error, which is told from now on. */
static int
stream_check (Stream *self)
{
  g_autoptr (GError) error = NULL;

  if (self->status == 0 && !conset_iter_finish (self->iter, &error))
    self->status = stream_fail (self, error_status (error), error->message);
  return self->status;
}

/* Metadata */

static void
metadata_append_bytes (GString *metadata, const char *text)
{
  gint32 length = (gint32) strlen (text);

  g_string_append_len (metadata, (const char *) &length, sizeof length);
  g_string_append_len (metadata, text, length);
}

/* Adds a pair to @metadata, which begins with how many there are; nothing for a NULL @value. */
static void
metadata_add (GString *metadata, const char *key, const char *value)
{
  gint32 n;

  if (value == NULL || strlen (value) > G_MAXINT32)
    return;
  memcpy (&n, metadata->str, sizeof n);
  n++;
  memcpy (metadata->str, &n, sizeof n);
  metadata_append_bytes (metadata, key);
  metadata_append_bytes (metadata, value);
}

static GString *
metadata_new (void)
{
  const gint32 none = 0;

  return g_string_new_len ((const char *) &none, sizeof none);
}

/* Schemas */

static void
schema_release (struct ArrowSchema *schema)
{
  for (int64_t k = 0; k < schema->n_children; k++)
    {
      if (schema->children[k]->release != NULL)
        schema->children[k]->release (schema->children[k]);
      g_free (schema->children[k]);
    }
  g_free (schema->children);
  g_free ((char *) schema->name);
  g_free ((char *) schema->metadata);
  schema->release = NULL;
}

/* @format: a static string; @metadata: (transfer full) */
static void
schema_init (struct ArrowSchema *schema, const char *format, const char *name, GString *metadata)
{
  *schema = (struct ArrowSchema){
    .format = format,
    .name = g_strdup (name),
    .metadata = g_string_free (metadata, FALSE),
    .release = schema_release,
  };
}

static void
stream_init_field (const Stream *self, guint column, struct ArrowSchema *field)
{
  GString *metadata = metadata_new ();
  const char *name;
  char numbered[32];

  if (column < N_INDICES)
    {
      schema_init (field, self->unsigned_indices ? "L" : "l",
                   column == SOURCE ? "source" : "target", metadata);
      return;
    }
  column -= N_INDICES;
  name = conset_column_name (self->set, column);
  g_snprintf (numbered, sizeof numbered, "value%u", column);
  metadata_add (metadata, "unit", conset_column_unit (self->set, column));
  schema_init (field, "g", name != NULL ? name : numbered, metadata);
}

static int
stream_get_schema (struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
  Stream *self = stream->private_data;
  guint n = N_INDICES + conset_arity (self->set);
  g_autofree char *expression = NULL;
  GString *metadata;

  out->release = NULL;
  if (stream_check (self) != 0)
    return self->status;

  expression = conset_to_string (self->set);
  metadata = metadata_new ();
  metadata_add (metadata, "conset_version", conset_version ());
  metadata_add (metadata, "conset_expression", expression);
  metadata_add (metadata, "conset_window", self->window);
  metadata_add (metadata, "conset_seed", self->seed);
  schema_init (out, "+s", "", metadata);
  out->children = g_new (struct ArrowSchema *, n);
  out->n_children = n;
  for (guint k = 0; k < n; k++)
    {
      out->children[k] = g_new (struct ArrowSchema, 1);
      stream_init_field (self, k, out->children[k]);
    }
  return 0;
}

/* Arrays */

static void
column_release (struct ArrowArray *column)
{
  g_free ((void *) column->buffers[1]);
  g_free (column->buffers);
  column->release = NULL;
}

static void
array_release (struct ArrowArray *array)
{
  for (int64_t k = 0; k < array->n_children; k++)
    {
      if (array->children[k]->release != NULL)
        array->children[k]->release (array->children[k]);
      g_free (array->children[k]);
    }
  g_free (array->children);
  g_free (array->buffers);
  array->release = NULL;
}

/* A column of @room numbers of 8 bytes; NULL if there is no memory for them. */
static struct ArrowArray *
column_new (gsize room)
{
  void *data = g_try_malloc_n (room, sizeof (guint64));
  struct ArrowArray *column;

  if (data == NULL)
    return NULL;
  column = g_new (struct ArrowArray, 1);
  *column = (struct ArrowArray){ .n_buffers = 2,
                                 .buffers = g_new0 (const void *, 2),
                                 .release = column_release };
  column->buffers[1] = data;
  return column;
}

/* A batch of @n columns of @room rows; FALSE, with nothing to release, if there is no memory. */
static gboolean
array_init (struct ArrowArray *array, guint n, gsize room)
{
  *array = (struct ArrowArray){ .n_buffers = 1,
                                .buffers = g_new0 (const void *, 1),
                                .children = g_new (struct ArrowArray *, n),
                                .release = array_release };
  for (; array->n_children < n; array->n_children++)
    {
      struct ArrowArray *column = column_new (room);

      if (column == NULL)
        {
          array_release (array);
          return FALSE;
        }
      array->children[array->n_children] = column;
    }
  return TRUE;
}

static guint64 *
array_indices (struct ArrowArray *array, guint column)
{
  return (guint64 *) array->children[column]->buffers[1];
}

/* Appends @n connections of the batch of the iterator. */
static void
stream_append (Stream *self, struct ArrowArray *array, gsize n)
{
  const ConsetBatch *batch = &self->batch;
  gboolean by_target = self->order == CONSET_TARGET_MAJOR;
  guint64 *lines = array_indices (array, by_target ? TARGET : SOURCE) + array->length;
  guint64 *indices = array_indices (array, by_target ? SOURCE : TARGET) + array->length;

  for (gsize k = 0; k < n; k++)
    lines[k] = batch->line;
  memcpy (indices, batch->indices + self->n_taken, n * sizeof *indices);
  for (guint k = 0; k < batch->n_values; k++)
    {
      double *values = (double *) array->children[N_INDICES + k]->buffers[1];

      memcpy (values + array->length, batch->values[k] + self->n_taken, n * sizeof *values);
    }
  array->length += (int64_t) n;
  self->n_taken += n;
}

/* Whether there are connections that have not been handed out. */
static gboolean
stream_advance (Stream *self)
{
  if (self->n_taken < self->batch.n)
    return TRUE;
  self->n_taken = 0;
  self->batch.n = 0;
  self->ended = self->ended || !conset_iter_next_batch (self->iter, &self->batch);
  return !self->ended;
}

/* Gives back what the last batch of a stream does not need. */
static void
array_finish (struct ArrowArray *array, gsize room)
{
  for (int64_t k = 0; k < array->n_children; k++)
    {
      struct ArrowArray *column = array->children[k];

      column->length = array->length;
      if ((gsize) array->length < room)
        column->buffers[1] =
          g_realloc_n ((void *) column->buffers[1], (gsize) array->length, sizeof (guint64));
    }
}

static int
stream_get_next (struct ArrowArrayStream *stream, struct ArrowArray *out)
{
  Stream *self = stream->private_data;
  gsize room = self->batch_size;

  out->release = NULL;
  if (stream_check (self) != 0 || !stream_advance (self))
    return stream_check (self);
  if (!array_init (out, N_INDICES + self->batch.n_values, room))
    return stream_fail (self, ENOMEM, "there is no memory for a batch; choose smaller ones");

  while ((gsize) out->length < room && stream_advance (self))
    stream_append (self, out, MIN (room - (gsize) out->length, self->batch.n - self->n_taken));
  if (stream_check (self) != 0)
    array_release (out);
  else
    array_finish (out, room);
  return self->status;
}

/* Streams */

static const char *
stream_get_last_error (struct ArrowArrayStream *stream)
{
  return ((const Stream *) stream->private_data)->message;
}

static void
stream_release (struct ArrowArrayStream *stream)
{
  Stream *self = stream->private_data;

  conset_iter_free (self->iter);
  conset_unref (self->set);
  g_free (self->window);
  g_free (self->seed);
  g_free (self->message);
  g_free (self);
  stream->release = NULL;
}

static char *
window_to_string (const ConsetWindow *window)
{
  if (window == NULL)
    return g_strdup ("all");
  return g_strdup_printf (
    "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
    window->source_first, window->source_end, window->target_first, window->target_end);
}

void
conset_arrow_stream (const Conset *set,
                     const ConsetWindow *window,
                     ConsetOrder order,
                     const ConsetArrowOptions *options,
                     struct ArrowArrayStream *out)
{
  static const ConsetArrowOptions defaults = { 0 };
  Stream *self;

  g_return_if_fail (out != NULL);
  *out = (struct ArrowArrayStream){ 0 };
  g_return_if_fail (set != NULL);

  options = options != NULL ? options : &defaults;
  self = g_new0 (Stream, 1);
  self->set = conset_ref (set);
  self->iter = conset_iter_new (set, window, order);
  self->order = order;
  self->batch_size = options->batch > 0 ? options->batch : CONSET_ARROW_BATCH;
  self->unsigned_indices = options->unsigned_indices;
  self->window = window_to_string (window);
  if (options->seed != NULL)
    self->seed = g_strdup_printf ("%" G_GUINT64_FORMAT, *options->seed);
  *out = (struct ArrowArrayStream){
    .get_schema = stream_get_schema,
    .get_next = stream_get_next,
    .get_last_error = stream_get_last_error,
    .release = stream_release,
    .private_data = self,
  };
}
