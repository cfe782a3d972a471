/* SPDX-License-Identifier: MIT */
/*
 * Fix: the connections of a finite set, and their values, found now and kept as an explicit set.
 */
#include <conset/eval.h>
#include <conset/set.h>

#include "explicit.h"

#include <string.h>

#define FIX_AT_MOST 1e12
#define FIRST_ROOM 16384

/* What has been found so far. */
typedef struct
{
  gsize n;
  gsize room;
  ConsetListed *listed;
  guint n_values;
  double **values;
} Harvest;

static void
harvest_clear (Harvest *harvest)
{
  g_free (harvest->listed);
  conset_explicit_free_values (harvest->values, harvest->n_values);
}

static gboolean
harvest_reserve (Harvest *harvest, gsize n)
{
  gsize room = MAX (MAX (n, FIRST_ROOM), harvest->room + harvest->room / 2);
  ConsetListed *listed;

  if (n <= harvest->room)
    return TRUE;
  listed = g_try_renew (ConsetListed, harvest->listed, room);
  if (listed == NULL)
    return FALSE;
  harvest->listed = listed;
  for (guint k = 0; k < harvest->n_values; k++)
    {
      double *values = g_try_renew (double, harvest->values[k], room);

      if (values == NULL)
        return FALSE;
      harvest->values[k] = values;
    }
  harvest->room = room;
  return TRUE;
}

static void
harvest_add (Harvest *harvest, const ConsetBatch *batch)
{
  for (guint k = 0; k < harvest->n_values; k++)
    memcpy (harvest->values[k] + harvest->n, batch->values[k], batch->n * sizeof (double));
  for (gsize k = 0; k < batch->n; k++, harvest->n++)
    harvest->listed[harvest->n] = (ConsetListed){ batch->line, batch->indices[k], harvest->n };
}

/* FALSE with @fault told if there is no room, or the evaluation fails. */
static gboolean
harvest_set (Harvest *harvest, const Conset *set, GError **fault)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    {
      if (!harvest_reserve (harvest, harvest->n + batch.n))
        {
          g_set_error (fault, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
                       "its connections, %" G_GSIZE_FORMAT " and more, do not fit the memory; "
                       "evaluate the set without fix",
                       harvest->n + batch.n);
          return FALSE;
        }
      harvest_add (harvest, &batch);
    }
  return conset_iter_finish (iter, fault);
}

static const char *
fix_refusal (const Conset *set)
{
  if (!conset_is_finite (set))
    return "is unbounded; intersect it with cross(...) first";
  if (conset_expected_count (set, NULL) > FIX_AT_MOST)
    return "has more than 10^12 connections; evaluate the set without fix";
  return NULL;
}

static Conset *
fix_error (const Conset *set, const char *sign, const char *fault)
{
  g_autofree char *operand = conset_describe (set);

  return conset_error_new ("fix: operand '%s'%s %s", operand, sign, fault);
}

static Conset *
fix_new (const Conset *set)
{
  const ConsetColumns *columns = set->facts.columns;
  Harvest harvest = { .n_values = columns != NULL ? columns->n : 0 };
  g_autoptr (GError) fault = NULL;
  GString *text;

  harvest.values = g_new0 (double *, harvest.n_values);
  if (!harvest_set (&harvest, set, &fault))
    {
      harvest_clear (&harvest);
      return fix_error (set, ":", fault->message);
    }
  if (harvest.n == 0)
    {
      harvest_clear (&harvest);
      return conset_columns_empty (columns);
    }
  text = g_string_new ("fix * ");
  conset_print (set, CONSET_PREC_PRODUCT + 1, text);
  return conset_explicit_take ((ConsetExplicitOrigin){ "fix", g_string_free (text, FALSE), FALSE },
                               harvest.listed, harvest.n, columns, harvest.values);
}

Conset *
conset_fix (Conset *set)
{
  Conset *result = conset_absorb ("fix", &set, NULL);
  const char *refusal;

  if (result != NULL)
    return result;
  if (conset_is_empty_node (set) || conset_is_explicit (set))
    return set;
  refusal = fix_refusal (set);
  result = refusal != NULL ? fix_error (set, "", refusal) : fix_new (set);
  conset_unref (set);
  return result;
}
