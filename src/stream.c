/* SPDX-License-Identifier: MIT */
/*
 * Streams: threads evaluate stretches, the calling thread hands them on in their order.
 *
 * Stretches that wait for their turn stand in a ring of slots, packed to bytes; a thread whose slot
 * is full waits until it is emptied, and one that finds no slot free until there is one. The
 * calling thread hands on what is ready; when nothing is, it takes a stretch itself. The stretch
 * that it is at when all before it are handed on goes out directly, with nothing copied, which is
 * all that happens where it is the only thread.
 *
 * It alone moves the head of the ring, so that it can never wait for itself.
 */
#include "crew.h"
#include "evaluation.h"

#include <conset/cset.h>

/* A slot is full with so many bytes, and holds a stretch of so many bytes of batches. */
#define SLOT_BYTES (1 << 20)
#define STRETCH_BYTES (1 << 18)
/* What is formatted for nobody to wait goes out in pieces of so many bytes. */
#define PIECE_BYTES (1 << 16)

/* The stretch number n has slot n mod n_slots. @connections are those since it was emptied. */
typedef struct
{
  GByteArray *bytes;
  guint64 connections;
  double work;
  gboolean full;
  gboolean done;
  GError *error;
} Slot;

/* @format is NULL for batches; @values are the columns of one that is unpacked. */
typedef struct
{
  ConsetCrew crew;
  Slot *slots;
  guint n_slots;
  guint64 head;
  ConsetBatchFormat format;
  ConsetBatchTaker take_batch;
  ConsetBytesTaker take_bytes;
  gpointer user_data;
  const double **values;
  guint n_values;
} Stream;

/* {{{ batches as bytes */

static gboolean
hand_on_batch (Stream *stream, const ConsetBatch *batch, GError **error)
{
  if (stream->take_batch (batch, stream->user_data, error))
    return TRUE;
  if (*error == NULL)
    *error = conset_crew_stopped ();
  return FALSE;
}

/* The line, the number of connections, their indices, and their values column by column. */
static void
pack_batch (const ConsetBatch *batch, GByteArray *bytes)
{
  const guint64 head[] = { batch->line, batch->n };

  g_byte_array_append (bytes, (const guint8 *) head, sizeof head);
  g_byte_array_append (bytes, (const guint8 *) batch->indices,
                       (guint) (batch->n * sizeof *batch->indices));
  for (guint k = 0; k < batch->n_values; k++)
    g_byte_array_append (bytes, (const guint8 *) batch->values[k],
                         (guint) (batch->n * sizeof **batch->values));
}

static gboolean
hand_on_packed (Stream *stream, const GByteArray *bytes, GError **error)
{
  const guint64 *at = (const guint64 *) (const void *) bytes->data;
  const guint64 *end = (const guint64 *) (const void *) (bytes->data + bytes->len);

  while (at < end)
    {
      ConsetBatch batch = { at[0], at[1], at + 2, stream->n_values, stream->values };

      for (guint k = 0; k < stream->n_values; k++)
        stream->values[k] = (const double *) (at + 2 + (k + 1) * batch.n);
      if (!hand_on_batch (stream, &batch, error))
        return FALSE;
      at += 2 + (1 + stream->n_values) * batch.n;
    }
  return TRUE;
}

/* Hands on what a slot holds, and empties it. */
static gboolean
hand_on_bytes (Stream *stream, GByteArray *bytes, GError **error)
{
  gboolean good = TRUE;

  if (bytes->len > 0 && stream->format == NULL)
    good = hand_on_packed (stream, bytes, error);
  else if (bytes->len > 0)
    {
      good = stream->take_bytes (bytes->data, bytes->len, stream->user_data, error);
      if (!good && *error == NULL)
        *error = conset_crew_stopped ();
    }
  g_byte_array_set_size (bytes, 0);
  return good;
}

static void
slot_pack (const Stream *stream, Slot *slot, const ConsetBatch *batch)
{
  if (stream->format != NULL)
    stream->format (batch, slot->bytes, stream->user_data);
  else
    pack_batch (batch, slot->bytes);
  slot->connections += batch->n;
}

/* }}} */
/* {{{ other threads */

/* Waits until a slot is free, and takes a stretch for it. Locked. */
static gboolean
helper_take (Stream *stream, ConsetStretch *stretch, guint64 *number)
{
  ConsetCrew *crew = &stream->crew;

  while (!crew->all_taken && crew->n_taken - stream->head >= stream->n_slots)
    pthread_cond_wait (&crew->room, &crew->lock);
  return conset_crew_take (crew, stretch, number);
}

/* FALSE if all shall end. */
static gboolean
slot_await_emptying (ConsetCrew *crew, Slot *slot)
{
  gboolean goes_on;

  pthread_mutex_lock (&crew->lock);
  slot->full = TRUE;
  pthread_cond_signal (&crew->news);
  while (slot->full && !g_atomic_int_get (&crew->stop))
    pthread_cond_wait (&crew->room, &crew->lock);
  goes_on = !slot->full;
  pthread_mutex_unlock (&crew->lock);
  return goes_on;
}

