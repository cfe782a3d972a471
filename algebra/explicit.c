/* SPDX-License-Identifier: MIT */
/*
 * Explicit sets: m(i,j) is how often (i,j) is listed, and its copies have the values that they
 * are listed with, in the order of the list.
 *
 * The connections are kept as lines of either order; the source-major one is made when it
 * is first asked for. Members come out ascending, repeated as listed. A tile costs
 * O(log lines + members).
 */
#include <conset/cset.h>

#include "explicit.h"

#include "cset.h"

#include "text.h"

#include <math.h>

/* So many connections fit a tile, however wide. */
#define FEW 16384

/* @listings is indexed by ConsetOrder. @values has the values of each column by the positions of
 * the target-major listing. */
typedef struct
{
  Conset base;
  gsize n;
  gsize n_different;
  ConsetListing *listings[2];
  GMutex mutex;
  double **values;
  char *text;
} ExplicitNode;

static const ConsetListing *
explicit_listing (const Conset *set, ConsetOrder order)
{
  ExplicitNode *self = (ExplicitNode *) set;
  ConsetListing *listing = g_atomic_pointer_get (&self->listings[order]);

  if (listing != NULL)
    return listing;
  g_mutex_lock (&self->mutex);
  listing = g_atomic_pointer_get (&self->listings[order]);
  if (listing == NULL)
    {
      listing =
        conset_listing_turn (self->listings[CONSET_TARGET_MAJOR], set->facts.columns != NULL);
      g_atomic_pointer_set (&self->listings[order], listing);
    }
  g_mutex_unlock (&self->mutex);
  return listing;
}

/* {{{ class */

void
conset_explicit_free_values (double **values, guint n)
{
  for (guint k = 0; k < n; k++)
    g_free (values[k]);
  g_free (values);
}

static void
explicit_finalize (Conset *set)
{
  ExplicitNode *self = (ExplicitNode *) set;

  for (guint k = 0; k < 2; k++)
    g_clear_pointer (&self->listings[k], conset_listing_free);
  g_mutex_clear (&self->mutex);
  conset_explicit_free_values (self->values, conset_arity (set));
  g_free (self->text);
}

static void
print_pairs (const Conset *set, GString *out)
{
  const ConsetListing *listing = explicit_listing (set, CONSET_TARGET_MAJOR);

  g_string_append_c (out, '[');
  for (gsize line = 0; line < listing->n_lines; line++)
    for (gsize k = listing->starts[line];
         k < listing->starts[line + 1] && !conset_print_is_full (out); k++)
      g_string_append_printf (out, "%s(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")",
                              k > 0 ? ", " : "", listing->members[k], listing->lines[line]);
  g_string_append_c (out, ']');
}

/* A list of numbers for each column. */
static void
print_values (const ExplicitNode *self, GString *out)
{
  const ConsetColumns *columns = self->base.facts.columns;

  for (guint c = 0; c < columns->n; c++)
    {
      g_string_append (out, ", ");
      if (columns->names[c] != NULL)
        g_string_append_printf (out, "%s=", columns->names[c]);
      for (gsize k = 0; k < self->n && !conset_print_is_full (out); k++)
        {
          g_string_append (out, k == 0 ? "[" : ", ");
          conset_append_real (out, self->values[c][k]);
        }
      g_string_append_c (out, ']');
    }
}

static void
explicit_print (const Conset *set, GString *out)
{
  const ExplicitNode *self = (const ExplicitNode *) set;

  if (set->facts.columns == NULL)
    {
      print_pairs (set, out);
      return;
    }
  g_string_append (out, "cset(");
  print_pairs (set, out);
  print_values (self, out);
  g_string_append_c (out, ')');
}

static void
fixed_print (const Conset *set, GString *out)
{
  g_string_append (out, ((const ExplicitNode *) set)->text);
}

static guint64
explicit_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  gsize position;

  return conset_listing_find (explicit_listing (set, CONSET_TARGET_MAJOR), target, source,
                              source + 1, &position);
}

/* More copies than are listed, as a random rule may want, have the values of the first once more.
 */
