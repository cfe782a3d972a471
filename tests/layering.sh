#!/bin/sh
# SPDX-License-Identifier: MIT
#
# layering.sh SOURCE-DIR: holds every #include of the project against who may include whom.
#
#   include/     GLib, itself
#   src/         include/, src/            (files of the folder itself: the core)
#   src/lang/    include/, src/, src/lang/
#   src/io/      include/, src/, src/io/
#   src/plot/    include/, src/, src/io/, src/plot/, Cairo
#   src/cli/     <conset/conset.h>, src/cli/
#   algebra/     include/, src/, algebra/
#   geometry/    include/, src/, geometry/
#   demos/       <conset/conset.h>, demos/
#
# Beyond that everyone may include C's and the system's own headers (those in no folder, or in
# sys/) and <glib.h>, and the library Random123, src/lang/ also libxml2. Public headers may include
# <stdint.h>. An include in quotes must name a file that is there.

set -eu

cd "$1"

# Prints the folder of the project that an include in quotes ($2) of file $1 leads to.
folder_of ()
{
  for place in "$(dirname "$1")" src; do
    if [ -f "$place/$2" ]; then
      (cd "$(dirname "$place/$2")" && pwd -P)
      return
    fi
  done
  echo "no such file"
}

# Whether the file $4, in the folder $1, may include $2 that lies in $3.
may_include ()
{
  case "$1:$3:$2" in
    include/conset:angle:mpi.h) [ "$4" = include/conset/mpi.h ] || return 1 ;;
    include/conset:angle:stdint.h | include/conset:angle:glib.h | include/conset:angle:conset/*.h) ;;
    include/conset:*) return 1 ;;
    src/cli:angle:conset/conset.h | demos:angle:conset/conset.h) ;;
    src/cli:angle:conset/mpi.h | demos:angle:conset/mpi.h) ;;
    src/cli:angle:conset/* | demos:angle:conset/*) return 1 ;;
    src/cli:src/cli:* | demos:demos:*) ;;
    *:angle:conset/*.h) ;;
    src/lang:angle:libxml/*) ;;
    src:angle:Random123/* | src/lang:angle:Random123/*) ;;
    algebra:angle:Random123/* | geometry:angle:Random123/*) ;;
    *:angle:glib-object.h | *:angle:gio.h) return 1 ;;
    *:angle:sys/*.h) ;;
    src/io:angle:glib/gstdio.h) ;;
    *:angle:*/*) return 1 ;;
    *:angle:*.h) ;;
    src:src:* | src/lang:src:* | algebra:src:* | geometry:src:*) ;;
    src/io:src:* | src/io:src/io:* | src/plot:src:* | src/plot:src/io:* | src/plot:src/plot:*) ;;
    src/lang:src/lang:* | algebra:algebra:* | geometry:geometry:*) ;;
    *) return 1 ;;
  esac
}

top=$(pwd -P)
n_files=0
n_wrong=0

for file in include/conset/*.h src/*.[ch] src/*/*.[ch] algebra/*.[ch] geometry/*.[ch] demos/*.[ch]
do
  [ -f "$file" ] || continue
  n_files=$((n_files + 1))
  from=$(dirname "$file")
  # Names of headers hold no spaces.
  # shellcheck disable=SC2013
  for include in $(sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*\([<"][^>"]*[>"]\).*/\1/p' \
    "$file")
  do
    name=${include#?}
    name=${name%?}
    case $include in
      "<"*) to=angle ;;
      *) to=$(folder_of "$file" "$name") ;;
    esac
    to=${to#"$top/"}
    if ! may_include "$from" "$name" "$to" "$file"; then
      echo "$file: must not include $include"
      n_wrong=$((n_wrong + 1))
    fi
  done
done

echo "$n_files files, $n_wrong wrong includes"
[ "$n_files" -gt 0 ] && [ "$n_wrong" -eq 0 ]
