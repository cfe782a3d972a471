/* SPDX-License-Identifier: MIT */
/*
 * conset-bench: how fast sets are streamed, one core, to a consumer that adds up sources and
 * targets.
 *
 *   conset-bench [NAME...] [--seconds S] [--isa portable|avx2]
 *
 * The workloads bear the names of the design's table, or begin with a letter of their own: W5 and W8
 * with S in source-major order, P and F of a projected geometry, G of a grid, M of a million
 * positions, T on a torus, R a rectangle; WN
 * fixed totals, WO fixed out-degrees, WM the middle of a large fixed total, WK fixed in-degrees
 * from half to all of the candidates, WG graphs, BV probabilities by value, VA arithmetic of
 * values, VC values of a callback, other Vs drawn values alone, at a tenth of the pairs of each
 * line, listed. Each runs in a process of its own, so that its peak memory is its own, pass after
 * pass until S seconds are over, and prints one JSON line with the median pass; pairs are all that
 * the window has, members or not. Where a whole set would take long, the window has a part of its
 * targets. Below one second windows have fewer targets in proportion.
 *
 * first_connection_us is how long it takes from a set that was just composed to its first
 * connection: the median of a few times. What a set keeps once it is looked at is
 * there already when the passes are measured; that cost is in first_connection_us.
 *
 * T1 and T2 in a name are the functions for several threads, with one and with two.
 *
 * Without --isa all kernels of this machine take turns, and their checksums must agree.
 * "skip-loop" is the peer that everybody would write: a plain C loop that skips from member to
 * member with log().
 */
#include <conset/conset.h>

#include "value.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PASSES_MOST 1000
#define FIRSTS_MOST 9

typedef struct
{
  guint64 connections;
  guint64 checksum;
} Total;

typedef struct
{
  const char *name;
  const char *expression;
  guint64 n_sources;
  guint64 target_first;
  guint64 n_targets;
  void (*pass) (const Conset *set, const ConsetWindow *window, Total *total);
} Workload;

typedef struct
{
  Total total;
  double pairs;
  double seconds;
  double first_connection;
} Result;

/* Consumers */

static void
check_iter (const ConsetIter *iter)
{
  g_autoptr (GError) error = NULL;

  if (!conset_iter_finish (iter, &error))
    g_error ("%s", error->message);
}

static void
pass_batches (const Conset *set, const ConsetWindow *window, Total *total)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, CONSET_TARGET_MAJOR);
  guint64 sources = 0, targets = 0;
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    {
      for (gsize k = 0; k < batch.n; k++)
        sources += batch.indices[k];
      targets += batch.line * batch.n;
      total->connections += batch.n;
    }
  total->checksum += sources + 3 * targets;
  check_iter (iter);
}

static void
pass_connections (const Conset *set, const ConsetWindow *window, Total *total)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, CONSET_TARGET_MAJOR);
  guint64 sources = 0, targets = 0, n = 0, source, target;

  while (conset_iter_next (iter, &source, &target))
    {
      sources += source;
      targets += target;
      n++;
    }
  total->connections += n;
  total->checksum += sources + 3 * targets;
  check_iter (iter);
}

static void
pass_sources (const Conset *set, const ConsetWindow *window, Total *total)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, CONSET_SOURCE_MAJOR);
  guint64 sources = 0, targets = 0;
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    {
      for (gsize k = 0; k < batch.n; k++)
        targets += batch.indices[k];
      sources += batch.line * batch.n;
      total->connections += batch.n;
    }
  total->checksum += sources + 3 * targets;
  check_iter (iter);
}

/* Two threads, each with a total of its own. */

static void
total_add (Total *total, const ConsetBatch *batch)
{
  guint64 indices = 0;

  for (gsize k = 0; k < batch->n; k++)
    indices += batch->indices[k];
  total->checksum += indices + 3 * batch->line * batch->n;
  total->connections += batch->n;
}

static gpointer
state_begin (gpointer data G_GNUC_UNUSED)
{
  return g_new0 (Total, 1);
}

static gboolean
state_add (const ConsetBatch *batch, gpointer state, GError **error G_GNUC_UNUSED)
{
  total_add (state, batch);
  return TRUE;
}

