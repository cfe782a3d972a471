# SPDX-License-Identifier: MIT
#
# How all C code of the project is compiled.

include (CheckCSourceCompiles)

if (NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set (CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug, RelWithDebInfo or MinSizeRel" FORCE)
endif ()

# GNU C11: the kernels use __int128 and vector extensions.
set (CMAKE_C_STANDARD 11)
set (CMAKE_C_STANDARD_REQUIRED ON)
set (CMAKE_C_EXTENSIONS ON)
set (CMAKE_C_VISIBILITY_PRESET hidden)

if (NOT CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
  message (FATAL_ERROR "conset needs gcc or clang, not ${CMAKE_C_COMPILER_ID}: set CC=gcc")
endif ()

# No contraction: results are the same bits on every machine.
add_compile_options (
  -ffp-contract=off
  -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wno-psabi)

if (CONSET_WERROR)
  add_compile_options (-Werror)
endif ()

if (CONSET_SANITIZE)
  list (JOIN CONSET_SANITIZE "," sanitizers)
  add_compile_options (-fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
  add_link_options (-fsanitize=${sanitizers})
endif ()

# Whether the kernels are compiled for AVX2 as well; the machine they run on decides which to use.
set (CONSET_AVX2_FLAGS -mavx2 -mbmi -mbmi2 -mpopcnt -mlzcnt)
list (JOIN CONSET_AVX2_FLAGS " " CMAKE_REQUIRED_FLAGS)
check_c_source_compiles ([[
  #if !defined(__x86_64__) || !defined(__AVX2__)
  #error "not AVX2"
  #endif
  #include <immintrin.h>
  int main (void) { return _mm256_movemask_epi8 (_mm256_setzero_si256 ()); }
]] CONSET_HAVE_AVX2)
unset (CMAKE_REQUIRED_FLAGS)
