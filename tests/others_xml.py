# SPDX-License-Identifier: MIT
"""XML between conset and Python CSA, which must agree on what a document denotes.

    python others_xml.py CONSET

Connections of random sets differ, since each draws its own; there the rules are compared.
"""

import subprocess
import sys
import unittest

import csa
from csa.csaobject import parseString
from lxml import etree

CONSET = sys.argv[1]
N = 12
WINDOW = csa.cross(range(N), range(N))

# As both write them.
DETERMINISTIC = [
    "full",
    "oneToOne",
    "full - oneToOne",
    "cross(range(3), range(2, 5))",
    "cross(~ival(3, 5), N)",
    "cross([1, 2, 7], ival(0, 3))",
    "(cross(range(4), range(5)) - oneToOne) + oneToOne",
    "cross(range(8), range(9)) - oneToOne",
    "cross(range(8), range(9)) * oneToOne",
    "cross([], [])",
    "(full - oneToOne) * cross(range(8), range(9))",
]

RANDOM = [
    "random(0.25)",
    "random(0.1) - oneToOne",
    "random(N=7) * cross(range(5), range(6))",
    "random(fanIn=3) * cross(range(5), range(6))",
    "random(fanOut=3) * cross(range(5), range(6))",
    "random(0.30000000000000004) * random(1e-05)",
]

VALUES = [
    "cset(cross(range(3), range(4)), 0.5, -2)",
    "cset(full - oneToOne, 1e-07)",
]

# What Python CSA must not read as something else.
BEYOND = [
    "block(2) * oneToOne",
    "[(1, 2), (3, 4)]",
    "full | oneToOne",
    "full ^ oneToOne",
    "transpose * cross(range(3), range(4))",
    "shift(1, 2) * cross(range(3), range(4))",
    "random(fanIn=3, multapses=False) * cross(range(5), range(6))",
    "random(0.2, symmetric=True)",
    "random(poisson=0.2)",
    "cset(full, 3 * mV)",
    "cset(full, i - j)",
    "cset(full, uniform(0, 1))",
    "random * exp(-i)",
    "~(full - oneToOne)",
    "cross(range(0, 100000, 2), N)",
    " - ".join(["full"] + ["random(0.5)"] * 100),
]


def conset(*arguments, text=None):
    return subprocess.run([CONSET, *arguments], input=text, capture_output=True, text=True)


def tabulate(*arguments, text=None):
    """What the tool lists in the window."""
    run = conset("tabulate", *arguments, f"-n{N}", text=text)
    assert run.returncode == 0, run.stderr
    return [tuple(float(word) for word in line.split("\t")) for line in run.stdout.splitlines()]


def pairs(connections):
    """What Python CSA lists in the window, in the order of conset."""
    return sorted(connections, key=lambda pair: (pair[1], pair[0]))


def read(text):
    """The set that Python CSA makes of a document."""
    return parseString(text.encode())


def python_xml(connections):
    return etree.tostring(connections.to_xml()).decode()


class Xml(unittest.TestCase):

    def test_deterministic(self):
        for text in DETERMINISTIC:
            with self.subTest(text):
                run = conset("xml", "--python", text)
                self.assertEqual(run.stderr, "")
                self.assertEqual(pairs(WINDOW * read(run.stdout)), tabulate(text))

    def test_values(self):
        for text in VALUES:
            with self.subTest(text):
                got = [tuple(row) for row in WINDOW * read(conset("xml", "--python", text).stdout)]
                self.assertEqual(pairs(got), tabulate(text))

    def test_random(self):
        """Python CSA reads the rule, and what it writes of it is the same rule for conset; but of a
        fixed out-degree, which it cannot write."""
        for text in RANDOM:
            with self.subTest(text):
                document = conset("xml", "--python", text).stdout
                if "fanOut" in text:
                    self.assertEqual(len(list(read(document))), 15)
                    continue
                # An attribute that means nothing, so that both get the seeds of the model seed.
                seedless = document.replace("c:seed", "xml:id")
                again = python_xml(read(document))
                self.assertEqual(conset("parse", "-", text=again).stdout,
                                 conset("parse", "-", text=seedless).stdout)

    def test_seeds(self):
        """The seed is kept on the way through XML, so that the connections are the same."""
        for text in RANDOM:
            with self.subTest(text):
                document = conset("xml", text, "--seed=77").stdout
                self.assertEqual(tabulate("-f-", text=document), tabulate(text, "--seed=77"))

    def test_python_writes(self):
        scope = {name: getattr(csa, name) for name in
                 ("N", "cross", "full", "ival", "oneToOne", "random")}
        for text in DETERMINISTIC + [text for text in RANDOM if "fanOut" not in text]:
            with self.subTest(text):
                expected = eval(text, dict(scope))
                run = conset("parse", "-", text=python_xml(expected))
                self.assertEqual(run.stderr, "")
                if text in DETERMINISTIC:
                    self.assertEqual(tabulate(run.stdout.strip()), pairs(WINDOW * expected))
                else:
                    self.assertEqual(run.stdout, conset("parse", "-",
                                                        text=conset("xml", text).stdout).stdout)

    def test_beyond(self):
        """What Python CSA has no word for it refuses, and conset says so before."""
        for text in BEYOND:
            with self.subTest(text):
                run = conset("xml", text)
                self.assertEqual(run.returncode, 0)
                self.assertIn("Python CSA cannot read", run.stderr)
                with self.assertRaises(Exception):
                    read(run.stdout)
                self.assertEqual(conset("xml", "--python", text).returncode, 1)
                again = conset("parse", "-", text=run.stdout)
                self.assertEqual(again.stderr, "")
                self.assertEqual(conset("digest", again.stdout.strip(), "-n20").stdout,
                                 conset("digest", text, "-n20").stdout)

    def test_hostile(self):
        """Code in a number, which Python CSA would run, is no number."""
        run = conset("parse", "-", text='<CSA xmlns="http://software.incf.org/software/csa/1.0">'
                     "<cn>__import__('os').getcwd()</cn></CSA>")
        self.assertEqual(run.returncode, 1)
        self.assertIn("is no number", run.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
