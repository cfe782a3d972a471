/* SPDX-License-Identifier: MIT */
/*
 * Quantiles: known answers, order, both ends, and the same bits from all loops, always.
 *
 * The reference numbers were computed with mpmath, 60 digits: quantiles of the normal
 * distribution by Newton's method on log (erfc (z / sqrt (2)) / 2), Mills' ratio from erfc or,
 * far out, from its continued fraction, and rounded once.
 */
#include "isas.h"
#include "support.h"

#include "kernels.h"
#include "pinned_inline.h"
#include "quantile.h"
#include "quantile_inline.h"
#include "value.h"

#include <math.h>
#include <string.h>

static void
assert_near (double found, double exact, double tolerance, const char *what, double parameter)
{
  double off = fabs (found - exact) / fabs (exact);

  if (!(found == exact || off <= tolerance))
    ck_abort_msg ("%s (%a): %a, not %a: off by %g", what, parameter, found, exact, off);
}

/* {{{ known answers */

typedef struct
{
  guint64 bits;
  double normal;
  double exponential;
} QuantileCase;

static const QuantileCase quantile_cases[] = {
  { G_GUINT64_CONSTANT (0x0000000000000000), -0x1.24f82aa55eb14p+3, 0x1.0000000000000p-65 },
  { G_GUINT64_CONSTANT (0x0000000000000001), -0x1.21263f48fda58p+3, 0x1.8000000000000p-64 },
  { G_GUINT64_CONSTANT (0x0000000000000012), -0x1.18390f41f83a2p+3, 0x1.2800000000000p-60 },
  { G_GUINT64_CONSTANT (0x0000000000123456), -0x1.da0990cdca8acp+2, 0x1.23456800000a6p-44 },
  { G_GUINT64_CONSTANT (0x0000000100000000), -0x1.8ebc95048a0d4p+2, 0x1.0000000100000p-32 },
  { G_GUINT64_CONSTANT (0x000fffffffffffff), -0x1.be596d62759d4p+1, 0x1.0008005559558p-12 },
  { G_GUINT64_CONSTANT (0x0123456789abcdef), -0x1.4ee2dc0a9dff8p+1, 0x1.23eb991354eabp-8 },
  { G_GUINT64_CONSTANT (0x1333333333333333), -0x1.7085226d3e524p+0, 0x1.3f5499ef549fdp-4 },
  { G_GUINT64_CONSTANT (0x1333333333333334), -0x1.7085226d3e524p+0, 0x1.3f5499ef549fdp-4 },
  { G_GUINT64_CONSTANT (0x13333333333337ff), -0x1.7085226d3e522p+0, 0x1.3f5499ef54a02p-4 },
  { G_GUINT64_CONSTANT (0x2000000000000000), -0x1.267d4c07b0567p+0, 0x1.1178e8227e47cp-3 },
  { G_GUINT64_CONSTANT (0x3c3c3c3c3c3c3c3c), -0x1.716b5e6a142acp-1, 0x1.12b3cb6479947p-2 },
  { G_GUINT64_CONSTANT (0x7000000000000000), -0x1.422c1aadb2493p-3, 0x1.269621134db92p-1 },
  { G_GUINT64_CONSTANT (0x7fffffff00000000), -0x1.40d931fec203cp-31, 0x1.62e42feba39efp-1 },
  { G_GUINT64_CONSTANT (0x7fffffffffffff00), -0x1.4038c56662bf2p-55, 0x1.62e42fefa39efp-1 },
  { G_GUINT64_CONSTANT (0x7fffffffffffffff), -0x1.40d931ff62706p-64, 0x1.62e42fefa39efp-1 },
  { G_GUINT64_CONSTANT (0x8000000000000000), 0x1.40d931ff62706p-64, 0x1.62e42fefa39efp-1 },
  { G_GUINT64_CONSTANT (0x8000000000000001), 0x1.e145caff13a88p-63, 0x1.62e42fefa39efp-1 },
  { G_GUINT64_CONSTANT (0x9abcdef012345678), 0x1.0f39915318a56p-2, 0x1.dadc907913cb1p-1 },
  { G_GUINT64_CONSTANT (0xeccccccccccccccc), 0x1.7085226d3e524p+0, 0x1.4b8ddfddbf088p+1 },
  { G_GUINT64_CONSTANT (0xeccccccccccccccd), 0x1.7085226d3e524p+0, 0x1.4b8ddfddbf088p+1 },
  { G_GUINT64_CONSTANT (0xffffffff00000000), 0x1.8ebc95049413fp+2, 0x1.62e42fefab9efp+4 },
  { G_GUINT64_CONSTANT (0xfffffffffffffffe), 0x1.21263f48fda58p+3, 0x1.5fa5cb720babfp+5 },
  { G_GUINT64_CONSTANT (0xffffffffffffffff), 0x1.24f82aa55eb14p+3, 0x1.686fc0af622d7p+5 },
};

START_TEST (quantiles_are_right)
{
  for (guint k = 0; k < G_N_ELEMENTS (quantile_cases); k++)
    {
      const QuantileCase *c = &quantile_cases[k];

      assert_near (conset_quantile_normal (c->bits), c->normal, 1.2e-15, "normal", c->normal);
      assert_near (conset_quantile_exponential (c->bits), c->exponential, 4e-16, "exponential",
                   c->exponential);
    }
}
END_TEST

