/* SPDX-License-Identifier: MIT */
/*
 * That the rules with a fixed number of connections follow their laws, all outcomes of small
 * sets being enumerated: without multapses all choices are equally likely, with them every
 * connection is drawn anew.
 *
 * Seeds are fixed. Every statistic alarms wrongly with probability 1e-6 (statistics.h); how many
 * there are stands beside each test, about 1,200 together: 0.12 %.
 */
#include "statistics.h"
#include "support.h"

#include <math.h>
#include <string.h>

typedef enum
{
  TOTAL,
  FAN_IN,
  FAN_OUT,
  N_RULES,
} Rule;

static Conset *
sample_new (Rule rule, guint64 k, gboolean multapses, guint64 seed, Conset *candidates)
{
  switch (rule)
    {
    case TOTAL:
      return conset_random_total (k, multapses, seed, candidates);
    case FAN_IN:
      return conset_random_fan_in (conset_degrees_constant (k), multapses, seed, candidates);
    default:
      return conset_random_fan_out (conset_degrees_constant (k), multapses, seed, candidates);
    }
}

static Conset *
two_by_three (void)
{
  return conset_cross_n (2, 3);
}

static Conset *
five_by_three (void)
{
  return conset_cross_n (5, 3);
}

static Conset *
three_by_five (void)
{
  return conset_cross_n (3, 5);
}

static Conset *
corner (void)
{
  static const guint64 sources[] = { 0, 0, 0, 1, 2, 1 }, targets[] = { 0, 1, 2, 2, 2, 0 };

  return conset_explicit (sources, targets, G_N_ELEMENTS (sources));
}

static Conset *
blocks (void)
{
  return conset_block (2, 2, conset_intersect (conset_one_to_one (), conset_cross_n (2, 2)));
}

static Conset *
all_but_oneself (void)
{
  return conset_difference (conset_cross_n (4, 4), conset_one_to_one ());
}

static Conset *
random_pairs (void)
{
  return conset_intersect (conset_random (0.6, 12), conset_cross_n (4, 4));
}

static Conset *
other_sample (void)
{
  return conset_random_fan_in (conset_degrees_constant (3), FALSE, 9, conset_cross_n (6, 4));
}

static gboolean
is_white (guint64 source, guint64 target, gpointer user_data G_GNUC_UNUSED)
{
  return (source + target) % 2 == 0;
}

static Conset *
chess_board (void)
{
  return conset_intersect (conset_predicate ("white", is_white, NULL, NULL, NULL),
                           conset_cross_n (4, 4));
}

/* Listed more than once, but candidates once. */
static Conset *
repeated_pairs (void)
{
  return conset_sum (conset_cross_n (2, 3), conset_cross_n (4, 2));
}

#define FAR (G_GUINT64_CONSTANT (1) << 62)

static Conset *
far_apart (void)
{
  return conset_cross (
    conset_intervals_union (conset_intervals_range (3, 1000, 400),
                            conset_intervals_range (FAR, FAR + 12345678900u, 12345678899u)),
    conset_intervals_range (FAR + 5, CONSET_INDEX_END - 7, FAR / 3));
}

typedef struct
{
  const char *name;
  Conset *(*make) (void);
  guint k[N_RULES];
  /* One in so many samples is looked at in source-major order. */
  guint across;
} Small;

static const Small smalls[] = {
  { "2 x 3", two_by_three, { 3, 1, 2 }, 2 },
  { "2 x 3, dense", two_by_three, { 5, 2, 3 }, 2 },
  { "5 x 3", five_by_three, { 2, 2, 1 }, 2 },
  { "5 x 3, three", five_by_three, { 3, 3, 2 }, 2 },
  { "3 x 5", three_by_five, { 1, 2, 4 }, 2 },
  { "corner", corner, { 2, 1, 1 }, 2 },
  { "corner, more", corner, { 4, 1, 1 }, 2 },
  { "blocks", blocks, { 4, 1, 1 }, 2 },
  { "all but oneself", all_but_oneself, { 2, 2, 1 }, 2 },
  { "random pairs", random_pairs, { 3, 1, 1 }, 2 },
  { "other sample", other_sample, { 2, 2, 1 }, 2 },
  { "chess board", chess_board, { 3, 1, 1 }, 2 },
  { "repeated pairs", repeated_pairs, { 4, 1, 2 }, 2 },
  { "far apart", far_apart, { 3, 2, 1 }, 200 },
};

