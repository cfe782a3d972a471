/* SPDX-License-Identifier: MIT */
/*
 * Measures: how large a unit is, and of what kind; udunits2 tells.
 *
 * A measure is a number of base units. Those are not those of the SI, but of a coherent system
 * in the sizes of neurons: um, ng, ms, pA, K, amol, cd, and what is made of them, among which
 * are mV, nS, pF, Gohm and mM.
 */
#pragma once

#include <glib.h>

#define CONSET_N_BASE_UNITS 7

/**
 * times / over * 10 ** exponent of the product of the base units, each to its power. @times and
 * @over are in [1, 10), and both 1 if it is a power of ten of base units.
 */
typedef struct
{
  int    powers[CONSET_N_BASE_UNITS];
  double times;
  double over;
  int    exponent;
} ConsetMeasure;

#define CONSET_MEASURE_ONE { .times = 1.0, .over = 1.0 }

/** What the base unit @k is called. */
const char *conset_base_unit_symbol (guint k);

/** Whether this build has units, that is udunits2. */
gboolean conset_measure_is_known (void);

/**
 * Reads @text, which has no blanks around it. Returns: FALSE if it is no unit at all, or, with a
 * @problem (transfer full), one whose multiples cannot be added. May be called by one thread at a
 * time.
 */
gboolean conset_measure_read     (const char *text, ConsetMeasure *measure, char **problem);

/** Multiplies @measure by @other to the power of @power. */
void     conset_measure_multiply (ConsetMeasure *measure, const ConsetMeasure *other, int power);

/** Whether it is a power of ten of base units. */
gboolean conset_measure_is_decimal (const ConsetMeasure *measure);
/** Whether the two measure the same kind of quantity. */
gboolean conset_measure_is_alike (const ConsetMeasure *a, const ConsetMeasure *b);
