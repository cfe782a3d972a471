/* SPDX-License-Identifier: MIT */
/*
 * conset xml: the set as XML.
 */
#include "cli.h"
#include "input.h"
#include "options.h"

static gboolean for_python;

static const GOptionEntry xml_options[] = {
  { "python", 0, 0, G_OPTION_ARG_NONE, &for_python,
    "Fail where Python CSA could not read the document, instead of a warning", NULL },
  { 0 },
};

static gboolean
xml_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (Conset) set = cli_take_set (&arguments, error);
  g_autofree char *document = NULL, *beyond = NULL;

  if (set == NULL)
    return FALSE;
  document =
    conset_to_xml (set, for_python ? CONSET_XML_PYTHON : CONSET_XML_DEFAULT, &beyond, error);
  if (document == NULL)
    return FALSE;
  if (beyond != NULL)
    g_printerr (
      "conset xml: warning: Python CSA cannot read %s and will refuse this document\n", beyond);
  cli_output_text (output, document);
  return TRUE;
}

const CliCommand cli_xml_command = {
  .name = "xml",
  .arguments = "EXPR",
  .summary = "print the set as XML",
  .description =
    "Prints the set as an XML document, in the grammar of Python CSA as far as that goes. What that "
    "has no words for stands in a namespace of conset, and a warning names the first such part: "
    "Python CSA refuses the document. Seeds are kept in attributes that Python CSA ignores: it "
    "reads the same rule, and draws its own connections.\n\n"
    "'conset parse' reads the document back as the same set, and so does -f of all commands.",
  .options = { cli_expression_options, xml_options },
  .example = "conset xml 'full - oneToOne'",
  .example_output = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<CSA xmlns=\"http://software.incf.org/software/csa/1.0\">\n"
                    "  <apply>\n"
                    "    <minus/>\n"
                    "    <apply>\n"
                    "      <cross/>\n"
                    "      <N/>\n"
                    "      <N/>\n"
                    "    </apply>\n"
                    "    <oneToOne/>\n"
                    "  </apply>\n"
                    "</CSA>\n",
  .run = xml_run,
};
