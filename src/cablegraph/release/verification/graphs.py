"""Whether all dumps say the same, and what the manifest says of them; whether the last step of the changes led there.

The terms of every dump are written anew, sorted on disk and compared line by line, so that memory does not grow with them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyoxigraph as ox

from cablegraph import quads, relations, store
from cablegraph.errors import InputError
from cablegraph.folders import MANIFEST
from cablegraph.release.changes import RECORD
from cablegraph.release.differences import BASE, NAMED, differences, in_order, sort_lines
from cablegraph.release.formats import FORMATS
from cablegraph.release.history import counts_of, step_name
from cablegraph.release.verification.contents import Contents, Fault
from cablegraph.release.verification.fixity import GET

_STUB = "https://w3id.org/diplomatic-records/ontology#Stub"
_QUARANTINE = "quarantine/quarantine.nq"
#: The files of a step of the changes.
STEP = ("added.nq", "removed.nq", "resources.csv", "withdrawn.csv")
#: How many lines of a difference are shown, and how much of each.
_SHOWN, _WIDTH = 2, 160


@dataclass(frozen=True)
class Graph:
    """The quads of a release in order, as a file of N-Quads (of N-Triples where no dump has named graphs), and their number."""

    file: Path
    is_named: bool
    quads: int


class Graphs:
    """Checks the dumps. ``unchecked`` tells what could not be checked, ``graph`` is what the dumps hold, if any can be read."""

    def __init__(self, contents: Contents, manifest: Mapping[str, Any], work: Path) -> None:
        self.contents, self.manifest, self.work = contents, manifest, work
        self.graph: Graph | None = None
        self.unchecked: list[str] = []
        self.formats: list[str] = []

    def check(self) -> Iterator[Fault]:
        """All dumps, then what is counted in them."""
        groups: dict[str, list[str]] = {}
        for dump in self.manifest["dumps"]:
            ending = quads.ending_of(Path(dump["path"]))
            known = FORMATS.get(ending)
            if known is None or known.media_type != dump["media_type"]:
                yield Fault(MANIFEST, f"a media type that fits {dump['path']}", dump["media_type"], GET)
            elif dump["path"] in self.contents.files:
                groups.setdefault(ending, []).append(dump["path"])
        for ending in sorted(groups, key=lambda each: (each not in NAMED, each != "nq")):
            yield from self._format(ending, sorted(groups[ending]))
        if self.graph is None:
            self.unchecked.append("the graph: no dump can be read")
            return
        yield from self._counts()

    def _format(self, ending: str, names: Sequence[str]) -> Iterator[Fault]:
        files, out, named = [self.contents.path(name) for name in names], self.work / f"{ending}.nq", ending in NAMED
        try:
            self._in_order(files, out, named=named)
        except InputError as error:
            yield self.contents.told(error, "RDF", GET)
            return
        self.formats.append(ending)
        if ending == "nq":
            digest = _digest(in_order(files, self.work / "as-it-is.nq", self.work, is_ours=True, named=True))
            yield from self._hash(names[0], digest)
        if self.graph is not None:
            yield from self._same(names[0], out, named)
            out.unlink()
            return
        with out.open("rb") as lines:
            self.graph = Graph(out, named, sum(1 for _ in lines))
        if not named:
            self.unchecked.append("nquads_sha256 and the number of quads: no dump has named graphs")
        elif ending != "nq":
            yield from self._hash(names[0], _digest(out, as_mapped=True))

    def _in_order(self, files: Sequence[Path], out: Path, *, named: bool) -> Path:
        """Parse files, whoever wrote them, and sort what they say into ``out``.

        Raises:
            InputError: a file is no RDF, or has what a release has not.
        """
        plain = self.work / "plain.nq"
        ox.serialize(_parsed(files), str(plain), format=ox.RdfFormat.N_QUADS)
        try:
            return sort_lines([plain], out, self.work, named=named)
        except duckdb.Error as error:
            words = str(error).partition("\n")[0][:200]
            raise InputError(f"has lines that cannot be sorted: {words}", file=str(files[0])) from error
        finally:
            plain.unlink()

    def _hash(self, name: str, digest: str) -> Iterator[Fault]:
        if digest != self.manifest["nquads_sha256"]:
            yield Fault(name, f"N-Quads of SHA-256 {self.manifest['nquads_sha256']} ({MANIFEST})", digest, GET)

    def _same(self, name: str, file: Path, named: bool) -> Iterator[Fault]:
        """Compare a dump with the first."""
        assert self.graph is not None  # noqa: S101  the first dump makes it
        first = self.graph.file
        if self.graph.is_named and not named:
            first = self.work / "union.nq"
            if not first.exists():
                sort_lines([self.graph.file], first, self.work, named=False)
        lacks, besides = 0, 0
        shown: list[str] = []
        with first.open("rb") as lines, file.open("rb") as others:
            for found in differences(lines, others):
                lacks, besides = lacks + len(found.removed), besides + len(found.added)
                for verb, some in (("lacks", found.removed), ("adds", found.added)):
                    shown += [f"{verb} {_short(line)}" for line in some[: _SHOWN - len(shown)]]
        if lacks or besides:
            told = f"{lacks} lacking, {besides} besides: {'; '.join(shown)}"
            yield Fault(name, "the quads that the other dumps have", told, GET)

    def _counts(self) -> Iterator[Fault]:
        graph, counts = self.graph, self.manifest["counts"]
        assert graph is not None  # noqa: S101  called where there is one
        db = relations.connect([self.work], files=[graph.file], spill=self.work, at=self.work / "counts.duckdb")
        try:
            quads.load_quads(db, quads.file_lines(graph.file))
            [(triples,)] = db.execute("SELECT count(*) FROM quads WHERE NOT again").fetchall()
            typed = {kind: _typed(db, kind) for kind in (RECORD, _STUB)}
        finally:
            db.close()
            (self.work / "counts.duckdb").unlink()
        held = {RECORD: 0, _STUB: 0}
        if _QUARANTINE in self.contents.files:
            try:
                file = self._in_order([self.contents.path(_QUARANTINE)], self.work / "held.nq", named=True)
            except InputError as error:
                yield self.contents.told(error, "RDF", GET)
            else:
                held = _typed_in(file, tuple(held), self.work)
        told = [("counts.triples", counts["triples"], triples, "triples of the dumps")]
        if graph.is_named:
            told.append(("counts.quads", counts["quads"], graph.quads, "quads of the dumps"))
        if typed[RECORD]:  # a publication's own mappings may call records otherwise
            told.append(
                (
                    "counts.records and stubs",
                    counts["records"] + counts["stubs"],
                    typed[RECORD] + held[RECORD],
                    "records of the dumps and in quarantine",
                )
            )
            told.append(
                ("counts.stubs", counts["stubs"], typed[_STUB] + held[_STUB], "stubs of the dumps and in quarantine")
            )
        for what, number, found, of in told:
            if number != found:
                yield Fault(MANIFEST, f"{what} to be {found}, as are the {of}", str(number), GET)

    def check_changes(self) -> Iterator[Fault]:
        """The steps: their files and counts; that the newest dump has what the last one added and lacks what it removed."""
        steps = self.manifest["changes"]
        known = {f"changes/{step_name(step)}/{name}" for step in steps for name in STEP}
        for path in sorted(path for path in self.contents.files if path.startswith("changes/") and path not in known):
            yield Fault(path, "a step of the changes that the manifest tells", "none", GET)
        for step in steps:
            folder = f"changes/{step_name(step)}"
            if missing := [name for name in STEP if f"{folder}/{name}" not in self.contents.files]:
                yield Fault(folder, f"the files {', '.join(missing)}", "nothing", GET)
                continue
            for name, found in counts_of(self.contents.root / folder).items():
                if step[name] != found:
                    yield Fault(f"{folder}", f"{step[name]} lines {name} ({MANIFEST})", str(found), GET)
            for name, is_in in (("added.nq", True), ("removed.nq", False)):
                yield from self._step(f"{folder}/{name}", is_in if step is steps[-1] else None)

    def _step(self, name: str, is_in: bool | None) -> Iterator[Fault]:
        try:
            file = self._in_order([self.contents.path(name)], self.work / "step.nq", named=True)
        except InputError as error:
            yield self.contents.told(error, "RDF", GET)
            return
        if is_in is None or self.graph is None:
            return
        if not self.graph.is_named:
            self.unchecked.append(f"{name} against the dumps: none has named graphs")
            return
        db = relations.connect([self.work], files=[file, self.graph.file], spill=self.work)
        try:
            found = db.execute(
                f"FROM {quads.file_lines(file)} {'EXCEPT' if is_in else 'INTERSECT'} FROM {quads.file_lines(self.graph.file)} ORDER BY 1 LIMIT 1"
            ).fetchall()
        finally:
            db.close()
        for (line,) in found:
            wanted = "quads that the dumps have" if is_in else "quads that the dumps have no more"
            yield Fault(name, wanted, _short(line.encode()), GET)


def _parsed(files: Sequence[Path]) -> Iterator[ox.Quad]:
    """The quads of files. A release has no blank nodes, which would have to be told apart, and no triples in triples."""
    for file in files:
        with store.reading(file):
            quads.refuse_bombs(file)
            with quads.open_rdf(file) as opened:
                for quad in ox.parse(opened, format=quads.rdf_format(file), base_iri=BASE):
                    if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode | ox.Triple):
                        words = f"has a blank node, or a triple in a triple, which no release has: {quad}"
                        raise InputError(words[:_WIDTH], file=str(file))
                    yield quad


def _typed(db: relations.Connection, kind: str) -> int:
    [(number,)] = db.execute(
        f"SELECT count(DISTINCT s) FROM quads WHERE p = '{quads.RDF_TYPE}' AND o = '<{kind}>'"
    ).fetchall()
    return int(number)


def _typed_in(file: Path, kinds: Sequence[str], work: Path) -> dict[str, int]:
    db = relations.connect([work], files=[file], spill=work)
    try:
        quads.load_quads(db, quads.file_lines(file))
        return {kind: _typed(db, kind) for kind in kinds}
    finally:
        db.close()


def _short(line: bytes) -> str:
    text = line.decode(errors="replace").strip()
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"


#: What N-Quads of RDF 1.2 escape and the mapping does not, behind an even number of backslashes.
_ESCAPE = re.compile(rb"\\\\|\\u(007F|FFFE|FFFF)")


def _digest(file: Path, *, as_mapped: bool = False) -> str:
    """SHA-256 of a file of lines; ``as_mapped`` with the escapes that the mapping writes."""
    digest = hashlib.sha256()
    with file.open("rb") as lines:
        for line in lines:
            digest.update(_ESCAPE.sub(_mapped, line) if as_mapped and b"\\u" in line else line)
    return digest.hexdigest()


def _mapped(match: re.Match[bytes]) -> bytes:
    return chr(int(match[1], 16)).encode() if match[1] else match[0]
