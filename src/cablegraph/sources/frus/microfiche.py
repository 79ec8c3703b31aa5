"""Documents of a microfiche supplement: a head that says everything, and the frames of the microfiche."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cablegraph.register import Entry
from cablegraph.sources.frus.context import FRUS_SITE, TELEGRAPHIC, Context
from cablegraph.sources.frus.flow import Flow
from cablegraph.sources.frus.head import Head, read_head
from cablegraph.sources.source import Source, finding, reading
from cablegraph.sources.telegram import (
    DEPARTMENT,
    DEPARTMENT_KEY,
    correspondent,
    direction_of,
    is_mission,
    own_number,
    post_of,
    sent_and_received,
    series_post,
)
from cablegraph.sources.xml_tree import Element
from cablegraph.vocabularies import normalise

_KNOWN = ("head", "file", "pdf", "page-count-according-to-citation", "dateline", "opener")
_MEDIA = {"tif": "image/tiff", "jpg": "image/jpeg", "png": "image/png"}


def is_microfiche(element: Element) -> bool:
    """Tell whether a document is an entry of a microfiche supplement: a head and frames, no text."""
    names = {child.name for child in element.children()}
    return bool(names & {"file", "pdf", "page-count-according-to-citation"}) and "p" not in names


def read_microfiche(context: Context, element: Element) -> Iterator[Entry]:
    """Read an entry into rows of ``records``, ``correspondents``, ``numbers``, ``parts`` and ``instantiations``."""
    source, record = context.source, context.record
    place = context.place(element)
    line = place["source_line"]
    heads = [child for child in element.children() if child.name == "head"]
    head_text = Flow(heads[0]).text if heads else ""
    head = read_head(head_text, context.chapters)
    encoded = _encoded_date(element)
    if head.sent is None:
        head.sent, head.date_text = encoded, head.date_text or encoded
    if not head_text:
        yield finding(
            source, line, "no head", "warning", record, "head", None,
            "The document has no head; only its id and its pages are known.",
        )  # fmt: skip
    row: dict[str, Any] = {
        "record": record,
        "source": source.name,
        "document": context.document,
        "document_number": element.get("n") or head.document_number,
        "head": head_text or None,
        "kind": head.kind,
        "series": head.series,
        "number": head.number,
        "dtg": head.date_time_group,
        "title": head.subject,
        "sent_text": head.date_text,
        "sent": head.sent,
        "from_text": head.from_text,
        "to_text": head.to_text,
        "precedence": [],
        "classification": head.classification,
        "captions": head.captions,
        "file_number": head.file_number,
        "repository": head.repository,
        "collection": head.collection,
        "pages": head.pages,
        "language": "en",
        "url": f"{FRUS_SITE}/{source.name}/{context.document}",
        **place,
    }
    row |= _ends(row, head)
    yield "records", row
    yield from _readings(source, record, line, head, row)
    yield from _dated(source, record, line, head, encoded)
    yield from _correspondents(record, row, head, place)
    yield from own_number(row, place)
    yield from sent_and_received(row, place, place)
    for number, addressee in head.other_addressees:
        post = post_of(addressee)
        yield "numbers", {"record": record, "post": post, "series": None, "number": number, "role": "sent to"} | place
    if head_text:
        yield "parts", {"record": record, "part": "head", "rank": 1, "kind": "head", "text": head_text} | place
    yield from _instantiations(element, record, head, place)
    yield from _page_count(source, element, record, head, place)
    for stray in element.children():
        if stray.name == "problem":
            message = f"The edition says of this document: {Flow(stray).text}."
            yield finding(source, stray.line, "stated problem", "info", record, None, Flow(stray).text, message)
        elif stray.name not in _KNOWN:
            said = Flow(stray).text or str(stray.attributes)
            message = f"The element {stray.name} is not one of the edition; it is kept here and mapped nowhere."
            yield finding(source, stray.line, "stray element", "info", record, stray.name, said, message)


def _encoded_date(element: Element) -> str | None:
    """The date that the editors encoded beside the head (since 2016, inferred from the head)."""
    dates = (date.get("when") for date in element.iter("date"))
    return next((date[:10] for date in dates if date), None)


def _dated(source: Source, record: str, line: int, head: Head, encoded: str | None) -> Iterator[Entry]:
    if encoded is None:
        return
    if head.sent == encoded and head.date_text == encoded:
        yield reading(source, line, record, "sent", encoded, head.text, "date as the editors encoded it", 0.9)
    elif head.sent and not (encoded.startswith(head.sent) or head.sent.startswith(encoded)):
        message = f"The head gives {head.sent}, the editors encoded {encoded}; what the head says is used."
        yield finding(source, line, "values disagree", "warning", record, "sent", encoded, message)


def _ends(row: dict[str, Any], head: Head) -> dict[str, Any]:
    """Fill in the two ends of a telegram: what the head names, and the Department where the form implies it.

    The microfiche lists name only the end that is not the Department ("Telegram 1862 from USUN").
    """
    from_post, to_post = post_of(head.from_text), post_of(head.to_text)
    filled: dict[str, Any] = {"from_post": from_post, "to_post": to_post, "direction": None}
    if head.kind not in TELEGRAPHIC:
        return filled
    one_end = (head.from_text is None) != (head.to_text is None)
    known = from_post if head.to_text is None else to_post
    if head.kind == "circular telegram" and head.from_text is None:
        filled |= {"from_text": DEPARTMENT, "from_post": DEPARTMENT_KEY}
    elif one_end and is_mission(known) and not (head.repository or "").startswith("CIA"):
        end = "to" if head.to_text is None else "from"
        filled |= {f"{end}_text": DEPARTMENT, f"{end}_post": DEPARTMENT_KEY}
    to_text = filled.get("to_text", head.to_text)
    filled["direction"] = direction_of(filled["from_post"], filled["to_post"], to_text)
    if post := series_post(head.series):
        filled["to_post" if filled["direction"] == "outgoing" else "from_post"] = post
    return filled


def _readings(source: Source, record: str, line: int, head: Head, row: dict[str, Any]) -> Iterator[Entry]:
    if head.kind_from is not None:
        how = f"inferred from the series {head.kind_from}"
        yield reading(source, line, record, "kind", head.kind, head.text, how, 0.9)
    for field in ("from_text", "to_text"):
        if row[field] and getattr(head, field) is None:
            yield reading(
                source, line, record, field, row[field], head.text, "implied: the list names only the other end", 0.95
            )
    for end, text in (("from_post", head.from_text), ("to_post", head.to_text)):
        if row[end] and row[end] == series_post(head.series) and post_of(text) != row[end]:
            how = f"the post to which the series {head.series} belongs"
            yield reading(source, line, record, end, row[end], text, how, 0.95)
    if head.year_from is not None:
        how = "year from the head of the chapter"
        yield reading(source, head.year_from.line, record, "sent", head.sent, head.year_from.head, how, 0.9)
    for field, value, message in head.doubts:
        yield finding(source, line, "not understood", "warning", record, field, value, message)


def _correspondents(record: str, row: dict[str, Any], head: Head, place: dict[str, Any]) -> Iterator[Entry]:
    if row["from_text"]:
        yield correspondent(record, "from", row["from_text"], row["from_post"], place)
    names = [row["to_text"], *(name for _, name in head.other_addressees)]
    for name in names:
        if name:
            yield correspondent(record, "to", name, post_of(name), place)


def _instantiations(element: Element, record: str, head: Head, place: dict[str, Any]) -> Iterator[Entry]:
    paths = [path for child in element.children() if child.name == "file" and (path := child.get("path"))]
    locator = f"{paths[0]}–{paths[-1]}" if len(paths) > 1 else (paths[0] if paths else None)
    yield "instantiations", {"record": record, "kind": "microfiche", "locator": locator, "pages": head.pages} | place
    for path in paths:
        media_type = _MEDIA.get(path.rpartition(".")[2])
        facsimile = {"record": record, "kind": "facsimile", "locator": path, "pages": 1, "media_type": media_type}
        yield "instantiations", facsimile | place


def _page_count(source: Source, element: Element, record: str, head: Head, place: dict[str, Any]) -> Iterator[Entry]:
    """Hold the number of pages that the head states against the one that is encoded."""
    stated = next(
        (Flow(child).text for child in element.children() if child.name == "page-count-according-to-citation"), None
    )
    if stated and head.pages is not None and normalise(stated) != str(head.pages):
        yield finding(
            source, place["source_line"], "values disagree", "warning", record, "pages", stated,
            f"The head says {head.pages} pages, the encoded page count {stated}; the head's number is used.",
        )  # fmt: skip
