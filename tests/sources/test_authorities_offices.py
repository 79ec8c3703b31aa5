"""Positions, who held them, and which post a chief of mission had."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from directories import FILES, by_key, holder, locale, mission, post, principal, read_files, role, territory, told, xml

MISSION = "pocom/missions-countries/vietnam-south.xml"
POST = "gsh/data/posts/saigon.xml"


def chief(country: str = "south-vietnam-1975", key: str = "xh-1", **dates: str) -> str:
    """Lodge as chief of a mission."""
    return holder(
        "chief", key, "lodge-henry-cabot-jr", "ambassador-e-p", country, **({"started": "1963-08-26"} | dates)
    )


def appointed(tmp_path: Path, files: dict[str, str]) -> tuple[dict[str, Any], list[tuple[str, str | None]]]:
    """The one appointment that a mission to South Vietnam makes with these files, and the findings."""
    tables = read_files(tmp_path, FILES | files)
    return by_key(tables, "appointments")["xh-1"], told(tables)


def test_principals_and_chiefs(tmp_path: Path) -> None:
    """An appointment has the joined person's key, the position's, the post's, its dates, and the other dates in the note."""
    tables = read_files(tmp_path, FILES)
    appointments = by_key(tables, "appointments")
    assert appointments["secr-1961-ball"] == {
        "key": "secr-1961-ball", "person": "100810", "position": "under-secretary-of-state", "post": "department-of-state",
        "start": "1961-12-04", "end": "1966-09-30", "note": "start: entered on duty; appointed 1961-12-03", "directory": "pocom",
        "source_file": "given/pocom/positions-principals/under-secretary.xml", "source_line": 2,
    }  # fmt: skip
    lodge = appointments["xh-1963-lodg-01"]
    assert (lodge["person"], lodge["post"], lodge["start"], lodge["end"]) == (
        "108064",
        "saigon",
        "1963-08-26",
        "1964-06-28",
    )
    assert lodge["note"] == (
        "start: credentials presented; appointed 1963-08-01; ended (Left post on); accredited to South Vietnam (south-vietnam-1975)"
    )


def test_positions(tmp_path: Path) -> None:
    """A position that the vocabulary has by the same label bears its key, and its id in the directory is an identifier."""
    tables = read_files(tmp_path, FILES)
    positions = by_key(tables, "positions")
    assert list(positions) == ["ambassador-e-p", "under-secretary-of-state"]
    under = positions["under-secretary-of-state"]
    assert (under["label"], under["valid_from"], under["valid_to"], under["post"]) == (
        "Under Secretary of State",
        "1919",
        "1972",
        "department-of-state",
    )
    assert positions["ambassador-e-p"]["post"] is None
    assert ("under-secretary-of-state", "pocom", "under-secretary") in [
        (row["entity"], row["scheme"], row["value"]) for row in tables["identifiers"]
    ]


def test_missions_to_organisations_and_other_agencies(tmp_path: Path) -> None:
    """A mission to an organisation is a position at the post of our vocabulary; an agency's head sits at the agency."""
    names = xml("names", singular="Representative of the U.S.A. to the United Nations")
    chiefs = xml(
        "chiefs",
        holder("chief", "un-1961-stev", "stevenson-adlai-ewing", "representative-to-un", appointed="1961-01-23"),
    )
    tables = read_files(tmp_path, {
        "representative-to-un.xml": xml("org-mission", names, chiefs, id="representative-to-un"),
        "administrator-aid.xml": principal(
            "administrator-aid", "Administrator of the Agency for International Development",
            category="foreign-assistance-agencies", start="1961", end="1997", ongoing="true",
        ),
    })  # fmt: skip
    (row,) = tables["appointments"]
    assert (row["position"], row["post"], row["note"]) == ("representative-to-un", "usun", "start: appointed")
    aid = by_key(tables, "positions")["administrator-aid"]
    assert (aid["post"], aid["valid_from"], aid["valid_to"]) == ("aid", "1961", None)
    assert told(tables) == [("unknown person", "stevenson-adlai-ewing")]


@pytest.mark.parametrize(
    ("dates", "start", "note"),
    [
        (
            {"started": "1963-08-26", "arrived": "1963-08"},
            "1963-08-26",
            "start: credentials presented; arrived 1963-08",
        ),
        ({"started": "", "arrived": "1963-08", "appointed": "1963"}, "1963-08", "start: arrived; appointed 1963"),
        ({"started": "", "appointed": "1963|Recess"}, "1963", "start: appointed (Recess)"),
        ({"started": "", "ended": "1964|Left post on"}, None, "ended (Left post on)"),
        ({"started": "1963-02-30"}, None, "credentials presented 1963-02-30"),
    ],
)
def test_where_an_appointment_begins(tmp_path: Path, dates: dict[str, str], start: str | None, note: str) -> None:
    """It begins with credentials, else arrival, else the appointment; the note says which, and keeps the others."""
    row, findings = appointed(tmp_path, {MISSION: mission("vietnam-south", chief(**dates))})
    assert (row["start"], row["note"]) == (start, f"{note}; accredited to South Vietnam (south-vietnam-1975)")
    assert findings == ([("no date", "1963-02-30")] if dates["started"].endswith("30") else [])


