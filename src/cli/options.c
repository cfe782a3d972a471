/* SPDX-License-Identifier: MIT */
/*
 * Options that commands share.
 *
 * GOption reads the tables; the values of numbers and choices are read here, so that an
 * error names the option and the text. GOption does not know `-n30`, which is split into
 * `-n 30` beforehand.
 */
#include "options.h"

#include <math.h>
#include <string.h>

#include "numbers.h"

/* More are of no use, and soon more than a system has. */
#define MOST_THREADS 4096

typedef struct
{
  gboolean help;
  char *file;
  guint64 seed;
  gboolean has_sources;
  gboolean has_targets;
  ConsetWindow window;
  guint64 threads;
  ConsetOrder order;
  CliPictureStyle picture;
  guint64 n_positions;
  gboolean extent;
  guint n_coordinates;
  double nearest[CONSET_MAX_DIMENSIONS];
} Options;

/* @kept is what cli_options_reset() goes back to. */
static Options kept;
static Options options = { .seed = CONSET_DEFAULT_SEED, .n_positions = CONSET_INDEX_END };

void
cli_options_keep (void)
{
  kept = options;
}

void
cli_options_reset (void)
{
  if (options.file != kept.file)
    g_free (options.file);
  options = kept;
}

/* Readers of values */

static gboolean
number_option (const char *option, const char *value, guint64 max, guint64 *number, GError **error)
{
  if (cli_number_parse (value, max, number))
    return TRUE;
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
               "%s: '%s' is no integer between 0 and %" G_GUINT64_FORMAT, option, value, max);
  return FALSE;
}

/* Finds @value in @choices, which are separated by '|'; -1 with @error set if it is not there. */
static int
choice_option (const char *option, const char *value, const char *choices, GError **error)
{
  g_auto (GStrv) names = g_strsplit (choices, "|", -1);
  g_autofree char *list = g_strjoinv (", ", names);

  for (int k = 0; names[k] != NULL; k++)
    if (strcmp (names[k], value) == 0)
      return k;
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "%s: '%s' is none of %s", option, value, list);
  return -1;
}

gboolean
cli_choice_parse (
  const char *option, const char *value, const char *choices, int *choice, GError **error)
{
  *choice = choice_option (option, value, choices, error);
  return *choice >= 0;
}

gboolean
cli_integer_parse (
  const char *option, const char *value, guint64 max, guint64 *number, GError **error)
{
  return number_option (option, value, max, number, error);
}

static gboolean
seed_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  return number_option (option, value, G_MAXUINT64, &options.seed, error);
}

static gboolean
sources_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  options.has_sources = TRUE;
  return number_option (option, value, CONSET_INDEX_END, &options.window.source_end, error);
}

static gboolean
targets_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  options.has_targets = TRUE;
  return number_option (option, value, CONSET_INDEX_END, &options.window.target_end, error);
}

static gboolean
threads_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  return number_option (option, value, MOST_THREADS, &options.threads, error);
}

/* In the order of ConsetOrder. */
#define ORDER_CHOICES "target|source"

static gboolean
order_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  int choice = choice_option (option, value, ORDER_CHOICES, error);

  options.order = choice;
  return choice >= 0;
}

/* In the order of CliStyle. */
#define STYLE_CHOICES "auto|blocks|braille|ascii|colour"

static gboolean
style_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  int choice = choice_option (option, value, STYLE_CHOICES, error);

  options.picture.style = choice;
  return choice >= 0;
}

static gboolean
width_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  guint64 width;

  if (!cli_number_parse (value, CLI_PICTURE_MAX_WIDTH, &width) || width < CLI_PICTURE_MIN_WIDTH)
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "%s: '%s' is no integer between %d and %d",
                   option, value, CLI_PICTURE_MIN_WIDTH, CLI_PICTURE_MAX_WIDTH);
      return FALSE;
    }
  options.picture.width = width;
  return TRUE;
}

static gboolean
positions_option (const char *option,
                  const char *value,
                  G_GNUC_UNUSED gpointer data,
                  GError **error)
{
  return number_option (option, value, CONSET_INDEX_END - 1, &options.n_positions, error);
}

