/* SPDX-License-Identifier: MIT */
/*
 * Walks a syntax tree from left to right and makes the value of each expression.
 *
 * Chains of binary operators, which may have any length, are walked in a loop; what is left
 * of recursion is bounded by the nesting that the parser allows. Every result is checked as
 * soon as it is made, so that the first error is reported at the call or operator that
 * caused it.
 */
#include "interpreter.h"

#include "comparisons.h"
#include "conditions.h"
#include "formulas.h"
#include "lambda.h"
#include "operations.h"
#include "registry.h"
#include "sequence.h"
#include "suggest.h"
#include "unit.h"

#include <string.h>

/* Levels of evaluation, of which a lambda counts as some: what they take of the stack is bounded.
 * The deepest expression that the parser lets through has fewer. */
#define MAX_DEPTH 9000
#define LAMBDA_DEPTH 50

/* Of all lambdas together; about a second. */
#define MAX_STEPS 1000000

/* @scope: (nullable): parameters of the lambda that is being applied */
struct _ConsetInterpreter
{
  const ConsetSource *source;
  GHashTable *variables; /* name -> ConsetLangValue */
  ConsetSeeds seeds;
  ConsetScope *scope;
  guint depth;
  guint n_steps;
};

static void
variable_free (gpointer variable)
{
  conset_lang_value_clear (variable);
  g_free (variable);
}

ConsetInterpreter *
conset_interpreter_new (const ConsetSource *source, guint64 seed, ConsetParseFlags flags)
{
  ConsetInterpreter *self = g_new0 (ConsetInterpreter, 1);

  self->source = source;
  self->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, variable_free);
  self->seeds.model = seed;
  self->seeds.flags = flags;
  return self;
}

void
conset_interpreter_free (ConsetInterpreter *self)
{
  g_hash_table_unref (self->variables);
  g_free (self);
}

gboolean
conset_interpreter_fail_with (ConsetInterpreter *self,
                              gsize position,
                              GError **error,
                              GError *cause)
{
  conset_source_propagate (self->source, position, error, cause);
  return FALSE;
}

static gboolean
interpreter_fail_unknown (ConsetInterpreter *self, const ConsetAstNode *node, GError **error)
{
  GHashTableIter iter;
  gpointer name;
  ConsetSuggestion suggestion;
  g_autofree char *quoted = conset_quote (node->name, strlen (node->name));
  g_autofree char *hint = NULL;
  const ConsetFunction *function;

  conset_suggestion_init (&suggestion, node->name);
  for (gsize i = 0; (function = conset_function_get (i)) != NULL; i++)
    conset_suggestion_consider (&suggestion, function->name);
  g_hash_table_iter_init (&iter, self->variables);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    conset_suggestion_consider (&suggestion, name);

  hint = conset_suggestion_to_string (&suggestion);
  conset_source_set_error (self->source, node->position, CONSET_ERROR_COMPOSITION, error,
                           "the name %s is unknown%s", quoted, hint);
  return FALSE;
}

/* The unit of this name, if there is none in the registry. */
static gboolean
interpreter_evaluate_unit (ConsetInterpreter *self,
                           const ConsetAstNode *node,
                           ConsetLangValue *result,
                           GError **error)
{
  g_autofree char *symbol = conset_unit_symbol (node->name);
  GError *cause = NULL;

  if (symbol == NULL)
    return interpreter_fail_unknown (self, node, error);
  conset_lang_value_take_value (result,
                                conset_value_with_unit (conset_value_constant (1.0), symbol));
  return conset_lang_value_check (result, &cause)
         || conset_interpreter_fail_with (self, node->position, error, cause);
}

/* @function itself, or what it stands for if it is a constant. */
static gboolean
interpreter_evaluate_function (ConsetInterpreter *self,
                               const ConsetFunction *function,
                               gsize position,
                               ConsetLangValue *result,
                               GError **error)
{
  GError *cause = NULL;

  if (function->kind != CONSET_FUNCTION_CONSTANT)
    {
      *result = (ConsetLangValue){ .kind = CONSET_LANG_FUNCTION, .function = function };
      return TRUE;
    }
  return conset_function_call (function, NULL, 0, &self->seeds, result, &position, &cause)
         || conset_interpreter_fail_with (self, position, error, cause);
}

