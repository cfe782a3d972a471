/* SPDX-License-Identifier: MIT */
/*
 * Conversions of values to what a parameter or an operator needs: numbers to integers and
 * reals, lists of pairs to sets, numbers, pairs and lists to intervals, integers and lists of
 * them to degrees, laws of degrees to value sets.
 */
#include "sequence.h"

#include <math.h>

static gboolean
value_fail (const ConsetLangValue *value, const char *needed, GError **error)
{
  g_autofree char *found = conset_lang_value_describe (value);

  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION, "%s is needed, not %s", needed,
               found);
  return FALSE;
}

/* Says which element of a list @error is about. */
static gboolean
element_fail (gsize index, GError **error)
{
  g_prefix_error (error, "element %" G_GSIZE_FORMAT " of the list: ", index + 1);
  return FALSE;
}

/* Puts @set into @value. Consumes it, and fails if it is an error. */
static gboolean
value_take_set (ConsetLangValue *value, Conset *set, GError **error)
{
  if (!conset_check (set, error))
    {
      conset_unref (set);
      return FALSE;
    }
  conset_lang_value_clear (value);
  value->kind = CONSET_LANG_SET;
  value->set = set;
  return TRUE;
}

static gboolean
value_take_intervals (ConsetLangValue *value, ConsetIntervals *intervals, GError **error)
{
  if (!conset_intervals_check (intervals, error))
    {
      conset_intervals_unref (intervals);
      return FALSE;
    }
  conset_lang_value_clear (value);
  value->kind = CONSET_LANG_INTERVALS;
  value->intervals = intervals;
  return TRUE;
}

gboolean
conset_lang_value_to_integer (ConsetLangValue *value, GError **error)
{
  ConsetInteger integer;

  if (value->kind == CONSET_LANG_INTEGER)
    return TRUE;
  if (value->kind != CONSET_LANG_REAL || !conset_integer_from_double (value->real, &integer))
    return value_fail (value, "an integer", error);
  value->kind = CONSET_LANG_INTEGER;
  value->integer = integer;
  return TRUE;
}

gboolean
conset_lang_value_to_double (ConsetLangValue *value, GError **error)
{
  if (value->kind == CONSET_LANG_REAL)
    return TRUE;
  if (value->kind == CONSET_LANG_VALUE && conset_value_get_unit (value->value) != NULL)
    return value_fail (value, "a pure number", error);
  if (value->kind == CONSET_LANG_VALUE)
    return value_fail (value, "a number, the same for all pairs,", error);
  if (value->kind != CONSET_LANG_INTEGER)
    return value_fail (value, "a number", error);
  value->kind = CONSET_LANG_REAL;
  value->real = conset_integer_to_double (value->integer);
  return TRUE;
}

/* A zero below zero prints as one that is read back as a zero above, so it becomes that here. */
gboolean
conset_lang_value_to_real (ConsetLangValue *value, GError **error)
{
  if (!conset_lang_value_to_double (value, error))
    return FALSE;
  if (!isfinite (value->real))
    return value_fail (value, "a finite number", error);
  value->real += 0.0;
  return TRUE;
}

gboolean
conset_lang_value_to_boolean (ConsetLangValue *value, GError **error)
{
  return value->kind == CONSET_LANG_BOOLEAN || value_fail (value, "True or False", error);
}

static gboolean
law_to_value (ConsetLangValue *value, GError **error)
{
  ConsetValue *drawn = conset_value_degrees (conset_degrees_ref (value->degrees), value->law_seed);

  if (!conset_value_check (drawn, error))
    {
      conset_value_unref (drawn);
      return FALSE;
    }
  conset_lang_value_clear (value);
  *value = (ConsetLangValue){ .kind = CONSET_LANG_VALUE, .value = drawn };
  return TRUE;
}

gboolean
conset_lang_value_to_text (ConsetLangValue *value, GError **error)
{
  return value->kind == CONSET_LANG_STRING || value_fail (value, "a string in quotes", error);
}

gboolean
conset_lang_value_to_value (ConsetLangValue *value, GError **error)
{
  if (value->kind == CONSET_LANG_VALUE)
    return TRUE;
  if (value->kind == CONSET_LANG_DEGREES)
    return law_to_value (value, error);
  if (!conset_lang_value_is_number (value))
    return value_fail (value, "a number or a value set, such as i - j,", error);
  if (!conset_lang_value_to_real (value, error))
    return FALSE;
  *value =
    (ConsetLangValue){ .kind = CONSET_LANG_VALUE, .value = conset_value_constant (value->real) };
  return TRUE;
}

