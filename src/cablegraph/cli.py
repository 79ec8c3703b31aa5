"""The command line: one short command a stage, and the only place where errors become messages and exit codes.

Results go to standard output, everything else to standard error. Exit codes: 0 done; 1 the data does not conform, or
two things differ; 2 input or command unusable; 3 a fault of ours.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, TypeVar

import click

from cablegraph import __version__, folders, pipeline, remote, store
from cablegraph.answers import ANSWER_WRITERS, Answer
from cablegraph.errors import CablegraphError, InputError
from cablegraph.policy import Policy
from cablegraph.publication import CONFIG_NAME, Publication, read_publication
from cablegraph.sources import READERS, entries_from
from cablegraph.terminal import Progress, show_table
from cablegraph.validation import ENGINES, REPORT_WRITERS

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cablegraph")
def cli() -> None:
    """Publish diplomatic records as linked data.

    SOURCE is a path, a glob, a folder or - (standard input); the reader is told from the content, or said:
    frus:volumes/, transcript:x.txt, sheet:register.csv.
    """


def main() -> None:
    """Run the command line; turn errors into messages and exit codes."""
    try:
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except CablegraphError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; nothing was changed", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception:
        traceback.print_exc()
        click.echo("error: this is a fault of cablegraph; please report it with the lines above", err=True)
        sys.exit(3)


def common(command: Command) -> Command:
    """Add the options that every command has."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
        click.option("--quiet", is_flag=True, help="Tell nothing but errors on standard error."),
        click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="How many processes to use."),
    ):
        command = option(command)
    return command


def _say(as_json: bool, result: dict[str, Any], text: str) -> None:
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else text)


def _publication(sources: tuple[str, ...], config: Path | None, sample: bool, quiet: bool) -> Publication:
    """Put together what a run is told: the configuration, and SOURCE arguments in its place."""
    if sample and (sources or config):
        raise click.UsageError("--sample is a publication of its own; it goes with no SOURCE and no --config")
    working = Path.cwd()
    if sample:
        config = folders.SAMPLE / CONFIG_NAME
    elif config is None and (working / CONFIG_NAME).is_file():
        config = working / CONFIG_NAME
    publication = read_publication(config, working)
    if sources:
        publication = publication.with_sources(entries_from(sources, READERS, working))
    if publication.unset and not quiet:
        for key in publication.unset:
            click.echo(f"warning: publication.{key} is not set in {CONFIG_NAME}; a built-in value serves", err=True)
    return publication


@cli.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--config", type=click.Path(path_type=Path), help="The publication's cablegraph.toml.")
@click.option("--sample", is_flag=True, help="Publish the bundled sample.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("output"), show_default=True, help="The release's folder."
)
@click.option(
    "--on-violation",
    type=click.Choice(["stop", "quarantine"]),
    help="Stop (the default), or hold back records that violate a shape and release the rest.",
)
@click.option("--strict", is_flag=True, help="Stop at the first source that cannot be read.")
@click.option("--fresh", is_flag=True, help="Read and map everything anew, also what has not changed.")
@common
def publish(
    sources: tuple[str, ...], config: Path | None, sample: bool, out: Path, on_violation: str | None, strict: bool,
    fresh: bool, jobs: int, quiet: bool, as_json: bool,
) -> None:  # fmt: skip
    """Read, link, map, check and release: the main job."""
    publication = _publication(sources, config, sample, quiet)
    if on_violation:
        publication = replace(publication, policy=publication.policy.with_violations(on_violation))
    with Progress(quiet) as progress:
        release, complaints = pipeline.publish(publication, out, pipeline.Options(jobs, strict, fresh, progress.tell))
    held = f", {len(release.quarantined)} held back in quarantine" if release.quarantined else ""
    _say(
        as_json,
        {"out": str(out), "complaints": len(complaints)} | asdict(release),
        f"released {release.records} records of {release.documents} documents ({release.triples} triples) to {out}{held}\n"
        f"{len(complaints)} complaints, see {out / 'report' / 'report.html'}",
    )