/* What a parameter or a variable of this name holds. */
static const ConsetLangValue *
interpreter_find_variable (ConsetInterpreter *self, const char *name)
{
  const ConsetLangValue *parameter = conset_scope_find (self->scope, name);

  return parameter != NULL ? parameter : g_hash_table_lookup (self->variables, name);
}

/* A parameter or a variable, which may hide an entry of the registry, the value of such an entry,
 * or a unit. */
static gboolean
interpreter_evaluate_name (ConsetInterpreter *self,
                           const ConsetAstNode *node,
                           ConsetLangValue *result,
                           GError **error)
{
  const ConsetLangValue *variable = interpreter_find_variable (self, node->name);
  const ConsetFunction *function;

  if (variable != NULL)
    {
      *result = conset_lang_value_copy (variable);
      return TRUE;
    }
  function = conset_function_find (node->name);
  if (function == NULL)
    return interpreter_evaluate_unit (self, node, result, error);
  return interpreter_evaluate_function (self, function, node->position, result, error);
}

/* What @node names in a module, or of a complex number. */
static gboolean
interpreter_evaluate_attribute (ConsetInterpreter *self,
                                const ConsetAstNode *node,
                                ConsetLangValue *result,
                                GError **error)
{
  g_auto (ConsetLangValue) object = CONSET_LANG_VALUE_INIT;
  g_autofree char *found = NULL, *member = NULL;
  const ConsetFunction *function;

  if (!conset_interpreter_evaluate (self, node->object, &object, error))
    return FALSE;
  if (object.kind == CONSET_LANG_FUNCTION && object.function->kind == CONSET_FUNCTION_MODULE)
    {
      function = conset_function_find_member (object.function, node->member);
      if (function != NULL)
        return interpreter_evaluate_function (self, function, node->position, result, error);
    }
  else if (conset_formula_attribute (&object, node->member, result))
    return TRUE;
  found = conset_lang_value_describe (&object);
  member = conset_quote (node->member, strlen (node->member));
  conset_source_set_error (self->source, node->position, CONSET_ERROR_COMPOSITION, error,
                           "there is no %s in %s", member, found);
  return FALSE;
}

/* The element of a list or a tuple that @node asks for. */
static gboolean
interpreter_evaluate_subscript (ConsetInterpreter *self,
                                const ConsetAstNode *node,
                                ConsetLangValue *result,
                                GError **error)
{
  g_auto (ConsetLangValue) object = CONSET_LANG_VALUE_INIT, index = CONSET_LANG_VALUE_INIT;
  GError *cause = NULL;

  if (!conset_interpreter_evaluate (self, node->object, &object, error)
      || !conset_interpreter_evaluate (self, node->subscript, &index, error))
    return FALSE;
  return conset_sequence_pick (&object, &index, result, &cause)
         || conset_interpreter_fail_with (self, node->subscript->position, error, cause);
}

static gboolean
interpreter_evaluate_sequence (ConsetInterpreter *self,
                               const ConsetAstNode *node,
                               ConsetLangValue *result,
                               GError **error)
{
  g_autoptr (GArray) items = conset_sequence_items_new ();
  GError *cause = NULL;

  for (const ConsetAstItem *item = node->items; item != NULL; item = item->next)
    {
      ConsetLangValue value = CONSET_LANG_VALUE_INIT;
      gboolean ok = conset_interpreter_evaluate (self, item->value, &value, error);

      g_array_append_val (items, value);
      if (!ok)
        return FALSE;
    }

  result->sequence = conset_sequence_new (g_steal_pointer (&items), &cause);
  if (result->sequence == NULL)
    return conset_interpreter_fail_with (self, node->position, error, cause);
  result->kind = node->kind == CONSET_AST_TUPLE ? CONSET_LANG_TUPLE : CONSET_LANG_LIST;
  return TRUE;
}

static gboolean
interpreter_evaluate_unary (ConsetInterpreter *self,
                            const ConsetAstNode *node,
                            ConsetLangValue *result,
                            GError **error)
{
  GError *cause = NULL;

  if (!conset_interpreter_evaluate (self, node->right, result, error))
    return FALSE;
  if (node->sign == CONSET_SIGN_NOT)
    return conset_lang_value_not (result, &cause)
           || conset_interpreter_fail_with (self, node->position, error, cause);
  return conset_lang_value_negate (node->sign, result, &cause)
         || conset_interpreter_fail_with (self, node->position, error, cause);
}

