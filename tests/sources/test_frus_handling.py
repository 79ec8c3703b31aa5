"""Who handled a document, as the editors tell it in a footnote of the head or in the source note."""

from __future__ import annotations

import pytest

from cablegraph.sources.frus.handling import Handling, read_handling, read_head_note


def of_head(text: str) -> Handling:
    handling = Handling()
    read_head_note(handling, text)
    return handling


@pytest.mark.parametrize(
    ("note", "drafted", "cleared", "approved"),
    [
        ("Drafted by Allison.", ["Allison"], [], []),
        ("Drafted and approved for transmission by Dulles; cleared by Allison for FE.", ["Dulles"], ["Allison"], ["Dulles"]),
        ("Drafted by Rusk and cleared with FE and the Department of Defense.", ["Rusk"], ["FE", "Department of Defense"], []),
        ("Drafted in NA by Cronk and cleared by him with ED; approved for transmission by Allison.", ["Cronk"], ["ED"], ["Allison"]),
        ("Drafted in the Office of Northeast Asian Affairs by Hemmendinger.", ["Hemmendinger"], [], []),
        ("Drafted in CA by Martin and in FE by Johnson; cleared in NA; and repeated to Taipei.", ["Martin", "Johnson"], ["NA"], []),
        ("Drafted in NA cleared in substance with U/FW: approved for transmission by Robertson.", ["NA"], ["U/FW"], ["Robertson"]),
        ("Drafted by Gleason on Apr. 16.", ["Gleason"], [], []),
        ("Drafted by Young although he is not listed among the participants.", ["Young"], [], []),
        ("Drafted by Wallace W. Stuart, Acting Officer in Charge of Political Affairs, and Dulles.", ["Wallace W. Stuart", "Dulles"], [], []),
        ("This memorandum was drafted by Overton and routed through Allison.", ["Overton"], [], []),
        ("The source text was not cleared with any of the participants.", [], [], []),
        ("Another memorandum, drafted by Smith, is in the same file.", [], [], []),
    ],
)  # fmt: skip
def test_a_footnote_of_the_head_tells_who_made_the_document(
    note: str, drafted: list[str], cleared: list[str], approved: list[str]
) -> None:
    handling = of_head(note)
    assert (handling.drafted_by, handling.cleared_by, handling.approved_by) == (drafted, cleared, approved)


@pytest.mark.parametrize(
    ("note", "repeated", "also", "numbers"),
    [
        ("Repeated to Tokyo.", ["Tokyo"], [], []),
        ("Repeated for information priority to Pusan (copy to CINCUNC).", ["Pusan"], [], []),
        ("Repeated to Karachi and London as telegrams 440 and 4834, respectively.", ["Karachi", "London"], [], ["440", "4834"]),
        ("Also sent to Calcutta as number 39; repeated to London for information as number 461.", ["London"], ["Calcutta"], ["39", "461"]),
        ("Repeated to Heidelberg and the Department as telegram 1411, which is the source text.", ["Heidelberg", "Department"], [], ["1411"]),
        ("Repeated to the Department as 322, which is the source text, and to Seoul.", ["Department", "Seoul"], [], ["322"]),
        ("The telegram was sent to the Embassies in Oslo and Rome.", [], ["Embassies in Oslo", "Rome"], []),
        ("Repeated for information to the Commander in Chief, Pacific.", ["Commander in Chief, Pacific"], [], []),
        ("Repeated to Tokyo marked “For Sebald.”", ["Tokyo"], [], []),
        ("A copy was sent to Matthews by Rusk.", [], [], []),
    ],
)  # fmt: skip
def test_copies_have_names_and_numbers(note: str, repeated: list[str], also: list[str], numbers: list[str]) -> None:
    handling = of_head(note)
    assert (handling.repeated_to, handling.also_sent_to) == (repeated, also)
    assert [copy.number for copy in handling.numbers] == numbers


@pytest.mark.parametrize(
    ("note", "cleared", "approved"),
    [
        ("Cleared in draft with McNaughton and with McGeorge Bundy.", ["McNaughton", "McGeorge Bundy"], []),
        ("Cleared with Rusk, in draft with McNaughton, and in substance with Holland of OSD/ISA.", ["Rusk", "McNaughton", "Holland of OSD/ISA"], []),
        ("Approved in S and by the White House on October 12.", [], ["S", "White House"]),
        ("Approved in U by John D. Stempel.", [], ["John D. Stempel"]),
        ("Cleared with President Eisenhower at a meeting with Herter.", ["President Eisenhower"], []),
    ],
)  # fmt: skip
def test_manner_and_place_of_a_clearance_are_no_names(note: str, cleared: list[str], approved: list[str]) -> None:
    handling = Handling()
    read_handling(handling, note)
    assert (handling.cleared_by, handling.approved_by) == (cleared, approved)


@pytest.mark.parametrize(
    ("note", "sections"),
    [
        ("Transmitted in two sections and repeated to Bonn.", 2), ("Sent in 3 sections.", 3), ("Received in five parts.", 5),
        ("Repeated to Bonn.", None), ("Their proposal consisted of three parts.", None),
    ],
)  # fmt: skip
def test_a_long_telegram_goes_in_sections(note: str, sections: int | None) -> None:
    handling = Handling()
    read_handling(handling, note)
    assert handling.sections == sections
