/* SPDX-License-Identifier: MIT */
/*
 * A recursive-descent parser for the expressions of Python CSA.
 *
 *   text       = { [statement] (newline | ";") }
 *   statement  = "from" "csa" "import" "*" | "import" "cmath" | [name "="] expression
 *   expression = operators from loose to tight: |  ^  + -  * /  and the unary ~ - +
 *   power      = postfix ["**" unary]
 *   postfix    = primary { "(" [argument { "," argument }] [","] ")" }
 *   argument   = [name "="] expression
 *   primary    = number | string | "True" | "False" | name | "(" expression ")" | tuple | list
 *
 * Binary operators of one level lean to the left and are read in a loop; a power leans to the
 * right and binds tighter than a sign before it, as in Python. Everything that
 * recurses is counted, and refused beyond CONSET_AST_MAX_NESTING. After the first error
 * every function returns NULL up to the top.
 */
#include "parser.h"

#include "lexer.h"

#include <string.h>

typedef struct
{
  const ConsetSource *source;
  ConsetLexer lexer;
  ConsetToken token;
  ConsetAst *ast;
  guint nesting;
  GError **error;
} Parser;

static ConsetAstNode *parser_read_expression (Parser *self);

static void
parser_advance (Parser *self)
{
  conset_lexer_next (&self->lexer, &self->token, self->error);
}

static gboolean
parser_at_word (const Parser *self, const char *word)
{
  return self->token.kind == CONSET_TOKEN_NAME && self->token.length == strlen (word)
         && memcmp (self->source->text + self->token.position, word, self->token.length) == 0;
}

static gboolean
parser_at_end_of_statement (const Parser *self)
{
  return self->token.kind == '\n' || self->token.kind == ';'
         || self->token.kind == CONSET_TOKEN_END;
}

/* Errors; each sets the error unless the lexer has set one at the current token. */

static void G_GNUC_PRINTF (3, 4) parser_fail (Parser *self, gsize position, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  if (self->token.kind == CONSET_TOKEN_ERROR)
    return;
  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  conset_source_set_error (self->source, position, CONSET_ERROR_SYNTAX, self->error, "%s", message);
  self->token.kind = CONSET_TOKEN_ERROR;
}

static char *
parser_describe_token (const Parser *self)
{
  switch (self->token.kind)
    {
    case CONSET_TOKEN_END:
      return g_strdup ("the end of the text");
    case '\n':
      return g_strdup ("the end of the line");
    default:
      return conset_quote (self->source->text + self->token.position, self->token.length);
    }
}

static void
parser_fail_expecting (Parser *self, const char *expected)
{
  g_autofree char *found = parser_describe_token (self);

  parser_fail (self, self->token.position, "expected %s, found %s", expected, found);
}

/* The bracket at @open does not end where it should. */
static void
parser_fail_unclosed (Parser *self, gsize open, int close)
{
  char bracket = self->source->text[open];
  g_autofree char *found = parser_describe_token (self);
  gsize line, column;

  conset_source_locate (self->source, open, &line, &column);
  if (self->token.kind == CONSET_TOKEN_END)
    parser_fail (self, open, "'%c' is never closed; add '%c'", bracket, close);
  else
    parser_fail (self, self->token.position,
                 "expected ',' or '%c', found %s; the '%c' of line %" G_GSIZE_FORMAT
                 ", column %" G_GSIZE_FORMAT " is still open",
                 close, found, bracket, line, column);
}

