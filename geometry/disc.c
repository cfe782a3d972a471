/* SPDX-License-Identifier: MIT */
/*
 * Discs and annuli: ranges of a metric, which are regions where the metric is one that is known,
 * and thresholds where it is not.
 *
 * What has a rim is the same without it up to the next greater number.
 */
#include <conset/spatial.h>

#include "region_set.h"
#include "sizes.h"
#include "units.h"

#include "node.h"

#include <math.h>
#include <string.h>

/* The number after one that is not negative: they are ordered as their bits are. */
static double
next_number (double number)
{
  guint64 bits;

  number = fabs (number);
  memcpy (&bits, &number, sizeof bits);
  bits++;
  memcpy (&number, &bits, sizeof number);
  return number;
}

/* A radius is of the unit that distances have. */
static Conset *
unit_error (const char *name, const ConsetValue *radius, const ConsetValue *metric)
{
  g_autofree char *size = conset_value_describe (radius);
  g_autofree char *distance = conset_value_describe (metric);
  g_autofree char *what = g_strdup_printf ("radii such as %s are", size);
  g_autofree char *clash = conset_units_clash (what, radius->unit, "distances are", metric->unit);

  return clash != NULL ? conset_error_new ("%s * %s: %s", name, distance, clash) : NULL;
}

/* A bound of distances; an error set, or NULL. */
static Conset *
read_radius (const char *name, const ConsetValue *radius, const ConsetValue *metric, double *number)
{
  Conset *error = conset_size_read (name, "radius", radius, number);

  return error != NULL ? error : unit_error (name, radius, metric);
}

static Conset *
make (double low, double below, char *shape, ConsetValue *metric)
{
  ConsetMetricParts parts;
  ConsetRegion region;

  if (!conset_metric_look (metric, &parts))
    return conset_threshold_new (low, below, shape, metric);
  conset_region_init_distance (&region, parts.kind, parts.sources->n_dimensions, parts.box, low,
                               below);
  return conset_region_set_new (&region, shape, metric, conset_geometry_ref (parts.sources),
                                conset_geometry_ref (parts.targets));
}

static char *
shape_text (const char *name, const ConsetValue *a, const ConsetValue *b)
{
  GString *text = g_string_new (name);

  g_string_append_c (text, '(');
  conset_value_print (a, CONSET_VALUE_PREC_LEAST, text);
  if (b != NULL)
    {
      g_string_append (text, ", ");
      conset_value_print (b, CONSET_VALUE_PREC_LEAST, text);
    }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static Conset *
disc (const char *name, ConsetValue *radius, gboolean with_rim, ConsetValue *metric)
{
  Conset *result = conset_metric_error (name, metric);
  double number;

  if (result == NULL)
    result = read_radius (name, radius, metric, &number);
  if (result == NULL)
    {
      result = make (-INFINITY, with_rim ? next_number (number) : number,
                     shape_text (name, radius, NULL), metric);
      metric = NULL;
    }
  g_clear_pointer (&radius, conset_value_unref);
  g_clear_pointer (&metric, conset_value_unref);
  return result;
}

Conset *
conset_disc (ConsetValue *radius, ConsetValue *metric)
{
  return disc ("disc", radius, FALSE, metric);
}

Conset *
conset_within (ConsetValue *distance, ConsetValue *metric)
{
  return disc ("within", distance, TRUE, metric);
}

Conset *
conset_annulus (ConsetValue *inner, ConsetValue *outer, ConsetValue *metric)
{
  Conset *result = conset_metric_error ("annulus", metric);
  double low, below;

  if (result == NULL)
    result = read_radius ("annulus", inner, metric, &low);
  if (result == NULL)
    result = read_radius ("annulus", outer, metric, &below);
  if (result == NULL && low > below)
    {
      g_autofree char *text = shape_text ("annulus", inner, outer);

      result =
        conset_error_new ("%s: the inner radius is above the outer one; exchange them", text);
    }
  if (result == NULL)
    {
      result = make (low, below, shape_text ("annulus", inner, outer), metric);
      metric = NULL;
    }
  g_clear_pointer (&inner, conset_value_unref);
  g_clear_pointer (&outer, conset_value_unref);
  g_clear_pointer (&metric, conset_value_unref);
  return result;
}
