#!/bin/sh
# SPDX-License-Identifier: MIT
#
# ranks.sh TOOL DEMO: holds the tool and a demo, started by mpirun on 1 to 4 ranks, against one
# process: the same output to the last byte, the same files, and the same exit codes; and looks what
# is left when a rank fails.

set -eu

TOOL=$1
DEMO=$2
n_failed=0
n_passed=0
work=$(mktemp -d)
trap 'rm -rf "$work" "$work.errors"' EXIT

# Ranks may be more than cores, and root may be all there is in a container.
OMPI_ALLOW_RUN_AS_ROOT=1
OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
OMPI_MCA_rmaps_base_oversubscribe=1
OMPI_MCA_mpi_yield_when_idle=1
export OMPI_ALLOW_RUN_AS_ROOT OMPI_ALLOW_RUN_AS_ROOT_CONFIRM OMPI_MCA_rmaps_base_oversubscribe
export OMPI_MCA_mpi_yield_when_idle

if ! mpirun -n 2 true >/dev/null 2>&1; then
  echo "mpirun does not work here; ranks are not tested"
  exit 77
fi

report ()
{
  if [ "$2" = "$3" ]; then
    n_passed=$((n_passed + 1))
  else
    n_failed=$((n_failed + 1))
    printf 'FAILED  %s\n  got:      %s\n  expected: %s\n' "$1" "$2" "$3"
  fi
}

# outcome COMMAND...: what it prints, and its exit code.
outcome ()
{
  code=0
  text=$("$@" 2>/dev/null </dev/null) || code=$?
  printf '%s\nexit code %d\n' "$text" "$code"
}

# agrees RANKS ARGUMENTS...: the same by one process and by each number of RANKS.
agrees ()
{
  numbers=$1
  shift
  expected=$(outcome "$TOOL" "$@" --threads=1)
  for ranks in $numbers; do
    report "mpirun -n $ranks conset $*" \
      "$(outcome mpirun -n "$ranks" "$TOOL" "$@" --threads=$((1 + ranks % 2)))" "$expected"
  done
}

agrees '1 2 3 4' count 'random(0.1) * random(0.5)' -n 2000
agrees '1 2 3 4' digest 'cset(random(0.1), normal(0, 1))' -n 300
agrees '1 2 3 4' stats 'cset(random(poisson=1), normal(1e6, 1), uniform(0, 1))' -n 150
agrees 3 count 'full' -n 3000000000
agrees 2 count 'full' -n 5000000000
agrees 2 count 'empty'
agrees 4 digest '[(0, 5)]' -n 9
agrees 3 digest 'random(fanIn=7, seed=3) * cross(range(500), range(400))'
agrees 4 stats '[(0, 1), (0, 1), (3, 3)]'
# Work that is uneven, and errors that one rank alone can find.
agrees 3 count 'random * (1.0 * (j < 100))' -n 1000
agrees 3 count 'random * (1 + 1e-6 * (j - 950))' -n 1000
agrees 4 digest 'random * (1 + 1e-6 * (j - 950))' -n 1000
agrees 2 stats 'random * (1 + 1e-6 * (j - 950))' -n 1000
agrees 2 count 'full'
# What is for the first rank alone.
agrees 3 tabulate 'random(0.1)' -n 50

