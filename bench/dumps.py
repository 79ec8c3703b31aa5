"""``python -m bench.dumps [COPIES]...``: what dumps cost, from mapped quads to files, and what peers take for the same graph.

Without arguments the shared volumes once; 40 copies are some 34 million quads (60 GB of disk).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox

from bench.__main__ import measure
from bench.check import copies, map_volumes

#: CPU of all dumps as a ratio to N-Quads alone, and MB.
TARGET = (3.0, 512)
_SETS = {
    "N-Quads alone": ("nq",),
    "Turtle and N-Quads": ("ttl", "nq"),
    "all six formats": ("ttl", "nq", "nt", "trig", "jsonld", "rdf"),
}
_DUMP = """
import sys
from pathlib import Path
from cablegraph import quads, relations
from cablegraph.publication import Publication
from cablegraph.release.dumps import write_dumps
work, name, compress, *dumps = sys.argv[1:]
work, file = Path(work), Path(name)
db = relations.connect([work], files=[file], spill=work, at=work / "quads.duckdb")
quads.load_quads(db, quads.file_lines(file))
if dumps:
    write_dumps(db, work, Publication(work, name="bench", dumps=tuple(dumps), compress=compress))
"""
_OXIGRAPH = """
import sys
import pyoxigraph as ox
quads = ox.parse(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
ox.serialize((quad.triple for quad in quads), sys.argv[2], format=ox.RdfFormat.TURTLE)
"""
_RDFLIB = """
import sys
from rdflib import Graph
Graph().parse(sys.argv[1], format="nt").serialize(sys.argv[2], format="turtle")
"""


def dump(work: Path, quads: Path, dumps: tuple[str, ...], compress: str = "none") -> tuple[float, float]:
    """Sort quads and write dumps of them; CPU seconds and peak MB."""
    folder = work / "dumped"
    folder.mkdir()
    try:
        return measure([sys.executable, "-c", _DUMP, str(folder), str(quads), compress, *dumps], work)
    finally:
        shutil.rmtree(folder)


def tell(name: str, cpu: float, memory: float, one: float) -> None:
    """Print a row: CPU, the ratio to N-Quads alone, memory."""
    print(f"{name:<36}{cpu:>9.2f}{cpu / one:>9.2f}{memory:>9.0f}", flush=True)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        map_volumes(work)
        for times in [int(argument) for argument in sys.argv[1:]] or [1]:
            quads = work / "grown.nq"
            print(f"{copies(work / 'quads.nq', times, quads)} quads")
            print(f"{'':<36}{'CPU s':>9}{'ratio':>9}{'peak MB':>9}")
            costs = {title: dump(work, quads, dumps) for title, dumps in _SETS.items()}
            one = costs["N-Quads alone"][0]
            tell("sorting, no dump", *dump(work, quads, ()), one)
            for title, cost in costs.items():
                tell(title, *cost, one)
            for compress in ("zstd", "gzip"):
                tell(f"Turtle and N-Quads, {compress}", *dump(work, quads, ("ttl", "nq"), compress), one)
            if times == 1:
                tell("Turtle alone", *dump(work, quads, ("ttl",)), one)
                _peers(work, quads, one)
    print(f"target: all dumps in {TARGET[0]:g} times the CPU of N-Quads alone, {TARGET[1]} MB however many")


def _peers(work: Path, quads: Path, one: float) -> None:
    """The same graph to Turtle by others: from N-Quads, rdflib from N-Triples, since its union of graphs takes much longer."""
    out, triples = str(work / "peer.ttl"), work / "peer.nt"
    ox.serialize(
        (quad.triple for quad in ox.parse(path=str(quads), format=ox.RdfFormat.N_QUADS)),
        str(triples),
        format=ox.RdfFormat.N_TRIPLES,
    )
    commands = {
        "pyoxigraph, Turtle (as it comes)": [sys.executable, "-c", _OXIGRAPH, str(quads), out],
        "rdflib, Turtle": [sys.executable, "-c", _RDFLIB, str(triples), out],
    }
    if rapper := shutil.which("rapper"):
        commands["rapper, Turtle"] = [rapper, "-q", "-i", "nquads", "-o", "turtle", str(quads)]
    for title, command in commands.items():
        tell(title, *measure(command, work), one)


if __name__ == "__main__":
    main()
