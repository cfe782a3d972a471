/* SPDX-License-Identifier: MIT */
/*
 * Sets as XML: the text of a set is parsed, and its syntax tree written, part by part in the words
 * of Python CSA where there are such and in our own elsewhere.
 *
 * Index sets are listed as intervals, which is all that Python CSA knows, unless there are very
 * many. Chains of operators, which may have any length in a text, are written flat when they are
 * long: readers bound how deep elements nest. What lambdas hide behind the names of their
 * parameters is none of Python CSA's either, so its words are not used within. O(length of the
 * text).
 */
#include "xml.h"

#include "parser.h"
#include "xml_writer.h"

#include <conset/xml.h>

#include <string.h>

/* Operators of a chain that is written with an <apply> for each. */
#define MOST_NESTED_OPERATORS 64

/* The parser behind Python CSA reads elements that nest so deep. */
#define PYTHON_MAX_DEPTH 255

static void writer_write (ConsetXmlWriter *self, const ConsetAstNode *node);

/* Sequences */

/* Whether @node is written on one line with the others of its sequence. */
static gboolean
node_is_leaf (const ConsetAstNode *node)
{
  return conset_xml_is_number (node) || node->kind == CONSET_AST_NAME
         || node->kind == CONSET_AST_BOOLEAN || node->kind == CONSET_AST_STRING;
}

static void
writer_write_items (ConsetXmlWriter *self, const ConsetAstItem *item)
{
  for (; item != NULL; item = item->next)
    if (item->keyword == NULL)
      writer_write (self, item->value);
    else
      {
        conset_xml_writer_open (self, TRUE, "argument", item->keyword);
        writer_write (self, item->value);
        conset_xml_writer_close (self, TRUE, "argument");
      }
}

static void
writer_write_sequence (ConsetXmlWriter *self, const ConsetAstNode *node)
{
  const char *name = node->kind == CONSET_AST_TUPLE ? "tuple" : "list";
  gboolean leaves = node->kind == CONSET_AST_TUPLE;

  for (const ConsetAstItem *item = node->items; leaves && item != NULL; item = item->next)
    leaves = node_is_leaf (item->value);
  conset_xml_writer_go_beyond (self, "a %s", name);
  if (leaves)
    conset_xml_writer_begin_inline (self, TRUE, name);
  else
    conset_xml_writer_open (self, TRUE, name, NULL);
  writer_write_items (self, node->items);
  if (leaves)
    conset_xml_writer_end_inline (self, TRUE, name);
  else
    conset_xml_writer_close (self, TRUE, name);
}

/* Calls */

/* Whether all arguments are given by position, @n of them, or any number for G_MAXSIZE. */
static gboolean
call_is_plain (const ConsetAstNode *call, gsize n)
{
  for (const ConsetAstItem *item = call->items; item != NULL; item = item->next)
    if (item->keyword != NULL)
      return FALSE;
  return n == G_MAXSIZE || call->n_items == n;
}

static void
writer_write_indices (ConsetXmlWriter *self, const ConsetAstNode *node)
{
  if (!conset_xml_writer_add_indices (self, node))
    writer_write (self, node);
}

static void
writer_write_cross (ConsetXmlWriter *self,
                    const ConsetAstNode *sources,
                    const ConsetAstNode *targets)
{
  conset_xml_writer_open (self, FALSE, "apply", NULL);
  conset_xml_writer_add_empty (self, FALSE, "cross", NULL);
  writer_write_indices (self, sources);
  writer_write_indices (self, targets);
  conset_xml_writer_close (self, FALSE, "apply");
}

static void
writer_write_cset (ConsetXmlWriter *self, const ConsetAstNode *call)
{
  conset_xml_writer_open (self, FALSE, "apply", NULL);
  conset_xml_writer_add_empty (self, FALSE, "cset", NULL);
  writer_write_items (self, call->items);
  conset_xml_writer_close (self, FALSE, "apply");
}

