"""Posts and places of the directories."""

from __future__ import annotations

from pathlib import Path

from directories import FILES, by_key, locale, post, read_files, territory, told, xml

COLLIDING = {
    "p/london.xml": post("london", "canada", "consular-agency", "1866", "1940"),
    "p/london-fix.xml": post("london", "united-kingdom", "embassy", "1790"),
    "l/london_uk.xml": locale("london_uk", "London", "united-kingdom"),
    "l/london_ca.xml": locale("london_ca", "London", "canada"),
    "t/canada.xml": territory("canada", "Canada", "1867"),
    "t/united-kingdom.xml": territory("united-kingdom", "United Kingdom", "1801"),
}


def test_a_post_and_its_city(tmp_path: Path) -> None:
    """A post has its kind in the label, other names, years, coordinates and the city as its place."""
    tables = read_files(tmp_path, FILES)
    (row,) = tables["posts"]
    assert row == {
        "key": "saigon", "label": "Embassy in Saigon", "variants": ["Saigon", "Embassy in Vietnam", ], "valid_from": "1889",
        "valid_to": "1975", "broader": None, "latitude": 10.8, "longitude": 106.6, "place": "saigon", "directory": "gsh",
        "source": "Office of the Historian, geospatial history: embassy 1889–1975 (vietnam)",
        "source_file": "given/gsh/data/posts/saigon.xml", "source_line": 1,
    }  # fmt: skip
    places = by_key(tables, "places")
    assert places["saigon"]["broader"] == "vietnam"
    assert places["ho-chi-minh-city"]["predecessors"] == ["saigon"]
    assert (places["vietnam"]["predecessors"], places["vietnam"]["valid_from"], places["vietnam"]["valid_to"]) == (
        ["south-vietnam-1975"],
        "1976",
        None,
    )


def test_cities_of_one_name(tmp_path: Path) -> None:
    """The highest post has the plain key; the other has the id of its city, which the post's territory tells."""
    tables = read_files(tmp_path, COLLIDING)
    posts = by_key(tables, "posts")
    assert {key: (row["label"], row["place"]) for key, row in posts.items()} == {
        "london": ("Embassy in London", "london_uk"), "london_ca": ("Consular Agency in London", "london_ca"),
    }  # fmt: skip
    assert told(tables) == [("id unlike the file name", "london")]


def test_periods_of_one_post(tmp_path: Path) -> None:
    """What stood in one city at different times is one post: the highest kind in the label, all periods in the source."""
    tables = read_files(tmp_path, {
        "p/karachi.xml": post("karachi", "india", "consulate", "1887", "1947"),
        "q/karachi.xml": post("karachi", "pakistan", "consulate-general", "1947", notes="An embassy until 1959"),
        "l/karachi.xml": locale("karachi", "Karachi", "pakistan"),
    })  # fmt: skip
    (row,) = tables["posts"]
    assert (row["label"], row["valid_from"], row["valid_to"]) == ("Consulate General in Karachi", "1887", None)
    assert row["source"].endswith(
        ": consulate 1887–1947 (india); consulate-general 1947– (pakistan); An embassy until 1959"
    )
    assert row["source_file"] == "given/q/karachi.xml"


def test_posts_under_an_earlier_name(tmp_path: Path) -> None:
    """A post whose city our vocabulary has under another key bears that: telegrams are tied to it."""
    files = {
        "p/kinshasa.xml": post("kinshasa", "congo", since="1921"),
        "l/kinshasa.xml": locale("kinshasa", "Kinshasa", "congo"),
    }
    tables = read_files(tmp_path, files)
    assert [(row["key"], row["label"], row["place"]) for row in tables["posts"]] == [
        ("leopoldville", "Embassy in Kinshasa", "kinshasa")
    ]
    assert [(row["entity"], row["scheme"], row["value"]) for row in tables["identifiers"]] == [
        ("leopoldville", "gsh", "kinshasa")
    ]
    both = files | {
        "p/leopoldville.xml": post("leopoldville", "congo", since="1910"),
        "l/l.xml": locale("leopoldville", "Leopoldville", "congo"),
    }
    assert list(by_key(read_files(tmp_path / "both", both), "posts")) == ["kinshasa", "leopoldville"]


