"""The static site of a release: a page a resource at its IRI, lists, example queries. It works from any web host, and from a folder."""

from __future__ import annotations

from pathlib import Path

from cablegraph.pages import STYLE, STYLESHEET, Frame, Paths, Site
from cablegraph.publication import Publication
from cablegraph.relations import Connection
from cablegraph.release.inventory import Inventory
from cablegraph.release.site.files import SiteFiles
from cablegraph.release.site.lists import make_lists, write_lists
from cablegraph.release.site.queries import PATH, list_queries, write_queries
from cablegraph.release.site.resources import describe_resources, labels, resources, write_resources

__all__ = ["SiteFiles", "write_site"]

#: Up to how many records a release has a site where the publication does not say.
MOST_RECORDS = 50_000
#: What stands at the root of a release; a resource whose IRI begins so has a page by another name.
_TAKEN = (
    *("browse", "changes", "dataset", "descriptions", "dumps", "feeds", "manifest", "ontology", "provenance"),
    *("quarantine", "register", "report", "site", "sitemap"),
)


def write_site(
    db: Connection, folder: Path, publication: Publication, records: int, standing: Path | None, inventory: Inventory
) -> Frame:
    """Write the site of a release with so many ``records``; returns the frame of its pages, for the landing page.

    The table ``quads`` of ``db`` is read. Where no site is wanted the stylesheet is all that is written. Files that are the same in ``standing``, the release that will be replaced, are taken over.
    """
    with SiteFiles(folder, standing, inventory) as files:
        files.write(STYLE, STYLESHEET.read_text(encoding="utf-8"))
        if publication.site == "never" or (publication.site == "auto" and records > MOST_RECORDS):
            return Frame(publication.title, publication.language)
        describe_resources(db, publication.base)
        lists = make_lists(db)
        frame = Frame(
            publication.title,
            publication.language,
            (*lists, list_queries()),
        )
        site = Site(
            frame,
            publication.base,
            Paths(resources(db, publication.base), _TAKEN),
            labels(db, publication.base),
        )
        write_resources(db, site, files)
        write_lists(db, site, lists, files)
        files.write(PATH, write_queries(frame))
        for table in ("described", "resources", "incoming", "listed"):
            db.execute(f"DROP TABLE {table}")
    return frame
