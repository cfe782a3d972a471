/* SPDX-License-Identifier: MIT */
/*
 * Fixed numbers of connections: what a line draws from, and its tiles.
 *
 * A total draws one sample from all candidates, of which a line has those of its candidates' ranks;
 * degrees draw a sample for each line.
 */
#include "fixed.h"

#include "plan.h"

/* More connections to a candidate than this are refused, for a tile could not hold them. */
#define MOST_A_CANDIDATE 65536

/* The rule without its operand, and without the end of the parentheses. */
void
conset_fixed_print_rule (const ConsetFixed *self, GString *out)
{
  if (self->degrees == NULL)
    g_string_append_printf (out, "random(N=%" G_GUINT64_FORMAT, self->total);
  else
    {
      g_string_append (out, self->rule == CONSET_RULE_FAN_IN ? "random(fanIn=" : "random(fanOut=");
      conset_degrees_print (self->degrees, out);
    }
  if (!self->multapses)
    g_string_append (out, ", multapses=False");
}

char *
conset_fixed_rule_to_string (const ConsetFixed *self)
{
  GString *out = g_string_new (NULL);

  conset_fixed_print_rule (self, out);
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

void
conset_fixed_state_init (ConsetFixedState *state,
                         const ConsetFixed *self,
                         guint64 first_line,
                         guint64 end_line)
{
  *state = (ConsetFixedState){ .self = self, .tally = (ConsetTally *) &self->tally };
  state->candidates = conset_candidates_new (conset_fixed_candidates (self),
                                             conset_fixed_order (self), first_line, end_line);
  state->sample = conset_sample_new (self->seed, self->rule, self->multapses);
  state->degrees_key = conset_key (
    self->seed, self->rule == CONSET_RULE_FAN_IN ? CONSET_RULE_DEGREES_IN : CONSET_RULE_DEGREES_OUT,
    0);
}

void
conset_fixed_state_clear (ConsetFixedState *state)
{
  g_clear_pointer (&state->band, conset_band_free);
  conset_sample_free (state->sample);
  conset_candidates_free (state->candidates);
}

/* Whether @k of @n candidates can be drawn; no candidates at all have no connection. */
gboolean
conset_fixed_check (const ConsetFixed *self, guint64 line, guint64 n, guint64 k, GError **error)
{
  g_autofree char *rule = NULL;
  g_autofree char *of = NULL;

  if (self->multapses ? n > 0 && k / MOST_A_CANDIDATE <= n : k <= n)
    return TRUE;
  rule = conset_fixed_rule_to_string (self);
  of = self->degrees == NULL
         ? g_strdup ("the operand")
         : g_strdup_printf ("%s %" G_GUINT64_FORMAT, conset_fixed_line_name (self), line);
  if (self->multapses && n > 0)
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                 "%s: %s has %" G_GUINT64_FORMAT " candidates for %" G_GUINT64_FORMAT
                 " connections, more than %d to a candidate; draw fewer",
                 rule, of, n, k, MOST_A_CANDIDATE);
  else
    g_set_error (
      error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
      "%s: %s has %" G_GUINT64_FORMAT " candidates for %" G_GUINT64_FORMAT " connections; %s", rule,
      of, n, k,
      self->multapses || n == 0 ? "give more candidates" : "draw fewer, or allow multapses");
  return FALSE;
}

/* Turns the sample to what @line draws from, which of degrees has candidates; @rank is the first
 * of their ranks. FALSE with @error set if it cannot be drawn. */
gboolean
conset_fixed_state_aim (ConsetFixedState *state, guint64 line, guint64 *rank, GError **error)
{
  const ConsetFixed *self = state->self;
  guint64 n, k;

  if (self->degrees == NULL)
    {
      if (!conset_tally_below (state->tally, conset_fixed_candidates (self), CONSET_TARGET_MAJOR,
                               CONSET_INDEX_END, &n, error)
          || !conset_tally_below (state->tally, conset_fixed_candidates (self), CONSET_TARGET_MAJOR,
                                  line, rank, error)
          || !conset_fixed_check (self, line, n, self->total, error))
        return FALSE;
      conset_sample_aim (state->sample, 0, n, self->total);
      state->aimed = TRUE;
      return TRUE;
    }

  *rank = 0;
  n = conset_candidates_all (state->candidates, line);
  if (line >= conset_degrees_n_lines (self->degrees))
    {
      g_autofree char *rule = conset_fixed_rule_to_string (self);
      g_autofree char *missing =
        conset_degrees_missing (self->degrees, conset_fixed_line_name (self), line);

      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION, "%s: %s", rule, missing);
      return FALSE;
    }
  k = conset_degrees_draw (self->degrees, &state->degrees_key, line);
  if (!conset_fixed_check (self, line, n, k, error))
    return FALSE;
  conset_sample_aim (state->sample, line, n, k);
  return TRUE;
}

/* The rank of the candidate from @along on of @line, of which there are @n that are looked at.
 * FALSE with @error set where they cannot be drawn from, also for candidates that are counted
 * as fewer than that: they broke off, or a callback does not give the same ones twice. */
gboolean
conset_fixed_state_find (
  ConsetFixedState *state, guint64 line, guint64 along, guint64 n, guint64 *rank, GError **error)
{
  guint64 range;

  if (!conset_fixed_state_aim (state, line, rank, error))
    return FALSE;
  *rank += conset_candidates_below (state->candidates, line, along);
  range = conset_sample_range (state->sample);
  if (*rank <= range && n <= range - *rank)
    return TRUE;
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_CALLBACK,
               "%s: the operand has other candidates each time they are looked at; callbacks must "
               "be functions of source and target alone",
               state->self->base.klass->name);
  return FALSE;
}

/* Fills a tile of a line of the rule's own order. A total is checked once even where there are no
 * candidates: perhaps there are none at all. */
void
conset_fixed_draw (gpointer data, ConsetTile *tile)
{
  ConsetFixedState *state = data;
  const GError *failure;
  GError *error = NULL;
  guint32 width = tile->width;
  guint64 n = conset_candidates_look (state->candidates, tile->line, tile->first, width);
  guint64 rank;

  if ((n > 0 || (state->self->degrees == NULL && !state->aimed))
      && conset_fixed_state_find (state, tile->line, tile->first, n, &rank, &error) && n > 0)
    {
      tile->width = (guint32) n;
      conset_sample_fill (state->sample, rank, tile);
      conset_candidates_place (state->candidates, tile);
    }

  /* What broke off the candidates comes before what is wrong with their number. */
  failure = conset_candidates_error (state->candidates);
  if (failure == NULL)
    failure = error;
  if (failure != NULL)
    {
      conset_eval_fail (state->eval, failure->code, "%s", failure->message);
      conset_tile_aim (tile, tile->line, tile->first, width);
    }
  g_clear_error (&error);
}
