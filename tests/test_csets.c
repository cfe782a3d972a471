/* SPDX-License-Identifier: MIT */
/*
 * Connection sets: how they are composed, what they say of themselves, and every error, word for
 * word.
 */
#include "support.h"

#include "tag_value.h"

#include <string.h>

#define I conset_value_source ()
#define J conset_value_target ()
#define NUMBER(x) conset_value_constant (x)

/* @mask with one value. */
static Conset *
with_one (Conset *mask, ConsetValue *value, const char *name)
{
  return conset_cset (mask, 1, &value, &name);
}

static void
assert_error (Conset *set, const char *message)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_check (set, &error));
  ck_assert_str_eq (error->message, message);
  ck_assert_uint_eq (conset_arity (set), 0);
  conset_unref (set);
}

/* Nothing that was handed over is left behind. */
static void
assert_all_freed (void)
{
  ck_assert_int_eq (tag_value_count (), 0);
  ck_assert_int_eq (test_n_living (), 0);
}

/* {{{ composition */

START_TEST (without_values_it_is_the_mask)
{
  g_autoptr (Conset) mask = test_living ();
  g_autoptr (Conset) same = conset_cset (conset_ref (mask), 0, NULL, NULL);
  g_autoptr (Conset) valued = with_one (conset_ref (mask), tag_value_new (1), NULL);
  g_autoptr (Conset) again = conset_cset (conset_ref (valued), 0, NULL, NULL);

  ck_assert_ptr_eq (same, mask);
  ck_assert_ptr_eq (again, valued);
  ck_assert_uint_eq (conset_arity (mask), 0);
}
END_TEST

START_TEST (columns_are_told)
{
  ConsetValue *values[] = { I, J, NUMBER (2) };
  const char *const names[] = { NULL, "weight", "_delay_2" };
  g_autoptr (Conset) set = conset_cset (conset_full (), 3, values, names);
  g_autoptr (Conset) nameless = with_one (conset_full (), I, NULL);

  ck_assert_uint_eq (conset_arity (set), 3);
  ck_assert_ptr_null (conset_column_name (set, 0));
  ck_assert_str_eq (conset_column_name (set, 1), "weight");
  ck_assert_str_eq (conset_column_name (set, 2), "_delay_2");
  ck_assert_uint_eq (conset_arity (nameless), 1);
  ck_assert_ptr_null (conset_column_name (nameless, 0));
}
END_TEST

/* The name that is asked for is not kept. */
START_TEST (names_are_copied)
{
  char *name = g_strdup ("weight");
  g_autoptr (Conset) set = with_one (conset_full (), I, name);

  memset (name, 'x', strlen (name));
  g_free (name);
  ck_assert_str_eq (conset_column_name (set, 0), "weight");
}
END_TEST

START_TEST (as_many_values_as_may_be)
{
  ConsetValue *values[CONSET_MAX_ARITY + 1];
  char names[CONSET_MAX_ARITY][8];
  const char *named[CONSET_MAX_ARITY];
  g_autoptr (Conset) set = NULL;
  double numbers[CONSET_MAX_ARITY];

  for (guint k = 0; k < CONSET_MAX_ARITY; k++)
    {
      values[k] = tag_value_new (k);
      g_snprintf (names[k], sizeof names[k], "v%u", k);
      named[k] = names[k];
    }
  set = conset_cset (conset_full (), CONSET_MAX_ARITY, values, named);
  ck_assert_uint_eq (conset_arity (set), CONSET_MAX_ARITY);
  ck_assert_str_eq (conset_column_name (set, 1000), "v1000");
  ck_assert (conset_values_at (set, 5, 6, 0, numbers, NULL));
  for (guint k = 0; k < CONSET_MAX_ARITY; k++)
    ck_assert (numbers[k] == tag_number (k, 5, 6, 0));
  g_clear_pointer (&set, conset_unref);

  for (guint k = 0; k <= CONSET_MAX_ARITY; k++)
    values[k] = tag_value_new (k);
  assert_error (conset_cset (test_living (), CONSET_MAX_ARITY + 1, values, NULL),
                "cset: 1025 values are more than 1024; give fewer");
  assert_all_freed ();
}
END_TEST

