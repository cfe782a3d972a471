/* SPDX-License-Identifier: MIT */
/*
 * Kernels as connection sets: the counts and sums of weights of braintools' fourth tutorial, made
 * of the text language and in C; members and values against their definition, pair by pair;
 * autapses; units; text and errors.
 */
#include "everywhere.h"
#include "support.h"

#include <math.h>
#include <string.h>

#define SIDE 20
#define N (SIDE * SIDE)

/* As numpy.linspace (0, 1000, 20): all but the last are multiples of a step. */
static double
node (guint k)
{
  return k == SIDE - 1 ? 1000.0 : k * (1000.0 / (SIDE - 1));
}

/* The grid of the tutorial, row by row. */
static ConsetGeometry *
tutorial_grid (void)
{
  double positions[2 * N];

  for (guint k = 0; k < N; k++)
    {
      positions[2 * k] = node (k % SIDE);
      positions[2 * k + 1] = node (k / SIDE);
    }
  return conset_geometry_array (2, positions, N);
}

/* The same as text, each coordinate times @scale. */
static char *
tutorial_text (const char *unit, double divisor)
{
  GString *text = g_string_new ("positions([");
  char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint k = 0; k < N; k++)
    {
      g_ascii_dtostr (x, sizeof x, node (k % SIDE) / divisor);
      g_ascii_dtostr (y, sizeof y, node (k / SIDE) / divisor);
      g_string_append_printf (text, "%s(%s, %s)", k > 0 ? ", " : "", x, y);
    }
  g_string_append_printf (text, "])%s", unit);
  return g_string_free (text, FALSE);
}

static Conset *
read_with_grid (const char *unit, const char *expression)
{
  g_autofree char *grid = tutorial_text (unit, 1.0);
  g_autofree char *text = g_strdup_printf ("g = %s; %s", grid, expression);

  return test_read (text);
}

/* The number of connections, and the sum of column @column. */
static guint64
add_up (const Conset *set, guint column, double *sum)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  ConsetBatch batch;
  guint64 n = 0;

  *sum = 0.0;
  while (conset_iter_next_batch (iter, &batch))
    {
      n += batch.n;
      for (gsize k = 0; k < batch.n; k++)
        *sum += batch.values[column][k];
    }
  return n;
}

/* {{{ the tutorial */

#define SPIRAL                                                                                     \
  "lambda x, y: exp(-sqrt(x ** 2 + y ** 2) / 100) * cos(sqrt(x ** 2 + y ** 2) / 30 + 3 * "         \
  "atan2(y, x))"
#define ABSOLUTE ", pruning=\"absolute\""

/* @without: autapses left out; the sum of weights where @sum says so */
static const struct
{
  const char *text;
  guint64 with;
  guint64 without;
} counts[] = {
  { "GaussianKernel(g, sigma=100*um, max_distance=300*um, weight=5*nS" ABSOLUTE, 20096, 19696 },
  { "GaussianKernel(g, sigma=100*um, max_distance=300*um, weight=5*nS", 31240, 30840 },
  { "GaussianKernel(g, sigma=100*um, weight=5*nS, normalize=False" ABSOLUTE, 31240, 30840 },
  { "GaborKernel(g, 80*um, 0.015, 0, max_distance=240*um, weight=2*nS" ABSOLUTE, 22400, 22000 },
  { "GaborKernel(g, 80*um, 0.015, pi/4, max_distance=240*um, weight=2*nS" ABSOLUTE, 22400, 22000 },
  { "GaborKernel(g, 80*um, 0.015/um, pi/2, weight=2*nS", 22400, 22000 },
  { "GaborKernel(g, 0.08*mm, 15/mm, 3*pi/4, 0, 0.24*mm, weight=2*nS" ABSOLUTE, 22400, 22000 },
  { "DoGKernel(g, sigma_center=50*um, sigma_surround=100*um, amplitude_center=1.0, "
    "amplitude_surround=0.8, max_distance=300*um, weight=3*nS" ABSOLUTE,
    31240, 30840 },
  { "DoGKernel(g, 50*um, 100*um, weight=3*nS", 31240, 30840 },
  { "MexicanHat(g, sigma=60*um, max_distance=240*um, weight=3*nS" ABSOLUTE, 22400, 22000 },
  { "MexicanHat(g, sigma=60*um, weight=3*nS", 22400, 22000 },
  { "CustomKernel(g, " SPIRAL ", kernel_size=400*um, threshold=0.1, weight=2*nS", 11990, 11590 },
};

