/* SPDX-License-Identifier: MIT */
/*
 * Panels of positions, selections, fields and histograms: what is seen of them in SVG.
 */
#include "support.h"

#include "pictures.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* {{{ Positions */

static ConsetGeometry *
geometry_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  ConsetGeometry *geometry = conset_parse_geometry (text, 1, &error);

  if (geometry == NULL)
    ck_abort_msg ("%s", error->message);
  return geometry;
}

static ConsetPanel *
add_positions (ConsetFigure *figure, const char *text, guint64 n)
{
  g_autoptr (ConsetGeometry) geometry = geometry_of (text);

  return conset_figure_add_positions (figure, geometry, n);
}

static void
add_selection (ConsetPanel *panel, const char *text, ConsetOrder order, guint64 index)
{
  g_autoptr (Conset) set = picture_set (text);

  conset_panel_add_selection (panel, set, order, index, TRUE);
}

/* Each position is a disc at its place, in the right proportions. */
START_TEST (positions_are_discs_at_their_places)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autofree char *svg = NULL;
  double x[6], y[6];
  const char *at;

  add_positions (figure, "grid2d(3, xScale=30, yScale=10, height=2)", 100);
  svg = picture_svg (figure);
  ck_assert_uint_eq (picture_times (svg, "<circle"), 6);
  ck_assert (picture_has_label (svg, "6 positions"));
  at = svg;
  for (guint k = 0; k < 6; k++)
    {
      at = strstr (at + 1, "<circle");
      ck_assert_int_eq (sscanf (at, "<circle cx=\"%lf\" cy=\"%lf\"", &x[k], &y[k]), 2);
    }
  /* Steps of 10 across and of 5 upwards. */
  ck_assert_double_eq_tol (x[1] - x[0], 2 * (y[0] - y[3]), 0.03);
  ck_assert_double_eq_tol (x[2] - x[1], x[1] - x[0], 0.03);
  ck_assert_double_gt (y[0], y[3]);
  ck_assert_double_eq_tol (y[0], y[2], 0.001);
}
END_TEST

START_TEST (a_great_many_positions_are_shades)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autofree char *svg = NULL;

  add_positions (figure, "random2d(200000)", 200000);
  svg = picture_svg (figure);
  ck_assert_uint_eq (picture_times (svg, "<circle"), 0);
  ck_assert_uint_eq (picture_times (svg, "<image"), 1);
  ck_assert (picture_has_label (svg, "200,000 positions"));
}
END_TEST

START_TEST (three_dimensions_have_three_sides)
{
  static const char *const labels[][2] = { { "x", "y" }, { "x", "z" }, { "y", "z" } };

  for (guint plane = 0; plane < 3; plane++)
    {
      g_autoptr (ConsetFigure) figure = conset_figure_new ();
      g_autofree char *svg = NULL;

      conset_panel_set_plane (add_positions (figure, "random3d(50)", 50), plane);
      svg = picture_svg (figure);
      ck_assert (picture_has_label (svg, labels[plane][0]));
      ck_assert (picture_has_label (svg, labels[plane][1]));
    }
}
END_TEST

START_TEST (selections_are_on_grey_positions)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autofree char *svg = NULL;

  add_selection (add_positions (figure, "grid2d(10)", 100), "[(4, 7), (4, 9), (4, 200), (5, 8)]",
                 CONSET_SOURCE_MAJOR, 4);
  add_selection (add_positions (figure, "grid2d(10)", 100), "[(4, 7), (3, 7), (7, 4)]",
                 CONSET_TARGET_MAJOR, 7);
  svg = picture_svg (figure);
  /* All, the selected ones, and the one that they are connected with; twice. */
  ck_assert_uint_eq (picture_times (svg, "<circle"), 2 * (100 + 2 + 1));
  ck_assert_uint_eq (picture_times (svg, "fill=\"#c4c8cc\""), 2);
  ck_assert_uint_eq (picture_times (svg, "stroke=\"#d55e00\""), 4);
  ck_assert (picture_has_label (svg, "source 4, 2 targets"));
  ck_assert (picture_has_label (svg, "target 7, 2 sources"));
}
END_TEST

