"""A release appears whole or not at all."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cablegraph.errors import InputError
from cablegraph.folders import MANIFEST
from cablegraph.release import staging
from cablegraph.release.staging import check_replaceable, staged

OURS = '{"cablegraph": "0.1.0"}'


def write(folder: Path, text: str) -> None:
    """A release of two files."""
    (folder / MANIFEST).write_text(OURS)
    (folder / "dumps").mkdir()
    (folder / "dumps" / "x.nq").write_text(text)


def release(out: Path, text: str) -> None:
    with staged(out) as folder:
        write(folder, text)


def content(out: Path) -> str:
    assert (out / MANIFEST).read_text() == OURS
    return (out / "dumps" / "x.nq").read_text()


def beside(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir() if path != out)


def test_a_release_appears_and_is_replaced(tmp_path: Path) -> None:
    """A release appears in a new folder, an empty one, or in place of an older one, and nothing stays beside it."""
    out = tmp_path / "deep" / "out"
    for text in ("one", "two", "three"):
        release(out, text)
        assert content(out) == text
        assert beside(out) == []
    (tmp_path / "empty").mkdir()
    release(tmp_path / "empty", "one")
    assert content(tmp_path / "empty") == "one"


@pytest.mark.parametrize("possible", [True, False])
def test_many_files_are_flushed_with_their_file_system_or_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, possible: bool
) -> None:
    flushed: list[Path] = []
    whole, single = staging._sync_file_system, staging._sync
    monkeypatch.setattr(staging, "_MANY", 1)
    monkeypatch.setattr(staging, "_sync_file_system", lambda folder: possible and whole(folder))
    monkeypatch.setattr(staging, "_sync", lambda path: (flushed.append(path), single(path)))
    release(tmp_path / "out", "one")
    assert content(tmp_path / "out") == "one"
    assert ("x.nq" in {path.name for path in flushed}) is not possible


def test_a_failure_leaves_the_old_release(tmp_path: Path) -> None:
    """An error while writing leaves the last release as it was and nothing half-written."""
    out = tmp_path / "out"
    for old in (False, True):
        with pytest.raises(ValueError, match="broken"), staged(out) as folder:
            write(folder, "half")
            raise ValueError("broken")
        assert beside(out) == []
        assert content(out) == "one" if old else not out.exists()
        release(out, "one")


@pytest.mark.parametrize(
    "kind", ["file", "folder", "link", "dangling", "foreign manifest", "manifest is no JSON", "the root"]
)
def test_what_is_not_ours_is_left_alone(tmp_path: Path, kind: str) -> None:
    """A file, a link, or a folder that holds anything else than a release of ours is refused and not touched."""
    out = tmp_path / "out"
    elsewhere = tmp_path / "elsewhere"
    release(elsewhere, "one")
    match kind:
        case "file":
            out.write_text("mine")
        case "folder":
            out.mkdir()
            (out / "thesis.txt").write_text("mine")
        case "link":
            out.symlink_to(elsewhere)
        case "dangling":
            out.symlink_to(tmp_path / "nowhere")
        case "foreign manifest":  # of a web application
            out.mkdir()
            (out / MANIFEST).write_text('{"name": "My application"}')
        case "manifest is no JSON":
            out.mkdir()
            (out / MANIFEST).write_text("cablegraph")
        case _:
            out = Path("/")
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    for refuse in (check_replaceable, lambda path: release(path, "new")):
        with pytest.raises(InputError):
            refuse(out)
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before
    assert content(elsewhere) == "one"


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    """What bears the name of our staging folder but is a link or a file is refused; what it points to stays."""
    treasure = tmp_path / "treasure"
    treasure.mkdir()
    (treasure / "mine.txt").write_text("mine")
    out = tmp_path / "out"
    for name in (".out.partial", ".out.old"):
        (tmp_path / name).symlink_to(treasure)
    with pytest.raises(InputError, match="is in the way"):
        release(out, "one")
    (tmp_path / ".out.partial").unlink()
    release(out, "one")
    release(out, "two")
    assert (treasure / "mine.txt").read_text() == "mine"
    (tmp_path / ".out.partial").write_text("a file")
    with pytest.raises(InputError, match="is in the way"):
        release(out, "three")
    assert content(out) == "two"


def test_links_inside_are_not_followed_when_emptying(tmp_path: Path) -> None:
    """Leftovers of a run that was killed are removed; a link among them is removed, not what it points to."""
    (tmp_path / "mine.txt").write_text("mine")
    partial = tmp_path / ".out.partial"
    (partial / "deep").mkdir(parents=True)
    (partial / "deep" / "x").write_text("left over")
    (partial / "link").symlink_to(tmp_path)
    (partial / "deep" / "link").symlink_to(tmp_path)
    release(tmp_path / "out", "one")
    assert content(tmp_path / "out") == "one"
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_a_second_run_says_so_and_stops(tmp_path: Path) -> None:
    """While one run writes, another into the same folder is refused, and the first ends well."""
    out = tmp_path / "out"
    release(out, "one")
    with staged(out) as folder:
        write(folder, "two")
        with pytest.raises(InputError, match="another run"):
            release(out, "three")
    assert content(out) == "two"


def test_many_runs_at_once(tmp_path: Path) -> None:
    """However many runs meet, each either releases or is refused, and the release is whole all the time."""
    out = tmp_path / "out"
    release(out, "0")
    done: list[str] = []
    faults: list[BaseException] = []

    def run(number: int) -> None:
        for turn in range(100):
            try:
                release(out, f"{number}.{turn}")
                done.append(f"{number}.{turn}")
            except InputError as error:
                if "another run" not in error.message:
                    faults.append(error)
            except BaseException as error:
                faults.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert content(out) in done
    assert beside(out) == []


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL])
def test_two_renames_where_there_is_no_exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Where the system cannot exchange two folders, two renames do it, and nothing stays beside the release."""

    class System:
        @staticmethod
        def renameat2(*arguments: object) -> int:
            return -1

    monkeypatch.setattr(staging.ctypes, "CDLL", lambda *arguments, **options: System)
    monkeypatch.setattr(staging.ctypes, "get_errno", lambda: code)
    for text in ("one", "two", "three"):
        release(tmp_path / "out", text)
        assert content(tmp_path / "out") == text
        assert beside(tmp_path / "out") == []


