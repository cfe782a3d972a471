# SPDX-License-Identifier: MIT
#
# Sources are listed one by one; a file that was forgotten, or is gone, stops the configuration.

# conset_audit_sources (<glob> <file>...): the files, relative to the top, must be all that match.
function (conset_audit_sources glob)
  file (GLOB present CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}
    "${PROJECT_SOURCE_DIR}/${glob}")
  set (forgotten ${present})
  set (gone ${ARGN})
  list (REMOVE_ITEM forgotten ${ARGN})
  list (REMOVE_ITEM gone ${present})
  if (forgotten)
    message (FATAL_ERROR "${glob}: ${forgotten} is in the folder, but in no list of CMakeLists.txt")
  endif ()
  if (gone)
    message (FATAL_ERROR "${glob}: ${gone} is in a list of CMakeLists.txt, but not in the folder")
  endif ()
endfunction ()
