"""``communique import``: hand-coded CSV into a ledger."""

from __future__ import annotations

import sys

import click


@click.command("import")
@click.argument("ledger")
@click.argument("table", metavar="FILE.csv")
@click.option("--mapping", "mapping_path", required=True, metavar="MAP.yaml", help="Names the columns.")
def import_table(ledger: str, table: str, mapping_path: str) -> None:
    """Import hand-coded CSV: its rows become pages and events of another coder.

    They are linked with all other events into moves and threads. LEDGER is a file, made if it is not there, or a
    postgresql:// URL. A row that cannot be used is named on standard error with its line and the reason; the others go
    on, and the exit code is 1. The same table again adds nothing; a corrected one corrects its pages.
    """
    from communique.commands.output import problem_line
    from communique.importing import MappingError, import_csv, read_mapping
    from communique.ledger.commands import opened

    try:
        mapping = read_mapping(mapping_path)
        with opened(ledger, create=True) as store:
            done = import_csv(store, table, mapping)
    except MappingError as error:
        raise click.ClickException(str(error)) from error
    for bad in done.bad:
        click.echo(problem_line(f"{table}:{bad.line}", bad.reason), err=True)
    pages = ", ".join(f"{done.pages[what]} {what}" for what in ("added", "changed", "known"))
    click.echo(f"pages: {pages}; {done.events} events added or changed, {len(done.bad)} rows left out")
    sys.exit(1 if done.bad else 0)
