/* SPDX-License-Identifier: MIT */
/*
 * Damaged files of HDF5, which make libhdf5 itself crash: each is an error or gives data, in
 * whatever way it is read or added to.
 *
 * Damage is of bytes, runs of them, whole blocks, and ends that are missing, from a fixed seed. The
 * seeds are such that without a trial in another process (src/io/hdf5_trial.c) the suite crashes.
 */
#include "folder.h"
#include "support.h"

#ifdef CONSET_HAVE_HDF5

#include <hdf5.h>
#include <string.h>

/* Variants of each file; fewer where a sanitizer watches. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define VARIANTS 24
#else
#define VARIANTS 100
#endif

#define SEED 21

static char *
in_folder (const char *name)
{
  return g_build_filename (test_folder, name, NULL);
}

/* {{{ files */

static void
export_edges (const char *path, guint compression)
{
  g_autoptr (Conset) set = conset_parse (
    "cset(random(0.1)*cross(range(40), range(50)), weight=i*nS, delay=j*ms)", 1, NULL);
  g_autoptr (ConsetExport) export = conset_export_new (path);
  g_autoptr (GError) error = NULL;

  conset_export_set_compression (export, compression);
  conset_export_add (export, set, NULL, NULL);
  ck_assert_msg (conset_export_write (export, &error), "%s", error != NULL ? error->message : "");
}

static void
make_contiguous (const char *path)
{
  export_edges (path, 0);
}

static void
make_compressed (const char *path)
{
  export_edges (path, 4);
}

static hid_t
create_file (const char *path, H5F_libver_t version)
{
  hid_t access = H5Pcreate (H5P_FILE_ACCESS), file;

  H5Pset_libver_bounds (access, version, version == H5F_LIBVER_V18 ? version : H5F_LIBVER_LATEST);
  file = H5Fcreate (path, H5F_ACC_TRUNC, H5P_DEFAULT, access);
  ck_assert (file >= 0);
  H5Pclose (access);
  return file;
}

