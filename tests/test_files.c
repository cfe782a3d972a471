/* SPDX-License-Identifier: MIT */
/*
 * Files of connections: what is written is read back as it was, in every format; the same bytes
 * come whatever the threads; failed writes leave the old file; damaged files are errors.
 */
#include "folder.h"
#include "support.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define LISTED 3000
#define INDICES 50

/* {{{ what is written */

typedef struct
{
  const char *name;
  ConsetFormat format;
} Kind;

static const Kind kinds[] = {
  { "a.h5", CONSET_FORMAT_AUTO },  { "a.mtx", CONSET_FORMAT_AUTO }, { "a.npy", CONSET_FORMAT_AUTO },
  { "a.npz", CONSET_FORMAT_AUTO }, { "a.npz", CONSET_FORMAT_COO },  { "a.npz", CONSET_FORMAT_CSR },
  { "a.csv", CONSET_FORMAT_AUTO }, { "a.tsv", CONSET_FORMAT_AUTO },
};

static gboolean
kind_is_here (const Kind *kind)
{
  return conset_has_hdf5 () || !g_str_has_suffix (kind->name, ".h5");
}

static char *
kind_path (const Kind *kind)
{
  return g_build_filename (test_folder, kind->name, NULL);
}

/* Weights that are hard to write: nothing, tiny, huge, and without an end. */
static Conset *
set_with_values (guint n_values)
{
  static const char *const names[] = { "weight", "delay" };
  static const double special[] = {
    0.0,       -0.0, 4.9406564584124654e-324, -1.7976931348623157e308, 0.1, 1.0 / 3.0, INFINITY,
    -INFINITY, NAN,
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autofree guint64 *sources = g_new (guint64, LISTED);
  g_autofree guint64 *targets = g_new (guint64, LISTED);
  g_autofree double *weights = g_new (double, LISTED);
  g_autofree double *delays = g_new (double, LISTED);
  const double *const values[] = { weights, delays };

  for (guint k = 0; k < LISTED; k++)
    {
      sources[k] = (guint64) g_rand_int_range (rand, 0, INDICES);
      targets[k] = (guint64) g_rand_int_range (rand, 0, INDICES);
      weights[k] = k < G_N_ELEMENTS (special) ? special[k] : g_rand_double_range (rand, -1e9, 1e9);
      delays[k] = g_rand_double (rand);
    }
  return conset_explicit_with_values (sources, targets, LISTED, n_values, values, names);
}

static ConsetExport *
export_new (const Kind *kind, const Conset *set, const ConsetWindow *window)
{
  g_autofree char *path = kind_path (kind);
  ConsetExport *export = conset_export_new (path);

  conset_export_set_format (export, kind->format);
  if (g_str_has_suffix (path, ".mtx") && conset_arity (set) > 1)
    conset_export_set_value (export, "weight");
  conset_export_add (export, set, window, NULL);
  return export;
}

static void
export_write (const Kind *kind, const Conset *set, const ConsetWindow *window)
{
  g_autoptr (ConsetExport) export = export_new (kind, set, window);
  g_autoptr (GError) error = NULL;

  if (!conset_export_write (export, &error))
    ck_abort_msg ("%s: %s", kind->name, error->message);
}

static gboolean
same_number (double a, double b)
{
  return memcmp (&a, &b, sizeof a) == 0;
}

/* Both have the same connections, and the same values in the columns that @got has. */
static void
assert_same (const char *name, const Conset *wanted, const ConsetWindow *window, const Conset *got)
{
  g_autoptr (ConsetIter) a = conset_iter_new (wanted, window, CONSET_TARGET_MAJOR);
  g_autoptr (ConsetIter) b = conset_iter_new (got, NULL, CONSET_TARGET_MAJOR);
  guint64 source[2], target[2];

  while (conset_iter_next (a, &source[0], &target[0]))
    {
      if (!conset_iter_next (b, &source[1], &target[1]) || source[0] != source[1]
          || target[0] != target[1])
        ck_abort_msg ("%s: another connection", name);
      for (guint c = 0; c < conset_arity (got); c++)
        if (!same_number (conset_iter_get_value (a, c), conset_iter_get_value (b, c)))
          ck_abort_msg ("%s: another value", name);
    }
  ck_assert (!conset_iter_next (b, &source[1], &target[1]));
  ck_assert (conset_iter_finish (a, NULL) && conset_iter_finish (b, NULL));
}

/* What @got has of the columns has the units that @wanted has. */
static void
assert_same_units (const char *name, const Conset *wanted, const Conset *got)
{
  for (guint c = 0; c < conset_arity (got); c++)
    for (guint k = 0; k < conset_arity (wanted); k++)
      if (g_strcmp0 (conset_column_name (wanted, k), conset_column_name (got, c)) == 0
          && g_strcmp0 (conset_column_unit (wanted, k), conset_column_unit (got, c)) != 0)
        ck_abort_msg ("%s: the unit of '%s' is %s", name, conset_column_name (got, c),
                      conset_column_unit (got, c));
}

static void
assert_round_trip (const Kind *kind, const Conset *set, const ConsetWindow *window)
{
  g_autofree char *path = kind_path (kind);
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) got = NULL, again = NULL;
  g_autofree char *printed = NULL, *printed_again = NULL;
  guint64 n, counted;

  export_write (kind, set, window);
  got = conset_import (path, kind->format, NULL, &error);
  if (got == NULL)
    ck_abort_msg ("%s", error->message);
  ck_assert_uint_eq (conset_arity (got), g_str_has_suffix (path, ".mtx")
                                           ? MIN (conset_arity (set), 1)
                                           : conset_arity (set));
  assert_same (kind->name, set, window, got);
  assert_same_units (kind->name, set, got);
  if (!conset_verify (path, kind->format, NULL, set, window, &n, &error))
    ck_abort_msg ("%s", error->message);
  ck_assert (conset_count (set, window, &counted, NULL));
  ck_assert_uint_eq (n, counted);
  if (!conset_verify (path, kind->format, NULL, NULL, NULL, &n, &error))
    ck_abort_msg ("%s", error->message);
  ck_assert_uint_eq (n, counted);

  printed = conset_to_string (got);
  again = conset_parse_with (printed, 1, CONSET_PARSE_FILES, &error);
  ck_assert_ptr_nonnull (again);
  printed_again = conset_to_string (again);
  ck_assert_str_eq (printed, printed_again);
  if (strstr (printed, "fromFile") != NULL)
    ck_assert_ptr_null (conset_parse (printed, 1, NULL));
}

