"""The judgement on what was mapped: results and findings in one report, and what it means for the release."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cablegraph.errors import NotConformingError
from cablegraph.mapping import locate
from cablegraph.mapping.plan import Plan
from cablegraph.policy import Policy
from cablegraph.register import rows
from cablegraph.validation import (
    REPORT_WRITERS,
    UNUSED,
    Report,
    ReportRow,
    Result,
    accept,
    finding_rows,
    held_back,
    result_rows,
    stopping,
)


def judge(
    results: list[Result], shapes: str, register: Path, mapped: Path, plan: Plan, work: Path, policy: Policy
) -> tuple[list[ReportRow], dict[str, tuple[str, ...]]]:
    """Join results and findings to one report, and decide by the policy what they mean.

    Returns the report and the records that are held back, with their subjects.

    Raises:
        InputError: the file of accepted faults cannot be used.
        NotConformingError: there are complaints for which the policy says stop.
    """
    focuses = {result.focus for result in results}
    places = locate(register, plan, work / "places", focuses) if focuses else {}

    def place_of(result: Result) -> tuple[str | None, str | None, int | None]:
        place = places.get(result.focus)
        return (place.record, place.file, place.line) if place else (None, None, None)

    findings = finding_rows(row for folder, table in _findings(register, mapped) for row in rows(folder, table))
    complaints = accept([*findings, *result_rows(results, place_of)], policy, shapes)
    if grave := stopping(complaints, policy):
        raise NotConformingError(_refusal(grave, complaints))
    wrong = held_back(complaints, policy)
    if not wrong:
        return complaints, {}
    located = locate(register, plan, work / "places", wrong, records=True)
    if not wrong <= located.keys():
        # What no row of the register makes belongs to no record and cannot be held back.
        lost = [row for row in complaints if row.focus in wrong - located.keys() and not row.accepted]
        raise NotConformingError(_refusal(lost, complaints))
    quarantine: dict[str, list[str]] = {}
    for subject, place in located.items():
        quarantine.setdefault(place.record or subject, []).append(subject)
    return complaints, {key: tuple(sorted(subjects)) for key, subjects in sorted(quarantine.items())}


def _findings(register: Path, mapped: Path) -> list[tuple[Path, str]]:
    """The tables of findings: of the readers, of linking and of the mapping."""
    tables = ((register, "findings"), (register, "linked_findings"), (mapped, "findings"))
    return [(folder, table) for folder, table in tables if (folder / f"{table}.parquet").is_file()]


def _refusal(grave: Sequence[ReportRow], complaints: Sequence[ReportRow]) -> str:
    # An acceptance that fits nothing may be the reason: it was meant for one of these.
    shown = Report([*grave, *(row for row in complaints if row.rule == UNUSED and row not in grave)])
    return (
        f"{Report(grave).counts()}; nothing was released, the last release stays.\n\n{REPORT_WRITERS['human'](shown)}"
    )
