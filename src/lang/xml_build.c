/* SPDX-License-Identifier: MIT */
/*
 * Makes parts of a syntax tree of the elements of a document.
 *
 * An element is made into its part when it ends, from the parts of the elements in it. What each
 * one may hold is told by the table at the end of this file; what the parts mean is for the
 * interpreter to find. O(length of the document).
 */
#include "xml_build.h"

#include "xml.h"

#include <string.h>

/* Of a lambda or of a <bind>: each is compared with all others. */
#define MOST_PARAMETERS 1000

gboolean
conset_xml_fail (ConsetXmlBuilder *builder, gsize position, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  conset_source_set_error (builder->source, position, CONSET_ERROR_SYNTAX, builder->error, "%s",
                           message);
  return FALSE;
}

/* Children */

static const ConsetXmlChild *
frame_child (const ConsetXmlFrame *frame, guint k)
{
  return &g_array_index (frame->children, ConsetXmlChild, k);
}

static guint
frame_n_children (const ConsetXmlFrame *frame)
{
  return frame->children->len;
}

static gboolean
child_is (const ConsetXmlChild *child, gboolean own, const char *name)
{
  return child->element->own == own && strcmp (child->element->name, name) == 0;
}

/* Whether child @k of @frame has a value. */
static gboolean
frame_check_expression (ConsetXmlBuilder *builder, const ConsetXmlFrame *frame, guint k)
{
  const ConsetXmlChild *child = frame_child (frame, k);

  if (child->element->role == CONSET_XML_EXPRESSION)
    return TRUE;
  return conset_xml_fail (builder, child->position,
                          "<%s> has no value; an expression belongs here, in <%s>",
                          child->element->name, frame->element->name);
}

/* Whether @frame has @n children from @first on, all of them with a value. */
static gboolean
frame_check_expressions (
  ConsetXmlBuilder *builder, const ConsetXmlFrame *frame, guint first, guint n, const char *what)
{
  if (frame_n_children (frame) != first + n)
    return conset_xml_fail (builder, frame->position, "<%s> needs %u expression%s here, not %u",
                            what, n, n == 1 ? "" : "s", frame_n_children (frame) - first);
  for (guint k = 0; k < n; k++)
    if (!frame_check_expression (builder, frame, first + k))
      return FALSE;
  return TRUE;
}

static ConsetAstNode *
builder_add (ConsetXmlBuilder *builder, ConsetAstKind kind, gsize position)
{
  return conset_ast_add_node (builder->ast, kind, position);
}

static ConsetAstNode *
builder_add_name (ConsetXmlBuilder *builder, const char *name, gsize position)
{
  ConsetAstNode *node = builder_add (builder, CONSET_AST_NAME, position);

  node->name = conset_ast_add_name (builder->ast, name, strlen (name));
  return node;
}

/* Appends an item behind *@end, which moves on. */
static ConsetAstItem *
builder_append (ConsetXmlBuilder *builder,
                ConsetAstNode *node,
                ConsetAstItem ***end,
                ConsetAstNode *value)
{
  ConsetAstItem *item = conset_ast_add_item (builder->ast, value);

  **end = item;
  *end = &item->next;
  node->n_items++;
  return item;
}

/* Makes the children of @frame from @first on items of @node; arguments with a keyword follow those
 * without. */
static gboolean
builder_add_items (ConsetXmlBuilder *builder,
                   const ConsetXmlFrame *frame,
                   guint first,
                   ConsetAstNode *node)
{
  ConsetAstItem **end = &node->items;
  gboolean by_keyword = FALSE;

  for (guint k = first; k < frame_n_children (frame); k++)
    {
      const ConsetXmlChild *child = frame_child (frame, k);

      if (child->keyword == NULL && !frame_check_expression (builder, frame, k))
        return FALSE;
      if (child->keyword == NULL && by_keyword)
        return conset_xml_fail (builder, child->position,
                                "an argument without a name follows one with a name; "
                                "give arguments without a name first");
      by_keyword = child->keyword != NULL;
      builder_append (builder, node, &end, child->node)->keyword = child->keyword;
    }
  return TRUE;
}

/* Variables */

static gboolean
bind_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child);

