"""Electronic telegrams of the State Department: text and attributes, numbers, null dates, injected lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material import CABLE, INCOMING, Tables, kinds, not_found, read, readings, record

from cablegraph.errors import InputError
from cablegraph.sources import detect
from cablegraph.sources.cables.attributes import KEYS, Attribute, items
from cablegraph.sources.cables.lines import Kind, level_in, sort_lines
from cablegraph.sources.cables.numbers import mrn_of, read_mrn, read_references

GOLDEN = Path(__file__).parents[1] / "golden" / "cables"
CASES = sorted(path.name for path in GOLDEN.iterdir())
EMBASSY = (GOLDEN / "embassy" / "cable.txt").read_text(encoding="utf-8")
DEPARTMENT = (GOLDEN / "department" / "cable.txt").read_text(encoding="utf-8")
TEXT, _, ATTRIBUTES = EMBASSY.partition("                  Message Attributes")
ATTRIBUTES = f"Message Attributes{ATTRIBUTES}"
RAW = TEXT.partition("Message Text")[2]


def cables(text: str | bytes) -> Tables:
    return read(text, "cables")


@pytest.mark.parametrize("case", CASES)
def test_golden_cases(case: str) -> None:
    """Each folder of tests/golden/cables gives the rows that stand in its rows.json."""
    tables = cables((GOLDEN / case / "cable.txt").read_bytes())
    expected = json.loads((GOLDEN / case / "rows.json").read_text(encoding="utf-8"))
    assert {table: rows for table, rows in tables.items() if rows} == expected


def test_head_and_attributes_fill_the_record() -> None:
    """What head and attributes say stands in the columns of the record."""
    row = record(cables(EMBASSY))
    assert (row["mrn"], row["number"], row["series"], row["direction"]) == (
        "1974ANKARA001234",
        "1234",
        None,
        "incoming",
    )
    assert (row["sent"], row["sent_zone"], row["dtg"]) == ("1974-05-14T13:25:00", "Z", "141325Z MAY 74")
    assert (row["from_text"], row["from_post"]) == ("AMEMBASSY ANKARA", "ankara")
    assert (row["to_text"], row["to_post"]) == ("SECSTATE WASHDC", "department-of-state")
    assert row["repeated_to"] == ["AMEMBASSY ATHENS", "AMEMBASSY NICOSIA", "USMISSION NATO"]
    assert (row["classification"], row["captions"]) == ("CONFIDENTIAL", ["LIMDIS"])
    assert row["precedence"] == ["Routine", "PRIORITY"]
    assert row["tags"] == ["EAID", "ETRD", "TU", "(ORMAN, SELIM)"]
    assert row["concepts"] == ["PORTS", "GRAINS", "TRAINING"]
    assert (row["action_office"], row["signatory_text"], row["pages"]) == ("NEA-10", "HOLLOWAY", 2)
    assert row["info_office"] == "OCT-01 EUR-12 ISO-00 CIAE-00 DODE-00 PM-03 H-02 INR-07 L-03 /038 W"
    assert row["title"] == row["subjects"][0]
    assert row["title"].endswith("AND WHAT THE PORT AUTHORITY WOULD LIKE TO KNOW")


def test_paragraphs() -> None:
    """Numbered and lettered paragraphs keep their labels; a paragraph goes on over a page, a figure in a line is no label."""
    parts = {part["part"]: part for part in cables(EMBASSY)["parts"]}
    assert list(parts) == ["head", "subject", "1", "2", "2.A", "2.B", "3", "signature", "attributes"]
    assert parts["1"]["text"].endswith("TRAINING MANUAL\nWHICH NICOSIA 0877 DESCRIBES.")
    assert parts["2.B"]["text"].endswith("\n9. THOUSAND TONS.")
    assert parts["2.B"]["parent"] == "2"
    breaks = [row for row in cables(EMBASSY)["markings"] if row.get("part")]
    assert [(row["part"], parts["1"]["text"][row["anchor"] :][:13]) for row in breaks] == [("1", "WHICH NICOSIA")]


def test_injected_declassification_is_no_text() -> None:
    """Lines of declassification are markings with a date, also where they were injected into a line, which a reading tells."""
    tables = cables(EMBASSY)
    assert not any("Declassified" in (part["text"] or "") for part in tables["parts"] if part["kind"] == "paragraph")
    marks = [row for row in tables["markings"] if row["kind"] == "declassification"]
    assert [row["date"] for row in marks] == ["2005-06-30"] * 3
    (told,) = readings(tables, "text")
    assert told["value"] == "3. ACTION REQUESTED: PLEASE SEND THE MANUAL BY POUCH."


def test_declassification_over_lines() -> None:
    """A mark of declassification that was broken into lines is one marking, with the officer's name."""
    mark = "Margaret P. Grafeld\nDeclassified/Released\nUS Department of State\nEO Systematic Review\n04 MAY 2006"
    tables = cables(f"Message Text\n\nFM AMEMBASSY LIMA\nTO SECSTATE WASHDC\n\n1. WORDS.\n{mark}\n2. MORE WORDS.\n")
    (row,) = [row for row in tables["markings"] if row["kind"] == "declassification"]
    assert (row["text"], row["date"], row["source_line"]) == (mark, "2006-05-04", 7)
    assert [part["text"] for part in tables["parts"] if part["kind"] == "paragraph"] == ["WORDS.", "MORE WORDS."]


