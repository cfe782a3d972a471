/* SPDX-License-Identifier: MIT */
/*
 * Standard output, buffered.
 *
 * A listing is formatted by whoever has the connections. The lines of a batch differ only in one
 * number, and its indices ascend: the text before and after it is made once a batch, and of
 * the number only the last four digits change from line to line. What remains is a few
 * copies of fixed size a line, which run over the end of what counts; the next line
 * overwrites the rest.
 */
#include "output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

#define OUTPUT_SIZE (256 * 1024)

/* Digits of 2^64 - 1. */
#define NUMBER_SIZE 20

/* The text before and after the number of a line: an index, a tab or a newline, padding. */
#define FIXED_SIZE 24

/* A line, with what its copies of fixed size may write beyond it. */
#define LINE_SIZE (2 * FIXED_SIZE + NUMBER_SIZE + 4)

struct _CliOutput
{
  gsize used;
  gboolean silent;
  GError *error;
  char buffer[OUTPUT_SIZE];
};

CliOutput *
cli_output_new (void)
{
  return g_new0 (CliOutput, 1);
}

void
cli_output_free (CliOutput *output)
{
  g_clear_error (&output->error);
  g_free (output);
}

static void
output_fail (CliOutput *output, int error_number)
{
  if (error_number == EPIPE)
    g_set_error_literal (&output->error, CLI_ERROR, CLI_ERROR_CLOSED_PIPE,
                         "nobody reads the output");
  else
    g_set_error (&output->error, G_FILE_ERROR, g_file_error_from_errno (error_number),
                 "cannot write to standard output: %s", g_strerror (error_number));
}

void
cli_output_silence (CliOutput *output)
{
  output->silent = TRUE;
}

static void
output_drain (CliOutput *output)
{
  const char *from = output->buffer;
  const char *end = output->buffer + output->used;

  while (from < end && !output->silent && output->error == NULL)
    {
      gssize written = write (STDOUT_FILENO, from, end - from);

      if (written >= 0)
        from += written;
      else if (errno != EINTR)
        output_fail (output, errno);
    }
  output->used = 0;
}

void
cli_output_bytes (CliOutput *output, const char *bytes, gsize n)
{
  while (n > 0 && output->error == NULL)
    {
      gsize part = MIN (n, OUTPUT_SIZE - output->used);

      memcpy (output->buffer + output->used, bytes, part);
      output->used += part;
      bytes += part;
      n -= part;
      if (output->used == OUTPUT_SIZE)
        output_drain (output);
    }
}

void
cli_output_text (CliOutput *output, const char *text)
{
  cli_output_bytes (output, text, strlen (text));
}

void
cli_output_printf (CliOutput *output, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  cli_output_text (output, text);
}

/* Listings */

static const char two_digits[] = "00010203040506070809"
                                 "10111213141516171819"
                                 "20212223242526272829"
                                 "30313233343536373839"
                                 "40414243444546474849"
                                 "50515253545556575859"
                                 "60616263646566676869"
                                 "70717273747576777879"
                                 "80818283848586878889"
                                 "90919293949596979899";

/* Writes @number in decimal; returns the end of it. */
static char *
number_write (char *at, guint64 number)
{
  char digits[NUMBER_SIZE];
  guint n = 0;

  do
    digits[n++] = '0' + number % 10;
  while ((number /= 10) > 0);
  while (n > 0)
    *at++ = digits[--n];
  return at;
}

/* Text that all lines of a batch share, in a buffer that may be copied whole. */
typedef struct
{
  char text[FIXED_SIZE];
  gsize length;
} Fixed;

/* Writes @number, below 10,000, with all of its four digits. */
static char *
four_digits_write (char *at, guint number)
{
  memcpy (at, two_digits + 2 * (number / 100), 2);
  memcpy (at + 2, two_digits + 2 * (number % 100), 2);
  return at + 4;
}

