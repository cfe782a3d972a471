/* SPDX-License-Identifier: MIT */
/*
 * Elements that hold text, or are words themselves: numbers, names, strings and truth values, as
 * the text language has them. Numbers and names go through its lexer, so that they are the same in
 * both.
 */
#include "lexer.h"
#include "text.h"
#include "xml_build.h"

#include <string.h>

gboolean
conset_xml_name_check (ConsetXmlBuilder *builder, const char *text, gsize position)
{
  ConsetSource source = { .text = text, .length = strlen (text) };
  ConsetLexer lexer;
  ConsetToken token;
  g_autofree char *quoted = NULL;

  conset_lexer_init (&lexer, &source);
  conset_lexer_next (&lexer, &token, NULL);
  if (token.kind == CONSET_TOKEN_NAME && token.length == source.length
      && !conset_is_reserved_word (text, source.length))
    return TRUE;
  quoted = conset_quote (text, source.length);
  return conset_xml_fail (builder, position, "%s cannot be a name", quoted);
}

/* One number from @text, with a sign before it or not; NULL for all else. */
static ConsetAstNode *
number_parse (ConsetAst *ast, const char *text, gsize position)
{
  ConsetSource source = { .text = text, .length = strlen (text) };
  ConsetAstNode *number, *node;
  ConsetLexer lexer;
  ConsetToken token, end;
  char sign = 0;

  conset_lexer_init (&lexer, &source);
  conset_lexer_next (&lexer, &token, NULL);
  if (token.kind == '-' || token.kind == '+')
    {
      sign = (char) token.kind;
      conset_lexer_next (&lexer, &token, NULL);
    }
  if (token.kind != CONSET_TOKEN_INTEGER && token.kind != CONSET_TOKEN_REAL)
    return NULL;
  conset_lexer_next (&lexer, &end, NULL);
  if (end.kind != CONSET_TOKEN_END)
    return NULL;

  number = conset_ast_add_node (
    ast, token.kind == CONSET_TOKEN_INTEGER ? CONSET_AST_INTEGER : CONSET_AST_REAL, position);
  if (token.kind == CONSET_TOKEN_INTEGER)
    number->integer = token.integer;
  else
    number->real = token.real;
  if (sign != '-')
    return number;
  node = conset_ast_add_node (ast, CONSET_AST_UNARY, position);
  node->sign = sign;
  node->right = number;
  return node;
}

ConsetAstNode *
conset_xml_number_read (ConsetXmlBuilder *builder, const char *text, gsize position)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *quoted = NULL;
  ConsetAstNode *node = number_parse (builder->ast, stripped, position);

  if (node != NULL)
    return node;
  quoted = conset_quote (stripped, strlen (stripped));
  conset_xml_fail (builder, position,
                   "%s is no number; write it as 7 or as 0.5, integers below 2^64 and reals below "
                   "1.8e308",
                   quoted);
  return NULL;
}

gboolean
conset_xml_close_number (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  child->node = conset_xml_number_read (builder, frame->text->str, frame->position);
  return child->node != NULL;
}

gboolean
conset_xml_close_name (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  const char *text = g_strstrip (frame->text->str);

  child->node = conset_ast_add_node (builder->ast, CONSET_AST_NAME, frame->position);
  child->node->name = conset_ast_add_name (builder->ast, text, strlen (text));
  return conset_xml_name_check (builder, text, frame->position);
}

gboolean
conset_xml_close_string (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  if (!conset_is_string (frame->text->str))
    return conset_xml_fail (builder, frame->position,
                            "a string has no backslash, no control character and one kind of "
                            "quotes at most");
  child->node = conset_ast_add_node (builder->ast, CONSET_AST_STRING, frame->position);
  child->node->name = conset_ast_add_name (builder->ast, frame->text->str, frame->text->len);
  return TRUE;
}

/* Words */

gboolean
conset_xml_close_boolean (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  child->node = conset_ast_add_node (builder->ast, CONSET_AST_BOOLEAN, frame->position);
  child->node->boolean = strcmp (frame->element->name, "true") == 0;
  return TRUE;
}

gboolean
conset_xml_close_word (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  const char *name = frame->element->name;

  child->node = conset_ast_add_node (builder->ast, CONSET_AST_NAME, frame->position);
  child->node->name = conset_ast_add_name (builder->ast, name, strlen (name));
  return TRUE;
}
