/* SPDX-License-Identifier: MIT */
/*
 * Sizes, and what is wrong with values that are none.
 */
#include "sizes.h"

#include "node.h"

#include <math.h>

Conset *
conset_size_read (const char *name, const char *what, const ConsetValue *value, double *number)
{
  g_autofree char *text = NULL;

  if (value == NULL)
    {
      g_critical ("%s: the %s is NULL", name, what);
      return conset_error_new ("%s: the %s is NULL; pass one", name, what);
    }
  if (conset_value_error_message (value) != NULL)
    return conset_error_new ("%s", conset_value_error_message (value));
  text = conset_value_describe (value);
  if (!conset_value_is_fixed (value, number))
    return conset_error_new ("%s(%s): the %s differs between pairs; give one number for all", name,
                             text, what);
  if (!(*number >= 0.0) || !isfinite (*number))
    return conset_error_new ("%s(%s): the %s must be a number that is not negative", name, text,
                             what);
  return NULL;
}

Conset *
conset_metric_error (const char *name, const ConsetValue *metric)
{
  if (metric == NULL)
    {
      g_critical ("%s: the metric is NULL", name);
      return conset_error_new ("%s: the metric is NULL; pass one", name);
    }
  if (conset_value_error_message (metric) != NULL)
    return conset_error_new ("%s", conset_value_error_message (metric));
  return NULL;
}
