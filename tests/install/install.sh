#!/bin/sh
# SPDX-License-Identifier: MIT
#
# install.sh BUILD-DIR PREFIX: installs a build, and uses it from outside: by find_package from
# the prefix and from the build tree, by pkg-config after the prefix was moved, as a command.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "$1")
rm -rf "$2"
mkdir -p "$2"
prefix=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

expect ()
{
  for path in "$@"; do
    [ -s "$path" ] || { echo "not installed: $path"; exit 1; }
  done
}

# consume NAME OPTION: builds the consumer by find_package, and runs it.
consume ()
{
  echo "== find_package from $1"
  cmake -S "$here" -B "$work/$1" "$2" -DCMAKE_BUILD_TYPE=Release
  cmake --build "$work/$1"
  "$work/$1/consumer"
  [ -z "$mpi" ] || "$work/$1/consumer-mpi"
}

echo "== install"
cmake --install "$build" --prefix "$prefix"
# Whether there are ranks, where a single process starts without mpirun.
mpi=$(find "$prefix" -name conset-mpi.pc)
OMPI_ALLOW_RUN_AS_ROOT=1
OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_ALLOW_RUN_AS_ROOT OMPI_ALLOW_RUN_AS_ROOT_CONFIRM
consume prefix "-DCMAKE_PREFIX_PATH=$prefix"
consume build "-Dconset_DIR=$build"

echo "== pkg-config, from a prefix that was moved"
cp -R "$prefix" "$work/moved"
pc=$(find "$work/moved" -name conset.pc)
PKG_CONFIG_PATH=$(dirname "$pc")
LD_LIBRARY_PATH=$(dirname "$PKG_CONFIG_PATH")
export PKG_CONFIG_PATH LD_LIBRARY_PATH
# The flags are a list of words.
# shellcheck disable=SC2046
"${CC:-cc}" "$here/consumer.c" -o "$work/consumer" $(pkg-config --cflags --libs conset)
"$work/consumer"
if [ -n "$mpi" ]; then
  # shellcheck disable=SC2046
  "${CC:-cc}" "$here/consumer_mpi.c" -o "$work/consumer-mpi" \
    $(pkg-config --cflags --libs conset-mpi)
  "$work/consumer-mpi"
fi
unset LD_LIBRARY_PATH

echo "== the tool"
[ "$("$work/moved/bin/conset" count 'oneToOne' -n 10)" = 10 ]
expect "$prefix/share/man/man1/conset.1" \
  "$prefix/share/bash-completion/completions/conset" \
  "$prefix/share/zsh/site-functions/_conset" \
  "$prefix/share/fish/vendor_completions.d/conset.fish"