#define N_COUNTS ((int) G_N_ELEMENTS (counts))

START_TEST (counts_are_those_of_the_tutorial)
{
  g_autofree char *with = g_strdup_printf ("%s, allow_self_connections=True)", counts[_i].text);
  g_autofree char *without = g_strdup_printf ("%s)", counts[_i].text);
  g_autoptr (Conset) all = read_with_grid (" * um", with);
  g_autoptr (Conset) others = read_with_grid (" * um", without);
  double sum;

  ck_assert_uint_eq (add_up (all, 0, &sum), counts[_i].with);
  ck_assert_uint_eq (add_up (others, 0, &sum), counts[_i].without);
  ck_assert_str_eq (conset_column_unit (all, 0), "nS");
}
END_TEST

START_TEST (sums_of_weights_are_those_of_the_tutorial)
{
  const char *text = "GaborKernel(g, 80*um, 0.015, pi/4, max_distance=240*um, weight=2*nS%s)";
  g_autofree char *with = g_strdup_printf (text, ", allow_self_connections=True");
  g_autofree char *without = g_strdup_printf (text, "");
  g_autoptr (Conset) all = read_with_grid (" * um", with);
  g_autoptr (Conset) others = read_with_grid (" * um", without);
  double sum;

  add_up (all, 0, &sum);
  ck_assert_double_eq_tol (sum, 1.616358, 5e-7);
  add_up (others, 0, &sum);
  ck_assert_double_eq_tol (sum, -798.383642, 5e-7);
}
END_TEST

/* The surround alone is left of a grid without autapses. */
START_TEST (the_greatest_weight_of_the_difference)
{
  g_autoptr (Conset) set = read_with_grid (" * um", "DoGKernel(g, 50*um, 100*um, weight=3*nS)");
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  ConsetBatch batch;
  double most = -INFINITY;

  while (conset_iter_next_batch (iter, &batch))
    for (gsize k = 0; k < batch.n; k++)
      most = fmax (most, batch.values[0][k]);
  ck_assert_double_eq_tol (most, -0.0285, 5e-5);
}
END_TEST

/* Those of section 7: parts of a population are not the same as all of it. */
START_TEST (excitatory_and_inhibitory_neurons_near_each_other)
{
  g_autoptr (Conset) set = test_read (
    "g = random2d(400, 1000, 1000, seed=1) * um;"
    "e = GaussianKernel((part(g, 0, 320), g), 120*um, 360*um, weight=1.0*nS" ABSOLUTE ");"
    "i = GaussianKernel((part(g, 320, 400), g), 60*um, 180*um, weight=-1.2*nS" ABSOLUTE ");"
    "e + shift(320, 0) * i");
  g_autoptr (GError) error = NULL;
  const ConsetWindow e = { 0, 320, 0, 400 }, i = { 320, 400, 0, 400 };
  guint64 n_e = 0, n_i = 0, n = 0;

  ck_assert (conset_count (set, &e, &n_e, NULL) && conset_count (set, &i, &n_i, NULL)
             && conset_count (set, NULL, &n, NULL));
  ck_assert_uint_eq (n, n_e + n_i);
  ck_assert (n_e > 20000 && n_e < 27000);
  ck_assert (n_i > 2000 && n_i < 3300);
  for (guint64 k = 0; k < 320; k++)
    ck_assert (conset_contains (set, k, k));
}
END_TEST

/* }}} */
/* {{{ in C */

static double
spiral (const double *way, gpointer user_data G_GNUC_UNUSED)
{
  double r = sqrt (way[0] * way[0] + way[1] * way[1]);

  return exp (-r / 100.0) * cos (r / 30.0 + 3.0 * atan2 (way[1], way[0]));
}