static gboolean
nearest_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  g_auto (GStrv) words = g_strsplit (value, ",", -1);
  guint n = g_strv_length (words);
  gboolean good = n >= 2 && n <= CONSET_MAX_DIMENSIONS;

  for (guint d = 0; good && d < n; d++)
    {
      char *end;

      options.nearest[d] = g_ascii_strtod (words[d], &end);
      good = end != words[d] && *end == '\0' && isfinite (options.nearest[d]);
    }
  options.n_coordinates = n;
  if (!good)
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                 "%s: '%s' is no point; write X,Y or X,Y,Z without spaces", option, value);
  return good;
}

/* Tables */

#define CALLBACK(function) 0, G_OPTION_ARG_CALLBACK, (gpointer) (function)

G_STATIC_ASSERT (CONSET_DEFAULT_SEED == 1);

#define SEED_ENTRY                                                                                 \
  {                                                                                                \
    "seed", 0, CALLBACK (seed_option),                                                             \
      "Model seed, from which random sets without a seed of their own get theirs; default 1", "S"  \
  }

const GOptionEntry cli_expression_options[] = {
  { "file", 'f', 0, G_OPTION_ARG_FILENAME, &options.file,
    "Read the expression from FILE instead, from standard input if it is '-'", "FILE" },
  SEED_ENTRY,
  { 0 },
};

const GOptionEntry cli_script_options[] = {
  SEED_ENTRY,
  { 0 },
};

const GOptionEntry cli_window_options[] = {
  { "sources", 'n', CALLBACK (sources_option), "Look at the sources below N0", "N0" },
  { "targets", 'm', CALLBACK (targets_option), "Look at the targets below N1; default N0", "N1" },
  { 0 },
};

const GOptionEntry cli_order_options[] = {
  { "order", 0, CALLBACK (order_option),
    "Go through all sources of a target before the next target (default), or the other way round",
    ORDER_CHOICES },
  { 0 },
};

const GOptionEntry cli_thread_options[] = {
  { "threads", 0, CALLBACK (threads_option),
    "Work with N threads, 1 for none beside the first; default 0, one a processor. The output does "
    "not depend on it",
    "N" },
  { 0 },
};

const GOptionEntry cli_picture_options[] = {
  { "style", 0, CALLBACK (style_option),
    "Draw with half blocks and shades, with braille dots, with ASCII characters, or in colour; the "
    "default fits the picture to the width and the locale, and values are in colour on terminals",
    STYLE_CHOICES },
  { "width", 0, CALLBACK (width_option),
    "Use at most COLS columns; default the width of the terminal, 80 if there is none", "COLS" },
  { 0 },
};

const GOptionEntry cli_positions_options[] = {
  { "positions", 'n', CALLBACK (positions_option), "Look at the positions below N", "N" },
  { "extent", 0, 0, G_OPTION_ARG_NONE, &options.extent,
    "Print the least coordinates, and below them the greatest", NULL },
  { "nearest", 0, CALLBACK (nearest_option), "Print the index that is nearest to this point",
    "X,Y" },
  { 0 },
};

const GOptionEntry cli_help_options[] = {
  { "help", 'h', 0, G_OPTION_ARG_NONE, &options.help, "Show this help", NULL },
  { 0 },
};

/* Parsing */

static gboolean
short_option_has_value (const CliCommand *command, char name)
{
  for (gsize k = 0; command->options[k] != NULL; k++)
    for (const GOptionEntry *entry = command->options[k]; entry->long_name != NULL; entry++)
      if (entry->short_name == name && entry->arg != G_OPTION_ARG_NONE)
        return TRUE;
  return FALSE;
}

/* Copies @argv, a short option and the value that is attached to it apart. */
static char **
arguments_split (const CliCommand *command, char **argv)
{
  GPtrArray *split = g_ptr_array_new ();
  gboolean in_options = TRUE;

  for (; *argv != NULL; argv++)
    {
      const char *text = *argv;

      in_options = in_options && strcmp (text, "--") != 0;
      if (in_options && text[0] == '-' && text[1] != '\0' && text[2] != '\0'
          && short_option_has_value (command, text[1]))
        {
          g_ptr_array_add (split, g_strndup (text, 2));
          text += 2;
        }
      g_ptr_array_add (split, g_strdup (text));
    }
  g_ptr_array_add (split, NULL);
  return (char **) g_ptr_array_free (split, FALSE);
}

