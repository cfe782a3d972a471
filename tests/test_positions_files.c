/* SPDX-License-Identifier: MIT */
/*
 * Positions from files: tables and arrays of NumPy of every form give what they hold, to the last
 * bit; files that are cut off anywhere, or wrong in any other way, are errors that say where; and
 * texts read files only where that is allowed.
 */
#include "positions.h"
#include "folder.h"
#include "support.h"

#include <glib/gstdio.h>

#include <math.h>
#include <string.h>

/* {{{ files */

/* The path of the file @name with these bytes. */
static char *
write_file (const char *name, const void *bytes, gssize n)
{
  char *path = g_build_filename (test_folder, name, NULL);

  ck_assert (g_file_set_contents (path, bytes, n, NULL));
  return path;
}

static ConsetGeometry *
read_file (const char *name,
           const void *bytes,
           gssize n,
           const ConsetPositionsOptions *options,
           GError **error)
{
  g_autofree char *path = write_file (name, bytes, n);

  return conset_geometry_from_file (path, options, error);
}

static ConsetGeometry *
read_good (const char *name, const void *bytes, gssize n, const ConsetPositionsOptions *options)
{
  g_autoptr (GError) error = NULL;
  ConsetGeometry *geometry = read_file (name, bytes, n, options, &error);

  ck_assert_msg (geometry != NULL, "%s", error != NULL ? error->message : "");
  return geometry;
}

static void
assert_problem (const char *name,
                const void *bytes,
                gssize n,
                const ConsetPositionsOptions *options,
                const char *problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConsetGeometry) geometry = read_file (name, bytes, n, options, &error);

  ck_assert_ptr_null (geometry);
  ck_assert_ptr_nonnull (error);
  ck_assert_msg (strstr (error->message, problem) != NULL, "'%s' and not '%s'", error->message,
                 problem);
}

/* }}} */

/* {{{ tables */

static const struct
{
  const char *name;
  const char *text;
  const char *columns[4];
  char separator;
  guint n_dimensions;
  guint n;
} tables[] = {
  { "a.csv", "x,y\n1,2\n-3.5,4e1\n", { NULL }, 0, 2, 2 },
  { "a.csv", "1,2\r\n-3.5,40.0\r\n", { NULL }, 0, 2, 2 },
  { "a.CSV", "1;2\n-3.5;4E+1", { NULL }, 0, 2, 2 },
  { "a.tsv", "# cells\nid\ty\tx\n1\t2\t1\n\n2\t40\t-3.5\n", { NULL }, 0, 2, 2 },
  { "a.txt", "  1   2 \n#\n -3.5\t40", { NULL }, 0, 2, 2 },
  { "a.csv", "\xef\xbb\xbfx,y,z\n1,2,3\n-3.5,40,0\n", { NULL }, 0, 3, 2 },
  { "a.csv",
    "id,\"x pos, mm\", 'y'\nleft,\"1\",2\n\"a, b\",-3.5,40\n",
    { "x pos, mm", "y" },
    0,
    2,
    2 },
  { "a.csv", "9,1,2\n8,-3.5,40\n", { "1", "2" }, 0, 2, 2 },
  { "a.csv", "2:1\n40:-3.5\n", { "1", "0" }, ':', 2, 2 },
  { "a.csv", "0,1\n2,1\n40,-3.5\n", { "1", "0" }, 0, 2, 3 },
  { "a.csv", "x,y\n", { NULL }, 0, 2, 0 },
};

START_TEST (tables_of_every_form)
{
  const ConsetPositionsOptions options = {
    .columns = tables[_i].columns[0] != NULL ? tables[_i].columns : NULL,
    .separator = tables[_i].separator,
  };
  g_autoptr (ConsetGeometry) geometry = read_good (tables[_i].name, tables[_i].text, -1, &options);
  guint n = tables[_i].n;

  ck_assert_uint_eq (conset_geometry_size (geometry), n);
  ck_assert_uint_eq (conset_geometry_n_dimensions (geometry), tables[_i].n_dimensions);
  ck_assert_ptr_null (conset_geometry_unit (geometry));
  if (n == 0)
    return;
  assert_at (geometry, n - 2, 1.0, 2.0, tables[_i].n_dimensions == 3 ? 3.0 : 0.0);
  assert_at (geometry, n - 1, -3.5, 40.0, 0.0);
}
END_TEST

