"""Linking: which showings are one telegram, what a reference means, which concept, post or person a name is.

``link`` changes no row that was read. It adds the tables of :data:`cablegraph.register.LINK_TABLES`, and what it recognises in the
texts to the table of mentions.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from cablegraph import relations
from cablegraph.earlier import Earlier
from cablegraph.linking import (
    authorities,
    candidates,
    concepts,
    decisions,
    directories,
    filing,
    identity,
    names,
    reconciliation,
    references,
    replies,
    responsibilities,
    showings,
    signatures,
    times,
    tombstones,
    withholding,
)
from cablegraph.linking.recognition import recognise
from cablegraph.linking.recognition.known import Known
from cablegraph.register import DIRECTORY_TABLES, LINK_TABLES, READ_TABLES, RECOGNISED
from cablegraph.withheld import Withholding

__all__ = ["link"]


def link(
    register: Path,
    out: Path,
    *,
    minted: Path | None = None,
    since: str = "",
    publish: str = "used",
    mapping_sets: Sequence[Path] = (),
    withheld: Sequence[Withholding] = (),
    links_only: Sequence[str] = (),
    base: str = "",
    earlier: Earlier | None = None,
) -> None:
    """Link a register into ``out`` (which may be the register itself).

    ``minted`` is the table of keys (record, key, since) that earlier runs gave; they are kept. ``since`` is the date
    written beside keys that are new. ``publish`` says what of directories is published: what is "used", or "all".
    ``mapping_sets`` are decisions of people about who and what is the same, in SSSOM. What is ``withheld``, and what is no
    identifier or link of the sources ``links_only`` (by their files), leaves the register in ``out``. Of the release
    ``earlier`` come the tombstones of records that are no more; ``base`` is that of the publication's IRIs.

    Raises:
        InputError: ``minted`` or a mapping set cannot be read, or what is withheld does not exist.
    """
    out.mkdir(parents=True, exist_ok=True)
    if out.resolve() != register.resolve():
        for table in READ_TABLES:
            shutil.copyfile(register / f"{table}.parquet", out / f"{table}.parquet")
    db = relations.connect([out], spill=out)
    try:
        for table in READ_TABLES:
            name = f"read_{table}" if table in (*DIRECTORY_TABLES, "mentions") else table
            relations.view_parquet(db, name, out / f"{table}.parquet")
        # Of a register that was linked before, what was recognised then does not count.
        db.execute(
            f"""CREATE VIEW mentions AS FROM read_mentions WHERE NOT starts_with(coalesce("by", ''), '{RECOGNISED}')"""
        )
        db.execute(MACROS)
        directories.see_directories(db)
        decisions.read_decisions(db, mapping_sets)
        identity.identify(db, minted, since)
        buried = withholding.withhold(db, out, withheld, links_only, base, earlier)
        decisions.check_decisions(db)
        authorities.check_authorities(db)
        known = Known(db)
        recognise(db, known)
        concepts.find_concepts(db)
        responsibilities.find_responsibilities(db, known)
        names.resolve_names(db)
        times.find_instants(db)
        references.resolve_references(db)
        reconciliation.reconcile(db, known)
        candidates.collect_candidates(db)
        signatures.recognise_signatures(db)
        filing.read_file_numbers(db)
        filing.read_tags(db)
        showings.merge_showings(db)
        replies.find_replies(db)
        directories.find_used(db, publish)
        tombstones.bury(db, earlier, buried, since)
        for table, schema in LINK_TABLES.items():
            columns = ", ".join(
                f"{relations.quote_name(field.name)}::{_SQL_TYPES[str(field.type)]} AS {relations.quote_name(field.name)}"
                for field in schema
            )
            source = relations.quote_name(f"link_{table}")
            kept = withholding.without_withheld(table, schema.names)
            relations.write_parquet(db, f"SELECT {columns} FROM {source} WHERE {kept}", out / f"{table}.parquet")
        relations.write_parquet(
            db, "FROM mentions UNION ALL (FROM recognised ORDER BY record, n)", out / ".mentions.parquet"
        )
        (out / ".mentions.parquet").replace(out / "mentions.parquet")
        withholding.drop_withheld(db, out)
    finally:
        db.close()


_SQL_TYPES = {"string": "VARCHAR", "int32": "INTEGER", "double": "DOUBLE", "list<element: string>": "VARCHAR[]"}

#: normalise() of the vocabularies, in SQL; keys escape the full stop that joins them.
MACROS = r"""
CREATE MACRO normalised(t) AS trim(regexp_replace(lower(t), '[^\p{L}\p{N}]+', ' ', 'g'));
CREATE MACRO slug(t) AS replace(normalised(t), ' ', '-');
CREATE MACRO key_part(t) AS replace(replace(t, '~', '~~'), '.', '~.');
CREATE MACRO message_key(direction, post, series, number, dated) AS
    concat_ws('.', CASE direction WHEN 'incoming' THEN 'in' WHEN 'outgoing' THEN 'out' ELSE 'any' END, key_part(post), key_part(nullif(slug(series), '')),
              key_part(number), dated);
"""
