#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the demo brunel: python3 brunel.py PROGRAM small|full

Runs the simulation and holds the rates and the irregularity that it prints against theory: the
mean-field rate of Brunel (2000), which solves

    1 / r = t_ref + tau sqrt(pi) (integral of exp(u^2) (1 + erf(u)) over [(V_r - mu) / s,
                                                                           (theta - mu) / s])

    mu = C J tau (nu_ext + r (1 - g / 4)),  s^2 = C J^2 tau (nu_ext + r (1 + g^2 / 4))

(Siegert 1951), and the coefficient of variation of the intervals that belongs to it; and against
the rates that were simulated for table 1 of that paper. `full` is the network of the paper, `small`
a fifth of it, together with what else the program prints, options and errors. The simulation of
a seed is always the same, so that a bound that is kept is kept always.
"""

import math
import os
import re
import subprocess
import sys

# Times in ms, potentials in mV.
TAU, THRESHOLD, RESET, REFRACTORY = 20.0, 20.0, 10.0, 2.0
WEIGHT, DEGREE = 0.1, 1000.0

# g, eta, and the rate of table 1 in Hz.
REGIMES = {"SR": (3.0, 2.0, None), "SI-fast": (6.0, 4.0, 60.7), "AI": (5.0, 2.0, 37.7),
           "SI-slow": (4.5, 0.9, 5.5)}

failures = 0


def check(name, good, what=""):
    """Counts a case and prints its line."""
    global failures
    failures += not good
    print(f"{'ok    ' if good else 'FAILED'}  {name}  {what}")
    sys.stdout.flush()


# Theory


def scaled_error(u):
    """exp(u^2) (1 + erf(u))"""
    if u > -5.0:
        return math.exp(u * u) * math.erfc(-u)
    v = 1.0 / (u * u)
    return (1.0 - v / 2.0 + 0.75 * v * v - 1.875 * v ** 3) / (-u * math.sqrt(math.pi))


def integral(function, first, end, steps=400):
    """Simpson's rule."""
    width = (end - first) / steps
    inner = sum((2 + 2 * (k % 2)) * function(first + k * width) for k in range(1, steps))
    return (function(first) + inner + function(end)) * width / 3.0


def siegert_rate(mu, sigma):
    """Spikes per ms of a neuron whose input is white noise."""
    first, end = (RESET - mu) / sigma, (THRESHOLD - mu) / sigma
    return 1.0 / (REFRACTORY + TAU * math.sqrt(math.pi) * integral(scaled_error, first, end))


def siegert_irregularity(mu, sigma):
    """Coefficient of variation of the intervals of that neuron."""
    first, end = (RESET - mu) / sigma, (THRESHOLD - mu) / sigma
    start, steps = min(first, 0.0) - 6.0, 4000
    width = (end - start) / steps
    inner, outer = 0.0, 0.0
    for k in range(steps):
        u = start + (k + 0.5) * width
        step = math.exp(-u * u) * scaled_error(u) ** 2 * width
        if u > first:
            outer += math.exp(u * u) * (inner + step / 2.0) * width
        inner += step
    return math.sqrt(2.0 * math.pi * outer) * siegert_rate(mu, sigma) * TAU


def mean_field(regime, scale):
    """Of a neuron in the network: its rate per ms, the mean of its input and its deviation, and the
    part of the deviation that comes from outside."""
    g, eta, _ = REGIMES[regime]
    weight, degree = WEIGHT / scale, DEGREE * scale
    outside = eta * THRESHOLD / (weight * degree * TAU)

    def inputs(rate):
        return (degree * weight * TAU * (outside + rate * (1.0 - g / 4.0)),
                weight * math.sqrt(degree * TAU * (outside + rate * (1.0 + g * g / 4.0))))

    low, high = 0.0, 1.0 / REFRACTORY
    while high - low > 1e-6:
        rate = (low + high) / 2.0
        low, high = (rate, high) if siegert_rate(*inputs(rate)) > rate else (low, rate)
    return low, *inputs(low), weight * math.sqrt(degree * TAU * outside)


# The program


def run(*options, charset="C.UTF-8"):
    """Exit code, standard output, standard error."""
    done = subprocess.run([PROGRAM, *options], capture_output=True, check=False,
                          env={**os.environ, "LC_ALL": charset})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def simulate(scale, *options):
    """What was found in each regime: connections, and of both populations rate, irregularity and
    synchrony."""
    code, out, err = run(f"--scale={scale}", "--no-raster", *options)
    check(f"runs: {' '.join(options)}", code == 0 and err == "", err)
    found = {}
    for line in out.splitlines():
        words = line.replace(":", " ").split()
        if words and words[0] in REGIMES:
            found[words[0]] = now = {}
        elif words[:1] == ["built"]:
            now["connections"] = int(words[1])
        elif words[:1] in (["excitatory"], ["inhibitory"]):
            now[words[0]] = [float(word) for word in words[1:4]]
    return found


def check_near(name, found, wanted, tolerance):
    """Within a share of what is wanted."""
    check(name, abs(found - wanted) <= tolerance * wanted, f"{found:.2f}, expected {wanted:.2f}")


