"""A release as a bag (BagIt, RFC 8493), for archives: a folder, or one file (tar, tar.gz, zip) by its name.

The same release gives the same bytes: the bag's date is that of the release, and files in an archive bear it, too.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import io
import os
import re
import shutil
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cablegraph import __version__
from cablegraph.errors import InputError, NotConformingError
from cablegraph.folders import MANIFEST, make_above
from cablegraph.release.inventory import SUMS, read_sums
from cablegraph.release.staging import staged
from cablegraph.release.verification.bag_fixity import BAG, BAG_INFO, PAYLOAD, digests
from cablegraph.release.verification.contents import Contents
from cablegraph.release.verification.sums import read_manifest
from cablegraph.reuse import FOLDER as CACHE

_ALGORITHMS = ("sha256", "sha512")
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_ARCHIVES = (".tar.gz", ".tgz", ".tar", ".zip")
#: Zip knows no time before.
_FIRST_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644


@dataclass(frozen=True)
class Bag:
    """What was put into a bag: its files, their size in bytes, and the tag files beside them (name → content)."""

    files: tuple[str, ...]
    size: int
    tags: Mapping[str, bytes]


def write_bag(release: Path, out: Path) -> Bag:
    """Write the release in a folder as a bag; a folder shares its files with the release where the file system can (hard links).

    Raises:
        InputError: the folder is no release, or ``out`` is something that we did not write.
        NotConformingError: a file is not the one that was released.
    """
    archive = next((ending for ending in _ARCHIVES if out.name.lower().endswith(ending)), None)
    if release.resolve() in (out.resolve(), *out.resolve().parents):
        raise InputError("is in the release", file=str(out), hint="name a place beside it with --out")
    if archive and (out.exists() or out.is_symlink()):
        raise InputError("is there already, and is left alone", file=str(out), hint="remove it, or name another file")
    manifest, bag = _bag(release)
    if archive is None:
        with staged(out, is_ours=is_bag) as folder:
            for name in bag.files:
                _link(release / name, folder / PAYLOAD / name)
            for name, content in bag.tags.items():
                (folder / name).write_bytes(content)
    else:
        make_above(out)
        partial = out.with_name(f".{out.name}.partial")
        try:
            with partial.open("wb") as file:
                top = out.name[: -len(archive)]
                _pack(file, archive, list(_members(release, bag, top)), _moment(manifest["issued"]))
                file.flush()
                os.fsync(file.fileno())
            partial.rename(out)
        finally:
            partial.unlink(missing_ok=True)
    return bag


def is_bag(folder: Path) -> bool:
    """Whether a folder is a bag that this program wrote."""
    try:
        return (folder / BAG).is_file() and "\nBag-Software-Agent: cablegraph " in (folder / BAG_INFO).read_text(
            "utf-8"
        )
    except (OSError, ValueError):
        return False


def _bag(release: Path) -> tuple[dict[str, Any], Bag]:
    """Hash the files of a release, and write the texts of the bag about them."""
    contents = Contents(release, leave_out=(CACHE,))
    manifest, faults = read_manifest(contents)
    if manifest is None:
        raise InputError(f"is no release that can be kept: {faults[0]}", file=str(release))
    listed = dict(read_sums(contents.path(SUMS)))
    if contents.odd or contents.files != listed.keys() | {SUMS}:
        raise NotConformingError(f"has other files than {SUMS} lists", file=str(release), hint="see cablegraph verify")
    lines: dict[str, list[str]] = {name: [] for name in _ALGORITHMS}
    size, files = 0, tuple(sorted(contents.files))
    for path in files:
        found = digests(release / path, _ALGORITHMS)
        if path in listed and listed[path] != found["sha256"]:
            raise NotConformingError("is not the file that was released", file=str(release / path), hint="see cablegraph verify")  # fmt: skip
        size += (release / path).stat().st_size
        for name, digest in found.items():
            lines[name].append(f"{digest}  {PAYLOAD}{_escaped(path)}\n")
    tags = {BAG: _DECLARATION, BAG_INFO: _info(manifest, len(files), size)}
    tags |= {f"manifest-{name}.txt": "".join(told) for name, told in lines.items()}
    encoded = {name: text.encode("utf-8", "surrogateescape") for name, text in tags.items()}
    for name in _ALGORITHMS:
        told = (f"{hashlib.new(name, encoded[tag]).hexdigest()}  {tag}\n" for tag in sorted(tags))
        encoded[f"tagmanifest-{name}.txt"] = "".join(told).encode()
    return manifest, Bag(files, size, encoded)


def _info(manifest: Mapping[str, Any], files: int, size: int) -> str:
    """bag-info.txt: what is in the bag, whose it is and whom to ask. Labels are those of the RFC, but for the program's."""
    publisher, dataset = manifest["publisher"], f"{manifest['base']}dataset"
    told = (
        ("Source-Organization", publisher["name"]),
        ("Contact-Email", publisher["email"]),
        ("External-Description", f"{manifest['title']}. {manifest['description']}"),
        ("External-Identifier", f"{dataset}#version-{manifest['version']}"),
        ("Bagging-Date", manifest["issued"] if len(manifest["issued"]) == 10 else ""),
        ("Payload-Oxum", f"{size}.{files}"),
        ("Bag-Group-Identifier", dataset),
        ("Internal-Sender-Identifier", f"{manifest['name']} {manifest['version']}"),
        ("Internal-Sender-Description", f"A release of cablegraph {manifest['cablegraph']}"),
        ("Bag-Software-Agent", f"cablegraph {__version__}"),
    )
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in told if value)


