/* SPDX-License-Identifier: MIT */
/*
 * Geometries, metrics, projections and definitions in the text language: what they print, which is
 * read back as the same, what they are, and every error with its place.
 */
#include "support.h"

#include <math.h>
#include <string.h>

/* {{{ value sets: what the random set that has them for probabilities prints */

static const TestExample values[] = {
  /* Geometries */
  { "euclidMetric2d (grid2d (30))", "euclidMetric2d(grid2d(30))" },
  { "euclidMetric2d (grid2d (30, 8, yScale=2.5, x0=-7))",
    "euclidMetric2d(grid2d(30, xScale=8, yScale=2.5, x0=-7))" },
  { "euclidMetric2d (grid2d (30, height=20))", "euclidMetric2d(grid2d(30, height=20))" },
  { "euclidMetric3d (grid3d (7, zScale=2, z0=1, height=8, depth=9))",
    "euclidMetric3d(grid3d(7, zScale=2, z0=1, height=8, depth=9))" },
  { "euclidMetric2d (hexagonal2d (10))", "euclidMetric2d(hexagonal2d(10))" },
  { "euclidMetric2d (hexagonal2d (10, 0.25, height=3))",
    "euclidMetric2d(hexagonal2d(10, spacing=0.25, height=3))" },
  { "euclidMetric2d (random2d (900, seed=7))", "euclidMetric2d(random2d(900, seed=7))" },
  { "euclidMetric2d (random2d (900, 2, x0=1, seed=7))",
    "euclidMetric2d(random2d(900, seed=7, xScale=2, x0=1))" },
  { "euclidMetric3d (random3d (seed=7))", "euclidMetric3d(random3d(seed=7))" },
  { "euclidMetric2d (positions ([(0, 1), (2.5, -3)]))",
    "euclidMetric2d(positions([(0, 1), (2.5, -3)]))" },
  { "euclidMetric3d (positions ([(0, 1, 2)]))", "euclidMetric3d(positions([(0, 1, 2)]))" },
  { "euclidMetric3d (positions ([], dimensions=3))",
    "euclidMetric3d(positions([], dimensions=3))" },
  { "euclidMetric2d (jitter (grid2d (3), 0.1, seed=2))",
    "euclidMetric2d(jitter(grid2d(3), 0.1, seed=2))" },
  { "euclidMetric3d (jitter (grid3d (3), 0.1, z=0, seed=2))",
    "euclidMetric3d(jitter(grid3d(3), 0.1, z=0, seed=2))" },
  { "euclidMetric2d (layers (E=grid2d (3), I=grid2d (4)))",
    "euclidMetric2d(layers(E=grid2d(3), I=grid2d(4)))" },
  { "euclidMetric2d (layers (grid2d (3), grid2d (4)))",
    "euclidMetric2d(layers(grid2d(3), grid2d(4)))" },
  { "euclidMetric2d (part (grid2d (3), 1, 4))", "euclidMetric2d(part(grid2d(3), 1, 4))" },

  /* Metrics */
  { "g = grid2d (3); euclidMetric2d (g, grid2d (4))", "euclidMetric2d(grid2d(3), grid2d(4))" },
  { "euclidToroidMetric2d (grid2d (3))", "euclidToroidMetric2d(grid2d(3))" },
  { "euclidToroidMetric2d (grid2d (3), xScale=2, yScale=0.5)",
    "euclidToroidMetric2d(grid2d(3), xScale=2, yScale=0.5)" },
  { "euclidToroidMetric3d (grid3d (3), zScale=2)", "euclidToroidMetric3d(grid3d(3), zScale=2)" },
  { "cityBlockMetric2d (grid2d (3))", "cityBlockMetric2d(grid2d(3))" },
  { "cityBlockMetric3d (grid3d (3))", "cityBlockMetric3d(grid3d(3))" },
  { "maximumMetric2d (grid2d (3))", "maximumMetric2d(grid2d(3))" },
  { "maximumMetric3d (grid3d (3))", "maximumMetric3d(grid3d(3))" },
  { "dx (grid2d (3))", "dx(grid2d(3))" },
  { "dy (grid2d (3), grid2d (4), box=2)", "dy(grid2d(3), grid2d(4), box=2)" },
  { "dz (grid3d (3))", "dz(grid3d(3))" },

  /* Projections */
  { "euclidMetric2d (affine ([(0, -1), (1, 0)]) * grid2d (3))",
    "euclidMetric2d(affine([(0, -1), (1, 0)]) * grid2d(3))" },
  { "euclidMetric3d (affine ([(0, -1), (1, 0), (1, 1)], (1, 2, 3)) * grid2d (3))",
    "euclidMetric3d(affine([(0, -1), (1, 0), (1, 1)], (1, 2, 3)) * grid2d(3))" },
  { "A = affine ([(0, -1), (1, 0)]); euclidMetric2d (A * A * grid2d (3))",
    "euclidMetric2d(affine([(0, -1), (1, 0)]) * affine([(0, -1), (1, 0)]) * grid2d(3))" },
};