# writes RANKS OPTIONS...: the same file by one process and by each number of RANKS.
writes ()
{
  numbers=$1
  shift
  rm -f "$work"/*
  "$TOOL" export "$@" -o "$work/one.h5" --threads=1
  for ranks in $numbers; do
    mpirun -n "$ranks" "$TOOL" export "$@" -o "$work/many.h5" --threads=$((1 + ranks % 3)) || true
    cmp -s "$work/one.h5" "$work/many.h5" && same=yes || same=no
    report "mpirun -n $ranks conset export $*: the same bytes" "$same" yes
    rm -f "$work/many.h5"
  done
  report "conset export $*: nothing is left beside" "$(ls -A "$work")" one.h5
}

# leaves NAME CODE COMMAND...: COMMAND fails as CODE says (a pattern), prints nothing but one message
# of conset's, and leaves the file that was there, and nothing else.
leaves ()
{
  name=$1
  wanted=$2
  shift 2
  rm -f "$work"/*
  echo "what was there before" >"$work/net.h5"
  code=0
  timeout 100 "$@" >/dev/null 2>"$work.errors" </dev/null || code=$?
  # shellcheck disable=SC2254
  case $code in $wanted) code="as expected" ;; esac
  report "$name: exit code" "$code" "as expected"
  report "$name: the old file" "$(cat "$work/net.h5")" "what was there before"
  report "$name: nothing beside it" "$(ls -A "$work")" net.h5
}

# says NAME COUNT: how often the last command of leaves has said anything of its own.
says ()
{
  report "$1: messages" "$(grep -c '^conset export: ' "$work.errors")" "$2"
}

if "$TOOL" export oneToOne -n 2 -o "$work/any.h5" 2>/dev/null; then
  writes '1 2 3 4' 'cset(random(0.1), weight=normal(0, 1), delay=uniform(1, 2)*ms)' -n 900 --index both
  writes 3 'random * (exp(-j / 90))' -n 900 --index both
  writes 4 'random(N=3000) * cross(range(50), range(2))' --index both
  writes 2 'empty' -n 5

  EXPORT="mpirun -n 3 $TOOL export"
  # The tool's path has no spaces.
  # shellcheck disable=SC2086
  {
    leaves "a wrong probability" 1 $EXPORT 'random * (1 + 1e-6 * (j - 950))' -n 1000 -o "$work/net.h5"
    says "a wrong probability" 1
    leaves "a wrong value" 1 $EXPORT 'cset(full, normal(0, 900 - j))' -n 1000 -o "$work/net.h5"
    says "a wrong value" 1
    leaves "no such folder" 1 $EXPORT full -n 10 -o "$work/none/net.h5"
    says "no such folder" 1
    leaves "compression" 1 $EXPORT full -n 10 -o "$work/net.h5" --compress 1
    says "compression" 1
    leaves "no file" 2 $EXPORT full -n 10
    says "no file" 1
  }
  # The first rank makes sure of room, another may still find none.
  for rank in 0 2; do
    # shellcheck disable=SC2016
    leaves "a full disk for rank $rank" 1 mpirun -n 3 sh -c 'trap "" XFSZ
      [ "$OMPI_COMM_WORLD_RANK" != "$1" ] || ulimit -f 4000
      exec "$0" export full -n 900 -o "$2"' "$TOOL" "$rank" "$work/net.h5"
    says "a full disk for rank $rank" 1
  done
  # shellcheck disable=SC2016
  leaves "a killed rank" '[1-9]*' mpirun -n 3 sh -c '
    [ "$OMPI_COMM_WORLD_RANK" != 1 ] || (sleep 1; kill -9 $$) &
    exec "$0" export "cset(random(0.5), normal(0, 1))" -n 50000 -o "$1"' "$TOOL" "$work/net.h5"
fi
rm -f "$work"/*
"$TOOL" export 'random(0.1)' -n 100 -o "$work/one.csv"
report "mpirun -n 3 conset export: a format for the first rank" \
  "$(mpirun -n 3 "$TOOL" export 'random(0.1)' -n 100 -o "$work/many.csv" 2>&1 | grep -c 'alone')" 1
report "mpirun -n 3 conset export: a table" "$(cat "$work/many.csv")" "$(cat "$work/one.csv")"

report "standard input" "$(echo oneToOne | mpirun -n 3 "$TOOL" count -f - -n 7)" 7
one=$(outcome mpirun -n 1 "$DEMO")
report "a demo" "$(outcome mpirun -n 3 "$DEMO")" "$one"
report "a demo's exit code" "${one##*exit code }" 0

echo "$n_passed passed, $n_failed failed"
[ "$n_failed" -eq 0 ]