typedef struct
{
  double x;
  double above;
  double middle;
  double mills;
} NormalCase;

static const NormalCase normal_cases[] = {
  { 0x0.0p+0, 0x1.0000000000000p-1, 0x0.0p+0, 0x1.40d931ff62706p+0 },
  { 0x1.0000000000000p-30, 0x1.fffffff99deebp-2, 0x1.9884533d43651p-32, 0x1.40d931fb62706p+0 },
  { 0x1.999999999999ap-4, 0x1.d7375f15b2f1ep-2, 0x1.464507526870fp-5, 0x1.28c56badd84f0p+0 },
  { 0x1.f5c28f5c28f5cp-2, 0x1.3f8e7a77a405ep-2, 0x1.80e30b10b7f44p-3, 0x1.c39725f861f31p-1 },
  { 0x1.0000000000000p-1, 0x1.3bf143b9aa712p-2, 0x1.881d788cab1dbp-3, 0x1.c0b2d78fb0db8p-1 },
  { 0x1.8000000000000p-1, 0x1.d0220056b3a4ep-3, 0x1.17eeffd4a62d9p-2, 0x1.81510273fa9f7p-1 },
  { 0x1.fff2e48e8a71ep-1, 0x1.44f9bb8e7143dp-3, 0x1.5d832238c75e2p-2, 0x1.4fb9be05158edp-1 },
  { 0x1.0000000000000p+0, 0x1.44ed0bb7cb20bp-3, 0x1.5d897a241a6fap-2, 0x1.4fb53a9eb0a1cp-1 },
  { 0x1.4cccccccccccdp+0, 0x1.8c7eaa3883ae2p-4, 0x1.9ce05571df148p-2, 0x1.213643ab0513ap-1 },
  { 0x1.0000000000000p+1, 0x1.74bcf82c9d860p-6, 0x1.e8b4307d3627ap-2, 0x1.af7b6a4d54e8dp-2 },
  { 0x1.921f9f01b866ep+1, 0x1.b87d2473134d6p-11, 0x1.ff23c16dc6766p-2, 0x1.2bda687755592p-2 },
  { 0x1.4000000000000p+2, 0x1.33ca2f2133831p-22, 0x1.ffffecc35d0dfp-2, 0x1.8adef9c13f89dp-3 },
  { 0x1.f99999999999ap+2, 0x1.91f13421f7819p-50, 0x1.fffffffffffe7p-2, 0x1.fe8b39b709fc4p-4 },
  { 0x1.0000000000000p+3, 0x1.669d2c90d55cep-51, 0x1.ffffffffffff5p-2, 0x1.f85938b48fbd8p-4 },
  { 0x1.8000000000000p+3, 0x1.272b313666239p-109, 0x1.0000000000000p-1, 0x1.5302bddbc185fp-4 },
  { 0x1.4000000000000p+4, 0x1.c0bd0f1880783p-295, 0x1.0000000000000p-1, 0x1.989565de63fd3p-5 },
  { 0x1.e000000000000p+4, 0x1.7795ad05ea397p-656, 0x1.0000000000000p-1, 0x1.10c3a6dfb06cap-5 },
  { 0x1.2c00000000000p+5, 0x1.08eda98086fd1p-1021, 0x1.0000000000000p-1, 0x1.b498bd439845ep-6 },
  { 0x1.f400000000000p+9, 0.0, 0.5, 0x1.0624cc0112184p-10 },
  { 0x1.e848000000000p+19, 0.0, 0.5, 0x1.0c6f7a0b5db1bp-20 },
  { 0x1.d1a94a2000000p+39, 0.0, 0.5, 0x1.19799812dea11p-40 },
  { 0x1.4e718d7d7625ap+664, 0.0, 0.5, 0x1.87e92154ef7acp-665 },
};

START_TEST (normal_functions_are_right)
{
  for (guint k = 0; k < G_N_ELEMENTS (normal_cases); k++)
    {
      const NormalCase *c = &normal_cases[k];

      assert_near (conset_mills_ratio (c->x), c->mills, 8e-16, "Mills' ratio", c->x);
      assert_near (conset_normal_above (c->x), c->above, 1.5e-15, "above", c->x);
      assert_near (conset_normal_below (-c->x), c->above, 1.5e-15, "below", c->x);
      assert_near (conset_normal_below (c->x), 1.0 - c->above, 4e-16, "below", c->x);
      assert_near (conset_normal_middle (c->x), c->middle, 8e-16, "middle", c->x);
      assert_near (conset_normal_middle (-c->x), -c->middle, 8e-16, "middle", -c->x);
    }
  ck_assert_double_eq (conset_mills_ratio (INFINITY), 0.0);
  ck_assert_double_eq (conset_normal_above (INFINITY), 0.0);
  ck_assert_double_eq (conset_normal_above (-INFINITY), 1.0);
  ck_assert_double_eq (conset_normal_middle (-INFINITY), -0.5);
}
END_TEST