static GOptionContext *
context_new (const CliCommand *command, char ***rest)
{
  GOptionContext *context = g_option_context_new (NULL);
  const GOptionEntry remaining[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, rest, NULL, NULL },
    { 0 },
  };

  g_option_context_set_help_enabled (context, FALSE);
  for (gsize k = 0; command->options[k] != NULL; k++)
    g_option_context_add_main_entries (context, command->options[k], NULL);
  g_option_context_add_main_entries (context, cli_help_options, NULL);
  g_option_context_add_main_entries (context, remaining, NULL);
  return context;
}

/* Makes an error of GOption one of ours: its code, and a message that goes on after "conset: ". */
static void
option_error_adopt (GError *error)
{
  if (error->domain != G_OPTION_ERROR)
    return;
  error->domain = CLI_ERROR;
  error->code = CLI_ERROR_USAGE;
  error->message[0] = g_ascii_tolower (error->message[0]);
}

static void
missing_report (const char *name, GError **error)
{
  int length = (int) strcspn (name, ".");

  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "missing argument %.*s%s", length, name,
               strncmp (name, "EXPR", length) == 0 ? "; give an expression, or a file with -f FILE"
                                                   : "");
}

static void
unexpected_report (const CliCommand *command, const char *word, GError **error)
{
  const char *hint = "";

  if (options.file != NULL)
    hint = "; -f gives the expression already";
  else if (g_str_has_prefix (command->arguments, "EXPR"))
    hint = "; an expression must be in quotes";
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "unexpected argument '%s'%s", word, hint);
}

/* Whether @rest is what the synopsis of @command names; -f stands for EXPR, the first of them, of
 * which there may be more where it has "..." behind. */
static gboolean
arguments_check (const CliCommand *command, char **rest, GError **error)
{
  g_auto (GStrv) names = g_strsplit (command->arguments, " ", -1);
  char **expected = options.file != NULL ? names + 1 : names;
  guint n_expected = g_strv_length (expected);
  guint n = g_strv_length (rest);
  gboolean more = strstr (command->arguments, "...") != NULL;

  if (n < n_expected)
    missing_report (expected[n], error);
  else if (n > n_expected && !more)
    unexpected_report (command, rest[n_expected], error);
  return n == n_expected || (n > n_expected && more);
}

/* Whether the options go together. */
static gboolean
window_check (GError **error)
{
  if (!options.has_targets)
    options.window.target_end = options.window.source_end;
  if (options.has_sources || !options.has_targets)
    return TRUE;
  g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE,
                       "-m alone leaves the number of sources open; give it with -n");
  return FALSE;
}

char **
cli_parse_options (const CliCommand *command, char **argv, GError **error)
{
  g_auto (GStrv) split = arguments_split (command, argv);
  g_autofree char **shuffled = g_memdup2 (split, (g_strv_length (split) + 1) * sizeof *split);
  g_auto (GStrv) rest = NULL;
  g_autoptr (GOptionContext) context = context_new (command, &rest);
  GError *local_error = NULL;
  int argc = g_strv_length (split);

  if (!g_option_context_parse (context, &argc, &shuffled, &local_error))
    {
      option_error_adopt (local_error);
      g_propagate_error (error, local_error);
      return NULL;
    }
  if (rest == NULL)
    rest = g_new0 (char *, 1);
  if (!options.help && !(window_check (error) && arguments_check (command, rest, error)))
    return NULL;
  return g_steal_pointer (&rest);
}

/* What the options have set */

gboolean
cli_help_wanted (void)
{
  return options.help;
}

const char *
cli_get_file (void)
{
  return options.file;
}

guint64
cli_get_seed (void)
{
  return options.seed;
}

guint
cli_get_threads (void)
{
  return (guint) options.threads;
}

ConsetOrder
cli_get_order (void)
{
  return options.order;
}

const CliPictureStyle *
cli_get_picture_style (void)
{
  return &options.picture;
}

guint64
cli_get_n_positions (void)
{
  return options.n_positions;
}

gboolean
cli_wants_extent (void)
{
  return options.extent;
}

const double *
cli_get_nearest (guint *n)
{
  *n = options.n_coordinates;
  return *n > 0 ? options.nearest : NULL;
}

gboolean
cli_has_window (void)
{
  return options.has_sources;
}

gboolean
cli_get_window (const Conset *set, const ConsetWindow **window, GError **error)
{
  *window = options.has_sources ? &options.window : NULL;
  if (*window != NULL || conset_is_finite (set))
    return TRUE;
  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED,
                       "the set is infinite; give a window with -n and -m");
  return FALSE;
}
