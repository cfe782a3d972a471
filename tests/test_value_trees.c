/* SPDX-License-Identifier: MIT */
/*
 * Evaluation of values: random trees and each operator against a plain evaluator, pair by pair
 * and in blocks, to the last bit.
 */
#include "isas.h"
#include "support.h"

#include "kernels.h"
#include "value.h"

#include <math.h>
#include <string.h>

/* Short names for what the tests compose. */
#define I conset_value_source ()
#define J conset_value_target ()
#define NUMBER(x) conset_value_constant (x)

/* {{{ the plain evaluator */

/* What is a leaf comes first. */
typedef enum
{
  KIND_NUMBER,
  KIND_SOURCE,
  KIND_TARGET,
  KIND_COPY,
  KIND_CALLBACK,
  KIND_FILL_CALLBACK,
  KIND_SOURCE_ARRAY,
  KIND_TARGET_ARRAY,
  KIND_UNARY,
  KIND_BINARY,
  KIND_WHERE,
  KIND_CLIP,
} Kind;

#define N_ARRAY 300

typedef struct _Tree Tree;

struct _Tree
{
  Kind kind;
  guint op;
  double number;
  Tree *a;
  Tree *b;
  Tree *c;
};

static ConsetValue *(*const unary_funcs[]) (ConsetValue *a) = {
  [CONSET_UNARY_NEGATE] = conset_value_negate, [CONSET_UNARY_ABS] = conset_value_abs,
  [CONSET_UNARY_SQRT] = conset_value_sqrt,     [CONSET_UNARY_FLOOR] = conset_value_floor,
  [CONSET_UNARY_CEIL] = conset_value_ceil,     [CONSET_UNARY_EXP] = conset_value_exp,
  [CONSET_UNARY_LOG] = conset_value_log,       [CONSET_UNARY_SIN] = conset_value_sin,
  [CONSET_UNARY_COS] = conset_value_cos,       [CONSET_UNARY_TANH] = conset_value_tanh,
  [CONSET_UNARY_EXPM1] = conset_value_expm1,   [CONSET_UNARY_LOG1P] = conset_value_log1p,
  [CONSET_UNARY_LOG2] = conset_value_log2,     [CONSET_UNARY_LOG10] = conset_value_log10,
  [CONSET_UNARY_TAN] = conset_value_tan,       [CONSET_UNARY_ASIN] = conset_value_asin,
  [CONSET_UNARY_ACOS] = conset_value_acos,     [CONSET_UNARY_ATAN] = conset_value_atan,
  [CONSET_UNARY_SINH] = conset_value_sinh,     [CONSET_UNARY_COSH] = conset_value_cosh,
  [CONSET_UNARY_ERF] = conset_value_erf,       [CONSET_UNARY_ROUND] = conset_value_round,
  [CONSET_UNARY_SIGN] = conset_value_sign,     [CONSET_UNARY_NOT] = conset_value_not,
};

G_STATIC_ASSERT (G_N_ELEMENTS (unary_funcs) == CONSET_N_UNARY);

static ConsetValue *(*const binary_funcs[]) (ConsetValue *a, ConsetValue *b) = {
  [CONSET_BINARY_ADD] = conset_value_add,
  [CONSET_BINARY_SUBTRACT] = conset_value_subtract,
  [CONSET_BINARY_MULTIPLY] = conset_value_multiply,
  [CONSET_BINARY_DIVIDE] = conset_value_divide,
  [CONSET_BINARY_POWER] = conset_value_power,
  [CONSET_BINARY_MIN] = conset_value_min,
  [CONSET_BINARY_MAX] = conset_value_max,
  [CONSET_BINARY_MOD] = conset_value_mod,
  [CONSET_BINARY_ATAN2] = conset_value_atan2,
  [CONSET_BINARY_HYPOT] = conset_value_hypot,
  [CONSET_BINARY_LESS] = conset_value_less,
  [CONSET_BINARY_LESS_EQUAL] = conset_value_less_equal,
  [CONSET_BINARY_GREATER] = conset_value_greater,
  [CONSET_BINARY_GREATER_EQUAL] = conset_value_greater_equal,
  [CONSET_BINARY_EQUAL] = conset_value_equal,
  [CONSET_BINARY_NOT_EQUAL] = conset_value_not_equal,
  [CONSET_BINARY_AND] = conset_value_and,
  [CONSET_BINARY_OR] = conset_value_or,
};

