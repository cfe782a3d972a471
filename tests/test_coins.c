/* SPDX-License-Identifier: MIT */
/*
 * What is drawn for single pairs, by the kernels of every instruction set that this machine has:
 * sheets against known answers of the generator, sieves and coins against draws one by one.
 */
#include "kernel_support.h"
#include "support.h"

#include <string.h>

/* {{{ sheets */

typedef struct
{
  guint32 counter[2];
  guint32 key[2];
  guint32 answer[2];
} KnownSheetAnswer;

/* Threefry2x32 with 20 rounds, from the known-answer vectors of Random123. */
static const KnownSheetAnswer known_sheet_answers[] = {
  { { 0, 0 }, { 0, 0 }, { 0x6b200159, 0x99ba4efe } },
  { { 0xffffffff, 0xffffffff }, { 0xffffffff, 0xffffffff }, { 0x1cb996fc, 0xbb002be7 } },
  { { 0x243f6a88, 0x85a308d3 }, { 0x13198a2e, 0x03707344 }, { 0xc4923a9c, 0x483df7a0 } },
};

START_TEST (sheets_give_the_known_answers)
{
  const ConsetKernels *kernels = kernels_choose (_i);

  for (guint k = 0; kernels != NULL && k < G_N_ELEMENTS (known_sheet_answers); k++)
    {
      const KnownSheetAnswer *known = &known_sheet_answers[k];
      const ConsetSheets sheets = { .first = { known->key[0], known->key[1] } };
      const guint32 list[] = { 0, 0, 0, 1, 0, 1, 0, 0, 0 };
      guint64 first = 2 * (guint64) known->counter[0];
      guint32 bits[G_N_ELEMENTS (list)], run[2];

      ck_assert_uint_eq (conset_sheets_draw (&sheets, known->counter[0], known->counter[1]),
                         known->answer[0] | (guint64) known->answer[1] << 32);
      kernels->draws->sheet_list (&sheets, TRUE, known->counter[1], first, list,
                                  G_N_ELEMENTS (list), bits);
      kernels->draws->sheet_run (&sheets, known->counter[1], first, 2, run);
      for (guint i = 0; i < G_N_ELEMENTS (list); i++)
        ck_assert_uint_eq (bits[i], known->answer[list[i]]);
      ck_assert_mem_eq (run, known->answer, sizeof run);
    }
}
END_TEST

/* Each sheet has a key of its own, drawn at its place. */
START_TEST (sheets_have_their_own_keys)
{
  const guint64 a = G_GUINT64_CONSTANT (0x12300000004), b = G_GUINT64_CONSTANT (0x45600000007);
  ConsetKey key = conset_key (1, CONSET_RULE_BERNOULLI, 0);
  guint64 drawn = conset_draw_64 (&key, 0x123, 0x456);
  ConsetSheets sheets, other = { .first = { (guint32) drawn, (guint32) (drawn >> 32) } };

  conset_sheets_init (&sheets, &key);
  ck_assert_uint_eq (sheets.first[0] | (guint64) sheets.first[1] << 32,
                     conset_draw_64 (&key, 0, 0));
  ck_assert_uint_eq (conset_sheets_draw (&sheets, a, b), conset_sheets_draw (&other, 4, 7));
}
END_TEST

/* Offsets in no order, close to each other or far apart. */
static void
random_offsets (GRand *rand, guint32 *list, gsize n, gboolean far)
{
  for (gsize k = 0; k < n; k++)
    list[k] = far ? g_rand_int (rand) : (guint32) g_rand_int_range (rand, 0, 3000);
}

/* Where lists begin: at the edges of sheets for each of the ways in which places are made. */
static guint64
random_first (GRand *rand)
{
  static const guint edges[] = { 32, 33, 37, 40, 62 };
  guint64 edge = G_GUINT64_CONSTANT (1) << edges[g_rand_int_range (rand, 0, G_N_ELEMENTS (edges))];

  return (g_rand_boolean (rand) ? 0 : edge - 1000) + g_rand_int_range (rand, 0, 1001);
}

