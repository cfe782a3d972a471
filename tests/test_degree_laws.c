/* SPDX-License-Identifier: MIT */
/*
 * That laws have the right probabilities, and that a law stated for the degree of a line is
 * the one that the degree follows.
 *
 * Degrees are drawn anew with many seeds. Each statistic alarms wrongly with probability
 * 1e-6 (statistics.h); there are about 100 of the tables and 400 of random trees: 0.05 %.
 */
#include "statistics.h"
#include "support.h"

#include <math.h>

/* Probabilities */

#define TOLERANCE 1e-12

static ConsetLaw
law_make (ConsetLawKind kind, double a, double b, double c)
{
  switch (kind)
    {
    case CONSET_LAW_DELTA:
      return conset_law_delta (a);
    case CONSET_LAW_BINOMIAL:
      return conset_law_binomial (a, b);
    case CONSET_LAW_HYPERGEOMETRIC:
      return conset_law_hypergeometric (a, b, c);
    case CONSET_LAW_POISSON:
      return conset_law_poisson (a);
    case CONSET_LAW_GEOMETRIC:
      return conset_law_geometric (a);
    case CONSET_LAW_UNIFORM:
      return conset_law_uniform (a, b);
    default:
      return conset_law_unknown (a, b);
    }
}

/* From sums and logarithms of gamma functions with 60 digits. */
static const struct
{
  ConsetLawKind kind;
  double a, b, c;
  guint64 k;
  double probability;
} references[] = {
  { CONSET_LAW_BINOMIAL, 10, 0.5, 0, 3, 0.1171875 },
  { CONSET_LAW_BINOMIAL, 100, 0.1, 0, 40, 2.4702124345043151e-15 },
  { CONSET_LAW_BINOMIAL, 1000, 0.999, 0, 999, 0.36806348825922327 },
  { CONSET_LAW_BINOMIAL, 1e9, 0.5, 0, 500000000, 2.5231325213893769e-5 },
  { CONSET_LAW_BINOMIAL, 1e9, 0.5, 0, 500100000, 5.2005631469570471e-14 },
  { CONSET_LAW_BINOMIAL, 1e9, 1e-6, 0, 1100, 9.4989019720454325e-5 },
  { CONSET_LAW_BINOMIAL, 1e9, 0.3, 0, 0, 0.0 },
  { CONSET_LAW_BINOMIAL, 1e6, 1e-7, 0, 2, 0.0045241834482084374 },
  { CONSET_LAW_HYPERGEOMETRIC, 49, 6, 6, 3, 0.017650403866870102 },
  { CONSET_LAW_HYPERGEOMETRIC, 1e9, 1e6, 1e6, 1100, 9.4146394034610179e-5 },
  { CONSET_LAW_HYPERGEOMETRIC, 1e9, 5e8, 5e8, 250005000, 4.1315323782371031e-5 },
  { CONSET_LAW_HYPERGEOMETRIC, 1e9, 999999997, 20, 17, 6.84000002052e-24 },
  { CONSET_LAW_HYPERGEOMETRIC, 1000, 500, 500, 300, 9.4538030570562554e-11 },
  { CONSET_LAW_POISSON, 3.5, 0, 0, 0, 0.030197383422318501 },
  { CONSET_LAW_POISSON, 3.5, 0, 0, 7, 0.038549174937633998 },
  { CONSET_LAW_POISSON, 1e6, 0, 0, 1001000, 0.00024189010120174142 },
  { CONSET_LAW_POISSON, 1e9, 0, 0, 1000000000, 1.2615662609049495e-5 },
  { CONSET_LAW_POISSON, 1e-5, 0, 0, 2, 4.99995000025e-11 },
};

START_TEST (probabilities_are_right)
{
  ConsetLaw law =
    law_make (references[_i].kind, references[_i].a, references[_i].b, references[_i].c);
  double probability = conset_law_probability (&law, references[_i].k);

  ck_assert_double_le (fabs (probability - references[_i].probability),
                       10 * TOLERANCE * references[_i].probability);
}
END_TEST

