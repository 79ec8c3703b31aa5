"""Annotations, what they point at, and page breaks: what is right passes, what is wrong fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest

SECTION = "<https://w3id.org/diplomatic-records/vocabulary/part-kinds/section>"
POSITION = "ex:ps a oa:TextPositionSelector ; oa:start 3 ; oa:end 7 ."
PLAIN = POSITION.replace("3", "'3'^^xsd:nonNegativeInteger").replace(" 7", " '7'^^xsd:nonNegativeInteger")
QUOTE = "ex:qs a oa:TextQuoteSelector ; oa:exact 'AND' ."
PART = f"""ex:p a rico:RecordPart ; dct:type {SECTION} ; rico:rankInSequence '1'^^xsd:int ;
  rico:isOrWasConstituentOf ex:r ."""
TARGET = f"ex:t a oa:SpecificResource ; oa:hasSource ex:p ; oa:hasSelector ex:ps, ex:qs . {PLAIN} {QUOTE} {PART}"
EDIT = "ex:a a oa:Annotation, dipl:{} ; oa:motivatedBy oa:editing ; oa:hasTarget ex:t ; dipl:hand 'unknown hand'"
BREAK = "ex:b a oa:Annotation, dipl:PageBreak ; oa:motivatedBy oa:describing ; oa:hasTarget ex:r"

NAME = "ex:a a oa:Annotation ; oa:motivatedBy oa:identifying ; oa:hasTarget ex:t ; oa:hasBody {}"

CASES = [
    (
        "annotation",
        f"{NAME.format('ex:stevenson')} . {TARGET}",
        f"{NAME.format(repr('Stevenson'))} . {TARGET}",
        "annotation-entity",
    ),
    (
        "annotation",
        f"{EDIT.format('Deletion')} . {TARGET}",
        "ex:a a oa:Annotation ; oa:hasTarget ex:r .",
        "annotation-motivation",
    ),
    (
        "annotation",
        f"{EDIT.format('Deletion')} . {TARGET}",
        "ex:a a oa:Annotation ; oa:motivatedBy oa:editing .",
        "annotation-target",
    ),
    ("deletion", f"{EDIT.format('Deletion')} . {TARGET}", f"{EDIT.format('Deletion')} .", "deletion-target"),
    (
        "insertion",
        f"{EDIT.format('Insertion')} ; oa:bodyValue 'also' . {TARGET}",
        f"{EDIT.format('Insertion')} .",
        "insertion-body",
    ),
    (
        "insertion",
        f"{EDIT.format('Insertion')} ; oa:bodyValue 'also' . {TARGET}",
        f"{EDIT.format('Insertion')} .",
        "insertion-target",
    ),
    (
        "correction",
        f"{EDIT.format('Correction')} ; oa:bodyValue 'RECEDE' . {TARGET}",
        f"{EDIT.format('Correction')} .",
        "correction-body",
    ),
    (
        "correction",
        f"{EDIT.format('Correction')} ; oa:bodyValue 'RECEDE' . {TARGET}",
        f"{EDIT.format('Correction')} .",
        "correction-target",
    ),
    (
        "specificResource",
        TARGET,
        "ex:t a oa:SpecificResource ; oa:hasSource ex:r .",
        "specificResource-selector",
    ),
    (
        "specificResource",
        TARGET,
        "ex:t a oa:SpecificResource ; oa:hasSource ex:x ; oa:hasSelector ex:ps .",
        "specificResource-source",
    ),
    ("positionSelector", PLAIN, POSITION, "positionSelector-start"),
    ("positionSelector", PLAIN, PLAIN.replace("'3'", "'9'"), "positionSelector-order"),
    ("quoteSelector", QUOTE, QUOTE.replace("'AND'", "'AND', 'IS'"), "quoteSelector-exact"),
    ("pageBreak", f"{BREAK} ; dipl:onPage '2'^^xsd:int .", f"{BREAK} .", "pageBreak-onPage"),
    (
        "pageBreak",
        f"{BREAK} ; dipl:onPage '2'^^xsd:int .",
        "ex:b a dipl:PageBreak ; dipl:onPage '2'^^xsd:int .",
        "pageBreak-target",
    ),
]


@pytest.mark.parametrize(("shape", "good", "bad", "refused_by"), CASES, ids=[f"{c[0]}:{c[3]}" for c in CASES])
def test_shape_accepts_and_refuses(
    hold: Callable[[str, str, str, str], None], shape: str, good: str, bad: str, refused_by: str
) -> None:
    """A shape accepts the right example and refuses the wrong one, and both engines report the same."""
    hold(shape, good, bad, refused_by)
