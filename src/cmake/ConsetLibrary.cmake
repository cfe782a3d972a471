# SPDX-License-Identifier: MIT
#
# libconset, from three sets of objects: the kernels for any machine, the kernels for AVX2, and
# everything else. The same objects make libconset-private, whose hidden functions the tests see.

function (conset_add_objects name)
  add_library (${name} OBJECT ${ARGN})
  set_target_properties (${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_compile_definitions (${name} PRIVATE
    CONSET_COMPILATION
    CONSET_VERSION="${PROJECT_VERSION}"
    $<$<NOT:$<BOOL:${BUILD_SHARED_LIBS}>>:CONSET_STATIC>
    $<$<BOOL:${CONSET_HAVE_AVX2}>:CONSET_HAVE_AVX2>
    $<$<BOOL:${CONSET_UNITS}>:CONSET_HAVE_UDUNITS2>
    $<$<BOOL:${CONSET_CAIRO}>:CONSET_HAVE_CAIRO>
    $<$<BOOL:${CONSET_HDF5}>:CONSET_HAVE_HDF5>
    $<$<BOOL:${CONSET_XML}>:CONSET_HAVE_LIBXML2>
    $<$<BOOL:${ZLIB_FOUND}>:CONSET_HAVE_ZLIB>)
  target_include_directories (${name} PRIVATE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
  target_include_directories (${name} SYSTEM PRIVATE ${CONSET_RANDOM123_INCLUDE_DIR}
    $<$<BOOL:${CONSET_HDF5}>:${HDF5_C_INCLUDE_DIRS}> $<$<BOOL:${ZLIB_FOUND}>:${ZLIB_INCLUDE_DIRS}>)
  target_link_libraries (${name} PRIVATE
    PkgConfig::CONSET_GLIB $<$<BOOL:${CONSET_UNITS}>:udunits2::udunits2>
    $<$<BOOL:${CONSET_CAIRO}>:PkgConfig::CONSET_CAIRO_LIBRARY>
    $<$<BOOL:${CONSET_XML}>:PkgConfig::CONSET_LIBXML2>)
endfunction ()

# The kernels are loops that need the optimizer, even where one debugs around them.
function (conset_add_kernels isa)
  conset_add_objects (conset-kernels-${isa} ${CONSET_KERNEL_SOURCES})
  target_compile_definitions (conset-kernels-${isa} PRIVATE
    CONSET_KERNELS=conset_kernels_${isa}
    CONSET_DRAWS=conset_draws_${isa}
    CONSET_COINS=conset_coins_${isa}
    CONSET_GROUP_DRAWS=conset_group_draws_${isa}
    CONSET_ARITHMETIC=conset_arithmetic_${isa}
    CONSET_QUANTILES=conset_quantiles_${isa}
    CONSET_SPATIAL=conset_spatial_${isa})
  # Without errno and traps of arithmetic, which nobody asks for, more loops become vector code;
  # results stay the same.
  target_compile_options (conset-kernels-${isa} PRIVATE
    $<IF:$<CONFIG:Debug>,-O1,-O3> -fno-math-errno -fno-trapping-math ${ARGN})
endfunction ()

conset_add_objects (conset-objects
  ${CONSET_CORE_SOURCES} ${CONSET_ALGEBRA_SOURCES} ${CONSET_GEOMETRY_SOURCES} ${CONSET_LANG_SOURCES}
  ${CONSET_PLOT_SOURCES}
  ${CONSET_IO_SOURCES} $<$<BOOL:${CONSET_HDF5}>:${CONSET_HDF5_SOURCES}>)
conset_add_kernels (portable)
set (CONSET_OBJECTS $<TARGET_OBJECTS:conset-objects> $<TARGET_OBJECTS:conset-kernels-portable>)

if (CONSET_HAVE_AVX2)
  conset_add_kernels (avx2 ${CONSET_AVX2_FLAGS})
  list (APPEND CONSET_OBJECTS $<TARGET_OBJECTS:conset-kernels-avx2>)
endif ()

function (conset_add_library name)
  add_library (${name} ${ARGN} ${CONSET_OBJECTS})
  target_include_directories (${name} INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries (${name} PUBLIC PkgConfig::CONSET_GLIB PRIVATE m)
  if (CONSET_UNITS)
    target_link_libraries (${name} PRIVATE udunits2::udunits2)
  endif ()
  if (CONSET_CAIRO)
    target_link_libraries (${name} PRIVATE PkgConfig::CONSET_CAIRO_LIBRARY)
  endif ()
  if (CONSET_HDF5)
    target_link_libraries (${name} PRIVATE ${CONSET_HDF5_LIBRARIES})
  endif ()
  if (CONSET_XML)
    target_link_libraries (${name} PRIVATE PkgConfig::CONSET_LIBXML2)
  endif ()
  if (ZLIB_FOUND)
    target_link_libraries (${name} PRIVATE ${ZLIB_LIBRARIES})
  endif ()
  set_target_properties (${name} PROPERTIES LINKER_LANGUAGE C)
endfunction ()

conset_add_library (libconset)
set_target_properties (libconset PROPERTIES
  OUTPUT_NAME conset
  EXPORT_NAME conset
  VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR})
if (NOT CONSET_SANITIZE AND NOT APPLE)
  target_link_options (libconset PRIVATE LINKER:--no-undefined)
endif ()
add_library (conset::conset ALIAS libconset)

conset_add_library (libconset-private STATIC EXCLUDE_FROM_ALL)
set_target_properties (libconset-private PROPERTIES
  OUTPUT_NAME conset-private
  ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
target_compile_definitions (libconset-private INTERFACE CONSET_COMPILATION)
target_include_directories (libconset-private INTERFACE
  ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/src/plot ${PROJECT_SOURCE_DIR}/geometry)