static const struct
{
  ConsetLawKind kind;
  double a, b, c;
  guint64 k;
  double cumulative;
  double tolerance;
} cumulative_references[] = {
  { CONSET_LAW_BINOMIAL, 1000, 0.1, 0, 10, 1.4508988321782886e-32, 1e-12 },
  { CONSET_LAW_BINOMIAL, 1000, 0.1, 0, 80, 0.017611574675836062, 1e-12 },
  { CONSET_LAW_BINOMIAL, 1000, 0.1, 0, 130, 0.99903055850920425, 1e-12 },
  { CONSET_LAW_BINOMIAL, 1e9, 0.5, 0, 499990000, 0.26355495737733487, 1e-10 },
  { CONSET_LAW_BINOMIAL, 4e12, 0.5, 0, 2000001000000, 0.84134474606854293, 1e-6 },
  { CONSET_LAW_HYPERGEOMETRIC, 1000, 500, 500, 240, 0.11473809423750515, 1e-12 },
  { CONSET_LAW_HYPERGEOMETRIC, 1000, 500, 500, 260, 1.0 - 0.092049345695413569, 1e-12 },
  { CONSET_LAW_POISSON, 1e6, 0, 0, 999000, 0.15877629981172561, 1e-10 },
};

START_TEST (cumulative_probabilities_are_right)
{
  ConsetLaw law = law_make (cumulative_references[_i].kind, cumulative_references[_i].a,
                            cumulative_references[_i].b, cumulative_references[_i].c);
  double cumulative = conset_law_cumulative (&law, cumulative_references[_i].k);

  ck_assert_double_le (fabs (cumulative - cumulative_references[_i].cumulative),
                       cumulative_references[_i].tolerance * cumulative_references[_i].cumulative);
}
END_TEST

static const struct
{
  ConsetLawKind kind;
  double a, b, c;
} laws[] = {
  { CONSET_LAW_DELTA, 7, 0, 0 },
  { CONSET_LAW_BINOMIAL, 1, 0.25, 0 },
  { CONSET_LAW_BINOMIAL, 40, 0.01, 0 },
  { CONSET_LAW_BINOMIAL, 300, 0.5, 0 },
  { CONSET_LAW_BINOMIAL, 1000, 0.97, 0 },
  {
    CONSET_LAW_HYPERGEOMETRIC,
    10,
    4,
    9,
  },
  { CONSET_LAW_HYPERGEOMETRIC, 1000, 30, 400 },
  { CONSET_LAW_HYPERGEOMETRIC, 600, 500, 550 },
  { CONSET_LAW_POISSON, 0.01, 0, 0 },
  { CONSET_LAW_POISSON, 500, 0, 0 },
  { CONSET_LAW_GEOMETRIC, 0.05, 0, 0 },
  { CONSET_LAW_GEOMETRIC, 0.9, 0, 0 },
  { CONSET_LAW_UNIFORM, 5, 20, 0 },
};

/* Sums over all numbers: 1, the mean and the variance; and up to each, the cumulative one. */
START_TEST (sums_of_probabilities_are_right)
{
  ConsetLaw law = law_make (laws[_i].kind, laws[_i].a, laws[_i].b, laws[_i].c);
  double sum = 0.0, mean = 0.0, square = 0.0;

  ck_assert_int_eq (law.kind, laws[_i].kind);
  for (guint64 k = 0; k < 3000; k++)
    {
      double probability = conset_law_probability (&law, k), d = (double) k - law.mean;

      ck_assert_double_ge (probability, 0.0);
      sum += probability;
      mean += (double) k * probability;
      square += d * d * probability;
      ck_assert_double_eq_tol (conset_law_cumulative (&law, k), sum, TOLERANCE);
    }
  ck_assert_double_eq_tol (sum, 1.0, TOLERANCE);
  ck_assert_double_eq_tol (mean, law.mean, TOLERANCE * (1.0 + law.mean));
  ck_assert_double_eq_tol (square, law.variance, 1e-9 * (1.0 + law.variance));
}
END_TEST

