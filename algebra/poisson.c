/* SPDX-License-Identifier: MIT */
/*
 * Pairwise Poisson: m(i,j) is a Poisson number of one mean, independently for each pair; a
 * function of the mean, the seed, i and j alone.
 *
 * Where the mean is less than 1.5, members are found in groups (groups.h): a group of sources
 * has a Poisson number of members, each at a place of its own, which is the same law; at the
 * cost of the members. Where it is more, a number is drawn for each pair: (i, j) has word
 * i mod 4 of the draw at (i div 4, j), and lane 1 + i mod 4 has the 32 bits that follow where
 * the word alone does not decide; at the cost of a few ns a pair and of what there is to write.
 *
 * Members come out ascending, with multiplicity.
 */
#include <conset/random.h>

#include "node.h"

#include "chances.h"
#include "crosswise.h"
#include "groups.h"
#include "kernels.h"
#include "text.h"
#include "thinning.h"

#include <math.h>

#define LEAST_DENSE 1.5
#define MOST_MEAN 65536.0

/* Where dense, the number that begins with the byte b is among guide[b] up to guide[b + 1] of the
 * chances; else these are NULL, and the groups are used. */
typedef struct
{
  Conset base;
  double mean;
  guint64 seed;
  ConsetKey key;
  ConsetChances *chances;
  guint32 guide[257];
  ConsetGroups groups;
} PoissonNode;

static void
poisson_finalize (Conset *set)
{
  g_free (((PoissonNode *) set)->chances);
}

static void
poisson_print (const Conset *set, GString *out)
{
  const PoissonNode *self = (const PoissonNode *) set;

  g_string_append (out, "random(poisson=");
  conset_append_double (out, self->mean);
  g_string_append_printf (out, ", seed=%" G_GUINT64_FORMAT ")", self->seed);
}

static double
poisson_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census G_GNUC_UNUSED)
{
  return (double) conset_window_area (window) * ((const PoissonNode *) set)->mean;
}

static double
poisson_share (const Conset *set,
               const ConsetWindow *window G_GNUC_UNUSED,
               ConsetCensus *census G_GNUC_UNUSED)
{
  return -expm1 (-((const PoissonNode *) set)->mean);
}

/* Numbers of pairs */

/* The number where the word ties with an entry of the table. */
static __attribute__ ((noinline)) guint32
number_settled (const PoissonNode *self, guint32 word, guint64 source, guint64 target)
{
  ConsetKey key = self->key;
  guint64 more;

  key.word[3] = 1 + (source & 3);
  more = conset_draw_64 (&key, source >> 2, target) >> 32;
  return (guint32) conset_chances_pick (self->chances, (guint64) word << 32 | more);
}

static inline guint32
number_of_word (const PoissonNode *self, guint32 word, guint64 source, guint64 target)
{
  const guint64 *at_most = self->chances->at_most;
  guint32 first = self->guide[word >> 24], end = self->guide[(word >> 24) + 1];

  while (first < end)
    {
      guint32 middle = (first + end) / 2;

      if (word <= at_most[middle] >> 32)
        end = middle;
      else
        first = middle + 1;
    }
  if (G_UNLIKELY (word == at_most[first] >> 32))
    return number_settled (self, word, source, target);
  return (guint32) self->chances->least + first;
}

static guint32
number_of_pair (const PoissonNode *self, guint64 source, guint64 target)
{
  guint32 words[4];

  conset_draw (&self->key, source >> 2, target, words);
  return number_of_word (self, words[source & 3], source, target);
}

static guint64
poisson_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const PoissonNode *self = (const PoissonNode *) set;

  return self->chances != NULL ? number_of_pair (self, source, target)
                               : conset_groups_multiplicity (&self->groups, source, target);
}

/* Pairs along a line, so many at a time. */
#define PAIRS_AT_ONCE 256

/* The numbers of @n pairs from place @first of @line on. */
static void
draw_numbers (const PoissonNode *self,
              ConsetOrder order,
              guint64 line,
              guint64 first,
              guint n,
              guint32 numbers[PAIRS_AT_ONCE])
{
  guint32 words[PAIRS_AT_ONCE + 1][4];
  guint skip = first & 3;

  if (order == CONSET_TARGET_MAJOR)
    {
      conset_draws ()->threefry (&self->key, first >> 2, line, 1, 0, (skip + n + 3) / 4, words);
      for (guint k = 0; k < n; k++)
        numbers[k] = number_of_word (self, words[(skip + k) / 4][(skip + k) % 4], first + k, line);
    }
  else
    {
      conset_draws ()->threefry (&self->key, line >> 2, first, 0, 1, n, words);
      for (guint k = 0; k < n; k++)
        numbers[k] = number_of_word (self, words[k][line & 3], line, first + k);
    }
}

