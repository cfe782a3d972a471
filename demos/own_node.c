/* SPDX-License-Identifier: MIT */
/*
 * A mask of one's own, composed with others: a small world after Watts and Strogatz.
 *
 * The mask is a ring of N neurons, each connected to the K nearest on either side. It is given
 * by two functions: one that answers for a pair, and one that lists the sources of a target.
 * A tenth of the ring is taken away and as many random connections are put in, by operators.
 * The neighbourhoods stay as clustered as they were; the world becomes small.
 */
#include <stdlib.h>

#include <conset/conset.h>

#define N 1000
#define K 10
#define REMOVED 0.1
#define SHORTCUTS (REMOVED * 2 * K / N)

typedef struct
{
  guint64 n;
  guint64 k;
} Ring;

static gboolean
ring_contains (guint64 source, guint64 target, gpointer user_data)
{
  const Ring *ring = user_data;
  guint64 distance = MAX (source, target) - MIN (source, target);

  return source != target && MAX (source, target) < ring->n
         && MIN (distance, ring->n - distance) <= ring->k;
}

/* Adds what [first, end) holds of the sources [from, to], but for the target itself. */
static gsize
ring_add (guint64 from, guint64 to, guint64 target, guint64 first, guint64 end, guint64 *sources)
{
  gsize n = 0;

  for (guint64 source = MAX (from, first); source <= to && source < end; source++)
    if (source != target)
      sources[n++] = source;
  return n;
}

/* The sources of a target are an arc of the ring, which index 0 may cut into two. */
static gsize
ring_fill (guint64 target, guint64 first, guint64 end, guint64 *sources, gpointer user_data)
{
  const Ring *ring = user_data;
  guint64 last = ring->n - 1;
  gsize n = 0;

  if (target > last)
    return 0;
  if (target + ring->k > last)
    n += ring_add (0, target + ring->k - ring->n, target, first, end, sources);
  n += ring_add (target < ring->k ? 0 : target - ring->k, MIN (target + ring->k, last), target,
                 first, end, sources + n);
  if (target < ring->k)
    n += ring_add (ring->n + target - ring->k, last, target, first, end, sources + n);
  return n;
}

static Conset *
ring_new (guint64 n, guint64 k)
{
  Ring *ring = g_new (Ring, 1);

  ring->n = n;
  ring->k = k;
  return conset_intersect (conset_cross_n (n, n),
                           conset_predicate ("ring", ring_contains, ring_fill, ring, g_free));
}

static Conset *
small_world (void)
{
  Conset *kept = conset_difference (ring_new (N, K), conset_random (REMOVED, 1));
  Conset *shortcuts = conset_difference (
    conset_intersect (conset_cross_n (N, N), conset_random (SHORTCUTS, 2)), conset_one_to_one ());

  return conset_union (kept, shortcuts);
}

/* How many of the pairs of sources of @target are connected themselves. */
static gboolean
clustering_of (const Conset *net, guint64 target, double *clustering, GError **error)
{
  gsize n, connected = 0;
  g_autofree guint64 *sources = conset_sources_of (net, target, 0, N, &n, error);

  if (sources == NULL)
    return FALSE;
  for (gsize a = 0; a < n; a++)
    for (gsize b = 0; b < n; b++)
      connected += a != b && conset_contains (net, sources[a], sources[b]);
  *clustering = n < 2 ? 0.0 : (double) connected / (double) (n * (n - 1));
  return TRUE;
}

/* Mean number of steps on the shortest path to @target from wherever there is one. */
static gboolean
path_length_to (const Conset *net, guint64 target, double *length, GError **error)
{
  g_autofree guint *steps = g_new0 (guint, N);
  g_autofree guint64 *queue = g_new (guint64, N);
  gsize head = 0, tail = 0, total = 0;

  queue[tail++] = target;
  while (head < tail)
    {
      guint64 reached = queue[head++];
      gsize n;
      g_autofree guint64 *sources = conset_sources_of (net, reached, 0, N, &n, error);

      if (sources == NULL)
        return FALSE;
      for (gsize k = 0; k < n; k++)
        if (steps[sources[k]] == 0 && sources[k] != target)
          {
            steps[sources[k]] = steps[reached] + 1;
            total += steps[sources[k]];
            queue[tail++] = sources[k];
          }
    }
  *length = tail < 2 ? 0.0 : (double) total / (double) (tail - 1);
  return TRUE;
}

static gboolean
report (const char *name, const Conset *net, GError **error)
{
  double clustering = 0.0, length = 0.0;
  guint64 count;
  guint n = 0;

  if (!conset_count (net, NULL, &count, error))
    return FALSE;
  for (guint64 target = 0; target < N; target += N / 10, n++)
    {
      double c, l;

      if (!clustering_of (net, target, &c, error) || !path_length_to (net, target, &l, error))
        return FALSE;
      clustering += c;
      length += l;
    }
  g_print ("%-12s %11" G_GUINT64_FORMAT " %11.3f %11.2f\n", name, count, clustering / n,
           length / n);
  return TRUE;
}

int
main (void)
{
  g_autoptr (Conset) ring = ring_new (N, K);
  g_autoptr (Conset) world = small_world ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = conset_to_string (world);

  g_print ("%s\n\n%-12s %11s %11s %11s\n", text, "", "connections", "clustering", "path length");
  if (!report ("ring", ring, &error) || !report ("small world", world, &error))
    {
      g_printerr ("own_node: %s\n", error->message);
      return EXIT_FAILURE;
    }
  return EXIT_SUCCESS;
}
