"""``cablegraph.toml``: what a publication is, where its sources lie and how it is released."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cablegraph import folders
from cablegraph.catalogue import (
    CREATOR_KEYS,
    DESCRIPTIONS,
    EUROPEANA_KEYS,
    IRI,
    PUBLICATION_KEYS,
    Catalogue,
    read_catalogue,
    rights_of,
)
from cablegraph.earlier import VERSION, VERSION_HINT
from cablegraph.errors import InputError
from cablegraph.policy import SEVERITIES, Policy
from cablegraph.settings import Settings

CONFIG_NAME = "cablegraph.toml"
DUMP_FORMATS = ("ttl", "nq", "nt", "trig", "jsonld", "rdf")
COMPRESSIONS = ("none", "gzip", "zstd")
TABLE_FORMATS = ("parquet", "csv")
PUBLISHED = ("used", "all")
#: Whether a release has a page a resource: up to a number of records, or whatever their number.
SITES = ("auto", "always", "never")
#: What is published of a source whose licence is not stated: identifiers and links, or all.
UNLICENSED = ("links", "full")
AUTHORITY_KINDS = ("persons", "posts", "positions", "places", "organisations", "terms", "appointments", "identifiers")


@dataclass(frozen=True)
class Publisher:
    """Who publishes: ``dcterms:publisher`` of the dataset, with the contact that aggregators ask for."""

    name: str = "Unnamed publisher"
    iri: str = ""
    email: str = ""


@dataclass(frozen=True)
class Limits:
    """How far compressed input may unfold: ``ratio`` times its compressed size, and ``size`` bytes a file or archive."""

    ratio: int = 100
    size: int = 4 << 30


@dataclass(frozen=True)
class SourceEntry:
    """One ``[[source]]``: where it lies and how it is read. ``of`` adds a sheet's rows to another source.

    ``folder`` is the folder in which the file was found, where a folder was given.
    """

    path: Path
    reader: str | None = None
    table: str = "records"
    of: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    graph: str | None = None
    licence: str | None = None
    folder: Path | None = None


@dataclass(frozen=True)
class Publication:
    """Everything that a run is told. ``folder`` is where relative paths start; it is written nowhere."""

    folder: Path
    name: str = "publication"
    title: str = "Diplomatic records"
    description: str = "Diplomatic records as linked data, with the posts and persons that they name."
    language: str = "en"
    base: str = "https://example.org/"
    licence: str = "https://creativecommons.org/publicdomain/zero/1.0/"
    issued: str | None = None
    version: str = "0.1.0"
    publisher: Publisher = Publisher(email="nobody@example.org")
    sources: tuple[SourceEntry, ...] = ()
    authorities: dict[str, Path] = field(default_factory=dict)
    historian: tuple[Path, ...] = ()
    mapping_sets: tuple[Path, ...] = ()
    publish_authorities: str = PUBLISHED[0]
    mappings: Path = folders.MAPPINGS
    shapes: Path = folders.SHAPES
    text: str = "none"
    policy: Policy = field(default_factory=Policy)
    dumps: tuple[str, ...] = ("ttl", "nq")
    compress: str = COMPRESSIONS[0]
    split: str | int = "none"
    tables: tuple[str, ...] = ("parquet",)
    descriptions: tuple[str, ...] = DESCRIPTIONS[:-1]
    catalogue: Catalogue = field(default_factory=Catalogue)
    keys: Path | None = None
    previous: Path | None = None
    unlicensed: str = "full"
    site: str = SITES[0]
    limits: Limits = Limits()
    toml: str = ""
    unset: tuple[str, ...] = ()

    def with_sources(self, entries: tuple[SourceEntry, ...]) -> Publication:
        """Return the same publication with other sources: SOURCE arguments replace the configured ones.

        Who names a source by hand publishes it under the licence of the publication.
        """
        return replace(self, sources=entries, unlicensed="full")

    @property
    def minted(self) -> Path:
        """The file of minted keys (record, key, since) that keeps IRIs stable between runs."""
        return self.keys or self.folder / "minted.csv"

    @property
    def address(self) -> str:
        """Where the files of a release are served: their paths are appended to it."""
        return self.catalogue.landing_page or self.base[: self.base.rindex("/") + 1]

    @property
    def withheld(self) -> Path:
        """The list of what is withdrawn (record, field, reason, date)."""
        return self.folder / "withheld.csv"


_MUST_SET = ("name", "title", "description", "base", "licence", "publisher")
#: What follows where a key is not set for which nothing is built in.
MISSING = {"publisher.email": "descriptions have no contact, which registers of data sets ask for"}
_KEYS: dict[str, tuple[str, ...]] = {
    "": (
        "publication",
        "source",
        "authorities",
        "mappings",
        "shapes",
        "text",
        "on_violation",
        "policy",
        "release",
        "limits",
        "europeana",
    ),
    "publication": (
        *("name", "title", "description", "language", "base", "licence", "issued", "version", "publisher"),
        *PUBLICATION_KEYS,
    ),
    "publication.creators": CREATOR_KEYS,
    "publication.publisher": ("name", "iri", "email"),
    "source": ("reader", "path", "graph", "licence", "table", "of", "columns"),
    "authorities": (*AUTHORITY_KINDS, "historian", "mapping_sets", "publish"),
    "policy": ("stop", "quarantine", "ratchet", "accepted"),
    "release": ("dumps", "compress", "split", "tables", "descriptions", "previous", "unlicensed", "site"),
    "limits": ("ratio", "size"),
    "europeana": EUROPEANA_KEYS,
}
_UNITS = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_EMAIL = re.compile(r"[^\s@<>\"{}|\\^`]+@[^\s@<>\"{}|\\^`]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_publication(path: Path | None, working: Path) -> Publication:
    """Read ``cablegraph.toml``; without one built-in values serve and ``unset`` names what a publisher must set.

    Raises:
        InputError: the file is missing, no TOML, or holds a key or value that is not known, with its line.
    """
    if path is None:
        return Publication(folder=working, unset=_MUST_SET)
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise InputError("the configuration cannot be read", file=str(path), hint=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise InputError("the configuration is not UTF-8", file=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else None
        raise InputError(f"no valid TOML: {error}", file=str(path), line=line) from error
    return _Reader(path, text, _KEYS).publication(data)


class _Reader(Settings):
    """Turns the parsed TOML into a Publication, with the line of whatever is wrong."""

    def _limits(self, data: dict[str, Any]) -> Limits:
        ratio, size = data.get("ratio", Limits.ratio), data.get("size", Limits.size)
        if isinstance(size, str) and (found := re.fullmatch(r"([0-9]{1,9}) ?([KMGT]iB)", size)):
            size = int(found[1]) * _UNITS[found[2]]
        if type(ratio) is not int or ratio < 1:
            raise self.fail("limits.ratio", "must be a whole number from 1 on")
        if type(size) is not int or size < 1:
            raise self.fail("limits.size", 'must be a number of bytes, or text such as "4 GiB"')
        return Limits(ratio, size)

    def _split(self, release: dict[str, Any]) -> str | int:
        split: str | int = release.get("split", Publication.split)
        if split not in ("none", "source") and (type(split) is not int or split < 1):
            raise self.fail("release.split", 'must be "source", "none" or a number of records from 1 on')
        return split

    def _policy(self, data: dict[str, Any]) -> Policy:
        policy = self.table(data.get("policy", {}), "policy")
        plain = Policy().with_violations(self.one_of(data, "on_violation", ("stop", "quarantine")))
        for key in ("stop", "quarantine"):
            if key in policy and "on_violation" in data:
                raise self.fail(f"policy.{key}", "says what on_violation says already", "keep one of them")
        stop, held, ratchet = (
            self.choices(policy, "policy", key, SEVERITIES, getattr(plain, key))
            for key in ("stop", "quarantine", "ratchet")
        )
        if twice := [severity for severity in stop if severity in held and "quarantine" in policy]:
            if "stop" in policy:
                raise self.fail("policy.quarantine", f"{twice[0]!r} stands in stop, too")
            stop = tuple(severity for severity in stop if severity not in held)
        accepted = self.beside("policy.accepted", policy["accepted"]) if "accepted" in policy else None
        if accepted and not accepted.is_file():
            raise self.fail("policy.accepted", f"{accepted.name} does not exist")
        return Policy(stop, held, ratchet, accepted)

    def publication(self, data: dict[str, Any]) -> Publication:
        self.table(data, "")
        about = self.table(data.get("publication", {}), "publication")
        who = self.table(about.get("publisher", {}), "publication.publisher")
        release = self.table(data.get("release", {}), "release")
        authorities = self.table(data.get("authorities", {}), "authorities")
        plain = Publication(folder=self.path.parent)
        words = {
            key: self.text_of(about, "publication", key, getattr(plain, key))
            for key in ("name", "title", "description", "language", "base", "licence", "version")
        }
        if not _NAME.fullmatch(words["name"]):
            raise self.fail("publication.name", "must be a file name in lower case", "letters, digits, . _ -")
        for key in ("base", "licence"):
            if not IRI.fullmatch(words[key]):
                raise self.fail(f"publication.{key}", f"{words[key]!r} is no http(s) IRI")
        if words["base"][-1] not in "/#":
            raise self.fail("publication.base", "must end with / or #", "IRIs are made by appending to it")
        if not VERSION.fullmatch(words["version"]):
            raise self.fail("publication.version", f"{words['version']!r} is no version", VERSION_HINT)
        if not _LANGUAGE.fullmatch(words["language"]):
            raise self.fail("publication.language", f"{words['language']!r} is no language tag such as en or pt-BR")
        issued = self.text_of(about, "publication", "issued", "") or None
        if issued and not _DATE.fullmatch(issued[:10]):
            raise self.fail("publication.issued", "must be a date such as 2026-11-24")
        publisher = Publisher(**{key: self.text_of(who, "publication.publisher", key, "") for key in who})
        if publisher.iri and not IRI.fullmatch(publisher.iri):
            raise self.fail("publication.publisher.iri", f"{publisher.iri!r} is no http(s) IRI")
        catalogue = read_catalogue(self, about, self.table(data.get("europeana", {}), "europeana"))
        descriptions = self.choices(release, "release", "descriptions", DESCRIPTIONS, plain.descriptions)
        if "edm" in descriptions and not catalogue.europeana.rights:
            rights_of(self, "publication.licence", words["licence"])
        if publisher.email and not _EMAIL.fullmatch(publisher.email):
            raise self.fail("publication.publisher.email", f"{publisher.email!r} is no e-mail address")
        return replace(
            plain,
            **words,  # type: ignore[arg-type]
            issued=issued and issued[:10],
            publisher=publisher if who else plain.publisher,
            sources=tuple(self._source(entry) for entry in data.get("source", [])),
            authorities={
                key: self.beside(f"authorities.{key}", authorities[key])
                for key in authorities
                if key in AUTHORITY_KINDS
            },
            historian=self._files("authorities.historian", authorities.get("historian", [])),
            mapping_sets=self._files("authorities.mapping_sets", authorities.get("mapping_sets", [])),
            publish_authorities=self.one_of(authorities, "publish", PUBLISHED),
            mappings=self.beside("mappings", data["mappings"]) if "mappings" in data else folders.MAPPINGS,
            shapes=self.beside("shapes", data["shapes"]) if "shapes" in data else folders.SHAPES,
            text=self.one_of(data, "text", ("none", "full")),
            policy=self._policy(data),
            dumps=self.choices(release, "release", "dumps", DUMP_FORMATS, plain.dumps),
            compress=self.one_of(release, "compress", COMPRESSIONS),
            split=self._split(release),
            tables=self.choices(release, "release", "tables", TABLE_FORMATS, plain.tables),
            descriptions=descriptions,
            catalogue=catalogue,
            previous=self.beside("release.previous", release["previous"]) if "previous" in release else None,
            unlicensed=self.one_of(release, "unlicensed", UNLICENSED),
            site=self.one_of(release, "site", SITES),
            limits=self._limits(self.table(data.get("limits", {}), "limits")),
            toml=self.text,
            unset=(
                *(key for key in _MUST_SET if key not in about),
                *(key for key in MISSING if "publisher" in about and key.partition(".")[2] not in who),
            ),
        )

    def _files(self, field: str, value: Any) -> tuple[Path, ...]:
        """The files or folders of a key that has one or a list of them."""
        paths = tuple(self.beside(field, path) for path in (value if isinstance(value, list) else [value]))
        for path in paths:
            if not path.exists():
                raise self.fail(field, f"{path.name} does not exist")
        return paths

    def _source(self, entry: Any) -> SourceEntry:
        entry = self.table(entry, "source")
        if "path" not in entry:
            raise self.fail("source", "has no path")
        columns = entry.get("columns", {})
        if not isinstance(columns, dict) or any(not isinstance(value, str) for value in columns.values()):
            raise self.fail("source.columns", "must be a table of column names")
        return SourceEntry(
            self.beside("source.path", entry["path"]),
            entry.get("reader"),
            entry.get("table", "records"),
            entry.get("of"),
            columns,
            entry.get("graph"),
            entry.get("licence"),
        )
