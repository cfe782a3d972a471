/* SPDX-License-Identifier: MIT */
/*
 * A recursive-descent parser for the expressions of Python CSA.
 *
 *   text        = { [statement] (newline | ";") }
 *   statement   = "from" "csa" "import" "*" | "import" ("cmath" | "math") | definition
 *               | [name "="] expression
 *   expression  = lambda | alternative ["if" alternative "else" expression]
 *   lambda      = "lambda" [name { "," name }] ":" expression
 *   alternative = operators from loose to tight: or  and, then comparison
 *   comparison  = "not" comparison | sum { ("<" | "<=" | ">" | ">=" | "==" | "!=") sum }
 *   sum         = operators from loose to tight: |  ^  + -  * / %  and the unary ~ - +
 *   power       = postfix ["**" unary]
 *   postfix     = primary { "(" [argument { "," argument }] [","] ")" | "." name
 *                         | "[" expression "]" }
 *   argument    = [name "="] expression
 *   primary     = number | string | "True" | "False" | name | "(" expression ")" | tuple | list
 *
 * A definition is in parser_definitions.c. Binary operators of one level lean to the left and are
 * read in a loop; a power leans to the right and binds tighter than a sign before it, as in Python.
 * Everything that recurses is counted, and refused beyond CONSET_AST_MAX_NESTING. After the first
 * error every function returns NULL up to the top.
 */
#include "parser.h"

#include "parser_state.h"

#include <string.h>

/* Comparisons and conditions */

/* The sign of a comparison; 0 for all other tokens. */
static char
token_comparison (const ConsetToken *token)
{
  switch (token->kind)
    {
    case '<':
    case '>':
      return (char) token->kind;
    case CONSET_TOKEN_LESS_EQUAL:
      return CONSET_SIGN_LESS_EQUAL;
    case CONSET_TOKEN_GREATER_EQUAL:
      return CONSET_SIGN_GREATER_EQUAL;
    case CONSET_TOKEN_EQUAL:
      return CONSET_SIGN_EQUAL;
    case CONSET_TOKEN_NOT_EQUAL:
      return CONSET_SIGN_NOT_EQUAL;
    default:
      return 0;
    }
}

/* All operands of a chain stand in one node: a < b < c asks for b once. */
static ConsetAstNode *
parser_read_comparison (ConsetParser *self)
{
  ConsetAstNode *first, *node;
  ConsetAstItem *last;
  char sign;

  if (conset_parser_at_word (self, "not"))
    return conset_parser_read_prefix (self, CONSET_SIGN_NOT, parser_read_comparison);
  first = conset_parser_read_sum (self);
  if (first == NULL || token_comparison (&self->token) == 0)
    return first;

  node = conset_ast_add_node (self->ast, CONSET_AST_COMPARISON, first->position);
  node->items = last = conset_ast_add_item (self->ast, first);
  for (node->n_items = 1; (sign = token_comparison (&self->token)) != 0; node->n_items++)
    {
      gsize position = self->token.position;
      ConsetAstNode *operand;

      conset_parser_advance (self);
      operand = conset_parser_read_sum (self);
      if (operand == NULL)
        return NULL;
      last = last->next = conset_ast_add_item (self->ast, operand);
      last->sign = sign;
      last->position = position;
    }
  return node;
}

/* Reads comparisons joined by `and`, which is level 2, and `or`, from level @least on. */
static ConsetAstNode *
parser_read_alternative (ConsetParser *self, int least)
{
  ConsetAstNode *left = parser_read_comparison (self);

  while (left != NULL)
    {
      int level = conset_parser_at_word (self, "and")  ? 2
                  : conset_parser_at_word (self, "or") ? 1
                                                       : 0;
      ConsetAstNode *node;

      if (level < least)
        return left;
      node = conset_ast_add_node (self->ast, CONSET_AST_BINARY, self->token.position);
      node->sign = level == 2 ? CONSET_SIGN_AND : CONSET_SIGN_OR;
      node->left = left;
      conset_parser_advance (self);
      node->right = parser_read_alternative (self, level + 1);
      left = node->right != NULL ? node : NULL;
    }
  return NULL;
}

/* What follows @chosen from the word `if` on. */
static ConsetAstNode *
parser_read_conditional (ConsetParser *self, ConsetAstNode *chosen)
{
  ConsetAstNode *node =
    conset_ast_add_node (self->ast, CONSET_AST_CONDITIONAL, self->token.position);

  if (!conset_parser_enter (self))
    return NULL;
  conset_parser_advance (self);
  node->chosen = chosen;
  node->condition = parser_read_alternative (self, 1);
  if (node->condition == NULL)
    return NULL;
  if (!conset_parser_at_word (self, "else"))
    {
      conset_parser_fail_expecting (self, "'else' after the condition, as in a if c else b");
      return NULL;
    }
  conset_parser_advance (self);
  node->otherwise = conset_parser_read_expression (self);
  self->nesting--;
  return node->otherwise != NULL ? node : NULL;
}

/* Lambdas */

static gboolean
lambda_has_parameter (const ConsetAstNode *lambda, const char *name)
{
  for (const ConsetAstItem *item = lambda->items; item != NULL; item = item->next)
    if (strcmp (item->value->name, name) == 0)
      return TRUE;
  return FALSE;
}

