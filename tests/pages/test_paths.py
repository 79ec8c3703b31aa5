"""Pages have names that every file system takes, and links that lead to them from a folder as from a host."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, unquote

from hypothesis import given
from hypothesis import strategies as st

from cablegraph.pages import Paths, to

KEYS = st.lists(
    st.text(min_size=1, max_size=30).map(lambda text: quote(text, safe="")), min_size=1, max_size=6, unique=True
)


@given(KEYS)
def test_each_page_has_a_file_of_its_own_inside_the_site(keys: list[str]) -> None:
    iris = [f"record/{key}" for key in keys]
    paths = Paths(iris)
    found = [paths[iri] for iri in iris]
    assert len({path.casefold() for path in found}) == len(found)
    for path in found:
        folder, _, name = path.partition("/")
        assert folder == "record"
        assert "/" not in name
        assert len(f"{name}.jsonld".encode()) <= 200
        assert not set(name) & set('<>:"\\|?*') and name.strip(". ") == name
        assert all(character.isprintable() for character in name)


@given(KEYS)
def test_links_between_pages_lead_to_their_files(keys: list[str]) -> None:
    paths = Paths([*(f"record/{key}" for key in keys), "agent/athens"])
    for key in keys:
        iri = f"record/{key}"
        for start, at in (("record", "record"), ("agent", "agent"), ("", "")):
            target = Path("/site", at, unquote(to(f"{paths[iri]}.html", start)))
            assert str(target).replace("/agent/..", "").replace("/record/..", "") == f"/site/{paths[iri]}.html"


def test_what_is_plain_stays_plain() -> None:
    paths = Paths(
        [
            "record/in.usun.1862.1962-11-19",
            "file/POL%2018%20CYP",
            "person/frus1958-60v08%23p_HCA1",
            "file/pol%2018%20cyp",
        ]
    )
    assert paths["record/in.usun.1862.1962-11-19"] == "record/in.usun.1862.1962-11-19"
    assert paths["file/POL%2018%20CYP"] == "file/POL 18 CYP"
    assert paths["file/pol%2018%20cyp"].startswith("file/pol 18 cyp~")
    assert to(f"{paths['person/frus1958-60v08%23p_HCA1']}.html", "person") == "frus1958-60v08%23p_HCA1.html"


def test_what_else_stands_in_a_release_is_not_overwritten() -> None:
    paths = Paths(["dataset", "Dumps/1", "a.html/b", "a"], ("dataset", "dumps"))
    assert paths["dataset"].startswith("dataset~")
    assert paths["Dumps/1"].startswith("Dumps~")
    assert not paths["a.html/b"].startswith("a.html/")
    assert paths["a"] == "a"
