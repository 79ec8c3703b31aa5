"""cablegraph verify finds every kind of damage, says where and what, and reads nothing outside."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from published import ALSO, GOOD, ODD, publish, sha256, sheet

from cablegraph.cli import cli
from cablegraph.errors import InputError
from cablegraph.release.inventory import SUMS, Inventory, line_of
from cablegraph.release.verification import verify

MAP = "http://www.w3.org/2002/07/owl#sameAs"


@pytest.fixture
def release(good: Path, tmp_path: Path) -> Path:
    """A copy of its own, by links; whoever changes a file makes a new one."""
    return shutil.copytree(good, tmp_path / "release", copy_function=os.link)


def found(release: Path, **how: bool) -> list[str]:
    work = release.with_name("work")
    work.mkdir()
    try:
        return [str(fault) for fault in verify(release, work, **how).faults]
    finally:
        shutil.rmtree(work)


def write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def change(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    write(path, content.replace(old, new, 1))


def edit(release: Path, how: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    how(manifest)
    write(release / "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n")


def seal(release: Path) -> None:
    """Make all hashes fit again, as one who edits a release on purpose would."""

    def hashes(manifest: dict[str, Any]) -> None:
        for dump in manifest["dumps"]:
            path = release / dump["path"]
            dump |= {"sha256": sha256(path), "bytes": path.stat().st_size}
        manifest["files"] = {name: sha256(release / name) for name in manifest["files"] if (release / name).is_file()}

    edit(release, hashes)
    (release / SUMS).unlink()
    inventory = Inventory(release)
    inventory.complete(release / ".work")
    inventory.write()


def test_what_was_released_is_right(release: Path) -> None:
    """Also beside the cache, which is no part of it."""
    (release / ".cache").mkdir(exist_ok=True)
    (release / ".cache" / "anything").write_text("x")
    done = CliRunner().invoke(cli, ["verify", str(release), "--json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["faults"], told["unchecked"]) == (0, [], [])
    assert set(told["formats"]) == {"nq", "jsonld", "trig", "nt", "ttl"}


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda r: change(r / "index.html", b"<html", b"<htmL"), r"^index\.html: expected SHA-256 \w+ \(SHA256SUMS\), found \w+"),
        (lambda r: write(r / "dumps/test.nq", (r / "dumps/test.nq").read_bytes()[:-1000]), r"^dumps/test\.nq: expected \d+ bytes \(manifest\.json\)"),
        (lambda r: (r / "register/records.parquet").unlink(), r"^register/records\.parquet: expected a file, since SHA256SUMS lists it, found nothing"),
        (lambda r: (r / "dataset.ttl").unlink(), r"^dataset\.ttl: expected a file, since manifest\.json lists it, found nothing"),
        (lambda r: (r / "ontology/more.ttl").write_text(""), r"^ontology/more\.ttl: expected to be listed in SHA256SUMS"),
        (lambda r: (r / SUMS).unlink(), r"^SHA256SUMS: expected the checksums of all files"),
        (lambda r: change(r / SUMS, b"  ", b" "), r"^SHA256SUMS:1: expected the checksums of all files"),
        (lambda r: (r / "manifest.json").unlink(), r"^manifest\.json: expected the manifest of a release, found is missing"),
        (lambda r: change(r / "manifest.json", b'"version"', b'"verison"'), r"^manifest\.json: expected version to be a text"),
        (lambda r: (r / "link.ttl").symlink_to("/etc/passwd"), r"^link\.ttl: expected a file, found a link"),
        (lambda r: (r / "more").symlink_to("/etc"), r"^more: expected a file, found a link"),
        (lambda r: os.mkfifo(r / "pipe"), r"^pipe: expected a file"),
    ],
)  # fmt: skip
def test_hashes_tell_what_was_changed(release: Path, damage: Callable[[Path], object], told: str) -> None:
    damage(release)
    assert any(re.search(told, fault) for fault in found(release, fast=True))


def swap(release: Path) -> None:
    one, other = release / "dumps/test.nt", release / "dumps/test.ttl"
    one.rename(one.with_suffix(".tmp"))
    other.rename(one)
    one.with_suffix(".tmp").rename(other)


def drop(name: str, needle: bytes) -> Callable[[Path], None]:
    """Take the last line with these bytes out of a dump of lines, or of any other that has a triple a line."""

    def damage(release: Path) -> None:
        lines = (release / name).read_bytes().splitlines(keepends=True)
        place = max(n for n, line in enumerate(lines) if needle in line)
        write(release / name, b"".join(lines[:place] + lines[place + 1 :]))

    return damage


def told_of(**counts: int) -> Callable[[Path], None]:
    return lambda release: edit(release, lambda manifest: manifest["counts"].update(counts))


def moved(key: str, value: Any) -> Callable[[Path], None]:
    return lambda release: edit(release, lambda manifest: manifest.update({key: value}))


STEP = "changes/1.0.0..2.0.0"
EXTRA = b"<http://a/b> <http://a/c> <http://a/d> .\n"


def append(name: str, line: bytes) -> Callable[[Path], None]:
    return lambda release: write(release / name, (release / name).read_bytes() + line)


def zeros(release: Path) -> None:
    path = release / "descriptions" / "dcat-ap.ttl"
    write(path, re.sub(rb'"[0-9a-f]{64}"', b'"' + b"0" * 64 + b'"', path.read_bytes()))


#: Damages that do not hide each other, each with what is told of it.
NUMBERS = [
    (moved("nquads_sha256", "0" * 64), r"^dumps/test\.nq: expected N-Quads of SHA-256 0{64}"),
    (told_of(triples=7), r"^manifest\.json: expected counts\.triples to be \d+, as are the triples of the dumps, found 7"),
    (told_of(quads=7), r"^manifest\.json: expected counts\.quads to be \d+, as are the quads of the dumps, found 7"),
    (told_of(documents=9), r"^manifest\.json: expected counts\.documents to be 4, as are the documents of all sources, found 9"),
    (told_of(merged=1), r"^manifest\.json: expected counts\.documents to be 5, as are records, merged and withheld, found 9"),
    (told_of(stubs=1), r"^manifest\.json: expected counts\.stubs to be 0, as are the stubs of the dumps"),
    (told_of(quarantined=0), r"^manifest\.json: expected counts\.quarantined to be 1"),
    (moved("minted", 1), r"^minted\.csv: expected 1 keys"),
    (moved("previous", None), r"^manifest\.json: expected 1\.0\.0 as the release before, found None"),
]  # fmt: skip
TRIPLES = [
    (drop("dumps/test.nt", b"prefLabel"), r"^dumps/test\.nt: expected the quads that the other dumps have, found 1 lacking, 0 besides: lacks <http"),
    (drop("dumps/test.trig", b"dipl:fileNumber"), r"^dumps/test\.trig: expected the quads that the other dumps have, found 1 lacking, 0 besides"),
    (lambda r: change(r / "dumps/test.jsonld", b": \"737.56/11-1962", b": \"737.56/11-1963"), r"^dumps/test\.jsonld: expected the quads .* found 1 lacking, 1 besides"),
    (drop("quarantine/quarantine.nq", b"ontology#Record> "), r"^manifest\.json: expected counts\.records and stubs to be 3"),
    (lambda r: write(r / STEP / "removed.nq", (r / STEP / "added.nq").read_bytes()), rf"^{STEP}/removed\.nq: expected quads that the dumps have no more"),
    (lambda r: change(r / "register/records.csv", b"737.56/11-2062", b"737.56/11-2063"), r"^register/records\.csv: expected sha256 \w+"),
    (lambda r: change(r / "dataset.ttl", b" a ", b" b "), r"^dataset\.ttl:\d+: expected a file that can be read, found is no valid RDF"),
    (lambda r: change(r / "descriptions/schema.jsonld", b'"contentSize": "', b'"contentSize": "9'), r"^descriptions/schema\.jsonld: expected \d+ bytes for dumps/"),
    (zeros, r"^descriptions/dcat-ap\.ttl: expected SHA-256 \w+ for dumps/test\.\w+, found 0{64}"),
    (lambda r: change(r / "provenance.ttl", b"dqv:value 4 ", b"dqv:value 5 "), r"^provenance\.ttl: expected what manifest\.json says, found \d+ triples that it lacks"),
    (lambda r: write(r / "sitemap.xml", b"<a><b></a>"), r"^sitemap\.xml:1: expected a file that can be read, found is no XML: mismatched tag"),
]  # fmt: skip
FORMS = [
    (append("quarantine/quarantine.nq", b"_:a <http://a/b> _:a .\n"), r"^quarantine/quarantine\.nq: expected RDF, found has a blank node"),
    (swap, r"^dumps/test\.nt:\d+: expected RDF, found is no valid RDF"),
    (append("dumps/test.nq", b"<a> no\n"), r"^dumps/test\.nq:\d+: expected RDF, found is no valid RDF"),
    (append(f"{STEP}/added.nq", EXTRA), rf"^{STEP}: expected \d+ lines added .*, found \d+"),
    (append(f"{STEP}/added.nq", EXTRA), rf"^{STEP}/added\.nq: expected quads that the dumps have, found <http://a/b>"),
    (drop("register/records.csv", b"1863"), r"^register/records\.csv: expected rows 4"),
    (lambda r: write(r / "descriptions/schema.jsonld", b"{"), r"^descriptions/schema\.jsonld:1: expected a file that can be read"),
    (lambda r: write(r / "sitemap.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), r"^sitemap\.xml:1: .* declares the entity b"),
    (lambda r: (r / "provenance.ttl").unlink(), r"^provenance\.ttl: expected the provenance of the release"),
]  # fmt: skip
TABLES = [
    (drop("dumps/test.nq", b"prefLabel"), r"^dumps/test\.nq: expected N-Quads of SHA-256"),
    (moved("changes", []), rf"^{STEP}/added\.nq: expected a step of the changes that the manifest tells"),
    (lambda r: change(r / "register/csv-metadata.json", b'"tables"', b'"tabels"'), r"^register/csv-metadata\.json: expected the description"),
    (lambda r: shutil.copyfile(r / "register/identity.parquet", r / "register/more.parquet"), r"^register/more\.parquet: expected a table of manifest\.json"),
    (lambda r: write(r / "register/records.parquet", b"PAR1 no PAR1"), r"^register/records\.parquet: expected a table, found"),
    (lambda r: write(r / "dataset.ttl", (r / "dataset.ttl").read_bytes().replace(b"/test.jsonld>", b"/none.jsonld>")), r"^dataset\.ttl: expected files of the release to be told, such as dumps/none\.jsonld"),
]  # fmt: skip
COLUMNS = [
    (lambda r: (r / STEP / "resources.csv").unlink(), rf"^{STEP}: expected the files resources\.csv, found nothing"),
    (lambda r: change(r / "register/records.csv", b",source_line\n", b",line\n"), r"^register/records\.csv:1: expected a table"),
]  # fmt: skip


@pytest.mark.parametrize(
    "damages", [NUMBERS, TRIPLES, FORMS, TABLES, COLUMNS], ids=["numbers", "triples", "forms", "tables", "columns"]
)
def test_damage_shows_though_all_hashes_fit(release: Path, damages: list[tuple[Callable[[Path], object], str]]) -> None:
    """Each difference is told, with all others."""
    for damage, _ in damages:
        damage(release)
    seal(release)
    faults = found(release)
    assert [told for _, told in damages if not any(re.search(told, fault) for fault in faults)] == [], faults


OUTSIDE = ["../secret.ttl", "/etc/passwd", "a/../../secret.ttl", "..\\secret.ttl", "link/secret.ttl"]


def test_nothing_outside_is_read(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what the manifest, nor what the list of checksums, nor what a link leads to."""
    (release.parent / "secret.ttl").write_text("secret")
    (release / "link").symlink_to(release.parent)

    def lead_out(manifest: dict[str, Any]) -> None:
        for path in OUTSIDE:
            manifest["files"][path] = "0" * 64
            manifest["dumps"].append(
                {"path": path, "media_type": "text/turtle", "compression": None, "bytes": 6, "sha256": "0" * 64}
            )
            manifest["changes"].append(
                {"from": path, "to": "2.0.0", "date": "", "added": 0, "removed": 0, "withdrawn": 0}
            )

    edit(release, lead_out)
    append(SUMS, "".join(line_of(path, "0" * 64) for path in OUTSIDE).encode())(release)
    opened, real = [], io.open

    def noting(file: Any, *arguments: Any, **options: Any) -> Any:
        opened.append(os.path.realpath(file) if isinstance(file, str | os.PathLike) else None)
        return real(file, *arguments, **options)

    monkeypatch.setattr("io.open", noting)
    monkeypatch.setattr("builtins.open", noting)
    faults = found(release)
    assert str(release / "minted.csv") in opened
    assert not {str(release.parent / "secret.ttl"), "/etc/passwd"} & set(opened)
    assert sum("which was not read" in fault for fault in faults) >= 2 * (len(OUTSIDE) - 1)
    assert not any("root:" in fault for fault in faults)


