/* SPDX-License-Identifier: MIT */
/*
 * Files of pictures, which appear under their names when they are whole.
 */
#pragma once

#include <conset/plot.h>

/** conset_picture_format_of: Returns: FALSE with @error set unless the name ends in .png, .svg or
 * .pdf */
gboolean conset_picture_format_of (const char           *file,
                                   ConsetPictureFormat  *format,
                                   GError              **error);

/** conset_picture_file_check: Returns: FALSE with @error set if it is known that nothing can be
 * written there: before a long work, rather than after it */
gboolean conset_picture_file_check (const char          *file,
                                   GError              **error);

/** conset_picture_file_write: writes @bytes beside @file and renames that; symbolic links are
 * followed, and what is no regular file is refused. */
gboolean conset_picture_file_write (const char          *file,
                                   GBytes               *bytes,
                                   GError              **error);
