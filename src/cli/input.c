/* SPDX-License-Identifier: MIT */
/*
 * What commands read: their arguments, one after the other, and texts.
 *
 * An expression is UTF-8, or in the character set of the locale; a file is UTF-8. What is
 * neither is told apart from what is no expression.
 */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "numbers.h"
#include "options.h"
#include "ranks.h"

#define READ_SIZE 65536

char *
cli_get_file_title (const char *file)
{
  return strcmp (file, "-") == 0 ? g_strdup ("standard input") : g_filename_display_name (file);
}

/* Reads @fd to its end; on failure errno tells why. */
static char *
descriptor_read (int fd, gsize *length)
{
  GString *text = g_string_new (NULL);
  gssize n;

  do
    {
      gsize used = text->len;

      g_string_set_size (text, used + READ_SIZE);
      n = read (fd, text->str + used, READ_SIZE);
      g_string_truncate (text, used + MAX (n, 0));
    }
  while (n > 0 || (n < 0 && errno == EINTR));

  *length = text->len;
  return g_string_free (text, n < 0);
}

static char *
file_read (const char *file, gsize *length)
{
  int fd = open (file, O_RDONLY | O_CLOEXEC);
  char *text = fd >= 0 ? descriptor_read (fd, length) : NULL;
  int error_number = errno;

  if (fd >= 0)
    close (fd);
  errno = error_number;
  return text;
}

char *
cli_read_text (const char *file, GError **error)
{
  gboolean from_stdin = strcmp (file, "-") == 0;
  g_autofree char *title = cli_get_file_title (file);
  gsize length;
  g_autofree char *text =
    from_stdin ? descriptor_read (STDIN_FILENO, &length) : file_read (file, &length);
  const char *bad;

  if (text == NULL)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "cannot read %s: %s",
                   title, g_strerror (errno));
      return NULL;
    }
  if (!g_utf8_validate (text, length, &bad))
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_INPUT,
                   "%s: byte %" G_GSIZE_FORMAT " is no UTF-8 text", title, bad - text + 1);
      return NULL;
    }
  return g_steal_pointer (&text);
}

/* Whether @text is XML, which no expression begins like. */
static gboolean
text_is_xml (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '<' || g_str_has_prefix (text, "\xef\xbb\xbf<");
}

/* An argument as UTF-8. */
static char *
argument_to_utf8 (const char *argument, GError **error)
{
  char *text;

  if (g_utf8_validate (argument, -1, NULL))
    return g_strdup (argument);
  text = g_locale_to_utf8 (argument, -1, NULL, NULL, NULL);
  if (text == NULL)
    g_set_error_literal (error, CLI_ERROR, CLI_ERROR_INPUT,
                         "the expression is neither UTF-8 nor in the character set of the locale");
  return text;
}

Conset *
cli_parse_set (const char *argument, GError **error)
{
  g_autofree char *text = argument_to_utf8 (argument, error);

  return text != NULL ? conset_parse_with (text, cli_get_seed (), CONSET_PARSE_FILES, error) : NULL;
}

ConsetGeometry *
cli_parse_geometry (const char *argument, GError **error)
{
  g_autofree char *text = argument_to_utf8 (argument, error);

  return text != NULL
           ? conset_parse_geometry_with (text, cli_get_seed (), CONSET_PARSE_FILES, error)
           : NULL;
}

/* Standard input is that of the first rank. */
static char *
read_on_first_rank (const char *file, GError **error)
{
  char *text = NULL;

  if (cli_n_ranks () == 1 || strcmp (file, "-") != 0)
    return cli_read_text (file, error);
  if (cli_rank () == 0)
    text = cli_read_text (file, error);
  text = cli_ranks_share_text (text);
  if (text == NULL && cli_rank () > 0)
    g_set_error_literal (error, CLI_ERROR, CLI_ERROR_INPUT, "the first rank has read nothing");
  return text;
}

/* The text of -f, or else of the next argument, and what to call it in front of an error
 * (nullable); NULL with @error set. */
static char *
take_text (char ***arguments, char **title, GError **error)
{
  if (cli_get_file () == NULL)
    return argument_to_utf8 (*(*arguments)++, error);
  *title = cli_get_file_title (cli_get_file ());
  return read_on_first_rank (cli_get_file (), error);
}

Conset *
cli_take_set (char ***arguments, GError **error)
{
  g_autofree char *title = NULL, *text = take_text (arguments, &title, error);
  ConsetXmlOptions options = { .name = title, .seed = cli_get_seed () };
  Conset *set;

  if (text == NULL)
    return NULL;
  if (title != NULL && text_is_xml (text))
    return conset_parse_xml (text, strlen (text), &options, error);
  set = conset_parse_with (text, cli_get_seed (), CONSET_PARSE_FILES, error);
  if (set == NULL && title != NULL)
    g_prefix_error (error, "%s: ", title);
  return set;
}

ConsetGeometry *
cli_take_geometry (char ***arguments, GError **error)
{
  g_autofree char *title = NULL, *text = take_text (arguments, &title, error);
  ConsetGeometry *geometry;

  if (text == NULL)
    return NULL;
  geometry = conset_parse_geometry_with (text, cli_get_seed (), CONSET_PARSE_FILES, error);
  if (geometry == NULL && title != NULL)
    g_prefix_error (error, "%s: ", title);
  return geometry;
}

gboolean
cli_take_index (char ***arguments, const char *name, guint64 *index, GError **error)
{
  const char *word = *(*arguments)++;

  if (cli_number_parse (word, CONSET_INDEX_END - 1, index))
    return TRUE;
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
               "%s: '%s' is no integer between 0 and %" G_GUINT64_FORMAT, name, word,
               CONSET_INDEX_END - 1);
  return FALSE;
}
