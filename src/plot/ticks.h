/* SPDX-License-Identifier: MIT */
/*
 * Ticks: round numbers along an axis, and what is written beside them.
 */
#pragma once

#include <glib.h>

/**
 * ConsetTicks:
 * @first: the first tick is at @first * @mantissa * 10^@exponent
 * @n: how many there are
 * @mantissa: they are 1, 2 or 5
 * @exponent: times this power of ten apart
 * @scale: labels leave 10^@scale out, 0 mostly; it is to be written once, at the end of the axis
 */
typedef struct
{
  gint64 first;
  guint n;
  guint mantissa;
  int exponent;
  int scale;
} ConsetTicks;

/**
 * conset_ticks_init:
 * @low: one end of the axis
 * @high: the other, above @low; both finite
 * @most: the greatest number of ticks, at least 2
 * @whole: whether ticks are at whole numbers only
 *
 * Chooses the most ticks that are not too many; there may be none or one.
 */
void   conset_ticks_init  (ConsetTicks       *ticks,
                           double             low,
                           double             high,
                           guint              most,
                           gboolean           whole);

/** conset_ticks_at: Returns: where tick @k is */
double conset_ticks_at    (const ConsetTicks *ticks,
                           guint              k);

/** conset_ticks_label: Returns: (transfer full): what to write beside tick @k */
char  *conset_ticks_label (const ConsetTicks *ticks,
                           guint              k);

/** conset_ticks_scale_label: Returns: (transfer full): such as "×10⁶"; empty without a scale */
char  *conset_ticks_scale_label (const ConsetTicks *ticks);

/** conset_plot_number: Returns: (transfer full): @number with @digits digits, a true minus sign and no
 * needless zeros */
char  *conset_plot_number (double             number,
                           guint              digits);

/** conset_plot_count: Returns: (transfer full): @count with commas between thousands */
char  *conset_plot_count  (guint64            count);
