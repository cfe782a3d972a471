/* SPDX-License-Identifier: MIT */
/*
 * Evaluation of values: random trees and each operator against a plain evaluator, pair by pair
 * and in blocks, to the last bit.
 */
#include "support.h"

#include "kernels.h"
#include "value.h"

#include <math.h>
#include <string.h>

static const char *const isas[] = { "portable", "avx2" };

#define N_ISAS ((int) G_N_ELEMENTS (isas))

/* Short names for what the tests compose. */
#define I conset_value_source ()
#define J conset_value_target ()
#define NUMBER(x) conset_value_constant (x)

/* {{{ the plain evaluator */

typedef enum
{
  KIND_NUMBER,
  KIND_SOURCE,
  KIND_TARGET,
  KIND_CALLBACK,
  KIND_FILL_CALLBACK,
  KIND_UNARY,
  KIND_BINARY,
} Kind;

typedef struct _Tree Tree;

struct _Tree
{
  Kind kind;
  guint op;
  double number;
  Tree *a;
  Tree *b;
};

static ConsetValue *(*const unary_funcs[]) (ConsetValue *a) = {
  conset_value_negate, conset_value_abs, conset_value_sqrt, conset_value_floor, conset_value_ceil,
  conset_value_exp,    conset_value_log, conset_value_sin,  conset_value_cos,   conset_value_tanh,
};

static ConsetValue *(*const binary_funcs[]) (ConsetValue *a, ConsetValue *b) = {
  conset_value_add,   conset_value_subtract, conset_value_multiply, conset_value_divide,
  conset_value_power, conset_value_min,      conset_value_max,
};

static void
tree_free (Tree *tree)
{
  g_clear_pointer (&tree->a, tree_free);
  g_clear_pointer (&tree->b, tree_free);
  g_free (tree);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tree, tree_free)

static Tree *
tree_random (GRand *rand, guint depth)
{
  static const double numbers[] = { 0.0, 0.5, 1.0, 2.0, 3.0, -1.0, -2.5, 10.0, 1e-3, 1e6, 0.1 };
  Tree *tree = g_new0 (Tree, 1);

  if (depth == 0 || g_rand_int_range (rand, 0, 8) == 0)
    {
      tree->kind = g_rand_int_range (rand, 0, KIND_UNARY);
      tree->number = numbers[g_rand_int_range (rand, 0, G_N_ELEMENTS (numbers))];
    }
  else if (g_rand_boolean (rand))
    {
      tree->kind = KIND_UNARY;
      tree->op = g_rand_int_range (rand, 0, G_N_ELEMENTS (unary_funcs));
      tree->a = tree_random (rand, depth - 1);
    }
  else
    {
      tree->kind = KIND_BINARY;
      tree->op = g_rand_int_range (rand, 0, G_N_ELEMENTS (binary_funcs));
      tree->a = tree_random (rand, depth - 1);
      tree->b = tree_random (rand, depth - 1);
    }
  return tree;
}

static double
wave_at (guint64 source, guint64 target, gpointer data)
{
  return (double) (source * 37 % 101) - (double) (target * 41 % 53) + *(double *) data;
}

static void
wave_fill (const ConsetPlaces *places, double *values, gpointer data)
{
  ck_assert_uint_le (places->n, CONSET_VALUE_BLOCK);
  for (gsize k = 0; k < places->n; k++)
    values[k] = wave_at (conset_places_source (places, k), conset_places_target (places, k), data);
}

static double
square_by_halves (double x, double y)
{
  double square = x * x, power = y < 0.0 ? -y : y;
  double result = power == 0.0   ? 1.0
                  : power == 1.0 ? x
                  : power == 2.0 ? square
                  : power == 3.0 ? x * square
                                 : square * square;

  return y < 0.0 ? 1.0 / result : result;
}

static double
plain_unary (guint op, double a)
{
  switch (op)
    {
    case 0:
      return -a;
    case 1:
      return fabs (a);
    case 2:
      return sqrt (a);
    case 3:
      return floor (a);
    case 4:
      return ceil (a);
    case 5:
      return conset_pinned_exp (a);
    case 6:
      return conset_pinned_log (a);
    case 7:
      return conset_pinned_sin (a);
    case 8:
      return conset_pinned_cos (a);
    default:
      return conset_pinned_tanh (a);
    }
}

static double
plain_binary (guint op, double a, double b)
{
  gboolean odd = isnan (a) || isnan (b);

  switch (op)
    {
    case 0:
      return a + b;
    case 1:
      return a - b;
    case 2:
      return a * b;
    case 3:
      return a / b;
    case 4:
      return fabs (b) <= 4.0 && b == floor (b) ? square_by_halves (a, b) : conset_pinned_pow (a, b);
    case 5:
      return odd ? NAN : a < b ? a : b;
    default:
      return odd ? NAN : a > b ? a : b;
    }
}

