#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the command-line tool: python3 cli.py TOOL

Runs command lines and compares standard output, standard error and exit code; then what no
command line shows: closed pipes, full disks, locales, terminals, progress, the examples of the
help, the manual page and the completions. Prints a line a case.
"""

import fcntl
import hashlib
import os
import pty
import re
import select
import shlex
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from xml.etree import ElementTree

TIMEOUT = 60

# Numbers of passed and of failed cases.
results = {True: 0, False: 0}


def report(name, problem):
    """Counts a case and prints its line; `problem` is what is wrong, or nothing."""
    results[not problem] += 1
    print(f"{'FAILED' if problem else 'ok    '}  {name}")
    if problem:
        print("        " + problem.replace("\n", "\n        "))
    sys.stdout.flush()


def environment(**changes):
    """A known environment: UTF-8, 80 columns."""
    kept = {k: v for k, v in os.environ.items() if k not in ("LANG", "LC_CTYPE", "CHARSET")}
    return {**kept, "LC_ALL": "C.UTF-8", "COLUMNS": "80", **changes}


def sha256(text):
    """The fingerprint of a listing."""
    return hashlib.sha256(text.encode()).hexdigest()


def run(arguments, stdin=b"", **changes):
    """Runs the tool; gives exit code, standard output, standard error."""
    try:
        done = subprocess.run([TOOL, *arguments], input=stdin, capture_output=True,
                              timeout=TIMEOUT, env=environment(**changes), check=False)
    except subprocess.TimeoutExpired:
        return "none, it took too long", "", ""
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def differs(what, wanted, got):
    """What is wrong with a text: a string is compared, a pattern must match the whole text."""
    if isinstance(wanted, re.Pattern):
        good = wanted.fullmatch(got)
        wanted = wanted.pattern
    else:
        good = wanted == got
    return "" if good else f"{what}: wanted {wanted!r}\n{' ' * len(what)}     got {got!r}\n"


def compare(wanted, got):
    """Compares (exit code, standard output, standard error)."""
    problem = "" if wanted[0] == got[0] else f"exit code: wanted {wanted[0]}, got {got[0]}\n"
    problem += differs("stdout", wanted[1], got[1]) + differs("stderr", wanted[2], got[2])
    return problem.rstrip("\n")


def like(pattern):
    return re.compile(pattern, re.DOTALL)


def failure(message, command="conset [a-z0-9]+"):
    """A run that fails with a message."""
    return 1, "", like(f"{command}: {message}.*\n")


def usage(message, command="conset [a-z0-9]+"):
    """A wrong command line."""
    return 2, "", like(f"{command}: {message}\nTry '{command} --help'\\.\n")


def prints(text):
    return 0, text, ""


LIMIT = "9223372036854775808"

BLOCKS = """\
           target
        0         10
source ┌┴─────────┴─┐
     0 ┤███         │
       │▀▀▀▄▄▄      │
       │   ███      │
       │      ███   │
       │      ▀▀▀▄▄▄│
    10 ┤         ███│
       └────────────┘
"""

STATS = """\
window: [0, 4) x [1, 4)
                 observed     expected           sd    p-value
connections             4            4
density          0.333333     0.333333
autapses                1            1
multapses               1  with 2 surplus connections

in-degree
  delta(0): 1 target
  delta(1): 1 target
  delta(3): 1 target
  least                 0
  most                  3
  mean            1.33333      1.33333
  sd              1.24722      1.24722
  degree  targets  expected
       0        1       1.0  ████████████│
       1        1       1.0  ████████████│
       2        0       0.0  │
       3        1       1.0  ████████████│

out-degree
  delta(0): 2 sources
  delta(1): 1 source
  delta(3): 1 source
  least                 0
  most                  3
  mean                  1            1
  sd              1.22474      1.22474
  degree  sources  expected
       0        2       2.0  ████████████│
       1        1       1.0  ██████│
       2        0       0.0  │
       3        1       1.0  ██████│
"""

ASCII = """\
                 target
        0         5         10
source ++---------+---------+---+
     0 +# # # . . . . . . . . . |
       |# # # . . . . . . . . . |
       |# # # . . . . . . . . . |
       |. . . # # # . . . . . . |
       |. . . # # # . . . . . . |
     5 +. . . # # # . . . . . . |
       |. . . . . . # # # . . . |
       |. . . . . . # # # . . . |
       |. . . . . . # # # . . . |
       |. . . . . . . . . # # # |
    10 +. . . . . . . . . # # # |
       |. . . . . . . . . # # # |
       +------------------------+
"""

BRAILLE = """\
        target
        0
source ┌┴─────┐
     0 ┤⠿⢇⣀⠀⠀⠀│
       │⠀⠘⠛⣤⡄⠀│
       │⠀⠀⠀⠉⢱⣶│
       └──────┘
"""

MULTAPSES = """\
           target
        0         10
source ++---------+-+
     0 +.2..........|
       |.......+....|
       +------------+