static const struct
{
  ConsetLawKind kind;
  double a, b, c;
  const char *text;
} texts[] = {
  { CONSET_LAW_BINOMIAL, 1000, 0.1, 0, "binomial(n=1000, p=0.1)" },
  { CONSET_LAW_BINOMIAL, 1e15, 1.0 / 3, 0, "binomial(n=1000000000000000, p=0.333333)" },
  { CONSET_LAW_BINOMIAL, 10, 1, 0, "delta(10)" },
  { CONSET_LAW_BINOMIAL, 10, 0, 0, "delta(0)" },
  { CONSET_LAW_BINOMIAL, 0, 0.5, 0, "delta(0)" },
  { CONSET_LAW_BINOMIAL, 10, 1.5, 0, "unknown" },
  { CONSET_LAW_BINOMIAL, 10, NAN, 0, "unknown" },
  { CONSET_LAW_BINOMIAL, -1, 0.5, 0, "unknown" },
  { CONSET_LAW_HYPERGEOMETRIC, 100, 20, 5,
    "hypergeometric(population=100, successes=20, draws=5)" },
  { CONSET_LAW_HYPERGEOMETRIC, 100, 100, 5, "delta(5)" },
  { CONSET_LAW_HYPERGEOMETRIC, 100, 20, 100, "delta(20)" },
  { CONSET_LAW_HYPERGEOMETRIC, 100, 0, 100, "delta(0)" },
  { CONSET_LAW_HYPERGEOMETRIC, 0, 0, 0, "delta(0)" },
  { CONSET_LAW_HYPERGEOMETRIC, 100, 101, 5, "unknown" },
  { CONSET_LAW_HYPERGEOMETRIC, 100, 20, 101, "unknown" },
  { CONSET_LAW_POISSON, 2.5, 0, 0, "poisson(mean=2.5)" },
  { CONSET_LAW_POISSON, 0, 0, 0, "delta(0)" },
  { CONSET_LAW_POISSON, INFINITY, 0, 0, "unknown" },
  { CONSET_LAW_GEOMETRIC, 0.2, 0, 0, "geometric(p=0.2)" },
  { CONSET_LAW_GEOMETRIC, 1, 0, 0, "delta(0)" },
  { CONSET_LAW_GEOMETRIC, 0, 0, 0, "unknown" },
  { CONSET_LAW_UNIFORM, 5, 15, 0, "uniform(least=5, most=15)" },
  { CONSET_LAW_UNIFORM, 5, 5, 0, "delta(5)" },
  { CONSET_LAW_UNIFORM, 5, 4, 0, "unknown" },
  { CONSET_LAW_UNKNOWN, 3, 2, 0, "unknown" },
};

START_TEST (laws_have_names)
{
  ConsetLaw law = law_make (texts[_i].kind, texts[_i].a, texts[_i].b, texts[_i].c);
  g_autofree char *text = conset_law_to_string (&law);

  ck_assert_str_eq (text, texts[_i].text);
  ck_assert_int_eq (conset_law_equal (&law, &law), law.kind != CONSET_LAW_UNKNOWN);
  if (law.kind == CONSET_LAW_UNKNOWN)
    {
      ck_assert_double_nan (conset_law_probability (&law, 1));
      ck_assert_double_nan (conset_law_cumulative (&law, 1));
    }
}
END_TEST

/* Laws of sets */

/*
 * Expressions whose seeds come from the model seed, in the window of the first @n sources and
 * @m targets. `law` is that of @line; "?" stands for an unknown one, with the mean after it
 * where that is known.
 */
