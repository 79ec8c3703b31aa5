"""What is withheld leaves the changes, too: no file of a step quotes a value of it, neither of the newest step nor of earlier ones.

``withdrawn.csv`` of the newest step names subjects and properties instead, so that whoever has old values loses them; what
the release still says of these is added anew. With a withheld record go the things that only it led to (the concept of a
subject, say): their IRIs may tell what they were, so they are named by ``sha256:`` and the digest of the IRI.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Collection, Iterable
from heapq import merge
from itertools import groupby
from pathlib import Path

from cablegraph.release.changes import RECORD
from cablegraph.release.differences import order_of, resource_of

_STEP = ("added.nq", "removed.nq")


def withdraw(step: Path, earlier: Collection[Path], withheld: Collection[str], nquads: Path, work: Path) -> None:
    """Take out of the newest step and of earlier ones what may not be told of the resources (IRIs) that are withheld, or have fields that are.

    ``nquads`` are the quads of the new release, in order; where nothing is withheld, nothing is done.
    """
    if not withheld:
        return
    hidden = {f"<{iri}".encode() for iri in withheld}
    current = {pair_of(line) for line in _lines(nquads) if resource_of(line) in hidden}
    gone: set[bytes] = set()
    led: set[bytes] = set()
    if any(resource_of(line) in hidden for line in _lines(step / "removed.nq")):
        records = {f"<{iri}".encode() for iri, type_ in _resources(step) if type_ == RECORD}

        def is_gone(line: bytes) -> bool:
            resource = resource_of(line)
            return resource in hidden or resource not in records

        for line in _take_out(step / "removed.nq", is_gone, work):
            gone.add(pair_of(line))
            led.add(_led_to(line))

    def is_past(line: bytes) -> bool:
        pair = pair_of(line)
        return pair in gone or (resource_of(line) in hidden and pair not in current)

    files = [folder / name for folder in earlier for name in _STEP]
    for file in files:
        led |= {_led_to(line) for line in _lines(file) if is_past(line)}
    asked = led | {resource_of(pair) for pair in gone}
    left = {resource for line in _lines(nquads) if (resource := resource_of(line)) in asked}
    orphans = {each for each in led - left - hidden if each}
    for file in files:
        gone |= {
            pair_of(line) for line in _take_out(file, lambda line: is_past(line) or resource_of(line) in orphans, work)
        }
    told = left | hidden
    for folder in (step, *earlier):
        _forget(folder, {each for each in orphans | {resource_of(pair) for pair in gone} if each not in told}, work)
    _tell(step, gone, told, nquads, work)


def pair_of(line: bytes) -> bytes:
    """Subject and property of a line."""
    return b" ".join(line.split(b" ", 2)[:2])


def _lines(file: Path) -> Iterable[bytes]:
    with file.open("rb") as lines:
        yield from lines


def _resources(step: Path) -> Iterable[tuple[str, str]]:
    with (step / "resources.csv").open(encoding="utf-8", newline="") as file:
        yield from ((row["iri"], row["type"]) for row in csv.DictReader(file))


def _led_to(line: bytes) -> bytes:
    """The resource that is the object of a line, if it is an IRI; as :func:`resource_of` writes it."""
    value = line.split(b" ", 3)[2]
    return value.rstrip(b">").partition(b"#")[0] if value.startswith(b"<") else b""


def _take_out(file: Path, is_out: Callable[[bytes], bool], work: Path) -> list[bytes]:
    """Take lines out of a file, and give them back."""
    taken = []
    with (work / "kept.nq").open("wb") as kept:
        for line in _lines(file):
            if is_out(line):
                taken.append(line)
            else:
                kept.write(line)
    (work / "kept.nq").replace(file)
    return taken


def _forget(step: Path, resources: Collection[bytes], work: Path) -> None:
    """Take rows out of ``resources.csv``."""
    names = {f"{each[1:].decode()}" for each in resources}
    with (
        (step / "resources.csv").open(encoding="utf-8", newline="") as file,
        (work / "kept.csv").open("w", encoding="utf-8", newline="") as kept,
    ):
        rows = csv.writer(kept, lineterminator="\n")
        rows.writerows(row for row in csv.reader(file) if row[0] not in names)
    (work / "kept.csv").replace(step / "resources.csv")


def _tell(step: Path, gone: Collection[bytes], told: Collection[bytes], nquads: Path, work: Path) -> None:
    """Name what is withdrawn, and add what the release still says of it."""
    if not gone:
        return
    again = (line for line in _lines(nquads) if pair_of(line) in gone)
    with (work / "added.nq").open("wb") as all_:
        all_.writelines(line for line, _ in groupby(merge(_lines(step / "added.nq"), again, key=order_of)))
    (work / "added.nq").replace(step / "added.nq")
    with (step / "withdrawn.csv").open("a", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        for pair in sorted(gone):
            subject, property_ = (term.decode().strip("<>") for term in pair.split(b" "))
            named = subject if resource_of(pair) in told else f"sha256:{hashlib.sha256(subject.encode()).hexdigest()}"
            rows.writerow([named, property_])
