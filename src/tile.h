/* SPDX-License-Identifier: MIT */
/*
 * The tile: a stretch of one line of the connection matrix and what is in it.
 *
 * In CONSET_TARGET_MAJOR order a line is a target and offsets run along its sources; in
 * CONSET_SOURCE_MAJOR order it is the other way round. Members stand in the container that
 * suits them. Offsets count from `first`.
 */
#pragma once

#include <conset/types.h>

/** A bitmap is used up to this width; wider tiles hold runs or lists. */
#define CONSET_TILE_BITMAP_WIDTH 65536u
/** The widest tile: offsets fit guint32 with room to spare. */
#define CONSET_TILE_MAX_WIDTH (1u << 30)

/**
 * ConsetTileKind:
 * @CONSET_TILE_EMPTY: nothing; n is 0
 * @CONSET_TILE_FULL: every offset once
 * @CONSET_TILE_RUNS: n runs, ascending, disjoint, none empty
 * @CONSET_TILE_LIST: n offsets, ascending; repeated ones only if `repeated`
 * @CONSET_TILE_BITMAP: a bit an offset; bits beyond the width are 0
 */
typedef enum
{
  CONSET_TILE_EMPTY,
  CONSET_TILE_FULL,
  CONSET_TILE_RUNS,
  CONSET_TILE_LIST,
  CONSET_TILE_BITMAP,
} ConsetTileKind;

/** Offsets [first, end). */
typedef struct
{
  guint32 first;
  guint32 end;
} ConsetRun;

typedef struct
{
  guint64        line;
  guint64        first;
  guint32        width;
  ConsetTileKind kind;
  gboolean       repeated;
  gsize          n;
  guint32       *list;
  ConsetRun     *runs;
  guint64       *bits;
  gsize          list_capacity;
  gsize          runs_capacity;
  gsize          bits_capacity;
} ConsetTile;

/** What combine.c makes of the multiplicities a and b. */
typedef enum
{
  CONSET_COMBINE_MIN,
  CONSET_COMBINE_MONUS,
  CONSET_COMBINE_MAX,
  CONSET_COMBINE_SUM,
  CONSET_COMBINE_DISTANCE,
} ConsetCombine;

static inline gsize
conset_bits_words (guint32 width)
{
  return ((gsize) width + 63) / 64;
}

ConsetTile *conset_tile_new     (void);
void        conset_tile_free    (ConsetTile *tile);

/** Points @tile at [first, first + width) of @line and empties it. */
void conset_tile_aim (ConsetTile *tile, guint64 line, guint64 first, guint32 width);

/* Room for n entries; what the buffer held is kept. */
guint32   *conset_tile_reserve_list (ConsetTile *tile, gsize n);
ConsetRun *conset_tile_reserve_runs (ConsetTile *tile, gsize n);
/** Makes @tile a bitmap of its width; the words are not cleared. One word of slack follows. */
guint64   *conset_tile_make_bitmap  (ConsetTile *tile);

/* Finishing a fill: the container becomes the kind named, or EMPTY or FULL where it is that. */
void conset_tile_set_list (ConsetTile *tile, gsize n, gboolean repeated);
void conset_tile_set_runs (ConsetTile *tile, gsize n);

/** Moves those of @n list entries, @from on, whose @success is @wanted (0 or 1) down to entry
 * @kept <= @from and on; returns how many are kept then, for conset_tile_set_list(). */
static inline gsize
conset_tile_select (
  ConsetTile *tile, gsize kept, gsize from, gsize n, const guint8 *success, guint8 wanted)
{
  for (gsize k = 0; k < n; k++)
    {
      tile->list[kept] = tile->list[from + k];
      kept += success[k] == wanted;
    }
  return kept;
}

/* Conversions in place; a list of repeated offsets becomes nothing else. */
void conset_tile_to_list   (ConsetTile *tile);
void conset_tile_to_runs   (ConsetTile *tile);
void conset_tile_to_bitmap (ConsetTile *tile);

/** Number of members, with multiplicity. */
guint64 conset_tile_count      (const ConsetTile *tile);
/** 1 where the tile has no member, else 0. */
void    conset_tile_complement (ConsetTile *tile);
/** Drops repetitions. */
void    conset_tile_to_set     (ConsetTile *tile);
/** Makes @tile, aimed at a part of [first, first + width), hold the same members there. */
void    conset_tile_widen      (ConsetTile *tile, guint64 first, guint32 width);
void    conset_tile_copy       (ConsetTile *tile, const ConsetTile *from);
/** Least and one past the greatest offset of a tile that is not empty. */
void    conset_tile_hull       (const ConsetTile *tile, guint32 *first, guint32 *end);
/** FALSE with a reason if the container breaks its own rules; for tests. */
gboolean conset_tile_validate  (const ConsetTile *tile, const char **reason);

/**
 * Members from *cursor on as indices: writes at most @capacity (at least 64) and moves
 * *cursor, which starts at 0. @indices has room for 8 more. Returns 0 when the tile is drained.
 */
gsize conset_tile_decode (const ConsetTile *tile,
                          guint64          *cursor,
                          guint64          *indices,
                          gsize             capacity);

/** a becomes a op b; both are aimed at the same range, b may be converted on the way. */
void conset_combine (ConsetTile *a, ConsetTile *b, ConsetCombine op);

/* Bits */

void conset_bits_set_range   (guint64 *bits, guint32 first, guint32 end);
void conset_bits_clear_range (guint64 *bits, guint32 first, guint32 end);

static inline gboolean
conset_bits_test (const guint64 *bits, guint32 offset)
{
  return (bits[offset >> 6] >> (offset & 63)) & 1;
}
