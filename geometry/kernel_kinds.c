/* SPDX-License-Identifier: MIT */
/*
 * Kinds of kernels that are formulas: a table of names, parameters and tapes (src/tape.h).
 *
 * A Gaussian, an exponential and others are 0 where the exponential function is, some way below
 * exp (-745.2); the distance of exp (-LEAST) is where they end.
 */
#include "kernel.h"

#include "kernels.h"

#include <math.h>
#include <string.h>

#define LEAST 746.0
/* sqrt (2 LEAST), rounded up: where a Gaussian of one standard deviation ends. */
#define LEAST_ROOT 38.63

#define PI 3.14159265358979323846

#define BINARY(op, a, b) conset_tape_binary (tape, CONSET_BINARY_##op, a, b)
#define UNARY(op, a) conset_tape_unary (tape, CONSET_UNARY_##op, a)
#define NUMBER(number) conset_operand_number (number)

/* {{{ formulas of the distance */

/* exp (-x x / (2 s s)), rounded as Python CSA does */
static ConsetOperand
write_bell (ConsetTape *tape, ConsetOperand x, double s)
{
  ConsetOperand square = BINARY (MULTIPLY, UNARY (NEGATE, x), x);

  return UNARY (EXP, BINARY (DIVIDE, square, NUMBER (2.0 * s * s)));
}

static ConsetOperand
write_scaled_bell (ConsetTape *tape, ConsetOperand x, double s, double amplitude)
{
  return BINARY (MULTIPLY, NUMBER (amplitude), write_bell (tape, x, s));
}

static ConsetOperand
write_not_below_0 (ConsetTape *tape, ConsetOperand x)
{
  return BINARY (MAX, NUMBER (0.0), x);
}

static ConsetOperand
write_gaussian (ConsetTape *tape, const double *p)
{
  return write_bell (tape, conset_tape_input (tape, 0), p[0]);
}

static double
reach_of_sigma (const double *p)
{
  return p[0] * LEAST_ROOT;
}

static ConsetOperand
write_exponential (ConsetTape *tape, const double *p)
{
  ConsetOperand d = conset_tape_input (tape, 0);

  return UNARY (EXP, BINARY (DIVIDE, UNARY (NEGATE, d), NUMBER (p[0])));
}

static double
reach_of_decay (const double *p)
{
  return p[0] * LEAST;
}

static ConsetOperand
write_power_law (ConsetTape *tape, const double *p)
{
  ConsetOperand d = BINARY (MAX, conset_tape_input (tape, 0), NUMBER (p[1]));

  return BINARY (POWER, BINARY (DIVIDE, d, NUMBER (p[1])), NUMBER (-p[0]));
}

static ConsetOperand
write_linear (ConsetTape *tape, const double *p)
{
  ConsetOperand d = conset_tape_input (tape, 0);

  return write_not_below_0 (tape,
                            BINARY (SUBTRACT, NUMBER (1.0), BINARY (DIVIDE, d, NUMBER (p[0]))));
}

static double
reach_of_first (const double *p)
{
  return p[0];
}

static ConsetOperand
write_step (ConsetTape *tape, const double *p)
{
  ConsetOperand inside = BINARY (LESS_EQUAL, conset_tape_input (tape, 0), NUMBER (p[0]));

  return conset_tape_choose (tape, inside, NUMBER (p[1]), NUMBER (p[2]));
}

static double
reach_of_step (const double *p)
{
  return p[2] == 0.0 ? p[0] : INFINITY;
}

/* 1 / (1 + exp (rate (d - midpoint))) */
static ConsetOperand
write_logistic (ConsetTape *tape, double midpoint, double rate)
{
  ConsetOperand d = conset_tape_input (tape, 0);
  ConsetOperand x = BINARY (MULTIPLY, NUMBER (rate), BINARY (SUBTRACT, d, NUMBER (midpoint)));

  return BINARY (DIVIDE, NUMBER (1.0), BINARY (ADD, NUMBER (1.0), UNARY (EXP, x)));
}

