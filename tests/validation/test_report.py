"""The report in every form: each is valid in its format, whatever the complaints hold."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from html.parser import HTMLParser

import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef

from cablegraph.validation import REPORT_WRITERS, ReportRow, Result, finding_rows, result_rows
from cablegraph.validation.report import ordered

HOSTILE = [
    '<script>alert("x")</script>',
    "a\nb\r\nc\td",
    'say "no"',
    "a,b;c",
    "\u202eright to left",
    "é 漢 😀",
    "&amp; '",
    "\\n \\",
    "=1+1",
    "\x07\x1b",
]
SHAPE = "https://w3id.org/diplomatic-records/shapes#record-label"


def rows() -> list[ReportRow]:
    """A report of findings and results that hold whatever is awkward."""
    found = []
    for number, text in enumerate(HOSTILE):
        literal = json.dumps(text, ensure_ascii=False)
        found.append(
            ReportRow(
                "warning",
                "unknown word",
                f"a b#{number}.csv",
                number + 1,
                f"r/{text}",
                "captions",
                text,
                f"Unknown: {text}",
            )
        )
        found.append(ReportRow(
            "violation", "record-label", "x.xml", 7, "k", "<http://x/label>", literal, text, f"<http://x/r{number}>", "PatternConstraintComponent",
        ))  # fmt: skip
    found.append(
        ReportRow(
            "info",
            "http://other/shape",
            None,
            None,
            None,
            None,
            None,
            "No place.",
            "<http://x/n>",
            "MinCountConstraintComponent",
        )
    )
    return ordered(found)


def test_csv_comes_back_as_it_was() -> None:
    """Each row of the CSV is a complaint, with every character."""
    found = list(csv.DictReader(io.StringIO(REPORT_WRITERS["csv"](rows()), newline="")))
    expected = [{key: "" if value is None else str(value) for key, value in asdict(row).items()} for row in rows()]
    assert found == expected


def test_json_lines_come_back_as_they_were() -> None:
    """Each line is a JSON object that is a complaint."""
    lines = REPORT_WRITERS["jsonl"](rows()).split("\n")
    assert [ReportRow(**json.loads(line)) for line in lines if line] == rows()
    assert lines[-1] == ""


def test_turtle_is_a_shacl_report() -> None:
    """The Turtle is a validation report with one result a violation, and no blank node."""
    graph = Graph().parse(data=REPORT_WRITERS["turtle"](rows()), format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    results = set(graph.objects(report, SH.result))
    assert results == set(graph.subjects(RDF.type, SH.ValidationResult))
    assert len(results) == len(HOSTILE) + 1
    assert graph.value(report, SH.conforms) == Literal(False)
    assert all(isinstance(term, URIRef) for term in {*graph.subjects(), report})
    assert {str(value) for value in graph.objects(None, SH.value)} == set(HOSTILE)
    assert {str(shape) for shape in graph.objects(None, SH.sourceShape)} == {SHAPE, "http://other/shape"}
    for result in results:
        assert graph.value(result, SH.focusNode) is not None
        assert graph.value(result, SH.sourceConstraintComponent) is not None
        assert graph.value(result, SH.resultSeverity) in (SH.Violation, SH.Info)


def test_turtle_of_nothing_conforms() -> None:
    """Without results the report conforms, findings of readers are none; any result, a warning too, is against it."""
    for complaints in ([], [row for row in rows() if row.focus is None]):
        graph = Graph().parse(data=REPORT_WRITERS["turtle"](complaints), format="turtle")
        assert set(graph.objects(None, SH.conforms)) == {Literal(True)}
    warning = ReportRow(
        "warning", "x", None, None, None, None, None, "m", "<http://x/n>", "MinCountConstraintComponent"
    )
    graph = Graph().parse(data=REPORT_WRITERS["turtle"]([warning]), format="turtle")
    assert set(graph.objects(None, SH.conforms)) == {Literal(False)}


def test_sarif_has_its_structure() -> None:
    """SARIF names version, tool, rules and results; places are valid URIs with lines; every rule is declared."""
    document = json.loads(REPORT_WRITERS["sarif"](rows()))
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-2.1.0.json")
    (run,) = document["runs"]
    declared = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert len(run["results"]) == len(rows())
    for result, row in zip(run["results"], rows(), strict=True):
        assert result["ruleId"] in declared
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"] == row.message
        if row.file is None:
            assert "locations" not in result
        else:
            (location,) = result["locations"]
            place = location["physicalLocation"]
            assert place["region"]["startLine"] == row.line
            assert not set(place["artifactLocation"]["uri"]) & set(' "<>#?\\')


class Page(HTMLParser):
    """Collects the elements and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_html_escapes_what_it_shows() -> None:
    """The page holds no element but its own, and shows every value as it is."""
    page = Page()
    page.feed(REPORT_WRITERS["html"](rows()))
    assert set(page.tags) == {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "h2",
        "section",
        "p",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "bdi",
    }
    for text in HOSTILE:
        assert any(text in piece or text.replace("\r\n", "\n") in piece for piece in page.text)


def test_text_groups_and_counts() -> None:
    """The text for people groups by rule, shows three examples with their places, and counts."""
    many = [ReportRow("warning", "unknown word", "a.csv", n, f"r{n}", "captions", "X", "Unknown.") for n in range(1, 6)]
    text = REPORT_WRITERS["human"](many)
    assert "warning: unknown word (5)\n  Unknown.\n    a.csv:1  r1  captions X\n" in text
    assert "… and 2 more" in text
    assert text.endswith("\n5 warning\n")


@pytest.mark.parametrize("form", REPORT_WRITERS)
def test_every_form_takes_an_empty_report(form: str) -> None:
    """Every form has something to say where there is nothing to complain of."""
    assert isinstance(REPORT_WRITERS[form]([]), str)


def test_rows_are_ordered_by_gravity_and_place() -> None:
    """The gravest come first, then by rule, file and line; the order does not depend on that of the input."""
    assert ordered(reversed(rows())) == rows()
    assert [row.severity for row in rows()] == ["violation"] * len(HOSTILE) + ["warning"] * len(HOSTILE) + ["info"]


def test_results_and_findings_become_rows() -> None:
    """A result gets the place of its focus node; a finding keeps its own."""
    result = Result(
        "Warning", f"<{SHAPE}>", "<http://x/r>", "<http://x/p>", '"v"', "PatternConstraintComponent", "Wrong."
    )
    (row,) = result_rows([result], lambda focus: ("k", "a.csv", 3) if focus == "<http://x/r>" else (None, None, None))
    assert (row.severity, row.rule, row.place(), row.record) == ("warning", "record-label", "a.csv:3", "k")
    finding = {
        "severity": "error",
        "kind": "unsafe key",
        "source_file": "a.csv",
        "source_line": 4,
        "record": None,
        "field": "f",
        "value": "",
        "message": "m",
    }
    (row,) = finding_rows([finding])
    assert (row.severity, row.rule, row.place(), row.focus) == ("error", "unsafe key", "a.csv:4", None)
