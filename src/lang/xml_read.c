/* SPDX-License-Identifier: MIT */
/*
 * Reads XML by libxml2, event by event, into a syntax tree, which the interpreter evaluates.
 *
 * The parser gets the document in one piece, as UTF-8 that has been checked; it has no way to ask
 * for anything else. It is stopped at the first document type, before it looks into that, so that
 * there are no entities but the five of XML; at the first element that nests too deep; and at the
 * first that is wrong. Its own bounds on depth, which are lower, are lifted, and so are those on
 * the length of a text, which is bounded by the length of the document.
 *
 * Errors, also those of the interpreter, show the line of the document.
 */
#include "interpreter.h"
#include "xml.h"
#include "xml_build.h"

#include <conset/lang.h>
#include <conset/xml.h>

#include <string.h>

#ifdef CONSET_HAVE_LIBXML2

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#define XSI_NAMESPACE "http://www.w3.org/2001/XMLSchema-instance"

/* @failed: whether the builder has set its error */
typedef struct
{
  ConsetXmlBuilder builder;
  xmlParserCtxtPtr parser;
  gboolean failed;
} Reader;

/* Attributes as libxml2 gives them, five pointers each. */
typedef struct
{
  const char *name;
  const char *prefix;
  const char *uri;
  const char *value;
  const char *end;
} Attribute;

G_STATIC_ASSERT (sizeof (Attribute) == 5 * sizeof (const xmlChar *));