START_TEST (files_read_back_as_they_were_written)
{
  static const char *const texts[] = {
    "empty",
    "[(0, 0)]",
    "[(7, 0), (0, 7), (7, 0)]",
    "random(0.3)*cross(range(200), range(300))",
    "random(N=5000, multapses=True)*cross(range(40), range(30))",
    "full*cross(range(100, 140), range(30, 50))",
    "cset(random(0.2)*cross(range(90), range(80)), i*0.1, j)",
    "cset(random(0.2)*cross(range(90), range(80)), x=normal(0.0, 1.0))",
    "cset(random(0.2)*cross(range(90), range(80)), weight=i*0.1*nS, delay=0.25*ms, x=j)",
    "cset(random(0.2)*cross(range(90), range(80)), x=i*pA)",
  };
  ConsetWindow window = CONSET_WINDOW (60, 70);

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      if (!kind_is_here (&kinds[k]))
        continue;
      for (guint n = 0; n <= 2; n++)
        {
          g_autoptr (Conset) set = set_with_values (n);

          assert_round_trip (&kinds[k], set, NULL);
        }
      for (gsize t = 0; t < G_N_ELEMENTS (texts); t++)
        {
          g_autoptr (Conset) set = conset_parse (texts[t], 1, NULL);

          if (set == NULL || (conset_arity (set) > 1 && g_str_has_suffix (kinds[k].name, ".mtx")))
            continue;
          assert_round_trip (&kinds[k], set, NULL);
          assert_round_trip (&kinds[k], set, &window);
        }
    }
  ck_assert_uint_gt (test_folder_empty (), 0);
}
END_TEST

