/* SPDX-License-Identifier: MIT */
/*
 * Degrees: constants, laws, tables and lists.
 *
 * Laws are drawn from a table of chances (chances.h). A geometric number of a large mean
 * would need too long a one; its lowest binary digits are independent of each other and of
 * the rest, so they are tossed one by one, digit k being 1 with probability
 * q^(2^k) / (1 + q^(2^k)), and the rest is again geometric, with q^(2^digits).
 *
 * A draw costs an evaluation of Threefry and a binary search, about 100 ns; each digit that is
 * tossed one evaluation more.
 */
#include <conset/distribution.h>

#include "degrees.h"

#include "chances.h"
#include "text.h"
#include "value.h"

#include <math.h>

typedef enum
{
  KIND_ERROR,
  KIND_CONSTANT,
  KIND_UNIFORM,
  KIND_BINOMIAL,
  KIND_POISSON,
  KIND_GEOMETRIC,
  KIND_TABLE,
  KIND_LIST,
} Kind;

#define DIGITS_MOST 40

/* @trials of a binomial, @parameter of the others. @chances is NULL where nothing is drawn or
 * all of [least, most] is equally likely. @digits[k]: 2^64 times the probability that digit k is
 * 1. @weights of a table, @list of a list, each of @n entries. */
struct _ConsetDegrees
{
  gatomicrefcount refs;
  Kind kind;
  char *error;
  guint64 trials;
  double parameter;
  guint64 least;
  guint64 most;
  double mean;
  double variance;
  ConsetChances *chances;
  guint n_digits;
  guint64 digits[DIGITS_MOST];
  gsize n;
  double *weights;
  guint64 *list;
};

/* Life */

static ConsetDegrees *
degrees_new (Kind kind)
{
  ConsetDegrees *self = g_new0 (ConsetDegrees, 1);

  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  return self;
}

static ConsetDegrees *degrees_error (const char *format, ...) G_GNUC_PRINTF (1, 2);

static ConsetDegrees *
degrees_error (const char *format, ...)
{
  ConsetDegrees *self = degrees_new (KIND_ERROR);
  va_list args;

  va_start (args, format);
  self->error = g_strdup_vprintf (format, args);
  va_end (args);
  return self;
}

/* Touching a field before the count shows a use after the last unref to AddressSanitizer,
 * which does not see into GLib. */
