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

/* Decoding. Words with few bits go bit by bit, eight at a time without a branch; words
 * with many go byte by byte, each byte writing eight entries of which some are kept. */

#ifdef __AVX2__

/* Positions of the set bits of each byte, filled up with whatever. */
static guint8 byte_positions[256][8];

__attribute__ ((constructor)) static void
byte_positions_init (void)
{
  for (guint byte = 0; byte < 256; byte++)
    for (guint bit = 0, n = 0; bit < 8; bit++)
      if (byte >> bit & 1)
        byte_positions[byte][n++] = bit;
}

static inline gsize
decode_dense_word (guint64 word, guint64 base, guint64 *out)
{
  gsize n = 0;

  for (guint k = 0; k < 8; k++, word >>= 8, base += 8)
    {
      guint byte = word & 0xff;
      __m128i positions = _mm_loadl_epi64 ((const __m128i *) byte_positions[byte]);
      __m256i offset = _mm256_set1_epi64x ((long long) base);
      __m256i low = _mm256_cvtepu8_epi64 (positions);
      __m256i high = _mm256_cvtepu8_epi64 (_mm_srli_si128 (positions, 4));

      _mm256_storeu_si256 ((__m256i *) (out + n), _mm256_add_epi64 (low, offset));
      _mm256_storeu_si256 ((__m256i *) (out + n + 4), _mm256_add_epi64 (high, offset));
      n += (guint) __builtin_popcount (byte);
    }
  return n;
}

static inline gsize
list_dense_word (guint64 word, guint32 base, guint32 *out)
{
  gsize n = 0;

  for (guint k = 0; k < 8; k++, word >>= 8, base += 8)
    {
      guint byte = word & 0xff;
      __m128i positions = _mm_loadl_epi64 ((const __m128i *) byte_positions[byte]);
      __m256i offset = _mm256_set1_epi32 ((int) base);

      _mm256_storeu_si256 ((__m256i *) (out + n),
                           _mm256_add_epi32 (_mm256_cvtepu8_epi32 (positions), offset));
      n += (guint) __builtin_popcount (byte);
    }
  return n;
}

#define DENSE_WORD 18
#else
#define DENSE_WORD 65
#define decode_dense_word decode_sparse_word
#define list_dense_word list_sparse_word
#endif

#define DECODE_SPARSE(Type)                                                                        \
  gsize n = (gsize) __builtin_popcountll (word);                                                   \
                                                                                                   \
  for (gsize done = 0; done < n; done += 8)                                                        \
    for (guint k = 0; k < 8; k++, word &= word - 1)                                                \
      out[done + k] = base + (Type) (guint) __builtin_ctzll (word | G_GUINT64_CONSTANT (1) << 63); \
  return n

static inline gsize
decode_sparse_word (guint64 word, guint64 base, guint64 *out)
{
  DECODE_SPARSE (guint64);
}

static inline gsize
list_sparse_word (guint64 word, guint32 base, guint32 *out)
{
  DECODE_SPARSE (guint32);
}

static gsize
decode_words (const guint64 *words, gsize n_words, guint64 base, guint64 *out)
{
  gsize n = 0;

  for (gsize k = 0; k < n_words; k++)
    if (__builtin_popcountll (words[k]) >= DENSE_WORD)
      n += decode_dense_word (words[k], base + 64 * k, out + n);
    else
      n += decode_sparse_word (words[k], base + 64 * k, out + n);
  return n;
}

static gsize
list_words (const guint64 *words, gsize n_words, guint32 base, guint32 *out)
{
  gsize n = 0;

  for (gsize k = 0; k < n_words; k++)
    if (__builtin_popcountll (words[k]) >= DENSE_WORD)
      n += list_dense_word (words[k], base + 64 * (guint32) k, out + n);
    else
      n += list_sparse_word (words[k], base + 64 * (guint32) k, out + n);
  return n;
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
