"""The ledger's commands: each is one call into the library."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from communique.commands.careful import careful_option, chosen

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from communique.ledger.filters import Filters
    from communique.ledger.store import Ledger

FILTERS = (
    click.option("--actor", metavar="ID", help="A party, by its id: RUS, hamas."),
    click.option("--between", nargs=2, metavar="FROM TO", help="Days, months or years: 2012-02 2012-04-15."),
    click.option("--type", "type_", metavar="TYPE", help="An event type of the codebook: PROPOSE."),
    click.option("--matter", metavar="WORDS", help="Words that the matter holds."),
    click.option("--outlet", metavar="NAME", help="An outlet that tells it."),
    click.option("--status", metavar="WORD", help="A thread's outcome, or a move's status."),
)
PAGING = (
    click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many to list."),
    click.option("--offset", type=click.IntRange(0), default=0, help="How many to pass over."),
    click.option("--json", "as_json", is_flag=True, help="JSON, one object a line."),
)
OTHERWISE = "{}: some of it was linked by another version's rules; 'communique link' links all of it alike"


def _options(*groups: tuple[Callable[[Any], Any], ...]) -> Callable[[Any], Any]:
    def add(function: Any) -> Any:
        for option in reversed([option for group in groups for option in group]):
            function = option(function)
        return function

    return add


@contextmanager
def opened(target: str, create: bool = False, keep: int = 0) -> Iterator[Ledger]:
    """The ledger, open; whatever is wrong with it is said in one line, with exit code 1.

    With ``keep`` 1 pages that are written one after the other share a connection, and with it what it remembers.
    """
    from communique.ledger.errors import LedgerError
    from communique.ledger.store import Ledger

    try:
        with Ledger.open(target, create=create, keep=keep) as ledger:
            if ledger.backup:
                click.echo(f"the ledger was brought up to date; as it was before: {ledger.backup}", err=True)
            yield ledger
    except LedgerError as error:
        raise click.ClickException(str(error)) from error


def _filters(values: dict[str, Any]) -> Filters:
    from communique.ledger.filters import Filters

    names = ("actor", "between", "matter", "outlet", "status")
    filters = Filters(type=values["type_"], **{name: values[name] or None for name in names})
    try:
        _ = filters.days
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return filters


def _print_json(rows: list[Any]) -> None:
    from communique.commands.output import utf8_stdout, write_json_line

    utf8_stdout()
    for row in rows:
        write_json_line(row if isinstance(row, dict) else row.to_dict())


@click.command()
@click.argument("ledger")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="all cores")
@click.option("--date", help="Publication date, where a page has none.")
@click.option("--url", help="Address that the page came from.")
@careful_option
def add(ledger: str, paths: tuple[str, ...], workers: int, date: str | None, url: str | None, careful: bool) -> None:
    """Read, code, store and link pages.

    LEDGER is a file, made if it is not there, or a postgresql:// URL. Pages that are in it already are passed
    over, so the same command goes on where it was stopped.
    """
    from communique.commands.inputs import read_inputs
    from communique.commands.workers import CoderError
    from communique.ledger.adding import Added, add_pages, with_workers
    from communique.ledger.progress import Progress
    from communique.ledger.rules import linked_otherwise

    added, coder = Added(), chosen(careful)

    def note(now: Added) -> None:
        nonlocal added
        added = now
        bar.step(now.done, len(now.failures))

    try:
        with opened(ledger, create=True, keep=1) as store, Progress(paths) as bar:
            added = add_pages(store, read_inputs(paths, url=url, date=date), coder, with_workers(workers, coder), note)
            with store.reading() as connection:
                otherwise = store.name if linked_otherwise(connection) else None
    except CoderError as error:
        raise click.ClickException(f"the coder cannot be loaded: {error}") from error
    except KeyboardInterrupt:
        click.echo(f"stopped after {added.pages} pages; the same command goes on from here", err=True)
        sys.exit(130)
    _say_failures(added.failures)
    if otherwise:
        click.echo(OTHERWISE.format(otherwise), err=True)
    click.echo(
        f"{added.pages} pages added with {added.events} events, {added.known} known, {len(added.failures)} failed"
    )
    sys.exit(1 if added.failures else 0)


def _say_failures(failures: list[tuple[str, str]]) -> None:
    from communique.commands.output import problem_line

    for path, reason in failures:
        click.echo(problem_line(path, reason), err=True)


@click.command()
@click.argument("ledger")
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="all cores")
@careful_option
@click.option("--json", "as_json", is_flag=True)
def recode(ledger: str, workers: int, careful: bool, as_json: bool) -> None:
    """Bring stored pages up to the installed coder; people's decisions stay."""
    from communique.ledger.adding import with_workers
    from communique.ledger.progress import Progress
    from communique.ledger.recoding import outdated
    from communique.ledger.recoding import recode as bring_up

    coder = chosen(careful)
    with opened(ledger, keep=1) as store, Progress((), len(outdated(store, coder))) as bar:
        report = bring_up(
            store, coder, with_workers(workers, coder), lambda r: bar.step(r.pages + len(r.failures), len(r.failures))
        )
    _say_failures(report.failures)
    counts = {name: report.events[name] for name in ("kept", "changed", "new", "gone")}
    if as_json:
        click.echo(json.dumps({"pages": report.pages, "events": counts, "lost_decisions": report.lost_decisions}))
    else:
        click.echo(f"{report.pages} pages coded anew: " + ", ".join(f"{n} events {what}" for what, n in counts.items()))
        if report.lost_decisions:
            click.echo(f"{len(report.lost_decisions)} decisions stand on events that are gone: they are kept")
    sys.exit(1 if report.failures else 0)


