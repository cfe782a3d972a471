/* SPDX-License-Identifier: MIT */
/*
 * Whole numbers as decimal digits, fast.
 */
#pragma once

#include <glib.h>

/** Digits of 2^64 - 1. */
#define CONSET_DIGITS_MOST 20

/** Writes @number at @at. Returns: the end of it */
static inline char *
conset_write_digits (char *at, guint64 number)
{
  char digits[CONSET_DIGITS_MOST];
  guint n = 0;

  do
    digits[n++] = (char) ('0' + number % 10);
  while ((number /= 10) > 0);
  while (n > 0)
    *at++ = digits[--n];
  return at;
}
