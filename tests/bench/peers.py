#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""conset beside its peers: python3 peers.py CONSET-BENCH [--seconds S]

`sh tests/bench/peers.sh` builds conset, fetches the peers (Python CSA, NumPy, SciPy, igraph) and
runs this; to run it by hand, give it a Python that has some of them and the path of conset-bench.

Each workload of conset-bench that a peer can express is streamed to the same consumer, which
adds up sources and targets. The peer gets a window so small that a pass takes about S seconds (1
unless told): all sources and fewer targets, or for igraph, whose graphs are square, fewer of
both. conset-bench runs for S seconds on the whole window (below one second on a part). Both take
turns, so that what else the machine does hits both, and `ratio` is the median over these pairs
of conset's connections per second to the peer's.

Prints one JSON line for each peer and workload. A peer that cannot be imported is left out.
"""

import argparse
import collections
import importlib
import importlib.metadata
import json
import math
import statistics
import subprocess
import sys
import time

PAIRS = 5
BLOCK = 10
# Elements that NumPy draws at a time: few enough to stay in the cache.
CHUNK = 1 << 16

Workload = collections.namedtuple("Workload", "size density")
Peer = collections.namedtuple("Peer", "name package is_square passes")

# As conset-bench has them: each is size x size, and about `density` of all pairs are members.
WORKLOADS = {
    "W1": Workload(20_000, 0.1),
    "W2": Workload(100_000, 0.001),
    "W3": Workload(20_000, 0.5),
    "W4": Workload(10_000, 0.7 * 0.5),
    "W7": Workload(100_000, 1.0),
}
RANDOM = ("W1", "W2", "W3")


def import_or_none(name):
    """The module, or None after saying why not."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        print(f"peers.py: {name} is left out: {error}", file=sys.stderr)
        return None


csa = import_or_none("csa")
np = import_or_none("numpy")
sparse = import_or_none("scipy.sparse")
igraph = import_or_none("igraph")


# Every pass below takes the numbers of sources and targets, and gives the number of connections
# and the sum of all sources and three times all targets.


def csa_pass(make):
    """Python CSA, iterated as its manual does; `make` builds the set to cut from."""
    def run(n_sources, n_targets):
        connections = sources = targets = 0
        for source, target in csa.cross(range(n_sources), range(n_targets)) * make():
            connections += 1
            sources += source
            targets += target
        return connections, sources + 3 * targets
    return run


def csa_random(density):
    return csa_pass(lambda: csa.random(density))


def csa_blocks():
    return csa.block(BLOCK) * csa.random(0.7) * csa.random(0.5) - csa.oneToOne


def csa_full_without_diagonal():
    return csa.full - csa.oneToOne


def sums(sources, targets):
    return sources.size, int(sources.sum()) + 3 * int(targets.sum())


