"""The register: typed tables, the only thing that readers and everyone after them share.

A register is a folder with one Parquet file a table. Every row names its place: ``source_file`` (relative to the
publication's folder, else the base name) and ``source_line`` (1-based). Rows of tables with an ``n`` column are
numbered within their record, so that each can have an IRI.

``sent`` and ``received`` are EDTF, local to where they were written; nothing is ever completed that is not printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cablegraph.errors import InputError

Row = Mapping[str, Any]
#: What a reader yields: the name of a table and one row of it.
Entry = tuple[str, dict[str, Any]]

_TEXT, _INT, _FLOAT = pa.string(), pa.int32(), pa.float64()
_TEXTS = pa.list_(pa.field("element", pa.string()))


def _schema(spec: str) -> pa.Schema:
    """Build a schema from ``"name other[] count:int score:float"``; text is the default type."""
    fields = []
    for word in spec.split():
        name, _, kind = word.partition(":")
        if name.endswith("[]"):
            fields.append(pa.field(name[:-2], _TEXTS))
        else:
            fields.append(pa.field(name, {"": _TEXT, "int": _INT, "float": _FLOAT}[kind]))
    return pa.schema([*fields, pa.field("source_file", _TEXT), pa.field("source_line", _INT)])


#: Tables that ``read`` writes.
READ_TABLES: dict[str, pa.Schema] = {
    "records": _schema(
        "record source document document_number head kind direction series number alternative_numbers[] "
        "control_number dtg mrn title subjects[] sent_text sent sent_zone received_text received received_zone "
        "from_text from_post to_text to_post place_text place precedence[] classification captions[] "
        "restricted_to[] file_number repository collection source_note action_office info_office tags[] "
        "concepts[] drafted_by[] cleared_by[] approved_by[] repeated_to[] also_sent_to[] signatory_text "
        "signatory pages:int sections:int language url"
    ),
    "correspondents": _schema("record role n:int text post position person"),
    "numbers": _schema("record n:int post series number role"),
    "parts": _schema("record part rank:int label kind parent anchor:int page:int text"),
    "mentions": _schema("record n:int part start:int end:int surface kind entity confidence:float by scheme holder"),
    "references": _schema("record n:int part start:int end:int surface series number date post direction target how"),
    "edits": _schema("record n:int part start:int end:int kind text hand"),
    "markings": _schema("record n:int page:int kind text extent date part anchor:int"),
    "events": _schema("record n:int kind at at_text agent place requested_or_done"),
    "instantiations": _schema("record n:int kind locator pages:int media_type sha256"),
    "readings": _schema("record n:int field value surface part how confidence:float"),
    "persons": _schema(
        "key label variants[] valid_from valid_to broader latitude:float longitude:float source directory"
    ),
    "posts": _schema(
        "key label variants[] valid_from valid_to broader latitude:float longitude:float source place directory"
    ),
    "positions": _schema("key label variants[] valid_from valid_to broader source post directory"),
    "places": _schema(
        "key label variants[] valid_from valid_to broader latitude:float longitude:float source predecessors[] directory"
    ),
    "organisations": _schema("key label variants[] valid_from valid_to broader source"),
    "terms": _schema("key label variants[] valid_from valid_to broader source"),
    "appointments": _schema("key person position post start end note directory"),
    "identifiers": _schema("entity scheme value source"),
    "sources": _schema("source reader sha256 bytes:int documents:int licence graph dated"),
    "findings": _schema("kind severity record field value message"),
}

#: Tables that ``link`` adds beside them; it changes no row of the tables above.
LINK_TABLES: dict[str, pa.Schema] = {
    "identity": _schema("record telegram rule score:float rank:int since"),
    "replaced": _schema("old telegram"),
    "tombstones": _schema("telegram kind reason date version"),
    "withheld": _schema("telegram field reason date"),
    "telegrams": _schema(
        "telegram record source document showings:int label kind direction series number title sent sent_text "
        "sent_utc received received_text received_utc from_text from_post to_text to_post precedence[] "
        "classification captions[] restricted_to[] file_number file filed_date action_office info_office "
        "signatory_text signatory control_number dtg sections:int subjects[] stub"
    ),
    "filings": _schema("file_number file filed_date scheme subject countries[] edition"),
    "tags": _schema("tag scheme concept"),
    "concepts": _schema("record n:int scheme text concept provisional"),
    "names": _schema("text kind entity"),
    "corresponding": _schema("record role n:int person confidence:float how"),
    "responsibilities": _schema("record n:int role text name person how confidence:float"),
    "signatures": _schema("record text person chief agreement how"),
    "resolutions": _schema("record n:int telegram how confidence:float"),
    "replies": _schema("telegram answers days:int confidence:float"),
    "links": _schema(
        "subject_id predicate_id object_id mapping_justification confidence:float author_id reviewer_id "
        "mapping_date comment"
    ),
    "candidates": _schema("subject_id predicate_id object_id confidence:float comment"),
    "linked_readings": _schema("record n:int field value surface part how confidence:float"),
    "linked_findings": _schema("kind severity record field value message"),
    "linked_posts": _schema("key label described"),
    "in_use": _schema("kind key"),
}

TABLES: dict[str, pa.Schema] = READ_TABLES | LINK_TABLES

#: How mentions that ``link`` has added begin in ``by``, behind those of the source.
RECOGNISED = "recognition"

#: Tables about the world rather than about a record: they form the graph of authorities.
AUTHORITY_TABLES = (
    "persons", "posts", "positions", "places", "organisations", "terms", "appointments", "identifiers",
)  # fmt: skip

#: Tables whose rows may come from a directory, which describes far more than any register names (column ``directory``).
DIRECTORY_TABLES = ("persons", "posts", "positions", "places", "appointments")


def rows(folder: Path, table: str, columns: list[str] | None = None) -> Iterator[dict[str, Any]]:
    """Read the rows of a table in order, a batch at a time."""
    file = pq.ParquetFile(folder / f"{table}.parquet")
    try:
        for batch in file.iter_batches(columns=columns):
            yield from batch.to_pylist()
    finally:
        file.close()


def must_be_register(folder: Path) -> None:
    """Refuse a folder that holds no register.

    Raises:
        InputError: it has no table of records.
    """
    if not (folder / "records.parquet").is_file():
        raise InputError(
            "is no register: it has no records.parquet", file=str(folder), hint="cablegraph read makes one"
        )
