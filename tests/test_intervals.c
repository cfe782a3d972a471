/* SPDX-License-Identifier: MIT */
/*
 * Index sets: random expression trees against a dense oracle, the ends of the universe, text,
 * and errors.
 *
 * Tree k is made from the seed CONSET_TEST_SEED + k alone. It is looked at in a window of
 * WIDTH indices, which the oracle answers index by index from the definition of the operators.
 */
#include "support.h"

#include <string.h>

#define WIDTH 400
#define MAX_DEPTH 6

#define INDEX(text) G_GUINT64_CONSTANT (text)

/* {{{ Random trees */

/* An index set and what the oracle says of the window that begins at @base. */
typedef struct
{
  ConsetIntervals *set;
  guint64 base;
  gboolean members[WIDTH];
} Pair;

static void
pair_free (Pair *pair)
{
  conset_intervals_unref (pair->set);
  g_free (pair);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pair, pair_free)

/* Steps whose least common multiple is small, so that patterns of a few of them stay few pieces;
 * the last three are for bounded ranges. */
static const guint64 steps[] = { 1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 24, 11, 97, 151 };

/* A range with an end, near the window. */
static void
range_bounded (GRand *rand, guint64 base, guint64 *first, guint64 *end, guint64 *step)
{
  guint64 width = g_rand_int_range (rand, 0, WIDTH);

  *first = base + g_rand_int_range (rand, 0, WIDTH);
  *end = MIN (*first + width, CONSET_INDEX_END);
  *step = steps[g_rand_int_range (rand, 0, G_N_ELEMENTS (steps))];
}

/* A range without end, that begins in the window or near the origin. */
static void
range_unbounded (GRand *rand, guint64 base, guint64 *first, guint64 *end, guint64 *step)
{
  *first = (g_rand_boolean (rand) ? base : 0) + g_rand_int_range (rand, 0, WIDTH);
  *end = CONSET_INDEX_END;
  *step = steps[g_rand_int_range (rand, 0, G_N_ELEMENTS (steps) - 3)];
}

static Pair *
pair_leaf (GRand *rand, guint64 base)
{
  Pair *pair = g_new0 (Pair, 1);
  guint64 first, end, step;

  pair->base = base;
  if (g_rand_int_range (rand, 0, 4) == 0)
    range_unbounded (rand, base, &first, &end, &step);
  else
    range_bounded (rand, base, &first, &end, &step);
  pair->set = conset_intervals_range (first, end, step);
  for (guint k = 0; k < WIDTH; k++)
    {
      guint64 index = base + k;

      pair->members[k] = index >= first && index < end && (index - first) % step == 0;
    }
  return pair;
}

static Pair *
pair_complement (Pair *pair)
{
  pair->set = conset_intervals_complement (pair->set);
  for (guint k = 0; k < WIDTH; k++)
    pair->members[k] = !pair->members[k];
  return pair;
}

static Pair *
pair_combine (guint operator, Pair * a, Pair *b)
{
  static ConsetIntervals *(*const operators[]) (ConsetIntervals *, ConsetIntervals *) = {
    conset_intervals_union, conset_intervals_intersect, conset_intervals_difference
  };

  a->set = operators[operator](a->set, conset_intervals_ref (b->set));
  for (guint k = 0; k < WIDTH; k++)
    {
      gboolean results[] = { a->members[k] || b->members[k], a->members[k] && b->members[k],
                             a->members[k] && !b->members[k] };

      a->members[k] = results[operator];
    }
  pair_free (b);
  return a;
}

static Pair *
pair_random (GRand *rand, guint64 base, guint depth)
{
  guint kind = g_rand_int_range (rand, 0, 8);

  if (depth == 0 || kind == 7)
    return pair_leaf (rand, base);
  if (kind == 6)
    return pair_complement (pair_random (rand, base, depth - 1));
  return pair_combine (kind % 3, pair_random (rand, base, depth - 1),
                       pair_random (rand, base, depth - 1));
}

