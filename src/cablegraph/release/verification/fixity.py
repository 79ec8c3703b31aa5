"""Whether the files of a release are those that were written: each there, each as long as it was, each with its hash, none besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from cablegraph.errors import InputError
from cablegraph.folders import MANIFEST
from cablegraph.release.inventory import SUMS, Inventory, read_sums
from cablegraph.release.verification.contents import Contents, Fault

GET = "get it from a good copy"
#: Where tables stand; their rows are in the manifest, not the hashes of their files.
TABLES = "register/"
PUBLISH = "publish the release once more"


def check_sums(contents: Contents, inventory: Inventory) -> Iterator[Fault]:
    """Hold the files against ``SHA256SUMS``, which names every file but itself."""
    yield from odd(contents)
    try:
        listed = dict(read_sums(contents.path(SUMS)))
    except InputError as error:
        yield contents.told(error, "the checksums of all files, as sha256sum writes them", PUBLISH)
        return
    yield from compare(listed.items(), inventory, SUMS)
    for name in sorted(contents.files - listed.keys() - {SUMS}):
        yield Fault(name, f"to be listed in {SUMS}", "no line of it", "remove it, if it is none of the release's")


def odd(contents: Contents) -> Iterator[Fault]:
    """What is no file."""
    for name in sorted(contents.odd):
        yield Fault(name, "a file", "a link or another thing that is no file, which was not read", GET)


def check_listed(manifest: Mapping[str, Any], inventory: Inventory) -> Iterator[Fault]:
    """Hold the files against the hashes and sizes in the manifest."""
    yield from compare(manifest["files"].items(), inventory, MANIFEST)
    yield from compare(((f"ontology/{name}", sha) for name, sha in manifest["ontology"].items()), inventory, MANIFEST)
    yield from compare(((dump["path"], dump["sha256"]) for dump in manifest["dumps"]), inventory, MANIFEST)
    for dump in manifest["dumps"]:
        found = inventory.get(dump["path"])
        if found and found.size != dump["bytes"]:
            yield Fault(found.path, f"{dump['bytes']} bytes ({MANIFEST})", f"{found.size} bytes", GET)
    named = {*manifest["files"], *(dump["path"] for dump in manifest["dumps"]), MANIFEST, SUMS}
    pages = sum(not (each.path in named or each.path.startswith(TABLES)) for each in inventory)
    if pages != manifest["pages"]:
        yield Fault(MANIFEST, f"{manifest['pages']} files of the site (pages)", str(pages), PUBLISH)


def compare(told: Iterable[tuple[str, str]], inventory: Inventory, by: str) -> Iterator[Fault]:
    """Hold files against SHA-256 that the file ``by`` tells of them."""
    for name, digest in told:
        found = inventory.get(name)
        if found is None and leads_out(name):
            yield Fault(by, "paths of files in the folder", f"{name!r}, which was not read", GET)
        elif found is None:
            yield Fault(name, f"a file, since {by} lists it", "nothing", GET)
        elif found.sha256 != digest:
            yield Fault(name, f"SHA-256 {digest} ({by})", found.sha256, GET)


def leads_out(name: str) -> bool:
    """Whether a path is none of a file below the folder that it is told for."""
    return name.startswith(("/", "~")) or ".." in PurePosixPath(name.replace("\\", "/")).parts
