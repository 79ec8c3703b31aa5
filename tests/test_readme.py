"""README.md is true: its questions have the answers that it shows, its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from scripts.readme_answers import answered

from cablegraph.cli import cli

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_questions_have_the_answers_that_are_shown() -> None:
    """Every console block of README.md shows what its command prints (scripts/readme_answers.py writes them anew)."""
    assert answered(README, ROOT) == README
    assert README.count("```console") >= 5


def test_each_step_works_as_the_table_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of the table of steps run one after the other, from sources to an answer."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mappings").symlink_to(ROOT / "mappings")
    (tmp_path / "shapes").symlink_to(ROOT / "shapes")
    commands = re.findall(r"\| `(cablegraph [^`]+)` \|", README)
    assert len(commands) == 9
    source = ROOT / "src/cablegraph/sample/telegrams.csv"
    for command in commands:
        line = re.sub(r"\[?SOURCE\]?(\.\.\.)?", str(source), command)
        line = line.replace("'SELECT …'", "'SELECT * { ?s ?p ?o } LIMIT 1'").replace(
            "cablegraph read " + str(source), "cablegraph read --sample"
        )
        result = CliRunner().invoke(cli, shlex.split(line)[1:], catch_exceptions=False)
        assert result.exit_code == 0, (line, result.output)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_exist(page: Path) -> None:
    """Each relative link of the documentation names a file of the project."""
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"