G_STATIC_ASSERT (G_N_ELEMENTS (binary_funcs) == CONSET_N_BINARY);

static void
tree_free (Tree *tree)
{
  g_clear_pointer (&tree->a, tree_free);
  g_clear_pointer (&tree->b, tree_free);
  g_clear_pointer (&tree->c, tree_free);
  g_free (tree);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tree, tree_free)

static Tree *
tree_random (GRand *rand, guint depth)
{
  static const double numbers[] = { 0.0, 0.5, 1.0, 2.0, 3.0, -1.0, -2.5, 10.0, 1e-3, 1e6, 0.1 };
  Tree *tree = g_new0 (Tree, 1);

  tree->number = numbers[g_rand_int_range (rand, 0, G_N_ELEMENTS (numbers))];
  if (depth == 0 || g_rand_int_range (rand, 0, 8) == 0)
    {
      tree->kind = g_rand_int_range (rand, 0, KIND_UNARY);
      return tree;
    }
  tree->a = tree_random (rand, depth - 1);
  if (g_rand_int_range (rand, 0, 5) < 2)
    {
      tree->kind = KIND_UNARY;
      tree->op = g_rand_int_range (rand, 0, CONSET_N_UNARY);
      return tree;
    }
  tree->b = tree_random (rand, depth - 1);
  tree->kind = KIND_BINARY;
  tree->op = g_rand_int_range (rand, 0, CONSET_N_BINARY);
  if (g_rand_int_range (rand, 0, 3) > 0)
    return tree;
  tree->kind = g_rand_boolean (rand) ? KIND_WHERE : KIND_CLIP;
  tree->c = tree_random (rand, depth - 1);
  return tree;
}

static double
array_at (guint64 index)
{
  return index < N_ARRAY ? (double) (index * 89 % 71) - 30.5 : NAN;
}

static const double *
whole_array (void)
{
  static double array[N_ARRAY];

  for (guint k = 0; k < N_ARRAY; k++)
    array[k] = array_at (k);
  return array;
}

/* A class that tells copies apart. */

static double
copy_at (const ConsetValue *value G_GNUC_UNUSED, const ConsetPlace *place)
{
  return 100.0 * (double) (place->source % 7) + (double) place->copy;
}

static void
copy_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  for (gsize k = 0; k < places->n; k++)
    {
      ConsetPlace place = conset_value_plan_place (step->plan, places, k);

      out[k] = copy_at (step->value, &place);
    }
}

static void
copy_print (const ConsetValue *value G_GNUC_UNUSED, GString *out)
{
  g_string_append (out, "<copy>");
}

static const ConsetValueClass copy_class = {
  .name = "copy",
  .struct_size = sizeof (ConsetValue),
  .print = copy_print,
  .at = copy_at,
  .fill = copy_fill,
};

static ConsetValue *
copy_new (void)
{
  ConsetValue *value = conset_value_new (&copy_class);

  value->by_source = value->by_target = TRUE;
  return conset_value_finish (value);
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
  switch ((ConsetUnary) op)
    {
    case CONSET_UNARY_NEGATE:
      return -a;
    case CONSET_UNARY_ABS:
      return fabs (a);
    case CONSET_UNARY_SQRT:
      return sqrt (a);
    case CONSET_UNARY_FLOOR:
      return floor (a);
    case CONSET_UNARY_CEIL:
      return ceil (a);
    case CONSET_UNARY_EXP:
      return conset_pinned_exp (a);
    case CONSET_UNARY_LOG:
      return conset_pinned_log (a);
    case CONSET_UNARY_SIN:
      return conset_pinned_sin (a);
    case CONSET_UNARY_COS:
      return conset_pinned_cos (a);
    case CONSET_UNARY_TANH:
      return conset_pinned_tanh (a);
    case CONSET_UNARY_EXPM1:
      return conset_pinned_expm1 (a);
    case CONSET_UNARY_LOG1P:
      return conset_pinned_log1p (a);
    case CONSET_UNARY_LOG2:
      return conset_pinned_log2 (a);
    case CONSET_UNARY_LOG10:
      return conset_pinned_log10 (a);
    case CONSET_UNARY_TAN:
      return conset_pinned_tan (a);
    case CONSET_UNARY_ASIN:
      return conset_pinned_asin (a);
    case CONSET_UNARY_ACOS:
      return conset_pinned_acos (a);
    case CONSET_UNARY_ATAN:
      return conset_pinned_atan (a);
    case CONSET_UNARY_SINH:
      return conset_pinned_sinh (a);
    case CONSET_UNARY_COSH:
      return conset_pinned_cosh (a);
    case CONSET_UNARY_ERF:
      return conset_pinned_erf (a);
    case CONSET_UNARY_ROUND:
      return nearbyint (a);
    case CONSET_UNARY_SIGN:
      return isnan (a) ? a : (a > 0.0) - (a < 0.0);
    case CONSET_UNARY_NOT:
      return isnan (a) ? a : !a;
    case CONSET_N_UNARY:
      break;
    }
  g_return_val_if_reached (NAN);
}