/* Whether a <bind> around binds @name. */
static gboolean
builder_binds (const ConsetXmlBuilder *builder, const char *name)
{
  for (guint k = 0; k < builder->frames->len; k++)
    {
      const ConsetXmlFrame *frame = &g_array_index (builder->frames, ConsetXmlFrame, k);

      if (frame->element->close != bind_close)
        continue;
      for (guint i = 0; i < frame_n_children (frame); i++)
        if (child_is (frame_child (frame, i), FALSE, "bvar")
            && strcmp (frame_child (frame, i)->node->name, name) == 0)
          return TRUE;
    }
  return FALSE;
}

/* The frame around the innermost one, which is not the root. */
static const ConsetXmlFrame *
frame_around (const ConsetXmlBuilder *builder)
{
  return &g_array_index (builder->frames, ConsetXmlFrame, builder->frames->len - 2);
}

/* The name of a variable, which is bound by a <bind> around, or here and now. */
static gboolean
variable_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  g_autofree char *quoted = NULL;

  if (!conset_xml_close_name (builder, frame, child))
    return FALSE;
  if (strcmp (frame_around (builder)->element->name, "bvar") == 0
      || builder_binds (builder, child->node->name))
    return TRUE;
  quoted = conset_quote (child->node->name, strlen (child->node->name));
  return conset_xml_fail (builder, frame->position,
                          "the variable %s is bound by no <bind> around it", quoted);
}

/* Operators and calls */

/* @operator applied to the two nodes, of which the left one is NULL if it has one operand. */
static ConsetAstNode *
builder_add_operation (ConsetXmlBuilder *builder,
                       const ConsetXmlOperator *
                       operator,
                       gsize position,
                       ConsetAstNode *left,
                       ConsetAstNode *right)
{
  ConsetAstNode *node = builder_add (builder, operator->kind, position);
  ConsetAstItem **end;

  if (operator->kind != CONSET_AST_COMPARISON)
    {
      node->sign = operator->sign;
      node->left = left;
      node->right = right;
      return node;
    }
  end = &node->items;
  builder_append (builder, node, &end, left);
  builder_append (builder, node, &end, right)->sign = operator->sign;
  return node;
}

/* The call of @name with one argument. */
static ConsetAstNode *
builder_add_call (ConsetXmlBuilder *builder,
                  const char *name,
                  gsize position,
                  ConsetAstNode *argument)
{
  ConsetAstNode *call = builder_add (builder, CONSET_AST_CALL, position);

  call->callee = builder_add_name (builder, name, position);
  call->items = conset_ast_add_item (builder->ast, argument);
  call->n_items = 1;
  return call;
}

/* Index sets */

static gboolean
interval_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  if (!frame_check_expressions (builder, frame, 0, 2, "interval"))
    return FALSE;
  for (guint k = 0; k < 2; k++)
    if (frame_child (frame, k)->node->kind != CONSET_AST_INTEGER)
      return conset_xml_fail (builder, frame_child (frame, k)->position,
                              "the ends of an interval are indices, such as <cn>7</cn>");
  child->node = builder_add_call (builder, "ival", frame->position, frame_child (frame, 0)->node);
  child->node->items->next = conset_ast_add_item (builder->ast, frame_child (frame, 1)->node);
  child->node->n_items++;
  return TRUE;
}

/* The sum of the intervals [first, end) of @frame, of which there is one at least. A list would be
 * taken for a set where it is complemented. Halves keep the sums of long ones short. */
static ConsetAstNode *
builder_add_intervals (ConsetXmlBuilder *builder,
                       const ConsetXmlFrame *frame,
                       guint first,
                       guint end)
{
  static const ConsetXmlOperator plus = { "plus", FALSE, CONSET_AST_BINARY, '+' };
  guint middle = first + (end - first) / 2;

  if (end - first == 1)
    return frame_child (frame, first)->node;
  return builder_add_operation (builder, &plus, frame_child (frame, middle)->position,
                                builder_add_intervals (builder, frame, first, middle),
                                builder_add_intervals (builder, frame, middle, end));
}