/* A name beside a '*' that is an operator without being called becomes one. */
static gboolean
interpreter_call_bare (ConsetInterpreter *self,
                       const ConsetAstNode *node,
                       ConsetLangValue *operand,
                       GError **error)
{
  GError *cause = NULL;

  if (node->sign != '*' || operand->kind != CONSET_LANG_FUNCTION || operand->function->bare == NULL)
    return TRUE;
  return conset_function_call_bare (operand->function, &self->seeds, operand, &cause)
         || conset_interpreter_fail_with (self, node->position, error, cause);
}

/* Joins the right operand of @node to @result, which is the left one. */
static gboolean
interpreter_combine (ConsetInterpreter *self,
                     const ConsetAstNode *node,
                     ConsetLangValue *result,
                     GError **error)
{
  g_auto (ConsetLangValue) right = CONSET_LANG_VALUE_INIT;
  GError *cause = NULL;

  if (node->sign == CONSET_SIGN_AND || node->sign == CONSET_SIGN_OR)
    return conset_interpreter_join (self, node, result, error);
  if (!conset_interpreter_evaluate (self, node->right, &right, error)
      || !interpreter_call_bare (self, node, result, error)
      || !interpreter_call_bare (self, node, &right, error))
    return FALSE;
  return conset_lang_value_combine (node->sign, result, &right, &cause)
         || conset_interpreter_fail_with (self, node->position, error, cause);
}

/* A chain of operators, from its first operand on. */
static gboolean
interpreter_evaluate_binary (ConsetInterpreter *self,
                             const ConsetAstNode *node,
                             ConsetLangValue *result,
                             GError **error)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new ();

  for (; node->kind == CONSET_AST_BINARY; node = node->left)
    g_ptr_array_add (chain, (gpointer) node);
  if (!conset_interpreter_evaluate (self, node, result, error))
    return FALSE;
  for (guint i = chain->len; i > 0; i--)
    if (!interpreter_combine (self, g_ptr_array_index (chain, i - 1), result, error))
      return FALSE;
  return TRUE;
}

static void
argument_clear (gpointer argument)
{
  conset_lang_value_clear (&((ConsetArgument *) argument)->value);
}

/* Returns: (element-type ConsetArgument): the arguments of @node, NULL with @error set on failure
 */
static GArray *
interpreter_evaluate_arguments (ConsetInterpreter *self, const ConsetAstNode *node, GError **error)
{
  g_autoptr (GArray) arguments = g_array_new (FALSE, FALSE, sizeof (ConsetArgument));

  g_array_set_clear_func (arguments, argument_clear);
  for (const ConsetAstItem *item = node->items; item != NULL; item = item->next)
    {
      ConsetArgument argument = { .keyword = item->keyword, .position = item->position };
      gboolean ok = conset_interpreter_evaluate (self, item->value, &argument.value, error);

      g_array_append_val (arguments, argument);
      if (!ok)
        return NULL;
    }
  return g_steal_pointer (&arguments);
}

/* Whether @callee, which stands at @position, can be called here. */
static gboolean
interpreter_check_callee (ConsetInterpreter *self,
                          const ConsetLangValue *callee,
                          gsize position,
                          GError **error)
{
  gboolean is_function = callee->kind == CONSET_LANG_FUNCTION;
  g_autofree char *found = NULL;

  if (is_function && callee->function->kind == CONSET_FUNCTION_STATEMENT)
    conset_source_set_error (self->source, position, CONSET_ERROR_COMPOSITION, error,
                             "%s is a statement of a script (conset run) and has no value; "
                             "give the set alone, or put %s on a line of its own in a script",
                             callee->function->name, callee->function->signature);
  else if (callee->kind == CONSET_LANG_LAMBDA
           || (is_function && callee->function->kind != CONSET_FUNCTION_MODULE))
    return TRUE;
  else
    {
      found = conset_lang_value_describe (callee);
      conset_source_set_error (self->source, position, CONSET_ERROR_COMPOSITION, error,
                               "%s cannot be called%s", found,
                               callee->kind == CONSET_LANG_OPERATOR ? "; apply it with '*'" : "");
    }
  return FALSE;
}

