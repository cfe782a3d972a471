/* SPDX-License-Identifier: MIT */
/*
 * Explicit sets: m(i,j) is how often (i,j) is listed. Also fix, which lists a finite set.
 *
 * The connections are kept as lines of either order; the source-major one is made when it
 * is first asked for. Members come out ascending, repeated as listed. A tile costs
 * O(log lines + members).
 */
#include "node.h"

#include <string.h>

/* So many connections fit a tile, however wide. */
#define FEW 16384

/* Connections by line: members[starts[k]] up to members[starts[k + 1]] stand on lines[k]. */
typedef struct
{
  gsize n_lines;
  guint64 *lines;
  gsize *starts;
  guint64 *members;
} Listing;

/* @listings is indexed by ConsetOrder; @text is what a fixed set is printed as. */
typedef struct
{
  Conset base;
  gsize n;
  gsize n_different;
  Listing *listings[2];
  GMutex mutex;
  char *text;
} ExplicitNode;

typedef struct
{
  guint64 line;
  guint64 member;
} Place;

/* Listings */

static int
place_compare (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const Place *left = a, *right = b;

  if (left->line != right->line)
    return left->line < right->line ? -1 : 1;
  return (left->member > right->member) - (left->member < right->member);
}

static gboolean
places_ascend (const Place *places, gsize n)
{
  for (gsize k = 1; k < n; k++)
    if (place_compare (&places[k - 1], &places[k], NULL) > 0)
      return FALSE;
  return TRUE;
}

/* g_qsort_with_data() counts with int, so longer lists are sorted in halves and merged. */
static void
places_sort (Place *places, gsize n)
{
  gsize half = n / 2, i = 0, j = 0;
  Place *left;

  if (places_ascend (places, n))
    return;
  if (n <= G_MAXINT)
    {
      g_qsort_with_data (places, (int) n, sizeof *places, place_compare, NULL);
      return;
    }
  places_sort (places, half);
  places_sort (places + half, n - half);
  left = g_new (Place, half);
  memcpy (left, places, half * sizeof *left);
  for (gsize k = 0; i < half; k++)
    places[k] = half + j < n && place_compare (&places[half + j], &left[i], NULL) < 0
                  ? places[half + j++]
                  : left[i++];
  g_free (left);
}

static void
listing_free (Listing *listing)
{
  g_free (listing->lines);
  g_free (listing->starts);
  g_free (listing->members);
  g_free (listing);
}

/* Sorts @places on the way; NULL if there is no memory for the listing. */
static Listing *
listing_new (Place *places, gsize n)
{
  Listing *listing = g_new0 (Listing, 1);

  places_sort (places, n);
  for (gsize k = 0; k < n; k++)
    listing->n_lines += k == 0 || places[k].line != places[k - 1].line;
  listing->lines = g_try_new (guint64, listing->n_lines);
  listing->starts = g_try_new (gsize, listing->n_lines + 1);
  listing->members = g_try_new (guint64, n);
  if (listing->lines == NULL || listing->starts == NULL || listing->members == NULL)
    {
      listing_free (listing);
      return NULL;
    }
  for (gsize k = 0, line = 0; k < n; k++)
    {
      if (k == 0 || places[k].line != places[k - 1].line)
        {
          listing->starts[line] = k;
          listing->lines[line++] = places[k].line;
        }
      listing->members[k] = places[k].member;
    }
  listing->starts[listing->n_lines] = n;
  return listing;
}

/* The position of the first number that is @least or above. */
static gsize
lower_bound (const guint64 *numbers, gsize n, guint64 least)
{
  gsize first = 0;

  while (n > 0)
    {
      gsize half = n / 2;

      if (numbers[first + half] < least)
        {
          first += half + 1;
          n -= half + 1;
        }
      else
        n = half;
    }
  return first;
}

/* The listing of the other order, from the one that is there. It is made while a set is
 * looked at, where there is nobody to tell that the memory is exhausted: GLib then ends the
 * process, as it does for every small allocation. */
