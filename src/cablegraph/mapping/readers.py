"""Files as relations: what a mapping refers to in them becomes columns of text, or of lists of text.

Nothing is guessed from a sample of a file. Values that have a datatype in the file (numbers, truth values, times) get a
second column with the literal that RML's natural mapping makes of them (RML-IO-Registry, section Natural RDF mapping).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

import pyarrow as pa
import pyarrow.parquet as pq

from cablegraph import relations
from cablegraph.mapping.databases import database_table
from cablegraph.mapping.json_items import write_items
from cablegraph.mapping.json_sql import nodes
from cablegraph.mapping.jsonpath import Every, Filter, Name, Segment, is_plural, names_root
from cablegraph.mapping.jsonpath import Path as JSONPath
from cablegraph.mapping.jsonpath_reader import parse_jsonpath
from cablegraph.mapping.natural import natural_forms
from cablegraph.mapping.plain import plain_file
from cablegraph.mapping.plan import LogicalSource
from cablegraph.mapping.terms import Relation
from cablegraph.mapping.xml_rows import read_elements
from cablegraph.mapping.xpath import parse_xpath
from cablegraph.relations import quote_name, quote_path, quote_text

_CSV = (
    "read_csv({path}, header = true, all_varchar = true, nullstr = [{nulls}], strict_mode = true, delim = {delimiter}, quote = '\"', "
    "escape = '\"', comment = '', skip = 0, max_line_size = 33554432, buffer_size = 33554432, hive_partitioning = false)"
)
_OBJECTS = "read_json_objects({path}, format = '{form}', maximum_object_size = {size}, hive_partitioning = false)"
#: Bytes of a document that DuckDB reads whole where its items can be taken one by one instead.
_LARGEST_DOCUMENT = 1 << 20
#: Bytes of the longest object of JSON Lines, or item of a list that is a whole file.
_LARGEST_OBJECT = 32 << 20
_LARGEST_HEADER = 1 << 20
_ROW = "\x02row"
_ROWS_A_GROUP = 10_000


@dataclass
class Uses:
    """What maps refer to in one source: ``references``, which of them for literals with the datatype of the source."""

    references: set[str] = field(default_factory=set)
    natural: set[str] = field(default_factory=set)
    numbered: bool = False


def open_file(
    db: relations.Connection, name: str, source: LogicalSource, file: Path | None, uses: Uses, work: Path
) -> Relation:
    """Make a file visible as the view ``name``.

    Raises:
        InputError: a file of XML or a database cannot be read, or the database has no such table.
        duckdb.Error, pyarrow.ArrowException: the file does not fit its formulation.
    """
    file = plain_file(source, file, work / f"{name}.plain") if file is not None else None
    match source.formulation, file:
        case ("csv" | "tsv", Path()):
            columns, rows = _of_table(db, _csv(source, file), _header(source, file))
        case ("parquet", Path()):
            columns, rows = _of_table(db, relations.read_parquet(file), pq.read_schema(file).names)
        case ("arrow", Path()):
            file = _arrow(file, work / f"{name}.parquet")
            columns, rows = _of_table(db, relations.read_parquet(file), pq.read_schema(file).names)
        case ("duckdb", Path()):
            columns, rows = _of_table(db, database_table(db, file, source.iterator or ""))
        case ("json" | "jsonlines", Path()):
            columns, rows = _of_json(db, source, file, uses, work / f"{name}.jsonl")
        case ("xml", Path()):
            columns, rows = _of_xml(source, file, uses, work / f"{name}.parquet")
        case _:
            columns, rows = {}, "(SELECT 1 AS one)"
    names = _sql_names(columns)
    literals = {
        key: f"\x02literal {names.get(key, key)}"
        for key, column in columns.items()
        if column.literal and key in uses.natural
    }
    forms = [f"{column.text} AS {quote_name(names.get(key, key))}" for key, column in columns.items()]
    forms += [f"{columns[key].literal} AS {quote_name(literal)}" for key, literal in literals.items()]
    forms += [f"row_number() OVER () AS {quote_name(_ROW)}"] if uses.numbered else []
    db.execute(f"CREATE VIEW {quote_name(name)} AS SELECT {', '.join(forms) or '1 AS one'} FROM {rows}")
    kinds = {key: "VARCHAR[]" if column.plural else "VARCHAR" for key, column in columns.items()}
    return Relation(quote_name(name), kinds, literals, _ROW if uses.numbered else None, names)


def _sql_names(columns: Iterable[str]) -> dict[str, str]:
    """Other names for the columns that SQL would take for one that comes before, since it minds no capitals, or for ours."""
    seen: set[str] = set()
    other = {}
    for number, name in enumerate(columns):
        if name.casefold() in seen or name[:1] in ("", "\x02", "\x03"):
            other[name] = f"\x02column {number} {name}"
        seen.add(name.casefold())
    return other


@dataclass(frozen=True)
class _Column:
    """SQL of a value as text, and as a literal where it has a datatype; lists of them where there may be several."""

    text: str
    literal: str | None = None
    plural: bool = False


def _csv(source: LogicalSource, file: Path) -> str:
    nulls = ", ".join(quote_text(null) for null in ("", *source.nulls))
    return _CSV.format(path=quote_path(file), nulls=nulls, delimiter=quote_text(_delimiter(source)))


def _delimiter(source: LogicalSource) -> str:
    return source.delimiter or ("\t" if source.formulation == "tsv" else ",")


def _of_table(db: relations.Connection, rows: str, names: Sequence[str] = ()) -> tuple[dict[str, _Column], str]:
    """The columns of a table, by ``names`` where its file has them, else as DuckDB calls them."""
    described = db.execute(f"DESCRIBE FROM {rows}").fetchall()
    own = names if len(names) == len(described) else [name for name, *_ in described]
    columns: dict[str, _Column] = {}
    for called, (name, kind, *_) in zip(own, described, strict=True):
        text, literal = natural_forms(kind, quote_name(name))
        columns.setdefault(called, _Column(text, literal, kind.endswith("[]")))
    return columns, rows


def _header(source: LogicalSource, file: Path) -> list[str]:
    """The names in the first row of CSV, as they stand; DuckDB changes those that differ only in capitals or blanks."""
    with pa.input_stream(str(file)) as opened:
        start = opened.read(_LARGEST_HEADER).decode(errors="replace").removeprefix("\ufeff")
    try:
        return next(csv.reader(io.StringIO(start, newline=""), delimiter=_delimiter(source)), [])
    except (csv.Error, TypeError):  # a delimiter of several characters, which DuckDB takes
        return []


def _arrow(file: Path, table: Path) -> Path:
    """A file of Arrow (Feather) as Parquet, batch by batch: DuckDB reads no such files itself."""
    with (
        pa.memory_map(str(file)) as source,
        pa.ipc.open_file(source) as batches,
        pq.ParquetWriter(table, batches.schema, compression="zstd") as out,
    ):
        for number in range(batches.num_record_batches):
            out.write_batch(batches.get_batch(number))
    return table


def _of_json(
    db: relations.Connection, source: LogicalSource, file: Path, uses: Uses, lines: Path
) -> tuple[dict[str, _Column], str]:
    path = parse_jsonpath(source.iterator or "$")
    value, form, whole = "json", "newline_delimited", file.stat().st_size + 1
    size = _LARGEST_OBJECT if file.suffix in (".gz", ".zst") else min(_LARGEST_OBJECT, whole)
    if source.formulation == "json":
        streamed = _streamed(path) if whole > _LARGEST_DOCUMENT else None
        if path[:1] == (Segment((Every(),)),) and _begins_a_list(file):
            form, path = "array", path[1:]
        elif streamed is not None:
            names, value, path = streamed
            file = write_items(file, names, lines, _LARGEST_OBJECT)
        else:  # one object is the whole file
            form, size = "unstructured", max(size, whole)
    objects = _OBJECTS.format(path=quote_path(file), form=form, size=size)
    item = nodes(value, path)
    rows = f"(SELECT {f'unnest({item})' if is_plural(path) else item} AS item FROM {objects})"
    paths = {name: parse_jsonpath(name) for name in sorted(uses.references)}
    values = {name: nodes("item", wanted) for name, wanted in paths.items()}
    plural = {name for name, wanted in paths.items() if is_plural(wanted)}
    if not source.strict:
        lists, absent = _kinds(db, rows, {name: sql for name, sql in values.items() if name not in plural})
        values |= {name: _items(values[name]) for name in lists}
        plural |= lists
        values = {name: sql for name, sql in values.items() if name not in absent}
    return {name: _json_column(name, sql, name in plural, source) for name, sql in values.items()}, rows


def _streamed(path: JSONPath) -> tuple[tuple[str, ...], str, JSONPath] | None:
    """How items can be taken one by one: the names that lead to them, an item as SQL, and the path that goes on from it.

    Of ``$.a.b[*].c`` that is a and b, the item, and c; an item of ``$.a[?@.b]`` is tested in a list of its own.
    """
    names = []
    for place, segment in enumerate(path):
        match segment:
            case Segment((Name(name),), deep=False):
                names.append(name)
            case Segment((Every(),), deep=False):
                return tuple(names), "json", path[place + 1 :]
            case Segment((Filter(test),), deep=False) if not names_root(test):
                return tuple(names), "json_array(json)", path[place:]
            case _:
                return None
    return None


def _begins_a_list(file: Path) -> bool:
    with file.open("rb") as source:
        return source.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"["


def _kinds(db: relations.Connection, rows: str, values: dict[str, str]) -> tuple[set[str], set[str]]:
    """Tell which values are lists anywhere in a file, and which stand nowhere in it."""
    if not values:
        return set(), set()
    asked = ", ".join(f"coalesce(bool_or(json_type({sql}) = 'ARRAY'), false), count({sql})" for sql in values.values())
    count, *told = db.execute(f"SELECT count(*), {asked} FROM {rows}").fetchall()[0]
    lists = {name for name, is_list in zip(values, told[::2], strict=True) if is_list}
    absent = {name for name, found in zip(values, told[1::2], strict=True) if count and not found}
    return lists, absent


def _items(value: str) -> str:
    return f"CASE WHEN json_type({value}) = 'ARRAY' THEN json_extract({value}, '$[*]') WHEN {value} IS NOT NULL THEN [{value}] END"


def _json_column(name: str, value: str, plural: bool, source: LogicalSource) -> _Column:
    def text(node: str) -> str:
        return f"json_value({node}, {quote_text(name)})" if source.strict else f"json_text({node})"

    def literal(node: str) -> str:  # a strict source refuses what is no value in the text, which is asked first
        return f"CASE WHEN {text(node)} IS NOT NULL THEN json_literal({node}) END"

    def known(node: str, form: str) -> str:
        nulls = ", ".join(quote_text(null) for null in source.nulls)
        return f"CASE WHEN json_text({node}) NOT IN ({nulls}) THEN {form} END" if nulls else form

    if plural:
        each = [f"list_transform({value}, lambda item: {known('item', make('item'))})" for make in (text, literal)]
        return _Column(each[0], each[1], plural=True)
    return _Column(known(value, text(value)), known(value, literal(value)))


def _of_xml(source: LogicalSource, file: Path, uses: Uses, table: Path) -> tuple[dict[str, _Column], str]:
    """The elements of an iterator as a Parquet table of lists; a reference that never has two values is no list."""
    namespaces = dict(source.namespaces)
    iterator = parse_xpath(source.iterator or "/*", namespaces)
    paths = {name: parse_xpath(name, namespaces) for name in sorted(uses.references)}
    # Their places are the names of the columns: SQL minds no capitals.
    schema = pa.schema([(str(place), pa.list_(pa.string())) for place in range(len(paths))] or [("one", pa.string())])
    several: set[str] = set()
    decoded = None if source.encoding is None else "utf-8"

    def row(element: Element) -> dict[str, list[str] | None]:
        found = {name: [v for v in path.values(element) if v not in source.nulls] for name, path in paths.items()}
        several.update(name for name, values in found.items() if len(values) > 1)
        return {str(place): values or None for place, values in enumerate(found.values())}

    with pq.ParquetWriter(table, schema, compression="zstd") as out:
        for rows in _groups(row(element) for element in read_elements(file, iterator, decoded)):
            out.write_batch(pa.RecordBatch.from_pylist(rows, schema=schema))
    columns = {
        name: _Column(f'"{place}"' if name in several else f'"{place}"[1]', plural=name in several)
        for place, name in enumerate(paths)
    }
    return columns, relations.read_parquet(table)


def _groups(rows: Iterator[dict[str, list[str] | None]]) -> Iterator[list[dict[str, list[str] | None]]]:
    group = []
    for row in rows:
        group.append(row)
        if len(group) == _ROWS_A_GROUP:
            yield group
            group = []
    if group:
        yield group