/* @position is moved to a culprit. */
static gboolean
interpreter_call_lambda (const ConsetLambda *lambda,
                         const GArray *arguments,
                         ConsetLangValue *result,
                         gsize *position,
                         GError **error)
{
  g_autofree ConsetLangValue *values = g_new (ConsetLangValue, arguments->len);

  for (guint k = 0; k < arguments->len; k++)
    {
      const ConsetArgument *argument = &g_array_index (arguments, ConsetArgument, k);

      values[k] = argument->value;
      if (argument->keyword == NULL)
        continue;
      *position = argument->position;
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "lambdas take their arguments by position; write the value alone");
      return FALSE;
    }
  return conset_lambda_apply (lambda, values, arguments->len, result, error);
}

static gboolean
interpreter_evaluate_call (ConsetInterpreter *self,
                           const ConsetAstNode *node,
                           ConsetLangValue *result,
                           GError **error)
{
  g_auto (ConsetLangValue) callee = CONSET_LANG_VALUE_INIT;
  g_autoptr (GArray) arguments = NULL;
  gsize position = node->position;
  GError *cause = NULL;
  gboolean ok;

  if (!conset_interpreter_evaluate (self, node->callee, &callee, error)
      || !interpreter_check_callee (self, &callee, position, error))
    return FALSE;
  arguments = interpreter_evaluate_arguments (self, node, error);
  if (arguments == NULL)
    return FALSE;
  if (callee.kind == CONSET_LANG_LAMBDA)
    ok = interpreter_call_lambda (callee.lambda, arguments, result, &position, &cause);
  else
    ok = conset_function_call (callee.function, (const ConsetArgument *) arguments->data,
                               arguments->len, &self->seeds, result, &position, &cause);
  return ok || conset_interpreter_fail_with (self, position, error, cause);
}

