#!/bin/sh
# SPDX-License-Identifier: MIT
#
# readme.sh README PREFIX: does what the README says, with conset as installed in PREFIX.
#
# A fenced block whose first line is a comment that is a file name, such as /* hello.c */, is
# saved under that name. In a block that starts with "$ ", each line after "$ " is a command, run
# in that folder, and what follows it is what it must print; which kernels are in use is up to the
# machine.

set -eu

readme=$(realpath "$1")
prefix=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/session" "$work/files"

awk -v session="$work/session" -v files="$work/files" '
  /^```/ {
    inside = !inside
    first = inside
    output = ""
    next
  }
  !inside { next }
  first && /^(#|\/\*) [a-z_]+\.[a-z]+( \*\/)?$/ {
    output = files "/" $2
    command = 0
  }
  first && /^\$ / { command = 1 }
  first && !/^\$ / { command = 0 }
  { first = 0 }
  command && /^\$ / {
    name = sprintf ("%s/%03d", session, ++n)
    print substr ($0, 3) > (name ".command")
    output = name ".expected"
    printf "" > output
    next
  }
  output != "" { print > output }
' "$readme"

PATH=$prefix/bin:$PATH
pc=$(find "$prefix" -name conset.pc)
PKG_CONFIG_PATH=$(dirname "$pc")
LD_LIBRARY_PATH=$(dirname "$PKG_CONFIG_PATH")
LC_ALL=C.UTF-8
export PATH PKG_CONFIG_PATH LD_LIBRARY_PATH LC_ALL

cd "$work/files"
n_commands=0
n_wrong=0
for command in "$work"/session/*.command; do
  name=${command%.command}
  n_commands=$((n_commands + 1))
  sh "$command" </dev/null 2>&1 | sed 's/portable kernels/avx2 kernels/' >"$name.printed"
  if ! diff -u --label README --label printed "$name.expected" "$name.printed" >"$name.diff"; then
    printf '$ '
    cat "$command" "$name.diff"
    n_wrong=$((n_wrong + 1))
  fi
done

echo "$n_commands commands, $n_wrong print something else"
[ "$n_commands" -gt 0 ] && [ "$n_wrong" -eq 0 ]
