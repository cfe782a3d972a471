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
 *   first are taken, compared by the root of the time, which no weight makes overflow. u is less
 *   than -log(1 - u), so that the high bits alone show of most candidates that they are late.
 *
 * The weights of a line are looked at from its beginning to its end, in blocks. Sums are closed at
 * fixed places of the line, so that they are always the same, and the same without candidates of
 * weight 0. With multapses the weights near what is drawn are found twice.
 */
#include "lottery.h"

#include "arithmetic.h"
#include "kernels.h"
#include "node.h"
#include "plan.h"
#include "selection.h"
#include "text.h"
#include "value.h"

#include <float.h>
#include <math.h>
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

/* A running sum of weights: @closed is that of the parts of the line before part @part, @open what
 * has been seen of it. A line of any length has sums of few roundings. */
typedef struct
{
  guint64 part;
  double closed;
  double open;
} Sum;

/* Places of a part: 2^SUM_SHIFT. */
#define SUM_SHIFT 9

static inline double
sum_add (Sum *sum, guint64 along, double w)
{
  if (along >> SUM_SHIFT != sum->part)
    *sum = (Sum){ along >> SUM_SHIFT, sum->closed + sum->open, 0.0 };
  sum->open += w;
  return sum->closed + sum->open;
}

static inline double
sum_total (const Sum *sum)
{
  return sum->closed + sum->open;
}

/* (at, list) walks over the candidates of a line: those of part from list on, then what lies
 * from place at on. members are those of the line drawn last. last_alarms are those of the last
 * member of lines from first_line on, infinite where it is not known. */
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
  double *last_alarms;
  guint64 first_line;
  guint64 n_lines;
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
  self->sums = g_array_new (FALSE, FALSE, sizeof (Sum));
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
  g_free (lottery->last_alarms);
  g_clear_error (&lottery->error);
  g_free (lottery);
}

/* More lines are not remembered. */
#define LINES_REMEMBERED (1 << 20)

