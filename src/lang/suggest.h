/* SPDX-License-Identifier: MIT */
/*
 * "Did you mean ...?"
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ConsetSuggestion:
 * @wanted: the name that is unknown
 * @best: (nullable): the nearest known name so far
 * @distance: how far that is
 */
typedef struct
{
  const char *wanted;
  const char *best;
  gsize       distance;
} ConsetSuggestion;

void  conset_suggestion_init      (ConsetSuggestion *suggestion,
                                   const char       *wanted);

/** conset_suggestion_consider: @known becomes the best if it is near, and nearer than before. */
void  conset_suggestion_consider  (ConsetSuggestion *suggestion,
                                   const char       *known);

/** conset_suggestion_to_string: Returns: (transfer full): "; did you mean 'full'?", or "" */
char *conset_suggestion_to_string (const ConsetSuggestion *suggestion);

G_END_DECLS
