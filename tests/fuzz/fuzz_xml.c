/* SPDX-License-Identifier: MIT */
/*
 * libFuzzer target for XML: any bytes give either a set or an error, and a set that is written as
 * XML reads back as one that prints the same, but for how its index sets are written.
 *
 * Documents with `fix` are left out: to store the connections of a large set takes long, as it
 * should.
 */
#include <conset/conset.h>

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The set of @document, which conset_to_xml() has written. */
static Conset *
written_read (const char *document)
{
  g_autoptr (GError) error = NULL;
  Conset *set = conset_parse_xml (document, strlen (document), NULL, &error);

  g_assert_no_error (error);
  return set;
}

/* What is written of @set; NULL where elements would nest too deep. */
static char *
set_write (const Conset *set)
{
  g_autoptr (GError) error = NULL;
  char *document = conset_to_xml (set, CONSET_XML_DEFAULT, NULL, &error);

  g_assert_true ((document != NULL) != (error != NULL));
  return document;
}

static void
written_check (const Conset *set)
{
  g_autofree char *first = set_write (set);
  g_autoptr (Conset) read = first != NULL ? written_read (first) : NULL;
  g_autofree char *second = read != NULL ? set_write (read) : NULL;

  if (read != NULL)
    g_assert_cmpstr (first, ==, second);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = NULL;

  if (g_strstr_len ((const char *) data, (gssize) size, "fix") != NULL)
    return 0;

  set = conset_parse_xml ((const char *) data, size, NULL, &error);
  g_assert_true ((set != NULL) != (error != NULL));
  if (set != NULL)
    written_check (set);
  else
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return 0;
}
