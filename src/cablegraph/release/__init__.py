"""The release: dumps, register, report, descriptions and the manifest that accounts for everything."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cablegraph import folders, quads, relations
from cablegraph.earlier import Earlier, minted_of
from cablegraph.folders import MANIFEST
from cablegraph.measures import Measure
from cablegraph.publication import Publication
from cablegraph.register import rows
from cablegraph.release.accounts import account, write_minted
from cablegraph.release.descriptions import Facts, count, write_descriptions
from cablegraph.release.dumps import dump_name, sha256_of, write_dumps
from cablegraph.release.feeds import write_feeds
from cablegraph.release.history import History, check_deletions, write_history
from cablegraph.release.inventory import Inventory
from cablegraph.release.manifest import tell_manifest
from cablegraph.release.mapping_set import write_links
from cablegraph.release.provenance import PROVENANCE, describe_provenance
from cablegraph.release.site import write_site
from cablegraph.release.staging import staged
from cablegraph.release.tables import write_tables

__all__ = ["Release", "check_deletions", "issued_date", "staged", "write_release"]


@dataclass(frozen=True)
class Release:
    """What was released, for the last line of the command: counts and the keys of quarantined records."""

    documents: int
    records: int
    stubs: int
    triples: int
    quads: int
    quarantined: tuple[str, ...]


def issued_date(publication: Publication, register: Path, source_date_epoch: str | None) -> str:
    """The date of a release: ``issued``, else SOURCE_DATE_EPOCH, else the newest date stated in the sources."""
    if publication.issued:
        return publication.issued
    if source_date_epoch and re.fullmatch(r"[0-9]{1,11}", source_date_epoch):
        moment = datetime.datetime.fromtimestamp(int(source_date_epoch), datetime.UTC)
        return moment.date().isoformat()
    db = relations.connect([register])
    try:
        stated = " UNION ALL ".join(
            f"SELECT regexp_extract({relations.quote_name(column)}, '^\\d{{4}}(-\\d\\d){{0,2}}') AS day "
            f"FROM {relations.read_parquet(register / f'{table}.parquet')}"
            for table, column in _STATED
        )
        valid = "try_cast(concat_ws('-', day[:4], coalesce(nullif(day[6:7], ''), '01'), coalesce(nullif(day[9:10], ''), '01')) AS DATE)"
        row = db.execute(f"SELECT max(day) FROM ({stated}) WHERE {valid} IS NOT NULL").fetchone()
    finally:
        db.close()
    return str(row[0]) if row and row[0] else "1970"


#: Where sources state dates of their records.
_STATED = (("records", "sent"), ("records", "received"), ("events", "at"))


def write_release(
    folder: Path,
    work: Path,
    register: Path,
    db: relations.Connection,
    publication: Publication,
    *,
    report: Mapping[str, str],
    severities: Mapping[str, int],
    quarantine: Mapping[str, tuple[str, ...]],
    measures: Sequence[Measure],
    issued: str,
    version: str,
    earlier: Earlier | None = None,
    standing: Path | None = None,
) -> Release:
    """Write a whole release into an empty folder from the table ``quads`` of ``db``.

    ``report`` holds the forms of the report by ending; ``quarantine`` maps the key of each record that is held back
    to its subjects, whose quads go to ``quarantine/`` instead of the dumps. ``changes/`` holds the steps from the release
    ``earlier`` and those before it. Pages that are the same in ``standing``, the release that will be replaced, are taken over.

    Raises:
        InputError: the earlier release has this version already, with other content, or is not whole.
    """
    if quarantine:
        _hold_back(db, folder, quarantine)
    dumps = write_dumps(db, folder, publication)
    tables = write_tables(db, register, folder, work, publication.tables)
    counts = count(db, publication.base)
    ((total,),) = db.execute("SELECT count(*) FROM quads").fetchall()
    _write_report(folder, report)
    _copy_ontology(folder)
    _write_text(folder / "cablegraph.toml", publication.toml or _stated(publication))
    nquads = folder / "dumps" / dump_name(publication.name, "", "nq", None)
    if not nquads.exists():
        nquads = work / "hash.nq"
        quads.write_lines(db, quads.nquads(), nquads)
    history = History()
    if earlier is not None:
        history = write_history(folder, nquads, earlier, publication.version, issued, _withheld(db, register), work)
    write_links(folder, register, publication, issued)
    minted = write_minted(folder, register, minted_of(publication.minted, earlier), issued)
    accounts = account(register)
    facts = Facts(publication, issued, accounts["records"], counts, dumps, measures, history)
    inventory = Inventory(folder)
    for dump in dumps:
        inventory.add(dump.path, dump.sha256, dump.size)
    frame = write_site(db, folder, publication, facts.records, standing, inventory)
    pages = {entry.path for entry in inventory} - {dump.path for dump in dumps}
    release = Release(
        accounts["documents"],
        accounts["records"],
        len(accounts["stubs"]),
        counts.triples,
        total,
        tuple(sorted(quarantine)),
    )
    manifest = tell_manifest(
        facts,
        cablegraph=version,
        accounts=accounts,
        quads=total,
        severities=severities,
        quarantined=release.quarantined,
        nquads_sha256=sha256_of(nquads),
        tables=tables,
        pages=len(pages),
        minted=minted,
    )
    _write_text(folder / PROVENANCE, describe_provenance(manifest))
    write_descriptions(db, folder, facts, frame)
    write_feeds(db, folder, publication, issued, history, earlier, inventory, work)
    inventory.complete(work)
    manifest["files"] = {
        each.path: each.sha256
        for each in inventory
        if each.path not in pages and not each.path.startswith(_LISTED_ELSEWHERE)
    }
    _write_text(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    inventory.add_file(folder / MANIFEST)
    inventory.write()
    return release


#: Files that the manifest does not list under ``files``: dumps and tables have hashes of their own there.
_LISTED_ELSEWHERE = ("dumps/", "register/")


def _withheld(db: relations.Connection, register: Path) -> list[str]:
    """The resources (IRIs) that are withheld, whole or in part: those whose access has conditions."""
    whole = any(row["kind"] == "withheld" for row in rows(register, "tombstones", ["kind"]))
    if not whole and not next(rows(register, "withheld"), None):
        return []
    found = db.execute(f"SELECT DISTINCT trim(s, '<>') FROM quads WHERE p = '{_ACCESS}' ORDER BY 1").fetchall()
    return [iri for (iri,) in found]


_ACCESS = "<https://www.ica.org/standards/RiC/ontology#conditionsOfAccess>"


def _hold_back(db: relations.Connection, folder: Path, quarantine: Mapping[str, tuple[str, ...]]) -> None:
    (folder / "quarantine").mkdir()
    subjects = [(subject,) for group in quarantine.values() for subject in group]
    relations.create_table(db, "held_back", {"s": relations.TEXT}, subjects)
    held = quads.nquads("quads WHERE s IN (SELECT held_back.s FROM held_back)")
    quads.write_lines(db, held, folder / "quarantine" / "quarantine.nq")
    db.execute("DELETE FROM quads WHERE s IN (SELECT held_back.s FROM held_back)")


def _write_report(folder: Path, report: Mapping[str, str]) -> None:
    (folder / "report").mkdir()
    for ending, text in report.items():
        _write_text(folder / "report" / f"report.{ending}", text)


#: Files of the ontology that every release has: Turtle, and the documentation and the JSON-LD context that are made from it.
_ONTOLOGY = (".html", ".jsonld", ".svg", ".tsv", ".ttl")


def _copy_ontology(folder: Path) -> None:
    """Copy the ontology, alignments and vocabularies with their pages, diagrams and table."""
    for path in sorted(path for path in folders.ONTOLOGY.rglob("*") if path.suffix in _ONTOLOGY):
        target = folder / "ontology" / path.relative_to(folders.ONTOLOGY)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def _stated(publication: Publication) -> str:
    """The configuration that served where there is no file: built-in values, for the record."""
    keys = ("name", "title", "description", "language", "base", "licence", "version")
    lines = [f"{key} = {json.dumps(getattr(publication, key), ensure_ascii=False)}" for key in keys]
    return "# No cablegraph.toml was given; these built-in values served.\n[publication]\n" + "\n".join(lines) + "\n"


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
