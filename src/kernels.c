/* SPDX-License-Identifier: MIT */
/*
 * The kernels for words and lists, compiled once for every instruction set under the name
 * CONSET_KERNELS.
 *
 * Most are plain loops that the compiler vectorises; intrinsics are used only where AVX2 has
 * an instruction that no loop turns into. Integer operations only, so that every build gives
 * the same bits.
 */
#include "kernels.h"

#include "set_bits.h"

#include <string.h>

#ifdef __AVX2__
#include <immintrin.h>
#endif

/* Words */

static void
words_and (guint64 *a, const guint64 *b, gsize n)
{
  for (gsize k = 0; k < n; k++)
    a[k] &= b[k];
}

static void
words_or (guint64 *a, const guint64 *b, gsize n)
{
  for (gsize k = 0; k < n; k++)
    a[k] |= b[k];
}

static void
words_andnot (guint64 *a, const guint64 *b, gsize n)
{
  for (gsize k = 0; k < n; k++)
    a[k] &= ~b[k];
}

static void
words_xor (guint64 *a, const guint64 *b, gsize n)
{
  for (gsize k = 0; k < n; k++)
    a[k] ^= b[k];
}

static guint64
words_count (const guint64 *words, gsize n)
{
  guint64 count = 0;

  for (gsize k = 0; k < n; k++)
    count += (guint) __builtin_popcountll (words[k]);
  return count;
}

/*
 * Decoding. Each way writes more entries than there are bits, without a branch for each, and
 * moves on by as many as there are: bit by bit where words have a few, else byte by byte. The
 * way is chosen for some words at once, by their mean, so that the choice is foreseeable.
 */

#define WORDS_AT_ONCE 8
#define FEW_BITS 4

/* So many words are searched for those that have bits, if these may be few; they are if they are
 * no more than that. */
#define SPARSE_WORDS 64
#define SPARSE_MOST 40
#define SPARSE_BELOW (WORDS_AT_ONCE * 3 / 2)

/* How many bits WORDS_AT_ONCE words have to have for each way. */
#define BYTES_FROM (WORDS_AT_ONCE * 5 / 2)
#define DENSE_FROM (WORDS_AT_ONCE * 18)

#define DECODE_BITS(Type)                                                                          \
  gsize n = (gsize) __builtin_popcountll (word);                                                   \
                                                                                                   \
  for (gsize done = 0; done < n; done += FEW_BITS)                                                 \
    for (guint k = 0; k < FEW_BITS; k++, word &= word - 1)                                         \
      out[done + k] = base + (Type) (guint) __builtin_ctzll (word | G_GUINT64_CONSTANT (1) << 63); \
  return n

static inline gsize
decode_bits (guint64 word, guint64 base, guint64 *out)
{
  DECODE_BITS (guint64);
}

static inline gsize
list_bits (guint64 word, guint32 base, guint32 *out)
{
  DECODE_BITS (guint32);
}

#ifdef __AVX2__

static inline void
decode_four (const guint8 *positions, guint64 base, guint64 *out)
{
  gint32 four;
  __m256i offsets;

  memcpy (&four, positions, sizeof four);
  offsets = _mm256_cvtepu8_epi64 (_mm_cvtsi32_si128 (four));
  _mm256_storeu_si256 ((__m256i *) out,
                       _mm256_add_epi64 (offsets, _mm256_set1_epi64x ((long long) base)));
}

static inline void
list_four (const guint8 *positions, guint32 base, guint32 *out)
{
  gint32 four;
  __m128i offsets;

  memcpy (&four, positions, sizeof four);
  offsets = _mm_cvtepu8_epi32 (_mm_cvtsi32_si128 (four));
  _mm_storeu_si128 ((__m128i *) out, _mm_add_epi32 (offsets, _mm_set1_epi32 ((int) base)));
}

/* A dense byte has more than four bits often, any other seldom. */
#define DECODE_BYTES(four)                                                                         \
  gsize n = 0;                                                                                     \
                                                                                                   \
  for (guint k = 0; k < 8; k++, word >>= 8, base += 8)                                             \
    {                                                                                              \
      guint byte = word & 0xff, bits = (guint) __builtin_popcount (byte);                          \
                                                                                                   \
      four (conset_set_bits[byte], base, out + n);                                                 \
      if (dense || G_UNLIKELY (bits > 4))                                                          \
        four (conset_set_bits[byte] + 4, base, out + n + 4);                                       \
      n += bits;                                                                                   \
    }                                                                                              \
  return n

static inline gsize
decode_bytes (guint64 word, gboolean dense, guint64 base, guint64 *out)
{
  DECODE_BYTES (decode_four);
}

static inline gsize
list_bytes (guint64 word, gboolean dense, guint32 base, guint32 *out)
{
  DECODE_BYTES (list_four);
}

#else

#define decode_bytes(word, dense, base, out) decode_bits (word, base, out)
#define list_bytes(word, dense, base, out) list_bits (word, base, out)

#endif

