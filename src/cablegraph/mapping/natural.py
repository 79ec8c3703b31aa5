"""Typed columns as text and as literals: RML's natural mapping (RML-Core, section Datatype conversions).

The text of a value is what stands in templates and under a datatype of the mapping's own; only the literal with the
natural datatype has the canonical form, so that 1.5 is ``1.5`` in an IRI and ``"1.5E0"^^xsd:double`` as an object.
"""

from __future__ import annotations

from cablegraph.mapping.functions import XSD

_WHOLE = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
)


def natural_forms(kind: str, column: str) -> tuple[str, str | None]:
    """SQL of a column as text and as a literal with the datatype of its type; None where that is plain text."""
    if kind.endswith("[]"):
        text, literal = natural_forms(kind[:-2], "item")
        if text == "item":
            return column, None
        each = f"list_transform({column}, lambda item: "
        return f"{each}{text})", f"{each}{literal})" if literal else None
    text, form, datatype = _forms(kind, column)
    if datatype is None:
        return text, None
    return text, f"""CASE WHEN {column} IS NOT NULL THEN concat('"', {form}, '"^^<{XSD}{datatype}>') END"""


def _forms(kind: str, column: str) -> tuple[str, str, str | None]:
    """Text, canonical form and datatype."""
    text = f"{column}::VARCHAR"
    if kind == "VARCHAR":
        return column, column, None
    if kind in _WHOLE:
        return text, text, "integer"
    if kind == "BOOLEAN":
        return text, text, "boolean"
    if kind in ("DOUBLE", "FLOAT"):
        return text, f"double_form({text})", "double"
    if kind.startswith("DECIMAL"):
        return text, f"decimal_form({text})", "decimal"
    if kind == "DATE":
        return text, text, "date"
    if kind.startswith("TIMESTAMP"):
        written = f"time_form({text})"
        return written, written, "dateTime"
    if kind.startswith("TIME"):
        return text, f"time_form({text})", "time"
    if kind == "BLOB":
        return f"hex({column})", f"hex({column})", "hexBinary"
    return text, text, None
