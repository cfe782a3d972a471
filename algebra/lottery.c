/* SPDX-License-Identifier: MIT */
/*
 * Lotteries: drawing the members of a line by weight.
 *
 *   With multapses each of k draws takes candidate c with probability w(c) / sum of w: numbers
 *   below the sum, 64 random bits each, number m the bits at place (m div 2, line) of
 *   LANE_DRAWS, are looked up in the running sum.
 *
 *   Without, the candidates are taken one after the other, each with a probability in proportion
 *   to its weight among those that are left. That is the order in which exponential alarms of
 *   rates w(c) go off (Efraimidis and Spirakis 2006): alarm (i, j) at -log(1 - u) / w, where u has
 *   64 random bits: word i mod 4 at place (i div 4, j) of LANE_HIGH, then of LANE_LOW. The k
 *   first are taken, compared by the logarithm of the time. u is less than -log(1 - u), so that
 *   the high bits alone show of most candidates that they are late.
 *
 * The weights of a line are looked at from its beginning to its end, in blocks, so that sums
 * are always the same. With multapses the weights near what is drawn are found twice.
 */
#include "lottery.h"

#include "kernels.h"
#include "node.h"
#include "pinned.h"
#include "plan.h"
#include "selection.h"
#include "text.h"
#include "value.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK CONSET_VALUE_BLOCK

/* Candidates are looked at in stretches of so many places. */
#define STRETCH CONSET_TILE_BITMAP_WIDTH

enum
{
  LANE_HIGH,
  LANE_LOW,
  LANE_DRAWS,
};

/* (at, list) walks over the candidates of a line: those of part from list on, then what lies
 * from place at on. members are those of the line drawn last. */
struct _ConsetLottery
{
  const ConsetPreference *rules;
  ConsetEval *candidates;
  ConsetValuePlan *plan;
  ConsetTile *part;
  guint64 line;
  guint64 at;
  guint64 end;
  gsize list;
  double weights[BLOCK];
  guint32 ramp[BLOCK];
  guint64 drawn_line;
  GArray *members;
  GArray *sums;
  GArray *draws;
  ConsetSelection *selection;
  GError *error;
};

void
conset_preference_print (const ConsetPreference *preference, GString *out)
{
  g_string_append (out, conset_preference_order (preference) == CONSET_TARGET_MAJOR
                          ? "random(fanIn="
                          : "random(fanOut=");
  conset_degrees_print (preference->degrees, out);
  g_string_append (out, ", weight=");
  conset_value_print (preference->weight, CONSET_VALUE_PREC_SUM, out);
  if (!preference->multapses)
    g_string_append (out, ", multapses=False");
}

