/* SPDX-License-Identifier: MIT */
/*
 * Sampled expectations: how many members are expected among the candidates of a window, from a
 * look at some of them.
 */
#pragma once

#include "node.h"

/** The chance of a pair, in [0, 1], whose value is @number. */
typedef double (*ConsetChanceFunc) (double number, gconstpointer data);

/**
 * The mean of @chance of @value over pairs of @candidates in @window, times the number of those
 * that is expected. Some thousands of pairs are looked at, on evenly spaced lines.
 */
double conset_sampled_expected (const Conset       *candidates,
                                const ConsetValue  *value,
                                ConsetChanceFunc    chance,
                                gconstpointer       data,
                                const ConsetWindow *window,
                                ConsetCensus       *census);
