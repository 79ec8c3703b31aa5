"""A bag holds the release, byte by byte, and is one for the Library of Congress's program, too."""

from __future__ import annotations

import json
import os
import re
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from click.testing import CliRunner
from published import everything

from cablegraph.cli import cli
from cablegraph.errors import InputError, NotConformingError
from cablegraph.release.bags import _escaped, write_bag
from cablegraph.release.inventory import Inventory
from cablegraph.release.verification import verify
from cablegraph.release.verification.bag_fixity import check_bag
from registers import BASE


@pytest.fixture(scope="module")
def bag(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("bags") / "kept"
    write_bag(good, out)
    return out


def test_a_bag_is_valid_for_the_reference_program(bag: Path) -> None:
    assert bagit.Bag(str(bag)).validate(processes=1)


def test_a_bag_holds_the_release_and_shares_its_files(good: Path, bag: Path) -> None:
    released = {name: digest for name, digest in everything(good).items() if not name.startswith(".cache/")}
    assert everything(bag / "data") == released
    assert (bag / "data" / "manifest.json").samefile(good / "manifest.json")


def test_the_information_tells_whose_it_is(good: Path, bag: Path) -> None:
    info = bagit.Bag(str(bag)).info
    manifest = json.loads((good / "manifest.json").read_text(encoding="utf-8"))
    assert info["Source-Organization"] == manifest["publisher"]["name"]
    assert info["External-Identifier"] == f"{BASE}dataset#version-2.0.0"
    assert info["Bag-Group-Identifier"] == f"{BASE}dataset"
    assert info["Bagging-Date"] == manifest["issued"]
    files = [path for path in (bag / "data").rglob("*") if path.is_file()]
    assert info["Payload-Oxum"] == f"{sum(path.stat().st_size for path in files)}.{len(files)}"


def test_verify_takes_a_bag(bag: Path) -> None:
    done = CliRunner().invoke(cli, ["verify", str(bag), "--fast"])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("ending", [".tar", ".tar.gz", ".zip"])
def test_an_archive_has_the_same_bytes_each_time_and_unpacks_to_a_bag(
    good: Path, bag: Path, tmp_path: Path, ending: str
) -> None:
    for folder in ("one", "two"):
        write_bag(good, tmp_path / folder / f"kept{ending}")
    one, two = (tmp_path / folder / f"kept{ending}" for folder in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    if ending == ".zip":
        with zipfile.ZipFile(one) as packed:
            packed.extractall(tmp_path)  # noqa: S202  we wrote it
            assert {member.date_time[:3] for member in packed.infolist()} == {(1980, 1, 1)}  # zip knows none before
    else:
        with tarfile.open(one) as packed:
            packed.extractall(tmp_path, filter="data")
            assert {(member.mtime, member.uid, member.uname) for member in packed} == {(0, 0, "")}
    assert everything(tmp_path / "kept") == everything(bag)


def damaged(path: str, content: bytes) -> Callable[[Path], None]:
    def damage(bag: Path) -> None:
        (bag / path).unlink(missing_ok=True)  # the good one shares its file
        (bag / path).write_bytes(content)

    return damage


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (damaged("data/index.html", b"x"), "data/index.html: expected sha256 "),
        (damaged("data/index.html", b"x"), "bag-info.txt: expected Payload-Oxum "),
        (damaged("data/more", b"x"), "data/more: expected to be listed in manifest-sha512.txt"),
        (lambda bag: (bag / "data/index.html").unlink(), "data/index.html: expected a file in the bag, since a manifest"),
        (damaged("bag-info.txt", b"Source-Organization: Other\n"), "bag-info.txt: expected sha256 "),
        (damaged("bagit.txt", b"BagIt-Version: 9.0\n"), "bagit.txt: expected a declaration of version 1.0 in UTF-8"),
        (damaged("fetch.txt", b""), "fetch.txt: expected all files in the bag"),
        (damaged("manifest-sha256.txt", b"no\n"), "manifest-sha256.txt:1: expected a digest and a path a line"),
        (damaged("manifest-sha1.txt", b"00  ../../secret\n"), "../../secret: expected a file in the bag, since a manifest lists it, found '../../secret', which was not read"),
        (lambda bag: [path.unlink() for path in bag.glob("manifest-*")], "manifest-sha256.txt: expected a manifest of the bag"),
        (lambda bag: (bag / "data/link").symlink_to("/etc/passwd"), "data/link: expected a file, found a link"),
    ],
)  # fmt: skip
def test_damage_of_a_bag_is_told(bag: Path, tmp_path: Path, damage: Callable[[Path], object], told: str) -> None:
    copy = shutil.copytree(bag, tmp_path / "bag", copy_function=os.link)
    damage(copy)
    faults = [str(fault) for fault in check_bag(copy)]
    assert any(fault.startswith(told) for fault in faults), faults