typedef struct
{
  const char *names[3];
  const char *message;
} NamesCase;

static const NamesCase wrong_names[] = {
  { { "2nd", "b", "c" },
    "cset: '2nd' is no name for values; use letters, digits and _, with no digit first" },
  { { "", "b", "c" },
    "cset: '' is no name for values; use letters, digits and _, with no digit first" },
  { { NULL, "b", "a b" },
    "cset: 'a b' is no name for values; use letters, digits and _, with no digit first" },
  { { NULL, NULL, "\xc3\xa4" },
    "cset: '\xc3\xa4' is no name for values; use letters, digits and _, with no digit first" },
  { { "a", "b", "a" }, "cset: two values are named 'a'; give them names of their own" },
  { { "a", "lambda", "c" },
    "cset: 'lambda' is no name for values, since it means something else in the text language; "
    "give them another" },
  { { "True", "b", "c" },
    "cset: 'True' is no name for values, since it means something else in the text language; "
    "give them another" },
  { { "mask", "b", "c" },
    "cset: 'mask' is no name for values, since it means something else in the text language; "
    "give them another" },
  { { "weight", NULL, "c" },
    "cset: value 1 has no name, but the one before it is 'weight'; put values without a name "
    "first" },
};

START_TEST (wrong_names_are_told)
{
  const NamesCase *wrong = &wrong_names[_i];
  ConsetValue *values[] = { tag_value_new (1), tag_value_new (2), tag_value_new (3) };

  assert_error (conset_cset (test_living (), 3, values, wrong->names), wrong->message);
  assert_all_freed ();
}
END_TEST

START_TEST (wrong_arguments_are_told)
{
  ConsetValue *values[] = { tag_value_new (1), NULL, tag_value_new (3) };

  assert_error (conset_cset (test_living (), 3, values, NULL),
                "cset: value 1 is NULL; pass a value");
  values[0] = tag_value_new (1);
  values[1] = NUMBER (G_MAXDOUBLE * 2.0);
  values[2] = tag_value_new (3);
  assert_error (conset_cset (test_living (), 3, values, NULL),
                "constant: inf is not a finite number; give one");
  assert_error (with_one (conset_block (0, 1, test_living ()), tag_value_new (1), NULL),
                "block(0, 1): both sizes must be at least 1");
  assert_error (
    with_one (with_one (test_living (), tag_value_new (1), "a"), tag_value_new (2), NULL),
    "cset: the operand 'cset(<living>, a=<tag 1>)' has values, which it cannot keep; "
    "take them away with mask(...)");
  assert_all_freed ();
}
END_TEST

START_TEST (misuse_is_reported_and_survived)
{
  ConsetValue *value = tag_value_new (1);
  ConsetValue *thrice[] = { value, value, value };
  g_autoptr (Conset) mask = test_living ();
  g_autoptr (Conset) valued = with_one (conset_ref (mask), tag_value_new (2), NULL);
  Conset *same, *error, *set;

  test_criticals_begin ();
  same = conset_cset (conset_ref (mask), 1, NULL, NULL);
  error = with_one (NULL, tag_value_new (3), NULL);
  set = conset_cset (conset_ref (mask), 3, thrice, NULL);
  ck_assert_ptr_null (conset_column_name (valued, 1));
  ck_assert_ptr_null (conset_column_name (mask, 0));
  ck_assert_uint_eq (conset_arity (NULL), 0);
  ck_assert_uint_eq (test_criticals_end (), 7);
  ck_assert_ptr_eq (same, mask);
  conset_unref (same);
  assert_error (error, "cset: an operand is NULL; pass a set");
  ck_assert_uint_eq (conset_arity (set), 3);
  conset_unref (set);
  ck_assert_int_eq (tag_value_count (), 1);
}
END_TEST