START_TEST (test_value_prints)
{
  const char *text = values[_i].text, *last = strrchr (text, ';');
  gsize before = last != NULL ? (gsize) (last + 1 - text) : 0;
  g_autofree char *all =
    g_strdup_printf ("%.*s random (seed=1) * %s", (int) before, text, text + before);
  g_autofree char *printed = g_strdup_printf ("random(seed=1) * %s", values[_i].printed);

  test_assert_prints (all, printed);
}
END_TEST

/* }}} */

/* {{{ formulas: the first coordinate of a projection */

static const TestExample formulas[] = {
  { "p[0]", "p[0]" },
  { "-p[0] + +p[1]", "-p[0] + p[1]" },
  { "p[0] - (p[1] - 2)", "p[0] - (p[1] - 2)" },
  { "(p[0] - p[1]) - 2", "p[0] - p[1] - 2" },
  { "p[0] / (p[1] / 2)", "p[0] / (p[1] / 2)" },
  { "(p[0] + 1) * p[1] % 3", "(p[0] + 1) * p[1] % 3" },
  { "-p[0] ** 2", "-p[0] ** 2" },
  { "(-p[0]) ** 2", "(-p[0]) ** 2" },
  { "2 ** -p[0]", "2 ** -p[0]" },
  { "(-2) ** p[0]", "(-2) ** p[0]" },
  { "p[0] ** p[1] ** 2", "p[0] ** p[1] ** 2" },
  { "(p[0] ** p[1]) ** 2", "(p[0] ** p[1]) ** 2" },
  { "exp (-p[0]) + math.sqrt (abs (p[1]))", "exp(-p[0]) + sqrt(abs(p[1]))" },
  { "floor (p[0]) + ceil (p[0]) + round (p[0]) + sign (p[0])",
    "floor(p[0]) + ceil(p[0]) + round(p[0]) + sign(p[0])" },
  { "sin (p[0]) + cos (p[0]) + tan (p[0]) + asin (p[0]) + acos (p[0]) + atan (p[0])",
    "sin(p[0]) + cos(p[0]) + tan(p[0]) + asin(p[0]) + acos(p[0]) + atan(p[0])" },
  { "sinh (p[0]) + cosh (p[0]) + tanh (p[0]) + erf (p[0]) + expm1 (p[0]) + log1p (p[0])",
    "sinh(p[0]) + cosh(p[0]) + tanh(p[0]) + erf(p[0]) + expm1(p[0]) + log1p(p[0])" },
  { "log (p[0]) + log2 (p[0]) + log10 (p[0])", "log(p[0]) + log2(p[0]) + log10(p[0])" },
  { "atan2 (p[1], p[0]) + hypot (3, p[0])", "atan2(p[1], p[0]) + hypot(3, p[0])" },
  { "min (p[0], p[1], 3) + max (0, p[0])", "min(min(p[0], p[1]), 3) + max(0, p[0])" },
  { "clip (p[0], 0, 1)", "min(max(p[0], 0), 1)" },
  { "where (p[0] < 0, p[1], 2)", "where(p[0] < 0, p[1], 2)" },
  { "p[1] if p[0] < 0 else 2", "where(p[0] < 0, p[1], 2)" },
  { "p[1] if 0 <= p[0] < 1 and not p[1] == 2 or p[1] != 3 else 2",
    "where(0 <= p[0] and p[0] < 1 and not p[1] == 2 or p[1] != 3, p[1], 2)" },
  { "p[1] if p[0] > p[1] >= 1 else 2", "where(p[0] > p[1] and p[1] >= 1, p[1], 2)" },
  { "1 if (p[0] < 1) == (p[1] < 1) else 2", "where((p[0] < 1) == (p[1] < 1), 1, 2)" },

  /* Complex numbers */
  { "complex (p[0], p[1]).real", "complex(p[0], p[1]).real" },
  { "(complex (p[0], p[1]) * 2 - 1).imag", "(complex(p[0], p[1]) * 2 - 1).imag" },
  { "abs (complex (p[0], p[1]) ** 2)", "abs(complex(p[0], p[1]) ** 2)" },
  { "cmath.phase (-complex (p[0]))", "cmath.phase(-complex(p[0], 0))" },
  { "cmath.exp (complex (0, 1) * p[0]).real", "cmath.exp(complex(0, 1) * p[0]).real" },
  { "cmath.sqrt (p[0]).imag", "cmath.sqrt(complex(p[0], 0)).imag" },
  { "(1 / cmath.log (complex (p[0], 1))).real", "(1 / cmath.log(complex(p[0], 1))).real" },
  { "p[0].real + p[0].imag", "p[0].real + p[0].imag" },
  { "(p[0] + 1).real", "(p[0] + 1).real" },
  { "(cmath.sin (complex (p[0], 1)) + cmath.cos (complex (p[0], 1))).real",
    "(cmath.sin(complex(p[0], 1)) + cmath.cos(complex(p[0], 1))).real" },

  /* What has no coordinates is a number */
  { "abs (complex (3, 4)) + complex (1, 2).imag + (7).real + p[0]", "14 + p[0]" },
  { "cmath.sqrt (-4).imag * p[0]", "2 * p[0]" },
  { "cmath.log (complex (-1, 0)).imag - math.pi + p[0]", "0 + p[0]" },
};