static ConsetOperand
write_sigmoid (ConsetTape *tape, const double *p)
{
  return write_logistic (tape, p[0], p[1]);
}

static ConsetOperand
write_growth (ConsetTape *tape, const double *p)
{
  return write_logistic (tape, p[1], p[0]);
}

/* sigma_center, sigma_surround, amplitude_center, amplitude_surround */
static ConsetOperand
write_difference (ConsetTape *tape, const double *p)
{
  ConsetOperand d = conset_tape_input (tape, 0);

  return BINARY (SUBTRACT, write_scaled_bell (tape, d, p[0], p[2]),
                 write_scaled_bell (tape, d, p[1], p[3]));
}

static ConsetOperand
write_clipped_difference (ConsetTape *tape, const double *p)
{
  return write_not_below_0 (tape, write_difference (tape, p));
}

static double
reach_of_difference (const double *p)
{
  return MAX (p[0], p[1]) * LEAST_ROOT;
}

static ConsetOperand
write_mexican_hat (ConsetTape *tape, const double *p)
{
  return write_difference (tape, (const double[]){ p[0], p[0] * sqrt (2.0), 2.0, 1.0 });
}

static double
reach_of_hat (const double *p)
{
  return p[0] * sqrt (2.0) * LEAST_ROOT;
}

static ConsetOperand
write_ricker (ConsetTape *tape, const double *p)
{
  ConsetOperand u = BINARY (DIVIDE, conset_tape_input (tape, 0), NUMBER (p[0]));
  ConsetOperand square = BINARY (MULTIPLY, u, u);
  ConsetOperand bell = UNARY (EXP, BINARY (DIVIDE, square, NUMBER (-2.0)));
  ConsetOperand slope = BINARY (MULTIPLY, NUMBER (p[1]), BINARY (SUBTRACT, NUMBER (1.0), square));

  return write_not_below_0 (tape, BINARY (MULTIPLY, slope, bell));
}

/* Of an amplitude below 0 it is above 0 outside. */
static double
reach_of_ricker (const double *p)
{
  return p[0] * (p[1] >= 0.0 ? 1.0 + 0x1p-40 : LEAST_ROOT);
}

/* sigma1, sigma2, center1, center2, amplitude1, amplitude2 */
static ConsetOperand
write_bimodal (ConsetTape *tape, const double *p)
{
  ConsetOperand d = conset_tape_input (tape, 0), peaks[2];

  for (guint k = 0; k < 2; k++)
    peaks[k] = write_scaled_bell (tape, BINARY (SUBTRACT, d, NUMBER (p[2 + k])), p[k], p[4 + k]);
  return BINARY (ADD, peaks[0], peaks[1]);
}

static double
reach_of_bimodal (const double *p)
{
  return MAX (p[2] + p[0] * LEAST_ROOT, p[3] + p[1] * LEAST_ROOT);
}

/* }}} */

/* {{{ formulas of the displacement */

/* The coordinates along and across a direction in radians. */
static void
write_turn (ConsetTape *tape, double theta, ConsetOperand turned[2])
{
  ConsetOperand dx = conset_tape_input (tape, 0), dy = conset_tape_input (tape, 1);
  ConsetOperand c = NUMBER (conset_pinned_cos (theta)), s = NUMBER (conset_pinned_sin (theta));

  turned[0] = BINARY (ADD, BINARY (MULTIPLY, dx, c), BINARY (MULTIPLY, dy, s));
  turned[1] = BINARY (ADD, BINARY (MULTIPLY, UNARY (NEGATE, dx), s), BINARY (MULTIPLY, dy, c));
}