/* The rule of Python CSA that draws as @call does; NULL if it has none. */
static const ConsetXmlRule *
call_find_rule (const ConsetAstNode *call,
                const ConsetAstItem **operand,
                const char **seed,
                char seed_text[24])
{
  const ConsetXmlRule *rule;

  *operand = NULL;
  *seed = NULL;
  for (const ConsetAstItem *item = call->items; item != NULL; item = item->next)
    if (item->keyword != NULL && strcmp (item->keyword, "seed") == 0
        && item->value->kind == CONSET_AST_INTEGER)
      {
        g_snprintf (seed_text, 24, "%" G_GUINT64_FORMAT, item->value->integer);
        *seed = seed_text;
      }
    else if (*operand == NULL && conset_xml_is_number (item->value))
      *operand = item;
    else
      return NULL;
  if (*operand == NULL)
    return NULL;
  for (gsize k = 0; (rule = conset_xml_rule_get (k)) != NULL; k++)
    if (g_strcmp0 (rule->keyword, (*operand)->keyword) == 0)
      return rule;
  return NULL;
}

static gboolean
writer_write_random (ConsetXmlWriter *self, const ConsetAstNode *call)
{
  const ConsetAstItem *operand;
  const char *seed;
  char seed_text[24];
  const ConsetXmlRule *rule = call_find_rule (call, &operand, &seed, seed_text);

  if (rule == NULL)
    return FALSE;
  conset_xml_writer_open (self, FALSE, "apply", NULL);
  conset_xml_writer_add_empty (self, FALSE, rule->element, seed);
  writer_write (self, operand->value);
  conset_xml_writer_close (self, FALSE, "apply");
  return TRUE;
}

/* Writes a call of what Python CSA has too; FALSE, with nothing written, for all others. */
static gboolean
writer_write_known_call (ConsetXmlWriter *self, const ConsetAstNode *call)
{
  const char *name = call->callee->name;

  if (self->n_lambdas > 0)
    return FALSE;
  if (strcmp (name, "random") == 0)
    return writer_write_random (self, call);
  if (strcmp (name, "cross") == 0 && call_is_plain (call, 2))
    writer_write_cross (self, call->items->value, call->items->next->value);
  else if (strcmp (name, "cset") == 0 && call->n_items > 0 && call_is_plain (call, G_MAXSIZE))
    writer_write_cset (self, call);
  else
    return FALSE;
  return TRUE;
}

/* How a message calls @call, which may have the name of a set that Python CSA has. */
static void
writer_go_beyond_by_call (ConsetXmlWriter *self, const ConsetAstNode *call)
{
  GString *out = g_string_new (call->callee->name);
  const char *between = "(";

  for (const ConsetAstItem *item = call->items; item != NULL; item = item->next)
    if (item->keyword != NULL && strcmp (item->keyword, "seed") != 0)
      {
        g_string_append_printf (out, "%s%s=...", between, item->keyword);
        between = ", ";
      }
  g_string_append (out, *between == '(' ? "(...)" : ")");
  conset_xml_writer_go_beyond (self, "%s", out->str);
  g_string_free (out, TRUE);
}

static void
writer_write_call (ConsetXmlWriter *self, const ConsetAstNode *call)
{
  gboolean named = call->callee->kind == CONSET_AST_NAME;

  if (named && writer_write_known_call (self, call))
    return;
  if (named)
    writer_go_beyond_by_call (self, call);
  else
    conset_xml_writer_go_beyond (self, "a call");
  conset_xml_writer_open (self, TRUE, "call", named ? call->callee->name : NULL);
  if (!named)
    writer_write (self, call->callee);
  writer_write_items (self, call->items);
  conset_xml_writer_close (self, TRUE, "call");
}

/* Names and operators */

