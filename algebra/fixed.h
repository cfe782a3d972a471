/* SPDX-License-Identifier: MIT */
/*
 * Fixed numbers of connections: what the files of this family share. fixed.c makes the nodes,
 * fixed_draw.c draws their lines, fixed_count.c answers how many there are.
 */
#pragma once

#include "node.h"

#include "candidates.h"
#include "crosswise.h"
#include "degrees.h"
#include "sample.h"

/* Either degrees, of the lines, or total, and then degrees is NULL; checked tells that a total is
 * known to be possible. */
typedef struct
{
  Conset base;
  ConsetRule rule;
  ConsetDegrees *degrees;
  guint64 total;
  gboolean checked;
  gboolean multapses;
  guint64 seed;
  ConsetTally tally;
} ConsetFixed;

typedef struct
{
  const ConsetFixed *self;
  ConsetEval *eval;
  ConsetCandidates *candidates;
  ConsetSample *sample;
  ConsetBand *band;
  ConsetKey degrees_key;
  ConsetTally *tally;
  gboolean aimed;
} ConsetFixedState;

static inline const Conset *
conset_fixed_candidates (const ConsetFixed *self)
{
  return self->base.children[0];
}

static inline ConsetOrder
conset_fixed_order (const ConsetFixed *self)
{
  return self->rule == CONSET_RULE_FAN_OUT ? CONSET_SOURCE_MAJOR : CONSET_TARGET_MAJOR;
}

static inline const char *
conset_fixed_line_name (const ConsetFixed *self)
{
  return self->rule == CONSET_RULE_FAN_OUT ? "source" : "target";
}

/* {{{ fixed_draw.c */

/** The rule as the language writes it, up to the seed. */
void     conset_fixed_print_rule     (const ConsetFixed *self, GString *out);
/** The same as a call, for messages. (transfer full) */
char    *conset_fixed_rule_to_string (const ConsetFixed *self);

/** For drawing lines, [@first_line, @end_line) of them over and over. */
void     conset_fixed_state_init     (ConsetFixedState  *state,
                                      const ConsetFixed *self,
                                      guint64            first_line,
                                      guint64            end_line);
void     conset_fixed_state_clear    (ConsetFixedState  *state);

/** Whether @k of the @n candidates of @line, or of all, can be drawn. */
gboolean conset_fixed_check          (const ConsetFixed  *self,
                                      guint64             line,
                                      guint64             n,
                                      guint64             k,
                                      GError            **error);
/** Turns the sample to what @line, which has candidates, draws from; @rank is the first of their
 * ranks. FALSE with @error set if it cannot be drawn. */
gboolean conset_fixed_state_aim      (ConsetFixedState   *state,
                                      guint64             line,
                                      guint64            *rank,
                                      GError            **error);
/** The rank of the candidate from @along on of @line, of which @n are looked at; FALSE with
 * @error set where they cannot be drawn from. */
gboolean conset_fixed_state_find     (ConsetFixedState   *state,
                                      guint64             line,
                                      guint64             along,
                                      guint64             n,
                                      guint64            *rank,
                                      GError            **error);
/** Fills a tile of a line of the rule's own order; @data is a state. */
void     conset_fixed_draw           (gpointer            data,
                                      ConsetTile         *tile);

/* }}} */
/* {{{ fixed_count.c: slots of the classes */

double           conset_fixed_expected   (const Conset       *set,
                                          const ConsetWindow *window,
                                          ConsetCensus       *census);
gboolean         conset_fixed_count      (const Conset       *set,
                                          const ConsetWindow *window,
                                          ConsetCensus       *census,
                                          ConsetCount        *count);
gboolean         conset_fixed_degree_law (const Conset       *set,
                                          ConsetOrder         order,
                                          guint64             line,
                                          guint64             first,
                                          guint64             end,
                                          ConsetLaw          *law);
ConsetDependence conset_fixed_dependence (const Conset       *set,
                                          const ConsetWindow *window,
                                          ConsetOrder         order,
                                          ConsetDrawn        *drawn);

/* }}} */
