/* SPDX-License-Identifier: MIT */
/*
 * conset parse: the set of an XML document as text.
 */
#include "cli.h"
#include "input.h"
#include "options.h"

#include <string.h>

static char *parameters;
static gboolean files;

static const GOptionEntry parse_options[] = {
  { "parameters", 'p', 0, G_OPTION_ARG_STRING, &parameters,
    "Values of the variables that the document binds, in their order, separated by commas",
    "VALUES" },
  { "files", 0, 0, G_OPTION_ARG_NONE, &files,
    "Allow the document to read the files that it names, such as those of positions", NULL },
  { 0 },
};

/* Appends the numbers that --parameters lists to @values. */
static gboolean
parameters_read (GArray *values, GError **error)
{
  g_auto (GStrv) words = g_strsplit (parameters != NULL ? parameters : "", ",", -1);

  for (gsize k = 0; words[k] != NULL; k++)
    {
      char *end;
      double value = g_ascii_strtod (words[k], &end);

      if (end == words[k] || *end != '\0' || !(value - value == 0))
        {
          g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "--parameters: '%s' is no number",
                       words[k]);
          return FALSE;
        }
      g_array_append_val (values, value);
    }
  return TRUE;
}

static gboolean
parse_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *document = NULL, *title = cli_get_file_title (arguments[0]), *text = NULL;
  g_autoptr (Conset) set = NULL;
  ConsetXmlOptions options = { .name = title, .seed = cli_get_seed () };

  if (!parameters_read (values, error))
    return FALSE;
  document = cli_read_text (arguments[0], error);
  if (document == NULL)
    return FALSE;
  options.parameters = (const double *) values->data;
  options.n_parameters = values->len;
  options.flags = files ? CONSET_PARSE_FILES : CONSET_PARSE_DEFAULT;
  set = conset_parse_xml (document, strlen (document), &options, error);
  if (set == NULL)
    return FALSE;
  text = conset_to_string (set);
  cli_output_printf (output, "%s\n", text);
  return TRUE;
}

const CliCommand cli_parse_command = {
  .name = "parse",
  .arguments = "FILE",
  .summary = "print the set of an XML document as an expression",
  .description =
    "Reads FILE, standard input if it is '-', an XML document that Python CSA or 'conset xml' has "
    "written, and prints its set as an expression that all commands take. A document with "
    "variables (<bind>) needs their values with --parameters.\n\n"
    "Documents are read with suspicion: document types and entities, unknown elements, numbers "
    "that are none and very deep nesting are errors, and no other file is read without --files.",
  .options = { cli_script_options, parse_options },
  .example = "conset xml 'full - oneToOne' | conset parse -",
  .example_output = "full - oneToOne\n",
  .run = parse_run,
};
