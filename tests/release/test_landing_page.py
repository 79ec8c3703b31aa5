"""The landing page, the sitemap and the citation: what a release shows to people, crawlers and reference managers."""

from __future__ import annotations

import itertools
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import html5lib
import pytest
import yaml
from described import CATALOGUE, HOSTILE, OUTPUT, facts
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cablegraph.catalogue import Catalogue, Creator
from cablegraph.pages import STYLESHEET, Frame, Listed
from cablegraph.publication import Publisher
from cablegraph.release.descriptions.citation import spdx_name, write_citation
from cablegraph.release.descriptions.facts import Facts
from cablegraph.release.descriptions.page import write_page
from cablegraph.release.descriptions.schema_org import describe_for_search
from cablegraph.release.descriptions.sitemap import write_sitemaps
from cablegraph.release.history import History

FRAME = Frame(HOSTILE, "en", (Listed("browse/records.html", HOSTILE, 1),))
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Page(HTMLParser):
    """What is in a page: its elements with attributes in order, and the text of each kind of element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._open.append(tag)
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag][-1] += data

    def all(self, name: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag == name]


@pytest.fixture(params=["sample", "hostile"])
def page(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The page of the committed sample, and one whose every text is markup."""
    if request.param == "sample":
        return (OUTPUT / "index.html").read_text(encoding="utf-8")
    told = facts()
    return write_page(told, tmp_path, FRAME, describe_for_search(told))


def test_the_page_is_valid_html(page: str) -> None:
    """A strict parser of HTML 5 finds nothing to complain of; language, title and description are there."""
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(page)
    read = Page(page)
    assert read.all("html")[0]["lang"] and read.texts["title"][0]
    assert any(meta.get("name") == "viewport" for meta in read.all("meta"))
    assert any(meta.get("name") == "description" and meta["content"] for meta in read.all("meta"))


def test_the_page_is_accessible(page: str) -> None:
    """Ids are unique and named ones exist, headings leave no step out, tables have captions and heads, links have texts."""
    read = Page(page)
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids)) > 0
    assert {attributes["aria-labelledby"] for _, attributes in read.elements if "aria-labelledby" in attributes} <= set(
        ids
    )
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert len(read.all("main")) == 1
    tables = len(read.all("table"))
    assert tables == len(read.all("caption")) > 0
    assert all(head.get("scope") == "col" for head in read.all("th"))
    assert all(text.strip() for text in read.texts["a"])


def test_the_page_needs_nobody(page: str) -> None:
    """Nothing is fetched and nothing runs: no script but data, no image, no style from elsewhere; there are two colour schemes."""
    read = Page(page)
    assert [script["type"] for script in read.all("script")] == ["application/ld+json"]
    assert not {"img", "iframe", "object", "embed", "form"} & {tag for tag, _ in read.elements}
    assert all(link["rel"] in ("canonical", "describedby", "stylesheet") for link in read.all("link"))
    assert [link["href"] for link in read.all("link") if link["rel"] == "stylesheet"] == ["site.css"]
    assert not any(
        "src" in attributes or name.startswith("on") for _, attributes in read.elements for name in attributes
    )
    style = STYLESHEET.read_text(encoding="utf-8")
    assert "style" not in read.texts and "url(" not in style and "@import" not in style
    assert "prefers-color-scheme: dark" in style and "color-scheme: light dark" in style


def test_every_link_of_the_page_leads_somewhere() -> None:
    """Links of the sample's page lead to files of the release, or to whole addresses elsewhere."""
    targets = [link["href"] for link in Page((OUTPUT / "index.html").read_text(encoding="utf-8")).all("a")]
    files = [unquote(target) for target in targets if not re.match(r"https?://|mailto:|#main$", target)]
    assert len(files) > 20
    assert [name for name in files if not (OUTPUT / name).is_file()] == []
    manifest = json.loads((OUTPUT / "manifest.json").read_text(encoding="utf-8"))
    assert {dump["path"] for dump in manifest["dumps"]} <= set(files)
    assert {path.relative_to(OUTPUT).as_posix() for path in (OUTPUT / "descriptions").iterdir()} <= set(files)


