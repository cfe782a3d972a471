/* SPDX-License-Identifier: MIT */
/*
 * An operator is the list of its steps in the order in which they are written, so the last
 * one is applied first: (a * b) * c and a * (b * c) are the same three steps. A step is a
 * call that has all its arguments and waits for an operand; compositions share steps.
 */
#include "operator.h"

typedef struct
{
  gsize n_references;
  ConsetCall call;
  ConsetParameterType takes;
  ConsetOperatorApply apply;
} Step;

struct _ConsetOperator
{
  gsize n_references;
  GPtrArray *steps;
};

static gpointer
step_ref (gconstpointer step, gpointer user_data G_GNUC_UNUSED)
{
  Step *self = (Step *) step;

  self->n_references++;
  return self;
}

static void
step_unref (gpointer step)
{
  Step *self = step;

  if (--self->n_references > 0)
    return;
  conset_call_clear (&self->call);
  g_free (self);
}

/* Consumes @steps. */
static ConsetOperator *
operator_alloc (GPtrArray *steps)
{
  ConsetOperator *op = g_new (ConsetOperator, 1);

  op->n_references = 1;
  op->steps = steps;
  return op;
}

ConsetOperator *
conset_operator_new (ConsetCall *call, ConsetParameterType takes, ConsetOperatorApply apply)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func (step_unref);
  Step *step = g_new (Step, 1);

  *step = (Step){ .n_references = 1, .call = *call, .takes = takes, .apply = apply };
  *call = (ConsetCall){ .function = call->function, .seeds = call->seeds };
  g_ptr_array_add (steps, step);
  return operator_alloc (steps);
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
  g_ptr_array_unref (op->steps);
  g_free (op);
}

/* @op itself if nobody else holds it, else a copy; consumes the reference. */
static ConsetOperator *
operator_make_own (ConsetOperator *op)
{
  ConsetOperator *own;

  if (op->n_references == 1)
    return op;
  own = operator_alloc (g_ptr_array_copy (op->steps, step_ref, NULL));
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
  g_ptr_array_extend (a->steps, tail->steps, step_ref, NULL);
  return a;
}

static gboolean
step_apply (const Step *step, ConsetLangValue *operand, GError **error)
{
  g_autofree char *found = NULL;
  g_autoptr (GString) name = NULL;

  if (conset_lang_value_to_type (operand, step->takes, error)
      && step->apply (&step->call, operand, error))
    return TRUE;

  found = conset_lang_value_to_string (operand);
  name = g_string_new (NULL);
  conset_call_print (&step->call, name);
  g_prefix_error (error, "%s * %s: ", name->str, found);
  return FALSE;
}

gboolean
conset_operator_apply (const ConsetOperator *op, ConsetLangValue *operand, GError **error)
{
  for (guint i = op->steps->len; i > 0; i--)
    if (!step_apply (g_ptr_array_index (op->steps, i - 1), operand, error)
        || !conset_lang_value_check (operand, error))
      return FALSE;
  return TRUE;
}

char *
conset_operator_to_string (const ConsetOperator *op)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < op->steps->len; i++)
    {
      const Step *step = g_ptr_array_index (op->steps, i);

      g_string_append (out, i > 0 ? " * " : "");
      conset_call_print (&step->call, out);
    }
  return g_string_free (out, FALSE);
}
