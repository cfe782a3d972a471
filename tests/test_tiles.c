/* SPDX-License-Identifier: MIT */
/*
 * Tiles by themselves, with the kernels of every instruction set that this machine has: every
 * container, the passage from one to another, and the combination of every pair of them.
 *
 * A tile is held against its model, an array with the multiplicity of every offset.
 */
#include "isas.h"
#include "support.h"

#include "tile.h"

#include <string.h>

START_TEST (ranges_of_bits_are_set_and_cleared)
{
  gsize n_wrong = 0;

  for (guint32 first = 0; first <= 256; first += 1 + first % 7)
    for (guint32 end = first; end <= 256; end++)
      {
        guint64 set[4] = { 0 };
        guint64 cleared[4] = { G_MAXUINT64, G_MAXUINT64, G_MAXUINT64, G_MAXUINT64 };

        conset_bits_set_range (set, first, end);
        conset_bits_clear_range (cleared, first, end);
        for (guint32 bit = 0; bit < 256; bit++)
          {
            gboolean inside = bit >= first && bit < end;

            n_wrong += conset_bits_test (set, bit) != inside;
            n_wrong += conset_bits_test (cleared, bit) == inside;
          }
      }
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

/* Tiles */

/* How a tile of a test is filled. */
typedef enum
{
  SHAPE_EMPTY,
  SHAPE_FULL,
  SHAPE_RUNS,
  SHAPE_LIST,
  SHAPE_REPEATED,
  SHAPE_BITMAP,
  N_SHAPES,
} Shape;

static const guint32 widths[] = { 1, 2, 63, 64, 65, 128, 200, 1000, 4096, 65535, 65536, 70000 };

#define N_WIDTHS ((int) G_N_ELEMENTS (widths))
#define TILE_LINE 17
#define TILE_FIRST (G_GUINT64_CONSTANT (1) << 40)

static gboolean
shape_fits (Shape shape, guint32 width)
{
  return shape != SHAPE_BITMAP || width <= CONSET_TILE_BITMAP_WIDTH;
}

/* A number in [0, 1), by a generator that is quicker than GRand (splitmix64 by Steele et al. 2014):
 * models have millions of offsets. */
static double
next_fraction (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (double) ((z ^ z >> 31) >> 11) * 0x1p-53;
}

/* Multiplicities for a tile of @shape; neighbours are alike with some probability. */
static guint8 *
model_random (GRand *rand, Shape shape, guint32 width)
{
  static const double densities[] = { 0.002, 0.05, 0.5, 0.95, 0.999 };
  double density = densities[g_rand_int_range (rand, 0, G_N_ELEMENTS (densities))];
  double renewal = g_rand_boolean (rand) ? 1.0 : 0.03;
  guint64 state = g_rand_int (rand);
  guint8 *model = g_new0 (guint8, width + 1);

  for (guint32 k = 0; k < width && shape != SHAPE_EMPTY; k++)
    if (shape == SHAPE_FULL)
      model[k] = 1;
    else if (k > 0 && next_fraction (&state) > renewal)
      model[k] = model[k - 1];
    else if (next_fraction (&state) < density)
      model[k] = shape == SHAPE_REPEATED ? 1 + (guint8) (3.0 * next_fraction (&state)) : 1;
  return model;
}

static void
tile_fill_list (ConsetTile *tile, const guint8 *model)
{
  guint32 *list = conset_tile_reserve_list (tile, 3 * (gsize) tile->width);
  gboolean repeated = FALSE;
  gsize n = 0;

  for (guint32 k = 0; k < tile->width; k++)
    for (guint copy = 0; copy < model[k]; copy++)
      {
        list[n++] = k;
        repeated = repeated || copy > 0;
      }
  conset_tile_set_list (tile, n, repeated);
}

static void
tile_fill_runs (ConsetTile *tile, const guint8 *model)
{
  ConsetRun *runs = conset_tile_reserve_runs (tile, tile->width);
  gsize n = 0;

  for (guint32 k = 0; k < tile->width; k++)
    if (model[k] > 0 && k > 0 && model[k - 1] > 0)
      runs[n - 1].end++;
    else if (model[k] > 0)
      runs[n++] = (ConsetRun){ k, k + 1 };
  conset_tile_set_runs (tile, n);
}

static void
tile_fill_bitmap (ConsetTile *tile, const guint8 *model)
{
  guint64 *bits = conset_tile_make_bitmap (tile);

  memset (bits, 0, conset_bits_words (tile->width) * sizeof *bits);
  for (guint32 k = 0; k < tile->width; k++)
    if (model[k] > 0)
      bits[k / 64] |= G_GUINT64_CONSTANT (1) << k % 64;
}

static void
tile_fill (ConsetTile *tile, Shape shape, guint32 width, const guint8 *model)
{
  conset_tile_aim (tile, TILE_LINE, TILE_FIRST, width);
  if (shape == SHAPE_FULL)
    tile->kind = CONSET_TILE_FULL;
  else if (shape == SHAPE_RUNS)
    tile_fill_runs (tile, model);
  else if (shape == SHAPE_LIST || shape == SHAPE_REPEATED)
    tile_fill_list (tile, model);
  else if (shape == SHAPE_BITMAP)
    tile_fill_bitmap (tile, model);
}

/* That @tile keeps its own rules, and decodes to @model with batches of @capacity. */
static void
assert_tile (const ConsetTile *tile, const guint8 *model, gsize capacity, const char *what)
{
  g_autofree guint64 *indices = g_new (guint64, capacity + 8);
  const char *reason = NULL;
  guint64 cursor = 0;
  guint64 total = 0;
  gsize n = 0;
  gsize at = 0;

  ck_assert_msg (conset_tile_validate (tile, &reason), "%s, width %u: %s", what, tile->width,
                 reason);
  for (guint32 k = 0; k < tile->width; k++)
    for (guint copy = 0; copy < model[k]; copy++, total++)
      {
        if (at == n)
          {
            n = conset_tile_decode (tile, &cursor, indices, capacity);
            at = 0;
            if (n == 0 || n > capacity)
              ck_abort_msg ("%s, width %u: drained at %u", what, tile->width, k);
          }
        if (indices[at++] != tile->first + k)
          ck_abort_msg ("%s, width %u: %u is missing", what, tile->width, k);
      }
  ck_assert_msg (at == n && conset_tile_decode (tile, &cursor, indices, capacity) == 0,
                 "%s, width %u: too many members", what, tile->width);
  ck_assert_uint_eq (conset_tile_count (tile), total);
}

START_TEST (tiles_are_converted_without_loss)
{
  static void (*const conversions[]) (ConsetTile *) = {
    conset_tile_to_list,
    conset_tile_to_runs,
    conset_tile_to_bitmap,
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  guint32 width = widths[_i];
  ConsetTile *tile = conset_tile_new ();

  for (guint trial = 0; trial < 3 * N_SHAPES * N_SHAPES; trial++)
    {
      Shape shape = trial % N_SHAPES;
      g_autofree guint8 *model = NULL;

      if (shape == SHAPE_REPEATED || !shape_fits (shape, width))
        continue;
      model = model_random (rand, shape, width);
      tile_fill (tile, shape, width, model);
      assert_tile (tile, model, 64, "filled");
      for (guint step = 0; step < 4; step++)
        {
          guint to = g_rand_int_range (rand, 0, shape_fits (SHAPE_BITMAP, width) ? 3 : 2);

          conversions[to](tile);
          assert_tile (tile, model, 64 + 37 * step, "converted");
        }
    }
  conset_tile_free (tile);
}
END_TEST

START_TEST (tiles_are_complemented_and_freed_of_repetitions)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  guint32 width = widths[_i];
  ConsetTile *tile = conset_tile_new ();
  ConsetTile *copy = conset_tile_new ();

  for (guint trial = 0; trial < 5 * N_SHAPES; trial++)
    {
      Shape shape = trial % N_SHAPES;
      g_autofree guint8 *model = model_random (rand, shape, width);

      if (!shape_fits (shape, width))
        continue;
      tile_fill (tile, shape, width, model);
      conset_tile_copy (copy, tile);
      assert_tile (copy, model, 100, "copied");
      for (guint32 k = 0; k < width; k++)
        model[k] = model[k] > 0;
      conset_tile_to_set (tile);
      assert_tile (tile, model, 100, "made a set");
      for (guint32 k = 0; k < width; k++)
        model[k] = !model[k];
      conset_tile_complement (copy);
      assert_tile (copy, model, 100, "complemented");
    }
  conset_tile_free (tile);
  conset_tile_free (copy);
}
END_TEST

static void
assert_hull (const ConsetTile *tile, const guint8 *model)
{
  guint32 first;
  guint32 end;

  if (tile->kind == CONSET_TILE_EMPTY)
    return;
  conset_tile_hull (tile, &first, &end);
  ck_assert_uint_le (end, tile->width);
  for (guint32 k = 0; k < tile->width; k++)
    if (model[k] > 0 && (k < first || k >= end))
      ck_abort_msg ("%u lies out of [%u, %u)", k, first, end);
}

START_TEST (tiles_are_widened)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (10);
  guint32 width = widths[_i];
  ConsetTile *tile = conset_tile_new ();

  for (guint trial = 0; trial < 10 * N_SHAPES; trial++)
    {
      Shape shape = trial % N_SHAPES;
      guint32 before = g_rand_int_range (rand, 0, trial % 2 == 0 ? 70 : 66000);
      guint32 wide = before + width + g_rand_int_range (rand, 0, 200);
      g_autofree guint8 *model = model_random (rand, shape, width);
      g_autofree guint8 *wide_model = g_new0 (guint8, wide);

      if (!shape_fits (shape, width))
        continue;
      tile_fill (tile, shape, width, model);
      assert_hull (tile, model);
      memcpy (wide_model + before, model, width);
      conset_tile_widen (tile, TILE_FIRST - before, wide);
      ck_assert_uint_eq (tile->width, wide);
      assert_tile (tile, wide_model, 1024, "widened");
      assert_hull (tile, wide_model);
    }
  conset_tile_free (tile);
}
END_TEST