void
conset_lottery_remember (ConsetLottery *lottery, guint64 first, guint64 end)
{
  if (lottery->rules->multapses || end - first > LINES_REMEMBERED)
    return;
  lottery->first_line = first;
  lottery->n_lines = end - first;
  lottery->last_alarms = g_new (double, lottery->n_lines);
  for (guint64 k = 0; k < lottery->n_lines; k++)
    lottery->last_alarms[k] = INFINITY;
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

  if (!conset_value_plan_fill (lottery->plan, places, lottery->weights))
    {
      if (lottery->error == NULL)
        lottery->error = g_error_copy (conset_value_plan_error (lottery->plan));
      return FALSE;
    }
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

/* Roots of the times at which alarms of @n weights above 0 go off. log(1 - u) is found from what
 * is left of 1 - u after rounding, and scaled by how much that is off. */
static void
alarms_of (const guint32 *high, const guint32 *low, const double *w, gsize n, double alarms[BLOCK])
{
  double u[BLOCK];

  for (gsize k = 0; k < n; k++)
    {
      u[k] = ((double) ((guint64) high[k] << 32 | low[k]) + 0.5) * 0x1p-64;
      u[k] = MIN (u[k], 1.0 - 0x1p-53);
      alarms[k] = 1.0 - u[k];
    }
  conset_arithmetic ()->unary[CONSET_UNARY_LOG](alarms, n);
  for (gsize k = 0; k < n; k++)
    {
      double off = 1.0 - (1.0 - u[k]);
      double time = off > 0.0 ? -alarms[k] * (u[k] / off) : u[k];

      alarms[k] = sqrt (time) / sqrt (w[k]);
    }
}

/* The time of a limit to roots, a little later, which makes up for rounding; never, where the
 * time is so small that its products with weights lose digits. */
static double
time_of_limit (double limit)
{
  double time = limit * limit * (1.0 + 0x1p-30);

  return time < 0x1p-900 ? INFINITY : time;
}

/* Adds the alarms of a block to the selection, but those that are late as far as their high bits
 * tell. */
static void
block_select (ConsetLottery *lottery, const ConsetPlaces *places)
{
  double time = time_of_limit (conset_selection_limit (lottery->selection)) * 0x1p32;
  double w[BLOCK], alarms[BLOCK];
  guint32 high[BLOCK], low[BLOCK], offsets[BLOCK];
  gsize n = 0;

  block_bits (lottery, LANE_HIGH, places, places->offsets, places->n, high);
  for (gsize k = 0; k < places->n; k++)
    {
      double weight = lottery->weights[k];

      offsets[n] = places->offsets != NULL ? places->offsets[k] : (guint32) k;
      high[n] = high[k];
      w[n] = weight;
      n += !((double) high[k] > time * weight) & (weight > 0.0);
    }
  block_bits (lottery, LANE_LOW, places, offsets, n, low);
  alarms_of (high, low, w, n, alarms);
  for (gsize k = 0; k < n; k++)
    conset_selection_add (lottery->selection, alarms[k], places->first + offsets[k]);
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

/* NULL if nothing is remembered of @line. */
static double *
last_alarm_of (ConsetLottery *lottery, guint64 line)
{
  if (line < lottery->first_line || line - lottery->first_line >= lottery->n_lines)
    return NULL;
  return &lottery->last_alarms[line - lottery->first_line];
}

static void
draw_different (ConsetLottery *lottery, guint64 line, guint64 k)
{
  double *known = last_alarm_of (lottery, line), last;
  ConsetPlaces places;
  guint64 n = 0;

  conset_selection_start (lottery->selection, k,
                          known != NULL ? *known * (1.0 + 0x1p-50) : INFINITY);
  walk_start (lottery, line);
  while (walk_next (lottery, &places))
    {
      if (!lottery_weigh (lottery, &places, &n))
        return;
      block_select (lottery, &places);
    }
  if (lottery->error != NULL || n == 0)
    return;
  if (n < k)
    {
      fail_to_find (lottery, n, k);
      return;
    }
  last = conset_selection_end (lottery->selection, lottery->members);
  if (known != NULL)
    *known = last;
}

/* }}} */
/* {{{ with multapses */

/* Entry b of sums is that of the first b blocks. Returns whether the line has any candidate to
 * draw.
 */
static gboolean
sum_blocks (ConsetLottery *lottery, guint64 line)
{
  ConsetPlaces places;
  Sum sum = { 0, 0.0, 0.0 };
  guint64 n = 0;

  g_array_set_size (lottery->sums, 0);
  g_array_append_val (lottery->sums, sum);
  walk_start (lottery, line);
  while (walk_next (lottery, &places))
    {
      if (!lottery_weigh (lottery, &places, &n))
        return FALSE;
      for (gsize k = 0; k < places.n; k++)
        sum_add (&sum, conset_places_along (&places, k), lottery->weights[k]);
      g_array_append_val (lottery->sums, sum);
    }
  if (lottery->error == NULL && !isfinite (sum_total (&sum)))
    {
      g_autofree char *rule = conset_preference_to_string (lottery->rules);

      g_set_error (&lottery->error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
                   "%s: the sum of the weights of %s %" G_GUINT64_FORMAT
                   " is infinite; scale them down",
                   rule, lottery_line_name (lottery), line);
    }
  return lottery->error == NULL && n > 0;
}

/* Sorts uniform numbers: by their highest bits, as many as there are numbers, then the few that
 * agree in them. @spare has room for as many again. */
static void
sort_uniform (guint64 *numbers, gsize n, guint64 *spare)
{
  guint bits = n > 1 ? 64 - (guint) __builtin_clzll (n - 1) : 1;
  g_autofree guint32 *ends = g_new0 (guint32, ((gsize) 1 << bits) + 1);
  guint32 sum = 0;

  for (gsize k = 0; k < n; k++)
    ends[numbers[k] >> (64 - bits)]++;
  for (gsize bucket = 0; bucket < (gsize) 1 << bits; bucket++)
    {
      guint32 here = ends[bucket];

      ends[bucket] = sum;
      sum += here;
    }
  for (gsize k = 0; k < n; k++)
    spare[ends[numbers[k] >> (64 - bits)]++] = numbers[k];
  for (gsize k = 0; k < n; k++)
    {
      guint64 number = spare[k];
      gsize at = k;

      for (; at > 0 && numbers[at - 1] > number; at--)
        numbers[at] = numbers[at - 1];
      numbers[at] = number;
    }
}

/* k times 64 random bits, ascending. */
static void
draw_numbers (ConsetLottery *lottery, guint64 line, guint64 k)
{
  ConsetKey key = lottery_key (lottery, LANE_DRAWS);
  guint32 words[BLOCK][4];
  guint64 *numbers;

  g_array_set_size (lottery->draws, (guint) (2 * k));
  numbers = (guint64 *) (gpointer) lottery->draws->data;
  for (guint64 at = 0; at < k; at += 2 * BLOCK)
    {
      gsize n = MIN (2 * BLOCK, k - at);

      conset_draws ()->threefry (&key, at / 2, line, 1, 0, (n + 1) / 2, words);
      for (gsize m = 0; m < n; m++)
        {
          const guint32 *word = &words[m / 2][m % 2 * 2];

          numbers[at + m] = word[0] | (guint64) word[1] << 32;
        }
    }
  sort_uniform (numbers, k, numbers + k);
  g_array_set_size (lottery->draws, (guint) k);
}

/* Entry b of sums as a number. */
static double
total_before (const ConsetLottery *lottery, guint b)
{
  return sum_total (&g_array_index (lottery->sums, Sum, b));
}

/* Appends what the draws from the first on find in block @b: those below the sum at its end, or, of
 * the last block, all. Returns how many. */
static guint
block_look_up (
  ConsetLottery *lottery, const ConsetPlaces *places, guint first, guint b, gboolean last)
{
  const guint64 *draws = (const guint64 *) (gpointer) lottery->draws->data;
  const double *w = lottery->weights;
  Sum sum = g_array_index (lottery->sums, Sum, b);
  double all = total_before (lottery, lottery->sums->len - 1), end = total_before (lottery, b + 1);
  double next = sum_add (&sum, conset_places_along (places, 0), w[0]);
  gsize k = 0, final = places->n - 1;
  guint n = first;

  /* Rounding may leave a draw above all: it finds the last candidate that can be drawn. */
  while (final > 0 && w[final] == 0.0)
    final--;
  for (; n < lottery->draws->len; n++)
    {
      double number = (double) draws[n] * 0x1p-64 * all;
      guint64 along;

      if (number >= end && !last)
        break;
      while (k < final && number >= next)
        {
          k++;
          next = sum_add (&sum, conset_places_along (places, k), w[k]);
        }
      along = conset_places_along (places, k);
      g_array_append_val (lottery->members, along);
    }
  return n - first;
}

static void
draw_repeatedly (ConsetLottery *lottery, guint64 line, guint64 k)
{
  ConsetPlaces places;
  guint n = 0, last = 0;
  guint64 n_positive = 0;
  double all;

  if (!sum_blocks (lottery, line))
    return;
  for (guint b = 0; b + 1 < lottery->sums->len; b++)
    if (total_before (lottery, b + 1) > total_before (lottery, b))
      last = b;
  all = total_before (lottery, lottery->sums->len - 1);
  draw_numbers (lottery, line, k);
  walk_start (lottery, line);
  for (guint b = 0; n < k && walk_next (lottery, &places); b++)
    {
      double next = (double) g_array_index (lottery->draws, guint64, n) * 0x1p-64 * all;

      if (b != last && next >= total_before (lottery, b + 1))
        continue;
      lottery_weigh (lottery, &places, &n_positive);
      n += block_look_up (lottery, &places, n, b, b == last);
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
  gboolean has_degree = line < conset_degrees_n_lines (rules->degrees);
  g_autofree char *name = NULL;
  g_autofree char *missing = NULL;

  *k = has_degree ? conset_degrees_draw (rules->degrees, &key, line) : 0;
  if (has_degree && *k <= CONSET_LOTTERY_MOST)
    return TRUE;
  name = conset_preference_to_string (rules);
  missing = conset_degrees_missing (rules->degrees, lottery_line_name (lottery), line);
  if (missing != NULL)
    g_set_error (&lottery->error, CONSET_ERROR, CONSET_ERROR_COMPOSITION, "%s: %s", name, missing);
  else
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
