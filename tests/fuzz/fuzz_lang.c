/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer target for the text language: any bytes give either a set or an error, and what
 * a set prints reads back as a set that prints the same.
 *
 * Texts with `fix` are left out: to store the connections of a large set takes long, as it
 * should.
 */
#include <conset/conset.h>

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
printed_check (const Conset *set)
{
  g_autofree char *printed = conset_to_string (set);
  g_autoptr (Conset) again = conset_parse (printed, CONSET_DEFAULT_SEED, NULL);
  g_autofree char *printed_again = again != NULL ? conset_to_string (again) : NULL;

  g_assert_cmpstr (printed, ==, printed_again);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = NULL;

  if (strstr (text, "fix") != NULL)
    return 0;

  set = conset_parse (text, CONSET_DEFAULT_SEED, &error);
  g_assert_true ((set != NULL) != (error != NULL));
  if (set != NULL)
    printed_check (set);
  else
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return 0;
}
