/* SPDX-License-Identifier: MIT */
/*
 * Colours of pictures: maps, as colours at equal distances with straight lines between them.
 *
 * viridis is that of S. van der Walt, N. Smith and E. Firing (2015), given to the public domain
 * (CC0): every fifth of its 256 colours. The diverging map is RdBu of ColorBrewer, C. A. Brewer,
 * M. Harrower and The Pennsylvania State University (2002), Apache License 2.0, from blue to red.
 * The categories are those of M. Okabe and K. Ito (2008), which people with any colour vision can
 * tell apart; without their yellow, which is faint on paper, and black.
 */
#include "colours.h"

#include <math.h>

static const ConsetColour viridis[] = {
  0x440154, 0x46075a, 0x471063, 0x481769, 0x481d6f, 0x482475, 0x472a7a, 0x46307e, 0x453781,
  0x433d84, 0x414287, 0x3f4889, 0x3d4e8a, 0x3a538b, 0x38598c, 0x355e8d, 0x33638d, 0x31688e,
  0x2e6d8e, 0x2c718e, 0x2a768e, 0x297b8e, 0x27808e, 0x25848e, 0x23898e, 0x218e8d, 0x20928c,
  0x1f978b, 0x1e9c89, 0x1fa188, 0x21a585, 0x24aa83, 0x28ae80, 0x2eb37c, 0x35b779, 0x3dbc74,
  0x46c06f, 0x50c46a, 0x5ac864, 0x65cb5e, 0x70cf57, 0x7cd250, 0x89d548, 0x95d840, 0xa2da37,
  0xb0dd2f, 0xbddf26, 0xcae11f, 0xd8e219, 0xe5e419, 0xf1e51d, 0xfde725,
};

static const ConsetColour diverging[] = {
  0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7,
  0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b, 0x67001f,
};

static const ConsetColour grey[] = { 0xffffff, 0x000000 };

static const ConsetColour ink[] = { 0xd3e0ed, 0x7598bb, CONSET_COLOUR_INK };

static const struct
{
  const ConsetColour *colours;
  guint n;
} maps[] = {
  [CONSET_COLOURS_AUTO] = { viridis, G_N_ELEMENTS (viridis) },
  [CONSET_COLOURS_VIRIDIS] = { viridis, G_N_ELEMENTS (viridis) },
  [CONSET_COLOURS_DIVERGING] = { diverging, G_N_ELEMENTS (diverging) },
  [CONSET_COLOURS_GREY] = { grey, G_N_ELEMENTS (grey) },
  [CONSET_COLOURS_INK] = { ink, G_N_ELEMENTS (ink) },
};

static ConsetColour
mixed (ConsetColour a, ConsetColour b, double t)
{
  ConsetColour colour = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    {
      double from = (a >> shift) & 0xff;
      double to = (b >> shift) & 0xff;

      colour |= (ConsetColour) (from + t * (to - from) + 0.5) << shift;
    }
  return colour;
}

ConsetColour
conset_colour_at (ConsetColours map, double t)
{
  guint n = maps[map].n;
  double at = CLAMP (t, 0.0, 1.0) * (n - 1);
  guint k = MIN ((guint) at, n - 2);

  return mixed (maps[map].colours[k], maps[map].colours[k + 1], at - k);
}

guint8
conset_colour_level (double t)
{
  if (isnan (t))
    return CONSET_LEVEL_BROKEN;
  return CONSET_LEVEL_FIRST
         + (guint8) (CLAMP (t, 0.0, 1.0) * (CONSET_LEVEL_LAST - CONSET_LEVEL_FIRST) + 0.5);
}

void
conset_colour_palette (ConsetColours map, ConsetColour palette[CONSET_PALETTE_SIZE])
{
  palette[CONSET_LEVEL_BLANK] = CONSET_COLOUR_PAPER;
  for (guint k = CONSET_LEVEL_FIRST; k <= CONSET_LEVEL_LAST; k++)
    palette[k] = conset_colour_at (map, (double) (k - CONSET_LEVEL_FIRST)
                                          / (CONSET_LEVEL_LAST - CONSET_LEVEL_FIRST));
  palette[CONSET_LEVEL_BROKEN] = CONSET_COLOUR_BROKEN;
}

ConsetColour
conset_colour_category (guint k)
{
  static const ConsetColour categories[] = {
    0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x7f7f7f,
  };

  return categories[k % G_N_ELEMENTS (categories)];
}

/* By the luminance of ITU-R BT.601, in whole numbers. */
gboolean
conset_colour_is_dark (ConsetColour colour)
{
  guint red = colour >> 16, green = (colour >> 8) & 0xff, blue = colour & 0xff;

  return 299 * red + 587 * green + 114 * blue < 140 * 1000;
}
