/* SPDX-License-Identifier: MIT */
/*
 * Conversions of units: that constants are converted as decimals, that numbers come back as they
 * were given, and that a model does not depend on the units that it is written in.
 */
#include "quantities.h"

#include "text.h"
#include "unit.h"
#include "value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef ConsetValue *(*BinaryFunc) (ConsetValue *a, ConsetValue *b);

static const ConsetUnit *
unit_of (const char *text)
{
  g_autofree char *problem = NULL;
  const ConsetUnit *unit = conset_unit_parse (text, &problem);

  ck_assert_msg (unit != NULL, "'%s': %s", text, problem);
  ck_assert_ptr_null (problem);
  return unit;
}

/* {{{ conversions */

typedef struct
{
  const char *name;
  int exponent;
} Decimal;

static const Decimal lengths[] = { { "pm", -12 }, { "nm", -9 }, { "um", -6 }, { "mm", -3 },
                                   { "cm", -2 },  { "m", 0 },   { "km", 3 } };

/* @digits * 10 ** @exponent m, written in a unit of the user's choice. */
static ConsetValue *
length_in (int digits, int exponent, const Decimal *unit)
{
  g_autofree char *text = g_strdup_printf ("%de%d", digits, exponent - unit->exponent);

  return QUANTITY (g_ascii_strtod (text, NULL), unit->name);
}

START_TEST (constants_are_converted_as_decimals)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint n = 0; n < 20000; n++)
    {
      const Decimal *a = &lengths[g_rand_int_range (rand, 0, G_N_ELEMENTS (lengths))];
      const Decimal *b = &lengths[g_rand_int_range (rand, 0, G_N_ELEMENTS (lengths))];
      int digits = g_rand_int_range (rand, 1, 1 << g_rand_int_range (rand, 3, 31));
      int exponent = g_rand_int_range (rand, -12, 3);
      g_autoptr (ConsetValue) in_a = length_in (digits, exponent, a);
      g_autoptr (ConsetValue) in_b = length_in (digits, exponent, b);
      g_autoptr (ConsetValue) converted = conset_value_to_unit (conset_value_ref (in_a), b->name);
      g_autoptr (ConsetValue) ratio =
        conset_value_divide (conset_value_ref (in_a), conset_value_ref (in_b));

      assert_number (conset_value_ref (converted), conset_value_at (in_b, 0, 0));
      assert_number (conset_value_ref (ratio), 1.0);
      assert_number (conset_value_subtract (conset_value_ref (in_a), conset_value_ref (in_b)), 0.0);
    }
}
END_TEST

/* {{{ one model in many units */

/* @shape draws the same for each writing of a model, @units the units of one; NULL: all in um. */
typedef struct
{
  GRand *shape;
  GRand *units;
} Writer;

static ConsetValue *
write_length (Writer *writer)
{
  int digits = g_rand_int_range (writer->shape, 1, 100000);
  int exponent = g_rand_int_range (writer->shape, -11, -3);
  int unit =
    writer->units != NULL ? g_rand_int_range (writer->units, 0, G_N_ELEMENTS (lengths)) : 2;

  return length_in (digits, exponent, &lengths[unit]);
}

/* A length by itself or times an index, with the number beside its unit in some way. */
static ConsetValue *
write_leaf (Writer *writer)
{
  ConsetValue *length = write_length (writer);
  ConsetValue *index = g_rand_boolean (writer->shape) ? I : J;
  double number = conset_value_at (length, 0, 0);
  g_autofree char *unit = g_strdup (conset_value_get_unit (length));

  switch (g_rand_int_range (writer->shape, 0, 5))
    {
    case 0:
      conset_value_unref (index);
      return length;
    case 1:
      return conset_value_multiply (index, length);
    case 2:
      return conset_value_multiply (length, index);
    case 3:
      conset_value_unref (length);
      return IN (conset_value_multiply (index, NUMBER (number)), unit);
    default:
      conset_value_unref (length);
      return conset_value_multiply (NUMBER (number), IN (index, unit));
    }
}

static ConsetValue *write_number (Writer *writer, guint depth);

