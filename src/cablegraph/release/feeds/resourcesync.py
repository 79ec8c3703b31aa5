"""ResourceSync (ANSI/NISO Z39.99-2017): the files of a release, and which of them each release changed, for those who mirror it.

``.well-known/resourcesync`` leads to ``feeds/resourcesync/capabilitylist.xml``, that to ``resourcelist.xml``, which names every
file with its hash, and ``changelist.xml``, which tells what each release changed. Long lists are an index of parts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import merge
from itertools import chain, groupby, islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape, quoteattr

from cablegraph.errors import InputError
from cablegraph.quads import COMPRESSIONS
from cablegraph.release.descriptions.sitemap import MOST, is_told
from cablegraph.release.feeds.appearances import Appearances
from cablegraph.release.formats import FORMATS

WELL_KNOWN = ".well-known/resourcesync"
_FOLDER = "feeds/resourcesync/"
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:rs="http://www.openarchives.org/rs/terms/"'
#: Media types by the endings of files, beside those of RDF.
_MEDIA_TYPES = {
    "cff": "application/yaml",
    "csv": "text/csv",
    "html": "text/html",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "svg": "image/svg+xml",
    "tsv": "text/tab-separated-values",
    "txt": "text/plain",
    "xml": "application/xml",
    **{ending: each.media_type for ending, each in FORMATS.items()},
    **{ending[1:]: f"application/{name}" for ending, name in COMPRESSIONS.items()},
}
#: Where the head of a list ends for sure, in characters.
_HEAD = 2_000
_ENTRY = re.compile(
    r'<url><loc>([^<]*)</loc><lastmod>([^<]*)</lastmod><rs:md(?: change="(\w+)" datetime="[^"]*")?'
    r'(?: hash="sha-256:(\w+)" length="(\d+)")?[^>]*/></url>'
)


class Entry(NamedTuple):
    """A file in a list: path in the release, SHA-256 (hexadecimal), bytes, the time since when it is so (empty: not told), and the change.

    ``change`` is ``created``, ``updated``, ``deleted`` or empty.
    """

    path: str
    sha256: str
    size: int
    time: str = ""
    change: str = ""


def write_resourcesync(
    folder: Path,
    files: Iterable[tuple[str, str, int]],
    appearances: Appearances,
    before: Path | None,
    hidden: Callable[[str], bool] = lambda path: False,
    most: int = MOST,
) -> None:
    """Write the lists of a release into its ``folder``.

    ``files`` are path, SHA-256 and size of each, in the order of paths, and are gone through more than once; what nobody
    looks for and the lists themselves are left out. ``before`` is the folder of these lists in the release before:
    what is the same since then keeps its time. Where a file that is gone is ``hidden`` not even its deletion may be
    told, so that the change list begins anew: whoever followed it has to begin with the resource list. Lists of more than ``most`` entries are parted.

    Raises:
        InputError: a list of the release before is none of ours.
    """
    new, own = appearances.this, (_FOLDER, WELL_KNOWN)

    def current() -> Iterator[Entry]:
        return (Entry(*each) for each in files if is_told(each[0]) and not each[0].startswith(own))

    def earlier(name: str) -> Iterator[Entry]:
        lists = [] if before is None else sorted(before.glob(f"{name}*.xml"), key=_number)
        return _read(lists, appearances.address)

    def compared() -> Iterator[Entry]:
        return _compared(earlier("resourcelist"), current(), new.time)

    def changes() -> Iterator[Entry]:
        for _, step in groupby(earlier("changelist"), key=_time):
            yield from _still_there(step, current())
        if before is not None and not appearances.is_again:
            yield from (each for each in compared() if each.change)

    lists = _Lists(folder / _FOLDER, appearances.address, most)
    there = (each._replace(change="") for each in compared() if each.change != "deleted")
    lists.write("resourcelist", {"at": new.time}, there)
    if before is None or any(each.change == "deleted" and hidden(each.path) for each in changes()):
        lists.write("changelist", {"from": new.time}, iter(()))
    else:
        lists.write("changelist", {"from": _since(before)}, changes())
    lists.write_capabilities()
    (folder / WELL_KNOWN).parent.mkdir(exist_ok=True)
    lists.write_description(folder / WELL_KNOWN)


def _compared(old: Iterator[Entry], new: Iterator[Entry], time: str) -> Iterator[Entry]:
    """All files of the release before (which have a time) and of this one, with what happened to them and since when they are as they are."""
    for _, both in groupby(merge(old, new, key=_path), key=_path):
        was, now = None, None
        for each in both:
            was, now = (each, now) if each.time else (was, each)
        if now is None:
            yield was._replace(time=time, change="deleted")  # type: ignore[union-attr]
        elif was is None:
            yield now._replace(time=time, change="created")
        elif was.sha256 == now.sha256:
            yield was
        else:
            yield now._replace(time=time, change="updated")


def _still_there(changes: Iterator[Entry], files: Iterator[Entry]) -> Iterator[Entry]:
    """Changes of an earlier step without those of files that are gone, of which only the deletion is told."""
    for _, both in groupby(merge(changes, files, key=_path), key=_path):
        entries = list(both)
        is_there = any(not each.time for each in entries)
        yield from (each for each in entries if each.change and (is_there or each.change == "deleted"))


def _path(entry: Entry) -> str:
    return entry.path


def _time(entry: Entry) -> str:
    return entry.time


def _number(path: Path) -> int:
    """The number of a part of a list by its name, 0 without one."""
    found = re.search(r"(\d+)\.xml$", path.name)
    return int(found[1]) if found else 0


def _since(lists: Path) -> str:
    """Since when the lists of a release tell changes: those of its change list, else the time of its resource list."""
    told = [lists / name for name in ("changelist.xml", "resourcelist.xml") if (lists / name).is_file()]
    head = ""
    if told:
        with told[0].open(encoding="utf-8") as file:
            head = file.read(_HEAD)
    found = re.search(r'<rs:md capability="\w+" (?:at|from)="([^"]+)"', head)
    if found is None:
        raise InputError(
            "has no list that tells its time", file=str(lists), hint="publish the earlier release once more"
        )
    return found[1]


def _read(lists: Iterable[Path], address: str) -> Iterator[Entry]:
    """The entries of lists as we write them, a line each; those of an index are no files of a release."""
    for path in lists:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.startswith("<url>"):
                    continue
                found = _ENTRY.fullmatch(line.rstrip("\n"))
                place = html.unescape(found[1]) if found else ""
                if found is None or not place.startswith(address):
                    raise InputError(
                        "is no entry of a list of ours", file=str(path), line=number, hint="publish the earlier release once more"
                    )  # fmt: skip
                name = unquote(place.removeprefix(address))
                yield Entry(name, found[4] or "", int(found[5] or 0), found[2], found[3] or "")


class _Lists:
    """Writes the lists into a folder; they name each other by their addresses."""

    def __init__(self, folder: Path, address: str, most: int) -> None:
        self._folder, self._address, self._most = folder, address, most
        self._capabilities: list[str] = []
        folder.mkdir(parents=True)

    def write(self, capability: str, span: Mapping[str, str], entries: Iterator[Entry]) -> None:
        """A list and the time that it tells of; parts and their index where it is long, nothing where it is empty."""
        told = {"capability": capability, **span}
        parts = _parted(map(self._line, entries), self._most)
        first, second = next(parts, None), next(parts, None)
        if first is None:
            return
        self._capabilities.append(capability)
        if second is None:
            self._write(f"{capability}.xml", told, first)
            return
        names = []
        for number, lines in enumerate(chain((first, second), parts), 1):
            names.append(f"{capability}-{number}.xml")
            self._write(names[-1], told, lines, index=f"{capability}.xml")
        self._write(
            f"{capability}.xml", told, (self._entry("sitemap", name, span) for name in names), root="sitemapindex"
        )

    def write_capabilities(self) -> None:
        """The list of what there is."""
        entries = (self._entry("url", f"{name}.xml", {"capability": name}) for name in self._capabilities)
        self._write("capabilitylist.xml", {"capability": "capabilitylist"}, entries, up=WELL_KNOWN)

    def write_description(self, path: Path) -> None:
        """The description of the source, where clients look first."""
        entry = self._entry("url", "capabilitylist.xml", {"capability": "capabilitylist"})
        _write(path, "urlset", [f"<rs:md{_attributes({'capability': 'description'})}/>\n", entry])

    def _line(self, entry: Entry) -> str:
        """A file as an entry of a list."""
        told = {"change": entry.change, "datetime": entry.time} if entry.change else {}
        if entry.change != "deleted":
            told |= {"hash": f"sha-256:{entry.sha256}", "length": str(entry.size)}
            told |= {"type": media_type} if (media_type := _media_type(entry.path)) else {}
        address = escape(self._address + quote(entry.path))
        return f"<url><loc>{address}</loc><lastmod>{entry.time}</lastmod><rs:md{_attributes(told)}/></url>\n"

    def _entry(self, element: str, name: str, told: Mapping[str, str]) -> str:
        """One of the lists as an entry of another."""
        address = escape(f"{self._address}{_FOLDER}{name}")
        return f"<{element}><loc>{address}</loc><rs:md{_attributes(told)}/></{element}>\n"

    def _write(
        self,
        name: str,
        told: Mapping[str, str],
        lines: Iterable[str],
        *,
        root: str = "urlset",
        up: str = f"{_FOLDER}capabilitylist.xml",
        index: str = "",
    ) -> None:
        links = {"up": up} | ({"index": f"{_FOLDER}{index}"} if index else {})
        head = [f"<rs:ln{_attributes({'rel': rel, 'href': self._address + to})}/>\n" for rel, to in links.items()]
        _write(self._folder / name, root, [*head, f"<rs:md{_attributes(told)}/>\n"], lines)


def _parted(lines: Iterator[str], most: int) -> Iterator[list[str]]:
    """So many lines at a time."""
    while part := list(islice(lines, most)):
        yield part


def _media_type(path: str) -> str | None:
    if path == ".well-known/void":
        return _MEDIA_TYPES["ttl"]
    return _MEDIA_TYPES.get(path.rpartition(".")[2])


def _attributes(told: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in told.items())


def _write(path: Path, root: str, *lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {_NAMESPACES}>\n')
        file.writelines(chain(*lines))
        file.write(f"</{root}>\n")
