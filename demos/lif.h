/* SPDX-License-Identifier: MIT */
/*
 * A network of leaky integrate-and-fire neurons, simulated step by step.
 *
 * Between inputs the potential decays, tau dv/dt = -v; a spike that arrives moves it at once.
 * A neuron that is found at the threshold at the end of a step fires, is reset, and is deaf
 * for the refractory time. Beside the network each neuron is driven by Poisson spikes of its own.
 */
#pragma once

#include "synapses.h"

/** Times in ms, potentials in mV. @drive_rate: spikes per ms that each neuron gets. */
typedef struct
{
  double dt;
  double tau;
  double threshold;
  double reset;
  double refractory;
  double drive_rate;
  double drive_weight;
} LifParameters;

typedef struct
{
  guint32 step;
  guint32 neuron;
} Spike;

typedef struct _Lif Lif;

/** lif_new: @synapses stay with the caller; @seed names all that is drawn. */
Lif *lif_new (const Synapses *synapses, const LifParameters *parameters, guint64 seed);
void lif_free (Lif *lif);

/** lif_run: simulates @n_steps more. @spikes: (nullable) (element-type Spike): appended to */
void lif_run (Lif *lif, guint n_steps, GArray *spikes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lif, lif_free)
