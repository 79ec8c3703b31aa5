"""Names of persons in both orders."""

from __future__ import annotations

import pytest

from cablegraph.person_names import full_names, natural_order, parse_name, spoken_name


@pytest.mark.parametrize(
    ("name", "natural"),
    [
        ("Lodge, Henry Cabot, Jr.", "Henry Cabot Lodge Jr."),
        ("Henry Cabot Lodge, Jr.", "Henry Cabot Lodge Jr."),
        ("Smith, V.", "V. Smith"),
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


@pytest.mark.parametrize(
    ("label", "whole", "short"),
    [
        ("Nasser (Nasr), Gamal Abdul", {"Gamal Abdul Nasser", "G. A. Nasr", "Gamal Nasr"}, {"Nasser", "Nasr"}),
        ("Brentano, Heinrich von", {"Heinrich von Brentano"}, {"Brentano", "von Brentano", "Von Brentano"}),
        ("Couve de Murville, Maurice", {"Maurice Couve de Murville"}, {"Couve de Murville", "Couve"}),
        ("Carter, James Earl, “Jimmy,”", {"Jimmy Carter", "James Earl Carter", "J. E. Carter"}, {"Carter"}),
        ("Cushman, Lt. Gen. Robert E., Jr.", {"Robert E. Cushman", "Robert Cushman"}, {"Cushman"}),
        ("Johnson, U. Alexis", {"U. Alexis Johnson", "Alexis Johnson"}, {"Johnson"}),
        ("Makarios III, Archbishop", set(), {"Makarios"}),
        ("al-Quwatli, Shukri", {"Shukri al-Quwatli"}, {"al-Quwatli", "Quwatli"}),
        ("Ben Gurion, David", {"David Ben Gurion"}, {"Ben Gurion", "Ben-Gurion"}),
        ("Castro Ruz, Fidel", {"Fidel Castro Ruz"}, {"Castro Ruz", "Castro"}),
        ("Mao Tse-tung (Mao Zedong)", {"Mao Tse-tung", "Mao Zedong"}, {"Mao", "Tse-tung"}),
        ("Vang Pao", {"Vang Pao"}, {"Vang", "Pao"}),
    ],
)
def test_forms_of_a_listed_name(label: str, whole: set[str], short: set[str]) -> None:
    """A name of a list is spoken with given names, initials and nicknames, and shortened to what texts call a person by."""
    name = parse_name(label)
    assert whole <= set(name.whole_forms())
    assert short <= set(name.short_forms())
    assert not set(name.whole_forms()) & set(name.short_forms())


def test_a_spoken_name_is_never_shortened() -> None:
    """Of a name in the order of speech nothing says which word is the surname; one word behind a title is one."""
    assert set(spoken_name("John F. Kennedy").whole_forms()) == {"John F. Kennedy"}
    assert not set(spoken_name("John F. Kennedy").short_forms())
    assert set(spoken_name("Premier Khrushchev").short_forms()) == {"Khrushchev"}


def test_a_name_without_words_has_no_forms() -> None:
    """Marks alone are no name."""
    for label in ("", ",", "()", "“”"):
        assert not [*parse_name(label).whole_forms(), *parse_name(label).short_forms()]
