"""Known faults: complaints that the policy accepts are marked and kept in the report; the rest decide on the release."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from cablegraph.policy import Acceptance, Policy, read_accepted
from cablegraph.validation.report.rows import SHAPES, ReportRow, ordered

#: The rule of a line of accepted faults that no complaint fits.
UNUSED = "unused acceptance"


def accept(rows: Iterable[ReportRow], policy: Policy, shapes: str) -> list[ReportRow]:
    """Mark the rows that the policy accepts, and complain of each acceptance that fits none; in the report's order.

    ``shapes`` (from :func:`~cablegraph.validation.read_shapes`) tells a rule that nobody knows from one that is kept.

    Raises:
        InputError: the file of accepted faults cannot be used.
    """
    acceptances = read_accepted(policy.accepted)
    by_rule: dict[str, list[Acceptance]] = defaultdict(list)
    for acceptance in acceptances:
        by_rule[acceptance.rule.removeprefix(SHAPES)].append(acceptance)
    used: set[Acceptance] = set()
    marked = []
    for row in rows:
        fit = next((each for each in by_rule.get(row.rule, ()) if _fits(each, row)), None)
        if fit is not None:
            used.add(fit)
        marked.append(row if fit is None else replace(row, accepted=fit.why()))
    met = {row.rule for row in marked}
    file = policy.accepted.name if policy.accepted else None
    unused = [_unused(each, file, met, shapes) for each in acceptances if each not in used]
    return ordered([*marked, *unused])


def _fits(acceptance: Acceptance, row: ReportRow) -> bool:
    names = (row.record or "", (row.focus or "").strip("<>"))
    return any(fnmatchcase(name, acceptance.record) for name in names)


def _unused(acceptance: Acceptance, file: str | None, met: set[str], shapes: str) -> ReportRow:
    rule = acceptance.rule.removeprefix(SHAPES)
    declared = any(f"<{name}> " in shapes for name in (rule, SHAPES + rule))
    known = declared or rule in met
    field, value = ("record", acceptance.record) if known else ("rule", acceptance.rule)
    message = (
        f"Nothing of {rule} fits this line; take it out, since what it accepts is mended."
        if known
        else "No shape and no complaint is called so; correct the rule, or take the line out."
    )
    return ReportRow("warning", UNUSED, file, acceptance.line, None, field, value, message)


def stopping(rows: Sequence[ReportRow], policy: Policy) -> list[ReportRow]:
    """The complaints for which nothing is released: not accepted, and grave or (by the ratchet) of a new kind."""
    known = {acceptance.rule.removeprefix(SHAPES) for acceptance in read_accepted(policy.accepted)} | {UNUSED}
    return [
        row
        for row in rows
        if not row.accepted
        and (row.severity in policy.stop or (row.severity in policy.ratchet and row.rule not in known))
    ]


def held_back(rows: Iterable[ReportRow], policy: Policy) -> set[str]:
    """The focus nodes that go to quarantine; findings are told of sources, and hold nothing back."""
    return {row.focus for row in rows if row.focus and not row.accepted and row.severity in policy.quarantine}
