"""Which showings are one telegram, and the keys by which records go."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cablegraph import relations
from cablegraph.errors import InputError
from cablegraph.linking import MACROS
from cablegraph.linking.decisions import read_decisions
from cablegraph.linking.identity import identify
from cablegraph.minted import read_minted
from registers import linked, telegram

PLAIN = st.text("abcxyz0189-_", min_size=1, max_size=8)
WORD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=6) | st.text(
    "a.~-1", min_size=1, max_size=5
)
DAY = st.dates().map(lambda day: day.isoformat())


def keys(parts: list[tuple[str, str, str | None, str, str]]) -> list[str]:
    """The message keys of (direction, post, series, number, date)."""
    with relations.connect([]) as db:
        db.execute(MACROS)
        columns = dict.fromkeys(("direction", "post", "series", "number", "day"), relations.TEXT)
        relations.create_table(db, "parts", columns, parts)
        return [
            key
            for (key,) in db.execute("SELECT message_key(direction, post, series, number, day) FROM parts").fetchall()
        ]


SERIES = st.none() | st.sampled_from(["secto", "tosec", "a", "ca"])
PARTS = st.tuples(st.sampled_from(["incoming", "outgoing"]), WORD, SERIES, WORD, DAY)


@given(st.lists(PARTS, min_size=2, max_size=30, unique=True))
@settings(max_examples=60, deadline=None)
def test_distinct_telegrams_have_distinct_keys(parts: list[tuple[str, str, str | None, str, str]]) -> None:
    """Whatever a post or a number is called, distinct parts make distinct keys."""
    assert len(set(keys(parts))) == len(parts)


@given(
    st.lists(st.tuples(st.sampled_from(["incoming", "outgoing"]), PLAIN, SERIES, PLAIN, DAY), min_size=1, max_size=20)
)
@settings(max_examples=30, deadline=None)
def test_plain_parts_need_no_encoding(parts: list[tuple[str, str, str | None, str, str]]) -> None:
    """A key of plain parts holds nothing that an IRI would percent-encode."""
    assert all(re.fullmatch(r"[A-Za-z0-9._~-]+", key) for key in keys(parts))


@given(st.lists(st.tuples(WORD, WORD), min_size=2, max_size=30, unique=True))
@settings(max_examples=30, deadline=None)
def test_local_keys_are_distinct_and_never_global(pairs: list[tuple[str, str]]) -> None:
    """Keys local to a source are distinct, and none is a key made of direction, post, number and date."""
    with relations.connect([]) as db:
        db.execute(MACROS)
        columns = {"source": relations.TEXT, "document": relations.TEXT}
        relations.create_table(db, "documents", columns, pairs)
        local = [
            key
            for (key,) in db.execute("SELECT key_part(source) || '.' || key_part(document) FROM documents").fetchall()
        ]
    assert len(set(local)) == len(pairs)
    assert not [key for key in local if len(re.findall(r"(?<!~)(?:~~)*\.", key)) > 1]


def key_of(tmp_path: Path, **values: Any) -> str:
    (row,) = linked(tmp_path, [telegram("1", **values)])["identity"]
    return str(row["telegram"])


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({}, "in.usun.1862.1962-11-19"),
        ({"series": "Secto"}, "in.usun.secto.1862.1962-11-19"),
        ({"sent": "1962-11-19T20:00:00"}, "in.usun.1862.1962-11-19"),
        ({"direction": "outgoing", "to_post": "moscow"}, "out.moscow.1862.1962-11-19"),
        ({"kind": "circular telegram", "direction": None, "from_post": None}, "out.circular.1862.1962-11-19"),
        ({"kind": "airgram"}, "in.usun.airgram.1862.1962-11-19"),
        ({"kind": "airgram", "series": "A"}, "in.usun.a.1862.1962-11-19"),
        ({"number": "18.62"}, "in.usun.18~.62.1962-11-19"),
    ],
)
def test_keys(tmp_path: Path, values: dict[str, Any], key: str) -> None:
    """The key is direction, field post, series, number and day; kinds beside telegrams carry their kind."""
    assert key_of(tmp_path, **values) == key


@pytest.mark.parametrize(
    "values",
    [
        {"direction": None}, {"direction": "internal"}, {"from_post": None}, {"number": None}, {"sent": None}, {"sent": "1962-11"}, {"sent": "1962"},
        {"sent": "1962-11-31"}, {"sent": "19 November 1962"}, {"kind": "memorandum"}, {"kind": None}, {"from_post": None, "to_post": "usun"},
    ],
)  # fmt: skip
def test_a_missing_part_gives_a_local_key(tmp_path: Path, values: dict[str, Any]) -> None:
    """A record that lacks a part, or whose date is no day, goes by source and document and is merged with nothing."""
    found = linked(tmp_path, [telegram("1", **values), telegram("2", **values)])
    assert [row["telegram"] for row in found["identity"]] == ["a.1", "a.2"]
    assert {row["rule"] for row in found["identity"]} == {"local"}


def test_two_showings_are_one_telegram(tmp_path: Path) -> None:
    """Two sources that show one telegram get one key; each record keeps its row."""
    found = linked(tmp_path, [telegram("1"), telegram("x", source="b"), telegram("2", number="1863")])
    assert [(row["record"], row["telegram"]) for row in found["identity"]] == [
        ("a/1", "in.usun.1862.1962-11-19"), ("b/x", "in.usun.1862.1962-11-19"), ("a/2", "in.usun.1863.1962-11-19"),
    ]  # fmt: skip
    assert {row["telegram"]: row["showings"] for row in found["telegrams"]} == {
        "in.usun.1862.1962-11-19": 2,
        "in.usun.1863.1962-11-19": 1,
    }


def minted(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "minted.csv"
    path.write_text("record,key,since\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_minted_keys_stay(tmp_path: Path) -> None:
    """A record keeps the key that an earlier release gave, also when its values change, and with it the date."""
    table = minted(tmp_path, "a/1,old-key,1999-01-01")
    found = linked(tmp_path, [telegram("1"), telegram("2", number="1863")], table)
    assert [(row["telegram"], row["rule"], row["since"]) for row in found["identity"]] == [
        ("old-key", "minted", "1999-01-01"),
        ("in.usun.1863.1962-11-19", "direction, post, series, number and date", "2026-11-24"),
    ]
    assert found["replaced"] == []


def test_a_new_showing_takes_the_minted_key(tmp_path: Path) -> None:
    """A new showing of a telegram that has a minted key goes by that key."""
    found = linked(tmp_path, [telegram("x", source="b"), telegram("1")], minted(tmp_path, "a/1,old-key,1999"))
    assert {row["telegram"] for row in found["identity"]} == {"old-key"}


def test_merged_groups_redirect(tmp_path: Path) -> None:
    """Where two records that had keys of their own turn out to be one, the first key stays and the other redirects."""
    found = linked(
        tmp_path, [telegram("1"), telegram("2", source="b")], minted(tmp_path, "a/1,one,1999", "b/2,two,1999")
    )
    assert {row["telegram"] for row in found["identity"]} == {"one"}
    assert [(row["old"], row["telegram"]) for row in found["replaced"]] == [("two", "one")]


def test_split_groups_keep_one_key(tmp_path: Path) -> None:
    """Where one record turns out to be two, the first keeps the key, the other gets its own, and nothing redirects."""
    table = minted(tmp_path, "a/1,both,1999", "b/2,both,1999")
    found = linked(tmp_path, [telegram("1"), telegram("2", source="b", number="1863")], table)
    assert [row["telegram"] for row in found["identity"]] == ["both", "in.usun.1863.1962-11-19"]
    assert found["replaced"] == []


def test_a_changed_key_redirects_for_ever(tmp_path: Path) -> None:
    """Every key that a record ever had redirects to the one that serves."""
    table = minted(tmp_path, "a/1,first,1999", "a/1,second,2000", "a/1,third,2001")
    found = linked(tmp_path, [telegram("1")], table)
    assert [row["telegram"] for row in found["identity"]] == ["third"]
    assert [(row["old"], row["telegram"]) for row in found["replaced"]] == [("first", "third"), ("second", "third")]


def test_a_kept_key_never_takes_in_a_stranger(tmp_path: Path) -> None:
    """A record whose values make a key that another keeps is not merged with it, and a finding says so."""
    table = minted(tmp_path, "a/1,in.usun.1862.1962-11-19,1999")
    found = linked(tmp_path, [telegram("1", sent="1962-11-20"), telegram("x", source="b")], table)
    assert [row["telegram"] for row in found["identity"]] == ["in.usun.1862.1962-11-19", "b.x"]
    assert [row["record"] for row in found["linked_findings"] if row["kind"] == "key in use"] == ["b/x"]


def test_a_table_of_keys_that_is_none(tmp_path: Path) -> None:
    """A minted.csv without its columns, without a key, or that is no text, is refused; a missing one is an empty one."""
    path = tmp_path / "minted.csv"
    path.write_text("record,iri\nx,y\n")
    with pytest.raises(InputError, match="must have the columns record, key, since"):
        read_minted(path)
    path.write_text("record,key,since\nx,y,1999\nz,,2000\n")
    with pytest.raises(InputError, match=r"minted.csv:3: a row has no record or no key"):
        read_minted(path)
    path.write_bytes(b"record,key,since\n\xff,x,y\n")
    with pytest.raises(InputError, match="cannot be read"):
        read_minted(path)
    assert read_minted(tmp_path / "none.csv") == []


@pytest.mark.parametrize("value", ["'; DROP TABLE records; --", 'a"b', "a\nb", "$since", "é 漢", "\u202e"])
def test_values_are_never_sql(tmp_path: Path, value: str) -> None:
    """A hostile value in any field of identity, names and references is a value and nothing else."""
    record = telegram(
        "1",
        number=value,
        from_post=value,
        from_text=value,
        series=value,
        classification=value,
        captions=[value],
        restricted_to=[value],
    )
    reference = {
        "record": "a/1",
        "surface": value,
        "number": value,
        "post": value,
        "series": value,
        "date": value,
        "target": value,
        "direction": value,
    }
    found = linked(
        tmp_path,
        [record],
        minted(tmp_path),
        references=[reference],
        correspondents=[{"record": "a/1", "role": "from", "text": value}],
    )
    assert len(found["identity"]) == 1
    assert len(found["resolutions"]) == 1


MRN = {"mrn": "1973ABIDJA000073"}


def test_a_message_reference_number_stands_for_what_a_register_row_does_not_say(tmp_path: Path) -> None:
    """A row that has hardly more than the MRN is the telegram that has it too; where numbers contradict it is not."""
    cable = telegram("1", **MRN)
    row = telegram("9", source="b", number=None, sent=None, from_post=None, **MRN)
    other = telegram("10", source="b", number="5", sent=None, **MRN)
    found = linked(tmp_path, [cable, row, other])
    keys = {r["record"]: (r["telegram"], r["score"]) for r in found["identity"]}
    assert keys["b/9"] == ("in.usun.1862.1962-11-19", 0.98)
    assert keys["b/10"] == ("b.10", 1.0)


def test_a_message_reference_number_on_two_telegrams_decides_nothing(tmp_path: Path) -> None:
    records = [telegram("1", **MRN), telegram("2", number="7", **MRN), telegram("3", number=None, sent=None, **MRN)]
    assert [r["telegram"] for r in linked(tmp_path, records)["identity"]][-1] == "a.3"


NUMBER = st.sampled_from([None, "1", "01", "2"])
SHOWN = st.fixed_dictionaries(
    {
        "number": NUMBER,
        "mrn": st.sampled_from([None, "1973ABIDJA000001", "1973ABIDJA000002"]),
        "sent": st.sampled_from([None, "1973-01", "1973-01-01", "1973-01-02"]),
        "from_post": st.sampled_from([None, "usun", "athens"]),
        "source": st.sampled_from(["a", "b"]),
    }
)


def identities(records: list[dict[str, Any]]) -> dict[str, str]:
    """The keys that records get, by record."""
    with relations.connect([]) as db:
        db.execute(MACROS)
        names = ["record", "source", "document", "kind", "direction", "number", "series", "mrn", "sent", "from_post", "to_post"]  # fmt: skip
        names += ["source_file", "source_line"]
        rows = [tuple(record.get(name) for name in names) for record in records]
        relations.create_table(db, "records", dict.fromkeys(names, relations.TEXT), rows)
        relations.create_table(db, "instantiations", dict.fromkeys(("record", "kind"), relations.TEXT), [])
        read_decisions(db, ())
        identify(db, None, "")
        return dict(db.execute("SELECT record, telegram FROM identified").fetchall())


@given(st.lists(SHOWN, min_size=1, max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_identity_depends_on_no_order_and_never_joins_two_numbers(shown: list[dict[str, Any]], shuffle: Any) -> None:
    """Whatever the order of the rows: the same records are one telegram, and no two that differ in their number are."""
    records = [telegram(str(n), **values) | {"source_line": "2", "source_file": None} for n, values in enumerate(shown)]
    keys = identities(records)
    numbers: dict[str, set[str]] = {}
    for record in records:
        if record["number"]:
            numbers.setdefault(keys[record["record"]], set()).add(record["number"].lstrip("0"))
    assert all(len(found) == 1 for found in numbers.values())
    shuffle.shuffle(records)
    assert identities(records) == keys


def decided(tmp_path: Path, *pairs: tuple[str, str]) -> Path:
    """A mapping set in which a person accepts that records are one."""
    path = tmp_path / "decisions.sssom.tsv"
    rows = "".join(f"record:{one}\towl:sameAs\trecord:{other}\torcid:0000-0002\n" for one, other in pairs)
    path.write_text(f"subject_id\tpredicate_id\tobject_id\treviewer_id\n{rows}", encoding="utf-8")
    return path


ONE, NEXT, THIRD = (f"in.usun.1862.1962-11-{day}" for day in (19, 20, 21))


def shown_thrice() -> list[dict[str, Any]]:
    """Three records that differ by a day; the second shows the telegram best."""
    return [
        telegram("1", shown="microfiche"),
        telegram("2", source="b", sent="1962-11-20", shown="transcript"),
        telegram("3", source="c", sent="1962-11-21", shown="edition"),
    ]


def test_what_a_person_decides_is_one_telegram(tmp_path: Path) -> None:
    """An accepted candidate makes two records one telegram: the better showing keeps its key, the other's redirects."""
    found = linked(tmp_path, shown_thrice(), mapping_sets=[decided(tmp_path, (ONE, NEXT))])
    assert [(row["record"], row["telegram"], row["rule"], row["rank"]) for row in found["identity"]] == [
        ("a/1", NEXT, "a person decided", 2),
        ("b/2", NEXT, "direction, post, series, number and date", 1),
        ("c/3", THIRD, "direction, post, series, number and date", 1),
    ]
    assert [(row["old"], row["telegram"]) for row in found["replaced"]] == [(ONE, NEXT)]
    assert "showings disagree" in {row["kind"] for row in found["linked_findings"] if row["record"] == "a/1"}
    assert not any(ONE in (row["subject_id"], row["object_id"]) for row in found["candidates"])


