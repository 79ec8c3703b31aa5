"""The YARRRML front end: every form that it takes, and what it says about what it cannot take."""

from __future__ import annotations

from pathlib import Path

import pytest
from mapped import BASE, RDF_TYPE, XSD, objects, quads, run_in

from cablegraph.errors import InputError
from cablegraph.mapping import read_mappings
from cablegraph.mapping.plan import Call, Constant, Plan, Reference, Template, TermMap, TermType, TriplesMap

HEAD = "prefixes: { ex: 'http://ex.org/', fn: 'https://w3id.org/diplomatic-records/function#' }\n"


def read(tmp_path: Path, text: str) -> Plan:
    path = tmp_path / "m.yml"
    path.write_text(text, encoding="utf-8")
    return read_mappings(path, BASE)


def only(tmp_path: Path, body: str) -> TriplesMap:
    """The one map of a document whose map ``thing`` has these lines."""
    lines = "\n".join("    " + line for line in body.strip().split("\n"))
    (found,) = read(tmp_path, f"{HEAD}mappings:\n  thing:\n    sources: [[a.csv~csv]]\n{lines}\n").maps
    return found


def object_of(tmp_path: Path, statement: str) -> TermMap:
    return only(tmp_path, f"s: ex:$(id)\npo:\n  - {statement}").statements[0].objects[0]


@pytest.mark.parametrize(
    "body",
    [
        "s: ex:$(id)\npo: [[ex:p, $(v)]]",
        "subject: ex:$(id)\npredicateobject: [[ex:p, $(v)]]",
        "subjects: ex:$(id)\npredicateobjects: [{ p: ex:p, o: $(v) }]",
        "subjects: [ex:$(id)]\npo: [{ predicate: ex:p, object: $(v) }]",
        "s: [ex:$(id)]\npo: [{ predicates: [ex:p], objects: [$(v)] }]",
        "s: http://ex.org/$(id)~iri\npo: [{ predicates: ex:p, objects: { value: $(v) } }]",
        "s: ex:$(id)\npo: [{ p: 'http://ex.org/p', o: [{ v: $(v), type: literal }] }]",
    ],
)
def test_short_and_long_forms_mean_the_same(tmp_path: Path, body: str) -> None:
    """Every spelling of a key and every short form gives the same plan as the long one."""
    found = only(tmp_path, body)
    assert found.subject.expression == Template((Constant("http://ex.org/"), Reference("id")))
    (statement,) = found.statements
    assert [term.expression for term in statement.predicates] == [Constant("http://ex.org/p")]
    assert [(term.expression, term.type) for term in statement.objects] == [(Reference("v"), TermType.LITERAL)]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("[ex:p, $(v), xsd:int]", (TermType.LITERAL, Constant(f"{XSD}int"), None)),
        ("{ p: ex:p, o: [$(v), xsd:int] }", (TermType.LITERAL, Constant(f"{XSD}int"), None)),
        ("{ p: ex:p, o: { value: $(v), datatype: xsd:int } }", (TermType.LITERAL, Constant(f"{XSD}int"), None)),
        ("[ex:p, $(v), en~lang]", (TermType.LITERAL, None, Constant("en"))),
        ("[ex:p, $(v), $(l)~lang]", (TermType.LITERAL, None, Reference("l"))),
        ("{ p: ex:p, o: { value: $(v), language: en } }", (TermType.LITERAL, None, Constant("en"))),
        ("{ p: ex:p, o: { value: $(v), language: en~lang } }", (TermType.LITERAL, None, Constant("en"))),
        ("[ex:p, $(v)~iri]", (TermType.IRI, None, None)),
        ("{ p: ex:p, o: { value: $(v), type: iri } }", (TermType.IRI, None, None)),
        ("{ p: ex:p, o: { value: $(v), type: blank } }", (TermType.BLANK, None, None)),
        ("[a, $(v)]", (TermType.IRI, None, None)),
    ],
)
def test_term_types_datatypes_and_languages(tmp_path: Path, statement: str, expected: tuple[object, ...]) -> None:
    """Term type, datatype and language are read from the short and from the long form."""
    term = object_of(tmp_path, statement)
    assert term.expression == Reference("v")
    assert (term.type, term.datatype, term.language) == expected