static guint64
base_random (GRand *rand)
{
  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      return CONSET_INDEX_END - WIDTH;
    case 1:
      return ((guint64) g_rand_int (rand) << 31 | g_rand_int (rand))
             >> g_rand_int_range (rand, 0, 60);
    default:
      return 0;
    }
}

static guint64
number_of_trees (void)
{
  return test_number ("CONSET_TEST_TREES", test_sanitized () ? 4000 : 20000);
}

/* Looks at random trees; @check returns whether one is right. Check's own assertions are slow, so
 * there is one a tree, and only where it fails. */
static void
trees_check (gboolean (*check) (Pair *pair, GRand *rand))
{
  guint64 first = test_number ("CONSET_TEST_SEED", 1), n = number_of_trees ();

  for (guint64 seed = first; seed < first + n; seed++)
    {
      GRand *rand = g_rand_new_with_seed (seed);
      guint64 base = base_random (rand);
      g_autoptr (Pair) pair = pair_random (rand, base, g_rand_int_range (rand, 0, MAX_DEPTH + 1));
      g_autofree char *text = NULL;

      if (conset_intervals_check (pair->set, NULL) && check (pair, rand))
        {
          g_rand_free (rand);
          continue;
        }
      text = conset_intervals_to_string (pair->set);
      ck_abort_msg ("seed %" G_GUINT64_FORMAT ": %s", seed, text);
    }
}

/* The members that the oracle knows in [@first, @end) of the window, as a set. */
static ConsetIntervals *
pair_listed (const Pair *pair, guint first, guint end)
{
  ConsetIntervals *set = conset_intervals_empty ();

  for (guint k = first; k < end; k++)
    if (pair->members[k])
      {
        guint64 index = pair->base + k;

        set = conset_intervals_union (set, conset_intervals_range (index, index + 1, 1));
      }
  return set;
}

/* }}} */
/* {{{ Trees */

static gboolean
contains_and_next_agree (Pair *pair, GRand *rand G_GNUC_UNUSED)
{
  guint64 next = conset_intervals_next (pair->set, pair->base + WIDTH);

  if (next < pair->base + WIDTH
      || conset_intervals_contains (pair->set, next) != (next < CONSET_INDEX_END))
    return FALSE;
  for (guint k = WIDTH; k-- > 0;)
    {
      guint64 index = pair->base + k;

      if (pair->members[k])
        next = index;
      if (conset_intervals_contains (pair->set, index) != pair->members[k]
          || conset_intervals_next (pair->set, index) != next)
        return FALSE;
    }
  return TRUE;
}

START_TEST (trees_contain_what_the_oracle_says)
{
  trees_check (contains_and_next_agree);
}
END_TEST

static gboolean
counts_agree (Pair *pair, GRand *rand)
{
  guint64 middle = pair->base + g_rand_int_range (rand, 0, WIDTH);

  for (guint trial = 0; trial < 10; trial++)
    {
      guint first = g_rand_int_range (rand, 0, WIDTH), end = g_rand_int_range (rand, 0, WIDTH + 1);
      guint64 n = 0;

      for (guint k = first; k < end; k++)
        n += pair->members[k];
      if (conset_intervals_count (pair->set, pair->base + first, pair->base + end) != n)
        return FALSE;
    }
  return conset_intervals_count (pair->set, 0, CONSET_INDEX_END)
         == conset_intervals_count (pair->set, 0, middle)
              + conset_intervals_count (pair->set, middle, G_MAXUINT64);
}

START_TEST (trees_count_what_the_oracle_counts)
{
  trees_check (counts_agree);
}
END_TEST

/* The set is the same as one made from a list, in a part of the window; one index more or less
 * makes it another. */
