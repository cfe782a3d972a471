#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads the files of `conset export` with the programs they are for: python3 readers.py TOOL

Each file is held against `conset tabulate` of the same set: connections, their order, and values to
the last bit. Readers are NumPy, SciPy, pandas, h5py, libsonata, BMTK and NEST, from PyPI;
tests/readers.sh brings them. Prints a line a case.

A NEST with HDF5 builds the networks by its SonataNetwork alone. That of PyPI is built without:
nest_connect() stands in for the part that is missing.
"""

import os
import subprocess
import sys
import tempfile

import bmtk.utils.sonata.file as bmtk_file
import h5py
import libsonata
import numpy
import pandas
import scipy.io
import scipy.sparse

MASK = "random(0.2) * random(0.5) - oneToOne"
MULTAPSES = "random(N=700)*cross(range(60), range(45))"
VALUES = ("cset(random(fanIn=7, multapses=True)*cross(range(60), N), "
          "weight=normal(2.0, 0.5)*nS, delay=uniform(0.5, 3.0)*ms)")
LONG = "cset(random(0.3), weight=lognormal(1.0, 0.5), delay=1.5*ms)"

N_SOURCES, N_TARGETS = 60, 45

results = {True: 0, False: 0}


def report(name, ok):
    results[bool(ok)] += 1
    print(f"{'ok    ' if ok else 'FAILED'}  {name}", flush=True)


def conset(*arguments, ranks=1):
    launcher = ["mpirun", "-n", str(ranks)] if ranks > 1 else []
    return subprocess.run([*launcher, TOOL, *arguments], check=True, capture_output=True,
                          text=True).stdout


def has_ranks():
    """Whether the tool works on ranks here, which may be more than cores, and root's."""
    os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
                      OMPI_MCA_rmaps_base_oversubscribe="1", OMPI_MCA_mpi_yield_when_idle="1")
    try:
        return conset("count", "oneToOne", "-n", "5", ranks=3) == "5\n"
    except (OSError, subprocess.CalledProcessError):
        return False


def window(n=N_SOURCES, m=N_TARGETS):
    return ["-n", str(n), "-m", str(m)]


def listing(expression, n=N_SOURCES, m=N_TARGETS):
    """Sources, targets and columns of values, as tabulate tells them."""
    lines = conset("tabulate", expression, *window(n, m)).splitlines()
    table = [line.split("\t") for line in lines]
    return (numpy.array([int(row[0]) for row in table]), numpy.array([int(row[1]) for row in table]),
            [numpy.array([float(row[k]) for row in table]) for k in range(2, len(table[0]))])


def export(expression, file, *options, n=N_SOURCES, m=N_TARGETS, ranks=1):
    conset("export", expression, *window(n, m), "-o", file, *options, ranks=ranks)
    return file


def equal(a, b):
    return numpy.array_equal(numpy.asarray(a), numpy.asarray(b))


def dense(sources, targets, values):
    matrix = numpy.zeros((N_SOURCES, N_TARGETS))
    numpy.add.at(matrix, (sources, targets), values)
    return matrix


def test_numpy():
    for name, expression in (("mask", MASK), ("multapses", MULTAPSES)):
        sources, targets, _ = listing(expression)
        pairs = numpy.load(export(expression, "a.npy"))
        report(f"numpy.load, {name}", equal(pairs[:, 0], sources) and equal(pairs[:, 1], targets))
    sources, targets, values = listing(VALUES)
    table = numpy.load(export(VALUES, "a.npy"))
    report("numpy.load, values",
           equal(table["source"], sources) and equal(table["target"], targets)
           and equal(table["weight"], values[0]) and equal(table["delay"], values[1]))
    report("numpy.load, mapped", equal(numpy.load("a.npy", mmap_mode="r")["weight"], values[0]))
    with open("a.npy", "rb") as file:
        numpy.load(file)
        notes = numpy.load(file).item().decode()
    report("numpy.load, notes", "conset_expression: cset(" in notes)


def test_scipy():
    for name, expression in (("mask", MASK), ("multapses", MULTAPSES), ("values", VALUES)):
        sources, targets, values = listing(expression)
        data = values[0] if values else numpy.ones(len(sources))
        wanted = dense(sources, targets, data)
        for form in ("coo", "csr", "csc"):
            matrix = scipy.sparse.load_npz(export(expression, "a.npz", "--format", form))
            report(f"scipy.sparse.load_npz, {name}, {form}",
                   matrix.format == form and matrix.shape == wanted.shape
                   and matrix.nnz == len(sources) and numpy.allclose(matrix.toarray(), wanted, 1e-15))
            if form != "coo":
                matrix.check_format(full_check=True)
        options = ["--value", "delay"] if values else []
        if values:
            wanted = dense(sources, targets, values[1])
        matrix = scipy.io.mmread(export(expression, "a.mtx", *options))
        report(f"scipy.io.mmread, {name}", numpy.allclose(matrix.toarray(), wanted, 1e-15))
    report("numpy.load, further values in .npz", equal(numpy.load(
        export(VALUES, "a.npz"))["delay"], listing(VALUES)[2][1]))