def test_a_names_the_type_and_its_object_a_class(tmp_path: Path) -> None:
    """``a`` is rdf:type, and its objects are IRIs: prefixed, by template or relative to the base."""
    (statement,) = only(tmp_path, "s: ex:$(id)\npo: [[a, [ex:C, ex:$(kind), Thing]]]").statements
    assert statement.predicates[0].expression == Constant(RDF_TYPE)
    assert [term.type for term in statement.objects] == [TermType.IRI] * 3
    assert [term.expression for term in statement.objects] == [
        Constant("http://ex.org/C"),
        Template((Constant("http://ex.org/"), Reference("kind"))),
        Constant(f"{BASE}Thing"),
    ]


def test_prefixed_constants_are_iris(tmp_path: Path) -> None:
    """A constant object in the form prefix:name is an IRI; any other constant is a literal."""
    expected = TermMap(Constant("http://ex.org/thing"), TermType.IRI, base=BASE, line=7)
    assert object_of(tmp_path, "[ex:p, ex:thing]") == expected
    assert object_of(tmp_path, "[ex:p, 'note: this']").type is TermType.LITERAL


def test_templates_keep_escaped_marks(tmp_path: Path) -> None:
    """A backslash takes the meaning from $, ( and ); a column's name may hold them."""
    found = object_of(tmp_path, r"[ex:p, 'cost \$\(5\) $(a\)b) $(c)']").expression
    assert found == Template((Constant("cost $(5) "), Reference("a)b"), Constant(" "), Reference("c")))


def test_relative_iris_stand_on_the_base(tmp_path: Path) -> None:
    """A template without scheme or prefix stands on the base; the document's own base comes first."""
    text = "base: https://own.org/\nmappings: { m: { sources: [[a.csv~csv]], s: record/$(id), po: [[a, $(x)~iri]] } }"
    (found,) = read(tmp_path, text).maps
    assert found.subject.expression == Template((Constant("https://own.org/record/"), Reference("id")))
    assert found.subject.base == "https://own.org/"
    assert only(tmp_path, "s: $(a)/$(b)").subject.expression == Template(
        (Constant(BASE), Reference("a"), Constant("/"), Reference("b"))
    )


def test_sources_by_name_inline_and_by_table(tmp_path: Path) -> None:
    """A source is named, or stands in place; its formulation is written or follows from its ending."""
    text = """
sources:
  one: [a.csv~csv, $]
  two: { access: b.parquet, referenceFormulation: parquet }
  three: [c.csv]
mappings:
  m: { sources: [one, two, three, [d~register], [odd~name.csv~csv]], s: "ex/$(id)" }
"""
    found = [(m.source.access, m.source.formulation, m.source.iterator) for m in read(tmp_path, text).maps]
    assert found == [
        ("a.csv", "csv", "$"), ("b.parquet", "parquet", None), ("c.csv", "csv", None), ("d", "register", None),
        ("odd~name.csv", "csv", None),
    ]  # fmt: skip


def test_functions_and_conditions(tmp_path: Path) -> None:
    """Functions are known by short name, prefixed name and IRI; parameters come as pairs, tables or values."""
    expected = Call("upper", (Call("trim", (Reference("v"),)),))
    for inner in (
        "{ function: trim, parameters: [[value, $(v)]] }",
        "{ fn: fn:trim, pms: [{ parameter: fn:value, value: $(v) }] }",
        "{ f: 'https://w3id.org/diplomatic-records/function#trim', parameters: [$(v)] }",
    ):
        found = object_of(tmp_path, f"{{ p: ex:p, o: {{ function: upper, parameters: [{inner}] }} }}")
        assert found.expression == expected, inner
    found_map = only(tmp_path, "s: ex:$(id)\ncondition: { function: isNull, parameters: [$(v)] }\npo: [[ex:p, x]]")
    assert found_map.condition == Call("isNull", (Reference("v"),))


def test_graphs_of_maps_and_of_statements(tmp_path: Path) -> None:
    """A graph stands on the map or on a predicate-object."""
    found = only(tmp_path, "s: ex:$(id)\ngraphs: ex:g\npo: [{ p: ex:p, o: x, graph: ex:$(g) }]")
    assert [term.expression for term in found.graphs] == [Constant("http://ex.org/g")]
    assert found.statements[0].graphs[0].expression == Template((Constant("http://ex.org/"), Reference("g")))


def test_several_sources_and_subjects_multiply(tmp_path: Path) -> None:
    """A map of two sources and two subjects is four triples maps."""
    text = f"{HEAD}mappings: {{ m: {{ sources: [[a.csv~csv], [b.csv~csv]], s: [ex:$(a), ex:$(b)] }} }}"
    assert len(read(tmp_path, text).maps) == 4