/* Locked. */
static void
slot_finish (ConsetCrew *crew, Slot *slot, const ConsetIter *iter)
{
  if (!conset_iter_finish (iter, &slot->error))
    {
      crew->all_taken = TRUE;
      pthread_cond_broadcast (&crew->room);
    }
  slot->done = TRUE;
  pthread_cond_signal (&crew->news);
}

static gpointer
helper_run (gpointer data)
{
  Stream *stream = data;
  ConsetCrew *crew = &stream->crew;
  ConsetIter *iter = conset_crew_iter (crew);
  ConsetStretch stretch;
  ConsetBatch batch;
  guint64 number;

  pthread_mutex_lock (&crew->lock);
  while (helper_take (stream, &stretch, &number))
    {
      Slot *slot = &stream->slots[number % stream->n_slots];
      gboolean goes_on = TRUE;

      slot->work = stretch.work;
      pthread_mutex_unlock (&crew->lock);
      conset_iter_aim (iter, stretch.line, stretch.at, stretch.end_line, stretch.end_at);
      while (goes_on && conset_iter_next_batch (iter, &batch))
        {
          slot_pack (stream, slot, &batch);
          if (slot->bytes->len >= SLOT_BYTES)
            goes_on = slot_await_emptying (crew, slot);
        }
      pthread_mutex_lock (&crew->lock);
      slot_finish (crew, slot, iter);
    }
  pthread_mutex_unlock (&crew->lock);
  conset_iter_free (iter);
  conset_crew_leave (crew);
  return NULL;
}

/* }}} */
/* {{{ the calling thread */

/* Ends all with @error (transfer full), the first in order. */
static void
stream_fail (Stream *stream, GError *error)
{
  conset_crew_fail (&stream->crew, stream->head, error);
  conset_crew_stop (&stream->crew);
}

static gboolean
stream_is_cancelled (const Stream *stream)
{
  return stream->crew.cancelled != NULL && g_atomic_int_get (stream->crew.cancelled);
}

static void
stream_tell (Stream *stream, guint64 connections)
{
  if (conset_crew_due (&stream->crew))
    conset_crew_tell (&stream->crew, stream->crew.work_done,
                      stream->crew.connections + connections);
}

/* Frees the slot at the head. Locked. */
static void
head_leave (Stream *stream)
{
  Slot *slot = &stream->slots[stream->head % stream->n_slots];

  stream->crew.work_done += slot->work;
  slot->done = slot->full = FALSE;
  if (slot->error != NULL)
    {
      stream_fail (stream, g_steal_pointer (&slot->error));
      return;
    }
  stream->head++;
  pthread_cond_broadcast (&stream->crew.room);
}

/* Hands on what is in the slot at the head, if that is ready. Locked. */
static gboolean
head_hand_on (Stream *stream)
{
  ConsetCrew *crew = &stream->crew;
  Slot *slot = &stream->slots[stream->head % stream->n_slots];
  gboolean done = slot->done;
  GError *error = NULL;

  if (stream->head == crew->n_taken || (!done && !slot->full))
    return FALSE;
  pthread_mutex_unlock (&crew->lock);
  crew->connections += slot->connections;
  slot->connections = 0;
  hand_on_bytes (stream, slot->bytes, &error);
  stream_tell (stream, 0);
  pthread_mutex_lock (&crew->lock);
  if (error != NULL)
    stream_fail (stream, error);
  else if (done)
    head_leave (stream);
  else
    {
      slot->full = FALSE;
      pthread_cond_broadcast (&crew->room);
    }
  return TRUE;
}

/* Nothing to do until a slot is ready. Locked. */
static void
stream_await (Stream *stream)
{
  ConsetCrew *crew = &stream->crew;

  conset_crew_await (crew);
  if (stream_is_cancelled (stream))
    return;
  pthread_mutex_unlock (&crew->lock);
  stream_tell (stream, 0);
  pthread_mutex_lock (&crew->lock);
}

/* Hands on all before stretch @number. FALSE if all shall end. */
static gboolean
hand_on_before (Stream *stream, guint64 number)
{
  ConsetCrew *crew = &stream->crew;
  gboolean goes_on;

  pthread_mutex_lock (&crew->lock);
  while (stream->head < number && !g_atomic_int_get (&crew->stop))
    if (!head_hand_on (stream))
      stream_await (stream);
  goes_on = !g_atomic_int_get (&crew->stop);
  pthread_mutex_unlock (&crew->lock);
  return goes_on;
}

/* Hands on one batch of the stretch at the head, behind what the slot holds of it. */
static gboolean
hand_on_directly (Stream *stream, Slot *slot, const ConsetBatch *batch, GError **error)
{
  if (stream->format == NULL)
    {
      slot->connections += batch->n;
      return hand_on_bytes (stream, slot->bytes, error) && hand_on_batch (stream, batch, error);
    }
  slot_pack (stream, slot, batch);
  return slot->bytes->len < PIECE_BYTES || hand_on_bytes (stream, slot->bytes, error);
}