static void
writer_add_everything (ConsetXmlWriter *self, gboolean full)
{
  const char *side = full ? "N" : "intervalset";

  conset_xml_writer_open (self, FALSE, "apply", NULL);
  conset_xml_writer_add_empty (self, FALSE, "cross", NULL);
  conset_xml_writer_add_empty (self, FALSE, side, NULL);
  conset_xml_writer_add_empty (self, FALSE, side, NULL);
  conset_xml_writer_close (self, FALSE, "apply");
}

static void
writer_write_name (ConsetXmlWriter *self, const char *name)
{
  gboolean known = self->n_lambdas == 0;

  if (known && (strcmp (name, "full") == 0 || strcmp (name, "empty") == 0))
    writer_add_everything (self, strcmp (name, "full") == 0);
  else if (known && (strcmp (name, "oneToOne") == 0 || strcmp (name, "N") == 0))
    conset_xml_writer_add_empty (self, FALSE, name, NULL);
  else
    {
      conset_xml_writer_go_beyond (self, "%s", name);
      conset_xml_writer_add_text (self, TRUE, "name", name);
    }
}

static void
writer_add_operator (ConsetXmlWriter *self, const ConsetAstNode *node, char sign)
{
  const ConsetXmlOperator *operator= conset_xml_operator_of (node->kind, sign);

  if (operator->own)
    conset_xml_writer_go_beyond (self, "the operator <%s>", operator->name);
  conset_xml_writer_add_empty (self, operator->own, operator->name, NULL);
}

static void
writer_write_unary (ConsetXmlWriter *self, const ConsetAstNode *node)
{
  if (node->sign == '-' && conset_xml_is_number (node->right))
    {
      conset_xml_writer_add_number (self, "-", node->right);
      return;
    }
  /* It is in the grammar of Python CSA, which has index sets alone as operands. */
  if (node->sign == '~')
    conset_xml_writer_go_beyond (self, "the complement of a set");
  conset_xml_writer_open (self, FALSE, "apply", NULL);
  writer_add_operator (self, node, node->sign);
  writer_write (self, node->right);
  conset_xml_writer_close (self, FALSE, "apply");
}

/* The sources A of cross(A, N) * oneToOne, which is what cross(A, A) * oneToOne prints as; NULL if
 * @node is something else. Python CSA needs it in the second form. */
static const ConsetAstNode *
node_find_diagonal (const ConsetXmlWriter *self, const ConsetAstNode *node)
{
  const ConsetAstNode *call = node->left;

  if (self->n_lambdas > 0 || node->sign != '*' || node->right->kind != CONSET_AST_NAME
      || strcmp (node->right->name, "oneToOne") != 0 || call->kind != CONSET_AST_CALL
      || call->callee->kind != CONSET_AST_NAME || strcmp (call->callee->name, "cross") != 0
      || !call_is_plain (call, 2) || call->items->next->value->kind != CONSET_AST_NAME
      || strcmp (call->items->next->value->name, "N") != 0)
    return NULL;
  return call->items->value;
}

/* Writes the left operand of @node, which is no operator itself. */
static void
writer_write_left (ConsetXmlWriter *self, const ConsetAstNode *node)
{
  const ConsetAstNode *diagonal = node_find_diagonal (self, node);

  if (diagonal != NULL)
    writer_write_cross (self, diagonal, diagonal);
  else
    writer_write (self, node->left);
}

/* @chain: operators from the outermost on, whose left operand the next one is. */
static void
writer_write_nested (ConsetXmlWriter *self, const GPtrArray *chain)
{
  const ConsetAstNode *node;

  for (guint k = 0; k < chain->len; k++)
    {
      node = g_ptr_array_index (chain, k);
      conset_xml_writer_open (self, FALSE, "apply", NULL);
      writer_add_operator (self, node, node->sign);
    }
  for (guint k = chain->len; k > 0; k--)
    {
      node = g_ptr_array_index (chain, k - 1);
      if (k == chain->len)
        writer_write_left (self, node);
      writer_write (self, node->right);
      conset_xml_writer_close (self, FALSE, "apply");
    }
}

