"""Where else a telegram went: the typed line at its foot, and what the Department is asked to pass on."""

from __future__ import annotations

import pytest

from cablegraph.register import Entry
from cablegraph.sources.frus import read_volume
from cablegraph.sources.frus.distribution import find_distribution, read_distribution, read_requests
from cablegraph.sources.source import Source


@pytest.mark.parametrize(
    ("line", "destinations"),
    [
        ("Sent Department 207, repeated London 59, Baghdad 17", ["sent Department 207", "repeated London 59", "repeated Baghdad 17"]),
        ("Sent Tehran 15 rpt London 60", ["sent Tehran 15", "repeated London 60"]),
        ("Sent Jidda as 239; rpted Cairo as 832; London as 2311", ["sent Jidda 239", "repeated Cairo 832", "repeated London 2311"]),
        ("Sent Cairo as Depts 757 rptd Jidda as Depts 227", ["sent Cairo 757", "repeated Jidda 227"]),
        ("Sent Dept priority 101, rptd info Calcutta 17", ["sent Dept 101", "repeated Calcutta 17"]),
        ("Sent Dept 3785, rptd info London 139, Calcutta unnumbered", ["sent Dept 3785", "repeated London 139", "repeated Calcutta"]),
        ("Sent Department as 396, repeated Amcon Dhahran as 200", ["sent Department 396", "repeated Dhahran 200"]),
        ("Sent Department, repeated to London, New Delhi and Karachi", ["sent Department", "repeated London", "repeated New Delhi", "repeated Karachi"]),
        ("Sent Department 873, pouched Karachi. Department pass London", ["sent Department 873", "pouched Karachi", "passed London?"]),
        ("Sent Department 24, please repeat London 8", ["sent Department 24", "repeated London 8?"]),
        ("Repeated to London as 36. Department repeat to New Delhi", ["repeated London 36", "repeated New Delhi?"]),
        ("Sent Department Delga 281, repeated London 1042", ["sent Department Delga 281", "repeated London 1042"]),
        ("Department please pass London if desired", ["passed London?"]),
        ("Sent Dept 185, rptd info New Dehli 158", ["sent Dept 185", "repeated New Dehli 158"]),
        ("Sent Dept 367 rptd info Tokyo (PolAd pass SCAP) 45", ["sent Dept 367", "repeated Tokyo 45"]),
        ("Sent his regards to London", []),
        ("Repeated attempts were made in Karachi", []),
        ("Pass the following to the President", []),
    ],
)  # fmt: skip
def test_a_line_of_distribution_is_taken_apart(line: str, destinations: list[str]) -> None:
    """Each destination with its number; a question mark stands for what the Department is asked to do."""
    found = [
        " ".join(filter(None, (one.kind, one.name, one.series, one.number))) + "?" * one.asked
        for one in read_distribution(line)
    ]
    assert found == destinations


def test_the_line_stands_at_the_foot_of_the_telegram() -> None:
    paragraphs = [("p1", "207. He called."), ("p2", "More soon. Sent Karachi 180, repeated London 1720. [Wiley.]")]
    assert [one.post for one in find_distribution(paragraphs)] == ["karachi", "london"]
    assert find_distribution([("p1", "207. He called London.")]) == []


@pytest.mark.parametrize(
    ("opening", "asked"),
    [
        ("9068. For Schaufele from Wisner. Dept pass London.", []),
        ("9068. Dept pass London for Seitz. Subject: Talks.", ["London"]),
        ("1128. Department pass Bonn and Berlin: he said", ["Bonn", "Berlin"]),
        ("1128. Please pass the following message to the Foreign Minister", []),
        ("1128. He called.", []),
    ],
)
def test_a_telegram_may_open_with_a_request(opening: str, asked: list[str]) -> None:
    assert [one.name for one in read_requests(opening)] == asked


def telegram(head: str, *paragraphs: str) -> list[Entry]:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    text = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div type="document" n="1" xml:id="d1">
      <note rend="inline" type="source">890F.00/3–148: Telegram</note><head>{head}</head>
      <opener><dateline>Jidda, <date when="1948-03-01">March 1, 1948</date></dateline></opener>{body}</div></body></text></TEI>"""
    return list(read_volume(Source("volume", "volume.xml", None, "frus", text.encode())))


def test_what_the_foot_says_becomes_addressees_numbers_and_events() -> None:
    """The number sent to the Department is the telegram's own; others are numbers of the copies."""
    head = "The Minister in Saudi Arabia (Childs) to the Secretary of State"
    foot = "Sent Department 207, repeated London 59, pouched Aden; Department pass Moscow."
    entries = telegram(head, "207. He called.", foot)
    (record,) = (row for table, row in entries if table == "records")
    assert (record["number"], record["repeated_to"], record["also_sent_to"]) == ("207", ["London"], [])
    numbers = [(row["role"], row["post"], row["number"]) for table, row in entries if table == "numbers"]
    assert numbers == [("own", "jidda", "207"), ("repeated to", "london", "59")]
    events = [(row["kind"], row["agent"], row["requested_or_done"]) for table, row in entries if table == "events"]
    assert events[1:] == [("pouched", "Aden", "done"), ("passed", "Moscow", "requested")]
