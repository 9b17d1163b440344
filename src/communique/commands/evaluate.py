"""``communique evaluate``: how well the coder does on pages that people coded."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.commands.careful import careful_option, chosen, network

if TYPE_CHECKING:
    from communique.ledger.coder import Coder

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("gold", metavar="GOLD.jsonl", type=_FILE)
@click.option("--pages", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of gold's texts.")
@click.option("--predictions", type=_FILE, help="Score this output of 'communique code' instead of coding now.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--misses", type=click.IntRange(0), default=0, help="Print up to N missed and N wrong events.")
@click.option(
    "--by",
    type=click.Choice(["step", "error"]),
    help="By step: measure each alone, with what comes before it right. By error: count the kinds of error.",
)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that code pages.")
@careful_option
def evaluate(
    gold: Path,
    pages: Path | None,
    predictions: Path | None,
    as_json: bool,
    misses: int,
    by: str | None,
    workers: int,
    careful: bool,
) -> None:
    """Code gold pages and score the result.

    GOLD.jsonl holds one object a page: "doc", "text_file" and "events". A predicted event is right
    when a gold one has its type, shares a source and, where gold names targets, a target.
    """
    from communique.evaluation import read_documents, score
    from communique.evaluation.errors import as_rows, count_errors, lines
    from communique.evaluation.gold import GoldError
    from communique.evaluation.report import report

    if (pages is None) == (predictions is None):
        raise click.UsageError("Give either --pages, to code them now, or --predictions.")
    if by == "step" and pages is None:
        raise click.UsageError("Steps are measured on --pages.")
    coder = chosen(careful)
    try:
        if by == "step" and pages is not None:
            return _steps(gold, pages, as_json, careful)
        wanted = read_documents(gold)
        found, failed = (read_documents(predictions), 0) if predictions else _code(gold, pages, workers, coder)
    except GoldError as error:
        raise click.ClickException(str(error)) from error
    if by == "error":
        errors = count_errors(wanted, found)
        click.echo(json.dumps(as_rows(errors), indent=1) if as_json else "\n".join(lines(errors)))
        sys.exit(1 if failed else 0)
    result = score(wanted, found)
    click.echo(json.dumps(result.figures, indent=1) if as_json else "\n".join(report(result, misses)))
    sys.exit(1 if failed else 0)


def _steps(gold: Path, folder: Path, as_json: bool, careful: bool) -> None:
    """Measure each step on the gold pages, and print the figures."""
    from communique.commands.output import Counter
    from communique.evaluation import read_gold
    from communique.evaluation.steps import by_step, lines

    figures: dict[str, Any] = {}
    with Counter() as counter:
        for steps in by_step(read_gold(gold, folder), network(careful)):
            figures = steps.figures()
            counter.step()
    click.echo(json.dumps(figures, indent=1) if as_json else "\n".join(lines(figures)))


def _code(gold: Path, folder: Path | None, workers: int, coder: Coder) -> tuple[Mapping[str, Mapping[str, Any]], int]:
    """The coded gold pages by name, and how many had to be left."""
    from communique.commands.inputs import read_inputs
    from communique.commands.output import Counter
    from communique.commands.workers import CoderError, Left, code_pages
    from communique.evaluation import read_gold
    from communique.evaluation.coding import by_document

    assert folder is not None
    pages = read_gold(gold, folder)
    found = read_inputs([str(page.path) for page in pages])
    coded = []
    try:
        with Counter() as counter:
            for result in code_pages(found, workers=workers, coder=coder.entry, seconds=coder.seconds):
                if isinstance(result, Left):
                    counter.problem(result.path, result.reason)
                else:
                    coded.append(result)
                counter.step()
    except CoderError as error:
        raise click.ClickException(f"the coder cannot be loaded: {error}") from error
    return by_document(pages, coded), counter.failed