typedef struct
{
  double a;
  double e;
  double t;
} ExcessCase;

static const ExcessCase excess_cases[] = {
  { 0x1.0000000000000p+3, 0x1.203af9ee75616p-50, 0x1.1bec4833467c6p-53 },
  { 0x1.0000000000000p+3, 0x1.5798ee2308c3ap-27, 0x1.52766a8d5b5e7p-30 },
  { 0x1.0000000000000p+3, 0x1.9f3c70c996b76p-14, 0x1.9907c730b16b6p-17 },
  { 0x1.0000000000000p+3, 0x1.cd5f99c38b04bp-14, 0x1.c67a6918b8c8bp-17 },
  { 0x1.0000000000000p+3, 0x1.47ae147ae147bp-7, 0x1.42c249cb4d73ep-10 },
  { 0x1.0000000000000p+3, 0x1.0000000000000p-1, 0x1.f67a624117fc9p-5 },
  { 0x1.0000000000000p+3, 0x1.0000000000000p+0, 0x1.f4a27f0189d80p-4 },
  { 0x1.0000000000000p+3, 0x1.4000000000000p+2, 0x1.303d7921e69e5p-1 },
  { 0x1.0000000000000p+3, 0x1.4000000000000p+5, 0x1.fbc933d099a76p+1 },
  { 0x1.0000000000000p+3, 0x1.6800000000000p+6, 0x1.e505d39493258p+2 },
  { 0x1.1000000000000p+3, 0x1.203af9ee75616p-50, 0x1.0baac173e2f7bp-53 },
  { 0x1.1000000000000p+3, 0x1.5798ee2308c3ap-27, 0x1.3f157d7eb7a10p-30 },
  { 0x1.1000000000000p+3, 0x1.9f3c70c996b76p-14, 0x1.819c87e57883dp-17 },
  { 0x1.1000000000000p+3, 0x1.cd5f99c38b04bp-14, 0x1.ac7506b8282cap-17 },
  { 0x1.1000000000000p+3, 0x1.47ae147ae147bp-7, 0x1.30482c5f69290p-10 },
  { 0x1.1000000000000p+3, 0x1.0000000000000p-1, 0x1.d9e6b7a9de08cp-5 },
  { 0x1.1000000000000p+3, 0x1.0000000000000p+0, 0x1.d859c7e92effbp-4 },
  { 0x1.1000000000000p+3, 0x1.4000000000000p+2, 0x1.1fe3e5db6fb7bp-1 },
  { 0x1.1000000000000p+3, 0x1.4000000000000p+5, 0x1.e79ce53ed714ap+1 },
  { 0x1.1000000000000p+3, 0x1.6800000000000p+6, 0x1.d5ff8454d4ca7p+2 },
  { 0x1.8000000000000p+3, 0x1.203af9ee75616p-50, 0x1.7db12f2fb0290p-54 },
  { 0x1.8000000000000p+3, 0x1.5798ee2308c3ap-27, 0x1.c703315cd9c57p-31 },
  { 0x1.8000000000000p+3, 0x1.9f3c70c996b76p-14, 0x1.12f0b7d24323dp-17 },
  { 0x1.8000000000000p+3, 0x1.cd5f99c38b04bp-14, 0x1.317d3d464190dp-17 },
  { 0x1.8000000000000p+3, 0x1.47ae147ae147bp-7, 0x1.b1eb40039f205p-11 },
  { 0x1.8000000000000p+3, 0x1.0000000000000p-1, 0x1.526f9a6b65d11p-5 },
  { 0x1.8000000000000p+3, 0x1.0000000000000p+0, 0x1.51dd73d3ee3e8p-4 },
  { 0x1.8000000000000p+3, 0x1.4000000000000p+2, 0x1.a0c9f6b4a9286p-2 },
  { 0x1.8000000000000p+3, 0x1.4000000000000p+5, 0x1.79de0061d7278p+1 },
  { 0x1.8000000000000p+3, 0x1.6800000000000p+6, 0x1.7e9341ee34d18p+2 },
  { 0x1.e000000000000p+4, 0x1.203af9ee75616p-50, 0x1.331af25bd56e1p-55 },
  { 0x1.e000000000000p+4, 0x1.5798ee2308c3ap-27, 0x1.6e19167bfab7dp-32 },
  { 0x1.e000000000000p+4, 0x1.9f3c70c996b76p-14, 0x1.ba6d8ff53957cp-19 },
  { 0x1.e000000000000p+4, 0x1.cd5f99c38b04bp-14, 0x1.eb962dfaae783p-19 },
  { 0x1.e000000000000p+4, 0x1.47ae147ae147bp-7, 0x1.5d22e6438d596p-12 },
  { 0x1.e000000000000p+4, 0x1.0000000000000p-1, 0x1.10b0548c804ddp-6 },
  { 0x1.e000000000000p+4, 0x1.0000000000000p+0, 0x1.109d07b072b2fp-5 },
  { 0x1.e000000000000p+4, 0x1.4000000000000p+2, 0x1.54043d45462afp-3 },
  { 0x1.e000000000000p+4, 0x1.4000000000000p+5, 0x1.4db8741114c6bp+0 },
  { 0x1.e000000000000p+4, 0x1.6800000000000p+6, 0x1.6e27bbb689a40p+1 },
  { 0x1.9000000000000p+6, 0x1.203af9ee75616p-50, 0x1.70e5e34401677p-57 },
  { 0x1.9000000000000p+6, 0x1.5798ee2308c3ap-27, 0x1.b7c2bc2cf7aecp-34 },
  { 0x1.9000000000000p+6, 0x1.9f3c70c996b76p-14, 0x1.09b97afe5cd96p-20 },
  { 0x1.9000000000000p+6, 0x1.cd5f99c38b04bp-14, 0x1.273fddfb7509dp-20 },
  { 0x1.9000000000000p+6, 0x1.47ae147ae147bp-7, 0x1.a36365004c5ebp-14 },
  { 0x1.9000000000000p+6, 0x1.0000000000000p-1, 0x1.47a39902c51cep-8 },
  { 0x1.9000000000000p+6, 0x1.0000000000000p+0, 0x1.47a1806f5c3bbp-7 },
  { 0x1.9000000000000p+6, 0x1.4000000000000p+2, 0x1.9974ed329a7abp-5 },
  { 0x1.9000000000000p+6, 0x1.4000000000000p+5, 0x1.98be51f0a703cp-2 },
  { 0x1.9000000000000p+6, 0x1.6800000000000p+6, 0x1.cab3193c7d175p-1 },
  { 0x1.3880000000000p+13, 0x1.203af9ee75616p-50, 0x1.d83c94ac32c22p-64 },
  { 0x1.3880000000000p+13, 0x1.5798ee2308c3ap-27, 0x1.197997e3a55f1p-40 },
  { 0x1.3880000000000p+13, 0x1.9f3c70c996b76p-14, 0x1.542951eebb40ap-27 },
  { 0x1.3880000000000p+13, 0x1.cd5f99c38b04bp-14, 0x1.79f505b3ec69ep-27 },
  { 0x1.3880000000000p+13, 0x1.47ae147ae147bp-7, 0x1.0c6f79de1bfc8p-20 },
  { 0x1.3880000000000p+13, 0x1.0000000000000p-1, 0x1.a36e2e59ce337p-15 },
  { 0x1.3880000000000p+13, 0x1.0000000000000p+0, 0x1.a36e2e48369a0p-14 },
  { 0x1.3880000000000p+13, 0x1.4000000000000p+2, 0x1.0624dc952c215p-11 },
  { 0x1.3880000000000p+13, 0x1.4000000000000p+5, 0x1.0624d99383be3p-8 },
  { 0x1.3880000000000p+13, 0x1.6800000000000p+6, 0x1.26e96ff101495p-7 },
  { 0x1.7d78400000000p+26, 0x1.203af9ee75616p-50, 0x1.82db34012b251p-77 },
  { 0x1.7d78400000000p+26, 0x1.5798ee2308c3ap-27, 0x1.cd2b297d889bcp-54 },
  { 0x1.7d78400000000p+26, 0x1.9f3c70c996b76p-14, 0x1.16a904a20a7b9p-40 },
  { 0x1.7d78400000000p+26, 0x1.cd5f99c38b04bp-14, 0x1.359f5a7b28179p-40 },
  { 0x1.7d78400000000p+26, 0x1.47ae147ae147bp-7, 0x1.b7cdfd9d7bdbap-34 },
  { 0x1.7d78400000000p+26, 0x1.0000000000000p-1, 0x1.5798ee2308c39p-28 },
  { 0x1.7d78400000000p+26, 0x1.0000000000000p+0, 0x1.5798ee2308c39p-27 },
  { 0x1.7d78400000000p+26, 0x1.4000000000000p+2, 0x1.ad7f29abcaf46p-25 },
  { 0x1.7d78400000000p+26, 0x1.4000000000000p+5, 0x1.ad7f29abcaf38p-22 },
  { 0x1.7d78400000000p+26, 0x1.6800000000000p+6, 0x1.e32f0ee14450ap-21 },
  { 0x1.38d352e5096afp+498, 0x1.203af9ee75616p-50, 0x1.d7becc2f23ac3p-549 },
  { 0x1.38d352e5096afp+498, 0x1.5798ee2308c3ap-27, 0x1.192e9ee706e4bp-525 },
  { 0x1.38d352e5096afp+498, 0x1.9f3c70c996b76p-14, 0x1.53ceb74871f49p-512 },
  { 0x1.38d352e5096afp+498, 0x1.cd5f99c38b04bp-14, 0x1.799059deb7819p-512 },
  { 0x1.38d352e5096afp+498, 0x1.47ae147ae147bp-7, 0x1.0c27fa028b0efp-505 },
  { 0x1.38d352e5096afp+498, 0x1.0000000000000p-1, 0x1.a2fe76a3f9475p-500 },
  { 0x1.38d352e5096afp+498, 0x1.0000000000000p+0, 0x1.a2fe76a3f9475p-499 },
  { 0x1.38d352e5096afp+498, 0x1.4000000000000p+2, 0x1.05df0a267bcc9p-496 },
  { 0x1.38d352e5096afp+498, 0x1.4000000000000p+5, 0x1.05df0a267bcc9p-493 },
  { 0x1.38d352e5096afp+498, 0x1.6800000000000p+6, 0x1.269aeb6b4b462p-492 },
};