"""


def caption(size):
    """The lines below a picture: the expression in a form that the library chooses, its size."""
    return "[^\n]+\n" + re.escape(size) + "\n"


def picture(drawing, size):
    return 0, like(re.escape(drawing) + caption(size)), ""


CASES = [
    # Dispatch
    ("", usage("missing argument COMMAND", "conset")),
    ("--help", (0, like("Usage: conset .*  show .*  tabulate .*  docs .*Examples:.*"), "")),
    ("-h", (0, like("Usage: conset .*"), "")),
    ("--version", (0, like(r"conset \d+\.\d+\.\d+ \([a-z0-9]+ kernels\)\n"), "")),
    ("shwo full", usage(r"unknown command 'shwo'; did you mean 'show'\?", "conset")),
    ("tab full", usage(r"unknown command 'tab'; did you mean 'tabulate'\?", "conset")),
    ("frobnicate", usage("unknown command 'frobnicate'", "conset")),
    ("--frobnicate", usage("unknown option --frobnicate before a command", "conset")),

    # Options and arguments
    ("show", usage("missing argument EXPR; give an expression, or a file with -f FILE")),
    ("count full extra", usage("unexpected argument 'extra'; an expression must be in quotes")),
    ("count -f - extra", usage("unexpected argument 'extra'; -f gives the expression already")),
    ("contains full 1", usage("missing argument TARGET")),
    ("run", usage("missing argument FILE")),
    ("run a b", usage("unexpected argument 'b'")),
    ("docs", usage(r"missing argument language\|man\|bash\|zsh\|fish")),
    ("docs html", usage(r"'html' is none of language\|man\|bash\|zsh\|fish")),
    ("docs language", (0, like(r".*\n~a\n    .*\noneToOne\n    .*random\(p, .*fanIn.*smallWorld\(n, .*"),
                       "")),
    ("docs man", (0, like(r".*\.SH EXPRESSIONS.*random\(p, .*fanIn.*smallWorld\(n, .*"), "")),
    ("show full --frobnicate", usage("unknown option --frobnicate")),
    ("show full -x", usage("unknown option -x")),
    ("show full -n", usage("missing argument for -n")),
    ("show full -m 3", usage("-m alone leaves the number of sources open; give it with -n")),
    ("show full -n -3", usage(f"-n: '-3' is no integer between 0 and {LIMIT}")),
    ("show full --sources=x", usage(f"--sources: 'x' is no integer between 0 and {LIMIT}")),
    ("count full -n 3.5", usage(f"-n: '3.5' is no integer between 0 and {LIMIT}")),
    ("count full -n 1e-1", usage(f"-n: '1e-1' is no integer between 0 and {LIMIT}")),
    ("count full -n 0x10", usage(f"-n: '0x10' is no integer between 0 and {LIMIT}")),
    ("count full -n ''", usage(f"-n: '' is no integer between 0 and {LIMIT}")),
    ("count full -n 1e19", usage(f"-n: '1e19' is no integer between 0 and {LIMIT}")),
    ("count full -n 9223372036854775809", usage("-n: '9223372036854775809' is no integer .*")),
    ("count full --seed=-1", usage("--seed: '-1' is no integer between 0 and 18446744073709551615")),
    ("contains full 1 9223372036854775808", usage("TARGET: '9223372036854775808' is no .*")),
    ("tabulate full --order=both", usage("--order: 'both' is none of target, source")),
    ("show full --style=fancy", usage("--style: 'fancy' is none of auto, blocks, braille, ascii, colour")),
    ("show full --width=19", usage("--width: '19' is no integer between 20 and 1000")),
    ("contains '[(1, 2)]' --seed 3 -h extra", (0, like("Usage: conset contains .*"), "")),

    # Numbers
    ("count full -n 1e6", prints("1000000000000\n")),
    ("count full -n 2.5e3 -m 1E+2", prints("250000\n")),
    ("count full -n7 -m3", prints("21\n")),
    ("count -n 3 -- full", prints("9\n")),
    (f"count oneToOne -n {LIMIT}", prints(f"{LIMIT}\n")),
    ("count full -n 0", prints("0\n")),
    ("count full -n 0 -m 5", prints("0\n")),

    # Expressions
    ("count oneToOne", failure("the set is infinite; give a window with -n and -m")),
    ("digest oneToOne", failure("the set is infinite; give a window with -n and -m")),
    ("tabulate oneToOne", failure("the set is infinite; give a window with -n and -m")),
    ("count 'oneToOne -' -n 3", failure("[^\n]+\n[^\n]*oneToOne -\n *\\^")),
    ("count 'random(1.7)' -n 3", failure("[^\n]*random[^\n]*1\\.7")),
    ("count '' -n 3", failure("")),
    (b"count 'full\xff' -n 3".decode("utf-8", "surrogateescape"), failure(".*UTF-8")),
    ("count -f /nonexistent/file", failure("cannot read /nonexistent/file: No such file.*")),
    ("count -f /", failure("cannot read /: Is a directory")),

    # Answers
    ("count 'full - oneToOne' -n 30", prints("870\n")),
    ("count 'cross(range(10), range(20))'", prints("200\n")),
    ("count 'cross(range(10), range(20))' -n 5", prints("25\n")),
    ("count '[(1, 2), (1, 2)]'", prints("2\n")),
    ("contains oneToOne 3 3", prints("1\n")),
    ("contains oneToOne 3 4", prints("0\n")),
    ("contains '[(1, 2), (1, 2)]' 1 2", prints("2\n")),
    ("contains full 9223372036854775807 0", prints("1\n")),
    ("digest oneToOne -n 30",
     prints("6591d9be347421bd66d0e749ade46d8880bdd4261e338516e7415a08bd8299b1\n")),
    ("digest '[(22, 7), (8, 23)]'",
     prints("702950163cab448d1009d042db6d8bd4fc311447cd75f2061473bc7e21002326\n")),
    ("digest 'empty' -n 30",
     prints("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n")),
    ("tabulate '[(22, 7), (8, 23), (22, 7), (9, 7)]'", prints("9\t7\n22\t7\n22\t7\n8\t23\n")),
    ("tabulate '[(22, 7), (8, 23), (9, 7)]' --order source", prints("8\t23\n9\t7\n22\t7\n")),
    ("tabulate oneToOne -n 3", prints("0\t0\n1\t1\n2\t2\n")),
    ("tabulate full -n 2 -m 3", prints("0\t0\n1\t0\n0\t1\n1\t1\n0\t2\n1\t2\n")),
    ("tabulate '[(9223372036854775806, 9223372036854775806)]'",
     prints("9223372036854775806\t9223372036854775806\n")),
    ("tabulate empty", prints("")),
    ("tabulate 'cset([(22, 7), (8, 23)], 0.1, w=-i / 3, d=sqrt(i - 9))'",
     prints("22\t7\t0.1\t-7.333333333333333\t3.605551275463989\n"
            "8\t23\t0.1\t-2.6666666666666665\tnan\n")),
    ("tabulate 'cset([(1, 0), (0, 1), (1, 0)], [1e300, -1e-9, 3])' --order source",
     prints("0\t1\t-1e-09\n1\t0\t1e+300\n1\t0\t3\n")),
    ("tabulate 'cset([(0, 0), (9, 0)], log(i), 1e300 * exp(100 * i))'",
     prints("0\t0\t-inf\t1e+300\n9\t0\t2.1972245773362196\tinf\n")),
    ("digest 'cset([(22, 7), (8, 23)], 0.1, w=-i / 3)'", prints(sha256(
        "22 7 0.1 -7.33333333\n8 23 0.1 -2.66666667\n") + "\n")),
    ("count 'cset(cross(range(1e9), range(1e9)), 1) | cset(cross(range(2e9), range(1e8)), 2)'",
     prints("1100000000000000000\n")),
    ("positions 'grid2d(2, x0=-7)'", prints("0\t-7\t0\n1\t-6.5\t0\n2\t-7\t0.5\n3\t-6.5\t0.5\n")),
    ("positions 'random2d(10, seed=4)' -n 1", prints("0\t0.906510063655084\t0.047581867187187044\n")),
    ("positions 'grid2d(30)' -n 0", prints("")),
    ("positions 'grid2d(1, x0=3)' -n 2", prints("0\t3\t0\n1\t3\t1\n")),
    ("positions 'positions([(1, 2)])' -n 2", prints("0\t1\t2\n")),
    ("positions 'grid3d(2)' --extent", prints("0\t0\t0\n0.5\t0.5\t0.5\n")),
    ("positions 'random2d(seed=4)' -n 1 --extent", prints(2 * "0.906510063655084\t0.047581867187187044\n")),
    ("positions 'grid3d(9)' --nearest=-1,0.4,2", prints("684\n")),
    ("positions 'grid3d(9)' --nearest 1,2", usage("--nearest: 2 coordinates are given, the geometry has 3")),
    ("positions 'grid3d(9)' --nearest 1,x", usage("--nearest: '1,x' is no point; write X,Y or X,Y,Z without spaces")),
    ("positions 'random2d()'", failure("the geometry has a position for every index; give .* with -n")),
    ("positions 'grid2d(9)' -n 0 --extent", failure(".*no positions.*")),
    ("positions 'oneToOne'", failure(r"line 1, column 1: a geometry, .*, is needed, not the set oneToOne\n  oneToOne\n  \^")),
    ("contains 'cset(oneToOne, 1) + cset(oneToOne, 2)' 1 1", prints("2\n")),
    ("explain 'cset(oneToOne, 7, w=i) * random(0.5)' -n 5",
     (0, like(".*, 2 values \\(unnamed, w\\)\n.*"), "")),
    ("explain 'random(0.5) - oneToOne' -n 100", (0, like(".*random.*\n"), "")),
    ("count 'random(fanIn=3) * cross(range(1e9), range(5, 1e9, 7))'", prints("428571429\n")),
    ("count 'random(fanOut=2) * (cross(range(3e5), range(3e5)) - oneToOne)'", prints("600000\n")),
    ("contains 'random * i' 2 5", failure(r"random.*the probability of source 2, target 5 is 2, .*")),
    ("explain 'shift(1, 2) * (random(fanIn=[1, 2], seed=3) * cross(range(4), range(2)))'",
     (0, like(r".*\n  shift\(1, 2\)  in .*\n    random\(fanIn=\[1, 2\], seed=3\)  in .*, random\n"
              r".*fill: random\(fanIn=\[1, 2\], seed=3\), about 3 members.*"), "")),
    ("explain oneToOne", (0, like(".+\n"), "")),
    ("explain oneToOne -n 10 --order source", (0, like(".+\n"), "")),

    # Statistics
    ("stats oneToOne", failure("the set is infinite; give a window with -n and -m")),
    ("stats full -n 16777217 -m 1",
     failure("the window has 16777217 sources, and at most 16777216 are looked at; .*")),
    ("stats full -n 1 -m 16777217",
     failure("the window has 16777217 targets, and at most 16777216 are looked at; .*")),
    ("stats 'random(2)' -n 3", failure("[^\n]*random[^\n]*")),
    ("stats", usage("missing argument EXPR; give an expression, or a file with -f FILE")),
    ("stats empty", prints("window: [0, 0) x [0, 0)\nempty\n")),
    ("stats '[(0, 1)" + ", (0, 1)" * 2999 + "]'",
     (0, like(".*multapses +1  with 2999 surplus connections\n.*"), "")),
    ("stats 'random(0.3, seed=5) - oneToOne' -n 200",
     (0, like(".*connections +1[12][0-9]{3} +11940 +91\\.4221 +0\\.[0-9]+\n.*autapses +0 +0\n.*"
              "in-degree: binomial\\(n=199, p=0\\.3\\)\n"
              ".*mean +[0-9.]+ +59\\.7\n +sd +[0-9.]+ +6.46452\n"
              "  chi-square [0-9.]+, [0-9]+ degrees of freedom, p-value 0\\.[0-9]+\n.*"
              "out-degree: binomial\\(n=199, p=0\\.3\\)\n.*"), "")),
    ("stats 'block(1, 10)*random(0.5, seed=3)' -n 40",
     (0, like(".*in-degree: binomial\\(n=40, p=0\\.5\\)\n"
              ".*no p-value: degrees may depend on each other\n.*out-degree: law not known\n.*"), "")),
    ("stats 'random(0.5)*cross(range(9), range(40)) + cross(range(9), range(40, 50))'",
     (0, like(".*all 10 targets with a fixed degree have exactly the degree .*\n  chi-square .*"),
      "")),
    ("stats 'block(5)*random(0.5)*random(0.5)' -n 100",
     (0, like(".*connections +[0-9]+ +~2500\n.*mean +[0-9.]+ +~25\n.*"), "")),

    # Pictures
    ("show 'block(3)*oneToOne' -n 12", picture(BLOCKS, "12 sources x 12 targets, 36 connections")),
    ("show 'block(3)*oneToOne' -n 12 --style=blocks",
     picture(BLOCKS, "12 sources x 12 targets, 36 connections")),
    ("show 'block(3)*oneToOne' -n 12 --style=ascii",
     picture(ASCII, "12 sources x 12 targets, 36 connections")),
    ("show 'block(3)*oneToOne' -n 12 --style=braille",
     picture(BRAILLE, "12 sources x 12 targets, 36 connections")),
    ("show oneToOne", (0, like("(?:[^\n]+\n){21}"), "")),
    ("show empty -n 0", picture("       target\n\nsource ┌┐\n       └┘\n",
                                "0 sources x 0 targets, 0 connections")),
    ("show oneToOne -n 1", picture("       target\n        0\nsource ┌┴┐\n     0 ┤▀│\n       └─┘\n",
                                   "1 source x 1 target, 1 connection")),
    ("show '[(0, 1), (0, 1)" + ", (1, 7)" * 12 + "]' -n 2 -m 12 --style=ascii --width=25",
     picture(MULTAPSES, "2 sources x 12 targets, 14 connections, multiplicity up to 12")),
    ("show full -n 1000 --width 60",
     (0, like(".*┤█{50}│\n.*" + caption("1000 sources x 1000 targets, 1000000 connections")
              + "each cell: 40 sources x 20 targets, ░▒▓█ up to density 1\n"), "")),
    ("show full -n 1e9 -m 4e9 --style ascii",
     (0, like(".* 3e9 .*@@@.*, 4000000000000000000 connections\neach cell: .* up to density 1\n"),
      "")),
    ("show full -n 1000 --style braille --width 60",
     (0, like(".*⣿.*each dot: 10 sources x 10 targets, set where a pair is connected\n"), "")),
    (f"show full -n {LIMIT}", failure("")),
]


def test_command_lines():
    for line, wanted in CASES:
        arguments = [os.fsencode(word) for word in shlex.split(line)]
        name = "conset " + line.encode("utf-8", "backslashreplace").decode()
        report(name if len(name) <= 90 else name[:87] + "...", compare(wanted, run(arguments)))


def test_inputs(folder):
    path = os.path.join(folder, "expression")
    with open(path, "w", encoding="utf-8") as file:
        file.write("a = oneToOne\na - [(1, 1)]\n")
    report("-f FILE", compare(prints("4\n"), run(["count", "-f", path, "-n", "5"])))
    report("-f FILE with arguments", compare(prints("0\n"), run(["contains", "-f", path, "1", "1"])))
    report("-f -", compare(prints("9\n"), run(["count", "-f", "-", "-n", "3"], b"full\n")))
    report("-f - names standard input in errors",
           compare(failure("standard input: .*"), run(["count", "-f", "-"], b"full +\n")))
    report("-f - without text in UTF-8",
           compare(failure("standard input: byte 5 is no UTF-8 text"),
                   run(["count", "-f", "-"], b"full\xff\n")))
    report("-f - with a zero byte",
           compare(failure("standard input: byte 5 is no UTF-8 text"),
                   run(["count", "-f", "-"], b"full\0\n")))


def test_positions(folder):
    """The tool lets expressions and scripts read files."""
    path = os.path.join(folder, "cells.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,x,y\n1,0.07,2\n2,1e3,-4.5\n")
    text = f'positionsFromFile("{path}")'
    report("positions of a file", compare(
        prints("0\t0.07\t2\n1\t1000\t-4.5\n"), run(["positions", text])))
    report("a set over positions of a file", compare(
        prints("2\n"), run(["count", f"disc(3) * euclidMetric2d({text})", "-n", "2"])))
    report("positions of a file in a script", compare(
        prints("1\t0\n"), run(["run", "-"], f"c = within(5e3) * euclidMetric2d({text})\n"
                               "tabulate(c * [(1, 0)])\n".encode())))
    with open(path, "a", encoding="utf-8") as file:
        file.write("3,4\n")
    report("positions of a wrong file", compare(
        failure("[^\n]*cells.csv, line 4: the row has 2 columns, and the first line has 3.*"),
        run(["positions", text])))


def test_scripts(folder):
    script = ("from csa import *\n"
              "show (oneToOne, 2, 2)\n"
              "c = cross (range (3), range (5)) * oneToOne\n"
              "tabulate (c)\n")
    wanted = like("       target\n        0\nsource ┌┴─┐\n     0 ┤▀▄│\n       └──┘\n"
                  + caption("2 sources x 2 targets, 2 connections") + "\n0\t0\n1\t1\n2\t2\n")
    path = os.path.join(folder, "script.csa")
    with open(path, "w", encoding="utf-8") as file:
        file.write(script)
    report("run FILE", compare((0, wanted, ""), run(["run", path])))
    report("run -", compare((0, wanted, ""), run(["run", "-"], script.encode())))
    report("run with an infinite listing",
           compare((1, like(".*┤▀▄│.*"), like("conset run: .+")),
                   run(["run", "-"], b"show (oneToOne, 2)\ntabulate (oneToOne)\nshow (full)\n")))
    report("run checks the syntax first",
           compare((1, "", like("conset run: [^\n]*standard input[^\n]*3.*")),
                   run(["run", "-"], b"show (oneToOne, 2)\n\nshow (\n")))
    report("run of nothing", compare(prints(""), run(["run", os.devnull])))


def test_seeds():
    def digest(*options):
        return run(["digest", "random(0.5)", "-n", "100", *options])[1]

    report("the default seed is always the same", "" if digest() == digest() else "it is not")
    report("--seed=1 is the default", "" if digest() == digest("--seed=1") else "it is not")
    report("--seed chooses the set", "" if digest() != digest("--seed=2") else "it does not")


def test_agreement():
    """Count, listing, picture and digest tell the same about the same set."""
    expression = "block(7, 3)*random(0.3) - random(0.2)"
    arguments = [expression, "-n", "500", "-m", "400"]
    count = run(["count", *arguments])[1].strip()
    by_target = run(["tabulate", *arguments])[1].splitlines()
    by_source = run(["tabulate", *arguments, "--order=source"])[1].splitlines()
    pairs = [tuple(map(int, line.split("\t"))) for line in by_target]

    report("tabulate has as many lines as count says",
           "" if len(by_target) == int(count) else f"{len(by_target)}, {count}")
    report("tabulate is in order",
           "" if pairs == sorted(pairs, key=lambda pair: (pair[1], pair[0])) else "it is not")
    report("tabulate --order=source has the same lines, in its order",
           "" if sorted(pairs) == [tuple(map(int, line.split("\t"))) for line in by_source]
           else "it has not")
    for style in "blocks", "braille", "ascii":
        drawn = run(["show", *arguments, "--style", style])[1]
        report(f"show --style={style} counts the same",
               "" if f", {count} connection" in drawn else drawn)
    arguments = ["block(30)*random(0.4) - oneToOne", "-n", "30000"]
    count = run(["count", *arguments])[1].strip()
    drawn = run(["show", *arguments])[1]
    report("show counts the same cell by cell", "" if f", {count} connection" in drawn else drawn)
    report("count counts the same in slices",
           compare(prints(count + "\n"), (*in_terminal_answer(["count", *arguments]), "")))


def test_values():
    """Values are listed, however many, and do not matter where connections are counted."""
    numbers = [str(k) for k in range(1024)]
    report("tabulate lists as many values as may be",
           compare(prints("".join("\t".join([k, k, *numbers]) + "\n" for k in "01")),
                   run(["tabulate", f"cset(oneToOne, {', '.join(numbers)})", "-n", "2"])))
    valued, plain = (run(["show", expression, "-n", "20"])[1].splitlines()
                     for expression in ("cset(random(0.5), i / j)", "random(0.5)"))
    report("show is the same with values",
           "" if [line for line in valued if "random" not in line]
           == [line for line in plain if "random" not in line] else "\n".join(valued))
    told = run(["stats", "cset(cross(range(4), range(2)), weight=i*nS, ratio=i / j)"])[1]
    report("stats sums up values, and counts those that are no numbers",
           compare(prints("values               mean           sd        least         most\n"
                          "weight [nS]           1.5      1.19523            0            3\n"
                          "ratio                 1.5      1.29099            0            3"
                          "  3 infinite  1 not a number\n"),
                   (0, "".join(line + "\n" for line in told.splitlines()
                               if line.startswith(("values", "weight", "ratio"))), "")))


# What is drawn with characters, by the command line that draws it.
DRAWN = {
    "plotsel2d 'grid2d(4)' '[(5, 6), (5, 7)]' 5 --style=ascii --width=30": """\
