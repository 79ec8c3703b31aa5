"""Mapping a register: its tables, the findings of values that make no term, and where a subject comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph import folders, relations
from cablegraph.errors import InputError
from cablegraph.linking import link
from cablegraph.mapping import Place, explain_register, locate, map_any, map_register, mapped_lines, read_mappings
from cablegraph.mapping.views import TABLES
from cablegraph.register import rows
from registers import BASE, telegram, write_register

HEAD = "prefixes: { ex: 'http://ex.org/', fn: 'https://w3id.org/diplomatic-records/function#' }\nmappings:\n"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    records = [
        telegram("1", subjects=["Cuba", "Berlin"]), telegram("2", number="1863", sent="1962-11-31", subjects=["Cuba"], source_line=3),
        telegram("3", number="1864", url="http://x/a b", language="e n", source_line=4),
    ]  # fmt: skip
    parts = [
        {"record": "a/1", "part": "p1", "kind": "body", "rank": 1, "text": "the text"},
        {"record": "a/1", "part": "..", "kind": "body", "rank": 2},
    ]
    return link_in(write_register(tmp_path / "register", records, parts=parts))


def link_in(register: Path) -> Path:
    link(register, register)
    return register


def lines_in(folder: Path) -> str:
    """The lines that were mapped into a folder."""
    with relations.connect([folder]) as db:
        return "".join(f"{line}\n" for (line,) in db.execute(f"FROM {mapped_lines(folder)}").fetchall())


def mapped(
    tmp_path: Path, register: Path, mapping: str, text: str = "none", jobs: int = 1
) -> tuple[str, list[tuple[str, ...]]]:
    """The lines and the findings of a mapping of the register."""
    path = tmp_path / "m.yml"
    path.write_text(HEAD + mapping, encoding="utf-8")
    map_register(register, read_mappings(path, BASE), tmp_path / "out", text=text, jobs=jobs)
    findings = [
        (row["kind"], row["severity"], row["record"], row["field"], row["value"], row["source_line"])
        for row in rows(tmp_path / "out", "findings")
    ]
    return lines_in(tmp_path / "out"), findings


def test_running_text_is_published_only_in_full(tmp_path: Path) -> None:
    """Neither the text of a paragraph nor its revised text is mapped where the publication says none; other readings are."""
    reading = {"record": "a/1", "part": "1", "surface": "the old words", "how": "x", "confidence": 0.6}
    register = link_in(
        write_register(
            tmp_path / "register",
            [telegram("1")],
            parts=[
                {"record": "a/1", "part": "1", "label": "1", "kind": "paragraph", "rank": 1, "text": "the old words"}
            ],
            readings=[
                {**reading, "field": "revised_text", "value": "the new words"},
                {**reading, "field": "label", "value": "1", "surface": "I"},
            ],
        )
    )
    for text, published in (("none", False), ("full", True)):
        folder = tmp_path / text
        folder.mkdir()
        map_register(register, read_mappings(folders.MAPPINGS, BASE), folder / "out", text=text)
        lines = lines_in(folder / "out")
        assert ("the new words" in lines, "the old words" in lines) == (published, published)
        assert '"label"' in lines


def test_values_that_make_no_term_are_findings(tmp_path: Path, register: Path) -> None:
    """A key that makes no safe IRI, a value that is no IRI, no tag or no date is told with record, column and line, once."""
    lines, findings = mapped(tmp_path, register, """
  part: { sources: [[parts~register]], s: part/$(part), po: [[a, ex:Part], [ex:again, "x/$(part)~iri"]] }
  url: { sources: [[records~register]], s: record/$(telegram), po: [[ex:url, $(url)~iri], [ex:t, x, $(language)~lang]] }
  date:
    sources: [[records~register]]
    s: record/$(telegram)
    po: [{ p: ex:sent, o: { value: $(sent), datatype: { function: fn:dateDatatype, parameters: [$(sent)] } } }]
""")  # fmt: skip
    assert findings == [
        ("no IRI", "error", "a/3", "records.url", "http://x/a b", 4), ("no date", "warning", "a/2", "records.sent", "1962-11-31", 3),
        ("no language", "error", "a/3", "records.language", "e n", 4), ("unsafe key", "error", "a/1", "parts.part", "..", 2),
    ]  # fmt: skip
    assert '"1962-11-31" .\n' in lines
    assert "\x01" not in lines
    assert lines.count("\n") == 2 + 3


def test_findings_of_a_register_are_told_like_those_of_files(tmp_path: Path, register: Path) -> None:
    """``map --source register=…`` tells of each value with the table in the place of the map."""
    (tmp_path / "m.yml").write_text(
        f"{HEAD}  part: {{ sources: [[parts~register]], s: part/$(part), po: [[a, ex:Part]] }}\n"
    )
    done = map_any(tmp_path / "m.yml", BASE, {"register": register}, tmp_path / "o.nq", 1, lambda _: None)
    assert [(f.map, f.kind, f.field, f.value) for f in done.findings.first] == [("parts", "unsafe key", "part", "..")]


def test_a_condition_spares_its_rows(tmp_path: Path, register: Path) -> None:
    """A value that a condition keeps from being used is no finding."""
    _, findings = mapped(tmp_path, register, """
  part: { sources: [[parts~register]], s: part/$(part), condition: { function: equal, parameters: [$(part), p1] }, po: [[a, ex:Part]] }