static void
state_end (gpointer state, gpointer data)
{
  Total *total = data, *own = state;

  total->connections += own->connections;
  total->checksum += own->checksum;
  g_free (own);
}

static void
pass_by_threads (const Conset *set, const ConsetWindow *window, guint n_threads, Total *total)
{
  static const ConsetReducer reducer = { state_begin, state_add, state_end };
  g_autoptr (ConsetTask) task = conset_task_new ();

  conset_task_set_threads (task, n_threads);
  if (!conset_parallel_reduce (set, window, CONSET_TARGET_MAJOR, task, &reducer, total, NULL))
    g_error ("threads fail");
}

static void
pass_two_threads (const Conset *set, const ConsetWindow *window, Total *total)
{
  pass_by_threads (set, window, 2, total);
}

static void
pass_one_thread (const Conset *set, const ConsetWindow *window, Total *total)
{
  pass_by_threads (set, window, 1, total);
}

static void
pass_two_in_order (const Conset *set, const ConsetWindow *window, Total *total)
{
  g_autoptr (ConsetTask) task = conset_task_new ();

  conset_task_set_threads (task, 2);
  if (!conset_parallel_foreach (set, window, CONSET_TARGET_MAJOR, task,
                                (ConsetBatchTaker) state_add, total, NULL))
    g_error ("threads fail");
}

/* The same with the values of a connection set. */
static void
sum_values (const Conset *set, const ConsetWindow *window, ConsetOrder order, Total *total)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, order);
  guint64 indices = 0, lines = 0;
  double values = 0.0;
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    {
      for (gsize k = 0; k < batch.n; k++)
        indices += batch.indices[k];
      for (guint c = 0; c < batch.n_values; c++)
        for (gsize k = 0; k < batch.n; k++)
          values += batch.values[c][k];
      lines += batch.line * batch.n;
      total->connections += batch.n;
    }
  total->checksum += indices + 3 * lines + (guint64) fabs (values);
  check_iter (iter);
}

/* Places where random(0.1) has members on the first line. */
static GArray *
list_places (const ConsetWindow *window)
{
  g_autoptr (Conset) set = conset_random (0.1, 9);
  g_autoptr (ConsetIter) iter = NULL;
  GArray *offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  const ConsetWindow line = { window->source_first, window->source_end, 0, 1 };
  guint64 source, target;

  iter = conset_iter_new (set, &line, CONSET_TARGET_MAJOR);
  while (conset_iter_next (iter, &source, &target))
    {
      guint32 offset = (guint32) (source - window->source_first);

      g_array_append_val (offsets, offset);
    }
  return offsets;
}

/* The first value of a connection set, without the set. */
static void
pass_places (const Conset *set, const ConsetWindow *window, Total *total)
{
  g_autoptr (ConsetValue) value = conset_value_of (conset_ref (set), 0);
  g_autoptr (GArray) offsets = list_places (window);
  g_autofree guint64 *bits = g_new (guint64, offsets->len);
  ConsetValuePlan *plan = conset_value_plan_new (value, CONSET_TARGET_MAJOR);

  for (guint64 target = window->target_first; target < window->target_end; target++)
    {
      ConsetPlaces places = { CONSET_TARGET_MAJOR,       target,       window->source_first,
                              (guint32 *) offsets->data, offsets->len, NULL };

      conset_value_plan_fill (plan, &places, (double *) bits);
      for (guint k = 0; k < offsets->len; k++)
        total->checksum += bits[k];
      total->connections += offsets->len;
    }
  conset_value_plan_free (plan);
}

static void
pass_values (const Conset *set, const ConsetWindow *window, Total *total)
{
  sum_values (set, window, CONSET_TARGET_MAJOR, total);
}

static void
pass_values_of_sources (const Conset *set, const ConsetWindow *window, Total *total)
{
  sum_values (set, window, CONSET_SOURCE_MAJOR, total);
}

