/* SPDX-License-Identifier: MIT */
/*
 * Lines of XML: elements, numbers and index sets.
 *
 * Elements stand on lines of their own, indented by how deep they nest, but for those within an
 * element that is written inline.
 */
#include "xml_writer.h"

#include "intervals.h"
#include "registry.h"
#include "text.h"

/* Elements */

static void
writer_begin_line (ConsetXmlWriter *self)
{
  if (self->n_inline == 0)
    for (guint k = 0; k < self->depth; k++)
      g_string_append (self->out, "  ");
}

static void
writer_end_line (ConsetXmlWriter *self)
{
  if (self->n_inline == 0)
    g_string_append_c (self->out, '\n');
}

/* @name with its prefix, noting that the namespace is in use. */
static void
writer_append_name (ConsetXmlWriter *self, gboolean own, const char *name)
{
  g_string_append_printf (self->out, "%s%s", own ? "c:" : "", name);
  self->own |= own;
}

static void
writer_append_attribute (ConsetXmlWriter *self, const char *name, const char *value)
{
  g_autofree char *escaped = value != NULL ? g_markup_escape_text (value, -1) : NULL;

  if (escaped != NULL)
    g_string_append_printf (self->out, " %s=\"%s\"", name, escaped);
}

void
conset_xml_writer_open (ConsetXmlWriter *self, gboolean own, const char *name, const char *value)
{
  writer_begin_line (self);
  g_string_append_c (self->out, '<');
  writer_append_name (self, own, name);
  writer_append_attribute (self, "name", value);
  g_string_append_c (self->out, '>');
  writer_end_line (self);
  self->depth++;
  self->deepest = MAX (self->deepest, self->depth);
}

void
conset_xml_writer_close (ConsetXmlWriter *self, gboolean own, const char *name)
{
  self->depth--;
  writer_begin_line (self);
  g_string_append (self->out, "</");
  writer_append_name (self, own, name);
  g_string_append_c (self->out, '>');
  writer_end_line (self);
}

void
conset_xml_writer_add_empty (ConsetXmlWriter *self,
                             gboolean own,
                             const char *name,
                             const char *seed)
{
  writer_begin_line (self);
  g_string_append_c (self->out, '<');
  writer_append_name (self, own, name);
  writer_append_attribute (self, "c:seed", seed);
  self->own |= seed != NULL;
  g_string_append (self->out, "/>");
  writer_end_line (self);
}

void
conset_xml_writer_add_text (ConsetXmlWriter *self, gboolean own, const char *name, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  writer_begin_line (self);
  g_string_append_c (self->out, '<');
  writer_append_name (self, own, name);
  g_string_append_printf (self->out, ">%s</", escaped);
  writer_append_name (self, own, name);
  g_string_append_c (self->out, '>');
  writer_end_line (self);
}

void
conset_xml_writer_go_beyond (ConsetXmlWriter *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (self->beyond == NULL)
    self->beyond = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

/* Numbers */

gboolean
conset_xml_is_number (const ConsetAstNode *node)
{
  return node->kind == CONSET_AST_INTEGER || node->kind == CONSET_AST_REAL;
}

void
conset_xml_writer_add_number (ConsetXmlWriter *self, const char *sign, const ConsetAstNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (node->kind == CONSET_AST_INTEGER)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, sign, node->integer);
  else
    conset_append_real (text, *sign == '-' ? -node->real : node->real);
  conset_xml_writer_add_text (self, FALSE, "cn", text->str);
}

void
conset_xml_writer_begin_inline (ConsetXmlWriter *self, gboolean own, const char *name)
{
  writer_begin_line (self);
  self->n_inline++;
  conset_xml_writer_open (self, own, name, NULL);
}

void
conset_xml_writer_end_inline (ConsetXmlWriter *self, gboolean own, const char *name)
{
  conset_xml_writer_close (self, own, name);
  self->n_inline--;
  writer_end_line (self);
}

/* Index sets */

static void
writer_add_interval (ConsetXmlWriter *self, guint64 first, guint64 last)
{
  const ConsetAstNode ends[] = { { .kind = CONSET_AST_INTEGER, .integer = first },
                                 { .kind = CONSET_AST_INTEGER, .integer = last } };

  conset_xml_writer_begin_inline (self, FALSE, "interval");
  conset_xml_writer_add_number (self, "", &ends[0]);
  conset_xml_writer_add_number (self, "", &ends[1]);
  conset_xml_writer_end_inline (self, FALSE, "interval");
}

/* Writes the members of @set one interval after the other; FALSE, with nothing written, if these
 * are too many. */
static gboolean
writer_add_members (ConsetXmlWriter *self, const ConsetIntervals *set)
{
  g_autofree guint64 (*runs)[2] = g_malloc_n (CONSET_XML_MOST_INTERVALS + 1, sizeof *runs);
  guint64 from = 0;
  gsize n =
    conset_intervals_next_runs (set, &from, CONSET_INDEX_END, runs, CONSET_XML_MOST_INTERVALS + 1);

  if (n > CONSET_XML_MOST_INTERVALS)
    return FALSE;
  if (n == 0)
    {
      conset_xml_writer_add_empty (self, FALSE, "intervalset", NULL);
      return TRUE;
    }
  conset_xml_writer_open (self, FALSE, "intervalset", NULL);
  for (gsize k = 0; k < n; k++)
    writer_add_interval (self, runs[k][0], runs[k][1] - 1);
  conset_xml_writer_close (self, FALSE, "intervalset");
  return TRUE;
}

/* Writes what all but finitely many indices are members of. */
static gboolean
writer_add_complement (ConsetXmlWriter *self, const ConsetIntervals *set)
{
  g_autoptr (ConsetIntervals) others = conset_intervals_complement (conset_intervals_ref (set));
  gsize length = self->out->len;
  guint deepest = self->deepest;

  if (conset_intervals_is_empty (others))
    {
      conset_xml_writer_add_empty (self, FALSE, "N", NULL);
      return TRUE;
    }
  conset_xml_writer_open (self, FALSE, "apply", NULL);
  conset_xml_writer_add_empty (self, FALSE, "complement", NULL);
  if (writer_add_members (self, others))
    {
      conset_xml_writer_close (self, FALSE, "apply");
      return TRUE;
    }
  self->depth--;
  self->deepest = deepest;
  g_string_truncate (self->out, length);
  return FALSE;
}

gboolean
conset_xml_writer_add_indices (ConsetXmlWriter *self, const ConsetAstNode *node)
{
  g_auto (ConsetLangValue) value = CONSET_LANG_VALUE_INIT;

  if (!conset_interpreter_evaluate (self->interpreter, node, &value, NULL)
      || !conset_lang_value_to_type (&value, CONSET_PARAMETER_INTERVALS, NULL))
    return FALSE;
  if (conset_intervals_contains (value.intervals, CONSET_INDEX_END - 1))
    return writer_add_complement (self, value.intervals);
  return writer_add_members (self, value.intervals);
}
