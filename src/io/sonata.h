/* SPDX-License-Identifier: MIT */
/*
 * What the writer and the reader of SONATA files agree about (SONATA Developer Guide of the Allen
 * Institute and the Blue Brain Project).
 */
#pragma once

#include <conset/types.h>

/** The name that @column has in a file, and back. */
const char *conset_sonata_name     (const char *column);
const char *conset_sonata_column   (const char *name);

/** @set (transfer full) with its delays, if they are times, in ms. */
Conset     *conset_sonata_set_units (Conset *set);
