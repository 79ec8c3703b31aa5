"""A Linked Data Event Stream: what each release says of each resource, as members that never change on pages that never change.

``feeds/ldes/index.trig`` is the stream with its root node, which leads to the pages of each release, ``VERSION/0001.trig`` and
so on, of a fixed number of members. (One level: clients give members out in the order of times from that only.) A member is an activity (``as:Create``, ``as:Update`` or ``as:Delete``) on a resource, an
IRI without fragment; the named graph that bears the member's IRI has all triples of the resource and its fragments, the
union of the graphs of the release. The specification: https://w3id.org/ldes/specification, for clients
https://w3id.org/tree/specification.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from cablegraph import quads, relations
from cablegraph.errors import InputError
from cablegraph.publication import Publication
from cablegraph.release.feeds.appearances import Appearances
from cablegraph.release.feeds.forgetting import forget
from cablegraph.release.formats import PREFIXES, Names
from cablegraph.release.formats.turtle import begin_turtle, statement

#: Members of a page: some 7,000 triples where telegrams come with their texts.
MEMBERS_A_PAGE = 100
#: Prefixes of the pages, beside those of the dumps; ``v`` stands for the members of a page.
NAMESPACES = {
    "as": "https://www.w3.org/ns/activitystreams#",
    "ldes": "https://w3id.org/ldes#",
    "tree": "https://w3id.org/tree#",
}
_TOMBSTONE = f"<{NAMESPACES['as']}Tombstone>"
_INDEX = "index.trig"
_PREFIXES = "".join(
    f"@prefix {prefix}: <{iri}> .\n"
    for prefix, iri in sorted(NAMESPACES.items() | {(name, PREFIXES[name]) for name in ("dcterms", "xsd")})
)


def write_ldes(
    db: relations.Connection,
    folder: Path,
    publication: Publication,
    appearances: Appearances,
    before: Path | None,
    step: Path | None,
) -> None:
    """Write the stream into ``folder`` from the table ``quads``.

    ``before`` is the stream of the release before, whose pages are taken over as they are, and ``step`` the folder of the
    changes since then; without both every resource is a member. What the step withdraws leaves the pages that are taken over.

    Raises:
        InputError: the stream of the release before is not whole.
    """
    address = f"{appearances.address}feeds/ldes/"
    if before is not None and appearances.is_again:
        _take_over(before, folder)
        return
    if before is not None and step is not None:
        _take_over(before, folder)
        forget(folder, step / "withdrawn.csv")
        members = _of_changes(db, step)
    else:
        folder.mkdir()
        members = _of_all(db)
    head = begin_turtle(db, Names(publication.base, PREFIXES | NAMESPACES))
    _Pages(folder, address, appearances).write(db, members, head)
    _write_root(folder, address, publication, appearances)


def _take_over(before: Path, folder: Path) -> None:
    try:
        shutil.copytree(before, folder)
    except (OSError, shutil.Error) as error:
        raise InputError("the earlier release is not whole", file=str(before), hint=str(error)) from error


#: The resource of a subject, as a term.
_RESOURCE = "split_part(rtrim(s, '>'), '#', 1) || '>'"


def _of_all(db: relations.Connection) -> str:
    """The rows of all resources as members (columns member, kind, resource, s, p, o), in the order of quads, which is streamed."""
    # Only an exclamation mark comes before the fragments of an IRI that it follows, so that only then resources lie apart.
    ((is_apart,),) = db.execute("SELECT count(*) > 0 FROM quads WHERE contains(s, '!')").fetchall()
    return f"""
        SELECT sum(CASE WHEN resource = resource_before THEN 0 ELSE 1 END) OVER (ROWS UNBOUNDED PRECEDING)::INTEGER AS member,
            CASE WHEN resource IN (SELECT s FROM quads WHERE p = '{quads.RDF_TYPE}' AND o = '{_TOMBSTONE}')
                THEN 'Delete' ELSE 'Create' END AS kind, resource, s, p, o
        FROM (SELECT *, lag(resource) OVER () AS resource_before
            FROM (SELECT s, p, o, {_RESOURCE} AS resource FROM quads WHERE NOT again AND starts_with(s, '<')
                {"ORDER BY resource, rowid" if is_apart else ""}))"""


def _of_changes(db: relations.Connection, step: Path) -> str:
    """The rows of the resources that a step changed, as those of :func:`_of_all`; one without quads has a row without triple.

    What only a withheld record led to is named by its digest, as in the step.
    """
    resources, withdrawn = (
        f"read_csv({relations.quote_path(step / name)}, header = true, all_varchar = true, auto_detect = false, "
        f"delim = ',', quote = '\"', escape = '\"', hive_partitioning = false, columns = {{{columns}}})"
        for name, columns in (
            ("resources.csv", "'iri': 'VARCHAR', 'type': 'VARCHAR', 'change': 'VARCHAR', 'added': 'VARCHAR', 'removed': 'VARCHAR'"),
            ("withdrawn.csv", "'subject': 'VARCHAR', 'property': 'VARCHAR'"),
        )
    )  # fmt: skip
    db.execute(
        f"""CREATE OR REPLACE TEMP TABLE ldes_members AS
        SELECT (row_number() OVER ())::INTEGER AS member, kind, resource FROM (
            SELECT '<' || iri || '>' AS resource, CASE change WHEN 'created' THEN 'Create' WHEN 'changed' THEN 'Update' ELSE 'Delete' END AS kind
            FROM {resources} WHERE NOT starts_with(iri, '_:')
            UNION ALL SELECT DISTINCT '<' || subject || '>', 'Delete' FROM {withdrawn} WHERE starts_with(subject, 'sha256:')
            ORDER BY resource)"""
    )
    return f"""
        SELECT member, kind, m.resource, s, p, o FROM ldes_members m
        LEFT JOIN (SELECT s, p, o, rowid AS place, {_RESOURCE} AS resource FROM quads WHERE NOT again) q ON q.resource = m.resource
        ORDER BY member, place"""


class _Pages:
    """The pages of a release: each has so many members, and they are written one after the other."""

    def __init__(self, folder: Path, address: str, appearances: Appearances) -> None:
        self._folder = folder / appearances.this.version
        self._address = f"{address}{appearances.this.version}/"
        self._stream = f"{address}{_INDEX}#stream"
        self._time = appearances.this.time

    def write(self, db: relations.Connection, members: str, head: bytes) -> None:
        """Write the pages; none where there are no members."""
        written = 0
        file = None
        try:
            for page, text in relations.text_runs(db, self._texts(members)):
                if page > written:
                    if file is not None:
                        file.close()
                    written, name = page, f"{page:04}.trig"
                    self._folder.mkdir(exist_ok=True)
                    file = (self._folder / name).open("wb")
                    file.write(head[:-1] + self._begin(name))
                file.write(text)  # type: ignore[union-attr]
        finally:
            if file is not None:
                file.close()

    def _begin(self, name: str) -> bytes:
        page = f"{self._address}{name}"
        return (f"@prefix v: <{page}#> .\n\n<{page}> a tree:Node ;\n    ldes:immutable true .\n\n").encode()

    def _texts(self, members: str) -> str:
        """The query of the texts of members (columns page and text); a row begins and ends what has to be begun and ended."""
        stream = relations.quote_text(f"<{self._stream}> tree:member v:")
        return f"""
            SELECT (member - 1) // {MEMBERS_A_PAGE} + 1 AS page, concat(
                CASE WHEN is_first THEN concat({stream}, member, ' .\n',
                    'v:', member, ' a as:', kind, ' ;\n    as:object ', short_iri(resource), ' ;\n    as:published "{self._time}"^^xsd:dateTime .\n',
                    CASE WHEN s IS NULL THEN '\n' ELSE concat('v:', member, ' {{\n\n') END) ELSE '' END,
                CASE WHEN s IS NULL THEN '' ELSE {statement("NOT is_first", "    ")} END,
                CASE WHEN is_last AND s IS NOT NULL THEN ' .\n\n}}\n\n' ELSE '' END) AS text
            FROM (SELECT *, lag(s) OVER () AS s_before, lag(p) OVER () AS p_before,
                coalesce(lag(member) OVER () <> member, true) AS is_first, coalesce(lead(member) OVER () <> member, true) AS is_last
                FROM ({members}))"""


def _write_root(folder: Path, address: str, publication: Publication, appearances: Appearances) -> None:
    """The stream and its root node, which leads to all pages."""
    index = f"{address}{_INDEX}"
    stream = f"<{index}#stream>"
    lines = [
        f"{_PREFIXES}\n",
        f"{stream} a ldes:EventStream ;\n    dcterms:title {ox.Literal(publication.title, language=publication.language)} ;\n",
        f"    dcterms:license <{publication.licence}> ;\n    dcterms:source <{publication.base}dataset> ;\n",
        "    ldes:timestampPath as:published ;\n    ldes:versionOfPath as:object ;\n",
        "    ldes:versionCreateObject as:Create ;\n    ldes:versionUpdateObject as:Update ;\n",
        f"    ldes:versionDeleteObject as:Delete ;\n    tree:view <{index}> .\n\n",
        f"<{index}> a tree:Node, ldes:EventSource .\n",
    ]
    for each in appearances.all:
        for page in sorted((folder / each.version).glob("*.trig"), key=lambda path: (len(path.name), path.name)):
            name = f"{each.version}-{page.stem}"
            lines += _relations(index, name, each.time, f"{address}{each.version}/{page.name}")
    (folder / _INDEX).write_text("".join(lines), encoding="utf-8", newline="\n")


def _relations(node: str, name: str, time: str, to: str) -> Iterator[str]:
    """The relations that lead from a node to another, all of whose members are of one time: clients that emit members in order go by them."""
    for bound, kind in (("from", "GreaterThanOrEqualTo"), ("to", "LessThanOrEqualTo")):
        relation = f"<{node}#{name}-{bound}>"
        yield (
            f"\n<{node}> tree:relation {relation} .\n{relation} a tree:{kind}Relation ;\n    tree:path as:published ;\n"
            f'    tree:value "{time}"^^xsd:dateTime ;\n    tree:node <{to}> .\n'
        )
