"""Persons of the directories: joined where they are the same, with their names, years and identifiers."""

from __future__ import annotations

from pathlib import Path

import pytest
from directories import FILES, SITE, VOLUME, by_key, officer, person, read, read_files, told, write


def test_a_person_of_both_directories_is_one(tmp_path: Path) -> None:
    """A record that names an officer's page is that officer: one row, with the names of both and every identifier."""
    tables = read_files(tmp_path, FILES)
    persons = by_key(tables, "persons")
    assert list(persons) == ["100810", "108064", "nolting-frederick-ernest-jr"]
    assert persons["100810"] == {
        "key": "100810", "label": "George Wildman Ball", "variants": ["Ball, George Wildman", "Ball, George W.", "George W. Ball"],
        "valid_from": "1909", "valid_to": "1994", "broader": None, "latitude": None, "longitude": None,
        "source": "Office of the Historian, people data; Office of the Historian, Principal Officers and Chiefs of Mission",
        "directory": "people", "source_file": "given/people/100810.xml", "source_line": 1,
    }  # fmt: skip
    assert (persons["108064"]["label"], persons["108064"]["valid_from"], persons["108064"]["valid_to"]) == (
        "Henry Cabot Lodge Jr.",
        "1902",
        "1985",
    )
    assert persons["nolting-frederick-ernest-jr"]["directory"] == "pocom"
    identifiers = [(row["entity"], row["scheme"], row["value"], row["source"]) for row in tables["identifiers"]]
    assert identifiers[:3] == [
        ("100810", "VIAF", "55098877", "Office of the Historian, people data"),
        ("100810", "pocom", "ball-george-wildman", "Office of the Historian, Principal Officers and Chiefs of Mission"),
        ("100810", "FRUS", "frus1961-63v12#p_BGW1", VOLUME),
    ]
    assert told(tables) == []


def test_the_order_of_inputs_does_not_matter(tmp_path: Path) -> None:
    """Directories may be given apart and in any order: the rows are the same."""
    write(tmp_path, FILES)
    first = read(tmp_path, "people", "pocom", "gsh")
    assert by_key(first, "persons")["100810"]["source_file"] == "people/100810.xml"
    second = read(tmp_path, "gsh", "pocom", "people")
    names = [table for table in first if table != "sources"]
    assert {name: first[name] for name in names} == {name: second[name] for name in names}
    assert [row["source"] for row in second["sources"]] == ["gsh", "pocom", "people"]


def test_without_officers_nothing_is_missed(tmp_path: Path) -> None:
    """The people data alone give the officer's id as an identifier, and no finding that he is unknown."""
    tables = read_files(tmp_path, {name: text for name, text in FILES.items() if name.startswith("people")})
    assert ("pocom", "ball-george-wildman") in [(row["scheme"], row["value"]) for row in tables["identifiers"]]
    assert told(tables) == []


def test_old_ids_of_officers(tmp_path: Path) -> None:
    """A record that names an officer by an id that he had before is his; both ids are identifiers."""
    url = f"{SITE}/departmenthistory/people/blake-robert-o"
    tables = read_files(tmp_path, {
        "1.xml": person("1", "Blake, Robert O.", url), "blake-robert-otis.xml": officer("blake-robert-otis", "Blake", "Robert Otis", old="blake-robert-o"),
    })  # fmt: skip
    assert [row["key"] for row in tables["persons"]] == ["1"]
    assert [row["value"] for row in tables["identifiers"]] == ["blake-robert-otis", "blake-robert-o"]


