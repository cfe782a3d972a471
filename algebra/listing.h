/* SPDX-License-Identifier: MIT */
/*
 * Listings: connections in memory, line by line.
 */
#pragma once

#include <glib.h>

/** A connection on its way into a listing: @number is where it stood before. */
typedef struct
{
  guint64 line;
  guint64 member;
  gsize   number;
} ConsetListed;

/**
 * Connections by line: members[starts[k]] up to members[starts[k + 1]] stand on lines[k],
 * ascending, and numbers[...] (nullable) is where they stood before.
 */
typedef struct
{
  gsize    n_lines;
  guint64 *lines;
  gsize   *starts;
  guint64 *members;
  gsize   *numbers;
} ConsetListing;

/** Sorts @listed by line, then member, then as they stand. NULL if there is no memory. */
ConsetListing *conset_listing_new  (ConsetListed *listed, gsize n, gboolean numbered);
void           conset_listing_free (ConsetListing *listing);

/** Lines become members: the numbers, if wanted, are the positions in @listing. Ends the process
 * without memory. */
ConsetListing *conset_listing_turn (const ConsetListing *listing, gboolean numbered);

/** The first line with members from @line on, by its position; n_lines if there is none. */
gsize conset_listing_find_line (const ConsetListing *listing, guint64 line);

/** How many members in [@first, @end) @line has, and the position of the first. */
gsize conset_listing_find (const ConsetListing *listing,
                           guint64              line,
                           guint64              first,
                           guint64              end,
                           gsize               *position);
