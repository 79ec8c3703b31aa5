"""Adding to a publication reads and maps what is new, and gives the bytes of a fresh run."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from published import HEADER, everything

from cablegraph import pipeline
from cablegraph.errors import InputError
from cablegraph.mapping import run as mapping_run
from cablegraph.publication import Publication, SourceEntry
from registers import publication


@pytest.fixture(autouse=True)
def everything_is_worth_keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "WORTH_KEEPING", 1)


def sheets(folder: Path, **contents: str) -> Publication:
    folder.mkdir(exist_ok=True)
    entries = []
    for name, lines in contents.items():
        (folder / f"{name}.csv").write_text(HEADER + lines, encoding="utf-8")
        entries.append(SourceEntry(folder / f"{name}.csv", "sheet"))
    return publication(folder, sources=tuple(entries))


def publish(given: Publication, out: Path, fresh: bool = False) -> list[str]:
    """Publish, and return which files were read."""
    told: list[str] = []
    pipeline.publish(given, out, pipeline.Options(fresh=fresh, allow_deletions=True, tell=told.append))
    return [line.removeprefix("read ") for line in told if line.startswith("read ")]


ONE = "1,1862,incoming,USUN,Department of State,1962-11-19,Cuba|Missiles,Secret,737.56/11-1962\n"
TWO = "1,1863,incoming,USUN,Department of State,1962-11-20,CUBA,Secret,737.56/11-2062\n"
#: A second showing of the first telegram, and the first use of a spelling that becomes the label of a subject.
SAME = "9,1862,incoming,USUN,Department of State,1962-11-19,BERLIN|Cuba,Top Secret,737.56/11-1962\n"


@pytest.mark.parametrize("added", [TWO, SAME])
def test_adding_a_source_reads_that_source_only(tmp_path: Path, added: str) -> None:
    """Only the new source is read; every byte, also of what is kept, is that of a fresh run."""
    assert publish(sheets(tmp_path / "p", a=ONE, b=TWO), tmp_path / "out") == ["a.csv", "b.csv"]
    more = sheets(tmp_path / "p", a=ONE, b=TWO, c=added)
    assert publish(more, tmp_path / "out") == ["c.csv"]
    assert publish(more, tmp_path / "fresh") == ["a.csv", "b.csv", "c.csv"]
    assert everything(tmp_path / "out") == everything(tmp_path / "fresh")


def test_a_changed_or_removed_source(tmp_path: Path) -> None:
    """A source whose content changed is read again; what only the removed source needed is forgotten."""
    publish(sheets(tmp_path / "p", a=ONE, b=TWO), tmp_path / "out")
    changed = sheets(tmp_path / "p", a=ONE.replace("Secret", "Confidential"))
    assert publish(changed, tmp_path / "out") == ["a.csv"]
    publish(changed, tmp_path / "fresh")
    assert everything(tmp_path / "out") == everything(tmp_path / "fresh")


def test_content_decides_and_not_the_time_of_a_file(tmp_path: Path) -> None:
    """A file that was only touched is not read again; one with other content of the same size and time is."""
    given = sheets(tmp_path / "p", a=ONE, b=TWO)
    publish(given, tmp_path / "out")
    (tmp_path / "p" / "a.csv").touch()
    assert publish(given, tmp_path / "out") == []
    sheets(tmp_path / "p", a=ONE.replace("1862", "1872"))
    assert publish(given, tmp_path / "out") == ["a.csv"]


def test_how_a_source_is_read_decides_too(tmp_path: Path) -> None:
    """Another licence of a source is another reading of it."""
    given = sheets(tmp_path / "p", a=ONE, b=TWO)
    publish(given, tmp_path / "out")
    licensed = replace(given.sources[0], licence="https://creativecommons.org/licenses/by/4.0/")
    assert publish(given.with_sources((licensed, given.sources[1])), tmp_path / "out") == ["a.csv"]


def test_fresh_starts_over(tmp_path: Path) -> None:
    """With --fresh everything is read again, and the same bytes come of it."""
    given = sheets(tmp_path / "p", a=ONE, b=TWO)
    publish(given, tmp_path / "out")
    before = everything(tmp_path / "out")
    assert publish(given, tmp_path / "out", fresh=True) == ["a.csv", "b.csv"]
    assert everything(tmp_path / "out") == before


def test_a_row_that_is_known_is_not_mapped_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mapping is asked for the rows of the new source only."""
    publish(sheets(tmp_path / "p", a=ONE, b=TWO), tmp_path / "out")
    asked = []
    query_of = mapping_run.query_of

    def watch(*arguments):  # type: ignore[no-untyped-def]
        query = query_of(*arguments)
        distinct = query.distinct_lines
        query.distinct_lines = lambda earlier: asked.append(earlier) or distinct(earlier)
        return query

    monkeypatch.setattr(mapping_run, "query_of", watch)
    publish(sheets(tmp_path / "p", a=ONE, b=TWO, c=SAME), tmp_path / "out")
    assert asked and all(earlier is not None and ".cache" in earlier for earlier in asked)


def test_what_is_kept_is_no_part_of_the_release(tmp_path: Path) -> None:
    """The manifest does not know the folder, and without it the next run makes the same release."""
    given = sheets(tmp_path / "p", a=ONE, b=TWO)
    publish(given, tmp_path / "out")
    before = everything(tmp_path / "out")
    assert ".cache" not in (tmp_path / "out" / "manifest.json").read_text()
    shutil.rmtree(tmp_path / "out" / ".cache")
    assert publish(given, tmp_path / "out") == ["a.csv", "b.csv"]
    assert everything(tmp_path / "out") == before


def test_a_small_publication_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read sooner than looked up is not kept."""
    monkeypatch.setattr(pipeline, "WORTH_KEEPING", 1 << 18)
    publish(sheets(tmp_path / "p", a=ONE), tmp_path / "out")
    assert not (tmp_path / "out" / ".cache").exists()


def test_what_was_kept_and_is_damaged_stops_the_run(tmp_path: Path) -> None:
    """A damaged part is an error that says how to go on; the last release stays, and --fresh helps."""
    given = sheets(tmp_path / "p", a=ONE, b=TWO)
    for ending in ("part", "parquet"):
        publish(given, tmp_path / "out", fresh=True)
        before = everything(tmp_path / "out")
        for kept in (tmp_path / "out" / ".cache").glob(f"*.{ending}"):
            kept.write_bytes(kept.read_bytes()[:100])
        with pytest.raises(InputError, match="damaged") as caught:
            publish(given, tmp_path / "out")
        assert "--fresh" in str(caught.value)
        assert set(everything(tmp_path / "out")) == set(before)
        publish(given, tmp_path / "out", fresh=True)
        assert everything(tmp_path / "out") == before
