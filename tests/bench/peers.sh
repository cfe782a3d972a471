#!/bin/sh
# SPDX-License-Identifier: MIT
#
# sh tests/bench/peers.sh [--seconds S]: conset beside Python CSA, NumPy, SciPy and igraph.
#
# Builds conset in build/, installs the peers from PyPI into the virtual environment build/peers,
# and prints the JSON lines of peers.py, which says how it measures. Takes some minutes; a peer
# that cannot be had is reported and left out. Logs are kept in build/logs/.

set -eu

cd "$(dirname "$0")/../.."
# shellcheck disable=SC1091
. demos/common.sh

PYTHON=$BUILD/peers/bin/python

need_packages >&2
mkdir -p "$LOGS"
build . "$CORES" all -DCMAKE_BUILD_TYPE=Release -DCONSET_BUILD_BENCH=ON >"$LOGS/peers-build.log" 2>&1 \
  || { tail -n 60 "$LOGS/peers-build.log" >&2; die "the build failed, see $LOGS/peers-build.log"; }

if ! "$PYTHON" -m pip --version >/dev/null 2>&1; then
  python3 -m venv --clear "$BUILD/peers" >"$LOGS/peers-venv.log" 2>&1 \
    || { need_packages python3-venv && python3 -m venv --clear "$BUILD/peers"; } >&2
fi

: >"$LOGS/peers-pip.log"
for package in csa numpy scipy igraph; do
  if ! "$PYTHON" -c "import $package" 2>/dev/null \
    && ! "$PYTHON" -m pip install "$package" >>"$LOGS/peers-pip.log" 2>&1
  then
    say "$package cannot be had and is left out, see $LOGS/peers-pip.log" >&2
  fi
done

exec "$PYTHON" tests/bench/peers.py "$BUILD/conset-bench" "$@"
