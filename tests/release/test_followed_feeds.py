"""Programs of others follow the feeds from release to release, and end with what the releases say."""

from __future__ import annotations

import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from published import ALSO, GOOD, everything, quads_of, sheet
from served import Site, program, run, site

from cablegraph import pipeline
from cablegraph.catalogue import Catalogue

MORE = [
    f"{n},{1900 + n},incoming,USUN,Department of State,1962-12-{n:02},Cuba,Secret,737.56/12-{n}62" for n in range(3, 25)
]
NEW = "31,1950,incoming,USUN,Department of State,1962-12-31,Cuba,Secret,737.56/12-3162"
SECRET = GOOD.replace("Cuba|Missiles", "Cuba|Quizzaro")
AS = "https://www.w3.org/ns/activitystreams#"


@dataclass(frozen=True)
class Chain:
    """Releases that were made for one site."""

    site: Site
    releases: list[Path]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """Three releases of one day: the second changes a telegram, deletes one and has a new one; the third withholds the first."""
    folder = tmp_path_factory.mktemp("chain")
    steps = {"1.0.0": [SECRET, ALSO, *MORE], "1.1.0": [SECRET.replace("Secret", "Confidential"), NEW, *MORE]}
    with site() as found:
        releases: list[Path] = []
        for version, rows in (steps | {"1.2.0": steps["1.1.0"]}).items():
            if version == "1.2.0":
                line = "telegrams/1,,Names an informant,2026-11-20"
                (folder / "withheld.csv").write_text(f"record,field,reason,date\n{line}\n", encoding="utf-8")
            previous = releases[-1] if releases else None
            publish(folder, found.address, version, rows, previous)
            releases.append(folder / version)
        yield Chain(found, releases)


def publish(folder: Path, address: str, version: str, rows: list[str], previous: Path | None) -> None:
    catalogue = Catalogue(landing_page=address)
    about = sheet(
        folder, *rows, version=version, previous=previous, name="crisis", dumps=("nq",), issued="2026-11-24", catalogue=catalogue
    )  # fmt: skip
    pipeline.publish(about, folder / version, pipeline.Options())


class Copy:
    """What a harvester of the event stream has: triples by resource, as docs/feeds.md says."""

    def __init__(self) -> None:
        self.triples: dict[str, set[ox.Triple]] = defaultdict(set)

    def apply(self, lines: str) -> int:
        """Apply members as a client gives them out, one after the other; returns how many there were."""
        members: dict[ox.NamedNode, set[ox.Triple]] = defaultdict(set)
        for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS):
            if isinstance(quad.graph_name, ox.NamedNode):
                members[quad.graph_name].add(quad.triple)
            else:
                members[quad.subject].add(quad.triple)
        for envelope in members.values():
            [resource] = {t.object.value for t in envelope if t.predicate.value == f"{AS}object"}
            member = next(t.subject for t in envelope if t.predicate.value == f"{AS}object")
            for known in list(self.triples):
                if resource in (known, f"sha256:{hashlib.sha256(known.encode()).hexdigest()}"):
                    del self.triples[known]
            self.triples[resource] = {triple for triple in envelope if triple.subject != member}
        return len(members)

    @property
    def all(self) -> set[ox.Triple]:
        return set().union(*self.triples.values())


def said(release: Path) -> set[ox.Triple]:
    """What a release says, in whatever graph."""
    return {quad.triple for quad in quads_of(release / "dumps" / "crisis.nq")}


def test_a_client_of_event_streams_ends_with_what_each_release_says(chain: Chain, tmp_path: Path) -> None:
    """It reads the new pages only, of what was created, changed and deleted, and of what was withdrawn."""
    client = [
        *program("ldes-client", "dist/bin/cli.js"),
        f"{chain.site.address}feeds/ldes/index.trig",
        "--save",
        "state",
    ]
    copy, members = Copy(), []
    for release in chain.releases:
        chain.site.folder = release
        members.append(copy.apply(run(client, tmp_path)))
        assert copy.all == said(release)
    resources = {quad.subject.value.partition("#")[0] for quad in quads_of(chain.releases[0] / "dumps" / "crisis.nq")}
    assert members[:2] == [len(resources), 3]


def test_a_client_that_comes_late_ends_there_too(chain: Chain, tmp_path: Path) -> None:
    """In the order of the times of members, which differ though all releases are of one day."""
    chain.site.folder = chain.releases[-1]
    client = [*program("ldes-client", "dist/bin/cli.js"), f"{chain.site.address}feeds/ldes/index.trig"]
    copy = Copy()
    copy.apply(run([*client, "--ordered", "ascending"], tmp_path))
    assert copy.all == said(chain.releases[-1])


def test_pages_stay_as_they_are_and_only_what_is_withdrawn_leaves_them(chain: Chain) -> None:
    one, two, three = (everything(release / "feeds" / "ldes") for release in chain.releases)
    pages = [
        {path: digest for path, digest in release.items() if path != "index.trig"} for release in (one, two, three)
    ]
    assert pages[0].items() < pages[1].items()
    assert pages[1].keys() < pages[2].keys()
    assert {path for path in pages[1] if pages[1][path] != pages[2][path]} == {"1.0.0/0001.trig", "1.1.0/0001.trig"}
    said_before = (chain.releases[1] / "feeds" / "ldes" / "1.0.0" / "0001.trig").read_text(encoding="utf-8")
    assert "quizzaro" in said_before
    for path in (chain.releases[2] / "feeds").rglob("*"):
        assert not path.is_file() or b"quizzaro" not in path.read_bytes().lower()


def test_publishing_a_version_once_more_changes_no_byte_of_its_feeds(chain: Chain, tmp_path: Path) -> None:
    two = chain.releases[1]
    rows = [SECRET.replace("Secret", "Confidential"), NEW, *MORE]
    publish(tmp_path, chain.site.address, "1.1.0", rows, two)
    assert everything(tmp_path / "1.1.0" / "feeds") == everything(two / "feeds")


def test_a_client_of_resourcesync_mirrors_the_releases_byte_for_byte(chain: Chain, tmp_path: Path) -> None:
    """First all files, then by the changes alone. The lists themselves, and what describes them, are no part of the mirror."""
    address, mirror = chain.site.address.rstrip("/"), tmp_path / "mirror"
    mirror.mkdir()
    client = [
        sys.executable, "-W", "ignore", str(Path(sys.executable).with_name("resync-sync")), "--delete", address, str(mirror),
    ]  # fmt: skip
    chain.site.folder = chain.releases[0]
    run([*client, "--baseline", "--hash", "sha-256"], tmp_path)
    assert everything(mirror) == mirrored(chain.releases[0])
    chain.site.folder = chain.releases[1]
    run([*client, "--incremental", "--changelist-uri", f"{address}/feeds/resourcesync/changelist.xml"], tmp_path)
    assert everything(mirror) == mirrored(chain.releases[1])
    assert (mirror / "subject" / "quizzaro.html").is_file()
    # What is withheld makes the change list begin anew, so that mirrors begin with all files again.
    assert not (chain.releases[2] / "feeds" / "resourcesync" / "changelist.xml").exists()
    chain.site.folder = chain.releases[2]
    run([*client, "--baseline", "--hash", "sha-256"], tmp_path)
    assert everything(mirror) == mirrored(chain.releases[2])


def mirrored(release: Path) -> dict[str, str]:
    left_out = ("feeds/resourcesync/", ".well-known/resourcesync", "manifest.json", "SHA256SUMS", "cablegraph.toml")
    return {path: digest for path, digest in everything(release).items() if not path.startswith(left_out)}
