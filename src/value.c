/* SPDX-License-Identifier: MIT */
/*
 * Values: life, errors, composition, and questions put to any kind of value.
 *
 * Depth and size are bounded where values are made, by the limits of sets, so that every walk
 * over a tree may recurse; only the release of a tree does not, since it must never fail.
 */
#include "value.h"

#include "life.h"
#include "text.h"

#include <math.h>
#include <string.h>

/* Errors */

CONSET_DEFINE_ERRORS (ConsetValue, conset_value, conset_value_new (&conset_value_error_class))

static double
error_at (const ConsetValue *value G_GNUC_UNUSED, const ConsetPlace *place G_GNUC_UNUSED)
{
  return NAN;
}

static const ConsetValueClass conset_value_error_class = {
  .name = "error",
  .struct_size = sizeof (conset_value_ErrorNode),
  .finalize = conset_value_error_finalize,
  .print = conset_value_error_print,
  .at = error_at,
};

/* Life */

gpointer
conset_value_new (const ConsetValueClass *klass)
{
  ConsetValue *value = g_malloc0 (klass->struct_size);

  value->klass = klass;
  g_atomic_ref_count_init (&value->refs);
  value->precedence = CONSET_VALUE_PREC_ATOM;
  value->depth = 1;
  value->size = 1;
  return value;
}

CONSET_DEFINE_REF (ConsetValue, conset_value)
CONSET_DEFINE_TREE_UNREF (ConsetValue, conset_value, CONSET_NOTHING_ELSE)

/* Composition */

void
conset_value_adopt (gpointer node, ConsetValue *child)
{
  ConsetValue *value = node;

  value->children = g_renew (ConsetValue *, value->children, value->n_children + 1);
  value->children[value->n_children++] = child;
  value->depth = MAX (value->depth, child->depth + 1);
  value->size += child->size;
  value->by_source |= child->by_source;
  value->by_target |= child->by_target;
  value->random |= child->random;
}

ConsetValue *
conset_value_finish_as (gpointer node, ConsetUnitRule rule)
{
  ConsetValue *value = node, *error = NULL;
  g_autofree char *problem = conset_value_apply_rule (value, rule), *text = NULL;

  if (problem != NULL)
    {
      text = conset_value_describe (value);
      error = conset_value_error_new ("%s: %s", text, problem);
    }
  else if (value->depth > CONSET_MAX_DEPTH)
    error = conset_value_error_new ("%s: the value is nested more than %d operators deep; "
                                    "compute it in a callback",
                                    value->klass->name, CONSET_MAX_DEPTH);
  else if (value->size > CONSET_MAX_SIZE)
    error = conset_value_error_new ("%s: the value has more than %" G_GUINT64_FORMAT
                                    " operators, shared parts counted each time; "
                                    "compute it in a callback",
                                    value->klass->name, CONSET_MAX_SIZE);
  if (error == NULL)
    return value;
  conset_value_unref (value);
  return error;
}

ConsetValue *
conset_value_finish (gpointer node)
{
  return conset_value_finish_as (node, CONSET_UNITS_PURE);
}

static gboolean
given_twice (const ConsetValue *a, const ConsetValue *b)
{
  return a == b && g_atomic_ref_count_compare ((gatomicrefcount *) &a->refs, 1);
}

ConsetValue *
conset_value_absorb (const char *operator_name, ConsetValue **a, ConsetValue **b)
{
  ConsetValue *left = *a, *right = b != NULL ? *b : NULL;
  gboolean missing = left == NULL || (b != NULL && right == NULL);

  if (missing)
    {
      g_critical ("%s: an operand is NULL", operator_name);
      g_clear_pointer (&left, conset_value_unref);
      g_clear_pointer (&right, conset_value_unref);
      return conset_value_error_new ("%s: an operand is NULL; pass a value", operator_name);
    }
  if (right != NULL && given_twice (left, right))
    {
      g_critical ("%s: one reference given for both operands; use conset_value_ref()",
                  operator_name);
      conset_value_ref (left);
    }
  if (conset_value_error_message (left) != NULL)
    {
      g_clear_pointer (&right, conset_value_unref);
      return left;
    }
  if (right != NULL && conset_value_error_message (right) != NULL)
    {
      conset_value_unref (left);
      return right;
    }
  return NULL;
}