START_TEST (selections_are_coloured_by_values)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  ConsetPanel *panel = add_positions (figure, "grid2d(10)", 100);
  g_autofree char *svg = NULL;

  conset_panel_set_column (panel, 0);
  conset_panel_set_range (panel, 0.0, 99.0);
  add_selection (panel, "cset(cross([3], [0, 99]), weight=j)", CONSET_SOURCE_MAJOR, 3);
  svg = picture_svg (figure);
  ck_assert_uint_eq (picture_times (svg, "<g fill=\"#440154\""), 1);
  ck_assert_uint_eq (picture_times (svg, "<g fill=\"#fde725\""), 1);
  ck_assert (picture_has_label (svg, "weight"));
}
END_TEST

/* }}} */
/* {{{ Fields */

static ConsetPanel *
add_field (ConsetFigure *figure, const char *text, const char *geometry, guint64 target)
{
  g_autoptr (ConsetGeometry) positions = geometry_of (geometry);
  g_autoptr (Conset) set = picture_set (text);

  return conset_figure_add_field (figure, set, positions, 1000, target);
}

/* Rows of a grid go up: source 0 is at the bottom, on the left. */
START_TEST (fields_of_grids_are_heat_maps)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autofree char *svg = NULL, *cells = NULL;
  double x, y, width, height;

  conset_panel_set_range (
    add_field (figure, "cset([(0, 3), (7, 3)], weight=i - 3.5)", "grid2d(4, height=2)", 3), -3.5,
    3.5);
  svg = picture_svg (figure);
  cells = picture_cells (svg);
  ck_assert_uint_eq (picture_times (cells, "<rect"), 2);
  ck_assert_int_eq (sscanf (strstr (cells, "<g fill=\"#053061\">\n"),
                            "<g fill=\"#053061\">\n<rect x=\"%lf\" y=\"%lf\" width=\"%lf\" "
                            "height=\"%lf\"",
                            &x, &y, &width, &height),
                    4);
  ck_assert_double_eq (width, 120.0);
  ck_assert_double_eq (height, 240.0);
  ck_assert_ptr_nonnull (strstr (cells, "fill=\"#67001f\""));
  ck_assert (picture_has_label (svg, "target 3, 2 sources"));
}
END_TEST

START_TEST (other_fields_are_dots)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autofree char *svg = NULL;

  add_field (figure, "cset(cross(range(40), [1]), i)", "random2d(50)", 1);
  add_field (figure, "cross(range(40), [1])", "hexagonal2d(5, 0.1, height=10)", 1);
  svg = picture_svg (figure);
  ck_assert_uint_eq (picture_times (svg, "<circle"), 2 * (50 + 40));
}
END_TEST

/* }}} */
/* {{{ Histograms */

/* Heights of all bars, from left to right. */
static GArray *
bars_of (const char *svg)
{
  const char *end = NULL;
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (double));

  for (const char *at = strstr (svg, "<g class=\"bars\">"); at != NULL;
       at = strstr (end, "<g class=\"bars\">"))
    {
      end = strstr (at, "</g>");
      while ((at = strstr (at + 1, "<rect")) != NULL && at < end)
        {
          double height;

          ck_assert_int_eq (
            sscanf (at, "<rect x=\"%*f\" y=\"%*f\" width=\"%*f\" height=\"%lf\"", &height), 1);
          g_array_append_val (bars, height);
        }
    }
  return bars;
}

