/* SPDX-License-Identifier: MIT */
/*
 * The same set everywhere: the members asked one by one say what every window must hold, and
 * what a set must leave or take as an operand.
 */
#include "everywhere.h"

/* The members among n x n pairs, asked one by one: source by source of target after target. */
static guint8 *
matrix_by_question (const Conset *set, guint64 n)
{
  guint8 *matrix = g_malloc (n * n);
  guint64 most = 0;

  for (guint64 target = 0; target < n; target++)
    for (guint64 source = 0; source < n; source++)
      {
        guint64 times = conset_multiplicity (set, source, target);

        most = MAX (most, times);
        matrix[target * n + source] = times;
      }
  ck_assert_uint_le (most, 1);
  return matrix;
}

guint8 *
matrix_of (const Conset *set, guint64 n, ConsetOrder order)
{
  guint8 *matrix = g_malloc0 (n * n);
  ConsetWindow window = CONSET_WINDOW (n, n);
  g_autoptr (PairList) list = pair_list_of_set (set, &window, order, NULL);

  ck_assert_ptr_nonnull (list);
  for (gsize k = 0; k < pair_list_length (list); k++)
    matrix[pair_list_target (list, k) * n + pair_list_source (list, k)]++;
  return matrix;
}

static PairList *
list_of_matrix (const guint8 *matrix, guint64 n, const ConsetWindow *window, ConsetOrder order)
{
  PairList *list = pair_list_new ();
  gboolean by_target = order == CONSET_TARGET_MAJOR;

  for (guint64 line = 0; line < n; line++)
    for (guint64 cell = 0; cell < n; cell++)
      {
        guint64 source = by_target ? cell : line, target = by_target ? line : cell;

        if (source >= window->source_first && source < window->source_end
            && target >= window->target_first && target < window->target_end)
          for (guint8 times = matrix[target * n + source]; times > 0; times--)
            pair_list_add (list, source, target);
      }
  return list;
}

/* That @set has the members of @matrix that lie in @window, in both orders. */
static void
assert_window (const Conset *set, const guint8 *matrix, guint64 n, const ConsetWindow *window)
{
  g_autofree char *text = conset_to_string (set);
  guint64 count;

  for (ConsetOrder order = CONSET_TARGET_MAJOR; order <= CONSET_SOURCE_MAJOR; order++)
    {
      g_autoptr (PairList) expected = list_of_matrix (matrix, n, window, order);
      g_autoptr (GError) error = NULL;
      g_autoptr (PairList) got = pair_list_of_set (set, window, order, &error);
      g_autofree char *wrong =
        got != NULL ? pair_list_difference (got, expected) : g_strdup (error->message);

      ck_assert_msg (wrong == NULL, "%s, order %d: %s", text, order, wrong);
      ck_assert (conset_count (set, window, &count, NULL));
      ck_assert_msg (count == pair_list_length (expected), "%s: counts differ", text);
    }
}

static ConsetWindow
window_random (GRand *rand, guint64 n)
{
  guint64 source = g_rand_int_range (rand, 0, n), target = g_rand_int_range (rand, 0, n);

  return (ConsetWindow){ source, g_rand_int_range (rand, source, n) + 1, target,
                         g_rand_int_range (rand, target, n) + 1 };
}

/* A set to combine with, which makes the other one filter few candidates, or many. */
static Conset *
operand_random (GRand *rand, guint64 n)
{
  guint64 sources[300], targets[300];
  gsize length = g_rand_int_range (rand, 1, G_N_ELEMENTS (sources));

  for (gsize k = 0; k < length; k++)
    {
      sources[k] = g_rand_int_range (rand, 0, n);
      targets[k] = g_rand_int_range (rand, 0, n);
    }
  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      return conset_explicit (sources, targets, length);
    case 1:
      return conset_random (0.01, 5);
    case 2:
      return conset_random (0.6, 6);
    default:
      return conset_cross (conset_intervals_range (3, n, 2), conset_intervals_range (1, n, 3));
    }
}

/* min (a, b) and max (0, a - b) of the members of @set and of an operand, either way round. */
static void
assert_combined (const Conset *set, const guint8 *matrix, guint64 n, GRand *rand)
{
  g_autoptr (Conset) operand = operand_random (rand, n);
  g_autofree guint8 *other = matrix_of (operand, n, CONSET_TARGET_MAJOR);
  g_autofree guint8 *result = g_malloc (n * n);
  guint way = g_rand_int_range (rand, 0, 3);
  g_autoptr (Conset) combined = NULL;
  ConsetWindow window = window_random (rand, n);

  for (guint64 k = 0; k < n * n; k++)
    {
      guint8 both = MIN (matrix[k], other[k]);

      result[k] = way == 0 ? both : (way == 1 ? matrix[k] : other[k]) - both;
    }
  if (way == 0)
    combined = conset_intersect (conset_ref (set), conset_ref (operand));
  else if (way == 1)
    combined = conset_difference (conset_ref (set), conset_ref (operand));
  else
    combined = conset_difference (conset_ref (operand), conset_ref (set));
  assert_window (combined, result, n, &window);
}

void
assert_same_everywhere (const Conset *set, guint64 n)
{
  g_autofree guint8 *matrix = matrix_by_question (set, n);
  g_autofree char *text = conset_to_string (set), *explanation = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_str_hash (text));
  ConsetWindow window = CONSET_WINDOW (n, n), line;

  assert_window (set, matrix, n, &window);
  for (guint k = 0; k < 12; k++)
    {
      window = window_random (rand, n);
      assert_window (set, matrix, n, &window);
      line = (ConsetWindow){ 0, n, window.target_first, window.target_first + 1 };
      assert_window (set, matrix, n, &line);
    }
  for (guint k = 0; k < 40; k++)
    assert_combined (set, matrix, n, rand);
  explanation = conset_explain (set, &window, CONSET_TARGET_MAJOR, NULL);
  ck_assert_ptr_nonnull (explanation);
}
