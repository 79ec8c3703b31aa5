"""Where the head of a form ends and the text begins."""

from __future__ import annotations

import re

from cablegraph.sources.transcript.columns import TITLE
from cablegraph.sources.transcript.lines import Kind, Line
from cablegraph.sources.transcript.marks import CORE, is_mark, labelled

_PARAGRAPH_LABEL = re.compile(r"(?:\d{1,2}|[IVXl]{1,5}|[A-Z])[.)]\s|\(\w{1,2}\)\s")
_SENTENCE = re.compile(r"\S+(?:\s+\S+){2,}[.?!]")
#: A line this long is text, not a field of the form; so is a run of lines as long as this.
_LONG, _LONG_RUN = 48, 60
#: How many long lines may stand among the fields of a head.
_STRAY_TEXTS = 2


def find_text(lines: list[Line]) -> tuple[int, list[int]]:
    """Return the index of the first line of the text, and those of fields that strayed behind it.

    The text begins with a numbered line, a long one, or a run of lines that make sentences.
    """
    fields: dict[int, str] = {}
    texts: list[int] = []
    run: list[int] = []
    titled = False
    end = len(lines)
    for index, line in enumerate(lines):
        if line.kind is Kind.PAGE_HEAD or line.page > 1:
            end = index
            break
        if line.kind is not Kind.TEXT:
            run = []
            continue
        found = labelled(line.text)
        titled = titled or TITLE.match(line.text) is not None
        if found and (len(line.text) < _LONG or not texts):
            fields[index] = found[0]
            run = []
        elif len(line.text) >= _LONG or _PARAGRAPH_LABEL.match(line.text):
            texts.append(run[0] if run else index)
            run = []
        elif fields and is_mark(line.text):
            run = []
        elif fields:
            run.append(index)
            if _is_text(lines, run):
                texts.append(run[0])
                run = []
    if not fields and not titled:
        return 0, []
    start = texts[0] if texts else end
    behind = [index for index, name in fields.items() if index > start and name in CORE]
    if len(behind) > 1 and sum(start <= index < behind[-1] for index in texts) <= _STRAY_TEXTS:
        # The head goes on behind a long line or two.
        return next((index for index in texts if index > behind[-1]), end), []
    known = {name for index, name in fields.items() if index < start}
    return start, [index for index in behind if fields[index] not in known]


def _is_text(lines: list[Line], run: list[int]) -> bool:
    """Tell whether lines without a blank between them are text: a sentence ends there, or they are many words."""
    words = sum(len(lines[index].text) for index in run)
    return _SENTENCE.search(lines[run[-1]].text[-_LONG:]) is not None or (len(run) > 2 and words >= _LONG_RUN)