ConsetDegrees *
conset_degrees_ref (const ConsetDegrees *degrees)
{
  ConsetDegrees *self = (ConsetDegrees *) degrees;

  g_return_val_if_fail (self != NULL && self->kind <= KIND_LIST, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
conset_degrees_unref (ConsetDegrees *degrees)
{
  g_return_if_fail (degrees != NULL && degrees->kind <= KIND_LIST);

  if (!g_atomic_ref_count_dec (&degrees->refs))
    return;
  g_free (degrees->error);
  g_free (degrees->chances);
  g_free (degrees->weights);
  g_free (degrees->list);
  g_free (degrees);
}

/* Queries */

const char *
conset_degrees_error (const ConsetDegrees *degrees)
{
  return degrees->error;
}

gboolean
conset_degrees_check (const ConsetDegrees *degrees, GError **error)
{
  g_return_val_if_fail (degrees != NULL, FALSE);

  if (degrees->error == NULL)
    return TRUE;
  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION, degrees->error);
  return FALSE;
}

double
conset_degrees_mean (const ConsetDegrees *degrees)
{
  g_return_val_if_fail (degrees != NULL, 0.0);

  return degrees->mean;
}

double
conset_degrees_variance (const ConsetDegrees *degrees)
{
  g_return_val_if_fail (degrees != NULL, 0.0);

  return degrees->variance;
}

guint64
conset_degrees_least (const ConsetDegrees *degrees)
{
  g_return_val_if_fail (degrees != NULL, 0);

  return degrees->least;
}

guint64
conset_degrees_most (const ConsetDegrees *degrees)
{
  g_return_val_if_fail (degrees != NULL, 0);

  return degrees->most;
}

ConsetLaw
conset_degrees_law (const ConsetDegrees *degrees, guint64 line)
{
  switch (degrees->kind)
    {
    case KIND_CONSTANT:
      return conset_law_delta ((double) degrees->least);
    case KIND_UNIFORM:
      return conset_law_uniform ((double) degrees->least, (double) degrees->most);
    case KIND_BINOMIAL:
      return conset_law_binomial ((double) degrees->trials, degrees->parameter);
    case KIND_POISSON:
      return conset_law_poisson (degrees->parameter);
    case KIND_GEOMETRIC:
      return conset_law_geometric (1.0 / (1.0 + degrees->parameter));
    case KIND_LIST:
      return line < degrees->n ? conset_law_delta ((double) degrees->list[line])
                               : conset_law_unknown (NAN, NAN);
    default:
      return conset_law_unknown (degrees->mean, degrees->variance);
    }
}

gboolean
conset_degrees_constant_value (const ConsetDegrees *degrees, guint64 *k)
{
  *k = degrees->least;
  return degrees->least == degrees->most && degrees->kind != KIND_LIST;
}

guint64
conset_degrees_n_lines (const ConsetDegrees *degrees)
{
  return degrees->kind == KIND_LIST ? degrees->n : CONSET_INDEX_END;
}

char *
conset_degrees_missing (const ConsetDegrees *degrees, const char *line_name, guint64 line)
{
  if (line < conset_degrees_n_lines (degrees))
    return NULL;
  return g_strdup_printf ("%s %" G_GUINT64_FORMAT " has no degree, the list holds those of 0 to "
                          "%" G_GSIZE_FORMAT "; give a longer list, or fewer %ss",
                          line_name, line, degrees->n - 1, line_name);
}

/* Text */

static void
print_law (const char *name, double parameter, GString *out)
{
  g_string_append_printf (out, "%s(", name);
  conset_append_double (out, parameter);
  g_string_append_c (out, ')');
}

static void
print_entries (const ConsetDegrees *self, GString *out)
{
  g_string_append_c (out, '[');
  for (gsize k = 0; k < self->n; k++)
    {
      if (k > 0)
        g_string_append (out, ", ");
      if (self->kind == KIND_LIST)
        g_string_append_printf (out, "%" G_GUINT64_FORMAT, self->list[k]);
      else
        conset_append_double (out, self->weights[k]);
    }
  g_string_append_c (out, ']');
}

void
conset_degrees_print (const ConsetDegrees *degrees, GString *out)
{
  switch (degrees->kind)
    {
    case KIND_ERROR:
      g_string_append_printf (out, "<error: %s>", degrees->error);
      break;
    case KIND_CONSTANT:
      g_string_append_printf (out, "%" G_GUINT64_FORMAT, degrees->least);
      break;
    case KIND_UNIFORM:
      g_string_append_printf (out, "uniformInt(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")",
                              degrees->least, degrees->most);
      break;
    case KIND_BINOMIAL:
      g_string_append_printf (out, "binomial(%" G_GUINT64_FORMAT ", ", degrees->trials);
      conset_append_double (out, degrees->parameter);
      g_string_append_c (out, ')');
      break;
    case KIND_POISSON:
      print_law ("poisson", degrees->parameter, out);
      break;
    case KIND_GEOMETRIC:
      print_law ("geometric", degrees->parameter, out);
      break;
    case KIND_TABLE:
      g_string_append (out, "degreeTable(");
      print_entries (degrees, out);
      g_string_append_c (out, ')');
      break;
    case KIND_LIST:
      print_entries (degrees, out);
      break;
    }
}

char *
conset_degrees_to_string (const ConsetDegrees *degrees)
{
  GString *out;

  g_return_val_if_fail (degrees != NULL, NULL);

  out = g_string_new (NULL);
  conset_degrees_print (degrees, out);
  return g_string_free (out, FALSE);
}

/* Drawing */

/* Digit k is decided by half k mod 2 of the draw at (line, 1 + k div 2). */
static guint64
draw_digits (const ConsetDegrees *self, const ConsetKey *key, guint64 line)
{
  guint64 number = 0;
  guint32 words[4];

  for (guint k = 0; k < self->n_digits; k++)
    {
      guint half = k % 2 * 2;

      if (half == 0)
        conset_draw (key, line, 1 + k / 2, words);
      if ((words[half] | (guint64) words[half + 1] << 32) < self->digits[k])
        number |= G_GUINT64_CONSTANT (1) << k;
    }
  return number;
}

guint64
conset_degrees_draw (const ConsetDegrees *degrees, const ConsetKey *key, guint64 line)
{
  guint64 bits;

  if (degrees->kind == KIND_LIST)
    return line < degrees->n ? degrees->list[line] : 0;
  if (degrees->least == degrees->most)
    return degrees->least;
  if (degrees->chances == NULL)
    return degrees->least + conset_draw_below (key, line, 0, degrees->most - degrees->least + 1);
  bits = conset_draw_64 (key, line, 0);
  return conset_chances_pick (degrees->chances, bits) << degrees->n_digits
         | draw_digits (degrees, key, line);
}

/* Constructors */

