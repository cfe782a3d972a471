/* SPDX-License-Identifier: MIT */
/*
 * Definitions of functions, as Python writes them:
 *
 *   definition = ["@" postfix newline] "def" name "(" [parameter { "," parameter }] ")" ":" body
 *   body       = steps "return" result, on the line of the "def" or on lines of their own
 *   steps      = { name "=" expression (newline | ";") }
 *   result     = expression { "," expression }
 *
 * Lines of their own stand deeper than the "def", one below the other; the "return" is the last. A
 * definition is an assignment to the name: of lambda parameters: result, or of what the decorator
 * makes of that. A step is a lambda of its name that is called at once: w = a; return b is (lambda
 * w: b)(a).
 */
#include "parser_state.h"

#include <string.h>

/* Steps of a definition are lambdas in one another. */
#define MAX_STEPS 50

/* The column of @at on its line; a tab goes to the next multiple of eight, as in Python. */
static gsize
column_of (const char *text, gsize at)
{
  gsize start = at, column = 0;

  while (start > 0 && text[start - 1] != '\n')
    start--;
  for (; start < at; start++)
    column = text[start] == '\t' ? (column / 8 + 1) * 8 : column + 1;
  return column;
}

static gsize
token_column (const ConsetParser *self)
{
  return column_of (self->source->text, self->token.position);
}

static gboolean
parser_expect (ConsetParser *self, int kind, const char *expected)
{
  if (self->token.kind != kind)
    {
      conset_parser_fail_expecting (self, expected);
      return FALSE;
    }
  conset_parser_advance (self);
  return TRUE;
}

static void
skip_empty_lines (ConsetParser *self)
{
  while (self->token.kind == '\n')
    conset_parser_advance (self);
}

/* Moves to the next line of the body. FALSE if there is none, or it stands elsewhere than the first
 * one, which *@indent is then; it is that of the "def" before. */
static gboolean
go_to_line (ConsetParser *self, gsize def_indent, gsize *indent)
{
  gsize here;

  skip_empty_lines (self);
  here = token_column (self);
  if (self->token.kind == CONSET_TOKEN_END || here <= def_indent)
    {
      conset_parser_fail (self, self->token.position,
                          "the definition ends without a result; "
                          "write 'return' and an expression, deeper than the 'def'");
      return FALSE;
    }
  if (*indent == def_indent)
    *indent = here;
  if (here == *indent)
    return TRUE;
  conset_parser_fail (self, self->token.position,
                      "the lines of a definition stand one below the other; "
                      "put as many blanks before each");
  return FALSE;
}

/* Several results make a tuple. */
static ConsetAstNode *
read_result (ConsetParser *self)
{
  gsize position;
  ConsetAstNode *first, *tuple;
  ConsetAstItem **end;

  conset_parser_advance (self);
  position = self->token.position;
  first = conset_parser_read_expression (self);
  if (first == NULL || self->token.kind != ',')
    return first;
  tuple = conset_ast_add_node (self->ast, CONSET_AST_TUPLE, position);
  tuple->items = conset_ast_add_item (self->ast, first);
  tuple->n_items = 1;
  end = &tuple->items->next;
  while (self->token.kind == ',')
    {
      ConsetAstNode *next;

      conset_parser_advance (self);
      next = conset_parser_read_expression (self);
      if (next == NULL)
        return NULL;
      *end = conset_ast_add_item (self->ast, next);
      end = &(*end)->next;
      tuple->n_items++;
    }
  return tuple;
}

/* (lambda name: ...)(expression), of which what the lambda gives is still to come. */
static ConsetAstNode *
step_new (ConsetParser *self, ConsetAstNode *name, ConsetAstNode *expression)
{
  ConsetAstNode *call = conset_ast_add_node (self->ast, CONSET_AST_CALL, name->position);
  ConsetAstNode *lambda = conset_ast_add_node (self->ast, CONSET_AST_LAMBDA, name->position);

  lambda->items = conset_ast_add_item (self->ast, name);
  lambda->n_items = 1;
  call->callee = lambda;
  call->items = conset_ast_add_item (self->ast, expression);
  call->n_items = 1;
  return call;
}

/* A step up to the end of its line. */
static ConsetAstNode *
read_step (ConsetParser *self)
{
  ConsetAstNode *name, *expression;

  if (self->token.kind == CONSET_TOKEN_NAME && !conset_parser_at_keyword (self)
      && !conset_parser_at_foreign_word (self))
    name = conset_parser_read_atom (self, CONSET_AST_NAME);
  else
    name = NULL;
  if (name == NULL || self->token.kind != '=')
    {
      conset_parser_fail_expecting (self, "name = expression, or 'return' and an expression");
      return NULL;
    }
  conset_parser_advance (self);
  expression = conset_parser_read_expression (self);
  if (expression == NULL)
    return NULL;
  if (conset_parser_at_end_of_statement (self))
    return step_new (self, name, expression);
  conset_parser_fail_expecting (self, "an operator or the end of the statement");
  return NULL;
}

