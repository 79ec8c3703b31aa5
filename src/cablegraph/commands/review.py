"""``cablegraph review``."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import click

from cablegraph.commands.common import common, say
from cablegraph.openrefine import read_judgements, write_candidates
from cablegraph.register import must_be_register
from cablegraph.review import Candidate, candidates, decision, identifiers
from cablegraph.sssom import append_mapping

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
@click.option(
    "--export",
    type=click.Path(path_type=Path),
    help="Write what is undecided to a table (CSV), to be judged in OpenRefine or a spreadsheet.",
)
@click.option(
    "--import",
    "judged",
    type=click.Path(path_type=Path),
    help="Take over what was judged in such a table (CSV, TSV, or JSON of OpenRefine's templating exporter).",
)
@common
def command(
    register: Path,
    decisions: Path,
    reviewer: str | None,
    export: Path | None,
    judged: Path | None,
    jobs: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Walk through the links that may hold, and keep what is decided, by whom and when.

    REGISTER is a linked register, or the register/ of a release. The decisions are input of the next run (mapping_sets
    in cablegraph.toml, --mapping-set of link).
    """
    must_be_register(register)
    if export and judged:
        raise click.UsageError("--export and --import are two steps; give one of them")
    if export:
        left = list(candidates(register, decisions))
        write_candidates(export, left)
        say(as_json, {"out": str(export), "candidates": len(left)}, f"{len(left)} candidates in {export}")
        return
    reviewer = reviewer or str(click.prompt("Who decides (a name, or an ORCID)", err=True))
    if judged:
        _take_over(register, decisions, judged, reviewer, as_json)
    else:
        _walk_through(register, decisions, reviewer, quiet, as_json)


def _take_over(register: Path, decisions: Path, judged: Path, reviewer: str, as_json: bool) -> None:
    """Add the judgements of a table to the decisions: all of them, or none where a row is not valid."""
    left = list(candidates(register, decisions))
    made = read_judgements(judged, left, identifiers(register), reviewer, _today())
    for mapping in made:
        append_mapping(decisions, mapping)
    accepted = sum(mapping.holds for mapping in made)
    rejected = len(made) - accepted
    say(
        as_json,
        {"decisions": str(decisions), "candidates": len(left), "accepted": accepted, "rejected": rejected},
        f"{accepted} accepted, {rejected} rejected, of {len(left)} candidates",
    )


def _walk_through(register: Path, decisions: Path, reviewer: str, quiet: bool, as_json: bool) -> None:
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
        append_mapping(decisions, decision(candidate, answer == "a", reviewer, _today()))
    say(
        as_json,
        {"decisions": str(decisions), "candidates": len(left)} | made,
        f"{made['accepted']} accepted, {made['rejected']} rejected, of {len(left)} candidates",
    )


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _shown(candidate: Candidate) -> Iterator[str]:
    yield ""
    yield f"  {candidate.subject_id}  {candidate.subject}"
    yield f"  {candidate.object_id}  {candidate.object}"
    yield f"  {candidate.predicate_id}? {candidate.sure}: {candidate.comment}"