/* The integer of @value as an index. */
static gboolean
value_get_index (const ConsetLangValue *value, guint64 *index, GError **error)
{
  ConsetLangValue number = *value;

  if (!conset_lang_value_is_number (value))
    return value_fail (value, "an index", error);
  if (!conset_lang_value_to_integer (&number, error))
    return FALSE;
  if (number.integer.negative || number.integer.magnitude >= CONSET_INDEX_END)
    return value_fail (value, "an index from 0 to 2^63 - 1", error);
  *index = number.integer.magnitude;
  return TRUE;
}

static gboolean
value_get_pair (
  const ConsetLangValue *value, const char *needed, guint64 *first, guint64 *second, GError **error)
{
  if (value->kind != CONSET_LANG_TUPLE || conset_sequence_length (value->sequence) != 2)
    return value_fail (value, needed, error);
  return value_get_index (conset_sequence_get (value->sequence, 0), first, error)
         && value_get_index (conset_sequence_get (value->sequence, 1), second, error);
}

/* The elements [first, end) of @list, which are to be pairs. */
static gboolean
sequence_get_pairs (const ConsetSequence *list,
                    gsize first,
                    gsize end,
                    guint64 *sources,
                    guint64 *targets,
                    GError **error)
{
  for (gsize i = first; i < end; i++)
    if (!value_get_pair (conset_sequence_get (list, i), "a (source, target) pair",
                         &sources[i - first], &targets[i - first], error))
      return element_fail (i, error);
  return TRUE;
}

gboolean
conset_lang_value_get_pairs (
  const ConsetLangValue *value, guint64 **sources, guint64 **targets, gsize *n, GError **error)
{
  if (value->kind != CONSET_LANG_LIST)
    return value_fail (value, "a list of pairs, one for each number of the lists of values,",
                       error);
  *n = conset_sequence_length (value->sequence);
  *sources = g_new (guint64, *n);
  *targets = g_new (guint64, *n);
  return sequence_get_pairs (value->sequence, 0, *n, *sources, *targets, error);
}

/* The elements [first, end) of @list as an explicit set; NULL on failure. */
static Conset *
pairs_to_set (const ConsetSequence *list, gsize first, gsize end, GError **error)
{
  g_autofree guint64 *sources = g_new (guint64, end - first);
  g_autofree guint64 *targets = g_new (guint64, end - first);

  if (!sequence_get_pairs (list, first, end, sources, targets, error))
    return NULL;
  return conset_explicit (sources, targets, end - first);
}

/* A list that was joined from several is the sum of their sets. */
static gboolean
list_to_set (ConsetLangValue *value, GError **error)
{
  Conset *set = NULL;
  gsize first = 0, n = conset_sequence_n_parts (value->sequence);

  for (gsize i = 0; i < n; i++)
    {
      gsize end = conset_sequence_part_end (value->sequence, i);
      Conset *part = pairs_to_set (value->sequence, first, end, error);

      if (part == NULL)
        {
          g_clear_pointer (&set, conset_unref);
          return FALSE;
        }
      set = set != NULL ? conset_sum (set, part) : part;
      first = end;
    }
  return value_take_set (value, set, error);
}

gboolean
conset_lang_value_to_set (ConsetLangValue *value, GError **error)
{
  switch (value->kind)
    {
    case CONSET_LANG_SET:
      return TRUE;
    case CONSET_LANG_LIST:
      return list_to_set (value, error);
    case CONSET_LANG_INTERVALS:
      return value_fail (value, "a set of connections, such as cross(A, B),", error);
    case CONSET_LANG_TUPLE:
      return value_fail (value, "a set, such as a list of pairs,", error);
    case CONSET_LANG_OPERATOR:
      return value_fail (value, "a set, such as operator * full,", error);
    default:
      return value_fail (value, "a set", error);
    }
}

ConsetIntervals *
conset_interval_new (guint64 first, guint64 last, GError **error)
{
  if (first <= last && last < CONSET_INDEX_END)
    return conset_intervals_range (first, last + 1, 1);

  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "%" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT " is no interval; "
               "give its least and its greatest index, below 2^63",
               first, last);
  return NULL;
}

/* One element of a list, or all of a value that is no list. */
static ConsetIntervals *
item_to_intervals (const ConsetLangValue *item, GError **error)
{
  guint64 first, last;

  if (item->kind == CONSET_LANG_INTERVALS)
    return conset_intervals_ref (item->intervals);
  if (conset_lang_value_is_number (item))
    return value_get_index (item, &first, error) ? conset_interval_new (first, first, error) : NULL;
  if (!value_get_pair (item,
                       "an index set (an index, a (first, last) pair, a range, or a list of those)",
                       &first, &last, error))
    return NULL;
  return conset_interval_new (first, last, error);
}