static gboolean
sets_are_equal (Pair *pair, GRand *rand)
{
  guint first = g_rand_int_range (rand, 0, WIDTH), end = g_rand_int_range (rand, first, WIDTH) + 1;
  guint64 index = pair->base + g_rand_int_range (rand, first, end);
  g_autoptr (ConsetIntervals) one = conset_intervals_range (index, index + 1, 1);
  g_autoptr (ConsetIntervals) listed = pair_listed (pair, first, end);
  g_autoptr (ConsetIntervals) part =
    conset_intervals_intersect (conset_intervals_range (pair->base + first, pair->base + end, 1),
                                conset_intervals_ref (pair->set));
  g_autoptr (ConsetIntervals) other =
    conset_intervals_contains (part, index)
      ? conset_intervals_difference (conset_intervals_ref (part), conset_intervals_ref (one))
      : conset_intervals_union (conset_intervals_ref (part), conset_intervals_ref (one));

  return conset_intervals_equal (part, listed) && conset_intervals_equal (listed, part)
         && !conset_intervals_equal (part, other) && !conset_intervals_equal (other, listed);
}

START_TEST (trees_equal_lists)
{
  trees_check (sets_are_equal);
}
END_TEST

/* a = (a - b) + a b = ~~a, for an a without bounds too. */
static gboolean
laws_hold (Pair *pair, GRand *rand)
{
  g_autoptr (Pair) b = pair_random (rand, pair->base, 2);
  g_autoptr (ConsetIntervals) rest =
    conset_intervals_difference (conset_intervals_ref (pair->set), conset_intervals_ref (b->set));
  g_autoptr (ConsetIntervals) common =
    conset_intervals_intersect (conset_intervals_ref (b->set), conset_intervals_ref (pair->set));
  g_autoptr (ConsetIntervals) whole =
    conset_intervals_union (conset_intervals_ref (common), conset_intervals_ref (rest));
  g_autoptr (ConsetIntervals) twice =
    conset_intervals_complement (conset_intervals_complement (conset_intervals_ref (pair->set)));
  g_autoptr (ConsetIntervals) nothing =
    conset_intervals_difference (conset_intervals_ref (twice), conset_intervals_ref (whole));
  g_autoptr (ConsetIntervals) empty = conset_intervals_empty ();

  return conset_intervals_equal (whole, pair->set) && conset_intervals_equal (twice, pair->set)
         && conset_intervals_equal (nothing, empty)
         && conset_intervals_equal (common, empty) == conset_intervals_equal (rest, pair->set);
}

START_TEST (trees_obey_the_laws)
{
  trees_check (laws_hold);
}
END_TEST

/* Text reads back as a set with the same members and the same bounds, up to the end too. */
static gboolean
text_reads_back (Pair *pair, GRand *rand G_GNUC_UNUSED)
{
  g_autoptr (Conset) set =
    conset_cross (conset_intervals_ref (pair->set), conset_intervals_range (0, 1, 1));
  g_autofree char *text = conset_to_string (set);
  g_autoptr (Conset) again = conset_parse (text, 1, NULL);
  g_autofree char *text_again = again != NULL ? conset_to_string (again) : NULL;
  ConsetWindow bounds, bounds_again;

  if (again == NULL)
    return FALSE;
  conset_get_bounds (set, &bounds);
  conset_get_bounds (again, &bounds_again);
  return g_str_equal (text, text_again) && bounds.source_first == bounds_again.source_first
         && bounds.source_end == bounds_again.source_end;
}

START_TEST (trees_are_read_back)
{
  trees_check (text_reads_back);
}
END_TEST

/* }}} */
/* {{{ Large indices and steps */

static ConsetIntervals *
from_range (const char *first, const char *end, const char *step)
{
  return conset_intervals_range (g_ascii_strtoull (first, NULL, 10),
                                 g_ascii_strtoull (end, NULL, 10),
                                 g_ascii_strtoull (step, NULL, 10));
}