char *
conset_preference_to_string (const ConsetPreference *preference)
{
  GString *out = g_string_new (NULL);

  conset_preference_print (preference, out);
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

static ConsetOrder
lottery_order (const ConsetLottery *self)
{
  return conset_preference_order (self->rules);
}

static const char *
lottery_line_name (const ConsetLottery *self)
{
  return lottery_order (self) == CONSET_TARGET_MAJOR ? "target" : "source";
}

static ConsetKey
lottery_key (const ConsetLottery *self, guint32 lane)
{
  return conset_key (self->rules->seed, self->rules->rule, lane);
}

/* {{{ a line's candidates and their weights */

ConsetLottery *
conset_lottery_new (const ConsetPreference *preference)
{
  ConsetLottery *self = g_new0 (ConsetLottery, 1);
  ConsetOrder order = conset_preference_order (preference);

  self->rules = preference;
  self->candidates =
    conset_eval_new (preference->candidates, &preference->candidates->facts.bounds, order);
  self->plan = conset_value_plan_new (preference->weight, order);
  self->part = conset_tile_new ();
  for (guint32 k = 0; k < BLOCK; k++)
    self->ramp[k] = k;
  self->drawn_line = CONSET_INDEX_END;
  self->members = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->sums = g_array_new (FALSE, FALSE, sizeof (double));
  self->draws = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->selection = conset_selection_new ();
  return self;
}

void
conset_lottery_free (ConsetLottery *lottery)
{
  conset_eval_free (lottery->candidates);
  conset_value_plan_free (lottery->plan);
  conset_tile_free (lottery->part);
  g_array_unref (lottery->members);
  g_array_unref (lottery->sums);
  g_array_unref (lottery->draws);
  conset_selection_free (lottery->selection);
  g_clear_error (&lottery->error);
  g_free (lottery);
}

const GError *
conset_lottery_error (const ConsetLottery *lottery)
{
  return lottery->error;
}

static void
walk_start (ConsetLottery *lottery, guint64 line)
{
  guint64 lines[2], along[2];

  conset_window_axes (&lottery->rules->candidates->facts.bounds, lottery_order (lottery), lines,
                      along);
  lottery->line = line;
  lottery->at = along[0];
  lottery->end = along[1];
  conset_tile_aim (lottery->part, line, along[0], 0);
}

/* Fills part with the next candidates; FALSE where there are none. */
static gboolean
walk_on (ConsetLottery *lottery)
{
  ConsetTile *part = lottery->part;
  const Conset *set = lottery->rules->candidates;

  lottery->list = 0;
  for (;;)
    {
      guint64 from =
        conset_node_next_along (set, lottery_order (lottery), lottery->line, lottery->at);

      if (from >= lottery->end)
        return FALSE;
      conset_tile_aim (part, lottery->line, from, (guint32) MIN (STRETCH, lottery->end - from));
      lottery->at = from + part->width;
      conset_step_fill (lottery->candidates->root, part);
      if (lottery->candidates->error != NULL)
        {
          lottery->error = g_error_copy (lottery->candidates->error);
          return FALSE;
        }
      if (part->kind == CONSET_TILE_FULL)
        return TRUE;
      conset_tile_to_list (part);
      if (part->n > 0)
        return TRUE;
    }
}

/* The next candidates of the line, at most BLOCK; FALSE at its end, or after an error. */
static gboolean
walk_next (ConsetLottery *lottery, ConsetPlaces *places)
{
  const ConsetTile *part = lottery->part;
  gsize n = part->kind == CONSET_TILE_FULL ? part->width : part->n;

  if (lottery->list >= n || part->width == 0)
    {
      if (!walk_on (lottery))
        return FALSE;
      n = part->kind == CONSET_TILE_FULL ? part->width : part->n;
    }
  places->order = lottery_order (lottery);
  places->line = lottery->line;
  places->first = part->first;
  places->offsets = part->list + lottery->list;
  places->n = MIN (BLOCK, n - lottery->list);
  if (part->kind == CONSET_TILE_FULL)
    {
      places->first += lottery->list;
      places->offsets = NULL;
    }
  lottery->list += places->n;
  return TRUE;
}

gboolean
conset_is_weight (double w)
{
  return w >= 0.0 && w <= DBL_MAX;
}

static void
fail_at_weight (ConsetLottery *lottery, const ConsetPlaces *places, gsize k)
{
  g_autofree char *rule = conset_preference_to_string (lottery->rules);
  g_autoptr (GString) number = g_string_new (NULL);
  double w = lottery->weights[k];

  /* The sign of NaN differs between machines. */
  conset_append_double (number, isnan (w) ? fabs (w) : w);
  g_set_error (&lottery->error, CONSET_ERROR, CONSET_ERROR_PROBABILITY,
               "%s: the weight of source %" G_GUINT64_FORMAT ", target %" G_GUINT64_FORMAT
               " is %s; weights must be finite and not negative",
               rule, conset_places_source (places, k), conset_places_target (places, k),
               number->str);
}

/* Finds the weights of the places, and adds to @n_positive how many are above 0. */
static gboolean
lottery_weigh (ConsetLottery *lottery, const ConsetPlaces *places, guint64 *n_positive)
{
  const double *w = lottery->weights;
  guint positive = 0, good = 0;

  conset_value_plan_fill (lottery->plan, places, lottery->weights);
  for (gsize k = 0; k < places->n; k++)
    {
      good += conset_is_weight (w[k]);
      positive += w[k] > 0.0;
    }
  *n_positive += positive;
  if (good == places->n)
    return TRUE;
  for (gsize k = 0; lottery->error == NULL; k++)
    if (!conset_is_weight (w[k]))
      fail_at_weight (lottery, places, k);
  return FALSE;
}

/* }}} */
/* {{{ without multapses */

static void
block_bits (ConsetLottery *lottery,
            guint32 lane,
            const ConsetPlaces *places,
            const guint32 *offsets,
            gsize n,
            guint32 bits[BLOCK])
{
  ConsetKey key = lottery_key (lottery, lane);
  guint32 drawn[BLOCK / 4 + 1][4];
  guint skip = places->first & 3;

  if (offsets == NULL && places->order == CONSET_TARGET_MAJOR)
    {
      conset_draws ()->threefry (&key, places->first >> 2, places->line, 1, 0, (skip + n + 3) / 4,
                                 drawn);
      memcpy (bits, drawn[0] + skip, n * sizeof *bits);
      return;
    }
  conset_draws ()->pair_bits (&key, places->order == CONSET_TARGET_MAJOR, places->line,
                              places->first, offsets != NULL ? offsets : lottery->ramp, n, bits);
}

/* The logarithm of the time at which the alarm of weight @w > 0 goes off. */
static double
alarm_of (guint32 high, guint32 low, double w)
{
  double u = ((double) ((guint64) high << 32 | low) + 0.5) * 0x1p-64;

  u = MIN (u, 1.0 - 0x1p-53);
  return conset_pinned_log (-conset_pinned_log1p (-u)) - conset_pinned_log (w);
}

/* The limit as a time, a little later, which makes up for rounding; never where the time is so
 * small that its products with weights lose digits. */
static double
time_of_limit (double limit)
{
  double time = conset_pinned_exp (limit) * (1.0 + 0x1p-30);

  return time < 0x1p-900 ? INFINITY : time;
}

/* Adds the alarms of a block to the selection, but those that are late as far as their high bits
 * tell. */
static void
block_select (ConsetLottery *lottery, const ConsetPlaces *places)
{
  const double *w = lottery->weights;
  double time = time_of_limit (conset_selection_limit (lottery->selection)) * 0x1p32;
  guint32 high[BLOCK], low[BLOCK], offsets[BLOCK], open[BLOCK];
  gsize n = 0;

  block_bits (lottery, LANE_HIGH, places, places->offsets, places->n, high);
  for (gsize k = 0; k < places->n; k++)
    {
      open[n] = (guint32) k;
      n += !((double) high[k] > time * w[k]);
    }
  for (gsize k = 0; k < n; k++)
    offsets[k] = places->offsets != NULL ? places->offsets[open[k]] : open[k];
  block_bits (lottery, LANE_LOW, places, offsets, n, low);
  for (gsize k = 0; k < n; k++)
    if (w[open[k]] > 0.0)
      conset_selection_add (lottery->selection, alarm_of (high[open[k]], low[k], w[open[k]]),
                            places->first + offsets[k]);
}

static void
fail_to_find (ConsetLottery *lottery, guint64 n, guint64 k)
{
  g_autofree char *rule = conset_preference_to_string (lottery->rules);

  g_set_error (&lottery->error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "%s: %s %" G_GUINT64_FORMAT " has %" G_GUINT64_FORMAT
               " candidates of a weight above 0 for %" G_GUINT64_FORMAT
               " connections; draw fewer, or allow multapses",
               rule, lottery_line_name (lottery), lottery->line, n, k);
}

static void
draw_different (ConsetLottery *lottery, guint64 line, guint64 k)
{
  ConsetPlaces places;
  guint64 n = 0;

  conset_selection_start (lottery->selection, k);
  walk_start (lottery, line);
  while (walk_next (lottery, &places))
    {
      if (!lottery_weigh (lottery, &places, &n))
        return;
      block_select (lottery, &places);
    }
  if (lottery->error != NULL)
    return;
  if (n > 0 && n < k)
    fail_to_find (lottery, n, k);
  else
    conset_selection_end (lottery->selection, lottery->members);
}

/* }}} */
/* {{{ with multapses */

/* Entry b of sums is the sum of the weights of the first b blocks. Returns whether the line has
 * any candidate to draw. */
static gboolean
sum_blocks (ConsetLottery *lottery, guint64 line)
{
  ConsetPlaces places;
  double sum = 0.0;
  guint64 n = 0;

  g_array_set_size (lottery->sums, 0);
  g_array_append_val (lottery->sums, sum);
  walk_start (lottery, line);
  while (walk_next (lottery, &places))
    {
      double part = 0.0;

      if (!lottery_weigh (lottery, &places, &n))
        return FALSE;
      for (gsize k = 0; k < places.n; k++)
        part += lottery->weights[k];
      sum += part;
      g_array_append_val (lottery->sums, sum);
    }
  if (lottery->error == NULL && !isfinite (sum))
    {
      g_autofree char *rule = conset_preference_to_string (lottery->rules);

      g_set_error (&lottery->error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
                   "%s: the sum of the weights of %s %" G_GUINT64_FORMAT
                   " is infinite; scale them down",
                   rule, lottery_line_name (lottery), line);
    }
  return lottery->error == NULL && n > 0;
}

static int
compare_draws (const void *a, const void *b)
{
  guint64 left = *(const guint64 *) a, right = *(const guint64 *) b;

  return (left > right) - (left < right);
}

/* k times 64 random bits, ascending. */
static void
draw_numbers (ConsetLottery *lottery, guint64 line, guint64 k)
{
  ConsetKey key = lottery_key (lottery, LANE_DRAWS);
  guint32 words[BLOCK][4];

  g_array_set_size (lottery->draws, 0);
  for (guint64 at = 0; at < k; at += 2 * BLOCK)
    {
      gsize n = MIN (2 * BLOCK, k - at);

      conset_draws ()->threefry (&key, at / 2, line, 1, 0, (n + 1) / 2, words);
      for (gsize m = 0; m < n; m++)
        {
          const guint32 *word = &words[m / 2][m % 2 * 2];
          guint64 bits = word[0] | (guint64) word[1] << 32;

          g_array_append_val (lottery->draws, bits);
        }
    }
  qsort (lottery->draws->data, k, sizeof (guint64), compare_draws);
}

/* Appends what the draws from the first on find in a block that begins where the sum of the
 * weights is @begin: those below the sum at its end, or, of the last block, all. Returns how many.
 */
static guint
block_look_up (ConsetLottery *lottery,
               const ConsetPlaces *places,
               guint first,
               double begin,
               double end,
               gboolean last)
{
  const guint64 *draws = (const guint64 *) (gpointer) lottery->draws->data;
  const double *w = lottery->weights;
  double sum = g_array_index (lottery->sums, double, lottery->sums->len - 1), part = w[0];
  gsize k = 0, final = places->n - 1;
  guint n = first;

  /* Rounding may leave a draw above all: it finds the last candidate that can be drawn. */
  while (final > 0 && w[final] == 0.0)
    final--;
  for (; n < lottery->draws->len; n++)
    {
      double number = (double) draws[n] * 0x1p-64 * sum;
      guint64 along;

      if (number >= end && !last)
        break;
      while (k < final && number - begin >= part)
        part += w[++k];
      along = conset_places_along (places, k);
      g_array_append_val (lottery->members, along);
    }
  return n - first;
}

static void
draw_repeatedly (ConsetLottery *lottery, guint64 line, guint64 k)
{
  const double *sums;
  ConsetPlaces places;
  guint n = 0, last = 0;
  guint64 n_positive = 0;

  if (!sum_blocks (lottery, line))
    return;
  sums = (const double *) (gpointer) lottery->sums->data;
  for (guint b = 0; b + 1 < lottery->sums->len; b++)
    if (sums[b + 1] > sums[b])
      last = b;
  draw_numbers (lottery, line, k);
  walk_start (lottery, line);
  for (guint b = 0; n < k && walk_next (lottery, &places); b++)
    {
      double next = (double) g_array_index (lottery->draws, guint64, n) * 0x1p-64
                    * sums[lottery->sums->len - 1];

      if (b != last && next >= sums[b + 1])
        continue;
      lottery_weigh (lottery, &places, &n_positive);
      n += block_look_up (lottery, &places, n, sums[b], sums[b + 1], b == last);
    }
}

/* }}} */
/* {{{ lines */

/* How many connections @line draws; FALSE where that cannot be. Lane 0 is for the rule that
 * prefers none. */
static gboolean
lottery_number (ConsetLottery *lottery, guint64 line, guint64 *k)
{
  const ConsetPreference *rules = lottery->rules;
  gboolean target_major = lottery_order (lottery) == CONSET_TARGET_MAJOR;
  ConsetKey key =
    conset_key (rules->seed, target_major ? CONSET_RULE_DEGREES_IN : CONSET_RULE_DEGREES_OUT, 1);
  g_autofree char *name = conset_preference_to_string (rules);
  g_autofree char *missing =
    conset_degrees_missing (rules->degrees, lottery_line_name (lottery), line);

  if (missing != NULL)
    {
      g_set_error (&lottery->error, CONSET_ERROR, CONSET_ERROR_COMPOSITION, "%s: %s", name,
                   missing);
      return FALSE;
    }
  *k = conset_degrees_draw (rules->degrees, &key, line);
  if (*k <= CONSET_LOTTERY_MOST)
    return TRUE;
  g_set_error (&lottery->error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
               "%s: %s %" G_GUINT64_FORMAT " has to draw %" G_GUINT64_FORMAT
               " connections, of which 2^26 at most are possible; draw fewer",
               name, lottery_line_name (lottery), line, *k);
  return FALSE;
}

/* Whether @line has any candidates; only such lines need a degree. */
static gboolean
lottery_has_candidates (ConsetLottery *lottery, guint64 line)
{
  ConsetPlaces places;

  walk_start (lottery, line);
  return walk_next (lottery, &places);
}

static void
lottery_draw_line (ConsetLottery *lottery, guint64 line)
{
  guint64 k;

  if (!lottery_has_candidates (lottery, line) || !lottery_number (lottery, line, &k) || k == 0)
    return;
  if (lottery->rules->multapses)
    draw_repeatedly (lottery, line, k);
  else
    draw_different (lottery, line, k);
}

const GArray *
conset_lottery_draw (ConsetLottery *lottery, guint64 line)
{
  if (lottery->drawn_line == line)
    return lottery->members;
  lottery->drawn_line = line;
  g_array_set_size (lottery->members, 0);
  if (lottery->error == NULL)
    lottery_draw_line (lottery, line);
  return lottery->members;
}

#define BLOCKS_LOOKED_AT 128

gboolean
conset_lottery_can_draw (ConsetLottery *lottery, guint64 line)
{
  ConsetPlaces places;
  guint64 n = 0;

  walk_start (lottery, line);
  for (guint b = 0; n == 0 && b < BLOCKS_LOOKED_AT; b++)
    if (!walk_next (lottery, &places) || !lottery_weigh (lottery, &places, &n))
      break;
  return n > 0;
}

/* }}} */
