"""The report in every form: each is valid in its format, whatever the complaints hold."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef

from cablegraph.validation import REPORT_WRITERS, Report, ReportRow, Result, finding_rows, result_rows
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
        result = Result("Violation", f"<{SHAPE}>", f"<http://x/r{number}>", "<http://x/label>", literal, "PatternConstraintComponent", text)  # fmt: skip
        found += result_rows([result], lambda _: ("k", "x.xml", 7))
    return ordered([*found, *result_rows([NO_PLACE], lambda _: (None, None, None))])


NO_PLACE = Result(
    "Info", "<http://other/shape>", "<http://x/n>", None, None, "MinCountConstraintComponent", "No place."
)


def test_csv_comes_back_as_it_was() -> None:
    """Each row of the CSV is a complaint, with every character."""
    found = list(csv.DictReader(io.StringIO(REPORT_WRITERS["csv"](Report(rows())), newline="")))
    expected = [{key: "" if value is None else str(value) for key, value in row.cells().items()} for row in rows()]
    assert found == expected


def test_json_lines_come_back_as_they_were() -> None:
    """Each line is a JSON object that is a complaint."""
    lines = REPORT_WRITERS["jsonl"](Report(rows())).split("\n")
    assert [ReportRow(**json.loads(line)) for line in lines if line] == rows()
    assert lines[-1] == ""


def test_turtle_is_a_shacl_report() -> None:
    """The Turtle is a validation report with one result a violation, and no blank node."""
    graph = Graph().parse(data=REPORT_WRITERS["turtle"](Report(rows())), format="turtle")
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
        graph = Graph().parse(data=REPORT_WRITERS["turtle"](Report(complaints)), format="turtle")
        assert set(graph.objects(None, SH.conforms)) == {Literal(True)}
    warning = result_rows([replace(NO_PLACE, severity="Warning")], lambda _: (None, None, None))
    graph = Graph().parse(data=REPORT_WRITERS["turtle"](Report(warning)), format="turtle")
    assert set(graph.objects(None, SH.conforms)) == {Literal(False)}


def test_sarif_has_its_structure() -> None:
    """SARIF names version, tool, columns, rules and results; every rule is declared once, with description, help and level."""
    document = json.loads(REPORT_WRITERS["sarif"](Report(rows())))
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-2.1.0.json")
    (run,) = document["runs"]
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = run["tool"]["driver"]
    assert driver["name"] == "cablegraph"
    assert urlsplit(driver["informationUri"]).scheme == "https"
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
        assert urlsplit(rule.get("helpUri", "https://x")).scheme == "https"
    assert {"helpUri" in rule for rule in rules if "://" in rule["id"]} == {True}
    assert len(run["results"]) == len(rows())
    for result, row in zip(run["results"], rows(), strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == row.rule
        assert result["level"] in ("none", "note", "warning", "error")


def test_sarif_shows_each_complaint_at_its_line() -> None:
    """A place is a valid URI with a line; what has no file is named by its record or focus node alone."""
    (run,) = json.loads(REPORT_WRITERS["sarif"](Report(rows())))["runs"]
    for result, row in zip(run["results"], rows(), strict=True):
        assert result["message"]["text"] == row.message
        assert result["properties"].get("printed") == row.value
        (location,) = result["locations"]
        assert location["logicalLocations"] == [{"fullyQualifiedName": row.record or row.focus}]
        if row.file is None:
            assert "physicalLocation" not in location
        else:
            place = location["physicalLocation"]
            assert place["region"]["startLine"] == row.line
            assert not set(place["artifactLocation"]["uri"]) & set(' "<>#?\\')


class Page(HTMLParser):
    """Collects the elements, the attributes and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page_of(complaints: list[ReportRow], *, documents: int = 0, records: int = 0) -> Page:
    page = Page()
    page.feed(REPORT_WRITERS["html"](Report(complaints, documents, records)))
    return page


def test_html_escapes_what_it_shows() -> None:
    """The page holds no element but its own, and shows every value, record and message as it is."""
    for number, text in enumerate(HOSTILE):
        row = ReportRow("warning", f"{text} rule", f"{text}.csv", number, f"r/{text}", text, text, f"Unknown: {text}")
        page = page_of([row, replace(row, message="Another.")])
        assert set(page.tags) <= {
            "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "section", "p", "a", "span", "bdi", "script",
            "table", "caption", "thead", "tbody", "tr", "th", "td", "form", "label", "input", "output",
        }  # fmt: skip
        assert page.tags.count("script") == 1
        shown = text.replace("\r\n", "\n")
        assert sum(shown in piece or text in piece for piece in page.text) >= 7
        assert not any(text in (value or "") for _, _, value in page.attributes)


