/* SPDX-License-Identifier: MIT */
/*
 * Numbers of a value for suites that look at private functions.
 */
#pragma once

#include "support.h"

#include "value.h"

/** The values of sources 0 to @n_sources - 1 for targets 0 to @n_targets - 1; consumes @value. */
static inline double *
draw_values (ConsetValue *value, guint64 n_sources, guint64 n_targets)
{
  double *numbers = g_new (double, n_sources * n_targets);
  ConsetValuePlan *plan;

  ck_assert (conset_value_check (value, NULL));
  plan = conset_value_plan_new (value, CONSET_TARGET_MAJOR);
  for (guint64 target = 0; target < n_targets; target++)
    {
      ConsetPlaces places = { CONSET_TARGET_MAJOR, target, 0, NULL, n_sources, NULL };

      ck_assert (conset_value_plan_fill (plan, &places, numbers + target * n_sources));
    }
  conset_value_plan_free (plan);
  conset_value_unref (value);
  return numbers;
}
