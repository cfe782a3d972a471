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

find_package (HDF5 QUIET COMPONENTS C)
option (CONSET_HDF5 "Files in HDF5, such as SONATA (needs libhdf5)" ${HDF5_FOUND})
if (CONSET_HDF5 AND NOT HDF5_FOUND)
  message (FATAL_ERROR "HDF5 is missing; on Debian and Ubuntu: apt-get install libhdf5-dev, "
    "or set CONSET_HDF5=OFF")
elseif (NOT CONSET_HDF5)
  message (STATUS "This build neither writes nor reads HDF5 (CONSET_HDF5)")
else ()
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
option (CONSET_MPI "Ranks (needs MPI)" ${MPI_C_FOUND})
if (CONSET_MPI AND NOT MPI_C_FOUND)
  message (FATAL_ERROR "MPI is missing; on Debian and Ubuntu: apt-get install libopenmpi-dev, "
    "or set CONSET_MPI=OFF")
elseif (NOT CONSET_MPI)
  message (STATUS "This build does not work with ranks (CONSET_MPI)")
endif ()

pkg_check_modules (CONSET_LIBXML2 QUIET IMPORTED_TARGET GLOBAL "libxml-2.0>=2.9")
option (CONSET_XML "Reading of XML (needs libxml2)" ${CONSET_LIBXML2_FOUND})
if (CONSET_XML AND NOT CONSET_LIBXML2_FOUND)
  message (FATAL_ERROR "libxml2 is missing; on Debian and Ubuntu: apt-get install libxml2-dev, "
    "or set CONSET_XML=OFF")
elseif (NOT CONSET_XML)
  message (STATUS "XML is written but not read in this build (CONSET_XML)")
endif ()

# Compressed archives of NumPy; GLib needs zlib, too, so that it is hardly ever missing.
find_package (ZLIB QUIET)
