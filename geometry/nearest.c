/* SPDX-License-Identifier: MIT */
/*
 * Nearest neighbours: each owner, a target or a source, is connected with the k nearest of the
 * others; of several at the same distance those of the least indices.
 *
 * Along an owner's line a disc of about the right size is searched, and enlarged until it has k.
 * The other way round, everybody is asked who is near enough to have it among its k: each owner's
 * bound, the distance and index of its last neighbour, is found once, and owners are sorted into
 * classes by distance, a power of two each, so that a search of a class goes no farther than twice
 * what it must. Bounds are made when they are first needed, and go with the set.
 */
#include <conset/spatial.h>

#include "region_set.h"
#include "sizes.h"

#include "kernels.h"
#include "node.h"

#include <math.h>
#include <string.h>

#define BLOCK CONSET_VALUE_BLOCK

/* The last neighbour of an owner; of one without any the distance is below 0. */
typedef struct
{
  double distance;
  guint32 index;
} Bound;

/* Owners whose distances have the same exponent. */
typedef struct
{
  double reach;
  gsize n;
  guint32 *owners;
  ConsetCells *cells;
} OwnerClass;

typedef struct
{
  Bound *bounds;
  GArray *classes;
} Inverse;

typedef struct
{
  Conset base;
  guint64 k;
  gboolean autapses;
  ConsetOrder owner;
  ConsetValue *metric;
  ConsetMetricParts parts;
  GMutex lock;
  Inverse *inverse;
} NearestNode;

/* A neighbour, and how it is ordered. */
typedef struct
{
  double distance;
  guint32 index;
} Neighbour;

/* @guess: the last distance that had enough; the next search begins about there */
typedef struct
{
  ConsetFound found;
  Neighbour *near;
  gsize room;
  double guess;
  gboolean has_line;
  guint64 line;
  char how[120];
} NearestState;

static const ConsetGeometry *
owners_of (const NearestNode *self)
{
  return self->owner == CONSET_TARGET_MAJOR ? self->parts.targets : self->parts.sources;
}

static const ConsetGeometry *
others_of (const NearestNode *self)
{
  return self->owner == CONSET_TARGET_MAJOR ? self->parts.sources : self->parts.targets;
}

static void
inverse_free (Inverse *inverse)
{
  for (guint k = 0; k < inverse->classes->len; k++)
    {
      OwnerClass *class = &g_array_index (inverse->classes, OwnerClass, k);

      g_free (class->owners);
      g_clear_pointer (&class->cells, conset_cells_free);
    }
  g_array_unref (inverse->classes);
  g_free (inverse->bounds);
  g_free (inverse);
}

static const ConsetGeometry *
nearest_geometry (const Conset *set, G_GNUC_UNUSED ConsetOrder order, GPtrArray *values)
{
  g_ptr_array_add (values, ((const NearestNode *) set)->metric);
  return NULL;
}

static void
nearest_finalize (Conset *set)
{
  NearestNode *self = (NearestNode *) set;

  g_clear_pointer (&self->inverse, inverse_free);
  g_mutex_clear (&self->lock);
  conset_value_unref (self->metric);
}

static void
print_operator (const NearestNode *self, GString *out)
{
  g_string_append_printf (out, "nearest(%" G_GUINT64_FORMAT "%s%s)", self->k,
                          self->autapses ? "" : ", autapses=False",
                          self->owner == CONSET_SOURCE_MAJOR ? ", targets=True" : "");
}

static void
nearest_print (const Conset *set, GString *out)
{
  const NearestNode *self = (const NearestNode *) set;

  print_operator (self, out);
  g_string_append (out, " * ");
  conset_value_print (self->metric, CONSET_VALUE_PREC_UNARY, out);
}

/* {{{ neighbours of an owner */

static gboolean
comes_before (const Neighbour *a, const Neighbour *b)
{
  return a->distance < b->distance || (a->distance == b->distance && a->index < b->index);
}

static void
swap_neighbours (Neighbour *a, Neighbour *b)
{
  Neighbour swap = *a;

  *a = *b;
  *b = swap;
}

/* Moves the first k of n neighbours to the front, in no order: quickselect, with the median of
 * three. */
