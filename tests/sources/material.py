"""Transcripts and sheets in our own words, and a way to read them without a file."""

from __future__ import annotations

from typing import Any

from cablegraph.register import READ_TABLES
from cablegraph.sources import READERS
from cablegraph.sources.source import Source

Tables = dict[str, list[dict[str, Any]]]

INCOMING = """\
INCOMING TELEGRAM

Department of State

ACTION COPY

Action
EUR

CONFIDENTIAL

Control: 4711
Rec'd: MARCH 3, 1963
6:05 PM

FROM: MOSCOW

TO: Secretary of State

NO: 2222, MARCH 3, 11 PM

PRIORITY

LIMDIS

FISHERIES

REFERENCE: DEPTEL 1901

1. THE MINISTRY ASKED TODAY WHETHER THE FLEET MAY CALL AT BOSTON BEFORE THE SEASON ENDS.

2. I ANSWERED THAT THE QUESTION WOULD BE PUT TO WASHINGTON AND THAT NO PROMISE WAS MADE.

CONFIDENTIAL

-2- 2222, MARCH 3, 11 PM FROM MOSCOW

3. THEY WOULD LIKE A REPLY BY FRIDAY; EMBTEL 2190 HAS THE EARLIER TALK ON THE SAME POINT.

KOHLER

ABC/12

CONFIDENTIAL
"""

OUTGOING = """\
OUTGOING TELEGRAM Department of State

SECRET

Origin
EUR

SENT TO: Amembassy MOSCOW PRIORITY 1901

RPTD INFO: Amembassy LONDON 5006, Amembassy PARIS 4001

MARCH 1, 1963, 7:14 PM

SUBJECT: FISHERIES

1. YOU MAY TELL THE MINISTRY THAT THE HARBOR IS OPEN TO THREE VESSELS UNTIL THE END OF APRIL.

2. REPORT ANY ANSWER.

RUSK
"""

CABLE = """\
ACTION EUR-12
INFO OCT-01 ISO-00

P 262340Z JAN 77
FM AMEMBASSY MOSCOW
TO SECSTATE WASHDC PRIORITY 3310
INFO AMEMBASSY LONDON
AMEMBASSY PARIS
C O N F I D E N T I A L MOSCOW 01234

TAGS: PFOR, UR
SUBJECT: FISHERIES
REF: STATE 4501

1. THE MINISTRY RECEIVED THE COUNSELOR THIS MORNING AND READ OUT A SHORT PAPER ON THE NEW ZONE.

2. TEXT FOLLOWS BY AIRGRAM.

TOON
"""


def read(text: str | bytes, reader: str = "transcript", **settings: Any) -> Tables:
    """Read a source out of memory; returns the rows of every table."""
    content = text.encode() if isinstance(text, str) else text
    source = Source("t", "t.txt", None, reader, content, **settings)
    tables: Tables = {name: [] for name in READ_TABLES}
    for table, row in READERS[reader](source):
        unknown = row.keys() - set(READ_TABLES[table].names)
        assert not unknown, f"{table} has no column {unknown}"
        tables[table].append(row)
    return tables


def record(tables: Tables) -> dict[str, Any]:
    """The one record of a source."""
    (row,) = tables["records"]
    return row


def readings(tables: Tables, field: str) -> list[dict[str, Any]]:
    """How the values of a field came about."""
    return [row for row in tables["readings"] if row["field"] == field]


def not_found(tables: Tables) -> set[str]:
    """The fields that a finding says were not found."""
    return {row["field"] for row in tables["findings"] if row["kind"] == "field not found"}


def kinds(tables: Tables) -> set[str]:
    """The kinds of findings."""
    return {row["kind"] for row in tables["findings"]}