def test_the_page_tells_the_release() -> None:
    """Numbers, licence, citation, checksum and size of each dump are in the sample's page, and the data for search engines."""
    text = (OUTPUT / "index.html").read_text(encoding="utf-8")
    read = Page(text)
    manifest = json.loads((OUTPUT / "manifest.json").read_text(encoding="utf-8"))
    shown = "".join(read.texts["body"])
    for number in (
        manifest["counts"]["records"],
        manifest["counts"]["triples"],
        *(dump["bytes"] for dump in manifest["dumps"]),
    ):
        assert f"{number:,}" in shown
    assert all(dump["sha256"] in shown and dump["media_type"] in shown for dump in manifest["dumps"])
    assert manifest["licence"] in shown and f"Version {manifest['version']}" in shown
    embedded = json.loads(read.texts["script"][0])
    assert embedded == json.loads((OUTPUT / "descriptions" / "schema.jsonld").read_text(encoding="utf-8"))


def test_no_text_becomes_markup(tmp_path: Path) -> None:
    """Markup in titles and names is shown as it is written, also in the embedded data; changes and licences are told."""
    told = facts()
    read = Page(write_page(told, tmp_path, FRAME, describe_for_search(told)))
    assert read.texts["h1"] == [HOSTILE] and not read.all("b")
    assert json.loads(read.texts["script"][0])["name"] == HOSTILE
    shown = "".join(read.texts["body"])
    assert "none stated: identifiers and links only" in shown
    assert "1.0.0 to 1.1.0" in shown and "1,234" in shown
    assert "dumps/a%20b%26c.nt" in {link["href"] for link in read.all("a")}


#: Any text but control characters, which HTML and YAML cannot hold.
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
@example("<!--<script>", "]]>&lt;")
def test_any_text_comes_through(title: str, name: str) -> None:
    """Whatever a title and a name are made of, page, embedded data and citation say it again."""
    told = facts(title=title, publisher=Publisher(name))
    read = Page(write_page(told, Path("nowhere"), Frame(title, "en"), describe_for_search(told)))
    assert read.texts["h1"] == [title]
    embedded = json.loads(read.texts["script"][0])
    assert (embedded["name"], embedded["publisher"]["name"]) == (title, name)
    assert yaml.safe_load(write_citation(told))["title"] == title


def test_the_sitemap_lists_what_is_there() -> None:
    """The sample's sitemap follows the protocol, and each address is a file of the release under its base."""
    root = ET.parse(OUTPUT / "sitemap.xml").getroot()
    assert root.tag == f"{SITEMAP}urlset"
    addresses = [entry.findtext(f"{SITEMAP}loc") or "" for entry in root]
    assert {entry.tag for entry in root} == {f"{SITEMAP}url"}
    assert all([child.tag for child in entry] == [f"{SITEMAP}loc", f"{SITEMAP}lastmod"] for entry in root)
    assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", entry.findtext(f"{SITEMAP}lastmod") or "") for entry in root)
    base = "https://crisis.example/"
    assert addresses[0] == base and len(addresses) == len(set(addresses)) <= 50_000
    assert [a for a in addresses[1:] if not (OUTPUT / unquote(a.removeprefix(base))).is_file()] == []
    manifest = json.loads((OUTPUT / "manifest.json").read_text(encoding="utf-8"))
    assert {f"{base}{dump['path']}" for dump in manifest["dumps"]} <= set(addresses)
    assert f"{base}ontology/index.html" in addresses and f"{base}cablegraph.toml" not in addresses