static void
writer_write_chain (ConsetXmlWriter *self, const GPtrArray *chain)
{
  conset_xml_writer_go_beyond (self, "more than %d operators in a row", MOST_NESTED_OPERATORS);
  conset_xml_writer_open (self, TRUE, "chain", NULL);
  for (guint k = chain->len; k > 0; k--)
    {
      const ConsetAstNode *node = g_ptr_array_index (chain, k - 1);

      if (k == chain->len)
        writer_write_left (self, node);
      writer_add_operator (self, node, node->sign);
      writer_write (self, node->right);
    }
  conset_xml_writer_close (self, TRUE, "chain");
}

static void
writer_write_binary (ConsetXmlWriter *self, const ConsetAstNode *node)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new ();

  for (; node->kind == CONSET_AST_BINARY; node = node->left)
    g_ptr_array_add (chain, (gpointer) node);
  if (chain->len <= MOST_NESTED_OPERATORS)
    writer_write_nested (self, chain);
  else
    writer_write_chain (self, chain);
}

static void
writer_write_comparison (ConsetXmlWriter *self, const ConsetAstNode *node)
{
  conset_xml_writer_go_beyond (self, "a comparison");
  conset_xml_writer_open (self, TRUE, "compare", NULL);
  for (const ConsetAstItem *item = node->items; item != NULL; item = item->next)
    {
      if (item != node->items)
        writer_add_operator (self, node, item->sign);
      writer_write (self, item->value);
    }
  conset_xml_writer_close (self, TRUE, "compare");
}

/* Formulas */

static void
writer_write_conditional (ConsetXmlWriter *self, const ConsetAstNode *node)
{
  conset_xml_writer_go_beyond (self, "a condition");
  conset_xml_writer_open (self, TRUE, "if", NULL);
  writer_write (self, node->condition);
  writer_write (self, node->chosen);
  writer_write (self, node->otherwise);
  conset_xml_writer_close (self, TRUE, "if");
}

static void
writer_write_lambda (ConsetXmlWriter *self, const ConsetAstNode *node)
{
  conset_xml_writer_go_beyond (self, "a lambda");
  self->n_lambdas++;
  conset_xml_writer_open (self, TRUE, "lambda", NULL);
  for (const ConsetAstItem *item = node->items; item != NULL; item = item->next)
    conset_xml_writer_add_text (self, TRUE, "parameter", item->value->name);
  writer_write (self, node->callee);
  conset_xml_writer_close (self, TRUE, "lambda");
  self->n_lambdas--;
}

static void
writer_write_part (ConsetXmlWriter *self, const ConsetAstNode *node)
{
  gboolean is_member = node->kind == CONSET_AST_ATTRIBUTE;
  const char *name = is_member ? "member" : "item";

  conset_xml_writer_go_beyond (self, "a part of something");
  conset_xml_writer_open (self, TRUE, name, is_member ? node->member : NULL);
  writer_write (self, node->object);
  if (!is_member)
    writer_write (self, node->subscript);
  conset_xml_writer_close (self, TRUE, name);
}

static void
writer_write_word (ConsetXmlWriter *self, const char *name, const char *text)
{
  conset_xml_writer_go_beyond (self, "a %s", text != NULL ? name : "truth value");
  if (text != NULL)
    conset_xml_writer_add_text (self, TRUE, name, text);
  else
    conset_xml_writer_add_empty (self, TRUE, name, NULL);
}