static void
select_first (Neighbour *near, gsize n, gsize k)
{
  while (n > k && n > 1)
    {
      gsize below = 0;

      if (comes_before (&near[n / 2], &near[0]))
        swap_neighbours (&near[n / 2], &near[0]);
      if (comes_before (&near[n - 1], &near[n / 2]))
        swap_neighbours (&near[n - 1], &near[n / 2]);
      if (comes_before (&near[n / 2], &near[0]))
        swap_neighbours (&near[n / 2], &near[0]);
      swap_neighbours (&near[n / 2], &near[n - 1]);
      for (gsize at = 0; at + 1 < n; at++)
        if (comes_before (&near[at], &near[n - 1]))
          swap_neighbours (&near[at], &near[below++]);
      swap_neighbours (&near[below], &near[n - 1]);
      if (below + 1 <= k)
        {
          near += below + 1;
          n -= below + 1;
          k -= below + 1;
        }
      else
        n = below;
    }
}

static double
distance_of (const NearestNode *self, double *const xyz[], const double *at, gsize n)
{
  conset_spatial ()->distance[self->parts.kind][self->parts.sources->n_dimensions == 3](
    xyz[0], xyz[1], xyz[2], at, self->parts.box, n);
  return xyz[0][0];
}

/* The distances of all that were found, but of @owner itself where that does not count. */
static gsize
measure_found (const NearestNode *self, NearestState *state, guint64 owner, const double *at)
{
  const ConsetFound *found = &state->found;
  double x[BLOCK], y[BLOCK], z[BLOCK];
  double *const xyz[] = { x, y, z };
  gsize n = 0;
  guint64 wrong;

  if (state->room < found->n)
    {
      state->room = found->room;
      state->near = g_renew (Neighbour, state->near, state->room);
    }
  for (gsize from = 0; from < found->n; from += BLOCK)
    {
      ConsetIndices some = { 0, found->indices + from, MIN (BLOCK, found->n - from) };

      /* They were found among the cells, so that they have positions. */
      conset_geometry_fill (others_of (self), &some, xyz, &wrong);
      distance_of (self, xyz, at, some.n);
      for (gsize k = 0; k < some.n; k++)
        if (self->autapses || some.offsets[k] != owner)
          state->near[n++] = (Neighbour){ x[k], some.offsets[k] };
    }
  return n;
}

/* The first radius: that of some more than k positions if they are even. */
static double
first_radius (const NearestNode *self, const ConsetCells *cells)
{
  const ConsetBox *extent = conset_cells_extent (cells);
  double part = MIN (1.0, 1.5 * (double) (self->k + 2) / (double) conset_cells_size (cells));
  guint n = others_of (self)->n_dimensions;
  double longest = 0.0;

  for (guint d = 0; d < n; d++)
    longest = MAX (longest, extent->high[d] - extent->low[d]);
  return MAX (longest * (n == 2 ? sqrt (part) : part / sqrt (part) + 0.1) / 1.7, 1e-300);
}

/* Puts the neighbours of @owner, which is at @at, into state->near; returns how many. */
static gsize
find_neighbours (const NearestNode *self,
                 const ConsetCells *cells,
                 NearestState *state,
                 guint64 owner,
                 const double *at)
{
  gboolean along_sources = self->owner == CONSET_TARGET_MAJOR;
  double radius = state->guess > 0.0 ? state->guess * 1.25 : first_radius (self, cells);
  guint n_dimensions = self->parts.sources->n_dimensions;
  gsize n, wanted = MIN (self->k, G_MAXUINT32);
  ConsetRegion region;
  const ConsetRegionSearch search = { &region, cells, along_sources, NULL };

  for (;; radius *= 1.5)
    {
      gboolean all = !(radius < 1e300);

      conset_region_init_distance (&region, self->parts.kind, n_dimensions, self->parts.box, 0.0,
                                   all ? INFINITY : radius);
      conset_region_search_find (&search, at, &state->found);
      all |= state->found.n == conset_cells_size (cells);
      if (state->found.n < wanted && !all)
        continue;
      n = measure_found (self, state, owner, at);
      if (n >= wanted || all)
        break;
    }
  select_first (state->near, n, wanted);
  n = MIN (n, wanted);
  state->guess = 0.0;
  for (gsize k = 0; k < n; k++)
    state->guess = MAX (state->guess, state->near[k].distance);
  return n;
}

/* }}} */

/* {{{ bounds */