START_TEST (far_tails_are_right)
{
  for (guint k = 0; k < G_N_ELEMENTS (excess_cases); k++)
    {
      const ExcessCase *c = &excess_cases[k];
      double tolerance = c->e < 1e-4 || c->e > 0.01 ? 1e-13 : 1e-11;

      assert_near (conset_normal_excess (c->a, conset_mills_ratio (c->a), c->e), c->t, tolerance,
                   "excess", c->a);
      if (c->e > 1e-4)
        assert_near (conset_normal_fall (c->a, c->t), c->e, tolerance, "fall", c->a);
    }
  ck_assert_double_eq (conset_normal_fall (8.0, INFINITY), INFINITY);
}
END_TEST

/* }}} */

/* {{{ order and parts */

/* Quantiles never fall, across both seams of the normal one, too. */
START_TEST (quantiles_grow_with_the_bits)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  const guint64 seams[] = { 0, G_GUINT64_CONSTANT (0x1333333333333333),
                            /* exp (-25): r = 5 */
                            (guint64) (0x1.e8af2e57a3a4p-37 * 0x1p64),
                            G_GUINT64_CONSTANT (1) << 63 };

  for (guint k = 0; k < 400000; k++)
    {
      guint64 random = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
      guint64 low = k % 5 < 4 ? seams[k % 5] + (random >> (random & 63) >> 1) : random;
      guint64 step = ((guint64) g_rand_int (rand) << 32 | g_rand_int (rand)) >> (k % 64);
      guint64 high = low > G_MAXUINT64 - step ? G_MAXUINT64 : low + step;
      double fall = conset_quantile_normal (low) - conset_quantile_normal (high);

      /* A rounding may fall by some last digits, never by more. */
      if (fall > 2e-15 * fabs (conset_quantile_normal (low)))
        ck_abort_msg ("bits %" G_GUINT64_FORMAT ": %g", low, fall);
      fall = conset_quantile_exponential (low) - conset_quantile_exponential (high);
      if (fall > 4e-16 * conset_quantile_exponential (low))
        ck_abort_msg ("bits %" G_GUINT64_FORMAT ": exponential %g", low, fall);
      if (conset_quantile_normal (low) != -conset_quantile_normal (~low))
        ck_abort_msg ("bits %" G_GUINT64_FORMAT ": not symmetric", low);
    }
}
END_TEST

