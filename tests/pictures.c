/* SPDX-License-Identifier: MIT */
/*
 * Figures as SVG, for tests to look at their elements.
 */
#include "pictures.h"

#include <check.h>
#include <string.h>

Conset *
picture_set (const char *expression)
{
  g_autoptr (GError) error = NULL;
  Conset *set = conset_parse (expression, 1, &error);

  if (set == NULL)
    ck_abort_msg ("%s", error->message);
  return set;
}

char *
picture_svg (ConsetFigure *figure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = conset_figure_to_bytes (figure, CONSET_PICTURE_SVG, &error);

  if (bytes == NULL)
    ck_abort_msg ("%s", error->message);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

char *
picture_failure (ConsetFigure *figure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = conset_figure_to_bytes (figure, CONSET_PICTURE_SVG, &error);

  if (bytes != NULL)
    ck_abort_msg ("the figure is drawn");
  return g_strdup (error->message);
}

guint
picture_times (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

char *
picture_cells (const char *svg)
{
  const char *start = strstr (svg, "<g class=\"cells\"");
  const char *end = start != NULL ? strstr (start, "</g>\n</g>") : NULL;

  return end != NULL ? g_strndup (start, end - start) : g_strdup ("");
}

gboolean
picture_has_label (const char *svg, const char *text)
{
  g_autofree char *element = g_strdup_printf (">%s</text>", text);

  return strstr (svg, element) != NULL;
}
