"""``python -m bench.mapping``: the mapping engine beside its peers, on the register of the shared volumes.

Each engine runs the same mapping (``records.ttl``, or the same written by hand) over the same CSV, in its own process.
Peers are found in virtual environments under ``.peers`` (``make bench-peers``); one that is absent is left out. CPU seconds
are of all threads, memory is that of the largest process. Outputs are compared as sets of triples at the small size.

That of SDM-RDFizer differs in 68,148 triples, and not by the mapping: it fills the templates of empty cells with the word ``nan``
(53,964 triples that say ``agent/nan``), and writes two backslashes and an apostrophe for a quotation mark in 7,092 literals, so that these
are missing here and others there. Its other triples are the same, as are all of Morph-KGC's.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyoxigraph as ox

from bench.__main__ import SHARED, measure

HERE = Path(__file__).resolve().parent
PEERS = HERE.parent / ".peers"
_COLUMNS = (
    "source, kind, number, head, title, sent, received, from_text, to_text, from_post, to_post, classification, file_number, "
    "repository, collection, source_note, source_line"
)
_MORPH = "[CONFIGURATION]\noutput_file={out}\noutput_format=N-TRIPLES\nna_values=\nlogging_level=ERROR\nnumber_of_processes={jobs}\n[ROWS]\nmappings=records.ttl\n"
_SDM = (
    "[default]\nmain_directory: .\n[datasets]\nnumber_of_datasets: 1\noutput_folder: sdm\nall_in_one_file: yes\nremove_duplicate: yes\n"
    "name: sdm\nenrichment: yes\nordered: yes\noutput_format: n-triples\nlarge_file: false\n[dataset1]\nname: sdm\nmapping: records.ttl\n"
)


def commands(work: Path) -> Iterator[tuple[str, list[str], str, bool]]:
    """Yield name, command, output and whether the engine is run at the large size too."""
    yield (
        "cablegraph",
        [sys.executable, "-m", "cablegraph", "map", "records.ttl", "--out", "own.nt", "--quiet"],
        "own.nt",
        True,
    )
    peers = {
        "polars, by hand": (
            "polars",
            [str(HERE / "peers" / "polars_by_hand.py"), "records.csv", "polars.nt"],
            "polars.nt",
            True,
        ),
        "maplib": (
            "maplib",
            [str(HERE / "peers" / "maplib_template.py"), "records.csv", "maplib.nt"],
            "maplib.nt",
            False,
        ),
        "Morph-KGC": ("morph-kgc", ["-m", "morph_kgc", "morph.ini"], "morph.nt", True),
        "SDM-RDFizer": ("rdfizer", ["-m", "rdfizer", "-c", "sdm.ini"], "sdm/sdm.nt", False),
    }
    (work / "morph.ini").write_text(_MORPH.format(out="morph.nt", jobs=1), encoding="utf-8")
    (work / "sdm.ini").write_text(_SDM, encoding="utf-8")
    for name, (folder, arguments, out, large) in peers.items():
        python = PEERS / folder / "bin" / "python"
        if python.exists():
            yield name, [str(python), *arguments], out, large
        else:
            print(f"{name} is not installed (make bench-peers)")
    yield (
        "rdflib, by hand",
        [sys.executable, str(HERE / "peers" / "rdflib_by_hand.py"), "records.csv", "rdflib.nt"],
        "rdflib.nt",
        False,
    )


def write_rows(register: Path, repeated: int, out: Path) -> None:
    """Write the records as CSV, repeated with keys of their own."""
    with duckdb.connect() as db:
        db.execute(
            f"""COPY (SELECT record || '~' || n AS record, {_COLUMNS}
            FROM '{register}/records.parquet', range({repeated}) r(n)) TO '{out}' (HEADER)"""
        )


def triples(file: Path) -> set[ox.Triple]:
    """The triples of a file."""
    return {quad.triple for quad in ox.parse(path=str(file), format=ox.RdfFormat.N_TRIPLES)}


def lines(file: Path) -> int:
    """How many lines a file has."""
    return int(subprocess.run(["wc", "-l", str(file)], check=True, capture_output=True, text=True).stdout.split()[0])


def main() -> None:
    """Measure and print; a size may be named (``small``, ``large``)."""
    volumes = sorted(str(path) for path in (SHARED / "data" / "frus" / "volumes").glob("*.xml"))
    if not volumes:
        sys.exit("the shared volumes are not there; nothing to measure")
    sizes = {"small": 12, "large": 545}  # 0.75 and 34 million triples
    wanted = sys.argv[1:] or list(sizes)
    start, _ = measure([sys.executable, "-c", "import duckdb, pyarrow"], Path.cwd())
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        subprocess.run(
            [sys.executable, "-m", "cablegraph", "read", *volumes, "--out", "register", "--quiet"], cwd=work, check=True
        )
        shutil.copy(HERE / "records.ttl", work)
        for size in wanted:
            write_rows(work / "register", sizes[size], work / "records.csv")
            print(f"\n{size}: {(work / 'records.csv').stat().st_size / 1e6:.0f} MB of CSV")
            print(
                f"{'engine':<18}{'triples':>12}{'CPU s':>9}{'M triples/CPU s':>17}{'times ours':>12}{'peak MB':>9}  output"
            )
            own: tuple[float, set[ox.Triple]] | None = None
            for engine, command, out, large in commands(work):
                if size == "large" and not large:
                    continue
                try:
                    cpu, memory = measure(command, work)
                except subprocess.CalledProcessError as error:
                    print(f"{engine:<18}failed: {(error.stderr or '').strip().splitlines()[-1:]}")
                    continue
                count = lines(work / out)
                found = triples(work / out) if size == "small" else set()
                own = own or (cpu, found)
                same = (
                    ""
                    if size != "small"
                    else "the same"
                    if found == own[1]
                    else f"differs in {len(found ^ own[1])} triples"
                )
                print(
                    f"{engine:<18}{count:>12,}{cpu:>9.2f}{count / cpu / 1e6:>17.2f}{cpu / own[0]:>12.1f}{memory:>9.0f}  {same}",
                    flush=True,
                )
                (work / out).unlink()
    print(f"\nstart of duckdb and pyarrow alone: {start:.2f} CPU s")


if __name__ == "__main__":
    main()
