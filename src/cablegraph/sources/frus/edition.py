"""When a volume was published, as its header states it."""

from __future__ import annotations

import re

from cablegraph.sources.frus.flow import Flow
from cablegraph.sources.source import Source
from cablegraph.sources.xml_tree import Element, stream

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def edition_date(source: Source) -> str | None:
    """The date of publication in the TEI header (``publicationStmt/date``: a year, a month or a day), None where it states none.

    Raises:
        InputError: the header cannot be read.
    """
    dates: list[str] = []
    done = False

    def closed(element: Element, parent: Element | None) -> None:
        nonlocal done
        done = done or element.name == "teiHeader"
        if element.name == "date" and parent is not None and parent.name == "publicationStmt" and not done:
            dates.append((element.get("when") or Flow(element).text).strip())

    for _ in stream(source, lambda element: None, closed, frozenset(("teiHeader", "publicationStmt", "date"))):
        if done:
            break
    return next((date for date in dates if _DATE.fullmatch(date)), None)
