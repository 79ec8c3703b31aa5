"""The functions that mappings may call, whatever language they are written in and whatever engine runs them.

RML-FNML names the parameters of a function, YARRRML may; the IRIs are those of GREL and IDLab where these have the
function, and our own.
"""

from __future__ import annotations

from dataclasses import dataclass

XSD = "http://www.w3.org/2001/XMLSchema#"
XSD_STRING = f"{XSD}string"
_IDLAB, _GREL = "http://example.com/idlab/function/", "http://users.ugent.be/~bjdmeest/function/grel.ttl#"
_IMEC = "https://w3id.org/imec/idlab/function#"
OWN_FUNCTIONS = "https://w3id.org/diplomatic-records/function#"


@dataclass(frozen=True)
class Function:
    """A function: its IRIs beside the short name, the IRIs of its parameters in their order, what it answers."""

    name: str
    parameters: tuple[tuple[str, ...], ...]
    boolean: bool
    aliases: tuple[str, ...]

    @property
    def arity(self) -> int:
        """How many values it takes."""
        return len(self.parameters)


_VALUE = (f"{OWN_FUNCTIONS}value", f"{_GREL}valueParameter", f"{_GREL}valueParam", f"{_IDLAB}str", f"{_IMEC}str")
_OTHER = (
    f"{OWN_FUNCTIONS}other",
    f"{_GREL}valueParameter2",
    f"{_GREL}valueParam2",
    f"{_IDLAB}otherStr",
    f"{_IMEC}otherStr",
)
_PATTERN = (f"{OWN_FUNCTIONS}pattern",)
_FIND = (f"{OWN_FUNCTIONS}find", f"{_GREL}p_string_find", f"{_GREL}param_find")
_REPLACE = (f"{OWN_FUNCTIONS}by", f"{_GREL}p_string_replace", f"{_GREL}param_replace")
_TEST = (f"{OWN_FUNCTIONS}test", f"{_IDLAB}strBoolean", f"{_IMEC}strBoolean")

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function("equal", (_VALUE, _OTHER), True, (f"{_IDLAB}equal", f"{_IMEC}equal", f"{_GREL}boolean_equal")),
        Function(
            "notEqual", (_VALUE, _OTHER), True, (f"{_IDLAB}notEqual", f"{_IMEC}notEqual", f"{_GREL}boolean_notEqual")
        ),
        Function("isNotNull", (_VALUE,), True, (f"{_GREL}boolean_isNotNull", f"{_IDLAB}isNotNull")),
        Function("isNull", (_VALUE,), True, (f"{_GREL}boolean_isNull", f"{_IDLAB}isNull")),
        Function("matches", (_VALUE, _PATTERN), True, (f"{OWN_FUNCTIONS}matches",)),
        Function(
            "ifTrue",
            (_TEST, _VALUE),
            False,
            (f"{_IDLAB}trueCondition", f"{_IMEC}trueCondition", f"{OWN_FUNCTIONS}ifTrue"),
        ),
        Function("upper", (_VALUE,), False, (f"{_GREL}toUpperCase", f"{_GREL}toUppercase", f"{OWN_FUNCTIONS}upper")),
        Function("lower", (_VALUE,), False, (f"{_GREL}toLowerCase", f"{_GREL}toLowercase", f"{OWN_FUNCTIONS}lower")),
        Function("trim", (_VALUE,), False, (f"{_GREL}string_trim", f"{OWN_FUNCTIONS}trim")),
        Function("replace", (_VALUE, _FIND, _REPLACE), False, (f"{_GREL}string_replace", f"{OWN_FUNCTIONS}replace")),
        Function("slug", (_VALUE,), False, (f"{OWN_FUNCTIONS}slug",)),
        Function("date", (_VALUE,), False, (f"{OWN_FUNCTIONS}date",)),
        Function("dateDatatype", (_VALUE,), False, (f"{OWN_FUNCTIONS}dateDatatype",)),
    )
}


def find_function(name: str) -> Function | None:
    """Find a function by its short name or one of its IRIs."""
    if name in FUNCTIONS:
        return FUNCTIONS[name]
    return next((function for function in FUNCTIONS.values() if name in function.aliases), None)


def in_order(function: Function, names: list[str]) -> list[int]:
    """Tell for each argument, by the name of its parameter, which place it has; as given where a name says nothing."""
    places = [next((n for n, known in enumerate(function.parameters) if name in known), None) for name in names]
    known = [place for place in places if place is not None]
    return known if len(set(known)) == len(names) else list(range(len(names)))
