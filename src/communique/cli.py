"""The command line: one thin command over each verb of the library."""

from __future__ import annotations

import click

from communique import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Turn news pages into a sourced diplomatic record."""
