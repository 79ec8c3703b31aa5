"""Where the page of an IRI stands, by names that every file system and every web host takes, and links that need no host."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from urllib.parse import quote, unquote

#: Bytes of the longest name of a file, ending included, that all usual file systems take.
_LONGEST = 180
#: What no name may hold or be, on one system or another.
_UNSAFE = re.compile(r'[<>:"/\\|?*]|^[. ]|[. ]$|^~')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index)(?:\..*)?", re.IGNORECASE)

#: A folder of such a name could be a page as well.
_FILE = re.compile(r"\.(?:html|ttl|jsonld)$", re.IGNORECASE)


class Paths:
    """The pages of a publication: each IRI (relative to the base, percent-encoded) and its path, without ending.

    A name is the decoded key; one that some system does not take, or that differs from an earlier one in capitals only,
    is encoded and bears a digest. So does a first step that is one of ``taken_steps`` (in small letters). The same IRIs in the same order have the same paths.
    """

    def __init__(self, iris: Iterable[str], taken_steps: Collection[str] = ()) -> None:
        self._paths: dict[str, str] = {}
        taken: set[str] = set()
        for iri in iris:
            *above, last = iri.split("/")
            steps = [*(_name(step, folder=True) for step in above), _name(last)]
            if steps[0].casefold() in taken_steps:
                steps[0] += f"~{_digest(iri.partition('/')[0])}"
            path = "/".join(steps)
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


def _name(step: str, *, folder: bool = False) -> str:
    name = unquote(step)
    if (
        not name.isprintable()
        or _UNSAFE.search(name)
        or _RESERVED.fullmatch(name)
        or (folder and _FILE.search(name))
        or not name
        or len(name.encode()) > _LONGEST
    ):
        return f"{quote(name, safe='')[: _LONGEST // 2].strip('.~') or 'page'}~{_digest(step)}"
    return name


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