@click.command()
@click.argument("ledger")
@click.option("--memory", default="2GB", show_default=True, help="The most memory to use, for a folder of shards.")
def link(ledger: str, memory: str) -> None:
    """Link everything from scratch: the result is the one that adding gave.

    LEDGER may also be a folder that "communique batch" wrote: its moves, threads, links and disputes are then written
    there as Parquet.
    """
    from communique.ledger.rebuild import rebuild

    say = (lambda stage: click.echo(f"{stage} …", err=True)) if sys.stderr.isatty() else (lambda stage: None)
    if Path(ledger).is_dir():
        from communique.batch.linking_command import link_shards

        link_shards(Path(ledger), memory, say)
    with opened(ledger) as store:
        made = rebuild(store, say)
    click.echo("{reports} events: {moves} moves, {links} links, {threads} threads".format(**made))


def _listing(name: str, query: str, words: str) -> click.Command:
    """A command that lists what a function of ``queries`` finds."""

    @click.command(name, help=words)
    @click.argument("ledger")
    @_options(FILTERS, PAGING)
    def listing(ledger: str, limit: int, offset: int, as_json: bool, **values: Any) -> None:
        from communique.ledger import queries
        from communique.ledger.tables import COLUMNS, ROWS, print_table

        ask: Callable[[Connection, Filters, int, int], list[Any]] = getattr(queries, query)
        filters = _filters(values)
        with opened(ledger) as store, store.reading() as connection:
            rows = ask(connection, filters, limit, offset)
        if as_json:
            _print_json(rows)
        else:
            print_table(COLUMNS[name], (ROWS[name](row) for row in rows))

    return listing


threads = _listing("threads", "threads", "Proposals, demands and agreements, and what became of each.")
moves = _listing("moves", "moves", "Acts, each with the outlets and independent sources that tell it.")
actors = _listing("actors", "actors", "Parties, with the number of their moves.")
positions = _listing("positions", "positions", "Where an actor stood on each matter, with changes marked.")


@click.command()
@click.argument("ledger")
@_options(FILTERS, PAGING)
def disputes(ledger: str, limit: int, offset: int, as_json: bool, **values: Any) -> None:
    """Where sources differ: whether, who, direction, date, terms, acceptance."""
    from communique.ledger import queries
    from communique.ledger.tables import COLUMNS, dispute_row, print_table

    filters = _filters(values)
    with opened(ledger) as store, store.reading() as connection:
        found: list[Any] = [*queries.disputed_threads(connection, filters, limit, offset)]
        found += queries.disputes(connection, filters, limit, offset)
    rows = [(one.id, dispute) for one in found for dispute in one.disputes]
    if as_json:
        _print_json([{"id": name, **dispute.to_dict()} for name, dispute in rows])
    else:
        print_table(COLUMNS["disputes"], (dispute_row(name, dispute) for name, dispute in rows))