/* The ways to draw k out of some: numbers with digits of base k + 1, how often each was drawn.
 * chances are proportional to the products of 1 / (times drawn)!, which without multapses are all
 * alike. */
typedef struct
{
  GHashTable *numbers;
  GArray *chances;
  double sum;
} Ways;

static void
ways_add (Ways *ways, guint n, guint left, guint base, guint most, guint64 way, double chance)
{
  if (n == 0 && left == 0)
    {
      g_hash_table_insert (ways->numbers, g_memdup2 (&way, sizeof way),
                           GUINT_TO_POINTER (ways->chances->len));
      g_array_append_val (ways->chances, chance);
      ways->sum += chance;
    }
  if (n == 0)
    return;
  for (guint times = 0; times <= MIN (left, most); times++)
    {
      ways_add (ways, n - 1, left - times, base, most, way * base + times, chance);
      chance /= times + 1;
    }
}

static void
ways_init (Ways *ways, guint n, guint k, gboolean multapses)
{
  ways->numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  ways->chances = g_array_new (FALSE, FALSE, sizeof (double));
  ways->sum = 0.0;
  ways_add (ways, n, k, k + 1, multapses ? k : 1, 0, 1.0);
}

static void
ways_clear (Ways *ways)
{
  g_hash_table_unref (ways->numbers);
  g_array_unref (ways->chances);
}

static double
ways_chance (const Ways *ways, guint number)
{
  return g_array_index (ways->chances, double, number) / ways->sum;
}

/* What is drawn from a set by a rule. A line is what has its own draw: all pairs of a total.
 * Each candidate has its line and its digit there. */
#define MOST_CANDIDATES 16

typedef struct
{
  guint n_candidates;
  guint64 sources[MOST_CANDIDATES];
  guint64 targets[MOST_CANDIDATES];
  guint lines[MOST_CANDIDATES];
  guint64 digits[MOST_CANDIDATES];
  guint n_lines;
  guint sizes[MOST_CANDIDATES];
  Ways ways[MOST_CANDIDATES];
} Frame;

static gboolean
same_line (const Frame *frame, Rule rule, guint a, guint b)
{
  return rule == TOTAL
         || (rule == FAN_IN ? frame->targets[a] == frame->targets[b]
                            : frame->sources[a] == frame->sources[b]);
}

static void
frame_init (Frame *frame, const Conset *candidates, Rule rule, guint k, gboolean multapses)
{
  g_autoptr (Conset) proper = conset_intersect (conset_ref (candidates), conset_full ());
  ConsetOrder order = rule == FAN_OUT ? CONSET_SOURCE_MAJOR : CONSET_TARGET_MAJOR;
  g_autoptr (PairList) list = pair_list_of_set (proper, NULL, order, NULL);

  frame->n_candidates = (guint) pair_list_length (list);
  frame->n_lines = 0;
  ck_assert_uint_le (frame->n_candidates, MOST_CANDIDATES);
  for (guint c = 0; c < frame->n_candidates; c++)
    {
      frame->sources[c] = pair_list_source (list, c);
      frame->targets[c] = pair_list_target (list, c);
      if (c > 0 && same_line (frame, rule, c - 1, c))
        frame->digits[c] = frame->digits[c - 1] * (k + 1);
      else
        {
          frame->digits[c] = 1;
          frame->sizes[frame->n_lines++] = 0;
        }
      frame->lines[c] = frame->n_lines - 1;
      frame->sizes[frame->n_lines - 1]++;
    }
  for (guint line = 0; line < frame->n_lines; line++)
    ways_init (&frame->ways[line], frame->sizes[line], k, multapses);
}

static guint
frame_find (const Frame *frame, guint64 source, guint64 target)
{
  for (guint c = 0; c < frame->n_candidates; c++)
    if (frame->sources[c] == source && frame->targets[c] == target)
      return c;
  ck_abort_msg ("(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ") is no candidate", source, target);
  return 0;
}

