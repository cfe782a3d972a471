/* SPDX-License-Identifier: MIT */
/*
 * Columns: the table of all that there are, and whether those of operands go together.
 *
 * A table behind a lock holds each number of columns with its names once; what is there is never
 * freed, so that sets need not count references. It is asked when a connection set is
 * composed, never while one is evaluated.
 */
#include "columns.h"

#include "text.h"

#include <conset/cset.h>

#include <string.h>

/* {{{ the table */

static GMutex table_mutex;
static GHashTable *table;

/* Names are words, and names of units have no line ends. */
static char *
columns_key (const ConsetColumns *columns)
{
  GString *key = g_string_new (NULL);

  for (guint k = 0; k < columns->n; k++)
    g_string_append_printf (key, "%s,%s\n", columns->names[k] != NULL ? columns->names[k] : "",
                            columns->units[k] != NULL ? conset_unit_name (columns->units[k]) : "");
  return g_string_free (key, FALSE);
}

static ConsetColumns *
columns_new (guint n, const char *const *names, const ConsetUnit *const *units)
{
  ConsetColumns *columns = g_new0 (ConsetColumns, 1);

  columns->n = n;
  columns->names = g_new0 (const char *, n);
  columns->units = g_new0 (const ConsetUnit *, n);
  for (guint k = 0; k < n; k++)
    {
      columns->names[k] = names != NULL ? g_intern_string (names[k]) : NULL;
      columns->units[k] = units != NULL ? units[k] : NULL;
    }
  return columns;
}

static void
columns_free (ConsetColumns *columns)
{
  g_free (columns->names);
  g_free (columns->units);
  g_free (columns);
}

const ConsetColumns *
conset_columns_get (guint n, const char *const *names, const ConsetUnit *const *units)
{
  ConsetColumns *columns, *known;
  char *key;

  if (n == 0)
    return NULL;
  columns = columns_new (n, names, units);
  key = columns_key (columns);
  g_mutex_lock (&table_mutex);
  if (table == NULL)
    table = g_hash_table_new (g_str_hash, g_str_equal);
  known = g_hash_table_lookup (table, key);
  if (known == NULL)
    g_hash_table_insert (table, g_steal_pointer (&key), columns);
  g_mutex_unlock (&table_mutex);
  g_free (key);
  if (known == NULL)
    return columns;
  columns_free (columns);
  return known;
}

static gboolean
is_word (const char *name)
{
  if (!g_ascii_isalpha (name[0]) && name[0] != '_')
    return FALSE;
  return strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_") == strlen (name);
}

/* A word that cannot be a keyword of cset() for values. */
static gboolean
means_else (const char *name)
{
  return conset_is_reserved_word (name, strlen (name)) || strcmp (name, "mask") == 0;
}

/* What is wrong with name @k, as an error set; NULL for nothing. */
static Conset *
check_name (const char *operator_name, guint k, const char *const *names)
{
  const char *name = names[k], *before = k > 0 ? names[k - 1] : NULL;

  if (name == NULL && before != NULL)
    return conset_error_new ("%s: value %u has no name, but the one before it is '%s'; put values "
                             "without a name first",
                             operator_name, k, before);
  if (name == NULL)
    return NULL;
  if (!is_word (name))
    return conset_error_new ("%s: '%s' is no name for values; use letters, digits and _, with "
                             "no digit first",
                             operator_name, name);
  if (means_else (name))
    return conset_error_new ("%s: '%s' is no name for values, since it means something else in "
                             "the text language; give them another",
                             operator_name, name);
  for (guint j = 0; j < k; j++)
    if (g_strcmp0 (names[j], name) == 0)
      return conset_error_new ("%s: two values are named '%s'; give them names of their own",
                               operator_name, name);
  return NULL;
}

Conset *
conset_columns_check_names (const char *operator_name, guint n, const char *const *names)
{
  if (n > CONSET_MAX_ARITY)
    return conset_error_new ("%s: %u values are more than %d; give fewer", operator_name, n,
                             CONSET_MAX_ARITY);
  for (guint k = 0; k < n && names != NULL; k++)
    {
      Conset *error = check_name (operator_name, k, names);

      if (error != NULL)
        return error;
    }
  return NULL;
}

/* }}} */
/* {{{ operands */

