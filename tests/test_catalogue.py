"""What catalogues are told: how it is read from cablegraph.toml, and how licences are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from cablegraph.catalogue import Creator, Europeana, canonical_licence
from cablegraph.commands.told import publication_of
from cablegraph.errors import InputError
from cablegraph.publication import Publication, read_publication

EVERYTHING = """[publication]
landing_page = "https://pages.example/set/"
endpoint = "https://pages.example/sparql"
doi = "10.1234/abc"
frequency = "monthly"
keywords = ["tea", "telegrams"]
[[publication.creators]]
name = "Roe, Jane"
iri = "https://orcid.org/0000-0002-1825-0097"
person = true
[[publication.creators]]
name = "A library"
[europeana]
data_provider = "A library"
provider = "An aggregator"
rights = "https://creativecommons.org/publicdomain/mark/1.0/deed.fr"
[release]
descriptions = ["edm", "void"]
"""


def read(folder: Path, text: str) -> Publication:
    (folder / "cablegraph.toml").write_text(text, encoding="utf-8")
    return read_publication(folder / "cablegraph.toml", folder)


def test_everything_is_read(tmp_path: Path) -> None:
    """Every setting finds its place, and rights get the address that Europeana knows."""
    publication = read(tmp_path, EVERYTHING)
    catalogue = publication.catalogue
    assert (catalogue.landing_page, catalogue.endpoint) == (
        "https://pages.example/set/",
        "https://pages.example/sparql",
    )
    assert (catalogue.doi, catalogue.frequency, catalogue.keywords) == ("10.1234/abc", "monthly", ("tea", "telegrams"))
    assert catalogue.creators == (
        Creator("Roe, Jane", "https://orcid.org/0000-0002-1825-0097", True),
        Creator("A library"),
    )
    assert catalogue.europeana == Europeana(
        "A library", "An aggregator", "http://creativecommons.org/publicdomain/mark/1.0/"
    )
    assert publication.descriptions == ("void", "edm")
    assert publication.address == "https://pages.example/set/"


@pytest.mark.parametrize(
    ("base", "address"),
    [("https://data.example/", "https://data.example/"), ("https://data.example/set#", "https://data.example/")],
)
def test_files_are_served_in_the_folder_of_the_base(tmp_path: Path, base: str, address: str) -> None:
    """Without a landing page the files of a release are served where IRIs of the base lead."""
    assert read(tmp_path, f'[publication]\nbase = "{base}"\n').address == address


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('"https://pages.example/set/"', '"https://pages.example/set"', "publication.landing_page"),
        ('"https://pages.example/set/"', '"https://pages.example/?set=/"', "publication.landing_page"),
        ('"https://pages.example/sparql"', '"sparql"', "publication.endpoint"),
        ('"10.1234/abc"', '"https://doi.org/10.1234/abc"', "publication.doi"),
        ('"10.1234/abc"', '"10.1234/a<b>"', "publication.doi"),
        ('"monthly"', '"seldom"', "publication.frequency"),
        ('["tea", "telegrams"]', '"tea"', "publication.keywords"),
        ('["tea", "telegrams"]', '["tea", ""]', "publication.keywords"),
        ('name = "Roe, Jane"', 'nom = "Roe, Jane"', "publication.creators.nom"),
        ('name = "Roe, Jane"', 'name = ""', "publication.creators"),
        ('"https://orcid.org/0000-0002-1825-0097"', '"0000-0002-1825-0097"', "publication.creators.iri"),
        ("person = true", 'person = "yes"', "publication.creators.person"),
        ("[[publication.creators]]\nname = \"A library\"", "", None),
        ('"https://creativecommons.org/publicdomain/mark/1.0/deed.fr"', '"https://law.example/"', "europeana.rights"),
        ('rights = "https://creativecommons.org/publicdomain/mark/1.0/deed.fr"', "", None),
        ('["edm", "void"]', '["edm", "rss"]', "release.descriptions"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, old: str, new: str, field: str | None) -> None:
    """A value that is not of its kind is refused with its field and line; what may be left out may be."""
    assert old in EVERYTHING
    text = EVERYTHING.replace(old, new)
    if field is None:
        read(tmp_path, text)
        return
    with pytest.raises(InputError) as raised:
        read(tmp_path, text)
    assert raised.value.field == field
    assert raised.value.line is not None


def test_records_for_europeana_need_rights_that_it_takes(tmp_path: Path) -> None:
    """With a licence that Europeana does not take, its description is refused until rights are set."""
    text = '[publication]\nlicence = "https://law.example/"\n[release]\ndescriptions = ["edm"]\n'
    with pytest.raises(InputError, match="rights") as raised:
        read(tmp_path, text)
    assert (raised.value.field, raised.value.line) == ("publication.licence", 2)
    rights = '[europeana]\nrights = "http://rightsstatements.org/page/NoC-OKLR/1.0/?language=en"\n'
    with pytest.raises(InputError):
        read(tmp_path, text + rights)
    read(tmp_path, text + rights.replace("?language=en", ""))
    read(tmp_path, text.replace('["edm"]', '["nde"]'))


@pytest.mark.parametrize(
    ("given", "https", "http"),
    [
        ("http://creativecommons.org/licenses/by/4.0", "https://creativecommons.org/licenses/by/4.0/", "http://creativecommons.org/licenses/by/4.0/"),
        ("https://creativecommons.org/licenses/by-sa/3.0/nl/deed.nl", "https://creativecommons.org/licenses/by-sa/3.0/nl/", "http://creativecommons.org/licenses/by-sa/3.0/nl/"),
        ("https://creativecommons.org/publicdomain/zero/1.0/legalcode", "https://creativecommons.org/publicdomain/zero/1.0/", "http://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://rightsstatements.org/page/InC/1.0/", "http://rightsstatements.org/vocab/InC/1.0/", "http://rightsstatements.org/vocab/InC/1.0/"),
        ("https://law.example/deed", "https://law.example/deed", "https://law.example/deed"),
    ],
)  # fmt: skip
def test_a_licence_is_called_by_its_canonical_address(given: str, https: str, http: str) -> None:
    """Deeds and languages fall away, and each reader gets the scheme that it compares with."""
    assert (canonical_licence(given), canonical_licence(given, "http")) == (https, http)
    assert canonical_licence(https) == https


@pytest.mark.parametrize(("email", "told"), [("", True), ('email = "ask@library.example"\n', False)])
def test_a_publisher_without_an_address_is_warned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], email: str, told: bool
) -> None:
    """A publisher without e-mail is told what descriptions lack by it; with one nothing is said of it."""
    config = tmp_path / "cablegraph.toml"
    config.write_text(f'[publication.publisher]\nname = "A library"\n{email}', encoding="utf-8")
    publication_of((), config, sample=False, quiet=False)
    warnings = capsys.readouterr().err
    assert "publication.base is not set" in warnings
    assert (
        "publication.publisher.email is not set in cablegraph.toml; descriptions have no contact" in warnings
    ) == told