""")  # fmt: skip
    assert findings == []


def test_complaints_never_reach_the_quads(tmp_path: Path, register: Path) -> None:
    """A text that holds the mark of complaints is a literal like any other."""
    lines, _ = mapped(tmp_path, register, """
  part: { sources: [[parts~register]], s: part/$(rank), po: [[ex:p, "\\x01{\\n\\x01nor this"], [ex:q, "x/$(part)~iri"]] }
""")  # fmt: skip
    assert lines.count('"\\u0001{\\n\\u0001nor this"') == 2


@pytest.mark.parametrize(
    "table",
    [
        "base_records",
        "duckdb_settings",
        "nope",
        "/etc/passwd",
        "records'; DROP TABLE x; --",
        "information_schema.tables",
        "",
    ],
)
def test_only_tables_of_the_register_may_be_named(tmp_path: Path, register: Path, table: str) -> None:
    """A mapping reaches the tables that are listed and nothing else of the engine, and is told which there are."""
    with pytest.raises(InputError, match="there is no table") as caught:
        mapped(tmp_path, register, f'  m: {{ sources: [["{table}~register"]], s: x/$(record), po: [[a, ex:C]] }}\n')
    assert (caught.value.file, caught.value.line) == ("m.yml", 3)
    assert "telegrams" in (caught.value.hint or "")


def test_files_are_no_tables(tmp_path: Path, register: Path) -> None:
    """A mapping of a register maps no files."""
    with pytest.raises(InputError, match="is no table of the register"):
        mapped(tmp_path, register, "  m: { sources: [[a.csv~csv]], s: x/$(record), po: [[a, ex:C]] }\n")


def test_the_text_is_published_only_where_asked(tmp_path: Path, register: Path) -> None:
    """The text of parts comes out with text = "full" and not with "none", by any table."""
    mapping = "  m: { sources: [[parts~register]], s: x/$(rank), po: [[ex:p, $(text)], [ex:q, $(kind)]] }\n"
    assert "the text" not in mapped(tmp_path, register, mapping)[0]
    assert "the text" in mapped(tmp_path / "", register, mapping, "full")[0]


def test_any_number_of_jobs_gives_the_same(tmp_path: Path, register: Path) -> None:
    """One and three processes give the same bytes and the same findings."""
    plan = read_mappings(folders.MAPPINGS, BASE)
    for jobs in (1, 3):
        map_register(register, plan, tmp_path / str(jobs), jobs=jobs)
    one, three = ({path.name: path.read_bytes() for path in (tmp_path / jobs).iterdir()} for jobs in "13")
    assert one == three
    assert "findings.parquet" in one


def test_an_empty_register_maps_to_nothing(tmp_path: Path) -> None:
    """A register without rows makes no quad and no finding."""
    register = link_in(write_register(tmp_path / "register", []))
    map_register(register, read_mappings(folders.MAPPINGS, BASE), tmp_path / "out")
    assert lines_in(tmp_path / "out") == ""
    assert list(rows(tmp_path / "out", "findings")) == []


def test_every_table_can_be_read(tmp_path: Path, register: Path) -> None:
    """Each table that a mapping may name can be queried, and the shipped mappings refer to nothing else."""
    plan = read_mappings(folders.MAPPINGS, BASE)
    assert {triples_map.source.access for triples_map in plan.maps} <= set(TABLES)
    sql = explain_register(register, plan, tmp_path)
    assert sql.count("-- ") >= len({triples_map.source.access for triples_map in plan.maps})


def test_a_subject_is_labelled_once(tmp_path: Path) -> None:
    """A subject that two sources print in other letters has one label, in whatever graph it stands."""
    register = link_in(
        write_register(
            tmp_path / "register",
            [telegram("1", subjects=["CUBA"]), telegram("2", source="b", number="2", subjects=["Cuba"])],
        )
    )
    map_register(register, read_mappings(folders.MAPPINGS, BASE), tmp_path / "out")
    labels = {
        line.split(" ", 2)[2].rsplit(" <", 1)[0]
        for line in lines_in(tmp_path / "out").splitlines()
        if "subject/cuba> " in line and "prefLabel" in line
    }
    assert labels == {'"CUBA"@en'}


def test_subjects_are_located(tmp_path: Path, register: Path) -> None:
    """A subject is told with record, file and line; what several records make is of none; what no row makes is left out."""
    plan = read_mappings(folders.MAPPINGS, BASE)
    key = "in.usun.1862.1962-11-19"
    asked = [
        f"<{BASE}{name}>"
        for name in (
            f"record/{key}",
            f"record/{key}#a/1/p1",
            "subject/cuba",
            "subject/berlin",
            "record/none",
            "'; DROP TABLE made",
        )
    ]
    found = locate(register, plan, tmp_path / "work", asked)
    assert found == {
        asked[0]: Place(key, "a.csv", 2), asked[1]: Place(key, "a.csv", 2), asked[2]: Place(None, "a.csv", 2), asked[3]: Place(key, "a.csv", 2),
    }  # fmt: skip


def test_whole_records_are_located(tmp_path: Path, register: Path) -> None:
    """With the records asked for, all that they alone make is told, and what they share with others is not."""
    plan = read_mappings(folders.MAPPINGS, BASE)
    key = "in.usun.1862.1962-11-19"
    found = locate(register, plan, tmp_path / "work", [f"<{BASE}record/{key}#a/1/p1>"], records=True)
    assert {place.record for place in found.values()} == {key}
    assert {subject for subject in found if not subject.startswith(f"<{BASE}record/{key}")} == {
        f"<{BASE}subject/berlin>"
    }
    assert f"<{BASE}record/{key}>" in found
    assert not [subject for subject in found if "1863" in subject]