/* Writes @number, below 10,000, without leading zeros. */
static char *
small_number_write (char *at, guint number)
{
  if (number >= 1000)
    return four_digits_write (at, number);
  if (number >= 100)
    *at++ = '0' + number / 100;
  else if (number < 10)
    {
      *at = '0' + number;
      return at + 1;
    }
  memcpy (at, two_digits + 2 * (number % 100), 2);
  return at + 2;
}

/*
 * Writes @n lines of @before, an index, and @after. The indices ascend. @head is @before
 * with the digits that the 10,000 indices from @base on have in common.
 */
static char *
lines_write (char *at, const guint64 *indices, gsize n, const Fixed *before, const Fixed *after)
{
  char head[FIXED_SIZE + NUMBER_SIZE] = "";
  gsize head_length = before->length;
  guint64 base = 0;

  memcpy (head, before->text, FIXED_SIZE);
  for (gsize k = 0; k < n; k++)
    {
      guint64 low = indices[k] - base;

      if (low >= 10000)
        {
          low = indices[k] % 10000;
          base = indices[k] - low;
          head_length = number_write (head + before->length, base / 10000) - head;
        }
      memcpy (at, head, sizeof head);
      at += head_length;
      at = base > 0 ? four_digits_write (at, low) : small_number_write (at, low);
      memcpy (at, after->text, FIXED_SIZE);
      at += after->length;
    }
  return at;
}

/* A line with the values of connection @k behind its indices. */
static char *
valued_line_write (
  char *at, const ConsetBatch *batch, gsize k, const Fixed *before, const Fixed *after)
{
  memcpy (at, before->text, before->length);
  at = number_write (at + before->length, batch->indices[k]);
  memcpy (at, after->text, after->length - 1);
  at += after->length - 1;
  for (guint c = 0; c < batch->n_values; c++)
    {
      *at++ = '\t';
      at = conset_write_double (at, batch->values[c][k]);
    }
  *at++ = '\n';
  return at;
}

static void
valued_lines_write (GByteArray *bytes,
                    const ConsetBatch *batch,
                    const Fixed *before,
                    const Fixed *after)
{
  gsize longest = LINE_SIZE + batch->n_values * (CONSET_DOUBLE_SIZE + 1), used = bytes->len;
  char *at;

  for (gsize k = 0; k < batch->n; k++)
    {
      g_byte_array_set_size (bytes, (guint) (used + longest));
      at = (char *) bytes->data + used;
      used += valued_line_write (at, batch, k, before, after) - at;
    }
  g_byte_array_set_size (bytes, (guint) used);
}

void
cli_lines_append (const ConsetBatch *batch, ConsetOrder order, GByteArray *bytes)
{
  Fixed before = { "", 0 };
  Fixed after = { "\n", 1 };
  gsize used = bytes->len;
  char *at;

  if (order == CONSET_TARGET_MAJOR)
    {
      after.text[0] = '\t';
      after.length = number_write (after.text + 1, batch->line) - after.text;
      after.text[after.length++] = '\n';
    }
  else
    {
      before.length = number_write (before.text, batch->line) - before.text;
      before.text[before.length++] = '\t';
    }

  if (batch->n_values > 0)
    {
      valued_lines_write (bytes, batch, &before, &after);
      return;
    }
  g_byte_array_set_size (bytes, (guint) (used + batch->n * LINE_SIZE));
  at = (char *) bytes->data + used;
  used += lines_write (at, batch->indices, batch->n, &before, &after) - at;
  g_byte_array_set_size (bytes, (guint) used);
}

/* Ends */

gboolean
cli_output_flush (CliOutput *output, GError **error)
{
  output_drain (output);
  if (output->error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (output->error));
  return FALSE;
}

gboolean
cli_output_close (CliOutput *output, GError **error)
{
  output_drain (output);
  if (output->error == NULL && close (STDOUT_FILENO) != 0)
    output_fail (output, errno);
  return cli_output_flush (output, error);
}
