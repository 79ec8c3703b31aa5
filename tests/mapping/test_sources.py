"""Files of every format as sources: TSV, JSON, XML, Parquet, and what stands hostile in them."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from mapped import XSD, objects, quads, run_in
from rdflib import Dataset, Literal

from cablegraph.errors import InputError
from cablegraph.mapping import map_files, read_mappings


def mapping(access: str, reference: str, iterator: str = "", subject: str = "$(id)") -> str:
    written = "$(" + reference.replace(")", "\\)") + ")"
    source = f'"{access}", "{iterator}"' if iterator else f'"{access}"'
    return f"mappings:\n  m:\n    sources: [[{source}]]\n    s: http://ex.org/{subject}\n    po: [[http://ex.org/p, {json.dumps(written)}]]\n"


def test_tsv_and_other_delimiters(tmp_path: Path) -> None:
    """Tabs part the cells of TSV; a source may name another delimiter."""
    (tmp_path / "a.tsv").write_text("id\tv\n1\ta,b\n")
    assert objects(run_in(tmp_path, mapping("a.tsv~tsv", "v"))) == ["a,b"]
    (tmp_path / "a.csv").write_text("id;v\n1;a,b\n")
    text = mapping("x", "v").replace('[["x"]]', "[{ access: a.csv, referenceFormulation: csv, delimiter: ';' }]")
    assert objects(run_in(tmp_path, text)) == ["a,b"]


def test_columns_of_parquet_have_their_datatype(tmp_path: Path) -> None:
    """Numbers, truth values and times are literals with the datatype of their column; in IRIs they are as written."""
    time = datetime.datetime(1962, 11, 19, 20, 0)
    values = {
        "integer": 7, "double": 0.5, "decimal": Decimal("5.900"), "boolean": True, "date": time.date(), "dateTime": time, "hexBinary": b"\x0a",
        "string": "x",
    }  # fmt: skip
    pq.write_table(
        pa.table({name: [value] for name, value in values.items()} | {"l": [[1, 2]]}), tmp_path / "a.parquet"
    )
    found = {}
    for name in values:
        (quad,) = quads(run_in(tmp_path, mapping("a.parquet~parquet", name, subject=f"$({name})")))
        assert quad.object.datatype.value == f"{XSD}{name}"
        found[name] = quad.object.value
    assert found == {
        "integer": "7", "double": "5.0E-1", "decimal": "5.9", "boolean": "true", "date": "1962-11-19", "dateTime": "1962-11-19T20:00:00",
        "hexBinary": "0A", "string": "x",
    }  # fmt: skip
    assert {
        str(q.object) for q in quads(run_in(tmp_path, mapping("a.parquet~parquet", "l", subject="$(integer)")))
    } == {f'"{n}"^^<{XSD}integer>' for n in (1, 2)}


JSON = '{"a": {"b c": [{"id": 1, "v": {"w": "x"}, "l": ["p", "q"]}, {"id": 2, "v": null}]}, "n": [[1, 2], [3]]}'


@pytest.mark.parametrize(
    ("iterator", "reference", "expected"),
    [
        ("$.a['b c'][*]", "v.w", ["x"]),
        ("$.a['b c'][*]", "$.v.w", ["x"]),
        ("$.a['b c'][0]", "l", ["p", "q"]),
        ("$.a['b c'][*]", "$.l[1]", ["q"]),
        ("$.a['b c'][*]", "$.l[-1]", ["q"]),
        ("$.a['b c'][*]", "$..w", ["x"]),
        ("$.a.*[*]", "v.w", ["x"]),
        ("$.n[*]", "$[*]", ["1", "2", "3"]),
        ("$.a['b c'][?@.v == null]", "$.id", ["2"]),
        ("$.a['b c'][?(@.v.w=='x')]", "$.l[::-1]", ["p", "q"]),
        ("$.n[1:, 0]", "$[0]", ["1", "3"]),
        ("$", "$.a['b c'][?@.id > 1].id", ["2"]),
        ("$", "$..l[?match(@, '[p-z]') && @ != 'p']", ["q"]),
        ("$", "$.a['b c'][*].l[*]", ["p", "q"]),
        ("$", "$.n[*][*]", ["1", "2", "3"]),
    ],
)
def test_jsonpaths(tmp_path: Path, iterator: str, reference: str, expected: list[str]) -> None:
    """Iterators and references are JSONPaths: names, indexes, all children, names at any depth."""
    (tmp_path / "a.json").write_text(JSON)
    assert objects(run_in(tmp_path, mapping("a.json~jsonpath", reference, iterator, subject="s"))) == expected


@pytest.mark.parametrize(
    "name", ['a"b', "a'b", "a\\b", "a.b", "a*", "$", "", "~", "/", "a]b", "{}", "'; DROP TABLE x; --", "é 漢", "a\nb"]
)
def test_names_of_json_members_are_never_code(tmp_path: Path, name: str) -> None:
    """Whatever a member is called, a path can name it, and it is neither SQL nor a pattern."""
    (tmp_path / "a.json").write_text(json.dumps([{"id": 1, name: "v", "other": "w"}]))
    quoted = "$['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']"
    ttl = (
        '@prefix rml: <http://w3id.org/rml/> . <http://x/m> a rml:TriplesMap ; rml:logicalSource [ rml:source [ rml:path "a.json" ] ; '
        'rml:referenceFormulation rml:JSONPath ; rml:iterator "$[*]" ] ; rml:subject <http://x/s> ; rml:predicateObjectMap '
        f"[ rml:predicate <http://x/p> ; rml:objectMap [ rml:reference {json.dumps(quoted)} ] ] ."
    )
    (tmp_path / "m.ttl").write_text(ttl)
    map_files(read_mappings(tmp_path / "m.ttl", "http://b/"), tmp_path / "m.ttl", {}, tmp_path / "o.nq", tmp_path)
    assert objects((tmp_path / "o.nq").read_text()) == ["v"]


def test_json_that_is_damaged_is_refused(tmp_path: Path) -> None:
    """JSON that cannot be read, or holds half a surrogate pair, is refused by its name."""
    for text in ('{"id": 1', '{"id": 1, "v": "\\ud800"}', '{"id": 1} x'):
        (tmp_path / "a.json").write_text(text)
        with pytest.raises(InputError, match="as json") as caught:
            run_in(tmp_path, mapping("a.json~json", "v"))
        assert caught.value.file == "a.json"


XML = """<?xml version="1.0" encoding="UTF-8"?>
<list xmlns:p="http://p.org/"><head><entry id="no">not this</entry></head>
<body><entry id="1"><title>One &amp; <b>two</b></title><tag k="a">x</tag><tag k="b">y</tag><p:note>n</p:note></entry>
<entry id="2"><title/></entry><group><entry id="3"><entry id="4"><title>inner</title></entry><title>outer</title></entry></group></body></list>
"""


@pytest.mark.parametrize(
    ("iterator", "reference", "expected"),
    [
        ("/list/body/entry", "title", ["", "One & two"]),
        ("/list/body/entry", "tag", ["x", "y"]),
        ("/list/body/entry", "tag/@k", ["a", "b"]),
        ("/list/body/entry", "tag[2]", ["y"]),
        ("/list/body/entry", "tag[@k='a']/text()", ["x"]),
        ("/list/body/entry[@id='2']", "@id", ["2"]),
        ("/list/body/entry[tag='y']", "@id", ["1"]),
        ("//entry", "@id", ["1", "2", "3", "4", "no"]),
        ("/list//group/entry", "title", ["outer"]),
        ("/list//group/entry", ".//title", ["inner", "outer"]),
        ("/list/*/entry", "./title/b", ["two"]),
        ("/list/head", ".", ["not this"]),
    ],
)
def test_xpaths(tmp_path: Path, iterator: str, reference: str, expected: list[str]) -> None:
    """Iterators and references are XPaths; the text of an element is all text in it; several make a triple each."""
    (tmp_path / "a.xml").write_text(XML, encoding="utf-8")
    assert objects(run_in(tmp_path, mapping("a.xml~xpath", reference, iterator, subject="s"))) == expected


@pytest.mark.parametrize("iterator", ["/a/b[", "/a/b[position()=1]", "/a|/b", "ancestor::a", "p:a", "/a/@b", "/a[1]"])
def test_xpaths_that_are_not_supported_are_refused(tmp_path: Path, iterator: str) -> None:
    """What is no XPath, or more than is supported, is refused before anything is read."""
    (tmp_path / "a.xml").write_text(XML, encoding="utf-8")
    with pytest.raises(InputError):
        run_in(tmp_path, mapping("a.xml~xpath", "title", iterator, subject="s"))


def test_xml_that_declares_entities_is_refused(tmp_path: Path) -> None:
    """Documents that declare entities, or are not well-formed, are refused with their line."""
    bomb = '<!DOCTYPE a [<!ENTITY x "y">]>\n<a><b>&x;</b></a>'
    for text, message in ((bomb, "declares entities"), ("<a>\n<b></a>", "not well-formed"), ("", "not well-formed")):
        (tmp_path / "a.xml").write_text(text)
        with pytest.raises(InputError, match=message) as caught:
            run_in(tmp_path, mapping("a.xml~xml", "b", "/a", subject="s"))
        assert caught.value.file == "a.xml"
        assert caught.value.line is not None


HOSTILE = [
    'say "no"', "back\\slash", "line\nfeed", "carriage\rreturn", "tab\t", "%", "😀", "NA", "nan", "None", "null", "\u200fmarks\u202e", "<http://evil> .\n<a> <b> <c>",
    "'; DROP TABLE rows; --", "x" * 1_000_000,
]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "xml", "parquet"])
def test_hostile_values_mean_the_same_in_every_format(tmp_path: Path, form: str) -> None:
    """What cells hold comes out as it is, from each format, as two parsers read it."""
    rows = [{"id": str(n), "v": value} for n, value in enumerate(HOSTILE)]
    file = tmp_path / f"a.{form}"
    if form == "csv":
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, ["id", "v"], quoting=csv.QUOTE_ALL)
            writer.writeheader()
            writer.writerows(rows)
    elif form == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), file)
    elif form == "xml":
        entries = "".join(f"<e><id>{r['id']}</id><v>{escape(r['v'], {chr(13): '&#13;'})}</v></e>" for r in rows)
        file.write_text(f"<l>{entries}</l>", encoding="utf-8", newline="")
    else:
        file.write_text(json.dumps(rows) if form == "json" else "".join(f"{json.dumps(r)}\n" for r in rows))
    iterator = {"json": "$[*]", "xml": "/l/e"}.get(form, "")
    text = run_in(tmp_path, mapping(f"a.{form}~{form}", "v", iterator))
    found = {int(quad.subject.value.rsplit("/", 1)[1]): quad.object.value for quad in quads(text)}
    assert found == dict(enumerate(HOSTILE))
    short = "".join(line + "\n" for line in text.split("\n") if line and len(line) < 10_000)
    assert {quad[2] for quad in Dataset().parse(data=short, format="nquads").quads()} == {
        Literal(value) for value in HOSTILE if len(value) < 10_000
    }


def test_no_line_stands_twice(tmp_path: Path) -> None:
    """Rows, lists, statements and maps that say the same make each triple once."""
    (tmp_path / "a.jsonl").write_text(
        '{"id": 1, "c": "x", "l": ["p", "p"], "m": "p"}\n{"id": 1, "c": "y", "l": [], "m": "p"}\n{"id": 1, "c": "x", "l": ["p"], "m": "q"}\n'
    )
    text = """prefixes: { ex: http://ex.org/ }
sources: { rows: [a.jsonl~jsonlines] }
mappings:
  one: { sources: rows, s: ex:$(id), po: [[a, ex:A], [ex:c, $(c)], [ex:l, [$(l), $(m)]]] }
  two: { sources: rows, s: ex:$(id), po: [[a, [ex:A, ex:B]]] }
  three: { sources: rows, s: ex:c/$(c), po: [[a, ex:C]] }
"""
    lines = run_in(tmp_path, text).splitlines()
    assert len(lines) == len(set(lines)) == 8


def test_a_compressed_source_is_read(tmp_path: Path) -> None:
    """A source may be compressed, told by its ending."""
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"id,v\n1,x\n"))
    assert objects(run_in(tmp_path, mapping("a.csv.gz~csv", "v"))) == ["x"]
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"id": 1, "v": "x"}\n'))
    assert objects(run_in(tmp_path, mapping("a.jsonl.gz~jsonl", "v"))) == ["x"]


def cells(form: str, row: dict[str, str]) -> bytes:
    """A table of one row."""
    out = io.BytesIO()
    if form == "parquet":
        pq.write_table(pa.table({name: [value] for name, value in row.items()}), out)
        return out.getvalue()
    if form == "csv":
        return "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in (row.keys(), row.values())).encode()
    if form == "xml":
        return ("<l><e>" + "".join(f"<{name}>{value}</{name}>" for name, value in row.items()) + "</e></l>").encode()
    return json.dumps([row]).encode()


@pytest.mark.parametrize("form", ["csv", "parquet", "json", "xml"])
def test_names_that_differ_in_capitals_are_two(tmp_path: Path, form: str) -> None:
    """SQL minds no capitals; a mapping does."""
    (tmp_path / f"a.{form}").write_bytes(cells(form, {"id": "1", "v": "x", "V": "y", "É": "z", "é": "w"}))
    iterator = {"json": "$[*]", "xml": "/l/e"}.get(form, "")
    text = mapping(f"a.{form}~{form}", "v", iterator).replace("$(v)", "$(v)$(V)$(v)$(É)$(é)")
    assert objects(run_in(tmp_path, text)) == ["xyxzw"]


@pytest.mark.parametrize("name", [" v", "v ", "\x02row", "\x03subject", "column0", "V_1"])
def test_names_of_columns_stand_as_they_are(tmp_path: Path, name: str) -> None:
    """Blanks around a name are part of it, and no name is one of the engine's own; one without a name can be there."""
    (tmp_path / "a.csv").write_bytes(cells("csv", {"id": "1", "": "nothing", name: "x", "v": "y", "V": "z"}))
    escaped = json.dumps(f"$({name}) $(v) $(V)")
    assert objects(run_in(tmp_path, mapping("a.csv~csv", "v").replace('"$(v)"', escaped))) == ["x y z"]


def test_what_stands_around_an_element_is_refused(tmp_path: Path) -> None:
    """A path upwards would find nothing; it is refused by name."""
    (tmp_path / "a.xml").write_text("<l><e/></l>")
    for reference in ("../@id", "e/../f", ".."):
        with pytest.raises(InputError, match="is not supported"):
            run_in(tmp_path, mapping("a.xml~xml", reference, "/l/e"))


def test_what_json_calls_no_number_is_a_double(tmp_path: Path) -> None:
    """NaN, which JSON does not have and DuckDB lets pass, is no integer."""
    (tmp_path / "a.json").write_text('[{"id": 1, "v": NaN}, {"id": 2, "v": -Infinity}]')
    found = {str(quad.object) for quad in quads(run_in(tmp_path, mapping("a.json~json", "v", "$[*]")))}
    assert found == {f'"{value}"^^<{XSD}double>' for value in ("NaN", "-INF")}
