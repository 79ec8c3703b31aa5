"""XML as light trees: every start tag has the line of its ``<``."""

from __future__ import annotations

import io
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph.errors import InputError
from cablegraph.sources import source as source_module
from cablegraph.sources.source import Source
from cablegraph.sources.xml_tree import Element, stream

NAMES = frozenset(("div", "note"))
#: Pieces of content that hold what looks like tags or ends lines.
CONTENT = [
    "words", "\n", "\r\n", "\r", "<!-- <div>\n -->", "<![CDATA[<div\n>]]>", "<?pi <div>\n?>", "&amp;", "<p a='<!--'/>".replace("<!", "&lt;!"),
    "<p\n a=\"x>\ny\"/>", "]]", "—",
]  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> str:
    """XML with nested elements of interest, prefixes, attributes over lines, comments, CDATA and instructions."""

    def element(depth: int) -> str:
        prefix = draw(st.sampled_from(["", "t:"]))
        name = draw(st.sampled_from(["div", "note", "divs"]))
        gap = draw(st.sampled_from(["", " n='1'", '\n n="a>b"\n']))
        inner = "".join(draw(st.lists(st.sampled_from(CONTENT), max_size=4)))
        below = "".join(element(depth + 1) for _ in range(draw(st.integers(0, 2 if depth < 3 else 0))))
        return f"<{prefix}{name}{gap}>{inner}{below}</{prefix}{name}>"

    opening = draw(st.sampled_from(["", "\ufeff", "<?xml version='1.0'?>\n", "<!-- <div> -->\n", "<!DOCTYPE TEI>\n"]))
    return f"{opening}<TEI xmlns:t='u'>{element(0)}\n{element(0)}</TEI>\n"


def lines_of(data: bytes, block: int = 1 << 16) -> list[int]:
    """The lines of the elements of interest, in document order."""
    found: list[Element] = []
    with mock.patch.object(source_module, "BLOCK", block):
        for _ in stream(Source("x", "x.xml", None, "frus", data), found.append, lambda element, parent: None, NAMES):
            pass
    return [element.line for element in found]


def counted(text: str) -> list[int]:
    """The lines of the same elements, counted in the text with all that hides tags blanked out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for hidden in ("<!-- <div>\n -->", "<!-- <div> -->", "<![CDATA[<div\n>]]>", "<?pi <div>\n?>"):
        text = text.replace(hidden, "".join(mark if mark == "\n" else " " for mark in hidden))
    places = []
    for tag in ("<div", "<t:div", "<note", "<t:note"):
        at = text.find(tag)
        while at >= 0:
            if text[at + len(tag)] in " \n>":
                places.append(at)
            at = text.find(tag, at + 1)
    return [text.count("\n", 0, at) + 1 for at in sorted(places)]


@given(documents(), st.integers(1, 40))
def test_lines_of_tags(text: str, block: int) -> None:
    """The line of a tag is that of its first mark, wherever the blocks of the file end."""
    assert lines_of(text.encode(), block) == counted(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_more_lines_than_libxml2_counts(encoding: str) -> None:
    """Lines above 65,535 are exact."""
    text = "<TEI>" + "\n" * 70_000 + "<div>" + "\n" * 70_000 + "<note/></div></TEI>"
    assert lines_of(text.encode(encoding)) == [70_001, 140_001]


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("<TEI>\n<div>", 2), ("<TEI>\n</div>", 2), ("<TEI>\n&nothing;</TEI>", 2), ("no XML", 1)],
)
def test_broken(text: str, line: int) -> None:
    """What is not well-formed is refused with its line."""
    with pytest.raises(InputError) as caught:
        lines_of(text.encode())
    assert (caught.value.file, caught.value.line) == ("x.xml", line)


def test_own_markup_is_refused() -> None:
    """A document type with an internal subset is refused before anything in it is read."""
    with pytest.raises(InputError, match="declares entities"):
        lines_of(b'<?xml version="1.0"?>\n<!DOCTYPE TEI [<!ENTITY a "b">]>\n<TEI>&a;</TEI>')


@pytest.mark.parametrize("tag", ["<p>&eacute;</p>", "<p n='1>2' key=\"caf&eacute;\"/>", "<p n='&#233;&amp;&eacute;'/>"])
def test_entity_of_an_external_type_is_refused(tag: str) -> None:
    """An entity that only an external document type declares is never left out silently, wherever it stands."""
    with pytest.raises(InputError, match="the entity eacute") as caught:
        lines_of(f'<!DOCTYPE TEI SYSTEM "tei.dtd">\n<TEI>\n{tag}</TEI>'.encode())
    assert caught.value.line == 3


def test_external_type_without_its_entities_is_read() -> None:
    """A volume that names a document type but needs nothing from it is read; text is not taken for attributes."""
    assert lines_of(b'<!DOCTYPE TEI SYSTEM "tei.dtd">\n<TEI n="&lt;&#233;">\n<!-- &x; --><![CDATA[&y;]]><div/></TEI>')


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Arbitrary bytes are parsed or refused."""
    try:
        lines_of(io.BytesIO(data).getvalue())
    except InputError as error:
        assert error.file == "x.xml"


@pytest.mark.parametrize("encoding", ["nonsense", "UTF-7", "EBCDIC-CP-US-XX"])
def test_an_encoding_that_is_none_is_told(encoding: str) -> None:
    """The declaration is wrong, not the program: the error says so with the line."""
    with pytest.raises(InputError, match="declares an encoding") as caught:
        lines_of(f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode())
    assert caught.value.line == 1
