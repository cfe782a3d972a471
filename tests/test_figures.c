/* SPDX-License-Identifier: MIT */
/*
 * Figures: what is seen in them, as elements of SVG and as pixels of PNG; that they are the same
 * bytes each time; and what cannot be drawn.
 */
#include "support.h"

#include "pictures.h"

#include <glib/gstdio.h>

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef CONSET_HAVE_CAIRO
#include <cairo.h>
#endif

/* Adds the matrix of @expression in a window at the origin. */
static ConsetPanel *
add_matrix (ConsetFigure *figure, const char *expression, guint64 n_sources, guint64 n_targets)
{
  g_autoptr (Conset) set = picture_set (expression);

  return conset_figure_add_matrix (figure, set, &CONSET_WINDOW (n_sources, n_targets));
}

/* {{{ Matrices */

START_TEST (one_to_one_has_thirty_cells)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  ConsetPanel *panel = add_matrix (figure, "oneToOne", 30, 30);
  g_autofree char *svg = NULL, *cells = NULL;

  conset_panel_set_title (panel, "one & one");
  svg = picture_svg (figure);
  cells = picture_cells (svg);
  ck_assert_uint_eq (picture_times (cells, "<rect"), 30);
  ck_assert_uint_eq (picture_times (cells, " width=\"16\" height=\"16\""), 30);
  ck_assert_uint_eq (picture_times (cells, "fill=\"#12304f\""), 1);
  ck_assert (picture_has_label (svg, "one &amp; one"));
  ck_assert (picture_has_label (svg, "source") && picture_has_label (svg, "target"));
  for (guint k = 0; k < 30; k += 5)
    {
      g_autofree char *label = g_strdup_printf (">%u</text>", k);

      ck_assert_uint_eq (picture_times (svg, label), 2);
    }
  ck_assert (picture_has_label (svg, "30 sources × 30 targets, 30 connections"));
  ck_assert_ptr_null (strstr (svg, "colour-bar"));
}
END_TEST

/* Sources down and targets across, or turned. */
START_TEST (pairs_are_where_they_belong)
{
  for (guint turned = 0; turned < 2; turned++)
    {
      g_autoptr (ConsetFigure) figure = conset_figure_new ();
      ConsetPanel *panel = add_matrix (figure, "[(2, 0), (0, 9)]", 10, 20);
      g_autofree char *svg = NULL, *cells = NULL;
      double x[2], y[2];
      const char *at;

      conset_panel_set_turned (panel, turned);
      svg = picture_svg (figure);
      cells = picture_cells (svg);
      ck_assert_uint_eq (picture_times (cells, "<rect"), 2);
      at = cells;
      for (guint k = 0; k < 2; k++)
        {
          at = strstr (at + 1, "<rect");
          ck_assert_int_eq (sscanf (at, "<rect x=\"%lf\" y=\"%lf\"", &x[k], &y[k]), 2);
        }
      /* Cells of 24 units; the first in the picture is (0, 9), or (2, 0) if it is turned. */
      ck_assert_double_eq (x[1] - x[0], (turned ? -48.0 : -216.0));
      ck_assert_double_eq (floor (x[0]), x[0]);
      ck_assert_double_eq (y[1] - y[0], (turned ? 216.0 : 48.0));
    }
}
END_TEST

START_TEST (multapses_are_shaded_by_multiplicity)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autofree char *svg = NULL, *cells = NULL;

  add_matrix (figure, "[(0, 0), (1, 1), (1, 1), (2, 2), (2, 2), (2, 2), (3, 3)]", 4, 4);
  svg = picture_svg (figure);
  cells = picture_cells (svg);
  ck_assert_uint_eq (picture_times (cells, "<rect"), 4);
  ck_assert_uint_eq (picture_times (cells, "<g fill="), 3);
  ck_assert (strstr (cells, "<g fill=\"#d3e0ed\">") != NULL);
  ck_assert (strstr (cells, "<g fill=\"#12304f\">") != NULL);
  ck_assert_uint_eq (picture_times (svg, "<g class=\"colour-bar\">"), 1);
  ck_assert (picture_has_label (svg, "connections of a pair"));
}
END_TEST

