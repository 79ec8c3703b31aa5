"""An earlier release of the publication, as its manifest tells of it: which records it had, and what was gone by then."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cablegraph.errors import InputError
from cablegraph.folders import MANIFEST

#: What a release may be called: versions name folders, and are parted by two full stops there.
VERSION = re.compile(r"(?!.*\.\.)[0-9A-Za-z](?:[0-9A-Za-z._+-]{0,62}[0-9A-Za-z+_-])?")
VERSION_HINT = "such as 1.2.0, or a date"


@dataclass(frozen=True)
class Tombstone:
    """What is left of a record: its key, ``deleted`` or ``withheld``, why, when (``YYYY-MM-DD``), and the last release (its version) that had it."""

    record: str
    kind: str
    reason: str
    date: str
    version: str | None


@dataclass(frozen=True)
class Earlier:
    """A release that stands in ``folder``.

    ``records`` are the keys of records by the file of their source (those shown by several stand under each); stubs have
    no source. ``changes`` are the steps that lead to it, as its manifest has them.
    """

    folder: Path
    name: str
    base: str
    version: str
    issued: str
    records: Mapping[str, frozenset[str]]
    stubs: frozenset[str]
    tombstones: tuple[Tombstone, ...]
    previous: Mapping[str, Any] | None
    changes: tuple[Mapping[str, Any], ...]

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all its records."""
        return self.stubs.union(*self.records.values())

    def last_with(self, key: str) -> str | None:
        """The version of the last release that had a record, as far as is known."""
        buried = next((each.version for each in self.tombstones if each.record == key), None)
        return self.version if key in self.keys else buried


def read_earlier(folder: Path) -> Earlier:
    """Read what an earlier release had.

    Raises:
        InputError: the folder is no release, or its manifest is not one of ours.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        found = Earlier(
            folder,
            manifest["name"],
            manifest["base"],
            manifest["version"],
            manifest["issued"],
            {each["file"]: frozenset(each["documents"].values()) for each in manifest["sources"]},
            frozenset(manifest["stubs"]),
            tuple(Tombstone(**each) for each in manifest["tombstones"]),
            manifest["previous"],
            tuple(dict(step) for step in manifest["changes"]),
        )
    except FileNotFoundError as error:
        raise InputError("is no release: it has no manifest.json", file=str(folder)) from error
    except (OSError, ValueError) as error:
        raise InputError("the manifest cannot be read", file=str(path), hint=str(error)) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            "the manifest is none of a release of this version", file=str(path), hint="publish it once more"
        ) from error
    for version in (found.version, *(step.get(end) for step in found.changes for end in ("from", "to"))):
        if not VERSION.fullmatch(str(version)):
            raise InputError(f"{version!r} is no version", file=str(path), hint=VERSION_HINT)
    return found


def minted_of(minted: Path, earlier: Earlier | None) -> Path:
    """The file of keys that earlier releases gave: the publication's own, else that of the release before."""
    if earlier is not None and not minted.exists():
        return earlier.folder / minted.name
    return minted