ConsetAstNode *
conset_parser_read_parameter (ConsetParser *self, const ConsetAstNode *lambda)
{
  ConsetAstNode *node;

  if (self->token.kind != CONSET_TOKEN_NAME || conset_parser_at_keyword (self)
      || conset_parser_at_foreign_word (self) || conset_parser_at_word (self, "True")
      || conset_parser_at_word (self, "False"))
    {
      conset_parser_fail_expecting (self, "the name of a parameter, or ':' and an expression");
      return NULL;
    }
  node = conset_parser_read_atom (self, CONSET_AST_NAME);
  if (!lambda_has_parameter (lambda, node->name))
    return node;
  conset_parser_fail (self, node->position,
                      "the parameter %s is there already; give each its own name", node->name);
  return NULL;
}

static ConsetAstNode *
parser_read_lambda (ConsetParser *self)
{
  ConsetAstNode *node = conset_ast_add_node (self->ast, CONSET_AST_LAMBDA, self->token.position);
  ConsetAstItem **end = &node->items;

  if (!conset_parser_enter (self))
    return NULL;
  conset_parser_advance (self);
  while (self->token.kind != ':')
    {
      ConsetAstNode *name = conset_parser_read_parameter (self, node);

      if (name == NULL)
        return NULL;
      *end = conset_ast_add_item (self->ast, name);
      end = &(*end)->next;
      node->n_items++;
      if (self->token.kind != ',')
        break;
      conset_parser_advance (self);
    }
  if (self->token.kind != ':')
    {
      conset_parser_fail_expecting (self, "',' or ':' after a parameter");
      return NULL;
    }
  conset_parser_advance (self);
  node->callee = conset_parser_read_expression (self);
  self->nesting--;
  return node->callee != NULL ? node : NULL;
}

ConsetAstNode *
conset_parser_read_expression (ConsetParser *self)
{
  ConsetAstNode *node;

  if (conset_parser_at_word (self, "lambda"))
    return parser_read_lambda (self);
  node = parser_read_alternative (self, 1);
  if (node == NULL || !conset_parser_at_word (self, "if"))
    return node;
  return parser_read_conditional (self, node);
}

/* Statements */

/* The imports that Python scripts begin with say nothing here. */
static void
parser_skip_import (ConsetParser *self)
{
  static const char *const lines[][4] = {
    { "from", "csa", "import", "*" },
    { "import", "cmath", NULL, NULL },
    { "import", "math", NULL, NULL },
  };
  const gsize n = G_N_ELEMENTS (lines[0]);
  gsize position = self->token.position, line = conset_parser_at_word (self, "from") ? 0 : 1;

  conset_parser_advance (self);
  line += line == 1 && conset_parser_at_word (self, "math");
  for (gsize i = 1; i < n && lines[line][i] != NULL; i++)
    {
      const char *word = lines[line][i];

      if (!conset_parser_at_word (self, word) && self->token.kind != word[0])
        {
          conset_parser_fail (
            self, position,
            "the imports that are known are 'from csa import *', 'import cmath' and "
            "'import math'; remove this one");
          return;
        }
      conset_parser_advance (self);
    }
}

gboolean
conset_parser_at_end_of_statement (const ConsetParser *self)
{
  return self->token.kind == '\n' || self->token.kind == ';'
         || self->token.kind == CONSET_TOKEN_END;
}

static void
parser_read_statement (ConsetParser *self)
{
  ConsetAstStatement *statement = conset_ast_add_statement (self->ast, self->token.position);

  statement->expression = conset_parser_read_expression (self);
  if (statement->expression == NULL || self->token.kind != '=')
    return;

  if (statement->expression->kind != CONSET_AST_NAME)
    {
      conset_parser_fail (self, statement->position,
                          "only a name can be assigned to; "
                          "write name = expression");
      return;
    }
  statement->target = statement->expression->name;
  conset_parser_advance (self);
  statement->expression = conset_parser_read_expression (self);
}

static void
parser_read_text (ConsetParser *self)
{
  while (self->token.kind != CONSET_TOKEN_END && self->token.kind != CONSET_TOKEN_ERROR)
    {
      if (conset_parser_at_word (self, "from") || conset_parser_at_word (self, "import"))
        parser_skip_import (self);
      else if (self->token.kind == '@' || conset_parser_at_word (self, "def"))
        conset_parser_read_definition (self);
      else if (!conset_parser_at_end_of_statement (self))
        parser_read_statement (self);

      if (!conset_parser_at_end_of_statement (self))
        conset_parser_fail_expecting (self, "an operator or the end of the statement");
      else if (self->token.kind != CONSET_TOKEN_END)
        conset_parser_advance (self);
    }
}

ConsetAst *
conset_ast_parse (const ConsetSource *source, GError **error)
{
  g_autoptr (ConsetAst) ast = conset_ast_new ();
  ConsetParser parser = { .source = source, .ast = ast, .error = error };

  conset_lexer_init (&parser.lexer, source);
  conset_parser_advance (&parser);
  parser_read_text (&parser);
  return parser.token.kind != CONSET_TOKEN_ERROR ? g_steal_pointer (&ast) : NULL;
}
