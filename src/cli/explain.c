/* SPDX-License-Identifier: MIT */
/*
 * conset explain: what is known of a set, and how it would be evaluated.
 */
#include "cli.h"
#include "input.h"
#include "options.h"

static gboolean
explain_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (Conset) set = cli_take_set (&arguments, error);
  g_autofree char *text = NULL;
  const ConsetWindow *window = NULL;

  if (set == NULL || (cli_has_window () && !cli_get_window (set, &window, error)))
    return FALSE;
  text = conset_explain (set, window, cli_get_order (), error);
  if (text == NULL)
    return FALSE;
  cli_output_text (output, text);
  if (text[0] != '\0' && !g_str_has_suffix (text, "\n"))
    cli_output_text (output, "\n");
  return TRUE;
}

const CliCommand cli_explain_command = {
  .name = "explain",
  .arguments = "EXPR",
  .summary = "describe a set and how it would be evaluated",
  .description =
    "Prints the tree of the expression with what is known of each part without evaluating it, "
    "the number of connections to expect, the laws of the degrees, and the plan: which operand "
    "leads, and which ones thin its connections.\n\n"
    "A law tells how the in-degree of a target, or the out-degree of a source, is distributed "
    "over all seeds; it is given where it is known exactly.",
  .options = { cli_expression_options, cli_window_options, cli_order_options },
  .example = "conset explain 'random(0.1, seed=1) - oneToOne' -n 1000",
  .example_output = "set: random(0.1, seed=1) - oneToOne\n"
                    "...\n"
                    "tree:\n"
                    "  difference  in [0, inf) x [0, inf)\n"
                    "    random(0.1, seed=1)  in [0, inf) x [0, inf), random\n"
                    "    oneToOne  in [0, inf) x [0, inf)\n"
                    "window: [0, 1000) x [0, 1000)\n"
                    "expected count: 99900\n"
                    "in-degree of target 0, 500, 999: binomial(n=999, p=0.1), mean 99.9, "
                    "sd 9.48209\n"
                    "...\n",
  .run = explain_run,
};
