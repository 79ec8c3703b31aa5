"""A release checked once more: every file, every hash, every count, and that all its forms say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cablegraph.errors import InputError
from cablegraph.folders import MANIFEST
from cablegraph.release.inventory import SUMS, Inventory
from cablegraph.release.verification.bag_fixity import BAG, PAYLOAD, check_bag
from cablegraph.release.verification.contents import Contents, Fault, misfit
from cablegraph.release.verification.fixity import check_listed, check_sums
from cablegraph.release.verification.graphs import Graphs
from cablegraph.release.verification.registers import check_tables
from cablegraph.release.verification.sums import check_sums_of, read_manifest
from cablegraph.release.verification.texts import check_texts
from cablegraph.reuse import FOLDER as CACHE

__all__ = ["Contents", "Fault", "Verdict", "misfit", "verify"]


@dataclass
class Verdict:
    """What was found: faults in the order of the checks, how many files, quads and formats were looked at, and what could not be."""

    faults: list[Fault] = field(default_factory=list)
    files: int = 0
    bytes: int = 0
    quads: int = 0
    formats: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)


def verify(folder: Path, work: Path, *, fast: bool = False) -> Verdict:
    """Check a release, or a bag with one in it; ``fast`` looks at hashes and sizes only. ``work`` is an empty folder for what is sorted.

    Raises:
        InputError: the folder is no release and no bag.
    """
    verdict = Verdict()
    if (folder / BAG).is_file():
        verdict.faults += check_bag(folder)
        folder = folder / PAYLOAD
        if folder.is_symlink():
            raise InputError(
                "is a link, which was not followed", file=str(folder), hint="a bag has its files in itself"
            )
    if not any((folder / name).is_file() for name in (MANIFEST, SUMS)):
        raise InputError(f"is no release: it has neither {MANIFEST} nor {SUMS}", file=str(folder))
    contents = Contents(folder, leave_out=(CACHE,))
    inventory = contents.inventory()
    verdict.files, verdict.bytes = len(inventory), sum(each.size for each in inventory)
    verdict.faults += _checks(contents, inventory, work, fast, verdict)
    return verdict


def _checks(contents: Contents, inventory: Inventory, work: Path, fast: bool, verdict: Verdict) -> Iterator[Fault]:
    yield from check_sums(contents, inventory)
    manifest, faults = read_manifest(contents)
    yield from faults
    if manifest is None:
        verdict.unchecked.append("what the manifest says: it cannot be read")
        return
    yield from check_listed(manifest, inventory)
    if fast:
        return
    yield from check_sums_of(manifest)
    yield from check_tables(contents, manifest, work)
    graphs = Graphs(contents, manifest, work)
    yield from graphs.check()
    yield from graphs.check_changes()
    yield from check_texts(contents, manifest, inventory)
    verdict.quads, verdict.formats = graphs.graph.quads if graphs.graph else 0, graphs.formats
    verdict.unchecked += graphs.unchecked
