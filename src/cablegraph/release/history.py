"""A release and the one before it: what may be deleted, and the folder ``changes/`` with one subfolder a step.

The steps of the earlier release are taken over, without what is withheld by now (:mod:`.withdrawal`).
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cablegraph.earlier import Earlier
from cablegraph.errors import InputError, NotConformingError
from cablegraph.register import rows
from cablegraph.release.changes import CHANGES, write_changes
from cablegraph.release.differences import comparable
from cablegraph.release.withdrawal import withdraw

#: The share of records that a run may delete without being told so.
MOST_DELETED = 0.05
_SHOWN = 20
#: Where the keys of records stand that have an IRI which leads somewhere.
_SERVED = (("telegrams", "telegram"), ("replaced", "old"))


def check_deletions(earlier: Earlier, register: Path, *, allowed: bool) -> None:
    """Refuse a run that would delete all records of a source, or more than 5 % of the records, unless it is ``allowed``.

    Stubs come and go with what refers to them, and do not count. Records of a source that cannot be read are not deleted by anybody, so that such a run is always refused.

    Raises:
        NotConformingError: with the list of what would go.
    """
    known = {key for keys in earlier.records.values() for key in keys}
    served = {row[column] for table, column in _SERVED for row in rows(register, table, [column])}
    served |= {row["telegram"] for row in rows(register, "tombstones") if row["kind"] == "withheld"}
    gone = known - served
    unread = {row["source_file"] for row in rows(register, "findings") if row["kind"] == "unreadable source"}
    for file in sorted(unread & earlier.records.keys()):
        if lost := earlier.records[file] & gone:
            raise NotConformingError(
                f"cannot be read, and release {earlier.version} has {len(lost)} records of it: they are not deleted, and nothing was released",
                file=file,
                hint="mend the file, or take it out of the sources",
            )
    if allowed or not gone:
        return
    whole = [file for file, keys in sorted(earlier.records.items()) if keys and keys <= gone]
    share = len(gone) / len(known)
    if whole or share > MOST_DELETED:
        told = [f"all {len(earlier.records[file])} records of {file}" for file in whole]
        told += [f"{len(gone)} of {len(known)} records ({share:.1%}):"]
        shown = [f"  {key}" for key in sorted(gone)[:_SHOWN]]
        shown += [f"  … and {len(gone) - _SHOWN} more"] if len(gone) > _SHOWN else []
        raise NotConformingError(
            f"this run would delete, against release {earlier.version}, "
            + "\n".join([*told, *shown])
            + "\nnothing was released; if that is meant, say --allow-deletions"
        )


@dataclass(frozen=True)
class History:
    """The release before (None where nothing is told of one), and the steps that lead to this one, as the manifest has them."""

    previous: dict[str, Any] | None = None
    steps: tuple[dict[str, Any], ...] = ()

    @property
    def newest(self) -> str | None:
        """The name of the folder of the step to this release, None where there is none."""
        return step_name(self.steps[-1]) if self.steps else None


def write_history(
    folder: Path, nquads: Path, earlier: Earlier, version: str, issued: str, withheld: Collection[str], work: Path
) -> History:
    """Write ``changes/`` into a release; ``nquads`` are its quads in order, ``withheld`` the resources (IRIs) that are withheld or have fields that are.

    Raises:
        InputError: the earlier release has this version already, with other content.
    """
    names = earlier.folder, nquads
    step = work / "step"
    changes = write_changes(*comparable(*names, work, is_ours=True), step, work)
    if version == earlier.version and changes:
        raise InputError(
            f"release {version} is there already, with other content ({changes.added} quads added, {changes.removed} removed)",
            field="publication.version",
            hint="give the new release a version of its own",
        )
    steps = [(row, folder / "changes" / step_name(row)) for row in earlier.changes]
    for row, target in steps:
        _copy(earlier.folder / "changes" / step_name(row), target)
    withdraw(step, [target for _, target in steps], withheld, nquads, work)
    told = [dict(row) | counts_of(target) for row, target in steps]
    if version == earlier.version:
        shutil.rmtree(step)
        return History(dict(earlier.previous) if earlier.previous else None, tuple(told))
    newest = {"from": earlier.version, "to": version, "date": issued}
    target = folder / "changes" / step_name(newest)
    target.parent.mkdir(exist_ok=True)
    shutil.move(step, target)
    records = {change: changes.records(change) for change in CHANGES}
    return History(
        {"version": earlier.version, "issued": earlier.issued},
        (*told, newest | counts_of(target) | {"records": records}),
    )


def _copy(source: Path, target: Path) -> None:
    """Copy a step of an earlier release."""
    target.mkdir(parents=True)
    try:
        for name in ("added.nq", "removed.nq", "resources.csv", "withdrawn.csv"):
            shutil.copyfile(source / name, target / name)
    except OSError as error:
        raise InputError("the earlier release is not whole", file=str(source), hint=error.strerror or "") from error


def step_name(step: Mapping[str, Any]) -> str:
    """The name of a step's folder."""
    return f"{step['from']}..{step['to']}"


def counts_of(step: Path) -> dict[str, int]:
    """The lines of the files of the folder of a step."""
    counts = {}
    for name, heading in (("added.nq", 0), ("removed.nq", 0), ("withdrawn.csv", 1)):
        with (step / name).open("rb") as lines:
            counts[name.partition(".")[0]] = sum(1 for _ in lines) - heading
    return counts