/* How often each way, each two ways of neighbouring lines, and each candidate came out. */
typedef struct
{
  guint *ways[MOST_CANDIDATES];
  guint *joint[MOST_CANDIDATES];
  guint times[MOST_CANDIDATES];
} Found;

static guint
frame_n_ways (const Frame *frame, guint line)
{
  return line < frame->n_lines ? frame->ways[line].chances->len : 1;
}

static void
found_init (Found *found, const Frame *frame)
{
  memset (found, 0, sizeof *found);
  for (guint line = 0; line < frame->n_lines; line++)
    {
      guint n = frame_n_ways (frame, line);

      found->ways[line] = g_new0 (guint, n);
      found->joint[line] = g_new0 (guint, n * frame_n_ways (frame, line + 1));
    }
}

static void
found_add (Found *found, const Frame *frame, const Conset *set, ConsetOrder order)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PairList) list = pair_list_of_set (set, NULL, order, &error);
  guint64 codes[MOST_CANDIDATES + 1] = { 0 };
  guint last = 0;

  if (list == NULL)
    ck_abort_msg ("%s", error->message);
  for (gsize k = 0; k < pair_list_length (list); k++)
    {
      guint c = frame_find (frame, pair_list_source (list, k), pair_list_target (list, k));

      codes[frame->lines[c]] += frame->digits[c];
      found->times[c]++;
    }
  for (guint line = 0; line < frame->n_lines; line++)
    {
      gpointer way;

      if (!g_hash_table_lookup_extended (frame->ways[line].numbers, &codes[line], NULL, &way))
        ck_abort_msg ("line %u has no such outcome", line);
      found->ways[line][GPOINTER_TO_UINT (way)]++;
      if (line > 0)
        found->joint[line - 1][last * frame_n_ways (frame, line) + GPOINTER_TO_UINT (way)]++;
      last = GPOINTER_TO_UINT (way);
    }
}

static void
found_assert (const Found *found, const Frame *frame, double n, const char *what)
{
  for (guint line = 0; line < frame->n_lines; line++)
    {
      const Ways *here = &frame->ways[line], *next = &frame->ways[line + 1];
      guint n_here = frame_n_ways (frame, line), n_next = frame_n_ways (frame, line + 1);
      ChiSquare alone = { 0 }, joint = { 0 };

      for (guint a = 0; a < n_here; a++)
        {
          chi_square_add (&alone, n * ways_chance (here, a), found->ways[line][a]);
          for (guint b = 0; line + 1 < frame->n_lines && b < n_next; b++)
            chi_square_add (&joint, n * ways_chance (here, a) * ways_chance (next, b),
                            found->joint[line][a * n_next + b]);
        }
      if (n_here > 1)
        chi_square_assert (&alone, what, line);
      if (line + 1 < frame->n_lines && n_here * n_next > 1)
        chi_square_assert (&joint, what, line + 0.5);
    }
}

static void
found_assert_candidates (
  const Found *found, const Frame *frame, double n, guint k, gboolean multapses, const char *what)
{
  for (guint c = 0; c < frame->n_candidates; c++)
    {
      double size = frame->sizes[frame->lines[c]], mean = k / size;
      double variance = multapses ? mean * (1.0 - 1.0 / size) : mean * (1.0 - mean);

      if (variance > 0.0)
        assert_z ((found->times[c] - n * mean) / sqrt (n * variance), what, c);
    }
}

static void
assert_outcomes (const Small *small, Rule rule, gboolean multapses)
{
  g_autoptr (Conset) candidates = small->make ();
  g_autofree char *what = g_strdup_printf ("%s, rule %d, %s", small->name, rule,
                                           multapses ? "multapses" : "no multapses");
  const guint n_seeds = test_sanitized () ? 1500 : 5000;
  guint k = small->k[rule];
  Frame frame;
  Found found;

  frame_init (&frame, candidates, rule, k, multapses);
  found_init (&found, &frame);
  for (guint64 seed = 0; seed < n_seeds; seed++)
    {
      g_autoptr (Conset) set = sample_new (rule, k, multapses, seed, conset_ref (candidates));

      found_add (&found, &frame, set,
                 seed % small->across == 0 ? CONSET_SOURCE_MAJOR : CONSET_TARGET_MAJOR);
    }
  found_assert (&found, &frame, n_seeds, what);
  found_assert_candidates (&found, &frame, n_seeds, k, multapses, what);
  for (guint line = 0; line < frame.n_lines; line++)
    {
      ways_clear (&frame.ways[line]);
      g_free (found.ways[line]);
      g_free (found.joint[line]);
    }
}

