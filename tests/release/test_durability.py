"""Whatever happens to a run, the last good release is whole, and the next run succeeds."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from published import everything

from cablegraph import folders

PUBLISH = [sys.executable, "-m", "cablegraph", "publish", "--quiet", "--out"]


def publish(folder: Path, out: Path) -> None:
    subprocess.run([*PUBLISH, out, "--config", folder / "cablegraph.toml"], check=True, stdout=subprocess.DEVNULL)


def versions(folder: Path) -> list[Path]:
    """The sample twice, as two versions of itself."""
    found = []
    for version in ("1.0.0", "1.1.0"):
        shutil.copytree(folders.SAMPLE, folder / version)
        config = folder / version / "cablegraph.toml"
        text = config.read_text(encoding="utf-8").replace('version = "1.0.0"', f'version = "{version}"')
        config.write_text(text, encoding="utf-8")
        found.append(folder / version)
    return found


@pytest.mark.parametrize("kills", [2, pytest.param(200, marks=pytest.mark.full)])
def test_a_run_that_is_killed_leaves_the_last_release_whole(tmp_path: Path, kills: int) -> None:
    """Killed at any moment of reading, mapping, checking or writing: what stands there is one of the two releases, to the byte."""
    dice = random.Random(kills)  # noqa: S311  the same moments every time
    sources, out = versions(tmp_path), tmp_path / "out"
    whole = []
    for source in sources:
        started = time.monotonic()
        publish(source, out)
        whole.append(everything(out))
        lasted = time.monotonic() - started
    assert whole[0] != whole[1]
    for number in range(kills):
        run = subprocess.Popen(
            [*PUBLISH, out, "--config", sources[number % 2] / "cablegraph.toml"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(dice.uniform(0.1, 1.1) * lasted)
        run.kill()
        run.wait()
        assert everything(out) in whole
    publish(sources[0], out)
    assert everything(out) == whole[0]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


_FULL = """
set -e
mount -t tmpfs -o size=30m tmpfs "$1"
python="$2"; config="$3"; shift 3
publish() { "$python" -m cablegraph publish --quiet --config "$config" --out "$room/out"; }
publish > /dev/null
sums() { (cd "$room/out" && find . -type f | sort | xargs sha256sum | sha256sum); }
before="$(sums)"
for free in "$@"; do
    rm -f "$room/filling"
    spare=$(df -k --output=avail "$room" | tail -n 1)
    head -c "$(( (spare - free) * 1024 ))" /dev/zero > "$room/filling"
    code=0; publish > /dev/null 2> "$room.told" || code=$?
    test "$before" = "$(sums)" || { echo "$free: the last release is no more what it was"; exit 1; }
    echo "$free $code $(tail -n 1 "$room.told")"
done
rm "$room/filling"
publish > /dev/null
test "$before" = "$(sums)"
"""


@pytest.mark.parametrize(
    "spare",
    [(60, 1500), pytest.param((0, 10, 60, *range(200, 6200, 200)), marks=pytest.mark.full)],
    ids=["one", "many"],
)
def test_a_full_disk_is_said_and_leaves_the_last_release_whole(tmp_path: Path, spare: tuple[int, ...]) -> None:
    """A small tmpfs in a mount namespace of its own, with so many KiB left; then with room again."""
    room = tmp_path / "room"
    room.mkdir()
    space = ["unshare", "--user", "--map-root-user", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*space, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no mount namespace may be made here")
    done = subprocess.run(
        [*space, "bash", "-c", _FULL, "full", room, sys.executable, folders.SAMPLE / "cablegraph.toml", *map(str, spare)],
        check=False, capture_output=True, text=True, env=os.environ | {"room": str(room)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    told = [line.split(" ", 2) for line in done.stdout.splitlines()]
    assert [int(line[0]) for line in told] == list(spare)
    for _, code, words in (line for line in told if line[1] != "0"):
        assert (code, words.startswith("error: no space is left on the disk")) == ("2", True)
    assert told[0][1] == "2"