START_TEST (test_formula_prints)
{
  g_autofree char *text =
    g_strdup_printf ("P = ProjectionOperator (lambda p: (%s, p[1])); random (seed=1) * "
                     "euclidMetric2d (P * grid2d (30))",
                     formulas[_i].text);
  g_autofree char *printed =
    g_strdup_printf ("random(seed=1) * euclidMetric2d(ProjectionOperator(lambda p: (%s, p[1])) * "
                     "grid2d(30))",
                     formulas[_i].printed);

  test_assert_prints (text, printed);
}
END_TEST

/* }}} */

/* {{{ definitions: pairs of texts that make the same set */

static const TestExample definitions[] = {
  { "@ProjectionOperator\n"
    "def GvspaceToCx (p):\n"
    "    w = 7.7 * cmath.log (complex (p[0] + 0.33, p[1]))\n"
    "    return (w.real, w.imag)\n"
    "\n"
    "random (seed=1) * (euclidMetric2d (GvspaceToCx * grid2d (30)) < 0.5)",
    "P = ProjectionOperator (lambda p: ((7.7 * cmath.log (complex (p[0] + 0.33, p[1]))).real, "
    "(7.7 * cmath.log (complex (p[0] + 0.33, p[1]))).imag)); "
    "random (seed=1) * (euclidMetric2d (P * grid2d (30)) < 0.5)" },
  { "def half (x): return x / 2\nrandom (half (0.5), seed=1)", "random (0.25, seed=1)" },
  { "def f (x, y):\n"
    "\n"
    "  # a comment\n"
    "  a = x + y   # and another one\n"
    "# that begins the line\n"
    "  a = a * a; b = a\n"
    "\n"
    "  return b + x\n"
    "  # the end\n"
    "\n"
    "cross (range (f (1, 2)), range (2))",
    "cross (range (10), range (2))" },
  { "def f (): a = 3; return a\ncross (range (f ()), range (2))", "cross (range (3), range (2))" },
  { "def pair (x): return x, x + 1\ncross (range (pair (3)[1]), range (pair (3)[0]))",
    "cross (range (4), range (3))" },
  { "  def f (x):\n\treturn x\n  f (full)", "full" },
  { "def f (x):\n  return (\nx)\nf (full)", "full" },
  { "def twice (f): return lambda x: f (f (x))\n"
    "@twice\n"
    "def g (x):\n"
    "  return x * x\n"
    "cross (range (g (2)), range (1))",
    "cross (range (16), range (1))" },
};