/* For each rule with and without multapses: 1 statistic a line, 1 for neighbouring lines
 * together, 1 a candidate; 1,200 of all cases together. */
START_TEST (outcomes_are_as_likely_as_they_should_be)
{
  for (Rule rule = TOTAL; rule < N_RULES; rule++)
    for (guint multapses = 0; multapses < 2; multapses++)
      assert_outcomes (&smalls[_i], rule, multapses);
}
END_TEST

/* 3 statistics each: two of five on the lines of one set, alone and with those of the next line
 * and of the line 64 away. */
START_TEST (outcomes_of_lines_are_independent)
{
  Rule rule = _i < 2 ? FAN_IN : FAN_OUT;
  gboolean multapses = _i % 2;
  const guint n = 60000, n_ways = multapses ? 25 : 10;
  g_autoptr (Conset) set = sample_new (
    rule, 2, multapses, 17, rule == FAN_IN ? conset_cross_n (5, n) : conset_cross_n (n, 5));
  g_autoptr (PairList) list =
    pair_list_of_set (set, NULL, rule == FAN_IN ? CONSET_TARGET_MAJOR : CONSET_SOURCE_MAJOR, NULL);
  g_autofree guint *drawn = g_new0 (guint, n);
  guint alone[25] = { 0 }, next[25][25] = { 0 }, far[25][25] = { 0 };
  ChiSquare chis[3] = { 0 };

  ck_assert_uint_eq (pair_list_length (list), 2 * n);
  for (guint k = 0; k < n; k++)
    {
      GArray *places = rule == FAN_IN ? list->sources : list->targets;
      guint64 a = g_array_index (places, guint64, 2 * k);
      guint64 b = g_array_index (places, guint64, 2 * k + 1);

      if (a > b || b > 4)
        ck_abort_msg ("line %u has no such outcome", k);
      drawn[k] = 5 * a + b;
      alone[drawn[k]]++;
      if (k >= 1)
        next[drawn[k - 1]][drawn[k]]++;
      if (k >= 64)
        far[drawn[k - 64]][drawn[k]]++;
    }
  for (guint a = 0; a < 25; a++)
    {
      double chance = a % 5 < a / 5    ? 0.0
                      : a % 5 == a / 5 ? (multapses ? 1.0 : 0.0)
                                       : (multapses ? 2.0 : 1.0);

      chi_square_add (&chis[0], n * chance / n_ways, alone[a]);
      for (guint b = 0; b < 25; b++)
        {
          double both = chance / n_ways
                        * (b % 5 < b / 5    ? 0.0
                           : b % 5 == b / 5 ? (multapses ? 1.0 : 0.0)
                                            : (multapses ? 2.0 : 1.0))
                        / n_ways;

          chi_square_add (&chis[1], (n - 1) * both, next[a][b]);
          chi_square_add (&chis[2], (n - 64) * both, far[a][b]);
        }
    }
  chi_square_assert (&chis[0], "outcomes", _i);
  chi_square_assert (&chis[1], "with the next line", _i);
  chi_square_assert (&chis[2], "with a line far away", _i);
}
END_TEST

static Suite *
sample_outcomes_suite (void)
{
  Suite *suite = suite_create ("sample outcomes");
  TCase *tcase = test_case_add (suite, "all outcomes");

  tcase_add_loop_test (tcase, outcomes_are_as_likely_as_they_should_be, 0, G_N_ELEMENTS (smalls));
  tcase_add_loop_test (tcase, outcomes_of_lines_are_independent, 0, 4);
  return suite;
}

int
main (void)
{
  return test_run (sample_outcomes_suite ());
}