static Listing *
listing_turn (const Listing *listing, gsize n)
{
  Place *places = g_new (Place, n);
  Listing *turned;

  for (gsize line = 0; line < listing->n_lines; line++)
    for (gsize k = listing->starts[line]; k < listing->starts[line + 1]; k++)
      places[k] = (Place){ listing->members[k], listing->lines[line] };
  turned = listing_new (places, n);
  g_free (places);
  if (turned == NULL)
    g_error ("explicit: no memory for the source-major order of %" G_GSIZE_FORMAT " connections",
             n);
  return turned;
}

static const Listing *
explicit_listing (const Conset *set, ConsetOrder order)
{
  ExplicitNode *self = (ExplicitNode *) set;
  const Listing *listing = g_atomic_pointer_get (&self->listings[order]);

  if (listing == NULL)
    {
      g_mutex_lock (&self->mutex);
      if (self->listings[order] == NULL)
        g_atomic_pointer_set (&self->listings[order],
                              listing_turn (self->listings[CONSET_TARGET_MAJOR], self->n));
      listing = self->listings[order];
      g_mutex_unlock (&self->mutex);
    }
  return listing;
}

/* The members of a line in [first, end): how many, and where the first is. */
static gsize
listing_find (
  const Listing *listing, guint64 line, guint64 first, guint64 end, const guint64 **members)
{
  gsize k = lower_bound (listing->lines, listing->n_lines, line), from, to, n;

  if (k == listing->n_lines || listing->lines[k] != line)
    return 0;
  n = listing->starts[k + 1] - listing->starts[k];
  *members = listing->members + listing->starts[k];
  from = lower_bound (*members, n, first);
  to = from + lower_bound (*members + from, n - from, end);
  *members += from;
  return to - from;
}

/* Class */

static void
explicit_finalize (Conset *set)
{
  ExplicitNode *self = (ExplicitNode *) set;

  for (guint k = 0; k < 2; k++)
    g_clear_pointer (&self->listings[k], listing_free);
  g_mutex_clear (&self->mutex);
  g_free (self->text);
}

static void
explicit_print (const Conset *set, GString *out)
{
  const Listing *listing = explicit_listing (set, CONSET_TARGET_MAJOR);

  g_string_append_c (out, '[');
  for (gsize line = 0; line < listing->n_lines; line++)
    for (gsize k = listing->starts[line];
         k < listing->starts[line + 1] && !conset_print_is_full (out); k++)
      g_string_append_printf (out, "%s(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")",
                              k > 0 ? ", " : "", listing->members[k], listing->lines[line]);
  g_string_append_c (out, ']');
}

static void
fixed_print (const Conset *set, GString *out)
{
  g_string_append (out, ((const ExplicitNode *) set)->text);
}

static guint64
explicit_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const guint64 *members;

  return listing_find (explicit_listing (set, CONSET_TARGET_MAJOR), target, source, source + 1,
                       &members);
}

static gboolean
explicit_count (const Conset *set,
                const ConsetWindow *window,
                ConsetCensus *census G_GNUC_UNUSED,
                ConsetCount *count)
{
  const Listing *listing = explicit_listing (set, CONSET_TARGET_MAJOR);
  const guint64 *members;

  *count = 0;
  for (gsize k = lower_bound (listing->lines, listing->n_lines, window->target_first);
       k < listing->n_lines && listing->lines[k] < window->target_end; k++)
    *count +=
      listing_find (listing, listing->lines[k], window->source_first, window->source_end, &members);
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
  const Listing *listing = explicit_listing (set, order);
  gsize k = lower_bound (listing->lines, listing->n_lines, line);

  return k < listing->n_lines ? listing->lines[k] : CONSET_INDEX_END;
}

