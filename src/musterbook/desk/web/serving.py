"""Serves the web desk of a book on this machine until it is told to stop."""

from __future__ import annotations

import click

from musterbook.desk.screen import note, say
from musterbook.desk.web.site import LOOPBACK, Site
from musterbook.desk.wiring import existing_book
from musterbook.errors import UsageError

MISSING = "the web desk needs more packages: pip install 'musterbook[desk]'"


def serve(book: str | None, host: str, port: int, names: tuple[str, ...]) -> None:
    """Open the book, tell the address, and serve until Ctrl-C."""
    try:
        import uvicorn

        from musterbook.desk.web.app import create_app
    except ImportError as lacking:
        raise UsageError(f"{MISSING} ({lacking.name} is not there)") from None
    with existing_book(book) as opened:
        site = Site(opened.ledger.store.name, hosts=(*LOOPBACK, *(name.lower() for name in names)))
        app = create_app(site, opened)
        app.state.shelf.begin()
        say(
            f"The desk is open at http://{_shown(host)}:{port}/ for {opened.ledger.store.name}; stop it with Ctrl-C."
        )
        if host not in LOOPBACK:
            note("it answers to other machines: put a server with https before it, and see docs/desk.md")
        settings = uvicorn.Config(
            app, host, port, log_level="warning", server_header=False, timeout_keep_alive=30
        )
        server = uvicorn.Server(settings)
        server.run()
        if not server.started:
            raise click.ClickException(f"port {port} of {host} cannot be opened; name another with --port")


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
