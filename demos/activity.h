/* SPDX-License-Identifier: MIT */
/*
 * What the spikes of a population tell: how often, how regularly, and how much together its
 * neurons fire.
 */
#pragma once

#include "lif.h"

/**
 * @rate: the mean rate of a neuron, in Hz
 * @irregularity: the mean over neurons of the coefficient of variation of the intervals between
 *   spikes: 0 for a clock, 1 for a Poisson process; NaN if no neuron fires often enough
 * @synchrony: the variance of the number of spikes in a millisecond over its mean: 1 for
 *   independent Poisson processes, the more the more the neurons fire together; NaN without spikes
 */
typedef struct
{
  double rate;
  double irregularity;
  double synchrony;
} Activity;

/**
 * activity_of:
 * @spikes: (element-type Spike): all spikes of the steps [@from, @from + @n_steps)
 * @first, @end: the neurons that are meant
 * @dt: the length of a step, in ms
 */
Activity activity_of (
  const GArray *spikes, guint first, guint end, guint32 from, guint n_steps, double dt);