START_TEST (test_definitions)
{
  g_autofree char *a = test_evaluate (definitions[_i].text);
  g_autofree char *b = test_evaluate (definitions[_i].printed);

  ck_assert_str_eq (a, b);
}
END_TEST

/* }}} */

/* {{{ what they are */

START_TEST (positions_have_seeds_of_their_own)
{
  /* A geometry leaves the seeds of sets as they are, and sets leave those of geometries. */
  g_autofree char *alone = test_evaluate ("random (0.5)");
  g_autofree char *behind = test_evaluate ("g = random2d (5); random (0.5)");
  g_autofree char *first = test_evaluate ("random (seed=1) * euclidMetric2d (random2d (5))");
  g_autofree char *later =
    test_evaluate ("random (0.5); normal (0, 1); random (seed=1) * euclidMetric2d (random2d (5))");
  g_autofree char *second =
    test_evaluate ("random2d (3, seed=1); random (seed=1) * euclidMetric2d (random2d (5))");

  ck_assert_str_eq (alone, behind);
  ck_assert_str_eq (first, later);
  ck_assert_str_ne (first, second);
}
END_TEST

START_TEST (layers_are_index_sets)
{
  g_autoptr (Conset) set = test_read ("g = layers (E=grid2d (3), I=positions ([(0, 0), (1, 1)])); "
                                      "cross (layer (g, 'I'), layer (g, \"E\")) * "
                                      "(random (seed=1) * (1 - 0 * euclidMetric2d (g)))");
  guint64 count;

  ck_assert (conset_count (set, NULL, &count, NULL));
  ck_assert_uint_eq (count, 18);
  ck_assert (conset_contains (set, 9, 0));
  ck_assert (conset_contains (set, 10, 8));
  ck_assert (!conset_contains (set, 8, 8));
}
END_TEST

/* The reference cases of discs, as thresholds of their metrics. */
START_TEST (thresholds_of_metrics_are_discs)
{
  static const struct
  {
    const char *text;
    guint64 n;
    const char *digest;
  } cases[] = {
    { "g = grid2d (30); random * (euclidMetric2d (g) < 0.1)", 900,
      "35457e41620fe53bced18a9848be5dba4f391765206907106465010a7fd057b8" },
    { "g1 = grid2d (30); g2 = grid2d (30, x0 = -7.0, xScale = 8.0, yScale = 8.0); "
      "random * (euclidMetric2d (g1, g2) < 2.5)",
      900, "6cfebacd1a94ebde7a33448c781f675937713de9f013c520d0f86854ae334ceb" },
    { "g1 = grid2d (30); g2 = grid2d (30, x0 = -7.0, xScale = 8.0, yScale = 8.0); "
      "P = ProjectionOperator (lambda p: ((cmath.exp (complex (p[0], p[1]) / 7.7) - 0.33).real, "
      "(cmath.exp (complex (p[0], p[1]) / 7.7) - 0.33).imag)); "
      "random * (euclidMetric2d (g1, P * g2) < 0.1)",
      900, "f56678eded5d1c78315c5c8a16b532be4fabebbbb03e4bc067c081b975156e02" },
    { "g = grid2d (20); random * (euclidToroidMetric2d (g) < 0.15)", 400,
      "6ba60e34e2b64f12b62cbd14ed631e206b213f01d5566e557580d867f4568307" },
    { "g = grid3d (7); random * (euclidMetric3d (g) < 0.3)", 343,
      "ca93e377c75ae22c63385b4961e20582ab5029b49a4a55feac0ef861f4fd9b7c" },
    { "g = grid2d (10); P = ProjectionOperator (lambda p: (p[0] * p[0], 2 * p[1])); "
      "random * (euclidMetric2d (P * g) < 0.25)",
      100, "efdf2d759b294b7f99bbfd21c9de1a60e1131b9bb96a5f7b6cfa34972136b1ff" },
    { "g1 = grid2d (30); P = ProjectionOperator (lambda p: ((7.7 * cmath.log (complex (p[0] + "
      "0.33, p[1]))).real, (7.7 * cmath.log (complex (p[0] + 0.33, p[1]))).imag)); "
      "random * (euclidMetric2d (P * g1) < 0.5)",
      900, "63c4987439321a6990d6a475584038b46fa2c1d377eec4effdead30128bd7239" },
  };
  g_autoptr (Conset) set = test_read (cases[_i].text);
  const ConsetWindow window = { 0, cases[_i].n, 0, cases[_i].n };
  g_autofree char *digest = conset_digest (set, &window, NULL);

  ck_assert_str_eq (digest, cases[_i].digest);
}
END_TEST

