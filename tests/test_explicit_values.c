/* SPDX-License-Identifier: MIT */
/*
 * Explicit sets with values, and fixed connection sets: each connection has the values that it was
 * listed with, however it is looked at.
 */
#include "support.h"

#include <math.h>
#include <string.h>

#define LISTED 3000
#define INDICES 40

/* What is listed, and how often each pair came before each entry. */
typedef struct
{
  guint64 sources[LISTED];
  guint64 targets[LISTED];
  double weights[LISTED];
  double delays[LISTED];
  guint copies[LISTED];
} List;

static List *
list_random (guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  List *list = g_new (List, 1);
  guint times[INDICES][INDICES] = { { 0 } };

  for (guint k = 0; k < LISTED; k++)
    {
      list->sources[k] = (guint64) g_rand_int_range (rand, 0, INDICES);
      list->targets[k] = (guint64) g_rand_int_range (rand, 0, INDICES);
      list->weights[k] = g_rand_double (rand);
      list->delays[k] = k;
      list->copies[k] = times[list->sources[k]][list->targets[k]]++;
    }
  return list;
}

static Conset *
set_of_list (const List *list)
{
  static const char *const names[] = { "weight", "delay" };
  const double *const values[] = { list->weights, list->delays };

  return conset_explicit_with_values (list->sources, list->targets, LISTED, 2, values, names);
}

/* Every connection that @set gives in @order is one of the list, and has the values of the
 * entry whose number its delay is, and copies come in the order of the list. */
static void
assert_as_listed (const Conset *set, ConsetOrder order, const List *list)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, order);
  guint64 source, target, last_source = G_MAXUINT64, last_target = G_MAXUINT64;
  guint n = 0, copy = 0;

  while (conset_iter_next (iter, &source, &target))
    {
      guint k = (guint) conset_iter_get_value (iter, 1);

      copy = source == last_source && target == last_target ? copy + 1 : 0;
      ck_assert_uint_lt (k, LISTED);
      ck_assert_uint_eq (list->sources[k], source);
      ck_assert_uint_eq (list->targets[k], target);
      ck_assert_uint_eq (list->copies[k], copy);
      ck_assert (conset_iter_get_value (iter, 0) == list->weights[k]);
      last_source = source;
      last_target = target;
      n++;
    }
  ck_assert (conset_iter_finish (iter, NULL));
  ck_assert_uint_eq (n, LISTED);
}

START_TEST (connections_have_the_values_they_are_listed_with)
{
  for (guint32 seed = 1; seed <= 5; seed++)
    {
      g_autofree List *list = list_random (seed);
      g_autoptr (Conset) set = set_of_list (list);

      ck_assert_uint_eq (conset_arity (set), 2);
      ck_assert_str_eq (conset_column_name (set, 1), "delay");
      assert_as_listed (set, CONSET_TARGET_MAJOR, list);
      assert_as_listed (set, CONSET_SOURCE_MAJOR, list);
      for (guint k = 0; k < LISTED; k++)
        {
          double values[2];

          ck_assert (conset_values_at (set, list->sources[k], list->targets[k], list->copies[k],
                                       values, NULL));
          ck_assert (values[0] == list->weights[k]);
          ck_assert (values[1] == list->delays[k]);
        }
    }
}
END_TEST

static char *
digest_of_fixed (const Conset *set)
{
  g_autoptr (Conset) fixed = conset_fix (conset_ref (set));

  ck_assert (conset_check (fixed, NULL));
  return conset_digest (fixed, NULL, NULL);
}

static const char *const expressions[] = {
  "cset(random(0.4, seed=1)*cross(range(30), range(20)), i + 100*j)",
  "cset(random(N=900, seed=1)*cross(range(30), range(20)), weight=i*j, delay=sin(i))",
  "cset([(1, 2), (0, 0), (1, 2)], [0.5, 0.25, 0.125])",
  "cset(cross(range(3), range(3)), i) + cset([(1, 1), (2, 5)], [7, -3])",
};

