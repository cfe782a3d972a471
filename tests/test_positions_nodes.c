/* SPDX-License-Identifier: MIT */
/*
 * Positions of nodes of SONATA: files that are written here with libhdf5, in and out of order, with
 * one group and several, and damaged in every way.
 */
#include "positions.h"
#include "support.h"

#ifdef CONSET_HAVE_HDF5

#include <glib/gstdio.h>

#include <hdf5.h>
#include <string.h>

/* {{{ files */

static char *path;

static void
make_path (void)
{
  int file = g_file_open_tmp ("conset-nodes-XXXXXX.h5", &path, NULL);

  ck_assert_int_ge (file, 0);
  ck_assert (g_close (file, NULL));
}

static void
remove_path (void)
{
  g_unlink (path);
  g_clear_pointer (&path, g_free);
}

static hid_t
create_file (void)
{
  hid_t file = H5Fcreate (path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);

  ck_assert (file >= 0);
  return file;
}

/* A dataset of @n x @width numbers of type @stored; groups on the way are made. */
static void
put_numbers (
  hid_t file, const char *name, hid_t stored, hid_t type, const void *numbers, hsize_t n, int width)
{
  hid_t links = H5Pcreate (H5P_LINK_CREATE);
  const hsize_t size[] = { n, (hsize_t) MAX (width, 1) };
  hid_t space = H5Screate_simple (width > 0 ? 2 : 1, size, NULL), set;

  H5Pset_create_intermediate_group (links, 1);
  set = H5Dcreate2 (file, name, stored, space, links, H5P_DEFAULT, H5P_DEFAULT);
  ck_assert (set >= 0
             && (n == 0 || H5Dwrite (set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers) >= 0));
  H5Dclose (set);
  H5Sclose (space);
  H5Pclose (links);
}

static void
put_reals (hid_t file, const char *name, const double *numbers, hsize_t n)
{
  put_numbers (file, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, numbers, n, 0);
}

static void
put_integers (hid_t file, const char *name, const guint64 *numbers, hsize_t n)
{
  put_numbers (file, name, H5T_STD_U64LE, H5T_NATIVE_UINT64, numbers, n, 0);
}

static ConsetGeometry *
read_good (const ConsetPositionsOptions *options)
{
  g_autoptr (GError) error = NULL;
  ConsetGeometry *geometry = conset_geometry_from_file (path, options, &error);

  ck_assert_msg (geometry != NULL, "%s", error != NULL ? error->message : "");
  return geometry;
}

static void
assert_problem (const ConsetPositionsOptions *options, const char *problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConsetGeometry) geometry = conset_geometry_from_file (path, options, &error);

  ck_assert_ptr_null (geometry);
  ck_assert_msg (strstr (error->message, problem) != NULL, "'%s' and not '%s'", error->message,
                 problem);
}

static const double xs[] = { 0.5, 1.25, -3, 4 }, ys[] = { 10, 20, 30, 40 }, zs[] = { 7, 8, 9, 6 };

/* }}} */

START_TEST (nodes_in_order)
{
  const ConsetPositionsOptions mm = { .unit = "mm" };
  const char *const columns[] = { "z", "x", NULL };
  const ConsetPositionsOptions other = { .columns = columns, .population = "v1" };
  hid_t file = create_file ();
  g_autoptr (ConsetGeometry) space = NULL, plane = NULL, lengths = NULL;

  put_numbers (file, "/nodes/v1/0/x", H5T_IEEE_F32BE, H5T_NATIVE_DOUBLE, xs, 4, 0);
  put_reals (file, "/nodes/v1/0/y", ys, 4);
  put_numbers (file, "/nodes/v1/0/z", H5T_STD_I16LE, H5T_NATIVE_DOUBLE, zs, 4, 0);
  H5Fclose (file);
  space = read_good (NULL);
  plane = read_good (&other);
  ck_assert_uint_eq (conset_geometry_size (space), 4);
  for (guint k = 0; k < 4; k++)
    {
      assert_at (space, k, xs[k], ys[k], zs[k]);
      assert_at (plane, k, zs[k], xs[k], 0.0);
    }
  if (!conset_has_units ())
    return;
  lengths = read_good (&mm);
  ck_assert_str_eq (conset_geometry_unit (lengths), "mm");
  assert_at (lengths, 1, 1.25, 20.0, 8.0);
}
END_TEST