/* fmod is exact. */
static double
plain_mod (double a, double b)
{
  double remainder = fmod (a, b);

  if (remainder == 0.0)
    return copysign (0.0, b);
  return signbit (remainder) != signbit (b) ? remainder + b : remainder;
}

static double
plain_binary (guint op, double a, double b)
{
  gboolean odd = isnan (a) || isnan (b);

  switch ((ConsetBinary) op)
    {
    case CONSET_BINARY_ADD:
      return a + b;
    case CONSET_BINARY_SUBTRACT:
      return a - b;
    case CONSET_BINARY_MULTIPLY:
      return a * b;
    case CONSET_BINARY_DIVIDE:
      return a / b;
    case CONSET_BINARY_POWER:
      return fabs (b) <= 4.0 && b == floor (b) ? square_by_halves (a, b) : conset_pinned_pow (a, b);
    case CONSET_BINARY_MIN:
      return odd ? NAN : a < b ? a : b;
    case CONSET_BINARY_MAX:
      return odd ? NAN : a > b ? a : b;
    case CONSET_BINARY_MOD:
      return plain_mod (a, b);
    case CONSET_BINARY_ATAN2:
      return conset_pinned_atan2 (a, b);
    case CONSET_BINARY_HYPOT:
      return conset_pinned_hypot (a, b);
    case CONSET_BINARY_LESS:
      return a < b;
    case CONSET_BINARY_LESS_EQUAL:
      return a <= b;
    case CONSET_BINARY_GREATER:
      return a > b;
    case CONSET_BINARY_GREATER_EQUAL:
      return a >= b;
    case CONSET_BINARY_EQUAL:
      return a == b;
    case CONSET_BINARY_NOT_EQUAL:
      return a != b;
    case CONSET_BINARY_AND:
      return odd ? NAN : a && b;
    case CONSET_BINARY_OR:
      return odd ? NAN : a || b;
    case CONSET_N_BINARY:
      break;
    }
  g_return_val_if_reached (NAN);
}

static double
plain_clip (double v, double low, double high)
{
  if (isnan (v) || isnan (low) || isnan (high))
    return NAN;
  return v < low ? low : v > high ? high : v;
}

static double
tree_at (const Tree *tree, guint64 source, guint64 target, guint64 copy)
{
  double a = tree->a != NULL ? tree_at (tree->a, source, target, copy) : 0.0;
  double b = tree->b != NULL ? tree_at (tree->b, source, target, copy) : 0.0;
  double c = tree->c != NULL ? tree_at (tree->c, source, target, copy) : 0.0;

  switch (tree->kind)
    {
    case KIND_NUMBER:
      return tree->number;
    case KIND_SOURCE:
      return (double) source;
    case KIND_TARGET:
      return (double) target;
    case KIND_COPY:
      return 100.0 * (double) (source % 7) + (double) copy;
    case KIND_CALLBACK:
    case KIND_FILL_CALLBACK:
      return wave_at (source, target, (gpointer) &tree->number);
    case KIND_SOURCE_ARRAY:
      return source < N_ARRAY ? array_at (source) : tree->number;
    case KIND_TARGET_ARRAY:
      return target < N_ARRAY ? array_at (target) : tree->number;
    case KIND_UNARY:
      return plain_unary (tree->op, a);
    case KIND_BINARY:
      return plain_binary (tree->op, a, b);
    case KIND_WHERE:
      return isnan (a) ? NAN : a != 0.0 ? b : c;
    default:
      return plain_clip (a, plain_binary (CONSET_BINARY_MIN, b, c),
                         plain_binary (CONSET_BINARY_MAX, b, c));
    }
}

