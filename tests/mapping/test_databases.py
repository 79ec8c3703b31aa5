"""Tables as sources: those of a DuckDB database, and Arrow files."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.feather
import pytest
from mapped import BASE, XSD, objects, quads, run_in

from cablegraph.errors import InputError
from cablegraph.mapping import map_files, read_mappings

HOSTILE = ['a"b', "a'b", "select", "a.b", "x; DROP TABLE t; --", "é 漢", "*"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the database ``cables.duckdb``."""
    with duckdb.connect(str(tmp_path / "cables.duckdb")) as db:
        db.execute("CREATE TABLE telegrams AS SELECT 1 AS id, 'Moscow' AS v, ['x', 'y'] AS l")
        db.execute("CREATE SCHEMA old; CREATE TABLE old.telegrams AS SELECT 2 AS id, 'Havana' AS v")
        db.execute("CREATE TABLE old.letters AS SELECT 3 AS id, 'Bonn' AS v")
        db.execute("CREATE VIEW seen AS SELECT 4 AS id, 'View' AS v")
        for number, name in enumerate(HOSTILE):
            quoted = name.replace('"', '""')
            db.execute(f'CREATE TABLE "{quoted}" AS SELECT {number} AS id, $v AS v', {"v": name})
    return tmp_path


def yarrrml(source: str, value: str = "v") -> str:
    return f"mappings:\n  m:\n    sources: [{source}]\n    s: http://ex.org/$(id)\n    po: [[http://ex.org/p, $({value})]]\n"


def rml(folder: Path, source: str, **given: Path) -> list[str]:
    """Run a mapping in RML's own vocabulary with R2RML's beside it; the objects."""
    (folder / "m.ttl").write_text(
        "@prefix rml: <http://w3id.org/rml/> . @prefix rr: <http://www.w3.org/ns/r2rml#> . <http://ex.org/m> a rml:TriplesMap ;\n"
        f"rml:logicalSource [ {source} ] ;\nrml:subjectMap [ rml:template 'http://ex.org/{{id}}' ] ;\n"
        "rml:predicateObjectMap [ rml:predicate <http://ex.org/p> ; rml:objectMap [ rml:reference 'v' ] ] .",
        encoding="utf-8",
    )
    map_files(read_mappings(folder / "m.ttl", BASE), folder / "m.ttl", given, folder / "o.nq", folder)
    return objects((folder / "o.nq").read_text(encoding="utf-8"))


def test_a_table_of_a_database(folder: Path) -> None:
    """A table is named behind its database; its columns have their types, and lists are lists."""
    assert objects(run_in(folder, yarrrml("[cables.duckdb~duckdb, telegrams]"))) == ["Moscow"]
    assert objects(run_in(folder, yarrrml("{ access: cables.duckdb, table: telegrams }"))) == ["Moscow"]
    assert objects(run_in(folder, yarrrml("[cables.duckdb~duckdb, telegrams]", "l"))) == ["x", "y"]
    (quad,) = quads(run_in(folder, yarrrml("[cables.duckdb~duckdb, telegrams]", "id")))
    assert quad.object.datatype.value == f"{XSD}integer"
    assert objects(run_in(folder, yarrrml("[cables.duckdb~duckdb, old.telegrams]"))) == ["Havana"]
    assert objects(run_in(folder, yarrrml("[cables.duckdb~duckdb, letters]"))) == ["Bonn"]


def test_tables_in_rml(folder: Path) -> None:
    """RML names the table by rml:iterator or rr:tableName; a table that no file is named for is given by name."""
    named = 'rml:source "cables.duckdb" ; '
    assert rml(folder, named + 'rr:tableName "telegrams"') == ["Moscow"]
    assert rml(folder, named + 'rml:referenceFormulation rml:SQL2008Table ; rml:iterator "telegrams"') == ["Moscow"]
    assert rml(folder, "rr:tableName '\"telegrams\"' ; " + named) == ["Moscow"]
    assert rml(folder, 'rr:tableName "letters"', letters=folder / "cables.duckdb") == ["Bonn"]
    (folder / "elsewhere.csv").write_text("id,v\n1,x\n")
    assert rml(folder, 'rr:tableName "letters"', letters=folder / "elsewhere.csv") == ["x"]
    with pytest.raises(InputError, match="is a table of a register"):
        rml(folder, 'rr:tableName "letters"')


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_tables_are_never_sql(folder: Path, name: str) -> None:
    """Whatever a table is called, a mapping can name it."""
    written = "'" + name.replace("'", "''") + "'"
    assert objects(run_in(folder, yarrrml(f"[cables.duckdb~duckdb, {written}]"))) == [name]


