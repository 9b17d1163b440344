"""``communique load LEDGER FOLDER``: one call into the library."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("ledger")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--where",
    metavar="FIELD=VALUE",
    multiple=True,
    help="What an event of the part must be: actor=RUS, from=2012-02, to=2012-04-15, matter=WORDS, type=PROPOSE,"
    " outlet=NAME, status=alleged. All that are given must hold of one event.",
)
@click.option("--memory", default="1GB", show_default=True, help="The most memory to use for the shards.")
def load(ledger: str, folder: Path, where: tuple[str, ...], memory: str) -> None:
    """Bring a part of a folder of shards into a ledger.

    FOLDER is one that "communique batch" wrote. Whole pages come that hold an event of the part, with all their events.
    LEDGER is a file, made if it is not there, or a postgresql:// URL. Pages that are in it already are passed over, so
    the same command goes on where it was stopped.
    """
    from communique.batch.linking_command import say_broken
    from communique.batch.linking_work import BatchError, bytes_of
    from communique.batch.loading import Loaded, condition
    from communique.batch.loading import load as bring
    from communique.ledger.commands import opened
    from communique.ledger.progress import Progress

    done = Loaded()
    try:
        asked, most = [one for words in where for one in condition(words)], bytes_of(memory)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    try:
        with opened(ledger, create=True) as store, Progress((), 0) as bar:

            def note(now: Loaded) -> None:
                nonlocal done
                done = now
                bar.step(now.added + now.known, 0)

            done, broken = bring(store, folder, asked, most, note)
    except BatchError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        click.echo(f"stopped after {done.added} pages; the same command goes on from here", err=True)
        sys.exit(130)
    say_broken(broken)
    click.echo(f"{done.added} pages added with {done.events} events, {done.known} known")
    sys.exit(1 if broken else 0)
