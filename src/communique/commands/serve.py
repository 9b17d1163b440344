"""``communique serve``: the reading room in a browser."""

from __future__ import annotations

import gc
import secrets

import click

from communique.collector import settled
from communique.commands.careful import careful_option, chosen


@click.command()
@click.argument("ledger")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one.")
@click.option("--token", envvar="COMMUNIQUE_TOKEN", help="What visitors must know; made up beyond loopback.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A further name by which the server is addressed.")
@careful_option
def serve(ledger: str, host: str, port: int, token: str | None, names: tuple[str, ...], careful: bool) -> None:
    """Open a ledger in a browser: threads, pages, actors, disputes, time line, sources, upload.

    LEDGER is a file or a postgresql:// URL. Only this machine can reach the server unless --host says otherwise;
    then everyone must show a token. Nothing is loaded from the network. With --careful, uploads are coded by the larger
    network.
    """
    import uvicorn

    from communique.ledger.adding import with_workers
    from communique.ledger.errors import LedgerError
    from communique.ledger.store import Ledger
    from communique.web.app import create_app
    from communique.web.settings import Settings, is_loopback

    coder = chosen(careful)
    if not is_loopback(host) and not token:
        token = secrets.token_urlsafe(18)
        click.echo(f"token: {token}", err=True)
    settings = Settings(host=host, port=port, token=token, names=names)
    try:
        with Ledger.open(ledger, keep=settings.readers) as store:
            config = uvicorn.Config(
                create_app(store, settings, coder, with_workers(1, coder)),
                host=host,
                port=port,
                log_level="warning",
                access_log=False,
                server_header=False,
            )
            _run(uvicorn.Server(config), host)
    except LedgerError as error:
        raise click.ClickException(str(error)) from error


def _run(server: object, host: str) -> None:
    """Listen, say where, and serve until Ctrl-C."""
    import uvicorn

    assert isinstance(server, uvicorn.Server)
    settled()
    gc.set_threshold(20_000, 20, 20)
    socket = server.config.bind_socket()
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Communique reads at http://{shown}:{socket.getsockname()[1]} (Ctrl-C ends it)", err=True)
    server.run(sockets=[socket])