/* The union of the elements [first, end), by halves: O(n log n) where one by one is O(n^2). */
static ConsetIntervals *
list_to_intervals (const ConsetSequence *list, gsize first, gsize end, GError **error)
{
  gsize middle = first + (end - first) / 2;
  ConsetIntervals *a, *b;

  if (first == end)
    return conset_intervals_empty ();
  if (end - first == 1)
    {
      a = item_to_intervals (conset_sequence_get (list, first), error);
      if (a == NULL)
        element_fail (first, error);
      return a;
    }

  a = list_to_intervals (list, first, middle, error);
  if (a == NULL)
    return NULL;
  b = list_to_intervals (list, middle, end, error);
  if (b != NULL)
    return conset_intervals_union (a, b);
  conset_intervals_unref (a);
  return NULL;
}

gboolean
conset_lang_value_to_intervals (ConsetLangValue *value, GError **error)
{
  ConsetIntervals *intervals;

  if (value->kind == CONSET_LANG_INTERVALS)
    return TRUE;
  if (value->kind == CONSET_LANG_LIST)
    intervals =
      list_to_intervals (value->sequence, 0, conset_sequence_length (value->sequence), error);
  else
    intervals = item_to_intervals (value, error);
  return intervals != NULL && value_take_intervals (value, intervals, error);
}

gboolean
conset_lang_value_to_list (ConsetLangValue *value,
                           gboolean (*convert) (ConsetLangValue *, GError **),
                           GError **error)
{
  g_autoptr (GArray) items = NULL;
  ConsetSequence *list;
  gsize n;

  if (value->kind != CONSET_LANG_LIST)
    return value_fail (value, "a list", error);

  n = conset_sequence_length (value->sequence);
  items = conset_sequence_items_new ();
  for (gsize i = 0; i < n; i++)
    {
      ConsetLangValue item = conset_lang_value_copy (conset_sequence_get (value->sequence, i));
      gboolean ok = convert (&item, error);

      g_array_append_val (items, item);
      if (!ok)
        return element_fail (i, error);
    }
  list = conset_sequence_new (g_steal_pointer (&items), error);
  if (list == NULL)
    return FALSE;
  conset_sequence_unref (value->sequence);
  value->sequence = list;
  return TRUE;
}

static gboolean
value_get_degree (const ConsetLangValue *value, guint64 *degree, GError **error)
{
  ConsetLangValue number = *value;

  if (!conset_lang_value_is_number (value) || !conset_lang_value_to_integer (&number, NULL)
      || number.integer.negative || number.integer.magnitude >= CONSET_INDEX_END)
    return value_fail (value,
                       "a number of connections (an integer from 0 to 2^63 - 1, a list of those, "
                       "or a law such as poisson(mean))",
                       error);
  *degree = number.integer.magnitude;
  return TRUE;
}

/* NULL with @error set on failure. */
static ConsetDegrees *
list_to_degrees (const ConsetSequence *list, GError **error)
{
  gsize n = conset_sequence_length (list);
  g_autofree guint64 *degrees = g_new (guint64, n);

  for (gsize i = 0; i < n; i++)
    if (!value_get_degree (conset_sequence_get (list, i), &degrees[i], error))
      {
        element_fail (i, error);
        return NULL;
      }
  return conset_degrees_list (degrees, n);
}

gboolean
conset_lang_value_to_geometry (ConsetLangValue *value, GError **error)
{
  return value->kind == CONSET_LANG_GEOMETRY
         || value_fail (value, "a geometry, such as grid2d(30),", error);
}

gboolean
conset_lang_value_to_degrees (ConsetLangValue *value, GError **error)
{
  ConsetDegrees *degrees = NULL;
  guint64 degree;

  if (value->kind == CONSET_LANG_DEGREES)
    return TRUE;
  if (value->kind == CONSET_LANG_LIST)
    degrees = list_to_degrees (value->sequence, error);
  else if (value_get_degree (value, &degree, error))
    degrees = conset_degrees_constant (degree);
  if (degrees == NULL)
    return FALSE;
  if (!conset_degrees_check (degrees, error))
    {
      conset_degrees_unref (degrees);
      return FALSE;
    }
  conset_lang_value_clear (value);
  *value = (ConsetLangValue){ .kind = CONSET_LANG_DEGREES, .degrees = degrees };
  return TRUE;
}
