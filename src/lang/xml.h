/* SPDX-License-Identifier: MIT */
/*
 * What reader and writer of XML share: namespaces, and the elements of operators.
 *
 * A document is a syntax tree of the text language in other clothes: a set is written by way of its
 * text, and read by the interpreter. So all names of the registry are known to XML without a word
 * about them here. An expression is one of
 *
 *   <cn>0.5</cn>  <oneToOne/>  <N/>  <full/>  <ci>p</ci>                  words of Python CSA
 *   <intervalset> <interval><cn>3</cn><cn>5</cn></interval>... </intervalset>
 *   <apply> operator operand... </apply>
 *   <bind><closure/> <bvar><ci>p</ci></bvar>... expression </bind>
 *
 * or, in our namespace, here with the prefix c,
 *
 *   <c:name>transpose</c:name>  <c:string>mV</c:string>  <c:true/>  <c:false/>
 *   <c:list> item... </c:list>  <c:tuple> item... </c:tuple>
 *   <c:call name="block"> item... <c:argument name="seed"> value </c:argument>... </c:call>
 *   <c:call> callee item... </c:call>, which needs a `name` for no item to be the callee
 *   <c:chain> a <plus/> b <c:union/> c ... </c:chain>                     ((a + b) | c) ...
 *   <c:compare> a <c:less/> b <c:lessEqual/> c ... </c:compare>           a < b <= c ...
 *   <c:if> condition chosen otherwise </c:if>
 *   <c:lambda> <c:parameter>i</c:parameter>... expression </c:lambda>
 *   <c:member name="real"> object </c:member>  <c:item> object index </c:item>
 */
#pragma once

#include "ast.h"

G_BEGIN_DECLS

#define CONSET_XML_CSA_NAMESPACE "http://software.incf.org/software/csa/1.0"

/** What the names of all versions of our namespace begin with. */
#define CONSET_XML_NAMESPACE_STEM "urn:conset:"

/**
 * ConsetXmlOperator:
 * @name: of its element
 * @own: whether that is in our namespace
 * @kind: CONSET_AST_UNARY, CONSET_AST_BINARY or CONSET_AST_COMPARISON
 */
typedef struct
{
  const char   *name;
  gboolean      own;
  ConsetAstKind kind;
  char          sign;
} ConsetXmlOperator;

/** conset_xml_operator_of: Returns: (nullable): how an operator of the language is written */
const ConsetXmlOperator *conset_xml_operator_of    (ConsetAstKind kind,
                                                    char          sign);

/** conset_xml_operator_named: Returns: (nullable): the operator of an element */
const ConsetXmlOperator *conset_xml_operator_named (gboolean      own,
                                                    const char   *name);

/**
 * ConsetXmlRule:
 * @element: the operator of Python CSA
 * @keyword: (nullable): the argument of random() that its operand is; NULL for the first
 */
typedef struct
{
  const char *element;
  const char *keyword;
} ConsetXmlRule;

/** conset_xml_rule_get: Returns: (nullable): a random rule of Python CSA; NULL beyond the last */
const ConsetXmlRule     *conset_xml_rule_get       (gsize         index);

G_END_DECLS
