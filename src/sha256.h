/* SPDX-License-Identifier: MIT */
/*
 * SHA-256 (FIPS 180-4) whose state can be handed on to another process, as that of GLib cannot.
 */
#pragma once

#include <glib.h>

/** @n_bytes have been hashed; the last of them, less than a block, stand in @rest. */
typedef struct
{
  guint64 n_bytes;
  guint32 state[8];
  guint8  rest[64];
} ConsetSha256;

void  conset_sha256_init   (ConsetSha256 *hash);
void  conset_sha256_update (ConsetSha256 *hash, const guint8 *bytes, gsize n);
/** 64 hexadecimal digits. (transfer full) */
char *conset_sha256_finish (ConsetSha256 *hash);
