"""References: which telegram a citing telegram means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cablegraph import relations
from cablegraph.linking import MACROS
from cablegraph.linking.decisions import read_decisions
from cablegraph.linking.identity import identify
from cablegraph.linking.references import resolve_references
from cablegraph.register import READ_TABLES
from registers import linked, telegram

CITING = telegram("1862")


def resolved(tmp_path: Path, others: list[dict[str, Any]], **reference: Any) -> tuple[str, str | None]:
    """How a reference of USUN 1862 is resolved, and to what."""
    row = {
        "record": "a/1862",
        "surface": "USUN 1835",
        "number": "1835",
        "post": "usun",
        "direction": "incoming",
    } | reference
    (found,) = linked(tmp_path, [dict(CITING), *others], references=[row])["resolutions"]
    return found["how"], found["telegram"]


def test_number_and_post_mean_the_nearest_before(tmp_path: Path) -> None:
    """Without a date it is the telegram of that number and post nearest before the citing one, within a year."""
    others = [
        telegram(day, number="1835", sent=day) for day in ("1961-11-30", "1962-03-01", "1962-11-16", "1962-12-01")
    ]
    assert resolved(tmp_path, others) == ("number-and-post", "in.usun.1835.1962-11-16")


def test_a_date_makes_it_exact(tmp_path: Path) -> None:
    """With its date the reference is exact; a day's difference is the nearest by number and post."""
    others = [telegram(day, number="1835", sent=day) for day in ("1962-03-01", "1962-11-16")]
    assert resolved(tmp_path / "1", others, date="1962-03-01") == ("exact", "in.usun.1835.1962-03-01")
    assert resolved(tmp_path / "2", [dict(o) for o in others], date="1962-03-02") == (
        "number-and-post",
        "in.usun.1835.1962-03-01",
    )


def test_a_link_of_the_source_wins(tmp_path: Path) -> None:
    """What the source itself links to is taken, whatever the number says."""
    others = [telegram("2", number="7"), telegram("3", number="1835", sent="1962-11-16")]
    assert resolved(tmp_path, others, target="a/2") == ("document-link", "in.usun.7.1962-11-19")


@pytest.mark.parametrize("target", ["a#d2", "a#d2fn3"])
def test_a_link_leads_to_a_document_or_its_footnote(tmp_path: Path, target: str) -> None:
    """Links are written as the volume has them, with the id of a document or of a footnote in one."""
    others = [telegram("d2", number="7")]
    assert resolved(tmp_path, others, number=None, target=target) == ("document-link", "in.usun.7.1962-11-19")


def test_a_link_to_the_citing_document_is_none(tmp_path: Path) -> None:
    assert resolved(tmp_path, [], number=None, target="a#d1862fn1") == ("unresolved", None)
    assert resolved(tmp_path / "2", [], number=None, target="a/1862") == ("unresolved", None)


def test_what_is_not_here_becomes_a_stub(tmp_path: Path) -> None:
    """A telegram that this publication lacks is a stub, by its full key where it is known, else by source and year."""
    assert resolved(tmp_path / "1", [], date="1962-11-16") == ("stub", "in.usun.1835.1962-11-16")
    assert resolved(tmp_path / "2", []) == ("stub", "a.in.usun.1835.y1963")
    assert resolved(tmp_path / "3", [], direction="outgoing") == ("stub", "a.out.usun.1835.y1963")
    far = [telegram("2", number="1835", sent="1961-01-01")]
    assert resolved(tmp_path / "4", far) == ("stub", "a.in.usun.1835.y1963")


def test_stubs_of_one_telegram_are_one(tmp_path: Path) -> None:
    """Two references to one absent telegram share a stub, which says what is known of it."""
    rows = [{"record": "a/1862", "surface": "USUN 1835", "number": "1835", "post": "usun", "direction": "incoming"}] * 2
    found = linked(tmp_path, [dict(CITING)], references=[dict(row) for row in rows])
    (stub,) = [row for row in found["telegrams"] if row["stub"] == "true"]
    assert (stub["number"], stub["from_post"], stub["showings"]) == ("1835", "usun", 0)


