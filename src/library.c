/* SPDX-License-Identifier: MIT */
/*
 * The library itself: its version.
 */
#include <conset/types.h>

const char *
conset_version (void)
{
  return CONSET_VERSION;
}
