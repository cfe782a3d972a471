# SPDX-License-Identifier: MIT
#
# The tool, and its man page and shell completions, which it prints itself.

add_executable (conset ${CONSET_TOOL_SOURCES} src/cli/ranks_one.c)
target_compile_definitions (conset PRIVATE CONSET_VERSION="${PROJECT_VERSION}")
target_link_libraries (conset PRIVATE conset::conset m)

if (NOT IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}" AND NOT IS_ABSOLUTE "${CMAKE_INSTALL_BINDIR}")
  file (RELATIVE_PATH bin_to_lib
    "/prefix/${CMAKE_INSTALL_BINDIR}" "/prefix/${CMAKE_INSTALL_LIBDIR}")
  set_target_properties (conset PROPERTIES INSTALL_RPATH "$ORIGIN/${bin_to_lib}")
endif ()

# What is compiled for another machine cannot print here.
if (CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  return ()
endif ()

set (docs ${PROJECT_BINARY_DIR}/docs)
file (MAKE_DIRECTORY ${docs})
add_custom_command (
  OUTPUT ${docs}/conset.1 ${docs}/conset ${docs}/_conset ${docs}/conset.fish
  COMMAND conset docs man > ${docs}/conset.1
  COMMAND conset docs bash > ${docs}/conset
  COMMAND conset docs zsh > ${docs}/_conset
  COMMAND conset docs fish > ${docs}/conset.fish
  DEPENDS conset
  COMMENT "Writing the man page and the shell completions"
  VERBATIM)
add_custom_target (conset-docs ALL
  DEPENDS ${docs}/conset.1 ${docs}/conset ${docs}/_conset ${docs}/conset.fish)

install (FILES ${docs}/conset.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install (FILES ${docs}/conset
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install (FILES ${docs}/_conset DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install (FILES ${docs}/conset.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