#define N_THRESHOLDS 7

/* }}} */

/* {{{ errors */

static const TestExample errors[] = {
  /* Geometries */
  { "grid2d (0)", "line 1, column 1: grid2d: the width is 0; it is at least 1\n"
                  "  grid2d (0)\n"
                  "  ^" },
  { "grid2d (30, yscale=3)", "line 1, column 13: grid2d(30, yscale=3): there is no keyword "
                             "'yscale'; did you mean 'yScale'?\n"
                             "  grid2d (30, yscale=3)\n"
                             "              ^" },
  { "grid2d (30)", "line 1, column 1: a set is needed, not the geometry grid2d(30)\n"
                   "  grid2d (30)\n"
                   "  ^" },
  { "full * grid2d (3)",
    "line 1, column 6: full * grid2d(3): a set is needed, not the geometry grid2d(3)\n"
    "  full * grid2d (3)\n"
    "       ^" },
  { "positions ([(1, 0, 3), (0, 1)])",
    "line 1, column 1: positions([(1, 0, 3), (0, 1)]): element 2 of the list: a tuple of 3 numbers "
    "is needed, not the tuple (0, 1)\n"
    "  positions ([(1, 0, 3), (0, 1)])\n"
    "  ^" },
  { "positions ((1, 0))",
    "line 1, column 1: positions((1, 0)): a list of positions, such as [(0, 0), (1, 0.5)], is "
    "needed, not the tuple (1, 0)\n"
    "  positions ((1, 0))\n"
    "  ^" },
  { "positions ([(1, i)])",
    "line 1, column 1: positions([(1, i)]): element 1 of the list: a number, the same for all "
    "pairs, is needed, not the value set i\n"
    "  positions ([(1, i)])\n"
    "  ^" },
  { "positions ([], dimensions=4)",
    "line 1, column 1: positions([], dimensions=4): positions have 2 or 3 dimensions; give one of "
    "these numbers\n"
    "  positions ([], dimensions=4)\n"
    "  ^" },
  { "layers (grid2d (3), E=grid2d (3))",
    "line 1, column 1: layers(grid2d(3), E=grid2d(3)): some layers have a name and some do not; "
    "give all of them one, or none\n"
    "  layers (grid2d (3), E=grid2d (3))\n"
    "  ^" },
  { "layers (grid2d (3), full)", "line 1, column 21: layers(grid2d(3), full): geometry: a "
                                 "geometry, such as grid2d(30), is needed, not the set full\n"
                                 "  layers (grid2d (3), full)\n"
                                 "                      ^" },
  { "layer (grid2d (3), 'I')",
    "line 1, column 1: layer(grid2d(3), \"I\"): there is no layer of this name; "
    "name them in layers(I=..., ...)\n"
    "  layer (grid2d (3), 'I')\n"
    "  ^" },
  { "jitter (grid2d (3), 0.1, z=3)",
    "line 1, column 1: jitter(grid2d(3), 0.1, z=3): positions in the plane have no z; "
    "leave it out\n"
    "  jitter (grid2d (3), 0.1, z=3)\n"
    "  ^" },

  /* Metrics */
  { "euclidMetric2d (grid3d (3))",
    "line 1, column 1: euclidMetric2d(grid3d(3)): g1: the metric is of 2 dimensions, the positions "
    "are of 3; use the metric of their dimensions, or a projection\n"
    "  euclidMetric2d (grid3d (3))\n"
    "  ^" },
  { "euclidMetric2d (grid2d (3), 4)",
    "line 1, column 29: euclidMetric2d(grid2d(3), 4): g2: a geometry, such as grid2d(30), is "
    "needed, not the integer 4\n"
    "  euclidMetric2d (grid2d (3), 4)\n"
    "                              ^" },
  { "dz (grid2d (3))", "line 1, column 1: dz: positions have 2 dimensions; use fewer\n"
                       "  dz (grid2d (3))\n"
                       "  ^" },

  /* Projections */
  { "ProjectionOperator (3)",
    "line 1, column 1: ProjectionOperator(3): a function of a position is needed, such as "
    "lambda p: (p[0], -p[1])\n"
    "  ProjectionOperator (3)\n"
    "  ^" },
  { "ProjectionOperator (lambda p: (p[0], q))", "line 1, column 38: the name 'q' is unknown\n"
                                                "  ProjectionOperator (lambda p: (p[0], q))\n"
                                                "                                       ^" },
  { "ProjectionOperator (lambda p: p[0])",
    "line 1, column 1: ProjectionOperator(lambda p: ...): the function gives the formula p[0], not "
    "a tuple of two or three numbers\n"
    "  ProjectionOperator (lambda p: p[0])\n"
    "  ^" },
  { "ProjectionOperator (lambda p: (complex (p[0], p[1]), 3))",
    "line 1, column 1: ProjectionOperator(lambda p: ...): the coordinate complex(p[0], p[1]) is "
    "complex; take its .real or its .imag\n"
    "  ProjectionOperator (lambda p: (complex (p[0], p[1]), 3))\n"
    "  ^" },
  { "ProjectionOperator (lambda p: (exp (complex (p[0], p[1])), 3))",
    "line 1, column 32: exp(complex(p[0], p[1])): complex(p[0], p[1]) is complex; use the function "
    "of this name in cmath\n"
    "  ProjectionOperator (lambda p: (exp (complex (p[0], p[1])), 3))\n"
    "                                 ^" },
  { "ProjectionOperator (lambda p: (p[0] + i, 3))",
    "line 1, column 37: p[0] + i: a number or a formula of the position, such as p[0], is needed, "
    "not the value set i\n"
    "  ProjectionOperator (lambda p: (p[0] + i, 3))\n"
    "                                      ^" },
  { "P = affine ([(1, 0), (0, 1)]); P * full",
    "line 1, column 34: affine([(1, 0), (0, 1)]) * full: a projection is applied to a geometry, or "
    "another projection, on its right, with '*'\n"
    "  P = affine ([(1, 0), (0, 1)]); P * full\n"
    "                                   ^" },
  { "affine ([(1, 0, 3), (0, 1, 3)]) * grid2d (3)",
    "line 1, column 33: affine([(1, 0, 3), (0, 1, 3)]) * grid2d(3): the projection takes 3 "
    "dimensions, not 2; use another projection, or other positions\n"
    "  affine ([(1, 0, 3), (0, 1, 3)]) * grid2d (3)\n"
    "                                  ^" },
  { "complex (1, 2)", "line 1, column 1: a set is needed, not the formula complex(1, 2)\n"
                      "  complex (1, 2)\n"
                      "  ^" },
  { "cmath.exp (full)",
    "line 1, column 7: cmath.exp(full): a number or a value set, such as i - j, is needed, not the "
    "set full\n"
    "  cmath.exp (full)\n"
    "        ^" },

  /* Subscripts */
  { "(1, 2)[2]", "line 1, column 8: the tuple (1, 2) has 2 elements; the first of them is [0]\n"
                 "  (1, 2)[2]\n"
                 "         ^" },
  { "[1, 2][-1]", "line 1, column 8: the list [1, 2] has 2 elements; the first of them is [0]\n"
                  "  [1, 2][-1]\n"
                  "         ^" },
  { "(1, 2)[i]", "line 1, column 8: the value set i is no place in a list; give an integer\n"
                 "  (1, 2)[i]\n"
                 "         ^" },
  { "full[0]", "line 1, column 6: the set full has no elements; lists, tuples and positions have\n"
               "  full[0]\n"
               "       ^" },
  { "full[0", "line 1, column 5: '[' is never closed; add ']'\n"
              "  full[0\n"
              "      ^" },
  { "full[]", "line 1, column 6: expected an expression, found ']'\n"
              "  full[]\n"
              "       ^" },

  /* Definitions */
  { "def f (x):\n  return x\n  y = x\nfull",
    "line 3, column 3: the definition has ended with 'return'; begin this line where the 'def' "
    "begins\n"
    "    y = x\n"
    "    ^" },
  { "def f (x):\nreturn x\nfull",
    "line 2, column 1: the definition ends without a result; write 'return' and an expression, "
    "deeper than the 'def'\n"
    "  return x\n"
    "  ^" },
  { "def f (x):\n  y = x\n",
    "line 3, column 1: the definition ends without a result; write 'return' and an expression, "
    "deeper than the 'def'\n"
    "  \n"
    "  ^" },
  { "def f (x):\n  y = x\n   return y\nfull",
    "line 3, column 4: the lines of a definition stand one below the other; put as many blanks "
    "before each\n"
    "     return y\n"
    "     ^" },
  { "def f (x):\n  full\nfull",
    "line 2, column 7: expected name = expression, or 'return' and an expression, found the end of "
    "the line\n"
    "    full\n"
    "        ^" },
  { "def f (x) return x", "line 1, column 11: expected ':' after the parameters, found 'return'\n"
                          "  def f (x) return x\n"
                          "            ^" },
  { "def f (x=3): return x", "line 1, column 9: expected ',' or ')' after a parameter, found '='\n"
                             "  def f (x=3): return x\n"
                             "          ^" },
  { "def f: return x", "line 1, column 6: expected '(' and the parameters, found ':'\n"
                       "  def f: return x\n"
                       "       ^" },
  { "@full def f (x): return x",
    "line 1, column 7: expected the end of the line of the decorator, found 'def'\n"
    "  @full def f (x): return x\n"
    "        ^" },
  { "@full\nfull", "line 2, column 1: expected 'def' and a function below the decorator, found "
                   "'full'\n"
                   "  full\n"
                   "  ^" },
  { "@full\ndef f (x): return x\nfull", "line 1, column 2: the set full cannot be called\n"
                                        "  @full\n"
                                        "   ^" },
  { "3 @ 4", "line 1, column 3: expected an operator or the end of the statement, found '@'\n"
             "  3 @ 4\n"
             "    ^" },
};

