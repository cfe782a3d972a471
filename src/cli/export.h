/* SPDX-License-Identifier: MIT */
/*
 * What commands that read and write files of connections share.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/** In the order of ConsetFormat, as fromFile() calls them. */
#define CLI_FORMAT_CHOICES "auto|sonata|mtx|npy|coo|csr|csc|csv|tsv"

/** cli_export_write: writes what is in @export, with the threads and the progress that the user has
 * asked for. A signal ends the tool when @export has freed all that it holds. */
gboolean cli_export_write (ConsetExport *export, GError **error);

G_END_DECLS