/* Bars are in proportion to the numbers in their bins; the last bin holds its end. */
START_TEST (bars_count_numbers)
{
  static const double numbers[] = { 0.0, 0.1, 0.5, 0.9, 0.99, 1.0, NAN, INFINITY, 0.95, 0.26 };
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  ConsetPanel *panel = conset_figure_add_histogram (figure);
  g_autofree char *svg = NULL;
  g_autoptr (GArray) bars = NULL;

  conset_panel_add_numbers (panel, NULL, numbers, G_N_ELEMENTS (numbers));
  conset_panel_set_bins (panel, 4);
  svg = picture_svg (figure);
  bars = bars_of (svg);
  ck_assert_uint_eq (bars->len, 4);
  for (guint k = 0; k < 4; k++)
    {
      static const double wanted[] = { 2, 1, 1, 4 };

      ck_assert_double_eq_tol (g_array_index (bars, double, k) / g_array_index (bars, double, 1),
                               wanted[k], 0.001);
    }
  ck_assert (picture_has_label (svg, "8 numbers, mean 0.5875, sd 0.4241; 2 not finite"));
  ck_assert (picture_has_label (svg, "count") && picture_has_label (svg, "value"));
}
END_TEST

START_TEST (degrees_have_bins_of_whole_numbers)
{
  g_autoptr (Conset) set = picture_set ("[(0, 0), (1, 0), (2, 0), (0, 1), (2, 3)]");
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  ConsetPanel *panel = conset_figure_add_histogram (figure);
  g_autofree char *svg = NULL;
  g_autoptr (GArray) bars = NULL;

  /* In-degrees 3, 1, 0, 1: no bar for 2. */
  conset_panel_add_degrees (panel, "in", set, &CONSET_WINDOW (3, 4), CONSET_TARGET_MAJOR);
  svg = picture_svg (figure);
  bars = bars_of (svg);
  ck_assert_uint_eq (bars->len, 3);
  ck_assert_double_eq_tol (g_array_index (bars, double, 1), 2 * g_array_index (bars, double, 0),
                           0.02);
  ck_assert (picture_has_label (svg, "in-degree") && picture_has_label (svg, "in"));
  for (guint k = 0; k < 4; k++)
    {
      g_autofree char *label = g_strdup_printf ("%u", k);

      ck_assert (picture_has_label (svg, label));
    }
}
END_TEST

START_TEST (several_data_share_bins_and_legend)
{
  g_autoptr (Conset) set =
    picture_set (conset_has_units () ? "cset(cross(range(10), range(10)), i * nS, j)"
                                     : "cset(cross(range(10), range(10)), i, j)");
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  ConsetPanel *panel = conset_figure_add_histogram (figure);
  g_autofree char *svg = NULL;
  g_autoptr (GArray) bars = NULL;

  conset_panel_add_values (panel, "first & last", set, NULL, 0);
  conset_panel_add_values (panel, "second", set, NULL, 1);
  conset_panel_set_side_by_side (panel, TRUE);
  conset_panel_set_density (panel, TRUE);
  conset_panel_set_normal (panel, TRUE);
  svg = picture_svg (figure);
  bars = bars_of (svg);
  ck_assert_uint_eq (bars->len, 20);
  ck_assert_uint_eq (picture_times (svg, "<polyline"), 2);
  ck_assert (picture_has_label (svg, "first &amp; last") && picture_has_label (svg, "second"));
  ck_assert (picture_has_label (svg, "density"));
  ck_assert (picture_has_label (svg, "200 numbers"));
}
END_TEST

START_TEST (nothing_to_count_is_an_empty_picture)
{
  g_autoptr (Conset) set = picture_set ("cset(empty, i)");
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autofree char *svg = NULL;

  conset_figure_add_histogram (figure);
  conset_panel_add_values (conset_figure_add_histogram (figure), NULL, set, &CONSET_WINDOW (5, 5),
                           0);
  add_positions (figure, "positions([])", 5);
  svg = picture_svg (figure);
  ck_assert_uint_eq (picture_times (svg, ">no numbers</text>"), 2);
  ck_assert (picture_has_label (svg, "0 positions"));
}
END_TEST

/* }}} */
/* {{{ Errors */

