/* SPDX-License-Identifier: MIT */
/*
 * Shell completions.
 *
 * An argument named `a|b` completes to a or b, one named FILE to the name of a file, and
 * nothing is known of the others.
 */
#include "docs.h"

#include <string.h>

static gboolean
is_choice (const char *argument)
{
  return argument != NULL && strchr (argument, '|') != NULL;
}

static gboolean
is_file (const char *argument)
{
  return g_strcmp0 (argument, "FILE") == 0;
}

/* The words of a choice, separated by spaces. */
static char *
choice_words (const char *argument)
{
  return g_strdelimit (g_strdup (argument), "|", ' ');
}

/* @text with a backslash before each of @special, for single quotes of a shell. */
static char *
quoted (const char *text, const char *special)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      if (strchr (special, *text) != NULL)
        g_string_append_c (out, '\\');
      if (*text == '\'')
        g_string_append (out, "'\\''");
      else
        g_string_append_c (out, *text);
    }
  return g_string_free (out, FALSE);
}

/* bash */

static void
bash_append_value (GString *out, const CliCommand *command, const GOptionEntry *entry)
{
  g_autofree char *words = NULL;

  if (entry->arg_description == NULL)
    return;
  g_string_append_printf (out, "    %s:--%s", command->name, entry->long_name);
  if (entry->short_name != 0)
    g_string_append_printf (out, " | %s:-%c", command->name, entry->short_name);
  if (is_choice (entry->arg_description))
    {
      words = choice_words (entry->arg_description);
      g_string_append_printf (out, ") words='%s' ;;\n", words);
    }
  else
    g_string_append (out, is_file (entry->arg_description) ? ") files=-f ;;\n" : ") ;;\n");
}

static void
bash_append_words (GString *out, const CliCommand *command)
{
  g_autoptr (GPtrArray) entries = cli_command_options (command);
  g_autofree char *choice =
    is_choice (command->arguments) ? choice_words (command->arguments) : g_strdup ("");

  g_string_append_printf (out, "        %s) words='%s", command->name, choice);
  for (guint k = 0; k < entries->len; k++)
    {
      const GOptionEntry *entry = entries->pdata[k];

      if (entry->short_name != 0)
        g_string_append_printf (out, " -%c", entry->short_name);
      g_string_append_printf (out, " --%s", entry->long_name);
    }
  g_string_append_printf (out, "'%s ;;\n", is_file (command->arguments) ? " files=-f" : "");
}

void
cli_completion_print_bash (CliOutput *output)
{
  g_autoptr (GString) out =
    g_string_new ("# bash completion for conset, made by `conset docs bash`\n"
                  "\n"
                  "_conset ()\n"
                  "{\n"
                  "  local word=${COMP_WORDS[COMP_CWORD]}\n"
                  "  local previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
                  "  local command= words= files=\n"
                  "\n"
                  "  if ((COMP_CWORD > 1)); then\n"
                  "    command=${COMP_WORDS[1]}\n"
                  "  fi\n"
                  "  if [[ $word == = ]]; then\n"
                  "    word=\n"
                  "  elif [[ $previous == = ]]; then\n"
                  "    previous=${COMP_WORDS[COMP_CWORD - 2]}\n"
                  "  fi\n"
                  "  case $command:$previous in\n");

  for (gsize k = 0; cli_commands[k] != NULL; k++)
    {
      g_autoptr (GPtrArray) entries = cli_command_options (cli_commands[k]);

      for (guint e = 0; e < entries->len; e++)
        bash_append_value (out, cli_commands[k], entries->pdata[e]);
    }
  g_string_append (out, "    *)\n"
                        "      case $command in\n"
                        "        '') words='");
  for (gsize k = 0; cli_commands[k] != NULL; k++)
    g_string_append_printf (out, "%s ", cli_commands[k]->name);
  g_string_append (out, "--help --version' ;;\n");
  for (gsize k = 0; cli_commands[k] != NULL; k++)
    bash_append_words (out, cli_commands[k]);
  g_string_append (out, "      esac ;;\n"
                        "  esac\n"
                        "  if [[ $files ]]; then\n"
                        "    compopt -o filenames\n"
                        "  fi\n"
                        "  mapfile -t COMPREPLY < <(compgen $files -W \"$words\" -- \"$word\")\n"
                        "}\n"
                        "\n"
                        "complete -F _conset conset\n");
  cli_output_text (output, out->str);
}

/* zsh */

/* What completes an argument, for the end of a specification of _arguments. */
static char *
zsh_action (const char *argument)
{
  g_autofree char *words = NULL;

  if (is_file (argument))
    return g_strdup ("_files");
  if (!is_choice (argument))
    return g_strdup ("");
  words = choice_words (argument);
  return g_strdup_printf ("(%s)", words);
}

