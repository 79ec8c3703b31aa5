"""Source notes: what stands behind the classification, and where it ends."""

from __future__ import annotations

import pytest

from cablegraph.sources.frus.note import read_source_note

HELD = "Source: Department of State, Central Files, 684A.86/1–755. Top Secret; "


@pytest.mark.parametrize(
    ("run", "precedence", "captions"),
    [
        ("Niact; Limit Distribution.", ["Niact"], ["Limit Distribution"]),
        ("Priority Repeated to London, Paris, and Bonn.", ["Priority"], []),
        ("Niact Drafted by Merchant.", ["Niact"], []),
        ("Limited Distribution; Received at 7:10 p.m. Repeated to Cairo.", [], ["Limited Distribution"]),
        ("Limit Distribution, Repeated to London, Bonn.", [], ["Limit Distribution"]),
        ("Limited Distribution—Alpha. Received at 10:09 a.m.", [], ["Limited Distribution", "Alpha"]),
        ("Immediate; Exdis.Sent for information to Athens, and USUN.", ["Immediate"], ["Exdis"]),
        ("Immediate/Nodis. Drafted by Rusk.", ["Immediate"], ["Nodis"]),
        ("Not Releasable to Contractors or Contractor/Consultants.", [], ["Not Releasable to Contractors or Contractor/Consultants"]),
        ("[handling restriction not declassified]. Drafted by Rusk.", [], []),
        ("Flash; handled by S/S-O as Limdis. Repeated to Saigon.", ["Flash"], []),
        ("U.S. Eyes Only. Repeated to Saigon.", [], ["U.S. Eyes Only"]),
    ],
)  # fmt: skip
def test_marks_end_where_something_is_told(run: str, precedence: list[str], captions: list[str]) -> None:
    """Precedence and captions end at a full stop or at words that tell who drafted, received or was told."""
    note = read_source_note(HELD + run)
    assert (note.precedence, note.captions) == (precedence, captions)


def test_what_is_told_is_read_whatever_the_sign_before_it() -> None:
    """A comma or nothing at all before "Repeated to" is as good as a full stop."""
    note = read_source_note(
        f"{HELD}Niact, Drafted by Merchant; cleared in draft with Green. Repeated to London and Paris."
    )
    assert (note.drafted_by, note.cleared_by, note.repeated_to) == (["Merchant"], ["Green"], ["London", "Paris"])
    assert read_source_note(f"{HELD}Priority Repeated to London, Paris, and Bonn.").repeated_to == [
        "London",
        "Paris",
        "Bonn",
    ]
    assert read_source_note(f"{HELD}Priority; Received at 1:26 p.m.").received_text == "1:26 p.m"


def test_pages_that_are_missing_are_no_caption() -> None:
    """What the editors left out of the text is told after the marks."""
    note = read_source_note(
        "Source: Department of State, Central Files, 762.00/12–1558. Secret. 2–1/2 pages not declassified."
    )
    assert (note.classification, note.captions) == ("Secret", [])
