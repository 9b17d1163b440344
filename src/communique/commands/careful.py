"""The option ``--careful`` of the commands that code pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from communique.coding.networks import Network
    from communique.ledger.coder import Coder

careful_option = click.option(
    "--careful", is_flag=True, help="Find acts by the larger network: right more often, far slower."
)


def chosen(careful: bool) -> Coder:
    """The installed coder, or the one with the careful network; a ClickException says how to install that."""
    from communique.ledger.coder import installed

    try:
        return installed(careful)
    except ImportError as error:
        raise click.ClickException(str(error)) from error


def network(careful: bool) -> Network:
    """The network that finds acts: the quick one, or the careful one; a ClickException as in ``chosen``."""
    from communique.coding import networks

    chosen(careful)
    return networks.careful() if careful else networks.quick()
