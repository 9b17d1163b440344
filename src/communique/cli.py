"""The command line: one thin command over each verb of the library."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click

from communique import __version__


class Place(NamedTuple):
    """Where a command is defined (``module:attribute``, or ``module:MAPPING:key``) and its one-line help."""

    target: str
    help: str


COMMANDS: dict[str, Place] = {
    "demo": Place("communique.commands.demo:demo", "Code the sample pages that come with Communique."),
    "code": Place("communique.commands.code:code", "Code pages: print their events, with the exact words."),
    "explain": Place("communique.commands.explain:explain", "Show what one event of a page rests on."),
    "text": Place("communique.commands.text:text", "Print the decoded text that a page's offsets refer to."),
    "clean": Place(
        "communique.cleaning.command:clean_command",
        "Print the article inside each page: its title, where it is from, and its body.",
    ),
    "codebook": Place("communique.commands.codebook:codebook", "Print the codebook, or one of its event types."),
    "evaluate": Place("communique.commands.evaluate:evaluate", "Code gold pages and score the result."),
}


def _is_there(module: str) -> bool:
    """Whether a module of this package exists, told from the file list so that nothing is imported."""
    path = Path(__file__).parent.joinpath(*module.split(".")[1:])
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


class LazyGroup(click.Group):
    """A group that imports a command only when it is run, so that help and completion stay quick."""

    def __init__(self, *args: object, places: dict[str, Place] | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.places = {name: place for name, place in (places or {}).items() if _is_there(place.target.split(":")[0])}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command that is installed, in the order in which a newcomer needs them."""
        return [*self.places, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in self.places:
            return super().get_command(ctx, cmd_name)
        module, attribute, *key = self.places[cmd_name].target.split(":")
        found = getattr(import_module(module), attribute)
        command: click.Command = found[key[0]] if key else found
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above, without importing any."""
        rows = [(name, place.help) for name, place in self.places.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=LazyGroup, places=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="communique")
def main() -> None:
    """Turn news pages into a sourced diplomatic record.

    Who offered, demanded, accepted or refused what, toward whom and according to whom, each
    with the exact words. PATH is a file, a folder, or - for standard input.
    """