static ConsetValue *
write_value (Writer *writer, guint depth)
{
  static const BinaryFunc same[] = { conset_value_add, conset_value_subtract, conset_value_min,
                                     conset_value_max };
  ConsetValue *a, *b;
  int kind;

  if (depth == 0)
    return write_leaf (writer);
  kind = g_rand_int_range (writer->shape, 0, 9);
  a = write_value (writer, depth - 1);
  switch (kind)
    {
    case 0:
      return conset_value_abs (a);
    case 1:
      return conset_value_multiply (a, write_number (writer, depth - 1));
    case 2:
      b = write_value (writer, depth - 1);
      return conset_value_sqrt (conset_value_abs (conset_value_multiply (a, b)));
    case 3:
      return conset_value_power (conset_value_power (a, NUMBER (2)), NUMBER (0.5));
    case 4:
      return conset_value_to_unit (a, lengths[g_rand_int_range (writer->shape, 0, 7)].name);
    default:
      b = write_value (writer, depth - 1);
      return same[kind - 5](a, b);
    }
}

/* A pure number, in which no unit is left. */
static ConsetValue *
write_number (Writer *writer, guint depth)
{
  ConsetValue *a = write_value (writer, depth), *b = write_value (writer, depth);
  ConsetValue *ratio = conset_value_divide (a, b);

  return g_rand_boolean (writer->shape) ? ratio : conset_value_tanh (ratio);
}

static void
assert_same_bits (const ConsetValue *a, const ConsetValue *b, guint64 source, guint64 target)
{
  double x = conset_value_at (a, source, target), y = conset_value_at (b, source, target);
  g_autofree char *text_a = NULL, *text_b = NULL;

  if ((isnan (x) && isnan (y)) || memcmp (&x, &y, sizeof x) == 0)
    return;
  text_a = conset_value_to_string (a);
  text_b = conset_value_to_string (b);
  ck_abort_msg ("%s is %.17g\n%s is %.17g", text_a, x, text_b, y);
}

/* Constants may break, by dividing by zero, in all of them. */
START_TEST (units_of_a_model_never_change_a_bit)
{
  guint64 n_models = test_number ("CONSET_TEST_TREES", 4000) / (test_sanitized () ? 20 : 1);
  guint n_wrong = 0;

  for (guint n = 0; n < n_models; n++)
    {
      g_autoptr (GRand) shape = g_rand_new_with_seed (n), again = g_rand_new_with_seed (n);
      g_autoptr (GRand) units = g_rand_new_with_seed (n + 1000000);
      Writer in_um = { shape, NULL }, in_many = { again, units };
      guint depth = n % 4;
      gboolean is_number = n % 2 == 0;
      g_autoptr (ConsetValue) a =
        is_number ? write_number (&in_um, depth) : write_value (&in_um, depth);
      g_autoptr (ConsetValue) b =
        is_number ? write_number (&in_many, depth) : write_value (&in_many, depth);

      ck_assert_int_eq (conset_value_check (a, NULL), conset_value_check (b, NULL));
      if (!conset_value_check (a, NULL))
        {
          n_wrong++;
          continue;
        }
      if (!is_number)
        {
          a = conset_value_to_unit (g_steal_pointer (&a), "um");
          b = conset_value_to_unit (g_steal_pointer (&b), "um");
        }
      for (guint k = 0; k < 5; k++)
        assert_same_bits (a, b, 1 + 17 * k, k * k);
    }
  ck_assert_uint_lt (n_wrong, n_models / 10);
}
END_TEST

/* The same for whoever draws by it. */
START_TEST (units_of_a_model_never_change_an_edge)
{
  static const char *const texts[] = {
    "random(seed=1) * exp(-abs(i - j) * 0.07 * mm / (0.9 * mm))",
    "random(seed=1) * exp(-abs(i - j) * 70 * um / (900 * um))",
    "random(seed=1) * exp(-abs(i - j) * 70 * um / (0.09 * cm))",
    "d = abs(i - j) * 70000 * nm; s = 0.0009 * m; random(seed=1) * exp(-d / s)",
    "d = 0.00007 * m * abs(i - j); s = 900 * um; random(seed=1) * exp(-(d / s))",
  };
  g_autofree char *first = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Conset) set = conset_parse (texts[k], 1, &error);
      g_autoptr (PairList) pairs = NULL;
      char *digest;

      ck_assert_msg (set != NULL, "%s", error != NULL ? error->message : "");
      pairs = pair_list_of_set (set, &CONSET_WINDOW (300, 300), CONSET_TARGET_MAJOR, NULL);
      ck_assert_uint_gt (pair_list_length (pairs), 1000);
      digest = pair_list_digest (pairs);
      if (first != NULL)
        ck_assert_str_eq (digest, first);
      g_free (first);
      first = digest;
    }
}
END_TEST

