"""The transcript reader as a whole: rows that hang together, and degraded files that are never wrong in silence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material import CABLE, INCOMING, OUTGOING, Tables, kinds, not_found, read, readings, record

from cablegraph.errors import InputError

FIELDS = ("number", "control_number", "sent", "received", "from_text", "to_text", "classification", "signatory_text")
NOISE = (
    "",
    "001",
    "545",
    "M",
    "XX-17",
    "GPO 9-30-60",
    "1963/03/03",
    "CU 1025",
    "X CONFIDENTIAL",
    "PERMANENT RECORD COPY",
)


def wrong_in_silence(text: str, whole: Tables) -> dict[str, object]:
    """Fields whose value is neither that of the whole form, nor absent, nor told by a reading."""
    tables = read(text)
    if not tables["records"]:
        return {}
    row, right = tables["records"][0], record(whole)
    told = {reading["field"] for reading in tables["readings"]}
    told |= {finding["field"] for finding in tables["findings"] if finding["kind"] == "time not found"}
    return {
        field: row[field]
        for field in FIELDS
        if row[field] not in (right[field], None) and field not in told
    }  # fmt: skip


def degraded() -> st.SearchStrategy[str]:
    """The incoming form with lines of its head moved, lost, merged or mingled with stamps."""
    head, _, text = INCOMING.partition("1. THE")
    lines = [line for line in head.splitlines() if line]

    def join(order: list[str], lost: set[int], noise: list[str], gaps: list[str]) -> str:
        kept = [line for at, line in enumerate(order) if at not in lost]
        return "".join(
            f"{stray}\n{line}{gaps[at % len(gaps)]}"
            for at, (line, stray) in enumerate(zip(kept, noise * len(kept), strict=False))
        ) + f"\n\n1. THE{text}"  # fmt: skip

    return st.builds(
        join,
        st.permutations(lines),
        st.sets(st.integers(0, len(lines)), max_size=3),
        st.lists(st.sampled_from(NOISE), min_size=1, max_size=4),
        st.lists(st.sampled_from(["\n", "\n\n", "  \n", "     "]), min_size=1, max_size=4),
    )


@settings(max_examples=300, deadline=None)
@given(degraded())
def test_never_wrong_in_silence(text: str) -> None:
    """However the head is mixed up, a field is right, absent, or told by a reading."""
    assert wrong_in_silence(text, read(INCOMING)) == {}


@settings(max_examples=300, deadline=None)
@given(degraded())
def test_absent_fields_are_reported(text: str) -> None:
    """A field that a telegram ought to have and that is absent is a finding."""
    tables = read(text)
    row = record(tables)
    for field in ("number", "sent", "from_text", "to_text", "classification", "kind"):
        assert (row[field] is None) == (field in not_found(tables))


@settings(max_examples=200, deadline=None)
@given(degraded())
def test_no_word_is_lost(text: str) -> None:
    """Every word of the file stands in a part or a marking."""
    tables = read(text)
    kept = " ".join([part["text"] or "" for part in tables["parts"]] + [row["text"] for row in tables["markings"]])
    kept = re.sub(r"\W+", " ", kept)
    labels = {"1", "2", "3", "X"}
    lost = [word for word in re.sub(r"\W+", " ", text).split() if word not in kept.split() and word not in labels]
    assert lost == []


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes(data: bytes) -> None:
    """Arbitrary bytes are read, or refused with an error that names the file."""
    try:
        read(data)
    except InputError as error:
        assert error.file == "t.txt"


SCRAPS = [
    "INCOMING TELEGRAM", "OUTGOING TELEGRAM", "FROM:", "TO: ", "NO: ", "NO: 12,", "MARCH 3", "-2-", "-O-", "- I -", "~~", "*", "**",
    "1. ", "I. ", "(A) ", "(l) ", "NOTE:", "NOTE: PASSED", '"Declassified', "\t", "|||", "MICROFILMED FOR", "P 262340Z JAN 77",
    "FM MOSCOW", "TO SECSTATE", "SECRET", "Rec'd:", "ACCOM-", "PANIED", "\n", "\n\n", " ", "\r", "\u2028", "\x0c", "0", "WORDS", "Ⅳ", "٣",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=30).map("".join))
def test_scraps_of_forms(text: str) -> None:
    """Scraps of forms in any order are read; keys of parts are unique, and edits lie inside their part."""
    try:
        tables = read(text)
    except InputError:
        assert not text.replace("*", "").strip()  # marks of bold around nothing are no text
        return
    for row in tables["records"]:
        parts = {part["part"]: part["text"] or "" for part in tables["parts"] if part["record"] == row["record"]}
        assert len(parts) == sum(part["record"] == row["record"] for part in tables["parts"])
        for edit in (edit for edit in tables["edits"] if edit["record"] == row["record"]):
            assert 0 <= edit["start"] <= edit["end"] <= len(parts[edit["part"]])
        for mark in (mark for mark in tables["markings"] if mark["record"] == row["record"] and mark.get("part")):
            assert 0 <= mark["anchor"] <= len(parts[mark["part"]])


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends(ending: str) -> None:
    """The line ends of other systems make no difference."""
    assert read(INCOMING.replace("\n", ending)) == read(INCOMING)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    """UTF-8 with a mark, UTF-16 and Windows-1252 are told from the bytes."""
    text = INCOMING.replace("MINISTRY", "MINISTÈRE")
    assert read(text.encode(encoding)) == read(text)


def test_empty_and_binary() -> None:
    """An empty file and one with NUL bytes are refused, with the line."""
    with pytest.raises(InputError, match="empty"):
        read(" \n\n")
    with pytest.raises(InputError, match="NUL") as caught:
        read(b"FROM: X\nTO:\0 Y\n")
    assert caught.value.line == 2


def test_several_telegrams_in_a_file() -> None:
    """Each form title with fields of its own begins a record; the second one is announced by a finding."""
    tables = read(f"{INCOMING}\n{OUTGOING}")
    assert [(row["document"], row["number"], row["direction"]) for row in tables["records"]] == [
        ("1", "2222", "incoming"),
        ("2", "1901", "outgoing"),
    ]
    assert "several telegrams" in kinds(tables)
    assert {part["record"] for part in tables["parts"]} == {"t/1", "t/2"}


def test_title_on_every_page() -> None:
    """A form title that is repeated on a later page begins no telegram."""
    text = INCOMING.replace("-2- 2222", "INCOMING TELEGRAM\n\n-2- 2222")
    assert len(read(text)["records"]) == 1


def test_references() -> None:
    """Telegrams named in the head and in the text are references with their place; the own number is none."""
    tables = read(INCOMING.replace("A REPLY BY", "A REPLY TO MOSCOW 2222 BY"))
    assert [(row["part"], row["surface"], row["number"]) for row in tables["references"]] == [
        ("head", "DEPTEL 1901", "1901"),
        ("3", "EMBTEL 2190", "2190"),
    ]


def test_events() -> None:
    """Sending, receiving, requests to pass on, notes of what was passed, microfilming and declassification are events."""
    text = INCOMING.replace(
        "FISHERIES", "DEPARTMENT PASS WHITE HOUSE\n\nFISHERIES\n\nMICROFILMED FOR\nJOHNSON LIBRARY\nJUNE 1969"
    )
    text += "\nNOTE: PASSED WHITE HOUSE 3/3/63, 7:15 PM\n\nNOTE: Advance copies to EUR, members of Fisheries Committee. 3-3-63 ABC-D\n"
    text += '\n"Declassified for publication"\n'
    tables = read(text)
    found = {(row["kind"], row["at"], row["agent"], row["requested_or_done"]) for row in tables["events"]}
    assert found == {
        ("transmitted", "1963-03-03T23:00:00", "MOSCOW", "done"),
        ("received", "1963-03-03T18:05:00", "Secretary of State", "done"),
        ("passed", None, "WHITE HOUSE", "requested"),
        ("passed", "1963-03-03T19:15:00", "WHITE HOUSE", "done"),
        ("advance copies", "1963-03-03", "EUR", "done"),
        ("advance copies", "1963-03-03", "Fisheries Committee", "done"),
        ("microfilmed", "1969-06", "JOHNSON LIBRARY", "done"),
        ("declassified", None, None, "done"),
    }
    assert [row["value"] for row in readings(tables, "events.agent")] == ["Fisheries Committee"]
    assert ("operator", "ABC-D") in {(row["kind"], row["text"]) for row in tables["markings"]}


def test_note_that_is_not_understood() -> None:
    """A note whose words are unknown stays as a part, and a finding says so."""
    tables = read(f"{INCOMING}\nNOTE: SEE THE OTHER FILE\n")
    assert "not understood" in kinds(tables)
    assert tables["parts"][-1]["text"] == "NOTE: SEE THE OTHER FILE"


def test_every_row_has_its_place() -> None:
    """Every row names the file and a line of it."""
    for text in (INCOMING, OUTGOING, CABLE):
        last = text.count("\n") + 1
        for rows in read(text).values():
            for row in rows:
                assert row["source_file"] == "t.txt"
                assert 1 <= row["source_line"] <= last