static gboolean
tree_is_constant (const Tree *tree)
{
  gboolean whole = tree->a == NULL || tree_is_constant (tree->a);

  if (tree->kind == KIND_WHERE && whole)
    return tree_is_constant (tree_at (tree->a, 0, 0, 0) != 0.0 ? tree->b : tree->c);
  return whole && (tree->b == NULL || tree_is_constant (tree->b))
         && (tree->c == NULL || tree_is_constant (tree->c))
         && (tree->kind == KIND_NUMBER || tree->a != NULL);
}

/* Whether it does arithmetic of constants that has no finite result. */
static gboolean
tree_is_wrong (const Tree *tree)
{
  if (tree_is_constant (tree) && !isfinite (tree_at (tree, 0, 0, 0)))
    return TRUE;
  return (tree->a != NULL && tree_is_wrong (tree->a))
         || (tree->b != NULL && tree_is_wrong (tree->b))
         || (tree->c != NULL && tree_is_wrong (tree->c));
}

static ConsetValue *tree_compose (const Tree *tree);

/* The array where there is one, the number beyond its end. */
static ConsetValue *
compose_array (const Tree *tree)
{
  gboolean of_sources = tree->kind == KIND_SOURCE_ARRAY;
  const double *array = whole_array ();

  return conset_value_where (conset_value_less (of_sources ? I : J, NUMBER (N_ARRAY)),
                             of_sources ? conset_value_source_attribute (array, N_ARRAY, NULL)
                                        : conset_value_target_attribute (array, N_ARRAY, "array"),
                             NUMBER (tree->number));
}

/* The lesser of the two bounds is the low one. */
static ConsetValue *
compose_clip (const Tree *tree)
{
  g_autoptr (ConsetValue) b = tree_compose (tree->b), c = tree_compose (tree->c);

  return conset_value_clip (tree_compose (tree->a),
                            conset_value_min (conset_value_ref (b), conset_value_ref (c)),
                            conset_value_max (conset_value_ref (b), conset_value_ref (c)));
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
    case KIND_COPY:
      return copy_new ();
    case KIND_CALLBACK:
      return conset_value_callback ("wave", wave_at, NULL, data, NULL);
    case KIND_FILL_CALLBACK:
      return conset_value_callback ("wave", wave_at, wave_fill, data, NULL);
    case KIND_SOURCE_ARRAY:
    case KIND_TARGET_ARRAY:
      return compose_array (tree);
    case KIND_UNARY:
      return unary_funcs[tree->op](tree_compose (tree->a));
    case KIND_BINARY:
      return binary_funcs[tree->op](tree_compose (tree->a), tree_compose (tree->b));
    case KIND_WHERE:
      return conset_value_where (tree_compose (tree->a), tree_compose (tree->b),
                                 tree_compose (tree->c));
    default:
      return compose_clip (tree);
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
  text = conset_value_describe (value);
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
  ck_assert (conset_value_plan_fill (plan, places, values));
  ck_assert_double_eq (values[places->n], 12345.0);
  for (gsize k = 0; k < places->n; k++)
    {
      guint64 source = conset_places_source (places, k), target = conset_places_target (places, k);
      guint64 copy = places->copies != NULL ? places->copies[k] : 0;

      assert_same (values[k], tree_at (tree, source, target, copy), value, source, target);
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

/* A range, or a list with gaps and copies, on each of a few lines. */
static void
assert_lines (GRand *rand, const Tree *tree, const ConsetValue *value, ConsetOrder order)
{
  ConsetValuePlan *plan = conset_value_plan_new (value, order);
  guint32 offsets[1100], copies[1100], offset = 0;

  for (guint k = 0; k < G_N_ELEMENTS (offsets); k++)
    {
      offsets[k] = offset += g_rand_int_range (rand, 0, 4);
      copies[k] = g_rand_int_range (rand, 0, 5);
    }
  for (guint line = 0; line < 4; line++)
    {
      ConsetPlaces places = { order,
                              random_index (rand),
                              random_index (rand),
                              g_rand_boolean (rand) ? offsets : NULL,
                              g_rand_int_range (rand, 0, G_N_ELEMENTS (offsets)),
                              g_rand_boolean (rand) ? copies : NULL };

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
      assert_same (conset_value_at_copy (value, source, target, 3),
                   tree_at (tree, source, target, 3), value, source, target);
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

              ck_assert_msg ((x[k] == expected && !signbit (x[k]) == !signbit (expected))
                               || (isnan (x[k]) && isnan (expected)),
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
