"""Records for OAI-PMH, as a service gives them out: it maps nothing, and looks for datestamps and sets only.

``feeds/oai-pmh/records.parquet`` (``.csv`` where the tables of the release are CSV alone) has a row for each record but the
stubs, and for each tombstone, in the order of datestamps and identifiers:

==========  =======  ============================================================================================
identifier  text     ``oai:HOST:KEY``: the host of the base, and what of the IRI follows ``<base>record/``
datestamp   text     since when the row is as it is: the time of a release, ``YYYY-MM-DDThh:mm:ssZ`` (UTC)
deleted     boolean  whether the record is gone; it has no metadata then
sets        text     the sets (setSpec), parted by ``|``: the named graphs that describe the record
oai_dc      text     simple Dublin Core, by the Dublin Core properties of EDM; null where deleted
edm         text     the record in EDM, as RDF/XML; null where deleted
==========  =======  ============================================================================================

``sets.csv`` (set, name) tells the graph (an IRI) of each set. See https://www.openarchives.org/OAI/openarchivesprotocol.html.
"""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from cablegraph import quads, relations
from cablegraph.errors import InputError
from cablegraph.publication import Publication
from cablegraph.release.dumps import graph_names
from cablegraph.release.edm import EDM, TERMS, records_in_edm
from cablegraph.release.feeds.appearances import Appearances
from cablegraph.release.formats import PREFIXES, Names
from cablegraph.release.formats.names import map_of
from cablegraph.release.formats.rdfxml import NO_XML, define_elements

_DC = "http://purl.org/dc/elements/1.1/"
_DCT = "http://purl.org/dc/terms/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TOMBSTONE = "<https://www.w3.org/ns/activitystreams#Tombstone>"
_NAMESPACES = {
    "dc": _DC,
    "edm": EDM,
    "ore": "http://www.openarchives.org/ore/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
}
#: Elements of simple Dublin Core that stand for what EDM says by finer properties, as DCMI refines them.
_SIMPLE = {
    f"{_DC}creator": "creator",
    f"{_DC}identifier": "identifier",
    f"{_DC}language": "language",
    f"{_DC}subject": "subject",
    f"{_DC}title": "title",
    f"{_DC}type": "type",
    f"{_DCT}alternative": "title",
    f"{_DCT}created": "date",
    f"{_DCT}isPartOf": "relation",
    f"{_DCT}references": "relation",
    f"{_DCT}spatial": "coverage",
    f"{EDM}dataProvider": "publisher",
    f"{EDM}isShownAt": "identifier",
    f"{EDM}rights": "rights",
}
_OAI_DC = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd">\n'
)
_COLUMNS = ("identifier", "datestamp", "deleted", "sets", "oai_dc", "edm")
#: What a row says beside its datestamp, as one digest.
_DIGEST = "md5(concat_ws('|', deleted::VARCHAR, coalesce(sets, ''), coalesce(oai_dc, ''), coalesce(edm, '')))"
#: Rows that are read or written at a time: some 20 MB.
_ROWS = 4_096
#: Records that are made at a time.
_RECORDS = 10_000


def write_oai_pmh(
    db: relations.Connection, folder: Path, publication: Publication, appearances: Appearances, before: Path | None
) -> None:
    """Write the records of the table ``quads`` into ``folder``; ``before`` is that of the release before, whose datestamps stay where a row is the same.

    Raises:
        InputError: the records of the release before cannot be read.
    """
    folder.mkdir()
    with records_in_edm(db, publication):
        _take_sets(db, folder)
        _make_records(db, publication)
    _take_told(db, before)
    rows = f"""
        SELECT identifier, CASE WHEN {_DIGEST} = digest THEN datestamp ELSE '{appearances.this.time}' END AS datestamp,
            deleted, sets, oai_dc, edm
        FROM (SELECT n.* REPLACE (CASE WHEN n.deleted THEN coalesce(t.sets, n.sets) ELSE n.sets END AS sets), t.datestamp, t.digest
            FROM oai_records n LEFT JOIN oai_told t ON t.identifier = n.identifier) ORDER BY datestamp, identifier"""
    if publication.tables == ("csv",):
        target = relations.quote_text(str((folder / "records.csv").resolve()))
        db.execute(f"COPY ({rows}) TO {target} (FORMAT csv, HEADER true)")
    else:
        _write_parquet(db, rows, folder / "records.parquet")
    for table in ("records", "told", "sets"):
        db.execute(f"DROP TABLE oai_{table}")