START_TEST (test_errors)
{
  g_autofree char *result = test_evaluate (errors[_i].text);

  ck_assert_str_eq (result, errors[_i].printed);
}
END_TEST

START_TEST (long_definitions_are_refused)
{
  g_autoptr (GString) text = g_string_new ("def f (x):\n");
  g_autofree char *result = NULL;

  for (guint k = 0; k < 60; k++)
    g_string_append (text, "  x = x * x\n");
  g_string_append (text, "  return x\nf (full)");
  result = test_evaluate (text->str);
  ck_assert_msg (strstr (result, "the definition has more than 50 steps; define some of them apart")
                   != NULL,
                 "%s", result);
}
END_TEST

START_TEST (definitions_of_many_steps_work)
{
  g_autoptr (GString) text = g_string_new ("@ProjectionOperator\ndef f (p):\n  x = p[0]\n");
  g_autofree char *result = NULL;

  for (guint k = 0; k < 49; k++)
    g_string_append (text, "  x = x + 1\n");
  g_string_append (text, "  return x, p[1]\nrandom (seed=1) * euclidMetric2d (f * grid2d (3))");
  result = test_evaluate (text->str);
  ck_assert_msg (g_str_has_prefix (result, "random(seed=1) * euclidMetric2d(ProjectionOperator("
                                           "lambda p: (p[0] + 1 + 1"),
                 "%s", result);
}
END_TEST

/* }}} */

static Suite *
lang_geometry_suite (void)
{
  Suite *suite = suite_create ("lang geometry");
  TCase *tcase = test_case_add (suite, "text");

  tcase_add_loop_test (tcase, test_value_prints, 0, G_N_ELEMENTS (values));
  tcase_add_loop_test (tcase, test_formula_prints, 0, G_N_ELEMENTS (formulas));
  tcase_add_loop_test (tcase, test_definitions, 0, G_N_ELEMENTS (definitions));
  tcase = test_case_add (suite, "meaning");
  tcase_add_test (tcase, positions_have_seeds_of_their_own);
  tcase_add_test (tcase, layers_are_index_sets);
  tcase_add_loop_test (tcase, thresholds_of_metrics_are_discs, 0, N_THRESHOLDS);
  tcase = test_case_add (suite, "errors");
  tcase_add_loop_test (tcase, test_errors, 0, G_N_ELEMENTS (errors));
  tcase_add_test (tcase, long_definitions_are_refused);
  tcase_add_test (tcase, definitions_of_many_steps_work);
  return suite;
}

int
main (void)
{
  return test_run (lang_geometry_suite ());
}