/* Half of @n_sources by @n_targets pairs, with a value each; a third of these where a sanitizer
 * watches, still more than all buffers hold. */
static Conset *
large_set (guint n_sources, guint n_targets)
{
  g_autofree char *text =
    g_strdup_printf ("cset(random(0.5)*cross(range(%u), range(%u)), weight=i+j*0.001)", n_sources,
                     test_sanitized () ? n_targets / 3 : n_targets);

  return conset_parse (text, 1, NULL);
}

START_TEST (large_files_read_back)
{
  g_autoptr (Conset) set = large_set (900, 1000);

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    if (kind_is_here (&kinds[k]))
      assert_round_trip (&kinds[k], set, NULL);
}
END_TEST

/* }}} */
/* {{{ bytes */

static char *
write_with_threads (const Kind *kind, const Conset *set, guint n_threads, gsize *n)
{
  g_autoptr (ConsetTask) task = conset_task_new ();
  g_autoptr (ConsetExport) export = export_new (kind, set, NULL);
  g_autofree char *path = kind_path (kind);
  g_autoptr (GError) error = NULL;
  char *bytes;

  conset_task_set_threads (task, n_threads);
  conset_task_set_stretch (task, 1000 * n_threads);
  conset_export_set_task (export, task);
  conset_export_set_indexing (export, CONSET_INDEX_TARGETS | CONSET_INDEX_SOURCES);
  if (!conset_export_write (export, &error))
    ck_abort_msg ("%s", error->message);
  ck_assert (g_file_get_contents (path, &bytes, n, NULL));
  return bytes;
}

START_TEST (bytes_do_not_depend_on_threads)
{
  static const guint n_threads[] = { 2, 3, 99 };
  g_autoptr (Conset) set = large_set (600, 700);

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree char *one = NULL;
      gsize n_one, n;

      if (!kind_is_here (&kinds[k]))
        continue;
      one = write_with_threads (&kinds[k], set, 1, &n_one);
      for (gsize t = 0; t < G_N_ELEMENTS (n_threads); t++)
        {
          g_autofree char *other = write_with_threads (&kinds[k], set, n_threads[t], &n);

          ck_assert_uint_eq (n, n_one);
          if (memcmp (one, other, n) != 0)
            ck_abort_msg ("%s: other bytes by %u threads", kinds[k].name, n_threads[t]);
        }
    }
}
END_TEST

/* }}} */
/* {{{ verify */

START_TEST (verify_tells_the_first_difference)
{
  static const char *const others[][2] = {
    { "cset([(0, 0), (1, 1), (2, 2)], weight=[1, 2, 3])", NULL },
    { "cset([(0, 0), (1, 1), (2, 2)], weight=[1, 2.5, 3])",
      "connection 2 differs: weight of (1, 1) is 2 in the file, it should be 2.5" },
    { "cset([(0, 0), (1, 2), (2, 2)], weight=[1, 2, 3])",
      "connection 2 differs: the file has (1, 1), it should be (1, 2)" },
    { "cset([(0, 0), (1, 1)], weight=[1, 2])",
      "connection 3 differs: the file has (2, 2), it should have ended" },
    { "cset([(0, 0), (1, 1), (2, 2), (3, 3)], weight=[1, 2, 3, 4])",
      "connection 4 differs: the file ends, it should be (3, 3)" },
    { "[(0, 0), (1, 1), (2, 2)]", "which the set has not" },
  };

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (Conset) set = conset_parse (others[0][0], 1, NULL);
      g_autofree char *path = kind_path (&kinds[k]);

      if (!kind_is_here (&kinds[k]))
        continue;
      export_write (&kinds[k], set, NULL);
      for (gsize t = 0; t < G_N_ELEMENTS (others); t++)
        {
          g_autoptr (Conset) other = conset_parse (others[t][0], 1, NULL);
          g_autoptr (GError) error = NULL;
          gboolean same = conset_verify (path, kinds[k].format, NULL, other, NULL, NULL, &error);

          ck_assert (same == (others[t][1] == NULL));
          if (same)
            continue;
          ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_DIFFERENT));
          if (strstr (error->message, others[t][1]) == NULL)
            ck_abort_msg ("%s: %s", kinds[k].name, error->message);
        }
    }
}
END_TEST

