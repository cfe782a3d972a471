/* SPDX-License-Identifier: MIT */
/*
 * The Arrow C stream interface, consumed by hand: what it gives, who owns what, how it fails.
 */
#include "support.h"

#include <errno.h>
#include <string.h>

/* Streams */

static struct ArrowArrayStream
stream_of (const char *text,
           const ConsetWindow *window,
           ConsetOrder order,
           const ConsetArrowOptions *options)
{
  g_autoptr (Conset) set = test_read (text);
  struct ArrowArrayStream stream;

  conset_arrow_stream (set, window, order, options, &stream);
  ck_assert_ptr_nonnull (stream.release);
  return stream;
}

static struct ArrowSchema
schema_of (struct ArrowArrayStream *stream)
{
  struct ArrowSchema schema;

  ck_assert_int_eq (stream->get_schema (stream, &schema), 0);
  ck_assert_ptr_nonnull (schema.release);
  return schema;
}

/* The next batch, whose release() is NULL at the end. */
static struct ArrowArray
next_of (struct ArrowArrayStream *stream)
{
  struct ArrowArray array;

  ck_assert_int_eq (stream->get_next (stream, &array), 0);
  return array;
}

static const gint64 *
array_integers (const struct ArrowArray *array, guint column)
{
  return array->children[column]->buffers[1];
}

static const double *
array_reals (const struct ArrowArray *array, guint column)
{
  return array->children[column]->buffers[1];
}

/* The value of @key in metadata; NULL if there is none. */
static char *
metadata_get (const char *metadata, const char *key)
{
  gint32 n, length;

  memcpy (&n, metadata, sizeof n);
  metadata += sizeof n;
  for (gint32 k = 0; k < n; k++)
    {
      gboolean found;

      memcpy (&length, metadata, sizeof length);
      metadata += sizeof length;
      found = strlen (key) == (gsize) length && memcmp (metadata, key, (gsize) length) == 0;
      metadata += length;
      memcpy (&length, metadata, sizeof length);
      metadata += sizeof length;
      if (found)
        return g_strndup (metadata, (gsize) length);
      metadata += length;
    }
  return NULL;
}

static void
metadata_assert (const struct ArrowSchema *schema, const char *key, const char *expected)
{
  g_autofree char *value = metadata_get (schema->metadata, key);

  ck_assert_pstr_eq (value, expected);
}

/* Content */

static void
field_assert (const struct ArrowSchema *field, const char *format, const char *name)
{
  ck_assert_str_eq (field->format, format);
  ck_assert_str_eq (field->name, name);
  ck_assert_int_eq (field->flags, 0);
  ck_assert_int_eq (field->n_children, 0);
  ck_assert_ptr_null (field->dictionary);
}

START_TEST (test_schema)
{
  const guint64 seed = 18446744073709551615u;
  ConsetArrowOptions options = { .unsigned_indices = TRUE, .seed = &seed };
  struct ArrowArrayStream stream = stream_of ("cset(random(0.25, seed=7), 2, delay=i - j)",
                                              &CONSET_WINDOW (9, 8), CONSET_TARGET_MAJOR, &options);
  struct ArrowSchema schema = schema_of (&stream);

  ck_assert_str_eq (schema.format, "+s");
  ck_assert_int_eq (schema.n_children, 4);
  field_assert (schema.children[0], "L", "source");
  field_assert (schema.children[1], "L", "target");
  field_assert (schema.children[2], "g", "value0");
  field_assert (schema.children[3], "g", "delay");
  metadata_assert (&schema, "conset_version", conset_version ());
  metadata_assert (&schema, "conset_expression", "cset(random(0.25, seed=7), 2, delay=i - j)");
  metadata_assert (&schema, "conset_window", "0 9 0 8");
  metadata_assert (&schema, "conset_seed", "18446744073709551615");
  metadata_assert (schema.children[3], "unit", NULL);
  schema.release (&schema);
  ck_assert_ptr_null (schema.release);
  stream.release (&stream);
  ck_assert_ptr_null (stream.release);
}
END_TEST

START_TEST (test_schema_of_all)
{
  struct ArrowArrayStream stream = stream_of ("[(1, 2), (3, 4)]", NULL, CONSET_TARGET_MAJOR, NULL);
  struct ArrowSchema schema = schema_of (&stream);

  ck_assert_int_eq (schema.n_children, 2);
  field_assert (schema.children[0], "l", "source");
  metadata_assert (&schema, "conset_window", "all");
  metadata_assert (&schema, "conset_seed", NULL);
  schema.release (&schema);
  stream.release (&stream);
}
END_TEST

START_TEST (test_unit)
{
  struct ArrowArrayStream stream;
  struct ArrowSchema schema;

  if (!conset_has_units ())
    return;
  stream = stream_of ("cset(oneToOne, 3 * mV)", &CONSET_WINDOW (9, 8), CONSET_TARGET_MAJOR, NULL);
  schema = schema_of (&stream);
  metadata_assert (schema.children[2], "unit", "mV");
  schema.release (&schema);
  stream.release (&stream);
}
END_TEST