START_TEST (what_cannot_be_shown_is_told)
{
  static const char *const messages[] = {
    "a geometry of two dimensions is seen in the plane xy only",
    "9223372036854775808 positions are too many; show at most 67108864",
    "bins(0): give 1 to 1000 of them",
    "the set has no value 2, it has 1",
    "the window has 1073741824 targets, and the degrees of at most",
    "index(9223372036854775808): it must be below 2^63",
  };
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autoptr (Conset) set = picture_set ("cset(full, i)");
  g_autofree char *message = NULL;
  ConsetPanel *panel;

  if (_i == 0)
    conset_panel_set_plane (add_positions (figure, "grid2d(3)", 9), CONSET_PLANE_YZ);
  else if (_i == 1)
    add_positions (figure, "random2d()", CONSET_INDEX_END);
  else if (_i == 5)
    add_field (figure, "full", "grid2d(3)", CONSET_INDEX_END);
  else
    {
      panel = conset_figure_add_histogram (figure);
      if (_i == 2)
        conset_panel_set_bins (panel, 0);
      else if (_i == 3)
        conset_panel_add_values (panel, NULL, set, &CONSET_WINDOW (5, 5), 2);
      else
        conset_panel_add_degrees (panel, NULL, set, &CONSET_WINDOW (5, 1 << 30),
                                  CONSET_TARGET_MAJOR);
    }
  message = picture_failure (figure);
  if (!g_str_has_prefix (message, messages[_i]))
    ck_abort_msg ("'%s', not '%s'", message, messages[_i]);
}
END_TEST

/* }}} */
/* {{{ Text */

static char *
text_of (ConsetFigure *figure, ConsetTextForm form, guint columns, guint lines)
{
  g_autoptr (GError) error = NULL;
  char *text = conset_figure_to_text (figure, form, columns, lines, &error);

  if (text == NULL)
    ck_abort_msg ("%s", error->message);
  return text;
}

/* No line is longer, and no inside higher, than there is room, whatever the window. */
START_TEST (text_stays_in_its_room)
{
  static const char *const texts[] = { "random(0.3)", "cset(random(0.01), w=i - j)", "oneToOne",
                                       "cset(random(0.01), w=1/(i - j))" };
  static const guint64 sizes[] = { 1, 2, 17, 300, 1000000000 };

  for (guint which = 0; which < G_N_ELEMENTS (texts); which++)
    for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
      for (guint form = 0; form < 2; form++)
        {
          g_autoptr (ConsetFigure) figure = conset_figure_new ();
          g_autoptr (Conset) set = picture_set (texts[which]);
          ConsetPanel *panel =
            conset_figure_add_matrix (figure, set, &CONSET_WINDOW (sizes[k], sizes[k]));
          g_autofree char *text = NULL;
          g_auto (GStrv) lines = NULL;

          conset_panel_set_column (panel, conset_arity (set) > 0 ? 0 : -1);
          text = text_of (figure, form, 50, 12);
          lines = g_strsplit (text, "\n", -1);
          ck_assert_uint_le (g_strv_length (lines), 12 + 12);
          for (guint n = 0; lines[n] != NULL; n++)
            if (g_utf8_strlen (lines[n], -1) > 50
                || (form == CONSET_TEXT_ASCII && !g_str_is_ascii (lines[n])))
              ck_abort_msg ("%s, %" G_GUINT64_FORMAT ": %s", texts[which], sizes[k], lines[n]);
        }
}
END_TEST

START_TEST (empty_panels_are_text_too)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autoptr (Conset) none = picture_set ("empty * cross(range(4), range(4))");
  g_autofree char *text = NULL;

  conset_figure_add_matrix (figure, none, NULL);
  conset_figure_add_matrix (figure, none, &CONSET_WINDOW (2, 2));
  add_positions (figure, "grid2d(3)", 0);
  conset_panel_add_numbers (conset_figure_add_histogram (figure), NULL, NULL, 0);
  conset_figure_set_title (figure, "t");
  text = text_of (figure, CONSET_TEXT_ASCII, 0, 0);
  ck_assert_ptr_nonnull (strstr (text, "t\n\nno pairs\n\nsource\n"));
  ck_assert_ptr_nonnull (strstr (text, "0 + . .|"));
  ck_assert_ptr_nonnull (strstr (text, "0 positions\n"));
  ck_assert_ptr_nonnull (strstr (text, "no numbers\n"));
}
END_TEST

