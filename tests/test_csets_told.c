/* SPDX-License-Identifier: MIT */
/*
 * What connection sets tell: of values that fail, and of counts, laws, fingerprints and plans, for
 * which values make no difference.
 */
#include "support.h"

#include "tag_value.h"

#include <math.h>
#include <string.h>

static const ConsetOrder orders[] = { CONSET_TARGET_MAJOR, CONSET_SOURCE_MAJOR };

/* @mask with one value. */
static Conset *
with_one (Conset *mask, ConsetValue *value, const char *name)
{
  return conset_cset (mask, 1, &value, &name);
}

/* {{{ failures */

/* Sets that fail at the pair (30, 4), which they have. */
static Conset *
failing_set (guint kind)
{
  Conset *set = with_one (conset_cross_n (3000, 8), failing_value_new (30, 4), NULL);

  switch (kind)
    {
    case 0:
      return set;
    case 1:
      return conset_intersect (conset_full (), conset_block (1, 1, set));
    case 2:
      return conset_sum (with_one (conset_cross_n (5, 5), conset_value_source (), NULL), set);
    case 3:
      return conset_union (with_one (conset_cross_n (5, 5), conset_value_source (), NULL), set);
    case 4:
      return conset_random_total (200000, TRUE, 1, set);
    default:
      return with_one (conset_cross_n (3000, 8), conset_value_of (conset_repeat (3000, 8, set), 0),
                       NULL);
    }
}

#define N_FAILING 6

/* Everything before the batch with the wrong value is given, and right. */
START_TEST (wrong_values_end_an_iteration)
{
  g_autoptr (Conset) set = failing_set ((guint) _i);
  g_autoptr (Conset) mask = conset_mask (conset_ref (set));
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  g_autoptr (ConsetIter) other = conset_iter_new (mask, NULL, CONSET_TARGET_MAJOR);
  g_autoptr (GError) error = NULL, again = NULL;
  ConsetBatch batch, expected;

  while (conset_iter_next_batch (iter, &batch))
    {
      ck_assert (conset_iter_next_batch (other, &expected));
      ck_assert_uint_eq (batch.line, expected.line);
      ck_assert_uint_eq (batch.n, expected.n);
      for (gsize k = 0; k < batch.n; k++)
        if (batch.indices[k] != expected.indices[k]
            || batch.values[0][k] != (double) batch.indices[k])
          ck_abort_msg ("wrong value at source %" G_GUINT64_FORMAT, batch.indices[k]);
    }
  ck_assert (!conset_iter_finish (iter, &error));
  ck_assert_str_eq (error->message, "no value at (30, 4)");
  ck_assert (conset_iter_next_batch (other, &expected));
  ck_assert_uint_eq (expected.line, 4);
  ck_assert_uint_le (expected.indices[0], 30);
  ck_assert_uint_ge (expected.indices[expected.n - 1], 30);
  ck_assert (!conset_iter_next_batch (iter, &batch));
  ck_assert (!conset_iter_finish (iter, &again));
  ck_assert_str_eq (again->message, error->message);
}
END_TEST

static gboolean
accept_batch (const ConsetBatch *batch G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
  return TRUE;
}

START_TEST (wrong_values_are_told_by_questions)
{
  g_autoptr (Conset) set = failing_set ((guint) _i);
  g_autofree char *digest = NULL;
  g_autofree guint64 *sources = NULL;
  GError *errors[4] = { NULL };
  double value;
  guint64 count;
  gsize n;

  ck_assert (!conset_values_at (set, 30, 4, 0, &value, &errors[0]));
  ck_assert (!conset_foreach (set, NULL, orders[1], accept_batch, NULL, &errors[1]));
  digest = conset_digest (set, NULL, &errors[2]);
  ck_assert_ptr_null (digest);
  for (guint k = 0; k < 3; k++)
    {
      ck_assert_str_eq (errors[k]->message, "no value at (30, 4)");
      g_clear_error (&errors[k]);
    }
  /* These do not look at values. */
  ck_assert (conset_count (set, NULL, &count, NULL));
  sources = conset_sources_of (set, 4, 0, 3000, &n, NULL);
  ck_assert_ptr_nonnull (sources);
  ck_assert (conset_values_at (set, 31, 4, 0, &value, NULL));
  ck_assert (value == 31.0);
}
END_TEST

START_TEST (fixing_wrong_values_fails)
{
  g_autoptr (Conset) set = conset_fix (failing_set ((guint) _i));
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_check (set, &error));
  ck_assert (g_str_has_suffix (error->message, ": no value at (30, 4)"));
}
END_TEST