/* sigma, frequency, theta, phase */
static ConsetOperand
write_gabor (ConsetTape *tape, const double *p)
{
  ConsetOperand turned[2], square, wave;

  write_turn (tape, p[2], turned);
  square =
    BINARY (ADD, BINARY (MULTIPLY, turned[0], turned[0]), BINARY (MULTIPLY, turned[1], turned[1]));
  square = BINARY (DIVIDE, UNARY (NEGATE, square), NUMBER (2.0 * p[0] * p[0]));
  wave = BINARY (MULTIPLY, NUMBER (2.0 * PI * p[1]), turned[0]);
  wave = UNARY (COS, BINARY (ADD, wave, NUMBER (p[3])));
  return BINARY (MULTIPLY, UNARY (EXP, square), wave);
}

static double
to_radians (double degrees)
{
  return degrees * (PI / 180.0);
}

/* std, lam, theta, gamma, psi */
static ConsetOperand
write_rectified_gabor (ConsetTape *tape, const double *p)
{
  ConsetOperand turned[2], square, wave;

  write_turn (tape, to_radians (p[2]), turned);
  wave = BINARY (DIVIDE, BINARY (MULTIPLY, NUMBER (2.0 * PI), turned[1]), NUMBER (p[1]));
  wave = UNARY (COS, BINARY (ADD, wave, NUMBER (to_radians (p[4]))));
  turned[0] = BINARY (MULTIPLY, NUMBER (p[3]), turned[0]);
  square =
    BINARY (ADD, BINARY (MULTIPLY, turned[0], turned[0]), BINARY (MULTIPLY, turned[1], turned[1]));
  square = BINARY (DIVIDE, UNARY (NEGATE, square), NUMBER (2.0 * p[0] * p[0]));
  return BINARY (MULTIPLY, UNARY (EXP, square), write_not_below_0 (tape, wave));
}

/* Along x' it is as wide as gamma is small. */
static double
reach_of_rectified_gabor (const double *p)
{
  double narrow = MIN (fabs (p[3]), 1.0);

  return narrow > 0.0 ? p[0] * LEAST_ROOT / narrow : INFINITY;
}

/* }}} */

/* {{{ the table */

#define LENGTH(name)                                                                               \
  {                                                                                                \
    name, CONSET_KERNEL_LENGTH, FALSE, NAN                                                         \
  }
#define PURE(name)                                                                                 \
  {                                                                                                \
    name, CONSET_KERNEL_NUMBER, FALSE, NAN                                                         \
  }
#define PURE_OR(name, number)                                                                      \
  {                                                                                                \
    name, CONSET_KERNEL_NUMBER, TRUE, number                                                       \
  }
#define LIMIT                                                                                      \
  {                                                                                                \
    "max_distance", CONSET_KERNEL_LIMIT, TRUE, INFINITY                                            \
  }
#define NORMALIZE                                                                                  \
  {                                                                                                \
    "normalize", CONSET_KERNEL_FLAG, TRUE, 0.0                                                     \
  }