/* Evaluation */

static void
poisson_start (ConsetStep *step)
{
  const PoissonNode *self = (const PoissonNode *) step->set;

  if (step->order == CONSET_SOURCE_MAJOR && self->chances == NULL)
    step->state = conset_band_new (conset_groups_fill, (gpointer) &self->groups, self->mean, step);
}

static void
poisson_stop (ConsetStep *step)
{
  g_clear_pointer ((ConsetBand **) &step->state, conset_band_free);
}

/* Offset @base + k as often as numbers[k] says. Copies are written eight at a time, the last of
 * which the next offset may overwrite. */
static gsize
write_copies (const guint32 *numbers, guint n, guint32 base, guint32 *out)
{
  gsize written = 0;

  for (guint k = 0; k < n; k++)
    {
      for (guint32 done = 0; done < numbers[k]; done += 8)
        for (guint j = 0; j < 8; j++)
          out[written + done + j] = base + k;
      written += numbers[k];
    }
  return written;
}

static void
fill_pairs (ConsetStep *step, ConsetTile *tile)
{
  const PoissonNode *self = (const PoissonNode *) step->set;
  guint32 numbers[PAIRS_AT_ONCE];
  gsize n = 0;

  for (guint32 at = 0; at < tile->width;)
    {
      guint some = MIN (PAIRS_AT_ONCE, tile->width - at);
      gsize sum = 0;

      draw_numbers (self, step->order, tile->line, tile->first + at, some, numbers);
      for (guint k = 0; k < some; k++)
        sum += numbers[k];
      conset_tile_reserve_list (tile, n + sum);
      n += write_copies (numbers, some, at, tile->list + n);
      at += some;
    }
  conset_tile_set_list (tile, n, TRUE);
}

static void
poisson_fill (ConsetStep *step, ConsetTile *tile)
{
  const PoissonNode *self = (const PoissonNode *) step->set;

  if (self->chances != NULL)
    fill_pairs (step, tile);
  else if (step->order == CONSET_TARGET_MAJOR)
    conset_groups_list (&self->groups, tile);
  else
    conset_band_line (step->state, tile);
}

/* Filters. Candidates stand once each, so a pair keeps or drops its own whatever its number, if
 * it is not 0. */

/* Some candidates from @from on, at most PAIRS_AT_ONCE: those near each other share the numbers
 * of a stretch, else each is drawn alone. Returns how many. */
static gsize
trials_of_pairs (const ConsetStep *step, const ConsetTile *tile, gsize from, guint8 *success)
{
  const PoissonNode *self = (const PoissonNode *) step->set;
  const guint32 *list = tile->list + from;
  gsize n = 1, most = MIN (tile->n - from, PAIRS_AT_ONCE);
  guint32 numbers[PAIRS_AT_ONCE], stretch;

  while (n < most && list[n] - list[0] < PAIRS_AT_ONCE)
    n++;
  stretch = list[n - 1] - list[0] + 1;
  if (stretch < 16 * n)
    draw_numbers (self, step->order, tile->line, tile->first + list[0], stretch, numbers);
  for (gsize k = 0; k < n; k++)
    {
      guint64 other = tile->first + list[k];

      if (stretch < 16 * n)
        success[k] = numbers[list[k] - list[0]] > 0;
      else if (step->order == CONSET_TARGET_MAJOR)
        success[k] = number_of_pair (self, other, tile->line) > 0;
      else
        success[k] = number_of_pair (self, tile->line, other) > 0;
    }
  return n;
}

static gsize
trials_of_groups (const ConsetStep *step, const ConsetTile *tile, gsize from, guint8 *success)
{
  const ConsetGroups *groups = &((const PoissonNode *) step->set)->groups;
  gsize n = MIN (tile->n - from, PAIRS_AT_ONCE);

  conset_groups_trials (groups, step->order == CONSET_TARGET_MAJOR, tile, from, n, success);
  return n;
}

/* Whether a trial for each candidate costs less than all members among them. */
static gboolean
trials_are_cheaper (const PoissonNode *self, const ConsetTile *tile)
{
  guint32 first, end;

  if (self->chances != NULL)
    return TRUE;
  if (tile->kind != CONSET_TILE_LIST)
    return FALSE;
  conset_tile_hull (tile, &first, &end);
  return (double) tile->n < self->mean * (end - first);
}

