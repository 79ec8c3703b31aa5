"""The committed release of the bundled sample."""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys
from pathlib import Path

from cablegraph import folders, pipeline
from cablegraph.publication import read_publication

OUTPUT = Path(__file__).resolve().parents[1] / "output"


def files_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def differing(one: Path, other: Path) -> list[str]:
    names = sorted(set(files_of(one)) | set(files_of(other)))
    return [
        name
        for name in names
        if not (
            (one / name).is_file() and (other / name).is_file() and filecmp.cmp(one / name, other / name, shallow=False)
        )
    ]


def test_the_committed_release_is_what_the_sample_gives_today(tmp_path: Path) -> None:
    """Publishing the sample anew gives output/ byte for byte (if it changed on purpose: make publish)."""
    publication = read_publication(folders.SAMPLE / "cablegraph.toml", tmp_path)
    pipeline.publish(publication, tmp_path / "output", pipeline.Options())
    assert differing(tmp_path / "output", OUTPUT) == []


def test_the_release_is_text_and_small() -> None:
    """The committed release holds text only; its data are under 8 MB in all (the ontology that it carries is apart)."""
    files = [name for name in files_of(OUTPUT) if not name.startswith(".well-known/") and name != "SHA256SUMS"]
    endings = {Path(name).suffix for name in files}
    text = {
        ".ttl",
        ".nq",
        ".nt",
        ".trig",
        ".csv",
        ".json",
        ".jsonl",
        ".jsonld",
        ".html",
        ".txt",
        ".css",
        ".toml",
        ".svg",
        ".tsv",
        ".xml",
        ".cff",
    }
    assert endings <= text
    data = [name for name in files_of(OUTPUT) if not name.startswith("ontology/")]
    assert sum((OUTPUT / name).stat().st_size for name in data) < 8_000_000


def test_hash_seed_jobs_and_folder_change_no_byte(tmp_path: Path) -> None:
    """Two runs with other hash seeds, numbers of processes and folders give the same bytes, Parquet included."""
    for name, seed, jobs in (("one", "1", "1"), ("other/deeper", "77", "2")):
        out = tmp_path / name / "release"
        out.parent.mkdir(parents=True)
        config = out.parent / "publication"
        config.mkdir()
        for file in folders.SAMPLE.iterdir():
            text = file.read_text(encoding="utf-8")
            (config / file.name).write_text(text.replace('tables = ["csv"]', 'tables = ["parquet"]'), encoding="utf-8")
        command = ["publish", "--config", str(config / "cablegraph.toml"), "--out", str(out), "--jobs", jobs, "--quiet"]
        subprocess.run(
            [sys.executable, "-m", "cablegraph", *command],
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
        )
    assert differing(tmp_path / "one/release", tmp_path / "other/deeper/release") == []


def test_publishing_again_changes_no_byte(tmp_path: Path) -> None:
    """A release that is published over itself stays as it is."""
    publication = read_publication(folders.SAMPLE / "cablegraph.toml", tmp_path)
    for _ in range(2):
        pipeline.publish(publication, tmp_path / "output", pipeline.Options())
    assert differing(tmp_path / "output", OUTPUT) == []
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_the_sample_holds_at_least_sixty_telegrams() -> None:
    """The sample's register is one of at least sixty telegrams, each with the number of its source document."""
    rows = (folders.SAMPLE / "telegrams.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) >= 60
    assert all(row.startswith(("mSupp-d", "v12-d", "v16-d")) for row in rows)