/* Pairs */

static guint
combined (ConsetCombine op, guint a, guint b)
{
  switch (op)
    {
    case CONSET_COMBINE_MIN:
      return MIN (a, b);
    case CONSET_COMBINE_MONUS:
      return a > b ? a - b : 0;
    case CONSET_COMBINE_MAX:
      return MAX (a, b);
    case CONSET_COMBINE_SUM:
      return a + b;
    default:
      return a > b ? a - b : b - a;
    }
}

static void
assert_pair (GRand *rand, Shape shape_a, Shape shape_b, ConsetCombine op, guint32 width)
{
  g_autofree char *what =
    g_strdup_printf ("shapes %d and %d by operation %d", shape_a, shape_b, op);
  g_autofree guint8 *model_a = model_random (rand, shape_a, width);
  g_autofree guint8 *model_b = model_random (rand, shape_b, width);
  ConsetTile *a = conset_tile_new ();
  ConsetTile *b = conset_tile_new ();

  tile_fill (a, shape_a, width, model_a);
  tile_fill (b, shape_b, width, model_b);
  for (guint32 k = 0; k < width; k++)
    model_a[k] = combined (op, model_a[k], model_b[k]);
  conset_combine (a, b, op);
  ck_assert_uint_eq (a->width, width);
  ck_assert_uint_eq (a->first, TILE_FIRST);
  assert_tile (a, model_a, 1024, what);
  conset_tile_free (a);
  conset_tile_free (b);
}