def test_a_city_and_a_country_of_one_id(tmp_path: Path) -> None:
    """Singapore is both: the country keeps the id, the city gets a key of its own, where its post lies."""
    tables = read_files(tmp_path, {
        "p/singapore.xml": post("singapore", "singapore", since="1836"), "l/singapore.xml": locale("singapore", "Singapore", "singapore"),
        "t/singapore.xml": territory("singapore", "Singapore", "1965"),
    })  # fmt: skip
    assert list(by_key(tables, "places")) == ["singapore", "singapore-city"]
    assert (tables["posts"][0]["key"], tables["posts"][0]["place"]) == ("singapore", "singapore-city")
    assert told(tables) == []


def test_former_names_and_regions(tmp_path: Path) -> None:
    """Former names that are no city are variants, without their year; a region is what its territories lie in."""
    tables = read_files(tmp_path, {
        "oslo.xml": locale("oslo", "Oslo", "norway", before="Christiana(1925), Kristiania"), "norway.xml": territory("norway", "Norway", "1905"),
        "eur.xml": xml("region", id="eur", label="Europe &amp; Eurasia", territory_id="norway"),
    })  # fmt: skip
    places = by_key(tables, "places")
    assert places["oslo"]["variants"] == ["Christiana", "Kristiania"]
    assert (places["norway"]["broader"], places["eur"]["label"]) == ("eur", "Europe & Eurasia")


def test_the_older_list_of_countries(tmp_path: Path) -> None:
    """A country of the older list adds names and code to a territory; one that is no territory is a place of its own."""
    tables = read_files(tmp_path, {
        "t/china.xml": territory("china", "China", "1949"),
        "c/china.xml": xml("country", xml("alternate-labels", alternate_label="People’s Republic of China"), id="china", label="China", iso2="cn"),
        "c/korea.xml": xml("country", id="korea", label="Korea", iso2="kr"),
    })  # fmt: skip
    places = by_key(tables, "places")
    assert places["china"]["variants"] == ["People’s Republic of China"]
    assert places["korea"]["source"].endswith("country of the older list")
    assert [(row["entity"], row["scheme"], row["value"]) for row in tables["identifiers"]] == [
        ("china", "ISO 3166-1", "CN"), ("korea", "ISO 3166-1", "KR"),
    ]  # fmt: skip


def test_faults_of_places(tmp_path: Path) -> None:
    """Unknown territories and cities, coordinates and years that are none, and one-sided succession are told."""
    tables = read_files(tmp_path, {
        "a.xml": territory("a", "A", "1986", "1964", before="nowhere"), "b.xml": territory("b", "B", "599", "1960", after="a"),
        "c.xml": locale("c", "C", "elsewhere", ("91", "east")), "p/lome.xml": post("lome-", "a", since="?"), "p/d.xml": post("d", "a"),
        "lome.xml": locale("lome", "Lome", "a"),
    })  # fmt: skip
    assert sorted(told(tables), key=str) == sorted([
        ("dates disagree", "1986–1964"), ("unknown territory", "nowhere"), ("one-sided succession", "b, a"), ("no coordinate", "91"),
        ("no coordinate", "east"), ("unknown territory", "elsewhere"), ("id unlike the file name", "lome-"), ("no date", "?"),
        ("unknown city", "lome-"), ("unknown city", "d"),
    ], key=str)  # fmt: skip
    posts, places = by_key(tables, "posts"), by_key(tables, "places")
    assert (posts["lome"]["place"], posts["d"]["place"]) == ("lome", None)
    assert (places["b"]["valid_from"], places["a"]["predecessors"], places["c"]["broader"]) == ("0599", ["b"], None)