/* }}} */

static double
noise_at (guint64 source, guint64 target, gpointer data G_GNUC_UNUSED)
{
  return (double) (source * 6364136223846793005u + target * 1442695040888963407u) * 1e-18;
}

/* Numbers that somebody gave come back as they were, in the unit that they were given. */
START_TEST (numbers_that_were_given_come_back)
{
  static const char *const units[] = {
    "nS", "uS", "nm", "Hz", "uS/cm^2", "inch", "minute", "5 nS"
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint k = 0; k < G_N_ELEMENTS (units); k++)
    {
      g_autoptr (ConsetValue) value =
        IN (conset_value_callback ("noise", noise_at, NULL, NULL, NULL), units[k]);

      for (guint64 n = 0; n < 100; n++)
        ck_assert_double_eq (conset_value_at (value, n, n + 1), noise_at (n, n + 1, NULL));
    }
  for (guint n = 0; n < 2000; n++)
    {
      const Decimal *unit = &lengths[g_rand_int_range (rand, 0, G_N_ELEMENTS (lengths))];
      g_autofree char *text =
        g_strdup_printf ("%d.%09de%d", g_rand_int_range (rand, 1, 10),
                         g_rand_int_range (rand, 0, 1000000000), g_rand_int_range (rand, -20, 20));

      assert_number (QUANTITY (g_ascii_strtod (text, NULL), unit->name),
                     g_ascii_strtod (text, NULL));
    }
}
END_TEST

static void
assert_filled (ConsetValue *value)
{
  for (guint order = 0; order < 2; order++)
    {
      ConsetValuePlan *plan = conset_value_plan_new_shown (value, order);
      g_autofree double *values = g_new (double, 1500);

      for (guint64 line = 5; line < 8; line++)
        {
          ConsetPlaces places = { order, line, 3, NULL, 1500, NULL };

          ck_assert (conset_value_plan_fill (plan, &places, values));
          for (guint k = 0; k < 1500; k++)
            {
              double expected = conset_value_at (value, conset_places_source (&places, k),
                                                 conset_places_target (&places, k));

              ck_assert_msg (memcmp (&values[k], &expected, sizeof expected) == 0,
                             "%.17g, not %.17g", values[k], expected);
            }
        }
      conset_value_plan_free (plan);
    }
  conset_value_unref (value);
}

#define NOISE conset_value_callback ("noise", noise_at, NULL, NULL, NULL)

START_TEST (plans_give_what_pairs_give)
{
  static const char *const units[] = { "um", "mm", "nm", "inch" };
  const double weights[] = { 1, 2, 1 };

  for (guint k = 0; k < G_N_ELEMENTS (units); k++)
    {
      assert_filled (QUANTITY (0.07, units[k]));
      assert_filled (IN (I, units[k]));
      assert_filled (conset_value_multiply (J, QUANTITY (0.07, units[k])));
      assert_filled (conset_value_to_unit (IN (J, "um"), units[k]));
      assert_filled (conset_value_to_unit (IN (conset_value_add (I, J), units[k]), "mm"));
      assert_filled (conset_value_add (IN (I, "mm"), IN (J, units[k])));
      assert_filled (conset_value_magnitude (IN (I, units[k]), "mm"));
      assert_filled (conset_value_where (conset_value_mod (I, NUMBER (3)), IN (J, units[k]),
                                         QUANTITY (3, "km")));
      assert_filled (conset_value_where (conset_value_less (NOISE, NUMBER (5)), IN (NOISE, "mm"),
                                         IN (J, units[k])));
      assert_filled (conset_value_clip (IN (I, units[k]), QUANTITY (3, "mm"), IN (J, "dm")));
      assert_filled (conset_value_normal (IN (I, units[k]), QUANTITY (3, "mm"), 1));
      assert_filled (conset_value_mixture (
        3, weights, (ConsetValue *[]){ IN (I, units[k]), QUANTITY (3, "mm"), IN (NOISE, "nm") },
        1));
      assert_filled (conset_value_exp (conset_value_negate (conset_value_divide (
        IN (conset_value_callback ("noise", noise_at, NULL, NULL, NULL), units[k]),
        QUANTITY (30, "m")))));
    }
}
END_TEST

