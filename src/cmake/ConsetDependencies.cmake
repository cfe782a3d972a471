# SPDX-License-Identifier: MIT
#
# GLib (public), the headers of Random123 (private), Check (tests); udunits2, HDF5, zlib, libxml2 and
# Cairo (private, optional); MPI (a library of its own, optional).

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

# conset_part (<option> <found> <text> <library> <package> <without>): an optional part, on where what
# it needs was found, as <found> tells. <without> says what a build has without it.
function (conset_part option found text library package without)
  if (${found})
    option (${option} "${text} (needs ${library})" ON)
  else ()
    option (${option} "${text} (needs ${library})" OFF)
  endif ()
  if (${option} AND NOT ${found})
    message (FATAL_ERROR "${library} is missing; on Debian and Ubuntu: apt-get install ${package}, "
      "or set ${option}=OFF")
  elseif (NOT ${option})
    message (STATUS "${without} (${option})")
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
conset_part (CONSET_UNITS udunits2_FOUND "Units of values" udunits2 libudunits2-dev
  "Values have no units in this build")

# Version 1.16 is the first that leaves the date out of PDF.
set (CONSET_CAIRO_MODULES cairo>=1.16 cairo-pdf cairo-png)
pkg_check_modules (CONSET_CAIRO_LIBRARY QUIET IMPORTED_TARGET GLOBAL ${CONSET_CAIRO_MODULES})
conset_part (CONSET_CAIRO CONSET_CAIRO_LIBRARY_FOUND "Pictures in PNG and PDF" Cairo libcairo2-dev
  "Pictures are written as SVG only in this build")

find_package (HDF5 1.10.5 QUIET COMPONENTS C)
conset_part (CONSET_HDF5 HDF5_FOUND "Files in HDF5, such as SONATA" HDF5 libhdf5-dev
  "This build neither writes nor reads HDF5")
if (CONSET_HDF5)
  # A shared libhdf5 brings what it needs itself.
  set (CONSET_HDF5_LIBRARIES ${HDF5_C_LIBRARIES})
  list (FILTER CONSET_HDF5_LIBRARIES INCLUDE REGEX "hdf5[^/]*\\${CMAKE_SHARED_LIBRARY_SUFFIX}")
  if (NOT CONSET_HDF5_LIBRARIES)
    set (CONSET_HDF5_LIBRARIES ${HDF5_C_LIBRARIES})
  endif ()
  # Serial or parallel, whichever is found (HDF5_PREFER_PARALLEL): nothing depends on it, but that the
  # headers of a parallel one include those of MPI.
  if (HDF5_IS_PARALLEL)
    find_package (MPI REQUIRED COMPONENTS C)
    list (APPEND HDF5_C_INCLUDE_DIRS ${MPI_C_INCLUDE_DIRS})
  endif ()
endif ()

find_package (MPI QUIET COMPONENTS C)
conset_part (CONSET_MPI MPI_C_FOUND "Ranks" MPI libopenmpi-dev
  "This build does not work with ranks")

pkg_check_modules (CONSET_LIBXML2 QUIET IMPORTED_TARGET GLOBAL "libxml-2.0>=2.9")
conset_part (CONSET_XML CONSET_LIBXML2_FOUND "Reading of XML" libxml2 libxml2-dev
  "XML is written but not read in this build")

# Compressed archives of NumPy; GLib needs zlib, too, so that it is hardly ever missing.
find_package (ZLIB QUIET)