@click.command()
@click.argument("ledger")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def search(ledger: str, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Full text over quotes, matters and bodies; "quoted words" stand together."""
    from communique.ledger.search import search as look
    from communique.ledger.tables import print_table

    with opened(ledger) as store, store.reading() as connection:
        found = look(connection, " ".join(words), limit)
    if as_json:
        _print_json([found])
        return
    rows = [(e["event"], f"{e['outlet'] or ''} {e['date'] or ''}", f"{e['type']} {e['about'] or ''}\n«{e['quote']}»")
            for e in found["events"]]  # fmt: skip
    rows += [(p["page"], f"{p['outlet'] or ''} {p['published'] or ''}", p["words"]) for p in found["pages"]]
    print_table(("id", "where", "words"), rows)


@click.command()
@click.argument("ledger")
@click.argument("name", metavar="ID")
@click.option("--json", "as_json", is_flag=True)
def show(ledger: str, name: str, as_json: bool) -> None:
    """Anything by its id (page, event, move, thread), down to the words."""
    from communique.ledger.detail import print_detail
    from communique.ledger.showing import show as look

    with opened(ledger) as store, store.reading() as connection:
        found = look(connection, name)
    if as_json:
        _print_json([found])
    else:
        print_detail(found)


@click.command()
@click.argument("ledger")
@click.option("--check", is_flag=True, help="Look through the whole file: some seconds a gigabyte.")
@click.option("--json", "as_json", is_flag=True)
def info(ledger: str, check: bool, as_json: bool) -> None:
    """Counts, versions and health; the exit code is 1 where something is wrong."""
    from communique.ledger.health import info as look

    with opened(ledger) as store:
        found = look(store, check)
    if as_json:
        click.echo(json.dumps(found))
    else:
        for line in _info_lines(found):
            click.echo(line)
    sys.exit(1 if found["problems"] else 0)


def _info_lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['ledger']}: {found['database']}, version {found['version']}, {found['size'] / 1e6:.1f} MB"
    yield ", ".join(f"{n} {name}s" for name, n in found["counts"].items()) + f", {found['outlets']} outlets"
    first, last = found["published"]
    yield f"published {first or '?'} to {last or '?'}"
    for coder in found["coders"]:
        by = f"{coder['coder']} {coder['coder_version']}, codebook {coder['codebook_version']}"
        yield f"{coder['pages']} pages coded by {by}"
    if found["linking"]["other"]:
        yield OTHERWISE.format(found["ledger"])
    yield from (f"PROBLEM: {problem}" for problem in found["problems"])
    if not found["problems"]:
        yield "sound"


@click.command()
@click.argument("ledger")
@click.option("--actor", metavar="ID", help="Only acts of or toward this party.")
@click.option("--between", nargs=2, metavar="FROM TO", help="First and last day, month or year.")
@click.option("--matter", metavar="WORDS", help="Words that the matter holds.")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many days.")
@click.option("--json", "as_json", is_flag=True)
def timeline(
    ledger: str, actor: str | None, between: tuple[str, str] | None, matter: str | None, top: int, as_json: bool
) -> None:
    """The days that the pages make most of, with one sentence each."""
    from communique.ledger.filters import Filters
    from communique.ledger.tables import print_table
    from communique.ledger.timelines import chosen

    filters = Filters(actor=actor, between=between or None, matter=matter)
    try:
        _ = filters.days
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    with opened(ledger) as store, store.reading() as connection:
        entries = chosen(connection, filters, top)
    if as_json:
        _print_json(entries)
    else:
        print_table(("day", "outlet", "words"), ((e.date, e.outlet or "", e.words) for e in entries))


COMMANDS = [add, recode, link, threads, moves, actors, positions, disputes, search, show, info, timeline]
