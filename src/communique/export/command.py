"""``communique export``: one call into the library."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click


@click.command()
@click.argument("ledger")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "formats", multiple=True, required=True, metavar="NAME", help="Again for more: csv,parquet.")
@click.option("--title", default="Communique export", show_default=True, help="What the data are called.")
@click.option("--licence", default="CC-BY-4.0", show_default=True, help="SPDX name of the licence of the coding.")
@click.option("--citation", help="How to cite the data.")
@click.option("--thread", "threads", multiple=True, metavar="ID", help="A thread to report on (report).")
@click.option("--actor", "actors", multiple=True, metavar="ID", help="An actor to report on (report).")
@click.option("--table", "tables", multiple=True, metavar="NAME", help="Only that table (csv, parquet).")
def export(
    ledger: str,
    folder: Path,
    formats: tuple[str, ...],
    title: str,
    licence: str,
    citation: str | None,
    threads: tuple[str, ...],
    actors: tuple[str, ...],
    tables: tuple[str, ...],
) -> None:
    """Write a ledger in the field's formats, each in a folder of its own.

    Each format goes to FOLDER/NAME. LEDGER is a file, a postgresql:// URL, or a folder that communique batch wrote.
    """
    from communique.export.errors import ExportError
    from communique.export.record import Focus
    from communique.export.running import Wanted
    from communique.export.running import export as run
    from communique.ledger.errors import LedgerError

    names = [name.strip().lower() for given in formats for name in given.split(",") if name.strip()]
    wanted = Wanted(title, licence, citation, Focus(threads, actors, tables))
    say = (lambda name: click.echo(f"{name} …", err=True)) if sys.stderr.isatty() else (lambda name: None)
    warn = partial(click.echo, err=True)
    try:
        run(ledger, folder, names, wanted, say, warn)
    except (ExportError, LedgerError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder}: {error.strerror or error}") from error
    click.echo("\n".join(str(folder / name) for name in dict.fromkeys(names)))
