/* SPDX-License-Identifier: MIT */
/*
 * The elements of operators and of random rules.
 */
#include "xml.h"

#include <string.h>

static const ConsetXmlOperator operators[] = {
  { "plus", FALSE, CONSET_AST_BINARY, '+' },
  { "minus", FALSE, CONSET_AST_BINARY, '-' },
  { "times", FALSE, CONSET_AST_BINARY, '*' },
  { "complement", FALSE, CONSET_AST_UNARY, '~' },
  { "union", TRUE, CONSET_AST_BINARY, '|' },
  { "symmetricDifference", TRUE, CONSET_AST_BINARY, '^' },
  { "quotient", TRUE, CONSET_AST_BINARY, '/' },
  { "remainder", TRUE, CONSET_AST_BINARY, '%' },
  { "power", TRUE, CONSET_AST_BINARY, CONSET_SIGN_POWER },
  { "and", TRUE, CONSET_AST_BINARY, CONSET_SIGN_AND },
  { "or", TRUE, CONSET_AST_BINARY, CONSET_SIGN_OR },
  { "not", TRUE, CONSET_AST_UNARY, CONSET_SIGN_NOT },
  { "negative", TRUE, CONSET_AST_UNARY, '-' },
  { "positive", TRUE, CONSET_AST_UNARY, '+' },
  { "less", TRUE, CONSET_AST_COMPARISON, '<' },
  { "greater", TRUE, CONSET_AST_COMPARISON, '>' },
  { "lessEqual", TRUE, CONSET_AST_COMPARISON, CONSET_SIGN_LESS_EQUAL },
  { "greaterEqual", TRUE, CONSET_AST_COMPARISON, CONSET_SIGN_GREATER_EQUAL },
  { "equal", TRUE, CONSET_AST_COMPARISON, CONSET_SIGN_EQUAL },
  { "notEqual", TRUE, CONSET_AST_COMPARISON, CONSET_SIGN_NOT_EQUAL },
};

static const ConsetXmlRule rules[] = {
  { "randomMask", NULL },
  { "random_N", "N" },
  { "random_fanIn", "fanIn" },
  { "random_fanOut", "fanOut" },
};

const ConsetXmlOperator *
conset_xml_operator_of (ConsetAstKind kind, char sign)
{
  for (gsize k = 0; k < G_N_ELEMENTS (operators); k++)
    if (operators[k].kind == kind && operators[k].sign == sign)
      return &operators[k];
  return NULL;
}

const ConsetXmlOperator *
conset_xml_operator_named (gboolean own, const char *name)
{
  for (gsize k = 0; k < G_N_ELEMENTS (operators); k++)
    if (operators[k].own == own && strcmp (operators[k].name, name) == 0)
      return &operators[k];
  return NULL;
}

const ConsetXmlRule *
conset_xml_rule_get (gsize index)
{
  return index < G_N_ELEMENTS (rules) ? &rules[index] : NULL;
}