/* There is no last connection before the first, nor after an error; and no further column. */
START_TEST (values_of_no_connection_are_misuse)
{
  g_autoptr (Conset) set = with_one (conset_cross_n (40, 5), failing_value_new (30, 4), NULL);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  guint64 source, target;
  guint n = 0;

  test_criticals_begin ();
  ck_assert_double_nan (conset_iter_get_value (iter, 0));
  ck_assert_uint_eq (test_criticals_end (), 1);
  for (; conset_iter_next (iter, &source, &target); n++)
    ck_assert (conset_iter_get_value (iter, 0) == (double) source);
  ck_assert_uint_eq (n, 160);
  test_criticals_begin ();
  ck_assert_double_nan (conset_iter_get_value (iter, 0));
  ck_assert_double_nan (conset_iter_get_value (iter, 1));
  ck_assert_uint_eq (test_criticals_end (), 2);
}
END_TEST

/* }}} */
/* {{{ what else is told */

/* Values hide nothing that is known of the mask. */
typedef struct
{
  const char *valued;
  const char *mask;
} MaskCase;

#define BIG(first) "cross(range(" first ", 1000000000000), range(" first ", 1000000000000))"

static const MaskCase masks[] = {
  { "cset(" BIG ("0") ", 1) | cset(" BIG ("7") ", i)", BIG ("0") " | " BIG ("7") },
  { "cset(" BIG ("0") ", 1) + cset(" BIG ("7") ", i)", BIG ("0") " + " BIG ("7") },
  { "cset(" BIG ("0") ", 1) - " BIG ("7"), BIG ("0") " - " BIG ("7") },
  { "cset(" BIG ("0") ", 1) - " BIG ("7") " - shift(5, 5) * " BIG ("100"),
    BIG ("0") " - " BIG ("7") " - shift(5, 5) * " BIG ("100") },
  { "mask(transpose * cset(" BIG ("0") ", 1) - " BIG ("7") ")",
    "transpose * " BIG ("0") " - " BIG ("7") },
};

START_TEST (closed_counts_are_those_of_the_masks)
{
  g_autofree char *valued_text = NULL, *mask_text = NULL;
  g_autoptr (Conset) valued = test_read (masks[_i].valued), mask = test_read (masks[_i].mask);
  guint64 of_valued = 0, of_mask = 0;
  const ConsetWindow window = { 3, 1000000000, 5, 1000000000 };

  ck_assert (conset_count (valued, &window, &of_valued, NULL));
  ck_assert (conset_count (mask, &window, &of_mask, NULL));
  ck_assert_uint_eq (of_valued, of_mask);
  ck_assert_uint_gt (of_mask, 0);
}
END_TEST

static const MaskCase laws[] = {
  { "cset(random(0.25, seed=1) * cross(range(30), range(20)), i)",
    "random(0.25, seed=1) * cross(range(30), range(20))" },
  { "cset(cross(range(30), range(20)), i) * random(0.25, seed=1) - oneToOne",
    "cross(range(30), range(20)) * random(0.25, seed=1) - oneToOne" },
  { "block(2, 3) * cset(random(0.25, seed=1) * cross(range(30), range(20)), i)",
    "block(2, 3) * (random(0.25, seed=1) * cross(range(30), range(20)))" },
  { "cset(cross(range(15), range(20)), i) * random(0.5, seed=1) | cset(cross(range(15, 30), "
    "range(20)), 1) * random(0.5, seed=2)",
    "cross(range(15), range(20)) * random(0.5, seed=1) | cross(range(15, 30), range(20)) * "
    "random(0.5, seed=2)" },
  { "(cset(cross(range(20), range(20)), i) | cset(cross(range(15, 30), range(20)), 1)) * "
    "random(0.5, seed=1)",
    "(cross(range(20), range(20)) | cross(range(15, 30), range(20))) * random(0.5, seed=1)" },
  { "cset(cross(range(20), range(20)), i) * random(0.5, seed=1) | cset(cross(range(20), range(20)) "
    "- oneToOne, 1) * random(0.5, seed=2)",
    "cross(range(20), range(20)) * random(0.5, seed=1) | (cross(range(20), range(20)) - oneToOne) "
    "* "
    "random(0.5, seed=2)" },
  { "random(N=60, multapses=False, seed=1) * cset(cross(range(30), range(20)), i)",
    "random(N=60, multapses=False, seed=1) * cross(range(30), range(20))" },
  { "partition(cset(random(poisson=2, seed=1) * cross(range(30), range(20)), 1), [full], 0)",
    "partition(random(poisson=2, seed=1) * cross(range(30), range(20)), [full], 0)" },
};