/* Words of Python that are no names there, and so none here. */
static gboolean
parser_at_reserved_word (const Parser *self)
{
  static const char *const words[] = {
    "None", "and",    "as", "class", "def",    "del", "elif", "else",   "for",   "from",
    "if",   "import", "in", "is",    "lambda", "not", "or",   "return", "while", "with",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (parser_at_word (self, words[i]))
      return TRUE;
  return FALSE;
}

/* Enters a level of nesting at the current token. */
static gboolean
parser_enter (Parser *self)
{
  if (++self->nesting <= CONSET_AST_MAX_NESTING)
    return TRUE;
  parser_fail (self, self->token.position,
               "brackets, calls, powers and unary operators are nested more than %d levels deep; "
               "give parts of the expression a name",
               CONSET_AST_MAX_NESTING);
  return FALSE;
}

/* Turns the value of @item into its keyword and reads the value that follows the '='. */
static gboolean
parser_read_keyword (Parser *self, ConsetAstItem *item)
{
  if (item->value->kind != CONSET_AST_NAME)
    {
      parser_fail_expecting (self, "a name before '='");
      return FALSE;
    }
  parser_advance (self);
  item->keyword = item->value->name;
  item->value = parser_read_expression (self);
  return item->value != NULL;
}

/* Reads one element of @node, or one argument if that is a call. */
static ConsetAstItem *
parser_read_item (Parser *self, ConsetAstNode *node, ConsetAstItem *last)
{
  ConsetAstNode *value = parser_read_expression (self);
  ConsetAstItem *item;

  if (value == NULL)
    return NULL;
  item = conset_ast_add_item (self->ast, value);
  if (node->kind == CONSET_AST_CALL && self->token.kind == '=' && !parser_read_keyword (self, item))
    return NULL;
  if (last != NULL && last->keyword != NULL && item->keyword == NULL)
    {
      parser_fail (self, item->position,
                   "an argument without a name follows one with a name; "
                   "give arguments without a name first");
      return NULL;
    }
  return item;
}

/* Reads the items of @node between the bracket at the current token and @close. */
static gboolean
parser_read_items (Parser *self, ConsetAstNode *node, int close, gboolean *ends_in_comma)
{
  gsize open = self->token.position;
  ConsetAstItem *last = NULL;
  ConsetAstItem **end = &node->items;

  parser_advance (self);
  for (*ends_in_comma = FALSE; self->token.kind != close; end = &last->next)
    {
      if (self->token.kind != CONSET_TOKEN_END)
        *end = last = parser_read_item (self, node, last);
      if (*end == NULL)
        {
          parser_fail_unclosed (self, open, close);
          return FALSE;
        }

      node->n_items++;
      *ends_in_comma = self->token.kind == ',';
      if (*ends_in_comma)
        parser_advance (self);
      else if (self->token.kind != close)
        {
          parser_fail_unclosed (self, open, close);
          return FALSE;
        }
    }
  parser_advance (self);
  return TRUE;
}

/* A list; or a tuple, if not just an expression in parentheses. */
static ConsetAstNode *
parser_read_bracket (Parser *self, ConsetAstKind kind, int close)
{
  ConsetAstNode *node = conset_ast_add_node (self->ast, kind, self->token.position);
  gboolean ends_in_comma;

  if (!parser_enter (self) || !parser_read_items (self, node, close, &ends_in_comma))
    return NULL;
  self->nesting--;
  if (kind == CONSET_AST_TUPLE && node->n_items == 1 && !ends_in_comma)
    return node->items->value;
  return node;
}

static ConsetAstNode *
parser_read_atom (Parser *self, ConsetAstKind kind)
{
  ConsetAstNode *node = conset_ast_add_node (self->ast, kind, self->token.position);

  if (kind == CONSET_AST_BOOLEAN)
    node->boolean = parser_at_word (self, "True");
  else if (kind == CONSET_AST_INTEGER)
    node->integer = self->token.integer;
  else if (kind == CONSET_AST_REAL)
    node->real = self->token.real;
  else if (kind == CONSET_AST_STRING)
    node->name = conset_ast_add_name (self->ast, self->source->text + self->token.position + 1,
                                      self->token.length - 2);
  else
    node->name = conset_ast_add_name (self->ast, self->source->text + self->token.position,
                                      self->token.length);
  parser_advance (self);
  return node;
}

static ConsetAstNode *
parser_read_name (Parser *self)
{
  g_autofree char *word = NULL;

  if (parser_at_word (self, "True") || parser_at_word (self, "False"))
    return parser_read_atom (self, CONSET_AST_BOOLEAN);
  if (!parser_at_reserved_word (self))
    return parser_read_atom (self, CONSET_AST_NAME);
  word = parser_describe_token (self);
  parser_fail (self, self->token.position,
               "%s is a word of Python that this language does not have; "
               "it has assignments, calls and the operators + - * / ** | ^ ~",
               word);
  return NULL;
}

static ConsetAstNode *
parser_read_primary (Parser *self)
{
  switch (self->token.kind)
    {
    case CONSET_TOKEN_INTEGER:
      return parser_read_atom (self, CONSET_AST_INTEGER);
    case CONSET_TOKEN_REAL:
      return parser_read_atom (self, CONSET_AST_REAL);
    case CONSET_TOKEN_STRING:
      return parser_read_atom (self, CONSET_AST_STRING);
    case CONSET_TOKEN_NAME:
      return parser_read_name (self);
    case '(':
      return parser_read_bracket (self, CONSET_AST_TUPLE, ')');
    case '[':
      return parser_read_bracket (self, CONSET_AST_LIST, ']');
    default:
      parser_fail_expecting (self, "an expression");
      return NULL;
    }
}

/* A primary and the calls behind it, each of which is a level of nesting. */
static ConsetAstNode *
parser_read_postfix (Parser *self)
{
  ConsetAstNode *node = parser_read_primary (self);
  guint nesting = self->nesting;
  gboolean ends_in_comma;

  while (node != NULL && self->token.kind == '(')
    {
      ConsetAstNode *call = conset_ast_add_node (self->ast, CONSET_AST_CALL, node->position);

      call->callee = node;
      if (!parser_enter (self) || !parser_read_items (self, call, ')', &ends_in_comma))
        return NULL;
      node = call;
    }
  self->nesting = nesting;
  return node;
}

static ConsetAstNode *parser_read_unary (Parser *self);

static ConsetAstNode *
parser_read_power (Parser *self)
{
  ConsetAstNode *base = parser_read_postfix (self);
  ConsetAstNode *node;

  if (base == NULL || self->token.kind != CONSET_TOKEN_POWER)
    return base;

  node = conset_ast_add_node (self->ast, CONSET_AST_BINARY, self->token.position);
  node->sign = CONSET_SIGN_POWER;
  node->left = base;
  if (!parser_enter (self))
    return NULL;
  parser_advance (self);
  node->right = parser_read_unary (self);
  self->nesting--;
  return node->right != NULL ? node : NULL;
}

static ConsetAstNode *
parser_read_unary (Parser *self)
{
  ConsetAstNode *node;

  if (self->token.kind != '~' && self->token.kind != '-' && self->token.kind != '+')
    return parser_read_power (self);

  node = conset_ast_add_node (self->ast, CONSET_AST_UNARY, self->token.position);
  node->sign = (char) self->token.kind;
  if (!parser_enter (self))
    return NULL;
  parser_advance (self);
  node->right = parser_read_unary (self);
  self->nesting--;
  return node->right != NULL ? node : NULL;
}

/* How tight a binary operator binds, from 1; 0 for all other tokens. */
static int
token_precedence (const ConsetToken *token)
{
  switch (token->kind)
    {
    case '|':
      return 1;
    case '^':
      return 2;
    case '+':
    case '-':
      return 3;
    case '*':
    case '/':
      return 4;
    default:
      return 0;
    }
}

/* Reads operands joined by operators that bind at least as tight as @least. */
static ConsetAstNode *
parser_read_binary (Parser *self, int least)
{
  ConsetAstNode *left = parser_read_unary (self);
  int precedence;

  while (left != NULL && (precedence = token_precedence (&self->token)) >= least)
    {
      ConsetAstNode *node =
        conset_ast_add_node (self->ast, CONSET_AST_BINARY, self->token.position);

      node->sign = (char) self->token.kind;
      node->left = left;
      parser_advance (self);
      node->right = parser_read_binary (self, precedence + 1);
      left = node->right != NULL ? node : NULL;
    }
  return left;
}

static ConsetAstNode *
parser_read_expression (Parser *self)
{
  return parser_read_binary (self, 1);
}

/* The two imports that Python scripts begin with say nothing here. */
static void
parser_skip_import (Parser *self)
{
  static const char *const lines[][4] = {
    { "from", "csa", "import", "*" },
    { "import", "cmath", NULL, NULL },
  };
  gsize position = self->token.position;
  const char *const *words = lines[parser_at_word (self, "from") ? 0 : 1];

  for (gsize i = 0; i < G_N_ELEMENTS (lines[0]) && words[i] != NULL; i++)
    {
      if (!parser_at_word (self, words[i]) && self->token.kind != words[i][0])
        {
          parser_fail (self, position,
                       "the imports that are known are 'from csa import *' and "
                       "'import cmath'; remove this one");
          return;
        }
      parser_advance (self);
    }
}

static void
parser_read_statement (Parser *self)
{
  ConsetAstStatement *statement = conset_ast_add_statement (self->ast, self->token.position);

  statement->expression = parser_read_expression (self);
  if (statement->expression == NULL || self->token.kind != '=')
    return;

  if (statement->expression->kind != CONSET_AST_NAME)
    {
      parser_fail (self, statement->position,
                   "only a name can be assigned to; "
                   "write name = expression");
      return;
    }
  statement->target = statement->expression->name;
  parser_advance (self);
  statement->expression = parser_read_expression (self);
}

static void
parser_read_text (Parser *self)
{
  while (self->token.kind != CONSET_TOKEN_END && self->token.kind != CONSET_TOKEN_ERROR)
    {
      if (parser_at_word (self, "from") || parser_at_word (self, "import"))
        parser_skip_import (self);
      else if (!parser_at_end_of_statement (self))
        parser_read_statement (self);

      if (!parser_at_end_of_statement (self))
        parser_fail_expecting (self, "an operator or the end of the statement");
      else if (self->token.kind != CONSET_TOKEN_END)
        parser_advance (self);
    }
}

ConsetAst *
conset_ast_parse (const ConsetSource *source, GError **error)
{
  g_autoptr (ConsetAst) ast = conset_ast_new ();
  Parser parser = { .source = source, .ast = ast, .error = error };

  conset_lexer_init (&parser.lexer, source);
  parser_advance (&parser);
  parser_read_text (&parser);
  return parser.token.kind != CONSET_TOKEN_ERROR ? g_steal_pointer (&ast) : NULL;
}