static const struct
{
  const char *text;
  guint64 n, m;
  ConsetOrder order;
  guint64 line;
  const char *law;
} set_cases[] = {
  /* Without randomness */
  { "oneToOne", 10, 10, CONSET_TARGET_MAJOR, 3, "delta(1)" },
  { "oneToOne", 10, 20, CONSET_TARGET_MAJOR, 13, "delta(0)" },
  { "full - oneToOne", 10, 20, CONSET_SOURCE_MAJOR, 3, "delta(19)" },
  { "cross (range (5), range (8)) + cross (range (3), range (4))", 10, 10, CONSET_TARGET_MAJOR, 2,
    "delta(8)" },
  { "random (0.5)", 10, 10, CONSET_TARGET_MAJOR, 10, "delta(0)" },
  { "random (0.5) * cross (range (5), range (5))", 10, 10, CONSET_SOURCE_MAJOR, 7, "delta(0)" },
  /* Thinned sets */
  { "random (0.3)", 40, 30, CONSET_TARGET_MAJOR, 3, "binomial(n=40, p=0.3)" },
  { "random (0.3)", 40, 30, CONSET_SOURCE_MAJOR, 3, "binomial(n=30, p=0.3)" },
  { "random (0.02)", 300, 30, CONSET_TARGET_MAJOR, 29, "binomial(n=300, p=0.02)" },
  { "random (0.3) - oneToOne", 40, 30, CONSET_TARGET_MAJOR, 3, "binomial(n=39, p=0.3)" },
  { "random (0.3) - oneToOne", 40, 30, CONSET_SOURCE_MAJOR, 35, "binomial(n=30, p=0.3)" },
  { "random (0.3) * cross (range (0, 99, 7), N) - oneToOne", 100, 30, CONSET_TARGET_MAJOR, 14,
    "binomial(n=14, p=0.3)" },
  { "oneToOne * random (0.3)", 40, 30, CONSET_TARGET_MAJOR, 14, "binomial(n=1, p=0.3)" },
  { "random (0.5) * random (0.5)", 40, 30, CONSET_TARGET_MAJOR, 3, "binomial(n=40, p=0.25)" },
  { "random (0.5) | random (0.5)", 40, 30, CONSET_TARGET_MAJOR, 3, "binomial(n=40, p=0.75)" },
  { "random (0.5) - random (0.25)", 40, 30, CONSET_TARGET_MAJOR, 3, "binomial(n=40, p=0.375)" },
  { "random (0.5) ^ random (0.25)", 40, 30, CONSET_TARGET_MAJOR, 3, "binomial(n=40, p=0.5)" },
  { "~(random (0.25) - oneToOne)", 40, 30, CONSET_TARGET_MAJOR, 25, "?30.25" },
  { "~random (0.25)", 40, 30, CONSET_TARGET_MAJOR, 3, "binomial(n=40, p=0.75)" },
  { "~random (0.25) - random (0.5)", 40, 30, CONSET_TARGET_MAJOR, 3, "binomial(n=40, p=0.375)" },
  { "random (0.5) | oneToOne", 40, 30, CONSET_TARGET_MAJOR, 3, "?" },
  { "random (0.5) | oneToOne", 40, 60, CONSET_TARGET_MAJOR, 50, "binomial(n=40, p=0.5)" },
  { "random (0.5) - (random (0.5) * cross (range (10), N))", 40, 30, CONSET_TARGET_MAJOR, 3, "?" },
  { "transpose * (random (0.5) - cross (range (9), range (4)))", 40, 30, CONSET_TARGET_MAJOR, 3,
    "binomial(n=36, p=0.5)" },
  { "transpose * (random (0.5) - cross (range (9), range (4)))", 40, 30, CONSET_SOURCE_MAJOR, 3,
    "binomial(n=21, p=0.5)" },
  { "shift (7, 3) * random (0.5)", 40, 30, CONSET_TARGET_MAJOR, 3, "binomial(n=33, p=0.5)" },
  { "shift (7, 3) * random (0.5)", 40, 30, CONSET_TARGET_MAJOR, 2, "delta(0)" },
  { "shift (-7, -3) * (random (0.5) - oneToOne)", 40, 30, CONSET_SOURCE_MAJOR, 3,
    "binomial(n=29, p=0.5)" },
  { "(random (0.5) * cross (range (10), N)) | (random (0.5) * cross (range (10, 40), N))", 40, 30,
    CONSET_TARGET_MAJOR, 3, "binomial(n=40, p=0.5)" },
  /* Multapses, and what an intersection makes of them */
  { "random (poisson=0.5)", 40, 30, CONSET_TARGET_MAJOR, 3, "poisson(mean=20)" },
  { "random (poisson=2.5)", 40, 30, CONSET_SOURCE_MAJOR, 3, "poisson(mean=75)" },
  { "random (poisson=0.5) * cross (range (10), N)", 40, 30, CONSET_TARGET_MAJOR, 3,
    "binomial(n=10, p=0.393469)" },
  { "random (poisson=0.5) - cross (range (10), N)", 40, 30, CONSET_TARGET_MAJOR, 3, "?" },
  /* What draws twice is not independent */
  { "random (0.5, seed=1) * random (0.25, seed=1)", 40, 30, CONSET_TARGET_MAJOR, 3, "?" },
  { "r = random (0.5); r * (transpose * r)", 40, 30, CONSET_TARGET_MAJOR, 3, "?" },
  /* Sums */
  { "random (0.5) + random (0.5)", 40, 30, CONSET_TARGET_MAJOR, 3, "binomial(n=80, p=0.5)" },
  { "random (0.5) * cross (range (10), N) + random (0.25)", 40, 30, CONSET_TARGET_MAJOR, 3, "?15" },
  { "random (0.5) * cross (range (10), N) + cross (range (5), N)", 40, 30, CONSET_TARGET_MAJOR, 3,
    "?10" },
  { "r = random (0.5); r + r", 40, 30, CONSET_TARGET_MAJOR, 3, "?40" },
  { "random (0.5) * cross (range (10), range (10)) + random (0.2) * cross (N, range (10, 20))", 40,
    30, CONSET_TARGET_MAJOR, 12, "binomial(n=40, p=0.2)" },
  /* Blocks and repetitions */
  { "block (1, 10) * random (0.5)", 40, 30, CONSET_TARGET_MAJOR, 3, "binomial(n=40, p=0.5)" },
  { "block (1, 10) * random (0.5)", 40, 30, CONSET_SOURCE_MAJOR, 3, "?15" },
  { "block (5, 1) * random (0.5)", 42, 30, CONSET_TARGET_MAJOR, 3, "?21" },
  { "block (50, 50) * random (0.5)", 42, 30, CONSET_TARGET_MAJOR, 3, "?21" },
  { "block (1, 10) * random (0.5) - oneToOne", 40, 30, CONSET_TARGET_MAJOR, 3,
    "binomial(n=39, p=0.5)" },
  { "repeat (50, 5) * random (0.5)", 40, 30, CONSET_TARGET_MAJOR, 13, "binomial(n=40, p=0.5)" },
  { "repeat (20, 5) * random (0.5)", 40, 30, CONSET_TARGET_MAJOR, 13, "?20" },
  { "block (5) * random (0.5) * random (0.5)", 40, 30, CONSET_TARGET_MAJOR, 13, "?" },
  { "block (5) * random (0.5) * cross (range (5, 30), N)", 40, 30, CONSET_TARGET_MAJOR, 13,
    "?12.5" },
  { "block (5) * random (0.5) - cross (range (5), N)", 40, 30, CONSET_TARGET_MAJOR, 13, "?17.5" },
  { "block (5) * random (0.5) - oneToOne", 40, 30, CONSET_TARGET_MAJOR, 13, "?" },
  { "~(block (5) * random (0.25))", 40, 30, CONSET_TARGET_MAJOR, 13, "?30" },
  /* Degrees of lines that only perhaps have candidates */
  { "random (fanIn=2) * (cross (range (9), [0]) + random (0.1) * cross (range (9), range (1, 5)))",
    9, 5, CONSET_TARGET_MAJOR, 0, "delta(2)" },
  { "random (fanIn=2) * (cross (range (9), [0]) + random (0.1) * cross (range (9), range (1, 5)))",
    9, 5, CONSET_TARGET_MAJOR, 3, "?" },
};