START_TEST (nodes_out_of_order_in_groups)
{
  static const guint64 ids[] = { 2, 0, 3, 1 }, groups[] = { 0, 7, 0, 7 }, rows[] = { 1, 0, 0, 1 };
  hid_t file = create_file ();
  g_autoptr (ConsetGeometry) geometry = NULL;

  put_integers (file, "/nodes/v1/node_id", ids, 4);
  put_integers (file, "/nodes/v1/node_group_id", groups, 4);
  put_integers (file, "/nodes/v1/node_group_index", rows, 4);
  put_reals (file, "/nodes/v1/0/x", xs, 2);
  put_reals (file, "/nodes/v1/0/y", ys, 2);
  put_reals (file, "/nodes/v1/7/x", xs + 2, 2);
  put_reals (file, "/nodes/v1/7/y", ys + 2, 2);
  put_reals (file, "/nodes/v2/0/x", xs, 0);
  put_reals (file, "/nodes/v2/0/y", ys, 0);
  H5Fclose (file);
  geometry = read_good (&(ConsetPositionsOptions){ .population = "v1" });
  assert_at (geometry, 0, xs[2], ys[2], 0.0);
  assert_at (geometry, 1, xs[3], ys[3], 0.0);
  assert_at (geometry, 2, xs[1], ys[1], 0.0);
  assert_at (geometry, 3, xs[0], ys[0], 0.0);
  assert_problem (NULL, "choose the population of nodes; there are 'v1', 'v2'");
  assert_problem (&(ConsetPositionsOptions){ .population = "v3" }, "there is no population 'v3'");
  g_clear_pointer (&geometry, conset_geometry_unref);
  geometry = read_good (&(ConsetPositionsOptions){ .population = "v2" });
  ck_assert_uint_eq (conset_geometry_size (geometry), 0);
}
END_TEST

/* Many of them, out of order, of which a piece at a time is read. */
START_TEST (many_nodes)
{
  enum
  {
    N = 20011,
  };
  g_autofree guint64 *ids = g_new (guint64, N);
  g_autofree double *numbers = g_new (double, N * 3);
  hid_t file = create_file ();
  g_autoptr (ConsetGeometry) geometry = NULL;

  for (guint k = 0; k < N; k++)
    {
      ids[k] = (guint64) k * 7919 % N;
      for (guint d = 0; d < 3; d++)
        numbers[k * 3 + d] = k + d / 4.0;
    }
  put_integers (file, "/nodes/v1/node_id", ids, N);
  put_numbers (file, "/nodes/v1/0/positions", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, numbers, N, 3);
  H5Fclose (file);
  geometry = read_good (NULL);
  for (guint k = 0; k < N; k++)
    assert_at (geometry, ids[k], k, k + 0.25, k + 0.5);
}
END_TEST