static const struct
{
  const char *text;
  const char *columns[5];
  const char *problem;
} wrong_tables[] = {
  { "", { NULL }, "wrong.csv is empty; a table has at least one line" },
  { "\n# only\n\n", { NULL }, "wrong.csv is empty" },
  { "x,y\n1,2\n3\n", { NULL }, "line 3: the row has 1 columns, and the first line has 2" },
  { "x,y\n1,2\n3,4,5\n", { NULL }, "line 3: the row has 3 columns, and the first line has 2" },
  { "x,y\n1,2\n#\n3,\n", { NULL }, "line 4, column 'y': the number is missing" },
  { "1,2\n3,four\n", { NULL }, "line 2, column 2: 'four' is no number" },
  { "x,y\n1,nan\n", { NULL }, "line 2, column 'y': 'nan' is no number" },
  { "x,y\ninf,1\n", { NULL }, "line 2, column 'x': 'inf' is no number" },
  { "x,y\n0x10,1\n", { NULL }, "'0x10' is no number" },
  { "x,y\n1e,1\n", { NULL }, "'1e' is no number" },
  { "x,y\n.,1\n", { NULL }, "'.' is no number" },
  { "x,y\n1 2,1\n", { NULL }, "'1 2' is no number" },
  { "x,y\n1e999,1\n", { NULL }, "line 2, column 'x': 1e999 is too large for a double" },
  { "a,b\n1,2\n", { NULL }, "there is no column 'x'; there are the columns 'a', 'b'" },
  { "x,b\n1,2\n", { NULL }, "there is no column 'y'" },
  { "1,2,3,4\n", { NULL }, "there is no column 'x'; there are 4 columns, without names" },
  { "1\n2\n", { NULL }, "there are 1 columns, without names" },
  { "x,y\n1,2\n", { "x", "q" }, "there is no column 'q'" },
  { "x,y\n1,2\n", { "x", "2" }, "there is no column '2'" },
  { "x,y\n1,2\n", { "x" }, "positions have 2 or 3 coordinates" },
  { "x,y\n1,2\n", { "x", "y", "x", "y" }, "positions have 2 or 3 coordinates" },
};

START_TEST (wrong_tables_say_where)
{
  const ConsetPositionsOptions options = {
    .columns = wrong_tables[_i].columns[0] != NULL ? wrong_tables[_i].columns : NULL,
  };

  assert_problem ("wrong.csv", wrong_tables[_i].text, -1, &options, wrong_tables[_i].problem);
}
END_TEST

START_TEST (what_is_no_table_is_refused)
{
  g_autoptr (GString) text = g_string_new ("x,y\n");
  const ConsetPositionsOptions odd = { .separator = 'e' };

  assert_problem ("a.csv", "x,y\n1,\0002\n", 8, NULL, "line 2: there is a byte of 0");
  assert_problem ("a.csv", "x,y\n", -1, &odd, "no table is separated by 'e'");
  assert_problem ("a.dat", "x,y\n", -1, NULL, "the ending of its name tells no format");
  for (guint k = 0; k < 1100000; k++)
    g_string_append_c (text, '1');
  assert_problem ("a.csv", text->str, -1, NULL,
                  "line 2: the line is longer than 1048576 characters");
  g_string_truncate (text, 0);
  for (guint k = 0; k < 5000; k++)
    g_string_append (text, "1,");
  assert_problem ("a.csv", text->str, -1, NULL, "there are more than 4096 columns");
}
END_TEST

