/* SPDX-License-Identifier: MIT */
/*
 * Synapses as a simulator wants them: for each source the list of those that a spike of it
 * reaches, one behind the other.
 */
#pragma once

#include <conset/conset.h>

/**
 * @place: delay * number of neurons + target: where, counted from the input of now, the
 *   spike arrives in the simulator's ring of inputs
 * @weight: by how much it moves the potential, in mV
 */
typedef struct
{
  guint32 place;
  float weight;
} Synapse;

/**
 * The synapses of source i are first[i], ..., first[i + 1] - 1.
 *
 * @longest: the longest delay, in steps
 */
typedef struct
{
  guint n_neurons;
  guint longest;
  gsize *first;
  Synapse *list;
} Synapses;

/**
 * synapses_new:
 * @net: a set whose connections have two values: a weight in mV and a delay in ms
 * @n_neurons: those below this are looked at
 * @dt: the length of a step in ms; delays are rounded to steps, and last one at least
 *
 * Returns: (transfer full): the synapses; NULL with @error set on failure
 */
Synapses *synapses_new (const Conset *net, guint n_neurons, double dt, GError **error);
void synapses_free (Synapses *synapses);

static inline gsize
synapses_count (const Synapses *synapses)
{
  return synapses->first[synapses->n_neurons];
}

/** synapses_size: Returns: the bytes that they occupy */
gsize synapses_size (const Synapses *synapses);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Synapses, synapses_free)