static guint64
explicit_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  const guint64 *members;
  gsize n = listing_find (explicit_listing (set, order), line, from, CONSET_INDEX_END, &members);

  return n > 0 ? members[0] : CONSET_INDEX_END;
}

static void
explicit_fill (ConsetStep *step, ConsetTile *tile)
{
  const guint64 *members;
  gsize n = listing_find (explicit_listing (step->set, step->order), tile->line, tile->first,
                          tile->first + tile->width, &members);
  guint32 *list = conset_tile_reserve_list (tile, n);
  gboolean repeated = FALSE;

  for (gsize k = 0; k < n; k++)
    {
      list[k] = (guint32) (members[k] - tile->first);
      repeated |= k > 0 && list[k] == list[k - 1];
    }
  conset_tile_set_list (tile, n, repeated);
}

static double
explicit_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  const guint64 *members;

  return (double) listing_find (explicit_listing (step->set, step->order), line, first,
                                first + width, &members);
}

static const ConsetClass conset_explicit_class = {
  .name = "explicit",
  .struct_size = sizeof (ExplicitNode),
  .precedence = CONSET_PREC_ATOM,
  .finalize = explicit_finalize,
  .print = explicit_print,
  .multiplicity = explicit_multiplicity,
  .share = explicit_share,
  .count = explicit_count,
  .next_line = explicit_next_line,
  .next_along = explicit_next_along,
  .fill = explicit_fill,
  .load = explicit_load,
};

static const ConsetClass conset_fixed_class = {
  .name = "fix",
  .struct_size = sizeof (ExplicitNode),
  .precedence = CONSET_PREC_PRODUCT,
  .finalize = explicit_finalize,
  .print = fixed_print,
  .multiplicity = explicit_multiplicity,
  .share = explicit_share,
  .count = explicit_count,
  .next_line = explicit_next_line,
  .next_along = explicit_next_along,
  .fill = explicit_fill,
  .load = explicit_load,
};

/* How often the most repeated place stands there, and how many places differ. */
static guint64
places_most_repeated (const Place *places, gsize n, gsize *n_different)
{
  guint64 most = 0, times = 0;

  *n_different = 0;
  for (gsize k = 0; k < n; k++)
    {
      gboolean again = k > 0 && place_compare (&places[k], &places[k - 1], NULL) == 0;

      *n_different += !again;
      times = again ? times + 1 : 1;
      most = MAX (most, times);
    }
  return most;
}

/* Takes over @places, targets as lines. */
static Conset *
explicit_new (const ConsetClass *klass, Place *places, gsize n)
{
  Listing *listing = listing_new (places, n);
  ExplicitNode *self;
  ConsetFacts *facts;

  if (listing == NULL)
    {
      g_free (places);
      return conset_error_new ("%s: its %" G_GSIZE_FORMAT " connections do not fit the memory; "
                               "list fewer",
                               klass->name, n);
    }
  self = conset_node_new (klass);
  facts = &self->base.facts;
  self->n = n;
  g_mutex_init (&self->mutex);
  self->listings[CONSET_TARGET_MAJOR] = listing;
  facts->max_multiplicity = places_most_repeated (places, n, &self->n_different);
  facts->density = n <= FEW ? 0.0 : 1.0;
  facts->bounds = (ConsetWindow){ G_MAXUINT64, 0, places[0].line, places[n - 1].line + 1 };
  for (gsize k = 0; k < n; k++)
    {
      facts->bounds.source_first = MIN (facts->bounds.source_first, places[k].member);
      facts->bounds.source_end = MAX (facts->bounds.source_end, places[k].member + 1);
    }
  g_free (places);
  if (facts->max_multiplicity > CONSET_MAX_MULTIPLICITY)
    {
      conset_unref (&self->base);
      return conset_error_new ("explicit: a connection is listed more than %" G_GUINT64_FORMAT
                               " times; list it less often",
                               CONSET_MAX_MULTIPLICITY);
    }
  return &self->base;
}