def check_rates(found, regime, scale, tolerance):
    """Both populations get alike input, and fire at the rate of mean-field theory."""
    rate = 1000.0 * mean_field(regime, scale)[0]
    for population in ("excitatory", "inhibitory"):
        check_near(f"{regime}: rate, {population}, and theory", found[regime][population][0], rate,
                   tolerance)
        if scale == 1.0 and REGIMES[regime][2] is not None:
            check_near(f"{regime}: rate, {population}, as published", found[regime][population][0],
                       REGIMES[regime][2], max(tolerance, 0.05))


def check_states(found, scale):
    """Regular or irregular, synchronous or not."""
    irregularity = {regime: found[regime]["excitatory"][1] for regime in found}
    synchrony = {regime: found[regime]["excitatory"][2] for regime in found}
    _, mu, sigma, drive = mean_field("AI", scale)
    poisson = siegert_irregularity(mu, sigma)
    if scale < 1.0:
        check_near("AI: irregularity", irregularity["AI"], poisson, 0.25)
    else:
        # The network's part of the input is random, but less so than Poisson processes.
        least = siegert_irregularity(mu, drive)
        check("AI: irregularity", least < irregularity["AI"] < poisson,
              f"{irregularity['AI']:.3f}, expected {least:.3f} to {poisson:.3f}")
    check("SR: regular", irregularity["SR"] < 0.1, f"{irregularity['SR']:.3f}")
    check("SI: irregular", min(irregularity["SI-fast"], irregularity["SI-slow"]) > 0.5)
    check("SR: the most synchronous", max(synchrony, key=synchrony.get) == "SR", f"{synchrony}")


def test_full():
    """The network of the paper."""
    found = {**simulate(1.0, "--regime=AI", "--regime=SI-fast", "--regime=SI-slow"),
             **simulate(1.0, "--regime=SR", "--time=200", "--transient=100")}
    for regime in found:
        check(f"{regime}: connections", found[regime]["connections"] == 12500 * 1250)
    check_rates(found, "AI", 1.0, 0.03)
    check_rates(found, "SI-fast", 1.0, 0.1)
    check_rates(found, "SR", 1.0, 0.05)
    # At such low rates a slow oscillation is seen some twenty times.
    check_rates(found, "SI-slow", 1.0, 0.3)
    check_states(found, 1.0)
    check("SI-fast: more synchronous than AI",
          found["SI-fast"]["excitatory"][2] > 2.0 * found["AI"]["excitatory"][2])


def test_small():
    """A fifth of it: steps of 0.5 mV are far from white noise."""
    found = simulate(0.2, "--regime=all")
    for regime in found:
        check(f"{regime}: connections", found[regime]["connections"] == 2500 * 250)
        check_rates(found, regime, 0.2, 0.3 if regime == "SI-slow" else 0.1)
    check_states(found, 0.2)
    for option in ("--dt=0.05", "--dt=0.3", "--delay-sd=0.4"):
        check_rates(simulate(0.2, "--regime=AI", option), "AI", 0.2, 0.15)
    # Without a common delay there is no common rhythm.
    spread = simulate(0.2, "--regime=SR", "--delay-sd=0.4")
    check("SR: delays of their own", spread["SR"]["excitatory"][2]
          < 0.5 * found["SR"]["excitatory"][2], f"{spread['SR']}")


def test_output():
    """Rasters, repeatability, options."""
    short = ("--scale=0.05", "--time=100", "--transient=20", "--regime=ai")

    def numbers(*options):
        return re.sub(r"in [0-9.]+ s.*", "", run(*short, *options)[1])

    check("the same again", numbers() == numbers())
    check("another seed", numbers() != numbers("--seed=2"))
    text = run(*short)[1]
    check("dots", len(re.findall(r"[\u2801-\u28ff]", text)) > 30)
    rows = [line for line in text.splitlines() if "\u2502" in line]
    check("rows of dots and bars", len(rows) == 17 and max(map(len, rows)) == 80, f"{len(rows)}")
    plain = run(*short, charset="C")[1]
    check("plain characters",
          plain.isascii() and len(re.findall(r"(?m)^.{6} \|", plain)) == 17)
    check("no raster", "\u2502" not in run(*short, "--no-raster")[1])
    code, out, _ = run("--help")
    check("help", code == 0 and all(f"--{name}" in out for name in (
        "dt", "time", "transient", "scale", "delay-sd", "regime", "seed", "no-raster")))
    for options in (["--dt=0"], ["--dt=nan"], ["--dt=2"], ["--time=1"], ["--transient=-1"],
                    ["--scale=0.001"], ["--scale=3"], ["--delay-sd=-1"], ["--regime=XY"],
                    ["--none"], ["more"]):
        code, out, err = run(*options)
        check(f"wrong: {options[0]}", code == 2 and out == "" and err.startswith("brunel: "),
              err.strip())


PROGRAM = sys.argv[1]

if sys.argv[2] == "full":
    test_full()
else:
    test_small()
    test_output()
print(f"{failures} failed")
sys.exit(failures > 0)
