"""Serves the web desk of a book on this machine until it is told to stop."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from musterbook.desk.screen import note, say
from musterbook.desk.web.settings import Setup
from musterbook.desk.web.site import LOOPBACK, Site
from musterbook.desk.wiring import existing_book
from musterbook.errors import UsageError

if TYPE_CHECKING:
    from fastapi import FastAPI

MISSING = "the web desk needs more packages: pip install 'musterbook[desk]'"
NEEDED = ("authlib", "joserfc", "httpx")  # of the extra oidc


def serve(setup: Setup) -> None:
    """Open the book, tell the address, and serve until Ctrl-C."""
    check_provider(setup)
    try:
        import uvicorn

        from musterbook.desk.web.app import create_app
    except ImportError as lacking:
        raise UsageError(f"{MISSING} ({lacking.name} is not there)") from None
    with existing_book(setup.book) as opened:
        site = setup.site(opened.ledger.store.name)
        app = create_app(site, opened)
        app.state.shelf.begin()
        address = address_of(setup)
        say(f"The desk is open at {address}/ for {opened.ledger.store.name}; stop it with Ctrl-C.")
        tell_provider(site)
        tell_first_link(app, setup, address)
        if setup.host not in LOOPBACK and not setup.https:
            note("it answers to other machines: put a server with https before it, and see docs/desk.md")
        settings = uvicorn.Config(
            app,
            setup.host,
            setup.port,
            log_level="warning",
            server_header=False,
            proxy_headers=False,  # who asks is told by accounts/gate.py, which believes listed proxies alone
            timeout_keep_alive=30,
        )
        server = uvicorn.Server(settings)
        server.run()
        app.state.accounts.close()
        if not server.started:
            raise click.ClickException(
                f"port {setup.port} of {setup.host} cannot be opened; name another with --port"
            )


def tell_first_link(app: FastAPI, setup: Setup, address: str) -> None:
    """While no admin has a password: a link for whoever sees this terminal, who could write the book anyway."""
    from musterbook.desk.web.accounts.links import FIRST, make_link
    from musterbook.desk.web.accounts.people import is_lone

    if setup.read_only and setup.public:
        return  # there is nothing to sign in for
    if is_lone(app.state.accounts, app.state.shelf.book.roles(), setup.oidc):
        token = make_link(app.state.accounts, FIRST)
        say("Nobody can sign in yet. This link makes the first admin; it works once, within a day:")
        say(f"  {address}/welcome/{token}")


def check_provider(setup: Setup) -> None:
    """UsageError, with the command that installs it, where sign-in with a provider lacks what it needs."""
    lacking = [name for name in NEEDED if setup.oidc and find_spec(name) is None]
    if lacking:
        raise UsageError(
            f"sign-in with a provider needs more packages: pip install 'musterbook[oidc]' ({lacking[0]} is not there)"
        )


def tell_provider(site: Site) -> None:
    """The address that a provider must know."""
    if site.provider:
        say(f"{site.provider.name} must know this redirect address: {site.provider.back}")


def address_of(setup: Setup) -> str:
    """How people reach the desk."""
    return setup.address