/* The whole distribution is a part of itself; others end where they should. */
START_TEST (parts_are_parts)
{
  static const double ends[][2] = { { -1.0, 2.0 },     { 0.25, 0.5 },     { -0.125, 0x1p-30 },
                                    { 3.0, 3.25 },     { 7.5, 7.75 },     { -7.75, -7.0 },
                                    { -1e-12, 1e-12 }, { 1.0, INFINITY }, { -INFINITY, -2.0 },
                                    { 7.9, INFINITY } };
  const ConsetNormalPart whole = conset_normal_part (-INFINITY, INFINITY);
  const guint64 least = 0, most = G_MAXUINT64;

  for (guint k = 0; k < G_N_ELEMENTS (quantile_cases); k++)
    if (fabs (quantile_cases[k].normal) > 0.1)
      assert_near (conset_quantile_part (&whole, quantile_cases[k].bits), quantile_cases[k].normal,
                   4e-15, "whole", quantile_cases[k].normal);
  for (guint k = 0; k < G_N_ELEMENTS (ends); k++)
    {
      const ConsetNormalPart part = conset_normal_part (ends[k][0], ends[k][1]);
      double low = conset_quantile_part (&part, least), high = conset_quantile_part (&part, most);

      /* Rounded as what is larger. */
      double size = MAX (isfinite (ends[k][0]) ? fabs (ends[k][0]) : 0.0,
                         isfinite (ends[k][1]) ? fabs (ends[k][1]) : 0.0);

      if (isfinite (ends[k][0]) && fabs (low - ends[k][0]) > 4e-15 * size)
        ck_abort_msg ("%g to %g: low end %a", ends[k][0], ends[k][1], low);
      if (isfinite (ends[k][1]) && fabs (high - ends[k][1]) > 4e-15 * size)
        ck_abort_msg ("%g to %g: high end %a", ends[k][0], ends[k][1], high);
    }
}
END_TEST

/* }}} */

/* {{{ the same everywhere */

enum
{
  N = CONSET_VALUE_BLOCK,
};

/* Bits of all sizes, near both ends and both seams. */
static void
random_bits (GRand *rand, guint64 *bits)
{
  for (guint k = 0; k < N; k++)
    {
      guint64 random = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);

      bits[k] = k % 3 == 0   ? random
                : k % 3 == 1 ? random >> g_rand_int_range (rand, 0, 64)
                             : ~(random >> g_rand_int_range (rand, 0, 64));
      if (k % 16 == 7)
        bits[k] = quantile_cases[random % G_N_ELEMENTS (quantile_cases)].bits;
    }
}