static guint64
xorshift (guint64 *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* The peer: p = 0.1, neither a set nor reproducible in windows. */
static void
pass_skip_loop (const Conset *set G_GNUC_UNUSED, const ConsetWindow *window, Total *total)
{
  guint64 state = 88172645463325252u, sources = 0, targets = 0;
  double scale = 1.0 / log (1.0 - 0.1);

  for (guint64 target = window->target_first; target < window->target_end; target++)
    for (guint64 source = window->source_first;; source++)
      {
        source += (guint64) (log (((double) (xorshift (&state) >> 11) + 1.0) * 0x1p-53) * scale);
        if (source >= window->source_end)
          break;
        sources += source;
        targets += target;
        total->connections++;
      }
  total->checksum += sources + 3 * targets;
}

/* Values */

static double
call_at (guint64 source, guint64 target, gpointer data G_GNUC_UNUSED)
{
  return 0.5 * (double) (gint64) (source + 3 * target);
}

static void
call_fill (const ConsetPlaces *places, double *values, gpointer data)
{
  for (gsize k = 0; k < places->n; k++)
    values[k] = call_at (conset_places_source (places, k), conset_places_target (places, k), data);
}

/* With a value that no text can say (transfer full). */
static void
sum_with (const Conset *set, ConsetValue *value, const ConsetWindow *window, Total *total)
{
  g_autoptr (Conset) connections = conset_cset (conset_ref (set), 1, &value, NULL);

  sum_values (connections, window, CONSET_TARGET_MAJOR, total);
}

static void
pass_batch_callback (const Conset *set, const ConsetWindow *window, Total *total)
{
  sum_with (set, conset_value_callback ("batches", call_at, call_fill, NULL, NULL), window, total);
}

static void
pass_pair_callback (const Conset *set, const ConsetWindow *window, Total *total)
{
  sum_with (set, conset_value_callback ("pairs", call_at, NULL, NULL, NULL), window, total);
}

static void
pass_attribute (const Conset *set, const ConsetWindow *window, Total *total)
{
  double *array = g_new (double, window->source_end);

  for (guint64 k = 0; k < window->source_end; k++)
    array[k] = 0.5 * (double) (gint64) k;
  sum_with (set,
            conset_value_source_attribute_take (array, window->source_end, NULL, array, g_free),
            window, total);
}

/* Workloads */

#define SQUARE "cross(range(100000), range(100000))"
#define LARGE "cross(range(1000000), range(1000000))"
#define KERNEL "random(seed=1) * (0.1 * exp(-abs(i - j) / 1000))"
#define LINEAR "0.5 * (i + 1) - abs(i - j) / 3"
#define RATIO "random(seed=1) * (0.1 * (abs(i - j) / (i + j + 1)))"

#define NEAR "disc(0.0178412412) * euclidMetric2d"
#define POINTS "random2d(100000, seed=1)"
#define FORMULA                                                                                    \
  "ProjectionOperator(lambda p: (cmath.exp(complex(p[0], p[1]) / 7.7).real * 7.7 - 7.7, "          \
  "cmath.exp(complex(p[0], p[1]) / 7.7).imag * 7.7))"

static const Workload workloads[] = {
  { "W1", "random(0.1, seed=1)", 20000, 0, 20000, pass_batches },
  { "W1T1", "random(0.1, seed=1)", 20000, 0, 20000, pass_one_thread },
  { "W1T2", "random(0.1, seed=1)", 20000, 0, 20000, pass_two_threads },
  { "W1T2-in-order", "random(0.1, seed=1)", 20000, 0, 20000, pass_two_in_order },
  { "W1-next", "random(0.1, seed=1)", 20000, 0, 20000, pass_connections },
  { "W1-source-major", "random(0.1, seed=1)", 20000, 0, 20000, pass_sources },
  { "W2", "random(0.001, seed=1)", 100000, 0, 100000, pass_batches },
  { "W2-source-major", "random(0.001, seed=1)", 100000, 0, 100000, pass_sources },
  { "W3", "random(0.5, seed=1)", 20000, 0, 20000, pass_batches },
  { "W3b", "random(0.4999, seed=1)", 20000, 0, 20000, pass_batches },
  { "W4", "block(10)*random(0.7, seed=1)*random(0.5, seed=2) - oneToOne", 10000, 0, 10000,
    pass_batches },
  { "W5", NEAR "(" POINTS ")", 100000, 0, 100000, pass_batches },
  { "W5S", NEAR "(" POINTS ")", 100000, 0, 100000, pass_sources },
  { "W5P", NEAR "(affine([[0.8, 0.6], [-0.6, 0.8]], [1, 2]) * " POINTS ")", 100000, 0, 100000,
    pass_batches },
  { "W5F", NEAR "(" POINTS ", " FORMULA " * " POINTS ")", 100000, 0, 100000, pass_batches },
  { "W5G", NEAR "(grid2d(316, height=316))", 99856, 0, 99856, pass_batches },
  { "W5M", "disc(0.00564189584) * euclidMetric2d(random2d(1000000, seed=1))", 1000000, 0, 200000,
    pass_batches },
  { "W5T", "disc(0.0178412412) * euclidToroidMetric2d(" POINTS ")", 100000, 0, 100000,
    pass_batches },
  { "W5R", "rectangle(0.05, 0.02, azimuth=30) * " POINTS, 100000, 0, 100000, pass_batches },
  { "W5-3d", "ball(0.0620350491) * euclidMetric3d(random3d(100000, seed=1))", 100000, 0, 100000,
    pass_batches },
  { "W6", "random(seed=1) * (gaussian(0.05, 0.15) * euclidMetric2d(random2d(100000, seed=2)))",
    100000, 0, 10000, pass_batches },
  { "W6S", "random(seed=1) * (gaussian(0.05, 0.15) * euclidMetric2d(random2d(100000, seed=2)))",
    10000, 0, 100000, pass_sources },
  { "W8", NEAR "(" POINTS ") * random(0.1, seed=2)", 100000, 0, 100000, pass_batches },
  { "W8S", NEAR "(" POINTS ") * random(0.1, seed=2)", 100000, 0, 100000, pass_sources },

  { "W7", "full - oneToOne", 100000, 0, 100000, pass_batches },

  { "W9", "random(fanIn=1000, multapses=False, seed=1) * " SQUARE, 100000, 0, 20000, pass_batches },
  { "W9T1", "random(fanIn=1000, multapses=False, seed=1) * " SQUARE, 100000, 0, 20000,
    pass_one_thread },
  { "W9T2", "random(fanIn=1000, multapses=False, seed=1) * " SQUARE, 100000, 0, 20000,
    pass_two_threads },
  { "W9T2-in-order", "random(fanIn=1000, multapses=False, seed=1) * " SQUARE, 100000, 0, 20000,
    pass_two_in_order },
  { "W10",
    "cset(random(0.1, seed=1), weight=normal(1, 0.2, seed=2), delay=0.5 + 0.002 * abs(i - j))",
    20000, 0, 20000, pass_values },
  { "W10-weight", "cset(random(0.1, seed=1), normal(1, 0.2, seed=2))", 20000, 0, 20000,
    pass_values },
  { "W10-delay", "cset(random(0.1, seed=1), 0.5 + 0.002 * abs(i - j))", 20000, 0, 20000,
    pass_values },
  { "W10-sum", "cset(random(0.1, seed=1), normal(1, 0.2, seed=2)) + cset(random(0.01, seed=3), 2)",
    20000, 0, 20000, pass_values },
  { "W9-multapses", "random(fanIn=1000, seed=1) * " SQUARE, 100000, 0, 20000, pass_batches },
  { "W9-no-autapses", "random(fanIn=1000, multapses=False, seed=1) * (" SQUARE " - oneToOne)",
    100000, 0, 20000, pass_batches },
  { "W9-poisson", "random(fanIn=poisson(1000), multapses=False, seed=1) * " SQUARE, 100000, 0,
    20000, pass_batches },
  { "W9-source-major", "random(fanIn=1000, multapses=False, seed=1) * " SQUARE, 100000, 0, 10000,
    pass_sources },
  { "W9-of-random",
    "random(fanIn=100, multapses=False, seed=1) * (random(0.1, seed=2) * " SQUARE ")", 100000, 0,
    1000, pass_batches },
  { "WK-half", "random(fanIn=50000, multapses=False, seed=1) * " SQUARE, 100000, 0, 400,
    pass_batches },
  { "WK-all-but-one", "random(fanIn=99999, multapses=False, seed=1) * " SQUARE, 100000, 0, 400,
    pass_batches },
  { "WK-all", "random(fanIn=100000, multapses=False, seed=1) * " SQUARE, 100000, 0, 400,
    pass_batches },
  { "WF", "random(fanIn=1000, weight=i + 1, multapses=False, seed=1) * " SQUARE, 100000, 0, 500,
    pass_batches },
  { "WF-multapses", "random(fanIn=1000, weight=i + 1, seed=1) * " SQUARE, 100000, 0, 500,
    pass_batches },
  { "WO", "random(fanOut=1000, multapses=False, seed=1) * " SQUARE, 100000, 0, 5000, pass_batches },
  { "WO-multapses", "random(fanOut=1000, seed=1) * " SQUARE, 100000, 0, 5000, pass_batches },
  { "WO-source-major", "random(fanOut=1000, multapses=False, seed=1) * " SQUARE, 20000, 0, 100000,
    pass_sources },
  { "WN", "random(N=100000000, seed=1) * " SQUARE, 100000, 0, 20000, pass_batches },
  { "WN-no-multapses", "random(N=100000000, multapses=False, seed=1) * " SQUARE, 100000, 0, 20000,
    pass_batches },
  { "WN-source-major", "random(N=100000000, seed=1) * " SQUARE, 100000, 0, 10000, pass_sources },
  { "WN-of-blocks",
    "random(N=1000000, multapses=False, seed=1) * (block(10) * "
    "random(0.7, seed=2) * cross(range(10000), range(10000)))",
    10000, 0, 10000, pass_batches },
  { "WN-part", "splitTargets(random(N=100000000, seed=1) * " SQUARE ", 3, 8)", 100000, 0, 20000,
    pass_batches },
  { "WM", "random(N=1000000000, seed=1) * " LARGE, 1000000, 500000, 1000, pass_batches },
  { "WM-whole", "random(N=1000000, seed=1) * cross(range(1000000), range(1000))", 1000000, 0, 1000,
    pass_batches },
  { "WM-1e12", "random(N=1000000000000, seed=1) * cross(range(1000000), range(1000000000))",
    1000000, 500000000, 1000, pass_batches },
  { "WM-sparse", "random(N=1000000, seed=1) * " LARGE, 1000000, 0, 1000000, pass_batches },
  { "WM-dense", "random(N=1000000000000, seed=1) * " LARGE, 1000000, 500000, 20, pass_batches },

  { "WP", "random(poisson=0.1, seed=1)", 20000, 0, 20000, pass_batches },
  { "WS", "random(0.1, symmetric=True, seed=1)", 20000, 0, 20000, pass_batches },
  { "BV", KERNEL, 20000, 0, 5000, pass_batches },
  { "BV-arithmetic", RATIO, 20000, 0, 5000, pass_batches },
  { "BV-source-major", KERNEL, 20000, 0, 5000, pass_sources },
  { "VA", "cset(full, " LINEAR ")", 20000, 0, 10000, pass_values },
  { "VA-source-major", "cset(full, " LINEAR ")", 20000, 0, 10000, pass_values_of_sources },
  { "VA-where", "cset(full, where(i < j, 0.5 * (i + 1), abs(i - j) / 3))", 20000, 0, 10000,
    pass_values },
  { "VA-angles", "cset(full, atan2(i - j, 1 + i))", 20000, 0, 2000, pass_values },
  { "VA-mod", "cset(full, (i + 7 * j) % 10)", 20000, 0, 5000, pass_values },
  { "VA-attribute", "full", 20000, 0, 10000, pass_attribute },
  { "VC", "full", 20000, 0, 10000, pass_batch_callback },
  { "VC-pairs", "full", 20000, 0, 5000, pass_pair_callback },
  { "WG-grid", "gridNeighbours(1000, 1000, radius=3, moore=True)", 1000000, 0, 200000,
    pass_batches },
  { "WG-small-world", "smallWorld(200000, 10, 0.1, seed=1)", 200000, 0, 200000, pass_batches },
  { "WG-small-world-source-major", "smallWorld(200000, 10, 0.1, seed=1)", 200000, 0, 200000,
    pass_sources },
  { "WG-scale-free", "scaleFree(100000, 10, seed=1)", 100000, 0, 100000, pass_batches },
  { "WG-modular", "modular(20000, 20, 0.2, 0.01, seed=1)", 20000, 0, 20000, pass_batches },
  { "VU", "cset(full, uniform(0, 1, seed=1))", 20000, 0, 20000, pass_places },
  { "VN", "cset(full, normal(1, 0.2, seed=1))", 20000, 0, 20000, pass_places },
  { "VN-by-pair", "cset(full, normal(i + j, 0.2, seed=1))", 20000, 0, 20000, pass_places },
  { "VT", "cset(full, truncatedNormal(1, 0.2, 0, 2, seed=1))", 20000, 0, 20000, pass_places },
  { "VL", "cset(full, lognormal(1, 0.2, seed=1))", 20000, 0, 20000, pass_places },
  { "VE", "cset(full, exponential(1, seed=1))", 20000, 0, 20000, pass_places },
  { "VG", "cset(full, gamma(2.5, 1, seed=1))", 20000, 0, 5000, pass_places },
  { "VG-small-shape", "cset(full, gamma(0.5, 1, seed=1))", 20000, 0, 5000, pass_places },
  { "VB", "cset(full, beta(2, 3, seed=1))", 20000, 0, 5000, pass_places },
  { "VM", "cset(full, mixture([1, 2], [normal(0, 1, seed=1), 3], seed=2))", 20000, 0, 5000,
    pass_places },
  { "skip-loop", "empty", 20000, 0, 20000, pass_skip_loop },
};

/* Measuring */

static int
by_size (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static Conset *
compose (const Workload *work)
{
  g_autoptr (GError) error = NULL;
  Conset *set = conset_parse (work->expression, CONSET_DEFAULT_SEED, &error);

  if (set == NULL)
    g_error ("%s: %s", work->name, error->message);
  return set;
}

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) * 1e-6;
}

