"""Whether each file is what its name says (RDF, XML, JSON), and whether what descriptions say of files is so."""

from __future__ import annotations

import json
import xml.parsers.expat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from cablegraph import __version__, quads
from cablegraph.errors import InputError
from cablegraph.folders import MANIFEST
from cablegraph.minted import read_minted
from cablegraph.release.descriptions.facts import DCAT, SPDX
from cablegraph.release.inventory import Inventory
from cablegraph.release.provenance import PROVENANCE, SCHEMA, describe_provenance
from cablegraph.release.verification.contents import Contents, Fault
from cablegraph.release.verification.fixity import GET

#: Files that have checks of their own.
_ELSEWHERE = ("dumps/", "changes/", "register/", "quarantine/")
_DESCRIPTIONS = "descriptions/"
_VOID = ".well-known/void"
_RDF = {"ttl", "nt", "nq", "trig"}
_BASE = "file:///"
_SIZE = (str(DCAT.byteSize), str(SCHEMA.contentSize))
_ADDRESS = (str(DCAT.downloadURL), str(SCHEMA.contentUrl))
_HASH = str(SCHEMA.sha256)
_CHECKSUM, _VALUE = str(SPDX.checksum), str(SPDX.checksumValue)
_ASKED = {*_SIZE, *_ADDRESS, _HASH, _CHECKSUM, _VALUE}


def check_texts(contents: Contents, manifest: Mapping[str, Any], inventory: Inventory) -> Iterator[Fault]:
    """Parse every file that is no dump, table or change, and hold descriptions against the files."""
    for name in sorted(contents.files):
        if name.startswith(_ELSEWHERE) or name == MANIFEST:
            continue
        try:
            told = _parse(contents, name)
        except InputError as error:
            yield contents.told(error, "a file that can be read", GET)
            continue
        yield from _files_told(name, told, manifest["address"], inventory)
    yield from _minted(contents, manifest)
    yield from _provenance(contents, manifest)


#: What descriptions say: subject and predicate with the values.
_Told = dict[tuple[str, str], list[str]]


def _parse(contents: Contents, name: str) -> _Told:
    path = contents.path(name)
    ending = path.suffix.removeprefix(".").lower()
    if name == _VOID or ending in _RDF or (ending == "jsonld" and name.startswith(_DESCRIPTIONS)):
        return _told(path, ox.RdfFormat.TURTLE if name == _VOID else quads.rdf_format(path))
    if ending in ("json", "jsonld"):
        contents.read_json(name)
    elif ending == "jsonl":
        _parse_lines(path)
    elif ending in ("xml", "svg", "rdf"):
        _parse_xml(path)
    return {}


def _told(path: Path, form: ox.RdfFormat) -> _Told:
    told: _Told = {}
    try:
        quads.refuse_bombs(path, form)
        with path.open("rb") as file:
            for quad in ox.parse(file, format=form, base_iri=_BASE):
                if quad.predicate.value in _ASKED and not isinstance(quad.object, ox.Triple):
                    told.setdefault((str(quad.subject).strip("<>"), quad.predicate.value), []).append(quad.object.value)
    except SyntaxError as error:
        raise InputError(f"is no valid RDF: {error.msg}", file=str(path), line=error.lineno) from error
    return told


def _parse_lines(path: Path) -> None:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError("is no JSON", file=str(path), line=number) from error


def _parse_xml(path: Path) -> None:
    """Read XML as a stream; entities of its own are refused, since they may unfold without end."""
    parser = xml.parsers.expat.ParserCreate()

    def refuse(name: str, *_: object) -> None:
        raise InputError(f"declares the entity {name[:50]}", file=str(path), line=parser.CurrentLineNumber)

    parser.EntityDeclHandler = refuse
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except xml.parsers.expat.ExpatError as error:
        words = xml.parsers.expat.ErrorString(error.code)
        raise InputError(f"is no XML: {words}", file=str(path), line=error.lineno) from error


def _files_told(name: str, told: _Told, address: str, inventory: Inventory) -> Iterator[Fault]:
    """Hold sizes and hashes that a description tells of files against them.

    A distribution says where its file is; an address that is itself the subject counts where there is such a file.
    """
    for subject in sorted({subject for subject, _ in told}):
        urls = [url for key in _ADDRESS for url in told.get((subject, key), ())]
        for url in urls or [subject]:
            path = unquote(url.removeprefix(address))
            found = inventory.get(path) if url.startswith(address) else None
            if found is None:
                if urls and url.startswith(address):
                    yield Fault(name, f"files of the release to be told, such as {path}", "no such file", GET)
                continue
            hashes = told.get((subject, _HASH), []) + [
                value for node in told.get((subject, _CHECKSUM), ()) for value in told.get((node, _VALUE), ())
            ]
            for wanted in hashes:
                if wanted.lower() != found.sha256:
                    yield Fault(name, f"SHA-256 {found.sha256} for {path}", wanted[:100], GET)
            for size in (size for key in _SIZE for size in told.get((subject, key), ())):
                if size != str(found.size):
                    yield Fault(name, f"{found.size} bytes for {path}", size[:100], GET)


def _minted(contents: Contents, manifest: Mapping[str, Any]) -> Iterator[Fault]:
    try:
        number = len(read_minted(contents.path("minted.csv")))
    except InputError as error:
        yield contents.told(error, "the keys that were given", GET)
        return
    if number != manifest["minted"]:
        yield Fault("minted.csv", f"{manifest['minted']} keys ({MANIFEST})", str(number), GET)


def _provenance(contents: Contents, manifest: Mapping[str, Any]) -> Iterator[Fault]:
    """The provenance says what the manifest says; other versions of the program may say it in other words."""
    try:
        path = contents.path(PROVENANCE)
    except InputError as error:
        yield contents.told(error, "the provenance of the release", GET)
        return
    if manifest["cablegraph"] != __version__:
        return
    wanted = set(ox.parse(describe_provenance(manifest).encode(), format=ox.RdfFormat.TURTLE))
    try:
        found = set(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=_BASE))
    except SyntaxError:
        return  # told with all other files
    for verb, quads_ in (("lacks", wanted - found), ("adds", found - wanted)):
        for quad in sorted(map(str, quads_))[:1]:
            yield Fault(PROVENANCE, f"what {MANIFEST} says", f"{len(quads_)} triples that it {verb}: {quad[:200]}", GET)
