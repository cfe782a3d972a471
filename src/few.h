/* SPDX-License-Identifier: MIT */
/*
 * Few numbers: lists so short that looking at every entry is the quickest way.
 */
#pragma once

#include <glib.h>

/** Whether @number is among the @n @numbers. */
static inline gboolean
conset_few_have (const guint64 *numbers, guint n, guint64 number)
{
  gboolean found = FALSE;

  for (guint k = 0; k < n; k++)
    found |= numbers[k] == number;
  return found;
}

/** Sorts by insertion, in O(n) where they are nearly sorted. */
static inline void
conset_few_sort (guint64 *numbers, guint n)
{
  for (guint k = 1; k < n; k++)
    {
      guint64 number = numbers[k];
      guint j = k;

      for (; j > 0 && numbers[j - 1] > number; j--)
        numbers[j] = numbers[j - 1];
      numbers[j] = number;
    }
}
