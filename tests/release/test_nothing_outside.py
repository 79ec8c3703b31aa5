"""Nothing is written outside the output folder, whatever ids, versions and earlier releases are called."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from published import GOOD, everything, publish, sheet

from cablegraph.errors import InputError
from cablegraph.publication import Publication, read_publication

IDS = [
    "../../escaped",
    "/etc/escaped",
    "..",
    "a/../../escaped",
    "C:\\escaped",
    "x\n../escaped",
    "~/escaped",
    "%2e%2e%2fescaped",
    "a" * 500,
]


def test_ids_that_lead_out_lead_nowhere(tmp_path: Path) -> None:
    rows = [GOOD.replace("1,1862", '"{}",{}', 1).format(name, 2000 + n) for n, name in enumerate(IDS)]
    inside = tmp_path / "deep" / "deeper"
    about = sheet(inside / "source", *rows)
    before = everything(tmp_path)
    manifest = publish(about, inside / "out")
    assert manifest["counts"]["documents"] == len(IDS)
    written = {name for name in everything(tmp_path) if name not in before}
    assert [name for name in written if not name.startswith("deep/deeper/out/")] == []


@pytest.mark.parametrize("version", ["../out", "a..b", ".", "a/b", "", "a b", "1.0\n", "v" * 70])
def test_a_version_that_cannot_name_a_folder_is_refused_with_its_line(tmp_path: Path, version: str) -> None:
    config = tmp_path / "cablegraph.toml"
    config.write_text(f"[publication]\nversion = {json.dumps(version)}\n", encoding="utf-8")
    with pytest.raises(InputError, match="is no version") as caught:
        read_publication(config, tmp_path)
    assert caught.value.line == 2


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A publication whose first release stands in ``one`` beside its sources."""
    about = sheet(tmp_path_factory.mktemp("one") / "source", GOOD, name="crisis", version="1")
    publish(about, about.folder.parent / "one")
    return about


def changed(about: Publication, folder: Path, step: dict[str, str]) -> Publication:
    """The next version, behind a copy of the first release whose manifest tells of a step."""
    shutil.copytree(about.folder.parent / "one", folder / "one")
    path = folder / "one" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {"changes": [step]}), encoding="utf-8")
    return replace(about, previous=folder / "one", version="2")


@pytest.mark.parametrize("step", ["../../..", "/etc", "a/b"])
def test_an_earlier_release_cannot_lead_out(one: Publication, tmp_path: Path, step: str) -> None:
    """The manifest of an earlier release is a file like others: its steps name folders of the new one."""
    with pytest.raises(InputError, match="is no version"):
        publish(changed(one, tmp_path, {"from": step, "to": "1"}), tmp_path / "two")
    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "cannot be read"),
        ("[]", "none of a release"),
        ('{"cablegraph": "0.1.0"}', "none of a release"),
        (None, "is no release"),
    ],
)
def test_an_earlier_release_that_is_none_is_refused(tmp_path: Path, text: str | None, message: str) -> None:
    (tmp_path / "one").mkdir()
    if text is not None:
        (tmp_path / "one" / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        publish(sheet(tmp_path / "source", GOOD, previous=tmp_path / "one"), tmp_path / "two")


def test_a_step_that_is_missing_is_said(one: Publication, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the earlier release is not whole"):
        publish(changed(one, tmp_path, {"from": "0", "to": "1"}), tmp_path / "two")
