"""The command line: one thin command over each verb of the library."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click

from communique import __version__


class Place(NamedTuple):
    """Where a command is defined (``module:attribute``) and its one-line help."""

    target: str
    help: str


LEDGER = {
    "add": "Read, code, store and link pages.",
    "threads": "Proposals, demands and agreements, and what became of each.",
    "moves": "Acts, each with the outlets and independent sources that tell it.",
    "actors": "Parties, with the number of their moves.",
    "positions": "Where an actor stood on each matter, with changes marked.",
    "disputes": "Where sources differ: whether, who, direction, date, terms, acceptance.",
    "timeline": "The days that the pages make most of, with one sentence each.",
    "search": 'Full text over quotes, matters and bodies; "quoted words" stand together.',
    "show": "Anything by its id (page, event, move, thread), down to the words.",
    "info": "Counts, versions and health; the exit code is 1 where something is wrong.",
    "recode": "Bring stored pages up to the installed coder; people's decisions stay.",
    "link": "Link everything from scratch: the result is the one that adding gave.",
}

COMMANDS: dict[str, Place] = {
    "demo": Place("communique.commands.demo:demo", "Code the sample pages that come with Communique."),
    "code": Place("communique.commands.code:code", "Code pages: print their events, with the exact words."),
    "explain": Place("communique.commands.explain:explain", "Show what one event of a page rests on."),
    "text": Place("communique.commands.text:text", "Print the decoded text that a page's offsets refer to."),
    "clean": Place(
        "communique.cleaning.command:clean_command",
        "Print the article inside each page: its title, where it is from, and its body.",
    ),
    **{name: Place(f"communique.ledger.commands:{name}", words) for name, words in LEDGER.items()},
    "load": Place("communique.batch.loading_command:load", "Bring a part of a folder of shards into a ledger."),
    "serve": Place(
        "communique.commands.serve:serve",
        "Open a ledger in a browser: threads, pages, actors, disputes, time line, sources, upload.",
    ),
    "report": Place(
        "communique.export.report_command:report",
        "Write a thread or an actor as one file to attach: HTML, PDF or docx, by its ending.",
    ),
    "export": Place(
        "communique.export.command:export", "Write a ledger in the field's formats, each in a folder of its own."
    ),
    "import": Place(
        "communique.importing.command:import_table",
        "Import hand-coded CSV: its rows become pages and events of another coder.",
    ),
    "sql": Place("communique.sql.command:sql", "Ask a ledger's tables in SQL, read-only, in DuckDB."),
    "batch": Place("communique.batch.command:batch", "Code many pages into Parquet, on this machine or on a cluster."),
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
        module, attribute = self.places[cmd_name].target.split(":")
        command: click.Command = getattr(import_module(module), attribute)
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