/* What follows the result must not look as if it belonged to the definition. */
static gboolean
check_is_last (ConsetParser *self, gsize def_indent)
{
  const char *text = self->source->text, *next = text + self->token.position;

  next += strspn (next, " \t\r\n");
  while (*next == '#')
    {
      next += strcspn (next, "\n");
      next += strspn (next, " \t\r\n");
    }
  if (self->token.kind != '\n' || *next == '\0'
      || column_of (text, (gsize) (next - text)) <= def_indent)
    return TRUE;
  conset_parser_fail (self, (gsize) (next - text),
                      "the definition has ended with 'return'; "
                      "begin this line where the 'def' begins");
  return FALSE;
}

/* What the body of a "def" that stands at @def_indent gives. */
static ConsetAstNode *
read_body (ConsetParser *self, gsize def_indent)
{
  gboolean on_lines = self->token.kind == '\n';
  gsize indent = def_indent;
  ConsetAstNode *body = NULL, **end = &body;

  for (guint n = 0; n <= MAX_STEPS; n++)
    {
      ConsetAstNode *step;

      if (on_lines && self->token.kind != ';' && !go_to_line (self, def_indent, &indent))
        return NULL;
      if (self->token.kind == ';')
        conset_parser_advance (self);
      if (conset_parser_at_word (self, "return"))
        {
          *end = read_result (self);
          return *end != NULL && (!on_lines || check_is_last (self, def_indent)) ? body : NULL;
        }
      step = read_step (self);
      if (step == NULL)
        return NULL;
      *end = step;
      end = &step->callee->callee;
    }
  conset_parser_fail (self, self->token.position,
                      "the definition has more than %d steps; define some of them apart",
                      MAX_STEPS);
  return NULL;
}

/* From the word "def" on: the lambda, and the name in @name. */
static ConsetAstNode *
read_function (ConsetParser *self, const char **name)
{
  ConsetAstNode *lambda = conset_ast_add_node (self->ast, CONSET_AST_LAMBDA, self->token.position);
  ConsetAstItem **end = &lambda->items;
  gsize indent = token_column (self);
  ConsetAstNode *target;

  conset_parser_advance (self);
  target = conset_parser_read_parameter (self, lambda);
  if (target == NULL || !parser_expect (self, '(', "'(' and the parameters"))
    return NULL;
  *name = target->name;
  while (self->token.kind != ')')
    {
      ConsetAstNode *parameter = conset_parser_read_parameter (self, lambda);

      if (parameter == NULL)
        return NULL;
      *end = conset_ast_add_item (self->ast, parameter);
      end = &(*end)->next;
      lambda->n_items++;
      if (self->token.kind != ',')
        break;
      conset_parser_advance (self);
    }
  if (!parser_expect (self, ')', "',' or ')' after a parameter")
      || !parser_expect (self, ':', "':' after the parameters"))
    return NULL;
  lambda->callee = read_body (self, indent);
  return lambda->callee != NULL ? lambda : NULL;
}

/* The decorator, whose '@' is at the current token; then comes the "def". */
static ConsetAstNode *
read_decorator (ConsetParser *self)
{
  ConsetAstNode *decorator;

  conset_parser_advance (self);
  decorator = conset_parser_read_expression (self);
  if (decorator == NULL || !parser_expect (self, '\n', "the end of the line of the decorator"))
    return NULL;
  skip_empty_lines (self);
  if (conset_parser_at_word (self, "def"))
    return decorator;
  conset_parser_fail_expecting (self, "'def' and a function below the decorator");
  return NULL;
}

void
conset_parser_read_definition (ConsetParser *self)
{
  ConsetAstStatement *statement = conset_ast_add_statement (self->ast, self->token.position);
  ConsetAstNode *decorator = NULL, *lambda, *call;

  if (self->token.kind == '@')
    {
      decorator = read_decorator (self);
      if (decorator == NULL)
        return;
    }
  lambda = read_function (self, &statement->target);
  statement->expression = lambda;
  if (lambda == NULL || decorator == NULL)
    return;
  call = conset_ast_add_node (self->ast, CONSET_AST_CALL, decorator->position);
  call->callee = decorator;
  call->items = conset_ast_add_item (self->ast, lambda);
  call->n_items = 1;
  statement->expression = call;
}
