/* SPDX-License-Identifier: MIT */
/*
 * Explicit sets as their neighbours make them.
 */
#pragma once

#include "columns.h"
#include "listing.h"

/** The name that errors give; @text (nullable) is what the set prints as, else its list: a call if
 * @is_call, else a product. */
typedef struct
{
  const char *name;
  char       *text;
  gboolean    is_call;
} ConsetExplicitOrigin;

/**
 * An explicit set of the @n connections, at least one, @listed with targets as lines and numbered
 * in the order of @values: an array of @n for each of @columns (nullable). Takes all of them over.
 */
Conset *conset_explicit_take (ConsetExplicitOrigin  origin,
                              ConsetListed         *listed,
                              gsize                 n,
                              const ConsetColumns  *columns,
                              double              **values);

/** Whether @set is an explicit set, fixed or listed. */
gboolean conset_is_explicit (const Conset *set);

/** Frees @n arrays and the array of them. */
void conset_explicit_free_values (double **values, guint n);