static gboolean
interpreter_evaluate_node (ConsetInterpreter *self,
                           const ConsetAstNode *node,
                           ConsetLangValue *result,
                           GError **error)
{
  switch (node->kind)
    {
    case CONSET_AST_BOOLEAN:
      *result = (ConsetLangValue){ .kind = CONSET_LANG_BOOLEAN, .boolean = node->boolean };
      return TRUE;
    case CONSET_AST_INTEGER:
      *result =
        (ConsetLangValue){ .kind = CONSET_LANG_INTEGER, .integer = { FALSE, node->integer } };
      return TRUE;
    case CONSET_AST_REAL:
      *result = (ConsetLangValue){ .kind = CONSET_LANG_REAL, .real = node->real };
      return TRUE;
    case CONSET_AST_STRING:
      *result = (ConsetLangValue){ .kind = CONSET_LANG_STRING, .string = g_strdup (node->name) };
      return TRUE;
    case CONSET_AST_NAME:
      return interpreter_evaluate_name (self, node, result, error);
    case CONSET_AST_TUPLE:
    case CONSET_AST_LIST:
      return interpreter_evaluate_sequence (self, node, result, error);
    case CONSET_AST_UNARY:
      return interpreter_evaluate_unary (self, node, result, error);
    case CONSET_AST_BINARY:
      return interpreter_evaluate_binary (self, node, result, error);
    case CONSET_AST_COMPARISON:
      return conset_interpreter_evaluate_comparison (self, node, result, error);
    case CONSET_AST_CONDITIONAL:
      return conset_interpreter_evaluate_conditional (self, node, result, error);
    case CONSET_AST_CALL:
      return interpreter_evaluate_call (self, node, result, error);
    case CONSET_AST_ATTRIBUTE:
      return interpreter_evaluate_attribute (self, node, result, error);
    case CONSET_AST_SUBSCRIPT:
      return interpreter_evaluate_subscript (self, node, result, error);
    case CONSET_AST_LAMBDA:
      *result = (ConsetLangValue){ .kind = CONSET_LANG_LAMBDA,
                                   .lambda = conset_lambda_new (self, node, self->scope) };
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

/* Whether there is room for one more level, and time for one more step of a lambda. */
static gboolean
interpreter_enter (ConsetInterpreter *self, const ConsetAstNode *node, GError **error)
{
  if (self->depth == MAX_DEPTH)
    {
      conset_source_set_error (self->source, node->position, CONSET_ERROR_COMPOSITION, error,
                               "lambdas and expressions are nested too deep here; "
                               "a lambda must not call itself without end");
      return FALSE;
    }
  if (self->scope != NULL && self->n_steps++ == MAX_STEPS)
    {
      conset_source_set_error (self->source, node->position, CONSET_ERROR_COMPOSITION, error,
                               "the lambdas of this text take more than %d steps; "
                               "write it with fewer calls of lambdas",
                               MAX_STEPS);
      return FALSE;
    }
  self->depth++;
  return TRUE;
}

gboolean
conset_interpreter_evaluate (ConsetInterpreter *self,
                             const ConsetAstNode *node,
                             ConsetLangValue *result,
                             GError **error)
{
  gboolean ok;

  if (!interpreter_enter (self, node, error))
    return FALSE;
  ok = interpreter_evaluate_node (self, node, result, error);
  self->depth--;
  return ok;
}

gboolean
conset_interpreter_evaluate_in (ConsetInterpreter *self,
                                const ConsetAstNode *node,
                                ConsetScope *scope,
                                ConsetLangValue *result,
                                GError **error)
{
  ConsetScope *before = self->scope;
  guint depth = self->depth;
  gboolean ok;

  self->scope = scope;
  self->depth = MIN (depth + LAMBDA_DEPTH, MAX_DEPTH);
  ok = conset_interpreter_evaluate (self, node, result, error);
  self->depth = depth;
  self->scope = before;
  return ok;
}

static void
interpreter_assign (ConsetInterpreter *self, const char *name, ConsetLangValue *value)
{
  ConsetLangValue *variable = g_new (ConsetLangValue, 1);

  *variable = *value;
  value->kind = CONSET_LANG_NONE;
  g_hash_table_replace (self->variables, g_strdup (name), variable);
}

/* The statement of a script that @node calls, NULL if it calls none. */
static const ConsetFunction *
interpreter_find_statement (ConsetInterpreter *self, const ConsetAstNode *node)
{
  const ConsetFunction *function;

  if (node->kind != CONSET_AST_CALL || node->callee->kind != CONSET_AST_NAME
      || g_hash_table_contains (self->variables, node->callee->name))
    return NULL;
  function = conset_function_find (node->callee->name);
  return function != NULL && function->kind == CONSET_FUNCTION_STATEMENT ? function : NULL;
}

static gboolean
interpreter_run (ConsetInterpreter *self,
                 const ConsetFunction *function,
                 const ConsetAstNode *node,
                 const ConsetScriptHost *host,
                 gpointer user_data,
                 GError **error)
{
  g_autoptr (GArray) arguments = interpreter_evaluate_arguments (self, node, error);
  g_auto (ConsetCall) call = { .seeds = &self->seeds };
  gsize position = node->position;
  GError *cause = NULL;

  if (arguments == NULL)
    return FALSE;
  if (conset_function_bind (function, (const ConsetArgument *) arguments->data, arguments->len,
                            &call, &position, &cause)
      && function->run (&call, host, user_data, &cause))
    return TRUE;
  if (cause == NULL)
    cause = g_error_new (CONSET_ERROR, CONSET_ERROR_CALLBACK, "%s failed without saying why",
                         function->name);
  return conset_interpreter_fail_with (self, position, error, cause);
}

gboolean
conset_interpreter_execute (ConsetInterpreter *self,
                            const ConsetAstStatement *statement,
                            const ConsetScriptHost *host,
                            gpointer user_data,
                            GError **error)
{
  g_auto (ConsetLangValue) value = CONSET_LANG_VALUE_INIT;
  const ConsetFunction *function = NULL;

  if (host != NULL && statement->target == NULL)
    function = interpreter_find_statement (self, statement->expression);
  if (function != NULL)
    return interpreter_run (self, function, statement->expression, host, user_data, error);

  if (!conset_interpreter_evaluate (self, statement->expression, &value, error))
    return FALSE;
  if (statement->target != NULL)
    interpreter_assign (self, statement->target, &value);
  return TRUE;
}

gboolean
conset_interpreter_evaluate_as (ConsetInterpreter *self,
                                const ConsetAstStatement *statement,
                                ConsetLangConversion convert,
                                ConsetLangValue *result,
                                GError **error)
{
  GError *cause = NULL;

  if (!conset_interpreter_evaluate (self, statement->expression, result, error))
    return FALSE;
  return convert (result, &cause)
         || conset_interpreter_fail_with (self, statement->position, error, cause);
}