static Conset *
make_in_c (int which, const ConsetKernelSet *set)
{
#define NUMBER conset_value_constant
  static const double matrix[] = { 0.0, 1.0, 0.0, 1.0, -4.0, 1.0, 0.0, 1.0, 0.0 };

  switch (which)
    {
    case 0:
      return conset_kernel_set_gaussian (set, NUMBER (100.0), NUMBER (300.0), TRUE);
    case 1:
      return conset_kernel_set_gabor (set, NUMBER (80.0), NUMBER (0.015), NUMBER (0.0), NULL, NULL);
    case 2:
      return conset_kernel_set_difference_of_gaussians (set, NUMBER (50.0), NUMBER (100.0), NULL,
                                                        NULL, NULL);
    case 3:
      return conset_kernel_set_mexican_hat (set, NUMBER (60.0), NULL);
    case 4:
      return conset_kernel_set_custom (set, "spiral", spiral, NULL, NULL, NULL, NUMBER (400.0));
    case 5:
      return conset_kernel_set_conv2d (set, matrix, 3, 3, NUMBER (130.0));
    case 6:
      return conset_kernel_set_laplacian (set, 8, NUMBER (130.0));
    default:
      return conset_kernel_set_sobel (set, CONSET_EDGE_BOTH, NUMBER (130.0));
    }
#undef NUMBER
}

/* Of the grid: 4 * 19 * 20 pairs are neighbours, 8 with the corners. */
static const guint64 counts_in_c[] = { 20096, 22400, 31240, 22400, 11990, 1920, 3364, 2964 };

#define N_IN_C ((int) G_N_ELEMENTS (counts_in_c))

START_TEST (sets_are_made_in_c)
{
  ConsetKernelSet near = CONSET_KERNEL_SET_INIT (tutorial_grid ());
  g_autoptr (Conset) set = NULL, mask = NULL;
  double sum, delays;

  near.allow_self_connections = TRUE;
  near.absolute = _i < 4;
  if (_i == 4)
    near.threshold = 0.1;
  near.weight = conset_value_constant (2.0);
  near.delay = conset_value_constant (1.5);
  set = make_in_c (_i, &near);
  ck_assert_uint_eq (add_up (set, 0, &sum), counts_in_c[_i]);
  ck_assert_uint_eq (add_up (set, 1, &delays), counts_in_c[_i]);
  ck_assert_double_eq (delays, 1.5 * (double) counts_in_c[_i]);
  ck_assert_str_eq (conset_column_name (set, 1), "delay");
  mask = conset_mask (conset_ref (set));
  assert_same_everywhere (mask, 60);
}
END_TEST

/* }}} */
/* {{{ definitions */

/* Members and weights of GaussianKernel over @text, a geometry, pair by pair. */
START_TEST (members_and_weights_are_as_defined)
{
  static const char *const places[] = {
    "random2d(60, 1000, 800, seed=1)",
    "grid2d(8, 1000, 1000)",
    "(random2d(40, 1000, 1000, seed=1), grid2d(8, 1000, 1000))",
    "random3d(60, 1000, 800, 900, seed=1)",
  };
  const char *place = places[_i];
  gboolean is_pair = place[0] == '(', is_solid = strstr (place, "3d") != NULL;
  g_autofree char *flat = g_strdup (place + is_pair);
  g_autofree char *text = g_strdup_printf ("GaussianKernel(%s, 125, 375, weight=3)", place);
  g_autofree char *metric = NULL;
  g_autoptr (Conset) set = test_read (text), mask = conset_mask (conset_ref (set));
  g_autoptr (ConsetValue) weight = conset_value_of (conset_ref (set), 0), d = NULL;
  guint64 n_sources = is_pair ? 40 : 60, n_targets = 60;

  if (is_pair)
    flat[strlen (flat) - 1] = '\0';
  metric =
    g_strdup_printf (is_solid ? "cset(full, euclidMetric2d(affine([(1, 0, 0), (0, 1, 0)]) * %s))"
                              : "cset(full, euclidMetric2d(%s))",
                     flat);
  d = conset_value_of (test_read (metric), 0);
  for (guint64 j = 0; j < n_targets; j++)
    for (guint64 i = 0; i < n_sources; i++)
      {
        double distance = conset_value_at (d, i, j);
        double k =
          exp (-distance * distance / (2.0 * 125.0 * 125.0)) / (2.0 * G_PI * 125.0 * 125.0);
        gboolean expected = distance <= 375.0 && (is_pair || i != j);

        if (conset_contains (set, i, j) != expected
            || (expected && !(fabs (conset_value_at (weight, i, j) - 3.0 * k) < 1e-15)))
          ck_abort_msg ("%s: (%d, %d)", place, (int) i, (int) j);
      }
  assert_same_everywhere (mask, 40);
}
END_TEST

