"""A page says what the data says, escaped, and leads on."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cablegraph.pages import Description, Frame, Incoming, Listed, Paths, Site, describe, page

BASE = "https://example.org/"
RICO, DIPL, OA = (
    "https://www.ica.org/standards/RiC/ontology#",
    "https://w3id.org/diplomatic-records/ontology#",
    "http://www.w3.org/ns/oa#",
)
TYPE, LABEL = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<http://www.w3.org/2000/01/rdf-schema#label>"
RECORD = f"<{BASE}record/1>"


def site() -> Site:
    return Site(
        Frame("Telegrams", "en", (Listed("browse/records.html", "Records", 2),)),
        BASE,
        Paths(["record/1", "record/2", "agent/athens"]),
        {"record/1": "Telegram 1", "agent/athens": "Embassy in Athens"},
    )


def shown(*triples: tuple[str, str, str], incoming: list[Incoming] | None = None) -> str:
    return page(site(), describe(f"{BASE}record/1", triples, incoming or []))


class Reader(HTMLParser):
    """Holds the page to be well-formed, and gathers texts, ids and links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.scripts = 0
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)
        self.scripts += tag == "script"
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href" and tag == "a"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00")))
def test_no_text_of_the_data_becomes_markup(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    read = Reader(shown((RECORD, f"<{DIPL}fromText>", f'"{escaped}"'), (RECORD, LABEL, f'"{escaped}"@en')))
    assert text in read.text
    assert read.scripts == 1


def test_values_that_have_pages_are_links_between_pages() -> None:
    read = Reader(
        shown(
            (RECORD, f"<{DIPL}fromPost>", f"<{BASE}agent/athens>"), (RECORD, f"<{RICO}isReplyTo>", f"<{BASE}record/2>")
        )
    )
    assert "../agent/athens.html" in read.links
    assert "2.html" in read.links
    assert "Embassy in Athens" in read.text


def test_addresses_that_are_no_web_addresses_are_no_links() -> None:
    read = Reader(
        shown((RECORD, f"<{DIPL}locator>", "<javascript:alert(1)>"), (RECORD, f"<{DIPL}locator>", "<urn:x:1>"))
    )
    assert [link for link in read.links if link.startswith(("javascript", "urn"))] == []


def test_what_was_struck_out_and_put_in_is_seen() -> None:
    part, edit = f"{BASE}record/1#a/1", f"{BASE}record/1#a/edit-1"
    html = shown(
        (f"<{edit}>", TYPE, f"<{DIPL}Deletion>"),
        (f"<{edit}>", f"<{OA}hasTarget>", f"<{edit}-target>"),
        (f"<{edit}-selector>", f"<{OA}end>", '"7"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>'),
        (f"<{edit}-selector>", f"<{OA}start>", '"4"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>'),
        (f"<{edit}-target>", f"<{OA}hasSelector>", f"<{edit}-selector>"),
        (f"<{edit}-target>", f"<{OA}hasSource>", f"<{part}>"),
        (f"<{part}>", TYPE, f"<{RICO}RecordPart>"),
        (f"<{part}>", f"<{DIPL}label>", '"1"'),
        (f"<{part}>", "<https://schema.org/text>", '"one two three"'),
    )
    assert "one <del>two</del> three" in html
    assert 'id="a/1"' in html


def test_what_leads_to_a_resource_is_told_and_counted() -> None:
    html = shown(
        (RECORD, TYPE, f"<{RICO}Record>"), incoming=[Incoming(f"<{RICO}isReplyTo>", f"<{BASE}record/2>", 1_252)]
    )
    assert 'href="2.html"' in html
    assert "and 1,251 more" in html


def test_what_says_the_same_twice_is_shown_once() -> None:
    post = f"<{BASE}agent/athens>"
    assert "has sender" not in shown((RECORD, f"<{DIPL}fromPost>", post), (RECORD, f"<{RICO}hasSender>", post))
    assert "has sender" in shown((RECORD, f"<{RICO}hasSender>", post))
    twice = [Incoming(name, f"<{BASE}record/2>", 1) for name in (f"<{DIPL}fromPost>", f"<{RICO}hasSender>")]
    assert "has sender" not in shown((RECORD, TYPE, f"<{RICO}Agent>"), incoming=twice)


def test_a_record_that_is_gone_or_has_another_name_says_so_first() -> None:
    gone = shown((RECORD, TYPE, "<https://www.w3.org/ns/activitystreams#Tombstone>"))
    assert "not published any more" in Reader(gone).text
    merged = shown((RECORD, "<http://purl.org/dc/terms/isReplacedBy>", f"<{BASE}record/2>"))
    assert "This is now 2" in Reader(merged).text.replace("record/", "")


def test_search_engines_read_the_record_in_schema_org() -> None:
    html = shown(
        (RECORD, TYPE, "<https://schema.org/Message>"),
        (RECORD, f"<{DIPL}sentAt>", '"1961-05-02"^^<http://www.w3.org/2001/XMLSchema#date>'),
        (RECORD, f"<{RICO}hasSender>", f"<{BASE}agent/athens>"),
        (RECORD, f"<{DIPL}subject>", '"</script>"'),
    )
    text = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(text) == {
        "@context": "https://schema.org",
        "@type": "Message",
        "@id": f"{BASE}record/1",
        "name": "Telegram 1",
        "dateSent": "1961-05-02",
        "sender": {"@id": f"{BASE}agent/athens", "name": "Embassy in Athens"},
    }


def test_ids_are_unique_and_headings_in_order() -> None:
    html = shown(
        (RECORD, TYPE, f"<{RICO}Record>"),
        (f"<{BASE}record/1#a>", TYPE, f"<{RICO}Event>"),
        (f"<{BASE}record/1#b>", TYPE, f"<{RICO}Identifier>"),
        (f"<{BASE}record/1#b>", LABEL, '"B"'),
    )
    assert len(set(Reader(html).ids)) == len(Reader(html).ids)
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_description_keeps_what_is_said_of_the_whole_and_of_its_parts_apart() -> None:
    about = describe(f"{BASE}record/1", [(RECORD, TYPE, "<x>"), (f"<{BASE}record/1#a>", TYPE, "<y>")])
    assert about == Description(f"{BASE}record/1", [(TYPE, "<x>")], {f"{BASE}record/1#a": [(TYPE, "<y>")]})