static const ConsetKernelKind kinds[] = {
  { "gaussian",
    "exp(-d^2 / (2 sigma^2)) where d < cutoff; normalize=True divides by 2 pi sigma^2",
    { LENGTH ("sigma"), { "cutoff", CONSET_KERNEL_CUTOFF, FALSE, INFINITY }, NORMALIZE, LIMIT },
    FALSE,
    TRUE,
    write_gaussian,
    reach_of_sigma },
  { "GaussianProfile",
    "exp(-d^2 / (2 sigma^2))",
    { LENGTH ("sigma"), LIMIT },
    FALSE,
    TRUE,
    write_gaussian,
    reach_of_sigma },
  { "ExponentialProfile",
    "exp(-d / decay_constant)",
    { LENGTH ("decay_constant"), LIMIT },
    FALSE,
    TRUE,
    write_exponential,
    reach_of_decay },
  { "PowerLawProfile",
    "(max(d, d0) / d0) ** -exponent, where d0 is min_distance",
    { PURE ("exponent"), { "min_distance", CONSET_KERNEL_LENGTH, TRUE, 1.0 }, LIMIT },
    FALSE,
    TRUE,
    write_power_law,
    NULL },
  { "LinearProfile",
    "max(0, 1 - d / max_distance)",
    { LENGTH ("max_distance") },
    FALSE,
    TRUE,
    write_linear,
    reach_of_first },
  { "StepProfile",
    "inside_prob where d <= threshold, outside_prob elsewhere",
    { LENGTH ("threshold"), PURE_OR ("inside_prob", 1.0), PURE_OR ("outside_prob", 0.0) },
    FALSE,
    TRUE,
    write_step,
    reach_of_step },
  { "SigmoidProfile",
    "1 / (1 + exp(slope (d - midpoint)))",
    { { "midpoint", CONSET_KERNEL_PLACE, FALSE, NAN },
      { "slope", CONSET_KERNEL_RATE, TRUE, 0.05 },
      LIMIT },
    FALSE,
    TRUE,
    write_sigmoid,
    NULL },
  { "LogisticProfile",
    "1 / (1 + exp(growth_rate (d - midpoint)))",
    { { "growth_rate", CONSET_KERNEL_RATE, FALSE, NAN },
      { "midpoint", CONSET_KERNEL_PLACE, FALSE, NAN },
      LIMIT },
    FALSE,
    TRUE,
    write_growth,
    NULL },
  { "DoGProfile",
    "a difference of Gaussians, or 0 where that is below",
    { LENGTH ("sigma_center"), LENGTH ("sigma_surround"), PURE_OR ("amplitude_center", 1.0),
      PURE_OR ("amplitude_surround", 0.5), LIMIT },
    FALSE,
    FALSE,
    write_clipped_difference,
    reach_of_difference },
  { "BimodalProfile",
    "the sum of amplitude1 exp(-((d - center1) / sigma1)^2 / 2) and the same of the second",
    { LENGTH ("sigma1"),
      LENGTH ("sigma2"),
      { "center1", CONSET_KERNEL_PLACE, TRUE, 0.0 },
      { "center2", CONSET_KERNEL_PLACE, TRUE, 0.0 },
      PURE_OR ("amplitude1", 1.0),
      PURE_OR ("amplitude2", 1.0),
      LIMIT },
    FALSE,
    FALSE,
    write_bimodal,
    reach_of_bimodal },
  { "MexicanHatProfile",
    "max(0, amplitude (1 - u^2) exp(-u^2 / 2)), where u = d / sigma",
    { LENGTH ("sigma"), PURE_OR ("amplitude", 1.0), LIMIT },
    FALSE,
    FALSE,
    write_ricker,
    reach_of_ricker },
  { "differenceOfGaussians",
    "amplitude_center exp(-d^2 / (2 sigma_center^2)) minus the same of the surround",
    { LENGTH ("sigma_center"), LENGTH ("sigma_surround"), PURE_OR ("amplitude_center", 1.0),
      PURE_OR ("amplitude_surround", 0.8), LIMIT },
    FALSE,
    FALSE,
    write_difference,
    reach_of_difference },
  { "mexicanHat",
    "2 exp(-d^2 / (2 sigma^2)) - exp(-d^2 / (4 sigma^2))",
    { LENGTH ("sigma"), LIMIT },
    FALSE,
    FALSE,
    write_mexican_hat,
    reach_of_hat },
  { "gabor",
    "a Gaussian times cos(2 pi frequency x' + phase), x' being along theta, in radians",
    { LENGTH ("sigma"),
      { "frequency", CONSET_KERNEL_RATE, FALSE, NAN },
      PURE ("theta"),
      PURE_OR ("phase", 0.0),
      LIMIT },
    TRUE,
    FALSE,
    write_gabor,
    reach_of_sigma },
  { "gaborRectified",
    "NEST's gabor: a Gaussian times cos(2 pi y' / lam + psi) where that is above 0, in degrees",
    { LENGTH ("std"), LENGTH ("lam"), PURE_OR ("theta", 0.0), PURE_OR ("gamma", 1.0),
      PURE_OR ("psi", 0.0), LIMIT },
    TRUE,
    FALSE,
    write_rectified_gabor,
    reach_of_rectified_gabor },
};

