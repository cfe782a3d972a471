/* SPDX-License-Identifier: MIT */
/*
 * Projections: affine maps, functions, compositions; formulas against C99's complex functions, and
 * random formulas against an evaluation point by point; text and errors.
 */
#include "isas.h"
#include "positions.h"
#include "support.h"

#include "formula.h"

#include <complex.h>
#include <math.h>
#include <string.h>

/* {{{ short names for what the tests compose; they leak nothing, since each consumes */

static ConsetFormula *
axis (guint d)
{
  return conset_formula_coordinate (d);
}

static ConsetFormula *
number (double x)
{
  return conset_formula_number (x);
}

static ConsetFormula *
unary (ConsetUnary op, ConsetFormula *a)
{
  ConsetFormula *result = conset_formula_unary (op, a, NULL);

  conset_formula_unref (a);
  return result;
}

static ConsetFormula *
binary (ConsetBinary op, ConsetFormula *a, ConsetFormula *b)
{
  ConsetFormula *result = conset_formula_binary (op, a, b, NULL);

  conset_formula_unref (a);
  conset_formula_unref (b);
  return result;
}

static ConsetFormula *
complex_of (ConsetFormula *x, ConsetFormula *y)
{
  ConsetFormula *result = conset_formula_complex (x, y, NULL);

  conset_formula_unref (x);
  conset_formula_unref (y);
  return result;
}

static ConsetFormula *
z (void)
{
  return complex_of (axis (0), axis (1));
}

/* The projection to the parts of @formula. */
static ConsetProjection *
parts_of (ConsetFormula *formula)
{
  ConsetFormula *parts[] = { conset_formula_part (CONSET_PART_REAL, formula, NULL),
                             conset_formula_part (CONSET_PART_IMAGINARY, formula, NULL) };
  GError *error = NULL;
  ConsetProjection *projection = conset_projection_formula (parts, 2, &error);

  ck_assert_msg (projection != NULL, "%s", error != NULL ? error->message : "");
  conset_formula_unref (parts[0]);
  conset_formula_unref (parts[1]);
  conset_formula_unref (formula);
  return projection;
}

/* }}} */

/* {{{ complex functions */

static double complex
reciprocal (double complex x)
{
  return 1.0 / x;
}

static double complex
cube (double complex x)
{
  return x * x * x;
}

static double complex
quotient (double complex x)
{
  return (x + 0.5) / (x - 2.0 * I);
}

static double complex
log_10 (double complex x)
{
  return clog (x) / log (10.0);
}

static double complex
root_3 (double complex x)
{
  return cpow (x, 1.0 / 3.0);
}

static double complex
own_power (double complex x)
{
  return cpow (x, x);
}

static double complex
power_of_two (double complex x)
{
  return cpow (2.0, x);
}

static double complex
square_inverse (double complex x)
{
  return 1.0 / (x * x);
}

static double complex
mixed (double complex x)
{
  return 3.0 - x * 2.0 / 7.0 + (4.0 + x) * -x;
}

typedef struct
{
  const char *name;
  double complex (*exact) (double complex x);
} Function;

static const Function functions[] = {
  { "exp", cexp },
  { "log", clog },
  { "sqrt", csqrt },
  { "sin", csin },
  { "cos", ccos },
  { "tan", ctan },
  { "sinh", csinh },
  { "cosh", ccosh },
  { "tanh", ctanh },
  { "log10", log_10 },
  { "reciprocal", reciprocal },
  { "cube", cube },
  { "quotient", quotient },
  { "root", root_3 },
  { "own power", own_power },
  { "power of two", power_of_two },
  { "square inverse", square_inverse },
  { "mixed", mixed },
};

#define N_FUNCTIONS ((int) G_N_ELEMENTS (functions))