M = "mappings:\n  thing:\n    sources: [[a.csv~csv]]\n    s: ex:$(id)\n"
WRONG = [
    ("", 1, "empty", ""),
    ("a: [", 2, "no valid YAML", ""),
    ("a: b: c", 1, "no valid YAML", ""),
    ("[1, 2]", 1, "expected a table of a YARRRML document", ""),
    ("mapings: {}", 1, "'mapings' is no key of a YARRRML document", "mappings"),
    ("prefixes: {}", 1, "no mappings", ""),
    ("mappings:\n  m: 5", 2, "expected a table of a mapping", ""),
    ("mappings:\n  m: { s: x }", 2, "no sources", ""),
    ("mappings:\n  m: { sources: z, s: x }", 2, "there is no source 'z'", "defined: none"),
    ("mappings:\n  m: { sources: [[a.csv~excel]], s: x }", 2, "unknown reference formulation 'excel'", "csv"),
    ("mappings:\n  m: { sources: [[]], s: x }", 2, "a source needs an access", ""),
    ("sources:\n  a: { iterator: x }\nmappings: {}", 2, "the source has no access", ""),
    ("mappings:\n  m: { s: a, s: b }", 2, "the key 's' stands twice", ""),
    ("mappings:\n  m: { s: a, subject: b }", 2, "'subjects' stands twice", ""),
    (f"{M}    po:\n      - [ex:p]\n", 6, "expected [predicate, object]", ""),
    (f"{M}    po:\n      - {{ p: ex:p }}\n", 6, "no objects", ""),
    (f"{M}    po:\n      - {{ p: ex:p, o: {{ type: iri }} }}\n", 6, "neither a value nor a function", ""),
    (f"{M}    po:\n      - {{ p: ex:p, o: {{ value: x, type: uri }} }}\n", 6, "unknown term type 'uri'", "iri, literal or blank"),
    (f"{M}    po:\n      - {{ p: ex:p, o: {{ value: x, type: iri, datatype: xsd:int }} }}\n", 6, "goes with a literal", ""),
    (f"{M}    po:\n      - {{ p: ex:p, o: {{ value: x, language: en, datatype: xsd:int }} }}\n", 6, "not both", ""),
    (f"{M}    po:\n      - [ex:p, $(v)~iri, xsd:int]\n", 6, "an IRI has no datatype", ""),
    (f"{M}    po:\n      - [a, ex:C, xsd:int]\n", 6, "a class has no datatype", ""),
    (f"{M}    po:\n      - {{ p: ex:p, o: [[a, b, c]] }}\n", 6, "expected an object as", ""),
    (f"{M}    po:\n      - [nope:p, x]\n", 6, "the prefix 'nope:' is not defined", "defined: dc, ex, fn"),
    (f"{M}    po:\n      - ['ex:a b', x]\n", 6, "cannot stand in the IRI", ""),
    (f"{M}    po:\n      - ['ex:p> <ex:q', x]\n", 6, "cannot stand in the IRI", ""),
    (f"{M}    po:\n      - ['ex:100%', x]\n", 6, "cannot stand in the IRI", "%XX"),
    (f"{M}    po:\n      - [ex:p, $(v), 'e n~lang']\n", 6, "is no language tag", "en or pt-BR"),
    (f"{M}    po:\n      - [ex:p, $(v), 'x$(l)~lang']\n", 6, "a language is a tag or one reference", ""),
    (f"{M}    po:\n      - [ex:p, $(v]\n", 6, "a reference is not closed", "$(column)"),
    (f"{M}    po:\n      - [ex:p, $()]\n", 6, "names nothing", "$(column)"),
    (f"{M}    po:\n      - {{ p: [[x]], o: y }}\n", 6, "expected a text, not a list", ""),
    (f"{M}    po:\n      - {{ p: ex:p, o: {{ function: nope, parameters: [] }} }}\n", 6, "there is no function 'nope'", "upper"),
    (f"{M}    po:\n      - {{ p: ex:p, o: {{ function: upper }} }}\n", 6, "upper takes 1 parameters, not 0", ""),
    (f"{M}    po:\n      - {{ p: ex:p, o: {{ function: upper, parameters: [[a, b, c]] }} }}\n", 6, "expected a parameter as", ""),
    (f"{M}    condition: {{ function: upper, parameters: [x] }}\n", 5, "answers no yes or no", ""),
    (f"{M}    condition: {{ parameters: [x] }}\n", 5, "the function has no name", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message", "hint"), WRONG, ids=[f"{n:02}" for n in range(len(WRONG))])
def test_errors_name_file_line_map_and_what_was_expected(
    tmp_path: Path, text: str, line: int, message: str, hint: str
) -> None:
    """What is wrong is told with its file and line, in a map with the map's name, and with what was expected."""
    prefixes = "" if text in ("", "a: [", "a: b: c", "[1, 2]") else HEAD.rstrip("\n") + "\n"
    if "prefixes:" in text or "mapings" in text:
        prefixes = ""
    with pytest.raises(InputError) as caught:
        read(tmp_path, prefixes + text)
    error = caught.value
    assert error.file == "m.yml"
    assert message in error.message
    assert hint in (error.hint or "")
    assert error.line == line + (1 if prefixes else 0)
    if text.startswith(M) and "stands twice" not in message:
        assert error.field is not None
        assert "map thing" in error.field


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file, an empty folder and a file that is not UTF-8 are refused by name."""
    with pytest.raises(InputError, match="cannot be read"):
        read_mappings(tmp_path / "none.yml", BASE)
    with pytest.raises(InputError, match="holds no mapping"):
        read_mappings(tmp_path, BASE)
    (tmp_path / "m.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        read_mappings(tmp_path / "m.yml", BASE)


def test_a_mapping_that_contains_itself_is_refused(tmp_path: Path) -> None:
    """YAML aliases that run in a circle, or multiply, end in a message and not in endless work."""
    circle = f"{M}    po:\n      - {{ p: ex:p, o: &o {{ function: upper, parameters: [*o] }} }}\n"
    with pytest.raises(InputError):
        read(tmp_path, HEAD + circle)
    steps = "\n".join(f"  x{n}: &x{n} {{ function: equal, parameters: [*x{n - 1}, *x{n - 1}] }}" for n in range(1, 40))
    bomb = f"authors:\n  x0: &x0 {{ function: equal, parameters: [a, b] }}\n{steps}\n{M}    condition: *x39\n"
    with pytest.raises(InputError, match="nested"):
        read(tmp_path, HEAD + bomb)


def test_half_a_surrogate_pair_is_refused(tmp_path: Path) -> None:
    """An escape that is no character is refused with its line, whichever YAML parser is there."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, f'{HEAD}{M}    po:\n      - [ex:p, "\\ud800"]\n')
    assert caught.value.line == 7


def test_a_mapping_without_a_subject_gives_each_row_a_blank_node(tmp_path: Path) -> None:
    """Two rows that are alike are two things."""
    (tmp_path / "a.csv").write_text("v\nx\nx\n")
    text = "mappings:\n  m:\n    sources: [[a.csv~csv]]\n    po: [[schema:name, $(v)], [a, foaf:Person]]\n"
    found = quads(run_in(tmp_path, text))
    assert (len(found), len({quad.subject for quad in found})) == (4, 2)
    assert {quad.predicate.value for quad in found} >= {"http://schema.org/name"}


def test_a_reference_to_a_mapping_of_the_same_source_needs_no_condition(tmp_path: Path) -> None:
    """It gives the subject of the same row; of another source that is refused."""
    (tmp_path / "a.csv").write_text("id,v\n1,x\n2,y\n")
    text = (
        "sources: { rows: [a.csv~csv], others: [b.csv~csv] }\nmappings:\n"
        "  m: { sources: rows, s: 'http://ex.org/$(id)', po: [{ p: 'http://ex.org/p', o: { mapping: n } }] }\n"
        "  n: { sources: rows, s: 'http://ex.org/$(v)' }\n"
    )
    assert objects(run_in(tmp_path, text)) == ["http://ex.org/x", "http://ex.org/y"]
    with pytest.raises(InputError, match="of another source needs a condition"):
        run_in(tmp_path, text.replace("n: { sources: rows", "n: { sources: others"))


def test_a_source_may_stand_as_one_text(tmp_path: Path) -> None:
    """``access~formulation`` is a source, too, where no source is called so."""
    (tmp_path / "a.csv").write_text("id,v\n1,x\n")
    text = "mappings:\n  m: { sources: a.csv~csv, s: 'http://ex.org/$(id)', po: [['http://ex.org/p', $(v)]] }\n"
    assert objects(run_in(tmp_path, text)) == ["x"]