def test_what_names_no_number_stays_unresolved(tmp_path: Path) -> None:
    """A reference without a number or a post is unresolved."""
    assert resolved(tmp_path / "1", [], number=None) == ("unresolved", None)
    assert resolved(tmp_path / "2", [], post=None, direction=None) == ("unresolved", None)


@pytest.mark.parametrize("date", [None, "1962-11-19"])
def test_a_telegram_never_refers_to_itself(tmp_path: Path, date: str | None) -> None:
    """A reference that bears the citing telegram's own number is no link and no stub."""
    assert resolved(tmp_path, [], number="1862", date=date) == ("unresolved", None)


def test_two_that_fit_equally_are_none(tmp_path: Path) -> None:
    """Where two telegrams fit equally well nothing is guessed, and no third is invented."""
    others = [
        telegram("2", number="1835", sent="1962-11-16"),
        telegram("3", number="1835", sent="1962-11-16", kind="airgram"),
    ]
    assert resolved(tmp_path, others) == ("ambiguous", None)


def test_series_must_agree(tmp_path: Path) -> None:
    """Secto 5 is not 5; the names of plain numberings (Embtel, Deptel) are no series."""
    others = [
        telegram("2", number="5", sent="1962-11-16"),
        telegram("3", number="5", series="Secto", sent="1962-11-15"),
    ]
    assert resolved(tmp_path / "1", others, number="5", series="Secto") == (
        "number-and-post",
        "in.usun.secto.5.1962-11-15",
    )
    assert resolved(tmp_path / "2", [dict(o) for o in others], number="5", series="Embtel") == (
        "number-and-post",
        "in.usun.5.1962-11-16",
    )


def test_numbers_given_to_other_addressees_count(tmp_path: Path) -> None:
    """A telegram is found by each of its numbers, also one that it bears for another post."""
    other = telegram(
        "2", direction="outgoing", number="10", from_post="department-of-state", to_post="paris", sent="1962-11-16"
    )
    number = {"record": "a/2", "number": "99", "post": "london", "role": "repeated to"}
    row = {"record": "a/1862", "surface": "Deptel 99", "number": "99", "post": "london", "direction": "outgoing"}
    (found,) = linked(tmp_path, [dict(CITING), other], numbers=[number], references=[row])["resolutions"]
    assert (found["how"], found["telegram"]) == ("number-and-post", "out.paris.10.1962-11-16")


def test_documents_of_volumes_that_are_not_here_are_stubs(tmp_path: Path) -> None:
    """They go by volume and document, the key that they would get themselves; a document that a volume here lacks does not."""
    assert resolved(tmp_path / "1", [], number=None, target="frus1961-63v05#d12") == (
        "document-link",
        "frus1961-63v05.d12",
    )
    assert resolved(tmp_path / "2", [], number=None, target="a#d99") == ("unresolved", None)
    assert resolved(tmp_path / "3", [], number=None, target="frus1961-63v05#pg_12") == ("unresolved", None)
    row = {"record": "a/1862", "surface": "vol. V, Document 12", "target": "frus1961-63v05#d12"}
    found = linked(tmp_path / "4", [dict(CITING)], references=[row])["telegrams"]
    (stub,) = [row for row in found if row["stub"] == "true"]
    assert (stub["source"], stub["document"], stub["label"]) == (
        "frus1961-63v05",
        "d12",
        "Document 12 of frus1961-63v05",
    )


def test_leading_zeros_and_kinds_tell_numbers(tmp_path: Path) -> None:
    """State 025151 is State 25151; a despatch of that number is another document than the telegram."""
    other = telegram("2", number="1835", sent="1962-11-16")
    assert resolved(tmp_path / "1", [dict(other)], number="01835")[1] == "in.usun.1835.1962-11-16"
    assert resolved(tmp_path / "2", [dict(other)], surface="despatch 1835")[0] == "stub"
    despatch = telegram("3", number="1835", sent="1962-11-15", kind="despatch")
    assert resolved(tmp_path / "3", [other, despatch], surface="despatch 1835") == (
        "number-and-post",
        "in.usun.despatch.1835.1962-11-15",
    )


