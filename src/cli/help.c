/* SPDX-License-Identifier: MIT */
/*
 * Help on the terminal, wrapped to 80 columns.
 */
#include "docs.h"

#include <string.h>

#define HELP_WIDTH 80

/* Where the descriptions of options and commands begin. */
#define OPTION_INDENT 22
#define COMMAND_INDENT 13
#define LANGUAGE_INDENT 4

const char cli_help_introduction[] =
  "conset works with the connection-set algebra: connections between numbered sources and "
  "targets are written as an expression over possibly infinite sets. The tool draws such a "
  "set, counts and lists its connections, and tells how it would be evaluated.\n\n"
  "An expression is written as for the Python CSA, such as 'block(10)*random(0.7)-oneToOne'. "
  "Put it in quotes, or in a file that is given with -f. In numbers, 1e6 means a million. "
  "'conset docs language' lists what an expression may contain.";

const char *const cli_help_examples[] = {
  "conset show 'block(10)*random(0.7)*random(0.5) - oneToOne'",
  "conset count 'random(0.1)' -n 20000",
  "conset tabulate 'cross(range(10), range(10)) * oneToOne' > connections.tsv",
  NULL,
};

/*
 * Appends @text, broken at spaces, each line but the first indented by @indent. @column is
 * where the first line begins. An empty line separates paragraphs.
 */
static void
wrapped_append (GString *out, const char *text, gsize column, gsize indent)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);

  for (gsize p = 0; paragraphs[p] != NULL; p++)
    {
      g_auto (GStrv) words = g_strsplit (paragraphs[p], " ", -1);

      if (p > 0)
        g_string_append_printf (out, "\n%*s", (int) indent, "");
      for (gsize k = 0; words[k] != NULL; k++)
        {
          gsize length = strlen (words[k]);

          if (k > 0 && column + 1 + length > HELP_WIDTH)
            {
              g_string_append_printf (out, "\n%*s", (int) indent, "");
              column = indent;
            }
          else if (k > 0)
            {
              g_string_append_c (out, ' ');
              column++;
            }
          g_string_append (out, words[k]);
          column += length;
        }
      g_string_append_c (out, '\n');
      column = indent;
    }
}

/* Appends "  @term" and its description in the column @indent, below it if it is too long. */
static void
item_append (GString *out, const char *term, const char *description, gsize indent)
{
  g_string_append_printf (out, "  %s", term);
  if (strlen (term) + 4 > indent)
    g_string_append_printf (out, "\n%*s", (int) indent, "");
  else
    g_string_append_printf (out, "%*s", (int) (indent - 2 - strlen (term)), "");
  wrapped_append (out, description, indent, indent);
}

static void
option_append (GString *out, const GOptionEntry *entry)
{
  g_autofree char *letter =
    entry->short_name != 0 ? g_strdup_printf ("-%c, ", entry->short_name) : g_strdup ("    ");
  g_autofree char *term =
    g_strdup_printf ("%s--%s%s%s", letter, entry->long_name, entry->arg_description ? "=" : "",
                     entry->arg_description ? entry->arg_description : "");

  item_append (out, term, entry->description, OPTION_INDENT);
}

/* Appends @text, each of its lines indented by two. */
static void
indented_append (GString *out, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize k = 0; lines[k] != NULL; k++)
    if (lines[k][0] != '\0')
      g_string_append_printf (out, "  %s\n", lines[k]);
}

void
cli_help_print_command (const CliCommand *command, CliOutput *output)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) entries = cli_command_options (command);

  g_string_append_printf (out, "Usage: conset %s [OPTION...] %s\n\n", command->name,
                          command->arguments);
  wrapped_append (out, command->description, 0, 0);
  g_string_append (out, "\nOptions:\n");
  for (guint k = 0; k < entries->len; k++)
    option_append (out, entries->pdata[k]);
  g_string_append_printf (out, "\nExample:\n  $ %s\n", command->example);
  if (command->example_output != NULL)
    indented_append (out, command->example_output);
  cli_output_text (output, out->str);
}

void
cli_help_print_language (CliOutput *output)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *term, *meaning;

  for (gsize k = 0; cli_language_item (k, &term, &meaning); k++)
    {
      wrapped_append (out, term, 0, LANGUAGE_INDENT);
      g_string_append_printf (out, "%*s", LANGUAGE_INDENT, "");
      wrapped_append (out, meaning, LANGUAGE_INDENT, LANGUAGE_INDENT);
    }
  cli_output_text (output, out->str);
}

void
cli_help_print (CliOutput *output)
{
  g_autoptr (GString) out = g_string_new ("Usage: conset COMMAND [OPTION...] [ARGUMENT...]\n\n");

  wrapped_append (out, cli_help_introduction, 0, 0);
  g_string_append (out, "\nCommands:\n");
  for (gsize k = 0; cli_commands[k] != NULL; k++)
    item_append (out, cli_commands[k]->name, cli_commands[k]->summary, COMMAND_INDENT);
  g_string_append (out, "\nOptions:\n");
  item_append (out, "-h, --help", "Show this help; after a command, the help of the command",
               OPTION_INDENT);
  item_append (out, "    --version", "Show the version of the library and the kernels in use",
               OPTION_INDENT);
  g_string_append (out, "\nExamples:\n");
  for (gsize k = 0; cli_help_examples[k] != NULL; k++)
    g_string_append_printf (out, "  $ %s\n", cli_help_examples[k]);
  cli_output_text (output, out->str);
}
