/* SPDX-License-Identifier: MIT */
/*
 * The loops of geometry, compiled once for every instruction set under the name CONSET_SPATIAL.
 * Plain loops, which the compiler turns into vector code, but for what keeps neighbours.
 */
#include "spatial.h"

#include "compress.h"
#include "kernels.h"

#include <string.h>

#ifdef __AVX2__
#include "order_inline.h"
#endif

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

/* Neighbours */

#ifdef __AVX2__

/* What the loop looks for; positions have a z, and a least distance, or not. */
typedef struct
{
  __m256d from[3];
  __m256d low;
  __m256d below;
  __m256d per_square;
  gboolean solid;
  gboolean hollow;
} Ring;

/* A bit for each of four positions of which the squared distance is kept. */
static inline __attribute__ ((always_inline)) guint
four_kept (const double *const xyz[3], gsize k, const Ring *ring, __m256d *squares)
{
  __m256d dx = _mm256_loadu_pd (xyz[0] + k) - ring->from[0];
  __m256d dy = _mm256_loadu_pd (xyz[1] + k) - ring->from[1], kept;

  *squares = dx * dx + dy * dy;
  if (ring->solid)
    {
      __m256d dz = _mm256_loadu_pd (xyz[2] + k) - ring->from[2];

      *squares += dz * dz;
    }
  kept = _mm256_cmp_pd (*squares, ring->below, _CMP_LT_OQ);
  if (ring->hollow)
    kept = _mm256_and_pd (kept, _mm256_cmp_pd (*squares, ring->low, _CMP_GE_OQ));
  return (guint) _mm256_movemask_pd (kept);
}

/* Sixteen at a time, so that most runs take as many turns as the one before: lengths are hard to
 * foresee, and that is what would take most of the time. */
static inline __attribute__ ((always_inline)) gsize
within_ring (const double *const xyz[3],
             const guint32 *indices,
             const guint32 (*runs)[2],
             gsize n_runs,
             const Ring *ring,
             guint32 *kept,
             guint32 *steps)
{
  const double *const arrays[3] = { xyz[0], xyz[1], xyz[2] };
  gsize n = 0;

  for (gsize run = 0; run < n_runs; run++)
    for (gsize k = runs[run][0], end = runs[run][1]; k < end; k += 16)
      {
        guint32 scaled[16];
        guint bits = 0;

        for (guint four = 0; four < 4; four++)
          {
            __m256d squares;

            bits |= four_kept (arrays, k + 4 * four, ring, &squares) << 4 * four;
            if (steps != NULL)
              _mm_storeu_si128 ((__m128i *) (scaled + 4 * four),
                                _mm256_cvttpd_epi32 (squares * ring->per_square));
          }
        bits = _bzhi_u32 (bits, (guint) MIN (end - k, 16));
        for (guint half = 0; half < 16; half += 8)
          {
            if (steps != NULL)
              compress_eight (steps + n, scaled + half, bits >> half & 0xff);
            n += compress_eight (kept + n, indices + k + half, bits >> half & 0xff);
          }
      }
  return n;
}

static gsize
within (const double *const xyz[3],
        const guint32 *indices,
        const guint32 (*runs)[2],
        gsize n_runs,
        const double *at,
        double low,
        double below,
        guint32 *kept,
        double per_square,
        guint32 *steps)
{
  const gboolean solid = xyz[2] != NULL, hollow = low > 0.0;
  Ring ring = { .from = { _mm256_set1_pd (at[0]), _mm256_set1_pd (at[1]),
                          _mm256_set1_pd (solid ? at[2] : 0.0) },
                .low = _mm256_set1_pd (low),
                .below = _mm256_set1_pd (below),
                .per_square = _mm256_set1_pd (per_square) };

  /* Each by itself, so that none asks at every position. */
  if (!solid && !hollow && steps == NULL)
    return within_ring (xyz, indices, runs, n_runs, &ring, kept, NULL);
  ring.hollow = TRUE;
  if (!solid && steps == NULL)
    return within_ring (xyz, indices, runs, n_runs, &ring, kept, NULL);
  if (!solid)
    return within_ring (xyz, indices, runs, n_runs, &ring, kept, steps);
  ring.solid = TRUE;
  if (steps == NULL)
    return within_ring (xyz, indices, runs, n_runs, &ring, kept, NULL);
  return within_ring (xyz, indices, runs, n_runs, &ring, kept, steps);
}

#else

