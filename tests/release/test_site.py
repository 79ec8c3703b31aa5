"""The static site: pages that say what the dumps say, links that lead somewhere, and nothing written twice."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pyoxigraph as ox
import pytest
from published import everything
from rdflib import Graph

from cablegraph import quads, relations
from cablegraph.publication import Publication
from cablegraph.release.inventory import Inventory
from cablegraph.release.site import write_site

OUTPUT = Path(__file__).parents[2] / "output"
BASE = "https://example.org/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
RECORD = "<https://www.ica.org/standards/RiC/ontology#Record>"
SENT = "<https://w3id.org/diplomatic-records/ontology#sentAt>"
REFERS = "<http://purl.org/dc/terms/references>"


def site_of(folder: Path, lines: Iterable[str], standing: Path | None = None, **values: object) -> Inventory:
    """The site of these quads, in a folder that is made."""
    folder.mkdir()
    work = folder.with_name(f"{folder.name}.work")
    work.mkdir()
    (work / "quads.nq").write_text("".join(f"{line} .\n" for line in lines), encoding="utf-8")
    db = relations.connect([work])
    inventory = Inventory(folder)
    try:
        quads.load_quads(db, quads.file_lines(work / "quads.nq"))
        publication = Publication(folder, base=BASE, title="Telegrams", **values)  # type: ignore[arg-type]
        write_site(db, folder, publication, 2, standing, inventory)
    finally:
        db.close()
    return inventory


def record(key: str, label: str, *more: str) -> list[str]:
    subject = f"<{BASE}{key}>"
    return [f"{subject} {TYPE} {RECORD}", f'{subject} {LABEL} "{label}"', *(f"{subject} {each}" for each in more)]


class Links(HTMLParser):
    """The ids and the links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        if tag in ("a", "link"):
            self.links.append(given.get("href") or "")


def test_every_link_of_the_site_leads_to_a_file_and_a_place_in_it() -> None:
    """All pages of the sample's site, from the landing page on, hang together, from a folder as from a host."""
    pages = {path: Links(path.read_text(encoding="utf-8")) for path in OUTPUT.rglob("*.html")}
    lost = []
    for path, page in pages.items():
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                continue
            name, _, place = link.partition("#")
            target = Path(os.path.normpath(path.parent / unquote(name))) if name else path
            if not target.is_file() or (target in pages and place and unquote(place) not in pages[target].ids):
                lost.append((path.name, link))
    assert lost == []
    assert len(pages) > 300


def test_each_resource_has_a_page_in_html_turtle_and_json_ld() -> None:
    """Whatever the publication's own IRIs name in the dump is at its address, and the pages together say what the dump says of it."""
    base = "https://crisis.example/"
    dump = {
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for quad in ox.parse(path=str(next((OUTPUT / "dumps").glob("*.nq"))), format=ox.RdfFormat.N_QUADS)
        if str(quad.subject).startswith(f"<{base}")
    }
    said = set()
    for name in {subject[len(base) + 1 : -1].partition("#")[0] for subject, _, _ in dump}:
        path = OUTPUT / f"{unquote(name)}.ttl"
        assert path.with_name(f"{path.name.removesuffix('.ttl')}.html").is_file()
        triples = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        assert {quad.subject.value.partition("#")[0] for quad in triples} == {f"{base}{name}"}
        said |= {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in triples}
    assert said == dump


@pytest.mark.parametrize("name", ["record/in.usun.1862.1962-11-19", "agent/usun", "subject/mediation-by-u-thant"])
def test_turtle_and_json_ld_of_a_page_are_one_graph_for_every_reader(name: str) -> None:
    turtle = Graph().parse(OUTPUT / f"{name}.ttl")
    assert len(turtle) > 1
    assert set(Graph().parse(OUTPUT / f"{name}.jsonld")) == set(turtle)
    loaded = ox.parse(path=str(OUTPUT / f"{name}.jsonld"), format=ox.RdfFormat.JSON_LD)
    assert len({quad.triple for quad in loaded}) == len(turtle)


@pytest.mark.parametrize(
    "name", ["index", "browse/records", "browse/queries", "record/in.usun.1862.1962-11-19", "agent/usun"]
)
def test_pages_are_valid_html(name: str) -> None:
    """A strict parser of HTML 5 finds nothing to complain of."""
    html5lib.HTMLParser(strict=True).parse((OUTPUT / f"{name}.html").read_text(encoding="utf-8"))


