"""Reading the head of a telegram, from whatever shows it: the form, a cable head, the heads of later pages.

A value that does not stand plainly behind its own label is a reading; two places that differ are a finding.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from cablegraph.sources.transcript.cable import read_cable
from cablegraph.sources.transcript.checks import agree, check_order
from cablegraph.sources.transcript.columns import TITLE
from cablegraph.sources.transcript.dating import Sent
from cablegraph.sources.transcript.fields import Field
from cablegraph.sources.transcript.form import read_form
from cablegraph.sources.transcript.groups import PRECEDENCE
from cablegraph.sources.transcript.head import Head
from cablegraph.sources.transcript.lines import Kind, Line, level_like, level_of
from cablegraph.sources.transcript.moments import read_number_and_dates
from cablegraph.sources.transcript.showing import Showing
from cablegraph.sources.transcript.sides import read_cable_ends, read_ends_of_form, read_posts
from cablegraph.sources.transcript.sureness import BROKEN, ELSEWHERE, LOOKALIKE, PLACED
from cablegraph.vocabularies import vocabulary


def read_head(lines: list[Line], showing: Showing) -> Head:
    """Read the head of one telegram, its lines in the order of its pages."""
    cable = read_cable(lines)
    first = next((line.number for line in lines if line.kind is not Kind.BLANK), lines[0].number)
    form = read_form(lines, cable.ends if cable else 0)
    if cable:
        form.without(cable.lines)
    head = Head(showing, form, cable, first)
    _kind(head)
    read_ends_of_form(head)
    read_cable_ends(head)
    _group(head)
    read_number_and_dates(head)
    _marks(head, lines)
    agree(head, lines)
    read_posts(head)
    check_order(head)
    return head


def _kind(head: Head) -> None:
    form = head.form
    for title in form.titles:
        if match := TITLE.match(title.text):
            head.direction = replace(title, text=match["direction"].casefold())
            head.kind = {"airgram": "airgram"}.get(match["kind"].casefold(), "telegram")
    if head.kind is None and (form.recognised or head.cable):
        head.kind = "telegram"


def _group(head: Head) -> None:
    """Take the date-time group of a cable: when it was sent, in GMT, and the letters of its precedence."""
    cable = head.cable
    if cable is None:
        return
    head.number, head.dtg = cable.number, cable.dtg
    if cable.dtg is None or cable.group is None:
        return
    for letter in cable.group.letters:
        how = "the letter before the date-time group"
        sure = 0.99 if cable.dtg.how is None else LOOKALIKE
        head.precedence.append(Field(PRECEDENCE[letter], cable.dtg.line, how, sure, letter))
    if cable.group.sent:
        head.sent, head.zone = Sent(cable.group.sent, cable.dtg.text), "Z"
        head.sent_at = replace(cable.dtg, text=cable.group.sent)


def _marks(head: Head, lines: list[Line]) -> None:
    """Read classification and precedence."""
    levels = [line for line in lines if line.kind is Kind.CLASSIFICATION]
    if head.cable and head.cable.classification:
        head.classification = head.cable.classification
    elif levels:
        head.classification = _classification(levels)
        if head.cable:
            how = "from a marking of the page, since the cable's own line was not found"
            head.classification = head.classification.noted(how, PLACED, head.classification.text)
    if head.classification:
        mine = _level(head.classification.text)
        others = [line for line in levels if _level(level_of(line.text)) != mine]
        if others:
            printed = level_of(others[0].text)
            message = f"The classification is {head.classification.text} on most pages, and {printed} here."
            head.find(others[0].number, "classifications differ", "classification", others[0].text, message)
    head.precedence += head.form.precedence
    if not head.precedence:
        first = next(((item.precedence, line) for item, line in head.sent_to if item.precedence), None)
        head.precedence += [Field(*first)] if first else []


def _classification(levels: list[Line]) -> Field:
    """The classification that stands on most pages; the first of those that stand equally often."""
    counts = Counter(_level(level_of(line.text)) for line in levels)
    key = max(counts, key=lambda level: counts[level])
    line = next(
        (line for line in levels if _level(level_of(line.text)) == key and not level_like(line.text) and not line.how),
        next(line for line in levels if _level(level_of(line.text)) == key),
    )
    found = Field(level_of(line.text), line.number, line.how, line.confidence, line.given)
    if like := level_like(line.text):
        found = found.noted(like.how, like.confidence, line.text)
    if len(counts) > 1:
        found = found.noted(
            "the classification that most pages bear", ELSEWHERE if counts[key] > 1 else BROKEN, line.text
        )
    return found


def _level(text: str) -> str | None:
    concept = vocabulary("classification").find(text)
    return concept.key if concept else None