START_TEST (sheets_draw_lists_as_one_by_one)
{
  const ConsetKernels *kernels = kernels_choose (_i);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  gsize n_wrong = 0;

  for (guint k = 0; kernels != NULL && k < 600; k++)
    {
      ConsetKey key = conset_key (k, CONSET_RULE_BERNOULLI_VALUE, 0);
      guint64 first = random_first (rand), line = random_first (rand);
      gsize n = g_rand_int_range (rand, 0, 150);
      gboolean along = k % 2;
      guint32 list[150], bits[150], run[150];
      ConsetSheets sheets;

      conset_sheets_init (&sheets, &key);
      random_offsets (rand, list, n, k % 7 == 0);
      kernels->draws->sheet_list (&sheets, along, line, first, list, n, bits);
      kernels->draws->sheet_run (&sheets, line, first, n, run);
      for (gsize i = 0; i < n; i++)
        {
          guint64 source = along ? first + list[i] : line;
          guint64 target = along ? line : first + list[i];
          guint64 drawn = conset_sheets_draw (&sheets, source / 2, target);
          guint64 drawn_in_run = conset_sheets_draw (&sheets, (first + i) / 2, line);

          n_wrong += bits[i] != (guint32) (drawn >> (source % 2 * 32));
          n_wrong += run[i] != (guint32) (drawn_in_run >> ((first + i) % 2 * 32));
        }
    }
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

#define SIEVE_STEPS 50

START_TEST (sieves_keep_what_is_below)
{
  const ConsetKernels *kernels = kernels_choose (_i);
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  gsize n_wrong = 0, n_open_of_all = 0;

  for (guint k = 0; kernels != NULL && k < 600; k++)
    {
      ConsetKey key = conset_key (k, CONSET_RULE_BERNOULLI_VALUE, 0);
      guint64 first = random_first (rand), line = random_first (rand);
      gsize n = g_rand_int_range (rand, 0, 150), n_open, n_kept, at[2] = { 0, 0 };
      gboolean along = k % 2, far = FALSE;
      guint32 list[158], steps[158], bits[158], kept[158], open[158], sieve[SIEVE_STEPS];
      ConsetSheets sheets;

      conset_sheets_init (&sheets, &key);
      random_offsets (rand, list, n, k % 7 == 0);
      for (guint step = 0; step < SIEVE_STEPS; step++)
        {
          guint32 sure = g_rand_int_range (rand, 0, 0x10000);

          sieve[step] = sure << 16 | MIN (sure + g_rand_int_range (rand, 0, 5000), 0xffff);
        }
      for (gsize i = 0; i < n; i++)
        steps[i] = g_rand_int_range (rand, 0, SIEVE_STEPS);
      kernels->draws->sheet_list (&sheets, along, line, first, list, n, bits);
      n_kept = kernels->draws->sheet_sieve (&sheets, along, line, first, list, steps, n, sieve,
                                            kept, open, &n_open);
      far = n_open == n;
      for (gsize i = 0; i < n && !far; i++)
        {
          guint32 t = bits[i] >> 16, entry = sieve[steps[i]];

          if (t < entry >> 16)
            n_wrong += kept[at[0]++] != list[i];
          else if (t <= (entry & 0xffff))
            n_wrong += open[at[1]++] != list[i];
        }
      if (far)
        n_wrong += n_kept != 0 || memcmp (open, list, n * sizeof *list) != 0;
      else
        n_wrong += at[0] != n_kept || at[1] != n_open;
      n_open_of_all += far ? 0 : n_open;
    }
  ck_assert_uint_eq (n_wrong, 0);
  ck_assert (kernels == NULL || n_open_of_all > 300);
}
END_TEST

/* }}} */

/* {{{ coins */

static const double coin_ps[] = { 0.0625, 0.07, 0.1, 0.125, 0.25,   0.3,
                                  0.4999, 0.5,  0.7, 0.75,  0.9375, 0.999 };

START_TEST (coins_toss_words_as_one_by_one)
{
  const ConsetKernels *kernels = kernels_choose (_i);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  gsize n_wrong = 0;

  for (guint k = 0; kernels != NULL && k < 40 * G_N_ELEMENTS (coin_ps); k++)
    {
      ConsetCoin coin;
      guint64 block = (k % 3 == 0   ? 0xfffffff0
                       : k % 3 == 1 ? 0x7ffffff0
                                    : 0)
                      + g_rand_int_range (rand, 0, 33);
      guint64 line = (k % 5 == 0 ? 0xfffffffc : 0) + g_rand_int_range (rand, 0, 33);
      gsize n = g_rand_int_range (rand, 1, 80);
      guint64 along = k % 2;
      guint64 words[96];

      conset_coin_init (&coin, coin_ps[k % G_N_ELEMENTS (coin_ps)], k, CONSET_RULE_BERNOULLI);
      kernels->coins->words (&coin, block, line, along, 1 - along, n, words);
      for (gsize i = 0; i < n; i++)
        n_wrong += words[i] != conset_coin_word (&coin, block + i * along, line + i * (1 - along));
    }
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

START_TEST (coins_try_lists_as_they_toss_words)
{
  const ConsetKernels *kernels = kernels_choose (_i);
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  gsize n_wrong = 0;

  for (guint k = 0; kernels != NULL && k < 40 * G_N_ELEMENTS (coin_ps); k++)
    {
      ConsetCoin coin;
      guint64 first = random_first (rand), line = random_first (rand);
      gsize n = g_rand_int_range (rand, 0, 60);
      gboolean along = k % 2;
      guint32 list[60];
      guint8 success[60];

      conset_coin_init (&coin, coin_ps[k % G_N_ELEMENTS (coin_ps)], k, CONSET_RULE_BERNOULLI);
      random_list (rand, list, n, 90);
      kernels->coins->trials (&coin, along, line, first, list, n, success);
      for (gsize i = 0; i < n; i++)
        {
          guint64 source = along ? first + list[i] : line;
          guint64 target = along ? line : first + list[i];

          guint64 is_member = conset_coin_word (&coin, source / 64, target) >> source % 64 & 1;

          n_wrong += success[i] != is_member;
        }
    }
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

/* Trials of lines that follow one another, of which some are on another sheet. */
START_TEST (coins_try_lists_of_many_lines)
{
  const ConsetKernels *kernels = kernels_choose (_i);
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  gsize n_wrong = 0;

  for (guint k = 0; kernels != NULL && k < 40 * G_N_ELEMENTS (coin_ps); k++)
    {
      ConsetCoin coin;
      guint64 first = random_first (rand), line = random_first (rand);
      gsize n = g_rand_int_range (rand, 0, 150);
      gboolean along = k % 2;
      guint n_lines = g_rand_int_range (rand, 1, 17);
      guint32 list[150 + CONSET_SIEVE_SLACK], kept[150 + CONSET_SIEVE_SLACK];
      guint32 lines[150], ends[16] = { 0 }, kept_ends[16];
      gsize n_kept = 0;

      conset_coin_init (&coin, coin_ps[k % G_N_ELEMENTS (coin_ps)], k, CONSET_RULE_BERNOULLI);
      random_offsets (rand, list, n, k % 7 == 0);
      for (gsize i = 0; i < n; i++)
        ends[g_rand_int_range (rand, 0, n_lines)]++;
      for (guint l = 0, i = 0; l < n_lines; l++)
        for (ends[l] += i; i < ends[l]; i++)
          lines[i] = l;
      memcpy (kept, list, n * sizeof *kept);
      memcpy (kept_ends, ends, sizeof kept_ends);
      kernels->coins->keep (&coin, along, line, kept_ends, n_lines, first, kept);
      for (guint l = 0, i = 0; l < n_lines; l++)
        {
          for (; i < ends[l]; i++)
            {
              guint64 source = along ? first + list[i] : line + lines[i];
              guint64 target = along ? line + lines[i] : first + list[i];
              gboolean is_member = conset_coin_word (&coin, source / 64, target) >> source % 64 & 1;

              n_wrong += conset_coin_trial (&coin, source, target) != is_member;
              n_wrong += is_member && (n_kept >= kept_ends[l] || kept[n_kept] != list[i]);
              n_kept += is_member;
            }
          n_wrong += kept_ends[l] != n_kept;
        }
    }
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

/* }}} */

static Suite *
coins_suite (void)
{
  Suite *suite = suite_create ("coins");
  TCase *sheets = test_case_add (suite, "sheets"), *coins = test_case_add (suite, "coins");

  tcase_add_loop_test (sheets, sheets_give_the_known_answers, 0, N_ISAS);
  tcase_add_test (sheets, sheets_have_their_own_keys);
  tcase_add_loop_test (sheets, sheets_draw_lists_as_one_by_one, 0, N_ISAS);
  tcase_add_loop_test (sheets, sieves_keep_what_is_below, 0, N_ISAS);
  tcase_add_loop_test (coins, coins_toss_words_as_one_by_one, 0, N_ISAS);
  tcase_add_loop_test (coins, coins_try_lists_as_they_toss_words, 0, N_ISAS);
  tcase_add_loop_test (coins, coins_try_lists_of_many_lines, 0, N_ISAS);
  return suite;
}

int
main (void)
{
  return test_run (coins_suite ());
}