START_TEST (big_step_near_the_end_does_not_overflow)
{
  guint64 last = CONSET_INDEX_END - 1, step = INDEX (1) << 62;
  g_autoptr (ConsetIntervals) two = conset_intervals_range (last - step, CONSET_INDEX_END, step);
  g_autoptr (ConsetIntervals) one = conset_intervals_range (last, CONSET_INDEX_END, G_MAXUINT64);
  g_autoptr (ConsetIntervals) others = conset_intervals_complement (conset_intervals_ref (two));

  ck_assert_uint_eq (conset_intervals_count (two, 0, G_MAXUINT64), 2);
  ck_assert_uint_eq (conset_intervals_next (two, 0), last - step);
  ck_assert_uint_eq (conset_intervals_next (two, last - step + 1), last);
  ck_assert_uint_eq (conset_intervals_next (two, last + 1), CONSET_INDEX_END);
  ck_assert_uint_eq (conset_intervals_next (one, 5), last);
  ck_assert_uint_eq (conset_intervals_count (others, 0, CONSET_INDEX_END), CONSET_INDEX_END - 2);
  ck_assert (!conset_intervals_contains (others, last));
  ck_assert (!conset_intervals_contains (two, CONSET_INDEX_END));
  ck_assert (!conset_intervals_contains (two, G_MAXUINT64));
}
END_TEST

START_TEST (long_range_costs_nothing)
{
  g_autoptr (ConsetIntervals) even = conset_intervals_range (0, INDEX (1000000000000), 2);
  g_autoptr (ConsetIntervals) sixth = conset_intervals_intersect (
    conset_intervals_ref (even), conset_intervals_range (0, CONSET_INDEX_END, 3));

  ck_assert_uint_eq (conset_intervals_count (even, 0, CONSET_INDEX_END), INDEX (500000000000));
  ck_assert_uint_eq (conset_intervals_count (sixth, 0, CONSET_INDEX_END), INDEX (166666666667));
}
END_TEST

/* The common members are 0 and, once in a product of the steps, what the theorem gives. */
START_TEST (steps_without_common_divisor_meet_where_they_must)
{
  const guint64 a = (INDEX (1) << 31) - 1, b = (INDEX (1) << 31) + 11;
  g_autoptr (ConsetIntervals) common =
    conset_intervals_intersect (conset_intervals_range (5, CONSET_INDEX_END, a),
                                conset_intervals_range (5 + 7 * b, CONSET_INDEX_END, b));
  g_autoptr (ConsetIntervals) one =
    conset_intervals_intersect (from_range ("3", "9223372036854775808", "1099511627776"),
                                from_range ("3", "9223372036854775808", "1099511627777"));

  ck_assert (conset_intervals_check (common, NULL));
  ck_assert_uint_eq (conset_intervals_next (common, 0), 5 + a * b);
  ck_assert_uint_eq (conset_intervals_next (common, 6 + a * b), CONSET_INDEX_END);
  ck_assert_uint_eq (conset_intervals_count (one, 0, CONSET_INDEX_END), 1);
  ck_assert_uint_eq (conset_intervals_next (one, 0), 3);
}
END_TEST

START_TEST (wide_patterns_without_common_divisor_meet_where_they_must)
{
  const guint64 a = 100003, b = 100019;
  g_autoptr (ConsetIntervals) x =
    conset_intervals_union (conset_intervals_range (0, CONSET_INDEX_END, a),
                            conset_intervals_range (1, CONSET_INDEX_END, a));
  g_autoptr (ConsetIntervals) y = conset_intervals_range (7, CONSET_INDEX_END, b);
  g_autoptr (ConsetIntervals) common =
    conset_intervals_intersect (conset_intervals_ref (x), conset_intervals_ref (y));
  guint64 index = conset_intervals_next (common, 0), n = 0;

  ck_assert_uint_eq (conset_intervals_count (common, 7, 7 + 10 * a * b), 20);
  for (; index < 10 * a * b; index = conset_intervals_next (common, index + 1), n++)
    ck_assert (conset_intervals_contains (x, index) && conset_intervals_contains (y, index));
  ck_assert_uint_eq (n, 20);
}
END_TEST