static gboolean
position_of (const ConsetGeometry *geometry, guint64 index, double *at, GError **error)
{
  g_autofree char *problem = NULL;

  if (conset_geometry_at (geometry, index, at))
    return TRUE;
  problem = conset_geometry_problem (geometry, index);
  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_VALUE, problem);
  return FALSE;
}

static int
exponent_of (double distance)
{
  int exponent;

  frexp (distance, &exponent);
  return distance > 0.0 ? exponent : -2000;
}

static Bound
bound_of (const NearestState *state, gsize n)
{
  Bound bound = { -1.0, 0 };

  for (gsize k = 0; k < n; k++)
    if (k == 0 || comes_before (&(Neighbour){ bound.distance, bound.index }, &state->near[k]))
      bound = (Bound){ state->near[k].distance, state->near[k].index };
  return bound;
}

/* The class of owners with this exponent. */
static OwnerClass *
class_of (GHashTable *numbers, GArray *classes, int exponent)
{
  gpointer number;

  if (!g_hash_table_lookup_extended (numbers, GINT_TO_POINTER (exponent), NULL, &number))
    {
      OwnerClass fresh = { 0 };

      g_array_append_val (classes, fresh);
      number = GUINT_TO_POINTER (classes->len - 1);
      g_hash_table_insert (numbers, GINT_TO_POINTER (exponent), number);
    }
  return &g_array_index (classes, OwnerClass, GPOINTER_TO_UINT (number));
}

static void
class_add (OwnerClass *class, guint32 owner, double distance)
{
  if ((class->n & (class->n - 1)) == 0)
    class->owners = g_renew (guint32, class->owners, MAX (1, 2 * class->n));
  class->owners[class->n++] = owner;
  class->reach = MAX (class->reach, distance);
}

static gboolean
class_index (OwnerClass *class, const ConsetGeometry *owners, GError **error)
{
  guint n_dimensions = owners->n_dimensions;
  double *positions = g_new (double, class->n *n_dimensions);
  g_autoptr (ConsetGeometry) geometry = NULL;

  for (gsize k = 0; k < class->n; k++)
    {
      double at[CONSET_MAX_DIMENSIONS];

      conset_geometry_at (owners, class->owners[k], at);
      memcpy (positions + k * n_dimensions, at, n_dimensions * sizeof *at);
    }
  geometry = conset_geometry_array_take (n_dimensions, positions, class->n, positions, g_free);
  class->cells = conset_cells_new (geometry, error);
  return class->cells != NULL;
}

static Inverse *
inverse_new (const NearestNode *self, GError **error)
{
  const ConsetGeometry *owners = owners_of (self);
  const ConsetCells *cells = conset_geometry_cells (others_of (self), error);
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  NearestState state = { 0 };
  Inverse *inverse = g_new0 (Inverse, 1);
  gboolean good = cells != NULL;

  inverse->classes = g_array_new (FALSE, FALSE, sizeof (OwnerClass));
  inverse->bounds = g_new (Bound, owners->size);
  for (guint64 owner = 0; owner < owners->size && good; owner++)
    {
      double at[CONSET_MAX_DIMENSIONS];
      Bound *bound = &inverse->bounds[owner];

      good = position_of (owners, owner, at, error);
      if (!good)
        break;
      *bound = bound_of (&state, find_neighbours (self, cells, &state, owner, at));
      if (bound->distance >= 0.0)
        class_add (class_of (numbers, inverse->classes, exponent_of (bound->distance)),
                   (guint32) owner, bound->distance);
    }
  for (guint k = 0; k < inverse->classes->len && good; k++)
    good = class_index (&g_array_index (inverse->classes, OwnerClass, k), owners, error);
  conset_found_clear (&state.found);
  g_free (state.near);
  if (!good)
    g_clear_pointer (&inverse, inverse_free);
  return inverse;
}

/* NULL with @error set on failure; any thread may ask. */
static const Inverse *
find_inverse (const NearestNode *self, GError **error)
{
  NearestNode *node = (NearestNode *) self;
  Inverse *inverse = g_atomic_pointer_get (&node->inverse);

  if (inverse != NULL)
    return inverse;
  g_mutex_lock (&node->lock);
  inverse = g_atomic_pointer_get (&node->inverse);
  if (inverse == NULL)
    {
      inverse = inverse_new (self, error);
      g_atomic_pointer_set (&node->inverse, inverse);
    }
  g_mutex_unlock (&node->lock);
  return inverse;
}