@cli.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--config", type=click.Path(path_type=Path), help="The publication's cablegraph.toml.")
@click.option("--sample", is_flag=True, help="Read the bundled sample.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The register's folder.")
@click.option("--strict", is_flag=True, help="Stop at the first source that cannot be read.")
@common
def read(
    sources: tuple[str, ...],
    config: Path | None,
    sample: bool,
    out: Path,
    strict: bool,
    jobs: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read sources into a register: one Parquet file a table."""
    publication = _publication(sources, config, sample, quiet=True)
    with Progress(quiet) as progress:
        counts = pipeline.read(publication, out, pipeline.Options(jobs, strict, tell=progress.tell))
    _say(as_json, counts, "\n".join(f"{count:>9} {table}" for table, count in counts.items() if count))


@cli.command()
@click.argument("register", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The linked register's folder.")
@click.option("--minted", type=click.Path(path_type=Path), help="Keys that earlier runs gave (minted.csv).")
@common
def link(register: Path, out: Path, minted: Path | None, jobs: int, quiet: bool, as_json: bool) -> None:
    """Link a register: identity, names, concepts, references, signatures."""
    with Progress(quiet) as progress:
        counts = pipeline.link_register(register, out, minted, pipeline.Options(jobs, tell=progress.tell))
    _say(as_json, counts, "\n".join(f"{count:>9} {table}" for table, count in counts.items() if count))


@cli.command("map")
@click.argument("mapping", type=click.Path(path_type=Path))
@click.option(
    "--source",
    "given",
    multiple=True,
    metavar="NAME=FILE",
    help="A file for a source of the mapping; register=DIR for a register.",
)
@click.option("--base", default="https://example.org/", show_default=True, help="The base of relative IRIs.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write: .nq or .nt, also .zst or .gz.")
@click.option("--explain", is_flag=True, help="Show the SQL.")
@common
def map_(
    mapping: Path,
    given: tuple[str, ...],
    base: str,
    out: Path | None,
    explain: bool,
    jobs: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Map any files, or a register, by any mapping in YARRRML or RML."""
    if out is None and not explain:
        raise click.UsageError("say where to write with --out, or ask for --explain")
    sources: dict[str, Path] = {}
    for item in given:
        name, equals, path = item.partition("=")
        if not equals:
            raise click.UsageError(f"--source takes NAME=FILE, not {item!r}")
        sources[name] = Path(path)
    with Progress(quiet) as progress:
        mapped = pipeline.map_any(mapping, base, sources, out, pipeline.Options(jobs, tell=progress.tell))
    for finding in mapped.findings.first if not quiet else ():
        click.echo(f"warning: [map {finding.map}] {finding.kind}: {finding.field} = {finding.value!r}", err=True)
    if explain:
        click.echo(mapped.sql)
    elif out is not None:
        _say(as_json, {"out": str(out)}, f"mapped to {out}")


@cli.command()
@click.argument("data", type=click.Path(path_type=Path))
@click.option(
    "--shapes",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Shapes, a file or a folder; without it those in DATA.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(REPORT_WRITERS)),
    default="human",
    show_default=True,
    help="The form of the report.",
)
@click.option(
    "--engine", type=click.Choice(list(ENGINES)), default="shacl", show_default=True, help="The SHACL engine."
)
@click.option(
    "--config", type=click.Path(path_type=Path), help="A cablegraph.toml, for its policy: what fails, what is accepted."
)
@click.option("--out", type=click.Path(path_type=Path), help="A file for the report.")
@common
def check(
    data: Path,
    shapes: tuple[Path, ...],
    form: str,
    engine: str,
    config: Path | None,
    out: Path | None,
    jobs: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Check any RDF (or a release) against SHACL shapes; exit code 1 where it does not conform."""
    policy = read_publication(config, Path.cwd()).policy if config else Policy()
    report, conforms = pipeline.check_any(data, shapes, engine, policy, pipeline.Options(jobs))
    text = REPORT_WRITERS["jsonl" if as_json else form](report)
    if out is None:
        click.echo(text, nl=False)
    else:
        folders.make_above(out)
        out.write_text(text, encoding="utf-8", newline="\n")
    if not conforms:
        raise click.exceptions.Exit(1)


@cli.command()
@click.argument("quads", type=click.Path(path_type=Path))
@click.option(
    "--register",
    type=click.Path(path_type=Path),
    required=True,
    help="The linked register that the quads were mapped from.",
)
@click.option("--config", type=click.Path(path_type=Path), help="The publication's cablegraph.toml.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The release's folder.")
@common
def release(quads: Path, register: Path, config: Path | None, out: Path, jobs: int, quiet: bool, as_json: bool) -> None:
    """Check mapped quads and write the release: dumps, register, report, descriptions, manifest."""
    publication = _publication((), config, False, quiet)
    with Progress(quiet) as progress:
        done, complaints = pipeline.release_quads(
            quads, register, publication, out, pipeline.Options(jobs, tell=progress.tell)
        )
    _say(
        as_json, {"out": str(out), "complaints": len(complaints)} | asdict(done),
        f"released {done.records} records of {done.documents} documents ({done.triples} triples) to {out}",
    )  # fmt: skip


@cli.command()
@click.argument("target", metavar="RELEASE|DUMP|ENDPOINT")
@click.argument("query", required=False, metavar="[QUERY|FILE]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *ANSWER_WRITERS]),
    default="table",
    show_default=True,
    help="The form of the answer.",
)
@common
def query(target: str, query: str | None, form: str, jobs: int, quiet: bool, as_json: bool) -> None:
    """Ask a release, an RDF dump or an endpoint by SPARQL; the query is text, a file, or read from standard input."""
    text, name = _query_text(query)
    answer: Answer | bytes
    if remote.is_endpoint(target):
        answer = remote.ask_endpoint(target, text)
    else:
        answer = store.select(store.open_store(Path(target)), text, name)
    if isinstance(answer, bytes):
        sys.stdout.buffer.write(answer)
    elif as_json or form != "table":
        sys.stdout.buffer.write(ANSWER_WRITERS["json" if as_json else form](answer))
    else:
        show_table(answer)


def _query_text(query: str | None) -> tuple[str, str]:
    if query is None or query == "-":
        return sys.stdin.read(), "standard input"
    looks_like_text = any(mark in query for mark in "{\n")
    if not looks_like_text and Path(query).is_file():
        try:
            return Path(query).read_text(encoding="utf-8"), query
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("the query cannot be read", file=query, hint=str(error)) from error
    if not looks_like_text and Path(query).suffix in (".rq", ".sparql"):
        raise InputError("does not exist", file=query)
    return query, "query"
