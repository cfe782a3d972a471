/* SPDX-License-Identifier: MIT */
/*
 * Numbers as users type them and as pictures and progress bars print them.
 *
 * A number is read as an integer mantissa and a power of ten, so that 1e18 is exact and no
 * locale has a say.
 */
#include "numbers.h"

/* No 64-bit integer has more digits; a greater exponent needs no exact value. */
#define MAX_EXPONENT 40

/* Appends the digits at *@text to *@mantissa; returns how many, or -1 if they do not fit. */
static int
digits_read (const char **text, guint64 *mantissa)
{
  int n = 0;

  for (; g_ascii_isdigit (**text); (*text)++, n++)
    if (!g_uint64_checked_mul (mantissa, *mantissa, 10)
        || !g_uint64_checked_add (mantissa, *mantissa, g_ascii_digit_value (**text)))
      return -1;
  return n;
}

/* Reads "e6", "e+6" or nothing. */
static gboolean
exponent_read (const char **text, int *exponent)
{
  guint64 value = 0;

  *exponent = 0;
  if (**text != 'e' && **text != 'E')
    return TRUE;
  (*text)++;
  if (**text == '+')
    (*text)++;
  if (digits_read (text, &value) <= 0 || value > MAX_EXPONENT)
    return FALSE;
  *exponent = (int) value;
  return TRUE;
}

/* Multiplies by 10^@power, where the result is an integer that fits. */
static gboolean
mantissa_scale (guint64 *mantissa, int power)
{
  for (; power > 0; power--)
    if (!g_uint64_checked_mul (mantissa, *mantissa, 10))
      return FALSE;
  for (; power < 0; power++)
    {
      if (*mantissa % 10 != 0)
        return FALSE;
      *mantissa /= 10;
    }
  return TRUE;
}

gboolean
cli_number_parse (const char *text, guint64 max, guint64 *number)
{
  guint64 mantissa = 0;
  int fraction = 0;
  int exponent;

  if (digits_read (&text, &mantissa) <= 0)
    return FALSE;
  if (*text == '.')
    {
      text++;
      fraction = digits_read (&text, &mantissa);
      if (fraction <= 0)
        return FALSE;
    }
  if (!exponent_read (&text, &exponent) || *text != '\0'
      || !mantissa_scale (&mantissa, exponent - fraction) || mantissa > max)
    return FALSE;
  *number = mantissa;
  return TRUE;
}

char *
cli_number_short (guint64 number)
{
  guint64 mantissa = number;
  int zeros = 0;

  for (; mantissa >= 10 && mantissa % 10 == 0; zeros++)
    mantissa /= 10;
  return number < 1000000 || zeros < 3
           ? g_strdup_printf ("%" G_GUINT64_FORMAT, number)
           : g_strdup_printf ("%" G_GUINT64_FORMAT "e%d", mantissa, zeros);
}

char *
cli_number_scaled (double number)
{
  static const char *const units[] = { "", " k", " M", " G", " T", " P", " E" };
  guint unit = 0;

  for (; number >= 999.5 && unit + 1 < G_N_ELEMENTS (units); unit++)
    number /= 1000;
  return g_strdup_printf ("%.*f%s",
                          unit == 0 || number >= 99.95 ? 0
                          : number >= 9.995            ? 1
                                                       : 2,
                          number, units[unit]);
}