def test_events_of_review() -> None:
    """A cable is reviewed on its Review Date, and declassified on the date of the mark, else on that of the review."""
    found = {row["kind"]: (row["at"], row["agent"]) for row in cables(EMBASSY)["events"]}
    assert found["reviewed"] == ("2002-07-22", "doejohn")
    assert found["declassified"] == ("2005-06-30", None)
    second = cables(DEPARTMENT)
    assert [row["at"] for row in second["events"] if row["kind"] == "declassified"] == ["2006-07-05", "2003-09-09"]
    assert [row["value"] for row in readings(second, "events.at")] == ["2003-09-09"]


@pytest.mark.parametrize("value", ["01 JAN 1960", "01 JAN 1960 00:00:00", "01-Jan-1960 12:00:00 AM", "1960-01-01",
                                   "n/a", "N/A", "<DBA CORRECTED>", "", "null"])  # fmt: skip
def test_what_means_nothing_is_absent(value: str) -> None:
    """The null date, n/a and a bare note of a correction are no values."""
    assert Attribute("Draft Date", value, 1).value is None
    text = f"Message Attributes\nDraft Date: {value}\nDocument Number: 1974LIMA00001\nReview Date: {value}\n"
    tables = cables(text)
    assert record(tables)["sent"] is None
    assert tables["events"] == []
    assert "sent" in not_found(tables)


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("1973ABIDJA00073", "1973ABIDJA000073"),
        ("1973ABIDJA000073", "1973ABIDJA000073"),
        ("1974STATE062519", "1974STATE062519"),
        ("1975NEW DE01234", "1975NEWDE001234"),
        ("P740012-0345", None),
        ("74STATE1", None),
    ],
)
def test_canonical_numbers(printed: str, canonical: str | None) -> None:
    """A message reference number has the year, the station and six figures."""
    found = read_mrn(printed)
    assert (str(found) if found else None) == canonical


def test_number_from_the_text() -> None:
    """Without attributes the message reference number is made from date-time group, station and number, and told."""
    assert str(mrn_of("1974", "NEW DELHI", "0123")) == "1974NEWDE000123"
    tables = cables(RAW)
    assert record(tables)["mrn"] == "1974ANKARA001234"
    assert readings(tables, "mrn")[0]["confidence"] == 0.9


