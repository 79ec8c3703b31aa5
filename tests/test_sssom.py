"""Mapping sets: what is written is read again, and what is wrong is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.errors import InputError
from cablegraph.sssom import PREDICATES, SssomMapping, append_mapping, read_mapping_set, write_mapping_set

HEAD = "subject_id\tpredicate_id\tobject_id\tpredicate_modifier\tconfidence\n"


def mapping_set(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "set.sssom.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_curies_become_iris(tmp_path: Path) -> None:
    """Prefixes of the set and of well-known schemes are resolved; keys of the publication stay."""
    text = (
        "# curie_map:\n#   own: https://own.example/\n"
        + HEAD
        + "person:a#p_X\tskos:exactMatch\tperson:100\t\t0.9\n"
        + "person:a%23p_X\tskos:exactMatch\town:7\tNot\t\n"
        + "person:b\tskos:closeMatch\twikidata:Q0\t\t\n"
        + "person:b\towl:sameAs\thttps://other.example/b\t\t\n"
    )
    found = read_mapping_set(mapping_set(tmp_path, text))
    assert [(m.subject_id, m.object_id, m.holds, m.line) for m in found] == [
        ("person:a#p_X", "person:100", True, 4),
        ("person:a#p_X", "https://own.example/7", False, 5),
        ("person:b", "http://www.wikidata.org/entity/Q0", True, 6),
        ("person:b", "https://other.example/b", True, 7),
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("subject_id,object_id\n", 1, "lacks the column"),
        ("# x: [\n" + HEAD, 1, "no YAML"),
        ("# just words\n" + HEAD, 1, "curie_map"),
        ("# curie_map: 7\n" + HEAD, 1, "curie_map"),
        (HEAD + "\tskos:exactMatch\tperson:1\t\t\n", 2, "is empty"),
        (HEAD + "person:1\tskos:sameish\tperson:2\t\t\n", 2, "is none of"),
        (HEAD + "person:1\tskos:exactMatch\tperson:2\tPerhaps\t\n", 2, "is not Not"),
        (HEAD + "person:1\tskos:exactMatch\tStevenson\t\t\n", 2, "no CURIE"),
        (HEAD + "person:1\tskos:exactMatch\tperson:2\t\t7\n", 2, "no number from 0 to 1"),
        (HEAD + "person:1\tskos:exactMatch\tperson:2\t\tnan\n", 2, "no number from 0 to 1"),
    ],
)
def test_faults_are_told_with_file_and_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    """Metadata, columns and values that cannot be used name the file, the line, and what is wrong."""
    path = mapping_set(tmp_path, text)
    with pytest.raises(InputError, match=message) as caught:
        read_mapping_set(path)
    assert (caught.value.file, caught.value.line) == (str(path), line)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    """A missing file and bytes that are no UTF-8 are told, too."""
    with pytest.raises(InputError, match="cannot be read"):
        read_mapping_set(tmp_path / "none.tsv")
    (tmp_path / "bytes.tsv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read"):
        read_mapping_set(tmp_path / "bytes.tsv")


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="%"), min_size=1, max_size=8
)
_MAPPINGS = st.builds(
    SssomMapping,
    subject_id=_WORDS.map("person:{}".format),
    predicate_id=st.sampled_from(PREDICATES),
    object_id=_WORDS.map("https://other.example/{}".format),
    predicate_modifier=st.sampled_from(["", "Not"]),
    comment=st.one_of(st.just(""), _WORDS, st.just('a "quoted"\ttab')),
)


@given(st.lists(_MAPPINGS, max_size=4))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, mappings: list[SssomMapping]) -> None:
    """A set that was written, whole or a mapping at a time, says the same when it is read."""
    folder = tmp_path_factory.mktemp("sets")
    (folder / "whole.tsv").write_text(
        write_mapping_set(mappings, {"license": "https://x.example/"}), encoding="utf-8", newline="\n"
    )
    for mapping in mappings:
        append_mapping(folder / "one.tsv", mapping)
    for path in sorted(folder.iterdir()):
        found = read_mapping_set(path)
        assert [(m.subject_id, m.predicate_id, m.object_id, m.holds, m.comment) for m in found] == [
            (m.subject_id, m.predicate_id, m.object_id, m.holds, m.comment) for m in mappings
        ]


def test_labels_of_any_text_come_back(tmp_path: Path) -> None:
    """A line separator, a quotation mark or a tab in a label is part of the label; the rows behind it keep their lines."""
    path = tmp_path / "set.sssom.tsv"
    for label in ("one\u2028two\x85", 'a "b"\tc', "plain"):
        append_mapping(path, SssomMapping("person:1", "owl:sameAs", "person:2", subject_label=label))
    found = read_mapping_set(path)
    assert [(mapping.subject_label, mapping.line) for mapping in found] == [
        ("one\u2028two", 2),
        ('a "b"\tc', 3),
        ("plain", 4),
    ]
