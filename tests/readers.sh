#!/bin/sh
# SPDX-License-Identifier: MIT
#
# sh tests/readers.sh TOOL FOLDER: has the programs that files are written for read them back.
#
# Installs NumPy, SciPy, pandas, h5py, libsonata, BMTK and NEST from PyPI into the virtual environment
# FOLDER, and runs readers.py.

set -eu

tests=$(cd "$(dirname "$0")" && pwd)
tool=$1
folder=$2
python=$folder/bin/python

[ -x "$python" ] || python3 -m venv "$folder"
"$python" -c 'import numpy, scipy, pandas, h5py, libsonata, bmtk, nest' >/dev/null 2>&1 \
  || "$python" -m pip install --quiet \
    numpy scipy pandas h5py libsonata bmtk nest-simulator==3.10.0

exec "$python" "$tests/readers.py" "$tool"