START_TEST (files_tell_what_they_are)
{
  ConsetWindow window = CONSET_WINDOW (60, 70);
  g_autoptr (Conset) set = conset_parse ("cset(random(0.1, seed=5), weight=i)", 1, NULL);
  g_autofree char *text = conset_to_string (set);

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree char *path = kind_path (&kinds[k]);
      g_autoptr (ConsetFileInfo) info = NULL;
      g_auto (GStrv) populations = NULL;
      g_autoptr (GError) error = NULL;

      if (!kind_is_here (&kinds[k]))
        continue;
      export_write (&kinds[k], set, &window);
      info = conset_file_info_read (path, CONSET_FORMAT_AUTO, NULL, &error);
      ck_assert_msg (info != NULL, "%s", error != NULL ? error->message : "");
      ck_assert (info->format != CONSET_FORMAT_AUTO);
      ck_assert (kinds[k].format == CONSET_FORMAT_AUTO || info->format == kinds[k].format);
      ck_assert_str_eq (info->expression, text);
      ck_assert_uint_eq (info->n_sources, 60);
      ck_assert_uint_eq (info->n_targets, 70);
      ck_assert (!info->whole && info->window.target_end == 70);
      populations = conset_file_populations (path, CONSET_FORMAT_AUTO, &error);
      ck_assert_msg (populations != NULL, "%s", error != NULL ? error->message : "");
      ck_assert_uint_eq (g_strv_length (populations), info->format == CONSET_FORMAT_SONATA);
      ck_assert_ptr_null (conset_file_info_read ("none.csv", CONSET_FORMAT_AUTO, NULL, NULL));
      ck_assert_ptr_null (conset_file_populations ("none.h5", CONSET_FORMAT_AUTO, NULL));
    }
}
END_TEST

/* }}} */
/* {{{ failures */

/* Files can have no more than @n bytes, of this process; RLIM_INFINITY for any number. */
static void
limit_files (rlim_t n)
{
  struct rlimit limit;

  getrlimit (RLIMIT_FSIZE, &limit);
  limit.rlim_cur = n == RLIM_INFINITY ? limit.rlim_max : n;
  setrlimit (RLIMIT_FSIZE, &limit);
}

START_TEST (failed_writes_leave_the_old_file)
{
  static const char old[] = "what was there before";
  g_autoptr (Conset) set =
    conset_parse ("cset(random(0.5)*cross(range(900), range(1000)), weight=i)", 1, NULL);

  signal (SIGXFSZ, SIG_IGN);
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (ConsetExport) export = export_new (&kinds[k], set, NULL);
      g_autofree char *path = kind_path (&kinds[k]), *bytes = NULL;
      g_autoptr (GError) error = NULL;
      gboolean written;

      if (!kind_is_here (&kinds[k]))
        continue;
      ck_assert (g_file_set_contents (path, old, -1, NULL));
      limit_files (1000000);
      written = conset_export_write (export, &error);
      limit_files (RLIM_INFINITY);
      ck_assert (!written);
      ck_assert_msg (strstr (error->message, "File too large") != NULL, "%s", error->message);
      ck_assert (g_file_get_contents (path, &bytes, NULL, NULL));
      ck_assert_str_eq (bytes, old);
      ck_assert_uint_eq (test_folder_empty (), 1);
    }
}
END_TEST