/* The last index cannot be a member: a set that holds it could not have a finite bound. */
Conset *
conset_explicit (const guint64 *sources, const guint64 *targets, gsize n)
{
  Place *places;

  g_return_val_if_fail (n == 0 || (sources != NULL && targets != NULL), conset_empty ());

  if (n == 0)
    return conset_empty ();
  for (gsize k = 0; k < n; k++)
    if (sources[k] >= CONSET_INDEX_END - 1 || targets[k] >= CONSET_INDEX_END - 1)
      return conset_error_new ("explicit: connection (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                               ") has an index beyond the largest, %" G_GUINT64_FORMAT
                               "; use smaller indices",
                               sources[k], targets[k], CONSET_INDEX_END - 2);
  places = g_new (Place, n);
  for (gsize k = 0; k < n; k++)
    places[k] = (Place){ targets[k], sources[k] };
  return explicit_new (&conset_explicit_class, places, n);
}

/* Fix */

#define FIX_AT_MOST 1e12

static gboolean
places_grow (Place **places, gsize *capacity, gsize n, GError **fault)
{
  gsize wanted = MAX (n, *capacity + *capacity / 2);
  Place *grown = wanted < G_MAXSIZE / sizeof *grown ? g_try_renew (Place, *places, wanted) : NULL;

  if (grown == NULL)
    {
      g_set_error (fault, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
                   "its connections, %" G_GSIZE_FORMAT " and more, do not fit the memory; "
                   "evaluate the set without fix",
                   n);
      return FALSE;
    }
  *places = grown;
  *capacity = wanted;
  return TRUE;
}

/* The places of all members; NULL with @fault told if there is no room or a callback fails. */
static Place *
places_of (const Conset *set, gsize *n, GError **fault)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  ConsetBatch batch;
  Place *places = g_new (Place, FEW);
  gsize capacity = FEW;

  *n = 0;
  while (conset_iter_next_batch (iter, &batch))
    {
      if (*n + batch.n > capacity && !places_grow (&places, &capacity, *n + batch.n, fault))
        {
          g_free (places);
          return NULL;
        }
      for (gsize k = 0; k < batch.n; k++)
        places[(*n)++] = (Place){ batch.line, batch.indices[k] };
    }
  if (!conset_iter_finish (iter, fault))
    g_clear_pointer (&places, g_free);
  return places;
}

static const char *
fix_refusal (const Conset *set)
{
  if (!conset_is_finite (set))
    return "is unbounded; intersect it with cross(...) first";
  if (conset_expected_count (set, NULL) > FIX_AT_MOST)
    return "has more than 10^12 connections; evaluate the set without fix";
  return NULL;
}

Conset *
conset_fix (Conset *set)
{
  Conset *result = conset_absorb ("fix", &set, NULL);
  g_autoptr (GError) fault = NULL;
  GString *text;
  Place *places;
  gsize n = 0;

  if (result != NULL)
    return result;
  if (conset_is_empty_node (set) || set->klass == &conset_fixed_class
      || set->klass == &conset_explicit_class)
    return set;

  if (fix_refusal (set) != NULL)
    {
      g_autofree char *operand = conset_describe (set);

      result = conset_error_new ("fix: operand '%s' %s", operand, fix_refusal (set));
    }
  else if ((places = places_of (set, &n, &fault)) == NULL)
    {
      g_autofree char *operand = conset_describe (set);

      result = conset_error_new ("fix: operand '%s': %s", operand, fault->message);
    }
  else if (n == 0)
    {
      g_free (places);
      result = conset_empty ();
    }
  else
    {
      result = explicit_new (&conset_fixed_class, places, n);
      text = g_string_new ("fix * ");
      conset_print (set, CONSET_PREC_PRODUCT + 1, text);
      if (conset_check (result, NULL))
        ((ExplicitNode *) result)->text = g_string_free (text, FALSE);
      else
        g_string_free (text, TRUE);
    }
  conset_unref (set);
  return result;
}