[(5, 6), (5, 7)]
y
    +------------------+
    |.     .    .     .|
    |                  |
0.6 +                  |
    |.     .    .     .|
0.4 +                  |
    |.     @    #     #|
0.2 +                  |
    |                  |
0.0 +.     .    .     .|
    ++----+---+---+----+
    0.0  0.2 0.4 0.6
             x
source 5, 2 targets
""",
    "field 'cset([(0, 9), (5, 9)], i - 2)' 9 --geometry 'grid2d(3)' --style=ascii": """\
cset([(0, 9), (5, 9)], i - 2)
y
    +------+
0.5 + . . .|
    | . . 9|
0.0 +-6 . .|
    +-+--+-+
     0.0
       x
-9 to 9: -3 to 3 value
target 9, 2 sources
""",
    "matrix 'cset(cross(range(4), range(3)), w=i*nS)' --style=blocks --populations E:3,I:1": """\
cset(cross(range(4), range(3)), w=i*nS)
source
  ┌──────┐
0 ┤░░░░░░│
  │▒▒▒▒▒▒│
2 ┤▓▓▓▓▓▓│
  │██████│
  └─┬───┬┘
    0   2
   target
░ to █: 0 to 3 w (nS)
sources: E from 0, I from 3
targets: E from 0, I from 3
4 sources × 3 targets, 12 connections
""",
    "matrix 'oneToOne + cross([0], range(2))' -n 3 --numbers --style=ascii": """\