def test_html_groups_by_rule_with_count_share_examples_and_what_to_do() -> None:
    """Each rule has one section: how many, what share of the records, three examples with place and print, what to do."""
    many = [
        ReportRow("warning", "r-label", "a.csv", n, f"k{n % 4}", "<http://x/p>", f'"print {n}"', "It is wrong; mend it.", f"<http://x/{n}>", "PatternConstraintComponent")
        for n in range(1, 9)
    ]  # fmt: skip
    found = ReportRow("info", "no date", "b.xml", 3, "b/d1", "sent", "?", "No date.")
    page = page_of([*many, found], documents=20, records=10)
    text = "".join(page.text)
    assert page.tags.count("section") == 2
    assert "8 complaints, 4 of 10 records (40.0 %)" in text
    assert "1 complaint, 1 of 20 documents (5.0 %)" in text
    assert "It is wrong; mend it." in text
    assert [f"a.csv:{n}" in text for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert '"print 3"' in text
    assert "… and 5 more" in text
    assert ("a", "href", "https://www.w3.org/TR/shacl/#PatternConstraintComponent") in page.attributes


def test_html_needs_neither_scripts_nor_other_files() -> None:
    """Without JavaScript everything is shown and the filters are not; nothing is loaded; every table has named columns."""
    page = page_of(rows())
    assert [
        value for tag, name, value in page.attributes if name in ("src", "srcset") or (tag, name) == ("link", "href")
    ] == []
    assert ("form", "hidden", None) in page.attributes
    assert [tag for tag, name, _ in page.attributes if name == "hidden"] == ["form"]
    assert ("html", "lang", "en") in page.attributes
    assert all(("th", "scope", "col") in page.attributes for _ in range(page.tags.count("th")))
    identifiers = [value for _, name, value in page.attributes if name == "id"]
    assert len(identifiers) == len(set(identifiers))
    assert "color-scheme: light dark" in "".join(page.text)
    targets = {
        (value or "").removeprefix("#")
        for tag, name, value in page.attributes
        if (tag, name) == ("a", "href") and (value or "")[0] == "#"
    }
    assert targets <= set(identifiers)
    assert {value for _, name, value in page.attributes if name == "data-rule"} == targets


def test_text_groups_and_counts() -> None:
    """The text for people groups by rule, shows three examples with their places, and counts."""
    many = [ReportRow("warning", "unknown word", "a.csv", n, f"r{n}", "captions", "X", "Unknown.") for n in range(1, 6)]
    text = REPORT_WRITERS["human"](Report(many))
    assert "warning: unknown word (5)\n  Unknown.\n    a.csv:1  r1  captions X\n" in text
    assert "… and 2 more" in text
    assert text.endswith("\n5 warning\n")
    assert "unknown word (5, 5 of 50 documents (10.0 %))" in REPORT_WRITERS["human"](Report(many, 50, 40))


def test_text_gives_each_example_its_message_where_they_differ() -> None:
    """A rule whose messages differ is one group; the message stands at each example."""
    rows = [ReportRow("info", "odd", None, None, f"r{n}", None, None, f"It is {n}.") for n in range(2)]
    assert REPORT_WRITERS["human"](Report(rows)).startswith("info: odd (2)\n    -  r0\n      It is 0.\n    -  r1\n")


@pytest.mark.parametrize("form", REPORT_WRITERS)
def test_every_form_takes_an_empty_report(form: str) -> None:
    """Every form has something to say where there is nothing to complain of."""
    assert isinstance(REPORT_WRITERS[form](Report([])), str)


def test_rows_are_ordered_by_gravity_and_place() -> None:
    """The gravest come first, then by rule, file and line; the order does not depend on that of the input."""
    assert ordered(reversed(rows())) == rows()
    assert [row.severity for row in rows()] == ["violation"] * len(HOSTILE) + ["warning"] * len(HOSTILE) + ["info"]


def test_results_and_findings_become_rows() -> None:
    """A result gets the place of its focus node; a finding keeps its own."""
    result = Result(
        "Warning", f"<{SHAPE}>", "<http://x/r>", "<http://x/p>", '"v"', "PatternConstraintComponent", "Wrong."
    )
    (row,) = result_rows([result], lambda told: ("k", "a.csv", 3) if told == result else (None, None, None))
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