static ConsetLaw
law_of (const Conset *set, const ConsetWindow *window, ConsetOrder order, guint64 line)
{
  ConsetLaw law;

  ck_assert (conset_degree_law (set, window, order, line, &law, NULL));
  return law;
}

static guint64
degree_of (const Conset *set, const ConsetWindow *window, ConsetOrder order, guint64 line)
{
  ConsetWindow part = *window;
  guint64 degree;

  if (order == CONSET_TARGET_MAJOR)
    {
      part.target_first = MAX (window->target_first, line);
      part.target_end = MIN (window->target_end, line + 1);
    }
  else
    {
      part.source_first = MAX (window->source_first, line);
      part.source_end = MIN (window->source_end, line + 1);
    }
  ck_assert (conset_count (set, &part, &degree, NULL));
  return degree;
}

static void
assert_named (const ConsetLaw *law, const char *name)
{
  g_autofree char *text = conset_law_to_string (law);

  if (name[0] != '?')
    {
      ck_assert_str_eq (text, name);
      return;
    }
  ck_assert_str_eq (text, "unknown");
  if (name[1] == '\0')
    ck_assert_double_nan (law->mean);
  else
    ck_assert_double_eq_tol (law->mean, g_ascii_strtod (name + 1, NULL), 1e-9);
}

/* Holds drawn degrees against a law. */

#define DEGREE_MOST 1024

typedef struct
{
  ConsetLaw law;
  guint n;
  guint found[DEGREE_MOST];
} Tally;

static void
tally_add (Tally *tally, guint64 degree)
{
  ck_assert_uint_lt (degree, DEGREE_MOST);
  tally->found[degree]++;
  tally->n++;
}

static double
tally_moment (const Tally *tally, double centre, guint power)
{
  double sum = 0.0;

  for (guint k = 0; k < DEGREE_MOST; k++)
    sum += tally->found[k] * pow (k - centre, power);
  return sum / tally->n;
}

/* Degrees that the law does not allow must not occur; one that allows few is a coin. */
static void
tally_assert (const Tally *tally, const char *what)
{
  const ConsetLaw *law = &tally->law;
  ChiSquare chi_square = { 0 };
  double mean = tally_moment (tally, 0.0, 1), spread = tally_moment (tally, mean, 2);

  if (law->kind == CONSET_LAW_DELTA)
    ck_assert_msg (tally->found[(guint) law->mean] == tally->n, "%s is not constant", what);
  else if (!isnan (law->variance))
    assert_z ((mean - law->mean) / sqrt (law->variance / tally->n), what, law->mean);
  else if (!isnan (law->mean) && spread > 0.0)
    assert_z ((mean - law->mean) / sqrt (spread / tally->n), what, law->mean);
  if (law->kind == CONSET_LAW_DELTA || law->kind == CONSET_LAW_UNKNOWN)
    return;
  for (guint k = 0; k < DEGREE_MOST; k++)
    {
      double expected = tally->n * conset_law_probability (law, k);

      ck_assert_msg (expected > 0.0 || tally->found[k] == 0, "%s cannot be %u", what, k);
      chi_square_add (&chi_square, expected, tally->found[k]);
    }
  if (chi_square.n_bins > 1)
    chi_square_assert (&chi_square, what, law->mean);
}

