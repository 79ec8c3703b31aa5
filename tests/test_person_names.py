"""Names of persons in both orders."""

from __future__ import annotations

import pytest

from cablegraph.person_names import full_names, natural_order


@pytest.mark.parametrize(
    ("name", "natural"),
    [
        ("Lodge, Henry Cabot, Jr.", "Henry Cabot Lodge Jr."),
        ("de Gaulle, Charles", "Charles de Gaulle"),
        ("Bao Dai", "Bao Dai"),
        ("Smith,", "Smith"),
        ("", ""),
    ],
)
def test_natural_order(name: str, natural: str) -> None:
    """Given names come first, suffixes last."""
    assert natural_order(name) == natural


def test_full_names() -> None:
    """A person goes by the whole name in both orders; never by a surname, be it of one word or of several."""
    names = full_names(
        "Miguel De La Madrid Hurtado", ["De La Madrid Hurtado, Miguel", "Hurtado", "De La Madrid Hurtado"]
    )
    assert names == {"miguel de la madrid hurtado", "de la madrid hurtado miguel"}