def numpy_pass(matrix):
    """Boolean matrices of some targets each, read with nonzero.

    `matrix (rng, first, n_targets, n_sources)` makes one; n_targets is a multiple of BLOCK.
    """
    def run(n_sources, n_targets):
        rng = np.random.default_rng(1)
        step = BLOCK * max(1, CHUNK // (BLOCK * n_sources))
        connections = checksum = 0
        for first in range(0, n_targets, step):
            part = matrix(rng, first, min(step, n_targets - first), n_sources)
            targets, sources = np.nonzero(part)
            n, part_sum = sums(sources, targets)
            connections += n
            checksum += part_sum + 3 * n * first
        return connections, checksum
    return run


def numpy_random(density):
    def matrix(rng, _first, n_targets, n_sources):
        return rng.random((n_targets, n_sources), dtype=np.float32) < density
    return numpy_pass(matrix)


def numpy_blocks(rng, first, n_targets, n_sources):
    blocks = rng.random((n_targets // BLOCK, n_sources // BLOCK), dtype=np.float32) < 0.7
    part = blocks.repeat(BLOCK, axis=0).repeat(BLOCK, axis=1)
    part &= rng.random(part.shape, dtype=np.float32) < 0.5
    np.fill_diagonal(part[:, first:], False)
    return part


def numpy_full_without_diagonal(_rng, first, n_targets, n_sources):
    part = np.ones((n_targets, n_sources), dtype=bool)
    np.fill_diagonal(part[:, first:], False)
    return part


def numpy_skips(density):
    """Geometric skips from member to member, in chunks: what sparse sets are drawn with."""
    def run(n_sources, n_targets):
        rng = np.random.default_rng(1)
        connections = checksum = 0
        last, end = -1, n_sources * n_targets
        while last < end:
            members = last + rng.geometric(density, CHUNK).cumsum()
            last = int(members[-1])
            targets, sources = np.divmod(members[members < end], n_sources)
            n, part_sum = sums(sources, targets)
            connections += n
            checksum += part_sum
        return connections, checksum
    return run


def scipy_matrix(n_sources, n_targets, density):
    return sparse.random_array((n_targets, n_sources), density=density, dtype=bool, rng=1,
                               data_sampler=lambda size: np.ones(size, bool))


def scipy_random(density):
    def run(n_sources, n_targets):
        targets, sources = scipy_matrix(n_sources, n_targets, density).coords
        return sums(sources, targets)
    return run


def scipy_blocks(n_sources, n_targets):
    blocks = scipy_matrix(n_sources // BLOCK, n_targets // BLOCK, 0.7)
    grown = sparse.kron(blocks, np.ones((BLOCK, BLOCK), bool), "csr")
    both = grown.multiply(scipy_matrix(n_sources, n_targets, 0.5).tocsr()).tocoo()
    targets, sources = both.coords
    others = sources != targets
    return sums(sources[others], targets[others])


def igraph_sums(graph):
    """Adds up the degrees: a list of all edges as Python tuples would cost more than the graph."""
    sources = sum(k * degree for k, degree in enumerate(graph.outdegree()))
    targets = sum(k * degree for k, degree in enumerate(graph.indegree()))
    return graph.ecount(), sources + 3 * targets


def igraph_random(density):
    def run(n_sources, _n_targets):
        return igraph_sums(igraph.Graph.Erdos_Renyi(n_sources, p=density, directed=True,
                                                    loops=True))
    return run


def igraph_full_without_diagonal(n_sources, _n_targets):
    return igraph_sums(igraph.Graph.Full(n_sources, directed=True))


def random_passes(make):
    return {name: make(WORKLOADS[name].density) for name in RANDOM}


def peers():
    """The peers that are there."""
    if csa:
        yield Peer("Python CSA", "csa", False, {
            **random_passes(csa_random),
            "W4": csa_pass(csa_blocks), "W7": csa_pass(csa_full_without_diagonal)})
    if np:
        yield Peer("NumPy, matrix and nonzero", "numpy", False, {
            **random_passes(numpy_random),
            "W4": numpy_pass(numpy_blocks), "W7": numpy_pass(numpy_full_without_diagonal)})
        yield Peer("NumPy, geometric skips", "numpy", False, random_passes(numpy_skips))
    if np and sparse:
        yield Peer("SciPy, random_array", "scipy", False, {
            **random_passes(scipy_random), "W4": scipy_blocks})
    if igraph:
        yield Peer("igraph", "igraph", True, {
            **random_passes(igraph_random), "W7": igraph_full_without_diagonal})


def window_of(work, is_square, n_pairs):
    """About n_pairs of the workload as numbers of sources and targets."""
    if is_square:
        return (min(work.size, math.isqrt(int(n_pairs))),) * 2
    n_blocks = round(n_pairs / work.size / BLOCK)
    return work.size, min(work.size, BLOCK * max(1, n_blocks))


def timed(run, window):
    """Seconds and connections of a pass."""
    began = time.perf_counter()
    connections, _checksum = run(*window)
    return time.perf_counter() - began, connections


def window_that_takes(seconds, run, work, is_square):
    """Tries larger and larger windows."""
    n_pairs = 1e5
    while True:
        window = window_of(work, is_square, n_pairs)
        spent, _connections = timed(run, window)
        if spent > 0.7 * seconds or window == (work.size, work.size):
            return window
        n_pairs *= min(10.0, 1.2 * seconds / spent)


def conset_results(bench, name, seconds, *options):
    done = subprocess.run([bench, name, "--seconds", str(seconds), *options],
                          stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def compare(peer, name, bench, isa, seconds):
    """The JSON line of a peer and a workload."""
    work, run = WORKLOADS[name], peer.passes[name]
    window = window_that_takes(seconds, run, work, peer.is_square)
    passes, peer_rates, conset_rates = [], [], []
    for _ in range(PAIRS):
        spent, connections = timed(run, window)
        passes.append(spent)
        peer_rates.append(connections / spent)
        conset, = conset_results(bench, name, seconds, "--isa", isa)
        conset_rates.append(conset["connections_per_second"])
    if not 0.75 < connections / (work.density * window[0] * window[1]) < 1.25:
        sys.exit(f"peers.py: {peer.name} makes {connections} connections of {name} in {window}")
    ratios = [own / others for own, others in zip(conset_rates, peer_rates)]
    return {
        "name": name,
        "peer": peer.name,
        "version": importlib.metadata.version(peer.package),
        "window": window,
        "connections": connections,
        "seconds": round(statistics.median(passes), 6),
        "connections_per_second": float(f"{statistics.median(peer_rates):.4g}"),
        "conset_connections_per_second": statistics.median(conset_rates),
        "isa": isa,
        "ratio": float(f"{statistics.median(ratios):.4g}"),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", metavar="CONSET-BENCH", help="path of conset-bench")
    parser.add_argument("--seconds", metavar="S", type=float, default=1.0,
                        help="about how long a pass takes, default 1")
    options = parser.parse_args()
    if not options.seconds > 0.0:
        parser.error("--seconds must be above 0")

    # The best kernels of the machine come first.
    isa = conset_results(options.bench, "W1", 0.01)[0]["isa"]
    found = list(peers())
    for name in WORKLOADS:
        for peer in found:
            if name in peer.passes:
                line = compare(peer, name, options.bench, isa, options.seconds)
                print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
