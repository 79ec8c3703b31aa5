"""Sources of YARRRML: files, and tables of the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from cablegraph.mapping.document import Node
from cablegraph.mapping.formulations import by_ending
from cablegraph.mapping.plain import COMPRESSIONS, known_encoding
from cablegraph.mapping.plan import LogicalSource

_KEYS = {"access": "access", "referenceFormulation": "formulation", "iterator": "iterator", "table": "iterator", "delimiter": "delimiter",
               "encoding": "encoding", "compression": "compression", "null": "nulls", "nulls": "nulls", "type": "type"}  # fmt: skip
#: Spellings of the formulations that an engine must read.
FORMULATIONS = {
    "register": "register", "csv": "csv", "tsv": "tsv", "parquet": "parquet", "json": "json", "jsonpath": "json",
    "jsonl": "jsonlines", "ndjson": "jsonlines", "jsonlines": "jsonlines", "xml": "xml", "xpath": "xml", "duckdb": "duckdb",
    "arrow": "arrow", "feather": "arrow",
}  # fmt: skip


def read_source(name: str, node: Node) -> LogicalSource:
    """A source: ``[access~formulation, iterator]``, or a table with these and more.

    Raises:
    InputError: it is not valid, or of a kind that is not read.
    """
    if not node.is_table:
        items = node.items()
        if not items:
            raise node.fail("a source needs an access such as ['parts~register']")
        access, _, formulation = (
            items[0].text().rpartition("~") if "~" in items[0].text() else (items[0].text(), "", "")
        )
        found = LogicalSource(name, access, "", items[1].text() if len(items) > 1 else None, line=node.line)
    else:
        parts = node.table("a source", _KEYS)
        if "access" not in parts:
            raise node.fail("the source has no access")
        if "type" in parts and parts["type"].text() != "localfile":
            raise parts["type"].fail(
                f"a source of type {parts['type'].text()!r} is not read",
                "expected localfile; write the table to a file",
            )
        text = {key: value.text() for key, value in parts.items() if key != "nulls"}
        access, formulation = text["access"], text.get("formulation", "")
        found = LogicalSource(
            name, access, "", text.get("iterator"), tuple(item.text() for item in parts["nulls"].items()) if "nulls" in parts else (),
            text.get("delimiter"), encoding=_encoding(parts), compression=text.get("compression"), line=node.line,
        )  # fmt: skip
    known = FORMULATIONS.get(formulation) if formulation else by_ending(access)
    if known is None:
        named = formulation or Path(access).suffix.lstrip(".")
        raise node.fail(f"unknown reference formulation {named!r}", f"expected one of {', '.join(FORMULATIONS)}")
    if found.compression not in (None, *COMPRESSIONS):
        raise node.fail(
            f"{found.compression!r} is no compression that is known", f"expected one of {', '.join(COMPRESSIONS)}"
        )
    return replace(found, formulation=known)


def _encoding(parts: Mapping[str, Node]) -> str | None:
    try:
        return known_encoding(parts["encoding"].text()) if "encoding" in parts else None
    except ValueError as error:
        raise parts["encoding"].fail(str(error), "expected one such as utf-8, utf-16 or iso-8859-1") from error
