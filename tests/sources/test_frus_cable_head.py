"""The raw head of an electronic telegram: what its lists hold, to whom it went, how urgently and when."""

from __future__ import annotations

import pytest

from cablegraph.sources.frus.cable_head import Address, head_group, list_role, read_addresses


@pytest.mark.parametrize(
    ("kind", "heading", "role"),
    [
        ("subject", "SUBJECT:", "subject"), ("subject", "Subj", "subject"), ("subject", "[Subject]", "subject"),
        ("subject", "REF:", "reference"), ("subject", "DATE:", None), ("subject", "Place:", None), ("subject", "", None),
        ("subject", None, "subject"), ("subject", "TO", "to"), ("from", "FM", "from"), ("to", "INFO:", "info"),
        ("to", "Action:", "to"), ("participants", "Others Present", "participants"), ("references", "Re", "reference"),
        ("ordered", None, None), ("subject", "TAGS:", "tags"),
    ],
)  # fmt: skip
def test_a_list_is_what_its_heading_says(kind: str, heading: str | None, role: str | None) -> None:
    """The encoding calls dates, places and references subjects; the heading knows better."""
    assert list_role(kind, heading) == role


@pytest.mark.parametrize(
    ("line", "addresses"),
    [
        ("SECSTATE WASHDC PRIORITY 154", [Address("to", "SECSTATE WASHDC", "PRIORITY")]),
        ("RUEHCR/AMEMBASSY SAIGON NIACT IMMEDIATE 0943", [Address("to", "AMEMBASSY SAIGON", "NIACT IMMEDIATE")]),
        ("AMEMBASSY TEHRAN", [Address("to", "AMEMBASSY TEHRAN")]),
        ("ANKARA, KABUL", [Address("to", "ANKARA"), Address("to", "KABUL")]),
        ("AMEMBASSY LONDON UNN", [Address("to", "AMEMBASSY LONDON")]),
        ("SAIGON: STRICTLY EYES ONLY FOR AMBASSADOR", []),
        ("IMMEDIATE", [Address("to", "IMMEDIATE")]),
        ("", []),
    ],
)
def test_a_line_of_the_address(line: str, addresses: list[Address]) -> None:
    """The addressee stands between the indicator of the route and precedence and number."""
    assert read_addresses("to", line) == addresses


@pytest.mark.parametrize(
    ("opening", "group"),
    [
        (["TELEGRAM\nDepartment of State\nTEHRAN 269\nP R 241100Z JAN 70"], "241100Z JAN 70"),
        (["O 302115Z OCT 72 ZFF6"], "302115Z OCT 72"),
        (["0 302115Z  OCT 72"], "302115Z OCT 72"),
        (["I refer to your 241100Z JAN 70."], None),
        (["R 241100Z JAN 70 " + "and so on " * 30], None),
        ([], None),
    ],
)
def test_the_date_time_group_of_the_head(opening: list[str], group: str | None) -> None:
    """It stands behind the signs of precedence in a short line; a group in running text is another telegram's."""
    assert head_group(opening) == group
