"""Sources that are compressed, packed, in another encoding or too large to be read whole."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mapped import BASE, objects, run_in

from cablegraph.errors import InputError
from cablegraph.mapping import json_items, map_files, read_mappings, readers
from cablegraph.mapping.json_items import write_items

TEXT = {
    "csv": "id,v\n1,é\n",
    "json": '[{"id": 1, "v": "é"}]',
    "jsonl": '{"id": 1, "v": "é"}\n',
    "xml": "<l><e><id>1</id><v>é</v></e></l>",
}
ITERATORS = {"json": "$[*]", "xml": "/l/e"}


def yarrrml(access: str, form: str, more: str = "") -> str:
    iterator = f", iterator: '{ITERATORS[form]}'" if form in ITERATORS else ""
    return (
        f"mappings:\n  m:\n    sources: [{{ access: {access}, referenceFormulation: {form}{iterator}{more} }}]\n"
        "    s: http://ex.org/$(id)\n    po: [[http://ex.org/p, $(v)]]\n"
    )


def rml(folder: Path, source: str) -> list[str]:
    """Run a mapping of a source of CSV; the objects."""
    (folder / "m.ttl").write_text(
        "@prefix rml: <http://w3id.org/rml/> . @prefix csvw: <http://www.w3.org/ns/csvw#> . <http://ex.org/m> a rml:TriplesMap ;\n"
        f"rml:logicalSource [ rml:source [ {source} ] ; rml:referenceFormulation rml:CSV ] ;\nrml:subject <http://ex.org/s> ;\n"
        "rml:predicateObjectMap [ rml:predicate <http://ex.org/p> ; rml:objectMap [ rml:reference 'v' ] ] .",
        encoding="utf-8",
    )
    map_files(read_mappings(folder / "m.ttl", BASE), folder / "m.ttl", {}, folder / "o.nq", folder)
    return objects((folder / "o.nq").read_text(encoding="utf-8"))


@pytest.mark.parametrize("form", TEXT)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1", "windows-1252", "utf-32", "utf-8-sig"])
def test_other_encodings_are_decoded(tmp_path: Path, form: str, encoding: str) -> None:
    """A source in another encoding is read by the encoding that the mapping names."""
    (tmp_path / f"a.{form}").write_bytes(TEXT[form].encode(encoding))
    named = "utf-8" if encoding == "utf-8-sig" else encoding
    assert objects(run_in(tmp_path, yarrrml(f"a.{form}", form, f", encoding: {named}"))) == ["é"]


def test_encodings_in_rml(tmp_path: Path) -> None:
    """RML names an encoding by an IRI or a text, CSVW in its dialect."""
    (tmp_path / "a.csv").write_bytes(TEXT["csv"].encode("utf-16"))
    assert rml(tmp_path, 'rml:path "a.csv" ; rml:encoding rml:UTF-16') == ["é"]
    (tmp_path / "a.csv").write_bytes(TEXT["csv"].replace(",", ";").encode("latin-1"))
    assert rml(
        tmp_path,
        'csvw:url "a.csv" ; csvw:dialect [ csvw:encoding "ISO-8859-1" ; csvw:delimiter ";" ; csvw:header true ]',
    ) == ["é"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("rml:encoding rml:UTF-99", "no encoding of text"), ('rml:encoding "base64"', "no encoding of text"), ('rml:encoding "idna"', "no encoding of text"),
        ('rml:encoding "unicode_escape"', "no encoding of text"), ("rml:encoding rml:Shift_JIS", "not in the encoding shift_jis"),
        ("rml:compression rml:rar", "no compression that is known"), ("rml:compression rml:gzip", "cannot be unpacked as gzip"),
        ("rml:compression rml:zip", "cannot be unpacked as zip"), ("rml:compression rml:tarxz", "cannot be unpacked as tarxz"),
        ("rml:compression rml:zstd", "cannot be unpacked as zstd"), ("csvw:dialect [ csvw:header false ]", "csvw:header 'false' is not supported"),
        ('csvw:dialect [ csvw:quoteChar "x" ]', "csvw:quoteChar 'x' is not supported"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused(tmp_path: Path, source: str, message: str) -> None:
    """Encodings, compressions and dialects that are not known are refused by name; so is a file that is not what it should be."""
    (tmp_path / "a.csv").write_bytes(b"id,v\n1,\xe9")
    with pytest.raises(InputError, match=message):
        rml(tmp_path, f'rml:path "a.csv" ; {source}')


def packed(form: str, name: str, data: bytes) -> bytes:
    """Data in an archive or compressed."""
    out = io.BytesIO()
    if form == "zip":
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(f"folder/{name}", data)
    elif form in ("targz", "tarxz"):
        with tarfile.open(fileobj=out, mode=f"w:{form[3:]}") as archive:  # type: ignore[call-overload]
            member = tarfile.TarInfo(f"../{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    elif form == "gzip":
        return gzip.compress(data)
    else:
        return pa.compress(data, codec="zstd", asbytes=True)  # type: ignore[no-any-return]
    return out.getvalue()


@pytest.mark.parametrize("compression", ["gzip", "zip", "targz", "tarxz"])
@pytest.mark.parametrize("form", TEXT)
def test_compressed_sources(tmp_path: Path, form: str, compression: str) -> None:
    """Every format may be compressed or the only file of an archive, by the names of RML-IO."""
    (tmp_path / "a.bin").write_bytes(packed(compression, f"a.{form}", TEXT[form].encode()))
    assert objects(run_in(tmp_path, yarrrml("a.bin", form, f", compression: {compression}"))) == ["é"]


@pytest.mark.parametrize("form", TEXT)
def test_the_ending_tells_the_compression(tmp_path: Path, form: str) -> None:
    """Of a name such as a.xml.gz the ending tells the compression."""
    (tmp_path / f"a.{form}.gz").write_bytes(gzip.compress(TEXT[form].encode()))
    assert objects(run_in(tmp_path, yarrrml(f"a.{form}.gz", form))) == ["é"]


def test_archives_of_several_files_and_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which file of several is meant cannot be told; what unpacks to far more than it is, is not unpacked."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", "id,v\n")
        archive.writestr("b.csv", "id,v\n")
    with pytest.raises(InputError, match="holds 2 files"):
        run_in(tmp_path, yarrrml("a.zip", "csv", ", compression: zip"))
    monkeypatch.setattr("cablegraph.mapping.plain._LARGEST", 1 << 16)
    (tmp_path / "b.zip").write_bytes(gzip.compress(b"x" * (1 << 24)))
    with pytest.raises(InputError, match="times its size"):
        run_in(tmp_path, yarrrml("b.zip", "csv", ", compression: gzip"))


def test_values_that_mean_nothing(tmp_path: Path) -> None:
    """Texts that the mapping calls null make no triple."""
    (tmp_path / "a.csv").write_text("id,v\n1,n/a\n2,x\n3,-\n")
    assert objects(run_in(tmp_path, yarrrml("a.csv", "csv", ", null: [n/a, '-']"))) == ["x"]


DOCUMENTS = st.recursive(
    st.sampled_from([1, -2.5, True, None, "", 'a"b', "\\", "]}", "[{,:", "é\n"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["a", "b", "[", '"']), inner, max_size=3),
    max_leaves=20,
)  # fmt: skip


@given(DOCUMENTS, st.lists(st.sampled_from(["a", "b"]), max_size=2), st.sampled_from([None, 1]), st.integers(1, 9))
@settings(max_examples=200, deadline=None)
def test_items_are_cut_out_as_they_stand(
    tmp_path_factory: pytest.TempPathFactory, value: object, names: list[str], indent: int | None, block: int
) -> None:
    """Each item of the list that names lead to is a line, wherever the blocks of the file end; nothing else is."""
    folder = tmp_path_factory.mktemp("items")
    (folder / "a.json").write_text(json.dumps(value, indent=indent), encoding="utf-8")
    expected: object = value
    for name in names:
        expected = expected.get(name) if isinstance(expected, dict) else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_items, "_BLOCK", block)
        lines = write_items(folder / "a.json", tuple(names), folder / "a.jsonl", 1 << 20).read_text().splitlines()
    if isinstance(expected, dict):
        expected = list(expected.values())
    assert [json.loads(line) for line in lines] == (expected if isinstance(expected, list) else [])


@pytest.mark.parametrize("text", ['{"a": [1, 2', '{"a": [1]', '{"a": ["x]}', '{"a": [1]} x', '{"a": [1 2]}', '{"a" [1]}', '{"a": [}]}', '{a: [1]}', '{"a": [1,]}'])  # fmt: skip
def test_large_documents_that_are_damaged_are_refused(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large document that does not close, or has something where JSON has none of it, is refused by its name."""
    monkeypatch.setattr(readers, "_LARGEST_DOCUMENT", 1)
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(InputError) as caught:
        run_in(tmp_path, yarrrml("a.json", "json").replace("$[*]", "$.a[*]"))
    assert caught.value.file == "a.json"


