"""Small directories in the form of the Office of the Historian's, with facts in them, and ways to read them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cablegraph import pipeline
from cablegraph.publication import Publication
from cablegraph.register import rows
from cablegraph.sources import READERS, entries_from

Tables = dict[str, list[dict[str, Any]]]
SITE = "https://history.state.gov"
VOLUME = f"{SITE}/historicaldocuments/frus1961-63v12/persons#p_BGW1"


def xml(tag: str, *inner: str, **texts: str) -> str:
    """An element of elements, and of elements of text by their names, with "_" for "-"."""
    plain = "".join(f"<{name.replace('_', '-')}>{text}</{name.replace('_', '-')}>" for name, text in texts.items())
    return f"<{tag}>{plain}{''.join(inner)}</{tag}>"


def person(
    key: str, name: str, *urls: str, alternates: str = "", born: str = "", died: str = "", viaf: str = ""
) -> str:
    """A record of the people data; ``alternates`` is made of ``<name>`` elements."""
    sources = "".join(f"<source-url>{url}</source-url>" for url in urls)
    names = (
        f"<names><preferred><name>{name}</name></preferred><alternates>{alternates}</alternates><originals>"
        f"<original><name>{name}</name>{sources}</original></originals></names>"
    )
    viaf = f'<authorities><authority service="viaf">{viaf}</authority></authorities>'
    return f"<person>\n  <id>{key}</id>{viaf}{names}{xml('x', birth_year=born, death_year=died)[3:-4]}</person>"


def officer(
    key: str, surname: str, forename: str, inner: str = "", born: str = "", died: str = "", old: str = ""
) -> str:
    """A record of the officers; ``inner`` are further parts of the name."""
    name = xml("persName", inner, surname=surname, forename=forename)
    return xml("person", name, xml("old-ids", old_id=old) if old else "", id=key, birth=born, death=died)


def holder(tag: str, key: str, who: str, role: str, territory: str = "", note: str = "", **dates: str) -> str:
    """Somebody in an office: a chief or a principal; a date may have a remark behind "|"."""
    parts = []
    for name, text in dates.items():
        date, _, remark = text.partition("|")
        parts.append(xml(name, date=date, note=remark))
    where = xml("contemporary-territory-id").replace("><", f">{territory}<") if territory else ""
    return "\n" + xml(tag, where, *parts, id=key, person_id=who, role_title_id=role, note=note)


def mission(territory: str, *chiefs: str, nominees: str = "") -> str:
    """A mission to a country."""
    return xml("country-mission", xml("chiefs", *chiefs), xml("other-nominees", nominees), territory_id=territory)


def principal(key: str, label: str, *holders: str, category: str = "secretary", **texts: str) -> str:
    """A position of the Department."""
    names = xml("names", singular=label, plural=f"{label}s")
    return xml("principal-position", names, xml("principals", *holders), id=key, category=category, **texts)


def role(key: str, label: str) -> str:
    """A title of chiefs of mission."""
    return xml("role", xml("names", singular=label, plural=f"{label}s"), id=key)


def post(
    city: str, territory: str, kind: str = "embassy", since: str = "", until: str = "9999", notes: str = ""
) -> str:
    """A post."""
    texts = {
        "locale_id": city,
        "territory_id": territory,
        "post_type": kind,
        "valid_since": since,
        "valid_until": until,
    }
    return xml("post", **texts, notes=notes)


def locale(
    key: str, name: str, territory: str, at: tuple[str, str] = ("10.8", "106.6"), before: str = "", after: str = ""
) -> str:
    """A city."""
    return xml(
        "locale", id=key, name=name, current_territory=territory, latitude=at[0], longitude=at[1], predecessors=before,
        successors=after,
    )  # fmt: skip


def territory(key: str, name: str, since: str = "", until: str = "9999", before: str = "", after: str = "") -> str:
    """A country under one name."""
    return xml(
        "territory", xml("predecessors", predecessor=before), xml("successors", successor=after), id=key,
        short_form_name=name, valid_since=since, valid_until=until, type_of_territory="independent-state",
    )  # fmt: skip


#: Two persons in both directories, a mission that moved on with its country, and what they need.
FILES = {
    "people/100810.xml": person(
        "100810", "Ball, George Wildman", f"{SITE}/departmenthistory/people/ball-george-wildman", VOLUME,
        alternates="<name>Ball, George W.</name>", born="1909", died="1994", viaf="55098877",
    ),
    "people/108064.xml": person("108064", "Lodge, Henry Cabot, Jr.", f"{SITE}/departmenthistory/people/lodge-henry-cabot-jr", born="1902"),
    "pocom/people/b/ball-george-wildman.xml": officer("ball-george-wildman", "Ball", "George Wildman", "<altname>George W. Ball</altname>", born="1909"),
    "pocom/people/l/lodge-henry-cabot-jr.xml": officer("lodge-henry-cabot-jr", "Lodge", "Henry Cabot", "<genName>Jr.</genName>", died="1985"),
    "pocom/people/n/nolting-frederick-ernest-jr.xml": officer("nolting-frederick-ernest-jr", "Nolting", "Frederick Ernest", "<genName>Jr.</genName>"),
    "pocom/roles-country-chiefs/ambassador-e-p.xml": role("ambassador-e-p", "Ambassador Extraordinary and Plenipotentiary"),
    "pocom/positions-principals/under-secretary.xml": principal(
        "under-secretary", "Under Secretary of State",
        holder("principal", "secr-1961-ball", "ball-george-wildman", "under-secretary", appointed="1961-12-03", started="1961-12-04", ended="1966-09-30"),
        start="1919", end="1972", ongoing="false",
    ),
    "pocom/missions-countries/vietnam-south.xml": mission(
        "vietnam-south",
        holder("chief", "xh-1963-lodg-01", "lodge-henry-cabot-jr", "ambassador-e-p", "south-vietnam-1975", appointed="1963-08-01", arrived="",
               started="1963-08-26", ended="1964-06-28|Left post on"),
    ),
    "gsh/data/posts/saigon.xml": post("saigon", "vietnam", since="1889", until="1975"),
    "gsh/data/locales/saigon.xml": locale("saigon", "Saigon", "vietnam", after="Ho Chi Minh City"),
    "gsh/data/locales/ho-chi-minh-city.xml": locale("ho-chi-minh-city", "Ho Chi Minh City", "vietnam"),
    "gsh/data/territories/south-vietnam-1975.xml": territory("south-vietnam-1975", "South Vietnam", "1954", "1975", after="vietnam"),
    "gsh/data/territories/vietnam.xml": territory("vietnam", "Vietnam", "1976", before="south-vietnam-1975"),
    "gsh/data/code-tables/post-types.xml": xml(
        "code-table", xml("items", xml("item", label="Embassy", value="embassy"), xml("item", label="Consulate General", value="consulate-general")),
        name="post-types",
    ),
    "gsh/README.md": "No source.",
}  # fmt: skip


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def read(folder: Path, *arguments: str, jobs: int = 1, strict: bool = False) -> Tables:
    """Read what arguments name in a folder, as the command line does, into tables."""
    publication = Publication(folder, sources=entries_from(arguments, READERS, folder))
    out = folder / "register"
    pipeline.read(publication, out, pipeline.Options(jobs, strict))
    return {path.stem: list(rows(out, path.stem)) for path in sorted(out.glob("*.parquet"))}


def read_files(folder: Path, files: dict[str, str]) -> Tables:
    """Write files and read them."""
    write(folder / "given", files)
    return read(folder, "given")


def by_key(tables: Tables, table: str) -> dict[str, dict[str, Any]]:
    """The rows of a table by their keys, each of which is there once."""
    found = {row["key"]: row for row in tables[table]}
    assert len(found) == len(tables[table])
    return found


def told(tables: Tables) -> list[tuple[str, str | None]]:
    """Kind and value of the findings."""
    return [(row["kind"], row["value"]) for row in tables["findings"]]
