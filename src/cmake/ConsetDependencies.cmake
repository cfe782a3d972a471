# SPDX-License-Identifier: MIT
#
# GLib (public), the headers of Random123 (private), Check (tests), udunits2 and Cairo (private,
# optional).

find_package (PkgConfig)
if (NOT PKG_CONFIG_FOUND)
  message (FATAL_ERROR "pkg-config is missing; on Debian and Ubuntu: apt-get install pkg-config")
endif ()

# conset_require (<target> <module> <package>): PkgConfig::<target> for a pkg-config module.
function (conset_require target module package)
  pkg_check_modules (${target} IMPORTED_TARGET GLOBAL "${module}")
  if (NOT ${target}_FOUND)
    message (FATAL_ERROR "${module} is missing; on Debian and Ubuntu: apt-get install ${package}")
  endif ()
endfunction ()

conset_require (CONSET_GLIB "glib-2.0>=2.70" libglib2.0-dev)

if (CONSET_BUILD_TESTS)
  conset_require (CONSET_CHECK "check>=0.15" check)
endif ()

find_path (CONSET_RANDOM123_INCLUDE_DIR Random123/threefry.h)
mark_as_advanced (CONSET_RANDOM123_INCLUDE_DIR)
if (NOT CONSET_RANDOM123_INCLUDE_DIR)
  message (FATAL_ERROR "the headers of Random123 are missing; "
    "on Debian and Ubuntu: apt-get install librandom123-dev")
endif ()

find_package (udunits2 QUIET)
option (CONSET_UNITS "Units of values (needs udunits2)" ${udunits2_FOUND})
if (CONSET_UNITS AND NOT udunits2_FOUND)
  message (FATAL_ERROR "udunits2 is missing; on Debian and Ubuntu: apt-get install libudunits2-dev, "
    "or set CONSET_UNITS=OFF")
elseif (NOT CONSET_UNITS)
  message (STATUS "Values have no units in this build (CONSET_UNITS)")
endif ()

# Version 1.16 is the first that leaves the date out of PDF.
set (CONSET_CAIRO_MODULES cairo>=1.16 cairo-pdf cairo-png)
pkg_check_modules (CONSET_CAIRO_LIBRARY QUIET IMPORTED_TARGET GLOBAL ${CONSET_CAIRO_MODULES})
option (CONSET_CAIRO "Pictures in PNG and PDF (needs Cairo)" ${CONSET_CAIRO_LIBRARY_FOUND})
if (CONSET_CAIRO AND NOT CONSET_CAIRO_LIBRARY_FOUND)
  message (FATAL_ERROR "Cairo is missing; on Debian and Ubuntu: apt-get install libcairo2-dev, "
    "or set CONSET_CAIRO=OFF")
elseif (NOT CONSET_CAIRO)
  message (STATUS "Pictures are written as SVG only in this build (CONSET_CAIRO)")
endif ()
