"""Known faults are shown as accepted and stop nothing; new kinds do, where the policy has a ratchet."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from rdflib import SH, Graph

from cablegraph.policy import Policy
from cablegraph.validation import (
    REPORT_WRITERS,
    UNUSED,
    Report,
    ReportRow,
    Result,
    accept,
    held_back,
    result_rows,
    stopping,
)

(WRONG,) = result_rows(
    [Result("Violation", "<https://w3id.org/diplomatic-records/shapes#record-label>", "<http://x/1>", "<http://x/p>", '"v"', "PatternConstraintComponent", "Wrong.")],
    lambda _: ("in.1", "a.csv", 3),
)  # fmt: skip
OTHER = replace(WRONG, record="in.2", focus="<http://x/2>", line=4)
ODD = ReportRow("warning", "no date", "b.xml", 7, "vol/d1", "sent", None, "No date.")
SHAPES = "<https://w3id.org/diplomatic-records/shapes#record-label> <http://x/p> <http://x/o> .\n"


def policy(folder: Path, *lines: str, **values: tuple[str, ...]) -> Policy:
    path = folder / "accepted.csv"
    path.write_text("rule,record,reason,date,by\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return Policy(accepted=path, **values)


def test_an_accepted_fault_stays_in_the_report_and_stops_nothing(tmp_path: Path) -> None:
    """Only the record that is named is accepted; the other still stops the release, or is held back."""
    told = policy(tmp_path, "record-label,in.1,So printed,2026-11-24,A")
    rows = accept([WRONG, OTHER, ODD], told, SHAPES)
    assert [(row.record, row.accepted) for row in rows] == [
        ("in.2", None), ("vol/d1", None), ("in.1", "So printed (A, 2026-11-24)"),
    ]  # fmt: skip
    assert [row.record for row in stopping(rows, told)] == ["in.2"]
    assert held_back(rows, replace(told, stop=(), quarantine=("violation",))) == {"<http://x/2>"}
    assert Report(rows).severities() == {"violation": 1, "warning": 1, "accepted": 1}


def test_a_pattern_fits_records_and_focus_nodes(tmp_path: Path) -> None:
    """`*` stands for any characters; a rule may be named by its IRI; the first line that fits serves."""
    told = policy(
        tmp_path,
        "https://w3id.org/diplomatic-records/shapes#record-label,http://x/*,First,2026-11-24,A",
        "record-label,*,Second,2026-11-24,A",
    )
    rows = accept([WRONG, OTHER], told, SHAPES)
    assert {row.accepted for row in rows} == {"First (A, 2026-11-24)", None}
    assert [row.line for row in rows if row.rule == UNUSED] == [3]


def test_an_acceptance_that_fits_nothing_is_told(tmp_path: Path) -> None:
    """A rule that nobody knows, and a line that fits nothing any more, are warnings with file and line."""
    told = policy(
        tmp_path,
        "recrod-label,*,Misspelt,2026-11-24,A",
        "record-label,*,Mended,2026-11-24,A",
        "no date,vol/d2,Other,2026-11-24,A",
        ratchet=("warning",),
    )
    rows = accept([ODD], told, SHAPES)
    unused = [row for row in rows if row.rule == UNUSED]
    assert [(row.place(), row.field, row.value) for row in unused] == [
        ("accepted.csv:2", "rule", "recrod-label"), ("accepted.csv:3", "record", "*"), ("accepted.csv:4", "record", "vol/d2"),
    ]  # fmt: skip
    assert stopping(rows, told) == []


def test_the_ratchet_stops_at_new_kinds_of_fault_only(tmp_path: Path) -> None:
    """A kind that the file names may come again, for any record; a kind that it does not name stops the release."""
    told = policy(tmp_path, "no date,vol/d1,Known,2026-11-24,A", ratchet=("warning",))
    more = replace(ODD, record="vol/d2")
    new = replace(ODD, rule="no number")
    assert stopping(accept([ODD, more], told, SHAPES), told) == []
    assert stopping(accept([ODD, new], told, SHAPES), told) == [new]
    assert stopping(accept([ODD, replace(new, severity="info")], told, SHAPES), told) == []


def test_every_form_says_what_is_accepted(tmp_path: Path) -> None:
    """The text, the page, the tables, SHACL and SARIF each show the complaint with the reason."""
    told = policy(tmp_path, "*,*,no,2026-11-24,A", "record-label,in.1,So <printed>,2026-11-24,A")
    report = Report(accept([WRONG, OTHER], told, SHAPES))
    why = "So <printed> (A, 2026-11-24)"
    for form in ("human", "jsonl", "csv", "turtle", "sarif"):
        assert why in REPORT_WRITERS[form](report), form
    assert "So &lt;printed&gt; (A, 2026-11-24)" in REPORT_WRITERS["html"](report)
    assert 'data-severity="accepted"' in REPORT_WRITERS["html"](report)
    (run,) = json.loads(REPORT_WRITERS["sarif"](report))["runs"]
    suppressed = [result["suppressions"] for result in run["results"] if "suppressions" in result]
    assert suppressed == [[{"kind": "external", "status": "accepted", "justification": why}]]
    graph = Graph().parse(data=REPORT_WRITERS["turtle"](report), format="turtle")
    assert len(set(graph.objects(None, SH.result))) == 2