START_TEST (one_value_may_be_given_twice)
{
  ConsetValue *value = tag_value_new (1);
  ConsetValue *twice[] = { conset_value_ref (value), value };

  test_criticals_begin ();
  conset_unref (conset_cset (conset_full (), 2, twice, NULL));
  ck_assert_uint_eq (test_criticals_end (), 0);
  assert_all_freed ();
}
END_TEST

/* }}} */
/* {{{ operators */

/* All have the columns of c: two, of which the second is named w. */
static const char *const operators[] = {
  "c * random(0.5, seed=1)",
  "random(0.5, seed=1) * c * oneToOne",
  "full * c",
  "c - oneToOne - random(0.5, seed=1)",
  "c + d",
  "c | d",
  "c | c",
  "block(2, 3) * c",
  "repeat(2, 3) * c",
  "shift(-1, 3) * c",
  "transpose * c",
  "transpose * (transpose * c)",
  "fix * c",
  "partition(c, [random(0.5, seed=1)], 0)",
  "partition(c + d, [oneToOne], 0)",
  "splitTargets(c, 1, 3)",
  "splitSources(c, 1, 3, contiguous=True)",
  "random(N=5, seed=1) * c",
  "random(fanIn=2, multapses=False, seed=1) * c",
  "random(fanOut=2, weight=i + 1, seed=1) * c",
};

/* Empty sets keep how many values they have, and what they are called. */
static const char *const empty_operators[] = {
  "cset(empty, 1, w=2)",
  "c * empty",
  "c * (shift(100, 0) * c0)",
  "shift(-100, 0) * c",
  "repeat(2, 2) * (shift(5, 5) * c)",
  "block(2, 2) * (c * empty)",
  "fix * (c - c0)",
  "random(N=0, seed=1) * c",
  "random(fanIn=0, seed=1) * c",
  "random(fanIn=1, weight=0, seed=1) * c",
  "partition(c + d, [empty], 0)",
  "transpose * (c * empty)",
  "(c * empty) - oneToOne",
  "(c * empty) + (d * empty)",
};

static Conset *
read_operator (const char *text)
{
  g_autofree char *whole =
    g_strdup_printf ("c0 = cross(range(9), range(8)); c = cset(c0, 7, w=i); "
                     "d = cset(oneToOne * cross(range(5), range(6)), i, w=j); %s",
                     text);

  return test_read (whole);
}

/* Checks what is told of @set, and of what it prints. */
static void
assert_two_columns (const Conset *set)
{
  g_autoptr (Conset) mask = conset_mask (conset_ref (set));
  g_autofree char *text = conset_to_string (set);
  g_autoptr (Conset) again = test_read (text);

  ck_assert_uint_eq (conset_arity (mask), 0);
  ck_assert_msg (conset_arity (set) == 2, "%s has %u values", text, conset_arity (set));
  ck_assert_ptr_null (conset_column_name (set, 0));
  ck_assert_str_eq (conset_column_name (set, 1), "w");
  ck_assert_msg (conset_arity (again) == 2, "%s has %u values", text, conset_arity (again));
  ck_assert_ptr_null (conset_column_name (again, 0));
  ck_assert_str_eq (conset_column_name (again, 1), "w");
}

START_TEST (operators_keep_columns)
{
  g_autoptr (Conset) set = read_operator (operators[_i]);

  assert_two_columns (set);
}
END_TEST

START_TEST (empty_sets_keep_columns)
{
  g_autoptr (Conset) set = read_operator (empty_operators[_i]);
  g_autoptr (Conset) mask = conset_mask (conset_ref (set));
  g_autofree char *printed = conset_to_string (mask);
  guint64 count = 1;

  assert_two_columns (set);
  ck_assert_str_eq (printed, "empty");
  ck_assert (conset_count (set, NULL, &count, NULL));
  ck_assert_uint_eq (count, 0);
}
END_TEST

