"""RDF/XML: one element a subject, in the order of quads. What XML 1.0 cannot say is refused."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import quoteattr

from cablegraph.errors import InputError
from cablegraph.relations import Connection, write_texts
from cablegraph.release.formats.names import Names, Part, Writer, define_names, map_of, predicates

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
#: An IRI as a namespace and the longest name without colon (NCName) at its end.
_SPLIT = re.compile(rf"(.*?)([{_START}][-.0-9\u00b7\u0300-\u036f\u203f\u2040{_START}]*)", re.DOTALL)
#: Names of RDF that are no properties in RDF/XML, or mean something else there.
_RESERVED = {
    _RDF + name
    for name in [
        "RDF",
        "ID",
        "about",
        "bagID",
        "parseType",
        "resource",
        "nodeID",
        "datatype",
        "aboutEach",
        "aboutEachPrefix",
        "li",
        "Description",
    ]
}
_RESERVED_NAMESPACES = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/")
_HINT = "take rdf out of dumps"
#: Characters that XML 1.0 has not, raw and escaped (escaped backslashes are taken out before).
NO_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]|\\[bf]|\\(?:u|U0000)(?:000[0-8bBcCeEfF]|001|[fF]{3}[eEfF])"


def rdfxml_writer(db: Connection, names: Names) -> Writer:
    """Write the triples of a part as RDF/XML; IRIs are whole.

    Raises:
        InputError: a property has no name that can be an element, a value holds a character that XML 1.0 has not, or a
            blank node a label that is no name.
    """
    namespaces = define_elements(db, names, predicates(db))
    _refuse(db)
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF{namespaces}>\n\n'.encode()

    def write(part: Part, out: Any) -> None:
        out.write(head)
        if write_texts(db, _blocks(part.triples), out):
            out.write(b"</rdf:Description>\n\n")
        out.write(b"</rdf:RDF>\n")

    return write


def define_elements(db: Connection, names: Names, properties: list[str]) -> str:
    """Define macros over terms; returns the attributes that declare the namespaces of the elements.

    ``element(p)`` is the element of a property or class (``properties``, IRIs), ``value(p, o)`` what stands behind its name,
    to its end; ``resource(t, name)`` is the attribute that names a resource, ``xml_text(t)`` a text with its escapes.

    Raises:
        InputError: a property has no name that can be an element.
    """
    elements, namespaces = _elements(properties, names)
    define_names(db, names)
    for macro in (
        f"element(p) AS {map_of(elements)}[p]",
        "escaped(t) AS replace(replace(replace(t, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')",
        # No line holds a raw carriage return, so it can stand for an escaped backslash meanwhile.
        r"""unescaped(t) AS replace(regexp_replace(regexp_replace(replace(replace(replace(replace(replace(replace(t,
            '\\', chr(13)), '\n', chr(10)), '\t', chr(9)), '\r', '&#13;'), '\"', '"'), '\''', ''''),
            '\\u([0-9A-Fa-f]{4})', '&#x\1;', 'g'), '\\U([0-9A-Fa-f]{8})', '&#x\1;', 'g'), chr(13), '\')""",
        r"xml_text(t) AS CASE WHEN contains(t, '\') THEN unescaped(escaped(t)) ELSE escaped(t) END",
        "iri(t) AS xml_text(substr(t, 2, length(t) - 2))",
        """resource(t, name) AS CASE WHEN starts_with(t, '<') THEN concat(name, '="', iri(t), '"')
            ELSE concat('rdf:nodeID="b', substr(t, 3), '"') END""",
        """value(p, o) AS CASE WHEN NOT starts_with(o, '"') THEN concat(' ', resource(o, 'rdf:resource'), '/>')
            ELSE concat(CASE WHEN ends_with(o, '>') THEN concat(' rdf:datatype="', iri(datatype_of(o)), '">')
                WHEN ends_with(o, '"') THEN '>' ELSE concat(' xml:lang="', language_of(o), '">') END,
                xml_text(lexical(o)), '</', element(p), '>') END""",
    ):
        db.execute(f"CREATE OR REPLACE MACRO {macro}")
    return "".join(f"\n    xmlns:{prefix}={quoteattr(iri)}" for prefix, iri in sorted(namespaces.items()))


def _blocks(rows: str) -> str:
    """The query of the texts of triples; the end of the last element is missing."""
    return f"""
        SELECT concat(
            CASE WHEN s = s_before THEN '' ELSE concat(CASE WHEN s_before IS NULL THEN '' ELSE '</rdf:Description>\n\n' END,
                '<rdf:Description ', resource(s, 'rdf:about'), '>\n') END,
            '    <', element(p), value(p, o), '\n')
        FROM (SELECT s, p, o, lag(s) OVER () AS s_before FROM {rows})"""


def _elements(properties: list[str], names: Names) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The element of each property (a term), and the namespaces by their prefixes."""
    prefixes = {iri: prefix for prefix, iri in names.prefixes.items()} | {_RDF: "rdf"}
    elements, used = [], {"rdf": _RDF}
    for iri in properties:
        found = _SPLIT.fullmatch(iri)
        if found is None or not found[1] or iri in _RESERVED or found[1].startswith(_RESERVED_NAMESPACES):
            raise InputError(
                f"RDF/XML has no element for the property <{iri}>: it must end in a name, such as …/title", hint=_HINT
            )
        prefix = prefixes.setdefault(found[1], f"ns{len(prefixes)}")
        used[prefix] = found[1]
        elements.append((f"<{iri}>", f"{prefix}:{found[2]}"))
    return elements, used


def _refuse(db: Connection) -> None:
    """Refuse what XML cannot hold: the first quad that has it is named."""
    found = db.execute(
        """SELECT s, p FROM quads WHERE regexp_matches(CASE WHEN contains(o, '\\') THEN replace(o, '\\\\', '') ELSE o END, ?) LIMIT 1""", [NO_XML]
    ).fetchall()  # fmt: skip
    for s, p in found:
        raise InputError(f"XML has no form for a control character in the value of {p} of {s}", hint=_HINT)
    blank = r"^_:[\w.-]*$"
    found = db.execute(
        """SELECT s, o FROM quads WHERE (starts_with(s, '_') AND NOT regexp_matches(s, ?)) OR (starts_with(o, '_') AND NOT regexp_matches(o, ?)) LIMIT 1""",
        [blank, blank],
    ).fetchall()  # fmt: skip
    for s, o in found:
        raise InputError(f"the label of a blank node is no name in XML: {s} or {o}", hint=_HINT)
