"""``communique demo``: the sample pages, coded."""

from __future__ import annotations

import sys

import click


@click.command()
def demo() -> None:
    """Code the sample pages that come with Communique.

    Six pages of made-up papers contradict one another about an offer and its refusal. One table a
    page, with the words that show each event: in colour at a terminal, between « and » elsewhere.
    """
    from communique.commands.output import Counter, utf8_stdout
    from communique.commands.table import PageTables
    from communique.commands.workers import CoderError, Left, code_pages
    from communique.demo import sample_pages
    from communique.reading import read_paths

    utf8_stdout()
    tables = PageTables()
    try:
        with Counter() as counter:
            for result in code_pages(read_paths(sample_pages())):
                if isinstance(result, Left):
                    counter.problem(result.path, result.reason)
                else:
                    tables.show(result)
    except CoderError as error:
        raise click.ClickException(f"the coder cannot be loaded: {error}") from error
    sys.exit(1 if counter.failed else 0)
