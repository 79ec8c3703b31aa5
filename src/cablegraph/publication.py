"""``cablegraph.toml``: what a publication is, where its sources lie and how it is released."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cablegraph import folders
from cablegraph.errors import InputError
from cablegraph.policy import SEVERITIES, Policy

CONFIG_NAME = "cablegraph.toml"
DUMP_FORMATS = ("ttl", "nq", "nt")
TABLE_FORMATS = ("parquet", "csv")
PUBLISHED = ("used", "all")
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
    description: str = "Diplomatic records as linked data."
    language: str = "en"
    base: str = "https://example.org/"
    licence: str = "https://creativecommons.org/publicdomain/zero/1.0/"
    issued: str | None = None
    version: str = "0.1.0"
    publisher: Publisher = Publisher()
    sources: tuple[SourceEntry, ...] = ()
    authorities: dict[str, Path] = field(default_factory=dict)
    historian: tuple[Path, ...] = ()
    publish_authorities: str = PUBLISHED[0]
    mappings: Path = folders.MAPPINGS
    shapes: Path = folders.SHAPES
    text: str = "none"
    policy: Policy = field(default_factory=Policy)
    dumps: tuple[str, ...] = ("ttl", "nq", "nt")
    tables: tuple[str, ...] = ("parquet",)
    limits: Limits = Limits()
    toml: str = ""
    unset: tuple[str, ...] = ()

    def with_sources(self, entries: tuple[SourceEntry, ...]) -> Publication:
        """Return the same publication with other sources: SOURCE arguments replace the configured ones."""
        return replace(self, sources=entries)

    @property
    def minted(self) -> Path:
        """The file of minted keys (record, key, since) that keeps IRIs stable between runs."""
        return self.folder / "minted.csv"


_MUST_SET = ("name", "title", "description", "base", "licence", "publisher")
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
    ),
    "publication": ("name", "title", "description", "language", "base", "licence", "issued", "version", "publisher"),
    "publication.publisher": ("name", "iri", "email"),
    "source": ("reader", "path", "graph", "licence", "table", "of", "columns"),
    "authorities": (*AUTHORITY_KINDS, "historian", "publish"),
    "policy": ("stop", "quarantine", "ratchet", "accepted"),
    "release": ("dumps", "tables", "split", "previous"),
    "limits": ("ratio", "size"),
}
_UNITS = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+")
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
    return _Reader(path, text).publication(data)


class _Reader:
    """Turns the parsed TOML into a Publication, with the line of whatever is wrong."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text

    def _fail(self, field: str, message: str, hint: str | None = None) -> InputError:
        key = re.escape(field.rsplit(".", 1)[-1])
        line = next(
            (n for n, line in enumerate(self._text.splitlines(), 1) if re.match(rf"\s*\[*\s*\"?{key}\b", line)), None
        )
        return InputError(message, file=str(self._path), line=line, field=field, hint=hint)

    def _table(self, data: dict[str, Any], name: str) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise self._fail(name, "must be a table")
        for key in data:
            if key not in _KEYS[name]:
                place = f"{name}.{key}" if name else key
                raise self._fail(place, "is not a key of cablegraph.toml", f"known here: {', '.join(_KEYS[name])}")
        return data

    def _text_of(self, data: dict[str, Any], section: str, key: str, default: str) -> str:
        value = data.get(key, default)
        if hasattr(value, "isoformat"):
            value = value.isoformat()
        if not isinstance(value, str):
            raise self._fail(f"{section}.{key}", "must be text in quotes")
        return value

    def _beside(self, field: str, value: Any) -> Path:
        """Resolve a path that must lie in the publication's folder."""
        if not isinstance(value, str) or not value:
            raise self._fail(field, "must be a path in quotes")
        folder = self._path.parent
        if Path(value).is_absolute() or ".." in Path(value).parts or "://" in value:
            raise self._fail(field, f"{value!r} leads out of the publication's folder", "name a file beside the file")
        if not (folder / value).resolve().is_relative_to(folder.resolve()):
            raise self._fail(field, f"{value!r} is a link out of the publication's folder")
        return folder / value

    def _choices(
        self, data: dict[str, Any], section: str, key: str, known: tuple[str, ...], default: tuple[str, ...]
    ) -> tuple[str, ...]:
        value = data.get(key, list(default))
        if not isinstance(value, list) or any(item not in known for item in value):
            raise self._fail(f"{section}.{key}", f"must be a list of {', '.join(known)}")
        return tuple(item for item in known if item in value)

    def _one_of(self, data: dict[str, Any], key: str, known: tuple[str, ...]) -> str:
        value = data.get(key, known[0])
        if value not in known:
            raise self._fail(key, f"must be one of {', '.join(known)}")
        return str(value)

    def _limits(self, data: dict[str, Any]) -> Limits:
        ratio, size = data.get("ratio", Limits.ratio), data.get("size", Limits.size)
        if isinstance(size, str) and (found := re.fullmatch(r"([0-9]{1,9}) ?([KMGT]iB)", size)):
            size = int(found[1]) * _UNITS[found[2]]
        if type(ratio) is not int or ratio < 1:
            raise self._fail("limits.ratio", "must be a whole number from 1 on")
        if type(size) is not int or size < 1:
            raise self._fail("limits.size", 'must be a number of bytes, or text such as "4 GiB"')
        return Limits(ratio, size)

    def _policy(self, data: dict[str, Any]) -> Policy:
        policy = self._table(data.get("policy", {}), "policy")
        plain = Policy().with_violations(self._one_of(data, "on_violation", ("stop", "quarantine")))
        for key in ("stop", "quarantine"):
            if key in policy and "on_violation" in data:
                raise self._fail(f"policy.{key}", "says what on_violation says already", "keep one of them")
        stop, held, ratchet = (
            self._choices(policy, "policy", key, SEVERITIES, getattr(plain, key))
            for key in ("stop", "quarantine", "ratchet")
        )
        if twice := [severity for severity in stop if severity in held and "quarantine" in policy]:
            if "stop" in policy:
                raise self._fail("policy.quarantine", f"{twice[0]!r} stands in stop, too")
            stop = tuple(severity for severity in stop if severity not in held)
        accepted = self._beside("policy.accepted", policy["accepted"]) if "accepted" in policy else None
        if accepted and not accepted.is_file():
            raise self._fail("policy.accepted", f"{accepted.name} does not exist")
        return Policy(stop, held, ratchet, accepted)

    def publication(self, data: dict[str, Any]) -> Publication:
        self._table(data, "")
        about = self._table(data.get("publication", {}), "publication")
        who = self._table(about.get("publisher", {}), "publication.publisher")
        release = self._table(data.get("release", {}), "release")
        authorities = self._table(data.get("authorities", {}), "authorities")
        for key in ("split", "previous"):
            if key in release:
                raise self._fail(f"release.{key}", "is reserved and does nothing yet", "remove it")
        plain = Publication(folder=self._path.parent)
        words = {
            key: self._text_of(about, "publication", key, getattr(plain, key))
            for key in ("name", "title", "description", "language", "base", "licence", "version")
        }
        if not _NAME.fullmatch(words["name"]):
            raise self._fail("publication.name", "must be a file name in lower case", "letters, digits, . _ -")
        for key in ("base", "licence"):
            if not _IRI.fullmatch(words[key]):
                raise self._fail(f"publication.{key}", f"{words[key]!r} is no http(s) IRI")
        if words["base"][-1] not in "/#":
            raise self._fail("publication.base", "must end with / or #", "IRIs are made by appending to it")
        if not _LANGUAGE.fullmatch(words["language"]):
            raise self._fail("publication.language", f"{words['language']!r} is no language tag such as en or pt-BR")
        issued = self._text_of(about, "publication", "issued", "") or None
        if issued and not _DATE.fullmatch(issued[:10]):
            raise self._fail("publication.issued", "must be a date such as 2026-11-24")
        publisher = Publisher(**{key: self._text_of(who, "publication.publisher", key, "") for key in who})
        if publisher.iri and not _IRI.fullmatch(publisher.iri):
            raise self._fail("publication.publisher.iri", f"{publisher.iri!r} is no http(s) IRI")
        if publisher.email and not _EMAIL.fullmatch(publisher.email):
            raise self._fail("publication.publisher.email", f"{publisher.email!r} is no e-mail address")
        return replace(
            plain,
            **words,  # type: ignore[arg-type]
            issued=issued and issued[:10],
            publisher=publisher if who else plain.publisher,
            sources=tuple(self._source(entry) for entry in data.get("source", [])),
            authorities={
                key: self._beside(f"authorities.{key}", authorities[key])
                for key in authorities
                if key in AUTHORITY_KINDS
            },
            historian=self._historian(authorities.get("historian", [])),
            publish_authorities=self._one_of(authorities, "publish", PUBLISHED),
            mappings=self._beside("mappings", data["mappings"]) if "mappings" in data else folders.MAPPINGS,
            shapes=self._beside("shapes", data["shapes"]) if "shapes" in data else folders.SHAPES,
            text=self._one_of(data, "text", ("none", "full")),
            policy=self._policy(data),
            dumps=self._choices(release, "release", "dumps", DUMP_FORMATS, plain.dumps),
            tables=self._choices(release, "release", "tables", TABLE_FORMATS, plain.tables),
            limits=self._limits(self._table(data.get("limits", {}), "limits")),
            toml=self._text,
            unset=tuple(key for key in _MUST_SET if key not in about),
        )

    def _historian(self, value: Any) -> tuple[Path, ...]:
        paths = tuple(
            self._beside("authorities.historian", path) for path in (value if isinstance(value, list) else [value])
        )
        for path in paths:
            if not path.exists():
                raise self._fail("authorities.historian", f"{path.name} does not exist")
        return paths

    def _source(self, entry: Any) -> SourceEntry:
        entry = self._table(entry, "source")
        if "path" not in entry:
            raise self._fail("source", "has no path")
        columns = entry.get("columns", {})
        if not isinstance(columns, dict) or any(not isinstance(value, str) for value in columns.values()):
            raise self._fail("source.columns", "must be a table of column names")
        return SourceEntry(
            self._beside("source.path", entry["path"]),
            entry.get("reader"),
            entry.get("table", "records"),
            entry.get("of"),
            columns,
            entry.get("graph"),
            entry.get("licence"),
        )
