/* SPDX-License-Identifier: MIT */
/*
 * SHA-256 as FIPS 180-4 defines it.
 */
#include "sha256.h"

#include <string.h>

#define BLOCK 64

static const guint32 constants[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static inline guint32
rotate (guint32 x, guint n)
{
  return (x >> n) | (x << (32 - n));
}

static void
hash_block (guint32 state[8], const guint8 *bytes)
{
  guint32 w[64], v[8];

  for (guint t = 0; t < 16; t++)
    w[t] = (guint32) bytes[4 * t] << 24 | (guint32) bytes[4 * t + 1] << 16
           | (guint32) bytes[4 * t + 2] << 8 | bytes[4 * t + 3];
  for (guint t = 16; t < 64; t++)
    w[t] = (rotate (w[t - 2], 17) ^ rotate (w[t - 2], 19) ^ (w[t - 2] >> 10)) + w[t - 7]
           + (rotate (w[t - 15], 7) ^ rotate (w[t - 15], 18) ^ (w[t - 15] >> 3)) + w[t - 16];
  memcpy (v, state, sizeof v);
  for (guint t = 0; t < 64; t++)
    {
      guint32 one = v[7] + (rotate (v[4], 6) ^ rotate (v[4], 11) ^ rotate (v[4], 25))
                    + ((v[4] & v[5]) ^ (~v[4] & v[6])) + constants[t] + w[t];
      guint32 two = (rotate (v[0], 2) ^ rotate (v[0], 13) ^ rotate (v[0], 22))
                    + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));

      memmove (v + 1, v, 7 * sizeof *v);
      v[4] += one;
      v[0] = one + two;
    }
  for (guint k = 0; k < 8; k++)
    state[k] += v[k];
}

void
conset_sha256_init (ConsetSha256 *hash)
{
  static const guint32 first[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

  memset (hash, 0, sizeof *hash);
  memcpy (hash->state, first, sizeof first);
}

void
conset_sha256_update (ConsetSha256 *hash, const guint8 *bytes, gsize n)
{
  gsize used = hash->n_bytes % BLOCK;

  hash->n_bytes += n;
  if (used > 0)
    {
      gsize some = MIN (n, BLOCK - used);

      memcpy (hash->rest + used, bytes, some);
      bytes += some;
      n -= some;
      if (used + some < BLOCK)
        return;
      hash_block (hash->state, hash->rest);
    }
  for (; n >= BLOCK; n -= BLOCK, bytes += BLOCK)
    hash_block (hash->state, bytes);
  memcpy (hash->rest, bytes, n);
}

char *
conset_sha256_finish (ConsetSha256 *hash)
{
  guint64 n_bits = 8 * hash->n_bytes;
  gsize used = hash->n_bytes % BLOCK;
  guint8 end[2 * BLOCK] = { 0x80 };
  gsize n = (used < BLOCK - 8 ? BLOCK : 2 * BLOCK) - used;
  GString *digits = g_string_new (NULL);

  for (guint k = 0; k < 8; k++)
    end[n - 1 - k] = (guint8) (n_bits >> (8 * k));
  conset_sha256_update (hash, end, n);
  for (guint k = 0; k < 8; k++)
    g_string_append_printf (digits, "%08x", hash->state[k]);
  return g_string_free (digits, FALSE);
}
