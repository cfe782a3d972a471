#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Connections as tables of Python: libconset through ctypes, Arrow for the data.

    python3 demos/arrow.py build/libconset.so

A set that is given to pyarrow, polars or DuckDB is streamed into them batch by batch, without a
file and without an object of Python for each connection. Needs pyarrow.
"""

import ctypes
import sys

import pyarrow as pa


class Error(ctypes.Structure):
    """A GError."""

    _fields_ = [("domain", ctypes.c_uint32), ("code", ctypes.c_int), ("message", ctypes.c_char_p)]


class Window(ctypes.Structure):
    """A ConsetWindow: [source_first, source_end) x [target_first, target_end)."""

    _fields_ = [(name, ctypes.c_uint64)
                for name in ("source_first", "source_end", "target_first", "target_end")]


class Options(ctypes.Structure):
    """A ConsetArrowOptions."""

    _fields_ = [("batch", ctypes.c_size_t), ("unsigned_indices", ctypes.c_int),
                ("seed", ctypes.POINTER(ctypes.c_uint64))]


class Stream(ctypes.Structure):
    """A struct ArrowArrayStream."""

    _fields_ = [(name, ctypes.c_void_p)
                for name in ("get_schema", "get_next", "get_last_error", "release", "private_data")]


def load(path):
    """Loads libconset and tells ctypes of what is used here."""
    library = ctypes.CDLL(path)
    library.conset_parse.restype = ctypes.c_void_p
    library.conset_parse.argtypes = [ctypes.c_char_p, ctypes.c_uint64,
                                     ctypes.POINTER(ctypes.POINTER(Error))]
    library.conset_unref.argtypes = [ctypes.c_void_p]
    library.conset_arrow_stream.argtypes = [ctypes.c_void_p, ctypes.POINTER(Window), ctypes.c_int,
                                            ctypes.POINTER(Options), ctypes.POINTER(Stream)]
    return library


class Set:
    """A set of connections, from an expression of the text language."""

    def __init__(self, library, text, seed=1):
        error = ctypes.POINTER(Error)()
        self.library = library
        self.seed = ctypes.c_uint64(seed)
        self.pointer = library.conset_parse(text.encode(), seed, ctypes.byref(error))
        if not self.pointer:
            raise ValueError(error.contents.message.decode())

    def __del__(self):
        if self.pointer:
            self.library.conset_unref(self.pointer)

    def batches(self, n_sources=None, n_targets=None, batch=0, by_source=False):
        """A pyarrow.RecordBatchReader over [0, n_sources) x [0, n_targets), or over all."""
        window = None
        if n_sources is not None:
            window = Window(0, n_sources, 0, n_sources if n_targets is None else n_targets)
        options = Options(batch, False, ctypes.pointer(self.seed))
        stream = Stream()
        self.library.conset_arrow_stream(self.pointer, window, by_source, options, stream)
        # The reader moves the stream out of here; it keeps the set alive by itself.
        return pa.RecordBatchReader._import_from_c(ctypes.addressof(stream))


def main():
    library = load(sys.argv[1])
    network = Set(library, "cset(random(0.1), weight=normal(0.5, 0.1), delay=1.5)")

    # One batch at a time: memory does not depend on how many there are.
    n = 0
    for batch in network.batches(2000):
        n += batch.num_rows
    print(f"{n} connections, one batch at a time")

    # All at once, as a table.
    table = network.batches(2000).read_all()
    print(f"{table.num_rows} rows of {', '.join(table.column_names)}")
    print(table.schema.metadata[b"conset_expression"].decode())


if __name__ == "__main__":
    main()