def test_nominees_who_did_not_serve(tmp_path: Path) -> None:
    """A nominee without a date of entry has neither beginning nor end: the note has what is known."""
    row, findings = appointed(
        tmp_path, {MISSION: mission("vietnam-south", nominees=chief(started="", appointed="1963-08-01", ended="1963"))}
    )
    assert (row["start"], row["end"]) == (None, None)
    assert row["note"].startswith("did not serve; appointed 1963-08-01; ended 1963; accredited to")
    assert findings == []


HUE = {"gsh/l/hue.xml": locale("hue", "Hue", "vietnam")}
HANOI = {
    "gsh/hanoi.xml": post("hanoi", "vietnam", since="1957"),
    "gsh/l/hanoi.xml": locale("hanoi", "Hanoi", "vietnam"),
}


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({POST: post("saigon", "vietnam", "consulate", "1889", "1975")}, "saigon"),  # only the vocabulary knows its standing
        ({POST: post("hue", "vietnam", "consulate", "1957")} | HUE, "saigon"),  # only the vocabulary knows it at all
        (HANOI, "saigon"),  # two missions in the country that followed
        ({POST: post("saigon", "vietnam", since="1965")}, None),  # not open yet
        ({POST: post("hue", "south-vietnam-1975", since="1957")} | HUE | HANOI, "saigon"),  # two witnesses, one with dates
        ({MISSION: mission("germany", chief("germany")), POST: post("berlin", "germany", since="1865"),
          "gsh/l/b.xml": locale("berlin", "Berlin", "germany"), "gsh/t/g.xml": territory("germany", "Germany", "1871")}, "bonn"),
        ({MISSION: mission("russia", chief("russia")), POST: post("moscow", "russia", since="1858"),
          "gsh/l/m.xml": locale("moscow", "Moscow", "russia"), "gsh/t/r.xml": territory("russia", "Russia", "1991", before="soviet-union-1991"),
          "gsh/t/s.xml": territory("soviet-union-1991", "Soviet Union", "1922", "1991")}, "moscow"),
        ({MISSION: mission("russia", chief("russia", started="1995-01-01")), POST: post("moscow", "russia", since="1858"),
          "gsh/l/m.xml": locale("moscow", "Moscow", "russia"), "gsh/t/r.xml": territory("russia", "Russia", "1991")}, "moscow"),
    ],
)  # fmt: skip
def test_posts_of_chiefs(tmp_path: Path, files: dict[str, str], found: str | None) -> None:
    """The directory's one mission and the vocabulary's one accredited post are two witnesses; where they differ, dates decide."""
    row, _ = appointed(tmp_path, {MISSION: mission("vietnam-south", chief())} | files)
    assert row["post"] == found
    assert "accredited to " in row["note"]


def test_a_chief_who_resided_elsewhere(tmp_path: Path) -> None:
    """Where the directory says that a chief resided elsewhere, the post is there."""
    where = xml("resident-at", locale_id="bangkok", contemporary_territory_id="thailand")
    row, findings = appointed(tmp_path, {
        MISSION: mission("vietnam-south", chief()), "pocom/concurrent-appointments/1963-lodg.xml": "<concurrent-appointments><id>1963-lodg</id>"
        f"{where}<chief-id>xh-1</chief-id><chief-id>xh-2</chief-id></concurrent-appointments>",
        "gsh/bangkok.xml": post("bangkok", "thailand", since="1882"), "gsh/l/bangkok.xml": locale("bangkok", "Bangkok", "thailand"),
        "gsh/t/thailand.xml": territory("thailand", "Thailand", "1939"),
    })  # fmt: skip
    assert row["post"] == "bangkok" and row["note"].endswith("; resident at Bangkok")
    assert findings == [("unknown appointment", "xh-2")]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (chief(ended="1962-01-01"), ("dates disagree", "1963-08-26–1962-01-01")),
        (chief("atlantis"), ("unknown territory", "atlantis")),
        (chief().replace("lodge-henry", "lodge-other"), ("unknown person", "lodge-other-cabot-jr")),
        (chief().replace("ambassador-e-p", "envoy"), ("unknown position", "envoy")),
        (chief() + chief(started="1965-01-01"), ("repeated id", "xh-1")),
    ],
)
def test_faults_of_appointments(tmp_path: Path, text: str, finding: tuple[str, str]) -> None:
    """An appointment that contradicts itself or names what nobody describes is told at its line, and kept."""
    tables = read_files(tmp_path, FILES | {MISSION: mission("vietnam-south", text)})
    assert told(tables) == [finding]
    assert tables["findings"][0]["source_line"] == 2 + (finding[0] == "repeated id")
    assert len(by_key(tables, "appointments")) == 2 + (finding[0] == "repeated id")


def test_files_with_other_names(tmp_path: Path) -> None:
    """A role, a mission or a position whose file is named otherwise is told so."""
    tables = read_files(
        tmp_path,
        {"a.xml": role("agent", "Agent"), "b.xml": mission("peru"), "c.xml": principal("counselor", "Counselor")},
    )
    assert told(tables) == [("id unlike the file name", key) for key in ("agent", "peru", "counselor")]
