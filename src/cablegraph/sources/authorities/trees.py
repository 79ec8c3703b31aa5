"""Small XML files as trees of the standard library, quickly: a directory is tens of thousands of them.

The elements that rows come from know the line where their tag begins. A file that declares a document type is refused:
no directory does, and so no entity is ever expanded and nothing external is read.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from cablegraph.errors import InputError
from cablegraph.sources.text import decode

#: Elements inside a file from which rows come, beside the root.
_ROWS = ("chief", "principal")
#: No attribute is called so, since no name begins with a space.
_LINE = " line"
_START = re.compile(r"<([A-Za-z_][\w.-]*)")
#: What may stand before the root element, and how it ends.
_PROLOG = {"<?": "?>", "<!--": "-->", "<!DOCTYPE": ">"}


def root_name(head: bytes) -> str:
    """The name of the root element of which a file's first bytes show the tag, else nothing."""
    text = decode(head).removeprefix("\ufeff")
    at = 0
    while True:
        at += len(text[at:]) - len(text[at:].lstrip())
        ending = next((end for begin, end in _PROLOG.items() if text.startswith(begin, at)), "")
        if not ending:
            found = _START.match(text, at)
            return found[1] if found else ""
        if ending == ">" and "[" in text[at : text.find(">", at)]:
            ending = "]>"
        end = text.find(ending, at)
        if end < 0:
            return ""
        at = end + len(ending)


def parse(data: bytes, file: str) -> Element:
    """Parse one file.

    Raises:
        InputError: it is empty, not well-formed, or declares a document type.
    """
    builder: Any = TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, Any]) -> None:
        nonlocal depth
        if not depth or name in _ROWS:
            attributes[_LINE] = parser.CurrentLineNumber
        depth += 1
        builder.start(name, attributes)

    def doctype(*_: object) -> None:
        raise InputError(
            "declares a document type, which is never read",
            file=file, line=parser.CurrentLineNumber, hint="remove the DOCTYPE",
        )  # fmt: skip

    parser.StartElementHandler = start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    if not data.strip():
        raise InputError("is empty", file=file, line=1)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        message = expat.errors.messages.get(error.code, str(error))
        raise InputError(f"is not well-formed XML: {message}", file=file, line=error.lineno) from error
    except (ValueError, LookupError) as error:  # an encoding that Python does not have
        raise InputError(f"cannot be decoded: {error}", file=file, line=1) from error
    finally:  # the parser holds what holds the parser, and nobody collects cycles while sources are read
        parser.StartElementHandler = parser.StartDoctypeDeclHandler = None
    root: Element = builder.close()
    return root


def line_of(element: Element) -> int:
    """The line where the tag of the root, or of an element that makes a row, begins."""
    line: Any = element.get(_LINE, 1)
    return int(line)


def said(element: Element, path: str) -> str:
    """The text at a path below an element with plain spaces; empty where there is none."""
    found = element.find(path)
    return "" if found is None else " ".join("".join(found.itertext()).split())


def all_said(element: Element, path: str) -> list[str]:
    """The texts at a path, without those that are empty."""
    texts = (" ".join("".join(found.itertext()).split()) for found in element.iterfind(path))
    return [text for text in texts if text]
