/* SPDX-License-Identifier: MIT */
/*
 * What pictures are made of: colours, ticks, lettering, images, cells of a window; and what is seen
 * of them in SVG.
 */
#include "support.h"

#include "bins.h"

#include <math.h>
#include <string.h>

/* {{{ Colours */

START_TEST (maps_have_their_colours_at_known_numbers)
{
  static const struct
  {
    ConsetColours map;
    double t;
    ConsetColour colour;
  } known[] = {
    { CONSET_COLOURS_VIRIDIS, 0.0, 0x440154 },
    { CONSET_COLOURS_VIRIDIS, 1.0, 0xfde725 },
    { CONSET_COLOURS_VIRIDIS, 10.0 / 51.0, 0x414287 },
    { CONSET_COLOURS_VIRIDIS, 1.0 / 3.0, 0x31688e },
    { CONSET_COLOURS_DIVERGING, 0.0, 0x053061 },
    { CONSET_COLOURS_DIVERGING, 1.0, 0x67001f },
    { CONSET_COLOURS_DIVERGING, 0.5, 0xf7f7f7 },
    { CONSET_COLOURS_DIVERGING, 0.1, 0x2166ac },
    { CONSET_COLOURS_DIVERGING, 0.75, 0xe58368 },
    { CONSET_COLOURS_GREY, 0.0, 0xffffff },
    { CONSET_COLOURS_GREY, 0.5, 0x808080 },
    { CONSET_COLOURS_GREY, 1.0, 0x000000 },
    { CONSET_COLOURS_INK, 1.0, 0x12304f },
    { CONSET_COLOURS_VIRIDIS, -3.0, 0x440154 },
    { CONSET_COLOURS_GREY, 7.0, 0x000000 },
  };
  ConsetColour colour = conset_colour_at (known[_i].map, known[_i].t);

  if (colour != known[_i].colour)
    ck_abort_msg ("map %d at %g: #%06x, not #%06x", known[_i].map, known[_i].t, colour,
                  known[_i].colour);
}
END_TEST

START_TEST (zero_is_the_middle_of_diverging_colours)
{
  ConsetColour palette[CONSET_PALETTE_SIZE];

  ck_assert_uint_eq (conset_colour_level (0.0), CONSET_LEVEL_FIRST);
  ck_assert_uint_eq (conset_colour_level (1.0), CONSET_LEVEL_LAST);
  ck_assert_uint_eq (conset_colour_level (-1.0), CONSET_LEVEL_FIRST);
  ck_assert_uint_eq (conset_colour_level (2.0), CONSET_LEVEL_LAST);
  ck_assert_uint_eq (conset_colour_level (NAN), CONSET_LEVEL_BROKEN);

  /* Zero of a diverging map has a level of its own, and the map is the same on both sides of it. */
  conset_colour_palette (CONSET_COLOURS_DIVERGING, palette);
  ck_assert_uint_eq (palette[conset_colour_level (0.5)], 0xf7f7f7);
  ck_assert_uint_eq (2 * conset_colour_level (0.5), CONSET_LEVEL_FIRST + CONSET_LEVEL_LAST);
  ck_assert_uint_eq (palette[CONSET_LEVEL_BLANK], CONSET_COLOUR_PAPER);
}
END_TEST

START_TEST (categories_have_colours_of_their_own)
{
  for (guint a = 0; a < 7; a++)
    for (guint b = 0; b < a; b++)
      ck_assert_uint_ne (conset_colour_category (a), conset_colour_category (b));
}
END_TEST

/* }}} */
/* {{{ Ticks */

static char *
ticks_text (double low, double high, guint most, gboolean whole)
{
  GString *text = g_string_new (NULL);
  g_autofree char *scale = NULL;
  ConsetTicks ticks;

  conset_ticks_init (&ticks, low, high, most, whole);
  for (guint k = 0; k < ticks.n; k++)
    {
      g_autofree char *label = conset_ticks_label (&ticks, k);

      g_string_append_printf (text, "%s%s", k > 0 ? " " : "", label);
    }
  scale = conset_ticks_scale_label (&ticks);
  g_string_append_printf (text, "%s%s", *scale != '\0' ? " " : "", scale);
  return g_string_free (text, FALSE);
}