static double
median (double *numbers, guint n)
{
  qsort (numbers, n, sizeof *numbers, by_size);
  return numbers[n / 2];
}

/* Median seconds from a new set to its first connection, if it has any. */
static double
measure_first (const Workload *work, const ConsetWindow *window, double seconds)
{
  ConsetOrder order = work->pass == pass_sources ? CONSET_SOURCE_MAJOR : CONSET_TARGET_MAJOR;
  double firsts[FIRSTS_MOST], spent = 0.0;
  guint n = 0;

  do
    {
      g_autoptr (Conset) set = compose (work);
      gint64 start = g_get_monotonic_time ();
      g_autoptr (ConsetIter) iter = conset_iter_new (set, window, order);
      ConsetBatch batch;

      conset_iter_next_batch (iter, &batch);
      firsts[n] = seconds_since (start);
      spent += firsts[n++];
      check_iter (iter);
    }
  while (spent < 0.1 * seconds && n < FIRSTS_MOST);
  return median (firsts, n);
}

static Result
measure (const Workload *work, double seconds)
{
  g_autoptr (Conset) set = compose (work);
  guint64 n_targets = MAX (1, (guint64) ((double) work->n_targets * MIN (1.0, seconds)));
  ConsetWindow window = { 0, work->n_sources, work->target_first, work->target_first + n_targets };
  double passes[PASSES_MOST], spent = 0.0;
  guint n = 0;
  Result result;

  result.pairs = (double) work->n_sources * (double) n_targets;
  result.first_connection = measure_first (work, &window, seconds);
  do
    {
      gint64 start = g_get_monotonic_time ();

      memset (&result.total, 0, sizeof result.total);
      work->pass (set, &window, &result.total);
      passes[n] = seconds_since (start);
      spent += passes[n++];
    }
  while (spent < seconds && n < PASSES_MOST);
  result.seconds = median (passes, n);
  return result;
}