/* Of many lines, which do not fit a piece of the file; any decimals, in any unit. */
START_TEST (decimals_of_tables_are_exact)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);
  g_autoptr (GString) um = g_string_new (NULL), mm = g_string_new (NULL);
  g_autoptr (ConsetGeometry) pure = NULL, in_um = NULL, in_mm = NULL;
  const ConsetPositionsOptions options_um = { .unit = "um" }, options_mm = { .unit = "mm" };
  enum
  {
    N = 20000,
  };
  g_autofree double *numbers = g_new (double, N * 3);

  for (guint k = 0; k < N * 3; k++)
    {
      guint64 digits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
      g_autofree char *all = g_strdup_printf ("%020" G_GUINT64_FORMAT, digits);
      int n_digits = g_rand_int_range (rand, 1, 19), exponent = g_rand_int_range (rand, -30, 12);
      g_autofree char *text = g_strdup_printf ("%.*se%d", n_digits, all + 2, exponent);
      char end = k % 3 == 2 ? '\n' : ',';

      numbers[k] = g_ascii_strtod (text, NULL);
      if (exponent < 0 && -exponent < n_digits && k % 2 == 0)
        g_string_append_printf (um, "%.*s.%.*s%c", n_digits + exponent, all + 2, -exponent,
                                all + 2 + n_digits + exponent, end);
      else
        g_string_append_printf (um, "%s%c", text, end);
      g_string_append_printf (mm, "%.*se%d%c", n_digits, all + 2, exponent - 3, end);
    }
  pure = read_good ("a.csv", um->str, -1, NULL);
  ck_assert_uint_eq (conset_geometry_size (pure), N);
  for (guint k = 0; k < N; k++)
    assert_at (pure, k, numbers[3 * k], numbers[3 * k + 1], numbers[3 * k + 2]);
  if (!conset_has_units ())
    return;
  in_um = read_good ("a.csv", um->str, -1, &options_um);
  in_mm = conset_geometry_to_unit ("um", read_good ("a.csv", mm->str, -1, &options_mm));
  for (guint k = 0; k < N; k++)
    {
      assert_at (in_um, k, numbers[3 * k], numbers[3 * k + 1], numbers[3 * k + 2]);
      assert_at (in_mm, k, numbers[3 * k], numbers[3 * k + 1], numbers[3 * k + 2]);
    }
}
END_TEST

/* }}} */

/* {{{ arrays of NumPy */

/* An array as numpy.save() writes it: of version @major, with @header and @n bytes. */
static GString *
npy_new (guint major, const char *header, const void *bytes, gsize n)
{
  GString *file = g_string_new (NULL);
  gsize n_length = major == 1 ? 2 : 4;
  gsize length = strlen (header) + 1, padding = 63 - (8 + n_length + length + 63) % 64;

  g_string_append_len (file, "\x93NUMPY", 6);
  g_string_append_c (file, (char) major);
  g_string_append_c (file, 0);
  for (gsize k = 0; k < n_length; k++)
    g_string_append_c (file, (char) ((length + padding) >> 8 * k & 0xff));
  g_string_append (file, header);
  for (gsize k = 0; k < padding; k++)
    g_string_append_c (file, ' ');
  g_string_append_c (file, '\n');
  g_string_append_len (file, bytes, (gssize) n);
  return file;
}

/* Appends @number as @type, such as "<f8". */
static void
append_number (GByteArray *bytes, const char *type, double number)
{
  guint size = (guint) (type[2] - '0');
  gboolean is_little = type[0] != '>';
  float single = (float) number;
  guint32 single_bits;
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  memcpy (&single_bits, &single, sizeof single_bits);
  if (type[1] != 'f')
    bits = (guint64) (gint64) number;
  else if (size == 4)
    bits = single_bits;
  for (guint k = 0; k < size; k++)
    {
      guint8 byte = (guint8) (bits >> 8 * (is_little ? k : size - 1 - k));

      g_byte_array_append (bytes, &byte, 1);
    }
}