/* Whether @other, at that distance, is a neighbour of the owner with this bound. */
static gboolean
is_within_bound (
  const NearestNode *self, const Bound *bound, double distance, guint64 owner, guint64 other)
{
  if (!self->autapses && owner == other)
    return FALSE;
  return distance < bound->distance || (distance == bound->distance && other <= bound->index);
}

/* }}} */

/* {{{ lines */

/* One pair is found by a search of its owner. */
static guint64
nearest_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const NearestNode *self = (const NearestNode *) set;
  guint64 owner = self->owner == CONSET_TARGET_MAJOR ? target : source;
  guint64 other = self->owner == CONSET_TARGET_MAJOR ? source : target;
  double at[2][CONSET_MAX_DIMENSIONS];
  const ConsetCells *cells;
  NearestState state = { 0 };
  gboolean is_member = FALSE;
  gsize n;

  /* Rows of a grid may go on beyond its size; nobody there is anybody's neighbour. */
  if (owner >= owners_of (self)->size || other >= others_of (self)->size
      || !conset_geometry_at (owners_of (self), owner, at[0])
      || !conset_geometry_at (others_of (self), other, at[1]))
    return 0;
  cells = conset_geometry_cells (others_of (self), NULL);
  if (cells == NULL)
    return 0;
  n = find_neighbours (self, cells, &state, owner, at[0]);
  for (gsize k = 0; k < n; k++)
    is_member |= state.near[k].index == other;
  conset_found_clear (&state.found);
  g_free (state.near);
  return is_member;
}

/* The others of an owner. */
static gboolean
search_owner (const NearestNode *self, NearestState *state, guint64 owner, GError **error)
{
  const ConsetCells *cells = conset_geometry_cells (others_of (self), error);
  double at[CONSET_MAX_DIMENSIONS];
  gsize n;

  if (cells == NULL || !position_of (owners_of (self), owner, at, error))
    return FALSE;
  n = find_neighbours (self, cells, state, owner, at);
  state->found.n = 0;
  conset_found_reserve (&state->found, n);
  for (gsize k = 0; k < n; k++)
    state->found.indices[state->found.n++] = state->near[k].index;
  return TRUE;
}

/* Owners in a class of those who have @other among their neighbours are added to @into. */
static void
search_class (const NearestNode *self,
              const Inverse *inverse,
              const OwnerClass *class,
              NearestState *state,
              guint64 other,
              const double *at,
              ConsetFound *into)
{
  const ConsetGeometry *owners = owners_of (self);
  double x[1], y[1], z[1];
  double *const xyz[] = { x, y, z };
  ConsetRegion region;
  const ConsetRegionSearch search = { &region, class->cells, self->owner == CONSET_SOURCE_MAJOR,
                                      NULL };

  conset_region_init_distance (&region, self->parts.kind, owners->n_dimensions, self->parts.box,
                               0.0, class->reach * (1.0 + 0x1p-50) + 1e-300);
  conset_region_search_find (&search, at, &state->found);
  conset_found_reserve (into, state->found.n);
  for (gsize k = 0; k < state->found.n; k++)
    {
      guint32 owner = class->owners[state->found.indices[k]];
      double from[CONSET_MAX_DIMENSIONS];

      conset_geometry_at (owners, owner, from);
      x[0] = from[0];
      y[0] = from[1];
      z[0] = owners->n_dimensions > 2 ? from[2] : 0.0;
      if (is_within_bound (self, &inverse->bounds[owner], distance_of (self, xyz, at, 1), owner,
                           other))
        into->indices[into->n++] = owner;
    }
}

static gboolean
search_other (const NearestNode *self, NearestState *state, guint64 other, GError **error)
{
  const Inverse *inverse = find_inverse (self, error);
  double at[CONSET_MAX_DIMENSIONS];
  ConsetFound into = { 0 }, swap;

  if (inverse == NULL || !position_of (others_of (self), other, at, error))
    return FALSE;
  for (guint k = 0; k < inverse->classes->len; k++)
    search_class (self, inverse, &g_array_index (inverse->classes, OwnerClass, k), state, other, at,
                  &into);
  swap = state->found;
  state->found = into;
  conset_found_clear (&swap);
  return TRUE;
}