START_TEST (degrees_follow_their_laws)
{
  ConsetWindow window = CONSET_WINDOW (set_cases[_i].n, set_cases[_i].m);
  Tally tally = { .n = 0 };

  for (guint64 seed = 1; seed <= 1500; seed++)
    {
      g_autoptr (Conset) set = conset_parse (set_cases[_i].text, seed, NULL);

      ck_assert_ptr_nonnull (set);
      if (seed == 1)
        {
          tally.law = law_of (set, &window, set_cases[_i].order, set_cases[_i].line);
          assert_named (&tally.law, set_cases[_i].law);
        }
      tally_add (&tally, degree_of (set, &window, set_cases[_i].order, set_cases[_i].line));
    }
  tally_assert (&tally, set_cases[_i].text);
}
END_TEST

/* Laws of the number of members in the first 8 sources and 6 targets. */
static const struct
{
  const char *text;
  const char *law;
} count_cases[] = {
  { "oneToOne", "delta(6)" },
  { "random (0.25) - oneToOne", "binomial(n=42, p=0.25)" },
  { "random (0.5) * (transpose * random (0.5))", "binomial(n=48, p=0.25)" },
  { "shift (2, 1) * random (0.5)", "binomial(n=30, p=0.5)" },
  { "block (8, 6) * random (0.5)", "?" },
  { "block (1, 2) * random (0.5)", "?" },
  { "repeat (8, 6) * random (0.5)", "binomial(n=48, p=0.5)" },
  { "repeat (7, 6) * random (0.5)", "?" },
  { "repeat (8, 5) * random (0.5)", "?" },
  { "r = random (0.5); r * (transpose * r)", "?" },
  { "random (0.5) * cross (range (3, 4), N)", "binomial(n=6, p=0.5)" },
  { "block (3) * random (0.5) * cross (range (1), N)", "?3" },
  { "random (0.5) * cross (range (3), N) | random (0.25) * cross (range (3, 8), N)", "?" },
};

START_TEST (counts_follow_their_laws)
{
  ConsetWindow window = CONSET_WINDOW (8, 6);
  Tally tally = { .n = 0 };

  for (guint64 seed = 1; seed <= 1500; seed++)
    {
      g_autoptr (Conset) set = conset_parse (count_cases[_i].text, seed, NULL);
      guint64 count;

      ck_assert_ptr_nonnull (set);
      if (seed == 1)
        {
          ck_assert (conset_count_law (set, &window, &tally.law, NULL));
          assert_named (&tally.law, count_cases[_i].law);
        }
      ck_assert (conset_count (set, &window, &count, NULL));
      tally_add (&tally, count);
    }
  tally_assert (&tally, count_cases[_i].text);
}
END_TEST

/* How lines depend on each other in the first 40 sources and 30 targets. */
static const struct
{
  const char *text;
  ConsetDependence of_targets;
  ConsetDependence of_sources;
} dependence_cases[] = {
  { "oneToOne", CONSET_DEPENDENCE_NONE, CONSET_DEPENDENCE_NONE },
  { "random (0.5) - oneToOne", CONSET_DEPENDENCE_NONE, CONSET_DEPENDENCE_NONE },
  { "~random (0.5) * random (0.3) + random (0.2)", CONSET_DEPENDENCE_NONE, CONSET_DEPENDENCE_NONE },
  { "random (0.5) ^ shift (3, 4) * random (0.5)", CONSET_DEPENDENCE_NONE, CONSET_DEPENDENCE_NONE },
  { "r = random (0.5); r * (transpose * r)", CONSET_DEPENDENCE_UNKNOWN, CONSET_DEPENDENCE_UNKNOWN },
  { "r = random (0.5); r | shift (0, 1) * r", CONSET_DEPENDENCE_UNKNOWN,
    CONSET_DEPENDENCE_UNKNOWN },
  { "block (4, 1) * random (0.5)", CONSET_DEPENDENCE_NONE, CONSET_DEPENDENCE_UNKNOWN },
  { "transpose * (block (4, 1) * random (0.5))", CONSET_DEPENDENCE_UNKNOWN,
    CONSET_DEPENDENCE_NONE },
  { "repeat (4, 50) * random (0.5)", CONSET_DEPENDENCE_NONE, CONSET_DEPENDENCE_UNKNOWN },
  { "repeat (50, 4) * random (0.5)", CONSET_DEPENDENCE_UNKNOWN, CONSET_DEPENDENCE_NONE },
};