static double
explicit_value (const Conset *set, guint column, const ConsetPlace *place)
{
  const ExplicitNode *self = (const ExplicitNode *) set;
  gsize position,
    times = conset_listing_find (explicit_listing (set, CONSET_TARGET_MAJOR), place->target,
                                 place->source, place->source + 1, &position);

  return self->values[column][position + place->copy % MAX (times, 1)];
}

static gboolean
explicit_count (const Conset *set,
                const ConsetWindow *window,
                ConsetCensus *census G_GNUC_UNUSED,
                ConsetCount *count)
{
  const ConsetListing *listing = explicit_listing (set, CONSET_TARGET_MAJOR);
  gsize position;

  *count = 0;
  for (gsize k = conset_listing_find_line (listing, window->target_first);
       k < listing->n_lines && listing->lines[k] < window->target_end; k++)
    *count += conset_listing_find (listing, listing->lines[k], window->source_first,
                                   window->source_end, &position);
  return TRUE;
}

/* As if what is repeated lay everywhere alike. */
static double
explicit_share (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  const ExplicitNode *self = (const ExplicitNode *) set;
  ConsetCount count;

  explicit_count (set, window, census, &count);
  return (double) count * (double) self->n_different / (double) self->n
         / (double) conset_window_area (window);
}

static guint64
explicit_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  const ConsetListing *listing = explicit_listing (set, order);
  gsize k = conset_listing_find_line (listing, line);

  return k < listing->n_lines ? listing->lines[k] : CONSET_INDEX_END;
}

static guint64
explicit_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  const ConsetListing *listing = explicit_listing (set, order);
  gsize position, n = conset_listing_find (listing, line, from, CONSET_INDEX_END, &position);

  return n > 0 ? listing->members[position] : CONSET_INDEX_END;
}

static void
explicit_fill (ConsetStep *step, ConsetTile *tile)
{
  const ConsetListing *listing = explicit_listing (step->set, step->order);
  gsize position, n = conset_listing_find (listing, tile->line, tile->first,
                                           tile->first + tile->width, &position);
  guint32 *list = conset_tile_reserve_list (tile, n);
  gboolean repeated = FALSE;

  for (gsize k = 0; k < n; k++)
    {
      list[k] = (guint32) (listing->members[position + k] - tile->first);
      repeated |= k > 0 && list[k] == list[k - 1];
    }
  conset_tile_set_list (tile, n, repeated);
}

static double
explicit_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  gsize position;

  return (double) conset_listing_find (explicit_listing (step->set, step->order), line, first,
                                       first + width, &position);
}

/* How many of the @n @members, at least one, are the same as the first: by strides that double, and
 * halving the last of them. */
static gsize
count_same (const guint64 *members, gsize n)
{
  gsize low = 0, high = 1;

  while (high < n && members[high] == members[0])
    {
      low = high;
      high *= 2;
    }
  for (high = MIN (high, n); low + 1 < high;)
    {
      gsize middle = low + (high - low) / 2;

      if (members[middle] == members[0])
        low = middle;
      else
        high = middle;
    }
  return high;
}

/* Places ascend, so that the search for each pair begins behind the one before. */
static void
explicit_fill_values (ConsetStep *step, const ConsetPlaces *places, double *const *values)
{
  const ExplicitNode *self = (const ExplicitNode *) step->set;
  const ConsetListing *listing = explicit_listing (step->set, step->order);
  guint64 first = conset_places_along (places, 0);
  gsize position,
    left = conset_listing_find (listing, places->line, first, CONSET_INDEX_END, &position);
  gsize end = position + left, times = 0;

  for (gsize k = 0; k < places->n; k++)
    {
      guint64 along = conset_places_along (places, k);
      gsize copy = places->copies != NULL ? places->copies[k] : 0, at;

      if (k == 0 || along != conset_places_along (places, k - 1))
        {
          for (position += times; position < end && listing->members[position] < along;)
            position++;
          times = count_same (listing->members + position, end - position);
        }
      at = position + copy % times;
      if (listing->numbers != NULL)
        at = listing->numbers[at];
      for (guint c = 0; c < step->set->facts.columns->n; c++)
        values[c][k] = self->values[c][at];
    }
}