static const char *const types[] = { "<f8", ">f8", "<f4", ">f4", "<i8", ">i8", "<i4",
                                     ">i2", "|i1", "<u8", ">u4", "<u2", "|u1", "=f8" };

/* What is at place @k of coordinate @d. */
static double
expected_number (const char *type, guint k, guint d)
{
  double number = k % 90 + d * 7.0;

  if (type[1] == 'f')
    number = number / 4.0 - 3.0;
  return type[1] == 'i' ? number - 40.0 : number;
}

/* Every type, order, version and number of dimensions; of more bytes than are read at once. */
START_TEST (arrays_of_every_form)
{
  const char *type = types[_i / 4];
  gboolean is_fortran = _i % 2 == 1;
  guint n_dimensions = _i / 2 % 2 == 1 ? 3 : 2, n = 11003;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *header =
    g_strdup_printf ("{'descr': '%s', 'fortran_order': %s, 'shape': (%u, %u), }", type,
                     is_fortran ? "True" : "False", n, n_dimensions);
  g_autoptr (GString) file = NULL;
  g_autoptr (ConsetGeometry) geometry = NULL, in_mm = NULL;

  for (guint k = 0; k < n * n_dimensions; k++)
    append_number (bytes, type,
                   is_fortran ? expected_number (type, k % n, k / n)
                              : expected_number (type, k / n_dimensions, k % n_dimensions));
  file = npy_new (1 + (guint) _i % 3, header, bytes->data, bytes->len);
  geometry = read_good ("a.npy", file->str, (gssize) file->len, NULL);
  ck_assert_uint_eq (conset_geometry_size (geometry), n);
  ck_assert_uint_eq (conset_geometry_n_dimensions (geometry), n_dimensions);
  for (guint k = 0; k < n; k++)
    assert_at (geometry, k, expected_number (type, k, 0), expected_number (type, k, 1),
               n_dimensions == 3 ? expected_number (type, k, 2) : 0.0);
  if (!conset_has_units ())
    return;
  in_mm =
    read_good ("a.npy", file->str, (gssize) file->len, &(ConsetPositionsOptions){ .unit = "mm" });
  ck_assert_str_eq (conset_geometry_unit (in_mm), "mm");
  assert_at (in_mm, 12, expected_number (type, 12, 0), expected_number (type, 12, 1),
             n_dimensions == 3 ? expected_number (type, 12, 2) : 0.0);
}
END_TEST

START_TEST (records_have_columns)
{
  static const char header[] =
    "{'descr': [('id', '<u2'), ('y', '>f4'), (\"x\", '<f8')], 'fortran_order': False, "
    "'shape': (5,), }";
  const char *const columns[] = { "id", "y", NULL };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString) file = NULL;
  g_autoptr (ConsetGeometry) geometry = NULL, other = NULL;

  for (guint k = 0; k < 5; k++)
    {
      append_number (bytes, "<u2", 1000.0 + k);
      append_number (bytes, ">f4", -0.5 * k);
      append_number (bytes, "<f8", 0.1 * k);
    }
  file = npy_new (1, header, bytes->data, bytes->len);
  geometry = read_good ("a.npy", file->str, (gssize) file->len, NULL);
  other = read_good ("a.npy", file->str, (gssize) file->len,
                     &(ConsetPositionsOptions){ .columns = columns });
  for (guint k = 0; k < 5; k++)
    {
      assert_at (geometry, k, 0.1 * k, -0.5 * k, 0.0);
      assert_at (other, k, 1000.0 + k, -0.5 * k, 0.0);
    }
}
END_TEST