/* Zero is in the middle of the diverging map, whatever the values are. */
START_TEST (values_have_their_colours)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autofree char *text = g_strdup_printf ("cset(oneToOne, weight=(i - 1) * (j - 1) * (i - 2)%s)",
                                           conset_has_units () ? " * nS" : "");
  ConsetPanel *panel = add_matrix (figure, text, 4, 4);
  g_autofree char *svg = NULL, *cells = NULL;

  /* -2, 0, 0 and 4. */
  conset_panel_set_column (panel, 0);
  svg = picture_svg (figure);
  cells = picture_cells (svg);
  ck_assert_uint_eq (picture_times (cells, "<rect"), 4);
  ck_assert_uint_eq (picture_times (cells, "<g fill=\"#f7f7f7\">"), 1);
  ck_assert_uint_eq (picture_times (cells, "<g fill=\"#67001f\">"), 1);
  if (strstr (cells, "<g fill=\"#6bacd1\">") == NULL
      && strstr (cells, "<g fill=\"#6aacd0\">") == NULL)
    ck_abort_msg ("-2 of 4 is in %s", cells);
  ck_assert (picture_has_label (svg, conset_has_units () ? "weight (nS)" : "weight"));
  ck_assert (picture_has_label (svg, "−4") && picture_has_label (svg, "4"));
}
END_TEST

START_TEST (values_that_are_no_numbers_are_grey)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  ConsetPanel *panel = add_matrix (figure, "cset(oneToOne, 1 / (i - 1) + 0 * log(i - 2))", 5, 5);
  g_autofree char *svg = NULL, *cells = NULL;

  conset_panel_set_column (panel, 0);
  svg = picture_svg (figure);
  cells = picture_cells (svg);
  ck_assert_uint_eq (picture_times (cells, "<rect"), 5);
  ck_assert_uint_eq (picture_times (cells, "<g fill=\"#9e9e9e\">"), 1);
  ck_assert (picture_has_label (svg, "no number"));
}
END_TEST

START_TEST (numbers_stand_in_their_cells)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  ConsetPanel *panel = add_matrix (figure, "cset(oneToOne, i - 1.25)", 3, 3);
  g_autofree char *svg = NULL, *message = NULL;
  g_autoptr (ConsetFigure) large = conset_figure_new ();

  conset_panel_set_column (panel, 0);
  conset_panel_set_numbers (panel, TRUE);
  svg = picture_svg (figure);
  ck_assert (picture_has_label (svg, "−1.25") && picture_has_label (svg, "−0.25")
             && picture_has_label (svg, "0.75"));

  conset_panel_set_numbers (add_matrix (large, "full", 41, 2), TRUE);
  message = picture_failure (large);
  ck_assert_str_eq (message, "numbers in 41 x 2 cells could not be read; show at most 40 x 40");
}
END_TEST

START_TEST (populations_have_names_and_lines)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  ConsetPanel *panel = add_matrix (figure, "full", 50, 50);
  g_autofree char *svg = NULL;

  conset_panel_add_population (panel, CONSET_SOURCE_MAJOR, "E", 0, 40);
  conset_panel_add_population (panel, CONSET_SOURCE_MAJOR, "I", 40, 50);
  conset_panel_add_population (panel, CONSET_TARGET_MAJOR, "I", 40, 50);
  svg = picture_svg (figure);
  ck_assert_uint_eq (picture_times (svg, "font-weight=\"bold\">E</text>"), 1);
  ck_assert_uint_eq (picture_times (svg, "font-weight=\"bold\">I</text>"), 2);
  ck_assert_uint_eq (picture_times (svg, "stroke-dasharray"), 3);
}
END_TEST

