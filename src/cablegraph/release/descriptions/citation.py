"""``CITATION.cff``: how to cite the release, in the Citation File Format 1.2.0."""

from __future__ import annotations

import re
from typing import Any

import yaml

from cablegraph.catalogue import Creator
from cablegraph.release.descriptions.facts import Facts

#: Licences by the identifiers that the format knows (SPDX), beside those of Creative Commons; others are named by their address.
_SPDX = (
    (r"https://creativecommons\.org/publicdomain/zero/1\.0/", "CC0-1.0"),
    (r"https?://(?:www\.)?opendatacommons\.org/licenses/by/1[.-]0/?", "ODC-By-1.0"),
    (r"https?://(?:www\.)?opendatacommons\.org/licenses/odbl/1[.-]0/?", "ODbL-1.0"),
    (r"https?://(?:www\.)?opendatacommons\.org/licenses/pddl/1[.-]0/?", "PDDL-1.0"),
)


def write_citation(facts: Facts) -> str:
    """Write the file: YAML, the same for the same release."""
    about = facts.publication
    page = str(facts.address(""))
    content: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": about.title,
        "abstract": about.description,
        "version": about.version,
        "authors": [_author(creator, iri) for iri, creator in facts.creators],
        "url": page,
    }
    if facts.day:
        content["date-released"] = facts.day
    if about.catalogue.doi:
        content["doi"] = about.catalogue.doi
    if about.catalogue.keywords:
        content["keywords"] = list(dict.fromkeys(about.catalogue.keywords))
    name = spdx_name(facts.licence)
    content |= {"license": name} if name else {"license-url": facts.licence}
    if about.publisher.email:
        content["contact"] = [{"name": about.publisher.name, "email": about.publisher.email}]
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=1000)


def spdx_name(licence: str) -> str | None:
    """The SPDX identifier of a licence (by its canonical address), None where it has none that is known here."""
    if found := re.fullmatch(r"https://creativecommons\.org/licenses/(by(?:-nc)?(?:-sa|-nd)?)/([1-4]\.\d)/", licence):
        return f"CC-{found[1].upper()}-{found[2]}"
    return next((name for pattern, name in _SPDX if re.fullmatch(pattern, licence)), None)


def _author(creator: Creator, iri: str) -> dict[str, str]:
    """A person by family and given names, an organisation by its name; an ORCID where the IRI is one."""
    family, comma, given = creator.name.partition(",")
    names = {"name": creator.name}
    if creator.person:
        names = {"family-names": family.strip()} | ({"given-names": given.strip()} if comma else {})
    orcid = re.fullmatch(r"https?://orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", iri)
    return names | ({"orcid": f"https://orcid.org/{orcid[1]}"} if orcid else {})