static ConsetFormula *
function_formula (guint k)
{
  static const ConsetUnary operations[] = {
    CONSET_UNARY_EXP, CONSET_UNARY_LOG,  CONSET_UNARY_SQRT, CONSET_UNARY_SIN,  CONSET_UNARY_COS,
    CONSET_UNARY_TAN, CONSET_UNARY_SINH, CONSET_UNARY_COSH, CONSET_UNARY_TANH, CONSET_UNARY_LOG10,
  };

  if (k < G_N_ELEMENTS (operations))
    return unary (operations[k], z ());
  switch (k - G_N_ELEMENTS (operations))
    {
    case 0:
      return binary (CONSET_BINARY_DIVIDE, number (1.0), z ());
    case 1:
      return binary (CONSET_BINARY_POWER, z (), number (3.0));
    case 2:
      return binary (
        CONSET_BINARY_DIVIDE, binary (CONSET_BINARY_ADD, z (), number (0.5)),
        binary (CONSET_BINARY_SUBTRACT, z (), complex_of (number (0.0), number (2.0))));
    case 3:
      return binary (CONSET_BINARY_POWER, z (), number (1.0 / 3.0));
    case 4:
      return binary (CONSET_BINARY_POWER, z (), z ());
    case 5:
      return binary (CONSET_BINARY_POWER, number (2.0), z ());
    case 6:
      return binary (CONSET_BINARY_POWER, z (), number (-2.0));
    default:
      return binary (
        CONSET_BINARY_ADD,
        binary (CONSET_BINARY_SUBTRACT, number (3.0),
                binary (CONSET_BINARY_DIVIDE, binary (CONSET_BINARY_MULTIPLY, z (), number (2.0)),
                        number (7.0))),
        binary (CONSET_BINARY_MULTIPLY, binary (CONSET_BINARY_ADD, number (4.0), z ()),
                unary (CONSET_UNARY_NEGATE, z ())));
    }
}

/* Points of all sizes in all quadrants, on the axes, and near the circle of size 1. */
static double complex
point (guint k, GRand *rand)
{
  double size = exp (g_rand_double_range (rand, -7.0, 3.0));
  double angle = g_rand_double_range (rand, -G_PI, G_PI);

  switch (k % 5)
    {
    case 0:
      return k % 10 == 0 ? size : -size;
    case 1:
      return I * (k % 10 == 1 ? size : -size);
    case 2:
      return (1.0 + 1e-6 * (size - 1.0)) * cexp (I * angle);
    default:
      return size * cexp (I * angle);
    }
}

START_TEST (complex_functions_are_those_of_c)
{
  const Function *function = &functions[_i];
  g_autoptr (ConsetProjection) projection = parts_of (function_formula ((guint) _i));
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint k = 0; k < 20000; k++)
    {
      double complex x = point (k, rand), expected = function->exact (x), found;
      const double position[] = { creal (x), cimag (x) };
      double result[2];

      if (!isfinite (creal (expected)) || !isfinite (cimag (expected)))
        continue;
      if (!conset_projection_apply (projection, 2, position, result, NULL))
        ck_abort_msg ("%s of %g %+g i is not finite", function->name, position[0], position[1]);
      found = result[0] + I * result[1];
      if (!(cabs (found - expected) <= 2e-14 * cabs (expected) * (1.0 + cabs (x))))
        ck_abort_msg ("%s of %.17g %+.17g i: %.17g %+.17g i and not %.17g %+.17g i", function->name,
                      position[0], position[1], result[0], result[1], creal (expected),
                      cimag (expected));
    }
}
END_TEST

/* Near the circle of size 1 the logarithm keeps its digits. */
START_TEST (logarithms_are_exact_near_one)
{
  g_autoptr (ConsetProjection) projection = parts_of (function_formula (1));
  const double position[] = { 1.0, 1e-9 };
  double result[2];

  ck_assert (conset_projection_apply (projection, 2, position, result, NULL));
  ck_assert_double_eq_tol (result[0], 5e-19, 1e-34);
  ck_assert_double_eq_tol (result[1], 1e-9, 1e-24);
}
END_TEST

/* Zeros below zero, and zero itself. */
START_TEST (branch_cuts_are_those_of_c)
{
  static const double zeros[] = { 0.0, -0.0 };
  g_autoptr (ConsetProjection) root = parts_of (function_formula (2));
  g_autoptr (ConsetProjection) logarithm = parts_of (function_formula (1));
  double result[2];

  for (guint k = 0; k < 2; k++)
    {
      const double position[] = { -4.0, zeros[k] }, origin[] = { zeros[k], 0.0 };

      ck_assert (conset_projection_apply (root, 2, position, result, NULL));
      ck_assert_double_eq (result[0], 0.0);
      ck_assert_double_eq (result[1], k == 0 ? 2.0 : -2.0);
      ck_assert (conset_projection_apply (logarithm, 2, position, result, NULL));
      ck_assert_double_eq (result[1], k == 0 ? G_PI : -G_PI);
      ck_assert (conset_projection_apply (root, 2, origin, result, NULL));
      ck_assert_double_eq (result[0], 0.0);
      ck_assert_double_eq (result[1], 0.0);
      ck_assert (!conset_projection_apply (logarithm, 2, origin, result, NULL));
    }
}
END_TEST