#define EXPLICIT_SLOTS                                                                             \
  .struct_size = sizeof (ExplicitNode), .finalize = explicit_finalize,                             \
  .multiplicity = explicit_multiplicity, .share = explicit_share, .count = explicit_count,         \
  .next_line = explicit_next_line, .next_along = explicit_next_along, .fill = explicit_fill,       \
  .load = explicit_load, .value = explicit_value, .fill_values = explicit_fill_values

static const ConsetClass conset_explicit_class = {
  .name = "explicit",
  .precedence = CONSET_PREC_ATOM,
  .print = explicit_print,
  EXPLICIT_SLOTS,
};

static const ConsetClass conset_fixed_class = {
  .name = "fix",
  .precedence = CONSET_PREC_PRODUCT,
  .print = fixed_print,
  EXPLICIT_SLOTS,
};

static const ConsetClass conset_file_class = {
  .name = "fromFile",
  .precedence = CONSET_PREC_ATOM,
  .print = fixed_print,
  EXPLICIT_SLOTS,
};

gboolean
conset_is_explicit (const Conset *set)
{
  return set->klass == &conset_explicit_class || set->klass == &conset_fixed_class
         || set->klass == &conset_file_class;
}

/* }}} */
/* {{{ making */

/* How often the most repeated place stands there, and how many places differ. */
static guint64
most_repeated (const ConsetListing *listing, gsize *n_different)
{
  guint64 most = 0, times = 0;

  *n_different = 0;
  for (gsize line = 0; line < listing->n_lines; line++)
    for (gsize k = listing->starts[line]; k < listing->starts[line + 1]; k++)
      {
        gboolean again =
          k > listing->starts[line] && listing->members[k] == listing->members[k - 1];

        *n_different += !again;
        times = again ? times + 1 : 1;
        most = MAX (most, times);
      }
  return most;
}

static void
explicit_set_facts (ExplicitNode *self)
{
  const ConsetListing *listing = self->listings[CONSET_TARGET_MAJOR];
  ConsetFacts *facts = &self->base.facts;

  facts->max_multiplicity = most_repeated (listing, &self->n_different);
  facts->density = self->n <= FEW ? 0.0 : 1.0;
  facts->bounds =
    (ConsetWindow){ G_MAXUINT64, 0, listing->lines[0], listing->lines[listing->n_lines - 1] + 1 };
  for (gsize k = 0; k < self->n; k++)
    {
      facts->bounds.source_first = MIN (facts->bounds.source_first, listing->members[k]);
      facts->bounds.source_end = MAX (facts->bounds.source_end, listing->members[k] + 1);
    }
}

/* There are many that are no number, and the language has one. */
static void
values_unite_nan (double **values, guint n_columns, gsize n)
{
  for (guint c = 0; c < n_columns; c++)
    for (gsize k = 0; k < n; k++)
      if (isnan (values[c][k]))
        values[c][k] = (double) NAN;
}

/* Puts the values in the order of the listing, each cycle of the numbers in turn. The numbers are
 * of no use afterwards. */
static void
values_sort (double **values, guint n_columns, gsize *numbers, gsize n)
{
  for (gsize k = 0; k < n; k++)
    for (gsize at = k, from = numbers[k]; from != at; at = from, from = numbers[at])
      {
        numbers[at] = at;
        if (from == k)
          break;
        for (guint c = 0; c < n_columns; c++)
          {
            double swapped = values[c][at];

            values[c][at] = values[c][from];
            values[c][from] = swapped;
          }
      }
}

static Conset *
explicit_new (ConsetExplicitOrigin origin,
              ConsetListing *listing,
              gsize n,
              const ConsetColumns *columns,
              double **values)
{
  const ConsetClass *klass = &conset_explicit_class;
  ExplicitNode *self;

  if (origin.text != NULL)
    klass = origin.is_call ? &conset_file_class : &conset_fixed_class;
  self = conset_node_new (klass);

  self->n = n;
  self->text = origin.text;
  g_mutex_init (&self->mutex);
  self->listings[CONSET_TARGET_MAJOR] = listing;
  self->base.facts.columns = columns;
  self->values = values;
  if (columns != NULL)
    {
      values_unite_nan (values, columns->n, n);
      values_sort (values, columns->n, listing->numbers, n);
    }
  g_clear_pointer (&listing->numbers, g_free);
  explicit_set_facts (self);
  if (self->base.facts.max_multiplicity <= CONSET_MAX_MULTIPLICITY)
    return &self->base;
  conset_unref (&self->base);
  return conset_error_new ("%s: a connection is listed more than %" G_GUINT64_FORMAT
                           " times; list it less often",
                           origin.name, CONSET_MAX_MULTIPLICITY);
}

