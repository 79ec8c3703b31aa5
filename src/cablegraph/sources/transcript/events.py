"""What happened to a telegram: sent, received, passed on, copied, microfilmed, declassified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cablegraph.register import Entry
from cablegraph.sources.dates import date_and_time, find_date, find_time
from cablegraph.sources.telegram import event, sent_and_received
from cablegraph.sources.transcript.body import Body
from cablegraph.sources.transcript.head import Head
from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.sources.transcript.marks import passed_to
from cablegraph.sources.transcript.showing import Showing

_ADVANCE = re.compile(
    r"advance cop(?:y|ies) to (?P<first>.+?)(?:,? passed to (?P<second>.+?))?(?: per \S+)?$", re.IGNORECASE
)
_PASSED = re.compile(r"(?P<how>relayed|passed|repeated|sent) (?:to )?(?P<agent>.+)$", re.IGNORECASE)
_OFFICERS = re.compile(r"(?:princip\w+ )?(?:offic\w+|members) of (?:the )?(?P<body>.+)", re.IGNORECASE)
_INITIALS = re.compile(r"\s+(?P<initials>[A-Z]{2,4}-[A-Z]|[A-Z]{2,4})$")


def read_events(lines: list[Line], head: Head, body: Body, row: dict[str, Any], showing: Showing) -> Iterator[Entry]:
    """Make the rows of ``events``, and what the notes say beside them."""
    form = head.form
    received_line = form.line("received", row["source_line"])
    sent_line = head.number_line or row["source_line"]
    yield from sent_and_received(row, showing.at(sent_line), showing.at(received_line))
    for item in form.routing:
        yield event(showing.record, "passed", None, None, passed_to(item.text), "requested", showing.at(item.line))
    for item in form.microfilm:
        date = find_date(item.text)
        until = item.text[: date.start].rstrip() if date else item.text
        agent = re.search(r"\bFOR\s+(?P<agent>.+)$", until, re.IGNORECASE)
        text = item.text[date.start : date.end] if date else None
        yield event(
            showing.record,
            "microfilmed",
            date.edtf if date else None,
            text,
            agent and agent["agent"],
            "done",
            showing.at(item.line),
        )
    for declassified in (line for line in lines if line.kind is Kind.DECLASSIFICATION):
        yield event(showing.record, "declassified", None, None, None, "done", showing.at(declassified.number))
        break
    for note in body.notes:
        yield from _noted(note.raw, note.line, note.page, showing)


def _noted(text: str, line: int, page: int, showing: Showing) -> Iterator[Entry]:
    """Read ``NOTE: PASSED WHITE HOUSE 3/4/61, 9:15 AM`` and ``NOTE: Advance copies to SS …``."""
    date = find_date(text)
    time = find_time(text, date.end if date else 0)
    at = date_and_time(date, time)
    end = max(date.end, time.end if time else 0) if date else len(text)
    at_text = text[date.start : end] if date else None
    if date and date.short_year:
        how = "two figures stand for a year of the twentieth century"
        yield showing.reading(line, "events.at", at, at_text, how, 0.95)
    words = re.sub(r"^NOTE\s*[:.]\s*", "", text[: date.start if date else len(text)], flags=re.IGNORECASE).strip(" ,.;")
    if (initials := _INITIALS.search(text[end:])) and date:
        yield showing.row("markings", line, page=page, kind="operator", text=initials["initials"])
    if advance := _ADVANCE.match(words):
        for name in [*_names(advance["first"]), *_names(advance["second"] or "")]:
            officers = _OFFICERS.fullmatch(name)
            agent = officers["body"] if officers else name
            if officers:
                how = "the body whose officers are meant"
                yield showing.reading(line, "events.agent", agent, name, how, 0.9)
            yield event(showing.record, "advance copies", at, at_text, agent, "done", showing.at(line))
    elif passed := _PASSED.match(words):
        kind = passed["how"].casefold() if passed["how"].casefold() in ("relayed", "repeated") else "passed"
        yield event(showing.record, kind, at, at_text, passed["agent"], "done", showing.at(line))
    else:
        message = "The note is kept as a part; what it says happened was not understood."
        yield showing.finding(line, "not understood", "note", text, message, "info")


def _names(text: str) -> list[str]:
    return [name.strip() for name in re.split(r"[,;]|\band\b", text) if name.strip()]
