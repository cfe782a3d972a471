/* SPDX-License-Identifier: MIT */
/*
 * The lower half of the parser, whose grammar is in parser.c: tokens and errors, brackets and
 * calls, and the operators that bind tighter than comparisons.
 */
#include "parser_state.h"

#include "text.h"

#include <string.h>

void
conset_parser_advance (ConsetParser *self)
{
  conset_lexer_next (&self->lexer, &self->token, self->error);
}

gboolean
conset_parser_at_word (const ConsetParser *self, const char *word)
{
  return self->token.kind == CONSET_TOKEN_NAME && self->token.length == strlen (word)
         && memcmp (self->source->text + self->token.position, word, self->token.length) == 0;
}

/* Errors; each sets the error unless the lexer has set one at the current token. */

void
conset_parser_fail (ConsetParser *self, gsize position, const char *format, ...)
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
parser_describe_token (const ConsetParser *self)
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

void
conset_parser_fail_expecting (ConsetParser *self, const char *expected)
{
  g_autofree char *found = parser_describe_token (self);

  conset_parser_fail (self, self->token.position, "expected %s, found %s", expected, found);
}

/* The bracket at @open does not end where it should. */
static void
parser_fail_unclosed (ConsetParser *self, gsize open, int close)
{
  char bracket = self->source->text[open];
  g_autofree char *found = parser_describe_token (self);
  gsize line, column;

  conset_source_locate (self->source, open, &line, &column);
  if (self->token.kind == CONSET_TOKEN_END)
    conset_parser_fail (self, open, "'%c' is never closed; add '%c'", bracket, close);
  else
    conset_parser_fail (self, self->token.position,
                        "expected ',' or '%c', found %s; the '%c' of line %" G_GSIZE_FORMAT
                        ", column %" G_GSIZE_FORMAT " is still open",
                        close, found, bracket, line, column);
}

static gboolean
parser_at_one_of (const ConsetParser *self, const char *const *words, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (conset_parser_at_word (self, words[i]))
      return TRUE;
  return FALSE;
}

/* Words of Python that are no names there, and so none here: those that the language has, and
 * those that it does not have. */
gboolean
conset_parser_at_keyword (const ConsetParser *self)
{
  static const char *const words[] = { "and", "else", "if", "lambda", "not", "or" };

  return parser_at_one_of (self, words, G_N_ELEMENTS (words));
}

gboolean
conset_parser_at_foreign_word (const ConsetParser *self)
{
  static const char *const constants[] = { "False", "True" };

  return self->token.kind == CONSET_TOKEN_NAME
         && conset_is_reserved_word (self->source->text + self->token.position, self->token.length)
         && !conset_parser_at_keyword (self)
         && !parser_at_one_of (self, constants, G_N_ELEMENTS (constants));
}

/* Enters a level of nesting at the current token. */
gboolean
conset_parser_enter (ConsetParser *self)
{
  if (++self->nesting <= CONSET_AST_MAX_NESTING)
    return TRUE;
  conset_parser_fail (
    self, self->token.position,
    "brackets, calls, powers, unary operators and conditions are nested more than %d "
    "levels deep; give parts of the expression a name",
    CONSET_AST_MAX_NESTING);
  return FALSE;
}

/* Turns the value of @item into its keyword and reads the value that follows the '='. */
static gboolean
parser_read_keyword (ConsetParser *self, ConsetAstItem *item)
{
  if (item->value->kind != CONSET_AST_NAME)
    {
      conset_parser_fail_expecting (self, "a name before '='");
      return FALSE;
    }
  conset_parser_advance (self);
  item->keyword = item->value->name;
  item->value = conset_parser_read_expression (self);
  return item->value != NULL;
}

/* Reads one element of @node, or one argument if that is a call. */
static ConsetAstItem *
parser_read_item (ConsetParser *self, ConsetAstNode *node, ConsetAstItem *last)
{
  ConsetAstNode *value = conset_parser_read_expression (self);
  ConsetAstItem *item;

  if (value == NULL)
    return NULL;
  item = conset_ast_add_item (self->ast, value);
  if (node->kind == CONSET_AST_CALL && self->token.kind == '=' && !parser_read_keyword (self, item))
    return NULL;
  if (last != NULL && last->keyword != NULL && item->keyword == NULL)
    {
      conset_parser_fail (self, item->position,
                          "an argument without a name follows one with a name; "
                          "give arguments without a name first");
      return NULL;
    }
  return item;
}