START_TEST (laws_are_those_of_the_masks)
{
  g_autoptr (Conset) valued = test_read (laws[_i].valued), mask = test_read (laws[_i].mask);
  g_autofree char *count_text = NULL, *other_count_text = NULL;
  ConsetLaw of_valued, of_mask;

  for (gsize k = 0; k < G_N_ELEMENTS (orders); k++)
    {
      g_autofree char *text = NULL, *other_text = NULL;

      ck_assert (conset_degree_law (valued, NULL, orders[k], 5, &of_valued, NULL));
      ck_assert (conset_degree_law (mask, NULL, orders[k], 5, &of_mask, NULL));
      text = conset_law_to_string (&of_valued);
      other_text = conset_law_to_string (&of_mask);
      ck_assert_str_eq (text, other_text);
      ck_assert_int_eq (conset_degree_dependence (valued, NULL, orders[k]),
                        conset_degree_dependence (mask, NULL, orders[k]));
    }
  ck_assert (conset_count_law (valued, NULL, &of_valued, NULL));
  ck_assert (conset_count_law (mask, NULL, &of_mask, NULL));
  count_text = conset_law_to_string (&of_valued);
  other_count_text = conset_law_to_string (&of_mask);
  ck_assert_str_eq (count_text, other_count_text);
  ck_assert_double_eq (conset_expected_count (valued, NULL), conset_expected_count (mask, NULL));
}
END_TEST

typedef struct
{
  const char *text;
  const char *listing;
} DigestCase;

static const DigestCase digests[] = {
  { "cset([(22, 7), (8, 23), (22, 7)], 1 / 3, -i)",
    "22 7 0.333333333 -22\n22 7 0.333333333 -22\n8 23 0.333333333 -8\n" },
  { "cset([(1, 0), (3, 0)], sqrt(-i), -sqrt(-i), 0 * -i)", "1 0 nan nan -0\n3 0 nan nan -0\n" },
  { "cset([(0, 0), (1, 0)], log(i), 1e300 * exp(i * 700))", "0 0 -inf 1e+300\n1 0 0 inf\n" },
  { "cset(cross(range(2), range(2)), 123456789.5 + i, 1e-7 / 3)",
    "0 0 123456790 3.33333333e-08\n1 0 123456790 3.33333333e-08\n0 1 123456790 3.33333333e-08\n"
    "1 1 123456790 3.33333333e-08\n" },
};

START_TEST (digests_are_those_of_listings)
{
  g_autoptr (Conset) set = test_read (digests[_i].text);
  g_autofree char *digest = conset_digest (set, NULL, NULL);
  g_autofree char *expected =
    g_compute_checksum_for_string (G_CHECKSUM_SHA256, digests[_i].listing, -1);

  ck_assert_str_eq (digest, expected);
}
END_TEST

/* Machines and kernels do not agree about the sign of what is not a number. */
static double
either_nan (guint64 source, guint64 target G_GNUC_UNUSED, gpointer sign)
{
  return source % 2 == 0 ? copysign (NAN, *(const double *) sign) : (double) source;
}

START_TEST (digests_know_one_nan)
{
  static double signs[] = { -1.0, 1.0 };
  char *texts[2];

  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (Conset) set =
        with_one (conset_cross_n (4, 4),
                  conset_value_callback ("nan", either_nan, NULL, &signs[k], NULL), NULL);

      texts[k] = conset_digest (set, NULL, NULL);
    }
  ck_assert_str_eq (texts[0], texts[1]);
  g_free (texts[0]);
  g_free (texts[1]);
}
END_TEST

START_TEST (explanations_tell_of_values)
{
  g_autoptr (Conset) set =
    test_read ("cset(oneToOne * cross(range(5), range(6)), 7, w=i) * random(0.5, seed=1)");
  g_autofree char *text = conset_explain (set, NULL, CONSET_TARGET_MAJOR, NULL);

  ck_assert (strstr (text, " deep, random, 2 values (unnamed, w)\n") != NULL);
  ck_assert (strstr (text, "  intersection  in [0, 5) x [0, 5), 2 values (unnamed, w)\n") != NULL);
  ck_assert (strstr (text, "    cset  in [0, 5) x [0, 5), 2 values (unnamed, w)\n") != NULL);
  ck_assert (strstr (text, "fill: intersection, about 2.5 members") != NULL);
}
END_TEST

/* }}} */

static Suite *
csets_told_suite (void)
{
  Suite *suite = suite_create ("csets told");
  TCase *failures = test_case_add (suite, "failures");
  TCase *told = test_case_add (suite, "told");

  tcase_add_loop_test (failures, wrong_values_end_an_iteration, 0, N_FAILING);
  tcase_add_loop_test (failures, wrong_values_are_told_by_questions, 0, N_FAILING);
  tcase_add_loop_test (failures, fixing_wrong_values_fails, 0, N_FAILING);
  tcase_add_test (failures, values_of_no_connection_are_misuse);

  tcase_add_loop_test (told, closed_counts_are_those_of_the_masks, 0, G_N_ELEMENTS (masks));
  tcase_add_loop_test (told, laws_are_those_of_the_masks, 0, G_N_ELEMENTS (laws));
  tcase_add_loop_test (told, digests_are_those_of_listings, 0, G_N_ELEMENTS (digests));
  tcase_add_test (told, digests_know_one_nan);
  tcase_add_test (told, explanations_tell_of_values);
  return suite;
}

int
main (void)
{
  return test_run (csets_told_suite ());
}