def test_an_end_that_nobody_knows_is_not_that_of_the_citing_telegram(tmp_path: Path) -> None:
    """Telegram 1835 "from Mr. Bohlen" is not that of the post that cites it; plain "telegram 1835" is."""
    other = telegram("2", number="1835", sent="1962-11-16")
    said = {"post": None, "direction": "incoming", "surface": "telegram 1835 from Mr. Bohlen"}
    assert resolved(tmp_path / "1", [dict(other)], **said) == ("unresolved", None)
    plain = {"post": None, "direction": None, "surface": "telegram 1835"}
    assert resolved(tmp_path / "2", [dict(other)], **plain) == ("number-and-post", "in.usun.1835.1962-11-16")


def test_a_delegation_numbers_anew_with_each_conference(tmp_path: Path) -> None:
    far = telegram("2", number="41", series="Secto", from_post="secretary-delegation", sent="1962-01-30")
    assert resolved(tmp_path, [far], number="41", series="Secto", post="secretary-delegation")[0] == "stub"


REFERENCE = st.fixed_dictionaries(
    {
        "record": st.sampled_from(["a/0", "a/1", "a/2"]),
        "number": st.sampled_from([None, "1", "2", "02"]),
        "post": st.sampled_from([None, "usun"]),
        "direction": st.sampled_from([None, "incoming", "outgoing"]),
        "date": st.sampled_from([None, "1962-11-19", "1962-11-18"]),
        "target": st.sampled_from([None, "a#d1", "a/2", "b#d1"]),
        "how": st.sampled_from(["words", "reftel", "urtel", "cross link"]),
    }
)
DOCUMENT = st.fixed_dictionaries({"number": st.sampled_from(["1", "2"]), "sent": st.sampled_from(["1962-11-19", "1962-11-18"])})  # fmt: skip


def resolutions(records: list[dict[str, Any]], references: list[dict[str, Any]]) -> dict[tuple[str, int], str | None]:
    """What each reference means."""
    types = {"string": relations.TEXT, "int32": relations.INTEGER}
    rows = {
        "records": records,
        "references": references,
        "numbers": [r | {"role": "own", "post": "usun"} for r in records],
    }
    with relations.connect([]) as db:
        db.execute(MACROS)
        for table in ("records", "references", "numbers", "parts", "instantiations", "markings"):
            columns = {f.name: types.get(str(f.type), relations.TEXT) for f in READ_TABLES[table]}
            values = [tuple(row.get(name) for name in columns) for row in rows.get(table, [])]
            relations.create_table(db, table, columns, values)
        read_decisions(db, ())
        identify(db, None, "")
        resolve_references(db)
        own = dict(db.execute("SELECT record, telegram FROM identified").fetchall())
        found = db.execute("SELECT record, n, telegram FROM link_resolutions").fetchall()
    assert not [record for record, _, key in found if key == own[record]]
    return {(record, n): key for record, n, key in found}


@given(st.tuples(DOCUMENT, DOCUMENT, DOCUMENT), st.lists(REFERENCE, max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_no_reference_means_its_own_telegram_and_no_order_matters(
    documents: Any, references: Any, shuffle: Any
) -> None:
    """Whatever is cited: every reference has one resolution, none is to its own telegram, and the order of rows is nothing."""
    records = [telegram(str(n), **values) for n, values in enumerate(documents)]
    rows = [dict(row, n=n, surface="x", start=n, end=n + 1) for n, row in enumerate(references)]
    found = resolutions(records, rows)
    assert len(found) == len(rows)
    shuffle.shuffle(records)
    shuffle.shuffle(rows)
    assert resolutions(records, rows) == found


def test_a_reference_that_fits_two_names_them(tmp_path: Path) -> None:
    """What is ambiguous is a finding at its place, with the records among which a person may choose."""
    others = [telegram(post, number="1835", sent="1962-11-16", from_post=post) for post in ("athens", "moscow")]
    row = {"record": "a/1862", "surface": "1835 of November 16", "number": "1835", "date": "1962-11-16"}
    found = linked(tmp_path, [dict(CITING), *others], references=[row])
    assert [one["how"] for one in found["resolutions"]] == ["ambiguous"]
    (finding,) = (one for one in found["linked_findings"] if one["kind"] == "ambiguous reference")
    assert finding["severity"] == "info" and finding["source_line"] == 2
    assert all(one["telegram"] in finding["message"] for one in found["identity"][1:])