def test_cut_off_between_two_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that was cut off between the two renames is completed by the next: the last release comes back."""
    out = tmp_path / "out"
    release(out, "one")
    monkeypatch.setattr(staging, "_exchange", lambda one, other: False)
    rename = Path.rename

    def cut(self: Path, target: Path) -> Path:
        if target == out:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", cut)
    with pytest.raises(KeyboardInterrupt):
        release(out, "two")
    assert not out.exists()
    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(ValueError, match="broken"), staged(out):
        assert content(out) == "one"
        raise ValueError("broken")
    assert content(out) == "one"
    release(out, "three")
    assert content(out) == "three"
    assert beside(out) == []


PROGRAM = """
import sys
from pathlib import Path
from cablegraph.release import staging
if sys.argv[2] == "renames":
    staging._exchange = lambda one, other: False
for turn in range(1_000_000):
    with staging.staged(Path(sys.argv[1])) as folder:
        (folder / "manifest.json").write_text('{"cablegraph": "0.1.0"}')
        (folder / "dumps").mkdir()
        (folder / "dumps" / "x.nq").write_text("x" * 200_000)
    print(turn, flush=True)
"""


@pytest.mark.parametrize("kills", [5, pytest.param(200, marks=pytest.mark.full)])
@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_killed_at_any_moment(tmp_path: Path, way: str, kills: int) -> None:
    """A run killed at a random moment leaves the last release whole, and the next run succeeds."""
    out = tmp_path / "out"
    release(out, "x" * 200_000)
    moments = random.Random(kills)  # noqa: S311  moments, no secrets
    for _ in range(kills):
        process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(out), way], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()  # it has begun
        time.sleep(moments.uniform(0, 0.05))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        if not out.exists():  # only between two renames, and the next command completes them
            assert way == "renames"
            staging.recover(out)
        assert content(out) == "x" * 200_000
    release(out, "next")
    assert content(out) == "next"
    assert beside(out) == []
