"""The inventory knows every file of a release, reads each once, and writes what sha256sum checks."""

from __future__ import annotations

import hashlib
import subprocess
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cablegraph.errors import InputError
from cablegraph.release import inventory
from cablegraph.release.inventory import SUMS, Entry, Inventory, line_of, read_sums


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def release(tmp_path: Path) -> Path:
    for name in ("index.html", "dumps/a.nq", "dumps/b.ttl", ".work/left.tmp", ".well-known/void"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path


def test_each_file_is_listed_in_order_and_work_in_progress_is_not(release: Path) -> None:
    files = Inventory(release)
    files.complete(release / ".work")
    names = [".well-known/void", "dumps/a.nq", "dumps/b.ttl", "index.html"]
    assert list(files) == [Entry(name, digest(name.encode()), len(name)) for name in names]


def test_what_a_writer_tells_of_is_not_read_again(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    monkeypatch.setattr(inventory, "sha256_of", lambda path: read.append(path.name) or digest(path.read_bytes()))
    files = Inventory(release)
    files.add("dumps/a.nq", digest(b"dumps/a.nq"), 10)
    files.complete(release / ".work")
    assert sorted(read) == ["b.ttl", "index.html", "void"] and len(files) == 4


def test_two_files_of_one_name_are_refused(release: Path) -> None:
    files = Inventory(release)
    files.add("index.html", digest(b""), 0)
    with pytest.raises(ValueError, match=r"index\.html"):
        files.add("index.html", digest(b"x"), 1)


def test_sha256sum_checks_what_is_written_whatever_files_are_called(release: Path) -> None:
    for name in ("two\nlines", "back\\slash", "both\\\n", "return\rhere", " spaces ", "Ägypten", "\\n"):
        (release / name).write_text(name)
    files = Inventory(release)
    files.complete(release / ".work")
    files.write()
    done = subprocess.run(["sha256sum", "-c", SUMS], cwd=release, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert dict(read_sums(release / SUMS)) == {each.path: each.sha256 for each in files}
    (release / "two\nlines").write_text("other")
    done = subprocess.run(
        ["sha256sum", "-c", "--quiet", SUMS], cwd=release, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "two" in done.stdout


@settings(max_examples=50)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), max_size=5))
def test_any_name_comes_back(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    file = tmp_path_factory.getbasetemp() / "names"
    file.write_bytes("".join(line_of(name, digest(b"")) for name in names).encode())
    assert list(read_sums(file)) == [(name, digest(b"")) for name in names]


def test_a_line_of_another_form_is_named(tmp_path: Path) -> None:
    (tmp_path / SUMS).write_text(line_of("a", digest(b"")) + "no digest\n")
    with pytest.raises(InputError, match=r"SHA256SUMS:2: is no line of sha256sum"):
        list(read_sums(tmp_path / SUMS))


@pytest.mark.full
def test_memory_is_small_for_many_files(tmp_path: Path) -> None:
    """150,000 pages take less than 60 MB."""
    tracemalloc.start()
    try:
        files = Inventory(tmp_path)
        for number in range(150_000):
            files.add(f"record/in.usun.{number:06}.1962-11-19-and-more.html", f"{number:064x}", number)
        assert sum(entry.size for entry in files) > 0
        files.write()
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()