/* Nothing is converted where there is nothing to convert. */
START_TEST (values_in_base_units_cost_nothing)
{
  static const char *const base[] = { "um", "ms", "mV",  "pA", "nS",  "pF",
                                      "fC", "mM", "kHz", "K",  "Gohm" };

  for (guint k = 0; k < G_N_ELEMENTS (base); k++)
    {
      ck_assert_double_eq (conset_unit_scale (unit_of (base[k])).factor, 1.0);
      ck_assert_double_eq (conset_unit_to_base (unit_of (base[k]), 0.07), 0.07);
    }
  ck_assert_double_eq (conset_unit_scale (unit_of ("mm")).factor, 1000.0);
  ck_assert (!conset_unit_scale (unit_of ("mm")).divide);
  ck_assert_double_eq (conset_unit_scale (unit_of ("nm")).factor, 1000.0);
  ck_assert (conset_unit_scale (unit_of ("nm")).divide);
  ck_assert_double_eq (conset_unit_scale (unit_of ("1/inch")).factor, 25400.0);
  ck_assert (conset_unit_scale (unit_of ("1/inch")).divide);
}
END_TEST

START_TEST (decimals_are_moved)
{
  ck_assert_double_eq (conset_shift_decimal (0.07, 2), 7);
  ck_assert_double_eq (conset_shift_decimal (7, -2), 0.07);
  ck_assert_double_eq (conset_shift_decimal (-1.5e-300, 300), -1.5);
  ck_assert_double_eq (conset_shift_decimal (0, 30), 0);
  ck_assert (isinf (conset_shift_decimal (1e300, 10)));
}
END_TEST

/* Short decimals, which are moved without their text, and long ones, against their text. */
START_TEST (decimals_are_moved_as_their_text_is)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (21);

  for (guint trial = 0; trial < 200000; trial++)
    {
      int places = g_rand_int_range (rand, -25, 26), n_digits = g_rand_int_range (rand, 1, 18);
      guint64 digits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
      g_autofree char *all = g_strdup_printf ("%020" G_GUINT64_FORMAT, digits);
      g_autofree char *text = g_strdup_printf ("%s%.*se%d", trial % 2 == 0 ? "-" : "", n_digits,
                                               all + 2, g_rand_int_range (rand, -40, 20));
      char shortest[CONSET_DOUBLE_SIZE], *exponent;
      double number = g_ascii_strtod (text, NULL), moved, expected;

      conset_write_double (shortest, number);
      exponent = strchr (shortest, 'e');
      places = places == 0 ? 1 : places;
      if (exponent != NULL)
        *exponent = '\0';
      g_free (g_steal_pointer (&text));
      text =
        g_strdup_printf ("%se%d", shortest, places + (exponent != NULL ? atoi (exponent + 1) : 0));
      expected = g_ascii_strtod (text, NULL);
      moved = conset_shift_decimal (number, places);
      if (memcmp (&moved, &expected, sizeof moved) != 0)
        ck_abort_msg ("%.17g by %d is %.17g and not %.17g", number, places, moved, expected);
    }
}
END_TEST

/* }}} */

static Suite *
unit_conversions_suite (void)
{
  Suite *suite = suite_create ("unit conversions");
  TCase *tcase = test_case_add (suite, "conversions");

  tcase_add_test (tcase, decimals_are_moved);
  tcase_add_test (tcase, decimals_are_moved_as_their_text_is);
  if (!conset_has_units ())
    return suite;
  tcase_add_test (tcase, constants_are_converted_as_decimals);
  tcase_add_test (tcase, units_of_a_model_never_change_a_bit);
  tcase_add_test (tcase, units_of_a_model_never_change_an_edge);
  tcase_add_test (tcase, numbers_that_were_given_come_back);
  tcase_add_test (tcase, plans_give_what_pairs_give);
  tcase_add_test (tcase, values_in_base_units_cost_nothing);
  return suite;
}

int
main (void)
{
  return test_run (unit_conversions_suite ());
}
