"""Whether a bag (BagIt, RFC 8493) holds what its manifests say."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from cablegraph.errors import InputError
from cablegraph.release.verification.contents import Contents, Fault
from cablegraph.release.verification.fixity import GET, leads_out, odd

#: The file by which a folder is known as a bag.
BAG = "bagit.txt"
BAG_INFO = "bag-info.txt"
#: The folder of what is in the bag.
PAYLOAD = "data/"

_MANIFEST = re.compile(r"(tag)?manifest-(sha256|sha384|sha512|sha224|sha1|md5)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(.+)")
_VERSIONS = ("0.97", "1.0")
_OXUM = re.compile(r"(?m)^Payload-Oxum: *(\d+)\.(\d+) *$")
_BLOCK = 1 << 20


def digests(path: Path, algorithms: Iterable[str]) -> dict[str, str]:
    """The hashes of a file, in hexadecimal digits, by one reading of it."""
    found = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            for each in found.values():
                each.update(block)
    return {name: each.hexdigest() for name, each in found.items()}


def check_bag(folder: Path) -> Iterator[Fault]:
    """Hold the files of a bag against its manifests; what is in the bag is not looked into."""
    contents = Contents(folder)
    yield from odd(contents)
    yield from _declaration(contents)
    listed: dict[str, dict[str, str]] = {}  # path → algorithm → digest
    payload = sorted(path for path in contents.files if path.startswith(PAYLOAD))
    manifests = sorted(name for name in contents.files if _MANIFEST.fullmatch(name))
    if not any(name.startswith("manifest-") for name in manifests):
        yield Fault("manifest-sha256.txt", "a manifest of the bag", "none", GET)
    for name in manifests:
        match = _MANIFEST.fullmatch(name)
        assert match is not None  # noqa: S101  those that match were taken
        try:
            told = dict(_read(contents, name))
        except InputError as error:
            yield contents.told(error, "a digest and a path a line", GET)
            continue
        for path, digest in told.items():
            listed.setdefault(path, {})[match[2]] = digest
        if not match[1]:
            for path in (path for path in payload if path not in told):
                yield Fault(path, f"to be listed in {name}", "no line of it", "remove it, if it is none of the bag's")
    yield from _compare(contents, listed)
    yield from _oxum(contents, payload)


def _declaration(contents: Contents) -> Iterator[Fault]:
    text = contents.path(BAG).read_bytes()[:200].decode("utf-8", "replace")
    match = re.fullmatch(r"BagIt-Version: (\d+\.\d+)\r?\nTag-File-Character-Encoding: UTF-8\r?\n?", text)
    if match is None or match[1] not in _VERSIONS:
        yield Fault(BAG, "a declaration of version 1.0 in UTF-8", repr(text[:60]), GET)
    if "fetch.txt" in contents.files:
        yield Fault("fetch.txt", "all files in the bag", "some to be fetched", "fetch them first, and remove fetch.txt")


def _read(contents: Contents, name: str) -> Iterator[tuple[str, str]]:
    """Paths and digests of a manifest; in paths CR, LF and the percent sign are escaped.

    Raises:
        InputError: a line has another form.
    """
    with contents.path(name).open(encoding="utf-8", errors="surrogateescape", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            match = _LINE.fullmatch(line.rstrip("\r\n"))
            if match is None:
                raise InputError("is no line of a manifest", file=name, line=number)
            path = re.sub(r"(?i)%(?:0a|0d|25)", lambda each: unquote(each[0]), match[2])
            yield path.removeprefix("./"), match[1].lower()


def _compare(contents: Contents, listed: Mapping[str, Mapping[str, str]]) -> Iterator[Fault]:
    for path, told in listed.items():
        if path not in contents.files:
            found = f"{path!r}, which was not read" if leads_out(path) else "nothing"
            yield Fault(path, "a file in the bag, since a manifest lists it", found, GET)
            continue
        for algorithm, digest in digests(contents.path(path), told).items():
            if digest != told[algorithm]:
                yield Fault(path, f"{algorithm} {told[algorithm]}", digest, GET)


def _oxum(contents: Contents, payload: list[str]) -> Iterator[Fault]:
    """The bytes and the files that bag-info.txt counts."""
    if BAG_INFO not in contents.files:
        return
    match = _OXUM.search(contents.path(BAG_INFO).read_text(encoding="utf-8", errors="replace"))
    found = f"{sum(contents.path(path).stat().st_size for path in payload)}.{len(payload)}"
    if match and f"{match[1]}.{match[2]}" != found:
        yield Fault(BAG_INFO, f"Payload-Oxum {found}, as the files have it", f"{match[1]}.{match[2]}", GET)