START_TEST (masks_of_masks_are_themselves)
{
  g_autoptr (Conset) mask = test_living ();
  g_autoptr (Conset) same = conset_mask (conset_ref (mask));
  g_autoptr (Conset) back = conset_mask (with_one (conset_ref (mask), I, NULL));
  g_autoptr (Conset) composed =
    conset_mask (conset_block (2, 2, with_one (conset_ref (mask), I, NULL)));
  g_autoptr (Conset) again = conset_mask (conset_ref (composed));

  ck_assert_ptr_eq (same, mask);
  ck_assert_ptr_eq (back, mask);
  ck_assert_ptr_eq (again, composed);
  assert_error (conset_mask (conset_block (0, 1, conset_full ())),
                "block(0, 1): both sizes must be at least 1");
}
END_TEST

typedef Conset *(*BinaryFunc) (Conset *a, Conset *b);

typedef struct
{
  BinaryFunc func;
  const char *a;
  const char *b;
  const char *message;
} ClashCase;

static const ClashCase clashes[] = {
  { conset_intersect, "cset(full, i)", "cset(oneToOne, 1, 2)",
    "intersect: both operands have values, 'cset(full, i)' and 'cset(oneToOne, 1, 2)'; take those "
    "of one away with mask(...)" },
  { conset_difference, "oneToOne", "cset(full, i)",
    "difference: the operand 'cset(full, i)' has values, which it cannot keep; take them away with "
    "mask(...)" },
  { conset_difference, "cset(full, 2)", "cset(full, i)",
    "difference: the operand 'cset(full, i)' has values, which it cannot keep; take them away with "
    "mask(...)" },
  { conset_symmetric_difference, "cset(full, i)", "oneToOne",
    "symmetric_difference: the operand 'cset(full, i)' has values, which it cannot keep; take them "
    "away with mask(...)" },
  { conset_symmetric_difference, "oneToOne", "cset(full, i)",
    "symmetric_difference: the operand 'cset(full, i)' has values, which it cannot keep; take them "
    "away with mask(...)" },
  { conset_sum, "cset(full, i)", "oneToOne",
    "sum: the left operand has 1 value (unnamed), the right one has no values; both need the same, "
    "give them with cset(...) or take them away with mask(...)" },
  { conset_sum, "oneToOne", "cset(full, 1, w=i)",
    "sum: the left operand has no values, the right one has 2 values (unnamed, w); both need the "
    "same, give them with cset(...) or take them away with mask(...)" },
  { conset_sum, "cset(full, w=1)", "cset(full, 1)",
    "sum: the left operand has 1 value (w), the right one has 1 value (unnamed); both need the "
    "same, give them with cset(...) or take them away with mask(...)" },
  { conset_union, "cset(full, w=1, d=2)", "cset(full, d=2, w=1)",
    "union: the left operand has 2 values (w, d), the right one has 2 values (d, w); both need the "
    "same, give them with cset(...) or take them away with mask(...)" },
  { conset_union, "cset(full, 1)", "cset(full, 1, 2)",
    "union: the left operand has 1 value (unnamed), the right one has 2 values (unnamed, unnamed); "
    "both need the same, give them with cset(...) or take them away with mask(...)" },
};

START_TEST (operands_that_do_not_fit_are_told)
{
  const ClashCase *clash = &clashes[_i];

  assert_error (clash->func (test_read (clash->a), test_read (clash->b)), clash->message);
}
END_TEST

START_TEST (operands_that_do_not_fit_are_released)
{
  Conset *set = conset_complement (with_one (test_living (), tag_value_new (1), NULL));
  Conset *masks[] = { conset_one_to_one (), with_one (test_living (), tag_value_new (2), NULL) };

  assert_error (set,
                "complement: the operand 'cset(<living>, <tag 1>)' has values, which it cannot "
                "keep; take them away with mask(...)");
  assert_error (
    conset_partition (masks, 2, 0, conset_sum (test_living (), test_living ())),
    "partition: the operand 'cset(<living>, <tag 2>)' has values, which it cannot keep; "
    "take them away with mask(...)");
  for (guint k = 0; k < G_N_ELEMENTS (clashes); k++)
    {
      Conset *one = with_one (test_living (), tag_value_new (1), "a");
      Conset *other = with_one (test_living (), tag_value_new (2), "b");

      conset_unref (clashes[k].func (one, other));
      conset_unref (
        clashes[k].func (test_living (), with_one (test_living (), tag_value_new (1), "a")));
    }
  assert_all_freed ();
}
END_TEST

