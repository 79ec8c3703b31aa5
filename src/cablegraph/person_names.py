"""Names of persons: from the order of lists ("Lodge, Henry Cabot, Jr.") to that of speech ("Henry Cabot Lodge Jr.")."""

from __future__ import annotations

from collections.abc import Iterable

from cablegraph.vocabularies import normalise


def natural_order(name: str) -> str:
    """The name as it is spoken; one without a comma ("Bao Dai") is so already."""
    surname, _, rest = name.partition(",")
    given, _, suffix = rest.partition(",")
    return " ".join(" ".join((given, surname, suffix)).split())


def full_names(label: str, variants: Iterable[str]) -> set[str]:
    """The normalised forms that mean this person as a whole: in both orders, and no form that is a surname alone.

    Lists also have entries of one word ("Hurtado, see De La Madrid Hurtado"): such a form names a family.
    """
    names = [label, *variants]
    surnames = {normalise(surname) for surname, comma, _ in (name.partition(",") for name in names) if comma}
    forms = {normalise(form) for name in names for form in (name, natural_order(name))}
    return {form for form in forms - surnames if " " in form}