/* Reads the items of @node between the bracket at the current token and @close. */
static gboolean
parser_read_items (ConsetParser *self, ConsetAstNode *node, int close, gboolean *ends_in_comma)
{
  gsize open = self->token.position;
  ConsetAstItem *last = NULL;
  ConsetAstItem **end = &node->items;

  conset_parser_advance (self);
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
        conset_parser_advance (self);
      else if (self->token.kind != close)
        {
          parser_fail_unclosed (self, open, close);
          return FALSE;
        }
    }
  conset_parser_advance (self);
  return TRUE;
}

/* A list; or a tuple, if not just an expression in parentheses. */
static ConsetAstNode *
parser_read_bracket (ConsetParser *self, ConsetAstKind kind, int close)
{
  ConsetAstNode *node = conset_ast_add_node (self->ast, kind, self->token.position);
  gboolean ends_in_comma;

  if (!conset_parser_enter (self) || !parser_read_items (self, node, close, &ends_in_comma))
    return NULL;
  self->nesting--;
  if (kind == CONSET_AST_TUPLE && node->n_items == 1 && !ends_in_comma)
    return node->items->value;
  return node;
}

ConsetAstNode *
conset_parser_read_atom (ConsetParser *self, ConsetAstKind kind)
{
  ConsetAstNode *node = conset_ast_add_node (self->ast, kind, self->token.position);

  if (kind == CONSET_AST_BOOLEAN)
    node->boolean = conset_parser_at_word (self, "True");
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
  conset_parser_advance (self);
  return node;
}

static ConsetAstNode *
parser_read_name (ConsetParser *self)
{
  g_autofree char *word = NULL;

  if (conset_parser_at_word (self, "True") || conset_parser_at_word (self, "False"))
    return conset_parser_read_atom (self, CONSET_AST_BOOLEAN);
  if (!conset_parser_at_keyword (self) && !conset_parser_at_foreign_word (self))
    return conset_parser_read_atom (self, CONSET_AST_NAME);
  word = parser_describe_token (self);
  if (conset_parser_at_keyword (self))
    conset_parser_fail (self, self->token.position,
                        "expected an expression, found %s; it stands inside of one, as in Python",
                        word);
  else
    conset_parser_fail (
      self, self->token.position,
      "%s is a word of Python that this language does not have; "
      "it has assignments, calls, lambda, a if c else b, and, or, not, comparisons and "
      "the operators + - * / %% ** | ^ ~",
      word);
  return NULL;
}

static ConsetAstNode *
parser_read_primary (ConsetParser *self)
{
  switch (self->token.kind)
    {
    case CONSET_TOKEN_INTEGER:
      return conset_parser_read_atom (self, CONSET_AST_INTEGER);
    case CONSET_TOKEN_REAL:
      return conset_parser_read_atom (self, CONSET_AST_REAL);
    case CONSET_TOKEN_STRING:
      return conset_parser_read_atom (self, CONSET_AST_STRING);
    case CONSET_TOKEN_NAME:
      return parser_read_name (self);
    case '(':
      return parser_read_bracket (self, CONSET_AST_TUPLE, ')');
    case '[':
      return parser_read_bracket (self, CONSET_AST_LIST, ']');
    default:
      conset_parser_fail_expecting (self, "an expression");
      return NULL;
    }
}

/* The call of @callee whose bracket is at the current token. */
static ConsetAstNode *
parser_read_call (ConsetParser *self, ConsetAstNode *callee)
{
  ConsetAstNode *call = conset_ast_add_node (self->ast, CONSET_AST_CALL, callee->position);
  gboolean ends_in_comma;

  call->callee = callee;
  return parser_read_items (self, call, ')', &ends_in_comma) ? call : NULL;
}

/* The attribute of @object whose point is at the current token. */
static ConsetAstNode *
parser_read_attribute (ConsetParser *self, ConsetAstNode *object)
{
  ConsetAstNode *node;

  conset_parser_advance (self);
  node = conset_ast_add_node (self->ast, CONSET_AST_ATTRIBUTE, self->token.position);
  if (self->token.kind != CONSET_TOKEN_NAME)
    {
      conset_parser_fail_expecting (self, "a name after '.'");
      return NULL;
    }
  node->object = object;
  node->member =
    conset_ast_add_name (self->ast, self->source->text + self->token.position, self->token.length);
  conset_parser_advance (self);
  return node;
}