Conset *
conset_explicit_take (ConsetExplicitOrigin origin,
                      ConsetListed *listed,
                      gsize n,
                      const ConsetColumns *columns,
                      double **values)
{
  ConsetListing *listing = conset_listing_new (listed, n, columns != NULL);

  g_free (listed);
  if (listing != NULL)
    return explicit_new (origin, listing, n, columns, values);
  conset_explicit_free_values (values, columns != NULL ? columns->n : 0);
  g_free (origin.text);
  return conset_error_new ("%s: its %" G_GSIZE_FORMAT " connections do not fit the memory; "
                           "list fewer",
                           origin.name, n);
}

/* The last index cannot be a member: a set that holds it could not have a finite bound. */
static Conset *
check_indices (const guint64 *sources, const guint64 *targets, gsize n)
{
  for (gsize k = 0; k < n; k++)
    if (sources[k] >= CONSET_INDEX_END - 1 || targets[k] >= CONSET_INDEX_END - 1)
      return conset_error_new ("explicit: connection (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                               ") has an index beyond the largest, %" G_GUINT64_FORMAT
                               "; use smaller indices",
                               sources[k], targets[k], CONSET_INDEX_END - 2);
  return NULL;
}

Conset *
conset_explicit_with_values (const guint64 *sources,
                             const guint64 *targets,
                             gsize n,
                             guint n_values,
                             const double *const *values,
                             const char *const *names)
{
  const ConsetExplicitOrigin origin = { .name = "explicit" };
  Conset *error = check_indices (sources, targets, n);
  const ConsetColumns *columns;
  ConsetListed *listed;
  double **copies;

  g_return_val_if_fail (n == 0 || (sources != NULL && targets != NULL), conset_empty ());

  if (error == NULL)
    error = conset_columns_check_names ("explicit", n_values, names);
  if (error != NULL)
    return error;
  columns = conset_columns_get (n_values, names, NULL);
  if (n == 0)
    return conset_columns_empty (columns);
  listed = g_new (ConsetListed, n);
  for (gsize k = 0; k < n; k++)
    listed[k] = (ConsetListed){ targets[k], sources[k], k };
  copies = g_new (double *, n_values);
  for (guint k = 0; k < n_values; k++)
    copies[k] = g_memdup2 (values[k], n * sizeof *values[k]);
  return conset_explicit_take (origin, listed, n, columns, copies);
}

Conset *
conset_explicit (const guint64 *sources, const guint64 *targets, gsize n)
{
  return conset_explicit_with_values (sources, targets, n, 0, NULL, NULL);
}

Conset *
conset_explicit_of_file (char *text,
                         guint64 *sources,
                         guint64 *targets,
                         gsize n,
                         const ConsetColumns *columns,
                         double **values)
{
  const ConsetExplicitOrigin origin = { .name = "fromFile", .text = text, .is_call = TRUE };
  Conset *error = check_indices (sources, targets, n);
  ConsetListed *listed = error == NULL ? g_try_new (ConsetListed, n) : NULL;

  if (error == NULL && n == 0)
    error = conset_columns_empty (columns);
  else if (error == NULL && listed == NULL)
    error =
      conset_error_new ("%s: its %" G_GSIZE_FORMAT " connections do not fit the memory", text, n);
  for (gsize k = 0; error == NULL && k < n; k++)
    listed[k] = (ConsetListed){ targets[k], sources[k], k };
  g_free (sources);
  g_free (targets);
  if (error == NULL)
    return conset_explicit_take (origin, listed, n, columns, values);
  conset_explicit_free_values (values, columns != NULL ? columns->n : 0);
  g_free (text);
  return error;
}

/* }}} */
