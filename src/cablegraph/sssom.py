"""Mapping sets in SSSOM's table form (TSV): links between entities, with who found them, who decided, and when.

The metadata stand before the table as a block of YAML behind ``#``; of them ``curie_map`` counts. See the Simple Standard
for Sharing Ontological Mappings, https://mapping-commons.github.io/sssom/.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote

import yaml

from cablegraph.errors import InputError

#: The columns that are written, in SSSOM's order; others may stand in a set that is read.
COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label", "mapping_justification", "author_id", "reviewer_id",
    "mapping_date", "confidence", "comment",
)  # fmt: skip
_NEEDED = {"subject_id", "predicate_id", "object_id"}
#: Predicates by which a mapping says that two entities are, or are close to, one; prefixes are resolved elsewhere.
PREDICATES = (
    "skos:exactMatch",
    "skos:closeMatch",
    "skos:relatedMatch",
    "skos:broadMatch",
    "skos:narrowMatch",
    "owl:sameAs",
)
#: Schemes whose addresses are known without a ``curie_map``.
PREFIXES = {
    "viaf": "http://viaf.org/viaf/", "wikidata": "http://www.wikidata.org/entity/", "lcnaf": "http://id.loc.gov/authorities/names/",
    "geonames": "https://sws.geonames.org/", "snac": "http://n2t.net/ark:/99166/", "gnd": "https://d-nb.info/gnd/",
    "hsg": "https://history.state.gov/departmenthistory/people/",
}  # fmt: skip


@dataclass(frozen=True)
class SssomMapping:
    """One mapping. ``predicate_modifier`` is "Not" where the two are known not to be; ``line`` is its place in the file."""

    subject_id: str
    predicate_id: str
    object_id: str
    predicate_modifier: str = ""
    mapping_justification: str = "semapv:ManualMappingCuration"
    author_id: str = ""
    reviewer_id: str = ""
    mapping_date: str = ""
    confidence: str = ""
    comment: str = ""
    subject_label: str = ""
    object_label: str = ""
    file: str = ""
    line: int = 0

    @property
    def holds(self) -> bool:
        """Whether the mapping says that the predicate holds, and not that it does not."""
        return self.predicate_modifier.casefold() != "not"


def read_mapping_set(path: Path) -> list[SssomMapping]:
    """Read a mapping set; CURIEs of its ``curie_map`` and of well-known schemes become IRIs, those of the publication stay.

    Raises:
        InputError: the file cannot be read, its metadata are no YAML, it lacks a column, or a row is not valid.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("the mapping set cannot be read", file=str(path), hint=str(error)) from error
    lines = text.split("\n")  # a label may hold what else ends lines in Unicode
    head = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    prefixes = PREFIXES | _curies("\n".join(line[1:] for line in lines[:head]), path)
    table = io.StringIO("\n".join(lines[head:]), newline="")
    rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_MINIMAL)
    if missing := _NEEDED - set(rows.fieldnames or ()):
        raise InputError(
            f"lacks the column {', '.join(sorted(missing))}",
            file=str(path),
            line=head + 1,
            hint="a mapping set is a table with tabs",
        )
    return [_mapping(row, prefixes, path, head + rows.line_num) for row in rows]


def _curies(metadata: str, path: Path) -> dict[str, str]:
    try:
        said = yaml.safe_load(metadata) or {}
    except yaml.YAMLError as error:
        raise InputError(
            "the metadata before the table are no YAML", file=str(path), line=1, hint=str(error)
        ) from error
    curies = said.get("curie_map") or {} if isinstance(said, dict) else None
    if not isinstance(curies, dict):
        raise InputError("the metadata before the table have no curie_map that is one", file=str(path), line=1)
    return {str(prefix): str(address) for prefix, address in curies.items()}


def _mapping(row: Mapping[str, str | None], prefixes: Mapping[str, str], path: Path, line: int) -> SssomMapping:
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}

    def fail(field: str, message: str) -> InputError:
        return InputError(message, file=str(path), line=line, field=field)

    for field in sorted(_NEEDED):
        if not values[field]:
            raise fail(field, "is empty")
    if values["predicate_id"] not in PREDICATES:
        raise fail("predicate_id", f"{values['predicate_id']!r} is none of {', '.join(PREDICATES)}")
    if values["predicate_modifier"].casefold() not in ("", "not"):
        raise fail("predicate_modifier", f"{values['predicate_modifier']!r} is not Not")
    if values["confidence"] and not _is_share(values["confidence"]):
        raise fail("confidence", f"{values['confidence']!r} is no number from 0 to 1")
    values["subject_id"] = unquote(values["subject_id"])
    prefix, colon, local = values["object_id"].partition(":")
    if prefix == "person":
        values["object_id"] = unquote(values["object_id"])
    elif prefix in prefixes:
        values["object_id"] = prefixes[prefix] + local
    elif not colon:
        raise fail("object_id", f"{values['object_id']!r} is no CURIE and no IRI")
    return SssomMapping(**values, file=path.name, line=line)


def _is_share(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False


def write_mapping_set(mappings: Iterable[SssomMapping], metadata: Mapping[str, object]) -> str:
    """The text of a mapping set, its metadata before the table."""
    out = io.StringIO()
    for line in yaml.safe_dump(dict(metadata), allow_unicode=True, sort_keys=False, width=1000).splitlines():
        out.write(f"# {line}\n")
    rows = csv.DictWriter(out, COLUMNS, delimiter="\t", lineterminator="\n", extrasaction="ignore")
    rows.writeheader()
    rows.writerows(asdict(mapping) for mapping in mappings)
    return out.getvalue()


def append_mapping(path: Path, mapping: SssomMapping) -> None:
    """Add one mapping to the end of a mapping set, which is begun where there is none.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        new = not path.exists() or path.stat().st_size == 0
        with path.open("a", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n", extrasaction="ignore")
            if new:
                rows.writeheader()
            rows.writerow(asdict(mapping))
    except OSError as error:
        raise InputError("cannot be written", file=str(path), hint=error.strerror or "") from error
