"""``communique sql``: queries over a ledger's tables."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from communique.sql.views import Views


@click.command()
@click.argument("ledger")
@click.argument("query", required=False)
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def sql(ledger: str, query: str | None, form: str) -> None:
    """Ask a ledger's tables in SQL, read-only, in DuckDB.

    LEDGER is a file, a postgresql:// URL, or a folder that "communique export --format parquet" wrote, which starts at
    once. Without QUERY, queries are read from standard input, each ended by a semicolon.
    "SELECT * FROM views" lists the views with what a row of each is.
    """
    from communique.commands.output import utf8_stdout
    from communique.export.errors import ExportError
    from communique.ledger.errors import LedgerError
    from communique.sql.views import SqlError, opened

    utf8_stdout()
    try:
        with opened(ledger) as connection:
            left = [answer(connection, one, form) for one in ([query] if query else queries())]
    except (SqlError, LedgerError, ExportError) as error:
        raise click.ClickException(str(error)) from error
    sys.exit(0 if all(left) else 1)


def answer(connection: Views, query: str, form: str) -> bool:
    """Print the answers to a query; False where it is wrong, said on standard error in one line."""
    from communique.commands.output import problem_line
    from communique.sql.asking import FORMATS, ask
    from communique.sql.views import SqlError

    try:
        for one in ask(connection, query):
            FORMATS[form](one)
    except SqlError as error:
        click.echo(problem_line("sql", str(error)), err=True)
        return False
    return True


def queries() -> Iterator[str]:
    """Queries from standard input, each ended by a semicolon or the end; at a terminal with a prompt."""
    at_terminal = sys.stdin.isatty()
    waiting = ""
    while True:
        if at_terminal:
            click.echo("   ...> " if waiting else "sql> ", nl=False, err=True)
        line = sys.stdin.readline()
        waiting += line
        if waiting.strip() and (not line or line.rstrip().endswith(";")):
            yield waiting
            waiting = ""
        if not line:
            return