/* }}} */

/* {{{ random formulas */

/* A formula and what it is at one point, found as it is made. */
typedef struct
{
  ConsetFormula *formula;
  double value;
} Sample;

static double
apply_binary (ConsetBinary op, double x, double y)
{
  switch (op)
    {
    case CONSET_BINARY_ADD:
      return x + y;
    case CONSET_BINARY_SUBTRACT:
      return x - y;
    case CONSET_BINARY_MULTIPLY:
      return x * y;
    case CONSET_BINARY_MIN:
      return x < y ? x : y;
    case CONSET_BINARY_MAX:
      return x > y ? x : y;
    case CONSET_BINARY_LESS:
      return x < y;
    default:
      return x >= y;
    }
}

/* Each sample is made of samples before it, so that many are shared. */
static void
add_sample (GArray *samples, GRand *rand)
{
  static const ConsetBinary operations[] = {
    CONSET_BINARY_ADD, CONSET_BINARY_SUBTRACT, CONSET_BINARY_MULTIPLY,      CONSET_BINARY_MIN,
    CONSET_BINARY_MAX, CONSET_BINARY_LESS,     CONSET_BINARY_GREATER_EQUAL,
  };
  const Sample *a, *b, *c;
  Sample sample;
  int most = (int) samples->len, least = MAX (0, most - 12);
  ConsetBinary op = operations[g_rand_int_range (rand, 0, G_N_ELEMENTS (operations))];

  a = &g_array_index (samples, Sample, g_rand_int_range (rand, least, most));
  b = &g_array_index (samples, Sample, g_rand_int_range (rand, least, most));
  c = &g_array_index (samples, Sample, g_rand_int_range (rand, least, most));
  if (g_rand_int_range (rand, 0, 5) == 0)
    {
      sample.formula = conset_formula_choose (a->formula, b->formula, c->formula, NULL);
      sample.value = a->value != 0.0 ? b->value : c->value;
    }
  else if (g_rand_int_range (rand, 0, 5) == 0)
    {
      sample.formula = conset_formula_unary (CONSET_UNARY_NEGATE, a->formula, NULL);
      sample.value = -a->value;
    }
  else
    {
      sample.formula = conset_formula_binary (op, a->formula, b->formula, NULL);
      sample.value = apply_binary (op, a->value, b->value);
    }
  if (sample.formula != NULL)
    g_array_append_val (samples, sample);
}

static GArray *
random_samples (GRand *rand, const double position[3], guint n)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (Sample));

  for (guint d = 0; d < 3; d++)
    {
      Sample coordinate = { axis (d), position[d] };
      Sample constant = { number (0.25 * (d + 1.0)), 0.25 * (d + 1.0) };

      g_array_append_val (samples, coordinate);
      g_array_append_val (samples, constant);
    }
  for (guint k = 0; k < n; k++)
    add_sample (samples, rand);
  return samples;
}

static void
free_samples (GArray *samples)
{
  for (guint k = 0; k < samples->len; k++)
    conset_formula_unref (g_array_index (samples, Sample, k).formula);
  g_array_unref (samples);
}