@given(st.integers(1973, 1979), st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=6), st.integers(0, 999999))
def test_canonical_numbers_stay(year: int, station: str, number: int) -> None:
    """The canonical form of a canonical number is itself, however many zeros were left out."""
    canonical = f"{year}{station}{number:06}"
    assert str(read_mrn(canonical)) == canonical
    assert str(read_mrn(f"{year}{station}{number}")) == canonical


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("74 NICOSIA 573, STATE 62519", [("nicosia", "incoming", "573", "1974"), (None, "outgoing", "62519", None)]),
        ("(A) STATE 0123; B. ATHENS 22 (NOTAL)", [(None, "outgoing", "123", None), ("athens", "incoming", "22", None)]),
        ("LIMA 5512 AND 5513", [("lima", "incoming", "5512", None), ("lima", "incoming", "5513", None)]),
        ("75STATE012345", [(None, "outgoing", "12345", "1975")]),
        ("SMITH LETTER OF MAY 3", ["SMITH LETTER OF MAY 3"]),
        ("PARA 2", ["PARA 2"]),
    ],
)
def test_references(text: str, expected: list[object]) -> None:
    """References are parted; each has a station that is known and a number, and what has none comes as it stands."""
    found = [
        item if isinstance(item, str) else (item.post, item.direction, item.number, item.year)
        for item in read_references(text)
    ]
    assert found == expected


def test_references_of_text_and_attributes() -> None:
    """The references of the head, of the attribute and of the text are rows, each telegram once a field."""
    found = [(row["part"], row["number"], row["date"]) for row in cables(EMBASSY)["references"]]
    assert found == [("head", "94321", None), ("head", "2210", "1973"), ("1", "877", None)]


def test_disagreements_are_findings() -> None:
    """Where head and attributes contradict each other a finding names both, with the line of the attribute."""
    text = EMBASSY.replace("TAGS: EAID, ETRD, TU, (ORMAN", "TAGS: EAID, (ORMAN").replace(
        "1974ANKARA01234", "1974ANKARA09999"
    )
    text = text.replace("Original Classification: CONFIDENTIAL", "Original Classification: SECRET")
    text = (
        text.replace("Draft Date: 14 MAY", "Draft Date: 14 JUN")
        .replace("From: ANKARA", "From: ATHENS")
        .replace("To: STATE", "To: LIMA")
    )
    text = text.replace("Subject: HARBOR", "Subject: AIRPORT")
    found = [row for row in cables(text)["findings"] if row["kind"] == "attributes disagree"]
    fields = ["number", "sent", "tags", "classification", "subjects", "from_text", "to_text"]
    assert [row["field"] for row in found] == fields
    lines = text.split("\n")
    keys = ["Document Number", "Draft Date", "TAGS", "Original Classification", "Subject", "From", "To"]
    assert [lines[row["source_line"] - 1].split(":")[0] for row in found] == keys
    assert "attributes disagree" not in kinds(cables(EMBASSY))


def test_numbers_of_the_department() -> None:
    """The Department's number is that of every addressee; the office of origin and those who drafted are told."""
    tables = cables(DEPARTMENT)
    row = tables["records"][0]
    assert (row["direction"], row["to_post"], row["also_sent_to"]) == ("outgoing", "lima", ["AMEMBASSY QUITO"])
    numbers = [(n["post"], n["role"]) for n in tables["numbers"] if n["record"] == row["record"]]
    assert numbers == [("lima", "own"), ("quito", "sent to"), ("guayaquil", "repeated to")]
    assert (row["drafted_by"], row["approved_by"]) == (["ARA/LA/EX: QMTESTER:ABC"], ["ARA - MR. EXAMPLE"])
    assert row["cleared_by"] == ["EB/OFD - MS. SAMPLE"]
    assert row["action_office"] == "ARA-10"


def test_series() -> None:
    """A cable in a conference series bears its name; a post's own numbering has none."""
    text = RAW.replace("C O N F I D E N T I A L ANKARA 1234", "C O N F I D E N T I A L SECTO 0012")
    assert (record(cables(text))["series"], record(cables(text))["number"]) == ("Secto", "12")