static gboolean
intervalset_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  for (guint k = 0; k < frame_n_children (frame); k++)
    if (!child_is (frame_child (frame, k), FALSE, "interval"))
      return conset_xml_fail (builder, frame_child (frame, k)->position,
                              "<%s> is no <interval>, of which an <intervalset> is made",
                              frame_child (frame, k)->element->name);
  if (frame_n_children (frame) > 0)
    child->node = builder_add_intervals (builder, frame, 0, frame_n_children (frame));
  else
    child->node = builder_add_call (builder, "range", frame->position,
                                    builder_add (builder, CONSET_AST_INTEGER, frame->position));
  return TRUE;
}

/* Application */

static gboolean
apply_operator (ConsetXmlBuilder *builder,
                const ConsetXmlFrame *frame,
                const ConsetXmlOperator *
                operator,
                ConsetXmlChild * child)
{
  gboolean unary = operator->kind == CONSET_AST_UNARY;

  if (!frame_check_expressions (builder, frame, 1, unary ? 1 : 2, operator->name))
    return FALSE;
  child->node = builder_add_operation (builder, operator, frame->position,
                                       unary ? NULL : frame_child (frame, 1)->node,
                                       frame_child (frame, unary ? 1 : 2)->node);
  return TRUE;
}

/* The call of @name with the operands of @frame. */
static gboolean
apply_call (ConsetXmlBuilder *builder,
            const ConsetXmlFrame *frame,
            const char *name,
            ConsetXmlChild *child)
{
  child->node = builder_add (builder, CONSET_AST_CALL, frame->position);
  child->node->callee = builder_add_name (builder, name, frame->position);
  return builder_add_items (builder, frame, 1, child->node);
}

static gboolean
apply_rule (ConsetXmlBuilder *builder,
            const ConsetXmlFrame *frame,
            const ConsetXmlRule *rule,
            ConsetXmlChild *child)
{
  const ConsetXmlChild *operator= frame_child (frame, 0);
  ConsetAstItem *item;

  if (!frame_check_expressions (builder, frame, 1, 1, rule->element)
      || !apply_call (builder, frame, "random", child))
    return FALSE;
  item = child->node->items;
  item->keyword = rule->keyword;
  if (operator->seed == NULL)
    return TRUE;
  item->next = conset_ast_add_item (builder->ast, operator->seed);
  item->next->keyword = "seed";
  child->node->n_items++;
  return TRUE;
}

static gboolean
apply_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  const ConsetXmlChild *first = frame_n_children (frame) > 0 ? frame_child (frame, 0) : NULL;
  const ConsetXmlOperator *operator;
  const ConsetXmlRule *rule;

  if (first == NULL || first->element->role != CONSET_XML_OPERATOR)
    return conset_xml_fail (builder, first != NULL ? first->position : frame->position,
                            "<apply> begins with an operator, such as <plus/>");
  operator= conset_xml_operator_named (first->element->own, first->element->name);
  if (operator!= NULL)
    return apply_operator (builder, frame, operator, child);
  for (gsize k = 0; (rule = conset_xml_rule_get (k)) != NULL; k++)
    if (strcmp (rule->element, first->element->name) == 0)
      return apply_rule (builder, frame, rule, child);
  if (strcmp (first->element->name, "cross") == 0
      && !frame_check_expressions (builder, frame, 1, 2, "cross"))
    return FALSE;
  return apply_call (builder, frame, first->element->name, child);
}

static gboolean
call_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  child->node = builder_add (builder, CONSET_AST_CALL, frame->position);
  if (frame->name != NULL)
    {
      child->node->callee = builder_add_name (builder, frame->name, frame->position);
      return conset_xml_name_check (builder, frame->name, frame->position)
             && builder_add_items (builder, frame, 0, child->node);
    }
  if (frame_n_children (frame) == 0)
    return conset_xml_fail (builder, frame->position, "<call> needs a name, or what is called");
  if (!frame_check_expression (builder, frame, 0))
    return FALSE;
  child->node->callee = frame_child (frame, 0)->node;
  return builder_add_items (builder, frame, 1, child->node);
}

static gboolean
argument_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  if (frame->name == NULL)
    return conset_xml_fail (builder, frame->position, "<argument> needs a name");
  if (!conset_xml_name_check (builder, frame->name, frame->position)
      || !frame_check_expressions (builder, frame, 0, 1, "argument"))
    return FALSE;
  child->keyword = frame->name;
  child->node = frame_child (frame, 0)->node;
  return TRUE;
}

