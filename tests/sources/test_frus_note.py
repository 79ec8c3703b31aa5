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
        ("Official – Informal.", [], ["Official – Informal"]),
        ("Priority – Limdis.", ["Priority"], ["Limdis"]),
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


@pytest.mark.parametrize(
    ("told", "drafted", "cleared", "approved"),
    [
        ("Drafted by Robert L. Dowell, Jr. (NEA/IRN), and Miklos.", ["Robert L. Dowell, Jr. (NEA/IRN)", "Miklos"], [], []),
        ("Drafted by Leo F. Cecchini, Jr. Approved by Ghiardi.", ["Leo F. Cecchini, Jr."], [], ["Ghiardi"]),
        ("Drafted and approved by Russell, who initialed for Dulles.", ["Russell"], [], ["Russell"]),
        ("Cleared with Captain Paul B. Ryan, USN, of the Office of Naval Affairs, and Goodwin.", [], ["Captain Paul B. Ryan", "Goodwin"], []),
        (
            "Drafted by Cottrell and Director of the Office of Central American and Panamanian Affairs Lansing Collins.",
            ["Cottrell", "Director of the Office of Central American and Panamanian Affairs Lansing Collins"], [], [],
        ),
        ("No drafting information appears on the source text, but it was approved in the White House.", [], [], ["White House"]),
        ("The memorandum and attachment were drafted by Morgan and approved by Herter.", ["Morgan"], [], ["Herter"]),
    ],
)  # fmt: skip
def test_names_are_those_of_who_made_the_document(
    told: str, drafted: list[str], cleared: list[str], approved: list[str]
) -> None:
    """A suffix stays with its name, an office with its two regions; what is said of a person is no name."""
    note = read_source_note(f"{HELD}Niact. {told}")
    assert (note.drafted_by, note.cleared_by, note.approved_by) == (drafted, cleared, approved)


@pytest.mark.parametrize(
    "told",
    [
        "Another memorandum of the meeting, drafted by Smith and the same in substance, is in Department of State.",
        "A briefing paper, drafted by Merchant on February 7, from which Secretary Dulles spoke, is ibid.",
        "A note on the source text reads: “not cleared by the President or the Secretary.”",
        "Bundy sent a draft under cover of a memorandum of May 3, drafted by Herz and approved by Katzenbach.",
    ],
)
def test_who_made_another_paper_is_not_who_made_this_one(told: str) -> None:
    """Drafters of papers that the note speaks of, and a clearance that was not given, are left alone."""
    note = read_source_note(f"{HELD}Niact. {told}")
    assert (note.drafted_by, note.cleared_by, note.approved_by) == ([], [], [])