def test_a_group_without_month_takes_it_from_the_draft_date() -> None:
    """A date-time group without month and year takes them from the Draft Date of the same day, which a reading tells."""
    tables = cables(EMBASSY.replace("R 141325Z MAY 74", "R 141325Z"))
    assert record(tables)["sent"] == "1974-05-14T13:25:00"
    assert readings(tables, "sent")[0]["surface"] == "141325Z"
    impossible = cables(EMBASSY.replace("R 141325Z MAY 74", "R 311325Z FEB 74"))
    assert record(impossible)["sent"] == "1974-05-14"
    assert "not understood" in kinds(impossible)


def test_several_cables() -> None:
    """Cables one after another are records of their own, each with the line where it begins; a repeated one is told."""
    tables = cables(EMBASSY + DEPARTMENT + EMBASSY)
    first, last = EMBASSY.count("\n"), EMBASSY.count("\n") + DEPARTMENT.count("\n")
    documents = ["1974ANKARA001234", "1975STATE151618", "1975QUITO000042", "1974ANKARA001234~2"]
    assert [row["document"] for row in tables["records"]] == documents
    assert [row["source_line"] for row in tables["records"]][::3] == [1, last + 1]
    assert tables["records"][1]["source_line"] == first + 1
    assert "repeated id" in kinds(tables)


def test_cables_without_headings() -> None:
    """Teletyped cables without headings are parted where a first page has another number."""
    second = RAW.replace("01234", "01235").replace("ANKARA 1234", "ANKARA 1235")
    assert [row["number"] for row in cables(RAW + second)["records"]] == ["1234", "1235"]


def test_attributes_before_text() -> None:
    """Where the attributes stand first, the text below them belongs to them."""
    turned = cables(f"{ATTRIBUTES}\n{TEXT}\n{ATTRIBUTES.replace('01234', '01235')}\n{TEXT}")
    assert [row["mrn"] for row in turned["records"]] == ["1974ANKARA001234", "1974ANKARA001235"]
    plain = record(cables(EMBASSY))
    same = {name for name, value in turned["records"][0].items() if value == plain[name]}
    assert plain.keys() - same <= {"source_line"}


@pytest.mark.parametrize(
    ("text", "block"), [(TEXT, "Message Attributes"), (ATTRIBUTES, "Message Text"), (RAW, "Message Attributes")]
)
def test_one_block_is_enough(text: str, block: str) -> None:
    """A cable of which one block is missing is read, and a finding says which is."""
    tables = cables(text)
    assert record(tables)["number"] == "1234"
    assert [row["value"] for row in tables["findings"] if row["kind"] == "block not found"] == [block]


def test_odd_bytes() -> None:
    """Line ends, a byte order mark and UTF-16 change nothing; control characters are replaced and told."""
    plain = cables(EMBASSY)
    for data in (EMBASSY.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + EMBASSY.encode(), EMBASSY.encode("utf-16")):
        assert cables(data) == plain
    tables = cables(EMBASSY.replace("HARVEST", "HAR\0VEST"))
    assert "HAR\ufffdVEST" in tables["parts"][2]["text"]
    (told,) = [row for row in tables["findings"] if row["kind"] == "control characters"]
    assert told["source_line"] == 31


@pytest.mark.parametrize("line", ["A " * 500_000, "A, " * 350_000, "PAGE 01 " * 130_000, "Declassified/Released " * 45_000,
                                  " " * 1_000_000 + "X", "STATE 1" * 150_000, "(" * 1_000_000, "Key Word " * 110_000])  # fmt: skip
@pytest.mark.parametrize(
    "place", ["THE LIGHTS ON THE MOLE ARE OLD.", "EAID, ETRD, TU\n", "STATE 094321", "PORTS, GRAINS", "NNN"]
)
def test_long_lines(line: str, place: str) -> None:
    """A line of a million characters is read like any other, wherever it stands."""
    assert len(cables(EMBASSY.replace(place, f"{line}\n", 1))["records"]) == 1