/* One point alone, and among many others, by all kernels. */
START_TEST (random_formulas_are_what_they_say)
{
  enum
  {
    n = 700
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint) _i);

  for (guint trial = 0; trial < 60; trial++)
    {
      const double position[] = { g_rand_double (rand), g_rand_double_range (rand, -2.0, 2.0),
                                  g_rand_double_range (rand, -1.0, 1.0) };
      GArray *samples = random_samples (rand, position, (guint) g_rand_int_range (rand, 1, 60));
      const Sample *last = &g_array_index (samples, Sample, samples->len - 3);
      ConsetFormula *formulas[] = { last[0].formula, last[1].formula, last[2].formula };
      GError *error = NULL;
      ConsetProjection *projection = conset_projection_formula (formulas, 3, &error);
      double result[3], x[n], y[n], z_axis[n];
      guint place = (guint) g_rand_int_range (rand, 0, n);
      g_autoptr (ConsetTape) tape = NULL;

      ck_assert_msg (projection != NULL, "%s", error != NULL ? error->message : "");
      if (conset_projection_apply (projection, 3, position, result, NULL))
        for (guint d = 0; d < 3; d++)
          ck_assert_mem_eq (&result[d], &last[d].value, sizeof result[d]);
      conset_projection_unref (projection);

      ck_assert (conset_set_isa (isas[trial % 2]) || trial % 2 > 0);
      tape = conset_formula_compile (formulas, 3, NULL);
      for (guint k = 0; k < n; k++)
        {
          x[k] = k == place ? position[0] : g_rand_double (rand);
          y[k] = k == place ? position[1] : g_rand_double (rand);
          z_axis[k] = k == place ? position[2] : g_rand_double (rand);
        }
      conset_tape_run (tape, (double *[]){ x, y, z_axis }, n);
      ck_assert_double_eq (x[place], last[0].value);
      ck_assert_double_eq (y[place], last[1].value);
      ck_assert_double_eq (z_axis[place], last[2].value);
      free_samples (samples);
    }
  conset_set_isa ("auto");
}
END_TEST

START_TEST (coordinates_may_change_places)
{
  ConsetFormula *formulas[] = { axis (1), number (7.0), axis (0) };
  g_autoptr (ConsetProjection) projection = conset_projection_formula (formulas, 3, NULL);
  g_autoptr (ConsetGeometry) geometry = conset_project (
    conset_projection_ref (projection), conset_geometry_grid2d (40, 40, NULL, NULL));

  for (guint d = 0; d < 3; d++)
    conset_formula_unref (formulas[d]);
  ck_assert_uint_eq (conset_projection_n_dimensions (projection), 3);
  ck_assert_uint_eq (conset_geometry_n_dimensions (geometry), 3);
  assert_at (geometry, 41, 0.025, 7.0, 0.025);
  assert_at (geometry, 3, 0.0, 7.0, 1.0 / 40.0 * 3.0);
  assert_consistent (geometry);
}
END_TEST

/* Formulas that share all their parts are small tapes, and soon too large to print. */
START_TEST (large_formulas_are_refused)
{
  ConsetFormula *formula = axis (0);
  GError *error = NULL;

  for (guint k = 0; formula != NULL && k < 30; k++)
    {
      ConsetFormula *next = conset_formula_binary (CONSET_BINARY_ADD, formula, formula, &error);

      conset_formula_unref (formula);
      formula = next;
      ck_assert (formula != NULL || k >= 15);
    }
  ck_assert_ptr_null (formula);
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  ck_assert (g_str_has_prefix (error->message, "the formula has more than 1000 operations in one "
                                               "another, or 100000 in all"));
  g_clear_error (&error);
}
END_TEST

/* The sum of n sines, times the sum of their squares: all sines have to be kept. */
static ConsetFormula *
wide_formula (guint n)
{
  ConsetFormula *sum = number (0.0), *squares = number (0.0);

  for (guint k = 0; k < n; k++)
    {
      ConsetFormula *sine =
        unary (CONSET_UNARY_SIN, binary (CONSET_BINARY_MULTIPLY, axis (0), number (k + 1.5)));

      sum = binary (CONSET_BINARY_ADD, sum, conset_formula_ref (sine));
      squares = binary (CONSET_BINARY_ADD, squares,
                        binary (CONSET_BINARY_MULTIPLY, conset_formula_ref (sine), sine));
    }
  return binary (CONSET_BINARY_MULTIPLY, sum, squares);
}

