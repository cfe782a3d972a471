/* SPDX-License-Identifier: MIT */
/*
 * What the writer and the reader of SONATA files agree about: names and units of columns.
 */
#include "sonata.h"

#include "columns.h"
#include "cset.h"

#include <conset/cset.h>
#include <conset/unit.h>

#include <string.h>

static const char *const names[][2] = { { "weight", "syn_weight" } };

const char *
conset_sonata_name (const char *column)
{
  for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
    if (strcmp (names[k][0], column) == 0)
      return names[k][1];
  return column;
}

const char *
conset_sonata_column (const char *name)
{
  for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
    if (strcmp (names[k][1], name) == 0)
      return names[k][0];
  return name;
}

Conset *
conset_sonata_set_units (Conset *set)
{
  const ConsetColumns *columns = set->facts.columns;
  g_autofree char *problem = NULL;
  const ConsetUnit *ms = conset_has_units () ? conset_unit_parse ("ms", &problem) : NULL;
  g_autofree const ConsetUnit **units = NULL;
  gboolean changed = FALSE;

  if (columns == NULL || ms == NULL)
    return set;
  units = g_memdup2 (columns->units, columns->n * sizeof *units);
  for (guint k = 0; k < columns->n; k++)
    if (g_strcmp0 (columns->names[k], "delay") == 0 && units[k] != NULL
        && conset_unit_is_alike (units[k], ms))
      {
        changed |= units[k] != ms;
        units[k] = ms;
      }
  if (!changed)
    return set;
  return conset_cset_show_in (set, conset_columns_get (columns->n, columns->names, units));
}