def test_truncated_files() -> None:
    """Wherever a file breaks off, what is there is read."""
    for end in range(60, len(EMBASSY), 37):
        try:
            assert len(cables(EMBASSY[:end])["records"]) == 1
        except InputError as error:
            assert end < 100, error


@pytest.mark.parametrize(
    "text", ["", " \n\n", "Dear Sir,\nthe ships left.\n", "Message Text\n\n\n", "Message Text\nMessage Attributes\n"]
)
def test_no_cable(text: str) -> None:
    """A file that holds no cable is refused, with its name and a line."""
    with pytest.raises(InputError, match=r"is empty|holds no cable") as caught:
        cables(text)
    assert (caught.value.file, caught.value.line) == ("t.txt", 1)


def test_an_empty_cable_among_others_is_told() -> None:
    """A heading with nothing below it is a finding, and the rest is read."""
    tables = cables(f"Message Text\n\nMessage Text\n{RAW}")
    assert len(tables["records"]) == 1
    assert "empty cable" in kinds(tables)


LINES = st.one_of(
    st.sampled_from([*(line for line in (EMBASSY + DEPARTMENT).split("\n") if line), ""]),
    st.sampled_from(["Message Text", "Message Attributes", "PAGE 01 LIMA 00001", "A.", "1. ", "TAGS:", "TO", "FM X", "BT"]),
    st.builds("{}: {}".format, st.sampled_from(KEYS), st.text(max_size=20)),
    st.text(max_size=60),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=60).map("\n".join))
def test_any_text(text: str) -> None:
    """Any text is read or refused, and every word of it stands in a part, a marking or a finding."""
    try:
        tables = cables(text.encode("utf-8", "replace"))
    except InputError:
        return
    kept = [part["text"] or "" for part in tables["parts"]] + [part.get("label") or "" for part in tables["parts"]]
    kept += [row["text"] for row in tables["markings"]] + [row["value"] or "" for row in tables["findings"]]
    words = {word.strip(".()") for word in " ".join(kept).split()}
    controls = {code: "\ufffd" for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n\r\f"}
    wanted = text.encode("utf-8", "replace").decode().translate(controls).lstrip("\ufeff").split()
    assert [word for word in wanted if word.strip(".()") and word.strip(".()") not in words] == []


def test_lines() -> None:
    """Page heads, levels and the end of the transmission are told from text that looks a little like them."""
    texts = ["PAGE 02        USUN N 01234  281234Z", "CONFIDENTIAL PAGE 03", "PAGE 3 OF THE REPORT", "S E C R E T", "LIMITED OFFICIAL USE",
             "SECRET TALKS WENT ON", "NNNNMAFVVZCZ", "*** Current Classification *** UNCLASSIFIED"]  # fmt: skip
    found = [line.kind for line in sort_lines(list(enumerate(texts, 1)))]
    assert found == [Kind.PAGE_HEAD, Kind.PAGE_HEAD, Kind.TEXT, Kind.CLASSIFICATION, Kind.CLASSIFICATION, Kind.TEXT,
                     Kind.OPERATOR, Kind.CLASSIFICATION]  # fmt: skip
    assert level_in("L I M I T E D  O F F I C I A L  U S E STATE 1234") == ("LIMITED OFFICIAL USE", 37)


def test_lists_of_the_archive() -> None:
    """Lists are parted at commas, but not inside the parentheses of a person's name."""
    assert items("PFOR, CY, (LAST, FIRST)\nTU; PFOR") == ["PFOR", "CY", "(LAST, FIRST)", "TU"]
    assert items("(OPEN, CY\nTU") == ["(OPEN, CY", "TU"]


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        (EMBASSY, "cables"),
        (DEPARTMENT, "cables"),
        (ATTRIBUTES, "cables"),
        (RAW, "cables"),
        (CABLE, "transcript"),
        (INCOMING, "transcript"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_detection(text: str, reader: str, encoding: str) -> None:
    """The heading of a block or a page head with a number shows cables; other telegrams are transcripts."""
    assert detect(text.replace("\n", "\r\n").encode(encoding), "x") == reader
