/* SPDX-License-Identifier: MIT */
/*
 * Lotteries: the members of the lines of a rule that prefers some candidates to others.
 *
 * A line is always drawn as a whole, so that windows do not matter: O(candidates) for the line,
 * whose members are kept until another is drawn.
 */
#pragma once

#include "degrees.h"
#include "random.h"

#include <conset/types.h>
#include <conset/value.h>

/**
 * What is drawn: along each target for CONSET_RULE_PREFERENCE_IN, along each source for
 * CONSET_RULE_PREFERENCE_OUT, out of @candidates, a set of multiplicity 1.
 */
typedef struct
{
  ConsetRule     rule;
  ConsetDegrees *degrees;
  ConsetValue   *weight;
  gboolean       multapses;
  guint64        seed;
  const Conset  *candidates;
} ConsetPreference;

typedef struct _ConsetLottery ConsetLottery;

/** More members than this are refused a line: 8 bytes each, and 50 while they are drawn. */
#define CONSET_LOTTERY_MOST (G_GUINT64_CONSTANT (1) << 26)

static inline ConsetOrder
conset_preference_order (const ConsetPreference *preference)
{
  return preference->rule == CONSET_RULE_PREFERENCE_IN ? CONSET_TARGET_MAJOR : CONSET_SOURCE_MAJOR;
}

/** The rule as text, without the seed and the end of the parentheses. */
void           conset_preference_print     (const ConsetPreference *preference, GString *out);
/** The same with the end of the parentheses. (transfer full) */
char          *conset_preference_to_string (const ConsetPreference *preference);

gboolean       conset_is_weight            (double w);

/** @preference (transfer none) outlives the lottery; candidates and weight are no errors. */
ConsetLottery *conset_lottery_new  (const ConsetPreference *preference);
void           conset_lottery_free (ConsetLottery *lottery);

/** Lines [@first, @end) will be drawn over and over: something is remembered that helps to. */
void           conset_lottery_remember (ConsetLottery *lottery, guint64 first, guint64 end);

/**
 * The members of @line in the rule's order, as guint64 places along it, ascending, repeated as
 * drawn; they hold until the next call. None from the first error on.
 */
const GArray  *conset_lottery_draw  (ConsetLottery *lottery, guint64 line);
/** (nullable): what went wrong. */
const GError  *conset_lottery_error (const ConsetLottery *lottery);

/** Whether one of the first candidates of @line, some ten thousands, can be drawn. */
gboolean       conset_lottery_can_draw (ConsetLottery *lottery, guint64 line);
