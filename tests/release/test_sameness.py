"""The same publication gives the same bytes, and IRIs stay."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from published import ALSO, GOOD, HEADER, everything, publish, sheet

from cablegraph.publication import SourceEntry
from registers import BASE


def test_publishing_again_changes_no_byte(tmp_path: Path) -> None:
    """The same publication gives the same bytes, also when minted.csv of the release is put beside it."""
    given = sheet(tmp_path / "p", GOOD, ALSO, tables=("parquet", "csv"))
    publish(given, tmp_path / "out")
    before = everything(tmp_path / "out")
    publish(given, tmp_path / "out")
    assert everything(tmp_path / "out") == before
    (tmp_path / "p" / "minted.csv").write_bytes((tmp_path / "out" / "minted.csv").read_bytes())
    publish(given, tmp_path / "out")
    after = everything(tmp_path / "out")
    assert after["minted.csv"] == before["minted.csv"]
    assert after["dumps/test.nq"] == before["dumps/test.nq"]


def test_keys_and_redirects_last(tmp_path: Path) -> None:
    """A corrected record keeps its IRI; a key that was given up redirects in this release and in every later one."""
    folder = tmp_path / "p"
    publish(sheet(folder, GOOD, ALSO), tmp_path / "out")
    old = f"<{BASE}record/in.usun.1863.1962-11-20>"
    redirect = (
        f"{old} <http://purl.org/dc/terms/isReplacedBy> <{BASE}record/in.usun.1862.1962-11-19> <{BASE}graph/links> .\n"
    )
    same = ALSO.replace("1863", "1862").replace("1962-11-20", "1962-11-19")  # the two turn out to be one
    for _ in range(3):
        (folder / "minted.csv").write_bytes((tmp_path / "out" / "minted.csv").read_bytes())
        publish(sheet(folder, GOOD, same), tmp_path / "out")
        assert redirect in (tmp_path / "out" / "dumps" / "test.nq").read_text()
    (folder / "minted.csv").write_bytes((tmp_path / "out" / "minted.csv").read_bytes())
    publish(sheet(folder, GOOD.replace("1962-11-19", "1962-11-18"), same), tmp_path / "out")
    assert f"<{BASE}record/in.usun.1862.1962-11-19>" in (tmp_path / "out" / "dumps" / "test.nq").read_text()


PROGRAM = """
import sys
from dataclasses import replace
from pathlib import Path
from cablegraph import folders, parts, pipeline
from cablegraph.publication import CONFIG_NAME, SourceEntry, read_publication

if len(sys.argv) > 3:  # in worker processes, too
    parts._ROWS_A_GROUP = 40  # several row groups a table

def main():
    out, jobs, sheet = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    publication = read_publication(folders.SAMPLE / CONFIG_NAME, folders.SAMPLE)
    publication = replace(publication, tables=("parquet", "csv"), dumps=("ttl", "nq", "nt"))
    if sheet:
        publication = publication.with_sources((SourceEntry(Path(sheet[0]), "sheet"), *publication.sources))
    pipeline.publish(publication, out, pipeline.Options(jobs=jobs))

if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize("several_row_groups", [pytest.param(False, marks=pytest.mark.full), True])
def test_the_same_bytes_for_any_hash_seed_and_number_of_jobs(tmp_path: Path, several_row_groups: bool) -> None:
    """Two runs with other hash seeds and other numbers of jobs give the same bytes, Parquet too."""
    (tmp_path / "run.py").write_text(PROGRAM)
    arguments = []
    if several_row_groups:
        lines = [
            f"{n},{n % 70},{'incoming' if n % 3 else 'outgoing'},Moscow,Paris,1962-{n % 12 + 1:02}-{n % 28 + 1:02},Cuba|Berlin {n % 9},Secret,611.{n % 5}/1-162"
            for n in range(300)
        ]
        (tmp_path / "many.csv").write_text(HEADER + "\n".join(lines) + "\n")
        arguments = [str(tmp_path / "many.csv")]
    found = []
    for seed, jobs in (("1", "1"), ("2", "2")):
        out = tmp_path / f"out{jobs}"
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "2" else "UTC"}
        subprocess.run(
            [sys.executable, str(tmp_path / "run.py"), str(out), jobs, *arguments],
            env=environment,
            check=True,
            capture_output=True,
        )
        found.append(everything(out))
    assert found[0] == found[1]
    assert {"dumps/missile-crisis-telegrams.nq", "register/records.parquet", "register/records.csv"} <= set(found[0])


def test_a_stub_redirects_once_its_telegram_is_there(tmp_path: Path) -> None:
    """Release A knows telegram 1835 by a reference only; in release B, which has it, the IRI of A leads to the record."""
    folder, out = tmp_path / "p", tmp_path / "out"

    def release(*lines: str) -> str:
        sources = (
            SourceEntry(folder / "telegrams.csv", "sheet"),
            SourceEntry(folder / "references.csv", "sheet", table="references", of="telegrams"),
        )
        given = sheet(folder, GOOD, *lines, sources=sources)
        (folder / "references.csv").write_text(
            "document,surface,number,post,direction\n1,telegram 1835,1835,usun,incoming\n", encoding="utf-8"
        )
        publish(given, out)
        (folder / "minted.csv").write_bytes((out / "minted.csv").read_bytes())
        return (out / "dumps" / "test.nq").read_text(encoding="utf-8")

    stub = next(line.split()[0] for line in release().splitlines() if line.split()[2].endswith("#Stub>"))
    cited = "2,1835,incoming,USUN,Department of State,1962-11-17,Cuba,Secret,737.56/11-1762"
    redirect = f"{stub} <http://purl.org/dc/terms/isReplacedBy> <{BASE}record/in.usun.1835.1962-11-17> "
    for dump in (release(cited), release(cited)):  # and in every later release
        assert redirect in dump and "#Stub>" not in dump
        assert (
            f"<{BASE}record/in.usun.1862.1962-11-19> <http://purl.org/dc/terms/references> <{BASE}record/in.usun.1835.1962-11-17>"
            in dump
        )
