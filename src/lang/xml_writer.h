/* SPDX-License-Identifier: MIT */
/*
 * Writes elements of XML documents.
 */
#pragma once

#include "ast.h"
#include "interpreter.h"

G_BEGIN_DECLS

/** Intervals that an index set is written with at most. */
#define CONSET_XML_MOST_INTERVALS 4096

/**
 * ConsetXmlWriter:
 * @interpreter: finds what index sets there are
 * @n_inline: elements around this one whose content stands on one line
 * @n_lambdas: lambdas around this element
 * @deepest: how deep elements nest
 * @own: whether there is anything of our namespace
 * @beyond: (nullable): the first part that Python CSA cannot read
 */
typedef struct
{
  ConsetInterpreter *interpreter;
  GString *out;
  guint depth;
  guint n_inline;
  guint n_lambdas;
  guint deepest;
  gboolean own;
  char *beyond;
} ConsetXmlWriter;

/** @value: (nullable): of the attribute `name` */
void     conset_xml_writer_open         (ConsetXmlWriter     *self,
                                         gboolean             own,
                                         const char          *name,
                                         const char          *value);
void     conset_xml_writer_close        (ConsetXmlWriter     *self,
                                         gboolean             own,
                                         const char          *name);

/** The same for an element that begins and ends on a line. */
void     conset_xml_writer_begin_inline (ConsetXmlWriter     *self,
                                         gboolean             own,
                                         const char          *name);
void     conset_xml_writer_end_inline   (ConsetXmlWriter     *self,
                                         gboolean             own,
                                         const char          *name);

/** @seed: (nullable): its attribute of that name */
void     conset_xml_writer_add_empty    (ConsetXmlWriter     *self,
                                         gboolean             own,
                                         const char          *name,
                                         const char          *seed);
void     conset_xml_writer_add_text     (ConsetXmlWriter     *self,
                                         gboolean             own,
                                         const char          *name,
                                         const char          *text);

/** Whether @node is an integer or a real, without a sign. */
gboolean conset_xml_is_number           (const ConsetAstNode *node);

/** Adds such a number behind @sign. */
void     conset_xml_writer_add_number   (ConsetXmlWriter     *self,
                                         const char          *sign,
                                         const ConsetAstNode *node);

/** Adds the index set that @node stands for in the words of Python CSA; FALSE, with nothing
 * written, if it is none, or has more than CONSET_XML_MOST_INTERVALS intervals. */
gboolean conset_xml_writer_add_indices  (ConsetXmlWriter     *self,
                                         const ConsetAstNode *node);

/** Notes that Python CSA cannot read what is described, if it is the first such part. */
void     conset_xml_writer_go_beyond    (ConsetXmlWriter     *self,
                                         const char          *format,
                                         ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