def _escaped(path: str) -> str:
    """A path as a manifest of a bag has it."""
    return re.sub(r"[\r\n%]", lambda match: f"%{ord(match[0]):02X}", path)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):  # a file system without links, or another one
        target.hardlink_to(source)
        return
    shutil.copyfile(source, target)


def _members(release: Path, bag: Bag, top: str) -> Iterator[tuple[str, Path | bytes]]:
    """The files of an archive, all in one folder as the RFC has it."""
    yield from ((f"{top}/{name}", content) for name, content in sorted(bag.tags.items()))
    yield from ((f"{top}/{PAYLOAD}{name}", release / name) for name in bag.files)


def _moment(issued: str) -> datetime.datetime:
    """The first moment of the day, month or year of a release; before 1970 no archive knows any.

    Raises:
        InputError: it is no date.
    """
    try:
        year, month, day = (*(int(part) for part in issued.split("-")), 1, 1)[:3]
        moment = datetime.datetime(year, month, day, tzinfo=datetime.UTC)
    except ValueError as error:
        raise InputError(f"{issued!r} is no date", file=MANIFEST, field="issued") from error
    return max(moment, datetime.datetime.fromtimestamp(0, datetime.UTC))


def _pack(file: IO[bytes], form: str, members: list[tuple[str, Path | bytes]], moment: datetime.datetime) -> None:
    if form == ".zip":
        _zip(file, members, moment)
    elif form == ".tar":
        _tar(file, members, moment)
    else:
        with gzip.GzipFile("", "wb", 6, file, int(moment.timestamp())) as packed:
            _tar(packed, members, moment)


def _tar(file: Any, members: list[tuple[str, Path | bytes]], moment: datetime.datetime) -> None:
    with tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.mtime, member.mode = int(moment.timestamp()), _MODE
            with _opened(content) as opened:
                member.size = _size(content)
                archive.addfile(member, opened)


def _zip(file: IO[bytes], members: list[tuple[str, Path | bytes]], moment: datetime.datetime) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            member = zipfile.ZipInfo(name, max(moment.timetuple()[:6], _FIRST_OF_ZIP))
            member.external_attr, member.compress_type = (0o100000 | _MODE) << 16, zipfile.ZIP_DEFLATED
            member.file_size = _size(content)
            with _opened(content) as opened, archive.open(member, "w") as target:
                shutil.copyfileobj(opened, target, 1 << 20)


def _opened(content: Path | bytes) -> IO[bytes]:
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


def _size(content: Path | bytes) -> int:
    return len(content) if isinstance(content, bytes) else content.stat().st_size
