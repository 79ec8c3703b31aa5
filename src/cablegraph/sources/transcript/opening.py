"""Where the head of a form ends and the text begins."""

from __future__ import annotations

import re

from cablegraph.sources.transcript.columns import TITLE
from cablegraph.sources.transcript.fitting import strong
from cablegraph.sources.transcript.labels import labelled
from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.sources.transcript.marks import CORE, is_mark, is_references, shared

_PARAGRAPH_LABEL = re.compile(r"(?:\d{1,2}\s?|[IVXl]{1,5}|[A-Z])[.)]\s|\(\w{1,2}\)\s|\d{1,2}\s?,\s(?=[A-Z]{2})")
_SENTENCE = re.compile(r"\S+(?:\s+\S+){2,}[.?!]")
#: A line this long is text, not a field of the form; so is a run of lines as long as this.
_LONG, _LONG_RUN = 48, 60
#: A field of words that is at least so long may go on in the next line.
_FULL = 40
_OF_WORDS = ("subject", "reference", "tags", "drafted", "cleared", "approved", "repeated", "info")
#: Fields that are taken from among the text where the head lacks them.
_BY = ("drafted", "cleared", "approved")
_BELOW = (*CORE, *_BY)
_STRAYING = (*_BELOW, "repeated", "tags", "subject")
#: Lines in which the head, and what strayed from it, is looked for.
_WITHIN = 5000
#: How many long lines may stand among the fields of a head.
_STRAY_TEXTS = 2


def opens_text(line: Line) -> bool:
    """Tell whether a line by itself looks like the beginning of a paragraph, not like a line of a head."""
    return (len(line.text) >= _LONG or _PARAGRAPH_LABEL.match(line.text) is not None) and labelled(line.text) is None


def find_text(lines: list[Line], after: int = 0) -> tuple[int, list[int]]:
    """Return the index of the first line of the text, and those of fields and marks that strayed behind it.

    The text begins with a numbered line, a long one, or a run of lines that make sentences, and not before ``after``.
    """
    fields: dict[int, str] = {}
    marks: list[int] = []
    texts: list[int] = []
    run: list[int] = []
    titled = False
    end = len(lines)
    going_on = False  # a field of words may go on in the next line
    for index, line in enumerate(lines[:_WITHIN]):
        if line.page > 1 and end == len(lines):
            end = index
        if line.kind is not Kind.TEXT:
            run, going_on = [], False
            continue
        found = labelled(line.text)
        titled = titled or TITLE.match(line.text) is not None
        if index < after:
            fields[index] = found[0] if found else ""
        elif found and (len(line.text) < _LONG or not texts or found[0] in _BY or strong(*found)):
            fields[index] = found[0]
            run = []
            going_on = found[0] in _OF_WORDS and len(line.text) >= _FULL
        elif going_on and not _PARAGRAPH_LABEL.match(line.text) and not is_mark(line.text):
            fields[index] = ""
            going_on = len(line.text) >= _FULL
        elif fields and not texts and (shared(line.text) or is_references(line.text)):
            run = []
        elif len(line.text) >= _LONG or _PARAGRAPH_LABEL.match(line.text):
            texts.append(run[0] if run else index)
            run = []
        elif fields and is_mark(line.text):
            run = []
            marks.append(index)
        elif fields:
            run.append(index)
            if _is_text(lines, run):
                texts.append(run[0])
                run = []
    if not fields and not titled:
        return 0, []
    start = min(texts[0] if texts else end, end) if end >= after else after
    behind = [index for index, name in fields.items() if index > start and name in CORE and index < end]
    if len(behind) > 1 and sum(start <= index < behind[-1] for index in texts) <= _STRAY_TEXTS:
        # The head goes on behind a long line or two.
        return next((index for index in texts if behind[-1] < index < end), end), []
    known = {name for index, name in fields.items() if index < start}
    strayed = [
        index
        for index, name in fields.items()
        if index > start and name in _STRAYING and name not in known and (name in _BELOW or _alone(lines, index))
    ]
    return start, sorted([*strayed, *(index for index in marks if index > start and _alone(lines, index))])


def _alone(lines: list[Line], index: int) -> bool:
    """Tell whether a line stands by itself, with nothing right above or below it."""
    around = [lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines)]
    return all(line.kind is Kind.BLANK for line in around)


def _is_text(lines: list[Line], run: list[int]) -> bool:
    """Tell whether lines without a blank between them are text: a sentence ends there, or they are many words."""
    words = sum(len(lines[index].text) for index in run)
    return _SENTENCE.search(lines[run[-1]].text[-_LONG:]) is not None or (len(run) > 2 and words >= _LONG_RUN)
