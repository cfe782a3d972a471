/* SPDX-License-Identifier: MIT */
/*
 * Integers as a sign and 64 bits. Nothing is rounded and nothing wraps around: an operation
 * whose result has no such form says so.
 */
#include "integer.h"

#include <math.h>

static ConsetInteger
integer_make (gboolean negative, guint64 magnitude)
{
  return (ConsetInteger){ negative && magnitude != 0, magnitude };
}

ConsetInteger
conset_integer_negate (ConsetInteger a)
{
  return integer_make (!a.negative, a.magnitude);
}

gboolean
conset_integer_add (ConsetInteger a, ConsetInteger b, ConsetInteger *result)
{
  guint64 sum;

  if (a.negative == b.negative)
    {
      if (!g_uint64_checked_add (&sum, a.magnitude, b.magnitude))
        return FALSE;
      *result = integer_make (a.negative, sum);
    }
  else if (a.magnitude >= b.magnitude)
    *result = integer_make (a.negative, a.magnitude - b.magnitude);
  else
    *result = integer_make (b.negative, b.magnitude - a.magnitude);
  return TRUE;
}

gboolean
conset_integer_multiply (ConsetInteger a, ConsetInteger b, ConsetInteger *result)
{
  guint64 product;

  if (!g_uint64_checked_mul (&product, a.magnitude, b.magnitude))
    return FALSE;
  *result = integer_make (a.negative != b.negative, product);
  return TRUE;
}

/* By squaring. */
gboolean
conset_integer_power (ConsetInteger a, guint64 n, ConsetInteger *result)
{
  *result = integer_make (FALSE, 1);
  for (; n > 0; n >>= 1)
    if ((n % 2 == 1 && !conset_integer_multiply (*result, a, result))
        || (n > 1 && !conset_integer_multiply (a, a, &a)))
      return FALSE;
  return TRUE;
}

ConsetInteger
conset_integer_mod (ConsetInteger a, ConsetInteger b)
{
  guint64 remainder = a.magnitude % b.magnitude;

  if (remainder != 0 && a.negative != b.negative)
    remainder = b.magnitude - remainder;
  return integer_make (b.negative, remainder);
}

int
conset_integer_compare (ConsetInteger a, ConsetInteger b)
{
  if (a.negative != b.negative)
    return a.negative ? -1 : 1;
  if (a.magnitude == b.magnitude)
    return 0;
  return (a.magnitude > b.magnitude) != a.negative ? 1 : -1;
}

gboolean
conset_integer_from_double (double value, ConsetInteger *result)
{
  double magnitude = fabs (value);

  if (!(magnitude < 0x1p64) || floor (magnitude) != magnitude)
    return FALSE;
  *result = integer_make (value < 0, (guint64) magnitude);
  return TRUE;
}

double
conset_integer_to_double (ConsetInteger a)
{
  return a.negative ? -(double) a.magnitude : (double) a.magnitude;
}

gboolean
conset_integer_to_int64 (ConsetInteger a, gint64 *result)
{
  if (a.negative ? a.magnitude > CONSET_INDEX_END : a.magnitude >= CONSET_INDEX_END)
    return FALSE;
  *result = a.negative ? -(gint64) (a.magnitude - 1) - 1 : (gint64) a.magnitude;
  return TRUE;
}

void
conset_integer_print (ConsetInteger a, GString *out)
{
  g_string_append_printf (out, "%s%" G_GUINT64_FORMAT, a.negative ? "-" : "", a.magnitude);
}