static void
array_check (const struct ArrowArray *array, gsize n_columns, gsize most)
{
  gboolean ok = array->length >= 1 && (gsize) array->length <= most && array->null_count == 0
                && array->offset == 0 && array->n_buffers == 1 && array->buffers[0] == NULL
                && (gsize) array->n_children == n_columns && array->dictionary == NULL;

  for (int64_t k = 0; ok && k < array->n_children; k++)
    {
      const struct ArrowArray *column = array->children[k];

      ok = column->length == array->length && column->null_count == 0 && column->offset == 0
           && column->n_buffers == 2 && column->buffers[0] == NULL && column->buffers[1] != NULL
           && column->n_children == 0 && column->release != NULL;
    }
  if (!ok)
    ck_abort_msg ("a batch is not as it should be");
}

static const gsize batch_sizes[] = { 1, 7, 1000, 0 };

/* Everything that an iterator gives, in any order and with batches of any size. */
START_TEST (test_content)
{
  const char *text = "cset(random(0.2, seed=3) + [(5, 5), (5, 5)], i * 1000 + j, i - j)";
  ConsetOrder order = _i % 2 == 0 ? CONSET_TARGET_MAJOR : CONSET_SOURCE_MAJOR;
  ConsetArrowOptions options = { .batch = batch_sizes[_i / 2] };
  gsize most = options.batch > 0 ? options.batch : CONSET_ARROW_BATCH, n = 0;
  ConsetWindow window = { 3, 203, 2, 302 };
  g_autoptr (Conset) set = test_read (text);
  g_autoptr (PairList) expected = pair_list_of_set (set, &window, order, NULL);
  struct ArrowArrayStream stream = stream_of (text, &window, order, &options);
  struct ArrowArray array;

  for (array = next_of (&stream); array.release != NULL; array = next_of (&stream))
    {
      array_check (&array, 4, most);
      for (int64_t k = 0; k < array.length; k++, n++)
        {
          gint64 i = array_integers (&array, 0)[k], j = array_integers (&array, 1)[k];

          if (n >= pair_list_length (expected) || (guint64) i != pair_list_source (expected, n)
              || (guint64) j != pair_list_target (expected, n)
              || array_reals (&array, 2)[k] != (double) (i * 1000 + j)
              || array_reals (&array, 3)[k] != (double) (i - j))
            ck_abort_msg ("row %" G_GSIZE_FORMAT " is wrong", n);
        }
      if (n < pair_list_length (expected))
        ck_assert_uint_eq ((gsize) array.length, most);
      array.release (&array);
    }
  ck_assert_uint_eq (n, pair_list_length (expected));
  ck_assert_ptr_null (next_of (&stream).release);
  stream.release (&stream);
}
END_TEST

START_TEST (test_nothing)
{
  struct ArrowArrayStream stream =
    stream_of ("full", &CONSET_WINDOW (0, 5), CONSET_TARGET_MAJOR, NULL);
  struct ArrowSchema schema = schema_of (&stream);

  ck_assert_ptr_null (next_of (&stream).release);
  ck_assert_ptr_null (next_of (&stream).release);
  schema.release (&schema);
  stream.release (&stream);
}
END_TEST

/* The last index of all fits an int64. */
START_TEST (test_far)
{
  ConsetWindow window = { CONSET_INDEX_END - 3, CONSET_INDEX_END, CONSET_INDEX_END - 9,
                          CONSET_INDEX_END };
  struct ArrowArrayStream stream = stream_of ("oneToOne", &window, CONSET_TARGET_MAJOR, NULL);
  struct ArrowArray array = next_of (&stream);

  ck_assert_int_eq (array.length, 3);
  ck_assert_int_eq (array_integers (&array, 0)[2], G_MAXINT64);
  array.release (&array);
  stream.release (&stream);
}
END_TEST

/* Ownership */

/* The stream keeps the set alive, and what it has given does not need the stream. */
START_TEST (test_life)
{
  Conset *set = conset_intersect (test_living (), conset_cross (conset_intervals_range (0, 50, 1),
                                                                conset_intervals_range (0, 50, 1)));
  struct ArrowArrayStream stream, moved;
  struct ArrowSchema schema;
  struct ArrowArray array;

  conset_arrow_stream (set, NULL, CONSET_TARGET_MAJOR, NULL, &stream);
  conset_unref (set);
  ck_assert_int_eq (test_n_living (), 1);

  moved = stream;
  stream.release = NULL;
  schema = schema_of (&moved);
  array = next_of (&moved);
  moved.release (&moved);
  ck_assert_int_eq (test_n_living (), 0);

  ck_assert_str_eq (schema.children[1]->name, "target");
  ck_assert_int_ge (array_integers (&array, 0)[array.length - 1], 0);
  schema.release (&schema);
  array.release (&array);
}
END_TEST

