"""Files of a site: those that are as they were in the release that stands are taken over, not written again."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from cablegraph.release.inventory import Inventory

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


class SiteFiles:
    """Writes files into a release that is being made, and tells the ``inventory`` of them.

    A file that has the same bytes in ``standing``, the release that will be replaced, becomes a second name of that one (a hard
    link, where the file system has them), so that its time stays and nothing is written. A context manager.
    """

    def __init__(self, folder: Path, standing: Path | None, inventory: Inventory) -> None:
        self._folder, self._standing, self._inventory = folder, standing, inventory
        self._open: dict[str, tuple[int, int | None]] = {}
        self.taken_over = 0

    def __enter__(self) -> SiteFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for handles in self._open.values():
            for handle in handles:
                if handle is not None:
                    os.close(handle)
        self._open.clear()

    def write(self, path: str, text: str) -> None:
        """Write a text, in UTF-8, to a path of the release that has no file yet."""
        data = text.encode()
        self._inventory.add(path, sha256(data).hexdigest(), len(data))
        above, _, name = path.rpartition("/")
        new, old = self._open.get(above) or self._enter(above)
        if old is not None and _has(old, name, data):
            # Not every file system has hard links, and each has a limit to how many names a file may have.
            with suppress(OSError):
                os.link(name, name, src_dir_fd=old, dst_dir_fd=new, follow_symlinks=False)
                self.taken_over += 1
                return
        with open(name, "xb", opener=lambda name, flags: os.open(name, flags, 0o666, dir_fd=new)) as file:
            file.write(data)

    def _enter(self, path: str) -> tuple[int, int | None]:
        """Open a folder, made where it is missing, and the one of that name in the release that stands."""
        target = self._folder / path
        target.mkdir(parents=True, exist_ok=True)
        old = None
        if self._standing is not None:
            with suppress(OSError):
                old = _descend(self._standing, path)
        handles = self._open[path] = os.open(target, _FOLDER), old
        return handles


def _descend(folder: Path, path: str) -> int:
    """Open a folder below another, following no link.

    Raises:
        OSError: there is none.
    """
    handle = os.open(folder, _FOLDER)
    for step in filter(None, path.split("/")):
        above = handle
        try:
            handle = os.open(step, _FOLDER, dir_fd=above)
        finally:
            os.close(above)
    return handle


def _has(folder: int, name: str, data: bytes) -> bool:
    """Whether a plain file of a folder has these bytes."""
    try:
        if os.stat(name, dir_fd=folder, follow_symlinks=False).st_size != len(data):
            return False
        with open(name, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW, dir_fd=folder)) as file:
            return file.read() == data
    except OSError:
        return False