def test_several_tables_of_one_database(folder: Path) -> None:
    """One run may read several tables of a database, and join them."""
    text = yarrrml("[cables.duckdb~duckdb, telegrams]") + yarrrml("[cables.duckdb~duckdb, letters]").replace(
        "mappings:\n  m:", "  other:"
    )
    join = "      - p: http://ex.org/j\n        o: { mapping: other, condition: { function: equal, parameters: [[a, x], [b, x]] } }\n"
    text = text.replace(
        "    po: [[http://ex.org/p, $(v)]]\n  other", f"    po:\n      - [http://ex.org/p, $(v)]\n{join}  other"
    )
    assert objects(run_in(folder, text)) == ["Bonn", "Moscow", "http://ex.org/3"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("[cables.duckdb~duckdb, none]", "has no table 'none'"),
        ("[cables.duckdb~duckdb, seen]", "has no table 'seen'"),
        ("[cables.duckdb~duckdb]", "needs the name of a table"),
        ("[text.duckdb~duckdb, t]", "is no database of DuckDB"),
        ("[lite.db~duckdb, t]", "is a database of SQLite"),
        ("[../cables.duckdb~duckdb, t]", "leads out"),
        ("[link.duckdb~duckdb, t]", "is a link out"),
    ],
)
def test_what_is_no_table_is_refused(folder: Path, source: str, message: str) -> None:
    """What is no table or no database is refused by name; views are code, and no extension is loaded for SQLite."""
    inside = folder / "m"
    inside.mkdir()
    (folder / "cables.duckdb").rename(inside / "cables.duckdb")
    (folder / "other.duckdb").write_bytes((inside / "cables.duckdb").read_bytes())
    (inside / "link.duckdb").symlink_to(folder / "other.duckdb")
    (inside / "text.duckdb").write_text("no database at all")
    with sqlite3.connect(inside / "lite.db") as db:
        db.execute("CREATE TABLE t (id)")
    before = (inside / "cables.duckdb").read_bytes()
    with pytest.raises(InputError, match=message):
        run_in(inside, yarrrml(source))
    assert (inside / "cables.duckdb").read_bytes() == before


def test_queries_are_refused_by_name(folder: Path) -> None:
    """A query in a mapping is code, and is not run."""
    for query in ('rr:sqlQuery "SELECT 1"', 'rml:query "SELECT 1"'):
        with pytest.raises(InputError, match="a query is not run") as caught:
            rml(folder, f'rml:source "cables.duckdb" ; {query}')
        assert caught.value.line == 2


@pytest.mark.parametrize("ending", ["arrow", "feather"])
def test_arrow_files(tmp_path: Path, ending: str) -> None:
    """Arrow files are tables with types."""
    table = pa.table({"id": [1, 2], "v": pa.array(["x", None]).dictionary_encode()})
    pyarrow.feather.write_feather(table, tmp_path / f"a.{ending}")
    assert objects(run_in(tmp_path, yarrrml(f"[a.{ending}~{ending}]"))) == ["x"]
    (quad, _) = quads(run_in(tmp_path, yarrrml(f"[a.{ending}~arrow]", "id")))
    assert quad.object.datatype.value == f"{XSD}integer"
    (tmp_path / f"a.{ending}").write_text("no table")
    with pytest.raises(InputError, match="as arrow"):
        run_in(tmp_path, yarrrml(f"[a.{ending}~arrow]"))
