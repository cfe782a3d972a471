/* SPDX-License-Identifier: MIT */
/*
 * Searches from many places for the stored positions of a plane that are nearer than one radius.
 *
 * What the radius alone tells is found once: how many cells a disc reaches to either side of its
 * center, in each row that it touches, at most, wherever in a stripe of its own row the center is.
 * So to look takes a few additions a row. Rough positions, a fifth of the exact ones in size, then
 * tell all members but those at the rim.
 */
#pragma once

#include "cells.h"

typedef struct _ConsetDiscSearch ConsetDiscSearch;

/** Squares of distances are to be in [@low, @below). @cells stay alive. Returns: NULL where there is
 * no gain: on a grid, in space, and for discs that touch many rows */
ConsetDiscSearch *conset_disc_search_new    (const ConsetCells      *cells,
                                             double                  low,
                                             double                  below);
void              conset_disc_search_free   (ConsetDiscSearch       *search);

/** As conset_cells_look(). */
void              conset_disc_search_look   (const ConsetDiscSearch *search,
                                             const double           *at,
                                             ConsetFound            *found);
/** As conset_cells_keep_within(). */
void              conset_disc_search_gather (const ConsetDiscSearch *search,
                                             const double           *at,
                                             const ConsetFound      *looked,
                                             ConsetFound            *found);
