/* SPDX-License-Identifier: MIT */
/*
 * The simulator: one pass over the neurons a step, one over the synapses of each spike.
 *
 * What a spike does waits in a ring of inputs: a row of one number a neuron for each step
 * from now to the longest delay. Rows, and the neurons within a row, are numbered in one, so
 * that a synapse needs no more than one number to find its place.
 *
 * The drive is drawn from a table of the Poisson law by the alias method (Walker 1977, Vose
 * 1991), with the generator SplitMix64 (Steele, Lea and Flood 2014). Costs: some 4 ns a neuron
 * and step, 1 to 2 ns a synapse and spike.
 */
#include "lif.h"

#include <math.h>
#include <string.h>

/* {{{ what is drawn */

/* Probabilities below this are left out. */
#define LEAST_CHANCE 1e-18

/* A draw picks a column, each equally likely, and in it @number with chance / 2^53, else @other. */
typedef struct
{
  guint64 chance;
  guint32 number;
  guint32 other;
} Column;

typedef struct
{
  guint64 state;
  guint64 mask;
  Column *columns;
} Drive;

static inline guint64
drive_next (Drive *drive)
{
  guint64 z = drive->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

/* A number in [0, 1). */
static double
drive_uniform (Drive *drive)
{
  return (double) (drive_next (drive) >> 11) * 0x1p-53;
}

static inline guint32
drive_poisson (Drive *drive)
{
  guint64 bits = drive_next (drive);
  const Column *column = &drive->columns[bits & drive->mask];

  return bits >> 11 < column->chance ? column->number : column->other;
}

/* The law of a Poisson number, as far as it matters. (element-type double) */
static GArray *
poisson_law (double mean)
{
  GArray *law = g_array_new (FALSE, TRUE, sizeof (double));
  double p = exp (-mean);

  for (guint k = 0; k <= mean || p >= LEAST_CHANCE; p *= mean / ++k)
    g_array_append_val (law, p);
  return law;
}

/* Vose's way: a column that is too small is filled up from one that is too large. */
static void
drive_init (Drive *drive, double mean, guint64 seed)
{
  g_autoptr (GArray) law = poisson_law (mean);
  g_autofree guint32 *small = NULL, *large = NULL;
  gsize n = 1, n_small = 0, n_large = 0;

  while (n < law->len)
    n *= 2;
  g_array_set_size (law, (guint) n);
  small = g_new (guint32, n);
  large = g_new (guint32, n);
  *drive = (Drive){ seed, n - 1, g_new0 (Column, n) };
  for (guint32 k = 0; k < n; k++)
    {
      double share = g_array_index (law, double, k) *= (double) n;

      drive->columns[k] = (Column){ (guint64) 1 << 53, k, k };
      if (share < 1.0)
        small[n_small++] = k;
      else
        large[n_large++] = k;
    }
  while (n_small > 0 && n_large > 0)
    {
      guint32 k = small[--n_small], from = large[n_large - 1];
      double share = g_array_index (law, double, k);

      drive->columns[k] = (Column){ (guint64) (share * 0x1p53), k, from };
      g_array_index (law, double, from) -= 1.0 - share;
      if (g_array_index (law, double, from) < 1.0)
        small[n_small++] = large[--n_large];
    }
}

/* }}} */

/* {{{ the neurons */

/* @rest: for how many more steps each neuron is deaf. @ring: n_rows rows, @now being the first
 * place of this step's row. */
struct _Lif
{
  const Synapses *synapses;
  LifParameters parameters;
  guint n_neurons;
  guint32 step;
  double decay;
  guint refractory;
  double *potential;
  guint *rest;
  gsize ring_size;
  gsize now;
  float *ring;
  guint32 *fired;
  Drive drive;
};

Lif *
lif_new (const Synapses *synapses, const LifParameters *parameters, guint64 seed)
{
  Lif *lif = g_new0 (Lif, 1);

  lif->synapses = synapses;
  lif->parameters = *parameters;
  lif->n_neurons = synapses->n_neurons;
  lif->decay = exp (-parameters->dt / parameters->tau);
  lif->refractory = (guint) lround (parameters->refractory / parameters->dt);
  lif->potential = g_new (double, lif->n_neurons);
  lif->rest = g_new0 (guint, lif->n_neurons);
  lif->ring_size = (synapses->longest + (gsize) 1) * lif->n_neurons;
  lif->ring = g_new0 (float, lif->ring_size);
  lif->fired = g_new (guint32, lif->n_neurons);
  drive_init (&lif->drive, parameters->drive_rate * parameters->dt, seed);
  for (guint i = 0; i < lif->n_neurons; i++)
    lif->potential[i] = parameters->threshold * drive_uniform (&lif->drive);
  return lif;
}

void
lif_free (Lif *lif)
{
  g_free (lif->potential);
  g_free (lif->rest);
  g_free (lif->ring);
  g_free (lif->fired);
  g_free (lif->drive.columns);
  g_free (lif);
}

/* Moves every neuron on by a step. Returns: how many of them fired */
static guint
lif_integrate (Lif *lif)
{
  const double decay = lif->decay, weight = lif->parameters.drive_weight;
  const double threshold = lif->parameters.threshold;
  const float *input = lif->ring + lif->now;
  Drive drive = lif->drive;
  guint n = 0;

  for (guint i = 0; i < lif->n_neurons; i++)
    {
      double v;

      if (lif->rest[i] > 0)
        {
          lif->rest[i]--;
          continue;
        }
      v = lif->potential[i] * decay + (double) input[i] + weight * drive_poisson (&drive);
      if (v >= threshold)
        {
          v = lif->parameters.reset;
          lif->rest[i] = lif->refractory;
          lif->fired[n++] = i;
        }
      lif->potential[i] = v;
    }
  lif->drive.state = drive.state;
  return n;
}

/* Puts what the spikes of @neuron do where it will be found when they arrive. */
static void
lif_send (Lif *lif, guint32 neuron)
{
  const Synapse *synapse = lif->synapses->list + lif->synapses->first[neuron];
  const Synapse *end = lif->synapses->list + lif->synapses->first[neuron + 1];
  const gsize now = lif->now, size = lif->ring_size;
  float *ring = lif->ring;

  for (; synapse < end; synapse++)
    {
      gsize place = now + synapse->place;

      ring[place < size ? place : place - size] += synapse->weight;
    }
}

void
lif_run (Lif *lif, guint n_steps, GArray *spikes)
{
  for (guint k = 0; k < n_steps; k++)
    {
      guint n = lif_integrate (lif);

      memset (lif->ring + lif->now, 0, lif->n_neurons * sizeof *lif->ring);
      for (guint s = 0; s < n; s++)
        lif_send (lif, lif->fired[s]);
      for (guint s = 0; s < n && spikes != NULL; s++)
        {
          const Spike spike = { lif->step, lif->fired[s] };

          g_array_append_val (spikes, spike);
        }
      lif->step++;
      lif->now = (lif->now + lif->n_neurons) % lif->ring_size;
    }
}

/* }}} */
