#!/bin/sh
# SPDX-License-Identifier: MIT
#
# sh demos/run.sh: installs what is missing (Debian, Ubuntu), builds conset in build/ and shows
# what it does: expressions in the terminal, a script, and the demos in C.

set -eu

cd "$(dirname "$0")/.."
. demos/common.sh

# shellcheck disable=SC2119
need_packages

say "Building in build/ ..."
mkdir -p "$LOGS"
if ! build . "$CORES" all -DCMAKE_BUILD_TYPE=Release >"$LOGS/demos-build.log" 2>&1; then
  tail -n 40 "$LOGS/demos-build.log" >&2
  die "the build failed, see build/logs/demos-build.log"
fi

PATH=$BUILD:$BUILD/demos:$PATH

# The command as one would type it, then what it prints.
demo ()
{
  printf '\n$'
  for word in "$@"; do
    case $word in
      *[!A-Za-z0-9_./=-]*) printf " '%s'" "$word" ;;
      *) printf ' %s' "$word" ;;
    esac
  done
  printf '\n'
  "$@"
}

for expression in \
  'full - oneToOne' \
  '[(22, 7), (8, 23)]' \
  'cross (range (10), range (20))' \
  'cross (range (10), range (10)) * oneToOne' \
  'random (0.5)' \
  'block (5,3) * random (0.5)' \
  'block(10)*random(0.7)*random(0.5) - oneToOne'
do
  demo conset show "$expression"
done

demo conset run demos/network.csa
demo conset explain 'block(10)*random(0.7)*random(0.5) - oneToOne' -n 10000
demo own_node
demo block_random
demo rules
demo brunel
