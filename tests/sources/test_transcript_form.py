"""Heads of telegram forms, whole and degraded."""

from __future__ import annotations

import pytest
from material import CABLE, INCOMING, OUTGOING, kinds, not_found, read, readings, record

EXPECTED = {
    "kind": "telegram",
    "direction": "incoming",
    "number": "2222",
    "control_number": "4711",
    "subjects": ["FISHERIES"],
    "sent_text": "MARCH 3, 11 PM",
    "sent": "1963-03-03T23:00:00",
    "received_text": "MARCH 3, 1963 6:05 PM",
    "received": "1963-03-03T18:05:00",
    "from_text": "MOSCOW",
    "from_post": "moscow",
    "to_text": "Secretary of State",
    "to_post": "department-of-state",
    "precedence": ["PRIORITY"],
    "classification": "CONFIDENTIAL",
    "captions": ["LIMDIS"],
    "action_office": "EUR",
    "signatory_text": "KOHLER",
    "pages": 2,
}


def differing(text: str) -> dict[str, object]:
    """The fields that are not as they are in the whole form."""
    row = record(read(text))
    return {name: row[name] for name, value in EXPECTED.items() if row[name] != value}


def test_whole_form() -> None:
    """Every field of an incoming form is read, and nothing is missing."""
    assert differing(INCOMING) == {}
    assert not_found(read(INCOMING)) == set()


def test_year_is_told_from_received_line() -> None:
    """A year that is not printed with the date comes from the received line, and a reading says so."""
    (reading,) = readings(read(INCOMING), "sent")
    assert reading["how"] == "year from the received line"
    assert reading["surface"] == "MARCH 3, 1963 6:05 PM"
    assert reading["source_line"] == 13


def test_year_turns_between_sending_and_receiving() -> None:
    """A telegram of December that was received in January is of the year before."""
    text = INCOMING.replace("MARCH 3, 1963\n6:05", "JANUARY 1, 1964\n6:05").replace("MARCH 3, 11", "DECEMBER 31, 11")
    assert record(read(text))["sent"] == "1963-12-31T23:00:00"


def test_no_year_anywhere() -> None:
    """Without a year in the form the date stays as printed, and a finding says that it was not found."""
    tables = read(INCOMING.replace(", 1963", ""))
    assert record(tables)["sent"] is None
    assert record(tables)["sent_text"] == "MARCH 3, 11 PM"
    assert {"sent", "received"} <= not_found(tables)


def test_years_that_disagree() -> None:
    """A stamp of another year than the received line is a finding, and the received line is followed."""
    tables = read(INCOMING.replace("ACTION COPY", "1964/03/03\n\nACTION COPY"))
    assert record(tables)["sent"] == "1963-03-03T23:00:00"
    assert "dates disagree" in kinds(tables)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("FROM: MOSCOW\n", "from_text"),
        ("TO: Secretary of State\n", "to_text"),
        ("CONFIDENTIAL\n", "classification"),
        ("Rec'd: MARCH 3, 1963\n6:05 PM\n", "received"),
    ],
)
def test_missing_field(line: str, field: str) -> None:
    """A field that is not in the form is absent, and a finding says so."""
    tables = read(INCOMING.replace(line, "").replace(" FROM MOSCOW", ""))
    assert record(tables)[field] is None
    assert field in not_found(tables)


def test_missing_number_is_taken_from_a_page_head() -> None:
    """Number, date and sender that the first page lacks come from a page head, each with a reading."""
    tables = read(INCOMING.replace("NO: 2222, MARCH 3, 11 PM\n", "").replace("FROM: MOSCOW\n", ""))
    row = record(tables)
    assert (row["number"], row["sent"], row["from_post"]) == ("2222", "1963-03-03T23:00:00", "moscow")
    for field in ("number", "sent", "from_text"):
        assert any(reading["how"] == "from the head of a later page" for reading in readings(tables, field))