/* The subscript of @object whose bracket is at the current token. */
static ConsetAstNode *
parser_read_subscript (ConsetParser *self, ConsetAstNode *object)
{
  ConsetAstNode *node = conset_ast_add_node (self->ast, CONSET_AST_SUBSCRIPT, object->position);
  gsize open = self->token.position;

  conset_parser_advance (self);
  node->object = object;
  node->subscript = conset_parser_read_expression (self);
  if (node->subscript == NULL)
    return NULL;
  if (self->token.kind != ']')
    {
      parser_fail_unclosed (self, open, ']');
      return NULL;
    }
  conset_parser_advance (self);
  return node;
}

/* The call, the attribute or the subscript behind @node; NULL on failure. */
static ConsetAstNode *
parser_read_suffix (ConsetParser *self, ConsetAstNode *node)
{
  switch (self->token.kind)
    {
    case '(':
      return parser_read_call (self, node);
    case '.':
      return parser_read_attribute (self, node);
    default:
      return parser_read_subscript (self, node);
    }
}

/* A primary and the calls, attributes and subscripts behind it, each of which is a level of
 * nesting. */
static ConsetAstNode *
parser_read_postfix (ConsetParser *self)
{
  ConsetAstNode *node = parser_read_primary (self);
  guint nesting = self->nesting;

  while (node != NULL
         && (self->token.kind == '(' || self->token.kind == '.' || self->token.kind == '['))
    {
      if (!conset_parser_enter (self))
        return NULL;
      node = parser_read_suffix (self, node);
    }
  self->nesting = nesting;
  return node;
}

static ConsetAstNode *parser_read_unary (ConsetParser *self);

static ConsetAstNode *
parser_read_power (ConsetParser *self)
{
  ConsetAstNode *base = parser_read_postfix (self);
  ConsetAstNode *node;

  if (base == NULL || self->token.kind != CONSET_TOKEN_POWER)
    return base;

  node = conset_ast_add_node (self->ast, CONSET_AST_BINARY, self->token.position);
  node->sign = CONSET_SIGN_POWER;
  node->left = base;
  if (!conset_parser_enter (self))
    return NULL;
  conset_parser_advance (self);
  node->right = parser_read_unary (self);
  self->nesting--;
  return node->right != NULL ? node : NULL;
}

/* The unary operator at the current token, before what @read reads. */
ConsetAstNode *
conset_parser_read_prefix (ConsetParser *self, char sign, ConsetAstNode *(*read) (ConsetParser *) )
{
  ConsetAstNode *node = conset_ast_add_node (self->ast, CONSET_AST_UNARY, self->token.position);

  node->sign = sign;
  if (!conset_parser_enter (self))
    return NULL;
  conset_parser_advance (self);
  node->right = read (self);
  self->nesting--;
  return node->right != NULL ? node : NULL;
}

static ConsetAstNode *
parser_read_unary (ConsetParser *self)
{
  if (self->token.kind != '~' && self->token.kind != '-' && self->token.kind != '+')
    return parser_read_power (self);
  return conset_parser_read_prefix (self, (char) self->token.kind, parser_read_unary);
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
    case '%':
      return 4;
    default:
      return 0;
    }
}

/* Reads operands joined by operators that bind at least as tight as @least. */
static ConsetAstNode *
parser_read_binary (ConsetParser *self, int least)
{
  ConsetAstNode *left = parser_read_unary (self);
  int precedence;

  while (left != NULL && (precedence = token_precedence (&self->token)) >= least)
    {
      ConsetAstNode *node =
        conset_ast_add_node (self->ast, CONSET_AST_BINARY, self->token.position);

      node->sign = (char) self->token.kind;
      node->left = left;
      conset_parser_advance (self);
      node->right = parser_read_binary (self, precedence + 1);
      left = node->right != NULL ? node : NULL;
    }
  return left;
}

ConsetAstNode *
conset_parser_read_sum (ConsetParser *self)
{
  return parser_read_binary (self, 1);
}