@pytest.mark.parametrize(
    "content",
    [b"[" * 200_000, b'{"a":' * 200_000, b"9" * 20_000, b"[]", b"null", b"\xff\xfe", b"", b'{"a": "\\ud800"}'],
)
def test_a_manifest_that_is_none_is_told(release: Path, content: bytes) -> None:
    write(release / "manifest.json", content)
    assert any(fault.startswith("manifest.json") and "expected" in fault for fault in found(release))


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("base", "no IRI>", "expected base to be an http(s) IRI, found 'no IRI>'"),
        ("minted", True, "expected minted to be a whole number, 0 or more"),
        ("dumps", [{"path": "x"}], "expected dumps[0].media_type to be a text"),
        ("previous", [], "expected previous to be an object or null"),
        ("tables", {}, "expected a table records, found none"),
    ],
)
def test_a_manifest_of_another_form_is_told(release: Path, key: str, value: Any, told: str) -> None:
    moved(key, value)(release)
    assert any(fault.startswith(f"manifest.json: {told}") for fault in found(release))


def test_a_file_that_cannot_be_read_is_an_error(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("cablegraph.release.inventory.sha256_of", refuse)
    with pytest.raises(InputError, match=r"cannot be read \(Permission denied\)"):
        found(release)


def test_a_manifest_that_is_too_large_is_not_read(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cablegraph.release.verification.contents.LARGEST_JSON", 100)
    assert any("has more than" in fault for fault in found(release))


def test_what_is_no_release_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    done = CliRunner().invoke(cli, ["verify", str(tmp_path)])
    assert isinstance(done.exception, InputError) and done.exception.exit_code == 2


def test_differences_are_listed_on_standard_output_with_what_to_do(release: Path) -> None:
    change(release / "index.html", b"<html", b"<htmL")
    done = CliRunner().invoke(cli, ["verify", str(release), "--fast"])
    assert done.exit_code == 1
    assert "index.html: expected SHA-256" in done.stdout and "(get it from a good copy)" in done.stdout


def test_triples_in_triples_without_end_are_told(release: Path) -> None:
    """The parser would end the whole process."""
    forms = {
        "dumps/test.ttl": b"<<( <a:b> <a:c> ",
        "dataset.ttl": b"<<(<a:b><a:c>",
        "ontology/rules.ttl": b"<<( # here\n a:b\ta:c\n",
    }
    for name, one in forms.items():
        deep = one * 20_000 + b" <a:d>" + b" )>>" * 20_000
        write(release / name, b"@prefix a: <a:> . <a:b> <a:c> " + deep + b" .\n")
    faults = found(release)
    assert all(any(fault.startswith(name) and "too deep" in fault for fault in faults) for name in forms), faults


@pytest.mark.full
@pytest.mark.parametrize(
    "given",
    [
        {"dumps": ("nq", "ttl"), "split": "source"},
        {"dumps": ("ttl", "trig", "rdf"), "compress": "zstd"},
        {"dumps": ("nq", "jsonld"), "split": 2},
        {"dumps": ("ttl", "nt"), "tables": ("csv",)},
    ],
    ids=lambda given: "-".join(given["dumps"]),
)
def test_dumps_of_every_sort_are_compared(tmp_path: Path, given: dict[str, Any]) -> None:
    """Compressed, in parts, without named graphs, which leaves something unchecked."""
    lines = [GOOD, ALSO] if "rdf" in given["dumps"] else [GOOD, ALSO, ODD]
    publish(sheet(tmp_path, *lines, **given), tmp_path / "release")
    (tmp_path / "work").mkdir()
    verdict = verify(tmp_path / "release", tmp_path / "work")
    assert verdict.faults == [] and set(verdict.formats) == set(given["dumps"])
    assert bool(verdict.unchecked) is (given["dumps"] == ("ttl", "nt"))


def test_dumps_may_be_compressed_and_in_parts_and_without_nquads(tmp_path: Path) -> None:
    """The hash of the quads is found again from TriG; a dump that is cut off is told."""
    publish(sheet(tmp_path, GOOD, ODD, dumps=("nt", "trig"), compress="gzip", split="source"), tmp_path / "release")
    (tmp_path / "work").mkdir()
    verdict = verify(tmp_path / "release", tmp_path / "work")
    assert (verdict.faults, verdict.unchecked, verdict.formats) == ([], [], ["trig", "nt"])
    dump = max((tmp_path / "release" / "dumps").glob("*.nt.gz"), key=lambda path: path.stat().st_size)
    write(dump, dump.read_bytes()[:-20])
    seal(tmp_path / "release")
    shutil.rmtree(tmp_path / "work")
    assert any(re.search(r"^dumps/test\..+\.nt\.gz.*: expected RDF", fault) for fault in found(tmp_path / "release"))