static double
tree_at (const Tree *tree, guint64 source, guint64 target)
{
  switch (tree->kind)
    {
    case KIND_NUMBER:
      return tree->number;
    case KIND_SOURCE:
      return (double) source;
    case KIND_TARGET:
      return (double) target;
    case KIND_CALLBACK:
    case KIND_FILL_CALLBACK:
      return wave_at (source, target, (gpointer) &tree->number);
    case KIND_UNARY:
      return plain_unary (tree->op, tree_at (tree->a, source, target));
    default:
      return plain_binary (tree->op, tree_at (tree->a, source, target),
                           tree_at (tree->b, source, target));
    }
}

static gboolean
tree_is_constant (const Tree *tree)
{
  if (tree->kind == KIND_UNARY)
    return tree_is_constant (tree->a);
  if (tree->kind == KIND_BINARY)
    return tree_is_constant (tree->a) && tree_is_constant (tree->b);
  return tree->kind == KIND_NUMBER;
}

/* Whether it does arithmetic of constants that has no finite result. */
static gboolean
tree_is_wrong (const Tree *tree)
{
  if (tree_is_constant (tree) && !isfinite (tree_at (tree, 0, 0)))
    return TRUE;
  return (tree->a != NULL && tree_is_wrong (tree->a))
         || (tree->b != NULL && tree_is_wrong (tree->b));
}

/* @tree outlives the value. */
static ConsetValue *
tree_compose (const Tree *tree)
{
  gpointer data = (gpointer) &tree->number;

  switch (tree->kind)
    {
    case KIND_NUMBER:
      return NUMBER (tree->number);
    case KIND_SOURCE:
      return I;
    case KIND_TARGET:
      return J;
    case KIND_CALLBACK:
      return conset_value_callback ("wave", wave_at, NULL, data, NULL);
    case KIND_FILL_CALLBACK:
      return conset_value_callback ("wave", wave_at, wave_fill, data, NULL);
    case KIND_UNARY:
      return unary_funcs[tree->op](tree_compose (tree->a));
    default:
      return binary_funcs[tree->op](tree_compose (tree->a), tree_compose (tree->b));
    }
}

/* }}} */

/* {{{ trees */

static void
assert_same (double got, double expected, const ConsetValue *value, guint64 source, guint64 target)
{
  g_autofree char *text = NULL;

  if ((isnan (got) && isnan (expected)) || memcmp (&got, &expected, sizeof got) == 0)
    return;
  text = conset_value_to_string (value);
  ck_abort_msg ("%s: %s at (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ") is %.17g, not %.17g",
                conset_isa (), text, source, target, got, expected);
}

static void
assert_places (const Tree *tree,
               const ConsetValue *value,
               ConsetValuePlan *plan,
               const ConsetPlaces *places)
{
  g_autofree double *values = g_new (double, places->n + 1);

  values[places->n] = 12345.0;
  conset_value_plan_fill (plan, places, values);
  ck_assert_double_eq (values[places->n], 12345.0);
  for (gsize k = 0; k < places->n; k++)
    {
      guint64 source = conset_places_source (places, k), target = conset_places_target (places, k);

      assert_same (values[k], tree_at (tree, source, target), value, source, target);
    }
}

static guint64
random_index (GRand *rand)
{
  static const guint64 bases[] = { 0,
                                   0,
                                   0,
                                   1000,
                                   (G_GUINT64_CONSTANT (1) << 32) - 300,
                                   (G_GUINT64_CONSTANT (1) << 53) - 300,
                                   CONSET_INDEX_END - 5000 };

  return bases[g_rand_int_range (rand, 0, G_N_ELEMENTS (bases))] + g_rand_int_range (rand, 0, 500);
}

/* A range, or a list with gaps, on each of a few lines. */
static void
assert_lines (GRand *rand, const Tree *tree, const ConsetValue *value, ConsetOrder order)
{
  ConsetValuePlan *plan = conset_value_plan_new (value, order);
  guint32 offsets[1100], offset = 0;

  for (guint k = 0; k < G_N_ELEMENTS (offsets); k++)
    offsets[k] = offset += g_rand_int_range (rand, 1, 4);
  for (guint line = 0; line < 4; line++)
    {
      ConsetPlaces places = { order,
                              random_index (rand),
                              random_index (rand),
                              g_rand_boolean (rand) ? offsets : NULL,
                              g_rand_int_range (rand, 0, G_N_ELEMENTS (offsets)),
                              NULL };

      assert_places (tree, value, plan, &places);
      assert_places (tree, value, plan, &places);
    }
  conset_value_plan_free (plan);
}