static const struct
{
  const char *header;
  const char *problem;
} wrong_headers[] = {
  { "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2)", "'}' is missing in its header" },
  { "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), } x", "something follows" },
  { "{'descr': '<f8', 'fortran_order': False, 'shape': (3 2), }", "')' is missing" },
  { "{'descr': '<f8', 'fortran_order': False, 'shape': (3, -2), }", "a size is missing" },
  { "{'descr': '<f8', 'fortran_order': False, 'shape': 3, }", "'(' is missing" },
  { "{'descr': '<f8', 'fortran_order': 0, 'shape': (3, 2), }", "neither True nor False" },
  { "{'descr': '<f8', 'shape': (3, 2), }", "'fortran_order' is missing" },
  { "{'descr': '<f8', 'descr': '<f8', 'shape': (3, 2), }", "its header has the key 'descr'" },
  { "{'descr': '<f8', 'order': False, 'shape': (3, 2), }", "its header has the key 'order'" },
  { "{'descr': '<f2', 'fortran_order': False, 'shape': (3, 2), }", "elements are of type '<f2'" },
  { "{'descr': '|b2', 'fortran_order': False, 'shape': (3, 2), }", "elements are of type '|b2'" },
  { "{'descr': '<c16', 'fortran_order': False, 'shape': (3, 2), }", "elements are of type '<c16'" },
  { "{'descr': '|O', 'fortran_order': False, 'shape': (3, 2), }", "elements are of type '|O'" },
  { "{'descr': '|f8', 'fortran_order': False, 'shape': (3, 2), }", "elements are of type '|f8'" },
  { "{'descr': [], 'fortran_order': False, 'shape': (3,), }", "its records have no fields" },
  { "{'descr': [('x', '<f8', (2,))], 'fortran_order': False, 'shape': (3,), }", "')' is missing" },
  { "{'descr': __import__('os'), 'fortran_order': False, 'shape': (3, 2), }",
    "a string is missing in its header" },
  { "{'descr': '<f8', 'fortran_order': False, 'shape': (30, 2), }",
    "it ends too early: 48 bytes are left for its elements, of 8 bytes each" },
  { "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4), }",
    "it ends too early" },
  { "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999, 2), }",
    "a size in its header is too large" },
  { "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1, 1, 1, 1), }",
    "it has more than 8 dimensions" },
  { "{'descr': '<f8', 'fortran_order': False, 'shape': (6,), }", "the array has 1 dimensions" },
  { "{'descr': '<f8', 'fortran_order': False, 'shape': (), }", "the array has 0 dimensions" },
  { "{'descr': '<f8', 'fortran_order': False, 'shape': (6, 1), }", "there are 1 columns" },
  { "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 6), }", "there are 6 columns" },
  { "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 2000000000), }", "not so many columns" },
  { "", "'{' is missing" },
};

START_TEST (wrong_arrays_say_what)
{
  static const double numbers[6] = { 0 };
  g_autoptr (GString) file = npy_new (1, wrong_headers[_i].header, numbers, sizeof numbers);

  assert_problem ("wrong.npy", file->str, (gssize) file->len, NULL, wrong_headers[_i].problem);
}
END_TEST

/* Each array that is cut off is an error, and so is one that begins otherwise. */
START_TEST (arrays_that_are_cut_off_are_told)
{
  static const char header[] = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }";
  static const double numbers[6] = { 1, 2, 3, 4, 5, NAN };
  g_autoptr (GString) file = npy_new (1, header, numbers, sizeof numbers);

  for (gsize n = 0; n < file->len; n++)
    assert_problem ("cut.npy", file->str, (gssize) n, NULL, "cut.npy is no array of NumPy");
  assert_problem ("a.npy", file->str, 0, NULL, "it is empty");
  assert_problem ("a.npy", file->str, 40, NULL, "it ends in its header");
  assert_problem ("a.npy", file->str, (gssize) file->len, NULL,
                  "coordinate y of position 2 is nan; coordinates are finite numbers");
  file->str[6] = 4;
  assert_problem ("a.npy", file->str, (gssize) file->len, NULL, "of a version that is unknown");
  memcpy (file->str + 6, "\2\0\0\0\0\7", 6);
  assert_problem ("a.npy", file->str, (gssize) file->len, NULL, "its header is too long");
  file->str[0] = 'x';
  assert_problem ("a.npy", file->str, (gssize) file->len, NULL, "it does not begin as one");
}
END_TEST