/* From one pair to as many as there can be. */
START_TEST (windows_of_all_sizes_are_drawn)
{
  static const guint64 sizes[] = { 1, 2, 7, 479, 961, 100000, 1000000000, CONSET_INDEX_END };

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    for (guint l = 0; l < G_N_ELEMENTS (sizes); l++)
      {
        g_autoptr (ConsetFigure) figure = conset_figure_new ();
        g_autofree char *svg = NULL;
        double width, height;

        add_matrix (figure, "full - oneToOne", sizes[k], sizes[l]);
        svg = picture_svg (figure);
        ck_assert_int_eq (
          sscanf (strstr (svg, " width="), " width=\"%lf\" height=\"%lf\"", &width, &height), 2);
        if (width < 100 || width > 900 || height < 100 || height > 900)
          ck_abort_msg ("%g x %g units for %" G_GUINT64_FORMAT " x %" G_GUINT64_FORMAT, width,
                        height, sizes[k], sizes[l]);
      }
}
END_TEST

START_TEST (empty_sets_are_empty_pictures)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autoptr (Conset) empty = conset_empty ();
  g_autofree char *svg = NULL;

  conset_figure_add_matrix (figure, empty, NULL);
  add_matrix (figure, "empty", 30, 30);
  add_matrix (figure, "full", 0, 5);
  svg = picture_svg (figure);
  ck_assert_uint_eq (picture_times (svg, "<g class=\"panel\">"), 3);
  ck_assert_uint_eq (picture_times (svg, ">target</text>"), 3);
  ck_assert_uint_eq (picture_times (svg, ">no pairs</text>"), 2);
  ck_assert (picture_has_label (svg, "30 sources × 30 targets, 0 connections"));
}
END_TEST

/* }}} */
/* {{{ Files */

/* By one thread and by several. */
START_TEST (pictures_are_the_same_bytes)
{
  static const ConsetWindow window = { 0, 900, 0, 700 };
  g_autoptr (Conset) set = test_read ("cset(random(0.3, seed=1), normal(0, 1, seed=2))");

  for (guint format = CONSET_PICTURE_PNG; format <= CONSET_PICTURE_PDF; format++)
    {
      GBytes *bytes[2];
      g_autoptr (GError) error = NULL;

      for (guint k = 0; k < 2; k++)
        {
          g_autoptr (ConsetFigure) figure = conset_figure_new ();
          ConsetPanel *matrix = conset_figure_add_matrix (figure, set, &window);
          ConsetPanel *histogram = conset_figure_add_histogram (figure);

          conset_figure_set_threads (figure, k == 0 ? 1 : 8);
          conset_panel_set_column (matrix, 0);
          conset_panel_add_values (histogram, "values", set, &window, 0);
          bytes[k] = conset_figure_to_bytes (figure, format, &error);
          if (bytes[k] == NULL && strstr (error->message, "without Cairo") != NULL)
            return;
          ck_assert_ptr_nonnull (bytes[k]);
        }
      ck_assert (g_bytes_equal (bytes[0], bytes[1]));
      g_bytes_unref (bytes[0]);
      g_bytes_unref (bytes[1]);
    }
}
END_TEST

START_TEST (files_appear_whole_or_not_at_all)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *file = g_build_filename (folder, "picture.SVG", NULL);
  g_autofree char *other = g_build_filename (folder, "picture.gif", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "no", "picture.svg", NULL);
  g_autofree char *link = g_build_filename (folder, "link.svg", NULL);
  g_autofree char *text = NULL;
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autoptr (ConsetFigure) wrong = conset_figure_new ();
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  ck_assert (g_file_set_contents (file, "before", -1, NULL));
  conset_panel_set_column (add_matrix (wrong, "full", 3, 3), 0);
  ck_assert (!conset_figure_write (wrong, file, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "the set has no value 0, it has 0"));
  g_clear_error (&error);
  ck_assert (g_file_get_contents (file, &text, NULL, NULL));
  ck_assert_str_eq (text, "before");

  add_matrix (figure, "full", 3, 3);
  ck_assert (!conset_figure_write (figure, other, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_PICTURE));
  g_clear_error (&error);
  ck_assert (!conset_figure_write (figure, nowhere, &error));
  ck_assert (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT));
  g_clear_error (&error);

  ck_assert_int_eq (symlink (file, link), 0);
  ck_assert (conset_figure_write (figure, link, &error));
  ck_assert_int_eq (g_lstat (link, &status), 0);
  ck_assert (S_ISLNK (status.st_mode));
  g_free (text);
  ck_assert (g_file_get_contents (file, &text, NULL, NULL));
  ck_assert_ptr_eq (strstr (text, "<?xml"), text);
  ck_assert_int_eq (g_unlink (link), 0);
  ck_assert_int_eq (g_unlink (file), 0);
  ck_assert_int_eq (g_rmdir (folder), 0);
}
END_TEST

