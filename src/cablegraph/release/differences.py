"""What differs between two dumps: one pass over both in the order of quads, however large they are."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from cablegraph import quads, relations, store
from cablegraph.errors import InputError

_TYPE = quads.RDF_TYPE.encode()
_TOMBSTONE = _TYPE + b" <https://www.w3.org/ns/activitystreams#Tombstone> "
#: Formats that know named graphs.
NAMED = ("nq", "trig", "jsonld")
#: Parts of a dump by number, which are in order one behind the other; those by source are not.
_NUMBERED = re.compile(r"\.part-\d+\.")
#: One base for both, so that relative IRIs are the same.
BASE = "file:///"
_OLD, _BOTH, _NEW = -1, 0, 1


@dataclass
class Difference:
    """A resource (an IRI without its fragment, or a blank node, in N-Triples syntax) whose quads differ.

    ``added`` and ``removed`` are lines of N-Quads with their ends; ``kept`` says that both dumps have others of it.
    """

    resource: str
    added: list[bytes] = field(default_factory=list)
    removed: list[bytes] = field(default_factory=list)
    kept: bool = False

    @property
    def change(self) -> str:
        """``created``, ``changed`` or ``deleted``; what becomes a tombstone is deleted, what was one is created."""
        buried, raised = (any(_TOMBSTONE in line for line in lines) for lines in (self.added, self.removed))
        if buried is not raised:
            return "deleted" if buried else "created"
        if self.kept or (self.added and self.removed):
            return "changed"
        return "created" if self.added else "deleted"


def resource_of(line: bytes) -> bytes:
    """The resource that a line of N-Quads describes: its subject without the fragment."""
    return line.partition(b" ")[0].rstrip(b">").partition(b"#")[0]


def order_of(line: bytes) -> tuple[bytes, bool, bytes, bytes]:
    """The place of a line of N-Quads in :data:`cablegraph.quads.ORDER`."""
    subject, _, rest = line.partition(b" ")
    predicate, _, rest = rest.partition(b" ")
    # No term goes on with a character before the space that ends it, so objects and graphs compare as one.
    return subject.rstrip(b">"), predicate != _TYPE, predicate, rest


def differences(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Difference]:
    """Tell the resources that differ between lines of N-Quads, each without doubles and in :data:`cablegraph.quads.ORDER`.

    Raises:
        InputError: the lines are not in that order.
    """
    for resource, lines in groupby(_compared(old, new), lambda each: resource_of(each[1])):
        found = Difference(f"{resource.decode()}>" if resource[:1] == b"<" else resource.decode())
        for sign, line in lines:
            if sign == _BOTH:
                found.kept = True
            else:
                (found.added if sign == _NEW else found.removed).append(line)
        if found.added or found.removed:
            yield found


def _compared(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that one side lacks, and of those on both sides what stands before and behind such a line.

    A resource's lines stand together. So if both sides have one of a resource that differs, it is among these.
    """
    lines, others = iter(old), iter(new)
    line, other = next(lines, None), next(others, None)
    before: bytes | None = None
    is_behind, last = False, (b"", False, b"", b"")
    while line is not None or other is not None:
        if line == other:
            if is_behind:
                yield _BOTH, line  # type: ignore[misc]
            is_behind, before = False, line
            line, other = next(lines, None), next(others, None)
            continue
        if before is not None:
            yield _BOTH, before
        is_behind, before = True, None
        is_new = line is None or (other is not None and order_of(other) < order_of(line))
        found: bytes = other if is_new else line  # type: ignore[assignment]
        if (place := order_of(found)) <= last:
            raise InputError(f"the quads are not in order at {found.decode(errors='replace').strip()[:200]}")
        last = place
        yield (_NEW if is_new else _OLD), found
        if is_new:
            other = next(others, None)
        else:
            line = next(lines, None)


def comparable(old: Path, new: Path, work: Path, *, is_ours: bool = False) -> tuple[Path, Path]:
    """Files of N-Quads in order for two releases or RDF files, in ``work`` where they have to be made.

    A file is known to be of our making where ``is_ours`` says so. Where one of them has no named graphs, they are compared as triples. Blank nodes are called as RDF Dataset
    Canonicalization (RDFC-1.0) does, so that those alike have one name.

    Raises:
        InputError: one is no release or RDF file, or no valid RDF.
    """
    dumps = store.dump_of(old), store.dump_of(new)
    named = all(quads.ending_of(files[0]) in NAMED for files in dumps)
    first, second = (
        in_order(files, work / f"{name}.nq", work, is_ours=is_ours or target.is_dir(), named=named)
        for target, files, name in zip((old, new), dumps, ("old", "new"), strict=True)
    )
    return first, second


def in_order(files: Sequence[Path], out: Path, work: Path, *, is_ours: bool, named: bool) -> Path:
    """The quads of RDF files of one format as lines in :data:`cablegraph.quads.ORDER`, each once: in ``out``, or in the one file that is so already.

    ``is_ours`` files of lines are taken as they are; of others every term is written as N-Quads has it by RDF 1.2. Without ``named`` the lines
    are those of N-Triples, the union of all graphs.

    Raises:
        InputError: a file cannot be read, or is no valid RDF.
    """
    ending = quads.ending_of(files[0])
    is_ours = is_ours and ending in ("nq", "nt")
    if is_ours and named == (ending == "nq") and (len(files) == 1 or all(_NUMBERED.search(f.name) for f in files)):
        return _as_one(files, out)
    plain = files if is_ours else [_write_plain(files, work / "plain.nq")]
    return sort_lines(plain, out, work, named=named)


def sort_lines(files: Sequence[Path], out: Path, work: Path, *, named: bool) -> Path:
    """Sort files of N-Quads or N-Triples, as we or pyoxigraph write them, into :data:`cablegraph.quads.ORDER`, each line once.

    Without ``named`` the lines are those of N-Triples, the union of all graphs.
    """
    db = relations.connect([work], files=files, spill=work, at=work / "order.duckdb")
    try:
        quads.load_quads(db, quads.file_lines(*files))
        quads.write_lines(db, quads.nquads() if named else quads.ntriples(), out)
    finally:
        db.close()
        (work / "order.duckdb").unlink()
    return out


def _as_one(files: Sequence[Path], out: Path) -> Path:
    """The one plain file, else what all hold, one behind the other."""
    if len(files) == 1 and files[0].suffix not in quads.COMPRESSIONS:
        return files[0]
    with out.open("wb") as whole:
        for file in files:
            with store.reading(file), quads.open_rdf(file) as lines:
                shutil.copyfileobj(lines, whole, 1 << 20)
    return out


def _write_plain(files: Sequence[Path], out: Path) -> Path:
    ox.serialize(_parsed(files), str(out), format=ox.RdfFormat.N_QUADS)
    return out


def _parsed(files: Sequence[Path]) -> Iterable[ox.Quad]:
    def parsed() -> Iterator[ox.Quad]:
        for file in files:
            with store.reading(file):
                quads.refuse_bombs(file)
                with quads.open_rdf(file) as opened:
                    yield from ox.parse(opened, format=quads.rdf_format(file), base_iri=BASE)

    if not any(isinstance(term, ox.BlankNode) for q in parsed() for term in (q.subject, q.object, q.graph_name)):
        return parsed()
    dataset = ox.Dataset(parsed())
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset
