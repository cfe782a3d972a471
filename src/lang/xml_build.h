/* SPDX-License-Identifier: MIT */
/*
 * The elements of XML documents, and the parts of syntax trees that they are made into.
 */
#pragma once

#include "ast.h"
#include "source.h"

G_BEGIN_DECLS

/**
 * ConsetXmlContent:
 * @CONSET_XML_NOTHING: the element is empty
 * @CONSET_XML_TEXT: text alone
 * @CONSET_XML_ELEMENTS: elements, with blanks between them
 */
typedef enum
{
  CONSET_XML_NOTHING,
  CONSET_XML_TEXT,
  CONSET_XML_ELEMENTS,
} ConsetXmlContent;

/**
 * ConsetXmlRole:
 * @CONSET_XML_EXPRESSION: has a value
 * @CONSET_XML_OPERATOR: says what is to be done with its neighbours
 * @CONSET_XML_PART: belongs to the element around it
 */
typedef enum
{
  CONSET_XML_EXPRESSION,
  CONSET_XML_OPERATOR,
  CONSET_XML_PART,
} ConsetXmlRole;

typedef struct _ConsetXmlBuilder ConsetXmlBuilder;
typedef struct _ConsetXmlElement ConsetXmlElement;
typedef struct _ConsetXmlFrame   ConsetXmlFrame;

/**
 * ConsetXmlChild:
 * @node: (nullable): what it is made into; NULL for operators and the like
 * @keyword: (nullable): of an argument
 * @seed: (nullable): a number, from the attribute
 *
 * An element that has been read.
 */
typedef struct
{
  const ConsetXmlElement *element;
  gsize                   position;
  ConsetAstNode          *node;
  const char             *keyword;
  ConsetAstNode          *seed;
} ConsetXmlChild;

/**
 * ConsetXmlElement:
 * @own: whether it is in our namespace
 * @has_name: whether it has an attribute `name`, or may have one
 * @has_seed: the same of an attribute `seed` in our namespace
 * @close: (nullable): makes @child, whose element and position are there, of all that was read;
 *   FALSE with the error set on failure
 */
struct _ConsetXmlElement
{
  const char       *name;
  gboolean          own;
  ConsetXmlContent  content;
  ConsetXmlRole     role;
  gboolean          has_name;
  gboolean          has_seed;
  gboolean        (*close) (ConsetXmlBuilder *builder,
                            ConsetXmlFrame   *frame,
                            ConsetXmlChild   *child);
};

/**
 * ConsetXmlFrame:
 * @name: (nullable): the attribute
 * @text: what stands in it, if that is text
 * @children: (element-type ConsetXmlChild): the elements in it that have been read
 *
 * An element that is being read.
 */
struct _ConsetXmlFrame
{
  const ConsetXmlElement *element;
  gsize                   position;
  const char             *name;
  ConsetAstNode          *seed;
  GString                *text;
  GArray                 *children;
};

/**
 * ConsetXmlBuilder:
 * @source: the document
 * @frames: (element-type ConsetXmlFrame): the elements around, from the root on
 * @root: what the document is made into
 * @error: where the first error is put
 */
struct _ConsetXmlBuilder
{
  const ConsetSource *source;
  ConsetAst          *ast;
  GArray             *frames;
  ConsetAstNode      *root;
  GError            **error;
};

/** conset_xml_fail: sets the error of @builder, which has none. Returns: FALSE */
gboolean conset_xml_fail   (ConsetXmlBuilder *builder,
                            gsize             position,
                            const char       *format,
                            ...) G_GNUC_PRINTF (3, 4);

/** conset_xml_element_find: Returns: (nullable): the element of this name */
const ConsetXmlElement *conset_xml_element_find (gboolean    own,
                                                 const char *name);

/** conset_xml_number_read: Returns: (nullable): the number that @text is, blanks around it aside,
 * of the syntax tree of @builder */
ConsetAstNode *conset_xml_number_read (ConsetXmlBuilder *builder,
                                       const char       *text,
                                       gsize             position);

/** conset_xml_name_check: Returns: whether @text may name something in the language; else FALSE
 * with the error set */
gboolean conset_xml_name_check (ConsetXmlBuilder *builder,
                                const char       *text,
                                gsize             position);

/* The close() of elements that hold text, and of those that are words of the text language. */

gboolean conset_xml_close_number (ConsetXmlBuilder *builder,
                                  ConsetXmlFrame   *frame,
                                  ConsetXmlChild   *child);
gboolean conset_xml_close_name   (ConsetXmlBuilder *builder,
                                  ConsetXmlFrame   *frame,
                                  ConsetXmlChild   *child);
gboolean conset_xml_close_string (ConsetXmlBuilder *builder,
                                  ConsetXmlFrame   *frame,
                                  ConsetXmlChild   *child);
gboolean conset_xml_close_boolean (ConsetXmlBuilder *builder,
                                  ConsetXmlFrame   *frame,
                                  ConsetXmlChild   *child);
gboolean conset_xml_close_word   (ConsetXmlBuilder *builder,
                                  ConsetXmlFrame   *frame,
                                  ConsetXmlChild   *child);

/** conset_xml_close: closes the innermost frame. Returns: FALSE with the error set on failure */
gboolean conset_xml_close  (ConsetXmlBuilder *builder);

/** conset_xml_frame_clear: frees what @frame, a ConsetXmlFrame, holds */
void     conset_xml_frame_clear (gpointer frame);

G_END_DECLS