static void
assert_same (double found, double expected, const char *what, guint64 bits)
{
  if (memcmp (&found, &expected, sizeof found) != 0)
    ck_abort_msg ("%s, %s: 0x%016" G_GINT64_MODIFIER "x gives %a, not %a", conset_isa (), what,
                  bits, found, expected);
}

START_TEST (loops_are_the_functions)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  const ConsetNormalPart part = conset_normal_part (-0.5, 7.0);
  const ConsetQuantiles *loops;
  guint64 bits[N];
  double out[N];

  if (!conset_set_isa (isas[_i]))
    return;
  loops = conset_quantiles ();
  for (guint turn = 0; turn < 40; turn++)
    {
      gsize n = turn % 4 ? N : (gsize) g_rand_int_range (rand, 0, N);

      random_bits (rand, bits);
      loops->uniform (bits, n, out);
      for (gsize k = 0; k < n; k++)
        assert_same (out[k], quantile_uniform (bits[k]), "uniform", bits[k]);
      loops->normal (bits, n, out);
      for (gsize k = 0; k < n; k++)
        assert_same (out[k], conset_quantile_normal (bits[k]), "normal", bits[k]);
      loops->part (&part, bits, n, out);
      for (gsize k = 0; k < n; k++)
        assert_same (out[k], conset_quantile_part (&part, bits[k]), "part", bits[k]);
      loops->exponential (bits, n, out);
      for (gsize k = 0; k < n; k++)
        assert_same (out[k], conset_quantile_exponential (bits[k]), "exponential", bits[k]);
    }
  conset_set_isa ("auto");
}
END_TEST

START_TEST (gamma_attempts_are_the_function)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  static const double shapes[] = { 1.0, 1.001, 2.5, 40.0, 1e9 };
  guint64 bits[N], more[N];
  guint32 left[N + 1];
  double out[N];

  if (!conset_set_isa (isas[_i]))
    return;
  for (guint turn = 0; turn < 40; turn++)
    {
      double d = shapes[turn % G_N_ELEMENTS (shapes)] - 1.0 / 3.0, x;
      const ConsetGamma gamma = { d, 1.0 / (3.0 * sqrt (d)) };
      gsize n_left, l = 0;

      random_bits (rand, bits);
      random_bits (rand, more);
      n_left = conset_quantiles ()->gamma (&gamma, bits, more, N, out, left);
      for (guint k = 0; k < N; k++)
        if (l < n_left && left[l] == k)
          l++;
        else
          {
            ck_assert (
              conset_gamma_accepts (&gamma, conset_quantile_normal (bits[k]), more[k], &x));
            assert_same (out[k], d * x, "gamma", bits[k]);
          }
      ck_assert_uint_eq (l, n_left);
    }
  conset_set_isa ("auto");
}
END_TEST

typedef struct
{
  double d;
  double c;
  double z;
  /* exp (z^2 / 2 + d - d x + d log (x)) for x = (1 + c z)^3 */
  double chance;
} AcceptanceCase;

