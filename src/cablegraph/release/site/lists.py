"""Lists of what has a page, for people who look around: records by date, everything else by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from cablegraph.pages import Listed, Site, to
from cablegraph.quads import RDF_TYPE
from cablegraph.relations import Connection, quote_text
from cablegraph.release.site.files import SiteFiles

FOLDER = "browse"
#: Entries of one page of a list.
A_PAGE = 500
_RICO, _DIPL = "<https://www.ica.org/standards/RiC/ontology#", "<https://w3id.org/diplomatic-records/ontology#"
#: The lists, by file name: title, and the types that stand in it; a resource stands in the first that has one of its types.
_LISTS = {
    "gone": ("Withdrawn", ("<https://www.w3.org/ns/activitystreams#Tombstone>",)),
    "records": ("Records", (f"{_RICO}Record>",)),
    "persons": ("Persons", (f"{_RICO}Person>",)),
    "posts": ("Posts and other bodies", (f"{_RICO}CorporateBody>", f"{_RICO}Agent>")),
    "files": ("Files", (f"{_RICO}RecordSet>",)),
    "places": ("Places", (f"{_RICO}Place>",)),
    "positions": ("Positions", (f"{_RICO}Position>",)),
    "subjects": ("Subjects", ("<http://www.w3.org/2004/02/skos/core#Concept>",)),
}
_OTHER = ("other", "All else")
#: Properties that date a record in the lists, the first that it has.
_DATES = (f"{_DIPL}sentAt>", f"{_DIPL}receivedAt>")
_LEXICAL = "nullif(split_part(min(o) FILTER (WHERE p = {}), '\"', 2), '')"


def make_lists(db: Connection) -> list[Listed]:
    """Make the table ``listed`` (r, list, day) of the resources of ``described``; returns the lists that are not empty."""
    kinds = "".join(
        f"WHEN list_has_any(types, [{', '.join(quote_text(each) for each in types)}]) THEN {quote_text(name)} "
        for name, (_, types) in _LISTS.items()
    )
    dates = ", ".join(_LEXICAL.format(quote_text(each)) for each in _DATES)
    db.execute(
        f"""CREATE TABLE listed AS SELECT r, CASE {kinds} ELSE '{_OTHER[0]}' END AS list, day FROM (
            SELECT r, coalesce(list(o) FILTER (WHERE p = '{RDF_TYPE}'), []) AS types, coalesce({dates}, '') AS day
            FROM described WHERE NOT contains(s, '#') GROUP BY r)"""
    )
    counts = dict(db.execute("SELECT list, count(*) FROM listed GROUP BY list").fetchall())
    order = [*(name for name in _LISTS if name != "gone"), _OTHER[0], "gone"]
    return [Listed(_path(name, 1), _title(name), counts[name]) for name in order if name in counts]


def write_lists(db: Connection, site: Site, lists: Sequence[Listed], files: SiteFiles) -> None:
    """Write the pages of all lists."""
    for each in lists:
        name = each.path.removeprefix(f"{FOLDER}/").removesuffix(".html")
        found = db.execute("SELECT r, day FROM listed WHERE list = ?", [name]).fetchall()
        entries = sorted(
            (day[:10], _label(site, r).casefold(), r[1 + len(site.base) :], _label(site, r)) for r, day in found
        )
        pages = [entries[start : start + A_PAGE] for start in range(0, len(entries), A_PAGE)]
        for number, page in enumerate(pages, 1):
            files.write(_path(name, number), "".join(_page(site, each, name, number, pages, page)))


_Entry = tuple[str, str, str, str]
"""Day, label as it is sorted, IRI relative to the base, label."""


def _page(
    site: Site, about: Listed, name: str, number: int, pages: Sequence[Sequence[_Entry]], entries: Sequence[_Entry]
) -> Iterator[str]:
    heading = about.title if len(pages) == 1 else f"{about.title}, {number} of {len(pages)}"
    yield site.frame.open(heading, FOLDER, current=about.path)
    yield f"<h1>{escape(heading)}</h1>\n<p>{about.number:,} in all.</p>\n"
    pager = "".join(_pager(name, number, pages))
    yield pager
    dated = any(day for day, *_ in entries)
    for group, members in groupby(entries, _group):
        if len(entries) > 1 and group:
            yield f"<h2>{escape(group)}</h2>\n"
        yield '<ul class="entries">\n'
        for day, _, local, label in members:
            item = f'<li class="dated"><span class="day">{escape(day)}</span> ' if dated else "<li>"
            link = to(f"{site.paths[local]}.html", FOLDER)
            yield f'{item}<a href="{link}"><bdi>{escape(label)}</bdi></a></li>\n'
        yield "</ul>\n"
    yield pager
    yield site.frame.close()


def _group(entry: _Entry) -> str:
    """What parts a page: the month of a day."""
    return entry[0][:7]


def _pager(name: str, number: int, pages: Sequence[Sequence[_Entry]]) -> Iterator[str]:
    if len(pages) == 1:
        return
    yield '<nav aria-label="Pages of this list"><ul class="pages">\n'
    for at, page in enumerate(pages, 1):
        first = page[0][0] or page[0][3][:24]
        here = ' aria-current="page"' if at == number else ""
        yield f'<li><a href="{to(_path(name, at), FOLDER)}"{here}>{at}: <bdi>{escape(first)}</bdi></a></li>\n'
    yield "</ul></nav>\n"


def _path(name: str, number: int) -> str:
    return f"{FOLDER}/{name}.html" if number == 1 else f"{FOLDER}/{name}-{number}.html"


def _title(name: str) -> str:
    return _LISTS[name][0] if name in _LISTS else _OTHER[1]


def _label(site: Site, resource: str) -> str:
    return site.label(resource[1:]) or resource[1 + len(site.base) :]
