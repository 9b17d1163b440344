"""``communique batch``: many pages to Parquet, on this machine or on a Dask cluster."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.commands.careful import careful_option, chosen

if TYPE_CHECKING:
    from communique.batch.engine import Outcome
    from communique.batch.options import Options
    from communique.batch.progress import Progress
    from communique.batch.shards import Shard

MOST_TOLD = 20


class _Folder(click.Path):
    """A folder of this machine; an address would make a folder of that name."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Fails for a URL."""
        if "://" in str(value):
            self.fail(f"{value} is an address; output goes to a folder, from where it can be copied", param, ctx)
        return super().convert(value, param, ctx)


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("--out", type=_Folder(file_okay=False, path_type=Path), required=True, help="Folder for the output.")
@click.option("--workers", type=click.IntRange(0), default=1, show_default=True, help="Worker processes; 0: no Dask.")
@click.option("--scheduler", metavar="tcp://...", help="A running Dask scheduler, in place of workers of our own.")
@click.option(
    "--page-seconds", type=click.FloatRange(0.1), help="Processor time for a page.  [default: 5; careful: 150]"
)
@click.option("--page-memory", type=click.IntRange(50), help="Megabytes a page may take.  [default: 1000]")
@click.option("--everything", is_flag=True, help="Code every page, whatever triage thinks of it.")
@click.option("--coder", metavar="MODULE:FUNCTION", help="Another function from a page to a coded page.")
@careful_option
@click.option("--json", "as_json", is_flag=True, help="The final report as JSON.")
def batch(
    inputs: tuple[str, ...],
    out: Path,
    workers: int,
    scheduler: str | None,
    page_seconds: float | None,
    page_memory: int | None,
    everything: bool,
    coder: str | None,
    careful: bool,
    as_json: bool,
) -> None:
    """Code many pages into Parquet, on this machine or on a cluster.

    INPUT is a file, a folder, or an address (https://, s3://). Large files and archives, such as WARC files, are a
    task each; the small files of a folder are dealt out to several. Each task writes a Parquet file of events, one of
    articles, and a manifest row. Running again does what is missing, has changed, or was made by another version.
    """
    _need_extra()
    from communique.batch.options import Options
    from communique.commands.workers import CODER, PAGE_SECONDS

    if careful and coder:
        raise click.UsageError("Give either --careful or --coder.")
    own = chosen(careful)
    given = {"memory": page_memory} if page_memory else {}
    seconds = page_seconds or own.seconds or PAGE_SECONDS
    options = Options(coder or own.entry or CODER, seconds, everything=everything, **given)
    sys.exit(run(inputs, out.absolute(), options, workers, scheduler, as_json))


def _need_extra() -> None:
    """Say what to install where something is missing."""
    try:
        import resource  # noqa: F401

        import distributed  # noqa: F401
        import fastwarc  # noqa: F401
        import fsspec  # noqa: F401
        import pyarrow  # noqa: F401
    except ImportError as error:
        if error.name == "resource":
            raise click.ClickException("batch needs a POSIX system, such as Linux or macOS") from error
        raise click.ClickException("batch needs the extra 'batch': pip install 'communique[batch]'") from error


def run(inputs: Sequence[str], out: Path, options: Options, workers: int, scheduler: str | None, as_json: bool) -> int:
    """Do what is missing and report; the exit code is 1 where an input or a shard was left."""
    from communique.batch.progress import Progress
    from communique.batch.shards import plan
    from communique.batch.work import drop_stale, finished
    from communique.commands.output import problem_line

    shards, missing = plan(inputs)
    for failure in missing:
        click.echo(problem_line(failure.path, failure.reason), err=True)
    drop_stale(out, shards)
    todo = [shard for shard in shards if finished(out, shard, options.versions) is None]
    progress = Progress(len(shards), len(shards) - len(todo))
    began = time.monotonic()
    outcomes = []
    try:
        for outcome in _outcomes(todo, out, options, workers, scheduler, progress):
            outcomes.append(outcome)
            _problems(outcome, progress)
            progress.step(outcome)
    finally:
        progress.clear()
        _final(outcomes, len(shards) - len(todo), time.monotonic() - began, max(1, workers), as_json)
    return int(bool(missing) or any(outcome.row is None for outcome in outcomes))


def _outcomes(
    todo: Sequence[Shard], out: Path, options: Options, workers: int, scheduler: str | None, progress: Progress
) -> Iterator[Outcome]:
    """The outcomes of the shards, by the engine asked for."""
    from communique.batch.engine import EngineError, in_process, local_cluster, on_cluster, scheduler_at

    def tell(words: str) -> None:
        progress.clear()
        click.echo(words, err=True)

    try:
        if not todo:
            return
        if scheduler is None and workers == 0:
            yield from in_process(todo, out, options)
        else:
            cluster = scheduler_at(scheduler) if scheduler else local_cluster(workers)
            yield from on_cluster(todo, out, options, cluster, tell)
    except EngineError as error:
        progress.clear()
        raise click.ClickException(str(error)) from error


def _problems(outcome: Outcome, progress: Progress) -> None:
    """A line for a shard that was left, and for each of the first pages of it that were."""
    from communique.commands.output import problem_line

    failures = outcome.row["failures"] if outcome.row else [[outcome.shard.files[0], f"left: {outcome.reason}"]]
    if failures:
        progress.clear()
    for path, reason in failures[:MOST_TOLD]:
        click.echo(problem_line(path, reason), err=True)
    if len(failures) > MOST_TOLD:
        more = f"{len(failures) - MOST_TOLD} more failures are in its manifest"
        click.echo(problem_line(outcome.shard.name, more), err=True)


def _final(outcomes: Sequence[Outcome], known: int, elapsed: float, cores: int, as_json: bool) -> None:
    from communique.batch.report import lines, report

    done = [outcome.row for outcome in outcomes if outcome.row]
    found = report(done, known=known, left=len(outcomes) - len(done), elapsed=elapsed, cores=cores)
    click.echo(json.dumps(found.to_dict()) if as_json else "\n".join(lines(found)))
