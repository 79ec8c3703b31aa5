"""``cablegraph review``."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import click

from cablegraph.commands.common import common, say
from cablegraph.register import must_be_register
from cablegraph.review import Candidate, candidates
from cablegraph.sssom import SssomMapping, append_mapping

_CHOICES = "a accept, r reject, l later, q quit"


@click.command("review")
@click.argument("register", type=click.Path(path_type=Path))
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    default=Path("decisions.sssom.tsv"),
    show_default=True,
    help="The mapping set to which decisions are added; what stands in it is not asked again.",
)
@click.option("--reviewer", envvar="CABLEGRAPH_REVIEWER", help="Who decides: a name, or better an ORCID.")
@common
def command(register: Path, decisions: Path, reviewer: str | None, jobs: int, quiet: bool, as_json: bool) -> None:
    """Walk through the links that may hold, and keep what is decided, by whom and when.

    REGISTER is a linked register, or the register/ of a release. The decisions are input of the next run (mapping_sets
    in cablegraph.toml, --mapping-set of link).
    """
    must_be_register(register)
    reviewer = reviewer or click.prompt("Who decides (a name, or an ORCID)", err=True)
    made = {"accepted": 0, "rejected": 0, "later": 0}
    left = list(candidates(register, decisions))
    settled: set[tuple[str, str]] = set()
    for candidate in left:
        if (candidate.subject_id, candidate.predicate_id) in settled:
            continue
        if not quiet:
            click.echo("\n".join(_shown(candidate)), err=True)
        answer = click.prompt(_CHOICES, type=click.Choice(["a", "r", "l", "q"]), show_choices=False, err=True)
        if answer == "q":
            break
        if answer == "l":
            made["later"] += 1
            continue
        made["accepted" if answer == "a" else "rejected"] += 1
        if answer == "a":
            settled.add((candidate.subject_id, candidate.predicate_id))
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        append_mapping(decisions, _decision(candidate, answer == "a", str(reviewer), today))
    say(
        as_json,
        {"decisions": str(decisions), "candidates": len(left)} | made,
        f"{made['accepted']} accepted, {made['rejected']} rejected, of {len(left)} candidates",
    )


def _shown(candidate: Candidate) -> Iterator[str]:
    yield ""
    yield f"  {candidate.subject_id}  {candidate.subject}"
    yield f"  {candidate.object_id}  {candidate.object}"
    yield f"  {candidate.predicate_id}? {candidate.confidence:.2f}: {candidate.comment}"


def _decision(candidate: Candidate, accepted: bool, reviewer: str, day: str) -> SssomMapping:
    return SssomMapping(
        subject_id=candidate.subject_id,
        subject_label=candidate.subject,
        predicate_id=candidate.predicate_id,
        predicate_modifier="" if accepted else "Not",
        object_id=candidate.object_id,
        object_label=candidate.object,
        mapping_justification="semapv:ManualMappingCuration",
        reviewer_id=reviewer,
        mapping_date=day,
        confidence=f"{candidate.confidence:.2f}",
        comment=candidate.comment,
    )