def test_decisions_hold_in_every_later_run(tmp_path: Path) -> None:
    """A key that was minted leads; the keys of the decision stay understood once they redirect; decisions are transitive."""
    table = minted(tmp_path, f"a/1,{ONE},1999", f"b/2,{NEXT},2000", f"b/2,{ONE},2001")
    found = linked(tmp_path, shown_thrice(), table, mapping_sets=[decided(tmp_path, (NEXT, ONE), (THIRD, NEXT))])
    leader = {row["telegram"] for row in found["identity"]}
    assert leader == {ONE}
    assert [(row["old"], row["telegram"]) for row in found["replaced"]] == [(NEXT, ONE), (THIRD, ONE)]
    assert not [row for row in found["linked_findings"] if row["kind"] == "unknown key"]


def test_a_decision_about_a_record_that_is_not_here(tmp_path: Path) -> None:
    """Neither side is changed, and a finding names the row of the mapping set."""
    found = linked(tmp_path, shown_thrice(), mapping_sets=[decided(tmp_path, (ONE, "in.usun.9.1962-01-01"))])
    assert len({row["telegram"] for row in found["identity"]}) == 3
    (finding,) = (row for row in found["linked_findings"] if row["kind"] == "unknown key")
    assert (finding["field"], finding["source_line"]) == ("object_id", 2)
