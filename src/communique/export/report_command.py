"""``communique report``: a thread or an actor as one file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("ledger")
@click.argument("name", metavar="ID")
@click.option(
    "--to", "target", required=True, type=click.Path(path_type=Path, dir_okay=False), help="FILE.html, .pdf or .docx."
)
@click.option("--licence", default="CC-BY-4.0", show_default=True, help="SPDX name of the licence of the coding.")
@click.option("--citation", help="How to cite it.")
def report(ledger: str, name: str, target: Path, licence: str, citation: str | None) -> None:
    """Write a thread or an actor as one file to attach: HTML, PDF or docx, by its ending.

    With the picture, the acts, the terms, the words of every report, and the sources. ID is a thread's (t-...),
    that of an act in it (m-...), or an actor's (NOR, hamas).
    """
    from communique.export.errors import ExportError
    from communique.export.report import made, report_of
    from communique.export.running import Wanted, opened
    from communique.ledger.errors import LedgerError

    wanted = Wanted(title=f"Report on {name}", licence=licence, citation=citation)
    try:
        with opened(ledger, wanted) as (record, metadata):
            if record.connection is None:
                raise ExportError(f"{ledger} is no ledger")
            content = made(report_of(record.connection, name, metadata), target.suffix.lower())
        target.write_bytes(content)
    except (ExportError, LedgerError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or target}: {error.strerror or error}") from error
    click.echo(str(target))