@pytest.mark.parametrize(
    "iterator",
    ["$.l.a[*]", "$.l.*", "$.l.a[?@.id < 400]", "$.l.a[?@.id == $.x[0].a]", "$..a[*]", "$.l.a[*].w", "$.none[*]"],
)
def test_a_large_document_gives_what_a_small_one_gives(
    tmp_path: Path, iterator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Items are read one by one where the document is large and the iterator lets it be, with the same triples."""
    rows = [{"id": n, "v": f"}}]\n{n}", "w": {"id": -n, "v": "w"}} for n in range(500)]
    (tmp_path / "a.json").write_text(json.dumps({"x": [{"a": 1}], "l": {"a": rows, "b": rows[1]}}, indent=1))
    text = (
        yarrrml("a.json", "json")
        .replace("iterator: '$[*]'", f'iterator: "{iterator}"')
        .replace("po: [", "po: [[http://ex.org/q, x], [")
    )
    text = text.replace("[[http://ex.org/q, x], [[", "[[http://ex.org/q, x], [")
    small = run_in(tmp_path, text)
    monkeypatch.setattr(readers, "_LARGEST_DOCUMENT", 1000)
    assert sorted(run_in(tmp_path, text).splitlines()) == sorted(small.splitlines())
    assert bool(small) == (iterator not in ("$.none[*]",))