static const AcceptanceCase acceptance_cases[] = {
  { 0x1.5555555555555p-1, 0x1.a20bd700c2c3ep-2, -0x1.3333333333333p+0, 0x1.e7f37cfd86237p-1 },
  { 0x1.5555555555555p-1, 0x1.a20bd700c2c3ep-2, -0x1.ccccccccccccdp-1, 0x1.f963fcc204bc9p-1 },
  { 0x1.5555555555555p-1, 0x1.a20bd700c2c3ep-2, 0x1.0000000000000p+1, 0x1.bf2a8655c499cp-1 },
  { 0x1.5555555555555p-1, 0x1.a20bd700c2c3ep-2, 0x1.0000000000000p+2, 0x1.abb57dc3ea530p-3 },
  { 0x1.5555555555555p-1, 0x1.a20bd700c2c3ep-2, 0x1.a000000000000p+2, 0x1.347440dd5f900p-12 },
  { 0x1.0000000000000p+0, 0x1.5555555555555p-2, -0x1.3333333333333p+0, 0x1.f1a01fb68418dp-1 },
  { 0x1.0000000000000p+0, 0x1.5555555555555p-2, -0x1.ccccccccccccdp-1, 0x1.fbe860dc32f39p-1 },
  { 0x1.0000000000000p+0, 0x1.5555555555555p-2, 0x1.0000000000000p+1, 0x1.d09902c5acc43p-1 },
  { 0x1.0000000000000p+0, 0x1.5555555555555p-2, 0x1.0000000000000p+2, 0x1.406de71b1190cp-2 },
  { 0x1.0000000000000p+0, 0x1.5555555555555p-2, 0x1.a000000000000p+2, 0x1.11aaad5669fedp-9 },
  { 0x1.0000000000000p+0, 0x1.5555555555555p-2, -0x1.4000000000000p+1, 0x1.23f1cbc2077e9p-2 },
  { 0x1.4000000000000p+2, 0x1.314c3d92a9e91p-3, -0x1.3333333333333p+0, 0x1.fdb5480f25989p-1 },
  { 0x1.4000000000000p+2, 0x1.314c3d92a9e91p-3, -0x1.ccccccccccccdp-1, 0x1.ff4d9dbc4bf9dp-1 },
  { 0x1.4000000000000p+2, 0x1.314c3d92a9e91p-3, 0x1.0000000000000p+1, 0x1.f3e08cb816687p-1 },
  { 0x1.4000000000000p+2, 0x1.314c3d92a9e91p-3, 0x1.0000000000000p+2, 0x1.72ddc0ab432a5p-1 },
  { 0x1.4000000000000p+2, 0x1.314c3d92a9e91p-3, 0x1.a000000000000p+2, 0x1.38d81e2f1db39p-3 },
  { 0x1.4000000000000p+2, 0x1.314c3d92a9e91p-3, -0x1.4000000000000p+1, 0x1.cd86592872ad1p-1 },
  { 0x1.4000000000000p+2, 0x1.314c3d92a9e91p-3, -0x1.6000000000000p+2, 0x1.dc70efda87262p-9 },
  { 0x1.e000000000000p+4, 0x1.f28c9b380eb76p-5, -0x1.3333333333333p+0, 0x1.ffa6ecd06025fp-1 },
  { 0x1.e000000000000p+4, 0x1.f28c9b380eb76p-5, -0x1.ccccccccccccdp-1, 0x1.ffe43dfd05c0cp-1 },
  { 0x1.e000000000000p+4, 0x1.f28c9b380eb76p-5, 0x1.0000000000000p+1, 0x1.fdb34b1f8add1p-1 },
  { 0x1.e000000000000p+4, 0x1.f28c9b380eb76p-5, 0x1.0000000000000p+2, 0x1.df32de4222293p-1 },
  { 0x1.e000000000000p+4, 0x1.f28c9b380eb76p-5, 0x1.a000000000000p+2, 0x1.508d1d09f567fp-1 },
  { 0x1.e000000000000p+4, 0x1.f28c9b380eb76p-5, -0x1.4000000000000p+1, 0x1.f903aac5a5813p-1 },
  { 0x1.e000000000000p+4, 0x1.f28c9b380eb76p-5, -0x1.6000000000000p+2, 0x1.5b70f0735900fp-1 },
  { 0x1.f400000000000p+9, 0x1.5967b13804deep-7, -0x1.3333333333333p+0, 0x1.fffd752c2532cp-1 },
  { 0x1.f400000000000p+9, 0x1.5967b13804deep-7, -0x1.ccccccccccccdp-1, 0x1.ffff32991a9f8p-1 },
  { 0x1.f400000000000p+9, 0x1.5967b13804deep-7, 0x1.0000000000000p+1, 0x1.ffece7b89c584p-1 },
  { 0x1.f400000000000p+9, 0x1.5967b13804deep-7, 0x1.0000000000000p+2, 0x1.fed3c79565c53p-1 },
  { 0x1.f400000000000p+9, 0x1.5967b13804deep-7, 0x1.a000000000000p+2, 0x1.f809f2e10aee2p-1 },
  { 0x1.f400000000000p+9, 0x1.5967b13804deep-7, -0x1.4000000000000p+1, 0x1.ffcf9463c2e3fp-1 },
  { 0x1.f400000000000p+9, 0x1.5967b13804deep-7, -0x1.6000000000000p+2, 0x1.fb787c7c4f461p-1 },
  { 0x1.e848000000000p+19, 0x1.5d867c3ece2a5p-12, -0x1.3333333333333p+0, 0x1.ffffff5b053d1p-1 },
  { 0x1.e848000000000p+19, 0x1.5d867c3ece2a5p-12, -0x1.ccccccccccccdp-1, 0x1.ffffffcbcdba1p-1 },
  { 0x1.e848000000000p+19, 0x1.5d867c3ece2a5p-12, 0x1.0000000000000p+1, 0x1.fffffb0818746p-1 },
  { 0x1.e848000000000p+19, 0x1.5d867c3ece2a5p-12, 0x1.0000000000000p+2, 0x1.ffffb08c646ccp-1 },
  { 0x1.e848000000000p+19, 0x1.5d867c3ece2a5p-12, 0x1.a000000000000p+2, 0x1.fffdd65d51a9dp-1 },
  { 0x1.e848000000000p+19, 0x1.5d867c3ece2a5p-12, -0x1.4000000000000p+1, 0x1.fffff3db0937fp-1 },
  { 0x1.e848000000000p+19, 0x1.5d867c3ece2a5p-12, -0x1.6000000000000p+2, 0x1.fffee348984e8p-1 },
  { 0x1.d1a94a2000000p+39, 0x1.65e9f80f29212p-22, -0x1.3333333333333p+0, 0x1.fffffffffff53p-1 },
  { 0x1.d1a94a2000000p+39, 0x1.65e9f80f29212p-22, -0x1.ccccccccccccdp-1, 0x1.fffffffffffc9p-1 },
  { 0x1.d1a94a2000000p+39, 0x1.65e9f80f29212p-22, 0x1.0000000000000p+1, 0x1.ffffffffffacap-1 },
  { 0x1.d1a94a2000000p+39, 0x1.65e9f80f29212p-22, 0x1.0000000000000p+2, 0x1.fffffffffac9ap-1 },
  { 0x1.d1a94a2000000p+39, 0x1.65e9f80f29212p-22, 0x1.a000000000000p+2, 0x1.ffffffffdba76p-1 },
  { 0x1.d1a94a2000000p+39, 0x1.65e9f80f29212p-22, -0x1.4000000000000p+1, 0x1.ffffffffff346p-1 },
  { 0x1.d1a94a2000000p+39, 0x1.65e9f80f29212p-22, -0x1.6000000000000p+2, 0x1.ffffffffed5e4p-1 },
};