/* }}} */

/* {{{ any file */

START_TEST (what_is_no_file_is_told)
{
  g_autofree char *missing = g_build_filename (test_folder, "missing.npy", NULL);
  g_autofree char *bad_unit = write_file ("a.csv", "1,2\n", -1);
  g_autoptr (GError) error = NULL;
  const ConsetPositionsOptions options = { .unit = "parsecfoo" };

  ck_assert_ptr_null (conset_geometry_from_file (missing, NULL, &error));
  ck_assert_msg (strstr (error->message, "the file cannot be opened: No such file") != NULL, "%s",
                 error->message);
  g_clear_error (&error);
  ck_assert_ptr_null (conset_geometry_from_file (test_folder, NULL, &error));
  ck_assert_msg (strstr (error->message, "is a folder; give the name of a file") != NULL, "%s",
                 error->message);
  g_clear_error (&error);
  ck_assert_ptr_null (conset_geometry_from_file ("/dev/null", NULL, &error));
  ck_assert_msg (strstr (error->message, "is a pipe or a device") != NULL, "%s", error->message);
  g_clear_error (&error);
  ck_assert_ptr_null (conset_geometry_from_file (bad_unit, &options, &error));
  ck_assert_msg (g_str_has_prefix (error->message, "unit=parsecfoo: "), "%s", error->message);
}
END_TEST

/* What was read stays as it is, whatever becomes of the file. */
START_TEST (files_may_change_afterwards)
{
  g_autofree char *path = write_file ("a.csv", "1,2\n3,4\n", -1);
  g_autoptr (ConsetGeometry) geometry = conset_geometry_from_file (path, NULL, NULL);

  ck_assert (g_file_set_contents (path, "", 0, NULL));
  assert_at (geometry, 1, 3.0, 4.0, 0.0);
  g_unlink (path);
  assert_at (geometry, 0, 1.0, 2.0, 0.0);
}
END_TEST

START_TEST (texts_read_files_where_they_may)
{
  g_autofree char *path = write_file ("a.csv", "id;x pos;y;z\n1;0.07;0.2;3\n2;0.5;1;4\n", -1);
  g_autofree char *text =
    g_strdup_printf ("positionsFromFile('%s', columns=[\"x pos\", 2], separator=';')", path);
  g_autofree char *printed = NULL, *again = NULL, *in_mm = NULL, *printed_mm = NULL;
  g_autoptr (ConsetGeometry) geometry = NULL, refused = NULL, read = NULL, mm = NULL;
  g_autoptr (GError) error = NULL;

  refused = conset_parse_geometry (text, 1, &error);
  ck_assert_ptr_null (refused);
  ck_assert_msg (strstr (error->message, "this text may read no files") != NULL, "%s",
                 error->message);
  g_clear_error (&error);
  geometry = conset_parse_geometry_with (text, 1, CONSET_PARSE_FILES, &error);
  ck_assert_msg (geometry != NULL, "%s", error != NULL ? error->message : "");
  assert_at (geometry, 0, 0.07, 0.2, 0.0);
  printed = conset_geometry_to_string (geometry);
  again =
    g_strdup_printf ("positionsFromFile(\"%s\", columns=[\"x pos\", 2], separator=\";\")", path);
  ck_assert_str_eq (printed, again);
  read = conset_parse_geometry_with (printed, 1, CONSET_PARSE_FILES, NULL);
  assert_at (read, 1, 0.5, 1.0, 0.0);
  if (!conset_has_units ())
    return;
  in_mm = g_strdup_printf ("positionsFromFile(\"%s\", columns=[1, 2, 3], unit=mm)", path);
  mm = conset_parse_geometry_with (in_mm, 1, CONSET_PARSE_FILES, NULL);
  ck_assert_ptr_nonnull (mm);
  assert_at (mm, 0, 0.07, 0.2, 3.0);
  printed_mm = conset_geometry_to_string (mm);
  ck_assert_str_eq (printed_mm, in_mm);
}
END_TEST