START_TEST (fixing_keeps_the_values)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_parse (expressions[_i], 1, &error);
  g_autoptr (Conset) fixed = NULL, again = NULL;
  g_autofree char *whole = NULL, *text = NULL, *digest = NULL, *digest_again = NULL;

  ck_assert_msg (set != NULL, "%s", error != NULL ? error->message : "");
  whole = conset_digest (set, NULL, NULL);
  digest = digest_of_fixed (set);
  ck_assert_str_eq (whole, digest);

  fixed = conset_fix (conset_ref (set));
  ck_assert_uint_eq (conset_arity (fixed), conset_arity (set));
  text = conset_to_string (fixed);
  again = conset_parse (text, 1, &error);
  ck_assert_msg (again != NULL, "%s", error != NULL ? error->message : "");
  digest_again = conset_digest (again, NULL, NULL);
  ck_assert_str_eq (whole, digest_again);
}
END_TEST

START_TEST (lists_print_and_are_read_again)
{
  g_autofree List *list = list_random (9);
  g_autoptr (Conset) set = set_of_list (list);
  g_autofree char *text = conset_to_string (set);
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) again = conset_parse (text, 1, &error);

  ck_assert_msg (again != NULL, "%s", error != NULL ? error->message : "");
  ck_assert_str_eq (conset_column_name (again, 0), "weight");
  for (guint k = 0; k < LISTED; k++)
    {
      double here[2], there[2];

      ck_assert (
        conset_values_at (set, list->sources[k], list->targets[k], list->copies[k], here, NULL));
      ck_assert (
        conset_values_at (again, list->sources[k], list->targets[k], list->copies[k], there, NULL));
      ck_assert (here[0] == there[0] && here[1] == there[1]);
    }
}
END_TEST

/* Of a pair that a rule draws more often than it is listed, the copies begin anew. */
START_TEST (further_copies_have_the_values_of_the_first)
{
  g_autoptr (Conset) set =
    conset_parse ("random(N=5) * cset([(1, 2), (1, 2)], [0.5, 0.25])", 1, NULL);
  double values[5];

  for (guint64 copy = 0; copy < 5; copy++)
    ck_assert (conset_values_at (set, 1, 2, copy, &values[copy], NULL));
  ck_assert (values[0] == 0.5 && values[1] == 0.25 && values[2] == 0.5 && values[4] == 0.5);
  for (int order = 0; order < 2; order++)
    {
      g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, (ConsetOrder) order);
      ConsetBatch batch;

      ck_assert (conset_iter_next_batch (iter, &batch));
      ck_assert_uint_eq (batch.n, 5);
      for (guint k = 0; k < 5; k++)
        ck_assert (batch.values[0][k] == values[k]);
    }
}
END_TEST

static const struct
{
  const char *name;
  const char *message;
} names[] = {
  { "2nd",
    "explicit: '2nd' is no name for values; use letters, digits and _, with no digit first" },
  { "", "explicit: '' is no name for values; use letters, digits and _, with no digit first" },
  { "delay", "explicit: two values are named 'delay'; give them names of their own" },
};

START_TEST (wrong_names_are_told)
{
  const guint64 indices[] = { 0, 1 };
  const double numbers[] = { 0.5, 1.5 };
  const double *const values[] = { numbers, numbers };
  const char *const both[] = { "delay", names[_i].name };
  g_autoptr (Conset) set = conset_explicit_with_values (indices, indices, 2, 2, values, both);
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_check (set, &error));
  ck_assert_str_eq (error->message, names[_i].message);
}
END_TEST