/* Chains */

/* The operator that is child @k of @frame, and between two expressions; NULL with the error set for
 * all else. */
static const ConsetXmlOperator *
frame_operator (ConsetXmlBuilder *builder, const ConsetXmlFrame *frame, guint k, ConsetAstKind kind)
{
  const ConsetXmlChild *child = frame_child (frame, k);
  const ConsetXmlOperator *operator= child->element->role == CONSET_XML_OPERATOR
    ? conset_xml_operator_named (child->element->own, child->element->name)
    : NULL;

  if (operator== NULL || operator->kind != kind)
    conset_xml_fail (builder, child->position, "<%s> does not join the expressions of a <%s>",
                     child->element->name, frame->element->name);
  else if (k + 1 == frame_n_children (frame))
    conset_xml_fail (builder, child->position, "an expression is missing behind <%s>",
                     child->element->name);
  else if (frame_check_expression (builder, frame, k + 1))
    return operator;
  return NULL;
}

/* Whether @frame begins with an expression and goes on. */
static gboolean
frame_check_chain (ConsetXmlBuilder *builder, const ConsetXmlFrame *frame)
{
  if (frame_n_children (frame) < 3)
    return conset_xml_fail (builder, frame->position,
                            "<%s> needs two expressions and an operator between them at least",
                            frame->element->name);
  return frame_check_expression (builder, frame, 0);
}

static gboolean
chain_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  if (!frame_check_chain (builder, frame))
    return FALSE;
  child->node = frame_child (frame, 0)->node;
  for (guint k = 1; k < frame_n_children (frame); k += 2)
    {
      const ConsetXmlOperator *operator= frame_operator (builder, frame, k, CONSET_AST_BINARY);

      if (operator== NULL)
        return FALSE;
      child->node = builder_add_operation (builder, operator, frame_child (frame, k)->position,
                                           child->node, frame_child (frame, k + 1)->node);
    }
  return TRUE;
}

static gboolean
compare_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  ConsetAstItem **end;

  if (!frame_check_chain (builder, frame))
    return FALSE;
  child->node = builder_add (builder, CONSET_AST_COMPARISON, frame->position);
  end = &child->node->items;
  builder_append (builder, child->node, &end, frame_child (frame, 0)->node);
  for (guint k = 1; k < frame_n_children (frame); k += 2)
    {
      const ConsetXmlOperator *operator= frame_operator (builder, frame, k, CONSET_AST_COMPARISON);
      ConsetAstItem *item;

      if (operator== NULL)
        return FALSE;
      item = builder_append (builder, child->node, &end, frame_child (frame, k + 1)->node);
      item->sign = operator->sign;
      item->position = frame_child (frame, k)->position;
    }
  return TRUE;
}

/* Formulas */

static gboolean
if_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  if (!frame_check_expressions (builder, frame, 0, 3, "if"))
    return FALSE;
  child->node = builder_add (builder, CONSET_AST_CONDITIONAL, frame->position);
  child->node->condition = frame_child (frame, 0)->node;
  child->node->chosen = frame_child (frame, 1)->node;
  child->node->otherwise = frame_child (frame, 2)->node;
  return TRUE;
}

static gboolean
builder_check_parameters (ConsetXmlBuilder *builder, const ConsetXmlFrame *frame)
{
  return frame_n_children (frame) <= MOST_PARAMETERS
         || conset_xml_fail (builder, frame->position, "<%s> has more than %d parameters",
                             frame->element->name, MOST_PARAMETERS);
}

/* A function of the parameters that stand in @frame from child @first on, each a @parameter, then
 * what it gives. */