oneToOne + cross([0], range(2))
source
  +------+
0 + 2 1 .|
  | . 1 .|
2 + . . 1|
  +-+---++
    0   2
   target
connections of a pair
3 sources x 3 targets, 5 connections
""",
    "hist '[(0, 0), (1, 0), (2, 0), (0, 1), (2, 3)]' --of in-degree --style=ascii --width 40": """\
[(0, 0), (1, 0), (2, 0), (0, 1), (2, 3)]
in-degree  count
        0      1  ###########
        1      2  ######################
        2      0
        3      1  ###########
4 numbers, mean 1.25, sd 1.258
""",
    "figure 'show oneToOne -n 2 --title \"A B\"' 'hist full -n 9 --of out-degree' --width=40": """\
A B
source
  ┌────┐
0 ┤██  │
1 ┤  ██│
  └─┬─┬┘
    0 1
   target
2 sources × 2 targets, 2 connections

full
out-degree  count
         9      9  █████████████████████
9 numbers, mean 9, sd 0
""",
    "show 'cross(range(2), range(4))' --turn -n 4 -m 5 --style=ascii": """\
         source
        0
target ++-------+
     0 +# # . . |
       |# # . . |
       |# # . . |
       |# # . . |
       |. . . . |
       +--------+
cross(range(2), range(4))
4 sources x 5 targets, 8 connections
""",
}


def elements(path):
    """The numbers of rectangles in groups of cells and of circles of an SVG, and its texts."""
    tree = ElementTree.parse(path).getroot()
    space = "{http://www.w3.org/2000/svg}"
    cells = [group for group in tree.iter(space + "g") if group.get("class") == "cells"]
    return (sum(len(list(group.iter(space + "rect"))) for group in cells),
            len(list(tree.iter(space + "circle"))), [e.text for e in tree.iter(space + "text")])


def test_figures(folder):
    """Pictures in files: what is in them, and what cannot be drawn."""
    path = os.path.join(folder, "figure.svg")
    for line, cells, circles, texts in (
            ("show oneToOne", 30, 0, ["oneToOne", "source", "target"]),
            ("show 'random(0.5)' -n 9 --title A&B --turn", None, 0, ["A&B"]),
            ("matrix 'cset(cross(range(4), range(5)), a=i, b=j*j)' --value b", 20, 0, ["b", "15"]),
            ("matrix 'cross(range(4), range(5))' --numbers --populations E:3,I:1", 20, 0,
             ["E", "I", "1"]),
            ("plot2d 'grid2d(5)' 25", 0, 25, ["25 positions"]),
            ("plot2d 'random3d(10)' 7", 0, 21, ["7 positions"]),
            ("plot2d 'random3d(10)' 7 --plane yz", 0, 7, ["y", "z"]),
            ("plotsel2d 'grid2d(5)' '[(3, 4), (3, 6), (4, 3)]' 3", 0, 28, ["source 3, 2 targets"]),
            ("plotsel2d 'grid2d(5)' '[(3, 4), (3, 6), (4, 3)]' 3 --sources --no-lines", 0, 27,
             ["target 3, 1 source"]),
            ("field 'cset([(0, 9), (5, 9)], i)' '[(1, 9)]' 9 --geometry 'grid2d(3)' --names P,Q",
             3, 0, ["P", "Q", "target 9, 2 sources"]),
            ("hist 'random(0.3)' full -n 50 --of in-degree --names P,Q", 0, 0,
             ["P", "Q", "in-degree", "count", "100 numbers"]),
            ("hist 'cset(full, w=i)' -n 5 --of w --density --normal --bins 5", 0, 0,
             ["w", "density", "25 numbers, mean 2, sd 1.443"]),
            ("hist 'cross(range(5), range(5))' --of distance --geometry 'grid2d(5)'", 0, 0,
             ["distance"])):
        got = run([*shlex.split(line), "-o", path])
        problem = compare((0, "", ""), got)
        if not problem:
            found = elements(path)
            problem = "" if ((cells is None or found[0] == cells) and found[1] == circles
                             and set(texts) <= set(found[2])) else str(found)
            os.remove(path)
        report(f"conset {line} -o figure.svg", problem)
    for line, expected in (
            ("show full -o figure.gif", failure("cannot write figure.gif: the format is not known")),
            ("show full -o nowhere/figure.svg", failure("cannot write nowhere/figure.svg: No such")),
            ("matrix full -o figure.svg", failure("the set is infinite; give a window")),
            ("matrix full", failure("the set is infinite; give a window with -n and -m")),
            ("matrix 'cset(full, w=1)' -n 3 --value x -o figure.svg",
             usage("the set has no value 'x'; it has 1: w")),
            ("matrix full -n 3 --populations E -o figure.svg", usage("'E' is no population.*")),
            ("matrix full -n 3 --range 2,1 -o figure.svg", usage("--range: '2,1' is no range.*")),
            ("matrix full -n 3 --colours pink -o figure.svg", usage("--colours: 'pink' is none.*")),
            ("hist full -n 3 -o figure.svg", usage("the set has no value 'weight'; it has 0, .*")),
            ("field full 3 -o figure.svg", usage("the set says nothing of where its sources .*")),
            ("figure 'count full'", usage("count: this command draws nothing; .*")),
            ("figure 'show full -o figure.svg'", usage("show: -o and --help belong to .*")),
            ("figure 'show full --wide'", usage("show: unknown option --wide")),
            ("figure 'shwo full'", usage("shwo: unknown command 'shwo'; did you mean 'show'\\?")),
            ("figure \"show 'full\"", usage("'show 'full' is no command; .*")),
            ("figure", usage("missing argument PICTURE")),
            ("field full three --geometry 'grid2d(3)' -o figure.svg", usage("TARGET: 'three'.*")),
            ("plot2d 'grid2d(3)' 9 --plane xz", failure("a geometry of two dimensions is seen in the plane xy")),
            ("hist", usage("missing argument EXPR.*"))):
        report(f"conset {line}", compare(expected, run(shlex.split(line))))
    report("no picture is left where it failed", "" if not os.path.exists(path) else path)
    report("matrix --style=colour has the colours of the map", compare(
        (0, like("t\nsource\n  ┌────────┐\n  │\x1b\\[0;38;2;68;1;84;48;2;68;1;84m▀▀▀▀"
                 "\x1b\\[0;38;2;253;231;37;48;2;253;231;37m▀▀▀▀\x1b\\[0m│\n0 ┤.*"
                 "\n  │        │\n1 ┤        │\n.*: 0 to 9 value\n2 sources × 2\ntargets, 2\n.*"), ""),
        run(["matrix", "cset(cross([0], [0, 1]), 9*j)", "-n", "2", "--style=colour", "--title=t",
             "--width=20"])))
    for line, text in DRAWN.items():
        report(f"conset {line}", compare(prints(text), run(shlex.split(line))))
    script = b"g = grid2d(4)\ngplot2d (g, 16)\ngplotsel2d (g, [(1, 2)], 1)\nshow (oneToOne, 5)\n"
    report("pictures of a script", compare((0, "", ""), run(["run", "-", "-o", path], script)))
    found = [elements(path.replace(".svg", f"-{k}.svg"))[:2] for k in (1, 2, 3)]
    report("each in a file of its own", "" if found == [(0, 16), (0, 18), (5, 0)] else str(found))
def test_xml(folder):
    """Sets as XML, there and back."""
    head = '<CSA xmlns="http://software.incf.org/software/csa/1.0">'
    path = os.path.join(folder, "set.xml")
    code, document, warning = run(["xml", "block(2)*random(0.5) - [(1, 2)]", "--seed=7"])
    with open(path, "w", encoding="utf-8") as file:
        file.write(document)
    report("xml warns of what Python CSA cannot read",
           compare((0, like(r"<\?xml .*"), "conset xml: warning: Python CSA cannot read block(...) "
                    "and will refuse this document\n"), (code, document, warning)))
    report("xml --python refuses that",
           compare(failure(r"to_xml: Python CSA cannot read block\(\.\.\.\).*"),
                   run(["xml", "--python", "block(2)*full"])))
    report("xml --python writes the rest",
           compare((0, like(r".*<randomMask c:seed=.7./>.*"), ""),
                   run(["xml", "--python", "random(0.5, seed=7)"])))
    probe = run(["parse", "-"], (head + "<full/></CSA>").encode())
    if "libxml2" in probe[2]:
        return
    expected = run(["tabulate", "block(2)*random(0.5) - [(1, 2)]", "--seed=7", "-n", "9"])
    report("-f reads XML", compare(expected, run(["tabulate", "-f", path, "-n", "9"])))
    printed = run(["parse", path])[1].strip()
    report("parse prints the same set", compare(expected, run(["tabulate", printed, "-n", "9"])))
    closure = (head + "<bind><closure/><bvar><ci>p</ci></bvar><apply><times/><apply><randomMask/>"
               "<ci>p</ci></apply><oneToOne/></apply></bind></CSA>").encode()
    report("parse --parameters",
           compare((0, like(r"random\(0\.25, seed=\d+\) \* oneToOne\n"), ""),
                   run(["parse", "-", "--parameters", "0.25"], closure)))
    report("parse without parameters",
           compare(failure("standard input:1:[^:]*: .*1 parameters, and 0 were given.*"),
                   run(["parse", "-"], closure)))
    report("parse with a wrong parameter",
           compare((2, "", like("conset parse: --parameters: 'x' is no number\nTry .*")),
                   run(["parse", "-", "-p", "x"], closure)))
    report("parse names line and file",
           compare(failure("standard input:2:1: document types .*"),
                   run(["parse", "-"], b"<?xml version='1.0'?>\n<!DOCTYPE a []>\n<a/>")))


def test_closed_pipe():
    for command in "tabulate", "show", "docs":
        arguments = {"tabulate": ["full", "-n", "1e9"], "show": ["full", "-n", "60"],
                     "docs": ["man"]}[command]
        start = time.monotonic()
        with subprocess.Popen([TOOL, command, *arguments], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=environment()) as process:
            if command == "tabulate":
                process.stdout.readline()
            process.stdout.close()
            error = process.stderr.read().decode()
            code = process.wait(timeout=TIMEOUT)
        problem = compare((0, "", ""), (code, "", error))
        if time.monotonic() - start > 10:
            problem += "it took long"
        report(f"{command} into a closed pipe", problem)


def test_failing_writes():
    message = like(r"conset[a-z ]*: cannot write to standard output: .+\n")
    lines = ["--help", "--version", "show full", "show -h", "tabulate full -n 3", "count full -n 3",
             "tabulate full -n 1e9", "contains full 1 1", "digest full -n 3", "explain full",
             "docs man", "docs bash", "docs zsh", "docs fish", "run -"]
    for line in lines:
        if os.path.exists("/dev/full"):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([TOOL, *shlex.split(line)], stdout=full, env=environment(),
                                      input=b"show (full)", stderr=subprocess.PIPE,
                                      timeout=TIMEOUT, check=False)
            report(f"conset {line} > /dev/full",
                   compare((1, "", message), (done.returncode, "", done.stderr.decode())))
    done = subprocess.run(["sh", "-c", 'exec "$0" count full -n 3 >&-', TOOL], env=environment(),
                          capture_output=True, timeout=TIMEOUT, check=False)
    report("standard output closed",
           compare((1, "", message), (done.returncode, "", done.stderr.decode())))


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def test_files(folder):
    expression = "cset(random(0.3), weight=i*0.5*nS, delay=1.5*ms)"
    window = ["-n", "40", "-m", "30"]
    digest = run(["digest", expression, *window])[1]
    has_hdf5 = "no HDF5" not in run(["export", "full", "-n", "1", "-o",
                                     os.path.join(folder, "probe.h5")])[2]
    for name in ["net.csv", "net.tsv", "net.npy", "net.npz"] + ["net.h5"] * has_hdf5:
        path = os.path.join(folder, name)
        report(f"export {name}", compare(prints(""), run(["export", expression, *window, "-o", path])))
        first = read_bytes(path)
        run(["export", expression, *window, "-o", path])
        report(f"export {name} once more", "" if read_bytes(path) == first else "other bytes")
        report(f"verify {name}", compare((0, like(r"\d+ connections as they should be\n"), ""),
                                         run(["verify", path])))
        report(f"verify {name} with another set",
               compare(failure(".*connection 1 differs: .*"),
                       run(["verify", path, "-e", expression + " - [(0, 0), (1, 0), (2, 0), (3, 0)]",
                            *window])))
        report(f"digest of fromFile, {name}",
               compare(prints(digest), run(["digest", f'fromFile("{path}")'])))

    path = os.path.join(folder, "net.csv")
    text = read_bytes(path).decode()
    header = [line for line in text.splitlines() if not line.startswith("#")][0]
    report("the header of a table", differs("header", "source,target,weight (nS),delay (ms)", header))
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(",1.5\n", ",1.25\n", 1))
    report("verify a file that was changed",
           compare(failure(".*connection 1 differs: delay of .* is 1.25 in the file, it should be 1.5"),
                   run(["verify", path])))
    report("export without -o", compare(usage("missing option -o.*"), run(["export", "full"])))
    report("export to an unknown extension",
           compare(failure(".*names no format.*"), run(["export", "[(0, 0)]", "-o", "x.xyz"])))
    report("export to a device", compare(failure(".*no regular file.*"), run(
        ["export", "[(0, 0)]", "-o", "/dev/null", "--format", "csv"])))
    report("export of an infinite set",
           compare(failure("the set is infinite.*"), run(["export", "full", "-o", path])))
    if has_hdf5:
        both = os.path.join(folder, "both.h5")
        for population in ("a", "b"):
            run(["export", "random(0.5)", "-n", "10", "-o", both, "--population", population,
                 "--append", "--network"])
        for population in ("a", "b"):
            report(f"verify population {population}",
                   compare((0, like(".*should be\n"), ""),
                           run(["verify", both, "--population", population])))
        report("verify without a population",
               compare(failure(".*there are 2 populations.*"), run(["verify", both])))
        report("append a population that is there",
               compare(failure(".*a population 'a' already.*"),
                       run(["export", "full", "-n", "3", "-o", both, "--append", "--population",
                            "a"])))
    link = os.path.join(folder, "link.csv")
    os.symlink(path, link)
    run(["export", "full", "-n", "2", "-o", link])
    report("export through a link", "" if os.path.islink(link) and read_bytes(path).endswith(b"1,1\n")
           else "the link is gone")


def test_import(folder):
    expression = ("cset(random(N=60, seed=3)*cross(range(30), range(20)), weight=i*0.5*nS, "
                  "delay=1.5*ms)")
    window = ["-n", "40", "-m", "30"]
    digest = run(["digest", expression, *window])[1]
    path = os.path.join(folder, "first.csv")
    run(["export", expression, *window, "-o", path])
    counts = ("connections  60\nrepeated     1\nsources      1 to 29 of 40\n"
              "targets      0 to 19 of 30\nvalues       weight .nS. from 0.5 to 14.5\n"
              "             delay .ms. from 1.5 to 1.5\nversion      .*\nmade of      cset.*\n"
              "seed         1\ndigest       {}expression   fromFile\\(\".*first.csv\"\\)\n")
    report("import", compare((0, like("format       csv\n" + counts.format(digest)), ""),
                             run(["import", path])))
    code, printed, _ = run(["import", "-q", path])
    report("import -q", compare(prints(f'fromFile("{path}")\n'), (code, printed, "")))
    report("what import -q prints", compare(prints(digest), run(["digest", printed.strip()])))

    has_hdf5 = "no HDF5" not in run(["export", "full", "-n", "1", "-o",
                                     os.path.join(folder, "probe.h5")])[2]
    chain = [("b.tsv", []), ("c.npy", []), ("d.npz", []), ("e.npz", ["--to", "csr"]),
             ("f.npz", ["--to", "coo"])] + [("g.h5", ["--compress", "5"])] * has_hdf5
    shape = None
    for name, more in chain:
        last, path = path, os.path.join(folder, name)
        report(f"import -o {name} {' '.join(more)}",
               compare(prints(""), run(["import", last, "-o", path, *more])))
        told = run(["import", path])[1]
        problem = "" if "from 0.5 to 14.5" in told and digest in told else told
        if shape is None:
            shape = re.findall("(?:sources|targets) .*", told)
        problem += differs("nodes", "\n".join(shape),
                           "\n".join(re.findall("(?:sources|targets) .*", told)))
        report(f"import {name}", problem)
        report(f"digest of {name}", compare(prints(digest), run(["digest", f'fromFile("{path}")'])))
        report(f"verify {name} without --files",
               compare(failure(".*may read no files.*"), run(["verify", path])))
        report(f"verify --files {name}", compare(prints("60 connections as they should be\n"),
                                                 run(["verify", "--files", path])))
    matrix = os.path.join(folder, "h.mtx")
    report("import -o h.mtx, two values",
           compare(failure(".*choose one of weight, delay.*"), run(["import", path, "-o", matrix])))
    report("import -o h.mtx --value delay",
           compare(prints(""), run(["import", path, "-o", matrix, "--value", "delay"])))
    report("import h.mtx", compare((0, like(".*of 40\n.*of 30\nvalues       delay .ms. from 1.5 to 1.5"
                                            "\n.*"), ""), run(["import", matrix])))
    other = os.path.join(folder, "net.dat")
    with open(other, "w", encoding="utf-8") as file:
        file.write("source,target\n3,4\n")
    report("import --format", compare(prints("format       csv\nconnections  1\nsources      3 to 3\n"
                                             "targets      4 to 4\nvalues       none\nexpression   "
                                             f'fromFile("{other}", format="csv")\n'),
                                      run(["import", other, "--format", "csv"])))
    report("import of an unknown extension",
           compare(failure(".*names no format.*"), run(["import", other])))
    report("import of no file", compare(failure(".*No such file.*"), run(["import", "none.csv"])))
    report("import --to without -o", compare(usage(".*give it"), run(["import", path, "--to", "csv"])))
    if has_hdf5:
        test_import_populations(folder)


def test_import_populations(folder):
    both, copy = os.path.join(folder, "pops.h5"), os.path.join(folder, "pops2.h5")
    run(["export", "random(0.5, seed=1)", "-n", "9", "-o", both, "--population", "a",
         "--source-nodes", "s", "--target-nodes", "t"])
    run(["export", "oneToOne", "-n", "9", "-o", both, "--population", "b", "--append"])
    report("import populations", compare(
        prints(f'fromFile("{both}", population="a")\nfromFile("{both}", population="b")\n'),
        run(["import", "-q", both])))
    report("import --population", compare(
        (0, like("format       SONATA\npopulation   b\nfrom nodes   nodes\nto nodes     nodes\n"
                 "connections  9\n.*"), ""), run(["import", both, "--population", "b"])))
    report("import -o of populations", compare(prints(""), run(["import", both, "-o", copy])))
    report("import of a copy", compare(
        (0, like(".*population   a\nfrom nodes   s\nto nodes     t\n.*\n\n.*population   b\n.*"), ""),
        run(["import", copy])))
    for population in "a", "b":
        report(f"verify --files of a copy, {population}",
               compare((0, like(".*should be\n"), ""),
                       run(["verify", "--files", copy, "--population", population])))
    report("import -o of populations to a table",
           compare(failure(".*holds one set.*"),
                   run(["import", both, "-o", os.path.join(folder, "pops.csv")])))


def test_full_disk(folder):
    """Files may have no more than a megabyte, as if the disk were full."""
    for name in ("full.csv", "full.npz", "full.h5"):
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write("old")
        line = 'trap "" XFSZ; ulimit -f 1000; exec "$0" export full -n 1000 -o "$1"'
        done = subprocess.run(["bash", "-c", line, TOOL, path], env=environment(),
                              capture_output=True, timeout=TIMEOUT, check=False)
        report(f"export {name} to a full disk",
               compare(failure("(cannot write .*|this build .*)"),
                       (done.returncode, done.stdout.decode(), done.stderr.decode())))
        report(f"export {name} to a full disk leaves the old file",
               "" if read_bytes(path) == b"old" else "it is gone")


def test_killed(folder):
    """A tool that is ended leaves the old file, and nothing else."""
    place = os.path.join(folder, "killed")
    os.mkdir(place)
    try:
        os.close(os.open(place, os.O_TMPFILE | os.O_RDWR))
        nameless = True
    except OSError:
        nameless = False  # The file system has no files without a name.
    for name, number, leaves_nothing in (("net.csv", signal.SIGINT, True),
                                         ("net.h5", signal.SIGTERM, True),
                                         ("net.csv", signal.SIGKILL, nameless),
                                         ("net.h5", signal.SIGKILL, nameless)):
        path = os.path.join(place, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write("old")
        with subprocess.Popen([TOOL, "export", "full", "-n", "1000000", "-o", path],
                              env=environment(), stderr=subprocess.PIPE) as tool:
            time.sleep(1)
            tool.send_signal(number)
            tool.wait(TIMEOUT)
        code = tool.returncode
        report(f"export {name}, {number.name}",
               "" if read_bytes(path) == b"old" and code in (-number, 1) else f"exit code {code}")
        found = os.listdir(place)
        report(f"export {name}, {number.name} leaves nothing",
               "" if found == [name] or not leaves_nothing else str(found))
        for left in found:
            os.remove(os.path.join(place, left))


def test_locales():
    arguments = ["show", "random(0.5)", "-n", "12"]
    drawn = run(arguments, LC_ALL="C")
    report("ASCII in the C locale",
           compare((0, like("[ -~\n]*# [ -~\n]*"), ""), drawn))
    report("Unicode in a UTF-8 locale",
           compare((0, like(".*[▀▄█].*"), ""), run(arguments)))
    report("--style=blocks in the C locale",
           compare((0, like(".*[▀▄█].*"), ""), run([*arguments, "--style=blocks"], LC_ALL="C")))
    for locale in "de_DE.UTF-8", "fr_FR.UTF-8":
        report(f"numbers under {locale}",
               compare(run(arguments), run(arguments, LC_ALL="C.UTF-8", LC_NUMERIC=locale)))


def test_units():
    """Units come from a database, which may be missing, as they may from the build."""
    got = run(["count", "random * (mm / um / 1000)", "-n", "10"],
              UDUNITS2_XML_PATH="/nonexistent/units.xml")
    if "no units" not in got[2]:
        report("no database of units", compare(failure(
            "line 1, column 11: mm: the units of udunits2 could not be read from "
            r"/nonexistent/units\.xml; install its database \(Debian package libudunits2-data\), "
            "or name it in the environment variable UDUNITS2_XML_PATH"), got))
        report("the database of udunits2", compare(prints("100\n"), run(
            ["count", "random * (mm / um / 1000)", "-n", "10"])))


def test_statistics():
    report("stats of multapses", compare(prints(STATS), run(
        ["stats", "[(0, 1), (0, 1), (0, 1), (3, 3)]"], COLUMNS="42")))
    for columns in 20, 37, 80, 200:
        for locale in "C", "C.UTF-8":
            _, drawn, _ = run(["stats", "random(0.1, seed=1)", "-n", "300"], COLUMNS=str(columns),
                              LC_ALL=locale)
            bars = [line for line in drawn.splitlines() if re.match(" +[0-9]", line)]
            widest = max(map(len, bars), default=999)
            ascii_only = locale != "C" or drawn.isascii()
            report(f"stats in {columns} columns, {locale}",
                   "" if widest <= max(columns, 43) and ascii_only else f"{widest}\n{drawn}")
    connections = int(re.search("connections +([0-9]+)", drawn).group(1))
    report("stats counts the same",
           compare(prints(f"{connections}\n"), run(["count", "random(0.1, seed=1)", "-n", "300"])))


def test_widths():
    for columns in 20, 37, 80, 200:
        for style in "auto", "blocks", "braille", "ascii":
            for n in "7", "64", "1000", "123456":
                code, drawn, error = run(["show", "block(10)*oneToOne", "-n", n, "--style", style],
                                         COLUMNS=str(columns))
                widest = max(map(len, drawn.splitlines()[:-2]), default=0)
                if code != 0 or error or widest > columns:
                    report(f"show -n {n} --style={style} in {columns} columns",
                           f"exit code {code}, {error!r}, {widest} columns\n{drawn}")
                    return
    report("pictures keep to the width", "")


def in_terminal(arguments, columns=80, rows=40, until=None, stdout=None, end_by=signal.SIGKILL):
    """Runs the tool in a terminal; ends it when it prints `until`. Gives exit code and output."""
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if stdout is not None:
            os.dup2(os.open(stdout, os.O_WRONLY), 1)
        os.execve(TOOL, [TOOL, *arguments], environment())
    output = b""
    end = time.monotonic() + TIMEOUT
    while time.monotonic() < end and not (until and until in output):
        ready, _, _ = select.select([terminal], [], [], 1)
        try:
            part = os.read(terminal, 65536) if ready else None
        except OSError:
            break
        if part == b"":
            break
        output += part or b""
    if until or time.monotonic() >= end:
        os.kill(pid, end_by)
    while until and end_by != signal.SIGKILL:
        try:
            output += os.read(terminal, 65536)
        except OSError:
            break
    os.close(terminal)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return code, output.decode().replace("\r\n", "\n")


def in_terminal_answer(arguments):
    """As in_terminal(), without the progress."""
    code, output = in_terminal(arguments)
    return code, output.rsplit("\r", 1)[-1]


def test_terminals():
    code, drawn = in_terminal(["show", "full", "-n", "90"], columns=120, rows=60)
    report("show takes the width of the terminal",
           compare((0, like(".*┤█{90}│\n.*"), ""), (code, drawn, "")))
    code, drawn = in_terminal(["show", "full", "-n", "60"], columns=120, rows=30)
    report("show keeps to the height of the terminal",
           compare((0, like(".*┤⣿{30}│\n.*"), ""), (code, drawn, "")))
    code, drawn = in_terminal(["tabulate", "oneToOne", "-n", "2"])
    report("no progress on a short listing", compare(prints("0\t0\n1\t1\n"), (code, drawn, "")))
    bar = rb" %  [0-9.]+ [kMGTPE]? ?connections, [0-9.]+ ?[kMGTPE]?/s, [0-9:]+ left"
    for line, stdout in (("tabulate full -n 1e7", os.devnull),
                         ("show 'random(0.3)' -n 1e6", None),
                         ("count 'random(0.3)*random(0.5)' -n 1e7", None),
                         ("stats 'random(0.3)' -n 1e6", None)):
        _, drawn = in_terminal(shlex.split(line), until=b" left", stdout=stdout)
        report(f"progress of conset {line}",
               "" if re.search(bar.decode(), drawn) else f"got {drawn!r}")
    for line, expected in (("count 'full - oneToOne' -n 1e9", "999999999000000000\n"),
                           ("count 'random(0)' -n 1000", "0\n"), ("count empty", "0\n"),
                           ("count 'cross(range(7), range(9))'", "63\n")):
        report(f"conset {line}, counted in slices",
               compare(prints(expected), (*in_terminal(shlex.split(line)), "")))


def test_threads():
    """The output does not depend on --threads, and is that of the library by one thread."""
    for line in ("count 'random(0.1)*random(0.5)' -n 3000", "digest 'random(0.1)' -n 3000",
                 "stats 'random(0.1)' -n 3000", "show 'random(0.1)' -n 3000",
                 "stats 'cset(random(poisson=1), normal(0, 1))' -n 300",
                 "tabulate 'random(0.1)' -n 1000 -m 2000",
                 "tabulate 'cset(random(0.1), normal(0, 1), i - j)' -n 900 --order=source",
                 "count 'random(2)' -n 10", "digest full",
                 "tabulate 'random * (1 + 1e-6 * (i - 1000))' -n 3000"):
        one = run([*shlex.split(line), "--threads=1"])
        for threads in "0", "2", "3", "8", "99":
            report(f"conset {line} --threads={threads}",
                   compare(one, run([*shlex.split(line), "--threads", threads])))
    report("--threads=-1", compare(usage(
        "--threads: '-1' is no integer between 0 and 4096", "conset count"),
        run(["count", "full", "-n", "3", "--threads=-1"])))


def test_signals():
    """Ctrl-C ends everything at once, as a signal does, and wipes the bar."""
    for line in ("count 'random(0.3)*random(0.5)' -n 1e9", "digest full -n 1e6",
                 "stats 'random(0.3)' -n 1e7", "show 'random(0.3)*random(0.5)' -n 1e7",
                 "tabulate full -n 1e9"):
        for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
            with subprocess.Popen([TOOL, *shlex.split(line)], stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, env=environment()) as process:
                time.sleep(0.3)
                start = time.monotonic()
                process.send_signal(number)
                error = process.stderr.read().decode()
                code = process.wait(timeout=TIMEOUT)
            slow = "" if time.monotonic() - start < 10 else "it took long"
            report(f"conset {line}, {number.name}",
                   compare((-number, "", ""), (code, "", error + slow)))
    code, drawn = in_terminal(["count", "random(0.3)*random(0.5)", "-n", "1e9"], until=b" left",
                              end_by=signal.SIGINT)
    report("a signal wipes the bar",
           compare((-signal.SIGINT, like(r".* left *\r +\r"), ""), (code, drawn, "")))


def test_silence():
    """Nothing but connections without a terminal, and nothing but them on one."""
    with subprocess.Popen([TOOL, "tabulate", "full", "-n", "1e7"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, env=environment()) as process:
        time.sleep(2)
        process.kill()
        error = process.stderr.read().decode()
    report("no progress where standard error is no terminal", error)


def examples(text):
    """The command lines of a help text, each with a pattern of the output that it shows."""
    found = []
    for line in re.split(r"^Examples?:\n", text, flags=re.MULTILINE)[1].splitlines():
        if line.startswith("  $ "):
            found.append((line[4:], []))
        else:
            found[-1][1].append(line[2:])
    return [(command, like("".join(re.escape(line + "\n") if line != "..." else ".*"
                                   for line in lines) or ".*"))
            for command, lines in found]


def test_help(folder):
    os.symlink(TOOL, os.path.join(folder, "conset"))
    path = folder + os.pathsep + os.environ["PATH"]
    commands = re.findall(r"^  ([a-z0-9]+) +[a-z]", run(["--help"])[1], flags=re.MULTILINE)
    report("--help lists the commands", "" if len(commands) >= 8 else str(commands))
    for command in ["", *commands]:
        text = run([*command.split(), "--help"])[1]
        widest = max(map(len, text.splitlines()))
        report(f"conset {command} --help fits 80 columns",
               "" if widest <= 80 else f"{widest} columns")
        for line, expected in examples(text):
            done = subprocess.run(["bash", "-c", line], capture_output=True, timeout=TIMEOUT,
                                  env=environment(PATH=path), cwd=folder, check=False)
            got = (done.returncode, done.stdout.decode(), done.stderr.decode())
            report(f"example: {line}", compare((0, expected, ""), got))


def check_file(tool, arguments, folder, name):
    """Has `tool`, if there is one, check a file."""
    if shutil.which(tool):
        done = subprocess.run([tool, *arguments, name], capture_output=True, timeout=TIMEOUT,
                              cwd=folder, env=environment(), check=False)
        problem = "" if done.returncode == 0 else (done.stdout + done.stderr).decode()
        report(f"{tool} accepts {name}", problem)


def test_docs(folder):
    for kind in "man", "bash", "zsh", "fish":
        code, text, error = run(["docs", kind])
        with open(os.path.join(folder, "docs." + kind), "w", encoding="utf-8") as file:
            file.write(text)
        report(f"docs {kind}", compare((0, like(".*conset.*tabulate.*--style.*".replace(
            "--", r"(?:--|\\-\\-|-l )")), ""), (code, text, error)))
    check_file("bash", ["-n"], folder, "docs.bash")
    check_file("zsh", ["-n"], folder, "docs.zsh")
    check_file("fish", ["-n"], folder, "docs.fish")
    check_file("mandoc", ["-T", "lint", "-W", "error"], folder, "docs.man")

    complete = ('source docs.bash; compopt () { :; }; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
                '_conset; echo "${COMPREPLY[*]}"')
    for words, expected in ((["conset", "ta"], "tabulate"), (["conset", "docs", "z"], "zsh"),
                            (["conset", "show", "--sty"], "--style"),
                            (["conset", "show", "--style", "=", "br"], "braille"),
                            (["conset", "count", "-f", "docs.f"], "docs.fish"),
                            (["conset", "count", "-n", ""], "")):
        done = subprocess.run(["bash", "-c", complete, "bash", *words], capture_output=True,
                              timeout=TIMEOUT, cwd=folder, env=environment(), check=False)
        report("completion of " + " ".join(words),
               compare(prints(expected + "\n"),
                       (done.returncode, done.stdout.decode(), done.stderr.decode())))


def main():
    with tempfile.TemporaryDirectory() as folder:
        test_command_lines()
        test_inputs(folder)
        test_positions(folder)
        test_scripts(folder)
        test_seeds()
        test_agreement()
        test_values()
        test_figures(folder)
        test_xml(folder)
        test_closed_pipe()
        test_failing_writes()
        test_files(folder)
        test_import(folder)
        test_full_disk(folder)
        test_killed(folder)
        test_locales()
        test_units()
        test_widths()
        test_statistics()
        test_terminals()
        test_threads()
        test_signals()
        test_silence()
        test_help(folder)
        test_docs(folder)
    print(f"{results[True]} passed, {results[False]} failed")
    return 1 if results[False] else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__.splitlines()[0])
    TOOL = os.path.abspath(sys.argv[1])
    sys.exit(main())
