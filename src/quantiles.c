/* SPDX-License-Identifier: MIT */
/*
 * The loops of quantiles, compiled once for every instruction set under the name
 * CONSET_QUANTILES. Plain loops, which the compiler turns into vector code.
 *
 * A block of normal numbers is first done as if all were in the centre, as 85 % of them are. The
 * others are listed, done apart, where the compiler finds a plain loop again, and put back.
 */
#include "kernels.h"
#include "quantile_inline.h"
#include "value.h"

static void
uniform (const guint64 *bits, gsize n, double *out)
{
  for (gsize k = 0; k < n; k++)
    out[k] = quantile_uniform (bits[k]);
}

/* Normal */

/* Lists the places that are not in the centre. */
static gsize
list_tails (const double *centred, gsize n, guint32 *list)
{
  gsize n_tails = 0;

  for (gsize k = 0; k < n; k++)
    {
      list[n_tails] = (guint32) k;
      n_tails += !(fabs (centred[k]) <= QUANTILE_CENTRE);
    }
  return n_tails;
}

static void
fill_centre (const double *centred, gsize n, double *out)
{
  for (gsize k = 0; k < n; k++)
    out[k] = quantile_normal_centre (centred[k]);
}

/* Puts the tails of @rims where the list says, on their sides. */
static void
fill_tails (const double *centred, const guint32 *list, double *rims, gsize n_tails, double *out)
{
  for (gsize t = 0; t < n_tails; t++)
    rims[t] = quantile_normal_tail (rims[t]);
  for (gsize t = 0; t < n_tails; t++)
    out[list[t]] = pinned_with_sign (rims[t], centred[list[t]]);
}

static void
normal (const guint64 *bits, gsize n, double *out)
{
  double centred[CONSET_VALUE_BLOCK], rims[CONSET_VALUE_BLOCK];
  guint32 list[CONSET_VALUE_BLOCK + 1];
  gsize n_tails;

  for (gsize k = 0; k < n; k++)
    centred[k] = quantile_centred (bits[k]);
  n_tails = list_tails (centred, n, list);
  for (gsize t = 0; t < n_tails; t++)
    rims[t] = quantile_rim (bits[list[t]]);
  fill_centre (centred, n, out);
  fill_tails (centred, list, rims, n_tails, out);
}

static void
part (const ConsetNormalPart *of, const guint64 *bits, gsize n, double *out)
{
  double centred[CONSET_VALUE_BLOCK], rims[CONSET_VALUE_BLOCK];
  guint32 list[CONSET_VALUE_BLOCK + 1];
  gsize n_tails;

  for (gsize k = 0; k < n; k++)
    centred[k] = quantile_part_centred (of, bits[k]);
  n_tails = list_tails (centred, n, list);
  for (gsize t = 0; t < n_tails; t++)
    rims[t] = quantile_part_rim (of, bits[list[t]], centred[list[t]]);
  fill_centre (centred, n, out);
  fill_tails (centred, list, rims, n_tails, out);
}

/* Others */

static void
exponential (const guint64 *bits, gsize n, double *out)
{
  for (gsize k = 0; k < n; k++)
    out[k] = quantile_exponential (bits[k]);
}

static gsize
gamma_attempts (const ConsetGamma *gamma,
                const guint64 *bits,
                const guint64 *more,
                gsize n,
                double *out,
                guint32 *left)
{
  const ConsetGamma of = *gamma;
  double margins[CONSET_VALUE_BLOCK];
  gsize n_left = 0;

  normal (bits, n, out);
  for (gsize k = 0; k < n; k++)
    {
      double cube = quantile_gamma_cube (&of, out[k]);

      margins[k] = quantile_gamma_margin (out[k], more[k], cube);
      out[k] = of.d * cube;
    }
  for (gsize k = 0; k < n; k++)
    {
      left[n_left] = (guint32) k;
      n_left += !(margins[k] > 0.0);
    }
  return n_left;
}

const ConsetQuantiles CONSET_QUANTILES = {
  .uniform = uniform,
  .normal = normal,
  .part = part,
  .exponential = exponential,
  .gamma = gamma_attempts,
};