static void
stop_at_once (const ConsetProgress *progress G_GNUC_UNUSED, gpointer user_data)
{
  conset_task_cancel (user_data);
}

START_TEST (cancelled_writes_leave_nothing)
{
  g_autoptr (Conset) set = conset_parse ("random(0.5)", 1, NULL);
  ConsetWindow window = CONSET_WINDOW (30000, 30000);

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (ConsetExport) export = export_new (&kinds[k], set, &window);
      g_autoptr (ConsetTask) task = conset_task_new ();
      g_autoptr (GError) error = NULL;

      if (!kind_is_here (&kinds[k]))
        continue;
      conset_task_set_progress (task, stop_at_once, task);
      conset_export_set_task (export, task);
      ck_assert (!conset_export_write (export, &error));
      ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_CANCELLED));
      ck_assert_uint_eq (test_folder_empty (), 0);
    }
}
END_TEST

START_TEST (what_cannot_be_written_is_told)
{
  static const struct
  {
    const char *set;
    const char *file;
    const char *message;
  } cases[] = {
    { "full", "a.csv", "the set is infinite" },
    { "[(0, 0)]", "a.txt", "the extension names no format" },
    { "[(0, 0)]", "none/a.csv", "No such file" },
    { "cset([(0, 0)], weight=1, delay=2)", "a.mtx", "choose one of weight, delay" },
    { "cset([(0, 0)], source=1)", "a.csv", "'source' have a name that this format needs" },
    { "cset([(0, 0)], data=1)", "a.npz", "'data' have a name that this format needs" },
    { "cset([(0, 0)], 1, value0=2)", "a.csv", "two columns would be named 'value0'" },
    { "[(0, 4611686018427387904)]", "a.npz", "too many to point to each" },
  };

  for (gsize k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      g_autoptr (Conset) set = conset_parse (cases[k].set, 1, NULL);
      g_autofree char *path = g_build_filename (test_folder, cases[k].file, NULL);
      g_autoptr (ConsetExport) export = conset_export_new (path);
      g_autoptr (GError) error = NULL;

      conset_export_add (export, set, NULL, NULL);
      ck_assert_msg (!conset_export_write (export, &error), "%s", cases[k].set);
      ck_assert_msg (strstr (error->message, cases[k].message) != NULL, "%s", error->message);
      ck_assert_uint_eq (test_folder_empty (), 0);
    }
}
END_TEST

/* }}} */
/* {{{ damage */

static void
import_bytes (const char *path, ConsetFormat format, const char *bytes, gsize n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = NULL;

  ck_assert (g_file_set_contents (path, bytes, (gssize) n, NULL));
  set = conset_import (path, format, NULL, &error);
  if ((set == NULL) != (error != NULL)
      || (error != NULL && !g_utf8_validate (error->message, -1, NULL)))
    ck_abort_msg ("%s: neither a set nor an error: %d, %s", path, set != NULL,
                  error != NULL ? error->message : "none");
}

/* Where @wanted stands in the @n @bytes from @from on; @n if nowhere. */
static gsize
find_bytes (const char *bytes, gsize n, gsize from, const void *wanted, gsize size)
{
  for (gsize k = from; k + size <= n; k++)
    if (memcmp (bytes + k, wanted, size) == 0)
      return k;
  return n;
}

/* Any bytes may be wrong, see test_hdf5_damage.c. Here are wrong sizes, one by one and all at once,
 * of which none may make libhdf5 ask for more memory than there is, and wrong numbers of nodes. */