/* As above, and looks around now and then: what is formatted goes out before anything is told. */
static gboolean
stream_step (Stream *stream, Slot *slot, const ConsetBatch *batch, GError **error)
{
  ConsetCrew *crew = &stream->crew;

  if (!hand_on_directly (stream, slot, batch, error))
    return FALSE;
  if (!conset_crew_due (crew))
    return TRUE;
  if (!hand_on_bytes (stream, slot->bytes, error))
    return FALSE;
  conset_crew_tell (crew, crew->work_done, crew->connections + slot->connections);
  return TRUE;
}

/* Evaluates a stretch; hands it on as soon as it is its turn. */
static void
caller_run (Stream *stream, const ConsetStretch *stretch, guint64 number)
{
  ConsetCrew *crew = &stream->crew;
  Slot *slot = &stream->slots[number % stream->n_slots];
  gboolean goes_on = TRUE;
  GError *error = NULL;
  ConsetBatch batch;

  slot->work = stretch->work;
  conset_iter_aim (crew->iter, stretch->line, stretch->at, stretch->end_line, stretch->end_at);
  while (goes_on && conset_iter_next_batch (crew->iter, &batch))
    if (number == stream->head)
      goes_on = stream_step (stream, slot, &batch, &error);
    else
      {
        slot_pack (stream, slot, &batch);
        if (slot->bytes->len >= SLOT_BYTES)
          goes_on = hand_on_before (stream, number);
      }
  pthread_mutex_lock (&crew->lock);
  if (error != NULL)
    stream_fail (stream, error);
  else
    slot_finish (crew, slot, crew->iter);
  pthread_mutex_unlock (&crew->lock);
}

static void
stream_run (Stream *stream)
{
  ConsetCrew *crew = &stream->crew;
  ConsetStretch stretch;
  guint64 number;

  pthread_mutex_lock (&crew->lock);
  while (!g_atomic_int_get (&crew->stop) && (stream->head < crew->n_taken || !crew->all_taken))
    {
      if (stream_is_cancelled (stream))
        stream_fail (stream, conset_eval_cancelled ());
      else if (head_hand_on (stream))
        continue;
      else if (crew->n_taken - stream->head < stream->n_slots
               && conset_crew_take (crew, &stretch, &number))
        {
          pthread_mutex_unlock (&crew->lock);
          caller_run (stream, &stretch, number);
          pthread_mutex_lock (&crew->lock);
        }
      else if (stream->head < crew->n_taken)
        stream_await (stream);
    }
  pthread_mutex_unlock (&crew->lock);
}

/* }}} */

static void
slots_free (Stream *stream)
{
  for (guint k = 0; k < stream->n_slots; k++)
    {
      g_byte_array_unref (stream->slots[k].bytes);
      g_clear_error (&stream->slots[k].error);
    }
  g_free (stream->slots);
  g_free (stream->values);
}

/* Streams the set as @stream says. */
static gboolean
stream_all (Stream *stream,
            const Conset *set,
            const ConsetWindow *window,
            ConsetOrder order,
            ConsetTask *task,
            GError **error)
{
  ConsetCrew *crew = &stream->crew;
  g_autofree gpointer *helpers = NULL;
  guint n_values = conset_arity (set);
  double goal = STRETCH_BYTES / (8.0 * (1 + n_values));

  if (!conset_crew_init (crew, set, window, order, task, goal, error))
    return FALSE;
  stream->n_values = n_values;
  stream->values = g_new (const double *, n_values);
  stream->n_slots = 2 * crew->n_threads;
  stream->slots = g_new0 (Slot, stream->n_slots);
  for (guint k = 0; k < stream->n_slots; k++)
    stream->slots[k].bytes = g_byte_array_new ();
  helpers = g_new (gpointer, crew->n_threads);
  for (guint k = 0; k < crew->n_threads; k++)
    helpers[k] = stream;
  conset_crew_start (crew, helper_run, helpers);
  stream_run (stream);
  conset_crew_join (crew);
  slots_free (stream);
  return conset_crew_clear (crew, error);
}

gboolean
conset_parallel_foreach (const Conset *set,
                         const ConsetWindow *window,
                         ConsetOrder order,
                         ConsetTask *task,
                         ConsetBatchTaker func,
                         gpointer user_data,
                         GError **error)
{
  Stream stream = { .take_batch = func, .user_data = user_data };

  g_return_val_if_fail (set != NULL && func != NULL, FALSE);

  return stream_all (&stream, set, window, order, task, error);
}

gboolean
conset_parallel_format (const Conset *set,
                        const ConsetWindow *window,
                        ConsetOrder order,
                        ConsetTask *task,
                        ConsetBatchFormat format,
                        ConsetBytesTaker take,
                        gpointer user_data,
                        GError **error)
{
  Stream stream = { .format = format, .take_bytes = take, .user_data = user_data };

  g_return_val_if_fail (set != NULL && format != NULL && take != NULL, FALSE);

  return stream_all (&stream, set, window, order, task, error);
}