/* So many copies of a pair that to count them for each would take hours; and one between others. */
START_TEST (pairs_may_be_listed_very_often)
{
  gsize n = test_sanitized () ? 20000 : 1000000, wrong = 0;
  g_autofree guint64 *sources = g_new0 (guint64, n), *targets = g_new0 (guint64, n);
  g_autofree double *weights = g_new (double, n);
  const double *const values[] = { weights };
  const gsize ends[] = { n - 1007, n - 1006, n - 6, n };
  g_autoptr (Conset) set = NULL;
  g_autoptr (ConsetIter) iter = NULL;
  ConsetBatch batch;

  for (gsize k = 0, at = 0; k < n; k++)
    {
      at += k == ends[at];
      sources[k] = at;
      weights[k] = (double) k;
    }
  set = conset_explicit_with_values (sources, targets, n, 1, values, NULL);
  iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  for (gsize at = 0; conset_iter_next_batch (iter, &batch); at += batch.n)
    for (gsize k = 0; k < batch.n; k++)
      wrong += batch.indices[k] != sources[at + k] || batch.values[0][k] != (double) (at + k);
  ck_assert_uint_eq (wrong, 0);
}
END_TEST

/* All doubles may be listed, and there is one nan. */
static const double hard[] = {
  INFINITY, -INFINITY, NAN, -NAN, 0.0, -0.0, 4.9406564584124654e-324, -1.7976931348623157e308, 0.1,
};

/* The bits of the values of @set are those of @hard. */
static void
assert_hard (const Conset *set, const char *text)
{
  for (guint k = 0; k < G_N_ELEMENTS (hard); k++)
    {
      double wanted = isnan (hard[k]) ? (double) NAN : hard[k], found;

      if (!conset_values_at (set, k, 2 * k, 0, &found, NULL)
          || memcmp (&found, &wanted, sizeof found) != 0)
        ck_abort_msg ("value %u of %s is %.17g", k, text, found);
    }
}

START_TEST (texts_keep_every_bit_of_values)
{
  static const char *const columns[] = { "weight" };
  const double *const values[] = { hard };
  guint64 sources[G_N_ELEMENTS (hard)], targets[G_N_ELEMENTS (hard)];
  g_autoptr (Conset) set = NULL, parsed = NULL, of_xml = NULL;
  g_autofree char *text = NULL, *text_again = NULL, *xml = NULL, *digest = NULL,
                  *digest_again = NULL;
  g_autoptr (GError) error = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (hard); k++)
    {
      sources[k] = k;
      targets[k] = 2 * k;
    }
  set = conset_explicit_with_values (sources, targets, G_N_ELEMENTS (hard), 1, values, columns);
  assert_hard (set, "what is listed");
  text = conset_to_string (set);
  parsed = conset_parse (text, 1, &error);
  ck_assert_msg (parsed != NULL, "%s", error != NULL ? error->message : text);
  assert_hard (parsed, text);
  text_again = conset_to_string (parsed);
  ck_assert_str_eq (text, text_again);
  digest = conset_digest (set, NULL, NULL);
  digest_again = conset_digest (parsed, NULL, NULL);
  ck_assert_str_eq (digest, digest_again);

  xml = conset_to_xml (set, CONSET_XML_DEFAULT, NULL, &error);
  ck_assert_msg (xml != NULL, "%s", error != NULL ? error->message : "");
  of_xml = conset_parse_xml (xml, strlen (xml), NULL, &error);
  if (of_xml == NULL && g_error_matches (error, CONSET_ERROR, CONSET_ERROR_UNSUPPORTED))
    return;
  ck_assert_msg (of_xml != NULL, "%s", error != NULL ? error->message : xml);
  assert_hard (of_xml, xml);
}
END_TEST

static Suite *
explicit_values_suite (void)
{
  Suite *suite = suite_create ("explicit_values");
  TCase *tcase = tcase_create ("values");

  tcase_add_test (tcase, connections_have_the_values_they_are_listed_with);
  tcase_add_loop_test (tcase, fixing_keeps_the_values, 0, G_N_ELEMENTS (expressions));
  tcase_add_test (tcase, lists_print_and_are_read_again);
  tcase_add_test (tcase, texts_keep_every_bit_of_values);
  tcase_add_test (tcase, further_copies_have_the_values_of_the_first);
  tcase_add_test (tcase, pairs_may_be_listed_very_often);
  tcase_add_loop_test (tcase, wrong_names_are_told, 0, G_N_ELEMENTS (names));
  suite_add_tcase (suite, tcase);
  return suite;
}

int
main (void)
{
  return test_run (explicit_values_suite ());
}
