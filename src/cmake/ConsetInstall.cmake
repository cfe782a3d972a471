# SPDX-License-Identifier: MIT
#
# Installation, for find_package (conset [COMPONENTS mpi]) and for pkg-config. The build tree serves
# find_package too: give its path as conset_DIR.

include (CMakePackageConfigHelpers)

set (CONSET_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/conset)
set (CONSET_PKGCONFIG_DIR ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# Who links with the static library links with what it needs.
set (CONSET_LINKS_UDUNITS2 OFF)
if (CONSET_UNITS AND NOT BUILD_SHARED_LIBS)
  set (CONSET_LINKS_UDUNITS2 ON)
endif ()

set (CONSET_LINKS_CAIRO OFF)
set (CONSET_PC_REQUIRES "")
if (CONSET_CAIRO AND NOT BUILD_SHARED_LIBS)
  set (CONSET_LINKS_CAIRO ON)
  string (APPEND CONSET_PC_REQUIRES ", cairo >= 1.16, cairo-pdf, cairo-png")
endif ()

set (CONSET_LINKS_LIBXML2 OFF)
if (CONSET_XML AND NOT BUILD_SHARED_LIBS)
  set (CONSET_LINKS_LIBXML2 ON)
  string (APPEND CONSET_PC_REQUIRES ", libxml-2.0 >= 2.9")
endif ()

configure_package_config_file (
  src/cmake/conset-config.cmake.in ${PROJECT_BINARY_DIR}/conset-config.cmake
  INSTALL_DESTINATION ${CONSET_CMAKE_DIR})
configure_file (src/cmake/Findudunits2.cmake ${PROJECT_BINARY_DIR}/Findudunits2.cmake COPYONLY)
write_basic_package_version_file (
  ${PROJECT_BINARY_DIR}/conset-config-version.cmake
  COMPATIBILITY SameMinorVersion)

# The .pc file finds the prefix from where it lies, so that an installed tree can be moved.
if (IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  set (CONSET_PC_PREFIX ${CMAKE_INSTALL_PREFIX})
else ()
  file (RELATIVE_PATH CONSET_PC_PREFIX "/prefix/${CONSET_PKGCONFIG_DIR}" "/prefix/")
  string (PREPEND CONSET_PC_PREFIX "\${pcfiledir}/")
  string (REGEX REPLACE "/$" "" CONSET_PC_PREFIX "${CONSET_PC_PREFIX}")
endif ()
cmake_path (APPEND CONSET_PC_LIBDIR "\${prefix}" "${CMAKE_INSTALL_LIBDIR}")
cmake_path (APPEND CONSET_PC_INCLUDEDIR "\${prefix}" "${CMAKE_INSTALL_INCLUDEDIR}")
if (BUILD_SHARED_LIBS)
  set (CONSET_PC_LIBS "-lconset")
else ()
  set (CONSET_PC_LIBS "-lconset -lm")
  if (CONSET_UNITS)
    cmake_path (GET udunits2_LIBRARY PARENT_PATH udunits2_LIBDIR)
    set (CONSET_PC_LIBS "-lconset -ludunits2 -lm")
    if (udunits2_EXPAT_LIBRARY)
      string (APPEND CONSET_PC_LIBS " -lexpat")
    endif ()
    if (NOT udunits2_LIBDIR IN_LIST CMAKE_C_IMPLICIT_LINK_DIRECTORIES)
      string (APPEND CONSET_PC_LIBS " -L${udunits2_LIBDIR}")
    endif ()
  endif ()
  if (CONSET_HDF5)
    list (JOIN CONSET_HDF5_LIBRARIES " " libraries)
    string (APPEND CONSET_PC_LIBS " ${libraries}")
  endif ()
  if (ZLIB_FOUND)
    string (APPEND CONSET_PC_LIBS " ${ZLIB_LIBRARIES}")
  endif ()
endif ()
configure_file (src/cmake/conset.pc.in ${PROJECT_BINARY_DIR}/conset.pc @ONLY)

install (TARGETS libconset EXPORT conset-targets)
install (FILES ${CONSET_HEADERS} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/conset)
install (FILES ${PROJECT_BINARY_DIR}/conset.pc DESTINATION ${CONSET_PKGCONFIG_DIR})
install (
  FILES ${PROJECT_BINARY_DIR}/conset-config.cmake ${PROJECT_BINARY_DIR}/conset-config-version.cmake
    src/cmake/Findudunits2.cmake
  DESTINATION ${CONSET_CMAKE_DIR})
install (EXPORT conset-targets NAMESPACE conset:: DESTINATION ${CONSET_CMAKE_DIR})
export (EXPORT conset-targets NAMESPACE conset:: FILE ${PROJECT_BINARY_DIR}/conset-targets.cmake)
install (FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

if (CONSET_BUILD_TOOL)
  install (TARGETS conset)
endif ()
if (CONSET_MPI)
  # Its header includes that of MPI, whose flags programs need that are not compiled by mpicc.
  list (TRANSFORM MPI_C_INCLUDE_DIRS PREPEND "-I" OUTPUT_VARIABLE flags)
  list (JOIN flags " " CONSET_PC_MPI_CFLAGS)
  list (JOIN MPI_C_LIBRARIES " " CONSET_PC_MPI_LIBS)
  configure_file (src/cmake/conset-mpi.pc.in ${PROJECT_BINARY_DIR}/conset-mpi.pc @ONLY)
  install (FILES ${PROJECT_BINARY_DIR}/conset-mpi.pc DESTINATION ${CONSET_PKGCONFIG_DIR})
  install (TARGETS libconset-mpi EXPORT conset-mpi-targets)
  install (EXPORT conset-mpi-targets NAMESPACE conset:: DESTINATION ${CONSET_CMAKE_DIR})
  export (EXPORT conset-mpi-targets NAMESPACE conset::
    FILE ${PROJECT_BINARY_DIR}/conset-mpi-targets.cmake)
  if (CONSET_BUILD_TOOL)
    install (TARGETS conset-mpi)
  endif ()
endif ()
