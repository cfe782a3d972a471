/* SPDX-License-Identifier: MIT */
/*
 * The manual page, in the man macros of troff.
 */
#include "docs.h"

#include <string.h>

/* What troff prints for a character that means something else to it. */
static const char *
escape_of (char character)
{
  switch (character)
    {
    case '\\':
      return "\\e";
    case '-':
      return "\\-";
    case '\'':
      return "\\(aq";
    case '"':
      return "\\(dq";
    case '`':
      return "\\(ga";
    case '^':
      return "\\(ha";
    case '~':
      return "\\(ti";
    default:
      return NULL;
    }
}

/* Appends @text so that it is printed as it is. */
static void
escaped_append (GString *out, const char *text)
{
  gboolean line_start = TRUE;

  for (; *text != '\0'; text++)
    {
      const char *escape = escape_of (*text);

      if (line_start && *text == '.')
        g_string_append (out, "\\&");
      if (escape != NULL)
        g_string_append (out, escape);
      else
        g_string_append_c (out, *text);
      line_start = *text == '\n';
    }
}

static void
paragraphs_append (GString *out, const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);

  for (gsize k = 0; paragraphs[k] != NULL; k++)
    {
      g_string_append (out, k > 0 ? ".PP\n" : "");
      escaped_append (out, paragraphs[k]);
      g_string_append_c (out, '\n');
    }
}

/* Appends lines that are printed as they stand. */
static void
verbatim_append (GString *out, const char *const *lines)
{
  g_string_append (out, ".RS 4\n.nf\n");
  for (; *lines != NULL; lines++)
    {
      escaped_append (out, *lines);
      g_string_append_c (out, '\n');
    }
  g_string_append (out, ".fi\n.RE\n");
}

static void
option_append (GString *out, const GOptionEntry *entry)
{
  g_string_append (out, ".TP\n");
  if (entry->short_name != 0)
    g_string_append_printf (out, "\\fB\\-%c\\fR, ", entry->short_name);
  g_string_append (out, "\\fB\\-\\-");
  escaped_append (out, entry->long_name);
  g_string_append (out, "\\fR");
  if (entry->arg_description != NULL)
    g_string_append_printf (out, "=\\fI%s\\fR", entry->arg_description);
  g_string_append_c (out, '\n');
  escaped_append (out, entry->description);
  g_string_append_c (out, '\n');
}

static void
command_append (GString *out, const CliCommand *command)
{
  g_autoptr (GPtrArray) entries = cli_command_options (command);
  g_autofree char *example = g_strdup_printf (
    "$ %s\n%s", command->example, command->example_output ? command->example_output : "");
  g_auto (GStrv) lines = g_strsplit (g_strchomp (example), "\n", -1);

  g_string_append_printf (out, ".SS \"conset %s [OPTION...] %s\"\n", command->name,
                          command->arguments);
  paragraphs_append (out, command->description);
  for (guint k = 0; k < entries->len; k++)
    option_append (out, entries->pdata[k]);
  g_string_append (out, ".PP\n");
  verbatim_append (out, (const char *const *) lines);
}

static void
language_append (GString *out)
{
  const char *term, *meaning;

  g_string_append (out, ".SH EXPRESSIONS\n");
  for (gsize k = 0; cli_language_item (k, &term, &meaning); k++)
    {
      g_string_append (out, ".TP\n\\fB");
      escaped_append (out, term);
      g_string_append (out, "\\fR\n");
      escaped_append (out, meaning);
      g_string_append_c (out, '\n');
    }
}

static void
commands_append (GString *out)
{
  g_string_append (out, ".SH COMMANDS\n");
  for (gsize k = 0; cli_commands[k] != NULL; k++)
    command_append (out, cli_commands[k]);
}

void
cli_manual_print (CliOutput *output)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, ".TH CONSET 1 \"\" \"conset %s\" \"User Commands\"\n",
                          conset_version ());
  g_string_append (out, ".SH NAME\nconset \\- draw, count and list connection sets\n"
                        ".SH SYNOPSIS\n"
                        "\\fBconset\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]\n"
                        ".br\n"
                        "\\fBconset\\fR \\fB\\-\\-help\\fR\n"
                        ".br\n"
                        "\\fBconset\\fR \\fB\\-\\-version\\fR\n"
                        ".SH DESCRIPTION\n");
  paragraphs_append (out, cli_help_introduction);
  commands_append (out);
  language_append (out);
  g_string_append (out, ".SH EXIT STATUS\n"
                        ".TP\n0\nSuccess, also if whoever reads the output stops early.\n"
                        ".TP\n1\nThe command failed; a message is on standard error.\n"
                        ".TP\n2\nThe command line is wrong.\n"
                        ".SH ENVIRONMENT\n"
                        ".TP\n\\fBCOLUMNS\\fR\n"
                        "Width of pictures where standard output is no terminal.\n"
                        ".TP\n\\fBLC_ALL\\fR, \\fBLC_CTYPE\\fR, \\fBLANG\\fR\n"
                        "Whether pictures can use Unicode characters.\n"
                        ".SH EXAMPLES\n");
  verbatim_append (out, cli_help_examples);
  cli_output_text (output, out->str);
}
