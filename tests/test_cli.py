"""The command line: results on standard output, the rest on standard error, exit codes as documented."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cablegraph import folders

SHEET = "document,number,kind,sent,from_text,to_text,classification\na,1,telegram,1962-11-19,USUN,Department of State,Secret\n"


def run(*arguments: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cablegraph", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "telegrams.csv").write_text(SHEET, encoding="utf-8")
    done = run("publish", "telegrams.csv", "--out", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_without_configuration_a_warning_names_what_must_be_set(tmp_path: Path) -> None:
    """Publishing without cablegraph.toml works, and each built-in value that serves is named."""
    (tmp_path / "telegrams.csv").write_text(SHEET, encoding="utf-8")
    done = run("publish", "telegrams.csv", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0
    for key in ("name", "title", "description", "base", "licence", "publisher"):
        assert f"publication.{key} is not set" in done.stderr
    assert "released 1 records of 1 documents" in done.stdout
    assert "https://example.org/record/in.usun.1.1962-11-19" in (tmp_path / "out/dumps/publication.nq").read_text(
        encoding="utf-8"
    )


def test_quiet_tells_nothing_and_json_is_json(released: Path) -> None:
    """--quiet leaves standard error empty; --json prints one JSON object."""
    done = run("publish", "telegrams.csv", "--out", "out", "--quiet", "--json", cwd=released)
    assert done.stderr == ""
    assert json.loads(done.stdout)["records"] == 1


def test_standard_input_is_a_source(tmp_path: Path) -> None:
    """`-` reads a source from standard input."""
    done = run("publish", "-", "--out", "out", "--quiet", cwd=tmp_path, stdin=SHEET)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out/manifest.json").read_text())["sources"][0]["source"] == "stdin"


def test_a_folder_that_is_no_release_is_left_alone(released: Path) -> None:
    """An --out that holds something else is refused with exit code 2, and nothing in it changes."""
    precious = released / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work", encoding="utf-8")
    done = run("publish", "telegrams.csv", "--out", "precious", cwd=released)
    assert done.returncode == 2
    assert "precious" in done.stderr
    assert [path.name for path in precious.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(("form", "begins"), [("table", " n"), ("csv", "n\r\n1"), ("json", '{\n "head"')])
def test_a_query_is_answered_in_each_form(released: Path, form: str, begins: str) -> None:
    """The same answer comes as table, CSV or JSON."""
    question = "SELECT (COUNT(?t) AS ?n) { ?t a <https://w3id.org/diplomatic-records/ontology#Telegram> }"
    done = subprocess.run(
        [sys.executable, "-m", "cablegraph", "query", "out", question, "--format", form],
        cwd=released,
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().startswith(begins)


def test_a_query_with_a_fault_names_the_line(released: Path) -> None:
    """A query that is no SPARQL ends with exit code 2 and its line; SERVICE is refused."""
    (released / "bad.rq").write_text("SELECT *\nWHERE {", encoding="utf-8")
    done = run("query", "out", "bad.rq", cwd=released)
    assert done.returncode == 2
    assert "bad.rq:2" in done.stderr
    done = run("query", "out", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", cwd=released)
    assert (done.returncode, "SERVICE" in done.stderr) == (2, True)


def test_check_says_by_its_exit_code_whether_data_conform(released: Path) -> None:
    """`check` ends with 0 where RDF conforms, with 1 where it does not, with 2 where it cannot be checked."""
    dump = "out/dumps/publication.nq"
    assert run("check", dump, "--shapes", str(folders.SHAPES / "record.ttl"), cwd=released).returncode == 0
    (released / "bad.ttl").write_text(
        "@prefix rico: <https://www.ica.org/standards/RiC/ontology#> . <http://x/1> a rico:Record .", encoding="utf-8"
    )
    done = run("check", "bad.ttl", "--shapes", str(folders.SHAPES / "record.ttl"), cwd=released)
    assert (done.returncode, "record-label" in done.stdout) == (1, True)
    assert run("check", dump, cwd=released).returncode == 2


def test_check_fails_by_the_policy_of_a_configuration(released: Path) -> None:
    """`check --config` takes what fails and what is accepted from a cablegraph.toml; accepted faults stay in the report."""
    text = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://x/> . ex:S sh:targetClass ex:C ; sh:property ex:P .\n"
        "ex:P a sh:PropertyShape ; sh:path ex:p ; sh:minCount 1 ; sh:message 'None.' ; sh:severity sh:Warning . ex:c a ex:C ."
    )
    (released / "policy.ttl").write_text(text, encoding="utf-8")
    (released / "policy.toml").write_text('[policy]\nstop = ["warning"]\naccepted = "known.csv"\n', encoding="utf-8")
    command = ("check", "policy.ttl", "--config", "policy.toml", "--json")
    assert run("check", "policy.ttl", cwd=released).returncode == 0
    for line, code, accepted in (
        ("", 1, None),
        ("http://x/P,http://x/c,Known,2026-11-24,A", 0, "Known (A, 2026-11-24)"),
    ):
        (released / "known.csv").write_text(f"rule,record,reason,date,by\n{line}\n", encoding="utf-8")
        done = run(*command, cwd=released)
        assert (done.returncode, json.loads(done.stdout)["accepted"]) == (code, accepted)
    (released / "known.csv").write_text("rule,record,reason,date,by\nhttp://x/P,*,,2026-11-24,A\n", encoding="utf-8")
    done = run(*command, cwd=released)
    assert (done.returncode, "known.csv:2: [reason]" in done.stderr) == (2, True)


def test_explain_shows_the_sql(released: Path) -> None:
    """`map --explain` prints the SQL of a mapping and writes nothing."""
    (released / "mapping.yml").write_text(
        "mappings:\n  m:\n    sources: [['telegrams.csv~csv']]\n    s: http://x/$(number)\n    po: [[http://x/p, $(kind)]]\n",
        encoding="utf-8",
    )
    done = run("map", "mapping.yml", "--explain", cwd=released)
    assert done.returncode == 0, done.stderr
    assert "SELECT" in done.stdout
    done = run("map", "mapping.yml", "--out", "mapped.nt", cwd=released)
    assert (released / "mapped.nt").read_text() == '<http://x/1> <http://x/p> "telegram" .\n'


def test_a_register_is_mapped_into_the_form_that_the_name_says(released: Path) -> None:
    """A register maps to N-Quads, or without graphs to N-Triples, compressed or not; other names are refused."""
    made = {}
    for name in ("r.nq", "r.nt", "r.nt.gz"):
        done = run("map", str(folders.MAPPINGS), "--source", "register=out/register", "--out", name, cwd=released)
        assert done.returncode == 0, done.stderr
        made[name] = (released / name).read_bytes()
    quads, triples = made["r.nq"].decode().splitlines(), made["r.nt"].decode().splitlines()
    assert {line.rsplit(" <", 1)[0] + " ." for line in quads} == set(triples)
    assert gzip.decompress(made["r.nt.gz"]) == made["r.nt"]
    done = run("map", str(folders.MAPPINGS), "--source", "register=out/register", "--out", "r.ttl", cwd=released)
    assert (done.returncode, "no format" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "arguments", [["publish", "--sample", "x.csv"], ["map", "m.yml"], ["nonsense"], ["publish", "--jobs", "0"]]
)
def test_commands_that_make_no_sense_end_with_two(tmp_path: Path, arguments: list[str]) -> None:
    """Usage that contradicts itself ends with exit code 2 and a message."""
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr


def test_folders_above_an_output_are_made(tmp_path: Path) -> None:
    """Every step makes the folders above what it writes; where a file stands in their place, it says so."""
    (tmp_path / "telegrams.csv").write_text(SHEET, encoding="utf-8")
    steps = (
        ("read", "telegrams.csv", "--out", "a/b/register"),
        ("link", "a/b/register", "--out", "c/d/linked"),
        ("map", str(folders.MAPPINGS), "--source", "register=c/d/linked", "--out", "e/f/quads.nq"),
        ("check", "e/f/quads.nq", "--shapes", str(folders.SHAPES), "--out", "g/h/report.txt"),
        ("publish", "telegrams.csv", "--out", "i/j/release"),
    )
    for step in steps:
        done = run(*step, cwd=tmp_path)
        assert done.returncode == 0, (step, done.stderr)
        assert (tmp_path / step[-1]).exists()
    done = run("read", "telegrams.csv", "--out", "telegrams.csv/register", cwd=tmp_path)
    assert (done.returncode, "cannot be made" in done.stderr) == (2, True)
