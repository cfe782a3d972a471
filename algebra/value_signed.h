/* SPDX-License-Identifier: MIT */
/*
 * Values whose sign is looked at.
 */
#pragma once

#include "value.h"

typedef enum
{
  CONSET_SIGN_NOT_NEGATIVE,
  CONSET_SIGN_NOT_POSITIVE,
} ConsetSign;

/**
 * conset_value_signed_new:
 * @value: (transfer full): not NULL
 * @owner: the constructor that it is an argument of, for messages; static
 * @name: which argument it is; static
 * @advice: what to do about a wrong sign; static
 *
 * @value, but an error where it has the wrong sign: an error value if it is constant, else
 * CONSET_ERROR_VALUE at the pair. It prints as @value.
 *
 * Returns: (transfer full): @value itself if it is constant and right
 */
ConsetValue *conset_value_signed_new (ConsetValue *value,
                                      ConsetSign   sign,
                                      const char  *owner,
                                      const char  *name,
                                      const char  *advice);
