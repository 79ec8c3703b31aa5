"""Whether the manifest adds up: documents are records, merged, withheld; tables have as many rows as it says of their things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from cablegraph.catalogue import IRI
from cablegraph.errors import InputError
from cablegraph.folders import MANIFEST
from cablegraph.release.verification.contents import Contents, Fault, misfit
from cablegraph.release.verification.fixity import GET

_OPTIONAL = (str, type(None))
#: What is read of a manifest.
_FORM = {
    "cablegraph": str, "name": str, "title": str, "description": str, "version": str, "issued": str, "base": str, "address": str, "licence": str,
    "publisher": {"iri": str, "name": str, "email": str},
    "counts": dict.fromkeys(("documents", "records", "merged", "withheld", "stubs", "quarantined", "triples", "quads"), int) | {"links": {...: int}, "complaints": {...: int}},
    "quarantined": [str], "nquads_sha256": str,
    "previous": ({"version": str, "issued": str}, type(None)),
    "changes": [{"from": str, "to": str, "date": str, "added": int, "removed": int, "withdrawn": int}],
    "dumps": [{"path": str, "media_type": str, "compression": _OPTIONAL, "bytes": int, "sha256": str}],
    "tables": {...: {"rows": int, "sha256": str}},
    "files": {...: str}, "minted": int, "pages": int, "mappings": {...: str}, "shapes": {...: str}, "ontology": {...: str}, "authorities": {...: str},
    "sources": [{"source": str, "file": str, "reader": str, "sha256": _OPTIONAL, "bytes": int, "dated": _OPTIONAL, "count": int, "documents": {...: str}}],
    "stubs": [str],
    "tombstones": [{"record": str, "kind": str, "reason": str, "date": str, "version": _OPTIONAL}],
}  # fmt: skip
#: Tables of which the manifest tells the rows in another way, too.
_TABLES = ("records", "identity", "telegrams", "sources", "tombstones", "links")


def read_manifest(contents: Contents) -> tuple[dict[str, Any] | None, list[Fault]]:
    """Read the manifest of a release; None, with what is wrong, where it cannot be used."""
    hint = f"{GET}, or publish the release once more"
    try:
        manifest = contents.read_json(MANIFEST)
    except InputError as error:
        return None, [contents.told(error, "the manifest of a release", hint)]
    faults = [
        Fault(MANIFEST, f"{place or 'the whole'} to be {wanted}", "something else", hint)
        for place, wanted in misfit(manifest, _FORM)
    ]
    for place, iri in _iris(manifest) if not faults else ():
        if not IRI.fullmatch(iri):
            faults.append(Fault(MANIFEST, f"{place} to be an http(s) IRI", repr(iri[:100]), hint))
    for table in _TABLES if not faults else ():
        if table not in manifest["tables"]:
            faults.append(Fault(MANIFEST, f"a table {table}", "none", hint))
    return (manifest, []) if not faults else (None, faults[:10])


def _iris(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((key, manifest[key]) for key in ("base", "address", "licence"))
    yield "publisher.iri", manifest["publisher"]["iri"]


def check_sums_of(manifest: Mapping[str, Any]) -> Iterator[Fault]:
    """Add up what the manifest says."""
    counts, rows = manifest["counts"], {table: told["rows"] for table, told in manifest["tables"].items()}
    keys = [key for source in manifest["sources"] for key in source["documents"].values()]
    shown = len(keys)
    for what, told, summed, of in (
        ("counts.documents", counts["documents"], sum(source["count"] for source in manifest["sources"]), "the documents of all sources"),
        ("counts.documents", counts["documents"], counts["records"] + counts["merged"] + counts["withheld"], "records, merged and withheld"),
        ("counts.withheld", counts["withheld"], counts["documents"] - shown, "documents that are not named"),
        ("counts.records", counts["records"], len(set(keys)), "the records of all sources"),
        ("counts.stubs", counts["stubs"], len(manifest["stubs"]), "the stubs that are named"),
        ("counts.quarantined", counts["quarantined"], len(manifest["quarantined"]), "the records in quarantine that are named"),
        ("tables.records", rows["records"], shown, "the documents of all sources"),
        ("tables.identity", rows["identity"], shown, "the documents of all sources"),
        ("tables.telegrams", rows["telegrams"], counts["records"] + counts["stubs"], "records and stubs"),
        ("tables.sources", rows["sources"], len(manifest["sources"]), "the sources that are named"),
        ("tables.tombstones", rows["tombstones"], len(manifest["tombstones"]), "the tombstones that are named"),
        ("tables.links", rows["links"], sum(counts["links"].values()), "the links of all methods"),
    ):  # fmt: skip
        if told != summed:
            yield Fault(MANIFEST, f"{what} to be {summed}, as are {of}", str(told), GET)
    yield from _steps(manifest)


def _steps(manifest: Mapping[str, Any]) -> Iterator[Fault]:
    """Each step of the changes begins where the one before ends, and the last ends with the release."""
    steps, previous = manifest["changes"], manifest["previous"]
    for one, other in pairwise(steps):
        if one["to"] != other["from"]:
            yield Fault(MANIFEST, f"a step of changes from {one['to']}", f"one from {other['from']}", GET)
    if steps and steps[-1]["to"] != manifest["version"]:
        yield Fault(MANIFEST, f"changes that lead to {manifest['version']}", f"changes to {steps[-1]['to']}", GET)
    if steps and (not previous or previous["version"] != steps[-1]["from"]):
        yield Fault(MANIFEST, f"{steps[-1]['from']} as the release before", str(previous), GET)
