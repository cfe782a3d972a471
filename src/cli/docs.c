/* SPDX-License-Identifier: MIT */
/*
 * conset docs: the manual page and the shell completions, for whoever packages the tool.
 */
#include "docs.h"

#include <string.h>

#include "options.h"

GPtrArray *
cli_command_options (const CliCommand *command)
{
  GPtrArray *entries = g_ptr_array_new ();

  for (gsize k = 0; command->options[k] != NULL; k++)
    for (const GOptionEntry *entry = command->options[k]; entry->long_name != NULL; entry++)
      g_ptr_array_add (entries, (gpointer) entry);
  for (const GOptionEntry *entry = cli_help_options; entry->long_name != NULL; entry++)
    g_ptr_array_add (entries, (gpointer) entry);
  return entries;
}

/* Signs, which the language does not list, from those that bind least. */
static const struct
{
  const char *term;
  const char *meaning;
} signs[] = {
  { "name = a", "a name for later; a line or a ; ends a statement, the last one is the result" },
  { "a | b", "union: the greater of the multiplicities of a pair" },
  { "a ^ b", "symmetric difference: what only one of them has, a - b + b - a" },
  { "a + b, a - b", "sum and difference of the multiplicities, never below 0; of index sets, "
                    "union and difference" },
  { "a * b", "intersection: the lesser of the multiplicities; to the right of an operator, what "
             "it applies to" },
  { "~a", "every pair, or index, that is not in a" },
  { "[(0, 3), (2, 1)]", "connections, source first; as an index set, first and last of intervals" },
  { "v + w, v - w, v * w, v / w, v % w, v ** w",
    "arithmetic of numbers and value sets; % is the remainder, with the sign of w" },
  { "v < w, v <= w, v > w, v >= w, v == w, v != w",
    "comparisons, also chained: 0 < v < 1; of numbers True or False, of value sets 1 or 0" },
  { "not c, c and d, c or d", "conditions: comparisons, True, False, numbers and value sets" },
  { "a if c else b", "a where the condition holds, b elsewhere; anything, unless c is a value set" },
  { "lambda x, y: a", "a function, for vset or to be called as name(v, w)" },
};

gboolean
cli_language_item (gsize index, const char **term, const char **meaning)
{
  ConsetLangName name;

  if (index < G_N_ELEMENTS (signs))
    {
      *term = signs[index].term;
      *meaning = signs[index].meaning;
      return TRUE;
    }
  if (!conset_lang_get_name (index - G_N_ELEMENTS (signs), &name))
    return FALSE;
  *term = name.signature;
  *meaning = name.help;
  return TRUE;
}

static const struct
{
  const char *name;
  void (*print) (CliOutput *output);
} kinds[] = {
  { "language", cli_help_print_language }, { "man", cli_manual_print },
  { "bash", cli_completion_print_bash },   { "zsh", cli_completion_print_zsh },
  { "fish", cli_completion_print_fish },
};

static gboolean
docs_run (char **arguments, CliOutput *output, GError **error)
{
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    if (strcmp (kinds[k].name, arguments[0]) == 0)
      {
        kinds[k].print (output);
        return TRUE;
      }
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "'%s' is none of %s", arguments[0],
               cli_docs_command.arguments);
  return FALSE;
}

const CliCommand cli_docs_command = {
  .name = "docs",
  .arguments = "language|man|bash|zsh|fish",
  .summary = "list the language, print the manual page or a shell completion",
  .description =
    "Lists what an expression may contain; or prints the manual page in troff, or a completion "
    "script for the shell of that name. All are made from the tables that the tool itself works "
    "with.",
  .example = "source <(conset docs bash)",
  .run = docs_run,
};