START_TEST (random_trees_are_what_they_say)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (100 + _i);
  guint64 n_trees = test_number ("CONSET_TEST_TREES", 6000) / (test_sanitized () ? 40 : 10);
  guint n_wrong = 0;

  if (!conset_set_isa (isas[_i]))
    return;
  for (guint64 k = 0; k < n_trees; k++)
    {
      g_autoptr (Tree) tree = tree_random (rand, 1 + k % 6);
      g_autoptr (ConsetValue) value = tree_compose (tree);
      guint64 source = random_index (rand), target = random_index (rand);

      ck_assert_int_eq (conset_value_check (value, NULL), !tree_is_wrong (tree));
      if (tree_is_wrong (tree))
        {
          ck_assert (isnan (conset_value_at (value, source, target)));
          n_wrong++;
          continue;
        }
      assert_same (conset_value_at (value, source, target), tree_at (tree, source, target), value,
                   source, target);
      assert_lines (rand, tree, value, CONSET_TARGET_MAJOR);
      assert_lines (rand, tree, value, CONSET_SOURCE_MAJOR);
    }
  ck_assert_uint_lt (n_wrong, n_trees / 2);
  conset_set_isa ("auto");
}
END_TEST

/* Each operator by itself, with operands that meet every branch of it. */
START_TEST (operators_know_special_numbers)
{
  static const double numbers[] = {
    0.0,
    -0.0,
    0.3,
    0.5,
    -0.5,
    1.0,
    -1.0,
    1.5,
    2.0,
    2.5,
    -2.5,
    3.0,
    4.0,
    -4.0,
    5.0,
    1e-310,
    1e300,
    -1e300,
    4503599627370495.5,
    -4503599627370495.5,
    0x1p53,
    1e6,
    2e6,
    800.0,
    -800.0,
    INFINITY,
    -INFINITY,
    NAN,
  };
  enum
  {
    N = G_N_ELEMENTS (numbers)
  };
  const ConsetArithmetic *loops;

  if (!conset_set_isa (isas[_i]))
    return;
  loops = conset_arithmetic ();
  for (guint op = 0; op < CONSET_N_UNARY; op++)
    {
      double x[N];

      memcpy (x, numbers, sizeof x);
      loops->unary[op](x, N);
      for (guint k = 0; k < N; k++)
        {
          double expected = plain_unary (op, numbers[k]);

          ck_assert_msg (memcmp (&x[k], &expected, sizeof *x) == 0
                           || (isnan (x[k]) && isnan (expected)),
                         "operator %u of %g is %g, not %g", op, numbers[k], x[k], expected);
        }
    }
  for (guint op = 0; op < CONSET_N_BINARY; op++)
    for (guint other = 0; other < N; other++)
      for (guint form = 0; form < 4; form++)
        {
          double x[N], y[N];

          memcpy (x, numbers, sizeof x);
          for (guint k = 0; k < N; k++)
            y[k] = numbers[other];
          if (form == 0)
            loops->binary[op](x, y, N);
          else if (form == 1)
            loops->reversed[op](x, y, N);
          else if (form == 2)
            loops->by_number[op](x, numbers[other], N);
          else
            loops->number_by[op](x, numbers[other], N);
          for (guint k = 0; k < N; k++)
            {
              double a = form % 2 == 0 ? numbers[k] : numbers[other];
              double b = form % 2 == 0 ? numbers[other] : numbers[k];
              double expected = plain_binary (op, a, b);

              ck_assert_msg (x[k] == expected || (isnan (x[k]) && isnan (expected)),
                             "operator %u, form %u, of %g and %g is %g, not %g", op, form, a, b,
                             x[k], expected);
            }
        }
  conset_set_isa ("auto");
}
END_TEST

/* Indices beyond 2^53 are rounded once, and blocks count from where they begin. */
START_TEST (far_indices_are_rounded_once)
{
  static const guint64 firsts[] = { 0, (G_GUINT64_CONSTANT (1) << 53) - 3,
                                    (G_GUINT64_CONSTANT (1) << 60) + 127, CONSET_INDEX_END - 2000 };
  g_autoptr (ConsetValue) value = I;

  if (!conset_set_isa (isas[_i]))
    return;
  for (guint k = 0; k < G_N_ELEMENTS (firsts); k++)
    {
      ConsetValuePlan *plan = conset_value_plan_new (value, CONSET_TARGET_MAJOR);
      ConsetPlaces places = { CONSET_TARGET_MAJOR, 7, firsts[k], NULL, 2000, NULL };
      double values[2000];

      conset_value_plan_fill (plan, &places, values);
      for (guint64 n = 0; n < 2000; n++)
        ck_assert_double_eq (values[n], (double) (firsts[k] + n));
      conset_value_plan_free (plan);
    }
  conset_set_isa ("auto");
}
END_TEST

/* }}} */

static Suite *
value_trees_suite (void)
{
  Suite *suite = suite_create ("value_trees");
  TCase *tcase = test_case_add (suite, "evaluation");

  tcase_add_loop_test (tcase, random_trees_are_what_they_say, 0, N_ISAS);
  tcase_add_loop_test (tcase, operators_know_special_numbers, 0, N_ISAS);
  tcase_add_loop_test (tcase, far_indices_are_rounded_once, 0, N_ISAS);
  return suite;
}

int
main (void)
{
  return test_run (value_trees_suite ());
}