static void
print_result (const Workload *work, const char *isa, const Result *result, long peak)
{
  double rate = (double) result->total.connections / result->seconds;

  printf ("{\"name\": \"%s\", \"connections\": %" G_GUINT64_FORMAT
          ", \"seconds\": %.6f, \"connections_per_second\": %.4g, \"ns_per_connection\": %.4g, "
          "\"pairs_per_second\": %.4g, \"first_connection_us\": %.4g, \"peak_rss_kib\": %ld, "
          "\"isa\": \"%s\", \"checksum\": "
          "\"%016" G_GINT64_MODIFIER "x\"}\n",
          work->name, result->total.connections, result->seconds, rate, 1e9 / rate,
          result->pairs / result->seconds, 1e6 * result->first_connection, peak, isa,
          result->total.checksum);
  fflush (stdout);
}

/* One workload in a child; its checksum comes back through a pipe. */
static guint64
run_apart (const Workload *work, const char *isa, double seconds)
{
  int ends[2], status;
  guint64 checksum = 0;
  struct rusage usage;
  Result result;
  pid_t child;

  if (pipe (ends) != 0)
    g_error ("pipe: %s", g_strerror (errno));
  child = fork ();
  if (child == 0)
    {
      conset_set_isa (isa);
      result = measure (work, seconds);
      getrusage (RUSAGE_SELF, &usage);
      print_result (work, isa, &result, usage.ru_maxrss);
      if (write (ends[1], &result.total.checksum, sizeof checksum) != sizeof checksum)
        _exit (EXIT_FAILURE);
      _exit (EXIT_SUCCESS);
    }
  close (ends[1]);
  if (child < 0 || read (ends[0], &checksum, sizeof checksum) != sizeof checksum
      || waitpid (child, &status, 0) != child || status != 0)
    g_error ("%s: the measuring process failed", work->name);
  close (ends[0]);
  return checksum;
}

