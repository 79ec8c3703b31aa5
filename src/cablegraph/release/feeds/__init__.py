"""The feeds of a release, by which others follow it: an LDES, ResourceSync lists, records for OAI-PMH. See ``docs/feeds.md``.

All are files. No clock is asked: what is new bears the time of the release, what has not changed the one that it had.
"""

from __future__ import annotations

from pathlib import Path

from cablegraph import relations
from cablegraph.earlier import Earlier
from cablegraph.publication import Publication
from cablegraph.release.feeds.appearances import read_appearances, write_appearances
from cablegraph.release.feeds.forgetting import Hidden
from cablegraph.release.feeds.ldes import write_ldes
from cablegraph.release.feeds.oai_pmh import write_oai_pmh
from cablegraph.release.feeds.resourcesync import write_resourcesync
from cablegraph.release.history import History
from cablegraph.release.inventory import Inventory

__all__ = ["write_feeds"]

_FOLDER = "feeds"


def write_feeds(
    db: relations.Connection,
    folder: Path,
    publication: Publication,
    issued: str,
    history: History,
    earlier: Earlier | None,
    inventory: Inventory,
    work: Path,
) -> None:
    """Write ``feeds/`` (and ``.well-known/resourcesync``) into a release.

    They tell of its table ``quads`` and of the files of its ``inventory``, which is completed; ``work`` is no part of the
    release. Feeds go on where those of the release ``earlier`` end, if it has them and they were served at the same address;
    else they begin anew. ``issued`` is the date of the release (a year, a month or a day).

    Raises:
        InputError: the feeds of the earlier release cannot be read.
    """
    if not publication.feeds:
        return
    target = folder / _FOLDER
    target.mkdir()
    told = earlier.folder / _FOLDER if earlier is not None else None
    appearances = read_appearances(earlier, told, publication, issued)
    write_appearances(target, appearances)
    step = folder / "changes" / history.newest if history.newest else None
    before = told if appearances.before or appearances.is_again else None
    db.execute("BEGIN")  # macros and tables are made for a while only: one change of the catalogue, not fifty
    if "ldes" in publication.feeds:
        write_ldes(db, target / "ldes", publication, appearances, _of(before, "ldes"), step)
    if "oai-pmh" in publication.feeds:
        write_oai_pmh(db, target / "oai-pmh", publication, appearances, _of(before, "oai-pmh"))
    db.execute("COMMIT")
    if "resourcesync" in publication.feeds:
        inventory.complete(work)
        hidden = Hidden(folder / "changes", publication.base)
        write_resourcesync(folder, list(inventory), appearances, _of(before, "resourcesync"), hidden)


def _of(before: Path | None, feed: str) -> Path | None:
    """The folder of a feed in the release before, if it has one that goes on."""
    return before / feed if before is not None and (before / feed).is_dir() else None
