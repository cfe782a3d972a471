/* SPDX-License-Identifier: MIT */
/*
 * Ticks: round numbers along an axis, 1, 2 or 5 times a power of ten apart.
 *
 * A tick is kept as a whole number of steps, and printed from that: no rounding shows, and labels
 * are the same on every machine.
 */
#include "ticks.h"

#include <math.h>
#include <string.h>

/* Labels of more digits than these before or behind the point leave a power of ten out. */
#define MOST_DIGITS 5
#define MOST_DECIMALS 4

/* Beyond, numbers have no neighbours that a double can tell apart. */
#define MOST_STEPS 9e15

static double
power_of_ten (int exponent)
{
  double power = 1.0;

  for (int k = 0; k < ABS (exponent); k++)
    power *= 10.0;
  return exponent < 0 ? 1.0 / power : power;
}

/* @number * 10^@exponent, rounded once where that can be. */
static double
scaled (double number, int exponent)
{
  return exponent < 0 ? number / power_of_ten (-exponent) : number * power_of_ten (exponent);
}

/* The ticks of one step; how many there are. */
static double
ticks_try (ConsetTicks *ticks, double low, double high)
{
  double step = scaled (ticks->mantissa, ticks->exponent);
  double first = ceil (low / step - 1e-9);
  double last = floor (high / step + 1e-9);

  if (fabs (first) > MOST_STEPS || fabs (last) > MOST_STEPS)
    return MOST_STEPS;
  ticks->first = (gint64) first;
  ticks->n = last < first ? 0 : (guint) MIN (last - first + 1, 1e6);
  return last - first + 1;
}

/* The power of ten that labels leave out: that of thousands where numbers are long. */
static void
ticks_choose_scale (ConsetTicks *ticks, double low, double high)
{
  double most = MAX (fabs (low), fabs (high));
  int digits = 0;

  while (digits < 300 && most >= power_of_ten (digits))
    digits++;
  if (digits > MOST_DIGITS)
    ticks->scale = (digits - 1) / 3 * 3;
  else if (-ticks->exponent > MOST_DECIMALS)
    for (ticks->scale = 0; most < power_of_ten (ticks->scale) && ticks->scale > -300;)
      ticks->scale -= 3;
  /* A scale must not make labels long again. */
  if (ticks->scale - ticks->exponent > 2 * MOST_DECIMALS)
    ticks->scale = 0;
}

void
conset_ticks_init (ConsetTicks *ticks, double low, double high, guint most, gboolean whole)
{
  static const guint mantissas[] = { 1, 2, 5 };
  int exponent = -300;

  *ticks = (ConsetTicks){ .mantissa = 1 };
  while (exponent < 300 && power_of_ten (exponent) * most < (high - low) / 10)
    exponent++;
  if (whole)
    exponent = MAX (exponent, 0);
  for (;; exponent++)
    for (guint k = 0; k < G_N_ELEMENTS (mantissas); k++)
      {
        ticks->mantissa = mantissas[k];
        ticks->exponent = exponent;
        if (ticks_try (ticks, low, high) <= most || exponent > 300)
          {
            ticks_choose_scale (ticks, low, high);
            return;
          }
      }
}

double
conset_ticks_at (const ConsetTicks *ticks, guint k)
{
  return scaled ((double) (ticks->first + k) * ticks->mantissa, ticks->exponent);
}

/* A true minus sign for each hyphen. */
static char *
with_minus (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", -1);

  return g_strjoinv ("\342\210\222", parts);
}

char *
conset_ticks_label (const ConsetTicks *ticks, guint k)
{
  double steps = (double) (ticks->first + k) * ticks->mantissa;
  int exponent = ticks->exponent - ticks->scale;
  char text[G_ASCII_DTOSTR_BUF_SIZE + 320], format[16];

  if (ticks->scale == 0 && exponent > 12)
    return conset_plot_number (scaled (steps, exponent), 6);
  g_snprintf (format, sizeof format, "%%.%df", MAX (-exponent, 0));
  g_ascii_formatd (text, sizeof text, format, scaled (steps, exponent));
  return with_minus (text);
}

char *
conset_ticks_scale_label (const ConsetTicks *ticks)
{
  static const char *const raised[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  g_autofree char *digits = g_strdup_printf ("%d", ABS (ticks->scale));
  GString *label = g_string_new (NULL);

  if (ticks->scale == 0)
    return g_string_free (label, FALSE);
  g_string_append (label, ticks->scale < 0 ? "×10⁻" : "×10");
  for (const char *digit = digits; *digit != '\0'; digit++)
    g_string_append (label, raised[*digit - '0']);
  return g_string_free (label, FALSE);
}

char *
conset_plot_number (double number, guint digits)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE], format[16];

  g_snprintf (format, sizeof format, "%%.%ug", digits);
  g_ascii_formatd (text, sizeof text, format, number);
  return with_minus (text);
}

char *
conset_plot_count (guint64 count)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  gsize n = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize k = 0; k < n; k++)
    {
      if (k > 0 && (n - k) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[k]);
    }
  return g_string_free (text, FALSE);
}