START_TEST (devices_are_not_replaced)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *link = g_build_filename (folder, "null.svg", NULL);
  g_autoptr (GError) error = NULL;

  add_matrix (figure, "full", 3, 3);
  ck_assert_int_eq (symlink ("/dev/null", link), 0);
  ck_assert (!conset_figure_write (figure, link, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "no regular file"));
  ck_assert_int_eq (g_unlink (link), 0);
  ck_assert_int_eq (g_rmdir (folder), 0);
}
END_TEST

/* }}} */
/* {{{ Errors */

static gboolean
progress_stop (G_GNUC_UNUSED double fraction, guint64 connections, G_GNUC_UNUSED gpointer user_data)
{
  return connections < 5000;
}

START_TEST (what_is_wrong_is_told_when_it_is_written)
{
  static const char *const messages[] = {
    "the figure is empty; add a panel",
    "the set is infinite; give a window to show",
    "random(1.5): the probability must lie in [0, 1]",
    "columns(0): give at least 1",
    "range(2, 1): the ends must be finite, the lower one first",
    "the picture was cancelled",
    "scale(0): it must be above 0 and at most 20",
    "side(1e+06): give 60 to 4000 units",
  };
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autoptr (Conset) full = conset_full ();
  g_autoptr (Conset) wrong = conset_random (1.5, 1);
  g_autofree char *message = NULL;

  if (_i == 1)
    conset_figure_add_matrix (figure, full, NULL);
  else if (_i == 2)
    conset_figure_add_matrix (figure, wrong, &CONSET_WINDOW (3, 3));
  else if (_i > 2)
    add_matrix (figure, "full", 300, 300);
  if (_i == 3)
    conset_figure_set_columns (figure, 0);
  if (_i == 4)
    conset_panel_set_range (add_matrix (figure, "full", 3, 3), 2.0, 1.0);
  if (_i == 5)
    conset_figure_set_progress (figure, progress_stop, NULL);
  if (_i == 6)
    conset_figure_set_scale (figure, 0.0);
  if (_i == 7)
    conset_figure_set_side (figure, 1e6);
  message = picture_failure (figure);
  if (!g_str_has_prefix (message, messages[_i]) && _i != 2)
    ck_abort_msg ("'%s', not '%s'", message, messages[_i]);
  if (_i == 2 && strstr (message, "random(1.5") == NULL)
    ck_abort_msg ("'%s'", message);
}
END_TEST

/* }}} */
/* {{{ Pixels */

#ifdef CONSET_HAVE_CAIRO

typedef struct
{
  GBytes *bytes;
  gsize at;
} Reader;

static cairo_status_t
reader_read (void *closure, unsigned char *data, unsigned int n)
{
  Reader *self = closure;
  gsize size;
  const guint8 *from = g_bytes_get_data (self->bytes, &size);

  if (size - self->at < n)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, from + self->at, n);
  self->at += n;
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
png_of (ConsetFigure *figure)
{
  g_autoptr (GError) error = NULL;
  Reader reader = { conset_figure_to_bytes (figure, CONSET_PICTURE_PNG, &error), 0 };
  cairo_surface_t *surface;

  if (reader.bytes == NULL)
    ck_abort_msg ("%s", error->message);
  surface = cairo_image_surface_create_from_png_stream (reader_read, &reader);
  g_bytes_unref (reader.bytes);
  ck_assert_int_eq (cairo_surface_status (surface), CAIRO_STATUS_SUCCESS);
  return surface;
}

static guint32
pixel_at (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row =
    cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);
  guint32 pixel;

  memcpy (&pixel, row + 4 * x, sizeof pixel);
  return pixel & 0xffffff;
}