/* With the chance that the ratio of densities gives, be the shape small or large. */
START_TEST (gamma_attempts_are_accepted_by_the_density)
{
  for (guint k = 0; k < G_N_ELEMENTS (acceptance_cases); k++)
    {
      const AcceptanceCase *c = &acceptance_cases[k];
      const ConsetGamma gamma = { c->d, c->c };
      double below = c->chance * (1.0 - 1e-11) * 0x1p64, above = c->chance * (1.0 + 1e-11) * 0x1p64;
      double x;

      ck_assert_msg (conset_gamma_accepts (&gamma, c->z, (guint64) below, &x), "d %g, z %g", c->d,
                     c->z);
      if (above < 0x1p64)
        ck_assert_msg (!conset_gamma_accepts (&gamma, c->z, (guint64) above, &x), "d %g, z %g",
                       c->d, c->z);
    }
}
END_TEST

/* The draws of pairs: along and across, listed and not, near places where words carry. */
START_TEST (pairs_have_their_own_draws)
{
  static const guint64 firsts[] = { 0, 77, (G_GUINT64_CONSTANT (1) << 32) - 9,
                                    CONSET_INDEX_END - 5000 };
  const ConsetKey key = conset_key (5, CONSET_RULE_NORMAL, 3);
  guint32 list[100];
  guint64 bits[101], more[101];

  if (!conset_set_isa (isas[_i]))
    return;
  for (guint k = 0; k < 100; k++)
    list[k] = 7 * k + k % 3;
  for (guint turn = 0; turn < 4 * 4 * 101; turn++)
    {
      guint64 first = firsts[turn % 4], line = firsts[turn / 4 % 4] + 3;
      gboolean along = turn % 2, listed = turn / 8 % 2, with_more = turn / 2 % 3 > 0;
      guint n = turn / 16;

      bits[n] = more[n] = 42;
      conset_draws ()->pair_draws (&key, along, line, first, listed ? list : NULL, n, bits,
                                   with_more ? more : NULL);
      ck_assert_uint_eq (bits[n], 42);
      ck_assert_uint_eq (more[n], 42);
      for (guint k = 0; k < n; k++)
        {
          guint64 other = first + (listed ? list[k] : k);
          guint32 words[4];

          conset_draw (&key, along ? other : line, along ? line : other, words);
          if (bits[k] != (words[0] | (guint64) words[1] << 32)
              || (with_more && more[k] != (words[2] | (guint64) words[3] << 32)))
            ck_abort_msg ("%s: turn %u, pair %u", conset_isa (), turn, k);
        }
    }
  conset_set_isa ("auto");
}
END_TEST

static guint64
digest_add (guint64 digest, double x)
{
  guint64 bits = pinned_bits (x);

  return (digest ^ bits ^ bits >> 29) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

/* These numbers are part of the definition of every value that is drawn. */
START_TEST (bits_never_change)
{
  const ConsetNormalPart part = conset_normal_part (-1.5, 3.0);
  guint64 digest = 0;

  for (guint64 k = 0; k < 5000; k++)
    {
      guint64 bits = k * G_GUINT64_CONSTANT (0x0003456789abcdef) >> k % 40;

      digest = digest_add (digest, quantile_uniform (bits));
      digest = digest_add (digest, conset_quantile_normal (bits));
      digest = digest_add (digest, conset_quantile_part (&part, bits));
      digest = digest_add (digest, conset_quantile_exponential (~bits));
      digest = digest_add (digest, conset_normal_excess (8.0 + (double) k, 0.1, (double) k * 1e-3));
    }
  ck_assert_msg (digest == G_GUINT64_CONSTANT (0xf26c52fddfbdee09),
                 "digest 0x%016" G_GINT64_MODIFIER "x", digest);
}
END_TEST

/* }}} */

static Suite *
quantile_suite (void)
{
  Suite *suite = suite_create ("quantile");
  TCase *tcase = test_case_add (suite, "quantile");

  tcase_add_test (tcase, quantiles_are_right);
  tcase_add_test (tcase, normal_functions_are_right);
  tcase_add_test (tcase, far_tails_are_right);
  tcase_add_test (tcase, quantiles_grow_with_the_bits);
  tcase_add_test (tcase, parts_are_parts);
  tcase_add_loop_test (tcase, loops_are_the_functions, 0, N_ISAS);
  tcase_add_loop_test (tcase, gamma_attempts_are_the_function, 0, N_ISAS);
  tcase_add_test (tcase, gamma_attempts_are_accepted_by_the_density);
  tcase_add_loop_test (tcase, pairs_have_their_own_draws, 0, N_ISAS);
  tcase_add_test (tcase, bits_never_change);
  return suite;
}

int
main (void)
{
  return test_run (quantile_suite ());
}