START_TEST (positions_of_files_change_units)
{
  g_autofree char *path = write_file ("a.csv", "0.07,0.2\n0.5,1\n", -1);
  g_autofree char *text = g_strdup_printf ("positionsFromFile('%s') * mm", path), *printed = NULL;
  g_autoptr (ConsetGeometry) geometry =
    conset_parse_geometry_with (text, 1, CONSET_PARSE_FILES, NULL);
  g_autoptr (ConsetGeometry) read = NULL;

  if (!conset_has_units ())
    return;
  ck_assert_ptr_nonnull (geometry);
  assert_at (geometry, 1, 0.5, 1.0, 0.0);
  printed = conset_geometry_to_string (geometry);
  read = conset_parse_geometry_with (printed, 1, CONSET_PARSE_FILES, NULL);
  ck_assert_msg (read != NULL, "%s", printed);
  ck_assert_str_eq (conset_geometry_unit (read), "mm");
  assert_at (read, 1, 0.5, 1.0, 0.0);
}
END_TEST

static const struct
{
  const char *arguments;
  const char *problem;
} wrong_calls[] = {
  { "", "the file cannot be opened" },
  { ", columns=3", "a list of names or numbers, such as" },
  { ", columns=[1.5, 2]", "a list of names or numbers, such as" },
  { ", separator='ab'", "one character is needed" },
  { ", unit=3", "one of a unit is needed, such as um" },
  { ", unit=3*um", "one of a unit is needed, such as um" },
};

START_TEST (wrong_calls_are_told)
{
  g_autofree char *text =
    g_strdup_printf ("positionsFromFile('/nowhere.csv'%s)", wrong_calls[_i].arguments);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConsetGeometry) geometry =
    conset_parse_geometry_with (text, 1, CONSET_PARSE_FILES, &error);

  if (strstr (text, "um") != NULL && !conset_has_units ())
    return;
  ck_assert_ptr_null (geometry);
  ck_assert_msg (strstr (error->message, wrong_calls[_i].problem) != NULL, "%s", error->message);
}
END_TEST

/* }}} */

static Suite *
positions_files_suite (void)
{
  Suite *suite = suite_create ("positions files");
  TCase *tcase = test_case_add (suite, "tables");

  tcase_add_checked_fixture (tcase, test_folder_make, test_folder_remove);
  tcase_add_loop_test (tcase, tables_of_every_form, 0, G_N_ELEMENTS (tables));
  tcase_add_loop_test (tcase, wrong_tables_say_where, 0, G_N_ELEMENTS (wrong_tables));
  tcase_add_test (tcase, what_is_no_table_is_refused);
  tcase_add_test (tcase, decimals_of_tables_are_exact);
  tcase = test_case_add (suite, "arrays");
  tcase_add_checked_fixture (tcase, test_folder_make, test_folder_remove);
  tcase_add_loop_test (tcase, arrays_of_every_form, 0, 4 * G_N_ELEMENTS (types));
  tcase_add_test (tcase, records_have_columns);
  tcase_add_loop_test (tcase, wrong_arrays_say_what, 0, G_N_ELEMENTS (wrong_headers));
  tcase_add_test (tcase, arrays_that_are_cut_off_are_told);
  tcase = test_case_add (suite, "files");
  tcase_add_checked_fixture (tcase, test_folder_make, test_folder_remove);
  tcase_add_test (tcase, what_is_no_file_is_told);
  tcase_add_test (tcase, files_may_change_afterwards);
  tcase_add_test (tcase, texts_read_files_where_they_may);
  tcase_add_test (tcase, positions_of_files_change_units);
  tcase_add_loop_test (tcase, wrong_calls_are_told, 0, G_N_ELEMENTS (wrong_calls));
  return suite;
}

int
main (void)
{
  return test_run (positions_files_suite ());
}
