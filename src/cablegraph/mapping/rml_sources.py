"""Logical sources of RML: files (RML-IO and the forms before it) and tables of the register."""

from __future__ import annotations

from cablegraph.mapping.formulations import by_ending
from cablegraph.mapping.functions import OWN_FUNCTIONS
from cablegraph.mapping.paths import check_iterator
from cablegraph.mapping.plain import COMPRESSIONS, known_encoding
from cablegraph.mapping.plan import LogicalSource
from cablegraph.mapping.turtle import Node

_RML, _CSVW, _DCAT = "http://w3id.org/rml/", "http://www.w3.org/ns/csvw#", "http://www.w3.org/ns/dcat#"
#: Reference formulations by IRI; those of RML, and our own for what it has no name for.
_FORMULATIONS = {
    f"{_RML}CSV": "csv", f"{_RML}JSONPath": "json", f"{_RML}XPath": "xml", f"{_RML}ql/JSONPath": "json",
    f"{_RML}ql/CSV": "csv", f"{_RML}ql/XPath": "xml", f"{OWN_FUNCTIONS}TSV": "tsv", f"{OWN_FUNCTIONS}JSONLines": "jsonlines",
    f"{OWN_FUNCTIONS}Parquet": "parquet", f"{OWN_FUNCTIONS}Register": "register", f"{OWN_FUNCTIONS}Arrow": "arrow",
    f"{OWN_FUNCTIONS}DuckDB": "duckdb", f"{_RML}SQL2008Table": "duckdb",
}  # fmt: skip
_KNOWN = ("source", "referenceFormulation", "iterator", "tableName", "sqlVersion", "query", "sqlQuery")
_ACCESS = ("path", "root", "encoding", "null", "compression")
#: What a dialect of CSVW may say beside its delimiter and encoding: that which holds anyway.
_DIALECT = {"header": "true", "headerRowCount": "1", "quoteChar": '"', "doubleQuote": "true", "skipRows": "0", "skipColumns": "0",
            "skipBlankRows": "false", "skipInitialSpace": "false", "trim": "false"}  # fmt: skip


def read_source(triples_map: Node, *, strict: bool) -> LogicalSource:
    """Read the source of a triples map; one without a source is run once.

    Raises:
        InputError: the source is not valid, or of a kind that is not supported.
    """
    node = triples_map.one("logicalSource", "logicalTable")
    if node is None:
        return LogicalSource("", "", "nothing", strict=strict, line=triples_map.line)
    node.check("a logical source", _KNOWN)
    query = node.one("query", "sqlQuery")
    if query is not None:
        raise query.fail(
            "a query is not run: a mapping names data, it brings no code",
            "make a table of it, and name that with rr:tableName",
        )
    table, source = node.one("tableName"), node.one("source")
    if table is not None and source is None:
        return LogicalSource("", table.text(), "register", line=node.line)
    if source is None:
        raise node.fail(
            "the logical source has no source", "expected rml:source with a file, or rr:tableName with a table"
        )
    access, delimiter = _access(source), _dialect(source)
    formulation, namespaces = _formulation(node, access)
    iterator = node.one("iterator", "tableName")
    found = LogicalSource(
        node.iri or "", access, formulation, iterator.text() if iterator is not None else None,
        tuple(value.text() for value in source.all("null", f"{_CSVW}null")), delimiter, namespaces, _encoding(source), _compression(source),
        strict, node.line,
    )  # fmt: skip
    try:
        check_iterator(found)
    except ValueError as error:
        raise (iterator or node).fail(f"{found.iterator!r} is no iterator: {error}") from error
    return found


def _access(source: Node) -> str:
    """The file that a source names."""
    if source.is_literal:
        return source.text()
    source.check("a source", _ACCESS)
    path, root = source.one("path"), source.one("root")
    if path is not None:
        # Files are found beside the mapping; a root elsewhere leads out of its folder, and is refused there.
        start = f"{root.text().rstrip('/')}/" if root is not None and root.is_literal else ""
        return start + path.text()
    for name in (f"{_CSVW}url", f"{_DCAT}accessURL", f"{_DCAT}downloadURL"):
        url = source.one(name)
        if url is not None:
            return url.iri or url.text()
    raise source.fail(
        "the source names no file",
        "expected rml:path, or csvw:url; the table of a database server, written to a file, can be given with --source",
    )


def _name(node: Node) -> str:
    """The name of a thing of RML: a local name, or a text."""
    return node.text() if node.is_literal else (node.iri or "").removeprefix(_RML)


def _compression(source: Node) -> str | None:
    named = source.one("compression")
    if named is not None and _name(named) not in COMPRESSIONS:
        raise named.fail(
            f"{_name(named) or 'this'} is no compression that is known",
            f"expected one of rml:{', rml:'.join(COMPRESSIONS)}",
        )
    return _name(named) if named is not None else None


def _encoding(source: Node) -> str | None:
    named = source.one("encoding") or _of_dialect(source, "encoding")
    if named is None:
        return None
    try:
        return known_encoding(_name(named))
    except ValueError as error:
        raise named.fail(str(error), 'expected one such as rml:UTF-8, rml:UTF-16 or "ISO-8859-1"') from error


def _of_dialect(source: Node, name: str) -> Node | None:
    dialect = source.one(f"{_CSVW}dialect")
    return dialect.one(f"{_CSVW}{name}") if dialect is not None else None


def _dialect(source: Node) -> str | None:
    """The delimiter of a dialect of CSV; what else it may say (csvw:header, csvw:quoteChar, …) must be what we read."""
    dialect = source.one(f"{_CSVW}dialect")
    for predicate, value, line in source.graph.triples.get(dialect.term, []) if dialect is not None else ():
        name = predicate.removeprefix(_CSVW)
        if name != predicate and name not in ("delimiter", "encoding") and value.value != _DIALECT.get(name):
            expected = (
                f'expected "{_DIALECT[name]}"' if name in _DIALECT else "expected csvw:delimiter and csvw:encoding"
            )
            raise Node(value, source.graph, line, source.where).fail(
                f"csvw:{name} {value.value!r} is not supported", expected
            )
    delimiter = _of_dialect(source, "delimiter")
    return delimiter.text() if delimiter is not None else None


def _formulation(node: Node, access: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    named = node.one("referenceFormulation")
    ending = by_ending(access)
    if named is None:
        if ending is None:
            raise node.fail(
                "the logical source has no reference formulation", "expected rml:CSV, rml:JSONPath or rml:XPath"
            )
        return ending, ()
    if f"{_RML}XPathReferenceFormulation" in named.types():
        prefixes = []
        for namespace in named.all("namespace"):
            prefix, url = namespace.one("namespacePrefix"), namespace.one("namespaceURL")
            if prefix is None or url is None:
                raise namespace.fail(
                    "a namespace has a prefix and a URL", "expected rml:namespacePrefix and rml:namespaceURL"
                )
            prefixes.append((prefix.text(), url.text()))
        return "xml", tuple(prefixes)
    formulation = _FORMULATIONS.get(named.iri or "")
    if formulation is None:
        raise named.fail(
            f"{named.iri or 'this'} is no reference formulation that is supported",
            f"expected one of {', '.join(_FORMULATIONS)}",
        )
    # The lines of JSON Lines, and the tabs of TSV, are of the file: RML names one formulation for both.
    closer = {("json", "jsonlines"), ("csv", "tsv")}
    return (ending if ending is not None and (formulation, ending) in closer else formulation), ()