/* What is empty goes with any values. */
START_TEST (empty_operands_drop_out)
{
  g_autoptr (Conset) valued = with_one (conset_full (), I, "w");
  g_autoptr (Conset) sum = conset_sum (conset_empty (), conset_ref (valued));
  g_autoptr (Conset) joined = conset_union (
    conset_ref (valued), conset_intersect (conset_empty (), with_one (conset_full (), J, NULL)));

  ck_assert_ptr_eq (sum, valued);
  ck_assert_ptr_eq (joined, valued);
}
END_TEST

/* }}} */
/* {{{ values of sets */

START_TEST (the_value_of_a_cset_is_the_value_itself)
{
  g_autoptr (ConsetValue) weight = tag_value_new (1), delay = tag_value_new (2);
  ConsetValue *values[] = { conset_value_ref (weight), conset_value_ref (delay) };
  Conset *set = conset_cset (conset_one_to_one (), 2, values, NULL);
  g_autoptr (ConsetValue) first = conset_value_of (conset_ref (set), 0);
  g_autoptr (ConsetValue) second = conset_value_of (set, 1);

  ck_assert_ptr_eq (first, weight);
  ck_assert_ptr_eq (second, delay);
  ck_assert (conset_value_at_copy (second, 3, 4, 5) == tag_number (2, 3, 4, 5));
}
END_TEST

/* More copies than there are have values, too, which random rules need. */
START_TEST (values_of_sets_are_nan_elsewhere)
{
  g_autoptr (ConsetValue) value = conset_value_of (
    conset_shift (
      2, 3,
      with_one (conset_sum (conset_one_to_one (), conset_one_to_one ()), tag_value_new (1), NULL)),
    0);

  ck_assert (conset_value_at (value, 12, 13) == tag_number (1, 10, 10, 0));
  ck_assert (conset_value_at_copy (value, 12, 13, 1) == tag_number (1, 10, 10, 1));
  ck_assert (conset_value_at_copy (value, 12, 13, 2) == tag_number (1, 10, 10, 2));
  ck_assert (conset_value_at_copy (value, 12, 13, G_MAXUINT64)
             == tag_number (1, 10, 10, G_MAXUINT64));
  ck_assert_double_nan (conset_value_at (value, 12, 12));
  ck_assert_double_nan (conset_value_at (value, 0, 0));
  ck_assert (!conset_value_is_constant (value, NULL));
}
END_TEST

START_TEST (wrong_columns_are_told)
{
  test_assert_value_error (
    conset_value_of (test_living (), 0),
    "value(0): the set '<living>' has no values; give it some with cset(...)");
  test_assert_value_error (
    conset_value_of (with_one (test_living (), tag_value_new (1), NULL), 1),
    "value(1): the set 'cset(<living>, <tag 1>)' has 1 value, numbered from 0; "
    "ask for one of them");
  test_assert_value_error (
    conset_value_of (test_read ("cset(full, 1, 2)"), G_MAXUINT),
    "value(4294967295): the set 'cset(full, 1, 2)' has 2 values, numbered from 0; "
    "ask for one of them");
  test_assert_value_error (conset_value_of (conset_block (0, 1, test_living ()), 0),
                           "block(0, 1): both sizes must be at least 1");
  assert_all_freed ();
}
END_TEST