static void
poisson_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  const PoissonNode *self = (const PoissonNode *) step->set;
  guint8 success[PAIRS_AT_ONCE], wanted = mode == CONSET_FILTER_KEEP;
  gsize kept = 0, some;

  if (!trials_are_cheaper (self, tile))
    {
      conset_step_filter_by_fill (step, tile, mode);
      return;
    }
  conset_tile_to_list (tile);
  for (gsize from = 0; from < tile->n; from += some)
    {
      if (self->chances != NULL)
        some = trials_of_pairs (step, tile, from, success);
      else
        some = trials_of_groups (step, tile, from, success);
      kept = conset_tile_select (tile, kept, from, some, success, wanted);
    }
  conset_tile_set_list (tile, kept, FALSE);
}

static const char *
poisson_how (const ConsetStep *step)
{
  return ((const PoissonNode *) step->set)->chances != NULL ? "a number for each pair, as a list"
                                                            : "members of groups, as a list";
}

/* Sums of independent Poisson numbers are Poisson numbers. */
static gboolean
poisson_degree_law (const Conset *set,
                    ConsetOrder order G_GNUC_UNUSED,
                    guint64 line G_GNUC_UNUSED,
                    guint64 first,
                    guint64 end,
                    ConsetLaw *law)
{
  *law = conset_law_poisson (((const PoissonNode *) set)->mean * (double) (end - first));
  return TRUE;
}

static gboolean
poisson_thin (const Conset *set,
              const ConsetWindow *window G_GNUC_UNUSED,
              ConsetDrawn *drawn,
              ConsetThinning *thinning)
{
  const PoissonNode *self = (const PoissonNode *) set;

  thinning->chance = -expm1 (-self->mean);
  if (!conset_drawn_add (drawn, self->seed))
    return FALSE;
  thinning->candidates = conset_full ();
  return TRUE;
}

static ConsetDependence
poisson_dependence (const Conset *set,
                    const ConsetWindow *window G_GNUC_UNUSED,
                    ConsetOrder order G_GNUC_UNUSED,
                    ConsetDrawn *drawn)
{
  return conset_drawn_add (drawn, ((const PoissonNode *) set)->seed) ? CONSET_DEPENDENCE_NONE
                                                                     : CONSET_DEPENDENCE_UNKNOWN;
}

static const ConsetClass conset_poisson_class = {
  .name = "random",
  .struct_size = sizeof (PoissonNode),
  .precedence = CONSET_PREC_ATOM,
  .finalize = poisson_finalize,
  .print = poisson_print,
  .multiplicity = poisson_multiplicity,
  .expected = poisson_expected,
  .share = poisson_share,
  .degree_law = poisson_degree_law,
  .thin = poisson_thin,
  .dependence = poisson_dependence,
  .start = poisson_start,
  .stop = poisson_stop,
  .fill = poisson_fill,
  .filter = poisson_filter,
  .how = poisson_how,
};

static void
make_numbers (PoissonNode *self)
{
  ConsetChances *chances = conset_chances_poisson (self->mean);
  guint32 k = 0;

  for (guint b = 0; b < 256; b++)
    {
      while (chances->at_most[k] >> 32 < (guint64) b << 24)
        k++;
      self->guide[b] = k;
    }
  self->guide[256] = (guint32) chances->n - 1;
  self->chances = chances;
  self->key = conset_key (self->seed, CONSET_RULE_POISSON, 0);
  self->base.facts.max_multiplicity = conset_chances_most (chances);
}

static Conset *
mean_error (double mean)
{
  GString *message = g_string_new ("random(poisson=");
  Conset *error;

  conset_append_double (message, mean);
  error = conset_error_new ("%s): the mean must lie in [0, 65536]", message->str);
  g_string_free (message, TRUE);
  return error;
}

/* Reducer: a mean of 0 is empty. */
Conset *
conset_random_poisson (double mean, guint64 seed)
{
  PoissonNode *self;

  if (!(mean >= 0.0 && mean <= MOST_MEAN))
    return mean_error (mean);
  if (mean == 0.0)
    return conset_empty ();

  self = conset_node_new (&conset_poisson_class);
  self->mean = mean;
  self->seed = seed;
  self->base.facts.max_multiplicity = CONSET_GROUP_MOST - 1;
  if (mean >= LEAST_DENSE)
    make_numbers (self);
  else
    conset_groups_init_poisson (&self->groups, mean, seed);
  self->base.facts.density = mean;
  self->base.facts.random = TRUE;
  return conset_node_finish (self);
}