/* Whether degrees of neighbouring lines are correlated, over seeds. */
static void
assert_uncorrelated (const char *text, ConsetOrder order)
{
  ConsetWindow window = CONSET_WINDOW (40, 30);
  double sum[2] = { 0 }, square[2] = { 0 }, product = 0.0, n = 1000.0, covariance, variance;

  for (guint seed = 1; seed <= n; seed++)
    {
      g_autoptr (Conset) set = conset_parse (text, seed, NULL);
      double degree[2];

      for (guint k = 0; k < 2; k++)
        {
          degree[k] = (double) degree_of (set, &window, order, 12 + k);
          sum[k] += degree[k];
          square[k] += degree[k] * degree[k];
        }
      product += degree[0] * degree[1];
    }
  covariance = product / n - sum[0] * sum[1] / n / n;
  variance =
    sqrt (square[0] / n - sum[0] * sum[0] / n / n) * sqrt (square[1] / n - sum[1] * sum[1] / n / n);
  if (variance > 0.0)
    assert_z (covariance / variance * sqrt (n), text, order);
}

START_TEST (independent_lines_are_uncorrelated)
{
  g_autoptr (Conset) set = conset_parse (dependence_cases[_i].text, 1, NULL);
  ConsetDependence wanted[] = { dependence_cases[_i].of_targets, dependence_cases[_i].of_sources };

  for (ConsetOrder order = CONSET_TARGET_MAJOR; order <= CONSET_SOURCE_MAJOR; order++)
    {
      ck_assert_int_eq (conset_degree_dependence (set, &CONSET_WINDOW (40, 30), order),
                        wanted[order]);
      if (wanted[order] == CONSET_DEPENDENCE_NONE)
        assert_uncorrelated (dependence_cases[_i].text, order);
    }
}
END_TEST

/* Random trees: what is stated must hold, whatever operators made the set. */

static gboolean
has_fix (const OracleExpr *expr)
{
  return expr != NULL && (expr->kind == ORACLE_FIX || has_fix (expr->a) || has_fix (expr->b));
}

/* Whether a rule would have other candidates if seeds were others, perhaps too few of them. */
static gboolean
has_uncertain_rule (const OracleExpr *expr)
{
  g_autoptr (Conset) candidates = NULL;

  if (expr == NULL)
    return FALSE;
  if (expr->kind == ORACLE_TOTAL || expr->kind == ORACLE_FAN_IN || expr->kind == ORACLE_FAN_OUT)
    {
      candidates = oracle_compose (expr->a);
      return conset_is_random (candidates);
    }
  return has_uncertain_rule (expr->a) || has_uncertain_rule (expr->b);
}

static gboolean
tree_is_telling (const OracleExpr *expr,
                 const ConsetWindow *window,
                 ConsetOrder order,
                 guint64 line,
                 ConsetLaw *law)
{
  g_autoptr (Conset) set = oracle_compose (expr);

  *law = law_of (set, window, order, line);
  return conset_is_random (set) && !(law->kind == CONSET_LAW_UNKNOWN && isnan (law->mean));
}

static gboolean
check_tree (guint64 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) seed);
  g_autoptr (OracleExpr) expr = oracle_random (rand, g_rand_int_range (rand, 1, 5));
  ConsetWindow window = oracle_window (rand);
  ConsetOrder order = g_rand_boolean (rand) ? CONSET_TARGET_MAJOR : CONSET_SOURCE_MAJOR;
  guint64 line = order == CONSET_TARGET_MAJOR ? window.target_first : window.source_first;
  g_autofree char *text = oracle_describe (expr);
  Tally tally = { .n = 0 };

  line += g_rand_int_range (rand, 0, 40);
  if (has_fix (expr) || has_uncertain_rule (expr)
      || MAX (window.source_end - window.source_first, window.target_end - window.target_first)
           > 200
      || !tree_is_telling (expr, &window, order, line, &tally.law))
    return FALSE;
  for (guint64 times = 1; times <= 300; times++)
    {
      g_autoptr (Conset) set = NULL;

      oracle_reseed (expr, times);
      set = oracle_compose (expr);
      tally_add (&tally, degree_of (set, &window, order, line));
    }
  tally_assert (&tally, text);
  return TRUE;
}