/* Many sets that differ in one far place only; equality must not walk there. */
START_TEST (equality_looks_beyond_the_first_periods)
{
  const guint64 far = INDEX (1000000000000000000);
  g_autoptr (ConsetIntervals) odd = conset_intervals_range (1, CONSET_INDEX_END, 2);
  g_autoptr (ConsetIntervals) same =
    conset_intervals_complement (conset_intervals_range (0, CONSET_INDEX_END, 2));
  g_autoptr (ConsetIntervals) less = conset_intervals_difference (
    conset_intervals_ref (odd), conset_intervals_range (far + 1, far + 2, 1));
  g_autoptr (ConsetIntervals) more =
    conset_intervals_union (conset_intervals_ref (odd), conset_intervals_range (far, far + 1, 1));
  g_autoptr (ConsetIntervals) cut = conset_intervals_range (1, far, 2);

  ck_assert (conset_intervals_equal (odd, same));
  ck_assert (!conset_intervals_equal (odd, less));
  ck_assert (!conset_intervals_equal (more, odd));
  ck_assert (!conset_intervals_equal (cut, odd));
}
END_TEST

/* }}} */
/* {{{ Text */

/* A sum of ranges less another sum, or all other indices; an end of 0 ends a sum. */
typedef struct
{
  guint64 plus[4][3];
  guint64 minus[4][3];
  gboolean complemented;
  const char *text;
} TextCase;

#define TO_END INDEX (9223372036854775808)

static const TextCase text_cases[] = {
  { .text = "[]" },
  { .plus = { { 7, 3, 1 } }, .text = "[]" },
  { .complemented = TRUE, .text = "N" },
  { .plus = { { 0, TO_END, 1 } }, .text = "N" },
  { .plus = { { 0, 10, 1 } }, .text = "range(10)" },
  { .plus = { { 0, 10, 1 }, { 10, 20, 1 } }, .text = "range(20)" },
  { .plus = { { 10, 20, 1 } }, .text = "range(10, 20)" },
  { .plus = { { 5, 6, 9 } }, .text = "range(5, 6)" },
  { .plus = { { 3, 30, 4 } }, .text = "range(3, 30, 4)" },
  { .plus = { { 3, TO_END, 4 } }, .text = "range(3, 9223372036854775808, 4)" },
  { .plus = { { 0, 10, 1 }, { 12, 15, 1 } }, .text = "ival(0, 9) + ival(12, 14)" },
  { .plus = { { 4, 21, 1 } }, .complemented = TRUE, .text = "~ival(4, 20)" },
  { .plus = { { 0, TO_END, 1 } }, .minus = { { 4, 21, 1 } }, .text = "~ival(4, 20)" },
  { .plus = { { 5, TO_END, 1 } }, .text = "~ival(0, 4)" },
  { .plus = { { 0, 4, 1 }, { 8, 10, 1 } },
    .complemented = TRUE,
    .text = "~(ival(0, 3) + ival(8, 9))" },
  { .plus = { { 3, TO_END, 7 } },
    .complemented = TRUE,
    .text = "~range(3, 9223372036854775808, 7)" },
  { .plus = { { 0, 20, 2 }, { 30, 60, 5 } }, .text = "range(0, 19, 2) + range(30, 56, 5)" },
  { .plus = { { 0, 60, 6 }, { 1, 60, 6 }, { 3, 60, 6 } },
    .text = "range(0, 58, 6) + range(1, 58, 6) + range(3, 58, 6)" },
  { .plus = { { 0, 100, 1 } },
    .minus = { { 9, 100, 10 } },
    .text = "ival(0, 98) - range(9, 99, 10)" },
  { .plus = { { 1, 2, 1 }, { 3, 4, 1 }, { 5, 6, 1 }, { 7, 8, 1 } }, .text = "range(1, 8, 2)" },
};