static void
import_damaged_hdf5 (const char *path, const char *bytes, gsize n, const Conset *set, GRand *rand)
{
  static const guint64 sizes[] = { (guint64) 1 << 40, (guint64) 1 << 60, G_MAXUINT64, 0 };
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  guint64 count, sources[4], target;
  gsize start;

  ck_assert (conset_count (set, NULL, &count, NULL));
  for (gsize t = 0; t < G_N_ELEMENTS (sizes); t++)
    {
      g_autofree char *all = g_memdup2 (bytes, n);
      gsize at = 0;

      while ((at = find_bytes (bytes, n, at, &count, sizeof count)) < n)
        {
          g_autofree char *one = g_memdup2 (bytes, n);

          memcpy (one + at, &sizes[t], sizeof count);
          memcpy (all + at, &sizes[t], sizeof count);
          import_bytes (path, CONSET_FORMAT_AUTO, one, n);
          at += sizeof count;
        }
      import_bytes (path, CONSET_FORMAT_AUTO, all, n);
    }

  for (gsize k = 0; k < G_N_ELEMENTS (sources); k++)
    ck_assert (conset_iter_next (iter, &sources[k], &target));
  start = find_bytes (bytes, n, 0, sources, sizeof sources);
  ck_assert_uint_lt (start + 8 * count, n);
  for (guint t = 0; t < (test_sanitized () ? 30 : 100); t++)
    {
      g_autofree char *changed = g_memdup2 (bytes, n);

      changed[start + (guint64) g_rand_int_range (rand, 0, 8 * (gint32) count)] =
        (char) g_rand_int_range (rand, 0, 256);
      import_bytes (path, CONSET_FORMAT_AUTO, changed, n);
    }
}

START_TEST (damaged_files_are_errors)
{
  g_autoptr (Conset) set =
    conset_parse ("cset(random(0.1)*cross(range(40), range(50)), weight=i, delay=j)", 1, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autofree char *path = kind_path (&kinds[k]), *bytes = NULL, *changed = NULL;
      gboolean is_hdf5 = g_str_has_suffix (path, ".h5");
      gsize n;

      if (!kind_is_here (&kinds[k]))
        continue;
      export_write (&kinds[k], set, NULL);
      ck_assert (g_file_get_contents (path, &bytes, &n, NULL));
      for (gsize length = 0; length < n; length += 1 + n / 61)
        import_bytes (path, kinds[k].format, bytes, length);
      if (is_hdf5 && G_BYTE_ORDER == G_LITTLE_ENDIAN)
        import_damaged_hdf5 (path, bytes, n, set, rand);
      for (guint t = 0; t < 400 && !is_hdf5; t++)
        {
          changed = g_memdup2 (bytes, n);
          for (guint times = 0; times < 1 + t % 3; times++)
            changed[g_rand_int_range (rand, 0, t % 2 ? (gint32) n : MIN ((gint32) n, 400))] =
              (char) g_rand_int_range (rand, 0, 256);
          import_bytes (path, kinds[k].format, changed, n);
          g_clear_pointer (&changed, g_free);
        }
    }
}
END_TEST

