/* SPDX-License-Identifier: MIT */
/*
 * Histograms: horizontal bars, an eighth of a character fine.
 *
 * The mark of what is expected stands where a bar of that length would end, and takes the
 * place of whatever the bar has there.
 */
#include "histogram.h"

#include <string.h>
#include <unistd.h>

#include "terminal.h"

/* Rows that there are at most, and columns of a bar. */
#define MOST_ROWS 20
#define MOST_BAR 60
#define LEAST_BAR 10

/* Characters of a bar by how much of them is filled, and of the mark. */
typedef struct
{
  const char *parts[9];
  const char *mark;
} Pen;

static const Pen unicode_pen = { { " ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█" }, "│" };
static const Pen ascii_pen = { { " ", " ", " ", " ", "#", "#", "#", "#", "#" }, "|" };

/* Columns of the table left of the bars; `expected` is 0 where nothing is expected. */
typedef struct
{
  int label;
  int found;
  int expected;
  int bar;
} Widths;

static char *
bin_label (const CliDegreeBins *bins, gsize k, int digits)
{
  guint64 first = bins->first + k * bins->step;

  if (bins->step == 1)
    return g_strdup_printf ("%*" G_GUINT64_FORMAT, digits, first);
  return g_strdup_printf ("%*" G_GUINT64_FORMAT " - %*" G_GUINT64_FORMAT, digits, first, digits,
                          first + bins->step - 1);
}

static int
number_width (double number, int decimals)
{
  g_autofree char *text = g_strdup_printf ("%.*f", decimals, number);

  return (int) strlen (text);
}

static double
greatest (const double *numbers, gsize n)
{
  double most = 0.0;

  for (gsize k = 0; numbers != NULL && k < n; k++)
    most = MAX (most, numbers[k]);
  return most;
}

static int
label_digits (const CliDegreeBins *bins)
{
  return number_width ((double) (bins->first + bins->n * bins->step - 1), 0);
}

static Widths
widths_choose (const CliDegreeBins *bins, const char *lines)
{
  int digits = label_digits (bins);
  Widths widths = {
    .label = MAX (bins->step == 1 ? digits : 2 * digits + 3, (int) strlen ("degree")),
    .found = MAX (number_width (greatest (bins->found, bins->n), 0), (int) strlen (lines)),
  };
  int left = 2 + widths.label + 2 + widths.found + 2;

  if (bins->expected != NULL)
    {
      widths.expected =
        MAX (number_width (greatest (bins->expected, bins->n), 1), (int) strlen ("expected"));
      left += widths.expected + 2;
    }
  widths.bar = CLAMP ((int) cli_terminal_columns (STDOUT_FILENO) - left, LEAST_BAR, MOST_BAR);
  return widths;
}

/* A bar of @found eighths with a mark in column @mark, without trailing spaces. */
static void
bar_append (const Pen *pen, int width, int found, int mark, GString *text)
{
  int end = MAX ((found + 7) / 8, mark + 1);

  for (int column = 0; column < MIN (end, width); column++)
    g_string_append (text,
                     column == mark ? pen->mark : pen->parts[CLAMP (found - 8 * column, 0, 8)]);
  while (text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  g_string_append_c (text, '\n');
}

static void
row_append (const CliDegreeBins *bins, gsize k, const Widths *widths, const Pen *pen, GString *text)
{
  double full = MAX (greatest (bins->found, bins->n), greatest (bins->expected, bins->n));
  g_autofree char *label = bin_label (bins, k, label_digits (bins));
  int mark = -1;

  g_string_append_printf (text, "  %*s  %*.0f  ", widths->label, label, widths->found,
                          bins->found[k]);
  if (bins->expected != NULL)
    {
      g_string_append_printf (text, "%*.1f  ", widths->expected, bins->expected[k]);
      mark = (int) (bins->expected[k] / full * (widths->bar - 1) + 0.5);
    }
  bar_append (pen, widths->bar, (int) (bins->found[k] / full * widths->bar * 8 + 0.5), mark, text);
}

void
cli_histogram_append (const CliDegrees *degrees, const char *lines, GString *text)
{
  CliDegreeBins bins;
  Widths widths;

  cli_degree_bins_init (&bins, degrees, MOST_ROWS);
  widths = widths_choose (&bins, lines);
  g_string_append_printf (text, "  %*s  %*s", widths.label, "degree", widths.found, lines);
  if (bins.expected != NULL)
    g_string_append_printf (text, "  %*s", widths.expected, "expected");
  g_string_append_c (text, '\n');
  for (gsize k = 0; k < bins.n; k++)
    row_append (&bins, k, &widths, cli_locale_is_utf8 () ? &unicode_pen : &ascii_pen, text);
  cli_degree_bins_clear (&bins);
}
