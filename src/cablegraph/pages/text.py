"""The text of a record as it reads: its parts in order, with what was struck out and what was put in."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from cablegraph.pages.description import Description
from cablegraph.pages.terms import text_of

_DIPL, _OA = "<https://w3id.org/diplomatic-records/ontology#", "<http://www.w3.org/ns/oa#"
_RICO, _TYPE = "<https://www.ica.org/standards/RiC/ontology#", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_PART, _LABEL, _TEXT = (_TYPE, f"{_RICO}RecordPart>"), f"{_DIPL}label>", "<https://schema.org/text>"
_RANK, _PARENT = f"{_RICO}rankInSequence>", f"{_RICO}isOrWasConstituentOf>"
_TARGET, _SOURCE, _SELECTOR = (f"{_OA}{name}>" for name in ("hasTarget", "hasSource", "hasSelector"))
_START, _END = f"{_OA}start>", f"{_OA}end>"
_MARKS = {f"{_DIPL}Deletion>": "del", f"{_DIPL}Insertion>": "ins"}


@dataclass
class Part:
    """A part of a text: its IRI, its label as printed, its text, and the edits in it (start, end, element)."""

    iri: str
    label: str
    text: str
    depth: int
    edits: list[tuple[int, int, str]] = field(default_factory=list)


def parts_of(about: Description) -> list[Part]:
    """The parts that have a text or a label, in the order of the source; none where the text is not published."""
    found: dict[str, tuple[int, str, Part]] = {}
    for iri, statements in about.parts.items():
        if _PART not in statements:
            continue
        said = dict(reversed(statements))
        rank = said.get(_RANK)
        label, text = (text_of(said[name])[0] if name in said else "" for name in (_LABEL, _TEXT))
        parent = said.get(_PARENT, "")[1:-1]
        found[iri] = (int(text_of(rank)[0]) if rank else 0, parent, Part(iri, label, text, depth=0))
    for _, parent, part in found.values():
        above, at = {part.iri}, parent
        while at in found and at not in above:
            above.add(at)
            at = found[at][1]
        part.depth = len(above) - 1
    for start, end, element, iri in _edits(about):
        if iri in found:
            found[iri][2].edits.append((start, end, element))
    return [
        part
        for _, _, part in sorted(found.values(), key=lambda each: (each[0], each[2].iri))
        if part.text or part.label
    ]


def _edits(about: Description) -> list[tuple[int, int, str, str]]:
    found = []
    for iri, statements in about.parts.items():
        element = next((_MARKS[value] for name, value in statements if name == _TYPE and value in _MARKS), None)
        if element is None:
            continue
        for target in about.values(_TARGET, iri):
            source = about.values(_SOURCE, target[1:-1])
            for selector in about.values(_SELECTOR, target[1:-1]):
                start, end = (about.values(name, selector[1:-1]) for name in (_START, _END))
                if source and start and end:
                    found.append((int(text_of(start[0])[0]), int(text_of(end[0])[0]), element, source[0][1:-1]))
    return sorted(found)


def marked(part: Part) -> str:
    """The text of a part as HTML, with its edits; one that lies within another, or outside the text, is not shown."""
    pieces, at = [], 0
    for start, end, element in part.edits:
        if at <= start <= end <= len(part.text):
            pieces += [escape(part.text[at:start]), f"<{element}>{escape(part.text[start:end])}</{element}>"]
            at = end
    return "".join([*pieces, escape(part.text[at:])])
