/* SPDX-License-Identifier: MIT */
/*
 * A small network by every random rule, with the degrees that were found beside the laws that
 * they follow.
 *
 * All networks connect 1,000 neurons with about ten connections each. The rules that draw from
 * candidates get all pairs but the autapses, so that no neuron is connected to itself and the
 * numbers stay exact; sets that look at each pair by itself are cut to these pairs.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <conset/conset.h>

#define N 1000
#define K 10
#define P ((double) K / N)

typedef struct
{
  const char *name;
  Conset *(*make) (void);
} Rule;

/* How many connections each neuron has: as a target, and as a source. */
typedef struct
{
  guint64 in[N];
  guint64 out[N];
} Degrees;

/* {{{ the rules */

static Conset *
candidates (void)
{
  return conset_difference (conset_cross_n (N, N), conset_one_to_one ());
}

static Conset *
cut (Conset *set)
{
  return conset_intersect (set, candidates ());
}

static Conset *
bernoulli (void)
{
  return cut (conset_random (P, 1));
}

static Conset *
symmetric (void)
{
  return cut (conset_random_symmetric (P, 2));
}

/* An intersection would count each pair once; so this one keeps its autapses, too. */
static Conset *
poisson (void)
{
  return conset_random_poisson (P, 3);
}

/* P (1 + cos (2 pi (i - j) / N)): neurons on a circle of directions, like connects to like. */
static Conset *
by_value (void)
{
  ConsetValue *apart = conset_value_subtract (conset_value_source (), conset_value_target ());
  ConsetValue *angle = conset_value_multiply (conset_value_constant (2.0 * G_PI / N), apart);
  ConsetValue *likeness = conset_value_add (conset_value_constant (1.0), conset_value_cos (angle));

  return cut (
    conset_random_by_value (conset_value_multiply (conset_value_constant (P), likeness), FALSE, 4));
}

static Conset *
total (void)
{
  return conset_random_total (N * K, FALSE, 5, candidates ());
}

static Conset *
total_multapses (void)
{
  return conset_random_total (N * K, TRUE, 6, candidates ());
}

static Conset *
fan_in (void)
{
  return conset_random_fan_in (conset_degrees_constant (K), FALSE, 7, candidates ());
}

static Conset *
fan_in_multapses (void)
{
  return conset_random_fan_in (conset_degrees_constant (K), TRUE, 8, candidates ());
}

static Conset *
fan_in_uniform (void)
{
  return conset_random_fan_in (conset_degrees_uniform (5, 15), FALSE, 9, candidates ());
}

static Conset *
fan_out (void)
{
  return conset_random_fan_out (conset_degrees_constant (K), FALSE, 10, candidates ());
}

static Conset *
fan_out_poisson (void)
{
  return conset_random_fan_out (conset_degrees_poisson (K), TRUE, 11, candidates ());
}

static Conset *
small_world (void)
{
  return conset_small_world (N, K, 0.1, 12);
}

static Conset *
modular (void)
{
  return conset_modular (N, 10, 0.08, 0.0022, 13);
}

static Conset *
scale_free (void)
{
  return conset_scale_free (N, K / 2, 14);
}

/* }}} */

/* {{{ the table */

static gboolean
collect (Degrees *degrees, const Conset *net, GError **error)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (net, &CONSET_WINDOW (N, N), CONSET_TARGET_MAJOR);
  ConsetBatch batch;

  memset (degrees, 0, sizeof *degrees);
  while (conset_iter_next_batch (iter, &batch))
    {
      degrees->in[batch.line] += batch.n;
      for (gsize k = 0; k < batch.n; k++)
        degrees->out[batch.indices[k]]++;
    }
  return conset_iter_finish (iter, error);
}

/* One line: what was found, and what a neuron in the middle must expect. */
static gboolean
print_degrees (
  const char *name, const Conset *net, ConsetOrder order, const guint64 degrees[N], GError **error)
{
  guint64 least = G_MAXUINT64, most = 0;
  double mean = 0.0, variance = 0.0;
  g_autofree char *text = NULL;
  ConsetLaw law;

  if (!conset_degree_law (net, &CONSET_WINDOW (N, N), order, N / 2, &law, error))
    return FALSE;
  for (guint i = 0; i < N; i++)
    {
      least = MIN (least, degrees[i]);
      most = MAX (most, degrees[i]);
      mean += (double) degrees[i] / N;
    }
  for (guint i = 0; i < N; i++)
    variance += ((double) degrees[i] - mean) * ((double) degrees[i] - mean) / (N - 1);
  text = conset_law_to_string (&law);
  g_print ("%-27s %-3s %6" G_GUINT64_FORMAT " %5" G_GUINT64_FORMAT " %6.2f %6.2f", name,
           order == CONSET_TARGET_MAJOR ? "in" : "out", least, most, mean, sqrt (variance));
  if (law.kind == CONSET_LAW_UNKNOWN)
    g_print ("   %6.2f %6s   ", conset_expected_count (net, &CONSET_WINDOW (N, N)) / N, "-");
  else
    g_print ("   %6.2f %6.2f   ", law.mean, sqrt (law.variance));
  g_print ("%s\n", text);
  return TRUE;
}

static gboolean
print_rule (const Rule *rule, GError **error)
{
  g_autoptr (Conset) net = rule->make ();
  g_autofree Degrees *degrees = g_new (Degrees, 1);

  return collect (degrees, net, error)
         && print_degrees (rule->name, net, CONSET_TARGET_MAJOR, degrees->in, error)
         && print_degrees ("", net, CONSET_SOURCE_MAJOR, degrees->out, error);
}

/* }}} */

int
main (void)
{
  static const Rule rules[] = {
    { "pairwise Bernoulli", bernoulli },
    { "symmetric Bernoulli", symmetric },
    { "pairwise Poisson", poisson },
    { "Bernoulli by value", by_value },
    { "fixed total", total },
    { "fixed total, multapses", total_multapses },
    { "fixed in-degree", fan_in },
    { "fixed in-degree, multapses", fan_in_multapses },
    { "in-degree uniform", fan_in_uniform },
    { "fixed out-degree", fan_out },
    { "out-degree Poisson", fan_out_poisson },
    { "small world", small_world },
    { "modular", modular },
    { "scale-free", scale_free },
  };
  g_autoptr (GError) error = NULL;

  g_print ("%-27s %-10s %23s   %s\n", "", "", "degrees found", "expected");
  g_print ("%-27s %10s %5s %6s %6s   %6s %6s   %s\n", "", "least", "most", "mean", "sd", "mean",
           "sd", "law");
  for (guint k = 0; k < G_N_ELEMENTS (rules); k++)
    if (!print_rule (&rules[k], &error))
      {
        g_printerr ("rules: %s: %s\n", rules[k].name, error->message);
        return EXIT_FAILURE;
      }
  return EXIT_SUCCESS;
}