def test_other_addresses_stay_in_the_source(tmp_path: Path) -> None:
    """An address that is no person's own (a country's state visits) is no identifier; it is kept with the source."""
    tables = read_files(tmp_path, {"1.xml": person("1", "Segni, Antonio", f"{SITE}/departmenthistory/visits/italy")})
    assert tables["identifiers"] == []
    assert tables["persons"][0]["source"].endswith(f"; {SITE}/departmenthistory/visits/italy")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Bao Dai", "Bao Dai"),
        ("De La Madrid Hurtado, Miguel", "Miguel De La Madrid Hurtado"),
        ("Abrams, Creighton W., Jr.", "Creighton W. Abrams Jr."),
        ("Smith, ", "Smith"),
    ],
)
def test_labels_are_names_as_they_are_spoken(tmp_path: Path, name: str, label: str) -> None:
    """The label has the order of speech, the variants that of the list."""
    (row,) = read_files(tmp_path, {"1.xml": person("1", name)})["persons"]
    assert row["label"] == label
    assert row["variants"] == [form for form in [name.strip()] if form != label]


@pytest.mark.parametrize(
    ("files", "findings"),
    [
        ({"2.xml": person("1", "A, B")}, [("id unlike the file name", "1")]),
        ({"1.xml": person("1", "A, B"), "x/1.xml": person("1", "C, D")}, [("repeated id", "1")]),
        ({"1.xml": person("1", "A, B", born="1990", died="1909")}, [("dates disagree", "1990–1909")]),
        ({"1.xml": person("1", "A, B", born="c. 1909")}, [("no date", "c. 1909")]),
        ({"1.xml": person("1", "A, B", viaf="none")}, [("no identifier", "none")]),
        ({"1.xml": person("../../etc/passwd", "A, B")}, [("unusable id", "../../etc/passwd")]),
        ({"1.xml": person("a#b", "A, B")}, [("unusable id", "a#b")]),
        ({"1.xml": person("", "A, B")}, [("unusable id", None)]),
        ({"1.xml": person("1", "")}, [("no name", None)]),
        ({"1.xml": person("1", "A, B"), "2.xml": "<person><id>2</id>"}, [("unreadable file", None)]),
        ({"1.xml": person("1", "A, B"), "2.xml": '<!DOCTYPE person [<!ENTITY a "b">]><person><id>&a;</id></person>'}, [("unreadable file", None)]),
    ],
)  # fmt: skip
def test_faults_are_findings_and_no_row_is_lost(
    tmp_path: Path, files: dict[str, str], findings: list[tuple[str, str | None]]
) -> None:
    """What is wrong with a record is told with its place and what to do; the record and all others stay."""
    tables = read_files(tmp_path, files)
    assert told(tables) == findings
    (finding,) = tables["findings"]
    assert (
        finding["severity"] == "warning" and finding["source_file"].startswith("given/") and finding["source_line"] >= 1
    )
    assert len(by_key(tables, "persons")) == len(files) - (finding["kind"] == "unreadable file")


def test_two_records_of_one_officer(tmp_path: Path) -> None:
    """Of two records that name one officer the first is he; the other stays, and a finding names both."""
    url = f"{SITE}/departmenthistory/people/hare-raymond-arthur"
    tables = read_files(tmp_path, {
        "1.xml": person("1", "Hare, Raymond A.", url, born="1901"), "2.xml": person("2", "Hare, Raymond", url),
        "hare-raymond-arthur.xml": officer("hare-raymond-arthur", "Hare", "Raymond Arthur", born="1902"),
    })  # fmt: skip
    assert [row["key"] for row in tables["persons"]] == ["1", "2"]
    assert told(tables) == [("dates disagree", "1901, 1902"), ("two persons", "hare-raymond-arthur")]
    assert [row["entity"] for row in tables["identifiers"]] == ["1"]


def test_a_record_of_an_unknown_officer(tmp_path: Path) -> None:
    """An officer's page that no officer has is a finding, and an identifier all the same."""
    tables = read_files(
        tmp_path, FILES | {"people/1.xml": person("1", "A, B", f"{SITE}/departmenthistory/people/nobody")}
    )
    assert told(tables) == [("unknown officer", "nobody")]
    assert ("1", "nobody") in [(row["entity"], row["value"]) for row in tables["identifiers"]]
