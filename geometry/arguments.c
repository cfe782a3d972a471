/* SPDX-License-Identifier: MIT */
/*
 * Arguments of geometries: checks and text.
 */
#include "arguments.h"

#include "text.h"

#include <math.h>

ConsetGeometry *
conset_numbers_error (const char *function, const char *what, const double *numbers, guint n)
{
  for (guint d = 0; numbers != NULL && d < n; d++)
    if (!isfinite (numbers[d]))
      return conset_geometry_error_new ("%s: %s %s; give finite numbers", function, what,
                                        isnan (numbers[d]) ? "nan"
                                        : numbers[d] > 0.0 ? "inf"
                                                           : "-inf");
  return NULL;
}

void
conset_append_keyword (
  GString *out, const char *name, double number, double usual, const ConsetUnit *unit)
{
  if (number == usual && (unit == NULL || usual == 0.0))
    return;
  g_string_append_printf (out, ", %s=", name);
  conset_quantity_print (number, unit, out);
}

void
conset_append_keywords (GString *out,
                        const char *name,
                        const double *numbers,
                        guint n,
                        double usual,
                        const ConsetUnit *unit)
{
  for (guint d = 0; d < n; d++)
    {
      char keyword[16];

      g_snprintf (keyword, sizeof keyword, "%c%s", "xyz"[d], name);
      conset_append_keyword (out, keyword, numbers[d], usual, unit);
    }
}

void
conset_append_count (GString *out, const char *name, guint64 count, guint64 usual)
{
  if (count != usual)
    g_string_append_printf (out, ", %s=%" G_GUINT64_FORMAT, name, count);
}
