"""The terms of SHACL that each engine does: core, SHACL-SPARQL, and what only describes shapes.

A term that an engine does not know it passes over in silence, so shapes that use one are refused before anything runs.
Of neither engine, or not told apart by them: SHACL Advanced Features (``sh:rule``, ``sh:expression``, ``sh:target``),
SHACL-JS, and ``sh:entailment``, for which a processor must fail unless it infers (SHACL, section 3.2).
"""

from __future__ import annotations

SH = "http://www.w3.org/ns/shacl#"
#: How the names begin that we give to shapes without one.
NAMELESS = "urn:cablegraph:shape:"

_CORE = """
    NodeShape PropertyShape Shape Violation Warning Info IRI Literal BlankNode BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral
    targetClass targetNode targetObjectsOf targetSubjectsOf property path inversePath alternativePath zeroOrMorePath
    oneOrMorePath zeroOrOnePath class datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive
    minLength maxLength pattern flags languageIn uniqueLang equals disjoint lessThan lessThanOrEquals not and or xone node
    qualifiedValueShape qualifiedValueShapesDisjoint qualifiedMinCount qualifiedMaxCount closed ignoredProperties hasValue in
    severity message deactivated
"""
_SPARQL = """
    PrefixDeclaration SPARQLConstraint SPARQLAskValidator SPARQLSelectValidator ConstraintComponent Parameter Validator
    sparql select ask prefixes declare prefix namespace validator nodeValidator propertyValidator parameter optional
"""
_DESCRIPTIVE = """
    labelTemplate name description order group defaultValue PropertyGroup shapesGraph suggestedShapesGraph
"""

#: Local names of terms by engine. The two do the same today; ``$shapesGraph`` in a query is a matter of the query.
ENGINE_TERMS: dict[str, frozenset[str]] = {
    "shacl": frozenset(f"{_CORE}{_SPARQL}{_DESCRIPTIVE}".split()),
    "pyshacl": frozenset(f"{_CORE}{_SPARQL}{_DESCRIPTIVE}".split()),
}

#: Parameters of which a shape has one value at most (SHACL, appendix A: the rules named after each ``…-maxCount``).
SINGLE = tuple(
    """
    path datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive minLength maxLength pattern flags
    languageIn uniqueLang qualifiedValueShape qualifiedValueShapesDisjoint qualifiedMinCount qualifiedMaxCount closed
    ignoredProperties in severity deactivated
    """.split()  # noqa: SIM905  words read better than twenty quoted ones
)
#: Parameters that only property shapes have.
PROPERTY_ONLY = ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape")
#: Parameters whose value is true or false.
TRUE_OR_FALSE = ("uniqueLang", "closed", "deactivated", "qualifiedValueShapesDisjoint", "optional")
#: Parameters whose values are IRIs.
NAMES = ("severity", "class", "datatype", "equals", "disjoint", "lessThan", "lessThanOrEquals")
#: Parameters whose values are shapes, and those whose values are lists of them.
SHAPE_VALUED, SHAPE_LISTS = ("property", "node", "not", "qualifiedValueShape"), ("and", "or", "xone")
#: What a node of a validation report is: its terms describe no shape.
REPORT_CLASSES = ("ValidationReport", "ValidationResult")
#: The severities that SHACL defines; shapes may have others.
SEVERITIES = ("Violation", "Warning", "Info")