static void
writer_write (ConsetXmlWriter *self, const ConsetAstNode *node)
{
  switch (node->kind)
    {
    case CONSET_AST_BOOLEAN:
      writer_write_word (self, node->boolean ? "true" : "false", NULL);
      break;
    case CONSET_AST_STRING:
      writer_write_word (self, "string", node->name);
      break;
    case CONSET_AST_INTEGER:
    case CONSET_AST_REAL:
      conset_xml_writer_add_number (self, "", node);
      break;
    case CONSET_AST_NAME:
      writer_write_name (self, node->name);
      break;
    case CONSET_AST_TUPLE:
    case CONSET_AST_LIST:
      writer_write_sequence (self, node);
      break;
    case CONSET_AST_UNARY:
      writer_write_unary (self, node);
      break;
    case CONSET_AST_BINARY:
      writer_write_binary (self, node);
      break;
    case CONSET_AST_COMPARISON:
      writer_write_comparison (self, node);
      break;
    case CONSET_AST_CONDITIONAL:
      writer_write_conditional (self, node);
      break;
    case CONSET_AST_CALL:
      writer_write_call (self, node);
      break;
    case CONSET_AST_ATTRIBUTE:
    case CONSET_AST_SUBSCRIPT:
      writer_write_part (self, node);
      break;
    case CONSET_AST_LAMBDA:
      writer_write_lambda (self, node);
      break;
    }
}

/* Documents */

static char *
writer_finish (ConsetXmlWriter *self)
{
  GString *document = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  g_string_append (document, "<CSA xmlns=\"" CONSET_XML_CSA_NAMESPACE "\"");
  if (self->own)
    g_string_append (document, " xmlns:c=\"" CONSET_XML_NAMESPACE "\"");
  g_string_append (document, ">\n");
  g_string_append_len (document, self->out->str, (gssize) self->out->len);
  g_string_append (document, "</CSA>\n");
  return g_string_free (document, FALSE);
}

/* Whether the document can be read again, and by whom it has to be. */
static gboolean
writer_check (ConsetXmlWriter *self, ConsetXmlFlags flags, GError **error)
{
  if (self->deepest > PYTHON_MAX_DEPTH)
    conset_xml_writer_go_beyond (self, "more than %d elements within each other", PYTHON_MAX_DEPTH);
  if (self->deepest > CONSET_XML_MAX_DEPTH)
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                 "to_xml: elements would nest more than %d levels deep; write the set as text",
                 CONSET_XML_MAX_DEPTH);
  else if ((flags & CONSET_XML_PYTHON) && self->beyond != NULL)
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                 "to_xml: Python CSA cannot read %s; write the set without that, or in the "
                 "namespace of conset too",
                 self->beyond);
  else
    return TRUE;
  return FALSE;
}

/* Parses the text of a set, which is a single expression. */
static ConsetAst *
printed_parse (const ConsetSource *source, GError **error)
{
  GError *cause = NULL;
  ConsetAst *ast = conset_ast_parse (source, &cause);

  if (ast != NULL)
    return ast;
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "to_xml: the set has no text that can be read back, as of a predicate; "
               "write it without that: %s",
               cause->message);
  g_error_free (cause);
  return NULL;
}

char *
conset_to_xml (const Conset *set, ConsetXmlFlags flags, char **beyond, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) out = NULL;
  g_autoptr (ConsetAst) ast = NULL;
  g_autoptr (ConsetInterpreter) interpreter = NULL;
  ConsetSource source;
  ConsetXmlWriter writer;
  char *document = NULL;

  g_return_val_if_fail (set != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (beyond != NULL)
    *beyond = NULL;
  if (!conset_check (set, error))
    return NULL;
  text = conset_to_string (set);
  source = (ConsetSource){ .text = text, .length = strlen (text) };
  ast = printed_parse (&source, error);
  if (ast == NULL)
    return NULL;

  interpreter = conset_interpreter_new (&source, CONSET_DEFAULT_SEED, CONSET_PARSE_DEFAULT);
  out = g_string_new (NULL);
  writer = (ConsetXmlWriter){ .interpreter = interpreter, .out = out, .depth = 1, .deepest = 1 };
  writer_write (&writer, conset_ast_get_statements (ast)->expression);
  if (writer_check (&writer, flags, error))
    document = writer_finish (&writer);
  if (document != NULL && beyond != NULL)
    *beyond = g_steal_pointer (&writer.beyond);
  g_free (writer.beyond);
  return document;
}
