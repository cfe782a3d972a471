/* SPDX-License-Identifier: MIT */
/*
 * Chances: the tables of the common laws, by the ratio of neighbours.
 *
 * From the most probable number, whose weight is 1, weights follow upwards and downwards until
 * they are below 2^-64. The laws are log-concave, so what lies beyond has together no more than
 * about that probability. Sums run inwards from both ends, so that both tails are as exact as a
 * multiple of 2^-64 can be.
 */
#include "chances.h"

#include "random.h"

#include <math.h>

/* Powers */

/* A sum of two doubles, for powers that need more than one. */
typedef struct
{
  double high;
  double low;
} Pair;

static Pair
pair_square (Pair x)
{
  double high = x.high * x.high;
  double low = fma (x.high, x.high, -high) + 2.0 * x.high * x.low;
  double sum = high + low;

  return (Pair){ sum, low - (sum - high) };
}

double
conset_chance_of_none (double p, guint shift)
{
  double high = 1.0 - p;
  Pair q = { high, (1.0 - high) - p };

  while (shift-- > 0)
    q = pair_square (q);
  return q.high + q.low;
}

/* Tables */

/* The first k whose weights up to it are more than half of all. */
static gsize
median_of (const double *weights, gsize n, double sum)
{
  double below = 0.0;

  for (gsize k = 0; k < n - 1; k++)
    {
      below += weights[k];
      if (below > sum / 2.0)
        return k;
    }
  return n - 1;
}

ConsetChances *
conset_chances_new (guint64 least, const double *weights, gsize n)
{
  ConsetChances *self;
  double sum = 0.0, part = 0.0;
  gsize median;

  for (; weights[n - 1] == 0.0; n--)
    ;
  for (; weights[0] == 0.0; n--, least++)
    weights++;
  self = g_malloc (sizeof *self + n * sizeof *self->at_most);
  self->least = least;
  self->n = n;
  for (gsize k = 0; k < n; k++)
    sum += weights[k];
  median = median_of (weights, n, sum);
  for (gsize k = 0; k < median; k++)
    self->at_most[k] = conset_fraction_64 ((part += weights[k]) / sum);
  part = 0.0;
  for (gsize k = n; k-- > median; part += weights[k])
    {
      guint64 above = conset_fraction_64 (part / sum);

      self->at_most[k] = above == 0 ? G_MAXUINT64 : -above;
    }
  /* Where the sums meet, roundings may differ. */
  if (median > 0)
    self->at_most[median] = MAX (self->at_most[median], self->at_most[median - 1]);
  return self;
}

guint64
conset_chances_pick (const ConsetChances *chances, guint64 bits)
{
  gsize first = 0, end = chances->n - 1;

  while (first < end)
    {
      gsize middle = (first + end) / 2;

      if (bits < chances->at_most[middle])
        end = middle;
      else
        first = middle + 1;
    }
  return chances->least + first;
}

/* Laws */

#define NEGLIGIBLE 0x1p-64

/* P(k + 1) / P(k) at k, which @a and @b are parameters of; numbers are at most @last. */
typedef struct
{
  double (*ratio) (double a, guint64 b, guint64 k);
  double a;
  guint64 b;
  guint64 last;
} Law;

static ConsetChances *
chances_of_law (const Law *law, guint64 mode)
{
  g_autoptr (GArray) down = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) weights = g_array_new (FALSE, FALSE, sizeof (double));
  guint64 least = mode;
  double weight = 1.0;

  while (least > 0 && (weight /= law->ratio (law->a, law->b, least - 1)) >= NEGLIGIBLE)
    {
      g_array_append_val (down, weight);
      least--;
    }
  for (guint k = down->len; k-- > 0;)
    g_array_append_val (weights, g_array_index (down, double, k));
  weight = 1.0;
  for (guint64 k = mode; weight >= NEGLIGIBLE; k++)
    {
      g_array_append_val (weights, weight);
      weight = k < law->last ? weight * law->ratio (law->a, law->b, k) : 0.0;
    }
  return conset_chances_new (least, (const double *) (gpointer) weights->data, weights->len);
}

static double
binomial_ratio (double odds, guint64 n, guint64 k)
{
  return (double) (n - k) / ((double) k + 1.0) * odds;
}

ConsetChances *
conset_chances_binomial (guint64 n, double p)
{
  Law law = { binomial_ratio, p / (1.0 - p), n, n };

  return chances_of_law (&law, MIN (n, (guint64) (((double) n + 1.0) * p)));
}

static double
poisson_ratio (double mean, guint64 unused G_GNUC_UNUSED, guint64 k)
{
  return mean / ((double) k + 1.0);
}

ConsetChances *
conset_chances_poisson (double mean)
{
  Law law = { poisson_ratio, mean, 0, G_MAXUINT64 };

  return chances_of_law (&law, (guint64) mean);
}

static double
geometric_ratio (double q, guint64 unused G_GNUC_UNUSED, guint64 k G_GNUC_UNUSED)
{
  return q;
}

ConsetChances *
conset_chances_geometric (double q)
{
  Law law = { geometric_ratio, q, 0, G_MAXUINT64 };

  return chances_of_law (&law, 0);
}
