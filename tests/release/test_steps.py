"""Step by step gives what publish gives, to the byte: with a release before, something withheld, and the text in full."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from published import everything

from cablegraph import folders
from cablegraph.cli import cli
from cablegraph.errors import InputError


def run(*words: str | Path) -> None:
    CliRunner().invoke(cli, [*map(str, words), "--quiet"], catch_exceptions=False)


def test_the_steps_and_publish_give_one_release(tmp_path: Path) -> None:
    config = tmp_path / "sample" / "cablegraph.toml"
    shutil.copytree(folders.SAMPLE, config.parent)
    old, whole, linked = tmp_path / "old", tmp_path / "whole", tmp_path / "linked"
    run("publish", "--config", config, "--out", old)
    config.write_text(
        config.read_text(encoding="utf-8").replace('version = "1.0.0"', 'version = "1.1.0"'), encoding="utf-8"
    )
    telegrams = config.with_name("telegrams.csv")
    telegrams.write_text(
        "".join(telegrams.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8"
    )
    config.with_name("withheld.csv").write_text(
        "record,field,reason,date\nusun-1862/1,text,Wrong,2026-11-24\n", encoding="utf-8"
    )
    run("publish", "--config", config, "--previous", old, "--out", whole)
    run("read", "--config", config, "--out", tmp_path / "register")
    run("link", tmp_path / "register", "--config", config, "--previous", old, "--out", linked)
    given = ("--source", f"register={linked}", "--base", "https://crisis.example/", "--text", "full")
    run("map", folders.MAPPINGS, *given, "--out", tmp_path / "quads.nq")
    run(
        "release",
        tmp_path / "quads.nq",
        "--register",
        linked,
        "--config",
        config,
        "--previous",
        old,
        "--out",
        tmp_path / "steps",
    )
    assert everything(tmp_path / "steps") == everything(whole)
    run("link", tmp_path / "register", "--out", tmp_path / "careless")
    with pytest.raises(InputError, match=r"was linked without withheld\.csv"):
        run(
            "release",
            tmp_path / "quads.nq",
            "--register",
            tmp_path / "careless",
            "--config",
            config,
            "--out",
            tmp_path / "leak",
        )
    assert not (tmp_path / "leak").exists()
