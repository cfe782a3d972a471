/* SPDX-License-Identifier: MIT */
/*
 * How long a text is, by the advance widths of DejaVu Sans, which is wider than most sans-serif
 * letters: what is laid out by it fits with others, too. No font need be there.
 */
#include "canvas.h"

/* In thousandths of the size, from the space to the tilde. */
static const guint16 advances[] = {
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361,  318, 337, 636, 636, 636,
  636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
  575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635,  611, 732, 684, 989, 685,
  611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352,  635, 634, 278, 278, 579,
  278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592,  525, 636, 337, 636, 838,
};

#define OTHER_ADVANCE 0.75
#define WIDE_ADVANCE 1.05
#define RAISED_ADVANCE 0.4
#define BOLD_FACTOR 1.12

static gboolean
is_raised (gunichar c)
{
  return (c >= 0x2070 && c <= 0x207f) || c == 0xb9 || c == 0xb2 || c == 0xb3;
}

static double
advance_of (gunichar c)
{
  if (c >= ' ' && c <= '~')
    return advances[c - ' '] / 1000.0;
  if (g_unichar_iszerowidth (c))
    return 0.0;
  return g_unichar_iswide (c) ? WIDE_ADVANCE : is_raised (c) ? RAISED_ADVANCE : OTHER_ADVANCE;
}

double
conset_text_width (const char *text, double size, gboolean bold)
{
  double width = 0.0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += advance_of (g_utf8_get_char (text));
  return width * size * (bold ? BOLD_FACTOR : 1.0);
}

char *
conset_text_fit (const char *text, double size, gboolean bold, double width)
{
  static const char ellipsis[] = "…";
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);
  double room = width - conset_text_width (ellipsis, size, bold);
  gboolean fits;

  for (char *at = valid; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  fits = conset_text_width (valid, size, bold) <= width;
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      room -= advance_of (c) * size * (bold ? BOLD_FACTOR : 1.0);
      if (!fits && room < 0.0)
        return g_string_free (g_string_append (out, ellipsis), FALSE);
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}