/* Every pixel of every cell, at each scale, where SVG says that the matrix begins. */
START_TEST (pixels_of_cells_are_theirs)
{
  static const double scales[] = { 1.0, 2.0, 3.0 };
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autoptr (Conset) set = picture_set ("random(0.5)");
  g_autofree char *svg = NULL;
  cairo_surface_t *surface;
  double left, top;

  conset_figure_set_scale (figure, scales[_i]);
  add_matrix (figure, "random(0.5)", 40, 40);
  svg = picture_svg (figure);
  ck_assert_int_eq (sscanf (strstr (svg, "<clipPath id=\"clip1\"><rect"),
                            "<clipPath id=\"clip1\"><rect x=\"%lf\" y=\"%lf\"", &left, &top),
                    2);
  surface = png_of (figure);
  for (guint64 source = 0; source < 40; source++)
    for (guint64 target = 0; target < 40; target++)
      for (double part = 0.25; part < 1.0; part += 0.5)
        {
          int x = (int) ((left + (target + part) * 12.0) * scales[_i]);
          int y = (int) ((top + (source + part) * 12.0) * scales[_i]);
          guint32 wanted = conset_contains (set, source, target) ? 0x12304f : 0xffffff;

          if (pixel_at (surface, x, y) != wanted)
            ck_abort_msg ("pixel %d, %d: #%06x, not #%06x", x, y, pixel_at (surface, x, y), wanted);
        }
  cairo_surface_destroy (surface);
}
END_TEST

START_TEST (images_too_large_are_refused)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autoptr (GError) error = NULL;

  add_matrix (figure, "full", 400, 400);
  conset_figure_set_side (figure, 4000);
  conset_figure_set_scale (figure, 20);
  ck_assert_ptr_null (conset_figure_to_bytes (figure, CONSET_PICTURE_PNG, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "Cairo draws at most 32767"));
}
END_TEST

/* A page without a date, which would differ each day. */
START_TEST (pdf_has_no_date)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  g_autoptr (GBytes) bytes = NULL;
  const char *text;
  gsize n;

  add_matrix (figure, "oneToOne", 4, 4);
  bytes = conset_figure_to_bytes (figure, CONSET_PICTURE_PDF, NULL);
  ck_assert_ptr_nonnull (bytes);
  text = g_bytes_get_data (bytes, &n);
  ck_assert (n > 1000 && memcmp (text, "%PDF-", 5) == 0);
  ck_assert_ptr_null (g_strstr_len (text, n, "CreationDate"));
}
END_TEST

#endif

/* }}} */

static Suite *
figures_suite (void)
{
  Suite *suite = suite_create ("figures");
  TCase *tcase = test_case_add (suite, "matrices");

  tcase_add_test (tcase, one_to_one_has_thirty_cells);
  tcase_add_test (tcase, pairs_are_where_they_belong);
  tcase_add_test (tcase, multapses_are_shaded_by_multiplicity);
  tcase_add_test (tcase, values_have_their_colours);
  tcase_add_test (tcase, values_that_are_no_numbers_are_grey);
  tcase_add_test (tcase, numbers_stand_in_their_cells);
  tcase_add_test (tcase, populations_have_names_and_lines);
  tcase_add_test (tcase, windows_of_all_sizes_are_drawn);
  tcase_add_test (tcase, empty_sets_are_empty_pictures);
  tcase = test_case_add (suite, "files");
  tcase_add_test (tcase, pictures_are_the_same_bytes);
  tcase_add_test (tcase, files_appear_whole_or_not_at_all);
  tcase_add_test (tcase, devices_are_not_replaced);
  tcase_add_loop_test (tcase, what_is_wrong_is_told_when_it_is_written, 0, 8);
#ifdef CONSET_HAVE_CAIRO
  tcase_add_loop_test (tcase, pixels_of_cells_are_theirs, 0, 3);
  tcase_add_test (tcase, images_too_large_are_refused);
  tcase_add_test (tcase, pdf_has_no_date);
#endif
  return suite;
}

int
main (void)
{
  return test_run (figures_suite ());
}
