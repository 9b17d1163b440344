"""``communique text``: the text that offsets refer to."""

from __future__ import annotations

import sys

import click


@click.command()
@click.argument("path")
def text(path: str) -> None:
    """Print the decoded text that a page's offsets refer to.

    Offsets count code points. The text is printed as it is, in UTF-8, without a line end added.
    """
    from communique.commands.inputs import read_inputs
    from communique.commands.output import problem_line
    from communique.page import Page

    failed = False
    for item in read_inputs([path]):
        if isinstance(item, Page):
            # Bytes, because a text stream may turn line ends into the system's, which moves every offset.
            sys.stdout.buffer.write(item.text.encode("utf-8", "surrogatepass"))
        else:
            failed = True
            click.echo(problem_line(item.path, item.reason), err=True)
    sys.exit(1 if failed else 0)