def test_what_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    first = [*record("record/1", "Telegram 1"), *record("record/2", "Telegram 2", f"{REFERS} <{BASE}record/1>")]
    site_of(tmp_path / "a", first)
    site_of(tmp_path / "b", [*first, f'<{BASE}record/2> {SENT} "1961-05-02"'], tmp_path / "a")
    written = {
        name
        for name in everything(tmp_path / "b")
        if not (tmp_path / "a" / name).exists() or not (tmp_path / "a" / name).samefile(tmp_path / "b" / name)
    }
    assert written == {"record/2.html", "record/2.ttl", "record/2.jsonld", "browse/records.html"}


def test_a_site_is_the_same_with_and_without_one_before(tmp_path: Path) -> None:
    lines = [*record("record/1", "Telegram 1"), *record("record/2", "Telegram 2", f"{REFERS} <{BASE}record/1>")]
    told = site_of(tmp_path / "a", lines)
    site_of(tmp_path / "b", record("record/1", "Telegram one"))
    site_of(tmp_path / "c", lines, tmp_path / "b")
    assert everything(tmp_path / "a") == everything(tmp_path / "c")
    assert {entry.path: entry.sha256 for entry in told} == everything(tmp_path / "a")


def test_links_in_a_standing_release_are_not_followed(tmp_path: Path) -> None:
    """A folder or page of the release before that is a symbolic link, whoever made it one, is written anew."""
    lines = [*record("record/1", "Telegram 1"), *record("agent/1", "A post")]
    site_of(tmp_path / "a", lines)
    (tmp_path / "a" / "record").rename(tmp_path / "elsewhere")
    (tmp_path / "a" / "record").symlink_to(tmp_path / "elsewhere")
    page = tmp_path / "a" / "agent" / "1.ttl"
    page.rename(tmp_path / "post.ttl")
    page.symlink_to(tmp_path / "post.ttl")
    site_of(tmp_path / "b", lines, tmp_path / "a")
    assert not (tmp_path / "b" / "record" / "1.ttl").samefile(tmp_path / "elsewhere" / "1.ttl")
    assert not (tmp_path / "b" / "agent" / "1.ttl").is_symlink()
    assert not (tmp_path / "b" / "agent" / "1.ttl").samefile(tmp_path / "post.ttl")


def test_no_iri_leads_out_of_the_site_or_over_what_else_is_in_a_release(tmp_path: Path) -> None:
    keys = [
        "../../out",
        "record/..%2F..%2Fout",
        "dumps/x",
        "dataset",
        "record/CON",
        "record/a",
        "record/A",
        "",
        "/",
        "a//b",
    ]
    keys += ["record/" + "x" * 300, "record/%00", "record/a.html/b", "index", "browse/records", "record/-rf"]
    inventory = site_of(tmp_path / "site", [line for key in keys for line in record(key, f"Called {key}")])
    files = everything(tmp_path)
    assert all(name.startswith(("site/", "site.work/")) for name in files)
    assert {entry.path for entry in inventory} == {name[5:] for name in files if name.startswith("site/")}
    assert not {"site/dataset.ttl", "site/dumps/x.ttl", "site/index.html"} & set(files)
    assert len([name for name in files if name.endswith(".ttl")]) == len(keys)
    browsed = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "site" / "browse").glob("records*.html"))
    assert all(f">Called {key}<" in browsed for key in keys)


def test_long_lists_have_several_pages_and_more_links_than_a_page_shows_are_counted(tmp_path: Path) -> None:
    lines = [line for n in range(1_020) for line in record(f"record/{n}", f"No. {n}", f"{REFERS} <{BASE}record/hub>")]
    site_of(tmp_path / "site", [*lines, *record("record/hub", "Hub")])
    pages = sorted(path.name for path in (tmp_path / "site" / "browse").glob("records*"))
    assert pages == ["records-2.html", "records-3.html", "records.html"]
    assert "and 920 more" in (tmp_path / "site" / "record" / "hub.html").read_text(encoding="utf-8")


def test_a_publication_may_want_no_site_and_large_ones_have_none_unasked(tmp_path: Path) -> None:
    assert {entry.path for entry in site_of(tmp_path / "a", record("record/1", "1"), site="never")} == {"site.css"}
    assert len(site_of(tmp_path / "b", record("record/1", "1"), site="always")) > 5
