#!/bin/sh
# SPDX-License-Identifier: MIT
#
# sh tests/others.sh BUILD-DIR: what conset exchanges with programs of others, with the programs.
#
# Installs them from PyPI into the virtual environment BUILD-DIR/others, once, and runs others_*.py.
# Python CSA, lxml and pyarrow are needed; polars, DuckDB and pandas are left out where they cannot
# be had.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "$1")
python=$build/others/bin/python

if ! "$python" -m pip --version >/dev/null 2>&1; then
  python3 -m venv --clear "$build/others"
fi

# install MODULE...: those that are not there.
install ()
{
  for package in "$@"; do
    "$python" -c "import $package" 2>/dev/null || "$python" -m pip install --quiet "$package" \
      || return 1
  done
}

install csa lxml pyarrow
install pandas polars duckdb || echo "not all of pandas, polars and DuckDB can be had"

library=$(find "$build" -maxdepth 1 \( -name libconset.so -o -name libconset.dylib \))
"$python" "$here/others_xml.py" "$build/conset"
"$python" "$here/others_arrow.py" "$build/conset" "$library"
"$python" "$here/../demos/arrow.py" "$library"