def test_missing_number_without_page_heads() -> None:
    """Without a number in the form or on a page head the number is absent, and a finding says so."""
    text = INCOMING.replace("NO: 2222, MARCH 3, 11 PM\n", "").replace("-2- 2222, MARCH 3, 11 PM FROM MOSCOW\n", "")
    tables = read(text)
    assert record(tables)["number"] is None
    assert {"number", "sent"} <= not_found(tables)


def test_page_head_with_another_number() -> None:
    """A page head that names another number is a finding."""
    tables = read(INCOMING.replace("-2- 2222", "-2- 2223"))
    assert record(tables)["number"] == "2222"
    assert "page heads disagree" in kinds(tables)


def test_lines_moved() -> None:
    """The order of the fields does not matter."""
    head, _, text = INCOMING.partition("1. THE")
    fields = ["FROM: MOSCOW", "TO: Secretary of State", "NO: 2222, MARCH 3, 11 PM", "Control: 4711"]
    for field in fields:
        head = head.replace(f"{field}\n", "")
    moved = "\n\n".join(["INCOMING TELEGRAM", *reversed(fields), head.replace("INCOMING TELEGRAM\n", "")])
    assert differing(f"{moved}1. THE{text}") == {}


def test_value_below_its_label() -> None:
    """A value on the line below its label is taken where it is what the label asks for, with a reading."""
    text = INCOMING.replace("FROM: MOSCOW", "FROM:\nMOSCOW").replace("Control: 4711", "Control:\n4711")
    tables = read(text)
    assert differing(text) == {}
    for field in ("from_text", "control_number"):
        assert [row["how"] for row in readings(tables, field)] == ["from the line below its label"]


def test_blank_label_takes_nothing_else() -> None:
    """A blank field does not take a line that is something else."""
    tables = read(INCOMING.replace("FROM: MOSCOW\n", "FROM:\n").replace(" FROM MOSCOW", ""))
    assert record(tables)["from_text"] is None
    assert record(tables)["to_text"] == "Secretary of State"
    assert "from_text" in not_found(tables)


def test_field_among_the_text() -> None:
    """A field whose line strayed into the text is read there, leaves the text for the head, and a reading says so."""
    strayed = INCOMING.replace("FROM: MOSCOW\n", "").replace("2. I ANSWERED", "FROM: MOSCOW\n\n2. I ANSWERED")
    tables = read(strayed)
    assert record(tables)["from_text"] == "MOSCOW"
    assert [row["how"] for row in readings(tables, "from_text")] == ["from a line among the text"]
    assert [part["kind"] for part in tables["parts"] if "FROM: MOSCOW" in (part["text"] or "")] == ["head"]


def test_lost_colon() -> None:
    """FROM and TO are read without their colon where a known post follows."""
    assert differing(INCOMING.replace("FROM: ", "FROM ").replace("TO: ", "TO ")) == {}


@pytest.mark.parametrize(
    "line",
    [
        "FROM: MOSCOW          TO: Secretary of State          NO: 2222, MARCH 3, 11 PM",
        "FROM: MOSCOW TO: Secretary of State NO: 2222, MARCH 3, 11 PM",
        "FROM: MOSCOW\tTO: Secretary of State\tNO: 2222, MARCH 3, 11 PM",
    ],
)
def test_merged_columns_of_fields(line: str) -> None:
    """Fields that ran together into one line are parted at their labels."""
    text = INCOMING.replace("FROM: MOSCOW\n", f"{line}\n")
    text = text.replace("\nTO: Secretary of State\n", "\n").replace("\nNO: 2222, MARCH 3, 11 PM\n", "\n")
    assert differing(text) == {}


