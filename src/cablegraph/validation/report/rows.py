"""The rows of a report: one a complaint, whether a finding of a reader or a result of a shape, with its place and what to do."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cablegraph.measures import Measure
from cablegraph.policy import SEVERITIES
from cablegraph.validation.engines import Result
from cablegraph.validation.terms import SEVERITIES as RESULT_SEVERITIES

SHAPES = "https://w3id.org/diplomatic-records/shapes#"
#: How many rows of a rule are shown to people; all stand in the forms for machines.
EXAMPLES = 3


@dataclass(frozen=True)
class ReportRow:
    """One complaint. ``rule`` is a shape or the kind of a finding; ``file`` and ``line`` are where it comes from.

    ``accepted`` is the reason for which the publication accepts it, None where it does not. ``result`` is what the engine
    told, for the forms of SHACL; :meth:`cells` are what stands in those of tables.
    """

    severity: str
    rule: str
    file: str | None
    line: int | None
    record: str | None
    field: str | None
    value: str | None
    message: str
    focus: str | None = None
    component: str | None = None
    accepted: str | None = None
    result: Result | None = dataclasses.field(default=None, compare=False, repr=False)

    def cells(self) -> dict[str, str | int | None]:
        """The row of a table: every column but ``result``."""
        return {
            column.name: getattr(self, column.name) for column in dataclasses.fields(self) if column.name != "result"
        }

    def place(self) -> str:
        """``file:line``, or what is known of it."""
        return ":".join(str(part) for part in (self.file, self.line) if part is not None) or "-"

    def subject(self) -> str:
        """What is complained of: the record, else the focus node."""
        return self.record or self.focus or ""


@dataclass(frozen=True)
class Report:
    """All complaints, and how much was checked: ``documents`` that were read and ``records`` that came of them, 0 if unknown."""

    rows: Sequence[ReportRow]
    documents: int = 0
    records: int = 0
    measures: Sequence[Measure] = ()

    def groups(self) -> list[Group]:
        """The complaints by severity and rule, in their order; those that are accepted, by their reason, apart."""
        found: dict[tuple[str, str, str | None], list[ReportRow]] = defaultdict(list)
        for row in self.rows:
            found[row.severity, row.rule, row.accepted].append(row)
        return [self._group(*key, rows) for key, rows in found.items()]

    def _group(self, severity: str, rule: str, accepted: str | None, rows: Sequence[ReportRow]) -> Group:
        # Findings are told of documents, results of records: one record may be shown by several documents.
        whole = self.records if rows[0].focus else self.documents
        return Group(severity, rule, accepted, rows, len({row.record for row in rows if row.record}), whole)

    def counts(self) -> str:
        """How many complaints of each severity, in words: ``2 violation, 5 warning, 3 accepted``."""
        return ", ".join(f"{number} {severity}" for severity, number in self.severities().items())

    def severities(self) -> dict[str, int]:
        """How many complaints of each severity, the gravest first, and how many are accepted (and counted only so)."""
        numbers = Counter("accepted" if row.accepted else row.severity for row in self.rows)
        return {severity: numbers[severity] for severity in (*SEVERITIES, "accepted") if numbers[severity]}


@dataclass(frozen=True)
class Group:
    """The complaints of one rule: ``records`` of ``whole`` are concerned, where both are known."""

    severity: str
    rule: str
    accepted: str | None
    rows: Sequence[ReportRow]
    records: int
    whole: int

    @property
    def message(self) -> str | None:
        """The message, where it is the same for all."""
        messages = {row.message for row in self.rows}
        return messages.pop() if len(messages) == 1 else None

    def share(self) -> str | None:
        """How much is concerned, such as ``12 of 300 records (4.0 %)``; None where it is not known."""
        if not self.records or not self.whole:
            return None
        what = "records" if self.rows[0].focus else "documents"
        return f"{self.records} of {self.whole} {what} ({100 * self.records / self.whole:.1f} %)"


def finding_rows(findings: Iterable[Mapping[str, Any]]) -> list[ReportRow]:
    """Turn rows of the ``findings`` table into rows of the report."""
    return [
        ReportRow(
            row["severity"],
            row["kind"],
            row["source_file"],
            row["source_line"],
            row["record"],
            row["field"],
            row["value"],
            row["message"],
        )
        for row in findings
    ]


def result_rows(
    results: Iterable[Result], place_of: Callable[[Result], tuple[str | None, str | None, int | None]]
) -> list[ReportRow]:
    """Turn validation results into rows; ``place_of`` gives record, file and line of what a result complains of."""
    rows = []
    for result in results:
        record, file, line = place_of(result)
        rows.append(
            ReportRow(
                _severity(result.severity),
                result.shape.strip("<>").removeprefix(SHAPES),
                file,
                line,
                record,
                result.path,
                result.value,
                result.message or f"Does not hold: {result.component}.",
                result.focus,
                result.component,
                result=result,
            )
        )
    return rows


def _severity(severity: str) -> str:
    """How grave a result is; a severity of the shapes' own is as grave as can be, since nobody here knows it."""
    return severity.casefold() if severity in RESULT_SEVERITIES else "violation"


def ordered(rows: Iterable[ReportRow]) -> list[ReportRow]:
    """Sort rows: what is accepted last, the gravest first, then by rule and place."""
    rank = {severity: number for number, severity in enumerate(SEVERITIES)}

    def key(row: ReportRow) -> tuple[object, ...]:
        known = (row.record, row.focus, row.field, row.value, row.message)
        grave = (row.accepted is not None, rank.get(row.severity, 9), row.rule, row.accepted or "")
        return (*grave, row.file or "", row.line or 0, *(part or "" for part in known))

    return sorted(rows, key=key)


def constraint_page(component: str | None) -> str | None:
    """The section of the SHACL specification that defines a constraint component; None for those of shapes' own."""
    if component is None or not component.endswith("ConstraintComponent") or ":" in component:
        return None
    return f"https://www.w3.org/TR/shacl/#{component}"