/* Autapses go where both have the same positions, whatever they are made of. */
START_TEST (autapses_are_of_the_same_positions)
{
  static const struct
  {
    const char *geometry;
    gboolean kept;
  } examples[] = {
    { "grid2d(5)", FALSE },
    { "(grid2d(5), grid2d(5))", FALSE },
    { "(grid2d(5), part(grid2d(5), 0, 25))", FALSE },
    { "(part(grid2d(5), 0, 20), grid2d(5))", TRUE },
    { "(grid2d(5), grid2d(5, x0=0.125))", TRUE },
    { "random2d(seed=1)", FALSE },
    { "(random2d(seed=1), random2d(seed=1))", FALSE },
    { "(random2d(seed=1), random2d(seed=2))", TRUE },
  };

  for (guint k = 0; k < G_N_ELEMENTS (examples); k++)
    {
      g_autofree char *text = g_strdup_printf ("GaussianKernel(%s, 0.5)", examples[k].geometry);
      g_autoptr (Conset) set = test_read (text);
      g_autofree char *allowed = g_strdup_printf (
        "GaussianKernel(%s, 0.5, allow_self_connections=True)", examples[k].geometry);
      g_autoptr (Conset) all = test_read (allowed);

      ck_assert_msg (conset_contains (set, 3, 3) == examples[k].kept, "%s", text);
      ck_assert (conset_contains (all, 3, 3));
    }
}
END_TEST

/* No member and no weight differs between a model in um and one in mm. */
START_TEST (mm_are_um)
{
  static const char *const models[][2] = {
    { "GaussianKernel(grid2d(12, 1100, 1100) * um, 100*um, 300*um, weight=5*nS)",
      "GaussianKernel(grid2d(12, 1.1, 1.1) * mm, 0.1*mm, 0.3*mm, weight=5*nS)" },
    { "GaborKernel(grid2d(12, 1100, 1100) * um, 80*um, 0.015/um, 0.7)",
      "GaborKernel(grid2d(12, 1.1, 1.1) * mm, 0.08*mm, 15/mm, 0.7)" },
    { "DoGKernel(grid2d(12, 1100, 1100) * um, 50*um, 100*um)",
      "DoGKernel(grid2d(12, 1.1, 1.1) * mm, 0.05*mm, 0.1*mm)" },
    { "MexicanHat(grid2d(12, 1100, 1100) * um, 60*um)",
      "MexicanHat(grid2d(12, 1.1, 1.1) * mm, 0.06*mm)" },
    { "LaplacianKernel(grid2d(12, 1100, 1100) * um, kernel_size=200*um)",
      "LaplacianKernel(grid2d(12, 1.1, 1.1) * mm, kernel_size=0.2*mm)" },
    { "cset(support(gaussian(100*um, 300*um) * euclidMetric2d(grid2d(12, 1100, 1100) * um)), 1)",
      "cset(support(gaussian(0.1*mm, 0.3*mm) * euclidMetric2d(grid2d(12, 1.1, 1.1) * mm)), 1)" },
  };
  g_autoptr (Conset) um = test_read (models[_i][0]);
  g_autoptr (Conset) mm = test_read (models[_i][1]);
  g_autofree guint8 *a = matrix_of (um, 144, CONSET_TARGET_MAJOR);
  g_autofree guint8 *b = matrix_of (mm, 144, CONSET_TARGET_MAJOR);
  g_autoptr (ConsetValue) u = conset_value_of (conset_ref (um), 0);
  g_autoptr (ConsetValue) v = conset_value_of (conset_ref (mm), 0);
  /* The density of a normalized Gaussian is to a square of the unit. */
  double factor = _i == 0 ? 1e-6 : 1.0;

  ck_assert_mem_eq (a, b, 144 * 144);
  for (guint64 j = 0; j < 144; j++)
    for (guint64 i = 0; i < 144; i++)
      if (a[j * 144 + i])
        {
          double x = conset_value_at (u, i, j), y = conset_value_at (v, i, j) * factor;

          if (factor == 1.0 ? x != y : fabs (x - y) > 1e-12 * fabs (x))
            ck_abort_msg ("%.17g, not %.17g", x, y);
        }
}
END_TEST

/* }}} */
/* {{{ text */

