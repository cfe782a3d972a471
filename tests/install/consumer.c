/* SPDX-License-Identifier: MIT */
/*
 * A program that knows conset as installed, and nothing of its sources.
 */
#include <conset/conset.h>

int
main (void)
{
  g_autoptr (Conset) set = conset_intersect (conset_cross_n (10, 10), conset_one_to_one ());
  guint64 count;

  return conset_count (set, NULL, &count, NULL) && count == 10 ? 0 : 1;
}