/* What is kept is written without a branch. */
static gsize
within (const double *const xyz[3],
        const guint32 *indices,
        const guint32 (*runs)[2],
        gsize n_runs,
        const double *at,
        double low,
        double below,
        guint32 *kept,
        double per_square,
        guint32 *steps)
{
  const double from[3] = { at[0], at[1], xyz[2] != NULL ? at[2] : 0.0 };
  gsize n = 0;

  for (gsize run = 0; run < n_runs; run++)
    for (gsize k = runs[run][0]; k < runs[run][1]; k++)
      {
        double dx = xyz[0][k] - from[0], dy = xyz[1][k] - from[1], square = dx * dx + dy * dy;
        gboolean keep;

        if (xyz[2] != NULL)
          {
            double dz = xyz[2][k] - from[2];

            square += dz * dz;
          }
        keep = square >= low && square < below;
        kept[n] = indices[k];
        if (steps != NULL)
          steps[n] = keep ? (guint32) (gint32) (square * per_square) : 0;
        n += keep;
      }
  return n;
}

#endif

static inline gboolean
is_within (const double *const xyz[3], gsize k, const double *at, double below)
{
  double dx = xyz[0][k] - at[0], dy = xyz[1][k] - at[1];

  return dx * dx + dy * dy < below;
}

#ifdef __AVX2__

static inline guint
two_masks (const __m256i eights[2])
{
  return (guint) _mm256_movemask_ps ((__m256) eights[0])
         | (guint) _mm256_movemask_ps ((__m256) eights[1]) << 8;
}

/* Of what its rough position leaves open, the exact one decides: of about one in a thousand. */
static gsize
within_rough (const ConsetRoughDisc *disc,
              const guint32 *rough,
              const double *const xyz[3],
              const guint32 *indices,
              const guint32 (*runs)[2],
              gsize n_runs,
              const double *at,
              double below,
              guint32 *kept)
{
  const __m256i center = _mm256_set1_epi32 ((gint32) disc->center);
  const __m256i sure = _mm256_set1_epi32 (disc->sure), maybe = _mm256_set1_epi32 (disc->maybe);
  gsize n = 0;

  for (gsize run = 0; run < n_runs; run++)
    for (gsize k = runs[run][0], end = runs[run][1]; k < end; k += 16)
      {
        __m256i near[2], rim[2];
        guint bits;

        for (guint half = 0; half < 2; half++)
          {
            __m256i eight = _mm256_loadu_si256 ((const __m256i *) (rough + k + 8 * half));
            __m256i way = _mm256_sub_epi16 (eight, center), square = _mm256_madd_epi16 (way, way);

            near[half] = _mm256_cmpgt_epi32 (maybe, square);
            rim[half] = near[half] ^ _mm256_cmpgt_epi32 (sure, square);
          }
        bits = _bzhi_u32 (two_masks (near), (guint) MIN (end - k, 16));
        if (G_UNLIKELY (!_mm256_testz_si256 (rim[0] | rim[1], rim[0] | rim[1])))
          for (guint open = bits & two_masks (rim); open != 0; open &= open - 1)
            {
              guint place = (guint) __builtin_ctz (open);

              if (!is_within (xyz, k + place, at, below))
                bits &= ~(1u << place);
            }
        n += compress_eight (kept + n, indices + k, bits & 0xff);
        n += compress_eight (kept + n, indices + k + 8, bits >> 8);
      }
  return n;
}

#else

static gsize
within_rough (const ConsetRoughDisc *disc,
              const guint32 *rough,
              const double *const xyz[3],
              const guint32 *indices,
              const guint32 (*runs)[2],
              gsize n_runs,
              const double *at,
              double below,
              guint32 *kept)
{
  gsize n = 0;

  for (gsize run = 0; run < n_runs; run++)
    for (gsize k = runs[run][0]; k < runs[run][1]; k++)
      {
        gint32 dx = (gint16) (rough[k] - disc->center);
        gint32 dy = (gint16) ((rough[k] >> 16) - (disc->center >> 16));
        gint32 square = dx * dx + dy * dy;

        kept[n] = indices[k];
        n += square < disc->maybe && (square < disc->sure || is_within (xyz, k, at, below));
      }
  return n;
}

#endif

/* A bit for each number, and one for each word of such; both are walked in order. */
static void
order (guint32 *numbers, gsize n, guint64 *words, guint64 *marks, gsize n_marks)
{
  guint32 *out = numbers;

  for (gsize k = 0; k < n; k++)
    {
      guint32 number = numbers[k];

      words[number >> 6] |= G_GUINT64_CONSTANT (1) << (number & 63);
      marks[number >> 12] |= G_GUINT64_CONSTANT (1) << (number >> 6 & 63);
    }
  for (gsize mark = 0; mark < n_marks; mark++)
    {
      for (guint64 left = marks[mark]; left != 0; left &= left - 1)
        {
          gsize at = 64 * mark + (gsize) __builtin_ctzll (left);
          guint64 word = words[at];

          do
            {
              *out++ = (guint32) (64 * at + (gsize) __builtin_ctzll (word));
              word &= word - 1;
            }
          while (word != 0);
          words[at] = 0;
        }
      marks[mark] = 0;
    }
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
  .within_rough = within_rough,
  .order = order,
#ifdef __AVX2__
  .order_few = order_few,
#endif
};