def test_merged_columns_of_marks() -> None:
    """Titles, classification, precedence and captions in one line are parted where each is known."""
    text = INCOMING.replace(
        "INCOMING TELEGRAM\n\nDepartment of State\n\nACTION COPY", "INCOMING TELEGRAM Department of State ACTION COPY"
    )
    text = text.replace("\nPRIORITY\n\nLIMDIS\n", "\n").replace(
        "EUR\n\nCONFIDENTIAL\n", "EUR\n\nCONFIDENTIAL PRIORITY LIMDIS\n"
    )
    assert differing(text) == {}
    assert {(row["kind"], row["text"]) for row in read(text)["markings"]} >= {
        ("form", "Department of State"),
        ("copy", "ACTION COPY"),
    }


def test_stamp_beside_a_field() -> None:
    """A stamp in the left column does not hide the field in the right one."""
    text = INCOMING.replace("FROM: MOSCOW", "Action EUR   FROM: MOSCOW").replace("Action\nEUR\n", "")
    assert differing(text) == {}


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("NO: 2222, MARCH 3", "N0: 2222, MARCH 3", None),
        ("FROM: MOSCOW", "FR0M: MOSCOW", None),
        ("Control: 4711", "C0ntro1: 47I1", "control_number"),
        ("NO: 2222, MARCH 3, 11 PM", "NO: 2222, MARCH 3, I1 PM", "sent"),
        ("MARCH 3, 1963\n6:05 PM", "MARCH 3, I963\n6:O5 PM", "received"),
    ],
)
def test_letters_for_figures(old: str, new: str, field: str | None) -> None:
    """O for 0 and I for 1 are read as figures where a figure must stand; the value has a reading."""
    tables = read(INCOMING.replace(old, new))
    row = record(tables)
    expected = EXPECTED | {"sent_text": row["sent_text"], "received_text": row["received_text"]}
    assert {name: row[name] for name in expected} == expected
    if field:
        assert any("letters read as the figures" in reading["how"] for reading in readings(tables, field))


def test_printed_date_stays_as_printed() -> None:
    """A repaired date keeps its printed form in the text column."""
    row = record(read(INCOMING.replace("MARCH 3, 11 PM\n", "MARCH 3, I1 PM\n", 1)))
    assert row["sent_text"] == "MARCH 3, I1 PM"


def test_series_with_a_name() -> None:
    """A number with the name of its series has that series."""
    row = record(read(INCOMING.replace("NO: 2222", "NO: SECTO 12")))
    assert (row["series"], row["number"]) == ("Secto", "12")


def test_blank_field_is_noted() -> None:
    """A field that is printed and left blank is a reading without a value."""
    (reading,) = readings(read(INCOMING.replace("Control: 4711", "Info\n\nControl: 4711")), "info_office")
    assert (reading["value"], reading["surface"]) == (None, "Info")


def test_classifications_that_differ() -> None:
    """Pages of another classification are a finding; the first one stands."""
    tables = read(INCOMING.replace("ABC/12\n\nCONFIDENTIAL", "ABC/12\n\nSECRET"))
    assert record(tables)["classification"] == "CONFIDENTIAL"
    assert "classifications differ" in kinds(tables)


def test_caption_with_its_addressee() -> None:
    """A caption that names for whom it is keeps its words, and the name is taken out of it."""
    row = record(read(INCOMING.replace("LIMDIS", "EYES ONLY FOR ACTING SECRETARY")))
    assert (row["captions"], row["restricted_to"]) == (["EYES ONLY FOR ACTING SECRETARY"], ["ACTING SECRETARY"])


def test_place_name_is_no_subject_where_the_sender_is_missing() -> None:
    """An unlabelled place name is not taken for the subject while an end of the telegram is unknown."""
    tables = read(INCOMING.replace("FROM: MOSCOW\n", "").replace("FISHERIES", "MOSCOW"))
    assert record(tables)["subjects"] == []
    assert any(row["text"] == "MOSCOW" for row in tables["markings"])


