"""A release appears whole or not at all.

It is written into ``.<name>.partial`` beside the target, flushed to disk, and exchanged with the target in one step
where the system can (``renameat2``), else by two renames that the next command completes.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cablegraph.errors import InputError
from cablegraph.folders import MANIFEST

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
#: From how many files on the file system is flushed as a whole: file by file a site takes half a minute.
_MANY = 1000
_NOT_SUPPORTED = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM)


def is_release(folder: Path) -> bool:
    """Whether a folder bears a manifest of ours; other programs call files manifest.json, too."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and "cablegraph" in manifest


@contextmanager
def staged(out: Path, is_ours: Callable[[Path], bool] = is_release) -> Iterator[Path]:
    """Give a folder to write into; when the block ends well it becomes ``out``, otherwise ``out`` stays as it was.

    ``is_ours`` tells whether a folder is one of the kind that is written, which may be replaced.

    Raises:
        InputError: ``out`` is something that we did not write, or another run is writing to it.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100  a link must stay a link
    _check_folder(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    partial, old = out.with_name(f".{out.name}.partial"), out.with_name(f".{out.name}.old")
    lock = _lock(partial, out)
    try:
        try:
            recover(out, is_ours)
            check_replaceable(out, is_ours)  # under the lock: another run may just be putting a release there
            _empty(partial)
            yield partial
            _flush(partial)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        _publish(partial, out, old)
    finally:
        os.close(lock)


def _lock(partial: Path, out: Path) -> int:
    """Make the folder to write into and lock it; the lock goes with the process, however it ends.

    Raises:
        InputError: another run holds the lock, or something else bears the folder's name.
    """
    while True:
        try:
            with suppress(FileExistsError):
                partial.mkdir()
            lock = os.open(partial, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except FileNotFoundError:
            continue  # another run took the folder away in between
        except OSError as error:
            hint = "remove it" if partial.is_symlink() or partial.is_file() else error.strerror
            raise InputError("is in the way of writing the release", file=str(partial), hint=hint) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(lock)
            raise InputError("another run is writing this release", file=str(out)) from error
        if _is_same(partial, lock):
            return lock
        os.close(lock)  # another run finished in between and took the folder away


def _is_same(folder: Path, handle: int) -> bool:
    try:
        return os.path.samestat(folder.lstat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def check_replaceable(out: Path, is_ours: Callable[[Path], bool] = is_release) -> None:
    """Refuse to replace what is none of ours.

    Raises:
        InputError: ``out`` is a file, a link, or a folder with something in it but none of ours.
    """
    _check_folder(out)
    if out.is_dir() and any(out.iterdir()) and not is_ours(out):
        raise InputError(
            "holds files that are none of ours, and is left alone",
            file=str(out),
            hint="name an empty or new folder with --out",
        )


def _check_folder(out: Path) -> None:
    if not out.name or out.is_symlink() or (out.exists() and not out.is_dir()):
        raise InputError("is no folder; a release is a folder", file=str(out), hint="name another with --out")


def recover(out: Path, is_ours: Callable[[Path], bool] = is_release) -> None:
    """Complete an exchange by two renames that was cut off between them."""
    old = out.with_name(f".{out.name}.old")
    if old.is_symlink() or not old.is_dir():
        return
    if not out.exists():
        old.rename(out)
    elif is_ours(out):
        shutil.rmtree(old, ignore_errors=True)


def _empty(folder: Path) -> None:
    for child in folder.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        else:
            child.unlink()


def _publish(partial: Path, out: Path, old: Path) -> None:
    if not out.exists():
        partial.rename(out)
        _sync(out.parent)
        return
    # What is replaced is locked as well: it takes the name of the folder that the next run writes into.
    replaced = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(replaced, fcntl.LOCK_EX)
        if _exchange(partial, out):
            _sync(out.parent)
            shutil.rmtree(partial)
        else:
            out.rename(old)
            partial.rename(out)
            _sync(out.parent)
            shutil.rmtree(old)
    finally:
        os.close(replaced)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_SUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _flush(folder: Path) -> None:
    paths = sorted(folder.rglob("*"))
    if len(paths) > _MANY and _sync_file_system(folder):
        return
    for path in paths:
        _sync(path)
    _sync(folder)


def _sync_file_system(folder: Path) -> bool:
    """Flush the file system of a folder in one call; False where the system cannot.

    Raises:
        OSError: something could not be written.
    """
    try:
        sync = ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError):
        return False
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if sync(handle) == 0:
            return True
        code = ctypes.get_errno()
    finally:
        os.close(handle)
    if code in _NOT_SUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(folder))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