static gboolean
search_line (ConsetStep *step, guint64 line)
{
  const NearestNode *self = (const NearestNode *) step->set;
  NearestState *state = step->state;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = NULL;

  if (state->has_line && state->line == line)
    return TRUE;
  state->has_line = step->order == self->owner ? search_owner (self, state, line, &error)
                                               : search_other (self, state, line, &error);
  state->line = line;
  if (state->has_line)
    {
      conset_found_sort (&state->found);
      return TRUE;
    }
  text = g_string_new (NULL);
  print_operator (self, text);
  conset_eval_fail (step->eval, (ConsetError) error->code, "%s: %s", text->str, error->message);
  return FALSE;
}

/* }}} */

/* {{{ evaluation */

static double
nearest_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census G_GNUC_UNUSED)
{
  const NearestNode *self = (const NearestNode *) set;

  return (double) conset_window_area (window)
         * MIN (1.0, (double) self->k / (double) MAX (1, others_of (self)->size));
}

static void
nearest_start (ConsetStep *step)
{
  step->state = g_new0 (NearestState, 1);
}

static void
nearest_stop (ConsetStep *step)
{
  NearestState *state = step->state;

  conset_found_clear (&state->found);
  g_free (state->near);
  g_free (state);
}

static void
nearest_fill (ConsetStep *step, ConsetTile *tile)
{
  NearestState *state = step->state;

  if (search_line (step, tile->line))
    conset_found_to_tile (&state->found, 0, tile);
}

static const char *
nearest_how (const ConsetStep *step)
{
  const NearestNode *self = (const NearestNode *) step->set;
  NearestState *state = step->state;

  if (step->order == self->owner)
    g_snprintf (state->how, sizeof state->how,
                "a search through cells for each %s, as wide as it must be",
                step->order == CONSET_TARGET_MAJOR ? "target" : "source");
  else
    g_snprintf (state->how, sizeof state->how,
                "the last neighbour of each %s, found once, then searches for those near enough",
                step->order == CONSET_TARGET_MAJOR ? "source" : "target");
  return state->how;
}

static const ConsetClass conset_nearest_class = {
  .name = "nearest",
  .struct_size = sizeof (NearestNode),
  .precedence = CONSET_PREC_PRODUCT,
  .finalize = nearest_finalize,
  .geometry = nearest_geometry,
  .print = nearest_print,
  .multiplicity = nearest_multiplicity,
  .expected = nearest_expected,
  .start = nearest_start,
  .stop = nearest_stop,
  .fill = nearest_fill,
  .how = nearest_how,
};

/* }}} */

static Conset *
endless_error (const ConsetMetricParts *parts)
{
  const ConsetGeometry *const geometries[] = { parts->sources, parts->targets };
  g_autofree char *text = NULL;

  for (guint k = 0; k < 2; k++)
    if (geometries[k]->size > CONSET_CELLS_MOST)
      {
        text = conset_geometry_describe (geometries[k]);
        return conset_error_new ("nearest: %s has %s positions; give it a size below 2^32", text,
                                 conset_geometry_is_endless (geometries[k]) ? "endlessly many"
                                                                            : "2^32 or more");
      }
  return NULL;
}

Conset *
conset_nearest (guint64 k, gboolean autapses, ConsetOrder owner, ConsetValue *metric)
{
  ConsetMetricParts parts;
  NearestNode *self;
  Conset *error = conset_metric_error ("nearest", metric);

  if (error == NULL && !conset_metric_look (metric, &parts))
    {
      g_autofree char *text = conset_value_describe (metric);

      error = conset_error_new ("nearest * %s: a metric of geometries is needed, such as "
                                "euclidMetric2d(g); of other values it is not known how many pairs "
                                "there are",
                                text);
    }
  if (error == NULL)
    error = endless_error (&parts);
  if (error != NULL)
    {
      g_clear_pointer (&metric, conset_value_unref);
      return error;
    }
  self = conset_node_new (&conset_nearest_class);
  self->k = k;
  self->autapses = autapses;
  self->owner = owner;
  self->metric = metric;
  self->parts = parts;
  g_mutex_init (&self->lock);
  self->base.facts.bounds = (ConsetWindow){ 0, parts.sources->size, 0, parts.targets->size };
  self->base.facts.density = MIN (1.0, (double) k / (double) MAX (1, others_of (self)->size));
  conset_node_note_value (self, metric);
  return conset_node_finish (self);
}
