"""File numbers: what each kind of number says, and what the release makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cablegraph import relations
from cablegraph.linking.filing import read_file_number, read_tags
from cablegraph.vocabularies import vocabulary


@pytest.mark.parametrize(
    ("printed", "file", "filed", "subject", "countries"),
    [
        ("737.56361/11–1962", "737.56361", "1962-11-19", "1950-7-563", ("cuba", "soviet-union")),
        ("611.37/10-2262", "611.37", "1962-10-22", "1950-6-611-r", ("united-states", "cuba")),
        ("411.4841/1 – 1163", "411.4841", "1963-01-11", "1950-4-r", ("united-states", "poland")),
        ("684A.85322/1-353", "684A.85322", "1953-01-03", "1950-6-r322", ("israel", "jordan")),
        ("600.0012/3–1361", "600.0012", "1961-03-13", "1950-6-600-0012", ("world",)),
        ("794.5 MSP/8–1954", "794.5-MSP", "1954-08-19", "1950-7-5-msp", ("japan",)),
        ("501.BC Kashmir/11–2048", "501.BC Kashmir", "1948-11-20", "1910-5-501-bc-kashmir", ()),
        ("845.00/3–2348", "845.00", "1948-03-23", "1910-8-00", ("india",)),
        ("763.72/2540", "763.72", None, "1910-7", ("austria", "serbia")),
        ("396.1-GE/5-154", "396.1-GE", "1954-05-01", "1950-3-396-1-ge", ()),
    ],
)
def test_a_decimal_number_is_class_countries_and_date(
    printed: str, file: str, filed: str | None, subject: str, countries: tuple[str, ...]
) -> None:
    """The class is the most exact that the edition of the file has; the countries are those that its digits name."""
    read = read_file_number(printed)
    assert (read.file, read.filed, read.scheme, read.subject) == (file, filed, "decimal-file", subject)
    assert read.countries == countries
    assert not read.faulty


def test_one_number_names_another_country_after_1949() -> None:
    """The number of a country is read by the list of the edition to which the filed date belongs."""
    numbers = {
        system: {code: c.key for c in vocabulary("filing-countries") for kind, code in c.notations if kind == system}
        for system in ("decimalFileNumber1910", "decimalFileNumber")
    }
    moved = [
        code
        for code, key in numbers["decimalFileNumber1910"].items()
        if numbers["decimalFileNumber"].get(code, key) != key
    ]
    assert moved
    for code in moved:
        assert read_file_number(f"8{code}.00/3-148").countries == (numbers["decimalFileNumber1910"][code],)
        assert read_file_number(f"8{code}.00/3-151").countries == (numbers["decimalFileNumber"][code],)


@pytest.mark.parametrize(
    ("printed", "file", "subject", "countries"),
    [
        ("POL 18 Cyp", "POL 18 CYP", "pol-18", ("cyprus",)),
        ("POL 15 – 5 Cyp", "POL 15-5 CYP", "pol-15-5", ("cyprus",)),
        ("POL 27-14 ARAB–ISR/SANDSTORM", "POL 27-14 ARAB-ISR/SANDSTORM", "pol-27-14", ("arab-states", "israel")),
        ("POL CHICOM-US", "POL CHICOM-US", "pol", ("china-communist", "united-states")),
        ("POL 18-99 CYP", "POL 18-99 CYP", "pol-18", ("cyprus",)),
    ],
)
def test_a_designator_is_subject_and_countries(
    printed: str, file: str, subject: str, countries: tuple[str, ...]
) -> None:
    """A subdivision that the vocabulary lacks is filed under the subject above it."""
    read = read_file_number(printed)
    assert (read.file, read.scheme, read.subject, read.countries) == (file, "subject-numeric", subject, countries)
    assert read.filed is None and not read.faulty


@pytest.mark.parametrize("printed", ["740.5/2-3061", "110.11-RU/2-3062", "737.00/13-4062"])
def test_a_date_that_is_no_day_is_faulty(printed: str) -> None:
    """The number is still read; the date is left out and said to be faulty."""
    read = read_file_number(printed)
    assert read.faulty and read.filed is None and read.subject


@pytest.mark.parametrize(
    "printed", ["NSC Files", "CIA", "Conference Files: Lot 60 D 627, CF 333", "PR 11-5 STEVENSON", "½"]
)
def test_another_name_is_a_file_of_that_name(printed: str) -> None:
    """What is no number of either system names its file as it stands."""
    read = read_file_number(printed)
    assert (read.file, read.scheme, read.subject, read.countries) == (printed, None, None, ())


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    """No text is refused, and each concept named exists."""
    read = read_file_number(text)
    if read.scheme:
        assert read.subject in vocabulary(read.scheme).concepts
    assert set(read.countries) <= set(vocabulary("filing-countries").concepts)


def test_the_year_of_the_paper_tells_the_edition_where_the_number_has_no_date() -> None:
    """Class 7 meant relations of two countries until 1949 and the politics of one from 1950 on."""
    early, late = read_file_number("762.00/33", 1938), read_file_number("762.00/33", 1958)
    assert (early.edition, late.edition) == ("1910-49", "1950-63")
    assert early.subject != late.subject
    assert read_file_number("762.00/11-2849", 1950).edition == "1910-49"
    assert read_file_number("762.00/6-339", 1959).edition == "1950-63"
    assert read_file_number("762.00/6-339", 1959).filed == "1939-06-03"
    assert read_file_number("762.00/2-3148", 1958).edition == "1950-63"
    assert read_file_number("POL 18 Cyp", 1964).edition is None


def test_tags_are_subjects_or_countries() -> None:
    """A code of five letters or four is a subject, one of two a country; what is neither has no concept."""
    db = relations.connect([])
    relations.create_table(
        db, "records", {"tags": relations.TEXTS}, [(["PFOR", "CY", "cu", "QQQQ"],), (["PFOR"],), (None,)]
    )
    read_tags(db)
    found = db.execute("SELECT tag, scheme, concept FROM link_tags").fetchall()
    assert found == [("CY", "filing-countries", "cyprus"), ("PFOR", "tags", "pfor"), ("cu", "filing-countries", "cuba")]
