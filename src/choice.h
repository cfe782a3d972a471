/* SPDX-License-Identifier: MIT */
/*
 * Choices: which of the places of a line get their values from which operand.
 *
 * Of the copies of a pair that a sum has, the first are those of its first operand, and those that
 * follow are the first ones of the next; of a union, the first operand that has copy c at all
 * gives it its values. So places are handed from operand to operand, and each takes its share.
 */
#pragma once

#include "node.h"

/**
 * Places of a line, chosen from others: place k is at @offsets[k] with @copies[k], and was
 * number @numbers[k] of them. @values has room for @n_columns values of each.
 */
struct _ConsetChoice
{
  gsize    n;
  guint32  offsets[CONSET_PLACES_MOST];
  guint32  copies[CONSET_PLACES_MOST];
  guint32  numbers[CONSET_PLACES_MOST];
  guint    n_columns;
  double **values;
};

/** A choice of no places, with room for the values of the columns of @step. */
ConsetChoice *conset_choice_borrow    (ConsetStep *step);
void          conset_choice_give_back (ConsetStep *step, ConsetChoice *choice);
void          conset_choice_free      (ConsetChoice *choice);

/** Chooses all of @places; their copies stay in the order they have. */
void         conset_choice_take_all (ConsetChoice *choice, const ConsetPlaces *places);
/** The chosen ones of @places, as places. */
ConsetPlaces conset_choice_places   (const ConsetChoice *choice, const ConsetPlaces *places);

/**
 * Moves the places whose copy the set of @step has from @rest to @share, which is empty. What is
 * left of a pair counts its copies from 0 on again if @subtract.
 */
void conset_choice_share (ConsetChoice       *rest,
                          ConsetChoice       *share,
                          const ConsetPlaces *places,
                          ConsetStep         *step,
                          gboolean            subtract);

/** What conset_choice_share() makes of the values of chains, sums or not: class slots. */
void   conset_children_fill_values (ConsetStep         *step,
                                    const ConsetPlaces *places,
                                    double *const      *values,
                                    gboolean            sum);
double conset_children_value       (const Conset      *set,
                                    guint              column,
                                    const ConsetPlace *place,
                                    gboolean           sum);
