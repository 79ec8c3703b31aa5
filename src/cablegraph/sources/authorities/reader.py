"""The directories of a run, read as one: what a person is may stand in two of them, a post in a third."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from cablegraph.errors import InputError
from cablegraph.register import Entry
from cablegraph.sources.authorities.gazetteer import Gazetteer
from cablegraph.sources.authorities.ledger import Ledger, Place, place_of
from cablegraph.sources.authorities.missions import Missions
from cablegraph.sources.authorities.offices import Offices
from cablegraph.sources.authorities.people import Persons
from cablegraph.sources.authorities.posts import Posts
from cablegraph.sources.authorities.trees import parse, root_name
from cablegraph.sources.source import Source

_ROOTS = (
    "person", "country-mission", "org-mission", "principal-position", "role", "concurrent-appointments", "post", "locale",
    "territory", "country", "region", "code-table",
)  # fmt: skip


def looks_like_authority(head: bytes) -> bool:
    """Tell whether a file begins like one of the directories: by its root element, which has no namespace of its own."""
    return root_name(head) in _ROOTS


def read_authorities(source: Source) -> Iterator[Entry]:
    """Read the files of the directories, however they are given, into the tables of authorities.

    Raises:
        InputError: not one of the files can be read.
    """
    reader = _Reader()
    files = [file for given in source.members or (source,) for file in given.members or (given,)]
    # An archive is read from its beginning to its end; the order of rows does not follow from it.
    for file in sorted(files, key=lambda file: (str(file.path), file.packed.start if file.packed else 0)):
        reader.read(file)
    if reader.failures and not reader.count:
        raise min(reader.failures, key=lambda error: error.file or "")
    yield from reader.rows()


class _Reader:
    def __init__(self) -> None:
        self._ledger = Ledger()
        self._persons = Persons(self._ledger)
        self._gazetteer = Gazetteer(self._ledger)
        self._posts = Posts(self._ledger, self._gazetteer)
        self._missions = Missions(self._ledger, self._gazetteer, self._posts)
        self._offices = Offices(self._ledger, self._missions)
        read: tuple[Callable[[Element, Source], None], ...] = (
            self._persons.read, self._offices.read_mission, self._offices.read_org_mission, self._offices.read_principal,
            self._offices.read_role, self._missions.read_concurrent, self._posts.read_post, self._gazetteer.read_locale,
            self._gazetteer.read_territory, self._gazetteer.read_country, self._gazetteer.read_region, self._posts.read_codes,
        )  # fmt: skip
        self._read = dict(zip(_ROOTS, read, strict=True))
        self.count = 0
        self.failures: list[InputError] = []

    def read(self, source: Source) -> None:
        """Read one file; one that cannot be read is a finding."""
        try:
            with source.open() as stream:
                root = parse(stream.read(), source.file)
        except InputError as error:
            self.failures.append(error)
            message = f"The file {error.message}; nothing of it was read. {error.hint or 'Correct it'}."
            self._ledger.tell(Place(source, error.line or 1), "unreadable file", "", "", message)
            return
        self.count += 1
        if root.tag in self._read:
            self._read[root.tag](root, source)
        else:
            message = f"No file of the directories has such a root element; nothing of it was read. Known: {', '.join(_ROOTS)}."
            self._ledger.tell(place_of(root, source), "unknown file", "", root.tag[:200], message)

    def rows(self) -> Iterator[Entry]:
        """The rows of all tables; each part knows then what the ones before it made."""
        yield from self._persons.rows()
        yield from self._gazetteer.rows()
        yield from self._posts.rows()
        yield from self._offices.rows(self._persons.keys)
        yield from self._ledger.findings()