ConsetValue *
conset_value_absorb_three (const char *operator_name,
                           ConsetValue **a,
                           ConsetValue **b,
                           ConsetValue **c)
{
  ConsetValue *error = conset_value_absorb (operator_name, a, b);

  if (error != NULL)
    {
      g_clear_pointer (c, conset_value_unref);
      return error;
    }
  error = conset_value_absorb (operator_name, b, c);
  if (error != NULL)
    {
      conset_value_unref (*a);
      return error;
    }
  /* Neither is wrong; but one reference may have been given for both. */
  return conset_value_absorb (operator_name, a, c);
}

/* Text */

void
conset_value_print (const ConsetValue *value, ConsetValuePrecedence least, GString *out)
{
  gboolean parentheses = value->precedence < least;

  if (conset_print_is_full (out))
    return;
  if (parentheses)
    g_string_append_c (out, '(');
  value->klass->print (value, out);
  if (parentheses)
    g_string_append_c (out, ')');
}

char *
conset_value_to_string (const ConsetValue *value)
{
  GString *out;

  g_return_val_if_fail (value != NULL, NULL);

  out = g_string_new (NULL);
  conset_value_print (value, CONSET_VALUE_PREC_LEAST, out);
  return g_string_free (out, FALSE);
}

char *
conset_value_describe (const ConsetValue *value)
{
  gsize before = conset_print_limit (CONSET_DESCRIPTION_MOST);
  char *text = conset_value_to_string (value);

  conset_print_limit (before);
  return conset_abridge (text);
}

/* Questions */

double
conset_place_fail (const ConsetPlace *place, ConsetError code, const char *format, ...)
{
  va_list args;

  if (place->error != NULL && *place->error == NULL)
    {
      va_start (args, format);
      *place->error = g_error_new_valist (CONSET_ERROR, code, format, args);
      va_end (args);
    }
  return NAN;
}

double
conset_value_at_copy (const ConsetValue *value, guint64 source, guint64 target, guint64 copy)
{
  const ConsetPlace place = { source, target, copy, NULL };
  ConsetShown shown;

  g_return_val_if_fail (value != NULL, NAN);

  shown = conset_value_shown (value);
  return conset_shown_number (&shown, shown.value->klass->at (shown.value, &place));
}

double
conset_value_at (const ConsetValue *value, guint64 source, guint64 target)
{
  return conset_value_at_copy (value, source, target, 0);
}

gboolean
conset_value_is_constant (const ConsetValue *value, double *number)
{
  g_return_val_if_fail (value != NULL, FALSE);

  if (value->by_source || value->by_target || conset_value_error_message (value) != NULL)
    return FALSE;
  if (number != NULL)
    *number = conset_value_at (value, 0, 0);
  return TRUE;
}

/* Where values are */

Conset *
conset_value_support (const ConsetValue *value)
{
  Conset *set = value->klass->support != NULL ? value->klass->support (value) : NULL;

  /* Such as one that is too deep. */
  if (set != NULL && !conset_check (set, NULL))
    g_clear_pointer (&set, conset_unref);
  return set;
}

Conset *
conset_value_below (const ConsetValue *value, double bound, gboolean closed)
{
  return value->klass->below != NULL ? value->klass->below (value, bound, closed) : NULL;
}

gboolean
conset_value_by_distance (const ConsetValue *value, double distance, double *number)
{
  return value->klass->by_distance != NULL && value->klass->by_distance (value, distance, number);
}