static ConsetIntervals *
ranges_sum (const guint64 (*ranges)[3], guint n)
{
  ConsetIntervals *set = conset_intervals_empty ();

  for (guint i = 0; i < n && ranges[i][1] != 0; i++)
    {
      ConsetIntervals *range = conset_intervals_range (ranges[i][0], ranges[i][1], ranges[i][2]);

      if (i > 0)
        set = conset_intervals_union (set, range);
      else
        {
          conset_intervals_unref (set);
          set = range;
        }
    }
  return set;
}

START_TEST (text_is_as_short_as_it_was_written)
{
  const TextCase *c = &text_cases[_i];
  ConsetIntervals *sum =
    conset_intervals_difference (ranges_sum (c->plus, 4), ranges_sum (c->minus, 4));
  g_autoptr (ConsetIntervals) set = c->complemented ? conset_intervals_complement (sum) : sum;
  g_autofree char *text = conset_intervals_to_string (set);

  ck_assert_str_eq (text, c->text);
}
END_TEST

/* }}} */
/* {{{ Errors */

static void
assert_error (const ConsetIntervals *set, const char *part)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_intervals_check (set, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  ck_assert_msg (strstr (error->message, part) != NULL, "'%s' is not in '%s'", part,
                 error->message);
}

START_TEST (wrong_range_is_an_error)
{
  g_autoptr (ConsetIntervals) no_step = conset_intervals_range (1, 9, 0);
  g_autoptr (ConsetIntervals) beyond = conset_intervals_range (1, CONSET_INDEX_END + 1, 2);
  g_autofree char *text = conset_intervals_to_string (no_step);

  assert_error (no_step, "range(1, 9, 0): the step must be at least 1");
  assert_error (beyond, "range(1, 9223372036854775809, 2): the end lies beyond the universe");
  ck_assert (g_str_has_prefix (text, "<error: range(1, 9, 0)"));
}
END_TEST

START_TEST (error_value_is_like_an_empty_set)
{
  g_autoptr (ConsetIntervals) wrong = conset_intervals_range (1, 9, 0);

  ck_assert (!conset_intervals_contains (wrong, 1));
  ck_assert_uint_eq (conset_intervals_next (wrong, 0), CONSET_INDEX_END);
  ck_assert_uint_eq (conset_intervals_count (wrong, 0, CONSET_INDEX_END), 0);
  ck_assert (!conset_intervals_equal (wrong, wrong));
}
END_TEST

START_TEST (operators_keep_the_first_error)
{
  g_autoptr (ConsetIntervals) set = conset_intervals_complement (conset_intervals_union (
    conset_intervals_difference (conset_intervals_all (), conset_intervals_range (1, 2, 0)),
    conset_intervals_intersect (conset_intervals_range (3, 4, 0),
                                conset_intervals_range (5, 6, 0))));

  assert_error (set, "range(1, 2, 0)");
}
END_TEST

START_TEST (too_many_pieces_are_an_error)
{
  g_autoptr (ConsetIntervals) set = conset_intervals_range (0, CONSET_INDEX_END, 2);
  static const guint64 primes[] = { 3, 5, 7, 11, 13, 17, 19, 23 };

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    set = conset_intervals_union (set, conset_intervals_range (0, CONSET_INDEX_END, primes[i]));
  assert_error (set, "intervals: the combination needs more than 65536 pieces");
}
END_TEST

START_TEST (incommensurable_steps_are_an_error)
{
  g_autoptr (ConsetIntervals) set =
    conset_intervals_union (from_range ("0", "9223372036854775808", "1099511627776"),
                            from_range ("0", "9223372036854775808", "1099511627777"));

  assert_error (set, "use fewer or simpler steps");
}
END_TEST