static gboolean
builder_add_lambda (ConsetXmlBuilder *builder,
                    const ConsetXmlFrame *frame,
                    guint first,
                    const char *parameter,
                    ConsetXmlChild *child)
{
  guint n = frame_n_children (frame);
  ConsetAstItem **end;

  if (!builder_check_parameters (builder, frame))
    return FALSE;
  child->node = builder_add (builder, CONSET_AST_LAMBDA, frame->position);
  end = &child->node->items;
  for (guint k = first; k + 1 < n; k++)
    {
      const ConsetXmlChild *name = frame_child (frame, k);

      if (!child_is (name, frame->element->own, parameter))
        return conset_xml_fail (builder, name->position, "<%s> is no <%s>", name->element->name,
                                parameter);
      for (const ConsetAstItem *item = child->node->items; item != NULL; item = item->next)
        if (strcmp (item->value->name, name->node->name) == 0)
          return conset_xml_fail (builder, name->position, "the parameter %s is there already",
                                  name->node->name);
      builder_append (builder, child->node, &end, name->node);
    }
  if (n <= first)
    return conset_xml_fail (builder, frame->position, "<%s> needs an expression",
                            frame->element->name);
  child->node->callee = frame_child (frame, n - 1)->node;
  return frame_check_expression (builder, frame, n - 1);
}

static gboolean
lambda_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  return builder_add_lambda (builder, frame, 0, "parameter", child);
}

static gboolean
bind_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  if (frame_n_children (frame) == 0 || !child_is (frame_child (frame, 0), FALSE, "closure"))
    return conset_xml_fail (builder, frame->position, "<bind> begins with <closure/>");
  return builder_add_lambda (builder, frame, 1, "bvar", child);
}

static gboolean
bvar_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  if (frame_n_children (frame) != 1 || !child_is (frame_child (frame, 0), FALSE, "ci"))
    return conset_xml_fail (builder, frame->position, "<bvar> holds one <ci>");
  child->node = frame_child (frame, 0)->node;
  return builder_check_parameters (builder, frame_around (builder));
}

static gboolean
member_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  if (frame->name == NULL)
    return conset_xml_fail (builder, frame->position, "<member> needs a name");
  if (!frame_check_expressions (builder, frame, 0, 1, "member"))
    return FALSE;
  child->node = builder_add (builder, CONSET_AST_ATTRIBUTE, frame->position);
  child->node->object = frame_child (frame, 0)->node;
  child->node->member = frame->name;
  return conset_xml_name_check (builder, frame->name, frame->position);
}

static gboolean
item_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  if (!frame_check_expressions (builder, frame, 0, 2, "item"))
    return FALSE;
  child->node = builder_add (builder, CONSET_AST_SUBSCRIPT, frame->position);
  child->node->object = frame_child (frame, 0)->node;
  child->node->subscript = frame_child (frame, 1)->node;
  return TRUE;
}

static gboolean
sequence_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  gboolean is_list = strcmp (frame->element->name, "list") == 0;

  child->node =
    builder_add (builder, is_list ? CONSET_AST_LIST : CONSET_AST_TUPLE, frame->position);
  for (guint k = 0; k < frame_n_children (frame); k++)
    if (!frame_check_expression (builder, frame, k))
      return FALSE;
  return builder_add_items (builder, frame, 0, child->node);
}

static gboolean
root_close (ConsetXmlBuilder *builder, ConsetXmlFrame *frame, ConsetXmlChild *child)
{
  if (!frame_check_expressions (builder, frame, 0, 1, "CSA"))
    return FALSE;
  builder->root = child->node = frame_child (frame, 0)->node;
  return TRUE;
}

/* The table */

#define EXPRESSION CONSET_XML_EXPRESSION
#define OPERATOR CONSET_XML_OPERATOR
#define PART CONSET_XML_PART
#define NOTHING CONSET_XML_NOTHING
#define TEXT CONSET_XML_TEXT
#define ELEMENTS CONSET_XML_ELEMENTS