def _write_parquet(db: relations.Connection, rows: str, path: Path) -> None:
    """Write rows in their order. DuckDB's own writer gives other bytes to the same rows where a plan differs; Arrow's does not."""
    reader = db.sql(rows).to_arrow_reader(_ROWS)
    few = ["datestamp", "sets"]
    with pyarrow.parquet.ParquetWriter(path, reader.schema, compression="zstd", use_dictionary=few) as file:
        for batch in reader:
            file.write_batch(batch)


def _take_sets(db: relations.Connection, folder: Path) -> None:
    """Make the table of records and tombstones with their sets (r, deleted, sets), and write what the sets are."""
    db.execute(
        f"""CREATE TEMP TABLE oai_sets AS SELECT s AS r, bool_or(o = '{_TOMBSTONE}' AND p = '{quads.RDF_TYPE}') AS deleted, list(DISTINCT g ORDER BY g) AS graphs
        FROM quads WHERE s IN (SELECT r FROM edm_records UNION ALL SELECT s FROM quads WHERE p = '{quads.RDF_TYPE}' AND o = '{_TOMBSTONE}')
        GROUP BY s"""
    )
    graphs = [g for (g,) in db.execute("SELECT DISTINCT unnest(graphs) AS g FROM oai_sets ORDER BY g").fetchall()]
    names = list(zip(graphs, graph_names(graphs), strict=True))
    db.execute(f"CREATE OR REPLACE TEMP MACRO set_of(g) AS {map_of(names)}[g]")
    with (folder / "sets.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["set", "name"])
        rows.writerows((name, graph.strip("<>") or "the default graph") for graph, name in names)


def _make_records(db: relations.Connection, publication: Publication) -> None:
    """Make the table of the rows of the file, without datestamps, in no order: so many records at a time, since what DuckDB aggregates it holds in memory."""
    # Always the same namespaces: they stand in each record, and may not change it.
    namespaces = define_elements(db, Names(publication.base, PREFIXES | _NAMESPACES), TERMS)
    # What XML has no form for gives way to the character that stands for what is unknown.
    db.execute(
        f"""CREATE OR REPLACE MACRO sayable(t) AS replace(regexp_replace(replace(t, '\\\\', chr(13)),
            {relations.quote_text(NO_XML)}, chr(65533), 'g'), chr(13), '\\\\')"""
    )
    db.execute(
        "CREATE TEMP TABLE oai_records (identifier VARCHAR, deleted BOOLEAN, sets VARCHAR, oai_dc VARCHAR, edm VARCHAR)"
    )
    query = f"INSERT INTO oai_records {_records(publication.base, namespaces)}"
    bounds = db.execute(
        f"SELECT min(r), max(r) FROM (SELECT r, (row_number() OVER (ORDER BY r) - 1) // {_RECORDS} AS part FROM oai_sets) GROUP BY part ORDER BY part"
    )
    for first, last in bounds.fetchall():
        db.execute(query, {"first": first, "last": last})


def _records(base: str, namespaces: str) -> str:
    """The query of the rows of some records, those from ``$first`` to ``$last``."""
    simple = ", ".join(f"('<{finer}>', '{element}')" for finer, element in _SIMPLE.items())
    key = f"regexp_replace(trim(r, '<>')[{len(base) + 1}:], '^record/', '')"
    is_type = f"p = '{quads.RDF_TYPE}'"
    return f"""
        WITH own AS MATERIALIZED (SELECT DISTINCT r, s, p, sayable(o) AS o FROM edm_own WHERE r BETWEEN $first AND $last),
        context AS MATERIALIZED (SELECT DISTINCT r, c.s FROM own JOIN edm_context c ON c.s = o),
        said AS MATERIALIZED (SELECT DISTINCT s, p, sayable(o) AS o FROM edm_said WHERE s IN (SELECT s FROM context)),
        labels AS (
            SELECT s, coalesce(min(o) FILTER (WHERE p = '<{EDM}begin>'), min(o) FILTER (WHERE p = '<{_SKOS}prefLabel>')) AS label FROM said GROUP BY s),
        simple AS (
            SELECT r, string_agg(line, '' ORDER BY line) AS lines
            FROM (SELECT DISTINCT r, concat('  <dc:', element, lang, '>', xml_text(said), '</dc:', element, '>\n') AS line FROM (
                SELECT r, element, CASE WHEN starts_with(o, '"') THEN lexical(o) ELSE trim(o, '<>') END AS said,
                    CASE WHEN starts_with(o, '"') AND language_of(o) <> '' THEN concat(' xml:lang="', language_of(o), '"') ELSE '' END AS lang
                FROM (SELECT r, element, coalesce(label, o) AS o FROM own
                    JOIN (VALUES {simple}) simple(finer, element) ON p = finer LEFT JOIN labels ON labels.s = o)))
            GROUP BY r),
        elements AS (
            SELECT s, concat('<', element(class), ' ', resource(s, 'rdf:about'), '>\n', statements, '</', element(class), '>\n') AS xml
            FROM (SELECT s, min(o) FILTER (WHERE {is_type}) AS class,
                    string_agg(concat('  <', element(p), value(p, o), '\n'), '' ORDER BY p, o) FILTER (WHERE NOT {is_type}) AS statements
                FROM (SELECT s, p, o FROM own UNION SELECT s, p, o FROM said) GROUP BY s)),
        parts AS (
            SELECT DISTINCT r, s, CASE WHEN s = r THEN 0 ELSE 2 END AS place FROM own
            UNION ALL SELECT r, s, 1 FROM context),
        whole AS (SELECT r, string_agg(xml, '' ORDER BY place, s) AS elements FROM parts JOIN elements USING (s) GROUP BY r)
        SELECT {relations.quote_text(f"oai:{urlsplit(base).hostname}:")} || {key} AS identifier,
            deleted, array_to_string(list_transform(graphs, lambda g: set_of(g)), '|') AS sets,
            {relations.quote_text(_OAI_DC)} || lines || '</oai_dc:dc>' AS oai_dc,
            {relations.quote_text(f"<rdf:RDF{namespaces}>")} || chr(10) || elements || '</rdf:RDF>' AS edm
        FROM oai_sets LEFT JOIN simple USING (r) LEFT JOIN whole USING (r)
        WHERE r BETWEEN $first AND $last AND starts_with(r, {relations.quote_text("<" + base)})"""


def _take_told(db: relations.Connection, before: Path | None) -> None:
    """Make the table of what the release before said: identifier, datestamp, sets, digest of the row."""
    db.execute("CREATE TEMP TABLE oai_told (identifier VARCHAR, datestamp VARCHAR, sets VARCHAR, digest VARCHAR)")
    for path in () if before is None else sorted(before.glob("records.*")):
        try:
            db.register("oai_rows", _open(path))
            db.execute(f"INSERT INTO oai_told SELECT identifier, datestamp, sets, {_DIGEST} FROM oai_rows")
        except (OSError, pa.ArrowException, duckdb.Error) as error:
            raise InputError(
                "the records of the earlier feed cannot be read", file=str(path), hint=str(error)
            ) from error
        db.unregister("oai_rows")


def _open(path: Path) -> pa.RecordBatchReader:
    """The rows of a file of records as a stream."""
    if path.suffix == ".csv":
        return pyarrow.csv.open_csv(
            path,
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(_COLUMNS, pa.string())),
        )
    file = pyarrow.parquet.ParquetFile(path)
    return pa.RecordBatchReader.from_batches(file.schema_arrow, file.iter_batches(_ROWS))
