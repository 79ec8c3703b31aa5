"""Links to a page mean the document that begins there, or stands there alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from registers import linked, telegram

#: Two documents of volume b: d1 on pages 10 to 12, with a footnote on each of the last two; d2 begins on 12.
DOCUMENTS = [
    telegram("d1", source="b", number="1", sent="1962-11-01"),
    telegram("d2", source="b", number="2", sent="1962-11-02"),
]
PARTS = [
    ("b/d1", "p1", "paragraph", None, 10), ("b/d1", "n1", "footnote", "1", 11), ("b/d1", "n2", "footnote", "2", 12), ("b/d2", "p1", "paragraph", None, 12),
]  # fmt: skip


def meant(tmp_path: Path, text: str, link: str, **values: Any) -> tuple[str, str | None]:
    """How a link in a footnote of another document is resolved, and to which record."""
    start = text.index(link)
    reference = {
        "record": "a/9",
        "n": 1,
        "part": "n1",
        "start": start,
        "end": start + len(link),
        "surface": link,
        "how": "cross link",
    }
    parts = [
        dict(zip(("record", "part", "kind", "label", "page"), row, strict=True), rank=1, text="x") for row in PARTS
    ]
    parts.append({"record": "a/9", "part": "n1", "kind": "footnote", "rank": 1, "text": text})
    found = linked(
        tmp_path,
        [telegram("9", number="9"), *(dict(row) for row in DOCUMENTS)],
        parts=parts,
        references=[reference | values],
    )
    records = {row["telegram"]: row["record"] for row in found["identity"]}
    (row,) = found["resolutions"]
    return row["how"], records.get(row["telegram"] or "")


@pytest.mark.parametrize(
    ("text", "link", "page", "document"),
    [
        ("Dated November 1, p. 10.", "p. 10", 10, "b/d1"),  # it begins there
        ("The report is on p. 11.", "p. 11", 11, "b/d1"),  # it stands there alone
        ("Printed on p. 12.", "p. 12", 12, "b/d2"),  # of two the one that begins there
        ("Not printed, but see footnote 2, p. 12.", "p. 12", 12, "b/d1"),  # the one that has the footnote
        ("See footnote 7, p. 12.", "p. 12", 12, None),  # none has it
        ("See pp. 10–12.", "pp. 10", 10, None),
        ("See pp. 10–12.", "12", 12, None),
        ("See pp. 10 ff.", "pp. 10", 10, None),
        ("See p. 99.", "p. 99", 99, None),
    ],
)  # fmt: skip
def test_a_page_means_one_document(tmp_path: Path, text: str, link: str, page: int, document: str | None) -> None:
    """Where it is more than one, or none, the reference stays unresolved."""
    found = meant(tmp_path, text, link, target=f"b#pg_{page}")
    assert found == (("page", document) if document else ("unresolved", None))


@pytest.mark.parametrize(
    ("values", "how"),
    [
        ({"number": "2", "post": "usun", "direction": "incoming"}, "page"),
        ({"number": "2", "post": "athens", "direction": "incoming"}, "stub"),
        ({"number": "5", "post": "usun", "direction": "incoming"}, "stub"),
    ],
)
def test_a_number_must_be_that_of_the_document(tmp_path: Path, values: dict[str, str], how: str) -> None:
    """Editors err in a page now and then; a number or a post that contradicts says so."""
    assert meant(tmp_path, "See telegram 2, p. 12.", "telegram 2, p. 12", target="b#pg_12", **values)[0] == how


def test_a_page_of_a_volume_that_is_not_here(tmp_path: Path) -> None:
    assert meant(tmp_path, "See p. 12.", "p. 12", target="c#pg_12") == ("unresolved", None)