const ConsetKernelKind *
conset_kernel_kind_get (gsize index)
{
  return index < G_N_ELEMENTS (kinds) ? &kinds[index] : NULL;
}

const ConsetKernelKind *
conset_kernel_kind_find (const char *name)
{
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    if (strcmp (kinds[k].name, name) == 0)
      return &kinds[k];
  return NULL;
}

guint
conset_kernel_kind_n_parameters (const ConsetKernelKind *kind)
{
  guint n = 0;

  while (n < CONSET_KERNEL_PARAMETERS && kind->parameters[n].name != NULL)
    n++;
  return n;
}

/* }}} */

/* {{{ composition */

static void
tape_run (gconstpointer data, double *const xyz[3], gsize n)
{
  conset_tape_run (data, xyz, n);
}

static void
tape_destroy (gpointer data)
{
  conset_tape_free (data);
}

static const ConsetKernelClass tape_class = { tape_run, tape_destroy };

/* The kernel ends at the nearer of its limits. */
static void
parts_limit (ConsetKernelParts *parts, ConsetKernelUnit unit, double distance)
{
  if (unit == CONSET_KERNEL_CUTOFF && distance <= parts->limit && distance < INFINITY)
    {
      parts->limit = distance;
      parts->closed = FALSE;
    }
  else if (unit == CONSET_KERNEL_LIMIT && distance < parts->limit)
    {
      parts->limit = distance;
      parts->closed = TRUE;
    }
}

/* Sigma is counted in the unit of the metric. */
static double
normalization (double sigma, const ConsetUnit *unit)
{
  double s = conset_scale_apply (conset_unit_shown (unit), sigma);

  return 1.0 / (2.0 * PI * s * s);
}

static ConsetTape *
kind_tape (const ConsetKernelKind *kind, const double *p, const ConsetUnit *unit)
{
  ConsetTape *tape = conset_tape_new ();
  ConsetOperand result = kind->write (tape, p);

  for (guint k = 0; k < conset_kernel_kind_n_parameters (kind); k++)
    if (kind->parameters[k].unit == CONSET_KERNEL_FLAG && p[k] != 0.0)
      result = BINARY (MULTIPLY, result, NUMBER (normalization (p[0], unit)));
  conset_tape_finish (tape, &result, 1);
  return tape;
}

ConsetValue *
conset_kernel_new (const ConsetKernelKind *kind,
                   ConsetValue *const *parameters,
                   ConsetValue *metric)
{
  ConsetKernelParts parts = CONSET_KERNEL_PARTS_INIT;
  ConsetValue *error = conset_kernel_absorb (kind->name, &parts, &metric);
  GString *text = g_string_new (kind->name);
  double p[CONSET_KERNEL_PARAMETERS];
  guint n = conset_kernel_kind_n_parameters (kind);

  g_string_append_c (text, '(');
  for (guint k = 0; k < n; k++)
    if (error == NULL)
      {
        error = conset_kernel_parameter (kind->name, &kind->parameters[k], parameters[k], metric,
                                         &p[k], text);
        parts_limit (&parts, kind->parameters[k].unit, p[k]);
      }
    else if (parameters[k] != NULL)
      conset_value_unref (parameters[k]);
  g_string_append_c (text, ')');
  parts.text = g_string_free (text, FALSE);
  if (error != NULL)
    {
      conset_kernel_parts_clear (&parts);
      g_clear_pointer (&metric, conset_value_unref);
      return error;
    }
  parts.klass = &tape_class;
  parts.data = kind_tape (kind, p, metric->unit);
  parts.of_displacement = kind->of_displacement;
  parts.is_monotone = kind->is_monotone;
  if (kind->reach != NULL)
    parts.reach = kind->reach (p);
  return conset_kernel_finish (&parts, metric);
}

/* }}} */

/* {{{ by their names in C */

#define KERNEL(name, metric, ...)                                                                  \
  conset_kernel_new (conset_kernel_kind_find (name), (ConsetValue *[]){ __VA_ARGS__ }, metric)

