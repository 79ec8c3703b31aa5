"""Lines dealt to partitions: one pass over N-Triples or N-Quads, whoever wrote them.

A line goes to the partition of its subject as it stands, unless no shape can see it (:class:`~.reach.Bounds`). What may lead out of
a partition goes to a second file, too. Lines in which terms cannot be told apart by their spaces, or which have a second
spelling of a term, are parsed and written anew; with ours that is rare, and it is why this pass needs no parser.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from enum import Enum, auto
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from cablegraph.errors import InputError

#: Subjects that are looked at for each partition, to cut where partitions come out of one size.
_SAMPLE = 256
_PREDICATE = re.compile(rb"<[^<>\"\\\s]+>")
_LITERAL = re.compile(
    rb'("[^"\\\t]*"(?:@[A-Za-z0-9-]+|\^\^(?!<http://www.w3.org/2001/XMLSchema#string>)<[^<>"\\\s]+>)?)(?: (?:<[^<>"\\\s]+>|_:[^<>"\\\s]+))? \.\n'
)
_GRAPH = re.compile(rb"(<[^<>\"\\\s]+>|_:[^<>\"\\\s]+) \.\n")
#: Bytes that are read at once, and that are gathered for each partition before they are written.
_BLOCK, _BUFFER = 1 << 20, 1 << 18
_SUBJECT = re.compile(rb"<[^<>\"\\\s]+>|_:[^<>\"\\\s]+")


class Rules(NamedTuple):
    """How to deal: the subjects where partitions begin, in order, and what predicates shapes see (empty: all) and may follow."""

    cuts: Sequence[bytes]
    seen: Collection[bytes]
    leads: Collection[bytes]


class Dealt(NamedTuple):
    """What was dealt from one span of a file: a file a partition, and the triples that may lead out of theirs, as TSV."""

    parts: list[Path]
    edges: Path


def spans(file: Path, count: int) -> list[tuple[int, int]]:
    """Part a file into about equal spans of bytes; a line belongs to the span that it starts in."""
    size = file.stat().st_size
    bounds = [size * number // count for number in range(count + 1)]
    return list(pairwise(bounds))


def find_cuts(file: Path, count: int) -> list[bytes]:
    """Where to cut the order of subjects so that ``count`` partitions are of about one size, from lines all over the file."""
    found = sorted(
        match[0]
        for start, end in spans(file, _SAMPLE * count)
        for lines in islice(_lines(file, start, end, 1), 1)
        if (match := _SUBJECT.match(lines[0]))
    )
    return sorted({found[len(found) * number // count] for number in range(1, count)} if found else ())


def _lines(file: Path, start: int, end: int, block: int) -> Iterator[list[bytes]]:
    """The lines that start in a span, about ``block`` bytes of them at a time."""
    with file.open("rb") as lines:
        if start:  # what runs into the span belongs to the one before
            lines.seek(start - 1)
            start += len(lines.readline()) - 1
        while start < end and (found := lines.readlines(max(min(block, end - start - 1), 1))):
            yield found
            start += sum(map(len, found))


class _Kind(Enum):
    """What a predicate is to the shapes; ``ODD`` is no predicate as we write them."""

    ODD, UNSEEN, SEEN, LEAD = auto(), auto(), auto(), auto()


class _Kinds(dict[bytes, _Kind]):
    """The kinds of predicates, each told once."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, predicate: bytes) -> _Kind:
        kind = self[predicate] = self._kind(predicate)
        return kind

    def _kind(self, predicate: bytes) -> _Kind:
        if not _PREDICATE.fullmatch(predicate):
            return _Kind.ODD
        if predicate in self._rules.leads or b"" in self._rules.leads:
            return _Kind.LEAD
        return _Kind.SEEN if not self._rules.seen or predicate in self._rules.seen else _Kind.UNSEEN


def deal(file: Path, span: tuple[int, int], rules: Rules, folder: Path, name: str) -> Dealt:
    """Deal the lines of a span into files of ``folder``, whose names end in ``name``.

    Raises:
        InputError: a line is no valid RDF.
    """
    parts = [folder / f"part{number}-{name}{file.suffix}" for number in range(len(rules.cuts) + 1)]
    edges = folder / f"edges-{name}.tsv"
    with ExitStack() as stack:
        writes = [stack.enter_context(part.open("wb", _BUFFER)).write for part in parts]
        put = _putter(rules, writes, stack.enter_context(edges.open("wb", _BUFFER)).write)
        for lines in _lines(file, *span, _BLOCK):
            # A carriage return may end a line, too.
            odd = lines if b"\r" in b"".join(lines) else list(put(lines))
            deque(put(_written_anew(odd, file), are_ours=True), maxlen=0)
    return Dealt(parts, edges)


def _putter(
    rules: Rules, parts: Sequence[Callable[[bytes], int]], edges: Callable[[bytes], int]
) -> Callable[..., Iterator[bytes]]:
    kinds, cuts = _Kinds(rules), rules.cuts
    odd, unseen, lead = _Kind.ODD, _Kind.UNSEEN, _Kind.LEAD

    def put(lines: Iterable[bytes], *, are_ours: bool = False) -> Iterator[bytes]:
        """Put lines where they belong, and give back those that are not known to be as we write them."""
        last, write = b"", parts[0]
        for line in lines:
            # This runs for every line of the corpus, so no call is made that can be spared.
            subject, _, rest = line.partition(b" ")
            predicate, _, rest = rest.partition(b" ")
            kind = kinds[predicate]
            if subject != last:
                if not are_ours and not _is_plain(subject):
                    yield line
                    continue
                last, write = subject, parts[bisect_right(cuts, subject)]
            if kind is lead:
                value = rest[: -len(b" .\n")] if are_ours else _plain_value(rest)
                if value is None:
                    yield line
                    continue
                edges(b"\t".join((subject, predicate, value, b"\n")))
            elif kind is unseen:
                continue
            elif kind is odd and not are_ours:
                yield line
                continue
            write(line)

    return put


def _is_plain(term: bytes) -> bool:
    """Whether a word is one IRI or blank node: an angle bracket that is not the first one is that of another term."""
    return term.rfind(b"<") <= 0 and b"\\" not in term and term.startswith((b"<", b"_"))


def _plain_value(rest: bytes) -> bytes | None:
    """The value, where what follows a predicate is one as we write them, perhaps a graph, and a full stop, with spaces between them."""
    if rest[:1] == b'"':
        match = _LITERAL.fullmatch(rest)
        return match[1] if match else None
    value, _, end = rest.partition(b" ")
    return value if (end == b".\n" or _is_end(end)) and _is_plain(value) else None


@lru_cache(1 << 12)
def _is_end(end: bytes) -> bool:
    return _GRAPH.fullmatch(end) is not None


def _written_anew(lines: Sequence[bytes], file: Path) -> Iterator[bytes]:
    try:
        for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS):
            yield f"{quad.triple} .\n".encode()
    except SyntaxError as error:
        raise InputError(f"is no valid RDF: {error.msg}", file=str(file)) from error
