/* SPDX-License-Identifier: MIT */
/*
 * The kernels by themselves, those of every instruction set that this machine has: the
 * generator against its known answers, groups, loops over words and lists. Coins have test_coins.c.
 */
#include "kernel_support.h"
#include "support.h"

#include <string.h>

static guint64
random_64 (GRand *rand)
{
  return (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
}

/* A word with few, with half or with nearly all of its bits set. */
static guint64
random_word (GRand *rand)
{
  guint64 word = random_64 (rand);

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      return word & random_64 (rand) & random_64 (rand) & random_64 (rand);
    case 1:
      return word | random_64 (rand) | random_64 (rand) | random_64 (rand);
    case 2:
      return g_rand_boolean (rand) ? 0 : G_MAXUINT64;
    default:
      return word;
    }
}

static void
random_words (GRand *rand, guint64 *words, gsize n)
{
  for (gsize k = 0; k < n; k++)
    words[k] = random_word (rand);
}

/* The generator */

typedef struct
{
  guint32 counter[4];
  guint32 key[4];
  guint32 answer[4];
} KnownAnswer;

/* Threefry4x32 with 20 rounds, from the known-answer vectors of Random123. */
static const KnownAnswer known_answers[] = {
  { { 0, 0, 0, 0 }, { 0, 0, 0, 0 }, { 0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8 } },
  { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
    { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
    { 0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732 } },
  { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
    { 0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89 },
    { 0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84 } },
};

START_TEST (generator_gives_the_known_answers)
{
  const ConsetKernels *kernels = kernels_choose (_i);

  for (guint k = 0; kernels != NULL && k < G_N_ELEMENTS (known_answers); k++)
    {
      const KnownAnswer *known = &known_answers[k];
      guint64 a = known->counter[0] | (guint64) known->counter[1] << 32;
      guint64 b = known->counter[2] | (guint64) known->counter[3] << 32;
      ConsetKey key;
      guint32 one[4];
      guint32 many[11][4];

      memcpy (key.word, known->key, sizeof key.word);
      conset_draw (&key, a, b, one);
      ck_assert_mem_eq (one, known->answer, sizeof one);
      ck_assert_uint_eq (conset_draw_64 (&key, a, b),
                         known->answer[0] | (guint64) known->answer[1] << 32);
      kernels->draws->threefry (&key, a, b, 0, 0, G_N_ELEMENTS (many), many);
      for (guint i = 0; i < G_N_ELEMENTS (many); i++)
        ck_assert_mem_eq (many[i], known->answer, sizeof one);
    }
}
END_TEST

START_TEST (generator_counts_across_its_words)
{
  static const guint64 starts[] = { 0, 0xfffffff9, 0x1fffffffe, G_MAXUINT64 - 5, 1234567890123 };
  static const gsize lengths[] = { 1, 7, 8, 9, 16, 61 };
  const ConsetKernels *kernels = kernels_choose (_i);
  ConsetKey key = conset_key (42, CONSET_RULE_BERNOULLI, 3);
  guint32 drawn[64][4];
  guint32 expected[4];

  for (guint k = 0; kernels != NULL && k < G_N_ELEMENTS (starts) * G_N_ELEMENTS (starts); k++)
    for (guint step = 0; step < 3; step++)
      {
        guint64 a = starts[k % G_N_ELEMENTS (starts)];
        guint64 b = starts[k / G_N_ELEMENTS (starts)];
        gsize n = lengths[(k + step) % G_N_ELEMENTS (lengths)];

        kernels->draws->threefry (&key, a, b, step & 1, step >> 1, n, drawn);
        for (gsize i = 0; i < n; i++)
          {
            conset_draw (&key, a + i * (step & 1), b + i * (step >> 1), expected);
            ck_assert_mem_eq (drawn[i], expected, sizeof expected);
          }
      }
}
END_TEST

START_TEST (keys_tell_seed_rule_and_lane_apart)
{
  ConsetKey key = conset_key (G_GUINT64_CONSTANT (0x0123456789abcdef), CONSET_RULE_BERNOULLI, 7);

  ck_assert_uint_eq (key.word[0], 0x89abcdef);
  ck_assert_uint_eq (key.word[1], 0x01234567);
  ck_assert_uint_eq (key.word[2], CONSET_RULE_BERNOULLI);
  ck_assert_uint_eq (key.word[3], 7);
}
END_TEST

static const double group_ps[] = { 0.031, 0.02, 0.015625, 0.01, 0.001, 1e-5, 1e-7 };

START_TEST (groups_have_the_members_of_one_by_one)
{
  const ConsetKernels *kernels = kernels_choose (_i);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  gsize n_wrong = 0;

  for (guint k = 0; kernels != NULL && k < 100 * G_N_ELEMENTS (group_ps); k++)
    {
      ConsetGroups groups;
      guint64 first = (k % 3 == 0 ? 0xfffffff0 : 0) + g_rand_int_range (rand, 0, 300);
      guint64 line = g_rand_int (rand);
      guint32 begin = g_rand_int_range (rand, 0, 50);
      guint32 end = begin + g_rand_int_range (rand, 0, 40);
      guint32 skip = g_rand_int_range (rand, 0, 32);
      guint32 out[40 * CONSET_GROUP_MOST + 8];
      gsize n_out;
      gsize at = 0;

      conset_groups_init (&groups, group_ps[k % G_N_ELEMENTS (group_ps)], k);
      n_out = kernels->group_draws->members (&groups, line, first, begin, end, skip, out);
      for (guint32 group = begin; group < end; group++)
        {
          guint64 places[CONSET_GROUP_MOST];
          guint n_places = conset_groups_members (&groups, first + group, line, places);

          for (guint place = 0; place < n_places; place++, at++)
            n_wrong +=
              at >= n_out || out[at] != (guint32) ((group << groups.shift) - skip + places[place]);
        }
      ck_assert_uint_eq (at, n_out);
    }
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

START_TEST (group_trials_are_those_of_the_members)
{
  const ConsetKernels *kernels = kernels_choose (_i);
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  gsize n_wrong = 0, n_success = 0;

  for (guint k = 0; kernels != NULL && k < 200 * G_N_ELEMENTS (group_ps); k++)
    {
      ConsetGroups groups;
      gboolean along = k % 2;
      guint64 first = (k % 3 == 0 ? 0xfffffff0 : 0) + g_rand_int_range (rand, 0, 300);
      guint64 line = g_rand_int (rand);
      gsize n = g_rand_int_range (rand, 0, 100);
      guint32 list[100];
      guint8 success[100];

      conset_groups_init (&groups, group_ps[k % G_N_ELEMENTS (group_ps)], k);
      random_list (rand, list, n, 3);
      kernels->group_draws->trials (&groups, along, line, first, list, n, success);
      for (gsize i = 0; i < n; i++)
        {
          guint64 other = first + list[i];

          n_success += success[i];
          n_wrong += success[i]
                     != (along ? conset_groups_have (&groups, other, line)
                               : conset_groups_have (&groups, line, other));
        }
    }
  ck_assert_uint_eq (n_wrong, 0);
  ck_assert (kernels == NULL || n_success > 100);
}
END_TEST

START_TEST (groups_know_their_members)
{
  gsize n_wrong = 0;

  for (guint k = 0; k < 50 * G_N_ELEMENTS (group_ps); k++)
    {
      ConsetGroups groups;
      guint64 places[CONSET_GROUP_MOST];
      guint n;

      conset_groups_init (&groups, group_ps[k % G_N_ELEMENTS (group_ps)], k);
      n = conset_groups_members (&groups, 5, k, places);
      ck_assert (n <= CONSET_GROUP_MOST);
      for (guint place = 0; place < n; place++)
        {
          n_wrong += places[place] >> groups.shift != 0;
          n_wrong += place > 0 && places[place] <= places[place - 1];
          n_wrong += !conset_groups_have (&groups, (5 << groups.shift) + places[place], k);
        }
    }
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

START_TEST (fractions_of_the_unit_interval)
{
  ck_assert_uint_eq (conset_fraction_64 (0.0), 0);
  ck_assert_uint_eq (conset_fraction_64 (0.5), G_GUINT64_CONSTANT (1) << 63);
  ck_assert_uint_eq (conset_fraction_64 (0x1p-64), 1);
  ck_assert_uint_eq (conset_fraction_64 (1.0), G_MAXUINT64);
}
END_TEST

/* Words */

#define N_WORDS 37

START_TEST (word_kernels_work_bit_by_bit)
{
  const ConsetKernels *kernels = kernels_choose (_i);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (gsize n = 0; kernels != NULL && n <= N_WORDS; n++)
    {
      guint64 a[N_WORDS];
      guint64 b[N_WORDS];
      guint64 results[4][N_WORDS];
      guint64 count = 0;

      random_words (rand, a, n);
      random_words (rand, b, n);
      for (guint k = 0; k < 4; k++)
        memcpy (results[k], a, sizeof a);
      kernels->words_and (results[0], b, n);
      kernels->words_or (results[1], b, n);
      kernels->words_andnot (results[2], b, n);
      kernels->words_xor (results[3], b, n);
      for (gsize k = 0; k < n; k++)
        {
          ck_assert_uint_eq (results[0][k], a[k] & b[k]);
          ck_assert_uint_eq (results[1][k], a[k] | b[k]);
          ck_assert_uint_eq (results[2][k], a[k] & ~b[k]);
          ck_assert_uint_eq (results[3][k], a[k] ^ b[k]);
          count += __builtin_popcountll (a[k]);
        }
      ck_assert_uint_eq (kernels->words_count (a, n), count);
    }
}
END_TEST

static gboolean
word_bit (const guint64 *words, gsize bit)
{
  return words[bit / 64] >> bit % 64 & 1;
}

START_TEST (words_are_decoded_in_order)
{
  const ConsetKernels *kernels = kernels_choose (_i);
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  gsize n_wrong = 0;

  for (guint trial = 0; kernels != NULL && trial < 200; trial++)
    {
      gsize n_words = trial % (N_WORDS + 1);
      guint64 base = trial % 2 == 0 ? trial : (G_GUINT64_CONSTANT (1) << 62) + trial;
      guint64 words[N_WORDS];
      guint64 indices[64 * N_WORDS + 8];
      guint32 offsets[64 * N_WORDS + 8];
      gsize n = 0;

      random_words (rand, words, n_words);
      ck_assert_uint_eq (kernels->decode_words (words, n_words, base, indices),
                         kernels->words_count (words, n_words));
      ck_assert_uint_eq (kernels->list_words (words, n_words, trial, offsets),
                         kernels->words_count (words, n_words));
      for (gsize bit = 0; bit < 64 * n_words; bit++)
        if (word_bit (words, bit))
          {
            n_wrong += indices[n] != base + bit || offsets[n] != trial + bit;
            n++;
          }
    }
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

START_TEST (lists_and_runs_are_decoded_in_order)
{
  const ConsetKernels *kernels = kernels_choose (_i);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  const guint64 base = (G_GUINT64_CONSTANT (1) << 62) + 3;
  gsize n_wrong = 0;

  for (gsize n = 0; kernels != NULL && n < 70; n++)
    {
      guint32 list[70];
      guint64 indices[78];

      for (gsize k = 0; k < n; k++)
        list[k] = g_rand_int (rand);
      kernels->decode_list (list, n, base, indices);
      for (gsize k = 0; k < n; k++)
        n_wrong += indices[k] != base + list[k];
      kernels->decode_run (base, n, indices);
      for (gsize k = 0; k < n; k++)
        n_wrong += indices[k] != base + k;
    }
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

START_TEST (lists_are_thinned_by_words)
{
  const ConsetKernels *kernels = kernels_choose (_i);
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);

  for (guint trial = 0; kernels != NULL && trial < 200; trial++)
    {
      guint64 invert = trial % 2 == 0 ? 0 : G_MAXUINT64;
      guint64 words[N_WORDS];
      guint32 list[100];
      guint32 expected[100];
      gsize n = trial % 100;
      gsize n_expected = 0;

      random_words (rand, words, N_WORDS);
      for (gsize k = 0; k < n; k++)
        {
          list[k] = g_rand_int_range (rand, 0, 64 * N_WORDS);
          if (word_bit (words, list[k]) != (invert != 0))
            expected[n_expected++] = list[k];
        }
      ck_assert_uint_eq (kernels->list_test (list, n, words, invert), n_expected);
      ck_assert_mem_eq (list, expected, n_expected * sizeof *list);
    }
}
END_TEST

START_TEST (squares_of_bits_are_transposed)
{
  const ConsetKernels *kernels = kernels_choose (_i);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  gsize n_wrong = 0;

  for (guint trial = 0; kernels != NULL && trial < 50; trial++)
    {
      guint64 words[64];
      guint64 turned[64];

      random_words (rand, words, 64);
      memcpy (turned, words, sizeof words);
      kernels->transpose_64 (turned);
      for (guint i = 0; i < 64; i++)
        for (guint j = 0; j < 64; j++)
          n_wrong += (turned[i] >> j & 1) != (words[j] >> i & 1);
    }
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

static void
kernel_tests (Suite *suite)
{
  TCase *tcase = test_case_add (suite, "kernels");

  tcase_add_loop_test (tcase, generator_gives_the_known_answers, 0, N_ISAS);
  tcase_add_loop_test (tcase, generator_counts_across_its_words, 0, N_ISAS);
  tcase_add_test (tcase, keys_tell_seed_rule_and_lane_apart);
  tcase_add_loop_test (tcase, groups_have_the_members_of_one_by_one, 0, N_ISAS);
  tcase_add_loop_test (tcase, group_trials_are_those_of_the_members, 0, N_ISAS);
  tcase_add_test (tcase, groups_know_their_members);
  tcase_add_test (tcase, fractions_of_the_unit_interval);
  tcase_add_loop_test (tcase, word_kernels_work_bit_by_bit, 0, N_ISAS);
  tcase_add_loop_test (tcase, words_are_decoded_in_order, 0, N_ISAS);
  tcase_add_loop_test (tcase, lists_and_runs_are_decoded_in_order, 0, N_ISAS);
  tcase_add_loop_test (tcase, lists_are_thinned_by_words, 0, N_ISAS);
  tcase_add_loop_test (tcase, squares_of_bits_are_transposed, 0, N_ISAS);
}

static Suite *
kernels_suite (void)
{
  Suite *suite = suite_create ("kernels");

  kernel_tests (suite);
  return suite;
}

int
main (void)
{
  return test_run (kernels_suite ());
}