static void
assert_all_pairs (guint32 width, guint n_trials)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (width);

  for (guint k = 0; k < n_trials * N_SHAPES * N_SHAPES * 5; k++)
    {
      ConsetCombine op = k % 5;
      Shape a = k / 5 % N_SHAPES;
      Shape b = k / 5 / N_SHAPES % N_SHAPES;

      if (shape_fits (a, width) && shape_fits (b, width))
        assert_pair (rand, a, b, op, width);
    }
}

START_TEST (every_pair_of_containers_is_combined)
{
  guint32 width = widths[_i];
  guint n_trials = width <= 4096 ? 12 : 2;

  for (int isa = 0; isa < N_ISAS; isa++)
    if (conset_set_isa (isas[isa]))
      assert_all_pairs (width, n_trials);
}
END_TEST

static void
tile_tests (Suite *suite)
{
  TCase *tcase = test_case_add (suite, "tiles");

  tcase_add_test (tcase, ranges_of_bits_are_set_and_cleared);
  tcase_add_loop_test (tcase, tiles_are_converted_without_loss, 0, N_WIDTHS);
  tcase_add_loop_test (tcase, tiles_are_complemented_and_freed_of_repetitions, 0, N_WIDTHS);
  tcase_add_loop_test (tcase, tiles_are_widened, 0, N_WIDTHS);
  tcase_add_loop_test (tcase, every_pair_of_containers_is_combined, 0, N_WIDTHS);
}

static Suite *
tiles_suite (void)
{
  Suite *suite = suite_create ("tiles");

  tile_tests (suite);
  return suite;
}

int
main (void)
{
  return test_run (tiles_suite ());
}