/* Returns whether all kernels agree. */
static gboolean
run_workload (const Workload *work, const char *only, double seconds)
{
  static const char *const names[] = { "avx2", "portable" };
  guint64 checksum = 0;
  gboolean first = TRUE, agree = TRUE;

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    if (only != NULL ? strcmp (only, names[k]) == 0 : conset_set_isa (names[k]))
      {
        guint64 sum = run_apart (work, names[k], seconds);

        agree &= first || sum == checksum;
        checksum = sum;
        first = FALSE;
      }
  if (!agree)
    fprintf (stderr, "conset-bench: %s: the kernels do not agree\n", work->name);
  return agree;
}

static gboolean
is_named (const char *name, char **names)
{
  return names == NULL || g_strv_contains ((const char *const *) names, name);
}

static gboolean
names_are_known (char **names)
{
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      gboolean known = FALSE;

      for (guint k = 0; k < G_N_ELEMENTS (workloads); k++)
        known |= strcmp (*name, workloads[k].name) == 0;
      if (!known)
        {
          fprintf (stderr, "conset-bench: there is no workload '%s'; known are:", *name);
          for (guint k = 0; k < G_N_ELEMENTS (workloads); k++)
            fprintf (stderr, " %s", workloads[k].name);
          fputc ('\n', stderr);
          return FALSE;
        }
    }
  return TRUE;
}

int
main (int argc, char **argv)
{
  double seconds = 1.0;
  g_autofree char *isa = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context =
    g_option_context_new ("[NAME...] - streams sets and times it");
  const GOptionEntry entries[] = {
    { "seconds", 's', 0, G_OPTION_ARG_DOUBLE, &seconds, "How long each workload runs, default 1",
      "S" },
    { "isa", 0, 0, G_OPTION_ARG_STRING, &isa, "Kernels to use: portable or avx2, default both",
      "NAME" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, NULL, NULL },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  gboolean agree = TRUE;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !(seconds > 0.0))
    {
      fprintf (stderr, "conset-bench: %s\n",
               error != NULL ? error->message : "--seconds must be above 0");
      return 2;
    }
  if (isa != NULL && !conset_set_isa (isa))
    {
      fprintf (stderr, "conset-bench: this machine has no kernels '%s'; try portable or avx2\n",
               isa);
      return 2;
    }
  if (!names_are_known (names))
    return 2;

  for (guint k = 0; k < G_N_ELEMENTS (workloads); k++)
    if (is_named (workloads[k].name, names))
      agree &= run_workload (&workloads[k], isa, seconds);
  return agree ? EXIT_SUCCESS : EXIT_FAILURE;
}