static void reader_fail (Reader *self, gsize position, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

static void
reader_stop (Reader *self)
{
  self->failed = TRUE;
  xmlStopParser (self->parser);
}

static void
reader_fail (Reader *self, gsize position, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  conset_xml_fail (&self->builder, position, "%s", message);
  reader_stop (self);
}

/* Where the parser is. */
static gsize
reader_position (const Reader *self)
{
  long consumed = xmlByteConsumed (self->parser);

  return consumed < 0 ? 0 : MIN ((gsize) consumed, self->builder.source->length);
}

/* Where the tag begins that the parser has just read. */
static gsize
reader_tag_position (const Reader *self)
{
  const char *text = self->builder.source->text;
  gsize position = reader_position (self);

  while (position > 0 && text[position] != '<')
    position--;
  return position;
}

/* Elements */

/* Whether @uri is our namespace; sets an error for other versions of it, and for all namespaces
 * that are not known. */
static gboolean
reader_check_namespace (
  Reader *self, const char *name, const char *uri, gsize position, gboolean *own)
{
  g_autofree char *quoted_name = conset_quote (name, strlen (name));
  g_autofree char *quoted = uri != NULL ? conset_quote (uri, strlen (uri)) : NULL;

  *own = g_strcmp0 (uri, CONSET_XML_NAMESPACE) == 0;
  if (*own || g_strcmp0 (uri, CONSET_XML_CSA_NAMESPACE) == 0)
    return TRUE;
  if (uri == NULL)
    reader_fail (self, position, "the element %s is in no namespace; begin with <CSA xmlns=\"%s\">",
                 quoted_name, CONSET_XML_CSA_NAMESPACE);
  else if (g_str_has_prefix (uri, CONSET_XML_NAMESPACE_STEM))
    reader_fail (self, position,
                 "the element %s was written by another version of conset, in %s; this one reads "
                 "'%s'",
                 quoted_name, quoted, CONSET_XML_NAMESPACE);
  else
    reader_fail (self, position, "the element %s is in the namespace %s, which is not known here",
                 quoted_name, quoted);
  return FALSE;
}

/* The element @name, if it may stand here; else NULL with the error set. */
static const ConsetXmlElement *
reader_find_element (Reader *self, const char *name, const char *uri, gsize position)
{
  gboolean is_root = self->builder.frames->len == 0;
  const ConsetXmlElement *element;
  g_autofree char *quoted = NULL;
  gboolean own;

  if (!reader_check_namespace (self, name, uri, position, &own))
    return NULL;
  element = conset_xml_element_find (own, name);
  if (element != NULL && is_root == (!own && strcmp (name, "CSA") == 0))
    return element;
  quoted = conset_quote (name, strlen (name));
  if (is_root)
    reader_fail (self, position, "the document is a %s, where <CSA> belongs", quoted);
  else if (element != NULL)
    reader_fail (self, position, "there is a <CSA> within <CSA>");
  else
    reader_fail (self, position, "there is no element %s in the namespace '%s'", quoted, uri);
  return NULL;
}

static gboolean
reader_read_attribute (Reader *self, ConsetXmlFrame *frame, const Attribute *attribute)
{
  gsize length = (gsize) (attribute->end - attribute->value);
  g_autofree char *value = g_strndup (attribute->value, length);
  g_autofree char *quoted = NULL;
  gboolean own = g_strcmp0 (attribute->uri, CONSET_XML_NAMESPACE) == 0;

  if (frame->element->has_name && attribute->uri == NULL && strcmp (attribute->name, "name") == 0)
    frame->name = conset_ast_add_name (self->builder.ast, value, length);
  else if (frame->element->has_seed && own && strcmp (attribute->name, "seed") == 0)
    {
      frame->seed = conset_xml_number_read (&self->builder, value, frame->position);
      if (frame->seed == NULL)
        reader_stop (self);
    }
  else if (g_strcmp0 (attribute->uri, XSI_NAMESPACE) != 0
           && g_strcmp0 (attribute->uri, (const char *) XML_XML_NAMESPACE) != 0)
    {
      quoted = conset_quote (attribute->name, strlen (attribute->name));
      reader_fail (self, frame->position, "<%s> has no attribute %s%s", frame->element->name,
                   quoted, own ? "" : " of that namespace");
    }
  return !self->failed;
}

/* Whether one more element may begin in the innermost one. */
static gboolean
reader_check_place (Reader *self, gsize position)
{
  GArray *frames = self->builder.frames;
  const ConsetXmlFrame *around =
    frames->len > 0 ? &g_array_index (frames, ConsetXmlFrame, frames->len - 1) : NULL;

  if (frames->len > CONSET_XML_MAX_DEPTH)
    reader_fail (self, position, "elements nest more than %d levels deep", CONSET_XML_MAX_DEPTH);
  else if (around != NULL && around->element->content != CONSET_XML_ELEMENTS)
    reader_fail (self, position, "<%s> holds no elements", around->element->name);
  return !self->failed;
}

static void
reader_begin_element (void *data,
                      const xmlChar *name,
                      const xmlChar *prefix,
                      const xmlChar *uri,
                      G_GNUC_UNUSED int n_namespaces,
                      G_GNUC_UNUSED const xmlChar **namespaces,
                      int n_attributes,
                      G_GNUC_UNUSED int n_defaulted,
                      const xmlChar **attributes)
{
  Reader *self = data;
  ConsetXmlFrame frame = { .position = reader_tag_position (self) };

  if (self->failed || !reader_check_place (self, frame.position))
    return;
  if (prefix != NULL && uri == NULL)
    {
      reader_fail (self, frame.position, "the prefix '%.40s' stands for no namespace",
                   (const char *) prefix);
      return;
    }
  frame.element =
    reader_find_element (self, (const char *) name, (const char *) uri, frame.position);
  if (frame.element == NULL)
    return;
  for (int k = 0; k < n_attributes; k++)
    if (!reader_read_attribute (self, &frame, &((const Attribute *) attributes)[k]))
      return;
  if (frame.element->content == CONSET_XML_TEXT)
    frame.text = g_string_new (NULL);
  else
    frame.children = g_array_new (FALSE, FALSE, sizeof (ConsetXmlChild));
  g_array_append_val (self->builder.frames, frame);
}

static void
reader_end_element (void *data,
                    G_GNUC_UNUSED const xmlChar *name,
                    G_GNUC_UNUSED const xmlChar *prefix,
                    G_GNUC_UNUSED const xmlChar *uri)
{
  Reader *self = data;

  if (!self->failed && !conset_xml_close (&self->builder))
    reader_stop (self);
}

static void
reader_fail_at_text (Reader *self, const char *name, const char *text, gsize length)
{
  const ConsetSource *source = self->builder.source;
  gsize position = reader_position (self), blanks = strspn (source->text + position, " \t\r\n");
  g_autofree char *quoted = conset_quote (text, length);

  /* Where the parser stands before the blanks that come before the text. */
  if (source->text[position + blanks] == *text)
    position += blanks;
  reader_fail (self, position, "the text %s stands in <%s>, which holds none", quoted, name);
}

static void
reader_add_text (void *data, const xmlChar *text, int length)
{
  Reader *self = data;
  GArray *frames = self->builder.frames;
  ConsetXmlFrame *frame;
  gsize blanks = 0, n = (gsize) length;

  if (self->failed || frames->len == 0)
    return;
  frame = &g_array_index (frames, ConsetXmlFrame, frames->len - 1);
  if (frame->text != NULL)
    {
      g_string_append_len (frame->text, (const char *) text, length);
      return;
    }
  while (blanks < n && strchr (" \t\r\n", text[blanks]) != NULL)
    blanks++;
  if (blanks < n)
    reader_fail_at_text (self, frame->element->name, (const char *) text + blanks, n - blanks);
}

/* Called at the name of a document type, before what it declares is read. */
static void
reader_refuse_type (void *data,
                    G_GNUC_UNUSED const xmlChar *name,
                    G_GNUC_UNUSED const xmlChar *external_id,
                    G_GNUC_UNUSED const xmlChar *system_id)
{
  Reader *self = data;

  if (!self->failed)
    reader_fail (self, reader_tag_position (self),
                 "document types (<!DOCTYPE ...>), and so entities, are not read; remove it");
}

/* Documents */

/* Where line @line, column @column of the document is, both counted from 1. */
static gsize
source_position (const ConsetSource *source, int line, int column)
{
  const char *p = source->text;
  const char *end;

  for (int k = 1; k < line && strchr (p, '\n') != NULL; k++)
    p = strchr (p, '\n') + 1;
  end = p + strcspn (p, "\n");
  return (gsize) (MIN (p + MAX (column - 1, 0), end) - source->text);
}

/* The error of the parser itself. */
static void
reader_fail_as_parser (Reader *self)
{
  const xmlError *problem = xmlCtxtGetLastError (self->parser);
  g_autofree char *message = g_strdup (
    problem != NULL && problem->message != NULL ? problem->message : "the document ends too early");
  int line = problem != NULL ? problem->line : 0;
  int column = problem != NULL ? problem->int2 : 0;

  g_strdelimit (g_strstrip (message), "\n\r", ' ');
  conset_xml_fail (&self->builder, source_position (self->builder.source, line, column),
                   "this is no XML: %s", message);
  self->failed = TRUE;
}

/* Whether the declaration of the document, if it has one, tells of UTF-8. */
static gboolean
reader_check_encoding (Reader *self)
{
  const char *text = self->builder.source->text;
  const char *end = g_str_has_prefix (text, "<?xml") ? strstr (text, "?>") : NULL;
  const char *word = end != NULL ? g_strstr_len (text, end - text, "encoding") : NULL;
  const char *name, *close;
  g_autofree char *encoding = NULL;

  if (word == NULL)
    return TRUE;
  name = word + strcspn (word, "\"'?");
  close = *name != '?' ? strchr (name + 1, *name) : NULL;
  if (close == NULL || close > end)
    return TRUE;
  encoding = g_strndup (name + 1, (gsize) (close - name - 1));
  if (g_ascii_strcasecmp (encoding, "UTF-8") == 0 || g_ascii_strcasecmp (encoding, "US-ASCII") == 0
      || g_ascii_strcasecmp (encoding, "ASCII") == 0)
    return TRUE;
  return conset_xml_fail (&self->builder, (gsize) (name + 1 - text),
                          "the encoding '%.40s' is not read; save the document as UTF-8", encoding);
}

/* Reads the document into the builder; FALSE with its error set on failure. */
static gboolean
reader_run (Reader *self)
{
  xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .internalSubset = reader_refuse_type,
    .startElementNs = reader_begin_element,
    .endElementNs = reader_end_element,
    .characters = reader_add_text,
    .ignorableWhitespace = reader_add_text,
    .cdataBlock = reader_add_text,
  };
  const ConsetSource *source = self->builder.source;

  if (!reader_check_encoding (self))
    return FALSE;
  self->parser = xmlCreatePushParserCtxt (&handler, self, NULL, 0, NULL);
  if (self->parser == NULL)
    return conset_xml_fail (&self->builder, 0, "libxml2 could not begin");
  xmlCtxtUseOptions (self->parser, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC
                                     | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  xmlParseChunk (self->parser, source->text, (int) source->length, 1);
  if (!self->failed
      && (!self->parser->wellFormed || !self->parser->nsWellFormed || self->builder.root == NULL))
    reader_fail_as_parser (self);
  xmlFreeParserCtxt (self->parser);
  return !self->failed;
}

static ConsetAstNode *
document_read (const ConsetSource *source, ConsetAst *ast, GError **error)
{
  static gsize initialized = 0;
  Reader reader = { .builder = { .source = source, .ast = ast, .error = error } };
  gboolean ok;

  if (g_once_init_enter (&initialized))
    {
      xmlInitParser ();
      g_once_init_leave (&initialized, 1);
    }
  reader.builder.frames = g_array_new (FALSE, FALSE, sizeof (ConsetXmlFrame));
  g_array_set_clear_func (reader.builder.frames, conset_xml_frame_clear);
  ok = reader_run (&reader);
  g_array_unref (reader.builder.frames);
  return ok ? reader.builder.root : NULL;
}

/* What the document denotes, applied to the parameters if it is a closure. */
static ConsetAstNode *
document_apply (const ConsetSource *source,
                ConsetAst *ast,
                ConsetAstNode *root,
                const ConsetXmlOptions *options,
                GError **error)
{
  gsize n_needed = root->kind == CONSET_AST_LAMBDA ? root->n_items : 0;
  ConsetAstNode *call;
  ConsetAstItem **end;

  if (options->n_parameters != n_needed)
    {
      conset_source_set_error (source, root->position, CONSET_ERROR_COMPOSITION, error,
                               "the document is a set of %" G_GSIZE_FORMAT
                               " parameters, and %" G_GSIZE_FORMAT " were given",
                               n_needed, options->n_parameters);
      return NULL;
    }
  if (root->kind != CONSET_AST_LAMBDA)
    return root;
  call = conset_ast_add_node (ast, CONSET_AST_CALL, root->position);
  call->callee = root;
  call->n_items = n_needed;
  end = &call->items;
  for (gsize k = 0; k < n_needed; k++)
    {
      ConsetAstNode *number = conset_ast_add_node (ast, CONSET_AST_REAL, root->position);

      number->real = options->parameters[k];
      *end = conset_ast_add_item (ast, number);
      end = &(*end)->next;
    }
  return call;
}

static Conset *
document_evaluate (const ConsetSource *source, const ConsetXmlOptions *options, GError **error)
{
  g_autoptr (ConsetAst) ast = conset_ast_new ();
  g_autoptr (ConsetInterpreter) interpreter = NULL;
  g_auto (ConsetLangValue) result = CONSET_LANG_VALUE_INIT;
  ConsetAstStatement *statement;
  ConsetAstNode *root = document_read (source, ast, error);

  if (root != NULL)
    root = document_apply (source, ast, root, options, error);
  if (root == NULL)
    return NULL;
  statement = conset_ast_add_statement (ast, root->position);
  statement->expression = root;
  interpreter = conset_interpreter_new (source, options->seed, options->flags);
  if (!conset_interpreter_evaluate_as (interpreter, statement, conset_lang_value_to_set, &result,
                                       error))
    return NULL;
  result.kind = CONSET_LANG_NONE;
  return result.set;
}

/* What many editors put before UTF-8. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

Conset *
conset_parse_xml (const char *text, gsize length, const ConsetXmlOptions *options, GError **error)
{
  static const ConsetXmlOptions defaults = { .seed = CONSET_DEFAULT_SEED };
  g_autofree char *copy = NULL;
  ConsetSource source;
  const char *end;
  gsize skipped;

  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  options = options != NULL ? options : &defaults;
  copy = g_malloc (length + 1);
  if (length > 0)
    memcpy (copy, text, length);
  copy[length] = '\0';
  skipped = g_str_has_prefix (copy, BYTE_ORDER_MARK) ? strlen (BYTE_ORDER_MARK) : 0;
  source =
    (ConsetSource){ .name = options->name, .text = copy + skipped, .length = length - skipped };
  if (source.text[strspn (source.text, " \t\r\n")] == '\0' && strlen (source.text) == source.length)
    conset_source_set_error (&source, 0, CONSET_ERROR_SYNTAX, error, "the document is empty");
  else if (source.length > G_MAXINT)
    conset_source_set_error (&source, 0, CONSET_ERROR_SYNTAX, error,
                             "the document is larger than 2 GiB");
  else if (!g_utf8_validate (source.text, (gssize) source.length, &end))
    conset_source_set_error (&source, (gsize) (end - source.text), CONSET_ERROR_SYNTAX, error,
                             "the byte 0x%02x is no part of UTF-8 text; save the document as UTF-8",
                             (guint) (guchar) *end);
  else
    return document_evaluate (&source, options, error);
  return NULL;
}

#else

Conset *
conset_parse_xml (G_GNUC_UNUSED const char *text,
                  G_GNUC_UNUSED gsize length,
                  G_GNUC_UNUSED const ConsetXmlOptions *options,
                  GError **error)
{
  g_set_error_literal (
    error, CONSET_ERROR, CONSET_ERROR_UNSUPPORTED,
    "this build of conset reads no XML; build it with libxml2 and CONSET_XML=ON");
  return NULL;
}

#endif