START_TEST (ticks_are_at_round_numbers)
{
  static const struct
  {
    double low, high;
    guint most;
    gboolean whole;
    const char *text;
  } known[] = {
    { 0, 1, 6, FALSE, "0.0 0.2 0.4 0.6 0.8 1.0" },
    { -0.5, 29.5, 7, TRUE, "0 5 10 15 20 25" },
    { -0.5, 0.5, 10, TRUE, "0" },
    { -1, 1, 5, FALSE, "−1.0 −0.5 0.0 0.5 1.0" },
    { 0, 499.5, 11, TRUE, "0 50 100 150 200 250 300 350 400 450" },
    { -0.5, 999999999.5, 6, TRUE, "0 200 400 600 800 ×10⁶" },
    { 0, 0.0000301, 4, FALSE, "0 10 20 30 ×10⁻⁶" },
    { 0.1, 0.31, 3, FALSE, "0.1 0.2 0.3" },
    { -1e-7, 1e-7, 5, FALSE, "−100 −50 0 50 100 ×10⁻⁹" },
    { -0.5, 9223372036854775807.5, 4, TRUE, "0 5 ×10¹⁸" },
    { 3, 3.9, 2, TRUE, "3" },
  };
  g_autofree char *text = NULL;

  text = ticks_text (known[_i].low, known[_i].high, known[_i].most, known[_i].whole);
  ck_assert_str_eq (text, known[_i].text);
}
END_TEST

/* Never too many, all inside, evenly apart; and no fewer than the next finer step would allow. */
START_TEST (ticks_are_inside_and_not_too_many)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 20000; round++)
    {
      double size = pow (10, g_rand_double_range (rand, -12, 12));
      double low = g_rand_double_range (rand, -5, 5) * size;
      double high = low + size * pow (10, g_rand_double_range (rand, -3, 1));
      guint most = g_rand_int_range (rand, 2, 12);
      ConsetTicks ticks;

      conset_ticks_init (&ticks, low, high, most, FALSE);
      if (ticks.n > most || ticks.n < 1)
        ck_abort_msg ("%u ticks of at most %u from %.17g to %.17g", ticks.n, most, low, high);
      for (guint k = 0; k < ticks.n; k++)
        if (conset_ticks_at (&ticks, k) < low - 1e-6 * (high - low)
            || conset_ticks_at (&ticks, k) > high + 1e-6 * (high - low))
          ck_abort_msg ("a tick at %.17g, from %.17g to %.17g", conset_ticks_at (&ticks, k), low,
                        high);
      /* With ten times finer steps there would be more than that. */
      if (most >= 10 && ticks.n < most / 5)
        ck_abort_msg ("%u ticks where %u may be", ticks.n, most);
    }
}
END_TEST

/* }}} */
/* {{{ Lettering */

START_TEST (texts_are_cut_to_their_room)
{
  for (double width = 0.0; width < 200.0; width += 7.0)
    {
      g_autofree char *text = conset_text_fit ("A long title, θ = 45°\nand more", 13, TRUE, width);

      ck_assert (g_utf8_validate (text, -1, NULL));
      ck_assert_ptr_null (strchr (text, '\n'));
      if (conset_text_width (text, 13, TRUE)
          > MAX (width, conset_text_width ("…", 13, TRUE)) + 1e-9)
        ck_abort_msg ("'%s' is longer than %g", text, width);
    }
}
END_TEST

/* }}} */
/* {{{ Cells of a window */

/* Counts of all cells are those of conset_count(), whatever the way they are found. */
static void
check_bins (const Conset *set, const ConsetWindow *window, gsize most)
{
  ConsetPlotWork work = { 0 };
  ConsetBins bins;
  guint64 total = 0;

  ck_assert (conset_bins_fill (&bins, set, window, -1, most, most, &work, NULL));
  ck_assert_uint_eq (bins.sampled_pairs, 0);
  for (gsize s = 0; s < bins.n_sources; s++)
    for (gsize t = 0; t < bins.n_targets; t++)
      {
        guint64 i = window->source_first + s * bins.source_step;
        guint64 j = window->target_first + t * bins.target_step;
        ConsetWindow cell = { i, MIN (i + bins.source_step, window->source_end), j,
                              MIN (j + bins.target_step, window->target_end) };
        guint64 count;

        ck_assert (conset_count (set, &cell, &count, NULL));
        total += count;
        if (bins.counts[s * bins.n_targets + t] != count)
          ck_abort_msg ("cell %" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT ": %" G_GUINT64_FORMAT
                        ", not %" G_GUINT64_FORMAT,
                        s, t, bins.counts[s * bins.n_targets + t], count);
      }
  ck_assert_uint_eq (total, bins.total);
  ck_assert_uint_le (bins.n_sources, most);
  ck_assert_uint_le (bins.n_targets, most);
  conset_bins_clear (&bins);
}