def test_text():
    sources, targets, values = listing(VALUES)
    for file, separator in (("a.csv", ","), ("a.tsv", "\t")):
        table = pandas.read_csv(export(VALUES, file), comment="#", sep=separator)
        report(f"pandas.read_csv, {file}",
               list(table) == ["source", "target", "weight (nS)", "delay (ms)"]
               and equal(table["source"], sources) and equal(table["target"], targets)
               and equal(table["weight (nS)"], values[0]) and equal(table["delay (ms)"], values[1]))
    table = pandas.read_csv(export(MASK, "b.csv", "--no-comments"))
    report("pandas.read_csv, no comments", equal(table["target"], listing(MASK)[1]))


def check_sonata(name, expression, n, m, *options, ranks=1):
    sources, targets, values = listing(expression, n, m)
    export(expression, "a.h5", "--index", "both", "--population", "e", "--source-nodes", "s",
           "--target-nodes", "t", *options, n=n, m=m, ranks=ranks)
    with h5py.File("a.h5") as file:
        edges = file["edges/e"]
        report(f"h5py, {name}",
               equal(edges["source_node_id"], sources) and equal(edges["target_node_id"], targets)
               and equal(edges["edge_type_id"], 0 * sources)
               and equal(edges["edge_group_id"], 0 * sources)
               and equal(edges["edge_group_index"], numpy.arange(len(sources)))
               and all(equal(edges["0"][key], column)
                       for key, column in zip(("syn_weight", "delay"), values))
               and edges["source_node_id"].attrs["node_population"] == "s"
               and file.attrs["magic"] == 0x0a7a and list(file.attrs["version"]) == [0, 1])

    # The libsonata of PyPI has no filters.
    if "--compress" in options:
        return
    edges = libsonata.EdgeStorage("a.h5").open_population("e")
    everything = libsonata.Selection([(0, len(sources))])
    report(f"libsonata, {name}",
           edges.size == len(sources) and edges.source == "s" and edges.target == "t"
           and equal(edges.source_nodes(everything), sources)
           and equal(edges.target_nodes(everything), targets)
           and (not values or equal(edges.get_attribute("syn_weight", everything), values[0])))
    step_n, step_m = max(1, n // 60), max(1, m // 60)
    report(f"libsonata, indices, {name}",
           all(equal(edges.afferent_edges([j]).flatten(), numpy.flatnonzero(targets == j))
               for j in range(0, m, step_m))
           and all(equal(edges.efferent_edges([i]).flatten(), numpy.flatnonzero(sources == i))
                   for i in range(0, n, step_n)))


def test_sonata():
    for name, expression in (("mask", MASK), ("multapses", MULTAPSES), ("values", VALUES)):
        check_sonata(name, expression, N_SOURCES, N_TARGETS)
    check_sonata("one to one", "oneToOne", 70, 70)
    # More than a block of 131,072 edges.
    check_sonata("many", LONG, 1000, 1000)
    if has_ranks():
        check_sonata("by 3 ranks", VALUES, N_SOURCES, N_TARGETS, ranks=3)
        check_sonata("many, by 3 ranks", LONG, 1000, 1000, ranks=3)
    else:
        print("no ranks here: their files are not read", flush=True)
    check_sonata("many, compressed", LONG, 1000, 1000, "--compress", "4")
    small, large = os.path.getsize("a.h5"), os.path.getsize(export(LONG, "b.h5", n=1000, m=1000))
    report("compression", small < 0.6 * large)


def test_bmtk():
    sources, targets, values = listing(VALUES)
    export(VALUES, "net.h5", "--index", "both", "--source-nodes", "s", "--target-nodes", "t",
           "--network")
    file = bmtk_file.File(data_files=["net.h5", "net_nodes.h5"],
                          data_type_files=["net_edge_types.csv", "net_node_types.csv"])
    edges = file.edges["s_to_t"]
    got = [(edge.source_node_id, edge.target_node_id, edge["syn_weight"], edge["delay"])
           for edge in edges]
    report("BMTK, edges", got == list(zip(sources, targets, *values)))
    report("BMTK, edges of a target",
           sorted(edge.source_node_id for edge in edges.get_target(7))
           == sorted(sources[targets == 7]))
    report("BMTK, nodes", sorted(file.nodes.population_names) == ["s", "t"]
           and len(file.nodes["s"]) == N_SOURCES and len(file.nodes["t"]) == N_TARGETS)


def read_back(file, *more):
    """What conset reads: sources, targets, and columns of values."""
    lines = conset("tabulate", f'fromFile("{file}")', *more).splitlines()
    return numpy.array([[float(word) for word in line.split("\t")] for line in lines]).T


def sonata_write(file, order, group="0", more=()):
    """Edges as others write them: narrow integers, and values in another order than the edges."""
    n = len(order)
    with h5py.File(file, "w") as handle:
        edges = handle.create_group("edges/e")
        edges["source_node_id"] = numpy.arange(n, dtype="i4")
        edges["target_node_id"] = numpy.arange(n, dtype="u2") * 2
        edges["edge_group_id"] = numpy.full(n, int(group))
        edges["edge_group_index"] = order
        edges.create_dataset(f"{group}/syn_weight", data=numpy.arange(n) * 0.5, chunks=(7,),
                             compression="gzip")
        for name in more:
            edges[f"{name}/syn_weight"] = numpy.arange(n)


def test_of_others():
    """Files of others are read as they are meant, or refused."""
    matrix = scipy.sparse.random(30, 20, 0.1, format="coo",
                                 random_state=numpy.random.default_rng(5))
    matrix.data = numpy.rint(matrix.data * 100) + 1
    for kind in ("float64", "float32", "int8", "uint16", "int32", "bool"):
        for form in ("coo", "csr", "csc"):
            typed = matrix.astype(kind)
            scipy.sparse.save_npz("o.npz", typed.asformat(form))
            sources, targets, values = read_back("o.npz")
            got = scipy.sparse.coo_array((values, (sources.astype(int), targets.astype(int))),
                                         matrix.shape).toarray()
            report(f"conset reads save_npz, {kind}, {form}", equal(got, typed.toarray()))
    square = scipy.sparse.random(20, 20, 0.1, random_state=numpy.random.default_rng(6))
    for name, entries, options in (
            ("general", matrix, {}), ("symmetric", square + square.T, {"symmetry": "symmetric"}),
            ("skew-symmetric", square - square.T, {"symmetry": "skew-symmetric"}),
            ("integer", matrix.astype(int), {}), ("pattern", matrix, {"field": "pattern"})):
        scipy.io.mmwrite("o.mtx", entries, **options)
        columns = read_back("o.mtx")
        values = columns[2] if len(columns) == 3 else numpy.ones(len(columns[0]))
        got = scipy.sparse.coo_array((values, (columns[0].astype(int), columns[1].astype(int))),
                                     entries.shape).toarray()
        wanted = entries.toarray() != 0 if name == "pattern" else entries.toarray()
        report(f"conset reads mmwrite, {name}", numpy.allclose(got, wanted, 1e-15))
    pairs = numpy.arange(10, dtype=">u4").reshape(5, 2)
    numpy.save("o.npy", numpy.asfortranarray(pairs))
    report("conset reads numpy.save", equal(read_back("o.npy").T, pairs))
    table = pandas.DataFrame({"target": [3, 4, 5], "source": [2, 1, 0],
                              "w": [numpy.inf, -numpy.inf, numpy.nan]})
    table.to_csv("o.csv", index=False, na_rep="NaN")
    columns = read_back("o.csv")
    report("conset reads DataFrame.to_csv",
           equal(columns[0], [2, 1, 0]) and equal(columns[1], [3, 4, 5])
           and numpy.array_equal(columns[2], table["w"], equal_nan=True))
    order = numpy.random.default_rng(7).permutation(10000)
    for group in ("0", "3"):
        sonata_write("o.h5", order, group)
        columns = read_back("o.h5")
        report(f"conset reads h5py, group {group} in another order",
               equal(columns[0], numpy.arange(10000)) and equal(columns[2], order * 0.5))
    for name, write in (
            ("several groups", lambda: sonata_write("o.h5", order, "0", ["1"])),
            ("wrong rows", lambda: sonata_write("o.h5", order + 1)),
            ("complex .npz", lambda: scipy.sparse.save_npz("o.h5.npz", matrix.astype(complex))),
            ("complex .mtx", lambda: scipy.io.mmwrite("o.h5.mtx", matrix.astype(complex)))):
        write()
        file = {"npz": "o.h5.npz", "mtx": "o.h5.mtx"}.get(name[-3:], "o.h5")
        done = subprocess.run([TOOL, "import", file], capture_output=True, text=True, check=False)
        report(f"conset refuses {name}", done.returncode == 1 and file in done.stderr)


def nest_connect(nest, network):
    """What SonataNetwork.Connect () has the kernel do, in a build of NEST without HDF5, such as that
    of PyPI: configuration, nodes and types of edges are read by NEST itself, the arrays here."""
    specs = network._create_graph_specs()
    for edges_map in specs["edges"]:
        with h5py.File(edges_map["edges_file"]) as file:
            for edges in file["edges"].values():
                groups = [name for name in edges if name.isdigit()]
                assert groups == ["0"]
                types = edges["edge_type_id"][:]
                assert len(types) == len(edges["source_node_id"]) == len(edges["target_node_id"]) > 0
                assert (types == types[0]).all()
                spec = dict(edges_map["syn_specs"][str(types[0])])
                for key, name in (("weight", "syn_weight"), ("delay", "delay")):
                    if name in edges["0"]:
                        spec[key] = edges["0"][name][:]
                nodes = [specs["nodes"][edges[ids].attrs["node_population"]][0].global_id
                         + edges[ids][:].astype(int) for ids in ("source_node_id", "target_node_id")]
                nest.Connect(*nodes, "one_to_one", spec)


def nest_build(nest, configuration):
    if nest.build_info["have_hdf5"]:
        return nest.SonataNetwork(configuration).BuildNetwork()
    sys.modules["nest.lib.hl_api_sonata"].have_hdf5 = True
    network = nest.SonataNetwork(configuration)
    nodes = network.Create()
    nest_connect(nest, network)
    return nodes


def nest_check(nest, name, parts):
    """`parts`: (expression, sources, targets) for each population of net.h5."""
    nest.ResetKernel()
    nodes = nest_build(nest, "net_circuit.json")
    good = True
    n_all = 0
    for expression, source_nodes, target_nodes in parts:
        sources, targets, values = listing(expression)
        pre, post = nodes[source_nodes], nodes[target_nodes]
        found = nest.GetConnections(pre, post).get(["source", "target", "weight", "delay"])
        got = sorted(zip(numpy.array(found["source"]) - pre[0].global_id,
                         numpy.array(found["target"]) - post[0].global_id,
                         found["weight"], found["delay"]))
        if not values:
            values = [numpy.ones(len(sources)), numpy.ones(len(sources))]
        wanted = sorted(zip(sources, targets, *values))
        n_all += len(wanted)
        # NEST rounds delays to its steps.
        good = good and len(got) == len(wanted) and numpy.allclose(
            numpy.array(got)[:, :3], numpy.array(wanted)[:, :3], 1e-15)
        good = good and numpy.abs(numpy.sort(numpy.array(got)[:, 3])
                                  - numpy.sort(numpy.array(wanted)[:, 3])).max() <= 0.0501
    way = "SonataNetwork" if nest.build_info["have_hdf5"] else "without HDF5"
    report(f"NEST, {way}, {name}", good and nest.num_connections == n_all)


def test_nest():
    import nest
    nest.verbosity = nest.VerbosityLevel.ERROR
    export(VALUES, "net.h5", "--source-nodes", "s", "--target-nodes", "t", "--network")
    nest_check(nest, "values", [(VALUES, "s", "t")])
    if nest.build_info["have_hdf5"]:
        export(VALUES, "net.h5", "--source-nodes", "s", "--target-nodes", "t", "--network",
               "--compress", "6", "--index", "both")
        nest_check(nest, "compressed", [(VALUES, "s", "t")])
    export(MASK, "net.h5", "--network", n=60, m=45)
    nest_check(nest, "a mask within a population", [(MASK, "nodes", "nodes")])
    exact = "cset(random(0.3), weight=i - j*0.25, delay=0.5 + (i + j)*0.1)"
    export(exact, "net.h5", "--source-nodes", "e", "--target-nodes", "i", "--population", "a")
    export(MULTAPSES, "net.h5", "--source-nodes", "i", "--target-nodes", "e", "--population", "b",
           "--append")
    export(VALUES, "net.h5", "--source-nodes", "e", "--target-nodes", "f", "--population", "c",
           "--append", "--network")
    nest_check(nest, "three populations", [(exact, "e", "i"), (MULTAPSES, "i", "e"),
                                           (VALUES, "e", "f")])


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for test in (test_numpy, test_scipy, test_text, test_sonata, test_bmtk, test_of_others,
                     test_nest):
            test()
        os.chdir("/")
    print(f"{results[True]} passed, {results[False]} failed")
    return 1 if results[False] else 0


if __name__ == "__main__":
    TOOL = os.path.abspath(sys.argv[1])
    sys.exit(main())
