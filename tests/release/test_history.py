"""What changes between releases is told, kept, and never deleted by accident."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from published import ALSO, GOOD, everything, publish, sheet

from cablegraph import folders, pipeline
from cablegraph.errors import InputError, NotConformingError
from cablegraph.publication import Publication, read_publication

MORE = [
    f"{n},{1900 + n},incoming,USUN,Department of State,1962-12-{n:02},Cuba,Secret,737.56/12-{n}62" for n in range(3, 31)
]
NEW = "31,1950,incoming,USUN,Department of State,1962-12-31,Cuba,Secret,737.56/12-3162"
KEY = "in.usun.1863.1962-11-20"


def lines(path: Path) -> set[str]:
    return set(path.read_text(encoding="utf-8").splitlines())


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def quads(release: Path) -> set[str]:
    return lines(release / "dumps" / "crisis.nq")


def applied(old: set[str], step: Path) -> set[str]:
    """What docs/releases.md says: withdrawn subjects and properties go, then what is removed; then the rest comes."""
    with (step / "withdrawn.csv").open(encoding="utf-8", newline="") as file:
        withdrawn = {(row["subject"], row["property"]) for row in csv.DictReader(file)}

    def is_withdrawn(line: str) -> bool:
        subject, property_ = (term.strip("<>") for term in line.split(" ", 2)[:2])
        return not withdrawn.isdisjoint({(subject, property_), (f"sha256:{digest(subject)}", property_)})

    left = {line for line in old if not is_withdrawn(line)}
    return (left - lines(step / "removed.nq")) | lines(step / "added.nq")


def release(
    folder: Path,
    version: str,
    rows: Iterable[str],
    *,
    previous: Path | None = None,
    allow: bool = False,
    withheld: str = "",
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if withheld:
        (folder / "withheld.csv").write_text(f"record,field,reason,date\n{withheld}\n", encoding="utf-8")
    about: Publication = sheet(folder, *rows, version=version, previous=previous, name="crisis", dumps=("nq",))
    pipeline.publish(about, folder / version, pipeline.Options(allow_deletions=allow))
    return folder / version


def manifest(release: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four releases: one telegram changes and another goes, then nothing but a third comes, then the second comes back."""
    folder = tmp_path_factory.mktemp("chain")
    one = release(folder, "1.0.0", [*MORE, GOOD, ALSO])
    two = release(folder, "1.1.0", [*MORE, GOOD.replace("Secret", "Confidential")], previous=one)
    three = release(folder, "1.2.0", [*MORE, GOOD, NEW], previous=two)
    return [one, two, three, release(folder, "1.3.0", [*MORE, GOOD, NEW, ALSO], previous=three)]


def test_each_step_makes_the_new_dump_of_the_old_one(chain: list[Path]) -> None:
    for old, new in pairwise(chain):
        assert applied(quads(old), chain[-1] / "changes" / f"{old.name}..{new.name}") == quads(new)


def test_the_manifest_tells_every_step(chain: list[Path]) -> None:
    told = manifest(chain[-1])
    assert [(step["from"], step["to"], *step["records"].values()) for step in told["changes"]] == [
        ("1.0.0", "1.1.0", 0, 1, 1),
        ("1.1.0", "1.2.0", 1, 1, 0),
        ("1.2.0", "1.3.0", 1, 0, 0),
    ]
    assert told["previous"] == {"version": "1.2.0", "issued": manifest(chain[2])["issued"]}


def test_a_deleted_record_leaves_a_tombstone_that_stays_until_it_comes_back(chain: list[Path]) -> None:
    for each in chain[1:3]:
        [stone] = manifest(each)["tombstones"]
        assert (stone["record"], stone["kind"], stone["version"]) == (KEY, "deleted", "1.0.0")
        assert any(f"/record/{KEY}> " in line and "activitystreams#Tombstone" in line for line in quads(each))
    assert manifest(chain[3])["tombstones"] == []


def test_many_deletions_stop_the_run_and_the_last_release_stays(tmp_path: Path) -> None:
    one = release(tmp_path, "1.0.0", [GOOD, ALSO, *MORE])
    with pytest.raises(NotConformingError, match=r"2 of 30 records \(6.7%\)"):
        release(tmp_path, "1.1.0", MORE, previous=one)
    assert not (tmp_path / "1.1.0").exists()
    two = release(tmp_path, "1.1.0", MORE, previous=one, allow=True)
    assert len(manifest(two)["tombstones"]) == 2


def test_the_release_that_is_replaced_is_looked_at_too(tmp_path: Path) -> None:
    """Nobody has to say --previous to be kept from losing half of the records in place."""
    release(tmp_path, "1.0.0", [GOOD, ALSO, *MORE])
    with pytest.raises(NotConformingError, match="would delete"):
        release(tmp_path, "1.0.0", [GOOD])


