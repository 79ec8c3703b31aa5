"""The pages of resources: each IRI of the publication that is described, with its fragments, as HTML, Turtle and JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from cablegraph.pages import Incoming, Site, describe, page
from cablegraph.pages.terms import text_of
from cablegraph.relations import Connection, joined_texts, quote_text
from cablegraph.release.formats import PREFIXES, Names, jsonld_pages, turtle_pages
from cablegraph.release.site.files import SiteFiles

#: How many links by one property a page shows.
MOST_SHOWN = 100
#: Rows that are fetched at a time: a block of texts is held once, and the texts of one resource.
_ROWS = 20_000
_LABELS = ("<http://www.w3.org/2000/01/rdf-schema#label>", "<http://www.w3.org/2004/02/skos/core#prefLabel>")
_RESOURCE = "rtrim(split_part({}, '#', 1), '>')"
_first = itemgetter(0)


def describe_resources(db: Connection, base: str) -> None:
    """Make the tables ``described`` (r, s, p, o, g: each triple of our resources once, resource by resource) and ``incoming``.

    ``r`` is the IRI of a resource without its closing bracket; ``g`` is empty.
    """
    own = f"starts_with(s, {quote_text(f'<{base}')})"
    db.execute(
        f"CREATE TABLE described AS SELECT {_RESOURCE.format('s')} AS r, s, p, o, '' AS g FROM quads "
        f"WHERE NOT again AND {own} ORDER BY r, rowid"
    )
    db.execute("CREATE TABLE resources AS SELECT DISTINCT r FROM described")
    db.execute(
        f"""CREATE TABLE incoming AS SELECT r, p, s, number FROM (
            SELECT r, p, s, count(*) OVER (PARTITION BY r, p) AS number, row_number() OVER (PARTITION BY r, p ORDER BY s) AS place
            FROM (SELECT DISTINCT {_RESOURCE.format("o")} AS r, p, r || '>' AS s FROM described
                WHERE starts_with(o, {quote_text(f"<{base}")}) AND {_RESOURCE.format("o")} <> described.r)
            WHERE r IN (FROM resources))
        WHERE place <= {MOST_SHOWN} ORDER BY r, p, s"""
    )


def resources(db: Connection, base: str) -> list[str]:
    """The IRIs of our resources relative to the base, in order."""
    return [r[1 + len(base) :] for (r,) in db.execute("FROM resources ORDER BY r").fetchall()]


def labels(db: Connection, base: str) -> dict[str, str]:
    """The labels of our resources by IRI relative to the base; the first of several."""
    names = ", ".join(quote_text(name) for name in _LABELS)
    found = db.execute(
        f"SELECT s, min_by(o, (p, o)) FROM described WHERE p IN ({names}) AND NOT contains(s, '#') GROUP BY s"
    ).fetchall()
    return {s[1 + len(base) : -1]: text_of(o)[0] for s, o in found}


def write_resources(db: Connection, site: Site, files: SiteFiles) -> None:
    """Write the three pages of each resource of the table ``described``, in a stream."""
    _write_html(db, site, files)
    names = Names(site.base, PREFIXES)
    for ending, pages in (("ttl", turtle_pages), ("jsonld", jsonld_pages)):
        made = pages(db, names, "described")
        for resource, texts in joined_texts(db, made.query):
            files.write(f"{_path(site, resource)}.{ending}", made.text(texts))


def _write_html(db: Connection, site: Site, files: SiteFiles) -> None:
    incoming = groupby(_rows(db, "FROM incoming"), _first)
    following = next(incoming, None)
    for resource, rows in groupby(_rows(db, "SELECT r, s, p, o FROM described"), _first):
        links: list[Incoming] = []
        if following is not None and following[0] == resource:
            links = [Incoming(*row[1:]) for row in following[1]]
            following = next(incoming, None)
        about = describe(resource[1:], (row[1:] for row in rows), links)
        files.write(f"{_path(site, resource)}.html", page(site, about))


def _path(site: Site, resource: str) -> str:
    return site.paths[resource[1 + len(site.base) :]]


def _rows(db: Connection, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, block by block, over a cursor of its own, so that two can be read side by side."""
    for batch in db.cursor().sql(query).to_arrow_reader(_ROWS):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
