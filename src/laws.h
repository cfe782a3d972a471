#pragma once
#include "random.h"
typedef struct { ConsetKey key; guint64 a, b; } ConsetWell;
guint64 conset_draw_binomial (const ConsetWell *well, guint64 n, guint64 left, guint64 total);
guint64 conset_draw_hypergeometric (const ConsetWell *well, guint64 draws, guint64 left, guint64 total);
