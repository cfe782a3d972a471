/* SPDX-License-Identifier: MIT */
/*
 * Assertions about quantities.
 */
#include "quantities.h"

void
assert_unit (ConsetValue *value, const char *unit)
{
  g_autofree char *text = conset_value_to_string (value);

  ck_assert_msg (conset_value_check (value, NULL), "%s", text);
  ck_assert_msg (g_strcmp0 (conset_value_get_unit (value), unit) == 0, "%s is in %s, not in %s",
                 text, conset_value_get_unit (value), unit);
  conset_value_unref (value);
}

void
assert_number (ConsetValue *value, double expected)
{
  g_autofree char *text = conset_value_to_string (value);

  ck_assert_msg (conset_value_at (value, 3, 4) == expected, "%s: %.17g, not %.17g", text,
                 conset_value_at (value, 3, 4), expected);
  conset_value_unref (value);
}

void
assert_message (ConsetValue *value, const char *message)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_value_check (value, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  ck_assert_str_eq (error->message, message);
  ck_assert_ptr_null (conset_value_get_unit (value));
  conset_value_unref (value);
}