static const char *const texts[] = {
  "GaussianKernel(grid2d(4), sigma=0.2)",
  "GaussianKernel((grid2d(4), random2d(9, seed=3)), sigma=0.2, max_distance=0.5, normalize=False, "
  "weight=2 * nS, delay=1.5 * ms, allow_self_connections=True, threshold=0.01, "
  "pruning=\"absolute\")",
  "GaborKernel(grid2d(4), sigma=0.2, frequency=2, theta=0.5, phase=0.1, max_distance=0.5)",
  "DoGKernel(grid2d(4), sigma_center=0.2, sigma_surround=0.4, amplitude_center=2, "
  "amplitude_surround=0.5, max_distance=0.5)",
  "MexicanHat(grid2d(4), sigma=0.2, max_distance=0.5)",
  "Conv2dKernel(grid2d(4), [[0, 1.5], [2, -4]], kernel_size=0.6, threshold=1)",
  "SobelKernel(grid2d(4), direction=\"vertical\", kernel_size=0.6)",
  "LaplacianKernel(grid2d(4), kernel_type=\"8-connected\", kernel_size=0.6, weight=i)",
  "CustomKernel(grid2d(4), lambda p: p[0] * p[1], kernel_size=0.6, threshold=0.01)",
};

START_TEST (sets_print_as_they_were_made)
{
  g_autofree char *moved = g_strdup_printf ("shift(2, 3) * %s", texts[_i]);

  test_assert_prints (texts[_i], texts[_i]);
  test_assert_prints (moved, moved);
}
END_TEST

static const struct
{
  const char *text;
  const char *message;
} errors[] = {
  { "GaussianKernel(grid2d(4), 0)",
    "GaussianKernel: gaussian(sigma=0): must be above 0; give a length" },
  { "GaussianKernel(grid2d(4) * um, 2)",
    "gaussian(sigma=2): is a pure number, and distances are in um; give it a unit" },
  { "GaussianKernel(grid2d(4), 1, threshold=-1)",
    "threshold: must be a number that is not below 0" },
  { "GaussianKernel(grid2d(4), 1, pruning=\"none\")", "'none' is none of 'relative', 'absolute'" },
  { "GaussianKernel(full, 1)", "a geometry, or a pair of geometries, is needed, not " },
  { "GaussianKernel((grid2d(4), 3), 1)",
    "a geometry, or a pair of geometries, is needed, not the integer 3" },
  { "CustomKernel(grid2d(4), 3, 1)",
    "a function of the displacement is needed, such as lambda x, y: exp(-abs(x) - abs(y)), not the "
    "integer 3" },
  { "LaplacianKernel(grid2d(4), kernel_type=\"5-connected\")",
    "'5-connected' is none of '4-connected', '8-connected'" },
  { "GaborKernel(grid2d(4), 1, 2)", "theta" },
};

START_TEST (wrong_arguments_are_errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_parse (errors[_i].text, 1, &error);

  ck_assert_ptr_null (set);
  ck_assert_msg (strstr (error->message, errors[_i].message) != NULL, "%s", error->message);
}
END_TEST

/* }}} */

static Suite *
kernel_sets_suite (void)
{
  Suite *suite = suite_create ("kernel sets");
  TCase *tcase = test_case_add (suite, "tutorial");

  tcase_add_loop_test (tcase, counts_are_those_of_the_tutorial, 0, N_COUNTS);
  tcase_add_test (tcase, sums_of_weights_are_those_of_the_tutorial);
  tcase_add_test (tcase, the_greatest_weight_of_the_difference);
  tcase_add_test (tcase, excitatory_and_inhibitory_neurons_near_each_other);
  tcase_add_loop_test (tcase, sets_are_made_in_c, 0, N_IN_C);
  tcase = test_case_add (suite, "definitions");
  tcase_add_loop_test (tcase, members_and_weights_are_as_defined, 0, 4);
  tcase_add_test (tcase, autapses_are_of_the_same_positions);
  tcase_add_loop_test (tcase, mm_are_um, 0, 6);
  tcase = test_case_add (suite, "text");
  tcase_add_loop_test (tcase, sets_print_as_they_were_made, 0, (int) G_N_ELEMENTS (texts));
  tcase_add_loop_test (tcase, wrong_arguments_are_errors, 0, (int) G_N_ELEMENTS (errors));
  return suite;
}

int
main (void)
{
  return test_run (kernel_sets_suite ());
}