START_TEST (wide_formulas_are_refused)
{
  enum
  {
    n = 900
  };
  ConsetFormula *wide = wide_formula (480), *wider = wide_formula (600);
  g_autoptr (ConsetTape) tape = conset_formula_compile (&wide, 1, NULL);
  double x[n], y[n] = { 0.0 }, other[n] = { 0.0 };
  GError *error = NULL;

  ck_assert_ptr_nonnull (tape);
  for (guint k = 0; k < n; k++)
    x[k] = k / 7.0;
  conset_tape_run (tape, (double *[]){ x, y, other }, n);
  for (guint k = 0; k < n; k++)
    {
      double sum = 0.0, squares = 0.0;

      for (guint i = 0; i < 480; i++)
        {
          sum += sin (k / 7.0 * (i + 1.5));
          squares += sin (k / 7.0 * (i + 1.5)) * sin (k / 7.0 * (i + 1.5));
        }
      ck_assert_double_eq_tol (x[k], sum * squares, 1e-9);
    }
  ck_assert (conset_formula_compile (&wider, 1, &error) == NULL);
  ck_assert_str_eq (error->message, "the formula keeps too many results at once; "
                                    "use a projection of two steps");
  g_clear_error (&error);
  conset_formula_unref (wide);
  conset_formula_unref (wider);
}
END_TEST

/* }}} */

/* {{{ other projections */

START_TEST (affine_maps_are_their_matrices)
{
  static const double turn[] = { 0.0, -1.0, 1.0, 0.0 }, offset[] = { 10.0, 20.0, 30.0 };
  static const double lift[] = { 1.0, 2.0, 3.0, 4.0, 5.0, 6.0 };
  g_autoptr (ConsetGeometry) grid = conset_geometry_grid2d (5, 4, NULL, NULL);
  g_autoptr (ConsetGeometry) turned =
    conset_project (conset_projection_affine (2, 2, turn, NULL), conset_geometry_ref (grid));
  g_autoptr (ConsetGeometry) lifted =
    conset_project (conset_projection_affine (2, 3, lift, offset), conset_geometry_ref (grid));
  g_autoptr (ConsetGeometry) dropped =
    conset_project (conset_projection_affine (3, 2, lift, offset), conset_geometry_ref (lifted));

  assert_consistent (turned);
  assert_consistent (lifted);
  assert_consistent (dropped);
  for (guint64 i = 0; i < 20; i++)
    {
      double a[3], x, y, z_axis;

      look_up (grid, i, a);
      assert_at (turned, i, -a[1], a[0], 0.0);
      x = 1.0 * a[0] + 2.0 * a[1] + 10.0;
      y = 3.0 * a[0] + 4.0 * a[1] + 20.0;
      z_axis = 5.0 * a[0] + 6.0 * a[1] + 30.0;
      assert_at (lifted, i, x, y, z_axis);
      assert_at (dropped, i, x + 2.0 * y + 3.0 * z_axis + 10.0,
                 4.0 * x + 5.0 * y + 6.0 * z_axis + 20.0, 0.0);
    }
}
END_TEST

static void
square_x (const double *position, double *result, gpointer user_data)
{
  result[0] = position[0] * position[0];
  result[1] = position[1] + *(double *) user_data;
}

static void
count_call (gpointer user_data)
{
  ++*(guint *) user_data;
}

START_TEST (functions_are_called)
{
  static const double twice[] = { 2.0, 0.0, 0.0, 2.0 };
  double shift = 0.5;
  guint n_calls = 0;
  ConsetProjection *callback = conset_projection_callback ("square", 2, 2, square_x, &shift, NULL);
  ConsetProjection *affine = conset_projection_affine (2, 2, twice, NULL);
  g_autoptr (ConsetProjection) both =
    conset_projection_compose (conset_projection_ref (callback), conset_projection_ref (affine));
  g_autoptr (ConsetProjection) other = conset_projection_compose (affine, callback);
  static const double position[] = { 3.0, 4.0 };
  double result[2];

  ck_assert (conset_projection_apply (both, 2, position, result, NULL));
  ck_assert_double_eq (result[0], 36.0);
  ck_assert_double_eq (result[1], 8.5);
  ck_assert (conset_projection_apply (other, 2, position, result, NULL));
  ck_assert_double_eq (result[0], 18.0);
  ck_assert_double_eq (result[1], 9.0);
  conset_projection_unref (conset_projection_callback ("f", 2, 2, square_x, &n_calls, count_call));
  ck_assert_uint_eq (n_calls, 1);
  conset_projection_unref (conset_projection_callback ("f", 2, 4, square_x, &n_calls, count_call));
  ck_assert_uint_eq (n_calls, 2);
}
END_TEST