static ConsetDegrees *
degrees_fixed (ConsetDegrees *self, guint64 k)
{
  self->least = self->most = k;
  self->mean = (double) k;
  self->variance = 0.0;
  return self;
}

static ConsetDegrees *
degrees_tabulated (ConsetDegrees *self, ConsetChances *chances, double mean, double variance)
{
  guint64 digits = (G_GUINT64_CONSTANT (1) << self->n_digits) - 1;

  self->chances = chances;
  self->least = chances->least << self->n_digits;
  self->most = conset_chances_most (chances) << self->n_digits | digits;
  self->mean = mean;
  self->variance = variance;
  return self;
}

/* name(number): what is wrong */
static ConsetDegrees *
number_error (const char *name, double number, const char *wrong)
{
  g_autoptr (GString) call = g_string_new (NULL);

  print_law (name, number, call);
  return degrees_error ("%s: %s", call->str, wrong);
}

ConsetDegrees *
conset_degrees_constant (guint64 k)
{
  if (k >= CONSET_INDEX_END)
    return degrees_error ("degree %" G_GUINT64_FORMAT ": must be below 2^63", k);
  return degrees_fixed (degrees_new (KIND_CONSTANT), k);
}

ConsetDegrees *
conset_degrees_uniform (guint64 least, guint64 most)
{
  ConsetDegrees *self;
  double span = (double) (most - least) + 1.0;

  if (least > most || most >= CONSET_INDEX_END)
    return degrees_error ("uniformInt(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT "): %s", least,
                          most,
                          least > most ? "the first number is above the second; exchange them"
                                       : "degrees must be below 2^63");
  self = degrees_new (KIND_UNIFORM);
  self->least = least;
  self->most = most;
  self->mean = ((double) least + (double) most) / 2.0;
  self->variance = (span * span - 1.0) / 12.0;
  return self;
}

static ConsetDegrees *
binomial_error (guint64 n, double p, const char *wrong)
{
  g_autoptr (GString) number = g_string_new (NULL);

  conset_append_double (number, p);
  return degrees_error ("binomial(%" G_GUINT64_FORMAT ", %s): %s", n, number->str, wrong);
}

ConsetDegrees *
conset_degrees_binomial (guint64 n, double p)
{
  ConsetDegrees *self;
  double mean = (double) n * p, variance = mean * (1.0 - p);

  if (n >= CONSET_INDEX_END)
    return binomial_error (n, p, "the number of trials must be below 2^63");
  if (!(p >= 0.0 && p <= 1.0))
    return binomial_error (n, p, "probability must lie in [0, 1]");
  if (variance > CONSET_CHANCES_VARIANCE)
    return binomial_error (n, p, "the variance is above 2^32; give fewer trials");
  self = degrees_new (KIND_BINOMIAL);
  self->trials = n;
  self->parameter = p;
  if (n == 0 || p == 0.0 || p == 1.0)
    return degrees_fixed (self, p == 1.0 ? n : 0);
  return degrees_tabulated (self, conset_chances_binomial (n, p), mean, variance);
}

ConsetDegrees *
conset_degrees_poisson (double mean)
{
  ConsetDegrees *self;

  if (!(mean >= 0.0 && mean <= CONSET_CHANCES_VARIANCE))
    return number_error ("poisson", mean, "the mean must lie in [0, 2^32]");
  self = degrees_new (KIND_POISSON);
  self->parameter = mean;
  if (mean == 0.0)
    return degrees_fixed (self, 0);
  return degrees_tabulated (self, conset_chances_poisson (mean), mean, mean);
}

ConsetDegrees *
conset_degrees_geometric (double mean)
{
  ConsetDegrees *self;
  double p = 1.0 / (1.0 + mean), q = mean / (1.0 + mean), rest = mean;

  if (!(mean >= 0.0 && mean <= 0x1p48))
    return number_error ("geometric", mean, "the mean must lie in [0, 2^48]");
  self = degrees_new (KIND_GEOMETRIC);
  self->parameter = mean;
  if (mean == 0.0)
    return degrees_fixed (self, 0);
  for (; rest > CONSET_CHANCES_GEOMETRIC; rest /= 2.0)
    {
      self->digits[self->n_digits++] = conset_fraction_64 (q / (1.0 + q));
      q = conset_chance_of_none (p, self->n_digits);
    }
  return degrees_tabulated (self, conset_chances_geometric (q), mean, mean * (1.0 + mean));
}

