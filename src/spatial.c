/* SPDX-License-Identifier: MIT */
/*
 * The loops of geometry, compiled once for every instruction set under the name CONSET_SPATIAL.
 * Plain loops, which the compiler turns into vector code.
 */
#include "spatial.h"

#include "kernels.h"

#include <string.h>

#define CHUNK 256

/* i / d differs from a whole number by at least 1 / (2 d) where i + 1/2 stands for i, and rounding
 * changes it by less than 2^-51 i / d. */
static void
divide (double *restrict x, double *restrict quotient, double divisor, gsize n)
{
  const double inverse = 1.0 / divisor;

  for (gsize k = 0; k < n; k++)
    {
      quotient[k] = conset_number_floor ((x[k] + 0.5) * inverse);
      x[k] -= quotient[k] * divisor;
    }
}

static void
place (double *x, double origin, double step, gsize n)
{
  for (gsize k = 0; k < n; k++)
    x[k] = origin + step * x[k];
}

static void
uniform (double *restrict x, const guint64 *restrict bits, double origin, double scale, gsize n)
{
  const guint64 one = G_GUINT64_CONSTANT (0x3ff) << 52;

  for (gsize k = 0; k < n; k++)
    {
      guint64 word = bits[k] >> 12 | one;
      double drawn;

      memcpy (&drawn, &word, sizeof drawn);
      x[k] = origin + scale * (drawn - 1.0);
    }
}

/* Distances */

/* |d| in [0, box / 2] for a difference along a ring; the same as the lesser of |d| and box - |d|
 * where |d| is not above the box. The quotient may be rounded up to a whole number. */
static inline double
ring_distance (double d, double box)
{
  double size = fabs (d), rest = fabs (size - box * conset_number_floor (size / box));

  return conset_number_min (rest, box - rest);
}

static inline double
euclid (double dx, double dy, const double *box G_GNUC_UNUSED)
{
  return sqrt (dx * dx + dy * dy);
}

static inline double
euclid_3 (double dx, double dy, double dz, const double *box G_GNUC_UNUSED)
{
  return sqrt (dx * dx + dy * dy + dz * dz);
}

static inline double
toroid (double dx, double dy, const double *box)
{
  return euclid (ring_distance (dx, box[0]), ring_distance (dy, box[1]), box);
}

static inline double
toroid_3 (double dx, double dy, double dz, const double *box)
{
  return euclid_3 (ring_distance (dx, box[0]), ring_distance (dy, box[1]),
                   ring_distance (dz, box[2]), box);
}

static inline double
city_block (double dx, double dy, const double *box G_GNUC_UNUSED)
{
  return fabs (dx) + fabs (dy);
}

static inline double
city_block_3 (double dx, double dy, double dz, const double *box G_GNUC_UNUSED)
{
  return fabs (dx) + fabs (dy) + fabs (dz);
}

static inline double
maximum (double dx, double dy, const double *box G_GNUC_UNUSED)
{
  return conset_number_max (fabs (dx), fabs (dy));
}

static inline double
maximum_3 (double dx, double dy, double dz, const double *box G_GNUC_UNUSED)
{
  return conset_number_max (conset_number_max (fabs (dx), fabs (dy)), fabs (dz));
}

/* What points to is read before the loop, which the compiler would otherwise take for changed by
 * it. */
#define DISTANCE_LOOPS(name)                                                                       \
  static void name##_loop (double *restrict x, const double *restrict y,                           \
                           const double *z G_GNUC_UNUSED, const double *at, const double *box,     \
                           gsize n)                                                                \
  {                                                                                                \
    const double from[2] = { at[0], at[1] }, size[2] = { box[0], box[1] };                         \
                                                                                                   \
    for (gsize k = 0; k < n; k++)                                                                  \
      x[k] = name (x[k] - from[0], y[k] - from[1], size);                                          \
  }                                                                                                \
                                                                                                   \
  static void name##_3_loop (double *restrict x, const double *restrict y,                         \
                             const double *restrict z, const double *at, const double *box,        \
                             gsize n)                                                              \
  {                                                                                                \
    const double from[3] = { at[0], at[1], at[2] }, size[3] = { box[0], box[1], box[2] };          \
                                                                                                   \
    for (gsize k = 0; k < n; k++)                                                                  \
      x[k] = name##_3 (x[k] - from[0], y[k] - from[1], z[k] - from[2], size);                      \
  }

DISTANCE_LOOPS (euclid)
DISTANCE_LOOPS (toroid)
DISTANCE_LOOPS (city_block)
DISTANCE_LOOPS (maximum)

/* As long as the ring_distance(). */
static void
around (double *x, double at, double box, gsize n)
{
  for (gsize k = 0; k < n; k++)
    {
      double d = x[k] - at, size = fabs (d), rest = size - box * conset_number_floor (size / box);
      double way = rest <= box - rest ? rest : rest - box;

      /* No zero below zero: the way back is the same with another sign. */
      x[k] = (d < 0.0 ? -way : way) + 0.0;
    }
}

/* What is kept of a chunk is written without a branch. */
static gsize
within (const double *restrict x,
        const double *restrict y,
        const double *restrict z,
        const guint32 *restrict indices,
        gsize n,
        const double *at,
        double square,
        guint32 *restrict kept)
{
  const double from[3] = { at[0], at[1], z != NULL ? at[2] : 0.0 };
  double squares[CHUNK];
  gsize n_kept = 0;

  for (gsize first = 0; first < n; first += CHUNK)
    {
      gsize some = MIN (CHUNK, n - first);

      for (gsize k = 0; k < some; k++)
        {
          double dx = x[first + k] - from[0], dy = y[first + k] - from[1];

          squares[k] = dx * dx + dy * dy;
        }
      for (gsize k = 0; z != NULL && k < some; k++)
        {
          double dz = z[first + k] - from[2];

          squares[k] += dz * dz;
        }
      for (gsize k = 0; k < some; k++)
        {
          kept[n_kept] = indices[first + k];
          n_kept += squares[k] < square;
        }
    }
  return n_kept;
}

const ConsetSpatial CONSET_SPATIAL = {
  .divide = divide,
  .place = place,
  .uniform = uniform,
  .distance = {
    [CONSET_METRIC_EUCLID] = { euclid_loop, euclid_3_loop },
    [CONSET_METRIC_TOROID] = { toroid_loop, toroid_3_loop },
    [CONSET_METRIC_CITY_BLOCK] = { city_block_loop, city_block_3_loop },
    [CONSET_METRIC_MAXIMUM] = { maximum_loop, maximum_3_loop },
  },
  .around = around,
  .within = within,
};
