/* SPDX-License-Identifier: MIT */
/*
 * What commands read: their arguments, one after the other, and texts.
 *
 * cli_parse_options() has seen to it that the arguments are there; one that is taken is
 * skipped.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/** cli_take_set: Returns: (transfer full): the set of -f, or else of the next argument; NULL with
 * @error set */
Conset *cli_take_set (char ***arguments, GError **error);

/** cli_take_geometry: the same for an expression that denotes a geometry. */
ConsetGeometry *cli_take_geometry (char ***arguments, GError **error);

/** cli_parse_set: Returns: (transfer full): the set that an argument denotes, whatever -f says; NULL
 * with @error set */
Conset *cli_parse_set (const char *argument, GError **error);

/** cli_parse_geometry: the same for a geometry. */
ConsetGeometry *cli_parse_geometry (const char *argument, GError **error);

/** cli_take_index: reads the next argument, which the user knows as @name, into @index. */
gboolean cli_take_index (char ***arguments, const char *name, guint64 *index, GError **error);

/**
 * cli_read_text:
 * @file: name of a file, "-" for standard input
 *
 * Returns: (transfer full): what it holds; NULL with @error set, also if it is not UTF-8
 */
char *cli_read_text (const char *file, GError **error);

/** cli_get_file_title: Returns: (transfer full): what to call @file in a message */
char *cli_get_file_title (const char *file);

G_END_DECLS