static char *
wrong_with_weights (const double *weights, gsize n)
{
  double sum = 0.0;

  for (gsize k = 0; k < n; k++)
    {
      if (!(weights[k] >= 0.0 && isfinite (weights[k])))
        {
          GString *message = g_string_new (NULL);

          g_string_append_printf (message, "weight %" G_GSIZE_FORMAT " is ", k);
          conset_append_double (message, weights[k]);
          g_string_append (message, "; weights must be finite and not negative");
          return g_string_free (message, FALSE);
        }
      sum += weights[k];
    }
  if (sum == 0.0)
    return g_strdup ("no weight is above 0");
  return isfinite (sum) ? NULL : g_strdup ("the sum of the weights is infinite; scale them down");
}

/* From the mean, so that nothing cancels. */
static void
table_moments (ConsetDegrees *self)
{
  double sum = 0.0;

  for (gsize k = 0; k < self->n; k++)
    sum += self->weights[k];
  for (gsize k = 0; k < self->n; k++)
    self->mean += self->weights[k] / sum * (double) k;
  for (gsize k = 0; k < self->n; k++)
    self->variance +=
      self->weights[k] / sum * ((double) k - self->mean) * ((double) k - self->mean);
}

ConsetDegrees *
conset_degrees_table (const double *weights, gsize n)
{
  g_autofree char *wrong = NULL;
  ConsetDegrees *self;

  g_return_val_if_fail (weights != NULL || n == 0, degrees_error ("degreeTable: NULL"));

  wrong = wrong_with_weights (weights, n);
  if (wrong != NULL)
    return degrees_error ("degreeTable(%s): %s", n == 0 ? "[]" : "...", wrong);
  self = degrees_new (KIND_TABLE);
  self->n = n;
  self->weights = g_memdup2 (weights, n * sizeof *weights);
  table_moments (self);
  return degrees_tabulated (self, conset_chances_new (0, weights, n), self->mean, self->variance);
}

static void
list_facts (ConsetDegrees *self)
{
  self->least = self->most = self->list[0];
  for (gsize k = 0; k < self->n; k++)
    {
      self->least = MIN (self->least, self->list[k]);
      self->most = MAX (self->most, self->list[k]);
      self->mean += (double) self->list[k] / (double) self->n;
    }
  for (gsize k = 0; k < self->n; k++)
    {
      double excess = (double) self->list[k] - self->mean;

      self->variance += excess * excess / (double) self->n;
    }
}

ConsetDegrees *
conset_degrees_list (const guint64 *degrees, gsize n)
{
  ConsetDegrees *self;

  g_return_val_if_fail (degrees != NULL || n == 0, degrees_error ("list of degrees: NULL"));

  if (n == 0)
    return degrees_error ("[]: a list of degrees must have an entry for each line");
  for (gsize k = 0; k < n; k++)
    if (degrees[k] >= CONSET_INDEX_END)
      return degrees_error ("list of degrees: entry %" G_GSIZE_FORMAT " is %" G_GUINT64_FORMAT
                            "; degrees must be below 2^63",
                            k, degrees[k]);
  self = degrees_new (KIND_LIST);
  self->n = n;
  self->list = g_memdup2 (degrees, n * sizeof *degrees);
  list_facts (self);
  return self;
}

/* As values */

static ConsetValue *
table_value (const ConsetDegrees *self, guint64 seed)
{
  g_autofree ConsetValue **numbers = g_new (ConsetValue *, self->n);

  for (gsize k = 0; k < self->n; k++)
    numbers[k] = conset_value_constant ((double) k);
  return conset_value_mixture (self->n, self->weights, numbers, seed);
}

static ConsetValue *
number_value (guint64 number)
{
  return conset_value_constant ((double) number);
}

ConsetValue *
conset_value_degrees (ConsetDegrees *degrees, guint64 seed)
{
  g_autoptr (ConsetDegrees) self = degrees;

  g_return_val_if_fail (degrees != NULL, conset_value_error_new ("degrees: NULL; pass a law"));

  switch (self->kind)
    {
    case KIND_CONSTANT:
      return number_value (self->least);
    case KIND_UNIFORM:
      return conset_value_uniform_int (number_value (self->least), number_value (self->most), seed);
    case KIND_BINOMIAL:
      return conset_value_binomial (number_value (self->trials),
                                    conset_value_constant (self->parameter), seed);
    case KIND_POISSON:
      return conset_value_poisson (conset_value_constant (self->parameter), seed);
    case KIND_GEOMETRIC:
      return conset_value_geometric (conset_value_constant (self->parameter), seed);
    case KIND_TABLE:
      return table_value (self, seed);
    case KIND_LIST:
      return conset_value_error_new ("degrees: a list has no number for a pair; "
                                     "give a law, such as poisson(10)");
    default:
      return conset_value_error_new ("%s", self->error);
    }
}