def test_robots_are_led_to_the_sitemap() -> None:
    """robots.txt lets everybody in and names the sitemap by its whole address."""
    lines = (OUTPUT / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", "Sitemap: https://crisis.example/sitemap.xml"]


@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_many_addresses_are_parted(tmp_path: Path, number: int) -> None:
    """More addresses than one sitemap may hold are parted, each stands in one part, and the index names the parts."""
    names = [f"a&{n}.ttl" for n in range(number)]
    write_sitemaps(tmp_path, "https://data.example/", names, "2026", most=2)
    root = ET.parse(tmp_path / "sitemap.xml").getroot()
    files = [tmp_path / "sitemap.xml"]
    if number > 2:
        assert root.tag == f"{SITEMAP}sitemapindex"
        files = [
            tmp_path / (loc.text or "").removeprefix("https://data.example/") for loc in root.iter(f"{SITEMAP}loc")
        ]
    parts = [[loc.text for loc in ET.parse(file).getroot().iter(f"{SITEMAP}loc")] for file in files]
    assert all(0 < len(part) <= 2 for part in parts)
    assert [loc for part in parts for loc in part] == [f"https://data.example/a%26{n}.ttl" for n in range(number)]


#: Keys of the Citation File Format 1.2.0 at the root, and of a person and an entity.
ROOT = {
    "abstract",
    "authors",
    "cff-version",
    "commit",
    "contact",
    "date-released",
    "doi",
    "identifiers",
    "keywords",
    "license",
    "license-url",
    "message",
    "preferred-citation",
    "references",
    "repository",
    "repository-artifact",
    "repository-code",
    "title",
    "type",
    "url",
    "version",
}
PERSON = {
    "address",
    "affiliation",
    "alias",
    "city",
    "country",
    "email",
    "family-names",
    "fax",
    "given-names",
    "name-particle",
    "name-suffix",
    "orcid",
    "post-code",
    "region",
    "tel",
    "website",
}
ENTITY = {
    "address",
    "alias",
    "city",
    "country",
    "date-end",
    "date-start",
    "email",
    "fax",
    "location",
    "name",
    "orcid",
    "post-code",
    "region",
    "tel",
    "website",
}


def held_to_the_format(text: str) -> dict[str, Any]:
    """A citation file that holds to the rules of its format."""
    content = yaml.safe_load(text)
    assert set(content) <= ROOT
    assert {"authors", "cff-version", "message", "title"} <= set(content)
    assert content["cff-version"] == "1.2.0" and content["type"] == "dataset"
    assert all(
        isinstance(value, str) and value
        for key, value in content.items()
        if key not in ("authors", "contact", "keywords")
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", content.get("date-released", "2026-01-01"))
    assert re.fullmatch(r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-\.\(\)\[\]\\]+", content.get("doi", "10.1234/a"))
    assert ("license" in content) != ("license-url" in content)
    for each in (*content["authors"], *content.get("contact", [])):
        assert set(each) <= PERSON or (set(each) <= ENTITY and "name" in each)
        assert re.fullmatch(
            r"https://orcid\.org/(\d{4}-){3}\d{3}[\dX]", each.get("orcid", "https://orcid.org/0000-0002-1825-0097")
        )
    assert len(content["authors"]) == len({json.dumps(each) for each in content["authors"]}) > 0
    assert len(content.get("keywords", [])) == len(set(content.get("keywords", [])))
    return content  # type: ignore[no-any-return]


def test_the_citation_holds_to_its_format() -> None:
    """The sample's citation, one with everything, and one of a release that is dated by its year alone hold to the format."""
    assert held_to_the_format((OUTPUT / "CITATION.cff").read_text(encoding="utf-8"))["license"] == "CC0-1.0"
    rich = held_to_the_format(write_citation(facts()))
    assert rich["title"] == HOSTILE and rich["doi"] == CATALOGUE.doi
    assert rich["authors"] == [
        {"family-names": "Roe", "given-names": "Jane", "orcid": "https://orcid.org/0000-0002-1825-0097"},
        {"name": "Office of Cables"},
    ]
    told = facts(
        licence="https://law.example/",
        publisher=Publisher("A library"),
        catalogue=Catalogue(creators=(Creator("Plato", person=True),)),
    )
    bare = held_to_the_format(write_citation(Facts(told.publication, "1970", 1, told.counts, [], [], History())))
    assert bare["license-url"] == "https://law.example/" and bare["authors"] == [{"family-names": "Plato"}]
    assert "date-released" not in bare and "contact" not in bare


def test_the_citation_in_words_follows_datacite() -> None:
    """Creator (year): title. Version. Publisher. Kind. Identifier: the DOI where there is one, else the data set's IRI."""
    about = {"title": "Telegrams", "publisher": Publisher("A library"), "version": "2.0"}
    assert facts(**about).citation == (
        "Roe, Jane; Office of Cables (2026): Telegrams. Version 2.0. A library. Dataset. https://doi.org/10.5281/zenodo.1862"
    )
    assert facts(**about, catalogue=Catalogue()).citation == (
        "A library (2026): Telegrams. Version 2.0. A library. Dataset. https://example.org/dataset"
    )


@pytest.mark.parametrize(
    ("licence", "name"),
    [
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC-BY-NC-SA-4.0"),
        ("https://creativecommons.org/licenses/by/3.0/nl/", None),
        ("https://creativecommons.org/publicdomain/mark/1.0/", None),
        ("https://opendatacommons.org/licenses/odbl/1-0/", "ODbL-1.0"),
        ("http://opendatacommons.org/licenses/pddl/1.0/", "PDDL-1.0"),
        ("https://law.example/", None),
    ],
)
def test_licences_have_the_names_of_spdx(licence: str, name: str | None) -> None:
    """Licences that the citation format knows are named by SPDX, others are not."""
    assert spdx_name(licence) == name
