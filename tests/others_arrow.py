# SPDX-License-Identifier: MIT
"""Arrow streams of libconset as others take them: pyarrow, and polars, DuckDB and pandas if there.

    python others_arrow.py CONSET LIBCONSET

What they read is held against `conset tabulate`.
"""

import gc
import importlib
import os
import resource
import subprocess
import sys
import unittest

import pyarrow as pa

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "demos"))
import arrow  # noqa: E402

CONSET, LIBCONSET = sys.argv[1:3]
library = arrow.load(LIBCONSET)

MASK = "random(0.3) - oneToOne + [(3, 3), (3, 3)]"
CSET = "cset(random(0.3), i * 0.1, delay=uniform(1, 2))"


def tabulate(text, *options):
    """What the tool lists: rows of numbers."""
    lines = subprocess.run([CONSET, "tabulate", text, *options], check=True, capture_output=True,
                           text=True).stdout.splitlines()
    return [tuple(float(word) for word in line.split("\t")) for line in lines]


def rows(table):
    return list(zip(*(column.to_pylist() for column in table.columns)))


def module(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


class Arrow(unittest.TestCase):

    def test_tables(self):
        for text in (MASK, CSET):
            for by_source, order in ((False, "target"), (True, "source")):
                for batch in (0, 1, 7, 10000):
                    with self.subTest(text=text, order=order, batch=batch):
                        reader = arrow.Set(library, text).batches(40, 30, batch, by_source)
                        table = reader.read_all()
                        table.validate(full=True)
                        self.assertEqual(rows(table), tabulate(text, "-n40", "-m30",
                                                               f"--order={order}"))

    def test_schema(self):
        text = "cset(oneToOne, weight=3*mV)"
        schema = arrow.Set(library, text, 42).batches(5).schema
        self.assertEqual(schema.names, ["source", "target", "weight"])
        self.assertEqual(schema.types, [pa.int64(), pa.int64(), pa.float64()])
        self.assertFalse(any(field.nullable for field in schema))
        self.assertEqual(schema.field("weight").metadata, {b"unit": b"mV"})
        self.assertEqual(schema.metadata[b"conset_expression"], b"cset(oneToOne, weight=3 * mV)")
        self.assertEqual(schema.metadata[b"conset_window"], b"0 5 0 5")
        self.assertEqual(schema.metadata[b"conset_seed"], b"42")
        self.assertIn(b"conset_version", schema.metadata)

    def test_batches(self):
        reader = arrow.Set(library, "full").batches(100, 100, 999)
        sizes = [batch.num_rows for batch in reader]
        self.assertEqual(sizes, [999] * 10 + [10])

    def test_life(self):
        """Batches and columns live on when the set, the stream and the batch are gone."""
        reader = arrow.Set(library, CSET).batches(40, 30)
        gc.collect()
        column = reader.read_next_batch().column(1)
        del reader
        gc.collect()
        self.assertEqual(column.to_pylist(),
                         [int(row[1]) for row in tabulate(CSET, "-n40", "-m30")])

    def test_errors(self):
        with self.assertRaisesRegex(Exception, "unbounded|infinite|window"):
            arrow.Set(library, "full").batches()
        reader = arrow.Set(library, "random * where(j < 100, 1, 3)").batches(64, 200)
        with self.assertRaisesRegex(Exception, "3"):
            reader.read_all()

    def test_memory(self):
        """Memory does not depend on how many connections there are."""
        n = 0
        before = None
        for batch in arrow.Set(library, "full").batches(10000, 2000):
            n += batch.num_rows
            before = before or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self.assertEqual(n, 20000000)
        self.assertLess(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, 50 * 1024)

    @unittest.skipUnless(module("pandas"), "there is no pandas")
    def test_pandas(self):
        frame = arrow.Set(library, CSET).batches(40, 30).read_pandas()
        self.assertEqual(list(frame.itertuples(index=False, name=None)),
                         tabulate(CSET, "-n40", "-m30"))

    @unittest.skipUnless(module("polars"), "there is no polars")
    def test_polars(self):
        polars = module("polars")
        frame = polars.from_arrow(arrow.Set(library, CSET).batches(40, 30).read_all())
        self.assertEqual(frame.rows(), tabulate(CSET, "-n40", "-m30"))

    @unittest.skipUnless(module("duckdb"), "there is no DuckDB")
    def test_duckdb(self):
        connections = arrow.Set(library, CSET).batches(40, 30)
        got = module("duckdb").sql(
            "SELECT target, count(*), sum(source) FROM connections GROUP BY target ORDER BY target"
        ).fetchall()
        expected = {}
        for source, target, *_ in tabulate(CSET, "-n40", "-m30"):
            expected.setdefault(target, []).append(source)
        self.assertEqual(got, [(target, len(sources), sum(sources))
                               for target, sources in sorted(expected.items())])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