static void
zsh_append_option (GString *out, const GOptionEntry *entry)
{
  g_autofree char *description = quoted (entry->description, "[]:\\");
  g_autofree char *action = zsh_action (entry->arg_description);
  const char *equals = entry->arg_description != NULL ? "=" : "";
  const char *plus = entry->arg_description != NULL ? "+" : "";

  if (entry->short_name != 0)
    g_string_append_printf (out, " \\\n        '(-%c --%s)'{-%c%s,--%s%s}'[%s]", entry->short_name,
                            entry->long_name, entry->short_name, plus, entry->long_name, equals,
                            description);
  else
    g_string_append_printf (out, " \\\n        '--%s%s[%s]", entry->long_name, equals, description);
  if (entry->arg_description != NULL)
    g_string_append_printf (
      out, ":%s:%s", is_choice (entry->arg_description) ? entry->long_name : entry->arg_description,
      action);
  g_string_append_c (out, '\'');
}

static void
zsh_append_command (GString *out, const CliCommand *command)
{
  g_autoptr (GPtrArray) entries = cli_command_options (command);
  g_auto (GStrv) arguments = g_strsplit (command->arguments, " ", -1);

  g_string_append_printf (out, "    %s)\n      _arguments -s", command->name);
  for (guint k = 0; k < entries->len; k++)
    zsh_append_option (out, entries->pdata[k]);
  for (gsize k = 0; arguments[k] != NULL; k++)
    {
      g_autofree char *action = zsh_action (arguments[k]);

      g_string_append_printf (out, " \\\n        ':%s:%s'",
                              is_choice (arguments[k]) ? "kind" : arguments[k], action);
    }
  g_string_append (out, "\n      ;;\n");
}

void
cli_completion_print_zsh (CliOutput *output)
{
  g_autoptr (GString) out = g_string_new ("#compdef conset\n"
                                          "# zsh completion for conset, made by `conset docs zsh`\n"
                                          "\n"
                                          "_conset ()\n"
                                          "{\n"
                                          "  local -a commands=(\n");

  for (gsize k = 0; cli_commands[k] != NULL; k++)
    {
      g_autofree char *summary = quoted (cli_commands[k]->summary, "\\");

      g_string_append_printf (out, "    '%s:%s'\n", cli_commands[k]->name, summary);
    }
  g_string_append (out, "  )\n"
                        "\n"
                        "  if ((CURRENT == 2)); then\n"
                        "    _describe command commands\n"
                        "    _arguments '(- :)'{-h,--help}'[Show help]' "
                        "'(- :)--version[Show the version]'\n"
                        "    return\n"
                        "  fi\n"
                        "\n"
                        "  shift words\n"
                        "  ((CURRENT--))\n"
                        "  case $words[1] in\n");
  for (gsize k = 0; cli_commands[k] != NULL; k++)
    zsh_append_command (out, cli_commands[k]);
  g_string_append (out, "  esac\n"
                        "}\n"
                        "\n"
                        "if [[ $funcstack[1] == _conset ]]; then\n"
                        "  _conset \"$@\"\n"
                        "else\n"
                        "  compdef _conset conset\n"
                        "fi\n");
  cli_output_text (output, out->str);
}

/* fish */

static void
fish_append_option (GString *out, const CliCommand *command, const GOptionEntry *entry)
{
  g_autofree char *description = quoted (entry->description, "\\");
  g_autofree char *words = NULL;

  g_string_append_printf (out, "complete -c conset -n '__fish_seen_subcommand_from %s'",
                          command->name);
  if (entry->short_name != 0)
    g_string_append_printf (out, " -s %c", entry->short_name);
  g_string_append_printf (out, " -l %s", entry->long_name);
  if (is_choice (entry->arg_description))
    {
      words = choice_words (entry->arg_description);
      g_string_append_printf (out, " -xa '%s'", words);
    }
  else if (entry->arg_description != NULL)
    g_string_append (out, is_file (entry->arg_description) ? " -rF" : " -x");
  g_string_append_printf (out, " -d '%s'\n", description);
}

static void
fish_append_command (GString *out, const CliCommand *command)
{
  g_autoptr (GPtrArray) entries = cli_command_options (command);
  g_autofree char *summary = quoted (command->summary, "\\");
  g_autofree char *words = choice_words (command->arguments);

  g_string_append_printf (out, "complete -c conset -n __fish_use_subcommand -a %s -d '%s'\n",
                          command->name, summary);
  if (is_choice (command->arguments))
    g_string_append_printf (out, "complete -c conset -n '__fish_seen_subcommand_from %s' -a '%s'\n",
                            command->name, words);
  if (is_file (command->arguments))
    g_string_append_printf (out, "complete -c conset -n '__fish_seen_subcommand_from %s' -F\n",
                            command->name);
  for (guint k = 0; k < entries->len; k++)
    fish_append_option (out, command, entries->pdata[k]);
}

void
cli_completion_print_fish (CliOutput *output)
{
  g_autoptr (GString) out =
    g_string_new ("# fish completion for conset, made by `conset docs fish`\n"
                  "\n"
                  "complete -c conset -f\n"
                  "complete -c conset -n __fish_use_subcommand -s h -l help -d 'Show help'\n"
                  "complete -c conset -n __fish_use_subcommand -l version "
                  "-d 'Show the version'\n");

  for (gsize k = 0; cli_commands[k] != NULL; k++)
    fish_append_command (out, cli_commands[k]);
  cli_output_text (output, out->str);
}
