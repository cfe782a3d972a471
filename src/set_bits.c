/* SPDX-License-Identifier: MIT */
#include "set_bits.h"

guint8 conset_set_bits[256][8];

__attribute__ ((constructor)) static void
set_bits_init (void)
{
  for (guint byte = 0; byte < 256; byte++)
    for (guint bit = 0, n = 0; bit < 8; bit++)
      if (byte >> bit & 1)
        conset_set_bits[byte][n++] = (guint8) bit;
}