def test_one_version_has_one_content(tmp_path: Path) -> None:
    one = release(tmp_path, "1.0.0", [GOOD, *MORE])
    with pytest.raises(InputError, match="is there already, with other content"):
        publish(
            sheet(tmp_path, GOOD, ALSO, *MORE, version="1.0.0", previous=one, name="crisis", dumps=("nq",)),
            tmp_path / "other",
        )


def test_publishing_once_more_changes_no_byte(chain: list[Path]) -> None:
    before = everything(chain[3])
    release(chain[3].parent, "1.3.0", [*MORE, GOOD, NEW, ALSO], previous=chain[2])
    assert everything(chain[3]) == before


def test_what_is_withheld_is_nowhere_and_its_record_is_a_tombstone_with_the_reason(tmp_path: Path) -> None:
    title = GOOD.replace("Cuba|Missiles", "Quizzaro|Missiles")
    one = release(tmp_path, "1.0.0", [title, ALSO, *MORE])
    two = release(tmp_path, "1.1.0", [title.replace("Quizzaro", "Ombu"), ALSO, *MORE], previous=one)
    line = "telegrams/1,,Names an informant,2026-11-20"
    three = release(tmp_path, "1.2.0", [title, ALSO, *MORE], previous=two, withheld=line)
    said = b"".join(path.read_bytes() for path in three.rglob("*") if path.is_file() and path.suffix != ".parquet")
    for word in (b"Quizzaro", b"quizzaro", b"Ombu", b"ombu"):
        assert word not in said
    [stone] = manifest(three)["tombstones"]
    assert (stone["kind"], stone["reason"], stone["date"]) == ("withheld", "Names an informant", "2026-11-20")
    assert applied(quads(two), three / "changes" / "1.1.0..1.2.0") == quads(three)
    assert manifest(three)["counts"]["withheld"] == 1


def test_a_withheld_field_is_nowhere_and_the_record_stays(tmp_path: Path) -> None:
    title = GOOD.replace("Cuba|Missiles", "Quizzaro")
    one = release(tmp_path, "1.0.0", [title, ALSO, *MORE])
    iri = f"https://example.org/record/{KEY.replace('1863', '1862').replace('20', '19')}"
    two = release(tmp_path, "1.1.0", [title, ALSO, *MORE], previous=one, withheld=f"{iri},subjects,Wrong,2026-11-20")
    said = b"".join(path.read_bytes() for path in two.rglob("*") if path.is_file() and path.suffix != ".parquet")
    assert b"quizzaro" not in said.lower()
    assert any(line.startswith(f"<{iri}> <http://www.w3.org/2000/01/rdf-schema#label>") for line in quads(two))
    assert any(
        line.startswith(f"<{iri}> ") and "Withheld since 2026-11-20: subjects. Wrong" in line for line in quads(two)
    )
    assert applied(quads(one), two / "changes" / "1.0.0..1.1.0") == quads(two)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nowhere/1,,Reason,2026-11-20", "is no record of this publication"),
        ("telegrams/1,,,2026-11-20", "is empty"),
        ("telegrams/1,,Reason,yesterday", "is no date"),
        ("telegrams/1,subject,Reason,2026-11-20", "is no field of a record"),
    ],
)
def test_a_line_that_withholds_nothing_is_refused_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        release(tmp_path, "1.0.0", [GOOD], withheld=line)
    assert (Path(caught.value.file or "").name, caught.value.line) == ("withheld.csv", 2)


def test_the_text_of_a_record_may_be_withheld_alone(tmp_path: Path) -> None:
    """The sample's form loses its words, with its stamps, readings and mentions; number, date and posts stay."""
    folder = tmp_path / "sample"
    shutil.copytree(folders.SAMPLE, folder)
    (folder / "withheld.csv").write_text(
        "record,field,reason,date\nusun-1862/1,text,Wrong,2026-11-24\n", encoding="utf-8"
    )
    about = read_publication(folder / "cablegraph.toml", folder)
    pipeline.publish(about, tmp_path / "out", pipeline.Options())
    with (tmp_path / "out" / "register" / "parts.csv").open(encoding="utf-8", newline="") as file:
        texts = {row["text"] for row in csv.DictReader(file) if row["record"].startswith("usun-1862/")}
    assert texts == {""}
    for table in ("markings", "mentions", "edits", "readings"):
        assert "usun-1862/" not in (tmp_path / "out" / "register" / f"{table}.csv").read_text(encoding="utf-8")
    dump = (tmp_path / "out" / "dumps" / f"{about.name}.nq").read_text(encoding="utf-8")
    assert "Withheld since 2026-11-24: text. Wrong" in dump


def test_a_record_that_is_withheld_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    """By whatever names: the second reason would be lost."""
    twice = "telegrams/1,,One,2026-11-20\nin.usun.1862.1962-11-19,,Other,2026-11-20"
    with pytest.raises(InputError, match="is withheld by line 2 already") as caught:
        release(tmp_path, "1.0.0", [GOOD], withheld=twice)
    assert caught.value.line == 3
