"""``communique link FOLDER``: one call into the library, and what is wrong in one line each."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click

from communique.batch.linking import Say, link_folder
from communique.batch.linking_shards import Broken
from communique.batch.linking_work import BatchError, bytes_of


def link_shards(folder: Path, memory: str, say: Say) -> NoReturn:
    """Link a folder and end: with 0, or with 1 where some shards could not be read."""
    try:
        most = bytes_of(memory)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    try:
        made, broken = link_folder(folder, most, say)
    except BatchError as error:
        raise click.ClickException(str(error)) from error
    say_broken(broken)
    click.echo("{reports} events: {moves} moves, {links} links, {threads} threads".format(**made))
    sys.exit(1 if broken else 0)


def say_broken(broken: Iterable[Broken]) -> None:
    """Name the files that could not be used, one a line."""
    from communique.commands.output import problem_line

    for one in broken:
        click.echo(problem_line(str(one.path), one.reason), err=True)
