"""What the register's CSV files mean, for machines: one table group as the W3C's Metadata Vocabulary for Tabular Data has it.

The file is called ``csv-metadata.json``, where readers of CSVW look for it beside a table. See docs/register.md for the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

#: What parts the items of a list.
SEPARATOR = "|"

#: What a row of each table is.
DESCRIPTIONS = {
    "records": "A document as one source shows it",
    "correspondents": "Who sent, received or got a copy of a record",
    "numbers": "A number that a record bears, at a post and in a series",
    "parts": "A part of a record with its text: head, section, paragraph, signature, footnote, and so on",
    "mentions": "A name in the text of a part, and what is meant",
    "references": "Another document that a part names",
    "edits": "A deletion, insertion or correction in the text of a part",
    "markings": "A stamp, a copy's mark, a note of what is withheld",
    "events": "What happened to a record: transmitted, received, repeated, declassified, and so on",
    "instantiations": "A form in which a record exists: transcript, edition, facsimile, microfiche",
    "readings": "A value that is implied, inferred, repaired or uncertain, and how it was read",
    "persons": "A person",
    "posts": "A post: an embassy, a mission, a consulate",
    "positions": "A position that persons hold",
    "places": "A place",
    "organisations": "An organisation",
    "terms": "A term",
    "appointments": "A person in a position, from when to when",
    "identifiers": "A name that an entity has elsewhere",
    "sources": "A source that was read",
    "findings": "What was not understood in a source",
    "identity": "The telegram that a record shows",
    "replaced": "A key of an earlier release that no longer serves, and the one in its place",
    "tombstones": "A record that is gone or withheld",
    "withheld": "A field of a record that is withheld",
    "telegrams": "A telegram, its showings merged, or a stub that is known only by reference",
    "filings": "A file number taken apart",
    "tags": "A code of TAGS and the concept that it is",
    "concepts": "A printed value of a vocabulary and the concept that it means",
    "names": "A printed name and the entity that it means",
    "corresponding": "The person that a correspondent is",
    "responsibilities": "Who drafted, cleared or approved a document",
    "signatures": "A mission's signature beside its appointments",
    "resolutions": "What a reference was resolved to",
    "replies": "A telegram and the one that it answers",
    "links": "A link that was inferred, in the slots of SSSOM",
    "candidates": "A link that may hold and that a person must decide",
    "linked_readings": "What linking adds to the readings",
    "linked_findings": "What linking adds to the findings",
    "linked_posts": "A post that linking adds",
    "in_use": "What of the directories the register leads to",
}  # fmt: skip

#: Columns that are the key of a row; tables without one have rows that may be equal in all that identifies them.
KEYS: dict[str, tuple[str, ...]] = dict.fromkeys(("correspondents", "numbers", "mentions", "references", "edits", "markings", "events", "instantiations", "readings", "concepts", "resolutions", "linked_readings"), ("record", "n")) | dict.fromkeys(("persons", "posts", "positions", "places", "organisations", "terms", "appointments", "linked_posts"), ("key",)) | {
    "records": ("record",), "parts": ("record", "part"), "sources": ("source",), "identity": ("record",), "telegrams": ("telegram",),
    "filings": ("file_number",), "names": ("text", "kind"), "corresponding": ("record", "role", "n"), "responsibilities": ("record", "role", "n"),
    "replies": ("telegram", "answers"), "in_use": ("kind", "key"),
}  # fmt: skip

#: Tables that name what is not there any more, or may name nothing.
_GONE = ("tombstones", "withheld")

#: What a column means wherever it stands.
_COLUMNS = {
    "record": "The document, as source/document",
    "n": "The number of the row within its record, from 0 or 1 on",
    "source": "The source: its file's name without folder and ending; of authorities, where it is from",
    "telegram": "The key that the IRI of the record is made from",
    "part": "The key of a part, unique in its record",
    "start": "Where it begins: code points in the text of the part; of appointments, a date",
    "end": "Where it ends, not included: code points in the text of the part; of appointments, a date",
    "sent": "When it was sent, as EDTF, local to the post",
    "received": "When it was received, as EDTF, local to Washington",
    "sent_utc": "When it was sent, in UTC",
    "received_utc": "When it was received, in UTC",
    "confidence": "How sure it is, from 0 to 1",
    "how": "How it was found",
    "days": "How many days later",
    "anchor": "Where it stands: code points in the text of the parent",
    "latitude": "Degrees north, WGS 84",
    "longitude": "Degrees east, WGS 84",
    "bytes": "The size of the file in bytes",
    "sha256": "SHA-256 of the file, hexadecimal",
    "source_file": "The file that the row is from, relative to the publication's folder",
    "source_line": "The line in that file, from 1 on",
}


def table_group(schemas: Mapping[str, pa.Schema]) -> dict[str, Any]:
    """The metadata of all tables, to be written as JSON beside their files."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dialect": {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True, "lineTerminators": ["\n"], "skipBlankRows": False, "trim": False},
        "tables": [_table(name, schema) for name, schema in schemas.items()],
    }  # fmt: skip


def _table(name: str, schema: pa.Schema) -> dict[str, Any]:
    described: dict[str, Any] = {"columns": [_column(field) for field in schema]}
    if name in KEYS:
        described["primaryKey"] = list(KEYS[name])
    foreign = [
        {"columnReference": column, "reference": {"resource": f"{table}.csv", "columnReference": column}}
        for column, table in (("record", "records"), ("telegram", "telegrams"))
        # The record of a telegram that is only referred to is the one that refers to it, or nothing.
        if column in schema.names and name not in (table, "telegrams", *_GONE)
    ]
    if foreign:
        described["foreignKeys"] = foreign
    return {"url": f"{name}.csv", "dc:title": name, "dc:description": DESCRIPTIONS[name], "tableSchema": described}


def _column(field: pa.Field) -> dict[str, Any]:
    column = {"name": field.name, "titles": field.name, "datatype": _datatype(field.type), "null": ""}
    if pa.types.is_list(field.type):
        column["separator"] = SEPARATOR
    if field.name in _COLUMNS:
        column["dc:description"] = _COLUMNS[field.name]
    return column


def _datatype(kind: pa.DataType) -> str:
    """The datatype of the values, of the items for a list."""
    if pa.types.is_list(kind):
        return _datatype(kind.value_type)
    return {pa.string(): "string", pa.int32(): "int", pa.float64(): "double"}[kind]