/* }}} */
/* {{{ Ownership */

static guint n_criticals;

static GLogWriterOutput
count_criticals (GLogLevelFlags level,
                 const GLogField *fields G_GNUC_UNUSED,
                 gsize n_fields G_GNUC_UNUSED,
                 gpointer user_data G_GNUC_UNUSED)
{
  n_criticals += (level & G_LOG_LEVEL_CRITICAL) != 0;
  return G_LOG_WRITER_HANDLED;
}

/* What happens is reported once, and the process goes on. */
START_TEST (misuse_is_reported_and_survived)
{
  ConsetIntervals *once = conset_intervals_range (0, 10, 3);
  g_autoptr (ConsetIntervals) same = NULL;
  g_autoptr (ConsetIntervals) nothing = NULL;
  g_autoptr (ConsetIntervals) other = NULL;
  g_autofree char *text = NULL;

  g_log_set_writer_func (count_criticals, NULL, NULL);
  same = conset_intervals_intersect (once, once);
  ck_assert_uint_eq (n_criticals, 1);
  text = conset_intervals_to_string (same);
  ck_assert_str_eq (text, "range(0, 10, 3)");

  nothing = conset_intervals_union (NULL, conset_intervals_all ());
  ck_assert_uint_eq (n_criticals, 2);
  assert_error (nothing, "an operand is NULL");
  other = conset_intervals_complement (NULL);
  ck_assert_uint_eq (n_criticals, 3);
  assert_error (other, "the operand is NULL");
}
END_TEST

START_TEST (set_may_be_used_twice_with_two_references)
{
  g_autoptr (ConsetIntervals) set = conset_intervals_range (0, 10, 3);
  g_autoptr (ConsetIntervals) both =
    conset_intervals_union (conset_intervals_ref (set), conset_intervals_ref (set));
  g_autoptr (ConsetIntervals) none =
    conset_intervals_difference (conset_intervals_ref (set), conset_intervals_ref (set));

  ck_assert (conset_intervals_equal (set, both));
  ck_assert_uint_eq (conset_intervals_next (none, 0), CONSET_INDEX_END);
}
END_TEST

/* }}} */

static Suite *
intervals_suite (void)
{
  Suite *suite = suite_create ("intervals");
  TCase *trees = test_case_add (suite, "trees"), *large = test_case_add (suite, "large");
  TCase *text = test_case_add (suite, "text"), *errors = test_case_add (suite, "errors");

  tcase_add_test (trees, trees_contain_what_the_oracle_says);
  tcase_add_test (trees, trees_count_what_the_oracle_counts);
  tcase_add_test (trees, trees_equal_lists);
  tcase_add_test (trees, trees_obey_the_laws);
  tcase_add_test (trees, trees_are_read_back);

  tcase_add_test (large, big_step_near_the_end_does_not_overflow);
  tcase_add_test (large, long_range_costs_nothing);
  tcase_add_test (large, steps_without_common_divisor_meet_where_they_must);
  tcase_add_test (large, wide_patterns_without_common_divisor_meet_where_they_must);
  tcase_add_test (large, equality_looks_beyond_the_first_periods);

  tcase_add_loop_test (text, text_is_as_short_as_it_was_written, 0, G_N_ELEMENTS (text_cases));

  tcase_add_test (errors, wrong_range_is_an_error);
  tcase_add_test (errors, error_value_is_like_an_empty_set);
  tcase_add_test (errors, operators_keep_the_first_error);
  tcase_add_test (errors, too_many_pieces_are_an_error);
  tcase_add_test (errors, incommensurable_steps_are_an_error);
  tcase_add_test (errors, misuse_is_reported_and_survived);
  tcase_add_test (errors, set_may_be_used_twice_with_two_references);
  return suite;
}

int
main (void)
{
  return test_run (intervals_suite ());
}
