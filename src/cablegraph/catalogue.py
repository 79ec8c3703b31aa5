"""What catalogues and aggregators are told of a publication beside its title: where it stands, who made it, who provides it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cablegraph.settings import Settings

#: How often a publication changes, as the frequency vocabulary of the EU's Publications Office calls it.
FREQUENCIES = {
    "irregular": "IRREG",
    "never": "NEVER",
    "daily": "DAILY",
    "weekly": "WEEKLY",
    "monthly": "MONTHLY",
    "quarterly": "QUARTERLY",
    "annual": "ANNUAL",
    "biennial": "BIENNIAL",
}

#: Descriptions of a release that a publisher may choose; ``edm`` also holds the records, for Europeana.
DESCRIPTIONS = ("void", "dcat-ap", "nde", "schema", "edm")

#: The rights statements that Europeana takes, by their canonical addresses.
RIGHTS = re.compile(
    r"http://creativecommons\.org/(publicdomain/(zero|mark)/1\.0/|licenses/by(-nc)?(-sa|-nd)?/[1-4]\.\d/([a-z]{2,3}/)?)"
    r"|http://rightsstatements\.org/vocab/(NoC-NC|NoC-OKLR|InC|InC-EDU|InC-OW-EU|CNE)/1\.0/"
)

IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
# Characters that may stand in an IRI and in a citation file alike.
_DOI = re.compile(r"10\.\d{4,9}/[A-Za-z0-9:/_;.()-]+")


@dataclass(frozen=True)
class Creator:
    """Who made the data. The name of a person is written family name first, parted by a comma."""

    name: str
    iri: str = ""
    person: bool = False


@dataclass(frozen=True)
class Europeana:
    """What Europeana asks for: who has the records, who aggregates them (names), and the rights to what the records show (an IRI)."""

    data_provider: str = ""
    provider: str = ""
    rights: str = ""


@dataclass(frozen=True)
class Catalogue:
    """``landing_page`` is the address of the release's folder (of its ``index.html``), ``endpoint`` that of a SPARQL endpoint over it."""

    landing_page: str = ""
    endpoint: str = ""
    doi: str = ""
    frequency: str = "irregular"
    keywords: tuple[str, ...] = ("diplomatic records", "telegrams")
    creators: tuple[Creator, ...] = ()
    europeana: Europeana = Europeana()


#: Keys of a table of settings that belong here, in ``[publication]``, ``[[publication.creators]]`` and ``[europeana]``.
PUBLICATION_KEYS = ("landing_page", "endpoint", "doi", "frequency", "keywords", "creators")
CREATOR_KEYS = ("name", "iri", "person")
EUROPEANA_KEYS = ("data_provider", "provider", "rights")


def canonical_licence(iri: str, scheme: str = "https") -> str:
    """The address by which a licence of Creative Commons or a statement of rightsstatements.org is known, without a deed's language.

    Registers of data sets compare addresses: NDE wants ``https``, Europeana ``http``. Other addresses stay as they are.
    """
    found = re.fullmatch(
        r"https?://(creativecommons\.org/(?:licenses|publicdomain)/.+?)/?(?:(?:deed|legalcode)[^/]*)?", iri
    )
    if found:
        return f"{scheme}://{found[1]}/"
    if re.fullmatch(r"https?://rightsstatements\.org/(vocab|page)/.+", iri):
        return re.sub(r"^https?://rightsstatements\.org/(vocab|page)/", "http://rightsstatements.org/vocab/", iri)
    return iri


def read_catalogue(settings: Settings, about: dict[str, Any], europeana: dict[str, Any]) -> Catalogue:
    """Take the catalogue from the tables ``[publication]`` and ``[europeana]``.

    Raises:
        InputError: a value is not of its kind, with its line.
    """
    plain = Catalogue()
    landing_page, endpoint = (settings.text_of(about, "publication", key, "") for key in ("landing_page", "endpoint"))
    for key, value in (("landing_page", landing_page), ("endpoint", endpoint)):
        if value and not IRI.fullmatch(value):
            raise settings.fail(f"publication.{key}", f"{value!r} is no http(s) address")
    if landing_page and (not landing_page.endswith("/") or re.search("[?#]", landing_page)):
        raise settings.fail(
            "publication.landing_page",
            "must end with /",
            "it is the folder in which the files of the release are served",
        )
    doi = settings.text_of(about, "publication", "doi", "")
    if doi and not _DOI.fullmatch(doi):
        raise settings.fail(
            "publication.doi", f"{doi!r} is no DOI", "such as 10.5281/zenodo.1234, without an address before it"
        )
    keywords = about.get("keywords", list(plain.keywords))
    if not isinstance(keywords, list) or any(not isinstance(word, str) or not word.strip() for word in keywords):
        raise settings.fail("publication.keywords", "must be a list of words in quotes")
    frequency = about.get("frequency", plain.frequency)
    if frequency not in FREQUENCIES:
        raise settings.fail("publication.frequency", f"must be one of {', '.join(FREQUENCIES)}")
    creators = about.get("creators", [])
    if not isinstance(creators, list):
        raise settings.fail("publication.creators", "must be a list of tables", "[[publication.creators]]")
    return Catalogue(
        landing_page,
        endpoint,
        doi,
        frequency,
        tuple(keywords),
        tuple(_creator(settings, each) for each in creators),
        _europeana(settings, europeana),
    )


def _creator(settings: Settings, data: Any) -> Creator:
    section = "publication.creators"
    data = settings.table(data, section)
    name, iri = (settings.text_of(data, section, key, "") for key in ("name", "iri"))
    if not name:
        raise settings.fail(section, "has no name")
    if iri and not IRI.fullmatch(iri):
        raise settings.fail(f"{section}.iri", f"{iri!r} is no http(s) IRI")
    person = data.get("person", False)
    if not isinstance(person, bool):
        raise settings.fail(f"{section}.person", "must be true or false")
    return Creator(name, iri, person)


def _europeana(settings: Settings, data: dict[str, Any]) -> Europeana:
    words = {key: settings.text_of(data, "europeana", key, "") for key in EUROPEANA_KEYS}
    if words["rights"]:
        words["rights"] = rights_of(settings, "europeana.rights", words["rights"])
    return Europeana(**words)


def rights_of(settings: Settings, field: str, iri: str) -> str:
    """The canonical address of a rights statement that Europeana takes; ``field`` is the setting that it stands in.

    Raises:
        InputError: Europeana takes no such statement.
    """
    canonical = canonical_licence(iri, "http")
    if not RIGHTS.fullmatch(canonical):
        raise settings.fail(
            field,
            f"{iri!r} is no rights statement that Europeana takes",
            "set rights in [europeana] to a licence of Creative Commons or a statement of rightsstatements.org",
        )
    return canonical
