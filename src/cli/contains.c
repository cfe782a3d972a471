/* SPDX-License-Identifier: MIT */
/*
 * conset contains: how often a pair is connected, without enumeration.
 */
#include "cli.h"
#include "input.h"
#include "options.h"

static gboolean
contains_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (Conset) set = cli_take_set (&arguments, error);
  ConsetWindow window;
  guint64 count;

  if (set == NULL || !cli_take_index (&arguments, "SOURCE", &window.source_first, error)
      || !cli_take_index (&arguments, "TARGET", &window.target_first, error))
    return FALSE;
  window.source_end = window.source_first + 1;
  window.target_end = window.target_first + 1;
  /* Unlike conset_multiplicity(), it tells what is wrong with the pair. */
  if (!conset_count (set, &window, &count, error))
    return FALSE;
  cli_output_printf (output, "%" G_GUINT64_FORMAT "\n", count);
  return TRUE;
}

const CliCommand cli_contains_command = {
  .name = "contains",
  .arguments = "EXPR SOURCE TARGET",
  .summary = "print how often a pair is connected",
  .description =
    "Prints how many connections lead from SOURCE to TARGET, and nothing else: 0 if the pair is "
    "not in the set, 1 if it is, more if the set holds it more than once. The exit code is 0 in "
    "each case.\n\n"
    "Nothing is enumerated, so the set may be infinite and the indices as large as they come.",
  .options = { cli_expression_options },
  .example = "conset contains '[(1, 2), (1, 2), (3, 4)]' 1 2",
  .example_output = "2\n",
  .run = contains_run,
};