/* The example of Python CSA and its inverse: 7.7 log (z + 0.33). */
static ConsetProjection *
to_cortex (void)
{
  return parts_of (
    binary (CONSET_BINARY_MULTIPLY, number (7.7),
            unary (CONSET_UNARY_LOG,
                   complex_of (binary (CONSET_BINARY_ADD, axis (0), number (0.33)), axis (1)))));
}

static ConsetProjection *
to_visual_field (void)
{
  return parts_of (binary (
    CONSET_BINARY_SUBTRACT,
    unary (CONSET_UNARY_EXP, binary (CONSET_BINARY_DIVIDE, z (), number (7.7))), number (0.33)));
}

START_TEST (inverse_projections_undo_one_another)
{
  g_autoptr (ConsetGeometry) grid = conset_geometry_grid2d (30, 30, NULL, NULL);
  g_autoptr (ConsetGeometry) cortex = conset_project (to_cortex (), conset_geometry_ref (grid));
  g_autoptr (ConsetGeometry) back =
    conset_project (to_visual_field (), conset_geometry_ref (cortex));
  g_autoptr (ConsetGeometry) at_once = conset_project (
    conset_projection_compose (to_visual_field (), to_cortex ()), conset_geometry_ref (grid));

  assert_consistent (cortex);
  assert_consistent (at_once);
  for (guint64 i = 0; i < 900; i++)
    {
      double a[3], b[3];
      guint64 nearest;

      look_up (grid, i, a);
      look_up (back, i, b);
      assert_at (at_once, i, b[0], b[1], 0.0);
      ck_assert_double_eq_tol (b[0], a[0], 1e-14);
      ck_assert_double_eq_tol (b[1], a[1], 1e-14);
      look_up (cortex, i, a);
      ck_assert (conset_geometry_nearest (cortex, a, &nearest, NULL));
      ck_assert_uint_eq (nearest, i);
    }
}
END_TEST

/* }}} */

/* {{{ text and errors */

static void
assert_text (ConsetProjection *projection, const char *expected)
{
  g_autofree char *text = conset_projection_to_string (projection);

  ck_assert_str_eq (text, expected);
  conset_projection_unref (projection);
}

START_TEST (projections_print)
{
  static const double turn[] = { 0.0, -1.0, 1.0, 0.5 }, offset[] = { 0.0, 1.0 };
  double shift = 0.0;

  assert_text (conset_projection_affine (2, 2, turn, NULL), "affine([(0, -1), (1, 0.5)])");
  assert_text (conset_projection_affine (2, 2, turn, offset),
               "affine([(0, -1), (1, 0.5)], (0, 1))");
  assert_text (conset_projection_callback ("mine", 2, 2, square_x, &shift, NULL), "<mine>");
  assert_text (to_cortex (),
               "ProjectionOperator(lambda p: ((7.7 * cmath.log(complex(p[0] + 0.33, p[1]))).real, "
               "(7.7 * cmath.log(complex(p[0] + 0.33, p[1]))).imag))");
  assert_text (conset_projection_compose (conset_projection_affine (2, 2, turn, NULL),
                                          conset_projection_affine (2, 2, turn, NULL)),
               "affine([(0, -1), (1, 0.5)]) * affine([(0, -1), (1, 0.5)])");
}
END_TEST

