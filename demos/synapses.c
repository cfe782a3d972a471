/* SPDX-License-Identifier: MIT */
/*
 * From a set to lists of synapses: its connections come source by source, and are written one
 * behind the other. Nothing is sorted, and nothing else is stored.
 */
#include "synapses.h"

/* The lists, with as much room as @net needs. */
static Synapses *
synapses_alloc (const Conset *net, guint n_neurons, GError **error)
{
  Synapses *self;
  guint64 count;

  if (!conset_count (net, &CONSET_WINDOW (n_neurons, n_neurons), &count, error))
    return NULL;
  self = g_new0 (Synapses, 1);
  self->n_neurons = n_neurons;
  self->first = g_new0 (gsize, n_neurons + (gsize) 1);
  self->list = g_new (Synapse, count);
  return self;
}

/* Writes a batch, the synapses of one source, behind the @n that are there. */
static void
synapses_append (Synapses *self, gsize n, const ConsetBatch *batch, double dt)
{
  const double *weights = batch->values[0], *delays = batch->values[1];
  Synapse *list = self->list + n;

  for (gsize k = 0; k < batch->n; k++)
    {
      guint delay = (guint) MAX (delays[k] / dt + 0.5, 1.0);

      list[k].place = delay * self->n_neurons + (guint32) batch->indices[k];
      list[k].weight = (float) weights[k];
      self->longest = MAX (self->longest, delay);
    }
  self->first[batch->line + 1] += batch->n;
}

Synapses *
synapses_new (const Conset *net, guint n_neurons, double dt, GError **error)
{
  g_autoptr (Synapses) self = synapses_alloc (net, n_neurons, error);
  g_autoptr (ConsetIter) iter = NULL;
  ConsetBatch batch;
  gsize n = 0;

  if (self == NULL)
    return NULL;
  iter = conset_iter_new (net, &CONSET_WINDOW (n_neurons, n_neurons), CONSET_SOURCE_MAJOR);
  for (; conset_iter_next_batch (iter, &batch); n += batch.n)
    synapses_append (self, n, &batch, dt);
  if (!conset_iter_finish (iter, error))
    return NULL;
  /* From the numbers of synapses of the sources to where they begin. */
  for (guint i = 0; i < n_neurons; i++)
    self->first[i + 1] += self->first[i];
  return g_steal_pointer (&self);
}

void
synapses_free (Synapses *synapses)
{
  g_free (synapses->first);
  g_free (synapses->list);
  g_free (synapses);
}

gsize
synapses_size (const Synapses *synapses)
{
  return synapses_count (synapses) * sizeof *synapses->list
         + (synapses->n_neurons + (gsize) 1) * sizeof *synapses->first;
}
