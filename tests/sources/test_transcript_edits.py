"""Struck and inserted words, and slips of the typist."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from material import INCOMING, read, readings

from cablegraph.sources.transcript.edits import Edit, clean, revised, slips

words = st.text(st.characters(categories=("L", "N", "P"), exclude_characters="*~"), min_size=1, max_size=8)
runs = st.lists(words, min_size=1, max_size=4).map(" ".join)
pieces = st.lists(st.tuples(st.sampled_from(["typed", "struck", "inserted"]), runs), max_size=8)


def marked(parts: list[tuple[str, str]]) -> str:
    """A paragraph with the marks of a transcript."""
    marks = {"typed": "{}", "struck": "~~{}~~", "inserted": "*{}*"}
    return " ".join(marks[kind].format(text) for kind, text in parts)


@given(pieces)
def test_typed_text(parts: list[tuple[str, str]]) -> None:
    """Struck words stay in the text, inserted ones do not."""
    text, edits = clean(marked(parts))
    assert text == " ".join(words for kind, words in parts if kind != "inserted")
    kinds = {"struck": "deletion", "inserted": "insertion"}
    assert [(edit.kind, edit.text) for edit in edits] == [
        (kinds[kind], words) for kind, words in parts if kind in kinds
    ]


@given(pieces)
def test_offsets(parts: list[tuple[str, str]]) -> None:
    """A deletion's offsets point at its words; an insertion is a place between words."""
    text, edits = clean(marked(parts))
    for edit in edits:
        if edit.kind == "deletion":
            assert text[edit.start : edit.end] == edit.text
        else:
            assert edit.start == edit.end
            assert edit.start in (0, len(text)) or " " in text[edit.start - 1 : edit.start + 1]


@given(pieces)
def test_revised_text(parts: list[tuple[str, str]]) -> None:
    """The revised text has the inserted words and not the struck ones."""
    assert revised(marked(parts)) == " ".join(words for kind, words in parts if kind != "struck")


@given(st.text(st.sampled_from("AB ~*\n.-"), max_size=40))
def test_any_marks(raw: str) -> None:
    """Marks that do not close are text, and offsets stay inside it."""
    text, edits = clean(raw)
    assert all(0 <= edit.start <= edit.end <= len(text) for edit in edits)
    assert all(text[edit.start : edit.end] == edit.text for edit in edits if edit.kind == "deletion")


def test_slips() -> None:
    """A word of mixed case in a text typed in capitals is read in capitals; ordinary text has no slips."""
    assert slips("THE FLEET MAY REcede FROM THE COAST BEFORE THE ICE") == [Edit(14, 20, "correction", "RECEDE")]
    assert slips("The fleet may REcede from the coast before the ice") == []


def test_words_written_above_a_line() -> None:
    """Words alone on the line above struck ones go behind those, and a reading says that the place is inferred."""
    text = INCOMING.replace("2. I ANSWERED", "2. *have given*\nI ~~GAVE~~ NO ANSWER.\n\n3. I ANSWERED").replace(
        "2. *have", "*have"
    )
    tables = read(text)
    (inserted,) = [row for row in tables["edits"] if row["kind"] == "insertion"]
    (struck,) = [row for row in tables["edits"] if row["kind"] == "deletion"]
    assert (inserted["text"], struck["text"], inserted["part"]) == ("have given", "GAVE", struck["part"])
    assert inserted["start"] == struck["end"] + 1
    assert [row["value"] for row in readings(tables, "revised_text")] == ["I have given NO ANSWER."]
    (reading,) = readings(tables, "edits")
    assert "placed behind the first words struck" in reading["how"]
    assert {row["hand"] for row in tables["edits"]} == {"unknown hand"}