static void
assert_error (ConsetProjection *projection, const char *expected)
{
  g_autoptr (GError) error = NULL;
  static const double position[] = { 0.0, 0.0, 0.0 };
  double result[3];

  ck_assert (!conset_projection_check (projection, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  ck_assert_str_eq (error->message, expected);
  ck_assert_uint_eq (conset_projection_n_dimensions (projection), 0);
  ck_assert (!conset_projection_apply (projection, 2, position, result, NULL));
  conset_projection_unref (projection);
}

static ConsetProjection *
flat (guint n_from, guint n_to)
{
  static const double matrix[9] = { 0.0 };

  return conset_projection_affine (n_from, n_to, matrix, NULL);
}

START_TEST (wrong_arguments_are_errors)
{
  static const double nan[] = { NAN, 0.0, 0.0, 0.0 };
  g_autoptr (ConsetGeometry) clash =
    conset_project (flat (3, 2), conset_geometry_grid2d (3, 3, NULL, NULL));
  g_autoptr (ConsetGeometry) wrong =
    conset_project (flat (4, 2), conset_geometry_grid2d (3, 3, NULL, NULL));
  GError *error = NULL;

  assert_error (flat (2, 4), "affine: from 2 dimensions to 4; use 2 or 3");
  assert_error (conset_projection_affine (2, 2, nan, NULL),
                "affine: number 0 of the matrix is not finite; give finite numbers");
  assert_error (conset_projection_affine (2, 2, NULL, NULL),
                "affine: there is no matrix; pass one");
  assert_error (conset_projection_callback ("f", 2, 2, NULL, NULL, NULL),
                "callback(f): there is no function; pass one");
  assert_error (conset_projection_compose (flat (3, 2), flat (2, 2)),
                "affine([(0, 0, 0), (0, 0, 0)]) * affine([(0, 0), (0, 0)]): the projection takes 3 "
                "dimensions, not 2; use another projection, or other positions");
  assert_error (conset_projection_compose (flat (3, 2), flat (2, 5)),
                "affine: from 2 dimensions to 5; use 2 or 3");
  ck_assert (!conset_geometry_check (clash, &error));
  ck_assert_str_eq (
    error->message,
    "affine([(0, 0, 0), (0, 0, 0)]) * grid2d(3, height=3): the projection takes 3 dimensions, "
    "not 2; use another projection, or other positions");
  g_clear_error (&error);
  ck_assert (!conset_geometry_check (wrong, &error));
  ck_assert_str_eq (error->message, "affine: from 4 dimensions to 2; use 2 or 3");
  g_clear_error (&error);
}
END_TEST

START_TEST (positions_without_image_are_errors)
{
  static const double positions[] = { 1.0, 0.0, -0.33, 0.0, 2.0, 0.0 };
  g_autoptr (ConsetGeometry) geometry =
    conset_project (to_cortex (), conset_geometry_array (2, positions, 3));
  g_autoptr (ConsetProjection) projection = to_cortex ();
  GError *error = NULL;
  double at[6];
  guint64 nearest;

  ck_assert (!conset_geometry_positions (geometry, 0, NULL, 3, at, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_VALUE));
  ck_assert (strstr (error->message, "coordinate x of position 1 is -inf") != NULL);
  g_clear_error (&error);
  ck_assert (!conset_geometry_nearest (geometry, at, &nearest, &error));
  ck_assert (strstr (error->message, "coordinate x of position 1 is -inf") != NULL);
  g_clear_error (&error);
  ck_assert (!conset_projection_apply (projection, 2, positions + 2, at, &error));
  ck_assert (strstr (error->message, "coordinate x of the result is not finite") != NULL);
  g_clear_error (&error);
}
END_TEST

START_TEST (deep_compositions_are_refused)
{
  ConsetProjection *projection = flat (2, 2);

  for (guint k = 0; k < 99; k++)
    projection = conset_projection_compose (projection, flat (2, 2));
  ck_assert (conset_projection_check (projection, NULL));
  assert_error (conset_projection_compose (projection, flat (2, 2)),
                "a composition of more than 100 projections; make one of them that does it all");
}
END_TEST

/* }}} */

static Suite *
projection_suite (void)
{
  Suite *suite = suite_create ("projection");
  TCase *tcase = test_case_add (suite, "formulas");

  tcase_add_loop_test (tcase, complex_functions_are_those_of_c, 0, N_FUNCTIONS);
  tcase_add_test (tcase, logarithms_are_exact_near_one);
  tcase_add_test (tcase, branch_cuts_are_those_of_c);
  tcase_add_loop_test (tcase, random_formulas_are_what_they_say, 0, 10);
  tcase_add_test (tcase, coordinates_may_change_places);
  tcase_add_test (tcase, large_formulas_are_refused);
  tcase_add_test (tcase, wide_formulas_are_refused);
  tcase = test_case_add (suite, "projections");
  tcase_add_test (tcase, affine_maps_are_their_matrices);
  tcase_add_test (tcase, functions_are_called);
  tcase_add_test (tcase, inverse_projections_undo_one_another);
  tcase = test_case_add (suite, "errors");
  tcase_add_test (tcase, projections_print);
  tcase_add_test (tcase, wrong_arguments_are_errors);
  tcase_add_test (tcase, positions_without_image_are_errors);
  tcase_add_test (tcase, deep_compositions_are_refused);
  return suite;
}

int
main (void)
{
  return test_run (projection_suite ());
}