static const ConsetXmlElement elements[] = {
  { "CSA", FALSE, ELEMENTS, PART, FALSE, FALSE, root_close },
  { "cn", FALSE, TEXT, EXPRESSION, FALSE, FALSE, conset_xml_close_number },
  { "ci", FALSE, TEXT, EXPRESSION, FALSE, FALSE, variable_close },
  { "full", FALSE, NOTHING, EXPRESSION, FALSE, FALSE, conset_xml_close_word },
  { "oneToOne", FALSE, NOTHING, EXPRESSION, FALSE, FALSE, conset_xml_close_word },
  { "N", FALSE, NOTHING, EXPRESSION, FALSE, FALSE, conset_xml_close_word },
  { "intervalset", FALSE, ELEMENTS, EXPRESSION, FALSE, FALSE, intervalset_close },
  { "interval", FALSE, ELEMENTS, PART, FALSE, FALSE, interval_close },
  { "apply", FALSE, ELEMENTS, EXPRESSION, FALSE, FALSE, apply_close },
  { "bind", FALSE, ELEMENTS, EXPRESSION, FALSE, FALSE, bind_close },
  { "closure", FALSE, NOTHING, PART, FALSE, FALSE, NULL },
  { "bvar", FALSE, ELEMENTS, PART, FALSE, FALSE, bvar_close },
  { "cross", FALSE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "cset", FALSE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "plus", FALSE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "minus", FALSE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "times", FALSE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "complement", FALSE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "randomMask", FALSE, NOTHING, OPERATOR, FALSE, TRUE, NULL },
  { "random_N", FALSE, NOTHING, OPERATOR, FALSE, TRUE, NULL },
  { "random_fanIn", FALSE, NOTHING, OPERATOR, FALSE, TRUE, NULL },
  { "random_fanOut", FALSE, NOTHING, OPERATOR, FALSE, TRUE, NULL },
  { "name", TRUE, TEXT, EXPRESSION, FALSE, FALSE, conset_xml_close_name },
  { "string", TRUE, TEXT, EXPRESSION, FALSE, FALSE, conset_xml_close_string },
  { "true", TRUE, NOTHING, EXPRESSION, FALSE, FALSE, conset_xml_close_boolean },
  { "false", TRUE, NOTHING, EXPRESSION, FALSE, FALSE, conset_xml_close_boolean },
  { "list", TRUE, ELEMENTS, EXPRESSION, FALSE, FALSE, sequence_close },
  { "tuple", TRUE, ELEMENTS, EXPRESSION, FALSE, FALSE, sequence_close },
  { "call", TRUE, ELEMENTS, EXPRESSION, TRUE, FALSE, call_close },
  { "argument", TRUE, ELEMENTS, PART, TRUE, FALSE, argument_close },
  { "chain", TRUE, ELEMENTS, EXPRESSION, FALSE, FALSE, chain_close },
  { "compare", TRUE, ELEMENTS, EXPRESSION, FALSE, FALSE, compare_close },
  { "if", TRUE, ELEMENTS, EXPRESSION, FALSE, FALSE, if_close },
  { "lambda", TRUE, ELEMENTS, EXPRESSION, FALSE, FALSE, lambda_close },
  { "parameter", TRUE, TEXT, PART, FALSE, FALSE, conset_xml_close_name },
  { "member", TRUE, ELEMENTS, EXPRESSION, TRUE, FALSE, member_close },
  { "item", TRUE, ELEMENTS, EXPRESSION, FALSE, FALSE, item_close },
  { "union", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "symmetricDifference", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "quotient", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "remainder", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "power", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "and", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "or", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "not", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "negative", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "positive", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "less", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "greater", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "lessEqual", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "greaterEqual", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "equal", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
  { "notEqual", TRUE, NOTHING, OPERATOR, FALSE, FALSE, NULL },
};

const ConsetXmlElement *
conset_xml_element_find (gboolean own, const char *name)
{
  for (gsize k = 0; k < G_N_ELEMENTS (elements); k++)
    if (elements[k].own == own && strcmp (elements[k].name, name) == 0)
      return &elements[k];
  return NULL;
}

/* Frames */

void
conset_xml_frame_clear (gpointer data)
{
  ConsetXmlFrame *frame = data;

  if (frame->text != NULL)
    g_string_free (frame->text, TRUE);
  if (frame->children != NULL)
    g_array_unref (frame->children);
}

gboolean
conset_xml_close (ConsetXmlBuilder *builder)
{
  guint depth = builder->frames->len;
  ConsetXmlFrame *frame = &g_array_index (builder->frames, ConsetXmlFrame, depth - 1);
  ConsetXmlChild child = { .element = frame->element,
                           .position = frame->position,
                           .seed = frame->seed };

  if (frame->element->close != NULL && !frame->element->close (builder, frame, &child))
    return FALSE;
  g_array_set_size (builder->frames, depth - 1);
  if (depth > 1)
    g_array_append_val (g_array_index (builder->frames, ConsetXmlFrame, depth - 2).children, child);
  return TRUE;
}
