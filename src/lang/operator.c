/* SPDX-License-Identifier: MIT */
/*
 * An operator is the list of its steps in the order in which they are written, so the last
 * one is applied first: (a * b) * c and a * (b * c) are the same three steps.
 */
#include "operator.h"

struct _ConsetOperator
{
  gsize n_references;
  GArray *steps; /* of ConsetOperatorStep */
};

ConsetOperator *
conset_operator_new (const ConsetOperatorStep *step)
{
  ConsetOperator *op = g_new0 (ConsetOperator, 1);

  op->n_references = 1;
  op->steps = g_array_new (FALSE, FALSE, sizeof *step);
  g_array_append_val (op->steps, *step);
  return op;
}

ConsetOperator *
conset_operator_ref (ConsetOperator *op)
{
  op->n_references++;
  return op;
}

void
conset_operator_unref (ConsetOperator *op)
{
  if (--op->n_references > 0)
    return;
  g_array_unref (op->steps);
  g_free (op);
}

/* @op itself if nobody else holds it, else a copy; consumes the reference. */
static ConsetOperator *
operator_make_own (ConsetOperator *op)
{
  ConsetOperator *own;

  if (op->n_references == 1)
    return op;
  own = g_new0 (ConsetOperator, 1);
  own->n_references = 1;
  own->steps = g_array_copy (op->steps);
  conset_operator_unref (op);
  return own;
}

ConsetOperator *
conset_operator_compose (ConsetOperator *a, ConsetOperator *b, GError **error)
{
  g_autoptr (ConsetOperator) tail = b;

  if (a->steps->len + tail->steps->len > CONSET_MAX_DEPTH)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "a composition of more than %d operators; apply some of them to a set first",
                   CONSET_MAX_DEPTH);
      conset_operator_unref (a);
      return NULL;
    }
  a = operator_make_own (a);
  g_array_append_vals (a->steps, tail->steps->data, tail->steps->len);
  return a;
}

Conset *
conset_operator_apply (const ConsetOperator *op, Conset *set)
{
  for (guint i = op->steps->len; i > 0; i--)
    {
      const ConsetOperatorStep *step = &g_array_index (op->steps, ConsetOperatorStep, i - 1);

      set = step->apply (step, set);
    }
  return set;
}

gboolean
conset_operator_check (const ConsetOperator *op, GError **error)
{
  g_autoptr (Conset) probe = conset_operator_apply (op, conset_empty ());

  return conset_check (probe, error);
}

char *
conset_operator_to_string (const ConsetOperator *op)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < op->steps->len; i++)
    {
      const ConsetOperatorStep *step = &g_array_index (op->steps, ConsetOperatorStep, i);

      g_string_append_printf (out, "%s%s", i > 0 ? " * " : "", step->name);
      for (guint j = 0; j < step->n_arguments; j++)
        {
          g_string_append (out, j == 0 ? "(" : ", ");
          conset_integer_print (step->arguments[j], out);
        }
      if (step->n_arguments > 0)
        g_string_append_c (out, ')');
    }
  return g_string_free (out, FALSE);
}