/* Columns and fields may be moved out, and released after what they came in, or before. */
START_TEST (test_moved_columns)
{
  struct ArrowArrayStream stream =
    stream_of ("cset(full, i)", &CONSET_WINDOW (5, 5), CONSET_TARGET_MAJOR, NULL);
  struct ArrowSchema schema = schema_of (&stream), field = *schema.children[2];
  struct ArrowArray array = next_of (&stream), values = *array.children[2];

  schema.children[2]->release = NULL;
  array.children[2]->release = NULL;
  array.children[0]->release (array.children[0]);
  ck_assert_ptr_null (array.children[0]->release);
  array.release (&array);
  schema.release (&schema);
  stream.release (&stream);

  ck_assert_str_eq (field.name, "value0");
  ck_assert (((const double *) values.buffers[1])[24] == 4);
  values.release (&values);
  field.release (&field);
  ck_assert_ptr_null (values.release);
}
END_TEST

START_TEST (test_unfinished)
{
  ConsetArrowOptions options = { .batch = 10 };
  struct ArrowArrayStream stream =
    stream_of ("full", &CONSET_WINDOW_ALL, CONSET_TARGET_MAJOR, &options);
  struct ArrowArray array = next_of (&stream);

  stream.release (&stream);
  ck_assert_int_eq (array_integers (&array, 0)[9], 9);
  array.release (&array);
}
END_TEST

/* Errors */

/* Each call gives the same error, and nothing to release. */
static void
stream_assert_error (struct ArrowArrayStream *stream, int status, const char *message)
{
  struct ArrowSchema schema;
  struct ArrowArray array;

  for (guint k = 0; k < 2; k++)
    {
      ck_assert_int_eq (stream->get_next (stream, &array), status);
      ck_assert_ptr_null (array.release);
      ck_assert_ptr_nonnull (strstr (stream->get_last_error (stream), message));
    }
  ck_assert_int_eq (stream->get_schema (stream, &schema), status);
  ck_assert_ptr_null (schema.release);
}

START_TEST (test_errors)
{
  g_autoptr (Conset) wrong = conset_block (0, 1, conset_full ());
  ConsetWindow beyond = { 0, CONSET_INDEX_END + 1, 0, 1 };
  struct ArrowArrayStream of_wrong, of_unbounded, of_window;

  conset_arrow_stream (wrong, NULL, CONSET_TARGET_MAJOR, NULL, &of_wrong);
  stream_assert_error (&of_wrong, EINVAL, "block(0, 1)");
  of_wrong.release (&of_wrong);

  of_unbounded = stream_of ("full", NULL, CONSET_TARGET_MAJOR, NULL);
  ck_assert_ptr_null (of_unbounded.get_last_error (&of_unbounded));
  stream_assert_error (&of_unbounded, EINVAL, "");
  of_unbounded.release (&of_unbounded);

  of_window = stream_of ("full", &beyond, CONSET_TARGET_MAJOR, NULL);
  stream_assert_error (&of_window, EINVAL, "");
  of_window.release (&of_window);
}
END_TEST

/* What goes wrong on the way is told where it happens: no connection before it is lost silently,
 * and none after it is given. */
START_TEST (test_late_error)
{
  ConsetArrowOptions options = { .batch = 64 };
  struct ArrowArrayStream stream =
    stream_of ("random(seed=1) * where(j < 100, 1, 3)", &CONSET_WINDOW (64, 200),
               CONSET_TARGET_MAJOR, &options);
  gint64 last = -1;
  struct ArrowArray array;
  int status;

  while ((status = stream.get_next (&stream, &array)) == 0 && array.release != NULL)
    {
      last = array_integers (&array, 1)[array.length - 1];
      array.release (&array);
    }
  ck_assert_int_eq (status, EIO);
  ck_assert_int_lt (last, 100);
  stream_assert_error (&stream, EIO, "3");
  stream.release (&stream);
}
END_TEST

START_TEST (test_no_memory)
{
  ConsetArrowOptions options = { .batch = G_MAXSIZE / 2 };
  struct ArrowArrayStream stream =
    stream_of ("full", &CONSET_WINDOW (5, 5), CONSET_TARGET_MAJOR, &options);
  struct ArrowArray array;

  ck_assert_int_eq (stream.get_next (&stream, &array), ENOMEM);
  ck_assert_ptr_null (array.release);
  ck_assert_ptr_nonnull (strstr (stream.get_last_error (&stream), "choose smaller ones"));
  stream.release (&stream);
}
END_TEST

static Suite *
suite_new (void)
{
  Suite *suite = suite_create ("arrow");
  TCase *content = test_case_add (suite, "content");
  TCase *ownership = test_case_add (suite, "ownership");
  TCase *errors = test_case_add (suite, "errors");

  tcase_add_test (content, test_schema);
  tcase_add_test (content, test_schema_of_all);
  tcase_add_test (content, test_unit);
  tcase_add_loop_test (content, test_content, 0, 2 * G_N_ELEMENTS (batch_sizes));
  tcase_add_test (content, test_nothing);
  tcase_add_test (content, test_far);
  tcase_add_test (ownership, test_life);
  tcase_add_test (ownership, test_moved_columns);
  tcase_add_test (ownership, test_unfinished);
  tcase_add_test (errors, test_errors);
  tcase_add_test (errors, test_late_error);
  tcase_add_test (errors, test_no_memory);
  return suite;
}

int
main (void)
{
  return test_run (suite_new ());
}
