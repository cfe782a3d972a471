# SPDX-License-Identifier: MIT
#
# udunits2, as udunits2::udunits2. Not every installation has a pkg-config file, and some put the
# header into a folder. The static library needs Expat, which is linked with it if it is found.

find_path (udunits2_INCLUDE_DIR udunits2.h PATH_SUFFIXES udunits2)
find_library (udunits2_LIBRARY udunits2)
mark_as_advanced (udunits2_INCLUDE_DIR udunits2_LIBRARY)

include (FindPackageHandleStandardArgs)
find_package_handle_standard_args (udunits2 REQUIRED_VARS udunits2_LIBRARY udunits2_INCLUDE_DIR)

if (udunits2_FOUND AND NOT TARGET udunits2::udunits2)
  add_library (udunits2::udunits2 UNKNOWN IMPORTED)
  set_target_properties (udunits2::udunits2 PROPERTIES
    IMPORTED_LOCATION "${udunits2_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${udunits2_INCLUDE_DIR}")
  if (udunits2_LIBRARY MATCHES "\\${CMAKE_STATIC_LIBRARY_SUFFIX}$")
    find_library (udunits2_EXPAT_LIBRARY expat)
    mark_as_advanced (udunits2_EXPAT_LIBRARY)
    if (udunits2_EXPAT_LIBRARY)
      set_property (TARGET udunits2::udunits2 PROPERTY
        INTERFACE_LINK_LIBRARIES "${udunits2_EXPAT_LIBRARY}" m)
    endif ()
  endif ()
endif ()