/* }}} */
/* {{{ Geometries of sets */

START_TEST (sets_tell_where_their_indices_are)
{
  static const char *const cases[][3] = {
    { "disc(0.1) * euclidMetric2d(grid2d(7), grid2d(9))", "grid2d(7)", "grid2d(9)" },
    { "cset(full, euclidMetric2d(grid2d(7), grid2d(9)))", "grid2d(7)", "grid2d(9)" },
    { "random(0.5) * (disc(0.1) * euclidMetric2d(grid2d(7)))", "grid2d(7)", "grid2d(7)" },
    { "random * (gaussian(0.1, 0.3) * euclidMetric2d(grid2d(7)))", "grid2d(7)", "grid2d(7)" },
    { "transpose * (disc(0.1) * euclidMetric2d(grid2d(7), grid2d(9)))", "grid2d(9)", "grid2d(7)" },
    { "GaussianKernel(grid2d(7), 0.1) - oneToOne", "grid2d(7)", "grid2d(7)" },
    { "nearest(3) * euclidMetric2d(grid2d(7, height=7))", "grid2d(7, height=7)",
      "grid2d(7, height=7)" },
    { "shift(1, 0) * (disc(0.1) * euclidMetric2d(grid2d(7)))", NULL, NULL },
    { "block(2) * (disc(0.1) * euclidMetric2d(grid2d(7)))", NULL, NULL },
    { "random(0.5) + cset(full, i)", NULL, NULL },
    { "random(0.5)", NULL, NULL },
  };

  for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
    for (guint side = 0; side < 2; side++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (Conset) set = conset_parse (cases[k][0], 1, &error);
        const ConsetGeometry *found =
          set != NULL
            ? conset_geometry_of (set, side == 0 ? CONSET_SOURCE_MAJOR : CONSET_TARGET_MAJOR)
            : NULL;
        g_autofree char *text = found != NULL ? conset_geometry_to_string (found) : NULL;
        g_autofree char *wanted = NULL;

        if (cases[k][1 + side] != NULL)
          {
            g_autoptr (ConsetGeometry) geometry = geometry_of (cases[k][1 + side]);

            wanted = conset_geometry_to_string (geometry);
          }
        if (g_strcmp0 (text, wanted) != 0)
          ck_abort_msg ("%s: %s instead of %s%s", cases[k][0], text, wanted,
                        error != NULL ? error->message : "");
      }
}
END_TEST

/* }}} */

static Suite *
panels_suite (void)
{
  Suite *suite = suite_create ("panels");
  TCase *tcase = test_case_add (suite, "positions and fields");

  tcase_add_test (tcase, positions_are_discs_at_their_places);
  tcase_add_test (tcase, a_great_many_positions_are_shades);
  tcase_add_test (tcase, three_dimensions_have_three_sides);
  tcase_add_test (tcase, selections_are_on_grey_positions);
  tcase_add_test (tcase, selections_are_coloured_by_values);
  tcase_add_test (tcase, fields_of_grids_are_heat_maps);
  tcase_add_test (tcase, other_fields_are_dots);
  tcase = test_case_add (suite, "histograms");
  tcase_add_test (tcase, bars_count_numbers);
  tcase_add_test (tcase, degrees_have_bins_of_whole_numbers);
  tcase_add_test (tcase, several_data_share_bins_and_legend);
  tcase_add_test (tcase, nothing_to_count_is_an_empty_picture);
  tcase_add_loop_test (tcase, what_cannot_be_shown_is_told, 0, 6);
  tcase = test_case_add (suite, "text");
  tcase_add_test (tcase, text_stays_in_its_room);
  tcase_add_test (tcase, empty_panels_are_text_too);
  tcase = test_case_add (suite, "geometries of sets");
  tcase_add_test (tcase, sets_tell_where_their_indices_are);
  return suite;
}

int
main (void)
{
  return test_run (panels_suite ());
}
