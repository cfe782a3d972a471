/* SPDX-License-Identifier: MIT */
/*
 * Sequences are shared, and copied when one is to grow that somebody else holds, so that
 * a sum of n lists costs O(elements). How deep they nest is limited, for assignments could
 * otherwise build a list that takes any stack to look at.
 */
#include "sequence.h"

#include "lambda.h"

#define MAX_ELEMENTS (1 << 24)

struct _ConsetSequence
{
  gsize n_references;
  guint depth;   /* 1 + the greatest depth of an element */
  GArray *items; /* of ConsetLangValue */
  GArray *joins; /* of guint: where lists were joined */
};

static void
item_clear (gpointer item)
{
  conset_lang_value_clear (item);
}

GArray *
conset_sequence_items_new (void)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (ConsetLangValue));

  g_array_set_clear_func (items, item_clear);
  return items;
}

static ConsetSequence *
sequence_alloc (GArray *items)
{
  ConsetSequence *sequence = g_new0 (ConsetSequence, 1);

  sequence->n_references = 1;
  sequence->items = items;
  sequence->joins = g_array_new (FALSE, FALSE, sizeof (guint));
  return sequence;
}

ConsetSequence *
conset_sequence_new (GArray *items, GError **error)
{
  ConsetSequence *sequence = sequence_alloc (items);

  for (guint i = 0; i < items->len; i++)
    sequence->depth =
      MAX (sequence->depth, conset_sequence_item_depth (conset_sequence_get (sequence, i)));
  sequence->depth++;
  if (sequence->depth <= CONSET_LANG_MAX_DEPTH)
    return sequence;

  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "lists and tuples are nested more than %d levels deep", CONSET_LANG_MAX_DEPTH);
  conset_sequence_unref (sequence);
  return NULL;
}

guint
conset_sequence_item_depth (const ConsetLangValue *item)
{
  if (item->kind == CONSET_LANG_LAMBDA)
    return conset_lambda_get_depth (item->lambda);
  if (item->kind == CONSET_LANG_TUPLE || item->kind == CONSET_LANG_LIST)
    return item->sequence->depth;
  return 0;
}

ConsetSequence *
conset_sequence_ref (ConsetSequence *sequence)
{
  sequence->n_references++;
  return sequence;
}

void
conset_sequence_unref (ConsetSequence *sequence)
{
  if (--sequence->n_references > 0)
    return;
  g_array_unref (sequence->items);
  g_array_unref (sequence->joins);
  g_free (sequence);
}

gsize
conset_sequence_length (const ConsetSequence *sequence)
{
  return sequence->items->len;
}

ConsetLangValue *
conset_sequence_get (const ConsetSequence *sequence, gsize index)
{
  return &g_array_index (sequence->items, ConsetLangValue, index);
}

gsize
conset_sequence_n_parts (const ConsetSequence *sequence)
{
  return sequence->joins->len + 1;
}

gsize
conset_sequence_part_end (const ConsetSequence *sequence, gsize part)
{
  if (part == sequence->joins->len)
    return sequence->items->len;
  return g_array_index (sequence->joins, guint, part);
}

/* Puts copies of the elements of @from behind those of @to. */
static void
sequence_extend (ConsetSequence *to, const ConsetSequence *from)
{
  guint offset = to->items->len, n = from->items->len;

  to->depth = MAX (to->depth, from->depth);
  for (guint i = 0; i < n; i++)
    {
      ConsetLangValue copy = conset_lang_value_copy (conset_sequence_get (from, i));

      g_array_append_val (to->items, copy);
    }
  for (guint i = 0; i < from->joins->len; i++)
    {
      guint join = offset + g_array_index (from->joins, guint, i);

      g_array_append_val (to->joins, join);
    }
}

ConsetSequence *
conset_sequence_append (ConsetSequence *a, const ConsetSequence *b, GError **error)
{
  guint join = a->items->len;

  /* An empty part adds nothing, so there are never more joins than elements. */
  if (b->items->len == 0)
    return a;

  if (a->items->len + b->items->len > MAX_ELEMENTS)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "the list would have more than %d elements", MAX_ELEMENTS);
      conset_sequence_unref (a);
      return NULL;
    }

  if (a->n_references > 1)
    {
      ConsetSequence *copy = sequence_alloc (conset_sequence_items_new ());

      sequence_extend (copy, a);
      conset_sequence_unref (a);
      a = copy;
    }
  g_array_append_val (a->joins, join);
  sequence_extend (a, b);
  return a;
}

static gboolean G_GNUC_PRINTF (3, 4)
  pick_fail (const ConsetLangValue *value, GError **error, const char *format, ...)
{
  g_autofree char *found = conset_lang_value_describe (value), *problem = NULL;
  va_list arguments;

  va_start (arguments, format);
  problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION, "%s%s", found, problem);
  return FALSE;
}

gboolean
conset_sequence_pick (const ConsetLangValue *sequence,
                      const ConsetLangValue *index,
                      ConsetLangValue *result,
                      GError **error)
{
  ConsetLangValue number = *index;
  gsize n;

  if (sequence->kind != CONSET_LANG_TUPLE && sequence->kind != CONSET_LANG_LIST)
    return pick_fail (sequence, error, " has no elements; lists, tuples and positions have");
  if (!conset_lang_value_is_number (index) || !conset_lang_value_to_integer (&number, NULL))
    return pick_fail (index, error, " is no place in a list; give an integer");
  n = conset_sequence_length (sequence->sequence);
  if (number.integer.negative || number.integer.magnitude >= n)
    return pick_fail (sequence, error,
                      " has %" G_GSIZE_FORMAT " elements; the first of them is [0]", n);
  *result =
    conset_lang_value_copy (conset_sequence_get (sequence->sequence, number.integer.magnitude));
  return TRUE;
}