def test_outgoing_form() -> None:
    """An outgoing form has the Department at its beginning; each addressee has a number of its own."""
    tables = read(OUTGOING)
    row = record(tables)
    assert (row["direction"], row["from_post"], row["to_post"]) == ("outgoing", "department-of-state", "moscow")
    assert (row["number"], row["precedence"], row["sent"]) == ("1901", ["PRIORITY"], "1963-03-01T19:14:00")
    assert row["repeated_to"] == ["Amembassy LONDON", "Amembassy PARIS"]
    numbers = {(number["role"], number["post"], number["number"]) for number in tables["numbers"]}
    assert numbers == {("own", "moscow", "1901"), ("repeated to", "london", "5006"), ("repeated to", "paris", "4001")}
    assert [reading["how"] for reading in readings(tables, "from_text")] == ["implied by the outgoing form"]
    assert [reading["how"] for reading in readings(tables, "sent")] == ["a line of the head that is a date"]


def test_date_time_group() -> None:
    """A cable head gives the date-time group with its zone, the ends, the precedence and the post's number."""
    tables = read(CABLE)
    row = record(tables)
    assert (row["dtg"], row["sent"], row["sent_zone"]) == ("262340Z JAN 77", "1977-01-26T23:40:00", "Z")
    assert (row["from_post"], row["to_post"], row["number"]) == ("moscow", "department-of-state", "1234")
    assert (row["classification"], row["precedence"], row["tags"]) == ("CONFIDENTIAL", ["Priority"], ["PFOR", "UR"])
    assert (row["action_office"], row["info_office"]) == ("EUR-12", "OCT-01 ISO-00")
    assert row["repeated_to"] == ["AMEMBASSY LONDON", "AMEMBASSY PARIS"]
    assert row["subjects"] == ["FISHERIES"]
    assert not_found(tables) == {"captions"}  # most telegrams have some; this one has none


def test_date_time_group_without_month() -> None:
    """A group without month and year is kept as printed, and the date is not found."""
    tables = read(CABLE.replace("262340Z JAN 77", "262340Z"))
    assert (record(tables)["dtg"], record(tables)["sent"]) == ("262340Z", None)
    assert "sent" in not_found(tables)


def test_no_form_at_all() -> None:
    """Plain text is kept as parts; what kind of document it is, and every field, is reported as not found."""
    tables = read("The harbor was quiet that morning, and nobody came to ask about the ships.\n\nLater it rained.\n")
    row = record(tables)
    assert (row["kind"], row["number"], row["from_text"], row["subjects"]) == (None, None, None, [])
    assert {"kind", "number", "sent", "from_text", "to_text", "classification"} == not_found(tables)
    assert [part["kind"] for part in tables["parts"]] == ["paragraph", "paragraph"]


def test_airgram() -> None:
    """The title of the form tells an airgram from a telegram."""
    assert record(read(INCOMING.replace("TELEGRAM", "AIRGRAM", 1)))["kind"] == "airgram"


def test_direction_that_contradicts_the_ends() -> None:
    """A form that says outgoing between ends that say incoming is a finding."""
    assert "direction unclear" in kinds(read(INCOMING.replace("INCOMING", "OUTGOING")))


@pytest.mark.parametrize(
    "text",
    [
        "THE MINISTRY ASKED AGAIN TODAY\nWHETHER THE FLEET MAY CALL\nBEFORE THE SEASON ENDS\n\nKOHLER\n",
        "NOBODY CAME TODAY.\n\nKOHLER\n",
    ],
)
def test_text_in_short_lines(text: str) -> None:
    """Text without numbers in a narrow column is text, not stamps; the fields before it stay fields."""
    head, _, _ = INCOMING.partition("1. THE")
    tables = read(head + text)
    row = record(tables)
    assert (row["number"], row["subjects"], row["signatory_text"]) == ("2222", ["FISHERIES"], "KOHLER")
    words = text.partition("\n\n")[0].replace("\n", " ")
    assert [part["text"] for part in tables["parts"] if part["kind"] == "paragraph"] == [words]