START_TEST (degrees_of_random_trees_follow_their_laws)
{
  guint64 n = test_number ("CONSET_TEST_TREES", test_sanitized () ? 250 : 1000), told = 0;

  for (guint64 seed = 0; seed < n; seed++)
    told += check_tree (seed);
  ck_assert_uint_ge (told, n / 10);
}
END_TEST

/* Errors and limits */

START_TEST (wrong_sets_and_windows_are_errors)
{
  g_autoptr (Conset) wrong = conset_random (2.0, 1);
  g_autoptr (Conset) unbounded = conset_random (0.5, 1);
  ConsetWindow beyond = { 0, CONSET_INDEX_END + 1, 0, 1 };
  ConsetLaw law = conset_law_delta (77);
  GError *error = NULL;

  ck_assert (!conset_degree_law (wrong, NULL, CONSET_TARGET_MAJOR, 0, &law, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  g_clear_error (&error);
  ck_assert (!conset_degree_law (unbounded, NULL, CONSET_TARGET_MAJOR, 0, &law, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED));
  g_clear_error (&error);
  ck_assert (!conset_degree_law (unbounded, &beyond, CONSET_TARGET_MAJOR, 0, &law, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_WINDOW));
  g_clear_error (&error);
  ck_assert_double_eq (law.mean, 77);
}
END_TEST

START_TEST (large_and_empty_windows_have_laws)
{
  g_autoptr (Conset) set = conset_difference (conset_random (0.5, 1), conset_one_to_one ());
  ConsetWindow all = CONSET_WINDOW_ALL, none = { 5, 5, 0, 10 };
  ConsetLaw law = law_of (set, &all, CONSET_TARGET_MAJOR, 1000);

  ck_assert_int_eq (law.kind, CONSET_LAW_BINOMIAL);
  ck_assert_double_eq (law.parameters[0], (double) (CONSET_INDEX_END - 1));
  law = law_of (set, &none, CONSET_TARGET_MAJOR, 3);
  assert_named (&law, "delta(0)");
  law = law_of (set, &all, CONSET_TARGET_MAJOR, G_MAXUINT64);
  assert_named (&law, "delta(0)");
}
END_TEST

START_TEST (deep_sets_have_no_known_law)
{
  g_autoptr (Conset) set = conset_random (0.5, 1);
  ConsetWindow window = CONSET_WINDOW (100, 100);
  ConsetLaw law;

  for (guint depth = 1; depth < 256; depth++)
    set = conset_difference (conset_full (), g_steal_pointer (&set));
  law = law_of (set, &window, CONSET_TARGET_MAJOR, 3);
  assert_named (&law, "binomial(n=100, p=0.5)");
  set = conset_difference (conset_full (), g_steal_pointer (&set));
  law = law_of (set, &window, CONSET_TARGET_MAJOR, 3);
  assert_named (&law, "?");
}
END_TEST

static Suite *
degree_laws_suite (void)
{
  Suite *suite = suite_create ("degree laws");
  TCase *tcase = test_case_add (suite, "laws");

  tcase_add_loop_test (tcase, probabilities_are_right, 0, G_N_ELEMENTS (references));
  tcase_add_loop_test (tcase, cumulative_probabilities_are_right, 0,
                       G_N_ELEMENTS (cumulative_references));
  tcase_add_loop_test (tcase, sums_of_probabilities_are_right, 0, G_N_ELEMENTS (laws));
  tcase_add_loop_test (tcase, laws_have_names, 0, G_N_ELEMENTS (texts));

  tcase = test_case_add (suite, "sets");
  tcase_add_loop_test (tcase, degrees_follow_their_laws, 0, G_N_ELEMENTS (set_cases));
  tcase_add_loop_test (tcase, counts_follow_their_laws, 0, G_N_ELEMENTS (count_cases));
  tcase_add_loop_test (tcase, independent_lines_are_uncorrelated, 0,
                       G_N_ELEMENTS (dependence_cases));
  tcase_add_test (tcase, degrees_of_random_trees_follow_their_laws);
  tcase_add_test (tcase, wrong_sets_and_windows_are_errors);
  tcase_add_test (tcase, deep_sets_have_no_known_law);
  tcase_add_test (tcase, large_and_empty_windows_have_laws);
  return suite;
}

int
main (void)
{
  return test_run (degree_laws_suite ());
}
