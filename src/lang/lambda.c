/* SPDX-License-Identifier: MIT */
/*
 * Scopes and lambdas. A scope holds values alone that were there before it, so that nothing is
 * ever held in a circle.
 */
#include "lambda.h"

#include "sequence.h"

#include <string.h>

/* @depth: 1 + the greatest depth of a value, and of the scopes around it */
struct _ConsetScope
{
  gsize n_references;
  guint depth;
  ConsetScope *parent;
  const ConsetAstItem *parameters;
  gsize n;
  ConsetLangValue values[];
};

struct _ConsetLambda
{
  gsize n_references;
  ConsetInterpreter *interpreter;
  const ConsetAstNode *node;
  ConsetScope *scope;
};

/* Scopes */

ConsetScope *
conset_scope_new (const ConsetScope *parent,
                  const ConsetAstItem *parameters,
                  const ConsetLangValue *arguments,
                  gsize n)
{
  ConsetScope *scope = g_malloc (sizeof *scope + n * sizeof *scope->values);

  scope->n_references = 1;
  scope->parent = parent != NULL ? conset_scope_ref (parent) : NULL;
  scope->parameters = parameters;
  scope->n = n;
  scope->depth = parent != NULL ? parent->depth + 1 : 1;
  for (gsize k = 0; k < n; k++)
    {
      scope->values[k] = conset_lang_value_copy (&arguments[k]);
      scope->depth = MAX (scope->depth, conset_sequence_item_depth (&arguments[k]) + 1);
    }
  return scope;
}

ConsetScope *
conset_scope_ref (const ConsetScope *scope)
{
  ConsetScope *self = (ConsetScope *) scope;

  self->n_references++;
  return self;
}

void
conset_scope_unref (ConsetScope *scope)
{
  if (--scope->n_references > 0)
    return;
  for (gsize k = 0; k < scope->n; k++)
    conset_lang_value_clear (&scope->values[k]);
  g_clear_pointer (&scope->parent, conset_scope_unref);
  g_free (scope);
}

const ConsetLangValue *
conset_scope_find (const ConsetScope *scope, const char *name)
{
  for (; scope != NULL; scope = scope->parent)
    {
      const ConsetAstItem *parameter = scope->parameters;

      for (gsize k = 0; k < scope->n; k++, parameter = parameter->next)
        if (strcmp (parameter->value->name, name) == 0)
          return &scope->values[k];
    }
  return NULL;
}

/* Lambdas */

ConsetLambda *
conset_lambda_new (ConsetInterpreter *interpreter,
                   const ConsetAstNode *node,
                   const ConsetScope *scope)
{
  ConsetLambda *lambda = g_new (ConsetLambda, 1);

  *lambda = (ConsetLambda){ .n_references = 1, .interpreter = interpreter, .node = node };
  if (scope != NULL)
    lambda->scope = conset_scope_ref (scope);
  return lambda;
}

ConsetLambda *
conset_lambda_ref (ConsetLambda *lambda)
{
  lambda->n_references++;
  return lambda;
}

void
conset_lambda_unref (ConsetLambda *lambda)
{
  if (--lambda->n_references > 0)
    return;
  g_clear_pointer (&lambda->scope, conset_scope_unref);
  g_free (lambda);
}

guint
conset_lambda_get_depth (const ConsetLambda *lambda)
{
  return lambda->scope != NULL ? lambda->scope->depth : 0;
}

gsize
conset_lambda_n_parameters (const ConsetLambda *lambda)
{
  return lambda->node->n_items;
}

void
conset_lambda_print (const ConsetLambda *lambda, GString *out)
{
  const char *separator = "lambda ";

  for (const ConsetAstItem *item = lambda->node->items; item != NULL; item = item->next)
    {
      g_string_append_printf (out, "%s%s", separator, item->value->name);
      separator = ", ";
    }
  g_string_append (out, lambda->node->n_items > 0 ? ": ..." : "lambda: ...");
}

gboolean
conset_lambda_apply (const ConsetLambda *lambda,
                     const ConsetLangValue *arguments,
                     gsize n,
                     ConsetLangValue *result,
                     GError **error)
{
  g_autoptr (GString) name = NULL;
  g_autoptr (ConsetScope) scope = NULL;

  if (n != lambda->node->n_items)
    {
      name = g_string_new (NULL);
      conset_lambda_print (lambda, name);
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "(%s) takes %" G_GSIZE_FORMAT " argument%s, not %" G_GSIZE_FORMAT, name->str,
                   lambda->node->n_items, lambda->node->n_items == 1 ? "" : "s", n);
      return FALSE;
    }
  scope = conset_scope_new (lambda->scope, lambda->node->items, arguments, n);
  if (scope->depth > CONSET_LANG_MAX_DEPTH)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "lambdas, lists and tuples hold each other more than %d levels deep",
                   CONSET_LANG_MAX_DEPTH);
      return FALSE;
    }
  return conset_interpreter_evaluate_in (lambda->interpreter, lambda->node->callee, scope, result,
                                         error);
}
