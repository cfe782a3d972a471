# SPDX-License-Identifier: MIT
#
# libconset-mpi, and conset-mpi, the tool as mpirun starts it: `conset` hands over to it.

add_library (libconset-mpi ${CONSET_MPI_SOURCES})
set_target_properties (libconset-mpi PROPERTIES
  OUTPUT_NAME conset-mpi
  EXPORT_NAME mpi
  VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR}
  INSTALL_RPATH "$ORIGIN")
target_include_directories (libconset-mpi PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries (libconset-mpi PUBLIC conset::conset MPI::MPI_C)
add_library (conset::mpi ALIAS libconset-mpi)

if (CONSET_BUILD_TOOL)
  add_executable (conset-mpi ${CONSET_TOOL_SOURCES} src/cli/ranks_mpi.c)
  target_compile_definitions (conset-mpi PRIVATE CONSET_VERSION="${PROJECT_VERSION}")
  target_link_libraries (conset-mpi PRIVATE conset::mpi m)
  set_target_properties (conset-mpi PROPERTIES
    INSTALL_RPATH "$<TARGET_PROPERTY:conset,INSTALL_RPATH>")
endif ()