START_TEST (cells_count_what_is_in_them)
{
  static const char *const expressions[] = {
    "oneToOne",
    "random(0.3)",
    "full",
    "block(3, 7)*random(0.5) - oneToOne",
    "random(0.2) + random(0.2) + oneToOne",
    "empty",
    "random(0.999)",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint k = 0; k < G_N_ELEMENTS (expressions); k++)
    {
      g_autoptr (Conset) set = conset_parse (expressions[k], 1, NULL);

      for (guint round = 0; round < 20; round++)
        {
          guint64 i = g_rand_int_range (rand, 0, 1000), j = g_rand_int_range (rand, 0, 1000);
          ConsetWindow window = { i, i + g_rand_int_range (rand, 1, 300), j,
                                  j + g_rand_int_range (rand, 1, 300) };

          check_bins (set, &window, g_rand_int_range (rand, 1, 70));
        }
      check_bins (set, &CONSET_WINDOW (20000, 20000), 7);
    }
}
END_TEST

/* A window of 10^18 pairs: exact where the set has a closed form, else estimated within six
 * standard errors, and the same each time. */
START_TEST (windows_of_any_size_are_counted_or_sampled)
{
  static const guint64 n = 1000000000;
  ConsetPlotWork work = { 0 };
  g_autoptr (Conset) diagonal = conset_parse ("full - oneToOne", 1, NULL);
  g_autoptr (Conset) random = conset_parse ("random(0.3)", 1, NULL);
  ConsetBins bins, again;

  ck_assert (conset_bins_fill (&bins, diagonal, &CONSET_WINDOW (n, n), -1, 100, 10, &work, NULL));
  ck_assert_uint_eq (bins.sampled_pairs, 0);
  ck_assert_uint_eq (bins.total, n * n - n);
  ck_assert_uint_eq (bins.counts[0], n / 100 * (n / 100) - n / 100);
  ck_assert_uint_eq (bins.counts[1], n / 100 * (n / 100));
  conset_bins_clear (&bins);

  ck_assert (conset_bins_fill (&bins, random, &CONSET_WINDOW (n, n), -1, 100, 10, &work, NULL));
  ck_assert (conset_bins_fill (&again, random, &CONSET_WINDOW (n, n), -1, 100, 10, &work, NULL));
  ck_assert_uint_eq (bins.sampled_pairs, 4096);
  for (gsize k = 0; k < 100; k++)
    {
      ck_assert_uint_eq (bins.counts[k], again.counts[k]);
      ck_assert_double_le (fabs (bins.counts[k] - 4096 * 0.3), 6 * sqrt (4096 * 0.3 * 0.7));
    }
  conset_bins_clear (&bins);
  conset_bins_clear (&again);
}
END_TEST

/* So many connections that are sparse are estimated from whole lines, which find a diagonal, and
 * means of values that are where they are. */
START_TEST (sparse_sets_are_sampled_by_targets)
{
  static const guint64 n = 1000000000;
  ConsetPlotWork work = { 0 };
  g_autoptr (Conset) diagonal = conset_parse ("cset(oneToOne, i)", 1, NULL);
  ConsetBins bins;

  ck_assert (conset_bins_fill (&bins, diagonal, &CONSET_WINDOW (n, n), 0, 100, 10, &work, NULL));
  ck_assert_uint_eq (bins.sampled_targets, 1024);
  ck_assert_uint_eq (bins.n_sources, 10);
  for (gsize source = 0; source < 10; source++)
    for (gsize target = 0; target < 10; target++)
      {
        guint64 count = bins.counts[source * 10 + target];

        ck_assert_uint_eq (count, source == target ? 1024 : 0);
        ck_assert_double_eq (conset_bins_density (&bins, source, target), count / (1024 * 1e8));
        if (source == target)
          ck_assert_double_eq_tol (conset_bins_mean (&bins, source, target), (source + 0.5) * 1e8,
                                   0.3e8);
      }
  conset_bins_clear (&bins);
}
END_TEST