ConsetValue *
conset_kernel_gaussian (ConsetValue *sigma,
                        ConsetValue *cutoff,
                        gboolean normalize,
                        ConsetValue *metric)
{
  return KERNEL ("gaussian", metric, sigma, cutoff, normalize ? conset_value_constant (1.0) : NULL,
                 NULL);
}

ConsetValue *
conset_kernel_exponential (ConsetValue *decay_constant,
                           ConsetValue *max_distance,
                           ConsetValue *metric)
{
  return KERNEL ("ExponentialProfile", metric, decay_constant, max_distance);
}

ConsetValue *
conset_kernel_power_law (ConsetValue *exponent,
                         ConsetValue *min_distance,
                         ConsetValue *max_distance,
                         ConsetValue *metric)
{
  return KERNEL ("PowerLawProfile", metric, exponent, min_distance, max_distance);
}

ConsetValue *
conset_kernel_linear (ConsetValue *max_distance, ConsetValue *metric)
{
  return KERNEL ("LinearProfile", metric, max_distance);
}

ConsetValue *
conset_kernel_step (ConsetValue *threshold,
                    ConsetValue *inside,
                    ConsetValue *outside,
                    ConsetValue *metric)
{
  return KERNEL ("StepProfile", metric, threshold, inside, outside);
}

ConsetValue *
conset_kernel_sigmoid (ConsetValue *midpoint,
                       ConsetValue *slope,
                       ConsetValue *max_distance,
                       ConsetValue *metric)
{
  return KERNEL ("SigmoidProfile", metric, midpoint, slope, max_distance);
}

ConsetValue *
conset_kernel_difference_of_gaussians (ConsetValue *sigma_center,
                                       ConsetValue *sigma_surround,
                                       ConsetValue *amplitude_center,
                                       ConsetValue *amplitude_surround,
                                       gboolean clip,
                                       ConsetValue *max_distance,
                                       ConsetValue *metric)
{
  return KERNEL (clip ? "DoGProfile" : "differenceOfGaussians", metric, sigma_center,
                 sigma_surround, amplitude_center, amplitude_surround, max_distance);
}

ConsetValue *
conset_kernel_mexican_hat (ConsetValue *sigma, ConsetValue *max_distance, ConsetValue *metric)
{
  return KERNEL ("mexicanHat", metric, sigma, max_distance);
}

ConsetValue *
conset_kernel_ricker (ConsetValue *sigma,
                      ConsetValue *amplitude,
                      ConsetValue *max_distance,
                      ConsetValue *metric)
{
  return KERNEL ("MexicanHatProfile", metric, sigma, amplitude, max_distance);
}

ConsetValue *
conset_kernel_bimodal (ConsetValue *sigma1,
                       ConsetValue *sigma2,
                       ConsetValue *center1,
                       ConsetValue *center2,
                       ConsetValue *amplitude1,
                       ConsetValue *amplitude2,
                       ConsetValue *max_distance,
                       ConsetValue *metric)
{
  return KERNEL ("BimodalProfile", metric, sigma1, sigma2, center1, center2, amplitude1, amplitude2,
                 max_distance);
}

ConsetValue *
conset_kernel_gabor (ConsetValue *sigma,
                     ConsetValue *frequency,
                     ConsetValue *theta,
                     ConsetValue *phase,
                     ConsetValue *max_distance,
                     ConsetValue *metric)
{
  return KERNEL ("gabor", metric, sigma, frequency, theta, phase, max_distance);
}

ConsetValue *
conset_kernel_gabor_rectified (ConsetValue *std,
                               ConsetValue *lam,
                               ConsetValue *theta,
                               ConsetValue *gamma,
                               ConsetValue *psi,
                               ConsetValue *max_distance,
                               ConsetValue *metric)
{
  return KERNEL ("gaborRectified", metric, std, lam, theta, gamma, psi, max_distance);
}

/* }}} */
