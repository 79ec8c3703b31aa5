"""Relations: the embedded DuckDB sees what it is given and nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cablegraph import relations

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    folder = tmp_path / "inside"
    folder.mkdir()
    (tmp_path / "secret.csv").write_text("a\nsecret\n")
    pq.write_table(pa.table({"a": ["secret"]}), tmp_path / "secret.parquet")
    return folder


def test_nothing_outside_is_read_or_written(inside: Path) -> None:
    """Files outside the given folders are neither read nor written, by path, by .., by link or as a database."""
    outside = inside.parent
    (inside / "link.csv").symlink_to(outside / "secret.csv")
    with relations.connect([inside]) as db:
        for statement in (
            f"FROM read_csv('{outside}/secret.csv')",
            f"FROM read_text('{inside}/../secret.csv')",
            f"FROM read_parquet('{outside}/*.parquet')",
            f"FROM glob('{outside}/*')",
            f"FROM '{outside}/secret.csv'",
            f"COPY (SELECT 1) TO '{outside}/written.csv'",
            f"COPY (SELECT 1) TO '{inside}/../written.csv'",
            f"EXPORT DATABASE '{outside}/written'",
            f"ATTACH '{outside}/written.db'",
            "FROM read_csv('http://127.0.0.1:9/x.csv')",
        ):
            with pytest.raises(duckdb.Error):
                db.execute(statement)
    assert sorted(path.name for path in outside.iterdir()) == ["inside", "secret.csv", "secret.parquet"]


def test_no_extension_and_no_setting(inside: Path) -> None:
    """Extensions are neither installed nor loaded, and the configuration is locked."""
    with relations.connect([inside]) as db:
        for statement in (
            "INSTALL httpfs", "LOAD httpfs", "FORCE INSTALL spatial FROM community", "SET enable_external_access = true",
            "SET lock_configuration = false", "SET allowed_directories = ['/']", "SET threads = 4", "SET memory_limit = '100GB'",
            "SET autoload_known_extensions = true", "RESET enable_external_access", "PRAGMA threads = 4", "SET temp_directory = '/'",
        ):  # fmt: skip
            with pytest.raises(duckdb.Error):
                db.execute(statement)


def test_only_the_given_files(inside: Path) -> None:
    """A single file may be given; its neighbours stay closed."""
    (inside.parent / "other.csv").write_text("a\nx\n")
    with relations.connect([], files=[inside.parent / "other.csv"]) as db:
        assert db.execute(f"FROM read_csv('{inside.parent}/other.csv')").fetchall() == [("x",)]
        with pytest.raises(duckdb.Error):
            db.execute(f"FROM read_csv('{inside.parent}/secret.csv')")


def test_tables_are_never_variables(inside: Path) -> None:
    """A name in SQL is never a Python variable."""
    secret = pa.table({"a": ["secret"]})
    with relations.connect([inside]) as db, pytest.raises(duckdb.CatalogException):
        db.execute("FROM secret")
    assert secret.num_rows == 1


@given(TEXT)
@settings(max_examples=100, deadline=None)
def test_quoted_text_is_that_text(text: str) -> None:
    """The quoting function gives a constant that is the text, in any place where a value stands."""
    with duckdb.connect() as db:
        quoted = relations.quote_text(text)
        assert db.execute(f"SELECT {quoted}, {quoted} = $t, length({quoted}::VARCHAR)", {"t": text}).fetchall() == [
            (text, True, len(text))
        ]


@given(TEXT.filter(lambda text: text and "\0" not in text))
@settings(max_examples=100, deadline=None)
def test_quoted_names_are_that_name(name: str) -> None:
    """The quoting function gives an identifier that is the name."""
    with duckdb.connect() as db:
        assert db.execute(f"SELECT 1 AS {relations.quote_name(name)}").description[0][0] == name


@pytest.mark.parametrize("name", ["g[1]", "st*r", "a?", "year=1962", "it's", 'a"b', "é 漢", "x;y"])
def test_folders_of_any_name(tmp_path: Path, name: str) -> None:
    """A register may lie in a folder of any name; it is no pattern, and adds no column."""
    for folder in (name, "g1", "star", "ab"):
        (tmp_path / folder).mkdir()
        pq.write_table(pa.table({"a": [folder]}), tmp_path / folder / "t.parquet")
    with relations.connect([tmp_path / name]) as db:
        relations.view_parquet(db, "t", tmp_path / name / "t.parquet")
        found = db.execute("FROM t")
        assert [column[0] for column in found.description] == ["a"]
        assert found.fetchall() == [(name,)]
        relations.write_parquet(db, "FROM t", tmp_path / name / "u.parquet")
    assert pq.read_table(tmp_path / name / "u.parquet").to_pylist() == [{"a": name}]


def test_tables_from_memory() -> None:
    """Rows held in memory become a table with the given types, also when there are none."""
    with relations.connect([]) as db:
        relations.create_table(db, "t", {"a": relations.TEXT, "n": relations.INTEGER}, [("x", 1), (None, 2)])
        relations.create_table(db, "none", {"a": relations.TEXT}, [])
        assert db.execute("FROM t").fetchall() == [("x", 1), (None, 2)]
        assert db.execute("FROM none").fetchall() == []