START_TEST (values_of_sets_print_and_read_back)
{
  g_autoptr (Conset) set =
    test_read ("c = shift(1, 2) * cset(cross(range(6), range(4)), i, j * 2) + cset([(3, 3)], 5, 6);"
               "cset(mask(c) - oneToOne, value(c, 1) / 2, first=value(c, 0))");
  g_autofree char *text = conset_to_string (set), *digest = conset_digest (set, NULL, NULL);
  g_autoptr (Conset) again = test_read (text);
  g_autofree char *text_again = conset_to_string (again);
  g_autofree char *digest_again = conset_digest (again, NULL, NULL);

  ck_assert_str_eq (
    text, "cset(mask(shift(1, 2) * cset(cross(range(6), range(4)), i, j * 2) + cset([(3, 3)], 5, "
          "6)) - oneToOne, value(shift(1, 2) * cset(cross(range(6), range(4)), i, j * 2) + "
          "cset([(3, 3)], 5, 6), 1) / 2, first=value(shift(1, 2) * cset(cross(range(6), range(4)), "
          "i, j * 2) + cset([(3, 3)], 5, 6), 0))");
  ck_assert_str_eq (text_again, text);
  ck_assert_str_eq (digest_again, digest);
}
END_TEST

/* }}} */
/* {{{ depth */

/* Sets of values of sets of values ..., @n times; @random: by the probabilities of one. */
static Conset *
nested (guint n, gboolean random)
{
  Conset *set = with_one (conset_full (), NUMBER (1), NULL);

  for (guint k = 0; k < n; k++)
    {
      ConsetValue *value = conset_value_of (conset_block (1, 1, set), 0);
      ConsetValue *more = conset_value_add (value, NUMBER (1));

      if (random)
        set = with_one (conset_random_by_value (more, TRUE, 1), I, NULL);
      else
        set = with_one (conset_full (), more, NULL);
      set = conset_shift (1, 0, set);
    }
  return set;
}

START_TEST (sets_and_values_in_turn_are_not_too_deep)
{
  g_autoptr (Conset) set = nested (1000, FALSE);
  g_autoptr (GError) error = NULL;
  double value = 0.0;

  ck_assert_msg (conset_check (set, &error), "%s", error != NULL ? error->message : "");
  ck_assert (conset_values_at (set, 2000, 0, 0, &value, &error));
  ck_assert (value == 1001.0);
}
END_TEST

START_TEST (sets_and_values_in_turn_are_too_deep)
{
  g_autoptr (Conset) set = nested (100000, _i);
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_check (set, &error));
  ck_assert (strstr (error->message, "is nested more than 4096 operators deep") != NULL);
}
END_TEST

/* }}} */

static Suite *
csets_suite (void)
{
  Suite *suite = suite_create ("csets");
  TCase *composition = test_case_add (suite, "composition");
  TCase *operator_cases = test_case_add (suite, "operators");
  TCase *values = test_case_add (suite, "values");

  tcase_add_test (composition, without_values_it_is_the_mask);
  tcase_add_test (composition, columns_are_told);
  tcase_add_test (composition, names_are_copied);
  tcase_add_test (composition, as_many_values_as_may_be);
  tcase_add_loop_test (composition, wrong_names_are_told, 0, G_N_ELEMENTS (wrong_names));
  tcase_add_test (composition, wrong_arguments_are_told);
  tcase_add_test (composition, misuse_is_reported_and_survived);
  tcase_add_test (composition, one_value_may_be_given_twice);

  tcase_add_loop_test (operator_cases, operators_keep_columns, 0, G_N_ELEMENTS (operators));
  tcase_add_loop_test (operator_cases, empty_sets_keep_columns, 0, G_N_ELEMENTS (empty_operators));
  tcase_add_test (operator_cases, masks_of_masks_are_themselves);
  tcase_add_loop_test (operator_cases, operands_that_do_not_fit_are_told, 0,
                       G_N_ELEMENTS (clashes));
  tcase_add_test (operator_cases, operands_that_do_not_fit_are_released);
  tcase_add_test (operator_cases, empty_operands_drop_out);

  tcase_add_test (values, the_value_of_a_cset_is_the_value_itself);
  tcase_add_test (values, values_of_sets_are_nan_elsewhere);
  tcase_add_test (values, wrong_columns_are_told);
  tcase_add_test (values, values_of_sets_print_and_read_back);
  tcase_add_test (values, sets_and_values_in_turn_are_not_too_deep);
  tcase_add_loop_test (values, sets_and_values_in_turn_are_too_deep, 0, 2);
  return suite;
}

int
main (void)
{
  return test_run (csets_suite ());
}
