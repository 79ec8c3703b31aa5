"""What a run keeps for the next one, so that only what is new is read and mapped. Content decides, never a file's time.

A release of ours holds it in ``.cache``, which is no part of the release: nothing refers to it, and without it the next
run does everything anew and writes the same bytes. What is kept bears a key of all that it follows from: the source or
the rows, how they are read or mapped, this program, its vocabularies and the libraries that do the work.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

from cablegraph import folders
from cablegraph.errors import InputError

FOLDER = ".cache"
#: Bytes of sources below which nothing is kept: so little is read sooner than looked up.
WORTH_KEEPING = 1 << 18
#: What tools for backups leave out: https://bford.info/cachedir/
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# What cablegraph keeps for its next run; it may be removed.\n"
_LIBRARIES = ("pyarrow", "duckdb")


@dataclass(frozen=True)
class Kept:
    """What the last run kept (``old``, None where nothing may be taken) and what this one keeps (``new``)."""

    old: Path | None
    new: Path

    def find(self, key: str) -> Path | None:
        """Find what the last run kept under a key, or None."""
        return self.old / key if self.old is not None and (self.old / key).is_file() else None

    def take(self, key: str) -> Path | None:
        """Find what the last run kept, and keep it for the next one, too."""
        found = self.find(key)
        if found is not None:
            self.keep(key, found)
        return found

    def keep(self, key: str, path: Path) -> None:
        """Keep a finished file, which nobody will write to again."""
        self.new.mkdir(parents=True, exist_ok=True)
        try:
            (self.new / key).hardlink_to(path)
        except FileExistsError:
            return
        except OSError:  # a file system without links
            shutil.copyfile(path, self.new / key)

    def mark(self) -> None:
        """Mark the folder for tools of backup and version control as one to leave out."""
        self.new.mkdir(parents=True, exist_ok=True)
        (self.new / "CACHEDIR.TAG").write_text(_TAG, encoding="utf-8", newline="\n")
        (self.new / ".gitignore").write_text("*\n", encoding="utf-8", newline="\n")


def damaged(path: Path) -> InputError:
    """The error that something kept cannot be used; nothing is guessed from what is left of it."""
    return InputError(
        "what the last run kept is damaged", file=path.name, hint="publish with --fresh to do everything anew"
    )


def key_of(*facts: object) -> str:
    """The key of what follows from these facts, from this program and from the libraries that do the work."""
    text = json.dumps([_program(), *facts], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


@functools.cache
def _program() -> str:
    digest = hashlib.sha256()
    for root, pattern in ((Path(__file__).parent, "*.py"), (folders.ONTOLOGY, "*.ttl")):
        for path in sorted(root.rglob(pattern)):
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    for name in _LIBRARIES:
        digest.update(f"{name} {importlib.metadata.version(name)}\0".encode())
    digest.update(f"{platform.python_version()} {platform.machine()}".encode())
    return digest.hexdigest()