def test_names_with_percent_signs_and_ends_of_lines_come_back(tmp_path: Path) -> None:
    """As the RFC has it: CR, LF and % are escaped in manifests. The reference program does not know it of %."""
    name = "100%\r\n.txt"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / name).write_text("")
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (tmp_path / "manifest-sha256.txt").write_text(f"{empty}  data/{_escaped(name)}\n")
    assert list(check_bag(tmp_path)) == []


def test_a_damaged_release_is_not_put_into_a_bag(good: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(good, tmp_path / "release", copy_function=os.link)
    (copy / "index.html").unlink()
    (copy / "index.html").write_text("other")
    with pytest.raises(NotConformingError, match=r"index\.html: is not the file that was released"):
        write_bag(copy, tmp_path / "bag")
    (copy / "index.html").unlink()
    with pytest.raises(NotConformingError, match="has other files than SHA256SUMS lists"):
        write_bag(copy, tmp_path / "bag")
    assert not (tmp_path / "bag").exists()


def test_only_a_bag_of_ours_is_replaced(good: Path, bag: Path, tmp_path: Path) -> None:
    out = tmp_path / "bag"
    out.mkdir()
    write_bag(good, out)
    before = everything(out)
    write_bag(good, out)
    assert everything(out) == before
    (out / "bag-info.txt").write_text("Bag-Software-Agent: another\n")
    with pytest.raises(InputError, match="none of ours"):
        write_bag(good, out)
    (tmp_path / "bag.zip").write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        write_bag(good, tmp_path / "bag.zip")
    with pytest.raises(InputError, match="is in the release"):
        write_bag(good, good / "bag")
    with pytest.raises(InputError, match="is no release"):
        write_bag(out, tmp_path / "other")


def test_the_folder_of_a_bag_is_no_link(good: Path, tmp_path: Path) -> None:
    (tmp_path / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (tmp_path / "data").symlink_to(good)
    with pytest.raises(InputError, match="is a link, which was not followed"):
        verify(tmp_path, tmp_path, fast=True)


def test_a_date_that_is_none_is_an_error(good: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(good, tmp_path / "release", copy_function=os.link)
    manifest = (copy / "manifest.json").read_text(encoding="utf-8")
    (copy / "manifest.json").unlink()
    (copy / "manifest.json").write_text(re.sub('"issued": "[^"]*"', '"issued": "soon"', manifest, count=1))
    (copy / "SHA256SUMS").unlink()
    files = Inventory(copy)
    files.complete(copy / ".cache")
    files.write()
    with pytest.raises(InputError, match="'soon' is no date"):
        write_bag(copy, tmp_path / "kept.tar")
    assert not any(tmp_path.glob("*kept*"))


def test_a_bag_whose_release_is_damaged_is_told(bag: Path, tmp_path: Path) -> None:
    """What a bag holds is checked as a release, though the bag itself is whole."""
    copy = shutil.copytree(bag, tmp_path / "bag", copy_function=os.link)
    damaged("data/index.html", b"x")(copy)
    (tmp_path / "work").mkdir()
    faults = [str(fault) for fault in verify(copy, tmp_path / "work", fast=True).faults]
    assert any(fault.startswith("index.html: expected SHA-256") for fault in faults)