START_TEST (wrong_nodes_are_told)
{
  static const guint64 twice[] = { 0, 1, 1, 3 }, beyond[] = { 0, 1, 2, 4 };
  const char *const columns[] = { "x", "q", NULL };
  hid_t file = create_file ();

  H5Fclose (file);
  assert_problem (NULL, "there are no nodes; give a file with nodes of SONATA");
  for (guint k = 0; k < 5; k++)
    {
      static const char *const problems[] = {
        "node_id 1 is there twice",
        "node_id 4 is none from 0 to below 4",
        "row 3 is row 4 of group 0, which has 4",
        "row 1 is of group 1, which is not there",
        "node_group_index has 3 rows, where there are 4 nodes",
      };

      file = create_file ();
      put_reals (file, "/nodes/v1/0/x", xs, 4);
      put_reals (file, "/nodes/v1/0/y", ys, 4);
      put_integers (file, "/nodes/v1/node_type_id", beyond, 4);
      if (k < 2)
        put_integers (file, "/nodes/v1/node_id", k == 0 ? twice : beyond, 4);
      else if (k == 3)
        put_integers (file, "/nodes/v1/node_group_id", twice, 4);
      else
        put_integers (file, "/nodes/v1/node_group_index", beyond, k == 2 ? 4 : 3);
      if (k == 4)
        put_integers (file, "/nodes/v1/node_id", (const guint64[]){ 0, 1, 2, 3 }, 4);
      H5Fclose (file);
      assert_problem (NULL, problems[k]);
    }

  file = create_file ();
  put_reals (file, "/nodes/v1/0/x", xs, 4);
  put_reals (file, "/nodes/v1/0/y", ys, 3);
  H5Fclose (file);
  assert_problem (NULL, "column y of group 0 is not of the size of the others");
  assert_problem (&(ConsetPositionsOptions){ .columns = columns }, "group 0 has no column q");

  file = create_file ();
  put_reals (file, "/nodes/v1/0/dynamics", xs, 4);
  H5Fclose (file);
  assert_problem (NULL, "group 0 of the nodes has no positions");

  file = create_file ();
  put_reals (file, "/nodes/v1/model", xs, 4);
  H5Fclose (file);
  assert_problem (NULL, "the population has no group of attributes");
}
END_TEST

/* A file that says that it holds much, and holds nothing; and any that is cut off or has wrong
 * bytes, which is an error, or what it was. */
START_TEST (damaged_nodes_are_errors)
{
  const hsize_t size[] = { (hsize_t) 1 << 50 }, piece[] = { 1024 };
  hid_t file = create_file (), links = H5Pcreate (H5P_LINK_CREATE);
  hid_t chunks = H5Pcreate (H5P_DATASET_CREATE), space = H5Screate_simple (1, size, NULL);
  g_autofree char *bytes = NULL;
  gsize n;

  H5Pset_create_intermediate_group (links, 1);
  H5Pset_chunk (chunks, 1, piece);
  H5Dclose (H5Dcreate2 (file, "/nodes/v1/0/x", H5T_IEEE_F64LE, space, links, chunks, H5P_DEFAULT));
  H5Sclose (space);
  H5Pclose (chunks);
  H5Pclose (links);
  H5Fclose (file);
  assert_problem (NULL, "says that it is larger than the file can hold");

  file = create_file ();
  put_reals (file, "/nodes/v1/0/x", xs, 4);
  put_reals (file, "/nodes/v1/0/y", ys, 4);
  H5Fclose (file);
  ck_assert (g_file_get_contents (path, &bytes, &n, NULL));
  for (gsize k = 0; k < n; k += 61)
    {
      ck_assert (g_file_set_contents (path, bytes, (gssize) k, NULL));
      assert_problem (NULL, path);
    }
  for (gsize k = 0; k < n; k += 23)
    {
      g_autoptr (ConsetGeometry) geometry = NULL;
      g_autoptr (GError) error = NULL;

      bytes[k] = (char) ~bytes[k];
      ck_assert (g_file_set_contents (path, bytes, (gssize) n, NULL));
      geometry = conset_geometry_from_file (path, NULL, &error);
      bytes[k] = (char) ~bytes[k];
      if ((geometry == NULL) != (error != NULL))
        ck_abort_msg ("byte %" G_GSIZE_FORMAT, k);
    }
}
END_TEST

#endif

static Suite *
positions_nodes_suite (void)
{
  Suite *suite = suite_create ("positions nodes");
  TCase *tcase = test_case_add (suite, "nodes");

  (void) tcase;
#ifdef CONSET_HAVE_HDF5
  tcase_add_checked_fixture (tcase, make_path, remove_path);
  tcase_add_test (tcase, nodes_in_order);
  tcase_add_test (tcase, nodes_out_of_order_in_groups);
  tcase_add_test (tcase, many_nodes);
  tcase_add_test (tcase, wrong_nodes_are_told);
  tcase_add_test (tcase, damaged_nodes_are_errors);
#endif
  return suite;
}

int
main (void)
{
  return test_run (positions_nodes_suite ());
}
