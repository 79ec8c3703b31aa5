"""Where the page of an IRI stands, by names that every file system and every web host takes, and links that need no host."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from posixpath import relpath
from urllib.parse import quote, unquote

#: Bytes of the longest name of a file, ending included, that all usual file systems take.
_LONGEST = 180
#: What no name may hold or be, on one system or another.
_UNSAFE = re.compile(r'[<>:"/\\|?*]|^[. ]|[. ]$|^~')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index)(?:\..*)?", re.IGNORECASE)


class Paths:
    """The pages of a publication: each IRI (relative to the base, percent-encoded) and its path, without ending.

    A name is the decoded key; one that some system does not take, or that differs from an earlier one in capitals only,
    is encoded and bears a digest. The same IRIs in the same order have the same paths.
    """

    def __init__(self, iris: Iterable[str]) -> None:
        self._paths: dict[str, str] = {}
        taken: set[str] = set()
        for iri in iris:
            path = "/".join(_name(step) for step in iri.split("/"))
            if path.casefold() in taken:
                path = f"{path}~{_digest(iri)}"
            taken.add(path.casefold())
            self._paths[iri] = path

    def __contains__(self, iri: str) -> bool:
        """Whether an IRI has a page."""
        return iri in self._paths

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self._paths)

    def __getitem__(self, iri: str) -> str:
        """The path of an IRI's page, without ending.

        Raises:
            KeyError: it has none.
        """
        return self._paths[iri]

    def link(self, iri: str, start: str) -> str:
        """The link to the page of an IRI from one in the folder ``start``, as it stands in a page."""
        return quote(relpath(f"{self._paths[iri]}.html", start or "."))


def _name(step: str) -> str:
    name = unquote(step)
    if (
        not name.isprintable()
        or _UNSAFE.search(name)
        or _RESERVED.fullmatch(name)
        or not name
        or len(name.encode()) > _LONGEST
    ):
        return f"{quote(name, safe='')[: _LONGEST // 2].rstrip('.')}~{_digest(step)}"
    return name


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