START_TEST (wrong_files_are_told)
{
  static const struct
  {
    const char *name;
    const char *bytes;
    const char *message;
  } cases[] = {
    { "a.mtx", "", "the file is empty" },
    { "a.mtx", "1 1 1\n1 1\n", "begins with '%%MatrixMarket" },
    { "a.mtx", "%%MatrixMarket matrix array real general\n1 1\n1\n", "begins with" },
    { "a.mtx", "%%MatrixMarket matrix coordinate complex general\n1 1 0\n", "must be pattern" },
    { "a.mtx", "%%MatrixMarket matrix coordinate pattern hermitian\n", "must be general" },
    { "a.mtx", "%%MatrixMarket matrix coordinate pattern general\n% no size\n", "before the size" },
    { "a.mtx", "%%MatrixMarket matrix coordinate pattern general\n2 -2 1\n", "numbers of rows" },
    { "a.mtx", "%%MatrixMarket matrix coordinate pattern general\n2 2 2\n1 1\n", "1 entries too" },
    { "a.mtx", "%%MatrixMarket matrix coordinate pattern general\n2 2 1\n0 1\n", "not within" },
    { "a.mtx", "%%MatrixMarket matrix coordinate pattern general\n2 2 1\n3 1\n", "not within" },
    { "a.mtx", "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1 x\n",
      "line 3: this is no" },
    { "a.mtx", "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1 0x1p3\n", "is no entry" },
    { "a.mtx", "%%MatrixMarket matrix coordinate pattern general\n9 9 9999999999999\n1 1\n",
      "9999999999998 entries too early" },
    { "a.csv", "source,target,w\n1,2,-nanx\n", "is no number" },
    { "a.csv", "a,b\n1,2\n", "no columns source and target" },
    { "a.csv", "source,target\n1\n", "line 2" },
    { "a.csv", "source,target\n1,-2\n", "line 2" },
    { "a.csv", "source,target,w\n1,2,x\n", "line 2" },
    { "a.csv", "source,target,while\n1,2,3\n", "is no name for values" },
    { "a.csv", "source,target\n1,9223372036854775807\n", "beyond the largest" },
    { "a.npy", "no array", "" },
    { "a.npz", "no archive", "no directory" },
    { "a.h5", "no HDF5", "" },
  };

  for (gsize k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      g_autofree char *path = g_build_filename (test_folder, cases[k].name, NULL);
      g_autoptr (GError) error = NULL;

      ck_assert (g_file_set_contents (path, cases[k].bytes, -1, NULL));
      ck_assert_msg (conset_import (path, CONSET_FORMAT_AUTO, NULL, &error) == NULL, "%s",
                     cases[k].bytes);
      ck_assert_msg (strstr (error->message, path) != NULL, "%s", error->message);
      ck_assert_msg (strstr (error->message, cases[k].message) != NULL, "%s", error->message);
    }
}
END_TEST

START_TEST (matrices_of_others_are_read)
{
  static const char symmetric[] = "%%MatrixMarket matrix coordinate integer skew-symmetric\r\n"
                                  "%\r\n\r\n4 4 2\r\n3 1 5\r\n4 2 -7\r\n";
  g_autofree char *path = g_build_filename (test_folder, "a.mtx", NULL);
  g_autoptr (Conset) wanted =
    conset_parse ("cset([(2, 0), (0, 2), (3, 1), (1, 3)], weight=[5, -5, -7, 7])", 1, NULL);
  g_autoptr (Conset) got = NULL;
  g_autoptr (GError) error = NULL;

  ck_assert (g_file_set_contents (path, symmetric, -1, NULL));
  got = conset_import (path, CONSET_FORMAT_AUTO, NULL, &error);
  ck_assert_msg (got != NULL, "%s", error != NULL ? error->message : "");
  assert_same (path, wanted, NULL, got);
}
END_TEST

/* }}} */

static Suite *
files_suite (void)
{
  Suite *suite = suite_create ("files");
  TCase *tests = tcase_create ("files");

  tcase_set_timeout (tests, 0);
  tcase_add_checked_fixture (tests, test_folder_make, test_folder_remove);
  tcase_add_test (tests, files_read_back_as_they_were_written);
  tcase_add_test (tests, large_files_read_back);
  tcase_add_test (tests, bytes_do_not_depend_on_threads);
  tcase_add_test (tests, verify_tells_the_first_difference);
  tcase_add_test (tests, files_tell_what_they_are);
  tcase_add_test (tests, failed_writes_leave_the_old_file);
  tcase_add_test (tests, cancelled_writes_leave_nothing);
  tcase_add_test (tests, what_cannot_be_written_is_told);
  tcase_add_test (tests, damaged_files_are_errors);
  tcase_add_test (tests, wrong_files_are_told);
  tcase_add_test (tests, matrices_of_others_are_read);
  suite_add_tcase (suite, tests);
  return suite;
}

int
main (void)
{
  return test_run (files_suite ());
}
