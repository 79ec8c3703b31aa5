"""What may not be published leaves the register: records and fields that are withheld, and the words of sources without a licence.

First records are reduced to what identifies them and links them, so that nothing after sees more. Last, records that are
withheld whole are dropped; until then other telegrams that refer to them find what they mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from cablegraph import relations
from cablegraph.earlier import Earlier, Tombstone
from cablegraph.errors import InputError
from cablegraph.register import READ_TABLES
from cablegraph.relations import INTEGER, TEXT, Connection, create_table, quote_name, quote_text
from cablegraph.withheld import Withholding

#: The columns that identify or link, beside the record and its place. Tables that are not here have none.
_IDENTIFYING = {
    "records": "source document document_number kind direction series number alternative_numbers control_number dtg mrn "
    "sent from_post to_post place file_number repository language url",
    "correspondents": "role n post position person",
    "numbers": "n post series number role",
    "mentions": "n kind entity confidence by scheme holder",
    "references": "n series number date post direction target how",
    "instantiations": "n kind locator pages media_type sha256",
    "findings": "kind severity field message",
}
_ALWAYS = ("record", "source_file", "source_line")
#: Tables whose rows belong to a record.
_OF_RECORDS = [table for table, schema in READ_TABLES.items() if "record" in schema.names]
#: The field that stands for all words of a record: those of its parts, and what says something by them.
_TEXT_FIELDS = {"text": ("parts.text", "mentions", "references.surface", "edits", "markings", "readings")}


def withhold(
    db: Connection,
    out: Path,
    rows: Sequence[Withholding],
    links_only: Sequence[str],
    base: str,
    earlier: Earlier | None,
) -> list[Tombstone]:
    """Reduce the tables in ``out``, and make ``withheld_records``: the records of telegrams that are withheld whole.

    ``links_only`` are files of sources of which only identifiers and links are published. Returns the tombstones of what
    is withheld whole.

    Raises:
        InputError: a line names no record or no field.
    """
    hidden, fields = [], []
    named = [(_telegram(db, row, base, earlier), row) for row in rows]
    met: dict[tuple[str, str], int] = {}
    for telegram, row in named:
        if (line := met.setdefault((telegram, row.field), row.place[1])) != row.place[1]:
            raise InputError(
                f"is withheld by line {line} already", file=row.place[0], line=row.place[1], field="record"
            )
        if not row.field:
            version = earlier.last_with(telegram) if earlier else None
            hidden.append(Tombstone(telegram, "withheld", row.reason, row.date, version))
        fields += [(telegram, *name) for name in _fields(row)]
    partly = [
        (telegram, row.field, row.reason, row.date, Path(row.place[0]).name, row.place[1])
        for telegram, row in named
        if row.field
    ]
    columns = dict.fromkeys(("telegram", "field", "reason", "date", "source_file"), TEXT) | {"source_line": INTEGER}
    create_table(db, "link_withheld", columns, partly)
    create_table(db, "withheld_telegrams", {"telegram": TEXT}, [(each.record,) for each in hidden])
    create_table(db, "withheld_fields", {"telegram": TEXT, "place": TEXT, "name": TEXT}, fields)
    create_table(db, "links_only", {"source_file": TEXT}, [(file,) for file in links_only])
    db.execute(
        """CREATE TABLE withheld_records AS
        SELECT record FROM identified JOIN withheld_telegrams USING (telegram)"""
    )
    db.execute("CREATE TABLE own_records AS SELECT record FROM records JOIN links_only USING (source_file)")
    if hidden or links_only or fields:
        for table in _OF_RECORDS:
            _reduce(db, out, table, {name for _, place, name in fields if place == table})
    return hidden


_REDUCED = "record IN (FROM withheld_records) OR record IN (FROM own_records) OR source_file IN (FROM links_only)"


def _reduce(db: Connection, out: Path, table: str, fields: set[str]) -> None:
    kept = (*_ALWAYS, *_IDENTIFYING.get(table, "").split())
    # What holds of a row is asked once, and not for each of its cells.
    asked = {"~reduced": _REDUCED}
    for name in sorted(fields):
        chosen = f"place = {quote_text(table)} AND name = {quote_text(name)}"
        asked[f"~{name}"] = (
            f"record IN (SELECT record FROM identified JOIN withheld_fields USING (telegram) WHERE {chosen})"
        )
    flags = ", ".join(f"coalesce({condition}, false) AS {quote_name(flag)}" for flag, condition in asked.items())
    columns = []
    for name in READ_TABLES[table].names:
        reasons = [] if name in kept else ["~reduced"]
        reasons += [f"~{name}"] if name in fields else []
        cell, when = quote_name(name), " OR ".join(map(quote_name, reasons))
        columns.append(f"CASE WHEN {when} THEN NULL ELSE {cell} END AS {cell}" if reasons else cell)
    rows = ['NOT "~"'] if "" in fields else []
    rows += [] if table in _IDENTIFYING else ['NOT "~reduced"']
    _rewrite(db, out, table, ", ".join(columns), " AND ".join(rows) or "true", flags)


def drop_withheld(db: Connection, out: Path) -> None:
    """Drop the rows of records that are withheld whole from the tables in ``out``."""
    if db.execute("SELECT count(*) FROM withheld_records").fetchone() == (0,):
        return
    for table in _OF_RECORDS:
        _rewrite(db, out, table, "*", "record IS NULL OR record NOT IN (FROM withheld_records)")


def _rewrite(db: Connection, out: Path, table: str, columns: str, where: str, flags: str = "") -> None:
    path, new = out / f"{table}.parquet", out / f".{table}.parquet"
    source = f"(SELECT *, {flags} FROM {relations.read_parquet(path)})" if flags else relations.read_parquet(path)
    relations.write_parquet(db, f"SELECT {columns} FROM {source} WHERE {where}", new)
    new.replace(path)


def without_withheld(table: str, columns: Sequence[str]) -> str:
    """The condition under which a row of a table of links says nothing of a record that is withheld whole."""
    if "record" in columns:
        return "record IS NULL OR record NOT IN (FROM withheld_records)"
    if table == "replies":
        return "telegram NOT IN (FROM withheld_telegrams)"
    if "subject_id" in columns:
        named = "SELECT 'record:' || telegram FROM withheld_telegrams"
        return f"subject_id NOT IN ({named}) AND object_id NOT IN ({named})"
    return "true"


def _telegram(db: Connection, row: Withholding, base: str, earlier: Earlier | None) -> str:
    """The key of the record that a line names."""
    name, prefix = row.record, f"{base}record/"
    if name.startswith(prefix):
        name = unquote(name.removeprefix(prefix).partition("#")[0])
    found = db.execute(
        """SELECT telegram FROM identified WHERE telegram = $name OR record = $name
        UNION SELECT i.telegram FROM minted m JOIN identified i USING (record) WHERE m.key = $name OR m.record = $name
        UNION SELECT key FROM minted WHERE (key = $name OR record = $name) AND record NOT IN (SELECT record FROM identified)""",
        {"name": name},
    ).fetchall()
    if found:
        return str(min(found)[0])
    if earlier is not None and (name in earlier.keys or any(each.record == name for each in earlier.tombstones)):
        return name
    raise InputError(
        f"{row.record!r} is no record of this publication",
        file=row.place[0],
        line=row.place[1],
        field="record",
        hint="write its IRI, its key, or source/document as in the register",
    )


def _fields(row: Withholding) -> list[tuple[str, str]]:
    """The tables and columns that a line withholds; an empty column is the rows of the table."""
    found = []
    for name in _TEXT_FIELDS.get(row.field, (row.field,)) if row.field else ():
        table, _, column = name.partition(".")
        if table in _OF_RECORDS and (not column or column in READ_TABLES[table].names) and table != "records":
            found.append((table, column))
        elif (
            name.removeprefix("records.") in READ_TABLES["records"].names
            and name.removeprefix("records.") not in _ALWAYS
        ):
            found.append(("records", name.removeprefix("records.")))
        else:
            raise InputError(
                f"{row.field!r} is no field of a record",
                file=row.place[0],
                line=row.place[1],
                field="field",
                hint="text, a column of records, TABLE or TABLE.COLUMN of the register; empty for the whole record",
            )
    return found
