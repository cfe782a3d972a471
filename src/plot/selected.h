/* SPDX-License-Identifier: MIT */
/*
 * What one source or target is connected with.
 */
#pragma once

#include "panel.h"

/**
 * ConsetSelected:
 * @indices: (array length=n): the others, ascending, each once
 * @values: (array length=n): the mean of a value of their connections, or how many there are
 */
typedef struct
{
  guint64 *indices;
  double  *values;
  gsize    n;
} ConsetSelected;

/**
 * conset_selected_init:
 * @order: CONSET_SOURCE_MAJOR for the targets of a source; else the sources of a target
 * @end: others are below
 * @column: which value; -1 for the number of connections
 *
 * Returns: FALSE with @error set on failure
 */
gboolean conset_selected_init  (ConsetSelected  *selected,
                                const Conset    *set,
                                ConsetOrder      order,
                                guint64          index,
                                guint64          end,
                                int              column,
                                GError         **error);

void     conset_selected_clear (ConsetSelected  *selected);

/** conset_selected_range: finds the least and the greatest finite value; both 0 if there is none. */
void     conset_selected_range (const ConsetSelected *selected,
                                double               *low,
                                double               *high);