char *
conset_columns_describe (const ConsetColumns *columns)
{
  GString *out;

  if (columns == NULL)
    return g_strdup ("no values");
  out = g_string_new (NULL);
  g_string_append_printf (out, "%u %s", columns->n, columns->n == 1 ? "value" : "values");
  for (guint k = 0; k < columns->n; k++)
    {
      g_string_append_printf (out, "%s%s", k == 0 ? " (" : ", ",
                              columns->names[k] != NULL ? columns->names[k] : "unnamed");
      if (columns->units[k] != NULL)
        g_string_append_printf (out, " in %s", conset_unit_name (columns->units[k]));
    }
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

Conset *
conset_columns_refuse (const char *operator_name, const Conset *operand)
{
  g_autofree char *text = conset_describe (operand);

  return conset_error_new ("%s: the operand '%s' has values, which it cannot keep; take them away "
                           "with mask(...)",
                           operator_name, text);
}

static Conset *
refuse_two (const char *operator_name, const Conset *a, const Conset *b)
{
  g_autofree char *left = conset_describe (a);
  g_autofree char *right = conset_describe (b);

  return conset_error_new ("%s: both operands have values, '%s' and '%s'; take those of one away "
                           "with mask(...)",
                           operator_name, left, right);
}

/* Whether they are the same up to a change of units. */
static gboolean
columns_are_alike (const ConsetColumns *a, const ConsetColumns *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || a->n != b->n)
    return FALSE;
  for (guint k = 0; k < a->n; k++)
    if (a->names[k] != b->names[k] || !conset_unit_is_alike (a->units[k], b->units[k]))
      return FALSE;
  return TRUE;
}

/* Nothing has any columns it likes. */
static Conset *
check_same (const char *operator_name, const Conset *a, const Conset *b)
{
  g_autofree char *left = NULL, *right = NULL;

  if (conset_is_empty_node (a) || conset_is_empty_node (b)
      || columns_are_alike (a->facts.columns, b->facts.columns))
    return NULL;
  left = conset_columns_describe (a->facts.columns);
  right = conset_columns_describe (b->facts.columns);
  return conset_error_new ("%s: the left operand has %s, the right one has %s; both need the same, "
                           "give them with cset(...) or take them away with mask(...)",
                           operator_name, left, right);
}

Conset *
conset_columns_check (const char *operator_name, ConsetColumnsRule rule, Conset *a, Conset *b)
{
  gboolean left = a->facts.columns != NULL, right = b != NULL && b->facts.columns != NULL;
  Conset *error = NULL;

  if (rule == CONSET_COLUMNS_SAME)
    error = check_same (operator_name, a, b);
  else if (left && right && rule == CONSET_COLUMNS_ONE)
    error = refuse_two (operator_name, a, b);
  else if (left && rule == CONSET_COLUMNS_NONE)
    error = conset_columns_refuse (operator_name, a);
  else if (right && rule != CONSET_COLUMNS_ONE)
    error = conset_columns_refuse (operator_name, b);
  if (error == NULL)
    return NULL;
  conset_unref (a);
  g_clear_pointer (&b, conset_unref);
  return error;
}

Conset *
conset_columns_empty (const ConsetColumns *columns)
{
  Conset *empty = conset_empty ();

  empty->facts.columns = columns;
  return empty;
}

/* }}} */
/* {{{ questions */

guint
conset_arity (const Conset *set)
{
  g_return_val_if_fail (set != NULL, 0);

  return set->facts.columns != NULL ? set->facts.columns->n : 0;
}

const char *
conset_column_name (const Conset *set, guint column)
{
  g_return_val_if_fail (set != NULL && column < conset_arity (set), NULL);

  return set->facts.columns->names[column];
}

const char *
conset_column_unit (const Conset *set, guint column)
{
  const ConsetUnit *unit;

  g_return_val_if_fail (set != NULL && column < conset_arity (set), NULL);

  unit = set->facts.columns->units[column];
  return unit != NULL ? conset_unit_name (unit) : NULL;
}

double
conset_node_value (const Conset *set, guint column, const ConsetPlace *place)
{
  while (set->klass->value == NULL)
    {
      guint k = 0;

      while (set->children[k]->facts.columns == NULL)
        k++;
      set = set->children[k];
    }
  return set->klass->value (set, column, place);
}

gboolean
conset_values_at (
  const Conset *set, guint64 source, guint64 target, guint64 copy, double *values, GError **error)
{
  GError *fault = NULL;
  const ConsetPlace place = { source, target, copy, &fault };
  guint64 times;

  g_return_val_if_fail (set != NULL, FALSE);

  if (!conset_check (set, error))
    return FALSE;
  times = conset_multiplicity (set, source, target);
  if (copy >= times)
    {
      g_autofree char *text = conset_describe (set);

      g_set_error (error, CONSET_ERROR, CONSET_ERROR_WINDOW,
                   "the set '%s' has no copy %" G_GUINT64_FORMAT
                   " of the connection from source %" G_GUINT64_FORMAT
                   " to target %" G_GUINT64_FORMAT "; its multiplicity is %" G_GUINT64_FORMAT,
                   text, copy, source, target, times);
      return FALSE;
    }
  for (guint k = 0; k < conset_arity (set) && fault == NULL; k++)
    values[k] = conset_node_value (set, k, &place);
  if (fault == NULL)
    return TRUE;
  g_propagate_error (error, fault);
  return FALSE;
}

/* }}} */
