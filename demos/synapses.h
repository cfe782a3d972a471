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

/** What a connection from a source does: the weight in mV, the delay in steps, at least 1. */
typedef struct
{
  float weight;
  guint delay;
} SynapseKind;

typedef SynapseKind (*SynapseKindFunc) (guint64 source, gconstpointer user_data);

/** synapses_new: Returns: (transfer full): the connections of @net among @n_neurons, or NULL */
Synapses *synapses_new (const Conset *net,
                        guint n_neurons,
                        SynapseKindFunc kind,
                        gconstpointer user_data,
                        GError **error);
void synapses_free (Synapses *synapses);

static inline gsize
synapses_count (const Synapses *synapses)
{
  return synapses->first[synapses->n_neurons];
}

/** synapses_size: Returns: the bytes that they occupy */
gsize synapses_size (const Synapses *synapses);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Synapses, synapses_free)
