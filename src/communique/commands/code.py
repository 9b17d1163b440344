"""``communique code``: pages in, coded events out."""

from __future__ import annotations

import sys
from datetime import date as Date
from typing import Any

import click

from communique.commands.careful import careful_option, chosen


def _iso_date(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A date as the user gives it, checked."""
    try:
        return Date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a date like 2016-02-14") from None


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--date", metavar="YYYY-MM-DD", callback=_iso_date, help="Publication date, where the page has none.")
@click.option("--url", help="Address that the page came from.")
@click.option("--format", "form", type=click.Choice(["jsonl", "table"]), default="jsonl", show_default=True)
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out events below this, 0 to 1.")
@click.option("--together", is_flag=True, help="Read all pages first: join parts, know lines that recur.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that code pages.")
@careful_option
def code(
    paths: tuple[str, ...],
    date: str | None,
    url: str | None,
    form: str,
    min_confidence: float,
    together: bool,
    workers: int,
    careful: bool,
) -> None:
    """Code pages: print their events, with the exact words.

    PATH is a file, a folder (with all below it), or - for standard input. The default output is
    JSON Lines, one object a page; "table" is for eyes. A page that cannot be read or coded is
    named on standard error with the reason; the others go on, and the exit code is 1.
    """
    from communique.commands.inputs import read_inputs
    from communique.commands.output import Counter, utf8_stdout
    from communique.commands.workers import CoderError, Left, code_pages

    utf8_stdout()
    coder = chosen(careful)
    found = read_inputs(paths, url=url, date=date, together=together)
    show = _writer(form, min_confidence)
    try:
        with Counter() as counter:
            for result in code_pages(found, workers=workers, coder=coder.entry, seconds=coder.seconds):
                if isinstance(result, Left):
                    counter.problem(result.path, result.reason)
                else:
                    show(result)
                counter.step()
    except CoderError as error:
        raise click.ClickException(f"the coder cannot be loaded: {error}") from error
    sys.exit(1 if counter.failed else 0)


def _writer(form: str, least: float) -> Any:
    """What prints one coded page in the form asked for."""
    from communique.commands.output import write_json_line

    if form == "jsonl":
        return lambda coded: write_json_line(confident(coded.to_dict(), least))
    from communique.commands.table import PageTables

    return PageTables(least).show


def confident(page: dict[str, Any], least: float) -> dict[str, Any]:
    """A page's object without the events below a confidence; an answer to one of those answers nothing."""
    events = [event for event in page["events"] if event["confidence"] >= least]
    kept = {event["id"] for event in events}
    events = [event | {"answers": event["answers"] if event["answers"] in kept else None} for event in events]
    return page | {"events": events}
