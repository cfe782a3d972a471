/* SPDX-License-Identifier: MIT */
/*
 * Finds the known name nearest to an unknown one, by the number of letters that are to be
 * inserted, removed or changed, case aside. A name is near if at most a third of its
 * letters differ.
 */
#include "suggest.h"

#include <string.h>

#define MAX_BYTES 40

/* The edit distance of two words of at most MAX_BYTES bytes. */
static gsize
edit_distance (const char *a, const char *b)
{
  gsize row[MAX_BYTES + 1];
  gsize n = strlen (b);

  for (gsize j = 0; j <= n; j++)
    row[j] = j;
  for (gsize i = 1; a[i - 1] != '\0'; i++)
    {
      gsize diagonal = row[0];

      row[0] = i;
      for (gsize j = 1; j <= n; j++)
        {
          gboolean differ = g_ascii_tolower (a[i - 1]) != g_ascii_tolower (b[j - 1]);
          gsize changed = diagonal + (differ ? 1 : 0);

          diagonal = row[j];
          row[j] = MIN (changed, MIN (row[j], row[j - 1]) + 1);
        }
    }
  return row[n];
}

void
conset_suggestion_init (ConsetSuggestion *suggestion, const char *wanted)
{
  *suggestion = (ConsetSuggestion){ .wanted = wanted, .distance = 1 + strlen (wanted) / 3 };
}

void
conset_suggestion_consider (ConsetSuggestion *suggestion, const char *known)
{
  gsize distance;

  if (strlen (suggestion->wanted) > MAX_BYTES || strlen (known) > MAX_BYTES)
    return;
  distance = edit_distance (suggestion->wanted, known);
  if (distance < suggestion->distance
      || (distance == suggestion->distance && suggestion->best != NULL
          && strcmp (known, suggestion->best) < 0))
    {
      suggestion->best = known;
      suggestion->distance = distance;
    }
}

char *
conset_suggestion_to_string (const ConsetSuggestion *suggestion)
{
  if (suggestion->best == NULL)
    return g_strdup ("");
  return g_strdup_printf ("; did you mean '%s'?", suggestion->best);
}