static void
put_text (hid_t file, const char *object, const char *name, const char *text, gboolean variable)
{
  hid_t at = H5Oopen (file, object, H5P_DEFAULT), type = H5Tcopy (H5T_C_S1);
  hid_t space = H5Screate (H5S_SCALAR), attribute;

  H5Tset_size (type, variable ? H5T_VARIABLE : strlen (text) + 1);
  attribute = H5Acreate2 (at, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
  ck_assert (attribute >= 0);
  ck_assert (H5Awrite (attribute, type, variable ? (const void *) &text : text) >= 0);
  H5Aclose (attribute);
  H5Sclose (space);
  H5Tclose (type);
  H5Oclose (at);
}

/* How numbers are stored. */
typedef enum
{
  CONTIGUOUS,
  CHUNKED,
  COMPRESSED,
  COMPACT,
} Layout;

static hid_t
creation_list (Layout layout, hsize_t n)
{
  hid_t list = H5Pcreate (H5P_DATASET_CREATE);
  const hsize_t chunk[] = { (n + 2) / 3 };

  if (layout == COMPACT)
    H5Pset_layout (list, H5D_COMPACT);
  else if (layout != CONTIGUOUS)
    H5Pset_chunk (list, 1, chunk);
  if (layout == COMPRESSED)
    {
      H5Pset_shuffle (list);
      H5Pset_deflate (list, 4);
      H5Pset_fletcher32 (list);
    }
  return list;
}

/* @n numbers 0, @step, 2 @step, ...; groups on the way are made. */
static void
put_numbers (hid_t file, const char *name, hid_t stored, Layout layout, hsize_t n, double step)
{
  hid_t links = H5Pcreate (H5P_LINK_CREATE), list = creation_list (layout, n), dataset;
  const hsize_t most[] = { layout == CHUNKED ? H5S_UNLIMITED : n };
  hid_t space = H5Screate_simple (1, &n, most);
  g_autofree double *numbers = g_new (double, n);

  for (hsize_t k = 0; k < n; k++)
    numbers[k] = (double) k * step;
  H5Pset_create_intermediate_group (links, 1);
  dataset = H5Dcreate2 (file, name, stored, space, links, list, H5P_DEFAULT);
  ck_assert (dataset >= 0
             && H5Dwrite (dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers) >= 0);
  H5Dclose (dataset);
  H5Sclose (space);
  H5Pclose (list);
  H5Pclose (links);
}

static void
put_edges (hid_t file, const char *population, Layout layout)
{
  static const char *const ids[] = { "source_node_id", "target_node_id" };

  for (guint k = 0; k < 2; k++)
    {
      g_autofree char *path = g_strdup_printf ("/edges/%s/%s", population, ids[k]);

      put_numbers (file, path, H5T_STD_U64LE, layout, 60, 1);
      put_text (file, path, "node_population", "nodes of these edges", TRUE);
    }
}

/* As others do it, by default: version 0 of the format, with symbol tables. */
static void
make_usual (const char *path)
{
  hid_t file = create_file (path, H5F_LIBVER_EARLIEST);

  put_edges (file, "e", CHUNKED);
  put_numbers (file, "/edges/e/edge_group_id", H5T_STD_I8BE, COMPACT, 60, 0);
  put_numbers (file, "/edges/e/edge_group_index", H5T_STD_U32BE, COMPRESSED, 60, 1);
  put_numbers (file, "/edges/e/0/syn_weight", H5T_IEEE_F32BE, COMPRESSED, 60, 0.5);
  put_numbers (file, "/edges/e/0/delay", H5T_IEEE_F64LE, CONTIGUOUS, 60, 0.1);
  put_text (file, "/edges/e/0/delay", "units", "ms", FALSE);
  put_text (file, "/edges/e", "conset_expression", "random(0.5)", TRUE);
  put_text (file, "/", "conset_seed", "1", TRUE);
  H5Fclose (file);
}

/* Version 2 of the format: checksums, and heaps for many links and attributes. */
static void
make_dense (const char *path)
{
  hid_t file = create_file (path, H5F_LIBVER_V18);

  put_edges (file, "e", COMPRESSED);
  for (guint k = 0; k < 12; k++)
    {
      g_autofree char *name = g_strdup_printf ("conset_note_%u", k);
      g_autofree char *values = g_strdup_printf ("/edges/e/0/value%u", k);

      put_text (file, "/edges/e", name, "a text", k % 2);
      put_numbers (file, values, H5T_NATIVE_DOUBLE, k % 2 ? CHUNKED : COMPRESSED, 60, 2);
    }
  put_text (file, "/edges/e", "conset_seed", "1", TRUE);
  H5Fclose (file);
}

static void
make_nodes (const char *path)
{
  hid_t file = create_file (path, H5F_LIBVER_EARLIEST);

  put_numbers (file, "/nodes/v1/node_id", H5T_STD_U64LE, CHUNKED, 40, 1);
  put_numbers (file, "/nodes/v1/node_group_id", H5T_STD_U16LE, CONTIGUOUS, 40, 0);
  put_numbers (file, "/nodes/v1/0/x", H5T_IEEE_F64LE, COMPRESSED, 40, 1.5);
  put_numbers (file, "/nodes/v1/0/y", H5T_IEEE_F32LE, CONTIGUOUS, 40, 2);
  put_text (file, "/nodes/v1/0/x", "units", "um", TRUE);
  put_text (file, "/nodes/v1", "note", "made of nothing", TRUE);
  H5Fclose (file);
}

static const struct
{
  const char *name;
  void (*make) (const char *path);
  gboolean nodes;
} kinds[] = {
  { "contiguous.h5", make_contiguous, FALSE },
  { "compressed.h5", make_compressed, FALSE },
  { "usual.h5", make_usual, FALSE },
  { "dense.h5", make_dense, FALSE },
  { "nodes.h5", make_nodes, TRUE },
};

/* }}} */
/* {{{ damage */

/* Up to so many bytes somewhere: elsewhere, zeros, ones, others, or those of another place. */
static void
damage (char *bytes, gsize *n, guint variant, GRand *rand)
{
  gsize length = (gsize) g_rand_int_range (rand, 1, 1 << g_rand_int_range (rand, 1, 9));
  gsize at, from;

  if (variant % 16 == 15)
    {
      *n = (gsize) g_rand_int_range (rand, 1, (gint32) *n);
      return;
    }
  length = MIN (length, *n / 4);
  at = (gsize) g_rand_int_range (rand, 0, (gint32) (*n - length));
  from = (gsize) g_rand_int_range (rand, 0, (gint32) (*n - length));
  switch (variant % 5)
    {
    case 0:
      memset (bytes + at, 0, length);
      break;
    case 1:
      memset (bytes + at, 0xff, length);
      break;
    case 2:
      memmove (bytes + at, bytes + from, length);
      break;
    default:
      for (guint k = 0; k < 1 + variant % 3; k++)
        bytes[g_rand_int_range (rand, 0, (gint32) *n)] = (char) g_rand_int_range (rand, 0, 256);
    }
}

/* FALSE if it was found out by waiting, which is not to be done again. */
static gboolean
check_outcome (const char *what, guint variant, gboolean good, GError *error)
{
  gboolean soon = error == NULL || strstr (error->message, "comes to no end") == NULL;

  if (good != (error == NULL) || (error != NULL && !g_utf8_validate (error->message, -1, NULL)))
    ck_abort_msg ("variant %u: %s gives neither data nor an error: %s", variant, what,
                  error != NULL ? error->message : "none");
  g_clear_error (&error);
  return soon;
}

static void
append_to (const char *path, guint variant)
{
  g_autoptr (Conset) set = conset_parse ("cset(random(0.5)*cross(range(9), range(8)), 2)", 1, NULL);
  g_autoptr (ConsetExport) export = conset_export_new (path);
  g_autofree char *before = NULL, *after = NULL;
  GError *error = NULL;
  gsize n, n_after;
  gboolean good;

  ck_assert (g_file_get_contents (path, &before, &n, NULL));
  conset_export_set_append (export, TRUE);
  conset_export_set_compression (export, variant % 2);
  conset_export_add (export, set, NULL, "more");
  good = conset_export_write (export, &error);
  check_outcome ("export", variant, good, error);
  ck_assert (g_file_get_contents (path, &after, &n_after, NULL));
  if (!good && (n != n_after || memcmp (before, after, n) != 0))
    ck_abort_msg ("variant %u: the file has changed although nothing could be added", variant);
}

/* What a file tells without its connections, or with them, in one of several ways. */
static void
look_at_edges (const char *path, guint variant, const Conset *set)
{
  g_autofree char *text = g_strdup_printf ("fromFile(\"%s\")*cross(range(9), range(9))", path);
  g_autoptr (ConsetFileInfo) info = NULL;
  g_autoptr (Conset) part = NULL;
  g_auto (GStrv) names = NULL;
  GError *error = NULL;
  gboolean good;

  switch (variant % 4)
    {
    case 0:
      good = conset_verify (path, CONSET_FORMAT_AUTO, NULL, set, NULL, NULL, &error);
      check_outcome ("verify", variant, good, error);
      break;
    case 1:
      info = conset_file_info_read (path, CONSET_FORMAT_AUTO, NULL, &error);
      check_outcome ("info", variant, info != NULL, error);
      break;
    case 2:
      names = conset_file_populations (path, CONSET_FORMAT_AUTO, &error);
      check_outcome ("populations", variant, names != NULL, error);
      break;
    default:
      part = conset_parse_with (text, 1, CONSET_PARSE_FILES, &error);
      check_outcome ("fromFile", variant, part != NULL, error);
    }
}

static gboolean
read_edges (const char *path, guint variant)
{
  GError *error = NULL;
  g_autoptr (Conset) set = conset_import (path, CONSET_FORMAT_AUTO, NULL, &error);

  if (!check_outcome ("import", variant, set != NULL, error))
    return FALSE;
  look_at_edges (path, variant, set);
  return TRUE;
}

static gboolean
read_nodes (const char *path, guint variant)
{
  GError *error = NULL;
  ConsetGeometry *geometry = conset_geometry_from_file (path, NULL, &error);
  gboolean good = geometry != NULL;

  g_clear_pointer (&geometry, conset_geometry_unref);
  return check_outcome ("positions", variant, good, error);
}

START_TEST (damage_is_an_error_or_data)
{
  g_autofree char *path = in_folder (kinds[_i].name), *bytes = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  gsize n;

  kinds[_i].make (path);
  ck_assert (g_file_get_contents (path, &bytes, &n, NULL));
  for (guint variant = 0; variant < VARIANTS; variant++)
    {
      g_autofree char *changed = g_memdup2 (bytes, n);
      gsize length = n;

      damage (changed, &length, variant, rand);
      ck_assert (g_file_set_contents (path, changed, (gssize) length, NULL));
      if (kinds[_i].nodes ? read_nodes (path, variant) : read_edges (path, variant))
        append_to (path, variant);
    }
}
END_TEST

/* }}} */
/* {{{ files that are made to be hard */

static void
assert_problem (const char *path, const char *problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_import (path, CONSET_FORMAT_AUTO, NULL, &error);

  ck_assert_msg (set == NULL, "%s", problem);
  ck_assert_msg (strstr (error->message, problem) != NULL, "'%s' and not '%s'", error->message,
                 problem);
}

static void
assert_good (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_import (path, CONSET_FORMAT_AUTO, NULL, &error);

  ck_assert_msg (set != NULL, "%s", error != NULL ? error->message : "");
}

/* A file of edges to which @add adds something; its outcome is @problem, or good for NULL. */
static void
assert_with (void (*add) (hid_t file), const char *problem)
{
  g_autofree char *path = in_folder ("hard.h5");
  hid_t file = create_file (path, H5F_LIBVER_EARLIEST);

  put_edges (file, "e", CONTIGUOUS);
  add (file);
  H5Fclose (file);
  if (problem != NULL)
    assert_problem (path, problem);
  else
    assert_good (path);
}

/* Groups that contain each other, and links that lead to themselves or nowhere. */
static void
add_cycles (hid_t file)
{
  H5Lcreate_hard (file, "/edges", file, "/edges/e/above", H5P_DEFAULT, H5P_DEFAULT);
  H5Lcreate_hard (file, "/", file, "/edges/e/root", H5P_DEFAULT, H5P_DEFAULT);
  H5Lcreate_soft ("/edges/e/soft", file, "/edges/e/soft", H5P_DEFAULT, H5P_DEFAULT);
  H5Lcreate_soft ("/nowhere", file, "/edges/e/dangling", H5P_DEFAULT, H5P_DEFAULT);
}

static void
add_external_link (hid_t file)
{
  H5Lcreate_external ("other.h5", "/edges", file, "/edges/e/0", H5P_DEFAULT, H5P_DEFAULT);
}

static void
add_dataset (hid_t file, hid_t list, hsize_t n)
{
  hid_t space = H5Screate_simple (1, &n, NULL), links = H5Pcreate (H5P_LINK_CREATE), dataset;

  H5Pset_create_intermediate_group (links, 1);
  dataset = H5Dcreate2 (file, "/edges/e/0/weight", H5T_IEEE_F64LE, space, links, list, H5P_DEFAULT);
  ck_assert (dataset >= 0);
  H5Dclose (dataset);
  H5Pclose (links);
  H5Sclose (space);
  H5Pclose (list);
}

static void
add_external_numbers (hid_t file)
{
  hid_t list = H5Pcreate (H5P_DATASET_CREATE);

  H5Pset_external (list, "/dev/zero", 0, 480);
  add_dataset (file, list, 60);
}

static void
add_virtual (hid_t file, const char *from)
{
  hid_t list = H5Pcreate (H5P_DATASET_CREATE);
  const hsize_t n = 60;
  hid_t space = H5Screate_simple (1, &n, NULL);

  ck_assert (H5Pset_virtual (list, space, from, "/edges/e/source_node_id", space) >= 0);
  H5Sclose (space);
  add_dataset (file, list, 60);
}

static void
add_virtual_here (hid_t file)
{
  add_virtual (file, ".");
}

static void
add_virtual_there (hid_t file)
{
  add_virtual (file, "/dev/zero");
}

/* More than fits into the header of an object, in the one format that can have it; and a dataset
 * that says that it is without end, of which there is nothing. */
static void
add_much (hid_t file)
{
  hid_t list = H5Pcreate (H5P_DATASET_CREATE);
  const hsize_t chunk = 4;

  H5Pset_chunk (list, 1, &chunk);
  add_dataset (file, list, (hsize_t) 1 << 60);
  H5Lmove (file, "/edges/e/0", file, "/more", H5P_DEFAULT, H5P_DEFAULT);
}

START_TEST (hard_files)
{
  assert_with (add_cycles, NULL);
  assert_with (add_much, NULL);
  assert_with (add_virtual_here, NULL);
  assert_with (add_external_link, "'/edges/e/0' is in another file, 'other.h5'");
  assert_with (add_external_numbers, "'/edges/e/0/weight' is in another file, '/dev/zero'");
  assert_with (add_virtual_there, "'/edges/e/0/weight' is in another file, '/dev/zero'");
}
END_TEST

/* An attribute of @length characters, of either kind. */
START_TEST (huge_attributes)
{
  const gsize length = 50000000;
  g_autofree char *text = g_strnfill (length, 'x'), *path = in_folder ("huge.h5");
  g_autoptr (ConsetFileInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  hid_t file = create_file (path, H5F_LIBVER_V18);

  put_edges (file, "e", CONTIGUOUS);
  put_text (file, "/edges/e", "conset_seed", text, FALSE);
  put_text (file, "/edges/e", "conset_expression", text, TRUE);
  H5Fclose (file);
  info = conset_file_info_read (path, CONSET_FORMAT_AUTO, NULL, &error);
  ck_assert_msg (info != NULL, "%s", error != NULL ? error->message : "");
  ck_assert_uint_eq (strlen (info->expression), length);
  ck_assert_uint_eq (strlen (info->seed), length);
}
END_TEST

#define THREADS 8

static gpointer
read_often (gpointer path)
{
  for (guint k = 0; k < 20; k++)
    assert_good (path);
  return NULL;
}

/* Processes are forked while others ask for memory and write. */
START_TEST (many_threads_read)
{
  g_autofree char *path = in_folder ("threads.h5");
  GThread *threads[THREADS];

  make_usual (path);
  for (guint k = 0; k < THREADS; k++)
    threads[k] = g_thread_new ("reader", read_often, path);
  for (guint k = 0; k < 20; k++)
    {
      g_autofree char *name = g_strdup_printf ("thread%u.csv", k);
      g_autofree char *other = in_folder (name);
      g_autoptr (Conset) set = conset_parse ("random(0.5)*cross(range(99), range(99))", 1, NULL);
      g_autoptr (ConsetExport) export = conset_export_new (other);

      conset_export_add (export, set, NULL, NULL);
      ck_assert (conset_export_write (export, NULL));
    }
  for (guint k = 0; k < THREADS; k++)
    g_thread_join (threads[k]);
}
END_TEST

/* Chunks that are smaller, when they are decompressed, than chunks are: libhdf5 would read on. */
START_TEST (short_chunks)
{
  /* What deflate makes of 24 zeros. */
  static const guint8 zeros[] = {
    0x78, 0x9c, 0x63, 0x60, 0xc0, 0x0e, 0x00, 0x00, 0x18, 0x00, 0x01
  };

  for (hsize_t n = 2; n <= 1 << 20; n *= 8)
    {
      g_autofree char *path = in_folder ("short.h5");
      hid_t file = create_file (path, H5F_LIBVER_EARLIEST), list = H5Pcreate (H5P_DATASET_CREATE);
      const hsize_t first = 0;
      hid_t dataset, space = H5Screate_simple (1, &n, NULL);

      H5Pset_chunk (list, 1, &n);
      H5Pset_deflate (list, 4);
      put_numbers (file, "/edges/e/source_node_id", H5T_STD_U64LE, COMPRESSED, n, 0);
      dataset = H5Dcreate2 (file, "/edges/e/target_node_id", H5T_STD_U64LE, space, H5P_DEFAULT,
                            list, H5P_DEFAULT);
      ck_assert (H5Dwrite_chunk (dataset, H5P_DEFAULT, 0, &first, sizeof zeros, zeros) >= 0);
      H5Dclose (dataset);
      H5Sclose (space);
      H5Pclose (list);
      H5Fclose (file);
      if (8 * n <= 24)
        assert_good (path);
      else
        assert_problem (path, "a chunk is not whole, at '/edges/e/target_node_id'");
    }
}
END_TEST

/* }}} */

#endif

static Suite *
hdf5_damage_suite (void)
{
  Suite *suite = suite_create ("HDF5 damage");
  TCase *tests = test_case_add (suite, "damage");

  (void) tests;
#ifdef CONSET_HAVE_HDF5
  tcase_add_checked_fixture (tests, test_folder_make, test_folder_remove);
  tcase_add_loop_test (tests, damage_is_an_error_or_data, 0, G_N_ELEMENTS (kinds));
  tcase_add_test (tests, hard_files);
  tcase_add_test (tests, huge_attributes);
  tcase_add_test (tests, many_threads_read);
  tcase_add_test (tests, short_chunks);
#endif
  return suite;
}

int
main (void)
{
  return test_run (hdf5_damage_suite ());
}