/* Which of SPARSE_WORDS words have bits. */
static inline guint64
find_words (const guint64 *words)
{
  guint64 found = 0;

#ifdef __AVX2__
  for (guint k = 0; k < SPARSE_WORDS; k += 4)
    {
      __m256i four = _mm256_loadu_si256 ((const __m256i *) (words + k));
      __m256i none = _mm256_cmpeq_epi64 (four, _mm256_setzero_si256 ());

      found |= (guint64) (~_mm256_movemask_pd ((__m256d) none) & 15) << k;
    }
#else
  for (guint k = 0; k < SPARSE_WORDS; k++)
    found |= (guint64) (words[k] != 0) << k;
#endif
  return found;
}

#define DECODE_WORDS(by_bits, by_bytes)                                                            \
  gsize n = 0;                                                                                     \
                                                                                                   \
  for (gsize from = 0; from < n_words; from += WORDS_AT_ONCE)                                      \
    {                                                                                              \
      gsize end = MIN (from + WORDS_AT_ONCE, n_words);                                             \
      guint64 count = words_count (words + from, end - from);                                      \
                                                                                                   \
      if (count < SPARSE_BELOW && n_words - from >= SPARSE_WORDS)                                  \
        {                                                                                          \
          guint64 found = find_words (words + from);                                               \
                                                                                                   \
          if (__builtin_popcountll (found) <= SPARSE_MOST)                                         \
            {                                                                                      \
              for (; found != 0; found &= found - 1)                                               \
                {                                                                                  \
                  gsize k = from + (guint) __builtin_ctzll (found);                                \
                                                                                                   \
                  n += by_bits (words[k], base + (guint32) (64 * k), out + n);                     \
                }                                                                                  \
              from += SPARSE_WORDS - WORDS_AT_ONCE;                                                \
              continue;                                                                            \
            }                                                                                      \
        }                                                                                          \
      if (count >= DENSE_FROM)                                                                     \
        for (gsize k = from; k < end; k++)                                                         \
          n += by_bytes (words[k], TRUE, base + (guint32) (64 * k), out + n);                      \
      else if (count >= BYTES_FROM)                                                                \
        for (gsize k = from; k < end; k++)                                                         \
          n += by_bytes (words[k], FALSE, base + (guint32) (64 * k), out + n);                     \
      else                                                                                         \
        for (gsize k = from; k < end; k++)                                                         \
          n += by_bits (words[k], base + (guint32) (64 * k), out + n);                             \
    }                                                                                              \
  return n

static gsize
decode_words (const guint64 *words, gsize n_words, guint64 base, guint64 *out)
{
  DECODE_WORDS (decode_bits, decode_bytes);
}

static gsize
list_words (const guint64 *words, gsize n_words, guint32 base, guint32 *out)
{
  DECODE_WORDS (list_bits, list_bytes);
}

static void
decode_list (const guint32 *list, gsize n, guint64 base, guint64 *out)
{
  for (gsize k = 0; k < n; k++)
    out[k] = base + list[k];
}

static void
decode_run (guint64 first, gsize n, guint64 *out)
{
  for (gsize k = 0; k < n; k++)
    out[k] = first + k;
}

static gsize
list_test (guint32 *list, gsize n, const guint64 *words, guint64 invert)
{
  gsize kept = 0;

  for (gsize k = 0; k < n; k++)
    {
      guint32 offset = list[k];

      list[kept] = offset;
      kept += ((words[offset >> 6] ^ invert) >> (offset & 63)) & 1;
    }
  return kept;
}

/* Swaps the off-diagonal quarters of every square of 2 size bits (Hacker's Delight, 7-3). */
static void
transpose_64 (guint64 words[64])
{
  guint64 mask = G_GUINT64_CONSTANT (0x00000000ffffffff);

  for (guint size = 32; size > 0; size >>= 1, mask ^= mask << size)
    for (guint k = 0; k < 64; k = ((k | size) + 1) & ~size)
      {
        guint64 swap = (words[k] >> size ^ words[k | size]) & mask;

        words[k] ^= swap << size;
        words[k | size] ^= swap;
      }
}

#define STRING_OF(x) #x
#define NAME_OF(x) STRING_OF (x)

const ConsetKernels CONSET_KERNELS = {
  .name = &NAME_OF (CONSET_KERNELS)[sizeof "conset_kernels_" - 1],
  .draws = &CONSET_DRAWS,
  .coins = &CONSET_COINS,
  .group_draws = &CONSET_GROUP_DRAWS,
  .arithmetic = &CONSET_ARITHMETIC,
  .quantiles = &CONSET_QUANTILES,
  .spatial = &CONSET_SPATIAL,
  .words_and = words_and,
  .words_or = words_or,
  .words_andnot = words_andnot,
  .words_xor = words_xor,
  .words_count = words_count,
  .decode_words = decode_words,
  .list_words = list_words,
  .decode_list = decode_list,
  .decode_run = decode_run,
  .list_test = list_test,
  .transpose_64 = transpose_64,
};
