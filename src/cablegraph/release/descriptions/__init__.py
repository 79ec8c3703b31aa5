"""The descriptions of a release: one a reader, since no single file satisfies all. See ``docs/releases.md``."""

from __future__ import annotations

import shutil
from pathlib import Path

from cablegraph.pages import Frame
from cablegraph.relations import Connection
from cablegraph.release.descriptions.citation import write_citation
from cablegraph.release.descriptions.counts import Counts, count
from cablegraph.release.descriptions.dcat import describe_dataset
from cablegraph.release.descriptions.dcat_ap import describe_for_portals
from cablegraph.release.descriptions.edm import MEDIA_TYPE, describe_for_europeana, write_records
from cablegraph.release.descriptions.facts import Facts
from cablegraph.release.descriptions.page import write_page
from cablegraph.release.descriptions.schema_org import describe_for_heritage, describe_for_search, write_json
from cablegraph.release.descriptions.sitemap import files_told, write_sitemaps
from cablegraph.release.descriptions.void import describe_service, describe_void
from cablegraph.release.dumps import describe

__all__ = ["Counts", "Facts", "count", "write_descriptions"]

_VOID, _EDM, _RECORDS = "descriptions/void.ttl", "descriptions/edm.ttl", "descriptions/edm.nt"


def write_descriptions(db: Connection, folder: Path, facts: Facts, frame: Frame) -> None:
    """Write ``dataset.ttl``, ``descriptions/``, ``.well-known/void``, the citation, the landing page and the sitemap into a release.

    The table ``quads`` of ``db`` is read for the records in EDM. The landing page, in the ``frame`` of the site, and the sitemap tell what stands in the
    folder, so that this is the last but the manifest.
    """
    wanted, endpoint = facts.publication.descriptions, facts.publication.catalogue.endpoint
    structured = describe_for_search(facts)
    if wanted or endpoint:
        (folder / "descriptions").mkdir()
    _write(folder / "dataset.ttl", describe_dataset(facts))
    if "void" in wanted:
        _write(folder / _VOID, describe_void(facts, _VOID))
        (folder / ".well-known").mkdir()
        shutil.copyfile(folder / _VOID, folder / ".well-known" / "void")
    if "dcat-ap" in wanted:
        _write(folder / "descriptions" / "dcat-ap.ttl", describe_for_portals(facts))
    if "nde" in wanted:
        _write(folder / "descriptions" / "nde.jsonld", write_json(describe_for_heritage(facts)))
    if "schema" in wanted:
        _write(folder / "descriptions" / "schema.jsonld", write_json(structured))
    if "edm" in wanted:
        write_records(db, folder / _RECORDS, facts.publication)
        records = describe(folder, folder / _RECORDS, MEDIA_TYPE)
        _write(folder / _EDM, describe_for_europeana(facts, _EDM, records))
    if endpoint:
        _write(folder / "descriptions" / "service.ttl", describe_service(facts))
    _write(folder / "CITATION.cff", write_citation(facts))
    _write(folder / "index.html", write_page(facts, folder, frame, structured))
    write_sitemaps(folder, facts.publication.address, files_told(folder), facts.issued)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