/* Means of values, those that are no numbers left out. */
START_TEST (cells_have_the_means_of_their_values)
{
  g_autoptr (Conset) set = conset_parse ("cset(full, j, 1 / (i - 1))", 1, NULL);
  ConsetPlotWork work = { 0 };
  ConsetBins bins;

  ck_assert (conset_bins_fill (&bins, set, &CONSET_WINDOW (20, 40), 0, 4, 4, &work, NULL));
  ck_assert_double_eq (conset_bins_mean (&bins, 0, 1), 14.5);
  conset_bins_clear (&bins);
  ck_assert (conset_bins_fill (&bins, set, &CONSET_WINDOW (3, 3), 1, 4, 4, &work, NULL));
  ck_assert_double_eq (conset_bins_mean (&bins, 0, 1), -1.0);
  ck_assert (isnan (conset_bins_mean (&bins, 1, 2)));
  ck_assert_double_eq (conset_bins_mean (&bins, 2, 0), 1.0);
  conset_bins_clear (&bins);
}
END_TEST

/* }}} */
/* {{{ Images */

static guint32
word_at (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
}

/* The chunks are whole, and the stored blocks hold each row behind a 0. */
START_TEST (images_hold_their_cells)
{
  g_autofree guint8 *levels = g_malloc (300 * 400);
  ConsetColour palette[CONSET_PALETTE_SIZE];
  ConsetCells cells = { 0, 0, 1, 1, 300, 400, levels, palette };
  g_autoptr (GByteArray) png = g_byte_array_new ();
  gsize at = 8, raw = 0;

  conset_colour_palette (CONSET_COLOURS_VIRIDIS, palette);
  for (gsize k = 0; k < 300 * 400; k++)
    levels[k] = k * k % 254;
  conset_png_encode (png, &cells);
  while (memcmp (png->data + at + 4, "IDAT", 4) != 0)
    at += word_at (png->data + at) + 12;
  for (at += 10; raw < 301 * 400;)
    {
      gsize n = png->data[at + 1] | png->data[at + 2] << 8;

      ck_assert_uint_eq (n ^ 0xffff, png->data[at + 3] | png->data[at + 4] << 8);
      ck_assert_uint_eq (png->data[at], raw + n == 301 * 400);
      for (gsize k = 0; k < n; k++, raw++)
        if (png->data[at + 5 + k] != (raw % 301 == 0 ? 0 : levels[raw / 301 * 300 + raw % 301 - 1]))
          ck_abort_msg ("byte %" G_GSIZE_FORMAT " of the image is wrong", raw);
      at += 5 + n;
    }
  ck_assert_mem_eq (png->data + png->len - 8, "IEND\xae\x42\x60\x82", 8);
}
END_TEST

/* }}} */

static Suite *
plot_suite (void)
{
  Suite *suite = suite_create ("plot");
  TCase *tcase = test_case_add (suite, "colours and numbers");

  tcase_add_loop_test (tcase, maps_have_their_colours_at_known_numbers, 0, 15);
  tcase_add_test (tcase, zero_is_the_middle_of_diverging_colours);
  tcase_add_test (tcase, categories_have_colours_of_their_own);
  tcase_add_loop_test (tcase, ticks_are_at_round_numbers, 0, 11);
  tcase_add_test (tcase, ticks_are_inside_and_not_too_many);
  tcase_add_test (tcase, texts_are_cut_to_their_room);
  tcase = test_case_add (suite, "cells");
  tcase_add_test (tcase, cells_count_what_is_in_them);
  tcase_add_test (tcase, windows_of_any_size_are_counted_or_sampled);
  tcase_add_test (tcase, sparse_sets_are_sampled_by_targets);
  tcase_add_test (tcase, cells_have_the_means_of_their_values);
  tcase_add_test (tcase, images_hold_their_cells);
  return suite;
}

int
main (void)
{
  return test_run (plot_suite ());
}
